//! Runs the passes over one article: blocks, quotations, sentences, tokens, tags, lemmas, relations.

use super::layout::{self, Block};
use super::quote::{self, Marks};
use super::tag::Reader;
use super::words::Words;
use super::{Document, Pos, Quote, Rel, Sentence, Shape, Tag, Token, sentence, token};
use crate::article::Article;
use crate::base::{Limits, Span, Sym};
use crate::lexicon::Lexicon;
use std::cell::RefCell;

/// Finds the sentences, tokens and quotations of an article. The same article gives the same document.
///
/// ```
/// use gainsay::{article::Article, lexicon::Lexicon, text};
/// let article = Article { text: "“The bridge didn't reopen,” Ana Marin said.".into(), ..Article::default() };
/// let document = text::annotate(&article, Lexicon::built_in());
/// let words: Vec<_> = document.tokens.iter().map(|token| token.span.of(&article.text)).collect();
/// assert_eq!(words, ["“", "The", "bridge", "did", "n't", "reopen", ",", "”", "Ana", "Marin", "said", "."]);
/// assert_eq!(document.tokens[5].lemma.as_str(), "reopen");
/// assert_eq!(document.quotes[0].inner.of(&article.text), "The bridge didn't reopen,");
/// ```
pub fn annotate(article: &Article, lexicon: &Lexicon) -> Document {
    let text = article.text.as_str();
    let words = Words::new(lexicon);
    let blocks = layout::blocks(article);
    let marks = quote::find(text, &blocks, &words);
    let mut document = Document::default();
    cut(text, &blocks, &marks, &words, &mut document);
    READER.with_borrow_mut(|reader| reader.document(&mut document, lexicon));
    quotes(text, &marks, &mut document);
    document
}

thread_local! {
    static READER: RefCell<Reader<'static>> = RefCell::default();
}

/// Fills in sentences and tokens.
fn cut(text: &str, blocks: &[Block], marks: &[Marks], words: &Words, document: &mut Document) {
    let limit = Limits::default().sentence_tokens;
    let (mut sentences, mut spans) = (Vec::new(), Vec::new());
    for (paragraph, block) in blocks.iter().enumerate() {
        sentences.clear();
        sentence::split(text, block.span, marks, words, &mut sentences);
        for sentence in &sentences {
            spans.clear();
            token::split(text, *sentence, words, &mut spans);
            // A longer sentence is no prose; it is cut so that no later pass is slow on it.
            for part in spans.chunks(limit) {
                let (Some(start), Some(end)) = (part.first(), part.last()) else { continue };
                let first = document.tokens.len() as u32;
                document.tokens.extend(part.iter().zip(first..).map(|(span, index)| plain(text, *span, index)));
                document.sentences.push(Sentence {
                    span: start.join(*end),
                    first,
                    end: document.tokens.len() as u32,
                    kind: block.kind,
                    paragraph: paragraph as u32,
                    parsed: false,
                });
            }
        }
    }
}

/// A token of which only place, form and shape are known.
pub(crate) fn plain(text: &str, span: Span, index: u32) -> Token {
    let word = span.of(text);
    let form = Sym::new(&token::fold(word));
    Token {
        span,
        form,
        lemma: form,
        pos: Pos::default(),
        tag: Tag::default(),
        head: index,
        rel: Rel::default(),
        shape: token::shape(word),
        quoted: 0,
    }
}

