//! The JSON Schema of `gainsay.toml`, made of the commands and their flags.

use super::flag;
use crate::base::schema::illustrate;
use serde_json::{Map, Value, json};

/// A file that uses every key once: the examples that the schema shows.
const SAMPLE: &str = include_str!("sample.toml");

/// Flags that only the command line can give.
pub(super) const REFUSED: [&str; 5] = ["output", "config", "help", "version", "rule"];

/// The schema, Draft 2020-12: flags at the top, and a table for each command that has flags.
pub fn schema(root: &clap::Command) -> Value {
    let mut properties = Map::new();
    let common: Vec<&clap::Arg> = flags(root).collect();
    let mut all: Vec<&clap::Arg> = common.clone();
    for command in root.get_subcommands() {
        all.extend(flags(command));
    }
    for arg in all {
        let name = arg.get_long().unwrap_or_default();
        if !properties.contains_key(name) {
            properties.insert(name.to_owned(), property(arg));
        }
    }
    for command in root.get_subcommands() {
        let own: Map<String, Value> = flags(command)
            .chain(common.iter().copied())
            .map(|arg| (arg.get_long().unwrap_or_default().to_owned(), property(arg)))
            .collect();
        let about = command.get_about().map_or_else(String::new, |about| about.to_string());
        let table = json!({
            "type": "object",
            "description": format!("Flags of `gainsay {}` alone. {about}.", command.get_name()),
            "properties": own,
            "additionalProperties": false,
        });
        // A flag and a command of one name would be the flag; there is none.
        properties.entry(command.get_name().to_owned()).or_insert(table);
    }
    let mut schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "gainsay.toml",
        "description": "Flags of the command line in a file. At the top stand flags of every command that knows them, in a table those of one command.",
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
    });
    illustrate(&mut schema, &sample());
    spread(&mut schema);
    schema
}

/// Gives the flags of tables the examples of their namesakes at the top.
fn spread(schema: &mut Value) {
    let Some(properties) = schema["properties"].as_object_mut() else { return };
    let examples: Map<String, Value> =
        properties.iter().filter_map(|(name, property)| Some((name.clone(), property.get("examples")?.clone()))).collect();
    for table in properties.values_mut() {
        for (name, flag) in table.get_mut("properties").and_then(Value::as_object_mut).into_iter().flatten() {
            if let (Some(flag), Some(examples)) = (flag.as_object_mut(), examples.get(name)) {
                flag.entry("examples").or_insert_with(|| examples.clone());
            }
        }
        // A table without a sample of its own is told by an empty one.
        if let Some(table) = table.as_object_mut().filter(|table| table.contains_key("properties")) {
            table.entry("examples").or_insert_with(|| json!([{}]));
        }
    }
}

/// The sample as JSON; dates become texts.
fn sample() -> Value {
    let document: toml_edit::DocumentMut = SAMPLE.parse().expect("a test reads the sample");
    table(document.as_table())
}

fn table(table: &dyn toml_edit::TableLike) -> Value {
    let entry = |(key, item): (&str, &toml_edit::Item)| {
        let inner = match item.as_value() {
            Some(value) => plain(value),
            None => item.as_table_like().map_or(Value::Null, self::table),
        };
        (key.to_owned(), inner)
    };
    Value::Object(table.iter().map(entry).collect())
}

fn plain(value: &toml_edit::Value) -> Value {
    use toml_edit::Value as Toml;
    match value {
        Toml::String(text) => json!(text.value()),
        Toml::Integer(number) => json!(number.value()),
        Toml::Float(number) => json!(number.value()),
        Toml::Boolean(truth) => json!(truth.value()),
        Toml::Datetime(date) => json!(date.value().to_string()),
        Toml::Array(items) => Value::Array(items.iter().map(plain).collect()),
        Toml::InlineTable(inner) => table(inner),
    }
}

/// The flags of a command that a file can give.
fn flags(command: &clap::Command) -> impl Iterator<Item = &clap::Arg> {
    let known = |arg: &&clap::Arg| arg.get_long().is_some_and(|name| !REFUSED.contains(&name) && flag(command, name).is_some());
    command.get_arguments().filter(known)
}

fn property(arg: &clap::Arg) -> Value {
    let help = arg.get_help().map_or_else(String::new, |help| help.to_string());
    let mut value = match arg.get_action() {
        clap::ArgAction::SetTrue => json!({ "type": "boolean" }),
        clap::ArgAction::Append => {
            let one = one(arg);
            json!({ "anyOf": [one, { "type": "array", "items": one }] })
        }
        _ => one(arg),
    };
    value["description"] = json!(format!("{}.", help.trim_end_matches('.')));
    value
}

/// One value of a flag, by what its help calls it.
fn one(arg: &clap::Arg) -> Value {
    let words: Vec<String> = arg.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect();
    if !words.is_empty() {
        return json!({ "type": "string", "enum": words });
    }
    let name = arg.get_value_names().and_then(|names| names.first()).map_or("", |name| name.as_str());
    match name {
        "N" => json!({ "type": "integer", "minimum": 0 }),
        "P" => json!({ "type": "number", "minimum": 0, "maximum": 1 }),
        "DATE" => json!({ "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" }),
        "WHAT" => json!({ "type": "string", "pattern": "^(never|(new:)?(note|warning|error)|new)$" }),
        _ => json!({ "type": "string", "minLength": 1 }),
    }
}
