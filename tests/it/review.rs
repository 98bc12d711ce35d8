//! A repository of articles and rules as a newsroom keeps it: an edit shows as what it is, and nothing else shows.

use crate::program::{Ran, within};
use std::fs;
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

const RULE: &str = r#"gainsay: 1
topics:
  - id: airport-state
    title: Whether Corvin Market is open
    positions:
      - { id: open, label: the market is open, says: [{ event: "(open|reopen)", object: market }], denied_as: closed }
      - { id: closed, label: the market is closed, says: [{ event: "(close|shut)", object: market }], denied_as: open }
    conflicts: [{ between: [open, closed] }]
"#;

const ONE: &str = "---\ntitle: Storm hits Corvin\npublisher: Corvin Gazette\ndate: 2024-02-01\n---\n\nThe storm killed 14 people in Corvin, \
the Interior Ministry said on Thursday.\n\nThe harbour was quiet in the evening.\n";

const TWO: &str = "---\ntitle: Corvin counts its dead\npublisher: Daily Tern\ndate: 2024-02-01\n---\n\nThe storm killed 40 people in Corvin, \
rescue chief Mara Lindqvist said on Thursday.\n\nSchools stay closed until Monday.\n";

/// A repository with a story of two articles and a rule, all committed.
fn repository() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    write(folder.path(), "story/one.md", ONE);
    write(folder.path(), "story/two.md", TWO);
    git(folder.path(), &["init", "-q", "-b", "main"]);
    commit(folder.path(), "the story as it came");
    folder
}

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    fs::write(path, text).expect("written");
}

fn git(folder: &Path, args: &[&str]) {
    let identity = ["-c", "user.name=test", "-c", "user.email=test@localhost", "-c", "commit.gpgsign=false"];
    let ran = Command::new("git").args(identity).args(args).current_dir(folder).output().expect("git runs");
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
}

fn commit(folder: &Path, subject: &str) {
    git(folder, &["add", "-A"]);
    git(folder, &["commit", "-q", "-m", subject]);
}

fn edit(folder: &Path, name: &str, from: &str, to: &str) {
    let text = fs::read_to_string(folder.join(name)).expect("text");
    assert!(text.contains(from), "{text}");
    write(folder, name, &text.replace(from, to));
}

fn ok(folder: &Path, args: &[&str]) -> Ran {
    let ran = within(folder, args);
    assert_eq!(ran.code, 0, "{args:?}\n{}{}", ran.out, ran.err);
    ran
}

fn json(ran: &Ran) -> serde_json::Value {
    serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}\n{}", ran.out))
}

#[test]
fn an_edited_figure_is_one_change_everywhere() {
    let repository = repository();
    let folder = repository.path();
    ok(folder, &["check", "story", "--format", "json", "--output", "base.json"]);
    ok(folder, &["snapshot", "accept", "story"]);
    ok(folder, &["snapshot", "check", "story"]);
    edit(folder, "story/two.md", "killed 40 people", "killed 55 people");

    let changes = json(&ok(folder, &["diff", "HEAD:story", "story", "--format", "json"]));
    let conflicts = &changes["conflicts"];
    assert_eq!(conflicts["changed"].as_array().map(Vec::len), Some(1), "{changes:#}");
    assert_eq!((conflicts["new"].as_array().map(Vec::len), conflicts["gone"].as_array().map(Vec::len)), (Some(0), Some(0)));
    assert_eq!(conflicts["changed"][0]["cause"], "article");
    assert_eq!(within(folder, &["diff", "HEAD:story", "story", "--fail-on", "changed"]).code, 1);
    assert_eq!(within(folder, &["diff", "HEAD:story", "story", "--fail-on", "new,gone"]).code, 0);

    let snapshot = within(folder, &["snapshot", "check", "story"]);
    assert_eq!(snapshot.code, 1);
    let listed = json(&within(folder, &["snapshot", "review", "story", "--format", "json"]));
    let blocks: Vec<&str> =
        listed[0]["changes"].as_array().expect("changes").iter().filter_map(|c| c["state"].as_str()).collect();
    // The article's line, and the block of the one conflict.
    assert_eq!(blocks, ["changed", "changed"], "{listed:#}");
    assert!(listed[0]["changes"][1]["was"].is_string(), "{listed:#}");

    let sarif = json(&ok(folder, &["check", "story", "--format", "sarif", "--baseline", "base.json"]));
    let states: Vec<&str> =
        sarif["runs"][0]["results"].as_array().expect("results").iter().filter_map(|r| r["baselineState"].as_str()).collect();
    assert_eq!(states, ["updated"], "{sarif:#}");
    assert_eq!(within(folder, &["check", "story", "--baseline", "base.json", "--fail-on", "new"]).code, 1);

    ok(folder, &["snapshot", "accept", "story"]);
    ok(folder, &["snapshot", "check", "story"]);
    ok(folder, &["check", "story", "--format", "json", "--output", "base.json"]);
    ok(folder, &["check", "story", "--baseline", "base.json", "--fail-on", "new"]);
}

