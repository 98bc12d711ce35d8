//! Rival fillers: the claim names one author, winner, birthplace or seat, the passage another for the same event or thing.

use super::side::{Side, meets};
use super::{Finding, Pair, amount};
use crate::base::Sym;
use crate::text::{Pos, Rel, Tag};

/// Least share of the claim's other words, in percent.
const LEAST: u32 = 30;

/// How a phrase belongs to what governs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Link {
    /// Who does it: the subject of an active verb, "by" behind a passive or a work.
    Agent,
    /// Whom or what it is done to.
    Patient,
    /// Behind a preposition.
    Behind(Sym),
}

/// A phrase with what governs it.
#[derive(Clone, Copy, Debug)]
struct Slot {
    first: usize,
    last: usize,
    head: usize,
    governor: usize,
    link: Link,
}

/// Sets phrases of the claim against those that stand in the same place of the passage.
pub fn find(pair: &Pair, out: &mut Vec<Finding>) {
    let theirs = slots(pair.passage);
    for one in slots(pair.claim) {
        out.extend(rival(pair, &one, &theirs));
    }
}

fn rival(pair: &Pair, one: &Slot, theirs: &[Slot]) -> Option<Finding> {
    let (claim, passage) = (pair.claim, pair.passage);
    if claim.denied[one.head] || claim.denied[one.governor] || said(pair, one) {
        return None;
    }
    let mut same: Vec<(&Slot, bool)> = theirs.iter().filter_map(|other| Some((other, same_place(pair, one, other)?))).collect();
    // "by the rock band X": the name says who.
    if claim.is_name(one.head) && same.iter().any(|(other, _)| passage.is_name(other.head)) {
        same.retain(|(other, _)| passage.is_name(other.head));
    }
    let (other, _) = *same.first()?;
    let apart = same.iter().all(|(other, _)| differ(pair, one, other));
    let one_only = same.iter().all(|(_, one_only)| *one_only);
    let names = claim.is_name(one.head) && passage.is_name(other.head);
    if !one_only || !names && (one.link != Link::Agent || !passage.is_name(other.head)) {
        return None;
    }
    if !apart || passage.denied[other.governor] || passage.denied[other.head] {
        return None;
    }
    let sentence = claim.sentence(one.first);
    let inside = |t: usize| (one.first..=one.last).contains(&t);
    if one.link != Link::Agent && !pair.same_subject(&sentence, one.governor.min(one.first)) {
        return None;
    }
    let share = pair.covered(&sentence, |t| inside(t) || t == one.governor);
    // Two offices of two bodies have two holders: the claim's own subject must be known.
    let of = matches!(one.link, Link::Behind(p) if p.as_str() == "of");
    let known = || pair.cover.share(claim, sentence.clone().filter(|t| !inside(*t) && *t != one.governor)) >= 50;
    if share < LEAST || (of || one.link == Link::Patient) && !known() || one.link == Link::Patient && share < 70 {
        return None;
    }
    let place = matches!(one.link, Link::Behind(p) if is_place(p));
    Some(Finding {
        firm: true,
        kind: if place { "place" } else { "role" },
        why: if names {
            "another filler of a place that only one fills"
        } else {
            "something that does nothing by itself is said to have done it"
        },
        part: if names { "filler" } else { "no-agent" },
        amount: amount(share, LEAST),
        because: pair.because((one.first, one.last), (other.first, other.last), if place { "place" } else { "holder" }),
    })
}

fn is_place(preposition: Sym) -> bool {
    matches!(preposition.as_str(), "in" | "at" | "from" | "near" | "on")
}

/// Whether the passage says the filler too, as whatever.
fn said(pair: &Pair, one: &Slot) -> bool {
    let words = (one.first..=one.last).filter(|t| pair.claim.weight(*t) > 0);
    let named = pair.claim.is_name(one.head);
    let met = |t: usize| pair.cover.by[t].is_some_and(|(_, strength)| strength >= if named { 7 } else { 4 });
    if named { words.filter(|t| pair.claim.is_name(*t)).any(met) } else { met(one.head) }
}

/// Whether two phrases fill one place of one event or thing, and whether only one can fill it; `None` where they do not.
fn same_place(pair: &Pair, one: &Slot, other: &Slot) -> Option<bool> {
    let (claim, passage) = (pair.claim, pair.passage);
    if one.link != other.link {
        let alike = matches!((one.link, other.link), (Link::Behind(p), Link::Behind(q)) if is_place(p) && is_place(q));
        if !alike {
            return None;
        }
    }
    let related = one_filler(claim, one.governor).is_some_and(|x| one_filler(passage, other.governor) == Some(x));
    if meets(claim, one.governor, passage, other.governor) < 7 && !related {
        return None;
    }
    // "Only works in Velm" leaves no other place, whatever is done there.
    let only = claim.sentence(one.first).any(|t| claim.is("only words", t));
    let listed = |side: &Side, slot: &Slot| match slot.link {
        Link::Agent => side.is("one agent", slot.governor),
        Link::Behind(p) if is_place(p) => side.is("one place", slot.governor) || only,
        Link::Behind(p) if p.as_str() == "of" => side.is("one whole", slot.governor),
        Link::Patient => side.is("one object", slot.governor),
        Link::Behind(_) => false,
    };
    Some(listed(claim, one) && listed(passage, other))
}

