//! The report as one HTML page that loads nothing from elsewhere and runs nothing: for a browser, an archive or a mail.
//!
//! All text is escaped by the template engine, clashing words excepted, whose marks are put around escaped characters here.

use super::Format;
use super::layout::Marked;
use super::outline::{Index, Point, counted, headline, sections};
use super::page::{Page, Standing};
use super::view::{Conflict, Problem, Report};
use minijinja::{Environment, Value, context};
use std::collections::BTreeMap;

/// `html`.
pub struct Html;

const TEMPLATE: &str = include_str!("report.html");

/// Characters of a quotation that are shown.
const QUOTE: usize = 900;

impl Format for Html {
    fn name(&self) -> &'static str {
        "html"
    }

    fn about(&self) -> &'static str {
        "one page for a browser, with nothing loaded from elsewhere"
    }

    fn render(&self, report: &Report, page: Page<'_>) -> String {
        let index = Index::new(report);
        let (standings, _) = page.standings(report);
        let sections: Vec<Value> = sections(report)
            .iter()
            .map(|section| {
                let points: Vec<Value> = section.points.iter().map(|point| shown(point, &index, &standings)).collect();
                context! { relation => section.relation, heading => section.heading, about => section.about, points }
            })
            .collect();
        let ignored = report.conflicts.iter().filter(|conflict| conflict.ignored.is_some());
        let ignored: Vec<Value> = ignored
            .map(|conflict| context! { message => conflict.message.as_str(), reason => conflict.ignored.as_deref(), id => conflict.id.as_str() })
            .collect();
        let articles: Vec<Value> = report
            .articles
            .iter()
            .map(|article| {
                // Only addresses of the web become links: others could run something.
                let url = article.url.as_deref().filter(|url| url.starts_with("https://") || url.starts_with("http://"));
                context! { id => article.id.as_str(), title => article.title.as_deref(), publisher => article.publisher.as_deref(), published => article.published.as_deref(),
                words => article.words, url, group => article.group.as_deref() }
            })
            .collect();
        let mut engine = Environment::new();
        engine.add_template("report.html", TEMPLATE).expect("the template is part of the program");
        let template = engine.get_template("report.html").expect("it was added");
        let values = context! { headline => headline(report), sections, articles, ignored,
        problems => problems(report), below => report.summary.conflicts.below_min_confidence, version => report.tool.version.as_str() };
        // The engine leaves the template's last line break out.
        template.render(values).expect("the template meets its values") + "\n"
    }
}

fn shown(point: &Point<'_>, index: &Index<'_>, standings: &BTreeMap<&str, Standing>) -> Value {
    let lead = point.lead;
    let sides: Vec<Value> = [0, 1]
        .iter()
        .filter_map(|at| index.side(lead, *at))
        .map(|side| {
            let words = Marked::new(&side.claim.text, side.claim.span, &side.marks).shortened(QUOTE);
            let words = Value::from_safe_string(words.inline("<mark>", "</mark>", escaped));
            context! { speaker => side.speaker, place => side.place, words, factuality => side.claim.factuality.as_str() }
        })
        .collect();
    let more: Vec<String> = point.more.iter().map(|conflict| further(conflict, index)).collect();
    context! {
        id => lead.id.as_str(), message => lead.message.as_str(), severity => lead.severity.as_str(), confidence => format!("{:.2}", lead.confidence),
        rule => lead.rule.as_str(), kind => lead.kind.as_str(), also => lead.also.join(", "), parties => lead.sides.as_str(),
        new => standings.get(lead.id.as_str()) == Some(&Standing::New), more_heading => counted(more.len(), "further pair"), sides, more,
    }
}

fn problems(report: &Report) -> Vec<Value> {
    let one = |problem: &Problem| context! { path => problem.path.as_str(), message => problem.message.as_str() };
    report.problems.iter().map(one).collect()
}

fn further(conflict: &Conflict, index: &Index<'_>) -> String {
    let side = |at: usize| {
        let claim = index.claim(&conflict.claims[at]);
        claim.map_or_else(String::new, |claim| format!("{}, {}", index.speaker(claim), index.file_line(claim)))
    };
    format!("{}, against {} ({:.2}, {})", side(0), side(1), conflict.confidence, conflict.id)
}

fn escaped(c: char) -> String {
    match c {
        '&' => "&amp;".into(),
        '<' => "&lt;".into(),
        '>' => "&gt;".into(),
        '"' => "&quot;".into(),
        '\'' => "&#39;".into(),
        c => c.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Style;
    use crate::report::view::{Article, Claim};

    #[test]
    fn nothing_of_an_article_is_markup() {
        let claim = |id: &str| Claim {
            id: id.into(),
            article: "a".into(),
            text: "<script>alert(1)</script> & \"x\"".into(),
            ..Claim::default()
        };
        let conflict = Conflict {
            relation: "contradiction".into(),
            message: "<img src=x>".into(),
            claims: ["one".into(), "two".into()],
            ..Conflict::default()
        };
        let article = Article { id: "a".into(), url: Some("javascript:alert(1)".into()), ..Article::default() };
        let report = Report {
            claims: vec![claim("one"), claim("two")],
            conflicts: vec![conflict],
            articles: vec![article],
            ..Report::default()
        };
        let page = Html.render(&report, Page { style: Style::default(), baseline: None });
        assert!(page.contains("&lt;script&gt;alert(1)"), "{page}");
        for bad in ["<script", "<img", "javascript:"] {
            assert!(!page.contains(bad), "{bad}");
        }
    }
}
