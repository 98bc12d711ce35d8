//! Trains the tagger, its dictionary and the table of lemmas that the rules do not give.

use super::conllu::Tree;
use super::perceptron::{Numbers, Seen, Table, mark, quantise};
use super::{Settings, fold_of};
use crate::base::Sym;
use crate::text::model::tagger::{TAG_FEATURES, best_of, capitals, extract};
use crate::text::model::word::{Memo, Word};
use crate::text::model::{Bytes, Dictionary, Label, TAG_WIDTH, TagSet, Weights, label_name};
use crate::text::{Pos, Shape, Tag, lemma};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// How far the right tag has to lead before nothing is learnt.
const MARGIN: i32 = 40;
/// A word seen this often has no tags but those seen.
const COMPLETE: usize = 60;
/// A word seen this often stands in the dictionary.
const KNOWN: usize = 3;

/// The joint tags worth learning, the most frequent first.
pub(super) fn labels(trees: &[Tree]) -> Vec<Label> {
    let mut counts: BTreeMap<Label, usize> = BTreeMap::new();
    trees.iter().flat_map(|t| &t.words).for_each(|w| *counts.entry((w.pos, w.tag)).or_default() += 1);
    let mut labels: Vec<_> = counts.into_iter().filter(|(_, n)| *n >= 10).collect();
    labels.sort_by_key(|(label, n)| (std::cmp::Reverse(*n), *label));
    labels.truncate(TAG_WIDTH);
    labels.into_iter().map(|(label, _)| label).collect()
}

/// A tag dictionary as the file holds it.
pub(super) struct Sets {
    pub map: Vec<u8>,
    pub sets: Vec<TagSet>,
}

impl Sets {
    pub fn build(&self) -> Dictionary {
        Dictionary::owned(self.map.clone(), self.sets.clone())
    }
}

/// Number of a word's label; a rare one counts as the most frequent label with its coarse tag.
fn number(labels: &[Label], label: Label) -> Option<u8> {
    let exact = labels.iter().position(|l| *l == label);
    exact.or_else(|| labels.iter().position(|l| l.0 == label.0)).map(|n| n as u8)
}

/// Collects the tags of words.
pub(super) fn dictionary<'a>(trees: impl IntoIterator<Item = &'a Tree>, labels: &[Label]) -> Sets {
    let mut seen: BTreeMap<&'static str, BTreeMap<u8, usize>> = BTreeMap::new();
    for word in trees.into_iter().flat_map(|t| &t.words) {
        if let Some(number) = number(labels, (word.pos, word.tag)) {
            *seen.entry(word.form.as_str()).or_default().entry(number).or_default() += 1;
        }
    }
    let mut found: BTreeMap<&'static str, TagSet> = BTreeMap::new();
    for (form, tags) in seen {
        let total: usize = tags.values().sum();
        if total < KNOWN {
            continue;
        }
        let mut tags: Vec<_> = tags.into_iter().collect();
        tags.sort_by_key(|(tag, n)| (std::cmp::Reverse(*n), *tag));
        let named = tags.iter().all(|(tag, _)| matches!(labels[usize::from(*tag)].0, Pos::Propn | Pos::X | Pos::Intj));
        let complete = total >= COMPLETE && !(named && lemma::classes(form) != 0);
        // What a frequent word was once or twice in ten thousand is a slip.
        let tags = tags.into_iter().filter(|(_, n)| n * 2000 >= total).map(|(tag, _)| tag).collect();
        found.insert(form, TagSet { tags, complete });
    }
    let mut sets: Vec<TagSet> = found.values().cloned().collect();
    sets.sort();
    sets.dedup();
    let mut builder = fst::MapBuilder::memory();
    for (form, set) in &found {
        let index = sets.binary_search(set).expect("every set was collected");
        builder.insert(form, index as u64).expect("forms come in order");
    }
    Sets { map: builder.into_inner().expect("memory does not fail"), sets }
}

/// Words and right labels of one sentence.
struct Example {
    words: Vec<Word>,
    gold: Vec<u8>,
}

/// How an example differs from its sentence: so that headlines and careless text are read too.
#[derive(Clone, Copy)]
enum Written {
    AsIs,
    Titled,
    Shouted,
    Lowered,
    Unstopped,
}

