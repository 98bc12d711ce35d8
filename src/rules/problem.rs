//! Mistakes and warnings about rule files: codes, places, and how a person sees them.
//!
//! Knows how a problem looks, not how it is found.

use crate::base::{LineIndex, Span};
use serde::Serialize;
use std::fmt::Write as _;
use std::sync::OnceLock;

/// Most mistakes that one run lists: a file with more is broken in one way that repeats itself.
pub const MOST: usize = 1_000;

/// What a code stands for. Codes keep their meaning for ever.
pub const CODES: &[(&str, &str)] = &[
    ("E001", "YAML syntax, or more than one document"),
    ("E002", "unknown key"),
    ("E003", "id or key given twice"),
    ("E004", "reference to an unknown id"),
    ("E005", "pattern syntax"),
    ("E006", "a rule with no kind, or two"),
    ("E007", "placeholder unknown or not always bound"),
    ("E008", "cycle in uses, part_of or speaks_for"),
    ("E009", "bad window, date or scale"),
    ("E010", "gainsay: missing or too new"),
    ("E011", "a value of the wrong shape, or a required key missing"),
    ("W101", "rule without a flag test"),
    ("W102", "rule without a quiet test"),
    ("W103", "quiet case that matched nothing on either side"),
    ("W104", "pattern contains a negator"),
    ("W105", "pattern is one common word, or all optional"),
    ("W106", "same pattern in two positions of a topic"),
    ("W107", "position that no test reaches"),
    ("W108", "topic, entity or group that nothing uses"),
    ("W109", "names of two entities one letter apart"),
    ("W110", "tolerance 0 though approximators apply"),
    ("W111", "ignore entry that matched nothing"),
    ("W112", "ignore entry past its until"),
    ("W113", "deprecated rule still enabled"),
    ("W114", "todo case that now passes"),
    ("W115", "fires on over 5 % of claims"),
    ("W116", "unquoted no, on, yes or off in a list"),
    ("W117", "byte-order mark in front of the file"),
    ("W118", "rule that finds no conflict in a corpus"),
    ("W119", "two rules that find the same pairs of a corpus"),
    ("W120", "rule whose conflicts are all reported under another"),
];

/// One rule file as it was read.
#[derive(Clone, Debug, Default)]
pub struct Source {
    /// Path as messages show it.
    pub path: String,
    /// Its text.
    pub text: String,
    lines: OnceLock<LineIndex>,
}

impl PartialEq for Source {
    fn eq(&self, other: &Self) -> bool {
        (&self.path, &self.text) == (&other.path, &other.text)
    }
}

impl Eq for Source {}

impl Source {
    /// A file as it was read.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        Self { path: path.into(), text: text.into(), lines: OnceLock::new() }
    }

    /// Line and column of a byte, both from 1.
    pub fn position(&self, at: u32) -> (u32, u32) {
        self.lines.get_or_init(|| LineIndex::new(&self.text)).position(&self.text, at)
    }
}

/// A change of a file's text: these bytes are replaced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Edit {
    /// What goes; empty where something is only put in.
    pub span: Span,
    /// What comes.
    pub text: String,
}

/// A mistake or a warning, at its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// `E…` or `W…`; see [`CODES`].
    pub code: &'static str,
    /// What is wrong, in one sentence without full stop.
    pub message: String,
    /// File as messages show it.
    pub path: String,
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// Bytes of the file; the place is its start.
    pub span: Span,
    /// What to do, where there is something to say.
    pub help: Option<String>,
    /// Changes that mend it without any decision to take; `rules check --fix` makes them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fix: Vec<Edit>,
}

impl Problem {
    /// Makes a problem at a span of a file.
    pub fn new(code: &'static str, source: &Source, span: Span, message: impl Into<String>) -> Self {
        let (line, column) = source.position(span.start);
        Self { code, message: message.into(), path: source.path.clone(), line, column, span, help: None, fix: Vec::new() }
    }

    /// Adds a change that mends it.
    pub fn fix(mut self, span: Span, text: impl Into<String>) -> Self {
        self.fix.push(Edit { span, text: text.into() });
        self
    }

    /// Adds what to do.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds "did you mean", where a known name is near, and the change itself where only that one can be meant.
    pub fn nearest<'a>(self, source: &Source, name: &str, known: impl IntoIterator<Item = &'a str> + Clone) -> Self {
        let Some(near) = nearest(name, known.clone()) else { return self };
        let problem = self.help(format!("did you mean `{near}`?"));
        // The name stands once in what is marked: as it is, in quotation marks, or behind `not:`.
        let marked = problem.span.of(&source.text);
        match marked.find(name).filter(|_| marked.matches(name).count() == 1 && clear(name, near, known)) {
            Some(at) => {
                let start = problem.span.start as usize + at;
                problem.fix(Span::new(start, start + name.len()), near)
            }
            None => problem,
        }
    }

    /// The known name that the help proposes instead of a misspelt one.
    pub fn suggestion(&self) -> Option<&str> {
        self.help.as_deref()?.strip_prefix("did you mean `")?.strip_suffix("`?")
    }

    /// Names that the message quotes, in order.
    pub fn quoted(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.message.split('`').collect::<Vec<_>>().into_iter().enumerate().filter(|(at, _)| at % 2 == 1).map(|(_, name)| name)
    }

    /// Whether it makes the file unusable.
    pub fn is_error(&self) -> bool {
        self.code.starts_with('E')
    }

    /// The problem as a person sees it: code, sentence, place, source line with caret, help.
    pub fn render(&self, text: &str) -> String {
        let word = if self.is_error() { "error" } else { "warning" };
        let mut out = format!("{word}[{}]: {}\n  --> {}:{}:{}\n", self.code, self.message, self.path, self.line, self.column);
        let index = (self.line as usize).saturating_sub(1);
        if !text.is_empty()
            && let Some(line) = text.split('\n').nth(index).map(|line| line.trim_end_matches('\r'))
        {
            let (shown, column) = window(line, self.column as usize);
            let gutter = " ".repeat(self.line.to_string().len());
            let marked = self.span.of(text).split('\n').next().unwrap_or("").trim_end().chars().count();
            let room = shown.chars().count().saturating_sub(column - 1);
            let carets = "^".repeat(marked.min(room).max(1));
            let _ = write!(out, "{gutter} |\n{} | {shown}\n{gutter} | {}{carets}\n", self.line, " ".repeat(column - 1));
            if let Some(help) = &self.help {
                let _ = writeln!(out, "{gutter} = help: {help}");
            }
        } else if let Some(help) = &self.help {
            let _ = writeln!(out, "  = help: {help}");
        }
        out
    }
}

