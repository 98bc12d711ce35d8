//! Which mentions of one article are the same thing: each mention gets the fullest one as leader, and the rule that joined them.

use super::describe::noun_of_name;
use super::pronoun::{Asks, Candidate, antecedent};
use super::{Draft, Drafts, Gender, Words};
use crate::base::Sym;
use crate::claims::{EntityKind, Mention, MentionForm};
use crate::text::Rel;
use rustc_hash::FxHashMap;

/// Puts the drafts in order and joins them.
pub(super) fn join(words: &Words, drafts: Drafts) -> Vec<Mention> {
    let mut joiner = Joiner::new(words, sorted(drafts.list));
    joiner.names();
    joiner.acronyms();
    joiner.appositions();
    joiner.titles();
    joiner.nouns();
    joiner.pronouns();
    joiner.finish()
}

/// In order of span, outer before inner, with references following.
fn sorted(drafts: Vec<Draft>) -> Vec<Draft> {
    let mut order: Vec<usize> = (0..drafts.len()).collect();
    order.sort_by_key(|i| {
        let m = &drafts[*i].mention;
        (m.first, std::cmp::Reverse(m.end), drafts[*i].name_first, *i)
    });
    let mut place = vec![0; drafts.len()];
    order.iter().enumerate().for_each(|(new, old)| place[*old] = new);
    let mut taken: Vec<Option<Draft>> = drafts.into_iter().map(Some).collect();
    let mut out = Vec::with_capacity(order.len());
    for old in order {
        let Some(mut draft) = taken[old].take() else { continue };
        draft.owner = draft.owner.map(|i| place[i]);
        draft.possessor = draft.possessor.map(|i| place[i]);
        draft.same_as = draft.same_as.map(|(i, rule)| (place[i], rule));
        out.push(draft);
    }
    out
}

struct Joiner<'w, 'a> {
    words: &'w Words<'a>,
    drafts: Vec<Draft>,
    leader: Vec<usize>,
    rule: Vec<Option<&'static str>>,
}

/// A rule that joins a short name to a fuller one: its name, and whether the fuller one fits.
type Rule<'r> = (&'static str, &'r dyn Fn(&Named) -> bool);

/// A bare name with all its places.
struct Named {
    key: Vec<String>,
    /// Drafts in order.
    at: Vec<usize>,
    kind: EntityKind,
}

impl<'w, 'a> Joiner<'w, 'a> {
    fn new(words: &'w Words<'a>, drafts: Vec<Draft>) -> Self {
        let leader = (0..drafts.len()).collect();
        let rule = vec![None; drafts.len()];
        Self { words, drafts, leader, rule }
    }

    fn root(&self, mut at: usize) -> usize {
        while self.leader[at] != at {
            at = self.leader[at];
        }
        at
    }

    /// Puts `member`'s cluster under `head`'s leader.
    fn put(&mut self, member: usize, head: usize, rule: &'static str) {
        let (from, to) = (self.root(member), self.root(head));
        if from == to {
            return;
        }
        self.leader[from] = to;
        self.rule[from] = Some(rule);
        let (gender, kind) = (self.drafts[from].gender, self.drafts[from].mention.kind);
        let head = &mut self.drafts[to];
        if head.gender == Gender::Unknown {
            head.gender = gender;
        }
        if head.mention.kind == EntityKind::Unnamed {
            head.mention.kind = kind;
        }
    }

    /// Distinct bare names, the fullest first.
    fn named(&self) -> Vec<Named> {
        let mut by_key: FxHashMap<Vec<String>, Vec<usize>> = FxHashMap::default();
        for (at, draft) in self.drafts.iter().enumerate() {
            if draft.mention.form == MentionForm::Name && !draft.adjective {
                by_key.entry(key(&draft.mention.name)).or_default().push(at);
            }
        }
        let mut out: Vec<Named> = by_key
            .into_iter()
            .map(|(key, at)| {
                let kind = strongest(at.iter().map(|i| &self.drafts[*i]));
                Named { key, at, kind }
            })
            .collect();
        out.sort_by(|a, b| b.key.len().cmp(&a.key.len()).then(a.at[0].cmp(&b.at[0])));
        out
    }

