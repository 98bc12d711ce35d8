//! Which articles lie near each other: the names and rare words that they share decide, weighed by how few articles have them.
//!
//! In: [`Facts`]. Out: [`Near`], for every article those that share most with it, a fixed number at most. So the claims of a general
//! rule meet in as many articles as before when the collection doubles, and in a folder no larger than that number everything meets.
//! Decides nothing about truth: whether two claims are about one thing is asked later, of each pair.

use super::detectors::hash;
use super::facts::Facts;
use rayon::prelude::*;
use std::cmp::Reverse;

/// Articles that one is near to at most.
const NEIGHBOURS: usize = 64;
/// What more articles than this have is no evidence that two of them belong together.
const COMMON: usize = 512;

/// Sum of rarities below which the names and words that an article shares with any other are too few to know it by.
const LEAST: u32 = 200;

/// For every article those near it, sorted; `None` where all are.
pub struct Near {
    lists: Option<Vec<Vec<u32>>>,
    shared: Option<Shared>,
}

impl Near {
    /// Everything is near everything.
    pub const ALL: Self = Self { lists: None, shared: None };

    /// Reads off names and rare words of the articles that are not left out.
    pub fn of(facts: &Facts, skip: &[bool]) -> Self {
        let articles = skip.iter().filter(|skip| !**skip).count();
        if articles <= NEIGHBOURS + 1 {
            return Self::ALL;
        }
        let shared = Shared::of(facts, skip);
        let count = facts.readings.len();
        let nearest: Vec<Vec<u32>> =
            (0..count as u32).into_par_iter().map_init(|| vec![0u32; count], |scores, at| shared.nearest(at, scores)).collect();
        let mut lists = nearest.clone();
        for (at, list) in (0u32..).zip(&nearest) {
            list.iter().for_each(|other| lists[*other as usize].push(at));
        }
        lists.par_iter_mut().for_each(|list| {
            list.sort_unstable();
            list.dedup();
        });
        Self { lists: Some(lists), shared: Some(shared) }
    }

    /// Whether the claims of two articles may meet; those of one always do.
    pub fn meet(&self, one: u32, other: u32) -> bool {
        one == other || self.lists.as_ref().is_none_or(|lists| lists[one as usize].binary_search(&other).is_ok())
    }

    /// How much two articles have in common, in percent of what the one with less of it shares with any other of the collection, each
    /// name and rare word weighed by how few articles have it; `None` in a folder in which all are near.
    ///
    /// Two articles of one trade or one campaign share the words that many there have; two of one story those that few have.
    pub fn kinship(&self, one: u32, other: u32) -> Option<u32> {
        let shared = self.shared.as_ref()?;
        let (mine, theirs) = (&shared.terms[one as usize], &shared.terms[other as usize]);
        let sum = |terms: &[u32]| terms.iter().map(|term| shared.rarity[*term as usize]).sum::<u32>();
        let both: u32 = mine.iter().filter(|t| theirs.binary_search(t).is_ok()).map(|t| shared.rarity[*t as usize]).sum();
        Some(both * 100 / sum(mine).min(sum(theirs)).max(LEAST))
    }

    /// The articles near one, besides itself; `None` where all are.
    pub fn list(&self, at: u32) -> Option<&[u32]> {
        self.lists.as_ref().map(|lists| lists[at as usize].as_slice())
    }
}

/// Which articles have a term: a name or a rare word.
struct Shared {
    /// Terms of each article, as places in `groups`, rising.
    terms: Vec<Vec<u32>>,
    /// What sharing each term tells.
    rarity: Vec<u32>,
    /// The articles that have each term.
    groups: Vec<Vec<u32>>,
    /// The place of each article when their ids are sorted.
    order: Vec<u32>,
}

impl Shared {
    fn of(facts: &Facts, skip: &[bool]) -> Self {
        let parts: Vec<Vec<(u64, u32)>> = (0..facts.readings.len())
            .into_par_iter()
            .map(|at| if skip[at] { Vec::new() } else { terms(facts, at).into_iter().map(|term| (term, at as u32)).collect() })
            .collect();
        let mut all: Vec<(u64, u32)> = parts.into_iter().flatten().collect();
        all.par_sort_unstable();
        let articles = skip.iter().filter(|skip| !**skip).count();
        let mut shared =
            Self { terms: vec![Vec::new(); facts.readings.len()], rarity: Vec::new(), groups: Vec::new(), order: order(facts) };
        for group in all.chunk_by(|a, b| a.0 == b.0).filter(|group| (2..=COMMON).contains(&group.len())) {
            let place = shared.groups.len() as u32;
            group.iter().for_each(|(_, at)| shared.terms[*at as usize].push(place));
            shared.rarity.push(rarity(articles, group.len()));
            shared.groups.push(group.iter().map(|(_, at)| *at).collect());
        }
        shared
    }

    /// The articles that share most with one; of equals those whose ids come first.
    fn nearest(&self, at: u32, scores: &mut [u32]) -> Vec<u32> {
        let mut touched = Vec::new();
        for term in &self.terms[at as usize] {
            let group = &self.groups[*term as usize];
            let weight = self.rarity[*term as usize];
            for other in group.iter().filter(|other| **other != at) {
                let score = &mut scores[*other as usize];
                if *score == 0 {
                    touched.push(*other);
                }
                *score += weight;
            }
        }
        let mut ranked: Vec<(Reverse<u32>, u32, u32)> =
            touched.iter().map(|other| (Reverse(scores[*other as usize]), self.order[*other as usize], *other)).collect();
        touched.iter().for_each(|other| scores[*other as usize] = 0);
        if ranked.len() > NEIGHBOURS {
            ranked.select_nth_unstable(NEIGHBOURS);
            ranked.truncate(NEIGHBOURS);
        }
        ranked.into_iter().map(|(_, _, other)| other).collect()
    }
}

/// The place of each article when their ids are sorted.
fn order(facts: &Facts) -> Vec<u32> {
    let mut sorted: Vec<u32> = (0..facts.readings.len() as u32).collect();
    sorted.sort_by_key(|at| facts.readings[*at as usize].article.id.as_str());
    let mut order = vec![0; sorted.len()];
    (0u32..).zip(sorted).for_each(|(place, at)| order[at as usize] = place);
    order
}

/// How much it tells that two of all articles share what `having` of them have: four times its logarithm to the base of two, in whole
/// numbers, so that every machine counts alike.
fn rarity(articles: usize, having: usize) -> u32 {
    ((articles as u128).pow(4) / (having as u128).pow(4)).max(2).ilog2()
}

/// The names of an article's claims, the parties that they belong to, and its rare words, each once.
fn terms(facts: &Facts, at: usize) -> Vec<u64> {
    let own = &facts.list[facts.starts[at]..facts.starts[at + 1]];
    let beings = own.iter().flat_map(|fact| fact.named.iter().chain(&fact.nearby)).flat_map(|b| [*b, facts.who.party(*b)]);
    let mut out: Vec<u64> = beings.map(|being| hash(("being", being))).collect();
    out.extend(facts.stories[at].anchors());
    out.extend(facts.stories[at].rare().map(|word| hash(("word", word))));
    out.sort_unstable();
    out.dedup();
    out
}

#[cfg(test)]
mod tests {
    use super::rarity;

    #[test]
    fn what_fewer_share_tells_more() {
        assert!(rarity(1_000, 2) > rarity(1_000, 20));
        assert!(rarity(1_000, 20) > rarity(1_000, 500));
        assert!(rarity(70, 70) > 0, "what all have still counts as shared");
        assert!(rarity(1_000_000, 1) > 0, "no overflow");
    }
}
