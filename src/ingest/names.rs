//! Article ids and paths as the report shows them: short, unique, never absolute.
//!
//! Below a folder the path relative to it; a file named directly its file name; a record of a JSONL file its own id, else `name#3`.
//! Where two would be equal, the shortest distinguishing tail of the given paths goes in front for all of them.

use super::{Corpus, Origin, Output};
use crate::article::Article;
use crate::base::Notice;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Puts everything in order and settles paths and ids.
pub fn settle(outputs: Vec<(Origin, Output)>) -> Corpus {
    let paths = distinct(outputs.iter().map(|(origin, _)| (origin.name.as_str(), origin.given.as_str())));
    let mut corpus = Corpus::default();
    let mut bases = Vec::new();
    for ((origin, output), path) in outputs.into_iter().zip(paths) {
        corpus.notices.extend(output.notices.into_iter().map(|notice| Notice { path: path.clone(), ..notice }));
        for article in output.articles {
            let own = if article.id.is_empty() { None } else { Some(article.id.clone()) };
            let article = Article { path: path.clone(), given: openable(&origin.given), ..article };
            let base = own.unwrap_or_else(|| numbered(&path, article.record));
            bases.push((base, origin.given.clone()));
            corpus.articles.push(article);
        }
    }
    let ids = distinct(bases.iter().map(|(base, given)| (base.as_str(), given.as_str())));
    for (article, id) in corpus.articles.iter_mut().zip(ids) {
        article.id = id;
    }
    // Two records of one file under one id are told apart by their line.
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    corpus.articles.iter().for_each(|article| *count.entry(article.id.clone()).or_default() += 1);
    for article in corpus.articles.iter_mut().filter(|article| count[&article.id] > 1) {
        article.id = numbered(&article.id, article.record);
    }
    corpus.articles.sort_by(|a, b| (&a.path, a.record, &a.id).cmp(&(&b.path, b.record, &b.id)));
    corpus
}

/// A path as given, for those who open files: never absolute, so that a report does not tell where a machine keeps things.
fn openable(given: &str) -> String {
    if !Path::new(given).is_absolute() {
        return given.strip_prefix("./").unwrap_or(given).to_owned();
    }
    let below = std::env::current_dir().ok().and_then(|here| Path::new(given).strip_prefix(here).ok().map(Path::to_path_buf));
    below.map_or_else(String::new, |path| path.to_string_lossy().replace('\\', "/"))
}

fn numbered(path: &str, record: Option<u32>) -> String {
    record.map_or_else(|| path.to_owned(), |line| format!("{path}#{line}"))
}

/// One name for each `(name, given path)`: the name where it is unique, else with the shortest tail of the given path's folders in
/// front that tells all of the equal ones apart.
fn distinct<'a>(items: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<String> {
    let items: Vec<(&str, &str)> = items.collect();
    let mut same: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, (name, _)) in items.iter().enumerate() {
        same.entry(name).or_default().push(at);
    }
    let mut names: Vec<String> = items.iter().map(|(name, _)| (*name).to_owned()).collect();
    for (name, places) in same.into_iter().filter(|(_, places)| places.len() > 1) {
        let folders: Vec<Vec<&str>> = places
            .iter()
            .map(|at| {
                let given = items[*at].1;
                let before = given.strip_suffix(name).unwrap_or(given);
                before.split('/').filter(|part| !part.is_empty() && *part != "." && *part != "..").collect()
            })
            .collect();
        let longest = folders.iter().map(Vec::len).max().unwrap_or(0);
        let different: BTreeSet<&Vec<&str>> = folders.iter().collect();
        for length in 1..=longest {
            let tails: Vec<String> = folders.iter().map(|parts| parts[parts.len().saturating_sub(length)..].join("/")).collect();
            if tails.iter().collect::<BTreeSet<_>>().len() == different.len() {
                for (at, tail) in places.iter().zip(tails) {
                    names[*at] = if tail.is_empty() { name.to_owned() } else { format!("{tail}/{name}") };
                }
                break;
            }
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(items: &[(&str, &str)], expected: &[&str]) {
        assert_eq!(distinct(items.iter().copied()), expected);
    }

    #[test]
    fn unique_names_stay_bare() {
        check(&[("a.txt", "x/a.txt"), ("b.txt", "x/b.txt")], &["a.txt", "b.txt"]);
    }

    #[test]
    fn equal_names_get_the_shortest_tail() {
        check(&[("a.txt", "x/a.txt"), ("a.txt", "y/a.txt")], &["x/a.txt", "y/a.txt"]);
        check(&[("a.txt", "/r/p/x/a.txt"), ("a.txt", "/r/q/x/a.txt")], &["p/x/a.txt", "q/x/a.txt"]);
        check(&[("a.txt", "a.txt"), ("a.txt", "y/a.txt")], &["a.txt", "y/a.txt"]);
    }

    #[test]
    fn record_ids_that_meet_get_their_file_in_front() {
        check(&[("n1", "x/feed.jsonl"), ("n1", "y/feed.jsonl")], &["x/feed.jsonl/n1", "y/feed.jsonl/n1"]);
    }
}
