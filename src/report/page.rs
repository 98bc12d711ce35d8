//! What a format knows beside the report: how text for people is drawn, and which earlier report this one is held against.

use super::Style;
use super::view::{Conflict, Report};
use std::collections::BTreeMap;

/// How a report is written.
#[derive(Clone, Copy, Debug, Default)]
pub struct Page<'a> {
    /// Width and colours of text for people.
    pub style: Style,
    /// The report that says what is not new.
    pub baseline: Option<&'a Report>,
}

/// What a conflict is when held against an earlier report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// No such conflict was there.
    New,
    /// It was there, told alike.
    Unchanged,
    /// It was there and is told otherwise, or it took the place of one of its group.
    Updated,
}

/// One conflict's way from an earlier report to a later one.
#[derive(Clone, Copy, Debug)]
pub struct Course<'a> {
    /// Before; `None` for a new one.
    pub old: Option<&'a Conflict>,
    /// After; `None` for one that is gone.
    pub new: Option<&'a Conflict>,
}

/// Pairs the conflicts of two reports: equal ids first, then one gone with one new of the same group, which is a change and not two.
/// In order of the new report's ids, what is gone last.
pub fn courses<'a>(old: &'a Report, new: &'a Report) -> Vec<Course<'a>> {
    let by_id = |report: &'a Report| report.conflicts.iter().map(|c| (c.id.as_str(), c)).collect::<BTreeMap<_, _>>();
    let (before, after) = (by_id(old), by_id(new));
    let mut gone: Vec<&Conflict> =
        before.values().copied().filter(|conflict| !after.contains_key(conflict.id.as_str())).collect();
    let mut all = Vec::new();
    for conflict in after.values() {
        let earlier = before.get(conflict.id.as_str()).copied().or_else(|| {
            let at = gone.iter().position(|earlier| earlier.group == conflict.group)?;
            Some(gone.remove(at))
        });
        all.push(Course { old: earlier, new: Some(conflict) });
    }
    all.extend(gone.into_iter().map(|conflict| Course { old: Some(conflict), new: None }));
    all
}

/// The fields that differ between two tellings of one conflict; a confidence that moved by less than 0.05 is none.
pub fn differing(old: &Conflict, new: &Conflict) -> Vec<&'static str> {
    let fields = [
        ("claims", old.id != new.id),
        ("rule", old.rule != new.rule),
        ("kind", old.kind != new.kind),
        ("relation", old.relation != new.relation),
        ("sides", old.sides != new.sides),
        ("severity", old.severity != new.severity),
        ("confidence", (old.confidence - new.confidence).abs() >= 0.05),
        ("ignored", old.ignored != new.ignored),
    ];
    fields.into_iter().filter(|(_, differs)| *differs).map(|(name, _)| name).collect()
}

impl<'a> Page<'a> {
    /// What each conflict of a report is against the baseline, by id; and the baseline's conflicts that are gone. Nothing without one.
    pub fn standings(&self, report: &'a Report) -> (BTreeMap<&'a str, Standing>, Vec<&'a Conflict>) {
        let Some(baseline) = self.baseline else { return Default::default() };
        let (mut standings, mut gone) = (BTreeMap::new(), Vec::new());
        for course in courses(baseline, report) {
            match (course.old, course.new) {
                (Some(old), Some(new)) => {
                    let changed = !differing(old, new).is_empty();
                    standings.insert(new.id.as_str(), if changed { Standing::Updated } else { Standing::Unchanged });
                }
                (None, Some(new)) => drop(standings.insert(new.id.as_str(), Standing::New)),
                (Some(old), None) => gone.push(old),
                (None, None) => {}
            }
        }
        (standings, gone)
    }
}
