//! `--watch` as its users meet it: the built program runs beside the test, which edits files and reads what it prints.

use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// How long the program may take to answer on a busy machine.
const PATIENCE: Duration = Duration::from_secs(120);

/// The program at work in a folder.
struct Session {
    program: Child,
    /// What it writes to either stream, as it comes.
    pieces: Receiver<String>,
    /// What has come and was not waited for yet.
    heard: String,
}

impl Session {
    fn start(folder: &Path, args: &[&str]) -> Self {
        // One pipe for both streams, so that they are heard in the order in which they were written.
        let (mut heard, out) = std::io::pipe().expect("a pipe");
        let err = out.try_clone().expect("a pipe");
        let program = Command::new(env!("CARGO_BIN_EXE_gainsay"))
            .args(args)
            .current_dir(folder)
            .stdin(Stdio::null())
            .stdout(out)
            .stderr(err)
            .spawn()
            .expect("the program runs");
        let (sender, pieces) = channel();
        std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(length @ 1..) = heard.read(&mut buffer) {
                if sender.send(String::from_utf8_lossy(&buffer[..length]).into_owned()).is_err() {
                    break;
                }
            }
        });
        Self { program, pieces, heard: String::new() }
    }

    /// Waits until `end` has been printed, and gives all that came up to its line's end.
    fn until(&mut self, end: &str) -> String {
        let latest = Instant::now() + PATIENCE;
        loop {
            if let Some(line) = self.heard.find(end).and_then(|at| Some(at + self.heard[at..].find('\n')? + 1)) {
                let rest = self.heard.split_off(line);
                return std::mem::replace(&mut self.heard, rest);
            }
            match self.pieces.recv_timeout(latest.saturating_duration_since(Instant::now())) {
                Ok(piece) => self.heard.push_str(&piece),
                Err(error) => panic!("{error}: `{end}` did not come, but\n{}", self.heard),
            }
        }
    }

    /// Presses Ctrl-C and gives the exit code.
    fn end(mut self) -> i32 {
        let pid = self.program.id().to_string();
        assert!(Command::new("kill").args(["-INT", &pid]).status().expect("kill runs").success());
        let latest = Instant::now() + PATIENCE;
        while Instant::now() < latest {
            if let Some(status) = self.program.try_wait().expect("it is our child") {
                return status.code().expect("it ends by itself, not by the signal");
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        panic!("the program does not end; it said\n{}", self.heard);
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // It has ended already where the test got to its end.
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

/// Puts a file in place of another in one step, as most editors save.
fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    let parent = path.parent().expect("a folder");
    fs::create_dir_all(parent).expect("made");
    fs::write(parent.join(".saving"), text).expect("written");
    fs::rename(parent.join(".saving"), path).expect("renamed");
}

/// Writes into the file itself, as the other editors save.
fn overwrite(folder: &Path, name: &str, text: &str) {
    fs::write(folder.join(name), text).expect("written");
}

fn market(state: &str) -> String {
    format!("---\npublisher: Corvin Gazette\ndate: 2024-02-01\n---\n\nCorvin Market was {state} on Thursday, the council said.\n")
}

fn rule(leased: &str) -> String {
    format!(
        r#"gainsay: 1
topics:
  - id: market-deal
    title: What became of Corvin Market
    positions:
      - {{ id: sold, label: the market was sold, says: ["market be sold"] }}
      - {{ id: leased, label: the market was leased, says: ["market be {leased}"] }}
    conflicts: [{{ between: [sold, leased] }}]
rules:
  - id: market-fate
    title: The market is told to be sold and leased
    message: "{{a.source}}: {{a.position}}; {{b.source}}: {{b.position}}"
    severity: error
    position: {{ topic: market-deal }}
    tests:
      flag:
        - {{ a: "Corvin Market was sold on Thursday.", b: "Corvin Market was leased on Thursday." }}
      quiet:
        - {{ a: "Corvin Market was sold on Thursday.", b: "Corvin Market was painted on Thursday.", because: no-match }}
"#
    )
}

fn story() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    write(folder.path(), "story/one.md", &market("sold"));
    write(folder.path(), "story/two.md", &market("painted"));
    write(folder.path(), "story/three.md", "The harbour was quiet in the evening, the harbour master said.\n");
    write(folder.path(), "rules/market.yml", &rule("leased"));
    folder
}

#[test]
fn check_reads_again_what_changed_and_prints_what_became_of_it() {
    let story = story();
    let folder = story.path();
    let mut session = Session::start(folder, &["check", "story", "--rules", "rules", "--watch", "--fail-on", "warning"]);
    let first = session.until("0 conflicts");
    assert!(first.contains("3 articles"), "{first}");

    write(folder, "story/two.md", &market("leased"));
    let told = session.until("│ the council: Corvin Market was leased");
    assert!(
        told.contains("re-read 1 of 3 files\nconflicts: 1 new, 0 gone, 0 changed; claims: 1 new, 1 gone, 0 changed\n+ "),
        "{told}"
    );
    assert!(told.contains("(an article changed)"), "{told}");

    write(folder, "story/two.md", &market("painted"));
    let told = session.until("claims: ");
    assert!(told.contains("re-read 1 of 3 files\nconflicts: 0 new, 1 gone, 0 changed"), "{told}");

    write(folder, "story/four.md", &market("leased"));
    assert!(session.until("claims: ").contains("re-read 1 of 4 files\nconflicts: 1 new"));
    fs::remove_file(folder.join("story/four.md")).expect("it is there");
    assert!(session.until("claims: ").contains("re-read 0 of 3 files, 1 gone\nconflicts: 0 new, 1 gone"));

    // Something that is no article, then the same words once more: the one says nothing, the other that nothing changed.
    overwrite(folder, "story/notes.bin", "no article");
    write(folder, "story/three.md", "The harbour was quiet in the evening, the harbour master said. \n");
    let told = session.until("re-read");
    assert!(told.ends_with("\n\nre-read 1 of 3 files; nothing changed\n"), "{told}");

    // An article in the middle of an edit.
    write(folder, "story/two.md", "");
    let told = session.until("claims: ");
    assert!(told.contains("two.md: is empty") && told.contains("re-read 1 of 3 files"), "{told}");
    overwrite(folder, "story/two.md", &market("leased"));
    assert!(session.until("conflicts: 1 new").contains("re-read 1 of 3 files\n"));
    assert_eq!(session.end(), 1, "the exit is that of the last round");
}

#[test]
fn check_reloads_rules_only_when_they_change_and_outlives_broken_ones() {
    let story = story();
    let folder = story.path();
    write(folder, "story/two.md", &market("donated"));
    let mut session = Session::start(folder, &["check", "story", "--rules", "rules", "--no-default-rules", "--watch"]);
    session.until("0 conflicts");

    write(folder, "rules/market.yml", &rule("donated"));
    let told = session.until("│ the council: Corvin Market was donated");
    assert!(told.contains("re-read 0 of 3 files; rules reloaded\nconflicts: 1 new, 0 gone, 0 changed"), "{told}");
    assert!(told.contains("(a rule changed)"), "{told}");

    write(folder, "rules/market.yml", &rule("donated").replace("positions:", "positons:"));
    let told = session.until("the rules stay as they were");
    assert!(told.contains("rules/market.yml:5:5") && told.contains("positons"), "{told}");

    // The last good rules are in force meanwhile.
    write(folder, "story/two.md", &market("painted"));
    let told = session.until("claims: ");
    assert!(told.contains("re-read 1 of 3 files\nconflicts: 0 new, 1 gone"), "{told}");

    write(folder, "rules/market.yml", &rule("painted"));
    let told = session.until("claims: ");
    assert!(told.contains("re-read 0 of 3 files; rules reloaded\nconflicts: 1 new"), "{told}");

    // Words are read otherwise: every article has to be read anew.
    write(folder, "rules/words.yml", "gainsay: 1\nlexicons:\n  negators: [{ words: [nowise], reach: right }]\n");
    let told = session.until("re-read");
    assert!(told.ends_with("\n\nre-read 3 of 3 files; rules reloaded; nothing changed\n"), "{told}");
    assert_eq!(session.end(), 0);
}

#[test]
fn check_replaces_its_output_on_every_change() {
    let story = story();
    let folder = story.path();
    let args = ["check", "story", "--rules", "rules", "--watch", "--format", "md", "--output", "story/report.md"];
    let mut session = Session::start(folder, &args);
    session.until("watching");
    let report = || fs::read_to_string(folder.join("story/report.md")).unwrap_or_default();
    let latest = Instant::now() + PATIENCE;
    while report().is_empty() && Instant::now() < latest {
        std::thread::sleep(Duration::from_millis(10));
    }
    assert!(!report().contains("market-fate"), "{}", report());
    // The report lies among the articles and is none of them.
    write(folder, "story/two.md", &market("leased"));
    assert!(session.until("claims: ").contains("re-read 1 of 3 files\nconflicts: 1 new"));
    write(folder, "story/two.md", &market("painted"));
    assert!(session.until("claims: ").contains("re-read 1 of 3 files\nconflicts: 0 new, 1 gone"));
    assert_eq!(session.end(), 0);
    assert!(!report().contains("market-fate"), "{}", report());
}

#[test]
fn rule_tests_run_again_on_every_change_of_a_rule_file() {
    let story = story();
    let folder = story.path();
    let args = ["rules", "test", "--rules", "rules", "--rule", "market-fate", "--watch"];
    let mut session = Session::start(folder, &args);
    session.until("1 rule: 2 of 2 cases pass");

    write(folder, "rules/market.yml", &rule("donated"));
    let told = session.until("1 rule: 1 of 2 cases pass");
    assert!(told.contains("rules reloaded\nMISSED flag 1 of rules/market.yml:10"), "{told}");

    write(folder, "rules/market.yml", "gainsay: 1\nrules: [");
    session.until("E001");
    session.until("rules/market.yml:");
    write(folder, "rules/market.yml", &rule("leased").replace("market-fate", "market-fates"));
    session.until("no rule has the id `market-fate`; did you mean `market-fates`?");
    write(folder, "rules/market.yml", &rule("leased"));
    session.until("1 rule: 2 of 2 cases pass");
    assert_eq!(session.end(), 0);
}

#[test]
fn what_cannot_be_watched_is_refused() {
    let story = story();
    let refused = |args: &[&str], message: &str| {
        let ran = crate::program::within(story.path(), args);
        assert_eq!(ran.code, 2, "{args:?}\n{}", ran.err);
        assert!(ran.err.contains(message), "{args:?}\n{}", ran.err);
    };
    refused(&["check", "-", "--watch"], "standard input cannot be watched; name files or folders");
    refused(&["check", "story", "--watch", "--format", "sarif"], "for sarif give --output FILE");
    refused(&["check", "nowhere", "--watch"], "nowhere: cannot be read: no such file");
    refused(&["rules", "test", "--watch"], "--watch needs --rules PATH");
    write(story.path(), "rules/market.yml", "gainsay: 1\nrules: [");
    refused(&["check", "story", "--rules", "rules", "--watch"], "E001");
}
