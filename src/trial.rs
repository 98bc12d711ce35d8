//! Runs the cases that rules carry: two one-sentence articles through the real stages, with only the rule under test active.
//!
//! In: a rule set. Out: one [`Outcome`] a case with both sides' traces. Knows no files and no reports; `cli` prints.

use crate::article::Article;
use crate::base::Limits;
use crate::base::yaml::Node;
use crate::claims::Reading;
use crate::conflicts::detectors::Context;
use crate::conflicts::{self, Facts, Gate, Sides};
use crate::pipeline::{self, ArticleNames};
use crate::rules::schema::AboutMode;
use crate::rules::{Case, Kind, Matcher, Problem, Rule, RuleSet, Side, Source, Tree};
use crate::{claims, entities};
use rayon::prelude::*;

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
    /// For a quiet case: whether neither side matched anything.
    pub idle: bool,
}

/// Runs every case of the rules that `wanted` picks, in file order.
pub fn run(rules: &RuleSet, wanted: impl Fn(&Rule) -> bool) -> Vec<Outcome> {
    let mut cases: Vec<(usize, &'static str, usize, &Case)> = Vec::new();
    for (at, rule) in rules.rules.iter().enumerate().filter(|(_, rule)| wanted(rule)) {
        let tests = &rule.tests;
        let lists =
            [("flag", &tests.flag), ("quiet", &tests.quiet), ("todo_flag", &tests.todo_flag), ("todo_quiet", &tests.todo_quiet)];
        for (list, all) in lists {
            cases.extend(all.iter().enumerate().map(|(number, case)| (at, list, number + 1, case)));
        }
    }
    cases.par_iter().map(|(rule, list, number, case)| one(rules, *rule, list, *number, case)).collect()
}

/// An edge between the two sides.
struct Edge {
    relation: &'static str,
    sides: &'static str,
    positions: [String; 2],
}

struct Run {
    edge: Option<Edge>,
    stop: (Gate, String),
    traces: [Vec<String>; 2],
    reached: Vec<String>,
    idle: bool,
}

fn one(rules: &RuleSet, rule: usize, list: &'static str, number: usize, case: &Case) -> Outcome {
    let run = trial(rules, rule, case);
    let happened = match &run.edge {
        Some(edge) => format!("{} ({}): {}", edge.relation, edge.sides, edge.positions.join(" against ")),
        None => format!("no conflict: stopped at {} ({})", run.stop.0.name(), run.stop.1),
    };
    let flag = list.ends_with("flag");
    let expect = case.expect.clone().unwrap_or_default();
    let wanted: Vec<(&str, String)> = [("a", expect.a), ("b", expect.b), ("relation", expect.relation), ("sides", expect.sides)]
        .into_iter()
        .filter_map(|(key, value)| Some((key, value?)))
        .collect();
    let (verdict, expected) = if flag {
        let expected = wanted.iter().map(|(key, value)| format!("{key}: {value}")).collect::<Vec<_>>().join(", ");
        let fits = |edge: &Edge| {
            wanted.iter().all(|(key, value)| match *key {
                "a" => edge.positions[0] == *value,
                "b" => edge.positions[1] == *value,
                "relation" => edge.relation == value,
                _ => edge.sides == value,
            })
        };
        let verdict = match &run.edge {
            None => Verdict::Missed,
            Some(edge) if !fits(edge) => Verdict::WrongEdge,
            Some(_) => Verdict::Pass,
        };
        (verdict, if expected.is_empty() { "a conflict".to_owned() } else { format!("a conflict with {expected}") })
    } else {
        let because = case.because.clone().unwrap_or_default();
        let verdict = match &run.edge {
            Some(_) => Verdict::Noisy,
            None if run.stop.0.name() != because => Verdict::WrongReason,
            None => Verdict::Pass,
        };
        (verdict, format!("no conflict, stopped at {because}"))
    };
    let verdict = match (list.starts_with("todo"), verdict) {
        (false, verdict) => verdict,
        (true, Verdict::Pass) => Verdict::Done,
        (true, _) => Verdict::Todo,
    };
    let traces = if verdict.fails() { run.traces } else { Default::default() };
    let texts = [case.a.text.clone(), case.b.text.clone()];
    Outcome { rule, list, number, verdict, happened, expected, traces, texts, reached: run.reached, idle: run.idle }
}

/// One side as an article. `by` speaks the sentence as a quotation, so that "we" and the rest are read as ever.
fn article(id: &str, side: &Side) -> Article {
    let said = side.text.trim();
    let text = match &side.by {
        // The most common form of a quotation, and the one that the parser reads best.
        Some(speaker) => match said.strip_suffix('.') {
            Some(words) => format!("“{words},” {speaker} said."),
            None => format!("“{said}” {speaker} said."),
        },
        None => said.to_owned(),
    };
    Article {
        id: id.into(),
        path: id.into(),
        publisher: side.publisher.clone(),
        published: side.date.as_ref().and_then(|day| day.parse().ok()),
        text,
        ..Article::default()
    }
}

fn trial(rules: &RuleSet, rule: usize, case: &Case) -> Run {
    let assume = case.about == AboutMode::Assume;
    let articles = vec![article("a", &case.a), article("b", &case.b)];
    let readings = pipeline::read_all(articles, &rules.lexicon, &Limits::default());
    let entities = entities::resolve(&readings, &rules.declared(), &rules.lexicon);
    let who = pipeline::who(&entities, &readings);
    let names: Vec<ArticleNames<'_>> = (0..2).map(|at| ArticleNames::new(&entities, at)).collect();
    let matcher = |at: usize| {
        let matcher = Matcher::new(rules, &readings[at], &names[at]);
        if assume { matcher.assuming() } else { matcher }
    };
    let matchers = [matcher(0), matcher(1)];
    let found: Vec<Vec<_>> =
        matchers.iter().zip(&readings).map(|(m, r)| (0..r.claims.len()).map(|claim| m.claim(claim)).collect()).collect();
    let fingerprints: Vec<Vec<_>> =
        readings.iter().map(|r| r.claims.iter().map(|claim| claims::fingerprint::of(r, claim)).collect()).collect();
    let options = conflicts::Options { presume: assume, only: vec![rule], ..conflicts::Options::default() };
    let facts = Facts::gather(&readings, &who, &rules.lexicon);
    let cx = Context { facts: &facts, rules, found: &found, options: &options };

    // Which side stops where: the claim that came furthest speaks for its side.
    let of = &rules.rules[rule];
    let sides: Vec<Option<(Gate, String)>> = (0..2).map(|at| stopped(of, &readings[at], &found[at])).collect();
    let mut stop: Option<(Gate, String)> = sides.iter().flatten().min_by_key(|(gate, _)| *gate).cloned();
    let mut positions: Option<[String; 2]> = None;
    if stop.is_none() {
        let (ones, others): (Vec<_>, Vec<_>) = facts.list.iter().partition(|fact| fact.reading == 0);
        for one in &ones {
            for other in &others {
                match conflicts::judge(&cx, rule, one, other) {
                    Ok(clash) => positions = positions.or(Some(clash.group)),
                    Err(why) if stop.as_ref().is_none_or(|(gate, _)| why.gate > *gate) => {
                        stop = Some((why.gate, why.why.to_owned()));
                    }
                    Err(_) => {}
                }
            }
        }
    }
    let input =
        conflicts::Input { readings: &readings, who: &who, found: &found, fingerprints: &fingerprints, copies: &[], rules };
    let edges = conflicts::find(input, &options);
    let between = edges.conflicts.iter().find(|edge| edge.claims[0].reading != edge.claims[1].reading);
    let edge = between.map(|edge| {
        let fact =
            |at: usize| facts.list.iter().find(|f| f.reading == edge.claims[at].reading && f.claim == edge.claims[at].claim);
        let judged = fact(0).zip(fact(1)).and_then(|(one, other)| conflicts::judge(&cx, rule, one, other).ok());
        let mut positions = judged.map(|clash| clash.group).or(positions.clone()).unwrap_or_default();
        if edge.claims[0].reading == 1 {
            positions.reverse();
        }
        Edge { relation: edge.relation.name(), sides: sides_name(edge.sides), positions }
    });
    let reached = found.iter().flatten().flat_map(|found| &found.taken).flat_map(|taken| {
        let topic = &rules.topics[taken.topic];
        taken.held.iter().map(|held| format!("{}/{}", topic.id, topic.name(held.position))).chain([format!(
            "{}/{}",
            topic.id,
            topic.name(taken.said)
        )])
    });
    let mut reached: Vec<String> = reached.collect();
    reached.sort();
    reached.dedup();
    let idle = !matchers[0].patterns_of(of).is_empty()
        && sides.iter().all(|side| side.as_ref().is_some_and(|(gate, _)| *gate <= Gate::NoMatch));
    let trace = |at: usize| trace(&matchers[at], &readings[at], of);
    let stop = stop.unwrap_or((Gate::NotAClaim, "nothing was set against each other".into()));
    Run { edge, stop, traces: [trace(0), trace(1)], reached, idle }
}

fn sides_name(sides: Sides) -> &'static str {
    sides.name()
}

