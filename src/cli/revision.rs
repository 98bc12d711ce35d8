//! `REVISION:PATH` → the files of a git revision, in a folder of their own for as long as they are needed.
//!
//! Asks the git program, since a repository's attributes, filters and worktrees are git's business.

use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// A path of a revision on disk. The folder goes when this does.
#[derive(Debug)]
pub struct Revision {
    _folder: TempDir,
    /// The path inside it: a folder or file of the same name as in the repository.
    pub path: PathBuf,
}

/// Takes `REVISION:PATH` apart, unless a file of that name is there.
pub fn parse(text: &str) -> Option<(&str, &str)> {
    let (revision, path) = text.split_once(':')?;
    (!revision.is_empty() && !path.is_empty() && !Path::new(text).exists()).then_some((revision, path))
}

/// Writes the files of `path` as `revision` has them. `path` counts from the working directory.
///
/// # Errors
/// In words: git is not there, the revision or the path is unknown, or a file cannot be written.
pub fn materialise(revision: &str, path: &str) -> Result<Revision, String> {
    let shown = format!("{revision}:{path}");
    let path = path.trim_end_matches('/').trim_start_matches("./");
    if path.split('/').any(|part| part == "..") {
        return Err(format!("{shown}: a path of a revision counts from the working directory, without `..`"));
    }
    if revision.starts_with('-') {
        return Err(format!("{shown}: no revision begins with `-`"));
    }
    let folder = tempfile::tempdir().map_err(|error| format!("{shown}: no temporary folder: {error}"))?;
    let listed =
        git(&["ls-tree", "-r", "-z", "--name-only", revision, "--", path]).map_err(|cause| format!("{shown}: {cause}"))?;
    let names: Vec<String> = listed
        .split(|byte| *byte == 0)
        .filter(|name| !name.is_empty())
        .map(|name| String::from_utf8_lossy(name).into_owned())
        .collect();
    if names.is_empty() {
        return Err(format!("{shown}: the revision has no such path"));
    }
    for name in &names {
        let text = git(&["show", &format!("{revision}:./{name}")]).map_err(|cause| format!("{shown}: {cause}"))?;
        let target = folder.path().join(name);
        let made = target.parent().map_or(Ok(()), std::fs::create_dir_all).and_then(|()| std::fs::write(&target, text));
        made.map_err(|error| format!("{shown}: {name} cannot be written: {error}"))?;
    }
    Ok(Revision { path: folder.path().join(path), _folder: folder })
}

/// What git prints.
///
/// # Errors
/// git's own words, or that it cannot be started.
pub fn git(args: &[&str]) -> Result<Vec<u8>, String> {
    let ran = Command::new("git").args(args).output().map_err(|error| format!("git cannot be started: {error}"))?;
    if ran.status.success() {
        return Ok(ran.stdout);
    }
    let said = String::from_utf8_lossy(&ran.stderr);
    Err(said.trim().trim_start_matches("fatal: ").lines().next().unwrap_or("git failed").to_owned())
}
