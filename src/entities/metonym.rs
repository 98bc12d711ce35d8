//! Capitals and seats: where "Moscow" stands for its government, and where it only says where.

use crate::claims::{Mention, MentionForm};
use crate::lexicon::Lexicon;
use crate::text::{Document, Pos, Shape};

/// The id of the declared entity that a name stands for at this place, if it is a metonym used as one.
pub(super) fn stands_for<'l>(mention: &Mention, document: &Document, lexicon: &'l Lexicon) -> Option<&'l str> {
    if mention.form != MentionForm::Name {
        return None;
    }
    let first = mention.first as usize;
    let end = mention.end as usize;
    let (len, entity) = lexicon.metonyms.longest_at(document.tokens.get(..end)?, first)?;
    (first + len == end && !is_location(document, lexicon, first, end)).then_some(entity.as_str())
}

fn is_location(document: &Document, lexicon: &Lexicon, first: usize, end: usize) -> bool {
    let tokens = &document.tokens;
    let Some(sentence) = document.sentence_of(first as u32).map(|s| &document.sentences[s]) else { return false };
    let has = |set: &str, at: usize| {
        tokens.get(at).is_some_and(|t| lexicon.set(set).is_some_and(|s| s.word(t.form).is_some() || s.word(t.lemma).is_some()))
    };
    // "in Moscow", "outside central Kyiv", "in Paris and London"
    let mut before = first;
    while before > sentence.first as usize {
        let token = &tokens[before - 1];
        let listed = token.pos == Pos::Cconj && before >= 2 && tokens[before - 2].pos == Pos::Propn;
        match token.pos {
            Pos::Det | Pos::Adj => before -= 1,
            _ if listed => before -= 2,
            _ => break,
        }
    }
    let preposition = before.checked_sub(1).filter(|at| *at >= sentence.first as usize);
    if let Some(at) = preposition {
        if has("place-only prepositions", at) {
            return true;
        }
        // "flew to Moscow" against "concessions to Moscow"
        if has("place prepositions", at) {
            let moved = (at.saturating_sub(4).max(sentence.first as usize)..at).any(|i| has("motion", i));
            return moved;
        }
    }
    // A dateline: "MOSCOW (Agency) -", or a line that says nothing else.
    let follows = tokens.get(end).filter(|_| end < sentence.end as usize);
    let starts = first == sentence.first as usize;
    let dateline = starts && follows.is_some_and(|t| t.shape == Shape::Mark && t.form.as_str() == "(");
    // "Moscow, Idaho", "Paris, France"
    let within = follows.is_some_and(|t| t.form.as_str() == ",")
        && tokens.get(end + 1).is_some_and(|t| {
            matches!(t.shape, Shape::Title | Shape::Upper)
                && lexicon.named.word(t.form).is_some_and(|row| row.kind == crate::claims::EntityKind::State && !row.adjective)
        });
    let bare = !(sentence.first..sentence.end).any(|at| matches!(tokens[at as usize].pos, Pos::Verb | Pos::Aux));
    // "the Moscow region", "the Moscow-based firm"
    let region = follows.is_some_and(|t| t.form.as_str() == "-" && tokens.get(end + 1).is_some_and(|n| n.form.is("based")))
        || follows.is_some() && has("places", end);
    dateline || within || bare && starts && sentence.end - sentence.first <= 8 || region
}
