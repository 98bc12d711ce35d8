//! Rule files → [`RuleSet`]: every mistake of every file at once, or a compiled set.
//!
//! The shipped files are decoded as they are, since a test holds them clean; files from outside are first read into a tree and
//! checked, and only a clean tree is decoded. A later layer (the shipped files, then each `--rules` in order) replaces what an
//! earlier one declares under the same id.

mod compile;

pub(super) use compile::build;

use super::RuleSet;
use super::problem::{self, Problem, Source};
use super::refs::{self, Known, Tree};
use super::schema::RuleFile;
use crate::base::pack::{PackFile, ReadError};
use crate::base::yaml::SyntaxError;
use crate::base::{Limits, Span};
use crate::lexicon::Lexicon;
use std::path::PathBuf;
use std::sync::LazyLock;

/// Which rule files to load.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Files and folders of `--rules`, in order.
    pub paths: Vec<PathBuf>,
    /// Leaves the shipped topics and general rules out; lexicons and entities stay.
    pub no_default_rules: bool,
    /// What may be read.
    pub limits: Limits,
}

/// Rule files that cannot be used: every mistake of all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Errors {
    /// Sorted by file and place; errors only.
    pub problems: Vec<Problem>,
    /// The files, for showing their lines.
    pub sources: Vec<Source>,
}

impl std::error::Error for Errors {}

impl std::fmt::Display for Errors {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&render(&self.problems, &self.sources))
    }
}

/// Problems as a person sees them, a blank line between them.
pub fn render(problems: &[Problem], sources: &[Source]) -> String {
    let text = |path: &str| sources.iter().find(|source| source.path == path).map_or("", |source| &source.text);
    problems.iter().map(|problem| problem.render(text(&problem.path))).collect::<Vec<_>>().join("\n")
}

/// A file with the layer it belongs to.
#[derive(Clone, Debug)]
pub struct Layered {
    /// The file.
    pub file: PackFile,
    /// 0 for the shipped files, then one for each path.
    pub layer: usize,
}

static SHIPPED: LazyLock<Vec<(PackFile, RuleFile)>> = LazyLock::new(|| {
    let decode = |file: PackFile| {
        let decoded = crate::base::yaml::decode(&file.text);
        let decoded = decoded.unwrap_or_else(|error| panic!("{}: {error}; a test decodes every shipped file", file.path));
        (file, decoded)
    };
    crate::base::pack::built_in().into_iter().map(decode).collect()
});

/// Loads the shipped files and those of `options`.
///
/// # Errors
/// Every mistake of all files: E001 to E011.
pub fn load(options: &Options) -> Result<RuleSet, Errors> {
    let (files, unread) = read(&options.paths, &options.limits);
    compile(files, unread, options.no_default_rules)
}

/// Compiles files whose texts are at hand over the shipped ones.
///
/// # Errors
/// Every mistake of all files: E001 to E011.
pub fn load_texts(files: Vec<Layered>, no_default_rules: bool) -> Result<RuleSet, Errors> {
    compile(files, Vec::new(), no_default_rules)
}

/// The rule files that `options` ask for, decoded: the shipped ones, then those of the paths.
///
/// # Errors
/// Every mistake of all files: E001 to E011.
pub fn decoded(options: &Options) -> Result<Vec<(PackFile, RuleFile)>, Errors> {
    let (files, unread) = read(&options.paths, &options.limits);
    let own = decode(files, unread, options.no_default_rules)?;
    Ok(used(options.no_default_rules).cloned().chain(own.into_iter().map(|(file, _, decoded)| (file, decoded))).collect())
}

/// Loads the shipped files, those of `options`, and over them one that stands in no folder yet.
///
/// # Errors
/// Every mistake of all files: E001 to E011.
pub fn load_with(options: &Options, more: PackFile) -> Result<RuleSet, Errors> {
    let (mut files, unread) = read(&options.paths, &options.limits);
    files.push(Layered { file: more, layer: options.paths.len() + 1 });
    compile(files, unread, options.no_default_rules)
}

fn compile(files: Vec<Layered>, unread: Vec<Problem>, no_default_rules: bool) -> Result<RuleSet, Errors> {
    let own = decode(files, unread, no_default_rules)?;
    let all = used(no_default_rules).map(|(file, decoded)| (file, 0, decoded));
    let all = all.chain(own.iter().map(|(file, layer, decoded)| (file, *layer, decoded)));
    Ok(build(&all.collect::<Vec<_>>()))
}

