//! Main verbs that the parse lost behind a long subject or an insertion, and the objects that belong to a verb.

use super::can_be_verb;
use crate::claims::tree::{Tree, finite};
use crate::lexicon::{Lexicon, Takes};
use crate::text::{Line, Pos, Rel, Tag};

/// "who did not vote *resigned*", "unclear whether the mill *closed*": a participle with a subject and without auxiliary is a past tense.
pub(super) fn plain_past(tree: &mut Tree, _: &Lexicon) {
    if tree.line != Line::Body {
        return;
    }
    for verb in tree.range() {
        let bare = tree.tag(verb) == Tag::Vbn
            && tree.pos(verb) == Pos::Verb
            && matches!(tree.rel(verb), Rel::Root | Rel::Ccomp | Rel::Advcl | Rel::Conj | Rel::Parataxis)
            && tree.kid(verb, &[Rel::Aux, Rel::AuxPass, Rel::Cop]).is_none()
            && (verb + 1 >= tree.end || tree.form(verb + 1) != "by");
        let subject = tree.kid(verb, &[Rel::Nsubj, Rel::NsubjPass]).filter(|s| bare && *s < verb);
        let Some(subject) = subject else { continue };
        // "with the bridge closed" has a subject of its own kind.
        if tree.kids(verb).any(|k| k < subject && tree.pos(k) == Pos::Adp) {
            continue;
        }
        tree.set_tag(verb, Tag::Vbd);
        tree.set(subject, verb, Rel::Nsubj);
    }
}

/// "have yet *to end* the strike": an infinitive that a negating phrase leads up to is what is denied, no purpose.
pub(super) fn denied_infinitive(tree: &mut Tree, lexicon: &Lexicon) {
    for verb in tree.range() {
        let Some((len, _)) = lexicon.negators.longest_at(tree.tokens, verb as usize) else { continue };
        let infinitive = verb + len as u32;
        let leads = len > 1 && tree.pos(verb) == Pos::Verb && infinitive < tree.end && tree.tag(infinitive - 1) == Tag::To;
        if leads && tree.tag(infinitive) == Tag::Vb && tree.head(infinitive) == Some(verb) {
            tree.set(infinitive, verb, Rel::Xcomp);
        }
    }
}

/// "The bridge, the mayor said, *is safe*": the first noun belongs to the verb behind the insertion.
pub(super) fn verb_behind_insertion(tree: &mut Tree, lexicon: &Lexicon) {
    let Some((noun, inner, verb)) = insertion(tree, lexicon) else { return };
    let outer = match tree.head(verb) {
        Some(head) if head > verb && matches!(tree.rel(verb), Rel::Aux | Rel::AuxPass | Rel::Cop) => head,
        _ => verb,
    };
    if tree.kid(outer, &[Rel::Nsubj, Rel::NsubjPass, Rel::Expl]).is_some() {
        return;
    }
    let subject = if tree.kid(outer, &[Rel::AuxPass]).is_some() { Rel::NsubjPass } else { Rel::Nsubj };
    if tree.below(outer, noun) {
        tree.promote(outer, noun, subject);
    } else if tree.below(outer, inner) {
        tree.promote(outer, inner, Rel::Parataxis);
    } else {
        return;
    }
    tree.set(noun, outer, subject);
    tree.set(inner, outer, Rel::Parataxis);
    if outer == verb && tree.tag(verb) == Tag::Vbn {
        tree.set_tag(verb, Tag::Vbd);
    }
}

/// First noun, verb of the insertion between commas, and the verb behind it.
fn insertion(tree: &Tree, lexicon: &Lexicon) -> Option<(u32, u32, u32)> {
    let comma = |from: u32, within: u32| (from..tree.end.min(from + within)).find(|t| tree.form(*t) == ",");
    let verbal = |t: u32| matches!(tree.pos(t), Pos::Verb | Pos::Aux) && (finite(tree.tag(t)) || tree.tag(t) == Tag::Vbn);
    let open = comma(tree.first, 8)?;
    let close = comma(open + 1, 14)?;
    if (tree.first..open).any(verbal) || tree.case(tree.first).is_some() || tree.pos(tree.first) == Pos::Adp {
        return None;
    }
    let noun = (tree.first..open).rev().find(|t| {
        matches!(tree.pos(*t), Pos::Noun | Pos::Propn | Pos::Pron)
            && tree.case(*t).is_none()
            && !matches!(tree.rel(*t), Rel::Compound | Rel::Flat | Rel::NmodPoss | Rel::Nmod | Rel::Appos | Rel::Conj)
    })?;
    let verb = (close + 1..tree.end).find(|t| tree.pos(*t) != Pos::Adv).filter(|t| verbal(*t))?;
    let reports = |t: u32| {
        let row = lexicon.cues.longest_at(tree.tokens, t as usize);
        row.is_some_and(|(_, row)| row.takes.contains(&Takes::Quote)) && tree.kid(t, &[Rel::Nsubj]).is_some_and(|s| s < t)
    };
    let inner = (open + 1..close).find(|t| tree.pos(*t) == Pos::Verb && verbal(*t) && reports(*t))?;
    (tree.below(verb, inner) || tree.below(verb, noun)).then_some((noun, inner, verb))
}

