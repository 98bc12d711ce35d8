//! Document → [`Claim`]s: who says what, how firmly, how many, when. A pure function of one article.
//!
//! The model follows the field: attribution as in PARC 3.0 (Pareti 2016) and PolNeAR (Newell et al. 2018): source, cue, content,
//! nested; factuality as in FactBank (Saurí & Pustejovsky 2009); time as in TimeML. Knows no rules and no other article.

pub mod attribution;
pub mod clause;
pub mod event;
mod extract;
pub mod factuality;
pub mod fingerprint;
pub mod mention;
pub mod modality;
pub mod noun_phrase;
pub mod polarity;
pub mod quantity;
mod repair;
pub mod reply;
mod shallow;
pub mod time;
pub mod tree;

pub use extract::{extract, extract_within};

use crate::article::Article;
use crate::base::{Span, Sym};
use crate::text::Document;
use jiff::civil::Date;

/// One article, read: everything that later stages may know of it.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The article.
    pub article: Article,
    /// Its words.
    pub document: Document,
    /// Names, descriptions and pronouns, in order of their span.
    pub mentions: Vec<Mention>,
    /// Claims, in order of sentence and predicate.
    pub claims: Vec<Claim>,
}

/// One predication that is said, asserted or not; gates decide later what counts.
#[derive(Clone, Debug, Default)]
pub struct Claim {
    /// Index into [`Document::sentences`].
    pub sentence: u32,
    /// From the first word of source, cue or content to the last.
    pub span: Span,
    /// The proposition, in one or more pieces, in order; attribution and insertions left out.
    pub content: Vec<Span>,
    /// Token index of the predicate (verb, predicate noun or adjective, or the head noun of a noun-phrase claim).
    pub predicate: u32,
    /// Token indices of the clause in reading order: what patterns match.
    pub tokens: Vec<u32>,
    /// Clause or noun phrase.
    pub form: Form,
    /// Source chain, outermost first; empty in the publisher's own voice.
    pub chain: Vec<Link>,
    /// Negators and hedges of the clause, in order.
    pub operators: Vec<Operator>,
    /// What the clause asserts by itself about its predicate, before any cue is folded in.
    pub own: Stance,
    /// Commitment of each source of `chain`, in the same order.
    pub commitments: Vec<Stance>,
    /// Commitment of the publisher.
    pub publisher: Stance,
    /// Whether the content is told as real.
    pub modality: Modality,
    /// The token that set `modality`, where one did.
    pub modality_by: Option<u32>,
    /// Who did what.
    pub event: Option<Event>,
    /// Numbers of the clause, in order.
    pub quantities: Vec<Quantity>,
    /// When it is said to be so.
    pub time: Option<Time>,
    /// The claim this one answers, where the text says so.
    pub denies: Option<Reply>,
    /// Further spans of the same sentence standing elsewhere in the article.
    pub also_in: Vec<(u32, Span)>,
}

/// Whether a claim is a clause or a noun phrase that carries a predication.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Form {
    #[default]
    Clause,
    NounPhrase,
}

/// One step of a source chain.
#[derive(Clone, Debug, Default)]
pub struct Link {
    /// One per cue occurrence in the article, from 0; claims under one cue share it.
    pub id: u32,
    /// Index into [`Reading::mentions`] of who speaks; `None` where the text leaves it out ("it is said that").
    pub source: Option<u32>,
    /// The source as written.
    pub mention: Option<Span>,
    /// Tokens of the cue; empty for a quotation without one.
    pub cue: std::ops::Range<u32>,
    /// Lemma (or lemmas with spaces) of the cue as the lexicon lists it.
    pub cue_lemma: Sym,
    /// All that this cue governs, in one or more spans.
    pub content: Vec<Span>,
    /// Direct, indirect or mixed.
    pub quote: QuoteKind,
    /// What the cue commits its source to, negation and question of the cue already folded in.
    pub speaker: Commitment,
    /// What the cue commits the one who reports it to.
    pub reporter: Commitment,
    /// Whether the cue itself is negated, and by which token.
    pub negated_by: Option<u32>,
    /// Whether the cue is asked or conditional rather than told.
    pub unasserted: bool,
    /// Whether the cue denies another's claim (deny, dispute) and is itself asserted.
    pub denial: bool,
    /// Whether the cue is a noun ("the claim that"): that it was said stands even where someone denies what was said.
    pub nominal: bool,
    /// Whether the source withholds the content: "has not acknowledged", "neither confirmed nor denied", "would not say whether".
    pub withholds: bool,
    /// By which rule the source was found.
    pub found_by: FoundBy,
}

