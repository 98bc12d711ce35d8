//! `gainsay rules test`: runs the cases that rules carry.

use super::super::args::{Global, RuleTests};
use super::super::exit::Exit;
use super::super::watch::{Reload, Rules, Watch};
use super::super::{out, run};
use super::{count, format, pretty};
use crate::base::Limits;
use crate::rules::{self, Rule, RuleSet};
use crate::trial::{self, Coverage, Mutation, Outcome, Verdict};
use serde_json::{Value, json};
use std::cmp::Reverse;
use std::fmt::Write as _;
use std::time::Duration;

/// Names of one kind that are listed for people; the rest is counted.
const LISTED: usize = 40;

/// Runs the cases of the rules asked for; with `--watch` again on every change of a rule file.
///
/// # Errors
/// The exit code, after what is wrong was printed.
pub fn test(args: &RuleTests, global: &Global) -> Result<Exit, Exit> {
    if args.watch {
        return watched(args, global);
    }
    let text = Text { args, global, json: format(global, &["human", "json"])? == "json" };
    let (told, exit) = text.of(&run::rules(&args.rules)?)?;
    super::super::put(&told, global)?;
    Ok(exit)
}

/// The exit is that of the last run.
fn watched(args: &RuleTests, global: &Global) -> Result<Exit, Exit> {
    if args.rules.rules.is_empty() {
        return Err(super::super::usage("--watch needs --rules PATH: the shipped rules do not change"));
    }
    format(global, &["human"])?;
    let text = Text { args, global, json: false };
    let watch = Watch::new(&args.rules.rules, global)?;
    let mut rules = Rules::load(&args.rules)?;
    let (told, mut exit) = text.of(&rules.set)?;
    super::super::put(&told, global)?;
    while watch.wait() {
        match rules.reload() {
            Reload::Same => continue,
            Reload::Broken(errors) => {
                out::say(errors.trim_end());
                exit = Exit::Unusable;
            }
            Reload::Loaded { .. } => match text.of(&rules.set) {
                Ok((told, new)) => {
                    exit = new;
                    super::super::put(&format!("\nrules reloaded\n{told}"), global)?;
                }
                // A rule that was asked for is gone, which has been told; it may come back.
                Err(new) => exit = new,
            },
        }
    }
    Ok(exit)
}

/// What was asked for.
struct Text<'a> {
    args: &'a RuleTests,
    global: &'a Global,
    json: bool,
}

impl Text<'_> {
    /// Runs the tests of a set and tells what became of them.
    ///
    /// # Errors
    /// [`Exit::Unusable`] after a rule that is not there was named.
    fn of(&self, set: &RuleSet) -> Result<(String, Exit), Exit> {
        let Self { args, global, json } = self;
        if let Some(id) = args.rule.iter().find(|id| set.rule(id).is_none()) {
            let near = rules::nearest(id, set.rules.iter().map(|rule| rule.id.as_str()));
            let help = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
            return Err(super::super::usage(&format!("no rule has the id `{id}`{help}")));
        }
        let picks = |rule: &Rule| {
            let tagged = args.tag.is_empty() || args.tag.iter().any(|tag| rule.tags.contains(tag));
            tagged && (args.rule.is_empty() || args.rule.contains(&rule.id))
        };
        let outcomes = trial::run(set, picks);
        if args.timings {
            timings(set, &outcomes);
        }
        let coverage = args.coverage.then(|| {
            let trees = rules::inspect(&args.rules.rules, &Limits::default()).trees;
            trial::coverage(set, &outcomes, &trees, picks)
        });
        let mutations = args.mutate.then(|| trial::mutate(set, picks));
        let text = if *json {
            pretty(&document(set, &outcomes, coverage.as_ref(), mutations.as_deref()))
        } else {
            let mut text = told(set, &outcomes, global.quiet);
            coverage.iter().for_each(|coverage| text.push_str(&reached(coverage)));
            mutations.iter().for_each(|mutations| text.push_str(&mutants(mutations)));
            text
        };
        let failed = outcomes.iter().any(|outcome| outcome.verdict.fails());
        Ok((text, if failed { Exit::Objection } else { Exit::Done }))
    }
}

/// The cases alone, or with what else was asked for beside them.
fn document(set: &RuleSet, outcomes: &[Outcome], coverage: Option<&Coverage>, mutations: Option<&[Mutation]>) -> Value {
    let case = |outcome: &Outcome| {
        json!({
            "rule": set.rules[outcome.rule].id, "list": outcome.list, "number": outcome.number, "outcome": outcome.verdict.name(),
            "expected": outcome.expected, "happened": outcome.happened, "texts": outcome.texts, "traces": outcome.traces,
        })
    };
    let cases: Value = outcomes.iter().map(case).collect();
    if coverage.is_none() && mutations.is_none() {
        return cases;
    }
    let mut all = json!({ "cases": cases });
    if let Some(coverage) = coverage {
        all["coverage"] = json!(coverage);
    }
    if let Some(mutations) = mutations {
        let mutant = |mutation: &Mutation| {
            let noticed = mutation
                .noticed
                .map(|(rule, list, number)| json!({ "rule": set.rules[rule].id, "list": list, "number": number }));
            json!({ "of": mutation.mutant.owner, "left_out": mutation.mutant.what, "noticed": noticed })
        };
        all["mutants"] = mutations.iter().map(mutant).collect();
    }
    all
}

/// How long the cases of each rule took.
fn timings(set: &RuleSet, outcomes: &[Outcome]) {
    let mut rows: Vec<(usize, Duration, usize)> = Vec::new();
    for outcome in outcomes {
        match rows.last_mut().filter(|row| row.0 == outcome.rule) {
            Some(row) => (row.1, row.2) = (row.1 + outcome.time, row.2 + 1),
            None => rows.push((outcome.rule, outcome.time, 1)),
        }
    }
    rows.sort_by_key(|(rule, time, _)| (Reverse(*time), *rule));
    for (rule, time, cases) in rows {
        let milliseconds = time.as_secs_f64() * 1e3;
        out::say(&format!("{milliseconds:9.1} ms  {} ({})", set.rules[rule].id, count(cases, "case")));
    }
}

/// What no test reaches.
fn reached(coverage: &Coverage) -> String {
    let mut text = String::new();
    for part in coverage {
        let _ = writeln!(text, "{} of {} {} reached", part.all - part.unreached.len(), part.all, part.what);
        for name in part.unreached.iter().take(LISTED) {
            let _ = writeln!(text, "  no test reaches {name}");
        }
        if part.unreached.len() > LISTED {
            let _ = writeln!(text, "  and {} more; --format json lists all", part.unreached.len() - LISTED);
        }
    }
    text
}

/// The mutants that nobody noticed, and how many were.
fn mutants(mutations: &[Mutation]) -> String {
    let mut text = String::new();
    for Mutation { mutant, .. } in mutations.iter().filter(|mutation| mutation.noticed.is_none()) {
        let _ = writeln!(text, "not noticed: {} without {}", mutant.owner, mutant.what);
    }
    let noticed = mutations.iter().filter(|mutation| mutation.noticed.is_some()).count();
    let _ = writeln!(text, "{noticed} of {} noticed", count(mutations.len(), "mutant"));
    text
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
