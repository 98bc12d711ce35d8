//! Claims + rules → conflicts: pairs that cannot both hold, each with the words that clash and every step that led there.
//!
//! In: the readings of a run, who is who, and what the rule set found in each claim. Out: [`Found`]: conflicts in their final order,
//! agreements, and what it cost. Comparing looks only at claims that share an index key. Knows no reports.
//!
//! The detectors live here rather than under `rules`: they look at aligned claims, which rules know nothing of.

mod agree;
mod align;
pub mod compare;
pub mod confidence;
mod debunk;
pub mod detectors;
pub mod explain;
mod facts;
mod find;
mod gates;
mod index;
mod matter;
mod message;
mod near;
mod participants;
mod partners;
pub mod passage;
mod relation;
pub mod score;
mod story;
pub mod survey;
mod who;

pub use align::{Alignment, Evidence, Fit, events, fillers, opposites, story};
pub use facts::{Fact, Facts, Happening, Role, Slot, Voice, weight};
pub use find::{Input, Options, find, judge};
pub use gates::{Gate, Stop};
pub use relation::{Relation, Sides};
pub use who::{Being, Who};

use crate::base::{Fingerprint, Span};
use crate::rules::Severity;

/// What comparing the claims of a run gave.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// Conflicts in their final order: by confidence, then date, then id.
    pub conflicts: Vec<Conflict>,
    /// Claims that several independent voices make.
    pub agreements: Vec<Agreement>,
    /// What it cost.
    pub stats: Stats,
    /// How many conflicts stayed below the lowest confidence asked for.
    pub suppressed: usize,
}

/// A claim by its place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClaimRef {
    /// Index into the readings.
    pub reading: u32,
    /// Index into the reading's claims.
    pub claim: u32,
}

/// Two claims that cannot both hold.
#[derive(Clone, Debug)]
pub struct Conflict {
    /// Over the two claims' fingerprints; rule, side and value do not change it.
    pub id: Fingerprint,
    /// Over rule, speakers and positions or key.
    pub group: Fingerprint,
    /// Index of the rule that names it.
    pub rule: usize,
    /// Kind of that rule.
    pub kind: &'static str,
    /// What it means to a reader.
    pub relation: Relation,
    /// Whether the two speak for one party.
    pub sides: Sides,
    /// How severely it is reported.
    pub severity: Severity,
    /// Probability that it is real, in percent.
    pub confidence: u8,
    /// The two claims, by date, then fingerprint.
    pub claims: [ClaimRef; 2],
    /// Which voice of each claim is meant: an index into the claim's chain, `None` for the publisher.
    pub voices: [Option<u32>; 2],
    /// The words that clash: which side, where, in what role.
    pub because: Vec<Because>,
    /// The rule's message, filled in.
    pub message: String,
    /// Further rules that found the pair.
    pub also: Vec<usize>,
    /// Further places where the same two claims stand.
    pub also_in: Vec<[ClaimRef; 2]>,
    /// Reason of the entry that ignores it.
    pub ignored: Option<String>,
    /// Everything that speaks for and against it.
    pub evidence: Vec<Evidence>,
}

/// Words that clash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Because {
    /// 0 or 1: which claim.
    pub side: usize,
    /// Where in its article.
    pub span: Span,
    /// What the words do: `position`, `negation`, `event`, `opposite`, `figure`, `place`, `time`, `holder`, `denial`, `withheld`, `first`.
    pub role: &'static str,
}

/// A claim that several independent voices make.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Agreement {
    /// The claims, in order.
    pub claims: Vec<ClaimRef>,
    /// How many independent voices make it.
    pub voices: usize,
}

/// What comparing cost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// Claims looked at.
    pub claims: usize,
    /// Distinct index keys.
    pub keys: usize,
    /// Pairs that shared a key.
    pub candidates: usize,
    /// Keys so common that they were left out.
    pub crowded: usize,
    /// Conflicts found, before any lower limit.
    pub found: usize,
}
