//! A verb under a negator, or a phrase that denies what follows it, where the claims as wholes were cut too wide or too narrow to tell:
//! "will not accept the card as proof" against "accepts the card as proof", "is something other than a ferry" against "is a ferry".

use super::side::{Side, meets, told};
use super::{Finding, Pair, amount};
use crate::text::Pos;

/// Least share of what is denied, in percent, that stands in one sentence of the other text.
const LEAST: u32 = 85;

/// Least share of the whole claim, in percent, that the other text says, the phrase aside.
const WHOLE: u32 = 70;

/// Sets the claim's verb, and what its phrases deny, against the passage.
pub fn find(pair: &Pair, out: &mut Vec<Finding>) {
    verb(pair, out);
    phrase(pair, out);
}

/// The claim's own verb stands under a negator there, and nowhere without one, and all the rest stands beside it.
fn verb(pair: &Pair, out: &mut Vec<Finding>) {
    let (claim, passage) = (pair.claim, pair.passage);
    if claim.denied.contains(&true) {
        return;
    }
    let Some(x) = (0..claim.tokens.len()).find(|t| claim.tokens[*t].pos == Pos::Verb && claim.weight(*t) > 0) else { return };
    let alike = |y: &usize| passage.tokens[*y].pos == Pos::Verb && meets(claim, x, passage, *y) >= 8;
    let met: Vec<usize> = (0..passage.tokens.len()).filter(alike).collect();
    let Some(y) = met.first().copied().filter(|_| met.iter().all(|y| negated(passage, *y))) else { return };
    let share = told(pair, &passage.sentence(y), |_| false);
    if share >= LEAST {
        out.push(Finding {
            firm: false,
            kind: "negation",
            why: "the deed is told under a negator",
            part: "negated",
            amount: amount(share, LEAST),
            because: pair.because((x, x), (y, y), "negation"),
        });
    }
}

/// Whether a negator stands right before a verb, auxiliaries and adverbs aside.
fn negated(side: &Side, verb: usize) -> bool {
    let start = side.sentence(verb).start;
    let small = |t: &usize| matches!(side.tokens[*t].pos, Pos::Aux | Pos::Adv | Pos::Part);
    side.denied[verb] && (start..verb).rev().take_while(small).take(4).any(|t| side.negates(t))
}

/// What stands behind a denying phrase of the claim is told by one sentence of the passage.
fn phrase(pair: &Pair, out: &mut Vec<Finding>) {
    let (claim, passage) = (pair.claim, pair.passage);
    let Some(list) = claim.facts.lexicon.set("denying phrases") else { return };
    let at = |at: usize| list.longest_at(claim.tokens, at).map(|(len, ())| (at, at + len));
    let Some((first, end)) = (1..claim.tokens.len()).find_map(at) else { return };
    let sentence = claim.sentence(first);
    let content: Vec<usize> = (end..sentence.end).filter(|t| claim.weight(*t) > 0).collect();
    let met = |t: &usize| pair.cover.by[*t].filter(|(_, strength)| *strength >= 7).map(|(y, _)| y);
    let Some(y) = content.iter().find_map(met) else { return };
    let denied = (0..first).any(|t| claim.negates(t)) || content.iter().filter_map(met).any(|y| passage.denied[y]);
    // The passage may say it with the same phrase.
    let said = (0..passage.tokens.len()).any(|at| list.longest_at(passage.tokens, at).is_some());
    let share = told(pair, &passage.sentence(y), |t| !content.contains(&t));
    let whole = pair.covered(&sentence, |t| (first..end).contains(&t));
    if denied || said || share < LEAST || whole < WHOLE || !pair.same_subject(&sentence, first) {
        return;
    }
    out.push(Finding {
        firm: false,
        kind: "negation",
        why: "a phrase denies what the other tells",
        part: "phrase",
        amount: amount(share, LEAST),
        because: pair.because((first, end - 1), (y, y), "negation"),
    });
}
