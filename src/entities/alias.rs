//! What each article calls one thing: the mentions under one leader, with the forms of their names.

use crate::base::Sym;
use crate::claims::{EntityKind, MentionForm, Reading};
use crate::lexicon::{Lexicon, Phrases};

/// All mentions of one thing in one article.
#[derive(Clone, Debug)]
pub(super) struct Cluster {
    pub article: usize,
    /// Mention index of the leader.
    pub leader: u32,
    pub kind: EntityKind,
    /// Bare names as written, sorted, with how often each stands.
    pub names: Vec<(String, u32)>,
    /// Words of the fullest name in lower case, marks and company suffixes removed; empty where no name is borne.
    pub full: Vec<String>,
    /// Last words of its titles, sorted: what office it holds.
    pub roles: Vec<String>,
}

/// Word sets that names are compared with.
pub(super) struct Sets<'l> {
    suffixes: Option<&'l Phrases<()>>,
    generations: Option<&'l Phrases<()>>,
}

impl<'l> Sets<'l> {
    pub fn new(lexicon: &'l Lexicon) -> Self {
        Self { suffixes: lexicon.set("company suffixes"), generations: lexicon.set("name suffixes") }
    }

    /// Words of a name in lower case for comparing.
    pub fn key(&self, name: &str) -> Vec<String> {
        let trimmed = |w: &str| w.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        let mut words: Vec<String> = name.split_whitespace().map(trimmed).filter(|w| !w.is_empty()).collect();
        if words.len() > 1 && words[0] == "the" {
            words.remove(0);
        }
        let is = |set: Option<&Phrases<()>>, word: &str| set.is_some_and(|s| s.word(Sym::new(word)).is_some());
        while words.len() > 1 && words.last().is_some_and(|w| is(self.suffixes, w) || is(self.generations, w)) {
            words.pop();
        }
        // Dots of an abbreviation say nothing: "U.N.", "UN".
        words.iter_mut().for_each(|w| w.retain(|c| c != '.'));
        words
    }
}

/// The clusters of one article, in order of their leader.
pub(super) fn clusters(article: usize, reading: &Reading, sets: &Sets) -> Vec<Cluster> {
    let mut by_leader: Vec<Option<Cluster>> = vec![None; reading.mentions.len()];
    for mention in &reading.mentions {
        let leader = mention.leader as usize;
        let Some(lead) = reading.mentions.get(leader) else { continue };
        let cluster = by_leader[leader].get_or_insert_with(|| Cluster {
            article,
            leader: mention.leader,
            kind: lead.kind,
            names: Vec::new(),
            full: Vec::new(),
            roles: Vec::new(),
        });
        if cluster.kind == EntityKind::Unnamed {
            cluster.kind = mention.kind;
        }
        if let Some(role) = mention.title.as_deref().and_then(|t| t.split_whitespace().last()) {
            cluster.roles.push(role.to_lowercase());
        }
        if mention.form == MentionForm::Name {
            match cluster.names.iter_mut().find(|(name, _)| *name == mention.name) {
                Some(found) => found.1 += 1,
                None => cluster.names.push((mention.name.clone(), 1)),
            }
        }
    }
    let mut out: Vec<Cluster> = by_leader.into_iter().flatten().collect();
    for cluster in &mut out {
        cluster.names.sort();
        cluster.roles.sort();
        cluster.roles.dedup();
        let best =
            cluster.names.iter().map(|(name, _)| sets.key(name)).max_by(|a, b| a.len().cmp(&b.len()).then_with(|| b.cmp(a)));
        cluster.full = best.unwrap_or_default();
    }
    out
}

/// The name to show: the longest full form, of equal ones the most frequent, of equal ones the first by letters.
pub(super) fn shown<'n>(names: impl Iterator<Item = &'n (String, u32)>) -> Option<String> {
    let mut counts: std::collections::BTreeMap<&str, u32> = std::collections::BTreeMap::new();
    names.for_each(|(name, n)| *counts.entry(name).or_default() += n);
    let words = |name: &str| name.split_whitespace().filter(|w| w.trim_end_matches('.').chars().count() > 1).count();
    let shouted = |name: &str| name.chars().filter(|c| c.is_alphabetic()).count() > 6 && !name.chars().any(char::is_lowercase);
    let best = counts
        .into_iter()
        .max_by(|(a, n), (b, m)| shouted(b).cmp(&shouted(a)).then(words(a).cmp(&words(b))).then(n.cmp(m)).then(b.cmp(a)));
    best.map(|(name, _)| name.to_owned())
}
