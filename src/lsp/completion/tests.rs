//! What is offered at the `‸` of a text.

use super::*;
use crate::lsp::Settings;
use gen_lsp_types::{CompletionItemTextEdit, Uri};

const TEXT: &str = r#"gainsay: 1
entities: [{ id: orsa, type: state, names: [Orsa] }]
groups: [{ id: sides, members: [orsa] }]
topics:
  - id: bridge
    title: The bridge
    positions:
      - { id: open, label: it is open, says: ["bridge open"], denied_as: shut }
      - { id: shut, label: it is shut, says: ["bridge shut"] }
    conflicts: [{ between: [open, shut] }]
"#;

/// Labels at the cursor, and the text that the first of them makes.
#[track_caller]
fn offered(marked: &str) -> (Vec<String>, String) {
    let offset = marked.find('‸').expect("the cursor is marked");
    let text = marked.replace('‸', "");
    let uri = Uri("file:///x/rules.yml".into());
    let mut workspace = Workspace::new(Settings::default(), |_| Ok(None));
    workspace.open(uri.clone(), 1, TEXT.into());
    workspace.refresh();
    workspace.open(uri.clone(), 2, text.clone());
    workspace.refresh();
    let lines = crate::lsp::lines::Lines::new(&text);
    let place = workspace.place(&uri, lines.position(&text, offset)).expect("the file is open");
    let found = items(&workspace, &place);
    let mut made = text.clone();
    if let Some(CompletionItemTextEdit::TextEdit(edit)) = found.first().and_then(|item| item.text_edit.clone()) {
        made.replace_range(lines.offset(&text, edit.range.start)..lines.offset(&text, edit.range.end), &edit.new_text);
    }
    (found.into_iter().map(|item| item.label).collect(), made)
}

#[track_caller]
fn check(old: &str, new: &str, first: &[&str], made: &str) {
    assert!(TEXT.contains(old), "{old}");
    let (labels, text) = offered(&TEXT.replace(old, new));
    assert_eq!(labels.iter().take(first.len()).collect::<Vec<_>>(), first, "{new}: {labels:?}");
    assert!(text.contains(made), "{new}: {text}");
}

#[test]
fn keys_by_the_schema_those_needed_first() {
    let (labels, _) = offered("‸");
    assert_eq!(labels[0], "gainsay");
    check("    title: The bridge\n", "    ti‸\n", &["title"], "    title: \n");
    check(", denied_as: shut }", ", ‸}", &["unless", "denied_as"], "says: [\"bridge open\"], unless: }");
    check("[{ between: [open, shut] }]", "[{ ‸", &["between", "strength"], "[{ between: ");
    check("    conflicts: [{ between: [open, shut] }]\n", "    conflicts:\n      ‸", &["between"], "      - between: ");
    check("says: [\"bridge open\"]", "says: [{ ev‸ }]", &["event", "subject", "object", "parties"], "says: [{ event:  }]");
}

#[test]
fn positions_of_the_topic_at_hand() {
    let all = ["open", "shut", "not:open", "not:shut"];
    check("[open, shut]", "[open, ‸]", &all, "[open, open]");
    check("[open, shut]", "[open, sh‸", &all, "[open, open");
    check("denied_as: shut", "denied_as: ‸", &all, "denied_as: open }");
    let (labels, _) = offered(&format!("{TEXT}rules:\n  - id: r\n    position: {{ topic: bridge, pairs: [[‸"));
    assert_eq!(labels, all);
}

#[test]
fn ids_words_gates_and_placeholders() {
    check("members: [orsa]", "members: [‸]", &["orsa", "sides"], "members: [orsa]");
    let rule = |text: &str| offered(&format!("{TEXT}rules:\n  - id: r\n    {text}"));
    assert_eq!(rule("severity: wa‸").0, ["note", "warning", "error"]);
    assert_eq!(rule("position: { topic: ‸ }").0[0], "bridge");
    assert_eq!(rule("enabled: ‸").0, ["true", "false"]);
    assert!(rule("message: \"{a.so‸").1.ends_with("message: \"{a.source}"));
    assert!(rule("tests: { quiet: [{ a: x, because: ‸").0.contains(&"no-match".to_owned()));
    assert!(rule("title: ‸").0.is_empty());
}

#[test]
fn inside_patterns() {
    check("\"bridge open\"", "\"<o‸> open\"", &["<orsa>", "<sides>"], "\"<orsa> open\"");
    check("\"bridge open\"", "\"$who:‸\"", &["$who:person"], "\"$who:person\"");
    let (labels, _) = offered(&TEXT.replace("\"bridge open\"", "\"kill #n:‸\""));
    assert!(labels.contains(&"#n:percent".to_owned()) && labels.contains(&"#n:km".to_owned()), "{labels:?}");
    let (labels, text) = offered(&TEXT.replace("\"bridge open\"", "\"(reject|acce‸\""));
    assert!(labels.contains(&"accept".to_owned()) && text.contains("(reject|acce"), "{labels:?}");
}
