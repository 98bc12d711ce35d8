//! Cue → who says it: subject, inverted subject, by-phrase, possessor, or the governor's subject through coordination.

use super::content::Content;
use super::cue::{Cue, Kind};
use super::edge::limit;
use super::view::View;
use crate::claims::FoundBy;
use crate::text::{Pos, Rel, Tag};
use std::ops::Range;

/// The source as written (a token range) with the rule that found it; `None` where the text names nobody.
pub(super) fn find(view: &View<'_>, cue: &Cue<'_>, content: &Content) -> Option<(Range<usize>, FoundBy)> {
    match cue.kind {
        Kind::Adverb | Kind::Noun => None,
        Kind::Preposition => after_preposition(view, cue, limit(view, cue.head)).map(|range| (range, FoundBy::Complement)),
        Kind::Verb | Kind::Adjective => of_verb(view, cue, content),
    }
}

fn of_verb(view: &View<'_>, cue: &Cue<'_>, content: &Content) -> Option<(Range<usize>, FoundBy)> {
    if content.inverted {
        return subject_after(view, cue).map(|range| (range, FoundBy::Inverted));
    }
    if content.raised {
        return by_phrase(view, cue).map(|range| (range, FoundBy::Complement));
    }
    let free = |range: &Range<usize>| !content.ranges.iter().any(|piece| piece.start < range.end && range.start < piece.end);
    let named =
        subject(view, cue.head, 0).filter(free).or_else(|| subject_before(view, verb_group_start(view, cue)).filter(free));
    named.map(|range| (range, FoundBy::Subject))
}

/// Subject of a verb by the parse, through coordination, participles and relative clauses; by word order without it.
pub(super) fn subject(view: &View<'_>, verb: usize, depth: u8) -> Option<Range<usize>> {
    if depth > 5 {
        return None;
    }
    let group = group_start(view, verb);
    if let Some(first) = reporter_of_participle(view, verb) {
        return subject(view, first, depth + 1);
    }
    // "said the road was closed and warned that": the one who reports before reports again, not the road.
    if let Some(first) = reporter_before(view, verb, group) {
        return subject(view, first, depth + 1);
    }
    if view.parsed(verb) {
        if let Some(kid) =
            view.kid(verb, &[Rel::Nsubj, Rel::NsubjPass, Rel::NsubjOuter]).filter(|kid| *kid < verb || !view.is_finite(verb))
        {
            if view.lexicon_set("relatives", kid) || view.form(kid) == view.word.that {
                return antecedent(view, verb, kid);
            }
            let phrase = phrase_of(view, kid);
            // "two officials familiar with the matter": word order sees more than a wrong head.
            let wider = subject_before(view, group).filter(|near| near.end == phrase.end && near.start < phrase.start);
            return Some(wider.unwrap_or(phrase));
        }
    }
    let near = subject_before(view, group);
    if view.is_finite(group) || view.is_finite(verb) {
        if let Some(near) = near {
            if near.len() == 1
                && (view.lexicon_set("relatives", near.start) || matches!(view.tag(near.start), Tag::Wdt | Tag::Wp))
            {
                return antecedent(view, verb, near.start);
            }
            return Some(near);
        }
    }
    if view.parsed(verb) {
        let head = view.head(verb);
        if head != verb {
            match view.rel(verb) {
                Rel::Conj | Rel::Xcomp | Rel::Advcl | Rel::Parataxis | Rel::Ccomp
                    if view.is_verb(head) || view.pos(head) == Pos::Adj || view.rel(verb) != Rel::Xcomp =>
                {
                    return subject(view, head, depth + 1);
                }
                Rel::Acl | Rel::AclRelcl => return Some(phrase_of(view, head)),
                _ => {}
            }
        }
    }
    // "…, adding that": the subject of the nearest finite verb before it.
    let sentence = view.sentence(verb);
    let before =
        (sentence.start..group).rev().find(|i| view.is_finite(*i) && view.quote_number(*i) == view.quote_number(verb))?;
    let main = (before..group).take(4).find(|i| view.pos(*i) == Pos::Verb).unwrap_or(before);
    if view.parsed(verb) && view.kid(main, &[Rel::Nsubj]).is_some_and(|kid| kid > main) {
        return subject_after_verb(view, main);
    }
    let start = group_start(view, main);
    let subject = subject_before(view, start).or_else(|| subject_after_verb(view, main))?;
    Some(subject)
}

