//! Runs the detectors on candidate pairs, folds what is found twice, and puts everything into its final order.

use super::align::Evidence;
use super::detectors::{self, Clash, Context};
use super::facts::{Fact, Facts, Voice};
use super::gates::{self, Gate, Stop};
use super::index::Space;
use super::near::Near;
use super::relation;
use super::who::Who;
use super::{ClaimRef, Conflict, Found, Stats, agree, confidence, index, message, partners};
use crate::base::Fingerprint;
use crate::claims::Reading;
use crate::natlog;
use crate::rules::{self, Rule, RuleSet};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use std::cmp::Reverse;

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
    let copied = copied(&input, &facts, &skip);
    let whole = |at: &usize| copied[facts.starts[*at]..facts.starts[*at + 1]].iter().all(|copied| *copied);
    let near = Near::of(&facts, &(0..skip.len()).map(|at| skip[at] && whole(&at)).collect::<Vec<_>>());
    let met = Met::of(&cx, &copied);
    let days = gates::Days::default();
    for at in tried(options, input.rules.rules.len()) {
        let Some(rule) = input.rules.rules.get(at).filter(|rule| rule.enabled) else { continue };
        let facts_of = met.by(at, rule);
        if facts_of.is_empty() {
            continue;
        }
        let (rank, detector) = detectors::of(&rule.kind);
        let within = if rule.general { &near } else { &Near::ALL };
        let space = Space { cx: &cx, near: within, window: days.window(&cx, rule), copies: input.copies };
        let keys = |fact: &Fact, out: &mut Vec<detectors::Key>| detector.keys(&cx, (at, rule), fact, out);
        let mut pairs = index::candidates(&space, &keys, facts_of, &mut stats);
        if rule.general {
            pairs = partners::nearest(&facts, pairs);
        }
        stats.candidates += pairs.len();
        let edge = |[one, other]: [u32; 2]| {
            let (a, b) = in_order(&input, &facts, one, other);
            let sides = [a, b].map(|at| &facts.list[at as usize]);
            let mut clash = clash(&cx, at, sides[0], sides[1]).ok()?;
            apart(&near, sides, &mut clash);
            coherent(rule, sides, &mut clash);
            let edge = Edge { rule: at, rank: (rule.general, Reverse(rule.layer), order(rank, &clash)), facts: [a, b], clash };
            // Laying sentences side by side costs more than all gates before: not for what is only counted.
            let told = sureness(&cx, &edge) >= options.min_confidence;
            (!told || same_saying(&cx, rule, sides[0], sides[1]).is_ok()).then_some(edge)
        };
        let judged: Vec<Edge> = pairs
            .par_iter()
            .flat_map_iter(|(one, other)| detector.carriers(&cx, (at, rule), [*one, *other]).into_iter().filter_map(edge))
            .collect();
        edges.extend(judged);
    }
    let conflicting: FxHashSet<(u32, u32)> =
        edges.iter().map(|edge| (edge.facts[0].min(edge.facts[1]), edge.facts[0].max(edge.facts[1]))).collect();
    let rank = |at: u32| {
        let fact = &facts.list[at as usize];
        (fact.published.is_none(), fact.published, print(&input, fact))
    };
    let agreements = agree::find(&cx, &skip, &conflicting, &rank);
    let (mut conflicts, suppressed) = fold(&input, &cx, edges);
    stats.found = conflicts.len() + suppressed;
    conflicts
        .sort_by_key(|c| (std::cmp::Reverse(c.confidence), input.readings[c.claims[0].reading as usize].article.published, c.id));
    Found { conflicts, agreements, stats, suppressed }
}

/// Percent of kinship from which two articles of a large collection tell one story for all that their words say, …
const SURE: u32 = 45;

/// … and below which every percent counts against it: of opposed articles on one rumour nine in ten have more.
const ONE_STORY: u32 = 24;

/// Evidence against one story that counts only where many stories lie together.
const OF_MANY: [&str; 2] = ["stranger", "slight-theme"];

/// In a large collection most articles that share a name tell of two things.
fn apart(near: &Near, [a, b]: [&Fact; 2], clash: &mut Clash) {
    let kinship = near.kinship(a.reading, b.reading).filter(|_| a.reading != b.reading);
    if kinship.is_none() {
        clash.alignment.evidence.retain(|e| !OF_MANY.contains(&e.name));
    }
    let amount = match kinship {
        None | Some(SURE..) => return,
        Some(kinship) => 1 + ONE_STORY.saturating_sub(kinship),
    };
    clash.alignment.evidence.push(Evidence::of("other-story", amount.min(10)));
}

