//! `gainsay compare`: two statements, or a file of pairs.

use super::args::{Compare, Global};
use super::exit::Exit;
use super::{out, run};
use crate::base::Span;
use crate::conflicts::compare::{self, Label, Verdict};
use crate::conflicts::score::{self, Tally};
use crate::report::layout::{Ink, Marked, Style};
use crate::rules::RuleSet;
use rayon::prelude::*;
use serde::Serialize;
use serde_json::Value;
use std::path::Path;

/// Misses of each sort that scores list.
const WORST: usize = 10;
/// Characters of a text that they show.
const SHOWN: usize = 300;

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
    let judged = |pair: &Pair| pair.texts.as_ref().ok().map(|(a, b)| compare::compare(a, b, rules));
    let verdicts: Vec<Option<Verdict>> = pairs.par_iter().map(judged).collect();
    let told = |(pair, verdict): (&Pair, &Option<Verdict>)| match (&pair.texts, verdict) {
        (Ok((a, b)), Some(verdict)) => line(pair.id.clone(), a, b, verdict),
        (texts, _) => Line::Problem { id: pair.id.clone(), problem: texts.as_ref().err().cloned().unwrap_or_default() },
    };
    let lines: Vec<Line> = pairs.iter().zip(&verdicts).map(told).collect();
    super::put(&crate::report::json::lines(&lines), global)?;
    if score {
        out::say(table(&pairs, &verdicts, rules).trim_end());
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

/// Scores of the pairs that have one of the three labels, and the worst misses with their reasons.
fn table(pairs: &[Pair], verdicts: &[Option<Verdict>], rules: &RuleSet) -> String {
    let mut tally = Tally::default();
    let mut wrong: Vec<Miss> = Vec::new();
    for (pair, verdict) in pairs.iter().zip(verdicts) {
        let gold = pair.label.as_deref().and_then(Label::named);
        let (Some(gold), Some(verdict), Ok(texts)) = (gold, verdict, &pair.texts) else { continue };
        tally.add(gold, verdict.label, verdict.confidence);
        if (gold == Label::Contradiction) != (verdict.label == Label::Contradiction) {
            let truth = if gold == Label::Contradiction { 100 } else { 0 };
            wrong.push(Miss { off: verdict.confidence.abs_diff(truth), gold, id: &pair.id, texts, verdict });
        }
    }
    let mut out = tally.to_string();
    for (title, missed) in [("worst false alarms", false), ("worst missed contradictions", true)] {
        let mut list: Vec<&Miss> = wrong.iter().filter(|miss| (miss.gold == Label::Contradiction) == missed).collect();
        if list.is_empty() {
            continue;
        }
        list.sort_by_key(|miss| std::cmp::Reverse(miss.off));
        out.push_str(&format!("{title}, {} of {}\n", list.len().min(WORST), list.len()));
        list.iter().take(WORST).for_each(|miss| out.push_str(&miss.told(rules)));
    }
    out
}

/// A pair called a contradiction that is none, or the other way round.
struct Miss<'a> {
    /// How far the probability is from the truth, in percent.
    off: u8,
    gold: Label,
    id: &'a Value,
    texts: &'a (String, String),
    verdict: &'a Verdict,
}

impl Miss<'_> {
    fn told(&self, rules: &RuleSet) -> String {
        let short = |text: &str| {
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            let cut = text.char_indices().nth(SHOWN).map_or(text.len(), |(at, _)| at);
            if cut < text.len() { format!("{}…", &text[..cut]) } else { text }
        };
        format!(
            "  {} {} {:.2}: {}\n    a: {}\n    b: {}\n",
            self.id,
            self.gold.name(),
            f64::from(self.verdict.confidence) / 100.0,
            score::reason(self.verdict, rules),
            short(&self.texts.0),
            short(&self.texts.1)
        )
    }
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
    fn scores_count_what_is_labelled_and_list_what_is_wrong() {
        let rows = [("contradiction", "contradiction", 80), ("neutral", "contradiction", 90), ("unknown", "contradiction", 80)];
        let (pairs, verdicts): (Vec<_>, Vec<_>) = rows
            .map(|(gold, said, confidence)| {
                let texts = Ok(("It rained.".to_owned(), "It did not rain.".to_owned()));
                let pair = Pair { id: Value::Null, label: Some(gold.into()), texts };
                let label = Label::named(said).expect("a label");
                let verdict =
                    Verdict { label, confidence, kind: None, relation: None, because: Vec::new(), rule: None, stop: None };
                (pair, Some(verdict))
            })
            .into_iter()
            .unzip();
        let table = table(&pairs, &verdicts, &RuleSet::default());
        assert!(table.contains("pairs 2\n") && table.contains("contradiction      0.500     1.000"), "{table}");
        assert!(table.contains("worst false alarms, 1 of 1") && !table.contains("worst missed"), "{table}");
    }
}
