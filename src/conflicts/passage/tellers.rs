//! The deed of one ascribed to the other who only tells of it: "an inspection found cracks, according to the ministry" against "the
//! ministry found cracks".

use super::side::{Side, told};
use super::{Finding, Pair, amount};
use crate::conflicts::facts::{Fact, Slot};
use crate::text::{Pos, Rel};

/// Least share of the claim's other words, in percent, that stand in the passage's sentence.
const LEAST: u32 = 85;

/// Looks for the claim's deed, by its own doer, in what its subject is cited for in the passage.
pub fn find(pair: &Pair, out: &mut Vec<Finding>) {
    for claim in pair.claim.claims.iter().filter(|claim| claim.voices.len() == 1) {
        let found = pair.passage.claims.iter().find_map(|told| one(pair, claim, told));
        out.extend(found);
    }
}

fn one(pair: &Pair, claim: &Fact, passage: &Fact) -> Option<Finding> {
    let facts = pair.claim.facts;
    let (event, other) = (claim.event.as_ref()?, passage.event.as_ref()?);
    let (subject, doer) = (claim.role(Slot::Subject)?, passage.role(Slot::Subject)?);
    let teller = subject.being?;
    let same = |being: u32| facts.who.together(being, teller).is_some();
    let tells = passage.voices.iter().any(|voice| voice.being.is_some_and(same));
    // A pronoun, a part of the teller's, or whatever names it too may be the teller itself.
    let another = doer.pos != Pos::Pron && !doer.open && !doer.being.into_iter().chain(doer.inner.iter().copied()).any(same);
    // "Ada Kell was a painter who lived in Velm" says the same of her; "its inspectors" are its own.
    let own = |k: usize| pair.passage.tokens[k].rel == Rel::Cop || pair.passage.tokens[k].pos == Pos::Pron;
    let another = another && !pair.passage.kids(doer.head as usize).any(own);
    let alike = event.lemma == other.lemma && event.class == other.class;
    if !alike || !tells || !another || claim.role(Slot::Object).is_none() {
        return None;
    }
    let (deed, rival) = (subject.head as usize, doer.head as usize);
    // Long texts are cut.
    if deed >= pair.claim.tokens.len() || rival.max(other.token as usize) >= pair.passage.tokens.len() {
        return None;
    }
    if pair.claim.denied[deed] || pair.passage.denied[other.token as usize] || self_told(pair.claim, doer.lemma) {
        return None;
    }
    let near = pair.passage.sentence(other.token as usize);
    let name = pair.claim.name(deed);
    let share = told(pair, &near, |t| (name.0..=name.1).contains(&t));
    (share >= LEAST).then(|| Finding {
        firm: true,
        kind: "role",
        why: "the deed of another, who only tells of it",
        part: "teller",
        amount: amount(share, LEAST),
        because: pair.because(name, (rival, rival), "holder"),
    })
}

/// Whether the claim names the passage's doer as well: then it may be told of both.
fn self_told(claim: &Side, doer: crate::base::Sym) -> bool {
    claim.tokens.iter().any(|token| token.lemma == doer)
}
