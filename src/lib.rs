//! gainsay reads articles, finds who claims what, and reports the claims that cannot both hold.
//!
//! The modules stand in the order in which data flows through them; nothing imports upwards:
//! [`base`], [`article`], [`lexicon`], [`ingest`], [`text`], [`claims`].

pub mod article;
pub mod base;
pub mod claims;
pub mod cli;
pub mod config;
pub mod conflicts;
pub mod entities;
pub mod graph;
pub mod ingest;
pub mod lexical;
pub mod lexicon;
pub mod pipeline;
pub mod report;
pub mod rules;
pub mod snapshot;
pub mod text;
