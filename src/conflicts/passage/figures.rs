//! Figures: another number for the same counted thing.

use super::calendar;
use super::side::Side;
use super::{Finding, Pair, amount};
use crate::base::Sym;
use crate::claims::{Comparator, EntityKind, Modality, Quantity, QuantityKind as Sort, quantity};
use crate::conflicts::Fact;
use crate::lexical::{self, Class};
use crate::text::Pos;

/// Least share of the claim's other words, in percent.
const LEAST: u32 = 60;

/// What rounding takes from a figure that was converted from one unit to another ("10 miles", "16 kilometres").
const ROUNDED: f64 = 0.06;

/// Sets the claim's figures against the passage's.
pub fn find(pair: &Pair, out: &mut Vec<Finding>) {
    let (ours, theirs) = (figures(pair.claim), figures(pair.passage));
    for one in &ours {
        let token = one.first as usize;
        let sentence = pair.claim.sentence(token);
        let skip = |t: usize| (one.first as usize..one.end as usize).contains(&t);
        let same: Vec<&Quantity> = theirs.iter().filter(|other| same_thing(pair, one, other)).collect();
        let meets = |q: &&Quantity| {
            let converted = scale(pair.claim, one) != scale(pair.passage, q);
            let slack = if converted { one.value.abs().max(q.value.abs()) * ROUNDED } else { 0.0 };
            // Two ranges that only touch are two.
            let ranges = one.comparator == Comparator::Range && q.comparator == Comparator::Range;
            let (below, above) = (one.high + slack - q.low, q.high + slack - one.low);
            if ranges { below > 0.0 && above > 0.0 } else { below >= 0.0 && above >= 0.0 }
        };
        if same.is_empty() || same.iter().any(meets) || theirs.iter().any(|q| q.value == one.value && q.low == q.high) {
            continue;
        }
        if !told(pair.claim, token) || same.iter().any(|q| !told(pair.passage, q.first as usize)) {
            continue;
        }
        if pair.claim.denied[token] && one.value > 0.0
            || same.iter().any(|q| pair.passage.denied[q.first as usize] && q.value > 0.0)
        {
            continue;
        }
        let until = (sentence.start..sentence.end)
            .find(|t| pair.claim.tokens[*t].pos == Pos::Verb || pair.claim.tokens[*t].pos == Pos::Aux);
        if !pair.same_subject(&sentence, until.unwrap_or(token).min(token)) {
            continue;
        }
        let share = pair.covered(&sentence, skip);
        let rival = same[0];
        let near = pair.passage.sentence(rival.first as usize);
        if share < LEAST || pair.other_detail(&sentence, &near, skip) || other_time(pair, &sentence, &near) {
            continue;
        }
        out.push(Finding {
            firm: true,
            kind: "quantity",
            why: "another figure for the same thing",
            part: if same.len() == 1 { "figure" } else { "figure-of-several" },
            amount: amount(share, LEAST),
            because: pair.because((token, one.end as usize - 1), (rival.first as usize, rival.end as usize - 1), "figure"),
        });
    }
}

/// Whether a figure is told as real: of a plan, a demand or a wish nothing has come yet.
fn told(side: &Side, token: usize) -> bool {
    let holds = |fact: &&Fact| side.facts.claim(fact).tokens.contains(&(token as u32));
    let narrowest = side.claims.iter().filter(holds).min_by_key(|fact| side.facts.claim(fact).tokens.len());
    narrowest.is_none_or(|fact| side.facts.claim(fact).modality == Modality::Realised)
}

/// Whether both sentences give dates, and none of the one meets one of the other.
fn other_time(pair: &Pair, sentence: &std::ops::Range<usize>, near: &std::ops::Range<usize>) -> bool {
    let within = |side: &Side, range: &std::ops::Range<usize>| -> Vec<calendar::When> {
        calendar::dates(side).into_iter().filter(|when| range.contains(&when.first)).collect()
    };
    let (ours, theirs) = (within(pair.claim, sentence), within(pair.passage, near));
    !ours.is_empty() && !theirs.is_empty() && ours.iter().all(|x| theirs.iter().all(|y| calendar::apart(x, y)))
}

/// How many base units one of the unit is in which a figure is written.
fn scale(side: &Side, q: &Quantity) -> Option<f64> {
    let units = &side.facts.lexicon.units;
    (q.first as usize..q.end as usize).find_map(|at| units.longest_at(side.tokens, at)).map(|(_, row)| row.scale)
}

