//! Which word of one scene answers which of another, and what the edits between the two are.
//!
//! In: two scenes. Out: an [`Alignment`]: links with their ties, and the words that only one side has. Words are linked best first: the
//! same or a related word, under governors that are alike, between neighbours that are alike. What is left over and holds the same place
//! on both sides is linked too, as a substitution of unrelated words. Decides nothing about truth.
//!
//! Source: MacCartney, Galley & Manning 2008, "A Phrase-Based Alignment Model for Natural Language Inference", for the edits; the search
//! here is greedy, since short sentences leave it little to get wrong.

use super::related::{self, Tie};
use super::relation::Relation;
use super::scene::Scene;
use super::word::Word;
use crate::lexicon::Lexicon;
use crate::text::{Pos, Rel};

/// Two words that answer each other.
#[derive(Clone, Copy, Debug)]
pub struct Link {
    /// Index of the word on either side.
    pub words: [usize; 2],
    /// How the first lies to the second; `None` where one merely stands in the other's place.
    pub tie: Option<Tie>,
}

impl Link {
    /// The relation of the word on `side` to the other.
    pub fn relation(&self, side: usize) -> Relation {
        let relation = self.tie.map_or(Relation::Independent, |tie| tie.relation);
        if side == 0 { relation } else { relation.turned() }
    }
}

/// How two scenes lie beside each other.
#[derive(Clone, Debug, Default)]
pub struct Alignment {
    /// In order of the first side's words.
    pub links: Vec<Link>,
    /// For each side and word the index of its link.
    pub of: [Vec<Option<usize>>; 2],
}

impl Alignment {
    /// The link of a word.
    pub fn link(&self, side: usize, word: usize) -> Option<&Link> {
        self.links.get((*self.of[side].get(word)?)?)
    }

    /// Words of one side that nothing answers.
    pub fn lonely(&self, side: usize) -> impl Iterator<Item = usize> + '_ {
        self.of[side].iter().enumerate().filter(|(_, link)| link.is_none()).map(|(at, _)| at)
    }

    fn add(&mut self, words: [usize; 2], tie: Option<Tie>) {
        let at = self.links.len();
        self.of[0][words[0]] = Some(at);
        self.of[1][words[1]] = Some(at);
        self.links.push(Link { words, tie });
    }

    fn free(&self, words: [usize; 2]) -> bool {
        self.of[0][words[0]].is_none() && self.of[1][words[1]].is_none()
    }
}

/// Lays two scenes beside each other.
pub fn align(a: &Scene, b: &Scene, lexicon: &Lexicon) -> Alignment {
    let mut out = Alignment { links: Vec::new(), of: [vec![None; a.words.len()], vec![None; b.words.len()]] };
    let mut candidates: Vec<(u32, u32, [usize; 2], Tie)> = Vec::new();
    for (i, x) in a.words.iter().enumerate() {
        for (j, y) in b.words.iter().enumerate() {
            if let Some(tie) = related::tie(x, y, lexicon) {
                let place = distance(a, i, b, j);
                candidates.push((tie.strength * 10 + surroundings([a, b], [i, j]) + 10 - place.min(10), place, [i, j], tie));
            }
        }
    }
    candidates.sort_by_key(|(score, place, words, _)| (std::cmp::Reverse(*score), *place, *words));
    for (_, _, words, tie) in candidates {
        // Far apart and under different words, exclusive words are said of different things.
        if out.free(words) && (tie.context == 0 || holds_place([a, b], words, &out)) {
            out.add(words, Some(tie));
        }
    }
    substitute(a, b, &mut out);
    recast([a, b], &mut out);
    out.links.sort_by_key(|link| link.words);
    for (at, link) in out.links.iter().enumerate() {
        out.of[0][link.words[0]] = Some(at);
        out.of[1][link.words[1]] = Some(at);
    }
    out
}

/// How far apart two words stand in tenths of their sentences.
fn distance(a: &Scene, i: usize, b: &Scene, j: usize) -> u32 {
    let tenths = |at: usize, of: &Scene| (at * 10 / of.words.len().max(1)) as u32;
    tenths(i, a).abs_diff(tenths(j, b))
}

