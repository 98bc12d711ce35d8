//! Bare statements that differ in one phrase, as stores of notes hold them: "the default branch is main", "the default branch is trunk".
//!
//! In: a pair of single short sentences. Out: a [`Finding`] where the words around the phrase leave room for one thing only: a known
//! subject with a copula, or a phrase of the list `one value` ("lives in", "reports to"). What one side says besides makes two
//! statements of them, and the other parts of `passage` look at those.

use super::side::Side;
use super::{Finding, Pair};
use crate::claims::{EntityKind, quantity};
use crate::lexical::{self, Class};
use crate::text::{Pos, Tag};
use std::ops::Range;

/// Longest statement, in words.
const LONGEST: usize = 18;
/// Longest phrase that may differ, in words.
const WIDEST: usize = 4;

/// What a phrase is made of; only two of one sort stand for each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    Time,
    Figure,
    Name,
    Noun,
}

/// Looks for the one phrase that differs.
pub fn find(pair: &Pair, out: &mut Vec<Finding>) {
    let sides = [pair.claim, pair.passage];
    let single = |side: &&Side| side.sentences.len() == 1 && side.tokens.len() <= LONGEST && !side.denied.contains(&true);
    if !sides.iter().all(single) {
        return;
    }
    let Some([one, other]) = differing(sides) else { return };
    let Some(sort) = sort(pair.claim, &one).filter(|sort| self::sort(pair.passage, &other) == Some(*sort)) else { return };
    let role = match listed(pair.claim, one.start) {
        Some(phrase) => kind(pair.claim, phrase, sort),
        None if described(pair.claim, one.start) && described(pair.passage, other.start) => kind(pair.claim, one.start - 1, sort),
        None => return,
    };
    if compatible(pair, &one, &other) {
        return;
    }
    out.push(Finding {
        firm: true,
        kind: role,
        why: "two values of what has one",
        part: "value",
        amount: 10,
        because: pair.because((one.start, one.end - 1), (other.start, other.end - 1), "opposite"),
    });
}

/// The one stretch of each statement in which they differ; `None` where they are the same or differ in too much.
fn differing(sides: [&Side; 2]) -> Option<[Range<usize>; 2]> {
    // A full stop more or less is no difference.
    let words = sides.map(|side| {
        let end = side.tokens.iter().rposition(|t| t.pos != Pos::Punct).map_or(0, |last| last + 1);
        side.tokens[..end].iter().map(|t| t.form).collect::<Vec<_>>()
    });
    let front = words[0].iter().zip(&words[1]).take_while(|(x, y)| x == y).count();
    let shorter = words[0].len().min(words[1].len());
    let back = words[0].iter().rev().zip(words[1].iter().rev()).take_while(|(x, y)| x == y).count().min(shorter - front);
    let ranges = [0, 1].map(|at| front..words[at].len() - back);
    (front >= 2 && ranges.iter().all(|range| (1..=WIDEST).contains(&range.len()))).then_some(ranges)
}

fn sort(side: &Side, range: &Range<usize>) -> Option<Sort> {
    let token = |t: usize| &side.tokens[t];
    // "birch42", "mira@velm.example": a code is a figure.
    let code = |form: &str| form.len() > 1 && form.chars().any(|c| !c.is_alphabetic() && !matches!(c, '-' | '\'' | '’' | '.'));
    let digit = |t: usize| code(token(t).form.as_str()) || token(t).pos == Pos::Num;
    let time = |t: usize| side.facts.lexicon.calendar.contains_key(&token(t).lemma);
    let open = range
        .clone()
        .any(|t| matches!(token(t).pos, Pos::Verb | Pos::Aux | Pos::Adp | Pos::Cconj | Pos::Pron | Pos::Sconj | Pos::Part));
    let article = |t: usize| token(t).pos == Pos::Det && token(t).form.as_str() != "the";
    let last = range.end - 1;
    match () {
        // Of "5 May" and "12 May" only the day differs.
        () if (range.start..(range.end + 1).min(side.tokens.len())).any(time) => Some(Sort::Time),
        () if range.clone().any(digit) => Some(Sort::Figure),
        () if open || range.clone().any(article) => None,
        () if range.clone().any(|t| side.is_name(t)) => Some(Sort::Name),
        () if token(last).pos == Pos::Noun || token(last).pos == Pos::X => Some(Sort::Noun),
        // "On the third floor", "every Monday".
        () if super::calendar::ordinal(side, last).is_some() => Some(Sort::Figure),
        () => None,
    }
}

