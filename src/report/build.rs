//! What a run found → the [`Report`] that every format renders.
//!
//! Gives everything its lasting id, turns spans into lines, and counts. Decides nothing about conflicts.

mod claim;

use claim::Builder;

use super::view::{self, Report};
use crate::base::{Fingerprint, LineIndex, Notice};
use crate::claims::{self, Claim, Modality, Reading, Stance};
use crate::conflicts::ClaimRef;
use crate::entities::Entity;
use crate::pipeline::Analysis;
use crate::rules::RuleSet;
use crate::text::Shape;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::{BTreeMap, BTreeSet};

/// Everything that a report is made of.
#[derive(Clone, Copy)]
pub struct Input<'a> {
    /// What was found.
    pub analysis: &'a Analysis,
    /// The rules.
    pub rules: &'a RuleSet,
    /// What could not be read.
    pub notices: &'a [Notice],
    /// Whether every article's text goes into the report.
    pub with_text: bool,
    /// Whether every claim goes into the report; else only those that conflicts and agreements name, which saves much of a large run's memory.
    pub whole: bool,
}

/// Id of the source of a claim whose words name nobody at all.
const NOBODY: &str = "unnamed";

/// Builds the report of a run.
pub fn report(input: Input<'_>) -> Report {
    made(&input, &Ids::new(&input), false)
}

/// A report whose claims are made article by article, while it is written: a large run's take more memory than all else in it.
pub struct Streamed<'a> {
    /// All but the claims, of which its list is empty.
    pub report: Report,
    input: Input<'a>,
    ids: Ids,
}

/// Builds the report of a run, all claims of which are to be asked for.
pub fn streamed(input: Input<'_>) -> Streamed<'_> {
    let input = Input { whole: false, ..input };
    let ids = Ids::new(&input);
    let mut report = made(&input, &ids, true);
    report.claims = Vec::new();
    Streamed { report, input, ids }
}

impl Streamed<'_> {
    /// The claims of an article by its index, as [`Report::claims`] has them one article after the other.
    pub fn claims(&self, article: usize) -> Vec<view::Claim> {
        claims_of(&self.input, &self.ids, (article, &self.input.analysis.readings[article]), None)
    }
}

/// Builds a report; `listed` has the sources name claims that the report leaves out too.
fn made(input: &Input<'_>, ids: &Ids, listed: bool) -> Report {
    let readings = &input.analysis.readings;
    let wanted = (!input.whole).then(|| named(input, ids));
    let parts: Vec<Part> =
        (0..readings.len()).into_par_iter().map(|at| part(input, ids, (at, &readings[at]), wanted.as_ref(), listed)).collect();
    let mut claims = Vec::with_capacity(parts.iter().map(|part| part.claims.len()).sum());
    let (mut count, mut speakers, mut said) = (0, BTreeSet::new(), Vec::new());
    for part in parts {
        claims.extend(part.claims);
        count += part.count;
        speakers.extend(part.sources);
        said.extend(part.said);
    }
    let conflicts: Vec<view::Conflict> =
        input.analysis.found.conflicts.par_iter().map(|conflict| ids.conflict(input, conflict)).collect();
    let sources = sources(input, said, &speakers);
    let mut report = Report {
        schema: view::SCHEMA.to_owned(),
        tool: view::Tool { name: "gainsay".into(), version: env!("CARGO_PKG_VERSION").into() },
        rules: input
            .rules
            .rules
            .iter()
            .filter(|rule| rule.enabled)
            .map(|rule| view::RuleRef {
                id: rule.id.clone(),
                pack: rule.pack.clone(),
                hash: rule.hash.to_string(),
                title: rule.title.clone(),
                severity: rule.severity.name().into(),
                note: rule.note.clone(),
                tags: rule.tags.clone(),
            })
            .collect(),
        articles: (0..input.analysis.readings.len()).into_par_iter().map(|at| article(input, at)).collect(),
        entities: entities(input),
        agreements: agreements(input, ids, &claims),
        problems: input.notices.iter().map(|n| view::Problem { path: n.path.clone(), message: n.message.clone() }).collect(),
        ..Report::default()
    };
    report.analysis = analysis(input, &conflicts);
    report.summary = view::Summary {
        articles: report.articles.len(),
        claims: count,
        sources: sources.len(),
        conflicts: counts(&conflicts, input.analysis.found.suppressed),
    };
    report.sources = sources;
    report.claims = claims;
    report.conflicts = conflicts;
    report
}

/// What one article gives to a report.
struct Part<'a> {
    claims: Vec<view::Claim>,
    /// How many claims there are, whether or not they are kept.
    count: usize,
    /// Ids of all sources that they name.
    sources: BTreeSet<&'a str>,
    /// Which sources say which claims, by id.
    said: Vec<(&'a str, &'a str)>,
}

