//! Runs the detectors on candidate pairs, folds what is found twice, and puts everything into its final order.

use super::detectors::{self, Clash, Context};
use super::facts::{Fact, Facts, Voice};
use super::gates::{self, Gate, Stop};
use super::relation;
use super::who::Who;
use super::{ClaimRef, Conflict, Found, Stats, confidence, index, message};
use crate::base::Fingerprint;
use crate::claims::Reading;
use crate::rules::{self, Rule, RuleSet};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// Everything that comparing looks at.
#[derive(Clone, Copy)]
pub struct Input<'a> {
    /// The articles as read.
    pub readings: &'a [Reading],
    /// Who is who.
    pub who: &'a Who,
    /// What the rule set found in each claim, by article.
    pub found: &'a [Vec<rules::Found>],
    /// Fingerprint of each claim, by article.
    pub fingerprints: &'a [Vec<Fingerprint>],
    /// For each article the first one that runs the same text (itself where it is its own); empty where nobody looked.
    pub copies: &'a [u32],
    /// The rules.
    pub rules: &'a RuleSet,
}

/// How a run was asked for.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Conflicts below this many percent are counted and left out.
    pub min_confidence: u8,
    /// Two bare statements of one occasion: dates, unnamed speakers and phrases with one head are taken for the same.
    pub presume: bool,
    /// Rules that run, by index; empty for all that are enabled.
    pub only: Vec<usize>,
    /// The day on which entries that ignore something are held against their `until`.
    pub today: Option<jiff::civil::Date>,
}

/// Finds the conflicts of a collection.
pub fn find(input: Input, options: &Options) -> Found {
    let facts = Facts::gather(input.readings, input.who, &input.rules.lexicon);
    let cx = Context { facts: &facts, rules: input.rules, found: input.found, options };
    let skip: Vec<bool> =
        (0..input.readings.len()).map(|at| input.copies.get(at).is_some_and(|first| *first as usize != at)).collect();
    let mut stats = Stats { claims: facts.list.len(), ..Stats::default() };
    let mut edges: Vec<Edge> = Vec::new();
    for (at, rule) in input.rules.rules.iter().enumerate().filter(|(at, rule)| runs(options, *at, rule)) {
        let (rank, detector) = detectors::of(&rule.kind);
        let pairs = index::candidates(&cx, (at, rule), detector, &skip, &mut stats);
        let judged: Vec<Option<Edge>> = pairs
            .par_iter()
            .map(|(one, other)| {
                let (a, b) = in_order(&input, &facts, *one, *other);
                let clash = judge(&cx, at, &facts.list[a as usize], &facts.list[b as usize]).ok()?;
                Some(Edge { rule: at, rank: (rule.general, rank), facts: [a, b], clash })
            })
            .collect();
        edges.extend(judged.into_iter().flatten());
    }
    let conflicts = fold(&input, &cx, edges);
    stats.found = conflicts.len();
    let (mut conflicts, below): (Vec<_>, Vec<_>) = conflicts.into_iter().partition(|c| c.confidence >= options.min_confidence);
    conflicts
        .sort_by_key(|c| (std::cmp::Reverse(c.confidence), input.readings[c.claims[0].reading as usize].article.published, c.id));
    Found { conflicts, agreements: Vec::new(), stats, suppressed: below.len() }
}

fn runs(options: &Options, at: usize, rule: &Rule) -> bool {
    rule.enabled && (options.only.is_empty() || options.only.contains(&at))
}

/// Sets two claims against each other under one rule, through every gate.
///
/// # Errors
/// The first gate that fails.
pub fn judge(cx: &Context, rule: usize, a: &Fact, b: &Fact) -> Result<Clash, Stop> {
    let settings = cx.rules.rules.get(rule).ok_or(Stop::at(Gate::NoMatch, "no such rule"))?;
    let (_, detector) = detectors::of(&settings.kind);
    let clash = detector.judge(cx, (rule, settings), a, b)?;
    let (x, y) = (a.voices.get(clash.voices[0]), b.voices.get(clash.voices[1]));
    if let (Some(x), Some(y)) = (x, y) {
        gates::scope(cx, settings, [(a, x), (b, y)])?;
    }
    Ok(clash)
}

struct Edge {
    rule: usize,
    /// Topic rules before general ones, then by kind: the first names the conflict.
    rank: (bool, usize),
    facts: [u32; 2],
    clash: Clash,
}

