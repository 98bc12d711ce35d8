//! Mends what the parse is known to get wrong, and reads telegraphic headlines; guesses relations where there was no parse.
//!
//! In: a document as annotated. Out: the same document with tags, heads and relations mended, so that attribution and claims see one
//! tree. Every repair fires on the shape of a tree and on word classes of the lexicon, never on a sentence; each names the
//! construction that forced it. Tags of nouns and verbs spelt alike are the parse's weakest spot: four repairs are about them.

use super::tree::{Tree, finite};
use crate::base::Sym;
use crate::lexical::{self, Class};
use crate::lexicon::{Lexicon, Takes};
use crate::text::{Document, Line, Pos, Rel, Tag};

/// Applies every repair to every sentence.
pub fn mend(document: &mut Document, lexicon: &Lexicon) {
    for sentence in 0..document.sentences.len() {
        let mended = {
            let mut tree = Tree::new(document, sentence);
            if !document.sentences[sentence].parsed {
                super::shallow::attach(&mut tree);
                tree.settle();
            }
            let before = tree.readings();
            for repair in REPAIRS {
                repair(&mut tree, lexicon);
                tree.settle();
            }
            let after = tree.readings();
            (before != after || !document.sentences[sentence].parsed).then_some(after)
        };
        let Some(mended) = mended else { continue };
        let range = document.sentences[sentence].range();
        for (token, (pos, tag, head, rel)) in document.tokens[range].iter_mut().zip(mended) {
            if token.pos != pos {
                token.lemma = Sym::new(&crate::text::lemma::lemma(token.form.as_str(), pos, tag));
            }
            (token.pos, token.tag, token.head, token.rel) = (pos, tag, head, rel);
        }
    }
}

type Repair = fn(&mut Tree, &Lexicon);

/// In order: words first, then the relations that follow from them.
const REPAIRS: &[Repair] = &[
    bare_present,
    hidden_infinitive,
    hidden_after_auxiliary,
    hidden_in_clause,
    headline,
    perfect,
    finite_modifier,
    particle,
    gerund_complement,
    kept_from,
    object_infinitive,
    neither_nor,
    called_so,
    content_clause,
    clause_of_noun,
    infinitive_of_noun,
    inserted_clause,
    fronted_phrase,
    of_phrase,
    split_coordination,
];

fn kids(tree: &Tree, token: u32) -> Vec<u32> {
    tree.kids(token).collect()
}

/// Whether a form can be a verb.
fn can_be_verb(tree: &Tree, token: u32) -> bool {
    lexical::known(tree.lemma(token), Class::Verb)
}

fn ends_here(tree: &Tree, token: u32) -> bool {
    token >= tree.end || matches!(tree.pos(token), Pos::Punct | Pos::Cconj | Pos::Adp | Pos::Sconj)
}

fn opens_phrase(tree: &Tree, token: u32) -> bool {
    token < tree.end
        && (tree.pos(token) == Pos::Det || matches!(tree.tag(token), Tag::PrpS | Tag::Prp | Tag::Cd | Tag::Nnp | Tag::Nnps))
}

fn takes(lexicon: &Lexicon, tree: &Tree, word: u32, what: &[Takes]) -> bool {
    let fits = |row: &crate::lexicon::CueRow| row.takes.iter().any(|t| what.contains(t));
    let word_or_be = |table: &crate::lexicon::Phrases<crate::lexicon::CueRow>| {
        table
            .longest_at(tree.tokens, word as usize)
            .map(|(_, r)| r)
            .or_else(|| table.word_pair("be", tree.token(word).lemma))
            .or_else(|| table.word_pair("be", tree.token(word).form))
            .is_some_and(fits)
    };
    word_or_be(&lexicon.implicatives) || word_or_be(&lexicon.cues)
}

/// "I don't think they *know*": a present tense read as an infinitive, though it has a subject and no auxiliary.
fn bare_present(tree: &mut Tree, _: &Lexicon) {
    for verb in tree.range() {
        if tree.tag(verb) != Tag::Vb || tree.pos(verb) != Pos::Verb {
            continue;
        }
        let plain = !tree.kids(verb).any(|k| matches!(tree.rel(k), Rel::Aux | Rel::AuxPass | Rel::Cop) || tree.tag(k) == Tag::To);
        let subject = tree.kid(verb, &[Rel::Nsubj]).filter(|s| *s < verb);
        let agrees = subject
            .is_some_and(|s| matches!(tree.tag(s), Tag::Nns | Tag::Nnps) || matches!(tree.form(s), "i" | "we" | "you" | "they"));
        if plain && agrees {
            tree.set_tag(verb, Tag::Vbp);
        }
    }
}

