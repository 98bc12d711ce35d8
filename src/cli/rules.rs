//! `gainsay rules`: list, show, check and test rule files; print their schema.

use super::args::{Global, RuleArgs, RulesCommand};
use super::exit::Exit;
use super::run;
use crate::base::Limits;
use crate::base::yaml::{self, Node};
use crate::report::annotations::{data, property};
use crate::rules::{self, Kind, Problem, Rule, RuleSet, Topic};
use crate::trial::{self, Outcome, Verdict};
use std::fmt::Write as _;
use std::path::PathBuf;

/// Runs the command.
///
/// # Errors
/// The exit code, after what is wrong was printed.
pub fn rules(command: &RulesCommand, global: &Global) -> Result<Exit, Exit> {
    match command {
        RulesCommand::List { pack, rules } => list(pack.as_deref(), rules, global),
        RulesCommand::Show { id, rules } => show(id, rules, global),
        RulesCommand::Check { paths } => check(paths, global),
        RulesCommand::Test { rule, tag, rules } => test(rule, tag, rules, global),
        RulesCommand::Schema { report } => {
            format(global, &["json"])?;
            let schema = if *report { crate::report::view::schema() } else { rules::schema::json_schema() };
            super::put(&pretty(&schema), global)?;
            Ok(Exit::Done)
        }
    }
}

/// The format asked for, the first of the known ones unless said.
fn format<'a>(global: &'a Global, known: &[&'a str]) -> Result<&'a str, Exit> {
    let name = global.format.as_deref().unwrap_or(known[0]);
    if known.contains(&name) { Ok(name) } else { Err(super::unknown_format(name, known)) }
}

fn pretty(value: &serde_json::Value) -> String {
    let mut text = serde_json::to_string_pretty(value).expect("a value is plain data");
    text.push('\n');
    text
}

fn list(pack: Option<&str>, args: &RuleArgs, global: &Global) -> Result<Exit, Exit> {
    let name = format(global, &["human", "json"])?;
    let set = run::rules(args)?;
    let wanted: Vec<&Rule> = set.rules.iter().filter(|rule| pack.is_none_or(|pack| rule.pack == pack)).collect();
    if let Some(pack) = pack.filter(|_| wanted.is_empty()) {
        let near = rules::nearest(pack, set.rules.iter().map(|rule| rule.pack.as_str()));
        let help = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
        return Err(super::usage(&format!("no rule belongs to a pack `{pack}`{help}")));
    }
    let text = if name == "json" {
        let row = |rule: &&Rule| {
            serde_json::json!({
                "id": rule.id, "pack": rule.pack, "kind": rule.kind.name(), "severity": rule.severity.name(), "title": rule.title,
                "enabled": rule.enabled, "tags": rule.tags, "path": rule.path, "line": rule.line, "hash": rule.hash.to_string(),
                "tests": cases(rule),
            })
        };
        pretty(&wanted.iter().map(row).collect())
    } else {
        let rows: Vec<[String; 5]> = wanted.iter().map(|rule| row(rule)).collect();
        table(&rows)
    };
    super::put(&text, global)?;
    Ok(Exit::Done)
}

fn cases(rule: &Rule) -> usize {
    let tests = &rule.tests;
    tests.flag.len() + tests.quiet.len() + tests.todo_flag.len() + tests.todo_quiet.len()
}

fn row(rule: &Rule) -> [String; 5] {
    let tests = match cases(rule) {
        0 => "no tests".to_owned(),
        1 => "1 test".to_owned(),
        many => format!("{many} tests"),
    };
    let title = if rule.enabled { rule.title.clone() } else { format!("{} (off)", rule.title) };
    [rule.id.clone(), rule.kind.name().into(), rule.severity.name().into(), tests, title]
}

/// Rows with their columns aligned; the last is as wide as it is.
fn table<const N: usize>(rows: &[[String; N]]) -> String {
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..N).map(width).collect();
    let mut text = String::new();
    for row in rows {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}"));
        let _ = writeln!(text, "{}", cells.collect::<Vec<_>>().join("  ").trim_end());
    }
    text
}

