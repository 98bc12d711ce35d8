//! `gainsay snapshot`: a run against the stored one.

use super::args::{Global, SnapshotArgs, SnapshotCommand};
use super::exit::Exit;
use super::{out, run};
use crate::snapshot::{file, text};
use std::path::Path;

/// Runs the command.
///
/// # Errors
/// The exit code, after what is wrong was printed.
pub fn snapshot(command: &SnapshotCommand, global: &Global) -> Result<Exit, Exit> {
    let (args, accept) = match command {
        SnapshotCommand::Check(args) => (args, false),
        SnapshotCommand::Accept(args) => (args, true),
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

fn one(path: &Path, args: &SnapshotArgs, accept: bool, global: &Global) -> Result<(String, Exit), Exit> {
    let fail = |message: String| {
        out::error(&message);
        Exit::Unusable
    };
    let story = file::story(path).ok_or_else(|| fail(format!("{}: a story needs a name; give its folder", path.display())))?;
    let (run, read) = run::run(&[path.to_path_buf()], &args.rules, Some(&args.filter), global)?;
    if run.analysis.readings.is_empty() {
        return Err(Exit::Unusable);
    }
    let contents = text::render(&run::report(&run, false));
    let stored = file::Stored { expression: format!("gainsay check {story}"), contents };
    let (place, pending) = (file::path(&args.dir, &story), file::pending(&args.dir, &story));
    let before = std::fs::read_to_string(&place).ok().map(|text| file::parse(&text));
    let same = before.as_ref().is_some_and(|before| file::same(&before.contents, &stored.contents));
    if same || accept {
        if !same {
            out::file(&place, &file::write(&stored)).map_err(fail)?;
        }
        remove(&pending).map_err(fail)?;
        let word = if same { "unchanged" } else { "accepted" };
        return Ok((format!("{story}: {word}\n"), read));
    }
    out::file(&pending, &file::write(&stored)).map_err(fail)?;
    let change = match &before {
        Some(before) => lines_changed(&before.contents, &stored.contents),
        None => "no snapshot is stored yet\n".to_owned(),
    };
    let head = format!("{story}: differs, see {} (`gainsay snapshot accept` stores it)\n", pending.display());
    Ok((format!("{head}{change}"), read.max(Exit::Objection)))
}

fn remove(path: &Path) -> Result<(), String> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(format!("{}: cannot be removed: {error}", path.display()))
        }
        _ => Ok(()),
    }
}

/// The blocks of lines that only one of two texts has, `-` and `+` in front.
fn lines_changed(old: &str, new: &str) -> String {
    let blocks = |text: &str| text.split("\n\n").map(|block| block.trim_end().to_owned()).collect::<Vec<_>>();
    let (before, after) = (blocks(old), blocks(new));
    let mut out = String::new();
    for (mark, these, others) in [('-', &before, &after), ('+', &after, &before)] {
        for block in these.iter().filter(|block| !others.contains(block)) {
            block.lines().for_each(|line| out.push_str(&format!("{mark} {line}\n")));
            out.push('\n');
        }
    }
    out
}
