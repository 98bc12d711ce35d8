//! What an earlier round read, kept for a later one: a file that stands as it did is not opened again.

use super::{Corpus, Kit, Output, files, gathered};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// The files of the last round with what they gave.
#[derive(Debug, Default)]
pub struct Shelf {
    kept: BTreeMap<PathBuf, Kept>,
}

/// One file as it stood when it was read.
#[derive(Debug)]
struct Kept {
    stamp: Option<Stamp>,
    output: Output,
}

/// By what a file is taken to be the same: its length, and when it was last written to.
type Stamp = (u64, SystemTime);

/// What a round cost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Effort {
    /// Files that were opened.
    pub opened: usize,
    /// Files there are.
    pub files: usize,
    /// Files of the round before that are no longer there.
    pub gone: usize,
}

impl Shelf {
    /// Reads all inputs like [`super::read`], opening only the files that are new or were written to since the last round. `leave_out`
    /// is a file that is never read: the program's own output.
    pub fn read(&mut self, inputs: &[PathBuf], kit: &Kit, leave_out: Option<&Path>) -> (Corpus, Effort) {
        let mut found = files::find(inputs);
        let own = leave_out.and_then(|path| path.canonicalize().ok());
        found.files.retain(|file| own.is_none() || file.path.as_ref().and_then(|path| path.canonicalize().ok()) != own);
        let mut before = std::mem::take(&mut self.kept);
        let stood: Vec<Option<Kept>> = found.files.iter().map(|file| before.remove(file.path.as_deref()?)).collect();
        let read: Vec<(bool, Kept)> = found
            .files
            .par_iter()
            .zip(stood)
            .map(|(file, stood)| {
                // Taken before the file is opened: what is written meanwhile shows in the next round.
                let stamp = file.path.as_deref().and_then(stamp);
                match stood.filter(|kept| stamp.is_some() && kept.stamp == stamp) {
                    Some(kept) => (false, kept),
                    None => (true, Kept { stamp, output: files::open(file, kit) }),
                }
            })
            .collect();
        let effort =
            Effort { opened: read.iter().filter(|(opened, _)| *opened).count(), files: found.files.len(), gone: before.len() };
        let outputs = found.files.iter().zip(&read).map(|(file, (_, kept))| (file.origin.clone(), kept.output.clone())).collect();
        let named = found.files.into_iter().zip(read).filter_map(|(file, (_, kept))| Some((file.path?, kept)));
        self.kept = named.collect();
        (gathered(outputs, found.notices, found.left_out, kit), effort)
    }

    /// Forgets everything: what is read next is read anew.
    pub fn clear(&mut self) {
        self.kept.clear();
    }
}

fn stamp(path: &Path) -> Option<Stamp> {
    let data = std::fs::metadata(path).ok()?;
    Some((data.len(), data.modified().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Limits;
    use crate::lexicon::Lexicon;

    #[test]
    fn only_what_was_written_to_is_opened_again() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = |name: &str| folder.path().join(name);
        let write = |name: &str, text: &str| std::fs::write(path(name), text).expect("a file is written");
        let kit = Kit::new(Lexicon::built_in(), Limits::default());
        let inputs = [folder.path().to_owned()];
        write("a.txt", "The bridge is open.");
        write("b.txt", "The bridge is closed.");
        let mut shelf = Shelf::default();
        let mut check = |opened, files, gone| {
            let (corpus, effort) = shelf.read(&inputs, &kit, Some(&path("own.txt")));
            assert_eq!(effort, Effort { opened, files, gone });
            assert_eq!(corpus, super::super::read(&inputs, &kit), "as if it were read anew");
        };
        check(2, 2, 0);
        check(0, 2, 0);
        write("b.txt", "The bridge was closed on Monday.");
        check(1, 2, 0);
        write("c.txt", "The ferry is late.");
        check(1, 3, 0);
        std::fs::remove_file(path("a.txt")).expect("it is there");
        check(0, 2, 1);
        write("own.txt", "A report.");
        let (corpus, effort) = shelf.read(&inputs, &kit, Some(&path("own.txt")));
        assert_eq!((effort.files, corpus.articles.len()), (2, 2), "the program's own output is none of its inputs");
    }
}
