//! Two positions of a topic that clash.

use super::{Clash, Context, Detector, Key, Pole, captured, shared};
use crate::claims::Stance;
use crate::conflicts::Because;
use crate::conflicts::align::Ask;
use crate::conflicts::facts::Fact;
use crate::conflicts::gates::{self, Gate, Stop};
use crate::conflicts::participants;
use crate::rules::{self, Held, Kind, PositionRule, Rule, Strength, Taken};

/// The kind `position`.
pub struct Positions;

fn settings(rule: &Rule) -> Option<&PositionRule> {
    match &rule.kind {
        Kind::Position(settings) => Some(settings),
        _ => None,
    }
}

fn taken<'a>(cx: &'a Context, topic: usize, fact: &Fact) -> impl Iterator<Item = &'a Taken> {
    cx.found_in(fact).into_iter().flat_map(|found| &found.taken).filter(move |t| t.topic == topic)
}

impl Detector for Positions {
    fn kind(&self) -> &'static str {
        "position"
    }

    fn keys(&self, cx: &Context, (_, rule): (usize, &Rule), fact: &Fact, out: &mut Vec<Key>) {
        let Some(settings) = settings(rule) else { return };
        let mut anchors = Vec::new();
        for taken in taken(cx, settings.topic, fact) {
            for held in &taken.held {
                for clash in &settings.clashes {
                    let pole = match held.position {
                        p if p == clash.one => Pole::Rare,
                        p if p == clash.two => Pole::Common,
                        _ => continue,
                    };
                    if anchors.is_empty() {
                        shared::anchors(cx, fact, &mut anchors);
                        anchors.push(shared::hash(("article", fact.reading)));
                    }
                    let concept = shared::hash(("position", settings.topic, clash.one, clash.two));
                    shared::cross(settings.topic, &[concept], &anchors, pole, out);
                }
            }
        }
    }

    fn judge(&self, cx: &Context, (_, rule): (usize, &Rule), a: &Fact, b: &Fact) -> Result<Clash, Stop> {
        let Some(settings) = settings(rule) else { return Err(Stop::at(Gate::NoMatch, "not a rule about positions")) };
        let (mut furthest, mut best): (Option<Stop>, Option<Clash>) = (None, None);
        let (ones, others): (Vec<_>, Vec<_>) = (taken(cx, settings.topic, a).collect(), taken(cx, settings.topic, b).collect());
        for (fact, taken) in [(a, &ones), (b, &others)] {
            if taken.is_empty() {
                return Err(barred(cx, settings.topic, fact));
            }
        }
        for one in ones {
            for other in &others {
                match pair(cx, rule, settings, (a, one), (b, other)) {
                    Ok(clash) if best.as_ref().is_none_or(|old| old.tension && !clash.tension) => best = Some(clash),
                    Ok(_) => {}
                    Err(stop) => furthest = Some(furthest.map_or(stop, |old| if stop.gate > old.gate { stop } else { old })),
                }
            }
        }
        best.ok_or(furthest.unwrap_or(Stop::at(Gate::NoMatch, "no pattern of the topic matches")))
    }

    fn within_one_voice(&self) -> bool {
        true
    }
}

/// Why a claim takes no position of a topic.
fn barred(cx: &Context, topic: usize, fact: &Fact) -> Stop {
    let all = cx.found_in(fact).into_iter().flat_map(|found| &found.barred);
    match all.filter(|(of, ..)| *of == topic).map(|(.., gate)| *gate).max_by_key(|gate| *gate == "about") {
        Some("about") => Stop::at(Gate::About, "the article is not one that the topic looks at"),
        Some(_) => Stop::at(Gate::Unless, "an `unless` overlaps the match"),
        None => Stop::at(Gate::NoMatch, "no pattern of the topic matches"),
    }
}

