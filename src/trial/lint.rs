//! What only a run of the tests can warn about.

use super::{Outcome, Verdict};
use crate::base::Span;
use crate::base::yaml::Node;
use crate::rules::{Kind, Problem, RuleSet, Source, Tree};
use std::collections::BTreeMap;

/// Warns of quiet cases that match nothing (W103), positions that no case reaches (W107), and
/// `todo_` cases that pass by now (W114).
pub fn lint(rules: &RuleSet, outcomes: &[Outcome], trees: &[Tree]) -> Vec<Problem> {
    let mut problems = Vec::new();
    let places = Places::of(trees);
    let reached: std::collections::BTreeSet<&str> = outcomes.iter().flat_map(|o| o.reached.iter().map(String::as_str)).collect();
    for outcome in outcomes {
        let case = places.case(rules, outcome);
        let Some((source, span)) = case else { continue };
        if outcome.list == "quiet" && outcome.idle {
            let message = "neither side of the quiet case matches anything: it would pass without the rule";
            problems.push(Problem::new("W103", source, span, message));
        }
        if outcome.verdict == Verdict::Done {
            let list = outcome.list.trim_start_matches("todo_");
            problems.push(Problem::new("W114", source, span, "the case passes now").help(format!("move it to `{list}`")));
        }
    }
    for topic in &rules.topics {
        let Some((source, node)) = places.topics.get(topic.id.as_str()) else { continue };
        for position in &topic.positions {
            let id = node.list("positions").iter().filter_map(|p| p.get("id")).find(|id| id.text() == Some(&position.id));
            let met = reached.contains(format!("{}/{}", topic.id, position.id).as_str());
            if let Some(id) = id.filter(|_| !met) {
                let message = format!("no test reaches the position `{}` of topic `{}`", position.id, topic.id);
                problems.push(Problem::new("W107", source, id.span, message));
            }
        }
    }
    problems
}

/// Where a case stands: among those of its rule, or behind them among those of its topic.
pub fn place<'a>(rules: &RuleSet, outcome: &Outcome, trees: &'a [Tree]) -> Option<(&'a Source, Span)> {
    Places::of(trees).case(rules, outcome)
}

/// Topics and rules of files by id.
pub(super) struct Places<'a> {
    topics: BTreeMap<&'a str, (&'a Source, &'a Node)>,
    rules: BTreeMap<&'a str, (&'a Source, &'a Node)>,
}

impl<'a> Places<'a> {
    /// The first of each id counts.
    pub(super) fn of(trees: &'a [Tree]) -> Self {
        let list = |key: &str| {
            let mut all = BTreeMap::new();
            for tree in trees {
                for node in tree.root.list(key) {
                    if let Some(id) = node.get("id").and_then(Node::text) {
                        all.entry(id).or_insert((&tree.source, node));
                    }
                }
            }
            all
        };
        Self { topics: list("topics"), rules: list("rules") }
    }

    /// Where a rule, or the topic that has a rule of its own, gives its id.
    pub(super) fn id(&self, id: &str) -> Option<(&'a Source, &'a Node)> {
        let (source, node) = self.rules.get(id).or_else(|| self.topics.get(id))?;
        Some((source, node.get("id")?))
    }

    /// Where a case stands: among those of its rule, or behind them among those of its topic.
    fn case(&self, rules: &RuleSet, outcome: &Outcome) -> Option<(&'a Source, Span)> {
        let rule = rules.rules.get(outcome.rule)?;
        let topic = match &rule.kind {
            Kind::Position(position) => rules.topics.get(position.topic).map(|topic| topic.id.as_str()),
            _ => None,
        };
        let lists = [self.rules.get(rule.id.as_str()), topic.and_then(|topic| self.topics.get(topic))];
        let mut cases = lists.into_iter().flatten().copied().flat_map(|(source, node)| {
            let cases = node.get("tests").map_or(&[][..], |tests| tests.list(outcome.list));
            cases.iter().map(move |case| (source, case.span))
        });
        cases.nth(outcome.number.checked_sub(1)?)
    }
}
