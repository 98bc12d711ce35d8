//! Interned strings: one number per distinct word, so that matching compares integers.
//!
//! Symbols live as long as the process. Their numbers depend on the order in which threads met the words, so they serve
//! equality and hashing only: never sort by them and never print them. Growth is bounded by the distinct words read.

use rustc_hash::FxHashMap;
use std::cell::RefCell;
use std::sync::{LazyLock, OnceLock, RwLock};

/// An interned string. Equal symbols are equal strings; the default is the empty string.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Sym(u32);

/// Numbers by string.
static IDS: LazyLock<RwLock<FxHashMap<&'static str, u32>>> = LazyLock::new(|| {
    set(0, "");
    RwLock::new(FxHashMap::from_iter([("", 0)]))
});

/// Strings by number, in blocks of doubling size that never move, so that reading one waits for nobody.
static STRINGS: [OnceLock<Box<[OnceLock<&'static str>]>>; 32] = [const { OnceLock::new() }; 32];

/// The block of a number, and its place there.
fn place(number: u32) -> (usize, usize) {
    let from_one = u64::from(number) + 1;
    let block = from_one.ilog2();
    (block as usize, (from_one - (1 << block)) as usize)
}

fn set(number: u32, string: &'static str) {
    let (block, at) = place(number);
    let slots = STRINGS[block].get_or_init(|| (0..1_usize << block).map(|_| OnceLock::new()).collect());
    slots[at].get_or_init(|| string);
}

thread_local! {
    /// What this thread has looked up, so that the lock is taken once per distinct word and thread.
    static SEEN: RefCell<FxHashMap<&'static str, u32>> = RefCell::default();
}

impl Sym {
    /// Interns `word` as it stands; the caller folds case.
    pub fn new(word: &str) -> Self {
        SEEN.with_borrow_mut(|seen| {
            if let Some(id) = seen.get(word) {
                return Self(*id);
            }
            let (stored, id) = lookup(word);
            seen.insert(stored, id);
            Self(id)
        })
    }

    /// The string.
    pub fn as_str(self) -> &'static str {
        let (block, at) = place(self.0);
        STRINGS[block].get().and_then(|slots| slots[at].get()).copied().unwrap_or("")
    }

    /// Whether it stands for `word`, without a look-up of the word.
    pub fn is(self, word: &str) -> bool {
        self.as_str() == word
    }

    /// Its number, for sorted lists that are merged and never shown.
    pub fn number(self) -> u32 {
        self.0
    }

    /// Whether it is the empty string, which stands for "no lemma".
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
}

fn lookup(word: &str) -> (&'static str, u32) {
    {
        let ids = IDS.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some((stored, id)) = ids.get_key_value(word) {
            return (stored, *id);
        }
    }
    let mut ids = IDS.write().unwrap_or_else(std::sync::PoisonError::into_inner);
    if let Some((stored, id)) = ids.get_key_value(word) {
        return (stored, *id);
    }
    let stored: &'static str = Box::leak(word.to_owned().into_boxed_str());
    let id = u32::try_from(ids.len()).ok().filter(|id| *id < u32::MAX).expect("fewer than 2^32 distinct words fit in memory");
    // The string is in its place before anybody can learn its number.
    set(id, stored);
    ids.insert(stored, id);
    (stored, id)
}

impl std::fmt::Debug for Sym {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}", self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_words_are_equal_symbols() {
        assert_eq!(Sym::new("bridge"), Sym::new("bridge"));
        assert_ne!(Sym::new("bridge"), Sym::new("Bridge"));
        assert_eq!(Sym::new("bridge").as_str(), "bridge");
        assert!(Sym::default().is_empty());
        assert!(Sym::new("bridge").is("bridge") && !Sym::new("bridge").is("bridges"));
    }
}
