//! `gainsay snapshot review`: the changes of each story one by one, taken over or not.

use super::ask::{self, Key};
use super::ignores::{self, Entry};
use super::{Story, fail, remove};
use crate::cli::args::{Global, ReviewArgs};
use crate::cli::exit::Exit;
use crate::cli::out;
use crate::report::layout::{Ink, Style};
use crate::report::outline::Index;
use crate::report::{place, story as telling};
use crate::snapshot::{blocks, text};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, IsTerminal};
use std::path::Path;

/// What was decided about the changes of one story.
#[derive(Default)]
struct Decisions {
    /// Names of blocks to take over.
    taken: BTreeSet<String>,
    /// Ids of conflicts to ignore, with the reason.
    ignored: BTreeMap<String, String>,
    /// Whether some were left for later.
    left: bool,
}

/// Runs the command.
///
/// # Errors
/// The exit code, after what is wrong was printed.
pub fn review(args: &ReviewArgs, global: &Global) -> Result<Exit, Exit> {
    let name = global.format.as_deref().unwrap_or("human");
    if !["human", "json"].contains(&name) {
        return Err(crate::cli::unknown_format(name, &["human", "json"]));
    }
    let asks = !(args.list || args.accept_all || args.reject_all || name == "json");
    if asks && !(io::stdin().is_terminal() && io::stdout().is_terminal()) {
        let ways = "give --list, --accept-all or --reject-all, or --format json";
        return Err(fail(format!("a review asks at a terminal, and there is none; {ways}")));
    }
    let mut worst = Exit::Done;
    let mut listed = Vec::new();
    let mut lines = String::new();
    let mut quit = false;
    for path in &args.snapshot.paths {
        let story = Story::run(path, &args.snapshot, global)?;
        let changes = story.changes();
        let decisions = if changes.is_empty() {
            Decisions::default()
        } else if args.accept_all {
            Decisions { taken: changes.iter().map(|change| change.id.clone()).collect(), ..Decisions::default() }
        } else if asks && !quit {
            walk(&story, &changes, args.snapshot.ignores.is_some(), out::style(global), &mut quit)
                .map_err(|error| fail(format!("the terminal cannot be used: {error}")))?
        } else {
            Decisions { left: !args.reject_all, ..Decisions::default() }
        };
        let (line, open) = settle(&story, &changes, &decisions, args)?;
        lines.push_str(&line);
        if args.list {
            changes.iter().for_each(|change| lines.push_str(&change.told()));
        }
        listed.push(entry(&story, &changes, &decisions));
        worst = worst.max(story.read).max(if open { Exit::Objection } else { Exit::Done });
    }
    crate::cli::put(&if name == "json" { crate::report::json::pretty(&listed) } else { lines }, global)?;
    Ok(worst)
}

fn entry(story: &Story, changes: &[blocks::Change], decisions: &Decisions) -> serde_json::Value {
    let row = |change: &blocks::Change| {
        serde_json::json!({
            "id": change.id, "was": change.was, "state": change.state(), "old": change.old, "new": change.new,
            "accepted": decisions.taken.contains(&change.id), "ignored": decisions.ignored.get(&change.id),
        })
    };
    serde_json::json!({ "story": story.name, "changes": changes.iter().map(row).collect::<Vec<_>>() })
}

/// Asks about one change after the other. Counts and articles follow what is decided, unless they are all that changed.
fn walk(story: &Story, changes: &[blocks::Change], can_ignore: bool, style: Style, quit: &mut bool) -> io::Result<Decisions> {
    let mut decisions = Decisions::default();
    let asked: Vec<&blocks::Change> = changes.iter().filter(|change| changes.len() == 1 || change.id != blocks::HEAD).collect();
    for (at, change) in asked.iter().enumerate() {
        let head = format!("{} · change {} of {}", story.name, at + 1, asked.len());
        println!("\n{}", style.paint(Ink::Strong, &head));
        println!("{}", painted(change, style));
        println!("{}", style.paint(Ink::Faint, &ask::offer()));
        loop {
            match ask::key()? {
                Key::Accept => drop(decisions.taken.insert(change.id.clone())),
                Key::Reject => {}
                Key::Skip => decisions.left = true,
                Key::AcceptRest => {
                    decisions.taken.extend(asked[at..].iter().map(|change| change.id.clone()));
                    return Ok(decisions);
                }
                Key::Quit => {
                    decisions.left = true;
                    *quit = true;
                    return Ok(decisions);
                }
                Key::Explain => {
                    println!("{}", explained(story, change, style));
                    continue;
                }
                Key::Open => {
                    open(story, change)?;
                    continue;
                }
                Key::Ignore if !can_ignore => {
                    println!("ignored conflicts need a file that keeps them: --ignores FILE");
                    continue;
                }
                Key::Ignore => match ask::line("why is it to be left alone? ")? {
                    Some(reason) if change.new.is_some() && change.id != blocks::HEAD => {
                        decisions.ignored.insert(change.id.clone(), reason);
                    }
                    _ => {
                        println!("nothing was ignored: it needs a conflict that is there, and a reason");
                        continue;
                    }
                },
            }
            break;
        }
    }
    Ok(decisions)
}

