//! YAML rule files → [`RuleSet`], compiled once: topics with positions, the rules' settings, patterns as small automata.
//!
//! In: the shipped packs and the folders and files of `--rules`. Out: a [`RuleSet`], or every mistake of every file at once, each
//! with its place. Then, claim by claim, which positions a claim takes and which figures a rule's patterns capture. Reads no
//! article by itself, compares no two claims (that is `conflicts`, further on) and writes nothing.

mod check;
mod fix;
mod found;
pub mod gloss;
pub mod holds;
pub mod ignore;
pub mod index;
mod lint;
mod live;
mod load;
mod matching;
mod message;
mod mutants;
mod near;
mod pattern;
mod problem;
mod refs;
mod run;
pub mod schema;
mod syntax;
mod topic;
mod trace;

pub use fix::Mended;
pub use found::{Capture, Captured, Found, Held, Match, Names, NoNames, Taken};
pub use ignore::Ignore;
pub use live::Live;
pub use load::{
    Checked, Errors, Layered, Options, decoded, inspect, inspect_text, load, load_texts, load_with, mend, render, shipped,
};
pub use matching::Matcher;
pub use message::{BUILT_IN as PLACEHOLDERS, Message, Piece};
pub use mutants::{Mutant, Undo, mutants};
pub use near::{Near, Reach};
pub use pattern::{TYPES, optional_part};
pub use problem::{CODES, Edit, MOST, Problem, Source, nearest, sort};
pub use refs::{GATES, RELATIONS, SIDES, Tree, gate_meaning, within};
pub use schema::{
    Case, CommitmentKind, DenialKind, EntitySpec, EntityType, GeneralKind, GroupSpec, KINDS, Pack, Same, SameEvent, Severity,
    Side, Speakers, Status, Strength, Tests, Tolerance, Undated,
};
pub use topic::{Clash, Position, PositionId, Topic};

use crate::base::{Fingerprint, Sym};
use crate::claims::{EntityKind, Level, Modality, Reading};
use crate::entities::Declared;
use crate::lexicon::{Lexicon, Phrases};
use std::sync::Arc;

/// Number of a compiled pattern in its [`RuleSet`].
pub type PatternId = u32;

/// All rules of one run, compiled.
#[derive(Clone, Debug, Default)]
pub struct RuleSet {
    /// Packs, in the order in which they were read.
    pub packs: Vec<Pack>,
    /// Word tables of all packs, later ones over earlier ones.
    pub lexicon: Arc<Lexicon>,
    /// Declared entities, in file order.
    pub entities: Vec<EntitySpec>,
    /// Declared groups, in file order.
    pub groups: Vec<GroupSpec>,
    /// Topics, in file order. [`Taken::topic`] and [`PositionRule::topic`] are indices of it.
    pub topics: Vec<Topic>,
    /// Rules, in file order, the ones made of topics that no rule names after the file's own.
    pub rules: Vec<Rule>,
    /// Conflicts to be left alone.
    pub ignore: Vec<Ignore>,
    /// Every pattern, in file order.
    patterns: Vec<pattern::Compiled>,
    /// Whose pattern it is, in the same order.
    owners: Vec<Owner>,
    /// Which patterns a word wakes.
    index: pattern::Index,
    /// Declared names, adjectives and titles with the ids that bear them, and whether it is an adjective.
    declared_names: Phrases<Vec<(Sym, bool)>>,
}

/// Whose pattern one is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Owner {
    /// A position's `says`: index of topic and position.
    Position(usize, usize),
    /// The `says` of a rule without topic.
    Rule(usize),
    /// `unless`, `about`, and other patterns that are run when asked for.
    Guard,
}

/// One rule, compiled.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Unique in its set.
    pub id: String,
    /// Name of its pack; the file's stem where the file names none.
    pub pack: String,
    /// File that it stands in, as messages show it.
    pub path: String,
    /// Line of its `id`, from 1.
    pub line: u32,
    /// 0 for what ships, then the number of its `--rules` path: of two rules of one sort the later layer names a conflict.
    pub layer: usize,
    /// What it finds, in a few words.
    pub title: String,
    /// How severely a conflict is reported.
    pub severity: Severity,
    /// How ripe it is.
    pub status: Status,
    /// The rule that replaces a deprecated one.
    pub replaced_by: Option<String>,
    /// Whether it runs.
    pub enabled: bool,
    /// What it looks for.
    pub kind: Kind,
    /// Which pairs it looks at.
    pub scope: Where,
    /// Template of the message.
    pub message: Message,
    /// Words to filter by.
    pub tags: Vec<String>,
    /// What a reader should know of its limits.
    pub note: Option<String>,
    /// Its cases.
    pub tests: Tests,
    /// Hash of all that it depends on: its own text and that of its topic.
    pub hash: Fingerprint,
    /// Whether it looks at every claim, without topic and without patterns: a more specific rule goes before it.
    pub general: bool,
}

/// What a rule looks for, with its settings.
#[derive(Clone, Debug)]
pub enum Kind {
    /// Two positions of a topic that clash.
    Position(PositionRule),
    /// Two figures for one thing.
    Quantity(QuantityRule),
    /// Two holders of one office.
    Role(RoleRule),
    /// A first after an earlier one.
    Order(OrderRule),
    /// A claim and its denial.
    Denial(DenialKind),
    /// An event asserted and refuted.
    Negation(GeneralKind),
    /// Two events or states of opposite meaning.
    Antonym(SaysRule),
    /// Two times of one event.
    Time(SaysRule),
    /// Two places of one event.
    Place(SaysRule),
    /// Asserted against withheld.
    Commitment(CommitmentKind),
}

