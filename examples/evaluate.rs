//! Measures gainsay on labelled data and prints one table for each part of it.
//!
//! `cargo run --release --example evaluate -- DATA [TABLE]` where DATA is a folder of JSON Lines files as `docs/EVALUATION.md` names
//! them. A file that is not there is said to be absent and its table left out.

use gainsay::text::eval;
use serde_json::Value;
use std::path::Path;

/// Tables by name, in the order in which they are printed.
const TABLES: &[(&str, fn(&Path))] = &[
    ("html", html),
    ("sentences", segmentation),
    ("tags", tags),
    ("trees", trees),
    ("reading", reading),
    ("commitmentbank", commitmentbank),
    ("polnear", polnear),
];

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
    let main = alone
        .claims
        .iter()
        .max_by_key(|c| c.tokens.len())
        .and_then(|c| alone.document.tokens.get(c.predicate as usize))
        .map(|t| t.lemma);
    let lemma = |t: u32| context.document.tokens.get(t as usize).map(|t| t.lemma);
    // The claim of the text that shares most words with the clause, its predicate among them; of equals the last.
    let score = |c: &gainsay::claims::Claim| {
        let shared: std::collections::HashSet<_> =
            c.tokens.iter().filter_map(|t| lemma(*t)).filter(|l| content.contains(l)).collect();
        let predicate = lemma(c.predicate).is_some_and(|l| content.contains(&l));
        let same = lemma(c.predicate).is_some() && lemma(c.predicate) == main;
        (shared.len() * 4 + usize::from(predicate) * 4 + usize::from(same) * 6) as f64 / (c.tokens.len() + content.len()) as f64
    };
    let best = context.claims.iter().max_by(|a, b| score(a).total_cmp(&score(b)));
    let Some(claim) = best else { return (2, format!("no claim | {text} | {clause}")) };
    let first_person = |l: &gainsay::claims::Link| {
        let words = l.mention.map_or("", |m| m.of(&context.article.text)).to_lowercase();
        matches!(words.as_str(), "i" | "we")
    };
    let own =
        claim.chain.iter().zip(&claim.commitments).find(|(l, _)| first_person(l)).map(|(_, s)| *s).filter(|s| *s != Stance::None);
    // The author's own word, else the publisher's, else what the report shows as the claim's factuality.
    let named = claim.commitments.iter().copied().find(|s| *s != Stance::None).unwrap_or(Stance::None);
    let stance = own.unwrap_or(if claim.publisher == Stance::None { named } else { claim.publisher });
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

/// Attributions: one link of some claim's chain against one annotated attribution, best content overlap first, one to one.
///
/// Content overlap is Jaccard in words, 0.5 or more counts as found; the source is right where its words share one with the
/// annotated speaker, or where none is annotated. `SHOW=polnear-misses` prints what was missed, `polnear-surplus` what was too much.
fn polnear(data: &Path) {
    let Some(items) = items(data, "polnear.dev.jsonl") else { return };
    let show = std::env::var("SHOW").unwrap_or_default();
    let lexicon = gainsay::lexicon::Lexicon::built_in();
    let [mut found, mut gold_count, mut our_count, mut source_right] = [0usize; 4];
    for item in &items {
        let text = item["text"].as_str().unwrap_or("").to_owned();
        let words = word_spans(&text);
        // The annotation counts characters, we count bytes.
        let bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let byte = |at: &Value| at.as_u64().and_then(|at| bytes.get(at as usize).copied()).unwrap_or(text.len());
        let spans = |value: &Value| -> Vec<(usize, usize)> {
            value.as_array().map(|list| list.iter().map(|pair| (byte(&pair[0]), byte(&pair[1]))).collect()).unwrap_or_default()
        };
        let within = |spans: &[(usize, usize)]| -> std::collections::BTreeSet<usize> {
            let inside = |w: &(usize, usize)| spans.iter().any(|(start, end)| w.0 >= *start && w.1 <= *end);
            words.iter().enumerate().filter(|(_, w)| inside(w)).map(|(at, _)| at).collect()
        };
        let gold: Vec<_> = item["quotes"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|quote| (within(&spans(&quote["content_spans"])), within(&spans(&quote["speaker_spans"])), quote))
            .filter(|(content, _, _)| !content.is_empty())
            .collect();
        let article = gainsay::article::Article {
            publisher: item["publisher"].as_str().map(str::to_owned),
            published: item["date"].as_str().and_then(|date| date.parse().ok()),
            text: text.clone(),
            ..Default::default()
        };
        let document = gainsay::text::annotate(&article, lexicon);
        let reading = gainsay::claims::extract(article, document, lexicon);
        let pair = |span: gainsay::base::Span| (span.start as usize, span.end as usize);
        let mut links = std::collections::BTreeMap::new();
        for link in reading.claims.iter().flat_map(|claim| &claim.chain) {
            links.entry(link.id).or_insert(link);
        }
        let ours: Vec<_> = links
            .values()
            .map(|link| {
                (
                    within(&link.content.iter().map(|s| pair(*s)).collect::<Vec<_>>()),
                    within(&link.mention.map(pair).into_iter().collect::<Vec<_>>()),
                    link,
                )
            })
            .collect();
        let mut pairs: Vec<(usize, usize, usize, usize)> = Vec::new();
        for (i, (one, _, _)) in gold.iter().enumerate() {
            for (j, (two, _, _)) in ours.iter().enumerate() {
                let common = one.intersection(two).count();
                let all = one.len() + two.len() - common;
                if common * 2 >= all && common > 0 {
                    pairs.push((common * 1_000_000 / all, i, j, common));
                }
            }
        }
        pairs.sort_by(|a, b| b.cmp(a));
        let (mut used_gold, mut used_ours) = (vec![false; gold.len()], vec![false; ours.len()]);
        for (_, i, j, _) in pairs {
            if !used_gold[i] && !used_ours[j] {
                (used_gold[i], used_ours[j]) = (true, true);
                found += 1;
                source_right += usize::from(gold[i].1.is_empty() || gold[i].1.intersection(&ours[j].1).next().is_some());
            }
        }
        gold_count += gold.len();
        our_count += ours.len();
        let article = &reading.article;
        for ((_, _, quote), _) in gold.iter().zip(&used_gold).filter(|(_, used)| !**used && show == "polnear-misses") {
            println!("missed {} | {} | {}", quote["speaker"], quote["cue"], quote["content"]);
        }
        for ((_, _, link), _) in ours.iter().zip(&used_ours).filter(|(_, used)| !**used && show == "polnear-surplus") {
            let content: Vec<_> = link.content.iter().map(|s| s.of(&article.text)).collect();
            println!(
                "surplus {:?} | {} | {}",
                link.mention.map(|s| s.of(&article.text)),
                link.cue_lemma.as_str(),
                content.join(" … ")
            );
        }
    }
    println!("polnear.dev: attributions, {} articles, content overlap of 0.5 in words", items.len());
    println!(
        "  precision {:.3}   recall {:.3}   source right {:.3} of those found   ({found} of {gold_count}, {our_count} links)",
        share(found, our_count),
        share(found, gold_count),
        share(source_right, found)
    );
}