/// At most 120 characters of a line around a column, tabs and control characters shown as blanks, and the column in them.
fn window(line: &str, column: usize) -> (String, usize) {
    const WIDTH: usize = 120;
    let blank = |c: char| if c.is_control() || c == '\u{feff}' { ' ' } else { c };
    let column = column.max(1);
    if line.chars().count() <= WIDTH {
        return (line.chars().map(blank).collect(), column);
    }
    let skip = column.saturating_sub(WIDTH / 2);
    let part: String = line.chars().skip(skip).take(WIDTH).map(blank).collect();
    let lead = if skip > 0 { "…" } else { "" };
    let tail = if line.chars().count() > skip + WIDTH { "…" } else { "" };
    (format!("{lead}{part}{tail}"), column - skip + lead.chars().count())
}

/// Whether `near` is the only known name that a slip of one or two letters can have meant.
fn clear<'a>(name: &str, near: &str, known: impl IntoIterator<Item = &'a str>) -> bool {
    let distance = strsim::damerau_levenshtein(name, near);
    let far =
        |other: &str| other.len().abs_diff(name.len()) > distance + 1 || strsim::damerau_levenshtein(name, other) > distance + 1;
    let short = (name.chars().count() / 3).clamp(1, 2);
    distance <= short && known.into_iter().all(|other| other == near || far(other))
}

/// The known name nearest to a misspelt one; `None` where none is near. Equal distances: the first.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // One letter is near to any other.
    let allowed = if name.chars().count() < 2 { return None } else { (name.chars().count() / 3).clamp(1, 3) };
    let mut best: Option<(usize, &str)> = None;
    for candidate in known {
        // "agreement" for "agree": a name cut short is near, however long the rest.
        let cut = name.len() >= 3 && (candidate.starts_with(name) || name.starts_with(candidate) && candidate.len() >= 3);
        // A character has at most four bytes, so that such lengths are never near; most names of a large pack end here.
        let long = name.len().abs_diff(candidate.len()) > 4 * allowed;
        let distance = if long { usize::MAX } else { strsim::damerau_levenshtein(name, candidate) };
        let distance = if cut { distance.min(allowed) } else { distance };
        if distance <= allowed && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Sorts problems by file, place and code, and drops repetitions of one code at one place.
pub fn sort(problems: &mut Vec<Problem>) {
    problems.sort_by(|a, b| (&a.path, a.span.start, a.code, &a.message).cmp(&(&b.path, b.span.start, b.code, &b.message)));
    problems.dedup_by(|a, b| a.path == b.path && a.span.start == b.span.start && a.code == b.code && a.message == b.message);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_shows_its_line_with_a_caret() {
        let source = Source::new("rules/talks.yml", "topics:\n  - { between: [agreed, no-agreements] }\n");
        let at = source.text.find("no-").expect("it is there");
        let problem = Problem::new("E004", &source, Span::new(at, at + 13), "topic `talks` has no position `no-agreements`")
            .nearest(&source, "no-agreements", ["agreed", "no-agreement"]);
        assert_eq!(
            problem.render(&source.text),
            "error[E004]: topic `talks` has no position `no-agreements`\n  --> rules/talks.yml:2:25\n  |\n\
             2 |   - { between: [agreed, no-agreements] }\n  |                         ^^^^^^^^^^^^^\n  \
             = help: did you mean `no-agreement`?\n"
        );
    }

    #[test]
    fn a_long_line_is_shown_around_its_column() {
        let source = Source::new("x.yml", format!("a: {}é{}", "x".repeat(500), "y".repeat(500)));
        let at = source.text.find('é').expect("it is there");
        let shown = Problem::new("E001", &source, Span::new(at, at + 2), "odd").render(&source.text);
        let lines: Vec<_> = shown.lines().collect();
        assert!(lines[3].chars().count() < 140);
        let column = lines[4].chars().position(|c| c == '^');
        assert_eq!(column.and_then(|c| lines[3].chars().nth(c)), Some('é'));
    }

    #[test]
    fn nearest_names_are_near() {
        assert_eq!(nearest("mesage", ["message", "severity"]), Some("message"));
        assert_eq!(nearest("colour", ["message", "severity"]), None);
    }
}
