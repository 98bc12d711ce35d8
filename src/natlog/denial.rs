//! What one scene denies, and whether the other tells it.
//!
//! In: a denial of one scene and the alignment. Out: [`Told`]. "No player guards the goal" is contradicted by whoever tells of a
//! narrower guarding ("a goalkeeper in yellow guards the goal"), not by a wider or another one. What the other side says besides does
//! not matter: it only makes its own scene narrower.

use super::align::{Alignment, Link};
use super::relation::Relation;
use super::scene::{Denial, Scene};
use crate::lexical::{self, Class};
use crate::text::Pos;

/// How far a scene tells what another denies. Weights are those of the words of what is denied.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// Weight of all that is denied.
    pub weight: u32,
    /// Weight of what the other side tells as much, or more narrowly.
    pub covered: u32,
    /// Weight of what the other side tells a step more widely ("stroll", "walk").
    pub near: u32,
    /// Weight of what the other side leaves unsaid.
    pub missing: u32,
    /// Words in whose place the other side has another one, or a much wider one.
    pub misfits: u32,
    /// Those of them that are no deeds, and whose place an unrelated word holds.
    pub replaced: u32,
    /// Words answered by one that excludes them: not agreed, disagreed; the south tower, the north tower.
    pub opposed: u32,
    /// Words of what is denied that the other side tells as so, by number of words.
    pub met: u32,
    /// Words that the other side denies in its turn.
    pub also_denied: u32,
    /// Whether who does it and whom it is done to are exchanged.
    pub swapped: bool,
    /// The words of either side that meet: the deed before all others.
    pub pivot: Option<[usize; 2]>,
    /// Whether the other side only wishes, tries, supposes it or leaves a choice.
    pub unasserted: bool,
    /// Whether what is denied has no deed, or its deed is told by the other side too.
    pub deed: bool,
    /// Whether the other side tells a deed close to the denied one in its place ("fix", "fit").
    pub kindred: bool,
    /// Whether what is denied is no deed but something on an unknown actor ("with no hat").
    pub attribute: bool,
    /// Whether it is said of anybody, and nothing of him.
    pub anybody: bool,
    /// Whether the two do other things besides what is denied ("standing and not looking", "sitting and looking").
    pub elsewhere: bool,
    /// How much of what the other side says is about what is denied, in percent of weight.
    pub answered: u32,
}

/// Looks for what `side` denies in the other scene.
pub fn told(scenes: [&Scene; 2], side: usize, denial: &Denial, alignment: &Alignment) -> Told {
    let mut told = Told::default();
    for at in denial.words() {
        cover(&mut told, scenes, side, at, alignment);
    }
    for at in &denial.reached {
        meet(&mut told, scenes, side, *at, alignment);
    }
    let here = scenes[side];
    let is_deed = |at: &&usize| here.words[**at].pos == Pos::Verb;
    let fits = |at: &usize| alignment.link(side, *at).is_some_and(|link| fitting(link.relation(side)));
    let deeds = || denial.reached.iter().filter(is_deed);
    told.deed = deeds().next().is_none() || deeds().any(fits);
    told.kindred = deeds().any(|at| alignment.link(side, *at).is_some_and(|link| kindred(here, scenes[1 - side], side, link)));
    let unknown = |at: &usize| here.words[*at].pos == Pos::Noun && !here.words[*at].definite;
    told.attribute = deeds().next().is_none() && !denial.about.is_empty() && denial.about.iter().all(unknown);
    told.anybody = denial.words().iter().all(|at| here.words[*at].anybody || here.words[*at].weight == 0);
    told.elsewhere = elsewhere(scenes, side, denial, alignment);
    told.swapped = swapped(scenes, side, alignment);
    told.answered = answered(scenes, side, alignment);
    told
}

/// Whether two verbs lie close under one kind.
fn kindred(here: &Scene, there: &Scene, side: usize, link: &Link) -> bool {
    let (one, other) = (&here.words[link.words[side]], &there.words[link.words[1 - side]]);
    lexical::distance(one.lemma.as_str(), other.lemma.as_str(), Class::Verb).is_some_and(|steps| steps <= 2)
}

