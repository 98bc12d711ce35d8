//! Who takes part in what two claims tell, and whether the two sets go together. For kinds that match by rule rather than by event.
//!
//! In: two [`Fact`]s. Out: an [`Alignment`] of their participants, or why they do not go together.

use super::align::{self, Alignment, Ask, Evidence};
use super::facts::{Fact, Facts, Slot};
use crate::claims::EntityKind;
use crate::lexical::Class;
use crate::text::{Line, Pos};

/// Likeness of two articles, in percent, from which a side that names nobody may mean whom the other names.
const ONE_STORY: u32 = 25;

/// A side's participants and how they are known.
struct Set {
    list: Vec<u32>,
    /// Taken from the headline, as neither clause nor sentence names anyone.
    filled: bool,
    /// It has room for one more: "there are no talks with Brenia" leaves the speaker's side unsaid, and "nobody" means anybody.
    open: bool,
}

/// Sets the participants of two claims against each other.
///
/// # Errors
/// Why they are not about one thing, in a few words.
pub fn together(facts: &Facts, a: &Fact, b: &Fact, ask: Ask) -> Result<Alignment, &'static str> {
    let mut out = Alignment { story: align::story(facts, a, b), ..Alignment::default() };
    if others(facts, a) != others(facts, b) {
        return Err("one side is about others than those named");
    }
    if let (Some(one), Some(other)) = (&a.event, &b.event) {
        if let Some((name, amount)) = align::events(facts, one, other) {
            out.event = true;
            out.evidence.push(Evidence::of(name, amount));
        }
    }
    align::background(a, b, ask, &mut out);
    let (one, other) = (said(facts, a), said(facts, b));
    let (one, other) = (filled(facts, a, one, ask), filled(facts, b, other, ask));
    if ask.linked {
        return Ok(out);
    }
    if colleagues(facts, a, b) {
        return Err("two people of one body");
    }
    match (one.list.is_empty(), other.list.is_empty()) {
        (false, false) => named(facts, (a, &one), (b, &other), ask, &mut out)?,
        (true, true) => heads(facts, a, b, ask, &mut out)?,
        _ if a.reading == b.reading => out.evidence.push(Evidence::of("open-role", 5)),
        _ if ask.presume || out.story >= ONE_STORY => {
            out.evidence.push(Evidence::of("open-role", 5));
            out.tension |= !ask.presume;
        }
        _ => return Err("only one side says who takes part"),
    }
    Ok(out)
}

/// Two people of one firm each do what they do for themselves; who acts for a state acts for all of it.
fn colleagues(facts: &Facts, a: &Fact, b: &Fact) -> bool {
    let being = |fact: &Fact| fact.role(Slot::Subject).and_then(|role| role.being);
    let Some((one, other)) = being(a).zip(being(b)) else { return false };
    let person = |b: u32| facts.who.list[b as usize].kind == EntityKind::Person && facts.who.list[b as usize].is_named();
    let state = |b: u32| facts.who.list[facts.who.party(b) as usize].kind == EntityKind::State;
    let in_it =
        |fact: &Fact, who: u32| fact.roles.iter().any(|role| role.being.is_some_and(|b| align::same_party(facts, b, who)));
    person(one) && person(other) && !state(one) && !state(other) && !in_it(b, one) && !in_it(a, other)
}

/// "Not in talks with anyone else": others than those of whom the talk is.
fn others(facts: &Facts, fact: &Fact) -> bool {
    let tokens = &facts.document(fact).tokens;
    let set = facts.lexicon.set("others-than-named");
    let other = |at: &u32| tokens.get(*at as usize).is_some_and(|t| set.is_some_and(|set| set.word(t.form).is_some()));
    facts.claim(fact).tokens.iter().any(other)
}

/// Holds two claims of one symmetric event (talks, a meeting) to having the same parties, whatever else they share: talks with one
/// neighbour say nothing of talks with another.
///
/// # Errors
/// Why they are not about one event, in a few words.
pub fn mutual(facts: &Facts, a: &Fact, b: &Fact, ask: Ask, alignment: &mut Alignment) -> Result<(), &'static str> {
    let symmetric = |fact: &Fact| fact.event.is_some_and(|e| facts.lexicon.symmetric.word(e.lemma).is_some());
    if symmetric(a) || symmetric(b) {
        // "We talked about pumps" is no talks with anybody.
        let alone = |fact: &Fact| fact.event.is_some_and(|e| e.class == Class::Verb) && said(facts, fact).len() < 2;
        if !ask.presume && alone(a) != alone(b) {
            return Err("one side does not say with whom");
        }
        alignment.tension |= together(facts, a, b, ask)?.tension;
    }
    Ok(())
}

