//! The stages in order: articles are read in parallel, each by itself; only then does anything look at the whole collection.
//!
//! In: articles and rules. Out: [`Reading`]s in the order of the articles, and what the collection gives. Decides nothing itself.

use crate::article::Article;
use crate::base::{Fingerprint, Limits, Sym};
use crate::claims::{self, EntityKind, Reading};
use crate::conflicts::{self, ClaimRef, Who};
use crate::entities::{self, Entities};
use crate::graph::{ClaimIx, Graph, Voices, voices};
use crate::lexicon::Lexicon;
use crate::rules::{self, Names, RuleSet, ignore};
use crate::text;
use jiff::civil::Date;
use rayon::prelude::*;

/// Everything that a run found; plain data for reports.
#[derive(Debug, Default)]
pub struct Analysis {
    /// The articles with their claims, in order.
    pub readings: Vec<Reading>,
    /// Who is who.
    pub entities: Entities,
    /// Which articles run one text.
    pub voices: Voices,
    /// By article and claim: its fingerprint.
    pub fingerprints: Vec<Vec<Fingerprint>>,
    /// By article and claim: positions taken and figures captured.
    pub taken: Vec<Vec<rules::Found>>,
    /// Who is who, as comparing takes it.
    pub who: Who,
    /// Conflicts, agreements and what comparing cost; empty where nothing was compared.
    pub found: conflicts::Found,
    /// How many conflicts each `ignore` entry of the rules covers, in their order; filled by [`Analysis::ignore`].
    pub ignores: Vec<usize>,
}

/// Reads articles and sets their claims against each other; `articles` are in the order that the report keeps.
pub fn check(articles: Vec<Article>, rules: &RuleSet, limits: &Limits, options: &conflicts::Options) -> Analysis {
    compare(read_all(articles, &rules.lexicon, limits), rules, options)
}

/// Sets the claims of articles against each other that are read already.
pub fn compare(readings: Vec<Reading>, rules: &RuleSet, options: &conflicts::Options) -> Analysis {
    let mut analysis = collect(readings, rules);
    analysis.found = conflicts::find(analysis.input(rules), options);
    analysis
}

/// Everything that a collection gives before any two claims are set against each other.
pub fn collect(readings: Vec<Reading>, rules: &RuleSet) -> Analysis {
    // Who is who is settled on one core for the most part; what needs no entities is worked out beside it.
    let named = || {
        let entities = entities::resolve(&readings, &rules.declared(), &rules.lexicon);
        let who = who(&entities, &readings);
        (entities, who)
    };
    let print = |r: &Reading| -> Vec<Fingerprint> { r.claims.iter().map(|claim| claims::fingerprint::of(r, claim)).collect() };
    let worded = || (voices(&readings), readings.par_iter().map(print).collect::<Vec<_>>());
    let ((entities, who), (voices, fingerprints)) = rayon::join(named, worded);
    let taken: Vec<Vec<rules::Found>> =
        readings.par_iter().enumerate().map(|(at, r)| positions(rules, r, &entities, at)).collect();
    Analysis { who, voices, fingerprints, taken, readings, entities, ..Analysis::default() }
}

impl Analysis {
    /// What comparing looks at.
    pub fn input<'a>(&'a self, rules: &'a RuleSet) -> conflicts::Input<'a> {
        conflicts::Input {
            readings: &self.readings,
            who: &self.who,
            found: &self.taken,
            fingerprints: &self.fingerprints,
            copies: &self.voices.first,
            rules,
        }
    }

    /// Articles, sources, entities and claims, with the conflicts and agreements among them, as a graph to ask.
    pub fn graph(&self) -> Graph {
        let place = |at: &ClaimRef| ClaimIx { article: at.reading, claim: at.claim };
        let mut graph = Graph::build(&self.readings, &self.entities);
        graph.add_conflicts(self.found.conflicts.iter().map(|c| (place(&c.claims[0]), place(&c.claims[1]))));
        let agreements = self.found.agreements.iter();
        graph.add_supports(agreements.flat_map(|a| a.claims.windows(2).map(|w| (place(&w[0]), place(&w[1])))));
        graph
    }

