//! Index keys → candidate pairs. Claims meet only under a shared key, and only across an opposition: never all pairs.
//!
//! What can be stored (the rarer side of an opposition) is stored; the common side only looks up and is forgotten where it meets
//! nothing. A key under which too many claims meet tells little: there two claims have to share a further name or main word of
//! their articles too. So cost follows the claims and the pairs that really meet, not the square of the collection.

use super::Stats;
use super::detectors::{self, Context, Key, Pole};
use super::facts::Fact;
use rayon::prelude::*;

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
pub fn candidates(cx: &Context, keys_of: &Keys, asked: &[u32], stats: &mut Stats) -> Vec<(u32, u32)> {
    let entries = |wanted: &(dyn Fn(&Key) -> bool + Sync)| -> Vec<Entry> {
        let parts: Vec<Vec<Entry>> = asked
            .par_chunks(TASK)
            .map(|part| {
                let (mut keys, mut out) = (Vec::new(), Vec::new());
                for &fact in part {
                    keys.clear();
                    keys_of(&cx.facts.list[fact as usize], &mut keys);
                    keys.retain(wanted);
                    keys.sort_unstable();
                    keys.dedup();
                    out.extend(keys.iter().map(|key| Entry { key: key.hash, pole: key.pole, fact }));
                }
                out
            })
            .collect();
        joined(parts)
    };
    let stored = entries(&|key| key.pole != Pole::Common);
    if stored.is_empty() {
        return Vec::new();
    }
    let known = Filter::of(&stored);
    let mut all = entries(&|key| key.pole == Pole::Common && known.may_hold(key.hash));
    all.extend(stored);
    all.par_sort_unstable();
    let stored_too = |bucket: &&[Entry]| bucket.iter().any(|entry| entry.pole != Pole::Common);
    let buckets: Vec<&[Entry]> = all.chunk_by(|a, b| a.key == b.key).filter(stored_too).collect();
    stats.keys += buckets.len();
    let met: Vec<(Vec<(u32, u32)>, usize)> = buckets
        .par_chunks(TASK)
        .map(|buckets| {
            let mut pairs = Vec::new();
            let crowded = buckets.iter().map(|bucket| spread(cx, bucket, 0, &mut pairs)).sum();
            (pairs, crowded)
        })
        .collect();
    stats.crowded += met.iter().map(|(_, crowded)| crowded).sum::<usize>();
    let mut pairs = joined(met.into_iter().map(|(pairs, _)| pairs).collect());
    pairs.par_sort_unstable();
    pairs.dedup();
    stats.candidates += pairs.len();
    pairs
}

/// One list after the other; each is let go once it is copied, so that they are never held twice.
fn joined<T>(parts: Vec<Vec<T>>) -> Vec<T> {
    let mut all = Vec::with_capacity(parts.iter().map(Vec::len).sum());
    parts.into_iter().for_each(|part| all.extend(part));
    all
}

/// Sets the claims of a key against each other; where too many meet, under each further anchor that they share. Returns how many
/// keys stayed crowded to the end.
fn spread(cx: &Context, bucket: &[Entry], depth: usize, pairs: &mut Vec<(u32, u32)>) -> usize {
    if met(bucket) <= CROWDS[depth] {
        meet(bucket, pairs);
        return 0;
    }
    if depth + 1 == CROWDS.len() {
        return 1;
    }
    let mut narrower = Vec::new();
    let mut anchors = Vec::new();
    for entry in bucket {
        detectors::anchors(cx, &cx.facts.list[entry.fact as usize], &mut anchors);
        narrower.extend(anchors.iter().map(|anchor| Entry { key: *anchor, ..*entry }));
    }
    narrower.sort_unstable();
    let (mut crowded, mut shared_by_all) = (0, 0);
    for part in narrower.chunk_by(|a, b| a.key == b.key) {
        // One anchor that all share is the key's own; a second one makes all of them of one story, and one look is enough.
        shared_by_all += usize::from(part.len() == bucket.len());
        if part.len() < bucket.len() || shared_by_all == 2 + depth {
            crowded += spread(cx, part, depth + 1, pairs);
        }
    }
    crowded
}

/// The entries of one key by pole: those that meet everyone, the rare, the common.
fn poles(bucket: &[Entry]) -> [&[Entry]; 3] {
    let any = bucket.partition_point(|entry| entry.pole <= Pole::Any);
    let rare = bucket.partition_point(|entry| entry.pole <= Pole::Rare);
    [&bucket[..any], &bucket[any..rare], &bucket[rare..]]
}

/// How many pairs meet under a key.
fn met(bucket: &[Entry]) -> usize {
    let [any, rare, common] = poles(bucket).map(<[Entry]>::len);
    any * any.saturating_sub(1) / 2 + any * (rare + common) + rare * common
}

fn meet(bucket: &[Entry], pairs: &mut Vec<(u32, u32)>) {
    let [any, rare, common] = poles(bucket);
    let mut add = |one: &Entry, others: &[Entry]| {
        let others = others.iter().filter(|other| other.fact != one.fact);
        pairs.extend(others.map(|other| (one.fact.min(other.fact), one.fact.max(other.fact))));
    };
    for (n, one) in any.iter().enumerate() {
        add(one, &any[n + 1..]);
        add(one, rare);
        add(one, common);
    }
    for one in rare {
        add(one, common);
    }
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

    fn bucket(entries: &[(Pole, u32)]) -> Vec<Entry> {
        let mut bucket: Vec<Entry> = entries.iter().map(|(pole, fact)| Entry { key: 1, pole: *pole, fact: *fact }).collect();
        bucket.sort_unstable();
        bucket
    }

    fn check(entries: &[(Pole, u32)], expected: &[(u32, u32)]) {
        let bucket = bucket(entries);
        let mut pairs = Vec::new();
        meet(&bucket, &mut pairs);
        pairs.sort_unstable();
        assert_eq!(pairs, expected);
        assert!(met(&bucket) >= pairs.len());
    }

    #[test]
    fn poles_of_one_kind_do_not_meet() {
        check(&[(Pole::Rare, 1), (Pole::Rare, 2), (Pole::Common, 3)], &[(1, 3), (2, 3)]);
        check(&[(Pole::Common, 1), (Pole::Common, 2)], &[]);
        check(&[(Pole::Any, 3), (Pole::Any, 1), (Pole::Common, 2)], &[(1, 2), (1, 3), (2, 3)]);
    }

    #[test]
    fn nothing_meets_itself() {
        check(&[(Pole::Rare, 1), (Pole::Common, 1)], &[]);
    }

    #[test]
    fn a_filter_holds_what_was_put_in() {
        let stored: Vec<Entry> = (0..500).map(|n| Entry { key: detectors::hash(n), pole: Pole::Any, fact: 0 }).collect();
        let filter = Filter::of(&stored);
        assert!(stored.iter().all(|entry| filter.may_hold(entry.key)));
        let mistaken = (1_000..2_000).filter(|n| filter.may_hold(detectors::hash(n))).count();
        assert!(mistaken < 150, "{mistaken} of 1000");
    }
}
