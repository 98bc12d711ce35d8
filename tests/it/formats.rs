//! Reports for other tools, held against the schemas of those tools (tests/data) and read back by parsers that are not ours.

use crate::program::{Ran, within};
use std::path::{Path, PathBuf};

/// The repository's root: reports name files as they were given, so that paths are the same wherever it is cloned.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn check(format: &str, more: &[&str]) -> Ran {
    let mut args = vec!["check", "examples/talks-halvern", "--format", format];
    args.extend(more);
    let ran = within(root(), &args);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{format}");
    assert!(ran.out.ends_with('\n') && !ran.out.contains(env!("CARGO_MANIFEST_DIR")), "{format}");
    ran
}

fn data(name: &str) -> PathBuf {
    root().join("tests/data").join(name)
}

/// Takes out patterns that are no regular expressions: the published schema has two with a bracket too many.
fn without_broken_patterns(schema: &mut serde_json::Value) {
    match schema {
        serde_json::Value::Object(map) => {
            if map.get("pattern").and_then(serde_json::Value::as_str).is_some_and(|pattern| pattern.ends_with("}]?$")) {
                map.remove("pattern");
            }
            map.values_mut().for_each(without_broken_patterns);
        }
        serde_json::Value::Array(list) => list.iter_mut().for_each(without_broken_patterns),
        _ => {}
    }
}

fn sarif(report: &str) -> serde_json::Value {
    let text = std::fs::read_to_string(data("sarif-schema-2.1.0.json")).expect("the schema");
    let mut schema: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    without_broken_patterns(&mut schema);
    let log: serde_json::Value = serde_json::from_str(report).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let errors: Vec<String> = validator.iter_errors(&log).map(|e| format!("{}: {e}", e.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    log
}

fn json(format: &str) -> serde_json::Value {
    serde_json::from_str(&check(format, &[]).out).expect("JSON")
}

#[test]
fn sarif_is_valid_and_has_every_conflict_with_both_sides() {
    let log = sarif(&check("sarif", &[]).out);
    let results = log["runs"][0]["results"].as_array().expect("results");
    let report = json("json");
    assert_eq!(results.len(), report["conflicts"].as_array().expect("conflicts").len());
    for result in results {
        let rule = result["ruleIndex"].as_u64().expect("a rule") as usize;
        assert_eq!(log["runs"][0]["tool"]["driver"]["rules"][rule]["id"], result["ruleId"]);
        assert_eq!(result["relatedLocations"].as_array().map(Vec::len), Some(1));
        let file = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str().expect("a file");
        assert!(root().join(file).is_file(), "{file}");
        assert!(result.get("baselineState").is_none());
    }
}

#[test]
fn sarif_places_are_those_of_the_file() {
    let log = sarif(&check("sarif", &[]).out);
    let mut looked_at = 0;
    for result in log["runs"][0]["results"].as_array().expect("results") {
        let place = &result["locations"][0]["physicalLocation"];
        let Some(column) = place["region"]["startColumn"].as_u64() else { continue };
        let text =
            std::fs::read_to_string(root().join(place["artifactLocation"]["uri"].as_str().expect("a file"))).expect("text");
        let line = text.lines().nth(place["region"]["startLine"].as_u64().expect("a line") as usize - 1).expect("the line");
        let rest: String = line.chars().skip(column as usize - 1).collect();
        let snippet = place["region"]["snippet"]["text"].as_str().expect("a snippet");
        let first = snippet.lines().next().expect("words");
        if place["artifactLocation"]["uri"].as_str().is_some_and(|uri| uri.ends_with(".txt")) {
            assert!(rest.starts_with(first), "{rest}\n{first}");
            looked_at += 1;
        }
    }
    assert!(looked_at > 3, "{looked_at} places were looked at");
}

#[test]
fn a_baseline_tells_new_from_old_and_from_gone() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("old.json");
    let mut old = json("json");
    let list = old["conflicts"].as_array_mut().expect("conflicts");
    // The first is unknown to the baseline, the second was milder, and one that no longer exists stands at the end.
    let mut gone = list[0].clone();
    gone["id"] = "0000000000000".into();
    gone["group"] = "0000000000000".into();
    list.push(gone);
    list.remove(0);
    list[0]["severity"] = "note".into();
    std::fs::write(&path, old.to_string()).expect("written");
    let log = sarif(&check("sarif", &["--baseline", path.to_str().expect("UTF-8")]).out);
    let states: Vec<&str> = log["runs"][0]["results"]
        .as_array()
        .expect("results")
        .iter()
        .map(|result| result["baselineState"].as_str().expect("every result has a state"))
        .collect();
    let count = |state: &str| states.iter().filter(|s| **s == state).count();
    assert_eq!((count("new"), count("updated"), count("absent")), (1, 1, 1), "{states:?}");
    assert_eq!(count("unchanged"), states.len() - 3);
}

#[test]
fn annotations_are_few_and_count_the_rest() {
    let out = check("github", &[]).out;
    let lines: Vec<&str> = out.lines().collect();
    for level in ["::error ", "::warning "] {
        assert!(lines.iter().filter(|line| line.starts_with(level)).count() <= 10, "{out}");
    }
    let shown = lines.iter().filter(|line| line.contains("file=")).count();
    let all = json("json")["conflicts"].as_array().expect("conflicts").len();
    let rest = all - shown;
    assert!(rest == 0 || out.contains(&format!("::{rest} more conflicts")), "{out}");
    assert!(lines.iter().all(|line| line.starts_with("::")), "a message broke its line: {out}");
}

#[test]
fn code_quality_has_fingerprints_places_and_known_severities() {
    let list = json("gitlab");
    for entry in list.as_array().expect("a list") {
        assert!(["info", "minor", "major", "critical", "blocker"].contains(&entry["severity"].as_str().expect("a severity")));
        assert_eq!(entry["fingerprint"].as_str().map(str::len), Some(13));
        assert!(root().join(entry["location"]["path"].as_str().expect("a path")).is_file());
        assert!(entry["location"]["lines"]["begin"].as_u64() > Some(0));
    }
}

/// Events of an XML document: it is well-formed, and how often each element opens.
fn elements(xml: &str) -> std::collections::BTreeMap<String, usize> {
    let mut reader = quick_xml::Reader::from_str(xml);
    let mut count = std::collections::BTreeMap::new();
    loop {
        match reader.read_event().expect("well-formed") {
            quick_xml::events::Event::Start(tag) | quick_xml::events::Event::Empty(tag) => {
                *count.entry(tag.name().as_ref().to_owned()).or_default() += 1;
            }
            quick_xml::events::Event::Eof => return count,
            _ => {}
        }
    }
}

#[test]
fn junit_has_a_failure_a_conflict() {
    let out = check("junit", &[]).out;
    let count = elements(&out);
    assert_eq!(count["failure"], json("json")["conflicts"].as_array().expect("conflicts").len());
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("junit.xml");
    std::fs::write(&path, &out).expect("written");
    let linted =
        std::process::Command::new("xmllint").args(["--noout", "--schema"]).arg(data("junit-10.xsd")).arg(&path).output();
    match linted {
        Ok(ran) => assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr)),
        Err(_) => eprintln!("skipped: xmllint is not installed, so the JUnit report was not held against its schema"),
    }
}

