//! `gainsay log`: the conflicts of a folder through its git history.

use super::args::{Filter, Global, Log, RuleArgs};
use super::exit::Exit;
use super::{out, revision, run};
use crate::report::json;
use crate::report::layout::{Ink, Style, wrap};
use crate::report::outline::counted;
use crate::snapshot::history::{Commit, Follower, History, Line};
use std::path::PathBuf;

/// Runs the command.
///
/// # Errors
/// The exit code, after what is wrong was printed.
pub fn log(args: &Log, global: &Global) -> Result<Exit, Exit> {
    let name = global.format.as_deref().unwrap_or("human");
    if !["human", "json"].contains(&name) {
        return Err(super::unknown_format(name, &["human", "json"]));
    }
    let commits = commits(args)?;
    if commits.is_empty() {
        return Err(super::usage(&format!("{}: no commit touches it", args.path)));
    }
    let mut follower = Follower::default();
    for commit in &commits {
        if let Some(report) = at(commit, args, global)? {
            follower.add(commit, report);
        }
    }
    let history = follower.end();
    let text = if name == "json" { json::pretty(&history) } else { human(&history, commits.len(), out::style(global)) };
    super::put(&text, global)?;
    Ok(Exit::Done)
}

/// The commits that touch the articles or the rules, the oldest first.
fn commits(args: &Log) -> Result<Vec<Commit>, Exit> {
    let limit = format!("--max-count={}", args.limit);
    let rules: Vec<String> = args.rules.rules.iter().map(|path| path.to_string_lossy().into_owned()).collect();
    let mut words = vec!["log", &limit, "--format=%h%x09%cs%x09%s", "--", &args.path];
    words.extend(rules.iter().map(String::as_str));
    let listed = revision::git(&words).map_err(|cause| super::usage(&format!("{}: {cause}", args.path)))?;
    let listed = String::from_utf8_lossy(&listed).into_owned();
    let commit = |line: &str| {
        let mut parts = line.splitn(3, '\t').map(str::to_owned);
        Some(Commit { id: parts.next()?, date: parts.next()?, subject: parts.next()? })
    };
    let mut commits: Vec<Commit> = listed.lines().filter_map(commit).collect();
    commits.reverse();
    Ok(commits)
}

/// The report of the articles and rules of a commit; `None` where it has no such articles.
fn at(commit: &Commit, args: &Log, global: &Global) -> Result<Option<crate::report::Report>, Exit> {
    let Ok(articles) = revision::materialise(&commit.id, &args.path) else { return Ok(None) };
    // Rules that the commit does not have yet did not run then; rules from elsewhere are the same at all times.
    let (elsewhere, inside): (Vec<&PathBuf>, Vec<&PathBuf>) = args.rules.rules.iter().partition(|path| path.is_absolute());
    let taken: Vec<revision::Revision> =
        inside.iter().filter_map(|path| revision::materialise(&commit.id, &path.to_string_lossy()).ok()).collect();
    let paths = taken.iter().map(|taken| taken.path.clone()).chain(elsewhere.into_iter().cloned()).collect();
    let rules = RuleArgs { rules: paths, ..args.rules.clone() };
    let quiet = Global { quiet: true, keep_going: true, ..global.clone() };
    let (run, _) = run::run(std::slice::from_ref(&articles.path), &rules, Some(&Filter::default()), &quiet)?;
    Ok((!run.analysis.readings.is_empty()).then(|| run::report(&run, false)))
}

fn human(history: &History, commits: usize, style: Style) -> String {
    let open = history.conflicts.iter().filter(|line| line.open).count();
    let head =
        format!("{}, {} in all, {open} still there", counted(commits, "commit"), counted(history.conflicts.len(), "conflict"));
    let mut lines = vec![style.paint(Ink::Strong, &head)];
    for line in &history.conflicts {
        lines.push(String::new());
        lines.extend(told(line, style));
    }
    if !history.turns.is_empty() {
        lines.push(String::new());
        lines.push(style.paint(Ink::Strong, "Who changed their story"));
        for turn in &history.turns {
            lines.extend(wrap(&format!("{}: {}", turn.source, turn.reversals.join(" ")), style.width));
        }
    }
    lines.join("\n") + "\n"
}

fn told(line: &Line, style: Style) -> Vec<String> {
    let state = if line.open { "" } else { " (gone)" };
    let mut out: Vec<String> =
        wrap(&format!("{}{state}", line.message), style.width).iter().map(|text| style.paint(Ink::Strong, text)).collect();
    out.push(style.paint(Ink::Faint, &format!("  {} · {}", line.rule, line.id)));
    for event in &line.events {
        let fields = if event.fields.is_empty() { String::new() } else { format!(": {}", event.fields.join(", ")) };
        let commit = &event.commit;
        let text = format!("{} {} {}{fields} ({}): {}", commit.date, commit.id, event.what, event.relation, commit.subject);
        out.extend(wrap(&text, style.width.saturating_sub(2)).into_iter().map(|text| format!("  {text}")));
    }
    out
}
