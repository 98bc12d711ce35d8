//! What the models look at of a word, worked out once for every distinct form.

use super::parser::Node;
use super::{Dictionary, Label, Model, hash};
use crate::base::Sym;
use crate::text::{Pos, Shape, Tag, lemma};

/// Numbers that stand for a form and its parts.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Info {
    pub form: u32,
    /// Last one to four letters, each with its length in the number.
    pub suffix: [u32; 4],
    /// First one to three letters.
    pub prefix: [u32; 3],
    /// What the table of forms says it can be, and by which inflection.
    pub classes: u32,
    /// Number of its set in the tag dictionary from 1; 0 for an unknown form.
    pub set: u32,
    /// Bits: 1 has a digit, 2 has a hyphen, 4 has a full stop, 8 has an apostrophe, 16 one letter, 32 two or three letters.
    pub marks: u32,
}

impl Info {
    pub fn new(form: &str, dictionary: &Dictionary) -> Self {
        let masked: String;
        // Numbers differ by what they look like, not by their value.
        let key = if form.bytes().any(|b| b.is_ascii_digit()) {
            masked = form.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
            &masked
        } else {
            form
        };
        let ends: Vec<usize> = key.char_indices().map(|(i, _)| i).collect();
        let suffix = |n: usize| if ends.len() >= n { hash(&key.as_bytes()[ends[ends.len() - n]..]) } else { 0 };
        let prefix = |n: usize| if ends.len() > n { hash(&key.as_bytes()[..ends[n]]) } else { 0 };
        let has = |test: fn(char) -> bool, bit: u32| if form.contains(test) { bit } else { 0 };
        let length = match ends.len() {
            1 => 16,
            2 | 3 => 32,
            _ => 0,
        };
        Self {
            form: hash(key.as_bytes()),
            suffix: [suffix(1), suffix(2), suffix(3), suffix(4)],
            prefix: [prefix(1), prefix(2), prefix(3)],
            classes: lemma::inflections(form),
            set: dictionary.get(form),
            marks: has(|c| c.is_ascii_digit(), 1) | has(|c| c == '-', 2) | has(|c| c == '.', 4) | has(|c| c == '\'', 8) | length,
        }
    }
}

/// A word in its sentence, as the tagger meets it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Word {
    pub info: Info,
    pub shape: Shape,
}

/// The parser's view of a word under a tag.
pub(crate) fn node(form: Sym, (pos, tag): Label, number: u8) -> Node {
    let written = form.as_str();
    let lemma = lemma::lemma(written, pos, tag);
    Node {
        form: key(written),
        lemma: key(&lemma),
        tag: u32::from(number),
        pos: pos as u32,
        finite: matches!(tag, Tag::Vbd | Tag::Vbz | Tag::Vbp | Tag::Md) && matches!(pos, Pos::Verb | Pos::Aux),
        comma: matches!(tag, Tag::Comma | Tag::Colon),
    }
}

/// The number of a word in which digits are all alike.
fn key(word: &str) -> u32 {
    if word.bytes().any(|b| b.is_ascii_digit()) {
        let masked: String = word.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
        hash(masked.as_bytes())
    } else {
        hash(word.as_bytes())
    }
}

/// Numbers of words, kept from sentence to sentence.
#[derive(Default)]
pub(crate) struct Memo {
    infos: rustc_hash::FxHashMap<Sym, Info>,
    tagged: rustc_hash::FxHashMap<(Sym, u8), (Sym, Node)>,
}

/// Distinct forms kept; past that the memo starts anew.
const KEPT: usize = 1 << 17;

impl Memo {
    pub fn info(&mut self, form: Sym, dictionary: &Dictionary) -> Info {
        if self.infos.len() > KEPT {
            self.infos.clear();
        }
        *self.infos.entry(form).or_insert_with(|| Info::new(form.as_str(), dictionary))
    }

    /// Lemma and parser's view of a form under a joint tag.
    pub fn tagged(&mut self, form: Sym, number: u8, model: &Model) -> (Sym, Node) {
        if self.tagged.len() > KEPT {
            self.tagged.clear();
        }
        *self.tagged.entry((form, number)).or_insert_with(|| {
            let label = model.tags.get(usize::from(number)).copied().unwrap_or_default();
            let lemma = model.lemmas.get(&(form, number)).copied();
            (lemma.unwrap_or_else(|| Sym::new(&lemma::lemma(form.as_str(), label.0, label.1))), node(form, label, number))
        })
    }
}
