//! Every request at every state of a file that is being typed.

use super::features;
use super::workspace::Workspace;
use super::{Settings, lines::Lines};
use gen_lsp_types::Uri;
use serde_json::json;

const TEXT: &str = r##"gainsay: 1
entities: [{ id: orsa, type: state, names: [Orsa, "Örsa 𝄞"] }]
topics:
  - id: bridge
    title: 'It''s the bridge'   # a comment
    about: { any: ["<orsa>"] }
    positions:
      - { id: open, label: it is open, says: ["bridge ..3 (open|$who:person)", { event: open, object: "#n:km" }] }
    conflicts: [{ between: [open, not:open] }]
rules:
  - id: r
    note: |
      words: [
    position: { topic: bridge }
    message: "{a.source}"
    tests: { quiet: [{ a: x, b: y, because: no-match }] }
"##;

const METHODS: [&str; 9] =
    ["completion", "hover", "definition", "references", "prepareRename", "rename", "documentSymbol", "codeLens", "codeAction"];

#[test]
fn no_state_of_a_file_makes_a_request_panic() {
    let uri = Uri("file:///x/rules.yml".into());
    let mut workspace = Workspace::new(Settings::default(), |_| Ok(None));
    let ends = TEXT.char_indices().map(|(at, _)| at).chain([TEXT.len()]);
    for end in ends {
        let typed = &TEXT[..end];
        // Typed at the end, and torn out of the middle.
        for text in [typed.to_owned(), format!("{}{}", typed, &TEXT[TEXT.len() - TEXT.len() / 3..])] {
            workspace.open(uri.clone(), 1, text.clone());
            workspace.refresh();
            let position = Lines::new(&text).position(&text, end);
            let params = json!({
                "textDocument": { "uri": uri }, "position": position, "newName": "other",
                "range": { "start": position, "end": position },
                "context": { "includeDeclaration": true, "diagnostics": [], "triggerKind": 1 },
            });
            for method in METHODS {
                let answer = features::answer(&mut workspace, &format!("textDocument/{method}"), params.clone());
                assert!(answer.as_ref().err().is_none_or(|(code, _)| *code == features::FAILED), "{method}: {answer:?}");
            }
        }
    }
}
