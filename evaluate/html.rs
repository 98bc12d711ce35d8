//! Main text of web pages against what a person marked.

use crate::data::items;
use std::collections::HashMap;
use std::path::Path;

/// Main text of web pages: overlap of 4-word shingles with the text that a person marked.
pub fn table(data: &Path) {
    for name in ["html_articles.dev.jsonl", "html_readability.dev.jsonl"] {
        let Some(items) = items(data, name) else { continue };
        let kit = gainsay::ingest::Kit::new(gainsay::lexicon::Lexicon::built_in(), gainsay::base::Limits::default());
        println!("{name}: main text, 4-word shingles (precision recall F1)");
        let mut sums = [[0.0; 3]; 2];
        for item in &items {
            let page = item["html"].as_str().unwrap_or("");
            let gold = shingles(item["text"].as_str().unwrap_or(""));
            let mut article = gainsay::article::Article::default();
            let kept = match gainsay::ingest::html::fill(page, &mut article, &kit) {
                Ok(()) => kept(&article),
                Err(message) => {
                    println!("  {}: {message}", item["id"]);
                    String::new()
                }
            };
            let ours = score(&shingles(&kept), &gold);
            let crate_alone = score(&shingles(&crate_text(page)), &gold);
            for (sum, row) in sums.iter_mut().zip([ours, crate_alone]) {
                sum.iter_mut().zip(row).for_each(|(sum, value)| *sum += value);
            }
            let id: String = item["id"].as_str().unwrap_or("").chars().take(20).collect();
            println!(
                "  {id:20} {:.3} {:.3} {:.3}   crate alone {:.3} {:.3} {:.3}",
                ours[0], ours[1], ours[2], crate_alone[0], crate_alone[1], crate_alone[2]
            );
        }
        let n = items.len().max(1) as f64;
        let [ours, alone] = sums.map(|sum| sum.map(|value| value / n));
        println!(
            "  {:20} {:.3} {:.3} {:.3}   crate alone {:.3} {:.3} {:.3}",
            "mean", ours[0], ours[1], ours[2], alone[0], alone[1], alone[2]
        );
    }
}

/// What later stages read, without the headline, which the marked text leaves out.
fn kept(article: &gainsay::article::Article) -> String {
    let mut out = String::new();
    let mut at = 0;
    let skipped = article.skipped.iter().map(|skipped| skipped.span).chain(article.title_span);
    let mut skipped: Vec<_> = skipped.collect();
    skipped.sort();
    for span in skipped {
        out.push_str(article.text.get(at..(span.start as usize).max(at)).unwrap_or(""));
        out.push(' ');
        at = at.max(span.end as usize);
    }
    out.push_str(article.text.get(at..).unwrap_or(""));
    out
}

/// What the extraction crate gives by itself.
fn crate_text(page: &str) -> String {
    let config = dom_smoothie::Config { text_mode: dom_smoothie::TextMode::Formatted, ..Default::default() };
    let parsed = dom_smoothie::Readability::new(page, None, Some(config)).and_then(|mut reader| reader.parse());
    parsed.map(|article| article.text_content.to_string()).unwrap_or_default()
}

fn shingles(text: &str) -> HashMap<Vec<String>, usize> {
    let words: Vec<String> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    let mut counts = HashMap::new();
    for four in words.windows(4) {
        *counts.entry(four.to_vec()).or_default() += 1;
    }
    counts
}

fn score(found: &HashMap<Vec<String>, usize>, gold: &HashMap<Vec<String>, usize>) -> [f64; 3] {
    let total = |counts: &HashMap<Vec<String>, usize>| counts.values().sum::<usize>() as f64;
    let common = found.iter().map(|(shingle, n)| gold.get(shingle).map_or(0, |m| *m.min(n))).sum::<usize>() as f64;
    let (precision, recall) = (common / total(found).max(1.0), common / total(gold).max(1.0));
    [precision, recall, if common > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 }]
}
