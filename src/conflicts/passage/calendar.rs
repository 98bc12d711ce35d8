//! Dates as a text says them, each a range of days: "3 May 1920", "the late 1990s", "before 1990", "the 16th century".
//!
//! In: a text's words. Out: [`When`]s, in order. Which words bound, join or colour a date is the lexicon's. Knows no events.

use super::side::Side;
use crate::lexicon::{CalendarKind, NumberKind};
use crate::text::{Pos, Shape};

/// A date as far as it is said, as a range of days from the year 0 (years of 372 days), or a month and day of any year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct When {
    /// First word.
    pub first: usize,
    /// Last word.
    pub last: usize,
    /// First and last day; `None` where no year is said.
    pub days: Option<(i32, i32)>,
    /// Month, 1 to 12, where one is said.
    pub month: Option<i32>,
    /// Day of the month, where one is said.
    pub day: Option<i32>,
    /// First month of the season, where only that is said.
    pub season: Option<i32>,
    /// End of a range that starts with the date before, or its start.
    pub range: Option<Edge>,
    /// The days of both ends of a range.
    pub edges: Option<((i32, i32), (i32, i32))>,
}

/// How a date belongs to the one before or behind it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Edge {
    /// "From 1968", with the end behind it.
    Start,
    /// "To 1973", with the start before it.
    End,
    /// The later of two, of which only one is meant ("1912 or 1915").
    Choice,
}

/// Days of a year in which every month has 31.
pub const YEAR: i32 = 372;
/// A day that no date reaches.
pub const FAR: i32 = 9000 * YEAR;

impl When {
    /// First and last word.
    pub fn words(&self) -> (usize, usize) {
        (self.first, self.last)
    }
}

/// Whether two dates cannot be of one day.
pub fn apart(one: &When, other: &When) -> bool {
    if let Some(season) = one.season.or(other.season) {
        // A month to spare at either end: seasons begin as people feel them.
        let outside = |month: i32| (4..11).contains(&(month - season).rem_euclid(12));
        return one.month.or(other.month).is_some_and(outside);
    }
    match (one.days, other.days) {
        (Some(x), Some(y)) => x.1 < y.0 || y.1 < x.0,
        _ => {
            let differs = |x: Option<i32>, y: Option<i32>| matches!((x, y), (Some(x), Some(y)) if x != y);
            differs(one.month, other.month) || one.month == other.month && differs(one.day, other.day)
        }
    }
}

/// Every date of a text, in order.
pub fn dates(side: &Side) -> Vec<When> {
    let mut out = Vec::new();
    for sentence in &side.sentences {
        let mut at = sentence.start;
        while at < sentence.end {
            match date(side, at, sentence.end) {
                Some(when) => {
                    at = when.last + 1;
                    out.push(bounded(side, when, sentence.start));
                }
                None => at += 1,
            }
        }
    }
    out
}

fn month(side: &Side, at: usize) -> Option<i32> {
    let t = side.tokens.get(at)?;
    if t.shape == Shape::Lower {
        return None;
    }
    side.facts
        .lexicon
        .calendar
        .get(&t.lemma)
        .or_else(|| side.facts.lexicon.calendar.get(&t.form))
        .filter(|row| row.kind == CalendarKind::Month)
        .map(|row| row.value)
}

/// The first month of a season that something was in: "born in winter".
fn season(side: &Side, at: usize) -> Option<i32> {
    let before = |n: usize| at.checked_sub(n).map_or("", |t| side.tokens[t].form.as_str());
    let led = matches!(before(1), "in" | "during") || before(1) == "the" && matches!(before(2), "in" | "during");
    let row = side.facts.lexicon.calendar.get(&side.tokens.get(at)?.lemma)?;
    (led && row.kind == CalendarKind::Season).then_some(row.value)
}