fn example(tree: &Tree, written: Written, labels: &[Label], memo: &mut Memo, dictionary: &Dictionary) -> Option<Example> {
    let mut words: Vec<Word> = Vec::new();
    let mut gold = Vec::new();
    for word in &tree.words {
        let letters = matches!(word.shape, Shape::Lower | Shape::Title | Shape::Upper | Shape::Mixed);
        let small =
            word.written.chars().count() < 4 && !matches!(word.pos, Pos::Noun | Pos::Propn | Pos::Verb | Pos::Adj | Pos::Pron);
        let shape = match written {
            Written::Titled if word.shape == Shape::Lower && !small => Shape::Title,
            Written::Shouted if letters => Shape::Upper,
            Written::Lowered if letters => Shape::Lower,
            _ => word.shape,
        };
        words.push(Word { info: memo.info(word.form, dictionary), shape });
        gold.push(number(labels, (word.pos, word.tag))?);
    }
    if matches!(written, Written::Titled | Written::Shouted | Written::Unstopped)
        && tree.words.last().is_some_and(|w| &*w.written == ".")
    {
        words.pop();
        gold.pop();
    }
    (!words.is_empty()).then_some(Example { words, gold })
}

fn examples<'a>(trees: impl IntoIterator<Item = &'a Tree>, labels: &[Label], dictionary: &Dictionary) -> Vec<Example> {
    let mut memo = Memo::default();
    let mut list = Vec::new();
    let mut numbers = Numbers(7);
    for tree in trees {
        list.extend(example(tree, Written::AsIs, labels, &mut memo, dictionary));
        let other = match numbers.next() % 100 {
            0..10 if tree.words.len() > 3 => Written::Titled,
            10..13 if tree.words.len() > 3 => Written::Shouted,
            13..19 => Written::Lowered,
            19..25 => Written::Unstopped,
            _ => continue,
        };
        list.extend(example(tree, other, labels, &mut memo, dictionary));
    }
    list
}

/// Trains the tagger and returns its table of bytes and the bits of the features that it knows.
pub(super) fn train(
    trees: &[Tree],
    labels: &[Label],
    dictionary: &Dictionary,
    settings: Settings,
    seeds: u64,
) -> (Vec<u8>, Vec<u8>) {
    let examples = examples(trees, labels, dictionary);
    let known = known(&examples, settings);
    let learn = |seed| learn(&examples, &known, labels.len(), dictionary, settings, seed);
    let tables: Vec<_> = (0..seeds).into_par_iter().map(learn).collect();
    (quantise(&tables), known)
}

/// The features that are met at least twice.
fn known(examples: &[Example], settings: Settings) -> Vec<u8> {
    let mut features = [0; TAG_FEATURES];
    let mut each = |visit: &mut dyn FnMut(u32)| {
        for one in examples {
            let capitals = capitals(&one.words);
            for index in 0..one.words.len() {
                extract(&one.words, index, &one.gold[..index], capitals, &mut features);
                features.iter().for_each(|f| visit(*f));
            }
        }
    };
    let mut seen = Seen::default();
    each(&mut |f| seen.add(f));
    let mut known = vec![0; 1 << (settings.tag_bits - 2)];
    each(&mut |f| {
        if seen.often(f, 2) {
            mark(&mut known, f);
        }
    });
    known
}