/// Beings in the claim's event, states for their seats; in a symmetric event the speaker's side is the other party.
fn said(facts: &Facts, fact: &Fact) -> Vec<u32> {
    let mutual = |lemma| facts.lexicon.symmetric.word(lemma).is_some();
    // "Hold talks", "there are no talks": the event noun stands in a role of the verb that lends it its predication.
    let lends = fact.event.is_some_and(|e| facts.lexicon.support_verbs.word(e.lemma).is_some());
    let symmetric =
        fact.event.is_some_and(|e| mutual(e.lemma)) || lends && fact.roles.iter().any(|r| r.pos == Pos::Noun && mutual(r.lemma));
    // Where two parties met is no third of them; where armies fight is what they fight over.
    let meets = |lemma| facts.lexicon.set("meetings").is_some_and(|set| set.word(lemma).is_some());
    let meeting = symmetric
        && (fact.event.is_some_and(|e| meets(e.lemma)) || fact.roles.iter().any(|r| r.pos == Pos::Noun && meets(r.lemma)));
    let place = |r: &super::facts::Role| {
        let kind = r.being.map(|b| facts.who.list[b as usize].kind);
        meeting && kind == Some(EntityKind::Place) && align::is_place(facts, r.preposition)
    };
    let in_event = fact.roles.iter().filter(|r| r.slot != Slot::Complement || r.pos == Pos::Propn).filter(|r| !place(r));
    // "We" is the speaker's side.
    let side = |r: &super::facts::Role| {
        if r.pos == Pos::Pron && is_we(facts, r) { r.being.map(|b| facts.who.party(b)) } else { r.being }
    };
    let mut list: Vec<u32> = in_event.filter_map(side).collect();
    list.extend(fact.roles.iter().flat_map(|r| r.inner.iter().copied()));
    let we: Vec<u32> = fact.roles.iter().filter(|r| r.pos == Pos::Pron && is_we(facts, r)).filter_map(|r| r.being).collect();
    let speaks = |b: &u32| fact.voices.iter().any(|v| v.being == Some(*b));
    let places: Vec<u32> = fact.roles.iter().filter(|r| place(r)).filter_map(|r| r.being).collect();
    list.extend(fact.named.iter().filter(|b| !we.contains(b) && !speaks(b) && !places.contains(b)));
    let list: Vec<u32> = list.into_iter().filter(|b| facts.who.list[*b as usize].is_named()).collect();
    let mut list = parties(facts, &list);
    // "The two sides" say who takes part, if elsewhere.
    let taken_up = || fact.roles.iter().any(|r| r.open);
    if symmetric && (list.len() == 1 || meeting && list.is_empty() && !taken_up()) {
        let speaker = fact.voices.iter().rev().find_map(|v| v.being).map(|b| facts.who.party(b));
        // A person of whom nobody knows for whom he speaks is no side.
        let side = |b: &u32| {
            let being = &facts.who.list[*b as usize];
            let body = matches!(being.kind, EntityKind::Org | EntityKind::State | EntityKind::Office);
            being.is_named() && being.kind != EntityKind::Person && (body || !list.is_empty())
        };
        list.extend(speaker.filter(|s| !list.contains(s) && side(s)));
        // "In talks to buy Tarnis": the other party stands beside the event.
        if meeting && list.len() == 1 {
            let party = |b: &u32| {
                let being = &facts.who.list[*b as usize];
                being.is_named() && matches!(being.kind, EntityKind::Org | EntityKind::State)
            };
            let beside: Vec<u32> = fact.nearby.iter().copied().filter(|b| party(b) && !speaks(b)).collect();
            list.extend(parties(facts, &beside).into_iter().filter(party));
        }
        list.sort_unstable();
        list.dedup();
    }
    list
}

fn is_we(facts: &Facts, role: &super::facts::Role) -> bool {
    facts.lexicon.set("speaker side").is_some_and(|set| set.word(role.lemma).is_some())
}

fn parties(facts: &Facts, list: &[u32]) -> Vec<u32> {
    let person = |b: u32| facts.who.list[b as usize].kind == EntityKind::Person;
    let mut out: Vec<u32> = list.iter().map(|b| if person(*b) { *b } else { facts.who.party(*b) }).collect();
    out.sort_unstable();
    out.dedup();
    out
}

/// Whether a clause leaves one of its participants unsaid: the speaker's side of a symmetric event, or whoever "nobody" stands for.
fn has_room(facts: &Facts, fact: &Fact, said: &[u32]) -> bool {
    let symmetric = |lemma| facts.lexicon.symmetric.word(lemma).is_some();
    let mutual =
        fact.event.is_some_and(|e| symmetric(e.lemma)) || fact.roles.iter().any(|r| r.pos == Pos::Noun && symmetric(r.lemma));
    // "Three people with knowledge of it" are no party to it.
    let speaks = fact.voices.iter().any(|v| v.being.is_some_and(|b| facts.who.list[b as usize].is_named()));
    let tokens = &facts.document(fact).tokens;
    let no_one = |role: &super::facts::Role| {
        let word = tokens.get(role.head as usize).map(|t| t.form);
        word.is_some_and(|form| facts.lexicon.set("plain-negators").is_some_and(|set| set.word(form).is_some()))
    };
    said.len() == 1 && (mutual && speaks || fact.role(Slot::Subject).is_some_and(no_one))
}

