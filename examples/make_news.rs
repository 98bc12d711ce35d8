//! Makes a large corpus of unrelated news for measuring speed: `cargo run --release --example make_news -- DATA ARTICLES > FILE.jsonl`.
//!
//! DATA holds the articles of `articles_bbc.dev.jsonl`, `articles_reuters.dev.jsonl` and `polnear.dev.jsonl`. Every made article is a
//! real one, filled up to three thousand bytes with paragraphs of others, in which nine in ten of the nouns, names, verbs, adjectives
//! and numbers are drawn anew from all words of the same tag: common words stay common, rare ones rare, and no two articles tell one
//! story. Same input, same bytes out.

use gainsay::article::Article;
use gainsay::base::Span;
use gainsay::lexicon::Lexicon;
use gainsay::text::{self, Pos, Tag};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

/// Bytes that an article has at least.
const LENGTH: usize = 3_000;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let (Some(data), Some(count)) = (args.next(), args.next()) else {
        return Err("usage: make_news DATA ARTICLES".into());
    };
    let count: usize = count.parse()?;
    let source = Source::read(Path::new(&data))?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for number in 0..count {
        let mut dice = Dice(number as u64);
        let own = source.articles[number % source.articles.len()].clone();
        let mut text = String::new();
        for paragraph in own {
            source.write(paragraph, &mut dice, &mut text);
        }
        while text.len() < LENGTH {
            source.write(dice.below(source.paragraphs.len()), &mut dice, &mut text);
        }
        let day = format!("2024-{:02}-{:02}", 1 + number % 12, 1 + number / 12 % 28);
        let publisher = format!("Outlet {}", number % 400);
        let line = serde_json::json!({"id": format!("made-{number}"), "publisher": publisher, "published": day, "text": text});
        writeln!(out, "{line}")?;
    }
    Ok(())
}

/// A stretch of text, and the tag under which another word may take its place.
struct Piece {
    text: String,
    tag: Option<Tag>,
}

/// Paragraphs in pieces, and words by tag as often as they occur.
#[derive(Default)]
struct Source {
    paragraphs: Vec<Vec<Piece>>,
    articles: Vec<std::ops::Range<usize>>,
    words: BTreeMap<&'static str, Vec<String>>,
}

impl Source {
    fn read(data: &Path) -> Result<Self, Box<dyn std::error::Error>> {
        let mut source = Self::default();
        for name in ["articles_bbc.dev.jsonl", "articles_reuters.dev.jsonl", "polnear.dev.jsonl"] {
            for line in std::fs::read_to_string(data.join(name))?.lines() {
                let item: serde_json::Value = serde_json::from_str(line)?;
                let first = source.paragraphs.len();
                for paragraph in item["text"].as_str().unwrap_or("").split('\n').filter(|p| !p.trim().is_empty()) {
                    source.add(paragraph);
                }
                source.articles.push(first..source.paragraphs.len());
            }
        }
        Ok(source)
    }

    fn add(&mut self, paragraph: &str) {
        let article = Article { text: paragraph.to_owned(), ..Article::default() };
        let document = text::annotate(&article, Lexicon::built_in());
        let (mut pieces, mut at) = (Vec::new(), 0);
        for sentence in &document.sentences {
            for index in sentence.range() {
                let token = &document.tokens[index];
                // The first word of a sentence has its capital from its place.
                let open = matches!(token.pos, Pos::Noun | Pos::Propn | Pos::Verb | Pos::Adj | Pos::Num);
                if !open || index == sentence.range().start {
                    continue;
                }
                let before = Span::new(at, token.span.start as usize).of(paragraph);
                pieces.push(Piece { text: before.to_owned(), tag: None });
                let word = token.span.of(paragraph).to_owned();
                self.words.entry(token.tag.name()).or_default().push(word.clone());
                pieces.push(Piece { text: word, tag: Some(token.tag) });
                at = token.span.end as usize;
            }
        }
        pieces.push(Piece { text: paragraph[at..].to_owned(), tag: None });
        self.paragraphs.push(pieces);
    }

    fn write(&self, paragraph: usize, dice: &mut Dice, out: &mut String) {
        for piece in &self.paragraphs[paragraph] {
            let others = piece.tag.and_then(|tag| self.words.get(tag.name())).filter(|_| dice.below(10) > 0);
            let word = others.map_or(&piece.text, |others| &others[dice.below(others.len())]);
            if piece.tag == Some(Tag::Cd) && dice.below(2) == 0 {
                out.extend(word.chars().map(|c| if c.is_ascii_digit() { char::from(b'1' + dice.below(9) as u8) } else { c }));
            } else {
                out.push_str(word);
            }
        }
        out.push_str("\n\n");
    }
}

/// SplitMix64. Source: Steele, Lea & Flood 2014, Fast splittable pseudorandom number generators.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((x ^ (x >> 31)) % limit.max(1) as u64) as usize
    }
}