/// "managed to *free* the ship", "is set to *close*": a verb read as adjective or noun behind "to".
fn hidden_infinitive(tree: &mut Tree, lexicon: &Lexicon) {
    for to in tree.range() {
        let x = to + 1;
        let hidden = tree.form(to) == "to"
            && x < tree.end
            && matches!(tree.pos(x), Pos::Noun | Pos::Adj | Pos::Adv)
            && tree.form(x) == tree.lemma(x)
            && can_be_verb(tree, x);
        if !hidden || to == tree.first {
            continue;
        }
        // What the infinitive completes: the verb or adjective before, over its object.
        let governor = (tree.first..to).rev().take(8).find(|t| {
            matches!(tree.pos(*t), Pos::Verb | Pos::Adj)
                || tree.pos(*t) == Pos::Noun && lexicon.plans.longest_at(tree.tokens, *t as usize).is_some()
        });
        let Some(governor) = governor else { continue };
        let governed = takes(lexicon, tree, governor, &[Takes::To, Takes::ObjTo]);
        let object = opens_phrase(tree, x + 1);
        let sure = object && tree.pos(x) != Pos::Noun
            || governed && (object || ends_here(tree, x + 1) || tree.pos(x) != Pos::Noun && tree.pos(x + 1) == Pos::Adv);
        if !sure || tree.range().any(|t| tree.head(t) == Some(x) && matches!(tree.rel(t), Rel::Det | Rel::Amod)) {
            continue;
        }
        let noun = tree.range().find(|n| {
            *n > x
                && matches!(tree.pos(*n), Pos::Noun | Pos::Propn | Pos::Pron)
                && matches!(tree.rel(*n), Rel::Obj | Rel::Obl | Rel::Nmod | Rel::Dep)
                && tree.head(*n).is_some_and(|h| h < to || h == x)
                && tree.kid(*n, &[Rel::Case]).is_none_or(|c| c == to)
        });
        tree.set_pos(x, Pos::Verb);
        tree.set_tag(x, Tag::Vb);
        tree.set(to, x, Rel::Mark);
        tree.set(x, governor, if tree.pos(governor) == Pos::Noun { Rel::Acl } else { Rel::Xcomp });
        if let Some(noun) = noun.filter(|_| object) {
            tree.set(noun, x, Rel::Obj);
        }
    }
}

/// "will *close*", "did not *leak*": a verb read as something else behind an auxiliary that needs one.
fn hidden_after_auxiliary(tree: &mut Tree, _: &Lexicon) {
    for helper in tree.range() {
        let modal = tree.tag(helper) == Tag::Md;
        let doing = tree.lemma(helper) == "do" && tree.pos(helper) == Pos::Aux;
        if !modal && !doing {
            continue;
        }
        let Some(x) = (helper + 1..tree.end).find(|t| {
            !(tree.pos(*t) == Pos::Part && tree.tag(*t) == Tag::Rb)
                && (!matches!(tree.pos(*t), Pos::Adv)
                    || tree.form(*t) == tree.lemma(*t) && !tree.form(*t).ends_with("ly") && can_be_verb(tree, *t))
        }) else {
            continue;
        };
        let hidden = matches!(tree.pos(x), Pos::Noun | Pos::Adj | Pos::Adv | Pos::Adp)
            && can_be_verb(tree, x)
            && tree.form(x) == tree.lemma(x);
        let verb_follows = (x + 1..tree.end).take(2).any(|t| matches!(tree.pos(t), Pos::Verb | Pos::Aux));
        if !hidden || verb_follows || tree.kid(x, &[Rel::Cop, Rel::Det]).is_some() {
            continue;
        }
        tree.set_pos(x, Pos::Verb);
        tree.set_tag(x, Tag::Vb);
        tree.set(helper, x, Rel::Aux);
        if tree.kid(x, &[Rel::Nsubj, Rel::NsubjPass]).is_none() {
            let subject = tree
                .range()
                .find(|n| *n < helper && matches!(tree.pos(*n), Pos::Noun | Pos::Propn | Pos::Pron) && tree.head(*n) == Some(x));
            if let Some(subject) = subject {
                tree.set(subject, x, Rel::Nsubj);
            }
        }
    }
}

