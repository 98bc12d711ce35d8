//! Tests that rules and topics carry: two sentences and what is expected of them.

use super::DAY;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer};
use std::fmt;

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
