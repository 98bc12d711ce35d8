//! Articles as JSON objects: one in a `.json` file, one a line in a `.jsonl` file, which is read as it streams.

use super::{Format, Kit, Origin, Output, bytes, complete, filled, html, notice};
use crate::article::Article;
use rayon::prelude::*;
use serde::Deserialize;
use std::io::BufRead;

/// `.json`.
pub struct Object;

/// `.jsonl`.
pub struct Lines;

/// Bytes of lines that are decoded together; bounds the memory that unread text takes.
const BATCH: usize = 8 << 20;

/// The fields of an article; others are ignored.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Record {
    id: Option<serde_json::Value>,
    text: Option<String>,
    html: Option<String>,
    title: Option<String>,
    publisher: Option<String>,
    published: Option<String>,
    /// What many collections call the day of publication; `published` comes first. Of any type, since nobody promised one.
    date: Option<serde_json::Value>,
    url: Option<String>,
    author: Option<serde_json::Value>,
    language: Option<String>,
}

impl Format for Object {
    fn name(&self) -> &'static str {
        "JSON"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["json"]
    }

    fn looks_like(&self, head: &str) -> bool {
        head.trim_start().starts_with('{')
    }

    fn read(&self, input: &mut dyn BufRead, origin: &Origin, kit: &Kit) -> Output {
        let mut out = Output::default();
        let Some(text) = bytes::whole(false, input, origin, kit, &mut out) else { return out };
        match serde_json::from_str::<Record>(&text) {
            Ok(record) => match article(record, origin, None, kit) {
                Ok(article) => out.articles.push(article),
                Err(message) => out.notices.push(notice(origin, message, !origin.in_folder)),
            },
            Err(error) => {
                let hint = if text.trim_start().starts_with('[') {
                    "; a list of articles is read from a .jsonl file, one a line"
                } else {
                    ""
                };
                out.notices.push(notice(
                    origin,
                    format!("line {}, column {}: {}{hint}", error.line(), error.column(), cause(&error)),
                    true,
                ));
            }
        }
        out
    }
}

impl Format for Lines {
    fn name(&self) -> &'static str {
        "JSON Lines"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["jsonl", "ndjson"]
    }

    fn looks_like(&self, head: &str) -> bool {
        let mut lines = head.lines().filter(|line| !line.trim().is_empty());
        let whole =
            |line: &str| line.trim_start().starts_with('{') && serde_json::from_str::<serde::de::IgnoredAny>(line).is_ok();
        lines.next().is_some_and(whole) && lines.next().is_some()
    }

    fn read(&self, input: &mut dyn BufRead, origin: &Origin, kit: &Kit) -> Output {
        let mut out = Output::default();
        let mut number = 0u32;
        let mut any = false;
        loop {
            let mut batch: Vec<(u32, Vec<u8>)> = Vec::new();
            let mut size = 0;
            let mut ended = false;
            while size < BATCH {
                let mut line = Vec::new();
                match limited_line(input, kit.limits.article_bytes, &mut line) {
                    Ok(Read::End) => {
                        ended = true;
                        break;
                    }
                    Ok(Read::Line) => number = number.saturating_add(1),
                    Ok(Read::TooLong) => {
                        number = number.saturating_add(1);
                        let message = format!(
                            "line {number}: is longer than the limit of {} bytes for one article; it was left out",
                            kit.limits.article_bytes
                        );
                        out.notices.push(notice(origin, message, true));
                        continue;
                    }
                    Err(error) => {
                        out.notices.push(notice(
                            origin,
                            format!("line {}: cannot be read: {error}", number.saturating_add(1)),
                            true,
                        ));
                        ended = true;
                        break;
                    }
                }
                if !line.iter().all(u8::is_ascii_whitespace) {
                    size += line.len();
                    batch.push((number, line));
                }
            }
            any |= !batch.is_empty();
            let read: Vec<Output> = batch.par_iter().map(|(number, line)| one_line(*number, line, origin, kit)).collect();
            for one in read {
                out.articles.extend(one.articles);
                out.notices.extend(one.notices);
            }
            if ended {
                break;
            }
        }
        if !any && out.notices.is_empty() {
            out.notices.push(notice(origin, "is empty", !origin.in_folder));
        }
        out
    }
}

enum Read {
    Line,
    TooLong,
    End,
}