/// Letters, digits and underscores in a row, as bytes.
fn word_spans(text: &str) -> Vec<(usize, usize)> {
    let mut spans: Vec<(usize, usize)> = Vec::new();
    for (at, c) in text.char_indices() {
        if c.is_alphanumeric() || c == '_' {
            match spans.last_mut() {
                Some((_, end)) if *end == at => *end = at + c.len_utf8(),
                _ => spans.push((at, at + c.len_utf8())),
            }
        }
    }
    spans
}

/// Sentence boundaries: F1 of whole sentences, and the texts that are cut otherwise.
fn segmentation(data: &Path) {
    for name in ["segment_golden.dev.jsonl", "segment_gum.dev.jsonl", "segment_ewt.dev.jsonl"] {
        let Ok(text) = std::fs::read_to_string(data.join(name)) else {
            println!("{name}: absent, left out");
            continue;
        };
        let (scores, missed) = eval::segmentation(&text, gainsay::lexicon::Lexicon::built_in());
        println!("{name}: sentences\n{scores}");
        if std::env::var_os("SHOW").is_some() {
            missed.iter().for_each(|line| println!("    {line}"));
        }
    }
}

/// Tags and lemmas on gold tokens.
fn tags(data: &Path) {
    for name in ["pos_gum_news.dev.jsonl", "pos_ewt.dev.jsonl"] {
        match std::fs::read_to_string(data.join(name)) {
            Ok(text) => {
                println!("{name}: tags and lemmas, gold tokens\n{}", eval::pos(&text, gainsay::lexicon::Lexicon::built_in()))
            }
            Err(_) => println!("{name}: absent, left out"),
        }
    }
}

/// Relations on gold tokens and on raw text.
fn trees(data: &Path) {
    let path = data.join("treebanks/en.dev.conllu.gz");
    let Ok(trees) = gainsay::text::train::conllu::load(&path) else {
        println!("treebanks/en.dev.conllu.gz: absent, left out");
        return;
    };
    let lexicon = gainsay::lexicon::Lexicon::built_in();
    println!("treebanks/en.dev: gold tokens\n{}", eval::trees(&trees, None, lexicon));
    println!("treebanks/en.dev: raw text\n{}", eval::raw(&trees, lexicon));
    if std::env::var_os("SHOW").is_some() {
        for (name, count, heads, labels) in eval::relations(&trees, None, lexicon) {
            println!("    {name:16} {count:6} UAS {heads:.3} LAS {labels:.3}");
        }
    }
}

/// Speed of the whole of `annotate` on one thread; on a busy machine compare runs side by side only.
fn reading(data: &Path) {
    let names = ["articles_bbc.dev.jsonl", "articles_reuters.dev.jsonl", "polnear.dev.jsonl"];
    let texts: Vec<Value> = names.iter().filter_map(|name| items(data, name)).flatten().collect();
    let articles: Vec<_> = texts
        .iter()
        .filter_map(|item| item["text"].as_str())
        .map(|text| gainsay::article::Article { text: text.into(), ..gainsay::article::Article::default() })
        .collect();
    let lexicon = gainsay::lexicon::Lexicon::built_in();
    let bytes: usize = articles.iter().map(|article| article.text.len()).sum();
    // The first pass loads the tables.
    for pass in ["first pass", "second pass"] {
        let start = std::time::Instant::now();
        let tokens: usize = articles.iter().map(|article| gainsay::text::annotate(article, lexicon).tokens.len()).sum();
        let seconds = start.elapsed().as_secs_f64();
        println!(
            "reading {} articles, {pass}: {bytes} bytes, {tokens} tokens, {seconds:.2} s, {:.2} MB/s, {:.0} tokens/s",
            articles.len(),
            bytes as f64 / 1e6 / seconds,
            tokens as f64 / seconds
        );
    }
}
