//! The `lexicons` section of a rule file as it is written. Doc comments become the schema's descriptions.

use crate::claims::{Commitment, Level, Modality};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Word tables: what words mean to every rule.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct LexiconFile {
    /// Saying-words and what each commits its speaker to.
    pub cues: Vec<CueEntry>,
    /// Words that say of their complement whether it is so, without reporting anyone's speech: manage, fail, be likely, be true.
    pub implicatives: Vec<CueEntry>,
    /// Words that negate.
    pub negators: Vec<NegatorEntry>,
    /// Phrases that look like negators and are none.
    pub not_negators: Vec<String>,
    /// Conjunctions at which a reach ends.
    pub stops: Vec<String>,
    /// Words that lower certainty.
    pub hedges: Vec<HedgeEntry>,
    /// Pairs of opposites.
    pub opposites: Vec<OppositeEntry>,
    /// Words that make a figure a range.
    pub approximators: Vec<ApproximatorEntry>,
    /// Units and the words that name them.
    pub units: Vec<UnitEntry>,
    /// Titles and offices.
    pub titles: Vec<TitleEntry>,
    /// Words that name one kind of event or thing.
    pub families: Vec<FamilyEntry>,
    /// Nouns for what is claimed: claim, assertion, allegation.
    pub claim_nouns: Vec<String>,
    /// Nouns that negate what follows: lack, absence.
    pub lack_nouns: Vec<String>,
    /// Verbs that lend an event noun its predication: hold, take place.
    pub support_verbs: Vec<String>,
    /// Words whose complement is taken for real: despite, after, amid.
    pub presupposers: Vec<String>,
    /// Words that make a clause a condition.
    pub conditionals: Vec<String>,
    /// Words that make a clause a question.
    pub questions: Vec<String>,
    /// Words that make a clause a plan.
    pub plans: Vec<String>,
    /// Words that narrow what is denied.
    pub restrictors: Vec<String>,
    /// Words that make a number a part of a total.
    pub part_markers: Vec<String>,
    /// Events whose participants have no order.
    pub symmetric: Vec<String>,
    /// Words for a share of a whole.
    pub extents: Vec<ExtentEntry>,
    /// Words that say whether an office is still held.
    pub tenure: Vec<TenureEntry>,
    /// Names that stand for another entity.
    pub metonyms: Vec<MetonymEntry>,
    /// Spellings and short forms of one given name.
    pub name_variants: Vec<FamilyEntry>,
    /// Phrases of site furniture.
    pub furniture: Vec<FurnitureEntry>,
    /// Number words.
    pub number_words: Vec<NumberWord>,
    /// Months, weekdays, time units and relative days.
    pub calendar: Vec<CalendarEntry>,
    /// Words that exclude each other where one scene is told twice: colours, countries, ordinals, near and far.
    pub exclusives: Vec<ExclusiveEntry>,
    /// Words that two people may use of one deed or thing, though neither follows from the other: hold and carry, look and stare.
    pub kindred: Vec<FamilyEntry>,
    /// Words by which something is told of a wider place or thing too: what is in a field is outdoors.
    pub within: Vec<WithinEntry>,
    /// Further plain lists by name.
    pub sets: Vec<SetEntry>,
}

/// A row of `cues`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CueEntry {
    /// Lemmas, of one or more words.
    pub words: Vec<String>,
    /// What the source is committed to.
    pub speaker: Commitment,
    /// What the one who reports it is committed to; `none` unless said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publisher: Option<Commitment>,
    /// The source's value where the cue is negated or asked; `none` unless said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub negated: Option<Commitment>,
    /// Modality of the content.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub modality: Option<Modality>,
    /// Whether it denies another's claim.
    #[serde(default)]
    pub denial: bool,
    /// Complements that make it a cue; any unless said.
    #[serde(default)]
    pub takes: Vec<Takes>,
}

/// Kinds of complement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Takes {
    /// A clause, with or without "that".
    That,
    /// Words in quotation marks.
    Quote,
    /// A noun for a claim, or "this", "it".
    ClaimNoun,
    /// A noun for an event.
    EventNoun,
    /// An infinitive.
    To,
    /// A gerund.
    Ing,
    /// An object and an infinitive ("urged the union to").
    ObjTo,
    /// Any noun phrase ("criticised the plan").
    Np,
    /// An object and what it is called ("called the vote a sham").
    Pred,
    /// An object and "as" ("described it as a trap").
    As,
    /// A noun phrase and the reason behind "for" ("praised them for").
    For,
    /// An object and "of" ("accused them of").
    Of,
    /// An object and its figure behind "at" ("put the toll at 14").
    At,
}

/// A row of `negators`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NegatorEntry {
    /// Lemmas, of one or more words.
    pub words: Vec<String>,
    /// Which side of it is negated.
    pub reach: Reach,
}

/// Direction of a negator.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Reach {
    /// What comes before it: "talks were ruled out".
    Left,
    /// What comes after it.
    #[default]
    Right,
}

/// A row of `hedges`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HedgeEntry {
    /// Lemmas, of one or more words.
    pub words: Vec<String>,
    /// The level it lowers to.
    pub lowers_to: Level,
    /// Modality it gives.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub modality: Option<Modality>,
}

