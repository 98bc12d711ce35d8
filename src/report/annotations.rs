//! The report as annotations of a workflow run (GitHub's workflow commands): the worst first, and no more than the page shows.

use super::Format;
use super::outline::Index;
use super::page::{Page, Standing};
use super::place::{one_line, place};
use super::view::{Conflict, Report};

/// `github`.
pub struct GitHub;

/// How many annotations of one level a step shows; what comes after them is dropped without a word, so it is counted here instead.
const SHOWN: usize = 10;

impl Format for GitHub {
    fn name(&self) -> &'static str {
        "github"
    }

    fn about(&self) -> &'static str {
        "annotations of a GitHub workflow run"
    }

    fn render(&self, report: &Report, page: Page<'_>) -> String {
        let index = Index::new(report);
        let (standings, _) = page.standings(report);
        let known = |conflict: &&Conflict| standings.get(conflict.id.as_str()) == Some(&Standing::Unchanged);
        let mut out = String::new();
        let mut left = 0;
        for (severity, command) in [("error", "error"), ("warning", "warning"), ("note", "notice")] {
            let mut all: Vec<&Conflict> = report
                .conflicts
                .iter()
                .filter(|conflict| conflict.severity == severity && conflict.ignored.is_none())
                .filter(|conflict| !known(conflict))
                .collect();
            all.sort_by(|a, b| b.confidence.total_cmp(&a.confidence).then_with(|| a.id.cmp(&b.id)));
            left += all.len().saturating_sub(SHOWN);
            all.iter().take(SHOWN).for_each(|conflict| out.push_str(&annotation(command, conflict, &index)));
        }
        let old = report.conflicts.iter().filter(known).count();
        if left > 0 {
            out.push_str(&format!("::notice title=gainsay::{left} more conflicts are not shown here; the report has them all\n"));
        }
        if old > 0 {
            out.push_str(&format!("::notice title=gainsay::{old} conflicts of the baseline are not shown\n"));
        }
        out
    }
}

fn annotation(command: &str, conflict: &Conflict, index: &Index<'_>) -> String {
    let mut properties = String::new();
    let mut text = conflict.message.clone();
    if let Some(claim) = index.claim(&conflict.claims[0]) {
        let place = place(index, claim);
        properties = format!("file={},line={}", property(&place.file), place.line);
        if let (Some(column), Some((line, _))) = (place.column, place.end) {
            properties.push_str(&format!(",col={column},endLine={line}"));
        }
        properties.push(',');
    }
    for id in &conflict.claims {
        if let Some(claim) = index.claim(id) {
            let line = format!("\n{}, {}: “{}”", index.speaker(claim), index.file_line(claim), one_line(&claim.text));
            text.push_str(&line);
        }
    }
    format!(
        "::{command} {properties}title={}::{}\n",
        property(&format!("{} ({})", conflict.rule, conflict.relation)),
        data(&text)
    )
}

/// A message as a workflow command takes it.
pub fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property as a workflow command takes it.
pub fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
