//! Short names and acronyms to the fuller names that they stand for.

use super::{CROWD, Draft, Gender, Joiner, Words, key};
use crate::base::Sym;
use crate::claims::{EntityKind, MentionForm};
use rustc_hash::FxHashMap;

/// A rule that joins a short name to a fuller one: its name, and whether the fuller one fits.
type Rule<'r> = (&'static str, &'r dyn Fn(&Named) -> bool);

/// A bare name with all its places.
struct Named {
    key: Vec<String>,
    /// Drafts in order.
    at: Vec<usize>,
    kind: EntityKind,
}

/// Pronouns of one sex beside a surname, and none of the other, that tell whose it is not.
const PRONOUNS: usize = 3;

impl Joiner<'_, '_> {
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

    pub(super) fn names(&mut self) {
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
                    && !self.of_other_sex(s, l)
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

    /// Whether the pronouns beside a bare surname are all of the other sex than the fuller name's: "Kell … he … his" is no Ada Kell.
    fn of_other_sex(&self, short: &Named, long: &Named) -> bool {
        let known = |name: &Named| name.at.iter().map(|at| self.drafts[*at].gender).find(|g| *g != Gender::Unknown);
        let (None, Some(gender)) = (known(short), known(long)) else { return false };
        let [male, female] = self.pronouns_beside(short);
        let (own, other) = if gender == Gender::Male { (male, female) } else { (female, male) };
        own == 0 && other >= PRONOUNS
    }

    /// How many pronouns for a man and for a woman stand in the sentences that have a name.
    fn pronouns_beside(&self, name: &Named) -> [usize; 2] {
        let document = self.words.doc;
        let mut sentences: Vec<_> = name.at.iter().filter_map(|at| document.sentence_of(self.drafts[*at].mention.head)).collect();
        sentences.dedup();
        let sets = ["pronouns male", "pronouns female"].map(|set| self.words.lexicon.set(set));
        let tokens = || sentences.iter().filter_map(|at| document.sentences.get(*at)).flat_map(|s| &document.tokens[s.range()]);
        sets.map(|set| tokens().filter(|t| set.is_some_and(|set| set.word(t.form).is_some())).count())
    }

    pub(super) fn acronyms(&mut self) {
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
}

fn near_keys(key: &[String]) -> impl Iterator<Item = String> {
    let last =
        key.iter().rev().find(|w| w.chars().count() > 2).or(key.last()).map(|w| format!("…{}", crate::base::letters::sound(w)));
    let first = key.first().map(|w| format!("{w}…"));
    last.into_iter().chain(first)
}

fn person(kind: EntityKind) -> bool {
    matches!(kind, EntityKind::Person | EntityKind::Unnamed | EntityKind::Place)
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