fn learn(examples: &[Example], known: &[u8], count: usize, dictionary: &Dictionary, settings: Settings, seed: u64) -> Vec<i64> {
    let mut features = [0; TAG_FEATURES];
    let mut table = Table::new(settings.tag_bits, TAG_WIDTH, known.to_vec());
    let mut numbers = Numbers(seed + 1);
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut sums = [0_i32; TAG_WIDTH];
    let mut tags: Vec<u8> = Vec::new();
    let mut met = Vec::with_capacity(TAG_FEATURES);
    for _ in 0..settings.tag_epochs {
        numbers.shuffle(&mut order);
        for one in order.iter().map(|at| &examples[*at]) {
            let capitals = capitals(&one.words);
            tags.clear();
            for (index, gold) in one.gold.iter().enumerate() {
                table.tick();
                let set = dictionary.set(one.words[index].info.set).filter(|s| s.complete);
                if let Some([only]) = set.map(|s| s.tags.as_slice()) {
                    tags.push(*only);
                    continue;
                }
                extract(&one.words, index, &tags, capitals, &mut features);
                met.clear();
                met.extend(features.iter().copied().filter(|f| table.knows(*f)));
                table.score(&met, &mut sums);
                if let Some(set) = set {
                    (0..TAG_WIDTH).filter(|tag| !set.tags.contains(&(*tag as u8))).for_each(|tag| sums[tag] = i32::MIN / 2);
                }
                let best = best_of(&sums[..count]);
                tags.push(best);
                let right = sums[usize::from(*gold)];
                sums[usize::from(*gold)] = i32::MIN;
                let rival = best_of(&sums[..count]);
                if right > i32::MIN / 2 && right - sums[usize::from(rival)] < MARGIN && sums[usize::from(rival)] > i32::MIN / 2 {
                    table.update(&met, usize::from(*gold), usize::from(rival));
                }
            }
        }
    }
    table.average()
}

/// Tags every sentence by a tagger that has not seen it.
pub(super) fn jack_knife(trees: &[Tree], labels: &[Label], settings: Settings) -> Vec<Vec<Label>> {
    let folds = settings.folds.max(2);
    let parts: Vec<Vec<(usize, Vec<Label>)>> = (0..folds)
        .into_par_iter()
        .map(|fold| {
            let rest = || trees.iter().enumerate().filter(move |(at, _)| fold_of(*at, folds) != fold).map(|(_, t)| t);
            let dictionary = dictionary(rest(), labels).build();
            let examples = examples(rest(), labels, &dictionary);
            let fewer = Settings { tag_epochs: settings.tag_epochs.min(6), ..settings };
            let known = known(&examples, settings);
            let cells = quantise(&[learn(&examples, &known, labels.len(), &dictionary, fewer, 0)]);
            let weights = Bytes::<TAG_WIDTH>::new(&cells, &known).expect("both are made a power of two long");
            let mut memo = Memo::default();
            let mut tags = Vec::new();
            let held = trees.iter().enumerate().filter(|(at, _)| fold_of(*at, folds) == fold);
            held.map(|(at, tree)| {
                let words: Vec<_> =
                    tree.words.iter().map(|w| Word { info: memo.info(w.form, &dictionary), shape: w.shape }).collect();
                crate::text::model::tagger::tag(&words, &weights, &dictionary, labels.len(), &mut tags);
                (at, tags.iter().map(|t| labels[usize::from(*t)]).collect())
            })
            .collect()
        })
        .collect();
    let mut all = vec![Vec::new(); trees.len()];
    parts.into_iter().flatten().for_each(|(at, tags)| all[at] = tags);
    all
}

/// Lemmas that the treebank gives at least twice and the rules do not: `form tag lemma` a line.
pub(super) fn lemmas(trees: &[Tree]) -> Vec<String> {
    let mut seen: BTreeMap<(&'static str, Label), BTreeMap<&'static str, usize>> = BTreeMap::new();
    for word in trees.iter().flat_map(|t| &t.words) {
        let key = (word.form.as_str(), (word.pos, word.tag));
        *seen.entry(key).or_default().entry(word.lemma.as_str()).or_default() += 1;
    }
    let labels = labels(trees);
    let mut lines = Vec::new();
    for ((form, label), lemmas) in seen {
        let total: usize = lemmas.values().sum();
        let Some((best, count)) = lemmas.iter().max_by_key(|(lemma, n)| (**n, std::cmp::Reverse(**lemma))) else { continue };
        let odd = form.contains(['\t', '\n']) || best.contains(['\t', '\n', ' ']) || *best == "_" || Sym::new(best).is_empty();
        let worth = *count >= 2 && count * 10 >= total * 7 && label.0 != Pos::Propn && label.1 != Tag::Gw;
        if worth && !odd && labels.contains(&label) && lemma::lemma(form, label.0, label.1) != *best {
            lines.push(format!("{form}\t{}\t{best}", label_name(label)));
        }
    }
    lines
}
