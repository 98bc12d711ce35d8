//! All rule files that the editor has to do with: on the disk, and over that the texts that are open.
//!
//! In: what the editor opens, changes, saves and closes. Out: texts with their problems. Sends nothing.

use super::corpus::Corpus;
use super::document::Document;
use super::folder::{self, Stored};
use super::lines::Lines;
use super::settings::{ReadSettings, Settings};
use super::uri;
use crate::base::pack::PackFile;
use crate::base::{Limits, Span};
use crate::claims::Reading;
use crate::rules::index::Index;
use crate::rules::{self, Layered, Live, Problem, RuleSet, Tree};
use gen_lsp_types::{Location, Position, TextDocumentContentChangeEvent as Change, Uri};
use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The rule files of a session.
pub struct Workspace {
    root: Option<PathBuf>,
    /// What flags and editor say; `gainsay.toml` fills the rest.
    asked: Settings,
    settings: Settings,
    read_settings: ReadSettings,
    limits: Limits,
    /// By the path that messages show.
    files: BTreeMap<String, File>,
    live: Live,
    index: OnceCell<Index>,
    corpus: Corpus,
    /// Whether a text has changed since `live` was brought up to date.
    stale: bool,
    set: Option<Result<Arc<RuleSet>, String>>,
}

/// One file.
#[derive(Debug)]
pub struct File {
    /// Its address, as the editor writes it.
    pub uri: Uri,
    stored: Option<Stored>,
    open: Option<Document>,
    /// What only running tests can warn about, since the last change.
    warned: Vec<Problem>,
    /// Cases that failed when the tests of a rule were run, by the rule's id, since the last change.
    failed: BTreeMap<String, Vec<Problem>>,
}

/// A byte of a file.
pub struct Place<'a> {
    /// The file, as messages show it.
    pub path: String,
    /// Its present text.
    pub text: &'a str,
    /// The lines of that.
    pub lines: Lines,
    /// The byte.
    pub offset: usize,
}

impl File {
    fn new(uri: Uri) -> Self {
        Self { uri, stored: None, open: None, warned: Vec::new(), failed: BTreeMap::new() }
    }

    /// The present text; `None` where it cannot be read.
    pub fn text(&self) -> Option<&str> {
        match &self.open {
            Some(document) => Some(&document.text),
            None => self.stored.as_ref()?.text.as_deref().ok(),
        }
    }

    /// The lines of the present text.
    pub fn lines(&self) -> Lines {
        match &self.open {
            Some(document) => document.lines.clone(),
            None => Lines::new(self.text().unwrap_or("")),
        }
    }

    /// The editor's number of the text, where it is open.
    pub fn version(&self) -> Option<i32> {
        self.open.as_ref().map(|document| document.version)
    }

    /// Why the file on the disk cannot be read.
    pub fn unreadable(&self) -> Option<&str> {
        match (&self.open, &self.stored) {
            (None, Some(stored)) => stored.text.as_ref().err().map(String::as_str),
            _ => None,
        }
    }

    fn is_rules(&self) -> bool {
        // A file that was one stays one while its first line is being edited.
        self.stored.is_some() || self.text().is_some_and(folder::is_rule_file)
    }

    fn layer(&self) -> usize {
        self.stored.as_ref().map_or(1, |stored| stored.layer)
    }
}

impl Workspace {
    /// A workspace without folder.
    pub fn new(asked: Settings, read_settings: ReadSettings) -> Self {
        Self {
            root: None,
            settings: asked.clone(),
            asked,
            read_settings,
            limits: Limits::default(),
            files: BTreeMap::new(),
            live: Live::default(),
            index: OnceCell::new(),
            corpus: Corpus::default(),
            stale: true,
            set: None,
        }
    }

    /// Opens the workspace folder, with what the editor's options say.
    ///
    /// # Errors
    /// In words, where `gainsay.toml` cannot be used; the folder is open all the same.
    pub fn open_folder(&mut self, root: Option<PathBuf>, options: &serde_json::Value) -> Result<(), String> {
        self.root = root;
        self.asked.options(options);
        self.reload()
    }

