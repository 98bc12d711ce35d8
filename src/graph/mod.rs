//! The graph of a run: which article contains which claim, who asserts it, whom it mentions, what it supports or conflicts with.
//!
//! In: readings and entities, in the order of the run. Out: [`Graph`], built once in sorted order, so that equal input gives equal
//! node and edge numbers. Knows no rules; conflicts and corroborations are handed to it as pairs of claims.

mod build;
mod query;
pub mod voices;

pub use build::{ClaimIx, Edge, Graph, Node};
pub use voices::{Voices, voices};
