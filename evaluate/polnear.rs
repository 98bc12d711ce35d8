//! Attribution: who said what, against what annotators marked.

use crate::data::{items, share};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Attributions: one link of some claim's chain against one annotated attribution, best content overlap first, one to one.
///
/// Content overlap is Jaccard in words, 0.5 or more counts as found; the source is right where its words share one with the
/// annotated speaker, or where none is annotated. `SHOW=polnear-misses` prints what was missed, `polnear-surplus` what was too much.
pub fn table(data: &Path) {
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
        let within = |spans: &[(usize, usize)]| -> BTreeSet<usize> {
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
        let mut links = BTreeMap::new();
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
