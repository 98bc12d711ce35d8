//! All integration tests in one binary.

mod cases_attribution;
mod cases_claims;
