//! Why a conflict came, went or changed: the article says something else, the rule does, or the same words are read otherwise.
//!
//! In: two reports and a conflict of one of them. An article is the same if its text's hash is, a rule if its own hash is.

use crate::report::view::{Conflict, Report};
use serde::Serialize;

/// What made the difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Cause {
    /// An article came, went or was edited.
    Article,
    /// The rule came, went or was edited.
    Rule,
    /// Neither: word tables, entities or the program read the same words otherwise.
    Lexicon,
}

impl Cause {
    /// For people.
    pub fn told(self) -> &'static str {
        match self {
            Self::Article => "an article changed",
            Self::Rule => "a rule changed",
            Self::Lexicon => "the same words are read otherwise",
        }
    }
}

/// Why `conflict`, which `here` has, is not the same `there`.
pub fn cause(conflict: &Conflict, here: &Report, there: &Report) -> Cause {
    let article = |report: &Report, id: &str| {
        let claim = here.claim(id)?;
        report.articles.iter().find(|article| article.id == claim.article).map(|article| article.hash.clone())
    };
    // A renamed file is still the same article: its text stands under another id.
    let known = |id: &str| {
        let hash = article(here, id);
        article(there, id) == hash || there.articles.iter().any(|article| Some(&article.hash) == hash.as_ref())
    };
    if !conflict.claims.iter().all(|id| known(id)) {
        return Cause::Article;
    }
    let hash = |report: &Report| report.rules.iter().find(|rule| rule.id == conflict.rule).map(|rule| rule.hash.clone());
    if hash(here) != hash(there) { Cause::Rule } else { Cause::Lexicon }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::view::{Article, Claim, RuleRef};

    fn report(text: &str, rule: &str) -> Report {
        let article = Article { id: "a.txt".into(), hash: Some(text.into()), ..Article::default() };
        let claim = |id: &str| Claim { id: id.into(), article: "a.txt".into(), ..Claim::default() };
        Report {
            articles: vec![article],
            claims: vec![claim("one"), claim("two")],
            rules: vec![RuleRef { id: "r".into(), hash: rule.into(), ..RuleRef::default() }],
            ..Report::default()
        }
    }

    #[test]
    fn the_nearest_cause_is_named() {
        let conflict = Conflict { rule: "r".into(), claims: ["one".into(), "two".into()], ..Conflict::default() };
        let new = report("x", "1");
        assert_eq!(cause(&conflict, &new, &report("y", "1")), Cause::Article);
        assert_eq!(cause(&conflict, &new, &report("x", "2")), Cause::Rule);
        assert_eq!(cause(&conflict, &new, &report("x", "1")), Cause::Lexicon);
        let mut renamed = report("x", "1");
        renamed.articles[0].id = "b.txt".into();
        assert_eq!(cause(&conflict, &new, &renamed), Cause::Lexicon);
    }
}