    fn names(&mut self) {
        let mut names = self.named();
        for name in &names {
            // A headline's capitals hide where a name ends; a place in running text shows it.
            let head = *name.at.iter().find(|i| !self.drafts[**i].guessed).unwrap_or(&name.at[0]);
            for at in &name.at {
                self.drafts[*at].mention.kind = name.kind;
                if *at != head {
                    self.put(*at, head, "same name");
                }
            }
        }
        // Only names that share the sound of the last word, or the first word, can be one: cost follows them, not all pairs.
        let mut near: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        for (at, name) in names.iter().enumerate() {
            for key in near_keys(&name.key) {
                near.entry(key).or_default().push(at);
            }
        }
        // From short to long, so that "Lee" finds "Ann Lee" and "Ann Lee" finds "Ann Marie Lee".
        for short in (0..names.len()).rev() {
            let mut others: Vec<usize> =
                near_keys(&names[short].key).flat_map(|key| near.get(&key).into_iter().flatten().copied().take(CROWD)).collect();
            others.sort_unstable();
            others.dedup();
            if let Some((long, rule)) = self.fuller(&names, short, &others) {
                let kind = names[long].kind;
                let (member, head) = (names[short].at[0], names[long].at[0]);
                self.put(member, head, rule);
                let person = rule == "surname" || rule == "given name";
                let kind = if person { EntityKind::Person } else { kind };
                names[long].kind = kind;
                let root = self.root(head);
                self.drafts[root].mention.kind = kind;
            }
        }
    }

    /// The one fuller name, of those at `others`, that `names[short]` abbreviates.
    fn fuller(&self, names: &[Named], short: usize, others: &[usize]) -> Option<(usize, &'static str)> {
        let s = &names[short];
        // "A300" and "A380" are no surnames, and a state is no short form.
        if s.kind == EntityKind::State || s.key.is_empty() || s.key.iter().any(|w| w.contains(|c: char| c.is_ascii_digit())) {
            return None;
        }
        let declared = self.drafts[s.at[0]].name_end - self.drafts[s.at[0]].name_first == 1
            && self.words.lexicon.metonyms.word(Sym::new(&s.key[0])).is_some();
        // "Island" and "Party" are what a thing is called for short, not somebody.
        let common = s.key.len() == 1
            && [self.words.places, self.words.bodies, self.words.documents].iter().any(|set| set.has_word(&s.key[0]));
        let titled = s.at.iter().any(|i| self.drafts[*i].mention.title.is_some());
        let rules: [Rule; 5] = [
            ("surname", &|l| {
                !common | titled
                    && person(l.kind)
                    && person(s.kind)
                    && !declared | titled
                    && is_surname(self.words, &s.key, &l.key)
            }),
            ("same name", &|l| {
                // "Crooked Hillary Clinton", "Activist Angela Davis"
                let given = self.words.male.has_word(&s.key[0]) || self.words.female.has_word(&s.key[0]);
                person(l.kind) && s.key.len() >= 2 && l.key.len() == s.key.len() + 1 && l.key.ends_with(&s.key) && given
            }),
            ("same name", &|l| person(l.kind) && person(s.kind) && same_person(self.words, &s.key, &l.key)),
            ("short name", &|l| {
                let rest = &l.key[s.key.len().min(l.key.len())..];
                l.key.starts_with(&s.key)
                    && s.kind != EntityKind::Person
                    && !titled
                    && matches!(l.kind, EntityKind::Org | EntityKind::Unnamed)
                    && !self.words.male.has_word(&s.key[0])
                    && !self.words.female.has_word(&s.key[0])
                    && rest.iter().all(|w| {
                        self.words.companies.has_word(w) || self.words.suffixes.has_word(w) || self.words.named_bodies.has_word(w)
                    })
                    && s.kind != EntityKind::Place
                    && self.words.lexicon.named.word(Sym::new(&s.key[0])).is_none()
                    && !declared
            }),
            ("given name", &|l| {
                s.key.len() == 1
                    && l.kind == EntityKind::Person
                    && person(s.kind)
                    && l.key.len() >= 2
                    && l.key[0] == s.key[0]
                    && !titled
                    && (self.words.male.has_word(&s.key[0]) || self.words.female.has_word(&s.key[0]))
            }),
        ];
        rules.iter().find_map(|(rule, fits)| {
            let longer = others
                .iter()
                .copied()
                .filter(|i| *i != short && (names[*i].key.len() > s.key.len() || *rule == "same name" && *i < short));
            let fitting: Vec<usize> = longer.filter(|i| fits(&names[*i])).collect();
            let first = *fitting.first()?;
            let root = |i: usize| self.root(names[i].at[0]);
            if fitting.iter().all(|i| root(*i) == root(first)) {
                return Some((first, *rule));
            }
            // Who is named in full again and again is meant by the surname; relatives passing by are not.
            if *rule == "surname" && s.at.iter().all(|i| self.drafts[*i].gender == Gender::Unknown) {
                let often = |i: usize| {
                    others
                        .iter()
                        .map(|i| &names[*i])
                        .filter(|l| l.key.len() > s.key.len() && self.root(l.at[0]) == root(i))
                        .map(|l| l.at.len())
                        .sum::<usize>()
                };
                let main = *fitting.iter().max_by_key(|i| often(**i))?;
                if fitting.iter().all(|i| root(*i) == root(main) || often(main) > 2 * often(*i)) {
                    return Some((main, *rule));
                }
            }
            // "Mrs Lee" among Ann Lee and Tom Lee.
            let gender = s.at.iter().map(|i| self.drafts[*i].gender).find(|g| *g != Gender::Unknown)?;
            let gender_of = |i: usize| names[i].at.iter().map(|at| self.drafts[*at].gender).find(|g| *g != Gender::Unknown);
            let mut agreeing = fitting.iter().filter(|i| gender_of(**i).is_none_or(|g| g == gender));
            let one = agreeing.next()?;
            agreeing.all(|i| root(*i) == root(*one)).then_some((*one, *rule))
        })
    }

