//! The furniture phrases of the lexicon, compiled for matching against lines.
//!
//! In: `(phrase, reason)` rows; `...` before or after a phrase says that more of the line may stand there. Out: the reasons that hold
//! for a line. Knows nothing of layout: what a hit means depends on where the line stands, which is `furniture`'s business.

use std::collections::HashMap;

/// How a phrase has to lie in its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// It is the whole line.
    Whole,
    /// The line begins with it.
    Begins,
    /// The line ends with it.
    Ends,
    /// It stands anywhere in the line.
    Within,
}

/// A phrase that fits a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit<'a> {
    /// How it lies.
    pub fit: Fit,
    /// What it is a sign of.
    pub reason: &'a str,
}

/// All phrases, ready to match.
#[derive(Debug)]
pub struct Phrases {
    whole: HashMap<String, usize>,
    parts: aho_corasick::AhoCorasick,
    rows: Vec<Row>,
    reasons: Vec<String>,
    address: usize,
}

#[derive(Debug)]
struct Row {
    fit: Fit,
    reason: usize,
    /// Pieces of a phrase with a gap inside, after the first.
    rest: Vec<String>,
}

/// The reason whose words only count together.
const ADDRESS: &str = "reader address";

impl Phrases {
    /// Compiles rows; of equal phrases the first counts.
    pub fn new<'a>(rows: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut phrases = Self {
            whole: HashMap::new(),
            parts: aho_corasick::AhoCorasick::new(Vec::<String>::new()).expect("an empty automaton always builds"),
            rows: Vec::new(),
            reasons: Vec::new(),
            address: usize::MAX,
        };
        let mut patterns = Vec::new();
        for (phrase, reason) in rows {
            let number = phrases.reasons.iter().position(|known| known == reason).unwrap_or_else(|| {
                phrases.reasons.push(reason.to_owned());
                phrases.reasons.len() - 1
            });
            if reason == ADDRESS {
                phrases.address = number;
            }
            let (before, after) = (phrase.starts_with("..."), phrase.ends_with("..."));
            let fit = match (before, after) {
                (false, false) => Fit::Whole,
                (false, true) => Fit::Begins,
                (true, false) => Fit::Ends,
                (true, true) => Fit::Within,
            };
            let mut pieces = phrase.trim_matches('.').split(" ... ").map(|piece| normal(piece.trim())).filter(|p| !p.is_empty());
            let Some(first) = pieces.next() else { continue };
            if fit == Fit::Whole {
                phrases.whole.entry(normal(phrase)).or_insert(number);
                continue;
            }
            phrases.rows.push(Row { fit, reason: number, rest: pieces.collect() });
            patterns.push(first);
        }
        phrases.parts = aho_corasick::AhoCorasick::new(patterns).expect("some hundred short patterns fit an automaton");
        phrases
    }

    /// The strongest hit of a line: whole before begins before ends before within; then file order.
    pub fn hit(&self, line: &str) -> Option<Hit<'_>> {
        let line = normal(line);
        if let Some(reason) = self.whole.get(bare(&line)) {
            return Some(Hit { fit: Fit::Whole, reason: &self.reasons[*reason] });
        }
        self.fitting(&line)
            .filter(|(_, row)| row.reason != self.address)
            .min_by_key(|(at, row)| (row.fit, *at))
            .map(|(_, row)| Hit { fit: row.fit, reason: &self.reasons[row.reason] })
    }

    /// How many different words of address to the reader a paragraph has outside quotation marks.
    pub fn address(&self, paragraph: &str) -> usize {
        let mut outside = String::with_capacity(paragraph.len());
        let mut quoted = false;
        for c in normal(paragraph).chars() {
            match c {
                '"' => quoted = !quoted,
                _ if !quoted => outside.push(c),
                _ => {}
            }
        }
        let mut rows: Vec<usize> =
            self.fitting(&outside).filter(|(_, row)| row.reason == self.address).map(|(at, _)| at).collect();
        rows.sort_unstable();
        rows.dedup();
        rows.len()
    }

    fn fitting<'a>(&'a self, line: &'a str) -> impl Iterator<Item = (usize, &'a Row)> + 'a {
        self.parts.find_overlapping_iter(line).filter_map(move |found| {
            let at = found.pattern().as_usize();
            let row = &self.rows[at];
            let (before, after) = (&line[..found.start()], &line[found.end()..]);
            let clear = |edge: Option<char>, inner: Option<char>| {
                !(edge.is_some_and(char::is_alphanumeric) && inner.is_some_and(char::is_alphanumeric))
            };
            let words = clear(before.chars().next_back(), line[found.start()..].chars().next())
                && (clear(after.chars().next(), line[..found.end()].chars().next_back()) || ends_in_digit(line, found.end()));
            let rest =
                row.rest.iter().try_fold(after, |tail, piece| tail.find(piece.as_str()).map(|at| &tail[at + piece.len()..]));
            let placed = match row.fit {
                Fit::Whole => false,
                Fit::Begins => bare(before).is_empty(),
                Fit::Ends => rest.is_some_and(|rest| bare(rest).is_empty()),
                Fit::Within => true,
            };
            (words && placed && rest.is_some()).then_some((at, row))
        })
    }
}

/// "© 20" may go on to "© 2025".
fn ends_in_digit(line: &str, end: usize) -> bool {
    line[..end].ends_with(|c: char| c.is_ascii_digit())
}

/// Lower case, one space between words, typographic marks folded.
pub fn normal(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    for word in line.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        for c in word.chars() {
            match c {
                '’' | '‘' | 'ʼ' => out.push('\''),
                '“' | '”' | '„' | '«' | '»' => out.push('"'),
                '–' | '—' => out.push('-'),
                '…' => out.push_str("..."),
                c => out.extend(c.to_lowercase()),
            }
        }
    }
    out
}

/// A line without the marks, bullets and bracketed numbers at its edges.
pub fn bare(line: &str) -> &str {
    let edge = |c: char| !c.is_alphanumeric() && !matches!(c, '©' | '(' | ')');
    let line = line.trim_matches(edge);
    let line = match line.rfind('(') {
        Some(at) if line.ends_with(')') && line[at + 1..line.len() - 1].chars().all(|c| c.is_ascii_digit() || c == ',') => {
            &line[..at]
        }
        _ => line,
    };
    line.trim_matches(edge)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, reason: Option<&str>) {
        let phrases = Phrases::new([
            ("follow us", "follow us"),
            ("by ...", "byline"),
            ("... hours ago", "dateline"),
            ("... all rights reserved ...", "copyright"),
            ("... © 20 ...", "copyright"),
            ("... is part of ... media ...", "footer"),
            ("... we ...", ADDRESS),
        ]);
        assert_eq!(phrases.hit(line).map(|hit| hit.reason), reason, "{line}");
    }

    #[test]
    fn phrases_fit_by_place() {
        check("**FOLLOW US:**", Some("follow us"));
        check("Follow us (12)", Some("follow us"));
        check("They follow us", None);
        check("By Ann Lee", Some("byline"));
        check("Bygone days", None);
        check("3 hours ago", Some("dateline"));
        check("Acme 2024. All rights reserved.", Some("copyright"));
        check("Acme © 2024", Some("copyright"));
        check("The Bee is part of Hive Media.", Some("footer"));
        check("The bee is part of a hive.", None);
        check("We met.", None);
    }
}
