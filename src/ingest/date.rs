//! Finds dates of publication in words and in metadata.
//!
//! In: a line of text and the calendar words of the lexicon. Out: days, with the bytes that name them. Knows nothing of articles.

use crate::lexicon::{CalendarKind, Lexicon};
use jiff::civil::Date;
use std::collections::HashMap;
use std::ops::Range;

/// Month and weekday names, ready to read dates with.
#[derive(Clone, Debug, Default)]
pub struct Calendar {
    months: HashMap<String, i8>,
    days: HashMap<String, ()>,
}

/// A date found in a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The day.
    pub date: Date,
    /// Its bytes in the line.
    pub span: Range<usize>,
    /// Words of the line that are neither part of the date, nor a time of day, nor a zone.
    pub other_words: usize,
}

/// A run of letters and digits.
struct Word<'a> {
    at: usize,
    text: &'a str,
}

impl Calendar {
    /// Takes the month and weekday names of the lexicon.
    pub fn new(lexicon: &Lexicon) -> Self {
        let mut calendar = Self::default();
        for (word, row) in &lexicon.calendar {
            let name = word.as_str().to_lowercase();
            match row.kind {
                CalendarKind::Month => drop(calendar.months.insert(name, i8::try_from(row.value).unwrap_or(0))),
                CalendarKind::Weekday => drop(calendar.days.insert(name, ())),
                _ => {}
            }
        }
        calendar
    }

    /// The first full date (day, month and year) of a line; `None` where there is none.
    ///
    /// Reads "July 17, 2025", "17 July 2025", "Tue Jul 15 2025", "2025-07-15T20:39:39Z", "15.07.2025" and, where one of the first
    /// two numbers cannot be a month, "7/15/2025".
    pub fn find(&self, line: &str) -> Option<Found> {
        let words = words(line);
        for at in 0..words.len() {
            if let Some((date, range)) = self.at(line, &words, at) {
                let end = words[range.end - 1].at + words[range.end - 1].text.len();
                let mut start = range.start;
                if start > 0 && self.is_weekday(words[start - 1].text) {
                    start -= 1;
                }
                let outside = words[..start].iter().chain(&words[range.end..]);
                let other_words = outside.filter(|word| !self.is_clock(word.text)).count();
                return Some(Found { date, span: words[start].at..end, other_words });
            }
        }
        None
    }

    /// Whether a line is a time stamp and nothing else: a date, with or without time, zone and up to two further words
    /// ("Updated", a place); or a weekday with a time; or a bare time of day.
    pub fn is_stamp(&self, line: &str) -> bool {
        if line.len() > 120 {
            return false;
        }
        if let Some(found) = self.find(line) {
            let bracketed = line.find('(').map_or(0, |at| words(&line[at..]).iter().filter(|w| !self.is_clock(w.text)).count());
            return found.other_words.saturating_sub(bracketed) <= 2;
        }
        let words = words(line);
        let clock = words.iter().filter(|word| self.is_clock(word.text)).count();
        let numbers = words.iter().filter(|word| word.text.starts_with(|c: char| c.is_ascii_digit())).count();
        words.len() <= 6 && numbers > 0 && clock + 1 >= words.len() && clock >= 2
    }

    fn is_weekday(&self, word: &str) -> bool {
        self.days.contains_key(&word.to_lowercase())
    }

    /// Times, zones, day and month names: what stands around a date without being a word of its own.
    fn is_clock(&self, word: &str) -> bool {
        let lower = word.to_lowercase();
        let numeric = word.starts_with(|c: char| c.is_ascii_digit()) && word.len() <= 8;
        let zone = word.len() <= 4 && word.len() >= 2 && word.bytes().all(|b| b.is_ascii_uppercase());
        numeric
            || zone
            || matches!(lower.as_str(), "am" | "pm" | "a" | "p" | "m" | "at" | "z")
            || lower.starts_with("gmt")
            || self.days.contains_key(&lower)
            || self.months.contains_key(&lower)
    }

