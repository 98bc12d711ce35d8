//! Tests of loading: whole files, all mistakes in one run, both parsers.

use super::load::{Layered, check};
use super::refs::Known;
use super::*;
use crate::base::pack::PackFile;
use crate::base::yaml::{Node, Value};

/// Checks one file as if it were given by `--rules`, over nothing.
fn problems(text: &str) -> (Vec<Problem>, Vec<Source>) {
    let file = PackFile { path: "rules/story.yml".into(), text: text.to_owned().into(), built_in: false };
    let checked = check(&[Layered { file, layer: 1 }], Known::default(), Lexicon::built_in());
    (checked.problems, checked.sources)
}

fn lines(text: &str) -> Vec<String> {
    let show = |p: &Problem| {
        let help = p.help.as_ref().map_or(String::new(), |help| format!(" ({help})"));
        format!("{} {}:{} {}{help}", p.code, p.line, p.column, p.message)
    };
    problems(text).0.iter().map(show).collect()
}

fn check_lines(text: &str, expected: &[&str]) {
    assert_eq!(lines(text), expected, "{text}");
}

/// Loads one file over the shipped ones.
fn loaded(text: &str) -> RuleSet {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let path = folder.path().join("story.yml");
    std::fs::write(&path, text).expect("it can be written");
    load(&Options { paths: vec![path], no_default_rules: true, ..Options::default() }).unwrap_or_else(|errors| panic!("{errors}"))
}

const BRIDGE: &str = r#"gainsay: 1
topics:
  - id: kessel-bridge
    title: Whether the Kessel bridge is open
    positions:
      - { id: open, label: the bridge is open, says: ["bridge ..3 (open|reopen)", { event: reopen, object: bridge }], denied_as: closed }
      - { id: closed, label: the bridge is closed, says: [{ event: "(close|shut)", object: bridge }], denied_as: open }
    conflicts: [{ between: [open, closed] }]
    tests: { flag: [{ a: "The bridge reopened on Sunday.", b: "The bridge was not reopened." }], quiet: [{ a: "The bridge is open.", b: "Is the bridge closed?", because: modality }] }
"#;

#[test]
fn ten_lines_are_a_rule_file() {
    let set = loaded(BRIDGE);
    let rule = set.rules.iter().find(|rule| rule.id == "kessel-bridge").expect("the topic has a rule of its own");
    assert_eq!((rule.severity, rule.line, rule.pack.as_str()), (Severity::Warning, 3, "story"));
    assert_eq!((rule.tests.flag.len(), rule.tests.quiet.len()), (1, 1));
    let topic = &set.topics[0];
    assert_eq!(topic.clash(0, 1), Some(Strength::Contradiction));
    assert_eq!(topic.positions[0].denied, 1);
    assert_eq!(topic.name(2), "not:open");
    assert_eq!(topic.clash(0, 2), Some(Strength::Contradiction), "a position clashes with its own denial");
}

