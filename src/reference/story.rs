//! The page of a topic, and of a rule with patterns of its own: what it asks, examples from its tests, what it does not catch.

use super::marks::{cell, code, table};
use super::{Book, Entry, patterns};
use crate::base::pack::PackFile;
use crate::rules::gate_meaning;
use crate::rules::schema::{Case, RuleSpec, Says, Side, Strength, Tests, TopicSpec};
use std::fmt::Write as _;

/// The page of a topic.
pub(super) fn topic(topic: &Entry<'_, TopicSpec>, book: &Book<'_>) -> String {
    let spec = topic.spec;
    let mut text =
        format!("# {}\n\nTopic {}, pack {}, {}.\n", spec.title, code(&spec.id), code(&topic.pack), place(topic.file, 3));
    if spec.changes {
        text.push_str("\nA later state may follow an earlier one: such a pair is an update.\n");
    }
    if !spec.key.is_empty() {
        let names: Vec<String> = spec.key.iter().map(|name| code(name)).collect();
        let _ = writeln!(text, "\nBoth sides must speak of the same {}.", names.join(", "));
    }
    if let Some(about) = &spec.about {
        for (list, how) in [(&about.all, "all of"), (&about.any, "one of")] {
            if !list.is_empty() {
                let shown: Vec<String> = list.iter().map(|pattern| code(pattern)).collect();
                let _ = writeln!(text, "\nIt looks at stories with {how} {}.", shown.join(", "));
            }
        }
    }
    text.push_str("\n## Positions\n");
    for position in &spec.positions {
        let denied = position.denied_as.clone().unwrap_or_else(|| format!("not:{}", position.id));
        let _ = write!(text, "\n### {}: {}\n\nIts denial is {}. It is said by:\n\n", position.id, position.label, code(&denied));
        text.push_str(&list(&position.says));
        if !position.unless.is_empty() {
            let _ = write!(text, "\nunless it is one of:\n\n{}", list(&position.unless));
        }
    }
    let rows: Vec<[String; 3]> = spec
        .conflicts
        .iter()
        .map(|clash| {
            let strength = if clash.strength == Strength::Tension { "tension" } else { "contradiction" };
            [code(&clash.between[0]), code(&clash.between[1]), strength.to_owned()]
        })
        .collect();
    text.push_str("\n## What clashes\n\nEvery position clashes with its own denial");
    if rows.is_empty() {
        text.push_str(".\n");
    } else {
        let _ = write!(text, ", and:\n\n{}", table(["position", "against", "which is a"], &rows));
    }
    let rules: Vec<_> = book.of_topic(&spec.id).collect();
    if rules.is_empty() {
        let _ = write!(text, "\n## The rule\n\nNo rule names the topic, so that it is one by itself, with severity warning.\n");
    }
    rules.into_iter().for_each(|entry| text.push_str(&rule(entry.spec, 2)));
    if let Some(tests) = &spec.tests {
        text.push_str("\n## Examples of the topic\n");
        text.push_str(&examples(tests, None, 3));
    }
    text
}

/// The page of a rule without topic.
pub(super) fn rule_page(entry: &Entry<'_, RuleSpec>) -> String {
    let spec = entry.spec;
    let mut text = format!(
        "# {}\n\nRule {}, kind [{}](../kinds.md#{}), pack {}, {}.\n",
        spec.title,
        code(&spec.id),
        super::general::kind(spec),
        super::general::kind(spec),
        code(&entry.pack),
        place(entry.file, 3)
    );
    let _ = write!(text, "\nIt looks at claims that say one of:\n\n{}", list(patterns(spec)));
    text.push_str(&rule(spec, 2));
    text
}

