//! All integration tests in one binary.

mod broken;
mod cases_agreements;
mod cases_attribution;
mod cases_claims;
mod cases_conflicts;
mod cases_entities;
mod cases_pairs;
mod cases_quantities;
mod cases_stories;
mod cases_times;
mod claims_properties;
mod conflicts_properties;
mod drafting;
mod formats;
mod generated;
mod layers;
mod literate;
mod lsp;
mod pairs_properties;
mod program;
mod readme;
mod review;
mod rule_files;
mod schemas;
mod stories;
