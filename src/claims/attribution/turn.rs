//! Cues inside a speaker's own words that open no link of their own ("“We hope to agree,” X said"): what they leave of their content.
//!
//! Nobody else speaks there, so the chain stays as it is; but a wish, a plan or a doubt is as little asserted as if it had a link.

use super::content::Shape;
use super::view::View;
use super::{Found, pieces, stance};
use crate::base::Span;
use crate::claims::{Commitment, Link, Modality};
use crate::lexicon::Takes;
use crate::text::Tag;
use std::ops::Range;

/// A cue that only colours what its speaker goes on to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    /// Tokens of the cue.
    pub cue: Range<u32>,
    /// The token that negates the cue.
    pub negated_by: Option<u32>,
    /// All that it governs, in order.
    pub content: Vec<Span>,
    /// What it leaves of its content for whoever speaks, negation and question of the cue already folded in.
    pub value: Commitment,
    /// How its content is told, where the cue says so.
    pub modality: Option<Modality>,
}

impl Turn {
    /// Whether it governs the words at `span`.
    pub fn governs(&self, span: Span) -> bool {
        self.content.iter().any(|piece| piece.contains(span))
    }

    /// Bytes of what it governs.
    pub fn size(&self) -> usize {
        self.content.iter().map(|piece| piece.len()).sum()
    }
}

/// What a cue without a link leaves of its content; `None` where that is as firm as without it.
pub(super) fn of(view: &View<'_>, found: &Found<'_>) -> Option<Turn> {
    if found.content.shape == Shape::Infinitive && colours(view, found) {
        return None;
    }
    let source = found.source.as_ref().map(|(range, _)| view.trimmed(range.clone()));
    let mut link = Link::default();
    stance::apply(view, &found.cue, found.content.shape == Shape::Infinitive, source.is_some(), &mut link);
    // A wish of his own is the speaker's; what others think or wish is theirs, and he only tells of it.
    let own = source.as_ref().is_none_or(|range| of_the_speaker(view, range));
    let modality = found.cue.row.modality;
    let kept = own || modality.is_some() || link.speaker == Commitment::Certain;
    let value = match link.reporter {
        Commitment::Certain => Commitment::Certain, // what is known or noticed is so
        _ if kept => link.speaker,
        other => other,
    };
    if value == Commitment::Certain && modality.is_none() {
        return None;
    }
    let content = pieces(view, &found.content.ranges, &found.cue.tokens, source.as_ref());
    (!content.is_empty()).then(|| Turn {
        cue: found.cue.tokens.start as u32..found.cue.tokens.end as u32,
        negated_by: link.negated_by,
        content: content.iter().map(|range| view.span(range.clone())).collect(),
        value,
        modality,
    })
}

/// "“We hope to win,” she said", "she said she hopes to win": a pronoun for whoever speaks; inside his own words one of the first person.
fn of_the_speaker(view: &View<'_>, range: &Range<usize>) -> bool {
    let quoted = view.quote(range.start).is_some_and(|quote| quote.speech);
    view.lexicon_set("pronouns speaker", range.start) || range.len() == 1 && view.tag(range.start) == Tag::Prp && !quoted
}

/// "Has not agreed to sell", "want to be there": the clause reads these words by itself, negation included.
fn colours(view: &View<'_>, found: &Found<'_>) -> bool {
    let row = view.lexicon.implicatives.longest_at(view.tokens, found.cue.tokens.start).map(|(_, row)| row);
    row.is_some_and(|row| row.takes.is_empty() || row.takes.contains(&Takes::To))
}
