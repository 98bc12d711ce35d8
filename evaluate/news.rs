//! Unrelated news: every conflict reported there has to be real, since nobody wrote about one thing on purpose.
//!
//! `SHOW=news` prints the conflicts for reading.

use crate::data::{check, rules, share, shown, told};
use gainsay::report::Report;
use gainsay::rules::{Kind, RuleSet};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Prints the count.
pub fn table(data: &Path) {
    let names = ["articles_bbc.dev.jsonl", "articles_reuters.dev.jsonl"];
    let paths: Vec<PathBuf> = names.iter().map(|name| data.join(name)).filter(|path| path.exists()).collect();
    if paths.len() < names.len() {
        println!("articles of unrelated news: absent, left out");
        return;
    }
    let rules = rules();
    let report = check(&paths, &rules);
    if shown() == "news" {
        report.conflicts.iter().for_each(|conflict| println!("{}", told(&report, conflict)));
    }
    let kinds: Vec<String> = report.summary.conflicts.by_kind.iter().map(|(kind, count)| format!("{kind} {count}")).collect();
    println!("unrelated news: {} articles, {} claims", report.summary.articles, report.summary.claims);
    println!("  conflicts {} ({}); wanted: 9 in 10 real, as read", report.conflicts.len(), kinds.join(", "));
    packs(&report, &rules);
}

/// What each pack makes of it: positions a thousand claims, and conflicts, of which each is a false alarm unless a reader says otherwise.
fn packs(report: &Report, rules: &RuleSet) {
    let mut rows: BTreeMap<&str, (usize, usize, usize)> = BTreeMap::new();
    let mut pack_of: BTreeMap<&str, &str> = BTreeMap::new();
    for rule in &rules.rules {
        rows.entry(&rule.pack).or_default().0 += 1;
        if let Kind::Position(position) = &rule.kind {
            pack_of.insert(&rules.topics[position.topic].id, &rule.pack);
        }
    }
    let topics = report.claims.iter().flat_map(|claim| &claim.positions);
    for pack in topics.filter_map(|taken| pack_of.get(taken.topic.as_str())) {
        rows.entry(pack).or_default().1 += 1;
    }
    for pack in report.conflicts.iter().filter_map(|conflict| rules.rule(&conflict.rule)) {
        rows.entry(&pack.pack).or_default().2 += 1;
    }
    println!("  pack: rules, positions a thousand claims, conflicts");
    for (pack, (count, positions, conflicts)) in rows {
        let rate = 1000.0 * share(positions, report.claims.len());
        println!("    {pack:<12} {count:>3} {rate:>6.1} {conflicts:>3}");
    }
}
