//! What a proposal rests on, as comments beside it: who says what, where.

use super::matter::Matter;
use super::weigh::{Finds, Weight};
use crate::conflicts::{Fact, Facts};
use crate::draft::sheet::{Body, Sheet};
use crate::draft::topic::cut;
use crate::rules::Side;
use std::collections::BTreeSet;

/// Claims shown for each answer.
const SHOWN: usize = 4;
/// Longest quotation, in characters.
const QUOTE: usize = 160;

/// Lines of comment: what was found, then the claims of each answer.
pub fn notes(facts: &Facts, sheet: &Sheet, matter: &Matter, finds: &Finds, weight: &Weight) -> Vec<String> {
    let found = format!(
        "Finds {} among {} by {} in {}:",
        counted(weight.conflicts, "conflict"),
        counted(weight.claims, "claim"),
        counted(weight.sources, "source"),
        counted(weight.articles, "article")
    );
    let mut out = vec![found];
    let opposed: BTreeSet<usize> = finds.pairs.iter().flatten().filter_map(|at| facts.find(at.reading, at.claim)).collect();
    for (name, claims) in answers(sheet, matter) {
        let (shown, rest): (Vec<usize>, Vec<usize>) = claims.into_iter().partition(|at| opposed.contains(at));
        let mut all: Vec<usize> = shown.into_iter().chain(rest).collect();
        // A sentence is shown once, however many claims it makes.
        let mut seen = BTreeSet::new();
        all.retain(|at| seen.insert((facts.list[*at].reading, facts.claim(&facts.list[*at]).sentence)));
        out.extend(all.iter().take(SHOWN).map(|at| format!("  {name}: {}", told(facts, &facts.list[*at]))));
        if all.len() > SHOWN {
            out.push(format!("  {name}: and {} more", all.len() - SHOWN));
        }
    }
    out
}

fn counted(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

/// The answers by the names that they have in the sheet, with their claims.
fn answers(sheet: &Sheet, matter: &Matter) -> Vec<(String, Vec<usize>)> {
    let Body::Topic(topic) = &sheet.body else {
        return vec![("figure".into(), matter.claims().collect())];
    };
    let mut out = Vec::new();
    for (at, answer) in matter.answers.iter().enumerate().filter(|(_, answer)| !answer.is_empty()) {
        let Some(position) = topic.positions.get(at) else { continue };
        let denied = position.denied_as.clone().unwrap_or_else(|| format!("not:{}", position.id));
        for (made, name) in [(true, position.id.clone()), (false, denied)] {
            let claims: Vec<usize> = answer.iter().filter(|(_, sign)| **sign == made).map(|(at, _)| *at).collect();
            if !claims.is_empty() {
                out.push((name, claims));
            }
        }
    }
    out
}

/// A claim in one line: its sentence, who says it, where.
fn told(facts: &Facts, fact: &Fact) -> String {
    let article = &facts.readings[fact.reading as usize].article;
    let text = cut(&words(facts.claim(fact).span.of(&article.text)), QUOTE);
    let speaker = fact.voices.iter().find_map(|voice| voice.being).map(|being| facts.who.list[being as usize].name.clone());
    let place = [speaker, article.publisher.clone(), article.published.map(|day| day.to_string())];
    let place: Vec<String> = place.into_iter().flatten().collect();
    let place = if place.is_empty() { String::new() } else { format!("{}, ", place.join(", ")) };
    format!("\"{text}\" – {place}{}", words(&article.id))
}

/// On one line.
fn words(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_control() || c.is_whitespace())
        .collect::<String>()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// A claim as the side of a test: its whole sentence first, then its own clause, then its content by who says it and alone.
pub fn sides(facts: &Facts, fact: &Fact) -> Vec<Side> {
    let article = &facts.readings[fact.reading as usize].article;
    let claim = facts.claim(fact);
    let (publisher, date) = (article.publisher.clone(), article.published.map(|day| day.to_string()));
    let side = |text: String, by: Option<String>| Side { by, publisher: publisher.clone(), date: date.clone(), text };
    let whole = facts.document(fact).sentences.get(claim.sentence as usize).map(|sentence| sentence.span);
    let speaker = fact.voices.iter().find_map(|voice| voice.being).map(|being| facts.who.list[being as usize].name.clone());
    let content: Vec<String> = claim.content.iter().map(|span| words(span.of(&article.text))).collect();
    let mut out: Vec<Side> = whole.map(|span| side(sentence(&words(span.of(&article.text))), None)).into_iter().collect();
    out.push(side(sentence(&words(claim.span.of(&article.text))), None));
    let content = sentence(content.join(" ").trim_start_matches("that "));
    out.push(side(content.clone(), speaker));
    out.push(side(content, None));
    out.retain(|side| !side.text.is_empty());
    out.dedup();
    out
}

/// Words with a capital and a full stop.
fn sentence(words: &str) -> String {
    let mut chars = words.chars();
    let first = chars.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    let text = first + chars.as_str();
    if text.ends_with(['.', '!', '?', '”', '"']) { text } else { text.trim_end_matches([',', ';', ':']).to_owned() + "." }
}
