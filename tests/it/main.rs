//! All integration tests in one binary.

mod cases_claims;
mod cases_entities;
mod cases_pairs;
mod claims_properties;
mod layers;
mod program;
mod stories;