fn number(side: &Side, at: usize) -> Option<i32> {
    let form = side.tokens.get(at)?.form.as_str();
    let digits = form.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    (!digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())).then(|| digits.parse().ok()).flatten()
}

fn year(side: &Side, at: usize) -> Option<i32> {
    let form = side.tokens.get(at)?.form.as_str();
    let four = form.len() == 4 && form.bytes().all(|b| b.is_ascii_digit());
    four.then(|| form.parse().ok()).flatten().filter(|y| (1000..2100).contains(y))
}

fn day(side: &Side, at: usize) -> Option<i32> {
    let short = side.tokens.get(at)?.form.as_str().len() <= 4;
    number(side, at).filter(|n| short && (1..=31).contains(n))
}

fn date(side: &Side, at: usize, end: usize) -> Option<When> {
    let form = |at: usize| side.tokens.get(at).filter(|_| at < end).map_or("", |t| t.form.as_str());
    let comma = |at: usize| at + usize::from(form(at) == ",");
    let made = |last: usize, y: Option<i32>, m: Option<i32>, d: Option<i32>| {
        let days = y.map(|y| match (m, d) {
            (Some(m), Some(d)) => (y * YEAR + (m - 1) * 31 + d, y * YEAR + (m - 1) * 31 + d),
            (Some(m), None) => (y * YEAR + (m - 1) * 31 + 1, y * YEAR + m * 31),
            _ => (y * YEAR + 1, y * YEAR + YEAR),
        });
        Some(When { first: at, last, days, month: m, day: d, season: None, range: None, edges: None })
    };
    if let Some(season) = season(side, at) {
        return Some(When { season: Some(season), ..made(at, None, None, None)? });
    }
    if let Some(m) = month(side, at) {
        if let Some(d) = day(side, at + 1).filter(|_| at + 1 < end) {
            let y = comma(at + 2);
            return match year(side, y).filter(|_| y < end) {
                Some(value) => made(y, Some(value), Some(m), Some(d)),
                None => made(at + 1, None, Some(m), Some(d)),
            };
        }
        let y = if form(at + 1) == "of" { at + 2 } else { comma(at + 1) };
        return match year(side, y).filter(|_| y < end) {
            Some(value) => made(y, Some(value), Some(m), None),
            None => made(at, None, Some(m), None),
        };
    }
    if let (Some(d), Some(m)) = (day(side, at), month(side, at + 1 + usize::from(form(at + 1) == "of")).filter(|_| at + 1 < end))
    {
        let m_at = at + 1 + usize::from(form(at + 1) == "of");
        let y = comma(m_at + 1);
        return match year(side, y).filter(|_| y < end) {
            Some(value) => made(y, Some(value), Some(m), Some(d)),
            None => made(m_at, None, Some(m), Some(d)),
        };
    }
    if let Some((low, high, last)) = named(side, at).or_else(|| decade_of_century(side, at, end)) {
        let days = Some((low * YEAR + 1, high * YEAR + YEAR));
        return Some(When { first: at, last, days, month: None, day: None, season: None, range: None, edges: None });
    }
    if let Some((y, last)) = spelled(side, at, end) {
        return made(last, Some(y), None, None);
    }
    if let Some((decade, last)) = decade(side, at, end) {
        let days = Some(part_of(side, at, (decade * YEAR + 1, (decade + 9) * YEAR + YEAR)));
        return Some(When { first: at, last, days, month: None, day: None, season: None, range: None, edges: None });
    }
    if let Some(y) = year(side, at) {
        // "1,300 men", "2001 voters": a figure, not a year.
        let counts =
            side.tokens.get(at + 1).is_some_and(|t| at + 1 < end && t.pos == Pos::Noun && t.form.as_str().ends_with('s'));
        return if counts { None } else { made(at, Some(y), None, None) };
    }
    if matches!(form(at + 1), "century" | "centuries") || (form(at + 1) == "-" && form(at + 2) == "century") {
        let ordinal = number(side, at).or_else(|| ordinal(side, at)).filter(|n| (5..=21).contains(n))?;
        let last = if form(at + 1) == "-" { at + 2 } else { at + 1 };
        let days = Some(((ordinal - 1) * 100 * YEAR + 1, ordinal * 100 * YEAR + YEAR));
        return Some(When { first: at, last, days, month: None, day: None, season: None, range: None, edges: None });
    }
    None
}

