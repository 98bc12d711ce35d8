//! Drafts against the real engine: which patterns meet which claims, and whether a finished draft passes `rules check` and `rules test`.

use super::sheet::{self, Body, Sheet};
use crate::base::pack::PackFile;
use crate::claims::{Reading, Stance};
use crate::entities::Entities;
use crate::pipeline::ArticleNames;
use crate::rules::schema::{PositionSpec, Says, TopicSpec};
use crate::rules::{self, Captured, Options, RuleSet};
use crate::trial::{self, Outcome};

/// Where a draft stands for messages; no file of that name is read.
pub const PLACE: &str = "draft.yml";

/// A pattern met a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Met {
    /// Index of the article.
    pub reading: usize,
    /// Index of the claim in it.
    pub claim: usize,
    /// Whether somebody asserts it (`Some(true)`), refutes it, or nobody does either.
    pub sign: Option<bool>,
    /// Index of the figure of the claim that it captured, where it captures one.
    pub figure: Option<usize>,
}

/// A draft as a file of its own.
pub fn draft(text: String) -> PackFile {
    PackFile { path: PLACE.into(), text: text.into(), built_in: false }
}

/// Which claims each pattern meets, in the order of the patterns. A pattern that is none meets nothing.
pub fn met(options: &Options, patterns: &[Says], readings: &[Reading], entities: &Entities) -> Vec<Vec<Met>> {
    let sheet = |(at, says): (usize, &Says)| {
        let position =
            PositionSpec { id: "p".into(), label: "p".into(), says: vec![says.clone()], unless: Vec::new(), denied_as: None };
        let topic = TopicSpec {
            id: format!("pattern-{at}"),
            title: "one pattern".into(),
            key: Vec::new(),
            changes: false,
            positions: vec![position],
            about: None,
            conflicts: Vec::new(),
            tests: None,
        };
        Sheet { notes: Vec::new(), body: Body::Topic(Box::new(topic)) }
    };
    let mut found = vec![Vec::new(); patterns.len()];
    let sheets: Vec<Sheet> = patterns.iter().enumerate().map(sheet).collect();
    // The shipped topics are not asked: only what the draft itself meets counts.
    let alone = Options { no_default_rules: true, ..options.clone() };
    let set = match rules::load_with(&alone, draft(sheet::file(&[], &sheets))) {
        Ok(set) => set,
        // One that cannot be read must not take the others with it.
        Err(_) if patterns.len() > 1 => {
            let (one, other) = patterns.split_at(patterns.len() / 2);
            return [one, other].into_iter().flat_map(|half| met(options, half, readings, entities)).collect();
        }
        Err(_) => return found,
    };
    for (reading, of) in readings.iter().enumerate() {
        let names = ArticleNames::new(entities, reading);
        for (claim, here) in set.find(of, &names).into_iter().enumerate() {
            for taken in here.taken {
                let Some(at) = set.topics[taken.topic].id.strip_prefix("pattern-").and_then(|n| n.parse::<usize>().ok()) else {
                    continue;
                };
                let held = taken.held.iter().find(|held| held.stance != Stance::None);
                let sign = held.map(|held| matches!(held.stance, Stance::Asserted(_)));
                let figure = taken.found.captures.iter().find_map(|capture| match capture.value {
                    Captured::Quantity(at) => Some(at),
                    Captured::Entity { .. } => None,
                });
                let met = Met { reading, claim, sign, figure };
                if at < found.len() && !found[at].contains(&met) {
                    found[at].push(met);
                }
            }
        }
    }
    found
}

/// Loads a draft and runs its tests; `None` where it is not even a rule file.
pub fn run(options: &Options, text: &str) -> Option<Vec<Outcome>> {
    let set = rules::load_with(options, draft(text.to_owned())).ok()?;
    Some(outcomes(&set))
}

fn outcomes(set: &RuleSet) -> Vec<Outcome> {
    trial::run(set, |rule| rule.path == PLACE)
}

/// Whether a file passes `rules check` without a word and all of its tests.
///
/// # Errors
/// The first thing that is wrong, in words.
pub fn passes(options: &Options, text: &str) -> Result<(), String> {
    let checked = rules::inspect_text(options, draft(text.to_owned()));
    if let Some(problem) = checked.problems.first() {
        return Err(format!("{}: {}", problem.code, problem.message));
    }
    let set = rules::load_with(options, draft(text.to_owned())).map_err(|errors| errors.to_string())?;
    let outcomes = outcomes(&set);
    if let Some(failed) = outcomes.iter().find(|outcome| outcome.verdict.fails()) {
        return Err(failed.happened.clone());
    }
    match trial::lint(&set, &outcomes, &checked.trees).first() {
        Some(problem) => Err(format!("{}: {}", problem.code, problem.message)),
        None => Ok(()),
    }
}
