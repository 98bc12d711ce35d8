//! Words that call a story itself false: "the report is a hoax", "that is not true", "the video was staged", "a false story".
//!
//! In: one claim with its fact. Out: the words of the verdict. An article that gives such a verdict in its own voice, or reports a
//! denial, tells both sides of the matter: other articles' assertions are not news to it.

use super::facts::{Fact, Facts, Slot};
use crate::base::{Span, Sym};
use crate::claims::{Level, Modality, Stance};
use crate::text::{Rel, Tag};

/// The verdict's words, where the claim calls a story false.
pub fn verdict(facts: &Facts, fact: &Fact) -> Option<Span> {
    let event = fact.event?;
    let claim = facts.claim(fact);
    if claim.modality != Modality::Realised {
        return None;
    }
    let asserted = fact.voices.iter().any(|v| matches!(v.stance, Stance::Asserted(Level::Certain | Level::Probable)));
    let refuted = fact.voices.iter().any(|v| matches!(v.stance, Stance::Refuted(Level::Certain | Level::Probable)));
    let says = |name: &str, word: Sym| facts.lexicon.set(name).is_some_and(|set| set.word(word).is_some());
    let tokens = &facts.document(fact).tokens;
    let story = |word: Sym| says("story-nouns", word) || facts.lexicon.claim_nouns.word(word).is_some();
    // "which is not the case" is about the words before it, not about the story.
    let pointing = |token: u32| tokens.get(token as usize).is_some_and(|t| says("pointers", t.form) && t.tag != Tag::Wdt);
    let about = |slot| fact.role(slot).is_some_and(|r| (r.open && pointing(r.head)) || story(r.lemma));
    let span = |token: u32| tokens.get(token as usize).map(|t| t.span);
    if asserted && says("verdicts-false", event.lemma) && (about(Slot::Subject) || about(Slot::Object)) {
        return span(event.token);
    }
    if refuted && !asserted && says("verdicts-real", event.lemma) && about(Slot::Subject) {
        return span(event.token);
    }
    if !asserted {
        return None;
    }
    // "calls the reports lies", "dismissed the story as nonsense"
    let judges = says("judging-verbs", event.lemma);
    let judged = fact.roles.iter().find(|r| judges && r.slot != Slot::Subject && says("verdicts-false", r.lemma));
    if let Some(judged) = judged.filter(|_| fact.roles.iter().any(|r| r.slot != Slot::Subject && story(r.lemma))) {
        return Some(judged.span);
    }
    // "it was a false story"
    if story(event.lemma) {
        let quality = |t: &&crate::text::Token| t.head == event.token && t.rel == Rel::Amod && says("verdicts-false", t.lemma);
        let sentence = facts.document(fact).sentences.get(claim.sentence as usize)?;
        return tokens.get(sentence.range())?.iter().find(quality).map(|t| t.span);
    }
    None
}

/// Whether a claim refutes something: by a cue of denial, by a negation of its own, or by calling a story false.
pub fn refutes(fact: &Fact) -> bool {
    fact.debunk.is_some() || fact.voices.iter().any(|v| matches!(v.stance, Stance::Refuted(_)))
}

/// Whether an article refutes by itself, in whosever voice, what `denial` refutes: it then tells both sides.
pub fn told_by(facts: &Facts, reading: u32, denial: &Fact) -> bool {
    if denial.reading == reading {
        return false;
    }
    if facts.stories[reading as usize].doubted() {
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

/// Whether two sentences are the same words, negations included: what differs is then only how they were read.
pub fn same_words(facts: &Facts, a: &Fact, b: &Fact) -> bool {
    let words = |fact: &Fact| -> Option<(Vec<u32>, usize)> {
        let document = facts.document(fact);
        let sentence = document.sentences.get(facts.claim(fact).sentence as usize)?;
        let tokens = document.tokens.get(sentence.range())?;
        let negators = tokens.iter().filter(|t| facts.lexicon.negators.word(t.lemma).is_some()).count();
        let mut words: Vec<u32> =
            tokens.iter().filter(|t| super::facts::weight(t.pos, t.lemma).is_some()).map(|t| t.form.number()).collect();
        words.sort_unstable();
        words.dedup();
        Some((words, negators))
    };
    let (Some((one, n)), Some((other, m))) = (words(a), words(b)) else { return false };
    let shared = one.iter().filter(|w| other.binary_search(w).is_ok()).count();
    n == m && shared * 10 >= one.len().max(other.len()).max(4) * if n > 0 { 6 } else { 8 }
}
