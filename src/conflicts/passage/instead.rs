//! What is done instead of something: "uses Korrin instead of Velm" against "uses Velm".

use super::side::{Side, meets};
use super::{Finding, Pair};
use crate::text::Pos;

/// Sets what the claim says is left for something else against the same told by the passage.
pub fn find(pair: &Pair, out: &mut Vec<Finding>) {
    let (claim, passage) = (pair.claim, pair.passage);
    for at in 0..claim.tokens.len() {
        let Some((len, ())) = claim.facts.lexicon.set("instead").and_then(|set| set.longest_at(claim.tokens, at)) else {
            continue;
        };
        let sentence = claim.sentence(at);
        let Some(verb) = (sentence.start..at).rev().find(|t| claim.tokens[*t].pos == Pos::Verb) else {
            continue;
        };
        let left = left(claim, at + len, sentence.end);
        let met = |t: usize| pair.cover.by[t].filter(|(_, strength)| *strength >= 8).map(|(y, _)| y);
        let Some(told) = left.first().and_then(|t| met(*t)) else { continue };
        let same_deed = meets(claim, verb, passage, passage.head(told)) >= 8;
        // What is taken in its place must not stand there too.
        let taken = (verb + 1..at).filter(|t| claim.weight(*t) > 0).any(|t| pair.cover.has(t));
        let whole = left.iter().all(|t| met(*t).is_some());
        let known = (sentence.start..verb).all(|t| claim.weight(t) == 0 || pair.cover.has(t));
        if !whole || !known || taken || claim.denied[verb] || passage.denied[told] || !same_deed {
            continue;
        }
        out.push(Finding {
            firm: true,
            kind: "negation",
            why: "something else is said to stand in its place",
            part: "instead",
            amount: 10,
            because: pair.because((at, at + len - 1), (told, told), "negation"),
        });
    }
}

/// The words of what is left, up to the end of its phrase.
fn left(side: &Side, start: usize, end: usize) -> Vec<usize> {
    let phrase = |t: &usize| matches!(side.tokens[*t].pos, Pos::Det | Pos::Adj | Pos::Noun | Pos::Propn | Pos::Num | Pos::X);
    (start..end).take_while(phrase).filter(|t| side.weight(*t) > 0).collect()
}
