//! Two statements set against each other: contradiction, entailment or neutral.
//!
//! In: two texts, of a few words or whole articles, and the rules. Out: a [`Verdict`]. Presumes one occasion: equal dates, two unnamed
//! speakers, and phrases with one head are one thing; unequal names still part them.

use super::detectors::{self, Clash, Context};
use super::facts::{Fact, Facts};
use super::relation::{self, Relation};
use super::who::Who;
use super::{Because, Options, confidence, find};
use crate::article::Article;
use crate::claims::{self, Reading};
use crate::rules::RuleSet;
use crate::text;

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
    /// The word that reports use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Contradiction => "contradiction",
            Self::Entailment => "entailment",
            Self::Neutral => "neutral",
        }
    }
}

/// Reads one statement.
pub fn read(statement: &str, rules: &RuleSet) -> Reading {
    let article = Article { text: statement.to_owned(), ..Article::default() };
    let document = text::annotate(&article, &rules.lexicon);
    claims::extract(article, document, &rules.lexicon)
}

/// Sets two statements against each other.
pub fn compare(a: &str, b: &str, rules: &RuleSet) -> Verdict {
    let mut readings = [read(a, rules), read(b, rules)];
    for (reading, id) in readings.iter_mut().zip(["a", "b"]) {
        reading.article.id = id.to_owned();
    }
    let who = Who::by_name(&readings);
    let facts = Facts::gather(&readings, &who, &rules.lexicon);
    let options = Options { presume: true, ..Options::default() };
    let cx = Context { facts: &facts, rules, found: &[], options: &options };
    let (ones, others) = facts.list.split_at(facts.starts[1]);
    let mut best: Option<(u8, Relation, &'static str, Clash)> = None;
    for one in ones {
        for other in others {
            for (at, rule) in rules.rules.iter().enumerate().filter(|(_, rule)| rule.enabled) {
                let Ok(clash) = find::judge(&cx, at, one, other) else { continue };
                let relation = relation::relation(&cx, one, other, &clash);
                let sure = confidence::confidence(rule.kind.name(), rule.general, &clash.alignment.evidence);
                let sure = if matches!(relation, Relation::Tension | Relation::Update) { sure.min(45) } else { sure };
                let (rank, _) = detectors::of(&rule.kind);
                if best.as_ref().is_none_or(|(old, ..)| sure > *old) {
                    best = Some((sure, relation, detectors::DETECTORS[rank].kind(), clash));
                }
            }
        }
    }
    let follows = follows(&facts, ones, others);
    match best {
        Some((confidence, relation, kind, clash)) => Verdict {
            label: if confidence >= 50 {
                Label::Contradiction
            } else if follows {
                Label::Entailment
            } else {
                Label::Neutral
            },
            confidence,
            kind: Some(kind),
            relation: Some(relation),
            because: clash.because,
        },
        None => Verdict {
            label: if follows { Label::Entailment } else { Label::Neutral },
            confidence: if follows { 2 } else { 6 },
            kind: None,
            relation: None,
            because: Vec::new(),
        },
    }
}

/// Whether the words of the second statement all stand in the first, with equal polarity.
fn follows(_: &Facts, ones: &[Fact], others: &[Fact]) -> bool {
    let Some(other) = others.first() else { return false };
    let stance = |f: &Fact| f.voices.last().map(|v| v.stance.name());
    ones.iter().any(|one| one.shared_weight(other) * 10 >= other.weight * 9 && other.weight > 0 && stance(one) == stance(other))
}
