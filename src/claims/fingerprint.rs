//! The content hash of a claim: what stays the same when files move, lines shift and other articles come or go.
//!
//! In: a [`Reading`] and a claim's index. Out: 64 bits over the source chain in the article's own fullest wording and the normalised
//! content: no offset, no path, no merged id.

use super::{Claim, Reading};
use crate::base::Fingerprint;

/// Hashes the chain (the publisher by its name where the article states one, else empty) and the content's words.
pub fn of(reading: &Reading, claim: &Claim) -> Fingerprint {
    let mut parts: Vec<String> = Vec::with_capacity(claim.chain.len() + 3);
    if claim.chain.is_empty() {
        parts.push(normal(reading.article.publisher.as_deref().unwrap_or("")));
    }
    for link in &claim.chain {
        let fullest = link
            .source
            .and_then(|m| reading.mentions.get(m as usize))
            .map(|m| reading.mentions.get(m.leader as usize).unwrap_or(m));
        parts.push(fullest.map_or_else(|| normal(link.mention.map_or("", |s| s.of(&reading.article.text))), |m| normal(&m.name)));
    }
    parts.push(String::new());
    parts.push(content(reading, claim));
    Fingerprint::of(parts.iter().map(String::as_str))
}

/// The words of a claim's content with marks and case folded, and its predicate: two predications of one clause differ by it.
pub fn content(reading: &Reading, claim: &Claim) -> String {
    let mut words = String::new();
    for span in &claim.content {
        words.push_str(&normal(span.of(&reading.article.text)));
        words.push(' ');
    }
    let predicate = reading.document.tokens.get(claim.predicate as usize).map_or("", |t| t.form.as_str());
    words.push('\u{1f}');
    words.push_str(predicate);
    words
}

/// Lower case, letters and digits only, single blanks.
fn normal(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(word.chars().flat_map(char::to_lowercase));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;
    use crate::base::Span;

    fn reading(text: &str, from: usize) -> (Reading, Claim) {
        let article = Article { text: text.to_owned(), ..Article::default() };
        let claim = Claim { content: vec![Span::new(from, text.len())], ..Claim::default() };
        (Reading { article, ..Reading::default() }, claim)
    }

    #[test]
    fn the_place_in_the_text_does_not_matter() {
        let (one, a) = reading("The bridge is open.", 0);
        let (two, b) = reading("Menu. The bridge  is open", 6);
        assert_eq!(of(&one, &a), of(&two, &b));
        let (three, c) = reading("The bridge is closed.", 0);
        assert_ne!(of(&one, &a), of(&three, &c));
    }
}
