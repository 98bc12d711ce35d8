//! Examples from real articles: what a pattern finds in the folder that the settings name.
//!
//! The articles are read once and kept; only matching is done again when rules change.

use super::workspace::Workspace;
use crate::base::Limits;
use crate::claims::Reading;
use crate::entities;
use crate::ingest::{self, Kit};
use crate::pipeline::{self, ArticleNames};
use crate::rules::{Found, Names, PatternId, RuleSet};
use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::Arc;

/// Most articles that are read: a hover is an example, not a report.
const ARTICLES: usize = 200;
/// Most bytes of those articles together.
const BYTES: usize = 4 << 20;
/// Most examples that are shown.
const EXAMPLES: usize = 5;

/// Whose pattern one is, with its place among the patterns there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pattern {
    /// Of a topic's position.
    Position {
        /// Id of the topic.
        topic: String,
        /// Id of the position.
        position: String,
        /// From 0.
        number: usize,
    },
    /// Of a rule without topic.
    Rule {
        /// Id of the rule.
        rule: String,
        /// From 0.
        number: usize,
    },
    /// One that holds others back, or says what a topic is about: it finds nothing by itself.
    Guard,
}

/// Articles that were read, for the paths they are of.
#[derive(Default)]
pub struct Corpus {
    paths: Vec<PathBuf>,
    readings: Arc<Vec<Reading>>,
}

impl Corpus {
    /// The articles of some paths; read where they have not been.
    pub fn readings(&mut self, paths: &[PathBuf], rules: &RuleSet) -> Arc<Vec<Reading>> {
        if self.paths != paths {
            let kit = Kit::new(&rules.lexicon, Limits::default());
            let mut articles = ingest::read(paths, &kit).articles;
            articles.truncate(ARTICLES);
            let mut bytes = 0;
            articles.retain(|article| {
                bytes += article.text.len();
                bytes <= BYTES
            });
            self.readings = Arc::new(pipeline::read_all(articles, &rules.lexicon, &Limits::default()));
            self.paths = paths.to_vec();
        }
        self.readings.clone()
    }
}

/// What a pattern finds, as Markdown; empty where no articles are opened or the rules have mistakes.
pub fn examples(workspace: &mut Workspace, pattern: &Pattern) -> String {
    if *pattern == Pattern::Guard || workspace.articles().is_empty() {
        return String::new();
    }
    let set = match workspace.rule_set() {
        Ok(set) => set,
        Err(cause) => return format!("\nExamples from the articles come once the rule files have no mistake: {cause}\n"),
    };
    let Some((id, rule)) = compiled(&set, pattern) else { return String::new() };
    let readings = workspace.readings(&set);
    let entities = entities::resolve(&readings, &set.declared(), &set.lexicon);
    let mut shown = Vec::new();
    let mut count = 0;
    for (at, reading) in readings.iter().enumerate() {
        let names = ArticleNames::new(&entities, at);
        for (claim, found) in reading.claims.iter().zip(set.find(reading, &names as &dyn Names)) {
            if hits(&found, id, rule) {
                count += 1;
                if shown.len() < EXAMPLES {
                    let words: Vec<&str> = claim.content.iter().map(|span| span.of(&reading.article.text)).collect();
                    shown.push(format!("- “{}” ({})", words.join(" … ").replace('\n', " "), reading.article.id));
                }
            }
        }
    }
    let mut text = String::from("\n");
    let _ = match count {
        0 => writeln!(text, "In {} articles it finds nothing.", readings.len()),
        1 => writeln!(text, "In {} articles it finds 1 claim:\n", readings.len()),
        many => writeln!(text, "In {} articles it finds {many} claims:\n", readings.len()),
    };
    text.push_str(&shown.join("\n"));
    text
}

/// A pattern's number in the compiled set, with its rule where it has no topic.
fn compiled(set: &RuleSet, pattern: &Pattern) -> Option<(PatternId, Option<usize>)> {
    match pattern {
        Pattern::Position { topic, position, number } => {
            let topic = set.topics.iter().find(|known| known.id == *topic)?;
            let position = topic.positions.iter().find(|known| known.id == *position)?;
            Some((*position.says.get(*number)?, None))
        }
        Pattern::Rule { rule, number } => {
            let at = set.rules.iter().position(|known| known.id == *rule)?;
            let [(_, says), _] = set.rules[at].kind.patterns();
            Some((*says.get(*number)?, Some(at)))
        }
        Pattern::Guard => None,
    }
}

fn hits(found: &Found, id: PatternId, rule: Option<usize>) -> bool {
    match rule {
        None => found.taken.iter().any(|taken| taken.found.pattern == id),
        Some(rule) => found.captured.iter().any(|(of, hit)| *of == rule && hit.pattern == id),
    }
}
