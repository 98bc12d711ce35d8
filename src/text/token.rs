//! Cuts a sentence into tokens as the English treebanks of Universal Dependencies do, and folds their forms.
//!
//! In: the text and the span of one sentence. Out: spans of tokens, in order and disjoint, that hold all but its white space.
//! Knows no tags. "n't" and "'s" are tokens of their own, so are hyphens between words ("28-point" is three tokens), currency signs
//! and units written on a number; "U.S.", "1,000", "9/11", "anti-war", addresses and "AT&T" are one.

use super::Shape;
use super::lemma;
use super::words::{Abbreviation, Words};
use crate::base::Span;
use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;

/// Lower case, NFC, typographic quotation marks and dashes as their plain fellows.
pub fn fold(word: &str) -> Cow<'_, str> {
    if word.is_ascii() {
        return if word.bytes().any(|b| b.is_ascii_uppercase()) {
            Cow::Owned(word.to_ascii_lowercase())
        } else {
            Cow::Borrowed(word)
        };
    }
    let mark = |c: char| match c {
        '‘' | '’' | '‚' | '‛' | '′' | 'ʼ' | '´' => '\'',
        '“' | '”' | '„' | '‟' | '″' | '«' | '»' => '"',
        '–' | '—' | '‐' | '‑' | '‒' | '―' | '−' => '-',
        c => c,
    };
    Cow::Owned(
        word.nfc().flat_map(char::to_lowercase).map(mark).filter(|c| !matches!(c, '\u{ad}' | '\u{200b}' | '\u{feff}')).collect(),
    )
}

/// How a token is written.
pub(crate) fn shape(word: &str) -> Shape {
    let mut chars = word.chars();
    let Some(first) = chars.next() else { return Shape::Mark };
    let second = chars.clone().next();
    if first.is_numeric() || ("$£€¥+-.".contains(first) && second.is_some_and(|c| c.is_ascii_digit())) {
        return Shape::Number;
    }
    let (mut upper, mut lower, mut late_upper) = (0, 0, false);
    for (index, c) in word.chars().enumerate() {
        if c.is_uppercase() {
            upper += 1;
            late_upper |= index > 0;
        } else if c.is_alphabetic() {
            lower += 1;
        }
    }
    match (upper, lower) {
        (0, 0) if word.chars().any(char::is_numeric) => Shape::Number,
        (0, 0) => Shape::Mark,
        (0, _) => Shape::Lower,
        (_, 0) => Shape::Upper,
        _ if late_upper || !first.is_uppercase() => Shape::Mixed,
        _ => Shape::Title,
    }
}

/// Cuts one sentence; adds the spans of its tokens to `found`.
pub(crate) fn split(text: &str, sentence: Span, words: &Words, found: &mut Vec<Span>) {
    let (start, end) = (sentence.start as usize, sentence.end as usize);
    let mut cutter = Cutter { text, words, found, end };
    let mut at = start;
    for piece in text[start..end].split(char::is_whitespace) {
        if !piece.is_empty() {
            cutter.chunk(at, at + piece.len());
        }
        at += piece.len() + text[at + piece.len()..end].chars().next().map_or(0, char::len_utf8);
    }
}

struct Cutter<'a> {
    text: &'a str,
    words: &'a Words<'a>,
    found: &'a mut Vec<Span>,
    /// Where the sentence ends.
    end: usize,
}

fn quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '`' | '“' | '”' | '‘' | '’' | '„' | '‚' | '‟' | '‛' | '«' | '»')
}

fn apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '`')
}

fn dash(c: char) -> bool {
    matches!(c, '-' | '–' | '—' | '―' | '‒')
}

fn currency(c: char) -> bool {
    matches!(c, '$' | '£' | '€' | '¥' | '₽' | '₴' | '₹' | '₺' | '₪' | '₩')
}

/// A mark that stands alone at the front or end of a word.
fn loose(c: char) -> bool {
    quote(c)
        || dash(c)
        || currency(c)
        || !c.is_alphanumeric()
            && !matches!(c, '@' | '#' | '&' | '_' | '\\' | '/' | '\u{ad}' | '\u{200b}' | '\u{feff}' | '\u{200d}')
            && !mark_on_letter(c)
}

/// Combining marks belong to the letter before them.
fn mark_on_letter(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{fe00}'..='\u{fe0f}')
}

