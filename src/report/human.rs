//! The report for people at a terminal: both quotations with who, where and when, the clashing words marked.

use super::agreed::{HEADING, SHOWN, agreed, left};
use super::layout::{Ink, Marked, Style, beside, wrap};
use super::outline::{Index, Point, Section, Side, counted, headline, sections};
use super::view::{Conflict, Report};
use super::{Format, Page};

/// `human`.
pub struct Human;

/// From this width on the two sides stand beside each other.
const BESIDE: usize = 110;

/// Characters of a quotation that are shown.
const QUOTE: usize = 420;

/// Places of further pairs that are shown.
const MORE: usize = 4;

impl Format for Human {
    fn name(&self) -> &'static str {
        "human"
    }

    fn about(&self) -> &'static str {
        "for reading at a terminal"
    }

    fn render(&self, report: &Report, page: Page<'_>) -> String {
        let style = page.style;
        let index = Index::new(report);
        let mut out = Vec::new();
        out.push(style.paint(Ink::Strong, &headline(report)));
        let mut number = 0;
        for section in sections(report) {
            heading(&section, style, &mut out);
            for point in &section.points {
                number += 1;
                show(number, point, &index, style, &mut out);
            }
        }
        agreements(report, &index, style, &mut out);
        foot(report, style, &mut out);
        let mut text = out.join("\n");
        text.push('\n');
        text
    }
}

fn heading(section: &Section<'_>, style: Style, out: &mut Vec<String>) {
    rule_line(&format!("── {} ({}) ", section.heading, section.points.len()), &format!(" {} ──", section.about), style, out);
}

/// A line across the page between two pieces of text.
fn rule_line(left: &str, right: &str, style: Style, out: &mut Vec<String>) {
    let fill = style.width.saturating_sub(left.chars().count() + right.chars().count());
    out.push(String::new());
    out.push(style.paint(Ink::Strong, &format!("{left}{}{right}", "─".repeat(fill))));
}

/// What independent voices agree on, briefly.
fn agreements(report: &Report, index: &Index<'_>, style: Style, out: &mut Vec<String>) {
    let list = agreed(report, index);
    if list.is_empty() {
        return;
    }
    let (name, about) = HEADING;
    rule_line(&format!("── {name} ({}) ", list.len()), &format!(" {about} ──"), style, out);
    for agreed in list.iter().take(SHOWN) {
        let words = Marked::new(&agreed.claims[0].text, agreed.claims[0].span, &[]).shortened(QUOTE / 2);
        out.push(String::new());
        out.extend(words.lines(style.width.saturating_sub(5), style).into_iter().map(|line| format!("   │ {line}")));
        let voices = format!("{}: {}", counted(agreed.claims.len(), "voice"), agreed.voices(index));
        let lines = wrap(&voices, style.width.saturating_sub(5));
        out.extend(lines.iter().map(|line| format!("   {}", style.paint(Ink::Faint, line))));
    }
    out.extend(left(list.len()).map(|text| format!("   {}", style.paint(Ink::Faint, &text))));
}

