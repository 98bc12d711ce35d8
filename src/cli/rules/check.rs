//! `gainsay rules check`: mistakes in rule files, all of them in one run.

use super::super::args::{Global, RuleCheck};
use super::super::exit::Exit;
use super::super::{out, run};
use super::{count, format, pretty};
use crate::base::Limits;
use crate::report::annotations::{data, property};
use crate::rules::{self, Problem, Source};
use crate::{conflicts, pipeline, trial};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// Checks files and folders, or the shipped rules.
///
/// # Errors
/// The exit code, after what is wrong was printed.
pub fn check(args: &RuleCheck, global: &Global) -> Result<Exit, Exit> {
    let name = format(global, &["human", "json", "github"])?;
    let mended = if args.fix { mend(&args.paths)? } else { String::new() };
    let limits = Limits::default();
    let checked = rules::inspect(&args.paths, &limits);
    let mut problems = checked.problems;
    let failed = problems.iter().any(Problem::is_error);
    let mut read = Exit::Done;
    let options = rules::Options { paths: args.paths.clone(), limits, ..rules::Options::default() };
    if !failed && let Ok(set) = rules::load(&options) {
        let sources: BTreeSet<&str> = checked.sources.iter().map(|source| source.path.as_str()).collect();
        let outcomes = trial::run(&set, |rule| sources.contains(rule.path.as_str()));
        problems.extend(trial::lint(&set, &outcomes, &checked.trees));
        if args.corpus.is_empty() {
            problems.extend(trial::ignores(&set, &[], &checked.trees, global.today));
        } else {
            let corpus = run::corpus(&args.corpus, &set, None);
            read = run::settle(&corpus, global);
            let mut analysis = pipeline::check(corpus.articles, &set, &limits, &conflicts::Options::default());
            analysis.ignore(&set, global.today);
            let today = global.today.or(analysis.newest());
            problems.extend(trial::corpus(&set, &analysis, &checked.trees, today));
        }
        rules::sort(&mut problems);
    }
    let text = match name {
        "json" => pretty(&serde_json::to_value(&problems).expect("problems are plain data")),
        "github" => problems.iter().map(github).collect(),
        _ => mended.clone() + &told(&problems, &checked.sources),
    };
    if name != "human" && !mended.is_empty() {
        out::say(mended.trim_end());
    }
    super::super::put(&text, global)?;
    Ok(if failed { Exit::Unusable } else { read })
}

/// The problems as a person reads them, and how many there are.
fn told(problems: &[Problem], sources: &[Source]) -> String {
    let mut text = rules::render(problems, sources);
    if !text.is_empty() {
        text.push('\n');
    }
    let errors = problems.iter().filter(|problem| problem.is_error()).count();
    let more = if problems.len() >= rules::MOST { "; the rest is not listed" } else { "" };
    let _ = writeln!(
        text,
        "{} checked: {}, {}{more}",
        count(sources.len(), "file"),
        count(errors, "error"),
        count(problems.len() - errors, "warning")
    );
    text
}

/// Mends files, each in one step, and tells what was mended.
fn mend(paths: &[PathBuf]) -> Result<String, Exit> {
    let mut text = String::new();
    for file in rules::mend(paths, &Limits::default()) {
        out::file(Path::new(&file.path), &file.text).map_err(|message| super::super::usage(&message))?;
        for (line, column, what) in &file.done {
            let _ = writeln!(text, "mended {}:{line}:{column}: {what}", file.path);
        }
    }
    if !text.is_empty() {
        text.push('\n');
    }
    Ok(text)
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
