//! What `why`, `try` and `explain` say of sentences that nearly meet a rule: the gate, the nearest pattern with the word at which it
//! stopped, and the word that turns or weakens what is said.

use crate::program::within;
use std::path::Path;

const RULES: &str = r#"gainsay: 1
topics:
  - id: quarry
    title: What became of the quarry
    about: { within: article, any: ["(storm|council|pit)"] }
    positions:
      - id: flooded
        label: the quarry is flooded
        says:
          - { event: flood, object: "(quarry|pit)" }
          - "(quarry|pit) ..2 full of water"
        denied_as: dry
      - id: dry
        label: the quarry is dry
        says: [{ event: drain, object: "(quarry|pit)" }]
        unless: ["half"]
    conflicts: [{ between: [flooded, dry] }]
rules:
  - id: quarry-state
    title: Whether the quarry is flooded
    message: "{a.source}: {a.position}. {b.source}: {b.position}."
    severity: warning
    position: { topic: quarry }
"#;

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(folder.path().join("quarry.yml"), RULES).expect("written");
    folder
}

/// The output without line breaks and runs of blanks.
fn told(folder: &Path, args: &[&str]) -> String {
    let ran = within(folder, args);
    assert_eq!(ran.code, 0, "{args:?}\n{}{}", ran.out, ran.err);
    ran.out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What the rule makes of one sentence: all of `wanted` and none of `unwanted` is told.
fn check(sentence: &str, wanted: &[&str], unwanted: &[&str]) {
    let folder = folder();
    let out = told(folder.path(), &["why", "--rules", "quarry.yml", "--rule", "quarry-state", sentence]);
    wanted.iter().for_each(|part| assert!(out.contains(part), "{sentence}: `{part}` is not in\n{out}"));
    unwanted.iter().for_each(|part| assert!(!out.contains(part), "{sentence}: `{part}` is in\n{out}"));
}

#[test]
fn the_nearest_pattern_is_named_with_the_word_at_which_it_stopped() {
    check(
        "The old pit was full of rubble.",
        &[
            "words nearest flooded: `(quarry|pit) ..2 full of water`, which met “pit full of”; then `water` was wanted and it met “rubble”",
            "dry: `{ event: drain, object: (quarry|pit) }`, which met its `object` “The old pit”",
            "stopped the gate `no-match` stops it, no pattern of the topic matches",
        ],
        &["negates it"],
    );
    check(
        "The storm flooded the stone yard.",
        &[
            "nearest flooded: `{ event: flood, object: (quarry|pit) }`, which met “flooded”; its `object` did not match: it says “the stone yard”",
            "no pattern of one other position met a word",
        ],
        &[],
    );
    check(
        "The council painted the quarry.",
        &["which met its `object` “the quarry”; its `event` did not match: it says “painted”"],
        &["flooded”"],
    );
    check("The choir sang.", &["words no pattern of it met a word", "the gate `no-match`"], &["nearest"]);
}

#[test]
fn the_word_that_turns_or_weakens_is_named() {
    check(
        "The storm never flooded the quarry.",
        &["flooded: pattern", "“never” negates it: CT-", "the publisher holds `dry` (CT-)"],
        &["stopped"],
    );
    check("The storm flooded the quarry.", &["the publisher holds `flooded` (CT+)"], &["negates", "less certain", "stopped"]);
    check("The storm may have flooded the quarry.", &["“may” makes it less certain: PS+", "holds `flooded` (PS+)"], &["stopped"]);
    check("The storm will flood the quarry.", &["stopped the gate `modality` stops it, it is a plan"], &["no-match"]);
    check("The council did not paint the quarry.", &["the gate `no-match`", "“not” negates it: CT-"], &[]);
}

#[test]
fn each_gate_that_stops_one_side_is_named() {
    check("The council drained half the quarry.", &["stopped the gate `unless` stops it"], &["nearest"]);
    check("The firm drained the quarry.", &["stopped the gate `about` stops it"], &["nearest"]);
    check("The council drained the quarry.", &["the publisher holds `dry`"], &["stopped"]);
    check("Rain!", &["the gate `not-a-claim` stops it"], &["words"]);
    check("The heavy rain", &["the gate `not-a-claim` stops it, no claim was found in it"], &["words"]);
}

#[test]
fn two_sentences_are_set_against_each_other_under_one_rule() {
    let folder = folder();
    let why = |a: &str, b: &str| told(folder.path(), &["why", "--rules", "quarry.yml", "--rule", "quarry", a, b]);
    let out = why("The storm flooded the quarry.", "The council drained the quarry.");
    assert!(out.starts_with("quarry-state (position): Whether the quarry is flooded a: The storm"), "{out}");
    assert!(out.contains("They conflict by quarry-state (position).") && !out.contains("event-refuted"), "{out}");
    let out = why("The storm flooded the quarry.", "The council fenced the quarry.");
    assert!(out.contains("b: The council fenced the quarry b:1 words nearest flooded:"), "{out}");
    assert!(out.contains("No conflict: the gate `no-match` stops them"), "{out}");
    let wrong = within(folder.path(), &["why", "--rules", "quarry.yml", "--rule", "quary-state", "The quarry is dry."]);
    assert_eq!(wrong.code, 2);
    assert!(wrong.err.contains("no rule or topic has the id `quary-state`; did you mean `quarry-state`?"), "{}", wrong.err);
    assert_eq!(within(folder.path(), &["why", "The quarry is dry."]).code, 2, "one sentence needs a rule");
}

#[test]
fn without_a_rule_the_words_of_both_sides_are_told_too() {
    let folder = folder();
    let why = |a: &str, b: &str| told(folder.path(), &["why", "--rules", "quarry.yml", "--no-default-rules", a, b]);
    let out = why("The storm flooded the quarry.", "The old pit was full of rubble.");
    assert!(out.contains("The rule that came furthest is quarry-state (position). a flooded: pattern"), "{out}");
    assert!(out.contains("b no pattern matches (gate no-match); nearest: `(quarry|pit) ..2 full of water` of flooded,"), "{out}");
    let out = told(folder.path(), &["why", "The storm reached the harbour.", "The storm may not have reached the harbour."]);
    assert!(out.contains("b “may” makes it less certain: PS+ “not” negates it: PS-"), "{out}");
}

#[test]
fn try_names_the_nearest_position_and_what_keeps_a_claim_from_one() {
    let folder = folder();
    let read = |text: &str| told(folder.path(), &["try", "--rules", "quarry.yml", text]);
    let out = read("The old pit was full of rubble.");
    assert!(out.contains("nearest quarry / flooded by `(quarry|pit) ..2 full of water`, which met “pit full of”;"), "{out}");
    let out = read("The council drained half the quarry.");
    assert!(out.contains("stopped quarry / dry matches, but the gate `unless`: an `unless` matches too"), "{out}");
    assert!(!out.contains("nearest"), "{out}");
    let out = read("The storm flooded the quarry.");
    assert!(out.contains("position the publisher takes flooded") && !out.contains("nearest"), "{out}");
    assert!(!read("The choir sang.").contains("nearest"), "no word of any topic is met");
}

#[test]
fn explain_names_the_negator_and_the_hedge() {
    let folder = folder();
    let article = |publisher: &str, text: &str| format!("---\npublisher: {publisher}\ndate: 2024-02-01\n---\n\n{text}\n");
    let write = |name: &str, text: String| std::fs::write(folder.path().join(name), text).expect("written");
    write("one.md", article("Corvin Gazette", "The storm flooded the quarry at Corvin on Thursday."));
    write("two.md", article("Daily Tern", "The storm may not have flooded the quarry at Corvin on Thursday."));
    let report = told(folder.path(), &["check", "one.md", "two.md", "--rules", "quarry.yml", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&report).expect("a report");
    let id = report["conflicts"][0]["id"].as_str().expect("a conflict");
    std::fs::write(folder.path().join("r.json"), report.to_string()).expect("written");
    let out = told(folder.path(), &["explain", "r.json", id]);
    assert!(out.contains("turned by “may” makes it possible turned by “not” negates it"), "{out}");
    assert_eq!(out.matches("turned by").count(), 2, "{out}");
}
