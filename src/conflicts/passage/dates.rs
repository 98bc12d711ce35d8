//! Dates of dated events: born, died, released, founded, held. Two dates of one event, and ages and spans that the dates rule out.

use super::calendar::{Edge, FAR, When, YEAR, apart, dates};
use super::definition;
use super::ranks;
use super::side::Side;
use super::{Finding, Pair, amount};
use crate::text::{Pos, Rel};

/// Least share of a claim's other words, in percent, for the date of a known event.
const LEAST: u32 = 45;
/// The same where only the words around a date say what it is of.
const LEAST_LONE: u32 = 85;

/// When somebody was born and died.
#[derive(Clone, Copy, Debug, Default)]
pub struct Life {
    /// First and last possible day of birth.
    pub born: Option<(i32, i32)>,
    /// First and last possible day of death.
    pub died: Option<(i32, i32)>,
    /// First and last possible day on which it was founded.
    pub founded: Option<(i32, i32)>,
    /// The words that date the founding.
    pub founding: Option<(usize, usize)>,
    /// The words that date the birth.
    pub birth: Option<(usize, usize)>,
    /// The words that date the death.
    pub death: Option<(usize, usize)>,
}

/// The life that a text's first sentence dates.
pub fn life(side: &Side) -> Life {
    let mut out = Life::default();
    for dated in dated(side) {
        match dated.known.or_else(|| family(side, dated.event?)) {
            Some("born") if out.born.is_none() => {
                out.born = dated.when.days;
                out.birth = Some(dated.when.words());
            }
            Some("founded") if out.founded.is_none() => {
                out.founded = dated.when.days;
                out.founding = Some(dated.when.words());
            }
            Some("died") if out.died.is_none() => {
                out.died = dated.when.days;
                out.death = Some(dated.when.words());
            }
            _ => {}
        }
    }
    out
}

/// First and last possible day of each date that the text gives beside words of a claim, births and deaths left out; whom the claim is
/// about does not tie a date to it.
pub fn beside(pair: &Pair, words: impl Iterator<Item = usize>) -> Vec<(i32, i32)> {
    let words: Vec<usize> = words.collect();
    let verb = words.iter().copied().find(|t| pair.claim.tokens[*t].pos == Pos::Verb).unwrap_or(usize::MAX);
    let subject = |t: usize| t < verb && pair.claim.is_name(t);
    let telling = words.into_iter().filter(|t| !subject(*t) && !pair.claim.is("age words", *t));
    let met: Vec<usize> = telling.filter_map(|t| pair.cover.by[t].filter(|(_, s)| *s >= 7).map(|(y, _)| y)).collect();
    let life = |d: &Dated| d.known.or_else(|| family(pair.passage, d.event?)).is_some_and(|name| matches!(name, "born" | "died"));
    let near = |d: &Dated| {
        let sentence = pair.passage.sentence(d.when.first);
        met.iter().any(|y| sentence.contains(y))
    };
    let list = dated(pair.passage).into_iter().filter(|d| !life(d) && near(d)).filter_map(|d| d.when.days);
    // What has been since a year began in it.
    let begun = |(low, high): (i32, i32)| (low, if high == FAR { low + YEAR } else { high });
    list.filter(|(low, _)| *low > -FAR).map(begun).collect()
}

/// Each of a claim's dated deeds: its verb, its date's words, first and last possible day.
pub fn deeds(side: &Side) -> Vec<(usize, (usize, usize), (i32, i32))> {
    let life = |d: &Dated| d.known.is_some() || d.event.and_then(|e| family(side, e)).is_some();
    let list = dated(side).into_iter().filter(|d| !life(d));
    list.filter_map(|d| Some((d.event?, d.when.words(), d.when.days?))).collect()
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
        if !pair.same_subject(&sentence, until) || of_another(pair, one, rival) {
            continue;
        }
        let skip = |t: usize| (one.when.first..=one.when.last).contains(&t) || Some(t) == one.event;
        let share = pair.covered(&sentence, skip);
        if share < LEAST || other_turn(pair, one, rival) {
            continue;
        }
        out.push(Finding {
            firm: true,
            kind: "time",
            why: "two dates of one event",
            part: "event-date",
            amount: amount(share, LEAST),
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
        part: "range-edge",
        amount: 10,
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
    if other_turn(pair, one, rival) || of_another(pair, one, rival) {
        return None;
    }
    let share = pair.covered(&sentence, inside);
    let clause = words.iter().any(|t| pair.claim.tokens[*t].pos == Pos::Verb && pair.cover.has(*t));
    if !beside
        || !clause
        || share < LEAST_LONE
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
        part: "lone-date",
        amount: amount(share, LEAST_LONE),
        because: pair.because((one.when.first, one.when.last), (rival.when.first, rival.when.last), "time"),
    })
}

/// Whether one date is of somebody whom the text names only by the one that the other is about: "the niece of the late Ada Kell died".
fn of_another(pair: &Pair, one: &Dated, other: &Dated) -> bool {
    let sentence = pair.claim.sentence(one.when.first);
    let near = pair.passage.sentence(other.when.first);
    let names = (sentence.start..one.event.unwrap_or(one.when.first)).filter(|t| pair.claim.is_name(*t));
    let met = names.filter_map(|x| pair.cover.by[x].filter(|(y, s)| *s >= 7 && near.contains(y)).map(|(y, _)| (x, y)));
    let met: Vec<(usize, usize)> = met.collect();
    !met.is_empty() && met.iter().all(|(x, y)| of_kin(pair.claim, *x) != of_kin(pair.passage, *y))
}

