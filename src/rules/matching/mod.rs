//! One article's claims against all patterns: one pass over a claim's words finds the patterns worth running.
//!
//! In: a [`Reading`], what its names stand for, and the rule set. Out: [`Found`] for a claim. Whole articles are looked at only
//! for a topic's `about`, once. Compares no two claims.

use super::found::{Found, Held, Match, Names, Taken};
use super::pattern::{Compiled, Index, Part, Role, Shape, Words};
use super::schema::Within;
use super::{Owner, PatternId, RuleSet, Topic};
use crate::base::Sym;
use crate::claims::factuality::{OppositeWord, stance_of};
use crate::claims::{Arg, Claim, Event, MentionForm, Reading};
use crate::text::{Pos, Rel, Token};
use rustc_hash::{FxHashMap, FxHashSet};
use std::cell::RefCell;

mod view;

use view::Draft;
pub(super) use view::View;

/// The patterns of a rule set at work on one article.
pub struct Matcher<'a> {
    rules: &'a RuleSet,
    reading: &'a Reading,
    names: &'a dyn Names,
    /// Mentions by their first token, longest first.
    mentions: FxHashMap<u32, Vec<u32>>,
    /// Patterns that the article's words let count beside those that always do.
    awake: Index,
    /// Which topics the article is about, as far as asked.
    about: RefCell<FxHashMap<usize, bool>>,
    /// Whether every topic's `about` is taken as given, as in a rule's tests.
    assume: bool,
}

/// A claim with what matching it needs.
struct Here<'a> {
    claim: &'a Claim,
    /// Its words without those that a cue in it governs.
    tokens: &'a [u32],
    /// Those words, each with its cue.
    governed: &'a [(u32, std::ops::Range<u32>)],
    extra: &'a [Sym],
    siblings: &'a [&'a Claim],
}

impl<'a> Matcher<'a> {
    /// Prepares an article.
    pub fn new(rules: &'a RuleSet, reading: &'a Reading, names: &'a dyn Names) -> Self {
        let mut mentions: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
        for (at, mention) in (0u32..).zip(&reading.mentions) {
            mentions.entry(mention.first).or_default().push(at);
        }
        let length = |at: &u32| reading.mentions[*at as usize].end;
        mentions.values_mut().for_each(|here| here.sort_by_key(|at| std::cmp::Reverse(length(at))));
        let tokens = &reading.document.tokens;
        let words: FxHashSet<Sym> = tokens.iter().flat_map(|token| [token.lemma, token.form]).collect();
        let awake = rules.index.awake(&words, &rules.patterns);
        Self { rules, reading, names, mentions, awake, about: RefCell::default(), assume: false }
    }

    /// Takes every topic's `about` as given.
    pub fn assuming(mut self) -> Self {
        self.assume = true;
        self
    }

    /// What the rule set finds in a claim of the article.
    pub fn claim(&self, index: usize) -> Found {
        if index >= self.reading.claims.len() {
            return Found::default();
        }
        self.with(index, |here| self.found(index, here))
    }

    /// Every pattern that matches a claim, guards included, in file order: what a test reaches.
    pub fn matching(&self, index: usize) -> Vec<PatternId> {
        self.with(index, |here| self.candidates(here).into_iter().filter(|id| !self.run(*id, here).is_empty()).collect())
    }

