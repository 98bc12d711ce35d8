//! Trains the parser with a dynamic oracle that explores the parser's own errors.
//!
//! Source: Goldberg and Nivre 2013, "Training deterministic parsers with non-deterministic oracles"; the costs are theirs for
//! arc-hybrid. Ours adds a margin, and whole numbers throughout.

use super::Settings;
use super::conllu::Tree;
use super::perceptron::{Numbers, Seen, Table, fill, mark, quantise};
use crate::text::Rel;
use crate::text::model::parser::{MOVE_FEATURES, Move, Node, State, extract};
use crate::text::model::word::node;
use crate::text::model::{Label, MOVE_WIDTH, Weights};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// How far the best right transition has to lead before nothing is learnt.
const MARGIN: i32 = 60;
/// Passes before the parser is followed into its errors.
const LED: usize = 1;

/// A sentence to learn from.
struct Example {
    nodes: Vec<Node>,
    heads: Vec<u32>,
    rels: Vec<Rel>,
    /// Dependents of each word, in order.
    below: Vec<Vec<u32>>,
}

/// The transitions that the trees need, the most frequent first.
pub(super) fn moves(trees: &[Tree]) -> Vec<Move> {
    let mut counts: BTreeMap<Move, usize> = BTreeMap::new();
    for tree in trees {
        for (at, word) in (0_u32..).zip(&tree.words) {
            let step = if word.head > at { Move::Left(word.rel) } else { Move::Right(word.rel) };
            *counts.entry(step).or_default() += 1;
        }
    }
    let mut list: Vec<_> = counts.into_iter().filter(|(_, n)| *n >= 8).collect();
    list.sort_by_key(|(step, n)| (std::cmp::Reverse(*n), *step));
    list.truncate(MOVE_WIDTH - 1);
    std::iter::once(Move::Shift).chain(list.into_iter().map(|(step, _)| step)).collect()
}

fn example(tree: &Tree, tags: &[Label], labels: &[Label], stopped: bool) -> Option<Example> {
    let mut count = tree.words.len();
    if !stopped {
        let last = count as u32 - 1;
        let stop = tree.words.last().is_some_and(|w| &*w.written == ".") && tree.words.iter().all(|w| w.head != last);
        count = if stop && count > 3 { count - 1 } else { return None };
    }
    let words = &tree.words[..count];
    let mut below = vec![Vec::new(); count + 1];
    let head = |h: u32| h.min(count as u32);
    (0_u32..).zip(words).for_each(|(at, w)| below[head(w.head) as usize].push(at));
    let nodes = words
        .iter()
        .zip(tags)
        .map(|(word, label)| {
            let number = labels.iter().position(|l| l == label).unwrap_or(0) as u8;
            node(word.form, *label, number)
        })
        .collect();
    Some(Example {
        nodes,
        heads: words.iter().map(|w| head(w.head)).collect(),
        rels: words.iter().map(|w| w.rel).collect(),
        below,
    })
}

impl Example {
    /// Gold arcs that become impossible by each kind of transition: shift, left, right.
    fn costs(&self, state: &State) -> [u32; 3] {
        let next = state.next;
        let depth = state.stack.len();
        let ahead = |word: u32| self.below[word as usize].iter().rev().take_while(|d| **d >= next).count() as u32;
        let mut costs = [0; 3];
        if state.can_shift() {
            let head = self.heads[next as usize];
            let lost = depth > 1 && state.stack[..depth - 1].contains(&head);
            let dependents = state.stack.iter().filter(|s| self.heads[**s as usize] == next).count() as u32;
            costs[0] = u32::from(lost) + dependents;
        }
        if let Some(top) = state.stack.last() {
            let head = self.heads[*top as usize];
            let second = depth.checked_sub(2).map(|i| state.stack[i]);
            costs[1] = u32::from(head > next || Some(head) == second) + ahead(*top);
            costs[2] = u32::from(head >= next) + ahead(*top);
        }
        costs
    }

    /// Whether a transition is among the best, with the relation that the tree has.
    fn right(&self, state: &State, step: Move, costs: [u32; 3], least: u32) -> bool {
        let labelled = |rel: Rel| state.stack.last().is_some_and(|top| self.rels[*top as usize] == rel);
        match step {
            Move::Shift => costs[0] == least,
            Move::Left(rel) => costs[1] == least && labelled(rel),
            Move::Right(rel) => costs[2] == least && labelled(rel),
        }
    }
}

