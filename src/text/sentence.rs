//! Cuts a paragraph into sentences.
//!
//! In: the text, one block, the quotations. Out: spans in order that hold everything of the block but the white space between them.
//! Knows no tags: it looks at the mark, the word before it and the word after it. A quotation of several sentences is cut between
//! them, as the treebanks do; one that is a phrase of its sentence ("his “Go. Now.” note") is not.

use super::lemma;
use super::quote::Marks;
use super::words::{Abbreviation, Words};
use crate::base::Span;

/// Brackets longer than this in bytes do not protect what they hold.
const LONGEST_BRACKET: usize = 400;

/// Cuts one block.
pub(crate) fn split(text: &str, block: Span, quotes: &[Marks], words: &Words, found: &mut Vec<Span>) {
    let (from, to) = (block.start as usize, block.end as usize);
    let bytes = text.as_bytes();
    let mut start = from;
    let mut at = from;
    while at < to {
        if !matches!(bytes[at], b'.' | b'!' | b'?' | b';' | 0xe2 | 0xe3 | 0xef | b' ') {
            at += 1;
            continue;
        }
        let cut = boundary(text, start, at, to, quotes, words);
        match cut {
            Cut::Here(end) => {
                push(text, start, end, found);
                start = end + text[end..to].len() - text[end..to].trim_start().len();
                at = start.max(at + 1);
            }
            Cut::Not(next) => at = next.max(at + 1),
        }
        while at < to && !text.is_char_boundary(at) {
            at += 1;
        }
    }
    push(text, start, to, found);
}

fn push(text: &str, start: usize, end: usize, found: &mut Vec<Span>) {
    let body = &text[start..end];
    let trimmed = body.trim_start();
    let start = start + body.len() - trimmed.len();
    let trimmed = trimmed.trim_end();
    if !trimmed.is_empty() {
        found.push(Span::new(start, start + trimmed.len()));
    }
}

enum Cut {
    /// The sentence ends before this byte.
    Here(usize),
    /// No end up to this byte.
    Not(usize),
}

fn terminator(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '．' | '。' | '！' | '？')
}

fn closer(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | ')' | ']' | '»')
}

/// Judges the character at `at`.
fn boundary(text: &str, start: usize, at: usize, to: usize, quotes: &[Marks], words: &Words) -> Cut {
    let tail = &text[at..to];
    let Some(first) = tail.chars().next() else { return Cut::Not(at + 1) };
    if first == ' ' {
        return if starts_item(text, start, at, to) { Cut::Here(at) } else { Cut::Not(at + 1) };
    }
    if !terminator(first) {
        return Cut::Not(at + first.len_utf8());
    }
    // The run of marks, with spaces inside ". . ." only.
    let mut end = at;
    let mut marks = 0;
    let mut loud = false;
    let mut chars = tail.char_indices().peekable();
    while let Some((offset, c)) = chars.next() {
        if terminator(c) {
            marks += if c == '…' { 3 } else { 1 };
            loud |= matches!(c, '!' | '?' | '！' | '？');
            end = at + offset + c.len_utf8();
        } else if !(c == ' ' && chars.peek().is_some_and(|(_, n)| *n == '.') && text[..at + offset].ends_with('.')) {
            break;
        }
    }
    let marks_end = end;
    let mut quoted = false;
    for c in text[marks_end..to].chars() {
        // A straight mark that opens the next sentence's quotation does not close this one.
        let opens = quotes_open_at(quotes, end);
        if !closer(c) || opens {
            break;
        }
        quoted |= !matches!(c, ')' | ']');
        end += c.len_utf8();
    }
    // A footnote: "weak.[12]", or "first object." [20]
    let after = &text[end..to];
    if let Some(note) = after.trim_start().strip_prefix('[') {
        let digits = note.bytes().take_while(u8::is_ascii_digit).count();
        if digits > 0 && note[digits..].starts_with(']') && after.len() - note.len() <= 2 {
            end = to - (note.len() - digits - 1);
        }
    }
    // "[...]" leaves words out and ends nothing.
    if text[..at].ends_with('[') && text[marks_end..].starts_with(']') {
        return Cut::Not(end);
    }
    let rest = &text[end..to];
    if rest.trim_start().is_empty() {
        return Cut::Not(to);
    }
    let spaced = rest.starts_with(char::is_whitespace);
    let next = rest.trim_start();
    let full_width = matches!(first, '．' | '。' | '！' | '？');
    if !spaced && !full_width {
        return if unspaced(text, start, at, marks_end, end, next) { Cut::Here(end) } else { Cut::Not(end) };
    }
    let opener = next.starts_with(|c: char| "\"“‘'«([`•⁃–—-".contains(c));
    let word = next.trim_start_matches(|c: char| !c.is_alphanumeric() && !c.is_whitespace());
    let Some(letter) = word.chars().next() else { return Cut::Not(end) };
    if letter.is_lowercase() && !(full_width || item_label(next)) {
        return Cut::Not(end);
    }
    if protected(text, start, at, end, to, quotes) {
        return Cut::Not(end);
    }
    let lower: String =
        word.chars().take_while(|c| c.is_alphanumeric() || matches!(c, '\'' | '’')).flat_map(char::to_lowercase).collect();
    let lower = lower.replace('’', "'");
    if loud {
        // "“Why?” Marin asked."
        return if quoted && !opener && tagged_on(word) { Cut::Not(end) } else { Cut::Here(end) };
    }
    if marks >= 2 {
        // An ellipsis with a capital after it ends a sentence unless a name or "I" goes on.
        return if lower == "i" || lower.starts_with("i'") { Cut::Not(end) } else { Cut::Here(end) };
    }
    if quoted || text[marks_end..end].contains(')') {
        return Cut::Here(end);
    }
    if dot_is_inner(text, start, at, next, &lower, letter, opener, words) { Cut::Not(end) } else { Cut::Here(end) }
}

