//! `gainsay snapshot`: a run against the stored one.

mod ask;
mod ignores;
mod review;

use super::args::{Global, SnapshotArgs, SnapshotCommand};
use super::exit::Exit;
use super::{out, run};
use crate::report::Report;
use crate::snapshot::{blocks, file, text};
use std::path::{Path, PathBuf};

/// Runs the command.
///
/// # Errors
/// The exit code, after what is wrong was printed.
pub fn snapshot(command: &SnapshotCommand, global: &Global) -> Result<Exit, Exit> {
    let (args, accept) = match command {
        SnapshotCommand::Check(args) => (args, false),
        SnapshotCommand::Accept(args) => (args, true),
        SnapshotCommand::Review(args) => return review::review(args, global),
    };
    let mut worst = Exit::Done;
    let mut lines = String::new();
    for path in &args.paths {
        let (line, exit) = one(path, args, accept, global)?;
        lines.push_str(&line);
        worst = worst.max(exit);
    }
    super::put(&lines, global)?;
    Ok(worst)
}

/// A story as it is stored and as it is now.
struct Story {
    name: String,
    /// Where its snapshot is, and where one that waits is.
    place: PathBuf,
    pending: PathBuf,
    /// The stored text; `None` where nothing is stored.
    stored: Option<String>,
    now: String,
    report: Report,
    /// What reading the articles makes of the exit code.
    read: Exit,
}

impl Story {
    fn run(path: &Path, args: &SnapshotArgs, global: &Global) -> Result<Self, Exit> {
        let name = file::story(path).ok_or_else(|| fail(format!("{}: a story needs a name; give its folder", path.display())))?;
        let rules = ignores::with(&args.rules, args.ignores.as_deref());
        let (run, read) = run::run(&[path.to_path_buf()], &rules, Some(&args.filter), global)?;
        if run.analysis.readings.is_empty() {
            return Err(Exit::Unusable);
        }
        let report = run::report(&run, false);
        let (place, pending) = (file::path(&args.dir, &name), file::pending(&args.dir, &name));
        let stored = std::fs::read_to_string(&place).ok().map(|text| file::parse(&text).contents);
        Ok(Self { now: text::render(&report), name, place, pending, stored, report, read })
    }

    /// Whether the stored text is that of now.
    fn same(&self) -> bool {
        self.stored.as_ref().is_some_and(|stored| file::same(stored, &self.now))
    }

    fn changes(&self) -> Vec<blocks::Change> {
        if self.same() { Vec::new() } else { blocks::changes(self.stored.as_deref().unwrap_or(""), &self.now) }
    }

    fn write(&self, place: &Path, contents: String) -> Result<(), Exit> {
        let stored = file::Stored { expression: format!("gainsay check {}", self.name), contents };
        out::file(place, &file::write(&stored)).map_err(fail)
    }
}

fn fail(message: String) -> Exit {
    out::error(&message);
    Exit::Unusable
}

fn one(path: &Path, args: &SnapshotArgs, accept: bool, global: &Global) -> Result<(String, Exit), Exit> {
    let story = Story::run(path, args, global)?;
    let name = &story.name;
    if story.same() || accept {
        if !story.same() {
            story.write(&story.place, story.now.clone())?;
        }
        remove(&story.pending)?;
        let word = if story.same() { "unchanged" } else { "accepted" };
        return Ok((format!("{name}: {word}\n"), story.read));
    }
    story.write(&story.pending, story.now.clone())?;
    let mut text = format!("{name}: differs, see {} (`gainsay snapshot review` walks through it)\n", story.pending.display());
    if story.stored.is_none() {
        text.push_str("no snapshot is stored yet\n");
    } else {
        story.changes().iter().for_each(|change| text.push_str(&change.told()));
    }
    Ok((text, story.read.max(Exit::Objection)))
}

fn remove(path: &Path) -> Result<(), Exit> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(fail(format!("{}: cannot be removed: {error}", path.display())))
        }
        _ => Ok(()),
    }
}
