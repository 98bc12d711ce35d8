//! What changed between two reports, for people: at a terminal, and as a comment on a pull request.

use super::diff::{Changed, Changes, ClaimChanged, ClaimEntry, Entry};
use crate::report::layout::{Ink, Style, wrap};

/// Claims of one kind of change that are listed; the rest is counted.
const CLAIMS: usize = 20;

/// The changes for a terminal.
pub fn human(changes: &Changes, style: Style) -> String {
    let mut page = Page { lines: vec![style.paint(Ink::Strong, &headline(changes))], style };
    let conflicts = &changes.conflicts;
    for lone in &conflicts.new {
        page.conflict('+', &told(&lone.entry), lone.cause.told(), &lone.entry.sides, Ink::Alarm);
    }
    for lone in &conflicts.gone {
        page.conflict('-', &told(&lone.entry), lone.cause.told(), &lone.entry.sides, Ink::Faint);
    }
    for change in &conflicts.changed {
        let why = format!("{}; {}", moved(change), change.cause.told());
        page.conflict('~', &told(&change.new), &why, &sides(change), Ink::Caution);
    }
    let claims = &changes.claims;
    page.claims('+', &claims.new.iter().map(claim_told).collect::<Vec<_>>());
    page.claims('-', &claims.gone.iter().map(claim_told).collect::<Vec<_>>());
    page.claims('~', &claims.changed.iter().map(claim_changed).collect::<Vec<_>>());
    page.lines.join("\n") + "\n"
}

struct Page {
    lines: Vec<String>,
    style: Style,
}

impl Page {
    fn conflict(&mut self, mark: char, text: &str, why: &str, sides: &[String], ink: Ink) {
        self.item(mark, text, ink);
        self.item(' ', &format!("  ({why})"), Ink::Faint);
        sides.iter().for_each(|side| self.item(' ', &format!("  │ {side}"), ink));
    }

    fn claims(&mut self, mark: char, all: &[String]) {
        all.iter().take(CLAIMS).for_each(|line| self.item(mark, line, Ink::Faint));
        if all.len() > CLAIMS {
            self.item(mark, &format!("and {} more claims; --format json lists all", all.len() - CLAIMS), Ink::Faint);
        }
    }

    fn item(&mut self, mark: char, text: &str, ink: Ink) {
        for (at, line) in wrap(text, self.style.width.saturating_sub(2)).into_iter().enumerate() {
            let lead = if at == 0 { mark } else { ' ' };
            self.lines.push(self.style.paint(ink, format!("{lead} {line}").trim_end()));
        }
    }
}

fn headline(changes: &Changes) -> String {
    let (conflicts, claims) = (&changes.conflicts, &changes.claims);
    format!(
        "conflicts: {} new, {} gone, {} changed; claims: {} new, {} gone, {} changed",
        conflicts.new.len(),
        conflicts.gone.len(),
        conflicts.changed.len(),
        claims.new.len(),
        claims.gone.len(),
        claims.changed.len()
    )
}

/// The changes as Markdown: conflicts in full, claims folded away.
pub fn markdown(changes: &Changes) -> String {
    let mut out = String::from("# What changed\n");
    let conflicts = &changes.conflicts;
    let lone = |list: &[super::diff::Lone]| {
        list.iter().map(|lone| item(&told(&lone.entry), lone.cause.told(), &lone.entry.sides)).collect::<Vec<_>>()
    };
    section(&mut out, "New conflicts", &lone(&conflicts.new));
    section(&mut out, "Conflicts gone", &lone(&conflicts.gone));
    let changed =
        |change: &Changed| item(&told(&change.new), &format!("{}; {}", moved(change), change.cause.told()), &sides(change));
    section(&mut out, "Conflicts changed", &conflicts.changed.iter().map(changed).collect::<Vec<_>>());
    let claims = &changes.claims;
    let bullet = |text: String| format!("- {}\n", escaped(&text));
    folded(&mut out, "New claims", claims.new.iter().map(claim_told).map(bullet).collect());
    folded(&mut out, "Claims gone", claims.gone.iter().map(claim_told).map(bullet).collect());
    folded(&mut out, "Claims changed", claims.changed.iter().map(claim_changed).map(bullet).collect());
    if out.lines().count() == 1 {
        out.push_str("\nNothing.\n");
    }
    out
}

fn section(out: &mut String, heading: &str, items: &[String]) {
    if !items.is_empty() {
        out.push_str(&format!("\n## {heading} ({})\n\n{}", items.len(), items.concat()));
    }
}

fn folded(out: &mut String, heading: &str, items: Vec<String>) {
    if !items.is_empty() {
        let all = items.concat();
        out.push_str(&format!("\n<details>\n<summary>{heading} ({})</summary>\n\n{all}\n</details>\n", items.len()));
    }
}

/// A conflict as a list item with both sides quoted below it.
fn item(text: &str, why: &str, sides: &[String]) -> String {
    let mut out = format!("- {} ({})\n", escaped(text), escaped(why));
    sides.iter().for_each(|side| out.push_str(&format!("  > {}\n  >\n", escaped(side))));
    out
}

pub(super) fn escaped(text: &str) -> String {
    let special = |c: char| matches!(c, '*' | '_' | '`' | '[' | ']' | '<' | '>' | '#' | '|' | '\\' | '@');
    text.chars().flat_map(|c| special(c).then_some('\\').into_iter().chain(std::iter::once(c))).collect()
}

pub(super) fn told(entry: &Entry) -> String {
    format!("{} {} by {}: {} ({})", entry.severity, entry.relation, entry.rule, entry.message, entry.id)
}

/// The sides as they are; those that were otherwise, as they were, in front.
pub(super) fn sides(change: &Changed) -> Vec<String> {
    let old = change.old.sides.iter().filter(|side| !change.new.sides.contains(side)).map(|side| format!("was: {side}"));
    old.chain(change.new.sides.iter().cloned()).collect()
}

pub(super) fn moved(change: &Changed) -> String {
    let field = |name: &String| match name.as_str() {
        "relation" => format!("relation was {}", change.old.relation),
        "rule" => format!("rule was {}", change.old.rule),
        "severity" => format!("severity was {}", change.old.severity),
        "claims" => format!("in place of {}", change.old.id),
        name => name.to_owned(),
    };
    change.fields.iter().map(field).collect::<Vec<_>>().join(", ")
}

fn claim_told(entry: &ClaimEntry) -> String {
    format!("{} {} in {}: {}", entry.factuality, entry.speaker, entry.article, entry.content)
}

fn claim_changed(change: &ClaimChanged) -> String {
    format!("{} ({})", claim_told(&change.new), change.fields.join(", "))
}
