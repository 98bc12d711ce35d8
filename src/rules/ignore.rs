//! Conflicts that somebody has looked at and wants left alone.
//!
//! In: the `ignore` entries of rule files. Out: whether one covers a conflict. Ignored conflicts stay in the report, marked.

use super::schema::IgnoreSpec;
use jiff::civil::Date;

/// An entry of `ignore`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ignore {
    /// Id of a rule; `None` for every rule.
    pub rule: Option<String>,
    /// Id of a conflict, or its beginning.
    pub edge: Option<String>,
    /// Id or name of a source of either side.
    pub source: Option<String>,
    /// Outlet of either side.
    pub publisher: Option<String>,
    /// Article of either side.
    pub article: Option<String>,
    /// Why.
    pub reason: String,
    /// Last day on which it counts.
    pub until: Option<Date>,
    /// File that it stands in.
    pub path: String,
    /// Its line, from 1.
    pub line: u32,
}

/// What an entry is held against: the rule and id of a conflict, and what its two sides are.
#[derive(Clone, Debug, Default)]
pub struct Candidate<'a> {
    /// Id of the rule.
    pub rule: &'a str,
    /// Id of the conflict.
    pub edge: &'a str,
    /// Ids and names of the sources of both sides.
    pub sources: Vec<&'a str>,
    /// Outlets of both sides.
    pub publishers: Vec<&'a str>,
    /// Articles of both sides.
    pub articles: Vec<&'a str>,
}

/// Makes an entry of what a file says.
pub fn compile(spec: IgnoreSpec, path: String, line: u32) -> Ignore {
    Ignore {
        rule: Some(spec.rule).filter(|rule| rule != "*"),
        edge: spec.edge,
        source: spec.source,
        publisher: spec.publisher,
        article: spec.article,
        reason: spec.reason,
        until: spec.until.and_then(|day| day.parse().ok()),
        path,
        line,
    }
}

impl Ignore {
    /// Whether its last day is over.
    pub fn is_past(&self, today: Option<Date>) -> bool {
        self.until.zip(today).is_some_and(|(until, today)| today > until)
    }

    /// What to say of an entry that covers `uses` conflicts of a run: that it is over, or of no use. `None` for one in use.
    pub fn idle(&self, uses: usize, today: Option<Date>) -> Option<String> {
        let of = self.rule.as_deref().unwrap_or("*");
        match self.until.filter(|_| self.is_past(today)) {
            Some(until) => Some(format!("the ignore entry for `{of}` ended on {until}: {}", self.reason)),
            None if uses == 0 => Some(format!("the ignore entry for `{of}` matches no conflict: {}", self.reason)),
            None => None,
        }
    }

    /// Whether it covers a conflict on a day; an entry past its `until` covers nothing.
    pub fn covers(&self, candidate: &Candidate<'_>, today: Option<Date>) -> bool {
        let same = |wanted: &Option<String>, given: &[&str]| {
            wanted.as_ref().is_none_or(|wanted| given.iter().any(|given| given.eq_ignore_ascii_case(wanted)))
        };
        let edge = self.edge.as_ref().is_none_or(|edge| edge.len() >= 8 && candidate.edge.starts_with(edge.as_str()));
        !self.is_past(today)
            && self.rule.as_ref().is_none_or(|rule| rule == candidate.rule)
            && edge
            && same(&self.source, &candidate.sources)
            && same(&self.publisher, &candidate.publishers)
            && same(&self.article, &candidate.articles)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(edge: Option<&str>, publisher: Option<&str>, until: Option<&str>) -> Ignore {
        let text = |text: Option<&str>| text.map(str::to_owned);
        let spec = IgnoreSpec {
            rule: "*".into(),
            edge: text(edge),
            source: None,
            publisher: text(publisher),
            article: None,
            reason: "satire".into(),
            until: text(until),
        };
        compile(spec, "x.yml".into(), 1)
    }

    #[test]
    fn an_entry_covers_what_it_names() {
        let candidate =
            Candidate { rule: "r", edge: "7f3a9c21abcde", publishers: vec!["The Parody Post"], ..Candidate::default() };
        let day = |text: &str| text.parse::<Date>().ok();
        assert!(entry(Some("7f3a9c21"), None, None).covers(&candidate, None));
        assert!(!entry(Some("7f3a9c2"), None, None).covers(&candidate, None), "seven characters are too few");
        assert!(!entry(Some("00000000"), None, None).covers(&candidate, None));
        assert!(entry(None, Some("the parody post"), None).covers(&candidate, None));
        assert!(entry(None, None, Some("2026-12-31")).covers(&candidate, day("2026-12-31")));
        assert!(!entry(None, None, Some("2026-12-31")).covers(&candidate, day("2027-01-01")));
    }
}
