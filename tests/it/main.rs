//! All integration tests in one binary.

mod cases_claims;
