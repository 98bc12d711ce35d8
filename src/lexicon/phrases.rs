//! A table of phrases of one or more words.

use crate::base::Sym;
use crate::text::Token;
use rustc_hash::FxHashMap;

/// Phrases of one or more words with what the lexicon says of them; longest match first.
#[derive(Clone, Debug, PartialEq)]
pub struct Phrases<T> {
    by_first: FxHashMap<Sym, Vec<(Box<[Sym]>, T)>>,
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Self { by_first: FxHashMap::default() }
    }
}

impl<T> Phrases<T> {
    /// Adds a phrase of lower-case words separated by spaces, replacing an equal one.
    pub fn insert(&mut self, phrase: &str, value: T) {
        let words: Box<[Sym]> = phrase.split_whitespace().map(Sym::new).collect();
        let Some(first) = words.first() else { return };
        let list = self.by_first.entry(*first).or_default();
        list.retain(|(old, _)| *old != words);
        let at = list.partition_point(|(old, _)| old.len() >= words.len());
        list.insert(at, (words, value));
    }

    /// The longest phrase that starts at `tokens[at]`, with its length in tokens. A word meets a token by lemma or by form.
    pub fn longest_at(&self, tokens: &[Token], at: usize) -> Option<(usize, &T)> {
        let first = tokens.get(at)?;
        let fits = |words: &[Sym]| {
            tokens
                .get(at..at + words.len())
                .is_some_and(|here| here.iter().zip(words).all(|(t, w)| t.lemma == *w || t.form == *w))
        };
        let found =
            |key: Sym| self.by_first.get(&key)?.iter().find(|(words, _)| fits(words)).map(|(words, value)| (words.len(), value));
        match (found(first.lemma), (first.form != first.lemma).then(|| found(first.form)).flatten()) {
            (Some(one), Some(two)) if two.0 > one.0 => Some(two),
            (one, two) => one.or(two),
        }
    }

    /// What is said of a single word.
    pub fn word(&self, word: Sym) -> Option<&T> {
        self.by_first.get(&word)?.iter().find(|(words, _)| words.len() == 1).map(|(_, value)| value)
    }

    /// What is said of a phrase of two words.
    pub fn word_pair(&self, first: &str, second: Sym) -> Option<&T> {
        let list = self.by_first.get(&Sym::new(first))?;
        list.iter().find(|(words, _)| words.len() == 2 && words[1] == second).map(|(_, value)| value)
    }

    /// What is said of a phrase written with single blanks.
    pub fn phrase(&self, phrase: Sym) -> Option<&T> {
        if let Some(value) = self.word(phrase) {
            return Some(value);
        }
        let words: Vec<Sym> = phrase.as_str().split(' ').map(Sym::new).collect();
        self.by_first.get(words.first()?)?.iter().find(|(w, _)| **w == *words).map(|(_, value)| value)
    }

    /// All phrases written with single blanks, with what is said of them, in no order.
    pub fn phrases(&self) -> impl Iterator<Item = (String, &T)> {
        let written = |words: &[Sym]| words.iter().map(|word| word.as_str()).collect::<Vec<_>>().join(" ");
        self.by_first.values().flatten().map(move |(words, value)| (written(words), value))
    }

    /// Phrases of one word, in no order.
    pub fn words(&self) -> impl Iterator<Item = Sym> + '_ {
        self.by_first.values().flatten().filter(|(words, _)| words.len() == 1).map(|(words, _)| words[0])
    }

    /// What is said of all phrases, in no order.
    pub fn values(&self) -> impl Iterator<Item = &T> {
        self.by_first.values().flatten().map(|(_, value)| value)
    }

    /// Whether there is no phrase.
    pub fn is_empty(&self) -> bool {
        self.by_first.is_empty()
    }
}
