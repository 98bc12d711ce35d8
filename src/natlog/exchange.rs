//! The two ends of a relation that has a direction, exchanged: "left before she came", "came before she left".
//!
//! In: two scenes and their alignment. Out: whether what stands before the relation on one side stands behind it on the other. With the
//! same word on both sides the two exclude each other; with its opposite ("before", "after") they say the same.

use super::align::Alignment;
use super::relation::Relation;
use super::scene::Scene;
use crate::text::Pos;

/// Indices of the relation among the directions of either side, where the two scenes say the same words with the ends of one relation exchanged.
pub fn find(scenes: [&Scene; 2], alignment: &Alignment) -> Option<[usize; 2]> {
    let same = alignment.links.iter().all(|link| link.relation(0) == Relation::Equal);
    let lonely = [0, 1].iter().any(|side| alignment.lonely(*side).any(|at| scenes[*side].words[at].weight > 0));
    let denied = scenes.iter().any(|scene| !scene.denials.is_empty());
    if !same || lonely || denied {
        return None;
    }
    reversed(scenes, alignment)
}

/// Indices of a relation that both sides have, its ends exchanged.
pub fn reversed(scenes: [&Scene; 2], alignment: &Alignment) -> Option<[usize; 2]> {
    let pairs = scenes[0].directions.iter().enumerate().flat_map(|(i, one)| {
        scenes[1].directions.iter().enumerate().filter(move |(_, other)| other.lemma == one.lemma).map(move |(j, _)| [i, j])
    });
    pairs.into_iter().find(|at| crossed(scenes, alignment, [0, 1].map(|side| scenes[side].directions[at[side]].token)))
}

/// Whether every participant before a token on one side answers one behind the token on the other, and the reverse.
pub fn crossed(scenes: [&Scene; 2], alignment: &Alignment, tokens: [u32; 2]) -> bool {
    let before = |side: usize, at: usize| scenes[side].words[at].head < tokens[side];
    let participant = |at: usize| matches!(scenes[0].words[at].pos, Pos::Noun | Pos::Propn | Pos::Pron);
    let mut ends = [false; 2];
    for link in alignment.links.iter().filter(|link| participant(link.words[0])) {
        let first = before(0, link.words[0]);
        if first == before(1, link.words[1]) {
            return false;
        }
        ends[usize::from(first)] = true;
    }
    ends == [true, true]
}
