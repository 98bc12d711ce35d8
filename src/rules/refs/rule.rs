//! What one rule refers to: its kind's settings, its message's placeholders, its tests.

use super::super::message::{BUILT_IN, Message};
use super::super::problem::{Problem, nearest};
use super::super::schema::KINDS;
use super::super::syntax;
use super::file::File;
use super::{GATES, RELATIONS, SIDES, within};
use crate::base::yaml::{Node, Value};
use std::collections::BTreeSet;

impl File<'_> {
    pub(super) fn rule(&mut self, rule: &Node) {
        let id = rule.get("id").and_then(Node::text).unwrap_or("").to_owned();
        let place = rule.get("id").map_or(rule.span, |node| node.span);
        let kinds: Vec<(&str, &Node, &Node)> = rule
            .entries()
            .iter()
            .filter_map(|(key, value)| Some((KINDS.into_iter().find(|kind| key.text() == Some(kind))?, key, value)))
            .collect();
        match kinds.as_slice() {
            [] => {
                let list = KINDS.map(|kind| format!("`{kind}`")).join(", ");
                let misspelt =
                    rule.entries().iter().filter_map(|(key, _)| key.text()).find_map(|key| {
                        if super::super::schema::rule_keys().contains(&key) { None } else { nearest(key, KINDS) }
                    });
                // A kind that was misspelt is reported as an unknown key.
                if misspelt.is_none() {
                    let problem = Problem::new("E006", self.source, place, format!("rule `{id}` has no kind"));
                    self.add(problem.help(format!("add one of {list}")));
                }
            }
            [_] => {}
            [(one, ..), (two, key, _), ..] => {
                let problem =
                    Problem::new("E006", self.source, key.span, format!("rule `{id}` has two kinds, `{one}` and `{two}`"));
                self.add(problem.help("make two rules of it"));
            }
        }
        let mut topic = None;
        let mut bound: Option<BTreeSet<String>> = None;
        for (kind, _, settings) in &kinds {
            match *kind {
                "position" => {
                    if let Some(node) = settings.get("topic") {
                        self.known_id(node, "topic", &[&self.known.topic_ids]);
                        topic = node.text().map(str::to_owned);
                    }
                    for position in settings.list("pairs").iter().flat_map(Node::items) {
                        self.position(position, topic.as_deref().unwrap_or(""));
                    }
                }
                "quantity" | "role" | "order" | "time" | "place" | "antonym" => {
                    for says in settings.list("says") {
                        let names = self.says(says);
                        if *kind == "quantity" && !self.captures_number(says) {
                            let problem = Problem::new(
                                "E007",
                                self.source,
                                says.span,
                                "a quantity's pattern captures a number as `#n:unit`",
                            );
                            self.add(problem);
                        }
                        bound = Some(match bound {
                            None => names,
                            Some(bound) => bound.intersection(&names).cloned().collect(),
                        });
                    }
                    let events: Vec<BTreeSet<String>> = settings.list("event").iter().map(|says| self.says(says)).collect();
                    let keys = settings
                        .get("key")
                        .into_iter()
                        .flat_map(|key| if key.items().is_empty() { std::slice::from_ref(key) } else { key.items() });
                    for node in keys.chain(settings.get("value")) {
                        self.captured(node, bound.as_ref());
                        events.iter().for_each(|event| self.captured(node, Some(event)));
                    }
                    self.needed(kind, settings);
                }
                _ => {}
            }
        }
        if let Some(message) = rule.get("message") {
            self.message(message, bound.unwrap_or_default(), topic.as_deref());
        }
        if let Some(scope) = rule.get("where") {
            self.scope(scope);
        }
        if let Some(node) = rule.get("replaced_by") {
            self.known_id(node, "rule", &[&self.known.rules, &self.known.topic_ids]);
        } else if rule.get("status").and_then(Node::text) == Some("deprecated") {
            let place = rule.get("status").map_or(place, |node| node.span);
            self.add(Problem::new("E011", self.source, place, format!("the deprecated rule `{id}` has no `replaced_by`")));
        }
        rule.get("tests").into_iter().for_each(|tests| self.tests(tests, topic.as_deref()));
    }

    /// What patterns of a kind cannot do without: a role without value, and a first without occasion, find nothing.
    fn needed(&mut self, kind: &str, settings: &Node) {
        let wanted = match kind {
            "role" => ("value", "name the capture that must not differ, as `value: holder`"),
            "order" => ("event", "say what an earlier occasion looks like, as `event: [\"$x:side and $y:side meet\"]`"),
            _ => ("", ""),
        };
        let (Some(says), (key, help)) = (settings.get("says"), wanted) else { return };
        if !key.is_empty() && settings.get(key).is_none() {
            let message = format!("a rule of the kind `{kind}` with `says` has no `{key}`");
            self.add(Problem::new("E011", self.source, says.span, message).help(help));
        }
    }

    fn captures_number(&self, says: &Node) -> bool {
        let number = |text: &str| syntax::parse(text).is_err() || text.contains('#');
        match &says.value {
            Value::Scalar { text, .. } => number(text),
            _ => says.entries().iter().any(|(_, part)| part.text().is_some_and(number)),
        }
    }

    fn captured(&mut self, node: &Node, bound: Option<&BTreeSet<String>>) {
        let none = BTreeSet::new();
        let (Some(name), bound) = (node.text(), bound.unwrap_or(&none)) else { return };
        if !bound.contains(name) {
            let problem = Problem::new("E007", self.source, node.span, format!("not every pattern captures `{name}`"));
            self.add(problem.nearest(self.source, name, bound.iter().map(String::as_str)));
        }
    }

    fn message(&mut self, node: &Node, bound: BTreeSet<String>, topic: Option<&str>) {
        let Some(text) = node.text() else { return };
        let (message, faults) = Message::parse(text);
        for fault in faults {
            let place = within(self.source, node, fault.at, fault.length);
            self.add(Problem::new("E007", self.source, place, fault.message));
        }
        for (name, at) in message.slots() {
            if BUILT_IN.contains(&name) || bound.contains(name) {
                continue;
            }
            let place = within(self.source, node, at, name.len() + 4);
            let said =
                if topic.is_some() { "is no built-in name" } else { "is no built-in name, and not every `says` captures it" };
            let problem = Problem::new("E007", self.source, place, format!("placeholder `{name}` {said}"));
            let names: Vec<&str> = BUILT_IN.into_iter().chain(bound.iter().map(String::as_str)).collect();
            let list = names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
            self.add(match nearest(name, names.iter().copied()) {
                Some(_) => problem.nearest(self.source, name, names),
                None => problem.help(format!("bound here: {list}")),
            });
        }
    }

    fn scope(&mut self, scope: &Node) {
        if let Some(from) = scope.get("from") {
            for node in from.list("a").iter().chain(from.list("b")) {
                self.known_id(node, "entity or group", &[&self.known.entities, &self.known.groups]);
            }
        }
        for node in scope.list("share") {
            self.known_id(node, "group", &[&self.known.groups]);
        }
    }

    pub(super) fn tests(&mut self, tests: &Node, topic: Option<&str>) {
        for (kind, cases) in tests.entries() {
            let quiet = kind.text().is_some_and(|kind| kind.ends_with("quiet"));
            for case in cases.items() {
                if let (Some(expect), Some(topic)) = (case.get("expect"), topic) {
                    for node in ["a", "b"].iter().filter_map(|side| expect.get(side)) {
                        self.position(node, topic);
                    }
                }
                match case.get("because") {
                    Some(node) if node.text().is_some_and(|gate| !GATES.contains(&gate)) => {
                        let gate = node.text().unwrap_or("");
                        let problem = Problem::new("E004", self.source, node.span, format!("`{gate}` is no gate"));
                        let list = GATES.map(|gate| format!("`{gate}`")).join(", ");
                        self.add(match nearest(gate, GATES) {
                            Some(_) => problem.nearest(self.source, gate, GATES),
                            None => problem.help(format!("the gates are {list}")),
                        });
                    }
                    None if quiet && matches!(case.value, Value::Map(_)) => {
                        let place = case.entries().first().map_or(case.span, |(key, _)| key.span);
                        let problem =
                            Problem::new("E011", self.source, place, "a quiet case says `because`: the gate at which it stops");
                        self.add(problem);
                    }
                    _ => {}
                }
                self.relation(case.get("expect"));
            }
        }
    }

    fn relation(&mut self, expect: Option<&Node>) {
        let Some(expect) = expect else { return };
        for (key, words) in [("relation", &RELATIONS[..]), ("sides", &SIDES[..])] {
            if let Some(node) = expect.get(key)
                && let Some(word) = node.text()
                && !words.contains(&word)
            {
                let list = words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
                let problem = Problem::new("E011", self.source, node.span, format!("`{key}` is one of {list}, not `{word}`"));
                self.add(problem.nearest(self.source, word, words.iter().copied()));
            }
        }
    }
}
