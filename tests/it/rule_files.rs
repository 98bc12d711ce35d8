//! Commands on rule files: checking and mending them, their tests, the tests of those, and what an edit does.

use crate::program::{gainsay, within};

#[test]
fn the_tests_of_the_shipped_rules_notice_what_is_left_out() {
    let ran = gainsay(&["rules", "test", "--mutate"]);
    assert_eq!(ran.code, 0, "{}", ran.out);
    let last = ran.out.lines().last().expect("a line of counts");
    let words: Vec<&str> = last.split(' ').collect();
    let ["of", all, "mutants", "noticed"] = words[1..] else { panic!("{last}") };
    let (noticed, all): (usize, usize) = (words[0].parse().expect("a number"), all.parse().expect("a number"));
    assert!(all > 200 && noticed * 100 >= all * 95, "add a test for each of these, or drop what earns nothing:\n{}", ran.out);
}

#[test]
fn what_tests_do_not_reach_is_counted_and_named() {
    let ran = gainsay(&["rules", "test", "--coverage", "--timings", "--tag", "talks"]);
    assert_eq!(ran.code, 0, "{}", ran.out);
    assert!(ran.out.contains(" positions reached\n") && ran.out.contains(" patterns reached\n"), "{}", ran.out);
    assert!(ran.err.lines().any(|line| line.contains(" ms  talks-state (")), "{}", ran.err);
    let ran = gainsay(&["rules", "test", "--coverage", "--rule", "talks-state", "--format", "json"]);
    let document: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!(document["coverage"][1]["what"], "patterns");
    assert!(document["cases"].as_array().is_some_and(|cases| !cases.is_empty()));
}

/// A folder with these files.
fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).expect("it can be written");
    }
    folder
}

const BRIDGE: &str = "gainsay: 1 # the language
topics:
  - id: kessel-bridge   # one bridge
    title: Whether the Kessel bridge is open
    positions:
      - { id: open, label: the bridge is open, says: [\"bridge ..3 (open|reopen)\"], denied_as: closed }
      - { id: closed, label: the bridge is closed, says: [\"bridge ..3 (close|block)\"], denied_as: open }
    conflicts: [{ between: [open, closed] }]
";

#[test]
fn what_is_mechanical_is_mended_and_nothing_else_touched() {
    let slips = BRIDGE
        .replace("title:", "titel:")
        .replace("denied_as: closed", "denied_as: closd")
        .replace("gainsay: 1 ", "gainsay: \"1\" ");
    let folder = folder(&[("x.yml", &slips)]);
    let ran = within(folder.path(), &["rules", "check", "--fix", "x.yml"]);
    assert_eq!(ran.code, 0, "{}", ran.out);
    for line in ["mended x.yml:1:10: `\"1\"` is now `1`", "mended x.yml:4:5: `titel` is now `title`", "`closd` is now `closed`"] {
        assert!(ran.out.contains(line), "{}", ran.out);
    }
    let text = || std::fs::read_to_string(folder.path().join("x.yml")).expect("it is there");
    assert_eq!(text(), BRIDGE);
    assert!(!within(folder.path(), &["rules", "check", "--fix", "x.yml"]).out.contains("mended"));
    assert_eq!(text(), BRIDGE);
    assert_eq!(gainsay(&["rules", "check", "--fix"]).code, 2, "the shipped files are not mended");
}

const STORY: [(&str, &str); 2] = [
    ("a.txt", "The Kessel bridge reopened on Sunday, the mayor said. The Kessel bridge is blocked, engineer Ada Moll said.\n"),
    ("b.txt", "The Kessel bridge is open, the mayor said.\n"),
];

#[test]
fn a_corpus_tells_of_rules_that_find_nothing_and_of_idle_entries() {
    let idle = "ignore:
  - { rule: kessel-bridge, publisher: Nobody, reason: looked at }
  - { rule: \"*\", publisher: Nobody, reason: looked at too, until: 2020-01-01 }
";
    let harbour = "  - { id: harbour, title: T, positions: [{ id: p, label: L, says: [\"harbour freeze\"] }] }\n";
    let rules = format!("{BRIDGE}{harbour}{idle}");
    let folder = folder(&[("x.yml", &rules), STORY[0], STORY[1]]);
    let ran = within(folder.path(), &["rules", "check", "x.yml", "--corpus", ".", "--today", "2025-01-01", "--format", "json"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let problems: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
    let codes: Vec<(&str, u64)> = problems
        .as_array()
        .expect("a list")
        .iter()
        .map(|p| (p["code"].as_str().unwrap_or(""), p["line"].as_u64().unwrap_or(0)))
        .collect();
    for wanted in [("W118", 9), ("W111", 11), ("W112", 12)] {
        assert!(codes.contains(&wanted), "{wanted:?} in {codes:?}");
    }
    assert!(!codes.contains(&("W118", 3)), "{codes:?}");
    let ran = within(folder.path(), &["check", "a.txt", "b.txt", "--rules", "x.yml"]);
    assert!(
        ran.err.contains("x.yml: line 11: the ignore entry for `kessel-bridge` matches no conflict: looked at; take it out"),
        "{}",
        ran.err
    );
}

#[test]
fn an_edit_of_rules_is_told_rule_by_rule() {
    let narrower = BRIDGE.replace("bridge ..3 (close|block)", "bridge ..3 shut").replace(", denied_as: closed", "");
    let folder = folder(&[("old.yml", BRIDGE), ("new.yml", &narrower), STORY[0], STORY[1]]);
    let diff = |args: &[&str]| {
        let all = [&["rules", "diff", "--no-default-rules"], args, &["a.txt", "b.txt"]].concat();
        within(folder.path(), &all)
    };
    let ran = diff(&["new.yml", "old.yml"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert!(ran.out.contains(" gained, 0 lost") && ran.out.contains("\nkessel-bridge: "), "{}", ran.out);
    assert!(!ran.out.starts_with("conflicts: 0 gained"), "{}", ran.out);
    assert_eq!(diff(&["old.yml", "new.yml", "--fail-on", "gone"]).code, 1);
    assert_eq!(diff(&["old.yml", "new.yml", "--fail-on", "new"]).code, 0);
    assert_eq!(diff(&["old.yml", "old.yml", "--format", "json"]).out.trim(), "[]");
    assert_eq!(diff(&["no-such-revision", "old.yml"]).code, 2);
}