/// Reads up to the next line end, keeping at most `limit` bytes.
fn limited_line(input: &mut dyn BufRead, limit: usize, line: &mut Vec<u8>) -> std::io::Result<Read> {
    let (mut any, mut too_long) = (false, false);
    loop {
        let available = match input.fill_buf() {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if available.is_empty() {
            break;
        }
        any = true;
        let end = available.iter().position(|byte| *byte == b'\n');
        let taken = end.map_or(available.len(), |at| at + 1);
        if line.len() + taken <= limit {
            line.extend_from_slice(&available[..taken]);
        } else {
            too_long = true;
        }
        input.consume(taken);
        if end.is_some() {
            break;
        }
    }
    Ok(match (any, too_long) {
        (false, _) => Read::End,
        (_, true) => Read::TooLong,
        _ => Read::Line,
    })
}

fn one_line(number: u32, line: &[u8], origin: &Origin, kit: &Kit) -> Output {
    let mut out = Output::default();
    let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
    match serde_json::from_slice::<Record>(line) {
        Ok(record) => match article(record, origin, Some(number), kit) {
            Ok(article) => out.articles.push(article),
            Err(message) => out.notices.push(notice(origin, format!("line {number}: {message}"), true)),
        },
        Err(error) => {
            out.notices.push(notice(origin, format!("line {number}, column {}: {}", error.column(), cause(&error)), true))
        }
    }
    out
}

/// The parser's message without the place, which ours names first.
fn cause(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or(&message);
    format!("not a JSON article: {message}")
}

fn article(record: Record, origin: &Origin, number: Option<u32>, kit: &Kit) -> Result<Article, String> {
    let text = |value: Option<String>| value.and_then(|value| filled(&value));
    let id = match record.id {
        Some(serde_json::Value::String(id)) => id.trim().to_owned(),
        Some(serde_json::Value::Number(id)) => id.to_string(),
        _ => String::new(),
    };
    let author = match record.author {
        Some(serde_json::Value::String(author)) => filled(&author),
        Some(serde_json::Value::Array(authors)) => {
            filled(&authors.iter().filter_map(|a| a.as_str()).collect::<Vec<_>>().join(", "))
        }
        _ => None,
    };
    let date = record.date.and_then(|date| date.as_str().map(str::to_owned));
    let published =
        text(record.published).or(text(date)).and_then(|value| kit.furniture.calendar.find(&value)).map(|found| found.date);
    let mut article = Article {
        // A file of one article is called by its path, as every other file.
        id: if number.is_some() { id } else { String::new() },
        path: origin.name.clone(),
        record: number,
        title: text(record.title),
        publisher: text(record.publisher),
        published,
        url: text(record.url),
        author,
        language: text(record.language),
        ..Article::default()
    };
    match (record.text.filter(|t| !t.trim().is_empty()), record.html.filter(|h| !h.trim().is_empty())) {
        (Some(text), _) => {
            article.text = text;
            complete(&mut article, 0, kit);
        }
        (None, Some(page)) => html::fill(&page, &mut article, kit)?,
        (None, None) => return Err("holds no article: `text` or `html` is required and must not be empty".into()),
    }
    Ok(article)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Limits;
    use crate::lexicon::Lexicon;

    fn read(format: &dyn Format, text: &str, limit: usize) -> Output {
        let kit = Kit::new(Lexicon::built_in(), Limits { article_bytes: limit, ..Limits::default() });
        format.read(&mut text.as_bytes(), &Origin { name: "a".into(), given: "a".into(), in_folder: false }, &kit)
    }

    #[test]
    fn bad_lines_are_named_and_the_others_are_read() {
        let text = "{\"text\":\"The quay is open again.\",\"published\":\"2024-05-03\"}\n\n{\"text\": 3}\nnot json\n{\"title\":\"x\"}\n{\"id\":7,\"text\":\"The quay is shut again.\"}\n";
        let out = read(&Lines, text, 1000);
        assert_eq!(out.articles.iter().map(|a| (a.id.as_str(), a.record)).collect::<Vec<_>>(), [("", Some(1)), ("7", Some(6))]);
        let messages: Vec<_> = out.notices.iter().map(|n| n.message.as_str()).collect();
        assert!(messages[0].starts_with("line 3, column 10: "), "{messages:?}");
        assert!(messages[1].starts_with("line 4, column "), "{messages:?}");
        assert_eq!(messages[2], "line 5: holds no article: `text` or `html` is required and must not be empty");
    }

    #[test]
    fn the_day_may_be_called_a_date() {
        let text = "{\"text\":\"The quay is open.\",\"date\":\"4-MAR-2025 15:41:01.89\"}\n\
            {\"text\":\"The quay is shut.\",\"date\":\"2025-03-04\",\"published\":\"2025-03-05\"}\n{\"text\":\"The quay is new.\",\"date\":17}\n";
        let days: Vec<_> = read(&Lines, text, 1000).articles.iter().map(|a| a.published.map(|day| day.to_string())).collect();
        assert_eq!(days, [Some("2025-03-04".to_owned()), Some("2025-03-05".to_owned()), None]);
    }

    #[test]
    fn a_line_past_the_limit_is_left_out() {
        let out = read(&Lines, &format!("{{\"text\":\"{}\"}}\n{{\"text\":\"The quay is open.\"}}", "x".repeat(200)), 100);
        assert_eq!((out.articles.len(), out.articles[0].record), (1, Some(2)));
        assert!(out.notices[0].message.contains("line 1: is longer than the limit of 100 bytes"));
    }

    #[test]
    fn an_object_keeps_its_text_as_given() {
        let out = read(&Object, "{\"text\":\"The quay\\nis open.\",\"publisher\":\" The Bee \",\"other\":[1]}", 1000);
        assert_eq!(
            (out.articles[0].text.as_str(), out.articles[0].publisher.as_deref()),
            ("The quay\nis open.", Some("The Bee"))
        );
        assert!(read(&Object, "{\"text\":", 1000).notices[0].message.starts_with("line 1, column 8: not a JSON article: EOF"));
    }

    #[test]
    fn standard_input_is_told_apart_by_its_beginning() {
        let named = |head: &str| super::super::files::sniff(head).name();
        assert_eq!(named("{\"text\":\"a\"}\n{\"text\":\"b\"}\n"), "JSON Lines");
        assert_eq!(named("{\"text\":\"a\"}\n"), "JSON");
        assert_eq!(named("<!DOCTYPE html><p>x"), "HTML");
        assert_eq!(named("---\ntitle: x\n---\ny"), "Markdown");
        assert_eq!(named("The quay is open."), "text");
    }
}
