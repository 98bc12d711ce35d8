//! What stands under the cursor, in words: an id, a pattern with what each part meets, a key, a gate.

use super::completion::{node_at, shapes};
use super::context::{self, Step};
use super::corpus;
use super::navigate::named;
use super::workspace::{Place, Workspace};
use crate::base::Span;
use crate::base::yaml::{Node, Value};
use crate::rules::gloss::{Gloss, gloss};
use crate::rules::holds::{Holds, Sort, holds};
use crate::rules::index::{Index, Name, Occurrence};
use crate::rules::schema::shape;
use crate::rules::{GATES, gate_meaning, optional_part, within};
use gen_lsp_types::{Hover, MarkupContent, MarkupKind};
use std::fmt::Write as _;

/// Most places that are listed.
const PLACES: usize = 10;

/// What there is to say of a place.
pub fn hover(workspace: &mut Workspace, uri: &gen_lsp_types::Uri, position: gen_lsp_types::Position) -> Option<Hover> {
    let place = workspace.place(uri, position)?;
    let path = place.path.clone();
    let (tree, true) = workspace.tree(&path)? else { return None };
    let found = find(&tree.root, place.offset)?;
    let (text, span, pattern) = match &found {
        Found::Key(path, node) => (key(path)?, node.span, None),
        Found::Value(at, node) => match holds(&context::keys(at)) {
            Some(Holds::Pattern) => (pattern(workspace, &place, node)?, node.span, Some(pattern_place(&tree.root, at)?)),
            Some(Holds::Gate) => (gate(node.text()?)?, node.span, None),
            _ => match named(workspace, &place) {
                Some(occurrence) => (id(workspace, &occurrence.name), occurrence.span, None),
                None => (word(at, node)?, node.span, None),
            },
        },
    };
    let range = place.lines.range(place.text, span);
    let examples = pattern.map(|pattern| corpus::examples(workspace, &pattern)).unwrap_or_default();
    let value = format!("{text}{examples}");
    Some(Hover { contents: MarkupContent { kind: MarkupKind::Markdown, value }.into(), range: Some(range) })
}

/// A key or a value under the cursor, with the path to the value or to the key's map.
enum Found<'n> {
    Key(Vec<Step>, &'n Node),
    Value(Vec<Step>, &'n Node),
}

fn find(root: &Node, offset: usize) -> Option<Found<'_>> {
    let inside = |node: &Node| node.span.start as usize <= offset && offset <= node.span.end as usize;
    let mut path = Vec::new();
    let mut node = root;
    loop {
        match &node.value {
            Value::Scalar { .. } => return inside(node).then_some(Found::Value(path, node)),
            Value::List(items) => {
                let (at, item) = items.iter().enumerate().rev().find(|(_, item)| item.span.start as usize <= offset)?;
                path.push(Step::Item(at));
                node = item;
            }
            Value::Map(entries) => {
                if let Some((key, _)) = entries.iter().find(|(key, _)| inside(key)) {
                    path.push(Step::Key(key.text()?.to_owned()));
                    return Some(Found::Key(path, key));
                }
                let (key, value) = entries.iter().rev().find(|(key, _)| (key.span.end as usize) < offset)?;
                path.push(Step::Key(key.text()?.to_owned()));
                node = value;
            }
        }
    }
}

/// What a key means, by the schema.
fn key(path: &[Step]) -> Option<String> {
    let Some((Step::Key(name), map)) = path.split_last() else { return None };
    let all = shapes(map).into_iter().flat_map(shape::properties);
    let property = all.into_iter().find(|property| property.name == name)?;
    let mut text = format!("**{name}**: {}", shape::description(property.schema));
    if property.required {
        text.push_str(" Needed.");
    }
    for example in shape::examples(property.schema) {
        let _ = write!(text, "\n\n    {name}: {example}");
    }
    Some(text)
}

/// What a word of an enumeration means.
fn word(path: &[Step], node: &Node) -> Option<String> {
    let text = node.text()?;
    let all = shapes(path);
    let choices = all.iter().filter_map(|shape| shape.get("oneOf")?.as_array()).flatten();
    let choice = choices.into_iter().find(|choice| choice["const"] == text)?;
    Some(format!("**{text}**: {}", shape::description(choice)))
}

fn gate(name: &str) -> Option<String> {
    let at = GATES.iter().position(|gate| *gate == name)?;
    Some(format!("**{name}**, gate {} of {}: {}", at + 1, GATES.len(), gate_meaning(name)))
}

