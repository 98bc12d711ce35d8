//! gainsay reads articles, finds who claims what, and reports the claims that cannot both hold.
//!
//! Data flows one way: [`ingest`] makes [`article`]s of files, [`text`] makes sentences of them, [`claims`] finds who says what,
//! [`entities`] who is who, [`graph`] ties all of it together, [`rules`] says which assertions clash, [`conflicts`] finds them,
//! [`report`] tells them and [`snapshot`] keeps them for review. [`pipeline`] runs the stages in order, [`cli`] is the program.
//! [`base`], [`lexicon`] and [`lexical`] are the tables that everybody reads.
//!
//! ```
//! let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/talks-halvern");
//! let report = gainsay::check(&[folder.into()], &gainsay::rules::Options::default())?;
//! assert!(report.summary.articles > 5);
//! # Ok::<(), gainsay::rules::Errors>(())
//! ```

pub mod article;
pub mod base;
pub mod claims;
pub mod cli;
pub mod config;
pub mod conflicts;
pub mod draft;
pub mod entities;
pub mod graph;
pub mod ingest;
pub mod lexical;
pub mod lexicon;
pub mod lsp;
pub mod natlog;
pub mod pipeline;
pub mod reference;
pub mod report;
pub mod rules;
pub mod snapshot;
pub mod text;

pub use report::Report;
use std::path::PathBuf;

/// Confidence below which conflicts are not listed unless somebody asks for it, in percent.
pub const MIN_CONFIDENCE: u8 = 50;

/// Reads articles (files and folders), finds the claims that cannot both hold, and reports them.
///
/// What could not be read stands in the report's `problems`.
///
/// # Errors
/// Rule files with mistakes: all of them.
pub fn check(paths: &[PathBuf], rules: &rules::Options) -> Result<report::Report, rules::Errors> {
    let rules = rules::load(rules)?;
    let limits = base::Limits::default();
    let corpus = ingest::read(paths, &ingest::Kit::new(&rules.lexicon, limits));
    let options = conflicts::Options { min_confidence: MIN_CONFIDENCE, ..conflicts::Options::default() };
    let mut analysis = pipeline::check(corpus.articles, &rules, &limits, &options);
    analysis.ignore(&rules, None);
    Ok(report::build::report(report::build::Input {
        analysis: &analysis,
        rules: &rules,
        notices: &corpus.notices,
        with_text: true,
        whole: true,
    }))
}
pub mod trial;