    fn acronyms(&mut self) {
        let mut ending: FxHashMap<u32, usize> = FxHashMap::default();
        let mut starting: FxHashMap<u32, usize> = FxHashMap::default();
        let mut spelled_out: FxHashMap<Vec<char>, Vec<usize>> = FxHashMap::default();
        for (at, d) in self.drafts.iter().enumerate().filter(|(_, d)| d.mention.form == MentionForm::Name) {
            ending.insert(d.mention.end, at);
            starting.entry(d.mention.first).or_insert(at);
            if d.mention.kind != EntityKind::Person && d.name_end - d.name_first >= 2 && self.leader[at] == at {
                spelled_out.entry(initials(&d.mention.name)).or_default().push(at);
            }
        }
        for at in 0..self.drafts.len() {
            let d = &self.drafts[at];
            let short = d.mention.form == MentionForm::Name && d.name_end - d.name_first == 1 && is_acronym(&d.mention.name);
            if !short {
                continue;
            }
            let (first, end) = (d.mention.first as usize, d.mention.end as usize);
            let letters = letters(&d.mention.name);
            let before = (first > 0 && self.words.written(first - 1) == "(" && self.words.written(end) == ")")
                .then(|| ending.get(&(first as u32 - 1)).copied())
                .flatten();
            let behind = (self.words.written(end) == "(").then(|| starting.get(&(end as u32 + 1)).copied()).flatten();
            let beside = before.or(behind).filter(|n| spelled(&self.drafts[*n].mention.name, &letters));
            let long = beside.or_else(|| {
                let all = spelled_out.get(&letters).filter(|_| letters.len() >= 2)?;
                let one = *all.first()?;
                all.iter().all(|other| self.root(*other) == self.root(one)).then_some(one)
            });
            if let Some(long) = long.filter(|long| self.drafts[*long].mention.kind != EntityKind::Person) {
                let root = self.root(long);
                if self.drafts[root].mention.kind == EntityKind::Unnamed {
                    self.drafts[root].mention.kind = EntityKind::Org;
                }
                self.put(at, long, "acronym");
            }
        }
    }

    fn appositions(&mut self) {
        for at in 0..self.drafts.len() {
            if let Some((name, rule)) = self.drafts[at].same_as {
                self.put(at, name, rule);
            }
        }
    }

    /// Clusters with their members, in order of the leader.
    fn clusters(&self) -> Vec<(usize, Vec<usize>)> {
        let mut members: Vec<Vec<usize>> = vec![Vec::new(); self.drafts.len()];
        (0..self.drafts.len()).for_each(|at| members[self.root(at)].push(at));
        members.into_iter().enumerate().filter(|(_, m)| !m.is_empty()).collect()
    }

