//! Runs the cases that rules carry: two one-sentence articles through the real stages, with only the rule under test active.
//!
//! In: a rule set. Out: one [`Outcome`] a case with both sides' traces. Knows no files and no reports; `cli` prints.

use crate::conflicts::Gate;
use crate::entities::Declarations;
use crate::rules::{Case, PatternId, Rule, RuleSet};
use case::{Edge, Prepared, Run};
use rayon::prelude::*;
use std::time::{Duration, Instant};

mod case;
mod corpus;
mod coverage;
mod lint;
mod mutate;

pub use case::article;
pub use corpus::{corpus, ignores};
pub use coverage::{Coverage, coverage};
pub use lint::{lint, place};
pub use mutate::{Mutation, mutate};

/// What became of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// As it should be.
    Pass,
    /// A `flag` case without a conflict.
    Missed,
    /// A `quiet` case with a conflict.
    Noisy,
    /// A `quiet` case that stopped at another gate than it says.
    WrongReason,
    /// A `flag` case whose conflict is not as expected.
    WrongEdge,
    /// A `todo` case that does not pass yet.
    Todo,
    /// A `todo` case that passes now.
    Done,
}

impl Verdict {
    /// The word that `rules test` prints.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Missed => "MISSED",
            Self::Noisy => "NOISY",
            Self::WrongReason => "WRONG-REASON",
            Self::WrongEdge => "WRONG-EDGE",
            Self::Todo => "todo",
            Self::Done => "todo passes",
        }
    }

    /// Whether it makes a run fail.
    pub fn fails(self) -> bool {
        matches!(self, Self::Missed | Self::Noisy | Self::WrongReason | Self::WrongEdge)
    }
}

/// One case, run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Index of the rule in its set.
    pub rule: usize,
    /// `flag`, `quiet`, `todo_flag` or `todo_quiet`.
    pub list: &'static str,
    /// Place in its list, from 1.
    pub number: usize,
    /// What became of it.
    pub verdict: Verdict,
    /// What happened, in a line: the edge found, or the gate that stopped the pair and why.
    pub happened: String,
    /// What was expected, in a line.
    pub expected: String,
    /// How each side was read; made for cases that do not pass.
    pub traces: [Vec<String>; 2],
    /// The two texts.
    pub texts: [String; 2],
    /// Positions that the two sides took, as `topic/position`: what the case covers.
    pub reached: Vec<String>,
    /// Patterns that match either side, guards included, in order.
    pub patterns: Vec<PatternId>,
    /// How long reading and judging it took.
    pub time: Duration,
    /// The gate that stopped the two; `None` where there is a conflict.
    pub stopped: Option<Gate>,
    /// For a quiet case: whether neither side matched anything.
    pub idle: bool,
}

/// Runs every case of the rules that `wanted` picks, in file order.
pub fn run(rules: &RuleSet, wanted: impl Fn(&Rule) -> bool) -> Vec<Outcome> {
    let declared = rules.declared();
    let declared = Declarations::new(&declared, &rules.lexicon);
    let told = |&(rule, list, number, case): &Listed<'_>| {
        let started = Instant::now();
        let prepared = Prepared::new(rules, &declared, case);
        let run = prepared.run(rules, rule, true);
        let outcome = outcome(run, (rule, list, number, case), started);
        // Explaining costs as much as judging, and only what fails is explained.
        let traces = if outcome.verdict.fails() { prepared.traces(rules, rule) } else { Default::default() };
        Outcome { traces, ..outcome }
    };
    listed(rules, wanted).par_iter().map(told).collect()
}

/// A case with its rule, its list and its place in the list, from 1.
type Listed<'a> = (usize, &'static str, usize, &'a Case);

fn listed(rules: &RuleSet, wanted: impl Fn(&Rule) -> bool) -> Vec<Listed<'_>> {
    let mut cases: Vec<Listed<'_>> = Vec::new();
    for (at, rule) in rules.rules.iter().enumerate().filter(|(_, rule)| wanted(rule)) {
        let tests = &rule.tests;
        let lists =
            [("flag", &tests.flag), ("quiet", &tests.quiet), ("todo_flag", &tests.todo_flag), ("todo_quiet", &tests.todo_quiet)];
        for (list, all) in lists {
            cases.extend(all.iter().enumerate().map(|(number, case)| (at, list, number + 1, case)));
        }
    }
    cases
}

/// The keys of `expect` that a flag case gives, with their values.
fn wanted(case: &Case) -> Vec<(&'static str, &str)> {
    let Some(expect) = &case.expect else { return Vec::new() };
    [("a", &expect.a), ("b", &expect.b), ("relation", &expect.relation), ("sides", &expect.sides)]
        .into_iter()
        .filter_map(|(key, value)| Some((key, value.as_deref()?)))
        .collect()
}