/// Where a side stops before it is set against another; `None` where it takes part. The claim that came furthest counts.
fn stopped(rule: &Rule, reading: &Reading, found: &[crate::rules::Found]) -> Option<(Gate, String)> {
    if reading.claims.is_empty() {
        return Some((Gate::NotAClaim, "nothing in the sentence is a claim".into()));
    }
    let Kind::Position(position) = &rule.kind else { return None };
    let of = |topic: usize| topic == position.topic;
    if found.iter().flat_map(|found| &found.taken).any(|taken| of(taken.topic)) {
        return None;
    }
    let barred = found.iter().flat_map(|found| &found.barred).filter(|(topic, ..)| of(*topic)).map(|(.., gate)| *gate);
    match barred.max_by_key(|gate| *gate == "about") {
        Some("about") => Some((Gate::About, "the text is not about the topic".into())),
        Some(_) => Some((Gate::Unless, "an `unless` matches too".into())),
        None => Some((Gate::NoMatch, "no pattern of the topic matches".into())),
    }
}

/// How a side was read: each claim, and what the rule makes of it.
fn trace(matcher: &Matcher<'_>, reading: &Reading, rule: &Rule) -> Vec<String> {
    let mut lines = vec![reading.article.text.clone()];
    for (at, claim) in reading.claims.iter().enumerate() {
        let text: Vec<&str> = claim.content.iter().map(|span| span.of(&reading.article.text)).collect();
        lines.push(format!("claim “{}”", text.join(" … ")));
        lines.extend(matcher.trace(rule, at).into_iter().map(|line| format!("  {line}")));
    }
    if reading.claims.is_empty() {
        lines.push("no claim (gate not-a-claim)".into());
    }
    lines
}

