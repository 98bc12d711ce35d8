//! Quotations that no cue of the lexicon claimed: colons, speaker labels, unknown verbs, continued and neighbouring speech.

use super::cue::{Cue, Kind};
use super::edge::{Walk, end_of, limit};
use super::source;
use super::view::View;
use crate::claims::{EntityKind, FoundBy};
use crate::text::{Line, Pos, Quote, Shape};
use std::ops::Range;

/// A quotation or labelled line with its speaker.
#[derive(Clone, Debug)]
pub(super) struct Speech {
    /// Empty where there is no cue.
    pub cue: Range<usize>,
    pub content: Vec<Range<usize>>,
    pub source: Option<Range<usize>>,
    pub found_by: FoundBy,
}

/// What is already attributed, as the passes here need it.
pub(super) trait Attributed {
    fn content(&self) -> &[Range<usize>];
    fn extend(&mut self, range: Range<usize>);
    fn cue(&self) -> Range<usize>;
    fn source(&self) -> Option<Range<usize>>;
    fn reports(&self) -> bool;
    /// Whether its content is denied: what its speaker says next is not part of that.
    fn denies(&self) -> bool;
}

/// With its marks, as tokens.
pub(super) fn marked(view: &View<'_>, quote: &Quote) -> Range<usize> {
    let first = quote.first as usize;
    let open = first.saturating_sub(1);
    let start = if view.token(open).is_some_and(|t| t.span.start == quote.span.start) { open } else { first };
    let end = quote.end as usize
        + usize::from(quote.closed && view.token(quote.end as usize).is_some_and(|t| t.span.end == quote.span.end));
    start..end.max(start)
}

/// Adds what follows the first piece of a quotation, and returns the speech that has no cue yet.
pub(super) fn leftovers<A: Attributed>(view: &View<'_>, found: &mut [A]) -> Vec<Speech> {
    let mut speeches: Vec<Speech> = Vec::new();
    for quote in &view.document.quotes {
        let here = marked(view, quote);
        if here.is_empty() {
            continue;
        }
        let covered = |pieces: &[Range<usize>]| pieces.iter().any(|piece| piece.start < here.end && here.start < piece.end);
        // What a speaker quotes or thinks inside his own words leaves these words to be attributed.
        let outside = |one: &A| !(here.start < one.cue().start && one.cue().end < here.end);
        if found.iter().any(|one| outside(one) && covered(one.content())) || speeches.iter().any(|one| covered(&one.content)) {
            continue;
        }
        let opens_sentence = (view.sentence(here.start).start..here.start).all(|i| view.is_punct(i));
        if quote.continues || quote.speech && opens_sentence {
            if continue_same(view, found, &mut speeches, &here, quote.continues) {
                continue;
            }
        }
        if !quote.speech {
            continue;
        }
        let speech = after_colon(view, &here).or_else(|| signed(view, &here)).or_else(|| unknown_verb(view, &here));
        let speech = speech.or_else(|| {
            opens_sentence.then(|| continued(view, found, &speeches, &here).or_else(|| neighbour(view, found, &here))).flatten()
        });
        speeches.extend(speech);
    }
    speeches
}

/// "“A,” X said. “B.”": B belongs to the same saying; so does a paragraph that opens with a mark after one left open.
fn continue_same<A: Attributed>(
    view: &View<'_>,
    found: &mut [A],
    speeches: &mut [Speech],
    here: &Range<usize>,
    continues: bool,
) -> bool {
    let end = |pieces: &[Range<usize>]| pieces.iter().map(|p| p.end).max().unwrap_or(0);
    let last = found
        .iter_mut()
        .filter(|one| one.reports() && one.content().iter().any(|p| p.start < here.start) && end(one.content()) <= here.start)
        .max_by_key(|one| end(one.content()).max(one.cue().end));
    let last_speech = speeches.iter_mut().filter(|one| end(&one.content) <= here.start).max_by_key(|one| end(&one.content));
    let near = |from: usize| {
        let same_paragraph = view.paragraph(from.saturating_sub(1)) == view.paragraph(here.start);
        let next_sentence = !(view.sentence(from.saturating_sub(1)).end..here.start).any(|i| !view.is_punct(i));
        next_sentence && (same_paragraph || continues)
    };
    if let Some(one) = last {
        let quoted = one.content().iter().any(|piece| piece.clone().any(|i| view.quote(i).is_some_and(|q| q.speech)));
        let from = end(one.content()).max(one.cue().end);
        if !one.denies()
            && (quoted || !continues)
            && near(from)
            && last_speech.as_ref().is_none_or(|speech| end(&speech.content) < from)
        {
            one.extend(here.clone());
            return true;
        }
    }
    if let Some(one) = last_speech {
        let from = end(&one.content);
        if near(from) {
            one.content.push(here.clone());
            return true;
        }
    }
    false
}

