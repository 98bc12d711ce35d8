//! All integration tests in one binary.

mod cases_attribution;
mod cases_claims;
mod cases_entities;
mod cases_pairs;
mod claims_properties;
mod generated;
mod layers;
mod program;
mod readme;
mod stories;
