//! Marks what of an article's text is no statement of it: menus, lists of other stories, bylines, share bars, footers, disclaimers.
//!
//! In: the text line by line, a title where metadata gave one. Out: sorted, disjoint spans with reasons, the headline's span, headings,
//! dates beside the headline, publisher where a footer states it. Offsets never shift: nothing is cut out. It looks at the layout
//! (short lines without end stop in runs, time stamps between lines, place before the headline or after the last paragraph) and at the
//! phrases of the lexicon; it knows no site.

use super::date::Calendar;
use super::phrases::{Fit, Phrases, bare, normal};
use crate::article::Skipped;
use crate::base::Span;
use crate::lexicon::Lexicon;
use jiff::civil::Date;
use std::collections::HashMap;

/// The tables that marking needs, compiled once.
#[derive(Debug)]
pub struct Furniture {
    phrases: Phrases,
    /// Month and weekday names.
    pub calendar: Calendar,
}

/// What the layout of one text says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layout {
    /// Sorted, disjoint.
    pub skipped: Vec<Skipped>,
    /// The headline, where it stands in the text.
    pub title: Option<Span>,
    /// Standfirst and section headings.
    pub headings: Vec<Span>,
    /// A date beside the headline or at the head of the first paragraph.
    pub date: Option<Date>,
    /// Who the footer says holds the copyright, or whose masthead the footer repeats.
    pub publisher: Option<String>,
}

#[derive(Clone, Debug)]
struct Line<'a> {
    span: Span,
    text: &'a str,
    words: usize,
    kind: Kind,
    hit: Option<(Fit, &'a str)>,
    /// Set once the line is known to be furniture.
    reason: Option<&'a str>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// A sentence or more.
    Prose,
    /// A few words without end stop.
    Short,
    /// A few words with end stop: prose between prose, else nothing.
    Snippet,
    /// A time stamp.
    Stamp,
    /// Several items side by side.
    Bar,
    /// No words, an address, or names of things no reader sees.
    Remnant,
}

impl Furniture {
    /// Compiles the lexicon's phrases and calendar.
    pub fn new(lexicon: &Lexicon) -> Self {
        let rows = lexicon.furniture.iter().map(|(phrase, reason)| (phrase.as_str(), reason.as_str()));
        Self { phrases: Phrases::new(rows), calendar: Calendar::new(lexicon) }
    }

    /// Reads the layout of `text`. `from` is where the article begins (after front matter); `title` is the headline as metadata has it.
    pub fn read(&self, text: &str, from: usize, title: Option<&str>) -> Layout {
        let mut lines = self.lines(text, from);
        let mut layout = Layout::default();
        if lines.is_empty() {
            return layout;
        }
        self.mark_notices(&mut lines);
        let named = title.and_then(|title| named_line(&lines, title));
        let body = self.body(&mut lines, named.map_or(0, |at| at + 1));
        let head = if title.is_some() { named } else { title_line(&lines, body.start) };
        layout.title = head.map(|at| title_span(&lines[at]));
        self.head(&mut lines, head, body.start, &mut layout);
        self.middle(&mut lines, body.clone(), &mut layout);
        for line in &mut lines[body.end..] {
            let reason = line.hit.map_or("after the article", |(_, reason)| reason);
            line.reason.get_or_insert(reason);
        }
        if let Some(at) = head {
            let title = normal(bare(lines[at].text));
            for line in lines
                .iter_mut()
                .enumerate()
                .filter(|(other, line)| *other != at && line.words >= 3 && line.reason.is_none())
                .map(|(_, l)| l)
            {
                if line.kind != Kind::Prose && normal(bare(line.text)) == title {
                    line.reason = Some("repeated headline");
                }
            }
            lines[at].reason = None;
        }
        layout.headings.retain(|span| !lines.iter().any(|line| line.span == *span && line.reason.is_some()));
        layout.publisher = self.publisher(&lines, body.start);
        if let Some(first) = lines[body.clone()].iter().find(|line| line.kind == Kind::Prose && line.reason.is_none()) {
            self.dateline(first, &mut layout);
        }
        let marked =
            lines.iter().filter_map(|line| line.reason.map(|reason| Skipped { span: line.span, reason: reason.to_owned() }));
        layout.skipped.extend(marked);
        layout.skipped.sort();
        layout.headings.sort();
        layout
    }

