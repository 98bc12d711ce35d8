//! The claims of articles for people: who says what, with the cue, how firmly, and which positions rules see in it.

use super::layout::{Ink, Style, wrap};
use super::outline::{Index, counted};
use super::view::{Article, Claim, Report};

/// All claims, article by article.
pub fn human(report: &Report, style: Style) -> String {
    let index = Index::new(report);
    let mut out = Vec::new();
    for article in &report.articles {
        if !out.is_empty() {
            out.push(String::new());
        }
        head(article, report, style, &mut out);
        let mut sentence = None;
        for claim in report.claims.iter().filter(|claim| claim.article == article.id) {
            if sentence != Some(claim.sentence) {
                out.push(String::new());
                sentence = Some(claim.sentence);
            }
            show(claim, &index, style, &mut out);
        }
    }
    let mut text = out.join("\n");
    text.push('\n');
    text
}

fn head(article: &Article, report: &Report, style: Style, out: &mut Vec<String>) {
    let title = article.title.as_deref().unwrap_or(&article.id);
    out.extend(wrap(title, style.width).iter().map(|line| style.paint(Ink::Strong, line)));
    let number = report.claims.iter().filter(|claim| claim.article == article.id).count();
    let mut facts = vec![article.id.clone()];
    facts.push(article.publisher.clone().unwrap_or_else(|| "publisher not stated".into()));
    facts.push(article.published.clone().unwrap_or_else(|| "undated".into()));
    facts.push(counted(number, "claim"));
    if !article.skipped.is_empty() {
        facts.push(format!("{} skipped", counted(article.skipped.len(), "passage")));
    }
    out.extend(wrap(&facts.join(" · "), style.width).iter().map(|line| style.paint(Ink::Faint, line)));
}

fn show(claim: &Claim, index: &Index<'_>, style: Style, out: &mut Vec<String>) {
    let lead = format!("{:>4}:{:<3} ", claim.line, claim.column);
    let indent = " ".repeat(lead.len());
    let width = style.width.saturating_sub(indent.len()).max(30);
    let value = format!("{} {}", claim.factuality, who(claim, index));
    let ink = if claim.factuality == "Uu" { Ink::Faint } else { Ink::Strong };
    for (at, line) in wrap(&value, width).into_iter().enumerate() {
        let lead = if at == 0 { style.paint(Ink::Faint, &lead) } else { indent.clone() };
        out.push(format!("{lead}{}", style.paint(ink, &line)));
    }
    out.extend(wrap(&claim.content, width).into_iter().map(|line| format!("{indent}{line}")));
    for line in wrap(&details(claim, index), width) {
        out.push(format!("{indent}{}", style.paint(Ink::Faint, &line)));
    }
}

/// "the court denied ‹ the firm claimed", or the publisher's own words.
fn who(claim: &Claim, index: &Index<'_>) -> String {
    if claim.attribution.is_empty() {
        return index.speaker(claim);
    }
    let links: Vec<String> = claim
        .attribution
        .iter()
        .map(|link| {
            let name = index.name(&link.source).to_owned();
            let cue = link.cue.as_ref().map_or_else(|| "(quotation)".to_owned(), |cue| format!("“{}”", one_line(&cue.text)));
            format!("{name} {cue}")
        })
        .collect();
    links.join(" ‹ ")
}

fn details(claim: &Claim, index: &Index<'_>) -> String {
    let mut parts = Vec::new();
    if claim.modality != "realised" {
        parts.push(claim.modality.clone());
    }
    // A publisher who only reports commits himself to nothing; that is the rule and goes without saying.
    let told = match &claim.commitments[..] {
        [sources @ .., publisher] if publisher.value == "Uu" => sources,
        all => all,
    };
    let others: Vec<String> = told
        .iter()
        .filter(|c| claim.commitments.len() > 1 && c.value != claim.factuality)
        .map(|c| format!("{} {}", index.name(&c.source), c.value))
        .collect();
    if !others.is_empty() {
        parts.push(format!("but {}", others.join(", ")));
    }
    for quantity in &claim.quantities {
        parts.push(figure(quantity));
    }
    if let Some(time) = &claim.time {
        parts.push(if time.start == time.end { time.start.clone() } else { format!("{} to {}", time.start, time.end) });
    }
    for position in &claim.positions {
        parts.push(format!("{}: {}", position.topic, position.position));
    }
    if let Some(denies) = &claim.denies {
        parts.push(format!("answers “{}”", one_line(&denies.text)));
    }
    parts.push(claim.id.clone());
    parts.join(" · ")
}

/// "at least 30 person", "2 to 3 km".
pub fn figure(quantity: &super::view::Quantity) -> String {
    if quantity.unit.as_deref() == Some("extent") {
        let share = match quantity.value {
            value if value >= 100.0 => "all",
            value if value > 50.0 => "most",
            value if value < 50.0 => "part",
            _ => "half",
        };
        return format!("{share} of {}", quantity.counted.as_deref().unwrap_or("it"));
    }
    let number = match (quantity.low, quantity.high, quantity.comparator.as_str()) {
        (Some(low), Some(high), "range" | "about") if low != high => format!("{} to {}", plain(low), plain(high)),
        (_, _, "exact") => plain(quantity.value),
        (_, _, comparator) => format!("{comparator} {}", plain(quantity.value)),
    };
    let unit = quantity.unit.as_deref().or(quantity.counted.as_deref()).unwrap_or("");
    format!("{number} {unit}").trim().to_owned()
}

fn plain(value: f64) -> String {
    let rounded = (value * 1000.0).round() / 1000.0;
    format!("{rounded}")
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