/// Marks around the content.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum QuoteKind {
    Direct,
    #[default]
    Indirect,
    Mixed,
}

/// By which rule a source was found; printed by `try` and `claims`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FoundBy {
    /// Subject of the cue.
    #[default]
    Subject,
    /// After the cue of a quotation: "…", said X.
    Inverted,
    /// "by X", "from X", "according to X", "X's statement".
    Complement,
    /// The speaker of the quotation before.
    Continued,
    /// The sentence beside the quotation names one speaker.
    Neighbour,
    /// The text names nobody.
    Unnamed,
}

/// What a cue does to its complement: a row of the lexicon's `cues`.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Commitment {
    /// Keeps what is below.
    Certain,
    /// Caps at probable.
    Probable,
    /// Caps at possible.
    Possible,
    /// Flips.
    Refuted,
    /// Flips and caps at probable: what "does not think that" leaves.
    Doubted,
    /// Ends the fold: commits nobody.
    #[default]
    None,
}

/// How sure.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Level {
    Possible,
    Probable,
    Certain,
}

/// Polarity and certainty together: FactBank's values.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Stance {
    /// CT+, PR+, PS+.
    Asserted(Level),
    /// CT-, PR-, PS-.
    Refuted(Level),
    /// Uu.
    #[default]
    None,
}

impl Stance {
    /// FactBank's name: CT+ CT- PR+ PR- PS+ PS- Uu.
    pub fn name(self) -> &'static str {
        match self {
            Self::Asserted(Level::Certain) => "CT+",
            Self::Asserted(Level::Probable) => "PR+",
            Self::Asserted(Level::Possible) => "PS+",
            Self::Refuted(Level::Certain) => "CT-",
            Self::Refuted(Level::Probable) => "PR-",
            Self::Refuted(Level::Possible) => "PS-",
            Self::None => "Uu",
        }
    }

    /// Asserted becomes refuted and back.
    pub fn flipped(self) -> Self {
        match self {
            Self::Asserted(level) => Self::Refuted(level),
            Self::Refuted(level) => Self::Asserted(level),
            Self::None => Self::None,
        }
    }

    /// Never surer than `cap`.
    pub fn capped(self, cap: Level) -> Self {
        match self {
            Self::Asserted(level) => Self::Asserted(level.min(cap)),
            Self::Refuted(level) => Self::Refuted(level.min(cap)),
            Self::None => Self::None,
        }
    }

    /// One cue folded around it (RULE-LANGUAGE.md, Stance, step 5).
    pub fn under(self, cue: Commitment) -> Self {
        match cue {
            Commitment::Certain => self,
            Commitment::Probable => self.capped(Level::Probable),
            Commitment::Possible => self.capped(Level::Possible),
            Commitment::Refuted => self.flipped(),
            Commitment::Doubted => self.flipped().capped(Level::Probable),
            Commitment::None => Self::None,
        }
    }

    /// How sure; `None` for Uu.
    pub fn level(self) -> Option<Level> {
        match self {
            Self::Asserted(level) | Self::Refuted(level) => Some(level),
            Self::None => None,
        }
    }
}

