//! The gates that a pair passes, in their order; the first that fails is the reason given.

use super::detectors::Context;
use super::facts::{Fact, Voice};
use super::index::Window;
use crate::claims::{Effect, Modality, Stance};
use crate::lexical::Class;
use crate::rules::{DenialKind, Kind, Rule, Speakers, Undated};
use crate::text::Pos;
use std::sync::{Arc, OnceLock};

/// A gate, in the order of passing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Gate {
    NotAClaim,
    NoMatch,
    Unless,
    About,
    NoStance,
    Modality,
    NotOpposed,
    Tolerance,
    Key,
    Participants,
    Sources,
    From,
    Window,
    Share,
    Certainty,
    Ignored,
}

impl Gate {
    /// All of them, in order.
    pub const ALL: [Gate; 16] = [
        Gate::NotAClaim,
        Gate::NoMatch,
        Gate::Unless,
        Gate::About,
        Gate::NoStance,
        Gate::Modality,
        Gate::NotOpposed,
        Gate::Tolerance,
        Gate::Key,
        Gate::Participants,
        Gate::Sources,
        Gate::From,
        Gate::Window,
        Gate::Share,
        Gate::Certainty,
        Gate::Ignored,
    ];

    /// The word that rules and reports use.
    pub fn name(self) -> &'static str {
        match self {
            Self::NotAClaim => "not-a-claim",
            Self::NoMatch => "no-match",
            Self::Unless => "unless",
            Self::About => "about",
            Self::NoStance => "no-stance",
            Self::Modality => "modality",
            Self::NotOpposed => "not-opposed",
            Self::Tolerance => "tolerance",
            Self::Key => "key",
            Self::Participants => "participants",
            Self::Sources => "sources",
            Self::From => "from",
            Self::Window => "window",
            Self::Share => "share",
            Self::Certainty => "certainty",
            Self::Ignored => "ignored",
        }
    }
}

/// The first gate that failed, and why in a few words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stop {
    /// Which gate.
    pub gate: Gate,
    /// Why, for a reader.
    pub why: &'static str,
}

impl Stop {
    /// A gate that failed.
    pub fn at(gate: Gate, why: &'static str) -> Self {
        Self { gate, why }
    }
}

/// Whether the claim's content is told as real, or the rule counts its modality, or a plan or need is itself denied.
///
/// # Errors
/// The gate `modality`.
pub fn modality(cx: &Context, rule: &Rule, fact: &Fact) -> Result<(), Stop> {
    let claim = cx.facts.claim(fact);
    if fact.purpose {
        return Err(Stop::at(Gate::Modality, "it is a purpose"));
    }
    let counts = claim.modality == Modality::Realised || rule.scope.modalities.contains(&claim.modality);
    // "To prevent it from spreading" plans and negates in one word: that is the purpose of something else and no plan denied.
    let one_word = |by: u32| claim.operators.iter().any(|o| o.effect == Effect::Negates && o.tokens.contains(&by));
    let denied_plan = matches!(claim.modality, Modality::Planned | Modality::Required)
        && matches!(claim.own, Stance::Refuted(_))
        && !claim.modality_by.is_some_and(one_word);
    if counts || denied_plan { Ok(()) } else { Err(Stop::at(Gate::Modality, modality_words(claim.modality))) }
}

/// Whether two claims are told alike: as real, or both as plans or both as demands, which are set against each other and nothing else.
///
/// # Errors
/// The gate `modality`.
pub fn modalities(cx: &Context, rule: &Rule, a: &Fact, b: &Fact) -> Result<(), Stop> {
    let (one, other) = (cx.facts.claim(a).modality, cx.facts.claim(b).modality);
    if one == other && matches!(one, Modality::Planned | Modality::Required) {
        return Ok(());
    }
    modality(cx, rule, a)?;
    modality(cx, rule, b)
}

/// Why a modality does not count.
pub fn modality_words(modality: Modality) -> &'static str {
    match modality {
        Modality::Realised => "it is told as real",
        Modality::Planned => "it is a plan",
        Modality::Conditional => "it is a condition",
        Modality::Asked => "it is a question",
        Modality::Required => "it is a demand",
        Modality::Wished => "it is a wish",
    }
}

/// "An earlier plan", "another fire", "the rival bid": one side says that it is not the one that everybody speaks of.
///
/// # Errors
/// The gate `participants`.
pub fn another(cx: &Context, a: &Fact, b: &Fact) -> Result<(), Stop> {
    if cx.options.presume {
        return Ok(());
    }
    let set = cx.facts.lexicon.set("another-words");
    let marked = |fact: &Fact| {
        let tokens = &cx.facts.document(fact).tokens;
        let sentence = cx.facts.document(fact).sentences.get(cx.facts.claim(fact).sentence as usize);
        let phrases = fact.roles.iter().filter(|role| role.pos != Pos::Propn);
        let event = fact.event.filter(|event| event.class == Class::Noun).map(|event| event.token);
        let heads: Vec<u32> = phrases.map(|role| role.head).chain(event).collect();
        let says = |at: usize| heads.contains(&tokens[at].head) && set.is_some_and(|s| s.word(tokens[at].form).is_some());
        sentence.is_some_and(|s| s.range().any(says))
    };
    if marked(a) == marked(b) { Ok(()) } else { Err(Stop::at(Gate::Participants, "one side tells of another one of its kind")) }
}

