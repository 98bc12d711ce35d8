//! An article as the other rooms see it: text, where it came from, and what of it is site furniture.

use crate::base::Span;
use jiff::civil::Date;

/// One article. Every span of every later stage is a byte range of `text`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Article {
    /// Unique in a run; see DESIGN.md for how it follows from path and record.
    pub id: String,
    /// Relative path as the report shows it.
    pub path: String,
    /// The path as given on the command line, `/` between parts; empty where there is none.
    pub given: String,
    /// Line of a JSONL file, from 1.
    pub record: Option<u32>,
    /// Headline.
    pub title: Option<String>,
    /// Where the headline stands in `text`; `None` where it came from metadata alone.
    pub title_span: Option<Span>,
    /// Name of the outlet; `None` where nothing states it.
    pub publisher: Option<String>,
    /// Day of publication.
    pub published: Option<Date>,
    /// Address it was found at.
    pub url: Option<String>,
    /// Author line from metadata.
    pub author: Option<String>,
    /// BCP 47 tag where the format states it.
    pub language: Option<String>,
    /// The text as given (plain text, Markdown, JSON) or as extracted (HTML).
    pub text: String,
    /// Whether `text` was extracted from markup, so that reports must carry it.
    pub extracted: bool,
    /// Furniture: sorted, disjoint spans of `text`, each with its reason.
    pub skipped: Vec<Skipped>,
    /// Spans of `text` that are standfirst (summary line under the headline), section headings and the like.
    pub headings: Vec<Span>,
}

/// A stretch of an article that is no statement of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Skipped {
    /// Where.
    pub span: Span,
    /// Why, in a word or two: `menu`, `related stories`, `byline`, `dateline`, `share bar`, `footer`, `disclaimer`, `front matter`.
    pub reason: String,
}
