//! Markdown with optional YAML front matter. The text is the file's as given; front matter and marks are skipped, not cut.

use super::{Format, Kit, Origin, Output, bytes, complete, filled, notice};
use crate::article::{Article, Skipped};
use crate::base::Span;
use serde::Deserialize;
use std::io::BufRead;

/// `.md`.
pub struct Markdown;

/// What front matter may say of an article; other keys are ignored.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Front {
    #[serde(alias = "headline")]
    title: Option<serde_yaml::Value>,
    #[serde(alias = "outlet", alias = "site")]
    publisher: Option<serde_yaml::Value>,
    #[serde(alias = "date", alias = "published_at")]
    published: Option<serde_yaml::Value>,
    url: Option<serde_yaml::Value>,
    #[serde(alias = "authors")]
    author: Option<serde_yaml::Value>,
    #[serde(alias = "lang")]
    language: Option<serde_yaml::Value>,
}

impl Format for Markdown {
    fn name(&self) -> &'static str {
        "Markdown"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["md", "markdown"]
    }

    fn looks_like(&self, head: &str) -> bool {
        head.starts_with("---\n") || head.starts_with("---\r\n") || head.starts_with("# ")
    }

    fn read(&self, input: &mut dyn BufRead, origin: &Origin, kit: &Kit) -> Output {
        let mut out = Output::default();
        let Some(text) = bytes::whole(true, input, origin, kit, &mut out) else { return out };
        let mut article = Article { path: origin.name.clone(), text, ..Article::default() };
        let mut from = 0;
        if let Some((yaml, end)) = front_matter(&article.text) {
            from = end;
            let yaml = yaml.to_owned();
            article
                .skipped
                .push(Skipped { span: Span::new(0, article.text[..end].trim_end().len()), reason: "front matter".into() });
            match crate::base::yaml::decode::<Option<Front>>(&yaml) {
                Ok(front) => take(front.unwrap_or_default(), &mut article, kit),
                Err(error) => {
                    // The YAML begins on the second line of the file.
                    let place = error.location().map_or_else(String::new, |at| format!("line {}: ", at.line() + 1));
                    out.notices.push(notice(
                        origin,
                        format!("{place}the front matter is not YAML ({error}); the text was read without it"),
                        false,
                    ));
                }
            }
        }
        marks(&mut article, from);
        complete(&mut article, from, kit);
        out.articles.push(article);
        out
    }
}

/// The YAML between two `---` lines at the start, and where the text goes on.
fn front_matter(text: &str) -> Option<(&str, usize)> {
    let mut lines = text.split_inclusive('\n');
    let first = lines.next().filter(|line| line.trim_end() == "---")?;
    let mut at = first.len();
    for line in lines {
        if matches!(line.trim_end(), "---" | "...") {
            return Some((&text[first.len()..at], at + line.len()));
        }
        at += line.len();
    }
    None
}

fn take(front: Front, article: &mut Article, kit: &Kit) {
    let text = |value: Option<serde_yaml::Value>| value.as_ref().and_then(scalar).and_then(|value| filled(&value));
    article.title = text(front.title);
    article.publisher = text(front.publisher);
    article.url = text(front.url);
    article.author = text(front.author);
    article.language = text(front.language);
    article.published = text(front.published).and_then(|value| kit.furniture.calendar.find(&value)).map(|found| found.date);
}

/// A scalar as text, or the items of a list with commas; `name` of a map.
fn scalar(value: &serde_yaml::Value) -> Option<String> {
    match value {
        serde_yaml::Value::String(text) => Some(text.clone()),
        serde_yaml::Value::Number(number) => Some(number.to_string()),
        serde_yaml::Value::Sequence(items) => Some(items.iter().filter_map(scalar).collect::<Vec<_>>().join(", ")),
        serde_yaml::Value::Mapping(map) => map.get("name").and_then(scalar),
        _ => None,
    }
}

/// Skips marks that are no words: `#` before headings, `>` and bullets, pictures, rules and code fences with what they hold.
fn marks(article: &mut Article, from: usize) {
    let text = &article.text;
    let mut skip = Vec::new();
    let mut at = from;
    let mut fence: Option<usize> = None;
    for line in text[from..].split_inclusive('\n') {
        let start = at + (line.len() - line.trim_start().len());
        let content = line.trim();
        at += line.len();
        if content.starts_with("```") || content.starts_with("~~~") {
            match fence.take() {
                Some(open) => skip.push((open, start + content.len(), "code")),
                None => fence = Some(start),
            }
            continue;
        }
        if fence.is_some() || content.is_empty() {
            continue;
        }
        if content.starts_with("![")
            || content.starts_with("<!--")
            || (content.len() >= 3 && content.chars().all(|c| matches!(c, '-' | '*' | '_' | ' ' | '=')))
        {
            skip.push((start, start + content.len(), "mark"));
            continue;
        }
        let lead = content.len() - content.trim_start_matches(['#', '>', ' ']).len();
        let lead = if lead > 0 {
            lead
        } else if content.starts_with("- ") || content.starts_with("* ") || content.starts_with("+ ") {
            2
        } else {
            0
        };
        if lead > 0 {
            skip.push((start, start + lead, "mark"));
        }
    }
    let marked = skip.into_iter().map(|(start, end, reason)| Skipped { span: Span::new(start, end), reason: reason.into() });
    article.skipped.extend(marked);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Limits;
    use crate::lexicon::Lexicon;

    fn read(text: &str) -> (Article, Vec<String>) {
        let kit = Kit::new(Lexicon::built_in(), Limits::default());
        let origin = Origin { name: "a.md".into(), given: "a.md".into(), in_folder: false };
        let mut out = Markdown.read(&mut text.as_bytes(), &origin, &kit);
        (out.articles.remove(0), out.notices.into_iter().map(|n| n.message).collect())
    }

    #[test]
    fn front_matter_gives_metadata_and_is_skipped() {
        let (article, notices) = read(
            "---\ntitle: \"Quay: open\"\npublisher: The Bee\ndate: 2024-05-03\nauthor: [Ann, Bo]\n---\n\n# Quay: open\n\nThe quay was opened on Friday by the mayor.\n",
        );
        assert_eq!(
            (article.title.as_deref(), article.publisher.as_deref(), article.author.as_deref()),
            (Some("Quay: open"), Some("The Bee"), Some("Ann, Bo"))
        );
        assert_eq!(article.published.map(|d| d.to_string()).as_deref(), Some("2024-05-03"));
        assert_eq!(article.title_span.map(|span| span.of(&article.text)), Some("Quay: open"));
        assert_eq!(article.skipped[0].reason, "front matter");
        assert!(notices.is_empty());
    }

    #[test]
    fn broken_front_matter_is_named_and_the_text_is_read() {
        let (article, notices) = read("---\ntitle: [\n---\nThe quay was opened on Friday by the mayor.\n");
        assert!(article.text.ends_with("mayor.\n"));
        assert!(notices[0].contains("line ") && notices[0].contains("not YAML"), "{notices:?}");
    }

    #[test]
    fn a_rule_in_the_text_is_no_front_matter() {
        let (article, _) = read("The quay is open today.\n\n---\n\nThe ferry is not running today.\n");
        assert_eq!(article.skipped.iter().map(|s| s.reason.as_str()).collect::<Vec<_>>(), ["mark"]);
    }
}
