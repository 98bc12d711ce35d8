//! The word lists of `rules/lexicon/text.yml`, looked up once per article.

use crate::base::Sym;
use crate::lexicon::{Lexicon, Phrases};

/// Lists that decide where sentences end and tokens are cut.
#[derive(Clone)]
pub(crate) struct Words<'a> {
    title: Option<&'a Phrases<()>>,
    number: Option<&'a Phrases<()>>,
    inner: Option<&'a Phrases<()>>,
    any: Option<&'a Phrases<()>>,
    starter: Option<&'a Phrases<()>>,
    prefix: Option<&'a Phrases<()>>,
    suffix: Option<&'a Phrases<()>>,
    /// Words that are cut in two, as their parts.
    split: Box<[(&'static str, &'static str)]>,
    clitic: Option<&'a Phrases<()>>,
    elision: Option<&'a Phrases<()>>,
}

/// What may follow an abbreviation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Abbreviation {
    /// A name ("Dr.").
    Title,
    /// A number ("No. 5").
    Number,
    /// Anything, but never the end of a sentence ("vs.").
    Inner,
    /// Anything, or the end of a sentence ("Inc.").
    Any,
}

fn has(list: Option<&Phrases<()>>, word: &str) -> bool {
    list.is_some_and(|list| list.word(Sym::new(word)).is_some())
}

impl<'a> Words<'a> {
    pub fn new(lexicon: &'a Lexicon) -> Self {
        let set = |name| lexicon.set(name);
        Self {
            title: set("abbreviation-title"),
            number: set("abbreviation-number"),
            inner: set("abbreviation-inner"),
            any: set("abbreviation-any"),
            starter: set("sentence-starter"),
            prefix: set("hyphen-prefix"),
            suffix: set("number-suffix"),
            split: set("split-word")
                .into_iter()
                .flat_map(Phrases::words)
                .filter_map(|word| word.as_str().split_once('|'))
                .collect(),
            clitic: set("clitic"),
            elision: set("elision"),
        }
    }

    /// What the lower-case word, without its full stop, abbreviates; `None` for none.
    pub fn abbreviation(&self, word: &str) -> Option<Abbreviation> {
        [
            (self.title, Abbreviation::Title),
            (self.number, Abbreviation::Number),
            (self.inner, Abbreviation::Inner),
            (self.any, Abbreviation::Any),
        ]
        .into_iter()
        .find_map(|(list, kind)| has(list, word).then_some(kind))
    }

    /// Whether the lower-case word mostly begins a sentence where it has a capital.
    pub fn starter(&self, word: &str) -> bool {
        has(self.starter, word)
    }

    /// Whether a hyphen behind the lower-case word stays inside the token.
    pub fn prefix(&self, word: &str) -> bool {
        has(self.prefix, word)
    }

    /// Whether the lower-case letters behind a number are a token of their own.
    pub fn number_suffix(&self, word: &str) -> bool {
        has(self.suffix, word)
    }

    /// Whether an apostrophe in front of the lower-case word is no quotation mark.
    pub fn elision(&self, word: &str) -> bool {
        has(self.elision, word)
    }

    /// Byte length of the first part of a word that is cut in two ("cannot").
    pub fn split(&self, word: &str) -> Option<usize> {
        self.split.iter().find(|parts| word.strip_prefix(parts.0) == Some(parts.1)).map(|parts| parts.0.len())
    }

    /// Whether the folded ending, apostrophe included, is cut off.
    pub fn clitic(&self, ending: &str) -> bool {
        has(self.clitic, ending)
    }
}
