//! Contents that stand before their cue or around it: "…, X said", "“…,” said X", "according to X", "reportedly".

use super::content::{Content, Shape, at_clause, gap, marked_before};
use super::cue::{Cue, Kind};
use super::edge::{Walk, end_of, has_own_cue, limit};
use super::source;
use super::view::View;
use crate::lexicon::Takes;
use crate::text::{Line, Pos, Tag};

/// The words before the cue: "…, X said", "“…,” said X", and what goes on behind it ("The bridge, he said, would open").
pub(super) fn left_of(view: &View<'_>, cue: &Cue<'_>, inverted: bool) -> Option<Content> {
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
    if !closed && !marked_before(view, cue) {
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
        let headline = view
            .document
            .sentence_of(cue.head as u32)
            .is_some_and(|n| n == 0 || view.document.sentences[n].kind == Line::Headline);
        if !content_like(view, start, before, cue) && !(headline && inverted) {
            return None;
        }
    }
    let mut ranges = vec![start..end];
    // What goes on behind the insertion.
    let resume = after;
    if view.is_comma(resume) && resume + 1 < limit {
        let next = resume + 1;
        let complete = (start..before).any(|i| view.is_finite(i)) && !(is_adjunct(view, start, before) && goes_on(view, cue));
        let quote_again = view.opens(next).is_some_and(|(_, quote)| quote.speech || shape == Shape::Quote);
        let goes_with = shape != Shape::Quote && (joined_clause(view, next, limit) || trailing_phrase(view, next, limit));
        if quote_again || shape != Shape::Quote && (!complete || goes_with) {
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
    let first = opener(view, start, end);
    let inner = (first..end).rfind(|i| view.is_comma(*i));
    if is_adjunct(view, start, end) {
        // "If it rains, the game is off, she said" has a main clause behind its own comma.
        return inner.is_some_and(|comma| at_clause(view, comma + 1, end)) || goes_on(view, cue);
    }
    let command = view.tag(first) == Tag::Vb;
    let finite = (first..end).any(|i| view.is_finite(i));
    finite
        || command
        || goes_on(view, cue)
        || inner.is_none() && (first..end).any(|i| view.is_nominal(i)) && follows_split(view, cue)
}

/// The word that opens a fronted clause or phrase, past "but", "even", "so".
fn opener(view: &View<'_>, start: usize, end: usize) -> usize {
    let first = (start..end).find(|i| !view.is_punct(*i)).unwrap_or(start);
    (first..end).find(|i| view.pos(*i) != Pos::Cconj && (view.pos(*i) != Pos::Adv || view.tag(*i) == Tag::Wrb)).unwrap_or(first)
}

/// "Even if the venture fails", "to prevent this", "on Monday": no main clause.
fn is_adjunct(view: &View<'_>, start: usize, end: usize) -> bool {
    let first = opener(view, start, end);
    let phrase = view.pos(first) == Pos::Adp && !at_clause(view, first, end); // not "at least 30 people died"
    phrase || view.pos(first) == Pos::Sconj || matches!(view.tag(first), Tag::Vbg | Tag::Vbn | Tag::To | Tag::Wrb)
}

/// "…, he said, and the town will drown", "…, the agency said, while the others paid nothing": the report goes on with a clause.
fn joined_clause(view: &View<'_>, at: usize, limit: usize) -> bool {
    let joint = view.form(at) == view.word.and || view.lexicon_set("contrasts", at);
    joint && at_clause(view, at + 1, limit) && !has_own_cue(view, at + 1, limit)
}

/// "…, he said, on market days": a phrase up to the end, neither when nor in what medium it was said.
fn trailing_phrase(view: &View<'_>, at: usize, limit: usize) -> bool {
    let said_when = view.time_phrase_end(at, limit).is_some();
    let medium = view.lexicon_set("media", at + 1) || view.lexicon_set("media", at + 2);
    let plain = !(at..limit).any(|i| view.is_finite(i) || view.is_comma(i));
    view.lexicon_set("inner-prepositions", at) && plain && !said_when && !medium
}

/// "To prevent this, he said, officials should act": behind the insertion a whole clause goes on.
fn goes_on(view: &View<'_>, cue: &Cue<'_>) -> bool {
    let limit = limit(view, cue.head);
    view.is_comma(cue.tokens.end) && view.tag(cue.tokens.end + 1) != Tag::Vbg && at_clause(view, cue.tokens.end + 1, limit)
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
pub(super) fn of_preposition(view: &View<'_>, cue: &Cue<'_>) -> Option<Content> {
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
    let hanging = view.is_verb(cue.tokens.start.saturating_sub(2)) && view.is_comma(cue.tokens.start.saturating_sub(1));
    if hanging && view.is_comma(named.end) {
        ranges.push(named.end + 1..end_of(view, cue, named.end + 1, Walk::Clause));
    }
    let complete = (first..cue.tokens.start).any(|i| view.is_finite(i));
    let limit = view.sentence(cue.head).end;
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
pub(super) fn of_adverb(view: &View<'_>, cue: &Cue<'_>) -> Option<Content> {
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