fn show(id: &str, args: &RuleArgs, global: &Global) -> Result<Exit, Exit> {
    format(global, &["human"])?;
    let set = run::rules(args)?;
    let rule = set.rules.iter().find(|rule| rule.id == id);
    let topic = match rule.map(|rule| &rule.kind) {
        Some(Kind::Position(position)) => set.topics.get(position.topic),
        Some(_) => None,
        None => set.topics.iter().find(|topic| topic.id == id),
    };
    if rule.is_none() && topic.is_none() {
        let ids = set.rules.iter().map(|rule| rule.id.as_str()).chain(set.topics.iter().map(|topic| topic.id.as_str()));
        let near = rules::nearest(id, ids);
        let help = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
        return Err(super::usage(&format!("no rule or topic has the id `{id}`{help}")));
    }
    let mut text = String::new();
    if let Some(rule) = rule {
        let state = if rule.enabled { "" } else { ", off" };
        let _ = writeln!(text, "{}: {}", rule.id, rule.title);
        let _ = writeln!(
            text,
            "{}, {}{state}, pack {}, {}:{}",
            rule.kind.name(),
            rule.severity.name(),
            rule.pack,
            rule.path,
            rule.line
        );
        if let Some(note) = &rule.note {
            let _ = writeln!(text, "{note}");
        }
    }
    if let Some(topic) = topic {
        text.push_str(&positions(&set, topic));
    }
    let place = rule.map(|rule| rule.path.as_str());
    for source in written(id, topic.map(|topic| topic.id.as_str()), place, args) {
        let _ = write!(text, "\n{source}");
    }
    super::put(&text, global)?;
    Ok(Exit::Done)
}

/// A topic's positions, what denies them, and what clashes.
fn positions(set: &RuleSet, topic: &Topic) -> String {
    let mut text = format!("\ntopic {}: {}\n", topic.id, topic.title);
    for (at, position) in topic.positions.iter().enumerate() {
        let _ = writeln!(text, "  {}: {}", position.id, position.label);
        for says in &position.says {
            let _ = writeln!(text, "    says    {}", set.pattern_text(*says));
        }
        for unless in &position.unless {
            let _ = writeln!(text, "    unless  {}", set.pattern_text(*unless));
        }
        let _ = writeln!(text, "    denied  {}", topic.name(position.denied));
        let against = topic.clashes.iter().filter_map(|clash| match (clash.one == at, clash.two == at) {
            (true, _) => Some((clash.two, clash.strength)),
            (_, true) => Some((clash.one, clash.strength)),
            _ => None,
        });
        for (other, strength) in against {
            let strength = if strength == rules::Strength::Tension { " (tension)" } else { "" };
            let _ = writeln!(text, "    against {}{strength}", topic.name(other));
        }
    }
    text
}

/// The rule and its topic as they are written, cut out of their files.
fn written(id: &str, topic: Option<&str>, path: Option<&str>, args: &RuleArgs) -> Vec<String> {
    let mut files = crate::base::pack::built_in();
    for path in &args.rules {
        files.extend(crate::base::pack::read(path, &Limits::default()).0);
    }
    let mut found = Vec::new();
    for file in files.iter().rev() {
        let Ok(root) = yaml::parse(&file.text) else { continue };
        for (key, wanted) in [("topics", topic), ("rules", Some(id).filter(|_| path == Some(file.path.as_str())))] {
            let node =
                root.list(key).iter().find(|node| node.get("id").and_then(Node::text).is_some_and(|id| Some(id) == wanted));
            if let Some(node) = node {
                let text = &file.text;
                let start = text[..node.span.start as usize].rfind('\n').map_or(0, |at| at + 1);
                found.push(format!("{}\n", text[start..node.span.end as usize].trim_end()));
            }
        }
    }
    found
}

fn check(paths: &[PathBuf], global: &Global) -> Result<Exit, Exit> {
    let name = format(global, &["human", "json", "github"])?;
    let checked = rules::inspect(paths, &Limits::default());
    let mut problems = checked.problems;
    let failed = problems.iter().any(Problem::is_error);
    if !failed && let Ok(set) = rules::load(&rules::Options { paths: paths.to_vec(), ..rules::Options::default() }) {
        let sources: Vec<&str> = checked.sources.iter().map(|source| source.path.as_str()).collect();
        let outcomes = trial::run(&set, |rule| sources.contains(&rule.path.as_str()));
        problems.extend(trial::lint(&set, &outcomes, &checked.trees));
        rules::sort(&mut problems);
    }
    let text = match name {
        "json" => pretty(&serde_json::to_value(&problems).expect("problems are plain data")),
        "github" => problems.iter().map(github).collect(),
        _ => {
            let mut text = rules::render(&problems, &checked.sources);
            if !text.is_empty() {
                text.push('\n');
            }
            let errors = problems.iter().filter(|problem| problem.is_error()).count();
            let _ = writeln!(
                text,
                "{} checked: {}, {}",
                count(checked.sources.len(), "file"),
                count(errors, "error"),
                count(problems.len() - errors, "warning")
            );
            text
        }
    };
    super::put(&text, global)?;
    Ok(if failed { Exit::Unusable } else { Exit::Done })
}

fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

/// A problem as an annotation of a workflow run.
fn github(problem: &Problem) -> String {
    let level = if problem.is_error() { "error" } else { "warning" };
    let help = problem.help.as_ref().map_or_else(String::new, |help| format!("; {help}"));
    format!(
        "::{level} file={},line={},col={},title={}::{}\n",
        property(&problem.path),
        problem.line,
        problem.column,
        problem.code,
        data(&format!("{}{help}", problem.message))
    )
}

fn test(wanted: &[String], tags: &[String], args: &RuleArgs, global: &Global) -> Result<Exit, Exit> {
    let name = format(global, &["human", "json"])?;
    let set = run::rules(args)?;
    if let Some(id) = wanted.iter().find(|id| set.rule(id).is_none()) {
        let near = rules::nearest(id, set.rules.iter().map(|rule| rule.id.as_str()));
        let help = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
        return Err(super::usage(&format!("no rule has the id `{id}`{help}")));
    }
    let picks = |rule: &Rule| {
        (wanted.is_empty() || wanted.contains(&rule.id)) && (tags.is_empty() || tags.iter().any(|tag| rule.tags.contains(tag)))
    };
    let outcomes = trial::run(&set, picks);
    let failed = outcomes.iter().any(|outcome| outcome.verdict.fails());
    let text = if name == "json" {
        let row = |outcome: &Outcome| {
            serde_json::json!({
                "rule": set.rules[outcome.rule].id, "list": outcome.list, "number": outcome.number, "outcome": outcome.verdict.name(),
                "expected": outcome.expected, "happened": outcome.happened, "texts": outcome.texts, "traces": outcome.traces,
            })
        };
        pretty(&outcomes.iter().map(row).collect())
    } else {
        told(&set, &outcomes, global.quiet)
    };
    super::put(&text, global)?;
    Ok(if failed { Exit::Objection } else { Exit::Done })
}

/// The outcomes as a person reads them: each case that does not pass with both traces, then the counts.
fn told(set: &RuleSet, outcomes: &[Outcome], quiet: bool) -> String {
    let mut text = String::new();
    for outcome in outcomes.iter().filter(|outcome| outcome.verdict.fails()) {
        let rule = &set.rules[outcome.rule];
        let _ = writeln!(text, "{} {} {} of {}:{}", outcome.verdict.name(), outcome.list, outcome.number, rule.path, rule.line);
        let _ = writeln!(text, "  rule {}: {}", rule.id, rule.title);
        let _ = writeln!(text, "  expected {}", outcome.expected);
        let _ = writeln!(text, "  got {}", outcome.happened);
        for (side, trace) in ["a", "b"].iter().zip(&outcome.traces) {
            for (at, line) in trace.iter().enumerate() {
                let lead = if at == 0 { side } else { " " };
                let _ = writeln!(text, "  {lead}  {line}");
            }
        }
        text.push('\n');
    }
    let number = |verdict: Verdict| outcomes.iter().filter(|outcome| outcome.verdict == verdict).count();
    let mut rules: Vec<usize> = outcomes.iter().map(|outcome| outcome.rule).collect();
    rules.dedup();
    let mut counts = vec![format!("{} of {} pass", number(Verdict::Pass), count(outcomes.len(), "case"))];
    for verdict in [Verdict::Missed, Verdict::Noisy, Verdict::WrongReason, Verdict::WrongEdge, Verdict::Todo, Verdict::Done] {
        if number(verdict) > 0 {
            counts.push(format!("{} {}", number(verdict), verdict.name()));
        }
    }
    if !quiet || outcomes.iter().any(|outcome| outcome.verdict.fails()) {
        let _ = writeln!(text, "{}: {}", count(rules.len(), "rule"), counts.join(", "));
    }
    text
}
