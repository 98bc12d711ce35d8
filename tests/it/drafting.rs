//! Drafts of rule files: whatever is printed is checked and tested by the program itself, and what cannot be drafted is refused in words.

use crate::program::{Ran, gainsay, within};
use crate::stories::folder;
use gainsay::rules::{Kind, Options, RuleSet, load};
use std::fs;

/// Two sentences that cannot both hold, the kind of the rule drafted from them, and a pattern of it.
const PAIRS: &[(&str, &str, &str, &str)] = &[
    ("The ferry sailed on Friday.", "The ferry did not sail.", "position", "event: sail, object: ferry"),
    ("The swing bridge is open.", "The swing bridge is closed.", "position", "event: (close"),
    ("The council approved the stadium.", "Councillors rejected the stadium.", "position", "object: stadium"),
    ("The storm injured 40 people in Lenz.", "In Lenz 65 people were injured by the storm.", "quantity", "#n:people"),
    ("The treaty has 12 articles.", "The treaty has 17 articles.", "quantity", "treaty"),
    ("Ada Brink is the mayor of Lenz.", "Otto Falk is the mayor of Lenz.", "role", "$holder:person"),
    ("The operator denied that the dam had leaked.", "The dam leaked in May.", "position", "object: dam"),
    ("Lenz is holding talks with Orsa.", "There are no talks with Orsa.", "position", "talk/N"),
    ("The talks are under way.", "The talks collapsed on Monday.", "position", "under way"),
    ("The army denied shelling the clinic.", "The army shelled the clinic.", "position", "object: clinic"),
    ("The police arrested two suspects.", "Nobody was arrested.", "position", "arrest"),
    ("The company denied the takeover.", "The takeover was completed in May.", "position", "takeover"),
    ("Inflation was 4 per cent in May.", "Inflation was 7.5 per cent in May.", "quantity", "#n:percent"),
    ("The strike was called off, the union said.", "The strike is going ahead, said the airline.", "position", "strike"),
];

fn new(a: &str, b: &str) -> Ran {
    gainsay(&["rules", "new", "--a", a, "--b", b])
}

/// The rules of a printed draft, after `rules check` and `rules test` have nothing to say about it.
pub fn proven(text: &str) -> RuleSet {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("draft.yml");
    fs::write(&path, text).expect("written");
    let checked = within(folder.path(), &["rules", "check", "draft.yml"]);
    assert_eq!((checked.code, checked.out.as_str()), (0, "1 file checked: 0 errors, 0 warnings\n"), "{text}");
    let tested = within(folder.path(), &["rules", "test", "--rules", "draft.yml", "--no-default-rules"]);
    assert_eq!(tested.code, 0, "{}\n{text}", tested.out);
    load(&Options { paths: vec![path], no_default_rules: true, ..Options::default() }).expect("it is clean")
}

#[test]
fn two_sentences_make_a_rule_that_passes_its_own_tests() {
    for (a, b, kind, pattern) in PAIRS {
        let ran = new(a, b);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{a} / {b}");
        let set = proven(&ran.out);
        assert_eq!(set.rules.len(), 1, "{}", ran.out);
        let rule = &set.rules[0];
        assert_eq!(rule.kind.name(), *kind, "{}", ran.out);
        let patterns: Vec<&str> = match &rule.kind {
            Kind::Position(of) => {
                set.topics[of.topic].positions.iter().flat_map(|p| &p.says).map(|id| set.pattern_text(*id)).collect()
            }
            Kind::Quantity(of) => of.says.iter().map(|id| set.pattern_text(*id)).collect(),
            Kind::Role(of) => of.says.iter().map(|id| set.pattern_text(*id)).collect(),
            _ => Vec::new(),
        };
        assert!(patterns.iter().any(|text| text.contains(pattern)), "{a}: no `{pattern}` in {patterns:?}");
        let tests = &rule.tests;
        assert_eq!((tests.flag.len(), tests.quiet.len()), (1, 1), "{}", ran.out);
        assert_eq!((tests.flag[0].a.text.as_str(), tests.flag[0].b.text.as_str()), (*a, *b));
        let quiet = &tests.quiet[0];
        assert!(quiet.a.text == *a || quiet.b.text == *b, "a near-miss keeps one side: {}", ran.out);
        assert_eq!(quiet.because.as_deref(), Some("modality"), "{}", ran.out);
    }
}

#[test]
fn the_order_of_the_two_makes_no_other_rule() {
    for (a, b, ..) in &PAIRS[..6] {
        let (one, other) = (new(a, b), new(b, a));
        assert_eq!((one.code, other.code), (0, 0), "{a} / {b}\n{}{}", one.err, other.err);
        let kinds = [proven(&one.out), proven(&other.out)].map(|set| set.rules[0].kind.name());
        assert_eq!(kinds[0], kinds[1], "{a} / {b}");
    }
}

