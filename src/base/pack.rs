//! Lists and reads rule files, built in from `rules/` or from a folder; interprets nothing.

use super::limits::Limits;
use std::path::{Path, PathBuf};

/// One rule file: where it came from and what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackFile {
    /// Path as messages show it, with `/` between the parts.
    pub path: String,
    /// The YAML text.
    pub text: std::borrow::Cow<'static, str>,
    /// Whether it ships with the program.
    pub built_in: bool,
}

macro_rules! embed {
    ($($path:literal),* $(,)?) => {
        /// Path below `rules/` and text of every shipped file, in byte order of the path; a test holds the list against the folder.
        const EMBEDDED: &[(&str, &str)] = &[$(($path, include_str!(concat!("../../rules/", $path)))),*];
    };
}

embed![
    "entities/bodies.yml",
    "entities/places.yml",
    "entities/states.yml",
    "general/general.yml",
    "lexicon/comparing.yml",
    "lexicon/cues.yml",
    "lexicon/furniture.yml",
    "lexicon/given-names.yml",
    "lexicon/kindred.yml",
    "lexicon/meaning.yml",
    "lexicon/metonyms.yml",
    "lexicon/modality.yml",
    "lexicon/negation.yml",
    "lexicon/numbers.yml",
    "lexicon/outcomes.yml",
    "lexicon/passage.yml",
    "lexicon/patterns.yml",
    "lexicon/scenes.yml",
    "lexicon/stance.yml",
    "lexicon/text.yml",
    "lexicon/titles.yml",
    "topics/attacks.yml",
    "topics/casualties.yml",
    "topics/ceasefire.yml",
    "topics/companies.yml",
    "topics/courts.yml",
    "topics/deals.yml",
    "topics/disasters.yml",
    "topics/elections.yml",
    "topics/government.yml",
    "topics/health.yml",
    "topics/science.yml",
    "topics/sport.yml",
    "topics/talks.yml",
    "topics/territory.yml",
    "topics/transport.yml",
];

/// The rule files that ship with the program, in byte order of their paths.
pub fn built_in() -> Vec<PackFile> {
    EMBEDDED.iter().map(|(path, text)| PackFile { path: format!("rules/{path}"), text: (*text).into(), built_in: true }).collect()
}

/// Why a rule file could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadError {
    /// Path as messages show it.
    pub path: String,
    /// Cause in words.
    pub message: String,
    /// Line and column of the first bad byte, where there is one.
    pub place: Option<(u32, u32)>,
}

/// Reads a rule file, or all `.yml` and `.yaml` files below a folder in byte order of their paths; hidden ones are left out.
///
/// What could be read is returned beside what could not.
pub fn read(path: &Path, limits: &Limits) -> (Vec<PackFile>, Vec<ReadError>) {
    let mut paths = Vec::new();
    let mut errors = Vec::new();
    if path.is_dir() {
        list(path, 0, &mut paths, &mut errors);
        paths.sort_by(|a, b| shown(a).as_bytes().cmp(shown(b).as_bytes()));
        if paths.is_empty() && errors.is_empty() {
            errors.push(ReadError { path: shown(path), message: "the folder holds no .yml file".into(), place: None });
        }
    } else {
        paths.push(path.to_owned());
    }
    let mut files = Vec::new();
    for path in paths {
        match file(&path, limits) {
            Ok(text) => files.push(PackFile { path: shown(&path), text: text.into(), built_in: false }),
            Err((message, place)) => errors.push(ReadError { path: shown(&path), message, place }),
        }
    }
    (files, errors)
}

fn list(folder: &Path, depth: usize, paths: &mut Vec<PathBuf>, errors: &mut Vec<ReadError>) {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => return errors.push(ReadError { path: shown(folder), message: error.to_string(), place: None }),
    };
    for path in entries.flatten().map(|entry| entry.path()) {
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        let yaml = path.extension().is_some_and(|ext| ext == "yml" || ext == "yaml");
        // A link that leads back up would never end.
        if path.is_dir() && !hidden && depth < 16 {
            list(&path, depth + 1, paths, errors);
        } else if yaml && !hidden && path.is_file() {
            paths.push(path);
        }
    }
}

fn file(path: &Path, limits: &Limits) -> Result<String, (String, Option<(u32, u32)>)> {
    use std::io::Read;
    let limit = limits.rule_bytes;
    let mut bytes = Vec::new();
    let open = std::fs::File::open(path).map_err(|error| (error.to_string(), None))?;
    open.take(limit as u64 + 1).read_to_end(&mut bytes).map_err(|error| (error.to_string(), None))?;
    if bytes.len() > limit {
        return Err((format!("the file is larger than {} MiB, the limit for rule files", limit >> 20), None));
    }
    String::from_utf8(bytes).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        let before = String::from_utf8_lossy(&error.as_bytes()[..good]).into_owned();
        let place = super::LineIndex::new(&before).position(&before, good as u32);
        let utf16 = matches!(error.as_bytes(), [0xff, 0xfe, ..] | [0xfe, 0xff, ..]);
        let cause = if utf16 { "the file is UTF-16; save it as UTF-8" } else { "the file is not UTF-8; save it as UTF-8" };
        (cause.into(), Some(place))
    })
}

/// A path with `/` between its parts, without `./` in front.
fn shown(path: &Path) -> String {
    let text = path.to_string_lossy().replace('\\', "/");
    text.strip_prefix("./").unwrap_or(&text).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_file_is_embedded() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
        let mut found = Vec::new();
        for folder in ["entities", "general", "lexicon", "topics"] {
            let Ok(entries) = std::fs::read_dir(root.join(folder)) else { continue };
            found.extend(entries.flatten().map(|e| format!("{folder}/{}", e.file_name().to_string_lossy())));
        }
        found.retain(|path| path.ends_with(".yml"));
        found.sort();
        let listed: Vec<_> = EMBEDDED.iter().map(|(path, _)| (*path).to_owned()).collect();
        assert_eq!(listed, found, "add the file to `embed!` in byte order of its path");
    }
}