    /// Gathers what matching a claim needs.
    fn with<T>(&self, index: usize, act: impl FnOnce(&Here<'_>) -> T) -> T {
        let claim = &self.reading.claims[index];
        let extra = self.event_lemmas(claim);
        let siblings = self.siblings(index);
        let governed = self.governed(index);
        let mine = |at: &u32| governed.binary_search_by_key(at, |(other, _)| *other).is_err();
        let tokens: Vec<u32> = claim.tokens.iter().copied().filter(mine).collect();
        act(&Here { claim, tokens: &tokens, governed: &governed, extra: &extra, siblings: &siblings })
    }

    fn found(&self, index: usize, here: &Here<'_>) -> Found {
        let candidates = self.candidates(here);
        let mut found = Found::default();
        let mut by_topic: Vec<(usize, usize, Match)> = Vec::new();
        for id in candidates {
            match self.rules.owners[id as usize] {
                Owner::Position(topic, position) => {
                    by_topic.extend(self.run(id, here).into_iter().map(|hit| (topic, position, hit)));
                }
                Owner::Rule(rule) => found.captured.extend(self.run(id, here).into_iter().map(|hit| (rule, hit))),
                Owner::Guard => {}
            }
        }
        by_topic.sort_by_key(|a| (a.0, rank(&a.2)));
        let mut kept: Vec<(usize, usize, Match)> = Vec::new();
        for (topic, position, hit) in by_topic {
            let clashes = |(other, _, earlier): &(usize, usize, Match)| *other == topic && overlap(earlier, &hit);
            if self.excluded(topic, position, &hit, here) {
                found.barred.push((topic, position, "unless"));
            } else if !kept.iter().any(clashes) {
                kept.push((topic, position, hit));
            }
        }
        kept.retain(|(topic, position, _)| {
            let about = self.is_about(*topic, index);
            if !about {
                found.barred.push((*topic, *position, "about"));
            }
            about
        });
        kept.sort_by_key(|(topic, position, hit)| (*topic, hit.tokens.first().copied(), *position));
        found.taken = kept.into_iter().map(|(topic, said, hit)| self.taken(topic, said, hit, here)).collect();
        found.captured.sort_by_key(|(rule, hit)| (*rule, rank(hit)));
        let mut kept: Vec<(usize, Match)> = Vec::new();
        for (rule, hit) in std::mem::take(&mut found.captured) {
            if !kept.iter().any(|(other, earlier)| *other == rule && overlap(earlier, &hit)) {
                kept.push((rule, hit));
            }
        }
        found.captured = kept;
        found
    }

    /// Whether an article, sentence or clause is one that a topic looks at.
    pub fn is_about(&self, topic: usize, claim: usize) -> bool {
        let Some(of) = self.rules.topics.get(topic) else { return false };
        if self.assume || of.all.is_empty() && of.any.is_empty() {
            return true;
        }
        let Some(claim) = self.reading.claims.get(claim) else { return false };
        let document = &self.reading.document;
        match of.within {
            Within::Clause => self.holds(of, &[&claim.tokens]),
            Within::Sentence => {
                let Some(sentence) = document.sentences.get(claim.sentence as usize) else { return false };
                self.holds(of, &[&(sentence.first..sentence.end).collect::<Vec<_>>()])
            }
            Within::Article => *self.about.borrow_mut().entry(topic).or_insert_with(|| {
                let sentences: Vec<Vec<u32>> = document.sentences.iter().map(|s| (s.first..s.end).collect()).collect();
                self.holds(of, &sentences.iter().map(Vec::as_slice).collect::<Vec<_>>())
            }),
        }
    }

    fn holds(&self, topic: &Topic, places: &[&[u32]]) -> bool {
        let found = |id: &PatternId| {
            let Shape::Words(words) = &self.rules.patterns[*id as usize].shape else { return false };
            places.iter().any(|tokens| {
                let view = View { matcher: self, claim: None, tokens, extra: None, wide: false };
                !view.words(words).is_empty()
            })
        };
        topic.all.iter().all(found) && (topic.any.is_empty() || topic.any.iter().any(found))
    }

    /// Patterns that the claim's words wake, in file order.
    fn candidates(&self, here: &Here<'_>) -> Vec<PatternId> {
        let Here { claim, extra, .. } = *here;
        let both = [&self.rules.index, &self.awake];
        let mut all: Vec<PatternId> = both.iter().flat_map(|index| index.always.iter().copied()).collect();
        if !claim.quantities.is_empty() {
            all.extend(both.iter().flat_map(|index| index.numbers.iter().copied()));
        }
        let mut words: FxHashSet<Sym> = FxHashSet::default();
        let mut wake = |word: Sym| {
            if words.insert(word) {
                both.iter().for_each(|index| all.extend(index.of(word)));
            }
        };
        let wide = here.siblings.iter().flat_map(|sibling| &sibling.tokens);
        let governed = here.governed.iter().map(|(at, _)| at);
        for token in claim.tokens.iter().chain(wide).chain(governed).filter_map(|at| self.token(*at)) {
            wake(token.lemma);
            if token.form != token.lemma {
                wake(token.form);
            }
        }
        extra.iter().for_each(|lemma| wake(*lemma));
        all.sort_unstable();
        all.dedup();
        all.retain(|id| self.rules.patterns[*id as usize].may_match(&words));
        all
    }

    /// Lemmas under which the claim's event can be named: its own, and the verb of an event noun or participle.
    pub(super) fn event_lemmas(&self, claim: &Claim) -> Vec<Sym> {
        let Some(event) = &claim.event else { return Vec::new() };
        let mut all = vec![event.lemma];
        if let Some(token) = self.token(event.predicate) {
            all.push(token.lemma);
            match token.pos {
                Pos::Noun => all.extend(crate::lexical::verbs_of(token.lemma.as_str()).map(Sym::new)),
                Pos::Adj => {
                    let verbs = crate::text::lemmas_of(token.form.as_str()).into_iter().filter(|(pos, _)| *pos == Pos::Verb);
                    all.extend(verbs.map(|(_, lemma)| lemma));
                }
                _ => {}
            }
        }
        all.retain(|lemma| !lemma.is_empty());
        let mut seen = rustc_hash::FxHashSet::default();
        all.retain(|lemma| seen.insert(*lemma));
        all
    }

    /// The article.
    pub fn reading(&self) -> &'a Reading {
        self.reading
    }