#[test]
fn what_moves_or_is_renamed_or_joins_changes_no_conflict() {
    let repository = repository();
    let folder = repository.path();
    let quiet = |what: &str| {
        let changes = json(&ok(folder, &["diff", "HEAD:story", "story", "--format", "json"]));
        for key in ["new", "gone", "changed"] {
            assert_eq!(changes["conflicts"][key].as_array().map(Vec::len), Some(0), "{what}: {changes:#}");
        }
    };
    let (body, more) = (
        "The storm killed 14 people in Corvin, the Interior Ministry said on Thursday.",
        "The harbour was quiet in the evening.",
    );
    edit(folder, "story/one.md", &format!("{body}\n\n{more}"), &format!("{more}\n\n{body}"));
    quiet("paragraphs moved");
    fs::rename(folder.join("story/one.md"), folder.join("story/zebra.md")).expect("renamed");
    quiet("a file renamed");
    let other = "---\ntitle: Library opens\npublisher: Corvin Gazette\ndate: 2024-02-03\n---\n\nThe town library opened a reading room for \
                 children, the council said.\n";
    write(folder, "story/library.md", other);
    quiet("an unrelated article added");
}

#[test]
fn a_topic_that_takes_a_pair_over_changes_it() {
    let repository = repository();
    let folder = repository.path();
    edit(
        folder,
        "story/one.md",
        "The harbour was quiet in the evening.",
        "Corvin Market was closed on Thursday, the harbour master said.",
    );
    edit(
        folder,
        "story/two.md",
        "Schools stay closed until Monday.",
        "Corvin Market was open on Thursday, the pilots' guild said.",
    );
    commit(folder, "the airport");
    let faint = ["--min-confidence", "0.2", "--format", "json", "--output"];
    ok(folder, &[&["check", "story"][..], &faint, &["before.json"]].concat());
    write(folder, "rules/airport.yml", RULE);
    ok(folder, &[&["check", "story", "--rules", "rules"][..], &faint, &["after.json"]].concat());
    let changes = json(&ok(folder, &["diff", "before.json", "after.json", "--format", "json"]));
    let changed = changes["conflicts"]["changed"].as_array().expect("a list");
    assert_eq!(changed.len(), 1, "{changes:#}");
    assert_eq!(changed[0]["new"]["rule"], "airport-state");
    assert_eq!(changed[0]["cause"], "rule");
    assert_eq!(changes["conflicts"]["new"].as_array().map(Vec::len), Some(0));
}

#[test]
fn the_log_tells_when_a_conflict_came_changed_and_went() {
    let repository = repository();
    let folder = repository.path();
    edit(folder, "story/two.md", "killed 40 people", "killed 55 people");
    commit(folder, "a new figure");
    edit(folder, "story/two.md", "killed 55 people", "killed 14 people");
    commit(folder, "the ministry was right");
    let history = json(&ok(folder, &["log", "story", "--format", "json"]));
    let lines = history["conflicts"].as_array().expect("conflicts");
    assert_eq!(lines.len(), 1, "{history:#}");
    let events: Vec<(&str, &str)> = lines[0]["events"]
        .as_array()
        .expect("events")
        .iter()
        .map(|e| (e["what"].as_str().unwrap_or(""), e["commit"]["subject"].as_str().unwrap_or("")))
        .collect();
    let wanted = [("appeared", "the story as it came"), ("changed", "a new figure"), ("gone", "the ministry was right")];
    assert_eq!(events, wanted, "{history:#}");
    let told = ok(folder, &["log", "story"]).out;
    assert!(told.starts_with("3 commits, 1 conflict in all, 0 still there\n"), "{told}");
}

