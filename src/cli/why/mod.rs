//! `gainsay why`: which gates two claims pass, which one stops them, and what of their words does it; with `--rule` under one rule.

mod rule;

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
use crate::pipeline::ArticleNames;
use crate::report::layout::{Ink, Style, wrap};
use crate::rules::Matcher;

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
    let only = args.rule.as_deref().map(|id| rule::find(&rules, id)).transpose()?;
    let (run, exit) = if args.paths.is_empty() {
        let article = |id: &str, text: &str| Article { id: id.into(), path: id.into(), text: text.into(), ..Article::default() };
        let articles = std::iter::once(article("a", &args.a)).chain(args.b.iter().map(|text| article("b", text))).collect();
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
    let style = out::style(global);
    let mut text = String::new();
    if let Some(only) = &only {
        text = rule::titles(&run.rules, only, style) + &rule::sides(&cx, &run, only[0], ("a", &ones), style);
    }
    if let Some(b) = &args.b {
        let others = find(&run, &facts, b, article(1))?;
        if let Some(only) = &only {
            text.push_str(&rule::sides(&cx, &run, only[0], ("b", &others), style));
        }
        let traces = |one: &Fact, other: &Fact| match &only {
            Some(only) => explain::under(&cx, only, one, other),
            None => explain::why(&cx, one, other),
        };
        match furthest(&ones, &others, traces) {
            Some((one, other, traces)) => {
                if only.is_none() {
                    let sides = [head(&run, "a", one, style), head(&run, "b", other, style)].concat();
                    text.push_str(&format!("{}\n\n", sides.join("\n")));
                }
                text.push_str(&verdict(&run, (one, other), &traces, only.is_none(), style));
            }
            None => text.push_str("not-a-claim: one of the two holds no claim that could be set against anything\n"),
        }
        if options.presume && only.is_none() {
            text.push_str(&parts(&facts, style));
        }
    }
    super::put(&format!("{}\n", text.trim_end()), global)?;
    Ok(exit)
}

/// The two claims that came furthest, with how far.
fn furthest<'a>(
    ones: &[&'a Fact],
    others: &[&'a Fact],
    traces: impl Fn(&Fact, &Fact) -> Vec<Trace>,
) -> Option<(&'a Fact, &'a Fact, Vec<Trace>)> {
    let reach = |traces: &[Trace]| traces.first().map(|trace| (trace.stop.is_none(), trace.stop.map(|stop| stop.gate)));
    let mut best: Option<(&Fact, &Fact, Vec<Trace>)> = None;
    for (one, other) in ones.iter().flat_map(|one| others.iter().map(move |other| (*one, *other))) {
        let traces = traces(one, other);
        if best.as_ref().is_none_or(|(_, _, old)| reach(&traces) > reach(old)) {
            best = Some((one, other, traces));
        }
    }
    best
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

/// A claim's words and its place.
fn head(run: &Run, label: &str, fact: &Fact, style: Style) -> Vec<String> {
    let reading = &run.analysis.readings[fact.reading as usize];
    let claim = &reading.claims[fact.claim as usize];
    let (line, _) = LineIndex::new(&reading.article.text).position(&reading.article.text, claim.span.start);
    let words = wrap(&format!("{label}: {}", claim.span.of(&reading.article.text)), style.width);
    let first = words.iter().take(1).map(|text| style.paint(Ink::Strong, text));
    let rest = words.iter().skip(1).map(|text| format!("   {text}"));
    let place = style.paint(Ink::Faint, &format!("   {}:{line}", reading.article.path));
    first.chain(rest).chain([place]).collect()
}

/// How far two claims came; `tell` asks what of their words had to do with it.
fn verdict(run: &Run, (one, other): (&Fact, &Fact), traces: &[Trace], tell: bool, style: Style) -> String {
    let mut out = Vec::new();
    let Some(first) = traces.first() else { return "no rule runs\n".to_owned() };
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
    for (label, fact) in [("a", one), ("b", other)].into_iter().filter(|_| tell) {
        for (at, text) in words(run, first.rule, fact).iter().enumerate() {
            line(if at == 0 { label } else { "" }, text, style, &mut out);
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

/// What a rule makes of a claim's words: its patterns, and what turns or weakens what they say; only the latter where it has none.
fn words(run: &Run, rule: usize, fact: &Fact) -> Vec<String> {
    let at = fact.reading as usize;
    let names = ArticleNames::new(&run.analysis.entities, at);
    let matcher = Matcher::new(&run.rules, &run.analysis.readings[at], &names);
    let claim = fact.claim as usize;
    let lines = match run.rules.rules.get(rule) {
        Some(rule) if !matcher.patterns_of(rule).is_empty() => matcher.trace(rule, claim),
        _ => matcher.turned(claim),
    };
    lines.iter().map(|line| line.trim().to_owned()).collect()
}

fn line(label: &str, text: &str, style: Style, out: &mut Vec<String>) {
    for (at, text) in wrap(text, style.width.saturating_sub(19)).into_iter().enumerate() {
        let label = if at == 0 { label } else { "" };
        out.push(format!("   {}{text}", style.paint(Ink::Faint, &format!("{label:<16}"))));
    }
}
