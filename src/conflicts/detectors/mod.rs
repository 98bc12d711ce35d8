//! One detector a kind of rule: its index keys and its judgement of a pair, with the evidence.
//!
//! In: a rule of the kind and two facts. Out: a [`Clash`] or the gate that stopped it. Every detector is symmetric: it is handed the
//! two in a settled order and looks both ways. Knows no reports.

mod antonym;
mod captured;
mod commitment;
mod covered;
mod decision;
mod denial;
mod negation;
mod order;
mod position;
mod quantity;
mod role;
mod says;
mod shared;
mod story;
mod unlike;
mod whereabouts;

pub(super) use quantity::{comparable, counted};
pub(super) use shared::{anchors, concepts, cross, event, hash};

use super::align::Alignment;
use super::facts::{Fact, Facts};
use super::gates::Stop;
use super::{Because, Options};
use crate::rules::{self, Rule, RuleSet};

/// What every detector may look at.
pub struct Context<'a> {
    /// All claims.
    pub facts: &'a Facts<'a>,
    /// All rules.
    pub rules: &'a RuleSet,
    /// What the rule set found in each claim, by article.
    pub found: &'a [Vec<rules::Found>],
    /// How the run was asked for.
    pub options: &'a Options,
}

impl Context<'_> {
    /// What the rule set found in a claim.
    pub fn found_in(&self, fact: &Fact) -> Option<&rules::Found> {
        self.found.get(fact.reading as usize)?.get(fact.claim as usize)
    }
}

/// A key under which claims meet. Two claims of one key are candidates unless both stand at the same pole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// Hash of rule and content.
    pub hash: u64,
    /// Which side of an opposition the claim can take.
    pub pole: Pole,
}

/// A side of an opposition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Pole {
    /// Meets everyone.
    Any,
    /// The rarer side; it is stored.
    Rare,
    /// The common side; it only looks up.
    Common,
}

/// Two claims that clash, as one detector sees it.
#[derive(Clone, Debug, Default)]
pub struct Clash {
    /// How they are about one thing.
    pub alignment: Alignment,
    /// The words that clash.
    pub because: Vec<Because>,
    /// Index of the voice of each side.
    pub voices: [usize; 2],
    /// No more than tension.
    pub tension: bool,
    /// A later figure or state that replaces an earlier one.
    pub update: bool,
    /// The text itself sets one against the other.
    pub linked: bool,
    /// The side that calls a story false which the other tells; a rumour of a plan is true or not like any other.
    pub story: Option<usize>,
    /// What clashes is taken for granted by both publishers, and so certain, whatever else the claims say.
    pub granted: bool,
    /// What the message may say of each side: name and words.
    pub bound: [Vec<(&'static str, String)>; 2],
    /// Captures of the rule by name, for each side.
    pub captured: [Vec<(crate::base::Sym, String)>; 2],
    /// Positions or values that a group shares.
    pub group: [String; 2],
}

/// One kind of rule.
pub trait Detector: Sync {
    /// The word that YAML and the report use.
    fn kind(&self) -> &'static str;
    /// The keys under which a claim can meet others for a rule.
    fn keys(&self, cx: &Context, rule: (usize, &Rule), fact: &Fact, out: &mut Vec<Key>);
    /// The pairs of claims, by index, to judge where two meet under a key: the two themselves, unless their keys stand for whole articles.
    fn carriers(&self, _cx: &Context, _rule: (usize, &Rule), pair: [u32; 2]) -> Vec<[u32; 2]> {
        vec![pair]
    }
    /// Sets two claims against each other.
    ///
    /// # Errors
    /// The first gate that fails.
    fn judge(&self, cx: &Context, rule: (usize, &Rule), a: &Fact, b: &Fact) -> Result<Clash, Stop>;
    /// Whether claims of one article and one voice are worth setting against each other.
    fn within_one_voice(&self) -> bool {
        false
    }
}

/// Every detector, the most specific kinds first: of several general rules that find a pair the first names it.
pub static DETECTORS: [&dyn Detector; 10] = [
    &position::Positions,
    &denial::Denials,
    &commitment::Commitments,
    &role::Roles,
    &order::Orders,
    &quantity::Quantities,
    &negation::Negations,
    &antonym::Antonyms,
    &whereabouts::Places,
    &whereabouts::Times,
];

/// The detector of a kind, with its rank.
pub fn of(kind: &rules::Kind) -> (usize, &'static dyn Detector) {
    let at = DETECTORS.iter().position(|d| d.kind() == kind.name()).expect("every kind of rule has its detector");
    (at, DETECTORS[at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_the_language_has_one_detector() {
        let mut ours: Vec<_> = DETECTORS.iter().map(|d| d.kind()).collect();
        let mut kinds = rules::KINDS.to_vec();
        ours.sort_unstable();
        kinds.sort_unstable();
        assert_eq!(ours, kinds);
    }
}
