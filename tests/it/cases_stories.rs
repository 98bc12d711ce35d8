//! Literate cases under `tests/cases/stories/*.md`: the articles of a story, and which of them take opposite sides on its truth.
//!
//! `opposed: a ~ b` names a pair that a conflict must join; every pair that is not named must stay silent. `none`: no pair at all.

use crate::literate;
use gainsay::article::Article;
use gainsay::base::Limits;
use gainsay::conflicts::{Options, Relation};
use gainsay::pipeline;
use gainsay::rules::{self, RuleSet};
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// The kinds that are about a story's truth rather than its details.
const KINDS: [&str; 5] = ["position", "negation", "antonym", "denial", "commitment"];

type Pairs = BTreeSet<(usize, usize)>;

fn letter(at: usize) -> char {
    (b'a' + at as u8) as char
}

fn joined(blocks: &[String], rules: &RuleSet) -> Pairs {
    let articles = blocks.iter().enumerate().map(|(at, text)| {
        let publisher = Some(format!("Outlet {}", letter(at)));
        Article { id: format!("{}.txt", letter(at)), publisher, ..literate::article(text) }
    });
    let options = Options { min_confidence: 50, ..Options::default() };
    let analysis = pipeline::check(articles.collect(), rules, &Limits::default(), &options);
    let counts = analysis.found.conflicts.iter().filter(|c| c.relation != Relation::Update && KINDS.contains(&c.kind));
    let pairs = counts.map(|c| (c.claims[0].reading as usize, c.claims[1].reading as usize));
    pairs.filter(|(x, y)| x != y).map(|(x, y)| (x.min(y), x.max(y))).collect()
}

fn wanted(expect: &str) -> Pairs {
    let index = |name: &str| name.trim().bytes().next().map_or(0, |b| (b - b'a') as usize);
    let pair = |line: &str| line.strip_prefix("opposed: ")?.split_once(" ~ ").map(|(x, y)| (index(x), index(y)));
    expect.lines().filter_map(pair).map(|(x, y)| (x.min(y), x.max(y))).collect()
}

#[test]
fn articles_are_opposed_as_their_stories_say() {
    let rules = rules::load(&rules::Options::default()).expect("the shipped rules load");
    let mut failed = String::new();
    for case in literate::cases("stories") {
        let (found, wanted) = (joined(&case.articles, &rules), wanted(&case.expect));
        let told = |pairs: Vec<&(usize, usize)>| -> String {
            pairs.iter().map(|(x, y)| format!(" {}~{}", letter(*x), letter(*y))).collect()
        };
        let (missed, surplus) = (told(wanted.difference(&found).collect()), told(found.difference(&wanted).collect()));
        if !missed.is_empty() || !surplus.is_empty() {
            let _ = writeln!(failed, "{}: missed{missed}; surplus{surplus}", case.name);
        }
    }
    assert!(failed.is_empty(), "{failed}");
}
