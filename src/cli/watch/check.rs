//! `check --watch`: the whole report once, then after each change what became of its conflicts and claims.

use super::{Reload, Rules, Watch};
use crate::base::{Limits, Notice};
use crate::claims::Reading;
use crate::cli::check::{Wanted, stats};
use crate::cli::exit::Exit;
use crate::cli::run::{self, Run};
use crate::cli::{filter, out};
use crate::ingest::Kit;
use crate::ingest::kept::{Effort, Shelf};
use crate::pipeline;
use crate::report::Report;
use crate::snapshot::{diff, told};
use std::collections::BTreeMap;
use std::time::Instant;

/// Checks until it is stopped; the exit is that of the last round.
///
/// # Errors
/// The exit code, after what is wrong with the first round was printed.
pub fn check(wanted: &Wanted<'_>) -> Result<Exit, Exit> {
    if wanted.format.name() != "human" && wanted.global.output.is_none() {
        let name = wanted.format.name();
        let message = format!("--watch prints text for people; for {name} give --output FILE, which is replaced on every change");
        return Err(crate::cli::usage(&message));
    }
    let args = wanted.args;
    let paths: Vec<_> = args.paths.iter().chain(&args.rules.rules).cloned().collect();
    let watch = Watch::new(&paths, wanted.global)?;
    let rules = Rules::load(&args.rules)?;
    let mut rounds = Rounds::new(wanted, rules);
    let first = rounds.round()?;
    if first.report.articles.is_empty() {
        return Err(Exit::Unusable);
    }
    rounds.write(&first)?;
    if wanted.global.output.is_none() && !rounds.print(&wanted.render(&first.shown))? {
        return Ok(first.exit);
    }
    let mut last = first;
    while watch.wait() {
        let reload = rounds.rules.reload();
        match &reload {
            Reload::Broken(errors) => out::say(&format!("{}\nthe rules stay as they were", errors.trim_end())),
            Reload::Loaded { words: true } => rounds.forget(),
            Reload::Loaded { words: false } | Reload::Same => {}
        }
        // What makes a round fail has been told, and the next change may mend it.
        let Ok(round) = rounds.round() else { continue };
        let rules = matches!(reload, Reload::Loaded { .. });
        if round.effort.opened == 0 && round.effort.gone == 0 && !rules {
            continue;
        }
        let heard = rounds.print(&changes(wanted, &last.report, &round, rules))?;
        rounds.write(&round)?;
        last = round;
        if !heard {
            break;
        }
    }
    Ok(last.exit)
}

/// What a round cost, and what it changed.
fn changes(wanted: &Wanted<'_>, old: &Report, round: &Round, rules: bool) -> String {
    let Effort { opened, files, gone } = round.effort;
    let mut line = format!("\nre-read {opened} of {files} files");
    if gone > 0 {
        line.push_str(&format!(", {gone} gone"));
    }
    if rules {
        line.push_str("; rules reloaded");
    }
    let changes = diff::compare(old, &round.report);
    if changes == diff::Changes::default() {
        return line + "; nothing changed\n";
    }
    format!("{line}\n{}", told::human(&changes, out::style(wanted.global)))
}

/// One round's outcome.
struct Round {
    effort: Effort,
    exit: Exit,
    /// With all claims, to compare with the next one.
    report: Report,
    /// As the format shows it.
    shown: Report,
}

/// What rounds share.
struct Rounds<'a> {
    wanted: &'a Wanted<'a>,
    rules: Rules,
    shelf: Shelf,
    /// The articles of the last round as they were read, by id.
    readings: BTreeMap<String, Reading>,
    /// What the last round had to tell: it is told once.
    notices: Vec<Notice>,
}

impl<'a> Rounds<'a> {
    fn new(wanted: &'a Wanted<'a>, rules: Rules) -> Self {
        Self { wanted, rules, shelf: Shelf::default(), readings: BTreeMap::new(), notices: Vec::new() }
    }

    /// Reads everything anew in the next round.
    fn forget(&mut self) {
        self.shelf.clear();
        self.readings.clear();
    }

    /// Reads what changed, and compares all.
    fn round(&mut self) -> Result<Round, Exit> {
        let Wanted { args, global, format, .. } = self.wanted;
        let started = Instant::now();
        let kit = Kit::new(&self.rules.set.lexicon, Limits::default());
        let (corpus, effort) = self.shelf.read(&args.paths, &kit, global.output.as_deref());
        let mut corpus = run::narrowed(corpus, Some(&args.filter));
        let read = run::worth(&corpus, global);
        let readings = self.read(std::mem::take(&mut corpus.articles));
        let set = std::mem::take(&mut self.rules.set);
        let mut run = run::compared(readings, corpus, set, Some(&args.filter), global);
        self.tell(&run);
        let wanted = filter::apply(&args.filter, &mut run);
        let round = wanted.map(|()| {
            let shown = run::report_of(&run, args.with_text, format.whole());
            if args.stats {
                stats(&run, &shown, started);
            }
            Round { effort, exit: read.max(self.wanted.judged(&shown)), report: run::report(&run, args.with_text), shown }
        });
        self.rules.set = run.rules;
        self.readings = run.analysis.readings.into_iter().map(|reading| (reading.article.id.clone(), reading)).collect();
        round
    }

    /// The readings of articles: those that stand as they stood are taken from the last round.
    fn read(&mut self, articles: Vec<crate::article::Article>) -> Vec<Reading> {
        let mut old = std::mem::take(&mut self.readings);
        let kept: Vec<Option<Reading>> =
            articles.iter().map(|article| old.remove(&article.id).filter(|reading| reading.article == *article)).collect();
        let changed = articles.into_iter().zip(&kept).filter(|(_, kept)| kept.is_none()).map(|(article, _)| article).collect();
        let mut read = pipeline::read_all(changed, &self.rules.set.lexicon, &Limits::default()).into_iter();
        kept.into_iter().filter_map(|kept| kept.or_else(|| read.next())).collect()
    }

    /// Prints the notices that the last round did not have.
    fn tell(&mut self, run: &Run) {
        let new: Vec<Notice> = run.notices.iter().filter(|notice| !self.notices.contains(notice)).cloned().collect();
        out::notices(&new, self.wanted.global);
        self.notices.clone_from(&run.notices);
    }

    /// Replaces the file of `--output`, where there is one.
    fn write(&self, round: &Round) -> Result<(), Exit> {
        if self.wanted.global.output.is_none() {
            return Ok(());
        }
        crate::cli::put(&self.wanted.render(&round.shown), self.wanted.global)
    }

    /// Prints text; `false` where nobody reads it any more.
    fn print(&self, text: &str) -> Result<bool, Exit> {
        out::stdout(text).map_err(|message| crate::cli::usage(&message))
    }
}
