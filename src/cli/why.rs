//! `gainsay why`: which gates two claims pass, and which one stops them.

use super::args::{Global, Why};
use super::exit::Exit;
use super::out;
use super::run::{self, Run};
use crate::article::Article;
use crate::base::LineIndex;
use crate::conflicts::detectors::Context;
use crate::conflicts::explain::{self, Trace};
use crate::conflicts::{Fact, Facts, Options, passage};
use crate::ingest::Corpus;
use crate::report::layout::{Ink, Style, wrap};

/// Rules that are told of after the one that came furthest.
const OTHERS: usize = 4;

/// Runs the command.
///
/// # Errors
/// The exit code, after what is wrong was printed.
pub fn why(args: &Why, global: &Global) -> Result<Exit, Exit> {
    if let Some(name) = global.format.as_deref().filter(|name| *name != "human") {
        return Err(super::unknown_format(name, &["human"]));
    }
    let rules = run::rules(&args.rules)?;
    let (run, exit) = if args.paths.is_empty() {
        let article = |id: &str, text: &str| Article { id: id.into(), path: id.into(), text: text.into(), ..Article::default() };
        let articles = vec![article("a", &args.a), article("b", &args.b)];
        (run::read(Corpus { articles, ..Corpus::default() }, rules), Exit::Done)
    } else {
        let corpus = run::corpus(&args.paths, &rules, None);
        let exit = run::settle(&corpus, global);
        (run::read(corpus, rules), exit)
    };
    let options = Options { presume: args.paths.is_empty(), ..Options::default() };
    let facts = Facts::gather(&run.analysis.readings, &run.analysis.who, &run.rules.lexicon);
    let cx = Context { facts: &facts, rules: &run.rules, found: &run.analysis.taken, options: &options };
    // Two sentences are two articles; ids are looked up in all of them.
    let article = |at: u32| args.paths.is_empty().then_some(at);
    let ones = find(&run, &facts, &args.a, article(0))?;
    let others = find(&run, &facts, &args.b, article(1))?;
    let mut best: Option<(&Fact, &Fact, Vec<Trace>)> = None;
    for one in &ones {
        for other in &others {
            let traces = explain::why(&cx, one, other);
            let reach = |traces: &[Trace]| traces.first().map(|trace| (trace.stop.is_none(), trace.stop.map(|stop| stop.gate)));
            if best.as_ref().is_none_or(|(_, _, old)| reach(&traces) > reach(old)) {
                best = Some((*one, *other, traces));
            }
        }
    }
    let style = out::style(global);
    let mut text = match best {
        Some((one, other, traces)) => told(&run, one, other, &traces, style),
        None => "not-a-claim: one of the two holds no claim that could be set against anything\n".to_owned(),
    };
    if options.presume {
        text.push_str(&parts(&facts, style));
    }
    super::put(&text, global)?;
    Ok(exit)
}

/// What the two texts say of each other's claims, part by part.
fn parts(facts: &Facts, style: Style) -> String {
    let mut out = Vec::new();
    for finding in passage::find(facts) {
        let words: Vec<&str> = finding.because.iter().map(|b| b.span.of(&facts.readings[b.side].article.text)).collect();
        let text = format!("{} ({}): {} [{} %]", finding.why, finding.kind, words.join(" / "), finding.percent());
        line("word by word", &text, style, &mut out);
    }
    if out.is_empty() { String::new() } else { out.join("\n") + "\n" }
}

/// The claims that are meant: those of one article, or the one of an id.
fn find<'a>(run: &Run, facts: &'a Facts<'_>, wanted: &str, article: Option<u32>) -> Result<Vec<&'a Fact>, Exit> {
    if let Some(article) = article {
        return Ok(facts.list.iter().filter(|fact| fact.reading == article).collect());
    }
    let id = |fact: &Fact| {
        let reading = fact.reading as usize;
        crate::report::build::claim_id(&run.analysis, reading, fact.claim as usize)
    };
    let found: Vec<&Fact> = facts.list.iter().filter(|fact| wanted.len() >= 4 && id(fact).starts_with(wanted)).collect();
    if found.is_empty() {
        out::error(&format!("no claim of these articles has the id `{wanted}`; `gainsay claims` lists them"));
        return Err(Exit::Unusable);
    }
    Ok(found)
}

fn told(run: &Run, one: &Fact, other: &Fact, traces: &[Trace], style: Style) -> String {
    let mut out = Vec::new();
    for (label, fact) in [("a", one), ("b", other)] {
        let reading = &run.analysis.readings[fact.reading as usize];
        let claim = &reading.claims[fact.claim as usize];
        let (line, _) = LineIndex::new(&reading.article.text).position(&reading.article.text, claim.span.start);
        let words = claim.span.of(&reading.article.text);
        for (at, text) in wrap(&format!("{label}: {words}"), style.width).into_iter().enumerate() {
            out.push(if at == 0 { style.paint(Ink::Strong, &text) } else { format!("   {text}") });
        }
        out.push(style.paint(Ink::Faint, &format!("   {}:{line}", reading.article.path)));
    }
    out.push(String::new());
    let Some(first) = traces.first() else { return out.join("\n") + "\nno rule runs\n" };
    let rule = |trace: &Trace| {
        run.rules.rules.get(trace.rule).map_or_else(String::new, |rule| format!("{} ({})", rule.id, rule.kind.name()))
    };
    match first.stop {
        None => {
            out.push(style.paint(Ink::Strong, &format!("They conflict by {}.", rule(first))));
            for step in &first.steps {
                let points = step.points.map_or_else(String::new, |points| format!(" [{points:+}]"));
                line(step.name, &format!("{}{points}", step.words), style, &mut out);
            }
        }
        Some(stop) => {
            let text = format!(
                "No conflict: the gate `{}` stops them, {}. The rule that came furthest is {}.",
                stop.gate.name(),
                stop.why,
                rule(first)
            );
            out.extend(wrap(&text, style.width).iter().map(|text| style.paint(Ink::Strong, text)));
        }
    }
    let passed: Vec<&str> = first.passed.iter().map(|gate| gate.name()).collect();
    let passed = if passed.is_empty() { "no gate".to_owned() } else { passed.join(", ") };
    line("passed", &passed, style, &mut out);
    for trace in traces.iter().skip(1).take(OTHERS) {
        let verdict = trace.stop.map_or_else(|| "conflict".to_owned(), |stop| format!("{}: {}", stop.gate.name(), stop.why));
        line("other", &format!("{} - {verdict}", rule(trace)), style, &mut out);
    }
    let mut text = out.join("\n");
    text.push('\n');
    text
}

fn line(label: &str, text: &str, style: Style, out: &mut Vec<String>) {
    for (at, text) in wrap(text, style.width.saturating_sub(19)).into_iter().enumerate() {
        let label = if at == 0 { label } else { "" };
        out.push(format!("   {}{text}", style.paint(Ink::Faint, &format!("{label:<16}"))));
    }
}
