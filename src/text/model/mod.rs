//! The trained tagger and parser: one file of tables, read in place.
//!
//! In: the bytes of `rules/model/english.bin`. Out: [`Model`], which scores tags and transitions. Knows no articles.
//!
//! The file is a sequence of parts, each its length as four bytes, little end first, and its bytes: the joint tags
//! (`UPOS_XPOS` a line), the transitions (`shift`, `left REL`, `right REL` a line), the tag dictionary (a finite-state map from
//! folded form to a set), its sets (numbers of tags a line), lemmas that differ from the rules (`form tag lemma` a line),
//! the tagger's weights, one signed byte a cell, and the bits of the features that they know, and the parser's two. A feature hashes to a place from which one cell for each class
//! follows; neighbouring features share cells, which training sees too.

pub(crate) mod parser;
pub(crate) mod tagger;
pub(crate) mod word;

use super::{Pos, Rel, Tag};
use crate::base::Sym;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// Cells that a tagging feature reaches; at least the number of joint tags.
pub(crate) const TAG_WIDTH: usize = 80;
/// Cells that a parsing feature reaches; at least the number of transitions.
pub(crate) const MOVE_WIDTH: usize = 80;

/// The model that ships with the program.
pub(crate) static MODEL: LazyLock<Option<Model>> =
    LazyLock::new(|| Model::read(include_bytes!("../../../rules/model/english.bin")));

/// Weights of features, whatever their precision.
pub(crate) trait Weights {
    /// Sets the sums of all classes to those of the features that training met; others are left out.
    fn score(&self, features: &[u32], sums: &mut [i32]);
    /// The cell of one feature and class.
    fn at(&self, feature: u32, class: usize) -> i32;
    /// Whether training met the feature often enough; one in ten of the others is mistaken for such.
    fn knows(&self, feature: u32) -> bool;
}

/// Features that are looked up in one go: more than any decision has.
pub(crate) const AT_ONCE: usize = 128;

/// Those features that training met, in order, at most [`AT_ONCE`]. Whether one is known is a coin's toss to the processor, so
/// that no branch hangs on it.
#[inline]
pub(crate) fn known<'m, W: Weights>(weights: &W, features: &[u32], met: &'m mut [u32; AT_ONCE]) -> &'m [u32] {
    let mut count = 0;
    for feature in features.iter().take(AT_ONCE) {
        met[count % AT_ONCE] = *feature;
        count += usize::from(weights.knows(*feature));
    }
    &met[..count]
}

/// Place of a feature in a set of `8 << bits` features.
pub(crate) fn place(feature: u32, bytes: usize) -> (usize, u8) {
    let at = feature.wrapping_mul(0x9e37_79b1).rotate_left(15) as usize & (bytes * 8 - 1);
    (at >> 3, 1 << (at & 7))
}

/// Weights of one byte, borrowed from the file; a feature reaches `N` cells.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bytes<'a, const N: usize> {
    cells: &'a [u8],
    mask: u32,
    known: &'a [u8],
}

impl<'a, const N: usize> Bytes<'a, N> {
    /// From cells, as many as a power of two and `N`, and the bits of the known features, a power of two of bytes.
    pub fn new(cells: &'a [u8], known: &'a [u8]) -> Option<Self> {
        let places = cells.len().checked_sub(N)?;
        (places.is_power_of_two() && known.len().is_power_of_two()).then(|| Self { cells, mask: places as u32 - 1, known })
    }
}

impl<const N: usize> Bytes<'_, N> {
    #[inline]
    fn touch(&self, feature: u32) -> u8 {
        let start = (feature & self.mask) as usize;
        let cell = |at: usize| self.cells.get(at).copied().unwrap_or(0);
        cell(start) ^ cell(start + N - 1)
    }
}

impl<const N: usize> Weights for Bytes<'_, N> {
    #[inline]
    fn score(&self, features: &[u32], sums: &mut [i32]) {
        // A hundred bytes or so cannot overflow two bytes; short numbers are added eight at a time.
        let mut short = [0_i16; N];
        let mut met = [0; AT_ONCE];
        for features in features.chunks(AT_ONCE) {
            let met = known(self, features, &mut met);
            // The table is larger than the caches: all cells are sent for before the first is waited for.
            std::hint::black_box(met.iter().fold(0, |sum, feature| sum ^ self.touch(*feature)));
            for feature in met {
                let start = (feature & self.mask) as usize;
                if let Some(cells) = self.cells.get(start..).and_then(|cells| cells.first_chunk::<N>()) {
                    short.iter_mut().zip(cells).for_each(|(sum, cell)| *sum = sum.wrapping_add(i16::from(*cell as i8)));
                }
            }
        }
        sums.iter_mut().zip(short).for_each(|(sum, short)| *sum = i32::from(short));
    }

    #[inline]
    fn at(&self, feature: u32, class: usize) -> i32 {
        self.cells.get((feature & self.mask) as usize + class).map_or(0, |cell| i32::from(*cell as i8))
    }

    #[inline]
    fn knows(&self, feature: u32) -> bool {
        let (byte, bit) = place(feature, self.known.len());
        self.known.get(byte).is_some_and(|b| b & bit != 0)
    }
}

/// A joint tag.
pub(crate) type Label = (Pos, Tag);