/// "X said A, adding that B": the one who said A.
fn reporter_of_participle(view: &View<'_>, verb: usize) -> Option<usize> {
    let reports = |at: usize| {
        view.lexicon.cues.longest_at(view.tokens, at).is_some_and(|(_, row)| row.takes.contains(&crate::lexicon::Takes::Quote))
    };
    if view.tag(verb) != Tag::Vbg || verb == 0 || !view.is_comma(verb - 1) || !reports(verb) {
        return None;
    }
    let floor = view.sentence(verb).start;
    let outer = |i: &usize| {
        view.quote_number(*i) == view.quote_number(verb) && view.pos(*i) == Pos::Verb && view.is_finite(*i) && reports(*i)
    };
    (floor..verb - 1).find(outer)
}

/// The reporting verb of the same form earlier in the sentence that "and" continues.
fn reporter_before(view: &View<'_>, verb: usize, group: usize) -> Option<usize> {
    let floor = view.sentence(verb).start;
    let joint =
        group.checked_sub(1).filter(|i| *i > floor && (view.form(*i) == view.word.and || view.form(*i) == view.word.but))?;
    let reports = |at: usize| {
        view.lexicon.cues.longest_at(view.tokens, at).is_some_and(|(_, row)| row.takes.contains(&crate::lexicon::Takes::Quote))
    };
    if !view.is_finite(verb) || !reports(verb) {
        return None;
    }
    let like = |i: usize| view.tag(i) == view.tag(verb) || view.tag(verb) == Tag::Vbn && view.tag(i) == Tag::Vbd;
    (floor..joint)
        .rev()
        .find(|i| view.pos(*i) == Pos::Verb && like(*i) && reports(*i) && view.quote_number(*i) == view.quote_number(verb))
}

/// What a relative pronoun stands for.
fn antecedent(view: &View<'_>, verb: usize, pronoun: usize) -> Option<Range<usize>> {
    if view.parsed(verb) && matches!(view.rel(verb), Rel::AclRelcl | Rel::Acl) && view.head(verb) < verb {
        return Some(phrase_of(view, view.head(verb)));
    }
    let mut end = pronoun;
    while end > 0 && view.is_punct(end - 1) && pronoun - end < 2 {
        end -= 1;
    }
    let start = view.noun_phrase_start(end, view.sentence(verb).start)?;
    Some(start..end)
}

/// The noun phrase of a head by the parse: without what follows its first comma, without clauses on it.
pub(super) fn phrase_of(view: &View<'_>, head: usize) -> Range<usize> {
    let (left, right) = view.edges(head);
    let mut start = left.min(head);
    let mut end = right.max(head) + 1;
    for kid in view.kids(head) {
        let clause = matches!(view.rel(kid), Rel::AclRelcl | Rel::Parataxis | Rel::Appos)
            || view.rel(kid) == Rel::Acl && view.is_verb(kid) && view.is_nominal(head);
        if clause && kid > head {
            end = end.min(view.edges(kid).0);
        }
        if matches!(view.rel(kid), Rel::Cc | Rel::Mark | Rel::Punct) && kid < head {
            start = start.max(kid + 1);
        }
    }
    if let Some(stop) = (start..head).rev().find(|i| view.is_comma(*i) || view.is_mark(*i)) {
        start = stop + 1;
    }
    for i in head + 1..end {
        if view.is_comma(i) || view.is_mark(i) {
            end = i;
            break;
        }
    }
    // A wrong head may drag a verb into the phrase.
    if let Some(verb) =
        (start + 1..end).find(|i| view.pos(*i) == Pos::Verb && matches!(view.tag(*i), Tag::Vbd | Tag::Vbz | Tag::Vbp))
    {
        if view.noun_phrase_end(start, verb) == Some(verb) {
            return start..verb;
        }
    }
    let range = view.trimmed(start..end.max(head + 1));
    if range.is_empty() { head..head + 1 } else { range }
}