#[test]
fn three_mistakes_are_three_errors_in_one_run() {
    let text = r#"gainsay: 1
topics:
  - id: bridge
    titel: Whether the bridge is open
    positions:
      - { id: open, label: the bridge is open, says: ["bridge ..3 (open"] }
      - { id: closed, label: the bridge is closed, says: ["bridge be closed"] }
    conflicts:
      - { between: [open, close] }
"#;
    let (problems, sources) = problems(text);
    let rendered = render(&problems, &sources);
    assert_eq!(
        rendered,
        "error[E002]: unknown key `titel` in a topic
  --> rules/story.yml:4:5
  |
4 |     titel: Whether the bridge is open
  |     ^^^^^
  = help: did you mean `title`?

error[E005]: pattern `bridge ..3 (open`: `(` is not closed by `)` (column 12 of the pattern)
  --> rules/story.yml:6:67
  |
6 |       - { id: open, label: the bridge is open, says: [\"bridge ..3 (open\"] }
  |                                                                   ^

error[E004]: topic `bridge` has no position `close`
  --> rules/story.yml:9:25
  |
9 |       - { between: [open, close] }
  |                           ^^^^^
  = help: did you mean `closed`?
"
        .replace("9:25", "9:27")
    );
}

#[test]
fn ids_given_twice_are_seen_in_one_layer() {
    let entity = "{ id: orsa, type: state, names: [Orsa] }";
    check_lines(
        &format!("gainsay: 1\nentities: [{entity}]\ngroups: [{{ id: orsa, members: [orsa] }}]\n"),
        &["E003 3:16 id `orsa` among entities and groups is given twice (the first stands at rules/story.yml:2:18; rename one)"],
    );
}

#[test]
fn references_to_nothing_are_seen() {
    check_lines(
        "gainsay: 1\npack: { name: x, uses: [core-eng] }\n",
        &["E004 2:25 no pack is named `core-eng` (did you mean `core-en`?)"],
    );
    check_lines(
        "gainsay: 1\nentities: [{ id: orsa, type: state, names: [Orsa], part_of: lenz }]\n",
        &["E004 2:61 no entity has the id `lenz`"],
    );
    let rule = "{ id: r, title: T, severity: note, message: m, position: { topic: t } }";
    check_lines(&format!("gainsay: 1\nrules: [{rule}]\n"), &["E004 2:75 no topic has the id `t`"]);
    let quiet = "{ a: x, b: y, because: no-mach }";
    let rule = format!("{{ id: r, title: T, severity: note, message: m, negation: {{}}, tests: {{ quiet: [{quiet}] }} }}");
    check_lines(&format!("gainsay: 1\nrules: [{rule}]\n"), &["E004 2:110 `no-mach` is no gate (did you mean `no-match`?)"]);
}

#[test]
fn patterns_name_what_they_do_not_find() {
    let topic = |says: &str| {
        format!("gainsay: 1\ntopics: [{{ id: t, title: T, positions: [{{ id: p, label: L, says: [\"{says}\"] }}] }}]\n")
    };
    check_lines(&topic("<orsa> win"), &["E004 2:68 no entity or group is called `orsa`"]);
    check_lines(&topic("kill #n:prsn"), &["E004 2:73 `prsn` is neither a unit of the lexicon nor a noun that can be counted"]);
    check_lines(&topic("$who:persn win"), &["E004 2:68 no entity type or group is called `persn` (did you mean `person`?)"]);
    check_lines(
        &topic("win ..40 prize"),
        &["E005 2:72 pattern `win ..40 prize`: a gap is `..N` with N from 1 to 20 (column 5 of the pattern)"],
    );
}

#[test]
fn a_rule_has_one_kind() {
    let rule = |kinds: &str| format!("gainsay: 1\nrules: [{{ id: r, title: T, severity: note, message: m{kinds} }}]\n");
    check_lines(
        &rule(""),
        &[
            "E006 2:15 rule `r` has no kind (add one of `position`, `quantity`, `role`, `order`, `denial`, `negation`, `antonym`, `time`, `place`, `commitment`)",
        ],
    );
    check_lines(
        &rule(", negation: {}, commitment: {}"),
        &["E006 2:70 rule `r` has two kinds, `negation` and `commitment` (make two rules of it)"],
    );
}

#[test]
fn placeholders_are_checked() {
    let rule = |message: &str| {
        let kind = "quantity: { says: [\"kill ..3 #n:person\", \"#n:person ..3 killed\"] }";
        format!("gainsay: 1\nrules: [{{ id: r, title: T, severity: note, message: \"{message}\", {kind} }}]\n")
    };
    check_lines(&rule("{a.n} or {b.n}, says {a.source}"), &[]);
    check_lines(
        &rule("{a.sorce}"),
        &["E007 2:54 placeholder `sorce` is no built-in name, and not every `says` captures it (did you mean `source`?)"],
    );
    check_lines(&rule("{c.n}"), &["E007 2:54 `{c.n}` is no placeholder; it begins with `a.` or `b.`"]);
}

#[test]
fn cycles_are_named() {
    let text = "gainsay: 1\nentities:\n  - { id: a, type: org, names: [A], speaks_for: b }\n  - { id: b, type: org, names: [B], speaks_for: a }\n";
    check_lines(text, &["E008 3:49 the entity `a` comes back to itself by `speaks_for`: a → b → a"]);
}

#[test]
fn a_broken_file_stops_only_itself() {
    let broken = PackFile { path: "a.yml".into(), text: "gainsay: 1\nrules: [\n".into(), built_in: false };
    let wrong = PackFile { path: "b.yml".into(), text: "rules: []\n".into(), built_in: false };
    let files = [broken, wrong].map(|file| Layered { file, layer: 1 });
    let checked = check(&files, Known::default(), Lexicon::built_in());
    let codes: Vec<_> = checked.problems.iter().map(|p| (p.path.as_str(), p.code)).collect();
    assert_eq!(codes, [("a.yml", "E001"), ("b.yml", "E010")]);
}

#[test]
fn files_that_are_no_text_are_refused_with_their_place() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let path = folder.path().join("x.yml");
    std::fs::write(&path, b"gainsay: 1\nids: \xff\n").expect("it can be written");
    let errors = load(&Options { paths: vec![path], ..Options::default() }).expect_err("it is not UTF-8");
    let problem = &errors.problems[0];
    assert_eq!((problem.code, problem.line, problem.column), ("E001", 2, 6));
    assert!(problem.message.contains("not UTF-8"));
    let missing = load(&Options { paths: vec![folder.path().join("none.yml")], ..Options::default() });
    assert_eq!(missing.expect_err("there is no such file").problems.len(), 1);
}

#[test]
fn a_later_file_adds_to_a_shipped_entity() {
    let set = loaded("gainsay: 1\nentities: [{ id: france, type: state, names: [La France] }]\n");
    let france = set.entities.iter().find(|entity| entity.id == "france").expect("it ships");
    assert_eq!(france.names[..2], ["La France", "France"]);
    assert!(france.adjectives.contains(&"French".to_owned()));
}

/// Every shipped file as the checker sees it.
fn shipped() -> Vec<Layered> {
    crate::base::pack::built_in().into_iter().map(|file| Layered { file, layer: 0 }).collect()
}

#[test]
fn the_shipped_files_have_no_error() {
    let checked = check(&shipped(), Known::default(), Lexicon::built_in());
    let errors: Vec<Problem> = checked.problems.into_iter().filter(Problem::is_error).collect();
    assert!(errors.is_empty(), "{}", render(&errors, &checked.sources));
}

#[test]
fn both_parsers_read_every_shipped_file_the_same_way() {
    fn same(node: &Node, value: &serde_yaml::Value) -> bool {
        match (&node.value, value) {
            (Value::List(items), serde_yaml::Value::Sequence(other)) => {
                items.len() == other.len() && items.iter().zip(other).all(|(a, b)| same(a, b))
            }
            (Value::Map(entries), serde_yaml::Value::Mapping(other)) => {
                entries.len() == other.len()
                    && entries.iter().zip(other).all(|((k, v), (other_k, other_v))| same(k, other_k) && same(v, other_v))
            }
            (Value::Scalar { .. }, serde_yaml::Value::Null) => node.is_null(),
            (Value::Scalar { text, plain: true }, serde_yaml::Value::Bool(b)) => *text == b.to_string(),
            (Value::Scalar { text, plain: true }, serde_yaml::Value::Number(n)) => {
                text.parse::<f64>().ok() == n.as_f64() || text.trim_start_matches('0') == n.to_string()
            }
            (Value::Scalar { text, .. }, serde_yaml::Value::String(other)) => text == other,
            _ => false,
        }
    }
    for Layered { file, .. } in shipped() {
        let node = crate::base::yaml::parse(&file.text).unwrap_or_else(|error| panic!("{}: {}", file.path, error.message));
        let value = crate::base::yaml::decode(&file.text).unwrap_or_else(|error| panic!("{}: {error}", file.path));
        assert!(same(&node, &value), "{}", file.path);
    }
}
