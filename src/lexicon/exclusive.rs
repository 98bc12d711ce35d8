//! Classes of words that exclude each other: where everything else is equal, what is red is not blue.

use super::{ExclusiveEntry, Phrases};
use crate::base::Sym;
use crate::claims::EntityKind;
use rustc_hash::FxHashMap;

/// All classes, in order of the files.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Exclusives {
    /// The classes; a later one of the same name adds to the earlier.
    pub classes: Vec<ExclusiveClass>,
    /// Class and group of each word; words of one group mean the same.
    members: FxHashMap<Sym, Vec<Membership>>,
    /// Members of more than one word.
    compounds: Phrases<Sym>,
    groups: u32,
}

/// One class.
#[derive(Clone, Debug, PartialEq)]
pub struct ExclusiveClass {
    /// What the words are.
    pub name: Sym,
    /// Nouns whose kinds belong to it too.
    pub parents: Vec<Sym>,
    /// Kinds of declared entities whose names, or adjectives, belong to it too.
    pub entities: Vec<EntityKind>,
    /// Whether the adjectives are meant.
    pub adjectives: bool,
    /// Content words that both statements must share.
    pub context: u8,
    /// Whether its words are mere looks, by which two unknown actors are told apart.
    pub looks: bool,
    /// Whether its words count only where nothing hangs on them.
    pub alone: bool,
}

/// Where a word belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Membership {
    /// Index of the class.
    pub class: u16,
    /// Number of its group of equals.
    pub group: u32,
}

impl Exclusives {
    /// Adds a row.
    pub fn add(&mut self, row: &ExclusiveEntry) {
        let name = Sym::new(&row.name);
        let at = self.classes.iter().position(|class| class.name == name).unwrap_or_else(|| {
            self.classes.push(ExclusiveClass {
                name,
                parents: Vec::new(),
                entities: Vec::new(),
                adjectives: row.adjectives,
                context: row.context,
                looks: row.looks,
                alone: row.alone,
            });
            self.classes.len() - 1
        });
        let class = &mut self.classes[at];
        class.context = row.context;
        class.parents.extend(row.parents.iter().map(|parent| Sym::new(parent)));
        class.entities.extend(row.entities.iter().copied());
        for equals in &row.words {
            let group = self.groups;
            self.groups += 1;
            for word in equals.to_lowercase().split('/').map(str::trim) {
                self.members.entry(Sym::new(word)).or_default().push(Membership { class: at as u16, group });
                if word.contains(' ') {
                    self.compounds.insert(word, Sym::new(word));
                }
            }
        }
    }

    /// Where a word or phrase is listed, in order of the files.
    pub fn listed(&self, word: Sym) -> &[Membership] {
        self.members.get(&word).map_or(&[], Vec::as_slice)
    }

    /// Listed phrases of several words.
    pub fn compounds(&self) -> &Phrases<Sym> {
        &self.compounds
    }
}
