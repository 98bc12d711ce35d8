//! Who is who, as comparing needs it: one number per being over all articles, with what it is part of and whom it speaks for.
//!
//! In: the mentions of every article and the collection's entities. Out: [`Who`]. Knows no claims.

use crate::base::Sym;
use crate::claims::{EntityKind, Link, Reading};
use crate::entities::{Entities, EntityIx};
use crate::rules::Names;
use rustc_hash::FxHashMap;

/// Beings of a collection and which mention means which.
#[derive(Clone, Debug, Default)]
pub struct Who {
    /// All beings, in order of their first mention.
    pub list: Vec<Being>,
    mentions: Vec<Vec<Option<u32>>>,
    /// By article and number of the link: sources that no mention names.
    links: Vec<FxHashMap<u32, u32>>,
}

/// Somebody or something with a name.
#[derive(Clone, Debug, Default)]
pub struct Being {
    /// Id as the report shows it.
    pub id: String,
    /// Name as the report shows it.
    pub name: String,
    /// What it is; unnamed for a name too of which the text does not say what it names.
    pub kind: EntityKind,
    /// Whether it has a name, so that it stays itself in other articles.
    pub named: bool,
    /// The whole it belongs to.
    pub part_of: Option<u32>,
    /// On whose behalf it speaks.
    pub speaks_for: Option<u32>,
}

impl Who {
    /// Beings by name alone: what a mention's leader is called, anywhere. Serves single pairs and tests.
    pub fn by_name(readings: &[Reading]) -> Self {
        let mut who = Self::default();
        let mut known: FxHashMap<String, u32> = FxHashMap::default();
        for (at, reading) in readings.iter().enumerate() {
            let mut list = Vec::with_capacity(reading.mentions.len());
            for (n, mention) in reading.mentions.iter().enumerate() {
                let leader = reading.mentions.get(mention.leader as usize).unwrap_or(mention);
                if !super::facts::names_somebody(reading, n as u32) || leader.name.is_empty() {
                    list.push(None);
                    continue;
                }
                let key = leader.name.to_lowercase();
                let next = who.list.len() as u32;
                let being = *known.entry(key.clone()).or_insert_with(|| {
                    who.list.push(Being {
                        id: key,
                        name: leader.name.clone(),
                        kind: leader.kind,
                        named: true,
                        ..Being::default()
                    });
                    next
                });
                list.push(Some(being));
            }
            debug_assert_eq!(at, who.mentions.len());
            who.mentions.push(list);
        }
        who
    }

    /// Beings and which mention means which, worked out elsewhere; sources that are no mention stay unknown.
    pub fn new(list: Vec<Being>, mentions: Vec<Vec<Option<u32>>>) -> Self {
        Self { list, mentions, links: Vec::new() }
    }

    /// Beings as the collection's entities have them; their numbers are those of [`EntityIx`].
    pub fn of_entities(readings: &[Reading], entities: &Entities) -> Self {
        let number = |at: EntityIx| at.0;
        let being = |entity: &crate::entities::Entity| Being {
            id: entity.id.clone(),
            name: entity.name.clone(),
            kind: entity.kind,
            named: entity.kind != EntityKind::Unnamed || !entity.aliases.is_empty(),
            part_of: entity.part_of.map(number),
            speaks_for: entity.speaks_for.first().copied().map(number),
        };
        let mut who = Self { list: entities.all().iter().map(being).collect(), ..Self::default() };
        for (at, reading) in readings.iter().enumerate() {
            let named = (0..reading.mentions.len() as u32).map(|m| entities.entity_of(at, m).map(number));
            who.mentions.push(named.collect());
            let links = reading.claims.iter().flat_map(|claim| &claim.chain);
            who.links.push(links.filter_map(|link| Some((link.id, entities.source_of(at, link)?.0))).collect());
        }
        who
    }

    /// Who speaks in a link; `None` where the text leaves it out.
    pub fn speaker(&self, reading: usize, link: &Link) -> Option<u32> {
        let unnamed = || self.links.get(reading)?.get(&link.id).copied();
        link.source.and_then(|mention| self.of(reading, mention)).or_else(unnamed)
    }

    /// The being that a mention of an article means; `None` where it names nobody.
    pub fn of(&self, reading: usize, mention: u32) -> Option<u32> {
        *self.mentions.get(reading)?.get(mention as usize)?
    }

    /// The being of an id; `None` where no article of the run has it.
    pub fn by_id(&self, id: &str) -> Option<u32> {
        self.list.iter().position(|being| being.id == id).map(|at| at as u32)
    }

    /// Whether two beings go together: one and the same, or one holds the other.
    pub fn together(&self, a: u32, b: u32) -> Option<&'static str> {
        if a == b {
            return Some("same name");
        }
        (self.holds(a, b) || self.holds(b, a)).then_some("part of the other")
    }

    /// Whether `whole` is above `part`.
    pub fn holds(&self, whole: u32, part: u32) -> bool {
        let mut at = part;
        for _ in 0..8 {
            match self.list.get(at as usize).and_then(|b| b.part_of) {
                Some(next) if next == whole => return true,
                Some(next) => at = next,
                None => return false,
            }
        }
        false
    }

    /// The party that a being speaks for in the end; itself where it speaks for itself.
    pub fn party(&self, being: u32) -> u32 {
        let mut at = being;
        for _ in 0..8 {
            match self.list.get(at as usize).and_then(|b| b.speaks_for) {
                Some(next) => at = next,
                None => break,
            }
        }
        at
    }
}

/// The beings of one article, as the patterns of rules ask for them.
pub struct ArticleNames<'a> {
    who: &'a Who,
    reading: usize,
}

impl<'a> ArticleNames<'a> {
    /// Names of the article at an index.
    pub fn new(who: &'a Who, reading: usize) -> Self {
        Self { who, reading }
    }
}

impl Names for ArticleNames<'_> {
    fn entity(&self, mention: u32) -> Option<Sym> {
        self.who.of(self.reading, mention).map(|being| Sym::new(&self.who.list[being as usize].id))
    }

    fn kind(&self, mention: u32) -> EntityKind {
        self.who.of(self.reading, mention).map_or(EntityKind::Unnamed, |being| self.who.list[being as usize].kind)
    }
}
