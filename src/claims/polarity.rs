//! Negators, hedges and restrictors of one sentence, each with the words it reaches.
//!
//! In: a [`Tree`], its [`Clause`]s and the lexicon. Out: [`Operator`]s whose reach lies inside the clause they stand in (and the
//! infinitives that complete it), as RULE-LANGUAGE.md has it: a negator never reaches out of its clause, a noun negator covers its
//! own noun phrase only. Knows no sources: negators spent on a cue are taken out by [`super::extract`].

use super::clause::{self, Clause};
use super::tree::Tree;
use super::{Effect, Level, Operator};
use crate::lexicon::{Lexicon, Reach};
use crate::text::{Pos, Rel, Tag};

/// Finds the operators of a sentence, in order of their first word.
pub fn find(tree: &Tree, clauses: &[Clause], lexicon: &Lexicon) -> Vec<Operator> {
    let mut found: Vec<Operator> = Vec::new();
    let mut neither: Option<usize> = None; // operator of a "neither" that waits for its "nor"
    let mut at = tree.first;
    while at < tree.end {
        if let Some((len, ())) = lexicon.not_negators.longest_at(tree.tokens, at as usize) {
            at += len as u32;
            continue;
        }
        let last_of = |len: usize| (at + len as u32).min(tree.end);
        if is_answer(tree, at) {
            at += 1;
            continue;
        }
        if let Some((len, reach)) = lexicon.negators.longest_at(tree.tokens, at as usize) {
            let tokens: Vec<u32> = (at..last_of(len)).collect();
            let form = tree.form(at);
            if form == "nor" {
                if let Some(open) = neither.take() {
                    // "neither … nor" is one negator.
                    let more = reach_of(tree, clauses, lexicon, &tokens, *reach);
                    found[open].tokens.push(at);
                    found[open].reach.extend(more);
                    found[open].reach.sort_unstable();
                    found[open].reach.dedup();
                    at += 1;
                    continue;
                }
            }
            let reached = reach_of(tree, clauses, lexicon, &tokens, *reach);
            if form == "neither" {
                neither = Some(found.len());
            }
            found.push(Operator { effect: Effect::Negates, tokens, reach: reached });
            // "few", "hardly" negate and leave a doubt.
            if let Some((hedge_len, row)) = lexicon.hedges.longest_at(tree.tokens, at as usize) {
                if hedge_len == len {
                    let operator = found.last().cloned().unwrap_or_else(|| unreachable_operator(at));
                    found.push(Operator { effect: Effect::Lowers(row.lowers_to), ..operator });
                }
            }
            at += len as u32;
            continue;
        }
        if let Some((len, ())) = lexicon.lack_nouns.longest_at(tree.tokens, at as usize) {
            let reach = lack_reach(tree, last_of(len) - 1);
            if !reach.is_empty() {
                found.push(Operator { effect: Effect::Negates, tokens: (at..last_of(len)).collect(), reach });
            }
            at += len as u32;
            continue;
        }
        if let Some((len, row)) = lexicon.hedges.longest_at(tree.tokens, at as usize) {
            let tokens: Vec<u32> = (at..last_of(len)).collect();
            if !is_plain_month_or_noun(tree, &tokens) {
                let reach = hedge_reach(tree, clauses, &tokens, lexicon);
                found.push(Operator { effect: Effect::Lowers(row.lowers_to), tokens, reach });
            }
            at += len as u32;
            continue;
        }
        at += 1;
    }
    restrict(tree, lexicon, &mut found);
    found
}

fn unreachable_operator(at: u32) -> Operator {
    Operator { effect: Effect::Lowers(Level::Probable), tokens: vec![at], reach: Vec::new() }
}

/// "No, the bridge was not reopened": the answer stands beside the clause and does not negate it once more.
fn is_answer(tree: &Tree, at: u32) -> bool {
    tree.rel(at) == Rel::Discourse && at + 1 < tree.end && tree.pos(at + 1) == Pos::Punct
}

/// "May" the month, "a might": nouns and names are no hedges.
fn is_plain_month_or_noun(tree: &Tree, tokens: &[u32]) -> bool {
    matches!(tokens, [one] if matches!(tree.pos(*one), Pos::Noun | Pos::Propn | Pos::Num))
}

