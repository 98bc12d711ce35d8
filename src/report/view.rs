//! The one model that every format renders, with the JSON names that others rely on (DESIGN.md, "The JSON report").
//!
//! Plain data: it is built once from a run, or read back from a JSON report, and rendered without further decisions. A null field is
//! an absent one.

use crate::base::Span;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Value of [`Report::schema`].
pub const SCHEMA: &str = "gainsay.report/1";

/// A contradiction report.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// Name and version of this format.
    #[schemars(extend("const" = SCHEMA))]
    pub schema: String,
    /// What wrote it.
    pub tool: Tool,
    /// Rules that were active, in file order.
    pub rules: Vec<RuleRef>,
    /// Articles, in order of path and record.
    pub articles: Vec<Article>,
    /// Everybody who says something, in order of id.
    pub sources: Vec<Source>,
    /// Everything that is named, in order of id.
    pub entities: Vec<Entity>,
    /// Claims, in order of article and place.
    pub claims: Vec<Claim>,
    /// Conflicts, the surest first.
    pub conflicts: Vec<Conflict>,
    /// Claims that several independent voices make.
    pub agreements: Vec<Agreement>,
    /// What follows from all conflicts together.
    pub analysis: Analysis,
    /// What could not be read or used.
    pub problems: Vec<Problem>,
    /// Counts.
    pub summary: Summary,
}

/// The program that wrote a report.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tool {
    /// `gainsay`.
    pub name: String,
    /// Its version.
    pub version: String,
}

/// A rule that was active.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RuleRef {
    /// Its id.
    pub id: String,
    /// The pack that it comes from.
    pub pack: String,
    /// Hash of all that it depends on.
    pub hash: String,
    /// What it finds, in a few words; for formats that describe rules.
    #[serde(skip)]
    pub title: String,
    /// Its severity; likewise.
    #[serde(skip)]
    pub severity: String,
    /// What a reader should know of its limits; likewise.
    #[serde(skip)]
    pub note: Option<String>,
    /// Its tags; likewise.
    #[serde(skip)]
    pub tags: Vec<String>,
}

/// An article.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Article {
    /// Unique in the report.
    pub id: String,
    /// Never absolute.
    pub path: String,
    /// The path as given, for formats whose readers open files; empty in a report that was read back.
    #[serde(skip)]
    pub given: String,
    /// Whether lines of the text are not those of the file.
    #[serde(skip)]
    pub extracted: bool,
    /// Line of a JSONL file, from 1.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub record: Option<u32>,
    /// Headline.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub title: Option<String>,
    /// Name of the outlet.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub publisher: Option<String>,
    /// Day of publication, `YYYY-MM-DD`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub published: Option<String>,
    /// Address.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub url: Option<String>,
    /// BCP 47 tag.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub language: Option<String>,
    /// Hash of the text; absent in reports of earlier versions.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub hash: Option<String>,
    /// Words that were read, furniture left out.
    pub words: usize,
    /// Id of the article whose text this one repeats nearly word for word.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub group: Option<String>,
    /// The text that spans count in, where the file's own text is another.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub text: Option<String>,
    /// Furniture, with its reason.
    pub skipped: Vec<Skipped>,
}

/// A stretch of an article that was not read.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Skipped {
    /// Where.
    #[schemars(with = "[u32; 2]")]
    pub span: Span,
    /// Why.
    pub reason: String,
}

/// Somebody who says something.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Unique in the report; may change when articles are added.
    pub id: String,
    /// As shown to readers.
    pub name: String,
    /// What it is.
    #[schemars(extend("enum" = ["person", "office", "state", "org", "place", "group", "document", "publisher", "unnamed"]))]
    pub kind: String,
    /// Every form of the name found in the texts, sorted.
    pub aliases: Vec<String>,
    /// Ids of the claims in whose chain it stands, sorted.
    pub claims: Vec<String>,
}

/// Something with a name.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Entity {
    /// Unique in the report.
    pub id: String,
    /// As shown to readers.
    pub name: String,
    /// What it is.
    #[schemars(extend("enum" = ["person", "office", "state", "org", "place", "group", "document", "publisher", "unnamed"]))]
    pub kind: String,
    /// Every form of the name found in the texts, sorted.
    pub aliases: Vec<String>,
}

