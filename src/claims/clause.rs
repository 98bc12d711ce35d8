//! Predications of one sentence and the words of each one's clause.
//!
//! In: a [`Tree`]. Out: one [`Clause`] per predication: main, coordinated, subordinate, relative (also reduced), complement,
//! participial and small clauses. A clause is one predicate with what depends on it; what it shares with a neighbour (a subject,
//! an auxiliary, the noun that a relative clause describes) is among its words too. Knows no sources and no polarity.

use super::tree::{Tree, finite};
use crate::lexicon::{CueRow, Lexicon, Takes};
use crate::text::{Line, Pos, Rel, Tag};

/// A predication with its words.
#[derive(Clone, Debug, Default)]
pub struct Clause {
    /// Main word: verb, or noun or adjective after a copula.
    pub predicate: u32,
    /// Words that belong to this clause and no other, in order; marks left out.
    pub own: Vec<u32>,
    /// All its words, shared ones included, in order.
    pub tokens: Vec<u32>,
    /// Head of its subject, its own or a shared one.
    pub subject: Option<u32>,
    /// The verbs that only colour it ("managed to", "remains"), outermost first: no predications of their own.
    pub carriers: Vec<u32>,
    /// The predicate of the clause it depends on.
    pub parent: Option<u32>,
    /// How it hangs on `parent`.
    pub link: Rel,
    /// Whether it has a finite verb of its own (or, in a headline, one that stands for it).
    pub finite: bool,
}

/// Marks a token that no clause owns.
const NOBODY: u32 = u32::MAX;

/// Finds the clauses of a sentence, in order of their predicates.
pub fn find(tree: &Tree, lexicon: &Lexicon) -> Vec<Clause> {
    let n = tree.range().len();
    let predicates: Vec<u32> = tree.range().filter(|t| is_predicate(tree, *t, lexicon)).collect();
    if predicates.is_empty() {
        return Vec::new();
    }
    // A carrier's words go to the verb it carries.
    let carried = |p: u32| carried_by(tree, lexicon, p);
    let mut owner = vec![NOBODY; n];
    for t in tree.range() {
        let mut at = t;
        for _ in 0..=n {
            if predicates.binary_search(&at).is_ok() {
                owner[(t - tree.first) as usize] = at;
                break;
            }
            match tree.head(at) {
                Some(head) => at = head,
                None => break,
            }
        }
    }
    let mut final_of: Vec<(u32, u32)> = Vec::new(); // carrier → what it carries
    for &p in &predicates {
        if let Some(inner) = carried(p) {
            if predicates.binary_search(&inner).is_ok() {
                final_of.push((p, inner));
            }
        }
    }
    let settle = |mut p: u32| {
        for _ in 0..final_of.len() {
            match final_of.iter().find(|(carrier, _)| *carrier == p) {
                Some((_, inner)) => p = *inner,
                None => break,
            }
        }
        p
    };
    let mut clauses: Vec<Clause> = Vec::with_capacity(predicates.len());
    // The conjunction that joins a clause to the one before is no word of it.
    let joins = |t: u32| {
        tree.rel(t) == Rel::Cc
            && tree.head(t).is_some_and(|h| predicates.binary_search(&h).is_ok() && t < h)
            && tree.lemma(t) != "nor"
    };
    for &p in &predicates {
        if final_of.iter().any(|(carrier, _)| *carrier == p) {
            continue;
        }
        let carriers: Vec<u32> = predicates.iter().copied().filter(|c| *c != p && settle(*c) == p).collect();
        let own: Vec<u32> = tree
            .range()
            .filter(|t| {
                let o = owner[(*t - tree.first) as usize];
                o != NOBODY && settle(o) == p && is_word(tree, *t) && !joins(*t)
            })
            .collect();
        let top = carriers.iter().copied().find(|c| !carriers.iter().any(|d| d != c && tree.below(*c, *d))).unwrap_or(p);
        let link = tree.rel(top);
        let parent =
            tree.head(top).map(|h| owner[(h - tree.first) as usize]).filter(|o| *o != NOBODY).map(settle).filter(|q| *q != p);
        clauses.push(Clause { predicate: p, tokens: own.clone(), own, subject: None, carriers, parent, link, finite: false });
    }
    share(tree, &mut clauses, lexicon);
    clauses
}

