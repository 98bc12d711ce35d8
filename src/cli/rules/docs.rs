//! `gainsay rules docs`: the reference, made of rule files and schema.

use super::super::args::{Global, RuleArgs};
use super::super::exit::Exit;
use super::super::out;
use super::format;
use crate::base::Limits;
use crate::reference::{self, Decoded, Page};
use crate::rules::{self, Options};
use std::path::Path;

/// Runs the command.
///
/// # Errors
/// The exit code, after what is wrong was printed.
pub fn docs(check: Option<&Path>, args: &RuleArgs, global: &Global) -> Result<Exit, Exit> {
    format(global, &["md"])?;
    let options = Options { paths: args.rules.clone(), no_default_rules: args.no_default_rules, limits: Limits::default() };
    let files = rules::decoded(&options).map_err(|errors| {
        out::say(errors.to_string().trim_end());
        Exit::Unusable
    })?;
    let pages = reference::pages(&files.iter().map(|(file, decoded)| (file, decoded)).collect::<Vec<Decoded<'_>>>());
    match (check, &global.output) {
        (Some(folder), _) => Ok(compare(folder, &pages)),
        (None, Some(folder)) => write(folder, &pages),
        (None, None) => {
            let text: Vec<&str> = pages.iter().map(|page| page.text.as_str()).collect();
            super::super::put(&text.join("\n"), global)?;
            Ok(Exit::Done)
        }
    }
}

fn write(folder: &Path, pages: &[Page]) -> Result<Exit, Exit> {
    for page in pages {
        out::file(&folder.join(&page.path), &page.text).map_err(|cause| super::super::usage(&cause))?;
    }
    for path in reference::stray(folder, pages) {
        out::say(&format!("{path}: nothing makes this page any more; remove it"));
    }
    Ok(Exit::Done)
}

fn compare(folder: &Path, pages: &[Page]) -> Exit {
    let stale = pages.iter().filter(|page| std::fs::read_to_string(folder.join(&page.path)).ok().as_ref() != Some(&page.text));
    let mut wrong: Vec<String> = stale.map(|page| format!("{}: is not as the rule files have it", page.path)).collect();
    wrong.extend(reference::stray(folder, pages).into_iter().map(|path| format!("{path}: nothing makes this page any more")));
    wrong.iter().for_each(|line| out::say(line));
    if wrong.is_empty() { Exit::Done } else { Exit::Objection }
}
