//! Cue → what it governs: clause, quotation, infinitive or noun phrase, to its right or to its left, in exact pieces.
//!
//! Here the kinds of complement and where they begin; `edge` tells where they end, `left` reads what stands before the cue.

use super::cue::{Cue, Kind};
use super::edge::{Walk, end_of, limit};
use super::left::{left_of, of_adverb, of_preposition};
use super::source;
use super::view::View;
use crate::lexicon::Takes;
use crate::text::{Pos, Rel, Tag};
use std::ops::Range;

/// What kind of complement was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Clause,
    Quote,
    Infinitive,
    Gerund,
    Phrase,
    ClaimPhrase,
    Predication,
}

/// What one cue governs.
#[derive(Clone, Debug)]
pub(super) struct Content {
    /// In order, disjoint.
    pub ranges: Vec<Range<usize>>,
    pub shape: Shape,
    /// Whether the grammatical subject belongs to the content ("is said to"): the source is then a by-phrase or unnamed.
    pub raised: bool,
    /// Whether it stands before the cue.
    pub fronted: bool,
    /// Whether the subject follows the cue.
    pub inverted: bool,
}

impl Content {
    pub fn right(range: Range<usize>, shape: Shape) -> Self {
        Self { ranges: vec![range], shape, raised: false, fronted: false, inverted: false }
    }
}

/// What a verb, adjective, preposition or adverb governs; `None` where it is no cue here.
pub(super) fn of(view: &View<'_>, cue: &Cue<'_>) -> Option<Content> {
    match cue.kind {
        Kind::Verb | Kind::Adjective => of_verb(view, cue),
        Kind::Preposition => of_preposition(view, cue),
        Kind::Adverb => of_adverb(view, cue),
        Kind::Noun => None,
    }
}

fn of_verb(view: &View<'_>, cue: &Cue<'_>) -> Option<Content> {
    if let Some(passive) = of_passive(view, cue) {
        return Some(passive);
    }
    let inverted = source::is_inverted(view, cue);
    let right = if inverted { None } else { right_of(view, cue) };
    // "“…,” X said several months after …": behind a quotation and its speaker only another one, or "that", can be content.
    let right = right.filter(|found| {
        let start = found.ranges[0].start;
        let that = view.form(start) == view.word.that && !view.is_finite(start + 1);
        !marked_before(view, cue) || found.shape == Shape::Quote || that
    });
    if let Some(found) = right {
        // "“…,” X said, “…”": the words before belong to it too.
        if found.shape == Shape::Quote {
            if let Some(mut left) = left_of(view, cue, false).filter(|left| left.shape == Shape::Quote) {
                left.ranges.extend(found.ranges.iter().cloned());
                return Some(left);
            }
        }
        return Some(found);
    }
    left_of(view, cue, inverted)
}

/// Whether a closing mark stands right before the subject of the cue.
pub(super) fn marked_before(view: &View<'_>, cue: &Cue<'_>) -> bool {
    let Some(subject) = source::subject_before(view, source::verb_group_start(view, cue)) else { return false };
    let before = subject.start.checked_sub(1).filter(|i| *i >= view.sentence(cue.head).start);
    before.is_some_and(|i| view.is_mark(i) && view.opens(i).is_none() && i > 0 && view.quote(i - 1).is_some_and(|q| q.speech))
}

/// Words between the cue and its complement: adverbs, times, places, addressees.
pub(super) struct Gap {
    pub end: usize,
    pub addressee: Option<Range<usize>>,
}

fn starts_complement(view: &View<'_>, at: usize) -> bool {
    view.form(at) == view.word.that && (view.pos(at) != Pos::Det || view.is_comma(at + 1))
        || view.opens(at).is_some()
        || view.form(at) == view.word.colon
        || view.lexicon_set("wh-words", at)
        || view.form(at) == view.word.to && view.tag(at + 1) == Tag::Vb
}