/// The list of events and works that share their one filler ("written by", "a novel by").
pub fn one_filler(side: &Side, token: usize) -> Option<&'static str> {
    let lemma = side.tokens[token].lemma;
    let lists = side.facts.lexicon.sets.iter().filter(|(_, words)| words.word(lemma).is_some());
    let mut names: Vec<&'static str> = lists.filter_map(|(name, _)| name.strip_prefix("one filler: ")).collect();
    names.sort_unstable();
    names.first().copied()
}

/// Whether two fillers exclude each other.
fn differ(pair: &Pair, one: &Slot, other: &Slot) -> bool {
    let (claim, passage) = (pair.claim, pair.passage);
    let being = |side: &Side, slot: &Slot| (slot.first..=slot.last).find_map(|t| side.beings[t]);
    if let (Some(x), Some(y)) = (being(claim, one), being(passage, other)) {
        if claim.facts.who.together(x, y).is_some() {
            return false;
        }
    }
    if passage.tokens[other.head].pos == Pos::Pron || claim.tokens[one.head].pos == Pos::Pron {
        return false;
    }
    // A name may be that of a thing which the other text describes.
    if claim.is_name(one.head) != passage.is_name(other.head) {
        let (noun, side) = if claim.is_name(one.head) { (other.head, passage) } else { (one.head, claim) };
        if one.link != Link::Agent || !side.is("no agents", noun) {
            return false;
        }
    }
    // One of several who did it is no rival of the others.
    let told =
        |y: usize| passage.is_name(y) && (0..claim.tokens.len()).any(|x| claim.is_name(x) && meets(claim, x, passage, y) >= 7);
    let meets_any = (one.first..=one.last).filter(|x| claim.weight(*x) > 0 && (*x == one.head || claim.is_name(*x))).any(|x| {
        (other.first..=other.last)
            .any(|y| passage.weight(y) > 0 && meets(claim, x, passage, y).max(meets(passage, y, claim, x)) >= 4)
    });
    !meets_any && !(other.first..=other.last).any(told)
}

fn slots(side: &Side) -> Vec<Slot> {
    let mut out = parsed(side);
    for slot in by_words(side) {
        if !out.iter().any(|old| old.first <= slot.last && slot.first <= old.last) {
            out.push(slot);
        }
    }
    out
}

/// Phrases by the parse's relations; conjuncts stand where their first one does.
fn parsed(side: &Side) -> Vec<Slot> {
    let mut out = Vec::new();
    for token in 0..side.tokens.len() {
        let t = &side.tokens[token];
        if !matches!(t.pos, Pos::Noun | Pos::Propn) && !side.is_name(token) || side.is_calendar(token) || t.rel == Rel::Flat {
            continue;
        }
        let mut top = token;
        while side.tokens[top].rel == Rel::Conj && matches!(side.tokens[side.head(top)].pos, Pos::Noun | Pos::Propn) {
            top = side.head(top);
        }
        let governor = side.head(top);
        let Some(link) = link(side, top, governor) else { continue };
        let (first, last) = phrase(side, token);
        out.push(Slot { first, last, head: token, governor, link });
        // "co-written and produced by": one agent for both.
        let joined = side.kids(governor).find(|k| side.tokens[*k].rel == Rel::Conj && side.tokens[*k].pos == Pos::Verb);
        let joins =
            (side.tokens[governor].rel == Rel::Conj && side.tokens[governor].pos == Pos::Verb).then(|| side.head(governor));
        if link == Link::Agent {
            for verb in joined.into_iter().chain(joins) {
                let own = side.kids(verb).any(|k| matches!(side.tokens[k].rel, Rel::OblAgent | Rel::Nsubj));
                if !own && side.tokens[verb].tag == side.tokens[governor].tag {
                    out.push(Slot { first, last, head: token, governor: verb, link });
                }
            }
        }
    }
    out
}

fn link(side: &Side, top: usize, governor: usize) -> Option<Link> {
    let case = side.kids(top).find(|k| side.tokens[*k].rel == Rel::Case && side.tokens[*k].tag != Tag::Pos);
    match side.tokens[top].rel {
        Rel::Nsubj if side.tokens[governor].pos == Pos::Verb => Some(Link::Agent),
        Rel::NsubjPass | Rel::Obj => Some(Link::Patient),
        Rel::Obl | Rel::OblAgent | Rel::Nmod => match side.tokens[case?].form.as_str() {
            "by" => Some(Link::Agent),
            _ => Some(Link::Behind(side.tokens[case?].form)),
        },
        _ => None,
    }
}

/// The head with what stands before it in its phrase.
fn phrase(side: &Side, head: usize) -> (usize, usize) {
    if side.is_name(head) {
        return side.name(head);
    }
    let first =
        side.kids(head).filter(|k| *k < head && matches!(side.tokens[*k].rel, Rel::Amod | Rel::Compound | Rel::Nummod)).min();
    (first.unwrap_or(head), head)
}

/// Names behind a preposition by the words alone, where the parse went astray.
fn by_words(side: &Side) -> Vec<Slot> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < side.tokens.len() {
        if !side.is_name(at) || side.is_calendar(at) {
            at += 1;
            continue;
        }
        let (first, last) = side.name(at);
        at = last.max(at) + 1;
        let Some(preposition) = side.preposition(first) else { continue };
        let start = side.sentence(first).start;
        let before = (start..preposition).rev().take(6).find(|t| matches!(side.tokens[*t].pos, Pos::Verb | Pos::Noun));
        if let Some(governor) = before {
            let form = side.tokens[preposition].form;
            let link = if form.as_str() == "by" { Link::Agent } else { Link::Behind(form) };
            out.push(Slot { first, last, head: last, governor, link });
        }
    }
    out
}
