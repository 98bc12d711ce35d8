//! The reference of the rule language and of the shipped packs, as pages of Markdown made of rule files and of the schema.
//!
//! In: decoded rule files. Out: [`Page`]s with links between them, in the order of their paths. Writes nothing and runs nothing:
//! what a page says of a rule is what its file says.

mod codes;
mod general;
mod keys;
mod lexicons;
mod marks;
mod story;

use crate::base::pack::PackFile;
use crate::rules::schema::{RuleFile, RuleSpec, TopicSpec};
use marks::{cell, table};
use std::collections::BTreeMap;

/// One page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Below the folder of the reference, with `/` between the parts.
    pub path: String,
    /// Markdown.
    pub text: String,
}

/// A decoded rule file with where it comes from.
pub type Decoded<'a> = (&'a PackFile, &'a RuleFile);

/// What is said at the beginning of every page.
const MADE: &str = "<!-- Made by `gainsay rules docs` of the rule files; changes belong there. -->\n\n";

/// All pages for some rule files.
pub fn pages(files: &[Decoded<'_>]) -> Vec<Page> {
    let book = Book::new(files);
    let mut pages = vec![
        page("README.md", index(&book)),
        page("codes.md", codes::codes()),
        page("gates.md", codes::gates()),
        page("general.md", general::general(&book)),
        page("keys.md", keys::keys()),
        page("kinds.md", general::kinds()),
        page("lexicons.md", lexicons::lexicons(files)),
    ];
    for topic in &book.topics {
        pages.push(page(&format!("topics/{}.md", topic.spec.id), story::topic(topic, &book)));
    }
    for rule in book.of_patterns() {
        pages.push(page(&format!("rules/{}.md", rule.spec.id), story::rule_page(rule)));
    }
    pages.sort_by(|a, b| a.path.cmp(&b.path));
    pages
}

/// Pages in a folder that were made once and are not among these, sorted.
pub fn stray(folder: &std::path::Path, pages: &[Page]) -> Vec<String> {
    let mut found = Vec::new();
    for part in ["", "rules", "topics"] {
        for entry in std::fs::read_dir(folder.join(part)).into_iter().flatten().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = if part.is_empty() { name } else { format!("{part}/{name}") };
            let made = || std::fs::read_to_string(entry.path()).is_ok_and(|text| text.starts_with(MADE));
            if path.ends_with(".md") && !pages.iter().any(|page| page.path == path) && made() {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn page(path: &str, text: String) -> Page {
    Page { path: path.to_owned(), text: format!("{MADE}{}\n", text.trim_end()) }
}

/// An entry of a rule file with the pack and the file that it is of.
struct Entry<'a, T> {
    spec: &'a T,
    pack: String,
    file: &'a PackFile,
}

/// Topics and rules in order, later ones in the place of earlier ones of the same id.
struct Book<'a> {
    topics: Vec<Entry<'a, TopicSpec>>,
    rules: Vec<Entry<'a, RuleSpec>>,
}

impl<'a> Book<'a> {
    fn new(files: &[Decoded<'a>]) -> Self {
        let mut book = Self { topics: Vec::new(), rules: Vec::new() };
        for (file, decoded) in files {
            let name = || decoded.pack.as_ref().map_or_else(|| file.path.clone(), |pack| pack.name.clone());
            for spec in &decoded.topics {
                book.topics.retain(|known| known.spec.id != spec.id);
                book.topics.push(Entry { spec, pack: name(), file });
            }
            for spec in &decoded.rules {
                book.rules.retain(|known| known.spec.id != spec.id);
                book.rules.push(Entry { spec, pack: name(), file });
            }
        }
        book
    }

    /// The rules that speak of a topic.
    fn of_topic(&self, id: &str) -> impl Iterator<Item = &Entry<'a, RuleSpec>> {
        self.rules.iter().filter(move |rule| rule.spec.position.as_ref().is_some_and(|position| position.topic == id))
    }

    /// The rules without topic that have patterns of their own.
    fn of_patterns(&self) -> impl Iterator<Item = &Entry<'a, RuleSpec>> {
        self.rules.iter().filter(|rule| !patterns(rule.spec).is_empty())
    }

    /// The rules that look at every claim.
    fn general(&self) -> impl Iterator<Item = &Entry<'a, RuleSpec>> {
        self.rules.iter().filter(|rule| rule.spec.position.is_none() && patterns(rule.spec).is_empty())
    }
}