/// Whether a word in this relation to its answer is told by it.
fn fitting(relation: Relation) -> bool {
    matches!(relation, Relation::Equal | Relation::Reverse)
}

/// Tie of a word to one a step above it, at least: see `related::kinds`.
const NEAR: u32 = 6;

/// Weighs how a word of what is denied is answered.
fn cover(told: &mut Told, scenes: [&Scene; 2], side: usize, at: usize, alignment: &Alignment) {
    let word = &scenes[side].words[at];
    told.weight += word.weight;
    let Some(link) = alignment.link(side, at) else {
        // "Neither tea nor soup": each of them is denied.
        told.missing += if word.choice { 0 } else { word.weight };
        return;
    };
    let other = &scenes[1 - side].words[link.words[1 - side]];
    let near = other.anybody || link.tie.is_some_and(|tie| tie.strength >= NEAR);
    match link.relation(side) {
        relation if fitting(relation) => told.covered += word.weight,
        _ if word.weight == 0 => {}
        relation if relation.excludes() => told.opposed += 1,
        Relation::Forward if near => told.near += word.weight,
        // What one member of the scene is not, another may be; a wider word promises less.
        _ => {
            told.misfits += 1;
            told.replaced += u32::from(word.pos != Pos::Verb && link.tie.is_none());
        }
    }
}

/// Whether the other side tells a word that the negation reaches as so.
fn meet(told: &mut Told, scenes: [&Scene; 2], side: usize, at: usize, alignment: &Alignment) {
    let Some(link) = alignment.link(side, at) else { return };
    let (here, there) = (scenes[side], scenes[1 - side]);
    let answer = link.words[1 - side];
    let (word, other) = (&here.words[at], &there.words[answer]);
    if other.denied {
        told.also_denied += 1;
        return;
    }
    told.met += 1;
    told.unasserted |= other.unasserted || word.unasserted || other.choice && !word.choice;
    let rank = |at: usize| (here.words[at].pos == Pos::Verb, here.words[at].weight);
    if told.pivot.is_none_or(|[old, _]| rank(old) <= rank(at)) {
        told.pivot = Some([at, answer]);
    }
}

/// Whether a deed that is not denied has another one in its place.
fn elsewhere(scenes: [&Scene; 2], side: usize, denial: &Denial, alignment: &Alignment) -> bool {
    let denied = denial.words();
    alignment.links.iter().filter(|link| link.tie.is_none()).any(|link| {
        let verbs = [0, 1].iter().all(|s| scenes[*s].words[link.words[*s]].pos == Pos::Verb);
        verbs && !denied.contains(&link.words[side])
    })
}

/// How much of the other side is tied to words of this one, in percent of weight.
fn answered(scenes: [&Scene; 2], side: usize, alignment: &Alignment) -> u32 {
    let there = scenes[1 - side];
    let tied = |at: usize| {
        let tie = alignment.link(1 - side, at).and_then(|link| link.tie);
        tie.is_some_and(|tie| !tie.relation.excludes())
    };
    let all: Vec<usize> = (0..there.words.len()).collect();
    let met: Vec<usize> = all.iter().copied().filter(|at| tied(*at)).collect();
    there.weight(&met) * 100 / there.weight(&all).max(1)
}

/// Whether two deeds answer each other with their parts exchanged.
pub fn swapped(scenes: [&Scene; 2], side: usize, alignment: &Alignment) -> bool {
    let (here, there) = (scenes[side], scenes[1 - side]);
    let answer = |at: Option<usize>| at.and_then(|at| alignment.link(side, at)).map(|link| link.words[1 - side]);
    here.deeds.iter().any(|deed| {
        let verb = answer(Some(deed.verb));
        let (agent, patient) = (answer(deed.agent), answer(deed.patient));
        let exchanged = |other: &&super::scene::Deed| agent == other.patient && patient == other.agent;
        agent.is_some() && patient.is_some() && there.deeds.iter().filter(|other| Some(other.verb) == verb).any(|d| exchanged(&d))
    })
}