#[test]
fn a_denial_is_denied_as_and_a_rival_is_not() {
    let set = proven(&new("The ferry sailed on Friday.", "The ferry did not sail.").out);
    let topic = &set.topics[0];
    let expect = set.rules[0].tests.flag[0].expect.clone().expect("positions are expected");
    assert_eq!(topic.name(topic.positions[0].denied), expect.b.expect("a position"));
    let set = proven(&new("The council approved the stadium.", "Councillors rejected the stadium.").out);
    let topic = &set.topics[0];
    assert_eq!(topic.positions.len(), 2);
    assert!(topic.positions.iter().all(|position| position.denied > 1), "\"not approved\" is not \"rejected\"");
}

#[test]
fn what_cannot_be_drafted_is_refused_in_words() {
    let refused = |a: &str, b: &str, words: &str| {
        let ran = new(a, b);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{a} / {b}");
        assert!(ran.err.contains(words), "{}", ran.err);
    };
    refused("The river is deep.", "Ten horses ran.", "nothing in common");
    refused("Good morning", "The bridge is open.", "no predicate was found");
    refused("The bridge is open.", "The bridge is open.", "neither denies");
    refused("Is the bridge open?", "Is the bridge closed?", "it is a question");
    refused("Lenz is in talks with Orsa.", "Brenfeld is not in talks with Harn.", "different participants");
    let ran = gainsay(&["rules", "new", "--a", "The bridge is open."]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("--b"), "{}", ran.err);
}

#[test]
fn two_claims_of_a_report_make_a_rule() {
    let story = folder("flood-orsa");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let run = within(folder.path(), &["check", "--format", "json", "--output", "report.json", story.to_str().expect("UTF-8")]);
    assert_eq!(run.code, 0, "{}", run.err);
    let text = fs::read_to_string(folder.path().join("report.json")).expect("written");
    let report: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let conflict = report["conflicts"].as_array().expect("a list").iter().find(|c| c["rule"] == "killed-count").expect("a toll");
    let ids: Vec<&str> = conflict["claims"].as_array().expect("two").iter().filter_map(|id| id.as_str()).collect();
    let ran = within(folder.path(), &["rules", "new", "--report", "report.json", ids[0], ids[1]]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let set = proven(&ran.out);
    assert_eq!(set.rules[0].kind.name(), "quantity");
    let side = &set.rules[0].tests.flag[0].a;
    assert!(side.date.is_some() && side.publisher.is_some(), "where it comes from is kept: {}", ran.out);
    let ran = within(folder.path(), &["rules", "new", "--report", "report.json", "nosuchclaim", ids[1]]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("holds no claim `nosuchclaim`"), "{}", ran.err);
}

#[test]
fn a_draft_takes_no_id_that_a_rule_in_force_has() {
    let first = new("The ferry sailed on Friday.", "The ferry did not sail.").out;
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("ferry.yml"), &first).expect("written");
    let args = ["rules", "new", "--rules", "ferry.yml", "--a", "The ferry sailed.", "--b", "The ferry did not sail at all."];
    let ran = within(folder.path(), &args);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("id: ferry-sail-2\n"), "{}", ran.out);
    proven(&ran.out);
}

#[test]
fn the_tutorial_leads_from_an_empty_folder_to_a_passing_rule() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::create_dir(folder.path().join("story")).expect("made");
    let article = |name: &str, publisher: &str, date: &str, words: &str| {
        let text = format!("---\npublisher: {publisher}\ndate: {date}\n---\n\n{words}\n");
        fs::write(folder.path().join("story").join(name), text).expect("written");
    };
    article("one.md", "Corvin Gazette", "2024-02-02", "The ferry to Tern Island sailed on Friday, the harbour master said.");
    article("two.md", "Daily Tern", "2024-02-03", "The ferry to Tern Island was cancelled, the pilots guild said.");
    let run = crate::review::walk("docs/TUTORIAL.md", folder.path());
    assert!((5..10).contains(&run), "{run} commands");
}

#[test]
fn the_cookbook_shows_fifteen_tasks_as_they_run() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let run = crate::review::walk("docs/COOKBOOK.md", folder.path());
    assert_eq!(run, 15, "commands");
    for entry in fs::read_dir(folder.path()).expect("a folder").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.ends_with(".yml") {
            let checked = within(folder.path(), &["rules", "check", &name]);
            assert_eq!(checked.code, 0, "{name}: {}{}", checked.out, checked.err);
        }
    }
}
