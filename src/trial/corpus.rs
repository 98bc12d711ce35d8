//! What a corpus says about rules: those that find nothing, match nearly everything, or find what others find.
//!
//! In: a rule set, a whole run over articles with every conflict however unsure, the files to be told about. Out: warnings at the
//! rules' and entries' places. Decides nothing about the conflicts themselves.

use super::lint::Places;
use crate::pipeline::Analysis;
use crate::rules::{Kind, Problem, Rule, RuleSet, Tree};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Share of claims, in percent, above which a rule matches too much.
const MUCH: usize = 5;
/// Matches below which a share tells nothing.
const FEW: usize = 5;

/// Warns of rules (W115, W118, W119, W120) and of `ignore` entries (W111, W112). `today` is the day that `until` is held against.
pub fn corpus(rules: &RuleSet, analysis: &Analysis, trees: &[Tree], today: Option<Date>) -> Vec<Problem> {
    let places = Places::of(trees);
    let claims: usize = analysis.readings.iter().map(|reading| reading.claims.len()).sum();
    let matched = matched(rules, analysis);
    let found = Found::of(analysis);
    let mut problems = ignores(rules, &analysis.ignores, trees, today);
    for (at, rule) in rules.rules.iter().enumerate().filter(|(_, rule)| rule.enabled) {
        let Some((source, id)) = places.id(&rule.id) else { continue };
        let mut add = |code, message: String, help: &str| problems.push(Problem::new(code, source, id.span, message).help(help));
        let name = &rule.id;
        let number = matched.get(&at).map_or(0, BTreeSet::len);
        if number >= FEW && number * 100 > claims * MUCH {
            let share = number * 100 / claims;
            let message = format!("rule `{name}` fires on {number} of {claims} claims ({share} %)");
            add("W115", message, "narrow its patterns, or say with `about` which stories it looks at");
        }
        let Some(pairs) = found.by_rule.get(&at) else {
            let (message, help) = if number == 0 {
                let message = format!("no claim of the corpus matches rule `{name}`");
                (message, "`gainsay why --help` tells how to see where its patterns stop")
            } else {
                let message =
                    format!("rule `{name}` finds no conflict: {number} claims match it, and no two of them are opposed");
                (message, "`gainsay why` tells which gate stops two of them")
            };
            add("W118", message, help);
            continue;
        };
        let winners: BTreeSet<usize> = pairs.iter().map(|pair| found.named[*pair]).collect();
        if !rule.general && !winners.contains(&at) {
            let names: Vec<String> = winners.iter().map(|winner| format!("`{}`", rules.rules[*winner].id)).collect();
            let message =
                format!("every conflict that rule `{name}` finds ({}) is reported under {}", pairs.len(), names.join(", "));
            add("W120", message, "the first of two equals names a conflict; make one of them narrower, or drop it");
        } else if let Some(twin) = twin(rules, &found, at) {
            let message = format!("rules `{name}` and `{}` find the same pairs ({})", rules.rules[twin].id, pairs.len());
            add("W119", message, "make one of them narrower, or drop it");
        }
    }
    problems
}

/// The conflicts of a run by rule.
struct Found {
    /// Conflicts that a rule finds, whoever names them, by index.
    by_rule: BTreeMap<usize, BTreeSet<usize>>,
    /// Which rule names each.
    named: Vec<usize>,
}

impl Found {
    fn of(analysis: &Analysis) -> Self {
        let conflicts = &analysis.found.conflicts;
        let mut by_rule: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        for (at, conflict) in conflicts.iter().enumerate() {
            for rule in conflict.also.iter().chain([&conflict.rule]) {
                by_rule.entry(*rule).or_default().insert(at);
            }
        }
        Self { by_rule, named: conflicts.iter().map(|conflict| conflict.rule).collect() }
    }
}

/// An earlier rule of the same sort that finds the very same pairs.
fn twin(rules: &RuleSet, found: &Found, at: usize) -> Option<usize> {
    let pairs = found.by_rule.get(&at)?;
    let same = |other: &usize| rules.rules[*other].general == rules.rules[at].general && found.by_rule.get(other) == Some(pairs);
    found.by_rule.keys().copied().take_while(|other| *other < at).find(same)
}

/// Claims that each rule matches: by its patterns, or, where it has none, those that it finds in conflict.
fn matched(rules: &RuleSet, analysis: &Analysis) -> BTreeMap<usize, BTreeSet<(u32, u32)>> {
    let mut of_topic: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, rule) in rules.rules.iter().enumerate() {
        if let Kind::Position(kind) = &rule.kind {
            of_topic.entry(kind.topic).or_default().push(at);
        }
    }
    let mut all: BTreeMap<usize, BTreeSet<(u32, u32)>> = BTreeMap::new();
    for (reading, claims) in (0u32..).zip(&analysis.taken) {
        for (claim, found) in (0u32..).zip(claims) {
            let topics = found.taken.iter().filter_map(|taken| of_topic.get(&taken.topic)).flatten().copied();
            for rule in topics.chain(found.captured.iter().map(|(rule, _)| *rule)) {
                all.entry(rule).or_default().insert((reading, claim));
            }
        }
    }
    let general = |rule: &Rule| rule.general;
    for conflict in &analysis.found.conflicts {
        for rule in conflict.also.iter().chain([&conflict.rule]).filter(|rule| general(&rules.rules[**rule])) {
            all.entry(*rule).or_default().extend(conflict.claims.map(|place| (place.reading, place.claim)));
        }
    }
    all
}

/// W111 and W112: entries that cover nothing, or are over. `uses` counts the conflicts that each entry of the set covers; empty
/// where nothing was compared, and then only what is over is told.
pub fn ignores(rules: &RuleSet, uses: &[usize], trees: &[Tree], today: Option<Date>) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, entry) in rules.ignore.iter().enumerate() {
        let number = numbers.entry(&entry.path).or_default();
        let tree = trees.iter().find(|tree| tree.source.path == entry.path);
        let node = tree.and_then(|tree| Some((&tree.source, tree.root.list("ignore").get(*number)?)));
        *number += 1;
        let Some((source, node)) = node else { continue };
        let past = entry.is_past(today);
        if !past && uses.is_empty() {
            continue;
        }
        if let Some(message) = entry.idle(uses.get(at).copied().unwrap_or(0), today) {
            let key = if past { "until" } else { "rule" };
            let span = node.get(key).map_or(node.span, |node| node.span);
            let help = if past { "take the entry out, or give it a later day" } else { "take the entry out" };
            problems.push(Problem::new(if past { "W112" } else { "W111" }, source, span, message).help(help));
        }
    }
    problems
}
