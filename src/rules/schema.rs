//! The YAML shapes of a rule file, closed; doc comments become schema and reference text.
//!
//! In: a YAML document already checked by `check`. Out: plain data, as written. Resolves no reference and compiles
//! nothing: that is [`super::load`]. `gainsay rules schema` prints [`json_schema()`], and the checker walks the same schema.

use crate::claims::{Level, Modality};
use crate::lexicon::LexiconFile;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer};
use std::collections::BTreeMap;
use std::fmt;

/// Shape of ids.
pub const ID: &str = "^[a-z][a-z0-9-]*$";
/// Shape of a window: a number of hours, days or weeks.
pub const WINDOW: &str = "^[0-9]+[hdw]$";
/// Shape of a day.
pub const DAY: &str = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$";

/// A rule file: what may be said about a story, and which assertions cannot both hold.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RuleFile {
    /// Version of the rule language: 1.
    #[schemars(extend("const" = 1))]
    pub gainsay: u32,
    /// Name and version of the pack that this file belongs to.
    #[serde(default)]
    pub pack: Option<Pack>,
    /// Word tables: cues, negators, hedges, units and the rest.
    #[serde(default)]
    pub lexicons: Option<LexiconFile>,
    /// People, offices, states, organisations and places that the rules name.
    #[serde(default)]
    pub entities: Vec<EntitySpec>,
    /// Sets of entities.
    #[serde(default)]
    pub groups: Vec<GroupSpec>,
    /// Matters on which one can take positions.
    #[serde(default)]
    pub topics: Vec<TopicSpec>,
    /// What is reported, how severely and in which words.
    #[serde(default)]
    pub rules: Vec<RuleSpec>,
    /// Conflicts that have been looked at and are to be left alone.
    #[serde(default)]
    pub ignore: Vec<IgnoreSpec>,
}

/// A named set of rule files.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Pack {
    /// Kebab-case name; files with the same name are one pack.
    #[schemars(regex(pattern = ID))]
    pub name: String,
    /// Version of the pack.
    #[serde(default)]
    pub version: Option<String>,
    /// Packs whose words, entities and topics it builds on.
    #[serde(default)]
    pub uses: Vec<String>,
}

/// What a declared entity is.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Eq, Hash)]
#[serde(rename_all = "kebab-case")]
pub enum EntityType {
    /// One human being.
    Person,
    /// A position or the house it is named after: Kremlin, Federal Reserve chair.
    Office,
    /// A country; its capital's name stands for it.
    State,
    /// Company, party, agency, army.
    Org,
    /// Town, region, building.
    Place,
}

/// Somebody or something that articles name in several ways.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EntitySpec {
    /// Unique among entities and groups; written `<id>` in patterns.
    #[schemars(regex(pattern = ID))]
    pub id: String,
    /// What it is.
    #[serde(rename = "type")]
    pub kind: EntityType,
    /// Names, fullest first; the first is shown.
    #[schemars(length(min = 1))]
    pub names: Vec<String>,
    /// Adjectives that stand for it ("Russian").
    #[serde(default)]
    pub adjectives: Vec<String>,
    /// Titles that name it in the text ("prime minister of Orsa").
    #[serde(default)]
    pub titles: Vec<String>,
    /// Id of the entity on whose behalf it speaks.
    #[serde(default)]
    pub speaks_for: Option<String>,
    /// Id of the whole that it belongs to; the two never conflict as places.
    #[serde(default)]
    pub part_of: Option<String>,
}

/// A set of entities: the sides of a conflict, the bidders for a company.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GroupSpec {
    /// Unique among entities and groups.
    #[schemars(regex(pattern = ID))]
    pub id: String,
    /// Ids of entities.
    #[schemars(length(min = 1))]
    pub members: Vec<String>,
}

/// A matter with positions that sources can take on it.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TopicSpec {
    /// Unique among topics; a rule that carries the id of a topic speaks of that topic.
    #[schemars(regex(pattern = ID))]
    pub id: String,
    /// The question at issue, in words: "Whether the Kessel bridge is open".
    pub title: String,
    /// Captures that both sides must bind to the same thing.
    #[serde(default)]
    pub key: Vec<String>,
    /// A later state may follow an earlier one: such pairs are updates.
    #[serde(default)]
    pub changes: bool,
    /// What can be said about it.
    #[schemars(length(min = 1))]
    pub positions: Vec<PositionSpec>,
    /// Which stories the topic looks at.
    #[serde(default)]
    pub about: Option<AboutSpec>,
    /// Which positions clash. Every position clashes with its own denial without being listed.
    #[serde(default)]
    pub conflicts: Vec<ClashSpec>,
    /// Examples that must be found and examples that must not.
    #[serde(default)]
    pub tests: Option<Tests>,
}