/// Restrictors inside a negation: "no *final* report", "not *publicly*".
fn restrict(tree: &Tree, lexicon: &Lexicon, found: &mut Vec<Operator>) {
    let mut more = Vec::new();
    for operator in found.iter().filter(|o| o.effect == Effect::Negates) {
        let mut at = operator.tokens.last().copied().unwrap_or(0) + 1;
        while at < tree.end {
            match lexicon.restrictors.longest_at(tree.tokens, at as usize) {
                Some((len, ())) if operator.reach.binary_search(&at).is_ok() => {
                    let tokens = (at..(at + len as u32).min(tree.end)).collect();
                    more.push(Operator { effect: Effect::Restricts, tokens, reach: operator.reach.clone() });
                    at += len as u32;
                }
                _ => at += 1,
            }
        }
    }
    found.extend(more);
    found.sort_by_key(|o| o.tokens.first().copied());
}

/// The words a negator reaches: sorted.
fn reach_of(tree: &Tree, clauses: &[Clause], lexicon: &Lexicon, tokens: &[u32], reach: Reach) -> Vec<u32> {
    let (Some(&first), Some(&last)) = (tokens.first(), tokens.last()) else { return Vec::new() };
    // A phrase hangs where the one of its words hangs whose head is outside it.
    let anchor = tokens.iter().copied().find(|t| tree.head(*t).is_none_or(|h| !tokens.contains(&h))).unwrap_or(first);
    if reach == Reach::Left {
        return undone_reach(tree, clauses, anchor, lexicon);
    }
    // "not all": the extent alone.
    if lexicon.extents.longest_at(tree.tokens, last as usize + 1).is_some() && tokens.len() == 1 && tree.rel(last) != Rel::Det {
        let head = tree.head(last);
        if head.is_some_and(|h| h == last + 1 || tree.kids(h).any(|k| k == last + 1)) && !verbal(tree, clauses, head) {
            return vec![last + 1];
        }
    }
    let head = tree.head(anchor);
    let mut reached = match tree.rel(anchor) {
        Rel::Case | Rel::Mark if tree.pos(anchor) == Pos::Adp || tree.form(first) == "without" => match head {
            Some(h) if clause_of(clauses, h).is_some_and(|c| c.predicate == h) => own_after(tree, clauses, h, last),
            Some(h) => phrase_after(tree, h, last),
            None => Vec::new(),
        },
        Rel::Det | Rel::CcPreconj | Rel::Nummod | Rel::Amod | Rel::Cc if !verbal(tree, clauses, head) => {
            head.map_or_else(Vec::new, |noun| noun_reach(tree, clauses, noun, last))
        }
        Rel::Nsubj
        | Rel::NsubjPass
        | Rel::Obj
        | Rel::Iobj
        | Rel::Obl
        | Rel::OblAgent
        | Rel::Conj
        | Rel::Root
        | Rel::Nmod
        | Rel::Xcomp
            if matches!(tree.pos(anchor), Pos::Pron | Pos::Det | Pos::Noun | Pos::Adj | Pos::Num | Pos::Propn) =>
        {
            noun_reach(tree, clauses, anchor, last)
        }
        // "has yet to pay", "fails": the negator is the verb itself.
        _ if matches!(tree.pos(anchor), Pos::Verb | Pos::Aux)
            && !matches!(tree.rel(anchor), Rel::Aux | Rel::AuxPass | Rel::Cop)
            && verbal(tree, clauses, Some(anchor)) =>
        {
            clause_reach(tree, clauses, anchor, last)
        }
        _ if verbal(tree, clauses, head) => clause_reach(tree, clauses, head.unwrap_or(anchor), last),
        // A negator that is the root of a fragment, or hangs on another word than a predicate.
        _ => head.map_or_else(Vec::new, |h| tree.subtree(h).into_iter().filter(|t| *t > last).collect()),
    };
    cut_at_stop(tree, lexicon, &mut reached, last);
    reached
}

/// Whether a token is the predicate or carrier of a clause, or an auxiliary or copula of one.
fn verbal(tree: &Tree, clauses: &[Clause], token: Option<u32>) -> bool {
    let Some(t) = token else { return false };
    let heads = |c: &Clause, x: u32| c.predicate == x || c.carriers.contains(&x);
    clauses.iter().any(|c| heads(c, t))
        || matches!(tree.rel(t), Rel::Aux | Rel::AuxPass | Rel::Cop)
            && tree.head(t).is_some_and(|h| clauses.iter().any(|c| heads(c, h)))
}

