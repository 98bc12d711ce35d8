//! How near patterns came to a claim that they do not match: the words met, and the word or part at which each stopped.
//!
//! In: a claim and the patterns of a topic or rule. Out: plain data with a line of text, for people who write rules. Decides nothing.

use super::matching::{Matcher, View};
use super::pattern::{Part, Role, Shape, Words};
use super::{Kind, PatternId, Rule, run};
use crate::claims::{Arg, Claim};
use std::cmp::Reverse;

/// How near a pattern came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Near {
    /// Which pattern.
    pub pattern: PatternId,
    /// How many words or parts it met.
    pub words: usize,
    /// Where it stopped, in words.
    pub stopped: String,
}

/// How near a position of a topic came, or a rule that has no topic: by the pattern that came nearest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reach {
    /// Index of the position in its topic; `None` for a rule that has no topic.
    pub position: Option<usize>,
    /// The pattern; `None` where none met a word.
    pub near: Option<Near>,
}

impl Matcher<'_> {
    /// How near each position of a rule's topic came to a claim, the nearest first; one entry for a rule that has no topic, none for
    /// one that has no patterns. What matches is not told apart: it is asked for where nothing does.
    pub fn reaches(&self, rule: &Rule, index: usize) -> Vec<Reach> {
        let Some(claim) = self.reading().claims.get(index) else { return Vec::new() };
        let Kind::Position(of) = &rule.kind else {
            let patterns = self.patterns_of(rule);
            let near = || Reach { position: None, near: self.nearest(claim, &patterns) };
            return if patterns.is_empty() { Vec::new() } else { vec![near()] };
        };
        self.positions(of.topic, claim)
    }

    /// The topic whose position came nearest to a claim. Of a shipped topic two words have to be met: with so many of them one word is
    /// met by chance.
    pub fn nearest_topic(&self, index: usize) -> Option<(usize, Reach)> {
        let claim = self.reading().claims.get(index)?;
        let own = |topic: usize| {
            let of_topic = |rule: &&Rule| matches!(&rule.kind, Kind::Position(of) if of.topic == topic);
            self.rules().rules.iter().filter(of_topic).any(|rule| rule.layer > 0)
        };
        let topics = (0..self.rules().topics.len()).filter_map(|topic| {
            let reach = self.positions(topic, claim).into_iter().next()?;
            let words = reach.near.as_ref()?.words;
            let own = own(topic);
            (own || words > 1).then_some(((own, words, Reverse(topic)), (topic, reach)))
        });
        topics.max_by_key(|(rank, _)| *rank).map(|(_, nearest)| nearest)
    }

    fn positions(&self, topic: usize, claim: &Claim) -> Vec<Reach> {
        let positions = self.rules().topics.get(topic).into_iter().flat_map(|topic| topic.positions.iter().enumerate());
        let mut all: Vec<Reach> =
            positions.map(|(at, p)| Reach { position: Some(at), near: self.nearest(claim, &p.says) }).collect();
        all.sort_by_key(|reach| Reverse(reach.near.as_ref().map_or(0, |near| near.words)));
        all
    }

    /// The pattern that came nearest to matching a claim; `None` where none met a word.
    pub fn nearest(&self, claim: &Claim, patterns: &[PatternId]) -> Option<Near> {
        let mut best: Option<Near> = None;
        for &pattern in patterns {
            let near = match &self.rules().patterns[pattern as usize].shape {
                Shape::Words(words) => self.near_words(words, &View::clause(self, claim)),
                Shape::Event(parts) => self.near_event(parts, claim),
            };
            if let Some((words, stopped)) = near
                && best.as_ref().is_none_or(|best| words > best.words)
            {
                best = Some(Near { pattern, words, stopped });
            }
        }
        best
    }

    fn near_words(&self, words: &Words, view: &View<'_>) -> Option<(usize, String)> {
        let mut best: Option<(usize, String)> = None;
        for chain in words.chain.iter().chain(&words.anywhere) {
            let Some((met, atom)) = run::nearest(chain, view) else { continue };
            let tokens: Vec<u32> = met.iter().filter_map(|place| view.token_at(*place)).collect();
            let wanted = chain.atoms.get(atom as usize).map_or("", |atom| &atom.shown);
            let next = met.last().and_then(|place| view.token_at(place + 1));
            let before = next.map_or("the clause ends".to_owned(), |next| format!("it met {}", self.quoted(&[next])));
            if best.as_ref().is_none_or(|(most, _)| met.len() > *most) {
                best = Some((met.len(), format!("which met {}; then `{wanted}` was wanted and {before}", self.quoted(&tokens))));
            }
        }
        best
    }

    fn near_event(&self, parts: &[Part], claim: &Claim) -> Option<(usize, String)> {
        let event = claim.event.as_ref()?;
        let extra = self.event_lemmas(claim);
        let told = |predicate: bool, part: &Part| match part.role {
            Role::Event => predicate,
            _ => self.part(part, claim).is_some(),
        };
        let predicate = parts.iter().find(|part| part.role == Role::Event);
        let happens = predicate.is_none_or(|part| self.predicate(part, claim, &extra).is_some());
        // What may be unsaid is met by saying nothing, and nothing is no word.
        let said = |part: &&Part| part.role == Role::Event || !self.arguments(event, part.role).is_empty();
        let met: Vec<&Part> = parts.iter().filter(|part| told(happens, part)).filter(said).collect();
        let missed = parts.iter().find(|part| !told(happens, part))?;
        if met.is_empty() {
            return None;
        }
        let names: Vec<String> = met
            .iter()
            .map(|part| match part.role {
                Role::Event => self.quoted(&[event.predicate]),
                role => format!("its `{}` {}", name(role), self.phrase(&self.arguments(event, role))),
            })
            .collect();
        let says = match missed.role {
            Role::Event => format!("it says {}", self.quoted(&[event.predicate])),
            role => match self.arguments(event, role) {
                args if args.is_empty() => "it says nothing there".to_owned(),
                args => format!("it says {}", self.phrase(&args)),
            },
        };
        // An event weighs more than any one of those that take part in it.
        Some((
            met.len() + usize::from(happens && predicate.is_some()),
            format!("which met {}; its `{}` did not match: {says}", names.join(" and "), name(missed.role)),
        ))
    }

    fn phrase(&self, args: &[&Arg]) -> String {
        let phrases: Vec<String> = args.iter().map(|arg| self.quoted(&(arg.first..arg.end).collect::<Vec<_>>())).collect();
        phrases.join(", ")
    }
}

/// The name of a part of an event, as rule files have it.
fn name(role: Role) -> &'static str {
    match role {
        Role::Event => "event",
        Role::Subject => "subject",
        Role::Object => "object",
        Role::Parties => "parties",
        Role::Complement(word) => word.as_str(),
    }
}
