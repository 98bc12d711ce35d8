//! `gainsay rules diff`: what an edit of rules does to the conflicts of articles.

use super::super::args::{Filter, Global, RuleArgs, RuleDiff};
use super::super::diff::objects;
use super::super::exit::Exit;
use super::super::{out, revision, run};
use super::format;
use crate::report::{Report, json};
use crate::snapshot::{by_rule, diff as changes};
use std::path::{Path, PathBuf};

/// Runs the articles under both sets of rules and tells the difference.
///
/// # Errors
/// The exit code, after what is wrong was printed.
pub fn diff(args: &RuleDiff, global: &Global) -> Result<Exit, Exit> {
    let name = format(global, &["human", "md", "json"])?;
    let sides = [place(&args.old, &args.new), place(&args.new, &args.old)];
    let [(old, read), (new, _)] = [report(&sides[0], args, global)?, report(&sides[1], args, global)?];
    let changes = by_rule::by_rule(&changes::compare(&old, &new).conflicts);
    let text = match name {
        "md" => by_rule::markdown(&changes),
        "json" => json::pretty(&changes),
        _ => by_rule::human(&changes, out::style(global)),
    };
    super::super::put(&text, global)?;
    let count = |of: fn(&by_rule::RuleChanges) -> usize| changes.iter().map(of).sum();
    let counts = [count(|rule| rule.gained.len()), count(|rule| rule.lost.len()), count(|rule| rule.changed.len())];
    Ok(read.max(objects(&args.fail_on, counts)))
}

/// Where rules come from.
#[derive(Debug, PartialEq, Eq)]
enum Place {
    /// A file or folder.
    Path(PathBuf),
    /// A path as a revision has it.
    Revision(String, String),
}

/// A bare word that is no path is a revision: of the path that the other side names, else of `rules`.
fn place(text: &str, other: &str) -> Place {
    if let Some((revision, path)) = revision::parse(text) {
        return Place::Revision(revision.to_owned(), path.to_owned());
    }
    if Path::new(text).exists() || text.ends_with(".yml") || text.contains('/') && Path::new(other).exists() {
        return Place::Path(PathBuf::from(text));
    }
    let path = match revision::parse(other) {
        Some((_, path)) => path,
        None if Path::new(other).exists() => other,
        None => "rules",
    };
    Place::Revision(text.to_owned(), path.to_owned())
}

/// The report of the articles under one side's rules.
fn report(place: &Place, args: &RuleDiff, global: &Global) -> Result<(Report, Exit), Exit> {
    let taken = match place {
        Place::Path(_) => None,
        Place::Revision(revision, path) => {
            Some(revision::materialise(revision, path).map_err(|message| super::super::usage(&message))?)
        }
    };
    let path = match (place, &taken) {
        (_, Some(taken)) => taken.path.clone(),
        (Place::Path(path), None) => path.clone(),
        (Place::Revision(..), None) => return Err(Exit::Unusable),
    };
    let rules = RuleArgs { rules: vec![path], no_default_rules: args.no_default_rules };
    let (run, exit) = run::run(&args.paths, &rules, Some(&Filter::default()), global)?;
    if run.analysis.readings.is_empty() {
        return Err(Exit::Unusable);
    }
    Ok((run::report(&run, false), exit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_is_no_path_is_a_revision() {
        let revision = |revision: &str, path: &str| Place::Revision(revision.into(), path.into());
        assert_eq!(place("HEAD:rules/a.yml", "rules"), revision("HEAD", "rules/a.yml"));
        assert_eq!(place("HEAD~3", "HEAD:packs"), revision("HEAD~3", "packs"));
        assert_eq!(place("no-such-branch", "v1"), revision("no-such-branch", "rules"));
        assert_eq!(place("src", "HEAD"), Place::Path("src".into()));
        assert_eq!(place("HEAD", "src"), revision("HEAD", "src"));
    }
}
