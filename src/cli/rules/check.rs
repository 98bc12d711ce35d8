//! `gainsay rules check`: mistakes in rule files, all of them in one run.

use super::super::args::Global;
use super::super::exit::Exit;
use super::{count, format, pretty};
use crate::base::Limits;
use crate::report::annotations::{data, property};
use crate::rules::{self, Problem};
use crate::trial;
use std::fmt::Write as _;
use std::path::PathBuf;

/// Checks files and folders, or the shipped rules.
pub fn check(paths: &[PathBuf], global: &Global) -> Result<Exit, Exit> {
    let name = format(global, &["human", "json", "github"])?;
    let checked = rules::inspect(paths, &Limits::default());
    let mut problems = checked.problems;
    let failed = problems.iter().any(Problem::is_error);
    if !failed && let Ok(set) = rules::load(&rules::Options { paths: paths.to_vec(), ..rules::Options::default() }) {
        let sources: Vec<&str> = checked.sources.iter().map(|source| source.path.as_str()).collect();
        let outcomes = trial::run(&set, |rule| sources.contains(&rule.path.as_str()));
        problems.extend(trial::lint(&set, &outcomes, &checked.trees));
        rules::sort(&mut problems);
    }
    let text = match name {
        "json" => pretty(&serde_json::to_value(&problems).expect("problems are plain data")),
        "github" => problems.iter().map(github).collect(),
        _ => {
            let mut text = rules::render(&problems, &checked.sources);
            if !text.is_empty() {
                text.push('\n');
            }
            let errors = problems.iter().filter(|problem| problem.is_error()).count();
            let _ = writeln!(
                text,
                "{} checked: {}, {}",
                count(checked.sources.len(), "file"),
                count(errors, "error"),
                count(problems.len() - errors, "warning")
            );
            text
        }
    };
    super::super::put(&text, global)?;
    Ok(if failed { Exit::Unusable } else { Exit::Done })
}

/// A problem as an annotation of a workflow run.
fn github(problem: &Problem) -> String {
    let level = if problem.is_error() { "error" } else { "warning" };
    let help = problem.help.as_ref().map_or_else(String::new, |help| format!("; {help}"));
    format!(
        "::{level} file={},line={},col={},title={}::{}\n",
        property(&problem.path),
        problem.line,
        problem.column,
        problem.code,
        data(&format!("{}{help}", problem.message))
    )
}
