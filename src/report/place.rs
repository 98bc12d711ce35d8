//! Where a claim stands, for tools that open files: the path as it was given, line and column from 1.

use super::outline::Index;
use super::view::{Article, Claim};

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The path as it was given, `/` between parts; the article's own where none was given.
    pub file: String,
    /// First line.
    pub line: u32,
    /// First column, in characters; `None` where the file's own columns are not known (pages, records).
    pub column: Option<u32>,
    /// Last line, and the column behind its last character.
    pub end: Option<(u32, u32)>,
}

/// The place of a claim. A page's text has lines of its own, so that its claims are shown at the file's first line; a record of a
/// container stands on the container's line.
pub fn place(index: &Index<'_>, claim: &Claim) -> Place {
    let article = index.article(&claim.article);
    let file = article.map_or_else(|| claim.article.clone(), file);
    match article {
        Some(Article { record: Some(record), .. }) => Place { file, line: *record, column: None, end: None },
        Some(article) if article.extracted => Place { file, line: 1, column: None, end: None },
        _ => Place { file, line: claim.line, column: Some(claim.column), end: Some(end(claim)) },
    }
}

fn file(article: &Article) -> String {
    if article.given.is_empty() { article.path.clone() } else { article.given.clone() }
}

fn end(claim: &Claim) -> (u32, u32) {
    let breaks = claim.text.matches('\n').count() as u32;
    let last = claim.text.rsplit('\n').next().unwrap_or("").chars().count() as u32;
    (claim.line + breaks, if breaks == 0 { claim.column + last } else { last + 1 })
}

/// Text on one line.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
