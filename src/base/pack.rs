//! Lists and reads rule files, built in from `rules/` or from a folder; interprets nothing.

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
    "entities/states.yml",
    "lexicon/cues.yml",
    "lexicon/furniture.yml",
    "lexicon/given-names.yml",
    "lexicon/metonyms.yml",
    "lexicon/modality.yml",
    "lexicon/negation.yml",
    "lexicon/numbers.yml",
    "lexicon/text.yml",
    "lexicon/titles.yml",
];

/// The rule files that ship with the program, in byte order of their paths.
pub fn built_in() -> Vec<PackFile> {
    EMBEDDED.iter().map(|(path, text)| PackFile { path: format!("rules/{path}"), text: (*text).into(), built_in: true }).collect()
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
