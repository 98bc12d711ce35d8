//! The patterns of a matter: as few as meet its claims, and little else in the folder.

use super::matter::{Matter, mutual};
use crate::base::Sym;
use crate::conflicts::{Fact, Role, Slot, survey};
use crate::draft::figure;
use crate::draft::pair::{self, Shape, carried};
use crate::draft::proof::Met;
use crate::draft::words::Words;
use crate::rules::schema::Says;
use crate::text::Pos;
use std::collections::{BTreeMap, BTreeSet};

/// Claims of an answer from which patterns are made.
const CLAIMS: usize = 12;
/// Patterns of an answer.
const PATTERNS: usize = 4;
/// How many claims of the folder beside the matter's one claim of it outweighs.
const WORTH: usize = 3;

/// What an answer could be put as, the best of each claim first, without doubles.
pub fn candidates(words: Words, matter: &Matter, answer: usize) -> Vec<Says> {
    let facts = words.facts;
    let lead = &matter.lead;
    let mut out: Vec<Says> = Vec::new();
    // The lead's own words first: they name the matter.
    let first = lead.sides.iter().filter(|at| matter.answers[answer].contains_key(at));
    let rest = matter.answers[answer].keys().filter(|at| !lead.sides.contains(at));
    for &at in first.chain(rest).take(CLAIMS) {
        let fact = &facts.list[at];
        let all = match lead.shape {
            Shape::Figures(..) => figures(words, matter, at),
            _ => words.patterns(fact, &anchors(words, matter, answer, at)),
        };
        let told = survey::tells(facts, fact).map(|event| event.lemma.as_str());
        let mutual = mutual(facts, fact);
        let tells = |says: &Says| match says {
            // A verb that only lends its predication tells nothing without the noun; a verb alone tells too little, unless what it
            // tells is done by its parties with each other.
            Says::Event(spec) if spec.parts().count() > 1 => {
                !mutual || told.is_none_or(|noun| spec.parts().any(|(_, part)| names(part, noun)))
            }
            Says::Event(_) => mutual,
            Says::Words(text) => told.is_none_or(|noun| names(text, noun)) || !mutual,
        };
        for says in all.into_iter().filter(tells) {
            if !out.contains(&says) {
                out.push(says);
            }
        }
    }
    out
}

/// Whether a word of a pattern is a certain one.
fn names(pattern: &str, word: &str) -> bool {
    pattern.split(|c: char| !c.is_alphanumeric()).any(|part| part == word)
}

/// Patterns for the figure by which a claim is in a matter.
fn figures(words: Words, matter: &Matter, at: usize) -> Vec<Says> {
    figure_of(matter, at).map(|figure| figure::patterns(words, &words.facts.list[at], figure)).unwrap_or_default()
}

/// The figure by which a claim is in a matter: an index into its quantities.
fn figure_of(matter: &Matter, at: usize) -> Option<usize> {
    matter.pairs.iter().find_map(|pair| match pair.shape {
        Shape::Figures(one, _) if pair.sides[0] == at => Some(one),
        Shape::Figures(_, other) if pair.sides[1] == at => Some(other),
        _ => None,
    })
}

/// The roles of a claim that a pattern keeps: what it shares with the lead's sides.
fn anchors<'a>(words: Words<'a>, matter: &Matter, answer: usize, at: usize) -> Vec<&'a Role> {
    let facts = words.facts;
    let (lead, fact) = (&matter.lead, &facts.list[at]);
    let mut kept: Vec<usize> = Vec::new();
    if let Some(side) = lead.sides.iter().position(|own| *own == at) {
        kept.extend(lead.common.iter().map(|(i, j)| if side == 0 { *i } else { *j }));
    }
    for other in lead.sides.iter().filter(|other| **other != at) {
        let shared = pair::common(facts, fact, &facts.list[*other]);
        kept.extend(shared.into_iter().map(|(i, _)| i));
    }
    let mut roles: Vec<&Role> = Vec::new();
    kept.into_iter().map(|i| &fact.roles[i]).for_each(|role| {
        if !roles.iter().any(|old| old.head == role.head) {
            roles.push(role);
        }
    });
    let other = &facts.list[lead.sides[usize::from(answer == 0 && lead.shape == Shape::Rivals)]];
    roles.extend(carried(facts, other, fact));
    if mutual(facts, fact) {
        // Who does it with whom is left to the participants.
        roles.retain(|role| !matches!(role.pos, Pos::Propn | Pos::Pron));
    }
    if roles.is_empty() {
        roles.extend(fact.role(Slot::Object).or(fact.role(Slot::Subject)));
    }
    roles
}

