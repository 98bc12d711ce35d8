//! What holds of any two statements: their order changes no contradiction, and no statement contradicts itself.

use gainsay::conflicts::compare::{self, Label};
use gainsay::rules::{self, RuleSet};
use proptest::prelude::*;
use std::sync::LazyLock;

static RULES: LazyLock<RuleSet> = LazyLock::new(|| rules::load(&rules::Options::default()).expect("the shipped rules load"));

/// One of some words.
fn one(words: &'static [&'static str]) -> impl Strategy<Value = &'static str> {
    prop::sample::select(words)
}

/// A plain sentence over a few words, so that two of them often have much in common.
fn statement() -> impl Strategy<Value = String> {
    let actor = (
        one(&["A", "The", "No", "Two", "Every"]),
        one(&["", "young ", "old ", "Italian "]),
        one(&["baker", "dog", "spaniel", "sailor", "person"]),
    );
    let deed = (one(&["is", "is not", "may be", "was"]), one(&["painting", "selling", "buying", "leaving"]));
    let rest = (
        one(&["a red boat", "a blue boat", "the boat", "nothing"]),
        one(&["", " near the harbour", " far from the harbour", " on Monday", " before dawn", " without a hat"]),
    );
    (actor, deed, rest)
        .prop_map(|((det, look, who), (be, does), (what, place))| format!("{det} {look}{who} {be} {does} {what}{place}."))
}

fn contradicts(a: &str, b: &str) -> bool {
    compare::compare(a, b, &RULES).label == Label::Contradiction
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn the_order_of_two_statements_changes_no_contradiction(a in statement(), b in statement()) {
        prop_assert_eq!(contradicts(&a, &b), contradicts(&b, &a), "{} | {}", a, b);
    }

    #[test]
    fn no_statement_contradicts_itself(a in statement()) {
        prop_assert!(!contradicts(&a, &a), "{}", a);
    }
}
