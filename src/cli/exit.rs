//! What a run ends with.

use std::process::ExitCode;

/// How a run ended; a later one is the worse one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// The work was done.
    #[default]
    Done,
    /// `--fail-on` found something, a snapshot differs, or a rule test fails.
    Objection,
    /// The command line, an input or a rule file could not be used.
    Unusable,
}

impl Exit {
    /// The number that it is known by.
    pub fn code(self) -> u8 {
        self as u8
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}
