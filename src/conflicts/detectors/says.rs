//! The kinds `time`, `place` and `antonym` with patterns of their own: what the rule's author says is one event, dated, placed or told
//! in opposite ways.
//!
//! In: a rule with `says` and two facts that it matches. Out: a [`Clash`] or the gate that stopped it. The key is the author's word that
//! both claims are about one thing, so that nothing has to happen only once.

use super::captured::{self, Bound};
use super::{Clash, Context, Key, position, shared, whereabouts};
use crate::base::Span;
use crate::claims::Stance;
use crate::conflicts::Because;
use crate::conflicts::align::{self, Alignment, Fit};
use crate::conflicts::facts::{Fact, Role, Voice};
use crate::conflicts::gates::{self, Gate, Stop};
use crate::rules::{Match, Rule, SaysRule};

/// A claim with one of its matches.
type Side<'a> = (&'a Fact, &'a Match);

/// Keys under which matched claims meet.
pub fn keys(cx: &Context, at: usize, settings: &SaysRule, fact: &Fact, out: &mut Vec<Key>) {
    if fact.voices.iter().any(|voice| voice.stance != Stance::None) {
        captured::keys(cx, at, fact, &settings.key, out);
    }
}

/// One event dated twice.
///
/// # Errors
/// The first gate that fails.
pub fn times(cx: &Context, rule: &Rule, settings: &SaysRule, one: Side, other: Side) -> Result<Clash, Stop> {
    let voices = told(cx, rule, one, other, shared::both_assert)?;
    let (Some(x), Some(y)) = (whereabouts::time(cx, one.0), whereabouts::time(cx, other.0)) else {
        return Err(Stop::at(Gate::NoMatch, "a side says no time"));
    };
    if x.end >= y.start && y.end >= x.start {
        return Err(Stop::at(Gate::NotOpposed, "the times meet"));
    }
    let alignment = about(cx, settings, one, other)?;
    let because = vec![Because { side: 0, span: x.span, role: "time" }, Because { side: 1, span: y.span, role: "time" }];
    let mut clash = finish(cx, settings, one, other, because, voices, alignment);
    clash.bound = [vec![("event_date", x.start.to_string())], vec![("event_date", y.start.to_string())]];
    Ok(clash)
}

/// One event in two places.
///
/// # Errors
/// The first gate that fails.
pub fn places(cx: &Context, rule: &Rule, settings: &SaysRule, one: Side, other: Side) -> Result<Clash, Stop> {
    let voices = told(cx, rule, one, other, shared::both_assert)?;
    let spans = match settings.value {
        Some(value) => {
            let bound = |(fact, found): Side| captured::bound(cx, fact, found, value);
            let (Some(x), Some(y)) = (bound(one), bound(other)) else {
                return Err(Stop::at(Gate::NoMatch, "a side binds no place"));
            };
            captured_apart(cx, &x, &y)?
        }
        None => named_apart(cx, one.0, other.0)?,
    };
    let alignment = about(cx, settings, one, other)?;
    let because = vec![Because { side: 0, span: spans[0], role: "place" }, Because { side: 1, span: spans[1], role: "place" }];
    Ok(finish(cx, settings, one, other, because, voices, alignment))
}

fn captured_apart(cx: &Context, x: &Bound, y: &Bound) -> Result<[Span; 2], Stop> {
    if captured::same(cx, x, y) { Err(Stop::at(Gate::NotOpposed, "the places go together")) } else { Ok([x.span, y.span]) }
}

/// Places that the events themselves name; any pair that goes together makes the rest detail.
fn named_apart(cx: &Context, a: &Fact, b: &Fact) -> Result<[Span; 2], Stop> {
    let (Some(x), Some(y)) = (whereabouts::places(cx, a).next(), whereabouts::places(cx, b).next()) else {
        return Err(Stop::at(Gate::NoMatch, "a side names no place"));
    };
    let apart = |x: &Role, y: &Role| matches!(align::fillers(cx.facts, x, y), Fit::Differ(_));
    let together = whereabouts::places(cx, a).any(|x| whereabouts::places(cx, b).any(|y| !apart(x, y)));
    if together { Err(Stop::at(Gate::NotOpposed, "the places go together")) } else { Ok([x.span, y.span]) }
}

/// A pattern's word on one side, its opposite on the other.
///
/// # Errors
/// The first gate that fails.
pub fn opposites(cx: &Context, rule: &Rule, settings: &SaysRule, one: Side, other: Side) -> Result<Clash, Stop> {
    let turned = one.1.opposed.or(other.1.opposed);
    let (Some((_, complementary)), true) = (turned, one.1.opposed.is_some() != other.1.opposed.is_some()) else {
        return Err(Stop::at(Gate::NotOpposed, "neither is the opposite of the other"));
    };
    let opposed = |x: &Voice, y: &Voice| shared::both_assert(x, y) || complementary && shared::both_refute(x, y);
    let voices = told(cx, rule, one, other, opposed)?;
    let alignment = about(cx, settings, one, other)?;
    let mut because = position::spans(cx, one.0, one.1, 0, "opposite");
    because.extend(position::spans(cx, other.0, other.1, 1, "opposite"));
    Ok(finish(cx, settings, one, other, because, voices, alignment))
}

/// Both sides are committed to it, tell it alike, and are voices that `opposed` sets against each other.
fn told(
    cx: &Context,
    rule: &Rule,
    (a, _): Side,
    (b, _): Side,
    opposed: impl Fn(&Voice, &Voice) -> bool,
) -> Result<[usize; 2], Stop> {
    shared::committed(a)?;
    shared::committed(b)?;
    gates::modalities(cx, rule, a, b)?;
    if shared::one_account(cx, a, b) {
        return Err(Stop::at(Gate::NotOpposed, "one account of one article"));
    }
    shared::voices(a, b, opposed).ok_or(Stop::at(Gate::NotOpposed, "a side does not assert it"))
}

fn about(cx: &Context, settings: &SaysRule, one: Side, other: Side) -> Result<Alignment, Stop> {
    captured::key(cx, &settings.key, one, other)?;
    captured::together(cx, !settings.key.is_empty(), one.0, other.0)
}

fn finish(
    cx: &Context,
    settings: &SaysRule,
    one: Side,
    other: Side,
    because: Vec<Because>,
    voices: [usize; 2],
    alignment: Alignment,
) -> Clash {
    Clash {
        because,
        voices,
        tension: alignment.tension,
        captured: [captured::texts(cx, one.0, one.1), captured::texts(cx, other.0, other.1)],
        group: [captured::point(cx, one.0, one.1, &settings.key), captured::point(cx, other.0, other.1, &settings.key)],
        alignment,
        ..Clash::default()
    }
}
