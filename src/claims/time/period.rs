//! Parts of a year: quarters, halves, seasons; and the edges of periods ("by the end of the month").

use super::{Interval, Scan, Tense};
use crate::claims::Grain;
use crate::lexicon::{CalendarKind, NumberKind};
use crate::text::Pos;
use jiff::ToSpan;
use jiff::civil::Date;

impl Scan<'_> {
    /// "the second quarter of 2024", "the first half of the year", "the third quarter"
    pub(super) fn part_of_year(&self, at: usize) -> Option<Interval> {
        let rank = *self.lexicon.number_words.get(&(NumberKind::Ordinal, self.token(at)?.form))? as i8;
        let months = match self.calendar(at + 1, CalendarKind::Unit)?.value {
            91 => 3,
            182 => 6,
            _ => return None,
        };
        if !(1..=12 / months).contains(&rank) {
            return None;
        }
        let part = |year: i16| period(year, (rank - 1) * months + 1, months);
        if let Some((year, to)) = self.year_behind(at + 2) {
            let (start, end) = part(year)?;
            return Some(Interval { start, end, grain: Grain::Quarter, to });
        }
        // "The second half" may be one of a game.
        if months == 6 {
            return None;
        }
        let (start, end) = self.nearest(at, part)?;
        Some(Interval { start, end, grain: Grain::Quarter, to: at + 2 })
    }

    /// "last summer", "this spring", "in the spring of 2024", "summer 2024"
    pub(super) fn season(&self, at: usize) -> Option<Interval> {
        let step = ["last", "this", "next"].iter().position(|word| self.is(at, word));
        let here = at + usize::from(step.is_some());
        let noun = matches!(self.token(here)?.pos, Pos::Noun | Pos::Propn); // "fall" is a verb too
        let first = self.calendar(here, CalendarKind::Season).filter(|_| noun)?.value as i8;
        let season = |year: i16| period(year, first, 3);
        if let Some((year, to)) = self.year_behind(here + 1) {
            let (start, end) = season(year)?;
            return Some(Interval { start, end, grain: Grain::Quarter, to });
        }
        let published = self.published?;
        let years = [-1, 0, 1].map(|step| season(published.year() + step));
        let mut all = years.into_iter().flatten();
        let (start, end) = match step? {
            0 => all.rfind(|(_, end)| *end < published)?,
            1 => all.find(|(_, end)| *end >= published)?,
            _ => all.find(|(start, _)| *start > published)?,
        };
        Some(Interval { start, end, grain: Grain::Quarter, to: here + 1 })
    }

    /// "the end of the month", "the start of 2024": as exact as the period it is an edge of.
    pub(super) fn edge(&self, at: usize) -> Option<Interval> {
        if !self.any(at, "period-edges") || !self.is(at + 1, "of") {
            return None;
        }
        let the = usize::from(self.is(at + 2, "the"));
        if let Some(unit) = self.calendar(at + 2 + the, CalendarKind::Unit).filter(|_| the == 1) {
            let (_, grain) = super::length(unit.value, 1)?;
            let (start, end) = super::whole(self.published?, grain)?;
            return Some(Interval { start, end, grain, to: at + 4 });
        }
        self.plain(at + 2 + the)
    }

    /// "of 2024", "2024", "of the year", "of last year": the year and one past its last token.
    fn year_behind(&self, at: usize) -> Option<(i16, usize)> {
        let of = usize::from(self.is(at, "of"));
        if let Some(year) = self.year(at + of) {
            return Some((year, at + of + 1));
        }
        let published = self.published.filter(|_| of == 1)?;
        let step = ["last", "this", "next"].iter().zip(-1..).find(|(word, _)| self.is(at + 1, word));
        let step = step.map(|(_, step)| step).or_else(|| self.is(at + 1, "the").then_some(0))?;
        self.is(at + 2, "year").then_some((published.year() + step, at + 3))
    }

    /// Of one part of every year, the last that has begun, or with a future tense the first that is not over.
    fn nearest(&self, at: usize, part: impl Fn(i16) -> Option<(Date, Date)>) -> Option<(Date, Date)> {
        let published = self.published?;
        // A rank in front of a noun ("second quarter results") names no time by itself.
        if self.token(at + 2).is_some_and(|t| matches!(t.pos, Pos::Noun | Pos::Propn)) {
            return None;
        }
        let mut all = [-1, 0, 1].into_iter().filter_map(|step| part(published.year() + step));
        match self.tense(at) {
            Tense::Future => all.find(|(_, end)| *end >= published),
            Tense::Past => all.filter(|(start, _)| *start <= published).last(),
        }
    }
}

/// Some months of a year from its `first` on; winter reaches into the next.
fn period(year: i16, first: i8, months: i8) -> Option<(Date, Date)> {
    let start = Date::new(year, first, 1).ok()?;
    Some((start, start.checked_add(i64::from(months - 1).months()).ok()?.last_of_month()))
}
