//! Time expressions → intervals on the calendar, resolved against the article's date and the tense around them.
//!
//! In: the words of one article and its date. Out: one entry per expression, in order. Without a date, weekdays, "last month" and
//! "two days ago" have no value and are left out; full dates stand on their own. The values follow TimeML's TIMEX3 (Pustejovsky
//! et al. 2003) as far as days go: clock times are kept as the day they fall on.

use super::{Grain, Time};
use crate::base::Sym;
use crate::lexicon::{CalendarKind, CalendarRow, Lexicon, NumberKind};
use crate::text::{Document, Pos, Rel, Shape, Tag, Token};
use jiff::civil::{Date, Weekday};
use jiff::{Span as Length, ToSpan};

/// A time expression with the tokens that say it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Expression {
    /// First token.
    pub first: u32,
    /// One past the last.
    pub end: u32,
    /// What it means.
    pub time: Time,
}

/// Finds the time expressions of an article, in order. `published` is the day it came out.
pub fn find(document: &Document, published: Option<Date>, lexicon: &Lexicon) -> Vec<Expression> {
    let mut found = Vec::new();
    for sentence in &document.sentences {
        let scan = Scan { document, lexicon, published, start: sentence.first as usize, end: sentence.end as usize };
        let mut at = scan.start;
        while at < scan.end {
            match scan.expression(at) {
                Some(expression) => {
                    at = (expression.end as usize).max(at + 1);
                    found.push(expression);
                }
                None => at += 1,
            }
        }
    }
    found
}

struct Scan<'a> {
    document: &'a Document,
    lexicon: &'a Lexicon,
    published: Option<Date>,
    start: usize,
    end: usize,
}

/// An interval before "since" or "until" is applied.
struct Interval {
    start: Date,
    end: Date,
    grain: Grain,
    /// One past the last token.
    to: usize,
}

/// Which way a bare weekday or date looks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tense {
    Past,
    Future,
}

