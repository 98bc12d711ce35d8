//! `gainsay claims`: who says what, without setting it against anything.

use super::args::{Claims, Global};
use super::exit::Exit;
use super::{out, run};
use crate::report::{claims, json};

/// Runs the command.
///
/// # Errors
/// The exit code, after what is wrong was printed.
pub fn claims(args: &Claims, global: &Global) -> Result<Exit, Exit> {
    let name = global.format.as_deref().unwrap_or("human");
    if !["human", "json", "jsonl"].contains(&name) {
        return Err(super::unknown_format(name, &["human", "json", "jsonl"]));
    }
    let rules = run::rules(&args.rules)?;
    let corpus = run::corpus(&args.paths, &rules, None);
    let exit = run::settle(&corpus, global);
    if corpus.articles.is_empty() {
        return Err(Exit::Unusable);
    }
    let run = run::read(corpus, rules);
    let report = run::report(&run, false);
    let text = match name {
        "json" => {
            let mut text = serde_json::to_string_pretty(&report.claims).expect("claims are plain data");
            text.push('\n');
            text
        }
        "jsonl" => json::lines(&report.claims),
        _ => claims::human(&report, out::style(global)),
    };
    super::put(&text, global)?;
    Ok(exit)
}
