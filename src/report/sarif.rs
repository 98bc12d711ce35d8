//! The report as SARIF 2.1.0 (OASIS standard), for code scanning: one result a conflict, the other side as a related location.
//!
//! Fingerprints are the conflict's id and group, which no moved line and no renamed file changes. With a baseline every result says
//! whether it is new, and what is gone is listed as `absent`.

use super::outline::Index;
use super::page::{Page, Standing};
use super::place::{one_line, place};
use super::view::{Claim, Conflict, Report, RuleRef};
use super::{Format, json};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// `sarif`.
pub struct Sarif;

impl Format for Sarif {
    fn name(&self) -> &'static str {
        "sarif"
    }

    fn about(&self) -> &'static str {
        "SARIF 2.1.0, for code scanning"
    }

    fn render(&self, report: &Report, page: Page<'_>) -> String {
        json::pretty(&log(report, page))
    }
}

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

fn log(report: &Report, page: Page<'_>) -> Value {
    let (standings, gone) = page.standings(report);
    let numbers: BTreeMap<&str, usize> = report.rules.iter().enumerate().map(|(at, rule)| (rule.id.as_str(), at)).collect();
    let index = Index::new(report);
    let mut results: Vec<Value> = report
        .conflicts
        .iter()
        .map(|conflict| result(conflict, &index, &numbers, standings.get(conflict.id.as_str()).map(|standing| state(*standing))))
        .collect();
    if let Some(baseline) = page.baseline {
        let index = Index::new(baseline);
        results.extend(gone.iter().map(|conflict| result(conflict, &index, &numbers, Some("absent"))));
    }
    let notices: Vec<Value> = report
        .problems
        .iter()
        .map(|problem| json!({ "level": "warning", "message": { "text": format!("{}: {}", problem.path, problem.message) } }))
        .collect();
    json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": report.tool.name,
                "semanticVersion": report.tool.version,
                "rules": report.rules.iter().map(rule).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "invocations": [{ "executionSuccessful": true, "toolExecutionNotifications": notices }],
            "results": results,
        }],
    })
}

fn state(standing: Standing) -> &'static str {
    match standing {
        Standing::New => "new",
        Standing::Unchanged => "unchanged",
        Standing::Updated => "updated",
    }
}

fn rule(rule: &RuleRef) -> Value {
    let mut out = json!({
        "id": rule.id,
        "shortDescription": { "text": if rule.title.is_empty() { &rule.id } else { &rule.title } },
        "defaultConfiguration": { "level": level(&rule.severity) },
        "properties": { "pack": rule.pack, "hash": rule.hash, "tags": rule.tags },
    });
    if let Some(note) = &rule.note {
        out["fullDescription"] = json!({ "text": one_line(note) });
    }
    out
}

fn level(severity: &str) -> &'static str {
    match severity {
        "error" => "error",
        "note" => "note",
        _ => "warning",
    }
}

fn result(conflict: &Conflict, index: &Index<'_>, numbers: &BTreeMap<&str, usize>, baseline: Option<&str>) -> Value {
    let mut out = Map::new();
    out.insert("ruleId".into(), conflict.rule.as_str().into());
    if let Some(number) = numbers.get(conflict.rule.as_str()) {
        out.insert("ruleIndex".into(), (*number).into());
    }
    out.insert("level".into(), level(&conflict.severity).into());
    out.insert("message".into(), json!({ "text": message(conflict, index) }));
    let sides: Vec<&Claim> = conflict.claims.iter().filter_map(|id| index.claim(id)).collect();
    if let Some((first, others)) = sides.split_first() {
        out.insert("locations".into(), json!([location(first, index, None)]));
        let others: Vec<Value> = others.iter().zip(1..).map(|(claim, id)| location(claim, index, Some(id))).collect();
        out.insert("relatedLocations".into(), others.into());
    }
    out.insert("partialFingerprints".into(), json!({ "gainsayConflict/v1": conflict.id, "gainsayGroup/v1": conflict.group }));
    out.insert("rank".into(), json!((conflict.confidence * 100.0).round()));
    if let Some(baseline) = baseline {
        out.insert("baselineState".into(), baseline.into());
    }
    let suppressions = conflict.ignored.iter().map(|reason| json!({ "kind": "external", "justification": reason }));
    out.insert("suppressions".into(), suppressions.collect());
    out.insert(
        "properties".into(),
        json!({ "kind": conflict.kind, "relation": conflict.relation, "sides": conflict.sides, "also": conflict.also }),
    );
    Value::Object(out)
}

/// The message, then both sides' words, the second linked to its place.
fn message(conflict: &Conflict, index: &Index<'_>) -> String {
    let side = |at: usize| index.claim(&conflict.claims[at]).map(|claim| (index.speaker(claim), one_line(&claim.text)));
    // Brackets in plain SARIF text would read as links.
    let plain = |text: &str| text.replace('[', "(").replace(']', ")");
    let mut text = plain(&conflict.message);
    if let (Some((one, said)), Some((other, against))) = (side(0), side(1)) {
        let (one, said, other, against) = (plain(&one), plain(&said), plain(&other), plain(&against));
        text.push_str(&format!("\n{one}: “{said}”\n[{other}](1): “{against}”"));
    }
    text
}

fn location(claim: &Claim, index: &Index<'_>, id: Option<usize>) -> Value {
    let place = place(index, claim);
    let mut region = json!({ "startLine": place.line, "snippet": { "text": claim.text } });
    if let (Some(column), Some((line, end))) = (place.column, place.end) {
        region["startColumn"] = column.into();
        region["endLine"] = line.into();
        region["endColumn"] = end.into();
    }
    let mut out = json!({
        "physicalLocation": { "artifactLocation": { "uri": uri(&place.file) }, "region": region },
        "message": { "text": index.speaker(claim) },
    });
    if let Some(id) = id {
        out["id"] = id.into();
    }
    out
}

/// A path as a relative reference (RFC 3986): bytes that may not stand in a path are escaped, and a colon in its first part, which
/// would make a scheme of it.
fn uri(path: &str) -> String {
    let mut out = String::new();
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/!$&'()*+,;=@".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_references_without_a_scheme() {
        assert_eq!(uri("news/día one.txt"), "news/d%C3%ADa%20one.txt");
        assert_eq!(uri("a:b.txt"), "a%3Ab.txt");
    }
}
