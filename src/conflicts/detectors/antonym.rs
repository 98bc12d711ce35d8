//! Two events or states of opposite meaning told of one thing: rise and fall, open and closed, a profit and a loss.

use super::{Clash, Context, Detector, Key, Pole, captured, says, shared};
use crate::base::Sym;
use crate::claims::Stance;
use crate::conflicts::Because;
use crate::conflicts::align::{self, Alignment, Ask, Evidence};
use crate::conflicts::debunk;
use crate::conflicts::facts::{Fact, Happening, Slot};
use crate::conflicts::gates::{self, Gate, Stop};
use crate::rules::{Kind, Rule};
use std::cmp::Ordering;

/// The kind `antonym`.
pub struct Antonyms;

impl Detector for Antonyms {
    fn kind(&self) -> &'static str {
        "antonym"
    }

    fn keys(&self, cx: &Context, (rule, settings): (usize, &Rule), fact: &Fact, out: &mut Vec<Key>) {
        if let Kind::Antonym(own) = &settings.kind
            && !own.says.is_empty()
        {
            return says::keys(cx, rule, own, fact, out);
        }
        let Some(event) = &fact.event else { return };
        if gates::modality(cx, settings, fact).is_err() || fact.voices.iter().all(|v| v.stance == Stance::None) {
            return;
        }
        let mut anchors = Vec::new();
        let mut meet = |word: Sym, salt: u64, out: &mut Vec<Key>| {
            for opposite in align::partners(cx.facts.lexicon, word) {
                if anchors.is_empty() {
                    shared::anchors(cx, fact, &mut anchors);
                }
                let (one, two) = if word.as_str() < opposite.as_str() { (word, opposite) } else { (opposite, word) };
                let pole = if word == one { Pole::Rare } else { Pole::Common };
                shared::cross(rule, &[shared::hash(("opposites", salt, one, two))], &anchors, pole, out);
            }
        };
        meet(event.lemma, 0, out);
        if let Some(object) = fact.role(Slot::Object) {
            meet(object.lemma, shared::hash(event.lemma), out);
        }
    }

    fn judge(&self, cx: &Context, (at, rule): (usize, &Rule), a: &Fact, b: &Fact) -> Result<Clash, Stop> {
        if let Kind::Antonym(settings) = &rule.kind
            && !settings.says.is_empty()
        {
            return captured::pairs(cx, at, (a, b), |one, other| says::opposites(cx, rule, settings, (a, one), (b, other)));
        }
        let (one, other) = (*shared::event(cx, a)?, *shared::event(cx, b)?);
        let whole = align::opposites(cx.facts, one.lemma, other.lemma);
        let objects = a.role(Slot::Object).zip(b.role(Slot::Object));
        let part = objects.filter(|_| align::events(cx.facts, &one, &other).is_some());
        let part = part.and_then(|(x, y)| align::opposites(cx.facts, x.lemma, y.lemma));
        if align::converse(cx.facts.lexicon, one.lemma, other.lemma) {
            return Err(Stop::at(Gate::NoMatch, "two sides of one event"));
        }
        let Some(complementary) = whole.or(part) else { return Err(Stop::at(Gate::NoMatch, "no opposites")) };
        if !align::telling(cx.facts.lexicon, one.lemma, other.lemma) && part.is_none() {
            return Err(Stop::at(Gate::NoMatch, "words too common to exclude each other"));
        }
        shared::committed(a)?;
        shared::committed(b)?;
        gates::modality(cx, rule, a)?;
        gates::modality(cx, rule, b)?;
        let opposed = |x: &_, y: &_| shared::both_assert(x, y) || (complementary && shared::both_refute(x, y));
        let voices = shared::voices(a, b, opposed).ok_or(Stop::at(Gate::NotOpposed, "they do not exclude each other"))?;
        if shared::one_breath(cx, [a, b], voices) {
            return Err(Stop::at(Gate::NotOpposed, "one speaker says both in one breath"));
        }
        if shared::one_account(cx, a, b) || shared::one_teller(cx, [a, b], voices) {
            return Err(Stop::at(Gate::NotOpposed, "one account of one article"));
        }
        if debunk::both_call_false(cx.facts, a.reading, b.reading) {
            return Err(Stop::at(Gate::NotOpposed, "both articles call their story false"));
        }
        if shared::long_ago(cx, a, b) || shared::other_year(cx, a, b) {
            return Err(Stop::at(Gate::Participants, "another occasion, long before"));
        }
        if whole.is_some() && shared::of_two_sorts(cx, a, b) {
            return Err(Stop::at(Gate::Participants, "two sorts of one thing"));
        }
        let event = whole.map(|_| "opposite-event");
        let ask =
            Ask { presume: cx.options.presume, let_differ: whole.is_none().then_some(Slot::Object), event, ..Ask::default() };
        let mut alignment = align::align(cx.facts, a, b, ask).map_err(|why| Stop::at(Gate::Participants, why))?;
        if !cx.options.presume && a.reading != b.reading && whole.is_none() && alignment.names == 0 {
            return Err(Stop::at(Gate::Participants, "nobody says whose"));
        }
        let [one_told, other_told] = [(a, voices[0]), (b, voices[1])];
        // Who says less has to be told in full by the other; of two that say as much, either.
        let answered = match a.roles.len().cmp(&b.roles.len()) {
            Ordering::Less => shared::answered(cx, one_told, other_told),
            Ordering::Greater => shared::answered(cx, other_told, one_told),
            Ordering::Equal => shared::answered(cx, one_told, other_told) || shared::answered(cx, other_told, one_told),
        };
        if whole.is_some() && alignment.story >= shared::ONE_STORY && answered {
            alignment.evidence.push(Evidence::of("answered", 10));
        }
        if one_event(cx, [one.lemma, other.lemma], &alignment) {
            return Err(Stop::at(Gate::NotOpposed, "two ends of one event"));
        }
        if cx.options.presume && [(a, &other), (b, &one)].iter().any(|(fact, event)| tells(cx, fact, event)) {
            return Err(Stop::at(Gate::NotOpposed, "one side tells both"));
        }
        let because = match (whole, objects) {
            (None, Some((x, y))) => {
                vec![Because { side: 0, span: x.span, role: "opposite" }, Because { side: 1, span: y.span, role: "opposite" }]
            }
            _ => vec![shared::predicate(cx, a, 0, "opposite"), shared::predicate(cx, b, 1, "opposite")],
        };
        let update = whole.is_some() && undone(cx, (a, one.lemma), (b, other.lemma));
        Ok(Clash { because, voices, tension: alignment.tension, update, alignment, ..Clash::default() })
    }
}

