//! Corroboration: claims of several independent voices that say the same of the same thing.
//!
//! In: the facts of a run and which pairs are in conflict. Out: [`Agreement`]s. The same alignment as for conflicts decides what is
//! the same; wire copies are one voice, so is one speaker quoted twice, one outlet and one party. Claims meet under an event and a
//! name of their own clause, so that cost follows what is said of whom.

use super::detectors::{self, Context, Key, Pole};
use super::facts::{Fact, Voice};
use super::gates::{self};
use super::{Agreement, ClaimRef, Stats, align, index, participants};
use crate::claims::{Claim, Effect, Level, Modality, Stance};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeSet;

/// Weight of what only one of two claims says, from which they no longer say the same.
const DETAIL: u32 = 6;

/// Finds the claims on which independent voices agree.
///
/// `skip` marks articles that copy an earlier one, `conflicting` holds pairs of facts that clash, the smaller index first, and
/// `rank` orders facts as reports do: the earliest claim of an agreement comes first.
pub fn find(
    cx: &Context,
    skip: &[bool],
    conflicting: &FxHashSet<(u32, u32)>,
    rank: &(dyn Fn(u32) -> (bool, Option<jiff::civil::Date>, crate::base::Fingerprint) + Sync),
) -> Vec<Agreement> {
    let keys = |fact: &Fact, out: &mut Vec<Key>| keys(cx, fact, out);
    let asked: Vec<u32> =
        (0u32..).zip(&cx.facts.list).filter(|(_, fact)| !skip[fact.reading as usize]).map(|(at, _)| at).collect();
    let pairs = index::candidates(&index::Space::whole(cx), &keys, &asked, &mut Stats::default());
    let facts = &cx.facts.list;
    let agreeing: Vec<(u32, u32)> = pairs
        .into_par_iter()
        .filter(|pair| !conflicting.contains(pair))
        .filter(|(one, other)| agree(cx, &facts[*one as usize], &facts[*other as usize]))
        .collect();
    let mut near: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
    for (one, other) in agreeing {
        near.entry(one).or_default().push(other);
        near.entry(other).or_default().push(one);
    }
    let mut order: Vec<u32> = near.keys().copied().collect();
    order.sort_unstable_by_key(|at| (rank(*at), *at));
    let place: FxHashMap<u32, usize> = order.iter().enumerate().map(|(place, at)| (*at, place)).collect();
    let mut taken: FxHashSet<u32> = FxHashSet::default();
    let mut out = Vec::new();
    for first in &order {
        // All agree with the first: a chain of likenesses would drift.
        let free = near[first].iter().chain([first]).copied().filter(|at| !taken.contains(at));
        let mut group: Vec<u32> = free.collect();
        if taken.contains(first) || group.len() < 2 {
            continue;
        }
        group.sort_unstable_by_key(|at| place[at]);
        let voices: BTreeSet<Said> = group.iter().map(|at| said(cx, &facts[*at as usize])).collect();
        if voices.len() > 1 {
            taken.extend(&group);
            let place = |at: &u32| ClaimRef { reading: facts[*at as usize].reading, claim: facts[*at as usize].claim };
            out.push(Agreement { claims: group.iter().map(place).collect(), voices: voices.len() });
        }
    }
    out
}

/// An event with everybody whom its clause names.
fn keys(cx: &Context, fact: &Fact, out: &mut Vec<Key>) {
    let Some(event) = fact.event.filter(|_| firm(cx.facts.claim(fact)) && voice(fact).is_some()) else { return };
    for concept in cx.facts.concepts(&event) {
        let named = fact.named.iter().map(|being| cx.facts.who.party(*being));
        out.extend(named.map(|party| Key { hash: detectors::hash(("agree", concept, party)), pole: Pole::Any }));
    }
}

/// Told as real, and neither hedged nor narrowed.
fn firm(claim: &Claim) -> bool {
    let loose = |effect: Effect| !matches!(effect, Effect::Negates);
    claim.modality == Modality::Realised && !claim.operators.iter().any(|operator| loose(operator.effect))
}

/// The first who is certain of a claim, named speakers before the publisher.
fn voice(fact: &Fact) -> Option<&Voice> {
    fact.voices.iter().find(|voice| voice.stance.level() == Some(Level::Certain))
}

/// Who stands behind a claim, as far as independence goes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Said {
    Party(u32),
    Publisher(String),
    Article(u32),
}

fn said(cx: &Context, fact: &Fact) -> Said {
    let named = voice(fact).and_then(|voice| voice.being).map(|being| Said::Party(cx.facts.who.party(being)));
    let article = &cx.facts.readings[fact.reading as usize].article;
    let publisher = || article.publisher.clone().map_or(Said::Article(fact.reading), Said::Publisher);
    named.unwrap_or_else(publisher)
}

/// Whether two claims of two voices say the same of the same thing.
fn agree(cx: &Context, a: &Fact, b: &Fact) -> bool {
    let (Some(x), Some(y)) = (voice(a), voice(b)) else { return false };
    let (Some(one), Some(other)) = (a.event, b.event) else { return false };
    let alike = matches!(x.stance, Stance::Asserted(_)) == matches!(y.stance, Stance::Asserted(_));
    if !alike || said(cx, a) == said(cx, b) || align::events(cx.facts, &one, &other).is_none() {
        return false;
    }
    let ask = align::Ask::default();
    let Ok(mut alignment) = align::align(cx.facts, a, b, ask) else { return false };
    let mutual = participants::mutual(cx.facts, a, b, ask, &mut alignment).is_ok();
    let named = alignment.names > 0 && alignment.extra.iter().all(|extra| *extra <= DETAIL);
    mutual && named && !alignment.tension && figures(cx, a, b) && times(cx, a, b)
}

/// Whether the figures of two claims are the same: each counts what the other counts, and the intervals meet.
fn figures(cx: &Context, a: &Fact, b: &Fact) -> bool {
    let (ones, others) = (&cx.facts.claim(a).quantities, &cx.facts.claim(b).quantities);
    let met = |list: &[crate::claims::Quantity], x: &crate::claims::Quantity| {
        list.iter().any(|y| x.unit == y.unit && x.counted == y.counted && x.low <= y.high && y.low <= x.high)
    };
    ones.iter().all(|x| met(others, x)) && others.iter().all(|y| met(ones, y))
}

/// Whether the days of two claims meet, where both say one; else whether they are told of days that lie close.
fn times(cx: &Context, a: &Fact, b: &Fact) -> bool {
    let spoken = |fact: &Fact| cx.facts.claim(fact).time.filter(|time| !time.span.is_empty());
    match (spoken(a), spoken(b)) {
        (Some(one), Some(other)) => one.start <= other.end && other.start <= one.end,
        _ => match (gates::date(cx, a), gates::date(cx, b)) {
            (Some(one), Some(other)) => one.since(other).map_or(0, |span| span.get_days()).unsigned_abs() <= CLOSE,
            _ => true,
        },
    }
}

/// Days within which two reports without a date of their own tell of one event.
const CLOSE: u32 = 7;
