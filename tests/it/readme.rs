//! The console blocks of the README, run with the built program: what they show is what it prints.
//!
//! A ```sh block holds commands that succeed, whatever they print. In a ```console block a line `$ COMMAND` is run, the lines below it are its output; a line `...` stands for any lines. `cargo run …
//! -- ARGS` and `gainsay ARGS` run the program, other cargo commands are left to whoever reads. All commands of the file run in one
//! folder which begins as a copy of the examples; a ```yaml or ```text block is written to the file that its first line names (`# FILE`).

use std::path::Path;
use std::process::Command;

pub struct Step {
    pub command: String,
    pub output: Vec<String>,
}

pub enum Block {
    Console(Vec<Step>),
    File(String, String),
}

pub fn blocks(text: &str) -> Vec<Block> {
    let mut out = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let Some(kind) = line.strip_prefix("```").filter(|kind| !kind.is_empty()) else { continue };
        let body: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        match kind {
            "console" => {
                let mut steps: Vec<Step> = Vec::new();
                for line in body {
                    match line.strip_prefix("$ ") {
                        Some(command) => steps.push(Step { command: command.to_owned(), output: Vec::new() }),
                        None => steps.last_mut().expect("a block begins with a command").output.push(line.trim_end().to_owned()),
                    }
                }
                out.push(Block::Console(steps));
            }
            "sh" => {
                let any = || vec!["...".to_owned()];
                out.push(Block::Console(body.iter().map(|c| Step { command: (*c).to_owned(), output: any() }).collect()));
            }
            "yaml" | "text" if body.first().is_some_and(|line| line.starts_with("# ")) => {
                out.push(Block::File(body[0][2..].trim().to_owned(), body[1..].join("\n") + "\n"));
            }
            _ => {}
        }
    }
    out
}

/// The arguments of the program; `None` for a command that is not the program's.
fn arguments(command: &str) -> Option<Vec<String>> {
    let rest = match command.strip_prefix("gainsay ") {
        Some(rest) => rest,
        None => command.strip_prefix("cargo run ")?.split_once("-- ")?.1,
    };
    let mut words = vec![String::new()];
    let mut quoted = false;
    for c in rest.chars() {
        match c {
            '"' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            c => words.last_mut().expect("one word at least").push(c),
        }
    }
    Some(words.into_iter().filter(|word| !word.is_empty()).collect())
}

/// Whether lines are as a pattern says, in which `...` stands for any lines.
pub fn fits(pattern: &[String], lines: &[String]) -> bool {
    match pattern.split_first() {
        None => lines.is_empty(),
        Some((first, rest)) if first == "..." => (0..=lines.len()).any(|skip| fits(rest, &lines[skip..])),
        Some((first, rest)) => lines.first() == Some(first) && fits(rest, &lines[1..]),
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder is made");
    for entry in std::fs::read_dir(from).expect("the examples are there").flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("a file is copied");
        }
    }
}

#[test]
fn what_the_readme_shows_is_what_the_program_prints() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().expect("a temporary folder");
    copy(&root.join("examples"), &folder.path().join("examples"));
    copy(&root.join("snapshots"), &folder.path().join("snapshots"));
    let text = std::fs::read_to_string(root.join("README.md")).expect("the README is there");
    let mut run = 0;
    for block in blocks(&text) {
        let steps = match block {
            Block::File(name, text) => {
                std::fs::write(folder.path().join(name), text).expect("a file is written");
                continue;
            }
            Block::Console(steps) => steps,
        };
        for step in steps {
            let Some(arguments) = arguments(&step.command) else { continue };
            let ran =
                Command::new(env!("CARGO_BIN_EXE_gainsay")).args(arguments).current_dir(folder.path()).output().expect("it runs");
            run += 1;
            let out = String::from_utf8(ran.stdout).expect("UTF-8") + &String::from_utf8(ran.stderr).expect("UTF-8");
            let lines: Vec<String> = out.lines().map(|line| line.trim_end().to_owned()).collect();
            assert!(
                step.output.is_empty() || fits(&step.output, &lines),
                "`{}` prints\n{out}\nand the README shows\n{}",
                step.command,
                step.output.join("\n")
            );
        }
    }
    assert!(run >= 2, "the README shows the program at work");
}