/// "Reopened" after "closed": a later event that presupposes the other replaces it.
fn undone(cx: &Context, (a, one): (&Fact, Sym), (b, other): (&Fact, Sym)) -> bool {
    match (gates::date(cx, a), gates::date(cx, b)) {
        (Some(x), Some(y)) if x < y => shared::undoes(cx, other),
        (Some(x), Some(y)) if y < x => shared::undoes(cx, one),
        _ => false,
    }
}

/// "Sold to Karst Group", "bought by Karst Group": told from two ends, unless one and the same does both.
fn one_event(cx: &Context, events: [Sym; 2], alignment: &Alignment) -> bool {
    let converses = cx.facts.lexicon.set("converses");
    let converse = |word: Sym| converses.is_some_and(|set| set.word(word).is_some());
    events.into_iter().all(converse) && !alignment.evidence.iter().any(|e| e.name == "same-subject")
}

/// Whether a claim's article tells an event too: "lifted the ban that it had imposed".
fn tells(cx: &Context, fact: &Fact, event: &Happening) -> bool {
    let own = cx.facts.starts[fact.reading as usize]..cx.facts.starts[fact.reading as usize + 1];
    cx.facts.list[own].iter().filter_map(|other| other.event).any(|other| other.lemma == event.lemma)
}