fn verdict(run: &Run, list: &str, case: &Case) -> Verdict {
    let fits = |edge: &Edge| {
        wanted(case).iter().all(|(key, value)| match *key {
            "a" => edge.positions[0] == *value,
            "b" => edge.positions[1] == *value,
            "relation" => edge.relation == *value,
            _ => edge.sides == *value,
        })
    };
    let verdict = match (&run.edge, list.ends_with("flag")) {
        (None, true) => Verdict::Missed,
        (Some(edge), true) if !fits(edge) => Verdict::WrongEdge,
        (Some(_), false) => Verdict::Noisy,
        (None, false) if run.stop.0.name() != case.because.as_deref().unwrap_or("") => Verdict::WrongReason,
        _ => Verdict::Pass,
    };
    match (list.starts_with("todo"), verdict) {
        (false, verdict) => verdict,
        (true, Verdict::Pass) => Verdict::Done,
        (true, _) => Verdict::Todo,
    }
}

fn outcome(run: Run, (rule, list, number, case): Listed<'_>, started: Instant) -> Outcome {
    let verdict = verdict(&run, list, case);
    let happened = match &run.edge {
        Some(edge) => format!("{} ({}): {}", edge.relation, edge.sides, edge.positions.join(" against ")),
        None => format!("no conflict: stopped at {} ({})", run.stop.0.name(), run.stop.1),
    };
    let keys: Vec<String> = wanted(case).iter().map(|(key, value)| format!("{key}: {value}")).collect();
    let expected = match (list.ends_with("flag"), keys.is_empty()) {
        (true, true) => "a conflict".to_owned(),
        (true, false) => format!("a conflict with {}", keys.join(", ")),
        (false, _) => format!("no conflict, stopped at {}", case.because.as_deref().unwrap_or("")),
    };
    let stopped = run.edge.is_none().then_some(run.stop.0);
    let told = run.told;
    Outcome {
        rule,
        list,
        number,
        verdict,
        happened,
        expected,
        traces: Default::default(),
        texts: [case.a.text.clone(), case.b.text.clone()],
        reached: told.reached,
        patterns: told.patterns,
        time: started.elapsed(),
        stopped,
        idle: told.idle,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{Options, load};

    fn outcomes(text: &str) -> Vec<(&'static str, String)> {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let path = folder.path().join("x.yml");
        std::fs::write(&path, text).expect("it can be written");
        let options = Options { paths: vec![path], no_default_rules: true, ..Options::default() };
        let rules = load(&options).unwrap_or_else(|errors| panic!("{errors}"));
        run(&rules, |_| true).into_iter().map(|o| (o.verdict.name(), o.happened)).collect()
    }

    const BRIDGE: &str = "gainsay: 1
topics:
  - id: kessel-bridge
    title: Whether the Kessel bridge is open
    positions:
      - { id: open, label: the bridge is open, says: ['bridge ..3 (open|reopen)', { event: reopen, object: bridge }], denied_as: closed }
      - { id: closed, label: the bridge is closed, says: [{ event: '(close|shut)', object: bridge }], denied_as: open }
    conflicts: [{ between: [open, closed] }]
    tests:
";

    fn check(tests: &str, expected: &[&str]) {
        let found = outcomes(&format!("{BRIDGE}{tests}"));
        assert_eq!(found.iter().map(|(verdict, _)| *verdict).collect::<Vec<_>>(), expected, "{found:#?}");
    }

    #[test]
    fn the_first_rule_of_the_manual_passes() {
        check(
            "      flag: [{ a: 'The bridge reopened on Sunday.', b: 'The bridge was not reopened.' }]
      quiet: [{ a: 'The bridge is open.', b: 'Is the bridge closed?', because: modality }]
",
            &["pass", "pass"],
        );
    }

    #[test]
    fn every_outcome_has_its_name() {
        check(
            "      flag:
        - { a: 'The bridge reopened on Sunday.', b: 'The river is deep.' }
        - { a: 'The bridge reopened.', b: 'The bridge was closed.', expect: { b: open } }
      quiet:
        - { a: 'The bridge reopened.', b: 'The bridge was closed.', because: no-match }
        - { a: 'The bridge reopened.', b: 'The river is deep.', because: modality }
      todo_flag:
        - { a: 'The bridge reopened.', b: 'The bridge was closed.' }
        - { a: 'The bridge reopened.', b: 'The river is deep.' }
",
            &["MISSED", "WRONG-EDGE", "NOISY", "WRONG-REASON", "todo passes", "todo"],
        );
    }

    #[test]
    fn the_cases_of_the_shipped_rules_pass() {
        let rules = load(&Options::default()).unwrap_or_else(|errors| panic!("{errors}"));
        let failed: Vec<String> = run(&rules, |_| true)
            .iter()
            .filter(|outcome| outcome.verdict.fails())
            .map(|o| {
                let rule = &rules.rules[o.rule];
                let traces = o.traces.iter().map(|t| t.join("\n      ")).collect::<Vec<_>>().join("\n    ");
                format!("{} {} {} {}: {}\n    {traces}", rule.id, o.list, o.number, o.verdict.name(), o.happened)
            })
            .collect();
        assert!(failed.is_empty(), "{} cases fail\n{}", failed.len(), failed.join("\n"));
    }
}