pub(super) fn gap(view: &View<'_>, cue: &Cue<'_>, limit: usize) -> Gap {
    let mut at = cue.tokens.end;
    let mut addressee = None;
    // "told reporters", "urged the union to": the object that is spoken to.
    if cue.takes(Takes::ObjTo) && !starts_complement(view, at) {
        if let Some(end) = view.long_noun_phrase_end(at, limit) {
            let pronoun = view.tag(at) == Tag::Prp && end == at + 1;
            let ends_here = end >= limit || view.is_punct(end) || !view.is_finite(end) && view.pos(end) != Pos::Aux;
            if pronoun || ends_here || view.kid(cue.head, &[Rel::Obj, Rel::Iobj]).is_some_and(|kid| (at..end).contains(&kid)) {
                let end = if pronoun { end } else { split_addressee(view, cue, at, end) };
                addressee = Some(at..end);
                at = end;
            }
        }
    }
    for _ in 0..6 {
        if at >= limit || starts_complement(view, at) {
            break;
        }
        if let Some(end) = view.time_phrase_end(at, limit) {
            at = end;
            continue;
        }
        let next = view.form(at + 1);
        if view.pos(at) == Pos::Adv
            && (starts_complement(view, at + 1)
                || view.is_punct(at + 1)
                || view.pos(at + 1) == Pos::Adp
                || view.time_phrase_end(at + 1, limit).is_some())
        {
            at += 1;
            continue;
        }
        if view.pos(at) == Pos::Adp || view.form(at) == view.word.to {
            let start = at + 1;
            let start = if view.pos(start) == Pos::Adp { start + 1 } else { start };
            let end = view.long_noun_phrase_end(start, limit);
            let end = end.map(|end| view.time_phrase_end(end, limit).unwrap_or(end));
            if let Some(end) = end {
                let comma = view.is_comma(end)
                    && (starts_complement(view, end + 1) || at_clause(view, end + 1, limit) && next != view.word.the);
                let follows = starts_complement(view, end)
                    || comma
                    || view.pos(end) == Pos::Adp
                    || end >= limit
                    || view.form(end) == view.word.period
                    || view.is_comma(end)
                    || ccomp_start(view, cue, end).is_some_and(|start| start == end);
                if follows {
                    at = end;
                    continue;
                }
            }
        }
        if view.is_comma(at) {
            // "said, however, that"; "said, in a letter to X, that"; "said, “…”"
            if starts_complement(view, at + 1) && view.form(at + 1) != view.word.to {
                at += 1;
                continue;
            }
            let close = (at + 2..limit.min(at + 14)).find(|i| view.is_comma(*i));
            if let Some(close) =
                close.filter(|close| starts_complement(view, close + 1) && !(at + 1..*close).any(|i| view.is_finite(i)))
            {
                at = close + 1;
                continue;
            }
        }
        break;
    }
    Gap { end: at, addressee }
}

/// "told reporters in Paris on Monday": the addressee ends at the first noun phrase if what follows is an adjunct.
fn split_addressee(view: &View<'_>, cue: &Cue<'_>, at: usize, end: usize) -> usize {
    if view.parsed(cue.head) {
        if let Some(kid) = view.kid(cue.head, &[Rel::Obj, Rel::Iobj]).filter(|kid| (at..end).contains(kid)) {
            let right = view.edges(kid).1 + 1;
            if right > at && right < end {
                return right;
            }
        }
    }
    end
}

/// Where a clausal complement of the cue begins by the parse, at or after `from`.
fn ccomp_start(view: &View<'_>, cue: &Cue<'_>, from: usize) -> Option<usize> {
    if !view.parsed(cue.head) {
        return None;
    }
    let kid = view
        .kids(cue.head)
        .find(|kid| *kid > cue.head && matches!(view.rel(*kid), Rel::Ccomp | Rel::Parataxis) && view.edges(*kid).1 >= from)?;
    let left = view.edges(kid).0;
    (left >= from || left > cue.head).then_some(left.max(from))
}

