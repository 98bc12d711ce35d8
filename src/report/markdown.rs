//! The report as Markdown, for pages and pull requests.

use super::agreed::{HEADING, SHOWN, agreed, left};
use super::layout::Marked;
use super::outline::{Index, counted, headline, sections};
use super::{Format, Page, Report};

/// `md`.
pub struct Markdown;

impl Format for Markdown {
    fn name(&self) -> &'static str {
        "md"
    }

    fn about(&self) -> &'static str {
        "Markdown, for pages and pull requests"
    }

    fn render(&self, report: &Report, _: Page<'_>) -> String {
        let index = Index::new(report);
        let mut out = format!("# Contradiction report\n\n{}.\n", headline(report));
        for section in sections(report) {
            out.push_str(&format!("\n## {} ({})\n\n{}.\n", section.heading, section.points.len(), capital(section.about)));
            for point in &section.points {
                let lead = point.lead;
                out.push_str(&format!("\n### {}\n\n", escaped(&lead.message)));
                for side in [0, 1].iter().filter_map(|at| index.side(lead, *at)) {
                    let words = Marked::new(&side.claim.text, side.claim.span, &side.marks).shortened(600);
                    let words = words.inline("**", "**", escaped_char);
                    out.push_str(&format!("> {words}\n>\n> — {}, {}\n\n", escaped(&side.speaker), escaped(&side.place)));
                }
                let ids: Vec<String> = [lead].iter().chain(&point.twins).map(|conflict| format!("`{}`", conflict.id)).collect();
                out.push_str(&format!(
                    "{} · confidence {:.2} · `{}` ({}) · {} · {}\n",
                    lead.severity,
                    lead.confidence,
                    lead.rule,
                    lead.kind,
                    lead.sides,
                    ids.join(", ")
                ));
                if !point.more.is_empty() {
                    out.push_str(&format!("\nThe same point in {}:\n\n", counted(point.more.len(), "further pair")));
                }
                for conflict in &point.more {
                    let side = |at: usize| {
                        index
                            .claim(&conflict.claims[at])
                            .map_or_else(String::new, |claim| format!("{}, {}", index.speaker(claim), index.file_line(claim)))
                    };
                    out.push_str(&format!(
                        "- {}, against {} ({:.2}, `{}`)\n",
                        escaped(&side(0)),
                        escaped(&side(1)),
                        conflict.confidence,
                        conflict.id
                    ));
                }
            }
        }
        out.push_str(&agreements(report, &index));
        if !report.problems.is_empty() {
            out.push_str("\n## Problems\n\n");
            for problem in &report.problems {
                out.push_str(&format!("- `{}`: {}\n", problem.path, escaped(&problem.message)));
            }
        }
        out
    }
}

/// What independent voices agree on, briefly.
fn agreements(report: &Report, index: &Index<'_>) -> String {
    let list = agreed(report, index);
    if list.is_empty() {
        return String::new();
    }
    let (name, about) = HEADING;
    let mut out = format!("\n## {name} ({})\n\n{}.\n\n", list.len(), capital(about));
    for agreed in list.iter().take(SHOWN) {
        let words = Marked::new(&agreed.claims[0].text, agreed.claims[0].span, &[]).shortened(300).inline("", "", escaped_char);
        let voices = counted(agreed.claims.len(), "voice");
        out.push_str(&format!("- {words} ({voices}: {})\n", escaped(&agreed.voices(index))));
    }
    out.extend(left(list.len()).map(|text| format!("- {text}\n")));
    out
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

fn escaped(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().map(escaped_char).collect()
}

fn escaped_char(c: char) -> String {
    match c {
        '*' | '_' | '`' | '[' | ']' | '<' | '>' | '#' | '|' | '\\' => format!("\\{c}"),
        c => c.to_string(),
    }
}
