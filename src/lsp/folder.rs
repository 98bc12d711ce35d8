//! The rule files below a workspace folder, as they stand on the disk.

use super::settings::Settings;
use crate::base::Limits;
use crate::base::pack;
use std::path::{Path, PathBuf};

/// Most YAML files that are looked into.
const FILES: usize = 10_000;
/// How deep folders are searched.
const DEPTH: usize = 16;
/// Folders of other tools, which hold what they made or fetched.
const FOREIGN: [&str; 3] = ["node_modules", "target", "vendor"];

/// A rule file on the disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Where it is.
    pub path: PathBuf,
    /// What it says, or why it cannot be read.
    pub text: Result<String, String>,
    /// 1, or the place of the path in the settings that it belongs to.
    pub layer: usize,
}

/// The files that the settings name, else all below the folder that say `gainsay:` at the beginning of a line.
pub fn files(root: &Path, settings: &Settings, limits: &Limits) -> Vec<Stored> {
    if settings.rules.is_empty() {
        let mut paths = Vec::new();
        search(root, 0, &mut paths);
        paths.sort();
        return paths.into_iter().filter_map(|path| read(&path, limits).map(|text| Stored { path, text, layer: 1 })).collect();
    }
    let mut found = Vec::new();
    for (layer, path) in (1..).zip(&settings.rules) {
        let (files, errors) = pack::read(&root.join(path), limits);
        found.extend(files.into_iter().map(|file| Stored { path: file.path.into(), text: Ok(file.text.into_owned()), layer }));
        found.extend(errors.into_iter().map(|error| Stored { path: error.path.into(), text: Err(error.message), layer }));
    }
    found
}

/// The text of a rule file; `None` for a file of another tool.
pub fn read(path: &Path, limits: &Limits) -> Option<Result<String, String>> {
    if !is_yaml(path) || std::fs::metadata(path).ok()?.len() > limits.rule_bytes as u64 {
        return None;
    }
    let text = std::fs::read_to_string(path).ok()?;
    is_rule_file(&text).then_some(Ok(text))
}

/// Whether a name is that of a YAML file.
pub fn is_yaml(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "yml" || extension == "yaml")
}

/// Whether a text says of itself that it is a rule file.
pub fn is_rule_file(text: &str) -> bool {
    text.trim_start_matches('\u{feff}').lines().any(|line| line.starts_with("gainsay:"))
}

fn search(folder: &Path, depth: usize, paths: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    entries.sort();
    for path in entries {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if paths.len() >= FILES || name.starts_with('.') {
            continue;
        }
        if path.is_dir() {
            if depth < DEPTH && !FOREIGN.contains(&name.as_str()) {
                search(&path, depth + 1, paths);
            }
        } else if is_yaml(&path) {
            paths.push(path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_other_tools_are_left_alone() {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let write = |name: &str, text: &[u8]| {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().expect("it has one")).expect("it can be made");
            std::fs::write(path, text).expect("it can be written");
        };
        write("b/talks.yml", b"\xef\xbb\xbfgainsay: 1\n");
        write("a.yaml", b"# words\ngainsay: 1\n");
        write("compose.yml", b"services: {}\n");
        write("latin.yml", b"gainsay: 1 # \xff\n");
        write(".hidden/x.yml", b"gainsay: 1\n");
        write("node_modules/x.yml", b"gainsay: 1\n");
        write("notes.txt", b"gainsay: 1\n");
        let names = |settings: &Settings| -> Vec<String> {
            let found = files(folder.path(), settings, &Limits::default());
            let shown = |stored: &Stored| {
                let path = stored.path.strip_prefix(folder.path()).unwrap_or(&stored.path);
                let good = if stored.text.is_ok() { "" } else { "!" };
                format!("{}{}{good}", stored.layer, path.display())
            };
            found.iter().map(shown).collect()
        };
        assert_eq!(names(&Settings::default()), ["1a.yaml", "1b/talks.yml"]);
        let named = Settings { rules: vec!["b".into(), "latin.yml".into()], ..Settings::default() };
        assert_eq!(names(&named), ["1b/talks.yml", "2latin.yml!"]);
    }
}
