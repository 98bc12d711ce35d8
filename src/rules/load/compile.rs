//! Decoded rule files → [`RuleSet`]: what a later layer declares under an earlier id takes its place, then everything is compiled.
//!
//! In: files whose references have been checked. Out: a set. Nothing can go wrong here.

use crate::base::pack::PackFile;
use crate::base::{Fingerprint, Sym};
use crate::lexicon::{Lexicon, NamedEntry, Phrases};
use crate::rules::pattern::{self, Context, Index, Shape};
use crate::rules::schema::{
    ClashSpec, EntitySpec, GroupSpec, IgnoreSpec, OneOrMany, Pack, PositionKind, RuleFile, RuleSpec, Says, Severity, Strength,
    TopicSpec, WhereSpec,
};
use crate::rules::topic::{Clash, Position, Topic};
use crate::rules::{
    Kind, Message, OrderRule, Owner, PatternId, PositionRule, QuantityRule, RoleRule, Rule, RuleSet, Same, SaysRule, Where,
};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;

/// Items of which a later one takes the place of an earlier one with the same id.
struct ById<T> {
    all: Vec<T>,
    places: FxHashMap<String, usize>,
}

impl<T> ById<T> {
    fn new() -> Self {
        Self { all: Vec::new(), places: FxHashMap::default() }
    }

    fn put(&mut self, id: &str, item: T) {
        match self.places.get(id) {
            Some(&at) => self.all[at] = item,
            None => {
                self.places.insert(id.to_owned(), self.all.len());
                self.all.push(item);
            }
        }
    }
}

/// A later declaration of an entity adds its names to those that are known and settles the rest.
fn merge(old: &EntitySpec, new: &EntitySpec) -> EntitySpec {
    let union = |new: &[String], old: &[String]| {
        let mut all = new.to_vec();
        old.iter().filter(|name| !new.contains(name)).for_each(|name| all.push(name.clone()));
        all
    };
    EntitySpec {
        id: new.id.clone(),
        kind: new.kind,
        names: union(&new.names, &old.names),
        adjectives: union(&new.adjectives, &old.adjectives),
        titles: union(&new.titles, &old.titles),
        speaks_for: new.speaks_for.clone().or_else(|| old.speaks_for.clone()),
        part_of: new.part_of.clone().or_else(|| old.part_of.clone()),
    }
}

/// Where something comes from.
#[derive(Clone, Debug)]
struct Origin {
    pack: String,
    path: String,
    line: u32,
    layer: usize,
}

