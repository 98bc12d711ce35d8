//! Where ids stand in rule files: each declaration and each use, at its place.
//!
//! In: the trees of files. Out: an [`Index`] to ask for what stands at a place, and where else it stands.

use super::holds::{Holds, Sort, holds};
use super::problem::Source;
use super::refs::{Tree, within};
use super::{pattern, syntax};
use crate::base::Span;
use crate::base::yaml::{Node, Value};
use std::sync::LazyLock;

/// What an id stands for. The id of a position counts within its topic.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Name {
    /// What it names.
    pub sort: Sort,
    /// The topic of a position, else empty.
    pub topic: String,
    /// The id.
    pub id: String,
}

/// One place where an id stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Occurrence {
    /// What it stands for.
    pub name: Name,
    /// The file, as messages show it.
    pub path: String,
    /// The bytes of the id alone.
    pub span: Span,
    /// Whether it is given there.
    pub declares: bool,
    /// What the declared thing is, in a few words; empty for a use.
    pub gloss: String,
}

/// All ids of some files, in order of files and places.
#[derive(Clone, Debug, Default)]
pub struct Index {
    all: Vec<Occurrence>,
}

impl Index {
    /// Finds every id of the trees.
    pub fn new(trees: &[Tree]) -> Self {
        let mut all = Vec::new();
        for tree in trees {
            let start = all.len();
            Walk { source: &tree.source, all: &mut all }.root(&tree.root);
            all[start..].sort_by_key(|occurrence| occurrence.span.start);
        }
        // A topic that no rule names is a rule of its own, and goes by the topic's id.
        let declared = |all: &[Occurrence], sort: Sort, id: &str| {
            all.iter().chain(&Self::shipped().all).any(|o| o.declares && o.name.sort == sort && o.name.id == id)
        };
        for at in 0..all.len() {
            let Occurrence { name, declares: false, .. } = &all[at] else { continue };
            if name.sort == Sort::Rule && !declared(&all, Sort::Rule, &name.id) && declared(&all, Sort::Topic, &name.id) {
                all[at].name.sort = Sort::Topic;
            }
        }
        Self { all }
    }

    /// Every id of the files that ship with the program.
    pub fn shipped() -> &'static Self {
        static SHIPPED: LazyLock<Index> = LazyLock::new(|| {
            let tree = |file: crate::base::pack::PackFile| {
                let root = crate::base::yaml::parse(&file.text).ok()?;
                Some(Tree { source: Source::new(file.path, file.text), root, layer: 0 })
            };
            let mut all = Vec::new();
            for tree in crate::base::pack::built_in().into_iter().filter_map(tree) {
                Walk { source: &tree.source, all: &mut all }.root(&tree.root);
            }
            Index { all }
        });
        &SHIPPED
    }

    /// All of them.
    pub fn all(&self) -> &[Occurrence] {
        &self.all
    }

    /// The id that stands at a byte of a file, its last byte's end included.
    pub fn at(&self, path: &str, offset: usize) -> Option<&Occurrence> {
        let here = |o: &&Occurrence| o.path == path && o.span.start as usize <= offset && offset <= o.span.end as usize;
        self.all.iter().find(here)
    }

    /// Every place of a name.
    pub fn places<'a>(&'a self, name: &'a Name) -> impl Iterator<Item = &'a Occurrence> {
        self.all.iter().filter(move |occurrence| occurrence.name == *name)
    }

    /// Where a name is given: by a later file, where several give it.
    pub fn declaration(&self, name: &Name) -> Option<&Occurrence> {
        self.all.iter().rev().find(|occurrence| occurrence.declares && occurrence.name == *name)
    }

    /// Everything of a sort that is given, in order.
    pub fn declared(&self, sort: Sort) -> impl Iterator<Item = &Occurrence> {
        self.all.iter().filter(move |occurrence| occurrence.declares && occurrence.name.sort == sort)
    }
}

struct Walk<'a> {
    source: &'a Source,
    all: &'a mut Vec<Occurrence>,
}

