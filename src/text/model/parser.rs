//! The parser: arc-hybrid transitions, greedy, one linear model over transitions with their relations.
//!
//! Source: Kuhlmann, Gómez-Rodríguez and Satta 2011, "Dynamic programming algorithms for transition-based dependency parsers"
//! (the system); Goldberg and Nivre 2013, "Training deterministic parsers with non-deterministic oracles" (how it is trained).
//! Ours puts the root behind the last word, so that each sentence gets exactly one.

use super::{MOVE_WIDTH, Weights, feature, rel_bit};
use crate::text::Rel;

/// One transition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Move {
    /// The next word goes on the stack.
    Shift,
    /// The top of the stack depends on the next word.
    Left(Rel),
    /// The top of the stack depends on the one below it.
    Right(Rel),
}

impl Move {
    /// Reads `shift`, `left nsubj`, `right obj`.
    pub fn read(text: &str) -> Option<Self> {
        if text == "shift" {
            return Some(Self::Shift);
        }
        let (kind, rel) = text.split_once(' ')?;
        let rel = Rel::from_name(rel)?;
        match kind {
            "left" => Some(Self::Left(rel)),
            "right" => Some(Self::Right(rel)),
            _ => None,
        }
    }

    /// Writes what [`Move::read`] reads.
    pub fn name(self) -> String {
        match self {
            Self::Shift => "shift".into(),
            Self::Left(rel) => format!("left {}", rel.name()),
            Self::Right(rel) => format!("right {}", rel.name()),
        }
    }
}

/// A word as the parser sees it.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Node {
    /// Number of its form.
    pub form: u32,
    /// Number of its lemma.
    pub lemma: u32,
    /// Joint tag.
    pub tag: u32,
    /// Coarse tag.
    pub pos: u32,
    /// Whether it is a finite verb or modal.
    pub finite: bool,
    /// Whether it is a comma, colon or dash.
    pub comma: bool,
}

/// No word, no head.
pub(crate) const NONE: u32 = u32::MAX;

#[derive(Clone, Copy, Debug)]
struct Arcs {
    head: u32,
    rel: Rel,
    /// Outermost and second outermost dependents.
    left: [u32; 2],
    right: [u32; 2],
    counts: [u8; 2],
    /// Relations of its dependents on each side.
    sets: [u64; 2],
}

const NO_ARCS: Arcs = Arcs { head: NONE, rel: Rel::Dep, left: [NONE; 2], right: [NONE; 2], counts: [0; 2], sets: [0; 2] };

/// Where a parse stands.
#[derive(Default)]
pub(crate) struct State {
    pub stack: Vec<u32>,
    pub next: u32,
    arcs: Vec<Arcs>,
    /// Finite verbs and commas before each word.
    finite: Vec<u16>,
    commas: Vec<u16>,
}

impl State {
    /// Starts a sentence anew.
    pub fn start(&mut self, nodes: &[Node]) {
        self.stack.clear();
        self.next = 0;
        self.arcs.clear();
        self.arcs.resize(nodes.len() + 1, NO_ARCS);
        let count = |into: &mut Vec<u16>, test: fn(&Node) -> bool| {
            into.clear();
            into.push(0);
            let mut sum = 0_u16;
            into.extend(nodes.iter().map(|node| {
                sum = sum.saturating_add(u16::from(test(node)));
                sum
            }));
        };
        count(&mut self.finite, |n| n.finite);
        count(&mut self.commas, |n| n.comma);
    }

    /// Number of words; the root's place.
    pub fn root(&self) -> u32 {
        self.arcs.len() as u32 - 1
    }

    pub fn done(&self) -> bool {
        self.next == self.root() && self.stack.is_empty()
    }

    pub fn can_shift(&self) -> bool {
        self.next < self.root()
    }

    pub fn can_left(&self) -> bool {
        !self.stack.is_empty() && (self.can_shift() || self.stack.len() == 1)
    }

    pub fn can_right(&self) -> bool {
        self.stack.len() >= 2
    }

    /// Whether a transition may be taken; the root takes one dependent, by its own relation.
    pub fn allows(&self, step: Move) -> bool {
        match step {
            Move::Shift => self.can_shift(),
            Move::Left(rel) => self.can_left() && (rel == Rel::Root) == !self.can_shift(),
            Move::Right(rel) => self.can_right() && rel != Rel::Root,
        }
    }

    /// Head and relation of a word; the root's place for the root.
    pub fn arc(&self, word: u32) -> (u32, Rel) {
        let arcs = &self.arcs[word as usize];
        (arcs.head, arcs.rel)
    }

    pub fn apply(&mut self, step: Move) {
        let (head, rel, side) = match step {
            Move::Shift => {
                self.stack.push(self.next);
                self.next += 1;
                return;
            }
            Move::Left(rel) => (self.next, rel, 0),
            Move::Right(rel) => (self.stack[self.stack.len() - 2], rel, 1),
        };
        let Some(word) = self.stack.pop() else { return };
        let arcs = &mut self.arcs[word as usize];
        (arcs.head, arcs.rel) = (head, rel);
        let arcs = &mut self.arcs[head as usize];
        let outer = if side == 0 { &mut arcs.left } else { &mut arcs.right };
        *outer = [word, outer[0]];
        arcs.counts[side] = arcs.counts[side].saturating_add(1);
        arcs.sets[side] |= rel_bit(rel);
    }
}

