//! Index keys → candidate pairs. Claims meet only under a shared key, and only across an opposition: never all pairs.
//!
//! What can be stored (the rarer side of an opposition) is stored; the common side only looks up and is forgotten where it meets
//! nothing. A key under which too many claims meet tells little: there two claims have to share a further name or main word of
//! their articles too. So cost follows the claims and the pairs that really meet, not the square of the collection.

use super::Stats;
use super::detectors::{self, Context, Key, Pole};
use super::facts::Fact;
use super::near::Near;
use rayon::prelude::*;
use std::sync::Arc;

/// Pairs under one key from which the key alone is not enough, then the key with one anchor more, then with two.
const CROWDS: [usize; 3] = [600, 2_000, 8_000];
/// Facts that one task looks at.
const TASK: usize = 1_024;

/// A claim under a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    key: u64,
    pole: Pole,
    fact: u32,
}

/// Gives the keys of a fact.
pub type Keys<'a> = dyn Fn(&Fact, &mut Vec<Key>) + Sync + 'a;

/// Pairs of the facts under `asked` that share a key, the smaller index first, sorted.
pub fn candidates(space: &Space, keys_of: &Keys, asked: &[u32], stats: &mut Stats) -> Vec<(u32, u32)> {
    let cx = space.cx;
    // Entries of the wanted keys, and the facts that have others.
    let entries = |asked: &[u32], wanted: &(dyn Fn(&Key) -> bool + Sync)| -> (Vec<Entry>, Vec<u32>) {
        let parts: Vec<(Vec<Entry>, Vec<u32>)> = asked
            .par_chunks(TASK)
            .map(|part| {
                let (mut keys, mut out, mut more) = (Vec::new(), Vec::new(), Vec::new());
                for &fact in part {
                    keys.clear();
                    keys_of(&cx.facts.list[fact as usize], &mut keys);
                    let all = keys.len();
                    keys.retain(wanted);
                    more.extend((keys.len() < all).then_some(fact));
                    keys.sort_unstable();
                    keys.dedup();
                    out.extend(keys.iter().map(|key| Entry { key: key.hash, pole: key.pole, fact }));
                }
                (out, more)
            })
            .collect();
        let (entries, more) = parts.into_iter().unzip();
        (joined(entries), joined(more))
    };
    let (stored, common) = entries(asked, &|key| key.pole != Pole::Common);
    if stored.is_empty() {
        return Vec::new();
    }
    let known = Filter::of(&stored);
    let (mut all, _) = entries(&common, &|key| key.pole == Pole::Common && known.may_hold(key.hash));
    all.extend(stored);
    all.par_sort_unstable();
    let stored_too = |bucket: &&[Entry]| bucket.iter().any(|entry| entry.pole != Pole::Common);
    let buckets: Vec<&[Entry]> = all.chunk_by(|a, b| a.key == b.key).filter(stored_too).collect();
    stats.keys += buckets.len();
    let met: Vec<(Vec<(u32, u32)>, usize)> = buckets
        .par_chunks(TASK)
        .map(|buckets| {
            let mut pairs = Vec::new();
            let crowded = buckets.iter().map(|bucket| spread(space, bucket, 0, &mut pairs)).sum();
            (pairs, crowded)
        })
        .collect();
    stats.crowded += met.iter().map(|(_, crowded)| crowded).sum::<usize>();
    let mut pairs = joined(met.into_iter().map(|(pairs, _)| pairs).collect());
    pairs.par_sort_unstable();
    pairs.dedup();
    pairs
}

/// One list after the other; each is let go once it is copied, so that they are never held twice.
fn joined<T>(parts: Vec<Vec<T>>) -> Vec<T> {
    let mut all = Vec::with_capacity(parts.iter().map(Vec::len).sum());
    parts.into_iter().for_each(|part| all.extend(part));
    all
}

/// Sets the claims of a key against each other; where too many pairs meet, under each further anchor that they share. Returns how
/// many keys stayed crowded to the end.
fn spread(space: &Space, bucket: &[Entry], depth: usize, pairs: &mut Vec<(u32, u32)>) -> usize {
    let start = pairs.len();
    if space.meet(bucket, CROWDS[depth], pairs) {
        return 0;
    }
    pairs.truncate(start);
    if depth + 1 == CROWDS.len() {
        return 1;
    }
    let mut narrower = Vec::new();
    let mut anchors = Vec::new();
    for entry in bucket {
        detectors::anchors(space.cx, &space.cx.facts.list[entry.fact as usize], &mut anchors);
        narrower.extend(anchors.iter().map(|anchor| Entry { key: *anchor, ..*entry }));
    }
    narrower.sort_unstable();
    let (mut crowded, mut shared_by_all) = (0, 0);
    for part in narrower.chunk_by(|a, b| a.key == b.key) {
        // One anchor that all share is the key's own; a second one makes all of them of one story, and one look is enough.
        shared_by_all += usize::from(part.len() == bucket.len());
        if part.len() < bucket.len() || shared_by_all == 2 + depth {
            crowded += spread(space, part, depth + 1, pairs);
        }
    }
    crowded
}