/// Claims that conflicts and agreements name.
fn named(input: &Input<'_>, ids: &Ids) -> BTreeSet<String> {
    let found = &input.analysis.found;
    let pairs = found.conflicts.iter().flat_map(|conflict| conflict.also_in.iter().flatten().chain(&conflict.claims));
    pairs.chain(found.agreements.iter().flat_map(|agreement| &agreement.claims)).map(|at| ids.claim(*at)).collect()
}

/// Reads one article off; `wanted` holds the ids of the claims to keep, `None` keeps all.
fn part<'a>(
    input: &Input<'a>,
    ids: &'a Ids,
    (at, reading): (usize, &Reading),
    wanted: Option<&BTreeSet<String>>,
    listed: bool,
) -> Part<'a> {
    let own = publisher_id(input, at);
    let (mut seen, mut sources, mut said) = (FxHashSet::default(), BTreeSet::new(), Vec::new());
    for (number, claim) in reading.claims.iter().enumerate() {
        let id = ids.claims[at].get(number).map_or("", String::as_str);
        if !seen.insert(id) {
            continue;
        }
        let chain = claim.chain.iter().map(|link| source_id(input, at, link));
        sources.extend(chain.clone().chain([own]));
        if listed || wanted.is_none_or(|wanted| wanted.contains(id)) {
            said.extend(chain.map(|source| (source, id)));
            if claim.chain.is_empty() || claim.publisher != Stance::None {
                said.push((own, id));
            }
        }
    }
    let mut claims = claims_of(input, ids, (at, reading), wanted);
    claims.shrink_to_fit();
    Part { claims, count: seen.len(), sources, said }
}

/// The claims of one article, or those that are wanted; one that stands there twice has its further places with it.
fn claims_of(
    input: &Input<'_>,
    ids: &Ids,
    (at, reading): (usize, &Reading),
    wanted: Option<&BTreeSet<String>>,
) -> Vec<view::Claim> {
    let lines = LineIndex::new(&reading.article.text);
    let builder = Builder { input, ids, at, reading, lines: &lines };
    let mut known: FxHashMap<&str, usize> = FxHashMap::default();
    let mut claims: Vec<view::Claim> = Vec::with_capacity(wanted.map_or(reading.claims.len(), |_| 0));
    for (number, claim) in reading.claims.iter().enumerate() {
        let id = ids.claims[at].get(number).map_or("", String::as_str);
        if wanted.is_some_and(|wanted| !wanted.contains(id)) {
            continue;
        }
        match known.get(id) {
            None => {
                known.insert(id, claims.len());
                claims.push(builder.claim(number, claim));
            }
            Some(first) => {
                let first = &mut claims[*first];
                if first.span != claim.span && !first.also_in.iter().any(|place| place.span == claim.span) {
                    first.also_in.push(builder.place(claim.sentence, claim.span));
                }
            }
        }
    }
    claims
}

/// Id of a claim by its place.
pub fn claim_id(analysis: &Analysis, reading: usize, claim: usize) -> String {
    let article = Fingerprint::of([analysis.readings[reading].article.id.as_str()]).short(6);
    analysis.fingerprints[reading].get(claim).map_or_else(String::new, |print| format!("{print}-{article}"))
}

/// Ids of claims by their place.
struct Ids {
    claims: Vec<Vec<String>>,
}

impl Ids {
    fn new(input: &Input<'_>) -> Self {
        let of =
            |at: usize| (0..input.analysis.fingerprints[at].len()).map(|claim| claim_id(input.analysis, at, claim)).collect();
        Self { claims: (0..input.analysis.readings.len()).into_par_iter().map(of).collect() }
    }

    fn claim(&self, at: ClaimRef) -> String {
        self.claims.get(at.reading as usize).and_then(|list| list.get(at.claim as usize)).cloned().unwrap_or_default()
    }

    fn conflict(&self, input: &Input<'_>, conflict: &crate::conflicts::Conflict) -> view::Conflict {
        let rule = |at: usize| input.rules.rules.get(at).map_or_else(String::new, |rule| rule.id.clone());
        let claims = conflict.claims.map(|at| self.claim(at));
        let because = conflict.because.iter().map(|because| {
            let side = because.side.min(1);
            let text = &input.analysis.readings[conflict.claims[side].reading as usize].article.text;
            view::Because {
                claim: claims[side].clone(),
                span: because.span,
                text: because.span.of(text).to_owned(),
                role: because.role.to_owned(),
            }
        });
        view::Conflict {
            id: conflict.id.to_string(),
            rule: rule(conflict.rule),
            kind: conflict.kind.to_owned(),
            relation: conflict.relation.name().to_owned(),
            sides: conflict.sides.name().to_owned(),
            severity: conflict.severity.name().to_owned(),
            confidence: f64::from(conflict.confidence) / 100.0,
            because: because.collect(),
            message: conflict.message.clone(),
            also: conflict.also.iter().map(|at| rule(*at)).collect(),
            also_in: conflict.also_in.iter().map(|pair| pair.map(|at| self.claim(at))).filter(|pair| *pair != claims).collect(),
            ignored: conflict.ignored.clone(),
            group: conflict.group.to_string(),
            claims,
        }
    }
}

