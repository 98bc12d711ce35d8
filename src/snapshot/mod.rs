//! Reports as stable text that people review: snapshots below `snapshots/`, and what changed between two reports.
//!
//! A snapshot has no offsets, no line numbers and no figures that move with the model: a page that shifts changes nothing, a claim
//! that changes does. The files are in insta's format, so that its tools read and accept them too.

pub mod blocks;
pub mod by_rule;
pub mod cause;
pub mod diff;
pub mod file;
pub mod history;
pub mod text;
pub mod told;