/// Upper bound of features of one decision.
pub(crate) const MOVE_FEATURES: usize = 96;

/// Fills in the features of a state; returns how many there are.
pub(crate) fn extract(nodes: &[Node], state: &State, out: &mut [u32; MOVE_FEATURES]) -> usize {
    const ROOT: Node = Node { form: 2, lemma: 2, tag: 200, pos: 30, finite: false, comma: false };
    const EDGE: Node = Node { form: 1, lemma: 1, tag: 201, pos: 31, finite: false, comma: false };
    let root = state.root();
    let node =
        |at: u32| if at == NONE { EDGE } else { nodes.get(at as usize).copied().unwrap_or(if at == root { ROOT } else { EDGE }) };
    let depth = state.stack.len();
    let stacked = |n: usize| depth.checked_sub(n + 1).map_or(NONE, |i| state.stack[i]);
    let (s0, s1, s2, b0) = (stacked(0), stacked(1), stacked(2), state.next);
    let none = &NO_ARCS;
    let arcs = |at: u32| if at == NONE { none } else { state.arcs.get(at as usize).unwrap_or(none) };
    let (n0, n1, n2) = (node(s0), node(s1), node(s2));
    let (m0, m1, m2, m3) = (node(b0), node(b0 + 1), node(b0 + 2), node(b0 + 3));
    let (a0, a1, ab) = (arcs(s0), arcs(s1), arcs(b0));
    let rel = |at: u32| if at == NONE { 99 } else { arcs(at).rel as u32 };
    let span = |from: u32, to: u32| if from == NONE { 0 } else { (to - from).min(12) };
    let (d0, d1) = (span(s0, b0), if s1 == NONE { 0 } else { span(s1, s0) });
    let between = |sums: &[u16], from: u32, to: u32| {
        if from == NONE { 9 } else { u32::from(sums[to as usize].saturating_sub(sums[from as usize + 1])).min(3) }
    };
    let fold = |set: u64| (set ^ set >> 32) as u32;
    let pair = |a: u32, b: u32| a << 16 ^ b;
    let mut count = 0;
    let mut put = |a: u32, b: u32, c: u32| {
        out[count] = feature(count as u32 + 100, a, b, c);
        count += 1;
    };
    // One word.
    put(0, 0, 0);
    put(n0.lemma, n0.tag, 0);
    put(n0.lemma, 0, 1);
    put(n0.tag, 0, 0);
    put(n1.lemma, n1.tag, 0);
    put(n1.lemma, 0, 1);
    put(n1.tag, 0, 0);
    put(m0.lemma, m0.tag, 0);
    put(m0.lemma, 0, 1);
    put(m0.tag, 0, 0);
    put(m1.lemma, m1.tag, 0);
    put(m1.lemma, 0, 1);
    put(m1.tag, 0, 0);
    put(m2.lemma, 0, 1);
    put(m2.tag, 0, 0);
    put(m3.tag, 0, 0);
    put(n2.lemma, 0, 1);
    put(n2.tag, 0, 0);
    put(n0.form, m0.form, 0);
    put(n1.form, n0.form, 0);
    // Two words.
    put(n0.lemma, m0.lemma, 0);
    put(n0.lemma, n0.tag, m0.tag);
    put(n0.tag, m0.lemma, m0.tag);
    put(n0.lemma, m0.tag, 0);
    put(n0.tag, m0.lemma, 0);
    put(n0.tag, m0.tag, 0);
    put(n1.lemma, n0.lemma, 0);
    put(n1.lemma, n1.tag, n0.tag);
    put(n1.tag, n0.lemma, n0.tag);
    put(n1.lemma, n0.tag, 0);
    put(n1.tag, n0.lemma, 0);
    put(n1.tag, n0.tag, 0);
    put(m0.tag, m1.tag, 0);
    put(m0.lemma, m1.tag, 0);
    put(n1.tag, m0.tag, 0);
    put(n1.lemma, m0.lemma, 0);
    // Three.
    put(n0.tag, m0.tag, m1.tag);
    put(n1.tag, n0.tag, m0.tag);
    put(n2.tag, n1.tag, n0.tag);
    put(m0.tag, m1.tag, m2.tag);
    put(n0.pos, pair(m0.pos, m1.pos), m2.pos);
    put(pair(n2.pos, n1.pos), n0.pos, m0.pos);
    put(n1.lemma, n0.tag, m0.tag);
    put(n1.tag, n0.lemma, m0.tag);
    put(n1.tag, n0.tag, m0.lemma);
    put(n0.lemma, m0.tag, m1.tag);
    put(n0.tag, m0.lemma, m1.tag);
    put(n0.tag, m0.tag, m1.lemma);
    put(pair(n1.pos, n0.pos), pair(m0.pos, m1.pos), 0);
    // What hangs on them.
    let (l0, r0, l1, r1, lb) = (node(a0.left[0]), node(a0.right[0]), node(a1.left[0]), node(a1.right[0]), node(ab.left[0]));
    put(n0.tag, l0.tag, m0.tag);
    put(n0.tag, r0.tag, m0.tag);
    put(n1.tag, l1.tag, n0.tag);
    put(n1.tag, r1.tag, n0.tag);
    put(n1.tag, r1.tag, m0.tag);
    put(n0.tag, m0.tag, lb.tag);
    put(n0.tag, r0.lemma, m0.tag);
    put(n1.tag, r1.lemma, n0.tag);
    put(n0.tag, l0.lemma, m0.tag);
    put(pair(n0.tag, rel(a0.left[0])), pair(rel(a0.left[1]), m0.tag), 0);
    put(pair(n0.tag, rel(a0.right[0])), pair(rel(a0.right[1]), m0.tag), 0);
    put(pair(n1.tag, rel(a1.right[0])), pair(rel(a1.right[1]), n0.tag), 0);
    put(pair(m0.tag, rel(ab.left[0])), pair(rel(ab.left[1]), n0.tag), 0);
    put(n0.tag, fold(a0.sets[0]), 0);
    put(n0.tag, fold(a0.sets[1]), m0.tag);
    put(n1.tag, fold(a1.sets[1]), n0.tag);
    put(n1.tag, fold(a1.sets[0]), n0.tag);
    put(m0.tag, fold(ab.sets[0]), n0.tag);
    put(n0.lemma, fold(a0.sets[0]), fold(a0.sets[1]));
    put(n1.lemma, fold(a1.sets[1]), n0.tag);
    put(m0.lemma, fold(ab.sets[0]), 0);
    put(n0.tag, pair(u32::from(a0.counts[0]), u32::from(a0.counts[1])), m0.tag);
    put(n1.tag, pair(u32::from(a1.counts[0]), u32::from(a1.counts[1])), n0.tag);
    // How far apart.
    put(n0.tag, d0, m0.tag);
    put(n0.lemma, d0, 0);
    put(m0.lemma, d0, 0);
    put(n1.tag, d1, n0.tag);
    put(n1.lemma, d1, 0);
    put(n0.lemma, d1, 1);
    let (f0, c0) = (between(&state.finite, s0, b0), between(&state.commas, s0, b0));
    let (f1, c1) = if s1 == NONE { (9, 9) } else { (between(&state.finite, s1, s0), between(&state.commas, s1, s0)) };
    put(n0.tag, f0 << 4 | c0, m0.tag);
    put(n1.tag, f1 << 4 | c1, n0.tag);
    put(n1.tag, f1 << 4 | c1, pair(n0.tag, m0.tag));
    put(n0.tag, pair(m0.tag, f0 << 4 | c0), m1.tag);
    count
}