/// "suggested that the dam *leaks*", "if the river *rises*", "Firm *cuts* 300 jobs": a verb in -s read as a plural.
fn hidden_in_clause(tree: &mut Tree, _: &Lexicon) {
    let headline = tree.line != Line::Body;
    for x in tree.range().skip(1) {
        let plural = tree.tag(x) == Tag::Nns
            && can_be_verb(tree, x)
            && matches!(tree.pos(x - 1), Pos::Noun | Pos::Propn | Pos::Pron)
            && matches!(tree.tag(x - 1), Tag::Nn | Tag::Nnp | Tag::Prp);
        if !plural {
            continue;
        }
        let subject = x - 1;
        // The conjunction that opens the clause stands before the subject's phrase.
        let start = (tree.first..=subject)
            .rev()
            .take_while(|t| {
                !matches!(tree.pos(*t), Pos::Verb | Pos::Aux | Pos::Sconj | Pos::Adp | Pos::Punct | Pos::Cconj)
                    && !matches!(tree.tag(*t), Tag::Wdt)
            })
            .last()
            .unwrap_or(subject);
        let opener = start.checked_sub(1).filter(|o| {
            *o >= tree.first
                && (tree.pos(*o) == Pos::Sconj
                    || tree.rel(*o) == Rel::Mark
                    || tree.form(*o) == "that" && tree.pos(*o) != Pos::Det)
        });
        let next_free =
            ends_here(tree, x + 1) || opens_phrase(tree, x + 1) || tree.pos(x + 1) == Pos::Adv || tree.form(x + 1) == "to";
        let no_verb_after = !(x + 1..tree.end)
            .take_while(|t| tree.pos(*t) != Pos::Punct && tree.pos(*t) != Pos::Sconj)
            .any(|t| finite(tree.tag(t)) && matches!(tree.pos(t), Pos::Verb | Pos::Aux));
        let telegraphic = headline
            && opener.is_none()
            && start == tree.first
            && (opens_phrase(tree, x + 1)
                || tree.pos(x + 1) == Pos::Adp && x + 1 < tree.end
                || tree.form(x + 1) == "to"
                || matches!(tree.pos(x + 1), Pos::Adj) && x + 1 < tree.end)
            && !tree.range().any(|t| finite(tree.tag(t)) && matches!(tree.pos(t), Pos::Verb | Pos::Aux));
        // "While no plans have been made, the engagement *signals* readiness": the main verb behind a fronted clause.
        let fronted = opener.is_none()
            && start > tree.first + 3
            && tree.form(start - 1) == ","
            && (tree.pos(tree.first) == Pos::Sconj || tree.rel(tree.first) == Rel::Mark)
            && next_free
            && !(start..tree.end).any(|t| finite(tree.tag(t)) && matches!(tree.pos(t), Pos::Verb | Pos::Aux));
        if !(opener.is_some() && next_free && no_verb_after || telegraphic || fronted) {
            continue;
        }
        tree.set_pos(x, Pos::Verb);
        tree.set_tag(x, Tag::Vbz);
        let old = tree.head(x);
        for k in kids(tree, x) {
            if k < subject && tree.rel(k) != Rel::Mark {
                let rel = tree.rel(k);
                tree.set(k, subject, rel);
            } else if k > x && matches!(tree.pos(k), Pos::Noun | Pos::Propn | Pos::Pron) && tree.case(k).is_none() {
                tree.set(k, x, Rel::Obj);
            } else if k > x && tree.rel(k) == Rel::Nmod {
                tree.set(k, x, Rel::Obl);
            }
        }
        if let Some(opener) = opener {
            tree.set(opener, x, Rel::Mark);
            let governor = (tree.first..opener).rev().find(|t| matches!(tree.pos(*t), Pos::Verb | Pos::Adj));
            let that = tree.form(opener) == "that" || tree.form(opener) == "whether";
            match (governor, old) {
                (Some(g), _) if that => tree.set(x, g, Rel::Ccomp),
                (_, Some(h))
                    if h < opener && matches!(tree.pos(h), Pos::Verb | Pos::Aux | Pos::Adj) || old.is_some_and(|h| h > x) =>
                {
                    let h = old.unwrap_or(x);
                    tree.set(x, h, Rel::Advcl);
                }
                (Some(g), _) => tree.set(x, g, Rel::Advcl),
                _ => {}
            }
        } else if let Some(h) = old.filter(|h| fronted && *h < start) {
            tree.promote(x, h, Rel::Advcl);
        } else if tree.head(subject) == Some(x) || old == Some(subject) {
            if old == Some(subject) {
                tree.promote(x, subject, Rel::Nsubj);
            }
        } else if let Some(h) = old.filter(|h| *h > x) {
            // "Firm cuts jobs" with the last noun on top.
            tree.promote(x, h, Rel::Obj);
        }
        tree.set(subject, x, Rel::Nsubj);
        // Its object, where a phrase follows that hung elsewhere.
        if opens_phrase(tree, x + 1) && tree.kid(x, &[Rel::Obj]).is_none() {
            let object = (x + 1..tree.end)
                .find(|n| matches!(tree.pos(*n), Pos::Noun | Pos::Propn) && !matches!(tree.rel(*n), Rel::Compound | Rel::Flat));
            if let Some(object) = object.filter(|o| tree.case(*o).is_none()) {
                tree.set(object, x, Rel::Obj);
            }
        }
    }
}

