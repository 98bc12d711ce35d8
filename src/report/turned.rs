//! The words that turn or weaken what a claim says by its others: negators, hedges, and what makes a plan, a question or a wish of it.

use super::view::Turn;
use crate::claims::{Claim, Effect, Level, Modality, Reading};

/// The words of a claim that do, in order.
pub fn of(reading: &Reading, claim: &Claim) -> Vec<Turn> {
    let turn = |tokens: &[u32], effect: &str| {
        let (first, last) = (*tokens.first()?, *tokens.last()?);
        let span = reading.document.span(first as usize..last as usize + 1);
        let text = span.of(&reading.article.text).split_whitespace().collect::<Vec<_>>().join(" ");
        Some(Turn { text, span, effect: effect.to_owned() })
    };
    let modality = claim.modality_by.filter(|_| claim.modality != Modality::Realised);
    let modality = modality.and_then(|token| turn(&[token], super::build::modality(claim.modality)));
    let operators = claim.operators.iter().filter_map(|operator| turn(&operator.tokens, effect(operator.effect)));
    let mut turns: Vec<Turn> = operators.chain(modality).collect();
    turns.sort_by_key(|turn| (turn.span.start, turn.span.end));
    turns
}

fn effect(effect: Effect) -> &'static str {
    match effect {
        Effect::Negates => "negated",
        Effect::Lowers(Level::Probable) => "probable",
        Effect::Lowers(_) => "possible",
        Effect::Ends => "open",
        Effect::Restricts => "restricted",
    }
}

/// What a word does, for people.
pub fn told(turn: &Turn) -> String {
    let does = match turn.effect.as_str() {
        "negated" => "negates it",
        "probable" => "makes it probable",
        "possible" => "makes it possible",
        "open" => "leaves it open",
        "restricted" => "restricts what is negated",
        "planned" => "makes it a plan",
        "conditional" => "makes it a condition",
        "asked" => "makes it a question",
        "required" => "makes it a demand",
        _ => "makes it a wish",
    };
    format!("“{}” {does}", turn.text)
}
