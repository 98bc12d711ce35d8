//! Clusters of all articles → entities.

mod surnames;

use super::alias::{Cluster, Sets, clusters, shown};
use super::transliterate::{Full, classes, find, unite};
use super::{Declared, Entities, Entity, EntityIx, metonym};
use crate::base::{Fingerprint, Span};
use crate::claims::{EntityKind, Mention, Reading};
use crate::lexicon::Lexicon;
use crate::text::Document;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::{BTreeMap, BTreeSet};

/// Resolves the mentions of all readings; the order of the readings does not matter for what is joined, nor for ids.
///
/// `declared` may be in any order; a reference to an id that it does not hold is passed over.
pub fn resolve(readings: &[Reading], declared: &[Declared], lexicon: &Lexicon) -> Entities {
    let sets = Sets::new(lexicon);
    let clusters: Vec<Cluster> = {
        let by_article: Vec<Vec<Cluster>> =
            readings.par_iter().enumerate().map(|(at, reading)| clusters(at, reading, &sets)).collect();
        by_article.into_iter().flatten().collect()
    };
    let mut merger = Merger::new(readings, declared, lexicon, &sets, &clusters);
    merger.declared_names();
    merger.equal_names();
    merger.full_names();
    merger.surnames();
    Builder::new(merger).build()
}

/// The wording of an unnamed source: lower case, single spaces, plain marks.
fn wording(phrase: &str) -> String {
    crate::claims::mention::plain(phrase).to_lowercase()
}

/// "Ukrainians" as "Ukrainian"; other words as they are.
fn singular(key: &[String]) -> Vec<String> {
    match key {
        [rest @ .., last] => {
            let mut out = rest.to_vec();
            out.push(last.strip_suffix('s').unwrap_or(last).to_owned());
            out
        }
        [] => Vec::new(),
    }
}

fn may_be_person(kind: EntityKind) -> bool {
    matches!(kind, EntityKind::Person | EntityKind::Unnamed)
}

/// By article and mention: temporary number of an unnamed source.
type ByMention = Vec<FxHashMap<u32, usize>>;
/// By article and place: temporary number of a source that is no mention.
type BySpan = Vec<FxHashMap<Span, usize>>;

struct Merger<'a> {
    readings: &'a [Reading],
    declared: &'a [Declared],
    lexicon: &'a Lexicon,
    sets: &'a Sets<'a>,
    clusters: &'a [Cluster],
    /// Union-find over declared entities, then clusters.
    class: Vec<usize>,
    /// Name keys borne in each article.
    borne: Vec<FxHashSet<String>>,
    /// Name keys that are no state or place: what makes a story.
    telling: FxHashSet<String>,
}

impl<'a> Merger<'a> {
    fn new(
        readings: &'a [Reading],
        declared: &'a [Declared],
        lexicon: &'a Lexicon,
        sets: &'a Sets<'a>,
        clusters: &'a [Cluster],
    ) -> Self {
        let mut borne = vec![FxHashSet::default(); readings.len()];
        let mut telling = FxHashSet::default();
        for cluster in clusters.iter().filter(|c| !c.full.is_empty()) {
            let key = cluster
                .full
                .last()
                .map_or(String::new(), |last| if may_be_person(cluster.kind) { last.clone() } else { cluster.full.join(" ") });
            if !matches!(cluster.kind, EntityKind::State | EntityKind::Place) {
                telling.insert(key.clone());
            }
            borne[cluster.article].insert(key);
        }
        let class = (0..declared.len() + clusters.len()).collect();
        Self { readings, declared, lexicon, sets, clusters, class, borne, telling }
    }

    fn node(&self, cluster: usize) -> usize {
        self.declared.len() + cluster
    }

    fn root(&self, cluster: usize) -> usize {
        find(&self.class, self.node(cluster))
    }

    fn is_declared(&self, root: usize) -> bool {
        root < self.declared.len()
    }

