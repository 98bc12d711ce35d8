//! Inside a pattern: `<id>`, types and groups behind `$name:`, units behind `#name:`, and words that the lexicon knows.

use super::{Desk, Draft, values};
use crate::base::Span;
use crate::rules::TYPES;
use crate::rules::holds::Sort;
use gen_lsp_types::CompletionItemKind;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// What the element at the cursor may be.
pub(super) fn write(desk: &Desk<'_>, drafts: &mut Vec<Draft>) {
    let typed = desk.place.text.get(desk.context.start..desk.place.offset).unwrap_or("");
    let lead = typed.rfind([' ', '(', '|', '{', '!']).map_or(0, |at| at + 1);
    let element = &typed[lead..];
    let start = desk.context.start + lead;
    let first = drafts.len();
    let names = |drafts: &mut Vec<Draft>, written: &dyn Fn(&str) -> String, groups_only: bool| {
        for o in values::declared(desk, Sort::Entity) {
            if !groups_only || o.gloss.starts_with("group of") {
                drafts.push(Draft::new(written(&o.name.id), CompletionItemKind::Variable).detail(&o.gloss));
            }
        }
    };
    let mut end = desk.place.offset;
    match (element.chars().next(), element.split_once(':')) {
        (Some('<'), _) => {
            end += usize::from(desk.place.text[end..].starts_with('>'));
            names(drafts, &|id| format!("<{id}>"), false);
        }
        (Some('$'), Some((name, _))) => {
            drafts.extend(TYPES.map(|kind| Draft::new(format!("{name}:{kind}"), CompletionItemKind::TypeParameter)));
            names(drafts, &|id| format!("{name}:{id}"), true);
        }
        (Some('#'), Some((name, _))) => {
            let unit = |unit: String| Draft::new(format!("{name}:{unit}"), CompletionItemKind::Unit);
            drafts.extend(units(desk).into_iter().map(unit));
        }
        (Some('$' | '#'), None) => {}
        _ if element.chars().count() >= 2 => {
            let lower = element.to_lowercase();
            let words = WORDS.iter().filter(|word| word.starts_with(&lower));
            drafts.extend(words.map(|word| Draft::new(word, CompletionItemKind::Text)));
        }
        _ => names(drafts, &|id| format!("<{id}>"), false),
    }
    drafts[first..].iter_mut().for_each(|draft| draft.span = Some(Span::new(start, end)));
}

/// The units that numbers can have, in alphabetical order.
pub(super) fn units(desk: &Desk<'_>) -> Vec<String> {
    let all: BTreeSet<&str> = desk.workspace.live().lexicon().units.values().map(|row| row.unit.as_str()).collect();
    all.into_iter().map(str::to_owned).collect()
}

/// Single words of the shipped tables that patterns are made of: cues, opposites, families, units.
static WORDS: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let mut all: Vec<&String> = Vec::new();
    for lexicons in crate::rules::shipped().filter_map(|(_, file)| file.lexicons.as_ref()) {
        all.extend(lexicons.cues.iter().flat_map(|row| &row.words));
        all.extend(lexicons.opposites.iter().flat_map(|row| &row.pair));
        all.extend(lexicons.families.iter().flat_map(|row| &row.words));
        all.extend(lexicons.units.iter().flat_map(|row| &row.words));
    }
    let word = |text: &&String| text.chars().count() > 2 && text.chars().all(|c| c.is_alphabetic() || c == '-');
    all.into_iter().filter(word).cloned().collect()
});