    /// The rule set.
    pub fn rules(&self) -> &'a RuleSet {
        self.rules
    }

    fn token(&self, at: u32) -> Option<&'a Token> {
        self.reading.document.tokens.get(at as usize)
    }

    /// Words of a claim that a cue in it governs, each with the cue: they are said by somebody else.
    fn governed(&self, index: usize) -> Vec<(u32, std::ops::Range<u32>)> {
        let claims = &self.reading.claims;
        let claim = &claims[index];
        let same = |other: &&Claim| other.sentence == claim.sentence;
        let around = claims[..index].iter().rev().take_while(same).chain(claims[index + 1..].iter().take_while(same));
        let mut governed: Vec<(u32, std::ops::Range<u32>)> = Vec::new();
        for other in around.take(16).filter(|other| other.chain.len() > claim.chain.len()) {
            let cue = &other.chain[claim.chain.len()].cue;
            if !cue.is_empty() && claim.tokens.iter().any(|at| cue.contains(at)) {
                governed.extend(other.tokens.iter().filter(|at| **at != claim.predicate).map(|at| (*at, cue.clone())));
            }
        }
        governed.sort_unstable_by_key(|(at, _)| *at);
        governed
    }

    /// Other claims of the same sentence under the same cues: where the parser cut a clause in two, a pattern may need both.
    fn siblings(&self, index: usize) -> Vec<&'a Claim> {
        let claims = &self.reading.claims;
        let claim = &claims[index];
        let same = |other: &&Claim| {
            let links = |claim: &Claim| claim.chain.iter().map(|link| link.id).collect::<Vec<_>>();
            other.sentence == claim.sentence && other.chain.len() == claim.chain.len() && links(other) == links(claim)
        };
        let near = |range: &mut dyn Iterator<Item = usize>| -> Vec<&'a Claim> {
            range.map(|at| &claims[at]).take_while(|other| other.sentence == claim.sentence).filter(same).take(8).collect()
        };
        let mut all = near(&mut (0..index).rev());
        all.reverse();
        all.extend(near(&mut (index + 1..claims.len())));
        all
    }

    /// Whether an `unless` of the position overlaps the match.
    fn excluded(&self, topic: usize, position: usize, hit: &Match, here: &Here<'_>) -> bool {
        let Some(position) = self.rules.topics.get(topic).and_then(|topic| topic.positions.get(position)) else { return false };
        position.unless.iter().any(|id| self.run(*id, here).iter().any(|guard| overlap(guard, hit)))
    }

    fn run(&self, id: PatternId, here: &Here<'_>) -> Vec<Match> {
        let Compiled { shape, .. } = &self.rules.patterns[id as usize];
        let claim = here.claim;
        match shape {
            Shape::Words(words) => {
                let view = View { tokens: here.tokens, ..View::clause(self, claim) };
                let mut found = view.words(words);
                if found.is_empty() && !here.governed.is_empty() {
                    // "Agree to buy": a pattern that names the cue may go on into what the cue governs.
                    let whole = |draft: &Draft| {
                        let inside = here.governed.iter().filter(|(at, _)| draft.tokens.contains(at));
                        inside.into_iter().all(|(_, cue)| draft.tokens.iter().any(|at| cue.contains(at)))
                    };
                    let mut tokens: Vec<u32> =
                        claim.tokens.iter().copied().chain(here.governed.iter().map(|(at, _)| *at)).collect();
                    tokens.sort_unstable();
                    tokens.dedup();
                    let view = View { tokens: &tokens, ..View::clause(self, claim) };
                    found = view.words(words).into_iter().filter(whole).collect();
                }
                let found = if found.is_empty() { self.across(words, here) } else { found };
                found.into_iter().map(|found| found.finish(id)).collect()
            }
            Shape::Event(parts) => self.event(parts, claim, here.extra).map(|found| found.finish(id)).into_iter().collect(),
        }
    }

    /// Matches that need the words of several clauses of one sentence, where this claim has the most of them.
    fn across(&self, words: &Words, here: &Here<'_>) -> Vec<Draft> {
        let claim = here.claim;
        if here.siblings.is_empty() {
            return Vec::new();
        }
        let mut tokens: Vec<u32> = here.siblings.iter().flat_map(|sibling| sibling.tokens.iter().copied()).collect();
        tokens.extend(here.tokens);
        tokens.sort_unstable();
        tokens.dedup();
        if tokens.len() == claim.tokens.len() {
            return Vec::new();
        }
        let mut found = View { matcher: self, claim: Some(claim), tokens: &tokens, extra: None, wide: true }.words(words);
        let share = |claim: &Claim, draft: &Draft| {
            let inside = draft.tokens.iter().filter(|at| claim.tokens.contains(at)).count();
            (inside, draft.tokens.contains(&claim.predicate))
        };
        found.retain(|draft| {
            let own = share(claim, draft);
            let mine = (own.1, own.0);
            own.0 > 0
                && here.siblings.iter().all(|sibling| {
                    let other = share(sibling, draft);
                    let earlier = sibling.predicate < claim.predicate;
                    // A sibling that holds all of it reports it itself; of equals the first does.
                    other.0 < draft.tokens.len() && ((other.1, other.0) < mine || (other.1, other.0) == mine && !earlier)
                })
        });
        found
    }

    fn event(&self, parts: &[Part], claim: &Claim, extra: &[Sym]) -> Option<Draft> {
        claim.event.as_ref()?;
        let mut draft = Draft::default();
        for part in parts {
            let found = match part.role {
                Role::Event => self.predicate(part, claim, extra),
                _ => self.part(part, claim),
            };
            draft.join(found?);
        }
        Some(draft)
    }

    /// A part beside the predicate; nothing matched where it is unsaid and may be.
    pub(super) fn part(&self, part: &Part, claim: &Claim) -> Option<Draft> {
        let event = claim.event.as_ref()?;
        if part.role == Role::Event {
            return None;
        }
        let args = self.arguments(event, part.role);
        if args.is_empty() {
            return part.optional.then(Draft::default);
        }
        if part.role != Role::Parties {
            return args.iter().find_map(|arg| self.argument(part, arg, claim));
        }
        let mut tokens: Vec<u32> = args.iter().flat_map(|arg| arg.first..arg.end).collect();
        tokens.sort_unstable();
        tokens.dedup();
        let view = View { matcher: self, claim: Some(claim), tokens: &tokens, extra: None, wide: false };
        view.words(&part.words).into_iter().next()
    }

    /// What an event says in the place of a part; nothing for the event itself.
    pub(super) fn arguments<'e>(&self, event: &'e Event, role: Role) -> Vec<&'e Arg> {
        let governed = |wanted: Option<Sym>| {
            let fits = move |with: &Sym| wanted.is_none_or(|wanted| *with == wanted);
            event.complements.iter().filter(move |(with, _)| fits(with)).map(|(_, arg)| arg)
        };
        match role {
            Role::Event => Vec::new(),
            Role::Subject => event.subject.iter().collect(),
            Role::Object => {
                // "The bridge is open": a state has one participant.
                let state = self.token(event.predicate).is_some_and(|token| token.pos == Pos::Adj);
                event.object.as_ref().or(event.subject.as_ref().filter(|_| state)).into_iter().collect()
            }
            Role::Complement(preposition) => governed(Some(preposition)).collect(),
            Role::Parties => event.subject.iter().chain(&event.object).chain(governed(None)).collect(),
        }
    }

    /// The event part: the predicate with its particle must be met.
    pub(super) fn predicate(&self, part: &Part, claim: &Claim, extra: &[Sym]) -> Option<Draft> {
        let event = claim.event.as_ref()?;
        let particle = |at: &u32| self.token(*at).is_some_and(|t| t.rel == Rel::CompoundPrt && t.head == event.predicate);
        let mut tokens: Vec<u32> = claim.tokens.iter().copied().filter(particle).collect();
        tokens.push(event.predicate);
        tokens.sort_unstable();
        tokens.dedup();
        let view =
            View { matcher: self, claim: Some(claim), tokens: &tokens, extra: Some((event.predicate, extra)), wide: false };
        view.words(&part.words).into_iter().find(|found| found.tokens.contains(&event.predicate))
    }

    /// A participant: the match must hold its head, one coordinated with it, or a name or number in it.
    fn argument(&self, part: &Part, arg: &Arg, claim: &Claim) -> Option<Draft> {
        let heads = |at: u32, head: u32| {
            let mut here = at;
            for _ in 0..8 {
                if here == head {
                    return true;
                }
                match self.token(here) {
                    Some(token) if matches!(token.rel, Rel::Conj | Rel::Flat) && token.head != here => here = token.head,
                    _ => return false,
                }
            }
            false
        };
        let fits = |found: &Draft, head: u32| found.names || found.tokens.iter().any(|at| heads(*at, head));
        let tokens: Vec<u32> = (arg.first..arg.end).collect();
        let view = View { matcher: self, claim: Some(claim), tokens: &tokens, extra: None, wide: false };
        let direct = view.words(&part.words).into_iter().find(|found| fits(found, arg.head));
        if direct.is_some() {
            return direct;
        }
        // "It reopened": what the pronoun was followed to stands for it.
        let mention = arg.mention.and_then(|at| self.reading.mentions.get(at as usize))?;
        let leader = self.reading.mentions.get(mention.leader as usize).filter(|_| mention.form == MentionForm::Pronoun)?;
        let tokens: Vec<u32> = (leader.first..leader.end).collect();
        let view = View { matcher: self, claim: None, tokens: &tokens, extra: None, wide: false };
        let mut found = view.words(&part.words).into_iter().find(|found| fits(found, leader.head))?;
        found.tokens = vec![arg.head];
        found.focus.clear();
        Some(found)
    }

    fn taken(&self, topic: usize, said: usize, found: Match, here: &Here<'_>) -> Taken {
        let of = &self.rules.topics[topic];
        let wide = found.tokens.iter().any(|at| !here.claim.tokens.contains(at));
        let mut joined;
        let claim = if wide {
            // The clause was cut in two: what negates or hedges one half stands in either.
            joined = here.claim.clone();
            for operator in here.siblings.iter().flat_map(|sibling| &sibling.operators) {
                if !joined.operators.iter().any(|known| known.tokens == operator.tokens) {
                    joined.operators.push(operator.clone());
                }
            }
            &joined
        } else {
            here.claim
        };
        let opposite = match found.opposed {
            None => OppositeWord::No,
            Some((_, false)) => OppositeWord::Contrary,
            Some((_, true)) => OppositeWord::Complementary,
        };
        let trace = stance_of(claim, &found.focus, opposite);
        let voices = trace.sources.iter().enumerate().map(|(at, stance)| (Some(at), *stance)).chain([(None, trace.publisher)]);
        let held =
            voices.filter_map(|(link, stance)| of.taken(said, stance).map(|position| Held { link, stance, position })).collect();
        Taken { topic, said, found, trace, held }
    }
}

/// Order of preference: most words, fewest opposites, shortest stretch, file order, place.
fn rank(hit: &Match) -> (std::cmp::Reverse<usize>, bool, u32, PatternId, Option<u32>) {
    let stretch = hit.tokens.last().zip(hit.tokens.first()).map_or(0, |(last, first)| last - first);
    (std::cmp::Reverse(hit.words), hit.opposed.is_some(), stretch, hit.pattern, hit.tokens.first().copied())
}

fn overlap(a: &Match, b: &Match) -> bool {
    let range = |hit: &Match| hit.tokens.first().copied().zip(hit.tokens.last().copied());
    match (range(a), range(b)) {
        (Some((a0, a1)), Some((b0, b1))) => a0 <= b1 && b0 <= a1,
        _ => false,
    }
}
