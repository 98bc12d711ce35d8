//! What a rule's own patterns caught in a claim: its matches, their captures as beings, and whether two captures mean one thing.
//!
//! In: a rule's number in its set and a fact. Out: matches, bound captures, the gates `key` and `participants` over them. For every
//! kind whose settings have `says`; decides nothing about truth.

use super::{Clash, Context, Key, Pole, shared};
use crate::base::{Span, Sym};
use crate::conflicts::align::{Alignment, Ask, Evidence};
use crate::conflicts::facts::Fact;
use crate::conflicts::gates::{Gate, Stop};
use crate::conflicts::participants;
use crate::rules::{Capture, Captured, Match};
use crate::text::{Pos, Rel};

/// The matches of a rule's `says` (and `event`) in a claim, the best first.
pub fn matches<'a>(cx: &'a Context, rule: usize, fact: &Fact) -> impl Iterator<Item = &'a Match> {
    cx.found_in(fact).into_iter().flat_map(|found| &found.captured).filter(move |(at, _)| *at == rule).map(|(_, found)| found)
}

/// Judges every match of one claim against every match of another; of the failures the furthest is the reason.
///
/// # Errors
/// The furthest gate that stopped a pair.
pub fn pairs(
    cx: &Context,
    rule: usize,
    (a, b): (&Fact, &Fact),
    judge: impl Fn(&Match, &Match) -> Result<Clash, Stop>,
) -> Result<Clash, Stop> {
    let mut furthest = Stop::at(Gate::NoMatch, "a side does not match");
    for one in matches(cx, rule, a) {
        for other in matches(cx, rule, b) {
            match judge(one, other) {
                Ok(clash) => return Ok(clash),
                Err(stop) if stop.gate > furthest.gate => furthest = stop,
                Err(_) => {}
            }
        }
    }
    Err(furthest)
}

/// A capture with what it stands for.
#[derive(Clone, Copy, Debug)]
pub struct Bound {
    /// Whom or what it means, where that is known.
    pub being: Option<u32>,
    /// Its head word.
    pub lemma: Sym,
    /// Its words.
    pub span: Span,
}

/// What a match binds under a name.
pub fn bound(cx: &Context, fact: &Fact, found: &Match, name: Sym) -> Option<Bound> {
    let capture = found.capture(name)?;
    let document = cx.facts.document(fact);
    let lemma = document.tokens.get(capture.tokens.end.checked_sub(1)? as usize)?.lemma;
    Some(Bound { being: being(cx, fact, capture), lemma, span: words(cx, fact, capture) })
}

fn being(cx: &Context, fact: &Fact, capture: &Capture) -> Option<u32> {
    let Captured::Entity { mention, id } = capture.value else { return None };
    let known = mention.and_then(|at| cx.facts.who.of(fact.reading as usize, at));
    // Adjectives are no mentions: "Karsovian" means what "Karsovia" means.
    known.or_else(|| cx.facts.who.by_id(id?.as_str()))
}

/// The words of a capture without the article before a name.
fn words(cx: &Context, fact: &Fact, capture: &Capture) -> Span {
    let document = cx.facts.document(fact);
    let mut tokens = capture.tokens.start as usize..capture.tokens.end as usize;
    let article = document.tokens.get(tokens.start).is_some_and(|token| token.pos == Pos::Det);
    if article && tokens.len() > 1 {
        tokens.start += 1;
    }
    document.span(tokens)
}

/// Whether two captures mean one thing: the same being, or one part of the other; the same word where nobody knows.
pub fn same(cx: &Context, x: &Bound, y: &Bound) -> bool {
    match (x.being, y.being) {
        (Some(one), Some(other)) => cx.facts.who.together(one, other).is_some(),
        _ => x.lemma == y.lemma,
    }
}

/// Holds two matches to binding the same under every name of a key.
///
/// # Errors
/// The gate `key`.
pub fn key(cx: &Context, names: &[Sym], (a, one): (&Fact, &Match), (b, other): (&Fact, &Match)) -> Result<(), Stop> {
    for name in names {
        match (bound(cx, a, one, *name), bound(cx, b, other, *name)) {
            (Some(x), Some(y)) if same(cx, &x, &y) => {}
            (Some(_), Some(_)) => return Err(Stop::at(Gate::Key, "the key is bound to different things")),
            _ => return Err(Stop::at(Gate::Key, "a side does not bind the key")),
        }
    }
    Ok(())
}

