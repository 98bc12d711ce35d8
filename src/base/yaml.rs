//! YAML read twice: into a tree of [`Node`]s with places, and typed, into whatever decodes. The one room that names YAML crates.
//!
//! The tree keeps what a decoder loses: where each key and value stands, keys given twice, and whether a word was quoted.

use crate::base::{LineIndex, Span};
use granit_parser::{Event, Parser, ScalarStyle};
use rustc_hash::FxHashMap;

/// Deepest nesting of lists and maps.
const DEPTH: usize = 64;
/// How many nodes all aliases of a file may repeat together.
const REPEATED: usize = 10_000;

/// Words that YAML 1.1 readers take for truth values where they stand unquoted, and this reader for text.
pub const SWITCHES: [&str; 4] = ["no", "on", "yes", "off"];

/// Whether some reader of YAML takes an unquoted word for something other than text.
pub fn is_ambiguous(word: &str) -> bool {
    let lower = word.to_lowercase();
    SWITCHES.contains(&lower.as_str()) || matches!(lower.as_str(), "null" | "y" | "n") || kind_of_plain(word).is_some()
}

/// Decodes one YAML document.
///
/// # Errors
/// The crate's message, which names path, line and column.
pub fn decode<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, serde_yaml::Error> {
    serde_yaml::from_str(text.strip_prefix('\u{feff}').unwrap_or(text))
}

/// A value of a YAML document with its place in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// What it is.
    pub value: Value,
    /// Where it stands; a map or list without its closing lines may be empty at its start.
    pub span: Span,
}

/// What a node is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A word, number or sentence; `plain` where it stands without quotation marks.
    Scalar {
        /// After unescaping.
        text: String,
        /// Whether it stands without quotation marks.
        plain: bool,
    },
    /// Items in order.
    List(Vec<Node>),
    /// Keys and values in order, equal keys included.
    Map(Vec<(Node, Node)>),
}

/// Why a text is no YAML document for us.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// Cause in words.
    pub message: String,
    /// Where.
    pub span: Span,
}

impl Node {
    /// The text of a scalar.
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }

    /// Whether it is an empty value: nothing, `~` or `null`.
    pub fn is_null(&self) -> bool {
        matches!(&self.value, Value::Scalar { text, plain: true } if matches!(text.as_str(), "" | "~" | "null" | "Null" | "NULL"))
    }

    /// The value of a key; the first, where it is given twice.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entries().iter().find(|(k, _)| k.text() == Some(key)).map(|(_, value)| value)
    }

    /// Items of a list; none for anything else.
    pub fn items(&self) -> &[Node] {
        match &self.value {
            Value::List(items) => items,
            _ => &[],
        }
    }

    /// Entries of a map; none for anything else.
    pub fn entries(&self) -> &[(Node, Node)] {
        match &self.value {
            Value::Map(entries) => entries,
            _ => &[],
        }
    }

    /// Items of the list under a key.
    pub fn list(&self, key: &str) -> &[Node] {
        self.get(key).map_or(&[], Node::items)
    }

    fn size(&self) -> usize {
        match &self.value {
            Value::Scalar { .. } => 1,
            Value::List(items) => 1 + items.iter().map(Node::size).sum::<usize>(),
            Value::Map(entries) => 1 + entries.iter().map(|(k, v)| k.size() + v.size()).sum::<usize>(),
        }
    }
}

/// A collection whose end has not been read yet.
struct Open {
    node: Node,
    anchor: usize,
    key: Option<Node>,
}

