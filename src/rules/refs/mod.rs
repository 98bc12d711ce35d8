//! What the values of rule files refer to: ids, patterns, placeholders, kinds and cycles, over all files of a run at once.
//!
//! In: the trees of the files to be checked, and what files below them declare. Out: every such mistake at its place. Shapes are
//! [`super::check`]'s business: a value of the wrong shape is passed over here.

use super::problem::{Problem, Source};
use crate::base::Span;
use crate::base::yaml::{Node, Value};
use crate::lexicon::Lexicon;
use std::collections::{BTreeMap, BTreeSet};

mod file;
mod rule;

use file::File;

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

/// What it means that a pair stops at a gate.
pub fn gate_meaning(gate: &str) -> &'static str {
    match gate {
        "not-a-claim" => "nothing in the sentence is a claim",
        "no-match" => "no pattern of the rule matches",
        "unless" => "a pattern matches, and one under `unless` overlaps it",
        "about" => "the text is not about the topic",
        "no-stance" => "nobody is committed to the matched words",
        "modality" => "the words are asked, planned, required or wished, and the rule counts what is told as real",
        "not-opposed" => "the two positions do not clash",
        "tolerance" => "the two figures meet within the tolerance, or their ranges do",
        "key" => "a capture that both must share is missing or names different things",
        "participants" => "the two are not about the same parties or things",
        "sources" => "the speakers are not as `sources` asks",
        "from" => "a side does not speak for whom `from` names",
        "window" => "too much time lies between the two, or a date is missing that is asked for",
        "share" => "the two share no member of a group that `share` names",
        "certainty" => "a side is less certain than the rule asks",
        "ignored" => "an entry under `ignore` leaves the conflict alone",
        _ => "",
    }
}

/// What two claims can be to each other: what a case may expect as `relation`.
pub const RELATIONS: [&str; 5] = ["contradiction", "dispute", "reversal", "update", "tension"];

/// On whose sides two speakers can be: what a case may expect as `sides`.
pub const SIDES: [&str; 4] = ["self", "same-side", "cross-side", "unknown"];

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
    /// Topics.
    pub topic_ids: BTreeSet<String>,
    /// The same with the ids of their positions.
    pub topics: BTreeMap<String, Vec<String>>,
    /// Rules.
    pub rules: BTreeSet<String>,
    /// Packs.
    pub packs: BTreeSet<String>,
    /// `uses` of each pack, `speaks_for` and `part_of` of each entity.
    edges: BTreeMap<(&'static str, String), Vec<String>>,
    /// What stands on a cycle of edges, or between two.
    cyclic: BTreeSet<(&'static str, String)>,
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
            self.topic_ids.insert(topic.id.clone());
            self.topics.insert(topic.id.clone(), topic.positions.iter().map(|position| position.id.clone()).collect());
        }
        self.rules.extend(file.rules.iter().map(|rule| rule.id.clone()));
    }

    /// Takes away, again and again, what leads nowhere; what then remains leads in circles.
    fn close(&mut self) {
        let mut left: BTreeMap<(&'static str, &str), usize> = BTreeMap::new();
        let mut before: BTreeMap<(&'static str, &str), Vec<&str>> = BTreeMap::new();
        for ((edge, name), next) in &self.edges {
            let inner = next.iter().filter(|next| self.edges.contains_key(&(*edge, (*next).clone())));
            let mut count = 0;
            for next in inner {
                count += 1;
                before.entry((edge, next)).or_default().push(name);
            }
            left.insert((edge, name), count);
        }
        let mut open: Vec<(&'static str, &str)> = left.iter().filter(|(_, count)| **count == 0).map(|(key, _)| *key).collect();
        while let Some((edge, name)) = open.pop() {
            for earlier in before.get(&(edge, name)).into_iter().flatten() {
                if let Some(count) = left.get_mut(&(edge, *earlier)) {
                    *count -= 1;
                    if *count == 0 {
                        open.push((edge, earlier));
                    }
                }
            }
        }
        let cyclic = left.iter().filter(|(_, count)| **count > 0).map(|((edge, name), _)| (*edge, (*name).to_owned())).collect();
        self.cyclic = cyclic;
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
                self.topic_ids.insert(name.clone());
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
    known.close();
    twice(trees, problems);
    let mut told = BTreeSet::new();
    for tree in trees {
        File { source: &tree.source, known: &known, lexicon, problems, told: &mut told }.check(&tree.root);
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
            for row in lexicons.list(list) {
                let words = row.list("words");
                for (at, word) in words.iter().enumerate() {
                    let Some(text) = word.text() else { continue };
                    match seen.get(&(tree.layer, pack.clone(), list, text.to_owned())) {
                        Some(first) => {
                            let problem = given_twice(&tree.source, word.span, &format!("`{text}` among `{list}`"), *first);
                            // Twice in one list says the same twice; twice in two rows, something else each time.
                            let problem =
                                Problem { help: problem.help.map(|help| help.replace("rename one", "keep one")), ..problem };
                            let same = words[..at].iter().any(|other| other.span == first.1);
                            problems.push(if same { dropped(problem, &tree.source, &words[at - 1], word) } else { problem });
                        }
                        None => {
                            seen.insert((tree.layer, pack.clone(), list, text.to_owned()), (&tree.source, word.span));
                        }
                    }
                }
            }
        }
    }
}

/// Adds the change that takes an item out of its list, with the comma or the line that it has.
fn dropped(problem: Problem, source: &Source, before: &Node, item: &Node) -> Problem {
    let between = Span { start: before.span.end, end: item.span.start };
    let gap = between.of(&source.text);
    let flow = gap.trim() == "," && !gap.contains('\n');
    let block = gap.trim() == "-" && gap.matches('\n').count() == 1;
    if flow || block { problem.fix(Span { end: item.span.end, ..between }, "") } else { problem }
}

fn given_twice(source: &Source, span: Span, what: &str, first: (&Source, Span)) -> Problem {
    let (line, column) = first.0.position(first.1.start);
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