#[test]
fn a_revision_that_is_not_there_is_named() {
    let repository = repository();
    let ran = within(repository.path(), &["diff", "nowhere:story", "story"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("nowhere:story"), "{}", ran.err);
    let ran = within(repository.path(), &["diff", "HEAD:../x", "story"]);
    assert_eq!(ran.code, 2);
}

#[test]
fn a_review_without_a_terminal_lists_accepts_or_keeps() {
    let repository = repository();
    let folder = repository.path();
    ok(folder, &["snapshot", "accept", "story"]);
    edit(folder, "story/two.md", "killed 40 people", "killed 55 people");
    let asked = within(folder, &["snapshot", "review", "story"]);
    assert_eq!(asked.code, 2);
    assert!(asked.err.contains("--accept-all"), "{}", asked.err);
    let listed = within(folder, &["snapshot", "review", "story", "--list"]);
    assert_eq!(listed.code, 1);
    assert!(listed.out.contains("+     ") && listed.out.contains("55 people"), "{}", listed.out);
    let before = fs::read_to_string(folder.join("snapshots/story.snap")).expect("stored");
    assert_eq!(within(folder, &["snapshot", "review", "story", "--reject-all"]).code, 1);
    assert_eq!(fs::read_to_string(folder.join("snapshots/story.snap")).expect("stored"), before);
    ok(folder, &["snapshot", "review", "story", "--accept-all"]);
    ok(folder, &["snapshot", "check", "story"]);
}

/// The program on a terminal of its own: what it shows is waited for, then a key is pressed.
#[cfg(unix)]
mod terminal {
    use super::*;
    use portable_pty::{CommandBuilder, PtySize, native_pty_system};
    use std::io::{Read, Write};
    use std::sync::mpsc;
    use std::time::Duration;

    struct Session {
        child: Box<dyn portable_pty::Child + Send + Sync>,
        writer: Box<dyn Write + Send>,
        shown: mpsc::Receiver<Vec<u8>>,
        screen: String,
        _master: Box<dyn portable_pty::MasterPty + Send>,
    }

    impl Session {
        fn start(folder: &Path, args: &[&str]) -> Self {
            let pair = native_pty_system()
                .openpty(PtySize { rows: 50, cols: 100, pixel_width: 0, pixel_height: 0 })
                .expect("a pseudo-terminal");
            let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_gainsay"));
            command.args(args);
            command.cwd(folder);
            command.env("TERM", "xterm-256color");
            command.env("EDITOR", "");
            command.env("VISUAL", "");
            let child = pair.slave.spawn_command(command).expect("the program runs");
            drop(pair.slave);
            let mut reader = pair.master.try_clone_reader().expect("a reader");
            let (send, shown) = mpsc::channel();
            std::thread::spawn(move || {
                let mut buffer = [0; 4096];
                while let Ok(count) = reader.read(&mut buffer) {
                    if count == 0 || send.send(buffer[..count].to_vec()).is_err() {
                        break;
                    }
                }
            });
            let writer = pair.master.take_writer().expect("a writer");
            Self { child, writer, shown, screen: String::new(), _master: pair.master }
        }

        /// Waits until `text` is shown, and forgets what came before it.
        fn wait(&mut self, text: &str) {
            while !self.screen.contains(text) {
                let more = self.shown.recv_timeout(Duration::from_secs(60));
                let more = more.unwrap_or_else(|_| panic!("`{text}` was never shown; shown was\n{}", self.screen));
                self.screen.push_str(&String::from_utf8_lossy(&more));
            }
            let at = self.screen.find(text).expect("it is there") + text.len();
            self.screen.drain(..at);
        }

        fn press(&mut self, keys: &str) {
            self.writer.write_all(keys.as_bytes()).expect("keys are taken");
            self.writer.flush().expect("keys are taken");
        }

        fn end(mut self) -> u32 {
            self.child.wait().expect("it ends").exit_code()
        }
    }

    /// A story with two conflicts that was accepted; then one changes and the other goes.
    fn with_two_changes(folder: &Path) -> String {
        let (quiet, closed) = ("The harbour was quiet in the evening.", "Schools stay closed until Monday.");
        let hurt = |number: u32, who: &str| format!("The storm injured {number} people in Corvin, {who} said on Thursday.");
        edit(folder, "story/one.md", quiet, &hurt(3, "the Interior Ministry"));
        edit(folder, "story/two.md", closed, &hurt(9, "rescue chief Mara Lindqvist"));
        ok(folder, &["snapshot", "accept", "story"]);
        let before = fs::read_to_string(folder.join("snapshots/story.snap")).expect("stored");
        edit(folder, "story/two.md", "killed 40 people", "killed 55 people");
        edit(folder, "story/two.md", "injured 9 people", "injured 3 people");
        before
    }

    #[test]
    fn a_review_is_walked_through_with_keys() {
        let repository = repository();
        let folder = repository.path();
        with_two_changes(folder);
        let mut session = Session::start(folder, &["snapshot", "review", "story", "--ignores", "left-alone.yml"]);
        session.wait("change 1 of 2");
        session.wait("55 people");
        session.wait("[q] quit");
        session.press("e");
        session.wait("says");
        session.press("o");
        session.wait("set EDITOR");
        session.press("i");
        session.wait("left alone? ");
        session.press("both figures are early counts\r");
        session.wait("change 2 of 2");
        session.wait("[q] quit");
        session.press("a");
        session.wait("2 of 2 taken over");
        assert_eq!(session.end(), 0);
        let ignores = fs::read_to_string(folder.join("left-alone.yml")).expect("written");
        assert!(ignores.contains("both figures are early counts"), "{ignores}");
        let stored = fs::read_to_string(folder.join("snapshots/story.snap")).expect("stored");
        assert!(stored.contains("ignored: both figures are early counts"), "{stored}");
        ok(folder, &["snapshot", "check", "story", "--ignores", "left-alone.yml"]);
        ok(folder, &["check", "story", "--rules", "left-alone.yml", "--fail-on", "note"]);
    }

    #[test]
    fn what_is_rejected_stays_open_and_quitting_keeps_the_rest_waiting() {
        let repository = repository();
        let folder = repository.path();
        let before = with_two_changes(folder);
        let mut session = Session::start(folder, &["snapshot", "review", "story"]);
        session.wait("[q] quit");
        session.press("r");
        session.wait("change 2 of 2");
        session.wait("[q] quit");
        session.press("q");
        session.wait("0 of 2 taken over");
        assert_eq!(session.end(), 1);
        assert_eq!(fs::read_to_string(folder.join("snapshots/story.snap")).expect("stored"), before);
        assert!(folder.join("snapshots/story.snap.new").is_file());
    }
}

/// Runs a shell command with the program on the path; its output with that of standard error, and its exit code.
fn shell(folder: &Path, command: &str, variables: &[(String, String)]) -> (String, i32) {
    let program = Path::new(env!("CARGO_BIN_EXE_gainsay")).parent().expect("a folder");
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap_or_default());
    let ran = Command::new("bash")
        .args(["-euo", "pipefail", "-c", command])
        .current_dir(folder)
        .env("PATH", path)
        .envs(variables.iter().cloned())
        .output()
        .expect("bash runs");
    let text = String::from_utf8_lossy(&ran.stdout).into_owned() + &String::from_utf8_lossy(&ran.stderr);
    (text, ran.status.code().unwrap_or(-1))
}

