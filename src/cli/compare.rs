//! `gainsay compare`: two statements, or a file of pairs.

use super::args::{Compare, Global};
use super::exit::Exit;
use super::{out, run};
use crate::base::Span;
use crate::conflicts::compare::{self, Verdict};
use crate::report::layout::{Ink, Marked, Style};
use crate::rules::RuleSet;
use rayon::prelude::*;
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

/// One line of output.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Line {
    Verdict {
        #[serde(skip_serializing_if = "Value::is_null")]
        id: Value,
        label: &'static str,
        confidence: f64,
        #[serde(skip_serializing_if = "Option::is_none")]
        kind: Option<&'static str>,
        because: Vec<Because>,
    },
    Problem {
        id: Value,
        problem: String,
    },
}

/// Words that clash.
#[derive(Debug, Serialize)]
struct Because {
    side: &'static str,
    span: Span,
    text: String,
    role: &'static str,
}

/// Runs the command.
///
/// # Errors
/// The exit code, after what is wrong was printed.
pub fn compare(args: &Compare, global: &Global) -> Result<Exit, Exit> {
    let known: &[&str] = if args.jsonl.is_some() { &["jsonl"] } else { &["human", "json", "jsonl"] };
    let name = global.format.as_deref().unwrap_or(known[0]);
    if !known.contains(&name) {
        return Err(super::unknown_format(name, known));
    }
    let rules = run::rules(&args.rules)?;
    if let Some(path) = &args.jsonl {
        return pairs(path, &rules, args.score, global);
    }
    let (a, b) = (args.a.as_deref().unwrap_or(""), args.b.as_deref().unwrap_or(""));
    let verdict = compare::compare(a, b, &rules);
    let text = if name == "human" {
        human(a, b, &verdict, out::style(global))
    } else {
        let line = line(Value::Null, a, b, &verdict);
        let text = if name == "json" { serde_json::to_string_pretty(&line) } else { serde_json::to_string(&line) };
        text.expect("a verdict is plain data") + "\n"
    };
    super::put(&text, global)?;
    Ok(Exit::Done)
}

fn line(id: Value, a: &str, b: &str, verdict: &Verdict) -> Line {
    let because = verdict.because.iter().map(|because| {
        let (side, text) = if because.side == 0 { ("a", a) } else { ("b", b) };
        Because { side, span: because.span, text: because.span.of(text).to_owned(), role: because.role }
    });
    Line::Verdict {
        id,
        label: verdict.label.name(),
        confidence: f64::from(verdict.confidence) / 100.0,
        kind: verdict.kind,
        because: because.collect(),
    }
}

fn human(a: &str, b: &str, verdict: &Verdict, style: Style) -> String {
    let sure = format!(" (probability of contradiction {:.2})", f64::from(verdict.confidence) / 100.0);
    let kind = verdict.kind.map_or_else(String::new, |kind| format!(", by {kind}"));
    let mut out = vec![format!(
        "{}{}",
        style.paint(Ink::Strong, &format!("{}{kind}", verdict.label.name())),
        style.paint(Ink::Faint, &sure)
    )];
    for (side, text) in [a, b].into_iter().enumerate() {
        let marks: Vec<Span> =
            verdict.because.iter().filter(|because| because.side == side).map(|because| because.span).collect();
        let words = Marked::new(text, Span::new(0, text.len()), &marks).shortened(600);
        out.push(String::new());
        out.extend(words.lines(style.width.saturating_sub(2), style).into_iter().map(|line| format!("│ {line}")));
    }
    out.join("\n") + "\n"
}

/// A pair as a line of the file has it.
struct Pair {
    id: Value,
    label: Option<String>,
    texts: Result<(String, String), String>,
}

fn pairs(path: &Path, rules: &RuleSet, score: bool, global: &Global) -> Result<Exit, Exit> {
    let read = if path == Path::new("-") { std::io::read_to_string(std::io::stdin()) } else { std::fs::read_to_string(path) };
    let text = read.map_err(|error| {
        out::error(&format!("{}: cannot be read: {error}", path.display()));
        Exit::Unusable
    })?;
    let numbered: Vec<(usize, &str)> = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()).collect();
    let pairs: Vec<Pair> = numbered.iter().map(|(at, line)| pair(at + 1, line)).collect();
    let lines: Vec<Line> = pairs
        .par_iter()
        .map(|pair| match &pair.texts {
            Ok((a, b)) => line(pair.id.clone(), a, b, &compare::compare(a, b, rules)),
            Err(problem) => Line::Problem { id: pair.id.clone(), problem: problem.clone() },
        })
        .collect();
    super::put(&crate::report::json::lines(&lines), global)?;
    if score {
        out::say(table(&pairs, &lines).trim_end());
    }
    let failed = lines.iter().any(|line| matches!(line, Line::Problem { .. }));
    Ok(if failed && !global.keep_going { Exit::Unusable } else { Exit::Done })
}

