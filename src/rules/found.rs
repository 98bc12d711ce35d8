//! What the patterns of a rule set find in one claim: plain data.

use super::{PatternId, PositionId};
use crate::base::Sym;
use crate::claims::factuality::Trace;
use crate::claims::{EntityKind, Stance};

/// What the mentions of one article stand for, as far as patterns ask. The room `entities` answers it.
pub trait Names {
    /// Id of the entity that a mention stands for: a declared one's own id, else the one it was given.
    fn entity(&self, mention: u32) -> Option<Sym>;
    /// What it is.
    fn kind(&self, mention: u32) -> EntityKind;
}

/// Names of an article that nobody has looked up: every mention is what it seems and stands for nothing declared.
pub struct NoNames;

impl Names for NoNames {
    fn entity(&self, _: u32) -> Option<Sym> {
        None
    }
    fn kind(&self, _: u32) -> EntityKind {
        EntityKind::Unnamed
    }
}

/// Everything that the rule set finds in one claim.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// Positions it takes, in order of topic, then of place.
    pub taken: Vec<Taken>,
    /// Positions whose patterns match and that it does not take all the same: index of the topic, position, and the gate at fault,
    /// `unless` or `about`.
    pub barred: Vec<(usize, PositionId, &'static str)>,
    /// Matches of the `says` of rules without topic (quantity, role, order): index into [`super::RuleSet::rules`], and the match.
    pub captured: Vec<(usize, Match)>,
}

/// A position that a claim speaks of, with what each voice makes of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Taken {
    /// Index into [`super::RuleSet::topics`].
    pub topic: usize,
    /// The position whose pattern matched, before any stance.
    pub said: PositionId,
    /// The words.
    pub found: Match,
    /// What operators, opposite and cues make of the matched words, step by step; and whether they are told as real.
    pub trace: Trace,
    /// What each committed voice holds, outermost source first, the publisher last; voices that are `Uu` are left out.
    pub held: Vec<Held>,
}

/// What one voice holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// Index into the claim's chain; `None` for the publisher.
    pub link: Option<usize>,
    /// Its commitment to the matched words.
    pub stance: Stance,
    /// The position that follows.
    pub position: PositionId,
}

/// One match of one pattern.
#[derive(Clone, Debug, PartialEq)]
pub struct Match {
    /// Which pattern.
    pub pattern: PatternId,
    /// How many of its elements were met.
    pub words: usize,
    /// Matched tokens, in reading order.
    pub tokens: Vec<u32>,
    /// The ones of which a negator must reach one to refute: all, or those marked `!`.
    pub focus: Vec<u32>,
    /// What it captured, in order of the pattern.
    pub captures: Vec<Capture>,
    /// The token that an opposite of the pattern's word met, and whether the pair is complementary.
    pub opposed: Option<(u32, bool)>,
}

/// What `$v:t` or `#v:unit` caught.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Capture {
    /// The `v`.
    pub name: Sym,
    /// Tokens that it covers.
    pub tokens: std::ops::Range<u32>,
    /// What they are.
    pub value: Captured,
}

/// The value of a capture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Captured {
    /// A name or description.
    Entity {
        /// Index into the reading's mentions; `None` where the words are no mention.
        mention: Option<u32>,
        /// Id of the entity, where it is known.
        id: Option<Sym>,
    },
    /// Index into the claim's quantities.
    Quantity(usize),
}

impl Match {
    /// The capture of that name.
    pub fn capture(&self, name: Sym) -> Option<&Capture> {
        self.captures.iter().find(|capture| capture.name == name)
    }
}