/// "Firm to cut 300 jobs", "Bridge shut after flood", "Talks stall": a noun on top of a line without a finite verb gives way to the
/// infinitive or participle that hangs on it.
fn headline(tree: &mut Tree, _: &Lexicon) {
    if tree.line == Line::Body || tree.range().any(|t| finite(tree.tag(t)) && matches!(tree.pos(t), Pos::Verb | Pos::Aux)) {
        return;
    }
    let Some(root) = tree.range().find(|t| tree.head(*t).is_none() && tree.pos(*t) != Pos::Punct) else { return };
    if !matches!(tree.pos(root), Pos::Noun | Pos::Propn | Pos::Num) {
        return;
    }
    let acl = tree.kids(root).find(|k| tree.rel(*k) == Rel::Acl && *k > root && tree.pos(*k) == Pos::Verb);
    if let Some(verb) = acl {
        tree.promote(verb, root, if tree.tag(verb) == Tag::Vbn { Rel::NsubjPass } else { Rel::Nsubj });
        for k in kids(tree, root) {
            if k > verb && matches!(tree.rel(k), Rel::Nmod | Rel::Conj) {
                let rel = if tree.case(k).is_some() { Rel::Obl } else { Rel::Obj };
                tree.set(k, verb, rel);
            }
        }
        return;
    }
    // "Talks stall": read as a compound; a plural noun does not modify the noun after it.
    let plural = tree.kids(root).find(|k| tree.rel(*k) == Rel::Compound && *k + 1 == root && tree.tag(*k) == Tag::Nns);
    if let Some(noun) = plural.filter(|_| can_be_verb(tree, root)) {
        for k in kids(tree, root) {
            if k < noun && tree.rel(k) != Rel::Punct {
                let rel = tree.rel(k);
                tree.set(k, noun, rel);
            } else if k > root && tree.rel(k) == Rel::Nmod {
                tree.set(k, root, Rel::Obl);
            }
        }
        tree.set(noun, root, Rel::Nsubj);
        tree.set_pos(root, Pos::Verb);
        tree.set_tag(root, Tag::Vbp);
    }
}

/// "its spokesman *had called* the report": "have" before a participle is its auxiliary.
fn perfect(tree: &mut Tree, _: &Lexicon) {
    for h in tree.range() {
        if tree.lemma(h) != "have" || matches!(tree.rel(h), Rel::Aux) {
            continue;
        }
        let Some(v) = (h + 1..tree.end).find(|t| !matches!(tree.pos(*t), Pos::Adv | Pos::Part)) else { continue };
        let participle = tree.tag(v) == Tag::Vbn && tree.pos(v) == Pos::Verb || tree.tag(v) == Tag::Vbd;
        // "has wounded soldiers in its care" has a bare noun behind the participle.
        let bare = matches!(tree.rel(v), Rel::Amod) && matches!(tree.pos(v + 1), Pos::Noun | Pos::Adj) && v + 1 < tree.end;
        if !participle || bare || tree.head(h) == Some(v) && tree.rel(h) == Rel::Aux {
            continue;
        }
        let noun = tree.head(v).filter(|n| tree.rel(v) == Rel::Amod && *n > v);
        if !tree.below(v, h) {
            continue;
        }
        tree.promote(v, h, Rel::Aux);
        for k in kids(tree, h) {
            if k != v {
                let rel = tree.rel(k);
                tree.set(k, v, rel);
            }
        }
        if let Some(noun) = noun {
            tree.set(noun, v, Rel::Obj);
            for k in kids(tree, noun) {
                if k < v && k != v {
                    let rel = tree.rel(k);
                    tree.set(k, v, rel);
                }
            }
        }
    }
}

