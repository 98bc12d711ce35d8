//! Literate cases under `tests/cases/claims/*.md`: a heading is a test, its prose says what and why, each `article` block is read by
//! the real extractor, and the `expect` block under it says what must and must not be among the claims.
//!
//! An expectation is
//! `claim: reopen(subject=-, object=the bridge) polarity=- source=the ministry` or the same after `not:`; what is not listed is not
//! compared. Fields: the event's roles in brackets (prepositions too), `polarity`, `factuality`, `own`, `publisher`, `commitments`
//! and `source` (outermost first, `>` between), `modality`, `form`, `words`, `denies`, `restricted`, `passive`, `recipient`. `none`
//! stands for no claim at all. Lines after `todo:` are known misses: one that starts to pass is reported.

use crate::literate::{self, Case};
use gainsay::claims::{self, Arg, Claim, Effect, Form, Modality, Reading, Stance};
use gainsay::lexicon::Lexicon;
use gainsay::text;
use std::fmt::Write as _;

/// Reads one block as the program would read a file.
pub fn read(block: &str) -> Reading {
    let mut article = literate::article(block);
    article.published = article.published.or_else(|| "2025-06-10".parse().ok());
    let document = text::annotate(&article, Lexicon::built_in());
    claims::extract(article, document, Lexicon::built_in())
}

fn words(reading: &Reading, arg: Option<&Arg>) -> String {
    arg.map_or_else(
        || "-".to_owned(),
        |a| reading.document.span(a.first as usize..a.end as usize).of(&reading.article.text).to_lowercase(),
    )
}

/// The value of one field of a claim; `None` for a field that does not exist.
fn field(reading: &Reading, claim: &Claim, name: &str) -> Option<String> {
    let event = claim.event.as_ref();
    let committed = || -> Stance {
        let named = claim.commitments.iter().copied().find(|s| *s != Stance::None);
        named.or_else(|| claim.commitments.last().copied()).unwrap_or(claim.publisher)
    };
    let mention = |l: &claims::Link| l.mention.map_or_else(|| "-".to_owned(), |m| m.of(&reading.article.text).to_lowercase());
    Some(match name {
        "subject" => words(reading, event.and_then(|e| e.subject.as_ref())),
        "object" => words(reading, event.and_then(|e| e.object.as_ref())),
        "recipient" => words(reading, event.and_then(|e| e.recipient.as_ref())),
        "passive" => if event.is_some_and(|e| e.passive) { "yes" } else { "no" }.to_owned(),
        "polarity" => match committed() {
            Stance::Asserted(_) => "+",
            Stance::Refuted(_) => "-",
            Stance::None => "0",
        }
        .to_owned(),
        "factuality" => committed().name().to_owned(),
        "own" => claim.own.name().to_owned(),
        "publisher" => claim.publisher.name().to_owned(),
        "commitments" => claim.commitments.iter().map(|s| s.name()).collect::<Vec<_>>().join(" > "),
        "source" if claim.chain.is_empty() => "publisher".to_owned(),
        "source" => claim.chain.iter().map(mention).collect::<Vec<_>>().join(" > "),
        "modality" => match claim.modality {
            Modality::Realised => "realised",
            Modality::Planned => "planned",
            Modality::Conditional => "conditional",
            Modality::Asked => "asked",
            Modality::Required => "required",
            Modality::Wished => "wished",
        }
        .to_owned(),
        "form" => if claim.form == Form::NounPhrase { "noun" } else { "clause" }.to_owned(),
        "words" => claim
            .tokens
            .iter()
            .filter_map(|t| reading.document.tokens.get(*t as usize))
            .map(|t| t.form.as_str())
            .collect::<Vec<_>>()
            .join(" "),
        "denies" => claim.denies.as_ref().map_or_else(|| "-".to_owned(), |d| d.span.of(&reading.article.text).to_lowercase()),
        "answers" => {
            let answered = claim.denies.as_ref().and_then(|d| d.claim).and_then(|c| reading.claims.get(c as usize));
            answered.map_or_else(|| "-".to_owned(), |c| c.event.as_ref().map_or("", |e| e.lemma.as_str()).to_owned())
        }
        "restricted" => if claim.operators.iter().any(|o| o.effect == Effect::Restricts) { "yes" } else { "no" }.to_owned(),
        "denied-plan" => if claims::factuality::denied_plan(claim) { "yes" } else { "no" }.to_owned(),
        preposition => {
            words(reading, event.and_then(|e| e.complements.iter().find(|(p, _)| p.as_str() == preposition)).map(|(_, a)| a))
        }
    })
}