fn quotes_open_at(quotes: &[Marks], at: usize) -> bool {
    let index = quotes.partition_point(|q| (q.span.start as usize) < at);
    quotes.get(index).is_some_and(|q| q.span.start as usize == at)
}

/// Whether the single full stop at `at` belongs to the word before it and ends nothing.
#[allow(clippy::too_many_arguments)]
fn dot_is_inner(text: &str, start: usize, at: usize, next: &str, lower: &str, letter: char, opener: bool, words: &Words) -> bool {
    let before = &text[start..at];
    let cut = before
        .rfind(|c: char| c.is_whitespace() || "([{\"“‘'/—–".contains(c))
        .map_or(0, |i| i + before[i..].chars().next().map_or(1, char::len_utf8));
    let word = &before[cut..];
    let folded = word.to_lowercase().replace('’', "'");
    if word.is_empty() {
        return false;
    }
    // Item labels: "a. The first item", "1. The first item" at the start of the sentence.
    if cut == 0
        && (word.chars().count() == 1 || word.len() <= 3 && word.bytes().all(|b| b.is_ascii_digit()))
        && !before.contains('(')
    {
        return true;
    }
    let starter = words.starter(lower);
    match words.abbreviation(&folded) {
        Some(Abbreviation::Title) => {
            // "St." and "Gen." end a sentence only before what cannot be a name.
            return !(starter && !matches!(lower, "an" | "so" | "to" | "will" | "no"));
        }
        Some(Abbreviation::Number) => {
            return letter.is_numeric() || letter.is_uppercase() && word.len() > 2 && !starter && folded != "art";
        }
        Some(Abbreviation::Inner) => return true,
        Some(Abbreviation::Any) => return goes_on(text, start + cut, next, lower, letter, starter, opener, words),
        None => {}
    }
    if word.contains('.')
        && word.split('.').all(|part| (1..=2).contains(&part.chars().count()) && part.chars().all(char::is_alphabetic))
    {
        return goes_on(text, start + cut, next, lower, letter, starter, opener, words);
    }
    // Initials: one capital between capitals ("J. Smith", "Alfred E. Sloan").
    let mut letters = word.chars();
    if let (Some(c), None) = (letters.next(), letters.next()) {
        if c.is_uppercase() {
            let i_pronoun = c == 'I' && starter;
            return !(starter && lower.chars().count() > 1 || i_pronoun);
        }
    }
    false
}

