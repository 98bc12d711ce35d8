//! What every room may use: spans, ids, notices, limits and the reading of rule files. Knows nothing of articles or claims.

pub mod ids;
pub mod intern;
pub mod letters;
pub mod limits;
pub mod notice;
pub mod pack;
pub mod schema;
pub mod span;
pub mod yaml;

pub use ids::{Fingerprint, hash128};
pub use intern::Sym;
pub use limits::Limits;
pub use notice::Notice;
pub use span::{LineIndex, Span};