fn source_id<'a>(input: &Input<'a>, article: usize, link: &claims::Link) -> &'a str {
    let entities = &input.analysis.entities;
    entities.source_of(article, link).map_or(NOBODY, |at| &entities.get(at).id)
}

fn publisher_id<'a>(input: &Input<'a>, article: usize) -> &'a str {
    let entities = &input.analysis.entities;
    entities.publisher_of(article).map_or(NOBODY, |at| &entities.get(at).id)
}

/// The value of the outermost source that is committed, else of the innermost; the publisher's where there is no source.
pub fn factuality(claim: &Claim) -> Stance {
    if claim.chain.is_empty() {
        return claim.publisher;
    }
    let committed = claim.commitments.iter().find(|stance| **stance != Stance::None);
    committed.or(claim.commitments.last()).copied().unwrap_or_default()
}

/// The word for a modality.
pub fn modality(modality: Modality) -> &'static str {
    match modality {
        Modality::Realised => "realised",
        Modality::Planned => "planned",
        Modality::Conditional => "conditional",
        Modality::Asked => "asked",
        Modality::Required => "required",
        Modality::Wished => "wished",
    }
}

/// The word for a kind of entity.
pub fn kind(kind: claims::EntityKind) -> &'static str {
    use claims::EntityKind as K;
    match kind {
        K::Person => "person",
        K::Office => "office",
        K::State => "state",
        K::Org => "org",
        K::Place => "place",
        K::Group => "group",
        K::Document => "document",
        K::Publisher => "publisher",
        K::Unnamed => "unnamed",
    }
}

fn article(input: &Input<'_>, at: usize) -> view::Article {
    let reading = &input.analysis.readings[at];
    let article = &reading.article;
    let first = input.analysis.voices.first.get(at).map_or(at, |first| *first as usize);
    view::Article {
        id: article.id.clone(),
        path: article.path.clone(),
        given: article.given.clone(),
        extracted: article.extracted,
        record: article.record,
        title: article.title.clone(),
        publisher: article.publisher.clone(),
        published: article.published.map(|date| date.to_string()),
        url: article.url.clone(),
        language: article.language.clone(),
        hash: Some(Fingerprint::of([article.text.as_str()]).to_string()),
        words: reading.document.tokens.iter().filter(|token| token.shape != Shape::Mark).count(),
        group: (first != at).then(|| input.analysis.readings[first].article.id.clone()),
        text: (input.with_text || article.extracted).then(|| article.text.clone()),
        skipped: article.skipped.iter().map(|s| view::Skipped { span: s.span, reason: s.reason.clone() }).collect(),
    }
}

/// Every source that a claim names has an entry, whether or not it commits itself; `said` holds sources with what they say.
fn sources(input: &Input<'_>, mut said: Vec<(&str, &str)>, speakers: &BTreeSet<&str>) -> Vec<view::Source> {
    said.par_sort_unstable();
    said.dedup();
    let articles: BTreeMap<&str, &str> = input
        .analysis
        .readings
        .iter()
        .enumerate()
        .rev()
        .map(|(at, r)| (publisher_id(input, at), r.article.id.as_str()))
        .collect();
    let source = |id: &&str| {
        let entity = input.analysis.entities.by_id(id).map(|at| input.analysis.entities.get(at));
        let start = said.partition_point(|(source, _)| source < id);
        view::Source {
            id: (*id).to_owned(),
            name: source_name(id, entity, &articles),
            kind: entity.map_or("unnamed", |entity| kind(entity.kind)).to_owned(),
            aliases: entity.map_or_else(Vec::new, |entity| entity.aliases.clone()),
            claims: said[start..].iter().take_while(|(source, _)| source == id).map(|(_, claim)| (*claim).to_owned()).collect(),
        }
    };
    speakers.iter().collect::<Vec<_>>().into_par_iter().map(source).collect()
}

/// A publisher that no article states is shown by the article's name.
fn source_name(id: &str, entity: Option<&Entity>, articles: &BTreeMap<&str, &str>) -> String {
    match entity {
        Some(entity) if !entity.name.trim().is_empty() => entity.name.split_whitespace().collect::<Vec<_>>().join(" "),
        _ => articles.get(id).map_or("unnamed source", |article| article).to_owned(),
    }
}

