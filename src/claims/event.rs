//! Who did what to whom: the predicate of a clause or noun phrase with its arguments, passives undone.
//!
//! In: a [`Clause`] (or the head of a noun phrase) and the article's mentions. Out: an [`Event`]. Knows no polarity and no sources.

use super::clause::{self, Clause};
use super::tree::Tree;
use super::{Arg, Event, Mention};
use crate::base::Sym;
use crate::lexicon::{CalendarKind, Lexicon};
use crate::text::{Pos, Rel, Tag};

/// Reads a clause's event.
pub fn of(tree: &Tree, clause: &Clause, mentions: &[Mention], lexicon: &Lexicon) -> Event {
    let p = clause.predicate;
    let verbal = matches!(tree.pos(p), Pos::Verb | Pos::Aux) || tree.kid(p, &[Rel::AuxPass]).is_some();
    let existential = tree.lemma(p) == "be" && tree.kid(p, &[Rel::Expl]).is_some();
    if existential {
        if let Some(thing) = tree.kid(p, &[Rel::Nsubj, Rel::Obj, Rel::Xcomp]) {
            // "There are no talks": it is the talks that are.
            let mut event = of_noun(tree, thing, mentions, lexicon);
            complements(tree, p, mentions, &mut event, lexicon);
            return event;
        }
    }
    let mut event = Event { predicate: p, lemma: lemma_of(tree, p), ..Event::default() };
    let arg = |head: u32| argument(tree, head, mentions);
    let heads: Vec<u32> = clause.carriers.iter().copied().chain([p]).collect();
    let object = tree.kid(p, &[Rel::Obj]).filter(|o| !matches!(tree.tag(*o), Tag::Wdt | Tag::Wp) || clause.link != Rel::AclRelcl);
    let object = object.filter(|o| !clause::is_predicate(tree, *o, lexicon) || tree.kid(*o, &[Rel::Det]).is_some());
    event.recipient = tree.kid(p, &[Rel::Iobj]).map(arg);
    event.passive = is_passive(tree, clause);
    let relativized = relativized_object(tree, clause);
    if event.passive {
        event.object = clause.subject.map(arg);
        if let Some(o) = object {
            // "was given a medal": the subject is the recipient.
            event.recipient = event.object.take();
            event.object = Some(arg(o));
        }
        let agent = tree
            .kids(p)
            .find(|k| matches!(tree.rel(*k), Rel::OblAgent | Rel::Obl) && tree.case(*k).is_some_and(|c| tree.form(c) == "by"));
        event.subject = agent.filter(|a| !names_a_time(tree, *a, lexicon)).map(arg);
    } else {
        event.subject = clause.subject.map(arg);
        event.object =
            object.filter(|_| verbal).map(arg).or_else(|| relativized.map(arg)).or_else(|| shared_object(tree, clause).map(arg));
        if verbal && event.object.is_none() && event.recipient.is_none() && !clause_complement(tree, p) {
            // "The bridge reopened": its one participant is the one it happens to.
            event.object = event.subject;
        }
    }
    for h in heads {
        complements(tree, h, mentions, &mut event, lexicon);
    }
    if !verbal {
        // "X is the CEO of Y": what hangs on the noun belongs to the role.
        for k in tree.kids(p).filter(|k| tree.rel(*k) == Rel::NmodPoss) {
            event.complements.push((Sym::new("of"), arg(k)));
        }
    }
    event
}

/// Reads the event that a noun names: "the reopening of the bridge by the ministry", "X's resignation".
pub fn of_noun(tree: &Tree, noun: u32, mentions: &[Mention], lexicon: &Lexicon) -> Event {
    let mut event = Event { predicate: noun, lemma: tree.token(noun).lemma, nominal: true, ..Event::default() };
    let arg = |head: u32| argument(tree, head, mentions);
    for k in tree.kids(noun) {
        match tree.rel(k) {
            Rel::NmodPoss => event.subject = event.subject.or(Some(arg(k))),
            Rel::Nmod | Rel::Obl => {
                let Some(by) = preposition(tree, k) else { continue };
                match by.as_str() {
                    "of" => event.object = Some(arg(k)),
                    "by" if !names_a_time(tree, k, lexicon) => event.subject = Some(arg(k)),
                    _ => event.complements.push((by, arg(k))),
                }
            }
            _ => {}
        }
    }
    if event.object.is_none() {
        event.object = event.subject;
    } else if event.subject.is_none() && event.complements.is_empty() {
        event.subject = event.object;
    }
    event
}

/// The lemma, with a particle where there is one ("call off").
pub fn lemma_of(tree: &Tree, p: u32) -> Sym {
    match tree.kid(p, &[Rel::CompoundPrt]) {
        Some(particle) => Sym::new(&format!("{} {}", tree.lemma(p), tree.form(particle))),
        None => tree.token(p).lemma,
    }
}

