//! The rules of a watched run: loaded again when a rule file says something else, and not otherwise.

use crate::base::pack::{self, PackFile, ReadError};
use crate::cli::args::RuleArgs;
use crate::cli::exit::Exit;
use crate::cli::run;
use crate::rules::{self, RuleSet};

/// The rules in force, with the files as they were when they were last looked at.
pub struct Rules {
    options: rules::Options,
    files: Files,
    /// The rules in force: the last ones that could be loaded.
    pub set: RuleSet,
}

/// The rule files of each path: those that could be read, and those that could not.
type Files = Vec<(Vec<PackFile>, Vec<ReadError>)>;

/// What looking at the rule files gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reload {
    /// They say what they said.
    Same,
    /// They were loaded.
    Loaded {
        /// Whether words are now read otherwise, so that articles have to be read anew.
        words: bool,
    },
    /// They cannot be used, and why; the rules stay as they were.
    Broken(String),
}

impl Rules {
    /// Loads the rules that the flags ask for; mistakes are printed.
    ///
    /// # Errors
    /// [`Exit::Unusable`] after they were printed.
    pub fn load(args: &RuleArgs) -> Result<Self, Exit> {
        let options = run::rule_options(args);
        let files = read(&options);
        let set = run::rules(args)?;
        Ok(Self { options, files, set })
    }

    /// Looks at the files again.
    pub fn reload(&mut self) -> Reload {
        let files = read(&self.options);
        if files == self.files {
            return Reload::Same;
        }
        self.files = files;
        match rules::load(&self.options) {
            Ok(set) => {
                let words = set.lexicon != self.set.lexicon;
                self.set = set;
                Reload::Loaded { words }
            }
            Err(errors) => Reload::Broken(errors.to_string()),
        }
    }
}

fn read(options: &rules::Options) -> Files {
    options.paths.iter().map(|path| pack::read(path, &options.limits)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_loaded_when_their_files_say_something_else() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("own.yml");
        let write = |text: &str| std::fs::write(&path, text).expect("a file is written");
        let topic = |title: &str| {
            format!(
                "gainsay: 1\ntopics:\n  - id: ferry\n    title: {title}\n    positions:\n      \
                 - {{ id: runs, label: it runs, says: [ferry run] }}\n      - {{ id: rests, label: it rests, says: [ferry rest] }}\n    \
                 conflicts: [{{ between: [runs, rests] }}]\n"
            )
        };
        write(&topic("Whether the ferry runs"));
        let args = RuleArgs { rules: vec![path.clone()], ..RuleArgs::default() };
        let mut rules = Rules::load(&args).expect("the rules are sound");
        assert_eq!(rules.reload(), Reload::Same);
        write(&topic("Whether the ferry is running"));
        assert_eq!(rules.reload(), Reload::Loaded { words: false });
        write("gainsay: 1\ntopcs: []\n");
        assert!(matches!(rules.reload(), Reload::Broken(message) if message.contains("topcs")));
        assert_eq!(rules.reload(), Reload::Same, "told once");
        assert!(rules.set.topics.iter().any(|topic| topic.id == "ferry"), "the last good rules stay");
        write(&format!("{}lexicons:\n  negators: [{{ words: [nowise], reach: right }}]\n", topic("Whether the ferry runs")));
        assert_eq!(rules.reload(), Reload::Loaded { words: true });
    }
}
