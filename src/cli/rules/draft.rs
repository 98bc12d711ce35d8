//! `gainsay rules new`: a rule file from two sentences or from two claims of a report.

use crate::cli::args::{Global, NewRule};
use crate::cli::exit::Exit;
use crate::cli::{check, out, put, run, usage};
use crate::draft::Shop;
use crate::report::Report;
use crate::report::view::Claim;
use crate::rules::Side;

/// Runs the command.
///
/// # Errors
/// The exit code, after what is wrong was printed.
pub fn new(args: &NewRule, global: &Global) -> Result<Exit, Exit> {
    super::format(global, &["yaml"])?;
    let rules = run::rules(&args.rules)?;
    let options = run::rule_options(&args.rules);
    let shop = Shop { rules: &rules, options: &options };
    // A claim of a report is put in its own words first, then as what its source says.
    let choices = match &args.report {
        Some(path) => {
            let report = check::load(path)?;
            let [one, other] = &args.claims[..] else { return Err(usage("two claims of the report are needed")) };
            let (one, other) = (claim(&report, one)?, claim(&report, other)?);
            vec![[as_told(&report, one), as_told(&report, other)], [as_said(&report, one), as_said(&report, other)]]
        }
        None => {
            let side = |text: &Option<String>| Side { text: text.clone().unwrap_or_default(), ..Side::default() };
            vec![[side(&args.a), side(&args.b)]]
        }
    };
    let mut reason = String::new();
    for [a, b] in &choices {
        match shop.rule_of([a, b]) {
            Ok(text) => {
                put(&text, global)?;
                return Ok(Exit::Done);
            }
            Err(why) if reason.is_empty() => reason = why,
            Err(_) => {}
        }
    }
    out::error(&reason);
    Err(Exit::Unusable)
}

/// The claim of a report whose id begins so.
fn claim<'a>(report: &'a Report, id: &str) -> Result<&'a Claim, Exit> {
    let found: Vec<&Claim> = report.claims.iter().filter(|claim| claim.id.starts_with(id)).collect();
    match found[..] {
        [claim] => Ok(claim),
        [] => {
            let near = crate::rules::nearest(id, report.claims.iter().map(|claim| claim.id.as_str()));
            let help = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
            Err(usage(&format!("the report holds no claim `{id}`{help}")))
        }
        _ => {
            let ids: Vec<&str> = found.iter().map(|claim| claim.id.as_str()).collect();
            Err(usage(&format!("`{id}` is the beginning of several ids: {}", ids.join(", "))))
        }
    }
}

/// A claim with its attribution, as its article has it.
fn as_told(report: &Report, claim: &Claim) -> Side {
    let article = report.articles.iter().find(|article| article.id == claim.article);
    Side {
        by: None,
        publisher: article.and_then(|article| article.publisher.clone()),
        date: article.and_then(|article| article.published.clone()).and_then(|date| date.get(..10).map(str::to_owned)),
        text: sentence(&claim.text),
    }
}

/// A claim as what its nearest source says.
fn as_said(report: &Report, claim: &Claim) -> Side {
    let speaker = claim.attribution.last().map(|link| &link.source);
    let name = |id: &String| report.sources.iter().find(|source| source.id == *id).map(|source| source.name.clone());
    Side { by: speaker.and_then(name), text: sentence(&claim.content), ..as_told(report, claim) }
}

/// Words with a capital and a full stop.
fn sentence(words: &str) -> String {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut chars = words.chars();
    let first = chars.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    let text = first + chars.as_str();
    if text.ends_with(['.', '!', '?', '”', '"']) { text } else { text.trim_end_matches([',', ';', ':']).to_owned() + "." }
}
