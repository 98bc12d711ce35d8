//! One case as two articles, read once and judged as often as rule sets ask.
//!
//! In: a case and the words and entities of a rule set. Out: [`Prepared`], then what a rule makes of it. Reading does not depend on
//! patterns and guards, so that a rule set with one of them left out is tried on the same reading.

use crate::article::Article;
use crate::base::{Fingerprint, Limits};
use crate::claims::Reading;
use crate::conflicts::detectors::Context;
use crate::conflicts::{self, Facts, Gate, Who};
use crate::entities::{Declarations, Entities};
use crate::pipeline::{self, ArticleNames};
use crate::rules::schema::AboutMode;
use crate::rules::{Case, Found, Kind, Matcher, PatternId, Rule, RuleSet, Side};
use crate::{claims, entities};

/// A case, read.
pub(super) struct Prepared {
    readings: Vec<Reading>,
    entities: Entities,
    who: Who,
    fingerprints: Vec<Vec<Fingerprint>>,
    assume: bool,
}

/// An edge between the two sides.
pub(super) struct Edge {
    pub relation: &'static str,
    pub sides: &'static str,
    pub positions: [String; 2],
}

/// What a rule made of a case.
pub(super) struct Run {
    /// The conflict between the two sides, where there is one.
    pub edge: Option<Edge>,
    /// The gate that stopped the pair which came furthest, and why.
    pub stop: (Gate, String),
    /// What was asked to be told.
    pub told: Told,
}

/// What a case reached.
#[derive(Default)]
pub(super) struct Told {
    pub reached: Vec<String>,
    pub patterns: Vec<PatternId>,
    pub idle: bool,
}

/// One side as an article. `by` speaks the sentence as a quotation, so that "we" and the rest are read as ever.
pub fn article(id: &str, side: &Side) -> Article {
    let said = side.text.trim();
    let text = match &side.by {
        // The most common form of a quotation, and the one that the parser reads best.
        Some(speaker) => match said.strip_suffix('.') {
            Some(words) => format!("“{words},” {speaker} said."),
            None => format!("“{said}” {speaker} said."),
        },
        None => said.to_owned(),
    };
    Article {
        id: id.into(),
        path: id.into(),
        publisher: side.publisher.clone(),
        published: side.date.as_ref().and_then(|day| day.parse().ok()),
        text,
        ..Article::default()
    }
}

impl Prepared {
    /// Reads both sides. `declared` are the entities and groups of the rule set.
    pub(super) fn new(rules: &RuleSet, declared: &Declarations<'_>, case: &Case) -> Self {
        let articles = vec![article("a", &case.a), article("b", &case.b)];
        let readings = pipeline::read_all(articles, &rules.lexicon, &Limits::default());
        let entities = entities::resolve(&readings, &declared.of(&readings), &rules.lexicon);
        let who = pipeline::who(&entities, &readings);
        let prints = |reading: &Reading| reading.claims.iter().map(|claim| claims::fingerprint::of(reading, claim)).collect();
        let fingerprints = readings.iter().map(prints).collect();
        Self { readings, entities, who, fingerprints, assume: case.about == AboutMode::Assume }
    }

    /// How each side was read, and what the rule makes of it.
    pub(super) fn traces(&self, rules: &RuleSet, rule: usize) -> [Vec<String>; 2] {
        let Some(of) = rules.rules.get(rule) else { return Default::default() };
        [0, 1].map(|at| {
            let names = ArticleNames::new(&self.entities, at);
            let matcher = Matcher::new(rules, &self.readings[at], &names);
            let matcher = if self.assume { matcher.assuming() } else { matcher };
            trace(&matcher, &self.readings[at], of)
        })
    }

