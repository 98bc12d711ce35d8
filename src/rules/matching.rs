//! One article's claims against all patterns: one pass over a claim's words finds the patterns worth running.
//!
//! In: a [`Reading`], what its names stand for, and the rule set. Out: [`Found`] for a claim. Whole articles are looked at only
//! for a topic's `about`, once. Compares no two claims.

use super::found::{Capture, Captured, Found, Held, Match, Names, Taken};
use super::pattern::{Atom, Chain, Compiled, Part, Role, Shape, Test, What, Words, of_class};
use super::run::{self, Ground, Hit};
use super::schema::Within;
use super::{Owner, PatternId, RuleSet, Topic};
use crate::base::Sym;
use crate::claims::factuality::{OppositeWord, stance_of};
use crate::claims::{Arg, Claim, EntityKind, MentionForm, QuantityKind, Reading};
use crate::text::{Pos, Rel, Tag, Token};
use rustc_hash::FxHashMap;
use std::cell::RefCell;

/// The patterns of a rule set at work on one article.
pub struct Matcher<'a> {
    rules: &'a RuleSet,
    reading: &'a Reading,
    names: &'a dyn Names,
    /// Mentions by their first token, longest first.
    mentions: FxHashMap<u32, Vec<u32>>,
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

/// The words of one clause or phrase, ready to be matched.
pub(super) struct View<'a> {
    matcher: &'a Matcher<'a>,
    claim: Option<&'a Claim>,
    tokens: &'a [u32],
    /// Further lemmas of one token: those of the event that it names.
    extra: Option<(u32, &'a [Sym])>,
    /// Whether the tokens are of several clauses: then no gap crosses what parts them.
    wide: bool,
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
        Self { rules, reading, names, mentions, about: RefCell::default(), assume: false }
    }

    /// Takes every topic's `about` as given.
    pub fn assuming(mut self) -> Self {
        self.assume = true;
        self
    }

    /// What the rule set finds in a claim of the article.
    pub fn claim(&self, index: usize) -> Found {
        let Some(claim) = self.reading.claims.get(index) else { return Found::default() };
        let extra = self.event_lemmas(claim);
        let siblings = self.siblings(index);
        let governed = self.governed(index);
        let mine = |at: &u32| governed.binary_search_by_key(at, |(other, _)| *other).is_err();
        let tokens: Vec<u32> = claim.tokens.iter().copied().filter(mine).collect();
        let here = Here { claim, tokens: &tokens, governed: &governed, extra: &extra, siblings: &siblings };
        let candidates = self.candidates(&here);
        let mut found = Found::default();
        let mut by_topic: Vec<(usize, usize, Match)> = Vec::new();
        for id in candidates {
            match self.rules.owners[id as usize] {
                Owner::Position(topic, position) => {
                    by_topic.extend(self.run(id, &here).into_iter().map(|hit| (topic, position, hit)));
                }
                Owner::Rule(rule) => found.captured.extend(self.run(id, &here).into_iter().map(|hit| (rule, hit))),
                Owner::Guard => {}
            }
        }
        by_topic.sort_by_key(|a| (a.0, rank(&a.2)));
        let mut kept: Vec<(usize, usize, Match)> = Vec::new();
        for (topic, position, hit) in by_topic {
            let clashes = |(other, _, earlier): &(usize, usize, Match)| *other == topic && overlap(earlier, &hit);
            if self.excluded(topic, position, &hit, &here) {
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
        found.taken = kept.into_iter().map(|(topic, said, hit)| self.taken(topic, said, hit, &here)).collect();
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
        let index = &self.rules.index;
        let mut all: Vec<PatternId> = index.always.clone();
        if !claim.quantities.is_empty() {
            all.extend(&index.numbers);
        }
        let wide = here.siblings.iter().flat_map(|sibling| &sibling.tokens);
        let governed = here.governed.iter().map(|(at, _)| at);
        for token in claim.tokens.iter().chain(wide).chain(governed).filter_map(|at| self.token(*at)) {
            all.extend(index.of(token.lemma));
            if token.form != token.lemma {
                all.extend(index.of(token.form));
            }
        }
        extra.iter().for_each(|lemma| all.extend(index.of(*lemma)));
        all.sort_unstable();
        all.dedup();
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
    pub(super) fn reading(&self) -> &'a Reading {
        self.reading
    }

    /// The rule set.
    pub(super) fn rules(&self) -> &'a RuleSet {
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
        let args: Vec<&Arg> = match part.role {
            Role::Event => return None,
            Role::Subject => event.subject.iter().collect(),
            Role::Object => {
                // "The bridge is open": a state has one participant.
                let adjective = self.token(event.predicate).is_some_and(|token| token.pos == Pos::Adj);
                event.object.iter().chain(event.subject.iter().filter(|_| event.object.is_none() && adjective)).collect()
            }
            Role::Complement(preposition) => {
                event.complements.iter().filter(|(word, _)| *word == preposition).map(|(_, arg)| arg).collect()
            }
            Role::Parties => {
                let complements = event.complements.iter().map(|(_, arg)| arg);
                event.subject.iter().chain(&event.object).chain(complements).collect()
            }
        };
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

/// A match on its way: parts of an event are joined to it.
#[derive(Default)]
pub(super) struct Draft {
    words: usize,
    tokens: Vec<u32>,
    focus: Vec<u32>,
    captures: Vec<Capture>,
    opposed: Option<(u32, bool)>,
    opposites: usize,
    /// Whether it holds a name or a number.
    names: bool,
}

impl Draft {
    fn join(&mut self, other: Draft) {
        self.words += other.words;
        self.tokens.extend(other.tokens);
        self.focus.extend(other.focus);
        self.captures.extend(other.captures);
        self.opposed = self.opposed.or(other.opposed);
        self.opposites += other.opposites;
        self.names |= other.names;
    }

    fn finish(mut self, pattern: PatternId) -> Match {
        self.tokens.sort_unstable();
        self.tokens.dedup();
        self.focus.sort_unstable();
        self.focus.dedup();
        let focus = if self.focus.is_empty() { self.tokens.clone() } else { self.focus };
        // Two opposites in one match cancel out.
        let opposed = self.opposed.filter(|_| self.opposites % 2 == 1);
        Match { pattern, words: self.words, tokens: self.tokens, focus, captures: self.captures, opposed }
    }
}

impl<'a> View<'a> {
    /// All words of a claim.
    pub(super) fn clause(matcher: &'a Matcher<'a>, claim: &'a Claim) -> Self {
        Self { matcher, claim: Some(claim), tokens: &claim.tokens, extra: None, wide: false }
    }

    /// The token at a place.
    pub(super) fn token_at(&self, place: usize) -> Option<u32> {
        self.tokens.get(place).copied()
    }

    /// Matches of a pattern that do not overlap, the best first.
    fn words(&self, words: &Words) -> Vec<Draft> {
        let mut all: Vec<Draft> = match &words.chain {
            Some(chain) => run::matches(chain, self).into_iter().map(|hit| self.draft(chain, &hit)).collect(),
            None => vec![Draft::default()],
        };
        if words.anywhere.is_empty() {
            return all;
        }
        all.retain_mut(|draft| {
            words.anywhere.iter().all(|chain| {
                let hits = run::matches(chain, self).into_iter().map(|hit| self.draft(chain, &hit));
                match hits.into_iter().find(|hit| !hit.tokens.iter().any(|at| draft.tokens.contains(at))) {
                    Some(hit) => {
                        draft.join(hit);
                        true
                    }
                    None => false,
                }
            })
        });
        all
    }

    /// In a list of several clauses: whether a place parts two of them.
    fn parts(&self, place: usize) -> bool {
        let mark = |token: &Token| token.pos == Pos::Punct && !matches!(token.tag, Tag::OpenQuote | Tag::CloseQuote | Tag::Hyph);
        let joins = |token: &Token| matches!(token.pos, Pos::Sconj | Pos::Cconj);
        let token = self.tokens.get(place).and_then(|at| self.matcher.token(*at));
        self.wide && token.is_some_and(|token| mark(token) || joins(token))
    }

    fn draft(&self, chain: &Chain, hit: &Hit) -> Draft {
        let mut draft = Draft { words: hit.steps.len(), ..Draft::default() };
        for (atom, place, length, opposed) in &hit.steps {
            let Atom { test, focus, .. } = &chain.atoms[*atom as usize];
            let tokens = &self.tokens[*place..(place + length).min(self.tokens.len())];
            draft.tokens.extend(tokens);
            if *focus {
                draft.focus.extend(tokens);
            }
            let (first, last) = (tokens.first().copied().unwrap_or(0), tokens.last().copied().unwrap_or(0));
            match test {
                Test::Lemma { opposites, .. } if *opposed => {
                    let token = self.matcher.token(first);
                    let complementary = opposites
                        .iter()
                        .any(|(word, complementary)| *complementary && token.is_some_and(|token| token.lemma == *word));
                    draft.opposed = draft.opposed.or(Some((first, complementary)));
                    draft.opposites += 1;
                }
                Test::Entity { capture, what } => {
                    draft.names = true;
                    if let Some(name) = capture {
                        let (mention, id) = self.entity(what, *place).map_or((None, None), |found| (found.mention, found.id));
                        let value = Captured::Entity { mention, id };
                        draft.captures.push(Capture { name: *name, tokens: first..last + 1, value });
                    }
                }
                Test::Number { capture, unit } => {
                    draft.names = true;
                    if let Some((at, _)) = self.number(*unit, *place) {
                        draft.captures.push(Capture { name: *capture, tokens: first..last + 1, value: Captured::Quantity(at) });
                    }
                }
                _ => {}
            }
        }
        draft
    }

    /// How many places of the list a range of tokens covers from a place on.
    fn covered(&self, place: usize, end: u32) -> usize {
        self.tokens[place..].iter().take_while(|at| **at < end).count()
    }

    fn entity(&self, what: &What, place: usize) -> Option<Named> {
        let first = *self.tokens.get(place)?;
        let here = self.named(what, place, first);
        // "with the Kremlin": an article may stand before a name.
        let article = || self.matcher.token(first).is_some_and(|token| token.pos == Pos::Det);
        here.or_else(|| {
            let next = *self.tokens.get(place + 1).filter(|_| article())?;
            self.named(what, place + 1, next).map(|found| Named { length: found.length + 1, ..found })
        })
    }

    fn named(&self, what: &What, place: usize, first: u32) -> Option<Named> {
        let matcher = self.matcher;
        for &at in matcher.mentions.get(&first).into_iter().flatten() {
            let mention = &matcher.reading.mentions[at as usize];
            let id = matcher.names.entity(at);
            let fits = match what {
                What::Ids(ids) => id.is_some_and(|id| ids.contains(&id)),
                What::Kind(kind) => {
                    let known = matcher.names.kind(at);
                    let known = if known == Default::default() { mention.kind } else { known };
                    // A name of which the text does not say what it names is not known to be anything else.
                    known == *kind || known == EntityKind::Unnamed && mention.form == MentionForm::Name
                }
            };
            if fits {
                return Some(Named { mention: Some(at), id, length: self.covered(place, mention.end) });
            }
        }
        let What::Ids(ids) = what else { return None };
        // Adjectives are no mentions, and neither is a declared name that extraction took for an ordinary word.
        let (length, known) = matcher.rules.declared_names.longest_at(&matcher.reading.document.tokens, first as usize)?;
        let (id, _) =
            known.iter().find(|(id, adjective)| ids.contains(id) && (*adjective || !self.inside_other(first, length, *id)))?;
        Some(Named { mention: None, id: Some(*id), length: self.covered(place, first + length as u32) })
    }

    /// Whether a name is a part of a longer one of something else: "Moscow" in "the Moscow Times".
    fn inside_other(&self, first: u32, length: usize, id: Sym) -> bool {
        let end = first + length as u32;
        let mentions = &self.matcher.reading.mentions;
        let before = mentions.partition_point(|mention| mention.first <= first);
        mentions[..before].iter().enumerate().rev().take(16).any(|(at, mention)| {
            let longer = mention.end >= end && mention.end - mention.first > end - first;
            longer && mention.form == MentionForm::Name && self.matcher.names.entity(at as u32) != Some(id)
        })
    }

    fn number(&self, unit: Sym, place: usize) -> Option<(usize, usize)> {
        let claim = self.claim?;
        let first = *self.tokens.get(place)?;
        let lexicon = &self.matcher.rules.lexicon;
        let is_unit = |word: Sym| {
            word == unit || lexicon.same_family(word, unit) || lexicon.units.word(word).is_some_and(|row| row.unit == unit)
        };
        claim.quantities.iter().enumerate().find_map(|(at, quantity)| {
            let starts = quantity.first == first;
            let counts = !matches!(quantity.kind, QuantityKind::Label | QuantityKind::Ordinal);
            let bare = quantity.unit.is_none() && quantity.counted.is_none();
            let fits = bare || quantity.filled || quantity.unit.is_some_and(is_unit) || quantity.counted.is_some_and(is_unit);
            (starts && counts && fits).then(|| (at, self.covered(place, quantity.end)))
        })
    }
}

struct Named {
    mention: Option<u32>,
    id: Option<Sym>,
    length: usize,
}

impl Ground for View<'_> {
    fn len(&self) -> usize {
        self.tokens.len()
    }

    fn meets(&self, chain: &Chain, atom: u16, place: usize) -> Option<(usize, bool)> {
        let at = *self.tokens.get(place)?;
        let token = self.matcher.token(at)?;
        match &chain.atoms[atom as usize].test {
            Test::Form(form) => (token.form == *form).then_some((1, false)),
            Test::Lemma { lemmas, class, opposites } => {
                let also = self.extra.filter(|(extra, _)| *extra == at).map_or(&[][..], |(_, lemmas)| lemmas);
                if of_class(token, *class) && lemmas.contains(&token.lemma) || also.iter().any(|lemma| lemmas.contains(lemma)) {
                    return Some((1, false));
                }
                let opposite = |(word, _): &(Sym, bool)| *word == token.lemma || also.contains(word);
                (of_class(token, *class) && opposites.iter().any(opposite)).then_some((1, true))
            }
            Test::Entity { what, .. } => self.entity(what, place).map(|found| (found.length, false)),
            Test::Number { unit, .. } => self.number(*unit, place).map(|(_, length)| (length, false)),
        }
    }

    fn passes(&self, place: usize) -> bool {
        let Some(at) = self.tokens.get(place) else { return false };
        let Some(token) = self.matcher.token(*at) else { return false };
        if self.parts(place) {
            return false;
        }
        let operator = || self.claim.is_some_and(|claim| claim.operators.iter().any(|operator| operator.tokens.contains(at)));
        token.pos == Pos::Punct || token.pos == Pos::Aux && token.rel != Rel::Cop || operator()
    }

    fn bars(&self, chain: &Chain, place: usize) -> bool {
        let Some(&at) = self.tokens.get(place) else { return false };
        let Some(claim) = self.claim else { return false };
        let number = || claim.quantities.iter().any(|q| q.first <= at && at < q.end && q.kind != QuantityKind::Label);
        let coordinated = || {
            self.matcher.token(at).is_some_and(|token| token.rel == Rel::Conj && token.pos == Pos::Verb) && at != claim.predicate
        };
        chain.numeric && number() || coordinated() || self.parts(place)
    }
}
