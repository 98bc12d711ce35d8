//! Literate tables under `tests/cases/times`: a sentence, and every time expression that must be read in it, in order, with `;` between.
//!
//! A time is `first day..last day grain`, or one day where both are equal; `none` stands for no expression at all. A heading may say the
//! day of publication in brackets; elsewhere it is Thursday, 17 July 2025.

use crate::literate;
use gainsay::article::Article;
use gainsay::claims::time::{self, Expression};
use gainsay::lexicon::Lexicon;
use gainsay::text;
use std::fmt::Write as _;

fn describe(expression: &Expression) -> String {
    let (time, grain) = (expression.time, format!("{:?}", expression.time.grain).to_lowercase());
    if time.start == time.end { format!("{} {grain}", time.start) } else { format!("{}..{} {grain}", time.start, time.end) }
}

/// The day in brackets at the end of a heading; nothing for `(undated)`.
fn published(heading: &str) -> &str {
    heading.rsplit_once('(').map_or("2025-07-17", |(_, day)| day.trim_end_matches(')'))
}

fn read(sentence: &str, published: &str) -> String {
    let article = Article { text: sentence.to_owned(), ..Article::default() };
    let document = text::annotate(&article, Lexicon::built_in());
    let found = time::find(&document, published.parse().ok(), Lexicon::built_in());
    if found.is_empty() { "none".to_owned() } else { found.iter().map(describe).collect::<Vec<_>>().join("; ") }
}

#[test]
fn times_read_as_their_tables_say() {
    let rows = literate::rows("times", 2);
    let mut failed = String::new();
    for row in &rows {
        let found = read(&row.cells[0], published(&row.heading));
        if (found == row.cells[1]) == row.todo {
            let _ = writeln!(failed, "{}: {} -> {found}", row.place, row.cells.join(" | "));
        }
    }
    assert!(rows.len() >= 60, "only {} rows were found", rows.len());
    assert!(failed.is_empty(), "{} of {} rows:\n{failed}", failed.lines().count(), rows.len());
}