    /// Reads settings and files anew from the disk.
    ///
    /// # Errors
    /// In words, where `gainsay.toml` cannot be used.
    pub fn reload(&mut self) -> Result<(), String> {
        self.stale = true;
        let Some(root) = self.root.clone() else { return Ok(()) };
        let read = (self.read_settings)(&root);
        self.settings = self.asked.clone().or(read.as_ref().ok().cloned().flatten().unwrap_or_default());
        self.files.values_mut().for_each(|file| file.stored = None);
        for stored in folder::files(&root, &self.settings, &self.limits) {
            let (shown, address) = (self.shown(&stored.path), uri::of(&stored.path));
            self.files.entry(shown).or_insert_with(|| File::new(address)).stored = Some(stored);
        }
        self.files.retain(|_, file| file.stored.is_some() || file.open.is_some());
        read.map(drop)
    }

    /// The path as messages show it: below the workspace folder without it.
    fn shown(&self, path: &Path) -> String {
        let inside = self.root.as_ref().and_then(|root| path.strip_prefix(root).ok());
        inside.unwrap_or(path).to_string_lossy().replace('\\', "/")
    }

    /// The key of an address among the files.
    pub fn key(&self, uri: &Uri) -> String {
        uri::path(uri).map_or_else(|| uri.0.clone(), |path| self.shown(&path))
    }

    /// A document was opened.
    pub fn open(&mut self, uri: Uri, version: i32, text: String) {
        let key = self.key(&uri);
        let file = self.files.entry(key).or_insert_with(|| File::new(uri.clone()));
        file.uri = uri;
        file.open = Some(Document::new(version, text));
        self.stale = true;
    }

    /// A document was changed; one that is not open is none of ours.
    pub fn change(&mut self, uri: &Uri, version: i32, changes: Vec<Change>) {
        if let Some(document) = self.files.get_mut(&self.key(uri)).and_then(|file| file.open.as_mut()) {
            document.change(version, changes);
            self.stale = true;
        }
    }

    /// A document was closed: what is on the disk counts again.
    pub fn close(&mut self, uri: &Uri) {
        let key = self.key(uri);
        let Some(file) = self.files.get_mut(&key) else { return };
        file.open = None;
        self.changed_on_disk(uri);
    }

    /// A file was written, made or removed.
    pub fn changed_on_disk(&mut self, uri: &Uri) {
        let (key, path) = (self.key(uri), uri::path(uri));
        let named = !self.settings.rules.is_empty();
        let inside = path.as_ref().is_some_and(|path| self.root.as_ref().is_some_and(|root| path.starts_with(root)));
        if named && inside {
            // Whether the file belongs to a path of the settings, and to which, is for reading them to say.
            let _ = self.reload();
            return;
        }
        let layer = self.files.get(&key).map_or(1, File::layer);
        let text = path.as_ref().filter(|_| inside).and_then(|path| folder::read(path, &self.limits));
        let stored = path.zip(text).map(|(path, text)| Stored { path, text, layer });
        match self.files.get_mut(&key) {
            Some(file) => {
                file.stored = stored;
                if file.stored.is_none() && file.open.is_none() {
                    self.files.remove(&key);
                }
            }
            None if stored.is_some() => {
                self.files.insert(key, File { stored, ..File::new(uri.clone()) });
            }
            None => return,
        }
        self.stale = true;
    }

    /// The rule files, by the path that messages show.
    pub fn rule_files(&self) -> impl Iterator<Item = (&String, &File)> {
        self.files.iter().filter(|(_, file)| file.is_rules())
    }

    /// Brings problems and trees up to date with the texts.
    pub fn refresh(&mut self) {
        if !std::mem::take(&mut self.stale) {
            return;
        }
        self.set = None;
        self.index = OnceCell::new();
        let layered = self.layered();
        for file in self.files.values_mut() {
            file.warned.clear();
            file.failed.clear();
        }
        self.live.update(&layered);
    }

