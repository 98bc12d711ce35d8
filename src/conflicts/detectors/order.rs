//! A claimed first, and an occasion of the same kind that came earlier.

use super::captured::{self, Bound};
use super::{Clash, Context, Detector, Key, Pole, shared};
use crate::claims::{Effect, Grain, Stance, Time};
use crate::conflicts::Because;
use crate::conflicts::align::{self, Ask};
use crate::conflicts::facts::Fact;
use crate::conflicts::gates::{self, Gate, Stop};
use crate::conflicts::participants;
use crate::rules::{Kind, Match, OrderRule, Rule};
use crate::text::Rel;
use jiff::civil::Date;

/// The kind `order`.
pub struct Orders;

impl Detector for Orders {
    fn kind(&self) -> &'static str {
        "order"
    }

    fn keys(&self, cx: &Context, (at, rule): (usize, &Rule), fact: &Fact, out: &mut Vec<Key>) {
        let Kind::Order(settings) = &rule.kind else { return };
        if !fact.realised(cx.facts) || fact.voices.iter().all(|v| v.stance == Stance::None) {
            return;
        }
        if settings.says.is_empty() {
            if first(cx, fact).is_some() {
                shared::event_keys(cx, at, fact, Pole::Rare, out);
            } else if dated(cx, fact).is_some() {
                shared::event_keys(cx, at, fact, Pole::Common, out);
            }
            return;
        }
        captured::keys(cx, at, fact, &settings.key, out);
    }

    fn judge(&self, cx: &Context, (at, rule): (usize, &Rule), a: &Fact, b: &Fact) -> Result<Clash, Stop> {
        let Kind::Order(settings) = &rule.kind else { return Err(Stop::at(Gate::NoMatch, "not a rule about order")) };
        let one_way = |claimed: &Fact, earlier: &Fact, side: usize| match settings.says.is_empty() {
            true => general(cx, rule, claimed, earlier, side),
            false => by_pattern(cx, (at, rule), settings, claimed, earlier, side),
        };
        match one_way(a, b, 0) {
            Ok(clash) => Ok(clash),
            Err(stop) => match one_way(b, a, 1) {
                Ok(clash) => Ok(clash),
                Err(other) => Err(if other.gate > stop.gate { other } else { stop }),
            },
        }
    }
}

/// `claimed` calls it the first in the general words for that, and stands at `side` of the pair.
fn general(cx: &Context, rule: &Rule, claimed: &Fact, earlier: &Fact, side: usize) -> Result<Clash, Stop> {
    let token = first(cx, claimed).ok_or(Stop::at(Gate::NoMatch, "nobody calls it the first"))?;
    if first(cx, earlier).is_some() {
        return Err(Stop::at(Gate::NotOpposed, "both call it the first"));
    }
    let (one, other) = (shared::event(cx, claimed)?, shared::event(cx, earlier)?);
    if align::events(cx.facts, one, other).is_none() {
        return Err(Stop::at(Gate::NoMatch, "different events"));
    }
    let voices = told(cx, rule, claimed, earlier)?;
    let order = Order::of(cx, claimed, earlier, false)?;
    let ask = Ask { presume: cx.options.presume, ..Ask::default() };
    let refused = |why| Stop::at(Gate::Participants, why);
    let mut alignment = align::align(cx.facts, claimed, earlier, ask).map_err(refused)?;
    participants::mutual(cx.facts, claimed, earlier, ask, &mut alignment).map_err(refused)?;
    let span = cx.facts.document(claimed).tokens.get(token as usize).map(|t| t.span).unwrap_or_default();
    let because = vec![Because { side, span, role: "first" }, shared::predicate(cx, earlier, 1 - side, "event")];
    Ok(finish(alignment, because, voices, order, side))
}

/// `claimed` matches the rule's patterns of a first, `earlier` those of an occasion.
fn by_pattern(
    cx: &Context,
    (at, rule): (usize, &Rule),
    settings: &OrderRule,
    claimed: &Fact,
    earlier: &Fact,
    side: usize,
) -> Result<Clash, Stop> {
    let found = claims_first(cx, at, settings, claimed).ok_or(Stop::at(Gate::NoMatch, "nobody calls it the first"))?;
    let occasion = occasion(cx, at, settings, earlier).ok_or(Stop::at(Gate::NoMatch, "no occasion of the kind"))?;
    let voices = told(cx, rule, claimed, earlier)?;
    if claims_first(cx, at, settings, earlier).is_some() {
        return Err(Stop::at(Gate::NotOpposed, "both call it the first"));
    }
    let order = Order::of(cx, claimed, earlier, true)?;
    keys_meet(cx, settings, (claimed, found), (earlier, occasion))?;
    let alignment = captured::together(cx, true, claimed, earlier)?;
    let mut because = super::position::spans(cx, claimed, found, side, "first");
    because.extend(super::position::spans(cx, earlier, occasion, 1 - side, "event"));
    let mut clash = finish(alignment, because, voices, order, side);
    clash.captured = [captured::texts(cx, claimed, found), captured::texts(cx, earlier, occasion)];
    clash.group = [captured::point(cx, claimed, found, &settings.key), captured::point(cx, earlier, occasion, &settings.key)];
    if side == 1 {
        clash.captured.swap(0, 1);
        clash.group.swap(0, 1);
    }
    Ok(clash)
}

fn told(cx: &Context, rule: &Rule, claimed: &Fact, earlier: &Fact) -> Result<[usize; 2], Stop> {
    shared::committed(claimed)?;
    shared::committed(earlier)?;
    gates::modality(cx, rule, claimed)?;
    gates::modality(cx, rule, earlier)?;
    shared::voices(claimed, earlier, shared::both_assert).ok_or(Stop::at(Gate::NotOpposed, "a side does not assert it"))
}

