//! "The minister", "the bridge", "the company" to the names or descriptions that they take up.

use super::{CROWD, Draft, Joiner, key, person_only};
use crate::base::Sym;
use crate::claims::mention::describe::noun_of_name;
use crate::claims::{EntityKind, MentionForm};
use rustc_hash::FxHashMap;

/// How many earlier descriptions by one noun a later one can take up.
const NEAR: usize = 24;

impl Joiner<'_, '_> {
    /// "The minister" back to the one person so titled before it.
    pub(super) fn titles(&mut self) {
        struct Titled {
            leader: usize,
            first: u32,
            roles: Vec<String>,
            owners: Vec<usize>,
            /// Every word of its titles, in lower case.
            words: Vec<String>,
        }
        let mut people: Vec<Titled> = Vec::new();
        for (leader, members) in self.clusters() {
            if self.drafts[leader].mention.form != MentionForm::Name {
                continue;
            }
            let holders = members.iter().map(|i| &self.drafts[*i]).filter(|d| !d.role.is_empty());
            let roles: Vec<String> = holders.clone().map(|d| d.role.clone()).collect();
            let owners = holders.filter_map(|d| d.owner).map(|o| self.root(o)).collect();
            let first = members.iter().map(|i| self.drafts[*i].mention.first).min().unwrap_or(0);
            let titles = members.iter().map(|i| &self.drafts[*i]).filter_map(|d| match d.mention.form {
                MentionForm::Name => d.mention.title.clone(),
                _ => Some(d.mention.name.clone()),
            });
            let words = titles.flat_map(|t| key(&t)).collect();
            if !roles.is_empty() {
                people.push(Titled { leader, first, roles, owners, words });
            }
        }
        let mut by_noun: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        for (at, titled) in people.iter().enumerate() {
            let mut nouns: Vec<&str> = titled.roles.iter().filter_map(|role| role.split(' ').next_back()).collect();
            nouns.sort_unstable();
            nouns.dedup();
            nouns.into_iter().for_each(|noun| by_noun.entry(noun.to_owned()).or_default().push(at));
        }
        for at in 0..self.drafts.len() {
            let d = &self.drafts[at];
            if d.mention.form != MentionForm::Description
                || d.mention.kind != EntityKind::Person
                || !d.definite
                || d.plural
                || self.leader[at] != at
                || d.role.is_empty()
            {
                continue;
            }
            let owner = d.owner.map(|o| self.root(o));
            if d.possessed && owner.is_none() {
                continue;
            }
            let own = key(&d.mention.name);
            // "The Democratic candidate" is nobody who is not called Democratic.
            let near = |t: &&Titled| {
                t.first < d.mention.first
                    && own.iter().all(|word| t.words.contains(word))
                    && owner.is_none_or(|o| t.owners.is_empty() || t.owners.iter().any(|w| self.alike(*w, o)))
            };
            let noun = d.role.split(' ').next_back().unwrap_or_default();
            let bearers: Vec<&Titled> =
                by_noun.get(noun).into_iter().flatten().take(CROWD).map(|i| &people[*i]).filter(near).collect();
            let exact: Vec<usize> = bearers.iter().filter(|t| t.roles.contains(&d.role)).map(|t| t.leader).collect();
            // "the health minister" is also the Minister of Health.
            let within: Vec<usize> = bearers
                .iter()
                .filter(|t| own.len() > 1 || t.roles.iter().any(|role| self.names_office(role, &d.role)))
                .map(|t| t.leader)
                .collect();
            let found = match (&exact[..], &within[..]) {
                ([one], _) => Some(*one),
                ([], [one]) => Some(*one),
                _ => None,
            };
            if let Some(leader) = found {
                self.put(at, leader, "title");
            }
        }
    }

    /// Whether two owners can be one: the same cluster, or a state and its adjective.
    fn alike(&self, one: usize, two: usize) -> bool {
        let (a, b) = (&self.drafts[one].mention.name, &self.drafts[two].mention.name);
        one == two
            || a == b
            || self.drafts[one].adjective != self.drafts[two].adjective
                && a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count() >= 4
    }

    /// "minister" names the office "foreign minister", "president" does not name "vice president".
    fn names_office(&self, office: &str, said: &str) -> bool {
        let Some(front) = office.strip_suffix(said) else { return false };
        front.ends_with(' ')
            && !front
                .split_whitespace()
                .any(|w| self.words.lexicon.set("lesser").is_some_and(|set| set.word(Sym::new(w)).is_some()))
    }