/// The patterns of a rule without topic.
fn patterns(rule: &RuleSpec) -> &[crate::rules::schema::Says] {
    let quantity = rule.quantity.as_ref().map(|kind| &kind.says);
    let role = rule.role.as_ref().map(|kind| &kind.says);
    let order = rule.order.as_ref().map(|kind| &kind.says);
    quantity.or(role).or(order).map_or(&[], Vec::as_slice)
}

fn index(book: &Book<'_>) -> String {
    let mut text = String::from(
        "# Rules and the rule language\n\nMade of the rule files that ship with gainsay, and of the schema that checks them.\n\n\
         - [Every key](keys.md) of a rule file, with an example; the same as a [JSON Schema](schema.json)\n\
         - [Every kind](kinds.md) of rule\n\
         - [Every gate](gates.md) that a pair of claims passes, for `because` in tests and for `gainsay why`\n\
         - [Every mistake and warning](codes.md) of `gainsay rules check`\n\
         - [General rules](general.md), which look at every claim\n\
         - [Lexicons](lexicons.md): cues, negators, hedges, units and the other word tables\n\n",
    );
    let mut packs: BTreeMap<&str, Vec<[String; 3]>> = BTreeMap::new();
    for topic in &book.topics {
        let positions: Vec<String> = topic.spec.positions.iter().map(|position| format!("`{}`", position.id)).collect();
        let link = format!("[{}](topics/{}.md)", topic.spec.id, topic.spec.id);
        packs.entry(&topic.pack).or_default().push([link, cell(&topic.spec.title), positions.join(", ")]);
    }
    for rule in book.of_patterns() {
        let link = format!("[{}](rules/{}.md)", rule.spec.id, rule.spec.id);
        packs.entry(&rule.pack).or_default().push([link, cell(&rule.spec.title), general::kind(rule.spec).to_owned()]);
    }
    for (pack, mut rows) in packs {
        rows.sort();
        text.push_str(&format!("## {pack}\n\n{}\n", table(["topic or rule", "about", "positions or kind"], &rows)));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shipped() -> Vec<Page> {
        let files: Vec<Decoded<'_>> = crate::rules::shipped().map(|(file, decoded)| (file, decoded)).collect();
        pages(&files)
    }

    #[test]
    fn every_link_leads_to_a_page() {
        let pages = shipped();
        for page in &pages {
            let folder = page.path.rsplit_once('/').map_or("", |(folder, _)| folder);
            for link in page.text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
                let (target, anchor) = link.split_once('#').unwrap_or((link, ""));
                // Rule files and the schema stand beside the pages.
                if target.contains("..") && target.ends_with(".yml") || target == "schema.json" {
                    continue;
                }
                let path = match target.strip_prefix("../") {
                    _ if target.is_empty() => page.path.clone(),
                    Some(up) => up.to_owned(),
                    None if folder.is_empty() => target.to_owned(),
                    None => format!("{folder}/{target}"),
                };
                let found = pages.iter().find(|page| page.path == path);
                let found = found.unwrap_or_else(|| panic!("{}: {link} leads nowhere", page.path));
                let has = found.text.lines().any(|line| line.starts_with('#') && marks::anchor(line) == anchor);
                assert!(anchor.is_empty() || has, "{}: {link} has no such heading", page.path);
            }
        }
    }

    #[test]
    fn every_topic_and_rule_has_its_place() {
        let pages = shipped();
        let text: String = pages.iter().map(|page| page.text.as_str()).collect();
        for (_, file) in crate::rules::shipped() {
            for id in file.topics.iter().map(|topic| &topic.id).chain(file.rules.iter().map(|rule| &rule.id)) {
                assert!(text.contains(&format!("`{id}`")), "{id}");
            }
        }
    }
}
