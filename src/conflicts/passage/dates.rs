//! Dates of dated events: born, died, released, founded, held. Two dates of one event, and ages and spans that the dates rule out.

use super::definition;
use super::side::Side;
use super::{Finding, Pair};
use crate::lexicon::CalendarKind;
use crate::text::{Pos, Shape};

/// A date as far as it is said, as a range of days from the year 0 (years of 372 days), or a month and day of any year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct When {
    first: usize,
    last: usize,
    /// First and last day; `None` where no year is said.
    days: Option<(i32, i32)>,
    month: Option<i32>,
    day: Option<i32>,
    /// End of a range that starts with the date before, or its start.
    range: Option<Edge>,
    /// The days of both ends of a range.
    edges: Option<((i32, i32), (i32, i32))>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Edge {
    Start,
    End,
}

/// Days of a year in which every month has 31.
pub const YEAR: i32 = 372;
const FAR: i32 = 9000 * YEAR;

impl When {
    /// First and last word.
    pub fn words(&self) -> (usize, usize) {
        (self.first, self.last)
    }
}

/// When somebody was born and died.
#[derive(Clone, Copy, Debug, Default)]
pub struct Life {
    /// First and last possible day of birth.
    pub born: Option<(i32, i32)>,
    /// First and last possible day of death.
    pub died: Option<(i32, i32)>,
    /// The words that date the death.
    pub death: Option<(usize, usize)>,
}

/// The life that a text's first sentence dates.
pub fn life(side: &Side) -> Life {
    let mut out = Life::default();
    for dated in dated(side) {
        match dated.known.or_else(|| family(side, dated.event?)) {
            Some("born") if out.born.is_none() => out.born = dated.when.days,
            Some("died") if out.died.is_none() => {
                out.died = dated.when.days;
                out.death = Some(dated.when.words());
            }
            _ => {}
        }
    }
    out
}

/// First and last possible day of the one date that stands beside a claim's words in the text; `None` where there is none or several.
pub fn beside(pair: &Pair, words: impl Iterator<Item = usize>) -> Option<(i32, i32)> {
    let met: Vec<usize> = words.filter_map(|t| pair.cover.by[t].filter(|(_, s)| *s >= 7).map(|(y, _)| y)).collect();
    let verb = met.iter().find(|y| pair.passage.tokens[**y].pos == Pos::Verb);
    let near = pair.passage.sentence(*verb?);
    let life = |d: &Dated| d.known.or_else(|| family(pair.passage, d.event?)).is_some_and(|name| matches!(name, "born" | "died"));
    let list: Vec<Dated> = dated(pair.passage).into_iter().filter(|d| near.contains(&d.when.first) && !life(d)).collect();
    match &list[..] {
        [one] if one.when.range.is_none() && met.iter().filter(|y| near.contains(y)).count() >= 2 => {
            one.when.days.filter(|(lo, hi)| *lo > -FAR && *hi < FAR)
        }
        _ => None,
    }
}

/// First day of the first and last day of the last year of each range that a text gives ("from 1942 to 2008").
pub fn ranges_of(side: &Side) -> Vec<(i32, i32)> {
    let list = dated(side);
    let wide = |d: &Dated| d.when.range == Some(Edge::Start) && d.known.is_none();
    list.iter()
        .filter(|d| wide(d))
        .filter_map(|d| d.when.days)
        .filter(|(lo, hi)| hi - lo > YEAR && *hi < FAR && *lo > -FAR)
        .collect()
}

/// A dated event of a text.
#[derive(Clone, Debug)]
struct Dated {
    when: When,
    /// The word that happened then; `None` for a life's dates in parentheses.
    event: Option<usize>,
    /// What is known without a word: born, died, or brought out.
    known: Option<&'static str>,
}