/// Whether a token heads a predication.
pub fn is_predicate(tree: &Tree, t: u32, lexicon: &Lexicon) -> bool {
    use Rel::*;
    let rel = tree.rel(t);
    if matches!(rel, Aux | AuxPass | Cop | Case | Mark | Cc | CcPreconj | Fixed | Flat | Goeswith | CompoundPrt | Punct | Det) {
        return false;
    }
    if tree.kid(t, &[Cop]).is_some() {
        return true;
    }
    let subject = || tree.kid(t, &[Nsubj, NsubjPass, Csubj, CsubjPass, Expl, NsubjOuter]).is_some();
    match tree.pos(t) {
        Pos::Verb => match rel {
            Amod | Compound | Nummod | Advmod | NmodPoss => false,
            Nsubj | NsubjPass | Obj | Iobj | Obl | Nmod | Appos | OblTmod | OblNpmod => {
                subject() || tree.kid(t, &[Obj, Aux, AuxPass, Ccomp, Xcomp]).is_some()
            }
            _ => true,
        },
        Pos::Aux => matches!(rel, Root | Conj | Ccomp | Advcl | AclRelcl | Parataxis | Acl | Xcomp | Csubj),
        Pos::Adj | Pos::Noun | Pos::Propn | Pos::Adv | Pos::Num | Pos::Pron | Pos::Adp | Pos::X | Pos::Det => match rel {
            Root | Parataxis | Ccomp | AclRelcl | Csubj => subject() && tree.kids(t).count() > 1 || rel != Root && subject(),
            Advcl | Conj => subject(),
            // "called the report false", "remains closed"
            Xcomp => {
                tree.pos(t) != Pos::Adv
                    && (tree.pos(t) == Pos::Adj
                        || tree.head(t).is_some_and(|h| tree.kid(h, &[Obj]).is_some() || copular(tree, lexicon, h)))
                    && !tree.kids(t).any(|k| tree.form(k) == "as" && tree.rel(k) == Case)
            }
            _ => false,
        },
        _ => false,
    }
}

/// Whether a verb says what its subject is ("remains", "became").
fn copular(tree: &Tree, lexicon: &Lexicon, verb: u32) -> bool {
    lexicon.set("copular-verbs").is_some_and(|s| s.longest_at(tree.tokens, verb as usize).is_some())
}

/// Whether a token is a word that patterns may meet.
pub fn is_word(tree: &Tree, t: u32) -> bool {
    tree.pos(t) != Pos::Punct || tree.tag(t) == Tag::Hyph
}

/// The open complement whose predication `p` only colours: "managed to reopen" is a reopening, "remains closed" a being closed.
fn carried_by(tree: &Tree, lexicon: &Lexicon, p: u32) -> Option<u32> {
    let inner = tree.kids(p).find(|k| tree.rel(*k) == Rel::Xcomp)?;
    if yet_to(tree, lexicon, p) {
        return Some(inner);
    }
    if !matches!(tree.pos(inner), Pos::Verb | Pos::Aux) && tree.kid(inner, &[Rel::Cop]).is_none() {
        // "became rich", "remains closed"; with an object it is the object that is so.
        return (tree.kid(p, &[Rel::Obj]).is_none()).then_some(inner);
    }
    if matches!(tree.tag(inner), Tag::Vbn) && tree.kid(p, &[Rel::Obj]).is_none() {
        return Some(inner);
    }
    if tree.kid(p, &[Rel::Obj]).is_some() {
        return None; // "forced the ferry to sail": two predications
    }
    let (row, takes) = embedder(tree, lexicon, p)?;
    let fits = matches!(takes, Takes::To | Takes::Ing);
    (fits && row.modality.is_none() && row.speaker != crate::claims::Commitment::None).then_some(inner)
}

