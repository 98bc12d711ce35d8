//! Topics proposed from a folder: what the shipped packs would have said of it, found without them; nothing where nobody differs.

use crate::drafting::proven;
use crate::program::{gainsay, within};
use crate::stories::folder;
use gainsay::report::Report;
use gainsay::rules::Options;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// Pairs of sentences, each as article and number, by the rule that sets claims of them against each other. A noun phrase and its clause
/// are two claims that say one thing.
type Opposed = BTreeMap<String, BTreeSet<Pair>>;
type Pair = [(String, u32); 2];

fn opposed(report: &Report, wanted: impl Fn(&str) -> bool) -> Opposed {
    let mut out = Opposed::new();
    for conflict in &report.conflicts {
        let mut pair = [0, 1].map(|side| {
            let claim = report.claim(&conflict.claims[side]).expect("a claim of the report");
            (claim.article.clone(), claim.sentence)
        });
        pair.sort();
        for rule in std::iter::once(&conflict.rule).chain(&conflict.also).filter(|rule| wanted(rule)) {
            out.entry(rule.clone()).or_default().insert(pair.clone());
        }
    }
    out
}

/// What the shipped topics find in a story.
fn shipped(story: &Path) -> Opposed {
    let set = gainsay::rules::load(&Options::default()).expect("the shipped rules are clean");
    let general: BTreeSet<&str> = set.rules.iter().filter(|rule| rule.general).map(|rule| rule.id.as_str()).collect();
    let report = gainsay::check(&[story.to_owned()], &Options::default()).expect("it runs");
    opposed(&report, |rule| !general.contains(rule))
}

fn suggest(story: &Path, more: &[&str]) -> String {
    let path = story.to_str().expect("UTF-8");
    let ran = gainsay(&[&["rules", "suggest", path], more].concat());
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{path}");
    ran.out
}

/// What the proposals for a story find in it.
fn proposed(story: &Path, text: &str) -> Opposed {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("proposals.yml");
    fs::write(&path, text).expect("written");
    let options = Options { paths: vec![path], no_default_rules: true, ..Options::default() };
    let report = gainsay::check(&[story.to_owned()], &options).expect("the proposals are clean");
    opposed(&report, |_| true)
}

/// Whether two rules are about one thing: most of what the one that finds less sets against each other the other does too.
fn counterparts(one: &BTreeSet<Pair>, other: &BTreeSet<Pair>) -> bool {
    one.intersection(other).count() * 2 >= one.len().min(other.len())
}

#[test]
fn the_first_five_are_the_topics_that_the_packs_have() {
    for name in ["talks-halvern", "flood-orsa", "takeover-tarnis"] {
        let story = folder(name);
        let text = suggest(&story, &["--no-default-rules"]);
        let (packs, ours) = (shipped(&story), proposed(&story, &text));
        assert!(packs.len() >= 4, "{name}: {:?}", packs.keys());
        let met = |pairs: &BTreeSet<Pair>, all: &Opposed| all.values().any(|other| counterparts(pairs, other));
        let missed: Vec<&String> = packs.iter().filter(|(_, pairs)| !met(pairs, &ours)).map(|(rule, _)| rule).collect();
        let more: Vec<&String> = ours.iter().filter(|(_, pairs)| !met(pairs, &packs)).map(|(rule, _)| rule).collect();
        assert_eq!(ours.len(), 5, "{name}: {:?}", ours.keys());
        if packs.len() <= 5 {
            assert!(missed.is_empty(), "{name}: nothing proposed for {missed:?}; proposed {:?}", ours.keys());
        } else {
            assert!(more.is_empty(), "{name}: no shipped topic is like {more:?}; not proposed {missed:?}");
        }
    }
}