    /// Joins two clusters, unless that made two declared entities one.
    fn join(&mut self, one: usize, two: usize) {
        let (a, b) = (find(&self.class, one), find(&self.class, two));
        if !(self.is_declared(a) && self.is_declared(b)) {
            unite(&mut self.class, a, b);
        }
    }

    /// Clusters that bear a name which a rule file declares.
    fn declared_names(&mut self) {
        let mut by_name: FxHashMap<Vec<String>, usize> = FxHashMap::default();
        for (at, entity) in self.declared.iter().enumerate().filter(|(_, e)| e.kind != EntityKind::Group) {
            for name in entity.names.iter().chain(&entity.adjectives) {
                by_name.entry(self.sets.key(name)).or_insert(at);
            }
        }
        for (at, cluster) in self.clusters.iter().enumerate() {
            // The fullest name decides; a surname alone is met by the only person declared with it.
            let whole = by_name.get(&cluster.full).or_else(|| by_name.get(&singular(&cluster.full)));
            let found = whole.or_else(|| {
                let other = cluster.names.iter().map(|(name, _)| self.sets.key(name)).find_map(|key| by_name.get(&key));
                other.filter(|at| self.declared[**at].kind != EntityKind::Place || cluster.kind == EntityKind::Place)
            });
            if let Some(entity) = found.copied().filter(|e| self.fits_kind(*e, cluster)) {
                let node = self.node(at);
                self.join(entity, node);
            }
        }
    }

    fn fits_kind(&self, declared: usize, cluster: &Cluster) -> bool {
        let person = self.declared[declared].kind == EntityKind::Person;
        match cluster.kind {
            EntityKind::Unnamed => true,
            EntityKind::Person => person,
            // A single word may be filed as a place for standing after "in".
            _ => !person || cluster.kind == EntityKind::Place && cluster.full.len() > 1,
        }
    }

    /// Equal names of bodies, places and things, with short forms that one article explains.
    fn equal_names(&mut self) {
        let mut by_key: BTreeMap<Vec<String>, Vec<usize>> = BTreeMap::new();
        let keys = |cluster: &Cluster| -> Vec<Vec<String>> {
            let single = cluster.full.len() == 1 && may_be_person(cluster.kind);
            if cluster.full.is_empty() || cluster.kind == EntityKind::Person || single && cluster.kind != EntityKind::Unnamed {
                return Vec::new();
            }
            let mut keys: Vec<Vec<String>> = cluster.names.iter().map(|(name, _)| self.sets.key(name)).collect();
            keys.sort();
            keys.dedup();
            keys
        };
        let keys: Vec<Vec<Vec<String>>> = self.clusters.par_iter().map(keys).collect();
        for (at, keys) in keys.into_iter().enumerate() {
            for key in keys {
                by_key.entry(key).or_default().push(at);
            }
        }
        let surnames: FxHashSet<&String> =
            self.clusters.iter().filter(|c| c.kind == EntityKind::Person).filter_map(|c| c.full.last()).collect();
        for (key, bearers) in by_key {
            // A short form that stands for two different full names joins neither.
            let mut fulls: Vec<&[String]> =
                bearers.iter().map(|at| &self.clusters[*at].full[..]).filter(|full| full.len() > key.len()).collect();
            fulls.sort_unstable();
            fulls.dedup();
            // An unknown single word that someone bears as a surname is left to the surnames.
            let surname = key.len() == 1 && surnames.contains(&key[0]);
            let group: Vec<usize> =
                bearers.iter().copied().filter(|at| !(surname && self.clusters[*at].kind == EntityKind::Unnamed)).collect();
            let Some(first) = group.iter().copied().find(|at| self.clusters[*at].full == key).or(group.first().copied()) else {
                continue;
            };
            for at in group {
                let same = self.clusters[at].full == self.clusters[first].full || fulls.len() == 1;
                if same {
                    let (one, two) = (self.node(first), self.node(at));
                    self.join(one, two);
                }
            }
        }
    }