/// Whether a name only says whose kin somebody is.
fn of_kin(side: &Side, name: usize) -> bool {
    let start = side.sentence(name).start;
    let mut first = side.name(name).0;
    while first > start && matches!(side.tokens[first - 1].pos, Pos::Det | Pos::Adj) {
        first -= 1;
    }
    let of = first.checked_sub(1).filter(|at| *at > start && side.tokens[*at].form.as_str() == "of");
    of.is_some_and(|of| side.is("kin nouns", of - 1))
}

/// Whether only one side says which of several it was ("their first talks"): the other may tell of another one.
fn other_turn(pair: &Pair, one: &Dated, other: &Dated) -> bool {
    let alone = |here: &Side, at: &Dated, there: &Side, met: &dyn Fn(usize) -> bool| {
        let sentence = here.sentence(at.when.first);
        let within = ranks::ranks(here).into_iter().filter(|rank| sentence.contains(&rank.at));
        let ranked: Vec<_> = ranks::ranks(there).iter().map(|rank| there.tokens[rank.noun].lemma).collect();
        within.into_iter().any(|rank| met(rank.noun) && !ranked.contains(&here.tokens[rank.noun].lemma))
    };
    let said = |y: usize| {
        let near = pair.claim.sentence(one.when.first);
        near.into_iter().any(|x| super::side::meets(pair.claim, x, pair.passage, y) >= 7)
    };
    alone(pair.claim, one, pair.passage, &|x| pair.cover.has(x)) || alone(pair.passage, other, pair.claim, &said)
}

fn same_event(pair: &Pair, one: &Dated, other: &Dated) -> bool {
    let name = |side: &Side, d: &Dated| d.known.or_else(|| family(side, d.event?));
    match (name(pair.claim, one), name(pair.passage, other)) {
        (Some(x), Some(y)) => x == y && (matches!(x, "born" | "died") || shares_object(pair, one, other)),
        (None, None) => match (one.event, other.event) {
            // What is or has something may be and have it for long.
            (Some(x), Some(y)) => {
                let deed = pair.claim.weight(x) > 0 || pair.claim.tokens[x].lemma.as_str() != "have";
                // "The election" is told of as "the vote".
                let nouns = [(pair.claim, x), (pair.passage, y)].iter().all(|(side, t)| side.tokens[*t].pos == Pos::Noun);
                let alike = super::side::meets(pair.claim, x, pair.passage, y) >= if nouns { 4 } else { 8 };
                deed && alike && shares_object(pair, one, other)
            }
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
        .filter_map(|(name, _)| name.strip_prefix("dated: "))
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
        let event = governor(side, when).map(|verb| occasion(side, verb).unwrap_or(verb));
        out.push(Dated { when: *when, event, known: None });
    }
    // "aired from 1968 to 1973": a claim about the start or end asks for that edge, any other for the whole.
    ranges(side, &out)
}

fn ranges(side: &Side, list: &[Dated]) -> Vec<Dated> {
    let mut out: Vec<Dated> = Vec::new();
    let mut at = 0;
    while at < list.len() {
        let one = &list[at];
        let next = list.get(at + 1);
        if let Some(next) = next.filter(|next| next.when.range == Some(Edge::Choice)) {
            let days = one.when.days.zip(next.when.days).map(|(a, b)| (a.0.min(b.0), a.1.max(b.1)));
            let when = When { last: next.when.last, days, month: None, day: None, ..one.when };
            out.push(Dated { when, ..one.clone() });
            at += 2;
            continue;
        }
        // "1999-2007" needs no "from".
        let dashed = next.is_some_and(|next| next.when.first == one.when.last + 2 && opening(side, one.when.first).is_none());
        if let (true, Some(next)) = (dashed || one.when.range == Some(Edge::Start), next) {
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

/// The noun of an event that a date hangs on, of which another is only said to be earlier or later: "after its demolition in 1998".
fn nominal(side: &Side, when: &When) -> Option<usize> {
    let noun = side.head(when.first);
    let before = side.sentence(when.first).contains(&noun) && noun < when.first && side.tokens[noun].pos == Pos::Noun;
    let placed = || side.kids(noun).any(|k| side.tokens[k].rel == Rel::Case && side.is("time-prepositions", k));
    let deed = || crate::lexical::verbs_of(side.tokens[noun].lemma.as_str()).next().is_some();
    (before && placed() && deed()).then_some(noun)
}

/// The verb or event noun that a date is of.
/// "The vote, which is slated for May", "the talks take place in May": what the date is of where its verb only says that there is one.
fn occasion(side: &Side, verb: usize) -> Option<usize> {
    let happens = side.facts.lexicon.set("happening words").is_some_and(|set| set.longest_at(side.tokens, verb).is_some());
    let subject = side.kids(verb).find(|k| match side.tokens[*k].rel {
        Rel::Nsubj => happens,
        Rel::NsubjPass => side.is("timetable words", verb),
        _ => false,
    })?;
    if side.tokens[subject].pos == Pos::Noun {
        return Some(subject);
    }
    // A relative pronoun behind its noun: "the talks with Brenia, which".
    let start = side.sentence(verb).start;
    let mut noun = (start..subject).rev().find(|t| side.tokens[*t].pos != Pos::Punct)?;
    while matches!(side.tokens[noun].rel, Rel::Nmod | Rel::Flat | Rel::Compound) && (start..noun).contains(&side.head(noun)) {
        noun = side.head(noun);
    }
    (side.tokens[subject].pos == Pos::Pron && side.tokens[noun].pos == Pos::Noun).then_some(noun)
}

fn governor(side: &Side, when: &When) -> Option<usize> {
    let range = side.sentence(when.first);
    if let Some(deed) = nominal(side, when) {
        return Some(deed);
    }
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
