//! Text for people: wrapping at a width, marking words, and two columns. Knows colours and widths, no conflicts.

use crate::base::Span;

/// How text for people is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Columns of the page.
    pub width: usize,
    /// Whether marks are colours; without colour they are a line of `^` below.
    pub colour: bool,
}

impl Default for Style {
    fn default() -> Self {
        Self { width: 80, colour: false }
    }
}

/// What a piece of text is, which decides how it is drawn in colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// Headings and names.
    Strong,
    /// Places, ids and other small print.
    Faint,
    /// Words that clash.
    Mark,
    /// What is severe.
    Alarm,
    /// What is a warning.
    Caution,
}

impl Style {
    /// Text in an ink; unchanged without colour.
    pub fn paint(self, ink: Ink, text: &str) -> String {
        if !self.colour || text.is_empty() {
            return text.to_owned();
        }
        let (on, off) = match ink {
            Ink::Strong => ("\x1b[1m", "\x1b[0m"),
            Ink::Faint => ("\x1b[2m", "\x1b[0m"),
            Ink::Mark => ("\x1b[1;4;33m", "\x1b[0m"),
            Ink::Alarm => ("\x1b[1;31m", "\x1b[0m"),
            Ink::Caution => ("\x1b[33m", "\x1b[0m"),
        };
        format!("{on}{text}{off}")
    }
}

/// Text on one line, with the places of marked words in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marked {
    chars: Vec<(char, bool)>,
}

impl Marked {
    /// Takes `text`, which stands at `at` in its article, with the marked spans of that article. White space becomes single blanks.
    pub fn new(text: &str, at: Span, marks: &[Span]) -> Self {
        let mut chars: Vec<(char, bool)> = Vec::with_capacity(text.len());
        for (offset, c) in text.char_indices() {
            let place = at.start as usize + offset;
            let marked = marks.iter().any(|mark| (mark.start as usize..mark.end as usize).contains(&place));
            if !c.is_whitespace() {
                chars.push((c, marked));
            } else if chars.last().is_some_and(|(last, _)| *last != ' ') {
                chars.push((' ', marked));
            }
        }
        // A clause that ends before an insertion keeps its dash or comma, which means nothing here.
        while chars.last().is_some_and(|(c, _)| matches!(c, ' ' | '—' | '–' | ',' | ';')) {
            chars.pop();
        }
        balance(&mut chars);
        Self { chars }
    }

    /// At most about `most` characters, cut at word ends, keeping the marked words in view.
    pub fn shortened(mut self, most: usize) -> Self {
        if self.chars.len() <= most {
            return self;
        }
        let last_mark = self.chars.iter().rposition(|(_, marked)| *marked).unwrap_or(0);
        let first_mark = self.chars.iter().position(|(_, marked)| *marked).unwrap_or(0);
        let blank = |chars: &[(char, bool)], from: usize| chars[from..].iter().position(|(c, _)| *c == ' ').map(|n| from + n);
        if last_mark + 20 < most {
            let end = blank(&self.chars, most.min(self.chars.len() - 1)).unwrap_or(self.chars.len());
            if end < self.chars.len() {
                self.chars.truncate(end);
                self.chars.extend([(' ', false), ('…', false)]);
            }
            return self;
        }
        let start = first_mark.saturating_sub(60);
        let start = if start == 0 { 0 } else { blank(&self.chars, start).map_or(start, |at| at + 1).min(first_mark) };
        let end = (last_mark + 60).max(start + most / 2).min(self.chars.len());
        let end = if end == self.chars.len() { end } else { blank(&self.chars, end - 1).unwrap_or(self.chars.len()) };
        let mut out = Vec::with_capacity(end - start + 4);
        if start > 0 {
            out.extend([('…', false), (' ', false)]);
        }
        out.extend_from_slice(&self.chars[start..end]);
        if end < self.chars.len() {
            out.extend([(' ', false), ('…', false)]);
        }
        self.chars = out;
        self
    }

    /// Lines of at most `width` columns; without colour a line of `^` follows one with marks.
    pub fn lines(&self, width: usize, style: Style) -> Vec<String> {
        let mut out = Vec::new();
        for (start, end) in breaks(&self.chars, width.max(10)) {
            let line = &self.chars[start..end];
            if style.colour {
                out.push(coloured(line, style));
                continue;
            }
            out.push(line.iter().map(|(c, _)| *c).collect());
            if line.iter().any(|(_, marked)| *marked) {
                let below: String = line.iter().map(|(_, marked)| if *marked { '^' } else { ' ' }).collect();
                out.push(below.trim_end().to_owned());
            }
        }
        out
    }

