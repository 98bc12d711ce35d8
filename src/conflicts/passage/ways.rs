//! Where one goes from and where to: "left Orsa" against "left for Orsa", "arrived in Orsa in May" against "departed Orsa in May".
//!
//! The verbs are in the lists `leaving words` and `arriving words`, the prepositions in `away from`, `towards` and `at the end`.

use super::holders;
use super::side::{Side, told};
use super::{Finding, Pair, amount};
use crate::text::Rel;

/// Least share of the claim's other words, in percent, that stand in the passage's sentence.
const LEAST: u32 = 70;

/// A place and whether one goes away from it.
struct Way {
    verb: usize,
    place: usize,
    away: bool,
}

/// Sets the claim's ways against those of the passage.
pub fn find(pair: &Pair, out: &mut Vec<Finding>) {
    let (claim, passage) = (pair.claim, pair.passage);
    let theirs = ways(passage);
    for one in ways(claim) {
        let same = |other: &&Way| holders::share(pair, claim.name(one.place), passage.name(other.place));
        let met: Vec<&Way> = theirs.iter().filter(same).collect();
        let Some(other) = met.first().filter(|_| met.iter().all(|way| way.away != one.away)) else { continue };
        let share = told(pair, &passage.sentence(other.place), |t| t == one.place || t == one.verb);
        if share < LEAST || claim.denied[one.verb] || passage.denied[other.verb] {
            continue;
        }
        out.push(Finding {
            firm: true,
            kind: "place",
            why: "where one comes from is no place one goes to",
            part: "way",
            amount: amount(share, LEAST),
            because: pair.because((one.place, one.place), (other.place, other.place), "place"),
        });
    }
}

fn ways(side: &Side) -> Vec<Way> {
    let mut out = Vec::new();
    for verb in (0..side.tokens.len()).filter(|t| side.is("leaving words", *t) || side.is("arriving words", *t)) {
        let leaving = side.is("leaving words", verb);
        for place in side.kids(verb).filter(|k| side.is_name(*k) && !side.is_calendar(*k)) {
            let case = side.kids(place).find(|k| side.tokens[*k].rel == Rel::Case);
            let case_is = |list| case.is_some_and(|k| side.is(list, k));
            let away = if case_is("away from") && leaving {
                true
            } else if case_is("towards") || case_is("at the end") && !leaving {
                false
            } else if case.is_none() && side.tokens[place].rel == Rel::Obj {
                leaving
            } else {
                // "Came from Orsa" tells where somebody is at home.
                continue;
            };
            out.push(Way { verb, place, away });
        }
    }
    out
}