fn pair(cx: &Context, rule: &Rule, settings: &PositionRule, a: (&Fact, &Taken), b: (&Fact, &Taken)) -> Result<Clash, Stop> {
    let topic = &cx.rules.topics[settings.topic];
    if a.1.held.is_empty() || b.1.held.is_empty() {
        return Err(Stop::at(Gate::NoStance, "nobody is committed to it"));
    }
    gates::modalities(cx, rule, a.0, b.0)?;
    let (held, strength) =
        opposed(settings, (a.0, a.1), (b.0, b.1)).ok_or(Stop::at(Gate::NotOpposed, "the positions do not clash"))?;
    if a.0.reading == b.0.reading && a.0.claim == b.0.claim {
        return Err(Stop::at(Gate::NotOpposed, "one claim"));
    }
    captured::key(cx, &topic.key, (a.0, &a.1.found), (b.0, &b.1.found))?;
    if shared::long_ago(cx, a.0, b.0) {
        return Err(Stop::at(Gate::Participants, "another occasion, long before"));
    }
    let ask = Ask { presume: cx.options.presume, linked: linked(cx, a.0, b.0), keyed: !topic.key.is_empty(), ..Ask::default() };
    let alignment = participants::together(cx.facts, a.0, b.0, ask).map_err(|why| Stop::at(Gate::Participants, why))?;
    let voice = |fact: &Fact, held: &Held| fact.voices.iter().position(|v| v.link.map(|l| l as usize) == held.link).unwrap_or(0);
    let voices = [voice(a.0, &held[0]), voice(b.0, &held[1])];
    let refuted = |held: &Held| matches!(held.stance, Stance::Refuted(_));
    if refuted(&held[0]) && shared::of_help(a.0, b.0) || refuted(&held[1]) && shared::of_help(b.0, a.0) {
        return Err(Stop::at(Gate::Participants, "help is denied, and not the thing itself"));
    }
    if shared::one_teller(cx, [a.0, b.0], voices) {
        return Err(Stop::at(Gate::NotOpposed, "one account of one article"));
    }
    let mut because = Vec::new();
    for (side, ((fact, taken), held)) in [(a, &held[0]), (b, &held[1])].into_iter().enumerate() {
        because.extend(spans(cx, fact, &taken.found, side, "position"));
        if held.position != taken.said {
            because.extend(shared::negators(cx, fact, side));
        }
    }
    let later = matches!((gates::date(cx, a.0), gates::date(cx, b.0)), (Some(x), Some(y)) if x != y);
    let tension = strength == Strength::Tension || alignment.tension || shared::restricted(cx, [a.0, b.0], voices);
    let label = |held: &Held| topic.label(held.position);
    Ok(Clash {
        because,
        voices,
        tension,
        update: topic.changes && later && replaces(cx, a.0, b.0),
        linked: ask.linked,
        bound: [vec![("position", label(&held[0]))], vec![("position", label(&held[1]))]],
        captured: [captured::texts(cx, a.0, &a.1.found), captured::texts(cx, b.0, &b.1.found)],
        group: [topic.name(held[0].position), topic.name(held[1].position)],
        alignment,
        ..Clash::default()
    })
}

/// A later state follows an earlier one only where the later claim itself says when, or tells it as the end of the other ("reopened").
fn replaces(cx: &Context, a: &Fact, b: &Fact) -> bool {
    let later = if gates::date(cx, a) > gates::date(cx, b) { a } else { b };
    cx.facts.claim(later).time.is_some() || later.event.is_some_and(|event| shared::undoes(cx, event.lemma))
}

/// Whether one claim answers the other.
pub fn linked(cx: &Context, a: &Fact, b: &Fact) -> bool {
    let answers = |one: &Fact, other: &Fact| {
        one.reading == other.reading && cx.facts.claim(one).denies.as_ref().is_some_and(|r| r.claim == Some(other.claim))
    };
    answers(a, b) || answers(b, a)
}

fn opposed(settings: &PositionRule, a: (&Fact, &Taken), b: (&Fact, &Taken)) -> Option<([Held; 2], Strength)> {
    // What a denial does not reach ("to help him win") is refuted by nobody.
    let reached = |fact: &Fact, held: &Held| {
        let voice = fact.voices.iter().find(|v| v.link.map(|l| l as usize) == held.link);
        !matches!(held.stance, Stance::Refuted(_)) || voice.is_none_or(|v| v.stance != Stance::None)
    };
    let mut best: Option<((bool, u32, u32), [Held; 2], Strength)> = None;
    for x in a.1.held.iter().filter(|held| reached(a.0, held)) {
        for y in b.1.held.iter().filter(|held| reached(b.0, held)) {
            let (one, two) = (x.position.min(y.position), x.position.max(y.position));
            let Some(clash) = settings.clashes.iter().find(|c| c.one == one && c.two == two) else { continue };
            let named = u32::from(x.link.is_some()) + u32::from(y.link.is_some());
            let level = x.stance.level().min(y.stance.level()).map_or(0, |l| l as u32);
            let rank = (clash.strength == Strength::Contradiction, level, named);
            if best.is_none_or(|(old, ..)| rank > old) {
                best = Some((rank, [*x, *y], clash.strength));
            }
        }
    }
    best.map(|(_, held, strength)| (held, strength))
}

/// The matched tokens as few spans.
pub fn spans(cx: &Context, fact: &Fact, found: &rules::Match, side: usize, role: &'static str) -> Vec<Because> {
    let document = cx.facts.document(fact);
    let mut out: Vec<Because> = Vec::new();
    let mut last = None;
    for token in &found.tokens {
        let Some(span) = document.tokens.get(*token as usize).map(|t| t.span) else { continue };
        match out.last_mut() {
            Some(open) if last == token.checked_sub(1) => open.span = open.span.join(span),
            _ => out.push(Because { side, span, role }),
        }
        last = Some(*token);
    }
    out
}
