//! One asserts what the other refutes: an event told as real on one side and as not so on the other, through any depth of negation.

use super::{Clash, Context, Detector, Key, Pole, covered, shared, unlike};
use crate::claims::{Effect, EntityKind, Stance};
use crate::conflicts::align::{self, Ask, Evidence};
use crate::conflicts::debunk;
use crate::conflicts::facts::{Fact, Slot};
use crate::conflicts::gates::{self, Gate, Stop};
use crate::conflicts::participants;
use crate::lexical::{self, Class};
use crate::rules::Rule;
use crate::text::{Pos, Rel, Tag, Token};

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
        if shared::one_breath(cx, [a, b], voices) {
            return Err(Stop::at(Gate::NotOpposed, "one speaker says both in one breath"));
        }
        if shared::one_account(cx, a, b) || shared::one_teller(cx, [a, b], voices) {
            return Err(Stop::at(Gate::NotOpposed, "one account of one article"));
        }
        if shared::long_ago(cx, a, b) {
            return Err(Stop::at(Gate::Participants, "another occasion, long before"));
        }
        if !cx.options.presume && (elsewhere(cx, a, b) || elsewhere(cx, b, a)) {
            return Err(Stop::at(Gate::Participants, "another place"));
        }
        let refutes = matches!(a.voices[voices[0]].stance, Stance::Refuted(_));
        let (refuting, [refuter, teller]) = if refutes { ((a, b), voices) } else { ((b, a), [voices[1], voices[0]]) };
        if !cx.options.presume && ceased(cx, refuting.0, refuting.1) {
            return Err(Stop::at(Gate::NotOpposed, "it was so before"));
        }
        if cx.options.presume && shared::other_time(cx, refuting.0, refuting.1) {
            return Err(Stop::at(Gate::Participants, "denied of another time"));
        }
        if !cx.options.presume {
            unlike::judge(cx, refuting.0, refuting.1)?;
        }
        let whole = shared::answered(cx, (refuting.0, refuter), (refuting.1, teller));
        // A speaker whose whole clause is denied is contradicted, whatever else his article tells.
        let named = refuting.1.voices[teller].being.is_some_and(|b| cx.facts.who.list[b as usize].is_named());
        if !(whole && named) && debunk::told_by(cx.facts, refuting.1.reading, refuting.0) {
            return Err(Stop::at(Gate::NotOpposed, "its own article tells the denial too"));
        }
        if debunk::same_words(cx.facts, a, b) {
            return Err(Stop::at(Gate::NotOpposed, "the same words"));
        }
        if !cx.options.presume
            && (no_in_part(cx, refuting.1)
                || shared::of_help(refuting.0, refuting.1)
                || bare(a, b)
                || first_of_all(cx, refuting.0, refuting.1))
        {
            return Err(Stop::at(Gate::Participants, "too little is said of what was done"));
        }
        let ask = Ask { presume: cx.options.presume, ..Ask::default() };
        let mut alignment = align::align(cx.facts, a, b, ask).map_err(|why| Stop::at(Gate::Participants, why))?;
        participants::mutual(cx.facts, a, b, ask, &mut alignment).map_err(|why| Stop::at(Gate::Participants, why))?;
        covered::by(cx, refuting.1, refuting.0)?;
        let same = alignment.evidence.iter().any(|e| matches!(e.name, "same-event" | "derived-event"));
        if whole && same && alignment.story >= shared::ONE_STORY {
            alignment.evidence.push(Evidence::of("answered", 10));
        }
        Ok(clash(cx, a, b, voices, alignment))
    }
}

/// "Never much liked it" is no liking.
fn no_in_part(cx: &Context, told: &Fact) -> bool {
    let tokens = &cx.facts.document(told).tokens;
    let claim = cx.facts.claim(told);
    let degree = |at: &u32| {
        let above = tokens.get(*at as usize).and_then(|t| tokens.get(t.head as usize));
        above.is_some_and(|t| t.rel == Rel::Advmod && t.head == claim.predicate)
    };
    claim.operators.iter().filter(|o| o.effect == Effect::Negates).any(|o| o.tokens.iter().any(degree))
}