/// Folds a clause's own stance through a source chain (RULE-LANGUAGE.md, Stance, step 5; Second hand).
///
/// Returns the commitment of each source, outermost first, and the publisher's. `none` ends the fold for that source and those
/// outside it, not for those inside.
pub fn fold(own: Stance, chain: &[Link]) -> (Vec<Stance>, Stance) {
    let mut commitments = vec![Stance::None; chain.len()];
    let mut told = own; // what the content amounts to for whoever reports the links done so far
    for (at, link) in chain.iter().enumerate().rev() {
        // A denial is about what the other one claims, not about what the denier's words make of it.
        let content = if link.denial { commitments.get(at + 1).copied().unwrap_or(told) } else { told };
        commitments[at] = content.under(link.speaker);
        told = told.under(link.reporter);
    }
    // Whoever denies that someone said it leaves that someone uncommitted: "X denied that Y had refused to talk".
    let mut said = true;
    for (at, link) in chain.iter().enumerate() {
        said |= link.nominal;
        if !said {
            commitments[at] = Stance::None;
        }
        said &= link.speaker != Commitment::Refuted;
    }
    (commitments, told)
}

/// Told as real, planned, conditional, asked, required or wished.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Modality {
    #[default]
    Realised,
    Planned,
    Conditional,
    Asked,
    Required,
    Wished,
}

/// A negator or hedge of a clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operator {
    /// What it does.
    pub effect: Effect,
    /// Its tokens, in order.
    pub tokens: Vec<u32>,
    /// Tokens of the clause that it reaches: sorted indices into [`Document::tokens`].
    pub reach: Vec<u32>,
}

/// What an operator does to what it reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Turns asserted into refuted and back.
    Negates,
    /// Lowers the level.
    Lowers(Level),
    /// Leaves nothing asserted: "there is no evidence that".
    Ends,
    /// Restricts a negation ("no *final* report", "not *publicly*"): such a denial meets the bare assertion as tension.
    Restricts,
}

/// Who did what to whom: the clause's predicate with its arguments as far as found.
#[derive(Clone, Debug, Default)]
pub struct Event {
    /// Token of the predicate.
    pub predicate: u32,
    /// Lemma, with the particle where there is one ("call off"); for a copula clause that of the predicate noun or adjective.
    pub lemma: Sym,
    /// Whether the predicate is a noun ("the reopening of the bridge").
    pub nominal: bool,
    /// Who does it, passives undone; the only participant of a verb without object stands here and in `object`.
    pub subject: Option<Arg>,
    /// Whom or what it is done to.
    pub object: Option<Arg>,
    /// Whom it is given, told or sold to without a preposition.
    pub recipient: Option<Arg>,
    /// Prepositional complements and adjuncts by preposition, in order.
    pub complements: Vec<(Sym, Arg)>,
    /// Whether the verb was passive.
    pub passive: bool,
}

/// A filler of an event's role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arg {
    /// Head token.
    pub head: u32,
    /// First token of the phrase.
    pub first: u32,
    /// One past its last.
    pub end: u32,
    /// Index into [`Reading::mentions`] where the phrase is a name, description or pronoun that was followed.
    pub mention: Option<u32>,
}

/// A number as said: a closed interval of a counted or measured thing.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// Approximator, number and unit or counted noun.
    pub span: Span,
    /// Tokens of the same, as a range.
    pub first: u32,
    /// One past the last.
    pub end: u32,
    /// Lowest value, in the unit's base; minus infinity for none.
    pub low: f64,
    /// Highest value; infinity for none.
    pub high: f64,
    /// The figure as written (the middle of a range), in the unit's base.
    pub value: f64,
    /// How the figure was hedged.
    pub comparator: Comparator,
    /// Base unit ("km", "USD", "percent", "day"); `None` for a plain count.
    pub unit: Option<Sym>,
    /// Lemma of what is counted or measured ("soldier", "point"); `None` where nothing is said.
    pub counted: Option<Sym>,
    /// Token of the counted noun.
    pub head: Option<u32>,
    /// What kind of number.
    pub kind: QuantityKind,
    /// A part of a total ("including 3 children", "two of them").
    pub part: bool,
    /// Whether `counted` was filled from the place ("killed at least 30").
    pub filled: bool,
    /// Old or new value of a told change ("cut from X to Y").
    pub change: Option<Change>,
}

/// How a figure is hedged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Comparator {
    #[default]
    Exact,
    About,
    AtLeast,
    AtMost,
    Range,
}

