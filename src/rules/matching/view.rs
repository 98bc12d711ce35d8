//! The words of one clause or phrase as a pattern meets them, and what a match of them holds.

use super::super::PatternId;
use super::super::found::{Capture, Captured, Match};
use super::super::pattern::{Atom, Chain, Test, What, Words, of_class};
use super::super::run::{self, Ground, Hit};
use super::Matcher;
use crate::base::Sym;
use crate::claims::{Claim, EntityKind, MentionForm, QuantityKind};
use crate::text::{Pos, Rel, Tag, Token};

/// The words of one clause or phrase, ready to be matched.
pub(in crate::rules) struct View<'a> {
    pub(super) matcher: &'a Matcher<'a>,
    pub(super) claim: Option<&'a Claim>,
    pub(super) tokens: &'a [u32],
    /// Further lemmas of one token: those of the event that it names.
    pub(super) extra: Option<(u32, &'a [Sym])>,
    /// Whether the tokens are of several clauses: then no gap crosses what parts them.
    pub(super) wide: bool,
}

/// A match on its way: parts of an event are joined to it.
#[derive(Default)]
pub(in crate::rules) struct Draft {
    pub(super) words: usize,
    pub(super) tokens: Vec<u32>,
    pub(super) focus: Vec<u32>,
    pub(super) captures: Vec<Capture>,
    pub(super) opposed: Option<(u32, bool)>,
    pub(super) opposites: usize,
    /// Whether it holds a name or a number.
    pub(super) names: bool,
}

impl Draft {
    pub(super) fn join(&mut self, other: Draft) {
        self.words += other.words;
        self.tokens.extend(other.tokens);
        self.focus.extend(other.focus);
        self.captures.extend(other.captures);
        self.opposed = self.opposed.or(other.opposed);
        self.opposites += other.opposites;
        self.names |= other.names;
    }

    pub(super) fn finish(mut self, pattern: PatternId) -> Match {
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
    pub(in crate::rules) fn clause(matcher: &'a Matcher<'a>, claim: &'a Claim) -> Self {
        Self { matcher, claim: Some(claim), tokens: &claim.tokens, extra: None, wide: false }
    }

    /// The token at a place.
    pub(in crate::rules) fn token_at(&self, place: usize) -> Option<u32> {
        self.tokens.get(place).copied()
    }

    /// Matches of a pattern that do not overlap, the best first.
    pub(super) fn words(&self, words: &Words) -> Vec<Draft> {
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
                What::Named => {
                    let leader = matcher.reading.mentions.get(mention.leader as usize);
                    mention.form == MentionForm::Name || leader.is_some_and(|leader| leader.form == MentionForm::Name)
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
