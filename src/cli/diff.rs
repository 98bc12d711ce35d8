//! `gainsay diff`: what changed between two JSON reports.

use super::args::{Diff, Global};
use super::exit::Exit;
use super::{check, out};
use crate::snapshot::diff;

/// Runs the command.
///
/// # Errors
/// The exit code, after what is wrong was printed.
pub fn diff(args: &Diff, global: &Global) -> Result<Exit, Exit> {
    let name = global.format.as_deref().unwrap_or("human");
    let (old, new) = (check::load(&args.old)?, check::load(&args.new)?);
    let changes = diff::compare(&old, &new);
    let text = match name {
        "human" => diff::human(&changes, out::style(global)),
        "md" => diff::markdown(&changes),
        "json" => {
            let mut text = serde_json::to_string_pretty(&changes).expect("changes are plain data");
            text.push('\n');
            text
        }
        _ => return Err(super::unknown_format(name, &["human", "md", "json"])),
    };
    super::put(&text, global)?;
    Ok(Exit::Done)
}
