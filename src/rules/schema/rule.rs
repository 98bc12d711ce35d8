//! Rules: what is reported, how severely, in which words, and the settings of each kind.

use super::{ID, OneOrMany, Says, Tests, WINDOW};
use crate::claims::{Level, Modality};
use schemars::{JsonSchema, Schema};
use serde::Deserialize;

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

impl Status {
    /// The word that YAML uses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Stable => "stable",
            Self::Deprecated => "deprecated",
        }
    }
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
    pub antonym: Option<AntonymKind>,
    /// Kind: two times of one event.
    #[serde(default)]
    pub time: Option<TimeKind>,
    /// Kind: two places of one event.
    #[serde(default)]
    pub place: Option<PlaceKind>,
    /// Kind: asserted against withheld.
    #[serde(default)]
    pub commitment: Option<CommitmentKind>,
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
        let schema = super::json_schema();
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

/// Settings of the kind `time`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TimeKind {
    /// Patterns of an event, whose claim says when it is; without them events that happen once are looked at.
    #[serde(default)]
    pub says: Vec<Says>,
    /// Captures that must be the same on both sides: they say that it is one event.
    #[serde(default)]
    pub key: Option<OneOrMany>,
    /// The evidence asked for that both claims are about one thing.
    #[serde(default)]
    pub same: Option<Same>,
}

/// Settings of the kind `place`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlaceKind {
    /// Patterns of an event; without them events that happen once are looked at.
    #[serde(default)]
    pub says: Vec<Says>,
    /// Captures that must be the same on both sides: they say that it is one event.
    #[serde(default)]
    pub key: Option<OneOrMany>,
    /// Capture of the place; without it the place that the event itself names ("in Orsa"). A part of the other is no other place.
    #[serde(default)]
    pub value: Option<String>,
    /// The evidence asked for that both claims are about one thing.
    #[serde(default)]
    pub same: Option<Same>,
}

/// Settings of the kind `antonym`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AntonymKind {
    /// Patterns of a state or change: one side says its word, the other an opposite of it from the lexicon. Without them every
    /// event is looked at.
    #[serde(default)]
    pub says: Vec<Says>,
    /// Captures that must be the same on both sides.
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
    /// Whether it sets articles against each other, what one calls false against what another leads with, instead of single claims.
    #[serde(default)]
    pub stories: bool,
    /// The evidence asked for that both claims are about one thing.
    #[serde(default)]
    pub same: Option<Same>,
}

/// Settings of the kind `commitment`.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CommitmentKind {
    /// Whether it sets a decision that is still open against one that is made, instead of what is withheld against what is asserted.
    #[serde(default)]
    pub decisions: bool,
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
