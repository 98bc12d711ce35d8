//! What one text denies and the other asserts: every word of the denied clause stands in the other text, undenied.

use super::side::{Side, refuted};
use super::{Finding, Pair, amount};
use crate::claims::{Effect, Modality};
use crate::conflicts::{Because, Fact, Slot};

/// Least share of a denied clause's words, in percent, that the other text must assert.
const LEAST: u32 = 80;

/// Share of the shorter text in the longer one, in percent, from which both are about one thing whoever the subjects are.
const WHOLE: u32 = 90;

/// Sets what `pair.claim` denies against the passage.
pub fn find(pair: &Pair, held: u32, out: &mut Vec<Finding>) {
    for fact in pair.claim.claims.iter().filter(|fact| refuted(fact)) {
        out.extend(denied(pair, fact, held >= WHOLE));
    }
}

fn denied(pair: &Pair, fact: &Fact, whole: bool) -> Option<Finding> {
    let side = pair.claim;
    let claim = side.facts.claim(fact);
    // "No final report" denies no report, unless the other text's report is final too.
    let narrows = |t: &u32| !pair.cover.has(*t as usize);
    if claim.operators.iter().any(|o| o.effect == Effect::Restricts && o.tokens.iter().any(narrows)) {
        return None;
    }
    // "Is no longer part of it" leaves what the past was.
    let range = side.sentence(claim.predicate as usize % side.tokens.len().max(1));
    if range.clone().any(|t| side.is("now words", t)) && !range.clone().any(|t| pair.cover.has(t) && side.is("now words", t)) {
        return None;
    }
    let negators: Vec<usize> = claim.operators.iter().flat_map(|o| &o.tokens).map(|t| *t as usize).collect();
    let cue: Vec<usize> = claim.chain.iter().flat_map(|l| l.cue.clone()).map(|t| t as usize).collect();
    let predicate = claim.predicate as usize;
    let subject = subject(side, fact);
    let inside = |t: usize| subject.is_some_and(|(first, last)| (first..=last).contains(&t));
    let words: Vec<usize> = claim.tokens.iter().map(|t| *t as usize).filter(|t| *t < side.tokens.len()).collect();
    let content: Vec<usize> = words
        .iter()
        .copied()
        .filter(|t| !negators.contains(t) && !cue.contains(t) && !inside(*t) && side.weight(*t) > 0)
        .collect();
    let telling: u32 = content.iter().map(|t| side.weight(*t)).sum();
    if telling < 2 || telling < 4 && !whole || (side.weight(predicate) > 0 && !inside(predicate) && !pair.cover.has(predicate)) {
        return None;
    }
    let share = pair.cover.share(side, content.iter().copied());
    if share < LEAST {
        return None;
    }
    // The other text must not deny it as well.
    let met: Vec<usize> = content.iter().filter_map(|t| pair.cover.by[*t]).map(|(y, _)| y).collect();
    let denied_there = met.iter().filter(|y| pair.passage.denied[**y]).count();
    if denied_there > 0 {
        return None;
    }
    if also_denied(pair.passage, &met) || !told(pair.passage, &met) {
        return None;
    }
    let first = met.iter().copied().min()?;
    let sentence = pair.passage.sentence(first);
    let together = met.iter().filter(|y| sentence.contains(y)).count() * 10 >= met.len() * 6;
    let known = match subject {
        Some((first, last)) => pair.same_subject(&(first..last + 1), last + 1),
        None => true,
    };
    if !(known || whole) || !together {
        return None;
    }
    let named = subject.is_some_and(|(first, last)| (first..=last).any(|t| pair.cover.has(t)));
    // How much is denied, whether of somebody named, and how much of it the other text tells, in equal parts.
    let amount = (amount(share, LEAST) + if named { 10 } else { 0 } + telling.min(20) / 2) / 3;
    let mut because: Vec<Because> = negators
        .iter()
        .filter(|t| claim.operators.iter().any(|o| o.effect == Effect::Negates && o.tokens.contains(&(**t as u32))))
        .map(|t| Because { side: side.at, span: side.span(*t, *t), role: "negation" })
        .collect();
    because.push(Because { side: pair.passage.at, span: pair.passage.span(first, first), role: "event" });
    because.sort_by_key(|b| b.side);
    Some(Finding {
        firm: false,
        kind: "negation",
        why: "one denies what the other tells word for word",
        part: "denied",
        amount,
        because,
    })
}

/// First and last token of what the claim is about.
fn subject(side: &Side, fact: &Fact) -> Option<(usize, usize)> {
    let role = fact
        .role(Slot::Subject)
        .or_else(|| fact.role(Slot::Object).filter(|r| (r.head as usize) < fact.event.map_or(0, |e| e.token) as usize))?;
    let inside = |t: &&crate::text::Token| role.span.start <= t.span.start && t.span.end <= role.span.end;
    let first = side.tokens.iter().position(|t| inside(&t))?;
    let last = side.tokens.iter().rposition(|t| inside(&t))?;
    Some((first, last))
}

/// Whether the other text denies the same with other words around it.
fn also_denied(passage: &Side, met: &[usize]) -> bool {
    passage.claims.iter().filter(|fact| refuted(fact)).any(|fact| {
        let tokens = &passage.facts.claim(fact).tokens;
        let inside = met.iter().filter(|y| tokens.contains(&(**y as u32))).count();
        inside * 2 >= met.len()
    })
}

/// Whether the other text tells it as real: neither asked, wished nor on condition.
fn told(passage: &Side, met: &[usize]) -> bool {
    let inside = |fact: &&Fact| {
        let tokens = &passage.facts.claim(fact).tokens;
        met.iter().filter(|y| tokens.contains(&(**y as u32))).count()
    };
    match passage.claims.iter().max_by_key(inside) {
        Some(fact) if inside(&fact) > 0 => matches!(passage.facts.claim(fact).modality, Modality::Realised),
        _ => true,
    }
}