/// The claims of the folder that a pattern is held against.
pub struct Field<'a> {
    words: Words<'a>,
    matter: &'a Matter,
    answer: usize,
}

impl<'a> Field<'a> {
    /// Those of one answer of a matter.
    pub fn new(words: Words<'a>, matter: &'a Matter, answer: usize) -> Self {
        Self { words, matter, answer }
    }

    /// Of the candidates those that together meet the answer's claims; `met` is what each meets in the folder. The first is the one
    /// that the lead is told by.
    pub fn chosen(&self, candidates: &[Says], met: &[&[Met]]) -> Vec<Says> {
        let own = &self.matter.answers[self.answer];
        let reach: Vec<Reach> = met.iter().map(|met| self.reach(met)).collect();
        let lead = self.matter.lead.sides.iter().filter(|at| own.contains_key(at)).copied().collect::<BTreeSet<usize>>();
        let mut left: BTreeSet<usize> = own.keys().copied().collect();
        let mut out: Vec<usize> = Vec::new();
        while out.len() < PATTERNS {
            let worth = |at: usize| -> Option<(bool, usize, std::cmp::Reverse<usize>)> {
                let reach = &reach[at];
                let gain = reach.own.intersection(&left).count() * WORTH;
                let leads = out.is_empty() && reach.own.intersection(&lead).next().is_some();
                let good = !reach.wrong && gain > reach.beside.min(gain) / 2 && gain > 0 && !out.contains(&at);
                (good && (leads || !out.is_empty()))
                    .then(|| (leads, (gain + 100).saturating_sub(reach.beside), std::cmp::Reverse(at)))
            };
            let best = (0..candidates.len()).filter_map(|at| Some((worth(at)?, at))).max();
            let Some((_, at)) = best else { break };
            left.retain(|claim| !reach[at].own.contains(claim));
            out.push(at);
        }
        out.into_iter().map(|at| candidates[at].clone()).collect()
    }

    fn reach(&self, met: &[Met]) -> Reach {
        let facts = self.words.facts;
        let mut reach = Reach::default();
        let mut beside: BTreeMap<usize, ()> = BTreeMap::new();
        for met in met {
            let Some(at) = facts.find(met.reading as u32, met.claim as u32) else { continue };
            let other = self.matter.lead.shape == Shape::Rivals && self.matter.answers[1 - self.answer].get(&at) == Some(&true);
            match self.matter.answers[self.answer].get(&at) {
                // "Cut from 24 points to 17": a pattern that catches the old figure says nothing of the matter.
                Some(_) if met.figure.is_some() && met.figure != figure_of(self.matter, at) => {}
                Some(sign) if met.sign == Some(*sign) => {
                    reach.own.insert(at);
                }
                Some(_) => reach.wrong |= met.sign.is_some() && self.matter.lead.sides.contains(&at),
                None if other => reach.wrong |= met.sign == Some(true),
                None => {
                    beside.insert(at, ());
                }
            }
        }
        reach.beside = beside.len();
        reach
    }
}

/// What a pattern meets.
#[derive(Default)]
struct Reach {
    own: BTreeSet<usize>,
    beside: usize,
    wrong: bool,
}

/// The noun that a matter turns on, for counting how often a folder speaks of it; `None` for a name.
pub fn thing(words: Words, matter: &Matter) -> Option<Sym> {
    let fact: &Fact = &words.facts.list[matter.lead.sides[0]];
    let shared = matter.lead.common.iter().map(|(i, _)| &fact.roles[*i]).find(|role| role.pos == Pos::Noun);
    shared.map(|role| role.lemma).or(fact.event.map(|event| event.lemma))
}