/// One answer to the question of a topic.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PositionSpec {
    /// Unique in its topic. `not:ID` stands for its denial.
    #[schemars(regex(pattern = ID))]
    pub id: String,
    /// The position as a short sentence: "the bridge is open".
    pub label: String,
    /// Patterns of which one must match.
    #[schemars(length(min = 1))]
    pub says: Vec<Says>,
    /// Patterns none of which may overlap the match.
    #[serde(default)]
    pub unless: Vec<Says>,
    /// The position of the same topic that its denial amounts to.
    #[serde(default)]
    pub denied_as: Option<String>,
}

/// How far `about` looks around a claim.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Within {
    /// The claim's own clause.
    Clause,
    /// Its sentence.
    Sentence,
    /// The whole article.
    #[default]
    Article,
}

/// Which stories a topic looks at; never what two claims share.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AboutSpec {
    /// Where the patterns must be found.
    #[serde(default)]
    pub within: Within,
    /// Patterns that must all be found.
    #[serde(default)]
    pub all: Vec<String>,
    /// Patterns of which one must be found.
    #[serde(default)]
    pub any: Vec<String>,
}

/// How squarely two positions oppose each other.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema, PartialEq, Eq, Hash)]
#[serde(rename_all = "kebab-case")]
pub enum Strength {
    /// They cannot both be true.
    #[default]
    Contradiction,
    /// They sit badly together.
    Tension,
}

/// Two positions that clash.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClashSpec {
    /// Ids of two positions of the topic; `not:ID` is one too.
    pub between: [String; 2],
    /// How squarely.
    #[serde(default)]
    pub strength: Strength,
}

/// A pattern over the words of a clause, or one over the parts of its event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Says {
    /// `bridge ..3 (open|reopen)`
    Words(String),
    /// `{ event: reopen, object: bridge }`
    Event(EventSpec),
}

/// Patterns over the parts of a claim's event. A part that ends in `?` may be unsaid.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
pub struct EventSpec {
    /// The predicate: verb, noun of the same event, or predicate adjective.
    #[serde(default)]
    pub event: Option<String>,
    /// Who does it, in the active or the passive.
    #[serde(default)]
    pub subject: Option<String>,
    /// To whom or what it is done.
    #[serde(default)]
    pub object: Option<String>,
    /// The unordered participants of a symmetric event.
    #[serde(default)]
    pub parties: Option<String>,
    /// Any preposition: what it governs.
    #[serde(flatten)]
    pub complements: BTreeMap<String, String>,
}

impl EventSpec {
    /// The parts with their names, in the order of matching.
    pub fn parts(&self) -> impl Iterator<Item = (&str, &str)> {
        let fixed = [("event", &self.event), ("subject", &self.subject), ("object", &self.object), ("parties", &self.parties)];
        let named = fixed.into_iter().filter_map(|(name, part)| Some((name, part.as_deref()?)));
        named.chain(self.complements.iter().map(|(name, part)| (name.as_str(), part.as_str())))
    }
}

/// How severely a conflict is reported.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Worth a look.
    #[default]
    Warning,
    /// One of the two is wrong.
    Error,
}

impl Severity {
    /// The word that YAML and the report use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// How ripe a rule is.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Being written.
    Draft,
    /// Relied on.
    #[default]
    Stable,
    /// Replaced by another; `replaced_by` says which.
    Deprecated,
}

