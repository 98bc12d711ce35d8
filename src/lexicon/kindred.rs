//! Words by which one scene is told in two ways: kin deeds and things, and words that tell of a wider place.
//!
//! Kin words are no synonyms: who holds a toy need not carry it. They answer each other only where everything else is told alike.

use super::{FamilyEntry, WithinEntry};
use crate::base::Sym;
use rustc_hash::FxHashMap;

/// Both tables, by word.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Kindred {
    /// Groups of kin words that hold a word.
    groups: FxHashMap<Sym, Vec<u32>>,
    /// Wider words that a word tells of.
    wider: FxHashMap<Sym, Vec<Sym>>,
    made: u32,
}

impl Kindred {
    /// Adds the rows of one file.
    pub fn add(&mut self, kin: &[FamilyEntry], within: &[WithinEntry]) {
        for row in kin {
            let group = self.made;
            self.made += 1;
            row.words.iter().for_each(|word| self.groups.entry(Sym::new(word)).or_default().push(group));
        }
        for row in within {
            let wider = row.word.split('/').map(str::trim).map(Sym::new);
            for (word, wide) in wider.flat_map(|wide| row.words.iter().map(move |word| (word, wide))) {
                self.wider.entry(Sym::new(word)).or_default().push(wide);
            }
        }
    }

    /// Whether two words may be said of one deed or thing.
    pub fn kin(&self, one: Sym, other: Sym) -> bool {
        let of = |word: Sym| self.groups.get(&word).map_or(&[][..], Vec::as_slice);
        of(one).iter().any(|group| of(other).contains(group))
    }

    /// Whether what the first word tells is told of the second too: "field", "outside".
    pub fn tells_of(&self, narrow: Sym, wide: Sym) -> bool {
        self.wider.get(&narrow).is_some_and(|list| list.contains(&wide))
    }
}