/// "has yet to pay": no need, as "has to pay" is one, but a negation.
pub fn yet_to(tree: &Tree, lexicon: &Lexicon, p: u32) -> bool {
    lexicon.negators.longest_at(tree.tokens, p as usize).is_some_and(|(len, _)| len > 2)
}

/// The lexicon's row for a word that colours its complement, and how that complement is joined.
///
/// The phrase may start at the copula ("be able"), at the word itself ("manage") or run on to its particle ("be about").
pub fn embedder<'l>(tree: &Tree, lexicon: &'l Lexicon, p: u32) -> Option<(&'l CueRow, Takes)> {
    let inner = tree.kids(p).find(|k| matches!(tree.rel(*k), Rel::Xcomp | Rel::Ccomp | Rel::Csubj | Rel::Acl))?;
    if yet_to(tree, lexicon, p) {
        return None;
    }
    let takes = complement_kind(tree, inner);
    let cop = tree.kid(p, &[Rel::Cop, Rel::AuxPass]);
    let row = cop
        .and_then(|_| lexicon.implicatives.word_pair("be", tree.token(p).lemma))
        .or_else(|| cop.and_then(|_| lexicon.implicatives.word_pair("be", tree.token(p).form)))
        .or_else(|| lexicon.implicatives.longest_at(tree.tokens, p as usize).map(|(_, row)| row))?;
    (row.takes.is_empty() || row.takes.contains(&takes)).then_some((row, takes))
}

/// Infinitive, gerund or clause.
pub fn complement_kind(tree: &Tree, inner: u32) -> Takes {
    let to = tree.kids(inner).any(|k| matches!(tree.rel(k), Rel::Mark | Rel::Aux) && tree.tag(k) == Tag::To);
    let own_finite = finite(tree.tag(inner))
        || tree.kids(inner).any(|k| matches!(tree.rel(k), Rel::Aux | Rel::Cop | Rel::AuxPass) && finite(tree.tag(k)));
    if own_finite {
        Takes::That
    } else if to {
        Takes::To
    } else if tree.tag(inner) == Tag::Vbg {
        Takes::Ing
    } else {
        Takes::That
    }
}