impl Walk<'_> {
    fn root(&mut self, root: &Node) {
        for (key, value) in root.entries() {
            let Some(section) = key.text() else { continue };
            match section {
                "topics" | "rules" => {
                    for entry in value.items() {
                        let own = entry.get("id").and_then(Node::text);
                        let of = entry.get("position").and_then(|kind| kind.get("topic")).and_then(Node::text);
                        let topic = if section == "topics" { own } else { of };
                        self.node(entry, entry, &mut vec![section], topic.unwrap_or(""));
                    }
                }
                "entities" | "groups" => {
                    value.items().iter().for_each(|entry| self.node(entry, entry, &mut vec![section], ""));
                }
                _ => self.node(value, value, &mut vec![section], ""),
            }
        }
    }

    /// Goes through a value; `entry` is the map that it belongs to.
    fn node<'n>(&mut self, node: &'n Node, entry: &'n Node, keys: &mut Vec<&'n str>, topic: &str) {
        match &node.value {
            Value::List(items) => items.iter().for_each(|item| self.node(item, item, keys, topic)),
            Value::Map(entries) => {
                for (key, value) in entries {
                    let Some(key) = key.text() else { continue };
                    keys.push(key);
                    self.node(value, node, keys, topic);
                    keys.pop();
                }
            }
            Value::Scalar { text, .. } => match holds(keys) {
                Some(Holds::Declares(sort)) => self.id(node, sort, topic, Some(gloss(sort, keys, entry))),
                Some(Holds::Refers(sort)) if text != "*" => self.id(node, sort, topic, None),
                Some(Holds::Pattern) => self.pattern(node, text),
                _ => {}
            },
        }
    }

    fn id(&mut self, node: &Node, sort: Sort, topic: &str, gloss: Option<String>) {
        let text = node.text().unwrap_or("");
        let id = if sort == Sort::Position { text.strip_prefix("not:").unwrap_or(text) } else { text };
        self.add(node, text.len() - id.len(), id, sort, topic, gloss);
    }

    fn pattern(&mut self, node: &Node, text: &str) {
        let (bare, _) = pattern::optional_part(text);
        let Ok(sequence) = syntax::parse(text).or_else(|_| syntax::parse(bare)) else { return };
        for reference in pattern::references(&sequence) {
            let kind = reference.typed && pattern::TYPES.contains(&reference.name.as_str());
            if !reference.unit && !kind {
                self.add(node, reference.at + reference.lead, &reference.name, Sort::Entity, "", None);
            }
        }
    }

    fn add(&mut self, node: &Node, at: usize, id: &str, sort: Sort, topic: &str, gloss: Option<String>) {
        let span = within(self.source, node, at, id.len());
        // Where escapes make the place uncertain there is none.
        if span.of(&self.source.text) != id || id.is_empty() {
            return;
        }
        let topic = if sort == Sort::Position { topic.to_owned() } else { String::new() };
        let name = Name { sort, topic, id: id.to_owned() };
        let path = self.source.path.clone();
        self.all.push(Occurrence { name, path, span, declares: gloss.is_some(), gloss: gloss.unwrap_or_default() });
    }
}

/// What an entry is, in a few words of its own.
fn gloss(sort: Sort, keys: &[&str], entry: &Node) -> String {
    let text = |key: &str| entry.get(key).and_then(Node::text).unwrap_or("").to_owned();
    let list = |key: &str| entry.list(key).iter().filter_map(Node::text).collect::<Vec<_>>().join(", ");
    match sort {
        Sort::Topic | Sort::Rule => text("title"),
        Sort::Position => text("label"),
        Sort::Pack => text("version"),
        Sort::Entity if keys[0] == "groups" => format!("group of {}", list("members")),
        Sort::Entity => format!("{}: {}", text("type"), list("names")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"gainsay: 1
entities: [{ id: orsa, type: state, names: [Orsa] }, { id: lenz, type: place, names: ["Lenz"], part_of: orsa }]
groups: [{ id: sides, members: [orsa, 'lenz'] }]
topics:
  - id: bridge
    title: The bridge
    about: { any: ["<orsa>", "({<lenz>"] }
    positions:
      - { id: open, label: it is open, says: ["$who:sides open", { event: open, subject: "<orsa>?" }], denied_as: not:open }
    tests: { flag: [{ a: x, b: y, expect: { a: open } }] }
rules:
  - { id: r, title: T, severity: note, message: m, position: { topic: bridge, pairs: [[open, "not:open"]] }, where: { share: [sides] } }
ignore:
  - { rule: bridge, reason: x }
  - { rule: "*", reason: x }
"#;

    fn index() -> Index {
        let root = crate::base::yaml::parse(TEXT).expect("it is well formed");
        Index::new(&[Tree { source: Source::new("x.yml", TEXT), root, layer: 1 }])
    }

    #[track_caller]
    fn check(sort: Sort, topic: &str, id: &str, lines: &[usize]) {
        let index = index();
        let name = Name { sort, topic: topic.into(), id: id.into() };
        let places: Vec<_> = index.places(&name).collect();
        assert!(places.iter().all(|place| place.span.of(TEXT) == id));
        let line = |o: &&Occurrence| TEXT[..o.span.start as usize].matches('\n').count() + 1;
        assert_eq!(places.iter().map(line).collect::<Vec<_>>(), lines, "{id}");
        assert_eq!(places.iter().filter(|o| o.declares).count(), 1);
    }

    #[test]
    fn every_use_is_found_inside_patterns_too() {
        check(Sort::Entity, "", "orsa", &[2, 2, 3, 7, 9]);
        check(Sort::Entity, "", "lenz", &[2, 3]);
        check(Sort::Entity, "", "sides", &[3, 9, 12]);
        check(Sort::Topic, "", "bridge", &[5, 12, 14]);
        check(Sort::Position, "bridge", "open", &[9, 9, 10, 12, 12]);
        check(Sort::Rule, "", "r", &[12]);
    }

    #[test]
    fn a_place_tells_what_stands_there() {
        let index = index();
        let at = TEXT.find("topic: bridge").expect("it is there") + 7;
        for offset in [at, at + 3, at + 6] {
            let found = index.at("x.yml", offset).expect("an id stands there");
            assert_eq!(index.declaration(&found.name).map(|o| o.gloss.as_str()), Some("The bridge"));
        }
        assert_eq!(index.at("x.yml", at - 2), None);
        assert_eq!(index.at("y.yml", at), None);
        let gloss = |id: &str| index.declared(Sort::Entity).find(|o| o.name.id == id).map(|o| o.gloss.clone());
        assert_eq!(gloss("lenz").as_deref(), Some("place: Lenz"));
        assert_eq!(gloss("sides").as_deref(), Some("group of orsa, lenz"));
    }

    #[test]
    fn what_ships_has_an_index_of_its_own() {
        assert!(Index::shipped().declared(Sort::Entity).any(|o| o.name.id == "france" && o.gloss.contains("France")));
    }
}
