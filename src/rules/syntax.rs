//! The notation of patterns: text → syntax tree, with the column of every mistake.
//!
//! `word =word (a b|c) x? ..N <id> $v:t #v:unit {a b c} word/N !x`; no regular expressions. Looks nothing up.

/// Most characters of one pattern.
pub const LENGTH: usize = 500;
/// Widest gap.
pub const GAP: u8 = 20;
/// Most elements of one pattern, so that its automaton stays small.
pub const ELEMENTS: usize = 64;
/// Deepest nesting of groups.
const DEPTH: usize = 6;

/// A part of a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Element {
    /// A word: any form of its lemmas, or the exact form.
    Word {
        /// As written, without marks.
        text: String,
        /// `=word`
        exact: bool,
        /// `/N`, `/V`, `/A`
        class: Option<Class>,
    },
    /// `(a b|c)`: one of several sequences.
    Either(Vec<Vec<Spot>>),
    /// `x?`
    Maybe(Box<Spot>),
    /// `..N`
    Gap(u8),
    /// `<id>` or `$v:t`: an entity, a member of a group, or anything of a type.
    Entity {
        /// Name of the capture; `None` for `<id>`.
        capture: Option<String>,
        /// Id of entity or group, or a type.
        what: String,
    },
    /// `#v:unit`: a number with its unit.
    Number {
        /// Name of the capture.
        capture: String,
        /// Unit or counted noun.
        unit: String,
    },
    /// `{a b c}`: all of these, in any order.
    All(Vec<Spot>),
    /// `!x`: what a negator must reach.
    Focus(Box<Spot>),
}

/// A part of speech that a pattern can ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Class {
    Noun,
    Verb,
    Adjective,
}

/// An element with the byte column of its first character in the pattern, from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// Byte offset in the pattern.
    pub at: usize,
    /// The element.
    pub element: Element,
}

/// What is wrong with a pattern, and at which byte of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// In words.
    pub message: String,
    /// Byte offset in the pattern.
    pub at: usize,
}