/// The value of "fourth"; `None` where the word is none.
pub fn ordinal(side: &Side, at: usize) -> Option<i32> {
    let word = side.tokens.get(at)?.form;
    side.facts.lexicon.number_words.get(&(NumberKind::Ordinal, word)).map(|value| *value as i32)
}

/// A period that has a name ("World War I"), by the lists `period FIRST to LAST`: its years, and its last word.
fn named(side: &Side, at: usize) -> Option<(i32, i32, usize)> {
    let lists = side.facts.lexicon.sets.iter().filter_map(|(name, words)| {
        let (low, high) = name.strip_prefix("period ")?.split_once(" to ")?;
        let (len, ()) = words.longest_at(side.tokens, at)?;
        Some((low.parse().ok()?, high.parse().ok()?, at + len - 1))
    });
    lists.max_by_key(|(low, _, last)| (*last, *low))
}

/// "The fifth decade of the 20th century": its years, and its last word.
fn decade_of_century(side: &Side, at: usize, end: usize) -> Option<(i32, i32, usize)> {
    let form = |at: usize| side.tokens.get(at).filter(|_| at < end).map_or("", |t| t.form.as_str());
    let nth = |at: usize| number(side, at).or_else(|| ordinal(side, at));
    let decade = nth(at).filter(|n| (1..=10).contains(n) && form(at + 1) == "decade" && form(at + 2) == "of")?;
    let century = at + 3 + usize::from(form(at + 3) == "the");
    let first = (nth(century).filter(|_| form(century + 1) == "century")? - 1) * 100 + (decade - 1) * 10;
    // Many call the eighties the eighth.
    Some((first, first + 19, century + 1))
}

/// "Nineteen fifty-six", "nineteen hundred fifty two": the year, and its last word.
fn spelled(side: &Side, at: usize, end: usize) -> Option<(i32, usize)> {
    let cardinal = |at: usize| {
        let word = side.tokens.get(at).filter(|_| at < end)?.form;
        side.facts.lexicon.number_words.get(&(NumberKind::Cardinal, word)).map(|value| *value as i32)
    };
    let form = |at: usize| side.tokens.get(at).filter(|_| at < end).map_or("", |t| t.form.as_str());
    let century = cardinal(at).filter(|n| (11..=20).contains(n))?;
    let mut next = at + 1;
    let hundred = form(next) == "hundred";
    next += usize::from(hundred) + usize::from(hundred && form(next + 1) == "and");
    let tens = cardinal(next).filter(|n| (10..100).contains(n))?;
    let unit = next + 1 + usize::from(form(next + 1) == "-");
    match cardinal(unit).filter(|n| tens % 10 == 0 && tens >= 20 && (1..10).contains(n)) {
        Some(n) => Some((century * 100 + tens + n, unit)),
        None => Some((century * 100 + tens, next)),
    }
}

/// "The 1990s", "the 1990's", "the nineties": the decade's first year, and its last word.
fn decade(side: &Side, at: usize, end: usize) -> Option<(i32, usize)> {
    let token = side.tokens.get(at)?;
    let round = |digits: &str| {
        let year = digits.parse::<i32>().ok().filter(|_| digits.len() == 4)?;
        (year % 10 == 0 && (1000..2100).contains(&year)).then_some(year)
    };
    let digits = token.form.as_str().strip_suffix('s').map(|form| form.trim_end_matches(['\'', '’']));
    if let Some(year) = digits.and_then(round) {
        return Some((year, at));
    }
    let led = at > 0 && (side.tokens[at - 1].form.as_str() == "the" || side.is("date colours", at - 1));
    let plural = at + 1 < end && matches!(side.tokens[at + 1].form.as_str(), "'s" | "’s" | "s");
    if let Some(year) = round(token.form.as_str()).filter(|_| led && plural) {
        return Some((year, at + 1));
    }
    let row = side.facts.lexicon.calendar.get(&token.form).filter(|row| row.kind == CalendarKind::Decade && led)?;
    Some((row.value, at))
}

