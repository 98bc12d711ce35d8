//! `gainsay lsp`: the language server, over standard input and output.

use super::args::{Cli, Lsp};
use super::exit::Exit;
use crate::lsp::{Host, Settings, serve};
use clap::{CommandFactory, FromArgMatches};
use std::path::Path;

/// Runs the command.
///
/// # Errors
/// [`Exit::Unusable`], where standard output cannot be written.
pub fn lsp(args: &Lsp) -> Result<Exit, Exit> {
    let host = Host { settings: settings(args), read };
    match serve(std::io::BufReader::new(std::io::stdin()), std::io::stdout().lock(), host) {
        Ok(true) => Ok(Exit::Done),
        // The protocol asks for 1 where `exit` comes without `shutdown`.
        Ok(false) => Ok(Exit::Objection),
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(Exit::Done),
        Err(error) => Err(super::usage(&format!("standard output: {error}"))),
    }
}

fn settings(args: &Lsp) -> Settings {
    Settings { rules: args.rules.rules.clone(), no_default_rules: args.rules.no_default_rules, articles: args.articles.clone() }
}

/// The flags of `gainsay lsp` that a folder's `gainsay.toml` gives.
fn read(folder: &Path) -> Result<Option<Settings>, String> {
    let path = folder.join("gainsay.toml");
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(format!("gainsay.toml: cannot be read: {error}")),
    };
    let stated = crate::config::arguments("gainsay.toml", &text, "lsp", &Cli::command()).map_err(|error| error.to_string())?;
    let typed = ["gainsay".to_owned(), "lsp".to_owned()].into_iter().chain(stated);
    let matched = Cli::command().try_get_matches_from(typed).map_err(|error| format!("gainsay.toml: {error}"))?;
    match Cli::from_arg_matches(&matched).map_err(|error| error.to_string())?.command {
        super::args::Command::Lsp(args) => Ok(Some(settings(&args))),
        _ => Ok(None),
    }
}