    /// "The minister" back to the one person so titled before it.
    fn titles(&mut self) {
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
    fn nouns(&mut self) {
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

    fn pronouns(&mut self) {
        let sentences: Vec<usize> =
            self.drafts.iter().map(|d| self.words.doc.sentence_of(d.mention.first).unwrap_or(usize::MAX)).collect();
        for at in 0..self.drafts.len() {
            let Some(asks) = self.drafts[at].asks else { continue };
            let first = self.drafts[at].mention.first;
            if asks == Asks::Relative {
                self.relative(at, first);
                continue;
            }
            let here = sentences[at];
            let quoted = self.words.token(first as usize).map_or(0, |t| t.quoted);
            let gather = |sentence: usize| -> Vec<Candidate> {
                let start = sentences[..at].partition_point(|s| *s < sentence);
                let end = sentences[..at].partition_point(|s| *s <= sentence);
                (start..end).filter_map(|i| self.candidate(i, first, quoted)).collect()
            };
            let own = gather(here);
            // Inside quoted words "he" is not the speaker, whom this stage does not know.
            let before = if quoted > 0 || here == 0 { Vec::new() } else { gather(here - 1) };
            let same_part = here > 0
                && self.words.doc.sentences.get(here).is_some_and(|s| {
                    let b = &self.words.doc.sentences[here - 1];
                    b.kind == crate::text::Line::Body && s.paragraph <= b.paragraph + 1
                });
            let before = if same_part { before } else { Vec::new() };
            let owned = self.words.token(first as usize).is_some_and(|t| t.tag == crate::text::Tag::PrpS);
            if let Some(found) = antecedent(asks, owned, &own, &before) {
                self.put(at, found, "pronoun");
                // The pronoun says what a name of unknown kind is.
                let root = self.root(found);
                if self.drafts[root].mention.kind == EntityKind::Unnamed {
                    self.drafts[root].mention.kind = match asks {
                        Asks::Person(_) => EntityKind::Person,
                        Asks::Thing => EntityKind::Org,
                        _ => EntityKind::Unnamed,
                    };
                }
                self.drafts[at].mention.kind = self.drafts[root].mention.kind;
            }
        }
    }

    /// "the ministry, which", "Lee, who": the mention that ends right before.
    fn relative(&mut self, at: usize, first: u32) {
        let comma = first > 0 && self.words.written(first as usize - 1) == ",";
        let end = if comma { first - 1 } else { first };
        let near =
            (at.saturating_sub(6)..at).rev().find(|i| self.drafts[*i].mention.end == end && self.drafts[*i].asks.is_none());
        let which = self.drafts[at].mention.name == "which";
        if let Some(found) = near {
            let outer = (at.saturating_sub(6)..found).find(|i| {
                let m = &self.drafts[*i].mention;
                m.end == end && matches!(m.kind, EntityKind::Person | EntityKind::Group) != which
            });
            let found = outer.unwrap_or(found);
            let person = matches!(self.drafts[self.root(found)].mention.kind, EntityKind::Person | EntityKind::Group);
            if person != which || self.drafts[self.root(found)].mention.kind == EntityKind::Unnamed {
                self.put(at, found, "pronoun");
            }
        }
    }

    fn candidate(&self, at: usize, pronoun: u32, quoted: u8) -> Option<Candidate> {
        let d = &self.drafts[at];
        let root = self.root(at);
        if d.adjective || d.mention.end > pronoun || d.asks.is_some() && root == at {
            return None;
        }
        let token = self.words.token(d.mention.head as usize)?;
        if token.quoted > quoted {
            return None;
        }
        let leader = &self.drafts[root];
        let subject = matches!(self.top(d).rel, Rel::Nsubj | Rel::NsubjPass | Rel::NsubjOuter);
        // A single word of unknown kind may be a place: only as a subject can it be a person.
        let vague = leader.mention.kind == EntityKind::Unnamed
            && leader.name_end - leader.name_first == 1
            && leader.gender == Gender::Unknown;
        if vague && !subject && d.asks.is_none() {
            return None;
        }
        // "in office", "by phone": a bare noun is taken up by nothing.
        let bare = d.mention.form == MentionForm::Description && !d.plural && !d.definite && d.mention.end - d.mention.first == 1;
        if bare && root == at {
            return None;
        }
        Some(Candidate {
            mention: at,
            leader: root,
            kind: leader.mention.kind,
            gender: leader.gender,
            plural: leader.plural,
            subject,
            named: leader.mention.form == MentionForm::Name,
            possessor: self.words.is_possessive(d.mention.end as usize) || token.rel == Rel::NmodPoss,
        })
    }

    /// The token of a mention that hangs on something outside it.
    fn top(&self, d: &Draft) -> crate::text::Token {
        let mut at = d.mention.head;
        for _ in 0..8 {
            match self.words.token(at as usize) {
                Some(t) if t.head != at && (d.mention.first..d.mention.end).contains(&t.head) => at = t.head,
                _ => break,
            }
        }
        self.words.doc.tokens[at as usize]
    }

    fn finish(self) -> Vec<Mention> {
        let roots: Vec<usize> = (0..self.drafts.len()).map(|at| self.root(at)).collect();
        let kinds: Vec<EntityKind> = roots.iter().map(|r| self.drafts[*r].mention.kind).collect();
        // A member joined through another keeps the rule of its own step.
        let rules: Vec<_> = self.rule;
        self.drafts
            .into_iter()
            .enumerate()
            .map(|(at, draft)| Mention {
                leader: roots[at] as u32,
                joined_by: rules[at],
                speaks_for: draft.owner.filter(|o| roots[*o] != roots[at]).map(|o| o as u32),
                kind: if roots[at] == at || kinds[at] != EntityKind::Unnamed { kinds[at] } else { draft.mention.kind },
                ..draft.mention
            })
            .collect()
    }
}

/// Most names that one is compared with: past it an article is no article but a list.
const CROWD: usize = 32;
/// How many earlier descriptions by one noun a later one can take up.
const NEAR: usize = 24;

fn near_keys(key: &[String]) -> impl Iterator<Item = String> {
    let last =
        key.iter().rev().find(|w| w.chars().count() > 2).or(key.last()).map(|w| format!("…{}", crate::base::letters::sound(w)));
    let first = key.first().map(|w| format!("{w}…"));
    last.into_iter().chain(first)
}

fn person(kind: EntityKind) -> bool {
    matches!(kind, EntityKind::Person | EntityKind::Unnamed | EntityKind::Place)
}

fn person_only(kind: EntityKind) -> bool {
    matches!(kind, EntityKind::Person | EntityKind::Group)
}

/// The kind that most places agree on; a title or a declared name outweighs all.
fn strongest<'d>(drafts: impl Iterator<Item = &'d Draft>) -> EntityKind {
    let mut counts: [(EntityKind, u32); 9] = [
        (EntityKind::Person, 0),
        (EntityKind::State, 0),
        (EntityKind::Office, 0),
        (EntityKind::Org, 0),
        (EntityKind::Document, 0),
        (EntityKind::Place, 0),
        (EntityKind::Group, 0),
        (EntityKind::Publisher, 0),
        (EntityKind::Unnamed, 0),
    ];
    let mut seen = 0;
    for d in drafts {
        seen += 1;
        if d.mention.kind == EntityKind::Person && d.mention.title.is_some() {
            return EntityKind::Person;
        }
        if let Some(entry) = counts.iter_mut().find(|(kind, _)| *kind == d.mention.kind) {
            entry.1 += 1;
        }
    }
    // One "in X" among many bare uses does not make a place.
    let best = counts.iter().filter(|(kind, n)| *kind != EntityKind::Unnamed && *n > 0).max_by_key(|(_, n)| *n);
    match best {
        Some((EntityKind::Place, n)) if *n * 3 < seen => EntityKind::Unnamed,
        Some((kind, _)) => *kind,
        None => EntityKind::Unnamed,
    }
}

/// Lower-case words of a name without marks.
fn key(name: &str) -> Vec<String> {
    name.split_whitespace()
        .map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase())
        .filter(|w| !w.is_empty())
        .collect()
}

