//! What an article is about: its names and rare words. Two articles of one story share them, so that "the port" in both is one port.
//!
//! In: a [`Reading`]. Out: [`Story`], and how alike two are. Weights come from the shipped table, never from the collection.

use super::who::Who;
use crate::base::Sym;
use crate::claims::Reading;
use crate::text::Pos;
use rustc_hash::FxHashMap;

/// The names and rare words of an article.
#[derive(Clone, Debug, Default)]
pub struct Story {
    /// Beings with the number of their mentions (at most 9), sorted.
    beings: Vec<(u32, u32)>,
    /// Rare nouns with their weight, sorted by symbol; for intersections only.
    words: Vec<(Sym, u32)>,
    /// Those of them that are no part of a name.
    theme: Vec<(Sym, u32)>,
    anchors: Vec<u64>,
    /// Every content word of the same sentences, sorted by symbol.
    all: Vec<Sym>,
}

/// Weight below which an article's words are too few to tell a story by themselves: short notes of one trade all share its jargon.
const LEAST: u32 = 120;

/// How many sentences of an article say what it is about.
const HEAD: usize = 12;

impl Story {
    /// Reads off the first sentences of an article.
    pub fn of(reading: &Reading, at: usize, who: &Who) -> Self {
        let document = &reading.document;
        let end = document.sentences.get(HEAD).map_or(document.tokens.len(), |s| s.first as usize);
        let mut beings: FxHashMap<u32, u32> = FxHashMap::default();
        for (n, mention) in reading.mentions.iter().enumerate().filter(|(_, m)| (m.first as usize) < end) {
            if let Some(being) = who.of(at, n as u32).filter(|b| who.list[*b as usize].is_named()) {
                let count = beings.entry(being).or_default();
                *count = (*count + 1).min(9);
                let _ = mention;
            }
        }
        let mut words: FxHashMap<Sym, u32> = FxHashMap::default();
        for token in document.tokens[..end].iter().filter(|t| matches!(t.pos, Pos::Noun | Pos::Propn | Pos::Adj | Pos::Verb)) {
            let weight = super::facts::weight(token.pos, token.lemma).unwrap_or(0);
            if weight >= 7 {
                words.insert(token.lemma, weight);
            }
        }
        let anchors = anchors(&beings, &words, &document.tokens[..end]);
        let mut story = Self {
            beings: beings.into_iter().collect(),
            words: words.into_iter().collect(),
            theme: Vec::new(),
            anchors,
            all: Vec::new(),
        };
        story.all =
            document.tokens[..end].iter().filter(|t| super::facts::weight(t.pos, t.lemma).is_some()).map(|t| t.lemma).collect();
        let plain = |t: &&crate::text::Token| matches!(t.pos, Pos::Noun | Pos::Adj | Pos::Verb);
        let rare = |t: &crate::text::Token| super::facts::weight(t.pos, t.lemma).filter(|w| *w >= 5).map(|w| (t.lemma, w));
        story.theme = document.tokens[..end].iter().filter(plain).filter_map(rare).collect();
        story.theme.sort_unstable_by_key(|(word, _)| word.number());
        story.theme.dedup_by_key(|(word, _)| *word);
        story.all.sort_unstable_by_key(|word| word.number());
        story.all.dedup();
        story.beings.sort_unstable();
        story.words.sort_unstable_by_key(|(word, _)| word.number());
        story
    }

    /// How alike two articles are, in percent of the smaller one's rare words and names that the other has.
    pub fn likeness(&self, other: &Self) -> u32 {
        let of = |story: &Self| story.words.iter().map(|(_, w)| w).sum::<u32>();
        let sum = super::facts::shared(&self.words, &other.words);
        sum * 100 / of(self).min(of(other)).max(LEAST)
    }

    /// How much two articles have in common besides names, in percent of the smaller one: who is in the news is in much of it.
    pub fn theme(&self, other: &Self) -> u32 {
        let of = |story: &Self| story.theme.iter().map(|(_, w)| w).sum::<u32>();
        super::facts::shared(&self.theme, &other.theme) * 100 / of(self).min(of(other)).max(LEAST / 2)
    }

    /// Whether two articles have enough in common besides names: `plot` by weight, or two fifths of what a short one has.
    pub fn shares_plot(&self, other: &Self, plot: u32) -> bool {
        let of = |story: &Self| story.theme.iter().map(|(_, weight)| weight).sum::<u32>();
        super::facts::shared(&self.theme, &other.theme) >= plot.min(of(self).min(of(other)) * 2 / 5)
    }

    /// How much of a claim's words the article has, in percent of their weight.
    pub fn share_of(&self, words: &[(Sym, u32)]) -> u32 {
        let has = |word: &Sym| self.all.binary_search_by_key(&word.number(), |w| w.number()).is_ok();
        let met: u32 = words.iter().filter(|(word, _)| has(word)).map(|(_, weight)| weight).sum();
        met * 100 / words.iter().map(|(_, weight)| weight).sum::<u32>().max(1)
    }

    /// Its rare words.
    pub fn rare(&self) -> impl Iterator<Item = Sym> + '_ {
        self.words.iter().map(|(word, _)| *word)
    }

    /// Beings named in both.
    pub fn shared_beings(&self, other: &Self) -> usize {
        self.beings.iter().filter(|(b, _)| other.beings.binary_search_by_key(b, |(o, _)| *o).is_ok()).count()
    }
}

fn anchors(beings: &FxHashMap<u32, u32>, words: &FxHashMap<Sym, u32>, tokens: &[crate::text::Token]) -> Vec<u64> {
    let mut named: Vec<_> = beings.iter().map(|(being, count)| (std::cmp::Reverse(*count), *being)).collect();
    named.sort_unstable();
    let mut times: FxHashMap<Sym, u32> = FxHashMap::default();
    for token in tokens.iter().filter(|t| words.contains_key(&t.lemma)) {
        *times.entry(token.lemma).or_default() += 1;
    }
    let mut rare: Vec<_> = times.iter().map(|(word, n)| (std::cmp::Reverse(n * words[word]), word.as_str(), *word)).collect();
    rare.sort_unstable_by_key(|(score, text, _)| (*score, *text));
    let beings = named.iter().take(ANCHORS).map(|(_, being)| super::detectors::hash(("being", being)));
    beings.chain(rare.iter().take(ANCHORS).map(|(_, _, word)| super::detectors::hash(("word", word)))).collect()
}

/// How many words tie a claim to its story in the index.
const ANCHORS: usize = 5;

impl Story {
    /// Hashes of the names met most and the rarest words: two articles of one story share at least one.
    pub fn anchors(&self) -> impl Iterator<Item = u64> + '_ {
        self.anchors.iter().copied()
    }
}
