//! A sentence near one of the two that must stay silent: the same content as a question, as unknown, as a condition.

use super::words::{label, lower_first};
use crate::conflicts::{Fact, Facts};
use crate::rules::Side;
use crate::text::Rel;

/// Near-misses of a claim, the most natural first; whether one is silent is for the engine to say.
pub fn near(facts: &Facts, fact: &Fact, side: &Side) -> Vec<Side> {
    let (content, whole) = label(facts, fact);
    let texts = [
        question(facts, fact),
        whole.then(|| format!("It is unclear whether {content}.")),
        whole.then(|| format!("If {content}, much would change.")),
    ];
    let texts = texts.into_iter().flatten().filter(|text| !text.is_empty());
    texts.map(|text| Side { text, by: None, ..side.clone() }).collect()
}

/// "The bridge is closed." → "Is the bridge closed?" Only for a clause by itself with an auxiliary that can go first.
fn question(facts: &Facts, fact: &Fact) -> Option<String> {
    let claim = facts.claim(fact);
    let document = facts.document(fact);
    let sentence = document.sentences.get(claim.sentence as usize)?;
    let root = document.tokens.get(claim.predicate as usize)?;
    if root.head != claim.predicate || !claim.chain.is_empty() {
        return None;
    }
    let text = facts.text(fact);
    let moved = (sentence.first..claim.predicate).find(|at| {
        let token = &document.tokens[*at as usize];
        token.head == claim.predicate && matches!(token.rel, Rel::Aux | Rel::AuxPass | Rel::Cop)
    })?;
    let auxiliary = document.tokens[moved as usize].span;
    let before = text[sentence.span.start as usize..auxiliary.start as usize].trim();
    let after = text[auxiliary.end as usize..sentence.span.end as usize].trim();
    let name = document.tokens.get(sentence.first as usize).is_some_and(|token| token.pos == crate::text::Pos::Propn);
    let before = if name { before.to_owned() } else { lower_first(before) };
    let mut word = auxiliary.of(text).to_owned();
    // "isn't": the auxiliary and its negation are two tokens written as one.
    if before.is_empty() || after.starts_with("n't") || after.starts_with("n’t") {
        return None;
    }
    if let Some(first) = word.get(..1) {
        word = first.to_uppercase() + &word[1..];
    }
    Some(format!("{word} {before} {}?", after.trim_end_matches(['.', '!', '?'])))
}