/// First token of the verb group that ends in `verb`: auxiliaries, adverbs, negation.
pub(super) fn group_start(view: &View<'_>, verb: usize) -> usize {
    let floor = view.sentence(verb).start;
    let mut start = verb;
    while start > floor {
        let at = start - 1;
        let to = view.form(at) == view.word.to && at > floor && (view.is_verb(at - 1) || view.pos(at - 1) == Pos::Adj);
        if matches!(view.pos(at), Pos::Aux | Pos::Part) && view.tag(at) != Tag::Pos
            || view.tag(at) == Tag::Md
            || view.pos(at) == Pos::Adv
            || view.lexicon_set("light-auxiliaries", at)
            || to
        {
            start -= 1;
        } else {
            break;
        }
    }
    while start < verb && view.pos(start) == Pos::Adv && start == floor {
        start += 1;
    }
    start
}

pub(super) fn verb_group_start(view: &View<'_>, cue: &Cue<'_>) -> usize {
    group_start(view, cue.tokens.start)
}

/// The noun phrase that ends just before `at`, over an insertion between commas or dashes.
pub(super) fn subject_before(view: &View<'_>, at: usize) -> Option<Range<usize>> {
    let floor = view.sentence(at.min(view.tokens.len().saturating_sub(1))).start;
    let own = view.quote_number(at);
    let mut end = at;
    if end > floor && (view.is_comma(end - 1) || view.is_dash(end - 1)) {
        // "X, a spokesman for Y, said": the subject stands before the insertion.
        let close = end - 1;
        if view.quote_number(close) != own && close > 0 {
            return None;
        }
        let mut open = (floor..close).rev().find(|i| (view.is_comma(*i) || view.is_dash(*i)) && view.quote_number(*i) == own)?;
        // A list of insertions: "X, 52, a spokesman, said".
        while open > floor && open + 40 > close {
            let Some(start) = view.noun_phrase_start(open, floor) else { break };
            if start > floor && view.is_comma(start - 1) && !(start..open).any(|i| view.is_finite(i)) {
                let earlier = start - 1;
                if view.noun_phrase_start(earlier, floor).is_some() && view.tag(start) == Tag::Dt {
                    open = earlier;
                    continue;
                }
            }
            break;
        }
        if view.is_mark(open.saturating_sub(1)) {
            return None;
        }
        end = open;
    }
    let start = view.noun_phrase_start(end, floor)?;
    let mut start = start;
    while start < end && view.quote_number(start) != own {
        start += 1;
    }
    (start < end).then_some(start..end)
}

/// Whether the subject follows the cue: "“…,” said X".
pub(super) fn is_inverted(view: &View<'_>, cue: &Cue<'_>) -> bool {
    if cue.kind != Kind::Verb || !matches!(view.tag(cue.head), Tag::Vbd | Tag::Vbz | Tag::Vbp | Tag::Vbn) || cue.tokens.len() > 1
    {
        return false;
    }
    let start = verb_group_start(view, cue);
    if start == 0 || subject_after(view, cue).is_none() {
        return false;
    }
    let before = start - 1;
    let marked = view.is_mark(before) && view.opens(before).is_none() && view.quote_number(cue.head).is_none();
    if marked {
        return true;
    }
    if view.kid(cue.head, &[Rel::Nsubj]).is_some_and(|kid| kid < cue.head) {
        return false;
    }
    let limit = limit(view, cue.head);
    let comma = view.is_comma(before) || view.is_dash(before) || matches!(view.form(before).as_str(), "?" | "!");
    if !comma
        || subject_before(view, start).is_some_and(|range| !(range.end..before).any(|i| view.is_finite(i)) && range.end < before)
            && view.kid(cue.head, &[Rel::Nsubj]).is_none()
    {
        return false;
    }
    let by_parse = view.parsed(cue.head) && view.kid(cue.head, &[Rel::Nsubj]).is_some_and(|kid| kid > cue.head);
    // By order: after the phrase the sentence ends or a comma follows.
    let Some(subject) = subject_after(view, cue) else { return false };
    let closed = subject.end >= limit || view.is_punct(subject.end) || view.time_phrase_end(subject.end, limit).is_some();
    by_parse || closed
}

