//! Where the cursor stands in a rule file, read from the text in front of it alone, so that what is broken behind it (or not
//! written yet) does not matter. Block and flow style, quotes, comments and block scalars are followed; anchors are passed over.

/// A step from the root towards the cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Into the value of a key.
    Key(String),
    /// Into an item of a list, from 0.
    Item(usize),
}

/// What is being written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A key of the map that the path leads to.
    Key,
    /// The value that the path leads to.
    Value,
    /// One of them: nothing in front of the cursor tells yet.
    Either,
    /// Nothing: a comment, or behind the end of a value.
    Nothing,
}

/// The cursor's place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Context {
    /// From the root to the value, or to the map in which a key is being written.
    pub path: Vec<Step>,
    /// What is being written.
    pub role: Role,
    /// Byte at which it begins, behind a quotation mark.
    pub start: usize,
    /// Whether it stands in quotation marks.
    pub quoted: bool,
    /// Short values in front of the cursor with their paths: what ids enclose it.
    pub scalars: Vec<(Vec<Step>, String)>,
}

/// Finds out where a byte of a text stands.
pub fn at(text: &str, offset: usize) -> Context {
    let before = text.get(..offset).unwrap_or(text);
    let mut reader = Reader { text: before, at: 0, blocks: Vec::new(), flows: Vec::new(), scalars: Vec::new() };
    reader.document()
}

impl Context {
    /// The keys of the path without places in lists.
    pub fn keys(&self) -> Vec<&str> {
        keys(&self.path)
    }

    /// What stands at a path in front of the cursor.
    pub fn scalar(&self, path: &[Step]) -> Option<&str> {
        self.scalars.iter().rev().find(|(at, _)| at == path).map(|(_, text)| text.as_str())
    }
}

/// The keys of a path without places in lists.
pub fn keys(path: &[Step]) -> Vec<&str> {
    path.iter()
        .filter_map(|step| match step {
            Step::Key(key) => Some(key.as_str()),
            Step::Item(_) => None,
        })
        .collect()
}

/// A key or dash in block style, at its column.
struct Block {
    column: usize,
    step: Step,
}

/// An open bracket in flow style.
struct Flow {
    map: bool,
    /// The key whose value is being read.
    key: Option<String>,
    item: usize,
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    blocks: Vec<Block>,
    flows: Vec<Flow>,
    scalars: Vec<(Vec<Step>, String)>,
}

/// What a token ended with.
enum Ended {
    /// The text ended in it, with what had been read of it.
    Text { start: usize, quoted: bool },
    /// It is whole.
    Whole(String),
}

