//! Near-identical articles are one voice: two outlets that run the same agency text confirm nothing for each other.
//!
//! MinHash over word shingles with banding finds the pairs in time linear in the text; each pair is then checked exactly.
//! Source: Broder 1997, On the resemblance and containment of documents; Leskovec, Rajaraman & Ullman, Mining of Massive Datasets,
//! ch. 3. Ours checks containment too, so that a shortened copy is found.

use crate::base::Sym;
use crate::claims::Reading;
use crate::text::Shape;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

/// Words in a shingle.
const SHINGLE: usize = 5;
/// Hashes of a sketch, in bands of [`ROWS`].
const HASHES: usize = 64;
/// Hashes of a band: with two, pairs of resemblance 0.4 are met with probability above 0.99.
const ROWS: usize = 2;
/// Resemblance from which two articles are one voice.
const RESEMBLANCE: f64 = 0.5;
/// Share of the shorter article found in the longer one from which the two are one voice.
const CONTAINMENT: f64 = 0.8;
/// Shingles below which an article is too short to tell.
const FEWEST: usize = 20;

/// Which articles are one voice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Voices {
    /// By article: the first article of its group.
    pub first: Vec<u32>,
}

impl Voices {
    /// Whether two articles are one voice.
    pub fn same(&self, a: usize, b: usize) -> bool {
        a == b || matches!((self.first.get(a), self.first.get(b)), (Some(x), Some(y)) if x == y)
    }

    /// The first article of the group, where the article has near copies; `None` for one that stands alone.
    pub fn group(&self, article: usize) -> Option<usize> {
        let first = *self.first.get(article)?;
        let shared = self.first.iter().enumerate().any(|(at, f)| *f == first && at != article);
        shared.then_some(first as usize)
    }
}

/// Groups the articles of a run.
pub fn voices(readings: &[Reading]) -> Voices {
    let shingles: Vec<FxHashSet<u64>> = readings.par_iter().map(shingles).collect();
    let sketches: Vec<[u64; HASHES]> = shingles.par_iter().map(sketch).collect();
    let mut first: Vec<u32> = (0..readings.len() as u32).collect();
    for band in 0..HASHES / ROWS {
        let mut buckets: FxHashMap<[u64; ROWS], Vec<u32>> = FxHashMap::default();
        for (at, sketch) in sketches.iter().enumerate().filter(|(at, _)| shingles[*at].len() >= FEWEST) {
            let mut key = [0; ROWS];
            key.copy_from_slice(&sketch[band * ROWS..(band + 1) * ROWS]);
            let bucket = buckets.entry(key).or_default();
            // One comparison with each group in the bucket is enough.
            let mut tried: Vec<u32> = Vec::new();
            for other in bucket.iter() {
                let (a, b) = (root(&first, *other), root(&first, at as u32));
                if a == b || tried.contains(&a) || tried.len() > 32 {
                    continue;
                }
                tried.push(a);
                if near(&shingles[*other as usize], &shingles[at]) {
                    first[a.max(b) as usize] = a.min(b);
                }
            }
            bucket.push(at as u32);
        }
    }
    Voices { first: (0..first.len() as u32).map(|at| root(&first, at)).collect() }
}

fn root(first: &[u32], mut at: u32) -> u32 {
    while first[at as usize] != at {
        at = first[at as usize];
    }
    at
}

fn near(one: &FxHashSet<u64>, two: &FxHashSet<u64>) -> bool {
    let (small, large) = if one.len() <= two.len() { (one, two) } else { (two, one) };
    let shared = small.iter().filter(|s| large.contains(*s)).count() as f64;
    let all = (one.len() + two.len()) as f64 - shared;
    shared >= RESEMBLANCE * all || shared >= CONTAINMENT * small.len() as f64
}

/// Hashes of the runs of five words; the words themselves are hashed, never their symbols, which change from run to run.
fn shingles(reading: &Reading) -> FxHashSet<u64> {
    let mut memo: FxHashMap<Sym, u64> = FxHashMap::default();
    let words: Vec<u64> = reading
        .document
        .tokens
        .iter()
        .filter(|t| t.shape != Shape::Mark)
        .map(|t| *memo.entry(t.form).or_insert_with(|| (crate::base::hash128(t.form.as_str().as_bytes()) >> 64) as u64))
        .collect();
    words.windows(SHINGLE).map(|w| w.iter().fold(0x9e37_79b9_7f4a_7c15, |hash, word| mix(hash ^ word))).collect()
}

fn sketch(shingles: &FxHashSet<u64>) -> [u64; HASHES] {
    let mut out = [u64::MAX; HASHES];
    let all: Vec<u64> = shingles.iter().copied().collect();
    // Four at a time: each hash waits for the one before it, and the processor has time for others meanwhile.
    for four in all.chunks(4) {
        let mut hashes = [four[0]; 4];
        hashes[..four.len()].copy_from_slice(four);
        for slot in &mut out {
            hashes = hashes.map(|hash| mix(hash.wrapping_add(0x9e37_79b9_7f4a_7c15)));
            *slot = hashes.iter().fold(*slot, |least, hash| least.min(*hash));
        }
    }
    out
}

/// The finaliser of SplitMix64. Source: Steele, Lea & Flood 2014, Fast splittable pseudorandom number generators.
fn mix(mut x: u64) -> u64 {
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;
    use crate::lexicon::Lexicon;

    fn groups(texts: &[&str]) -> Vec<u32> {
        let read = |text: &&str| {
            let article = Article { text: (*text).to_owned(), ..Article::default() };
            let document = crate::text::annotate(&article, Lexicon::built_in());
            Reading { article, document, ..Reading::default() }
        };
        voices(&texts.iter().map(read).collect::<Vec<_>>()).first
    }

    const WIRE: &str = "The ferry to the island stopped on Monday after a wave broke two of its windows near the pier. \
        Nobody was hurt, the harbour master said, and engineers expect the boat to sail again within a week. \
        A second boat will carry food and post until then, but no cars.";

    #[test]
    fn a_copy_with_one_sentence_changed_is_one_voice() {
        let copy = format!("{WIRE} The owner did not answer a call.");
        assert_eq!(groups(&[WIRE, &copy]), [0, 0]);
    }

    #[test]
    fn a_shortened_copy_is_one_voice() {
        let longer = format!(
            "{WIRE} {}",
            "The line has run since the war and lost money in most years, its books show, though tourists like it."
        );
        assert_eq!(groups(&[&longer, WIRE]), [0, 0]);
    }

    #[test]
    fn another_report_of_the_same_event_is_a_voice_of_its_own() {
        let other = "Islanders went without cars this week when their ferry was laid up. A wave had smashed windows beside the pier on \
            Monday, according to the harbour master, who said that no passenger had come to harm and that repairs would last days. \
            Post and food came on a smaller vessel.";
        assert_eq!(groups(&[WIRE, other]), [0, 1]);
    }
}