/// Reads one document into a tree. A text with comments only is an empty map.
///
/// # Errors
/// Broken syntax, a second document, tags, nesting deeper than 64, aliases that repeat more than 10,000 nodes.
pub fn parse(text: &str) -> Result<Node, SyntaxError> {
    let lead = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let body = &text[lead..];
    let mut options = granit_parser::Options::default();
    options.flow_nesting_limit = DEPTH;
    options.block_nesting_limit = DEPTH;
    options.set_emit_comments(false);
    let mut stack: Vec<Open> = Vec::new();
    let mut anchors: FxHashMap<usize, Node> = FxHashMap::default();
    let mut root: Option<Node> = None;
    let mut repeated = 0;
    for step in Parser::new_from_str_with_options(body, options) {
        let (event, place) = step.map_err(|error| match tab_in_indentation(text) {
            // The scanner reports a tab where the value before it began, or as something else altogether.
            Some(at) => {
                SyntaxError { message: "a tab in the indentation; YAML indents by spaces".into(), span: Span::new(at, at + 1) }
            }
            None => {
                let at = lead + offset(body, error.marker());
                SyntaxError { message: error.info(), span: Span::new(at, at) }
            }
        })?;
        let span = Span::new(lead + offset(body, &place.start), lead + offset(body, &place.end));
        let fail = |message: &str| Err(SyntaxError { message: message.into(), span });
        if matches!(
            &event,
            Event::Scalar(_, _, _, Some(_)) | Event::SequenceStart(_, _, Some(_)) | Event::MappingStart(_, _, Some(_))
        ) {
            return fail("a tag (`!…`) has no meaning here");
        }
        let done = match event {
            Event::DocumentStart(..) if root.is_some() => return fail("a second document begins; a rule file is one document"),
            Event::SequenceStart(_, anchor, _) | Event::MappingStart(_, anchor, _) => {
                if stack.len() >= DEPTH {
                    return fail("lists and maps are nested too deeply");
                }
                let value =
                    if matches!(event, Event::SequenceStart(..)) { Value::List(Vec::new()) } else { Value::Map(Vec::new()) };
                stack.push(Open { node: Node { value, span }, anchor, key: None });
                None
            }
            Event::SequenceEnd | Event::MappingEnd => stack.pop().map(|mut open| {
                open.node.span = Span { start: open.node.span.start, end: span.end.max(open.node.span.start) };
                (open.node, open.anchor)
            }),
            Event::Scalar(content, style, anchor, _) => {
                let value = Value::Scalar { text: content.into_owned(), plain: style == ScalarStyle::Plain };
                Some((Node { value, span }, anchor))
            }
            Event::Alias(anchor) => {
                let Some(node) = anchors.get(&anchor) else {
                    return fail("an alias stands inside what it repeats");
                };
                repeated += node.size();
                if repeated > REPEATED {
                    return fail("aliases repeat more than 10,000 values");
                }
                Some((node.clone(), 0))
            }
            _ => None,
        };
        let Some((node, anchor)) = done else { continue };
        if anchor > 0 {
            anchors.insert(anchor, node.clone());
        }
        match stack.last_mut() {
            None => root = Some(node),
            Some(open) => match &mut open.node.value {
                Value::Map(entries) => match open.key.take() {
                    None => open.key = Some(node),
                    Some(key) => entries.push((key, node)),
                },
                Value::List(items) => items.push(node),
                Value::Scalar { .. } => {}
            },
        }
    }
    let empty = Node { value: Value::Map(Vec::new()), span: Span::new(lead, lead) };
    Ok(root.filter(|node| !node.is_null()).unwrap_or(empty))
}

/// The first tab in front of a line's content.
fn tab_in_indentation(text: &str) -> Option<usize> {
    tabs(text).next()
}

/// All tabs in front of lines' contents, in order.
fn tabs(text: &str) -> impl Iterator<Item = usize> + '_ {
    let mut start = 0;
    text.split_inclusive('\n').flat_map(move |line| {
        let lead = if line.trim().is_empty() { 0 } else { line.len() - line.trim_start_matches([' ', '\t']).len() };
        let here = start;
        start += line.len();
        line[..lead].match_indices('\t').map(move |(at, _)| here + at)
    })
}

