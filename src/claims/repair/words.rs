//! Verbs read as nouns or adjectives, and nouns as verbs: repairs that change what a word is.

use super::{can_be_verb, ends_here, kids, opens_phrase, takes};
use crate::claims::tree::{Tree, finite};
use crate::lexical::{self, Class};
use crate::lexicon::{Lexicon, Takes};
use crate::text::{Line, Pos, Rel, Tag};

/// "I don't think they *know*": a present tense read as an infinitive, though it has a subject and no auxiliary.
pub(super) fn bare_present(tree: &mut Tree, _: &Lexicon) {
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
pub(super) fn hidden_infinitive(tree: &mut Tree, lexicon: &Lexicon) {
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
pub(super) fn hidden_after_auxiliary(tree: &mut Tree, _: &Lexicon) {
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
pub(super) fn hidden_in_clause(tree: &mut Tree, _: &Lexicon) {
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
pub(super) fn headline(tree: &mut Tree, _: &Lexicon) {
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
pub(super) fn perfect(tree: &mut Tree, _: &Lexicon) {
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
pub(super) fn finite_modifier(tree: &mut Tree, lexicon: &Lexicon) {
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

/// "told the union that *wages* would rise": a noun in -s read as a verb although a finite verb follows it.
pub(super) fn noun_before_auxiliary(tree: &mut Tree, lexicon: &Lexicon) {
    for noun in tree.range().skip(1) {
        let auxiliary = noun + 1;
        let misread = tree.tag(noun) == Tag::Vbz
            && tree.form(noun - 1) == "that"
            && auxiliary < tree.end
            && tree.pos(auxiliary) == Pos::Aux
            && finite(tree.tag(auxiliary))
            && lexical::known(tree.lemma(noun), Class::Noun);
        let verb = tree.head(auxiliary).filter(|v| misread && *v > auxiliary);
        let Some(verb) = verb else { continue };
        if tree.below(verb, noun) {
            tree.promote(verb, noun, Rel::Nsubj);
        } else {
            let passive = tree.tag(verb) == Tag::Vbn && tree.lemma(auxiliary) == "be";
            tree.set(noun, verb, if passive { Rel::NsubjPass } else { Rel::Nsubj });
        }
        tree.set_pos(noun, Pos::Noun);
        tree.set_tag(noun, Tag::Nns);
        tree.set(noun - 1, verb, Rel::Mark);
        tree.set_pos(noun - 1, Pos::Sconj);
        tree.set_tag(noun - 1, Tag::In);
        // What an addressee is told belongs to the telling, what a claim says to the claim.
        let addressee = tree.head(verb).filter(|a| tree.rel(*a) == Rel::Obj);
        match addressee.and_then(|a| tree.head(a)).filter(|telling| takes(lexicon, tree, *telling, &[Takes::That])) {
            Some(telling) => tree.set(verb, telling, Rel::Ccomp),
            None if tree.rel(verb) == Rel::AclRelcl => {
                let head = tree.head(verb).unwrap_or(verb);
                tree.set(verb, head, Rel::Acl);
            }
            None => {}
        }
    }
}

/// "S, *rescue* chief Mara Lund said": a noun read as a verb in front of a title and a name. The report behind the name then stands
/// beside the clause that it reports.
pub(super) fn noun_before_title(tree: &mut Tree, lexicon: &Lexicon) {
    for noun in tree.range() {
        let title = noun + 1;
        let opens = noun == tree.first || tree.pos(noun - 1) == Pos::Punct;
        let misread = opens
            && matches!(tree.tag(noun), Tag::Vb | Tag::Vbp)
            && title + 1 < tree.end
            && lexicon.titles.longest_at(tree.tokens, title as usize).is_some()
            && tree.pos(title + 1) == Pos::Propn
            && lexical::known(tree.lemma(noun), Class::Noun);
        if !misread {
            continue;
        }
        let first = title + 1;
        let verb = tree.head(first).filter(|v| *v > first && tree.rel(first) == Rel::Nsubj);
        let Some(verb) = verb.filter(|v| takes(lexicon, tree, *v, &[Takes::That, Takes::Quote])) else { continue };
        tree.promote(verb, noun, tree.rel(noun));
        tree.set_pos(noun, Pos::Noun);
        tree.set_tag(noun, Tag::Nn);
        tree.set(noun, first, Rel::Compound);
        tree.set(title, first, Rel::Compound);
        if let Some(mut outer) = tree.head(verb).filter(|outer| *outer < noun) {
            for _ in tree.range() {
                outer = tree.head(outer).unwrap_or(outer);
            }
            tree.set(verb, outer, Rel::Parataxis);
        }
    }
}