/// Sets the claim's dates against the passage's.
pub fn find(pair: &Pair, out: &mut Vec<Finding>) {
    let (ours, theirs) = (dated(pair.claim), dated(pair.passage));
    for one in &ours {
        out.extend(only_date(pair, one, &theirs));
        let Some(event) = one.event.filter(|e| !pair.claim.denied[*e]).or(one.known.map(|_| one.when.first)) else { continue };
        out.extend(edge(pair, one, &theirs));
        let same: Vec<&Dated> = theirs.iter().filter(|other| same_event(pair, one, other)).collect();
        let rival = same.iter().find(|other| apart(&one.when, &other.when));
        let Some(rival) = rival else { continue };
        if same.iter().any(|other| !apart(&one.when, &other.when)) {
            continue;
        }
        let sentence = pair.claim.sentence(event);
        let until = (sentence.start..sentence.end).find(|t| *t >= event.min(one.when.first)).unwrap_or(event);
        if !pair.same_subject(&sentence, until) {
            continue;
        }
        let skip = |t: usize| (one.when.first..=one.when.last).contains(&t) || Some(t) == one.event;
        let share = pair.covered(&sentence, skip);
        if share < 45 {
            continue;
        }
        let percent = 60 + (share.saturating_sub(50)) as u8 / 2;
        out.push(Finding {
            firm: true,
            kind: "time",
            why: "two dates of one event",
            percent: percent.min(88),
            because: pair.because((one.when.first, one.when.last), (rival.when.first, rival.when.last), "time"),
        });
    }
}

/// "Began in 1994" against the first, "ended in 1995" against the last year of the passage's range.
fn edge(pair: &Pair, one: &Dated, theirs: &[Dated]) -> Option<Finding> {
    let claim = pair.claim;
    let sentence = claim.sentence(one.when.first);
    let says = |set: &str| sentence.clone().any(|t| claim.is(set, t) && !claim.denied[t]);
    let start = match (says("starting words"), says("ending words")) {
        (true, false) => true,
        (false, true) => false,
        _ => return None,
    };
    let ranges: Vec<(&Dated, (i32, i32))> =
        theirs.iter().filter_map(|d| Some((d, if start { d.when.edges?.0 } else { d.when.edges?.1 }))).collect();
    let [(rival, day)] = ranges[..] else { return None };
    let (low, high) = one.when.days?;
    let near = pair.passage.sentence(rival.when.first);
    let beside = sentence.clone().any(|t| pair.cover.by[t].is_some_and(|(y, s)| s >= 7 && near.contains(&y)));
    (beside && (high < day.0 || day.1 < low)).then(|| Finding {
        firm: true,
        kind: "time",
        why: "another start or end than the range has",
        percent: 72,
        because: pair.because(one.when.words(), rival.when.words(), "time"),
    })
}

/// The claim's words all stand beside the passage's one date, which is another.
fn only_date(pair: &Pair, one: &Dated, theirs: &[Dated]) -> Option<Finding> {
    one.when.days?;
    let inside = |t: usize| (one.when.first..=one.when.last).contains(&t);
    let sentence = pair.claim.sentence(one.when.first);
    let words: Vec<usize> = sentence.clone().filter(|t| !inside(*t) && pair.claim.weight(*t) > 0).collect();
    let met: Vec<usize> = words.iter().filter_map(|t| pair.cover.by[*t].filter(|(_, s)| *s >= 7).map(|(y, _)| y)).collect();
    let near = pair.passage.sentence(*met.iter().min()?);
    let dates: Vec<&Dated> = theirs.iter().filter(|d| near.contains(&d.when.first)).collect();
    let [rival] = dates[..] else { return None };
    let beside = met.iter().all(|y| near.contains(y));
    let share = pair.covered(&sentence, inside);
    let clause = words.iter().any(|t| pair.claim.tokens[*t].pos == Pos::Verb && pair.cover.has(*t));
    if !beside
        || !clause
        || share < 85
        || met.len() < 3
        || !apart(&one.when, &rival.when)
        || theirs.iter().any(|d| !apart(&one.when, &d.when))
    {
        return None;
    }
    if pair.claim.denied[one.when.first] || pair.claim.denied[words[0]] {
        return None;
    }
    Some(Finding {
        firm: true,
        kind: "time",
        why: "another date beside the same words",
        percent: 66,
        because: pair.because((one.when.first, one.when.last), (rival.when.first, rival.when.last), "time"),
    })
}

/// Whether two dates cannot be of one day.
fn apart(one: &When, other: &When) -> bool {
    match (one.days, other.days) {
        (Some(x), Some(y)) => x.1 < y.0 || y.1 < x.0,
        _ => {
            let differs = |x: Option<i32>, y: Option<i32>| matches!((x, y), (Some(x), Some(y)) if x != y);
            differs(one.month, other.month) || one.month == other.month && differs(one.day, other.day)
        }
    }
}

