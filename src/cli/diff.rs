//! `gainsay diff`: what changed between two reports, snapshots, folders or revisions.

use super::args::{Diff, Filter, Global, What};
use super::exit::Exit;
use super::{check, out, revision, run};
use crate::report::{Report, json};
use crate::snapshot::{blocks, diff, file, told};
use std::path::{Path, PathBuf};

/// Runs the command.
///
/// # Errors
/// The exit code, after what is wrong was printed.
pub fn diff(args: &Diff, global: &Global) -> Result<Exit, Exit> {
    let name = global.format.as_deref().unwrap_or("human");
    if !["human", "md", "json"].contains(&name) {
        return Err(super::unknown_format(name, &["human", "md", "json"]));
    }
    if [&args.old, &args.new].iter().all(|path| path.ends_with(".snap") || path.ends_with(".snap.new")) {
        return snapshots(args, name, global);
    }
    let (old, new) = (report(&args.old, args, global)?, report(&args.new, args, global)?);
    let changes = diff::compare(&old, &new);
    let text = match name {
        "md" => told::markdown(&changes),
        "json" => json::pretty(&changes),
        _ => told::human(&changes, out::style(global)),
    };
    super::put(&text, global)?;
    let conflicts = &changes.conflicts;
    let counts = [conflicts.new.len(), conflicts.gone.len(), conflicts.changed.len()];
    Ok(objects(&args.fail_on, counts))
}

/// Whether `--fail-on` objects to what is new, gone or changed.
pub(super) fn objects(fail_on: &[What], [new, gone, changed]: [usize; 3]) -> Exit {
    let any = fail_on.iter().any(|what| match what {
        What::New => new > 0,
        What::Gone => gone > 0,
        What::Changed => changed > 0,
    });
    if any { Exit::Objection } else { Exit::Done }
}

/// A JSON report as it is; anything else is read and checked.
fn report(text: &str, args: &Diff, global: &Global) -> Result<Report, Exit> {
    if Path::new(text).is_file() && text.ends_with(".json") {
        let loaded = std::fs::read_to_string(text).is_ok_and(|text| text.contains(crate::report::view::SCHEMA));
        if loaded {
            return check::load(Path::new(text));
        }
    }
    let taken = match revision::parse(text) {
        Some((revision, path)) => Some(revision::materialise(revision, path).map_err(|message| super::usage(&message))?),
        None => None,
    };
    let path = taken.as_ref().map_or_else(|| PathBuf::from(text), |revision| revision.path.clone());
    let filter = Filter::default();
    let (run, _) = run::run(&[path], &args.rules, Some(&filter), global)?;
    if run.analysis.readings.is_empty() {
        return Err(Exit::Unusable);
    }
    Ok(run::report(&run, false))
}

/// Two snapshot files: the blocks that differ.
fn snapshots(args: &Diff, name: &str, global: &Global) -> Result<Exit, Exit> {
    let read = |path: &str| {
        let text = std::fs::read_to_string(path).map_err(|error| super::usage(&format!("{path}: cannot be read: {error}")))?;
        Ok::<String, Exit>(file::parse(&text).contents)
    };
    let changes = blocks::changes(&read(&args.old)?, &read(&args.new)?);
    let count = |state: &str| changes.iter().filter(|c| c.id != blocks::HEAD && c.state() == state).count();
    let text = match name {
        "json" => json::pretty(&changes),
        "md" => format!("```diff\n{}```\n", changes.iter().map(blocks::Change::told).collect::<String>()),
        _ => changes.iter().map(blocks::Change::told).collect(),
    };
    super::put(&text, global)?;
    Ok(objects(&args.fail_on, [count("new"), count("gone"), count("changed")]))
}
