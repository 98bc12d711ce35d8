//! Why a pattern did or did not match: the nearest one, the words it met, and the word at which it stopped.
//!
//! In: a claim and the patterns of a topic or rule. Out: lines of text for people who write rules. Decides nothing.

use super::matching::{Matcher, View};
use super::pattern::{Part, Role, Shape, Words};
use super::{Kind, PatternId, Rule};
use crate::claims::Claim;
use crate::claims::factuality::{Step, StepKind, Trace};
use crate::rules::run;

/// How near a pattern came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Near {
    /// Which pattern.
    pub pattern: PatternId,
    /// How many words it met.
    pub words: usize,
    /// Where it stopped, in words.
    pub stopped: String,
}

impl Matcher<'_> {
    /// What the rule makes of a claim: positions and figures with their words and stance, else how near its patterns came.
    pub fn trace(&self, rule: &Rule, index: usize) -> Vec<String> {
        let Some(claim) = self.reading().claims.get(index) else { return Vec::new() };
        let patterns = self.patterns_of(rule);
        if patterns.is_empty() {
            return vec![format!("{}: looks at every claim", rule.id)];
        }
        let found = self.claim(index);
        let mut lines = Vec::new();
        if let Kind::Position(position) = &rule.kind {
            let topic = &self.rules().topics[position.topic];
            for taken in found.taken.iter().filter(|taken| taken.topic == position.topic) {
                let pattern = self.rules().pattern_text(taken.found.pattern);
                let words = self.quoted(&taken.found.tokens);
                lines.push(format!("{}: pattern `{pattern}` met {words}", topic.name(taken.said)));
                lines.extend(self.stance(claim, &taken.trace, taken.found.opposed.map(|(token, _)| token)));
                for held in &taken.held {
                    let who = match held.link.and_then(|link| claim.chain.get(link)) {
                        Some(link) => link.mention.map_or("somebody unnamed", |span| span.of(&self.reading().article.text)),
                        None => "the publisher",
                    };
                    lines.push(format!("  {who} holds `{}` ({})", topic.name(held.position), held.stance.name()));
                }
                if taken.held.is_empty() {
                    lines.push("  nobody is committed to it (gate no-stance)".into());
                }
            }
            for (_, said, gate) in found.barred.iter().filter(|(of, ..)| *of == position.topic) {
                lines.push(match *gate {
                    "about" => {
                        format!("{}: a pattern matches, but the text is not about the topic (gate about)", topic.name(*said))
                    }
                    _ => format!("{}: a pattern matches, but an `unless` does too (gate unless)", topic.name(*said)),
                });
            }
        } else {
            let of = |at: &usize| self.rules().rules.get(*at).is_some_and(|other| other.id == rule.id);
            for (_, hit) in found.captured.iter().filter(|(at, _)| of(at)) {
                let pattern = self.rules().pattern_text(hit.pattern);
                lines.push(format!("pattern `{pattern}` met {}", self.quoted(&hit.tokens)));
            }
        }
        if lines.is_empty() {
            match self.nearest(claim, &patterns) {
                Some(near) => {
                    let pattern = self.rules().pattern_text(near.pattern);
                    lines.push(format!("no pattern matches (gate no-match); nearest: `{pattern}`, {}", near.stopped));
                }
                None => lines.push("no pattern matches (gate no-match), and none met a word of it".into()),
            }
        }
        lines
    }

    /// Every step of a stance that changed it.
    pub fn stance(&self, claim: &Claim, trace: &Trace, opposed: Option<u32>) -> Vec<String> {
        let line = |step: &Step| {
            let tokens: Vec<u32> = if step.tokens.is_empty() { opposed.into_iter().collect() } else { step.tokens.clone() };
            let words = self.quoted(&tokens);
            let after = step.after.name();
            Some(match step.kind {
                StepKind::Negator => format!("  {words} negates it: {after}"),
                StepKind::Hedge(_) => format!("  {words} makes it less certain: {after}"),
                StepKind::Ends => format!("  after {words} nothing is asserted: {after}"),
                StepKind::Restriction => format!("  {words} restricts what is denied"),
                StepKind::Opposite => format!("  {words} is the opposite of the pattern's word: {after}"),
                StepKind::Cue(link) => {
                    let source = claim.chain.get(link)?.mention;
                    let who = source.map_or("somebody unnamed", |span| span.of(&self.reading().article.text));
                    let cue = if step.tokens.is_empty() { "the quotation".to_owned() } else { words };
                    format!("  {cue} commits {who}: {after}")
                }
            })
        };
        let mut lines: Vec<String> = trace.steps.iter().filter_map(line).collect();
        if trace.modality != crate::claims::Modality::Realised {
            lines.push(format!("  it is not told as real: {:?} (gate modality)", trace.modality).to_lowercase());
        }
        lines
    }

    /// Patterns of a rule: those of its topic's positions, or its own.
    pub fn patterns_of(&self, rule: &Rule) -> Vec<PatternId> {
        match &rule.kind {
            Kind::Position(position) => {
                let topic = self.rules().topics.get(position.topic);
                topic.into_iter().flat_map(|topic| topic.positions.iter().flat_map(|p| p.says.iter().copied())).collect()
            }
            kind => kind.patterns().into_iter().flat_map(|(_, ids)| ids.iter().copied()).collect(),
        }
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
        let extra = self.event_lemmas(claim);
        let event = claim.event.as_ref()?;
        let first = parts.iter().find(|part| part.role == Role::Event);
        if let Some(part) = first
            && self.predicate(part, claim, &extra).is_none()
        {
            return None;
        }
        let mut met = usize::from(first.is_some());
        for part in parts.iter().filter(|part| part.role != Role::Event) {
            if self.part(part, claim).is_some() {
                met += 1;
                continue;
            }
            let (name, arg) = match part.role {
                Role::Subject => ("subject".to_owned(), event.subject.as_ref()),
                Role::Object => ("object".to_owned(), event.object.as_ref().or(event.subject.as_ref())),
                Role::Complement(word) => {
                    (word.as_str().to_owned(), event.complements.iter().find(|(with, _)| *with == word).map(|(_, arg)| arg))
                }
                _ => ("parties".to_owned(), None),
            };
            let predicate = self.quoted(&[event.predicate]);
            let said = arg.map_or("it says nothing there".to_owned(), |arg| {
                format!("it says {}", self.quoted(&(arg.first..arg.end).collect::<Vec<_>>()))
            });
            return Some((met, format!("which met {predicate}; its `{name}` did not match: {said}")));
        }
        None
    }

    /// Words of the article, each piece in quotation marks.
    pub fn quoted(&self, tokens: &[u32]) -> String {
        let document = &self.reading().document;
        let text = &self.reading().article.text;
        let words: Vec<&str> =
            tokens.iter().filter_map(|at| document.tokens.get(*at as usize)).map(|token| token.span.of(text)).collect();
        format!("“{}”", words.join(" "))
    }
}