    /// People by their full names, over spellings and initials.
    fn full_names(&mut self) {
        let mut by_name: BTreeMap<Full, Vec<usize>> = BTreeMap::new();
        let mut roles: BTreeMap<Full, BTreeSet<&str>> = BTreeMap::new();
        for (at, cluster) in self.clusters.iter().enumerate() {
            if may_be_person(cluster.kind) && cluster.full.len() >= 2 {
                by_name.entry(cluster.full.clone()).or_default().push(self.node(at));
                roles.entry(cluster.full.clone()).or_default().extend(cluster.roles.iter().map(String::as_str));
            }
        }
        for (at, entity) in self.declared.iter().enumerate().filter(|(_, e)| e.kind == EntityKind::Person) {
            for name in &entity.names {
                let full = self.sets.key(name);
                if full.len() >= 2 {
                    by_name.entry(full).or_default().push(at);
                }
            }
        }
        let names: Vec<Full> = by_name.keys().cloned().collect();
        let akin = |a: usize, b: usize| {
            let empty = BTreeSet::new();
            let (one, two) = (roles.get(&names[a]).unwrap_or(&empty), roles.get(&names[b]).unwrap_or(&empty));
            one.intersection(two).next().is_some()
        };
        let class = classes(self.lexicon, &names, &akin);
        let mut first_of: FxHashMap<usize, usize> = FxHashMap::default();
        for (at, nodes) in by_name.values().enumerate() {
            let first = *first_of.entry(class[at]).or_insert(nodes[0]);
            nodes.iter().for_each(|node| self.join(first, *node));
        }
    }
}

/// What an entity of its own is made from.
#[derive(Default)]
struct Found {
    kinds: BTreeMap<EntityKind, u32>,
    names: Vec<(String, u32)>,
    articles: BTreeSet<usize>,
    clusters: Vec<usize>,
}

/// The sources of one article that have no name, by place in `names`.
#[derive(Default)]
struct Unnamed {
    names: Vec<String>,
    by_mention: FxHashMap<u32, usize>,
    by_span: FxHashMap<Span, usize>,
}

impl Unnamed {
    /// Reads one article; `number` tells which of its mentions have a name.
    fn of(reading: &Reading, number: &[Option<usize>]) -> Self {
        let text = &reading.article.text;
        let mut found = Self::default();
        let mut by_wording: FxHashMap<String, usize> = FxHashMap::default();
        for link in reading.claims.iter().flat_map(|claim| &claim.chain) {
            let Some(span) = link.source.and_then(|m| reading.mentions.get(m as usize)).map(|m| m.span).or(link.mention) else {
                continue;
            };
            let mention = link.source.filter(|m| (*m as usize) < reading.mentions.len());
            if mention.is_some_and(|m| number[m as usize].is_some() || found.by_mention.contains_key(&m)) {
                continue;
            }
            let leader = mention.and_then(|m| reading.mentions.get(reading.mentions[m as usize].leader as usize));
            let words = wording(leader.map_or(span, |l| l.span).of(text));
            if words.is_empty() {
                continue;
            }
            let place = match by_wording.get(&words) {
                Some(place) => *place,
                None => {
                    let place = found.names.len();
                    found.names.push(words.clone());
                    by_wording.insert(words, place);
                    place
                }
            };
            match mention {
                None => {
                    found.by_span.insert(span, place);
                }
                Some(m) => {
                    found.by_mention.insert(m, place);
                    found.by_mention.insert(reading.mentions[m as usize].leader, place);
                }
            }
        }
        // Pronouns and later descriptions led to an unnamed source are that source.
        let numbered = reading.mentions.iter().enumerate().filter(|(at, _)| number[*at].is_none());
        let led: Vec<(u32, usize)> =
            numbered.filter_map(|(at, m)| Some((at as u32, *found.by_mention.get(&m.leader)?))).collect();
        found.by_mention.extend(led);
        found
    }
}

struct Builder<'a> {
    merger: Merger<'a>,
    /// Temporary number of each entity by its key; entities are put in order of ids at the end.
    list: Vec<Entity>,
    /// What tells entities of one name apart, by temporary number.
    origin: Vec<String>,
}

