//! Mends what the parse is known to get wrong, and reads telegraphic headlines; guesses relations where there was no parse.
//!
//! In: a document as annotated. Out: the same document with tags, heads and relations mended, so that attribution and claims see one
//! tree. Every repair fires on the shape of a tree and on word classes of the lexicon, never on a sentence; each names the
//! construction that forced it. Tags of nouns and verbs spelt alike are the parse's weakest spot: four repairs are about them.

mod clauses;
mod verbs;
mod words;

use super::tree::Tree;
use crate::base::Sym;
use crate::lexical::{self, Class};
use crate::lexicon::{Lexicon, Takes};
use crate::text::{Document, Pos, Tag};

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
    words::bare_present,
    words::hidden_infinitive,
    words::hidden_after_auxiliary,
    words::hidden_in_clause,
    words::noun_before_auxiliary,
    words::noun_before_title,
    words::headline,
    words::perfect,
    words::finite_modifier,
    clauses::particle,
    clauses::gerund_complement,
    clauses::gerund_behind_idiom,
    clauses::kept_from,
    clauses::object_infinitive,
    clauses::neither_nor,
    clauses::called_so,
    clauses::content_clause,
    clauses::clause_of_noun,
    clauses::infinitive_of_noun,
    clauses::inserted_clause,
    clauses::fronted_phrase,
    clauses::of_phrase,
    clauses::split_coordination,
    verbs::verb_behind_insertion,
    verbs::verb_behind_subject,
    verbs::plain_past,
    verbs::denied_infinitive,
    verbs::stray_object,
    verbs::two_objects,
    verbs::receiver,
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