/// Whether the words from `at` open a finite clause with a subject of its own.
pub(super) fn at_clause(view: &View<'_>, at: usize, limit: usize) -> bool {
    let mut pending = 0i32;
    let mut nominal = false;
    let mut i = at;
    while i < limit {
        if let Some((_, quote)) = view.opens(i) {
            if (quote.end as usize) <= limit && i > at {
                if nominal && pending == 0 && (i..quote.end as usize).any(|k| view.is_finite(k)) {
                    return true;
                }
                i = quote.end as usize + 1;
                nominal = true;
                continue;
            }
        }
        let form = view.form(i);
        if view.is_comma(i) && nominal {
            // "the minister, a hawk, resigned": look past one insertion.
            let close = (i + 1..limit.min(i + 15)).find(|k| view.is_comma(*k));
            match close {
                Some(close) if !(i + 1..close).any(|k| view.is_finite(k)) || view.lexicon_set("relatives", i + 1) => {
                    i = close + 1;
                    continue;
                }
                _ => return false,
            }
        }
        if form == view.word.semicolon || form == view.word.period || form == view.word.colon {
            return false;
        }
        if (matches!(view.tag(i), Tag::Wdt | Tag::Wp | Tag::Wrb) || view.pos(i) == Pos::Sconj || form == view.word.that) && i > at
        {
            pending += 1;
        }
        if view.is_finite(i) {
            if pending == 0 && nominal {
                return true;
            }
            pending = (pending - 1).max(0);
        }
        nominal |= view.is_nominal(i) || matches!(view.pos(i), Pos::Det | Pos::Adj);
        i += 1;
    }
    false
}

fn right_of(view: &View<'_>, cue: &Cue<'_>) -> Option<Content> {
    let limit = limit(view, cue.head);
    let gap = gap(view, cue, limit);
    let at = gap.end;
    if at >= limit {
        return None;
    }
    let addressee = gap.addressee.clone();
    let clausal = cue.takes(Takes::That) || cue.takes(Takes::Quote);
    let whole = |shape| Content::right(at..end_of(view, cue, at, Walk::Clause), shape);
    if view.form(at) == view.word.that
        && view.pos(at) != Pos::Det
        && cue.takes(Takes::That)
        && (addressee.is_none() || cue.takes(Takes::ObjTo))
    {
        return (at + 1 < limit).then(|| whole(Shape::Clause));
    }
    if cue.takes(Takes::Pred) || cue.takes(Takes::As) || cue.takes(Takes::Of) {
        if let Some(found) = predication(view, cue, limit) {
            return Some(found);
        }
    }
    if cue.takes(Takes::At) {
        if let Some(found) = figured(view, cue, limit) {
            return Some(found);
        }
    }
    if let Some((_, quote)) = view.opens(at) {
        if clausal && (quote.speech || view.is_comma(at.saturating_sub(1)) || at_clause(view, at + 1, limit)) {
            return Some(Content::right(at..end_of(view, cue, at, Walk::Clause), Shape::Quote));
        }
    }
    if view.form(at) == view.word.colon && clausal {
        let start = at + 1;
        let end = end_of(view, cue, start, Walk::Clause);
        return (start < end).then(|| Content::right(start..end, Shape::Quote));
    }
    if view.form(at) == view.word.to && view.tag(at + 1) == Tag::Vb
        || view.form(at) == view.word.not && view.form(at + 1) == view.word.to
    {
        let allowed = if addressee.is_some() { cue.takes(Takes::ObjTo) } else { cue.takes(Takes::To) };
        if allowed {
            let start = match &addressee {
                Some(range) if view.lexicon_set("raising-cues", cue.tokens.start) => range.start,
                _ => at,
            };
            return Some(Content::right(start..end_of(view, cue, at, Walk::Clause), Shape::Infinitive));
        }
        return None;
    }
    if cue.takes(Takes::That) && view.lexicon_set("wh-words", at) {
        return Some(whole(Shape::Clause));
    }
    if cue.takes(Takes::Ing) && view.tag(at) == Tag::Vbg {
        return Some(whole(Shape::Gerund));
    }
    if cue.takes(Takes::That) && !view.is_punct(at) {
        let parsed = ccomp_start(view, cue, at).is_some_and(|start| start <= at + 1);
        if (parsed || addressee.is_none() || cue.takes(Takes::That))
            && (at_clause(view, at, limit) || parsed && has_finite(view, at, limit))
        {
            return Some(whole(Shape::Clause));
        }
        // "believes him to be", "found it unworkable"
        if view.tag(cue.head) != Tag::Vbg || parsed {
            if let Some(found) = object_to(view, cue, at, limit) {
                return Some(found);
            }
        }
    }
    if addressee.is_some() && cue.takes(Takes::ObjTo) {
        if cue.takes(Takes::Np) {
            let start = cue.tokens.end;
            return noun_complement(view, cue, start, limit);
        }
        return None;
    }
    noun_complement(view, cue, at, limit)
}

