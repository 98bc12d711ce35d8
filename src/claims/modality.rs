//! Whether a clause is told as real: realised, planned, conditional, asked, required or wished.
//!
//! In: a clause with its sentence. Out: a [`Modality`] and the word that set it. What a cue does to its content is added by
//! [`super::extract`], which knows the chain.

use super::Modality;
use super::clause::{self, Clause};
use super::tree::Tree;
use crate::lexicon::{Lexicon, Takes};
use crate::text::{Pos, Rel, Tag};

/// Reads a clause's modality from its auxiliaries, its conjunction, the clauses above it and the sentence's end.
pub fn of(tree: &Tree, clauses: &[Clause], at: usize, lexicon: &Lexicon) -> (Modality, Option<u32>) {
    let Some(clause) = clauses.get(at) else { return (Modality::Realised, None) };
    read(tree, clauses, clause, lexicon, 0)
}

fn read(tree: &Tree, clauses: &[Clause], clause: &Clause, lexicon: &Lexicon, depth: usize) -> (Modality, Option<u32>) {
    let own = own_modality(tree, clauses, clause, lexicon);
    if own.0 != Modality::Realised { own } else { above(tree, clauses, clause, lexicon, depth) }
}

fn own_modality(tree: &Tree, clauses: &[Clause], clause: &Clause, lexicon: &Lexicon) -> (Modality, Option<u32>) {
    // Conjunction: "if", "unless", "whether".
    let heads: Vec<u32> = clause.carriers.iter().copied().chain([clause.predicate]).collect();
    let marks = || {
        heads
            .iter()
            .flat_map(|h| tree.kids(*h))
            .filter(|k| matches!(tree.rel(*k), Rel::Mark | Rel::Advmod | Rel::Case | Rel::Fixed))
    };
    let complement = matches!(clause.link, Rel::Ccomp | Rel::Csubj | Rel::Acl | Rel::Obl | Rel::Nmod);
    for mark in marks() {
        // "provided that", parsed as a verb with its clause.
        let two = mark.checked_sub(1).is_some_and(|at| {
            at >= tree.first && lexicon.conditionals.longest_at(tree.tokens, at as usize).is_some_and(|(len, ())| len == 2)
        });
        if two && tree.form(mark) == "that" {
            return (Modality::Conditional, Some(mark));
        }
        if lexicon.questions.longest_at(tree.tokens, mark as usize).is_some() && tree.rel(mark) == Rel::Mark {
            return (Modality::Asked, Some(mark));
        }
        if lexicon.conditionals.longest_at(tree.tokens, mark as usize).is_some() && tree.rel(mark) != Rel::Case {
            // "asked if the bridge was open" is a question, "if the bridge opens" a condition.
            let asked = complement && tree.form(mark) == "if";
            return (if asked { Modality::Asked } else { Modality::Conditional }, Some(mark));
        }
    }
    // "Had the bridge held, …", "Should talks fail, …": an auxiliary in front of the subject of an adverbial clause.
    if clause.link == Rel::Advcl {
        let first = clause.own.first().copied();
        if let Some(f) = first.filter(|f| {
            matches!(tree.rel(*f), Rel::Aux | Rel::Cop | Rel::AuxPass) && matches!(tree.form(*f), "had" | "should" | "were")
        }) {
            return (Modality::Conditional, Some(f));
        }
    }
    if let Some(mark) = question(tree, clauses, clause, lexicon) {
        return (Modality::Asked, Some(mark));
    }
    if is_command(tree, clause) {
        return (Modality::Required, Some(clause.predicate));
    }
    // A condition makes what hangs on it conditional: "if it rains, the bridge will close".
    let condition = clauses.iter().find(|c| {
        c.link == Rel::Advcl
            && c.parent == Some(clause.predicate)
            && heads_of(c).iter().flat_map(|h| tree.kids(*h)).any(|k| {
                matches!(tree.rel(k), Rel::Mark | Rel::Advmod)
                    && lexicon.conditionals.longest_at(tree.tokens, k as usize).is_some()
            })
    });
    let condition = condition.and_then(|c| {
        heads_of(c)
            .iter()
            .flat_map(|h| tree.kids(*h))
            .find(|k| lexicon.conditionals.longest_at(tree.tokens, *k as usize).is_some())
    });
    let auxiliary = auxiliary(tree, clause, lexicon).or_else(|| {
        // "Firm to cut 300 jobs"
        let top = clause::top_of(tree, clause);
        let to = tree.kids(top).find(|k| tree.tag(*k) == Tag::To && *k < top)?;
        (clause.link == Rel::Root && tree.line != crate::text::Line::Body).then_some((Modality::Planned, to))
    });
    match (condition, auxiliary) {
        // "would have closed if": never told as real. "was angry if late" is a habit; only a future or a modal is conditional.
        (Some(mark), _) if !past(tree, clause) => (Modality::Conditional, Some(mark)),
        (_, Some(found)) => (found.0, Some(found.1)),
        _ => (Modality::Realised, None),
    }
}