fn show(number: usize, point: &Point<'_>, index: &Index<'_>, style: Style, out: &mut Vec<String>) {
    let lead = point.lead;
    let label = format!("{number:>3}. ");
    let indent = " ".repeat(label.len());
    let width = style.width.saturating_sub(indent.len()).max(30);
    out.push(String::new());
    for (at, line) in wrap(&lead.message, width).into_iter().enumerate() {
        let lead = if at == 0 { label.as_str() } else { indent.as_str() };
        out.push(format!("{lead}{}", style.paint(Ink::Strong, &line)));
    }
    let ink = match lead.severity.as_str() {
        "error" => Ink::Alarm,
        "warning" => Ink::Caution,
        _ => Ink::Faint,
    };
    let mut facts = vec![lead.rule.clone(), lead.kind.clone(), side_words(&lead.sides).to_owned(), ids(point)];
    if !lead.also.is_empty() {
        facts.insert(1, format!("also {}", lead.also.join(", ")));
    }
    let facts = facts.into_iter().filter(|fact| !fact.is_empty()).collect::<Vec<_>>().join(" · ");
    let severity = format!("{} {:.2}", lead.severity, lead.confidence);
    for (at, line) in wrap(&format!("{severity} · {facts}"), width).into_iter().enumerate() {
        let line = match line.strip_prefix(&severity).filter(|_| at == 0) {
            Some(rest) => format!("{}{}", style.paint(ink, &severity), style.paint(Ink::Faint, rest)),
            None => style.paint(Ink::Faint, &line),
        };
        out.push(format!("{indent}{line}"));
    }
    out.push(String::new());
    let [Some(one), Some(two)] = [index.side(lead, 0), index.side(lead, 1)] else { return };
    if style.width >= BESIDE {
        let half = (width - 5) / 2;
        let lines = beside(&block(&one, half, style), &block(&two, half, style), half, "  │  ");
        out.extend(lines.into_iter().map(|line| format!("{indent}{line}")));
    } else {
        out.extend(block(&one, width, style).into_iter().map(|line| format!("{indent}{line}")));
        out.push(String::new());
        out.extend(block(&two, width, style).into_iter().map(|line| format!("{indent}{line}")));
    }
    if !point.more.is_empty() {
        out.push(String::new());
        out.push(format!(
            "{indent}{}",
            style.paint(Ink::Faint, &format!("The same point in {}:", counted(point.more.len(), "further pair")))
        ));
        for conflict in point.more.iter().take(MORE) {
            let text = format!("- {}", pair(conflict, index));
            let lines = wrap(&text, width.saturating_sub(2));
            out.extend(lines.into_iter().enumerate().map(|(at, line)| {
                let lead = if at == 0 { "" } else { "  " };
                format!("{indent}{lead}{}", style.paint(Ink::Faint, &line))
            }));
        }
        if point.more.len() > MORE {
            out.push(format!("{indent}{}", style.paint(Ink::Faint, &format!("- and {} more", point.more.len() - MORE))));
        }
    }
}

/// The id of a point's conflict, and those of its twins.
fn ids(point: &Point<'_>) -> String {
    let twins = point.twins.iter().map(|twin| format!(", {}", twin.id)).collect::<String>();
    format!("id {}{twins}", point.lead.id)
}

/// One side: who, where, and the words.
fn block(side: &Side<'_>, width: usize, style: Style) -> Vec<String> {
    let mut out: Vec<String> = wrap(&side.speaker, width).iter().map(|line| style.paint(Ink::Strong, line)).collect();
    out.extend(wrap(&side.place, width).iter().map(|line| style.paint(Ink::Faint, line)));
    let words = Marked::new(&side.claim.text, side.claim.span, &side.marks).shortened(QUOTE);
    out.extend(words.lines(width.saturating_sub(2), style).into_iter().map(|line| format!("│ {line}")));
    out
}

/// "Ida Frey, lunn-post.txt:4, against the ferry office, harbour.md:9".
fn pair(conflict: &Conflict, index: &Index<'_>) -> String {
    let side = |at: usize| {
        index
            .claim(&conflict.claims[at])
            .map_or_else(|| conflict.claims[at].clone(), |claim| format!("{}, {}", index.speaker(claim), index.file_line(claim)))
    };
    format!("{}, against {} ({:.2}, {})", side(0), side(1), conflict.confidence, conflict.id)
}

fn side_words(sides: &str) -> &'static str {
    match sides {
        "self" => "one and the same source",
        "same-side" => "same side",
        "cross-side" => "opposite sides",
        _ => "",
    }
}

fn foot(report: &Report, style: Style, out: &mut Vec<String>) {
    let mut notes = Vec::new();
    let ignored: Vec<&Conflict> = report.conflicts.iter().filter(|c| c.ignored.is_some()).collect();
    for conflict in &ignored {
        notes.push(format!("ignored: {} ({})", conflict.message, conflict.ignored.as_deref().unwrap_or("")));
    }
    let below = report.summary.conflicts.below_min_confidence;
    if below > 0 {
        notes.push(format!("{} below the confidence asked for; --min-confidence lowers it", counted(below, "conflict")));
    }
    for problem in &report.problems {
        let place = if problem.path.is_empty() { String::new() } else { format!("{}: ", problem.path) };
        notes.push(format!("problem: {place}{}", problem.message));
    }
    if report.conflicts.is_empty() && report.summary.articles > 0 {
        notes.insert(0, "No two claims were found that cannot both hold.".into());
    }
    if !notes.is_empty() {
        out.push(String::new());
    }
    for note in notes {
        out.extend(wrap(&note, style.width).iter().map(|line| style.paint(Ink::Faint, line)));
    }
}
