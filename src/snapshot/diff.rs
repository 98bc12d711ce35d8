//! Two reports → what is new, gone and changed, claims and conflicts.
//!
//! Ids do not depend on lines or file names, so what merely moved is no change. One gone and one new conflict of a group are one that
//! changed.

use super::cause::{Cause, cause};
use crate::report::outline::Index;
use crate::report::page;
use crate::report::place::one_line;
use crate::report::view::{Claim, Conflict, Report};
use serde::Serialize;
use std::collections::BTreeSet;

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
    pub new: Vec<Lone>,
    /// Only in the old report.
    pub gone: Vec<Lone>,
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
    /// Both sides: who, and the words.
    pub sides: Vec<String>,
}

/// A conflict that is in one report only.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Lone {
    /// The conflict.
    #[serde(flatten)]
    pub entry: Entry,
    /// Why the other report does not have it.
    pub cause: Cause,
}

/// A conflict that changed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Changed {
    /// Before.
    pub old: Entry,
    /// After.
    pub new: Entry,
    /// The fields that differ.
    pub fields: Vec<String>,
    /// What made the difference.
    pub cause: Cause,
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
    let (before, after) = (Index::new(old), Index::new(new));
    let mut changes = ConflictChanges::default();
    for course in page::courses(old, new) {
        match (course.old, course.new) {
            (Some(earlier), Some(later)) => {
                let fields: Vec<String> = page::differing(earlier, later).into_iter().map(str::to_owned).collect();
                if !fields.is_empty() {
                    let cause = cause(later, new, old);
                    changes.changed.push(Changed { old: entry(earlier, &before), new: entry(later, &after), fields, cause });
                }
            }
            (None, Some(later)) => changes.new.push(Lone { entry: entry(later, &after), cause: cause(later, new, old) }),
            (Some(earlier), None) => {
                changes.gone.push(Lone { entry: entry(earlier, &before), cause: cause(earlier, old, new) });
            }
            (None, None) => {}
        }
    }
    changes
}

fn entry(conflict: &Conflict, index: &Index<'_>) -> Entry {
    let side = |id: &String| index.claim(id).map(|claim| format!("{}: {}", index.speaker(claim), one_line(&claim.text)));
    Entry {
        sides: conflict.claims.iter().filter_map(side).collect(),
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
        assert!(crate::snapshot::told::markdown(&compare(&one, &one)).ends_with("Nothing.\n"));
    }

    #[test]
    fn one_gone_and_one_new_of_a_group_are_one_changed() {
        let old = report(vec![conflict("a", "g", "dispute"), conflict("b", "h", "update"), conflict("c", "i", "update")]);
        let new = report(vec![conflict("z", "g", "dispute"), conflict("b", "h", "tension"), conflict("y", "j", "update")]);
        let changes = compare(&old, &new).conflicts;
        assert_eq!(changes.new.iter().map(|lone| lone.entry.id.as_str()).collect::<Vec<_>>(), ["y"]);
        assert_eq!(changes.gone.iter().map(|lone| lone.entry.id.as_str()).collect::<Vec<_>>(), ["c"]);
        assert_eq!(changes.changed.iter().map(|c| c.fields.join("")).collect::<Vec<_>>(), ["relation", "claims"]);
    }
}
