//! `gainsay rules`: list, show, check, test and draft rule files; print their schema and their reference.

use super::args::{Global, RulesCommand};
use super::exit::Exit;
use clap::CommandFactory;

mod check;
mod diff;
mod docs;
mod draft;
mod list;
mod show;
mod suggest;
mod test;

/// Runs the command.
///
/// # Errors
/// The exit code, after what is wrong was printed.
pub fn rules(command: &RulesCommand, global: &Global) -> Result<Exit, Exit> {
    match command {
        RulesCommand::List { pack, rules } => list::list(pack.as_deref(), rules, global),
        RulesCommand::Show { id, rules } => show::show(id, rules, global),
        RulesCommand::Check(args) => check::check(args, global),
        RulesCommand::Test(args) => test::test(args, global),
        RulesCommand::New(args) => draft::new(args, global),
        RulesCommand::Suggest(args) => suggest::suggest(args, global),
        RulesCommand::Diff(args) => diff::diff(args, global),
        RulesCommand::Docs { check, rules } => docs::docs(check.as_deref(), rules, global),
        RulesCommand::Schema { report, toml } => {
            format(global, &["json"])?;
            let schema = match (report, toml) {
                (true, _) => crate::report::view::schema(),
                (_, true) => crate::config::schema(&super::args::Cli::command()),
                _ => crate::rules::schema::json_schema(),
            };
            super::put(&pretty(&schema), global)?;
            Ok(Exit::Done)
        }
    }
}

/// The format asked for, the first of the known ones unless said.
fn format<'a>(global: &'a Global, known: &[&'a str]) -> Result<&'a str, Exit> {
    let name = global.format.as_deref().unwrap_or(known[0]);
    if known.contains(&name) { Ok(name) } else { Err(super::unknown_format(name, known)) }
}

fn pretty(value: &serde_json::Value) -> String {
    let mut text = serde_json::to_string_pretty(value).expect("a value is plain data");
    text.push('\n');
    text
}

/// A number with what it counts.
fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}