    /// Marks the conflicts that an `ignore` entry covers. `today` is the day that `until` is held against, the newest article's where
    /// none is given.
    pub fn ignore(&mut self, rules: &RuleSet, today: Option<Date>) {
        if rules.ignore.is_empty() {
            return;
        }
        let today = today.or(self.newest());
        let mut uses = vec![0; rules.ignore.len()];
        let mut list = std::mem::take(&mut self.found.conflicts);
        for conflict in &mut list {
            let entries = self.covering(conflict, rules, today);
            conflict.ignored = entries.first().map(|at| rules.ignore[*at].reason.clone());
            entries.into_iter().for_each(|at| uses[at] += 1);
        }
        self.found.conflicts = list;
        self.ignores = uses;
    }

    /// The day of the newest article.
    pub fn newest(&self) -> Option<Date> {
        self.readings.iter().filter_map(|reading| reading.article.published).max()
    }

    /// The `ignore` entries that cover a conflict, by index.
    fn covering(&self, conflict: &conflicts::Conflict, rules: &RuleSet, today: Option<Date>) -> Vec<usize> {
        let edge = conflict.id.to_string();
        let mut candidate = ignore::Candidate {
            rule: rules.rules.get(conflict.rule).map_or("", |rule| rule.id.as_str()),
            edge: &edge,
            ..ignore::Candidate::default()
        };
        for place in conflict.claims {
            let at = place.reading as usize;
            let article = &self.readings[at].article;
            let claim = &self.readings[at].claims[place.claim as usize];
            candidate.articles.push(&article.id);
            candidate.publishers.extend(article.publisher.as_deref());
            let linked = claim.chain.iter().filter_map(|link| self.entities.source_of(at, link));
            for source in linked.chain(claim.chain.is_empty().then(|| self.entities.publisher_of(at)).flatten()) {
                let entity = self.entities.get(source);
                candidate.sources.extend([entity.id.as_str(), entity.name.as_str()]);
            }
        }
        (0..rules.ignore.len()).filter(|at| rules.ignore[*at].covers(&candidate, today)).collect()
    }
}

/// What the rules find in every claim of one article.
pub fn positions(rules: &RuleSet, reading: &Reading, entities: &Entities, article: usize) -> Vec<rules::Found> {
    let names = ArticleNames::new(entities, article);
    rules.find(reading, &names)
}

/// Reads articles on all threads of the current pool; one reading an article, in order.
pub fn read_all(articles: Vec<Article>, lexicon: &Lexicon, limits: &Limits) -> Vec<Reading> {
    articles
        .into_par_iter()
        .map(|article| {
            let document = text::annotate(&article, lexicon);
            claims::extract_within(article, document, lexicon, limits)
        })
        .collect()
}

/// The entities of a run as comparing takes them: one being an entity, with the same numbers.
pub fn who(entities: &Entities, readings: &[Reading]) -> Who {
    Who::of_entities(readings, entities)
}

/// The entities of one article, as the patterns of rules ask for them.
pub struct ArticleNames<'a> {
    entities: &'a Entities,
    article: usize,
}

impl<'a> ArticleNames<'a> {
    /// Names of the article at an index.
    pub fn new(entities: &'a Entities, article: usize) -> Self {
        Self { entities, article }
    }
}

impl Names for ArticleNames<'_> {
    fn entity(&self, mention: u32) -> Option<Sym> {
        self.entities.entity_of(self.article, mention).map(|e| Sym::new(&self.entities.get(e).id))
    }

    fn kind(&self, mention: u32) -> EntityKind {
        self.entities.entity_of(self.article, mention).map_or(EntityKind::Unnamed, |e| self.entities.get(e).kind)
    }
}