/// "Ana Marin *became* mayor": a finite verb read as a modifier of the noun after it.
fn finite_modifier(tree: &mut Tree, lexicon: &Lexicon) {
    let Some(root) = tree.range().find(|t| tree.head(*t).is_none() && tree.pos(*t) != Pos::Punct) else { return };
    if !matches!(tree.pos(root), Pos::Noun | Pos::Propn) || tree.kid(root, &[Rel::Cop]).is_some() {
        return;
    }
    let verb = tree.kids(root).find(|k| {
        *k < root
            && *k > tree.first
            && matches!(tree.tag(*k), Tag::Vbd | Tag::Vbz | Tag::Vbp)
            && tree.pos(*k) == Pos::Verb
            && matches!(tree.rel(*k), Rel::Amod | Rel::Compound | Rel::Dep)
    });
    let Some(verb) = verb else { return };
    let copular = lexicon.set("copular-verbs").is_some_and(|s| s.longest_at(tree.tokens, verb as usize).is_some());
    tree.promote(verb, root, if copular { Rel::Xcomp } else { Rel::Obj });
    for k in kids(tree, root) {
        if k < verb {
            let rel = match tree.rel(k) {
                Rel::Compound | Rel::Nmod | Rel::Amod | Rel::Dep | Rel::Flat
                    if matches!(tree.pos(k), Pos::Noun | Pos::Propn | Pos::Pron) =>
                {
                    Rel::Nsubj
                }
                rel => rel,
            };
            tree.set(k, verb, rel);
        }
    }
}

/// "called *off* the strike": a particle read as a preposition.
fn particle(tree: &mut Tree, lexicon: &Lexicon) {
    for verb in tree.range() {
        let p = verb + 1;
        if tree.pos(verb) != Pos::Verb || p >= tree.end || tree.rel(p) != Rel::Case {
            continue;
        }
        let phrasal =
            lexicon.set("phrasal-verbs").and_then(|s| s.longest_at(tree.tokens, verb as usize)).is_some_and(|(len, ())| len == 2);
        let Some(noun) = tree.head(p).filter(|n| phrasal && tree.head(*n) == Some(verb)) else { continue };
        tree.set(p, verb, Rel::CompoundPrt);
        tree.set(noun, verb, Rel::Obj);
        if tree.tag(verb) == Tag::Vbn && tree.kid(verb, &[Rel::Aux, Rel::AuxPass]).is_none() {
            tree.set_tag(verb, Tag::Vbd);
            if let Some(subject) = tree.kid(verb, &[Rel::NsubjPass]) {
                tree.set(subject, verb, Rel::Nsubj);
            }
        }
    }
}

/// "stopped *exporting* grain": a gerund that completes its verb, read as a modifier of the noun after it.
fn gerund_complement(tree: &mut Tree, lexicon: &Lexicon) {
    for verb in tree.range() {
        let g = verb + 1;
        if tree.pos(verb) != Pos::Verb
            || g >= tree.end
            || tree.tag(g) != Tag::Vbg
            || !matches!(tree.rel(g), Rel::Amod | Rel::Compound)
        {
            continue;
        }
        let fits =
            lexicon.implicatives.longest_at(tree.tokens, verb as usize).is_some_and(|(_, row)| row.takes.contains(&Takes::Ing));
        let Some(noun) = tree.head(g).filter(|n| fits && tree.head(*n) == Some(verb)) else { continue };
        tree.set(g, verb, Rel::Xcomp);
        tree.set_pos(g, Pos::Verb);
        tree.set(noun, g, Rel::Obj);
    }
}

