//! Unrelated news: every conflict reported there has to be real, since nobody wrote about one thing on purpose.
//!
//! `SHOW=news` prints the conflicts for reading.

use crate::data::{check, rules, shown, told};
use std::path::{Path, PathBuf};

/// Prints the count.
pub fn table(data: &Path) {
    let names = ["articles_bbc.dev.jsonl", "articles_reuters.dev.jsonl"];
    let paths: Vec<PathBuf> = names.iter().map(|name| data.join(name)).filter(|path| path.exists()).collect();
    if paths.len() < names.len() {
        println!("articles of unrelated news: absent, left out");
        return;
    }
    let report = check(&paths, &rules());
    if shown() == "news" {
        report.conflicts.iter().for_each(|conflict| println!("{}", told(&report, conflict)));
    }
    let kinds: Vec<String> = report.summary.conflicts.by_kind.iter().map(|(kind, count)| format!("{kind} {count}")).collect();
    println!("unrelated news: {} articles, {} claims", report.summary.articles, report.summary.claims);
    println!("  conflicts {} ({}); wanted: 9 in 10 real, as read", report.conflicts.len(), kinds.join(", "));
}
