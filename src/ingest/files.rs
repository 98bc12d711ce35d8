//! Paths → files to read, in a stable order, and the opening of each.

use super::{FORMATS, Format, Kit, Origin, Output, notice};
use crate::base::Notice;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufReader, Cursor, Read};
use std::path::{Path, PathBuf};

/// How deep folders are followed; deeper ones are named in a notice (a loop of links ends here too).
const DEPTH: usize = 32;

/// Bytes of standard input that sniffing looks at.
const HEAD: u64 = 8192;

/// One file to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Where it is; `None` for standard input.
    pub path: Option<PathBuf>,
    /// How it is called.
    pub origin: Origin,
}

/// All files that the given paths name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// In the order of the paths, folders in byte order.
    pub files: Vec<Source>,
    /// Paths that lead nowhere.
    pub notices: Vec<Notice>,
    /// Files of folders left out silently.
    pub left_out: usize,
}

/// Lists the files that `inputs` name; a file that is named twice is read once.
pub fn find(inputs: &[PathBuf]) -> Found {
    let mut found = Found::default();
    let mut seen = BTreeSet::new();
    for input in inputs {
        let given = slashed(input);
        if given == "-" {
            if seen.insert(PathBuf::from("-")) {
                let origin = Origin { name: "stdin".into(), given: "stdin".into(), in_folder: false };
                found.files.push(Source { path: None, origin });
            }
            continue;
        }
        match std::fs::metadata(input) {
            Ok(data) if data.is_dir() => folder(input, &given, "", 0, &mut seen, &mut found),
            Ok(_) => {
                let name = input.file_name().map_or_else(|| given.clone(), |name| name.to_string_lossy().into_owned());
                let origin = Origin { name, given, in_folder: false };
                add(input.clone(), origin, &mut seen, &mut found);
            }
            Err(error) => {
                let name = input.file_name().map_or_else(|| given.clone(), |name| name.to_string_lossy().into_owned());
                let origin = Origin { name, given, in_folder: false };
                found.notices.push(notice(&origin, format!("cannot be read: {}", cause(&error)), true));
            }
        }
    }
    found
}

fn add(path: PathBuf, origin: Origin, seen: &mut BTreeSet<PathBuf>, found: &mut Found) {
    let real = path.canonicalize().unwrap_or_else(|_| path.clone());
    if seen.insert(real) {
        found.files.push(Source { path: Some(path), origin });
    }
}

fn folder(path: &Path, given: &str, below: &str, depth: usize, seen: &mut BTreeSet<PathBuf>, found: &mut Found) {
    let named = |name: &str| Origin { name: name.to_owned(), given: join(given, name), in_folder: true };
    if depth > DEPTH {
        found.notices.push(notice(&named(below), format!("lies more than {DEPTH} folders deep; it was left out"), true));
        return;
    }
    let entries = match std::fs::read_dir(path) {
        Ok(entries) => entries,
        Err(error) => {
            let name = if below.is_empty() { given.rsplit('/').next().unwrap_or(given) } else { below };
            found.notices.push(notice(&named(name), format!("cannot be read: {}", cause(&error)), true));
            return;
        }
    };
    let mut entries: Vec<(String, PathBuf)> =
        entries.flatten().map(|e| (e.file_name().to_string_lossy().into_owned(), e.path())).collect();
    entries.sort();
    for (name, path) in entries {
        let inner = join(below, &name);
        let is_folder = path.is_dir();
        if name.starts_with('.') || (is_folder && name == "snapshots") {
            found.left_out += usize::from(!is_folder);
            continue;
        }
        if is_folder {
            folder(&path, given, &inner, depth + 1, seen, found);
            continue;
        }
        let own = matches!(name.as_str(), "gainsay.toml" | "expected.yml" | "README.md");
        if own || by_extension(&name).is_none() || is_own_report(&path, &name) {
            found.left_out += 1;
            continue;
        }
        add(path, named(&inner), seen, found);
    }
}

/// Reads one file with the format that its extension, or for standard input its beginning, says.
pub fn open(source: &Source, kit: &Kit) -> Output {
    let origin = &source.origin;
    let fail = |message: String| Output { articles: Vec::new(), notices: vec![notice(origin, message, true)] };
    let Some(path) = &source.path else {
        let mut head = Vec::new();
        let mut stdin = std::io::stdin().lock();
        if let Err(error) = Read::take(&mut stdin, HEAD).read_to_end(&mut head) {
            return fail(format!("cannot be read: {}", cause(&error)));
        }
        let format = sniff(&String::from_utf8_lossy(&head));
        return format.read(&mut BufReader::new(Cursor::new(head).chain(stdin)), origin, kit);
    };
    let Some(format) = by_extension(&origin.name) else {
        let known: Vec<String> = FORMATS.iter().flat_map(|f| f.extensions()).map(|e| format!(".{e}")).collect();
        return fail(format!(
            "is of no kind that can be read; the kinds are {}, or give it on standard input as `-`",
            known.join(" ")
        ));
    };
    if is_own_report(path, &origin.name) {
        return fail("is a report that gainsay wrote, not an article".into());
    }
    match File::open(path) {
        Ok(file) => format.read(&mut BufReader::with_capacity(1 << 16, file), origin, kit),
        Err(error) => fail(format!("cannot be read: {}", cause(&error))),
    }
}

/// The format that the first characters of an input look like.
pub fn sniff(head: &str) -> &'static dyn Format {
    *FORMATS.iter().find(|format| format.looks_like(head)).expect("the last format takes anything")
}

fn by_extension(name: &str) -> Option<&'static dyn Format> {
    let extension = Path::new(name).extension()?.to_string_lossy().to_lowercase();
    FORMATS.iter().copied().find(|format| format.extensions().contains(&extension.as_str()))
}

/// Whether a JSON file begins like a report of ours.
fn is_own_report(path: &Path, name: &str) -> bool {
    if !name.to_lowercase().ends_with(".json") {
        return false;
    }
    let mut rest = Vec::new();
    if File::open(path).and_then(|file| file.take(256).read_to_end(&mut rest)).is_err() {
        return false;
    }
    let head = String::from_utf8_lossy(&rest);
    let squeezed: String = head.chars().filter(|c| !c.is_whitespace()).collect();
    squeezed.starts_with("{\"schema\":\"gainsay.")
}

fn cause(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "no such file or folder".into(),
        std::io::ErrorKind::PermissionDenied => "permission denied".into(),
        _ => error.to_string(),
    }
}

fn slashed(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/").trim_end_matches('/').to_owned()
}

fn join(one: &str, two: &str) -> String {
    if one.is_empty() { two.to_owned() } else { format!("{one}/{two}") }
}