/// What only a run of the tests can warn about: quiet cases that match nothing (W103), positions that no case reaches (W107), and
/// `todo_` cases that pass by now (W114).
pub fn lint(rules: &RuleSet, outcomes: &[Outcome], trees: &[Tree]) -> Vec<Problem> {
    let mut problems = Vec::new();
    let reached: std::collections::BTreeSet<&str> = outcomes.iter().flat_map(|o| o.reached.iter().map(String::as_str)).collect();
    for outcome in outcomes {
        let rule = &rules.rules[outcome.rule];
        let places = [named(trees, "rules", &rule.id), named(trees, "topics", &rule.id)];
        let case = places.into_iter().flatten().find_map(|(source, node)| {
            let cases = node.get("tests")?.list(outcome.list);
            Some((source, cases.get(outcome.number - 1)?.span))
        });
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
        let Some((source, node)) = named(trees, "topics", &topic.id) else { continue };
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

/// The entry of that id, with its file.
fn named<'a>(trees: &'a [Tree], key: &str, id: &str) -> Option<(&'a Source, &'a Node)> {
    trees.iter().find_map(|tree| {
        let node = tree.root.list(key).iter().find(|node| node.get("id").and_then(Node::text) == Some(id))?;
        Some((&tree.source, node))
    })
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
