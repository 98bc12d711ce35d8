//! Literate cases under `tests/cases/attribution/*.md`: a heading is a test, its prose says what and why, each `article` block is
//! read by the real stages, and the `expect` block under it lists every attribution that must be found and no other.
//!
//! An expectation is
//! `link: source=the ministry | cue=said | content=talks would resume | commitment=CT+` or `none`; pieces of a content are joined by
//! " … ", `-` stands for a source or cue that the text leaves out. Further fields: `quote`, `found`, `denial`, `withholds`,
//! `unasserted`, `negated`; what is not listed is not compared. A line after `todo:` is a known miss; one that starts to pass says so.

use crate::literate::{self, Case};
use gainsay::article::Article;
use gainsay::base::Span;
use gainsay::claims::{Commitment, Link, attribution, mention};
use gainsay::lexicon::Lexicon;
use gainsay::text::{self, Document};
use std::fmt::Write as _;

/// The links of one article block with what they are read from.
fn read(block: &str) -> (Article, Document, Vec<Link>) {
    let article = literate::article(block);
    let lexicon = Lexicon::built_in();
    let document = text::annotate(&article, lexicon);
    let mentions = mention::find(&document, &article, lexicon);
    let links = attribution::attribute(&document, &mentions, lexicon).links;
    (article, document, links)
}

fn field(article: &Article, document: &Document, link: &Link, name: &str) -> String {
    let text = &article.text;
    let yes = |is: bool| if is { "yes" } else { "no" }.to_owned();
    let words =
        |span: Option<Span>| span.map_or_else(|| "-".to_owned(), |s| s.of(text).split_whitespace().collect::<Vec<_>>().join(" "));
    match name {
        "source" => words(link.mention),
        "cue" => words(attribution::cue_span(document, link)),
        "content" => link.content.iter().map(|s| words(Some(*s))).collect::<Vec<_>>().join(" … "),
        "commitment" => match link.speaker {
            Commitment::Certain => "CT+",
            Commitment::Probable => "PR+",
            Commitment::Possible => "PS+",
            Commitment::Refuted => "CT-",
            Commitment::Doubted => "PR-",
            Commitment::None => "Uu",
        }
        .to_owned(),
        "quote" => format!("{:?}", link.quote).to_lowercase(),
        "found" => format!("{:?}", link.found_by).to_lowercase(),
        "denial" => yes(link.denial),
        "withholds" => yes(link.withholds),
        "unasserted" => yes(link.unasserted),
        "negated" => link.negated_by.map_or_else(|| "-".to_owned(), |t| document.tokens[t as usize].form.as_str().to_owned()),
        other => panic!("no field `{other}`"),
    }
}

const SHOWN: [&str; 4] = ["source", "cue", "content", "commitment"];

fn shown(article: &Article, document: &Document, link: &Link) -> String {
    SHOWN.map(|name| format!("{name}={}", field(article, document, link, name))).join(" | ")
}

fn meets(article: &Article, document: &Document, link: &Link, wanted: &str) -> bool {
    wanted
        .split(" | ")
        .filter_map(|part| part.split_once('='))
        .all(|(name, value)| field(article, document, link, name.trim()) == value.trim())
}

/// What is wrong with a case; empty where it passes.
fn check(case: &Case) -> String {
    let (article, document, links) = read(case.article());
    let mut wrong = String::new();
    let mut left: Vec<&Link> = links.iter().collect();
    let lines: Vec<&str> = case.expect.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let todo = lines.iter().any(|line| line.starts_with("todo:"));
    for line in &lines {
        let line = line.strip_prefix("todo:").map_or(*line, str::trim);
        let Some(wanted) = line.strip_prefix("link: ") else { continue };
        match left.iter().position(|link| meets(&article, &document, link, wanted)) {
            Some(at) => drop(left.remove(at)),
            None => {
                let _ = writeln!(wrong, "    missing  {wanted}");
            }
        }
    }
    for link in left {
        let _ = writeln!(wrong, "    surplus  {}", shown(&article, &document, link));
    }
    match (todo, wrong.is_empty()) {
        (true, true) => "    passes now: take the `todo:` away\n".to_owned(),
        (true, false) => String::new(),
        (false, _) => wrong,
    }
}

#[test]
fn every_attribution_case_reads_as_it_says() {
    let cases = literate::cases("attribution");
    let (count, mut failures, mut report) = (cases.len(), 0, String::new());
    for case in &cases {
        let wrong = check(case);
        if !wrong.is_empty() {
            failures += 1;
            let _ = write!(report, "{}\n{wrong}", case.name);
        }
    }
    assert!(count >= 120, "only {count} cases were found");
    assert!(failures == 0, "{failures} of {count} cases fail:\n{report}");
}