impl Cutter<'_> {
    fn emit(&mut self, start: usize, end: usize) {
        if start < end {
            self.found.push(Span::new(start, end));
        }
    }

    /// Cuts what stands between two spaces.
    fn chunk(&mut self, mut start: usize, mut end: usize) {
        if self.text.as_bytes()[start..end].iter().all(u8::is_ascii_alphabetic) {
            return self.word(start, end);
        }
        while start < end {
            let body = &self.text[start..end];
            let Some(c) = body.chars().next() else { return };
            if !loose(c) || self.keeps_front(body, c, start) {
                break;
            }
            let length = run(body, c);
            self.emit(start, start + length);
            start += length;
        }
        let mut behind: Vec<(usize, usize)> = Vec::new();
        while start < end {
            let body = &self.text[start..end];
            let Some(c) = body.chars().next_back() else { return };
            let length = match c {
                '.' => {
                    let dots = body.len() - body.trim_end_matches('.').len();
                    if dots == 1 && self.keeps_dot(start, end) {
                        break;
                    }
                    dots
                }
                '!' | '?' => body.len() - body.trim_end_matches(['!', '?']).len(),
                '-' | '*' | '=' | '_' => body.len() - body.trim_end_matches(c).len(),
                c if loose(c) || c == '/' && body.len() > 2 => c.len_utf8(),
                _ => break,
            };
            // Two straight or curly apostrophes are one mark.
            let length =
                if apostrophe(c) && body[..body.len() - length].ends_with(c) && c != '‘' { length * 2 } else { length };
            behind.push((end - length, end));
            end -= length;
        }
        if start < end {
            self.core(start, end);
        }
        for (from, to) in behind.into_iter().rev() {
            // "Kessel’s": an ending mark that was taken off may have been the clitic's; clitics are cut in `word`.
            self.emit(from, to);
        }
    }

    /// Whether a mark at the front belongs to the word.
    fn keeps_front(&self, body: &str, c: char, _start: usize) -> bool {
        let rest = &body[c.len_utf8()..];
        if apostrophe(c) {
            let word: String = rest.chars().take_while(|c| c.is_alphanumeric()).collect();
            let digits = word.bytes().take_while(u8::is_ascii_digit).count();
            let decade = digits == 2 && matches!(&word[2..], "" | "s");
            let ending = fold(body);
            return decade || self.words.clitic(&ending) || self.words.elision(&word.to_lowercase()) && rest.len() == word.len();
        }
        // ".5" and ":-)" stay whole.
        c == '.' && rest.starts_with(|c: char| c.is_ascii_digit()) || matches!(body, ":-)" | ";-)" | ":)" | ";)" | ":(" | ":-(")
    }

    /// Whether the full stop that ends `start..end` is part of the word.
    fn keeps_dot(&self, start: usize, end: usize) -> bool {
        let body = &self.text[start..end - 1];
        let from = body
            .rfind(|c: char| !(c.is_alphanumeric() || c == '.' || apostrophe(c) || c == '&'))
            .map_or(0, |i| i + body[i..].chars().next().map_or(1, char::len_utf8));
        let word = &body[from..];
        let last = self.text[end..self.end].trim_start_matches(|c: char| quote(c) || c == ')' || c.is_whitespace()).is_empty();
        let folded = fold(word);
        if word.is_empty() {
            return false;
        }
        let plain =
            word.starts_with(char::is_lowercase) && lemma::classes(&folded) & (lemma::NOUN | lemma::VERB | lemma::ADJ) != 0;
        match self.words.abbreviation(&folded) {
            Some(Abbreviation::Number) if last => false,
            // "He sat." ends with a verb, "Sat." is a day.
            Some(Abbreviation::Any | Abbreviation::Title) if last && plain => false,
            Some(_) => true,
            None => {
                let dotted = word.contains('.')
                    && word.split('.').all(|part| part.chars().count() <= 2 && part.chars().all(char::is_alphabetic));
                let initial = word.chars().count() == 1 && word.starts_with(char::is_uppercase) && !last;
                dotted || initial
            }
        }
    }

    /// Cuts a word or several joined by marks.
    fn core(&mut self, start: usize, end: usize) {
        let body = &self.text[start..end];
        if address(body) {
            return self.emit(start, end);
        }
        let mut piece = start;
        let mut skip_to = start;
        for (offset, c) in body.char_indices() {
            let at = start + offset;
            if at < skip_to || c.is_alphanumeric() || apostrophe(c) {
                continue;
            }
            let before = &self.text[piece..at];
            let after = &self.text[at + c.len_utf8()..end];
            let digits = before.ends_with(|c: char| c.is_ascii_digit()) && after.starts_with(|c: char| c.is_ascii_digit());
            let length = match c {
                '-' | '‐' | '‑' if !after.starts_with('-') => {
                    if self.keeps_hyphen(start, piece, before, after) {
                        continue;
                    }
                    c.len_utf8()
                }
                '.' if after.starts_with('.') => run(&self.text[at..end], c),
                '.' | '&' | '_' | '@' | '#' | '\\' | '+' | '\u{ad}' | '\u{200b}' | '\u{feff}' | '\u{200d}' => continue,
                c if mark_on_letter(c) => continue,
                ',' | ':' if digits => continue,
                '/' => {
                    let short = |s: &str| s.chars().count() == 1;
                    let (left, right) = (before, after.split(|c: char| !c.is_alphanumeric()).next().unwrap_or(""));
                    if digits || short(left) && short(right) {
                        continue;
                    }
                    1
                }
                '$' if (1..=3).contains(&before.len()) && before.bytes().all(|b| b.is_ascii_uppercase()) => {
                    // "US$4.5"
                    self.emit(piece, at + 1);
                    piece = at + 1;
                    skip_to = piece;
                    continue;
                }
                c => run(&self.text[at..end], c),
            };
            self.word(piece, at);
            self.emit(at, at + length);
            piece = at + length;
            skip_to = piece;
        }
        self.word(piece, end);
    }

    /// Whether a hyphen stays inside its token: behind a prefix, in telephone numbers.
    fn keeps_hyphen(&self, start: usize, piece: usize, before: &str, after: &str) -> bool {
        let digits = |s: &str| s.bytes().take_while(u8::is_ascii_digit).count();
        if piece == start && self.words.prefix(&fold(before)) {
            return true;
        }
        // 555-0199 and 2001-05-07, but "300-350" and "2001-2005" are ranges.
        let (left, right) =
            (before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit() || c == '-').len(), digits(after));
        left > 0 && right > 0 && (before.contains('-') || after[right..].starts_with('-') && digits(&after[right + 1..]) > 0)
    }

    /// Cuts one word free of marks but apostrophes.
    fn word(&mut self, start: usize, end: usize) {
        if start >= end {
            return;
        }
        let body = &self.text[start..end];
        let bytes = body.as_bytes();
        let plain = bytes.iter().all(u8::is_ascii_alphabetic);
        if plain {
            if (5..=6).contains(&body.len()) {
                if let Some(cut) = self.words.split(&fold(body)) {
                    self.emit(start, start + cut);
                    return self.emit(start + cut, end);
                }
            }
            return self.emit(start, end);
        }
        // Units on a number: "5km", "1.2bn", "9am".
        if bytes[0].is_ascii_digit() || bytes[0] == b'.' && bytes.get(1).is_some_and(u8::is_ascii_digit) {
            let number = bytes.iter().take_while(|b| b.is_ascii_digit() || matches!(b, b'.' | b',' | b':')).count();
            let rest = &body[number..];
            let letters = rest.trim_end_matches('.');
            if !rest.is_empty() && rest.starts_with(|c: char| c.is_alphabetic()) && self.words.number_suffix(&fold(letters)) {
                let lone =
                    letters.len() == 1 && letters.bytes().all(|b| b.is_ascii_uppercase()) && !money_before(self.text, start);
                if !lone || matches!(letters, "C" | "F") && body.ends_with("°C") {
                    self.emit(start, start + number);
                    return self.emit(start + number, end);
                }
            }
        }
        if let Some((at, mark)) = body.char_indices().rfind(|(_, c)| apostrophe(*c)) {
            let ending = fold(&body[at..]);
            let before = &body[..at];
            // "don't": the "n" goes with the clitic.
            if ending == "'t" && before.ends_with(['n', 'N']) && before.len() > 1 {
                let cut = start + at - 1;
                self.emit(start, cut);
                return self.emit(cut, end);
            }
            if !before.is_empty() && (self.words.clitic(&ending) || at + mark.len_utf8() == body.len()) {
                self.word(start, start + at);
                return self.emit(start + at, end);
            }
            if let Some(cut) = self.words.split(&fold(body)) {
                self.emit(start, start + cut);
                return self.emit(start + cut, end);
            }
        }
        self.emit(start, end);
    }
}