/// Writes the files and runs every command that a document shows in a folder, in order, and compares what it shows with what is printed; how many there are.
pub fn walk(document: &str, folder: &Path) -> usize {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(document)).expect("the document");
    let mut run = 0;
    for block in crate::readme::blocks(&text) {
        let steps = match block {
            crate::readme::Block::Console(steps) => steps,
            crate::readme::Block::File(name, text) => {
                fs::write(folder.join(name), text).expect("written");
                continue;
            }
        };
        for mut step in steps {
            let code = step.output.last().and_then(|line| line.strip_prefix("[exit ")?.strip_suffix(']')?.parse().ok());
            if code.is_some() {
                step.output.pop();
            }
            let (out, ended) = shell(folder, &step.command, &[]);
            let lines: Vec<String> = out.lines().map(|line| line.trim_end().to_owned()).collect();
            let shown = format!("`{}` prints\n{out}\nand {document} shows\n{}", step.command, step.output.join("\n"));
            assert_eq!(ended, code.unwrap_or(0), "{shown}");
            assert!(crate::readme::fits(&step.output, &lines), "{shown}");
            run += 1;
        }
    }
    run
}

#[test]
fn the_walk_through_of_a_review_is_what_happens() {
    let repository = repository();
    let run = walk("docs/REVIEW.md", repository.path());
    assert!(run >= 8, "{run} commands");
}