/// What speaks for a link in the words around: governors and neighbours alike.
fn surroundings(scenes: [&Scene; 2], at: [usize; 2]) -> u32 {
    let [x, y] = words(scenes, at);
    let governor = |side: usize, word: &Word| word.governor.map(|g| scenes[side].words[g].lemma);
    let near =
        |side: usize, step: isize| at[side].checked_add_signed(step).and_then(|n| scenes[side].words.get(n)).map(|w| w.lemma);
    let same_governor = governor(0, x) == governor(1, y);
    let before = near(0, -1) == near(1, -1);
    let after = near(0, 1) == near(1, 1);
    8 * u32::from(same_governor) + 3 * u32::from(x.rel == y.rel) + 4 * u32::from(before) + 4 * u32::from(after)
}

fn words(scenes: [&Scene; 2], at: [usize; 2]) -> [&Word; 2] {
    [&scenes[0].words[at[0]], &scenes[1].words[at[1]]]
}

/// Whether two words hold the same place: below words that answer each other, or between neighbours that do.
fn holds_place(scenes: [&Scene; 2], at: [usize; 2], links: &Alignment) -> bool {
    let [x, y] = words(scenes, at);
    let answer = |i: Option<usize>, j: Option<usize>| match (i, j) {
        (None, None) => true,
        (Some(i), Some(j)) => {
            links.link(0, i).is_some_and(|l| l.words[1] == j) || scenes[0].words[i].lemma == scenes[1].words[j].lemma
        }
        _ => false,
    };
    let step = |side: usize, by: isize| at[side].checked_add_signed(by).filter(|n| *n < scenes[side].words.len());
    let neighbours = answer(step(0, -1), step(1, -1)) && answer(step(0, 1), step(1, 1));
    neighbours || same_rel(x.rel, y.rel) && answer(x.governor, y.governor)
}

fn same_rel(a: Rel, b: Rel) -> bool {
    let family = |rel: Rel| match rel {
        Rel::Acl | Rel::AclRelcl => Rel::Root,
        Rel::Obl | Rel::Nmod | Rel::OblTmod | Rel::OblUnmarked => Rel::Obl,
        Rel::Compound | Rel::Amod | Rel::NmodPoss => Rel::Amod,
        Rel::Nsubj | Rel::OblAgent => Rel::Nsubj,
        Rel::Obj | Rel::NsubjPass => Rel::Obj,
        other => other,
    };
    family(a) == family(b)
}

/// Links what is left over in the same place: one word put for another.
fn substitute(a: &Scene, b: &Scene, out: &mut Alignment) {
    let class = |word: &Word| match word.pos {
        Pos::Propn | Pos::Noun | Pos::Pron => Pos::Noun,
        Pos::Aux => Pos::Verb,
        pos => pos,
    };
    for i in 0..a.words.len() {
        for j in 0..b.words.len() {
            let fits = out.free([i, j]) && class(&a.words[i]) == class(&b.words[j]) && holds_place([a, b], [i, j], out);
            if fits && a.words[i].weight > 0 && b.words[j].weight > 0 {
                out.add([i, j], None);
            }
        }
    }
}

/// Links the parts of deeds that answer each other: another actor of the same deed, another deed of the same actor.
fn recast(scenes: [&Scene; 2], out: &mut Alignment) {
    for one in &scenes[0].deeds {
        for other in &scenes[1].deeds {
            let met = |x: Option<usize>, y: Option<usize>, out: &Alignment| match (x, y) {
                (Some(x), Some(y)) => out.link(0, x).is_some_and(|link| link.words[1] == y),
                _ => false,
            };
            let verbs = met(Some(one.verb), Some(other.verb), out);
            let (agents, patients) = (met(one.agent, other.agent, out), met(one.patient, other.patient, out));
            let mut pairs: Vec<(Option<usize>, Option<usize>)> = Vec::new();
            if verbs {
                pairs.extend([(one.agent, other.agent), (one.patient, other.patient)]);
            } else if agents || patients {
                pairs.push((Some(one.verb), Some(other.verb)));
            }
            for pair in pairs {
                if let (Some(x), Some(y)) = pair {
                    if out.free([x, y]) {
                        out.add([x, y], None);
                    }
                }
            }
        }
    }
}
