//! Report → stable text: one conflict a block, the surest first within its relation, confidence in words.

use crate::report::Report;
use crate::report::outline::{Index, counted, sections};
use crate::report::view::{Claim, Conflict};

/// The report as text for a snapshot.
pub fn render(report: &Report) -> String {
    let index = Index::new(report);
    let summary = &report.summary;
    let mut out = format!("{}, {}\n", counted(summary.articles, "article"), counted(summary.conflicts.total, "conflict"));
    for article in &report.articles {
        let title = article.title.as_deref().unwrap_or("no headline");
        let publisher = article.publisher.as_deref().unwrap_or("publisher not stated");
        let date = article.published.as_deref().unwrap_or("undated");
        out.push_str(&format!("  {}: {title} ({publisher}, {date})\n", article.id));
    }
    for section in sections(report) {
        let mut all: Vec<&Conflict> =
            section.points.iter().flat_map(|point| std::iter::once(point.lead).chain(point.more.iter().copied())).collect();
        all.sort_by_key(|conflict| key(conflict, &index));
        for conflict in all {
            block(conflict, &index, &mut out);
        }
    }
    for conflict in report.conflicts.iter().filter(|conflict| conflict.ignored.is_some()) {
        block(conflict, &index, &mut out);
    }
    if !report.problems.is_empty() {
        out.push_str("\nproblems\n");
        for problem in &report.problems {
            out.push_str(&format!("  {}: {}\n", problem.path, problem.message));
        }
    }
    out
}

/// By rule and words, so that a change of confidence moves nothing.
fn key(conflict: &Conflict, index: &Index<'_>) -> (String, Vec<String>) {
    let side =
        |id: &String| index.claim(id).map_or_else(String::new, |claim| format!("{} {}", claim.article, one_line(&claim.content)));
    (conflict.rule.clone(), conflict.claims.iter().map(side).collect())
}

fn block(conflict: &Conflict, index: &Index<'_>, out: &mut String) {
    let sides = if conflict.sides == "unknown" { String::new() } else { format!(", {}", conflict.sides) };
    out.push_str(&format!(
        "\n{} {} {} by {} ({}{sides}) {}\n",
        conflict.severity,
        sure(conflict.confidence),
        conflict.relation,
        conflict.rule,
        conflict.kind,
        conflict.id
    ));
    out.push_str(&format!("  {}\n", one_line(&conflict.message)));
    for id in &conflict.claims {
        if let Some(claim) = index.claim(id) {
            let clash: Vec<String> = conflict.because.iter().filter(|b| b.claim == *id).map(|b| one_line(&b.text)).collect();
            side(claim, &clash, index, out);
        }
    }
    if !conflict.also.is_empty() {
        out.push_str(&format!("  also: {}\n", conflict.also.join(", ")));
    }
    if let Some(reason) = &conflict.ignored {
        out.push_str(&format!("  ignored: {reason}\n"));
    }
}

fn side(claim: &Claim, clash: &[String], index: &Index<'_>, out: &mut String) {
    out.push_str(&format!("  - {}, {} [{}]\n", claim.article, index.speaker(claim), claim.factuality));
    out.push_str(&format!("    {}\n", one_line(&claim.text)));
    if !clash.is_empty() {
        out.push_str(&format!("    clash: {}\n", clash.join(" | ")));
    }
}

/// Confidence in words: a hundredth more or less is no news.
fn sure(confidence: f64) -> &'static str {
    match (confidence * 100.0).round() as i64 {
        90.. => "near-certain",
        75.. => "likely",
        60.. => "probable",
        50.. => "even",
        _ => "doubtful",
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
