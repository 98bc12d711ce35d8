//! Tokens → cue occurrences: which words may introduce what someone says, thinks or wants.
//!
//! A cue here is a candidate; whether it governs anything is for `content`.

use super::view::View;
use crate::base::Sym;
use crate::claims::{Mention, MentionForm};
use crate::lexicon::{CueRow, Takes};
use crate::text::{Pos, Rel, Shape, Tag, Token};
use std::ops::Range;

/// What kind of word a cue is, and with it where its source and content stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// "said", "called for"
    Verb,
    /// "was sure"
    Adjective,
    /// "his claim that"
    Noun,
    /// "according to"
    Preposition,
    /// "reportedly"
    Adverb,
}

/// One candidate.
#[derive(Clone, Debug)]
pub(super) struct Cue<'a> {
    /// All its tokens.
    pub tokens: Range<usize>,
    /// The token that relations hang on.
    pub head: usize,
    pub kind: Kind,
    pub row: &'a CueRow,
    /// As the lexicon lists it.
    pub lemma: Sym,
}

impl Cue<'_> {
    /// Whether a complement of this kind makes it a cue. A row that names none takes what "say" and "claim" take.
    pub fn takes(&self, what: Takes) -> bool {
        let usual = || !matches!(what, Takes::Np | Takes::Pred | Takes::As | Takes::For | Takes::Of | Takes::At);
        if self.row.takes.is_empty() { usual() } else { self.row.takes.contains(&what) }
    }
}

/// All candidates in order of their first token.
pub(super) fn scan<'a>(view: &View<'a>) -> Vec<Cue<'a>> {
    let mut cues: Vec<Cue<'a>> = Vec::new();
    let mut at = 0;
    while at < view.tokens.len() {
        match cue_at(view, at) {
            Some(cue) => {
                at = cue.tokens.end.max(at + 1);
                cues.push(cue);
            }
            None => at += 1,
        }
    }
    cues
}

fn cue_at<'a>(view: &View<'a>, at: usize) -> Option<Cue<'a>> {
    if view.pos(at) == Pos::Aux || view.lexicon_set("state-verbs", at) {
        if let Some(cue) = adjective_cue(view, at) {
            return Some(cue);
        }
    }
    let Some((length, row)) = view.lexicon.cues.longest_at(view.tokens, at) else { return claim_noun(view, at) };
    if in_name(view, at) {
        return None;
    }
    let mut tokens = at..at + length;
    let lemma = lemma_of(view, view.tokens.get(tokens.clone())?);
    // "decide to" names the complement: its "to" opens the content.
    if length > 1 && view.form(at + length - 1) == view.word.to && view.tag(at + length) == Tag::Vb {
        tokens.end -= 1;
    }
    if length > 1 && view.lexicon_set("source-prepositions", at) {
        return Some(Cue { head: at, tokens, kind: Kind::Preposition, row, lemma });
    }
    let kind = match view.pos(at) {
        Pos::Verb => Kind::Verb,
        Pos::Noun if length == 1 => Kind::Noun,
        Pos::Adv if row.takes == [Takes::That] && length == 1 => Kind::Adverb,
        Pos::Adp if length == 1 && row.takes == [Takes::That] => Kind::Preposition,
        _ => return claim_noun(view, at),
    };
    if kind == Kind::Verb && is_modifier(view, at) {
        return None;
    }
    Some(Cue { head: at, tokens, kind, row, lemma })
}

/// "Hope Hicks", "Grant Thornton": part of a name of several words.
fn in_name(view: &View<'_>, at: usize) -> bool {
    let capital = view.token(at).is_some_and(|token| token.shape == Shape::Title) && !view.is_finite(at);
    let holds = |m: &&Mention| (m.first as usize..m.end as usize).contains(&at) && m.end - m.first > 1;
    capital && view.mentions.iter().filter(holds).any(|m| m.form == MentionForm::Name && m.name.contains(' '))
}

/// A noun that the lexicon lists among the claim nouns alone commits as "say" does.
fn claim_noun<'a>(view: &View<'a>, at: usize) -> Option<Cue<'a>> {
    if view.pos(at) != Pos::Noun {
        return None;
    }
    let (length, ()) = view.lexicon.claim_nouns.longest_at(view.tokens, at)?;
    let row = view.lexicon.cues.word(Sym::new("say"))?;
    let lemma = lemma_of(view, view.tokens.get(at..at + length)?);
    Some(Cue { head: at + length - 1, tokens: at..at + length, kind: Kind::Noun, row, lemma })
}

/// "is not sure", "remains confident": the lexicon lists these with "be".
fn adjective_cue<'a>(view: &View<'a>, at: usize) -> Option<Cue<'a>> {
    let limit = view.sentence(at).end;
    let skipped = |i: &usize| view.pos(*i) == Pos::Adv || view.pos(*i) == Pos::Part || view.pos(*i) == Pos::Aux;
    let head = (at + 1..limit.min(at + 6)).find(|i| !skipped(i))?;
    let mut window: Vec<Token> = vec![*view.token(at)?];
    window[0].lemma = view.word.be;
    window.extend(view.tokens.get(head..limit.min(head + 3))?);
    let (length, row) = view.lexicon.cues.longest_at(&window, 0)?;
    if length < 2 {
        return None;
    }
    let lemma = lemma_of(view, window.get(..length)?);
    Some(Cue { tokens: head..head + length - 1, head, kind: Kind::Adjective, row, lemma })
}

fn lemma_of(_view: &View<'_>, tokens: &[Token]) -> Sym {
    match tokens {
        [one] => one.lemma,
        _ => Sym::new(&tokens.iter().map(|t| t.lemma.as_str()).collect::<Vec<_>>().join(" ")),
    }
}

/// "the alleged plot", "a reported sighting": a participle that describes a noun says nothing by itself.
fn is_modifier(view: &View<'_>, at: usize) -> bool {
    if !matches!(view.tag(at), Tag::Vbn | Tag::Vbg) || at > 0 && (view.pos(at - 1) == Pos::Aux || view.is_punct(at - 1)) {
        return false;
    }
    let after_determiner = at > 0
        && (matches!(view.pos(at - 1), Pos::Det | Pos::Adj | Pos::Num)
            || matches!(view.tag(at - 1), Tag::PrpS | Tag::Pos | Tag::In));
    let amod = view.parsed(at) && view.rel(at) == Rel::Amod && view.head(at) > at;
    amod && view.tag(at) == Tag::Vbn
        || after_determiner && view.tag(at - 1) != Tag::In && view.is_nominal(at + 1) && view.tag(at + 1) != Tag::Prp
}
