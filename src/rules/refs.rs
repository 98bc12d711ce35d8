//! What the values of rule files refer to: ids, patterns, placeholders, kinds and cycles, over all files of a run at once.
//!
//! In: the trees of the files to be checked, and what files below them declare. Out: every such mistake at its place. Shapes are
//! [`super::check`]'s business: a value of the wrong shape is passed over here.

use super::message::{BUILT_IN, Message};
use super::pattern::{self, TYPES};
use super::problem::{Problem, Source, nearest};
use super::schema::KINDS;
use super::syntax;
use crate::base::yaml::{Node, Value};
use crate::base::{Span, Sym};
use crate::lexicon::Lexicon;
use std::collections::{BTreeMap, BTreeSet};

/// The gates that a pair passes, in their order: what `because` of a quiet test can name.
pub const GATES: [&str; 16] = [
    "not-a-claim",
    "no-match",
    "unless",
    "about",
    "no-stance",
    "modality",
    "not-opposed",
    "tolerance",
    "key",
    "participants",
    "sources",
    "from",
    "window",
    "share",
    "certainty",
    "ignored",
];

/// The pack of the shipped word tables, which every file may name in `uses`.
pub const CORE: &str = "core-en";

/// One file with its tree.
pub struct Tree {
    /// Path and text.
    pub source: Source,
    /// Its document.
    pub root: Node,
    /// 0 for the shipped files, then one for each `--rules`; a later layer may replace what an earlier one declares.
    pub layer: usize,
}

/// Ids declared by all files together.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Entities.
    pub entities: BTreeSet<String>,
    /// Groups.
    pub groups: BTreeSet<String>,
    /// Topics with the ids of their positions.
    pub topics: BTreeMap<String, Vec<String>>,
    /// Rules.
    pub rules: BTreeSet<String>,
    /// Packs.
    pub packs: BTreeSet<String>,
    /// `uses` of each pack, `speaks_for` and `part_of` of each entity.
    edges: BTreeMap<(&'static str, String), Vec<String>>,
}

impl Known {
    /// Adds what a file below the checked ones declares.
    pub fn add(&mut self, file: &super::schema::RuleFile) {
        self.packs.extend(file.pack.iter().map(|pack| pack.name.clone()));
        for entity in &file.entities {
            self.entities.insert(entity.id.clone());
            self.edges.insert(("speaks_for", entity.id.clone()), entity.speaks_for.iter().cloned().collect());
            self.edges.insert(("part_of", entity.id.clone()), entity.part_of.iter().cloned().collect());
        }
        self.groups.extend(file.groups.iter().map(|group| group.id.clone()));
        for topic in &file.topics {
            self.topics.insert(topic.id.clone(), topic.positions.iter().map(|position| position.id.clone()).collect());
        }
        self.rules.extend(file.rules.iter().map(|rule| rule.id.clone()));
    }

    fn add_tree(&mut self, root: &Node) {
        let id = |node: &Node| node.get("id").and_then(Node::text).map(str::to_owned);
        let one = |node: &Node, key: &str| node.get(key).and_then(Node::text).map(str::to_owned).into_iter().collect::<Vec<_>>();
        if let Some(pack) = root.get("pack")
            && let Some(name) = pack.get("name").and_then(Node::text)
        {
            self.packs.insert(name.to_owned());
            let uses = pack.list("uses").iter().filter_map(Node::text).map(str::to_owned);
            self.edges.entry(("uses", name.to_owned())).or_default().extend(uses);
        }
        for entity in root.list("entities") {
            let Some(id) = id(entity) else { continue };
            self.edges.insert(("speaks_for", id.clone()), one(entity, "speaks_for"));
            self.edges.insert(("part_of", id.clone()), one(entity, "part_of"));
            self.entities.insert(id);
        }
        self.groups.extend(root.list("groups").iter().filter_map(id));
        for topic in root.list("topics") {
            if let Some(name) = id(topic) {
                self.topics.insert(name, topic.list("positions").iter().filter_map(id).collect());
            }
        }
        self.rules.extend(root.list("rules").iter().filter_map(id));
    }
}