fn filled(facts: &Facts, fact: &Fact, said: Vec<u32>, ask: Ask) -> Set {
    if !said.is_empty() {
        return Set { open: has_room(facts, fact, &said), list: said, filled: false };
    }
    // Who speaks stands beside what he says and takes no part in it.
    let speaks = |b: &u32| fact.voices.iter().any(|v| v.being == Some(*b));
    let nearby: Vec<u32> = fact.nearby.iter().copied().filter(|b| !speaks(b)).collect();
    let nearby = parties(facts, &nearby);
    if !nearby.is_empty() {
        return Set { list: nearby, filled: false, open: false };
    }
    if ask.presume {
        return Set { list: Vec::new(), filled: true, open: false }; // bare statements have one headline between them
    }
    let reading = &facts.readings[fact.reading as usize];
    let Some(head) = reading.document.sentences.iter().find(|s| s.kind == Line::Headline).or(reading.document.sentences.first())
    else {
        return Set { list: Vec::new(), filled: true, open: false };
    };
    let inside = reading.mentions.iter().enumerate().filter(|(_, m)| head.range().contains(&(m.first as usize)));
    let named = |b: &u32| facts.who.list[*b as usize].is_named();
    let list = inside.filter_map(|(at, _)| facts.who.of(fact.reading as usize, at as u32)).filter(|b| !speaks(b) && named(b));
    let list: Vec<u32> = list.collect();
    Set { list: parties(facts, &list), filled: true, open: false }
}

fn named(
    facts: &Facts,
    (a, one): (&Fact, &Set),
    (b, other): (&Fact, &Set),
    ask: Ask,
    out: &mut Alignment,
) -> Result<(), &'static str> {
    let within = |x: &u32, list: &[u32]| list.iter().any(|y| align::same_party(facts, *x, *y));
    // Hosts and mediators named anywhere in the sentence count.
    let wide = |set: &Set, fact: &Fact| -> Vec<u32> { set.list.iter().copied().chain(parties(facts, &fact.nearby)).collect() };
    let (wide_one, wide_other) = (wide(one, a), wide(other, b));
    let one_in = one.list.iter().all(|x| within(x, &wide_other));
    let other_in = other.list.iter().all(|x| within(x, &wide_one));
    let shared = one.list.iter().filter(|x| within(x, &wide_other)).count() as u32;
    // "We have a deal", "there is no agreement": each side names itself alone.
    if shared == 0 && one.open && other.open && out.story >= ONE_STORY {
        out.evidence.push(Evidence::of("open-role", 5));
        return Ok(());
    }
    if !one_in && !other_in && !(ask.keyed && shared > 0) {
        return Err(if shared > 0 { "participants only overlap" } else { "different participants" });
    }
    out.names = shared.max(1);
    out.evidence.push(Evidence::of("shared-name", (shared * 5).min(10)));
    if !(one_in || other.open) || !(other_in || one.open) {
        out.tension = true;
        out.evidence.push(Evidence::of("unmatched", 5));
    }
    if one.filled || other.filled {
        out.evidence.push(Evidence::of("filled", 5));
    }
    Ok(())
}

/// Nobody is named: head nouns of the event's roles stand for the participants.
fn heads(facts: &Facts, a: &Fact, b: &Fact, ask: Ask, out: &mut Alignment) -> Result<(), &'static str> {
    let meets = |x: &super::facts::Role| {
        b.roles.iter().any(|y| matches!(align::fillers(facts, x, y), align::Fit::Head(_) | align::Fit::Name))
    };
    // One event with another thing in the same place: "the north tower" and "the south tower", "the bridge" and "the tunnel".
    let slots =
        || a.roles.iter().filter(|x| matches!(x.slot, Slot::Subject | Slot::Object)).filter_map(|x| Some((x, b.role(x.slot)?)));
    if out.event && slots().any(|(x, y)| matches!(align::fillers(facts, x, y), align::Fit::Differ(_))) {
        return Err("the same event of different things");
    }
    let shared = a.roles.iter().filter(|x| meets(x)).count() as u32;
    out.heads = shared;
    let together = ask.presume || out.story >= 20;
    match shared {
        1.. if together => {
            out.evidence.push(Evidence::of("same-subject", 6));
            Ok(())
        }
        0 if together && (out.event || a.reading == b.reading || ask.presume) => {
            out.tension |= !ask.presume;
            Ok(())
        }
        _ => Err("nobody is named and nothing else ties the two"),
    }
}
