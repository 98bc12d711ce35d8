//! Ages and spans of years that a text's dates rule out.

use super::dates::{self, Life};
use super::side::Side;
use super::{Finding, Pair};

/// "died at 52" against born and died dates; "ran for 80 years" against first and last year; "is alive" against a death.
pub fn find(pair: &Pair, out: &mut Vec<Finding>) {
    let life = dates::life(pair.passage);
    alive(pair, &life, out);
    for claimed in spans(pair.claim) {
        let sentence = pair.claim.sentence(claimed.first);
        let says = |set: &str| sentence.clone().any(|t| pair.claim.is(set, t));
        let told = match (life.born, life.died) {
            (Some(born), Some(died)) if says("dying words") && claimed.age => {
                Some(((died.0 - born.1) / dates::YEAR, (died.1 - born.0) / dates::YEAR + 1))
            }
            (Some(born), _) if claimed.age => {
                let words = sentence.clone().filter(|t| !(claimed.first..=claimed.last).contains(t));
                dates::beside(pair, words).map(|day| ((day.0 - born.1) / dates::YEAR - 1, (day.1 - born.0) / dates::YEAR + 1))
            }
            _ if claimed.age => None,
            _ => ran(pair),
        };
        let Some((low, high)) = told else { continue };
        if claimed.high < low || high < claimed.low {
            if pair.claim.denied[claimed.first] || !pair.same_subject(&sentence, claimed.first) {
                continue;
            }
            let at = dates::dates(pair.passage).first().map_or((0, 0), dates::When::words);
            out.push(Finding {
                firm: true,
                kind: "time",
                why: "the dates leave another number of years",
                percent: 72,
                because: pair.because((claimed.first, claimed.last), at, "time"),
            });
        }
    }
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
            percent: 82,
            because: pair.because((token, token), (first, last), "opposite"),
        });
    }
}

/// Years between the edges of the passage's one range of years.
fn ran(pair: &Pair) -> Option<(i32, i32)> {
    let ranges: Vec<_> = dates::ranges_of(pair.passage);
    match ranges[..] {
        [(low, high)] => Some(((high - low) / dates::YEAR - 1, (high - low) / dates::YEAR + 1)),
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
        let age = bare && before.iter().any(|w| matches!(*w, "age" | "aged"))
            || years && (after == "old" || before.contains(&"be") || before.contains(&"age"));
        let lasts = years && !age && before.last().is_some_and(|w| *w == "for");
        if !age && !lasts {
            continue;
        }
        let scale = if years { 365.25 } else { 1.0 };
        let bound = |x: f64| (x / scale).clamp(-10_000.0, 10_000.0).round() as i32;
        out.push(Span { first, last: end - 1, low: bound(q.low), high: bound(q.high), age });
    }
    out
}
