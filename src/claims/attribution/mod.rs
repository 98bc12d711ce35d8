//! Document → [`Link`]s: every attribution of an article, as PARC 3.0 and PolNeAR mark them: source, cue, content.
//!
//! In: tokens with tags and, where parsed, relations; mentions; the lexicon's cues. Out: one link per cue occurrence that governs
//! something, in order of their first word. Chains follow from containment: a link is outside another if its content holds the
//! other's cue. Knows no clauses and no rules.
//!
//! One file a question: `cue` (which words), `content`, `edge`, `left` (what they govern), `source` (who), `noun` (claim nouns), `quote` (speech
//! without a cue of its own), `stance` (negated, asked, withheld, denied), `turn` (cues that open no link), `view` (the syntax that the others ask for).

mod content;
mod cue;
mod edge;
mod left;
mod noun;
mod quote;
mod source;
mod stance;
mod turn;
mod view;

use super::{Commitment, FoundBy, Link, Mention, QuoteKind};
use crate::base::{Span, Sym};
use crate::lexicon::Lexicon;
use crate::text::Document;
use content::{Content, Shape};
use cue::{Cue, Kind};
use quote::Attributed;
use std::ops::Range;
pub use turn::Turn;
use view::View;

/// What the cues of one article do.
#[derive(Clone, Debug, Default)]
pub struct Attributions {
    /// Every attribution, in order of its first word; `id` counts them from 0.
    pub links: Vec<Link>,
    /// Cues inside a speaker's words that only colour them, in order of their first word.
    pub turns: Vec<Turn>,
}

/// Finds every attribution of an article, and the cues that open none but colour what they govern.
pub fn attribute(document: &Document, mentions: &[Mention], lexicon: &Lexicon) -> Attributions {
    let view = View::new(document, mentions, lexicon);
    let mut found: Vec<Found<'_>> = cue::scan(&view).into_iter().filter_map(|cue| read(&view, cue)).collect();
    drop_empty_refusals(&view, &mut found);
    found.retain(|one| !loose(&view, one));
    let mut turned = take(&mut found, |one| own_words(&view, one) || finds_out(&view, one));
    drop_doubles(&mut found);
    turned.extend(drop_inner_wishes(&view, &mut found));
    let mut turns: Vec<Turn> = turned.iter().filter_map(|one| turn::of(&view, one)).collect();
    turns.sort_by_key(|turn| (turn.cue.start, turn.cue.end));
    let labels = quote::labels(&view);
    found.retain(|one| {
        !labels
            .iter()
            .any(|label| label.cue.start == one.cue.tokens.end && one.content.ranges.iter().any(|r| r.start == label.cue.end))
    });
    let speeches = quote::leftovers(&view, &mut found);
    let mut links: Vec<Link> = found.iter().filter_map(|one| link(&view, one)).collect();
    let fresh = |speech: &quote::Speech, links: &[Link]| {
        !links.iter().any(|link| {
            !speech.cue.is_empty() && link.cue.start < speech.cue.end as u32 && (speech.cue.start as u32) < link.cue.end
        })
    };
    for speech in labels.iter().chain(&speeches) {
        if fresh(speech, &links) {
            links.extend(speech_link(&view, speech));
        }
    }
    links.sort_by_key(|link| (first_byte(link), link.cue.start, link.cue.end));
    for (id, link) in links.iter_mut().enumerate() {
        link.id = id as u32;
    }
    Attributions { links, turns }
}

/// Takes out what `is` so, and returns it; both in order.
fn take<'a>(found: &mut Vec<Found<'a>>, is: impl Fn(&Found<'a>) -> bool) -> Vec<Found<'a>> {
    let (taken, left) = std::mem::take(found).into_iter().partition(is);
    *found = left;
    taken
}

fn first_byte(link: &Link) -> u32 {
    let content = link.content.first().map_or(u32::MAX, |span| span.start);
    link.mention.map_or(content, |span| span.start.min(content))
}

/// A cue with what it governs and who says it.
struct Found<'a> {
    cue: Cue<'a>,
    content: Content,
    source: Option<(Range<usize>, FoundBy)>,
}