impl<'a> Builder<'a> {
    fn new(merger: Merger<'a>) -> Self {
        Self { merger, list: Vec::new(), origin: Vec::new() }
    }

    fn add(&mut self, entity: Entity, origin: String) -> usize {
        self.list.push(entity);
        self.origin.push(origin);
        self.list.len() - 1
    }

    fn build(mut self) -> Entities {
        let readings = self.merger.readings;
        let declared = self.merger.declared;
        for d in declared {
            let entity = Entity {
                id: d.id.clone(),
                kind: d.kind,
                name: d.names.first().unwrap_or(&d.id).clone(),
                declared: true,
                ..Entity::default()
            };
            self.add(entity, String::new());
        }
        let by_id: FxHashMap<&str, usize> = declared.iter().enumerate().map(|(at, d)| (d.id.as_str(), at)).collect();
        // Named clusters, by root.
        let mut found: BTreeMap<usize, Found> = BTreeMap::new();
        for (at, cluster) in self.merger.clusters.iter().enumerate().filter(|(_, c)| !c.names.is_empty()) {
            let entry = found.entry(self.merger.root(at)).or_default();
            *entry.kinds.entry(cluster.kind).or_default() += 1;
            entry.names.extend(cluster.names.iter().cloned());
            entry.articles.insert(cluster.article);
            entry.clusters.push(at);
        }
        let mut number: Vec<Vec<Option<usize>>> = readings.iter().map(|r| vec![None; r.mentions.len()]).collect();
        for (root, f) in &found {
            let place = if self.merger.is_declared(*root) {
                *root
            } else {
                let name = shown(f.names.iter()).unwrap_or_default();
                let kind = f
                    .kinds
                    .iter()
                    .filter(|(kind, _)| **kind != EntityKind::Unnamed)
                    .max_by_key(|(kind, n)| (**n, std::cmp::Reverse(**kind)))
                    .map_or(EntityKind::Unnamed, |(kind, _)| *kind);
                let origin = f.articles.iter().map(|a| readings[*a].article.id.as_str()).min().unwrap_or("").to_owned();
                self.add(Entity { kind, name, ..Entity::default() }, origin)
            };
            let entity = &mut self.list[place];
            entity.found = true;
            entity.aliases = f.names.iter().map(|(name, _)| name.clone()).collect();
            for at in &f.clusters {
                let cluster = &self.merger.clusters[*at];
                number[cluster.article][cluster.leader as usize] = Some(place);
            }
        }
        // Every mention follows its leader, a capital used for its government the state.
        let mut forms: Vec<(usize, String)> = Vec::new();
        let lexicon = self.merger.lexicon;
        let state = |mention: &Mention, document: &Document| {
            metonym::stands_for(mention, document, lexicon).and_then(|id| by_id.get(id).copied())
        };
        let states = |reading: &Reading| -> Vec<(usize, usize)> {
            let each = reading.mentions.iter().enumerate();
            each.filter_map(|(at, mention)| Some((at, state(mention, &reading.document)?))).collect()
        };
        let states: Vec<Vec<(usize, usize)>> = readings.par_iter().map(states).collect();
        for (article, (reading, states)) in readings.iter().zip(states).enumerate() {
            for (at, state) in states {
                let mention = &reading.mentions[at];
                if number[article][mention.leader as usize].is_none_or(|n| n < declared.len()) {
                    number[article][at] = Some(state);
                    self.list[state].found = true;
                    forms.push((state, mention.name.clone()));
                }
            }
            for (at, mention) in reading.mentions.iter().enumerate() {
                let leader = mention.leader as usize;
                if number[article][at].is_none() && leader != at {
                    number[article][at] = number[article].get(leader).copied().flatten();
                }
            }
        }
        forms.into_iter().for_each(|(place, form)| self.list[place].aliases.push(form));
        let (unnamed, worded) = self.unnamed(&number);
        self.spokespeople(&number, &unnamed);
        for (at, d) in declared.iter().enumerate() {
            let numbers = |ids: &[String]| {
                ids.iter().filter_map(|id| by_id.get(id.as_str())).map(|n| EntityIx(*n as u32)).collect::<Vec<_>>()
            };
            let own = numbers(&d.speaks_for);
            let entity = &mut self.list[at];
            if !own.is_empty() {
                entity.speaks_for = own;
            }
            entity.part_of = d.part_of.as_ref().and_then(|id| by_id.get(id.as_str())).map(|n| EntityIx(*n as u32));
            entity.members = numbers(&d.members);
        }
        let publishers = self.publishers();
        self.finish(number, unnamed, worded, publishers)
    }

