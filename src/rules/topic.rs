//! Topics: positions, what denies them, and which of them clash.

use super::PatternId;
use super::schema::{Strength, Within};
use crate::base::Sym;
use crate::claims::Stance;

/// A position of a topic, or the denial of one: `p` for position `p`, `positions.len() + p` for `not:p`.
pub type PositionId = usize;

/// A matter with positions, compiled.
#[derive(Clone, Debug, Default)]
pub struct Topic {
    /// Unique among topics.
    pub id: String,
    /// The question at issue.
    pub title: String,
    /// Captures that both sides must bind to the same thing.
    pub key: Vec<Sym>,
    /// A later state may follow an earlier one.
    pub changes: bool,
    /// What can be said about it.
    pub positions: Vec<Position>,
    /// Which stories it looks at: every pattern of `all`, one of `any`, found within that much text.
    pub within: Within,
    /// See [`Topic::within`].
    pub all: Vec<PatternId>,
    /// See [`Topic::within`].
    pub any: Vec<PatternId>,
    /// Pairs that clash: those listed, and every position with its own denial; each once, smaller id first.
    pub clashes: Vec<Clash>,
}

/// One position, compiled.
#[derive(Clone, Debug, Default)]
pub struct Position {
    /// Unique in its topic.
    pub id: String,
    /// The position as a short sentence.
    pub label: String,
    /// Patterns of which one must match.
    pub says: Vec<PatternId>,
    /// Patterns none of which may overlap the match.
    pub unless: Vec<PatternId>,
    /// What its denial amounts to: another position, or its own `not:`.
    pub denied: PositionId,
}

/// Two positions that clash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clash {
    /// The smaller id.
    pub one: PositionId,
    /// The larger id.
    pub two: PositionId,
    /// How squarely they oppose each other.
    pub strength: Strength,
}

impl Topic {
    /// The position that a claim takes which says `said` with `stance`; `None` where it commits to nothing.
    pub fn taken(&self, said: PositionId, stance: Stance) -> Option<PositionId> {
        match stance {
            Stance::Asserted(_) => Some(said),
            Stance::Refuted(_) => Some(self.positions.get(said).map_or(said, |p| p.denied)),
            Stance::None => None,
        }
    }

    /// How squarely two positions clash; `None` where they do not.
    pub fn clash(&self, a: PositionId, b: PositionId) -> Option<Strength> {
        let (one, two) = (a.min(b), a.max(b));
        self.clashes.iter().find(|clash| clash.one == one && clash.two == two).map(|clash| clash.strength)
    }

    /// The id as it is written: `open`, `not:open`.
    pub fn name(&self, position: PositionId) -> String {
        let count = self.positions.len();
        match self.positions.get(position) {
            Some(p) => p.id.clone(),
            None => self.positions.get(position.saturating_sub(count)).map_or(String::new(), |p| format!("not:{}", p.id)),
        }
    }

    /// The position in words: "the bridge is open", "it is not so that the bridge is open".
    pub fn label(&self, position: PositionId) -> String {
        let count = self.positions.len();
        match self.positions.get(position) {
            Some(p) => p.label.clone(),
            None => self
                .positions
                .get(position.saturating_sub(count))
                .map_or(String::new(), |p| format!("it is not so that {}", p.label)),
        }
    }

    /// The position of an id as it is written.
    pub fn position(&self, name: &str) -> Option<PositionId> {
        let find = |id: &str| self.positions.iter().position(|p| p.id == id);
        match name.strip_prefix("not:") {
            Some(id) => find(id).map(|p| p + self.positions.len()),
            None => find(name),
        }
    }
}