    fn lines<'a>(&'a self, text: &'a str, from: usize) -> Vec<Line<'a>> {
        let mut lines = Vec::new();
        for span in blocks(text, from) {
            let trimmed = span.of(text);
            let words = trimmed.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count();
            let hit = (words <= 120).then(|| self.phrases.hit(trimmed)).flatten().map(|hit| (hit.fit, hit.reason));
            lines.push(Line { span, text: trimmed, words, kind: self.kind(trimmed, words), hit, reason: None });
        }
        lines
    }

    fn kind(&self, line: &str, words: usize) -> Kind {
        if words == 0 || is_remnant(line, words) {
            return Kind::Remnant;
        }
        // "— Ann Orre (@annorre) May 3, 2024" signs the quoted message above it.
        if self.calendar.is_stamp(line) && !line.starts_with(['—', '–']) {
            return Kind::Stamp;
        }
        let stops = ends_sentence(line);
        let inner = has_inner_end(line);
        match words {
            _ if stops && words >= 4 => Kind::Prose,
            _ if words >= 25 || (inner && words >= 10) || (line.ends_with(':') && words >= 7) => Kind::Prose,
            _ if stops => Kind::Snippet,
            _ if is_bar(line) => Kind::Bar,
            _ => Kind::Short,
        }
    }