impl Attributed for Found<'_> {
    fn content(&self) -> &[Range<usize>] {
        &self.content.ranges
    }
    fn extend(&mut self, range: Range<usize>) {
        self.content.ranges.push(range);
    }
    fn cue(&self) -> Range<usize> {
        self.cue.tokens.clone()
    }
    fn source(&self) -> Option<Range<usize>> {
        self.source.as_ref().map(|(range, _)| range.clone())
    }
    fn reports(&self) -> bool {
        self.cue.takes(crate::lexicon::Takes::Quote) && self.content.shape != Shape::Phrase || self.cue.kind == Kind::Preposition
    }
    fn denies(&self) -> bool {
        self.cue.row.denial && !(self.content.shape == Shape::Quote && self.content.fronted)
    }
}

fn read<'a>(view: &View<'a>, cue: Cue<'a>) -> Option<Found<'a>> {
    if cue.kind == Kind::Noun {
        let (content, source) = noun::read(view, &cue)?;
        return Some(Found { cue, content, source });
    }
    // Both-way implicatives tell what was done, not what anyone says ("managed to", "failed to").
    if cue.row.takes == [crate::lexicon::Takes::To] && cue.row.negated != Commitment::None {
        return None;
    }
    let content = content::of(view, &cue)?;
    let source = source::find(view, &cue, &content);
    Some(Found { cue, content, source })
}

/// "declined to say whether": the inner cue withholds, the refusal adds no step to the chain.
fn drop_empty_refusals(view: &View<'_>, found: &mut Vec<Found<'_>>) {
    let withheld: Vec<usize> = found
        .iter()
        .filter(|one| {
            one.cue.kind == Kind::Verb && stance::refused(view, &one.cue) && view.lexicon_set("withholders", one.cue.tokens.start)
        })
        .map(|one| one.cue.tokens.start)
        .collect();
    found.retain(|one| {
        !(view.lexicon_set("refusals", one.cue.tokens.start)
            && withheld.iter().any(|at| *at > one.cue.tokens.start && *at <= one.cue.tokens.end + 2))
    });
}

/// Whether a cue stands inside a speaker's quoted words and only turns a phrase of them ("you know", "I hope", "we need to say"):
/// there a link of its own needs a clause and somebody else who says it, or an opinion of his own that he denies.
fn own_words(view: &View<'_>, one: &Found<'_>) -> bool {
    if !view.quote(one.cue.head).is_some_and(|quote| quote.speech) {
        return false;
    }
    let reports = one.cue.takes(crate::lexicon::Takes::Quote) && matches!(one.content.shape, Shape::Clause | Shape::Quote);
    let Some((source, _)) = &one.source else { return one.cue.kind != Kind::Noun || one.content.shape != Shape::Clause };
    let talkers = source.len() == 1 && view.lexicon_set("talkers", source.start);
    match one.cue.kind {
        // "I don't think that": the speaker's own doubt.
        Kind::Verb | Kind::Adjective if talkers => {
            let doubts = one.cue.row.negated == Commitment::Doubted;
            stance::standing(view, &one.cue).negated_by.is_none() || doubts || !reports
        }
        Kind::Verb | Kind::Adjective => {
            let speaks = one.cue.row.speaker == Commitment::Certain && one.cue.row.reporter != Commitment::Certain;
            !(reports && speaks) && !one.cue.row.denial
        }
        _ => one.content.shape != Shape::Clause,
    }
}

/// "They will determine whether the dam leaks", "knows what it costs": a question that is settled, not an answer that is told.
fn finds_out(view: &View<'_>, one: &Found<'_>) -> bool {
    let question = one.content.shape == Shape::Clause
        && one.content.ranges.first().is_some_and(|range| view.lexicon_set("wh-words", range.start));
    question && one.cue.kind == Kind::Verb && view.lexicon_set("finders", one.cue.tokens.start)
}