/// "prevented the ferry *from sailing*": the gerund behind "from" is what did not happen.
fn kept_from(tree: &mut Tree, lexicon: &Lexicon) {
    for verb in tree.range() {
        if tree.pos(verb) != Pos::Verb
            || !lexicon
                .implicatives
                .longest_at(tree.tokens, verb as usize)
                .is_some_and(|(_, row)| row.takes.contains(&Takes::Ing))
        {
            continue;
        }
        let gerund = tree.kids(verb).find(|k| {
            *k > verb
                && (tree.tag(*k) == Tag::Vbg
                    || tree.form(*k).ends_with("ing") && tree.pos(*k) == Pos::Noun && tree.kid(*k, &[Rel::Det]).is_none())
                && tree.kids(*k).any(|c| tree.form(c) == "from" && matches!(tree.rel(c), Rel::Case | Rel::Mark))
        });
        let Some(gerund) = gerund else { continue };
        let Some(from) = tree.kids(gerund).find(|c| tree.form(*c) == "from") else { continue };
        tree.set_pos(gerund, Pos::Verb);
        tree.set_tag(gerund, Tag::Vbg);
        tree.set(gerund, verb, Rel::Xcomp);
        tree.set(from, gerund, Rel::Mark);
    }
}

/// "forced the ferry *to sail*", "ordered Tarnis *to sell*": the infinitive behind an object is what the object is to do.
fn object_infinitive(tree: &mut Tree, lexicon: &Lexicon) {
    for verb in tree.range() {
        if tree.pos(verb) != Pos::Verb || !takes(lexicon, tree, verb, &[Takes::To, Takes::ObjTo]) {
            continue;
        }
        let Some(object) = tree.kid(verb, &[Rel::Obj, Rel::Iobj]) else { continue };
        let to = |x: u32| tree.kids(x).any(|k| tree.tag(k) == Tag::To && tree.rel(k) == Rel::Mark && k < x);
        let found = tree.range().find(|x| {
            *x > object
                && tree.pos(*x) == Pos::Verb
                && to(*x)
                && (tree.rel(*x) == Rel::Acl && tree.head(*x) == Some(object)
                    || tree.rel(*x) == Rel::Advcl && tree.head(*x) == Some(verb))
        });
        // Nouns that have infinitives of their own keep them ("made a promise to return").
        let noun_takes = lexicon.set("infinitive-nouns").is_some_and(|s| s.longest_at(tree.tokens, object as usize).is_some());
        if let Some(x) = found.filter(|_| !noun_takes) {
            tree.set(x, verb, Rel::Xcomp);
        }
    }
}

/// "Peskov *neither confirmed nor denied*": one subject, two verbs.
fn neither_nor(tree: &mut Tree, _: &Lexicon) {
    for neither in tree.range().skip(1) {
        let one = neither + 1;
        if tree.form(neither) != "neither" || tree.pos(one) != Pos::Verb {
            continue;
        }
        let nor = (one + 1..tree.end).take(12).find(|t| tree.form(*t) == "nor");
        let Some((nor, two)) = nor.map(|n| (n, n + 1)).filter(|(_, v)| tree.pos(*v) == Pos::Verb) else { continue };
        if tree.below(one, two) {
            tree.promote(one, two, Rel::Conj);
        } else if tree.head(two) != Some(one) {
            tree.set(two, one, Rel::Conj);
        }
        tree.set(neither, one, Rel::CcPreconj);
        tree.set(nor, two, Rel::Cc);
        // What stands right before is who does neither.
        let subject = tree.range().find(|n| {
            *n < neither
                && matches!(tree.pos(*n), Pos::Noun | Pos::Propn | Pos::Pron)
                && !matches!(tree.rel(*n), Rel::Compound | Rel::Flat | Rel::NmodPoss | Rel::Nmod)
                && tree.phrase(*n).1 == neither
        });
        if let Some(subject) = subject.filter(|_| tree.kid(one, &[Rel::Nsubj]).is_none()) {
            tree.set(subject, one, Rel::Nsubj);
        }
    }
}

/// "called the report *false*": what the object is called.
fn called_so(tree: &mut Tree, lexicon: &Lexicon) {
    for verb in tree.range() {
        if tree.pos(verb) != Pos::Verb
            || !lexicon.cues.longest_at(tree.tokens, verb as usize).is_some_and(|(_, row)| row.takes.contains(&Takes::Pred))
        {
            continue;
        }
        let Some(object) = tree.kid(verb, &[Rel::Obj]) else { continue };
        let (_, end) = tree.phrase(object);
        let adjective = (end..tree.end)
            .find(|t| tree.pos(*t) != Pos::Adv)
            .filter(|a| tree.pos(*a) == Pos::Adj && tree.kid(*a, &[Rel::Cop]).is_none() && ends_here(tree, *a + 1));
        if let Some(adjective) = adjective.filter(|a| tree.rel(*a) != Rel::Xcomp) {
            tree.set(adjective, verb, Rel::Xcomp);
        }
    }
}

