//! What a conflict means to a reader, and whether the two speak for one party. Worked out, never written in a rule.

use super::detectors::{Clash, Context};
use super::facts::{Fact, Voice};
use crate::claims::{EntityKind, Level, Modality};

/// What a conflict means to a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// Both are asserted, by different articles or sources.
    Contradiction,
    /// The text itself reports one side answering the other.
    Dispute,
    /// The same source, later.
    Reversal,
    /// A later figure or state that replaces an earlier one.
    Update,
    /// One side is hedged, planned or uncommitted.
    Tension,
}

impl Relation {
    /// The word that the report uses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Contradiction => "contradiction",
            Self::Dispute => "dispute",
            Self::Reversal => "reversal",
            Self::Update => "update",
            Self::Tension => "tension",
        }
    }
}

/// Whether the two sides of a conflict speak for one party.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sides {
    /// One speaker.
    Itself,
    /// Two speakers of one party.
    Same,
    /// Two parties.
    Cross,
    /// A side is unknown.
    Unknown,
}

impl Sides {
    /// The word that the report uses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Itself => "self",
            Self::Same => "same-side",
            Self::Cross => "cross-side",
            Self::Unknown => "unknown",
        }
    }
}

/// Whether both voices are one speaker's; `None` where a side is not known.
pub fn one_speaker(cx: &Context, a: &Fact, x: &Voice, b: &Fact, y: &Voice) -> Option<bool> {
    match (x.is_publisher(), y.is_publisher()) {
        (true, true) if a.reading == b.reading => Some(true),
        (true, true) => {
            let publisher = |f: &Fact| cx.facts.readings[f.reading as usize].article.publisher.as_deref();
            publisher(a).zip(publisher(b)).map(|(one, other)| one == other)
        }
        (false, false) => match (x.being, y.being) {
            (Some(one), Some(other)) => Some(one == other),
            _ => None,
        },
        _ => Some(false),
    }
}

/// Whose party the two are of.
pub fn sides(cx: &Context, a: &Fact, x: &Voice, b: &Fact, y: &Voice) -> Sides {
    if x.via || y.via {
        return parties(cx, x, y);
    }
    match one_speaker(cx, a, x, b, y) {
        Some(true) => Sides::Itself,
        _ => parties(cx, x, y),
    }
}

fn parties(cx: &Context, x: &Voice, y: &Voice) -> Sides {
    let party = |v: &Voice| v.being.map(|b| cx.facts.who.party(b));
    // Somebody whose party nobody states may belong to either.
    let settled = |b: u32| cx.facts.who.list[b as usize].kind != EntityKind::Person;
    match (party(x), party(y)) {
        (Some(one), Some(other)) if one == other => Sides::Same,
        (Some(one), Some(other)) if settled(one) && settled(other) => Sides::Cross,
        _ => Sides::Unknown,
    }
}

/// Works out the relation of a clash between two voices. `a` stands before `b` in time where both are dated.
pub fn relation(cx: &Context, a: &Fact, b: &Fact, clash: &Clash) -> Relation {
    let (x, y) = (&a.voices[clash.voices[0]], &b.voices[clash.voices[1]]);
    if clash.update {
        return Relation::Update;
    }
    // Where a story is called false the words that do so carry the certainty; only what is told can be hedged.
    let certain =
        [x, y].iter().enumerate().all(|(side, v)| clash.story == Some(side) || v.stance.level() == Some(Level::Certain));
    let realised = clash.story.is_some() || [a, b].iter().all(|f| cx.facts.claim(f).modality == Modality::Realised);
    if clash.tension || !certain && !clash.granted {
        return Relation::Tension;
    }
    if clash.linked {
        return Relation::Dispute;
    }
    if !realised && !clash.granted {
        return Relation::Tension;
    }
    let apart = matches!((a.published, b.published), (Some(one), Some(other)) if one != other);
    if apart && !x.via && !y.via && one_speaker(cx, a, x, b, y) == Some(true) {
        return Relation::Reversal;
    }
    Relation::Contradiction
}
