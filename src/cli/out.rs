//! Where text goes: standard output, or a file that is replaced in one step; notices to standard error.

use super::args::Global;
use crate::base::Notice;
use crate::report::Style;
use std::io::{IsTerminal, Write};
use std::path::Path;

/// How text for people is drawn on standard output.
pub fn style(global: &Global) -> Style {
    let terminal = std::io::stdout().is_terminal() && global.output.is_none();
    let colour = global.output.is_none() && anstream::AutoStream::choice(&std::io::stdout()) != anstream::ColorChoice::Never;
    let stated = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse::<usize>().ok());
    let measured = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    let width = if terminal { stated.or_else(measured) } else { None };
    Style { width: width.unwrap_or(80).clamp(40, 160), colour }
}

/// Writes a command's output to where it was asked for.
///
/// # Errors
/// In words, where the file cannot be written. A closed pipe is no error.
pub fn write(text: &str, global: &Global) -> Result<(), String> {
    with(global, &|out| out.write_all(text.as_bytes()))
}

/// What writes its output to where it is told.
type Writing<'a> = &'a dyn Fn(&mut dyn Write) -> std::io::Result<()>;

/// Lets a command write its output piece by piece to where it was asked for.
///
/// # Errors
/// In words, where the file cannot be written. A closed pipe is no error.
pub fn with(global: &Global, writing: Writing<'_>) -> Result<(), String> {
    match &global.output {
        Some(path) => replace(path, writing),
        None => printed(writing).map(drop),
    }
}

/// Writes to standard output; `false` where nobody reads it any more.
///
/// # Errors
/// In words.
pub fn stdout(text: &str) -> Result<bool, String> {
    printed(&|out| out.write_all(text.as_bytes()))
}

fn printed(writing: Writing<'_>) -> Result<bool, String> {
    let mut stdout = std::io::BufWriter::new(std::io::stdout().lock());
    match writing(&mut stdout).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(false),
        Err(error) => Err(format!("standard output: {error}")),
        Ok(()) => Ok(true),
    }
}

/// Replaces a file in one step.
///
/// # Errors
/// In words.
pub fn file(path: &Path, text: &str) -> Result<(), String> {
    replace(path, &|out| out.write_all(text.as_bytes()))
}

fn replace(path: &Path, writing: Writing<'_>) -> Result<(), String> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let shown = path.display();
    let failed = |error: std::io::Error| format!("{shown}: cannot be written: {error}");
    std::fs::create_dir_all(folder).map_err(failed)?;
    let mut temporary = tempfile::Builder::new().prefix(".gainsay-").tempfile_in(folder).map_err(failed)?;
    let mut buffer = std::io::BufWriter::new(temporary.as_file_mut());
    writing(&mut buffer).and_then(|()| buffer.flush()).map_err(failed)?;
    drop(buffer);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(path).map_or(0o644, |data| data.permissions().mode());
        temporary.as_file().set_permissions(std::fs::Permissions::from_mode(mode)).map_err(failed)?;
    }
    temporary.persist(path).map(drop).map_err(|error| failed(error.error))
}

/// Prints a line to standard error.
pub fn say(text: &str) {
    // Nobody is left to be told when standard error is closed.
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}

/// Prints an error to standard error.
pub fn error(text: &str) {
    say(&format!("error: {text}"));
}

/// Prints notices to standard error; in quiet runs only those that decide the exit code.
pub fn notices(notices: &[Notice], global: &Global) {
    for notice in notices.iter().filter(|notice| notice.fatal || !global.quiet) {
        let word = if notice.fatal { "error" } else { "warning" };
        let place = if notice.path.is_empty() { String::new() } else { format!("{}: ", notice.path) };
        say(&format!("{word}: {place}{}", notice.message));
    }
}