/// Whether a cue with a mere noun phrase or infinitive is too loose to be anyone's word: no source, or a verb that is itself only
/// aimed at ("a force to defend the bloc", "trying to pressure the moderators").
fn loose(view: &View<'_>, one: &Found<'_>) -> bool {
    let to_say = one.source.is_none()
        && one.content.shape == Shape::Clause
        && !one.content.raised
        && view.tag(one.cue.tokens.start) == crate::text::Tag::Vb;
    if one.cue.kind == Kind::Verb && to_say && !stance::refused(view, &one.cue) {
        return true;
    }
    if !matches!(one.cue.kind, Kind::Verb | Kind::Adjective)
        || matches!(one.content.shape, Shape::Clause | Shape::Quote)
        || one.content.raised
    {
        return false;
    }
    let verb = one.cue.tokens.start;
    let aimed = view.tag(verb) == crate::text::Tag::Vb && (verb.saturating_sub(2)..verb).any(|i| view.form(i) == view.word.to);
    let hollow = view.lexicon_set("document-verbs", verb)
        && one.content.shape == Shape::Phrase
        && !one.source.as_ref().is_some_and(|(range, _)| range.clone().any(|i| view.lexicon_set("headline-sources", i)));
    one.source.is_none() || aimed && !one.cue.row.denial || hollow
}

/// "said in a statement that": the noun is part of how it was said, where a verb governs the same clause.
fn drop_doubles(found: &mut Vec<Found<'_>>) {
    let starts: Vec<usize> = found
        .iter()
        .filter(|one| one.cue.kind == Kind::Verb)
        .filter_map(|one| one.content.ranges.first().map(|r| r.start))
        .collect();
    found.retain(|one| one.cue.kind != Kind::Noun || !one.content.ranges.first().is_some_and(|r| starts.contains(&r.start)));
}

/// "said she hopes to win": what the speaker wishes, backs or faults inside his own report is part of the report.
fn drop_inner_wishes<'a>(view: &View<'_>, found: &mut Vec<Found<'a>>) -> Vec<Found<'a>> {
    let outer: Vec<(usize, Vec<Range<usize>>)> = found
        .iter()
        .filter(|one| one.cue.takes(crate::lexicon::Takes::Quote) && matches!(one.content.shape, Shape::Clause | Shape::Quote))
        .map(|one| (one.cue.head, one.content.ranges.clone()))
        .collect();
    take(found, |one| {
        let inner = outer.iter().any(|(head, ranges)| *head != one.cue.head && ranges.iter().any(|r| r.contains(&one.cue.head)));
        let wish = matches!(one.content.shape, Shape::Infinitive | Shape::Phrase | Shape::Gerund | Shape::Predication)
            && one.cue.row.speaker != Commitment::Refuted;
        let knows = one.cue.row.reporter == Commitment::Certain
            && one.cue.row.speaker == Commitment::Certain
            && view.lexicon_set("factives", one.cue.tokens.start)
            && one.source.as_ref().is_some_and(|(range, _)| range.len() == 1 && view.pos(range.start) == crate::text::Pos::Pron);
        if inner && knows {
            return true;
        }
        let falsity = one.content.ranges.iter().any(|r| r.clone().any(|i| view.lexicon_set("falsity", i)));
        let promise = one.content.shape == Shape::Infinitive && one.cue.row.speaker == Commitment::Certain;
        let fact = one.content.shape == Shape::Phrase && one.cue.row.reporter == Commitment::Certain;
        inner && wish && !falsity && !promise && !fact
    })
}

fn link(view: &View<'_>, found: &Found<'_>) -> Option<Link> {
    let source = found.source.as_ref().map(|(range, _)| view.trimmed(range.clone())).filter(|range| !range.is_empty());
    let content = pieces(view, &found.content.ranges, &found.cue.tokens, source.as_ref());
    if content.is_empty() {
        return None;
    }
    let mut link = Link {
        source: source.as_ref().and_then(|range| mention_of(view, range)),
        mention: source.as_ref().map(|range| view.span(range.clone())),
        cue: found.cue.tokens.start as u32..found.cue.tokens.end as u32,
        cue_lemma: found.cue.lemma,
        quote: quote_kind(view, &content),
        content: content.iter().map(|range| view.span(range.clone())).collect(),
        found_by: found.source.as_ref().map_or(FoundBy::Unnamed, |(_, by)| *by),
        ..Link::default()
    };
    stance::apply(view, &found.cue, found.content.shape == Shape::Infinitive, source.is_some(), &mut link);
    if found.content.shape == Shape::Predication
        && content.iter().any(|range| range.clone().any(|i| view.lexicon_set("falsity", i)))
    {
        link.denial = link.negated_by.is_none() && !link.unasserted;
    }
    if found.cue.row.denial && found.content.shape == Shape::Quote && found.content.fronted {
        // "“We never met,” he retorted" and "“…,” she disputed": the quotation is what the denier says himself.
        link.speaker = Commitment::Certain;
    }
    Some(link)
}