/// For each move the highest sum it may have: any where it is allowed, none where it is not.
struct Masks([[i32; MOVE_WIDTH]; 4]);

impl Masks {
    fn new(moves: &[Move]) -> Self {
        let mut masks = [[i32::MIN; MOVE_WIDTH]; 4];
        for (case, mask) in masks.iter_mut().enumerate() {
            let (shift, right) = (case & 1 > 0, case & 2 > 0);
            for (step, mask) in moves.iter().zip(mask) {
                // The root's only dependent never needs a decision.
                let allowed = match step {
                    Move::Shift => shift,
                    Move::Left(rel) => shift && *rel != Rel::Root,
                    Move::Right(_) => right,
                };
                if allowed {
                    *mask = i32::MAX;
                }
            }
        }
        Self(masks)
    }

    fn of(&self, shift: bool, right: bool) -> &[i32; MOVE_WIDTH] {
        &self.0[usize::from(shift) | usize::from(right) << 1]
    }
}

/// Parses one sentence; heads and relations are read from `state` afterwards.
pub(crate) fn parse<W: Weights>(nodes: &[Node], weights: &W, moves: &[Move], state: &mut State) {
    state.start(nodes);
    let mut features = [0; MOVE_FEATURES];
    let mut sums = [0_i32; MOVE_WIDTH];
    let masks = Masks::new(moves);
    while !state.done() {
        let step = match (state.can_shift(), state.can_left(), state.can_right()) {
            (true, false, false) => Move::Shift,
            (false, true, _) => Move::Left(Rel::Root),
            _ => {
                let count = extract(nodes, state, &mut features);
                weights.score(&features[..count], &mut sums);
                let mask = masks.of(state.can_shift(), state.can_right());
                // Without a branch for each move; the first of equals wins.
                sums.iter_mut().zip(mask).for_each(|(sum, mask)| *sum = (*sum).min(*mask));
                let best = sums.iter().copied().fold(i32::MIN, i32::max);
                sums.iter()
                    .position(|sum| *sum == best && best > i32::MIN)
                    .and_then(|at| moves.get(at))
                    .map_or(Move::Shift, |m| *m)
            }
        };
        // No transition of the model fits: join by an unnamed relation, so that the parse ends.
        let step = if state.allows(step) { step } else { Move::Right(Rel::Dep) };
        state.apply(step);
    }
}