/// Words with their place.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// The words.
    pub text: String,
    /// Where they stand in the article.
    #[schemars(with = "[u32; 2]")]
    pub span: Span,
}

/// Words in one or more pieces.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pieces {
    /// The words, pieces joined by a space.
    pub text: String,
    /// Where they stand in the article, in order.
    #[schemars(with = "Vec<[u32; 2]>")]
    pub spans: Vec<Span>,
}

/// Who says what, how firmly, how many, when.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// The fingerprint, `-`, and 6 characters for the article.
    pub id: String,
    /// Hash of who says what, without place.
    pub fingerprint: String,
    /// Id of the article.
    pub article: String,
    /// Number of the sentence, from 0.
    pub sentence: u32,
    /// From the first word of source, cue or content to the last.
    #[schemars(with = "[u32; 2]")]
    pub span: Span,
    /// Line of its first character, from 1.
    pub line: u32,
    /// Column of its first character, from 1.
    pub column: u32,
    /// The words of `span`.
    pub text: String,
    /// The proposition without attribution and insertions.
    pub content: String,
    /// From the first word of the proposition to the last.
    #[schemars(with = "[u32; 2]")]
    pub content_span: Span,
    /// Source ids, outermost first; the publisher alone for a claim of the article itself.
    pub sources: Vec<String>,
    /// The chain as written; empty in the publisher's own voice.
    pub attribution: Vec<Attribution>,
    /// `+` or `-`.
    #[schemars(extend("enum" = ["+", "-"]))]
    pub polarity: String,
    /// Value of the outermost named source that is committed.
    #[schemars(extend("enum" = ["CT+", "CT-", "PR+", "PR-", "PS+", "PS-", "Uu"]))]
    pub factuality: String,
    /// One for each source of the chain and the publisher.
    pub commitments: Vec<Commitment>,
    /// Told as real, planned and so on.
    #[schemars(extend("enum" = ["realised", "planned", "conditional", "asked", "required", "wished"]))]
    pub modality: String,
    /// Words that negate, hedge or otherwise turn what the others say, in order.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub turned_by: Vec<Turn>,
    /// Who did what.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub event: Option<Event>,
    /// Numbers, in order.
    pub quantities: Vec<Quantity>,
    /// When.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub time: Option<Time>,
    /// Names, descriptions and pronouns that were followed, in order.
    pub mentions: Vec<Mention>,
    /// The claim that this one answers.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub denies: Option<Denies>,
    /// What topics make of it.
    pub positions: Vec<Position>,
    /// Further places of the same claim in the same article.
    pub also_in: Vec<Place>,
}

/// One link of a source chain.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Attribution {
    /// One per cue occurrence in the article.
    pub id: u32,
    /// Source id.
    pub source: String,
    /// The source as written; absent where the text leaves it out.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub mention: Option<Words>,
    /// The saying-words; absent for a quotation without any.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub cue: Option<Words>,
    /// All that this cue governs.
    pub content: Pieces,
    /// Marks around the content.
    #[schemars(extend("enum" = ["direct", "indirect", "mixed"]))]
    pub quote: String,
}

/// How far a source stands behind a claim.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Commitment {
    /// Source id.
    pub source: String,
    /// FactBank's value.
    #[schemars(extend("enum" = ["CT+", "CT-", "PR+", "PR-", "PS+", "PS-", "Uu"]))]
    pub value: String,
}

/// The predicate of a claim with its arguments.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// Lemma of the predicate.
    pub lemma: String,
    /// The predicate as written.
    pub predicate: Words,
    /// Who does it, passives undone.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub subject: Option<Argument>,
    /// Whom or what it is done to.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub object: Option<Argument>,
    /// Whom it is given or told to.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub recipient: Option<Argument>,
    /// Prepositional complements.
    pub complements: Vec<Complement>,
}