/// Whether `short` is the surname of `full`, with its particles or without.
fn is_surname(words: &Words, short: &[String], full: &[String]) -> bool {
    let full = match full {
        [rest @ .., last] if rest.len() >= 2 && words.generations.has_word(last) => rest,
        all => all,
    };
    full.len() >= 2
        && short.len() < full.len()
        && full.iter().rev().zip(short.iter().rev()).all(|(a, b)| a == b || crate::base::letters::same_sound(a, b))
        && !words.generations.has_word(&short[0])
        && (short.len() == 1 || words.particles.has_word(&short[0]))
}

/// Whether two full names can be one person: same surname, given names that agree.
fn same_person(words: &Words, one: &[String], two: &[String]) -> bool {
    let ([a, .., x], [b, .., y]) = (one, two) else { return false };
    one.len() >= 2
        && two.len() >= 2
        && (x == y || crate::base::letters::same_sound(x, y))
        && words.lexicon.same_given_name(a, b)
        && middle_agree(one, two)
}

fn middle_agree(one: &[String], two: &[String]) -> bool {
    one.len() < 3 || two.len() < 3 || one[1].chars().next() == two[1].chars().next()
}

fn is_acronym(name: &str) -> bool {
    let letters = letters(name);
    (2..=8).contains(&letters.len()) && name.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase)
}

fn letters(name: &str) -> Vec<char> {
    name.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect()
}

/// First letters of the capitalised words.
fn initials(name: &str) -> Vec<char> {
    name.split([' ', '-']).filter_map(|w| w.chars().next()).filter(|c| c.is_uppercase()).flat_map(char::to_lowercase).collect()
}

/// Whether an acronym's letters stand in a name in order, starting with its first letter.
fn spelled(name: &str, short: &[char]) -> bool {
    let first = initials(name);
    let mut all = name.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase);
    first.first() == short.first() && first.len() >= 2 && short.iter().all(|c| all.any(|d| d == *c))
}