/// What is reported, how severely and in which words. Exactly one kind is given.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = one_kind)]
pub struct RuleSpec {
    /// Unique among rules; names what is at odds.
    #[schemars(regex(pattern = ID))]
    pub id: String,
    /// What it finds, in a few words.
    pub title: String,
    /// How severely a conflict is reported.
    pub severity: Severity,
    /// What the report says: `{a.source}` and `{b.source}` with the built-in names and the rule's captures.
    pub message: String,
    /// Kind: two positions of a topic that clash.
    #[serde(default)]
    pub position: Option<PositionKind>,
    /// Kind: two numbers for one thing.
    #[serde(default)]
    pub quantity: Option<QuantityKind>,
    /// Kind: two holders of one office, two doers of one deed.
    #[serde(default)]
    pub role: Option<RoleKind>,
    /// Kind: called the first, after an earlier one.
    #[serde(default)]
    pub order: Option<OrderKind>,
    /// Kind: a claim and its denial.
    #[serde(default)]
    pub denial: Option<DenialKind>,
    /// Kind: an event asserted and refuted.
    #[serde(default)]
    pub negation: Option<GeneralKind>,
    /// Kind: two events or states of opposite meaning.
    #[serde(default)]
    pub antonym: Option<GeneralKind>,
    /// Kind: two times of one event.
    #[serde(default)]
    pub time: Option<GeneralKind>,
    /// Kind: two places of one event.
    #[serde(default)]
    pub place: Option<GeneralKind>,
    /// Kind: asserted against withheld.
    #[serde(default)]
    pub commitment: Option<GeneralKind>,
    /// Which pairs are looked at.
    #[serde(default, rename = "where")]
    pub scope: Option<WhereSpec>,
    /// Whether it runs; a pack can ship a rule switched off.
    #[serde(default)]
    pub enabled: Option<bool>,
    /// How ripe it is.
    #[serde(default)]
    pub status: Status,
    /// Id of the rule that replaces a deprecated one.
    #[serde(default)]
    pub replaced_by: Option<String>,
    /// Words to filter by.
    #[serde(default)]
    pub tags: Vec<String>,
    /// What a reader should know of its limits.
    #[serde(default)]
    pub note: Option<String>,
    /// Addresses of background material.
    #[serde(default)]
    pub references: Vec<String>,
    /// Examples that must be found and examples that must not.
    #[serde(default)]
    pub tests: Option<Tests>,
}

/// The names of the rule kinds, in the order of the schema.
pub const KINDS: [&str; 10] =
    ["position", "quantity", "role", "order", "denial", "negation", "antonym", "time", "place", "commitment"];

/// The keys that a rule can have, kinds included.
pub fn rule_keys() -> Vec<&'static str> {
    static KEYS: std::sync::LazyLock<Vec<String>> = std::sync::LazyLock::new(|| {
        let schema = json_schema();
        let keys = schema.pointer("/$defs/RuleSpec/properties").and_then(serde_json::Value::as_object);
        keys.map(|keys| keys.keys().cloned().collect()).unwrap_or_default()
    });
    KEYS.iter().map(String::as_str).collect()
}

fn one_kind(schema: &mut Schema) {
    let each: Vec<_> = KINDS.iter().map(|kind| serde_json::json!({ "required": [kind] })).collect();
    schema.insert("oneOf".into(), each.into());
}

/// Settings of the kind `position`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PositionKind {
    /// Id of the topic.
    pub topic: String,
    /// Pairs of positions to which the rule is narrowed; without it every conflict of the topic counts.
    #[serde(default)]
    pub pairs: Vec<[String; 2]>,
}

/// How far two figures may lie apart without conflicting.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Tolerance {
    /// In percent of the larger figure.
    #[serde(default)]
    #[schemars(range(min = 0))]
    pub percent: Option<f64>,
    /// In units.
    #[serde(default)]
    #[schemars(range(min = 0))]
    pub absolute: Option<f64>,
}

/// The evidence that two claims are about one thing.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Same {
    /// How alike the two events must be.
    #[serde(default)]
    pub event: SameEvent,
    /// How many participants they must share.
    #[serde(default)]
    pub shared: Option<u32>,
}

/// How alike two events must be.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum SameEvent {
    /// Same lemma.
    Lemma,
    /// Same lemma, derivation, or one of the lexicon's families.
    #[default]
    Family,
}

/// Settings of the kind `quantity`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct QuantityKind {
    /// Patterns that capture the figure as `#n:unit`; without them every figure is looked at.
    #[serde(default)]
    pub says: Vec<Says>,
    /// How far two figures may lie apart.
    #[serde(default)]
    pub tolerance: Option<Tolerance>,
    /// A later larger figure replaces the earlier one: an update.
    #[serde(default)]
    pub grows: bool,
    /// The evidence asked for that both claims are about one thing.
    #[serde(default)]
    pub same: Option<Same>,
}

/// Settings of the kind `role`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RoleKind {
    /// Patterns that capture key and value; without them titles marked `single` are looked at.
    #[serde(default)]
    pub says: Vec<Says>,
    /// Capture that must be the same on both sides.
    #[serde(default)]
    pub key: Option<OneOrMany>,
    /// Capture that must not differ.
    #[serde(default)]
    pub value: Option<String>,
    /// The evidence asked for that both claims are about one thing.
    #[serde(default)]
    pub same: Option<Same>,
}

/// Settings of the kind `order`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OrderKind {
    /// Patterns of a claimed first; without them `first`, `for the first time`, `never … before` are looked at.
    #[serde(default)]
    pub says: Vec<Says>,
    /// Patterns of an occasion of the same kind.
    #[serde(default)]
    pub event: Vec<Says>,
    /// Captures that both must share, in any order.
    #[serde(default)]
    pub key: Option<OneOrMany>,
    /// The evidence asked for that both claims are about one thing.
    #[serde(default)]
    pub same: Option<Same>,
}

