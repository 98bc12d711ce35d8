//! Heads and relations guessed from tags alone, for sentences that were not parsed.
//!
//! In: a [`Tree`] whose tokens are all their own heads. Out: the same tree with noun phrases, verb groups, and each verb's subject,
//! object and prepositional complements attached; clauses joined by their conjunctions. A nearest-noun-phrase rule, right on short
//! plain sentences and sensible on others: one pass, linear in tokens.

use super::tree::{Tree, finite};
use crate::text::{Pos, Rel, Tag};

/// A noun phrase, verb group or linking word, left to right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Chunk {
    /// Head of a noun phrase.
    Noun(u32),
    /// Main verb of a verb group.
    Verb(u32),
    /// Adjective or adverb that may be what a copula says.
    Adj(u32),
    /// Preposition.
    Prep(u32),
    /// Conjunction that joins equals.
    Cc(u32),
    /// Conjunction that subordinates, relative and question words.
    Sub(u32),
    /// Comma, dash or bracket.
    Comma,
}

/// Attaches every token of the tree.
pub fn attach(tree: &mut Tree) {
    let chunks = chunk(tree);
    join(tree, &chunks);
}

fn nominal(pos: Pos) -> bool {
    matches!(pos, Pos::Noun | Pos::Propn | Pos::Pron | Pos::Num | Pos::Sym)
}

fn chunk(tree: &mut Tree) -> Vec<Chunk> {
    let mut chunks = Vec::new();
    let mut at = tree.first;
    while at < tree.end {
        let pos = tree.pos(at);
        let tag = tree.tag(at);
        match pos {
            Pos::Punct => {
                if matches!(tree.form(at), "," | "-" | "--" | "(" | ")" | ";" | ":" | "—" | "–") {
                    chunks.push(Chunk::Comma);
                }
                at += 1;
            }
            Pos::Cconj => {
                chunks.push(Chunk::Cc(at));
                at += 1;
            }
            Pos::Sconj => {
                chunks.push(Chunk::Sub(at));
                at += 1;
            }
            _ if matches!(tag, Tag::Wdt | Tag::Wp | Tag::Wrb | Tag::WpS) => {
                chunks.push(Chunk::Sub(at));
                at += 1;
            }
            Pos::Aux | Pos::Verb => at = verb_group(tree, at, &mut chunks),
            Pos::Part if tag == Tag::To => at = verb_group(tree, at, &mut chunks),
            Pos::Adp => {
                chunks.push(Chunk::Prep(at));
                at += 1;
            }
            Pos::Det | Pos::Adj | Pos::Noun | Pos::Propn | Pos::Pron | Pos::Num | Pos::Sym => {
                at = noun_phrase(tree, at, &mut chunks)
            }
            Pos::Adv => {
                // "not" and other adverbs before a determiner or verb hang on what follows; else on the verb before.
                at = adverb(tree, at, &chunks);
            }
            _ => at += 1,
        }
    }
    chunks
}

/// Hangs an adverb on the verb group or phrase after it, else on the verb before.
fn adverb(tree: &mut Tree, at: u32, chunks: &[Chunk]) -> u32 {
    let before = chunks.iter().rev().find_map(|c| if let Chunk::Verb(v) | Chunk::Adj(v) = c { Some(*v) } else { None });
    let next = at + 1;
    let target = (next < tree.end && matches!(tree.pos(next), Pos::Det | Pos::Num | Pos::Adj)).then_some(next);
    let after = (next..tree.end).take(4).find(|t| tree.pos(*t) == Pos::Verb);
    if let Some(head) = target.or(if before.is_some() && after.is_none() { before } else { after }).or(before) {
        tree.set(at, head, Rel::Advmod)
    }
    next
}

