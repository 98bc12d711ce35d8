//! Plain text: the article's text is the file's, byte for byte.

use super::{Format, Kit, Origin, Output, bytes, complete};
use crate::article::Article;
use std::io::BufRead;

/// `.txt`.
pub struct Plain;

impl Format for Plain {
    fn name(&self) -> &'static str {
        "text"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["txt", "text"]
    }

    fn looks_like(&self, _: &str) -> bool {
        true
    }

    fn read(&self, input: &mut dyn BufRead, origin: &Origin, kit: &Kit) -> Output {
        let mut out = Output::default();
        if let Some(text) = bytes::whole(true, input, origin, kit, &mut out) {
            let mut article = Article { path: origin.name.clone(), text, ..Article::default() };
            complete(&mut article, 0, kit);
            out.articles.push(article);
        }
        out
    }
}