/// Tags by word, as training saw them.
pub(crate) struct Dictionary {
    map: Option<fst::Map<Vec<u8>>>,
    borrowed: Option<fst::Map<&'static [u8]>>,
    /// Sets of tags by number; those of words seen often are complete.
    pub sets: Vec<TagSet>,
}

/// The tags of a word.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct TagSet {
    /// Numbers of joint tags, the most frequent first.
    pub tags: Vec<u8>,
    /// Whether the word was seen often enough to have no other.
    pub complete: bool,
}

impl Dictionary {
    /// One that owns its map.
    pub fn owned(map: Vec<u8>, sets: Vec<TagSet>) -> Self {
        Self { map: fst::Map::new(map).ok(), borrowed: None, sets }
    }

    /// The number of a form's set from 1, or 0 for an unknown form.
    pub fn get(&self, form: &str) -> u32 {
        let owned = self.map.as_ref().and_then(|map| map.get(form));
        owned.or_else(|| self.borrowed.as_ref().and_then(|map| map.get(form))).map_or(0, |n| n as u32 + 1)
    }

    /// The set behind a number from [`Dictionary::get`].
    pub fn set(&self, number: u32) -> Option<&TagSet> {
        self.sets.get((number as usize).checked_sub(1)?)
    }
}

/// The tagger and parser in the form that reads text.
pub(crate) struct Model {
    pub tags: Vec<Label>,
    pub moves: Vec<parser::Move>,
    pub dictionary: Dictionary,
    pub lemmas: FxHashMap<(Sym, u8), Sym>,
    pub tag_weights: Bytes<'static, TAG_WIDTH>,
    pub move_weights: Bytes<'static, MOVE_WIDTH>,
}

impl Model {
    /// Reads a model; `None` where the bytes are no whole one.
    pub fn read(bytes: &'static [u8]) -> Option<Self> {
        let mut rest = bytes;
        let mut part = || {
            let (head, tail) = rest.split_first_chunk::<4>()?;
            let (part, tail) = tail.split_at_checked(u32::from_le_bytes(*head) as usize)?;
            rest = tail;
            Some(part)
        };
        let text = |part: &'static [u8]| std::str::from_utf8(part).ok();
        let tags: Vec<Label> = text(part()?)?.lines().map(label).collect::<Option<_>>()?;
        let moves: Vec<_> = text(part()?)?.lines().map(parser::Move::read).collect::<Option<_>>()?;
        let map = fst::Map::new(part()?).ok()?;
        let sets = text(part()?)?.lines().map(tag_set).collect::<Option<_>>()?;
        let by_name: FxHashMap<Label, u8> = tags.iter().zip(0..).map(|(t, n)| (*t, n)).collect();
        let mut lemmas = FxHashMap::default();
        for line in text(part()?)?.lines() {
            let mut fields = line.split('\t');
            let (form, tag, lemma) = (fields.next()?, label(fields.next()?)?, fields.next()?);
            lemmas.insert((Sym::new(form), *by_name.get(&tag)?), Sym::new(lemma));
        }
        let tag_weights = Bytes::new(part()?, part()?)?;
        let move_weights = Bytes::new(part()?, part()?)?;
        (tags.len() <= TAG_WIDTH && moves.len() <= MOVE_WIDTH).then_some(Self {
            tags,
            moves,
            dictionary: Dictionary { map: None, borrowed: Some(map), sets },
            lemmas,
            tag_weights,
            move_weights,
        })
    }
}

/// Reads `NOUN_NNS`.
pub(crate) fn label(text: &str) -> Option<Label> {
    let (pos, tag) = text.split_once('_')?;
    Some((Pos::from_name(pos)?, Tag::from_name(tag)?))
}

/// Writes `NOUN_NNS`.
pub(crate) fn label_name((pos, tag): Label) -> String {
    format!("{}_{}", pos.name(), tag.name())
}

/// Reads `+ 3 17`: a complete set of two tags.
fn tag_set(line: &str) -> Option<TagSet> {
    let (mark, tags) = line.split_once(' ')?;
    let tags = tags.split(' ').map(|n| n.parse().ok()).collect::<Option<_>>()?;
    Some(TagSet { tags, complete: mark == "+" })
}

impl TagSet {
    /// Writes what the file holds of it.
    pub fn line(&self) -> String {
        let tags: Vec<_> = self.tags.iter().map(u8::to_string).collect();
        format!("{} {}", if self.complete { '+' } else { '-' }, tags.join(" "))
    }
}

/// One number for a feature: its template and up to three values.
#[inline]
pub(crate) fn feature(template: u32, a: u32, b: u32, c: u32) -> u32 {
    let mut hash = (u64::from(template) << 32 | u64::from(a)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    hash = (hash ^ hash >> 29 ^ u64::from(b)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash = (hash ^ hash >> 31 ^ u64::from(c)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (hash >> 32) as u32
}

/// A number for a string, the same on every machine.
pub(crate) fn hash(text: &[u8]) -> u32 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in text {
        hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    }
    (hash ^ hash >> 32) as u32
}

/// Relations that an arc can have, as a bit each.
pub(crate) fn rel_bit(rel: Rel) -> u64 {
    1 << (rel as u8 & 63)
}