/// Checks the references of all trees against everything declared.
pub fn references(trees: &[Tree], mut known: Known, lexicon: &Lexicon, problems: &mut Vec<Problem>) {
    known.packs.insert(CORE.to_owned());
    trees.iter().for_each(|tree| known.add_tree(&tree.root));
    twice(trees, problems);
    for tree in trees {
        File { source: &tree.source, known: &known, lexicon, problems }.check(&tree.root);
    }
}

/// Ids given twice in one layer: of entities and groups, and of topics and rules.
fn twice(trees: &[Tree], problems: &mut Vec<Problem>) {
    for (what, keys) in [("entities and groups", ["entities", "groups"]), ("topics and rules", ["topics", "rules"])] {
        let mut seen: BTreeMap<(usize, &str), (&Source, Span)> = BTreeMap::new();
        for tree in trees {
            let nodes = keys.iter().flat_map(|key| tree.root.list(key));
            for node in nodes.filter_map(|node| node.get("id")) {
                let Some(id) = node.text() else { continue };
                match seen.get(&(tree.layer, id)) {
                    Some(first) => {
                        problems.push(given_twice(&tree.source, node.span, &format!("id `{id}` among {what}"), *first))
                    }
                    None => {
                        seen.insert((tree.layer, id), (&tree.source, node.span));
                    }
                }
            }
        }
    }
    // A word of a lexicon list may be replaced by another pack, not twice by one.
    let mut seen: BTreeMap<(usize, String, &str, String), (&Source, Span)> = BTreeMap::new();
    for tree in trees {
        let pack = tree.root.get("pack").and_then(|pack| pack.get("name")).and_then(Node::text).unwrap_or("").to_owned();
        let Some(lexicons) = tree.root.get("lexicons") else { continue };
        // Words of a unit, a family or a set may stand in several rows, each with a meaning of its own.
        for list in ["cues", "negators", "hedges", "approximators", "titles", "extents", "tenure"] {
            for word in lexicons.list(list).iter().flat_map(|row| row.list("words")) {
                let Some(text) = word.text() else { continue };
                match seen.get(&(tree.layer, pack.clone(), list, text.to_owned())) {
                    Some(first) => {
                        problems.push(given_twice(&tree.source, word.span, &format!("`{text}` among `{list}`"), *first))
                    }
                    None => {
                        seen.insert((tree.layer, pack.clone(), list, text.to_owned()), (&tree.source, word.span));
                    }
                }
            }
        }
    }
}

fn given_twice(source: &Source, span: Span, what: &str, first: (&Source, Span)) -> Problem {
    let (line, column) = crate::base::yaml::place(&first.0.text, first.1);
    Problem::new("E003", source, span, format!("{what} is given twice"))
        .help(format!("the first stands at {}:{line}:{column}; rename one", first.0.path))
}

/// Where a byte of a scalar's value stands in the file; the start of the scalar where escapes make that uncertain.
pub fn within(source: &Source, node: &Node, at: usize, length: usize) -> Span {
    let written = node.span.of(&source.text);
    let Some(text) = node.text() else { return node.span };
    let lead = match &node.value {
        Value::Scalar { plain: true, .. } if written == text => 0,
        _ if written.len() == text.len() + 2 && written.get(1..text.len() + 1) == Some(text) => 1,
        _ => return node.span,
    };
    let start = node.span.start as usize + lead + at;
    Span::new(start, start + length)
}

struct File<'a> {
    source: &'a Source,
    known: &'a Known,
    lexicon: &'a Lexicon,
    problems: &'a mut Vec<Problem>,
}

