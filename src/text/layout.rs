//! Article → blocks: the headline, headings and paragraphs, without furniture.
//!
//! In: the article's text and its marked spans. Out: blocks in order, disjoint, none of them empty. Knows no sentences.
//! A blank line ends a paragraph. A single line break does too, unless the lines were wrapped at a width or the next line goes on
//! in lower case.

use super::Line;
use crate::article::Article;
use crate::base::Span;

/// One paragraph, heading or headline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Block {
    pub span: Span,
    pub kind: Line,
    /// Whether furniture or a heading stands between it and the block before; a quotation does not reach across.
    pub apart: bool,
}

/// Lines longer than this are not taken for hard-wrapped ones.
const WIDEST_WRAP: usize = 100;
/// Lines shorter than this are not taken for hard-wrapped ones.
const NARROWEST_WRAP: usize = 40;

/// Cuts an article into blocks.
pub(crate) fn blocks(article: &Article) -> Vec<Block> {
    let text = article.text.as_str();
    let mut marks: Vec<(Span, Option<Line>)> = Vec::new();
    marks.extend(article.title_span.map(|span| (span, Some(Line::Headline))));
    marks.extend(article.headings.iter().map(|span| (*span, Some(Line::Heading))));
    marks.extend(article.skipped.iter().map(|skipped| (skipped.span, None)));
    // Furniture wins over a heading at the same place.
    marks.sort_by_key(|(span, kind)| (span.start, kind.is_some(), span.end));
    let mut found = Vec::new();
    let mut at = 0;
    let mut apart = true;
    for (span, kind) in marks {
        let (start, end) = (floor(text, span.start as usize).max(at), floor(text, span.end as usize));
        if end <= start {
            continue;
        }
        paragraphs(text, at, start, Line::Body, &mut apart, &mut found);
        if let Some(kind) = kind {
            apart = true;
            paragraphs(text, start, end, kind, &mut apart, &mut found);
        }
        apart = true;
        at = end;
    }
    paragraphs(text, at, text.len(), Line::Body, &mut apart, &mut found);
    found
}

fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Cuts `text[start..end]` into paragraphs.
fn paragraphs(text: &str, start: usize, end: usize, kind: Line, apart: &mut bool, found: &mut Vec<Block>) {
    let mut group: Vec<Span> = Vec::new();
    let mut at = start;
    while at < end {
        let stop = text.as_bytes()[at..end].iter().position(|b| matches!(b, b'\n' | b'\r')).map_or(end, |i| at + i);
        let line = trim(text, at, stop);
        if line.is_empty() {
            flush(text, &mut group, kind, apart, found);
        } else {
            group.push(line);
        }
        // "\r\n" is one break.
        at = stop + if text.as_bytes()[stop..end].starts_with(b"\r\n") { 2 } else { 1 };
    }
    flush(text, &mut group, kind, apart, found);
}

/// Joins the lines of a group that belong together and puts the paragraphs into `found`.
fn flush(text: &str, group: &mut Vec<Span>, kind: Line, apart: &mut bool, found: &mut Vec<Block>) {
    let width = group.iter().map(|line| line.len()).max().unwrap_or(0);
    let wrapped = (NARROWEST_WRAP..=WIDEST_WRAP).contains(&width);
    let mut open: Option<Span> = None;
    for pair in 0..group.len() {
        let line = group[pair];
        let joined = open.map_or(line, |span| span.join(line));
        let goes_on = group.get(pair + 1).is_some_and(|next| {
            let next = next.of(text);
            let word = next.split_whitespace().next().unwrap_or("");
            // A wrapped line breaks only where the next word did not fit.
            starts_lower(next) && !next.get(1..2).is_some_and(|c| c == ")" || c == ".")
                || wrapped && line.len() + 1 + word.len() > width && !is_item(next)
        });
        if goes_on {
            open = Some(joined);
        } else {
            open = None;
            found.push(Block { span: joined, kind, apart: std::mem::take(apart) });
        }
    }
    group.clear();
}

fn starts_lower(line: &str) -> bool {
    line.chars().next().is_some_and(char::is_lowercase)
}

/// Whether a line is an item of a list by its first mark.
fn is_item(line: &str) -> bool {
    line.starts_with(['•', '*', '⁃', '-', '–', '·']) || line.get(1..2).is_some_and(|c| c == ")" || c == ".")
}

fn trim(text: &str, start: usize, end: usize) -> Span {
    let line = &text[start..end];
    let body = line.trim_start();
    let start = start + line.len() - body.len();
    Span::new(start, start + body.trim_end().len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Skipped;

    fn check(text: &str, want: &[&str]) {
        let article = Article { text: text.into(), ..Article::default() };
        assert_eq!(blocks(&article).iter().map(|b| b.span.of(text)).collect::<Vec<_>>(), want, "{text:?}");
    }

    #[test]
    fn a_blank_line_ends_a_paragraph() {
        check("One.\n\n Two. \r\n\r\nThree.", &["One.", "Two.", "Three."]);
    }

    #[test]
    fn a_line_is_a_paragraph_unless_it_was_wrapped() {
        check("The bridge is shut.\nThe mayor is away.", &["The bridge is shut.", "The mayor is away."]);
        check("The bridge over the Kessel has been shut\nsince May.", &["The bridge over the Kessel has been shut\nsince May."]);
        let wrapped =
            "The bridge over the river Kessel has been shut since\nMay because the piers were found to be weak after the\nflood.";
        check(wrapped, &[wrapped]);
    }

    #[test]
    fn furniture_is_left_out_and_headings_keep_their_kind() {
        let text = "Bridge shut\nShare this\nThe bridge is shut.";
        let article = Article {
            text: text.into(),
            title_span: Some(Span::new(0, 11)),
            skipped: vec![Skipped { span: Span::new(12, 22), reason: "share bar".into() }],
            ..Article::default()
        };
        let found: Vec<_> = blocks(&article).iter().map(|b| (b.span.of(text), b.kind)).collect();
        assert_eq!(found, [("Bridge shut", Line::Headline), ("The bridge is shut.", Line::Body)]);
    }

    #[test]
    fn spans_that_lie_off_a_boundary_do_no_harm() {
        let text = "“Né”";
        let article = Article { text: text.into(), headings: vec![Span::new(1, 5), Span::new(9, 70)], ..Article::default() };
        assert!(blocks(&article).iter().all(|b| !b.span.of(text).is_empty()));
    }
}