/// The clause that a token is the predicate, carrier or own word of.
pub fn clause_of(clauses: &[Clause], token: u32) -> Option<&Clause> {
    clauses
        .iter()
        .find(|c| c.predicate == token || c.carriers.contains(&token))
        .or_else(|| clauses.iter().find(|c| c.own.binary_search(&token).is_ok()))
}

/// From a negator on, to the end of its clause: the predicate in any case, infinitives that complete it, and partners that share the negator.
fn clause_reach(tree: &Tree, clauses: &[Clause], head: u32, last: u32) -> Vec<u32> {
    let Some(home) = clause_of(clauses, head) else {
        return tree.subtree(head).into_iter().filter(|t| *t > last).collect();
    };
    let mut reached: Vec<u32> = home.own.iter().copied().filter(|t| *t > last).collect();
    reached.push(home.predicate);
    reached.extend(home.carriers.iter().copied().filter(|t| *t > last));
    let mut inside = vec![home.predicate];
    for _ in clauses {
        let before = inside.len();
        for c in clauses {
            if inside.contains(&c.predicate) {
                continue;
            }
            let completes = matches!(c.link, Rel::Xcomp) && c.parent.is_some_and(|p| inside.contains(&p));
            let infinitive = c.link == Rel::Acl
                && !c.finite
                && c.parent.is_some_and(|p| inside.contains(&p))
                && tree.head(clause::top_of(tree, c)).is_some_and(|noun| noun > last)
                && clause::complement_kind(tree, clause::top_of(tree, c)) == crate::lexicon::Takes::To;
            // "there is nobody working": nobody works.
            let existence = c.link == Rel::Acl
                && !c.finite
                && c.parent == Some(home.predicate)
                && tree.kid(home.predicate, &[Rel::Expl]).is_some();
            let partner =
                c.link == Rel::Conj && c.parent.is_some_and(|p| inside.contains(&p)) && c.tokens.binary_search(&last).is_ok();
            if completes || infinitive || existence || partner {
                inside.push(c.predicate);
                reached.extend(c.own.iter().copied().filter(|t| *t > last));
            }
        }
        if inside.len() == before {
            break;
        }
    }
    reached.sort_unstable();
    reached.dedup();
    reached
}

fn own_after(tree: &Tree, clauses: &[Clause], predicate: u32, last: u32) -> Vec<u32> {
    clause_reach(tree, clauses, predicate, last)
}

fn phrase_after(tree: &Tree, noun: u32, last: u32) -> Vec<u32> {
    let mut words: Vec<u32> = tree
        .subtree(noun)
        .into_iter()
        .filter(|t| *t > last && clause::is_word(tree, *t) && !behind_finite(tree, *t, noun))
        .collect();
    words.dedup();
    words
}

/// Whether a finite clause (a relative one, a "that" clause) stands between a word and the noun above it.
fn behind_finite(tree: &Tree, token: u32, noun: u32) -> bool {
    let mut at = token;
    for _ in tree.range() {
        if at == noun {
            return false;
        }
        if matches!(tree.rel(at), Rel::AclRelcl) || matches!(tree.rel(at), Rel::Acl | Rel::Ccomp) && clause::has_tense(tree, at) {
            return true;
        }
        match tree.head(at) {
            Some(head) => at = head,
            None => return false,
        }
    }
    false
}

/// "no talks were held", "signed no deal", "nobody came": its phrase, and the predicate it is a core part of.
fn noun_reach(tree: &Tree, clauses: &[Clause], noun: u32, last: u32) -> Vec<u32> {
    let mut reached = phrase_after(tree, noun, last);
    if noun >= last {
        reached.push(noun);
    }
    let mut top = noun;
    while tree.rel(top) == Rel::Conj {
        match tree.head(top) {
            Some(head) if !verbal(tree, clauses, Some(top)) => top = head,
            _ => break,
        }
    }
    let core = match tree.rel(top) {
        Rel::Nsubj | Rel::NsubjPass | Rel::Obj | Rel::Iobj | Rel::Csubj | Rel::NsubjOuter => tree.head(top),
        Rel::OblAgent => tree.head(top),
        Rel::Obl => {
            let adjunct = tree.case(top).is_some_and(|c| matches!(tree.form(c), "with" | "in" | "for" | "at"));
            let pronoun = tree.pos(top) == Pos::Pron;
            (!adjunct || pronoun).then(|| tree.head(top)).flatten()
        }
        // "none of the bridges" and "no part of the city": up to what it is part of.
        Rel::Root | Rel::Xcomp if verbal(tree, clauses, Some(top)) => Some(top),
        Rel::Nmod | Rel::NmodPoss => None,
        _ if verbal(tree, clauses, Some(top)) => Some(top),
        _ => None,
    };
    if let Some(predicate) = core.filter(|h| verbal(tree, clauses, Some(*h))) {
        reached.extend(clause_reach(tree, clauses, predicate, last));
    }
    reached.sort_unstable();
    reached.dedup();
    reached
}

