//! Every limit with its default, checked where the growth would happen.

/// What one run may use. Past a limit there is a notice and the part so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one article, or of one file that is not a container.
    pub article_bytes: usize,
    /// Bytes of one rule file.
    pub rule_bytes: usize,
    /// Articles in one run.
    pub articles: usize,
    /// Claims kept of one article.
    pub claims_per_article: usize,
    /// Tokens of one sentence; a longer one is split there.
    pub sentence_tokens: usize,
    /// Links of one source chain.
    pub chain_links: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            article_bytes: 16 << 20,
            rule_bytes: 4 << 20,
            articles: 1_000_000,
            claims_per_article: 20_000,
            sentence_tokens: 400,
            chain_links: 6,
        }
    }
}
