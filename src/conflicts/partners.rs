//! A bound on the claims that one claim is set against under a general rule: of many those that share most of its words.
//!
//! In: pairs that share a key. Out: those of them in which each claim is among the other's nearest. A claim that shares keys with
//! hundreds of others shares what many have; so pairs follow the claims, not how often a trade's words and names are used. How near
//! two claims lie depends on these two alone, so what is added elsewhere changes nothing.

use super::align;
use super::facts::{Fact, Facts};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::cmp::Reverse;

/// Partners that a claim keeps. With 32 two of the 164 opposed pairs found among all development stories in one folder were lost, with
/// 24 twenty-seven.
const MOST: usize = 40;

/// What two claims and then their articles have in common, the most first; where that is equal, the partner's article by id, and its claim.
type Rank<'a> = (Reverse<u32>, Reverse<u32>, &'a str, u32);

/// Keeps the pairs, smaller index first and sorted, in which neither claim has as many partners that lie nearer.
pub fn nearest(facts: &Facts, mut pairs: Vec<(u32, u32)>) -> Vec<(u32, u32)> {
    let mut counts = vec![0_usize; facts.list.len()];
    for at in pairs.iter().flat_map(|(one, other)| [*one, *other]) {
        counts[at as usize] += 1;
    }
    let mut crowds: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
    for (own, partner) in pairs.iter().flat_map(|(one, other)| [(*one, *other), (*other, *one)]) {
        if counts[own as usize] > MOST {
            crowds.entry(own).or_default().push(partner);
        }
    }
    // By claim with too many partners the rank of the last that it keeps.
    let last: FxHashMap<u32, Rank> = crowds.into_par_iter().map(|(own, partners)| (own, last(facts, own, partners))).collect();
    let keeps = |own: u32, partner: u32| last.get(&own).is_none_or(|last| rank(facts, own, partner) <= *last);
    pairs.retain(|(one, other)| keeps(*one, *other) && keeps(*other, *one));
    pairs
}

fn last<'a>(facts: &'a Facts, own: u32, partners: Vec<u32>) -> Rank<'a> {
    let mut ranks: Vec<Rank> = partners.into_iter().map(|partner| rank(facts, own, partner)).collect();
    *ranks.select_nth_unstable(MOST - 1).1
}

/// Claims of one article come before all others.
fn rank<'a>(facts: &'a Facts, own: u32, partner: u32) -> Rank<'a> {
    let [own, partner]: [&Fact; 2] = [own, partner].map(|at| &facts.list[at as usize]);
    let shared = if own.reading == partner.reading { u32::MAX } else { own.shared_weight(partner) };
    let alike = align::story(facts, own, partner);
    (Reverse(shared), Reverse(alike), facts.readings[partner.reading as usize].article.id.as_str(), partner.claim)
}