/// Settings of the kind `denial`.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DenialKind {
    /// Share of content lemmas, 0 to 1, that a claim answered by content alone must have in common.
    #[schemars(range(min = 0, max = 1))]
    pub overlap: f64,
    /// How many content lemmas at least.
    pub min_words: u32,
    /// The evidence asked for that both claims are about one thing.
    #[serde(default)]
    pub same: Option<Same>,
}

/// Settings of a kind that looks at every claim.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GeneralKind {
    /// The evidence asked for that both claims are about one thing.
    #[serde(default)]
    pub same: Option<Same>,
}

/// Whose claims are set against each other.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Speakers {
    /// Two speakers.
    Different,
    /// One speaker.
    Same,
    /// Whoever speaks.
    #[default]
    Any,
}

/// What happens to a pair of which a side has no date.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Undated {
    /// It counts.
    #[default]
    Allow,
    /// It is left out.
    Skip,
}

/// Scopes of the two sides.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FromSpec {
    /// Entities, of whom or of whose spokespeople one side must be.
    #[serde(default)]
    pub a: Vec<String>,
    /// The same for the other side.
    #[serde(default)]
    pub b: Vec<String>,
}

/// Which pairs a rule looks at.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WhereSpec {
    /// Whose claims are set against each other.
    #[serde(default)]
    pub sources: Speakers,
    /// Entities that the two sides must speak for.
    #[serde(default)]
    pub from: Option<FromSpec>,
    /// Most time between the two: hours, days or weeks, as `36h`, `14d`, `2w`.
    #[serde(default)]
    #[schemars(regex(pattern = WINDOW))]
    pub window: Option<String>,
    /// What happens to claims without a date.
    #[serde(default)]
    pub undated: Undated,
    /// Groups of each of which the two must share a member.
    #[serde(default)]
    pub share: Vec<String>,
    /// The lowest level of certainty that both sides must have.
    #[serde(default = "lowest")]
    pub certainty: Level,
    /// Modalities that count beside `realised`.
    #[serde(default)]
    pub modalities: Vec<Modality>,
}

impl Default for WhereSpec {
    fn default() -> Self {
        Self {
            sources: Speakers::Any,
            from: None,
            window: None,
            undated: Undated::Allow,
            share: Vec::new(),
            certainty: lowest(),
            modalities: Vec::new(),
        }
    }
}

fn lowest() -> Level {
    Level::Possible
}

/// Cases of a rule or topic.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tests {
    /// Pairs that must be reported.
    #[serde(default)]
    pub flag: Vec<Case>,
    /// Pairs that must stay silent, each for the reason it names.
    #[serde(default)]
    pub quiet: Vec<Case>,
    /// Pairs that ought to be reported and are not yet.
    #[serde(default)]
    pub todo_flag: Vec<Case>,
    /// Pairs that ought to stay silent and do not yet.
    #[serde(default)]
    pub todo_quiet: Vec<Case>,
}

/// Whether a test takes `about` as given.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum AboutMode {
    /// `about` holds and both articles share a headline.
    #[default]
    Assume,
    /// `about` and participants are worked out from the two sentences alone.
    Check,
}

/// Two sentences and what is expected of them.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// One side.
    pub a: Side,
    /// The other side.
    pub b: Side,
    /// What a `flag` case's conflict must look like.
    #[serde(default)]
    pub expect: Option<Expect>,
    /// The gate at which a `quiet` case must fail.
    #[serde(default)]
    pub because: Option<String>,
    /// Whether `about` is checked.
    #[serde(default)]
    pub about: AboutMode,
}

/// What a `flag` case's conflict must look like; what is left out is not looked at.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Expect {
    /// Position of side a.
    #[serde(default)]
    pub a: Option<String>,
    /// Position of side b.
    #[serde(default)]
    pub b: Option<String>,
    /// contradiction, dispute, reversal, update or tension.
    #[serde(default)]
    pub relation: Option<String>,
    /// self, same-side, cross-side or unknown.
    #[serde(default)]
    pub sides: Option<String>,
}

/// One sentence of a test with where it comes from. A bare string is the text alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Side {
    /// Who speaks; without it the text carries its own attribution.
    pub by: Option<String>,
    /// Outlet.
    pub publisher: Option<String>,
    /// Day of the article.
    pub date: Option<String>,
    /// The sentence.
    pub text: String,
}

