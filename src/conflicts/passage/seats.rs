//! Where an organisation has its seat: "Velm-based Karst", "based in Velm", "the headquarters of Karst are in Velm". It has one.
//!
//! The words are in the lists `seated words` and `seat nouns`. Of two places one of which may lie in the other nothing is said.

use super::holders;
use super::side::Side;
use super::{Finding, Pair};
use crate::claims::EntityKind;

/// Words between a seat's noun and the place: "its headquarters are now in Velm".
const REACH: usize = 5;

/// An organisation and the place of its seat, by their tokens.
struct Seat {
    who: usize,
    place: usize,
}

/// Sets the claim's seats against those of the passage.
pub fn find(pair: &Pair, out: &mut Vec<Finding>) {
    let (claim, passage) = (pair.claim, pair.passage);
    let theirs = seats(passage);
    for one in seats(claim).into_iter().filter(|seat| !claim.denied[seat.place]) {
        let same = |other: &&Seat| holders::share(pair, claim.name(one.who), passage.name(other.who));
        let met: Vec<&Seat> = theirs.iter().filter(same).filter(|seat| !passage.denied[seat.place]).collect();
        let Some(other) = met.first().filter(|_| met.iter().all(|seat| apart(pair, one.place, seat.place))) else { continue };
        out.push(Finding {
            firm: true,
            kind: "place",
            why: "two seats of one organisation",
            part: "seat",
            amount: 10,
            because: pair.because(claim.name(one.place), passage.name(other.place), "place"),
        });
    }
}

/// Whether two places are not each other's part, as far as is known: of a state and a town nobody has declared that is left open.
fn apart(pair: &Pair, one: usize, other: usize) -> bool {
    let (ours, theirs) = (address(pair.claim, one), address(pair.passage, other));
    if ours.iter().any(|x| theirs.iter().any(|y| holders::share(pair, pair.claim.name(*x), pair.passage.name(*y)))) {
        return false;
    }
    let states = [(pair.claim, one), (pair.passage, other)].map(|(side, token)| {
        let being = side.beings[token];
        (
            being.is_some_and(|x| side.facts.who.list[x as usize].kind == EntityKind::State),
            being.and_then(|x| super::places::state_of(side, x)),
        )
    });
    match states {
        [(_, Some(x)), (_, Some(y))] if states[0].0 || states[1].0 => pair.claim.facts.who.together(x, y).is_none(),
        [(true, _), _] | [_, (true, _)] => false,
        _ => true,
    }
}

/// A place with the wider one behind its comma: "Velm, Halvern".
fn address(side: &Side, place: usize) -> Vec<usize> {
    let end = side.name(place).1;
    let comma = side.tokens.get(end + 1).is_some_and(|t| t.form.as_str() == ",");
    let wider = (comma && end + 2 < side.tokens.len() && side.is_name(end + 2)).then_some(end + 2);
    std::iter::once(place).chain(wider).collect()
}

fn seats(side: &Side) -> Vec<Seat> {
    let place = |at: usize| (at < side.tokens.len() && side.is_name(at) && !side.is_calendar(at)).then_some(at);
    let mut out = Vec::new();
    for at in 0..side.tokens.len() {
        let sentence = side.sentence(at);
        let named_before = || (sentence.start..at).rev().find(|t| place(*t).is_some());
        let behind = |from: usize| {
            let until = (from + REACH).min(sentence.end);
            let case = (from..until).find(|t| side.is("at the end", *t))?;
            place(case + 1).or_else(|| place(case + 2).filter(|_| case + 2 < until))
        };
        if side.is("seated words", at) {
            let hyphen = at >= sentence.start + 2 && side.tokens[at - 1].form.as_str().starts_with(['-', '\u{2010}', '\u{2011}']);
            let pair = if hyphen {
                place(at + 1).zip(place(at - 2))
            } else {
                named_before().zip(behind(at + 1).filter(|p| *p <= at + 3))
            };
            out.extend(pair.map(|(who, place)| Seat { who, place }));
        } else if side.is("seat nouns", at) {
            let within = |k: usize| side.kids(k).any(|case| side.is("at the end", case));
            let of = side.kids(at).find(|k| place(*k).is_some() && *k > at && !within(*k));
            let Some(place) = behind(of.unwrap_or(at) + 1) else { continue };
            out.extend(of.or_else(named_before).filter(|who| *who != place).map(|who| Seat { who, place }));
        }
    }
    out
}
