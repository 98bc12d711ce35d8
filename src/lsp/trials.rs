//! The tests that rules carry, run from the editor.

use super::workspace::Workspace;
use crate::base::Span;
use crate::rules::holds::Sort;
use crate::rules::{Kind, Problem, Rule, Source};
use crate::trial::{self, Outcome};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The command that runs the tests of one rule; its argument is the rule's id.
pub const RUN_TESTS: &str = "gainsay.runTests";

/// Runs the tests of the open files' rules for what only a run can warn about: cases that match nothing, positions that no case
/// reaches, `todo_` cases that pass. Nothing is run while a file has mistakes.
pub fn warn(workspace: &mut Workspace) {
    let Ok(set) = workspace.rule_set() else { return };
    let open: Vec<String> =
        workspace.rule_files().filter(|(_, file)| file.version().is_some()).map(|(path, _)| path.clone()).collect();
    let topics: Vec<&str> = workspace
        .index()
        .declared(Sort::Topic)
        .filter(|topic| open.contains(&topic.path))
        .map(|topic| topic.name.id.as_str())
        .collect();
    // Whether a test reaches a position can only be told with the tests of every rule that speaks of it.
    let speaks = |rule: &Rule| match &rule.kind {
        Kind::Position(position) => topics.contains(&set.topics[position.topic].id.as_str()),
        _ => false,
    };
    let outcomes = trial::run(&set, |rule| open.contains(&rule.path) || speaks(rule));
    let warned = trial::lint(&set, &outcomes, workspace.live().trees());
    let mut found: BTreeMap<String, Vec<Problem>> = open.into_iter().map(|path| (path, Vec::new())).collect();
    for problem in warned {
        if let Some(problems) = found.get_mut(&problem.path) {
            problems.push(problem);
        }
    }
    found.into_iter().for_each(|(path, problems)| workspace.warned(&path, problems));
}

/// What running a rule's tests has shown.
pub struct Ran {
    /// The answer to the command: the rule and what became of each case.
    pub answer: Value,
    /// The same in a line.
    pub summary: String,
    /// Whether a case does not pass.
    pub failed: bool,
}

/// Runs the tests of one rule; the cases that fail become diagnostics of their file until its text changes.
///
/// # Errors
/// In words, where the rules cannot be used or there is no such rule.
pub fn run(workspace: &mut Workspace, id: &str) -> Result<Ran, String> {
    let set = workspace.rule_set()?;
    if set.rule(id).is_none() {
        return Err(format!("no rule has the id `{id}`"));
    }
    let outcomes = trial::run(&set, |rule| rule.id == id);
    let passed = outcomes.iter().filter(|outcome| !outcome.verdict.fails()).count();
    let mut problems: BTreeMap<String, Vec<Problem>> = BTreeMap::new();
    for outcome in outcomes.iter().filter(|outcome| outcome.verdict.fails()) {
        if let Some((source, span)) = trial::place(&set, outcome, workspace.live().trees()) {
            problems.entry(source.path.clone()).or_default().push(problem(outcome, source, span));
        }
    }
    let summary = format!("{id}: {passed} of {} test cases pass", outcomes.len());
    let case = |outcome: &Outcome| json!({ "list": outcome.list, "number": outcome.number, "outcome": outcome.verdict.name(), "happened": outcome.happened });
    let answer = json!({ "rule": id, "passed": passed, "cases": outcomes.iter().map(case).collect::<Vec<_>>() });
    workspace.failed(id, problems);
    Ok(Ran { answer, failed: passed < outcomes.len(), summary })
}

fn problem(outcome: &Outcome, source: &Source, span: Span) -> Problem {
    let message = format!("{}: expected {}; {}", outcome.verdict.name(), outcome.expected, outcome.happened);
    Problem::new("TEST", source, span, message)
}