    /// Marks lines whose words alone settle it: short ones by any phrase, paragraphs by how they begin.
    fn mark_notices(&self, lines: &mut [Line<'_>]) {
        for line in lines.iter_mut() {
            let Some((fit, reason)) = line.hit else { continue };
            let settled = match fit {
                Fit::Whole => true,
                Fit::Begins | Fit::Ends => {
                    line.kind != Kind::Prose && line.words <= 14
                        || matches!(reason, "copyright" | "disclaimer" | "story link") && line.words <= 30
                }
                Fit::Within => line.words <= 18,
            };
            // "By the time the gates were opened …" begins like a byline and is none.
            let named = !matches!(reason, "byline" | "dateline") || fit == Fit::Whole || line.kind != Kind::Prose;
            if settled && named {
                line.reason = Some(reason);
            }
        }
    }

    /// From the first paragraph to one past the last; notices and lists of other stories at the end are left out.
    fn body(&self, lines: &mut [Line<'_>], from: usize) -> std::ops::Range<usize> {
        let open = |line: &Line<'_>| line.kind == Kind::Prose && line.reason.is_none();
        let begins = |at: usize| open(&lines[at]) && lines[at].hit.is_none_or(|(fit, _)| fit == Fit::Begins);
        // "Will the quay open?" above a byline is a headline, though it ends like a sentence.
        let headline = |at: usize| asks_or_quotes(&lines[at]) && lines.get(at + 1).is_some_and(|next| next.kind != Kind::Prose);
        let first =
            (from..lines.len()).find(|at| begins(*at) && !headline(*at)).or_else(|| (from..lines.len()).find(|at| begins(*at)));
        let Some(first) = first else {
            // No paragraph at all: short texts ("The bridge is open") are what they are.
            let start = lines.iter().skip(from).position(|line| line.reason.is_none()).map_or(from, |at| at + from);
            let end = lines.iter().rposition(|line| line.reason.is_none()).map_or(start, |at| at + 1);
            return start..end.max(start);
        };
        self.sections(lines, first);
        let mut end = lines.len();
        loop {
            let Some(last) = lines[first..end].iter().rposition(open).map(|at| at + first) else { return first..first };
            let within =
                lines[last].hit.is_some_and(|(fit, reason)| fit != Fit::Begins || !matches!(reason, "byline" | "dateline"));
            let quoted = lines[last].text.contains(['“', '"']);
            let address = !quoted && last > first + 1 && self.phrases.address(lines[last].text) >= 3;
            if last > first && (within || address) {
                lines[last].reason =
                    Some(if within { lines[last].hit.map_or("footer", |(_, reason)| reason) } else { "about the publisher" });
                end = last;
                continue;
            }
            // Short sentences right after the last paragraph still belong to it.
            let tail = lines[last + 1..end].iter().take_while(|line| line.kind == Kind::Snippet && line.reason.is_none()).count();
            return first..last + 1 + tail;
        }
    }

    /// Marks what follows a heading of another list ("Related stories"), and lines that alternate with time stamps.
    fn sections(&self, lines: &mut [Line<'_>], first: usize) {
        let mut at = first + 1;
        while at < lines.len() {
            let opener = matches!(lines[at].hit, Some((Fit::Whole, "related stories" | "comments")));
            if opener {
                let reason = lines[at].hit.map_or("related stories", |(_, reason)| reason);
                let end = section_end(lines, at + 1);
                for line in &mut lines[at..end] {
                    let own = line.hit.filter(|(fit, _)| line.kind == Kind::Prose || *fit == Fit::Whole).map(|(_, own)| own);
                    line.reason.get_or_insert(own.unwrap_or(reason));
                }
                at = end.max(at + 1);
                continue;
            }
            let beside = |other: Option<&Line<'_>>| other.is_some_and(|line| line.kind == Kind::Stamp);
            let (below, above) = (beside(lines.get(at + 1)), beside(at.checked_sub(1).and_then(|before| lines.get(before))));
            let listed = match lines[at].kind {
                Kind::Prose => lines[at].words <= 16 && below && above,
                _ => below || above || starts_with_clock(lines[at].text),
            };
            if lines[at].kind == Kind::Stamp || listed {
                lines[at].reason.get_or_insert("headline list");
            }
            at += 1;
        }
    }

    /// Marks what stands before the headline and between it and the first paragraph; takes the date from there.
    fn head<'a>(&self, lines: &mut [Line<'a>], title: Option<usize>, body: usize, layout: &mut Layout) {
        let after = title.map_or(0, |at| at + 1);
        for line in &mut lines[..title.unwrap_or(0).min(body)] {
            line.reason.get_or_insert(match line.kind {
                Kind::Stamp => "page clock",
                Kind::Remnant => "remnant",
                _ => "before the headline",
            });
        }
        for line in lines.iter_mut().take(body).skip(after) {
            if line.kind == Kind::Stamp || matches!(line.reason, Some("dateline" | "byline")) {
                layout.date = layout.date.or_else(|| self.calendar.find(line.text).map(|found| found.date));
                line.reason.get_or_insert("dateline");
            }
            let label = match line.kind {
                Kind::Remnant => "remnant",
                Kind::Bar => "menu",
                Kind::Short if line.words <= 4 => "byline",
                _ => {
                    if line.reason.is_none() {
                        layout.headings.push(line.span);
                    }
                    continue;
                }
            };
            line.reason.get_or_insert(label);
        }
        if layout.date.is_none()
            && let Some(at) = title.filter(|at| *at > 0 && *at <= 2)
        {
            let above = &lines[at - 1];
            if above.kind == Kind::Stamp {
                layout.date = self.calendar.find(above.text).map(|found| found.date);
            }
        }
    }

    /// Tells headings from links between the paragraphs.
    fn middle<'a>(&self, lines: &mut [Line<'a>], body: std::ops::Range<usize>, layout: &mut Layout) {
        let prose = lines[body.clone()].iter().any(|line| line.kind == Kind::Prose);
        let mut at = body.start;
        while at < body.end {
            let run =
                lines[at..body.end].iter().take_while(|line| line.kind != Kind::Prose && line.kind != Kind::Snippet).count();
            if run == 0 {
                at += 1;
                continue;
            }
            let here = &mut lines[at..at + run];
            let short = here.iter().filter(|line| line.kind == Kind::Short && line.reason.is_none()).count();
            let labels = short >= 3 && here.iter().all(|line| line.words <= 3 || in_title_case(line.text));
            for line in here {
                match line.kind {
                    Kind::Remnant => drop(line.reason.get_or_insert("remnant")),
                    Kind::Bar => drop(line.reason.get_or_insert("menu")),
                    Kind::Stamp => drop(line.reason.get_or_insert("headline list")),
                    _ if labels => drop(line.reason.get_or_insert("list of links")),
                    _ if prose && line.reason.is_none() && !is_item(line.text) && line.words <= 14 => {
                        layout.headings.push(line.span)
                    }
                    _ => {}
                }
            }
            at += run;
        }
    }

    /// The holder of the copyright, else a masthead above the headline that the foot of the page names again.
    fn publisher(&self, lines: &[Line<'_>], body: usize) -> Option<String> {
        let foot = || lines.iter().skip(body).filter(|line| line.reason.is_some()).rev().take(12);
        if let Some(owner) = foot().find_map(|line| copyright_owner(line.text)) {
            return Some(owner);
        }
        let masthead = lines.iter().take(body.min(3)).find(|line| {
            line.reason.is_some() && line.hit.is_none() && (2..=5).contains(&line.words) && line.kind == Kind::Short
        })?;
        let name = bare(masthead.text).to_lowercase();
        foot().find_map(|line| {
            let at = line.text.to_lowercase().find(&name)?;
            line.text.get(at..at + name.len()).map(str::to_owned)
        })
    }

    /// "ORSA, March 3 (Wire) —" before the first sentence.
    fn dateline(&self, first: &Line<'_>, layout: &mut Layout) {
        let Some((at, dash)) = first.text.char_indices().take(70).find(|(at, c)| {
            matches!(c, '—' | '–') || (*c == '-' && first.text[..*at].ends_with(' ') && first.text[at + 1..].starts_with(' '))
        }) else {
            return;
        };
        let before = first.text[..at].trim_end();
        let place = before.split([',', '(']).next().unwrap_or("").trim();
        let capitals = place.chars().filter(|c| c.is_alphabetic()).count() >= 3 && !place.chars().any(char::is_lowercase);
        let agency = before.ends_with(')') && before.contains('(') && before.split_whitespace().count() <= 6;
        let date = self.calendar.find(before);
        let stamped = date.as_ref().is_some_and(|found| found.other_words <= 3);
        if !(capitals || agency || stamped) || before.split_whitespace().count() > 9 || place.is_empty() {
            return;
        }
        layout.date = layout.date.or(date.map(|found| found.date));
        let start = first.span.start as usize;
        layout.skipped.push(Skipped { span: Span::new(start, start + at + dash.len_utf8()), reason: "dateline".to_owned() });
    }
}