    /// Runs one rule on it. `tell` asks for what was reached; without it only edge and stop are worked out.
    pub(super) fn run(&self, rules: &RuleSet, rule: usize, tell: bool) -> Run {
        let readings = &self.readings;
        let names: Vec<ArticleNames<'_>> = (0..2).map(|at| ArticleNames::new(&self.entities, at)).collect();
        let matcher = |at: usize| {
            let matcher = Matcher::new(rules, &readings[at], &names[at]);
            if self.assume { matcher.assuming() } else { matcher }
        };
        let matchers = [matcher(0), matcher(1)];
        let found: Vec<Vec<Found>> =
            matchers.iter().zip(readings).map(|(m, r)| (0..r.claims.len()).map(|claim| m.claim(claim)).collect()).collect();
        let options = conflicts::Options { presume: self.assume, only: vec![rule], ..conflicts::Options::default() };
        let facts = Facts::gather(readings, &self.who, &rules.lexicon);
        let cx = Context { facts: &facts, rules, found: &found, options: &options };

        // Which side stops where: the claim that came furthest speaks for its side.
        let of = &rules.rules[rule];
        let sides: Vec<Option<(Gate, String)>> = (0..2).map(|at| stopped(of, &readings[at], &found[at])).collect();
        let mut stop: Option<(Gate, String)> = sides.iter().flatten().min_by_key(|(gate, _)| *gate).cloned();
        let mut positions: Option<[String; 2]> = None;
        if stop.is_none() {
            let (ones, others): (Vec<_>, Vec<_>) = facts.list.iter().partition(|fact| fact.reading == 0);
            for one in &ones {
                for other in &others {
                    match conflicts::judge(&cx, rule, one, other) {
                        Ok(clash) => positions = positions.or(Some(clash.group)),
                        Err(why) if stop.as_ref().is_none_or(|(gate, _)| why.gate > *gate) => {
                            stop = Some((why.gate, why.why.to_owned()));
                        }
                        Err(_) => {}
                    }
                }
            }
        }
        let fingerprints = &self.fingerprints;
        let input = conflicts::Input { readings, who: &self.who, found: &found, fingerprints, copies: &[], rules };
        let edges = conflicts::find(input, &options);
        let between = edges.conflicts.iter().find(|edge| edge.claims[0].reading != edge.claims[1].reading);
        let edge = between.map(|edge| {
            let fact =
                |at: usize| facts.list.iter().find(|f| f.reading == edge.claims[at].reading && f.claim == edge.claims[at].claim);
            let judged = fact(0).zip(fact(1)).and_then(|(one, other)| conflicts::judge(&cx, rule, one, other).ok());
            let mut positions = judged.map(|clash| clash.group).or(positions.clone()).unwrap_or_default();
            if edge.claims[0].reading == 1 {
                positions.reverse();
            }
            Edge { relation: edge.relation.name(), sides: edge.sides.name(), positions }
        });
        let stop = stop.unwrap_or((Gate::NotAClaim, "nothing was set against each other".into()));
        if !tell {
            return Run { edge, stop, told: Told::default() };
        }
        let (reached, patterns) = reached(rules, &matchers, &found);
        let idle = !matchers[0].patterns_of(of).is_empty()
            && sides.iter().all(|side| side.as_ref().is_some_and(|(gate, _)| *gate <= Gate::NoMatch));
        Run { edge, stop, told: Told { reached, patterns, idle } }
    }
}

/// Positions that the two sides take, as `topic/position`, and the patterns that match, guards included; each sorted, each once.
fn reached(rules: &RuleSet, matchers: &[Matcher<'_>; 2], found: &[Vec<Found>]) -> (Vec<String>, Vec<PatternId>) {
    let taken = found.iter().flatten().flat_map(|found| &found.taken);
    let mut positions: Vec<String> = taken
        .flat_map(|taken| {
            let topic = &rules.topics[taken.topic];
            let all = taken.held.iter().map(|held| held.position).chain([taken.said]);
            all.map(|position| format!("{}/{}", topic.id, topic.name(position))).collect::<Vec<_>>()
        })
        .collect();
    positions.sort();
    positions.dedup();
    let mut patterns: Vec<PatternId> = matchers
        .iter()
        .zip(found)
        .flat_map(|(matcher, claims)| (0..claims.len()).flat_map(|claim| matcher.matching(claim)))
        .collect();
    patterns.sort_unstable();
    patterns.dedup();
    (positions, patterns)
}

/// Where a side stops before it is set against another; `None` where it takes part. The claim that came furthest counts.
fn stopped(rule: &Rule, reading: &Reading, found: &[crate::rules::Found]) -> Option<(Gate, String)> {
    if reading.claims.is_empty() {
        return Some((Gate::NotAClaim, "nothing in the sentence is a claim".into()));
    }
    let Kind::Position(position) = &rule.kind else { return None };
    let of = |topic: usize| topic == position.topic;
    if found.iter().flat_map(|found| &found.taken).any(|taken| of(taken.topic)) {
        return None;
    }
    let barred = found.iter().flat_map(|found| &found.barred).filter(|(topic, ..)| of(*topic)).map(|(.., gate)| *gate);
    match barred.max_by_key(|gate| *gate == "about") {
        Some("about") => Some((Gate::About, "the text is not about the topic".into())),
        Some(_) => Some((Gate::Unless, "an `unless` matches too".into())),
        None => Some((Gate::NoMatch, "no pattern of the topic matches".into())),
    }
}

/// How a side was read: each claim, and what the rule makes of it.
fn trace(matcher: &Matcher<'_>, reading: &Reading, rule: &Rule) -> Vec<String> {
    let mut lines = vec![reading.article.text.clone()];
    for (at, claim) in reading.claims.iter().enumerate() {
        let text: Vec<&str> = claim.content.iter().map(|span| span.of(&reading.article.text)).collect();
        lines.push(format!("claim “{}”", text.join(" … ")));
        lines.extend(matcher.trace(rule, at).into_iter().map(|line| format!("  {line}")));
    }
    if reading.claims.is_empty() {
        lines.push("no claim (gate not-a-claim)".into());
    }
    lines
}
