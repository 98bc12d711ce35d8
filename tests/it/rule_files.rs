//! Commands on rule files: tests of rules and of their tests.

use crate::program::gainsay;

#[test]
fn the_tests_of_the_shipped_rules_notice_what_is_left_out() {
    let ran = gainsay(&["rules", "test", "--mutate"]);
    assert_eq!(ran.code, 0, "{}", ran.out);
    let last = ran.out.lines().last().expect("a line of counts");
    let words: Vec<&str> = last.split(' ').collect();
    let ["of", all, "mutants", "noticed"] = words[1..] else { panic!("{last}") };
    let (noticed, all): (usize, usize) = (words[0].parse().expect("a number"), all.parse().expect("a number"));
    assert!(all > 200 && noticed * 100 >= all * 95, "add a test for each of these, or drop what earns nothing:\n{}", ran.out);
}

#[test]
fn what_tests_do_not_reach_is_counted_and_named() {
    let ran = gainsay(&["rules", "test", "--coverage", "--timings", "--tag", "talks"]);
    assert_eq!(ran.code, 0, "{}", ran.out);
    assert!(ran.out.contains(" positions reached\n") && ran.out.contains(" patterns reached\n"), "{}", ran.out);
    assert!(ran.err.lines().any(|line| line.contains(" ms  talks-state (")), "{}", ran.err);
    let ran = gainsay(&["rules", "test", "--coverage", "--rule", "talks-state", "--format", "json"]);
    let document: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!(document["coverage"][1]["what"], "patterns");
    assert!(document["cases"].as_array().is_some_and(|cases| !cases.is_empty()));
}