/// How the occasion called the first and the other one lie in time.
struct Order {
    /// Their times, as far as they are said.
    times: [Option<Time>; 2],
    /// Whether the first is one of a narrower kind, or a side has no date of its own.
    unsure: bool,
}

/// Days within which two reports may tell of one occasion.
const ONE_OCCASION: i64 = 7;

impl Order {
    /// `undated` says whether an occasion without a date of its own counts as held by the day its article came out.
    fn of(cx: &Context, claimed: &Fact, earlier: &Fact, undated: bool) -> Result<Self, Stop> {
        let when = dated(cx, claimed);
        // "The first since 2019" is held now, and counts from 2019 on.
        let since = when.filter(|time| time.grain == Grain::Since);
        let when = when.filter(|_| since.is_none());
        let called = when.map(|time| time.start).or(claimed.published);
        let before = dated(cx, earlier);
        let Some(end) = before.map(|time| time.end).or_else(|| old_news(called, earlier).filter(|_| undated)) else {
            return Err(Stop::at(Gate::NotOpposed, "the other occasion has no date"));
        };
        if called.is_some_and(|day| end >= day) {
            return Err(Stop::at(Gate::NotOpposed, "the other occasion is not earlier"));
        }
        if since.is_some_and(|since| end < since.start) {
            return Err(Stop::at(Gate::NotOpposed, "the first is counted from a later day on"));
        }
        let unsure = called.is_none() || before.is_none() || since.is_some() || qualified(cx, claimed);
        Ok(Self { times: [when, before], unsure })
    }
}

/// The day of an article that is too old to tell of the occasion called the first.
fn old_news(called: Option<Date>, earlier: &Fact) -> Option<Date> {
    let (called, day) = (called?, earlier.published?);
    let days = called.since(day).ok()?.get_days();
    (i64::from(days) > ONE_OCCASION).then_some(day)
}

/// The claim's own time, else the only one that its sentence tells of the same event.
fn dated(cx: &Context, fact: &Fact) -> Option<Time> {
    let own = cx.facts.claim(fact);
    let claims = &cx.facts.readings[fact.reading as usize].claims;
    let beside = || claims.iter().filter(|c| c.sentence == own.sentence).find_map(|c| c.time);
    own.time.or_else(beside)
}

/// The pair as it stands: `voices` and times are in the order first, occasion; the first stands at `side`.
fn finish(alignment: align::Alignment, because: Vec<Because>, mut voices: [usize; 2], order: Order, side: usize) -> Clash {
    let words = |time: Option<Time>| vec![("event_date", time.map_or("an unknown date".to_owned(), |t| t.start.to_string()))];
    let mut bound = order.times.map(words);
    if side == 1 {
        bound.swap(0, 1);
        voices.swap(0, 1);
    }
    Clash { because, voices, tension: order.unsure || alignment.tension, bound, alignment, ..Clash::default() }
}

/// The token that calls the event the first: "first" on its noun, "for the first time", "never before".
fn first(cx: &Context, fact: &Fact) -> Option<u32> {
    let set = cx.facts.lexicon.set("first-words")?;
    let event = fact.event?;
    let document = cx.facts.document(fact);
    let claim = cx.facts.claim(fact);
    claim.tokens.iter().copied().find(|at| {
        document.tokens.get(*at as usize).is_some_and(|t| {
            let on_event =
                t.head == event.token || document.tokens.get(t.head as usize).is_some_and(|h| h.lemma.as_str() == "time");
            // "The debate, the first of the race": said of something beside the event.
            let beside = t.head == event.token && !matches!(t.rel, Rel::Amod | Rel::Advmod | Rel::Nummod);
            set.word(t.lemma).is_some() && on_event && !beside
        })
    })
}

/// "the first since …", "the first on …": a first of a narrower kind.
fn qualified(cx: &Context, fact: &Fact) -> bool {
    let restricts = cx.facts.claim(fact).operators.iter().any(|o| o.effect == Effect::Restricts);
    let set = cx.facts.lexicon.set("first-qualifiers");
    let document = cx.facts.document(fact);
    let token = |at: &u32| document.tokens.get(*at as usize);
    restricts || cx.facts.claim(fact).tokens.iter().filter_map(token).any(|t| set.is_some_and(|s| s.word(t.lemma).is_some()))
}

fn claims_first<'a>(cx: &'a Context, rule: usize, settings: &OrderRule, fact: &Fact) -> Option<&'a Match> {
    captured::matches(cx, rule, fact).find(|found| settings.says.contains(&found.pattern))
}

fn occasion<'a>(cx: &'a Context, rule: usize, settings: &OrderRule, fact: &Fact) -> Option<&'a Match> {
    captured::matches(cx, rule, fact).find(|found| settings.event.contains(&found.pattern))
}

/// The captures of the key, in any order: one side's must be among the other's.
fn keys_meet(cx: &Context, settings: &OrderRule, a: (&Fact, &Match), b: (&Fact, &Match)) -> Result<(), Stop> {
    if settings.key.is_empty() {
        return Ok(());
    }
    let bound = |(fact, found): (&Fact, &Match)| -> Vec<Bound> {
        settings.key.iter().filter_map(|name| captured::bound(cx, fact, found, *name)).collect()
    };
    let (one, other) = (bound(a), bound(b));
    let within = |xs: &[Bound], ys: &[Bound]| !xs.is_empty() && xs.iter().all(|x| ys.iter().any(|y| captured::same(cx, x, y)));
    if within(&one, &other) || within(&other, &one) { Ok(()) } else { Err(Stop::at(Gate::Key, "of different parties")) }
}