/// How far apart two claims of different articles may lie.
pub struct Window {
    /// Most days between them.
    pub days: u32,
    /// By fact: the day it is about, counted from a fixed one; `None` where nobody knows.
    pub day: Arc<[Option<i32>]>,
}

/// What lets claims of different articles meet besides their key.
pub struct Space<'a> {
    /// The claims.
    pub cx: &'a Context<'a>,
    /// Which articles lie near each other.
    pub near: &'a Near,
    /// What a rule's window keeps apart.
    pub window: Option<Window>,
    /// By article: the first of those that run one text; empty where none do.
    pub copies: &'a [u32],
}

impl<'a> Space<'a> {
    /// Everything near everything, at any time.
    pub fn whole(cx: &'a Context<'a>) -> Self {
        Self { cx, near: &Near::ALL, window: None, copies: &[] }
    }

    fn reading(&self, entry: &Entry) -> u32 {
        self.cx.facts.list[entry.fact as usize].reading
    }

    /// Whether two claims stand in articles that run one text, filled in anew or not.
    fn copied(&self, one: &Entry, other: &Entry) -> bool {
        let (one, other) = (self.reading(one), self.reading(other));
        let first = |at: u32| self.copies.get(at as usize);
        one != other && first(one).is_some() && first(one) == first(other)
    }

    /// Whether two claims are never set against each other: a rule's window keeps them apart, or their articles run one text.
    fn far(&self, one: &Entry, other: &Entry) -> bool {
        if self.copied(one, other) {
            return true;
        }
        let Some(window) = &self.window else { return false };
        let days = window.day[one.fact as usize].zip(window.day[other.fact as usize]);
        days.is_some_and(|(x, y)| x.abs_diff(y) > window.days) && self.reading(one) != self.reading(other)
    }

    /// Adds the pairs that meet under a key; `false` as soon as they are more than `most`.
    fn meet(&self, bucket: &[Entry], most: usize, pairs: &mut Vec<(u32, u32)>) -> bool {
        let [any, rare, common] = poles(bucket);
        let end = pairs.len() + most;
        let mut add = |one: &Entry, others: &[Entry]| {
            for other in self.beside(one, others) {
                if other.fact != one.fact && !self.far(one, other) {
                    pairs.push((one.fact.min(other.fact), one.fact.max(other.fact)));
                }
            }
            pairs.len() <= end
        };
        any.iter().enumerate().all(|(n, one)| add(one, &any[n + 1..]) && add(one, rare) && add(one, common))
            && rare.iter().all(|one| add(one, common))
    }

    /// Those of some entries of one pole, in order of claim, that lie near an article.
    fn beside<'e>(&self, one: &Entry, others: &'e [Entry]) -> impl Iterator<Item = &'e Entry> {
        let own = self.reading(one);
        let (few, many): (&[Entry], &[u32]) = match self.near.list(own) {
            Some(list) if others.len() > list.len() => (&[], list),
            _ => (others, &[]),
        };
        let starts = &self.cx.facts.starts;
        let readings = many.iter().copied().chain((!many.is_empty()).then_some(own));
        let sought = readings.flat_map(move |at| {
            let (first, end) = (starts[at as usize] as u32, starts[at as usize + 1] as u32);
            let start = others.partition_point(|entry| entry.fact < first);
            others[start..].iter().take_while(move |entry| entry.fact < end)
        });
        few.iter().filter(move |other| self.near.meet(own, self.reading(other))).chain(sought)
    }
}

/// The entries of one key by pole: those that meet everyone, the rare, the common.
fn poles(bucket: &[Entry]) -> [&[Entry]; 3] {
    let any = bucket.partition_point(|entry| entry.pole <= Pole::Any);
    let rare = bucket.partition_point(|entry| entry.pole <= Pole::Rare);
    [&bucket[..any], &bucket[any..rare], &bucket[rare..]]
}

/// Which keys are stored, with some mistaken for such: sixteen bits a key, so that one look is near at hand.
struct Filter {
    bits: Vec<u64>,
}

impl Filter {
    fn of(stored: &[Entry]) -> Self {
        let mut filter = Self { bits: vec![0; (stored.len() / 4).next_power_of_two()] };
        for entry in stored {
            let (word, bit) = filter.place(entry.key);
            filter.bits[word] |= bit;
        }
        filter
    }

    fn place(&self, key: u64) -> (usize, u64) {
        let mixed = key.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        ((mixed >> 20) as usize & (self.bits.len() - 1), 1 << (mixed >> 58))
    }

    fn may_hold(&self, key: u64) -> bool {
        let (word, bit) = self.place(key);
        self.bits[word] & bit != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_holds_what_was_put_in() {
        let stored: Vec<Entry> = (0..500).map(|n| Entry { key: detectors::hash(n), pole: Pole::Any, fact: 0 }).collect();
        let filter = Filter::of(&stored);
        assert!(stored.iter().all(|entry| filter.may_hold(entry.key)));
        let mistaken = (1_000..2_000).filter(|n| filter.may_hold(detectors::hash(n))).count();
        assert!(mistaken < 150, "{mistaken} of 1000");
    }
}
