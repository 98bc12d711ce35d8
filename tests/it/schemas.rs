//! The schemas that the program prints, at work in a validator that is not ours: what is right passes, near-misses do not.

use crate::program::{gainsay, within};
use serde_json::{Value, json};
use std::path::Path;

fn schema(flags: &[&str]) -> jsonschema::Validator {
    let ran = gainsay(&[&["rules", "schema"], flags].concat());
    assert_eq!(ran.code, 0, "{}", ran.err);
    let schema: Value = serde_json::from_str(&ran.out).expect("a schema is JSON");
    jsonschema::validator_for(&schema).expect("it is a schema")
}

#[track_caller]
fn check(validator: &jsonschema::Validator, name: &str, document: &Value) {
    let errors: Vec<String> = validator.iter_errors(document).map(|e| format!("{}: {e}", e.instance_path())).collect();
    assert!(errors.is_empty(), "{name}: {errors:#?}");
}

/// Changes one thing of a document, and expects the validator to object.
#[track_caller]
fn refused(validator: &jsonschema::Validator, document: &Value, pointer: &str, value: Value) {
    let mut broken = document.clone();
    let (parent, key) = pointer.rsplit_once('/').expect("a pointer has a slash");
    match broken.pointer_mut(parent).unwrap_or_else(|| panic!("{parent} is there")) {
        Value::Object(map) => drop(map.insert(key.to_owned(), value)),
        Value::Array(list) => list[key.parse::<usize>().expect("a place")] = value,
        other => panic!("{other} holds nothing"),
    }
    assert!(!validator.is_valid(&broken), "{pointer} is refused");
}

fn yaml(text: &str) -> Value {
    serde_yaml::from_str(text).expect("it is YAML")
}

#[test]
fn every_shipped_rule_file_is_as_the_schema_says() {
    let validator = schema(&[]);
    for (file, _) in gainsay::rules::shipped() {
        check(&validator, &file.path, &yaml(&file.text));
    }
    let sample = yaml(gainsay::rules::schema::SAMPLE);
    check(&validator, "the sample", &sample);
    for (pointer, value) in [
        ("/gainsay", json!(2)),
        ("/topic", json!([])),
        ("/rules/0/severity", json!("eror")),
        ("/rules/0/quantity", json!({})),
        ("/rules/0/where/window", json!("3 days")),
        ("/rules/0/where/certainty", json!("sure")),
        ("/rules/0/position/pairs/0", json!(["open"])),
        ("/rules/0/tests/flag/0/a/says", json!("x")),
        ("/topics/0/id", json!("Kessel")),
        ("/topics/0/positions", json!([])),
        ("/topics/0/positions/0/says/0", json!({ "event": "open", "Objekt": "bridge" })),
        ("/topics/0/conflicts/0/between", json!(["open", "closed", "shut"])),
        ("/entities/0/names", json!([])),
        ("/entities/0/type", json!("country")),
        ("/ignore/0/until", json!("tomorrow")),
        ("/lexicons/hedges/0/lowers_to", json!("sure")),
        ("/lexicons/opposites/0/pair", json!(["open"])),
    ] {
        refused(&validator, &sample, pointer, value);
    }
}

#[test]
fn reports_are_as_their_schema_says() {
    let validator = schema(&["--report"]);
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for story in ["flood-orsa", "takeover-tarnis", "talks-halvern"] {
        let ran = within(root, &["check", "--format", "json", &format!("examples/{story}")]);
        let report: Value = serde_json::from_str(&ran.out).expect("a report is JSON");
        check(&validator, story, &report);
        for (pointer, value) in [
            ("/schema", json!("gainsay.report/2")),
            ("/conflict", json!([])),
            ("/articles/0/words", json!("many")),
            ("/claims/0/span", json!([1])),
            ("/claims/0/sentence", json!(-1)),
            ("/conflicts/0/claims", json!(["x"])),
            ("/conflicts/0/confidence", json!("high")),
            ("/summary/conflicts/total", json!(null)),
        ] {
            refused(&validator, &report, pointer, value);
        }
    }
}

#[test]
fn a_configuration_is_as_its_schema_says_and_as_the_program_reads_it() {
    let validator = schema(&["--toml"]);
    let good = json!({
        "rules": ["rules"], "threads": 1, "quiet": true,
        "check": { "min-confidence": 0.7, "fail-on": "new:error", "kind": ["quantity"], "since": "2025-07-01" },
        "lsp": { "articles": "articles" }
    });
    check(&validator, "gainsay.toml", &good);
    for (pointer, value) in [
        ("/thread", json!(1)),
        ("/threads", json!("two")),
        ("/output", json!("x.json")),
        ("/quiet", json!("yes")),
        ("/check/min-confidence", json!(1.5)),
        ("/check/fail-on", json!("eror")),
        ("/check/since", json!("last week")),
        ("/check/articles", json!("x")),
        ("/lsp/fail-on", json!("error")),
        ("/chek", json!({})),
    ] {
        refused(&validator, &good, pointer, value);
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    let toml = "threads = 1\nquiet = true\n[check]\nmin-confidence = 0.7\nfail-on = \"new:error\"\nkind = [\"quantity\"]\nsince = 2025-07-01\n";
    std::fs::write(folder.path().join("gainsay.toml"), toml).expect("it is written");
    let ran = within(folder.path(), &["rules", "list"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
}

#[test]
fn the_reference_is_made_and_compared() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let run = |args: &[&str]| within(folder.path(), args);
    std::fs::write(
        folder.path().join("bridge.yml"),
        "gainsay: 1\ntopics: [{ id: t, title: The bridge, positions: [{ id: p, label: it is open, says: [bridge open] }] }]\n",
    )
    .expect("it is written");
    let asked = ["rules", "docs", "--no-default-rules", "--rules", "bridge.yml"];
    let printed = run(&asked);
    assert!(
        printed.code == 0 && printed.out.contains("# The bridge\n\nTopic `t`, pack `bridge.yml`, `bridge.yml`."),
        "{}",
        printed.out
    );
    assert_eq!(run(&[&asked[..], &["--check", "pages"]].concat()).code, 1, "there is no page yet");
    assert_eq!(run(&[&asked[..], &["--output", "pages"]].concat()).code, 0);
    let ran = run(&[&asked[..], &["--check", "pages"]].concat());
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    std::fs::write(folder.path().join("pages/kinds.md"), "# Kinds\n").expect("it is written");
    std::fs::copy(folder.path().join("pages/topics/t.md"), folder.path().join("pages/topics/u.md")).expect("it is copied");
    let ran = run(&[&asked[..], &["--check", "pages"]].concat());
    let told = "kinds.md: is not as the rule files have it\ntopics/u.md: nothing makes this page any more\n";
    assert_eq!((ran.code, ran.err.as_str()), (1, told));
}
