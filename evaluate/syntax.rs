//! The syntactic base: sentences, tags, lemmas, relations, and how fast they are read.

use crate::data::items;
use gainsay::text::eval;
use serde_json::Value;
use std::path::Path;

/// Sentence boundaries: F1 of whole sentences, and the texts that are cut otherwise.
pub fn segmentation(data: &Path) {
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
pub fn tags(data: &Path) {
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
pub fn trees(data: &Path) {
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
pub fn reading(data: &Path) {
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
