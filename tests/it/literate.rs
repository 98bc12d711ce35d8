//! Reads the literate cases under `tests/cases/`: Markdown whose headings name the tests.
//!
//! Two forms. Blocks: fenced `article` blocks followed by an `expect` block are one [`Case`]. Tables: each row whose last cell says what
//! is expected is one [`Row`]. An article block may start with `title:`, `publisher:` and `published:` (or `date:`) lines.

use gainsay::article::Article;
use gainsay::base::Span;
use std::path::{Path, PathBuf};

/// One `expect` block with the articles above it.
pub struct Case {
    /// File, line and heading.
    pub name: String,
    /// Bodies of the `article` blocks since the last `expect`, in order.
    pub articles: Vec<String>,
    /// Body of the `expect` block.
    pub expect: String,
}

impl Case {
    /// The only article of a case.
    pub fn article(&self) -> &str {
        let [article] = &self.articles[..] else { panic!("{}: one article was expected", self.name) };
        article
    }
}

/// One row of a table.
pub struct Row {
    /// File and line.
    pub place: String,
    /// The heading above.
    pub heading: String,
    /// Cells, trimmed.
    pub cells: Vec<String>,
    /// Whether the heading above starts with "Todo": a row that is known to fail.
    pub todo: bool,
}

/// The cases of `tests/cases/<folder>/*.md`, in order of file and line.
pub fn cases(folder: &str) -> Vec<Case> {
    files(folder).iter().flat_map(|path| blocks(path)).collect()
}

/// The table rows of `tests/cases/<folder>/*.md` that have `columns` cells, heads and rules left out.
pub fn rows(folder: &str, columns: usize) -> Vec<Row> {
    files(folder).iter().flat_map(|path| table(path, columns)).collect()
}

/// A block as the program would read a file.
pub fn article(block: &str) -> Article {
    let mut article = Article::default();
    let mut body = String::new();
    for line in block.trim_end().lines() {
        match line.split_once(": ") {
            Some(("title", title)) if body.is_empty() => article.title = Some(title.to_owned()),
            Some(("publisher", name)) if body.is_empty() => article.publisher = Some(name.to_owned()),
            Some(("published" | "date", date)) if body.is_empty() => article.published = date.parse().ok(),
            _ => {
                body.push_str(line);
                body.push('\n');
            }
        }
    }
    if let Some(title) = &article.title {
        article.title_span = Some(Span::new(0, title.len()));
        article.text = format!("{title}\n\n");
    }
    article.text.push_str(&body);
    article
}

fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(folder);
    let entries = std::fs::read_dir(&folder).expect("the cases are part of the project").flatten().map(|e| e.path());
    let mut files: Vec<PathBuf> = entries.filter(|path| path.extension().is_some_and(|ending| ending == "md")).collect();
    files.sort();
    files
}

fn read(path: &Path) -> (String, String) {
    let source = std::fs::read_to_string(path).expect("a case file is UTF-8 text");
    (path.file_name().unwrap_or_default().to_string_lossy().into_owned(), source)
}

/// The words of a heading line.
fn heading(line: &str) -> Option<&str> {
    line.starts_with('#').then(|| line.trim_start_matches('#').trim())
}

fn blocks(path: &Path) -> Vec<Case> {
    let (file, source) = read(path);
    let (mut found, mut title, mut articles) = (Vec::new(), String::new(), Vec::new());
    let mut block: Option<(String, String)> = None;
    for (number, line) in source.lines().enumerate() {
        match (&mut block, line.strip_prefix("```")) {
            (None, Some(kind)) => block = Some((kind.trim().to_owned(), String::new())),
            (Some(_), Some(_)) => {
                let (kind, body) = block.take().expect("the arm says so");
                let name = format!("{file}:{} {title}", number + 1);
                match kind.as_str() {
                    "article" => articles.push(body),
                    "expect" if articles.is_empty() => panic!("{name}: expect without article"),
                    "expect" => found.push(Case { name, articles: std::mem::take(&mut articles), expect: body }),
                    other => panic!("{name}: no block is called `{other}`"),
                }
            }
            (Some((_, body)), None) => {
                body.push_str(line);
                body.push('\n');
            }
            (None, None) => {
                if let Some(words) = heading(line) {
                    words.clone_into(&mut title);
                }
            }
        }
    }
    found
}

fn table(path: &Path, columns: usize) -> Vec<Row> {
    let (file, source) = read(path);
    let (mut found, mut title, mut head) = (Vec::new(), String::new(), true);
    for (number, line) in source.lines().enumerate() {
        if let Some(words) = heading(line) {
            words.clone_into(&mut title);
        }
        if !line.starts_with('|') {
            head = true;
            continue;
        }
        if line.starts_with("|--") || line.starts_with("| --") {
            head = false;
            continue;
        }
        let cells: Vec<String> = line.trim().trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect();
        if !head && cells.len() == columns {
            let place = format!("{file}:{}", number + 1);
            found.push(Row { place, heading: title.clone(), cells, todo: title.starts_with("Todo") });
        }
    }
    found
}
