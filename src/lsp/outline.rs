//! What a rule file consists of: topics with their positions, rules, entities, groups.

use super::workspace::Workspace;
use crate::base::Span;
use crate::base::yaml::Node;
use gen_lsp_types::{DocumentSymbol, SymbolKind};

/// Sections, what their entries are to an editor, and the key that tells of them in words.
const SECTIONS: [(&str, SymbolKind, &str); 4] = [
    ("entities", SymbolKind::Variable, "names"),
    ("groups", SymbolKind::Array, "members"),
    ("topics", SymbolKind::Class, "title"),
    ("rules", SymbolKind::Function, "title"),
];

/// The symbols of a file, in order; those of its last good text while its syntax is broken.
pub fn symbols(workspace: &Workspace, path: &str) -> Vec<DocumentSymbol> {
    let Some((tree, _)) = workspace.tree(path) else { return Vec::new() };
    let lines = super::lines::Lines::new(&tree.source.text);
    let range = |span: Span| lines.range(&tree.source.text, span);
    let symbol = |entry: &Node, kind: SymbolKind, words: &str, children: Vec<DocumentSymbol>| {
        let id = entry.get("id")?;
        let said = entry.get(words)?;
        let list: Vec<&str> = said.text().into_iter().chain(said.items().iter().filter_map(Node::text)).collect();
        Some(DocumentSymbol {
            name: id.text().filter(|id| !id.is_empty())?.to_owned(),
            detail: Some(list.join(", ")),
            range: range(entry.span.join(id.span)),
            selection_range: range(id.span),
            children: (!children.is_empty()).then_some(children),
            ..blank(kind)
        })
    };
    let mut all: Vec<DocumentSymbol> = Vec::new();
    for (section, kind, words) in SECTIONS {
        for entry in tree.root.list(section) {
            let positions = entry.list("positions").iter();
            let children = positions.filter_map(|p| symbol(p, SymbolKind::EnumMember, "label", Vec::new())).collect();
            all.extend(symbol(entry, kind, words, children));
        }
    }
    all.sort_by_key(|symbol| symbol.range.start);
    all
}

fn blank(kind: SymbolKind) -> DocumentSymbol {
    let nowhere = gen_lsp_types::Range::default();
    #[allow(deprecated)]
    DocumentSymbol {
        name: String::new(),
        detail: None,
        kind,
        tags: None,
        deprecated: None,
        range: nowhere,
        selection_range: nowhere,
        children: None,
    }
}
