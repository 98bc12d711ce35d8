//! Opposites: one word of the claim is the opposite of a word of the passage, and the rest of the claim stands in the passage.

use super::side::Side;
use super::{Finding, Pair};
use crate::conflicts::opposites;
use crate::text::{Pos, Rel};

/// Least share of the other words, in percent.
const LEAST: u32 = 70;

/// Sets opposite words against each other.
pub fn find(pair: &Pair, out: &mut Vec<Finding>) {
    let (claim, passage) = (pair.claim, pair.passage);
    for x in 0..claim.tokens.len() {
        let a = &claim.tokens[x];
        if !predicates(claim, x) || pair.cover.by[x].is_some_and(|(_, s)| s >= 7) || claim.denied[x] {
            continue;
        }
        let meets = |y: &usize| {
            let b = &passage.tokens[*y];
            !passage.denied[*y]
                && predicates(passage, *y)
                && (opposites(claim.facts, a.lemma, b.lemma).is_some() || opposites(claim.facts, a.form, b.form).is_some())
        };
        if claim.is("converses", x) {
            continue;
        }
        let Some(y) = (0..passage.tokens.len()).find(meets) else { continue };
        let sentence = claim.sentence(x);
        let rest: Vec<usize> = sentence.clone().filter(|t| *t != x && claim.weight(*t) > 0).collect();
        let share = pair.covered(&sentence, |t| t == x);
        // The rest must stand beside the opposite.
        let near = passage.sentence(y);
        let beside = rest.iter().filter(|t| pair.cover.by[**t].is_some_and(|(z, s)| s >= 7 && near.contains(&z))).count();
        if share < LEAST || beside == 0 || beside * 2 < rest.len() {
            continue;
        }
        out.push(Finding {
            kind: "antonym",
            why: "a word and its opposite in the same words",
            percent: (58 + (share - LEAST) / 2).min(85) as u8,
            because: pair.because((x, x), (y, y), "opposite"),
        });
    }
}

/// Whether a word says what is so rather than of whom: a verb, or an adjective that is no mere attribute of an indefinite noun.
fn predicates(side: &Side, token: usize) -> bool {
    let t = &side.tokens[token];
    match t.pos {
        Pos::Verb => side.weight(token) > 0,
        Pos::Adj => {
            t.rel != Rel::Amod
                || side
                    .kids(side.head(token))
                    .any(|k| matches!(side.tokens[k].form.as_str(), "the" | "of" | "its" | "his" | "her" | "their"))
        }
        _ => false,
    }
}