fn figures(side: &Side) -> Vec<Quantity> {
    let document = &side.facts.readings[side.at].document;
    let all = quantity::find(document, side.facts.lexicon);
    let fits = |q: &Quantity| {
        let written = side.tokens.get(q.first as usize).map_or("", |t| t.form.as_str());
        let year = q.low == q.high && (1000.0..2100.0).contains(&q.value) && q.unit.is_none() && written.len() == 4;
        // "Five U.S. presidents" counts presidents.
        let state = |at: usize| side.beings[at].is_some_and(|b| side.facts.who.list[b as usize].kind == EntityKind::State);
        let named = |at: usize| side.tokens.get(at).is_some_and(|_| side.is_name(at) && !side.is_calendar(at) && !state(at));
        // "Formula 3", "the 100 Years War"
        let in_name = (q.first as usize).checked_sub(1).is_some_and(named) || named(q.first as usize + 1);
        // "one of the largest houses"
        let one_of = q.value == 1.0 && side.tokens.get(q.first as usize + 1).is_some_and(|t| t.form.as_str() == "of");
        !one_of && (q.end as usize) <= side.tokens.len() && !matches!(q.kind, Sort::Label | Sort::Ordinal) && !year && !in_name
    };
    all.into_iter().filter(fits).collect()
}

fn same_thing(pair: &Pair, one: &Quantity, other: &Quantity) -> bool {
    if one.kind != other.kind || one.unit != other.unit || other_deed(pair, one, other) {
        return false;
    }
    if measured(pair.claim, one).is_none()
        && matches!(one.kind, Sort::Measure | Sort::Share | Sort::Duration)
        && !same_measure(pair, one, other)
    {
        return false;
    }
    let measured = (measured(pair.claim, one), measured(pair.passage, other));
    if let (Some(x), Some(y)) = measured {
        return x == y || pair.claim.facts.lexicon.same_family(x, y);
    }
    match (one.counted, other.counted) {
        (Some(x), Some(y)) => {
            x == y
                || pair.claim.facts.lexicon.same_family(x, y)
                || lexical::synonyms(x.as_str(), y.as_str(), Class::Noun).is_some_and(|rank| rank <= 1)
        }
        (None, None) => one.unit.is_some(),
        _ => one.unit.is_some() && one.kind != Sort::Duration,
    }
}

/// Whether each figure counts what another verb does or suffers, and neither text knows the other's verb ("killed 12", "displaced 40").
fn other_deed(pair: &Pair, one: &Quantity, other: &Quantity) -> bool {
    let deed = |side: &Side, q: &Quantity| {
        let head = q.head.filter(|_| q.kind == Sort::Count)? as usize;
        let verb = side.tokens.get(head).map(|_| side.head(head))?;
        (side.tokens[verb].pos == Pos::Verb && side.weight(verb) > 0).then_some(verb)
    };
    match (deed(pair.claim, one), deed(pair.passage, other)) {
        (Some(x), Some(y)) => !pair.cover.has(x) && super::side::meets(pair.claim, x, pair.passage, y) < 4,
        _ => false,
    }
}

/// The noun that a bare number is the value of: "a population of 345", "the price was 20".
fn measured(side: &Side, q: &Quantity) -> Option<Sym> {
    if q.counted.is_some() || q.kind != Sort::Count && q.kind != Sort::Measure {
        return None;
    }
    let first = q.first as usize;
    let start = side.sentence(first).start.max(first.saturating_sub(14));
    let noun = (start..first).rev().find(|t| side.is("measured nouns", *t))?;
    // Another number in between is the noun's.
    let other = side.tokens[noun..first].iter().any(|t| t.pos == Pos::Num && t.form.as_str().len() != 4);
    (!other).then(|| side.tokens[noun].lemma)
}

/// A measure is of what governs it: two lengths are of one thing only where the same word stands over both.
fn same_measure(pair: &Pair, one: &Quantity, other: &Quantity) -> bool {
    let governor = |side: &Side, q: &Quantity| {
        let inside = |t: usize| (q.first as usize..q.end as usize).contains(&t);
        let mut at = q.head.map_or(q.first as usize, |h| h as usize).min(side.tokens.len() - 1);
        for _ in 0..6 {
            let up = side.head(at);
            if up == at {
                return None;
            }
            at = up;
            if !inside(at) && side.weight(at) > 0 {
                return Some(at);
            }
        }
        None
    };
    match (governor(pair.claim, one), governor(pair.passage, other)) {
        (Some(x), Some(y)) => super::side::meets(pair.claim, x, pair.passage, y) >= 7,
        (None, None) => true,
        _ => false,
    }
}