/// First word of the phrase of the list `one value` that ends right before a word.
fn listed(side: &Side, at: usize) -> Option<usize> {
    let list = side.facts.lexicon.set("one value")?;
    let article = usize::from(at > 0 && side.tokens[at - 1].form.as_str() == "the");
    let end = at - article;
    (1..=3)
        .filter(|n| end > *n)
        .find(|n| list.longest_at(side.tokens, end - n).is_some_and(|(len, ())| len == *n))
        .map(|n| end - n)
}

/// Whether a copula right before a word says of one known thing what it is: "the deadline is", "Mira's favourite colour is".
fn described(side: &Side, at: usize) -> bool {
    let copula = (1..=2).map(|back| at.saturating_sub(back)).find(|t| side.tokens[*t].lemma.as_str() == "be");
    let Some(copula) = copula.filter(|copula| *copula > 1) else { return false };
    let led = copula + 1 == at || matches!(side.tokens[at - 1].pos, Pos::Adp | Pos::Adj);
    let subject = 0..copula;
    let known =
        side.tokens[0].form.as_str() == "the" || subject.clone().any(|t| matches!(side.tokens[t].tag, Tag::PrpS | Tag::Pos));
    let head = subject.clone().rev().find(|t| side.tokens[*t].pos == Pos::Noun);
    let phrase = subject.clone().all(|t| !matches!(side.tokens[t].pos, Pos::Verb | Pos::Aux | Pos::Cconj));
    let single = head.is_some_and(|t| side.tokens[t].tag != Tag::Nns && !side.is("vague kinds", t) && !side.is("turns", t));
    led && known && phrase && single && side.tokens[copula].form.as_str() != "are"
}

/// The kind of conflict that two values make, by what they are and the word that leads to them.
fn kind(side: &Side, phrase: usize, sort: Sort) -> &'static str {
    match sort {
        Sort::Time => "time",
        Sort::Figure => "quantity",
        Sort::Name if side.is("place verbs", phrase) => "place",
        Sort::Name | Sort::Noun => "role",
    }
}

/// Whether both values may hold: one says the other or part of it, is a kind of it, lies within it, or equals it in another unit.
fn compatible(pair: &Pair, one: &Range<usize>, other: &Range<usize>) -> bool {
    let (claim, passage) = (pair.claim, pair.passage);
    let word = |side: &Side, t: usize| !matches!(side.tokens[t].pos, Pos::Det | Pos::Punct | Pos::Adp);
    let nouns = |x: usize, y: usize| {
        let (a, b) = (claim.tokens[x].lemma, passage.tokens[y].lemma);
        let kind = |p: &str, q: &str| lexical::is_a(p, q, Class::Noun).is_some();
        a == b
            || claim.facts.lexicon.same_family(a, b)
            || lexical::synonyms(a.as_str(), b.as_str(), Class::Noun).is_some()
            || kind(a.as_str(), b.as_str())
            || kind(b.as_str(), a.as_str())
    };
    let words = one.clone().filter(|t| word(claim, *t)).any(|x| other.clone().filter(|t| word(passage, *t)).any(|y| nouns(x, y)));
    words || beings(pair, one, other) || figures(pair, one, other)
}

/// Whether two names are of one being, or of places of which one may lie in the other.
fn beings(pair: &Pair, one: &Range<usize>, other: &Range<usize>) -> bool {
    let who = pair.claim.facts.who;
    let of = |side: &Side, range: &Range<usize>| range.clone().find_map(|t| side.beings[t]);
    let Some((x, y)) = of(pair.claim, one).zip(of(pair.passage, other)) else { return false };
    let state = |being: u32| who.list[being as usize].kind == EntityKind::State;
    let within = |x: u32, y: u32| std::iter::successors(Some(x), |at| who.list[*at as usize].part_of).take(8).any(|at| at == y);
    who.together(x, y).is_some() || within(x, y) || within(y, x) || state(x) != state(y)
}

/// Whether two figures meet, whatever units they are given in.
fn figures(pair: &Pair, one: &Range<usize>, other: &Range<usize>) -> bool {
    let of = |side: &Side, range: &Range<usize>| {
        let all = quantity::find(&side.facts.readings[side.at].document, side.facts.lexicon);
        all.into_iter().find(|q| (q.first as usize) < range.end && range.start < q.end as usize)
    };
    let Some((x, y)) = of(pair.claim, one).zip(of(pair.passage, other)) else { return false };
    let slack = if x.unit.is_some() { x.value.abs().max(y.value.abs()) * 0.01 } else { 0.0 };
    x.low <= y.high + slack && y.low <= x.high + slack
}
