//! The file of ignored conflicts: an ordinary rule file with nothing but `ignore:` entries, which a review adds to.

use crate::cli::args::RuleArgs;
use std::path::Path;

/// A conflict that was looked at and is to be left alone.
pub struct Entry {
    /// The rule that found it.
    pub rule: String,
    /// Its id.
    pub edge: String,
    /// Why.
    pub reason: String,
}

/// The rules with the file of ignored conflicts among them, where there is one.
pub fn with(rules: &RuleArgs, file: Option<&Path>) -> RuleArgs {
    let mut rules = rules.clone();
    rules.rules.extend(file.filter(|file| file.exists()).map(Path::to_path_buf));
    rules
}

/// The file's text with entries added at its end; comments and layout of what is there stay.
pub fn added(text: &str, entries: &[Entry]) -> String {
    let mut text = if text.trim().is_empty() { "gainsay: 1\nignore:\n".to_owned() } else { format!("{}\n", text.trim_end()) };
    for entry in entries {
        // A JSON string is a YAML string.
        let quoted = |word: &str| serde_json::Value::from(word).to_string();
        text.push_str(&format!(
            "  - {{ rule: {}, edge: {}, reason: {} }}\n",
            entry.rule,
            quoted(&entry.edge),
            quoted(&entry.reason)
        ));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_added_and_read_as_rules() {
        let entry = |edge: &str| Entry { rule: "talks-state".into(), edge: edge.into(), reason: "he: \"withdrew\" it".into() };
        let first = added("", &[entry("7f3a9c21x")]);
        let second = added(&first, &[entry("8f3a9c21x")]);
        assert!(second.starts_with(first.trim_end()), "{second}");
        let file: crate::rules::schema::RuleFile = serde_yaml::from_str(&second).expect("a rule file");
        assert_eq!(file.ignore.len(), 2);
        assert_eq!(file.ignore[1].reason, "he: \"withdrew\" it");
        assert_eq!(file.ignore[1].edge.as_deref(), Some("8f3a9c21x"));
    }
}
