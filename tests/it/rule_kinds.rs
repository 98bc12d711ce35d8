//! Every kind of rule with patterns of its own, on rule files made for it: what is found, and which gate stops each near-miss.

use gainsay::base::Limits;
use gainsay::rules::{self, Options};
use gainsay::trial;
use std::path::PathBuf;

/// The rule files under `tests/rules/kinds`, in order of their names.
fn files() -> Vec<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/rules/kinds");
    let entries = std::fs::read_dir(folder).expect("the folder is there");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("it can be read").path()).collect();
    files.sort();
    files
}

#[test]
fn every_kind_finds_what_its_file_says_and_nothing_else() {
    let mut failures = Vec::new();
    for path in files() {
        let options = Options { paths: vec![path], no_default_rules: true, ..Options::default() };
        let set = rules::load(&options).unwrap_or_else(|errors| panic!("{errors}"));
        for outcome in trial::run(&set, |_| true).into_iter().filter(|outcome| outcome.verdict.fails()) {
            let rule = &set.rules[outcome.rule];
            failures.push(format!("{} {} {}: {}", rule.id, outcome.list, outcome.number, outcome.happened));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn the_files_draw_no_warnings() {
    let checked = rules::inspect(&files(), &Limits::default());
    let shown = rules::render(&checked.problems, &checked.sources);
    assert!(checked.problems.is_empty(), "{shown}");
}

#[test]
fn every_kind_with_patterns_has_a_file() {
    let names: Vec<String> = files().iter().filter_map(|path| Some(path.file_stem()?.to_string_lossy().into_owned())).collect();
    assert_eq!(names, ["antonym", "order", "place", "quantity", "role", "time"]);
}