fn painted(change: &blocks::Change, style: Style) -> String {
    let line = |(mark, line): (char, &str)| {
        let text = format!("{mark} {line}");
        match mark {
            '+' => style.paint(Ink::Caution, &text),
            '-' => style.paint(Ink::Faint, &text),
            _ => text,
        }
    };
    change.lines().into_iter().map(line).collect::<Vec<_>>().join("\n")
}

fn explained(story: &Story, change: &blocks::Change, style: Style) -> String {
    match story.report.conflicts.iter().find(|conflict| conflict.id == change.id) {
        Some(conflict) => telling::human(&story.report, conflict, style),
        None => "the conflict is gone: there is nothing to explain".to_owned(),
    }
}

/// Opens the article of a conflict's first side in the editor that the environment names.
fn open(story: &Story, change: &blocks::Change) -> io::Result<()> {
    let index = Index::new(&story.report);
    let conflict = story.report.conflicts.iter().find(|conflict| conflict.id == change.id);
    let Some(claim) = conflict.and_then(|conflict| index.claim(&conflict.claims[0])) else {
        println!("the conflict is gone: there is no article to open");
        return Ok(());
    };
    let place = place::place(&index, claim);
    let editor = ["VISUAL", "EDITOR"].iter().find_map(|name| std::env::var(name).ok().filter(|value| !value.trim().is_empty()));
    let Some(editor) = editor else {
        println!("{}:{} (set EDITOR to open it)", place.file, place.line);
        return Ok(());
    };
    // An editor may be given with arguments of its own, as git takes it.
    let mut words = editor.split_whitespace();
    let Some(program) = words.next() else { return Ok(()) };
    match std::process::Command::new(program).args(words).arg(format!("+{}", place.line)).arg(&place.file).status() {
        Ok(_) => {}
        Err(error) => println!("{program}: cannot be started: {error}"),
    }
    Ok(())
}

/// Writes what was decided. Returns the story's line and whether it still differs.
fn settle(story: &Story, changes: &[blocks::Change], decisions: &Decisions, args: &ReviewArgs) -> Result<(String, bool), Exit> {
    let name = &story.name;
    if changes.is_empty() {
        remove(&story.pending)?;
        return Ok((format!("{name}: unchanged\n"), false));
    }
    let mut taken = decisions.taken.clone();
    let mut now = story.now.clone();
    if let Some(file) = args.snapshot.ignores.as_deref().filter(|_| !decisions.ignored.is_empty()) {
        now = ignore(story, decisions, file)?;
        taken.extend(decisions.ignored.keys().cloned());
    }
    let waiting = changes.iter().filter(|change| change.id != blocks::HEAD && !taken.contains(&change.id)).count();
    if !taken.is_empty() {
        taken.insert(blocks::HEAD.to_owned());
        story.write(&story.place, blocks::merge(story.stored.as_deref().unwrap_or(""), &now, &taken))?;
    }
    let open = waiting > 0 || taken.is_empty();
    if decisions.left && open {
        story.write(&story.pending, now)?;
    } else {
        remove(&story.pending)?;
    }
    let count = taken.iter().filter(|id| *id != blocks::HEAD || changes.len() == 1).count();
    Ok((
        format!(
            "{name}: {count} of {} taken over\n",
            changes.iter().filter(|c| changes.len() == 1 || c.id != blocks::HEAD).count()
        ),
        open,
    ))
}

/// Adds entries to the file of ignored conflicts and returns the text of now with them marked.
fn ignore(story: &Story, decisions: &Decisions, file: &Path) -> Result<String, Exit> {
    let mut report = story.report.clone();
    let mut entries = Vec::new();
    for conflict in &mut report.conflicts {
        if let Some(reason) = decisions.ignored.get(&conflict.id) {
            conflict.ignored = Some(reason.clone());
            entries.push(Entry { rule: conflict.rule.clone(), edge: conflict.id.clone(), reason: reason.clone() });
        }
    }
    let before = match std::fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(fail(format!("{}: cannot be read: {error}", file.display()))),
    };
    out::file(file, &ignores::added(&before, &entries)).map_err(fail)?;
    Ok(text::render(&report))
}
