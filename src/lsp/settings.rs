//! What the server is told to look at: by flags, by `gainsay.toml`, by the editor.

use serde_json::Value;
use std::path::{Path, PathBuf};

/// What to look at. Paths are relative to the workspace folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// Rule files and folders, in order; empty for every rule file below the workspace folder.
    pub rules: Vec<PathBuf>,
    /// Leaves the shipped topics and general rules out.
    pub no_default_rules: bool,
    /// Articles from which hovering over a pattern shows examples.
    pub articles: Vec<PathBuf>,
}

/// Reads the settings that a workspace folder's `gainsay.toml` gives; `None` where there is no such file.
pub type ReadSettings = fn(&Path) -> Result<Option<Settings>, String>;

impl Settings {
    /// Takes over what the editor's initialization options say. What has the wrong shape is passed over.
    pub fn options(&mut self, options: &Value) {
        let paths = |key: &str| -> Option<Vec<PathBuf>> {
            match &options[key] {
                Value::String(path) => Some(vec![path.into()]),
                Value::Array(list) => Some(list.iter().filter_map(Value::as_str).map(PathBuf::from).collect()),
                _ => None,
            }
        };
        self.rules = paths("rules").unwrap_or(std::mem::take(&mut self.rules));
        self.articles = paths("articles").unwrap_or(std::mem::take(&mut self.articles));
        self.no_default_rules = options["noDefaultRules"].as_bool().unwrap_or(self.no_default_rules);
    }

    /// Fills what is not said from another source.
    pub fn or(self, other: Self) -> Self {
        let first = |one: Vec<PathBuf>, two: Vec<PathBuf>| if one.is_empty() { two } else { one };
        Self {
            rules: first(self.rules, other.rules),
            articles: first(self.articles, other.articles),
            no_default_rules: self.no_default_rules || other.no_default_rules,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_the_editor_says_comes_first_and_odd_shapes_say_nothing() {
        let file = Settings { rules: vec!["rules".into()], articles: vec!["news".into()], no_default_rules: false };
        let mut said = file.clone();
        said.options(&json!({ "articles": ["a", 2, "b"], "rules": 3, "noDefaultRules": "x" }));
        assert_eq!(said, Settings { articles: vec!["a".into(), "b".into()], ..file.clone() });
        said.options(&json!({ "rules": "mine.yml", "noDefaultRules": true }));
        assert_eq!((said.rules.clone(), said.no_default_rules), (vec!["mine.yml".into()], true));
        assert_eq!(Settings::default().or(file.clone()), file);
        said.options(&Value::Null);
        assert_eq!(said.rules, [PathBuf::from("mine.yml")]);
    }
}
