//! What an edit of rules did, rule by rule: conflicts gained, lost and changed.
//!
//! In: the conflicts that differ between two reports. Out: one entry a rule, in order of the ids, and its text. A conflict that
//! another rule now names is a change of the rule that names it now.

use super::diff::{Changed, ConflictChanges, Entry};
use super::told::{escaped, moved, sides, told};
use crate::report::layout::{Ink, Style, wrap};
use serde::Serialize;
use std::collections::BTreeMap;

/// What became of one rule's conflicts.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct RuleChanges {
    /// Id of the rule.
    pub rule: String,
    /// Found now and not before.
    pub gained: Vec<Entry>,
    /// Found before and no longer.
    pub lost: Vec<Entry>,
    /// Found both times, told otherwise.
    pub changed: Vec<Changed>,
}

/// Sorts changes by rule.
pub fn by_rule(changes: &ConflictChanges) -> Vec<RuleChanges> {
    let mut all: BTreeMap<&str, RuleChanges> = BTreeMap::new();
    for lone in &changes.new {
        all.entry(&lone.entry.rule).or_default().gained.push(lone.entry.clone());
    }
    for lone in &changes.gone {
        all.entry(&lone.entry.rule).or_default().lost.push(lone.entry.clone());
    }
    for change in &changes.changed {
        all.entry(&change.new.rule).or_default().changed.push(change.clone());
    }
    all.into_iter().map(|(rule, changes)| RuleChanges { rule: rule.to_owned(), ..changes }).collect()
}

/// The counts of one rule, or of all.
fn counts(gained: usize, lost: usize, changed: usize) -> String {
    format!("{gained} gained, {lost} lost, {changed} changed")
}

fn total(rules: &[RuleChanges]) -> String {
    let sum = |of: fn(&RuleChanges) -> usize| rules.iter().map(of).sum();
    counts(sum(|rule| rule.gained.len()), sum(|rule| rule.lost.len()), sum(|rule| rule.changed.len()))
}

/// The changes for a terminal.
pub fn human(rules: &[RuleChanges], style: Style) -> String {
    let mut lines = vec![style.paint(Ink::Strong, &format!("conflicts: {}", total(rules)))];
    for rule in rules {
        let head = format!("{}: {}", rule.rule, counts(rule.gained.len(), rule.lost.len(), rule.changed.len()));
        lines.extend([String::new(), style.paint(Ink::Strong, &head)]);
        let mut put = |mark: char, entry: &Entry, more: &[String], ink: Ink| {
            let texts = std::iter::once(told(entry)).chain(more.iter().map(|line| format!("  │ {line}")));
            for (n, text) in texts.enumerate() {
                for (at, line) in wrap(&text, style.width.saturating_sub(2)).into_iter().enumerate() {
                    let lead = if n == 0 && at == 0 { mark } else { ' ' };
                    lines.push(style.paint(ink, format!("{lead} {line}").trim_end()));
                }
            }
        };
        rule.gained.iter().for_each(|entry| put('+', entry, &entry.sides, Ink::Alarm));
        rule.lost.iter().for_each(|entry| put('-', entry, &entry.sides, Ink::Faint));
        for change in &rule.changed {
            let more: Vec<String> = std::iter::once(format!("({})", moved(change))).chain(sides(change)).collect();
            put('~', &change.new, &more, Ink::Caution);
        }
    }
    lines.join("\n") + "\n"
}

/// The changes as Markdown.
pub fn markdown(rules: &[RuleChanges]) -> String {
    let mut out = format!("# What the rules changed\n\nConflicts: {}.\n", total(rules));
    for rule in rules {
        let head = counts(rule.gained.len(), rule.lost.len(), rule.changed.len());
        out.push_str(&format!("\n## `{}`: {head}\n\n", rule.rule));
        let mut put = |what: &str, text: &str, sides: &[String]| {
            out.push_str(&format!("- {what}: {}\n", escaped(text)));
            sides.iter().for_each(|side| out.push_str(&format!("  > {}\n  >\n", escaped(side))));
        };
        rule.gained.iter().for_each(|entry| put("gained", &told(entry), &entry.sides));
        rule.lost.iter().for_each(|entry| put("lost", &told(entry), &entry.sides));
        for change in &rule.changed {
            put("changed", &format!("{} ({})", told(&change.new), moved(change)), &sides(change));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::snapshot::cause::Cause;
    use crate::snapshot::diff::Lone;

    #[test]
    fn changes_are_told_under_the_rule_that_names_them_now() {
        let entry = |id: &str, rule: &str| Entry { id: id.into(), rule: rule.into(), ..Entry::default() };
        let lone = |id: &str, rule: &str| Lone { entry: entry(id, rule), cause: Cause::Rule };
        let change = Changed { old: entry("c", "x"), new: entry("c", "y"), fields: vec!["rule".into()], cause: Cause::Rule };
        let changes = ConflictChanges { new: vec![lone("a", "y")], gone: vec![lone("b", "x")], changed: vec![change] };
        let rules = by_rule(&changes);
        assert_eq!(rules.iter().map(|rule| rule.rule.as_str()).collect::<Vec<_>>(), ["x", "y"]);
        let text = human(&rules, Style { width: 80, colour: false });
        assert!(text.starts_with("conflicts: 1 gained, 1 lost, 1 changed\n\nx: 0 gained, 1 lost, 0 changed\n- "), "{text}");
        assert!(text.contains("(rule was x)"), "{text}");
        assert!(markdown(&rules).contains("## `y`: 1 gained, 0 lost, 1 changed"));
    }
}
