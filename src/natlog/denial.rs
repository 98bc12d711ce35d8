//! What one scene denies, and whether the other tells it.
//!
//! In: a denial of one scene and the alignment. Out: [`Told`]. "No player guards the goal" is contradicted by whoever tells of a
//! narrower guarding ("a goalkeeper in yellow guards the goal"), not by a wider or another one. What the other side says besides does
//! not matter: it only makes its own scene narrower.

use super::align::{Alignment, Link};
use super::relation::Relation;
use super::scene::{Denial, Scene};
use super::word::Word;
use crate::lexical::{self, Class};
use crate::text::{Pos, Rel};

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
    /// Weight of that part of it that is the deed, its actor or what it is done to.
    pub core: u32,
    /// How many words are told more widely of another actor or besides what is denied, or are answered by mere kin.
    pub loose: u32,
    /// Whether the denial takes for granted who is meant: "he is not rowing", not "there is no one rowing".
    pub presumed: bool,
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
    /// Whether it is denied but for an exception ("nothing other than").
    pub excepted: bool,
    /// Whether what is denied has a deed, and the other side tells it or one close to it.
    pub does: bool,
    /// Whether what is denied has a deed that the other side tells under no negation at all.
    pub plain: bool,
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
    let beside = Beside { here: scenes[side], there: scenes[1 - side], side, denial, alignment };
    let presumed = denial.presumes && beside.there.negations == 0;
    let mut told = Told { presumed, ..Told::default() };
    for at in denial.words() {
        beside.cover(&mut told, at);
    }
    for at in &denial.reached {
        beside.meet(&mut told, *at);
    }
    beside.judge_deeds(&mut told);
    told.attribute = beside.is_attribute();
    told.anybody = denial.words().iter().all(|at| beside.here.words[*at].anybody || beside.here.words[*at].weight == 0);
    told.elsewhere = beside.elsewhere();
    told.swapped = swapped(scenes, side, alignment);
    told.answered = beside.answered();
    told
}

/// Tie of a word to one a step above it, at least: see `related::kinds`.
const NEAR: u32 = 6;

/// Whether a word in this relation to its answer is told by it.
fn fitting(relation: Relation) -> bool {
    matches!(relation, Relation::Equal | Relation::Reverse)
}

/// A denial beside the scene that may tell what it denies.
struct Beside<'a> {
    here: &'a Scene,
    there: &'a Scene,
    /// Which of the two the denying scene is.
    side: usize,
    denial: &'a Denial,
    alignment: &'a Alignment,
}

impl<'a> Beside<'a> {
    /// What answers a word, with the link.
    fn answer(&self, at: usize) -> Option<(&'a Link, &'a Word)> {
        let link = self.alignment.link(self.side, at)?;
        Some((link, &self.there.words[link.words[1 - self.side]]))
    }

    fn fits(&self, at: usize) -> bool {
        self.answer(at).is_some_and(|(link, _)| fitting(link.relation(self.side)))
    }

    /// Weighs how a word of what is denied is answered.
    fn cover(&self, told: &mut Told, at: usize) {
        let word = &self.here.words[at];
        told.weight += word.weight;
        told.excepted |= word.excepts;
        let Some((link, other)) = self.answer(at) else { return self.miss(told, at) };
        match link.relation(self.side) {
            relation if fitting(relation) => told.covered += word.weight,
            _ if word.weight == 0 => {}
            relation if relation.excludes() => told.opposed += 1,
            Relation::Forward if other.anybody || link.tie.is_some_and(|tie| tie.strength >= NEAR) => {
                told.near += word.weight;
                told.loose += u32::from(!self.denial.reached.contains(&at) && !self.same_actor(at, other));
            }
            Relation::Independent if link.tie.is_some() => {
                told.near += word.weight;
                told.loose += u32::from(word.pos != Pos::Verb);
            }
            // "For directions to the station", "in front of the map": another detail, and none in its place.
            _ if word.rel == Rel::Obl && other.rel == Rel::Obl && word.case != other.case => told.missing += word.weight,
            // What one member of the scene is not, another may be; a wider word promises less.
            _ => {
                told.misfits += 1;
                told.replaced += u32::from(word.pos != Pos::Verb && link.tie.is_none());
            }
        }
    }

    /// Weighs a word that nothing answers.
    fn miss(&self, told: &mut Told, at: usize) {
        let word = &self.here.words[at];
        match () {
            () if self.is_carried(at) => told.near += word.weight,
            () if self.has_pronoun(at) => told.weight -= word.weight,
            // "A person": whoever is told of is one. "Neither tea nor soup": each of them is denied.
            () if word.anybody || word.choice => {}
            () => {
                told.missing += word.weight;
                // "Did not play after 1995" leaves all that was before.
                told.core += if word.number.is_some() || self.is_core(at) { word.weight } else { 0 };
            }
        }
    }

    /// Whether a word is a deed, who does it, what it is done to, or what somebody is said to be.
    fn is_core(&self, at: usize) -> bool {
        let word = &self.here.words[at];
        let subject = matches!(word.rel, Rel::Nsubj | Rel::NsubjPass);
        let part = word.pos == Pos::Verb || matches!(word.rel, Rel::Obj | Rel::Root | Rel::Xcomp);
        subject || part && self.denial.reached.contains(&at)
    }

