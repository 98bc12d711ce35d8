//! Two reports → what is new, gone and changed, claims and conflicts.
//!
//! Ids do not depend on lines or file names, so what merely moved is no change. One gone and one new conflict of a group are one that
//! changed.

use crate::report::layout::{Ink, Style, wrap};
use crate::report::outline::{Index, counted};
use crate::report::view::{Claim, Conflict, Report};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Everything that changed.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Changes {
    /// Conflicts.
    pub conflicts: ConflictChanges,
    /// Claims.
    pub claims: ClaimChanges,
}

/// What changed among conflicts.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ConflictChanges {
    /// Only in the new report.
    pub new: Vec<Entry>,
    /// Only in the old report.
    pub gone: Vec<Entry>,
    /// The same conflict told otherwise, or one that took the place of another of its group.
    pub changed: Vec<Changed>,
}

/// What changed among claims.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ClaimChanges {
    /// Only in the new report.
    pub new: Vec<ClaimEntry>,
    /// Only in the old report.
    pub gone: Vec<ClaimEntry>,
    /// In both, read otherwise.
    pub changed: Vec<ClaimChanged>,
}

/// A conflict in short.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Entry {
    /// Its id.
    pub id: String,
    /// Its rule.
    pub rule: String,
    /// Its relation.
    pub relation: String,
    /// Its severity.
    pub severity: String,
    /// Its message.
    pub message: String,
}

/// A conflict that changed.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Changed {
    /// Before.
    pub old: Entry,
    /// After.
    pub new: Entry,
    /// The fields that differ.
    pub fields: Vec<String>,
}

/// A claim in short.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ClaimEntry {
    /// Its id.
    pub id: String,
    /// Its article.
    pub article: String,
    /// Who says it.
    pub speaker: String,
    /// How firmly.
    pub factuality: String,
    /// What is said.
    pub content: String,
}

/// A claim that is read otherwise.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ClaimChanged {
    /// Before.
    pub old: ClaimEntry,
    /// After.
    pub new: ClaimEntry,
    /// The fields that differ.
    pub fields: Vec<String>,
}

/// Compares two reports.
pub fn compare(old: &Report, new: &Report) -> Changes {
    Changes { conflicts: conflicts(old, new), claims: claims(old, new) }
}

fn conflicts(old: &Report, new: &Report) -> ConflictChanges {
    let by_id =
        |report: &'_ Report| report.conflicts.iter().map(|c| (c.id.clone(), c.clone())).collect::<BTreeMap<String, Conflict>>();
    let (before, after) = (by_id(old), by_id(new));
    let mut changes = ConflictChanges::default();
    let mut gone: Vec<&Conflict> = before.values().filter(|conflict| !after.contains_key(&conflict.id)).collect();
    for conflict in after.values() {
        match before.get(&conflict.id) {
            Some(earlier) => {
                let fields = differing(earlier, conflict);
                if !fields.is_empty() {
                    changes.changed.push(Changed { old: entry(earlier), new: entry(conflict), fields });
                }
            }
            None => match gone.iter().position(|earlier| earlier.group == conflict.group) {
                Some(at) => {
                    let earlier = gone.remove(at);
                    changes.changed.push(Changed { old: entry(earlier), new: entry(conflict), fields: vec!["claims".into()] });
                }
                None => changes.new.push(entry(conflict)),
            },
        }
    }
    changes.gone = gone.into_iter().map(entry).collect();
    changes
}

fn differing(old: &Conflict, new: &Conflict) -> Vec<String> {
    let mut fields = Vec::new();
    let mut note = |name: &str, differs: bool| fields.extend(differs.then(|| name.to_owned()));
    note("rule", old.rule != new.rule);
    note("kind", old.kind != new.kind);
    note("relation", old.relation != new.relation);
    note("sides", old.sides != new.sides);
    note("severity", old.severity != new.severity);
    note("confidence", (old.confidence - new.confidence).abs() >= 0.05);
    note("ignored", old.ignored != new.ignored);
    fields
}

fn entry(conflict: &Conflict) -> Entry {
    Entry {
        id: conflict.id.clone(),
        rule: conflict.rule.clone(),
        relation: conflict.relation.clone(),
        severity: conflict.severity.clone(),
        message: conflict.message.clone(),
    }
}

fn claims(old: &Report, new: &Report) -> ClaimChanges {
    let (one, two) = (Index::new(old), Index::new(new));
    let ids = |report: &'_ Report| report.claims.iter().map(|claim| claim.id.clone()).collect::<BTreeSet<String>>();
    let (before, after) = (ids(old), ids(new));
    let mut changes = ClaimChanges::default();
    for claim in new.claims.iter().filter(|claim| !before.contains(&claim.id)) {
        changes.new.push(claim_entry(claim, &two));
    }
    for claim in &old.claims {
        match two.claim(&claim.id) {
            None => changes.gone.push(claim_entry(claim, &one)),
            Some(later) => {
                let mut fields = Vec::new();
                let mut note = |name: &str, differs: bool| fields.extend(differs.then(|| name.to_owned()));
                note("factuality", claim.factuality != later.factuality);
                note("polarity", claim.polarity != later.polarity);
                note("modality", claim.modality != later.modality);
                let taken = |claim: &Claim| {
                    claim.positions.iter().map(|p| (p.topic.clone(), p.position.clone())).collect::<BTreeSet<_>>()
                };
                note("positions", taken(claim) != taken(later));
                if !fields.is_empty() {
                    changes.changed.push(ClaimChanged { old: claim_entry(claim, &one), new: claim_entry(later, &two), fields });
                }
            }
        }
    }
    debug_assert!(after.len() <= new.claims.len());
    changes
}

