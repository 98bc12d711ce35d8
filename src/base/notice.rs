//! Something odd that did not stop the run.

use serde::Serialize;

/// One entry of the report's `problems`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Notice {
    /// The file as it is named in the report; never absolute.
    pub path: String,
    /// Place, cause and next step in words.
    pub message: String,
    /// Whether it alone makes the exit code 2 (an empty file found in a folder does not).
    #[serde(skip)]
    pub fatal: bool,
}