impl Scan<'_> {
    fn token(&self, at: usize) -> Option<&Token> {
        (self.start..self.end).contains(&at).then(|| self.document.tokens.get(at)).flatten()
    }

    fn is(&self, at: usize, word: &str) -> bool {
        self.token(at).is_some_and(|t| t.form == Sym::new(word))
    }

    fn any(&self, at: usize, set: &str) -> bool {
        self.token(at).is_some_and(|t| self.lexicon.set(set).is_some_and(|words| words.word(t.form).is_some()))
    }

    fn calendar(&self, at: usize, kind: CalendarKind) -> Option<CalendarRow> {
        let token = self.token(at)?;
        let row = self.lexicon.calendar.get(&token.form).or_else(|| self.lexicon.calendar.get(&token.lemma))?;
        // "may", "march", "sun" and "second" are words of their own: months and weekdays are written with a capital.
        let capital = !matches!(kind, CalendarKind::Month | CalendarKind::Weekday) || token.shape != Shape::Lower;
        let name = token.form.as_str().len() > 3 || !matches!(token.pos, Pos::Aux | Pos::Verb);
        (row.kind == kind && capital && name).then_some(*row)
    }

    fn digits(&self, at: usize) -> Option<i32> {
        let form = self.token(at)?.form.as_str();
        let digits = form
            .strip_suffix("st")
            .or(form.strip_suffix("nd"))
            .or(form.strip_suffix("rd"))
            .or(form.strip_suffix("th"))
            .unwrap_or(form);
        (digits.len() <= 4 && digits.bytes().all(|b| b.is_ascii_digit())).then(|| digits.parse().ok()).flatten()
    }

    fn year(&self, at: usize) -> Option<i16> {
        let value = self.digits(at).filter(|_| self.token(at).is_some_and(|t| t.form.as_str().len() == 4))?;
        (1000..2200).contains(&value).then_some(value as i16)
    }

    fn day_number(&self, at: usize) -> Option<i8> {
        self.digits(at)
            .filter(|day| (1..=31).contains(day) && self.token(at).is_some_and(|t| t.form.as_str().len() <= 4))
            .map(|day| day as i8)
    }

    fn expression(&self, at: usize) -> Option<Expression> {
        // "since", "until" and "by" open an interval; "late", "early", "last" belong to the expression that follows.
        let opening = self.token(at).and_then(|t| {
            ["since", "until", "till", "by", "before", "after"].iter().find(|word| t.form == Sym::new(word)).copied()
        });
        let body = at + usize::from(opening.is_some());
        let body = (body..body + 3).find(|i| !(self.any(*i, "time-fillers"))).unwrap_or(body);
        let found = self.interval(body)?;
        let (start, end, grain) = match opening {
            Some("since") => (found.start, self.published.unwrap_or(found.end).max(found.start), Grain::Since),
            Some("until" | "till" | "by") => (self.published.unwrap_or(found.start).min(found.end), found.end, Grain::Until),
            Some("after") => (found.end, self.published.unwrap_or(found.end).max(found.end), Grain::Since),
            Some(_) => return Some(self.made(at, &found, found.start, found.end, Grain::Until)),
            None => (found.start, found.end, found.grain),
        };
        Some(self.made(at, &found, start, end, grain))
    }

    fn made(&self, at: usize, found: &Interval, start: Date, end: Date, grain: Grain) -> Expression {
        Expression {
            first: at as u32,
            end: found.to as u32,
            time: Time { span: self.document.span(at..found.to), start, end, grain },
        }
    }

    fn interval(&self, at: usize) -> Option<Interval> {
        self.iso(at)
            .or_else(|| self.dated(at))
            .or_else(|| self.weekday(at))
            .or_else(|| self.relative_day(at))
            .or_else(|| self.ago(at))
            .or_else(|| self.relative_unit(at))
            .or_else(|| self.bare_year(at))
    }

    /// "2025-07-17"
    fn iso(&self, at: usize) -> Option<Interval> {
        let form = self.token(at)?.form.as_str();
        if form.len() == 10 {
            let day: Date = form.parse().ok()?;
            return Some(Interval { start: day, end: day, grain: Grain::Day, to: at + 1 });
        }
        let parts = (self.year(at)?, self.is(at + 1, "-"), self.digits(at + 2)?, self.is(at + 3, "-"), self.day_number(at + 4)?);
        let (year, true, month, true, day) = parts else { return None };
        let day = Date::new(year, i8::try_from(month).ok()?, day).ok()?;
        Some(Interval { start: day, end: day, grain: Grain::Day, to: at + 5 })
    }

    /// "17 July 2025", "July 17, 2025", "July 17", "July 2025", "July"
    fn dated(&self, at: usize) -> Option<Interval> {
        let (month, day, mut to) = if let Some(day) = self.day_number(at) {
            let of = usize::from(self.is(at + 1, "of"));
            (self.calendar(at + 1 + of, CalendarKind::Month)?.value, Some(day), at + 2 + of)
        } else {
            let month = self.calendar(at, CalendarKind::Month)?.value;
            let to = at + 1 + usize::from(self.is(at + 1, "."));
            match self.day_number(to).filter(|_| self.token(to).is_some_and(|t| t.form.as_str().len() < 5)) {
                Some(day) => (month, Some(day), to + 1),
                None => (month, None, to),
            }
        };
        let comma = usize::from(self.is(to, ","));
        let year = self.year(to + comma);
        if year.is_some() {
            to += comma + 1;
        } else if day.is_none() && !self.names_a_month(at) {
            return None;
        }
        let month = month as i8;
        let Some(day) = day else {
            let year = year.or_else(|| self.nearest_year(at, |year| Date::new(year, month, 1).ok()))?;
            let start = Date::new(year, month, 1).ok()?;
            return Some(Interval { start, end: start.last_of_month(), grain: Grain::Month, to });
        };
        let year = year.or_else(|| self.nearest_year(at, |year| Date::new(year, month, day).ok()))?;
        let day = Date::new(year, month, day).ok()?;
        Some(Interval { start: day, end: day, grain: Grain::Day, to })
    }

    /// A month alone is one where a preposition or "last" goes before it: "in March", not "March of the workers" or "May said".
    fn names_a_month(&self, at: usize) -> bool {
        at > self.start
            && self.token(at - 1).is_some_and(|t| matches!(t.pos, Pos::Adp | Pos::Sconj) || self.any(at - 1, "time-fillers"))
    }

    /// The year that puts a date without year nearest to the article's, on the side that the tense says.
    fn nearest_year(&self, at: usize, date: impl Fn(i16) -> Option<Date>) -> Option<i16> {
        let published = self.published?;
        let years = [published.year() - 1, published.year(), published.year() + 1];
        let distance = |day: Date| i64::from(published.since(day).map_or(i32::MAX, |length| length.get_days()));
        let fits = |days: i64| match self.tense(at) {
            Tense::Future => days <= 31,
            Tense::Past => days >= -31,
        };
        let candidates = years.iter().filter_map(|year| Some((*year, distance(date(*year)?)))).filter(|(_, days)| fits(*days));
        candidates.min_by_key(|(_, days)| days.abs()).map(|(year, _)| year)
    }

    fn weekday(&self, at: usize) -> Option<Interval> {
        let published = self.published?;
        let lead = self.token(at).map(|t| t.form).filter(|form| ["last", "next", "this"].iter().any(|w| *form == Sym::new(w)));
        let here = at + usize::from(lead.is_some());
        let row = self.calendar(here, CalendarKind::Weekday)?;
        let weekday = Weekday::from_monday_one_offset(row.value as i8).ok()?;
        let back = i64::from(weekday.until(published.weekday()));
        let back = if lead == Some(Sym::new("last")) && back == 0 { 7 } else { back };
        let future = lead == Some(Sym::new("next")) || lead != Some(Sym::new("last")) && self.tense(here) == Tense::Future;
        let days = if future { i64::from(published.weekday().until(weekday)) } else { -back };
        let mut to = here + 1;
        while self.calendar(to, CalendarKind::Daypart).is_some() {
            to += 1;
        }
        // "Tuesday, July 29": the date says it better.
        let comma = usize::from(self.is(to, ","));
        if let Some(dated) = self.dated(to + comma).filter(|_| self.token(to + comma).is_some()) {
            return Some(dated);
        }
        let day = published.checked_add(days.days()).ok()?;
        Some(Interval { start: day, end: day, grain: Grain::Day, to })
    }

    /// "today", "yesterday", "tonight", "yesterday evening", "this morning", "over the weekend"
    fn relative_day(&self, at: usize) -> Option<Interval> {
        let published = self.published?;
        if self.is(at, "this") && self.calendar(at + 1, CalendarKind::Daypart).is_some() {
            return Some(Interval { start: published, end: published, grain: Grain::Day, to: at + 2 });
        }
        if self.is(at, "weekend") {
            let saturday = i64::from(Weekday::Saturday.until(published.weekday()));
            let future = at > self.start && self.is(at - 1, "next") || self.tense(at) == Tense::Future;
            let days = if future { i64::from(published.weekday().until(Weekday::Saturday)) } else { -saturday };
            let start = published.checked_add(days.days()).ok()?;
            let end = start.checked_add(1.day()).ok()?;
            return Some(Interval { start, end, grain: Grain::Day, to: at + 1 });
        }
        let row = self.calendar(at, CalendarKind::Relative)?;
        let day = published.checked_add(i64::from(row.value).days()).ok()?;
        let to = at + 1 + usize::from(self.calendar(at + 1, CalendarKind::Daypart).is_some());
        Some(Interval { start: day, end: day, grain: Grain::Day, to })
    }

    /// "two weeks ago", "a year ago", "three years earlier"
    fn ago(&self, at: usize) -> Option<Interval> {
        let published = self.published?;
        let token = self.token(at)?;
        let count = self
            .digits(at)
            .or_else(|| self.lexicon.number_words.get(&(NumberKind::Cardinal, token.form)).map(|value| *value as i32));
        let count = count.or_else(|| (self.is(at, "a") || self.is(at, "an")).then_some(1))?;
        let unit = self.calendar(at + 1, CalendarKind::Unit)?;
        let back = self.is(at + 2, "ago");
        if !back {
            return None;
        }
        let (length, grain) = length(unit.value, count)?;
        let day = published.checked_sub(length).ok()?;
        let (start, end) = whole(day, grain)?;
        Some(Interval { start, end, grain, to: at + 3 })
    }

    /// "last month", "this week", "next year", "earlier this year"
    fn relative_unit(&self, at: usize) -> Option<Interval> {
        let published = self.published?;
        let step = match self.token(at)?.form.as_str() {
            "last" | "previous" => -1,
            "this" => 0,
            "next" | "coming" => 1,
            _ => return None,
        };
        let unit = self.calendar(at + 1, CalendarKind::Unit).filter(|_| self.token(at + 1).is_some_and(|t| t.tag == Tag::Nn))?;
        let (length, grain) = length(unit.value, step)?;
        let (start, end) = whole(published.checked_add(length).ok()?, grain)?;
        Some(Interval { start, end, grain, to: at + 2 })
    }

    /// "in 2022", "since 2022", "the 1990s"; a bare year needs its preposition, else it may be a number.
    fn bare_year(&self, at: usize) -> Option<Interval> {
        let form = self.token(at)?.form.as_str();
        if let Some(decade) = form.strip_suffix('s').filter(|d| d.len() == 4 && d.ends_with('0')) {
            let year: i16 = decade.parse().ok()?;
            let (start, end) = (Date::new(year, 1, 1).ok()?, Date::new(year + 9, 12, 31).ok()?);
            return Some(Interval { start, end, grain: Grain::Decade, to: at + 1 });
        }
        let year = self.year(at)?;
        let led = at > self.start
            && self.token(at - 1).is_some_and(|t| matches!(t.pos, Pos::Adp | Pos::Sconj) || self.any(at - 1, "time-fillers"));
        let counts = self.token(at + 1).is_some_and(|t| matches!(t.pos, Pos::Noun) && t.tag == Tag::Nns);
        if !led || counts {
            return None;
        }
        let (start, end) = (Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?);
        Some(Interval { start, end, grain: Grain::Year, to: at + 1 })
    }

    /// Past or future, from "until" and "by", else from the verb that governs the expression, else from the nearest one before it.
    fn tense(&self, at: usize) -> Tense {
        if at > self.start && ["until", "till", "by"].iter().any(|word| self.is(at - 1, word)) {
            return Tense::Future;
        }
        let here = self.document.sentences.get(self.document.sentence_of(at as u32).unwrap_or(0));
        let verb = if here.is_some_and(|s| s.parsed) { self.governor(at) } else { None };
        let verb = verb
            .or_else(|| (self.start..at).rev().find(|i| self.token(*i).is_some_and(|t| matches!(t.pos, Pos::Verb | Pos::Aux))));
        let verb =
            verb.or_else(|| (at..self.end).find(|i| self.token(*i).is_some_and(|t| matches!(t.pos, Pos::Verb | Pos::Aux))));
        let Some(verb) = verb else { return Tense::Past };
        let lemma_before = |word: &str| {
            (verb.saturating_sub(4).max(self.start)..=verb).any(|i| self.token(i).is_some_and(|t| t.lemma == Sym::new(word)))
        };
        let to = verb > self.start
            && self.token(verb - 1).is_some_and(|t| t.tag == Tag::To)
            && self.token(verb).is_some_and(|t| t.tag == Tag::Vb);
        if lemma_before("will") || lemma_before("shall") || to { Tense::Future } else { Tense::Past }
    }

    fn governor(&self, at: usize) -> Option<usize> {
        let mut node = at;
        for _ in 0..12 {
            let token = self.token(node)?;
            if matches!(token.pos, Pos::Verb | Pos::Aux) && node != at {
                return Some(node);
            }
            if token.rel == Rel::Root || token.head as usize == node {
                return None;
            }
            node = token.head as usize;
        }
        None
    }
}

