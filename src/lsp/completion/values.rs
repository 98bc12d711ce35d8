//! Values: ids that are declared somewhere, words that the schema lists, gates, placeholders.

use super::{Desk, Draft, pattern};
use crate::rules::holds::{Holds, Sort, holds};
use crate::rules::index::{Index, Occurrence};
use crate::rules::schema::shape;
use crate::rules::{GATES, PLACEHOLDERS, RELATIONS, SIDES};
use gen_lsp_types::CompletionItemKind;
use std::collections::BTreeSet;

/// What the value at the cursor may be.
pub(super) fn write(desk: &Desk<'_>, drafts: &mut Vec<Draft>) {
    let words = |list: &[&str], drafts: &mut Vec<Draft>| {
        drafts.extend(list.iter().map(|word| Draft::new(*word, CompletionItemKind::EnumMember)));
    };
    match holds(&desk.context.keys()) {
        Some(Holds::Refers(Sort::Position)) => positions(desk, drafts),
        Some(Holds::Refers(sort)) => ids(desk, sort, drafts),
        Some(Holds::Pattern) => pattern::write(desk, drafts),
        Some(Holds::Gate) => words(&GATES, drafts),
        Some(Holds::Relation) => words(&RELATIONS, drafts),
        Some(Holds::Sides) => words(&SIDES, drafts),
        Some(Holds::Message) => placeholders(desk, drafts),
        Some(Holds::Capture | Holds::Declares(_)) => {}
        None => by_schema(desk, drafts),
    }
}

/// Everything of a sort that can be named here: of the open files first, then what ships.
pub(super) fn declared<'a>(desk: &'a Desk<'_>, sort: Sort) -> Vec<&'a Occurrence> {
    let mut seen = BTreeSet::new();
    let all = desk.workspace.index().declared(sort).chain(Index::shipped().declared(sort));
    all.filter(|occurrence| seen.insert((&occurrence.name.topic, &occurrence.name.id))).collect()
}

fn ids(desk: &Desk<'_>, sort: Sort, drafts: &mut Vec<Draft>) {
    let kind = |sort| match sort {
        Sort::Entity => CompletionItemKind::Variable,
        Sort::Pack => CompletionItemKind::Module,
        _ => CompletionItemKind::Reference,
    };
    let mut add = |sort| {
        let all = declared(desk, sort);
        drafts.extend(all.into_iter().map(|o| Draft::new(&o.name.id, kind(sort)).detail(&o.gloss)));
    };
    add(sort);
    // A topic that no rule names goes by its id as a rule.
    if sort == Sort::Rule {
        add(Sort::Topic);
    }
}

fn positions(desk: &Desk<'_>, drafts: &mut Vec<Draft>) {
    let Some(topic) = desk.topic() else { return };
    let all: Vec<&Occurrence> = declared(desk, Sort::Position).into_iter().filter(|o| o.name.topic == topic).collect();
    let draft = |o: &&Occurrence| Draft::new(&o.name.id, CompletionItemKind::Reference).detail(&o.gloss);
    drafts.extend(all.iter().map(draft));
    let denied = |o: &&Occurrence| {
        let detail = format!("denied: {}", o.gloss);
        Draft::new(format!("not:{}", o.name.id), CompletionItemKind::Reference).detail(detail)
    };
    drafts.extend(all.iter().map(denied));
}

fn placeholders(desk: &Desk<'_>, drafts: &mut Vec<Draft>) {
    let typed = desk.place.text.get(desk.context.start..desk.place.offset).unwrap_or("");
    let start = desk.context.start + typed.rfind('{').unwrap_or(typed.len());
    for side in ["a", "b"] {
        for name in PLACEHOLDERS {
            let mut draft = Draft::new(format!("{{{side}.{name}}}"), CompletionItemKind::Variable);
            let closed = desk.place.text[desk.place.offset..].starts_with('}');
            draft.span = Some(crate::base::Span::new(start, desk.place.offset + usize::from(closed)));
            drafts.push(draft);
        }
    }
}

fn by_schema(desk: &Desk<'_>, drafts: &mut Vec<Draft>) {
    for shape in &desk.shapes {
        let described = |word: &str| -> String {
            let choices = shape.get("oneOf").and_then(serde_json::Value::as_array);
            let choice = choices.into_iter().flatten().find(|choice| choice["const"] == word);
            choice.map_or("", |choice| shape::description(choice)).to_owned()
        };
        for word in shape::constants(shape) {
            drafts.push(Draft::new(word, CompletionItemKind::EnumMember).documentation(described(word)));
        }
        if shape::kind(shape) == "boolean" {
            drafts.extend(["true", "false"].map(|word| Draft::new(word, CompletionItemKind::Value)));
        }
        if let Some(number) = shape.get("const").and_then(serde_json::Value::as_u64) {
            drafts.push(Draft::new(number.to_string(), CompletionItemKind::Value));
        }
    }
    if desk.context.keys() == ["lexicons", "units", "unit"] {
        drafts.extend(pattern::units(desk).into_iter().map(|unit| Draft::new(unit, CompletionItemKind::Unit)));
    }
}
