//! Noun phrases that carry a predication: "hold *talks*", "lack of *progress*", "despite *the closure*", a headline without a verb.
//!
//! In: a sentence with its clauses and operators. Out: [`NounPhrase`]s. A generic or possible one is none. What a cue governs
//! ("confirmed the sale") is added by [`super::extract`], which knows the links.

use super::clause::{self, Clause};
use super::tree::Tree;
use super::{Effect, Operator};
use crate::lexicon::Lexicon;
use crate::text::{Line, Pos, Rel, Tag};

/// A noun phrase that says something happens or is so.
#[derive(Clone, Debug, Default)]
pub struct NounPhrase {
    /// Its head.
    pub head: u32,
    /// Its words in order.
    pub words: Vec<u32>,
    /// Who does it, where the verb beside it says so.
    pub subject: Option<u32>,
    /// Predicate of the clause that lends it its modality.
    pub host: Option<u32>,
}

/// Finds the noun-phrase claims of a sentence, in order of their heads.
pub fn find(tree: &Tree, clauses: &[Clause], operators: &[Operator], lexicon: &Lexicon) -> Vec<NounPhrase> {
    let mut found: Vec<NounPhrase> = Vec::new();
    let mut add = |head: u32, subject: Option<u32>, host: Option<u32>| {
        if tree.pos(head) == Pos::Noun
            && names_event(tree, head)
            && !possible(tree, head, operators)
            && !found.iter().any(|n| n.head == head)
        {
            found.push(NounPhrase { head, words: clause::phrase_words(tree, head, lexicon), subject, host });
        }
    };
    for clause in clauses {
        let p = clause.predicate;
        if let Some((len, ())) = lexicon.support_verbs.longest_at(tree.tokens, p as usize) {
            let inside = |t: u32| t < p + len as u32; // "take place": the place is part of the phrase
            let happens = lexicon.set("happening-verbs").is_some_and(|s| s.longest_at(tree.tokens, p as usize).is_some());
            let passive = tree.kid(p, &[Rel::AuxPass, Rel::NsubjPass]).is_some();
            match tree.kid(p, &[Rel::Obj]).filter(|o| !inside(*o)) {
                Some(object) => add(object, clause.subject, Some(p)),
                None => {
                    if let Some(subject) = clause.subject.filter(|_| happens || passive) {
                        add(subject, None, Some(p));
                    }
                }
            }
        }
        for k in tree.kids(p).filter(|k| matches!(tree.rel(*k), Rel::Obl | Rel::Nmod | Rel::Advcl)) {
            let presupposed = tree
                .kid(k, &[Rel::Case, Rel::Mark])
                .is_some_and(|c| lexicon.presupposers.longest_at(tree.tokens, c as usize).is_some());
            if presupposed {
                add(k, None, None);
            }
        }
    }
    // "lack of progress": under a noun of lack.
    for operator in operators.iter().filter(|o| o.effect == Effect::Negates) {
        let lack = operator.tokens.first().copied().unwrap_or(0);
        if tree.pos(lack) == Pos::Noun && lexicon.lack_nouns.longest_at(tree.tokens, lack as usize).is_some() {
            let top =
                operator.reach.iter().copied().find(|t| tree.head(*t).is_none_or(|h| operator.reach.binary_search(&h).is_err()));
            if let Some(top) = top.filter(|t| tree.pos(*t) == Pos::Noun && !found.iter().any(|n| n.head == *t)) {
                found.push(NounPhrase { head: top, words: clause::phrase_words(tree, top, lexicon), subject: None, host: None });
            }
        }
    }
    // A headline without a verb says that what it names is so.
    if clauses.is_empty() && tree.line == Line::Headline {
        let root = tree.range().find(|t| tree.head(*t).is_none() && matches!(tree.pos(*t), Pos::Noun | Pos::Propn));
        if let Some(root) = root {
            found.push(NounPhrase { head: root, words: clause::phrase_words(tree, root, lexicon), subject: None, host: None });
        }
    }
    found.sort_by_key(|n| n.head);
    found
}

/// Whether a noun can name an event: a gerund, or a noun with a verb behind it.
pub(super) fn names_event(tree: &Tree, noun: u32) -> bool {
    let lemma = tree.lemma(noun);
    let participant = |k: u32| {
        tree.rel(k) == Rel::NmodPoss
            || tree.rel(k) == Rel::Nmod && tree.case(k).is_some_and(|c| matches!(tree.form(c), "of" | "by"))
    };
    tree.tag(noun) == Tag::Vbg
        || lemma.ends_with("ing")
        || lemma.ends_with("ure") && tree.kids(noun).any(participant)
        || crate::lexical::verbs_of(lemma).next().is_some()
}

/// "a possible visit", "any talks": no predication.
fn possible(tree: &Tree, noun: u32, operators: &[Operator]) -> bool {
    let inside = |t: u32| tree.head(t) == Some(noun);
    operators
        .iter()
        .any(|o| matches!(o.effect, Effect::Lowers(_)) && o.tokens.iter().all(|t| inside(*t) && tree.rel(*t) == Rel::Amod))
        || tree.kids(noun).any(|k| tree.rel(k) == Rel::Det && tree.form(k) == "any")
}
