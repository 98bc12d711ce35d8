//! Nodes and edges, in sorted order.

use crate::claims::{MentionForm, Reading, Stance};
use crate::entities::{Entities, EntityIx};
use petgraph::graph::{DiGraph, NodeIndex};
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};

/// A claim of a run: article and claim, both by place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClaimIx {
    /// Index into the run's readings.
    pub article: u32,
    /// Index into the reading's claims.
    pub claim: u32,
}

/// What a node stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Node {
    /// An article, by its place among the readings.
    Article(u32),
    /// Someone who says something; a publisher too.
    Source(EntityIx),
    /// Someone or something that claims speak of.
    Entity(EntityIx),
    /// A claim.
    Claim(ClaimIx),
}

/// What an edge says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Edge {
    /// Article → claim.
    Contains,
    /// Source → claim, with what the source is committed to; `outermost` is 0 for the first source of a chain.
    Asserts {
        /// The source's commitment.
        stance: Stance,
        /// Its place in the chain, 0 for the outermost; the publisher's own voice is 0 too.
        depth: u8,
    },
    /// Claim → entity.
    Mentions,
    /// Claim → claim of another voice that says the same.
    Supports,
    /// Claim → claim that cannot hold with it; `pair` is the index of the conflict.
    Conflicts {
        /// Place in the list of conflicts handed over.
        pair: u32,
    },
}

/// The graph with the node of everything in it.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    /// The graph itself; edges run as [`Edge`] says.
    pub inner: DiGraph<Node, Edge>,
    nodes: FxHashMap<Node, NodeIndex>,
}

impl Graph {
    /// Builds the graph of a run: articles, sources, entities and claims, each kind in order.
    pub fn build(readings: &[Reading], entities: &Entities) -> Self {
        let mut graph = Self::default();
        let mut sources = BTreeSet::new();
        let mut named = BTreeSet::new();
        let mut asserts: BTreeMap<(EntityIx, ClaimIx), (Stance, u8)> = BTreeMap::new();
        let mut mentions: BTreeSet<(ClaimIx, EntityIx)> = BTreeSet::new();
        for (article, reading) in readings.iter().enumerate() {
            for (claim, c) in reading.claims.iter().enumerate() {
                let at = ClaimIx { article: article as u32, claim: claim as u32 };
                for (depth, link) in c.chain.iter().enumerate() {
                    let Some(source) = entities.source_of(article, link) else { continue };
                    let stance = c.commitments.get(depth).copied().unwrap_or_default();
                    asserts.entry((source, at)).or_insert((stance, depth.min(255) as u8));
                }
                if let Some(publisher) = entities.publisher_of(article) {
                    // A claim under somebody's cue is the publisher's too only where the cue commits him.
                    if c.chain.is_empty() || c.publisher != Stance::None {
                        asserts.entry((publisher, at)).or_insert((c.publisher, 0));
                    }
                }
                mentions.extend(mentioned(reading, c.tokens.iter().copied(), article, entities).map(|e| (at, e)));
            }
        }
        sources.extend(asserts.keys().map(|(source, _)| *source));
        named.extend(mentions.iter().map(|(_, entity)| *entity));
        (0..readings.len()).for_each(|at| graph.node(Node::Article(at as u32)));
        sources.iter().for_each(|at| graph.node(Node::Source(*at)));
        named.iter().for_each(|at| graph.node(Node::Entity(*at)));
        for (article, reading) in readings.iter().enumerate() {
            for claim in 0..reading.claims.len() {
                let at = ClaimIx { article: article as u32, claim: claim as u32 };
                graph.node(Node::Claim(at));
                graph.edge(Node::Article(article as u32), Node::Claim(at), Edge::Contains);
            }
        }
        for ((source, claim), (stance, depth)) in asserts {
            graph.edge(Node::Source(source), Node::Claim(claim), Edge::Asserts { stance, depth });
        }
        for (claim, entity) in mentions {
            graph.edge(Node::Claim(claim), Node::Entity(entity), Edge::Mentions);
        }
        graph
    }

    /// Adds conflicts, in the order given; a pair whose claims are not in the graph is passed over.
    pub fn add_conflicts(&mut self, pairs: impl IntoIterator<Item = (ClaimIx, ClaimIx)>) {
        for (pair, (a, b)) in pairs.into_iter().enumerate() {
            self.edge(Node::Claim(a), Node::Claim(b), Edge::Conflicts { pair: pair as u32 });
        }
    }

    /// Adds corroborations, in the order given.
    pub fn add_supports(&mut self, pairs: impl IntoIterator<Item = (ClaimIx, ClaimIx)>) {
        for (a, b) in pairs {
            self.edge(Node::Claim(a), Node::Claim(b), Edge::Supports);
        }
    }

    /// The graph's index of a node.
    pub fn index(&self, node: Node) -> Option<NodeIndex> {
        self.nodes.get(&node).copied()
    }

    fn node(&mut self, node: Node) {
        let index = self.inner.add_node(node);
        self.nodes.insert(node, index);
    }

    fn edge(&mut self, from: Node, to: Node, edge: Edge) {
        if let (Some(a), Some(b)) = (self.index(from), self.index(to)) {
            self.inner.add_edge(a, b, edge);
        }
    }
}

/// Entities named, or meant by a pronoun that was followed, in the given tokens (sorted).
fn mentioned<'a>(
    reading: &'a Reading,
    tokens: impl Iterator<Item = u32>,
    article: usize,
    entities: &'a Entities,
) -> impl Iterator<Item = EntityIx> {
    let tokens: Vec<u32> = tokens.collect();
    let (first, last) = (tokens.iter().min().copied(), tokens.iter().max().copied());
    let from = first.map_or(0, |first| reading.mentions.partition_point(|m| m.first < first));
    let until = last.map_or(0, |last| reading.mentions.partition_point(|m| m.first <= last));
    let inside = move |head: u32| tokens.contains(&head);
    (from..until.max(from))
        .filter(move |at| {
            let m = &reading.mentions[*at];
            inside(m.head) && (m.form != MentionForm::Pronoun || m.joined_by.is_some())
        })
        .filter_map(move |at| entities.entity_of(article, at as u32))
        .collect::<Vec<_>>()
        .into_iter()
}