fn has_finite(view: &View<'_>, at: usize, limit: usize) -> bool {
    (at..limit).any(|i| view.is_finite(i))
}

/// "wants the ban to end", "expects prices to rise".
fn object_to(view: &View<'_>, cue: &Cue<'_>, at: usize, limit: usize) -> Option<Content> {
    if !cue.takes(Takes::ObjTo) && !view.lexicon_set("raising-cues", cue.tokens.start) {
        return None;
    }
    let end = view.long_noun_phrase_end(at, limit)?;
    if view.form(end) != view.word.to || view.tag(end + 1) != Tag::Vb {
        return None;
    }
    Some(Content::right(at..end_of(view, cue, end, Walk::Clause), Shape::Infinitive))
}

/// "called the report false", "described it as a trap", "accused them of lying": object and what is predicated of it.
fn predication(view: &View<'_>, cue: &Cue<'_>, limit: usize) -> Option<Content> {
    let at = cue.tokens.end;
    let link = |i: usize| {
        cue.takes(Takes::As) && view.form(i) == view.word.as_
            || cue.takes(Takes::Of) && view.form(i) == view.word.of
            || cue.takes(Takes::As)
                && view.lexicon_set("comparison-links", cue.tokens.start)
                && (view.form(i) == view.word.to || view.form(i).as_str() == "with")
    };
    let end = end_of(view, cue, at, Walk::Clause);
    if cue.takes(Takes::As) || cue.takes(Takes::Of) {
        let stop = (at..end)
            .find(|i| {
                view.is_finite(*i) && view.quote_number(*i).is_none() && !view.lexicon_set("relatives", i.saturating_sub(1))
            })
            .unwrap_or(end);
        // "people accused of fraud": without an object it is they who are accused, by whom is left out.
        (at + 1..stop).find(|i| link(*i))?;
        return Some(Content::right(at..end, Shape::Predication));
    }
    // Object and predicate noun, adjective or quotation: "called the vote a sham", "called it “a sham”", "called Oz a quack".
    let object = if let Some((_, quote)) = view.opens(at) {
        (quote.end as usize + 1).min(limit)
    } else {
        view.long_noun_phrase_end(at, limit)?
    };
    let predicate = object;
    let named_what = source::subject_before(view, source::verb_group_start(view, cue))
        .is_some_and(|s| s.start > 0 && view.lexicon_set("wh-words", s.start - 1));
    let quoted = view.is_punct(predicate)
        && !view.is_comma(predicate)
        && view.form(predicate) != view.word.period
        && predicate + 1 < limit
        && !view.is_dash(predicate)
        || named_what;
    let nominal = view.pos(predicate) == Pos::Det
        || matches!(view.pos(predicate), Pos::Adj | Pos::Propn | Pos::Noun)
        || view.tag(predicate) == Tag::Vbn;
    let adverb = view.pos(predicate) == Pos::Adv && matches!(view.pos(predicate + 1), Pos::Adj | Pos::Det);
    // One phrase to the scanner, two to the parser: "called the plan madness".
    let swallowed = view.kid(cue.head, &[Rel::Xcomp]).is_some_and(|kid| kid > at && kid < object && !view.is_verb(kid));
    let adjective_last = object > at + 1 && view.pos(object - 1) == Pos::Adj;
    let ok = quoted || nominal && predicate < limit || adverb || swallowed || adjective_last;
    (ok && predicate <= limit).then(|| Content::right(at..end.max(object), Shape::Predication))
}