/// "Withdraw your troops.": an infinitive without subject, "to" or modal on top of running text.
fn is_command(tree: &Tree, clause: &Clause) -> bool {
    let p = clause::top_of(tree, clause);
    let bare = tree.tag(p) == Tag::Vb || tree.kid(p, &[Rel::Cop]).is_some_and(|c| tree.tag(c) == Tag::Vb);
    bare && matches!(clause.link, Rel::Root | Rel::Parataxis)
        && clause.subject.is_none()
        && tree.line == crate::text::Line::Body
        && !tree.kids(p).any(|k| matches!(tree.tag(k), Tag::To | Tag::Md) || tree.rel(k) == Rel::Aux && tree.lemma(k) != "do")
}

fn heads_of(clause: &Clause) -> Vec<u32> {
    clause.carriers.iter().copied().chain([clause.predicate]).collect()
}

fn past(tree: &Tree, clause: &Clause) -> bool {
    heads_of(clause).iter().any(|h| {
        tree.tag(*h) == Tag::Vbd
            || tree.kids(*h).any(|k| matches!(tree.rel(k), Rel::Aux | Rel::Cop | Rel::AuxPass) && tree.tag(k) == Tag::Vbd)
    }) && !heads_of(clause).iter().any(|h| tree.kids(*h).any(|k| tree.tag(k) == Tag::Md))
}

/// Auxiliaries and the words that do their work: "will", "must", "is set to", "has to".
fn auxiliary(tree: &Tree, clause: &Clause, lexicon: &Lexicon) -> Option<(Modality, u32)> {
    let heads = heads_of(clause);
    let helpers: Vec<u32> =
        heads.iter().flat_map(|h| tree.kids(*h)).filter(|k| matches!(tree.rel(*k), Rel::Aux | Rel::AuxPass | Rel::Cop)).collect();
    for helper in &helpers {
        if has(lexicon, "required-auxiliaries", tree, *helper) {
            return Some((Modality::Required, *helper));
        }
        if has(lexicon, "counterfactual-auxiliaries", tree, *helper) {
            return Some((Modality::Conditional, *helper));
        }
    }
    for at in helpers.iter().chain(&heads) {
        if lexicon.plans.longest_at(tree.tokens, *at as usize).is_some() && (helpers.contains(at) || clause.carriers.contains(at))
        {
            return Some((Modality::Planned, *at));
        }
    }
    None
}

/// Whether a further list of the lexicon holds the word.
pub fn has(lexicon: &Lexicon, set: &str, tree: &Tree, token: u32) -> bool {
    lexicon.set(set).is_some_and(|list| list.longest_at(tree.tokens, token as usize).is_some())
}

