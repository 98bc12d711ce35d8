//! The word tables: what each is for, and a taste of what it holds.

use super::Decoded;
use super::marks::{cell, code};
use crate::rules::schema::shape;
use serde_json::Value as Json;
use std::fmt::Write as _;

/// How many rows of a table are shown.
const ROWS: usize = 4;
/// How many words of a list or row are shown.
const WORDS: usize = 8;

/// The page of the lexicons.
pub(super) fn lexicons(files: &[Decoded<'_>]) -> String {
    let mut text = String::from(
        "# Lexicons\n\nWord tables under `lexicons:`. What ships stands in `rules/lexicon`; a file of your own adds rows, and a row for the \
         same word takes the place of an earlier one. Words are written in their dictionary form. Of the shipped tables the first rows are shown.\n",
    );
    let Some(lexicon) = shape::definition("LexiconFile") else { return text };
    let tables: Vec<Json> = files.iter().filter_map(|(_, file)| serde_json::to_value(file.lexicons.as_ref()?).ok()).collect();
    for table in shape::properties(lexicon) {
        let rows: Vec<&Json> = tables.iter().filter_map(|file| file[table.name].as_array()).flatten().collect();
        let _ = write!(text, "\n## {}\n\n{}\n", table.name, shape::description(table.schema));
        let keys = shape::shapes(table.schema).into_iter().flat_map(|list| shape::inside(list, None)).flat_map(shape::properties);
        let keys: Vec<shape::Property> = keys.collect();
        for key in &keys {
            let needed = if key.required { ", needed" } else { "" };
            let _ = writeln!(text, "{}- {}{needed}: {}", first(&keys, key.name), code(key.name), shape::description(key.schema));
        }
        let count = rows.len();
        let _ = writeln!(text, "\nShipped: {count} {}.", if keys.is_empty() { "words" } else { "rows" });
        if keys.is_empty() {
            let words: Vec<&str> = rows.iter().filter_map(|row| row.as_str()).take(WORDS * 2).collect();
            let more = if count > words.len() { ", …" } else { "" };
            if !words.is_empty() {
                let _ = writeln!(text, "\n{}{more}", cell(&words.join(", ")));
            }
        } else if count > 0 {
            let shown: Vec<String> = rows.iter().take(ROWS).map(|row| format!("- {}", shape::written(&cut(row)))).collect();
            let more = if count > ROWS { "\n# …" } else { "" };
            let _ = write!(text, "\n```yaml\n{}{more}\n```\n", shown.join("\n"));
        }
    }
    text
}

/// A blank line in front of the first key.
fn first(keys: &[shape::Property], name: &str) -> &'static str {
    if keys.first().is_some_and(|key| key.name == name) { "\n" } else { "" }
}

/// A row without what is empty or off, its lists cut short.
fn cut(row: &Json) -> Json {
    let Json::Object(fields) = row else { return row.clone() };
    let said =
        |value: &Json| !matches!(value, Json::Null | Json::Bool(false)) && value.as_array().is_none_or(|list| !list.is_empty());
    let short = |value: &Json| match value {
        Json::Array(items) if items.len() > WORDS => {
            Json::Array(items.iter().take(WORDS).cloned().chain([Json::String("…".into())]).collect())
        }
        other => other.clone(),
    };
    Json::Object(fields.iter().filter(|(_, value)| said(value)).map(|(key, value)| (key.clone(), short(value))).collect())
}
