//! Reasons why a denial is no news to an article: it tells the denial too, or the two say the same in the same words.
//!
//! In: a denial and a claim of another article. Out: whether the other article tells both sides.

use super::facts::{Fact, Facts, shared};
use super::matter;
use crate::base::Sym;
use crate::claims::Stance;
use crate::text::Token;

/// Whether a claim refutes something: by a cue of denial, by a negation of its own, or by calling a story false.
pub fn refutes(fact: &Fact) -> bool {
    fact.voices.iter().any(|v| matches!(v.stance, Stance::Refuted(_)))
}

/// Whether two articles both call their story false: what one of them tells is then what it refutes.
pub fn both_call_false(facts: &Facts, one: u32, other: u32) -> bool {
    one != other && [one, other].iter().all(|at| facts.matters[*at as usize].calls_false())
}

/// Whether an article refutes by itself, in whosever voice, what `denial` refutes: it then tells both sides.
pub fn told_by(facts: &Facts, reading: u32, denial: &Fact) -> bool {
    if denial.reading == reading {
        return false;
    }
    let theirs = &facts.matters[reading as usize];
    if both_call_false(facts, denial.reading, reading) {
        return true;
    }
    let refuted = |r: &matter::Refutal| {
        let alike = |words: &matter::Words| shared(words, &denial.words) * 10 >= denial.weight.max(12) * 4;
        r.cue.is_some() && (alike(&r.words) || alike(&r.wide))
    };
    if theirs.refutals.iter().any(refuted) {
        return true;
    }
    let own = &facts.list[facts.starts[reading as usize]..facts.starts[reading as usize + 1]];
    own.iter().filter(|fact| refutes(fact)).any(|fact| {
        let shared = fact.shared_weight(denial);
        let alike = shared * 10 >= fact.weight.min(denial.weight).max(12) * 4;
        let event = fact.event.zip(denial.event).is_some_and(|(x, y)| super::align::events(facts, &x, &y).is_some());
        alike || (event && shared >= 8)
    })
}

/// Whether an article denies the same deed in the same words: "was never authorised" in both.
pub fn denied_by(facts: &Facts, reading: u32, denial: &Fact) -> bool {
    let own = &facts.list[facts.starts[reading as usize]..facts.starts[reading as usize + 1]];
    own.iter().filter(|fact| refutes(fact)).any(|fact| {
        let alike = fact.shared_weight(denial) * 10 >= fact.weight.max(denial.weight).max(12) * 5;
        alike && fact.event.zip(denial.event).is_some_and(|(x, y)| super::align::events(facts, &x, &y).is_some())
    })
}

/// Whether two sentences are the same words, negations included: what differs is then only how they were read.
pub fn same_words(facts: &Facts, a: &Fact, b: &Fact) -> bool {
    let [Some((one, n)), Some((other, m))] = [a, b].map(|fact| content(facts, fact, |token| token.form)) else { return false };
    let shared = one.iter().filter(|w| other.binary_search(w).is_ok()).count();
    n == m && shared * 10 >= one.len().max(other.len()).max(4) * if n > 0 { 6 } else { 8 }
}

/// The content words of a claim's sentence, sorted by symbol, and how many negators it has; `None` for a claim outside every sentence.
pub fn content(facts: &Facts, fact: &Fact, word: impl Fn(&Token) -> Sym) -> Option<(Vec<u32>, usize)> {
    let document = facts.document(fact);
    let sentence = document.sentences.get(facts.claim(fact).sentence as usize)?;
    let tokens = document.tokens.get(sentence.range())?;
    let negators = tokens.iter().filter(|t| facts.lexicon.negators.word(t.lemma).is_some()).count();
    let telling = tokens.iter().filter(|t| super::facts::weight(t.pos, t.lemma).is_some());
    let mut words: Vec<u32> = telling.map(|t| word(t).number()).collect();
    words.sort_unstable();
    words.dedup();
    Some((words, negators))
}
