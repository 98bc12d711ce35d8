//! Topics: what positions one can take, and how each is put.

use super::{ID, Tests};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer};
use std::collections::BTreeMap;
use std::fmt;

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
                { "type": "string", "minLength": 1, "examples": ["bridge ..3 (open|reopen)", "$team:any ..2 lose to $other:any"] },
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
