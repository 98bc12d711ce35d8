//! What may be written at the cursor: keys by the schema, values by what the key holds.
//!
//! In: the text in front of the cursor, the schema, all ids known. Out: completion items, each with the edit that writes it.

mod keys;
mod pattern;
mod values;

use super::context::{self, Context, Role, Step};
use super::workspace::{Place, Workspace};
use crate::base::Span;
use crate::base::yaml::Node;
use crate::rules::schema::shape::{self, SCHEMA};
use gen_lsp_types::{CompletionItem, CompletionItemKind, Documentation, MarkupContent, MarkupKind, TextEdit};
use serde_json::Value as Json;

/// Most items of one answer.
const MOST: usize = 400;

/// What may be written at a place, the likeliest first.
pub fn items(workspace: &Workspace, place: &Place<'_>) -> Vec<CompletionItem> {
    let context = context::at(place.text, place.offset);
    let desk = Desk { workspace, place, shapes: shapes(&context.path), context };
    let mut drafts = Vec::new();
    match desk.context.role {
        Role::Key => keys::write(&desk, "", &mut drafts),
        Role::Value => values::write(&desk, &mut drafts),
        Role::Either => {
            // Keys stand without quotation marks.
            if !desk.context.quoted {
                keys::write(&desk, "", &mut drafts);
                keys::write_item(&desk, &mut drafts);
            }
            values::write(&desk, &mut drafts);
        }
        Role::Nothing => {}
    }
    drafts.truncate(MOST);
    drafts.into_iter().enumerate().map(|(at, draft)| desk.item(at, draft)).collect()
}

/// The shapes that the schema allows at a path.
pub(super) fn shapes(path: &[Step]) -> Vec<&'static Json> {
    path.iter().fold(shape::shapes(&SCHEMA), |shapes, step| {
        let key = match step {
            Step::Key(key) => Some(key.as_str()),
            Step::Item(_) => None,
        };
        shapes.into_iter().flat_map(|shape| shape::inside(shape, key)).collect()
    })
}

/// The node at a path of a tree.
pub(super) fn node_at<'n>(root: &'n Node, path: &[Step]) -> Option<&'n Node> {
    path.iter().try_fold(root, |node, step| match step {
        Step::Key(key) => node.get(key),
        Step::Item(item) => node.items().get(*item),
    })
}

/// Everything that choosing items looks at.
struct Desk<'a> {
    workspace: &'a Workspace,
    place: &'a Place<'a>,
    context: Context,
    shapes: Vec<&'static Json>,
}

/// An item on its way.
struct Draft {
    label: String,
    /// What is written, where it is more than the label.
    text: Option<String>,
    kind: CompletionItemKind,
    detail: String,
    documentation: String,
    /// What is replaced; from the beginning of what is being written to the cursor unless said.
    span: Option<Span>,
}

impl Draft {
    fn new(label: impl Into<String>, kind: CompletionItemKind) -> Self {
        let (detail, documentation) = (String::new(), String::new());
        Self { label: label.into(), text: None, kind, detail, documentation, span: None }
    }

    fn text(mut self, text: impl Into<String>) -> Self {
        self.text = Some(text.into());
        self
    }

    fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = detail.into();
        self
    }

    fn documentation(mut self, documentation: impl Into<String>) -> Self {
        self.documentation = documentation.into();
        self
    }
}

impl Desk<'_> {
    fn item(&self, at: usize, draft: Draft) -> CompletionItem {
        let span = draft.span.unwrap_or(Span::new(self.context.start, self.place.offset));
        let range = self.place.lines.range(self.place.text, span);
        let written = draft.text.unwrap_or_else(|| draft.label.clone());
        let said = |text: String| (!text.is_empty()).then_some(text);
        let documentation = said(draft.documentation)
            .map(|value| Documentation::MarkupContent(MarkupContent { kind: MarkupKind::Markdown, value }));
        CompletionItem {
            kind: Some(draft.kind),
            detail: said(draft.detail),
            documentation,
            sort_text: Some(format!("{at:04}")),
            filter_text: Some(written.trim_start_matches("- ").to_owned()),
            text_edit: Some(TextEdit { range, new_text: written }.into()),
            label: draft.label,
            ..CompletionItem::default()
        }
    }

    /// What the last good tree has at a path.
    fn node(&self, path: &[Step]) -> Option<&Node> {
        self.workspace.tree(&self.place.path).and_then(|(tree, _)| node_at(&tree.root, path))
    }

    /// How often a key stood in the last good text.
    fn written(&self, key: &str) -> usize {
        let tree = self.workspace.tree(&self.place.path);
        tree.map_or(0, |(tree, _)| tree.source.text.matches(&format!("{key}:")).count())
    }

    /// The id of the topic that positions here are of: that of the entry, or the one that the rule names.
    fn topic(&self) -> Option<String> {
        let [Step::Key(section), item @ Step::Item(_), ..] = self.context.path.as_slice() else { return None };
        let keys: &[&str] = if section == "topics" { &["id"] } else { &["position", "topic"] };
        let mut path = vec![Step::Key(section.clone()), item.clone()];
        path.extend(keys.iter().map(|key| Step::Key((*key).to_owned())));
        let typed = self.context.scalar(&path).map(str::to_owned);
        typed.or_else(|| self.node(&path)?.text().map(str::to_owned))
    }
}

#[cfg(test)]
mod tests;