/// Evidence that says of two claims of one article that they are about one thing and meant against each other.
const MEANT: [&str; 2] = ["reply", "told-change"];

/// An article seldom contradicts in its own words, or in those of nobody in particular, what it cites somebody for.
fn coherent(rule: &Rule, [a, b]: [&Fact; 2], clash: &mut Clash) {
    let loose = matches!(rule.kind.name(), "negation" | "antonym" | "quantity") && rule.general && a.reading == b.reading;
    let nobody = |fact: &Fact, voice: usize| fact.voices.get(voice).is_none_or(|v| v.is_publisher() || v.being.is_none());
    let own = nobody(a, clash.voices[0]) || nobody(b, clash.voices[1]);
    if loose && own && !clash.alignment.evidence.iter().any(|e| MEANT.contains(&e.name)) {
        clash.alignment.evidence.push(Evidence::of("own-words", 10));
    }
}

/// By fact: whether a near copy of an earlier article has the claim from there. What a copy adds or words anew is looked at.
fn copied(input: &Input, facts: &Facts, skip: &[bool]) -> Vec<bool> {
    let prints = |at: usize| input.fingerprints.get(at).into_iter().flatten().copied();
    let firsts: FxHashSet<u32> = (0..skip.len()).filter(|at| skip[*at]).map(|at| input.copies[at]).collect();
    let told: FxHashMap<u32, FxHashSet<Fingerprint>> = firsts.into_iter().map(|at| (at, prints(at as usize).collect())).collect();
    let copy = |fact: &Fact| {
        let first = skip[fact.reading as usize].then(|| told.get(&input.copies[fact.reading as usize])).flatten();
        first.is_some_and(|told| told.contains(&print(input, fact)))
    };
    facts.list.iter().map(copy).collect()
}

/// Which claims a rule's patterns met, so that the cost of a rule that meets nothing is nothing.
struct Met {
    all: Vec<u32>,
    topics: FxHashMap<usize, Vec<u32>>,
    rules: FxHashMap<usize, Vec<u32>>,
}

impl Met {
    fn of(cx: &Context, copied: &[bool]) -> Self {
        let mut met = Self { all: Vec::new(), topics: FxHashMap::default(), rules: FxHashMap::default() };
        for (at, fact) in (0u32..).zip(&cx.facts.list).filter(|(at, _)| !copied[*at as usize]) {
            met.all.push(at);
            let Some(found) = cx.found_in(fact) else { continue };
            let add = |list: &mut Vec<u32>| {
                if list.last() != Some(&at) {
                    list.push(at);
                }
            };
            found.taken.iter().for_each(|taken| add(met.topics.entry(taken.topic).or_default()));
            found.captured.iter().for_each(|(rule, _)| add(met.rules.entry(*rule).or_default()));
        }
        met
    }

    /// The claims that a rule can say something about, in order.
    fn by(&self, at: usize, rule: &Rule) -> &[u32] {
        let list = match &rule.kind {
            _ if rule.general => Some(&self.all),
            rules::Kind::Position(kind) => self.topics.get(&kind.topic),
            _ => self.rules.get(&at),
        };
        list.map_or(&[], Vec::as_slice)
    }
}

/// The rules to try, in order. Where only one is asked for, the thousands beside it cost nothing.
fn tried(options: &Options, all: usize) -> Vec<usize> {
    let mut only = options.only.clone();
    only.sort_unstable();
    only.dedup();
    if only.is_empty() { (0..all).collect() } else { only }
}

/// Sets two claims against each other under one rule, through every gate.
///
/// # Errors
/// The first gate that fails.
pub fn judge(cx: &Context, rule: usize, a: &Fact, b: &Fact) -> Result<Clash, Stop> {
    let found = clash(cx, rule, a, b)?;
    same_saying(cx, &cx.rules.rules[rule], a, b)?;
    Ok(found)
}

/// All gates but the last.
fn clash(cx: &Context, rule: usize, a: &Fact, b: &Fact) -> Result<Clash, Stop> {
    let settings = cx.rules.rules.get(rule).ok_or(Stop::at(Gate::NoMatch, "no such rule"))?;
    let (_, detector) = detectors::of(&settings.kind);
    let clash = detector.judge(cx, (rule, settings), a, b)?;
    let (x, y) = (a.voices.get(clash.voices[0]), b.voices.get(clash.voices[1]));
    if let (Some(x), Some(y)) = (x, y) {
        gates::scope(cx, settings, [(a, x), (b, y)], clash.granted)?;
    }
    // A denial may be of one claim among others; every other kind is about one thing that both sides mean.
    if !matches!(settings.kind.name(), "denial" | "commitment") {
        gates::another(cx, a, b)?;
    }
    Ok(clash)
}