/// The shipped files that are used.
fn used(no_default_rules: bool) -> impl Iterator<Item = &'static (PackFile, RuleFile)> {
    let left_out =
        move |path: &str| no_default_rules && (path.starts_with("rules/topics/") || path.starts_with("rules/general/"));
    shipped().filter(move |(file, _)| !left_out(&file.path))
}

/// Checks files over the shipped ones, and decodes them.
fn decode(files: Vec<Layered>, unread: Vec<Problem>, no_default_rules: bool) -> Result<Vec<(PackFile, usize, RuleFile)>, Errors> {
    let mut errors = Errors { problems: unread, sources: Vec::new() };
    let mut known = Known::default();
    used(no_default_rules).for_each(|(_, decoded)| known.add(decoded));
    let checked = check(&files, known, Lexicon::built_in());
    errors.problems.extend(checked.problems.into_iter().filter(Problem::is_error));
    errors.sources = checked.sources;
    let mut decoded: Vec<(PackFile, usize, RuleFile)> = Vec::new();
    if errors.problems.is_empty() {
        for Layered { file, layer } in files {
            match crate::base::yaml::decode::<RuleFile>(&file.text) {
                Ok(file_decoded) => decoded.push((file, layer, file_decoded)),
                Err(error) => {
                    // The checker should have seen it; whoever meets this finds a gap between schema and decoder.
                    let source = Source::new(file.path.clone(), file.text);
                    let at = error.location().map_or(0, |location| location.index());
                    let message = format!("{error}; please report it: the check before passed");
                    errors.problems.push(Problem::new("E001", &source, Span::new(at, at), message));
                }
            }
        }
    }
    if errors.problems.is_empty() {
        return Ok(decoded);
    }
    problem::sort(&mut errors.problems);
    Err(errors)
}

/// The files that ship with the program, decoded, in byte order of their paths.
pub fn shipped() -> impl Iterator<Item = &'static (PackFile, RuleFile)> {
    SHIPPED.iter()
}

/// Reads files and folders, the first of layer 1; beside them what could not be read.
fn read(paths: &[PathBuf], limits: &Limits) -> (Vec<Layered>, Vec<Problem>) {
    let mut files = Vec::new();
    let mut unread = Vec::new();
    for (layer, path) in (1..).zip(paths) {
        let (read, failed) = crate::base::pack::read(path, limits);
        files.extend(read.into_iter().map(|file| Layered { file, layer }));
        unread.extend(failed.iter().map(unreadable));
    }
    (files, unread)
}

fn unreadable(error: &ReadError) -> Problem {
    let (line, column) = error.place.unwrap_or((1, 1));
    Problem {
        code: "E001",
        message: error.message.clone(),
        path: error.path.clone(),
        line,
        column,
        span: Span::default(),
        help: None,
        fix: Vec::new(),
    }
}

/// Checks one file that stands in no folder yet, against the shipped ones and those of `options`, and warns about what is likely not meant.
pub fn inspect_text(options: &Options, file: PackFile) -> Checked {
    let mut known = Known::default();
    shipped().for_each(|(_, decoded)| known.add(decoded));
    let around = read(&options.paths, &options.limits).0;
    around
        .iter()
        .filter_map(|layered| crate::base::yaml::decode(&layered.file.text).ok())
        .for_each(|decoded| known.add(&decoded));
    warned(check(&[Layered { file, layer: 1 }], known, Lexicon::built_in()))
}

/// Adds the warnings of files without errors, and sorts everything.
fn warned(mut checked: Checked) -> Checked {
    if !checked.problems.iter().any(Problem::is_error) {
        super::lint::lint(&checked.trees, Lexicon::built_in(), &mut checked.problems);
    }
    problem::sort(&mut checked.problems);
    checked
}

/// Checks rule files and warns about what is likely not meant; the shipped files where no path is given.
pub fn inspect(paths: &[PathBuf], limits: &Limits) -> Checked {
    let mut files: Vec<Layered> = Vec::new();
    let mut known = Known::default();
    if paths.is_empty() {
        files.extend(crate::base::pack::built_in().into_iter().map(|file| Layered { file, layer: 0 }));
    } else {
        known = shipped_ids();
    }
    let (given, unread) = read(paths, limits);
    files.extend(given);
    let mut checked = check(&files, known, Lexicon::built_in());
    checked.problems.extend(unread);
    warned(checked)
}