impl File<'_> {
    fn check(&mut self, root: &Node) {
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
                let ids: Vec<&str> = self.known.rules.iter().chain(self.known.topics.keys()).map(String::as_str).collect();
                self.known_id(rule, "rule", &ids);
            }
        }
        if let Some(lexicons) = root.get("lexicons") {
            for row in lexicons.list("metonyms") {
                let ids: Vec<&str> = self.known.entities.iter().map(String::as_str).collect();
                row.get("entity").into_iter().for_each(|node| self.known_id(node, "entity", &ids));
            }
        }
    }

    fn add(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    fn known_id(&mut self, node: &Node, what: &str, ids: &[&str]) {
        let Some(id) = node.text() else { return };
        if !ids.contains(&id) {
            let problem = Problem::new("E004", self.source, node.span, format!("no {what} has the id `{id}`"));
            self.add(problem.nearest(id, ids.iter().copied()));
        }
    }

    fn pack(&mut self, root: &Node) {
        let Some(pack) = root.get("pack") else { return };
        let packs: Vec<&str> = self.known.packs.iter().map(String::as_str).collect();
        let own = pack.get("name").and_then(Node::text).unwrap_or("").to_owned();
        for used in pack.list("uses") {
            let Some(name) = used.text() else { continue };
            if !packs.contains(&name) {
                let problem = Problem::new("E004", self.source, used.span, format!("no pack is named `{name}`"));
                self.add(problem.nearest(name, packs.iter().copied()));
            } else {
                self.cycle("uses", "pack", &own, used);
            }
        }
    }

    /// Reports a chain of references that leads from `node` back to `own`.
    fn cycle(&mut self, edge: &'static str, what: &str, own: &str, node: &Node) {
        let Some(first) = node.text() else { return };
        let mut path = vec![own.to_owned()];
        let mut open = vec![(first.to_owned(), 1)];
        let mut seen = BTreeSet::new();
        while let Some((name, depth)) = open.pop() {
            path.truncate(depth);
            path.push(name.clone());
            if name == own {
                let way = path.join(" → ");
                let message = format!("the {what} `{own}` comes back to itself by `{edge}`: {way}");
                return self.add(Problem::new("E008", self.source, node.span, message));
            }
            if seen.insert(name.clone()) {
                let next = self.known.edges.get(&(edge, name)).into_iter().flatten().rev();
                open.extend(next.map(|next| (next.clone(), depth + 1)));
            }
        }
    }

    fn entities(&mut self, root: &Node) {
        let ids: Vec<&str> = self.known.entities.iter().map(String::as_str).collect();
        for entity in root.list("entities") {
            let own = entity.get("id").and_then(Node::text).unwrap_or("").to_owned();
            for edge in ["speaks_for", "part_of"] {
                let Some(node) = entity.get(edge) else { continue };
                let known = node.text().is_none_or(|id| ids.contains(&id));
                self.known_id(node, "entity", &ids);
                if known {
                    self.cycle(edge, "entity", &own, node);
                }
            }
        }
        for member in root.list("groups").iter().flat_map(|group| group.list("members")) {
            self.known_id(member, "entity", &ids);
        }
    }

    fn topic(&mut self, topic: &Node) {
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
                self.add(problem.nearest(text, bound.iter().map(String::as_str)));
            }
        }
        topic.get("tests").into_iter().for_each(|tests| self.tests(tests, Some(&name)));
    }

    /// A position of a topic, or `not:` one.
    fn position(&mut self, node: &Node, topic: &str) {
        let (Some(id), Some(ids)) = (node.text(), self.known.topics.get(topic)) else { return };
        let bare = id.strip_prefix("not:").unwrap_or(id);
        if !ids.iter().any(|known| known == bare) {
            let problem = Problem::new("E004", self.source, node.span, format!("topic `{topic}` has no position `{id}`"));
            self.add(problem.nearest(bare, ids.iter().map(String::as_str)));
        }
    }

    /// Checks a pattern or event record; the captures that it binds however it matches.
    fn says(&mut self, node: &Node) -> BTreeSet<String> {
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

    fn preposition(&mut self, key: &Node) {
        let Some(word) = key.text() else { return };
        let fixed = ["event", "subject", "object", "parties"];
        let Some(set) = self.lexicon.set("prepositions").filter(|set| !set.is_empty()) else { return };
        if fixed.contains(&word) || nearest(word, fixed).is_some() || set.phrase(Sym::new(word)).is_some() {
            return;
        }
        let problem = Problem::new("E002", self.source, key.span, format!("unknown key `{word}` in an event pattern"));
        self.add(problem.help("known here: `event`, `subject`, `object`, `parties` and prepositions"));
    }

    fn pattern(&mut self, node: &Node, text: &str) -> Vec<String> {
        let sequence = match syntax::parse(text) {
            Ok(sequence) => sequence,
            Err(fault) => {
                let column = text.get(..fault.at).map_or(0, |before| before.chars().count()) + 1;
                let length = text.get(fault.at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
                let place = within(self.source, node, fault.at, length);
                let message = format!("pattern `{text}`: {} (column {column} of the pattern)", fault.message);
                self.add(Problem::new("E005", self.source, place, message));
                return Vec::new();
            }
        };
        for reference in pattern::references(&sequence) {
            let name = reference.name.as_str();
            let place = within(self.source, node, reference.at, 1 + name.len());
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
            let ids = self.known.entities.iter().chain(&self.known.groups).map(String::as_str).chain(types.iter().copied());
            let ids: Vec<&str> = ids.collect();
            if !ids.contains(&name) {
                let what = if reference.typed { "entity type or group" } else { "entity or group" };
                let problem = Problem::new("E004", self.source, place, format!("no {what} is called `{name}`"));
                self.add(problem.nearest(name, ids));
            }
        }
        pattern::bound(&sequence)
    }

    fn rule(&mut self, rule: &Node) {
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
                let misspelt = rule
                    .entries()
                    .iter()
                    .filter_map(|(key, _)| key.text())
                    .find_map(|key| if super::schema::rule_keys().contains(&key) { None } else { nearest(key, KINDS) });
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
                        let ids: Vec<&str> = self.known.topics.keys().map(String::as_str).collect();
                        self.known_id(node, "topic", &ids);
                        topic = node.text().map(str::to_owned);
                    }
                    for position in settings.list("pairs").iter().flat_map(Node::items) {
                        self.position(position, topic.as_deref().unwrap_or(""));
                    }
                }
                "quantity" | "role" | "order" => {
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
                    settings.list("event").iter().for_each(|says| drop(self.says(says)));
                    let keys = settings
                        .get("key")
                        .into_iter()
                        .flat_map(|key| if key.items().is_empty() { std::slice::from_ref(key) } else { key.items() });
                    for node in keys.chain(settings.get("value")) {
                        self.captured(node, bound.as_ref());
                    }
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
            let ids: Vec<&str> = self.known.rules.iter().chain(self.known.topics.keys()).map(String::as_str).collect();
            self.known_id(node, "rule", &ids);
        } else if rule.get("status").and_then(Node::text) == Some("deprecated") {
            let place = rule.get("status").map_or(place, |node| node.span);
            self.add(Problem::new("E011", self.source, place, format!("the deprecated rule `{id}` has no `replaced_by`")));
        }
        rule.get("tests").into_iter().for_each(|tests| self.tests(tests, topic.as_deref()));
    }

    fn captures_number(&self, says: &Node) -> bool {
        let number = |text: &str| syntax::parse(text).is_err() || text.contains('#');
        match &says.value {
            Value::Scalar { text, .. } => number(text),
            _ => says.entries().iter().any(|(_, part)| part.text().is_some_and(number)),
        }
    }

    fn captured(&mut self, node: &Node, bound: Option<&BTreeSet<String>>) {
        let (Some(name), Some(bound)) = (node.text(), bound) else { return };
        if !bound.contains(name) {
            let problem = Problem::new("E007", self.source, node.span, format!("not every pattern captures `{name}`"));
            self.add(problem.nearest(name, bound.iter().map(String::as_str)));
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
            self.add(match nearest(name, names) {
                Some(near) => problem.help(format!("did you mean `{near}`?")),
                None => problem.help(format!("bound here: {list}")),
            });
        }
    }

    fn scope(&mut self, scope: &Node) {
        let entities: Vec<&str> = self.known.entities.iter().chain(&self.known.groups).map(String::as_str).collect();
        if let Some(from) = scope.get("from") {
            for node in from.list("a").iter().chain(from.list("b")) {
                self.known_id(node, "entity or group", &entities);
            }
        }
        let groups: Vec<&str> = self.known.groups.iter().map(String::as_str).collect();
        for node in scope.list("share") {
            self.known_id(node, "group", &groups);
        }
    }

    fn tests(&mut self, tests: &Node, topic: Option<&str>) {
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
                            Some(near) => problem.help(format!("did you mean `{near}`?")),
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
        let relations: &[&str] = &["contradiction", "dispute", "reversal", "update", "tension"];
        let sides: &[&str] = &["self", "same-side", "cross-side", "unknown"];
        for (key, words) in [("relation", relations), ("sides", sides)] {
            if let Some(node) = expect.get(key)
                && let Some(word) = node.text()
                && !words.contains(&word)
            {
                let list = words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
                let problem = Problem::new("E011", self.source, node.span, format!("`{key}` is one of {list}, not `{word}`"));
                self.add(problem.nearest(word, words.iter().copied()));
            }
        }
    }
}