    fn layered(&self) -> Vec<Layered> {
        let mut all: Vec<Layered> = self
            .rule_files()
            .filter_map(|(path, file)| {
                let text = file.text().filter(|text| text.len() <= self.limits.rule_bytes)?.to_owned();
                let file_of = PackFile { path: path.clone(), text: text.into(), built_in: false };
                Some(Layered { file: file_of, layer: file.layer() })
            })
            .collect();
        all.sort_by_key(|layered| layered.layer);
        all
    }

    /// Mistakes and warnings of one file.
    pub fn problems<'a>(&'a self, path: &'a str) -> impl Iterator<Item = &'a Problem> {
        let file = self.files.get(path).into_iter();
        let tested = file.flat_map(|file| file.warned.iter().chain(file.failed.values().flatten()));
        self.live.problems().iter().filter(move |problem| problem.path == path).chain(tested)
    }

    /// What is too large to be read.
    pub fn too_large(&self, file: &File) -> bool {
        file.text().is_some_and(|text| text.len() > self.limits.rule_bytes)
    }

    /// The texts as they were last checked.
    pub fn live(&self) -> &Live {
        &self.live
    }

    /// Where ids stand in the trees.
    pub fn index(&self) -> &Index {
        self.index.get_or_init(|| Index::new(self.live.trees()))
    }

    /// The place of a position in a rule file.
    pub fn place(&self, uri: &Uri, position: Position) -> Option<Place<'_>> {
        let path = self.key(uri);
        let file = self.files.get(&path)?;
        let (text, lines) = (file.text()?, file.lines());
        let offset = lines.offset(text, position);
        Some(Place { path, text, lines, offset })
    }

    /// The range of a span of a file, with the file's address.
    pub fn located(&self, path: &str, span: Span) -> Option<Location> {
        let file = self.files.get(path)?;
        Some(Location { uri: file.uri.clone(), range: file.lines().range(file.text()?, span) })
    }

    /// The tree of a file's last good text, with whether that is the present one.
    pub fn tree(&self, path: &str) -> Option<(&Tree, bool)> {
        let tree = self.live.trees().iter().find(|tree| tree.source.path == path)?;
        Some((tree, self.live.whole(path)))
    }

    /// The rules of all files, compiled.
    ///
    /// # Errors
    /// The first mistake, in a line.
    pub fn rule_set(&mut self) -> Result<Arc<RuleSet>, String> {
        self.refresh();
        if let Some(set) = &self.set {
            return set.clone();
        }
        let loaded = rules::load_texts(self.layered(), self.settings.no_default_rules);
        let set = loaded.map(Arc::new).map_err(|errors| match errors.problems.first() {
            Some(first) => format!("{}:{}:{}: {} ({})", first.path, first.line, first.column, first.message, first.code),
            None => "the rule files cannot be used".to_owned(),
        });
        self.set = Some(set.clone());
        set
    }

    /// Keeps what only running tests can warn about in a file, until a text changes.
    pub fn warned(&mut self, path: &str, problems: Vec<Problem>) {
        if let Some(file) = self.files.get_mut(path) {
            file.warned = problems;
        }
    }

    /// Keeps the cases of a rule that failed, by the files they stand in, until a text changes.
    pub fn failed(&mut self, rule: &str, mut problems: BTreeMap<String, Vec<Problem>>) {
        for (path, file) in &mut self.files {
            match problems.remove(path) {
                Some(problems) => drop(file.failed.insert(rule.to_owned(), problems)),
                None => drop(file.failed.remove(rule)),
            }
        }
    }

    /// The articles that the settings name.
    pub fn articles(&self) -> Vec<PathBuf> {
        let root = self.root.clone().unwrap_or_default();
        self.settings.articles.iter().map(|path| root.join(path)).collect()
    }

    /// Those articles, read.
    pub fn readings(&mut self, rules: &RuleSet) -> Arc<Vec<Reading>> {
        let paths = self.articles();
        self.corpus.readings(&paths, rules)
    }
}