/// Sets the participants of two matched claims against each other; a key that both bind is all that is asked for.
///
/// # Errors
/// The gate `participants`.
pub fn together(cx: &Context, keyed: bool, a: &Fact, b: &Fact) -> Result<Alignment, Stop> {
    let ask = Ask { presume: keyed || cx.options.presume, linked: keyed, ..Ask::default() };
    let mut alignment = participants::together(cx.facts, a, b, ask).map_err(|why| Stop::at(Gate::Participants, why))?;
    if keyed {
        alignment.evidence.retain(|evidence| evidence.name != "reply");
        alignment.evidence.push(Evidence::of("same-office", 10));
    }
    Ok(alignment)
}

/// Captures by name, as a message shows them: an adjective by the name of whom it means.
pub fn texts(cx: &Context, fact: &Fact, found: &Match) -> Vec<(Sym, String)> {
    let tokens = &cx.facts.document(fact).tokens;
    let shown = |capture: &Capture| {
        let last = capture.tokens.end.checked_sub(1).and_then(|at| tokens.get(at as usize));
        let adjective = last.is_some_and(|token| token.pos == Pos::Adj);
        let named = being(cx, fact, capture).filter(|_| adjective).map(|being| cx.facts.who.list[being as usize].name.clone());
        named.unwrap_or_else(|| words(cx, fact, capture).of(cx.facts.text(fact)).to_owned())
    };
    found.captures.iter().map(|capture| (capture.name, shown(capture))).collect()
}

/// What the key binds, in words: what conflicts of one group have in common.
pub fn point(cx: &Context, fact: &Fact, found: &Match, names: &[Sym]) -> String {
    let texts = texts(cx, fact, found);
    let one = |name: &Sym| texts.iter().find(|(own, _)| own == name).map(|(_, text)| text.to_lowercase());
    names.iter().filter_map(one).collect::<Vec<_>>().join(", ")
}

/// Beings named together with a capture ("X and Y lead the delegation"), itself included.
pub fn beside(cx: &Context, fact: &Fact, found: &Match, name: Sym) -> Vec<u32> {
    let reading = &cx.facts.readings[fact.reading as usize];
    let tokens = &reading.document.tokens;
    let first = |mut at: u32| {
        for _ in 0..8 {
            match tokens.get(at as usize) {
                Some(token) if token.rel == Rel::Conj && token.head != at => at = token.head,
                _ => break,
            }
        }
        at
    };
    let Some(Captured::Entity { mention: Some(mention), .. }) = found.capture(name).map(|capture| capture.value) else {
        return Vec::new();
    };
    let Some(own) = reading.mentions.get(mention as usize) else { return Vec::new() };
    let row = first(own.head);
    let sentence = &reading.document.sentences[cx.facts.claim(fact).sentence as usize];
    let inside = reading.mentions.iter().enumerate().filter(|(_, other)| sentence.range().contains(&(other.head as usize)));
    let listed = inside.filter(|(_, other)| first(other.head) == row);
    listed.filter_map(|(at, _)| cx.facts.who.of(fact.reading as usize, at as u32)).collect()
}

/// Keys under which the matches of a rule meet: whatever anchors the claim, and what its captures mean.
pub fn keys(cx: &Context, rule: usize, fact: &Fact, names: &[Sym], out: &mut Vec<Key>) {
    let mut anchors = Vec::new();
    for found in matches(cx, rule, fact) {
        if anchors.is_empty() {
            shared::anchors(cx, fact, &mut anchors);
            anchors.push(shared::hash(("article", fact.reading)));
        }
        let beings = names.iter().filter_map(|name| bound(cx, fact, found, *name)?.being);
        anchors.extend(beings.map(|being| shared::hash(("being", cx.facts.who.party(being)))));
    }
    anchors.sort_unstable();
    anchors.dedup();
    shared::cross(rule, &[shared::hash("says")], &anchors, Pole::Any, out);
}