fn complements(tree: &Tree, head: u32, mentions: &[Mention], event: &mut Event, lexicon: &Lexicon) {
    for k in tree.kids(head) {
        if !matches!(tree.rel(k), Rel::Obl | Rel::OblAgent | Rel::Nmod) {
            continue;
        }
        let Some(by) = preposition(tree, k) else { continue };
        if event.passive && by.as_str() == "by" && !names_a_time(tree, k, lexicon) {
            continue;
        }
        event.complements.push((by, argument(tree, k, mentions)));
        for other in tree.kids(k).filter(|o| tree.rel(*o) == Rel::Conj && matches!(tree.pos(*o), Pos::Noun | Pos::Propn)) {
            let own = preposition(tree, other).unwrap_or(by);
            if own != by {
                event.complements.push((own, argument(tree, other, mentions)));
            }
        }
    }
}

fn preposition(tree: &Tree, noun: u32) -> Option<Sym> {
    let case = tree.case(noun)?;
    let rest: Vec<&str> = tree.kids(case).filter(|k| tree.rel(*k) == Rel::Fixed).map(|k| tree.form(k)).collect();
    Some(if rest.is_empty() { tree.token(case).form } else { Sym::new(&format!("{} {}", tree.form(case), rest.join(" "))) })
}

/// A phrase with the mention it is, if one has that head.
pub fn argument(tree: &Tree, head: u32, mentions: &[Mention]) -> Arg {
    let (first, end) = tree.phrase(head);
    // Mentions stand in order of their span, and that of the same head is near.
    let at = mentions.partition_point(|m| m.first < first.saturating_sub(8));
    let mention = mentions[at..]
        .iter()
        .take_while(|m| m.first < end)
        .position(|m| m.head == head)
        .or_else(|| mentions[at..].iter().take_while(|m| m.first < end).position(|m| m.first <= head && head < m.end))
        .map(|i| (at + i) as u32);
    Arg { head, first, end, mention }
}

/// Passive by its auxiliary, as a reduced relative, as a participle after "remain" or in a headline.
fn is_passive(tree: &Tree, clause: &Clause) -> bool {
    let p = clause.predicate;
    if tree.tag(p) != Tag::Vbn && !(tree.pos(p) == Pos::Verb && tree.kid(p, &[Rel::NsubjPass, Rel::AuxPass]).is_some()) {
        // "is closed" tagged as an adjective: the passive of its verb.
        return tree.pos(p) == Pos::Adj
            && tree.kid(p, &[Rel::Cop]).is_some()
            && tree.form(p).ends_with("ed")
            && tree.lemma(p) != tree.form(p);
    }
    let helper = |lemmas: &[&str]| {
        tree.kids(p).any(|k| matches!(tree.rel(k), Rel::Aux | Rel::AuxPass | Rel::Cop) && lemmas.contains(&tree.lemma(k)))
    };
    let helped = helper(&["have"]);
    if helper(&["be", "get"]) {
        return true;
    }
    // "had reopened" is no passive, whatever its subject is called.
    if !helped && tree.kid(p, &[Rel::AuxPass, Rel::NsubjPass]).is_some() {
        return true;
    }
    if helped {
        return false;
    }
    let shared = |lemmas: &[&str]| {
        clause
            .tokens
            .iter()
            .any(|t| *t < p && matches!(tree.rel(*t), Rel::Aux | Rel::AuxPass | Rel::Cop) && lemmas.contains(&tree.lemma(*t)))
    };
    match clause.link {
        Rel::Acl | Rel::Advcl | Rel::Xcomp => tree.kid(p, &[Rel::Obj]).is_none(),
        Rel::Conj if shared(&["be", "get"]) => true,
        Rel::Conj if shared(&["have"]) => false,
        _ if !clause.carriers.is_empty() => true,
        // A bare participle on top is a passive in a headline, a past tense in running text.
        _ => tree.line != crate::text::Line::Body && tree.kid(p, &[Rel::Obj]).is_none() && !clause.finite,
    }
}

/// "the bridge that the army closed": the noun is the object.
fn relativized_object(tree: &Tree, clause: &Clause) -> Option<u32> {
    if clause.link != Rel::AclRelcl {
        return None;
    }
    let noun = tree.head(clause::top_of(tree, clause))?;
    (clause.subject != Some(noun)).then_some(noun)
}

/// "has not signed or ratified the treaty": an object behind both verbs is that of both.
fn shared_object(tree: &Tree, clause: &Clause) -> Option<u32> {
    let first = (clause.link == Rel::Conj).then(|| tree.head(clause::top_of(tree, clause))).flatten()?;
    let parted = tree.kids(clause.predicate).any(|k| matches!(tree.rel(k), Rel::Ccomp | Rel::Xcomp | Rel::Obl | Rel::Iobj));
    tree.kid(first, &[Rel::Obj]).filter(|o| *o > clause.predicate && !parted)
}

fn clause_complement(tree: &Tree, p: u32) -> bool {
    tree.kid(p, &[Rel::Ccomp, Rel::Xcomp]).is_some()
}

/// "by Monday", "by 2030": no agent.
fn names_a_time(tree: &Tree, noun: u32, lexicon: &Lexicon) -> bool {
    let calendar = |t: u32| lexicon.calendar.get(&tree.token(t).lemma).is_some_and(|row| row.kind != CalendarKind::Daypart);
    tree.pos(noun) == Pos::Num || tree.rel(noun) == Rel::OblTmod || calendar(noun)
}
