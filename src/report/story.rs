//! The story of one conflict: both claims with who said them and how firmly, what clashes, and what the two have in common.

use super::layout::{Ink, Marked, Style, wrap};
use super::outline::Index;
use super::view::{Claim, Conflict, Report};
use std::collections::BTreeSet;

/// Tells a conflict of a report step by step.
pub fn human(report: &Report, conflict: &Conflict, style: Style) -> String {
    let index = Index::new(report);
    let mut out: Vec<String> = wrap(&conflict.message, style.width).iter().map(|line| style.paint(Ink::Strong, line)).collect();
    let claims: Vec<&Claim> = conflict.claims.iter().filter_map(|id| index.claim(id)).collect();
    for (at, claim) in claims.iter().enumerate() {
        out.push(String::new());
        let head = format!("{}. {} says", at + 1, index.speaker(claim));
        out.extend(wrap(&head, style.width).iter().map(|line| style.paint(Ink::Strong, line)));
        if let Some(side) = index.side(conflict, at) {
            out.extend(
                wrap(&side.place, style.width.saturating_sub(3))
                    .iter()
                    .map(|line| format!("   {}", style.paint(Ink::Faint, line))),
            );
            let words = Marked::new(&claim.text, claim.span, &side.marks);
            out.extend(words.lines(style.width.saturating_sub(5), style).into_iter().map(|line| format!("   │ {line}")));
        }
        let row = |label: &str, text: &str, out: &mut Vec<String>| row(label, text, style, out);
        for link in &claim.attribution {
            let who = index.name(&link.source);
            let cue = link.cue.as_ref().map_or_else(|| "a quotation".to_owned(), |cue| format!("“{}”", cue.text));
            let mention = link
                .mention
                .as_ref()
                .map_or_else(String::new, |m| format!(", written “{}”", m.text.split_whitespace().collect::<Vec<_>>().join(" ")));
            row("source", &format!("{who}{mention}, by {cue}"), &mut out);
        }
        let values: Vec<String> =
            claim.commitments.iter().map(|c| format!("{} {}", index.name(&c.source), value_words(&c.value))).collect();
        row("commitment", &values.join("; "), &mut out);
        for turn in &claim.turned_by {
            row("turned by", &super::turned::told(turn), &mut out);
        }
        if claim.modality != "realised" {
            row("modality", &claim.modality, &mut out);
        }
        if let Some(event) = &claim.event {
            let part = |label: &str, arg: &Option<super::view::Argument>| {
                arg.as_ref().map(|arg| format!("{label} “{}”", arg.text.split_whitespace().collect::<Vec<_>>().join(" ")))
            };
            let parts: Vec<String> =
                [part("subject", &event.subject), part("object", &event.object)].into_iter().flatten().collect();
            row("event", &format!("{} {}", event.lemma, parts.join(", ")), &mut out);
        }
        for quantity in &claim.quantities {
            row("quantity", &super::claims::figure(quantity), &mut out);
        }
        for position in &claim.positions {
            row(
                "position",
                &format!("{} takes {} in {}", index.name(&position.source), position.position, position.topic),
                &mut out,
            );
        }
        for because in conflict.because.iter().filter(|because| because.claim == claim.id) {
            row(
                "clashes by",
                &format!("“{}” ({})", because.text.split_whitespace().collect::<Vec<_>>().join(" "), because.role),
                &mut out,
            );
        }
    }
    out.push(String::new());
    out.push(style.paint(Ink::Strong, "Why they are set against each other"));
    if let [one, two] = claims[..] {
        let names = |claim: &Claim| claim.mentions.iter().map(|mention| mention.entity.clone()).collect::<BTreeSet<_>>();
        let shared: Vec<String> = names(one).intersection(&names(two)).map(|id| entity_name(report, id)).collect();
        if !shared.is_empty() {
            row("both name", &shared.join(", "), style, &mut out);
        }
    }
    let mut rule = format!("{} ({})", conflict.rule, conflict.kind);
    if !conflict.also.is_empty() {
        rule.push_str(&format!("; found by {} too", conflict.also.join(", ")));
    }
    row("rule", &rule, style, &mut out);
    row("relation", &format!("{}: {}", conflict.relation, relation_words(&conflict.relation)), style, &mut out);
    row("sides", &conflict.sides, style, &mut out);
    row(
        "confidence",
        &format!(
            "{:.2}: of a hundred conflicts like this about {} are real",
            conflict.confidence,
            (conflict.confidence * 100.0).round()
        ),
        style,
        &mut out,
    );
    if let Some(reason) = &conflict.ignored {
        row("ignored", reason, style, &mut out);
    }
    let mut text = out.join("\n");
    text.push('\n');
    text
}

fn row(label: &str, text: &str, style: Style, out: &mut Vec<String>) {
    for (at, line) in wrap(text, style.width.saturating_sub(16)).into_iter().enumerate() {
        let label = if at == 0 { label } else { "" };
        out.push(format!("   {}{line}", style.paint(Ink::Faint, &format!("{label:<13}"))));
    }
}

fn entity_name(report: &Report, id: &str) -> String {
    report.entities.iter().find(|entity| entity.id == id).map_or_else(|| id.to_owned(), |entity| entity.name.clone())
}

fn value_words(value: &str) -> &'static str {
    match value {
        "CT+" => "says it is so",
        "CT-" => "says it is not so",
        "PR+" => "holds it for probable",
        "PR-" => "holds it for improbable",
        "PS+" => "holds it for possible",
        "PS-" => "doubts it",
        _ => "does not commit itself",
    }
}

fn relation_words(relation: &str) -> &'static str {
    match relation {
        "contradiction" => "both are asserted, and both cannot be true",
        "dispute" => "the text itself sets one side against the other",
        "reversal" => "one source gives two accounts",
        "update" => "the later one replaces the earlier one",
        _ => "one side is hedged, planned or withheld",
    }
}
