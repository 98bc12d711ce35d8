//! What must hold of large collections: twice the articles cost about twice the pairs, and what a small folder shows a large one shows.

use gainsay::article::Article;
use gainsay::base::Limits;
use gainsay::conflicts::{Found, Options};
use gainsay::pipeline;
use gainsay::rules::{self, RuleSet};
use std::sync::LazyLock;

static RULES: LazyLock<RuleSet> = LazyLock::new(|| rules::load(&rules::Options::default()).expect("the shipped rules load"));

/// A name that no other number has.
fn name(number: usize, ending: &str) -> String {
    const ONSETS: [&str; 8] = ["Bar", "Dol", "Fen", "Gur", "Kel", "Mor", "Tav", "Zin"];
    const CODAS: [&str; 8] = ["ak", "em", "ir", "ol", "un", "esk", "and", "ovi"];
    let part = |n: usize| format!("{}{}", ONSETS[n % 8], CODAS[n / 8 % 8]);
    format!("{}{}{ending}", part(number), part(number / 64).to_lowercase())
}

fn article(id: String, text: String) -> Article {
    let publisher = Some(format!("Outlet {id}"));
    Article { path: id.clone(), id, publisher, text, published: "2024-05-07".parse().ok(), ..Article::default() }
}

/// Each of another firm and another town, all of one trade and one country.
fn unrelated(number: usize) -> Article {
    let (firm, town) = (name(number, "ex"), name(number, "burg"));
    let (many, few) = (100 + number, 10 + number % 50);
    let text = format!(
        "{firm} closed its plant in {town} on Monday, and Halvern's government did not help.\n\nThe company said {many} workers lost \
         their jobs. Profits in Halvern rose {few} percent, and the {town} bank denied that it had sold the shares. The union of \
         {town} won a strike last year, but the government of Halvern did not sign the treaty."
    );
    article(format!("u{number:04}"), text)
}

fn checked(articles: Vec<Article>) -> Found {
    pipeline::check(articles, &RULES, &Limits::default(), &Options::default()).found
}

#[test]
fn twice_the_articles_are_about_twice_the_pairs() {
    let pairs = |count: usize| checked((0..count).map(unrelated).collect()).stats.candidates;
    let (one, two) = (pairs(200), pairs(400));
    assert!(one > 0, "articles of one country meet at all");
    assert!(two * 10 <= one * 26, "{one} pairs among 200 articles, {two} among 400");
}

#[test]
fn twice_the_articles_on_one_matter_are_about_twice_the_pairs() {
    let report = |number: usize| {
        let text = format!("The mine at Orsa employs {} people, its owner Nordlys said.", 100 + number);
        article(format!("m{number:04}"), text)
    };
    let pairs = |count: usize| checked((0..count).map(report).collect()).stats.candidates;
    let (one, two) = (pairs(150), pairs(300));
    assert!(one > 0, "reports of one mine meet");
    assert!(two * 10 <= one * 23, "{one} pairs among 150 articles, {two} among 300");
}

#[test]
fn a_story_is_found_among_many_others() {
    let story = || {
        let told = "The ferry Agnete sank off Orsa on Sunday, and 12 sailors drowned, the coast guard of Brenia said.";
        let denied = "The ferry Agnete did not sink off Orsa on Sunday, the shipping line Nordlys said. It returned to port.";
        vec![article("story-a".into(), told.into()), article("story-b".into(), denied.into())]
    };
    let ids = |found: &Found| -> Vec<String> { found.conflicts.iter().map(|c| c.id.to_string()).collect() };
    let alone = checked(story());
    assert!(!alone.conflicts.is_empty(), "the two articles contradict each other");
    let many = checked((0..200).map(unrelated).chain(story()).collect());
    let kept = ids(&many);
    assert!(ids(&alone).iter().all(|id| kept.contains(id)), "{:?} / {kept:?}", ids(&alone));
}