fn same_event(pair: &Pair, one: &Dated, other: &Dated) -> bool {
    let name = |side: &Side, d: &Dated| d.known.or_else(|| family(side, d.event?));
    match (name(pair.claim, one), name(pair.passage, other)) {
        (Some(x), Some(y)) => x == y && (matches!(x, "born" | "died") || shares_object(pair, one, other)),
        (None, None) => match (one.event, other.event) {
            (Some(x), Some(y)) => super::side::meets(pair.claim, x, pair.passage, y) >= 8 && shares_object(pair, one, other),
            _ => false,
        },
        _ => false,
    }
}

/// Two releases may be of two things: what the claim's clause is about besides must be near the passage's date too.
fn shares_object(pair: &Pair, one: &Dated, other: &Dated) -> bool {
    let (Some(x), Some(y)) = (one.event, other.event) else { return true };
    let (near, far) = (pair.claim.sentence(x), pair.passage.sentence(y));
    let words: Vec<usize> =
        near.filter(|t| *t != x && !(one.when.first..=one.when.last).contains(t) && pair.claim.weight(*t) > 0).collect();
    let met = words.iter().filter(|t| pair.cover.by[**t].is_some_and(|(z, s)| s >= 7 && far.contains(&z))).count();
    words.is_empty() || met > 0 || words.iter().all(|t| pair.claim.is_name(*t))
}

/// The family of dated events that a word is of, by the lists `dated: …`.
fn family(side: &Side, token: usize) -> Option<&'static str> {
    let t = &side.tokens[token];
    let mut names: Vec<&'static str> = side
        .facts
        .lexicon
        .sets
        .iter()
        .filter(|(_, words)| words.word(t.lemma).is_some() || words.word(t.form).is_some())
        .filter_map(|(name, _)| name.as_str().strip_prefix("dated: "))
        .collect();
    names.sort_unstable();
    names.first().copied()
}

fn dated(side: &Side) -> Vec<Dated> {
    let definitions = definition::find(side);
    let mut out: Vec<Dated> = Vec::new();
    let all = dates(side);
    for (n, when) in all.iter().enumerate() {
        let open = opening(side, when.first);
        let sentence = side.sentence(when.first);
        if let Some(open) = open {
            let words = (open + 1..when.first).filter(|t| side.tokens[*t].pos == Pos::Verb).collect::<Vec<_>>();
            if let Some(verb) = words.last() {
                out.push(Dated { when: *when, event: Some(*verb), known: None });
                continue;
            }
            // "Ada Kell (3 May 1920 – 4 June 1999)", "The Lark (1999)".
            let pair_with = all.get(n + 1).filter(|next| closes(side, open, next.last));
            let is_end = n > 0 && closes(side, open, when.last) && all[n - 1].first > open;
            let first_words = open <= sentence.start + 9;
            let known = match (pair_with, is_end) {
                (Some(_), _) if first_words => Some("born"),
                (_, true) if first_words => Some("died"),
                _ => None,
            };
            if known.is_some() {
                out.push(Dated { when: *when, event: None, known });
            }
            continue;
        }
        if definitions.iter().any(|d| d.range.contains(&when.first)) && when.first == when.last {
            out.push(Dated { when: *when, event: None, known: Some("brought out") });
            continue;
        }
        out.push(Dated { when: *when, event: governor(side, when), known: None });
    }
    // "aired from 1968 to 1973": a claim about the start or end asks for that edge, any other for the whole.
    ranges(&out)
}

fn ranges(list: &[Dated]) -> Vec<Dated> {
    let mut out: Vec<Dated> = Vec::new();
    let mut at = 0;
    while at < list.len() {
        let one = &list[at];
        let next = list.get(at + 1);
        if let (Some(Edge::Start), Some(next)) = (one.when.range, next) {
            if next.when.range == Some(Edge::End) {
                let days = one.when.days.zip(next.when.days).map(|(a, b)| (a.0, b.1));
                let edges = one.when.days.zip(next.when.days);
                let when = When { last: next.when.last, days, edges, month: None, day: None, ..one.when };
                out.push(Dated { when, ..one.clone() });
                at += 2;
                continue;
            }
        }
        out.push(one.clone());
        at += 1;
    }
    out
}

/// The open parenthesis around a word; `None` where there is none.
fn opening(side: &Side, at: usize) -> Option<usize> {
    let start = side.sentence(at).start;
    for t in (start..at).rev() {
        match side.tokens[t].form.as_str() {
            "(" | "[" => return Some(t),
            ")" | "]" => return None,
            _ => {}
        }
    }
    None
}

