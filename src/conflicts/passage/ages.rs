//! Ages and spans of years that a text's dates rule out.

use super::calendar::{self, YEAR};
use super::dates::{self, Life};
use super::side::Side;
use super::{Finding, Pair};
use crate::text::Rel;

/// "died at 52" against born and died dates; "ran for 80 years" against first and last year; "is alive" against a death.
pub fn find(pair: &Pair, out: &mut Vec<Finding>) {
    let life = dates::life(pair.passage);
    alive(pair, &life, out);
    out.extend(outside_life(pair, &life));
    for claimed in spans(pair.claim) {
        let sentence = pair.claim.sentence(claimed.first);
        let says = |set: &str| sentence.clone().any(|t| pair.claim.is(set, t));
        // A date of the claim's own says at what age.
        let own: Vec<(i32, i32)> = calendar::dates(pair.claim)
            .into_iter()
            .filter(|when| sentence.contains(&when.first) && when.first != claimed.first)
            .filter_map(|when| when.days.filter(|(low, high)| *low > -calendar::FAR && *high < calendar::FAR))
            .collect();
        let told = match (life.born, life.died) {
            (Some(born), Some(died)) if says("dying words") && claimed.age => {
                Some(((died.0 - born.1) / YEAR, (died.1 - born.0) / YEAR + 1))
            }
            // Nobody grows so old, whenever it is said.
            (Some(_), _) if claimed.age && claimed.low > OLDEST => Some((0, OLDEST)),
            (Some(born), _) if claimed.age && !own.is_empty() => {
                let first = own.iter().map(|day| (day.0 - born.1).div_euclid(YEAR)).min();
                first.zip(own.iter().map(|day| (day.1 - born.0).div_euclid(YEAR)).max())
            }
            (Some(born), _) if claimed.age && !says("dying words") => {
                let words = sentence.clone().filter(|t| !(claimed.first..=claimed.last).contains(t));
                let days = dates::beside(pair, words);
                let first = days.iter().map(|day| day.0).min().map(|day| (day - born.1) / YEAR);
                first.zip(days.iter().map(|day| (day.1 - born.0) / YEAR).max())
            }
            _ if claimed.age => None,
            _ => ran(pair),
        };
        let Some((low, high)) = told else { continue };
        if claimed.high < low || high < claimed.low {
            if pair.claim.denied[claimed.first] || !pair.same_subject(&sentence, claimed.first) {
                continue;
            }
            let at = calendar::dates(pair.passage).first().map_or((0, 0), calendar::When::words);
            out.push(Finding {
                firm: true,
                kind: "time",
                why: "the dates leave another number of years",
                part: "years",
                amount: 10,
                because: pair.because((claimed.first, claimed.last), at, "time"),
            });
        }
    }
}

/// Years that nobody lives.
const OLDEST: i32 = 125;

/// Years after a birth in which nobody does what is told of grown people.
const CHILDHOOD: i32 = 4 * YEAR;

/// "Graduated in 1948" against "born in 1948", "fought in 1916" against "died in 1890": a deed dated before its doer could do it, or
/// after he was dead.
fn outside_life(pair: &Pair, life: &Life) -> Option<Finding> {
    let claim = pair.claim;
    let early = |day: (i32, i32)| life.born.is_some_and(|born| day.1 < born.0 + CHILDHOOD);
    let unborn = |day: (i32, i32)| life.born.is_none() && life.founded.is_some_and(|founded| day.1 < founded.0);
    let late = |day: (i32, i32)| life.died.is_some_and(|died| day.0 > died.1);
    let (_, words, day) = dates::deeds(claim).into_iter().find(|(verb, _, day)| {
        let sentence = claim.sentence(*verb);
        let named = sentence.clone().find(|t| claim.is_name(*t) && *t < *verb);
        let known =
            named.is_some_and(|name| pair.cover.by[name].is_some_and(|(y, s)| s >= 7 && pair.passage.sentence(y).start == 0));
        let active = claim.kids(*verb).any(|k| claim.tokens[k].rel == Rel::Nsubj) && !claim.is("begetting words", *verb);
        // A text that tells the same deed knows when it was done.
        let dated = |y: usize| calendar::dates(pair.passage).iter().any(|when| pair.passage.sentence(y).contains(&when.first));
        let told = pair.cover.by[*verb].is_some_and(|(y, strength)| strength >= 7 && (dated(y) || !unborn(*day)));
        known && active && !claim.denied[*verb] && !told && (early(*day) || unborn(*day) || late(*day))
    })?;
    let (why, part, edge) = match () {
        () if early(day) => ("done before its doer could do it", "childhood", life.birth),
        () if unborn(day) => ("done before its doer was founded", "unfounded", life.founding),
        () => ("done after its doer had died", "posthumous", life.death),
    };
    let because = pair.because(words, edge?, "time");
    Some(Finding { firm: true, kind: "time", why, part, amount: 10, because })
}

