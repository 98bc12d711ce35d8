//! The report as JSON, and its conflicts as JSON Lines.

use super::build::Streamed;
use super::{Format, Page, Report, Stream};
use rayon::prelude::*;
use std::io::{self, Write};

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

    fn stream(&self) -> Option<Stream> {
        Some(stream)
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

/// Articles whose claims are held together while they are written.
const TOGETHER: usize = 256;

/// Writes what [`Json`] renders of the whole report, claims by claims.
fn stream(streamed: &Streamed<'_>, out: &mut dyn Write) -> io::Result<()> {
    let frame = pretty(&streamed.report);
    // Only a field of the report itself stands two columns in.
    let Some((head, tail)) = frame.split_once("\n  \"claims\": []") else { return out.write_all(frame.as_bytes()) };
    write!(out, "{head}\n  \"claims\": [")?;
    let articles = streamed.report.articles.len();
    let texts = |first: usize| -> Vec<String> {
        let range = first..articles.min(first + TOGETHER);
        range.into_par_iter().map(|at| listed(&streamed.claims(at))).collect()
    };
    let mut any = false;
    let mut ready = texts(0);
    for next in (TOGETHER..articles + TOGETHER).step_by(TOGETHER) {
        let mut made = Vec::new();
        // Those that come next are made on the other cores while these are written.
        rayon::in_place_scope(|scope| {
            scope.spawn(|_| made = texts(next.min(articles)));
            write_listed(&ready, &mut any, out)
        })?;
        ready = made;
    }
    write!(out, "{}]{tail}", if any { "\n  " } else { "" })
}

/// Writes lists one after the other as one list; `any` tells whether something stands before.
fn write_listed(texts: &[String], any: &mut bool, out: &mut dyn Write) -> io::Result<()> {
    for text in texts.iter().filter(|text| !text.is_empty()) {
        out.write_all(if *any { b"," } else { b"" })?;
        out.write_all(text.as_bytes())?;
        *any = true;
    }
    Ok(())
}

/// Items as they stand in a list that is a field of the outermost object.
fn listed<T: serde::Serialize>(items: &[T]) -> String {
    #[derive(serde::Serialize)]
    struct Outermost<'a, T> {
        l: &'a [T],
    }
    let text = serde_json::to_string_pretty(&Outermost { l: items }).expect("a report is plain data");
    let inner = text.strip_prefix("{\n  \"l\": [").and_then(|text| text.strip_suffix("]\n}"));
    inner.map_or("", str::trim_end).to_owned()
}

/// JSON over several lines, with a line break at its end.
pub fn pretty<T: serde::Serialize>(value: &T) -> String {
    let mut out = serde_json::to_string_pretty(value).expect("a report is plain data");
    out.push('\n');
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Limits;
    use crate::report::{Style, build};
    use crate::{conflicts, ingest, pipeline, rules};

    fn check(texts: &[&str], claims: bool) {
        let rules = rules::load(&rules::Options::default()).expect("the shipped rules load");
        let kit = ingest::Kit::new(&rules.lexicon, Limits::default());
        let articles = (0..).zip(texts).map(|(at, text)| ingest::text(&format!("{at}.txt"), text, &kit)).collect();
        let analysis = pipeline::check(articles, &rules, &Limits::default(), &conflicts::Options::default());
        let input = build::Input { analysis: &analysis, rules: &rules, notices: &[], with_text: true, whole: true };
        let mut written = Vec::new();
        stream(&build::streamed(input), &mut written).expect("a list of bytes takes everything");
        let rendered = Json.render(&build::report(input), Page { style: Style::default(), baseline: None });
        assert!(rendered.contains("\"claims\": [\n    {") == claims);
        assert_eq!(String::from_utf8(written).as_ref(), Ok(&rendered));
    }

    #[test]
    fn what_is_streamed_is_what_is_rendered() {
        let one = "The ferry to Lunna sank on Monday, the harbour master said. The ferry to Lunna sank on Monday, the harbour master said.";
        let two = "The ferry to Lunna did not sink, Ida Brandt said. \"claims\": []";
        check(&[one, "", two], true);
        check(&[""], false);
    }
}
