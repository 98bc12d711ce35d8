//! Snapshot files in insta's format: a `---` header, then the text. Written beside as `.snap.new` until somebody accepts.

use std::path::{Path, PathBuf};

/// A stored snapshot: what the file's header says of its origin, and the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stored {
    /// The command that made it.
    pub expression: String,
    /// The text.
    pub contents: String,
}

/// `DIR/STORY.snap`.
pub fn path(dir: &Path, story: &str) -> PathBuf {
    dir.join(format!("{story}.snap"))
}

/// `DIR/STORY.snap.new`.
pub fn pending(dir: &Path, story: &str) -> PathBuf {
    dir.join(format!("{story}.snap.new"))
}

/// Name of the story that a path holds: its last part without extension.
pub fn story(path: &Path) -> Option<String> {
    let real = if path.file_name().is_some() { path.to_path_buf() } else { path.canonicalize().ok()? };
    let name = if real.is_dir() { real.file_name() } else { real.file_stem() };
    name.map(|name| name.to_string_lossy().into_owned()).filter(|name| !name.is_empty())
}

/// The file for a snapshot.
pub fn write(stored: &Stored) -> String {
    let expression = stored.expression.replace('\\', "\\\\").replace('"', "\\\"");
    format!("---\nsource: gainsay\nexpression: \"{expression}\"\n---\n{}\n", stored.contents.trim_end())
}

/// What a file holds; a file without header is its own text.
pub fn parse(file: &str) -> Stored {
    let file = file.replace("\r\n", "\n");
    let parts = file.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n"));
    match parts {
        Some((header, contents)) => {
            let expression = header.lines().find_map(|line| line.strip_prefix("expression: ")).unwrap_or("");
            Stored { expression: expression.trim_matches('"').to_owned(), contents: contents.to_owned() }
        }
        None => Stored { expression: String::new(), contents: file },
    }
}

/// Whether two texts are the same snapshot: white space at their ends does not count.
pub fn same(one: &str, other: &str) -> bool {
    one.trim_end() == other.replace("\r\n", "\n").trim_end()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        let stored = Stored { expression: "gainsay check x".into(), contents: "a\n---\nb\n".into() };
        let back = parse(&write(&stored));
        assert_eq!(back.expression, stored.expression);
        assert!(same(&back.contents, &stored.contents));
        assert_eq!(parse("no header\n").contents, "no header\n");
    }

    #[test]
    fn a_story_is_called_by_the_last_part_of_its_path() {
        assert_eq!(story(Path::new("src/")).as_deref(), Some("src"));
        assert_eq!(story(Path::new("a/b.txt")).as_deref(), Some("b"));
    }
}