fn entities(input: &Input<'_>) -> Vec<view::Entity> {
    let named = |entity: &&Entity| entity.found && !entity.name.is_empty() && kind(entity.kind) != "unnamed";
    let mut out: Vec<view::Entity> = input
        .analysis
        .entities
        .all()
        .iter()
        .filter(named)
        .map(|e| view::Entity {
            id: e.id.clone(),
            name: e.name.clone(),
            kind: kind(e.kind).to_owned(),
            aliases: e.aliases.clone(),
        })
        .collect();
    out.sort_by(|a, b| a.id.cmp(&b.id));
    out
}

fn agreements(input: &Input<'_>, ids: &Ids, claims: &[view::Claim]) -> Vec<view::Agreement> {
    let by_id: BTreeMap<&str, &view::Claim> = claims.iter().map(|claim| (claim.id.as_str(), claim)).collect();
    let of = |agreement: &crate::conflicts::Agreement| {
        let list: BTreeSet<String> = agreement.claims.iter().map(|at| ids.claim(*at)).collect();
        let found: Vec<&&view::Claim> = list.iter().filter_map(|id| by_id.get(id.as_str())).collect();
        let sources: BTreeSet<String> = found.iter().filter_map(|claim| claim.sources.first().cloned()).collect();
        let articles: BTreeSet<String> = found.iter().map(|claim| claim.article.clone()).collect();
        view::Agreement {
            claims: list.into_iter().collect(),
            sources: sources.into_iter().collect(),
            articles: articles.into_iter().collect(),
        }
    };
    input.analysis.found.agreements.iter().map(of).collect()
}

fn analysis(input: &Input<'_>, conflicts: &[view::Conflict]) -> view::Analysis {
    let mut cells: BTreeMap<(String, String), usize> = BTreeMap::new();
    for conflict in input.analysis.found.conflicts.iter().filter(|conflict| conflict.ignored.is_none()) {
        let speaker = |at: usize| {
            let place = conflict.claims[at];
            let reading = place.reading as usize;
            let link = conflict.voices[at]
                .and_then(|link| input.analysis.readings[reading].claims[place.claim as usize].chain.get(link as usize));
            match link {
                Some(link) => source_id(input, reading, link).to_owned(),
                None => publisher_id(input, reading).to_owned(),
            }
        };
        let (a, b) = (speaker(0), speaker(1));
        *cells.entry(if a <= b { (a, b) } else { (b, a) }).or_default() += 1;
    }
    view::Analysis {
        disputes: disputes(conflicts),
        matrix: cells.into_iter().map(|((a, b), conflicts)| view::Cell { a, b, conflicts }).collect(),
        reversals: conflicts
            .iter()
            .filter(|c| c.relation == "reversal" && c.ignored.is_none())
            .map(|c| c.id.clone())
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect(),
    }
}

/// Conflicts that share claims, directly or through others; the largest dispute first.
fn disputes(conflicts: &[view::Conflict]) -> Vec<view::Dispute> {
    let mut number: BTreeMap<&str, u32> = BTreeMap::new();
    let open = || conflicts.iter().filter(|conflict| conflict.ignored.is_none());
    for id in open().flat_map(|conflict| &conflict.claims) {
        let next = number.len() as u32;
        number.entry(id).or_insert(next);
    }
    let mut parts = petgraph::unionfind::UnionFind::<u32>::new(number.len());
    for conflict in open() {
        parts.union(number[conflict.claims[0].as_str()], number[conflict.claims[1].as_str()]);
    }
    let mut found: BTreeMap<u32, (BTreeSet<String>, BTreeSet<String>)> = BTreeMap::new();
    for conflict in open() {
        let part = parts.find(number[conflict.claims[0].as_str()]);
        let entry = found.entry(part).or_default();
        entry.0.extend(conflict.claims.iter().cloned());
        entry.1.insert(conflict.id.clone());
    }
    let mut out: Vec<view::Dispute> = found
        .into_values()
        .map(|(claims, conflicts)| view::Dispute {
            claims: claims.into_iter().collect(),
            conflicts: conflicts.into_iter().collect(),
        })
        .collect();
    out.sort_by(|a, b| b.conflicts.len().cmp(&a.conflicts.len()).then_with(|| a.claims.cmp(&b.claims)));
    out
}

fn counts(conflicts: &[view::Conflict], below: usize) -> view::Counts {
    let mut counts = view::Counts { total: conflicts.len(), below_min_confidence: below, ..view::Counts::default() };
    for conflict in conflicts {
        *counts.by_kind.entry(conflict.kind.clone()).or_default() += 1;
        *counts.by_relation.entry(conflict.relation.clone()).or_default() += 1;
        *counts.by_severity.entry(conflict.severity.clone()).or_default() += 1;
    }
    counts
}
