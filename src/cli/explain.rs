//! `gainsay explain`: why a conflict of a JSON report was reported, step by step.

use super::args::{Explain, Global};
use super::exit::Exit;
use super::{check, out};
use crate::report::story;

/// Runs the command.
///
/// # Errors
/// The exit code, after what is wrong was printed.
pub fn explain(args: &Explain, global: &Global) -> Result<Exit, Exit> {
    if let Some(name) = global.format.as_deref().filter(|name| *name != "human") {
        return Err(super::unknown_format(name, &["human"]));
    }
    let report = check::load(&args.report)?;
    let found: Vec<_> = report.conflicts.iter().filter(|conflict| conflict.id.starts_with(&args.id)).collect();
    match found[..] {
        [conflict] => {
            super::put(&story::human(&report, conflict, out::style(global)), global)?;
            Ok(Exit::Done)
        }
        [] => {
            let nearest = crate::rules::nearest(&args.id, report.conflicts.iter().map(|conflict| conflict.id.as_str()));
            let help = nearest.map_or_else(String::new, |id| format!("; did you mean `{id}`?"));
            out::error(&format!("{} holds no conflict `{}`{help}", args.report.display(), args.id));
            Err(Exit::Unusable)
        }
        _ => {
            let ids: Vec<&str> = found.iter().map(|conflict| conflict.id.as_str()).collect();
            out::error(&format!("`{}` is the beginning of several ids: {}", args.id, ids.join(", ")));
            Err(Exit::Unusable)
        }
    }
}
