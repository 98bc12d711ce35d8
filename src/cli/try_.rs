//! `gainsay try`: how one sentence is read.

use super::args::{Global, Try};
use super::exit::Exit;
use super::{out, run};
use crate::article::Article;
use crate::ingest::Corpus;
use crate::pipeline::ArticleNames;
use crate::report::sentence;
use crate::rules::Matcher;

/// Runs the command.
///
/// # Errors
/// The exit code, after what is wrong was printed.
pub fn try_(args: &Try, global: &Global) -> Result<Exit, Exit> {
    let name = global.format.as_deref().unwrap_or("human");
    if !["human", "json"].contains(&name) {
        return Err(super::unknown_format(name, &["human", "json"]));
    }
    let rules = run::rules(&args.rules)?;
    let article = Article {
        id: "sentence".into(),
        path: "sentence".into(),
        text: args.sentence.clone(),
        published: args.date,
        ..Article::default()
    };
    let run = run::read(Corpus { articles: vec![article], ..Corpus::default() }, rules);
    let Some(reading) = run.analysis.readings.first() else { return Err(Exit::Unusable) };
    let text = if name == "json" {
        let mut text = serde_json::to_string_pretty(&run::report(&run, false).claims).expect("claims are plain data");
        text.push('\n');
        text
    } else {
        let names = ArticleNames::new(&run.analysis.entities, 0);
        let matcher = Matcher::new(&run.rules, reading, &names);
        sentence::human(&matcher, run.analysis.taken.first().map_or(&[][..], Vec::as_slice), out::style(global))
    };
    super::put(&text, global)?;
    Ok(Exit::Done)
}
