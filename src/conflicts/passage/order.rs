//! Before or after: "opened before the bridge was closed" against "opened after the bridge was closed".
//!
//! The words are in the lists `later than` and `earlier than`.

use super::side::{Side, meets};
use super::{Finding, Pair, amount};
use crate::text::Pos;
use std::ops::Range;

/// Least share of the clause behind the marker, and of the words before it, in percent.
const LEAST: u32 = 70;

/// A word that puts one event before or after another, and the words of that other event.
struct Marker {
    at: usize,
    after: bool,
    tail: Range<usize>,
}

/// Sets the claim's order against the passage's.
pub fn find(pair: &Pair, out: &mut Vec<Finding>) {
    let (claim, passage) = (pair.claim, pair.passage);
    let theirs = markers(passage);
    for one in markers(claim) {
        let told = |other: &&Marker| share(pair, &one.tail, &other.tail) >= LEAST;
        let met: Vec<&Marker> = theirs.iter().filter(told).collect();
        let Some(other) = met.first().filter(|_| met.iter().all(|m| m.after != one.after)) else { continue };
        let sentence = claim.sentence(one.at);
        let front = pair.covered(&(sentence.start..one.at), |_| false);
        let denied = (sentence.start..one.at).any(|t| claim.denied[t]) || (passage.sentence(other.at)).any(|t| passage.denied[t]);
        if front < LEAST || denied {
            continue;
        }
        out.push(Finding {
            firm: true,
            kind: "order",
            why: "before is not after",
            part: "order",
            amount: amount(front, LEAST),
            because: pair.because((one.at, one.at), (other.at, other.at), "order"),
        });
    }
}

fn markers(side: &Side) -> Vec<Marker> {
    let marker = |at: usize| {
        let (after, before) = (side.is("later than", at), side.is("earlier than", at));
        let sentence = side.sentence(at);
        let stop = |t: &usize| !matches!(side.tokens[*t].form.as_str(), "," | ";" | "." | ")");
        let end = (at + 1..sentence.end).take_while(stop).last()? + 1;
        let telling = (at + 1..end).any(|t| side.weight(t) > 0 && side.tokens[t].pos != Pos::Num && !side.is_calendar(t));
        // What stands in front of its main clause has another one in front of it.
        ((after || before) && telling && at > sentence.start).then_some(Marker { at, after, tail: at + 1..end })
    };
    (1..side.tokens.len()).filter_map(marker).collect()
}

/// Share of the weight of one stretch of the claim that a stretch of the passage says, in percent.
fn share(pair: &Pair, ours: &Range<usize>, theirs: &Range<usize>) -> u32 {
    let (claim, passage) = (pair.claim, pair.passage);
    let told = |x: usize| theirs.clone().any(|y| passage.weight(y) > 0 && meets(claim, x, passage, y) >= 7);
    let all: u32 = ours.clone().map(|x| claim.weight(x)).sum();
    let met: u32 = ours.clone().filter(|x| told(*x)).map(|x| claim.weight(x)).sum();
    (met * 100).checked_div(all).unwrap_or(0)
}