fn pair(number: usize, line: &str) -> Pair {
    match serde_json::from_str::<Value>(line) {
        Ok(Value::Object(fields)) => {
            let text = |name: &str| fields.get(name).and_then(Value::as_str).map(str::to_owned);
            let texts =
                text("a").zip(text("b")).ok_or_else(|| format!("line {number}: `a` and `b` are required and must be texts"));
            Pair { id: fields.get("id").cloned().unwrap_or(Value::Null), label: text("label"), texts }
        }
        Ok(_) => Pair { id: Value::Null, label: None, texts: Err(format!("line {number}: not a JSON object")) },
        Err(error) => {
            let problem = format!("line {number}, column {}: not JSON", error.column());
            Pair { id: Value::Null, label: None, texts: Err(problem) }
        }
    }
}

/// Precision, recall and F1 a label, and how often a probability comes true; pairs without one of the three labels are left out.
fn table(pairs: &[Pair], lines: &[Line]) -> String {
    const LABELS: [&str; 3] = ["contradiction", "entailment", "neutral"];
    let mut confusion: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let mut bins = [(0usize, 0usize, 0.0f64); 10];
    let mut brier = 0.0;
    let mut all = 0usize;
    for (pair, line) in pairs.iter().zip(lines) {
        let (Some(gold), Line::Verdict { label, confidence, .. }) = (pair.label.as_deref(), line) else { continue };
        let Some(gold) = LABELS.into_iter().find(|known| *known == gold) else { continue };
        *confusion.entry((gold, label)).or_default() += 1;
        let is = f64::from(u8::from(gold == "contradiction"));
        brier += (confidence - is).powi(2);
        let bin = &mut bins[((confidence * 10.0) as usize).min(9)];
        *bin = (bin.0 + 1, bin.1 + usize::from(is > 0.0), bin.2 + confidence);
        all += 1;
    }
    let count = |gold: &str, label: &str| confusion.get(&(gold, label)).copied().unwrap_or(0);
    let mut out = format!(
        "pairs {all}\n{:14} {:>9} {:>9} {:>9}   {}\n",
        "label", "precision", "recall", "F1", "said contradiction, entailment, neutral"
    );
    for gold in LABELS {
        let hit = count(gold, gold) as f64;
        let said: usize = LABELS.iter().map(|other| count(other, gold)).sum();
        let there: usize = LABELS.iter().map(|label| count(gold, label)).sum();
        let (precision, recall) = (hit / said.max(1) as f64, hit / there.max(1) as f64);
        let f1 = if hit > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 };
        let row: Vec<String> = LABELS.iter().map(|label| count(gold, label).to_string()).collect();
        out.push_str(&format!("{gold:14} {precision:9.3} {recall:9.3} {f1:9.3}   {}\n", row.join(", ")));
    }
    out.push_str(&format!("Brier score of contradiction {:.3}\n", brier / all.max(1) as f64));
    out.push_str("confidence      pairs   mean   real\n");
    for (at, (pairs, real, sum)) in bins.iter().enumerate().filter(|(_, bin)| bin.0 > 0) {
        let n = *pairs as f64;
        out.push_str(&format!(
            "{:.1} to {:.1} {pairs:10} {:6.2} {:6.2}\n",
            at as f64 / 10.0,
            (at + 1) as f64 / 10.0,
            sum / n,
            *real as f64 / n
        ));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, problem: Option<&str>) {
        assert_eq!(pair(3, line).texts.err().as_deref(), problem, "{line}");
    }

    #[test]
    fn pairs_are_read_and_mistakes_are_placed() {
        check("{\"id\":1,\"a\":\"x\",\"b\":\"y\"}", None);
        check("{\"id\":1,\"a\":\"x\"}", Some("line 3: `a` and `b` are required and must be texts"));
        check("[]", Some("line 3: not a JSON object"));
        check("{oops", Some("line 3, column 2: not JSON"));
    }

    #[test]
    fn scores_count_what_is_labelled() {
        let pairs = [("contradiction", "contradiction"), ("neutral", "contradiction"), ("unknown", "contradiction")].map(
            |(gold, said)| {
                let pair = Pair { id: Value::Null, label: Some(gold.into()), texts: Ok((String::new(), String::new())) };
                let line = Line::Verdict { id: Value::Null, label: said, confidence: 0.8, kind: None, because: Vec::new() };
                (pair, line)
            },
        );
        let (pairs, lines): (Vec<_>, Vec<_>) = pairs.into_iter().unzip();
        let table = table(&pairs, &lines);
        assert!(table.contains("pairs 2\n") && table.contains("contradiction      0.500     1.000"), "{table}");
    }
}
