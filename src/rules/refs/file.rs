//! What one file refers to: packs, entities, topics with their patterns.

use super::super::pattern::{self, TYPES};
use super::super::problem::{MOST, Problem, Source, nearest};
use super::super::syntax;
use super::{Known, given_twice, within};
use crate::base::yaml::{Node, Value};
use crate::base::{Span, Sym};
use crate::lexicon::Lexicon;
use std::collections::{BTreeMap, BTreeSet};

pub(super) struct File<'a> {
    pub(super) source: &'a Source,
    pub(super) known: &'a Known,
    pub(super) lexicon: &'a Lexicon,
    pub(super) problems: &'a mut Vec<Problem>,
    /// Cycles that have been reported: their edge with each of their members.
    pub(super) told: &'a mut BTreeSet<(&'static str, String)>,
}

/// Most names of a cycle that a message gives.
const WAY: usize = 8;

impl File<'_> {
    pub(super) fn check(&mut self, root: &Node) {
        self.pack(root);
        self.entities(root);
        for topic in root.list("topics") {
            self.topic(topic);
        }
        for rule in root.list("rules") {
            self.rule(rule);
        }
        for entry in root.list("ignore") {
            if let Some(rule) = entry.get("rule")
                && rule.text() != Some("*")
            {
                self.known_id(rule, "rule", &[&self.known.rules, &self.known.topic_ids]);
            }
        }
        if let Some(lexicons) = root.get("lexicons") {
            for row in lexicons.list("metonyms") {
                row.get("entity").into_iter().for_each(|node| self.known_id(node, "entity", &[&self.known.entities]));
            }
        }
    }

    pub(super) fn add(&mut self, problem: Problem) {
        if self.problems.len() < MOST {
            self.problems.push(problem);
        }
    }

    /// Reports an id that none of the sets of declared ids has.
    pub(super) fn known_id(&mut self, node: &Node, what: &str, sets: &[&BTreeSet<String>]) {
        let Some(id) = node.text() else { return };
        if !sets.iter().any(|ids| ids.contains(id)) && self.problems.len() < MOST {
            let problem = Problem::new("E004", self.source, node.span, format!("no {what} has the id `{id}`"));
            let ids: Vec<&str> = sets.iter().flat_map(|ids| ids.iter().map(String::as_str)).collect();
            self.add(problem.nearest(self.source, id, ids));
        }
    }

    pub(super) fn pack(&mut self, root: &Node) {
        let Some(pack) = root.get("pack") else { return };
        let packs: Vec<&str> = self.known.packs.iter().map(String::as_str).collect();
        let own = pack.get("name").and_then(Node::text).unwrap_or("").to_owned();
        for used in pack.list("uses") {
            let Some(name) = used.text() else { continue };
            if !packs.contains(&name) {
                let problem = Problem::new("E004", self.source, used.span, format!("no pack is named `{name}`"));
                self.add(problem.nearest(self.source, name, packs.iter().copied()));
            } else {
                self.cycle("uses", "pack", &own, used);
            }
        }
    }

    /// Reports a chain of references that leads from `node` back to `own`; each chain once, at the first that stands on it.
    pub(super) fn cycle(&mut self, edge: &'static str, what: &str, own: &str, node: &Node) {
        let Some(first) = node.text() else { return };
        let on_it = |name: &str| self.known.cyclic.contains(&(edge, name.to_owned()));
        if !on_it(own) || self.told.contains(&(edge, own.to_owned())) {
            return;
        }
        let mut path = vec![own.to_owned()];
        let mut open = vec![(first.to_owned(), 1)];
        let mut seen = BTreeSet::new();
        while let Some((name, depth)) = open.pop() {
            path.truncate(depth);
            path.push(name.clone());
            if name == own {
                self.told.extend(path.iter().map(|name| (edge, name.clone())));
                let mut way: Vec<&str> = path.iter().map(String::as_str).collect();
                if way.len() > WAY {
                    way.splice(WAY - 2..way.len() - 2, ["…"]);
                }
                let message = format!("the {what} `{own}` comes back to itself by `{edge}`: {}", way.join(" → "));
                return self.add(Problem::new("E008", self.source, node.span, message));
            }
            if seen.insert(name.clone()) {
                let next = self.known.edges.get(&(edge, name)).into_iter().flatten().rev();
                open.extend(next.filter(|next| on_it(next)).map(|next| (next.clone(), depth + 1)));
            }
        }
    }

    pub(super) fn entities(&mut self, root: &Node) {
        for entity in root.list("entities") {
            let own = entity.get("id").and_then(Node::text).unwrap_or("").to_owned();
            for edge in ["speaks_for", "part_of"] {
                let Some(node) = entity.get(edge) else { continue };
                let known = node.text().is_none_or(|id| self.known.entities.contains(id));
                self.known_id(node, "entity", &[&self.known.entities]);
                if known {
                    self.cycle(edge, "entity", &own, node);
                }
            }
        }
        for member in root.list("groups").iter().flat_map(|group| group.list("members")) {
            self.known_id(member, "entity", &[&self.known.entities]);
        }
    }

    pub(super) fn topic(&mut self, topic: &Node) {
        let name = topic.get("id").and_then(Node::text).unwrap_or("").to_owned();
        let positions = topic.list("positions");
        let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
        for node in positions.iter().filter_map(|position| position.get("id")) {
            let Some(id) = node.text() else { continue };
            match seen.get(id) {
                Some(first) => {
                    let what = format!("position `{id}` of topic `{name}`");
                    let problem = given_twice(self.source, node.span, &what, (self.source, *first));
                    self.add(problem);
                }
                None => {
                    seen.insert(id, node.span);
                }
            }
        }
        let mut bound: Option<BTreeSet<String>> = None;
        for position in positions {
            position.get("denied_as").into_iter().for_each(|node| self.position(node, &name));
            for says in position.list("says") {
                let names = self.says(says);
                bound = Some(match bound {
                    None => names,
                    Some(bound) => bound.union(&names).cloned().collect(),
                });
            }
            position.list("unless").iter().for_each(|node| drop(self.says(node)));
        }
        for clash in topic.list("conflicts") {
            clash.list("between").iter().for_each(|node| self.position(node, &name));
            if let [one, two] = clash.list("between")
                && one.text() == two.text()
            {
                self.add(Problem::new("E004", self.source, two.span, "a position does not conflict with itself"));
            }
        }
        if let Some(about) = topic.get("about") {
            for pattern in about.list("all").iter().chain(about.list("any")) {
                self.pattern(pattern, pattern.text().unwrap_or(""));
            }
        }
        let bound = bound.unwrap_or_default();
        for key in topic.list("key") {
            if let Some(text) = key.text()
                && !bound.contains(text)
            {
                let problem =
                    Problem::new("E007", self.source, key.span, format!("no pattern of topic `{name}` captures `{text}`"));
                self.add(problem.nearest(self.source, text, bound.iter().map(String::as_str)));
            }
        }
        topic.get("tests").into_iter().for_each(|tests| self.tests(tests, Some(&name)));
    }

    /// A position of a topic, or `not:` one.
    pub(super) fn position(&mut self, node: &Node, topic: &str) {
        let (Some(id), Some(ids)) = (node.text(), self.known.topics.get(topic)) else { return };
        let bare = id.strip_prefix("not:").unwrap_or(id);
        if !ids.iter().any(|known| known == bare) {
            let problem = Problem::new("E004", self.source, node.span, format!("topic `{topic}` has no position `{id}`"));
            self.add(problem.nearest(self.source, bare, ids.iter().map(String::as_str)));
        }
    }

    /// Checks a pattern or event record; the captures that it binds however it matches.
    pub(super) fn says(&mut self, node: &Node) -> BTreeSet<String> {
        match &node.value {
            Value::Scalar { text, .. } => self.pattern(node, text).into_iter().collect(),
            Value::Map(parts) => {
                let mut bound = BTreeSet::new();
                for (key, part) in parts {
                    let Some(text) = part.text() else { continue };
                    let (text, optional) = pattern::optional_part(text);
                    let event = key.text() == Some("event");
                    let names = self.pattern(part, if event { part.text().unwrap_or("") } else { text });
                    if !optional {
                        bound.extend(names);
                    }
                    self.preposition(key);
                }
                if parts.is_empty() {
                    self.add(Problem::new("E005", self.source, node.span, "an event pattern says at least one part"));
                }
                bound
            }
            Value::List(_) => BTreeSet::new(),
        }
    }

    pub(super) fn preposition(&mut self, key: &Node) {
        let Some(word) = key.text() else { return };
        let fixed = ["event", "subject", "object", "parties"];
        let Some(set) = self.lexicon.set("prepositions").filter(|set| !set.is_empty()) else { return };
        if fixed.contains(&word) || nearest(word, fixed).is_some() || set.phrase(Sym::new(word)).is_some() {
            return;
        }
        let problem = Problem::new("E002", self.source, key.span, format!("unknown key `{word}` in an event pattern"));
        self.add(problem.help("known here: `event`, `subject`, `object`, `parties` and prepositions"));
    }

    pub(super) fn pattern(&mut self, node: &Node, text: &str) -> Vec<String> {
        let sequence = match syntax::parse(text) {
            Ok(sequence) => sequence,
            Err(fault) => {
                let column = text.get(..fault.at).map_or(0, |before| before.chars().count()) + 1;
                let length = text.get(fault.at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
                let place = within(self.source, node, fault.at, length);
                let long = text.chars().count() > 80;
                let shown = if long { text.chars().take(60).chain(['…']).collect() } else { text.to_owned() };
                let message = format!("pattern `{shown}`: {} (column {column} of the pattern)", fault.message);
                self.add(Problem::new("E005", self.source, place, message));
                return Vec::new();
            }
        };
        for reference in pattern::references(&sequence) {
            let name = reference.name.as_str();
            let place = within(self.source, node, reference.at, reference.length);
            if reference.unit {
                let lexicon = self.lexicon;
                let known = lexicon.units.phrase(Sym::new(name)).is_some()
                    || lexicon.is_unit(Sym::new(name))
                    || crate::lexical::known(name, crate::lexical::Class::Noun);
                if !known {
                    let message = format!("`{name}` is neither a unit of the lexicon nor a noun that can be counted");
                    self.add(Problem::new("E004", self.source, place, message));
                }
                continue;
            }
            let types: &[&str] = if reference.typed { &TYPES } else { &[] };
            let (entities, groups) = (&self.known.entities, &self.known.groups);
            if !types.contains(&name) && !entities.contains(name) && !groups.contains(name) {
                let ids: Vec<&str> = entities.iter().chain(groups).map(String::as_str).chain(types.iter().copied()).collect();
                let what = if reference.typed { "entity type or group" } else { "entity or group" };
                let problem = Problem::new("E004", self.source, place, format!("no {what} is called `{name}`"));
                self.add(problem.nearest(self.source, name, ids));
            }
        }
        pattern::bound(&sequence)
    }
}