/// A conflict, or a set of them, that has been looked at.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct IgnoreSpec {
    /// Id of a rule, or `"*"`.
    pub rule: String,
    /// Id of a conflict, or its first 8 or more characters.
    #[serde(default)]
    pub edge: Option<String>,
    /// Id or name of a source.
    #[serde(default)]
    pub source: Option<String>,
    /// Name of an outlet.
    #[serde(default)]
    pub publisher: Option<String>,
    /// Id of an article.
    #[serde(default)]
    pub article: Option<String>,
    /// Why it is left alone.
    pub reason: String,
    /// Day after which the entry no longer counts.
    #[serde(default)]
    #[schemars(regex(pattern = DAY))]
    pub until: Option<String>,
}

/// One word or a list of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OneOrMany(pub Vec<String>);

impl<'de> Deserialize<'de> for OneOrMany {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = OneOrMany;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a name or a list of names")
            }
            fn visit_str<E>(self, text: &str) -> Result<OneOrMany, E> {
                Ok(OneOrMany(vec![text.to_owned()]))
            }
            fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut list: A) -> Result<OneOrMany, A::Error> {
                let mut all = Vec::new();
                while let Some(one) = list.next_element()? {
                    all.push(one);
                }
                Ok(OneOrMany(all))
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

impl JsonSchema for OneOrMany {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "OneOrMany".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }] })
    }
}

impl<'de> Deserialize<'de> for Says {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = Says;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a pattern or an event record")
            }
            fn visit_str<E>(self, text: &str) -> Result<Says, E> {
                Ok(Says::Words(text.to_owned()))
            }
            fn visit_map<A: serde::de::MapAccess<'de>>(self, map: A) -> Result<Says, A::Error> {
                EventSpec::deserialize(serde::de::value::MapAccessDeserializer::new(map)).map(Says::Event)
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

impl JsonSchema for Says {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Says".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A pattern over the words of a clause, or one over the parts of its event.",
            "anyOf": [
                { "type": "string", "minLength": 1, "examples": ["bridge ..3 (open|reopen)"] },
                {
                    "type": "object",
                    "properties": {
                        "event": { "type": "string", "description": "The predicate: verb, noun of the same event, or predicate adjective." },
                        "subject": { "type": "string", "description": "Who does it, in the active or the passive." },
                        "object": { "type": "string", "description": "To whom or what it is done." },
                        "parties": { "type": "string", "description": "The unordered participants of a symmetric event." }
                    },
                    "patternProperties": { PREPOSITION: { "type": "string", "description": "A preposition: what it governs." } },
                    "additionalProperties": false,
                    "examples": [{ "event": "reopen", "object": "bridge" }]
                }
            ]
        })
    }
}

/// Keys of an event record beside the four fixed ones. Whether a word is a preposition is for the checker to ask the lexicon.
pub const PREPOSITION: &str = "^[a-z]+( [a-z]+)*$";

/// The map form of a test side.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct FullSide {
    /// Who speaks; without it the text carries its own attribution.
    #[serde(default)]
    by: Option<String>,
    /// Outlet.
    #[serde(default)]
    publisher: Option<String>,
    /// Day of the article.
    #[serde(default)]
    #[schemars(regex(pattern = DAY))]
    date: Option<String>,
    /// The sentence.
    text: String,
}

impl<'de> Deserialize<'de> for Side {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = Side;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a sentence, or a map with text")
            }
            fn visit_str<E>(self, text: &str) -> Result<Side, E> {
                Ok(Side { text: text.to_owned(), ..Side::default() })
            }
            fn visit_map<A: serde::de::MapAccess<'de>>(self, map: A) -> Result<Side, A::Error> {
                let FullSide { by, publisher, date, text } =
                    FullSide::deserialize(serde::de::value::MapAccessDeserializer::new(map))?;
                Ok(Side { by, publisher, date, text })
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

impl JsonSchema for Side {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Side".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let full = generator.subschema_for::<FullSide>();
        json_schema!({
            "description": "One sentence of a test with where it comes from. A bare string is the text alone.",
            "anyOf": [{ "type": "string" }, full]
        })
    }
}

/// The JSON Schema of rule files, Draft 2020-12, as `gainsay rules schema` prints it.
pub fn json_schema() -> serde_json::Value {
    let settings = schemars::generate::SchemaSettings::draft2020_12().for_deserialize();
    let mut value = settings.into_generator().into_root_schema_for::<RuleFile>().to_value();
    if let Some(root) = value.as_object_mut() {
        root.insert("title".into(), "gainsay rule file, version 1".into());
    }
    value
}
