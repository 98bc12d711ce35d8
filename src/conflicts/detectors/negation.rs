//! One asserts what the other refutes: an event told as real on one side and as not so on the other, through any depth of negation.

use super::{Clash, Context, Detector, Key, Pole, shared};
use crate::claims::Stance;
use crate::conflicts::align::{self, Ask};
use crate::conflicts::debunk;
use crate::conflicts::facts::Fact;
use crate::conflicts::gates::{self, Gate, Stop};
use crate::conflicts::participants;
use crate::rules::Rule;

/// The kind `negation`.
pub struct Negations;

impl Detector for Negations {
    fn kind(&self) -> &'static str {
        "negation"
    }

    fn keys(&self, cx: &Context, rule: (usize, &Rule), fact: &Fact, out: &mut Vec<Key>) {
        let refuted = fact.voices.iter().any(|v| matches!(v.stance, Stance::Refuted(_)) && !v.denies);
        let asserted = fact.voices.iter().any(|v| matches!(v.stance, Stance::Asserted(_)));
        if gates::modality(cx, rule.1, fact).is_err() {
            return;
        }
        if refuted {
            shared::event_keys(cx, rule.0, fact, Pole::Rare, out);
        }
        if asserted {
            shared::event_keys(cx, rule.0, fact, Pole::Common, out);
        }
    }

    fn judge(&self, cx: &Context, (_, rule): (usize, &Rule), a: &Fact, b: &Fact) -> Result<Clash, Stop> {
        let (one, other) = (shared::event(cx, a)?, shared::event(cx, b)?);
        if align::events(cx.facts, one, other).is_none() {
            return Err(Stop::at(Gate::NoMatch, "different events"));
        }
        shared::committed(a)?;
        shared::committed(b)?;
        gates::modality(cx, rule, a)?;
        gates::modality(cx, rule, b)?;
        let opposed = |x: &_, y: &_| shared::opposite(x, y);
        let voices = shared::voices(a, b, opposed).ok_or(Stop::at(Gate::NotOpposed, "both hold the same"))?;
        if shared::one_account(cx, a, b) {
            return Err(Stop::at(Gate::NotOpposed, "one account of one article"));
        }
        let refuting = if matches!(a.voices[voices[0]].stance, Stance::Refuted(_)) { (a, b) } else { (b, a) };
        if debunk::told_by(cx.facts, refuting.1.reading, refuting.0) {
            return Err(Stop::at(Gate::NotOpposed, "its own article tells the denial too"));
        }
        if debunk::same_words(cx.facts, a, b) {
            return Err(Stop::at(Gate::NotOpposed, "the same words"));
        }
        let ask = Ask { presume: cx.options.presume, ..Ask::default() };
        let mut alignment = align::align(cx.facts, a, b, ask).map_err(|why| Stop::at(Gate::Participants, why))?;
        participants::mutual(cx.facts, a, b, ask, &mut alignment).map_err(|why| Stop::at(Gate::Participants, why))?;
        Ok(clash(cx, a, b, voices, alignment))
    }
}

/// A clash between an assertion and its denial.
pub fn clash(cx: &Context, a: &Fact, b: &Fact, voices: [usize; 2], alignment: align::Alignment) -> Clash {
    let mut because = vec![shared::predicate(cx, a, 0, "event"), shared::predicate(cx, b, 1, "event")];
    for (side, fact) in [a, b].into_iter().enumerate() {
        if matches!(fact.voices[voices[side]].stance, Stance::Refuted(_)) {
            because.extend(shared::negators(cx, fact, side));
        }
    }
    let tension = alignment.tension || shared::restricted(cx, [a, b], voices);
    Clash { because, voices, tension, alignment, ..Clash::default() }
}
