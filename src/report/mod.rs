//! What was found → text, in the formats that people and programs read.
//!
//! [`view`] is the one model; [`build`] makes it of a run; each format renders it without decisions of its own.

pub mod build;
pub mod claims;
pub mod human;
pub mod json;
pub mod layout;
pub mod markdown;
pub mod outline;
pub mod sentence;
pub mod story;
pub mod view;

pub use layout::Style;
pub use view::Report;

/// One report format.
pub trait Format: Sync {
    /// Name on the command line.
    fn name(&self) -> &'static str;
    /// What it is for, in a few words.
    fn about(&self) -> &'static str;
    /// Whether it shows every claim, not only those in conflict.
    fn whole(&self) -> bool {
        false
    }
    /// Writes a report.
    fn render(&self, report: &Report, style: Style) -> String;
}

/// Every format of `check`.
pub const REPORTS: &[&dyn Format] = &[&human::Human, &markdown::Markdown, &json::Json, &json::JsonLines];

/// The format of a name.
pub fn format(name: &str) -> Option<&'static dyn Format> {
    REPORTS.iter().copied().find(|format| format.name() == name)
}