/// The word that makes a clause a question: the closing mark, or the word that asks.
fn question(tree: &Tree, clauses: &[Clause], clause: &Clause, lexicon: &Lexicon) -> Option<u32> {
    // An indirect question: "asked when the bridge would open", "unclear who fired".
    let wh = heads_of(clause)
        .iter()
        .flat_map(|h| tree.kids(*h))
        .find(|k| matches!(tree.tag(*k), Tag::Wrb | Tag::Wp) && lexicon.questions.longest_at(tree.tokens, *k as usize).is_some());
    if let Some(wh) = wh {
        if matches!(clause.link, Rel::Ccomp | Rel::Csubj) {
            let asking = clause.parent.is_some_and(|p| has(lexicon, "askers", tree, p));
            if asking {
                return Some(wh);
            }
        }
    }
    let mark = (tree.first..tree.end).rev().find(|t| tree.pos(*t) == Pos::Punct && !matches!(tree.tag(*t), Tag::CloseQuote))?;
    if tree.form(mark) != "?" {
        return None;
    }
    // The main clause and what is joined to it; not what a subordinate clause takes for granted, nor words on the other side of a quotation mark.
    let mut top = clause;
    for _ in clauses {
        match top.link {
            Rel::Root => break,
            Rel::Conj | Rel::Ccomp | Rel::Xcomp | Rel::Parataxis | Rel::Dep | Rel::Acl => {
                match top.parent.and_then(|p| clauses.iter().find(|c| c.predicate == p)) {
                    Some(parent) => top = parent,
                    None => break,
                }
            }
            Rel::Advcl if !top.finite => match top.parent.and_then(|p| clauses.iter().find(|c| c.predicate == p)) {
                Some(parent) => top = parent,
                None => break,
            },
            _ => return None,
        }
    }
    let same_marks = tree.token(clause.predicate).quoted == tree.token(mark).quoted;
    same_marks.then_some(mark)
}

/// What the clauses above say of it: an infinitive after "plan", a clause after "demand", a partner in a condition.
fn above(tree: &Tree, clauses: &[Clause], clause: &Clause, lexicon: &Lexicon, depth: usize) -> (Modality, Option<u32>) {
    const TOLD: (Modality, Option<u32>) = (Modality::Realised, None);
    let top = clause::top_of(tree, clause);
    let Some(head) = tree.head(top).filter(|_| depth < clauses.len()) else { return TOLD };
    let parent = clause.parent.and_then(|p| clauses.iter().find(|c| c.predicate == p));
    let parents = |parent: &Clause| read(tree, clauses, parent, lexicon, depth + 1);
    match clause.link {
        Rel::Xcomp | Rel::Ccomp | Rel::Csubj | Rel::Acl => {
            let infinitive = clause::complement_kind(tree, top) == Takes::To;
            if infinitive && lexicon.plans.longest_at(tree.tokens, head as usize).is_some() {
                return (Modality::Planned, Some(head));
            }
            if let Some(modality) = clause::embedder(tree, lexicon, head).and_then(|(row, _)| row.modality) {
                return (modality, Some(head));
            }
            match clause.link {
                Rel::Xcomp => parent.map_or(TOLD, parents),
                // A plain infinitive on a noun says what is meant to be: "the order to withdraw", "a bid to free".
                Rel::Acl if infinitive && !has(lexicon, "factual-nouns", tree, head) => (Modality::Planned, Some(head)),
                _ => TOLD,
            }
        }
        Rel::Advcl if !clause.finite && clause::complement_kind(tree, top) == Takes::To => (Modality::Planned, Some(top)),
        // "will leave when the bridge reopens": as planned as what it dates; "before it reopened" is not.
        Rel::Advcl if clause.finite && !past(tree, clause) => match parent.map_or(TOLD, parents) {
            (Modality::Planned, by)
                if heads_of(clause)
                    .iter()
                    .flat_map(|h| tree.kids(*h))
                    .any(|k| has(lexicon, "temporal-conjunctions", tree, k)) =>
            {
                (Modality::Planned, by)
            }
            _ => TOLD,
        },
        Rel::Conj => {
            let Some(parent) = parent.filter(|p| p.predicate == head || p.carriers.contains(&head)) else { return TOLD };
            match parents(parent) {
                found @ (Modality::Asked, _) => found,
                (modality @ Modality::Conditional, Some(by))
                    if tree.pos(by) != Pos::Aux || clause.tokens.binary_search(&by).is_ok() =>
                {
                    (modality, Some(by))
                }
                // An auxiliary holds for the partner that shares it, a governing word for every infinitive under it.
                (modality, Some(by))
                    if clause.tokens.binary_search(&by).is_ok()
                        || tree.tag(clause.predicate) == Tag::Vb && !clause.finite && by < parent.predicate =>
                {
                    (modality, Some(by))
                }
                _ => TOLD,
            }
        }
        _ => TOLD,
    }
}