/// Whether an abbreviation that may end a sentence ("U.S.", "Inc.", "a.m.") goes on before this word.
#[allow(clippy::too_many_arguments)]
fn goes_on(
    text: &str,
    word_at: usize,
    next: &str,
    lower: &str,
    letter: char,
    starter: bool,
    opener: bool,
    words: &Words,
) -> bool {
    if starter {
        return lower.len() == 1 && lower != "a" && lower != "i";
    }
    if opener {
        return next.starts_with(['(', '[', '-', '–', '—']);
    }
    if letter.is_numeric() {
        return true;
    }
    // "9 a.m. Monday": what follows a time of day is mostly a day or a zone.
    let clock = text[..word_at].trim_end().ends_with(|c: char| c.is_ascii_digit());
    let mut following = next.split_whitespace();
    let this = following.next().unwrap_or("");
    let then = following.next().unwrap_or("");
    let plural_noun = lower.ends_with('s')
        && lemma::classes(lower) & lemma::NOUN != 0
        && lemma::lemma(lower, super::Pos::Noun, super::Tag::Nns) != lower;
    if clock && words.abbreviation(&lower.replace('.', "")).is_none() && plural_noun {
        return false;
    }
    // "in the U.S. Analysts expect": a plural with a capital before a word in lower case begins a sentence.
    let plain = then.starts_with(char::is_lowercase) && !then.starts_with("of ") && this.ends_with(char::is_alphanumeric);
    let verb_next = plain && lemma::classes(then.trim_end_matches(|c: char| !c.is_alphanumeric())) & lemma::VERB != 0;
    !(plural_noun && verb_next)
}

/// Whether a boundary without white space is one: "since May.The mayor", "1,000.That".
fn unspaced(text: &str, start: usize, at: usize, marks_end: usize, end: usize, next: &str) -> bool {
    let before = &text[start..at];
    let word = before.rsplit(|c: char| c.is_whitespace()).next().unwrap_or("");
    if word.contains(['@', '/', '\\']) || word.starts_with("www") || word.contains('.') && !word.contains("..") {
        return false;
    }
    let mut following = next.chars();
    let (Some(first), second) = (following.next(), following.next()) else { return false };
    let capital = first.is_uppercase() && second.is_some_and(|c| c.is_lowercase() || c.is_whitespace() && first != 'I');
    let this = next.split(|c: char| c.is_whitespace()).next().unwrap_or("");
    if this.contains(['@', '/', '(']) {
        return false;
    }
    let last = word.chars().next_back();
    let ended = last.is_some_and(|c| c.is_lowercase()) && word.chars().filter(|c| c.is_alphabetic()).count() >= 2
        || last.is_some_and(|c| c.is_ascii_digit())
        || marks_end < end;
    // "said.“We wait”" and "wait.”The mayor"
    let quote_next = matches!(first, '“') && marks_end == end;
    ended && (capital || quote_next)
}

/// Whether a boundary at `end` would cut a bracket or a quotation that is part of its sentence.
fn protected(text: &str, start: usize, at: usize, end: usize, to: usize, quotes: &[Marks]) -> bool {
    let body = &text[start..at];
    for (open, close) in [('(', ')'), ('[', ']')] {
        let Some(from) = body.rfind(open) else { continue };
        if body[from..].contains(close) {
            continue;
        }
        // What stands before the bracket makes it part of a sentence; a sentence of its own ends with it.
        let inside = !body[..from].trim().is_empty();
        let partner = text[at..to].find(close).map(|i| at + i);
        match partner {
            Some(partner) if partner - start - from <= LONGEST_BRACKET && partner >= end && inside => return true,
            Some(partner) if partner < end && inside => {
                // "He teaches (he was an engineer.) at the school": lower case was judged before; a capital ends.
                return false;
            }
            _ => {}
        }
    }
    let upto = quotes.partition_point(|q| (q.span.start as usize) < end);
    quotes[..upto].iter().rev().take(8).any(|q| {
        let (from, stop) = (q.span.start as usize, q.span.end as usize);
        if !(q.closed && from > start && from < at && end < stop) {
            return false;
        }
        let led = text[start..from].trim_end();
        let phrase = !led.is_empty() && !led.ends_with([',', ':', '.', '?', '!']);
        let goes_on = text[stop..to].trim_start().starts_with(char::is_lowercase)
            && !text[from..stop].trim_end_matches(closer).ends_with([',', '?', '!']);
        phrase && goes_on
    })
}

