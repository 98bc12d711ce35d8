//! Prints the names that gainsay finds in articles, with what leads to what and by which rule: the view used to read its errors.
//!
//! `cargo run --release --example names -- FILE…` reads plain text files, or JSON Lines with a `text` field.

use gainsay::article::Article;
use gainsay::claims::{MentionForm, mention};
use gainsay::lexicon::Lexicon;

fn main() {
    let lexicon = Lexicon::built_in();
    let limit = std::env::var("LIMIT").ok().and_then(|n| n.parse().ok()).unwrap_or(usize::MAX);
    let mut all = Vec::new();
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
        if std::env::var_os("TOGETHER").is_some() {
            all.extend(articles.into_iter().take(limit));
            continue;
        }
        for article in articles.iter().take(limit) {
            show(article, lexicon);
        }
    }
    if !all.is_empty() {
        together(all);
    }
}

/// Every entity of all articles together, with its aliases, whom it speaks for, and how many claims it is a source of.
fn together(articles: Vec<Article>) {
    let rules = gainsay::rules::load(&gainsay::rules::Options::default()).expect("the shipped rules load");
    let readings = gainsay::pipeline::read_all(articles, &rules.lexicon, &gainsay::base::Limits::default());
    let entities = gainsay::entities::resolve(&readings, &rules.declared(), &rules.lexicon);
    let graph = gainsay::graph::Graph::build(&readings, &entities);
    let sources = graph.sources();
    for (at, entity) in entities.all().iter().enumerate().filter(|(_, e)| e.found) {
        let claims = sources.get(&gainsay::entities::EntityIx(at as u32)).copied().unwrap_or(0);
        let ids = |list: &[gainsay::entities::EntityIx]| {
            list.iter().map(|e| entities.get(*e).id.clone()).collect::<Vec<_>>().join(", ")
        };
        println!("{:4} {} ({:?}) {:?} → {}", claims, entity.id, entity.kind, entity.aliases, ids(&entity.speaks_for));
    }
}

fn show(article: &Article, lexicon: &Lexicon) {
    let document = gainsay::text::annotate(article, lexicon);
    let mentions = mention::find(&document, article, lexicon);
    if std::env::var_os("PRONOUNS").is_some() {
        return pronouns(article, &document, &mentions);
    }
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

/// One line a pronoun: what it was followed to, with its sentence and the one before.
fn pronouns(article: &Article, document: &gainsay::text::Document, mentions: &[gainsay::claims::Mention]) {
    for (at, m) in mentions.iter().enumerate().filter(|(_, m)| m.form == MentionForm::Pronoun) {
        let Some(here) = document.sentence_of(m.first) else { continue };
        let from = document.sentences[here.saturating_sub(1)].span.join(document.sentences[here].span);
        let lead = if m.leader as usize == at { "-" } else { mentions[m.leader as usize].name.as_str() };
        let before = article.text.get(from.start as usize..m.span.start as usize).unwrap_or("");
        let after = article.text.get(m.span.end as usize..from.end as usize).unwrap_or("");
        println!("{} = {lead}\t{} [[{}]] {}", m.name, before.replace('\n', " "), m.name, after.replace('\n', " "));
    }
}
