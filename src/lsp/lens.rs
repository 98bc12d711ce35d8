//! A line above each rule that runs its tests.

use super::trials::RUN_TESTS;
use super::workspace::Workspace;
use crate::base::yaml::Node;
use gen_lsp_types::{CodeLens, Command};
use serde_json::json;

/// The lenses of a file: one above each rule, and above each topic that is a rule of its own. None while its syntax is broken.
pub fn lenses(workspace: &Workspace, path: &str) -> Vec<CodeLens> {
    let Some((tree, true)) = workspace.tree(path) else { return Vec::new() };
    let lines = super::lines::Lines::new(&tree.source.text);
    let named = |topic: &str| {
        let rules = workspace.live().trees().iter().flat_map(|tree| tree.root.list("rules"));
        rules.filter_map(|rule| rule.get("position")?.get("topic")?.text()).any(|of| of == topic)
    };
    let entries = tree.root.list("topics").iter().filter(|topic| !topic.get("id").and_then(Node::text).is_some_and(named));
    let mut lenses = Vec::new();
    for entry in entries.chain(tree.root.list("rules")) {
        let Some((id, node)) = entry.get("id").and_then(|node| Some((node.text()?, node))) else { continue };
        let cases = cases(workspace, entry);
        let title = match cases {
            0 => "no tests yet".to_owned(),
            1 => "run 1 test".to_owned(),
            many => format!("run {many} tests"),
        };
        let (command, arguments) = if cases == 0 { (String::new(), None) } else { (RUN_TESTS.to_owned(), Some(vec![json!(id)])) };
        lenses.push(CodeLens {
            range: lines.range(&tree.source.text, node.span),
            command: Some(Command { title, command, arguments, tooltip: None }),
            data: None,
        });
    }
    lenses.sort_by_key(|lens| lens.range.start);
    lenses
}

/// How many cases a rule has, those of its topic included.
fn cases(workspace: &Workspace, entry: &Node) -> usize {
    let count = |entry: &Node| {
        let lists = entry.get("tests").map_or(&[][..], Node::entries);
        lists.iter().map(|(_, cases)| cases.items().len()).sum::<usize>()
    };
    let topic = entry.get("position").and_then(|kind| kind.get("topic")).and_then(Node::text);
    let topics = workspace.live().trees().iter().flat_map(|tree| tree.root.list("topics"));
    let of_topic = topics.rev().find(|node| topic.is_some() && node.get("id").and_then(Node::text) == topic);
    count(entry) + of_topic.map_or(0, count)
}