/// Two sentences that are nearly one and say the same are no conflict, whatever their claims look like by themselves ("it is not true
/// that she did not sign", "she signed").
fn same_saying(cx: &Context, rule: &Rule, a: &Fact, b: &Fact) -> Result<(), Stop> {
    // What a cue denies ("disputed that") is no negation to the words; a denied denial is.
    let denial = rule.kind.name() == "denial";
    if !rule.general || !denial && !matches!(rule.kind.name(), "negation" | "antonym") {
        return Ok(());
    }
    let at = |fact: &Fact| (&cx.facts.readings[fact.reading as usize], cx.facts.claim(fact).sentence as usize);
    let same = natlog::say_the_same(at(a), at(b), denial, cx.facts.lexicon);
    if same { Err(Stop::at(Gate::NotOpposed, "side by side, the sentences say the same")) } else { Ok(()) }
}

struct Edge {
    rule: usize,
    /// Topic rules before general ones, an editor's own before shipped ones, then by kind: the first names the conflict.
    rank: (bool, Reverse<usize>, usize),
    facts: [u32; 2],
    clash: Clash,
}

/// What sets single claims against each other names a conflict before what sets stories.
fn order(rank: usize, clash: &Clash) -> usize {
    if clash.story.is_some() { usize::MAX } else { rank }
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

/// One conflict a pair of fingerprints: of the rules that see most in it the most specific names it, the rest stand beside. Those below the lowest confidence asked
/// for are only counted.
fn fold(input: &Input, cx: &Context, mut edges: Vec<Edge>) -> (Vec<Conflict>, usize) {
    // A rule that is too unsure of a pair, or sees mere tension in it, does not keep another from what it sees; neither does one
    // that overlooks what has changed since.
    let unsure = |edge: &Edge| sureness(cx, edge) < cx.options.min_confidence;
    edges.sort_by_cached_key(|e| (unsure(e), e.clash.tension && !e.clash.update, !e.clash.update, e.rank, e.rule, e.facts));
    // By id where the conflict stands in `out`; `None` for one that is too unsure.
    let mut at: FxHashMap<Fingerprint, Option<usize>> = FxHashMap::default();
    let mut out: Vec<Conflict> = Vec::new();
    for edge in edges {
        let id = id(input, cx, &edge);
        let old = match at.get(&id) {
            None => {
                let sure = sureness(cx, &edge) >= cx.options.min_confidence;
                at.insert(id, sure.then_some(out.len()));
                out.extend(sure.then(|| conflict(input, cx, &edge, id)));
                continue;
            }
            Some(None) => continue,
            Some(Some(old)) => &mut out[*old],
        };
        let claims = edge.facts.map(|fact| place(&cx.facts.list[fact as usize]));
        if old.claims == claims {
            if old.rule != edge.rule && !old.also.contains(&edge.rule) {
                old.also.push(edge.rule);
            }
        } else if !old.also_in.contains(&claims) {
            old.also_in.push(claims);
        }
    }
    for conflict in &mut out {
        conflict.also_in.sort_unstable();
    }
    let below = at.values().filter(|place| place.is_none()).count();
    (out, below)
}

fn place(fact: &Fact) -> ClaimRef {
    ClaimRef { reading: fact.reading, claim: fact.claim }
}

/// Over the fingerprints of both claims in sorted order.
fn id(input: &Input, cx: &Context, edge: &Edge) -> Fingerprint {
    let mut prints = edge.facts.map(|at| print(input, &cx.facts.list[at as usize]).to_string());
    prints.sort();
    Fingerprint::of(prints.iter().map(String::as_str))
}

/// Probability in percent that a clash is real.
fn sureness(cx: &Context, edge: &Edge) -> u8 {
    let rule = &cx.rules.rules[edge.rule];
    confidence::confidence(rule.kind.name(), rule.general, &edge.clash.alignment.evidence)
}

fn conflict(input: &Input, cx: &Context, edge: &Edge, id: Fingerprint) -> Conflict {
    let [a, b] = edge.facts.map(|at| &cx.facts.list[at as usize]);
    let rule = &cx.rules.rules[edge.rule];
    let clash = &edge.clash;
    let (x, y) = (&a.voices[clash.voices[0]], &b.voices[clash.voices[1]]);
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
        confidence: sureness(cx, edge),
        claims: [a, b].map(place),
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
