//! Whether the second scene follows from the first.
//!
//! In: two scenes and their alignment. Out: yes or no. Whatever the second says, the first must say as much or more narrowly, of the same
//! things and with the same parts in every deed; under a negation the other way round, and what the first denies must be no wider than
//! what the second denies.

use super::align::Alignment;
use super::relation::Relation;
use super::scene::{Deed, Scene};
use crate::text::Rel;

/// Whether scene 1 holds wherever scene 0 does.
pub fn follows(scenes: [&Scene; 2], alignment: &Alignment) -> bool {
    let [from, to] = scenes;
    let answered = (0..to.words.len()).all(|at| holds(scenes, alignment, at));
    // What is denied of fewer things is denied of less.
    let mut denied = from.denials.iter().flat_map(|d| d.reached.iter());
    let covered = denied.all(|at| alignment.link(0, *at).is_some() || from.words[*at].weight == 0);
    let denies = |scene: &Scene| scene.words.iter().any(|w| w.denied);
    !to.words.is_empty() && answered && covered && denies(from) == denies(to) && same_parts(scenes, alignment)
}

/// Whether a word of the second scene is told by the first, of the same thing.
fn holds(scenes: [&Scene; 2], alignment: &Alignment, at: usize) -> bool {
    let [from, to] = scenes;
    let word = &to.words[at];
    let Some(link) = alignment.link(1, at) else {
        // What is said of every clerk is said of the young one.
        let of_all = word.governor.and_then(|g| alignment.link(1, g)).is_some_and(|link| from.words[link.words[0]].universal);
        return word.weight == 0 || word.denied || of_all;
    };
    let other = &from.words[link.words[0]];
    let relation = if word.denied { link.relation(0).negated() } else { link.relation(0) };
    other.denied == word.denied
        && (word.unasserted || !other.unasserted)
        && relation.entails()
        && (!describes(word.rel) || !describes(other.rel) || answers(alignment, other.governor, word.governor))
}

/// Whether a word in this relation tells what its governor is like.
fn describes(rel: Rel) -> bool {
    matches!(rel, Rel::Amod | Rel::Nummod | Rel::Compound)
}

/// Whether two words answer each other, as far as both are there and linked at all.
fn answers(alignment: &Alignment, from: Option<usize>, to: Option<usize>) -> bool {
    match (from, to.and_then(|at| alignment.link(1, at))) {
        (Some(from), Some(link)) => link.words[0] == from,
        _ => true,
    }
}

/// Whether every deed of the second scene is done by and to whom the first says.
fn same_parts(scenes: [&Scene; 2], alignment: &Alignment) -> bool {
    let [from, to] = scenes;
    let same =
        |one: &Deed, other: &Deed| answers(alignment, one.agent, other.agent) && answers(alignment, one.patient, other.patient);
    to.deeds.iter().all(|deed| {
        let Some(link) = alignment.link(1, deed.verb) else { return true };
        let mut met = from.deeds.iter().filter(|one| one.verb == link.words[0]).peekable();
        met.peek().is_none() || met.any(|one| same(one, deed))
    })
}

/// How much of the second scene the first answers with the same or a narrower word, in percent of weight.
pub fn coverage(scenes: [&Scene; 2], alignment: &Alignment) -> u32 {
    let to = scenes[1];
    let told =
        |at: &usize| alignment.link(1, *at).is_some_and(|link| matches!(link.relation(0), Relation::Equal | Relation::Forward));
    let all: Vec<usize> = (0..to.words.len()).collect();
    let met: Vec<usize> = all.iter().copied().filter(told).collect();
    to.weight(&met) * 100 / to.weight(&all).max(1)
}
