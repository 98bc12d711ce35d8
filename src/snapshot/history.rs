//! Reports of one story over time → when each conflict appeared, changed and went, and who changed their story.
//!
//! A conflict keeps its line while one of its group takes its place, so that a corrected figure is one story and not two.

use crate::report::outline::Index;
use crate::report::page;
use crate::report::view::Report;
use serde::Serialize;
use std::collections::BTreeMap;

/// A state of the articles with where it comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Commit {
    /// Its short hash.
    pub id: String,
    /// Its day.
    pub date: String,
    /// Its first line.
    pub subject: String,
}

/// What happened to a conflict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Event {
    /// `appeared`, `changed` or `gone`.
    pub what: &'static str,
    /// The fields that changed.
    pub fields: Vec<String>,
    /// Its relation then.
    pub relation: String,
    /// With which commit.
    pub commit: Commit,
}

/// One conflict's line through time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Line {
    /// Its latest id.
    pub id: String,
    /// Its latest rule.
    pub rule: String,
    /// Its latest message.
    pub message: String,
    /// Whether the last report has it.
    pub open: bool,
    /// In order of time.
    pub events: Vec<Event>,
}

/// A source that gave two accounts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Turn {
    /// Who.
    pub source: String,
    /// Messages of the reversals, in order of the commit with which each appeared.
    pub reversals: Vec<String>,
}

/// What the reports tell together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct History {
    /// In order of appearance.
    pub conflicts: Vec<Line>,
    /// In order of name.
    pub turns: Vec<Turn>,
}

/// Follows the conflicts through reports in order of time.
#[derive(Debug, Default)]
pub struct Follower {
    lines: Vec<Line>,
    /// Line of each conflict of the last report, by id.
    open: BTreeMap<String, usize>,
    turns: BTreeMap<String, Vec<String>>,
    last: Report,
}

impl Follower {
    /// Takes the next report.
    pub fn add(&mut self, commit: &Commit, report: Report) {
        let mut open = BTreeMap::new();
        for course in page::courses(&self.last, &report) {
            let event = |what: &'static str, fields: Vec<String>, relation: &str| Event {
                what,
                fields,
                relation: relation.to_owned(),
                commit: commit.clone(),
            };
            match (course.old, course.new) {
                (None, Some(new)) => {
                    open.insert(new.id.clone(), self.lines.len());
                    let events = vec![event("appeared", Vec::new(), &new.relation)];
                    self.lines.push(Line {
                        id: new.id.clone(),
                        rule: new.rule.clone(),
                        message: new.message.clone(),
                        open: true,
                        events,
                    });
                    if new.relation == "reversal" {
                        let index = Index::new(&report);
                        let who = index.claim(&new.claims[1]).map_or_else(String::new, |claim| index.speaker(claim));
                        self.turns.entry(who).or_default().push(new.message.clone());
                    }
                }
                (Some(old), Some(new)) => {
                    let Some(at) = self.open.get(&old.id).copied() else { continue };
                    open.insert(new.id.clone(), at);
                    let fields: Vec<String> = page::differing(old, new).into_iter().map(str::to_owned).collect();
                    let line = &mut self.lines[at];
                    (line.id, line.rule, line.message) = (new.id.clone(), new.rule.clone(), new.message.clone());
                    if !fields.is_empty() {
                        line.events.push(event("changed", fields, &new.relation));
                    }
                }
                (Some(old), None) => {
                    let Some(at) = self.open.get(&old.id).copied() else { continue };
                    self.lines[at].open = false;
                    self.lines[at].events.push(event("gone", Vec::new(), &old.relation));
                }
                (None, None) => {}
            }
        }
        self.open = open;
        self.last = report;
    }

    /// What was followed.
    pub fn end(self) -> History {
        let turns = self.turns.into_iter().map(|(source, reversals)| Turn { source, reversals }).collect();
        History { conflicts: self.lines, turns }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::view::Conflict;

    fn report(conflicts: &[(&str, &str, &str)]) -> Report {
        let one = |(id, group, relation): &(&str, &str, &str)| Conflict {
            id: (*id).into(),
            group: (*group).into(),
            relation: (*relation).into(),
            ..Conflict::default()
        };
        Report { conflicts: conflicts.iter().map(one).collect(), ..Report::default() }
    }

    #[test]
    fn a_conflict_is_followed_through_what_takes_its_place() {
        let mut follower = Follower::default();
        let commit = |id: &str| Commit { id: id.into(), ..Commit::default() };
        follower.add(&commit("1"), report(&[("a", "g", "dispute")]));
        follower.add(&commit("2"), report(&[("b", "g", "dispute"), ("c", "h", "update")]));
        follower.add(&commit("3"), report(&[("c", "h", "tension")]));
        let history = follower.end();
        let told: Vec<Vec<(&str, &str)>> = history
            .conflicts
            .iter()
            .map(|line| line.events.iter().map(|event| (event.what, event.commit.id.as_str())).collect())
            .collect();
        assert_eq!(told, [vec![("appeared", "1"), ("changed", "2"), ("gone", "3")], vec![("appeared", "2"), ("changed", "3")]]);
        assert_eq!(history.conflicts.iter().map(|line| line.open).collect::<Vec<_>>(), [false, true]);
    }
}