    /// The text with marks as `before` and `after` around each marked run.
    pub fn inline(&self, before: &str, after: &str, escape: impl Fn(char) -> String) -> String {
        let mut out = String::new();
        let mut on = false;
        for (at, (c, marked)) in self.chars.iter().enumerate() {
            let goes_on = *marked || (on && *c == ' ' && self.chars.get(at + 1).is_some_and(|(_, next)| *next));
            if goes_on != on {
                out.push_str(if goes_on { before } else { after });
                on = goes_on;
            }
            out.push_str(&escape(*c));
        }
        if on {
            out.push_str(after);
        }
        out
    }
}

/// A claim may begin or end inside a quotation: the mark that its sentence has further on is shown, so that both ends are there.
fn balance(chars: &mut Vec<(char, bool)>) {
    let count = |chars: &[(char, bool)], mark: char| chars.iter().filter(|(c, _)| *c == mark).count();
    let first = |mark: char| chars.iter().position(|(c, _)| *c == mark);
    if first('”').is_some_and(|close| first('“').is_none_or(|open| close < open)) {
        chars.insert(0, ('“', false));
    }
    if count(chars, '“') > count(chars, '”') {
        chars.push(('”', false));
    }
}

fn coloured(line: &[(char, bool)], style: Style) -> String {
    let mut out = String::new();
    for run in line.chunk_by(|a, b| a.1 == b.1) {
        let text: String = run.iter().map(|(c, _)| *c).collect();
        out.push_str(&if run[0].1 { style.paint(Ink::Mark, &text) } else { text });
    }
    out
}

/// Where lines begin and end so that none is wider than `width`; breaks at blanks where it can.
fn breaks(chars: &[(char, bool)], width: usize) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let mut start = 0;
    while start < chars.len() {
        let full = (start + width).min(chars.len());
        let end = if full == chars.len() || chars[full].0 == ' ' {
            full
        } else {
            chars[start..full].iter().rposition(|(c, _)| *c == ' ').map_or(full, |at| start + at)
        };
        let end = if end == start { full } else { end };
        out.push((start, end));
        start = end;
        while chars.get(start).is_some_and(|(c, _)| *c == ' ') {
            start += 1;
        }
    }
    out
}

/// Plain text wrapped at a width.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    Marked::new(text, Span::default(), &[]).lines(width, Style::default())
}

/// Number of columns, colours aside.
pub fn columns(text: &str) -> usize {
    let mut count = 0;
    let mut escaped = false;
    for c in text.chars() {
        match c {
            '\x1b' => escaped = true,
            'm' if escaped => escaped = false,
            _ if escaped => {}
            _ => count += 1,
        }
    }
    count
}

/// Two blocks side by side, each `width` columns wide, with `between` in the middle.
pub fn beside(left: &[String], right: &[String], width: usize, between: &str) -> Vec<String> {
    (0..left.len().max(right.len()))
        .map(|at| {
            let (one, two) = (left.get(at).map_or("", String::as_str), right.get(at).map_or("", String::as_str));
            let gap = " ".repeat(width.saturating_sub(columns(one)));
            format!("{one}{gap}{between}{two}").trim_end().to_owned()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_to_the_width_and_marks_stand_below() {
        let text = "The bridge was not reopened on Sunday.";
        let marked = Marked::new(text, Span::new(100, 138), &[Span::new(115, 118)]);
        assert_eq!(marked.lines(20, Style::default()), ["The bridge was not", "               ^^^", "reopened on Sunday."]);
        assert_eq!(marked.inline("[", "]", |c| c.to_string()), "The bridge was [not] reopened on Sunday.");
        let style = Style { colour: true, ..Style::default() };
        assert_eq!(columns(&marked.lines(80, style)[0]), 38);
    }

    #[test]
    fn long_words_and_narrow_pages_do_not_loop() {
        assert_eq!(wrap("abcdefghijklmnop", 10), ["abcdefghij", "klmnop"]);
        assert_eq!(wrap("", 10), Vec::<String>::new());
    }

    #[test]
    fn shortening_keeps_the_marked_words() {
        let text = format!("{} not {}", "word ".repeat(100).trim(), "word ".repeat(100).trim());
        let at = text.find("not").unwrap();
        let short = Marked::new(&text, Span::new(0, text.len()), &[Span::new(at, at + 3)]).shortened(200);
        let shown = short.inline("[", "]", |c| c.to_string());
        assert!(shown.starts_with("… word") && shown.ends_with("word …") && shown.contains("[not]"), "{shown}");
        assert!(shown.chars().count() < 240);
    }

    #[test]
    fn cut_quotations_get_their_marks() {
        let shown = |text: &str| wrap(text, 80).join("");
        assert_eq!(shown("Ann: “We are open"), "Ann: “We are open”");
        assert_eq!(shown("We are open,” Ann said"), "“We are open,” Ann said");
        assert_eq!(shown("“We are open,” Ann said"), "“We are open,” Ann said");
    }

    #[test]
    fn columns_stand_side_by_side() {
        let (left, right) = (["ab".to_owned()], ["cd".to_owned(), "e".to_owned()]);
        assert_eq!(beside(&left, &right, 4, " | "), ["ab   | cd", "     | e"]);
    }
}
