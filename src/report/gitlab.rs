//! The report for GitLab's code quality widget: a JSON list, one entry a conflict, compared by fingerprint between branches.

use super::outline::Index;
use super::page::Page;
use super::place::{one_line, place};
use super::view::{Conflict, Report};
use super::{Format, json};
use serde_json::{Value, json};

/// `gitlab`.
pub struct GitLab;

impl Format for GitLab {
    fn name(&self) -> &'static str {
        "gitlab"
    }

    fn about(&self) -> &'static str {
        "GitLab code quality"
    }

    fn render(&self, report: &Report, _: Page<'_>) -> String {
        let index = Index::new(report);
        let entries = report.conflicts.iter().filter(|conflict| conflict.ignored.is_none());
        json::pretty(&entries.filter_map(|conflict| entry(conflict, &index)).collect::<Vec<Value>>())
    }
}

fn entry(conflict: &Conflict, index: &Index<'_>) -> Option<Value> {
    let sides: Vec<_> = conflict.claims.iter().filter_map(|id| index.claim(id)).collect();
    let place = place(index, sides.first()?);
    let said: Vec<String> = sides.iter().map(|claim| format!("{}: “{}”", index.speaker(claim), one_line(&claim.text))).collect();
    let severity = match conflict.severity.as_str() {
        "error" => "critical",
        "note" => "info",
        _ => "major",
    };
    Some(json!({
        "description": format!("{} {}", conflict.message, said.join(" ")),
        "check_name": conflict.rule,
        "fingerprint": conflict.id,
        "severity": severity,
        "location": { "path": place.file, "lines": { "begin": place.line } },
    }))
}