fn money_before(text: &str, at: usize) -> bool {
    text[..at].ends_with(currency)
}

/// Length of the run of one mark at the front, for marks that repeat as one ("--", "...", "!!").
fn run(body: &str, c: char) -> usize {
    match c {
        '-' | '.' | '*' | '=' | '~' | '—' | '–' | '…' => body.len() - body.trim_start_matches(c).len(),
        '!' | '?' => body.len() - body.trim_start_matches(['!', '?']).len(),
        '`' | '\'' if body[1..].starts_with(c) => 2,
        c => c.len_utf8(),
    }
}

/// Web and mail addresses and file names stay whole.
fn address(body: &str) -> bool {
    let dot_word = |s: &str| {
        s.rsplit_once('.').is_some_and(|(a, b)| !a.is_empty() && b.len() >= 2 && b.bytes().all(|c| c.is_ascii_alphabetic()))
    };
    body.contains("://")
        || body.starts_with("www.")
        || body.split_once('@').is_some_and(|(a, b)| !a.is_empty() && dot_word(b))
        || body.contains('/') && body.split('/').next().is_some_and(|host| host.len() > 4 && dot_word(host))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;

    /// Tokens are given apart by spaces.
    fn check(text: &str, want: &str) {
        let mut found = Vec::new();
        split(text, Span::new(0, text.len()), &Words::new(Lexicon::built_in()), &mut found);
        assert_eq!(found.iter().map(|s| s.of(text)).collect::<Vec<_>>().join(" "), want, "{text:?}");
    }

    #[test]
    fn clitics_are_tokens() {
        check("He didn't say it's Kyiv's.", "He did n't say it 's Kyiv 's .");
        check("They can’t, we cannot; workers’ rights.", "They ca n’t , we can not ; workers ’ rights .");
        check("I'm sure they'd've gone to O'Brien.", "I 'm sure they 'd 've gone to O'Brien .");
        check("In the '90s and the '80s.", "In the '90s and the '80s .");
    }

    #[test]
    fn hyphens_split_words_but_not_prefixes() {
        check("A 28-point plan by the anti-war camp.", "A 28 - point plan by the anti-war camp .");
        check(
            "The 2001–2005 co-leader of al-Kessel—he said--left.",
            "The 2001 – 2005 co-leader of al - Kessel — he said -- left .",
        );
        check("Call 555-555-0199 and/or see 9/11.", "Call 555-555-0199 and / or see 9/11 .");
    }

    #[test]
    fn numbers_keep_their_marks_and_lose_units() {
        check("$1.2bn, €5m and 1,000 at 7:30pm on the 5th.", "$ 1.2 bn , € 5 m and 1,000 at 7:30 pm on the 5th .");
        check("Up 10% (or 5km) in the 1980s.", "Up 10 % ( or 5 km ) in the 1980s .");
        check("US$4.5 million, or .5%", "US$ 4.5 million , or .5 %");
    }

    #[test]
    fn abbreviations_keep_their_stop() {
        check("Dr. J. Holt of the U.S. Army left the U.S.", "Dr. J. Holt of the U.S. Army left the U.S.");
        check("He said no.", "He said no .");
        check("He sat.", "He sat .");
        check("Kessel Inc. sold Plan B.", "Kessel Inc. sold Plan B .");
    }

    #[test]
    fn marks_stand_alone() {
        check("“Why?!” (he asked) ... ‘well’…", "“ Why ?! ” ( he asked ) ... ‘ well ’ …");
        check("``So,'' he said [sic].", "`` So , '' he said [ sic ] .");
        check("See https://example.org/a-b, or mail a.b@example.org.", "See https://example.org/a-b , or mail a.b@example.org .");
    }

    #[test]
    fn forms_are_folded() {
        assert_eq!(fold("N’T"), "n't");
        assert_eq!(fold("Cafe\u{301}"), "café");
        assert_eq!(shape("iPhone"), Shape::Mixed);
        assert_eq!(shape("NATO"), Shape::Upper);
        assert_eq!(shape("U.S."), Shape::Upper);
        assert_eq!(shape("1,000"), Shape::Number);
        assert_eq!(shape("—"), Shape::Mark);
    }
}
