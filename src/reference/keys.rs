//! Every key of a rule file, from the schema.

use super::marks::{cell, code, table};
use crate::rules::schema::shape::{self, SCHEMA};
use serde_json::Value as Json;
use std::fmt::Write as _;

/// The page of the keys: the file itself, then every kind of map in it, in the order in which one meets them.
pub(super) fn keys() -> String {
    let mut text = String::from(
        "# Keys of a rule file\n\nEvery map is closed: a key that is not listed is a mistake (E002). `gainsay rules schema` prints the same as a JSON \
         Schema.\n",
    );
    let mut maps: Vec<(String, &'static Json)> = vec![("the file".into(), &SCHEMA)];
    let mut at = 0;
    while let Some((name, map)) = maps.get(at).cloned() {
        at += 1;
        let _ = write!(text, "\n## {name}\n\n{}\n\n", shape::description(map));
        let mut rows = Vec::new();
        for property in shape::properties(map) {
            let inner = shape::shapes(property.schema);
            let maps_in = inner.iter().copied().chain(inner.iter().flat_map(|shape| shape::inside(shape, None)));
            let mut links = Vec::new();
            for next in maps_in.filter(|shape| !shape::properties(shape).is_empty()) {
                let known = maps.iter().find(|(_, known)| std::ptr::eq(*known, next)).map(|(name, _)| name.clone());
                let title = known.unwrap_or_else(|| {
                    let title = if name == "the file" { property.name.to_owned() } else { format!("{name} {}", property.name) };
                    maps.push((title.clone(), next));
                    title
                });
                links.push(format!("[{title}](#{})", super::marks::anchor(&title)));
            }
            let needed = if property.required { "needed" } else { "" };
            let example = shape::examples(property.schema).first().map_or_else(String::new, |example| code(&cell(example)));
            let kind = [kind(&inner), links.join(" ")].join(" ").trim().to_owned();
            rows.push([code(property.name), kind, needed.to_owned(), cell(shape::description(property.schema)), example]);
        }
        text.push_str(&table(["key", "holds", "", "meaning", "example"], &rows));
    }
    text
}

/// What the shapes of a value are, in words.
fn kind(shapes: &[&'static Json]) -> String {
    let one = |shape: &&'static Json| {
        let words = shape::constants(shape);
        if !words.is_empty() {
            return words.iter().map(|word| code(word)).collect::<Vec<_>>().join(", ");
        }
        match shape::kind(shape) {
            "object" => "a map:".to_owned(),
            "array" => {
                let inner = shape::inside(shape, None);
                let words: Vec<&str> = inner.iter().flat_map(|shape| shape::constants(shape)).collect();
                match inner.first().map_or("", |shape| shape::kind(shape)) {
                    _ if !words.is_empty() => {
                        format!("a list of {}", words.iter().map(|word| code(word)).collect::<Vec<_>>().join(", "))
                    }
                    "object" => "a list of".to_owned(),
                    "array" => "a list of pairs".to_owned(),
                    _ if inner.len() > 1 => "a list of texts or".to_owned(),
                    _ => "a list of texts".to_owned(),
                }
            }
            "boolean" => "`true` or `false`".to_owned(),
            "integer" => "a whole number".to_owned(),
            "number" => "a number".to_owned(),
            _ => "text".to_owned(),
        }
    };
    let mut all: Vec<String> = Vec::new();
    for word in shapes.iter().map(one) {
        if !all.contains(&word) {
            all.push(word);
        }
    }
    all.join(" or ")
}
