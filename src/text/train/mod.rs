//! Trains the tagger and the parser on treebanks in CoNLL-U; the same files give the same bytes.
//!
//! In: a folder with `en.train.conllu.gz` or `.conllu`, `en.dev.*`. Out: the bytes of a model. Nothing that reads articles uses it.

pub mod conllu;
mod parse;
mod perceptron;
mod tags;

use super::model::{self, Model};
pub use conllu::Tree;

/// How to train.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Passes of the tagger over its sentences.
    pub tag_epochs: usize,
    /// Passes of the parser.
    pub parse_epochs: usize,
    /// Parts for the jack-knifed tags that the parser is trained on.
    pub folds: usize,
    /// Models with different orders of sentences that are summed into one.
    pub seeds: u64,
    /// Cells of the tagger's table as a power of two.
    pub tag_bits: u32,
    /// Cells of the parser's table as a power of two.
    pub parse_bits: u32,
    /// How often a parsing feature has to be met to be used.
    pub least: u8,
}

impl Default for Settings {
    fn default() -> Self {
        Self { tag_epochs: 8, parse_epochs: 7, folds: 4, seeds: 2, tag_bits: 21, parse_bits: 22, least: 3 }
    }
}

/// Trains a model and returns its file.
pub fn train(trees: &[Tree], settings: Settings, say: &mut dyn FnMut(&str)) -> Vec<u8> {
    let labels = tags::labels(trees);
    let dictionary = tags::dictionary(trees, &labels);
    say(&format!("{} sentences, {} joint tags, {} sets of tags", trees.len(), labels.len(), dictionary.sets.len()));
    let tag_table = tags::train(trees, &labels, &dictionary.build(), settings, settings.seeds);
    say("tagger trained");
    let folded = tags::jack_knife(trees, &labels, settings);
    let right: usize =
        folded.iter().zip(trees).map(|(f, t)| f.iter().zip(&t.words).filter(|(l, w)| **l == (w.pos, w.tag)).count()).sum();
    let all: usize = trees.iter().map(|t| t.words.len()).sum();
    say(&format!("tags for the parser: {:.2} % right", 100.0 * right as f64 / all as f64));
    let lemmas = tags::lemmas(trees);
    let moves = parse::moves(trees);
    say(&format!("{} transitions", moves.len()));
    let move_table = parse::train(trees, &folded, &labels, &moves, settings, say);
    let mut bytes = Vec::new();
    let mut part = |part: &[u8]| {
        bytes.extend((part.len() as u32).to_le_bytes());
        bytes.extend(part);
    };
    let lines = |list: Vec<String>| list.join("\n").into_bytes();
    part(&lines(labels.iter().map(|l| model::label_name(*l)).collect()));
    part(&lines(moves.iter().map(|m| m.name()).collect()));
    part(&dictionary.map);
    part(&lines(dictionary.sets.iter().map(model::TagSet::line).collect()));
    part(&lines(lemmas));
    part(&tag_table.0);
    part(&tag_table.1);
    part(&move_table.0);
    part(&move_table.1);
    bytes
}

/// A trained model in memory, to be measured before it is written.
pub struct Trained(Model);

impl Trained {
    /// Reads the file of a model; `None` where it is no whole one. The bytes stay in memory for good.
    pub fn read(bytes: Vec<u8>) -> Option<Self> {
        Model::read(Box::leak(bytes.into_boxed_slice())).map(Self)
    }

    pub(crate) fn model(&self) -> &Model {
        &self.0
    }
}

/// The part that a sentence is tagged in by the tagger of the others.
fn fold_of(sentence: usize, folds: usize) -> usize {
    // Neighbours are of one document and stay together, so that its names are new to the tagger as they will be in an article.
    sentence / 25 % folds
}
