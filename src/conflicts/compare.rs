//! Two statements set against each other: contradiction, entailment or neutral.
//!
//! In: two texts, of a few words or whole articles, and the rules. Out: a [`Verdict`]. Presumes one occasion: equal dates, two unnamed
//! speakers, and phrases with one head are one thing; unequal names still part them.

use super::detectors::{Clash, Context};
use super::facts::{Fact, Facts};
use super::gates::{Gate, Stop};
use super::passage::Finding;
use super::relation::{self, Relation};
use super::who::{ArticleNames, Who};
use super::{Because, Options, confidence, find, passage};
use crate::article::Article;
use crate::claims::{self, Reading};
use crate::rules::{self, RuleSet};
use crate::text::Pos;
use crate::{entities, natlog, text};

/// What setting two statements against each other gave.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// Contradiction, entailment or neutral.
    pub label: Label,
    /// Probability of contradiction, in percent.
    pub confidence: u8,
    /// Kind of the clash that weighs most; `None` where nothing clashes.
    pub kind: Option<&'static str>,
    /// Its relation.
    pub relation: Option<Relation>,
    /// The words that clash, side 0 of the first statement.
    pub because: Vec<Because>,
    /// The rule of the clash, or the one that came furthest, by index; `None` where no rule runs or the words as such decided.
    pub rule: Option<usize>,
    /// The gate that stopped that rule; `None` where it found a clash.
    pub stop: Option<Stop>,
}

/// How two statements relate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Label {
    Contradiction,
    Entailment,
    Neutral,
}

impl Label {
    /// All of them, in the order in which tables show them.
    pub const ALL: [Label; 3] = [Self::Contradiction, Self::Entailment, Self::Neutral];

    /// The label of a word; `None` for any other word.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|label| label.name() == word)
    }

    /// The word that reports use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Contradiction => "contradiction",
            Self::Entailment => "entailment",
            Self::Neutral => "neutral",
        }
    }
}

/// Texts of more sentences are articles: their head is set against the other side, and what they call false; not every detail.
const SHORT: usize = 6;

/// Reads one statement.
pub fn read(statement: &str, id: &str, rules: &RuleSet) -> Reading {
    let article = Article { id: id.to_owned(), text: statement.to_owned(), ..Article::default() };
    let document = text::annotate(&article, &rules.lexicon);
    claims::extract(article, document, &rules.lexicon)
}

/// Reads two statements as two articles of one occasion and hands over what comparing looks at, with the facts of each.
pub fn with<T>(a: &str, b: &str, rules: &RuleSet, look: impl FnOnce(&Context, &[Fact], &[Fact]) -> T) -> T {
    let readings = [read(a, "a", rules), read(b, "b", rules)];
    let entities = entities::resolve(&readings, &rules.declared(), &rules.lexicon);
    let who = Who::of_entities(&readings, &entities);
    let found: Vec<Vec<rules::Found>> =
        readings.iter().enumerate().map(|(at, reading)| rules.find(reading, &ArticleNames::new(&who, at))).collect();
    let facts = Facts::gather(&readings, &who, &rules.lexicon);
    let options = Options { presume: true, ..Options::default() };
    let cx = Context { facts: &facts, rules, found: &found, options: &options };
    let (ones, others) = facts.list.split_at(facts.starts[1]);
    look(&cx, ones, others)
}

/// What one rule makes of two statements: the clash that weighs most, or how far the pair came.
#[derive(Clone, Debug)]
pub struct Judgement {
    /// Index of the rule.
    pub rule: usize,
    /// Confidence in percent, relation and clash; or the gate that stopped the pair that came furthest.
    pub outcome: Result<(u8, Relation, Clash), Stop>,
}

/// Asks every rule that runs, in order.
pub fn judgements(cx: &Context, ones: &[Fact], others: &[Fact]) -> Vec<Judgement> {
    let mut out = Vec::new();
    for (at, rule) in cx.rules.rules.iter().enumerate().filter(|(_, rule)| rule.enabled) {
        let mut best: Option<(u8, Relation, Clash)> = None;
        let mut furthest: Option<Stop> = None;
        let stories = matches!(rule.kind, rules::Kind::Denial(rules::DenialKind { stories: true, .. }));
        let counts = |fact: &&Fact| stories || fact.lead || cx.facts.document(fact).sentences.len() <= SHORT;
        for one in ones.iter().filter(counts) {
            for other in others.iter().filter(counts) {
                match find::judge(cx, at, one, other) {
                    Ok(clash) => {
                        let relation = relation::relation(cx, one, other, &clash);
                        let sure = confidence::confidence(rule.kind.name(), rule.general, &clash.alignment.evidence);
                        if best.as_ref().is_none_or(|(old, ..)| sure > *old) {
                            best = Some((sure, relation, clash));
                        }
                    }
                    Err(stop) if furthest.is_none_or(|old| stop.gate > old.gate) => furthest = Some(stop),
                    Err(_) => {}
                }
            }
        }
        let outcome = best.ok_or(furthest.unwrap_or(Stop::at(Gate::NotAClaim, "a side makes no claim")));
        out.push(Judgement { rule: at, outcome });
    }
    out
}