/// The tabs that stand in the indentation and how many blanks each stands for, where the text is well formed with so many.
pub fn untabbed(text: &str) -> Option<(Vec<Span>, usize)> {
    let all: Vec<Span> = tabs(text).map(|at| Span::new(at, at + 1)).collect();
    let first = *all.first()?;
    let width = [2, 4, 8].into_iter().find(|width| {
        let blanks = " ".repeat(*width);
        let mut mended = text[..first.start as usize].to_owned();
        for (at, tab) in all.iter().enumerate() {
            let end = all.get(at + 1).map_or(text.len(), |next| next.start as usize);
            mended.push_str(&blanks);
            mended.push_str(&text[tab.end as usize..end]);
        }
        parse(&mended).is_ok()
    })?;
    Some((all, width))
}

/// What a word without quotation marks is to YAML where it is no text: a number, a truth value.
pub fn kind_of_plain(word: &str) -> Option<&'static str> {
    let odd = |c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.');
    if !word.starts_with(odd) && !matches!(word, "true" | "True" | "TRUE" | "false" | "False" | "FALSE") {
        return None;
    }
    match serde_yaml::from_str::<serde_yaml::Value>(word) {
        Ok(serde_yaml::Value::Number(_)) => Some("a number"),
        Ok(serde_yaml::Value::Bool(_)) => Some("a truth value"),
        _ => None,
    }
}

fn offset(text: &str, marker: &granit_parser::Marker) -> usize {
    let at = marker.byte_offset().unwrap_or_else(|| text.char_indices().nth(marker.index()).map_or(text.len(), |(at, _)| at));
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// Line and column of a span's start, both from 1.
pub fn place(text: &str, span: Span) -> (u32, u32) {
    LineIndex::new(text).position(text, span.start)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_error(text: &str, message: &str, line: u32, column: u32) {
        let error = parse(text).expect_err("the text is broken");
        assert!(error.message.contains(message), "{}", error.message);
        assert_eq!(place(text, error.span), (line, column), "{}", error.message);
    }

    #[test]
    fn nodes_know_their_places() {
        let text = "a: [x, 'y z']\nb:\n  - { c: 1 }\n";
        let node = parse(text).expect("it is well formed");
        assert_eq!(node.list("a")[1].span.of(text), "'y z'");
        assert_eq!(node.list("b")[0].get("c").map(|c| c.span.of(text)), Some("1"));
        assert_eq!(node.list("b")[0].span.of(text), "{ c: 1 }");
    }

    #[test]
    fn aliases_repeat_a_little_and_never_much() {
        let node = parse("a: &x [p, q]\nb: *x").expect("an alias is allowed");
        assert_eq!(node.list("b").len(), 2);
        let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for level in 1..30 {
            let before = format!("*a{}, ", level - 1).repeat(9);
            bomb.push_str(&format!("a{level}: &a{level} [{}]\n", before.trim_end_matches(", ")));
        }
        assert!(parse(&bomb).expect_err("it would fill the memory").message.contains("10,000"));
    }

    #[test]
    fn broken_texts_are_refused_with_their_place() {
        check_error("a: 1\n\tb: 2\n", "tab", 2, 1);
        check_error("a: 1\n---\nb: 2\n", "second document", 2, 1);
        check_error("a: !x 1\n", "tag", 1, 7);
        check_error("a: [1, 2\n", "bracket", 1, 4);
    }

    #[test]
    fn a_byte_order_mark_in_front_is_skipped() {
        let text = "\u{feff}a: 1\n";
        let node = parse(text).expect("it is well formed");
        assert_eq!(node.entries()[0].0.span.of(text), "a");
    }

    #[test]
    fn deep_nesting_is_refused_in_bounded_time() {
        assert!(parse(&"[".repeat(100_000)).is_err());
        assert!(parse(&"- ".repeat(100_000)).is_err());
        assert!(parse(&"a: {".repeat(100_000)).is_err());
    }
}
