//! One automaton over one list of tokens: the best match, in time linear in the list.
//!
//! In: a [`Chain`] and the tokens of a clause or of a part of its event. Out: which tokens each step met. Best is: most words,
//! fewest opposites, shortest stretch, then the earliest. Every pair of node and place is worked out once.

use super::pattern::{Chain, Node};
use std::cmp::Reverse;

/// What a chain is run over. Places are indices of a list of tokens.
pub trait Ground {
    /// How many places there are.
    fn len(&self) -> usize;
    /// How many places an atom covers from `place` on, and whether it was met by an opposite.
    fn meets(&self, chain: &Chain, atom: u16, place: usize) -> Option<(usize, bool)>;
    /// Whether a word may be passed over anywhere: marks, auxiliaries, negators and hedges, which are accounted for elsewhere.
    fn passes(&self, place: usize) -> bool;
    /// Whether no gap may cross it.
    fn bars(&self, chain: &Chain, place: usize) -> bool;
}

/// One match: what each step covered, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Atom, first place, number of places, met by an opposite.
    pub steps: Vec<(u16, usize, usize, bool)>,
}

impl Hit {
    /// First place and one past the last; the empty range for a match of nothing.
    pub fn range(&self) -> std::ops::Range<usize> {
        match (self.steps.first(), self.steps.last()) {
            (Some(first), Some(last)) => first.1..last.1 + last.2,
            _ => 0..0,
        }
    }

    fn opposed(&self) -> usize {
        self.steps.iter().filter(|step| step.3).count()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Score {
    words: u16,
    opposed: u16,
    end: usize,
}

impl Score {
    fn beats(self, other: Self) -> bool {
        let key = |score: Self| (score.words, Reverse(score.opposed), Reverse(score.end));
        key(self) > key(other)
    }
}

/// A way on from a node at a place: next node, next place, and the step made.
type Way = (u16, usize, Option<(u16, usize, usize, bool)>);

struct Run<'a, G> {
    chain: &'a Chain,
    ground: &'a G,
    /// By place, then node: what was worked out, `None` where nobody asked yet.
    memo: Vec<Option<Option<Score>>>,
}

impl<'a, G: Ground> Run<'a, G> {
    fn new(chain: &'a Chain, ground: &'a G) -> Self {
        // A match may end one past the last place.
        Self { chain, ground, memo: vec![None; chain.nodes.len() * (ground.len() + 1)] }
    }

    /// Shows the ways on from a node at a place, in order.
    fn ways(chain: &Chain, ground: &G, (node, place): (u16, usize), show: &mut dyn FnMut(Way)) {
        match &chain.nodes[node as usize] {
            Node::End => {}
            Node::Fork(ways) => ways.iter().for_each(|way| show((*way, place, None))),
            Node::Gap(most, next) => {
                show((*next, place, None));
                let mut crossed = 0;
                for at in place..ground.len() {
                    if ground.bars(chain, at) {
                        break;
                    }
                    if !ground.passes(at) {
                        crossed += 1;
                    }
                    if crossed > *most {
                        break;
                    }
                    show((*next, at + 1, None));
                }
            }
            Node::Atom(atom, next) if place < ground.len() => {
                if let Some((length, opposed)) = ground.meets(chain, *atom, place) {
                    show((*next, place + length.max(1), Some((*atom, place, length.max(1), opposed))));
                }
                if ground.passes(place) {
                    show((node, place + 1, None));
                }
            }
            Node::Atom(..) => {}
        }
    }

    fn best(&mut self, node: u16, place: usize) -> Option<Score> {
        if matches!(self.chain.nodes[node as usize], Node::End) {
            return Some(Score { words: 0, opposed: 0, end: place });
        }
        let key = place * self.chain.nodes.len() + node as usize;
        if let Some(Some(known)) = self.memo.get(key) {
            return *known;
        }
        let mut best: Option<Score> = None;
        Self::ways(self.chain, self.ground, (node, place), &mut |way| {
            if let Some(score) = self.through(way)
                && best.is_none_or(|best| score.beats(best))
            {
                best = Some(score);
            }
        });
        if let Some(slot) = self.memo.get_mut(key) {
            *slot = Some(best);
        }
        best
    }

    fn through(&mut self, (next, place, step): Way) -> Option<Score> {
        let rest = self.best(next, place)?;
        Some(match step {
            None => rest,
            Some((_, at, length, opposed)) => {
                // What follows the last step does not lengthen the match.
                let end = if rest.words == 0 { at + length } else { rest.end };
                Score { words: rest.words + 1, opposed: rest.opposed + u16::from(opposed), end }
            }
        })
    }

    fn trace(&mut self, node: u16, place: usize) -> Hit {
        let mut hit = Hit { steps: Vec::new() };
        let (mut node, mut place) = (node, place);
        while let Some(score) = self.best(node, place) {
            let mut found: Option<Way> = None;
            Self::ways(self.chain, self.ground, (node, place), &mut |way| {
                if found.is_none() && self.through(way) == Some(score) {
                    found = Some(way);
                }
            });
            let Some(way) = found else { break };
            hit.steps.extend(way.2);
            (node, place) = (way.0, way.1);
        }
        hit
    }
}

/// All matches that do not overlap, the best first.
pub fn matches<G: Ground>(chain: &Chain, ground: &G) -> Vec<Hit> {
    let mut run = Run::new(chain, ground);
    let mut starts: Vec<(Score, usize)> = Vec::new();
    for place in 0..ground.len() {
        if let Some(score) = run.best(chain.start, place)
            && score.words > 0
        {
            starts.push((score, place));
        }
    }
    starts.sort_by_key(|(score, place)| (Reverse(score.words), score.opposed, score.end.saturating_sub(*place), *place));
    let mut taken: Vec<Hit> = Vec::new();
    for (score, place) in starts {
        let overlaps = |hit: &Hit| hit.range().start < score.end && place < hit.range().end;
        if !taken.iter().any(overlaps) {
            let hit = run.trace(chain.start, place);
            debug_assert_eq!(hit.opposed(), score.opposed as usize);
            taken.push(hit);
        }
    }
    taken
}

/// How far the nearest run came that did not end: words met, the places met, and the atom that then found nothing.
pub fn nearest<G: Ground>(chain: &Chain, ground: &G) -> Option<(Vec<usize>, u16)> {
    let mut best: Option<(Vec<usize>, u16)> = None;
    // Bounded: a run that fails is explained by its first steps, and explanations are asked for one claim at a time.
    let mut budget = 20_000usize;
    for place in 0..ground.len() {
        let mut open = vec![(chain.start, place, Vec::new())];
        while let Some((node, at, met)) = open.pop() {
            budget = match budget.checked_sub(1) {
                Some(rest) => rest,
                None => return best,
            };
            if let Node::Atom(atom, _) = &chain.nodes[node as usize]
                && !met.is_empty()
                && best.as_ref().is_none_or(|(most, _)| met.len() > most.len())
            {
                best = Some((met.clone(), *atom));
            }
            Run::ways(chain, ground, (node, at), &mut |(next, place, step)| {
                let mut met = met.clone();
                if let Some((_, first, length, _)) = step {
                    met.extend(first..first + length);
                }
                open.push((next, place, met));
            });
        }
    }
    best
}