/// "Won the first prize of his life" ends "he had never won a prize".
fn first_of_all(cx: &Context, denial: &Fact, told: &Fact) -> bool {
    let says = |fact: &Fact, set: &str| {
        let tokens = &cx.facts.document(fact).tokens;
        let form = |at: &u32| tokens.get(*at as usize).map(|t| t.form);
        let set = cx.facts.lexicon.set(set);
        cx.facts.claim(fact).tokens.iter().filter_map(form).any(|form| set.is_some_and(|set| set.word(form).is_some()))
    };
    says(denial, "all-time-words") && says(told, "first-words")
}

/// Words that everybody does all the time ("knows", "went", "came"), with nothing that says what.
fn bare(a: &Fact, b: &Fact) -> bool {
    let common =
        |fact: &Fact| fact.event.is_some_and(|event| event.class == Class::Verb && lexical::rarity(event.lemma.as_str()) <= 2);
    let more = |fact: &Fact| {
        fact.roles
            .iter()
            .filter(|role| role.slot != Slot::Subject && matches!(role.pos, Pos::Noun | Pos::Propn | Pos::Num))
            .count()
    };
    common(a) && common(b) && (more(a) == 0 || more(b) == 0)
}

/// "Is no longer a director" against "was a director".
fn ceased(cx: &Context, denial: &Fact, told: &Fact) -> bool {
    let tokens = |fact: &Fact| &cx.facts.document(fact).tokens;
    let ceases = |at: &u32| {
        let form = tokens(denial).get(*at as usize).map(|t| t.form);
        form.is_some_and(|form| cx.facts.lexicon.set("ceasing-words").is_some_and(|set| set.word(form).is_some()))
    };
    let operators = &cx.facts.claim(denial).operators;
    let predicate = cx.facts.claim(told).predicate;
    let past = |t: &Token| t.tag == Tag::Vbd;
    let own = tokens(told).get(predicate as usize).is_some_and(past);
    let copula = tokens(told).iter().any(|t| t.head == predicate && t.rel == Rel::Cop && past(t));
    operators.iter().filter(|o| o.effect == Effect::Negates).any(|o| o.tokens.iter().any(ceases)) && (own || copula)
}

/// "He never went there" against "he went to Velm": a word that points to a place means one that was named right before it, and the
/// other side has to name one of those or point as well.
fn elsewhere(cx: &Context, pointing: &Fact, other: &Fact) -> bool {
    let Some(at) = place_word(cx, pointing).filter(|_| place_word(cx, other).is_none()) else { return false };
    let reading = &cx.facts.readings[pointing.reading as usize];
    let sentence = cx.facts.claim(pointing).sentence;
    let near = sentence.checked_sub(1).unwrap_or(sentence)..=sentence;
    let before = |head: u32| head < at && reading.document.sentence_of(head).is_some_and(|s| near.contains(&(s as u32)));
    let named = reading.mentions.iter().enumerate().filter(|(_, m)| before(m.head));
    let place = |being: &u32| cx.facts.who.list[*being as usize].kind != EntityKind::Person;
    let places: Vec<u32> =
        named.filter_map(|(i, _)| cx.facts.who.of(pointing.reading as usize, i as u32)).filter(place).collect();
    let theirs =
        other.roles.iter().filter(|r| r.slot != Slot::Subject).flat_map(|r| r.being.into_iter().chain(r.inner.iter().copied()));
    !theirs.into_iter().any(|being| places.iter().any(|place| align::same_party(cx.facts, being, *place)))
}

/// The adverb of a claim's predicate that only points to a place.
fn place_word(cx: &Context, fact: &Fact) -> Option<u32> {
    let tokens = &cx.facts.document(fact).tokens;
    let event = fact.event?.token;
    let points = |t: &u32| {
        tokens.get(*t as usize).is_some_and(|word| {
            word.head == event
                && word.rel == Rel::Advmod
                && cx.facts.lexicon.set("place-pronouns").is_some_and(|set| set.word(word.lemma).is_some())
        })
    };
    cx.facts.claim(fact).tokens.iter().copied().find(points)
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