impl<'a> Reader<'a> {
    fn document(&mut self) -> Context {
        loop {
            let line = self.rest().split('\n').next().unwrap_or("");
            let column = line.len() - line.trim_start_matches(' ').len();
            let last = self.at + line.len() == self.text.len();
            self.at += column;
            let content = &line[column..];
            if last && content.is_empty() {
                self.leave(column, false);
                return self.context(Role::Either, self.at, false);
            }
            if content.trim().is_empty() || content.starts_with('#') || content.starts_with("---") {
                if last {
                    return self.context(Role::Nothing, self.at, false);
                }
                self.next_line();
                continue;
            }
            if let Some(context) = self.content(column) {
                return context;
            }
            if self.at >= self.text.len() && !self.text.ends_with('\n') {
                return self.context(Role::Nothing, self.at, false);
            }
        }
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn next_line(&mut self) {
        self.at = self.rest().find('\n').map_or(self.text.len(), |end| self.at + end + 1);
    }

    fn blanks(&mut self) {
        self.at = self.text.len() - self.rest().trim_start_matches([' ', '\t']).len();
    }

    /// Leaves what a line that begins at a column ends. A dash may stand below the key whose list it belongs to.
    fn leave(&mut self, column: usize, dash: bool) {
        while let Some(block) = self.blocks.last() {
            let keeps = block.column < column || dash && block.column == column && matches!(block.step, Step::Key(_));
            if keeps {
                break;
            }
            self.blocks.pop();
        }
    }

    /// Reads from the first character of a line to the end of what begins there.
    fn content(&mut self, mut column: usize) -> Option<Context> {
        while self.rest().starts_with("- ") || matches!(self.rest(), "-") || self.rest().starts_with("-\n") {
            let item = self.blocks.iter().rev().find(|block| block.column == column).and_then(|block| match block.step {
                Step::Item(item) => Some(item + 1),
                Step::Key(_) => None,
            });
            self.leave(column, true);
            self.blocks.push(Block { column, step: Step::Item(item.unwrap_or(0)) });
            let start = self.at;
            self.at += 1;
            self.blanks();
            column += self.at - start;
            if self.rest().is_empty() {
                return Some(self.context(Role::Either, self.at, false));
            }
            if self.rest().starts_with(['\n', '\r']) {
                self.next_line();
                return None;
            }
        }
        if self.rest().starts_with(['[', '{']) {
            self.leave(column, false);
            return self.flow();
        }
        match self.token(false) {
            Ended::Text { start, quoted } => {
                self.leave(column, false);
                Some(self.context(Role::Either, start, quoted))
            }
            Ended::Whole(key) if self.colon() => {
                self.leave(column, false);
                self.blocks.push(Block { column, step: Step::Key(key) });
                self.value(column)
            }
            Ended::Whole(_) => {
                // An item, or a further line of a text.
                self.next_line();
                None
            }
        }
    }

    /// Passes a colon that ends a key.
    fn colon(&mut self) -> bool {
        let rest = self.rest();
        let ends = |next: Option<char>| next.is_none_or(|c| c.is_whitespace());
        let found = rest.starts_with(':') && ends(rest[1..].chars().next());
        self.at += usize::from(found);
        found
    }

    /// Reads the value of a key in block style.
    fn value(&mut self, column: usize) -> Option<Context> {
        self.blanks();
        let rest = self.rest();
        match rest.chars().next() {
            None => Some(self.context(Role::Value, self.at, false)),
            Some('\n' | '\r' | '#') => {
                let last = !rest.contains('\n');
                self.next_line();
                last.then(|| self.context(Role::Nothing, self.at, false))
            }
            Some('|' | '>') => self.block_text(column),
            Some('[' | '{') => self.flow(),
            Some(_) => match self.token(false) {
                Ended::Text { start, quoted } => Some(self.context(Role::Value, start, quoted)),
                Ended::Whole(text) => {
                    self.remember(text);
                    let last = !self.rest().contains('\n');
                    self.next_line();
                    last.then(|| self.context(Role::Nothing, self.at, false))
                }
            },
        }
    }

    /// Passes the lines of a `|` or `>` text: those further in than its key.
    fn block_text(&mut self, column: usize) -> Option<Context> {
        self.next_line();
        loop {
            let line = self.rest().split('\n').next().unwrap_or("");
            let inner = line.len() - line.trim_start_matches(' ').len();
            if !line.trim().is_empty() && inner <= column {
                return None;
            }
            if self.at + line.len() >= self.text.len() {
                // An empty line in which the cursor has gone back is no part of it any more.
                if line.trim().is_empty() && inner <= column {
                    return None;
                }
                return Some(self.context(Role::Value, self.at + inner, true));
            }
            self.next_line();
        }
    }

    /// Reads a value in flow style to its last bracket.
    fn flow(&mut self) -> Option<Context> {
        loop {
            self.space();
            let Some(c) = self.rest().chars().next() else {
                return Some(self.in_flow(self.at, false));
            };
            match c {
                '[' | '{' => {
                    self.flows.push(Flow { map: c == '{', key: None, item: 0 });
                    self.at += 1;
                }
                ']' | '}' => {
                    self.flows.pop();
                    self.at += 1;
                    if self.flows.is_empty() {
                        let last = !self.rest().contains('\n');
                        self.next_line();
                        return last.then(|| self.context(Role::Nothing, self.at, false));
                    }
                }
                ',' => {
                    self.at += 1;
                    if let Some(flow) = self.flows.last_mut() {
                        flow.key = None;
                        flow.item += 1;
                    }
                }
                _ => match self.token(true) {
                    Ended::Text { start, quoted } => return Some(self.in_flow(start, quoted)),
                    Ended::Whole(text) => self.flow_token(text),
                },
            }
        }
    }

    fn flow_token(&mut self, text: String) {
        let keyless = self.flows.last().is_some_and(|flow| flow.map && flow.key.is_none());
        if keyless && self.colon() {
            if let Some(flow) = self.flows.last_mut() {
                flow.key = Some(text);
            }
        } else {
            self.remember(text);
            // What is no token is passed, so that reading always gets on.
            if self.rest().starts_with(':') {
                self.at += 1;
            }
        }
    }

    fn in_flow(&mut self, start: usize, quoted: bool) -> Context {
        let role = match self.flows.last() {
            Some(Flow { map: true, key: None, .. }) => Role::Key,
            Some(Flow { map: false, .. }) => Role::Either,
            _ => Role::Value,
        };
        self.context(role, start, quoted)
    }

    /// Passes blanks, line ends and comments inside brackets.
    fn space(&mut self) {
        loop {
            self.at = self.text.len() - self.rest().trim_start().len();
            if !self.rest().starts_with('#') {
                return;
            }
            self.next_line();
        }
    }

    /// Reads a word, or a text in quotation marks.
    fn token(&mut self, flow: bool) -> Ended {
        let rest = self.rest();
        let Some(quote) = rest.chars().next().filter(|c| matches!(c, '"' | '\'')) else { return self.plain(flow) };
        let start = self.at + 1;
        let mut chars = rest.char_indices().skip(1).peekable();
        while let Some((at, c)) = chars.next() {
            if c == '\\' && quote == '"' {
                chars.next();
            } else if c == quote {
                if quote == '\'' && chars.peek().is_some_and(|(_, next)| *next == '\'') {
                    chars.next();
                    continue;
                }
                let text = rest[1..at].to_owned();
                self.at += at + 1;
                return Ended::Whole(text);
            }
        }
        self.at = self.text.len();
        Ended::Text { start, quoted: true }
    }

    fn plain(&mut self, flow: bool) -> Ended {
        let (start, rest) = (self.at, self.rest());
        let mut before = ' ';
        let mut end = None;
        for (at, c) in rest.char_indices() {
            let next = rest[at + c.len_utf8()..].chars().next();
            let colon = c == ':' && next.is_some_and(|c| c.is_whitespace() || flow && matches!(c, ',' | ']' | '}' | '[' | '{'));
            let bracket = flow && matches!(c, ',' | '[' | ']' | '{' | '}');
            if colon || bracket || c == '\n' || c == '#' && before.is_whitespace() {
                end = Some(at);
                break;
            }
            // `key:` at the end of the text waits for its value.
            if c == ':' && next.is_none() {
                end = Some(at);
                break;
            }
            before = c;
        }
        match end {
            None => {
                self.at = self.text.len();
                Ended::Text { start, quoted: false }
            }
            Some(end) => {
                // At least one character, so that reading always gets on.
                let first = rest.chars().next().map_or(0, char::len_utf8);
                self.at = start + if end == 0 { first } else { end };
                Ended::Whole(rest[..end].trim_end().to_owned())
            }
        }
    }

    fn path(&self) -> Vec<Step> {
        let mut path: Vec<Step> = self.blocks.iter().map(|block| block.step.clone()).collect();
        for flow in &self.flows {
            match (&flow.key, flow.map) {
                (Some(key), _) => path.push(Step::Key(key.clone())),
                (None, true) => {}
                (None, false) => path.push(Step::Item(flow.item)),
            }
        }
        path
    }

    fn remember(&mut self, text: String) {
        let short = matches!(self.path().last(), Some(Step::Key(key)) if key == "id" || key == "topic");
        if short {
            self.scalars.push((self.path(), text));
        }
    }

    fn context(&mut self, role: Role, start: usize, quoted: bool) -> Context {
        Context { path: self.path(), role, start, quoted, scalars: std::mem::take(&mut self.scalars) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Path, role and what has been written, at the `‸` of a text.
    #[track_caller]
    fn check(marked: &str, path: &str, role: Role, word: &str) {
        let offset = marked.find('‸').expect("the cursor is marked");
        let text = marked.replace('‸', "");
        let context = at(&text, offset);
        let shown: Vec<String> = context
            .path
            .iter()
            .map(|step| match step {
                Step::Key(key) => key.clone(),
                Step::Item(item) => item.to_string(),
            })
            .collect();
        assert_eq!((shown.join("/").as_str(), context.role), (path, role), "{marked}");
        assert_eq!(text.get(context.start..offset), Some(word), "{marked}");
    }

    const TOPIC: &str =
        "gainsay: 1\ntopics:\n  - id: bridge\n    positions:\n      - { id: open, says: [\"a b\", { event: x }] }\n";

    #[test]
    fn block_style_is_followed() {
        check("‸", "", Role::Either, "");
        check("gain‸", "", Role::Either, "gain");
        check("gainsay: 1\ntop‸", "", Role::Either, "top");
        check("gainsay: ‸", "gainsay", Role::Value, "");
        check("topics:\n  - i‸", "topics/0", Role::Either, "i");
        check("topics:\n- id: a\n- id: b\n  ti‸", "topics/1", Role::Either, "ti");
        check("topics:\n  - id: a\n    tests:\n      flag:\n        - a: x\n    ‸", "topics/0", Role::Either, "");
        check("topics:\n  - id: a\n    tests:\n      flag:\n        - a: x\n  ‸", "topics", Role::Either, "");
        check("rules:\n  - id: a\n    severity: wa‸", "rules/0/severity", Role::Value, "wa");
        check("a:\n  - - x\n    - y‸", "a/0/1", Role::Either, "y");
        check(&format!("{TOPIC}    ‸"), "topics/0", Role::Either, "");
    }

    #[test]
    fn flow_style_is_followed() {
        check("groups: [{ id: a, mem‸", "groups/0", Role::Key, "mem");
        check("groups: [{ id: a }, { id: ‸ }]", "groups/1/id", Role::Value, "");
        check("conflicts: [{ between: [open, cl‸] }]", "conflicts/0/between/1", Role::Either, "cl");
        check("a:\n  - { b: [\n      c,\n      ‸", "a/0/b/1", Role::Either, "");
        check("a: { b: c‸", "a/b", Role::Value, "c");
        check("a: {‸", "a", Role::Key, "");
        check(&TOPIC.replace("event: x", "event: x, ob‸"), "topics/0/positions/0/says/1", Role::Key, "ob");
    }

    #[test]
    fn quotes_comments_and_long_texts_are_no_structure() {
        check("says: [\"a ‸b\"]", "says/0", Role::Either, "a ");
        check("says: ['it''s: [x', \"<‸\"]", "says/1", Role::Either, "<");
        check("a: \"x \\\" y‸", "a", Role::Value, "x \\\" y");
        check("note: |\n  words: [\n  more\nrules:\n  - ‸", "rules/0", Role::Either, "");
        check("note: >\n  words ‸", "note", Role::Value, "words ");
        check("# a: [\nb: ‸", "b", Role::Value, "");
        check("a: x # [ {\nb: ‸", "b", Role::Value, "");
        check("when: 12:30‸", "when", Role::Value, "12:30");
    }

    #[test]
    fn enclosing_ids_are_known() {
        let text = format!("{TOPIC}    conflicts: [{{ between: [");
        let context = at(&text, text.len());
        let path = [Step::Key("topics".into()), Step::Item(0), Step::Key("id".into())];
        assert_eq!(context.scalar(&path), Some("bridge"));
        assert_eq!(context.keys(), ["topics", "conflicts", "between"]);
    }

    #[test]
    fn reading_always_ends() {
        let signs = ["a", " ", "\n", "- ", "[", "]", "{", "}", ":", ",", "\"", "'", "#", "|", "é", "\\", "\t"];
        for one in signs {
            for two in signs {
                for three in signs {
                    for four in signs {
                        let text = [one, two, three, four, one].concat();
                        let context = at(&text, text.len());
                        assert!(context.start <= text.len() && text.is_char_boundary(context.start), "{text:?}");
                    }
                }
            }
        }
        at(&"[".repeat(100_000), 100_000);
    }
}
