//! What the tests of rules reach: positions, patterns, words of lexicons.
//!
//! In: a rule set, the outcomes of its tests, the files whose lexicons count. Out: counts, and what no test reaches by name.

use super::Outcome;
use crate::base::yaml::Node;
use crate::rules::{Kind, Rule, RuleSet, Tree};
use crate::text::lemmas_of;
use serde::Serialize;
use std::collections::BTreeSet;

/// One kind of thing: how many there are, and which no test reaches.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Part {
    /// `positions`, `patterns`, or `lexicon entries`.
    pub what: &'static str,
    /// How many there are.
    pub all: usize,
    /// Those that no test reaches, in file order.
    pub unreached: Vec<String>,
}

/// What tests reach, in the order positions, patterns, lexicon entries.
pub type Coverage = Vec<Part>;

/// Works it out for the rules that `wanted` picks. `trees` are the files whose lexicon entries are asked for.
pub fn coverage(rules: &RuleSet, outcomes: &[Outcome], trees: &[Tree], wanted: impl Fn(&Rule) -> bool) -> Coverage {
    let positions: BTreeSet<&str> = outcomes.iter().flat_map(|o| o.reached.iter().map(String::as_str)).collect();
    let patterns: BTreeSet<u32> = outcomes.iter().flat_map(|o| o.patterns.iter().copied()).collect();
    let mut by_position = Part { what: "positions", ..Part::default() };
    let mut by_pattern = Part { what: "patterns", ..Part::default() };
    let mut seen = BTreeSet::new();
    let mut pattern = |owner: &str, id: u32| {
        by_pattern.all += 1;
        if !patterns.contains(&id) {
            by_pattern.unreached.push(format!("{owner}: {}", rules.pattern_text(id)));
        }
    };
    for rule in rules.rules.iter().filter(|rule| wanted(rule)) {
        match &rule.kind {
            Kind::Position(kind) if seen.insert(kind.topic) => {
                let topic = &rules.topics[kind.topic];
                for position in &topic.positions {
                    let name = format!("{}/{}", topic.id, position.id);
                    by_position.all += 1;
                    position.says.iter().chain(&position.unless).for_each(|id| pattern(&name, *id));
                    if !positions.contains(name.as_str()) {
                        by_position.unreached.push(name);
                    }
                }
                topic.all.iter().chain(&topic.any).for_each(|id| pattern(&format!("{}/about", topic.id), *id));
            }
            kind => kind.patterns().into_iter().flat_map(|(_, ids)| ids).for_each(|id| pattern(&rule.id, *id)),
        }
    }
    vec![by_position, by_pattern, entries(outcomes, trees)]
}

/// Rows of word tables of which a test's texts have no word.
fn entries(outcomes: &[Outcome], trees: &[Tree]) -> Part {
    let mut part = Part { what: "lexicon entries", ..Part::default() };
    let mut said: BTreeSet<String> = BTreeSet::new();
    let mut texts = String::from(" ");
    for text in outcomes.iter().flat_map(|outcome| &outcome.texts) {
        let words: Vec<String> = words(text).collect();
        texts.push_str(&words.join(" "));
        texts.push_str(" / ");
        for word in words {
            said.extend(lemmas_of(&word).into_iter().map(|(_, lemma)| lemma.as_str().to_owned()));
            said.insert(word);
        }
    }
    let met = |word: &str| {
        let word = word.to_lowercase();
        said.contains(&word) || texts.contains(&format!(" {} ", words(&word).collect::<Vec<_>>().join(" ")))
    };
    for tree in trees {
        let lists = tree.root.get("lexicons").map_or(&[][..], Node::entries);
        for (list, rows) in lists {
            for row in rows.items() {
                let words = written(row);
                if words.is_empty() {
                    continue;
                }
                part.all += 1;
                if !words.iter().any(|word| met(word)) {
                    part.unreached.push(format!("{} `{}` ({})", list.text().unwrap_or(""), words[0], place(tree, row)));
                }
            }
        }
    }
    part
}

/// The words of a row: those under `words`, `pair` or `phrases`, or the row itself.
fn written(row: &Node) -> Vec<&str> {
    if let Some(word) = row.text() {
        return vec![word];
    }
    let lists = ["words", "pair", "phrases"].into_iter().flat_map(|key| row.list(key));
    lists.chain(row.get("word")).filter_map(Node::text).collect()
}

fn place(tree: &Tree, row: &Node) -> String {
    let (line, _) = crate::base::yaml::place(&tree.source.text, row.span);
    format!("{}:{line}", tree.source.path)
}

fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    let parts = text.split(|c: char| !(c.is_alphanumeric() || c == '\'' || c == '’'));
    parts.filter(|word| !word.is_empty()).map(|word| word.replace('’', "'").to_lowercase())
}
