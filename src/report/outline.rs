//! The order in which people read a report: conflicts that make one point together, contradictions first, updates last.
//!
//! In: a [`Report`]. Out: [`Point`]s. Shared by all formats for people, so that they agree.

use super::view::{Article, Claim, Conflict, Report, Source};
use crate::base::Span;
use std::collections::BTreeMap;

/// Lookups into a report.
#[derive(Debug)]
pub struct Index<'a> {
    claims: BTreeMap<&'a str, &'a Claim>,
    articles: BTreeMap<&'a str, &'a Article>,
    sources: BTreeMap<&'a str, &'a Source>,
}

/// Conflicts that make one point: the surest stands for all.
#[derive(Clone, Debug, PartialEq)]
pub struct Point<'a> {
    /// The one that is shown in full.
    pub lead: &'a Conflict,
    /// Others that set the same words of the same two sentences against each other, as a phrase and its clause do: not told again.
    pub twins: Vec<&'a Conflict>,
    /// Others of the same group, the surest first.
    pub more: Vec<&'a Conflict>,
}

/// Points of one relation.
#[derive(Clone, Debug, PartialEq)]
pub struct Section<'a> {
    /// Its word in the report.
    pub relation: &'a str,
    /// Heading for people.
    pub heading: &'static str,
    /// What it means, in a line.
    pub about: &'static str,
    /// In order of severity, then confidence.
    pub points: Vec<Point<'a>>,
}

/// One side of a conflict as people read it.
#[derive(Clone, Debug, PartialEq)]
pub struct Side<'a> {
    /// Who says it: "Ida Frey", "the harbour office, citing Ida Frey", or the publisher's own words.
    pub speaker: String,
    /// Publisher, date, file and line.
    pub place: String,
    /// The claim.
    pub claim: &'a Claim,
    /// The words that clash.
    pub marks: Vec<Span>,
}

const SECTIONS: &[(&str, &str, &str)] = &[
    ("contradiction", "Contradictions", "both are asserted, and both cannot be true"),
    ("dispute", "Disputes", "the text itself sets one side against the other"),
    ("reversal", "Reversals", "one source, two accounts"),
    ("tension", "Tensions", "one side is hedged, planned or withheld"),
    ("update", "Updates", "a later figure or state replaces an earlier one"),
];

impl<'a> Index<'a> {
    /// Indexes a report.
    pub fn new(report: &'a Report) -> Self {
        Self {
            claims: report.claims.iter().map(|claim| (claim.id.as_str(), claim)).collect(),
            articles: report.articles.iter().map(|article| (article.id.as_str(), article)).collect(),
            sources: report.sources.iter().map(|source| (source.id.as_str(), source)).collect(),
        }
    }

    /// The claim of an id.
    pub fn claim(&self, id: &str) -> Option<&'a Claim> {
        self.claims.get(id).copied()
    }

    /// The article of an id.
    pub fn article(&self, id: &str) -> Option<&'a Article> {
        self.articles.get(id).copied()
    }

    /// The name of a source; its id where the report has none.
    pub fn name<'s>(&'s self, id: &'s str) -> &'s str {
        self.sources.get(id).map_or(id, |source| source.name.as_str())
    }

    /// "file.txt:12", the line as it stands in the claim's text.
    pub fn file_line(&self, claim: &Claim) -> String {
        let Some(article) = self.article(&claim.article) else { return claim.article.clone() };
        match article.record {
            // A record of a container is called by its id; a line inside it is a line of its text.
            Some(record) => format!("{}:{record} ({}, line {})", article.path, article.id, claim.line),
            None => format!("{}:{}", article.path, claim.line),
        }
    }

    /// Who makes a claim, for people.
    pub fn speaker(&self, claim: &Claim) -> String {
        if claim.attribution.is_empty() {
            let name = claim.sources.first().map_or("", |id| self.name(id));
            return format!("{name} (own words)");
        }
        let names: Vec<&str> = claim.sources.iter().map(|id| self.name(id)).collect();
        names.join(", citing ")
    }

    /// One side of a conflict.
    pub fn side(&self, conflict: &'a Conflict, at: usize) -> Option<Side<'a>> {
        let claim = self.claim(&conflict.claims[at])?;
        let article = self.article(&claim.article);
        let publisher = article.and_then(|a| a.publisher.clone()).unwrap_or_else(|| "publisher not stated".into());
        let date = article.and_then(|a| a.published.clone()).unwrap_or_else(|| "undated".into());
        let marks = conflict.because.iter().filter(|b| b.claim == claim.id).map(|b| b.span).collect();
        Some(Side {
            speaker: self.speaker(claim),
            place: format!("{publisher} · {date} · {}", self.file_line(claim)),
            claim,
            marks,
        })
    }
}