/// Gives each clause the words it shares: subjects, auxiliaries, the noun a relative clause describes, the clause an infinitive completes.
fn share(tree: &Tree, clauses: &mut [Clause], lexicon: &Lexicon) {
    let subject_rels = [Rel::Nsubj, Rel::NsubjPass, Rel::Csubj, Rel::CsubjPass, Rel::NsubjOuter];
    for at in 0..clauses.len() {
        let p = clauses[at].predicate;
        let heads: Vec<u32> = clauses[at].carriers.iter().copied().chain([p]).collect();
        clauses[at].subject = heads.iter().find_map(|h| tree.kid(*h, &subject_rels));
        clauses[at].finite = heads.iter().any(|h| has_tense(tree, *h));
    }
    // From the outside in, so that a shared subject is known before it is passed on.
    let mut order: Vec<usize> = (0..clauses.len()).collect();
    let depth = |t: u32| {
        let (mut at, mut steps) = (t, 0u32);
        while let Some(head) = tree.head(at) {
            at = head;
            steps += 1;
        }
        steps
    };
    order.sort_by_key(|c| (depth(clauses[*c].predicate), *c));
    for at in order {
        let clause = clauses[at].clone();
        let top = top_of(tree, &clause);
        let parent = clause.parent.and_then(|q| clauses.iter().find(|c| c.predicate == q)).cloned();
        let mut extra: Vec<u32> = Vec::new();
        let mut subject = clause.subject;
        match clause.link {
            Rel::Conj => {
                let Some(parent) = &parent else { continue };
                let head = tree.head(top).unwrap_or(parent.predicate);
                if head != parent.predicate && !parent.carriers.contains(&head) {
                    continue; // joined to a noun or to something else inside the parent
                }
                if subject.is_none() {
                    subject = parent.subject;
                    extra.extend(parent.subject.iter().flat_map(|s| phrase_words(tree, *s, lexicon)));
                    let behind = tree
                        .kid(parent.predicate, &[Rel::Obj])
                        .filter(|o| *o > clause.predicate && tree.kid(clause.predicate, &[Rel::Obj]).is_none());
                    extra.extend(behind.iter().flat_map(|o| phrase_words(tree, *o, lexicon)));
                    extra.extend(left_words(tree, parent, top).filter(|t| shares_auxiliary(tree, parent, &clause, *t)));
                }
            }
            Rel::Acl | Rel::AclRelcl => {
                let Some(noun) = tree.head(top) else { continue };
                let relativizer =
                    tree.kids(p_or_carrier(&clause)).chain(tree.kids(top)).chain(tree.kids(clause.predicate)).find(|k| {
                        matches!(tree.tag(*k), Tag::Wdt | Tag::Wp | Tag::WpS)
                            || tree.form(*k) == "that" && matches!(tree.rel(*k), Rel::Nsubj | Rel::NsubjPass | Rel::Obj)
                    });
                let infinitive =
                    !clause.finite && (complement_kind(tree, top) == Takes::To || tree.kid(top, &[Rel::Mark]).is_some());
                match relativizer {
                    Some(r) if Some(r) == subject => subject = Some(noun),
                    _ if subject.is_none() && !infinitive => subject = Some(noun),
                    // "the plan to sell": whoever has it sells; found by the event, where the text says who.
                    _ if subject.is_none() => subject = possessor(tree, noun),
                    _ => {}
                }
                extra.extend(phrase_words(tree, noun, lexicon));
            }
            Rel::Xcomp => {
                let Some(parent) = &parent else { continue };
                if subject.is_none() {
                    let head = tree.head(top).unwrap_or(parent.predicate);
                    let object = tree.kid(head, &[Rel::Obj]).or_else(|| tree.kid(head, &[Rel::Iobj]));
                    let small = !matches!(tree.pos(clause.predicate), Pos::Verb | Pos::Aux);
                    subject = match object {
                        Some(o) if small || !subject_control(tree, head) => Some(o),
                        _ => parent.subject,
                    };
                }
                extra.extend(parent.tokens.iter().copied());
            }
            Rel::Advcl | Rel::Ccomp | Rel::Parataxis if subject.is_none() && !clause.finite => {
                if let Some(parent) = &parent {
                    subject = parent.subject;
                    extra.extend(parent.subject.iter().flat_map(|s| phrase_words(tree, *s, lexicon)));
                }
            }
            _ => {}
        }
        let clause = &mut clauses[at];
        clause.subject = subject;
        let relative = matches!(clause.link, Rel::AclRelcl);
        clause.tokens.extend(extra);
        clause.tokens.sort_unstable();
        clause.tokens.dedup();
        if relative {
            clause.tokens.retain(|t| !matches!(tree.tag(*t), Tag::Wdt | Tag::Wp));
        }
    }
}

fn p_or_carrier(clause: &Clause) -> u32 {
    clause.carriers.first().copied().unwrap_or(clause.predicate)
}

/// The outermost verb of a clause: its first carrier, or the predicate.
pub fn top_of(tree: &Tree, clause: &Clause) -> u32 {
    clause
        .carriers
        .iter()
        .copied()
        .find(|c| tree.below(clause.predicate, *c) && !clause.carriers.iter().any(|d| d != c && tree.below(*c, *d)))
        .unwrap_or(clause.predicate)
}

