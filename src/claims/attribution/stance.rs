//! Cue in its clause → whether it is itself told: negated, asked, conditional, withholding, denying.

use super::cue::{Cue, Kind};
use super::view::View;
use crate::claims::{Commitment, Link};
use crate::text::{Pos, Rel, Tag};

/// How the cue itself stands.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Standing {
    /// The token that negates it.
    pub negated_by: Option<usize>,
    /// Asked, conditional or not yet done.
    pub unasserted: bool,
    /// The source keeps the content back.
    pub withholds: bool,
}

/// Works out how a cue stands in its clause.
pub(super) fn standing(view: &View<'_>, cue: &Cue<'_>) -> Standing {
    let mut standing = Standing::default();
    if matches!(cue.kind, Kind::Preposition | Kind::Adverb) {
        return standing;
    }
    if cue.kind == Kind::Noun {
        standing.negated_by = (cue.tokens.start.saturating_sub(2)..cue.tokens.start)
            .find(|i| view.lexicon_set("no-determiners", *i) && view.sentence(*i).contains(&cue.head));
        return standing;
    }
    standing.negated_by = negator(view, cue);
    let withholder = view.lexicon_set("withholders", cue.tokens.start);
    standing.withholds = withholder && (standing.negated_by.is_some() || refused(view, cue));
    standing.unasserted = conditional(view, cue) || asked(view, cue);
    if refused(view, cue) && !standing.withholds && withholder {
        standing.withholds = true;
    }
    standing
}

/// Fills the stance fields of a link.
pub(super) fn apply(view: &View<'_>, cue: &Cue<'_>, to_clause: bool, named: bool, link: &mut Link) {
    let standing = standing(view, cue);
    let refused = cue.kind == Kind::Verb && refused(view, cue);
    link.negated_by = standing.negated_by.map(|at| at as u32);
    link.unasserted = standing.unasserted;
    link.withholds = standing.withholds;
    let told = standing.negated_by.is_none() && !standing.unasserted && !standing.withholds && !refused;
    let (speaker, reporter) = if cue.kind == Kind::Noun && to_clause {
        (Commitment::None, Commitment::None)
    } else {
        (cue.row.speaker, cue.row.reporter)
    };
    link.denial = cue.row.denial && told;
    link.speaker = if told {
        speaker
    } else if standing.withholds {
        Commitment::None
    } else {
        cue.row.negated
    };
    link.reporter = match (told, named) {
        (true, true) => reporter,
        // "It is believed that": nobody else stands for it.
        (true, false) if reporter == Commitment::None && speaker != Commitment::Refuted => speaker.max(Commitment::Probable),
        (true, false) => reporter,
        // What is known, noticed or forgotten is so, whether or not anyone does.
        (false, _) if view.lexicon_set("factives", cue.tokens.start) => reporter,
        (false, _) => Commitment::None,
    };
}

/// The negator that stands on the cue: in its own verb group, or on the verb that it is coordinated with under "neither".
fn negator(view: &View<'_>, cue: &Cue<'_>) -> Option<usize> {
    let verb = cue.tokens.start;
    let sentence = view.sentence(verb);
    let mut at = verb;
    while at > sentence.start {
        at -= 1;
        let negates = view.lexicon.negators.longest_at(view.tokens, at).is_some_and(|(length, _)| length == 1);
        let spared = view.lexicon.not_negators.longest_at(view.tokens, at).is_some();
        if negates && !spared && view.pos(at) != Pos::Noun && view.pos(at) != Pos::Adp {
            return Some(at);
        }
        let group = matches!(view.pos(at), Pos::Aux | Pos::Adv | Pos::Part)
            || view.tag(at) == Tag::Md
            || view.form(at) == view.word.have
            || view.lexicon_set("light-auxiliaries", at);
        if group {
            continue;
        }
        // "neither confirmed nor denied"; "did not confirm or deny".
        let joined = view.form(at) == view.word.nor || view.form(at) == view.word.or;
        if joined && at > sentence.start && view.is_verb(at - 1) {
            let before = Cue { tokens: at - 1..at, head: at - 1, ..cue.clone() };
            return negator(view, &before).or((view.form(at) == view.word.nor).then_some(at));
        }
        // Its subject: "No official said", "nobody believes".
        let start = view.noun_phrase_start(at + 1, sentence.start)?;
        return (start..=at).take(2).find(|i| view.lexicon_set("no-determiners", *i));
    }
    None
}

/// "declined to confirm", "refused to say": a refusal on the cue.
pub(super) fn refused(view: &View<'_>, cue: &Cue<'_>) -> bool {
    let verb = cue.tokens.start;
    verb >= 2 && view.form(verb - 1) == view.word.to && view.lexicon_set("refusals", verb - 2)
        || verb >= 3
            && view.form(verb - 2) == view.word.to
            && view.pos(verb - 1) == Pos::Adv
            && view.lexicon_set("refusals", verb - 3)
}

/// "If he says", "unless they confirm", "would say".
fn conditional(view: &View<'_>, cue: &Cue<'_>) -> bool {
    let verb = cue.tokens.start;
    let sentence = view.sentence(verb);
    let mark = |at: usize| view.lexicon.conditionals.longest_at(view.tokens, at).is_some() && view.pos(at) != Pos::Noun;
    if view.parsed(verb) && view.kids(cue.head).any(|kid| kid < verb && view.rel(kid) == Rel::Mark && mark(kid)) {
        return true;
    }
    let mut at = verb;
    while at > sentence.start && verb - at < 12 {
        at -= 1;
        if view.is_punct(at) || view.is_finite(at) && view.pos(at) == Pos::Verb {
            return false;
        }
        if mark(at) {
            return true;
        }
    }
    false
}

/// A question about the saying: "Did the minister say that …?", "Has she denied it?"
fn asked(view: &View<'_>, cue: &Cue<'_>) -> bool {
    let verb = cue.tokens.start;
    let sentence = view.sentence(verb);
    let mut last = sentence.end;
    while last > verb && (view.is_mark(last - 1) || view.form(last - 1) == view.word.close) {
        last -= 1;
    }
    let question = last > sentence.start && view.form(last - 1).as_str() == "?";
    if !question || view.quote_number(verb) != view.quote_number(last - 1) {
        return false;
    }
    // Only a fronted auxiliary or question word asks about the cue; "He asked: is it so?" asks about the content.
    let first = (sentence.start..verb).find(|i| !view.is_punct(*i));
    first.is_some_and(|i| {
        view.pos(i) == Pos::Aux || view.tag(i) == Tag::Md || matches!(view.tag(i), Tag::Wp | Tag::Wrb | Tag::Wdt)
    })
}