/// `reopen(subject=-, object=the bridge) polarity=-` as event and wanted fields.
fn wanted(line: &str) -> (String, Vec<(String, String)>) {
    let (event, rest) = match line.find('(').filter(|open| !line[..*open].contains(' ') || !line[..*open].contains('=')) {
        Some(open) => {
            let close = line[open..].find(')').map_or(line.len(), |c| open + c);
            (line[..open].to_owned(), format!("{}, {}", &line[open + 1..close], line.get(close + 1..).unwrap_or("")))
        }
        None => line.split_once(' ').map_or((line.to_owned(), String::new()), |(e, r)| (e.to_owned(), r.to_owned())),
    };
    // A value runs on to the next `name=`.
    let mut fields: Vec<(String, String)> = Vec::new();
    for word in rest.split_whitespace() {
        match word.split_once('=').filter(|(name, _)| !name.is_empty()) {
            Some((name, value)) => fields.push((name.replace('_', " "), value.to_owned())),
            None => {
                if let Some((_, value)) = fields.last_mut() {
                    let _ = write!(value, " {word}");
                }
            }
        }
    }
    for (_, value) in &mut fields {
        *value = value.trim().trim_end_matches(',').to_lowercase();
    }
    (event.trim().to_owned(), fields)
}

fn meets(reading: &Reading, claim: &Claim, event: &str, fields: &[(String, String)]) -> bool {
    let lemma = claim.event.as_ref().map_or("", |e| e.lemma.as_str());
    (event == "*" || lemma == event)
        && fields.iter().all(|(name, value)| field(reading, claim, name).is_some_and(|found| found.to_lowercase() == *value))
}

/// All claims of an article in the form that expectations are written in.
pub fn show(reading: &Reading) -> String {
    let mut out = String::new();
    for claim in &reading.claims {
        let get = |name: &str| field(reading, claim, name).unwrap_or_default();
        let event = claim.event.as_ref();
        let _ = write!(out, "  {}(subject={}, object={}", event.map_or("", |e| e.lemma.as_str()), get("subject"), get("object"));
        for (preposition, arg) in event.iter().flat_map(|e| &e.complements) {
            let _ = write!(out, ", {}={}", preposition.as_str(), words(reading, Some(arg)));
        }
        let _ =
            write!(out, ") polarity={} own={} modality={} form={}", get("polarity"), get("own"), get("modality"), get("form"));
        let _ = writeln!(
            out,
            " source={} commitments={} publisher={} denies={} words={}",
            get("source"),
            get("commitments"),
            get("publisher"),
            get("denies"),
            get("words")
        );
    }
    out
}

/// What is wrong with a case; empty where it passes.
fn check(case: &Case) -> Vec<String> {
    let reading = read(case.article());
    let mut wrong = Vec::new();
    for line in case.expect.lines().map(str::trim).filter(|l| !l.is_empty()) {
        let (kind, rest) = line.split_once(": ").unwrap_or((line, ""));
        let (todo, kind, rest) = match kind {
            "todo" => rest.split_once(": ").map_or((true, rest, ""), |(k, r)| (true, k, r)),
            _ => (false, kind, rest),
        };
        let passes = match kind {
            "none" => reading.claims.is_empty(),
            "claim" | "not" => {
                let (event, fields) = wanted(rest);
                reading.claims.iter().any(|c| meets(&reading, c, &event, &fields)) == (kind == "claim")
            }
            other => panic!("{}: unknown expectation `{other}`", case.name),
        };
        match (passes, todo) {
            (false, false) => wrong.push(format!("missed `{line}`")),
            (true, true) => wrong.push(format!("passes now, no longer a todo: `{line}`")),
            _ => {}
        }
    }
    if !wrong.is_empty() {
        wrong.push(format!("claims of {:?}:\n{}", case.article().trim(), show(&reading)));
    }
    wrong
}

#[test]
fn every_case_reads_as_it_says() {
    let cases = literate::cases("claims");
    let (count, mut failed) = (cases.len(), String::new());
    for case in &cases {
        let wrong = check(case);
        if !wrong.is_empty() {
            let _ = writeln!(failed, "{}\n  {}", case.name, wrong.join("\n  "));
        }
    }
    let failures = failed.lines().filter(|l| !l.starts_with(' ')).count();
    assert!(failed.is_empty(), "{failures} of {count} cases fail:\n{failed}");
}