/// "Marin asked", "the mayor said": the words that tell who spoke, behind a quotation.
fn tagged_on(next: &str) -> bool {
    let mut seen = 0;
    for word in next.split_whitespace().take(5) {
        let bare = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        if bare.starts_with(char::is_uppercase) && bare.len() == word.len() {
            seen += 1;
            continue;
        }
        let past = bare.ends_with("ed")
            || bare.ends_with("id")
            || bare.ends_with("ote")
            || bare.ends_with("ays")
            || bare.ends_with("sks");
        return seen > 0 && past && lemma::classes(bare) & lemma::VERB != 0;
    }
    false
}

fn item_label(next: &str) -> bool {
    let label = next.trim_start_matches('(');
    label.get(1..2) == Some(")") && label.starts_with(|c: char| c.is_ascii_alphanumeric())
        || label.get(1..3) == Some(". ") && label.starts_with(|c: char| c.is_ascii_lowercase())
}

/// Whether a list item begins behind the space at `at`: "• 10.", "b.) ", "c) ".
fn starts_item(text: &str, start: usize, at: usize, to: usize) -> bool {
    let rest = &text[at + 1..to];
    let body = text[start..at].trim_start();
    if body.is_empty() {
        return false;
    }
    if rest.starts_with(['•', '⁃']) {
        return true;
    }
    // "(b) …" and "b) …" after an item "(a) …" or "a) …" of the same list.
    let label = |s: &str| {
        let s = s.trim_start_matches('(');
        let mut chars = s.chars();
        let letter = chars.next().filter(char::is_ascii_alphanumeric)?;
        let tail = chars.as_str();
        (tail.starts_with(')') || tail.starts_with(".)") || tail.starts_with(". ")).then_some((letter, tail.starts_with(". ")))
    };
    match (label(body), label(rest)) {
        (Some((one, dot)), Some((two, other))) => dot == other && two as u32 == one as u32 + 1,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;
    use crate::lexicon::Lexicon;

    fn check(want: &[&str]) {
        let text = want.join(" ");
        let article = Article { text: text.clone(), ..Article::default() };
        let words = Words::new(Lexicon::built_in());
        let blocks = super::super::layout::blocks(&article);
        let quotes = super::super::quote::find(&text, &blocks, &words);
        let mut found = Vec::new();
        blocks.iter().for_each(|b| split(&text, b.span, &quotes, &words, &mut found));
        assert_eq!(found.iter().map(|s| s.of(&text)).collect::<Vec<_>>(), want);
    }

    #[test]
    fn marks_end_sentences() {
        check(&["The bridge is shut.", "Why is it shut?", "No one knows!", "“We wait.”", "He left."]);
    }

    #[test]
    fn abbreviations_do_not_end_them() {
        check(&["Dr. Marin met Prof. Lee on Jan. 5 at St. Anne.", "They spoke."]);
        check(&["Gen. J. R. Holt paid $1.2 million to Kessel Inc. for No. 5 and 3.5 acres."]);
        check(&["The U.S. Senate voted.", "The U.S. Treasury did not."]);
        check(&["It opens at 9 a.m. Monday and shuts at 5 p.m. Friday."]);
        check(&["The dam vs. the bridge, i.e. Kessel et al. won."]);
    }

    #[test]
    fn abbreviations_may_end_them() {
        check(&["He lives in the U.S.", "She lives there too."]);
        check(&["Prices fell in the U.S.", "Analysts expect more."]);
        check(&["It opened at 9 a.m.", "The mayor was there."]);
        check(&["It was bought by Kessel Inc.", "It was sold again."]);
        check(&["“They said no.”", "Prof. Lee agreed."]);
        check(&["They said no.", "Prof. Lee agreed."]);
    }

    #[test]
    fn quotations_are_cut_between_sentences_only() {
        check(&["“We wait.", "We hope,” she said."]);
        check(&["“Why wait?” Marin asked."]);
        check(&["“Why wait?” she asked.", "“Who knows!” he said."]);
        check(&["His “Go. Now.” note was found."]);
        check(&["She said: “We wait.", "We hope.”", "He left."]);
    }

    #[test]
    fn brackets_inside_a_sentence_are_not_cut() {
        check(&["The mayor (She was elected in May.) opened it.", "(It was late.)", "They left."]);
    }

    #[test]
    fn ellipses() {
        check(&["We wait ... and hope.", "It was late…", "The mayor left."]);
    }
}