fn alive(pair: &Pair, life: &Life, out: &mut Vec<Finding>) {
    let Some((first, last)) = life.death else { return };
    let claim = pair.claim;
    let says = (0..claim.tokens.len()).find(|t| claim.is("living words", *t) && !claim.denied[*t]);
    let Some(token) = says else { return };
    if pair.same_subject(&claim.sentence(token), token) {
        out.push(Finding {
            firm: true,
            kind: "antonym",
            why: "said to live after the death that the other text dates",
            part: "alive",
            amount: 10,
            because: pair.because((token, token), (first, last), "opposite"),
        });
    }
}

/// Years between the edges of the passage's one range of years.
fn ran(pair: &Pair) -> Option<(i32, i32)> {
    let ranges: Vec<_> = dates::ranges_of(pair.passage);
    match ranges[..] {
        [(low, high)] => Some(((high - low) / YEAR - 1, (high - low) / YEAR + 1)),
        _ => None,
    }
}

/// A number of years that a claim gives.
struct Span {
    first: usize,
    last: usize,
    low: i32,
    high: i32,
    /// An age rather than a span.
    age: bool,
}

fn spans(side: &Side) -> Vec<Span> {
    let mut out = Vec::new();
    let document = &side.facts.readings[side.at].document;
    for q in crate::claims::quantity::find(document, side.facts.lexicon) {
        let (first, end) = (q.first as usize, q.end as usize);
        if end > side.tokens.len() || q.value > 2000.0 * 366.0 {
            continue;
        }
        let before: Vec<&str> = side.tokens[first.saturating_sub(3)..first].iter().map(|t| t.form.as_str()).collect();
        let after = side.tokens.get(end).map_or("", |t| t.form.as_str());
        let years =
            q.unit.is_some_and(|u| u.as_str() == "day") && side.tokens[first..end].iter().any(|t| t.lemma.as_str() == "year");
        let bare = q.unit.is_none() && q.counted.is_none() && (1.0..130.0).contains(&q.value);
        let then =
            || matches!(after, "when" | "while" | "at") && before.last().is_some_and(|w| matches!(*w, "was" | "is" | "were"));
        let ago = years && after == "ago" && (0..first).any(|t| side.is("dated: born", t));
        let age = ago
            || bare && then()
            || bare && before.iter().any(|w| matches!(*w, "age" | "aged"))
            || years && (after == "old" || before.contains(&"be") || before.contains(&"age"));
        let lasts = years && !age && before.last().is_some_and(|w| *w == "for");
        if !age && !lasts {
            continue;
        }
        let scale = if years { 365.25 } else { 1.0 };
        let bound = |x: f64| (x / scale).clamp(-10_000.0, 10_000.0).round() as i32;
        out.push(Span { first, last: end - 1, low: bound(q.low), high: bound(q.high), age });
    }
    out.extend((0..side.tokens.len()).filter_map(|at| stage(side, at)));
    out
}

/// "A teenager", "in his thirties", "died young": a stage of life, by the lists `aged LOW to HIGH`.
fn stage(side: &Side, at: usize) -> Option<Span> {
    let lists = side.facts.lexicon.sets.iter().filter_map(|(name, words)| {
        let (low, high) = name.strip_prefix("aged ")?.split_once(" to ")?;
        let (len, ()) = words.longest_at(side.tokens, at)?;
        Some(Span { first: at, last: at + len - 1, low: low.parse().ok()?, high: high.parse().ok()?, age: true })
    });
    lists.max_by_key(|span| (span.last, span.low))
}
