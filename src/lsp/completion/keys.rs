//! Keys that a map may still get, by the schema.

use super::{Desk, Draft};
use crate::rules::schema::shape::{self, Property};
use gen_lsp_types::CompletionItemKind;

/// Keys of the map at the cursor, those that it needs first; each is written behind `lead`.
pub(super) fn write(desk: &Desk<'_>, lead: &str, drafts: &mut Vec<Draft>) {
    let shapes: Vec<_> = desk.shapes.iter().flat_map(|shape| shape::properties(shape)).collect();
    add(desk, shapes, lead, drafts);
    let open = desk.shapes.iter().any(|shape| shape.get("patternProperties").is_some());
    if open && let Some(set) = desk.workspace.live().lexicon().set("prepositions") {
        let mut words: Vec<String> = set.phrases().map(|(words, _)| words).collect();
        words.sort();
        let draft = |word: String| {
            Draft::new(&word, CompletionItemKind::Keyword).text(format!("{lead}{word}: ")).detail("what the preposition governs")
        };
        drafts.extend(words.into_iter().map(draft));
    }
}

/// Where a list of maps is to begin: its first dash with a key.
pub(super) fn write_item(desk: &Desk<'_>, drafts: &mut Vec<Draft>) {
    let items: Vec<_> = desk.shapes.iter().flat_map(|shape| shape::inside(shape, None)).collect();
    let needed = items.iter().flat_map(|shape| shape::properties(shape)).filter(|property| property.required);
    add(desk, needed.take(1).collect(), "- ", drafts);
}

fn add(desk: &Desk<'_>, mut properties: Vec<Property>, lead: &str, drafts: &mut Vec<Draft>) {
    let typed = desk.place.text.get(desk.context.start..desk.place.offset).unwrap_or("");
    let given = |name: &str| {
        let node = desk.node(&desk.context.path);
        let (before, now) = (desk.written(name), desk.place.text.matches(&format!("{name}:")).count());
        // The last good tree may have a key that has been taken out since.
        name != typed && now >= before && node.is_some_and(|node| node.get(name).is_some())
    };
    properties.retain(|property| !lead.is_empty() || !given(property.name));
    properties.sort_by_key(|property| !property.required);
    drafts.extend(properties.into_iter().map(|property| {
        let needed = if property.required { " (needed)" } else { "" };
        Draft::new(property.name, CompletionItemKind::Property)
            .text(format!("{lead}{}: ", property.name))
            .detail(format!("{}{needed}", what(property.schema)))
            .documentation(shape::description(property.schema))
    }));
}

/// What a key holds, in a word.
fn what(schema: &'static serde_json::Value) -> &'static str {
    let shapes = shape::shapes(schema);
    match shapes.first().map_or("", |shape| shape::kind(shape)) {
        _ if shapes.len() > 1 => "text or map",
        "object" => "map",
        "array" => "list",
        "boolean" => "true or false",
        "integer" | "number" => "number",
        _ => "text",
    }
}
