//! Cue → what it governs: clause, quotation, infinitive or noun phrase, to its right or to its left, in exact pieces.
//!
//! The left edge follows from the words after the cue; the right edge is walked word by word and cut where a comma, a
//! conjunction or a dash leads back to the level of the cue, which the parse tells and word order tells in its absence.

use super::cue::{Cue, Kind};
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
    fn right(range: Range<usize>, shape: Shape) -> Self {
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

/// Words between the cue and its complement: adverbs, times, places, addressees.
struct Gap {
    end: usize,
    addressee: Option<Range<usize>>,
}

fn starts_complement(view: &View<'_>, at: usize) -> bool {
    view.form(at) == view.word.that && view.pos(at) != Pos::Det
        || view.opens(at).is_some()
        || view.form(at) == view.word.colon
        || view.lexicon_set("wh-words", at)
        || view.form(at) == view.word.to && view.tag(at + 1) == Tag::Vb
}

fn gap(view: &View<'_>, cue: &Cue<'_>, limit: usize) -> Gap {
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
        nominal |= view.is_nominal(i) || view.pos(i) == Pos::Det;
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
        let joint = (at..stop).find(|i| link(*i))?;
        let _ = joint;
        return Some(Content::right(at..end, Shape::Predication));
    }
    // Object and predicate noun, adjective or quotation: "called the vote a sham", "called it “a sham”", "called Oz a quack".
    let object = if let Some((_, quote)) = view.opens(at) {
        (quote.end as usize + 1).min(limit)
    } else {
        view.long_noun_phrase_end(at, limit)?
    };
    let predicate = object;
    let quoted = view.opens(predicate).is_some();
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

/// A noun phrase as complement, where the cue takes one.
fn noun_complement(view: &View<'_>, cue: &Cue<'_>, at: usize, limit: usize) -> Option<Content> {
    if view.is_punct(at) && view.opens(at).is_none() {
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
    if view.form(at) == view.word.that && view.pos(at) != Pos::Det && cue.takes(Takes::That)
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
    if cue.takes(Takes::Pred) || cue.takes(Takes::As) {
        let linked = view.form(at) == view.word.as_;
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

/// The words before the cue: "…, X said", "“…,” said X", and what goes on behind it ("The bridge, he said, would open").
fn left_of(view: &View<'_>, cue: &Cue<'_>, inverted: bool) -> Option<Content> {
    if !cue.takes(Takes::Quote) && !cue.takes(Takes::That)
        || cue.kind != Kind::Verb
        || !view.is_finite(cue.head) && view.tag(cue.head) != Tag::Vbn
    {
        return None;
    }
    let sentence = view.sentence(cue.head);
    let edge = if inverted {
        source::verb_group_start(view, cue)
    } else {
        source::subject_before(view, source::verb_group_start(view, cue))?.start
    };
    if edge == 0 {
        return None;
    }
    let mut before = edge - 1;
    let as_clause = view.form(before) == view.word.as_ && !inverted;
    if as_clause && before > 0 {
        before -= 1;
    }
    let limit = limit(view, cue.head);
    let gap = gap(view, cue, limit);
    let after = if inverted { inverted_end(view, cue, limit) } else { gap.end };
    // The saying must be over: an end, a comma or a dash, or the next verb of the same speaker.
    let closed = after >= limit
        || view.is_punct(after)
        || view.form(after) == view.word.and
        || view.form(after) == view.word.but
        || !view.is_nominal(after) && after > cue.tokens.end
        || matches!(view.pos(after), Pos::Adp | Pos::Sconj | Pos::Adv);
    if !closed {
        return None;
    }
    let own_quote = view.quote_number(cue.head);
    // A closing mark: its quotation is the content.
    let marked = (view.is_mark(before) || view.form(before).as_str() == "'") && before > 0;
    let quoted = (marked || matches!(view.form(before).as_str(), "," | "?" | "!" | "--" | "-"))
        .then(|| (before.saturating_sub(2)..=before).rev().find_map(|i| view.quote_number(i)))
        .flatten()
        .filter(|number| Some(*number) != own_quote);
    let end = before + 1;
    let mut start = sentence.start;
    let mut shape = Shape::Clause;
    if let Some(number) = quoted {
        let quote = &view.document.quotes[number];
        let open = (quote.first as usize).saturating_sub(1);
        let first = view.sentence(quote.first as usize).start.min(open);
        let lead_in = first < open && !matches!(view.form(open - 1).as_str(), "," | ":" | "." | "--" | "and" | "but");
        start = if lead_in { first } else { open };
        shape = if lead_in { Shape::Clause } else { Shape::Quote };
    } else {
        if !view.is_comma(before) && !view.is_dash(before) && !marked && !matches!(view.form(before).as_str(), "?" | "!")
            || before < sentence.start
        {
            if as_clause && before < sentence.start || as_clause && edge == sentence.start + 1 {
                return as_said(view, cue, after, limit);
            }
            return None;
        }
        if let Some(semicolon) = (sentence.start..before).rev().find(|i| view.form(*i) == view.word.semicolon) {
            start = semicolon + 1;
        }
        if !content_like(view, start, before, cue) {
            return None;
        }
    }
    let mut ranges = vec![start..end];
    // What goes on behind the insertion.
    let resume = after;
    if view.is_comma(resume) && resume + 1 < limit {
        let next = resume + 1;
        let complete = (start..before).any(|i| view.is_finite(i));
        let quote_again = view.opens(next).is_some_and(|(_, quote)| quote.speech || shape == Shape::Quote);
        if quote_again || !complete && shape != Shape::Quote {
            ranges.push(next..end_of(view, cue, next, Walk::Clause));
        }
    }
    Some(Content { ranges, shape, raised: false, fronted: true, inverted })
}

/// "As the minister noted, the bridge is open."
fn as_said(view: &View<'_>, cue: &Cue<'_>, after: usize, limit: usize) -> Option<Content> {
    let comma = (after..limit).find(|i| view.is_comma(*i))?;
    at_clause(view, comma + 1, limit)
        .then(|| Content::right(comma + 1..end_of(view, cue, comma + 1, Walk::Clause), Shape::Clause))
}

/// Whether the words before ", X said" can be what X said: a main clause, not a fronted adjunct.
fn content_like(view: &View<'_>, start: usize, end: usize, cue: &Cue<'_>) -> bool {
    let first = (start..end).find(|i| !view.is_punct(*i)).unwrap_or(start);
    let subordinate =
        matches!(view.pos(first), Pos::Sconj | Pos::Adp) || matches!(view.tag(first), Tag::Vbg | Tag::Vbn | Tag::To | Tag::Wrb);
    let inner = (first..end).filter(|i| view.is_comma(*i)).last();
    if subordinate {
        // "If it rains, the game is off, she said" has a main clause behind its own comma.
        return inner.is_some_and(|comma| at_clause(view, comma + 1, end));
    }
    if view.parsed(cue.head) {
        let top = top_of(view, first, start, end);
        if view.head(top) == cue.head
            && matches!(view.rel(top), Rel::Advcl | Rel::Obl | Rel::Nsubj | Rel::Advmod | Rel::NsubjPass)
            && top < cue.head
        {
            return false;
        }
    }
    (first..end).any(|i| view.is_finite(i)) && at_clause(view, first, end)
        || inner.is_none() && (first..end).any(|i| view.is_nominal(i)) && follows_split(view, cue)
}

/// "The bridge, he said, would open": after the insertion a finite verb goes on.
fn follows_split(view: &View<'_>, cue: &Cue<'_>) -> bool {
    let limit = limit(view, cue.head);
    let comma = (cue.tokens.end..limit.min(cue.tokens.end + 8)).find(|i| view.is_comma(*i));
    comma.is_some_and(|comma| (comma + 1..limit.min(comma + 4)).any(|i| view.is_finite(i)))
}

/// One past the subject that follows an inverted cue, with its appositions.
fn inverted_end(view: &View<'_>, cue: &Cue<'_>, limit: usize) -> usize {
    let Some(subject) = source::subject_after(view, cue) else { return cue.tokens.end };
    let mut end = subject.end;
    // Apposition or relative clause between commas.
    while view.is_comma(end) {
        let Some(close) = (end + 1..limit.min(end + 30)).find(|i| view.is_comma(*i)) else { break };
        let quote = view.opens(end + 1).is_some();
        let inserted = view.lexicon_set("relatives", end + 1)
            || !(end + 1..close).any(|i| view.is_finite(i)) && view.tag(end + 1) != Tag::Vbg;
        if quote || !inserted {
            break;
        }
        end = close;
    }
    view.time_phrase_end(end, limit).unwrap_or(end)
}

/// "According to X, S." and "S, according to X."
fn of_preposition(view: &View<'_>, cue: &Cue<'_>) -> Option<Content> {
    let limit = limit(view, cue.head);
    let named = source::after_preposition(view, cue, limit)?;
    let sentence = view.sentence(cue.head);
    let first = (sentence.start..cue.tokens.start)
        .rev()
        .find(|i| view.form(*i) == view.word.semicolon || view.opens(*i).is_some_and(|(_, q)| q.end as usize > cue.head))
        .map_or(sentence.start, |i| i + 1);
    let left = (first..cue.tokens.start).filter(|i| !view.is_punct(*i)).count();
    let left_is_adverb = left <= 1 && matches!(view.pos(first), Pos::Adv | Pos::Cconj | Pos::Sconj);
    if left == 0 || left_is_adverb || starts_clause_level(view, first, cue.tokens.start) {
        let start = if view.is_comma(named.end) || view.form(named.end) == view.word.colon { named.end + 1 } else { named.end };
        let end = end_of(view, cue, start, Walk::Clause);
        return (start < end && has_content(view, start, end)).then(|| Content::right(start..end, Shape::Clause));
    }
    let mut ranges = vec![first..cue.tokens.start];
    if let Some(number) = (cue.tokens.start.saturating_sub(3)..cue.tokens.start).rev().find_map(|i| view.quote_number(i)) {
        let open = (view.document.quotes[number].first as usize).saturating_sub(1);
        if open < first {
            ranges = vec![open..cue.tokens.start];
        }
    }
    let complete = (first..cue.tokens.start).any(|i| view.is_finite(i));
    if !complete && (view.is_comma(named.end) || view.is_dash(named.end)) && (named.end + 1..limit).any(|i| view.is_finite(i)) {
        ranges.push(named.end + 1..end_of(view, cue, named.end + 1, Walk::Clause));
    }
    Some(Content { ranges, shape: Shape::Clause, raised: false, fronted: true, inverted: false })
}

fn has_content(view: &View<'_>, start: usize, end: usize) -> bool {
    (start..end).filter(|i| !view.is_punct(*i)).count() >= 2
}

/// "On Monday, according to X, the bridge closed": before it stands an adjunct only.
fn starts_clause_level(view: &View<'_>, first: usize, end: usize) -> bool {
    view.pos(first) == Pos::Adp && !(first..end).any(|i| view.is_finite(i)) && end - first < 7
}

/// "reportedly": its clause.
fn of_adverb(view: &View<'_>, cue: &Cue<'_>) -> Option<Content> {
    let sentence = view.sentence(cue.head);
    let break_at = |i: &usize| {
        view.is_comma(*i)
            || view.form(*i) == view.word.semicolon
            || view.lexicon.stops.longest_at(view.tokens, *i).is_some()
            || view.lexicon_set("tail-marks", *i)
            || view.lexicon_set("relatives", *i) && *i + 1 != cue.head
    };
    let start = (sentence.start..cue.head).rev().find(break_at).map_or(sentence.start, |i| i + 1);
    let end = (cue.head + 1..sentence.end).find(break_at).unwrap_or(sentence.end);
    let mut ranges = Vec::new();
    if start < cue.head {
        ranges.push(start..cue.head);
    }
    if cue.head + 1 < end {
        ranges.push(cue.head + 1..end);
    }
    (start..end).any(|i| view.is_verb(i)).then_some(Content {
        ranges,
        shape: Shape::Clause,
        raised: true,
        fronted: false,
        inverted: false,
    })
}

/// One past the last token that the cue could govern: its sentence, its own quotation or its bracket.
pub(super) fn limit(view: &View<'_>, at: usize) -> usize {
    let sentence = view.sentence(at);
    let mut end = sentence.end;
    if let Some(quote) = view.quote(at) {
        end = end.min((quote.end as usize).max(at + 1));
    }
    let mut depth = 0;
    for i in at..end {
        if view.form(i) == view.word.open {
            depth += 1;
        } else if view.form(i) == view.word.close {
            if depth == 0 {
                return i;
            }
            depth -= 1;
        }
    }
    end
}

/// How far a walk goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Walk {
    /// To the end of the clause with all that depends on it.
    Clause,
    /// To the end of the noun phrase.
    Phrase,
    /// The noun phrase and the reason behind "for" ("criticised X for Y").
    WithFor,
}

/// The highest token above `at` whose head still lies in `start..end`.
fn top_of(view: &View<'_>, at: usize, start: usize, end: usize) -> usize {
    let mut top = at;
    for _ in 0..400 {
        let head = view.head(top);
        if head == top || head < start || head >= end {
            break;
        }
        top = head;
    }
    top
}

/// One past the last token of the content that starts at `start`.
pub(super) fn end_of(view: &View<'_>, cue: &Cue<'_>, start: usize, walk: Walk) -> usize {
    let mut limit = limit(view, cue.head).max(start);
    let parsed = view.parsed(cue.head);
    let own = view.quote_number(cue.head);
    let mut tops: Vec<usize> = Vec::new();
    let mut i = start;
    while i < limit {
        // A quotation that opens inside goes in whole, over sentence ends too.
        if let Some((number, quote)) = view.opens(i) {
            if Some(number) != own {
                let close = quote.end as usize;
                let after = (close + usize::from(quote.closed)).min(view.tokens.len());
                if after > limit {
                    let rest = view.sentence(after.saturating_sub(1)).end;
                    limit = if after < rest && !ends_sentence(view, close) { rest } else { after };
                }
                if parsed {
                    tops.extend((i..close.min(limit)).filter(|k| !view.is_punct(*k)).map(|k| top_of(view, k, start, limit)));
                }
                let stop = ends_sentence(view, close.saturating_sub(1))
                    && !view.is_comma(after)
                    && walk == Walk::Clause
                    && quote.speech
                    && !view.is_verb(after);
                i = after.max(i + 1);
                if stop {
                    return i;
                }
                continue;
            }
        }
        if view.form(i) == view.word.open {
            if let Some(close) = (i..limit).find(|k| view.form(*k) == view.word.close) {
                i = close + 1;
                continue;
            }
        }
        if i > start && cuts(view, cue, start, i, limit, walk, &tops) {
            break;
        }
        if parsed && !view.is_punct(i) {
            tops.push(top_of(view, i, start, limit));
        }
        i += 1;
    }
    i
}

/// Whether the token at `at` is the last of a sentence.
fn ends_sentence(view: &View<'_>, at: usize) -> bool {
    matches!(view.form(at).as_str(), "." | "?" | "!" | "...")
}

/// How the words from a boundary on hang together with the content so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Hangs {
    Inside,
    OnCue(Rel),
    Outside,
    Unknown,
}

fn hangs(view: &View<'_>, cue: &Cue<'_>, start: usize, at: usize, limit: usize, tops: &[usize]) -> Hangs {
    if !view.parsed(cue.head) || at >= limit {
        return Hangs::Unknown;
    }
    let top = top_of(view, at, start, limit);
    if tops.contains(&top) {
        return Hangs::Inside;
    }
    let head = view.head(top);
    if head == cue.head || cue.tokens.contains(&head) {
        return Hangs::OnCue(view.rel(top));
    }
    Hangs::Outside
}

fn cuts(view: &View<'_>, cue: &Cue<'_>, start: usize, at: usize, limit: usize, walk: Walk, tops: &[usize]) -> bool {
    let form = view.form(at);
    if form == view.word.semicolon {
        return true;
    }
    if view.is_dash(at) {
        let paired = (at + 1..limit).any(|k| view.is_dash(k));
        return walk != Walk::Clause || !paired;
    }
    let next = at + 1;
    if form == view.word.comma {
        return comma_cuts(view, cue, start, next, limit, walk, tops);
    }
    if form == view.word.and || form == view.word.but || form == view.word.or {
        return joint_cuts(view, cue, start, next, limit, walk, tops, false);
    }
    if walk != Walk::Clause {
        return phrase_cuts(view, cue, start, at, limit, walk, tops);
    }
    if view.lexicon_set("contrasts", at) && view.pos(at) == Pos::Sconj {
        return matches!(hangs(view, cue, start, at, limit, tops), Hangs::OnCue(_) | Hangs::Outside);
    }
    if form == view.word.according {
        return true;
    }
    false
}

fn phrase_cuts(view: &View<'_>, cue: &Cue<'_>, start: usize, at: usize, limit: usize, walk: Walk, tops: &[usize]) -> bool {
    if walk == Walk::WithFor && view.form(at) == view.word.for_ {
        return false;
    }
    match hangs(view, cue, start, at, limit, tops) {
        Hangs::Inside => false,
        Hangs::OnCue(Rel::Obj | Rel::Xcomp | Rel::Ccomp | Rel::Iobj | Rel::CompoundPrt) => false,
        Hangs::OnCue(Rel::Obl)
            if walk == Walk::WithFor && tops.len() > 1 && (start..at).any(|k| view.form(k) == view.word.for_) =>
        {
            false
        }
        Hangs::OnCue(_) | Hangs::Outside => true,
        Hangs::Unknown => {
            // Tags alone: the noun phrase with its "of" phrases and a clause that "that" or "to" hangs on it.
            let plain = view.long_noun_phrase_end(start, limit).unwrap_or(start);
            if at < plain {
                return false;
            }
            let clause = (plain..=at).any(|k| view.lexicon_set("relatives", k) || view.form(k) == view.word.to);
            !clause
        }
    }
}

fn comma_cuts(view: &View<'_>, cue: &Cue<'_>, start: usize, next: usize, limit: usize, walk: Walk, tops: &[usize]) -> bool {
    if next >= limit {
        return false;
    }
    let form = view.form(next);
    if form == view.word.according {
        return true;
    }
    let hangs = hangs(view, cue, start, next, limit, tops);
    if view.tag(next) == Tag::Vbg || view.pos(next) == Pos::Adv && view.tag(next + 1) == Tag::Vbg {
        let verb = if view.tag(next) == Tag::Vbg { next } else { next + 1 };
        let cue_row = view.lexicon.cues.longest_at(view.tokens, verb).map(|(_, row)| row);
        if cue_row.is_some_and(|row| row.takes.contains(&Takes::Quote)) {
            return true;
        }
        return matches!(hangs, Hangs::OnCue(_) | Hangs::Outside);
    }
    if form == view.word.and || form == view.word.but || form == view.word.or {
        return joint_cuts(view, cue, start, next + 1, limit, walk, tops, true);
    }
    if view.lexicon_set("contrasts", next) {
        return match hangs {
            Hangs::Inside => has_own_cue(view, next + 1, limit),
            _ => true,
        };
    }
    match hangs {
        Hangs::Inside => {
            walk != Walk::Clause && !view.lexicon_set("relatives", next) && view.kids(next).count() == 0 && view.is_finite(next)
        }
        Hangs::OnCue(Rel::Advcl | Rel::Conj) => true,
        Hangs::OnCue(Rel::Parataxis) => has_own_cue(view, next, limit),
        Hangs::OnCue(_) => walk != Walk::Clause,
        Hangs::Outside => cue_is_embedded(view, cue) || walk != Walk::Clause,
        Hangs::Unknown => {
            // "X, who said the talks had failed, resigned": the comma that closes the clause of the cue.
            view.is_finite(next) || walk != Walk::Clause && !view.lexicon_set("relatives", next)
        }
    }
}

/// Whether the cue's clause hangs on something else, so that words after it may belong to that.
fn cue_is_embedded(view: &View<'_>, cue: &Cue<'_>) -> bool {
    !matches!(view.rel(cue.head), Rel::Root | Rel::Conj | Rel::Parataxis | Rel::Ccomp)
}

/// After "and", "but", "or": whether the next verb is on the level of the cue.
#[allow(clippy::too_many_arguments)]
fn joint_cuts(
    view: &View<'_>,
    cue: &Cue<'_>,
    start: usize,
    next: usize,
    limit: usize,
    walk: Walk,
    tops: &[usize],
    comma: bool,
) -> bool {
    let mut verb = next;
    while verb < limit && matches!(view.pos(verb), Pos::Adv | Pos::Part) {
        verb += 1;
    }
    let hangs = hangs(view, cue, start, if view.is_verb(verb) { verb } else { next }, limit, tops);
    if view.is_finite(verb) {
        let like_cue = view.tag(verb) == view.tag(cue.head) || view.pos(verb) == Pos::Aux;
        return match hangs {
            Hangs::Inside => like_cue && is_cue(view, verb) && !has_finite_like(view, start, next, view.tag(verb)),
            Hangs::Unknown => {
                walk != Walk::Clause
                    || like_cue
                        && (is_cue(view, verb) || comma)
                        && !has_finite_like(view, start, next.saturating_sub(1), view.tag(verb))
            }
            _ => true,
        };
    }
    // A gerund cue beside "saying": "saying A and adding B".
    if view.tag(verb) == Tag::Vbg && view.tag(cue.head) == Tag::Vbg && is_cue(view, verb) {
        return true;
    }
    if walk != Walk::Clause {
        return match hangs {
            Hangs::Inside => false,
            Hangs::Unknown => {
                !view.is_nominal(next) && view.pos(next) != Pos::Det && view.pos(next) != Pos::Adj || at_clause(view, next, limit)
            }
            _ => true,
        };
    }
    if !at_clause(view, next, limit) {
        return matches!(hangs, Hangs::Outside) && cue_is_embedded(view, cue);
    }
    if has_own_cue(view, next, limit) {
        return true;
    }
    match hangs {
        Hangs::Inside => false,
        // Without a comma a second clause goes on inside the content: "said A and B".
        Hangs::OnCue(_) | Hangs::Outside => comma,
        Hangs::Unknown => false,
    }
}

fn has_finite_like(view: &View<'_>, start: usize, end: usize, tag: Tag) -> bool {
    (start..end).any(|i| view.is_finite(i) && view.tag(i) == tag)
}

fn is_cue(view: &View<'_>, at: usize) -> bool {
    view.pos(at) == Pos::Verb && view.lexicon.cues.longest_at(view.tokens, at).is_some()
}

/// Whether the clause from `at` has a main verb that reports by itself: "…, but Y said that".
fn has_own_cue(view: &View<'_>, at: usize, limit: usize) -> bool {
    let Some(verb) = (at..limit).find(|i| view.is_finite(*i)) else { return false };
    let verb = (verb..limit.min(verb + 4)).find(|i| view.pos(*i) == Pos::Verb).unwrap_or(verb);
    let row = view.lexicon.cues.longest_at(view.tokens, verb).map(|(_, row)| row);
    let relative = (at..verb).any(|i| view.lexicon_set("relatives", i));
    !relative && row.is_some_and(|row| row.takes.contains(&Takes::Quote))
}
