//! One run from paths to a report, for every command that needs one.

use super::args::{Filter, Global, RuleArgs};
use super::exit::Exit;
use super::out;
use crate::article::Article;
use crate::base::{Limits, Notice};
use crate::claims::Reading;
use crate::conflicts;
use crate::ingest::{self, Corpus, Kit};
use crate::pipeline::{self, Analysis};
use crate::report::{Report, build};
use crate::rules::{self, RuleSet};
use std::path::PathBuf;

/// A run with all that a report needs beside what was found.
#[derive(Debug, Default)]
pub struct Run {
    /// What was found.
    pub analysis: Analysis,
    /// The rules.
    pub rules: RuleSet,
    /// What could not be read.
    pub notices: Vec<Notice>,
    /// Files of folders that were left out silently.
    pub left_out: usize,
}

/// Loads the rules that the flags ask for; mistakes are printed.
///
/// # Errors
/// [`Exit::Unusable`] after they were printed.
pub fn rules(args: &RuleArgs) -> Result<RuleSet, Exit> {
    rules::load(&rule_options(args)).map_err(|errors| {
        out::say(errors.to_string().trim_end());
        Exit::Unusable
    })
}

/// The flags as the loader takes them.
pub fn rule_options(args: &RuleArgs) -> rules::Options {
    rules::Options { paths: args.rules.clone(), no_default_rules: args.no_default_rules, limits: Limits::default() }
}

/// Reads all articles; an empty corpus is an error of its own.
pub fn corpus(paths: &[PathBuf], rules: &RuleSet, filter: Option<&Filter>) -> Corpus {
    let kit = Kit::new(&rules.lexicon, Limits::default());
    narrowed(ingest::read(paths, &kit), filter)
}

/// Leaves only the articles that the filter wants; an empty corpus is an error of its own.
pub fn narrowed(mut corpus: Corpus, filter: Option<&Filter>) -> Corpus {
    if let Some(filter) = filter {
        let early = |article: &Article| filter.since.zip(article.published).is_some_and(|(since, day)| day < since);
        let late = |article: &Article| filter.until.zip(article.published).is_some_and(|(until, day)| day > until);
        corpus.articles.retain(|article| !early(article) && !late(article));
    }
    if corpus.articles.is_empty() && !corpus.notices.iter().any(|notice| notice.fatal) {
        let message = "no article was found; the inputs hold none that can be read";
        corpus.notices.push(Notice { path: String::new(), message: message.into(), fatal: true });
    }
    corpus
}

/// Runs the whole line on paths.
///
/// # Errors
/// [`Exit::Unusable`] after what is wrong was printed.
pub fn run(paths: &[PathBuf], rule_args: &RuleArgs, filter: Option<&Filter>, global: &Global) -> Result<(Run, Exit), Exit> {
    let rules = rules(rule_args)?;
    let mut corpus = corpus(paths, &rules, filter);
    let exit = settle(&corpus, global);
    let told = corpus.notices.len();
    let readings = pipeline::read_all(std::mem::take(&mut corpus.articles), &rules.lexicon, &Limits::default());
    let mut run = compared(readings, corpus, rules, filter, global);
    out::notices(&run.notices[told..], global);
    if let Some(filter) = filter {
        super::filter::apply(filter, &mut run)?;
    }
    Ok((run, exit))
}

/// Sets the claims of articles against each other that are read already; `corpus` is what they were read from. Prints nothing; the
/// notices of idle `ignore` entries follow those of the corpus.
pub fn compared(readings: Vec<Reading>, corpus: Corpus, rules: RuleSet, filter: Option<&Filter>, global: &Global) -> Run {
    let min_confidence = filter.map_or(0, |filter| filter.min_confidence);
    let options = conflicts::Options { min_confidence, ..conflicts::Options::default() };
    let mut analysis = pipeline::compare(readings, &rules, &options);
    analysis.ignore(&rules, global.today);
    let idle = idle(&analysis, &rules, global);
    let notices = corpus.notices.into_iter().chain(idle).collect();
    Run { analysis, rules, notices, left_out: corpus.left_out }
}

/// `ignore` entries that are over or cover nothing.
fn idle(analysis: &Analysis, rules: &RuleSet, global: &Global) -> Vec<Notice> {
    let today = global.today.or(analysis.newest());
    let notice = |(entry, uses): (&rules::Ignore, &usize)| {
        let message = format!("line {}: {}; take it out", entry.line, entry.idle(*uses, today)?);
        // A report names no absolute path.
        let absolute = entry.path.starts_with('/') || std::path::Path::new(&entry.path).is_absolute();
        let path = if absolute { entry.path.rsplit('/').next().unwrap_or("") } else { &entry.path };
        Some(Notice { path: path.to_owned(), message, fatal: false })
    };
    rules.ignore.iter().zip(&analysis.ignores).filter_map(notice).collect()
}

/// Prints the notices of reading and says what they make of the exit code.
pub fn settle(corpus: &Corpus, global: &Global) -> Exit {
    out::notices(&corpus.notices, global);
    worth(corpus, global)
}

/// What the notices of reading make of the exit code.
pub fn worth(corpus: &Corpus, global: &Global) -> Exit {
    let fatal = corpus.notices.iter().any(|notice| notice.fatal);
    let kept = global.keep_going && !corpus.articles.is_empty();
    if fatal && !kept { Exit::Unusable } else { Exit::Done }
}

/// Reads a corpus without setting any two claims against each other.
pub fn read(corpus: Corpus, rules: RuleSet) -> Run {
    let readings = pipeline::read_all(corpus.articles, &rules.lexicon, &Limits::default());
    let analysis = pipeline::collect(readings, &rules);
    Run { analysis, rules, notices: corpus.notices, left_out: corpus.left_out }
}

/// The report of a run, with all its claims.
pub fn report(run: &Run, with_text: bool) -> Report {
    report_of(run, with_text, true)
}

/// The report of a run, with all its claims or only those that conflicts and agreements name.
pub fn report_of(run: &Run, with_text: bool, whole: bool) -> Report {
    build::report(build::Input { analysis: &run.analysis, rules: &run.rules, notices: &run.notices, with_text, whole })
}

/// The report of a run, with all its claims, which are made as they are written.
pub fn streamed(run: &Run, with_text: bool) -> build::Streamed<'_> {
    build::streamed(build::Input { analysis: &run.analysis, rules: &run.rules, notices: &run.notices, with_text, whole: true })
}
