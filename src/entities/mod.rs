//! Names of many articles → [`Entities`]: who is who, who speaks for whom, who is on which side.
//!
//! In: the readings of a run, the word tables, and what rule files declare. Out: one [`Entity`] for everything named and for every
//! source, named or not. Knows no rules beyond the declarations handed to it, and no reports. Two articles' mentions become one
//! entity only where names agree fully, or where the articles share a story and only one fits.

mod alias;
mod concerned;
mod metonym;
mod resolve;
mod transliterate;

pub use concerned::Declarations;
pub use resolve::resolve;

use crate::base::Span;
use crate::claims::{EntityKind, Link};
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;

/// An entity or group as a rule file declares it (RULE-LANGUAGE.md, `entities` and `groups`); its references are checked by then.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Declared {
    /// The id in the rule file; unique among entities and groups.
    pub id: String,
    /// Its type; [`EntityKind::Group`] for a group.
    pub kind: EntityKind,
    /// Names as written in text; the first is shown.
    pub names: Vec<String>,
    /// Adjectives and nouns for its people ("Russian").
    pub adjectives: Vec<String>,
    /// Titles that only it bears ("president of Orsa").
    pub titles: Vec<String>,
    /// Ids of those it speaks for, nearest only.
    pub speaks_for: Vec<String>,
    /// Id of the whole it is part of.
    pub part_of: Option<String>,
    /// Ids of a group's members; empty for an entity.
    pub members: Vec<String>,
}

/// Place of an entity in [`Entities::all`]: in order of ids, so that it may serve as a sort key within one run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityIx(pub u32);

/// Someone or something that articles name, or a source that they leave unnamed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entity {
    /// The id in the rule file, or a slug of the name with a hash of kind and name.
    pub id: String,
    /// What it is.
    pub kind: EntityKind,
    /// The name to show; for an unnamed source its wording.
    pub name: String,
    /// Every form of the name found in the texts, sorted; without pronouns and plain descriptions.
    pub aliases: Vec<String>,
    /// Whether a rule file declares it.
    pub declared: bool,
    /// Whether any article mentions it.
    pub found: bool,
    /// Whom it speaks for, nearest only, sorted.
    pub speaks_for: Vec<EntityIx>,
    /// The whole it is part of.
    pub part_of: Option<EntityIx>,
    /// Members of a declared group, sorted.
    pub members: Vec<EntityIx>,
}

/// Whether two sources speak for the same party.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// One and the same.
    Own,
    /// One speaks for the other, or both for a third.
    Same,
    /// They speak for different parties.
    Cross,
    /// It is not known for whom one of them speaks.
    Unknown,
}

impl Side {
    /// The name in reports: `self`, `same-side`, `cross-side`, `unknown`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Own => "self",
            Self::Same => "same-side",
            Self::Cross => "cross-side",
            Self::Unknown => "unknown",
        }
    }
}

/// All entities of a run.
#[derive(Clone, Debug, Default)]
pub struct Entities {
    all: Vec<Entity>,
    by_id: FxHashMap<String, EntityIx>,
    /// By article and mention: what is named there.
    mentioned: Vec<Vec<Option<EntityIx>>>,
    /// By article: unnamed sources by mention.
    unnamed: Vec<FxHashMap<u32, EntityIx>>,
    /// By article: sources that are no mention, by where they stand.
    worded: Vec<FxHashMap<Span, EntityIx>>,
    /// By article: its publisher.
    publishers: Vec<EntityIx>,
}

impl Entities {
    /// Every entity, in order of ids; declared ones that no article mentions too.
    pub fn all(&self) -> &[Entity] {
        &self.all
    }

    /// The entity at an index.
    pub fn get(&self, at: EntityIx) -> &Entity {
        &self.all[at.0 as usize]
    }

    /// The entity or group with an id.
    pub fn by_id(&self, id: &str) -> Option<EntityIx> {
        self.by_id.get(id).copied()
    }

    /// What a mention names: `None` for a description or pronoun that leads to no name.
    pub fn entity_of(&self, article: usize, mention: u32) -> Option<EntityIx> {
        *self.mentioned.get(article)?.get(mention as usize)?
    }

    /// What a mention names, else the unnamed source that it is.
    pub fn speaker_of(&self, article: usize, mention: u32) -> Option<EntityIx> {
        self.entity_of(article, mention).or_else(|| self.unnamed.get(article)?.get(&mention).copied())
    }

    /// Who speaks in a link; `None` where the text leaves it out altogether.
    pub fn source_of(&self, article: usize, link: &Link) -> Option<EntityIx> {
        match link.source {
            Some(mention) => self.speaker_of(article, mention),
            None => self.worded.get(article)?.get(&link.mention?).copied(),
        }
    }

    /// The publisher of an article.
    pub fn publisher_of(&self, article: usize) -> Option<EntityIx> {
        self.publishers.get(article).copied()
    }

    /// Everyone it speaks for, to the end, without itself.
    pub fn speaks_for(&self, from: EntityIx) -> BTreeSet<EntityIx> {
        let mut out = BTreeSet::new();
        let mut open = self.get(from).speaks_for.clone();
        while let Some(next) = open.pop() {
            if next != from && out.insert(next) {
                open.extend(&self.get(next).speaks_for);
            }
        }
        out
    }

    /// The parties at the end of whom it speaks for; itself for a state, body or office that speaks for nobody else.
    pub fn parties(&self, of: EntityIx) -> BTreeSet<EntityIx> {
        use EntityKind::{Office, Org, State};
        let all = self.speaks_for(of);
        let party = |e: &EntityIx| self.get(*e).speaks_for.is_empty() && matches!(self.get(*e).kind, State | Org | Office);
        let ends: BTreeSet<EntityIx> = all.iter().copied().filter(party).collect();
        if ends.is_empty() && party(&of) { BTreeSet::from([of]) } else { ends }
    }

    /// Whether two sources speak for one party.
    pub fn side(&self, a: EntityIx, b: EntityIx) -> Side {
        if a == b {
            return Side::Own;
        }
        let (mut one, mut two) = (self.speaks_for(a), self.speaks_for(b));
        one.insert(a);
        two.insert(b);
        if one.intersection(&two).next().is_some()
            || one.iter().any(|x| two.iter().any(|y| self.part_of(*x, *y) || self.part_of(*y, *x)))
        {
            return Side::Same;
        }
        if self.parties(a).is_empty() || self.parties(b).is_empty() { Side::Unknown } else { Side::Cross }
    }

    /// Whether the two are one.
    pub fn same(&self, a: EntityIx, b: EntityIx) -> bool {
        a == b
    }

    /// Whether `a` is a part of `b`, through any number of steps.
    pub fn part_of(&self, a: EntityIx, b: EntityIx) -> bool {
        let mut at = self.get(a).part_of;
        // Cycles are refused when rules are read; the bound holds whatever is handed over.
        for _ in 0..self.all.len() {
            match at {
                Some(whole) if whole == b => return true,
                Some(whole) => at = self.get(whole).part_of,
                None => return false,
            }
        }
        false
    }

    /// Whether an entity is a member of a group, or of a group in it.
    pub fn is_member(&self, entity: EntityIx, group: EntityIx) -> bool {
        let mut seen = BTreeSet::new();
        let mut open = vec![group];
        while let Some(next) = open.pop() {
            for member in &self.get(next).members {
                if *member == entity {
                    return true;
                }
                if seen.insert(*member) {
                    open.push(*member);
                }
            }
        }
        false
    }
}