    /// Whether a word names who is said not to do a denied deed, as definitely as its answer does.
    fn same_actor(&self, at: usize, other: &Word) -> bool {
        let word = &self.here.words[at];
        let governs = || self.denial.reached.iter().any(|deed| self.here.words[*deed].governor == Some(at));
        other.definite == word.definite && (matches!(word.rel, Rel::Nsubj | Rel::NsubjPass) || governs())
    }

    /// Whether a word belongs to an actor or object for which the other side has a pronoun.
    fn has_pronoun(&self, at: usize) -> bool {
        let up = |at: usize| std::iter::successors(Some(at), |n| self.here.words[*n].governor).take(self.here.words.len());
        let within = |top: Option<usize>| top.is_some_and(|top| up(at).any(|n| n == top));
        let deeds = self.here.deeds.iter().filter(|deed| self.fits(deed.verb));
        deeds.filter_map(|deed| Some((deed, self.alignment.link(self.side, deed.verb)?))).any(|(deed, link)| {
            let mut others = self.there.deeds.iter().filter(|other| other.verb == link.words[1 - self.side]);
            others.any(|other| other.pronouns[0] && within(deed.agent) || other.pronouns[1] && within(deed.patient))
        })
    }

    /// Whether a verb tells no more than its object does: "let out a smile", where the other side smiles; "contains rooms", where it
    /// has some.
    fn is_carried(&self, at: usize) -> bool {
        let verb = &self.here.words[at];
        let object = |n: &usize| self.here.words[*n].rel == Rel::Obj && self.here.words[*n].governor == Some(at) && self.fits(*n);
        let answer = (0..self.here.words.len()).find(object).and_then(|n| self.answer(n));
        verb.pos == Pos::Verb && answer.is_some_and(|(_, a)| a.pos == Pos::Verb || verb.having && self.is_had(a))
    }

    /// Whether a noun of the other side is the object of a verb that is no word of the scene ("has", "gets").
    fn is_had(&self, noun: &Word) -> bool {
        matches!(noun.rel, Rel::Obj | Rel::Conj) && noun.governor.is_none_or(|up| self.there.words[up].pos != Pos::Verb)
    }

    /// Whether the other side tells a word that the negation reaches as so.
    fn meet(&self, told: &mut Told, at: usize) {
        let Some((link, other)) = self.answer(at) else { return };
        let word = &self.here.words[at];
        if other.denied {
            told.also_denied += 1;
            return;
        }
        told.met += 1;
        told.unasserted |= other.unasserted != word.unasserted || other.choice && !word.choice;
        let rank = |at: usize| (self.here.words[at].pos == Pos::Verb, self.here.words[at].weight);
        if told.pivot.is_none_or(|[old, _]| rank(old) <= rank(at)) {
            told.pivot = Some([at, link.words[1 - self.side]]);
        }
    }

    /// The verbs that the negation reaches.
    fn deeds(&self) -> impl Iterator<Item = usize> + '_ {
        self.denial.reached.iter().copied().filter(|at| self.here.words[*at].pos == Pos::Verb)
    }

    /// What becomes of the denied deeds.
    fn judge_deeds(&self, told: &mut Told) {
        told.deed = self.deeds().next().is_none() || self.deeds().any(|at| self.fits(at));
        told.plain = self.deeds().any(|at| self.fits(at) && self.answer(at).is_some_and(|(_, other)| !other.reached));
        told.kindred = self.deeds().any(|at| self.is_kindred(at));
        told.does =
            self.deeds().any(|at| self.fits(at) || self.is_kindred(at) || self.answer(at).is_none() && self.is_carried(at));
    }

    /// Whether a verb and its answer lie close under one kind, or are listed as kin.
    fn is_kindred(&self, at: usize) -> bool {
        let near = |one: &Word, other: &Word| lexical::distance(one.lemma.as_str(), other.lemma.as_str(), Class::Verb);
        self.answer(at).is_some_and(|(link, other)| {
            link.tie.is_some_and(|tie| tie.is_kin()) || near(&self.here.words[at], other).is_some_and(|steps| steps <= 2)
        })
    }

    /// Whether no deed is denied but something on an unknown actor ("with no hat").
    fn is_attribute(&self) -> bool {
        let unknown = |at: &usize| self.here.words[*at].pos == Pos::Noun && !self.here.words[*at].definite;
        let about = &self.denial.about;
        let described = |at: &usize| self.here.words[*at].rel != Rel::Nsubj || !self.denial.presumes;
        self.deeds().next().is_none() && about.iter().all(unknown) && about.iter().any(described)
    }

    /// Whether a deed that is not denied has another one in its place.
    fn elsewhere(&self) -> bool {
        let denied = self.denial.words();
        self.alignment.links.iter().filter(|link| link.tie.is_none()).any(|link| {
            let (one, other) = (link.words[self.side], link.words[1 - self.side]);
            let verbs = self.here.words[one].pos == Pos::Verb && self.there.words[other].pos == Pos::Verb;
            verbs && !denied.contains(&one)
        })
    }

    /// How much of the other side is tied to words of this one, in percent of weight.
    fn answered(&self) -> u32 {
        let tied = |at: &usize| {
            let tie = self.alignment.link(1 - self.side, *at).and_then(|link| link.tie);
            tie.is_some_and(|tie| !tie.relation.excludes())
        };
        let all: Vec<usize> = (0..self.there.words.len()).collect();
        let met: Vec<usize> = all.iter().copied().filter(tied).collect();
        self.there.weight(&met) * 100 / self.there.weight(&all).max(1)
    }
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