/// "it is not true *that the mill closed*": a clause with "that" is what the word above it is about, not a circumstance.
fn content_clause(tree: &mut Tree, _: &Lexicon) {
    for clause in tree.range() {
        if tree.rel(clause) != Rel::Advcl {
            continue;
        }
        let that = tree.kids(clause).find(|k| tree.form(*k) == "that" && tree.rel(*k) == Rel::Mark);
        let Some(that) = that else { continue };
        let part = that > tree.first
            && matches!(tree.form(that - 1), "so" | "order" | "provided" | "now" | "given" | "providing" | "assuming" | "except");
        if let Some(head) = tree.head(clause).filter(|h| !part && *h < that) {
            tree.set(clause, head, Rel::Ccomp);
        }
    }
}

/// "there is no evidence *that the dam leaked*", "rejected the claim *that …*": the clause belongs to the noun before "that".
fn clause_of_noun(tree: &mut Tree, lexicon: &Lexicon) {
    for clause in tree.range() {
        if !matches!(tree.rel(clause), Rel::Ccomp | Rel::AclRelcl | Rel::Csubj | Rel::Parataxis) {
            continue;
        }
        let that = tree.kids(clause).find(|k| tree.form(*k) == "that" && *k < clause);
        let Some(that) = that.filter(|t| *t > tree.first) else { continue };
        let noun = that - 1;
        let content_noun = tree.pos(noun) == Pos::Noun
            && (lexicon.claim_nouns.longest_at(tree.tokens, noun as usize).is_some()
                || lexicon
                    .implicatives
                    .longest_at(tree.tokens, noun as usize)
                    .is_some_and(|(_, row)| row.takes.contains(&Takes::That)));
        let own_subject = tree.kids(clause).any(|k| matches!(tree.rel(k), Rel::Nsubj | Rel::NsubjPass | Rel::Expl) && k != that);
        if content_noun && own_subject {
            tree.set(clause, noun, Rel::Acl);
            tree.set(that, clause, Rel::Mark);
        }
    }
}

/// "no need *to evacuate*", "has plans *to sell*": the infinitive belongs to the noun before it.
fn infinitive_of_noun(tree: &mut Tree, lexicon: &Lexicon) {
    for x in tree.range() {
        if !matches!(tree.rel(x), Rel::Advcl | Rel::Xcomp | Rel::Ccomp) || tree.pos(x) != Pos::Verb {
            continue;
        }
        let to = tree.kids(x).find(|k| tree.tag(*k) == Tag::To && *k < x);
        let Some(noun) = to.and_then(|t| t.checked_sub(1)).filter(|n| *n >= tree.first && tree.pos(*n) == Pos::Noun) else {
            continue;
        };
        if tree.head(x) != Some(noun)
            && lexicon.set("infinitive-nouns").is_some_and(|s| s.longest_at(tree.tokens, noun as usize).is_some())
        {
            tree.set(x, noun, Rel::Acl);
        }
    }
}

/// "The bridge, *the mayor said*, is safe"; "The mayor, *who did not vote*, resigned": the first noun belongs to the last verb.
fn inserted_clause(tree: &mut Tree, _: &Lexicon) {
    for inner in tree.range() {
        let Some(outer) = tree.head(inner).filter(|o| *o > inner) else { continue };
        if !matches!(
            tree.rel(inner),
            Rel::Advcl | Rel::Parataxis | Rel::Ccomp | Rel::Csubj | Rel::Dep | Rel::Nsubj | Rel::AclRelcl
        ) || !matches!(tree.pos(inner), Pos::Verb | Pos::Adj | Pos::Aux)
        {
            continue;
        }
        if tree.kid(outer, &[Rel::NsubjPass, Rel::Expl]).is_some() || tree.kid(outer, &[Rel::Nsubj]).is_some_and(|s| s != inner) {
            continue;
        }
        let relative = tree.kids(inner).find(|k| matches!(tree.tag(*k), Tag::Wp | Tag::Wdt));
        let boundary = relative.or_else(|| tree.kid(inner, &[Rel::Nsubj]).map(|s| tree.phrase(s).0));
        let Some(boundary) = boundary else { continue };
        let noun = tree.kids(inner).find(|k| {
            *k < boundary
                && matches!(tree.pos(*k), Pos::Noun | Pos::Propn | Pos::Pron)
                && tree.case(*k).is_none()
                && Some(*k) != relative
        });
        let Some(noun) =
            noun.filter(|n| (*n + 1..boundary).any(|t| tree.form(t) == ",") && tree.kid(inner, &[Rel::Nsubj]) != Some(*n))
        else {
            continue;
        };
        let passive = tree.kid(outer, &[Rel::AuxPass]).is_some();
        tree.set(noun, outer, if passive { Rel::NsubjPass } else { Rel::Nsubj });
        match relative {
            Some(r) => {
                tree.set(inner, noun, Rel::AclRelcl);
                if tree.kid(inner, &[Rel::Nsubj, Rel::NsubjPass]).is_none() {
                    tree.set(r, inner, Rel::Nsubj);
                }
            }
            None => tree.set(inner, outer, Rel::Parataxis),
        }
    }
}