impl RuleSet {
    /// The declared entities and groups, as the room `entities` takes them.
    pub fn declared(&self) -> Vec<Declared> {
        let entity = |spec: &EntitySpec| Declared {
            id: spec.id.clone(),
            kind: spec.kind.into(),
            names: spec.names.clone(),
            adjectives: spec.adjectives.clone(),
            titles: spec.titles.clone(),
            speaks_for: spec.speaks_for.iter().cloned().collect(),
            part_of: spec.part_of.clone(),
            members: Vec::new(),
        };
        let group = |spec: &GroupSpec| Declared {
            id: spec.id.clone(),
            kind: EntityKind::Group,
            members: spec.members.clone(),
            ..Declared::default()
        };
        self.entities.iter().map(entity).chain(self.groups.iter().map(group)).collect()
    }

    /// What the rules find in each claim of an article, in the order of its claims.
    pub fn find(&self, reading: &Reading, names: &dyn Names) -> Vec<Found> {
        let matcher = Matcher::new(self, reading, names);
        (0..reading.claims.len()).map(|claim| matcher.claim(claim)).collect()
    }

    /// The version of a pack, as the last of its files gives it.
    pub fn version(&self, pack: &str) -> Option<&str> {
        self.packs.iter().rev().filter(|own| own.name == pack).find_map(|own| own.version.as_deref())
    }

    /// The rule of that id.
    pub fn rule(&self, id: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.id == id)
    }

    /// A pattern as it is written.
    pub fn pattern_text(&self, id: PatternId) -> &str {
        self.patterns.get(id as usize).map_or("", |pattern| &pattern.text)
    }
}

impl Kind {
    /// The patterns of its own, under the keys that YAML gives them; none for positions, whose patterns are the topic's.
    pub fn patterns(&self) -> [(&'static str, &[PatternId]); 2] {
        let (says, event): (&[PatternId], &[PatternId]) = match self {
            Self::Quantity(kind) => (&kind.says, &[]),
            Self::Role(kind) => (&kind.says, &[]),
            Self::Order(kind) => (&kind.says, &kind.event),
            Self::Time(kind) | Self::Place(kind) | Self::Antonym(kind) => (&kind.says, &[]),
            Self::Position(_) | Self::Denial(_) | Self::Negation(_) | Self::Commitment(_) => (&[], &[]),
        };
        [("says", says), ("event", event)]
    }

    /// The word that YAML and the report use.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Position(_) => "position",
            Self::Quantity(_) => "quantity",
            Self::Role(_) => "role",
            Self::Order(_) => "order",
            Self::Denial(_) => "denial",
            Self::Negation(_) => "negation",
            Self::Antonym(_) => "antonym",
            Self::Time(_) => "time",
            Self::Place(_) => "place",
            Self::Commitment(_) => "commitment",
        }
    }
}

/// Settings of a position rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PositionRule {
    /// Index into [`RuleSet::topics`].
    pub topic: usize,
    /// The clashing pairs that count: all of the topic, or those to which `pairs` narrows.
    pub clashes: Vec<Clash>,
}

/// Settings of a quantity rule.
#[derive(Clone, Debug, Default)]
pub struct QuantityRule {
    /// Patterns that capture a figure; empty for every figure.
    pub says: Vec<PatternId>,
    /// How far two figures may lie apart.
    pub tolerance: Tolerance,
    /// A later larger figure is an update.
    pub grows: bool,
    /// Evidence asked for.
    pub same: Option<Same>,
}

/// Settings of a role rule.
#[derive(Clone, Debug, Default)]
pub struct RoleRule {
    /// Patterns that capture key and value; empty for the titles marked `single`.
    pub says: Vec<PatternId>,
    /// Captures that must agree.
    pub key: Vec<Sym>,
    /// Capture that must not differ.
    pub value: Option<Sym>,
    /// Evidence asked for.
    pub same: Option<Same>,
}

/// Settings of a rule about times, places or opposites.
#[derive(Clone, Debug, Default)]
pub struct SaysRule {
    /// Patterns of the event; empty for every event that happens once, or every event that has an opposite.
    pub says: Vec<PatternId>,
    /// Captures that must agree.
    pub key: Vec<Sym>,
    /// For places: the capture that must not differ; none for the place that the event itself names.
    pub value: Option<Sym>,
    /// Evidence asked for.
    pub same: Option<Same>,
}

/// Settings of an order rule.
#[derive(Clone, Debug, Default)]
pub struct OrderRule {
    /// Patterns of a claimed first; empty for the general words of being first.
    pub says: Vec<PatternId>,
    /// Patterns of an occasion.
    pub event: Vec<PatternId>,
    /// Captures that both share, in any order.
    pub key: Vec<Sym>,
    /// Evidence asked for.
    pub same: Option<Same>,
}

/// Which pairs a rule looks at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Where {
    /// Whose claims are set against each other.
    pub sources: Speakers,
    /// Entity ids of which each side must be, or speak for, one; empty for anybody.
    pub from: [Vec<Sym>; 2],
    /// Most hours between the two.
    pub window: Option<u32>,
    /// What happens to a pair of which a side has no date.
    pub undated: Undated,
    /// Indices into [`RuleSet::groups`], of each of which the two must share a member.
    pub share: Vec<usize>,
    /// The lowest level both must have.
    pub certainty: Level,
    /// Modalities that count beside `realised`.
    pub modalities: Vec<Modality>,
}

impl Default for Where {
    fn default() -> Self {
        Self {
            sources: Speakers::Any,
            from: Default::default(),
            window: None,
            undated: Undated::Allow,
            share: Vec::new(),
            certainty: Level::Possible,
            modalities: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests;

#[cfg(test)]
mod matching_tests;