/// "Put the damage at 1.2 billion", "estimated the crowd at about 600": an object and the figure that somebody gives for it.
fn figured(view: &View<'_>, cue: &Cue<'_>, limit: usize) -> Option<Content> {
    /// Tokens between "at" and its figure: "at about", "at more than", a currency sign.
    const BEFORE: usize = 4;
    let start = cue.tokens.end;
    if !view.is_nominal(start) && !matches!(view.pos(start), Pos::Det | Pos::Adj | Pos::Pron) {
        return None;
    }
    let stop = (start + 1..limit).find(|i| view.is_finite(*i) || view.form(*i) == view.word.semicolon).unwrap_or(limit);
    let at =
        (start + 1..stop).find(|i| view.form(*i) == view.word.at && figure_behind(view, i + 1, (i + 1 + BEFORE).min(stop)))?;
    let number = (at + 1..stop).find(|i| view.pos(*i) == Pos::Num)?;
    let end = view.noun_phrase_end(number, limit).unwrap_or(number + 1);
    Some(Content::right(start..end, Shape::Predication))
}

fn figure_behind(view: &View<'_>, from: usize, to: usize) -> bool {
    (from..to).any(|i| view.pos(i) == Pos::Num)
}

/// A noun phrase as complement, where the cue takes one.
fn noun_complement(view: &View<'_>, cue: &Cue<'_>, at: usize, limit: usize) -> Option<Content> {
    if view.is_punct(at) && view.opens(at).is_none() {
        return None;
    }
    // "denied them the permit" withholds, "denied the firm's claim" speaks.
    let given = view.kid(cue.head, &[Rel::Iobj]).is_some()
        || view.tag(at) == Tag::Prp
            && matches!(view.pos(at + 1), Pos::Det | Pos::Adj | Pos::Noun | Pos::Propn | Pos::Num | Pos::Verb);
    if cue.row.denial && given {
        return None;
    }
    let any = cue.takes(Takes::Np) || cue.takes(Takes::For);
    let phrase_end = view.noun_phrase_end(at, limit).or_else(|| view.opens(at).map(|(_, quote)| quote.end as usize))?;
    let head = head_noun(view, at, phrase_end);
    let claim = cue.takes(Takes::ClaimNoun) && is_claim_noun(view, at, head);
    let event = cue.takes(Takes::EventNoun) && is_event_noun(view, head);
    if !(any || claim || event) {
        return None;
    }
    // "attacked him" and "told them" with a bare pronoun say nothing that could be compared.
    let end = end_of(view, cue, at, if cue.takes(Takes::For) { Walk::WithFor } else { Walk::Phrase });
    let shape = if claim && !event { Shape::ClaimPhrase } else { Shape::Phrase };
    (end > at).then(|| Content::right(at..end, shape))
}

fn head_noun(view: &View<'_>, at: usize, end: usize) -> usize {
    (at..end).rev().find(|i| view.is_nominal(*i)).unwrap_or(at)
}

/// "the claim", "those allegations", and "this", "it" standing for one.
pub(super) fn is_claim_noun(view: &View<'_>, at: usize, head: usize) -> bool {
    let pronoun = matches!(view.pos(head), Pos::Pron | Pos::Det) && view.lexicon_set("claim-pronouns", head) && at == head;
    pronoun || view.lexicon.claim_nouns.longest_at(view.tokens, head).is_some()
}

