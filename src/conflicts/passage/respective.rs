//! Two rows told side by side: "Kell and Marsh got 21 and 18 months, respectively" gives Kell 21 months and no 18.

use super::holders;
use super::side::Side;
use super::{Finding, Pair, amount};
use crate::claims::{Quantity, quantity};
use crate::text::Pos;

/// Least share of the claim's other words, in percent, that the passage says.
const LEAST: u32 = 60;

/// A name by its first and last word.
type Name = (usize, usize);

/// Sets a figure that the claim gives one of a row against the one that the passage's row gives it.
pub fn find(pair: &Pair, out: &mut Vec<Finding>) {
    let (claim, passage) = (pair.claim, pair.passage);
    let Some(marker) = (0..passage.tokens.len()).find(|t| passage.is("row by row", *t)) else { return };
    let Some((names, values)) = rows(passage, marker) else { return };
    let whole = (0, claim.tokens.len() - 1);
    let named: Vec<usize> = (0..names.len()).filter(|n| holders::share(pair, whole, names[*n])).collect();
    let [own] = named[..] else { return };
    for figure in figures(claim) {
        let token = figure.first as usize;
        let fits = |q: &Quantity| q.value == figure.value && (q.unit == figure.unit || q.unit.is_none() || figure.unit.is_none());
        let at = |n: usize| (values[n].first as usize, values[n].end as usize - 1);
        if fits(&values[own]) || !values.iter().any(fits) || claim.denied[token] || passage.denied[at(own).0] {
            continue;
        }
        let inside = |t: usize| (token..figure.end as usize).contains(&t);
        let share = pair.covered(&claim.sentence(token), inside);
        if share >= LEAST {
            out.push(Finding {
                firm: true,
                kind: "quantity",
                why: "the figure is another one's in the row",
                part: "row",
                amount: amount(share, LEAST),
                because: pair.because((token, figure.end as usize - 1), at(own), "figure"),
            });
        }
    }
}

/// The row of names and the row of figures before a marker, as many of each.
fn rows(side: &Side, marker: usize) -> Option<(Vec<Name>, Vec<Quantity>)> {
    let sentence = side.sentence(marker);
    let link = |t: &usize| matches!(side.tokens[*t].form.as_str(), "and" | "," | "&");
    let values: Vec<Quantity> =
        figures(side).into_iter().filter(|q| sentence.contains(&(q.first as usize)) && (q.end as usize) <= marker).collect();
    let mut best: Vec<Name> = Vec::new();
    let mut row: Vec<Name> = Vec::new();
    let mut at = sentence.start;
    while at < marker {
        if !side.is_name(at) || side.tokens[at].pos == Pos::Num {
            at += 1;
            continue;
        }
        let name = side.name(at);
        let joined = row.last().is_some_and(|last| last.1 + 1 < name.0 && (last.1 + 1..name.0).all(|t| link(&t)));
        if !joined {
            row.clear();
        }
        row.push(name);
        if row.len() > best.len() {
            best.clone_from(&row);
        }
        at = name.1.max(at) + 1;
    }
    (best.len() >= 2 && values.len() >= best.len()).then(|| {
        let values = values[values.len() - best.len()..].to_vec();
        (best, values)
    })
}

fn figures(side: &Side) -> Vec<Quantity> {
    let all = quantity::find(&side.facts.readings[side.at].document, side.facts.lexicon);
    all.into_iter().filter(|q| (q.end as usize) <= side.tokens.len()).collect()
}