/// Checks files over what is known, and warns where they have no error.
pub(super) fn inspect_files(files: &[Layered], known: Known) -> Checked {
    warned(check(files, known, Lexicon::built_in()))
}

/// What the shipped files declare.
pub(super) fn shipped_ids() -> Known {
    let mut known = Known::default();
    SHIPPED.iter().for_each(|(_, decoded)| known.add(decoded));
    known
}

/// Mends what is mechanical in the files of paths; nothing is written. Files that cannot be read are left to [`inspect`].
pub fn mend(paths: &[PathBuf], limits: &Limits) -> Vec<super::fix::Mended> {
    super::fix::mend(read(paths, limits).0)
}

/// What a check of files found.
pub struct Checked {
    /// Errors and warnings, sorted.
    pub problems: Vec<Problem>,
    /// The files.
    pub sources: Vec<Source>,
    /// Trees of the files that have one.
    pub trees: Vec<Tree>,
}

/// Checks files against the schema and against everything declared.
pub(super) fn check(files: &[Layered], known: Known, base: &Lexicon) -> Checked {
    let mut problems = Vec::new();
    let mut trees = Vec::new();
    let mut sources = Vec::new();
    for Layered { file, layer } in files {
        let source = Source::new(file.path.clone(), &*file.text);
        if source.text.starts_with('\u{feff}') {
            let mark = Span::new(0, '\u{feff}'.len_utf8());
            let problem = Problem::new("W117", &source, mark, "a byte-order mark stands in front of the file");
            problems.push(problem.help("save the file as UTF-8 without one: other readers stumble over it").fix(mark, ""));
        }
        match crate::base::yaml::parse(&source.text) {
            Ok(root) => {
                super::check::structure(&source, &root, &mut problems);
                trees.push(Tree { source: source.clone(), root, layer: *layer });
            }
            Err(error) => problems.push(syntax(&source, error)),
        }
        sources.push(source);
    }
    // Words and units of the files themselves count too, where they can be read.
    let mut lexicon = base.clone();
    for Layered { file, .. } in files {
        words(&file.text).iter().for_each(|words| lexicon.add(words));
    }
    refs::references(&trees, known, &lexicon, &mut problems);
    problem::sort(&mut problems);
    Checked { problems, sources, trees }
}

/// The word tables of a file; `None` where it has none or they cannot be decoded.
pub(super) fn words(text: &str) -> Option<crate::lexicon::LexiconFile> {
    #[derive(serde::Deserialize)]
    struct Words {
        #[serde(default)]
        lexicons: Option<crate::lexicon::LexiconFile>,
    }
    crate::base::yaml::decode::<Words>(text).ok()?.lexicons
}

/// Broken syntax, with what mends it where that is certain.
pub(super) fn syntax(source: &Source, error: SyntaxError) -> Problem {
    let tab = error.message.contains("a tab");
    let problem = Problem::new("E001", source, error.span, error.message);
    match crate::base::yaml::untabbed(&source.text).filter(|_| tab) {
        Some((tabs, width)) => {
            let problem = problem.help(format!("put {width} blanks in place of each tab"));
            tabs.into_iter().fold(problem, |problem, tab| problem.fix(tab, " ".repeat(width)))
        }
        None => match HINTS.iter().find(|(part, _)| problem.message.contains(part)) {
            Some((_, hint)) => problem.help(*hint),
            None if source.text[problem.span.start as usize..].starts_with('\u{feff}') => {
                let mark = Span::new(problem.span.start as usize, problem.span.start as usize + '\u{feff}'.len_utf8());
                problem.help("an invisible byte-order mark stands here; delete it").fix(mark, "")
            }
            None => problem,
        },
    }
}

/// What to do about the faults of syntax that are met most, by a part of the reader's message.
const HINTS: [(&str, &str); 4] = [
    (
        "mapping values are not allowed",
        "put a text that holds `: ` in quotation marks, or set the line in line with its neighbours",
    ),
    ("expected '-' indicator", "set the line in line with its neighbours"),
    ("unknown anchor", "an alias `*name` repeats what `&name` marks further up"),
    ("unclosed quote", "end the text with the quotation mark that it begins with"),
];