/// A noun that names an event: a nominalisation by its ending, or one that the lexicon lists.
fn is_event_noun(view: &View<'_>, head: usize) -> bool {
    if view.pos(head) != Pos::Noun {
        return false;
    }
    let lemma = view.lemma(head).as_str();
    view.lexicon_set("event-nouns", head)
        || !view.lexicon_set("no-event-nouns", head)
            && EVENT_ENDINGS.iter().any(|ending| lemma.len() > ending.len() + 3 && lemma.ends_with(ending))
}

/// Endings of deverbal nouns (morphology, not vocabulary).
const EVENT_ENDINGS: [&str; 4] = ["tion", "sion", "ment", "ing"];

/// "is said to have fled", "was told that", "the plan was condemned by X".
fn of_passive(view: &View<'_>, cue: &Cue<'_>) -> Option<Content> {
    if cue.kind != Kind::Verb || view.tag(cue.head) != Tag::Vbn && view.tag(cue.head) != Tag::Vbd {
        return None;
    }
    let auxiliary = source::passive_auxiliary(view, cue);
    let reduced = auxiliary.is_none() && view.form(cue.tokens.end) == view.word.by && view.is_nominal(cue.head.saturating_sub(1));
    if auxiliary.is_none() && !reduced {
        return None;
    }
    let limit = limit(view, cue.head);
    let mut at = cue.tokens.end;
    let by = view.form(at) == view.word.by;
    if by {
        at = view.long_noun_phrase_end(at + 1, limit).unwrap_or(at + 1);
    }
    at = view.time_phrase_end(at, limit).unwrap_or(at);
    let subject = source::subject_before(view, auxiliary.unwrap_or(cue.head));
    let expletive = subject.clone().is_some_and(|range| range.len() == 1 && view.form(range.start) == view.word.it);
    let raised =
        |ranges: Vec<Range<usize>>, shape| Some(Content { ranges, shape, raised: true, fronted: false, inverted: false });
    if view.form(at) == view.word.that && (view.pos(at) != Pos::Det || view.is_comma(at + 1)) && cue.takes(Takes::That)
        || view.lexicon_set("wh-words", at) && cue.takes(Takes::That) && !reduced
    {
        return raised(vec![at..end_of(view, cue, at, Walk::Clause)], Shape::Clause);
    }
    if view.form(at) == view.word.to && view.tag(at + 1) == Tag::Vb && !reduced {
        let to = at..end_of(view, cue, at, Walk::Clause);
        if cue.takes(Takes::ObjTo) && !view.lexicon_set("raising-cues", cue.tokens.start) {
            return raised(vec![to], Shape::Infinitive);
        }
        if cue.takes(Takes::That) || cue.takes(Takes::To) {
            let mut ranges: Vec<_> = subject.filter(|_| !expletive).into_iter().collect();
            ranges.push(to);
            return raised(ranges, Shape::Infinitive);
        }
    }
    if cue.takes(Takes::Pred) || cue.takes(Takes::As) || cue.takes(Takes::Of) {
        let linked =
            cue.takes(Takes::As) && view.form(at) == view.word.as_ || cue.takes(Takes::Of) && view.form(at) == view.word.of;
        let pred = cue.takes(Takes::Pred) && (view.pos(at) == Pos::Det || view.pos(at) == Pos::Adj || view.opens(at).is_some());
        if linked || pred {
            let mut ranges: Vec<_> = subject.into_iter().collect();
            ranges.push(at..end_of(view, cue, at, Walk::Clause));
            return raised(ranges, Shape::Predication);
        }
    }
    if by && (cue.takes(Takes::Np) || cue.takes(Takes::EventNoun)) {
        return raised(vec![subject?], Shape::Phrase);
    }
    if by && cue.takes(Takes::ClaimNoun) {
        let subject = subject?;
        let head = head_noun(view, subject.start, subject.end);
        return is_claim_noun(view, subject.start, head).then(|| Content {
            ranges: vec![subject],
            shape: Shape::ClaimPhrase,
            raised: true,
            fronted: false,
            inverted: false,
        });
    }
    None
}
