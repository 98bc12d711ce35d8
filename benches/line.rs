//! The whole line on the example stories, repeated with names of their own so that no two copies are one story.
//!
//! `cargo bench --bench line`; docs/PERFORMANCE.md has the numbers.

use gainsay::base::Limits;
use gainsay::ingest::{self, Kit};
use gainsay::lexicon::Lexicon;
use gainsay::{conflicts, pipeline, rules};
use std::path::Path;

#[path = "../evaluate/made_rules.rs"]
mod made_rules;

fn main() {
    divan::main();
}

/// The plain-text articles of all stories, `copies` times, each copy with other names.
fn corpus(copies: usize) -> Vec<gainsay::article::Article> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let kit = Kit::new(Lexicon::built_in(), Limits::default());
    let originals = ingest::read(&[root], &kit).articles;
    let mut out = Vec::new();
    for copy in 0..copies {
        for article in &originals {
            let text = renamed(&article.text, copy);
            let mut made = ingest::text(&format!("{copy}/{}", article.id), &text, &kit);
            made.published = article.published;
            made.publisher = article.publisher.clone();
            out.push(made);
        }
    }
    out
}

/// Every capitalised word of six letters or more gets an ending of its copy.
fn renamed(text: &str, copy: usize) -> String {
    let ending: String = format!("{copy:03}").chars().map(|digit| (b'a' + digit as u8 - b'0') as char).collect();
    let mut out = String::with_capacity(text.len() + 1000);
    for word in text.split_inclusive(|c: char| !c.is_alphabetic()) {
        let letters = word.trim_end_matches(|c: char| !c.is_alphabetic());
        out.push_str(letters);
        if copy > 0 && letters.len() >= 6 && letters.starts_with(char::is_uppercase) {
            out.push_str(&ending);
        }
        out.push_str(&word[letters.len()..]);
    }
    out
}

#[divan::bench(args = [1, 4, 16], sample_count = 5)]
fn whole_line(bencher: divan::Bencher<'_, '_>, copies: usize) {
    let articles = corpus(copies);
    let rules = rules::load(&rules::Options::default()).expect("the shipped rules are clean");
    let bytes: usize = articles.iter().map(|article| article.text.len()).sum();
    bencher.counter(divan::counter::BytesCount::new(bytes)).with_inputs(|| articles.clone()).bench_values(|articles| {
        pipeline::check(articles, &rules, &Limits::default(), &conflicts::Options { min_confidence: 50, ..Default::default() })
    });
}

/// The same articles under ever more rules of one's own: what a rule costs that they have no word of.
#[divan::bench(args = [1, 100, 1_000, 10_000], sample_count = 5)]
fn many_rules(bencher: divan::Bencher<'_, '_>, count: usize) {
    let articles = corpus(4);
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    made_rules::write(folder.path(), count);
    let paths = vec![folder.path().to_owned()];
    let rules = rules::load(&rules::Options { paths, ..rules::Options::default() }).expect("the made rules are clean");
    bencher.with_inputs(|| articles.clone()).bench_values(|articles| {
        pipeline::check(articles, &rules, &Limits::default(), &conflicts::Options { min_confidence: 50, ..Default::default() })
    });
}

#[divan::bench(args = [1, 16], sample_count = 5)]
fn reading_alone(bencher: divan::Bencher<'_, '_>, copies: usize) {
    let articles = corpus(copies);
    let bytes: usize = articles.iter().map(|article| article.text.len()).sum();
    bencher
        .counter(divan::counter::BytesCount::new(bytes))
        .with_inputs(|| articles.clone())
        .bench_values(|articles| pipeline::read_all(articles, Lexicon::built_in(), &Limits::default()));
}
