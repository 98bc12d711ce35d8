//! Two places, or two times, of one event that happens once.

use super::{Clash, Context, Detector, Key, Pole, captured, says, shared};
use crate::base::Span;
use crate::claims::{EntityKind, Grain, Time};
use crate::conflicts::Because;
use crate::conflicts::align::{self, Ask, Fit};
use crate::conflicts::facts::{Fact, Happening, Role, Slot};
use crate::conflicts::gates::{self, Gate, Stop};
use crate::rules::{Kind, Rule};

/// The kind `place`.
pub struct Places;
/// The kind `time`.
pub struct Times;

impl Detector for Places {
    fn kind(&self) -> &'static str {
        "place"
    }

    fn keys(&self, cx: &Context, (rule, settings): (usize, &Rule), fact: &Fact, out: &mut Vec<Key>) {
        if let Kind::Place(own) = &settings.kind
            && !own.says.is_empty()
        {
            return says::keys(cx, rule, own, fact, out);
        }
        if places(cx, fact).next().is_some() {
            once(cx, (rule, settings), fact, out);
        }
    }

    fn judge(&self, cx: &Context, (at, rule): (usize, &Rule), a: &Fact, b: &Fact) -> Result<Clash, Stop> {
        if let Kind::Place(settings) = &rule.kind
            && !settings.says.is_empty()
        {
            return captured::pairs(cx, at, (a, b), |one, other| says::places(cx, rule, settings, (a, one), (b, other)));
        }
        let voices = one_event(cx, rule, a, b)?;
        let (Some(_), Some(_)) = (places(cx, a).next(), places(cx, b).next()) else {
            return Err(Stop::at(Gate::NoMatch, "a side names no place"));
        };
        let apart = |x: &Role, y: &Role| matches!(align::fillers(cx.facts, x, y), Fit::Differ(_));
        // Any pair of places that go together makes the rest detail ("in Orsa, in the north").
        if places(cx, a).any(|x| places(cx, b).any(|y| !apart(x, y))) {
            return Err(Stop::at(Gate::NotOpposed, "the places go together"));
        }
        let (Some(x), Some(y)) = (places(cx, a).next(), places(cx, b).next()) else {
            return Err(Stop::at(Gate::NoMatch, "a side names no place"));
        };
        let because = vec![Because { side: 0, span: x.span, role: "place" }, Because { side: 1, span: y.span, role: "place" }];
        finish(cx, a, b, voices, because, [Some((x.head, x.head + 1)), Some((y.head, y.head + 1))])
    }
}

impl Detector for Times {
    fn kind(&self) -> &'static str {
        "time"
    }

    fn keys(&self, cx: &Context, (rule, settings): (usize, &Rule), fact: &Fact, out: &mut Vec<Key>) {
        if let Kind::Time(own) = &settings.kind
            && !own.says.is_empty()
        {
            return says::keys(cx, rule, own, fact, out);
        }
        if time(cx, fact).is_some() {
            once(cx, (rule, settings), fact, out);
        }
    }

    fn judge(&self, cx: &Context, (at, rule): (usize, &Rule), a: &Fact, b: &Fact) -> Result<Clash, Stop> {
        if let Kind::Time(settings) = &rule.kind
            && !settings.says.is_empty()
        {
            return captured::pairs(cx, at, (a, b), |one, other| says::times(cx, rule, settings, (a, one), (b, other)));
        }
        let voices = one_event(cx, rule, a, b)?;
        let (Some(x), Some(y)) = (time(cx, a), time(cx, b)) else { return Err(Stop::at(Gate::NoMatch, "a side says no time")) };
        if x.end >= y.start && y.end >= x.start {
            return Err(Stop::at(Gate::NotOpposed, "the times meet"));
        }
        let because = vec![Because { side: 0, span: x.span, role: "time" }, Because { side: 1, span: y.span, role: "time" }];
        let mut clash = finish(cx, a, b, voices, because, [None, None])?;
        clash.bound = [vec![("event_date", x.start.to_string())], vec![("event_date", y.start.to_string())]];
        Ok(clash)
    }
}

/// Events that befall their participants once: dying, being born, being founded.
fn happens_once(cx: &Context, event: &Happening) -> bool {
    cx.facts.lexicon.set("once-only").is_some_and(|set| set.word(event.lemma).is_some())
}

fn once(cx: &Context, (rule, settings): (usize, &Rule), fact: &Fact, out: &mut Vec<Key>) {
    let Some(event) = &fact.event else { return };
    if happens_once(cx, event) && gates::modality(cx, settings, fact).is_ok() {
        shared::event_keys(cx, rule, fact, Pole::Any, out);
    }
}

fn one_event(cx: &Context, rule: &Rule, a: &Fact, b: &Fact) -> Result<[usize; 2], Stop> {
    let (one, other) = (shared::event(cx, a)?, shared::event(cx, b)?);
    if align::events(cx.facts, one, other).is_none() {
        return Err(Stop::at(Gate::NoMatch, "different events"));
    }
    if !happens_once(cx, one) || !happens_once(cx, other) {
        return Err(Stop::at(Gate::NoMatch, "it may happen more than once"));
    }
    shared::committed(a)?;
    shared::committed(b)?;
    gates::modality(cx, rule, a)?;
    gates::modality(cx, rule, b)?;
    if shared::one_account(cx, a, b) {
        return Err(Stop::at(Gate::NotOpposed, "one account of one article"));
    }
    shared::voices(a, b, shared::both_assert).ok_or(Stop::at(Gate::NotOpposed, "a side does not assert it"))
}

fn finish(
    cx: &Context,
    a: &Fact,
    b: &Fact,
    voices: [usize; 2],
    because: Vec<Because>,
    skip: [Option<(u32, u32)>; 2],
) -> Result<Clash, Stop> {
    let ask = Ask { presume: cx.options.presume, skip, ..Ask::default() };
    let alignment = align::align(cx.facts, a, b, ask).map_err(|why| Stop::at(Gate::Participants, why))?;
    // One who is named must be the one it befalls: two papers report many deaths.
    let same_patient = alignment.evidence.iter().any(|e| matches!(e.name, "same-subject" | "same-object") && e.amount >= 5);
    if !same_patient {
        return Err(Stop::at(Gate::Participants, "nobody says that it is the same one"));
    }
    Ok(Clash { because, voices, tension: alignment.tension, alignment, ..Clash::default() })
}

/// Complements that name a place.
pub fn places<'a>(cx: &'a Context, fact: &'a Fact) -> impl Iterator<Item = &'a Role> {
    let set = cx.facts.lexicon.set("place-prepositions");
    fact.roles.iter().filter(move |r| {
        r.slot == Slot::Complement
            && set.is_some_and(|s| s.word(r.preposition).is_some())
            && r.being.is_some_and(|b| matches!(cx.facts.who.list[b as usize].kind, EntityKind::Place | EntityKind::State))
    })
}

/// A time that the words themselves say, to the day or the year.
pub fn time(cx: &Context, fact: &Fact) -> Option<Time> {
    cx.facts
        .claim(fact)
        .time
        .filter(|t| t.span != Span::default() && !matches!(t.grain, Grain::Since | Grain::Until | Grain::Decade))
}
