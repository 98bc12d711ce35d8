//! "X is a Y": what a text says that something is. Read off the words, since parentheses behind a name mislead the parse.

use super::side::Side;
use crate::text::{Pos, Rel, Tag};
use std::ops::Range;

/// A copula clause or apposition that says what something is.
#[derive(Clone, Debug)]
pub struct Definition {
    /// Words in front of the copula.
    pub subject: Range<usize>,
    /// From the copula to the last word of the kinds.
    pub range: Range<usize>,
    /// Nouns that name kinds ("actor" and "director").
    pub heads: Vec<usize>,
    /// What stands before them ("American", "1980", "prison").
    pub modifiers: Vec<usize>,
    /// Whether it is denied.
    pub denied: bool,
    /// Whether it is said by a copula rather than by an apposition.
    pub copula: bool,
}

/// Every definition of a text, in order.
pub fn find(side: &Side) -> Vec<Definition> {
    let mut out = Vec::new();
    for sentence in &side.sentences {
        for at in sentence.clone() {
            if is_copula(side, at) {
                out.extend(behind(side, sentence, at, true).map(|found| named(side, sentence, found)));
            } else if side.tokens[at].form.as_str() == "," && at > sentence.start && side.is_name(at - 1) {
                let article = side.tokens.get(at + 1).is_some_and(|t| matches!(t.form.as_str(), "a" | "an" | "the"));
                if article {
                    out.extend(behind(side, sentence, at, false));
                }
            }
        }
    }
    out
}

/// "There is a city called X" says of X what it is.
fn named(side: &Side, sentence: &Range<usize>, mut found: Definition) -> Definition {
    let there = found.subject.end > sentence.start && side.tokens[found.subject.end - 1].form.as_str() == "there";
    let name = found.range.end;
    if there && name < sentence.end && matches!(side.tokens[name].form.as_str(), "called" | "named" | "name" | "known") {
        found.subject = name + 1..sentence.end;
    }
    found
}

fn is_copula(side: &Side, at: usize) -> bool {
    let t = &side.tokens[at];
    t.lemma.as_str() == "be" && matches!(t.form.as_str(), "is" | "was" | "are" | "were" | "'s" | "been" | "be")
        || t.lemma.as_str() == "become" && matches!(t.pos, Pos::Verb | Pos::Aux)
}

fn behind(side: &Side, sentence: &Range<usize>, verb: usize, copula: bool) -> Option<Definition> {
    let mut at = verb + 1;
    while at < sentence.end && matches!(side.tokens[at].pos, Pos::Adv | Pos::Part) {
        at += 1;
    }
    let start = at;
    let mut out =
        Definition { subject: sentence.start..verb, range: verb..verb, heads: vec![], modifiers: vec![], denied: false, copula };
    let mut group: Vec<usize> = Vec::new();
    while at < sentence.end {
        let t = &side.tokens[at];
        let ends = match t.pos {
            Pos::Verb => !(matches!(t.tag, Tag::Vbg | Tag::Vbn) && matches!(t.rel, Rel::Amod | Rel::Compound)),
            Pos::Adp | Pos::Sconj | Pos::Pron | Pos::Aux | Pos::Intj | Pos::Part => true,
            Pos::Punct => !matches!(t.form.as_str(), "," | "-" | "/" | "\"" | "“" | "”" | "''" | "``"),
            _ => false,
        };
        if ends {
            break;
        }
        match t.pos {
            Pos::Cconj => close(&mut out, &mut group, at),
            Pos::Punct if t.form.as_str() == "," => {
                if group.is_empty() {
                    break;
                }
                // A comma between adjectives parts no kinds; before an article it opens an apposition.
                let noun = group.last().is_some_and(|t| is_kind(side, *t));
                if noun {
                    close(&mut out, &mut group, at);
                }
            }
            Pos::Det if at > start && !group.is_empty() => break,
            Pos::Det | Pos::Punct | Pos::Sym => {}
            _ => group.push(at),
        }
        at += 1;
    }
    close(&mut out, &mut group, at);
    // "is Chinese": no kind, but what such a kind would be.
    if copula && out.heads.len() == 1 && side.tokens[out.heads[0]].pos == Pos::Adj {
        out.modifiers.push(out.heads[0]);
        out.range.end = out.heads[0] + 1;
        out.heads.clear();
        return Some(out);
    }
    out.heads.retain(|t| is_kind(side, *t));
    out.denied = out.heads.iter().chain(&out.modifiers).any(|t| side.denied[*t]);
    out.range.end = out.heads.iter().copied().max()? + 1;
    (!out.heads.is_empty()).then_some(out)
}

fn close(out: &mut Definition, group: &mut Vec<usize>, _: usize) {
    if let Some((last, before)) = group.split_last() {
        out.heads.push(*last);
        out.modifiers.extend(before);
    }
    group.clear();
}

fn is_kind(side: &Side, at: usize) -> bool {
    matches!(side.tokens[at].pos, Pos::Noun) || matches!(side.tokens[at].tag, Tag::Nn | Tag::Nns)
}
