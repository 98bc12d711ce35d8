//! The YAML shapes of a rule file, closed; doc comments become schema and reference text.
//!
//! In: a YAML document already checked by `check`. Out: plain data, as written. Resolves no reference and compiles
//! nothing: that is [`super::load`]. `gainsay rules schema` prints [`json_schema()`], and the checker walks the same schema.
//!
//! `topic` holds topics and patterns, `rule` rules and the settings of their kinds, `case` tests.

mod case;
mod rule;
pub mod shape;
mod topic;

pub use case::{AboutMode, Case, Expect, Side, Tests};
pub use rule::*;
pub use topic::*;

use crate::lexicon::LexiconFile;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer};
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

/// The JSON Schema of rule files, Draft 2020-12, as `gainsay rules schema` prints it.
pub fn json_schema() -> serde_json::Value {
    let settings = schemars::generate::SchemaSettings::draft2020_12().for_deserialize();
    let mut value = settings.into_generator().into_root_schema_for::<RuleFile>().to_value();
    if let Some(root) = value.as_object_mut() {
        root.insert("title".into(), "gainsay rule file, version 1".into());
    }
    crate::base::schema::illustrate(&mut value, &sample());
    value
}

/// A rule file that uses every key once: the examples that the schema shows.
pub const SAMPLE: &str = include_str!("sample.yml");

fn sample() -> serde_json::Value {
    crate::base::yaml::decode(SAMPLE).expect("a test reads the sample")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_explained_by_words_and_by_an_example() {
        assert_eq!(crate::base::schema::unexplained(&json_schema()), [""; 0]);
    }

    #[test]
    fn the_sample_is_a_rule_file_without_mistake() {
        let file = crate::base::pack::PackFile { path: "sample.yml".into(), text: SAMPLE.into(), built_in: false };
        let set = super::super::load_texts(vec![super::super::Layered { file, layer: 1 }], true);
        let set = set.unwrap_or_else(|errors| panic!("{errors}"));
        assert!(set.rules.iter().any(|rule| rule.id == "delegation-head"));
    }
}