/// "After the minister's resignation, talks resumed": a fronted phrase and the subject behind it, read as one.
fn fronted_phrase(tree: &mut Tree, _: &Lexicon) {
    let name = |tree: &Tree, t: u32| matches!(tree.pos(t), Pos::Noun | Pos::Propn | Pos::Pron);
    for verb in tree.range() {
        let Some(subject) = tree.kid(verb, &[Rel::Nsubj, Rel::NsubjPass]) else { continue };
        let rel = tree.rel(subject);
        let comma = |from: u32, to: u32| (from..to).any(|t| tree.form(t) == ",");
        if tree.case(subject).is_some() {
            // The phrase on top, the subject below it.
            let joined = tree.kids(subject).find(|k| {
                *k > subject
                    && matches!(tree.rel(*k), Rel::Conj | Rel::Appos | Rel::List | Rel::Nmod | Rel::Dep)
                    && name(tree, *k)
                    && tree.case(*k).is_none()
                    && tree.kid(*k, &[Rel::Cc]).is_none()
                    && comma(subject, *k)
            });
            if let Some(joined) = joined {
                tree.set(subject, verb, Rel::Obl);
                tree.set(joined, verb, rel);
            }
            continue;
        }
        let below = tree
            .kids(subject)
            .find(|k| *k < subject && name(tree, *k) && tree.case(*k).is_some_and(|c| c < *k) && comma(*k, subject));
        if let Some(below) = below {
            tree.set(below, verb, Rel::Obl);
        }
    }
}

/// "confirmed the sale *of the mill*": an "of" phrase right behind an object belongs to it.
fn of_phrase(tree: &mut Tree, lexicon: &Lexicon) {
    for noun in tree.range() {
        if tree.rel(noun) != Rel::Obl {
            continue;
        }
        let Some(verb) = tree.head(noun).filter(|v| tree.pos(*v) == Pos::Verb && !takes(lexicon, tree, *v, &[Takes::Of])) else {
            continue;
        };
        let Some(of) = tree.case(noun).filter(|c| tree.form(*c) == "of" && *c > tree.first) else { continue };
        let object = of - 1;
        if tree.pos(object) == Pos::Noun && tree.head(object) == Some(verb) && matches!(tree.rel(object), Rel::Obj | Rel::Obl) {
            tree.set(noun, object, Rel::Nmod);
        }
    }
}

/// "closed the bridge and the mayor opened the tunnel": an object joined to the next clause's subject.
fn split_coordination(tree: &mut Tree, lexicon: &Lexicon) {
    for verb in tree.range() {
        let Some(first) = tree.kid(verb, &[Rel::Nsubj]) else { continue };
        let Some(governor) = tree.head(verb).filter(|g| *g < first && tree.pos(*g) == Pos::Verb) else { continue };
        let says =
            lexicon.cues.longest_at(tree.tokens, governor as usize).is_some_and(|(_, row)| row.takes.contains(&Takes::That));
        let (start, _) = tree.phrase(first);
        if says || tree.kid(governor, &[Rel::Obj]).is_some() || start != governor + 1 || tree.kid(verb, &[Rel::Mark]).is_some() {
            continue;
        }
        let Some(second) =
            tree.kids(first).find(|k| tree.rel(*k) == Rel::Conj && *k > first && *k < verb && tree.kid(*k, &[Rel::Cc]).is_some())
        else {
            continue;
        };
        let Some(cc) = tree.kid(second, &[Rel::Cc]) else { continue };
        tree.set(first, governor, Rel::Obj);
        tree.set(second, verb, Rel::Nsubj);
        tree.set(cc, verb, Rel::Cc);
        tree.set(verb, governor, Rel::Conj);
    }
}