/// `count` units as a calendar length, with the grain at which a person means it.
fn length(unit_days: i32, count: i32) -> Option<(Length, Grain)> {
    let count = i64::from(count);
    Some(match unit_days {
        1 => (count.days(), Grain::Day),
        7 => (count.weeks(), Grain::Week),
        14 => ((count * 2).weeks(), Grain::Week),
        30 => (count.months(), Grain::Month),
        91 => ((count * 3).months(), Grain::Quarter),
        365 => (Length::new().try_years(count).ok()?, Grain::Year),
        _ => (Length::new().try_years(count.checked_mul(10)?).ok()?, Grain::Decade),
    })
}

/// The whole day, week, month … that holds a day.
fn whole(day: Date, grain: Grain) -> Option<(Date, Date)> {
    Some(match grain {
        Grain::Week => {
            let start = day.checked_sub(i64::from(Weekday::Monday.until(day.weekday())).days()).ok()?;
            (start, start.checked_add(6.days()).ok()?)
        }
        Grain::Month => (day.first_of_month(), day.last_of_month()),
        Grain::Quarter => {
            let start = Date::new(day.year(), (day.month() - 1) / 3 * 3 + 1, 1).ok()?;
            (start, start.checked_add(2.months()).ok()?.last_of_month())
        }
        Grain::Year => (day.first_of_year(), day.last_of_year()),
        Grain::Decade => {
            let year = day.year() / 10 * 10;
            (Date::new(year, 1, 1).ok()?, Date::new(year + 9, 12, 31).ok()?)
        }
        _ => (day, day),
    })
}

#[cfg(test)]
mod tests;
