//! Relations between words: synonyms, kinds, opposites, derivations. Derived from WordNet 3.1 (`rules/lexical/NOTICE`).
//!
//! In: two words in dictionary form with their part of speech. Out: whether and how closely they are related. The tables are
//! embedded, read once on first use, and hold the most frequent senses only: a rare sense makes more false alarms than it finds.
//! Knows no claims. `examples/make_lexical.rs` makes the tables again.
//!
//! Source: Miller 1995, WordNet: A Lexical Database for English.
//!
//! ```
//! use gainsay::lexical::{Class, antonyms, is_a, synonyms};
//! assert!(antonyms("arrive", "leave"));
//! assert!(is_a("dog", "animal", Class::Noun).is_some());
//! assert!(synonyms("buy", "purchase", Class::Verb).is_some());
//! ```

use crate::text::Pos;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;

/// Part of speech as the tables know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Class {
    Noun,
    Verb,
    Adjective,
    Adverb,
}

impl Class {
    /// The class of a tagged token; `None` for function words, numbers and marks.
    pub fn of(pos: Pos) -> Option<Self> {
        match pos {
            Pos::Noun | Pos::Propn => Some(Self::Noun),
            Pos::Verb | Pos::Aux => Some(Self::Verb),
            Pos::Adj => Some(Self::Adjective),
            Pos::Adv => Some(Self::Adverb),
            _ => None,
        }
    }

    fn from_letter(letter: &str) -> Option<Self> {
        match letter {
            "n" => Some(Self::Noun),
            "v" => Some(Self::Verb),
            "a" => Some(Self::Adjective),
            "r" => Some(Self::Adverb),
            _ => None,
        }
    }
}

/// A sense: a line of `parents.tsv`.
type Sense = u32;

#[derive(Default)]
struct Tables {
    /// Senses of each word by class, most frequent first: ranges of `senses`.
    words: FxHashMap<&'static str, [(u32, u8); 4]>,
    senses: Vec<Sense>,
    /// One or two nearest wider senses of each sense.
    parents: Vec<[Option<Sense>; 2]>,
    antonyms: FxHashSet<(&'static str, &'static str)>,
    opposites: FxHashMap<&'static str, Vec<&'static str>>,
    /// Noun → verbs or adjectives it is derived from, and back.
    bases: FxHashMap<&'static str, Vec<(Class, &'static str)>>,
    nouns: FxHashMap<&'static str, Vec<&'static str>>,
    frequencies: FxHashMap<&'static str, u8>,
}

static TABLES: LazyLock<Tables> = LazyLock::new(Tables::read);

const WORDS: &str = include_str!("../../rules/lexical/words.tsv");
const PARENTS: &str = include_str!("../../rules/lexical/parents.tsv");
const ANTONYMS: &str = include_str!("../../rules/lexical/antonyms.tsv");
const DERIVATIONS: &str = include_str!("../../rules/lexical/derivations.tsv");
const FREQUENCIES: &str = include_str!("../../rules/lexical/frequencies.tsv");

fn number(digits: &str) -> Option<u32> {
    u32::from_str_radix(digits, 36).ok()
}

impl Tables {
    fn read() -> Self {
        let mut tables = Self::default();
        tables.words.reserve(80_000);
        for line in WORDS.lines() {
            let mut fields = line.split('\t');
            let (Some(word), Some(class), Some(ids)) = (fields.next(), fields.next().and_then(Class::from_letter), fields.next())
            else {
                continue;
            };
            let start = tables.senses.len() as u32;
            tables.senses.extend(ids.split(' ').filter_map(number));
            tables.words.entry(word).or_default()[class as usize] = (start, (tables.senses.len() as u32 - start) as u8);
        }
        for line in PARENTS.lines() {
            let mut above = line.split(' ').filter_map(number);
            tables.parents.push([above.next(), above.next()]);
        }
        for line in ANTONYMS.lines() {
            let mut fields = line.split('\t').skip(1);
            if let (Some(one), Some(other)) = (fields.next(), fields.next()) {
                for (a, b) in [(one, other), (other, one)] {
                    tables.antonyms.insert((a, b));
                    tables.opposites.entry(a).or_default().push(b);
                }
            }
        }
        for line in DERIVATIONS.lines() {
            let mut fields = line.split('\t');
            if let (Some(class), Some(base), Some(noun)) =
                (fields.next().and_then(Class::from_letter), fields.next(), fields.next())
            {
                tables.bases.entry(noun).or_default().push((class, base));
                tables.nouns.entry(base).or_default().push(noun);
            }
        }
        for line in FREQUENCIES.lines() {
            if let Some((word, class)) = line.split_once('\t') {
                tables.frequencies.insert(word, class.parse().unwrap_or(0));
            }
        }
        tables
    }

    fn senses(&self, word: &str, class: Class, most: usize) -> &[Sense] {
        let Some((start, count)) = self.words.get(word).map(|classes| classes[class as usize]) else { return &[] };
        &self.senses[start as usize..start as usize + (count as usize).min(most)]
    }

    fn above(&self, sense: Sense) -> impl Iterator<Item = Sense> + '_ {
        self.parents.get(sense as usize).into_iter().flatten().flatten().copied()
    }
}

/// Whether a word is listed under a class at all.
pub fn known(word: &str, class: Class) -> bool {
    !TABLES.senses(word, class, 1).is_empty()
}

/// How rare a word is in general English: 1 for the most common, 10 for one that WordNet's tagged texts hardly hold.
pub fn rarity(word: &str) -> u8 {
    10 - TABLES.frequencies.get(word).map_or(0, |class| (*class).min(9))
}