/// The lines of a text, trimmed, empty ones left out; lines of a hard-wrapped paragraph are one.
fn blocks(text: &str, from: usize) -> Vec<Span> {
    let mut raw = Vec::new();
    let mut at = from;
    for line in text.get(from..).unwrap_or("").split_inclusive('\n') {
        let trimmed = line.trim();
        let start = at + (line.len() - line.trim_start().len());
        raw.push(Span::new(start, start + trimmed.len()));
        at += line.len();
    }
    let goes_on = |pair: &[Span]| {
        let (line, next) = (pair[0].of(text), pair[1].of(text));
        line.len() >= 50 && !ends_sentence(line) && next.starts_with(char::is_lowercase)
    };
    let longest = raw.iter().map(|span| span.len()).max().unwrap_or(0);
    let wrapped = longest <= 110 && raw.windows(2).filter(|pair| goes_on(pair)).count() >= 2;
    let mut blocks: Vec<Span> = Vec::new();
    let mut open = false;
    for (at, span) in raw.iter().enumerate() {
        if span.is_empty() {
            open = false;
            continue;
        }
        let full = at > 0 && raw[at - 1].len() * 10 >= longest * 7;
        match blocks.last_mut() {
            Some(last) if open && wrapped && full => last.end = span.end,
            _ => blocks.push(*span),
        }
        open = true;
    }
    blocks
}