/// "had not been fully reopened", "to sell", "will be": auxiliaries, negators and adverbs hang on the last verb.
fn verb_group(tree: &mut Tree, start: u32, chunks: &mut Vec<Chunk>) -> u32 {
    let mut end = start;
    let mut main = start;
    let mut helpers: Vec<u32> = Vec::new();
    while end < tree.end {
        match tree.pos(end) {
            Pos::Aux => {
                helpers.push(end);
                main = end;
                end += 1;
            }
            Pos::Part | Pos::Adv => {
                // An adverb belongs to the group where a verb follows.
                let more = (end + 1..tree.end).take(3).find(|t| !matches!(tree.pos(*t), Pos::Adv | Pos::Part));
                let inside = more.is_some_and(|t| {
                    matches!(tree.pos(t), Pos::Aux | Pos::Verb) || tree.pos(t) == Pos::Adj && !helpers.is_empty()
                });
                if tree.pos(end) == Pos::Part || inside {
                    helpers.push(end);
                    end += 1;
                } else {
                    break;
                }
            }
            Pos::Verb => {
                main = end;
                end += 1;
                break;
            }
            _ => break,
        }
    }
    if tree.pos(main) != Pos::Verb && !helpers.is_empty() {
        // A copula, or an auxiliary that stands alone: what it says follows.
        let adjective = (end..tree.end).find(|t| !matches!(tree.pos(*t), Pos::Adv | Pos::Det | Pos::Num));
        match adjective
            .filter(|t| tree.lemma(main) == "be" && tree.pos(*t) == Pos::Adj && !(*t + 1 < tree.end && nominal(tree.pos(*t + 1))))
        {
            Some(adj) => {
                for h in helpers {
                    let rel = if h == main { Rel::Cop } else { helper_rel(tree, h) };
                    tree.set(h, adj, rel);
                }
                for t in end..adj {
                    tree.set(t, adj, Rel::Advmod);
                }
                chunks.push(Chunk::Verb(adj));
                return adj + 1;
            }
            None => {
                for h in helpers.into_iter().filter(|h| *h != main) {
                    let rel = helper_rel(tree, h);
                    tree.set(h, main, rel);
                }
                chunks.push(Chunk::Verb(main));
                return end.max(start + 1);
            }
        }
    }
    let passive = tree.tag(main) == Tag::Vbn && helpers.iter().any(|h| matches!(tree.lemma(*h), "be" | "get"));
    for h in helpers.iter().copied().filter(|h| *h != main) {
        let last_be = passive && tree.lemma(h) == "be" && !helpers.iter().any(|o| *o > h && tree.lemma(*o) == "be");
        let rel = if last_be { Rel::AuxPass } else { helper_rel(tree, h) };
        tree.set(h, main, rel);
    }
    if end < tree.end && tree.tag(end) == Tag::Rp {
        tree.set(end, main, Rel::CompoundPrt);
        end += 1;
    }
    chunks.push(Chunk::Verb(main));
    end.max(start + 1)
}

fn helper_rel(tree: &Tree, token: u32) -> Rel {
    match tree.tag(token) {
        Tag::To => Rel::Mark,
        _ if tree.pos(token) == Pos::Aux => Rel::Aux,
        _ => Rel::Advmod,
    }
}

/// Determiners, numbers, adjectives and nouns up to the last noun; "of" phrases are joined later.
fn noun_phrase(tree: &mut Tree, start: u32, chunks: &mut Vec<Chunk>) -> u32 {
    let mut end = start;
    while end < tree.end {
        let pos = tree.pos(end);
        let hyphen = tree.tag(end) == Tag::Hyph;
        let possessive = tree.tag(end) == Tag::Pos;
        let pronoun = matches!(tree.tag(end), Tag::Prp) || pos == Pos::Pron && tree.tag(end) != Tag::PrpS;
        if pronoun && end > start {
            break;
        }
        if !(matches!(pos, Pos::Det | Pos::Adj | Pos::Num | Pos::Sym) || nominal(pos) || hyphen || possessive) {
            break;
        }
        // A determiner after a noun starts a phrase of its own.
        if pos == Pos::Det && end > start && nominal(tree.pos(end - 1)) && tree.tag(end - 1) != Tag::PrpS {
            break;
        }
        end += 1;
        if pronoun && !(end < tree.end && tree.tag(end) == Tag::Pos) {
            break;
        }
    }
    let end = end.max(start + 1);
    let head = (start..end)
        .rev()
        .find(|t| nominal(tree.pos(*t)) && tree.tag(*t) != Tag::PrpS)
        .or_else(|| (start..end).rev().find(|t| tree.pos(*t) == Pos::Det));
    let Some(head) = head else {
        chunks.push(Chunk::Adj(end - 1));
        for t in start..end - 1 {
            tree.set(t, end - 1, Rel::Advmod);
        }
        return end;
    };
    // The owner before "'s" hangs on the head, with what stands before it.
    let mut from = start;
    for mark in (start..end).filter(|t| tree.tag(*t) == Tag::Pos).collect::<Vec<_>>() {
        if mark > start && mark < head {
            let owner = mark - 1;
            tree.set(mark, owner, Rel::Case);
            for t in from..owner {
                let rel = inside_rel(tree, t, owner);
                tree.set(t, owner, rel);
            }
            tree.set(owner, head, Rel::NmodPoss);
            from = mark + 1;
        }
    }
    for t in from..end {
        if t != head {
            let rel = inside_rel(tree, t, head);
            tree.set(t, head, rel);
        }
    }
    chunks.push(Chunk::Noun(head));
    end
}

