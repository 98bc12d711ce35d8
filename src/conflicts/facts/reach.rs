//! What the negator of a sentence does not reach: participles of means, clauses that describe another noun, what somebody failed to stop,
//! what another is said to have helped to do.

use super::Gatherer;
use crate::claims::{Claim, Effect, Stance};
use crate::text::{Rel, Tag};

impl Gatherer<'_> {
    /// "Did nothing wrong by taking it", "no code travels in the letters sent by them", "not that they, who have won nine, …": the negator
    /// of the clause above does not reach what hangs on it by a participle of means or describes another noun.
    pub(super) fn granted(&self, claim: &Claim) -> bool {
        let tokens = &self.reading.document.tokens;
        let Some(own) = tokens.get(claim.predicate as usize).filter(|own| own.head != claim.predicate) else { return false };
        let means = own.tag == Tag::Vbg && {
            let before = claim.predicate.checked_sub(1).and_then(|at| tokens.get(at as usize));
            before.is_some_and(|t| self.lexicon.set("means-prepositions").is_some_and(|set| set.word(t.form).is_some()))
        };
        if !means && !matches!(own.rel, Rel::AclRelcl | Rel::Acl) {
            return false;
        }
        // Its own negators stand within it or on the noun that it describes.
        let inside = |at: &u32| {
            *at + 1 >= claim.predicate && !means
                || tokens.get(*at as usize).is_some_and(|t| {
                    t.head == claim.predicate || *at == own.head || t.head == own.head && t.rel == Rel::Det && !means
                })
        };
        let negators: Vec<u32> =
            claim.operators.iter().filter(|o| o.effect == Effect::Negates).flat_map(|o| o.tokens.iter().copied()).collect();
        !negators.is_empty() && !negators.iter().any(inside)
    }

    /// "Failed to prevent it from falling": what turns the claim around is itself not so.
    pub(super) fn in_vain(&self, claim: &Claim) -> bool {
        let negators: Vec<u32> =
            claim.operators.iter().filter(|o| o.effect == Effect::Negates).flat_map(|o| o.tokens.iter().copied()).collect();
        // Few claims are negated: the others need no look at all claims of their article.
        if negators.is_empty() {
            return false;
        }
        let negates = |at: &u32| negators.contains(at) && *at != claim.predicate;
        let mut others = self.reading.claims.iter().filter(|c| c.sentence == claim.sentence && negates(&c.predicate));
        others.any(|c| matches!(c.own, Stance::Refuted(_)))
    }

    /// "Denied that they intervened to help him win": the winning.
    pub(super) fn helped(&self, claim: &Claim) -> bool {
        let tokens = &self.reading.document.tokens;
        let Some(own) = tokens.get(claim.predicate as usize) else { return false };
        let above = tokens.get(own.head as usize).filter(|_| own.head != claim.predicate);
        matches!(own.rel, Rel::Xcomp | Rel::Ccomp)
            && above.is_some_and(|t| self.lexicon.set("helping-verbs").is_some_and(|set| set.word(t.lemma).is_some()))
    }
}