fn speech_link(view: &View<'_>, speech: &quote::Speech) -> Option<Link> {
    let source = speech.source.as_ref().map(|range| view.trimmed(range.clone())).filter(|range| !range.is_empty());
    let content = pieces(view, &speech.content, &speech.cue, source.as_ref());
    if content.is_empty() {
        return None;
    }
    Some(Link {
        source: source.as_ref().and_then(|range| mention_of(view, range)),
        mention: source.as_ref().map(|range| view.span(range.clone())),
        cue: speech.cue.start as u32..speech.cue.end as u32,
        cue_lemma: if speech.cue.is_empty() { Sym::default() } else { view.lemma(speech.cue.start) },
        quote: quote_kind(view, &content),
        content: content.iter().map(|range| view.span(range.clone())).collect(),
        speaker: Commitment::Certain,
        found_by: speech.found_by,
        ..Link::default()
    })
}

/// Content pieces in order, without the cue and the source where these stand inside, merged where they touch.
fn pieces(view: &View<'_>, ranges: &[Range<usize>], cue: &Range<usize>, source: Option<&Range<usize>>) -> Vec<Range<usize>> {
    let mut all: Vec<Range<usize>> = ranges.iter().filter(|r| r.start < r.end).cloned().collect();
    for hole in [Some(cue), source].into_iter().flatten().filter(|hole| !hole.is_empty()) {
        all = all
            .into_iter()
            .flat_map(|r| {
                if hole.start < r.end && r.start < hole.end {
                    [r.start..hole.start.max(r.start), hole.end.min(r.end)..r.end]
                } else {
                    [r.clone(), r.end..r.end]
                }
            })
            .filter(|r| r.start < r.end)
            .collect();
    }
    all.sort_by_key(|r| (r.start, r.end));
    let mut merged: Vec<Range<usize>> = Vec::new();
    for range in all {
        match merged.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged.into_iter().map(|r| view.trimmed(r)).filter(|r| r.clone().any(|i| !view.is_punct(i))).collect()
}

/// The mention that a source's words name: the one that holds its head, else the largest inside.
fn mention_of(view: &View<'_>, range: &Range<usize>) -> Option<u32> {
    let head = range.clone().find(|i| !range.contains(&view.head(*i)) || view.head(*i) == *i && view.parsed(*i));
    let holds =
        |m: &Mention| head.is_some_and(|head| (m.first as usize..m.end as usize).contains(&head)) && view.parsed(range.start);
    let inside = |m: &Mention| (m.first as usize) < range.end && range.start < m.end as usize;
    let best = view.mentions.iter().enumerate().filter(|(_, m)| inside(m)).max_by_key(|(at, m)| {
        (holds(m), range.contains(&(m.head as usize)), std::cmp::Reverse(m.first), m.end - m.first, std::cmp::Reverse(*at))
    })?;
    u32::try_from(best.0).ok()
}

fn quote_kind(view: &View<'_>, content: &[Range<usize>]) -> QuoteKind {
    let words = content.iter().flat_map(|r| r.clone()).filter(|i| !view.is_punct(*i));
    let (inside, all) = words.fold((0, 0), |(inside, all), i| (inside + usize::from(view.quote_number(i).is_some()), all + 1));
    match inside {
        0 => QuoteKind::Indirect,
        _ if inside == all => QuoteKind::Direct,
        _ => QuoteKind::Mixed,
    }
}

/// The span of a link's cue; `None` for a quotation without one.
pub fn cue_span(document: &Document, link: &Link) -> Option<Span> {
    (!link.cue.is_empty()).then(|| document.span(link.cue.start as usize..link.cue.end as usize))
}
