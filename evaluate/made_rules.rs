//! Rules made in any number, each with two tests, for measuring what many rules cost.

use std::fmt::Write as _;
use std::path::Path;

/// Verbs of news with their opposites: every eighth rule is about one, so that verbs alone part nothing.
const VERBS: [(&str, &str); 8] = [
    ("raise", "lower"),
    ("win", "lose"),
    ("build", "demolish"),
    ("approve", "veto"),
    ("launch", "cancel"),
    ("find", "hide"),
    ("sell", "keep"),
    ("hire", "dismiss"),
];

/// Rules of one file.
const PER_FILE: usize = 500;

/// Writes so many rules into a folder.
pub fn write(folder: &Path, rules: usize) {
    for first in (0..rules).step_by(PER_FILE) {
        let text = file(first..rules.min(first + PER_FILE));
        std::fs::write(folder.join(format!("r{first:05}.yml")), text).expect("it can be written");
    }
}

/// A rule file of made topics, each about a name of its own, with two tests each.
fn file(numbers: std::ops::Range<usize>) -> String {
    let mut out = String::from("gainsay: 1\ntopics:\n");
    for number in numbers {
        let (yes, no) = VERBS[number % VERBS.len()];
        let name = name(number);
        let title = name[..1].to_uppercase() + &name[1..];
        let _ = write!(
            out,
            "  - id: matter-{number}
    title: What became of {name}
    positions:
      - {{ id: done, label: {name} did, says: [\"{name} ..3 {yes}\", {{ event: {yes}, object: {name} }}], denied_as: undone }}
      - {{ id: undone, label: {name} did not, says: [\"{name} ..3 {no}\"] }}
    conflicts: [{{ between: [done, undone] }}]
    tests:
      flag: [{{ a: \"The council did {yes} {title}.\", b: \"The council did not {yes} {title}.\" }}]
      quiet: [{{ a: \"The council did {yes} {title}.\", b: \"The council did not reach {title}.\", because: no-match }}]
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