/// All conflicts that are not ignored, by relation and point.
pub fn sections(report: &Report) -> Vec<Section<'_>> {
    let mut groups: BTreeMap<(&str, &str), Vec<&Conflict>> = BTreeMap::new();
    for conflict in report.conflicts.iter().filter(|conflict| conflict.ignored.is_none()) {
        groups.entry((&conflict.relation, &conflict.group)).or_default().push(conflict);
    }
    let weight = |c: &Conflict| {
        (["error", "warning", "note"].iter().position(|s| *s == c.severity), std::cmp::Reverse((c.confidence * 100.0) as i64))
    };
    let claims: BTreeMap<&str, &Claim> = report.claims.iter().map(|claim| (claim.id.as_str(), claim)).collect();
    let mut sections = Vec::new();
    for (relation, heading, about) in SECTIONS {
        let mut points: Vec<Point<'_>> = groups
            .iter()
            .filter(|((of, _), _)| of == relation)
            .filter_map(|(_, list)| {
                let mut list = list.clone();
                list.sort_by(|a, b| weight(a).cmp(&weight(b)).then_with(|| a.id.cmp(&b.id)));
                let lead = *list.first()?;
                let (twins, rest): (Vec<&Conflict>, Vec<&Conflict>) =
                    list[1..].iter().partition(|c| same_point(&claims, lead, c));
                let mut more: Vec<&Conflict> = Vec::new();
                for conflict in rest {
                    if !more.iter().any(|other| same_point(&claims, other, conflict)) {
                        more.push(conflict);
                    }
                }
                Some(Point { lead, twins, more })
            })
            .collect();
        points.sort_by(|a, b| weight(a.lead).cmp(&weight(b.lead)).then_with(|| a.lead.id.cmp(&b.lead.id)));
        let points = points.into_iter().fold(Vec::new(), |kept, point| fold(&claims, kept, point));
        if !points.is_empty() {
            sections.push(Section { relation, heading, about, points });
        }
    }
    sections
}

/// Adds a point, or makes it part of one that tells the same.
fn fold<'a>(claims: &BTreeMap<&str, &Claim>, mut kept: Vec<Point<'a>>, point: Point<'a>) -> Vec<Point<'a>> {
    match kept.iter_mut().find(|old| same_point(claims, old.lead, point.lead)) {
        Some(old) => {
            old.twins.push(point.lead);
            old.twins.extend(point.twins);
            old.more.extend(point.more.into_iter().filter(|c| !same_point(claims, point.lead, c)));
        }
        None => kept.push(point),
    }
    kept
}

/// Whether two conflicts set the same words of the same two sentences against each other.
fn same_point(claims: &BTreeMap<&str, &Claim>, one: &Conflict, other: &Conflict) -> bool {
    let side = |conflict: &Conflict, at: usize| -> Option<(String, u32, Vec<Span>)> {
        let claim = claims.get(conflict.claims[at].as_str())?;
        let spans = conflict.because.iter().filter(|b| b.claim == claim.id).map(|b| b.span);
        Some((claim.article.clone(), claim.sentence, spans.collect()))
    };
    let same = |x: Option<(String, u32, Vec<Span>)>, y: Option<(String, u32, Vec<Span>)>| match (x, y) {
        (Some((article, sentence, spans)), Some((other_article, other_sentence, others))) => {
            let meet = |span: &Span| others.iter().any(|other| span.overlaps(*other));
            article == other_article && sentence == other_sentence && spans.iter().any(meet)
        }
        _ => false,
    };
    let both = |[x, y]: [usize; 2]| same(side(one, 0), side(other, x)) && same(side(one, 1), side(other, y));
    both([0, 1]) || both([1, 0])
}

/// "1 claim", "2 claims".
pub fn counted(n: usize, one: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") }
}

/// What was read and found, in a line.
pub fn headline(report: &Report) -> String {
    let summary = &report.summary;
    let points: usize = sections(report).iter().map(|section| section.points.len()).sum();
    let mut line = format!(
        "{}, {} by {}: {}",
        counted(summary.articles, "article"),
        counted(summary.claims, "claim"),
        counted(summary.sources, "source"),
        counted(summary.conflicts.total, "conflict"),
    );
    if points > 0 && points != summary.conflicts.total {
        line.push_str(&format!(" on {}", counted(points, "point")));
    }
    line
}