/// Compiles decoded files, in their order. Their references have been checked.
pub(in crate::rules) fn build(files: &[(&PackFile, usize, &RuleFile)]) -> RuleSet {
    let mut packs: Vec<Pack> = Vec::new();
    let mut entities: Vec<EntitySpec> = Vec::new();
    let mut places: FxHashMap<String, usize> = Default::default();
    let mut groups: ById<GroupSpec> = ById::new();
    let mut topics: ById<(TopicSpec, Origin)> = ById::new();
    let mut rules: ById<(RuleSpec, Origin)> = ById::new();
    let mut ignore: Vec<(IgnoreSpec, Origin)> = Vec::new();
    for (file, layer, decoded) in files {
        let stem = file.path.rsplit('/').next().unwrap_or(&file.path);
        let stem = stem.trim_end_matches(".yml").trim_end_matches(".yaml");
        let pack = decoded.pack.as_ref().map_or(stem.to_owned(), |pack| pack.name.clone());
        packs.extend(decoded.pack.iter().cloned());
        let lines = Lines::of(&file.text);
        let origin = |line: u32| Origin { pack: pack.clone(), path: file.path.clone(), line, layer: *layer };
        for entity in &decoded.entities {
            match places.get(&entity.id) {
                Some(&at) => entities[at] = merge(&entities[at], entity),
                None => {
                    places.insert(entity.id.clone(), entities.len());
                    entities.push(entity.clone());
                }
            }
        }
        decoded.groups.iter().for_each(|group| groups.put(&group.id, group.clone()));
        decoded.topics.iter().for_each(|topic| topics.put(&topic.id, (topic.clone(), origin(lines.id(&topic.id)))));
        decoded.rules.iter().for_each(|rule| rules.put(&rule.id, (rule.clone(), origin(lines.id(&rule.id)))));
        ignore.extend(decoded.ignore.iter().map(|entry| (entry.clone(), origin(lines.reason(&entry.reason)))));
    }
    let (groups, topic_places, topics, rules) = (groups.all, topics.places, topics.all, rules.all);
    let mut lexicon = Lexicon::compile(files.iter().filter_map(|(_, _, decoded)| decoded.lexicons.as_ref()));
    for spec in files.iter().flat_map(|(_, _, decoded)| &decoded.entities) {
        lexicon.name(&NamedEntry { kind: spec.kind.into(), names: spec.names.clone(), adjectives: spec.adjectives.clone() });
    }
    let mut builder =
        Builder { entities: &entities, groups: &groups, lexicon: &lexicon, patterns: Vec::new(), owners: Vec::new() };
    let compiled: Vec<Topic> = topics.iter().enumerate().map(|(at, (topic, _))| builder.topic(at, topic)).collect();
    let named: FxHashSet<&str> =
        rules.iter().filter_map(|(rule, _)| rule.position.as_ref()).map(|position| position.topic.as_str()).collect();
    let own: Vec<(RuleSpec, Origin)> = topics
        .iter()
        .filter(|(topic, _)| !named.contains(topic.id.as_str()))
        .map(|(topic, origin)| (rule_of(topic), origin.clone()))
        .collect();
    let specs: Vec<(&RuleSpec, &Origin)> = rules.iter().chain(&own).map(|(rule, origin)| (rule, origin)).collect();
    let mut finished = Vec::new();
    for (spec, origin) in specs {
        let at = finished.len();
        let Some(kind) = builder.kind(at, spec, &topic_places, &compiled) else { continue };
        finished.push(builder.rule(spec, origin, kind, &topics));
    }
    let index = Index::new(&builder.patterns);
    let (patterns, owners) = (builder.patterns, builder.owners);
    let mut declared: Phrases<Vec<(Sym, bool)>> = Phrases::default();
    let mut by_name: std::collections::BTreeMap<String, Vec<(Sym, bool)>> = Default::default();
    for entity in &entities {
        let id = Sym::new(&entity.id);
        for (names, adjective) in [(&entity.names, false), (&entity.titles, false), (&entity.adjectives, true)] {
            for name in names {
                by_name.entry(name.to_lowercase()).or_default().push((id, adjective));
            }
        }
    }
    by_name.into_iter().for_each(|(name, ids)| declared.insert(&name, ids));
    let ignore =
        ignore.into_iter().map(|(entry, origin)| crate::rules::ignore::compile(entry, origin.path, origin.line)).collect();
    RuleSet {
        packs,
        lexicon: Arc::new(lexicon),
        entities,
        groups,
        topics: compiled,
        rules: finished,
        ignore,
        patterns,
        owners,
        index,
        declared_names: declared,
    }
}

/// Where ids and reasons stand in a file: good enough to open it at.
struct Lines<'a> {
    ids: FxHashMap<&'a str, u32>,
    reasons: Vec<(&'a str, u32)>,
}

impl<'a> Lines<'a> {
    fn of(text: &'a str) -> Self {
        let mut lines = Self { ids: FxHashMap::default(), reasons: Vec::new() };
        for (line, number) in text.lines().zip(1..) {
            if let Some((_, rest)) = line.split_once("id:") {
                let rest = rest.trim_start().trim_start_matches(['"', '\'']);
                let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '-')).unwrap_or(rest.len());
                lines.ids.entry(&rest[..end]).or_insert(number);
            }
            if let Some((_, rest)) = line.split_once("reason:") {
                lines.reasons.push((rest.trim_start().trim_start_matches(['"', '\'']), number));
            }
        }
        lines
    }

    /// Line of an id, from 1: the first where it is given.
    fn id(&self, id: &str) -> u32 {
        self.ids.get(id).copied().unwrap_or(1)
    }

    fn reason(&self, reason: &str) -> u32 {
        self.reasons.iter().find(|(text, _)| text.starts_with(reason)).map_or(1, |(_, line)| *line)
    }
}

/// The rule that a topic has which no rule names.
fn rule_of(topic: &TopicSpec) -> RuleSpec {
    RuleSpec {
        id: topic.id.clone(),
        title: topic.title.clone(),
        severity: Severity::Warning,
        message: "{a.source} ({a.date}): {a.position}. {b.source} ({b.date}): {b.position}.".into(),
        position: Some(PositionKind { topic: topic.id.clone(), pairs: Vec::new() }),
        tests: topic.tests.clone(),
        ..RuleSpec::default()
    }
}