/// What an id names, and where it is used.
fn id(workspace: &Workspace, name: &Name) -> String {
    let index = workspace.index();
    let own = index.declaration(name);
    let declaration = own.or_else(|| Index::shipped().declaration(name));
    let what = match name.sort {
        Sort::Entity => "entity",
        Sort::Topic => "topic",
        Sort::Position => "position",
        Sort::Rule => "rule",
        Sort::Pack => "pack",
    };
    let mut text = format!("{what} **{}**", name.id);
    match declaration {
        Some(declaration) => {
            let _ = write!(text, ": {}", declaration.gloss);
        }
        None => text.push_str(": declared nowhere"),
    }
    if own.is_none() && declaration.is_some() {
        text.push_str("\n\nComes with the program.");
    }
    if name.sort == Sort::Topic {
        let positions = |index: &Index| -> Vec<String> {
            let all = index.declared(Sort::Position).filter(|o| o.name.topic == name.id);
            all.map(|o| format!("- `{}`: {}", o.name.id, o.gloss)).collect()
        };
        let own = positions(index);
        let all = if own.is_empty() { positions(Index::shipped()) } else { own };
        let _ = write!(text, "\n\n{}", all.join("\n"));
    }
    let used: Vec<&Occurrence> = index.places(name).filter(|o| !o.declares).collect();
    let _ = match used.len() {
        0 => write!(text, "\n\nNothing uses it."),
        1 => write!(text, "\n\nUsed once: {}", shown(workspace, &used)),
        many => write!(text, "\n\nUsed {many} times: {}", shown(workspace, &used)),
    };
    text
}

fn shown(workspace: &Workspace, used: &[&Occurrence]) -> String {
    let place = |o: &&Occurrence| {
        let line = workspace.located(&o.path, o.span).map_or(0, |location| location.range.start.line + 1);
        format!("{}:{line}", o.path)
    };
    let more = if used.len() > PLACES { ", …" } else { "" };
    format!("{}{more}", used.iter().take(PLACES).map(place).collect::<Vec<_>>().join(", "))
}

/// What each part of a pattern meets; the part under the cursor is set off.
fn pattern(workspace: &Workspace, place: &Place<'_>, node: &Node) -> Option<String> {
    let written = node.text()?;
    let names = |id: &str| {
        let name = Name { sort: Sort::Entity, topic: String::new(), id: id.to_owned() };
        let declaration = workspace.index().declaration(&name).or_else(|| Index::shipped().declaration(&name));
        declaration.map(|declaration| declaration.gloss.clone())
    };
    let (bare, optional) = optional_part(written);
    let lexicon = workspace.live().lexicon();
    let glosses = gloss(written, lexicon, &names).or_else(|_| gloss(bare, lexicon, &names)).ok()?;
    let (tree, _) = workspace.tree(&place.path)?;
    let under = |gloss: &Gloss| {
        let Span { start, end } = within(&tree.source, node, gloss.at.start, gloss.at.len());
        start as usize <= place.offset && place.offset < end as usize && (end - start) as usize == gloss.at.len()
    };
    let mut text = String::from("The pattern meets, in order:\n\n");
    for gloss in &glosses {
        let line = format!("`{}` {}", gloss.written, gloss.meets);
        let _ = if under(gloss) { writeln!(text, "- **{line}**") } else { writeln!(text, "- {line}") };
    }
    if optional && glosses.len() == 1 {
        text.push_str("\nThe part may be unsaid.\n");
    }
    Some(text)
}

/// Whose pattern stands at a path: the id of its topic with its position, or of its rule, and its place in the list.
fn pattern_place(root: &Node, path: &[Step]) -> Option<corpus::Pattern> {
    let entry = node_at(root, &path[..2])?.get("id")?.text()?.to_owned();
    let number = path.iter().rev().find_map(|step| match step {
        Step::Item(at) => Some(*at),
        Step::Key(_) => None,
    })?;
    Some(match path {
        [_, _, Step::Key(positions), at, Step::Key(list), ..] if positions == "positions" && list == "says" => {
            let position = node_at(root, &[&path[..3], std::slice::from_ref(at)].concat())?.get("id")?.text()?.to_owned();
            corpus::Pattern::Position { topic: entry, position, number }
        }
        [_, _, Step::Key(_), Step::Key(list), ..] if list == "says" => corpus::Pattern::Rule { rule: entry, number },
        _ => corpus::Pattern::Guard,
    })
}