    /// A date whose first word is `words[at]`, with the range of its words.
    fn at(&self, line: &str, words: &[Word<'_>], at: usize) -> Option<(Date, Range<usize>)> {
        let number = |i: usize| words.get(i).and_then(|word| day_number(word.text));
        let year = |i: usize| words.get(i).and_then(|word| year_number(word.text));
        let month = |i: usize| words.get(i).and_then(|word| self.months.get(&word.text.to_lowercase()).copied());
        let gap = |i: usize| match (words.get(i), words.get(i + 1)) {
            (Some(a), Some(b)) => line.get(a.at + a.text.len()..b.at).unwrap_or(""),
            _ => "",
        };
        // 2025-07-15, 2025/07/15
        if let (Some(y), Some(m), Some(d)) = (year(at), number(at + 1), number(at + 2))
            && matches!(gap(at), "-" | "/" | ".")
            && gap(at) == gap(at + 1)
            && let Ok(date) = Date::new(y, m, d)
        {
            return Some((date, at..at + 3));
        }
        // July 17, 2025
        if let (Some(m), Some(d), Some(y)) = (month(at), number(at + 1), year(at + 2))
            && let Ok(date) = Date::new(y, m, d)
        {
            return Some((date, at..at + 3));
        }
        // 17 July 2025, 17th of July 2025
        if let Some(d) = number(at) {
            let shift = usize::from(words.get(at + 1).is_some_and(|word| word.text == "of"));
            if let (Some(m), Some(y)) = (month(at + 1 + shift), year(at + 2 + shift))
                && let Ok(date) = Date::new(y, m, d)
            {
                return Some((date, at..at + 3 + shift));
            }
            // 15.07.2025, 7/15/2025
            if let (Some(second), Some(y)) = (number(at + 1), year(at + 2))
                && matches!(gap(at), "." | "/")
                && gap(at) == gap(at + 1)
            {
                let (day, month) = match (gap(at), d, second) {
                    (".", d, m) => (d, m),
                    (_, d, m) if d > 12 => (d, m),
                    (_, m, d) if d > 12 => (d, m),
                    _ => return None,
                };
                return Date::new(y, month, day).ok().map(|date| (date, at..at + 3));
            }
        }
        None
    }
}

fn words(line: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in line.char_indices().chain([(line.len(), ' ')]) {
        match (c.is_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                words.push(Word { at: from, text: &line[from..at] });
                start = None;
            }
            _ => {}
        }
    }
    words
}

/// "7", "17", "7th", and the "15T20" of an ISO time.
fn day_number(word: &str) -> Option<i8> {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 || digits > 2 {
        return None;
    }
    let (number, rest) = word.split_at(digits);
    let plain = rest.is_empty() || rest.starts_with('T') || matches!(rest, "st" | "nd" | "rd" | "th");
    number.parse().ok().filter(|n| plain && (1..=31).contains(n))
}

fn year_number(word: &str) -> Option<i16> {
    word.parse().ok().filter(|year| word.len() == 4 && (1800..2200).contains(year))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, day: Option<&str>, stamp: bool) {
        let calendar = Calendar::new(Lexicon::built_in());
        assert_eq!(calendar.find(line).map(|found| found.date.to_string()).as_deref(), day, "{line}");
        assert_eq!(calendar.is_stamp(line), stamp, "{line}");
    }

    #[test]
    fn reads_the_common_forms() {
        check("Tuesday, March 4, 2025", Some("2025-03-04"), true);
        check("March 4, 2025 – Orsa", Some("2025-03-04"), true);
        check("Tue Mar 04 2025 00:00:47 GMT+0300 (Eastern European Standard Time)", Some("2025-03-04"), true);
        check("Tue, 04 Mar 2025 20:39:39 GMT", Some("2025-03-04"), true);
        check("2025-03-04T20:39:39+01:00", Some("2025-03-04"), true);
        check("Published 4th of March 2025 at 10:30 am", Some("2025-03-04"), true);
        check("04.03.2025, 18:20", Some("2025-03-04"), true);
        check("25/03/2025", Some("2025-03-25"), true);
    }

    #[test]
    fn a_sentence_with_a_date_is_no_stamp() {
        check("The bridge has been closed since March 4, 2025, the mayor said.", Some("2025-03-04"), false);
    }

    #[test]
    fn what_is_ambiguous_or_impossible_is_no_date() {
        check("04/03/2025", None, true);
        check("February 30, 2025", None, true);
        check("In March they met.", None, false);
    }
}