/// A row of `opposites`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OppositeEntry {
    /// The two words.
    pub pair: [String; 2],
    /// Whether one of the two always holds (open, closed), so that "not closed" is "open".
    #[serde(default)]
    pub complementary: bool,
}

/// A row of `approximators`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ApproximatorEntry {
    /// Lemmas, of one or more words.
    pub words: Vec<String>,
    /// Percent of the figure, either way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub percent: Option<f64>,
    /// Which bound the figure is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bound: Option<Bound>,
}

/// Which bound a figure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Bound {
    /// The lowest possible: "at least".
    Low,
    /// The highest possible: "up to".
    High,
    /// As `low`, and the figure itself is left out: "more than".
    Above,
    /// As `high`, and the figure itself is left out: "fewer than".
    Below,
}

/// A row of `units`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UnitEntry {
    /// Base unit.
    pub unit: String,
    /// Words or signs.
    pub words: Vec<String>,
    /// How many base units one of it is; 1 unless said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scale: Option<f64>,
}

/// A row of `titles`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TitleEntry {
    /// Titles and offices.
    pub words: Vec<String>,
    /// Whether one person holds it at a time.
    #[serde(default)]
    pub single: bool,
}

/// A row of `families`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FamilyEntry {
    /// Lemmas of one word each.
    pub words: Vec<String>,
}

/// A row of `extents`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExtentEntry {
    /// Words.
    pub words: Vec<String>,
    /// Percent of the whole: 100, or less for a part.
    pub share: f64,
}

/// A row of `tenure`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TenureEntry {
    /// Words.
    pub words: Vec<String>,
    /// Whether the office is held at the article's date.
    pub held: bool,
}

/// A row of `metonyms`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MetonymEntry {
    /// Names.
    pub words: Vec<String>,
    /// Id of the entity they stand for.
    pub entity: String,
}

/// A row of `furniture`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FurnitureEntry {
    /// Phrases, any case.
    pub phrases: Vec<String>,
    /// What they are: menu, share bar, footer.
    pub reason: String,
}

/// A row of `number_words`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NumberWord {
    /// The word.
    pub word: String,
    /// Its value.
    pub value: f64,
    /// What kind of number word; a cardinal unless said.
    #[serde(default)]
    pub kind: NumberKind,
}

/// Kinds of number word. One word can be of several ("third").
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum NumberKind {
    /// Seven.
    #[default]
    Cardinal,
    /// Million: multiplies what stands before it.
    Multiplier,
    /// Third, of a whole.
    Fraction,
    /// Third, in a row.
    Ordinal,
    /// None, nobody: an empty count.
    Nothing,
    /// Twice: multiplies what a comparison sets it against.
    Factor,
}

/// A row of `calendar`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CalendarEntry {
    /// Words, with their short forms.
    pub words: Vec<String>,
    /// What they name.
    pub kind: CalendarKind,
    /// Number of the month (1–12) or weekday (1 is Monday), days from today, or days of a unit.
    pub value: i32,
}

/// What a calendar word names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum CalendarKind {
    /// January to December.
    Month,
    /// Monday to Sunday.
    Weekday,
    /// Day, week, month, quarter, half-year, year, by its days.
    Unit,
    /// Spring to winter, by its first month.
    Season,
    /// Today, yesterday, tomorrow.
    Relative,
    /// Morning, evening, night: part of a day.
    Daypart,
    /// Twenties to nineties, by their first year.
    Decade,
}

/// A row of `exclusives`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExclusiveEntry {
    /// What the words are: colours, rooms.
    pub name: String,
    /// The words; those of one string, parted by `/`, mean the same.
    #[serde(default)]
    pub words: Vec<String>,
    /// Nouns whose kinds in the tables under `rules/lexical` belong to the class too.
    #[serde(default)]
    pub parents: Vec<String>,
    /// Kinds of declared entities whose names or adjectives belong to the class too.
    #[serde(default)]
    pub entities: Vec<crate::claims::EntityKind>,
    /// Whether the adjectives of those entities are meant and not the names.
    #[serde(default)]
    pub adjectives: bool,
    /// How many content words both statements must share before the two words are taken to be said of one thing.
    pub context: u8,
    /// Whether the words are mere looks, by which two unknown actors are told apart ("a white dog", "a black dog").
    #[serde(default)]
    pub looks: bool,
    /// Whether the words count only where nothing hangs on them ("playing outside", not "outside a bag").
    #[serde(default)]
    pub alone: bool,
}

/// A row of `within`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WithinEntry {
    /// The wider word; words parted by `/` mean the same.
    pub word: String,
    /// Lemmas of one word each that tell of it.
    pub words: Vec<String>,
}

/// A row of `sets`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetEntry {
    /// Name by which a mechanism asks for it.
    pub name: String,
    /// Words or phrases.
    pub words: Vec<String>,
}

/// What the word tables take from a row of a rule file's `entities`: how a name looks, not what it means.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct NamedEntry {
    /// What it is.
    #[serde(rename = "type")]
    pub kind: crate::claims::EntityKind,
    /// Names as written in text.
    pub names: Vec<String>,
    /// Adjectives and nouns for its people.
    #[serde(default)]
    pub adjectives: Vec<String>,
}