/// Turns pairs of marks into quotations over tokens.
fn quotes(text: &str, marks: &[Marks], document: &mut Document) {
    let tokens = &mut document.tokens;
    for mark in marks {
        let first = tokens.partition_point(|t| t.span.start < mark.inner.start);
        let end = first + tokens[first..].partition_point(|t| t.span.end <= mark.inner.end);
        if first == end {
            continue;
        }
        tokens[first..end].iter_mut().for_each(|t| t.quoted = t.quoted.saturating_add(1));
        let inside = &tokens[first..end];
        let words = inside.iter().filter(|t| t.shape != Shape::Mark).count();
        let finite = inside.iter().any(|t| matches!(t.tag, Tag::Vbd | Tag::Vbz | Tag::Vbp | Tag::Md));
        // A title has capitals on its long words; speech has not.
        let title = words > 1
            && mark.closed
            && !mark.inner.of(text).ends_with(['.', ',', '!', '?'])
            && inside.iter().filter(|t| t.span.len() > 3 && t.shape != Shape::Mark).all(|t| t.shape != Shape::Lower);
        document.quotes.push(Quote {
            span: mark.span,
            inner: mark.inner,
            first: first as u32,
            end: end as u32,
            closed: mark.closed,
            continues: mark.continues,
            speech: (finite || words >= 4) && !title,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn annotated(text: &str) -> Document {
        annotate(&Article { text: text.into(), ..Article::default() }, Lexicon::built_in())
    }

    fn sound(text: &str, document: &Document) {
        let mut at = 0;
        for (index, token) in document.tokens.iter().enumerate() {
            assert!(token.span.start >= at && !token.span.of(text).is_empty(), "token {index} of {text:?}");
            assert!(!token.span.of(text).contains(char::is_whitespace));
            at = token.span.end;
        }
        let (mut at, mut next) = (0, 0);
        for sentence in &document.sentences {
            assert!(sentence.span.start >= at && !sentence.span.of(text).is_empty());
            assert_eq!(sentence.first, next);
            assert!(sentence.first < sentence.end);
            let tokens = &document.tokens[sentence.range()];
            assert!(tokens.iter().all(|t| sentence.span.contains(t.span) && sentence.range().contains(&(t.head as usize))));
            for start in sentence.range() {
                // Every token hangs below one root.
                let (mut at, mut steps) = (start, 0);
                while document.tokens[at].head as usize != at {
                    at = document.tokens[at].head as usize;
                    steps += 1;
                    assert!(steps < tokens.len(), "a circle in {text:?}");
                }
            }
            assert_eq!(sentence.range().filter(|at| document.tokens[*at].head as usize == *at).count(), 1);
            (at, next) = (sentence.span.end, sentence.end);
        }
        assert_eq!(next as usize, document.tokens.len());
        for quote in &document.quotes {
            assert!(quote.span.contains(quote.inner) && quote.first < quote.end && quote.end as usize <= document.tokens.len());
            assert!(!quote.inner.of(text).is_empty());
        }
        assert!(document.quotes.is_sorted_by_key(|q| q.span.start));
    }

    #[test]
    fn quotation_marks_count_depth() {
        let text = "“He said ‘never’ to us,” she said.";
        let document = annotated(text);
        let depth: Vec<_> = document.tokens.iter().map(|t| (t.span.of(text), t.quoted)).collect();
        assert!(depth.contains(&("He", 1)) && depth.contains(&("never", 2)) && depth.contains(&("she", 0)));
        assert!(document.quotes[0].speech && !document.quotes[1].speech);
    }

    #[test]
    fn a_title_is_no_speech() {
        assert!(!annotated("The film “The Longest Day of Summer” was shown.").quotes[0].speech);
    }

    #[test]
    fn furniture_is_no_sentence() {
        let text = "Share this page\nThe bridge is shut.";
        let skipped = vec![crate::article::Skipped { span: Span::new(0, 15), reason: "share bar".into() }];
        let document = annotate(&Article { text: text.into(), skipped, ..Article::default() }, Lexicon::built_in());
        assert_eq!(document.sentences.len(), 1);
        assert_eq!(document.tokens[0].span.of(text), "The");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(300))]
        #[test]
        fn any_text_gives_a_sound_document(text in "\\PC{0,80}") {
            sound(&text, &annotated(&text));
        }

        #[test]
        fn text_of_many_marks_gives_a_sound_document(text in "[a-cA-C0-1.,;:!?'\"“”‘’()\\[\\]$€%/@#…–—•\\- \nés]{0,120}") {
            let document = annotated(&text);
            sound(&text, &document);
            prop_assert_eq!(format!("{document:?}"), format!("{:?}", annotated(&text)));
        }

        #[test]
        fn marked_spans_may_lie_anywhere(text in "[a-cé“”. \n]{0,60}", a in 0u32..80, b in 0u32..80, c in 0u32..80) {
            let article = Article {
                headings: vec![Span { start: a.min(b), end: a.max(b) }],
                skipped: vec![crate::article::Skipped { span: Span { start: b.min(c), end: b.max(c) }, reason: String::new() }],
                title_span: Some(Span { start: 0, end: c }),
                text: text.clone(),
                ..Article::default()
            };
            sound(&text, &annotate(&article, Lexicon::built_in()));
        }
    }
}
