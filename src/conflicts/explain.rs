//! The story of a pair, step by step: every gate passed, the first that failed, every part of the evidence with its points.
//!
//! In: two facts, or a conflict found. Out: plain data that commands print. Decides nothing: it asks the same detectors again.

use super::align::Evidence;
use super::detectors::{self, Clash, Context};
use super::facts::Fact;
use super::gates::{Gate, Stop};
use super::relation::{self, Relation, Sides};
use super::{confidence, find, gates, message};

/// How far a pair came under one rule.
#[derive(Clone, Debug)]
pub struct Trace {
    /// Index of the rule.
    pub rule: usize,
    /// Gates passed, in order.
    pub passed: Vec<Gate>,
    /// What stopped it; `None` where it is a conflict.
    pub stop: Option<Stop>,
    /// The steps of a conflict; empty where it was stopped.
    pub steps: Vec<Step>,
}

/// One step of an explanation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What it is about: `voice`, `same-event`, `relation`, `confidence` and so on.
    pub name: &'static str,
    /// The step in words.
    pub words: String,
    /// What it adds to the confidence, where it does.
    pub points: Option<i32>,
}

/// Sets two claims against each other under every rule that runs; the rules that came furthest first.
pub fn why(cx: &Context, a: &Fact, b: &Fact) -> Vec<Trace> {
    let running = cx.rules.rules.iter().enumerate().filter(|(_, rule)| rule.enabled);
    under(cx, &running.map(|(at, _)| at).collect::<Vec<_>>(), a, b)
}

/// Sets two claims against each other under some rules, whether they run or not; those that came furthest first.
pub fn under(cx: &Context, rules: &[usize], a: &Fact, b: &Fact) -> Vec<Trace> {
    let known = rules.iter().filter_map(|at| Some((*at, cx.rules.rules.get(*at)?)));
    let mut traces: Vec<Trace> = known
        .map(|(at, rule)| match find::judge(cx, at, a, b) {
            Ok(clash) => Trace { rule: at, passed: passed(&rule.kind, None), stop: None, steps: steps(cx, at, a, b, &clash) },
            Err(stop) => Trace { rule: at, passed: passed(&rule.kind, Some(stop.gate)), stop: Some(stop), steps: Vec::new() },
        })
        .collect();
    traces.sort_by_key(|t| (t.stop.map_or((false, None), |s| (true, Some(std::cmp::Reverse(s.gate)))), t.rule));
    traces
}

/// The gate that stops a claim under a rule whatever it is set against; `None` where it takes part.
pub fn alone(cx: &Context, rule: usize, fact: &Fact) -> Option<Stop> {
    // A claim that is set against itself gets through all that is asked of one side, and no further.
    let stop = find::judge(cx, rule, fact, fact).err().filter(|stop| stop.gate < Gate::Modality);
    stop.or_else(|| gates::modality(cx, cx.rules.rules.get(rule)?, fact).err())
}

/// The gates that a kind asks before one, or all of them.
fn passed(kind: &crate::rules::Kind, until: Option<Gate>) -> Vec<Gate> {
    let topical = kind.name() == "position";
    let asked = |gate: &Gate| match gate {
        Gate::Unless | Gate::About => topical,
        Gate::Tolerance => kind.name() == "quantity",
        Gate::NotOpposed => kind.name() != "quantity",
        Gate::NoStance => kind.name() != "commitment",
        Gate::Key => matches!(kind.name(), "position" | "role" | "order"),
        _ => true,
    };
    Gate::ALL.into_iter().filter(asked).take_while(|gate| until.is_none_or(|stop| *gate < stop)).collect()
}

