//! `gainsay rules suggest`: topics for the matters on which the sources of articles differ.

use crate::cli::args::{Global, SuggestRules};
use crate::cli::exit::Exit;
use crate::cli::{put, run};
use crate::draft::Shop;

/// Runs the command.
///
/// # Errors
/// The exit code, after what is wrong was printed.
pub fn suggest(args: &SuggestRules, global: &Global) -> Result<Exit, Exit> {
    super::format(global, &["yaml"])?;
    let rules = run::rules(&args.rules)?;
    let options = run::rule_options(&args.rules);
    let corpus = run::corpus(&args.paths, &rules, None);
    let exit = run::settle(&corpus, global);
    if corpus.articles.is_empty() {
        return Err(exit);
    }
    let run = run::read(corpus, rules);
    let shop = Shop { rules: &run.rules, options: &options };
    put(&shop.suggest(&run.analysis, args.max).text, global)?;
    Ok(exit)
}
