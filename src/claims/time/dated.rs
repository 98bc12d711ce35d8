//! Dates and periods that the calendar names by themselves: days, months, years, decades, and two of them as a range.

use super::{Interval, Scan, Tense};
use crate::claims::Grain;
use crate::lexicon::CalendarKind;
use crate::text::{Pos, Tag};
use jiff::civil::Date;

/// Lists of the words that open a range, each with those that join its two ends.
const RANGES: [(&str, &str); 2] = [("range from", "range to"), ("range between", "range and")];

impl Scan<'_> {
    /// "2025-07-17"
    pub(super) fn iso(&self, at: usize) -> Option<Interval> {
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
    pub(super) fn dated(&self, at: usize) -> Option<Interval> {
        self.dated_in(at, None)
    }

    /// As [`Self::dated`]; a date without year takes `lent`, where one is.
    fn dated_in(&self, at: usize, lent: Option<i16>) -> Option<Interval> {
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
            let year = year.or(lent).or_else(|| self.nearest_year(at, |year| Date::new(year, month, 1).ok()))?;
            let start = Date::new(year, month, 1).ok()?;
            return Some(Interval { start, end: start.last_of_month(), grain: Grain::Month, to });
        };
        let year = year.or(lent).or_else(|| self.nearest_year(at, |year| Date::new(year, month, day).ok()))?;
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

    /// "From 3 to 5 May 2024", "between 3 May and 5 June 2024", "from May to June": one interval, the year said once.
    pub(super) fn range(&self, at: usize) -> Option<Interval> {
        let (_, joint) = RANGES.iter().find(|(opener, _)| self.any(at, opener))?;
        let joined = |i: usize| self.any(i, joint);
        // "From 3 to 5 May": the first day borrows month and year.
        if let Some(day) = self.day_number(at + 1).filter(|_| joined(at + 2)) {
            let last = self.dated(at + 3).filter(|last| last.grain == Grain::Day)?;
            let start = Date::new(last.start.year(), last.start.month(), day).ok()?;
            return (start < last.end).then_some(Interval { start, ..last });
        }
        let first = self.interval(at + 1).filter(|first| joined(first.to))?;
        let last = self.interval(first.to + 1)?;
        let lent = self.dated_in(at + 1, Some(last.start.year())).filter(|lent| lent.to == first.to);
        let start = lent.map_or(first.start, |lent| lent.start);
        (start <= last.end && first.grain == last.grain).then_some(Interval { start, ..last })
    }

    /// "in 2022", "since 2022", "the 1990s"; a bare year needs its preposition, else it may be a number.
    pub(super) fn bare_year(&self, at: usize) -> Option<Interval> {
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
}
