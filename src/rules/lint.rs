//! Warnings about rule files that are right in form: what is likely not meant, or not tested.
//!
//! In: trees without errors. Out: W codes at their places. What only a run of the tests can tell is [`crate::trial`]'s business.

use super::problem::{MOST, Problem, Source};
use super::refs::{Tree, within};
use super::syntax::{self, Element, Spot};
use crate::base::Sym;
use crate::base::yaml::{Node, Value};
use crate::lexicon::Lexicon;
use std::collections::{BTreeMap, BTreeSet};

/// Adds what there is to warn about.
pub fn lint(trees: &[Tree], lexicon: &Lexicon, problems: &mut Vec<Problem>) {
    let rules = trees.iter().flat_map(|tree| tree.root.list("rules"));
    let named = rules.filter_map(|rule| rule.get("position")?.get("topic")?.text()).collect();
    let topics = trees.iter().flat_map(|tree| tree.root.list("topics"));
    let tests = topics.filter_map(|topic| Some((topic.get("id")?.text()?, topic.get("tests")?))).collect();
    let mut linter = Linter { lexicon, problems, named, tests };
    for tree in trees {
        linter.booleans(&tree.source, &tree.root);
        for topic in tree.root.list("topics") {
            linter.topic(tree, topic);
        }
        for rule in tree.root.list("rules") {
            linter.rule(tree, rule);
        }
    }
    linter.unused(trees);
    linter.switched_off(trees);
    linter.known_already(trees);
    linter.alike(trees);
}

struct Linter<'a> {
    lexicon: &'a Lexicon,
    problems: &'a mut Vec<Problem>,
    /// Topics that a rule names.
    named: BTreeSet<&'a str>,
    /// The tests of topics by id.
    tests: BTreeMap<&'a str, &'a Node>,
}