/// A filler of a role.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Argument {
    /// The words.
    pub text: String,
    /// Where they stand.
    #[schemars(with = "[u32; 2]")]
    pub span: Span,
    /// Id of the entity that they name.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub entity: Option<String>,
}

/// A prepositional complement.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Complement {
    /// The preposition.
    pub preposition: String,
    /// The words after it.
    pub text: String,
    /// Where they stand.
    #[schemars(with = "[u32; 2]")]
    pub span: Span,
    /// Id of the entity that they name.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub entity: Option<String>,
}

/// A number as said.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Quantity {
    /// Approximator, number and unit or counted noun.
    pub text: String,
    /// Where they stand.
    #[schemars(with = "[u32; 2]")]
    pub span: Span,
    /// The figure as written, in the base unit.
    pub value: f64,
    /// Lowest value that it allows; absent for none.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub low: Option<f64>,
    /// Highest value that it allows; absent for none.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub high: Option<f64>,
    /// How the figure is hedged.
    #[schemars(extend("enum" = ["exact", "about", "at least", "at most", "range"]))]
    pub comparator: String,
    /// What kind of number.
    #[schemars(extend("enum" = ["count", "measure", "share", "ordinal", "duration", "label"]))]
    pub kind: String,
    /// Base unit.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub unit: Option<String>,
    /// Lemma of what is counted.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub counted: Option<String>,
}

/// An interval on the calendar.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Time {
    /// The words; absent where the tense alone says it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub text: Option<String>,
    /// Where they stand.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[schemars(with = "Option<[u32; 2]>")]
    pub span: Option<Span>,
    /// First day.
    pub start: String,
    /// Last day, included.
    pub end: String,
    /// How exact the words are.
    #[schemars(extend("enum" = ["hour", "day", "week", "month", "quarter", "year", "decade", "since", "until"]))]
    pub grain: String,
}

/// Words that name an entity.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Mention {
    /// The words.
    pub text: String,
    /// Where they stand.
    #[schemars(with = "[u32; 2]")]
    pub span: Span,
    /// Id of the entity.
    pub entity: String,
}

/// Words that turn or weaken what a claim says by its others.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Turn {
    /// The words.
    pub text: String,
    /// Where they stand.
    #[schemars(with = "[u32; 2]")]
    pub span: Span,
    /// What they make of it.
    #[schemars(extend("enum" = [
        "negated", "probable", "possible", "open", "restricted", "planned", "conditional", "asked", "required", "wished"
    ]))]
    pub effect: String,
}

/// What a denial points to.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Denies {
    /// Words that point.
    pub text: String,
    /// Where they stand.
    #[schemars(with = "[u32; 2]")]
    pub span: Span,
    /// Id of the answered claim, where the text settles it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub claim: Option<String>,
    /// Id of the entity whose claim it is, where said.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub owner: Option<String>,
}

/// A position that a claim takes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Position {
    /// Id of the topic.
    pub topic: String,
    /// Id of the position, `not:` in front of a denied one without a name of its own.
    pub position: String,
    /// Source id of the voice that takes it.
    pub source: String,
    /// The words that matched.
    pub because: Vec<Words>,
}

/// A place of a claim.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// Id of the article.
    pub article: String,
    /// Number of the sentence, from 0.
    pub sentence: u32,
    /// Where.
    #[schemars(with = "[u32; 2]")]
    pub span: Span,
    /// Line, from 1.
    pub line: u32,
    /// Column, from 1.
    pub column: u32,
}

