//! From an id to where it is given, to everywhere it stands, and to another id.

use super::workspace::{Place, Workspace};
use crate::rules::holds::Sort;
use crate::rules::index::{Index, Name, Occurrence};
use gen_lsp_types::{Location, Range, TextEdit, Uri, WorkspaceEdit};
use std::collections::BTreeMap;

/// The id at a place; none while the file's syntax is broken, since its places are not known then.
pub fn named<'a>(workspace: &'a Workspace, place: &Place<'_>) -> Option<&'a Occurrence> {
    workspace.index().at(&place.path, place.offset).filter(|_| workspace.live().whole(&place.path))
}

/// Where the id at a place is given. What ships with the program has no place in the workspace.
pub fn definition(workspace: &Workspace, place: &Place<'_>) -> Option<Location> {
    let name = &named(workspace, place)?.name;
    let declaration = workspace.index().declaration(name)?;
    workspace.located(&declaration.path, declaration.span)
}

/// Everywhere the id at a place stands.
pub fn references(workspace: &Workspace, place: &Place<'_>, with_declaration: bool) -> Vec<Location> {
    let Some(Occurrence { name, .. }) = named(workspace, place) else { return Vec::new() };
    let wanted = |occurrence: &&Occurrence| with_declaration || !occurrence.declares;
    workspace.index().places(name).filter(wanted).filter_map(|o| workspace.located(&o.path, o.span)).collect()
}

/// What would be renamed at a place: the range and the present id.
///
/// # Errors
/// In words, where nothing there can be renamed.
pub fn renamed(workspace: &Workspace, place: &Place<'_>) -> Result<(Range, String), String> {
    let found = renamable(workspace, place)?;
    Ok((place.lines.range(place.text, found.span), found.name.id.clone()))
}

fn renamable<'a>(workspace: &'a Workspace, place: &Place<'_>) -> Result<&'a Occurrence, String> {
    let Some(found) = named(workspace, place) else {
        return Err("only ids of topics, positions, rules, entities, groups and packs can be renamed".into());
    };
    let id = &found.name.id;
    if let Some(broken) = workspace.rule_files().map(|(path, _)| path).find(|path| !workspace.live().whole(path)) {
        return Err(format!("`{broken}` has broken syntax; mend it first, or its uses of `{id}` would be missed"));
    }
    if workspace.index().declaration(&found.name).is_none() {
        let ships = Index::shipped().declaration(&found.name).is_some();
        let why = if ships { "comes with the program" } else { "is declared nowhere" };
        return Err(format!("`{id}` {why} and cannot be renamed"));
    }
    Ok(found)
}

/// The edits that give the id at a place another name, everywhere.
///
/// # Errors
/// In words, where it cannot be renamed, or the new id is none or is taken.
pub fn rename(workspace: &Workspace, place: &Place<'_>, new: &str) -> Result<WorkspaceEdit, String> {
    let Name { sort, topic, id } = &renamable(workspace, place)?.name;
    if !is_id(new) {
        return Err(format!("`{new}` is no id: lower-case letters, digits and `-`, beginning with a letter"));
    }
    let taken = |name: &Name| {
        // Topics and rules share their ids.
        let shares = matches!(sort, Sort::Topic | Sort::Rule) && matches!(name.sort, Sort::Topic | Sort::Rule);
        name.id == new && (shares || name.sort == *sort && name.topic == *topic)
    };
    if new != id && workspace.index().all().iter().any(|o| o.declares && taken(&o.name)) {
        return Err(format!("`{new}` is taken already"));
    }
    let wanted = Name { sort: *sort, topic: topic.clone(), id: id.clone() };
    let mut changes: BTreeMap<String, Vec<TextEdit>> = BTreeMap::new();
    for occurrence in workspace.index().places(&wanted) {
        if let Some(Location { uri, range }) = workspace.located(&occurrence.path, occurrence.span) {
            changes.entry(uri.0).or_default().push(TextEdit { range, new_text: new.to_owned() });
        }
    }
    let changes = changes.into_iter().map(|(uri, edits)| (Uri(uri), edits)).collect();
    Ok(WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() })
}

fn is_id(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}