fn claim_entry(claim: &Claim, index: &Index<'_>) -> ClaimEntry {
    ClaimEntry {
        id: claim.id.clone(),
        article: claim.article.clone(),
        speaker: index.speaker(claim),
        factuality: claim.factuality.clone(),
        content: claim.content.split_whitespace().collect::<Vec<_>>().join(" "),
    }
}

/// The changes for people.
pub fn human(changes: &Changes, style: Style) -> String {
    let mut out = Vec::new();
    let conflicts = &changes.conflicts;
    let claims = &changes.claims;
    let line = format!(
        "conflicts: {} new, {} gone, {} changed; claims: {} new, {} gone, {} changed",
        conflicts.new.len(),
        conflicts.gone.len(),
        conflicts.changed.len(),
        claims.new.len(),
        claims.gone.len(),
        claims.changed.len()
    );
    out.push(style.paint(Ink::Strong, &line));
    let mut item = |mark: char, text: &str, ink: Ink| {
        for (at, line) in wrap(text, style.width.saturating_sub(2)).into_iter().enumerate() {
            let lead = if at == 0 { mark } else { ' ' };
            out.push(style.paint(ink, &format!("{lead} {line}")));
        }
    };
    conflicts.new.iter().for_each(|entry| item('+', &told(entry), Ink::Alarm));
    conflicts.gone.iter().for_each(|entry| item('-', &told(entry), Ink::Faint));
    conflicts.changed.iter().for_each(|change| item('~', &format!("{} [{}]", told(&change.new), moved(change)), Ink::Caution));
    claims.new.iter().for_each(|entry| item('+', &claim_told(entry), Ink::Faint));
    claims.gone.iter().for_each(|entry| item('-', &claim_told(entry), Ink::Faint));
    claims
        .changed
        .iter()
        .for_each(|change| item('~', &format!("{} [{}]", claim_told(&change.new), change.fields.join(", ")), Ink::Faint));
    let mut text = out.join("\n");
    text.push('\n');
    text
}

/// The changes as Markdown.
pub fn markdown(changes: &Changes) -> String {
    let mut out = String::from("# What changed\n");
    let mut list = |heading: &str, lines: Vec<String>| {
        if !lines.is_empty() {
            out.push_str(&format!("\n## {heading} ({})\n\n", lines.len()));
            lines.iter().for_each(|line| out.push_str(&format!("- {line}\n")));
        }
    };
    let conflicts = &changes.conflicts;
    list("New conflicts", conflicts.new.iter().map(told).collect());
    list("Conflicts gone", conflicts.gone.iter().map(told).collect());
    list(
        "Conflicts changed",
        conflicts.changed.iter().map(|change| format!("{} ({})", told(&change.new), moved(change))).collect(),
    );
    list("New claims", changes.claims.new.iter().map(claim_told).collect());
    list("Claims gone", changes.claims.gone.iter().map(claim_told).collect());
    list(
        "Claims changed",
        changes
            .claims
            .changed
            .iter()
            .map(|change| format!("{} ({})", claim_told(&change.new), change.fields.join(", ")))
            .collect(),
    );
    if out.lines().count() == 1 {
        out.push_str("\nNothing.\n");
    }
    out
}

fn told(entry: &Entry) -> String {
    format!("{} {} by {}: {} ({})", entry.severity, entry.relation, entry.rule, entry.message, entry.id)
}

fn moved(change: &Changed) -> String {
    let field = |name: &String| match name.as_str() {
        "relation" => format!("relation was {}", change.old.relation),
        "rule" => format!("rule was {}", change.old.rule),
        "severity" => format!("severity was {}", change.old.severity),
        "claims" => format!("in place of {}", change.old.id),
        name => name.to_owned(),
    };
    change.fields.iter().map(field).collect::<Vec<_>>().join(", ")
}

fn claim_told(entry: &ClaimEntry) -> String {
    format!("{} {} in {}: {}", entry.factuality, entry.speaker, entry.article, entry.content)
}

/// "nothing" or what changed, for a line of a log.
pub fn short(changes: &Changes) -> String {
    let number = changes.conflicts.new.len() + changes.conflicts.gone.len() + changes.conflicts.changed.len();
    if number == 0 { "no conflict changed".into() } else { format!("{} changed", counted(number, "conflict")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn conflict(id: &str, group: &str, relation: &str) -> Conflict {
        Conflict { id: id.into(), group: group.into(), relation: relation.into(), ..Conflict::default() }
    }

    fn report(conflicts: Vec<Conflict>) -> Report {
        Report { conflicts, ..Report::default() }
    }

    #[test]
    fn a_report_against_itself_changes_nothing() {
        let one = report(vec![conflict("a", "g", "dispute")]);
        assert_eq!(compare(&one, &one), Changes::default());
        assert!(markdown(&compare(&one, &one)).ends_with("Nothing.\n"));
    }

    #[test]
    fn one_gone_and_one_new_of_a_group_are_one_changed() {
        let old = report(vec![conflict("a", "g", "dispute"), conflict("b", "h", "update"), conflict("c", "i", "update")]);
        let new = report(vec![conflict("z", "g", "dispute"), conflict("b", "h", "tension"), conflict("y", "j", "update")]);
        let changes = compare(&old, &new).conflicts;
        assert_eq!(changes.new.iter().map(|e| e.id.as_str()).collect::<Vec<_>>(), ["y"]);
        assert_eq!(changes.gone.iter().map(|e| e.id.as_str()).collect::<Vec<_>>(), ["c"]);
        assert_eq!(changes.changed.iter().map(|c| c.fields.join("")).collect::<Vec<_>>(), ["relation", "claims"]);
    }
}
