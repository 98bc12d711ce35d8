//! Claim nouns → what they introduce: "his claim that P", "allegations of fraud by X", "the message was that P".

use super::content::{self, Content, Shape};
use super::cue::{Cue, Kind};
use super::edge::{Walk, end_of, limit};
use super::source;
use super::view::View;
use crate::claims::FoundBy;
use crate::text::{Pos, Rel, Tag};
use std::ops::Range;

/// Content and source of a claim noun; `None` where the noun is only a noun.
pub(super) fn read(view: &View<'_>, cue: &Cue<'_>) -> Option<(Content, Option<(Range<usize>, FoundBy)>)> {
    if cue.kind != Kind::Noun {
        return None;
    }
    let limit = limit(view, cue.head);
    let mut at = cue.tokens.end;
    let mut named = possessor(view, cue).or_else(|| participle(view, cue));
    // "a statement by the ministry that", "a warning from X that", "warnings to investors that"
    for _ in 0..3 {
        let form = view.form(at);
        let giver = form == view.word.by || form == view.word.from;
        let adjunct =
            giver || form == view.word.to && view.tag(at + 1) != Tag::Vb || form == view.word.in_ || form == view.word.on;
        if view.pos(at) == Pos::Adp && adjunct {
            let Some(end) = view.noun_phrase_end(at + 1, limit) else { break };
            let end = if giver { view.long_noun_phrase_end(at + 1, limit).unwrap_or(end) } else { end };
            if giver && named.is_none() {
                named = Some((at + 1..end, FoundBy::Complement));
            }
            at = end;
        } else if let Some(end) = view.time_phrase_end(at, limit) {
            at = end;
        } else {
            break;
        }
    }
    let content =
        |range: Range<usize>, shape| Content { ranges: vec![range], shape, raised: false, fronted: false, inverted: false };
    if view.is_comma(at) && view.form(at + 1) == view.word.that {
        at += 1;
    }
    if view.form(at) == view.word.that && is_conjunction(view, at, limit) {
        // "the claim that P" as an object: who rejects a claim has not made it.
        let end = end_of(view, cue, at, Walk::Clause);
        return Some((content(at..end, Shape::Clause), named.or_else(|| governor(view, cue))));
    }
    // "The message is that P", "Its view was: “…”"
    if view.lemma(at) == view.word.be
        && view.is_finite(at)
        && (view.form(at + 1) == view.word.that && is_conjunction(view, at + 1, limit) || view.form(at + 1) == view.word.colon)
    {
        if named.is_some() || view.form(at + 1) == view.word.that {
            let end = end_of(view, cue, at + 1, Walk::Clause);
            return Some((content(at + 1..end, Shape::Clause), named));
        }
    }
    if view.form(at) == view.word.to && view.tag(at + 1) == Tag::Vb && view.lexicon_set("to-nouns", cue.tokens.start) {
        let named = named.or_else(|| governor(view, cue))?;
        let end = end_of(view, cue, at, Walk::Clause);
        return Some((content(at..end, Shape::Infinitive), Some(named)));
    }
    if view.form(cue.tokens.end) == view.word.of && view.lexicon_set("of-nouns", cue.tokens.start) {
        let start = cue.tokens.end + 1;
        let first = view.noun_phrase_end(start, limit);
        if first.is_some() || view.tag(start) == Tag::Vbg {
            let mut end = end_of(view, cue, start, Walk::Phrase);
            if let Some(by) = (start..end).find(|i| view.form(*i) == view.word.by || view.form(*i) == view.word.from) {
                if named.is_none() {
                    let stop = view.long_noun_phrase_end(by + 1, limit);
                    named = stop.map(|stop| (by + 1..stop, FoundBy::Complement));
                    end = by;
                }
            }
            return (end > start).then(|| (content(start..end, Shape::Phrase), named));
        }
    }
    None
}

/// "that" that opens a clause with its own subject, not a relative pronoun.
fn is_conjunction(view: &View<'_>, at: usize, limit: usize) -> bool {
    if view.is_finite(at + 1) && view.pos(at + 1) != Pos::Noun {
        return false;
    }
    content::at_clause(view, at + 1, limit) && !(view.tag(at) == Tag::Wdt && view.parsed(at) && view.rel(at) == Rel::Obj)
}

/// "his claim", "Russia's claims", "the ministry's own account".
fn possessor(view: &View<'_>, cue: &Cue<'_>) -> Option<(Range<usize>, FoundBy)> {
    let floor = view.sentence(cue.head).start;
    let mut at = cue.tokens.start;
    while at > floor {
        at -= 1;
        if view.tag(at) == Tag::PrpS {
            return Some((at..at + 1, FoundBy::Complement));
        }
        if view.tag(at) == Tag::Pos {
            let start = view.noun_phrase_start(at, floor)?;
            return Some((start..at, FoundBy::Complement));
        }
        if !matches!(view.pos(at), Pos::Adj | Pos::Noun | Pos::Num | Pos::Adv) {
            return None;
        }
    }
    None
}

/// "a letter warning that": what the tagger takes for a noun is a participle of the noun before it.
fn participle(view: &View<'_>, cue: &Cue<'_>) -> Option<(Range<usize>, FoundBy)> {
    let ing =
        cue.tokens.len() == 1 && view.form(cue.head).as_str().ends_with("ing") && view.form(cue.tokens.end) == view.word.that;
    let before = cue.head.checked_sub(1).filter(|i| ing && view.pos(*i) == Pos::Noun)?;
    let start = view.noun_phrase_start(before + 1, view.sentence(cue.head).start)?;
    Some((start..before + 1, FoundBy::Subject))
}

/// "made the claim that", "issued a warning that", "reached the conclusion that": the subject of a supporting verb.
fn governor(view: &View<'_>, cue: &Cue<'_>) -> Option<(Range<usize>, FoundBy)> {
    let floor = view.sentence(cue.head).start;
    let verb = (floor..cue.tokens.start).rev().take(8).find(|i| view.pos(*i) == Pos::Verb)?;
    if !view.lexicon_set("claim-makers", verb) || (verb + 1..cue.tokens.start).any(|i| view.is_punct(i)) {
        return None;
    }
    source::subject(view, verb, 0).map(|range| (range, FoundBy::Subject))
}
