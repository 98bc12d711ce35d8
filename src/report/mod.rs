//! What was found → text, in the formats that people and programs read.
//!
//! [`view`] is the one model; [`build`] makes it of a run; each format renders it without decisions of its own.

mod agreed;
pub mod annotations;
pub mod build;
pub mod claims;
pub mod gitlab;
pub mod html;
pub mod human;
pub mod json;
pub mod junit;
pub mod layout;
pub mod markdown;
pub mod network;
pub mod outline;
pub mod page;
pub mod place;
pub mod sarif;
pub mod sentence;
pub mod story;
mod turned;
pub mod view;
mod xml;

pub use layout::Style;
pub use page::Page;
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
    fn render(&self, report: &Report, page: Page<'_>) -> String;
    /// How it writes a whole report without ever holding all of it; `None` where it does not.
    fn stream(&self) -> Option<Stream> {
        None
    }
}

/// Writes a report whose claims are made on the way.
pub type Stream = fn(&build::Streamed<'_>, &mut dyn std::io::Write) -> std::io::Result<()>;

/// Every format of `check`.
pub const REPORTS: &[&dyn Format] = &[
    &human::Human,
    &markdown::Markdown,
    &json::Json,
    &json::JsonLines,
    &html::Html,
    &sarif::Sarif,
    &annotations::GitHub,
    &gitlab::GitLab,
    &junit::JUnit,
    &network::DotFormat,
    &network::Mermaid,
    &network::GraphMl,
];

/// The format of a name.
pub fn format(name: &str) -> Option<&'static dyn Format> {
    REPORTS.iter().copied().find(|format| format.name() == name)
}
