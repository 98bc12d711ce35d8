//! What a rule makes of a claim: which patterns met which words, what turns or weakens it, and who is committed.
//!
//! In: a claim and a rule. Out: lines of text for people who write rules. Decides nothing.

use super::matching::Matcher;
use super::{Kind, PatternId, Rule};
use crate::claims::Claim;
use crate::claims::factuality::{OppositeWord, Step, StepKind, Trace, stance_of};

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
            let reach = self.reaches(rule, index).into_iter().next();
            lines.push(match reach.and_then(|reach| Some((reach.position, reach.near?))) {
                Some((position, near)) => {
                    let of = match &rule.kind {
                        Kind::Position(of) => {
                            let topic = self.rules().topics.get(of.topic);
                            topic.zip(position).map_or_else(String::new, |(topic, at)| format!(" of {}", topic.name(at)))
                        }
                        _ => String::new(),
                    };
                    let pattern = self.rules().pattern_text(near.pattern);
                    format!("no pattern matches (gate no-match); nearest: `{pattern}`{of}, {}", near.stopped)
                }
                None => "no pattern matches (gate no-match), and none met a word of it".into(),
            });
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

    /// What turns or weakens what a claim says, whatever a rule makes of it: negators, hedges, cues and plans.
    pub fn turned(&self, index: usize) -> Vec<String> {
        let Some(claim) = self.reading().claims.get(index) else { return Vec::new() };
        // An operator that stands among the words of the clause is one all the same.
        let operates = |token: &&u32| claim.operators.iter().any(|operator| operator.tokens.contains(token));
        let mut matched: Vec<u32> = claim.tokens.iter().filter(|token| !operates(token)).copied().collect();
        matched.sort_unstable();
        self.stance(claim, &stance_of(claim, &matched, OppositeWord::No), None)
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

    /// Words of the article, each piece in quotation marks.
    pub fn quoted(&self, tokens: &[u32]) -> String {
        let document = &self.reading().document;
        let text = &self.reading().article.text;
        let words: Vec<&str> =
            tokens.iter().filter_map(|at| document.tokens.get(*at as usize)).map(|token| token.span.of(text)).collect();
        format!("“{}”", words.join(" "))
    }
}