/// The steps of the action as a workflow would run them: inputs become variables, and what GitHub reads stands in files.
#[test]
fn the_action_reports_and_stops_at_what_is_new() {
    let repository = repository();
    let folder = repository.path();
    ok(folder, &["check", "story", "--format", "json", "--output", "base.json"]);
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("action.yml")).expect("the action");
    let action: serde_yaml::Value = serde_yaml::from_str(&text).expect("YAML");
    let run = || {
        let mut code = 0;
        let mut out = String::new();
        for step in action["runs"]["steps"].as_sequence().expect("steps") {
            let input = |value: &str| {
                let name = value.trim_start_matches("${{ inputs.").trim_end_matches(" }}").to_owned();
                match name.as_str() {
                    "paths" => "story".to_owned(),
                    "baseline" => "base.json".to_owned(),
                    "fail-on" => "new".to_owned(),
                    name => action["inputs"][name]["default"].as_str().expect("a default").to_owned(),
                }
            };
            let mut variables: Vec<(String, String)> = step["env"]
                .as_mapping()
                .map(|map| map.iter().map(|(k, v)| (k.as_str().unwrap_or("").into(), input(v.as_str().unwrap_or("")))).collect())
                .unwrap_or_default();
            for name in ["GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY"] {
                variables.push((name.to_owned(), folder.join(name).to_string_lossy().into_owned()));
            }
            let (said, ended) = shell(folder, step["run"].as_str().expect("a command"), &variables);
            out.push_str(&said);
            code = code.max(ended);
        }
        (out, code)
    };
    let (out, code) = run();
    assert_eq!(code, 0, "{out}");
    edit(folder, "story/two.md", "killed 40 people", "killed 55 people");
    let (out, code) = run();
    assert_eq!(code, 1, "{out}");
    assert!(out.contains("::warning file=story/"), "{out}");
    assert!(folder.join("gainsay.sarif").is_file());
    assert!(fs::read_to_string(folder.join("GITHUB_STEP_SUMMARY")).expect("a summary").contains("# Contradiction report"));
    assert!(fs::read_to_string(folder.join("GITHUB_OUTPUT")).expect("an output").contains("sarif=gainsay.sarif"));
}

#[test]
fn the_snippets_for_other_systems_run() {
    let repository = repository();
    let folder = repository.path();
    ok(folder, &["snapshot", "accept", "story"]);
    let read = |name: &str| fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).expect("it is there");
    let gitlab: serde_yaml::Value = serde_yaml::from_str(&read("docs/ci/gitlab-ci.yml")).expect("YAML");
    let script = gitlab["contradictions"]["script"].as_sequence().expect("a script");
    let jenkins = read("docs/ci/Jenkinsfile");
    let steps = jenkins.lines().filter_map(|line| line.trim().strip_prefix("sh '")?.strip_suffix('\''));
    let all: Vec<&str> = script.iter().filter_map(|line| line.as_str()).chain(steps).collect();
    assert_eq!(all.len(), 6);
    for command in all {
        let (out, code) = shell(folder, command, &[]);
        assert_eq!(code, 0, "{command}\n{out}");
    }
    let hooks: serde_yaml::Value = serde_yaml::from_str(&read(".pre-commit-hooks.yaml")).expect("YAML");
    for (hook, arguments) in hooks.as_sequence().expect("hooks").iter().zip(["airport.yml", "story"]) {
        write(folder, "airport.yml", RULE);
        let (out, code) = shell(folder, &format!("{} {arguments}", hook["entry"].as_str().expect("an entry")), &[]);
        assert_eq!(code, 0, "{out}");
    }
}

/// cargo-insta from the tools that `.ci/run` installs, or from the path.
fn insta() -> Option<Command> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/tools/bin/cargo-insta");
    let program = if own.is_file() { own } else { "cargo-insta".into() };
    let there = Command::new(&program).args(["insta", "--version"]).output().is_ok_and(|ran| ran.status.success());
    there.then(|| {
        let mut command = Command::new(program);
        command.arg("insta");
        command
    })
}

#[test]
fn cargo_insta_accepts_and_rejects_what_gainsay_wrote() {
    let Some(mut accept) = insta() else {
        eprintln!("skipped: cargo-insta is not installed, so it was not asked to take snapshots over");
        return;
    };
    let repository = repository();
    let folder = repository.path();
    write(
        folder,
        "Cargo.toml",
        "[package]\nname = \"stories\"\nversion = \"0.0.0\"\nedition = \"2021\"\n[lib]\npath = \"none.rs\"\n",
    );
    assert_eq!(within(folder, &["snapshot", "check", "story"]).code, 1);
    let waiting = fs::read_to_string(folder.join("snapshots/story.snap.new")).expect("waiting");
    let ran = accept.args(["accept"]).current_dir(folder).output().expect("it runs");
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    let taken = fs::read_to_string(folder.join("snapshots/story.snap")).expect("taken over");
    let body = |text: &str| text.splitn(3, "---\n").nth(2).map(|body| body.trim_end().to_owned());
    assert_eq!(body(&taken), body(&waiting));
    ok(folder, &["snapshot", "check", "story"]);
    edit(folder, "story/two.md", "killed 40 people", "killed 55 people");
    assert_eq!(within(folder, &["snapshot", "check", "story"]).code, 1);
    let ran = insta().expect("it was there").arg("reject").current_dir(folder).output().expect("it runs");
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    assert!(!folder.join("snapshots/story.snap.new").exists());
    assert_eq!(fs::read_to_string(folder.join("snapshots/story.snap")).expect("kept"), taken);
}
