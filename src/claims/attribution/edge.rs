//! Where a content ends: walked word by word and cut where a comma, a conjunction or a dash leads back to the level of the cue.
//!
//! The parse tells the level; word order tells it in its absence. Finds no left edges.

use super::content::at_clause;
use super::cue::{Cue, Kind};
use super::source;
use super::view::View;
use crate::lexicon::Takes;
use crate::text::{Pos, Rel, Tag};

/// One past the last token that the cue could govern: its sentence, its own quotation or its bracket.
pub(super) fn limit(view: &View<'_>, at: usize) -> usize {
    let sentence = view.sentence(at);
    let mut end = sentence.end.min(governor_limit(view, at));
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

/// "The engineer who warned that the dam was weak has left": the verb whose subject holds the cue ends all that the cue governs.
fn governor_limit(view: &View<'_>, at: usize) -> usize {
    let noun = view.pos(at) == Pos::Noun;
    if view.form(at) == view.word.according || noun && view.lemma(at + 1) == view.word.be {
        return usize::MAX;
    }
    let relative = view.kids(at).any(|kid| kid < at && view.lexicon_set("relatives", kid));
    if view.is_finite(at) && matches!(view.rel(at), Rel::Acl | Rel::AclRelcl) && !relative {
        return usize::MAX;
    }
    let mut node = at;
    for _ in 0..40 {
        let head = view.head(node);
        if head == node {
            break;
        }
        let subject = matches!(view.rel(node), Rel::Nsubj | Rel::NsubjPass | Rel::NsubjOuter | Rel::Csubj | Rel::CsubjPass);
        if subject && head > at + 1 {
            let auxiliary =
                view.kids(head).filter(|kid| matches!(view.rel(*kid), Rel::Cop | Rel::Aux | Rel::AuxPass) && *kid > at).min();
            let stop = source::group_start(view, auxiliary.unwrap_or(head).min(head)).max(at + 1);
            // A wrong head inside the clause that the noun introduces would leave nothing of it.
            let empty = view.form(at + 1) == view.word.that && !has_finite(view, at + 1, stop);
            return if empty { usize::MAX } else { stop };
        }
        if view.is_verb(node) && node != at && !matches!(view.rel(node), Rel::AclRelcl | Rel::Acl | Rel::Conj) {
            break;
        }
        node = head;
    }
    usize::MAX
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
pub(super) fn top_of(view: &View<'_>, at: usize, start: usize, end: usize) -> usize {
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
                // "saying “…,” when he was asked": a comma inside the marks closes what was said.
                let closed = i == start
                    && quote.speech
                    && view.is_comma(close.saturating_sub(1))
                    && matches!(view.pos(after), Pos::Sconj | Pos::Adp | Pos::Adv);
                let stop = stop || closed;
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
        if view.is_dash(i) && walk == Walk::Clause && i > start {
            if let Some(close) = (i + 2..limit).find(|k| view.is_dash(*k)) {
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
        // A pair of dashes around an insertion is stepped over by the caller; a single one ends the content unless a noun phrase
        // behind it explains what was said.
        let next = at + 1;
        let explains = matches!(view.pos(next), Pos::Det | Pos::Noun | Pos::Adj | Pos::Pron | Pos::Adv)
            || view.opens(next).is_some()
            || view.tag(next) == Tag::Vbg && !has_own_cue(view, next, limit)
            || view.lexicon.part_markers.longest_at(view.tokens, next).is_some();
        let goes_on = view.pos(next) == Pos::Cconj && !at_clause(view, next + 1, limit);
        return walk != Walk::Clause
            || !explains && !goes_on
            || hangs(view, cue, start, next, limit, tops) == Hangs::OnCue(Rel::Conj);
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
    if ends_before_main_verb(view, cue, start, at) {
        return true;
    }
    if view.lexicon_set("contrasts", at) && view.pos(at) == Pos::Sconj {
        return matches!(hangs(view, cue, start, at, limit, tops), Hangs::OnCue(_) | Hangs::Outside);
    }
    if form == view.word.according {
        return true;
    }
    false
}

/// "The claim that the ice was thin came at noon", "his plan to close the market drew protests": a finite verb without a subject
/// of its own belongs to the noun that the cue hangs on.
fn ends_before_main_verb(view: &View<'_>, cue: &Cue<'_>, start: usize, at: usize) -> bool {
    let group = source::group_start(view, cue.tokens.start);
    let relative = group > 0 && view.lexicon_set("relatives", group - 1);
    if cue.kind != Kind::Noun && !relative || !view.is_finite(at) || at <= start + 1 {
        return false;
    }
    let plain = !(start + 1..at).any(|i| view.is_comma(i) || view.lexicon_set("wh-words", i) || view.form(i) == view.word.that);
    let infinitive = view.form(start) == view.word.to && view.is_nominal(at - 1) && plain && cue.kind == Kind::Noun;
    let complete = has_finite(view, start, at)
        && (view.pos(at - 1) == Pos::Adj
            || view.pos(at - 1) == Pos::Verb && matches!(view.tag(at - 1), Tag::Vbn | Tag::Vbd | Tag::Vbz));
    infinitive || complete
}

fn phrase_cuts(view: &View<'_>, cue: &Cue<'_>, start: usize, at: usize, limit: usize, walk: Walk, tops: &[usize]) -> bool {
    if walk == Walk::WithFor && view.form(at) == view.word.for_ {
        return false;
    }
    if view.form(at) == view.word.that || view.form(at) == view.word.to && view.tag(at + 1) == Tag::Vb {
        // "the claim that P", "a plan to": what hangs on the last noun.
        return !view.is_nominal(at.saturating_sub(1));
    }
    if (start..at).any(|k| view.form(k) == view.word.that && k > start)
        && hangs(view, cue, start, at, limit, tops) != Hangs::Outside
    {
        return false;
    }
    if view.tag(at) == Tag::Vbg && at > start && view.is_nominal(at - 1) {
        return false; // "his tweets shaming the mayor"
    }
    if view.pos(at) == Pos::Adp && at > start {
        // What a noun phrase carries behind a preposition goes with it; when and in what medium it was said does not.
        let said_when = view.time_phrase_end(at, limit).is_some();
        let medium = view.lexicon_set("media", at + 1) || view.lexicon_set("media", at + 2);
        if !said_when && !medium || view.form(at) == view.word.of {
            return false;
        }
        return true;
    }
    match hangs(view, cue, start, at, limit, tops) {
        Hangs::Inside => false,
        Hangs::Unknown | Hangs::OnCue(Rel::Obl | Rel::OblNpmod) if view.pos(at.saturating_sub(1)) == Pos::Adp => false,
        _ if (start..at).rev().take(8).take_while(|k| !view.is_punct(*k)).any(|k| view.pos(k) == Pos::Adp && k > start)
            && view.in_phrase(at) =>
        {
            false
        }
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
    if view.is_verb(next) && view.tag(next) != Tag::Vbg && opened_by_relative(view, cue) {
        return true;
    }
    if walk == Walk::Clause && reports_from(view, next, limit) {
        return true;
    }
    if walk == Walk::Clause {
        let first = start + usize::from(view.form(start) == view.word.that);
        let adjunct_first =
            matches!(view.pos(first), Pos::Sconj | Pos::Adp) || matches!(view.tag(first), Tag::Wrb | Tag::Vbg | Tag::Comma);
        let earlier_comma = (first + 1..next.saturating_sub(1)).any(|i| view.is_comma(i));
        // "that if the deal fell, the firm would close": the comma stands inside the content.
        if adjunct_first && !earlier_comma && at_clause(view, next, limit) && view.form(first) != view.word.whether {
            return false;
        }
        // "Despite reports that the king was dead, the court met": the main clause of a fronted phrase.
        if fronted(view, cue)
            && has_finite(view, start, next)
            && at_clause(view, next, limit)
            && !view.lexicon_set("relatives", next)
        {
            return true;
        }
        let including = view.lexicon.part_markers.longest_at(view.tokens, next).is_some();
        if including || view.opens(next).is_some_and(|(_, quote)| !quote.speech) {
            return false;
        }
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
    if view.lexicon_set("concessions", next) && walk == Walk::Clause && view.quote_number(next) == view.quote_number(cue.head) {
        return true; // ", although it may take days": the reporter's own reserve
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

/// Whether the cue stands in a phrase or clause that opens the sentence before its main clause ("When X said …, Y left").
fn fronted(view: &View<'_>, cue: &Cue<'_>) -> bool {
    let sentence = view.sentence(cue.head);
    let first =
        (sentence.start..cue.tokens.start).find(|i| !view.is_punct(*i) && view.pos(*i) != Pos::Cconj).unwrap_or(cue.tokens.start);
    let opener = matches!(view.pos(first), Pos::Sconj | Pos::Adp) || view.tag(first) == Tag::Wrb;
    opener && first < cue.tokens.start && !(first..cue.tokens.start).any(|i| view.is_comma(i))
}

/// "The minister, who said …, resigned": the clause of the cue is an insertion behind a comma.
fn opened_by_relative(view: &View<'_>, cue: &Cue<'_>) -> bool {
    let start = source::group_start(view, cue.tokens.start);
    start >= 2 && view.lexicon_set("relatives", start - 1) && view.is_comma(start - 2)
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
    // "to share a currency and rely on": a second infinitive.
    if view.form(start) == view.word.to && matches!(view.tag(verb), Tag::Vb | Tag::Vbp) && view.tag(cue.head) != Tag::Vbp {
        return false;
    }
    if view.lexicon_set("wh-words", next) && view.lexicon_set("wh-words", start) {
        return false;
    }
    let hangs = hangs(view, cue, start, if view.is_verb(verb) { verb } else { next }, limit, tops);
    if view.is_finite(verb) {
        let like_cue = view.tag(verb) == view.tag(cue.head)
            || view.tag(verb) == Tag::Vbn && view.tag(cue.head) == Tag::Vbd
            || view.pos(verb) == Pos::Aux;
        return match hangs {
            Hangs::Inside => {
                like_cue
                    && is_cue(view, verb)
                    && (reports_clause(view, verb) || !has_finite_like(view, start, next, view.tag(verb)))
            }
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
    // Nothing finite so far: the subject itself is coordinated ("said the mayor and the council are …").
    if !(start..next).any(|i| view.is_verb(i)) {
        return false;
    }
    if !at_clause(view, next, limit) {
        return matches!(hangs, Hangs::Outside) && cue_is_embedded(view, cue);
    }
    if has_own_cue(view, next, limit) {
        return true;
    }
    // "said it had won, but the count goes on": what a comma and "but" set against a report is seldom part of it.
    let against = comma && view.form(next - 1) == view.word.but && view.form(next) != view.word.that;
    if against && view.quote_number(next) == view.quote_number(cue.head) && view.form(start) != view.word.to {
        return true;
    }
    match hangs {
        Hangs::Inside => false,
        // Without a comma a second clause goes on inside the content: "said A and B".
        Hangs::OnCue(_) | Hangs::Outside => comma,
        Hangs::Unknown => false,
    }
}

fn has_finite(view: &View<'_>, start: usize, end: usize) -> bool {
    (start..end).any(|i| view.is_finite(i))
}

fn has_finite_like(view: &View<'_>, start: usize, end: usize, tag: Tag) -> bool {
    (start..end).any(|i| view.is_finite(i) && view.tag(i) == tag)
}

/// "and warned that": a reporting verb with a clause or quotation behind it.
fn reports_clause(view: &View<'_>, verb: usize) -> bool {
    let row = view.lexicon.cues.longest_at(view.tokens, verb).map(|(length, row)| (length, row.takes.contains(&Takes::Quote)));
    row.is_some_and(|(length, quotes)| {
        quotes && (view.form(verb + length) == view.word.that || view.opens(verb + length).is_some())
    })
}

fn is_cue(view: &View<'_>, at: usize) -> bool {
    view.pos(at) == Pos::Verb && view.lexicon.cues.longest_at(view.tokens, at).is_some()
}

/// "…, Mr. Dace said, …", "…, Mr. Dace said: “…”": somebody else's report is put in at `at`.
fn reports_from(view: &View<'_>, at: usize, limit: usize) -> bool {
    let Some(subject) = view.long_noun_phrase_end(at, limit) else { return false };
    let Some(verb) = (subject..limit.min(subject + 3)).find(|i| view.pos(*i) == Pos::Verb) else { return false };
    let row = view.lexicon.cues.longest_at(view.tokens, verb).filter(|(_, row)| row.takes.contains(&Takes::Quote));
    row.is_some_and(|(length, _)| {
        let behind = verb + length;
        view.is_comma(behind) || view.form(behind) == view.word.colon || view.opens(behind).is_some()
    })
}

/// Whether the clause from `at` has a main verb that reports by itself: "…, but Y said that".
pub(super) fn has_own_cue(view: &View<'_>, at: usize, limit: usize) -> bool {
    let Some(verb) = (at..limit).find(|i| view.is_finite(*i)) else { return false };
    let verb = (verb..limit.min(verb + 4)).find(|i| view.pos(*i) == Pos::Verb).unwrap_or(verb);
    let row = view.lexicon.cues.longest_at(view.tokens, verb).map(|(_, row)| row);
    let relative = (at..verb).any(|i| view.lexicon_set("relatives", i));
    !relative && row.is_some_and(|row| row.takes.contains(&Takes::Quote))
}