/// The part of a period that the word before it leaves: a third of it, and a year to spare.
fn part_of(side: &Side, at: usize, (low, high): (i32, i32)) -> (i32, i32) {
    let Some(before) = at.checked_sub(1) else { return (low, high) };
    let third = (high - low) / 3;
    match () {
        () if side.is("date colours: early", before) => (low, low + third + YEAR),
        () if side.is("date colours: late", before) => (high - third - YEAR, high),
        () => (low, high),
    }
}

/// What the words before a date make of it.
#[derive(Clone, Copy)]
enum Bound {
    Before,
    By,
    After,
    Since,
    About,
    Start,
    End,
    Choice,
}

/// The lexicon's lists of such words.
const BOUNDS: [(&str, Bound); 8] = [
    ("date bound: before", Bound::Before),
    ("date bound: by", Bound::By),
    ("date bound: after", Bound::After),
    ("date bound: since", Bound::Since),
    ("date bound: about", Bound::About),
    ("date bound: start", Bound::Start),
    ("date bound: end", Bound::End),
    ("date bound: choice", Bound::Choice),
];

/// The bound right before a date; articles and what colours the date may stand between.
fn bound(side: &Side, first: usize, start: usize) -> Option<Bound> {
    let mut at = first;
    // "mid-1990s"
    let hyphen = |at: usize| at > start + 1 && side.tokens[at - 1].form.as_str() == "-" && side.is("date colours", at - 2);
    while at > start && (side.is("date colours", at - 1) || hyphen(at)) {
        at -= 1;
    }
    let ends_here = |name: &str| {
        let list = side.facts.lexicon.set(name)?;
        (1..=3).filter(|n| at >= start + n).find(|n| list.longest_at(side.tokens, at - n).is_some_and(|(len, ())| len == *n))
    };
    // The longest phrase decides: "prior to" before "to".
    let found = BOUNDS.iter().filter_map(|(name, bound)| Some((ends_here(name)?, *bound)));
    found.max_by_key(|(len, _)| *len).map(|(_, bound)| bound)
}

/// "before 1990", "after May 2001", "from 1968 to 1973", "around 1500".
fn bounded(side: &Side, mut when: When, start: usize) -> When {
    let days = when.days;
    let from = || side.tokens[start..when.first].iter().any(|t| t.form.as_str() == "from");
    let until = || when.first > start && side.is("date bound: until", when.first - 1);
    match bound(side, when.first, start) {
        // "from 1958 until 1962" is a range, "until 1962" an end without a start.
        Some(Bound::Before) if until() && from() => when.range = Some(Edge::End),
        Some(Bound::Before) => when.days = days.map(|(lo, _)| (-FAR, lo - 1)),
        Some(Bound::By) => when.days = days.map(|(_, hi)| (-FAR, hi)),
        Some(Bound::After) => when.days = days.map(|(_, hi)| (hi + 1, FAR)),
        Some(Bound::Since) => when.days = days.map(|(lo, _)| (lo, FAR)),
        Some(Bound::About) => when.days = days.map(|(lo, hi)| (lo - 3 * YEAR, hi + 3 * YEAR)),
        Some(Bound::Start) => when.range = Some(Edge::Start),
        Some(Bound::End) => when.range = Some(Edge::End),
        Some(Bound::Choice) => when.range = Some(Edge::Choice),
        None => {}
    }
    when
}