fn closes(side: &Side, open: usize, last: usize) -> bool {
    opening(side, last) == Some(open)
}

/// The verb or event noun that a date is of.
fn governor(side: &Side, when: &When) -> Option<usize> {
    let range = side.sentence(when.first);
    let mut at = when.first;
    for _ in 0..8 {
        let head = side.head(at);
        if head == at || !range.contains(&head) {
            break;
        }
        at = head;
        if matches!(side.tokens[at].pos, Pos::Verb) && !(when.first..=when.last).contains(&at) {
            return Some(at);
        }
    }
    (range.start..when.first)
        .rev()
        .find(|t| side.tokens[*t].pos == Pos::Verb)
        .or_else(|| (when.last + 1..range.end).find(|t| side.tokens[*t].pos == Pos::Verb))
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
        Some(When { first: at, last, days, month: m, day: d, range: None, edges: None })
    };
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
    if let Some(y) = year(side, at) {
        // "1,300 men", "2001 voters": a figure, not a year.
        let counts =
            side.tokens.get(at + 1).is_some_and(|t| at + 1 < end && t.pos == Pos::Noun && t.form.as_str().ends_with('s'));
        return if counts { None } else { made(at, Some(y), None, None) };
    }
    if let Some(decade) = decade(form(at), side, at) {
        let days = Some((decade * YEAR + 1, (decade + 9) * YEAR + YEAR));
        return Some(When { first: at, last: at, days, month: None, day: None, range: None, edges: None });
    }
    if matches!(form(at + 1), "century" | "centuries") || (form(at + 1) == "-" && form(at + 2) == "century") {
        let ordinal = number(side, at).or_else(|| ordinal(side, at)).filter(|n| (5..=21).contains(n))?;
        let last = if form(at + 1) == "-" { at + 2 } else { at + 1 };
        let days = Some(((ordinal - 1) * 100 * YEAR + 1, ordinal * 100 * YEAR + YEAR));
        return Some(When { first: at, last, days, month: None, day: None, range: None, edges: None });
    }
    None
}

fn ordinal(side: &Side, at: usize) -> Option<i32> {
    let word = side.tokens.get(at)?.form;
    side.facts.lexicon.number_words.get(&(crate::lexicon::NumberKind::Ordinal, word)).map(|value| *value as i32)
}

fn decade(form: &str, side: &Side, at: usize) -> Option<i32> {
    let digits = form.strip_suffix("s").map(|f| f.trim_end_matches('\'')).filter(|d| d.len() == 4);
    if let Some(value) = digits.and_then(|d| d.parse::<i32>().ok()).filter(|y| y % 10 == 0 && (1000..2100).contains(y)) {
        return Some(value);
    }
    let words = ["twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"];
    let n = words.iter().position(|w| *w == form)?;
    let after_the = at > 0 && side.tokens[at - 1].form.as_str() == "the";
    after_the.then_some(1920 + 10 * n as i32)
}

/// "before 1990", "after May 2001", "from 1968 to 1973", "around 1500".
fn bounded(side: &Side, mut when: When, start: usize) -> When {
    let before = |n: usize| when.first.checked_sub(n).filter(|at| *at >= start).map_or("", |at| side.tokens[at].form.as_str());
    let word = match before(1) {
        "the" | "early" | "late" | "mid" | "-" => before(2),
        word => word,
    };
    let days = when.days;
    match word {
        // "from 1958 until 1962" is a range, "until 1962" an end without a start.
        "until" | "till" if side.tokens[start..when.first].iter().any(|t| t.form.as_str() == "from") => {
            when.range = Some(Edge::End)
        }
        "before" | "until" | "till" => when.days = days.map(|(lo, _)| (-FAR, lo - 1)),
        "by" => when.days = days.map(|(_, hi)| (-FAR, hi)),
        "after" => when.days = days.map(|(_, hi)| (hi + 1, FAR)),
        "since" => when.days = days.map(|(lo, _)| (lo, FAR)),
        "around" | "about" | "circa" | "c." => when.days = days.map(|(lo, hi)| (lo - 3 * YEAR, hi + 3 * YEAR)),
        "from" | "between" => when.range = Some(Edge::Start),
        "to" | "and" | "through" | "–" | "--" | "-" => when.range = Some(Edge::End),
        _ => {}
    }
    when
}