/// Reads a pattern.
///
/// # Errors
/// The first mistake with its place.
pub fn parse(text: &str) -> Result<Vec<Spot>, Fault> {
    if text.len() > LENGTH {
        return Err(Fault { message: format!("a pattern has at most {LENGTH} characters"), at: 0 });
    }
    let mut reader = Reader { text, at: 0, count: 0 };
    let sequence = reader.sequence(0, &[])?;
    if reader.at < text.len() {
        return reader.fail(match reader.rest().chars().next() {
            Some(close @ (')' | '}')) => format!("`{close}` closes nothing"),
            Some('|') => "`|` stands only inside `( )`".into(),
            _ => "the pattern does not go on like this".into(),
        });
    }
    if sequence.is_empty() {
        return Err(Fault { message: "the pattern is empty".into(), at: 0 });
    }
    for edge in [sequence.first(), sequence.last()].into_iter().flatten() {
        if matches!(edge.element, Element::Gap(_)) {
            return Err(Fault { message: "a gap at the edge of a pattern does nothing".into(), at: edge.at });
        }
    }
    Ok(sequence)
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    count: usize,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn fail<T>(&self, message: impl Into<String>) -> Result<T, Fault> {
        Err(Fault { message: message.into(), at: self.at })
    }

    fn eat(&mut self, c: char) -> bool {
        let found = self.rest().starts_with(c);
        self.at += if found { c.len_utf8() } else { 0 };
        found
    }

    fn space(&mut self) {
        self.at = self.text.len() - self.rest().trim_start().len();
    }

    fn sequence(&mut self, depth: usize, ends: &[char]) -> Result<Vec<Spot>, Fault> {
        let mut all = Vec::new();
        loop {
            self.space();
            match self.rest().chars().next() {
                None => break,
                Some(c) if ends.contains(&c) || matches!(c, ')' | '}' | '|') => break,
                Some(_) => all.push(self.element(depth)?),
            }
        }
        Ok(all)
    }

    fn element(&mut self, depth: usize) -> Result<Spot, Fault> {
        self.count += 1;
        if self.count > ELEMENTS {
            return self.fail(format!("a pattern has at most {ELEMENTS} elements"));
        }
        if depth > DEPTH {
            return self.fail(format!("groups are nested at most {DEPTH} deep"));
        }
        let at = self.at;
        let element = match self.rest().chars().next().unwrap_or(' ') {
            '(' => self.either(depth)?,
            '{' => {
                self.at += 1;
                let inner = self.sequence(depth + 1, &['}'])?;
                if !self.eat('}') {
                    return Err(Fault { message: "`{` is not closed by `}`".into(), at });
                }
                if depth > 0 {
                    return Err(Fault { message: "`{ }` stands only at the outermost level".into(), at });
                }
                if let Some(gap) = inner.iter().find(|spot| matches!(spot.element, Element::Gap(_))) {
                    return Err(Fault { message: "`{ }` has no order, so a gap in it does nothing".into(), at: gap.at });
                }
                if inner.is_empty() {
                    return Err(Fault { message: "`{ }` is empty".into(), at });
                }
                Element::All(inner)
            }
            '!' => {
                self.at += 1;
                let spot = self.element(depth + 1)?;
                if matches!(spot.element, Element::Gap(_) | Element::Focus(_) | Element::All(_)) {
                    return Err(Fault { message: "`!` marks a word or a group".into(), at });
                }
                return Ok(Spot { at, element: Element::Focus(Box::new(spot)) });
            }
            '.' if self.rest().starts_with("..") => {
                self.at += 2;
                let digits = self.rest().chars().take_while(char::is_ascii_digit).count();
                let number = self.rest()[..digits].parse::<u8>();
                self.at += digits;
                match number {
                    Ok(n) if (1..=GAP).contains(&n) => Element::Gap(n),
                    _ => return Err(Fault { message: format!("a gap is `..N` with N from 1 to {GAP}"), at }),
                }
            }
            '<' => {
                self.at += 1;
                let what = self.name().to_owned();
                if what.is_empty() || !self.eat('>') {
                    return Err(Fault { message: "an entity or group is written `<id>`".into(), at });
                }
                Element::Entity { capture: None, what }
            }
            sign @ ('$' | '#') if self.rest()[1..].chars().next().is_some_and(char::is_alphabetic) => {
                self.at += 1;
                let capture = self.name().to_owned();
                let what = if self.eat(':') { self.name().to_owned() } else { String::new() };
                let form = if sign == '$' { "`$name:type`" } else { "`#name:unit`" };
                if capture.is_empty() || what.is_empty() {
                    return Err(Fault { message: format!("a capture is written {form}"), at });
                }
                match sign {
                    '$' => Element::Entity { capture: Some(capture), what },
                    _ => Element::Number { capture, unit: what },
                }
            }
            _ => self.word()?,
        };
        let spot = Spot { at, element };
        if !self.eat('?') {
            self.apart()?;
            return Ok(spot);
        }
        if matches!(spot.element, Element::Gap(_) | Element::All(_)) {
            return Err(Fault { message: "a gap may be empty already, and `{ }` asks for all".into(), at });
        }
        self.apart()?;
        Ok(Spot { at, element: Element::Maybe(Box::new(spot)) })
    }

    /// Elements stand apart: `word<id>` is a slip of the finger.
    fn apart(&self) -> Result<(), Fault> {
        match self.rest().chars().next() {
            None => Ok(()),
            Some(c) if c.is_whitespace() || matches!(c, ')' | '}' | '|') => Ok(()),
            Some(c) => self.fail(format!("a blank is missing before `{c}`")),
        }
    }

    fn either(&mut self, depth: usize) -> Result<Element, Fault> {
        let at = self.at;
        self.at += 1;
        let mut branches = Vec::new();
        loop {
            let start = self.at;
            let branch = self.sequence(depth + 1, &['|', ')'])?;
            if branch.is_empty() {
                return Err(Fault { message: "an alternative is empty; write `x?` for what may be missing".into(), at: start });
            }
            branches.push(branch);
            if self.eat(')') {
                return Ok(Element::Either(branches));
            }
            if !self.eat('|') {
                return Err(Fault { message: "`(` is not closed by `)`".into(), at });
            }
        }
    }

    fn name(&mut self) -> &'a str {
        let rest = self.rest();
        let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '-' || c == '_')).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    fn word(&mut self) -> Result<Element, Fault> {
        let at = self.at;
        let exact = self.eat('=');
        let rest = self.rest();
        let end = rest.find(|c: char| c.is_whitespace() || "()|{}<>?!=".contains(c)).unwrap_or(rest.len());
        let word = &rest[..end];
        self.at += end;
        let (text, class) = match word.rsplit_once('/') {
            Some((text, "N")) => (text, Some(Class::Noun)),
            Some((text, "V")) => (text, Some(Class::Verb)),
            Some((text, "A")) => (text, Some(Class::Adjective)),
            Some((_, other)) if !word.starts_with('/') => {
                return Err(Fault { message: format!("a part of speech is `/N`, `/V` or `/A`, not `/{other}`"), at });
            }
            _ => (word, None),
        };
        if text.is_empty() {
            let message = match rest.chars().next() {
                Some('?') => "`?` follows what may be missing".into(),
                Some(c) if !exact && !c.is_whitespace() => format!("`{c}` does not stand here"),
                _ => "`=` is followed by a word".into(),
            };
            return Err(Fault { message, at });
        }
        if let Some(odd) = text.find(['*', '[', ']', '^', '\\', '$', '#']).filter(|_| text.len() > 1) {
            let sign = text[odd..].chars().next().unwrap_or(' ');
            return Err(Fault {
                message: format!("`{sign}` has no meaning in a pattern; there are no regular expressions"),
                at: at + odd,
            });
        }
        Ok(Element::Word { text: text.to_owned(), exact, class })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_fault(pattern: &str, message: &str, at: usize) {
        let fault = parse(pattern).expect_err(pattern);
        assert_eq!((fault.message.as_str(), fault.at), (message, at), "{pattern}");
    }

    #[test]
    fn every_construct_is_read() {
        let read = parse("=Talks word/N (a b|c) x? ..3 <russia> $who:person #n:person !not_that").expect("it is right");
        assert_eq!(read.len(), 9);
        assert_eq!(read[0].element, Element::Word { text: "Talks".into(), exact: true, class: None });
        assert_eq!(read[1].element, Element::Word { text: "word".into(), exact: false, class: Some(Class::Noun) });
        assert_eq!(read[4].element, Element::Gap(3));
        assert_eq!(read[7].element, Element::Number { capture: "n".into(), unit: "person".into() });
        assert!(parse("{a b (c|d)}").is_ok());
        assert!(parse("1.5 28-point n't 's %").is_ok());
    }

    #[test]
    fn faults_name_their_place() {
        check_fault("a (b|c", "`(` is not closed by `)`", 2);
        check_fault("a b)", "`)` closes nothing", 3);
        check_fault("a | b", "`|` stands only inside `( )`", 2);
        check_fault("a ..0 b", "a gap is `..N` with N from 1 to 20", 2);
        check_fault("a ..99 b", "a gap is `..N` with N from 1 to 20", 2);
        check_fault("a ..3", "a gap at the edge of a pattern does nothing", 2);
        check_fault("(a|) b", "an alternative is empty; write `x?` for what may be missing", 3);
        check_fault("<a b>", "an entity or group is written `<id>`", 0);
        check_fault("kill $n", "a capture is written `$name:type`", 5);
        check_fault("kill #n", "a capture is written `#name:unit`", 5);
        check_fault("word/X", "a part of speech is `/N`, `/V` or `/A`, not `/X`", 0);
        check_fault("talk.*", "`*` has no meaning in a pattern; there are no regular expressions", 5);
        check_fault("a (b {c d})", "`{ }` stands only at the outermost level", 5);
        check_fault("  ", "the pattern is empty", 0);
        check_fault("a<b>", "a blank is missing before `<`", 1);
        check_fault("?", "`?` follows what may be missing", 0);
        check_fault("!!a", "`!` marks a word or a group", 0);
    }

    #[test]
    fn long_and_deep_patterns_are_refused() {
        assert!(parse(&"a ".repeat(65)).is_err());
        assert!(parse(&"a".repeat(501)).is_err());
        assert!(parse(&"(".repeat(400)).is_err());
        assert!(parse(&"!".repeat(400)).is_err());
    }

    #[test]
    fn reading_never_panics() {
        let signs = ["a", " ", "(", ")", "|", "{", "}", "<", ">", "$", "#", "..", "3", "?", "!", "=", "/", ":", "é"];
        for one in signs {
            for two in signs {
                for three in signs {
                    let _ = parse(&[one, two, three, one].concat());
                }
            }
        }
    }
}