fn inside_rel(tree: &Tree, token: u32, _head: u32) -> Rel {
    match tree.pos(token) {
        Pos::Det => Rel::Det,
        Pos::Adj => Rel::Amod,
        Pos::Num => Rel::Nummod,
        Pos::Pron => Rel::NmodPoss,
        Pos::Punct => Rel::Punct,
        _ => Rel::Compound,
    }
}

/// Joins the chunks: subjects before verbs, objects behind them, clauses by their conjunctions.
fn join(tree: &mut Tree, chunks: &[Chunk]) {
    let mut main: Option<u32> = None; // first finite verb outside a subordinate clause
    let mut last_verb: Option<u32> = None;
    let mut pending: Option<u32> = None; // noun that waits for its verb
    let mut prep: Option<u32> = None;
    let mut cc: Option<u32> = None;
    let mut sub: Option<u32> = None;
    let mut noun_before: Option<u32> = None; // nearest noun, for "of" and relative clauses
    let mut after_comma = false;
    for (at, chunk) in chunks.iter().enumerate() {
        match *chunk {
            Chunk::Comma => {
                after_comma = true;
                continue;
            }
            Chunk::Prep(p) => prep = Some(p),
            Chunk::Cc(c) => cc = Some(c),
            Chunk::Sub(s) => {
                sub = Some(s);
                pending = None;
                cc = None;
            }
            Chunk::Adj(a) => {
                if let Some(v) = last_verb {
                    tree.set(a, v, if tree.pos(a) == Pos::Adv { Rel::Advmod } else { Rel::Xcomp });
                }
            }
            Chunk::Noun(n) => {
                let next_is_verb = matches!(chunks.get(at + 1), Some(Chunk::Verb(v)) if !is_infinitive(tree, *v));
                if let Some(p) = prep.take() {
                    tree.set(p, n, Rel::Case);
                    let noun = noun_before.filter(|b| tree.form(p) == "of" || last_verb.is_none() && *b < p);
                    match (noun, last_verb) {
                        (Some(b), _) => tree.set(n, b, Rel::Nmod),
                        (None, Some(v)) => tree.set(n, v, Rel::Obl),
                        (None, None) => {
                            // A fronted phrase: hung on the first verb when it comes.
                        }
                    }
                    noun_before = Some(n);
                } else if let (Some(c), Some(b), false) = (cc, noun_before, next_is_verb && pending.is_none()) {
                    tree.set(c, n, Rel::Cc);
                    tree.set(n, b, Rel::Conj);
                    cc = None;
                } else {
                    if let Some(v) = last_verb.filter(|_| !next_is_verb && sub.is_none()) {
                        let copula = tree.pos(v) == Pos::Aux && tree.lemma(v) == "be";
                        let taken = tree.range().any(|t| tree.head(t) == Some(v) && tree.rel(t) == Rel::Obj);
                        if copula {
                            make_copula(tree, v, n);
                            if main == Some(v) {
                                main = Some(n);
                            }
                            last_verb = Some(n);
                        } else if !taken && tree.rel(n) == Rel::Dep || tree.head(n).is_none() && !taken {
                            tree.set(n, v, Rel::Obj);
                        } else {
                            tree.set(n, v, Rel::OblNpmod);
                        }
                    }
                    if next_is_verb || last_verb.is_none() {
                        pending = pending.filter(|_| !next_is_verb && last_verb.is_none()).or(Some(n));
                    }
                    noun_before = Some(n);
                }
            }
            Chunk::Verb(v) => {
                let infinitive = is_infinitive(tree, v);
                let participle = matches!(tree.tag(v), Tag::Vbg | Tag::Vbn) && !has_helper(tree, v);
                if infinitive {
                    match last_verb {
                        Some(head) => {
                            let direct = matches!(chunks.get(at.wrapping_sub(1)), Some(Chunk::Verb(_) | Chunk::Noun(_)));
                            tree.set(v, head, if direct { Rel::Xcomp } else { Rel::Advcl });
                        }
                        None => {
                            if let Some(n) = pending.take() {
                                // "Firm to cut 300 jobs"
                                tree.set(n, v, Rel::Nsubj);
                                main = main.or(Some(v));
                            }
                        }
                    }
                } else if participle && (last_verb.is_some() || main.is_some()) {
                    match (prep.take(), noun_before, last_verb) {
                        (Some(p), _, Some(head)) => {
                            tree.set(p, v, Rel::Mark);
                            tree.set(v, head, Rel::Advcl);
                        }
                        (None, Some(n), _) if !after_comma && tree.tag(v) == Tag::Vbn => tree.set(v, n, Rel::Acl),
                        (_, _, Some(head)) => {
                            let near = matches!(chunks.get(at.wrapping_sub(1)), Some(Chunk::Verb(_)));
                            tree.set(v, head, if near { Rel::Xcomp } else { Rel::Advcl });
                        }
                        _ => {}
                    }
                } else {
                    let subject = pending.take();
                    if let Some(s) = subject {
                        let passive = tree.range().any(|t| tree.head(t) == Some(v) && tree.rel(t) == Rel::AuxPass);
                        tree.set(s, v, if passive { Rel::NsubjPass } else { Rel::Nsubj });
                    }
                    let relative = sub
                        .filter(|s| matches!(tree.tag(*s), Tag::Wdt | Tag::Wp) || tree.form(*s) == "that" && subject.is_none());
                    match (sub.take(), last_verb, cc.take()) {
                        (Some(s), _, _) if relative.is_some() && noun_before.is_some_and(|n| n < s) => {
                            let noun = noun_before.unwrap_or(v);
                            tree.set(s, v, if subject.is_none() { Rel::Nsubj } else { Rel::Obj });
                            tree.set(v, noun, Rel::AclRelcl);
                        }
                        (Some(s), head, _) => {
                            tree.set(s, v, Rel::Mark);
                            let that = matches!(tree.form(s), "that" | "whether")
                                || matches!(tree.tag(s), Tag::Wp | Tag::Wrb | Tag::Wdt);
                            match head {
                                Some(h) => tree.set(v, h, if that { Rel::Ccomp } else { Rel::Advcl }),
                                None => {
                                    // A fronted clause: hung on the main verb when it comes.
                                }
                            }
                        }
                        (None, Some(h), Some(c)) => {
                            tree.set(c, v, Rel::Cc);
                            tree.set(v, h, Rel::Conj);
                        }
                        (None, Some(h), None) if main.is_some() => {
                            tree.set(v, h, if subject.is_some() && !after_comma { Rel::Ccomp } else { Rel::Parataxis })
                        }
                        (_, _, c) => {
                            if let Some(c) = c {
                                tree.set(c, v, Rel::Cc);
                            }
                            main = Some(v);
                        }
                    }
                }
                if main.is_none() && tree.head(v).is_none() {
                    main = Some(v);
                }
                last_verb = Some(v);
                prep = None;
            }
        }
        after_comma = false;
    }
    let root = main.or(last_verb).or(noun_before);
    let Some(root) = root else { return };
    let loose: Vec<u32> = tree.range().filter(|t| tree.head(*t).is_none() && *t != root).collect();
    for t in loose {
        let rel = match tree.pos(t) {
            Pos::Verb | Pos::Aux => Rel::Advcl,
            Pos::Punct => Rel::Punct,
            Pos::Adv => Rel::Advmod,
            Pos::Adp | Pos::Sconj | Pos::Cconj => Rel::Dep,
            _ if tree.range().any(|k| tree.head(k) == Some(t) && tree.rel(k) == Rel::Case) => Rel::Obl,
            _ if tree.range().any(|k| tree.head(k) == Some(t) && matches!(tree.rel(k), Rel::Cop | Rel::Aux)) => Rel::Advcl,
            _ => Rel::Dep,
        };
        if !tree.range().any(|k| tree.head(k) == Some(root) && k == t) {
            tree.set(t, root, rel);
        }
    }
    let at_root = tree.head(root).unwrap_or(root);
    if at_root == root {
        tree.set(root, root, Rel::Root);
    }
}

fn is_infinitive(tree: &Tree, v: u32) -> bool {
    !finite(tree.tag(v)) && tree.range().any(|t| tree.head(t) == Some(v) && tree.tag(t) == Tag::To)
}

fn has_helper(tree: &Tree, v: u32) -> bool {
    tree.range().any(|t| tree.head(t) == Some(v) && matches!(tree.rel(t), Rel::Aux | Rel::AuxPass | Rel::Cop))
}

/// "X is the mayor": the noun takes the copula's place.
fn make_copula(tree: &mut Tree, copula: u32, noun: u32) {
    let kids: Vec<(u32, Rel)> = tree.range().filter(|t| tree.head(*t) == Some(copula)).map(|t| (t, tree.rel(t))).collect();
    tree.promote(noun, copula, Rel::Cop);
    for (k, rel) in kids {
        if k != noun {
            tree.set(k, noun, rel);
        }
    }
}