/// Trains the parser and returns its table of bytes and the bits of the features that it knows.
pub(super) fn train(
    trees: &[Tree],
    tags: &[Vec<Label>],
    labels: &[Label],
    moves: &[Move],
    settings: Settings,
    say: &mut dyn FnMut(&str),
) -> (Vec<u8>, Vec<u8>) {
    let mut numbers = Numbers(11);
    let mut examples = Vec::new();
    for (tree, tags) in trees.iter().zip(tags) {
        examples.extend(example(tree, tags, labels, true));
        if numbers.next() % 100 < 10 {
            examples.extend(example(tree, tags, labels, false));
        }
    }
    let seen = met(&examples, moves);
    let mut known = vec![0; 1 << (settings.parse_bits - 2)];
    walk(&examples, moves, &mut |f| {
        if seen.often(f, settings.least) {
            mark(&mut known, f);
        }
    });
    say(&format!("known features fill {:.1} % of their bits", fill(&known)));
    let tables: Vec<_> = (0..settings.seeds)
        .into_par_iter()
        .map(|seed| {
            let mut notes = Vec::new();
            let table = learn(&examples, &known, moves, settings, seed, &mut notes);
            (table, notes)
        })
        .collect();
    tables.iter().flat_map(|(_, notes)| notes).for_each(|note| say(note));
    (quantise(&tables.into_iter().map(|(table, _)| table).collect::<Vec<_>>()), known)
}

/// Counts the features of the states that lead to the trees. Rare ones are not worth their cells.
fn met(examples: &[Example], moves: &[Move]) -> Seen {
    let mut seen = Seen::default();
    walk(examples, moves, &mut |f| seen.add(f));
    seen
}

/// Visits the features of those states.
fn walk(examples: &[Example], moves: &[Move], visit: &mut dyn FnMut(u32)) {
    let mut state = State::default();
    let mut features = [0; MOVE_FEATURES];
    for one in examples {
        state.start(&one.nodes);
        while !state.done() {
            let costs = one.costs(&state);
            let step = if state.stack.is_empty() || !state.can_shift() && state.stack.len() == 1 {
                if state.can_shift() { Move::Shift } else { Move::Left(Rel::Root) }
            } else {
                let count = extract(&one.nodes, &state, &mut features);
                features[..count].iter().for_each(|f| visit(*f));
                let allowed = [state.can_shift(), state.can_left() && state.can_shift(), state.can_right()];
                let least = (0..3).filter(|k| allowed[*k]).map(|k| costs[k]).min().unwrap_or(0);
                let step =
                    moves.iter().copied().filter(|step| state.allows(*step)).rfind(|step| one.right(&state, *step, costs, least));
                step.unwrap_or(if allowed[0] { Move::Shift } else { Move::Right(Rel::Dep) })
            };
            state.apply(step);
        }
    }
}

fn learn(examples: &[Example], known: &[u8], moves: &[Move], settings: Settings, seed: u64, notes: &mut Vec<String>) -> Vec<i64> {
    let mut table = Table::new(settings.parse_bits, MOVE_WIDTH, known.to_vec());
    let mut numbers = Numbers(seed + 101);
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut features = [0; MOVE_FEATURES];
    let mut sums = [0_i32; MOVE_WIDTH];
    let mut state = State::default();
    let mut known = Vec::with_capacity(MOVE_FEATURES);
    for epoch in 0..settings.parse_epochs {
        numbers.shuffle(&mut order);
        let (mut steps, mut errors) = (0_usize, 0_usize);
        for one in order.iter().map(|at| &examples[*at]) {
            state.start(&one.nodes);
            while !state.done() {
                table.tick();
                if state.stack.is_empty() || !state.can_shift() && state.stack.len() == 1 {
                    state.apply(if state.can_shift() { Move::Shift } else { Move::Left(Rel::Root) });
                    continue;
                }
                let count = extract(&one.nodes, &state, &mut features);
                known.clear();
                known.extend(features[..count].iter().copied().filter(|f| table.knows(*f)));
                table.score(&known, &mut sums);
                let costs = one.costs(&state);
                let allowed = [state.can_shift(), state.can_left() && state.can_shift(), state.can_right()];
                let least = (0..3).filter(|k| allowed[*k]).map(|k| costs[k]).min().unwrap_or(0);
                let (mut best, mut wrong) = (None::<(i32, usize)>, None::<(i32, usize)>);
                for (index, step) in moves.iter().enumerate().filter(|(_, step)| state.allows(**step)) {
                    let sum = sums[index];
                    let side = if one.right(&state, *step, costs, least) { &mut best } else { &mut wrong };
                    if side.is_none_or(|(top, _)| sum > top) {
                        *side = Some((sum, index));
                    }
                }
                steps += 1;
                let Some((top, right)) = best else {
                    // The relation is too rare to be learnt: follow the tree without it.
                    let step = if costs[0] == least && allowed[0] {
                        Move::Shift
                    } else if costs[1] == least && allowed[1] {
                        Move::Left(Rel::Dep)
                    } else {
                        Move::Right(Rel::Dep)
                    };
                    state.apply(step);
                    continue;
                };
                let mut taken = right;
                if let Some((rival, other)) = wrong {
                    if rival >= top {
                        errors += 1;
                        if epoch >= LED && !numbers.next().is_multiple_of(10) {
                            taken = other;
                        }
                    }
                    if top - rival < MARGIN {
                        table.update(&known, right, other);
                    }
                }
                state.apply(moves[taken]);
            }
        }
        notes.push(format!("seed {seed} epoch {epoch}: {:.2} % of transitions wrong", 100.0 * errors as f64 / steps as f64));
    }
    table.average()
}