/// Where the list after a heading ends: before the next two paragraphs in a row, else at the end of the text.
fn section_end(lines: &[Line<'_>], from: usize) -> usize {
    let prose =
        |at: usize| lines.get(at).is_some_and(|line| line.kind == Kind::Prose && line.reason.is_none() && line.hit.is_none());
    let later = (from..lines.len()).find(|at| prose(*at) && prose(at + 1));
    match later {
        Some(_) => (from..lines.len()).find(|at| prose(*at)).unwrap_or(lines.len()),
        None => lines.len(),
    }
}

/// The line near the top that says the headline as metadata has it, or most of it.
fn named_line(lines: &[Line<'_>], title: &str) -> Option<usize> {
    let title = normal(bare(title));
    lines.iter().take(40).position(|line| {
        let text = normal(bare(line.text));
        !text.is_empty() && (text == title || (text.len() * 2 > title.len() && line.words >= 3 && title.starts_with(&text)))
    })
}

/// A question or a quotation of the length of a headline.
fn asks_or_quotes(line: &Line<'_>) -> bool {
    line.kind == Kind::Prose && line.words <= 20 && line.text.ends_with(['?', '”', '"'])
}

/// Chooses the headline: a line that stands there twice; else the last line of four words or more before the first paragraph, or the
/// first of two such lines in a row, the second being the standfirst.
fn title_line(lines: &[Line<'_>], body: usize) -> Option<usize> {
    let fits = |line: &Line<'_>| {
        line.kind == Kind::Short && line.reason.is_none() && !starts_with_clock(line.text) || asks_or_quotes(line)
    };
    let mut counts: HashMap<String, usize> = HashMap::new();
    for line in lines.iter().take(body + 2).filter(|line| line.words >= 3) {
        *counts.entry(normal(bare(line.text))).or_default() += 1;
    }
    let twice = lines
        .iter()
        .take(body)
        .position(|line| fits(line) && line.words >= 4 && counts.get(&normal(bare(line.text))).is_some_and(|n| *n > 1));
    if twice.is_some() {
        return twice;
    }
    let long: Vec<usize> = (0..body).filter(|at| fits(&lines[*at]) && lines[*at].words >= 4).collect();
    if let [.., first, second] = long[..]
        && second == first + 1
        && (long.len() == 2 || long[long.len() - 3] + 1 < first)
    {
        return Some(first);
    }
    if long.is_empty() && body == 0 && lines.len() > 1 {
        // A headline that ends like a sentence is a question or a quotation on a line of its own above longer paragraphs.
        return (asks_or_quotes(&lines[0]) && lines[0].words <= 14 && lines[1].words > 20).then_some(0);
    }
    long.last()
        .copied()
        .or_else(|| (0..body).filter(|at| fits(&lines[*at]) && lines[*at].words >= 2).max_by_key(|at| lines[*at].words))
}

/// The headline without Markdown marks around it.
fn title_span(line: &Line<'_>) -> Span {
    let inner = line.text.trim_matches(|c| matches!(c, '#' | '*' | ' ' | '='));
    let lead = inner.as_ptr() as usize - line.text.as_ptr() as usize;
    let start = line.span.start as usize + lead;
    Span::new(start, start + inner.len())
}

/// Whether a line ends like a sentence, closing marks aside.
fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(['"', '”', '’', '\'', ')', ']', '»', '*', '_']).ends_with(['.', '!', '?', '…'])
}

/// Whether a sentence ends inside the line.
fn has_inner_end(line: &str) -> bool {
    let mut words = line.split_whitespace().peekable();
    while let Some(word) = words.next() {
        let next = words.peek().is_some_and(|next| next.trim_start_matches(['“', '"', '‘']).starts_with(char::is_uppercase));
        let letters = word.trim_matches(|c: char| !c.is_alphanumeric());
        if next && letters.chars().count() > 3 && ends_sentence(word) {
            return true;
        }
    }
    false
}

/// Items side by side: "News | Region | Harbour", "Home / City / Sport", "Save   Share   Comments".
fn is_bar(line: &str) -> bool {
    let by = |mark: &str| line.split(mark).filter(|item| !item.trim().is_empty()).collect::<Vec<_>>();
    ["|", " / ", "   ", "  ", "\t", " · ", " • ", " » ", " > ", " – "].iter().any(|mark| {
        let items = by(mark);
        items.len() >= 3 && items.iter().all(|item| item.split_whitespace().count() <= 4)
    })
}

/// Addresses, identifiers and the like.
fn is_remnant(line: &str, words: usize) -> bool {
    let odd = |word: &str| {
        word.contains('_') || word.contains("://") || word.starts_with("www.") || word.starts_with('@') && words <= 2
    };
    words <= 3 && line.split_whitespace().any(odd)
}

/// A bullet or number in front.
fn is_item(line: &str) -> bool {
    line.starts_with(['-', '•', '*', '–', '—', '+', '·'])
        || line
            .split_once(['.', ')'])
            .is_some_and(|(n, _)| !n.is_empty() && n.len() <= 2 && n.bytes().all(|b| b.is_ascii_digit()))
}

/// "11:52 Harbour tolls to rise", "08.15 …".
fn starts_with_clock(line: &str) -> bool {
    let word = line.split_whitespace().next().unwrap_or("");
    let Some((hours, minutes)) = word.split_once([':', '.']) else { return false };
    (1..=2).contains(&hours.len())
        && minutes.len() == 2
        && hours.parse::<u8>().is_ok_and(|h| h < 24)
        && minutes.parse::<u8>().is_ok_and(|m| m < 60)
}

/// Whether most longer words have a capital.
fn in_title_case(line: &str) -> bool {
    let long: Vec<&str> = line.split_whitespace().filter(|word| word.chars().count() >= 4).collect();
    let capital = long
        .iter()
        .filter(|word| {
            word.trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with(|c: char| c.is_uppercase() || c.is_numeric())
        })
        .count();
    !long.is_empty() && capital * 10 >= long.len() * 7
}

/// "© 2025 Straits Wire. All rights reserved." → Straits Wire.
fn copyright_owner(line: &str) -> Option<String> {
    let lower = line.to_ascii_lowercase();
    let sign = ["©", "(c)"].iter().filter_map(|mark| lower.find(mark).map(|at| at + mark.len())).min();
    let word = || {
        lower
            .match_indices("copyright ")
            .find(|(at, _)| *at == 0 || lower[..*at].trim_end().ends_with(['.', '|']))
            .map(|(at, word)| at + word.len())
    };
    let at = sign.or_else(word)?;
    let mut rest = line.get(at..)?;
    loop {
        let trimmed = rest.trim_start_matches(|c: char| {
            c.is_ascii_digit() || c.is_whitespace() || matches!(c, '©' | ',' | '-' | '–' | ':' | '|')
        });
        let cut = ["(c)", "copyright", "by "].iter().find_map(|mark| {
            trimmed.get(..mark.len()).filter(|head| head.eq_ignore_ascii_case(mark)).map(|_| &trimmed[mark.len()..])
        });
        match cut {
            Some(shorter) => rest = shorter,
            None => {
                rest = trimmed;
                break;
            }
        }
    }
    let end = rest.char_indices().find(|(at, c)| {
        matches!(c, '|' | '•' | '·' | '\n') || (*c == '.' && rest[at + 1..].chars().next().is_none_or(char::is_whitespace))
    });
    let mut owner = &rest[..end.map_or(rest.len(), |(at, _)| at)];
    let lower = owner.to_ascii_lowercase();
    if let Some(at) = ["all rights", " - ", " – "].iter().filter_map(|mark| lower.find(mark)).min() {
        owner = &owner[..at];
    }
    let owner = owner.trim_matches(|c: char| c.is_ascii_digit() || c.is_whitespace() || matches!(c, ',' | '-' | '–'));
    let words = owner.split_whitespace().count();
    (1..=6).contains(&words).then_some(owner).filter(|owner| owner.starts_with(char::is_uppercase)).map(str::to_owned)
}

#[cfg(test)]
mod tests;
