//! Measures gainsay on labelled data and prints one table for each part of it.
//!
//! `cargo run --release --example evaluate -- DATA [TABLE]` where DATA is a folder of JSON Lines files as `docs/EVALUATION.md` names
//! them. A file that is not there is said to be absent and its table left out.

use serde_json::Value;
use std::path::Path;

/// Tables by name, in the order in which they are printed.
const TABLES: &[(&str, fn(&Path))] = &[("html", html), ("commitmentbank", commitmentbank)];

fn main() {
    let mut args = std::env::args().skip(1);
    let Some(data) = args.next() else {
        eprintln!("usage: evaluate DATA [{}]", TABLES.iter().map(|(name, _)| *name).collect::<Vec<_>>().join("|"));
        std::process::exit(2);
    };
    let wanted: Vec<String> = args.collect();
    for (name, table) in TABLES {
        if wanted.is_empty() || wanted.iter().any(|w| w == name) {
            table(Path::new(&data));
        }
    }
}

/// The items of a JSON Lines file; `None`, with a word about it, where it is absent.
fn items(data: &Path, name: &str) -> Option<Vec<Value>> {
    let Ok(text) = std::fs::read_to_string(data.join(name)) else {
        println!("{name}: absent, left out");
        return None;
    };
    Some(text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect())
}

/// Main text of web pages: overlap of 4-word shingles with the text that a person marked.
fn html(data: &Path) {
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

fn shingles(text: &str) -> std::collections::HashMap<Vec<String>, usize> {
    let words: Vec<String> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    let mut counts = std::collections::HashMap::new();
    for four in words.windows(4) {
        *counts.entry(four.to_vec()).or_default() += 1;
    }
    counts
}

fn score(
    found: &std::collections::HashMap<Vec<String>, usize>,
    gold: &std::collections::HashMap<Vec<String>, usize>,
) -> [f64; 3] {
    let total = |counts: &std::collections::HashMap<Vec<String>, usize>| counts.values().sum::<usize>() as f64;
    let common = found.iter().map(|(shingle, n)| gold.get(shingle).map_or(0, |m| *m.min(n))).sum::<usize>() as f64;
    let (precision, recall) = (common / total(found).max(1.0), common / total(gold).max(1.0));
    [precision, recall, if common > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 }]
}

/// Whether the author of a text is committed to a clause embedded under negation, question, modal or condition.
///
/// `commitmentbank-misses` in the environment variable `SHOW` prints each miss.
fn commitmentbank(data: &Path) {
    let Some(items) = items(data, "commitmentbank.dev.jsonl") else { return };
    let show = std::env::var("SHOW").is_ok_and(|v| v == "commitmentbank-misses");
    let labels = ["contradiction", "entailment", "neutral"];
    let mut table = [[0usize; 3]; 3];
    let mut by_embedding: std::collections::BTreeMap<String, (usize, usize)> = std::collections::BTreeMap::new();
    for item in &items {
        let Some(gold) = labels.iter().position(|l| item["label"] == *l) else { continue };
        let (found, why) = author_commitment(item["a"].as_str().unwrap_or(""), item["b"].as_str().unwrap_or(""));
        table[gold][found] += 1;
        let embedding = item["meta"]["embedding"].as_str().unwrap_or("").to_owned();
        let cell = by_embedding.entry(embedding.clone()).or_default();
        cell.1 += 1;
        cell.0 += usize::from(gold == found);
        if show && gold != found {
            println!("{} {} {embedding} gold {} found {}: {why}", item["id"], item["meta"]["verb"], labels[gold], labels[found]);
        }
    }
    let total: usize = table.iter().flatten().sum();
    let right: usize = (0..3).map(|i| table[i][i]).sum();
    let trivial = table.iter().map(|row| row.iter().sum::<usize>()).max().unwrap_or(0);
    println!("commitmentbank.dev: author's commitment to the embedded clause, {total} items with a label");
    println!("  right {:.3}   always the commonest label {:.3}", share(right, total), share(trivial, total));
    for (row, label) in table.iter().zip(labels) {
        println!("  {label:14} as contradiction {:3}, entailment {:3}, neutral {:3}", row[0], row[1], row[2]);
    }
    for (embedding, (right, all)) in by_embedding {
        println!("  {embedding:14} {right} of {all}");
    }
}

fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

/// Index of the label, and what decided it.
fn author_commitment(text: &str, clause: &str) -> (usize, String) {
    use gainsay::claims::Stance;
    let lexicon = gainsay::lexicon::Lexicon::built_in();
    let read = |text: &str| {
        let article = gainsay::article::Article { text: text.to_owned(), ..Default::default() };
        let document = gainsay::text::annotate(&article, lexicon);
        gainsay::claims::extract(article, document, lexicon)
    };
    let (context, alone) = (read(text), read(clause));
    let content: std::collections::HashSet<_> = alone.document.tokens.iter().map(|t| t.lemma).collect();
    let lemma = |t: u32| context.document.tokens.get(t as usize).map(|t| t.lemma);
    // The claim of the text that shares most words with the clause, its predicate among them; of equals the last.
    let score = |c: &gainsay::claims::Claim| {
        let shared: std::collections::HashSet<_> =
            c.tokens.iter().filter_map(|t| lemma(*t)).filter(|l| content.contains(l)).collect();
        let predicate = lemma(c.predicate).is_some_and(|l| content.contains(&l));
        (shared.len() * 4 + usize::from(predicate) * 6) as f64 / (c.tokens.len() + content.len()) as f64
    };
    let best = context.claims.iter().max_by(|a, b| score(a).total_cmp(&score(b)));
    let Some(claim) = best else { return (2, format!("no claim | {text} | {clause}")) };
    let first_person = |l: &gainsay::claims::Link| {
        let words = l.mention.map_or("", |m| m.of(&context.article.text)).to_lowercase();
        matches!(words.as_str(), "i" | "we")
    };
    let own =
        claim.chain.iter().zip(&claim.commitments).find(|(l, _)| first_person(l)).map(|(_, s)| *s).filter(|s| *s != Stance::None);
    let stance = own.unwrap_or(claim.publisher);
    let denied = alone.claims.iter().max_by_key(|c| c.tokens.len()).is_some_and(|c| matches!(c.own, Stance::Refuted(_)));
    let label = match (stance, denied) {
        (Stance::None, _) => 2,
        (Stance::Asserted(_), false) | (Stance::Refuted(_), true) => 1,
        _ => 0,
    };
    let chain: Vec<_> = claim
        .chain
        .iter()
        .map(|l| {
            format!(
                "{}:{}:{:?}/{:?}",
                l.mention.map_or("-", |m| m.of(&context.article.text)),
                l.cue_lemma.as_str(),
                l.speaker,
                l.reporter
            )
        })
        .collect();
    let why = format!(
        "«{}» own {} {:?} chain {chain:?} | {} | {clause}",
        claim.span.of(&context.article.text),
        claim.own.name(),
        claim.modality,
        last(text)
    );
    (label, why)
}

/// The end of a text, for print.
fn last(text: &str) -> &str {
    let from = text.char_indices().rev().nth(220).map_or(0, |(i, _)| i);
    &text[from..]
}
