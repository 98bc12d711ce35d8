//! Literate cases under `tests/cases/pairs`: two sentences and what comparing makes of them.
//!
//! The last column is a kind with a relation (`negation contradiction`), `silent` for no conflict of half a chance or more, or a kind
//! with the gate at which the pair that came furthest must stop (`quantity: tolerance`), or the label of the two statements as a whole
//! (`contradiction`, `entailment`, `neutral`). `todo` in front marks a row that is known to fail; one that passes
//! fails the test until the mark is taken away.

use crate::literate;
use gainsay::conflicts::compare::{self, Judgement};
use gainsay::rules::{self, RuleSet};
use std::fmt::Write as _;

/// Marks a row that is known to fail.
const TODO: &str = "todo ";

/// The rows of every table with two statements and what is expected.
fn rows() -> Vec<literate::Row> {
    literate::rows("pairs", 3)
}

/// What the rules make of a row, in the words of its last column; `None` where it is as expected.
fn miss(row: &literate::Row, rules: &RuleSet) -> Option<String> {
    let [a, b, expected] = &row.cells[..] else { panic!("{}: three cells", row.place) };
    let expected = expected.strip_prefix(TODO).unwrap_or(expected);
    if ["contradiction", "entailment", "neutral"].contains(&expected) {
        let verdict = compare::compare(a, b, rules);
        let told = || format!(" {} {} {}", verdict.label.name(), verdict.kind.unwrap_or("-"), verdict.confidence);
        return (verdict.label.name() != expected).then(told);
    }
    let judged = compare::with(a, b, rules, compare::judgements);
    let kind = |j: &Judgement| rules.rules[j.rule].kind.name();
    let found =
        judged.iter().filter_map(|j| j.outcome.as_ref().ok().map(|(sure, relation, _)| (*sure, kind(j), relation.name())));
    let mut found: Vec<_> = found.filter(|(sure, ..)| *sure >= 50).collect();
    // What the two texts say of each other part by part has no rule of its own.
    let whole = compare::compare(a, b, rules);
    if let (compare::Label::Contradiction, Some(kind), Some(relation)) = (whole.label, whole.kind, whole.relation) {
        found.push((whole.confidence, kind, relation.name()));
    }
    found.sort_by_key(|(sure, ..)| std::cmp::Reverse(*sure));
    let told = || {
        let mut told = String::new();
        for judgement in &judged {
            let name = kind(judgement);
            let _ = match &judgement.outcome {
                Ok((sure, relation, _)) => write!(told, " {name} {} {sure};", relation.name()),
                Err(stop) if stop.gate > gainsay::conflicts::Gate::NoMatch => {
                    write!(told, " {name}: {} ({});", stop.gate.name(), stop.why)
                }
                Err(_) => Ok(()),
            };
        }
        told
    };
    let fits = match expected.split_once(": ") {
        Some((wanted, gate)) => {
            found.is_empty()
                && judged.iter().any(|j| kind(j) == wanted && matches!(&j.outcome, Err(stop) if stop.gate.name() == gate))
        }
        None if expected == "silent" => found.is_empty(),
        None => found.iter().any(|(_, kind, relation)| format!("{kind} {relation}") == expected),
    };
    (!fits).then(told)
}

#[test]
fn pairs_are_judged_as_their_tables_say() {
    let rules = rules::load(&rules::Options::default()).expect("the shipped rules load");
    let (mut failed, mut count) = (String::new(), 0);
    for row in rows() {
        count += 1;
        match (miss(&row, &rules), row.cells[2].starts_with(TODO)) {
            (Some(told), false) => {
                let _ = writeln!(failed, "{}: {} ->{told}", row.place, row.cells.join(" | "));
            }
            (None, true) => {
                let _ = writeln!(failed, "{} passes now: take its `todo` away", row.place);
            }
            _ => {}
        }
    }
    assert!(failed.is_empty(), "{} of {count} rows:\n{failed}", failed.lines().count());
}

/// The order of two statements changes nothing but the sides.
#[test]
fn judging_is_symmetric() {
    let rules = rules::load(&rules::Options::default()).expect("the shipped rules load");
    for row in rows() {
        let one = compare::compare(&row.cells[0], &row.cells[1], &rules);
        let other = compare::compare(&row.cells[1], &row.cells[0], &rules);
        let same = one.confidence == other.confidence || one.label != compare::Label::Contradiction;
        assert!(same && one.kind == other.kind, "{}: {one:?}\n{other:?}", row.place);
    }
}
