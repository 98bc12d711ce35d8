//! A text that is open in the editor, kept in step with it change by change.

use super::lines::Lines;
use gen_lsp_types::TextDocumentContentChangeEvent as Change;

/// An open text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// The editor's number of this state.
    pub version: i32,
    /// Present text.
    pub text: String,
    /// Its lines.
    pub lines: Lines,
}

impl Document {
    /// Takes a text over.
    pub fn new(version: i32, text: String) -> Self {
        let lines = Lines::new(&text);
        Self { version, text, lines }
    }

    /// Applies changes in their order, each to what the one before left. A range that lies outside the text is cut to it.
    pub fn change(&mut self, version: i32, changes: Vec<Change>) {
        for change in changes {
            match change {
                Change::TextDocumentContentChangeWholeDocument(whole) => self.text = whole.text,
                Change::TextDocumentContentChangePartial(part) => {
                    let start = self.lines.offset(&self.text, part.range.start);
                    let end = self.lines.offset(&self.text, part.range.end);
                    self.text.replace_range(start.min(end)..start.max(end), &part.text);
                }
            }
            self.lines = Lines::new(&self.text);
        }
        self.version = version;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn check(text: &str, changes: serde_json::Value, expected: &str) {
        let mut document = Document::new(1, text.into());
        document.change(2, serde_json::from_value(changes).expect("they are changes"));
        assert_eq!((document.text.as_str(), document.version), (expected, 2));
        assert_eq!(document.lines, Lines::new(expected));
    }

    fn part(from: (u32, u32), to: (u32, u32), text: &str) -> serde_json::Value {
        let position = |(line, character)| json!({ "line": line, "character": character });
        json!({ "range": { "start": position(from), "end": position(to) }, "text": text })
    }

    #[test]
    fn changes_apply_one_after_the_other() {
        check("a: 1\nb: 2\n", json!([part((1, 3), (1, 4), "é𝄞"), part((1, 6), (1, 6), "x")]), "a: 1\nb: é𝄞x\n");
        check("a: 1\n", json!([{ "text": "b" }, part((0, 1), (0, 1), ": 2\n")]), "b: 2\n");
        check("a\nb\nc\n", json!([part((0, 1), (2, 0), " ")]), "a c\n");
    }

    #[test]
    fn odd_ranges_are_cut_to_the_text() {
        check("ab\n", json!([part((7, 0), (9, 9), "c")]), "ab\nc");
        check("ab\n", json!([part((0, 9), (0, 1), "c")]), "ac\n");
        check("𝄞", json!([part((0, 1), (0, 1), "c")]), "c𝄞");
    }
}
