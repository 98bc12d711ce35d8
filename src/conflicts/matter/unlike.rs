//! Refutations of what an article of another story tells: a thing that one calls unreal and the other is about, or a story that a mere
//! note calls false.
//!
//! Articles of one story share names and rare words, and are set against each other as wholes (`opposed`). These share little but what is
//! refuted, so that more is asked of that.

use super::opposed::{Opposed, PLOT, SUBJECT, UNLIKE};
use super::refutal::{FIRST, Matter, OPENING, Refutal, Told};
use super::{Words, common, weight};
use crate::base::Sym;
use crate::conflicts::facts::shared;

/// Weight from which a word tells one story from another.
const RARE: u32 = 7;

/// Articles that have little in common besides what one of them refutes: a thing that it calls unreal and the other is about ("the flood
/// tax is a myth"), or a story that a note of a line or two calls false and the other begins with.
pub(super) fn unlike<'a>(ours: &'a Matter, theirs: &Matter) -> Option<Opposed<'a>> {
    ours.refutals.iter().filter(|r| r.place < FIRST && r.cue.is_some()).find_map(|refutal| {
        let told = unreal(refutal, theirs).or_else(|| noted(ours, refutal, theirs))?;
        Some(Opposed { refutal, claim: told.fact, told: UNLIKE })
    })
}

/// Words under which articles that share little else still meet: rare ones of what the first lines of one refute, and of what they tell.
pub fn ties(matter: &Matter) -> [Vec<Sym>; 2] {
    let rare = |words: &Words| words.iter().filter(|(_, weight)| *weight >= RARE).map(|(word, _)| *word).collect::<Vec<_>>();
    let own = matter.refutals.iter().filter(|r| r.place < FIRST && r.cue.is_some());
    let refuted = own.flat_map(|r| rare(if matter.is_note() { &r.words } else { &r.subject }));
    let told = matter.told.iter().filter(|told| told.place < OPENING).flat_map(|told| rare(&told.words));
    [refuted.collect(), told.collect()]
}

/// What is told of a thing that a refutation calls unreal, in an article that is about it: it names the thing again.
fn unreal<'a>(refutal: &Refutal, theirs: &'a Matter) -> Option<&'a Told> {
    let weight = weight(&refutal.subject);
    let names = |told: &&Told| shared(&refutal.subject, &told.words) == weight;
    let known = refutal.publisher && refutal.subject.len() >= 2 && weight >= SUBJECT;
    let mut told = theirs.told.iter().filter(|told| told.place < FIRST).filter(names);
    let first = told.next().filter(|told| known && told.place < OPENING)?;
    told.next().is_some_and(|again| again.place != first.place).then_some(first)
}

/// What is told by an article whose head has most of the words of one that is hardly longer than its verdict.
fn noted<'a>(ours: &Matter, refutal: &Refutal, theirs: &'a Matter) -> Option<&'a Told> {
    let met = shared(&refutal.words, &theirs.head);
    let enough = met >= PLOT && met * 100 >= refutal.weight * 40 && common(&refutal.words, &theirs.head) >= 2;
    let first = theirs.told.iter().filter(|told| told.place < OPENING);
    let best = first.max_by_key(|told| (shared(&refutal.words, &told.words), std::cmp::Reverse(told.place)));
    best.filter(|_| ours.is_note() && enough)
}