/// Two claims that cannot both hold.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Conflict {
    /// Over the two claims, without rule, side or value.
    pub id: String,
    /// Id of the rule that names it.
    pub rule: String,
    /// How it was found.
    #[schemars(extend("enum" = ["position", "negation", "antonym", "quantity", "time", "order", "role", "place", "denial", "commitment"]))]
    pub kind: String,
    /// What it means.
    #[schemars(extend("enum" = ["contradiction", "dispute", "reversal", "update", "tension"]))]
    pub relation: String,
    /// Whether the two speak for one party.
    #[schemars(extend("enum" = ["self", "same-side", "cross-side", "unknown"]))]
    pub sides: String,
    /// From the rule.
    #[schemars(extend("enum" = ["error", "warning", "note"]))]
    pub severity: String,
    /// Probability, 0 to 1, in steps of 0.01.
    pub confidence: f64,
    /// Ids of the two claims, by date, then fingerprint.
    pub claims: [String; 2],
    /// Who said what against whom.
    pub message: String,
    /// The words that clash.
    pub because: Vec<Because>,
    /// Further rules that found the pair.
    pub also: Vec<String>,
    /// Pairs of claim ids of the same two claims elsewhere.
    pub also_in: Vec<[String; 2]>,
    /// Reason of the entry that ignores it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub ignored: Option<String>,
    /// Over rule, speakers and positions or key.
    pub group: String,
}

/// Words that clash.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Because {
    /// Claim id.
    pub claim: String,
    /// Where in its article.
    #[schemars(with = "[u32; 2]")]
    pub span: Span,
    /// The words.
    pub text: String,
    /// What they do.
    pub role: String,
}

/// A claim that several independent voices make.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Agreement {
    /// Claim ids.
    pub claims: Vec<String>,
    /// Source ids, sorted.
    pub sources: Vec<String>,
    /// Article ids, sorted.
    pub articles: Vec<String>,
}

/// What follows from all conflicts together.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Analysis {
    /// Connected conflicts: lists of conflict ids, the largest first.
    pub disputes: Vec<Dispute>,
    /// How often two sources are in conflict.
    pub matrix: Vec<Cell>,
    /// Ids of the conflicts in which one source changed its story.
    pub reversals: Vec<String>,
}

/// Conflicts that hang together through shared claims.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Dispute {
    /// Claim ids, sorted.
    pub claims: Vec<String>,
    /// Conflict ids, sorted.
    pub conflicts: Vec<String>,
}

/// Two sources and how often they are in conflict.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Cell {
    /// Source id.
    pub a: String,
    /// Source id, not before `a` in order.
    pub b: String,
    /// Number of conflicts.
    pub conflicts: usize,
}

/// Something that could not be read or used.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Problem {
    /// The file, never absolute.
    pub path: String,
    /// Place, cause and next step.
    pub message: String,
}

/// Counts of a report.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Summary {
    /// Articles read.
    pub articles: usize,
    /// Claims found.
    pub claims: usize,
    /// Sources found.
    pub sources: usize,
    /// Conflicts listed.
    pub conflicts: Counts,
}

/// Conflicts by kind, relation and severity.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Counts {
    /// All that are listed.
    pub total: usize,
    /// By kind.
    pub by_kind: BTreeMap<String, usize>,
    /// By relation.
    pub by_relation: BTreeMap<String, usize>,
    /// By severity.
    pub by_severity: BTreeMap<String, usize>,
    /// Found with less confidence than was asked for, and not listed.
    pub below_min_confidence: usize,
}

impl Report {
    /// The claim of an id.
    pub fn claim(&self, id: &str) -> Option<&Claim> {
        self.claims.iter().find(|claim| claim.id == id)
    }

    /// The article of an id.
    pub fn article(&self, id: &str) -> Option<&Article> {
        self.articles.iter().find(|article| article.id == id)
    }

    /// The source of an id.
    pub fn source(&self, id: &str) -> Option<&Source> {
        self.sources.iter().find(|source| source.id == id)
    }
}

/// The JSON Schema of a report.
pub fn schema() -> serde_json::Value {
    let mut schema = schemars::schema_for!(Report).to_value();
    if let Some(map) = schema.as_object_mut() {
        map.insert("title".into(), "gainsay contradiction report".into());
    }
    let sample = serde_json::from_str(include_str!("sample.json")).expect("a test reads the sample");
    crate::base::schema::illustrate(&mut schema, &sample);
    schema
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_field_is_explained_by_words_and_by_an_example() {
        assert_eq!(crate::base::schema::unexplained(&super::schema()), [""; 0]);
        let sample: super::Report = serde_json::from_str(include_str!("sample.json")).expect("the sample is a report");
        assert!(!sample.conflicts.is_empty());
    }
}
