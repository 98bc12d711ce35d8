//! The report as Markdown, for pages and pull requests.

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
                out.push_str(&format!(
                    "{} · confidence {:.2} · `{}` ({}) · {} · `{}`\n",
                    lead.severity, lead.confidence, lead.rule, lead.kind, lead.sides, lead.id
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
        if !report.problems.is_empty() {
            out.push_str("\n## Problems\n\n");
            for problem in &report.problems {
                out.push_str(&format!("- `{}`: {}\n", problem.path, escaped(&problem.message)));
            }
        }
        out
    }
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
