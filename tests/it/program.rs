//! The program as its users meet it: exit codes, streams, formats, bad input, determinism.

use crate::stories::folder;
use std::path::Path;
use std::process::{Command, Output};

pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

/// Runs the program in an empty folder.
pub fn gainsay(args: &[&str]) -> Ran {
    let empty = tempfile::tempdir().expect("a temporary folder");
    within(empty.path(), args)
}

pub fn within(folder: &Path, args: &[&str]) -> Ran {
    let Output { status, stdout, stderr } =
        Command::new(env!("CARGO_BIN_EXE_gainsay")).args(args).current_dir(folder).output().expect("the program runs");
    Ran {
        code: status.code().unwrap_or(-1),
        out: String::from_utf8(stdout).expect("output is UTF-8"),
        err: String::from_utf8(stderr).expect("errors are UTF-8"),
    }
}

fn story() -> String {
    folder("talks-halvern").to_string_lossy().into_owned()
}

#[test]
fn the_same_bytes_whatever_the_threads_and_the_order() {
    let (one, two) = (folder("talks-halvern"), folder("flood-orsa"));
    let (one, two) = (one.to_str().expect("UTF-8"), two.to_str().expect("UTF-8"));
    let first = gainsay(&["check", "--format", "json", "--threads", "1", one, two]);
    let again = gainsay(&["check", "--format", "json", "--threads", "4", two, one]);
    assert_eq!(first.code, 0, "{}", first.err);
    assert!(first.out == again.out, "the reports differ");
    assert!(!first.out.contains(env!("CARGO_MANIFEST_DIR")), "an absolute path is in the report");
}

#[test]
fn every_format_of_check_and_no_other() {
    for format in ["human", "md", "json", "jsonl", "html", "sarif", "github", "gitlab", "junit", "dot", "mermaid", "graphml"] {
        let ran = gainsay(&["check", "--format", format, &story()]);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{format}");
        assert!(ran.out.ends_with('\n'), "{format}");
    }
    let ran = gainsay(&["check", "--format", "pdf", &story()]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("human, md, json, jsonl, html, sarif, github"), "{}", ran.err);
    assert_eq!(gainsay(&["review", "x"]).code, 2);
}

#[test]
fn fail_on_decides_between_zero_and_one() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let report = folder.path().join("old.json");
    let report = report.to_str().expect("UTF-8");
    assert_eq!(gainsay(&["check", &story(), "--format", "json", "--output", report]).code, 0);
    assert_eq!(gainsay(&["check", &story(), "--fail-on", "note", "--quiet"]).code, 1);
    assert_eq!(gainsay(&["check", &story(), "--fail-on", "new"]).code, 2, "new needs a baseline");
    assert_eq!(gainsay(&["check", &story(), "--fail-on", "new", "--baseline", report]).code, 0);
    assert_eq!(gainsay(&["check", &story(), "--fail-on", "sometimes"]).code, 2);
}

#[test]
fn bad_input_is_named_and_the_rest_is_read() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let write = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).expect("a file is written");
    write("good.txt", b"The bridge at Orsa was reopened on Sunday, the mayor said.\n");
    write("empty.txt", b"");
    write("binary.txt", b"PK\x03\x04\0\0");
    write("latin.txt", b"The caf\xe9 at Orsa is open again, the owner said on Monday.\n");
    write("lines.jsonl", b"{\"text\":\"The port is closed.\"}\n{oops\n");
    let ran = within(folder.path(), &["check", "."]);
    assert_eq!(ran.code, 2);
    for word in ["empty.txt: is empty", "binary.txt: is not text", "latin.txt: line 1: byte 7", "lines.jsonl: line 2, column 2"] {
        assert!(ran.err.contains(word), "{word} is not in {}", ran.err);
    }
    assert!(ran.out.starts_with("3 articles"), "{}", ran.out);
    assert_eq!(within(folder.path(), &["check", ".", "--keep-going", "--quiet"]).code, 0);
    assert_eq!(within(folder.path(), &["check", "good.txt"]).code, 0);
    assert_eq!(within(folder.path(), &["check", "empty.txt"]).code, 2);
    let none = within(folder.path(), &["check", "nowhere"]);
    assert_eq!(none.code, 2);
    assert!(none.err.contains("nowhere: cannot be read: no such file"), "{}", none.err);
}

#[test]
fn an_empty_file_in_a_folder_does_not_stop_the_work() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(folder.path().join("a.txt"), "The bridge is open.").expect("a file is written");
    std::fs::write(folder.path().join("b.txt"), "").expect("a file is written");
    let ran = within(folder.path(), &["check", "."]);
    assert_eq!(ran.code, 0);
    assert!(ran.err.contains("b.txt: is empty"), "{}", ran.err);
    std::fs::remove_file(folder.path().join("a.txt")).expect("the file is there");
    assert_eq!(within(folder.path(), &["check", "."]).code, 2, "no article at all");
}

