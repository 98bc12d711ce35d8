//! Message templates: `{a.source}` and `{b.source}` with the built-in names and the rule's captures.
//!
//! In: a template, checked at load. Out: its pieces, and the sentence once somebody knows the values. `{{` and `}}` are braces.

/// Names that are always bound.
pub const BUILT_IN: [&str; 7] = ["source", "publisher", "date", "text", "position", "event_date", "n"];

/// A template in pieces.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Message {
    /// In order.
    pub pieces: Vec<Piece>,
}

/// A piece of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Words as they stand.
    Text(String),
    /// A value of one side.
    Slot {
        /// False for side a, true for side b.
        second: bool,
        /// `source`, or the name of a capture.
        name: String,
        /// Byte of its `{` in the template.
        at: usize,
    },
}

/// What is wrong with a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// In words.
    pub message: String,
    /// Byte of the template.
    pub at: usize,
    /// Its length in bytes.
    pub length: usize,
}

impl Message {
    /// Reads a template; what is no placeholder is reported and stands as text.
    pub fn parse(template: &str) -> (Self, Vec<Fault>) {
        let mut pieces = Vec::new();
        let mut faults = Vec::new();
        let mut text = String::new();
        let mut at = 0;
        while let Some(next) = template[at..].find(['{', '}']).map(|next| at + next) {
            text.push_str(&template[at..next]);
            let rest = &template[next..];
            if rest.starts_with("{{") || rest.starts_with("}}") {
                text.push_str(&rest[..1]);
                at = next + 2;
                continue;
            }
            let Some(end) = rest.find('}').filter(|_| rest.starts_with('{')) else {
                let message =
                    if rest.starts_with('{') { "`{` is not closed" } else { "`}` closes nothing; write `}}` for a brace" };
                faults.push(Fault { message: message.into(), at: next, length: 1 });
                text.push_str(&rest[..1]);
                at = next + 1;
                continue;
            };
            let inner = &rest[1..end];
            let side = match inner.split_once('.') {
                Some(("a", name)) => Some((false, name)),
                Some(("b", name)) => Some((true, name)),
                _ => None,
            };
            match side.filter(|(_, name)| !name.is_empty()) {
                Some((second, name)) => {
                    if !text.is_empty() {
                        pieces.push(Piece::Text(std::mem::take(&mut text)));
                    }
                    pieces.push(Piece::Slot { second, name: name.to_owned(), at: next });
                }
                None => {
                    let message = format!("`{{{inner}}}` is no placeholder; it begins with `a.` or `b.`");
                    faults.push(Fault { message, at: next, length: end + 1 });
                    text.push_str(&rest[..=end]);
                }
            }
            at = next + end + 1;
        }
        text.push_str(&template[at..]);
        if !text.is_empty() {
            pieces.push(Piece::Text(text));
        }
        (Self { pieces }, faults)
    }

    /// The sentence, with the value of each slot as `value(second, name)` gives it.
    pub fn fill(&self, mut value: impl FnMut(bool, &str) -> String) -> String {
        let piece = |piece: &Piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Slot { second, name, .. } => value(*second, name),
        };
        self.pieces.iter().map(piece).collect()
    }

    /// The names used, each with its byte in the template.
    pub fn slots(&self) -> impl Iterator<Item = (&str, usize)> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Slot { name, at, .. } => Some((name.as_str(), *at)),
            Piece::Text(_) => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_are_filled() {
        let (message, faults) = Message::parse("{a.source} says {{x}} against {b.source}.");
        assert_eq!(faults, []);
        assert_eq!(message.fill(|second, name| format!("{second}-{name}")), "false-source says {x} against true-source.");
    }

    #[test]
    fn odd_placeholders_are_faults() {
        let faults = |template: &str| Message::parse(template).1.into_iter().map(|f| (f.message, f.at)).collect::<Vec<_>>();
        assert_eq!(faults("say {source}"), [("`{source}` is no placeholder; it begins with `a.` or `b.`".into(), 4)]);
        assert_eq!(faults("é {a.source"), [("`{` is not closed".into(), 3)]);
        assert_eq!(faults("a}"), [("`}` closes nothing; write `}}` for a brace".into(), 1)]);
        assert_eq!(faults("{a.}").len(), 1);
    }
}
