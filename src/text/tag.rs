//! Tags, lemmas and relations of a document's sentences, by the model that ships with the program.
//!
//! In: tokens with form and shape. Out: the same with tag, lemma, head and relation. Knows no text: a sentence is its tokens.

use super::model::parser::{self, Node, State};
use super::model::tagger;
use super::model::word::{Memo, Word};
use super::model::{MODEL, Model};
use super::{Document, Rel, Token, repair};
use crate::lexicon::Lexicon;
use std::ops::Range;

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

    /// Tags and lemmatises one sentence, and adds its words as the parser sees them to `nodes`.
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
            let (lemma, node) = self.memo.tagged(token.form, *number, model);
            token.lemma = lemma;
            self.nodes.push(node);
        }
    }

    /// Tags and parses one sentence whose first token has this index, and mends what the parser is known to get wrong.
    pub fn read(&mut self, tokens: &mut [Token], first: u32, lexicon: &Lexicon) {
        self.nodes.clear();
        self.tag(tokens);
        self.parse(tokens, 0..tokens.len(), first);
        repair::repair(tokens, first, lexicon);
    }

    /// Does the same with every sentence of a document. All are tagged before the first is parsed: the tables of either pass are larger
    /// than the caches, and drive out the other's.
    pub fn document(&mut self, document: &mut Document, lexicon: &Lexicon) {
        self.nodes.clear();
        for sentence in &document.sentences {
            self.tag(&mut document.tokens[sentence.range()]);
        }
        let mut from = 0;
        for sentence in &mut document.sentences {
            let tokens = &mut document.tokens[sentence.range()];
            self.parse(tokens, from..from + tokens.len(), sentence.first);
            from += tokens.len();
            repair::repair(tokens, sentence.first, lexicon);
            sentence.parsed = true;
        }
    }

    /// Finds heads and relations of a tagged sentence whose first token has this index; `words` says where `nodes` have it.
    fn parse(&mut self, tokens: &mut [Token], words: Range<usize>, first: u32) {
        let Some(model) = self.model else { return };
        let nodes = self.nodes.get(words).unwrap_or(&[]);
        parser::parse(nodes, &model.move_weights, &model.moves, &mut self.state);
        let root = self.state.root();
        for (token, index) in tokens.iter_mut().zip(0..) {
            let (head, rel) = self.state.arc(index);
            let own = head == root || head == parser::NONE;
            token.head = first + if own { index } else { head };
            token.rel = if head == parser::NONE { Rel::Dep } else { rel };
        }
    }
}
