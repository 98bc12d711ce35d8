//! Rival fillers: the claim names one author, winner, birthplace or seat, the passage another for the same event or thing.

use super::side::{Side, meets};
use super::{Finding, Pair};
use crate::text::{Pos, Tag};

/// A name behind a preposition, with what governs it.
#[derive(Clone, Copy, Debug)]
struct Slot {
    first: usize,
    last: usize,
    /// The word it belongs to.
    governor: usize,
    preposition: usize,
}

/// Sets names in the claim against names that stand in the same place of the passage.
pub fn find(pair: &Pair, out: &mut Vec<Finding>) {
    let theirs = slots(pair.passage);
    for one in slots(pair.claim) {
        out.extend(rival(pair, &one, &theirs));
    }
}

fn rival(pair: &Pair, one: &Slot, theirs: &[Slot]) -> Option<Finding> {
    let (claim, passage) = (pair.claim, pair.passage);
    let set = exclusive(claim, one)?;
    if claim.denied[one.first] || (one.first..=one.last).any(|t| claim.is_name(t) && pair.cover.has(t)) {
        return None;
    }
    let alike = |other: &&Slot| {
        exclusive(passage, other) == Some(set)
            && meets(claim, one.governor, passage, other.governor).max(related(pair, one, other)) >= 7
    };
    let same: Vec<&Slot> = theirs.iter().filter(alike).collect();
    let other = same.first()?;
    // One of several who did it is no rival of the others.
    let told =
        |t: usize| passage.is_name(t) && (0..claim.tokens.len()).any(|x| claim.is_name(x) && meets(claim, x, passage, t) >= 7);
    let apart = same.iter().all(|other| differ(pair, one, other) && !(other.first..=other.last).any(told));
    if !apart || passage.denied[other.governor] {
        return None;
    }
    let sentence = claim.sentence(one.first);
    let skip = |t: usize| (one.first..=one.last).contains(&t) || t == one.governor;
    if !pair.same_subject(&sentence, one.governor.min(one.first)) {
        return None;
    }
    let share = pair.covered(&sentence, skip);
    if share < 40 {
        return None;
    }
    Some(Finding {
        kind: if set == "place" { "place" } else { "role" },
        why: "another filler of a place that only one fills",
        percent: 62 + (share - 40) as u8 / 3,
        because: pair.because((one.first, one.last), (other.first, other.last), if set == "place" { "place" } else { "holder" }),
    })
}

/// Words of one list of events go together ("written by", "author").
fn related(pair: &Pair, one: &Slot, other: &Slot) -> u32 {
    let named = |side: &Side, slot: &Slot| {
        let mut names: Vec<&str> = side
            .facts
            .lexicon
            .sets
            .iter()
            .filter(|(name, words)| {
                name.as_str().starts_with("one filler: ") && words.word(side.tokens[slot.governor].lemma).is_some()
            })
            .map(|(name, _)| name.as_str())
            .collect();
        names.sort_unstable();
        names
    };
    let (a, b) = (named(pair.claim, one), named(pair.passage, other));
    if a.iter().any(|x| b.contains(x)) { 8 } else { 0 }
}

/// The list under which only one filler goes with this governor and preposition.
fn exclusive(side: &Side, slot: &Slot) -> Option<&'static str> {
    let preposition = side.tokens[slot.preposition].form.as_str();
    match preposition {
        "by" => side.is("one agent", slot.governor).then_some("agent"),
        "in" | "at" | "from" | "near" | "on" => side.is("one place", slot.governor).then_some("place"),
        "of" => side.is("one whole", slot.governor).then_some("whole"),
        _ => None,
    }
}

/// Whether two names are of two that exclude each other here.
fn differ(pair: &Pair, one: &Slot, other: &Slot) -> bool {
    let (claim, passage) = (pair.claim, pair.passage);
    let being = |side: &Side, slot: &Slot| (slot.first..=slot.last).find_map(|t| side.beings[t]);
    if let (Some(x), Some(y)) = (being(claim, one), being(passage, other)) {
        if claim.facts.who.together(x, y).is_some() {
            return false;
        }
    }
    !(one.first..=one.last).any(|x| (other.first..=other.last).any(|y| meets(claim, x, passage, y) >= 7))
}

fn slots(side: &Side) -> Vec<Slot> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < side.tokens.len() {
        if !side.is_name(at) || side.is_calendar(at) {
            at += 1;
            continue;
        }
        let (first, last) = side.name(at);
        at = last.max(at) + 1;
        if let Some(preposition) = side.preposition(first) {
            if let Some(governor) = governs(side, preposition, first) {
                out.push(Slot { first, last, governor, preposition });
            }
        }
    }
    out
}

/// The verb or noun before the preposition; the parse's word where it is one, else the nearest.
fn governs(side: &Side, preposition: usize, first: usize) -> Option<usize> {
    let start = side.sentence(first).start;
    let parsed = side.governor(first);
    if parsed < preposition && parsed >= start && matches!(side.tokens[parsed].pos, Pos::Verb | Pos::Noun | Pos::Adj) {
        return Some(parsed);
    }
    (start..preposition)
        .rev()
        .take(6)
        .find(|t| matches!(side.tokens[*t].pos, Pos::Verb | Pos::Noun) || matches!(side.tokens[*t].tag, Tag::Vbn))
}
