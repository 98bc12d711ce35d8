//! Rumour stories: of the article pairs that take opposite sides, how many are found; of those on one side, how many flagged.
//!
//! Each story is checked by itself as one file of articles; figures are means over stories. A pair of articles is flagged when a
//! conflict, no `update`, of a kind that says whether a rumour is true joins a claim of each. `SHOW=stories` prints the stories one by one
//! with the pairs missed and the conflicts behind pairs that agree.

use crate::data::{check, items, rules, share, shown, told};
use gainsay::report::Report;
use gainsay::report::view::Conflict;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Kinds that tell whether the rumour is true; details may differ between articles that agree on it.
const KINDS: [&str; 5] = ["position", "negation", "antonym", "denial", "commitment"];

type Pair = (String, String);

/// Prints the table.
pub fn table(data: &Path) {
    let (Some(articles), Some(gold)) = (items(data, "stories.dev.articles.jsonl"), items(data, "stories.dev.gold.jsonl")) else {
        return;
    };
    let rules = rules();
    let folder = tempfile::tempdir().expect("the system has room for a story");
    let [mut found, mut flagged] = [Rates::default(), Rates::default()];
    for story in &gold {
        let lines: String =
            articles.iter().filter(|article| article["story"] == story["story"]).map(|article| format!("{article}\n")).collect();
        let path = folder.path().join("story.jsonl");
        std::fs::write(&path, lines).expect("the system has room for a story");
        let report = check(&[path], &rules);
        let joined = joined(&report);
        for (name, rates) in [("conflict", &mut found), ("agree", &mut flagged)] {
            let wanted = pairs(&story[name]);
            let hits = wanted.iter().filter(|pair| joined.contains_key(*pair)).count();
            rates.add(hits, wanted.len());
            if shown() == "stories" && !wanted.is_empty() {
                println!("{} {name}: {hits} of {}", story["story"], wanted.len());
                show(&report, &joined, &wanted, name == "conflict");
            }
        }
    }
    println!("stories.dev: means over stories, each checked by itself");
    println!(
        "  conflicting pairs found {:.3}   agreeing pairs flagged {:.3}   wanted 0.60 / at most 0.10   (all pairs {}/{}, {}/{})",
        found.mean(),
        flagged.mean(),
        found.hits,
        found.pairs,
        flagged.hits,
        flagged.pairs
    );
}

/// Shares of single stories and the pairs behind them.
#[derive(Default)]
struct Rates {
    shares: Vec<f64>,
    hits: usize,
    pairs: usize,
}

impl Rates {
    fn add(&mut self, hits: usize, pairs: usize) {
        if pairs > 0 {
            self.shares.push(share(hits, pairs));
        }
        self.hits += hits;
        self.pairs += pairs;
    }

    fn mean(&self) -> f64 {
        self.shares.iter().sum::<f64>() / self.shares.len().max(1) as f64
    }
}

fn pairs(list: &Value) -> Vec<Pair> {
    let name = |value: &Value| value.as_str().unwrap_or("").to_owned();
    list.as_array().into_iter().flatten().map(|pair| ordered(name(&pair[0]), name(&pair[1]))).collect()
}

fn ordered(a: String, b: String) -> Pair {
    if a <= b { (a, b) } else { (b, a) }
}

/// Article pairs that a conflict joins, with the conflicts.
fn joined(report: &Report) -> BTreeMap<Pair, Vec<&Conflict>> {
    let places: BTreeMap<&str, BTreeSet<&str>> = report
        .claims
        .iter()
        .map(|claim| {
            let further = claim.also_in.iter().map(|place| place.article.as_str());
            (claim.id.as_str(), further.chain([claim.article.as_str()]).collect())
        })
        .collect();
    let mut out: BTreeMap<Pair, Vec<&Conflict>> = BTreeMap::new();
    let telling = |conflict: &&Conflict| conflict.relation != "update" && KINDS.contains(&conflict.kind.as_str());
    for conflict in report.conflicts.iter().filter(telling) {
        let of = |at: usize| conflict.claims.get(at).and_then(|id| places.get(id.as_str())).into_iter().flatten();
        for (one, other) in of(0).flat_map(|one| of(1).map(move |other| (one, other))).filter(|(one, other)| one != other) {
            out.entry(ordered((*one).to_owned(), (*other).to_owned())).or_default().push(conflict);
        }
    }
    out
}

/// Prints the pairs that were missed, or the conflicts that flagged pairs which agree.
fn show(report: &Report, joined: &BTreeMap<Pair, Vec<&Conflict>>, wanted: &[Pair], missed: bool) {
    for pair in wanted {
        match joined.get(pair) {
            None if missed => println!("  missed {} ~ {}", pair.0, pair.1),
            Some(conflicts) if !missed => {
                println!("  flagged {} ~ {}", pair.0, pair.1);
                conflicts.iter().for_each(|conflict| println!("  {}", told(report, conflict)));
            }
            _ => {}
        }
    }
}
