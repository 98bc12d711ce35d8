//! Index keys → candidate pairs. Claims meet only under a shared key, and only across an opposition: never all pairs.
//!
//! The rarer side of an opposition is stored and the common side only looks up, so cost and memory follow the rare side and the
//! pairs that really meet.

use super::Stats;
use super::detectors::{Context, Detector, Key, Pole};
use crate::rules::Rule;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// More claims than this under one key tell nothing: the key is left out and counted.
const CROWD: usize = 600;

/// Pairs of facts that share a key of one rule, the smaller index first, sorted.
pub fn candidates(
    cx: &Context,
    rule: (usize, &Rule),
    detector: &dyn Detector,
    skip: &[bool],
    stats: &mut Stats,
) -> Vec<(u32, u32)> {
    let facts = &cx.facts.list;
    let keys_of = |at: usize| -> Vec<Key> {
        let mut keys = Vec::new();
        if !skip[facts[at].reading as usize] {
            detector.keys(cx, rule, &facts[at], &mut keys);
            keys.sort_unstable();
            keys.dedup();
        }
        keys
    };
    let stored: Vec<Vec<Key>> = (0..facts.len())
        .into_par_iter()
        .map(|at| {
            let mut keys = keys_of(at);
            keys.retain(|key| key.pole != Pole::Common);
            keys
        })
        .collect();
    let mut buckets: FxHashMap<u64, Vec<(u32, Pole)>> = FxHashMap::default();
    for (at, keys) in stored.into_iter().enumerate() {
        for key in keys {
            buckets.entry(key.hash).or_default().push((at as u32, key.pole));
        }
    }
    stats.keys += buckets.len();
    if buckets.is_empty() {
        return Vec::new();
    }
    let mut pairs: Vec<(u32, u32)> = Vec::new();
    for bucket in buckets.values() {
        if bucket.len() > CROWD {
            stats.crowded += 1;
            continue;
        }
        for (n, (one, pole)) in bucket.iter().enumerate() {
            let others = bucket[n + 1..].iter().filter(|(_, other)| *pole == Pole::Any || *other == Pole::Any);
            pairs.extend(others.map(|(other, _)| order(*one, *other)));
        }
    }
    let looked_up: Vec<Vec<(u32, u32)>> = (0..facts.len())
        .into_par_iter()
        .map(|at| {
            let mut met = Vec::new();
            for key in keys_of(at).into_iter().filter(|key| key.pole == Pole::Common) {
                let Some(bucket) = buckets.get(&key.hash).filter(|b| b.len() <= CROWD) else { continue };
                met.extend(bucket.iter().filter(|(other, _)| *other != at as u32).map(|(other, _)| order(at as u32, *other)));
            }
            met.sort_unstable();
            met.dedup();
            met
        })
        .collect();
    pairs.extend(looked_up.into_iter().flatten());
    pairs.par_sort_unstable();
    pairs.dedup();
    stats.candidates += pairs.len();
    pairs
}

fn order(a: u32, b: u32) -> (u32, u32) {
    (a.min(b), a.max(b))
}
