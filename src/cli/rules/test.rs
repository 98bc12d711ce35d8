//! `gainsay rules test`: runs the cases that rules carry.

use super::super::args::{Global, RuleArgs};
use super::super::exit::Exit;
use super::super::run;
use super::{count, format, pretty};
use crate::rules::{self, Rule, RuleSet};
use crate::trial::{self, Outcome, Verdict};
use std::fmt::Write as _;

/// Runs the cases of the rules asked for.
pub fn test(wanted: &[String], tags: &[String], args: &RuleArgs, global: &Global) -> Result<Exit, Exit> {
    let name = format(global, &["human", "json"])?;
    let set = run::rules(args)?;
    if let Some(id) = wanted.iter().find(|id| set.rule(id).is_none()) {
        let near = rules::nearest(id, set.rules.iter().map(|rule| rule.id.as_str()));
        let help = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
        return Err(super::super::usage(&format!("no rule has the id `{id}`{help}")));
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
    super::super::put(&text, global)?;
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
