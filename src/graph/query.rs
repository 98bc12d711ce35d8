//! What reports ask of the graph.

use super::build::{ClaimIx, Edge, Graph, Node};
use crate::claims::Stance;
use crate::entities::EntityIx;
use petgraph::Direction;
use petgraph::visit::EdgeRef;
use std::collections::{BTreeMap, BTreeSet};

impl Graph {
    /// Claims that a source asserts, refutes or leaves open, in order, with its commitment and its depth in the chain.
    pub fn claims_of(&self, source: EntityIx) -> Vec<(ClaimIx, Stance, u8)> {
        let mut out: Vec<_> = self
            .out(Node::Source(source))
            .filter_map(|(node, edge)| match (node, edge) {
                (Node::Claim(claim), Edge::Asserts { stance, depth }) => Some((claim, stance, depth)),
                _ => None,
            })
            .collect();
        out.sort_by_key(|(claim, ..)| *claim);
        out
    }

    /// Sources of a claim, outermost first; the publisher is last where it is committed and not the only one.
    pub fn sources_of(&self, claim: ClaimIx) -> Vec<(EntityIx, Stance)> {
        let Some(at) = self.index(Node::Claim(claim)) else { return Vec::new() };
        let mut out: Vec<(u8, EntityIx, Stance)> = self
            .inner
            .edges_directed(at, Direction::Incoming)
            .filter_map(|e| match (self.inner[e.source()], e.weight()) {
                (Node::Source(source), Edge::Asserts { stance, depth }) => Some((*depth, source, *stance)),
                _ => None,
            })
            .collect();
        out.sort_by_key(|(depth, source, _)| (*depth, *source));
        out.into_iter().map(|(_, source, stance)| (source, stance)).collect()
    }

    /// Claims that mention an entity, in order.
    pub fn claims_about(&self, entity: EntityIx) -> Vec<ClaimIx> {
        let Some(at) = self.index(Node::Entity(entity)) else { return Vec::new() };
        let mut out: Vec<ClaimIx> = self
            .inner
            .edges_directed(at, Direction::Incoming)
            .filter_map(|e| match self.inner[e.source()] {
                Node::Claim(claim) => Some(claim),
                _ => None,
            })
            .collect();
        out.sort_unstable();
        out
    }

    /// Entities that a claim mentions, in order.
    pub fn entities_of(&self, claim: ClaimIx) -> Vec<EntityIx> {
        let mut out: Vec<EntityIx> = self
            .out(Node::Claim(claim))
            .filter_map(|(node, edge)| match (node, edge) {
                (Node::Entity(entity), Edge::Mentions) => Some(entity),
                _ => None,
            })
            .collect();
        out.sort_unstable();
        out
    }

    /// Every source with the number of its claims, in order of sources.
    pub fn sources(&self) -> BTreeMap<EntityIx, usize> {
        let mut out = BTreeMap::new();
        for node in self.inner.node_indices() {
            if let Node::Source(source) = self.inner[node] {
                out.insert(source, self.inner.edges(node).filter(|e| matches!(e.weight(), Edge::Asserts { .. })).count());
            }
        }
        out
    }

    /// Every entity that a claim mentions.
    pub fn entities(&self) -> BTreeSet<EntityIx> {
        let named = |node| match self.inner[node] {
            Node::Entity(entity) => Some(entity),
            _ => None,
        };
        self.inner.node_indices().filter_map(named).collect()
    }

    /// Claims that a claim conflicts with, in order, with the index of the conflict.
    pub fn conflicts_of(&self, claim: ClaimIx) -> Vec<(ClaimIx, u32)> {
        let Some(at) = self.index(Node::Claim(claim)) else { return Vec::new() };
        let both = [Direction::Outgoing, Direction::Incoming];
        let edges = both.into_iter().flat_map(|d| self.inner.edges_directed(at, d));
        let mut out: Vec<(ClaimIx, u32)> = edges
            .filter_map(|e| {
                let other = if e.source() == at { e.target() } else { e.source() };
                match (self.inner[other], e.weight()) {
                    (Node::Claim(claim), Edge::Conflicts { pair }) => Some((claim, *pair)),
                    _ => None,
                }
            })
            .collect();
        out.sort_unstable();
        out
    }

    /// Connected groups of conflicting claims, each in order, the groups by their first claim.
    pub fn disputes(&self) -> Vec<Vec<ClaimIx>> {
        let mut seen: BTreeSet<ClaimIx> = BTreeSet::new();
        let mut out = Vec::new();
        let claims = self.inner.node_indices().filter_map(|n| match self.inner[n] {
            Node::Claim(claim) => Some(claim),
            _ => None,
        });
        for claim in claims {
            if seen.contains(&claim) || self.conflicts_of(claim).is_empty() {
                continue;
            }
            let mut group = BTreeSet::new();
            let mut open = vec![claim];
            while let Some(next) = open.pop() {
                if group.insert(next) {
                    open.extend(self.conflicts_of(next).into_iter().map(|(other, _)| other));
                }
            }
            seen.extend(&group);
            out.push(group.into_iter().collect());
        }
        out
    }

    fn out(&self, node: Node) -> impl Iterator<Item = (Node, Edge)> {
        let edges = self.index(node).into_iter().flat_map(|at| self.inner.edges(at));
        edges.map(|e| (self.inner[e.target()], *e.weight()))
    }
}