/// "“…” — Ana Marin" at the end of a line.
fn signed(view: &View<'_>, here: &Range<usize>) -> Option<Speech> {
    let dash = Some(here.end).filter(|i| view.is_dash(*i) && view.paragraph(*i) == view.paragraph(here.start))?;
    let limit = view.sentence(dash).end;
    let end = view.noun_phrase_end(dash + 1, limit)?;
    let over = end >= limit || view.form(end) == view.word.period || view.is_comma(end);
    let name = view.pos(dash + 1) == Pos::Propn;
    (over && name).then(|| Speech {
        cue: dash..dash + 1,
        content: vec![here.clone()],
        source: Some(dash + 1..end),
        found_by: FoundBy::Inverted,
    })
}

/// "X put it this way: “…”"
fn after_colon(view: &View<'_>, here: &Range<usize>) -> Option<Speech> {
    let colon = here.start.checked_sub(1).filter(|i| view.form(*i) == view.word.colon)?;
    let sentence = view.sentence(colon);
    let verb = (sentence.start..colon).find(|i| view.is_finite(*i) && view.quote_number(*i).is_none());
    let source = match verb {
        Some(verb) => {
            let main = (verb..colon).take(4).find(|i| view.pos(*i) == Pos::Verb).unwrap_or(verb);
            source::subject(view, main, 0)
        }
        None => view.noun_phrase_start(colon, sentence.start).map(|start| start..colon),
    };
    let source = source?;
    Some(Speech { cue: colon..colon + 1, content: vec![here.clone()], source: Some(source), found_by: FoundBy::Subject })
}

/// "“…,” X deadpanned." and "X deadpanned, “…”" with a verb that the lexicon does not list.
fn unknown_verb(view: &View<'_>, here: &Range<usize>) -> Option<Speech> {
    let sentence_end = view.sentence(here.end.min(view.tokens.len().saturating_sub(1))).end;
    let last = (here.start..here.end).rev().find(|i| !view.is_mark(*i))?;
    let open_end = view.is_comma(last) || view.is_comma(here.end) || matches!(view.form(last).as_str(), "?" | "!");
    if open_end && here.end < sentence_end {
        let start = if view.is_comma(here.end) { here.end + 1 } else { here.end };
        if let Some(end) = view.long_noun_phrase_end(start, sentence_end) {
            let verb = (end..sentence_end.min(end + 3)).find(|i| view.is_finite(*i) && view.pos(*i) == Pos::Verb);
            if let Some(verb) = verb.filter(|verb| !(end..*verb).any(|i| view.is_punct(i))) {
                return Some(Speech {
                    cue: verb..verb + 1,
                    content: vec![here.clone()],
                    source: Some(start..end),
                    found_by: FoundBy::Subject,
                });
            }
        }
    }
    let comma = here.start.checked_sub(1).filter(|i| view.is_comma(*i))?;
    let sentence = view.sentence(comma);
    let verb = (sentence.start..comma).rev().find(|i| view.pos(*i) == Pos::Verb && view.quote_number(*i).is_none())?;
    let source = source::subject(view, verb, 0)?;
    (comma - verb < 10 && source.end <= verb).then(|| Speech {
        cue: verb..verb + 1,
        content: vec![here.clone()],
        source: Some(source),
        found_by: FoundBy::Subject,
    })
}

/// A paragraph that is all quotation, after one that ended in the words of a speaker: he goes on.
fn continued<A: Attributed>(view: &View<'_>, found: &[A], speeches: &[Speech], here: &Range<usize>) -> Option<Speech> {
    let paragraph = view.paragraph(here.start)?;
    let previous = |range: &Range<usize>| {
        range.end <= here.start
            && view.paragraph(range.end.saturating_sub(1)).is_some_and(|p| p + 1 == paragraph || p == paragraph)
    };
    let quoted = |pieces: &[Range<usize>]| pieces.iter().any(|p| p.clone().any(|i| view.quote(i).is_some_and(|q| q.speech)));
    let one = found
        .iter()
        .filter(|one| one.reports() && quoted(one.content()) && one.content().last().is_some_and(previous))
        .max_by_key(|one| one.content().last().map(|p| p.end));
    let other = speeches
        .iter()
        .filter(|one| one.content.last().is_some_and(previous))
        .max_by_key(|one| one.content.last().map(|p| p.end));
    let source = match (one, other) {
        (Some(one), Some(other)) if other.content.last().map(|p| p.end) > one.content().last().map(|p| p.end) => {
            other.source.clone()
        }
        (Some(one), _) => one.source(),
        (None, Some(other)) => other.source.clone(),
        (None, None) => None,
    }?;
    Some(Speech { cue: here.start..here.start, content: vec![here.clone()], source: Some(source), found_by: FoundBy::Continued })
}

