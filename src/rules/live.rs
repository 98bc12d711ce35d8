//! Rule files as an editor holds them: texts that change while they are looked at.
//!
//! In: the files of a workspace with their present texts. Out: the problems that `rules check` finds without running tests. A file
//! whose syntax is broken for the moment keeps the ids of its last good tree, so that no other file loses what it refers to.

use super::load::{self, Layered};
use super::problem::{self, Problem, Source};
use super::refs::{self, Known, Tree};
use crate::lexicon::{Lexicon, LexiconFile};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

static SHIPPED: LazyLock<Known> = LazyLock::new(load::shipped_ids);

/// The files of a workspace, read as far as they have changed.
#[derive(Default)]
pub struct Live {
    /// One a file that could be read once, in order of the files.
    trees: Vec<Tree>,
    read: BTreeMap<String, Read>,
    lexicon: Lexicon,
    problems: Vec<Problem>,
}

/// What one file's text alone gives.
struct Read {
    text: String,
    layer: usize,
    /// Whether its syntax is right.
    whole: bool,
    problems: Vec<Problem>,
    words: Option<Box<LexiconFile>>,
}

impl Live {
    /// Takes the present texts over and checks them. Files that are no longer given are forgotten.
    pub fn update(&mut self, files: &[Layered]) {
        let mut before: BTreeMap<String, Tree> =
            std::mem::take(&mut self.trees).into_iter().map(|tree| (tree.source.path.clone(), tree)).collect();
        let mut read = std::mem::take(&mut self.read);
        let mut words_changed = self.lexicon.is_empty();
        for Layered { file, layer } in files {
            let mut last = before.remove(&file.path);
            let old = read.remove(&file.path);
            let now = match old {
                Some(same) if same.text == *file.text && same.layer == *layer => same,
                old => {
                    let source = Source::new(file.path.clone(), &*file.text);
                    let (now, tree) = Read::new(source, *layer);
                    words_changed |= now.words != old.and_then(|old| old.words);
                    last = tree.or(last);
                    now
                }
            };
            self.trees.extend(last.map(|tree| Tree { layer: *layer, ..tree }));
            self.read.insert(file.path.clone(), now);
        }
        if words_changed || read.values().any(|gone| gone.words.is_some()) {
            self.lexicon = Lexicon::built_in().clone();
            let words: Vec<&LexiconFile> =
                files.iter().filter_map(|file| self.read.get(&file.file.path)?.words.as_deref()).collect();
            words.into_iter().for_each(|words| self.lexicon.add(words));
        }
        self.judge();
    }

    fn judge(&mut self) {
        let mut problems: Vec<Problem> = self.read.values().flat_map(|read| read.problems.iter().cloned()).collect();
        let mut more = Vec::new();
        refs::references(&self.trees, SHIPPED.clone(), &self.lexicon, &mut more);
        super::lint::lint(&self.trees, &self.lexicon, &mut more);
        // The last good tree of a broken file has places that are no longer there.
        more.retain(|problem| self.whole(&problem.path));
        let broken: BTreeSet<String> =
            problems.iter().chain(&more).filter(|p| p.is_error()).map(|problem| problem.path.clone()).collect();
        // A warning is worth reading once the mistakes of its file are mended.
        problems.extend(more.into_iter().filter(|problem| problem.is_error() || !broken.contains(&problem.path)));
        problem::sort(&mut problems);
        self.problems = problems;
    }

    /// Whether the file's tree is that of its present text.
    pub fn whole(&self, path: &str) -> bool {
        self.read.get(path).is_some_and(|read| read.whole)
    }

    /// Every mistake, and the warnings of files without any, sorted by file and place.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// The tree of each file that could be read at least once, in the order of the files.
    pub fn trees(&self) -> &[Tree] {
        &self.trees
    }

    /// The shipped word tables with those of the files over them.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }
}

impl Read {
    fn new(source: Source, layer: usize) -> (Self, Option<Tree>) {
        let mut problems = Vec::new();
        let (root, words) = match crate::base::yaml::parse(&source.text) {
            Ok(root) => {
                super::check::structure(&source, &root, &mut problems);
                let words = root.get("lexicons").and_then(|_| load::words(&source.text));
                (Some(root), words)
            }
            Err(error) => {
                problems.push(load::syntax(&source, error));
                (None, None)
            }
        };
        let read = Self { text: source.text.clone(), layer, whole: root.is_some(), problems, words: words.map(Box::new) };
        (read, root.map(|root| Tree { source, root, layer }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::pack::PackFile;

    fn update(live: &mut Live, files: &[(&str, &str)]) -> Vec<String> {
        let layered = |(path, text): &(&str, &str)| Layered {
            file: PackFile { path: (*path).into(), text: (*text).to_owned().into(), built_in: false },
            layer: 1,
        };
        live.update(&files.iter().map(layered).collect::<Vec<_>>());
        live.problems().iter().map(|p| format!("{}:{}:{} {}", p.path, p.line, p.column, p.code)).collect()
    }

    const ENTITIES: &str = "gainsay: 1\nentities:\n  - { id: orsa, type: state, names: [Orsa] }\n";
    const GROUPS: &str = "gainsay: 1\ngroups: [{ id: sides, members: [orsa] }]\nrules:\n  - id: r\n    title: T\n    severity: note\n    message: m\n    negation: {}\n    where: { share: [sides] }\n";

    #[test]
    fn files_see_each_other_and_what_is_broken_for_a_moment() {
        let mut live = Live::default();
        let warned = ["b.yml:4:9 W101", "b.yml:4:9 W102"];
        assert_eq!(update(&mut live, &[("a.yml", ENTITIES), ("b.yml", GROUPS)]), warned);
        let broken = ENTITIES.replace("}", "");
        assert_eq!(update(&mut live, &[("a.yml", &broken), ("b.yml", GROUPS)])[1..], warned);
        assert!(!live.whole("a.yml") && live.whole("b.yml"));
        assert_eq!(update(&mut live, &[("b.yml", GROUPS)]), ["b.yml:2:33 E004"], "the file is gone, and with it the entity");
    }

    #[test]
    fn words_of_a_file_come_and_go_with_it() {
        let mut live = Live::default();
        let units = "gainsay: 1\nlexicons: { units: [{ unit: zorkmid, words: [zorkmid] }] }\n";
        let uses = "gainsay: 1\ntopics: [{ id: t, title: T, positions: [{ id: p, label: L, says: ['pay #n:zorkmid'] }], tests: { flag: [{ a: x, b: y }], quiet: [{ a: x, b: y, because: no-match }] } }]\n";
        assert_eq!(update(&mut live, &[("a.yml", units), ("b.yml", uses)]), [""; 0]);
        assert_eq!(update(&mut live, &[("b.yml", uses)]), ["b.yml:2:72 E004"]);
    }
}