#[test]
fn graphml_is_well_formed_and_its_edges_end_at_nodes() {
    let out = check("graphml", &[]).out;
    let count = elements(&out);
    assert!(count["node"] > 100 && count["edge"] > 100, "{count:?}");
    let value = |line: &str, key: &str| {
        line.split(&format!("{key}=\"")).nth(1).and_then(|rest| rest.split('"').next()).map(str::to_owned)
    };
    let nodes: std::collections::BTreeSet<String> =
        out.lines().filter(|line| line.contains("<node ")).filter_map(|line| value(line, "id")).collect();
    for line in out.lines().filter(|line| line.contains("<edge ")) {
        for end in ["source", "target"] {
            assert!(value(line, end).is_some_and(|id| nodes.contains(&id)), "{line}");
        }
    }
}

#[test]
fn drawings_have_a_node_a_claim_and_an_edge_a_conflict() {
    let all = json("json")["conflicts"].as_array().expect("conflicts").len();
    let dot = check("dot", &[]).out;
    assert_eq!(dot.lines().filter(|line| line.contains(" -- ")).count(), all);
    if let Ok(mut child) = std::process::Command::new("dot")
        .arg("-Tsvg")
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::null())
        .spawn()
    {
        std::io::Write::write_all(&mut child.stdin.take().expect("a pipe"), dot.as_bytes()).expect("written");
        assert!(child.wait().expect("it ran").success());
    } else {
        eprintln!("skipped: Graphviz is not installed, so the drawing was not laid out");
    }
    let mermaid = check("mermaid", &[]).out;
    assert!(mermaid.starts_with("flowchart LR\n"));
    assert_eq!(mermaid.lines().filter(|line| line.contains("|\"")).count(), all);
}

#[test]
fn a_page_loads_nothing_and_shows_every_point() {
    let page = check("html", &[]).out;
    for bad in ["<script", " src=", "url(", "@import", "<link"] {
        assert!(!page.contains(bad), "{bad}");
    }
    let points = page.matches("<article id=").count();
    let human = check("human", &[]).out;
    let shown =
        human.lines().filter(|line| line.trim_start().split('.').next().is_some_and(|n| n.parse::<u32>().is_ok())).count();
    assert!(points > 0 && points <= shown, "{points} of {shown}");
    assert!(page.contains("<mark>"));
}