    /// Sources without a name keep their wording, one of a wording in an article.
    fn unnamed(&mut self, number: &[Vec<Option<usize>>]) -> (ByMention, BySpan) {
        let readings = self.merger.readings;
        let found: Vec<Unnamed> = readings.par_iter().zip(number).map(|(reading, number)| Unnamed::of(reading, number)).collect();
        let (mut by_mention, mut by_span) = (Vec::with_capacity(found.len()), Vec::with_capacity(found.len()));
        for (reading, found) in readings.iter().zip(found) {
            let first = self.list.len();
            for name in found.names {
                self.add(Entity { name, found: true, ..Entity::default() }, reading.article.id.clone());
            }
            by_mention.push(found.by_mention.into_iter().map(|(mention, place)| (mention, first + place)).collect());
            by_span.push(found.by_span.into_iter().map(|(span, place)| (span, first + place)).collect());
        }
        (by_mention, by_span)
    }

    /// Whom titles, owners and adjectives let a source speak for.
    fn spokespeople(&mut self, number: &[Vec<Option<usize>>], unnamed: &[FxHashMap<u32, usize>]) {
        let lexicon = self.merger.lexicon;
        for (article, reading) in self.merger.readings.iter().enumerate() {
            let place = |m: u32| number[article].get(m as usize).copied().flatten().or_else(|| unnamed[article].get(&m).copied());
            for (at, mention) in reading.mentions.iter().enumerate() {
                let Some(body) = mention.speaks_for else { continue };
                let past = mention.title.as_deref().into_iter().flat_map(str::split_whitespace);
                let left = past.map(str::to_lowercase).any(|w| lexicon.tenure.word(crate::base::Sym::new(&w)) == Some(&false));
                let speaker = place(at as u32).or_else(|| place(mention.leader));
                let body = place(body).or_else(|| place(reading.mentions.get(body as usize)?.leader));
                if let (Some(speaker), Some(body)) = (speaker, body)
                    && !left
                    && speaker != body
                    && !self.reaches(body, speaker)
                {
                    let list = &mut self.list[speaker].speaks_for;
                    if !list.contains(&EntityIx(body as u32)) {
                        list.push(EntityIx(body as u32));
                    }
                }
            }
        }
    }

    fn reaches(&self, from: usize, to: usize) -> bool {
        let mut seen = BTreeSet::new();
        let mut open = vec![from];
        while let Some(next) = open.pop() {
            if next == to {
                return true;
            }
            if seen.insert(next) {
                open.extend(self.list[next].speaks_for.iter().map(|e| e.0 as usize));
            }
        }
        false
    }

    fn publishers(&mut self) -> Vec<usize> {
        let mut by_key: BTreeMap<Vec<String>, usize> = BTreeMap::new();
        for (at, entity) in self.list.iter().enumerate() {
            if matches!(entity.kind, EntityKind::Org | EntityKind::Publisher) && entity.found {
                for name in entity.aliases.iter().chain([&entity.name]) {
                    by_key.entry(self.merger.sets.key(name)).or_insert(at);
                }
            }
        }
        let readings = self.merger.readings;
        readings
            .iter()
            .map(|reading| {
                let article = &reading.article;
                let Some(name) = article.publisher.as_deref().filter(|name| !name.trim().is_empty()) else {
                    let entity =
                        Entity { kind: EntityKind::Publisher, name: article.id.clone(), found: true, ..Entity::default() };
                    return self.add(entity, article.id.clone());
                };
                let key = self.merger.sets.key(name);
                if let Some(at) = by_key.get(&key) {
                    return *at;
                }
                let entity = Entity {
                    kind: EntityKind::Publisher,
                    name: name.to_owned(),
                    aliases: vec![name.to_owned()],
                    found: true,
                    ..Entity::default()
                };
                let at = self.add(entity, String::new());
                by_key.insert(key, at);
                at
            })
            .collect()
    }