/// Whether a verb has tense, in itself, by an auxiliary or by its copula.
pub fn has_tense(tree: &Tree, p: u32) -> bool {
    finite(tree.tag(p)) && tree.pos(p) != Pos::Adj
        || tree.kids(p).any(|k| matches!(tree.rel(k), Rel::Aux | Rel::AuxPass | Rel::Cop) && finite(tree.tag(k)))
}

/// The words of a noun phrase without the clauses that hang on it.
pub fn phrase_words(tree: &Tree, head: u32, lexicon: &Lexicon) -> Vec<u32> {
    let mut found = vec![head];
    let mut at = 0;
    while at < found.len() {
        let here = found[at];
        found.extend(tree.kids(here).filter(|k| {
            !matches!(tree.rel(*k), Rel::AclRelcl | Rel::Acl | Rel::Parataxis | Rel::Punct | Rel::Ccomp | Rel::Advcl | Rel::Appos)
                && !is_predicate(tree, *k, lexicon)
                && !(here == head && matches!(tree.rel(*k), Rel::Case | Rel::Nsubj | Rel::Cop | Rel::Aux | Rel::Mark | Rel::Cc))
        }));
        at += 1;
    }
    found.sort_unstable();
    found.retain(|t| is_word(tree, *t));
    found
}

/// Words of `parent` that stand before its coordinated partner `top`: auxiliaries, negators, adverbs.
fn left_words<'t>(tree: &'t Tree, parent: &'t Clause, top: u32) -> impl Iterator<Item = u32> + 't {
    let heads: Vec<u32> = parent.carriers.iter().copied().chain([parent.predicate]).collect();
    parent.own.iter().copied().filter(move |t| {
        *t < top
            && *t < parent.predicate
            && tree.head(*t).is_some_and(|h| heads.contains(&h))
            && matches!(tree.rel(*t), Rel::Aux | Rel::AuxPass | Rel::Advmod | Rel::Cop | Rel::Mark)
    })
}

/// "has not signed or ratified": an auxiliary, and a negator with it, holds for the partner too, where its form needs one and it has none.
fn shares_auxiliary(tree: &Tree, parent: &Clause, clause: &Clause, word: u32) -> bool {
    let p = clause.predicate;
    let has_own = tree.kids(p).any(|k| matches!(tree.rel(k), Rel::Aux | Rel::AuxPass | Rel::Cop));
    if has_own {
        return false;
    }
    let (mine, theirs) = (tree.tag(p), tree.tag(parent.predicate));
    let same = mine == theirs && matches!(mine, Tag::Vb | Tag::Vbn | Tag::Vbg)
        || !matches!(tree.pos(p), Pos::Verb | Pos::Aux) && !matches!(tree.pos(parent.predicate), Pos::Verb);
    let but = tree.kids(p).any(|k| tree.rel(k) == Rel::Cc && tree.form(k) == "but");
    let negator = matches!(tree.rel(word), Rel::Advmod);
    same && !(but && negator)
}

/// "X's plan", "X has plans", "the plan by X".
fn possessor(tree: &Tree, noun: u32) -> Option<u32> {
    tree.kid(noun, &[Rel::NmodPoss]).or_else(|| {
        let verb = tree.head(noun)?;
        (matches!(tree.rel(noun), Rel::Obj) && tree.pos(verb) == Pos::Verb).then(|| tree.kid(verb, &[Rel::Nsubj])).flatten()
    })
}

/// Verbs whose subject, not object, does what the infinitive says ("promised Kyiv to send").
fn subject_control(tree: &Tree, verb: u32) -> bool {
    matches!(tree.lemma(verb), "promise" | "threaten" | "vow" | "use")
}

/// Whether a verbless line reads as a statement ("Bridge open", "No deal on prisoners").
pub fn is_telegraphic(tree: &Tree) -> bool {
    matches!(tree.line, Line::Headline | Line::Heading) && !tree.range().any(|t| finite(tree.tag(t)) && tree.pos(t) != Pos::Noun)
}