/// The gates that mean the same to every kind: sources, from, window, share, certainty. What both sides take for granted is certain.
///
/// # Errors
/// The first that fails.
pub fn scope(cx: &Context, rule: &Rule, sides: [(&Fact, &Voice); 2], granted: bool) -> Result<(), Stop> {
    let [(a, x), (b, y)] = sides;
    let same = super::relation::one_speaker(cx, a, x, b, y);
    match rule.scope.sources {
        Speakers::Different if same == Some(true) => return Err(Stop::at(Gate::Sources, "one speaker on both sides")),
        Speakers::Same if same != Some(true) => return Err(Stop::at(Gate::Sources, "two speakers")),
        _ => {}
    }
    from(cx, rule, sides)?;
    window(cx, rule, a, b)?;
    share(cx, rule, a, b)?;
    let sure =
        granted || [x, y].iter().all(|v| v.withholds || v.stance.level().is_some_and(|level| level >= rule.scope.certainty));
    if sure { Ok(()) } else { Err(Stop::at(Gate::Certainty, "one side is less certain than the rule asks for")) }
}

fn from(cx: &Context, rule: &Rule, [(_, x), (_, y)]: [(&Fact, &Voice); 2]) -> Result<(), Stop> {
    let [one, other] = &rule.scope.from;
    if one.is_empty() && other.is_empty() {
        return Ok(());
    }
    let speaks = |voice: &Voice, ids: &[crate::base::Sym]| {
        ids.is_empty()
            || voice.being.is_some_and(|being| {
                let mut at = Some(being);
                let chain = std::iter::from_fn(|| {
                    let now = at?;
                    at = cx.facts.who.list[now as usize].speaks_for;
                    Some(now)
                });
                chain.take(8).any(|b| ids.iter().any(|id| cx.facts.who.list[b as usize].id == id.as_str()))
            })
    };
    let fits = (speaks(x, one) && speaks(y, other)) || (speaks(x, other) && speaks(y, one));
    if fits { Ok(()) } else { Err(Stop::at(Gate::From, "a side is not one of those the rule is about")) }
}

fn window(cx: &Context, rule: &Rule, a: &Fact, b: &Fact) -> Result<(), Stop> {
    if a.reading == b.reading {
        return Ok(());
    }
    match (day(cx, rule, a), day(cx, rule, b)) {
        (Some(one), Some(other)) => {
            let days = (one.since(other).map_or(0, |s| s.get_days())).unsigned_abs();
            match rule.scope.window {
                Some(hours) if days * 24 > hours.max(24) => Err(Stop::at(Gate::Window, "too long apart")),
                _ => Ok(()),
            }
        }
        _ if rule.scope.undated == Undated::Skip => Err(Stop::at(Gate::Window, "a side has no date")),
        _ => Ok(()),
    }
}

/// The day that a rule's window is held against: of a story called false that of the article, of everything else the claim's.
fn day(cx: &Context, rule: &Rule, fact: &Fact) -> Option<jiff::civil::Date> {
    if of_stories(rule) { fact.published } else { date(cx, fact) }
}

/// Whether a rule sets stories against each other, so that the day of the article counts.
fn of_stories(rule: &Rule) -> bool {
    matches!(rule.kind, Kind::Denial(DenialKind { stories: true, .. }))
}

/// The days that all facts are about and those they were published, counted from a fixed one; each list is made when a rule first asks.
#[derive(Default)]
pub struct Days {
    about: OnceLock<Arc<[Option<i32>]>>,
    published: OnceLock<Arc<[Option<i32>]>>,
}

impl Days {
    /// What a rule's window lets meet, for the index; `None` where nothing is set apart by time.
    pub fn window(&self, cx: &Context, rule: &Rule) -> Option<Window> {
        let days = rule.scope.window?.max(24) / 24;
        let list = if of_stories(rule) { &self.published } else { &self.about };
        let origin = jiff::civil::date(2000, 1, 1);
        let count = |date: jiff::civil::Date| date.since(origin).map_or(0, |span| span.get_days());
        let day = list.get_or_init(|| cx.facts.list.iter().map(|fact| day(cx, rule, fact).map(count)).collect());
        Some(Window { days, day: day.clone() })
    }
}

/// The day a claim is about: its own, else its article's.
pub fn date(cx: &Context, fact: &Fact) -> Option<jiff::civil::Date> {
    let own = cx.facts.claim(fact).time.map(|t| t.end).filter(|d| fact.published.is_none_or(|p| *d <= p));
    own.or(fact.published)
}

fn share(cx: &Context, rule: &Rule, a: &Fact, b: &Fact) -> Result<(), Stop> {
    for group in &rule.scope.share {
        let Some(group) = cx.rules.groups.get(*group) else { continue };
        let members = |fact: &Fact| -> Vec<&str> {
            let near = fact.named.iter().chain(&fact.nearby).map(|b| cx.facts.who.list[*b as usize].id.as_str());
            near.filter(|id| group.members.iter().any(|m| m == id)).collect()
        };
        let (one, other) = (members(a), members(b));
        if !one.iter().any(|id| other.contains(id)) {
            return Err(Stop::at(Gate::Share, "no member of the group on both sides"));
        }
    }
    Ok(())
}