/// Numbers of a word's most frequent senses, for index keys: two words that share one are synonyms in that sense.
pub fn senses(word: &str, class: Class, most: usize) -> &'static [u32] {
    TABLES.senses(word, class, most)
}

/// Whether two words share a sense; 0 is the first sense of both, larger numbers are rarer senses (at most 6).
pub fn synonyms(a: &str, b: &str, class: Class) -> Option<u8> {
    let (one, other) = (TABLES.senses(a, class, 4), TABLES.senses(b, class, 4));
    let ranks =
        one.iter().enumerate().flat_map(|(i, s)| other.iter().enumerate().filter(move |(_, t)| s == *t).map(move |(j, _)| i + j));
    ranks.min().map(|rank| rank as u8)
}

/// Steps from `narrow` up to `wide` (1 or more); `None` where `wide` is no kind above it within eight steps.
pub fn is_a(narrow: &str, wide: &str, class: Class) -> Option<u8> {
    let from = TABLES.senses(narrow, class, 2);
    if from.is_empty() || narrow == wide {
        return None;
    }
    let target = TABLES.senses(wide, class, 6);
    if target.is_empty() {
        return None;
    }
    let (mut level, mut next) = (from.to_vec(), Vec::new());
    for steps in 1..=8 {
        next.clear();
        for above in level.iter().flat_map(|s| TABLES.above(*s)) {
            if target.contains(&above) {
                return Some(steps);
            }
            if !next.contains(&above) {
                next.push(above);
            }
        }
        std::mem::swap(&mut level, &mut next);
    }
    None
}

/// Whether two words name different members of one kind (guitar and violin): a common parent, and neither above the other.
pub fn siblings(a: &str, b: &str, class: Class) -> bool {
    let above = |word: &str| -> Vec<Sense> { TABLES.senses(word, class, 2).iter().flat_map(|s| TABLES.above(*s)).collect() };
    let parents = above(a);
    a != b
        && above(b).iter().any(|s| parents.contains(s))
        && synonyms(a, b, class).is_none()
        && is_a(a, b, class).is_none()
        && is_a(b, a, class).is_none()
}

/// Steps between two words over their nearest common kind; 0 for a shared sense, `None` beyond six.
pub fn distance(a: &str, b: &str, class: Class) -> Option<u8> {
    let climb = |word: &str| {
        let mut seen: FxHashMap<Sense, u8> = FxHashMap::default();
        let mut level: Vec<Sense> = TABLES.senses(word, class, 2).to_vec();
        for steps in 0..=5u8 {
            for sense in &level {
                seen.entry(*sense).or_insert(steps);
            }
            level = level.iter().flat_map(|s| TABLES.above(*s)).collect();
        }
        seen
    };
    let (one, other) = (climb(a), climb(b));
    one.iter().filter_map(|(sense, i)| other.get(sense).map(|j| i + j)).min().filter(|steps| *steps <= 6)
}

/// Whether two words are listed as opposites, in any class.
pub fn antonyms(a: &str, b: &str) -> bool {
    TABLES.antonyms.contains(&(a, b))
}

/// Listed opposites of a word, in order of the table.
pub fn opposites(word: &str) -> &'static [&'static str] {
    TABLES.opposites.get(word).map_or(&[], Vec::as_slice)
}

/// Verbs that a noun is derived from ("denial" → "deny"), in order of the table.
pub fn verbs_of(noun: &str) -> impl Iterator<Item = &'static str> {
    TABLES.bases.get(noun).into_iter().flatten().filter(|(class, _)| *class == Class::Verb).map(|(_, word)| *word)
}

/// Adjectives that a noun is derived from ("safety" → "safe"), in order of the table.
pub fn adjectives_of(noun: &str) -> impl Iterator<Item = &'static str> {
    TABLES.bases.get(noun).into_iter().flatten().filter(|(class, _)| *class == Class::Adjective).map(|(_, word)| *word)
}

/// Nouns that are derived from a verb or adjective ("reopen" → "reopening"), in order of the table.
pub fn nouns_of(base: &str) -> &'static [&'static str] {
    TABLES.nouns.get(base).map_or(&[], Vec::as_slice)
}

/// Whether a noun is derived from a verb or adjective.
pub fn derived(base: &str, noun: &str) -> bool {
    TABLES.nouns.get(base).is_some_and(|nouns| nouns.contains(&noun))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_stand_above_their_members() {
        assert!(is_a("dog", "animal", Class::Noun).is_some());
        assert!(is_a("animal", "dog", Class::Noun).is_none());
        assert!(is_a("Denver", "city", Class::Noun).is_some());
    }

    #[test]
    fn members_of_one_kind_are_siblings_and_kinds_are_not() {
        assert!(siblings("red", "blue", Class::Noun));
        assert!(!siblings("dog", "animal", Class::Noun));
        assert!(!siblings("bridge", "soldier", Class::Noun));
    }

    #[test]
    fn synonyms_share_a_frequent_sense() {
        assert!(synonyms("buy", "purchase", Class::Verb).is_some());
        assert!(synonyms("buy", "sell", Class::Verb).is_none());
    }

    #[test]
    fn opposites_go_both_ways() {
        assert!(antonyms("leave", "arrive") && antonyms("arrive", "leave"));
        assert!(!antonyms("arrive", "reach"));
        assert!(opposites("rise").contains(&"fall"));
    }

    #[test]
    fn common_words_weigh_less() {
        assert!(rarity("say") < rarity("bridge") && rarity("bridge") < rarity("werewolf"));
    }

    #[test]
    fn nouns_lead_back_to_their_verbs() {
        assert!(verbs_of("denial").any(|v| v == "deny"));
        assert!(derived("acquire", "acquisition"));
        assert!(!derived("acquire", "denial"));
    }
}
