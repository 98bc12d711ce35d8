//! Mends what the parse is known to get wrong, and reads telegraphic headlines.
//!
//! In: a [`Tree`] as parsed. Out: the same tree with the repairs named on each function. Every repair fires on the shape of a tree,
//! never on a sentence.

use super::tree::{Tree, finite};
use crate::text::{Line, Pos, Rel, Tag};

/// Applies every repair.
pub fn mend(tree: &mut Tree) {
    if matches!(tree.line, Line::Headline | Line::Heading) {
        headline(tree);
    }
}

/// "Firm to cut 300 jobs", "Bridge shut after flood", "Talks stall": a noun on top of a line without a finite verb gives way to the
/// infinitive or participle that hangs on it.
fn headline(tree: &mut Tree) {
    if tree.range().any(|t| finite(tree.tag(t)) && matches!(tree.pos(t), Pos::Verb | Pos::Aux)) {
        return;
    }
    let Some(root) = tree.range().find(|t| tree.rel(*t) == Rel::Root && tree.head(*t).is_none()) else { return };
    if !matches!(tree.pos(root), Pos::Noun | Pos::Propn) {
        return;
    }
    let acl = tree.kids(root).find(|k| tree.rel(*k) == Rel::Acl && *k > root && tree.pos(*k) == Pos::Verb);
    if let Some(verb) = acl {
        tree.promote(verb, root, if tree.tag(verb) == Tag::Vbn { Rel::NsubjPass } else { Rel::Nsubj });
        return;
    }
    // "Talks stall": read as a compound; a plural noun does not modify the noun after it.
    let plural = tree.kids(root).find(|k| tree.rel(*k) == Rel::Compound && *k + 1 == root && tree.tag(*k) == Tag::Nns);
    if let Some(noun) = plural {
        let others: Vec<u32> = tree.kids(root).filter(|k| *k < noun && !matches!(tree.rel(*k), Rel::Punct)).collect();
        for k in others {
            let rel = tree.rel(k);
            tree.set(k, noun, rel);
        }
        tree.set(noun, root, Rel::Nsubj);
        tree.set_pos(root, Pos::Verb);
    }
}
