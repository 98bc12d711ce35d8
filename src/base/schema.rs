//! JSON Schemas that show by example: each property gets what a sample document has there.
//!
//! In: a schema and a document that it describes. Out: the schema with `examples`, each a small value that it allows by itself.
//! A sample that uses every key once is a test's business.

use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Most items of a list of words in an example.
const WORDS: usize = 3;

/// Adds an example from the sample to every property that has none.
pub fn illustrate(schema: &mut Value, sample: &Value) {
    let mut found = BTreeMap::new();
    Reader { root: schema }.visit("", sample, &mut found);
    for (pointer, example) in found {
        if let Some(property) = schema.pointer_mut(&pointer).and_then(Value::as_object_mut) {
            property.entry("examples").or_insert_with(|| Value::Array(vec![example]));
        }
    }
}

/// Pointers to all properties of a schema without description or without example, its own or that of what it refers to.
pub fn unexplained(schema: &Value) -> Vec<String> {
    fn walk(root: &Value, node: &Value, at: &str, out: &mut Vec<String>) {
        match node {
            Value::Object(map) => {
                for (name, property) in map.get("properties").and_then(Value::as_object).into_iter().flatten() {
                    let target =
                        property.get("$ref").and_then(Value::as_str).and_then(|to| root.pointer(to.trim_start_matches('#')));
                    let has = |key: &str| property.get(key).is_some() || target.is_some_and(|target| target.get(key).is_some());
                    if !has("description") || !has("examples") {
                        out.push(format!("{at}/{name}"));
                    }
                }
                map.iter().for_each(|(key, inner)| walk(root, inner, &format!("{at}/{key}"), out));
            }
            Value::Array(list) => list.iter().enumerate().for_each(|(i, inner)| walk(root, inner, &format!("{at}/{i}"), out)),
            _ => {}
        }
    }
    let mut out = Vec::new();
    walk(schema, schema, "", &mut out);
    out
}

struct Reader<'a> {
    root: &'a Value,
}

impl Reader<'_> {
    fn at(&self, pointer: &str) -> &Value {
        self.root.pointer(pointer).unwrap_or(&Value::Null)
    }

    /// The schemas under which a value may stand: references followed, and of a choice those of its shape.
    fn shapes(&self, pointer: &str, value: &Value) -> Vec<String> {
        let schema = self.at(pointer);
        if let Some(to) = schema.get("$ref").and_then(Value::as_str) {
            return self.shapes(to.trim_start_matches('#'), value);
        }
        for choice in ["anyOf", "oneOf"] {
            let list =
                schema.get(choice).and_then(Value::as_array).filter(|list| !list.iter().any(|c| c.get("required").is_some()));
            if let Some(list) = list {
                let each = (0..list.len()).flat_map(|at| self.shapes(&format!("{pointer}/{choice}/{at}"), value));
                return each.collect();
            }
        }
        let fits = match value {
            Value::Object(_) => schema.get("properties").is_some() || schema.get("additionalProperties").is_some(),
            Value::Array(_) => schema.get("items").is_some() || schema.get("prefixItems").is_some(),
            _ => schema.get("properties").is_none() && schema.get("items").is_none(),
        };
        if fits { vec![pointer.to_owned()] } else { Vec::new() }
    }

    fn visit(&self, pointer: &str, value: &Value, found: &mut BTreeMap<String, Value>) {
        for shape in self.shapes(pointer, value) {
            match value {
                Value::Object(map) => {
                    for (key, inner) in map {
                        let property = format!("{shape}/properties/{key}");
                        let open = format!("{shape}/additionalProperties");
                        let at = if self.root.pointer(&property).is_some() { property } else { open };
                        if self.at(&at).is_object() {
                            found.entry(at.clone()).or_insert_with(|| self.small(&at, inner));
                            self.visit(&at, inner, found);
                        }
                    }
                }
                Value::Array(items) => items.iter().for_each(|item| self.visit(&format!("{shape}/items"), item, found)),
                _ => {}
            }
        }
    }

    /// A value cut to what its schema needs.
    fn small(&self, pointer: &str, value: &Value) -> Value {
        let Some(shape) = self.shapes(pointer, value).into_iter().next() else { return value.clone() };
        let schema = self.at(&shape);
        match value {
            Value::Array(items) => {
                let least = schema.get("minItems").and_then(Value::as_u64).unwrap_or(1) as usize;
                let plain = items.iter().all(|item| !item.is_object() && !item.is_array());
                let count = if plain { WORDS.max(least) } else { least };
                Value::Array(items.iter().take(count).map(|item| self.small(&format!("{shape}/items"), item)).collect())
            }
            Value::Object(map) => {
                let names = |list: &Value| -> Vec<String> {
                    list.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
                };
                let mut wanted = names(&schema["required"]);
                // Of a choice of required keys the one that is there.
                for choice in schema["oneOf"].as_array().into_iter().flatten() {
                    wanted.extend(names(&choice["required"]).into_iter().filter(|key| map.contains_key(key)));
                }
                if wanted.is_empty() {
                    wanted.extend(map.keys().take(2).cloned());
                }
                let kept = map.iter().filter(|(key, _)| wanted.contains(key));
                let kept: Map<String, Value> =
                    kept.map(|(key, inner)| (key.clone(), self.small(&format!("{shape}/properties/{key}"), inner))).collect();
                Value::Object(kept)
            }
            other => other.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn schema() -> Value {
        json!({
            "type": "object",
            "properties": {
                "rows": { "type": "array", "items": { "$ref": "#/$defs/Row" }, "description": "Rows." },
                "name": { "type": "string", "description": "Name.", "examples": ["own"] }
            },
            "$defs": { "Row": {
                "type": "object",
                "required": ["id"],
                "properties": {
                    "id": { "type": "string", "description": "Id." },
                    "says": { "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }], "description": "Words." }
                }
            } }
        })
    }

    #[test]
    fn each_property_gets_a_small_value_of_its_own() {
        let mut schema = schema();
        illustrate(&mut schema, &json!({ "name": "x", "rows": [{ "id": "a", "says": ["1", "2", "3", "4"] }, { "id": "b" }] }));
        let example = |pointer: &str| schema.pointer(pointer).map(|property| property["examples"][0].clone());
        assert_eq!(example("/properties/rows"), Some(json!([{ "id": "a" }])));
        assert_eq!(example("/properties/name"), Some(json!("own")), "an example that is there stays");
        assert_eq!(example("/$defs/Row/properties/id"), Some(json!("a")));
        assert_eq!(example("/$defs/Row/properties/says"), Some(json!(["1", "2", "3"])));
        assert_eq!(unexplained(&schema), [""; 0]);
    }

    #[test]
    fn what_the_sample_lacks_is_told() {
        let mut schema = schema();
        illustrate(&mut schema, &json!({ "rows": [{ "says": "x" }], "more": 1 }));
        assert_eq!(unexplained(&schema), ["/$defs/Row/id"]);
    }
}