    /// "The bridge" to its name if only one fits; "the spokesman" to the one introduced before.
    pub(super) fn nouns(&mut self) {
        let mut by_noun: FxHashMap<Sym, Vec<usize>> = FxHashMap::default();
        for (at, d) in self.drafts.iter().enumerate() {
            let whole = d.mention.form == MentionForm::Name && d.name_end - d.name_first > 1 && !person_only(d.mention.kind);
            if let Some(noun) = whole.then(|| noun_of_name(self.words, d.name_first as usize, d.name_end as usize)).flatten() {
                let list = by_noun.entry(noun).or_default();
                let root = self.root(at);
                if list.len() < CROWD && !list.iter().any(|i| self.root(*i) == root) {
                    list.push(at);
                }
            }
            if let (MentionForm::Description, Some((name, _))) = (d.mention.form, d.same_as)
                && !person_only(d.mention.kind)
                && let Some(token) = self.words.token(d.mention.head as usize)
            {
                by_noun.entry(token.lemma).or_default().push(name);
            }
        }
        let firms = self.firms();
        let mut introduced: FxHashMap<Sym, Vec<usize>> = FxHashMap::default();
        for at in 0..self.drafts.len() {
            let d = &self.drafts[at];
            if d.mention.form != MentionForm::Description || self.leader[at] != at {
                continue;
            }
            let Some(token) = self.words.token(d.mention.head as usize) else { continue };
            let noun = token.lemma;
            if d.definite && !d.plural {
                let bare = d.owner.is_none() && d.mention.end - d.mention.first <= 2;
                let names: Vec<usize> = by_noun
                    .get(&noun)
                    .into_iter()
                    .flatten()
                    .copied()
                    .filter(|i| self.drafts[*i].mention.first < d.mention.first)
                    .collect();
                let named = names.first().copied().filter(|one| bare && names.iter().all(|i| self.root(*i) == self.root(*one)));
                let named = named.or_else(|| (bare && names.is_empty()).then(|| self.only_company(at, &firms)).flatten());
                if let Some(name) = named {
                    self.put(at, name, "description");
                    continue;
                }
                let before = introduced.get(&noun).map_or(&[][..], |v| &v[v.len().saturating_sub(NEAR)..]);
                let fitting: Vec<usize> = before.iter().copied().filter(|i| self.takes_up(at, *i)).collect();
                if let Some(one) = fitting.first().copied().filter(|one| fitting.iter().all(|i| self.root(*i) == self.root(*one)))
                {
                    self.put(at, one, "same description");
                    continue;
                }
            }
            introduced.entry(noun).or_default().push(at);
        }
    }

    /// Whether a definite description can take up an earlier one: no word of its own that the earlier lacks.
    fn takes_up(&self, at: usize, earlier: usize) -> bool {
        let (d, e) = (&self.drafts[at], &self.drafts[earlier]);
        let own: Vec<&str> = d.mention.name.split_whitespace().collect();
        let given: Vec<&str> = e.mention.name.split_whitespace().collect();
        // "Ann's campaign" is not Tom's, and whose "her campaign" is is not settled here.
        let theirs = |d: &Draft| d.possessor.map(|o| self.root(o));
        let possessed = !d.possessed || theirs(d).is_some() && theirs(d) == theirs(e);
        !e.plural
            && possessed
            && own.iter().all(|w| given.contains(w))
            && (d.owner.is_none() || d.owner.map(|o| self.root(o)) == e.owner.map(|o| self.root(o)))
    }

    /// Names that firms bear, in order of their first mention; two are enough to leave "the company" open.
    fn firms(&self) -> Vec<usize> {
        let is_firm = |i: &usize| {
            let d = &self.drafts[*i];
            let head = self.words.token(d.name_end.saturating_sub(1) as usize);
            let body = head.is_some_and(|t| self.words.bodies.has(t) && !self.words.companies.has(t));
            d.mention.form == MentionForm::Name && self.leader[*i] == *i && d.mention.kind == EntityKind::Org && !body
        };
        (0..self.drafts.len()).filter(is_firm).take(2).collect()
    }

    /// The one firm of the article so far, for "the company".
    fn only_company(&self, at: usize, firms: &[usize]) -> Option<usize> {
        let token = self.words.token(self.drafts[at].mention.head as usize)?;
        match firms {
            [one, rest @ ..] if self.words.companies.has(token) && *one < at && rest.iter().all(|other| *other > at) => {
                Some(*one)
            }
            _ => None,
        }
    }
}
