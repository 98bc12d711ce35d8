//! Which pair of a matter it is shown and named by: the one that a reader understands without its article.

use super::matter::Matter;
use super::weigh::Finds;
use crate::claims::QuantityKind;
use crate::conflicts::{ClaimRef, Fact, Facts, Slot};
use crate::draft::pair::{Pair, Shape};
use crate::draft::words::{self, Words};
use crate::text::{Line, Pos};
use std::collections::BTreeSet;

/// Longest content that makes a good label, in characters.
const SHORT: usize = 60;

/// Whether a draft finds a pair in the folder.
pub fn is_found(facts: &Facts, finds: &Finds, pair: &Pair) -> bool {
    let mut claims = pair.sides.map(|at| ClaimRef { reading: facts.list[at].reading, claim: facts.list[at].claim });
    claims.sort_unstable();
    finds.pairs.contains(&claims)
}

/// The pair to name a matter by: of those that its draft finds the plainest, else the one that it was begun with.
pub fn lead(words: Words, matter: &Matter, finds: &Finds) -> Pair {
    let found = matter.pairs.iter().filter(|pair| is_found(words.facts, finds, pair));
    let plain = found.min_by_key(|pair| pair.sides.iter().map(|at| trouble(words, &words.facts.list[*at])).sum::<usize>());
    plain.unwrap_or(&matter.lead).clone()
}

/// What makes the words of a claim a bad label.
fn trouble(words: Words, fact: &Fact) -> usize {
    let (said, finite) = words::label(words.facts, fact);
    let document = words.facts.document(fact);
    let sentence = document.sentences.get(words.facts.claim(fact).sentence as usize);
    let headline = sentence.is_some_and(|sentence| sentence.kind == Line::Headline);
    let someone = fact.role(Slot::Subject).is_some_and(|role| role.pos == Pos::Pron || role.open);
    let torn = words.facts.claim(fact).content.len() > 1;
    let faults = [(!finite, 4), (torn, 3), (someone, 2), (headline, 2), (said.chars().count() > SHORT, 2), (said.is_empty(), 9)];
    faults.into_iter().filter(|(fault, _)| *fault).map(|(_, amount)| amount).sum()
}

/// Whether the figures that a draft finds are counts that rise from day to day over at least three days, so that a later one corrects
/// nothing.
pub fn grows(facts: &Facts, matter: &Matter, finds: &Finds) -> bool {
    let mut days = BTreeSet::new();
    for pair in matter.pairs.iter().filter(|pair| is_found(facts, finds, pair)) {
        let Shape::Figures(one, other) = pair.shape else { return false };
        let [a, b] = pair.sides.map(|at| &facts.list[at]);
        let figure = |fact: &Fact, at: usize| {
            facts.claim(fact).quantities.get(at).filter(|q| q.kind == QuantityKind::Count).map(|q| q.value)
        };
        let (Some(x), Some(y)) = (figure(a, one), figure(b, other)) else { return false };
        let (Some(early), Some(late)) = (a.published, b.published) else { return false };
        if early < late && y < x || late < early && x < y {
            return false;
        }
        days.extend([early, late]);
    }
    days.len() > 2
}
