//! Tags tokens. Until a model is trained: the first thing that the table of forms says, and the ending.

use super::{Pos, Shape, Tag, Token, lemma};

/// Tags one sentence in place.
pub(crate) fn tag(_text: &str, tokens: &mut [Token], _headline: bool) {
    for index in 0..tokens.len() {
        let token = &tokens[index];
        let form = token.form.as_str();
        let classes = lemma::classes(form);
        let named = matches!(token.shape, Shape::Title | Shape::Upper | Shape::Mixed) && (index > 0 || classes == 0);
        let (pos, tag) = match token.shape {
            Shape::Mark => (Pos::Punct, Tag::Comma),
            Shape::Number => (Pos::Num, Tag::Cd),
            _ if named => (Pos::Propn, Tag::Nnp),
            _ if classes & lemma::VERB != 0
                && lemma::lemma(form, Pos::Verb, Tag::Vbd) != form
                && (form.ends_with("ed") || classes & lemma::NOUN == 0) =>
            {
                (Pos::Verb, Tag::Vbd)
            }
            _ if classes & lemma::NOUN != 0 && lemma::lemma(form, Pos::Noun, Tag::Nns) != form => (Pos::Noun, Tag::Nns),
            _ if classes & lemma::NOUN != 0 => (Pos::Noun, Tag::Nn),
            _ if classes & lemma::ADJ != 0 => (Pos::Adj, Tag::Jj),
            _ if classes & lemma::ADV != 0 => (Pos::Adv, Tag::Rb),
            _ if classes & lemma::VERB != 0 => (Pos::Verb, Tag::Vb),
            _ => (Pos::Noun, Tag::Nn),
        };
        tokens[index].pos = pos;
        tokens[index].tag = tag;
    }
}
