//! Tags, lemmas and relations of a document's sentences, by the model that ships with the program.
//!
//! In: tokens with form and shape. Out: the same with tag, lemma, head and relation. Knows no text: a sentence is its tokens.

use super::model::parser::{self, Node, State};
use super::model::tagger;
use super::model::word::{Memo, Word};
use super::model::{Label, MODEL, Model};
use super::{Rel, Token, repair};
use crate::lexicon::Lexicon;

/// The passes with what they keep from sentence to sentence.
pub(crate) struct Reader<'m> {
    model: Option<&'m Model>,
    memo: Memo,
    words: Vec<Word>,
    tags: Vec<u8>,
    nodes: Vec<Node>,
    state: State,
}

impl Default for Reader<'static> {
    /// Reads by the model that ships with the program; without one tokens keep their defaults.
    fn default() -> Self {
        Self::new(MODEL.as_ref())
    }
}

impl<'m> Reader<'m> {
    pub fn new(model: Option<&'m Model>) -> Self {
        Self { model, memo: Memo::default(), words: Vec::new(), tags: Vec::new(), nodes: Vec::new(), state: State::default() }
    }

    /// Tags and lemmatises one sentence.
    fn tag(&mut self, tokens: &mut [Token]) {
        let Some(model) = self.model else { return };
        self.words.clear();
        for token in tokens.iter() {
            let info = self.memo.info(token.form, &model.dictionary);
            self.words.push(Word { info, shape: token.shape });
        }
        tagger::tag(&self.words, &model.tag_weights, &model.dictionary, model.tags.len(), &mut self.tags);
        for (token, number) in tokens.iter_mut().zip(&self.tags) {
            (token.pos, token.tag) = model.tags.get(usize::from(*number)).copied().unwrap_or_default();
            token.lemma = self.memo.tagged(token.form, *number, model).0;
        }
    }

    /// Tags and parses one sentence whose first token has this index, and mends what the parser is known to get wrong.
    pub fn read(&mut self, tokens: &mut [Token], first: u32, lexicon: &Lexicon) {
        self.tag(tokens);
        self.parse(tokens, first);
        repair::repair(tokens, first, lexicon);
    }

    /// Finds heads and relations of a tagged sentence whose first token has this index.
    fn parse(&mut self, tokens: &mut [Token], first: u32) {
        let Some(model) = self.model else { return };
        self.nodes.clear();
        for (at, token) in tokens.iter().enumerate() {
            let label: Label = (token.pos, token.tag);
            // Mostly what the tagger just said.
            let said = self.tags.get(at).copied().filter(|n| model.tags.get(usize::from(*n)) == Some(&label));
            let number = said.unwrap_or_else(|| model.tags.iter().position(|l| *l == label).unwrap_or(0) as u8);
            self.nodes.push(self.memo.tagged(token.form, number, model).1);
        }
        parser::parse(&self.nodes, &model.move_weights, &model.moves, &mut self.state);
        let root = self.state.root();
        for (token, index) in tokens.iter_mut().zip(0..) {
            let (head, rel) = self.state.arc(index);
            let own = head == root || head == parser::NONE;
            token.head = first + if own { index } else { head };
            token.rel = if head == parser::NONE { Rel::Dep } else { rel };
        }
    }
}
