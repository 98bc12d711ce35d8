//! Denials that leave what is told as it is: of a condition, of something that only now begins, of another degree, of how something is said.

use super::Context;
use crate::claims::Effect;
use crate::conflicts::align;
use crate::conflicts::facts::{Fact, Slot};
use crate::conflicts::gates::{Gate, Stop};
use crate::text::{Pos, Rel, Tag, Token};

/// Lets a pair pass of which one side denies what the other tells.
///
/// # Errors
/// The gate that stops them.
pub fn judge(cx: &Context, denial: &Fact, told: &Fact) -> Result<(), Stop> {
    if without_which(cx, denial) {
        return Err(Stop::at(Gate::Modality, "a condition"));
    }
    if supposed(cx, denial) || supposed(cx, told) {
        return Err(Stop::at(Gate::Modality, "a condition"));
    }
    if in_a_way(cx, denial) && !in_a_way(cx, told) {
        return Err(Stop::at(Gate::Participants, "the way is denied, and not the deed"));
    }
    if begins(cx, told) {
        return Err(Stop::at(Gate::NotOpposed, "it was not so before"));
    }
    if more_or_less(cx, denial) != more_or_less(cx, told) {
        return Err(Stop::at(Gate::Participants, "one side compares"));
    }
    // "They refuse to listen, Kell said in a statement", cut off: the subject of a verb without object is often taken for one.
    let says = |fact: &Fact| {
        let subject = fact.role(Slot::Subject).map(|role| role.head);
        let object = fact.role(Slot::Object).map(|role| role.head);
        let telling = fact.event.is_some_and(|event| cx.facts.lexicon.cues.word(event.lemma).is_some());
        telling && object.is_some() && (align::no_object(fact) || object == subject)
    };
    if denial.reading == told.reading && says(denial) && says(told) {
        return Err(Stop::at(Gate::NotAClaim, "it only says that something is said"));
    }
    Ok(())
}

fn tokens<'a>(cx: &'a Context, fact: &Fact) -> &'a [Token] {
    &cx.facts.document(fact).tokens
}

/// "Growth without reform would falter": nobody says that there is no reform.
fn without_which(cx: &Context, denial: &Fact) -> bool {
    let tokens = tokens(cx, denial);
    let claim = cx.facts.claim(denial);
    let preposition =
        |at: &u32| tokens.get(*at as usize).is_some_and(|t| t.pos == Pos::Adp || t.rel == Rel::Case || t.rel == Rel::Mark);
    let mut negators = claim.operators.iter().filter(|o| o.effect == Effect::Negates).flat_map(|o| &o.tokens);
    if !negators.any(preposition) {
        return false;
    }
    let above = |at: u32| tokens.get(at as usize).map(|t| t.head).filter(|head| *head != at);
    let mut line = std::iter::successors(Some(claim.predicate), |at| above(*at)).skip(1).take(4);
    line.any(|at| tokens.iter().any(|t| t.head == at && t.rel == Rel::Aux && t.tag == Tag::Md))
}

/// "If she had any intention of leaving, she would have left": a noun in a clause of condition tells nothing either.
fn supposed(cx: &Context, fact: &Fact) -> bool {
    let tokens = tokens(cx, fact);
    let above = |at: u32| tokens.get(at as usize).map(|t| t.head).filter(|head| *head != at);
    let conditional = |t: &Token| t.rel == Rel::Mark && cx.facts.lexicon.conditionals.word(t.form).is_some();
    let mut line = std::iter::successors(Some(cx.facts.claim(fact).predicate), |at| above(*at)).take(6);
    line.any(|at| tokens.iter().any(|t| t.head == at && conditional(t)))
}

/// "Did not react as if it mattered".
fn in_a_way(cx: &Context, fact: &Fact) -> bool {
    let tokens = tokens(cx, fact);
    let Some(event) = fact.event.map(|event| event.token) else { return false };
    let marked =
        |t: &Token| t.rel == Rel::Mark && cx.facts.lexicon.set("way-words").is_some_and(|set| set.word(t.form).is_some());
    let clause = |at: u32| tokens.iter().any(|t| t.head == at && marked(t));
    (0u32..).zip(tokens).any(|(at, t)| t.head == event && matches!(t.rel, Rel::Advcl | Rel::Ccomp) && clause(at))
}

/// "I am starting to like it" ends "I did not like it".
fn begins(cx: &Context, told: &Fact) -> bool {
    let tokens = tokens(cx, told);
    let verb = tokens.get(cx.facts.claim(told).predicate as usize);
    let above = verb.filter(|t| t.rel == Rel::Xcomp).and_then(|t| tokens.get(t.head as usize));
    above.is_some_and(|t| cx.facts.lexicon.set("beginning-verbs").is_some_and(|set| set.word(t.lemma).is_some()))
}

/// "Better than some" and "not good": a comparison on one side alone.
fn more_or_less(cx: &Context, fact: &Fact) -> bool {
    fact.event.and_then(|event| tokens(cx, fact).get(event.token as usize)).is_some_and(|t| matches!(t.tag, Tag::Jjr | Tag::Rbr))
}
