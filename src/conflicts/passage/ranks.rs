//! Places in a row: "the fifth album" against "the second album".

use super::calendar;
use super::side::{Side, meets};
use super::{Finding, Pair, amount};
use crate::text::{Pos, Shape};

/// Least share of the claim's other words, in percent.
const LEAST: u32 = 60;

/// An ordinal with the noun that it ranks.
pub struct Rank {
    /// The ordinal.
    pub at: usize,
    value: i32,
    /// The noun.
    pub noun: usize,
}

/// Sets the claim's places in a row against those that the passage gives things of the same name; one that the passage gives as well
/// excludes nothing, whatever other places it tells of.
pub fn find(pair: &Pair, out: &mut Vec<Finding>) {
    let (claim, passage) = (pair.claim, pair.passage);
    let theirs = ranks(passage);
    for one in ranks(claim).iter().filter(|rank| !claim.denied[rank.at]) {
        let same: Vec<&Rank> = theirs.iter().filter(|other| meets(claim, one.noun, passage, other.noun) >= 8).collect();
        let Some(rival) = same.first().filter(|_| same.iter().all(|other| other.value != one.value)) else { continue };
        let sentence = claim.sentence(one.at);
        let share = pair.covered(&sentence, |t| t == one.at);
        if bounded(claim, one.at)
            || bounded(passage, rival.at)
            || passage.denied[rival.at]
            || share < LEAST
            || !pair.same_subject(&sentence, one.at)
        {
            continue;
        }
        out.push(Finding {
            firm: true,
            kind: "order",
            why: "another place in one row",
            part: "rank",
            amount: amount(share, LEAST),
            because: pair.because((one.at, one.noun), (rival.at, rival.noun), "figure"),
        });
    }
}

/// The ordinals of a text, each with the last noun of its phrase; days of the month, centuries and turns ("the first time") rank nothing.
pub fn ranks(side: &Side) -> Vec<Rank> {
    let rank = |at: usize| {
        let value = value(side, at)?;
        let range = side.sentence(at);
        // "Its seventh and final season."
        let inside = |t: &usize| *t < range.end && matches!(side.tokens[*t].pos, Pos::Adj | Pos::Noun | Pos::Propn | Pos::Cconj);
        let noun = (at + 1..at + 5).take_while(inside).filter(|t| side.tokens[*t].pos == Pos::Noun).last()?;
        let timed = side.facts.lexicon.calendar.contains_key(&side.tokens[noun].lemma) || side.is("turns", noun);
        let ranked = side.tokens[noun].shape == Shape::Lower && !timed;
        ranked.then_some(Rank { at, value, noun })
    };
    (0..side.tokens.len()).filter_map(rank).collect()
}

/// "After the second generation" is true of the third.
fn bounded(side: &Side, at: usize) -> bool {
    let bound = |t: usize| side.is("date bound: before", t) || side.is("date bound: after", t) || side.is("date bound: since", t);
    (1..=2).filter_map(|back| at.checked_sub(back)).any(bound)
}

fn value(side: &Side, at: usize) -> Option<i32> {
    let form = side.tokens[at].form.as_str();
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|end| form.strip_suffix(end)).and_then(|n| n.parse().ok());
    let named = || side.is("first of a row", at).then_some(1);
    digits.or_else(|| calendar::ordinal(side, at)).or_else(named)
}
