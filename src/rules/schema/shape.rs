//! The schema of rule files as its readers walk it: the checker, the language server, the reference.

use serde_json::Value as Json;
use std::sync::LazyLock;

/// The schema of rule files, made once.
pub static SCHEMA: LazyLock<Json> = LazyLock::new(super::json_schema);

/// Follows a reference to where it is defined.
pub fn resolve(schema: &Json) -> &Json {
    match schema.get("$ref").and_then(Json::as_str).and_then(|name| name.strip_prefix("#/$defs/")) {
        Some(name) => SCHEMA.get("$defs").and_then(|defs| defs.get(name)).map_or(schema, resolve),
        None => schema,
    }
}

/// The JSON type of a schema's values, `null` beside it left out; empty where it is a choice of several.
pub fn kind(schema: &Json) -> &str {
    match schema.get("type") {
        Some(Json::Array(kinds)) => kinds.iter().filter_map(Json::as_str).find(|kind| *kind != "null").unwrap_or("null"),
        Some(Json::String(kind)) => kind,
        _ if !constants(schema).is_empty() => "string",
        _ => "",
    }
}

/// The words of an enumeration; none for anything else.
pub fn constants(schema: &Json) -> Vec<&str> {
    if let Some(words) = schema.get("enum").and_then(Json::as_array) {
        return words.iter().filter_map(Json::as_str).collect();
    }
    let choices = schema.get("oneOf").or_else(|| schema.get("anyOf")).and_then(Json::as_array);
    choices
        .into_iter()
        .flatten()
        .flat_map(|choice| match choice.get("const").and_then(Json::as_str) {
            Some(word) => vec![word],
            None if choice.get("enum").is_some() => constants(choice),
            None => vec![],
        })
        .collect()
}

/// Every shape that a value of the schema may have, references followed and choices opened; `null` is none.
pub fn shapes(schema: &'static Json) -> Vec<&'static Json> {
    let schema = resolve(schema);
    let choices = schema.get("anyOf").or_else(|| schema.get("oneOf")).and_then(Json::as_array);
    // A choice of required keys, or of words, is one shape.
    let opens = |choice: &Json| choice.get("required").is_some() || choice.get("const").is_some() || choice.get("enum").is_some();
    match choices {
        Some(choices) if !choices.iter().any(opens) => choices.iter().flat_map(shapes).collect(),
        _ if kind(schema) == "null" => Vec::new(),
        _ => vec![schema],
    }
}

/// A key that a map may have.
#[derive(Clone, Copy, Debug)]
pub struct Property {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub schema: &'static Json,
    /// Whether the map needs it.
    pub required: bool,
}

/// The keys that a map of this shape may have, in the order of the schema; none for anything else.
pub fn properties(shape: &'static Json) -> Vec<Property> {
    let required = |name: &str| {
        let list = shape.get("required").and_then(Json::as_array);
        list.is_some_and(|list| list.iter().any(|wanted| wanted == name))
    };
    let all = shape.get("properties").and_then(Json::as_object);
    all.into_iter().flatten().map(|(name, schema)| Property { name, schema, required: required(name) }).collect()
}

/// The shapes of what stands under a key, or in a list where there is none.
pub fn inside(shape: &'static Json, key: Option<&str>) -> Vec<&'static Json> {
    let inner = match key {
        None => shape.get("items"),
        Some(key) => {
            let named = shape.get("properties").and_then(|all| all.get(key));
            // The only open map is that of an event record, whose other keys are prepositions.
            let open = || shape.get("patternProperties").and_then(Json::as_object).and_then(|open| open.values().next());
            named.or_else(open)
        }
    };
    inner.map(shapes).unwrap_or_default()
}

/// What a schema says of itself, of its reference, or of what that refers to.
pub fn description(schema: &Json) -> &str {
    let own = |schema: &Json| schema.get("description").and_then(Json::as_str).map(str::len).unwrap_or(0);
    let found = if own(schema) > 0 { schema } else { resolve(schema) };
    found.get("description").and_then(Json::as_str).unwrap_or("")
}

/// Examples that a schema gives, as they are written in YAML.
pub fn examples(schema: &Json) -> Vec<String> {
    let all = schema.get("examples").or_else(|| resolve(schema).get("examples")).and_then(Json::as_array);
    all.into_iter().flatten().map(written).collect()
}

/// A JSON value in YAML's flow style.
pub fn written(value: &Json) -> String {
    match value {
        Json::String(text) => {
            let plain = !text.is_empty()
                && text.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.' | '/' | '(' | ')' | '|'))
                && text.starts_with(|c: char| c.is_alphanumeric())
                && !crate::base::yaml::is_ambiguous(text)
                && text.parse::<f64>().is_err();
            if plain { text.clone() } else { value.to_string() }
        }
        Json::Array(items) => format!("[{}]", items.iter().map(written).collect::<Vec<_>>().join(", ")),
        Json::Object(fields) => {
            let fields: Vec<String> = fields.iter().map(|(key, value)| format!("{key}: {}", written(value))).collect();
            if fields.is_empty() { "{}".into() } else { format!("{{ {} }}", fields.join(", ")) }
        }
        other => other.to_string(),
    }
}

/// The definition of that name.
pub fn definition(name: &str) -> Option<&'static Json> {
    SCHEMA.get("$defs").and_then(|defs| defs.get(name))
}
