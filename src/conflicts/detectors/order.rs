//! A claimed first, and an occasion of the same kind that came earlier.

use super::{Clash, Context, Detector, Key, Pole, shared};
use crate::base::Sym;
use crate::claims::{Effect, Stance};
use crate::conflicts::Because;
use crate::conflicts::align::{self, Ask};
use crate::conflicts::facts::Fact;
use crate::conflicts::gates::{self, Gate, Stop};
use crate::conflicts::participants;
use crate::rules::{Kind, Match, OrderRule, Rule};

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
        let mut anchors = Vec::new();
        for (found, pole) in
            [(claims_first(cx, at, settings, fact), Pole::Rare), (occasion(cx, at, settings, fact), Pole::Common)]
        {
            if found.is_some() {
                shared::anchors(cx, fact, &mut anchors);
                shared::cross(at, &[shared::hash("first")], &anchors, pole, out);
            }
        }
    }

    fn judge(&self, cx: &Context, (at, rule): (usize, &Rule), a: &Fact, b: &Fact) -> Result<Clash, Stop> {
        let Kind::Order(settings) = &rule.kind else { return Err(Stop::at(Gate::NoMatch, "not a rule about order")) };
        let forward = one_way(cx, (at, rule), settings, a, b, 0);
        match forward {
            Ok(clash) => Ok(clash),
            Err(stop) => match one_way(cx, (at, rule), settings, b, a, 1) {
                Ok(clash) => Ok(clash),
                Err(other) => Err(if other.gate > stop.gate { other } else { stop }),
            },
        }
    }
}

/// `claimed` calls it the first and stands at `side` of the pair.
fn one_way(
    cx: &Context,
    (at, rule): (usize, &Rule),
    settings: &OrderRule,
    claimed: &Fact,
    earlier: &Fact,
    side: usize,
) -> Result<Clash, Stop> {
    let general = settings.says.is_empty();
    let mut because = Vec::new();
    if general {
        let token = first(cx, claimed).ok_or(Stop::at(Gate::NoMatch, "nobody calls it the first"))?;
        if first(cx, earlier).is_some() {
            return Err(Stop::at(Gate::NotOpposed, "both call it the first"));
        }
        let (one, other) = (shared::event(cx, claimed)?, shared::event(cx, earlier)?);
        if align::events(cx.facts, one, other).is_none() {
            return Err(Stop::at(Gate::NoMatch, "different events"));
        }
        let span = cx.facts.document(claimed).tokens.get(token as usize).map(|t| t.span).unwrap_or_default();
        because.push(Because { side, span, role: "first" });
    } else {
        let found = claims_first(cx, at, settings, claimed).ok_or(Stop::at(Gate::NoMatch, "nobody calls it the first"))?;
        let occasion = occasion(cx, at, settings, earlier).ok_or(Stop::at(Gate::NoMatch, "no occasion of the kind"))?;
        because.extend(super::position::spans(cx, claimed, found, side));
        because.extend(super::position::spans(cx, earlier, occasion, 1 - side));
        keys_meet(cx, settings, (claimed, found), (earlier, occasion))?;
    }
    shared::committed(claimed)?;
    shared::committed(earlier)?;
    gates::modality(cx, rule, claimed)?;
    gates::modality(cx, rule, earlier)?;
    let voices =
        shared::voices(claimed, earlier, shared::both_assert).ok_or(Stop::at(Gate::NotOpposed, "a side does not assert it"))?;
    let (when, before) = (dated(cx, claimed), dated(cx, earlier));
    let Some(before) = before else { return Err(Stop::at(Gate::NotOpposed, "the other occasion has no date")) };
    let called = when.map(|t| t.start).or(claimed.published);
    match called {
        Some(day) if before.end >= day => return Err(Stop::at(Gate::NotOpposed, "the other occasion is not earlier")),
        _ => {}
    }
    if general {
        let ask = Ask { presume: cx.options.presume, ..Ask::default() };
        let refused = |why| Stop::at(Gate::Participants, why);
        let mut alignment = align::align(cx.facts, claimed, earlier, ask).map_err(refused)?;
        participants::mutual(cx.facts, claimed, earlier, ask, &mut alignment).map_err(refused)?;
        because.push(shared::predicate(cx, earlier, 1 - side, "event"));
        return Ok(finish(
            cx,
            alignment,
            because,
            voices,
            called.is_none() || qualified(cx, claimed),
            [when, Some(before)],
            side,
        ));
    }
    let ask = Ask { presume: true, linked: true, ..Ask::default() };
    let mut alignment =
        participants::together(cx.facts, claimed, earlier, ask).map_err(|why| Stop::at(Gate::Participants, why))?;
    alignment.evidence.retain(|e| e.name != "reply");
    Ok(finish(cx, alignment, because, voices, called.is_none() || qualified(cx, claimed), [when, Some(before)], side))
}

