//! Quick fixes: what a problem's help proposes, where it can be done without thinking.

use super::diagnostics;
use super::workspace::{Place, Workspace};
use crate::rules::Problem;
use gen_lsp_types::{CodeAction, CodeActionKind, Range, TextEdit, WorkspaceEdit};

/// The fixes for the problems that a range of a file touches.
pub fn actions(workspace: &Workspace, place: &Place<'_>, range: Range) -> Vec<CodeAction> {
    let Some(file) = workspace.rule_files().find(|(path, _)| **path == place.path).map(|(_, file)| file) else {
        return Vec::new();
    };
    let mut all = Vec::new();
    for problem in workspace.problems(&place.path) {
        let diagnostic = diagnostics::diagnostic(problem, place.text, &place.lines);
        let touches = diagnostic.range.start <= range.end && range.start <= diagnostic.range.end;
        let Some((title, new_text)) = fix(problem, problem.span.of(place.text)).filter(|_| touches) else { continue };
        let edit = TextEdit { range: place.lines.range(place.text, problem.span), new_text };
        all.push(CodeAction {
            title,
            kind: Some(CodeActionKind::QuickFix),
            diagnostics: Some(vec![diagnostic]),
            is_preferred: Some(true),
            edit: Some(WorkspaceEdit { changes: Some([(file.uri.clone(), vec![edit])].into()), ..WorkspaceEdit::default() }),
            ..CodeAction::default()
        });
    }
    all
}

/// What a fix is called, and what it puts in the place of the marked words.
fn fix(problem: &Problem, marked: &str) -> Option<(String, String)> {
    if problem.code == "W116" && !marked.starts_with(['"', '\'']) {
        return Some((format!("Put `{marked}` in quotation marks"), format!("\"{marked}\"")));
    }
    let name = problem.suggestion()?;
    // The wrong word may stand in a pattern's `<…>`, behind `not:`, or in quotation marks.
    let bare = problem.quoted().rev().map(|name| name.strip_prefix("not:").unwrap_or(name));
    let (at, wrong) = bare.filter(|name| !name.is_empty()).find_map(|wrong| Some((marked.rfind(wrong)?, wrong)))?;
    let new = format!("{}{name}{}", &marked[..at], &marked[at + wrong.len()..]);
    Some((format!("Change `{wrong}` to `{name}`"), new))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Span;
    use crate::rules::Source;

    fn check(code: &'static str, message: &str, help: &str, marked: &str, expected: Option<&str>) {
        let problem = Problem::new(code, &Source::default(), Span::default(), message).help(help);
        assert_eq!(fix(&problem, marked).map(|(_, new)| new).as_deref(), expected);
    }

    #[test]
    fn only_the_wrong_word_is_replaced() {
        let near = "did you mean `orsa`?";
        check("E004", "no entity or group is called `orza`", near, "<orza>", Some("<orsa>"));
        check("E004", "no entity type or group is called `orza`", near, "$x:orza", Some("$x:orsa"));
        check("E004", "topic `orza-x` has no position `not:orza`", near, "\"not:orza\"", Some("\"not:orsa\""));
        check("E002", "unknown key `orza` in a topic", near, "orza", Some("orsa"));
        check("E004", "no entity has the id `orza`", "write it", "orza", None);
        check("W116", "`no` stands unquoted in a list", "write \"no\"", "no", Some("\"no\""));
    }
}