/// A rule with its settings and its tests, under a heading of some level.
pub(super) fn rule(spec: &RuleSpec, level: usize) -> String {
    let mut text = format!("\n{} {}\n\n", "#".repeat(level), spec.id);
    let _ = write!(text, "{}: {}, severity {}", code(&spec.id), spec.title, spec.severity.name());
    if spec.enabled == Some(false) {
        text.push_str(", switched off");
    }
    if !spec.tags.is_empty() {
        let _ = write!(text, ", tags {}", spec.tags.join(", "));
    }
    text.push_str(".\n");
    if let Some(position) = &spec.position
        && !position.pairs.is_empty()
    {
        let pairs: Vec<String> = position.pairs.iter().map(|[a, b]| format!("{} against {}", code(a), code(b))).collect();
        let _ = writeln!(text, "\nIt reports {}.", pairs.join("; "));
    }
    if let Some(window) = spec.scope.as_ref().and_then(|scope| scope.window.as_deref()) {
        let _ = writeln!(text, "\nThe two sides lie at most {} apart.", code(window));
    }
    let _ = writeln!(text, "\nMessage: {}", code(&spec.message));
    let none = Tests::default();
    text.push_str(&examples(spec.tests.as_ref().unwrap_or(&none), spec.note.as_deref(), level + 1));
    text
}

/// Examples from tests under headings of some level: what is reported, what is not and why, what is not caught yet.
fn examples(tests: &Tests, note: Option<&str>, level: usize) -> String {
    let mut text = String::new();
    let heading = |words: &str| format!("\n{} {words}\n\n", "#".repeat(level));
    if !tests.flag.is_empty() {
        text.push_str(&heading("Reported"));
        for case in &tests.flag {
            let _ = writeln!(text, "- {}{}", pair(case), expected(case));
        }
    }
    if !tests.quiet.is_empty() {
        text.push_str(&heading("Not reported"));
        for case in &tests.quiet {
            let gate = case.because.as_deref().unwrap_or("");
            let _ = writeln!(text, "- {} {}: {}.", pair(case), code(gate), gate_meaning(gate));
        }
    }
    if note.is_some() || !tests.todo_flag.is_empty() || !tests.todo_quiet.is_empty() {
        text.push_str(&heading("What it does not catch"));
        if let Some(note) = note {
            let _ = writeln!(text, "{}\n", note.trim());
        }
        for case in &tests.todo_flag {
            let _ = writeln!(text, "- Ought to be reported and is not yet: {}", pair(case));
        }
        for case in &tests.todo_quiet {
            let _ = writeln!(text, "- Is reported and ought not to be: {}", pair(case));
        }
    }
    text
}

fn pair(case: &Case) -> String {
    format!("{} Against {}", side(&case.a), side(&case.b))
}

fn side(side: &Side) -> String {
    let who: Vec<&str> = [&side.by, &side.publisher, &side.date].into_iter().filter_map(|part| part.as_deref()).collect();
    let lead = if who.is_empty() { String::new() } else { format!("{}: ", who.join(", ")) };
    format!("{lead}“{}”", cell(&side.text))
}

fn expected(case: &Case) -> String {
    let Some(expect) = &case.expect else { return String::new() };
    let mut parts: Vec<String> = Vec::new();
    parts.extend(expect.relation.clone());
    parts.extend(expect.sides.clone());
    parts.extend(expect.a.as_deref().map(|id| format!("the first takes {}", code(id))));
    parts.extend(expect.b.as_deref().map(|id| format!("the second takes {}", code(id))));
    if parts.is_empty() { String::new() } else { format!(" ({})", parts.join(", ")) }
}

fn list(patterns: &[Says]) -> String {
    patterns
        .iter()
        .map(|says| match says {
            Says::Words(words) => format!("- {}\n", code(words)),
            Says::Event(event) => {
                let parts: Vec<String> = event.parts().map(|(name, pattern)| format!("{name}: {pattern}")).collect();
                format!("- {}\n", code(&format!("{{ {} }}", parts.join(", "))))
            }
        })
        .collect()
}

/// Where a file stands: a link for a shipped one, from a page so many folders below the root.
pub(super) fn place(file: &PackFile, depth: usize) -> String {
    if file.built_in { format!("[{}]({}{})", file.path, "../".repeat(depth), file.path) } else { code(&file.path) }
}