/// What a number is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum QuantityKind {
    /// How many.
    #[default]
    Count,
    /// With a unit or currency.
    Measure,
    /// A share of a whole, in percent; extents ("all", "half") too.
    Share,
    /// "third": a rank, never compared with counts.
    Ordinal,
    /// How long.
    Duration,
    /// Part of a name, score, date or time of day: never compared as a count.
    Label,
}

/// Side of a told change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Change {
    Old,
    New,
}

/// An interval on the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Time {
    /// The words that said it; empty where the tense alone did.
    pub span: Span,
    /// First day.
    pub start: Date,
    /// Last day, included.
    pub end: Date,
    /// How exact the words are.
    pub grain: Grain,
}

/// Granularity of a time expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Grain {
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Year,
    Decade,
    Since,
    Until,
}

/// What a denial or answer points to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reply {
    /// Words that point ("this assertion", "Russia's claims of territorial gains").
    pub span: Span,
    /// Index of the answered claim in the same article, where the text settles it.
    pub claim: Option<u32>,
    /// Mention of the answered claim's owner, where said.
    pub owner: Option<u32>,
    /// Token range of the answered content, where said.
    pub content: Option<(u32, u32)>,
}

/// A name, description or pronoun.
#[derive(Clone, Debug, Default)]
pub struct Mention {
    /// The phrase without its apposition.
    pub span: Span,
    /// First token.
    pub first: u32,
    /// One past the last.
    pub end: u32,
    /// Head token.
    pub head: u32,
    /// How it refers.
    pub form: MentionForm,
    /// What it seems to be.
    pub kind: EntityKind,
    /// The bare name, typographic marks folded, title and possessive removed ("Dmitry Peskov"); for a description its head lemma phrase.
    pub name: String,
    /// Title or office before or after the name ("Kremlin spokesman", "the mayor of Orsa"), as written.
    pub title: Option<String>,
    /// Mention of the body that the title names ("Kremlin" in "Kremlin spokesman X"): X speaks for it.
    pub speaks_for: Option<u32>,
    /// The fullest mention of the same thing in this article; itself where it is the fullest.
    pub leader: u32,
    /// By which rule it was joined to its leader: "surname", "acronym", "apposition", "pronoun", "title", "same name".
    pub joined_by: Option<&'static str>,
}

/// How a mention refers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum MentionForm {
    #[default]
    Name,
    Description,
    Pronoun,
}

/// What an entity is.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum EntityKind {
    Person,
    Office,
    State,
    Org,
    Place,
    Group,
    Document,
    Publisher,
    #[default]
    Unnamed,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(speaker: Commitment, reporter: Commitment, denial: bool) -> Link {
        Link { speaker, reporter, denial, ..Link::default() }
    }

    #[test]
    fn a_denied_claim_commits_both_sides_and_not_the_publisher() {
        let court = link(Commitment::Refuted, Commitment::None, true);
        let firm = Link { nominal: true, ..link(Commitment::Certain, Commitment::None, false) };
        let (sources, publisher) = fold(Stance::Asserted(Level::Certain), &[court, firm]);
        assert_eq!(sources.map_names(), ["CT-", "CT+"]);
        assert_eq!(publisher.name(), "Uu");
    }

    #[test]
    fn a_denied_refusal_commits_nobody_to_it() {
        let minister = link(Commitment::Refuted, Commitment::None, true);
        let state = link(Commitment::Refuted, Commitment::None, false);
        let (sources, _) = fold(Stance::Asserted(Level::Certain), &[minister, state]);
        assert_eq!(sources[1].name(), "Uu");
    }

    #[test]
    fn a_reporter_who_keeps_his_distance_is_not_committed() {
        let outer = link(Commitment::Certain, Commitment::None, false);
        let inner = link(Commitment::Certain, Commitment::None, false);
        let (sources, _) = fold(Stance::Asserted(Level::Certain), &[outer, inner]);
        assert_eq!(sources.map_names(), ["Uu", "CT+"]);
    }

    trait Names {
        fn map_names(&self) -> Vec<&'static str>;
    }

    impl Names for Vec<Stance> {
        fn map_names(&self) -> Vec<&'static str> {
            self.iter().map(|s| s.name()).collect()
        }
    }
}
