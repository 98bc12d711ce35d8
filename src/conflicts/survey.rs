//! Pairs of claims of one story that may be two answers to one question, for those who look for rules that are not written yet.
//!
//! In: claims ready for comparing. Out: pairs by index. Wider than any detector and without a verdict: who proposes a rule on such a
//! pair tries it first.

use super::detectors::{Context, Key, Pole, anchors, comparable, concepts, counted, cross, event, hash};
use super::facts::{Fact, Facts, Happening, Role, Slot};
use super::{Stats, align, debunk, index};
use crate::base::Sym;
use crate::claims::{EntityKind, Stance};
use crate::lexical::{self, Class};
use crate::text::Pos;

/// What the strongest voice of a claim makes of it; `None` where nobody is committed.
pub fn sign(fact: &Fact) -> Option<bool> {
    fact.voices.iter().find(|v| v.stance != Stance::None).map(|v| matches!(v.stance, Stance::Asserted(_)))
}

/// Pairs of claims whose events are one or opposite, that tell how one thing stands and falls, or that count in one event; the smaller
/// index first, sorted. `wanted` says by article which are looked at.
pub fn meeting(cx: &Context, wanted: &[bool]) -> Vec<(u32, u32)> {
    let asked: Vec<u32> = (0u32..)
        .zip(&cx.facts.list)
        .filter(|(_, fact)| wanted.get(fact.reading as usize).is_some_and(|wanted| *wanted))
        .map(|(at, _)| at)
        .collect();
    index::candidates(&index::Space::whole(cx), &|fact, out| keys(cx, fact, out), &asked, &mut Stats::default())
}

fn keys(cx: &Context, fact: &Fact, out: &mut Vec<Key>) {
    let (Ok(event), Some(sign)) = (event(cx, fact), sign(fact)) else { return };
    let told = tells(cx.facts, fact).unwrap_or(*event);
    let mut ties = Vec::new();
    anchors(cx, fact, &mut ties);
    let concepts = concepts(cx.facts.lexicon, &told);
    cross(0, &concepts, &ties, if sign { Pole::Common } else { Pole::Rare }, out);
    if !sign {
        return;
    }
    let figures = cx.facts.claim(fact).quantities.iter().filter(|quantity| comparable(quantity));
    let counting: Vec<u64> = figures.flat_map(|quantity| counted(cx, quantity)).collect();
    cross(0, &counting, &ties, Pole::Any, out);
    let word = event.lemma;
    for opposite in align::partners(cx.facts.lexicon, word) {
        let (one, two) = if word.as_str() < opposite.as_str() { (word, opposite) } else { (opposite, word) };
        cross(0, &[hash(("opposites", one, two))], &ties, if word == one { Pole::Rare } else { Pole::Common }, out);
    }
    let Some(falls) = falls(cx.facts, fact) else { return };
    for thing in things(cx.facts, fact) {
        let families = cx.facts.lexicon.families.get(&thing).into_iter().flatten();
        let mut all: Vec<u64> = families.map(|family| hash(("fate of family", family))).collect();
        all.push(hash(("fate", thing)));
        cross(0, &all, &ties, if falls { Pole::Rare } else { Pole::Common }, out);
    }
}

/// Whether a claim tells that something comes to grief (`Some(true)`) or that it stands; `None` where it tells neither.
fn falls(facts: &Facts, fact: &Fact) -> Option<bool> {
    let word = fact.event?.lemma;
    // "Came into force", "took effect": the verb with the noun that gives it its meaning.
    let has = |name: &str| {
        facts.lexicon.set(name).is_some_and(|set| {
            set.phrase(word).is_some() || fact.roles.iter().any(|role| set.word_pair(word.as_str(), role.lemma).is_some())
        })
    };
    match (has("standing"), has("falling")) {
        (true, false) => Some(false),
        (false, true) => Some(true),
        _ => None,
    }
}

/// The things, not persons, that stand or fall.
fn things(facts: &Facts, fact: &Fact) -> Vec<Sym> {
    let person = |being: u32| facts.who.list[being as usize].kind == EntityKind::Person;
    let core = fact.roles.iter().filter(|role| matches!(role.slot, Slot::Subject | Slot::Object));
    let thing = core.filter(|role| !role.open && role.pos == Pos::Noun && !role.being.is_some_and(person));
    thing.map(|role| role.lemma).collect()
}

/// Whether two events exclude each other: opposites that are no two sides of one event, nor words too common to tell.
pub fn exclude(facts: &Facts, one: Sym, other: Sym) -> bool {
    let lexicon = facts.lexicon;
    align::opposites(facts, one, other).is_some() && align::telling(lexicon, one, other) && !align::converse(lexicon, one, other)
}

/// Whether the sentences of two claims are nearly the same words with as many negations, so that both say the same.
pub fn same_words(facts: &Facts, a: &Fact, b: &Fact) -> bool {
    let sides = [a, b].map(|fact| debunk::content(facts, fact, |token| token.lemma).unwrap_or_default());
    let [(one, negations), (other, others)] = sides;
    let shared = one.iter().filter(|word| other.binary_search(word).is_ok()).count();
    negations == others && shared * 4 >= (one.len() + other.len() - shared) * 3
}

/// Whether two claims tell of one thing, one that it stands and one that it falls.
pub fn fates(facts: &Facts, a: &Fact, b: &Fact) -> bool {
    fate(facts, a, b) == Some(false)
}

/// Whether two claims tell that one thing stands or falls: `Some(true)` where both tell the same of it.
pub fn fate(facts: &Facts, a: &Fact, b: &Fact) -> Option<bool> {
    let (one, other) = (falls(facts, a)?, falls(facts, b)?);
    let met = things(facts, a).iter().any(|x| things(facts, b).iter().any(|y| facts.lexicon.same_family(*x, *y)));
    met.then_some(one == other)
}

/// Whether a claim's verb says of its event noun no more than that it happens.
pub fn lends(facts: &Facts, fact: &Fact) -> bool {
    let light = facts.lexicon.set("light-verbs");
    fact.event.is_some_and(|event| {
        facts.lexicon.support_verbs.word(event.lemma).is_some() || light.is_some_and(|set| set.word(event.lemma).is_some())
    })
}

/// What a claim tells of: its event, or the noun of an event to which its verb lends no more than that it happens ("reach an agreement").
pub fn tells(facts: &Facts, fact: &Fact) -> Option<Happening> {
    let event = fact.event?;
    let noun = |role: &&Role| {
        let happens =
            lexical::verbs_of(role.lemma.as_str()).next().is_some() || facts.lexicon.symmetric.word(role.lemma).is_some();
        matches!(role.slot, Slot::Subject | Slot::Object) && role.pos == Pos::Noun && happens
    };
    let lent = fact.roles.iter().filter(|_| event.class != Class::Noun && lends(facts, fact)).find(noun);
    Some(lent.map_or(event, |role| Happening {
        lemma: role.lemma,
        class: Class::Noun,
        token: role.head,
        support: Some(event.lemma),
    }))
}
