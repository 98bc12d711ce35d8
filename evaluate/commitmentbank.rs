//! Factuality: is an author committed to a clause that he embeds?

use crate::data::{items, share};
use std::path::Path;

/// Whether the author of a text is committed to a clause embedded under negation, question, modal or condition.
///
/// `commitmentbank-misses` in the environment variable `SHOW` prints each miss.
pub fn table(data: &Path) {
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