/// "lack of progress", "the absence of a deal", "lacks support": the noun phrase alone.
fn lack_reach(tree: &Tree, lack: u32) -> Vec<u32> {
    let kids = tree.kids(lack).filter(|k| match tree.rel(*k) {
        Rel::Nmod | Rel::Obl => tree.case(*k).is_some_and(|c| matches!(tree.form(c), "of" | "in")),
        Rel::Obj => true,
        Rel::Acl => true,
        _ => false,
    });
    let mut reached: Vec<u32> = kids.flat_map(|k| tree.subtree(k)).filter(|t| *t > lack && clause::is_word(tree, *t)).collect();
    reached.sort_unstable();
    reached.retain(|t| tree.rel(*t) != Rel::Case);
    reached
}

/// "talks were ruled out", "called off the strike": what is undone, not the undoing.
fn undone_reach(tree: &Tree, clauses: &[Clause], verb: u32, lexicon: &Lexicon) -> Vec<u32> {
    let object = tree.kid(verb, &[Rel::Obj]).or_else(|| tree.kid(verb, &[Rel::NsubjPass]));
    let object = object.or_else(|| match (tree.rel(verb), tree.head(verb)) {
        (Rel::Acl | Rel::AclRelcl, Some(noun)) if tree.tag(verb) == Tag::Vbn => Some(noun),
        _ => clause_of(clauses, verb).filter(|c| c.predicate == verb && tree.tag(verb) == Tag::Vbn).and_then(|c| c.subject),
    });
    object.map_or_else(Vec::new, |o| clause::phrase_words(tree, o, lexicon))
}

/// A hedge lowers its whole clause; one inside a noun phrase that phrase alone.
fn hedge_reach(tree: &Tree, clauses: &[Clause], tokens: &[u32], lexicon: &Lexicon) -> Vec<u32> {
    let Some(&first) = tokens.first() else { return Vec::new() };
    let anchor = tokens.iter().copied().find(|t| tree.head(*t).is_none_or(|h| !tokens.contains(&h))).unwrap_or(first);
    let home = |t: u32| {
        let mut reached = clause_of(clauses, t).map_or_else(Vec::new, |c| c.tokens.clone());
        reached.extend(clause_reach(tree, clauses, t, first));
        reached.sort_unstable();
        reached.dedup();
        reached
    };
    if verbal(tree, clauses, Some(anchor)) && !matches!(tree.rel(anchor), Rel::Aux | Rel::AuxPass | Rel::Cop) {
        return home(anchor);
    }
    match (tree.rel(anchor), tree.head(anchor)) {
        (Rel::Amod | Rel::Det | Rel::Compound, Some(noun)) => clause::phrase_words(tree, noun, lexicon),
        (_, Some(h)) if verbal(tree, clauses, Some(h)) => {
            let predicate = if matches!(tree.rel(h), Rel::Aux | Rel::AuxPass | Rel::Cop) { tree.head(h).unwrap_or(h) } else { h };
            home(predicate)
        }
        (Rel::Advmod, Some(h)) => tree.subtree(h),
        (_, Some(h)) => clause_of(clauses, h).map_or_else(|| tree.subtree(h), |c| c.tokens.clone()),
        (_, None) => tree.range().filter(|t| clause::is_word(tree, *t)).collect(),
    }
}

/// Ends a reach at a stop word ("not X but Y") that stands inside it.
fn cut_at_stop(tree: &Tree, lexicon: &Lexicon, reached: &mut Vec<u32>, last: u32) {
    let stop = reached.iter().copied().find(|t| {
        *t > last
            && lexicon.stops.longest_at(tree.tokens, *t as usize).is_some()
            && matches!(tree.pos(*t), Pos::Cconj | Pos::Sconj | Pos::Adv)
    });
    if let Some(stop) = stop {
        reached.retain(|t| *t < stop);
    }
}
