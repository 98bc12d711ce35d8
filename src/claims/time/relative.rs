//! Times counted from the day of publication, or from a day that was just named.

use super::{Interval, Scan, Tense, length, whole};
use crate::base::Sym;
use crate::claims::Grain;
use crate::lexicon::{CalendarKind, NumberKind};
use crate::text::Tag;
use jiff::civil::{Date, Weekday};
use jiff::{Span as Length, ToSpan};

impl Scan<'_> {
    /// "on Monday", "last Tuesday", "next Friday morning"; a date behind it says it better.
    pub(super) fn weekday(&self, at: usize) -> Option<Interval> {
        let published = self.published?;
        let lead = self.token(at).map(|t| t.form).filter(|form| ["last", "next", "this"].iter().any(|w| form.is(w)));
        let here = at + usize::from(lead.is_some());
        let row = self.calendar(here, CalendarKind::Weekday)?;
        let weekday = Weekday::from_monday_one_offset(row.value as i8).ok()?;
        let back = i64::from(weekday.until(published.weekday()));
        let back = if lead == Some(Sym::new("last")) && back == 0 { 7 } else { back };
        let future = lead.is_some_and(|form| form.is("next"))
            || !lead.is_some_and(|form| form.is("last")) && self.tense(here) == Tense::Future;
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
    pub(super) fn relative_day(&self, at: usize) -> Option<Interval> {
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

    /// "the day before yesterday", "the day after Monday"
    pub(super) fn day_beside(&self, at: usize) -> Option<Interval> {
        if !self.is(at, "day") {
            return None;
        }
        let step = if self.is(at + 1, "before") { -1 } else { i64::from(self.is(at + 1, "after")) };
        let found = self.plain(at + 2).filter(|found| step != 0 && found.grain == Grain::Day && found.start == found.end)?;
        let day = found.start.checked_add(step.days()).ok()?;
        Some(Interval { start: day, end: day, ..found })
    }

    /// A number and a unit of time, "two weeks", "a year": the length, its grain and one past it.
    fn counted_units(&self, at: usize) -> Option<(Length, Grain, usize)> {
        let token = self.token(at)?;
        let word = || self.lexicon.number_words.get(&(NumberKind::Cardinal, token.form)).map(|value| *value as i32);
        let one = || (self.is(at, "a") || self.is(at, "an")).then_some(1);
        let count = self.digits(at).or_else(word).or_else(one)?;
        let unit = self.calendar(at + 1, CalendarKind::Unit)?;
        let (length, grain) = length(unit.value, count)?;
        Some((length, grain, at + 2))
    }

    /// "two weeks ago", "a year ago" from publication; "three days earlier", "a week later" from a day just named.
    pub(super) fn counted_from(&self, at: usize) -> Option<Interval> {
        let (length, grain, end) = self.counted_units(at)?;
        let day = if self.is(end, "ago") {
            self.published?.checked_sub(length).ok()?
        } else if self.is(end, "earlier") {
            self.anchor?.checked_sub(length).ok()?
        } else if self.is(end, "later") {
            self.anchor?.checked_add(length).ok()?
        } else {
            return None;
        };
        let (start, end_day) = whole(day, grain)?;
        Some(Interval { start, end: end_day, grain, to: end + 1 })
    }

    /// "the next day", "the following week", "the previous day": from a day just named.
    pub(super) fn beside_anchor(&self, at: usize) -> Option<Interval> {
        let step = match self.token(at)?.form.as_str() {
            "next" | "following" => 1,
            "previous" => -1,
            _ => return None,
        };
        let unit = self.calendar(at + 1, CalendarKind::Unit).filter(|_| self.token(at + 1).is_some_and(|t| t.tag == Tag::Nn))?;
        if self.is(at, "next") && unit.value != 1 {
            return None; // "next week" counts from publication
        }
        let (length, grain) = length(unit.value, step)?;
        let (start, end) = whole(self.anchor?.checked_add(length).ok()?, grain)?;
        Some(Interval { start, end, grain, to: at + 2 })
    }

    /// "for the past two weeks", "over the last year", "for the next two weeks": up to publication, or from it.
    pub(super) fn stretch(&self, at: usize) -> Option<Interval> {
        let published = self.published?;
        let form = self.token(at)?.form;
        let is = |words: &[&str]| words.iter().any(|word| form.is(word));
        let back = is(&["past", "last", "previous", "recent"]);
        if !back && !is(&["next", "coming"]) {
            return None;
        }
        let single = || {
            let unit = self.calendar(at + 1, CalendarKind::Unit).filter(|_| is(&["past", "coming"]))?;
            let (length, grain) = length(unit.value, 1)?;
            Some((length, grain, at + 2))
        };
        let (length, _, to) = self.counted_units(at + 1).or_else(single)?;
        Some(if back {
            Interval { start: published.checked_sub(length).ok()?, end: published, grain: Grain::Since, to }
        } else {
            Interval { start: published, end: published.checked_add(length).ok()?, grain: Grain::Until, to }
        })
    }

    /// "will reopen in two days", "within a week": from publication until then.
    pub(super) fn ahead(&self, at: usize) -> Option<Interval> {
        let published = self.published?;
        let within = self.is(at, "within");
        if !within && !(self.is(at, "in") && self.tense(at) == Tense::Future) {
            return None;
        }
        let (length, _, to) = self.counted_units(at + 1)?;
        let end: Date = published.checked_add(length).ok()?;
        let past = within && self.tense(at) == Tense::Past;
        (!past).then_some(Interval { start: published, end, grain: Grain::Until, to })
    }

    /// "last month", "this week", "next year", "earlier this year"
    pub(super) fn relative_unit(&self, at: usize) -> Option<Interval> {
        let published = self.published?;
        let step = match self.token(at)?.form.as_str() {
            "last" | "previous" => -1,
            "this" => 0,
            "next" | "coming" => 1,
            _ => return None,
        };
        if self.calendar(at + 1, CalendarKind::Unit).is_some_and(|unit| unit.value == 1) {
            return None; // "the next day" counts from another day
        }
        let unit = self.calendar(at + 1, CalendarKind::Unit).filter(|_| self.token(at + 1).is_some_and(|t| t.tag == Tag::Nn))?;
        let (length, grain) = length(unit.value, step)?;
        let (start, end) = whole(published.checked_add(length).ok()?, grain)?;
        Some(Interval { start, end, grain, to: at + 2 })
    }
}
