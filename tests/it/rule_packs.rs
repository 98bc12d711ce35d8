//! Packs and layers of rule files: what a later `--rules` replaces, what one pack may not say twice, and what packs build on.

use gainsay::base::Limits;
use gainsay::rules::{self, Options, RuleSet, Status};
use std::path::PathBuf;

/// Files of the given texts, in a folder that lives as long as the first value.
fn files(texts: &[&str]) -> (tempfile::TempDir, Vec<PathBuf>) {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let write = |(at, text): (usize, &&str)| {
        let path = folder.path().join(format!("{at}.yml"));
        std::fs::write(&path, text).expect("it can be written");
        path
    };
    let paths = texts.iter().enumerate().map(write).collect();
    (folder, paths)
}

/// Loads texts, each as a `--rules` of its own, without the shipped topics and general rules.
fn loaded(texts: &[&str]) -> RuleSet {
    let (_folder, paths) = files(texts);
    rules::load(&Options { paths, no_default_rules: true, ..Options::default() }).unwrap_or_else(|errors| panic!("{errors}"))
}

/// What checking says, as `CODE line:column message`; the files stand in one folder, which is one `--rules`, or are each one.
fn problems(texts: &[&str], one_layer: bool) -> Vec<String> {
    let (folder, paths) = files(texts);
    let paths = if one_layer { vec![folder.path().to_owned()] } else { paths };
    let checked = rules::inspect(&paths, &Limits::default());
    let errors = checked.problems.iter().filter(|problem| problem.is_error());
    errors.map(|problem| format!("{} {}:{} {}", problem.code, problem.line, problem.column, problem.message)).collect()
}

fn rule(id: &str, more: &str) -> String {
    format!("gainsay: 1\nrules: [{{ id: {id}, title: T, severity: note, message: m, negation: {{}}{more} }}]\n")
}

#[test]
fn a_later_path_replaces_a_rule_and_can_switch_it_off() {
    let set = loaded(&[&rule("one", ""), &rule("one", ", enabled: false")]);
    assert_eq!(set.rules.len(), 1);
    assert!(!set.rules[0].enabled);
    assert!(set.rules[0].path.ends_with("1.yml"), "{}", set.rules[0].path);
}

#[test]
fn an_id_given_twice_below_one_path_is_an_error() {
    let found = problems(&[&rule("one", ""), &rule("one", "")], true);
    assert_eq!(found, ["E003 2:15 id `one` among topics and rules is given twice"]);
    assert!(problems(&[&rule("one", ""), &rule("one", "")], false).is_empty());
}

#[test]
fn a_later_word_replaces_an_earlier_one() {
    let hedge = |level: &str| format!("gainsay: 1\nlexicons: {{ hedges: [{{ words: [purportedly], lowers_to: {level} }}] }}\n");
    let level = |texts: &[&str]| {
        let set = loaded(texts);
        set.lexicon.hedges.word(gainsay::base::Sym::new("purportedly")).map(|hedge| hedge.lowers_to)
    };
    let (probable, possible) = (hedge("probable"), hedge("possible"));
    assert_ne!(level(&[&probable]), level(&[&possible]));
    assert_eq!(level(&[&probable, &possible]), level(&[&possible]));
    assert_eq!(level(&[&possible, &probable]), level(&[&probable]));
}

#[test]
fn packs_build_on_packs_that_are_there_and_never_on_themselves() {
    let pack = |name: &str, uses: &str| format!("gainsay: 1\npack: {{ name: {name}, version: 0.1.0, uses: [{uses}] }}\n");
    assert!(problems(&[&pack("river", "core-en, talks")], false).is_empty(), "a shipped pack can be used");
    assert!(problems(&[&pack("river", "lake"), &pack("lake", "core-en")], false).is_empty(), "a later file's pack too");
    assert_eq!(problems(&[&pack("river", "lakes"), &pack("lake", "")], true), ["E004 2:45 no pack is named `lakes`"]);
    assert_eq!(
        problems(&[&pack("river", "lake"), &pack("lake", "river")], false),
        ["E008 2:45 the pack `river` comes back to itself by `uses`: river → lake → river"]
    );
    assert_eq!(
        problems(&[&pack("river", "river")], false),
        ["E008 2:45 the pack `river` comes back to itself by `uses`: river → river"]
    );
}

#[test]
fn a_deprecated_rule_says_what_replaces_it() {
    let old = |more: &str| rule("old", &format!(", status: deprecated, enabled: false{more}"));
    let set = loaded(&[&old(", replaced_by: new"), &rule("new", "")]);
    assert_eq!((set.rules[0].status, set.rules[0].replaced_by.as_deref()), (Status::Deprecated, Some("new")));
    assert_eq!(problems(&[&old("")], false), ["E011 2:80 the deprecated rule `old` has no `replaced_by`"]);
    assert_eq!(problems(&[&old(", replaced_by: none-such")], false), ["E004 2:121 no rule has the id `none-such`"]);
}

#[test]
fn a_pack_has_the_version_of_its_last_file() {
    let file = |version: &str| format!("gainsay: 1\npack: {{ name: river, version: {version} }}\n");
    assert_eq!(loaded(&[&file("0.1.0"), &file("0.2.0")]).version("river"), Some("0.2.0"));
}