/// Every step that made a pair a conflict.
pub fn steps(cx: &Context, rule: usize, a: &Fact, b: &Fact, clash: &Clash) -> Vec<Step> {
    let mut out = Vec::new();
    let settings = &cx.rules.rules[rule];
    for (side, fact) in [("a", a), ("b", b)] {
        let voice = &fact.voices[clash.voices[usize::from(side == "b")]];
        let words = format!("{side}: {} holds it {}", message::speaker(cx, fact, voice), stance(voice.stance.name()));
        out.push(Step { name: "voice", words, points: None });
    }
    let base = confidence::confidence(settings.kind.name(), settings.general, &[]);
    out.push(Step {
        name: "kind",
        words: format!("found by `{}`, a rule of kind {}", settings.id, settings.kind.name()),
        points: Some(i32::from(base)),
    });
    for evidence in &clash.alignment.evidence {
        out.push(Step {
            name: evidence.name,
            words: evidence_words(cx, a, b, evidence),
            points: Some(confidence::points(evidence)),
        });
    }
    let relation = relation::relation(cx, a, b, clash);
    out.push(Step { name: "relation", words: relation_words(relation).to_owned(), points: None });
    let (x, y) = (&a.voices[clash.voices[0]], &b.voices[clash.voices[1]]);
    out.push(Step { name: "sides", words: sides_words(relation::sides(cx, a, x, b, y)).to_owned(), points: None });
    out
}

/// A stance in words.
pub fn stance(name: &str) -> &'static str {
    match name {
        "CT+" => "for certain",
        "PR+" => "probable",
        "PS+" => "possible",
        "CT-" => "certainly not so",
        "PR-" => "probably not so",
        "PS-" => "possibly not so",
        _ => "open",
    }
}

/// A part of the evidence in words.
pub fn evidence_words(cx: &Context, a: &Fact, b: &Fact, evidence: &Evidence) -> String {
    let shown = |fact: &Fact, at: usize| evidence.spans[at].map(|s| format!("“{}”", s.of(cx.facts.text(fact))));
    let meaning = match evidence.name {
        "same-event" => "the same event by its word",
        "event-family" => "words of one family for the event",
        "derived-event" => "the event's verb and its noun",
        "event-synonym" => "words of one meaning for the event",
        "opposite-event" => "events of opposite meaning",
        "same-subject" => "the same subject",
        "same-object" => "the same object",
        "same-recipient" => "the same recipient",
        "same-party" => "a participant on both sides",
        "same-complement" => "the same circumstance",
        "kind-of" => "one is a kind of the other",
        "shared-name" => "names in common",
        "same-counted" => "the same thing counted",
        "counted-family" => "words of one family for what is counted",
        "same-unit" => "the same unit",
        "same-office" => "the same office or deed",
        "overlap" => "words in common",
        "rumour" => "the story that one tells and the other calls false",
        "same-story" => "articles of one story",
        "same-article" => "one article",
        "reply" => "one answers the other in the text",
        "answered" => "all that one side says of it the other says too",
        "one-occasion" => "taken for statements about one occasion",
        "open-role" => "one side does not say who",
        "other-story" => "two articles that have little in common that others have not",
        "own-words" => "one article, in its own words or those of nobody in particular",
        "unattributed" => "a denial of what nobody is said to claim",
        "unmatched" => "details that only one side has",
        "filled" => "participants taken from the headline",
        name => name,
    };
    match (shown(a, 0), shown(b, 1)) {
        (Some(one), Some(other)) => format!("{meaning}: {one}, {other}"),
        _ => meaning.to_owned(),
    }
}

fn relation_words(relation: Relation) -> &'static str {
    match relation {
        Relation::Contradiction => "contradiction: both are asserted for certain, and cannot both hold",
        Relation::Dispute => "dispute: the text itself sets one against the other",
        Relation::Reversal => "reversal: one speaker, at two dates",
        Relation::Update => "update: the later replaces the earlier",
        Relation::Tension => "tension: one side is hedged, planned, restricted or uncommitted",
    }
}

fn sides_words(sides: Sides) -> &'static str {
    match sides {
        Sides::Itself => "one speaker on both sides",
        Sides::Same => "two speakers of one party",
        Sides::Cross => "speakers of two parties",
        Sides::Unknown => "it is not known for whom one of them speaks",
    }
}

/// The detector's word for a rule.
pub fn kind(cx: &Context, rule: usize) -> &'static str {
    detectors::of(&cx.rules.rules[rule].kind).1.kind()
}
