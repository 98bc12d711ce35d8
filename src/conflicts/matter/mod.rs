//! What an article tells as its story, and what it calls false: the side that articles take on whether a story is true.
//!
//! In: [`Facts`]. Out: one [`Matter`] an article, and whether two articles stand on opposite sides, joined by the words that refute
//! on one side and the claim that leads the other. A refutation may say what it refutes ("denied that the bank had failed"), or point
//! to it ("the report is a hoax"): then it means what its own sentence, the ones right before it and the head of its article tell.
//! Articles that tell both sides, or only report a rumour, stand against nobody. Knows no rules.

mod cue;
mod opposed;
mod refutal;
mod unlike;

pub use cue::Sort;
pub use opposed::{Opposed, Setting, opposed};
pub use refutal::{Matter, Refutal};
pub use unlike::ties;

use super::facts::{Facts, shared};
use crate::base::Sym;

/// Content words with their weights, sorted by symbol; for intersections only.
pub type Words = Vec<(Sym, u32)>;

/// Reads the matter of every article, in order.
pub fn read(facts: &Facts) -> Vec<Matter> {
    use rayon::prelude::*;
    (0..facts.readings.len()).into_par_iter().map(|reading| refutal::matter(facts, reading)).collect()
}

/// Weight of a name; no other word weighs as much.
const NAME: u32 = 12;

/// Percent of the first list's words besides names that the second has, by weight; names alone tell little of what happened.
pub fn topical(one: &Words, other: &Words) -> u32 {
    let plain = |words: &Words| -> Words { words.iter().filter(|(_, weight)| *weight < NAME).copied().collect() };
    let (one, other) = (plain(one), plain(other));
    shared(&one, &other) * 100 / weight(&one).max(8)
}

/// How many words besides names both lists have.
pub fn common(one: &Words, other: &Words) -> usize {
    let has = |word: &Sym| other.binary_search_by_key(&word.number(), |(w, _)| w.number()).is_ok();
    one.iter().filter(|(word, weight)| *weight < NAME && has(word)).count()
}

/// Sum of the weights.
pub fn weight(words: &Words) -> u32 {
    words.iter().map(|(_, weight)| weight).sum()
}
