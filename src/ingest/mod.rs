//! Files, folders and standard input → [`Article`]s; the only reader of input files.
//!
//! In: paths as given on the command line. Out: a [`Corpus`]: articles in a stable order, each with title, publisher and date where
//! the format or the text states them and with its furniture marked, and a [`Notice`] for whatever could not be read. One bad file
//! never stops the others. Knows no sentences and no claims.
//!
//! ```
//! use gainsay::{base::Limits, ingest, lexicon::Lexicon};
//! let kit = ingest::Kit::new(Lexicon::built_in(), Limits::default());
//! let article = ingest::text("note.txt", "Bridge open again\n\nThe bridge was reopened on Sunday, the mayor said.", &kit);
//! assert_eq!(article.title.as_deref(), Some("Bridge open again"));
//! ```

pub mod bytes;
pub mod date;
pub mod files;
pub mod furniture;
pub mod html;
pub mod json;
pub mod kept;
pub mod markdown;
pub mod names;
pub mod phrases;
pub mod plain;

use crate::article::Article;
use crate::base::{Limits, Notice, Span};
use crate::lexicon::Lexicon;
use furniture::Furniture;
use rayon::prelude::*;
use std::io::BufRead;
use std::path::PathBuf;

/// What was read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Corpus {
    /// In order of path, record and id.
    pub articles: Vec<Article>,
    /// What could not be read or was read with a doubt, sorted.
    pub notices: Vec<Notice>,
    /// Files of folders that were left out silently: hidden, of unknown kind, or gainsay's own.
    pub left_out: usize,
}

/// What every format needs: compiled furniture tables and the limits.
#[derive(Debug)]
pub struct Kit {
    /// Compiled once a run.
    pub furniture: Furniture,
    /// What one article and one run may use.
    pub limits: Limits,
}

impl Kit {
    /// Compiles the lexicon's tables.
    pub fn new(lexicon: &Lexicon, limits: Limits) -> Self {
        Self { furniture: Furniture::new(lexicon), limits }
    }
}

/// Where an input comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// As the report names it if no other has the same name: relative to its folder, or the bare file name.
    pub name: String,
    /// The path as given, with `/` between parts, for telling equal names apart.
    pub given: String,
    /// Whether it was found in a folder rather than named.
    pub in_folder: bool,
}

/// What one input gave, before ids are settled.
#[derive(Clone, Debug, Default)]
pub struct Output {
    /// Articles with `id` as the format states it (empty: take the path) and `path` as in [`Origin::name`].
    pub articles: Vec<Article>,
    /// Messages about this input.
    pub notices: Vec<Notice>,
}

/// One input format.
pub trait Format: Sync {
    /// Name for messages.
    fn name(&self) -> &'static str;
    /// File extensions, lower case, without the dot.
    fn extensions(&self) -> &'static [&'static str];
    /// Whether the first bytes of an input without a name look like it.
    fn looks_like(&self, head: &str) -> bool;
    /// Reads one input to its end.
    fn read(&self, input: &mut dyn BufRead, origin: &Origin, kit: &Kit) -> Output;
}

/// Every format, in the order in which sniffing asks them; the last takes anything.
pub const FORMATS: &[&dyn Format] = &[&json::Lines, &json::Object, &html::Page, &markdown::Markdown, &plain::Plain];

/// Reads all inputs: files, folders (in byte order of path, recursively), and `-` for standard input.
pub fn read(inputs: &[PathBuf], kit: &Kit) -> Corpus {
    let found = files::find(inputs);
    let outputs: Vec<(Origin, Output)> =
        found.files.par_iter().map(|file| (file.origin.clone(), files::open(file, kit))).collect();
    gathered(outputs, found.notices, found.left_out, kit)
}

/// The corpus of all that the inputs gave. `notices` tells of inputs that lead nowhere, `left_out` counts files left out silently.
fn gathered(outputs: Vec<(Origin, Output)>, notices: Vec<Notice>, left_out: usize, kit: &Kit) -> Corpus {
    let mut corpus = names::settle(outputs);
    corpus.notices.extend(notices);
    corpus.left_out += left_out;
    if corpus.articles.len() > kit.limits.articles {
        let message = format!(
            "{} articles are more than the limit of {}; the rest was left out",
            corpus.articles.len(),
            kit.limits.articles
        );
        corpus.articles.truncate(kit.limits.articles);
        corpus.notices.push(Notice { path: String::new(), message, fatal: true });
    }
    corpus.notices.sort();
    corpus.notices.dedup();
    corpus
}

/// One article from plain text under a name of its own.
pub fn text(name: &str, text: &str, kit: &Kit) -> Article {
    let mut article = Article { id: name.to_owned(), path: name.to_owned(), text: text.to_owned(), ..Article::default() };
    complete(&mut article, 0, kit);
    article
}

/// Fills what the text itself states (headline, date, publisher) where metadata left it open, and marks furniture from byte `from` on.
pub(crate) fn complete(article: &mut Article, from: usize, kit: &Kit) {
    let layout = kit.furniture.read(&article.text, from, article.title.as_deref());
    article.title_span = layout.title;
    if article.title.is_none() {
        article.title = layout.title.map(|span| span.of(&article.text).to_owned());
    }
    article.published = article.published.or(layout.date);
    if article.publisher.is_none() {
        article.publisher = layout.publisher;
    }
    article.headings = layout.headings;
    article.skipped.extend(layout.skipped);
    tidy(article);
}

/// Sorts skipped spans and drops what lies inside another, so that they are disjoint.
fn tidy(article: &mut Article) {
    article.skipped.sort_by_key(|skipped| (skipped.span.start, std::cmp::Reverse(skipped.span.end)));
    let mut end = 0;
    for skipped in &mut article.skipped {
        skipped.span = Span { start: skipped.span.start.max(end), end: skipped.span.end.max(end) };
        end = end.max(skipped.span.end);
    }
    article.skipped.retain(|skipped| !skipped.span.is_empty());
}

/// A notice about an input.
pub(crate) fn notice(origin: &Origin, message: impl Into<String>, fatal: bool) -> Notice {
    Notice { path: origin.name.clone(), message: message.into(), fatal }
}

/// A value without surrounding space; `None` where nothing is left.
pub(crate) fn filled(value: &str) -> Option<String> {
    let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
    (!value.is_empty()).then_some(value)
}