/// The sentence before, else after, in the same paragraph names one person as its subject.
fn neighbour<A: Attributed>(view: &View<'_>, found: &[A], here: &Range<usize>) -> Option<Speech> {
    let number = view.document.sentence_of(here.start as u32)?;
    let last = view.document.sentence_of(here.end.saturating_sub(1) as u32)?;
    let paragraph = view.document.sentences[number].paragraph;
    let beside = [number.checked_sub(1), Some(last + 1)];
    for sentence in
        beside.into_iter().flatten().filter_map(|i| view.document.sentences.get(i)).filter(|s| s.paragraph == paragraph)
    {
        let range = sentence.range();
        if let Some(one) = found.iter().find(|one| range.contains(&one.cue().start) && one.reports()) {
            if let Some(source) = one.source() {
                return Some(Speech {
                    cue: here.start..here.start,
                    content: vec![here.clone()],
                    source: Some(source),
                    found_by: FoundBy::Neighbour,
                });
            }
        }
        let people: Vec<_> = view
            .mentions
            .iter()
            .filter(|m| {
                range.contains(&(m.head as usize)) && m.kind == EntityKind::Person && view.quote_number(m.head as usize).is_none()
            })
            .collect();
        if let [one] = people[..] {
            return Some(Speech {
                cue: here.start..here.start,
                content: vec![here.clone()],
                source: Some(one.first as usize..one.end as usize),
                found_by: FoundBy::Neighbour,
            });
        }
    }
    None
}

/// "Lavrov: talks will continue" as a headline, "WALLACE: Will he be there?" in a transcript.
pub(super) fn labels(view: &View<'_>) -> Vec<Speech> {
    let mut speeches = Vec::new();
    let sentences = &view.document.sentences;
    for (number, sentence) in sentences.iter().enumerate() {
        let opens =
            number == 0 || sentences[number - 1].paragraph != sentence.paragraph || sentences[number - 1].kind != sentence.kind;
        let range = sentence.range();
        let first = range.clone().find(|i| !view.is_punct(*i)).unwrap_or(range.start);
        let Some(colon) = (first..range.end.min(first + 8)).find(|i| view.form(*i) == view.word.colon).filter(|_| opens) else {
            continue;
        };
        let alone = sentences.get(number + 1).is_none_or(|next| next.paragraph != sentence.paragraph);
        let headline = sentence.kind == Line::Headline || number == 0 && alone && sentences.len() > 1;
        let name = (first..colon).all(|i| {
            matches!(view.pos(i), Pos::Propn | Pos::Punct)
                || view.token(i).is_some_and(|t| matches!(t.shape, Shape::Title | Shape::Upper | Shape::Mixed))
        });
        if colon == first || view.noun_phrase_end(first, colon) != Some(colon) && !name {
            continue;
        }
        let label = view.lexicon_set("headline-labels", first);
        let known = (first..colon).any(|i| view.lexicon_set("headline-sources", i))
            || view.lexicon.titles.longest_at(view.tokens, first).is_some();
        if label || !name && !(headline && known) || !headline && colon - first > 4 {
            continue;
        }
        let mut end = range.end;
        if headline {
            let cue = Cue {
                tokens: colon..colon + 1,
                head: colon,
                kind: Kind::Preposition,
                row: match view.lexicon.cues.word(crate::base::Sym::new("say")) {
                    Some(row) => row,
                    None => continue,
                },
                lemma: view.word.colon,
            };
            end = end_of(view, &cue, colon + 1, Walk::Clause).max(limit(view, colon));
        } else {
            for later in &sentences[number + 1..] {
                if later.paragraph != sentence.paragraph {
                    break;
                }
                end = later.range().end;
            }
        }
        if colon + 1 < end {
            speeches.push(Speech {
                cue: colon..colon + 1,
                content: vec![colon + 1..end],
                source: Some(first..colon),
                found_by: FoundBy::Subject,
            });
        }
    }
    speeches
}