/// The noun phrase after the cue.
pub(super) fn subject_after(view: &View<'_>, cue: &Cue<'_>) -> Option<Range<usize>> {
    let limit = limit(view, cue.head);
    let start = cue.tokens.end;
    let end = view.long_noun_phrase_end(start, limit)?;
    Some(start..end)
}

fn subject_after_verb(view: &View<'_>, verb: usize) -> Option<Range<usize>> {
    let end = view.long_noun_phrase_end(verb + 1, limit(view, verb))?;
    Some(verb + 1..end)
}

/// "by X" after a passive cue.
fn by_phrase(view: &View<'_>, cue: &Cue<'_>) -> Option<Range<usize>> {
    let limit = limit(view, cue.head);
    let at = (cue.tokens.end..limit.min(cue.tokens.end + 4)).find(|i| view.form(*i) == view.word.by)?;
    let end = view.long_noun_phrase_end(at + 1, limit)?;
    Some(at + 1..end)
}

/// The form of "be" or "get" that makes the cue a passive.
pub(super) fn passive_auxiliary(view: &View<'_>, cue: &Cue<'_>) -> Option<usize> {
    let start = verb_group_start(view, cue);
    (start..cue.tokens.start).rev().find(|i| view.lemma(*i) == view.word.be || view.lemma(*i) == view.word.get).filter(|_| {
        // "is being said" and "was said" are passives; "has been saying" is not, its form is no participle.
        view.tag(cue.head) == Tag::Vbn || view.tag(cue.head) == Tag::Vbd
    })
}

/// The noun phrase after "according to".
pub(super) fn after_preposition(view: &View<'_>, cue: &Cue<'_>, limit: usize) -> Option<Range<usize>> {
    let start = cue.tokens.end;
    let end = view.long_noun_phrase_end(start, limit)?;
    let mut end = end;
    // "The deal was, in the words of X, a disgrace": what follows completes the clause and is no apposition.
    let hanging = start > cue.tokens.len() + 1
        && view.is_comma(cue.tokens.start.saturating_sub(1))
        && view.is_verb(cue.tokens.start.saturating_sub(2));
    // Appositions, up to where a clause begins: "according to X, a spokesman for Y, the bridge …".
    while !hanging && view.is_comma(end) && view.tag(end + 1) == Tag::Dt {
        let Some(close) = (end + 1..limit).find(|i| view.is_comma(*i)) else {
            if !(end + 1..limit).any(|i| view.is_finite(i)) {
                end = limit;
            }
            break;
        };
        if (end + 1..close).any(|i| view.is_finite(i)) {
            break;
        }
        end = close;
    }
    // "a study published on Monday", "two people who saw the letter": what hangs on the noun up to the comma.
    if end < limit && !view.is_punct(end) {
        let stop =
            (end..limit).find(|i| view.is_comma(*i) || view.form(*i) == view.word.semicolon || view.is_dash(*i)).unwrap_or(limit);
        let opener =
            matches!(view.tag(end), Tag::Vbn | Tag::Vbg | Tag::Wdt | Tag::Wp | Tag::In | Tag::Jj | Tag::Rb | Tag::To | Tag::WpS)
                || view.time_phrase_end(end, limit).is_some();
        if opener {
            end = stop;
        }
    }
    while end > start && (view.form(end - 1) == view.word.period || view.is_mark(end - 1)) {
        end -= 1;
    }
    (end > start).then_some(start..end)
}