/// "The lack of progress *worried* investors", "The fact that he slept *shocked* the board": a past tense read as an adjective of its
/// object, although a noun or a clause stands right before it.
pub(super) fn verb_behind_subject(tree: &mut Tree, _: &Lexicon) {
    let Some(root) = tree.range().find(|t| tree.head(*t).is_none() && tree.pos(*t) != Pos::Punct) else { return };
    let noun = matches!(tree.pos(root), Pos::Noun | Pos::Propn) && tree.kid(root, &[Rel::Cop]).is_none();
    if tree.line != Line::Body || !noun || tree.range().last().is_none_or(|last| tree.form(last) != ".") {
        return;
    }
    let reads_so = |t: u32| {
        let object =
            tree.head(t).filter(|o| *o > t && tree.rel(t) == Rel::Amod && matches!(tree.pos(*o), Pos::Noun | Pos::Propn))?;
        let past = tree.form(t).ends_with("ed") && matches!(tree.tag(t), Tag::Jj | Tag::Vbn | Tag::Vbd);
        let before = t.checked_sub(1).filter(|b| *b >= root)?;
        let behind_noun = matches!(tree.pos(before), Pos::Noun | Pos::Propn);
        let behind_clause = tree.pos(before) == Pos::Verb && (t + 1..object).any(|d| tree.pos(d) == Pos::Det);
        (past && (behind_noun || behind_clause)).then_some(object)
    };
    let Some((verb, object)) = tree.range().skip(1).find_map(|t| Some((t, reads_so(t)?))) else { return };
    let lemma = crate::text::lemma::lemma(tree.form(verb), Pos::Verb, Tag::Vbd);
    if !crate::lexical::known(&lemma, crate::lexical::Class::Verb) || tree.below(root, object) {
        return;
    }
    tree.set_pos(verb, Pos::Verb);
    tree.set_tag(verb, Tag::Vbd);
    tree.set(verb, root, Rel::Dep);
    tree.promote(verb, root, Rel::Nsubj);
    tree.set(object, verb, Rel::Obj);
}

/// "able to free *the ship*": a noun phrase right behind a verb that has no object, read as joined to something further off.
pub(super) fn stray_object(tree: &mut Tree, _: &Lexicon) {
    for noun in tree.range() {
        if tree.rel(noun) != Rel::Conj
            || !matches!(tree.pos(noun), Pos::Noun | Pos::Propn)
            || tree.kid(noun, &[Rel::Cc]).is_some()
        {
            continue;
        }
        let start = tree.phrase(noun).0;
        let Some(verb) = start.checked_sub(1).filter(|v| *v >= tree.first && tree.pos(*v) == Pos::Verb) else { continue };
        if tree.head(noun) != Some(verb) && tree.kid(verb, &[Rel::Obj]).is_none() && !tree.below(verb, noun) {
            tree.set(noun, verb, Rel::Obj);
        }
    }
}

/// "gave *the firm* a loan": of two objects side by side the first receives.
pub(super) fn two_objects(tree: &mut Tree, _: &Lexicon) {
    for verb in tree.range() {
        let objects: Vec<u32> = tree.kids(verb).filter(|k| tree.rel(*k) == Rel::Obj && *k > verb).collect();
        let [one, two] = objects[..] else { continue };
        let beside = tree.phrase(one).1 == tree.phrase(two).0;
        if tree.pos(verb) == Pos::Verb && beside && tree.kid(verb, &[Rel::Iobj]).is_none() && can_be_verb(tree, verb) {
            tree.set(one, verb, Rel::Iobj);
        }
    }
}

/// "gave a loan *to the firm*": behind a verb of giving the phrase with "to" belongs to the verb.
pub(super) fn receiver(tree: &mut Tree, lexicon: &Lexicon) {
    let Some(giving) = lexicon.set("giving-verbs") else { return };
    for verb in tree.range().filter(|v| tree.pos(*v) == Pos::Verb).collect::<Vec<_>>() {
        if giving.longest_at(tree.tokens, verb as usize).is_none() {
            continue;
        }
        let Some(object) = tree.kid(verb, &[Rel::Obj]).filter(|o| *o > verb) else { continue };
        let to = tree
            .kids(object)
            .find(|k| *k > object && tree.rel(*k) == Rel::Nmod && tree.case(*k).is_some_and(|case| tree.form(case) == "to"));
        if let Some(receiver) = to {
            tree.set(receiver, verb, Rel::Obl);
        }
    }
}
