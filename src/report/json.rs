//! The report as JSON, and its conflicts as JSON Lines.

use super::{Format, Page, Report};

/// `json`: the whole report.
pub struct Json;

/// `jsonl`: one conflict a line.
pub struct JsonLines;

impl Format for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    fn about(&self) -> &'static str {
        "the whole report, to the schema of `gainsay rules schema --report`"
    }

    fn whole(&self) -> bool {
        true
    }

    fn render(&self, report: &Report, _: Page<'_>) -> String {
        pretty(report)
    }
}

impl Format for JsonLines {
    fn name(&self) -> &'static str {
        "jsonl"
    }

    fn about(&self) -> &'static str {
        "one conflict a line"
    }

    fn render(&self, report: &Report, _: Page<'_>) -> String {
        lines(&report.conflicts)
    }
}

/// One JSON object a line.
pub fn lines<T: serde::Serialize>(items: &[T]) -> String {
    let mut out = String::new();
    for item in items {
        out.push_str(&serde_json::to_string(item).expect("a report is plain data"));
        out.push('\n');
    }
    out
}

/// JSON over several lines, with a line break at its end.
pub fn pretty<T: serde::Serialize>(value: &T) -> String {
    let mut out = serde_json::to_string_pretty(value).expect("a report is plain data");
    out.push('\n');
    out
}