/// By date, then fingerprint, then place.
fn in_order(input: &Input, facts: &Facts, a: u32, b: u32) -> (u32, u32) {
    let key = |at: u32| {
        let fact = &facts.list[at as usize];
        let print = print(input, fact);
        (fact.published.is_none(), fact.published, print, at)
    };
    if key(b) < key(a) { (b, a) } else { (a, b) }
}

fn print(input: &Input, fact: &Fact) -> Fingerprint {
    input.fingerprints.get(fact.reading as usize).and_then(|list| list.get(fact.claim as usize)).copied().unwrap_or_default()
}

/// One conflict a pair of fingerprints: the most specific rule names it, the rest stand beside.
fn fold(input: &Input, cx: &Context, mut edges: Vec<Edge>) -> Vec<Conflict> {
    edges.sort_by_key(|e| (e.rank, e.rule, e.facts));
    let mut at: FxHashMap<Fingerprint, usize> = FxHashMap::default();
    let mut out: Vec<Conflict> = Vec::new();
    for edge in edges {
        let conflict = conflict(input, cx, &edge);
        match at.get(&conflict.id) {
            None => {
                at.insert(conflict.id, out.len());
                out.push(conflict);
            }
            Some(old) => {
                let old = &mut out[*old];
                if old.claims == conflict.claims {
                    if old.rule != conflict.rule && !old.also.contains(&conflict.rule) {
                        old.also.push(conflict.rule);
                    }
                } else if !old.also_in.contains(&conflict.claims) {
                    old.also_in.push(conflict.claims);
                }
            }
        }
    }
    for conflict in &mut out {
        conflict.also_in.sort_unstable();
    }
    out
}

fn conflict(input: &Input, cx: &Context, edge: &Edge) -> Conflict {
    let [a, b] = edge.facts.map(|at| &cx.facts.list[at as usize]);
    let rule = &cx.rules.rules[edge.rule];
    let clash = &edge.clash;
    let (x, y) = (&a.voices[clash.voices[0]], &b.voices[clash.voices[1]]);
    let mut prints = [print(input, a), print(input, b)].map(|p| p.to_string());
    prints.sort();
    let id = Fingerprint::of(prints.iter().map(String::as_str));
    let mut speakers =
        [message::speaker(cx, a, x), message::speaker(cx, b, y)].into_iter().zip(clash.group.iter().cloned()).collect::<Vec<_>>();
    speakers.sort();
    let group =
        Fingerprint::of([rule.id.as_str()].into_iter().chain(speakers.iter().flat_map(|(s, g)| [s.as_str(), g.as_str()])));
    let relation = relation::relation(cx, a, b, clash);
    Conflict {
        id,
        group,
        rule: edge.rule,
        kind: rule.kind.name(),
        relation,
        sides: relation::sides(cx, a, x, b, y),
        severity: rule.severity,
        confidence: confidence::confidence(rule.kind.name(), rule.general, &clash.alignment.evidence),
        claims: [a, b].map(|f| ClaimRef { reading: f.reading, claim: f.claim }),
        voices: [x, y].map(|v: &Voice| v.link),
        because: clash.because.clone(),
        message: message::fill(cx, &rule.message, [(a, x), (b, y)], clash),
        also: Vec::new(),
        also_in: Vec::new(),
        ignored: ignored(input, cx, &rule.id, id, [(a, x), (b, y)]),
        evidence: clash.alignment.evidence.clone(),
    }
}

/// Why an entry of the rules leaves the pair alone, where one does.
fn ignored(input: &Input, cx: &Context, rule: &str, id: Fingerprint, sides: [(&Fact, &Voice); 2]) -> Option<String> {
    if input.rules.ignore.is_empty() {
        return None;
    }
    let edge = id.to_string();
    let names: Vec<String> = sides.iter().map(|(fact, voice)| message::speaker(cx, fact, voice)).collect();
    let beings = sides.iter().filter_map(|(_, voice)| voice.being).map(|b| cx.facts.who.list[b as usize].id.as_str());
    let articles = sides.map(|(fact, _)| &input.readings[fact.reading as usize].article);
    let candidate = rules::ignore::Candidate {
        rule,
        edge: &edge,
        sources: names.iter().map(String::as_str).chain(beings).collect(),
        publishers: articles.iter().filter_map(|a| a.publisher.as_deref()).collect(),
        articles: articles.iter().map(|a| a.id.as_str()).collect(),
    };
    let newest = || input.readings.iter().filter_map(|r| r.article.published).max();
    let today = cx.options.today.or_else(newest);
    input.rules.ignore.iter().find(|entry| entry.covers(&candidate, today)).map(|entry| entry.reason.clone())
}
