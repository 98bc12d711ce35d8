//! Who is meant by a surname alone: the one who bears it in full among the articles of its story.

use super::{Cluster, Merger, may_be_person};
use crate::claims::EntityKind;
use crate::entities::transliterate::surname;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

impl Merger<'_> {
    /// A surname alone joins the only full name of that surname among the articles of its story.
    pub(super) fn surnames(&mut self) {
        let mut full: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        for (at, cluster) in self.clusters.iter().enumerate() {
            if cluster.full.len() >= 2 && may_be_person(cluster.kind) {
                full.entry(surname(&cluster.full)).or_default().push(at);
            }
        }
        let mut declared: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        for (at, entity) in self.declared.iter().enumerate().filter(|(_, e)| e.kind == EntityKind::Person) {
            let mut keys: Vec<String> = entity.names.iter().map(|name| surname(&self.sets.key(name))).collect();
            keys.sort();
            keys.dedup();
            keys.into_iter().for_each(|key| declared.entry(key).or_default().push(at));
        }
        let lone = |c: &Cluster| c.full.len() == 1 && may_be_person(c.kind) && c.full[0].chars().count() >= 2;
        let mut joins: Vec<(usize, usize)> = Vec::new();
        let mut left: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, cluster) in self.clusters.iter().enumerate().filter(|(_, c)| lone(c)) {
            if self.is_declared(self.root(at)) {
                continue;
            }
            let key = surname(&cluster.full);
            let bearers = full.get(&key).map_or(&[][..], |v| v);
            let mut roots = self.meant(at, bearers);
            if roots.is_empty() {
                roots = declared.get(&key).into_iter().flatten().copied().collect();
            }
            match roots[..] {
                [only] => joins.push((only, self.node(at))),
                [] => left.entry(key).or_default().push(at),
                _ => {}
            }
        }
        for (one, two) in joins {
            self.join(one, two);
        }
        // Nobody gives the full name: the same surname in one story is one person.
        for alike in left.values() {
            for (i, one) in alike.iter().enumerate() {
                for two in &alike[i + 1..] {
                    if self.root(*one) != self.root(*two) && self.one_story(*one, *two) {
                        let (a, b) = (self.node(*one), self.node(*two));
                        self.join(a, b);
                    }
                }
            }
        }
    }

    /// Who of some that bear a surname in the articles of its story is meant by it alone; several where nothing tells. An office that one
    /// alone has in common with it tells, and so does being named in more than twice as many articles as anybody else: "Kell" beside
    /// "Ada Kell".
    fn meant(&self, lone: usize, bearers: &[usize]) -> Vec<usize> {
        let mut found: Vec<(usize, usize, bool)> = Vec::new();
        // Whom its own article names in full and the surname was not led to is not meant by it.
        let here = |other: usize| self.clusters[other].article == self.clusters[lone].article;
        let apart: Vec<usize> = bearers.iter().filter(|other| here(**other)).map(|other| self.root(*other)).collect();
        for other in bearers.iter().filter(|other| self.spelt(lone, **other) && self.one_story(lone, **other)) {
            let root = self.root(*other);
            if apart.contains(&root) {
                continue;
            }
            let office = self.clusters[*other].roles.iter().any(|role| self.clusters[lone].roles.contains(role));
            match found.iter_mut().find(|(known, ..)| *known == root) {
                Some((_, articles, shares)) => {
                    *articles += 1;
                    *shares |= office;
                }
                None => found.push((root, 1, office)),
            }
        }
        let in_office: Vec<usize> = found.iter().filter(|(.., shares)| *shares).map(|(root, ..)| *root).collect();
        if let [only] = in_office[..] {
            return vec![only];
        }
        found.sort_by_key(|(_, articles, _)| std::cmp::Reverse(*articles));
        match found[..] {
            [(first, most, _), (_, next, _), ..] if most > 2 * next => vec![first],
            _ => found.iter().map(|(root, ..)| *root).collect(),
        }
    }

    /// Equal letters, or letters that only transliteration parts, for names long enough to tell.
    fn spelt(&self, one: usize, two: usize) -> bool {
        let (a, b) = (&self.clusters[one].full, &self.clusters[two].full);
        a.last() == b.last() || a.last().is_some_and(|s| s.chars().count() >= 4)
    }

    /// Whether two articles tell of one story, the name in question apart: they share three names, or two that are not only places,
    /// or one where both give the person the same office.
    fn one_story(&self, one: usize, two: usize) -> bool {
        let (a, b) = (&self.clusters[one], &self.clusters[two]);
        if a.article == b.article {
            return true;
        }
        let (x, y) = (&self.borne[a.article], &self.borne[b.article]);
        let (small, large) = if x.len() <= y.len() { (x, y) } else { (y, x) };
        let own = [a.full.last(), b.full.last()];
        let shared: Vec<&String> = small.iter().filter(|name| large.contains(*name) && !own.contains(&Some(*name))).collect();
        let told = shared.iter().filter(|name| self.telling.contains(**name)).count();
        let office = a.roles.iter().any(|role| b.roles.contains(role));
        shared.len() >= 3 || shared.len() >= 2 && told >= 1 || office && !shared.is_empty()
    }
}
