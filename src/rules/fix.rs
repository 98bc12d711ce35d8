//! Mends what is mechanical in rule files, by the changes that problems carry: bytes are replaced, nothing is written anew, so that
//! comments and layout stay.
//!
//! In: files. Out: their mended text and what was mended. Reads and writes nothing itself.

use super::load::{Layered, inspect_files, shipped_ids};
use super::problem::Problem;

/// Rounds of mending: a mended mistake may bring out another one behind it.
const ROUNDS: usize = 16;

/// A file before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mended {
    /// Path as messages show it.
    pub path: String,
    /// Its text now.
    pub text: String,
    /// What was mended, in order: line and column as they were then, and what was done.
    pub done: Vec<(u32, u32, String)>,
}

/// Mends files until nothing mechanical is left; only those that changed are given back.
pub(super) fn mend(mut files: Vec<Layered>) -> Vec<Mended> {
    let mut mended: Vec<Option<Mended>> = vec![None; files.len()];
    for _ in 0..ROUNDS {
        let problems = inspect_files(&files, shipped_ids()).problems;
        let mut changed = false;
        for (layered, slot) in files.iter_mut().zip(&mut mended) {
            let path = &layered.file.path;
            let own: Vec<&Problem> = problems.iter().filter(|p| p.path == *path && !p.fix.is_empty()).collect();
            let Some((text, done)) = applied(&layered.file.text, &own) else { continue };
            let entry = slot.get_or_insert_with(|| Mended { path: path.clone(), text: String::new(), done: Vec::new() });
            entry.done.extend(done);
            entry.text.clone_from(&text);
            layered.file.text = text.into();
            changed = true;
        }
        if !changed {
            break;
        }
    }
    mended.into_iter().flatten().collect()
}

/// A text with the changes of problems made; of two that overlap the first counts, the other is for the next round. `None` where
/// there is nothing to do.
fn applied(text: &str, problems: &[&Problem]) -> Option<(String, Vec<(u32, u32, String)>)> {
    let mut edits: Vec<(usize, usize, &str)> = Vec::new();
    let mut done = Vec::new();
    for problem in problems {
        let own = problem.fix.iter().map(|edit| (edit.span.start as usize, edit.span.end as usize, edit.text.as_str()));
        let own: Vec<_> = own.collect();
        let meets = |one: &(usize, usize, &str)| edits.iter().any(|other| one.0 <= other.1 && other.0 <= one.1);
        if own.len() <= 8 && own.iter().any(meets) || own.iter().any(|(start, end, _)| text.get(*start..*end).is_none()) {
            continue;
        }
        edits.extend(own);
        done.push((problem.line, problem.column, told(text, problem)));
    }
    if edits.is_empty() {
        return None;
    }
    edits.sort_unstable();
    let (mut out, mut at) = (String::with_capacity(text.len()), 0);
    for (start, end, new) in edits {
        // What touches an earlier change of a long list of them is left for the next round.
        if start < at {
            continue;
        }
        out.push_str(&text[at..start]);
        out.push_str(new);
        at = end;
    }
    out.push_str(&text[at..]);
    Some((out, done))
}

/// What a problem's changes do, in words.
fn told(text: &str, problem: &Problem) -> String {
    let [edit] = problem.fix.as_slice() else { return format!("{} tabs replaced by blanks", problem.fix.len()) };
    let (old, new) = (edit.span.of(text), edit.text.trim_end());
    let shown = |word: &str| word.trim().trim_start_matches(['-', ',']).trim().to_owned();
    match (old, new) {
        ("\u{feff}", _) => "byte-order mark taken out".into(),
        ("", new) => format!("`{new}` put in"),
        (old, "") if old.trim().is_empty() => "blank put in".into(),
        (old, "") => format!("`{}` taken out", shown(old)),
        ("\t", _) => "tab replaced by blanks".into(),
        (old, new) => format!("`{old}` is now `{new}`"),
    }
}
