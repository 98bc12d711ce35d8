//! Data sets as files of JSON Lines, and runs over them.

use gainsay::base::Limits;
use gainsay::conflicts::Options;
use gainsay::ingest::{self, Kit};
use gainsay::pipeline;
use gainsay::report::{Report, build};
use gainsay::rules::{self, RuleSet};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// The items of a JSON Lines file; `None`, with a word about it, where it is absent.
pub fn items(data: &Path, name: &str) -> Option<Vec<Value>> {
    let Ok(text) = std::fs::read_to_string(data.join(name)) else {
        println!("{name}: absent, left out");
        return None;
    };
    Some(text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect())
}

/// What `SHOW` asks for; empty where it is not set.
pub fn shown() -> String {
    std::env::var("SHOW").unwrap_or_default()
}

/// A part of a whole, 0 to 1.
pub fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

/// The shipped rules.
pub fn rules() -> RuleSet {
    rules::load(&rules::Options::default()).expect("a test loads the shipped rules")
}

/// Runs `check` as the program does by default.
pub fn check(paths: &[PathBuf], rules: &RuleSet) -> Report {
    let limits = Limits::default();
    let corpus = ingest::read(paths, &Kit::new(&rules.lexicon, limits));
    let options = Options { min_confidence: gainsay::MIN_CONFIDENCE, ..Options::default() };
    let analysis = pipeline::check(corpus.articles, rules, &limits, &options);
    build::report(build::Input { analysis: &analysis, rules, notices: &corpus.notices, with_text: false, whole: true })
}

/// A conflict of a report in three lines: what it is, and both claims.
pub fn told(report: &Report, conflict: &gainsay::report::view::Conflict) -> String {
    let head = format!("{:.2} {} {} {}", conflict.confidence, conflict.relation, conflict.kind, conflict.rule);
    let side = |id: &String| {
        let claim = report.claims.iter().find(|claim| claim.id == *id);
        claim.map_or_else(String::new, |claim| format!("\n    {}: {}", claim.article, one_line(&claim.text)))
    };
    head + &conflict.claims.iter().map(side).collect::<String>()
}

/// A text without its line breaks.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
