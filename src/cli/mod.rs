//! The program: command line in, reports out. The only room that prints.

pub mod args;
mod check;
mod claims;
mod compare;
mod diff;
pub mod exit;
mod explain;
mod filter;
mod log;
mod lsp;
mod out;
mod revision;
mod rules;
mod run;
mod snapshot;
mod try_;
mod watch;
mod why;

use args::{Cli, Command, Global};
use clap::{CommandFactory, FromArgMatches};
use exit::Exit;
use std::ffi::OsString;

/// Runs the program on its arguments (the first is its own name).
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Exit {
    match parse(arguments.into_iter().collect()) {
        Ok(cli) => match threads(cli.global.threads) {
            Ok(pool) => pool.install(|| command(&cli)),
            Err(exit) => exit,
        },
        Err(exit) => exit,
    }
}

fn command(cli: &Cli) -> Exit {
    let global = &cli.global;
    let done = match &cli.command {
        Command::Check(args) => check::check(args, global),
        Command::Claims(args) => claims::claims(args, global),
        Command::Explain(args) => explain::explain(args, global),
        Command::Try(args) => try_::try_(args, global),
        Command::Why(args) => why::why(args, global),
        Command::Compare(args) => compare::compare(args, global),
        Command::Lsp(args) => lsp::lsp(args),
        Command::Rules(args) => rules::rules(&args.command, global),
        Command::Snapshot(args) => snapshot::snapshot(&args.command, global),
        Command::Diff(args) => diff::diff(args, global),
        Command::Log(args) => log::log(args, global),
        Command::Completions(args) => {
            let mut text = Vec::new();
            clap_complete::generate(args.shell, &mut Cli::command(), "gainsay", &mut text);
            put(&String::from_utf8_lossy(&text), global).map(|()| Exit::Done)
        }
        Command::Man => {
            let mut text = Vec::new();
            match clap_mangen::Man::new(Cli::command()).render(&mut text) {
                Ok(()) => put(&String::from_utf8_lossy(&text), global).map(|()| Exit::Done),
                Err(_) => Err(Exit::Unusable),
            }
        }
    };
    done.unwrap_or_else(|exit| exit)
}

/// Parses the arguments, with those of `gainsay.toml` before them.
fn parse(typed: Vec<OsString>) -> Result<Cli, Exit> {
    let first = matches(&typed)?;
    let asked = first.get_one::<std::path::PathBuf>("config").cloned().or_else(|| {
        first.subcommand().and_then(|(_, sub)| sub.try_get_one::<std::path::PathBuf>("config").ok().flatten().cloned())
    });
    let name = first.subcommand_name().unwrap_or("").to_owned();
    // An editor's server reads the file of its workspace folder by itself, and again whenever it changes.
    let unasked = asked.is_none() && name == "lsp";
    let config = if unasked { Ok(None) } else { crate::config::read(asked.as_deref()) };
    let config = config.map_err(|error| usage(&error.to_string()))?;
    let stated = match config {
        Some((path, text)) => {
            crate::config::arguments(&path, &text, &name, &Cli::command()).map_err(|error| usage(&error.to_string()))?
        }
        None => Vec::new(),
    };
    let matched = if stated.is_empty() {
        first
    } else {
        // Flags of the file go right behind the command, so that typed ones come later and win.
        let at = typed.iter().position(|word| word.to_str() == Some(name.as_str())).map_or(typed.len(), |at| at + 1);
        let mut all: Vec<OsString> = typed[..at].to_vec();
        all.extend(stated.into_iter().map(OsString::from));
        all.extend_from_slice(&typed[at..]);
        matches(&all)?
    };
    Cli::from_arg_matches(&matched).map_err(shown)
}

fn matches(arguments: &[OsString]) -> Result<clap::ArgMatches, Exit> {
    Cli::command().try_get_matches_from(arguments).map_err(shown)
}

/// Prints what clap has to say: help and version are no failures.
fn shown(error: clap::Error) -> Exit {
    let exit = if error.use_stderr() { Exit::Unusable } else { Exit::Done };
    // A closed pipe has nobody to tell.
    let _ = error.print();
    exit
}

fn usage(message: &str) -> Exit {
    out::error(message);
    Exit::Unusable
}

/// A pool of the number of threads asked for; 0 for all cores.
fn threads(count: usize) -> Result<rayon::ThreadPool, Exit> {
    let built = rayon::ThreadPoolBuilder::new().num_threads(count).stack_size(8 << 20).build();
    built.map_err(|error| usage(&format!("--threads {count}: {error}")))
}

/// Writes output; a failure is printed.
fn put(text: &str, global: &Global) -> Result<(), Exit> {
    out::write(text, global).map_err(|message| usage(&message))
}

/// A format that the command does not have.
fn unknown_format(name: &str, known: &[&str]) -> Exit {
    usage(&format!("there is no format `{name}` here; the formats are {}", known.join(", ")))
}