    /// Gives ids, puts the entities in order of them, and turns temporary numbers into places.
    fn finish(
        mut self,
        number: Vec<Vec<Option<usize>>>,
        unnamed: Vec<FxHashMap<u32, usize>>,
        worded: Vec<FxHashMap<Span, usize>>,
        publishers: Vec<usize>,
    ) -> Entities {
        let mut taken: FxHashSet<String> = self.list.iter().filter(|e| e.declared).map(|e| e.id.clone()).collect();
        // Namesakes are told apart by the first article that names them.
        let mut namesakes: BTreeMap<(EntityKind, String), u32> = BTreeMap::new();
        for entity in self.list.iter().filter(|e| !e.declared) {
            *namesakes.entry((entity.kind, entity.name.clone())).or_default() += 1;
        }
        let id = |(entity, origin): (&Entity, &String)| {
            let kind = format!("{:?}", entity.kind);
            let alone = namesakes.get(&(entity.kind, entity.name.clone())).is_some_and(|n| *n == 1);
            let local = entity.kind == EntityKind::Unnamed && entity.aliases.is_empty() || !alone;
            let hash = Fingerprint::of([kind.as_str(), &entity.name, if local { origin } else { "" }]);
            format!("{}-{}", crate::base::letters::slug(&entity.name), hash.short(6))
        };
        let ids: Vec<String> = self.list.par_iter().zip(&self.origin).map(id).collect();
        for (entity, first) in self.list.iter_mut().zip(ids).filter(|(entity, _)| !entity.declared) {
            let mut id = first.clone();
            let mut turn = 1;
            while !taken.insert(id.clone()) {
                turn += 1;
                id = format!("{first}-{turn}");
            }
            entity.id = id;
        }
        let mut order: Vec<usize> = (0..self.list.len()).collect();
        order.par_sort_by(|a, b| self.list[*a].id.cmp(&self.list[*b].id).then(a.cmp(b)));
        let mut place = vec![EntityIx(0); order.len()];
        order.iter().enumerate().for_each(|(new, old)| place[*old] = EntityIx(new as u32));
        let follow = |list: &mut Vec<EntityIx>| {
            list.iter_mut().for_each(|e| *e = place[e.0 as usize]);
            list.sort_unstable();
            list.dedup();
        };
        let mut old: Vec<Option<Entity>> = self.list.into_iter().map(Some).collect();
        let mut all = Vec::with_capacity(order.len());
        for at in order {
            let Some(mut entity) = old[at].take() else { continue };
            entity.aliases.sort();
            entity.aliases.dedup();
            follow(&mut entity.speaks_for);
            follow(&mut entity.members);
            entity.part_of = entity.part_of.map(|e| place[e.0 as usize]);
            all.push(entity);
        }
        let by_id = all.iter().enumerate().map(|(at, e)| (e.id.clone(), EntityIx(at as u32))).collect();
        Entities {
            all,
            by_id,
            mentioned: number.into_iter().map(|list| list.into_iter().map(|n| n.map(|n| place[n])).collect()).collect(),
            unnamed: unnamed.into_iter().map(|map| map.into_iter().map(|(m, n)| (m, place[n])).collect()).collect(),
            worded: worded.into_iter().map(|map| map.into_iter().map(|(w, n)| (w, place[n])).collect()).collect(),
            publishers: publishers.into_iter().map(|n| place[n]).collect(),
        }
    }
}
