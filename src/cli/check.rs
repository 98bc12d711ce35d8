//! `gainsay check`: the contradiction report.

use super::args::{Check, FailOn, Global, Severity};
use super::exit::Exit;
use super::run::{self, Run};
use super::{out, watch};
use crate::report::{self, Format, Page, Report};
use std::collections::BTreeSet;
use std::path::Path;
use std::time::Instant;

/// Runs the command.
///
/// # Errors
/// The exit code, after what is wrong was printed.
pub fn check(args: &Check, global: &Global) -> Result<Exit, Exit> {
    let name = global.format.as_deref().unwrap_or("human");
    let Some(format) = report::format(name) else {
        let known: Vec<&str> = report::REPORTS.iter().map(|format| format.name()).collect();
        return Err(super::unknown_format(name, &known));
    };
    let baseline = match (&args.baseline, args.fail_on.new) {
        (Some(path), _) => Some(load(path)?),
        (None, true) => {
            out::error("--fail-on new needs --baseline FILE, a JSON report to compare with");
            return Err(Exit::Unusable);
        }
        (None, false) => None,
    };
    let wanted = Wanted { args, global, format, baseline };
    if args.watch {
        return watch::check(&wanted);
    }
    let started = Instant::now();
    let (run, read) = run::run(&args.paths, &args.rules, Some(&args.filter), global)?;
    if run.analysis.readings.is_empty() {
        return Err(Exit::Unusable);
    }
    let report = wanted.put(&run)?;
    if args.stats {
        stats(&run, &report, started);
    }
    let exit = read.max(wanted.judged(&report));
    // The program ends here: giving back millions of small pieces, one by one on one core, takes longer than it is worth.
    std::mem::forget((run, report));
    Ok(exit)
}

/// What was asked for.
pub struct Wanted<'a> {
    /// The command's own flags.
    pub args: &'a Check,
    /// Flags of every command.
    pub global: &'a Global,
    /// How the report is written.
    pub format: &'static dyn Format,
    /// The report whose conflicts are not new.
    pub baseline: Option<Report>,
}

impl Wanted<'_> {
    /// The report in the format asked for.
    pub fn render(&self, report: &Report) -> String {
        self.format.render(report, Page { style: out::style(self.global), baseline: self.baseline.as_ref() })
    }

    /// Writes the report of a run, and gives it back; one that is streamed without its claims.
    ///
    /// # Errors
    /// [`Exit::Unusable`] after what is wrong was printed.
    fn put(&self, run: &Run) -> Result<Report, Exit> {
        let Some(stream) = self.format.stream() else {
            let report = run::report_of(run, self.args.with_text, self.format.whole());
            super::put(&self.render(&report), self.global)?;
            return Ok(report);
        };
        let streamed = run::streamed(run, self.args.with_text);
        out::with(self.global, &|out| stream(&streamed, out)).map_err(|message| super::usage(&message))?;
        Ok(streamed.report)
    }

    /// What `--fail-on` makes of a report.
    pub fn judged(&self, report: &Report) -> Exit {
        if objects(self.args.fail_on, report, self.baseline.as_ref()) { Exit::Objection } else { Exit::Done }
    }
}

/// Prints what a run cost.
pub fn stats(run: &Run, report: &Report, started: Instant) {
    let stats = run.analysis.found.stats;
    let memory = peak_memory().map_or_else(String::new, |megabytes| format!(" · {megabytes} MB"));
    out::say(&format!(
        "articles {} · files left out {} · claims {} · keys {} · candidates {} · crowded keys {} · conflicts {} · agreements {} · {:.2} s{memory}",
        report.summary.articles,
        run.left_out,
        stats.claims,
        stats.keys,
        stats.candidates,
        stats.crowded,
        stats.found,
        run.analysis.found.agreements.len(),
        started.elapsed().as_secs_f64()
    ));
}

/// The most memory that the program has held, in megabytes, where the system tells.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes / 1024)
}

/// Reads a JSON report.
///
/// # Errors
/// [`Exit::Unusable`] after what is wrong was printed.
pub fn load(path: &Path) -> Result<Report, Exit> {
    let shown = path.display();
    let text = std::fs::read_to_string(path).map_err(|error| {
        out::error(&format!("{shown}: cannot be read: {error}"));
        Exit::Unusable
    })?;
    serde_json::from_str(&text).map_err(|error| {
        out::error(&format!("{shown}: not a JSON report of gainsay: {error}"));
        Exit::Unusable
    })
}

fn objects(fail_on: FailOn, report: &Report, baseline: Option<&Report>) -> bool {
    let old: BTreeSet<&str> = baseline.iter().flat_map(|report| &report.conflicts).map(|conflict| conflict.id.as_str()).collect();
    let rank = |word: &str| match word {
        "error" => Severity::Error,
        "warning" => Severity::Warning,
        _ => Severity::Note,
    };
    if !fail_on.new && fail_on.severity.is_none() {
        return false;
    }
    report.conflicts.iter().filter(|conflict| conflict.ignored.is_none()).any(|conflict| {
        let sharp = !matches!(conflict.relation.as_str(), "tension" | "update");
        let severe = fail_on.severity.is_none_or(|least| sharp && rank(&conflict.severity) >= least);
        let new = !fail_on.new || !old.contains(conflict.id.as_str());
        severe && new
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::view::Conflict;

    fn check(relation: &str, severity: &str, fail_on: FailOn, expected: bool) {
        let conflict = Conflict { id: "a".into(), relation: relation.into(), severity: severity.into(), ..Conflict::default() };
        let report = Report { conflicts: vec![conflict], ..Report::default() };
        assert_eq!(objects(fail_on, &report, Some(&Report::default())), expected, "{relation} {severity} {fail_on:?}");
        assert!(!objects(FailOn { new: true, ..fail_on }, &report, Some(&report)), "nothing is new");
    }

    #[test]
    fn severity_counts_only_for_what_is_sharp_and_new_for_everything() {
        let at = |severity| FailOn { new: false, severity: Some(severity) };
        check("contradiction", "error", at(Severity::Warning), true);
        check("contradiction", "note", at(Severity::Warning), false);
        check("tension", "error", at(Severity::Note), false);
        check("update", "error", FailOn { new: true, severity: None }, true);
        check("update", "error", FailOn { new: true, severity: Some(Severity::Note) }, false);
        check("contradiction", "error", FailOn::default(), false);
    }
}
