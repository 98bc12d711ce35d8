//! One rule and one text: claim by claim the gate that stops it by itself, and the words that do.

use super::{head, line, words};
use crate::cli::exit::Exit;
use crate::cli::run::Run;
use crate::conflicts::detectors::Context;
use crate::conflicts::{Fact, Gate, Stop, explain};
use crate::pipeline::ArticleNames;
use crate::report::layout::{Ink, Style, wrap};
use crate::rules::{self, Kind, Matcher, Reach, Rule, RuleSet, Topic};

/// Positions that are told of beside the nearest.
const FURTHER: usize = 4;

/// Indices of the rule of that id, or of all rules on the topic of that id.
///
/// # Errors
/// The exit code, after the nearest id was printed.
pub fn find(set: &RuleSet, id: &str) -> Result<Vec<usize>, Exit> {
    let all = |wanted: &dyn Fn(&Rule) -> bool| -> Vec<usize> {
        set.rules.iter().enumerate().filter(|(_, rule)| wanted(rule)).map(|(at, _)| at).collect()
    };
    let mut found = all(&|rule| rule.id == id);
    if found.is_empty() {
        found = all(&|rule| topic(set, rule).is_some_and(|topic| topic.id == id));
    }
    if found.is_empty() {
        let ids = set.rules.iter().map(|rule| rule.id.as_str()).chain(set.topics.iter().map(|topic| topic.id.as_str()));
        let help = rules::nearest(id, ids).map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
        return Err(crate::cli::usage(&format!("no rule or topic has the id `{id}`{help}")));
    }
    Ok(found)
}

/// The rules in a line each.
pub fn titles(set: &RuleSet, rules: &[usize], style: Style) -> String {
    let title = |at: &usize| {
        let rule = &set.rules[*at];
        let off = if rule.enabled { "" } else { ", off" };
        wrap(&format!("{} ({}{off}): {}", rule.id, rule.kind.name(), rule.title), style.width)
    };
    let lines = rules.iter().flat_map(title).map(|line| style.paint(Ink::Strong, &line) + "\n");
    lines.chain(["\n".to_owned()]).collect()
}

fn topic<'a>(set: &'a RuleSet, rule: &Rule) -> Option<&'a Topic> {
    match &rule.kind {
        Kind::Position(of) => set.topics.get(of.topic),
        _ => None,
    }
}

/// What a rule makes of each claim of a text.
pub fn sides(cx: &Context<'_>, run: &Run, rule: usize, (label, facts): (&str, &[&Fact]), style: Style) -> String {
    let mut out = Vec::new();
    if facts.is_empty() {
        out.push(format!("{label}: the gate `{}` stops it, no claim was found in it", Gate::NotAClaim.name()));
        out.push(String::new());
    }
    for fact in facts {
        out.extend(head(run, label, fact, style));
        for (at, text) in side(cx, run, rule, fact).iter().enumerate() {
            line(if at == 0 { "words" } else { "" }, text, style, &mut out);
        }
        if let Some(stop) = stop(cx, run, rule, fact) {
            line("stopped", &format!("the gate `{}` stops it, {}", stop.gate.name(), stop.why), style, &mut out);
        }
        out.push(String::new());
    }
    out.join("\n") + "\n"
}

/// The gate that stops a claim by itself. Rules without patterns look at both sides at once: of one side there is nothing to say.
fn stop(cx: &Context<'_>, run: &Run, rule: usize, fact: &Fact) -> Option<Stop> {
    let of = &run.rules.rules[rule];
    let patterns = topic(&run.rules, of).is_some() || !of.kind.patterns().is_empty();
    explain::alone(cx, rule, fact).filter(|_| patterns)
}

/// What of a claim's words has to do with a rule.
fn side(cx: &Context<'_>, run: &Run, rule: usize, fact: &Fact) -> Vec<String> {
    let at = fact.reading as usize;
    let names = ArticleNames::new(&run.analysis.entities, at);
    let matcher = Matcher::new(&run.rules, &run.analysis.readings[at], &names);
    let of = &run.rules.rules[rule];
    let mut told = words(run, rule, fact);
    if stop(cx, run, rule, fact).is_some_and(|stop| stop.gate == Gate::NoMatch) {
        // The trace tells of the nearest pattern alone.
        told = reaches(run, of, &matcher.reaches(of, fact.claim as usize));
        told.extend(matcher.turned(fact.claim as usize).iter().map(|line| line.trim().to_owned()));
    }
    if told.is_empty() {
        told.push("nothing in it turns or weakens what it says".to_owned());
    }
    told
}

/// How near each position came, the nearest first.
fn reaches(run: &Run, rule: &Rule, all: &[Reach]) -> Vec<String> {
    let topic = topic(&run.rules, rule);
    let name = |reach: &Reach| topic.zip(reach.position).map_or_else(String::new, |(topic, at)| format!("{}: ", topic.name(at)));
    let met = all.iter().filter_map(|reach| Some((reach, reach.near.as_ref()?)));
    let mut lines: Vec<String> = met
        .take(FURTHER + 1)
        .enumerate()
        .map(|(at, (reach, near))| {
            let lead = if at == 0 { "nearest " } else { "" };
            format!("{lead}{}`{}`, {}", name(reach), run.rules.pattern_text(near.pattern), near.stopped)
        })
        .collect();
    let unmet = all.iter().filter(|reach| reach.near.is_none()).count();
    match (unmet, all.len()) {
        (0, _) => {}
        (unmet, all) if unmet == all => lines.push("no pattern of it met a word".to_owned()),
        (1, _) => lines.push("no pattern of one other position met a word".to_owned()),
        (unmet, _) => lines.push(format!("no pattern of {unmet} other positions met a word")),
    }
    lines
}
