//! Problems of rule files as the editor shows them.

use super::lines::Lines;
use super::workspace::{File, Workspace};
use crate::base::Span;
use crate::rules::Problem;
use gen_lsp_types::{Diagnostic, DiagnosticSeverity, Position, Range};

/// What the editor says of whom a diagnostic is from.
const SOURCE: &str = "gainsay";

/// The diagnostics of one file, in order of their places.
pub fn of(workspace: &Workspace, path: &str, file: &File) -> Vec<Diagnostic> {
    if let Some(cause) = file.unreadable() {
        return vec![at_start("E001", cause)];
    }
    if workspace.too_large(file) {
        return vec![at_start("E001", "the file is larger than rule files may be, and is not looked at")];
    }
    let (text, lines) = (file.text().unwrap_or(""), file.lines());
    let mut all: Vec<&Problem> = workspace.problems(path).collect();
    all.sort_by_key(|problem| (problem.span.start, problem.code));
    all.into_iter().map(|problem| diagnostic(problem, text, &lines)).collect()
}

fn at_start(code: &str, message: &str) -> Diagnostic {
    let start = Position::new(0, 0);
    Diagnostic {
        range: Range::new(start, start),
        severity: Some(DiagnosticSeverity::Error),
        code: Some(code.to_owned().into()),
        source: Some(SOURCE.into()),
        message: message.to_owned().into(),
        ..Diagnostic::default()
    }
}

/// One problem, at its place in the text it was found in.
pub fn diagnostic(problem: &Problem, text: &str, lines: &Lines) -> Diagnostic {
    let help = problem.help.as_ref().map_or_else(String::new, |help| format!("\n{help}"));
    Diagnostic {
        range: lines.range(text, marked(problem.span, text)),
        severity: Some(match problem.code {
            code if code.starts_with('W') => DiagnosticSeverity::Warning,
            _ => DiagnosticSeverity::Error,
        }),
        code: Some(problem.code.to_owned().into()),
        source: Some(SOURCE.into()),
        message: format!("{}{help}", problem.message).into(),
        ..Diagnostic::default()
    }
}

/// What is underlined: the first line of what the problem is about, and never nothing where there is something.
fn marked(span: Span, text: &str) -> Span {
    let start = (span.start as usize).min(text.len());
    let shown = span.of(text).lines().next().unwrap_or("").trim_end().len();
    let next = text.get(start..).and_then(|rest| rest.chars().next()).filter(|c| !c.is_control());
    Span::new(start, start + shown.max(next.map_or(0, char::len_utf8)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, span: (usize, usize), expected: &str) {
        assert_eq!(marked(Span::new(span.0, span.1), text).of(text), expected);
    }

    #[test]
    fn one_line_is_underlined_and_never_nothing() {
        check("a: bc\nd: e\n", (3, 5), "bc");
        check("a: bc  \nd: e\n", (0, 12), "a: bc");
        check("a: é", (3, 3), "é");
        check("a: \n", (3, 3), "");
        check("a", (9, 12), "");
    }
}
