//! Patterns on real sentences: what is met, with which stance, and near-misses that are not.

use super::*;
use crate::article::Article;

/// A rule set with one topic of one position `p`, whose patterns are `says` (YAML flow list), over the shipped word tables.
fn topic(says: &str, more: &str) -> RuleSet {
    let text = format!(
        "gainsay: 1
entities:
  - {{ id: orsa, type: state, names: [Orsa], adjectives: [Orsan] }}
  - {{ id: lenz, type: state, names: [Lenz], adjectives: [Lenzan] }}
groups: [{{ id: side, members: [orsa, lenz] }}]
topics:
  - {{ id: t, title: T, positions: [{{ id: p, label: L, says: {says} {more} }}] }}
"
    );
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let path = folder.path().join("x.yml");
    std::fs::write(&path, text).expect("it can be written");
    load(&Options { paths: vec![path], no_default_rules: true, ..Options::default() }).unwrap_or_else(|errors| panic!("{errors}"))
}

/// What a rule set finds in a text: words matched, `→`, what the first committed voice holds.
fn found(set: &RuleSet, text: &str) -> Vec<String> {
    let article = Article { id: "a".into(), text: text.into(), ..Article::default() };
    let document = crate::text::annotate(&article, &set.lexicon);
    let reading = crate::claims::extract(article, document, &set.lexicon);
    let entities = crate::entities::resolve(std::slice::from_ref(&reading), &set.declared(), &set.lexicon);
    let word = |at: &u32| reading.document.tokens[*at as usize].span.of(text).to_owned();
    let mut all = Vec::new();
    for found in crate::pipeline::positions(set, &reading, &entities, 0) {
        for taken in found.taken {
            let words: Vec<_> = taken.found.tokens.iter().map(word).collect();
            let held = taken.held.first().map_or("Uu".to_owned(), |held| set.topics[taken.topic].name(held.position));
            all.push(format!("{} → {held}", words.join(" ")));
        }
    }
    all
}

fn check_found(says: &str, text: &str, expected: &[&str]) {
    assert_eq!(found(&topic(says, ""), text), expected, "{says} on {text:?}");
}

#[test]
fn words_are_lemmas_and_exact_words_are_forms() {
    check_found("[bridge reopen]", "The bridge reopened.", &["bridge reopened → p"]);
    check_found("[=bridge reopen]", "The bridges reopened.", &[]);
    check_found("[bridge reopen]", "The bridges reopened.", &["bridges reopened → p"]);
}

#[test]
fn auxiliaries_and_negators_do_not_stand_in_the_way() {
    check_found("[bridge reopen]", "The bridge has not been reopened.", &["bridge reopened → not:p"]);
    check_found("[talk be suspended]", "The talks were not suspended.", &["talks were suspended → not:p"]);
    check_found("[talk suspended]", "The talks will be suspended.", &["talks suspended → p"]);
}

#[test]
fn gaps_are_bounded() {
    check_found("[bridge ..4 open]", "The bridge over the river is open.", &["bridge open → p"]);
    check_found("[bridge ..3 open]", "The bridge over the river is open.", &[]);
}

#[test]
fn alternatives_and_optional_words() {
    check_found("['(hold|conduct) direct? talk']", "Orsa holds direct talks.", &["holds direct talks → p"]);
    check_found("['(hold|conduct) direct? talk']", "Orsa conducts talks.", &["conducts talks → p"]);
    check_found("['(hold|conduct) direct? talk']", "Orsa conducts long talks.", &[]);
}

#[test]
fn names_meet_entities_groups_and_adjectives() {
    check_found("['<orsa> ..4 sign']", "Orsa has signed.", &["Orsa signed → p"]);
    check_found("['<orsa> ..4 sign']", "Lenz has signed.", &[]);
    check_found("['<side> ..4 sign']", "Lenz has signed.", &["Lenz signed → p"]);
    check_found("['<orsa> force']", "Orsan forces advanced.", &["Orsan forces → p"]);
}

#[test]
fn braces_have_no_order() {
    check_found("['{reopen bridge}']", "The old bridge reopened.", &["bridge reopened → p"]);
    check_found("['{bridge reopen}']", "The bridge was painted.", &[]);
}

#[test]
fn parts_of_speech_are_asked_for() {
    check_found("[talk/N]", "The talks go on.", &["talks → p"]);
    check_found("[talk/N]", "They talk.", &[]);
}

#[test]
fn events_are_met_in_active_and_passive() {
    let says = "[{ event: reopen, object: bridge }]";
    check_found(says, "Engineers reopened the bridge.", &["reopened bridge → p"]);
    check_found(says, "The bridge was reopened by engineers.", &["bridge reopened → p"]);
    check_found(says, "The bridge reopened on Sunday.", &["bridge reopened → p"]);
    check_found(says, "The bridge was not reopened.", &["bridge reopened → not:p"]);
    check_found(says, "The tunnel below the bridge reopened.", &[]);
    check_found("[{ event: reopen, object: bridge, subject: engineer }]", "The bridge was reopened.", &[]);
    check_found(
        "[{ event: reopen, object: bridge, subject: 'engineer?' }]",
        "The bridge was reopened.",
        &["bridge reopened → p"],
    );
}

#[test]
fn opposites_refute() {
    let set = topic("[bridge be open]", "");
    assert_eq!(found(&set, "The bridge is open."), ["bridge is open → p"]);
    assert_eq!(found(&set, "The bridge is closed."), ["bridge is closed → not:p"]);
    assert_eq!(found(&set, "The bridge is not closed."), ["bridge is closed → p"]);
}

#[test]
fn unless_guards_a_position() {
    let set = topic("['hold ..2 talk']", ", unless: [talk with reporter]");
    assert_eq!(found(&set, "Orsa held talks."), ["held talks → p"]);
    assert_eq!(found(&set, "Orsa held talks with reporters."), [""; 0]);
}

#[test]
fn a_cue_commits_its_source() {
    let set = topic("[bridge reopen]", "");
    assert_eq!(found(&set, "Ana Marin said the bridge had reopened."), ["bridge reopened → p"]);
    assert_eq!(found(&set, "Ana Marin denied that the bridge had reopened."), ["bridge reopened → not:p"]);
    assert_eq!(found(&set, "Ana Marin hopes that the bridge reopens."), ["bridge reopens → Uu"]);
}

#[test]
fn any_captures_whatever_bears_a_name() {
    let says = "[{ event: beat, subject: \"$team:any\", object: \"$other:any\" }]";
    check_found(says, "Orsa beat Brenfeld.", &["Orsa beat Brenfeld → p"]);
    check_found(says, "Tessa Roa beat Ada Kell.", &["Tessa Roa beat Ada Kell → p"]);
    check_found(says, "The guests beat Brenfeld.", &[]);
    check_found(says, "Brenfeld beat the drum.", &[]);
}
