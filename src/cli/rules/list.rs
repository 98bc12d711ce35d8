//! `gainsay rules list`: one line a rule.

use super::super::args::{Global, RuleArgs};
use super::super::exit::Exit;
use super::super::run;
use super::{format, pretty};
use crate::rules::{self, Rule};
use std::fmt::Write as _;

/// Lists the rules, or those of one pack.
pub fn list(pack: Option<&str>, args: &RuleArgs, global: &Global) -> Result<Exit, Exit> {
    let name = format(global, &["human", "json"])?;
    let set = run::rules(args)?;
    let wanted: Vec<&Rule> = set.rules.iter().filter(|rule| pack.is_none_or(|pack| rule.pack == pack)).collect();
    if let Some(pack) = pack.filter(|_| wanted.is_empty()) {
        let near = rules::nearest(pack, set.rules.iter().map(|rule| rule.pack.as_str()));
        let help = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
        return Err(super::super::usage(&format!("no rule belongs to a pack `{pack}`{help}")));
    }
    let text = if name == "json" {
        let row = |rule: &&Rule| {
            serde_json::json!({
                "id": rule.id, "pack": rule.pack, "kind": rule.kind.name(), "severity": rule.severity.name(), "title": rule.title,
                "enabled": rule.enabled, "status": rule.status.name(), "replaced_by": rule.replaced_by,
                "version": set.version(&rule.pack), "tags": rule.tags, "path": rule.path, "line": rule.line, "hash": rule.hash.to_string(),
                "tests": cases(rule),
            })
        };
        pretty(&wanted.iter().map(row).collect())
    } else {
        let rows: Vec<[String; 7]> = wanted.iter().map(|rule| row(rule)).collect();
        table(&rows)
    };
    super::super::put(&text, global)?;
    Ok(Exit::Done)
}

fn cases(rule: &Rule) -> usize {
    let tests = &rule.tests;
    tests.flag.len() + tests.quiet.len() + tests.todo_flag.len() + tests.todo_quiet.len()
}

fn row(rule: &Rule) -> [String; 7] {
    let tests = match cases(rule) {
        0 => "no tests".to_owned(),
        1 => "1 test".to_owned(),
        many => format!("{many} tests"),
    };
    let status = match (&rule.replaced_by, rule.enabled) {
        (Some(other), _) => format!("replaced by {other}"),
        (None, false) => "off".to_owned(),
        (None, true) => rule.status.name().to_owned(),
    };
    let (kind, severity) = (rule.kind.name().to_owned(), rule.severity.name().to_owned());
    [rule.id.clone(), rule.pack.clone(), kind, severity, status, tests, rule.title.clone()]
}

/// Rows with their columns aligned; the last is as wide as it is.
fn table<const N: usize>(rows: &[[String; N]]) -> String {
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..N).map(width).collect();
    let mut text = String::new();
    for row in rows {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}"));
        let _ = writeln!(text, "{}", cells.collect::<Vec<_>>().join("  ").trim_end());
    }
    text
}
