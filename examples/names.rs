//! Prints the names that gainsay finds in articles, with what leads to what and by which rule: the view used to read its errors.
//!
//! `cargo run --release --example names -- FILE…` reads plain text files, or JSON Lines with a `text` field.

use gainsay::article::Article;
use gainsay::claims::{MentionForm, mention};
use gainsay::lexicon::Lexicon;

fn main() {
    let lexicon = Lexicon::built_in();
    let limit = std::env::var("LIMIT").ok().and_then(|n| n.parse().ok()).unwrap_or(usize::MAX);
    for path in std::env::args().skip(1) {
        let Ok(raw) = std::fs::read_to_string(&path) else { continue };
        let articles: Vec<Article> = if path.ends_with(".jsonl") {
            let texts = raw.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
            texts
                .filter_map(|v| Some((v["id"].as_str()?.to_owned(), v["text"].as_str()?.to_owned())))
                .map(|(id, text)| Article { id, text, ..Article::default() })
                .collect()
        } else {
            vec![Article { id: path.clone(), text: raw, ..Article::default() }]
        };
        for article in articles.iter().take(limit) {
            show(article, lexicon);
        }
    }
}

fn show(article: &Article, lexicon: &Lexicon) {
    let document = gainsay::text::annotate(article, lexicon);
    let mentions = mention::find(&document, article, lexicon);
    println!("\n#### {}", article.id);
    if std::env::var_os("TOKENS").is_some() {
        let words: Vec<String> =
            document.tokens.iter().map(|t| format!("{}/{}", t.span.of(&article.text), t.pos.name())).collect();
        println!("{}", words.join(" "));
    }
    for (at, lead) in mentions.iter().enumerate().filter(|(at, m)| m.leader as usize == *at) {
        let members: Vec<String> = mentions
            .iter()
            .enumerate()
            .filter(|(i, m)| m.leader as usize == at && *i != at)
            .map(|(_, m)| format!("{} [{}]", m.span.of(&article.text).replace('\n', " "), m.joined_by.unwrap_or("?")))
            .collect();
        if lead.form == MentionForm::Pronoun {
            continue;
        }
        let speaks = lead.speaks_for.map_or(String::new(), |o| format!(" → {}", mentions[o as usize].name));
        let title = lead.title.as_deref().map_or(String::new(), |t| format!(" «{t}»"));
        let mark = if lead.form == MentionForm::Name { "" } else { "~" };
        println!(
            "{mark}{} ({:?}){title}{speaks}  {}",
            lead.span.of(&article.text).replace('\n', " "),
            lead.kind,
            members.join(" | ")
        );
    }
    let loose: Vec<&str> = mentions
        .iter()
        .enumerate()
        .filter(|(i, m)| m.form == MentionForm::Pronoun && m.leader as usize == *i)
        .map(|(_, m)| m.name.as_str())
        .collect();
    println!("  unresolved pronouns: {}", loose.join(" "));
}
