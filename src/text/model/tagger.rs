//! The tagger: greedy from left to right, one linear model over joint tags.

use super::word::Word;
use super::{AT_ONCE, Dictionary, Weights, feature, known};
use crate::text::Shape;

/// Features of one decision.
pub(crate) const TAG_FEATURES: usize = 41;

/// Tags one sentence: one number of a joint tag for each word.
pub(crate) fn tag<W: Weights>(words: &[Word], weights: &W, dictionary: &Dictionary, count: usize, tags: &mut Vec<u8>) {
    tags.clear();
    let capitals = capitals(words);
    let mut features = [0; TAG_FEATURES];
    let mut met = [0; AT_ONCE];
    let mut sums = [0_i32; super::TAG_WIDTH];
    for index in 0..words.len() {
        let set = dictionary.set(words[index].info.set).filter(|set| set.complete);
        if let Some([only]) = set.map(|set| set.tags.as_slice()) {
            tags.push(*only);
            continue;
        }
        extract(words, index, tags, capitals, &mut features);
        let best = if let Some(set) = set {
            let met = known(weights, &features, &mut met);
            let score = |tag: u8| met.iter().map(|f| weights.at(*f, usize::from(tag))).sum::<i32>();
            // The first of equals wins, so that the order of the set decides.
            set.tags
                .iter()
                .map(|tag| (score(*tag), *tag))
                .reduce(|best, next| if next.0 > best.0 { next } else { best })
                .map_or(0, |b| b.1)
        } else {
            weights.score(&features, &mut sums);
            best_of(&sums[..count])
        };
        tags.push(best);
    }
}

/// Number of the highest sum, the first of equals.
pub(crate) fn best_of(sums: &[i32]) -> u8 {
    let best = sums.iter().enumerate().reduce(|best, next| if next.1 > best.1 { next } else { best });
    best.map_or(0, |(index, _)| index as u8)
}

/// How far capitals tell names from words here: 0 they do, 1 every long word has one, 2 all letters are capitals, 3 none is.
pub(crate) fn capitals(words: &[Word]) -> u32 {
    let (mut lower, mut title, mut upper) = (0, 0, 0);
    for word in words {
        match word.shape {
            Shape::Lower if word.info.marks & (16 | 32) == 0 => lower += 1,
            Shape::Title | Shape::Mixed => title += 1,
            Shape::Upper if word.info.marks & 16 == 0 => upper += 1,
            _ => {}
        }
    }
    match (lower, title, upper) {
        (0, 0, 1) => 0,
        (0, 0, 2..) => 2,
        (0, 2.., _) => 1,
        (_, 0, 0) => 3,
        _ => 0,
    }
}

/// Fills in the features of the word at `index`, whose predecessors have tags.
pub(crate) fn extract(words: &[Word], index: usize, tags: &[u8], capitals: u32, out: &mut [u32; TAG_FEATURES]) {
    const EDGE: u32 = 1;
    let near = |offset: isize| index.checked_add_signed(offset).and_then(|i| words.get(i));
    let form = |offset: isize| near(offset).map_or(EDGE, |w| w.info.form);
    let classes = |offset: isize| near(offset).map_or(EDGE << 16, |w| w.info.classes);
    let set = |offset: isize| near(offset).map_or(u32::MAX, |w| w.info.set);
    let shape = |offset: isize| near(offset).map_or(9, |w| w.shape as u32);
    let tag = |back: usize| index.checked_sub(back).and_then(|i| tags.get(i)).map_or(255, |t| u32::from(*t));
    let suffix = |offset: isize, n: usize| near(offset).map_or(EDGE, |w| w.info.suffix[n]);
    let word = &words[index];
    let info = &word.info;
    // A capital at the start, also behind an opening mark, tells nothing.
    let start = u32::from(words[..index].iter().all(|w| w.shape == Shape::Mark));
    let look = word.shape as u32 | start << 4 | capitals << 5 | info.marks << 8;
    let (t1, t2) = (tag(1), tag(2));
    let mut next = 0;
    let mut put = |a: u32, b: u32, c: u32| {
        out[next] = feature(next as u32, a, b, c);
        next += 1;
    };
    put(0, 0, 0);
    put(info.form, 0, 0);
    put(info.suffix[0], 0, 0);
    put(info.suffix[1], 0, 0);
    put(info.suffix[2], 0, 0);
    put(info.suffix[3], 0, 0);
    put(info.prefix[0], 0, 0);
    put(info.prefix[1], 0, 0);
    put(info.prefix[2], 0, 0);
    put(t1, 0, 0);
    put(t2, 0, 0);
    put(t1, t2, 0);
    put(t1, info.form, 0);
    put(t1, info.suffix[2], 0);
    put(t1, form(1), 0);
    put(form(-1), 0, 0);
    put(form(-2), 0, 0);
    put(form(1), 0, 0);
    put(form(2), 0, 0);
    put(suffix(-1, 2), 0, 0);
    put(suffix(1, 2), 0, 0);
    put(form(-1), info.form, 0);
    put(info.form, form(1), 0);
    put(form(-1), form(1), 0);
    put(look, 0, 0);
    put(look, t1, 0);
    put(look, shape(-1), shape(1));
    put(look, info.suffix[2], 0);
    put(info.classes, look, 0);
    put(info.classes, t1, 0);
    put(info.classes, info.suffix[1], 0);
    put(info.classes, classes(1), 0);
    put(classes(-1), info.classes, classes(1));
    put(info.classes, t1, t2);
    put(info.set, t1, t2);
    put(info.set, set(1), t1);
    put(info.set, set(1), set(2));
    put(set(-1), info.set, set(1));
    put(info.set, info.form, set(1));
    put(t1, t2, form(1));
    put(info.form, shape(1), look & 0x7f);
}
