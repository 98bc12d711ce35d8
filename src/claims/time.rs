//! Time expressions → intervals on the calendar, resolved against the article's date and the tense around them.
//!
//! In: the words of one article and its date. Out: one entry per expression, in order. Without a date, weekdays, "last month" and
//! "two days ago" have no value and are left out; full dates stand on their own. The values follow TimeML's TIMEX3 (Pustejovsky
//! et al. 2003) as far as days go: clock times are kept as the day they fall on.

mod dated;
mod period;
mod relative;

use super::{Grain, Time};
use crate::lexicon::{CalendarKind, CalendarRow, Lexicon};
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
    let mut found: Vec<Expression> = Vec::new();
    let mut named: Option<(usize, Date)> = None; // the day named last, and in which sentence
    for (number, sentence) in document.sentences.iter().enumerate() {
        let (start, end) = (sentence.first as usize, sentence.end as usize);
        let mut scan = Scan { document, lexicon, published, anchor: None, start, end };
        let mut at = scan.start;
        while at < scan.end {
            scan.anchor = named.filter(|(sentence, _)| sentence + 1 >= number).map(|(_, day)| day);
            match scan.expression(at) {
                Some(expression) => {
                    at = (expression.end as usize).max(at + 1);
                    let time = expression.time;
                    if time.grain == Grain::Day && time.start == time.end {
                        named = Some((number, time.start));
                    }
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
    /// A day named in this sentence or the one before: what "two days earlier" counts from.
    anchor: Option<Date>,
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
        self.token(at).is_some_and(|t| t.form.is(word))
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
        if let Some(found) = self.range(at).or_else(|| self.ahead(at)) {
            return Some(self.made(at, &found, found.start, found.end, found.grain));
        }
        // "since", "until" and "by" open an interval; "late", "early", "last" belong to the expression that follows.
        let opening = self
            .token(at)
            .and_then(|t| ["since", "until", "till", "by", "before", "after"].iter().find(|word| t.form.is(word)).copied());
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
        self.plain(at).or_else(|| self.edge(at)).or_else(|| self.day_beside(at))
    }

    /// What needs no other expression inside.
    fn plain(&self, at: usize) -> Option<Interval> {
        self.iso(at)
            .or_else(|| self.dated(at))
            .or_else(|| self.part_of_year(at))
            .or_else(|| self.season(at))
            .or_else(|| self.weekday(at))
            .or_else(|| self.relative_day(at))
            .or_else(|| self.counted_from(at))
            .or_else(|| self.beside_anchor(at))
            .or_else(|| self.stretch(at))
            .or_else(|| self.relative_unit(at))
            .or_else(|| self.bare_year(at))
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
        let lemma_before =
            |word: &str| (verb.saturating_sub(4).max(self.start)..=verb).any(|i| self.token(i).is_some_and(|t| t.lemma.is(word)));
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
        182 => ((count * 6).months(), Grain::Quarter),
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
