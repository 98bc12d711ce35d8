//! Literate cases under `tests/cases/agreements/*.md`: a heading is a test, `article` blocks are read by the real pipeline, and each line
//! of the `expect` block is one agreement, `a ~ b: 2 voices` with the articles whose claims agree; `none` stands for no agreement.

use crate::literate;
use gainsay::article::Article;
use gainsay::base::Limits;
use gainsay::conflicts::{Agreement, Options};
use gainsay::pipeline;
use gainsay::rules::{self, RuleSet};

fn told(agreement: &Agreement) -> String {
    let mut articles: Vec<char> = agreement.claims.iter().map(|claim| (b'a' + claim.reading as u8) as char).collect();
    articles.sort_unstable();
    articles.dedup();
    let articles: Vec<String> = articles.iter().map(char::to_string).collect();
    format!("{}: {} voices", articles.join(" ~ "), agreement.voices)
}

fn found(articles: &[String], rules: &RuleSet) -> Vec<String> {
    let named = |(at, block): (usize, &String)| {
        let id = ((b'a' + at as u8) as char).to_string();
        Article { id, ..literate::article(block) }
    };
    let articles = articles.iter().enumerate().map(named).collect();
    let analysis = pipeline::check(articles, rules, &Limits::default(), &Options::default());
    let mut told: Vec<String> = analysis.found.agreements.iter().map(told).collect();
    told.sort();
    if told.is_empty() { vec!["none".to_owned()] } else { told }
}

#[test]
fn agreements_are_as_the_cases_say() {
    let rules = rules::load(&rules::Options::default()).expect("the shipped rules are clean");
    let mut wrong = Vec::new();
    for case in literate::cases("agreements") {
        let mut expected: Vec<&str> = case.expect.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        expected.sort_unstable();
        let found = found(&case.articles, &rules);
        if found != expected {
            wrong.push(format!("{}: found {found:?}, expected {expected:?}", case.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
