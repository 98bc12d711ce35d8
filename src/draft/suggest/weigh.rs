//! Drafts on trial over the folder that they were made from: what each finds there, and how much that matters.

use super::matter::Matter;
use crate::conflicts::{self, ClaimRef, Conflict, Facts, Relation};
use crate::draft::proof::{self, PLACE};
use crate::draft::sheet::{self, Sheet};
use crate::pipeline::{self, Analysis};
use crate::rules::{self, Options};
use std::collections::BTreeSet;

/// Lowest confidence of a conflict that speaks for a draft, in percent: what reports show unless asked for more.
const SURE: u8 = 50;

/// What a draft finds in the folder.
#[derive(Clone, Debug, Default)]
pub struct Finds {
    /// Pairs of claims, by place, each in order.
    pub pairs: BTreeSet<[ClaimRef; 2]>,
    /// What the pairs are to a reader, the weightiest.
    pub relations: Vec<Relation>,
}

/// What each draft finds. A draft that cannot be loaded finds nothing.
pub fn finds(options: &Options, sheets: &[Sheet], analysis: &Analysis) -> Vec<Finds> {
    let alone = Options { no_default_rules: true, ..options.clone() };
    let load = |sheets: &[Sheet]| rules::load_with(&alone, proof::draft(sheet::file(&[], sheets)));
    let mut out = vec![Finds::default(); sheets.len()];
    let set = match load(sheets) {
        Ok(set) => set,
        Err(_) if sheets.len() > 1 => {
            // One that cannot be read must not take the others with it.
            let (one, other) = sheets.split_at(sheets.len() / 2);
            return [one, other].into_iter().flat_map(|half| finds(options, half, analysis)).collect();
        }
        Err(_) => return out,
    };
    let only: Vec<usize> = (0..set.rules.len()).filter(|at| set.rules[*at].path == PLACE).collect();
    let taken: Vec<Vec<rules::Found>> = (0..analysis.readings.len())
        .map(|at| pipeline::positions(&set, &analysis.readings[at], &analysis.entities, at))
        .collect();
    let input = conflicts::Input { found: &taken, ..analysis.input(&set) };
    let found = conflicts::find(input, &conflicts::Options { min_confidence: SURE, only, ..conflicts::Options::default() });
    for conflict in &found.conflicts {
        for rule in std::iter::once(&conflict.rule).chain(&conflict.also) {
            let Some(at) = sheets.iter().position(|sheet| sheet.id() == set.rules[*rule].id) else { continue };
            add(&mut out[at], conflict);
        }
    }
    out
}

/// What rules in force that name a matter find already.
pub fn known(set: &rules::RuleSet, analysis: &Analysis) -> BTreeSet<[ClaimRef; 2]> {
    let only: Vec<usize> = (0..set.rules.len()).filter(|at| !set.rules[*at].general && set.rules[*at].enabled).collect();
    let mut all = Finds::default();
    if !only.is_empty() {
        let options = conflicts::Options { min_confidence: SURE, only, ..conflicts::Options::default() };
        conflicts::find(analysis.input(set), &options).conflicts.iter().for_each(|conflict| add(&mut all, conflict));
    }
    all.pairs
}

fn add(finds: &mut Finds, conflict: &Conflict) {
    for mut pair in std::iter::once(conflict.claims).chain(conflict.also_in.iter().copied()) {
        pair.sort_unstable();
        finds.pairs.insert(pair);
    }
    finds.relations.push(conflict.relation);
}

/// How much a matter matters: who is opposed, in how many articles, with how many claims, how prominently.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Weight {
    /// Conflicts that the draft finds.
    pub conflicts: usize,
    /// Claims in them.
    pub claims: usize,
    /// Independent articles in which they stand.
    pub articles: usize,
    /// Who makes them.
    pub sources: usize,
    /// Articles that lead with one of them.
    pub leads: usize,
    /// Whether claims of different articles are opposed.
    pub across: bool,
    /// Independent articles that say anything on the matter.
    pub told: usize,
    /// Articles of the folder that speak of its thing at all; 0 where that is a name, which other matters share.
    pub spoken_of: usize,
    /// Whether some conflict is more than an update or a tension.
    pub clear: bool,
}

impl Weight {
    /// Weighs what a draft finds.
    pub fn of(facts: &Facts, analysis: &Analysis, finds: &Finds, matter: &Matter, spoken_of: usize) -> Self {
        let claims: BTreeSet<ClaimRef> = finds.pairs.iter().flatten().copied().collect();
        let voice = |reading: u32| analysis.voices.first.get(reading as usize).copied().unwrap_or(reading);
        let fact = |at: &ClaimRef| facts.find(at.reading, at.claim).map(|at| &facts.list[at]);
        let speaker = |at: &ClaimRef| {
            let being = fact(at)?.voices.iter().find_map(|voice| voice.being);
            Some(being.map_or((1, voice(at.reading)), |being| (0, being)))
        };
        let leading = |at: &&ClaimRef| fact(at).is_some_and(|fact| fact.lead);
        let told = matter.claims().map(|at| facts.list[at].reading).chain(claims.iter().map(|at| at.reading));
        let places = |all: &mut dyn Iterator<Item = u32>| all.map(voice).collect::<BTreeSet<_>>().len();
        Self {
            conflicts: finds.pairs.len(),
            claims: claims.len(),
            articles: places(&mut claims.iter().map(|at| at.reading)),
            sources: claims.iter().filter_map(speaker).collect::<BTreeSet<_>>().len(),
            leads: places(&mut claims.iter().filter(leading).map(|at| at.reading)),
            across: finds.pairs.iter().any(|[a, b]| voice(a.reading) != voice(b.reading)),
            told: places(&mut told.collect::<Vec<_>>().into_iter()),
            spoken_of,
            clear: finds.relations.iter().any(|relation| !matches!(relation, Relation::Update | Relation::Tension)),
        }
    }

    /// One number to rank by. That different articles are opposed counts most: a reader of one of them does not see it.
    pub fn score(&self) -> usize {
        let across = if self.across { 12 } else { 0 };
        let clear = if self.clear { 2 } else { 0 };
        let found = 4 * self.articles + 3 * self.sources + 2 * self.claims.min(8);
        across + clear + found + 3 * self.told.min(6) + 2 * self.leads + self.spoken_of.min(6)
    }
}
