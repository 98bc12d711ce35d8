//! Lists and reads rule files, built in from `rules/` or from a folder; interprets nothing.

/// One rule file: where it came from and what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackFile {
    /// Path as messages show it, with `/` between the parts.
    pub path: String,
    /// The YAML text.
    pub text: String,
    /// Whether it ships with the program.
    pub built_in: bool,
}
