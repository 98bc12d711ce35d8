//! Literate cases under `tests/cases/attribution/*.md`: a heading is a test, its prose says what and why, each `article` block is
//! read by the real stages, and the `expect` block under it lists every attribution that must be found and no other.
//!
//! An `article` block may start with `title:`, `publisher:` and `date:` lines; the rest is its text. An expectation is
//! `link: source=the ministry | cue=said | content=talks would resume | commitment=CT+` or `none`; pieces of a content are joined by
//! " … ", `-` stands for a source or cue that the text leaves out. Further fields: `quote`, `found`, `denial`, `withholds`,
//! `unasserted`, `negated`; what is not listed is not compared. A line after `todo:` is a known miss; one that starts to pass says so.

use gainsay::article::Article;
use gainsay::base::Span;
use gainsay::claims::{Commitment, Link, attribution, mention};
use gainsay::lexicon::Lexicon;
use gainsay::text::{self, Document};
use std::fmt::Write as _;

struct Case {
    name: String,
    article: String,
    expect: String,
}

fn cases(source: &str, file: &str) -> Vec<Case> {
    let (mut found, mut heading, mut article) = (Vec::new(), String::new(), String::new());
    let mut block: Option<(String, String)> = None;
    for line in source.lines() {
        match (&mut block, line.strip_prefix("```")) {
            (None, Some(kind)) => block = Some((kind.trim().to_owned(), String::new())),
            (Some((kind, body)), Some(_)) => {
                match kind.as_str() {
                    "article" => article = body.trim_end().to_owned(),
                    _ => found.push(Case { name: format!("{file}: {heading}"), article: article.clone(), expect: body.clone() }),
                }
                block = None;
            }
            (Some((_, body)), None) => {
                body.push_str(line);
                body.push('\n');
            }
            (None, None) => {
                if let Some(title) = line.strip_prefix('#') {
                    heading = title.trim_start_matches('#').trim().to_owned();
                }
            }
        }
    }
    found
}

/// The links of one article block with what they are read from.
fn read(block: &str) -> (Article, Document, Vec<Link>) {
    let mut article = Article::default();
    let mut body = String::new();
    for line in block.lines() {
        match line.split_once(": ") {
            Some(("title", title)) if body.is_empty() => article.title = Some(title.to_owned()),
            Some(("publisher", name)) if body.is_empty() => article.publisher = Some(name.to_owned()),
            Some(("date", date)) if body.is_empty() => article.published = date.parse().ok(),
            _ => {
                body.push_str(line);
                body.push('\n');
            }
        }
    }
    if let Some(title) = &article.title {
        article.title_span = Some(Span::new(0, title.len()));
        article.text = format!("{title}\n\n");
    }
    article.text.push_str(body.trim());
    let lexicon = Lexicon::built_in();
    let document = text::annotate(&article, lexicon);
    let mentions = mention::find(&document, &article, lexicon);
    let links = attribution::attribute(&document, &article, &mentions, lexicon);
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
    let (article, document, links) = read(&case.article);
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
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/attribution");
    let mut files: Vec<_> =
        std::fs::read_dir(&folder).expect("the cases are part of the project").flatten().map(|e| e.path()).collect();
    files.sort();
    let (mut count, mut failures, mut report) = (0, 0, String::new());
    for path in files.iter().filter(|path| path.extension().is_some_and(|ending| ending == "md")) {
        let source = std::fs::read_to_string(path).expect("a case file is UTF-8");
        let file = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        for case in cases(&source, &file) {
            count += 1;
            let wrong = check(&case);
            if !wrong.is_empty() {
                failures += 1;
                let _ = write!(report, "{}\n{wrong}", case.name);
            }
        }
    }
    assert!(count >= 120, "only {count} cases were found");
    assert!(failures == 0, "{failures} of {count} cases fail:\n{report}");
}