/// Sets two statements against each other.
pub fn compare(a: &str, b: &str, rules: &RuleSet) -> Verdict {
    with(a, b, rules, |cx, ones, others| {
        let found = passage::find(cx.facts);
        let verdict = laid(cx, held(by_claims(cx, ones, others), found.first()));
        held(verdict, found.iter().find(|finding| finding.firm))
    })
}

/// What the detectors make of the claims of both sides: the clash that weighs most.
fn by_claims(cx: &Context, ones: &[Fact], others: &[Fact]) -> Verdict {
    let mut best: Option<(u8, usize, Relation, Clash)> = None;
    let mut furthest: Option<(usize, Stop)> = None;
    for Judgement { rule, outcome } in judgements(cx, ones, others) {
        match outcome {
            Ok((sure, relation, clash)) => {
                // Neither a change over time nor a hedge makes two statements contradict.
                let sure = if matches!(relation, Relation::Tension | Relation::Update) { sure.min(45) } else { sure };
                if best.as_ref().is_none_or(|(old, ..)| sure > *old) {
                    best = Some((sure, rule, relation, clash));
                }
            }
            Err(stop) if furthest.is_none_or(|(_, old)| stop.gate > old.gate) => furthest = Some((rule, stop)),
            Err(_) => {}
        }
    }
    let silent = Verdict {
        label: Label::Neutral,
        confidence: 4,
        kind: None,
        relation: None,
        because: Vec::new(),
        rule: furthest.map(|(rule, _)| rule),
        stop: furthest.map(|(_, stop)| stop),
    };
    best.map_or(silent, |(confidence, rule, relation, clash)| Verdict {
        label: Label::Neutral,
        confidence,
        kind: Some(cx.rules.rules[rule].kind.name()),
        relation: Some(relation),
        because: clash.because,
        rule: Some(rule),
        stop: None,
    })
}

/// What either text says of the other's claims, part by part, where that is surer than what the claims as wholes give.
fn held(verdict: Verdict, finding: Option<&Finding>) -> Verdict {
    match finding {
        Some(finding) if finding.percent() > verdict.confidence => Verdict {
            label: if finding.percent() >= 50 { Label::Contradiction } else { verdict.label },
            confidence: finding.percent(),
            kind: Some(finding.kind),
            relation: Some(Relation::Contradiction),
            because: finding.because.clone(),
            rule: None,
            stop: None,
        },
        _ => verdict,
    }
}

/// The two texts laid side by side, word by word: the label, and what excludes the one from the other.
fn laid(cx: &Context, mut verdict: Verdict) -> Verdict {
    let [a, b] = [0, 1].map(|at| &cx.facts.readings[at]);
    let judged = natlog::relate(a, b, &cx.rules.lexicon);
    let sure = confidence::laid(judged.by.name());
    if sure > verdict.confidence {
        // What was found by claims or part by part names itself better.
        if verdict.confidence < 50 {
            let because = judged.because.iter().map(|(side, span, role)| Because { side: *side, span: *span, role });
            verdict.because = because.collect();
            verdict.kind = Some(judged.kind);
            verdict.relation = Some(Relation::Contradiction);
            (verdict.rule, verdict.stop) = (None, None);
        }
        verdict.confidence = sure;
    }
    // Laid word by word, the two are no contradiction: another thing, or a wider one, stands in the way.
    let unnamed = cx.facts.readings.iter().all(|r| r.document.tokens.iter().all(|t| t.pos != Pos::Propn));
    if (judged.close || judged.seen && unnamed) && !judged.by.excludes() && matches!(verdict.kind, Some("negation" | "antonym")) {
        verdict.confidence = verdict.confidence.min(45);
    }
    verdict.label = match verdict.confidence {
        50.. => Label::Contradiction,
        _ if judged.relation.entails() => Label::Entailment,
        _ => Label::Neutral,
    };
    verdict
}