/// The claim's own time, else the only one that its sentence tells of the same event.
fn dated(cx: &Context, fact: &Fact) -> Option<crate::claims::Time> {
    let own = cx.facts.claim(fact);
    let claims = &cx.facts.readings[fact.reading as usize].claims;
    let beside = || claims.iter().filter(|c| c.sentence == own.sentence).find_map(|c| c.time);
    own.time.or_else(beside)
}

fn finish(
    _: &Context,
    alignment: align::Alignment,
    because: Vec<Because>,
    voices: [usize; 2],
    tension: bool,
    times: [Option<crate::claims::Time>; 2],
    side: usize,
) -> Clash {
    let words =
        |t: Option<crate::claims::Time>| vec![("event_date", t.map_or("an unknown date".to_owned(), |t| t.start.to_string()))];
    let mut bound = [words(times[0]), words(times[1])];
    let mut voices = voices;
    if side == 1 {
        bound.swap(0, 1);
        voices.swap(0, 1);
    }
    Clash { because, voices, tension: tension || alignment.tension, bound, alignment, ..Clash::default() }
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
            set.word(t.lemma).is_some() && on_event
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

fn matched<'a>(cx: &'a Context, rule: usize, patterns: &'a [u32], fact: &Fact) -> Option<&'a Match> {
    let all = cx.found_in(fact).into_iter().flat_map(|f| &f.captured);
    all.filter(|(at, _)| *at == rule).map(|(_, m)| m).find(|m| patterns.contains(&m.pattern))
}

fn claims_first<'a>(cx: &'a Context, rule: usize, settings: &'a OrderRule, fact: &Fact) -> Option<&'a Match> {
    matched(cx, rule, &settings.says, fact)
}

fn occasion<'a>(cx: &'a Context, rule: usize, settings: &'a OrderRule, fact: &Fact) -> Option<&'a Match> {
    matched(cx, rule, &settings.event, fact)
}

/// The captures of the key, in any order: one side's must be among the other's.
fn keys_meet(cx: &Context, settings: &OrderRule, a: (&Fact, &Match), b: (&Fact, &Match)) -> Result<(), Stop> {
    let bound = |(fact, found): (&Fact, &Match)| -> Vec<u32> {
        let being = |name: &Sym| match found.capture(*name)?.value {
            crate::rules::Captured::Entity { mention, .. } => cx.facts.who.of(fact.reading as usize, mention?),
            crate::rules::Captured::Quantity(_) => None,
        };
        settings.key.iter().filter_map(being).collect()
    };
    let (one, other) = (bound(a), bound(b));
    if settings.key.is_empty() {
        return Ok(());
    }
    let within =
        |xs: &[u32], ys: &[u32]| !xs.is_empty() && xs.iter().all(|x| ys.iter().any(|y| align::same_party(cx.facts, *x, *y)));
    if within(&one, &other) || within(&other, &one) { Ok(()) } else { Err(Stop::at(Gate::Key, "of different parties")) }
}