impl Linter<'_> {
    fn add(&mut self, problem: Problem) {
        if self.problems.len() < MOST {
            self.problems.push(problem);
        }
    }

    /// W116: words that other YAML readers take for booleans.
    fn booleans(&mut self, source: &Source, node: &Node) {
        match &node.value {
            Value::List(items) => {
                for item in items {
                    if let Value::Scalar { text, plain: true } = &item.value
                        && crate::base::yaml::SWITCHES.contains(&text.to_lowercase().as_str())
                    {
                        let message = format!("`{text}` stands unquoted in a list");
                        let help = format!("write \"{text}\": other YAML readers take it for true or false");
                        let quoted = format!("\"{text}\"");
                        self.add(Problem::new("W116", source, item.span, message).help(help).fix(item.span, quoted));
                    }
                    self.booleans(source, item);
                }
            }
            Value::Map(entries) => entries.iter().for_each(|(_, value)| self.booleans(source, value)),
            Value::Scalar { .. } => {}
        }
    }

    fn topic(&mut self, tree: &Tree, topic: &Node) {
        let Some(id) = topic.get("id") else { return };
        let name = id.text().unwrap_or("");
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        for (number, position) in topic.list("positions").iter().enumerate() {
            for says in position.list("says").iter().chain(position.list("unless")) {
                self.patterns(&tree.source, says);
            }
            for says in position.list("says") {
                let text = says.span.of(&tree.source.text).split_whitespace().collect::<Vec<_>>().join(" ");
                match seen.get(&text) {
                    Some(other) if *other != number => {
                        let message = format!("the same pattern stands in two positions of topic `{name}`");
                        self.add(Problem::new("W106", &tree.source, says.span, message));
                    }
                    _ => {
                        seen.insert(text, number);
                    }
                }
            }
        }
        if !self.named.contains(name) {
            self.tested(&tree.source, id, "topic", topic.get("tests"), None);
        }
    }

    fn rule(&mut self, tree: &Tree, rule: &Node) {
        let Some(id) = rule.get("id") else { return };
        for kind in ["quantity", "role", "order", "time", "place", "antonym"] {
            let Some(settings) = rule.get(kind) else { continue };
            for says in settings.list("says").iter().chain(settings.list("event")) {
                self.patterns(&tree.source, says);
            }
            let tolerance = settings.get("tolerance");
            let zero = |key: &str| tolerance.and_then(|t| t.get(key)).and_then(Node::text).is_some_and(|n| n.parse() == Ok(0.0));
            if zero("percent") || zero("absolute") {
                let place = tolerance.map_or(id.span, |node| node.span);
                let problem = Problem::new("W110", &tree.source, place, "a tolerance of 0 sets \"about 100\" against 101");
                self.add(problem.help("leave `tolerance` out, or give it some room"));
            }
        }
        let deprecated = rule.get("status").and_then(Node::text) == Some("deprecated");
        if deprecated && rule.get("enabled").and_then(Node::text) != Some("false") {
            let problem = Problem::new("W113", &tree.source, id.span, "the rule is deprecated and still enabled");
            self.add(problem.help("add `enabled: false`"));
        }
        let topic = rule.get("position").and_then(|kind| kind.get("topic")).and_then(Node::text);
        let more = topic.and_then(|topic| self.tests.get(topic).copied());
        self.tested(&tree.source, id, "rule", rule.get("tests"), more);
    }

    fn tested(&mut self, source: &Source, id: &Node, what: &str, tests: Option<&Node>, more: Option<&Node>) {
        let name = id.text().unwrap_or("");
        for (code, list) in [("W101", "flag"), ("W102", "quiet")] {
            if ![tests, more].iter().flatten().any(|tests| !tests.list(list).is_empty()) {
                self.add(Problem::new(code, source, id.span, format!("{what} `{name}` has no `{list}` test")));
            }
        }
    }

    fn patterns(&mut self, source: &Source, says: &Node) {
        match &says.value {
            Value::Scalar { text, .. } => self.pattern(source, says, text, false),
            _ => {
                for (key, part) in says.entries() {
                    let text = part.text().unwrap_or("");
                    let (pattern, _) = super::pattern::optional_part(text);
                    self.pattern(source, part, if key.text() == Some("event") { text } else { pattern }, true);
                }
            }
        }
    }

    fn pattern(&mut self, source: &Source, node: &Node, text: &str, part: bool) {
        let Ok(sequence) = syntax::parse(text) else { return };
        let mut words = Vec::new();
        collect(&sequence, &mut words);
        for (word, at) in &words {
            // Verbs that negate what they govern ("abandon") are told as themselves.
            let verb = || crate::text::lemmas_of(word).iter().any(|(pos, _)| *pos == crate::text::Pos::Verb);
            if self.lexicon.negators.word(Sym::new(&word.to_lowercase())).is_some() && !verb() {
                let place = within(source, node, *at, word.len());
                let problem = Problem::new("W104", source, place, format!("the pattern contains the negator `{word}`"));
                self.add(problem.help("write the positive, and let `denied_as` say what its denial amounts to"));
            }
        }
        if part {
            return;
        }
        let optional = sequence.iter().all(|spot| matches!(spot.element, Element::Maybe(_) | Element::Gap(_)));
        let common = |word: &str| {
            let set = self.lexicon.set("common words");
            set.is_some_and(|set| set.word(Sym::new(&word.to_lowercase())).is_some())
        };
        let single = sequence.len() == 1 && words.len() == 1 && common(&words[0].0);
        if optional || single {
            let message = if optional { "everything in the pattern is optional" } else { "the pattern is one common word" };
            self.add(Problem::new("W105", source, node.span, message).help("it matches nearly everywhere"));
        }
    }

    /// W108: entities and groups of files from outside that nothing refers to.
    fn unused(&mut self, trees: &[Tree]) {
        let words = |text: &'_ str| text.split(|c: char| !c.is_alphanumeric() && c != '-').map(str::to_owned).collect::<Vec<_>>();
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for word in trees.iter().flat_map(|tree| words(&tree.source.text)) {
            *counts.entry(word).or_default() += 1;
        }
        let used = |id: &str, text: &str| {
            let own = words(text).iter().filter(|word| *word == id).count();
            counts.get(id).is_some_and(|all| *all > own)
        };
        for tree in trees.iter().filter(|tree| tree.layer > 0) {
            for (what, node) in [("entity", "entities"), ("group", "groups")]
                .iter()
                .flat_map(|(what, key)| tree.root.list(key).iter().map(move |node| (*what, node)))
            {
                let Some(id) = node.get("id") else { continue };
                // A person who speaks for somebody is used by every claim of his.
                if node.get("speaks_for").is_some() || node.get("part_of").is_some() {
                    continue;
                }
                if let Some(name) = id.text()
                    && !used(name, node.span.of(&tree.source.text))
                {
                    self.add(Problem::new("W108", &tree.source, id.span, format!("nothing uses the {what} `{name}`")));
                }
            }
        }
    }

    /// W108: topics of which every rule is off.
    fn switched_off(&mut self, trees: &[Tree]) {
        let rules = trees.iter().flat_map(|tree| tree.root.list("rules"));
        let on = |rule: &&Node| rule.get("enabled").and_then(Node::text) != Some("false");
        let used: BTreeSet<&str> = rules.filter(on).filter_map(|rule| rule.get("position")?.get("topic")?.text()).collect();
        for tree in trees {
            for id in tree.root.list("topics").iter().filter_map(|topic| topic.get("id")) {
                if let Some(name) = id.text().filter(|name| self.named.contains(name) && !used.contains(name)) {
                    let message = format!("nothing uses the topic `{name}`: every rule that names it is off");
                    self.add(Problem::new("W108", &tree.source, id.span, message));
                }
            }
        }
    }

    /// W108: rows of word tables that the shipped tables have word for word.
    fn known_already(&mut self, trees: &[Tree]) {
        let own: Vec<&Tree> = trees.iter().filter(|tree| tree.layer > 0 && tree.root.get("lexicons").is_some()).collect();
        let files = crate::base::pack::built_in();
        // A copy of a shipped file is there to be worked on.
        let own: Vec<&Tree> = own.into_iter().filter(|tree| files.iter().all(|file| file.path != tree.source.path)).collect();
        if own.is_empty() {
            return;
        }
        let mut shipped: BTreeSet<(String, String)> = BTreeSet::new();
        for file in files {
            let Ok(root) = crate::base::yaml::parse(&file.text) else { continue };
            for (list, rows) in root.get("lexicons").map_or(&[][..], Node::entries) {
                let list = list.text().unwrap_or("");
                shipped.extend(rows.items().iter().map(|row| (list.to_owned(), content(row))));
            }
        }
        for tree in own {
            for (list, rows) in tree.root.get("lexicons").map_or(&[][..], Node::entries) {
                let list = list.text().unwrap_or("");
                for row in rows.items().iter().filter(|row| shipped.contains(&(list.to_owned(), content(row)))) {
                    let message = format!("nothing needs this entry of `{list}`: the shipped tables have the same");
                    self.add(Problem::new("W108", &tree.source, row.span, message).help("take it out"));
                }
            }
        }
    }

    /// W109: names of two entities that one letter parts.
    fn alike(&mut self, trees: &[Tree]) {
        let mut all: Vec<(&Source, &Node, &str)> = Vec::new();
        for tree in trees.iter().filter(|tree| tree.layer > 0) {
            for entity in tree.root.list("entities") {
                let id = entity.get("id").and_then(Node::text).unwrap_or("");
                all.extend(entity.list("names").iter().map(|name| (&tree.source, name, id)));
            }
        }
        // Lists of declared names are short; the bound keeps a huge one from costing its square.
        for (at, (source, node, id)) in all.iter().enumerate().take(2_000) {
            let Some(name) = node.text().filter(|name| name.chars().count() >= 5) else { continue };
            for (_, other, _) in all[..at].iter().filter(|(_, _, other)| other != id) {
                let Some(other) = other.text() else { continue };
                if name.len().abs_diff(other.len()) <= 2 && strsim::levenshtein(name, other) == 1 {
                    let message = format!("`{name}` and `{other}` name two entities one letter apart");
                    self.problems
                        .push(Problem::new("W109", source, node.span, message).help("if they are one, list both names under it"));
                }
            }
        }
    }
}

/// What a node says, wherever it stands and however it is quoted.
fn content(node: &Node) -> String {
    match &node.value {
        Value::Scalar { text, .. } => format!("{text:?}"),
        Value::List(items) => format!("[{}]", items.iter().map(content).collect::<Vec<_>>().join(",")),
        Value::Map(entries) => {
            let mut all: Vec<String> =
                entries.iter().map(|(key, value)| format!("{}:{}", content(key), content(value))).collect();
            all.sort();
            format!("{{{}}}", all.join(","))
        }
    }
}

/// All words of a pattern with their bytes.
fn collect(sequence: &[Spot], words: &mut Vec<(String, usize)>) {
    for spot in sequence {
        match &spot.element {
            Element::Word { text, exact, .. } => words.push((text.clone(), spot.at + usize::from(*exact))),
            Element::Maybe(inner) | Element::Focus(inner) => collect(std::slice::from_ref(&**inner), words),
            Element::All(inner) => collect(inner, words),
            Element::Either(branches) => branches.iter().for_each(|branch| collect(branch, words)),
            Element::Gap(_) | Element::Entity { .. } | Element::Number { .. } => {}
        }
    }
}
