//! Rule sets of growing size over one set of articles: loading, and what each further rule costs.

use gainsay::base::Limits;
use gainsay::{conflicts, ingest, pipeline, rules};
use std::fmt::Write as _;
use std::path::Path;
use std::time::Instant;

/// Sizes of the sets.
const SIZES: [usize; 4] = [1, 100, 1_000, 10_000];
/// Rules of one file.
const PER_FILE: usize = 500;

/// Seconds that it takes to load so many made rules and to check articles under them.
pub fn table(data: &Path) {
    let path = data.join("articles_reuters.dev.jsonl");
    if !path.exists() {
        println!("articles_reuters.dev.jsonl is absent");
        return;
    }
    println!("made rules over articles_reuters.dev.jsonl (rules, seconds to load, seconds to check, conflicts)");
    for size in SIZES {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        for first in (0..size).step_by(PER_FILE) {
            let text = file(first..size.min(first + PER_FILE));
            std::fs::write(folder.path().join(format!("r{first:05}.yml")), text).expect("it can be written");
        }
        let options =
            rules::Options { paths: vec![folder.path().to_owned()], no_default_rules: true, ..rules::Options::default() };
        let started = Instant::now();
        let set = rules::load(&options).unwrap_or_else(|errors| panic!("{errors}"));
        let loaded = started.elapsed();
        let kit = ingest::Kit::new(&set.lexicon, Limits::default());
        let corpus = ingest::read(std::slice::from_ref(&path), &kit);
        let started = Instant::now();
        let analysis = pipeline::check(corpus.articles, &set, &Limits::default(), &conflicts::Options::default());
        let checked = started.elapsed();
        let found = analysis.found.conflicts.len();
        println!("  {size:6} {:8.2} {:8.2} {found:6}", loaded.as_secs_f64(), checked.as_secs_f64());
    }
}

/// Verbs of news with their opposites: every eighth rule is about one, so that verbs alone part nothing.
const VERBS: [(&str, &str); 8] = [
    ("open", "close"),
    ("win", "lose"),
    ("build", "demolish"),
    ("approve", "veto"),
    ("launch", "cancel"),
    ("find", "hide"),
    ("sell", "keep"),
    ("hire", "dismiss"),
];

/// A rule file of made topics, each about a name of its own.
fn file(numbers: std::ops::Range<usize>) -> String {
    let mut out = String::from("gainsay: 1\ntopics:\n");
    for number in numbers {
        let (yes, no) = VERBS[number % VERBS.len()];
        let name = name(number);
        let _ = write!(
            out,
            "  - id: matter-{number}
    title: What became of {name}
    positions:
      - {{ id: done, label: {name} did, says: [\"{name} ..3 {yes}\", {{ event: {yes}, object: {name} }}], denied_as: undone }}
      - {{ id: undone, label: {name} did not, says: [\"{name} ..3 {no}\"] }}
    conflicts: [{{ between: [done, undone] }}]
"
        );
    }
    out
}

/// A made name for a number.
fn name(number: usize) -> String {
    const SYLLABLES: [&str; 20] = [
        "ka", "ro", "mi", "ten", "bar", "lu", "ves", "no", "dri", "fa", "gol", "hem", "ist", "jor", "pel", "qua", "sar", "tov",
        "ul", "wen",
    ];
    let parts = [number % 20, number / 20 % 20, number / 400 % 20, number / 8_000 % 20];
    parts.map(|part| SYLLABLES[part]).concat()
}
