//! A quantity rule of two figures for one thing.

use super::sheet::{Body, Sheet};
use super::words::{self, Words};
use crate::claims::{Change, Quantity};
use crate::conflicts::Fact;
use crate::rules::Severity;
use crate::rules::schema::{QuantityKind, RuleSpec, Says};
use crate::text::Pos;

/// Patterns that capture a figure of a claim, the best first.
pub fn patterns(words: Words, fact: &Fact, figure: usize) -> Vec<Says> {
    let claim = words.facts.claim(fact);
    let Some(quantity) = claim.quantities.get(figure) else { return Vec::new() };
    let Some(unit) = unit(words, quantity) else { return Vec::new() };
    let tokens = &words.facts.document(fact).tokens;
    let heads = heads(words, fact);
    let mut all = Vec::new();
    let before = quantity.first.checked_sub(1).and_then(|at| tokens.get(at as usize)).filter(|token| token.pos == Pos::Adp);
    if let (Some(Change::New), Some(before), [one, other, ..]) = (quantity.change, before, &heads[..]) {
        // "Cut from 24 points to 17": no gap crosses the old figure.
        let word = |at: &u32| words::word(tokens[*at as usize].lemma);
        all.push(Says::Words(format!("{} #n:{unit} {{{} {}}}", before.form.as_str(), word(one), word(other))));
    }
    for at in heads.into_iter().filter(|at| *at < quantity.first || quantity.end <= *at) {
        let word = words::word(tokens[at as usize].lemma);
        let (first, last) = if at < quantity.first { (at, quantity.first) } else { (quantity.end - 1, at) };
        let between = tokens.get(first as usize + 1..last as usize).unwrap_or(&[]);
        let gap = words::gap(between);
        let says = if at < quantity.first { format!("{word} ..{gap} #n:{unit}") } else { format!("#n:{unit} ..{gap} {word}") };
        if !all.contains(&Says::Words(says.clone())) {
            all.push(Says::Words(says));
        }
    }
    all
}

/// Tokens of the words that say what a claim's figures are about: its predicate and its participants, figures and common words left out.
fn heads(words: Words, fact: &Fact) -> Vec<u32> {
    let claim = words.facts.claim(fact);
    let tokens = &words.facts.document(fact).tokens;
    let content = |at: &u32| {
        tokens.get(*at as usize).is_some_and(|token| {
            let common = words.facts.lexicon.set("common words").is_some_and(|set| set.word(token.lemma).is_some());
            matches!(token.pos, Pos::Verb | Pos::Noun | Pos::Adj) && !common && !words::word(token.lemma).is_empty()
        })
    };
    let counted = |at: &u32| claim.quantities.iter().any(|quantity| (quantity.first..quantity.end).contains(at));
    let all = std::iter::once(claim.predicate).chain(fact.roles.iter().map(|role| role.head));
    all.filter(|at| content(at) && !counted(at)).collect()
}

/// The unit by which the pattern knows the figure: the base unit of the counted noun, else the noun.
fn unit(words: Words, quantity: &Quantity) -> Option<String> {
    let counted = quantity.counted.and_then(|noun| words.facts.lexicon.units.word(noun)).map(|row| row.unit);
    let unit = quantity.unit.or(counted).or(quantity.counted)?;
    unit.as_str().chars().all(char::is_alphanumeric).then(|| unit.as_str().to_owned())
}

/// The rule with the patterns of both sides.
pub fn sheet(words: Words, facts: [&Fact; 2], figures: [usize; 2], says: Vec<Says>) -> Sheet {
    let quantity = words.facts.claim(facts[0]).quantities.get(figures[0]);
    let counted = quantity.and_then(|q| q.counted.or(q.unit)).unwrap_or_default();
    let event = facts[0].event.map(|event| event.lemma).filter(|lemma| *lemma != counted);
    let inside = |head: u32| quantity.is_some_and(|q| (q.first..q.end).contains(&head));
    let role = facts[0].roles.iter().find(|role| !inside(role.head)).map(|role| role.lemma);
    let about = event.filter(|_| facts[0].event.is_some_and(|e| !inside(e.token))).or(role).unwrap_or_default();
    let rule = RuleSpec {
        id: words::slug(&format!("{} {} figure", about.as_str(), counted.as_str())),
        title: title(words, facts[0], quantity),
        severity: Severity::Warning,
        message: "{a.source} ({a.date}) gives {a.n}; {b.source} ({b.date}) gives {b.n}.".into(),
        quantity: Some(QuantityKind { says, ..QuantityKind::default() }),
        ..RuleSpec::default()
    };
    let notes = vec![
        "Add `grows: true` under `quantity` where a later, higher figure is no error (a toll).".to_owned(),
        "Add `tolerance: { percent: 5 }` there where small differences do not matter.".to_owned(),
        "Add `where: { window: 3d }` to the rule where only figures close in time go together.".to_owned(),
    ];
    Sheet { notes, body: Body::Rule(Box::new(rule)) }
}

/// The claim with a gap in the place of its figure.
fn title(words: Words, fact: &Fact, quantity: Option<&Quantity>) -> String {
    let label = super::topic::label(words, fact);
    let figure = quantity.and_then(|q| {
        let number = words.facts.document(fact).tokens.get(q.first as usize..q.head.unwrap_or(q.end) as usize)?;
        let (first, last) = (number.first()?, number.last()?);
        Some(crate::base::Span { end: last.span.end, ..first.span }.of(words.facts.text(fact)))
    });
    match figure.filter(|figure| label.to_lowercase().contains(&figure.to_lowercase())) {
        Some(figure) => {
            let at = label.to_lowercase().find(&figure.to_lowercase()).unwrap_or(0);
            match (label.get(..at), label.get(at + figure.len()..)) {
                (Some(before), Some(after)) => format!("How many: {before}…{after}"),
                _ => label,
            }
        }
        None => format!("The figure: {label}"),
    }
}
