//! Relations with two unlike ends: who owns whom, who follows whom, whose child somebody is. Told with the ends exchanged they exclude
//! each other, in whatever words: "Karst is a subsidiary of Tarnis", "Karst owns Tarnis".
//!
//! The lists are named `relation AXIS: upper` and `relation AXIS: lower`: a word of the first tells that its subject stands above its
//! object, one of the second that it stands below.

use super::holders;
use super::side::Side;
use super::{Finding, Pair};
use crate::text::{Pos, Rel};

/// A name by its first and last word.
type Name = (usize, usize);

/// Two names and which stands above which.
struct Tie {
    axis: &'static str,
    word: usize,
    upper: Name,
    lower: Name,
}

/// Sets the claim's relations against those of the passage.
pub fn find(pair: &Pair, out: &mut Vec<Finding>) {
    let theirs = ties(pair.passage);
    for one in ties(pair.claim) {
        let turned = |other: &&Tie| {
            one.axis == other.axis
                && holders::share(pair, one.upper, other.lower)
                && holders::share(pair, one.lower, other.upper)
                && !holders::share(pair, one.upper, other.upper)
        };
        let Some(other) = theirs.iter().find(turned) else { continue };
        // "Never met Kell's predecessor, Jon Marsh" takes the relation for granted.
        let denied = |side: &Side, tie: &Tie| side.denied[tie.word] && side.tokens[tie.word].pos == Pos::Verb;
        if pair.claim.denied[one.word] || denied(pair.passage, other) {
            continue;
        }
        out.push(Finding {
            firm: true,
            kind: "role",
            why: "the two have changed places",
            part: "turned",
            amount: 10,
            because: pair.because(one.upper, other.upper, "holder"),
        });
    }
}

fn ties(side: &Side) -> Vec<Tie> {
    let mut out = Vec::new();
    for (name, words) in &side.facts.lexicon.sets {
        let Some((axis, end)) = name.strip_prefix("relation ").and_then(|rest| rest.split_once(": ")) else { continue };
        for at in 0..side.tokens.len() {
            let Some((len, ())) = words.longest_at(side.tokens, at) else { continue };
            let Some((subject, object)) = ends(side, at, len) else { continue };
            let (upper, lower) = if end == "upper" { (subject, object) } else { (object, subject) };
            out.push(Tie { axis, word: at, upper, lower });
        }
    }
    out.sort_by_key(|tie| (tie.word, tie.axis));
    out
}

/// Who stands in the relation to whom: "A owns B", "A is owned by B" turned, "A reports to B", "A is the owner of B", "B's owner A".
fn ends(side: &Side, at: usize, len: usize) -> Option<(Name, Name)> {
    if side.tokens[at].pos != Pos::Verb {
        return holders::of_noun(side, at, at + len - 1);
    }
    let named =
        |rels: &[Rel]| side.kids(at).find(|k| rels.contains(&side.tokens[*k].rel) && side.is_name(*k)).map(|k| side.name(k));
    if let Some((agent, patient)) = named(&[Rel::OblAgent]).zip(named(&[Rel::NsubjPass])) {
        return Some((agent, patient));
    }
    let subject = named(&[Rel::Nsubj])?;
    // "Reports to", "works under": the other end stands right behind.
    let behind = Some(at + len).filter(|t| len > 1 && *t < side.tokens.len() && side.is_name(*t)).map(|t| side.name(t));
    Some((subject, behind.or_else(|| named(&[Rel::Obj]))?))
}