#[test]
fn flags_come_from_a_file_and_typed_ones_win() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(folder.path().join("gainsay.toml"), "[check]\nformat = \"jsonl\"\nmin-confidence = 1.0\n")
        .expect("a file is written");
    let ran = within(folder.path(), &["check", &story()]);
    assert_eq!((ran.code, ran.out.as_str()), (0, ""));
    let ran = within(folder.path(), &["check", &story(), "--min-confidence", "0.5"]);
    assert!(ran.out.starts_with("{\"id\":"), "{}", ran.out);
    std::fs::write(folder.path().join("gainsay.toml"), "formt = \"md\"\n").expect("a file is written");
    let ran = within(folder.path(), &["check", &story()]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("gainsay.toml:1: unknown key `formt`; did you mean `format`?"), "{}", ran.err);
}

#[test]
fn a_snapshot_is_stored_checked_and_told_apart() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let place = folder.path().join("story");
    std::fs::create_dir(&place).expect("a folder is made");
    let write = |text: &str| std::fs::write(place.join("a.txt"), text).expect("a file is written");
    write("The mayor said the bridge was open.\n");
    let ran = within(folder.path(), &["snapshot", "check", "story"]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(folder.path().join("snapshots/story.snap.new").exists());
    assert_eq!(within(folder.path(), &["snapshot", "accept", "story"]).code, 0);
    assert!(!folder.path().join("snapshots/story.snap.new").exists());
    let stored = std::fs::read_to_string(folder.path().join("snapshots/story.snap")).expect("the snapshot is stored");
    assert!(stored.starts_with("---\nsource: gainsay\n"), "{stored}");
    assert_eq!(within(folder.path(), &["snapshot", "check", "story"]).code, 0);
    std::fs::write(place.join("b.txt"), "The ferry is not running.\n").expect("a file is written");
    let ran = within(folder.path(), &["snapshot", "check", "story"]);
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("+ 2 articles"), "{}", ran.out);
}

#[test]
fn a_report_against_itself_shows_no_difference_and_every_conflict_is_explained() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let ran = within(folder.path(), &["check", &story(), "--format", "json", "--output", "r.json"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, ""));
    let ran = within(folder.path(), &["diff", "r.json", "r.json"]);
    assert_eq!(ran.out, "conflicts: 0 new, 0 gone, 0 changed; claims: 0 new, 0 gone, 0 changed\n");
    let text = std::fs::read_to_string(folder.path().join("r.json")).expect("the report was written");
    let report: gainsay::Report = serde_json::from_str(&text).expect("the report is read back");
    for conflict in report.conflicts.iter().take(3) {
        let ran = within(folder.path(), &["explain", "r.json", &conflict.id]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert!(ran.out.contains("Why they are set against each other"), "{}", ran.out);
    }
    assert_eq!(within(folder.path(), &["explain", "r.json", "zzzz"]).code, 2);
    assert_eq!(within(folder.path(), &["diff", "r.json", "none.json"]).code, 2);
}

#[test]
fn standard_input_is_read_as_what_it_looks_like() {
    use std::io::Write;
    let mut child = Command::new(env!("CARGO_BIN_EXE_gainsay"))
        .args(["claims", "--format", "jsonl", "-"])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .expect("the program runs");
    let text =
        "{\"id\":\"n1\",\"text\":\"The mayor said the bridge was open.\"}\n{\"text\":\"The ferry is not running today.\"}\n";
    child.stdin.take().expect("a pipe").write_all(text.as_bytes()).expect("the pipe takes it");
    let out = child.wait_with_output().expect("the program ends");
    let articles: std::collections::BTreeSet<String> = String::from_utf8_lossy(&out.stdout)
        .lines()
        .map(|line| {
            serde_json::from_str::<serde_json::Value>(line).expect("a JSON line")["article"].as_str().expect("an id").to_owned()
        })
        .collect();
    assert_eq!(articles.into_iter().collect::<Vec<_>>(), ["n1", "stdin#2"]);
}

#[test]
fn completions_and_manual_are_made() {
    assert!(gainsay(&["completions", "bash"]).out.contains("gainsay"));
    assert!(gainsay(&["man"]).out.contains(".TH gainsay"));
    assert_eq!(gainsay(&["--help"]).code, 0);
    assert_eq!(gainsay(&[]).code, 2);
}

#[test]
fn claims_summed_up_in_a_phrase_are_answered_in_their_paragraph() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let text = |denied: &str| {
        format!(
            "Karsovia's Defence Ministry said on Monday that its troops had captured Drovna. Halvern's General Staff denied {denied}.\n"
        )
    };
    for (denied, found) in [("Karsovia's claims of territorial gains", true), ("Karsovia's claim that it had shut a dam", false)]
    {
        std::fs::write(folder.path().join("a.txt"), text(denied)).expect("a file is written");
        let ran = within(folder.path(), &["check", "a.txt"]);
        assert_eq!(ran.out.contains("claim-denied"), found, "{denied}\n{}", ran.out);
    }
}
