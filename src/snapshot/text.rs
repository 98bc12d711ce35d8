//! Report → stable text: one conflict a block, in order of who is set against whom, then id.
//!
//! Says publisher and date, never file, line or offset: what merely moves or is renamed changes nothing. Confidence is a word and a
//! tenth. Each article has a digest of its claims, so that a claim that came or went shows even where no conflict changed.

use crate::base::Fingerprint;
use crate::report::Report;
use crate::report::outline::{Index, counted};
use crate::report::place::one_line;
use crate::report::view::{Article, Claim, Conflict};
use std::collections::BTreeMap;

/// The report as text for a snapshot. Blocks are parted by blank lines; a conflict's first word is its id.
pub fn render(report: &Report) -> String {
    let index = Index::new(report);
    let mut out = head(report);
    let mut conflicts: Vec<&Conflict> = report.conflicts.iter().collect();
    conflicts.sort_by_cached_key(|conflict| (speakers(conflict, &index), conflict.id.clone()));
    for conflict in conflicts {
        out.push('\n');
        out.push_str(&block(conflict, &index));
    }
    if !report.problems.is_empty() {
        out.push_str("\nproblems\n");
        for problem in &report.problems {
            out.push_str(&format!("  {}\n", one_line(&problem.message)));
        }
    }
    out
}

/// Counts, then a line an article: in order of date, publisher and headline.
fn head(report: &Report) -> String {
    let mut prints: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for claim in &report.claims {
        prints.entry(&claim.article).or_default().push(&claim.fingerprint);
    }
    let line = |article: &Article| {
        let mut claims = prints.get(article.id.as_str()).cloned().unwrap_or_default();
        claims.sort_unstable();
        let title = article.title.as_deref().unwrap_or("no headline");
        let digest = Fingerprint::of(claims.iter().copied()).short(6);
        format!("  {}: {} ({}, digest {digest})\n", outlet(article), one_line(title), counted(claims.len(), "claim"))
    };
    let key = |article: &&Article| (article.published.clone(), article.publisher.clone(), article.title.clone());
    let mut articles: Vec<&Article> = report.articles.iter().collect();
    articles.sort_by_cached_key(key);
    let summary = &report.summary;
    let mut out = format!("{}, {}\n", counted(summary.articles, "article"), counted(summary.conflicts.total, "conflict"));
    articles.into_iter().for_each(|article| out.push_str(&line(article)));
    out
}

/// "Valley Gazette, 2024-05-12".
fn outlet(article: &Article) -> String {
    let publisher = article.publisher.as_deref().unwrap_or("publisher not stated");
    format!("{publisher}, {}", article.published.as_deref().unwrap_or("undated"))
}

fn speakers(conflict: &Conflict, index: &Index<'_>) -> Vec<String> {
    conflict.claims.iter().map(|id| index.claim(id).map_or_else(String::new, |claim| index.speaker(claim))).collect()
}

/// One conflict.
pub fn block(conflict: &Conflict, index: &Index<'_>) -> String {
    let sides = if conflict.sides == "unknown" { String::new() } else { format!(", {}", conflict.sides) };
    let mut out = format!(
        "{} {} {} by {} ({}{sides}), {}\n",
        conflict.id,
        conflict.severity,
        conflict.relation,
        conflict.rule,
        conflict.kind,
        sure(conflict.confidence)
    );
    out.push_str(&format!("  {}\n", one_line(&conflict.message)));
    for id in &conflict.claims {
        if let Some(claim) = index.claim(id) {
            let clash: Vec<String> = conflict.because.iter().filter(|b| b.claim == *id).map(|b| one_line(&b.text)).collect();
            side(claim, &clash, index, &mut out);
        }
    }
    if !conflict.also.is_empty() {
        out.push_str(&format!("  also: {}\n", conflict.also.join(", ")));
    }
    if let Some(reason) = &conflict.ignored {
        out.push_str(&format!("  ignored: {}\n", one_line(reason)));
    }
    out
}

fn side(claim: &Claim, clash: &[String], index: &Index<'_>, out: &mut String) {
    let outlet = index.article(&claim.article).map_or_else(String::new, outlet);
    out.push_str(&format!("  - {}; {outlet} [{}]\n", index.speaker(claim), claim.factuality));
    out.push_str(&format!("    {}\n", one_line(&claim.text)));
    if !clash.is_empty() {
        out.push_str(&format!("    clash: {}\n", clash.join(" | ")));
    }
}

/// Confidence as a word and a tenth: a hundredth more or less is no news.
fn sure(confidence: f64) -> String {
    let percent = (confidence * 100.0).round() as i64;
    let word = match percent {
        90.. => "near-certain",
        75.. => "likely",
        60.. => "probable",
        50.. => "even",
        _ => "doubtful",
    };
    format!("{word} {}/10", percent / 10)
}
