//! In which country something is: said by "in", by a nationality, or by a place within it.

use super::side::Side;
use super::{Finding, Pair};
use crate::claims::EntityKind;

/// "X is in Thailand" against "a Chinese university in Beijing".
pub fn find(pair: &Pair, out: &mut Vec<Finding>) {
    let who = pair.claim.facts.who;
    let theirs = countries(pair.passage);
    if theirs.is_empty() {
        return;
    }
    for (token, state) in located(pair.claim) {
        let meets = |x: u32| who.together(x, state).is_some();
        if theirs.iter().any(|(_, x)| meets(*x)) || pair.claim.denied[token] || pair.cover.has(token) {
            continue;
        }
        let sentence = pair.claim.sentence(token);
        if !pair.same_subject(&sentence, token) {
            continue;
        }
        let (other, _) = theirs[0];
        out.push(Finding {
            firm: true,
            kind: "place",
            why: "two countries of one place",
            part: "country",
            amount: 10,
            because: pair.because((token, token), (other, other), "place"),
        });
    }
}

/// Whether a being is a state, or lies in one.
pub(super) fn state_of(side: &Side, being: u32) -> Option<u32> {
    let who = side.facts.who;
    let mut at = being;
    for _ in 0..6 {
        if who.list[at as usize].kind == EntityKind::State {
            return Some(at);
        }
        at = who.list[at as usize].part_of?;
    }
    None
}

/// Countries that a claim's copula puts something in: "is in X", "is located in X".
fn located(side: &Side) -> Vec<(usize, u32)> {
    let form = |at: usize| side.tokens[at].form.as_str();
    let definitions = super::definition::find(side);
    (2..side.tokens.len())
        .filter(|t| side.is_name(*t) && form(t - 1) == "in")
        .filter(|t| {
            let before = t - 2;
            if definitions.iter().any(|d| d.copula && d.range.contains(&before)) {
                return true;
            }
            let verb = if matches!(form(before), "located" | "situated" | "based" | "found") {
                before.checked_sub(1)
            } else {
                Some(before)
            };
            verb.is_some_and(|v| matches!(form(v), "is" | "are" | "was"))
        })
        .filter_map(|t| Some((t, state_of(side, side.beings[t]?)?)))
        .collect()
}

/// Countries of the first definition's sentence.
fn countries(side: &Side) -> Vec<(usize, u32)> {
    let Some(first) = super::definition::find(side).into_iter().next() else { return Vec::new() };
    let range = first.range.start..side.sentence(first.range.start).end;
    range.filter_map(|t| Some((t, state_of(side, side.beings[t]?)?))).collect()
}
