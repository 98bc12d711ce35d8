//! Clauses and phrases that hang on the wrong word: repairs that change relations only.

use super::{ends_here, takes};
use crate::claims::tree::Tree;
use crate::lexicon::{Lexicon, Takes};
use crate::text::{Pos, Rel, Tag};

/// "called *off* the strike": a particle read as a preposition.
pub(super) fn particle(tree: &mut Tree, lexicon: &Lexicon) {
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

/// "stopped short of *exporting* grain": what an idiom of several words governs hangs on its verb, the words between are part of it.
pub(super) fn gerund_behind_idiom(tree: &mut Tree, lexicon: &Lexicon) {
    for verb in tree.range() {
        let idiom = lexicon
            .implicatives
            .longest_at(tree.tokens, verb as usize)
            .filter(|(len, row)| *len > 2 && row.takes.contains(&Takes::Ing));
        let Some((len, _)) = idiom.filter(|_| tree.pos(verb) == Pos::Verb) else { continue };
        let gerund = verb + len as u32;
        if gerund >= tree.end || tree.tag(gerund) != Tag::Vbg {
            continue;
        }
        tree.set(gerund, verb, Rel::Xcomp);
        tree.set(gerund - 1, gerund, Rel::Mark);
        (verb + 1..gerund - 1).for_each(|word| tree.set(word, verb, Rel::Advmod));
    }
}

/// "stopped *exporting* grain": a gerund that completes its verb, read as a modifier of the noun after it.
pub(super) fn gerund_complement(tree: &mut Tree, lexicon: &Lexicon) {
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
pub(super) fn kept_from(tree: &mut Tree, lexicon: &Lexicon) {
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
pub(super) fn object_infinitive(tree: &mut Tree, lexicon: &Lexicon) {
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
pub(super) fn neither_nor(tree: &mut Tree, _: &Lexicon) {
    for neither in tree.range().skip(1) {
        let one = neither + 1;
        if tree.form(neither) != "neither" || tree.pos(one) != Pos::Verb {
            continue;
        }
        let nor = (one + 1..tree.end).take(12).find(|t| tree.form(*t) == "nor");
        let Some((nor, two)) = nor.map(|n| (n, n + 1)).filter(|(_, v)| tree.pos(*v) == Pos::Verb) else { continue };
        // Without an auxiliary before it the two are past tenses: "Peskov neither confirmed nor denied".
        if !neither.checked_sub(1).is_some_and(|before| tree.pos(before) == Pos::Aux) {
            for verb in [one, two] {
                if tree.tag(verb) == Tag::Vbn {
                    tree.set_tag(verb, Tag::Vbd);
                }
            }
        }
        if tree.below(one, neither) {
            tree.promote(one, neither, Rel::CcPreconj);
        }
        // "The firm *neither paid* nor …", read as a list that the noun begins.
        if let Some(noun) = tree.head(one).filter(|n| *n < neither && tree.rel(one) == Rel::Conj && tree.pos(*n) == Pos::Noun) {
            tree.promote(one, noun, Rel::Nsubj);
        }
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
        // "The envoy, reached by telephone, neither …": what the sentence hangs on, where an insertion stands between.
        let root = || {
            let inserted = neither > tree.first && tree.form(neither - 1) == ",";
            let nominal = |n: &u32| matches!(tree.pos(*n), Pos::Noun | Pos::Propn | Pos::Pron) && tree.head(*n).is_none();
            tree.range().find(|n| *n < neither && nominal(n)).filter(|_| inserted)
        };
        let subject = subject.or_else(root);
        if let Some(subject) = subject.filter(|_| tree.kid(one, &[Rel::Nsubj]).is_none()) {
            if tree.below(one, subject) {
                tree.promote(one, subject, Rel::Nsubj);
            } else {
                tree.set(subject, one, Rel::Nsubj);
            }
        }
    }
}

/// "called the report *false*": what the object is called.
pub(super) fn called_so(tree: &mut Tree, lexicon: &Lexicon) {
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
pub(super) fn content_clause(tree: &mut Tree, _: &Lexicon) {
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
pub(super) fn clause_of_noun(tree: &mut Tree, lexicon: &Lexicon) {
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
pub(super) fn infinitive_of_noun(tree: &mut Tree, lexicon: &Lexicon) {
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
pub(super) fn inserted_clause(tree: &mut Tree, _: &Lexicon) {
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
pub(super) fn fronted_phrase(tree: &mut Tree, _: &Lexicon) {
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
pub(super) fn of_phrase(tree: &mut Tree, lexicon: &Lexicon) {
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
pub(super) fn split_coordination(tree: &mut Tree, lexicon: &Lexicon) {
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
