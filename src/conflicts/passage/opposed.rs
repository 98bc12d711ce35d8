//! Opposites: one word of the claim is the opposite of a word of the passage, and the rest of the claim stands in the passage.

use super::side::Side;
use super::{Finding, Pair, amount};
use crate::conflicts::opposites;
use crate::text::{Pos, Rel, Tag};

/// Least share of the other words, in percent.
const LEAST: u32 = 70;

/// Sets opposite words against each other.
pub fn find(pair: &Pair, out: &mut Vec<Finding>) {
    let (claim, passage) = (pair.claim, pair.passage);
    for x in 0..claim.tokens.len() {
        let a = &claim.tokens[x];
        if !predicates(claim, x) || pair.cover.by[x].is_some_and(|(_, s)| s >= 7) || claim.denied[x] {
            continue;
        }
        let meets = |y: &usize| {
            let b = &passage.tokens[*y];
            !passage.denied[*y]
                && predicates(passage, *y)
                && (opposites(claim.facts, a.lemma, b.lemma).is_some() || opposites(claim.facts, a.form, b.form).is_some())
        };
        if claim.is("converses", x) {
            continue;
        }
        let Some(y) = (0..passage.tokens.len()).find(meets) else { continue };
        let sentence = claim.sentence(x);
        let rest: Vec<usize> = sentence.clone().filter(|t| *t != x && claim.weight(*t) > 0).collect();
        let share = pair.covered(&sentence, |t| t == x);
        // The rest must stand beside the opposite.
        let near = passage.sentence(y);
        let beside = rest.iter().filter(|t| pair.cover.by[**t].is_some_and(|(z, s)| s >= 7 && near.contains(&z))).count();
        if share < LEAST || beside == 0 || beside * 2 < rest.len() || pair.other_detail(&sentence, &near, |t| t == x) {
            continue;
        }
        out.push(Finding {
            firm: false,
            kind: "antonym",
            why: "a word and its opposite in the same words",
            part: "opposite",
            amount: amount(share, LEAST),
            because: pair.because((x, x), (y, y), "opposite"),
        });
    }
}

/// Whether a word says what is so rather than of whom: a verb, or an adjective that is no mere attribute of an indefinite noun.
fn predicates(side: &Side, token: usize) -> bool {
    let t = &side.tokens[token];
    match t.pos {
        Pos::Verb => side.weight(token) > 0,
        Pos::Adj | Pos::Adv if matches!(t.tag, Tag::Jjs | Tag::Rbs) => true,
        Pos::Adj => t.rel != Rel::Amod || side.kids(side.head(token)).any(|k| side.is("known-making words", k)),
        _ => false,
    }
}

/// Sets states of one axis against each other: "on time" and "three months late", "done" and "pending". The lists are named
/// `state AXIS: STATE`.
pub fn states(pair: &Pair, out: &mut Vec<Finding>) {
    let (ours, theirs) = (stated(pair.claim), stated(pair.passage));
    for one in ours.iter().filter(|s| !denied(pair.claim, s)) {
        let same: Vec<&Stated> = theirs.iter().filter(|s| s.axis == one.axis && !denied(pair.passage, s)).collect();
        let Some(rival) = same.first().filter(|_| same.iter().all(|s| s.state != one.state)) else { continue };
        let claim = pair.claim;
        let sentence = claim.sentence(one.first);
        let measure =
            |t: usize| claim.tokens[t].pos == Pos::Num || claim.facts.lexicon.units.word(claim.tokens[t].lemma).is_some();
        let skip = |t: usize| (one.first..=one.last).contains(&t) || measure(t);
        let near = pair.passage.sentence(rival.first);
        let beside = sentence.clone().any(|t| !skip(t) && pair.cover.by[t].is_some_and(|(y, s)| s >= 7 && near.contains(&y)));
        // What was finished on time may have been started late.
        let told = |t: usize| near.clone().any(|y| super::side::meets(claim, t, pair.passage, y) >= 7);
        let verbs = sentence.clone().filter(|t| claim.tokens[*t].pos == Pos::Verb && !skip(*t)).all(told);
        let share = pair.covered(&sentence, skip);
        if !beside || !verbs || share < LEAST || pair.other_detail(&sentence, &near, skip) {
            continue;
        }
        out.push(Finding {
            firm: true,
            kind: "antonym",
            why: "two states of which a thing has one",
            part: "state",
            amount: amount(share, LEAST),
            because: pair.because((one.first, one.last), (rival.first, rival.last), "opposite"),
        });
    }
}

/// A state of several words may hold its own negator ("did nothing wrong").
fn denied(side: &Side, stated: &Stated) -> bool {
    side.denied[stated.first] && (stated.first == stated.last || !(stated.first..=stated.last).any(|t| side.negates(t)))
}

struct Stated {
    axis: &'static str,
    state: &'static str,
    first: usize,
    last: usize,
}

fn stated(side: &Side) -> Vec<Stated> {
    let mut out = Vec::new();
    for (name, words) in &side.facts.lexicon.sets {
        let Some((axis, state)) = name.strip_prefix("state ").and_then(|rest| rest.split_once(": ")) else { continue };
        for at in 0..side.tokens.len() {
            // "The longer it lasts, the harder": compared, not stated.
            let compared = matches!(side.tokens[at].tag, Tag::Jjr | Tag::Rbr);
            if let Some((n, ())) = words.longest_at(side.tokens, at).filter(|_| !compared) {
                out.push(Stated { axis, state, first: at, last: at + n - 1 });
            }
        }
    }
    // "Delay in reaching agreement" reaches none: the longer phrase of an axis counts.
    let spans: Vec<(&str, usize, usize)> = out.iter().map(|s| (s.axis, s.first, s.last)).collect();
    let within = |s: &Stated, (axis, first, last): &(&str, usize, usize)| {
        s.axis == *axis && *first <= s.first && s.last <= *last && last - first > s.last - s.first
    };
    out.retain(|s| !spans.iter().any(|longer| within(s, longer)));
    out.sort_by_key(|s| (s.first, s.axis, s.state));
    out
}