struct Builder<'a> {
    entities: &'a [EntitySpec],
    groups: &'a [GroupSpec],
    lexicon: &'a Lexicon,
    patterns: Vec<pattern::Compiled>,
    owners: Vec<Owner>,
}

impl Builder<'_> {
    fn pattern(&mut self, says: &Says, owner: Owner) -> PatternId {
        let context = Context { lexicon: self.lexicon, entities: self.entities, groups: self.groups };
        // A file with a faulty pattern is never built; an empty shape matches nothing.
        let compiled = pattern::compile(says, &context).unwrap_or_else(|fault| pattern::Compiled {
            text: fault.message,
            shape: Shape::Event(Vec::new()),
            keys: vec![(0, pattern::Key::Lemmas(Vec::new()))],
            around: Vec::new(),
        });
        self.patterns.push(compiled);
        self.owners.push(owner);
        (self.patterns.len() - 1) as PatternId
    }

    fn all(&mut self, says: &[Says], owner: Owner) -> Vec<PatternId> {
        says.iter().map(|says| self.pattern(says, owner)).collect()
    }

    fn topic(&mut self, at: usize, spec: &TopicSpec) -> Topic {
        let count = spec.positions.len();
        let mut topic = Topic {
            id: spec.id.clone(),
            title: spec.title.clone(),
            key: spec.key.iter().map(|name| Sym::new(name)).collect(),
            changes: spec.changes,
            ..Topic::default()
        };
        for (number, position) in spec.positions.iter().enumerate() {
            let says = self.all(&position.says, Owner::Position(at, number));
            let unless = self.all(&position.unless, Owner::Guard);
            topic.positions.push(Position {
                id: position.id.clone(),
                label: position.label.clone(),
                says,
                unless,
                denied: count + number,
            });
        }
        for (number, position) in spec.positions.iter().enumerate() {
            if let Some(denied) = position.denied_as.as_deref().and_then(|id| topic.position(id)) {
                topic.positions[number].denied = denied;
            }
        }
        if let Some(about) = &spec.about {
            topic.within = about.within;
            let words = |list: &[String]| list.iter().cloned().map(Says::Words).collect::<Vec<_>>();
            topic.all = self.all(&words(&about.all), Owner::Guard);
            topic.any = self.all(&words(&about.any), Owner::Guard);
        }
        let clash = |one: usize, two: usize, strength| Clash { one: one.min(two), two: one.max(two), strength };
        let mut clashes: Vec<Clash> = Vec::new();
        for ClashSpec { between: [one, two], strength } in &spec.conflicts {
            if let (Some(one), Some(two)) = (topic.position(one), topic.position(two)) {
                clashes.push(clash(one, two, *strength));
            }
        }
        for number in 0..count {
            for denied in [count + number, topic.positions[number].denied] {
                if denied != number {
                    clashes.push(clash(number, denied, Strength::Contradiction));
                }
            }
        }
        // What is listed wins over what follows from denial.
        for clash in clashes {
            if !topic.clashes.iter().any(|known| (known.one, known.two) == (clash.one, clash.two)) {
                topic.clashes.push(clash);
            }
        }
        topic
    }

    fn kind(&mut self, at: usize, spec: &RuleSpec, topics: &FxHashMap<String, usize>, compiled: &[Topic]) -> Option<Kind> {
        let names = |key: &Option<OneOrMany>| key.iter().flat_map(|key| &key.0).map(|name| Sym::new(name)).collect::<Vec<_>>();
        if let Some(kind) = &spec.position {
            let topic = *topics.get(&kind.topic)?;
            let of = &compiled[topic];
            let pair = |[one, two]: &[String; 2]| {
                let (one, two) = (of.position(one)?, of.position(two)?);
                let strength = of.clash(one, two).unwrap_or_default();
                Some(Clash { one: one.min(two), two: one.max(two), strength })
            };
            let narrowed: Vec<Clash> = kind.pairs.iter().filter_map(pair).collect();
            let clashes = if kind.pairs.is_empty() { of.clashes.clone() } else { narrowed };
            return Some(Kind::Position(PositionRule { topic, clashes }));
        }
        if let Some(kind) = &spec.quantity {
            let says = self.all(&kind.says, Owner::Rule(at));
            let tolerance = kind.tolerance.unwrap_or_default();
            return Some(Kind::Quantity(QuantityRule { says, tolerance, grows: kind.grows, same: kind.same }));
        }
        if let Some(kind) = &spec.role {
            let says = self.all(&kind.says, Owner::Rule(at));
            let value = kind.value.as_deref().map(Sym::new);
            return Some(Kind::Role(RoleRule { says, key: names(&kind.key), value, same: kind.same }));
        }
        if let Some(kind) = &spec.order {
            let says = self.all(&kind.says, Owner::Rule(at));
            let event = self.all(&kind.event, Owner::Rule(at));
            return Some(Kind::Order(OrderRule { says, event, key: names(&kind.key), same: kind.same }));
        }
        let mut says = |says: &[Says], key: &Option<OneOrMany>, value: Option<&str>, same: Option<Same>| SaysRule {
            says: self.all(says, Owner::Rule(at)),
            key: names(key),
            value: value.map(Sym::new),
            same,
        };
        if let Some(kind) = &spec.time {
            return Some(Kind::Time(says(&kind.says, &kind.key, None, kind.same)));
        }
        if let Some(kind) = &spec.place {
            return Some(Kind::Place(says(&kind.says, &kind.key, kind.value.as_deref(), kind.same)));
        }
        if let Some(kind) = &spec.antonym {
            return Some(Kind::Antonym(says(&kind.says, &kind.key, None, kind.same)));
        }
        let general = [spec.negation.map(Kind::Negation), spec.commitment.map(Kind::Commitment), spec.denial.map(Kind::Denial)];
        general.into_iter().flatten().next()
    }

    fn rule(&self, spec: &RuleSpec, origin: &Origin, kind: Kind, topics: &[(TopicSpec, Origin)]) -> Rule {
        let topic = match &kind {
            Kind::Position(position) => topics.get(position.topic).map(|(topic, _)| topic),
            _ => None,
        };
        let general = match &kind {
            Kind::Position(_) => false,
            Kind::Quantity(rule) => rule.says.is_empty(),
            Kind::Role(rule) => rule.says.is_empty(),
            Kind::Order(rule) => rule.says.is_empty(),
            Kind::Time(rule) | Kind::Place(rule) | Kind::Antonym(rule) => rule.says.is_empty(),
            _ => true,
        };
        let bare = (RuleSpec { tests: None, ..spec.clone() }, topic.map(|topic| TopicSpec { tests: None, ..topic.clone() }));
        let mut tests = spec.tests.clone().unwrap_or_default();
        if topic.is_some_and(|topic| topic.id != spec.id) {
            // Cases of a topic belong to its first rule too.
            let of = topic.and_then(|topic| topic.tests.clone()).unwrap_or_default();
            tests.flag.extend(of.flag);
            tests.quiet.extend(of.quiet);
            tests.todo_flag.extend(of.todo_flag);
            tests.todo_quiet.extend(of.todo_quiet);
        }
        Rule {
            id: spec.id.clone(),
            pack: origin.pack.clone(),
            path: origin.path.clone(),
            line: origin.line,
            layer: origin.layer,
            title: spec.title.clone(),
            severity: spec.severity,
            replaced_by: spec.replaced_by.clone(),
            status: spec.status,
            enabled: spec.enabled.unwrap_or(true),
            kind,
            scope: self.scope(spec.scope.as_ref()),
            message: Message::parse(&spec.message).0,
            tags: spec.tags.clone(),
            note: spec.note.clone(),
            tests,
            hash: Fingerprint::of([format!("{bare:?}").as_str()]),
            general,
        }
    }

    fn scope(&self, spec: Option<&WhereSpec>) -> Where {
        let Some(spec) = spec else { return Where::default() };
        let ids = |list: &[String]| -> Vec<Sym> {
            let members = |id: &String| match self.groups.iter().find(|group| group.id == *id) {
                Some(group) => group.members.iter().map(|id| Sym::new(id)).collect(),
                None => vec![Sym::new(id)],
            };
            list.iter().flat_map(members).collect()
        };
        Where {
            sources: spec.sources,
            from: spec.from.as_ref().map_or_else(Default::default, |from| [ids(&from.a), ids(&from.b)]),
            window: spec.window.as_deref().and_then(hours),
            undated: spec.undated,
            share: spec.share.iter().filter_map(|id| self.groups.iter().position(|group| group.id == *id)).collect(),
            certainty: spec.certainty,
            modalities: spec.modalities.clone(),
        }
    }
}

/// A window in hours.
fn hours(window: &str) -> Option<u32> {
    let number: u32 = window.get(..window.len().checked_sub(1)?)?.parse().ok()?;
    let unit = match window.chars().last()? {
        'h' => 1,
        'd' => 24,
        'w' => 168,
        _ => return None,
    };
    Some(number.saturating_mul(unit))
}