#[test]
fn proposals_are_clean_ranked_and_no_more_than_asked_for() {
    let story = folder("flood-orsa");
    let all = suggest(&story, &["--no-default-rules", "--max", "9"]);
    let set = proven(&all);
    assert!(set.rules.len() > 3, "{all}");
    assert!(set.rules.iter().all(|rule| rule.tests.flag.len() == 1 && rule.tests.quiet.len() == 1), "{all}");
    for number in 1..=set.rules.len() {
        assert_eq!(all.matches(&format!("  # {number}. ")).count(), 1, "{all}");
    }
    assert!(!all.contains(env!("CARGO_MANIFEST_DIR")), "an absolute path is in it");
    let first = suggest(&story, &["--no-default-rules", "--max", "2"]);
    assert_eq!(proven(&first).rules.len(), 2);
    assert!(proven(&first).rules.iter().all(|rule| set.rules.iter().any(|other| other.id == rule.id)), "{first}");
    assert_eq!(all, suggest(&story, &["--no-default-rules", "--max", "9", "--threads", "1"]));
}

#[test]
fn what_a_rule_in_force_finds_is_not_proposed_again() {
    let story = folder("talks-halvern");
    let all = proposed(&story, &suggest(&story, &[]));
    for (rule, pairs) in shipped(&story) {
        let again = all.iter().find(|(_, other)| other.is_subset(&pairs));
        assert!(again.is_none(), "{rule} again: {again:?}");
    }
}

/// A folder of short articles: name, publisher, date, words.
fn articles(list: &[(&str, &str, &str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, publisher, date, words) in list {
        let text = format!("---\npublisher: {publisher}\ndate: {date}\n---\n\n{words}\n");
        fs::write(folder.path().join(name), text).expect("written");
    }
    folder
}

#[test]
fn opposites_denials_and_figures_make_a_topic_each() {
    let folder = articles(&[
        (
            "a.md",
            "Corvin Gazette",
            "2024-02-02",
            "The ferry terminal at Tern has closed, the Tern harbour office said. The Tern harbour office dismissed 40 pilots, the pilots guild said. \
             The harbour master of Tern, Ada Brink, took a bribe, the pilots guild said.",
        ),
        (
            "b.md",
            "Daily Tern",
            "2024-02-03",
            "The ferry terminal at Tern is open, the pilots guild said. The Tern harbour office dismissed 12 pilots, mayor Otto Falk said. \
             Ada Brink, the harbour master of Tern, denied that she had taken a bribe.",
        ),
    ]);
    let text = suggest(folder.path(), &["--no-default-rules"]);
    let set = proven(&text);
    let kinds: Vec<&str> = set.rules.iter().map(|rule| rule.kind.name()).collect();
    assert_eq!((kinds.iter().filter(|kind| **kind == "position").count(), kinds.len()), (2, 3), "{text}");
    for words in ["terminal", "bribe", "#n:pilot", "Daily Tern, 2024-02-03, b.md"] {
        assert!(text.contains(words), "no {words}: {text}");
    }
}

#[test]
fn where_nobody_differs_nothing_is_proposed() {
    let folder = articles(&[
        (
            "a.md",
            "Corvin Gazette",
            "2024-02-02",
            "The ferry terminal at Tern is open, the harbour office said. It has 40 berths. May the library of Corvin close?",
        ),
        (
            "b.md",
            "Daily Tern",
            "2024-02-03",
            "The ferry terminal at Tern is open, mayor Otto Falk said. The library of Corvin is closed. The dock at Corvin has 12 berths.",
        ),
    ]);
    let text = suggest(folder.path(), &["--no-default-rules"]);
    assert!(text.starts_with("gainsay: 1\n# Nothing to propose:"), "{text}");
    assert_eq!(text.lines().count(), 2, "{text}");
    fs::write(folder.path().join("none.yml"), &text).expect("written");
    assert_eq!(within(folder.path(), &["rules", "check", "none.yml"]).code, 0);
}

#[test]
fn a_folder_without_articles_is_refused() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let ran = within(folder.path(), &["rules", "suggest", "."]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(ran.err.contains("no article was found"), "{}", ran.err);
    assert_eq!(within(folder.path(), &["rules", "suggest"]).code, 2);
    let ran = gainsay(&["rules", "suggest", "--format", "json", folder.path().to_str().expect("UTF-8")]);
    assert!(ran.err.contains("the formats are yaml"), "{}", ran.err);
}
