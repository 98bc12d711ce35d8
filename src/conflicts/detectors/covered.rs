//! Whether a denial is about what the other side tells: who denies more than is told does not deny what is told. "She never spoke for more
//! than an hour" leaves it open whether she spoke, and "they have no such ally" whether they have anything.

use super::{Context, shared};
use crate::base::Sym;
use crate::conflicts::align::{self, Fit};
use crate::conflicts::facts::{Fact, Role, Slot};
use crate::conflicts::gates::{Gate, Stop};
use crate::lexical::{self, Class};
use crate::text::{Pos, Rel, Tag, Token};

/// Rarity up to which a predicate says little by itself: "have", "do", "get", "need".
const LIGHT: u8 = 2;

/// Lets a pair pass whose denied side says nothing besides its subject that the other side's sentence does not tell too.
///
/// # Errors
/// The gate `participants`.
pub fn by(cx: &Context, telling: &Fact, refuting: &Fact) -> Result<(), Stop> {
    if cx.options.presume {
        return Ok(());
    }
    let told = Told::of(cx, telling);
    let said: Vec<&Role> =
        refuting.roles.iter().filter(|role| role.slot != Slot::Subject && !shared::circumstance(cx, role)).collect();
    let subject = refuting.role(Slot::Subject).map(|role| role.head);
    let beside = |role: &&&Role| Some(role.head) != subject;
    if said.iter().filter(beside).any(|role| !role.open && !told.has(cx, role)) || compares(cx, refuting, &told) {
        return Err(Stop::at(Gate::Participants, "more is denied than is told"));
    }
    if said.iter().any(|role| narrower(cx, refuting, role, &told)) || qualified(cx, refuting, &told) {
        return Err(Stop::at(Gate::Participants, "a narrower thing is denied than is told"));
    }
    if settles(cx, refuting, &told) {
        return Err(Stop::at(Gate::Participants, "another matter is denied than is told"));
    }
    if telling.role(Slot::Subject).is_none()
        && refuting.role(Slot::Subject).is_some_and(|role| some(cx, refuting, role) && !told.has(cx, role))
    {
        return Err(Stop::at(Gate::Participants, "it is denied of some, and told of nobody in particular"));
    }
    let light = refuting.event.is_some_and(|event| lexical::rarity(event.lemma.as_str()) <= LIGHT);
    if light && !said.is_empty() && !said.iter().any(|role| told.has(cx, role)) {
        return Err(Stop::at(Gate::Participants, "only a common verb and its subject are the same"));
    }
    Ok(())
}

/// "Women over fifty never use it": of a sort of people or things, and not of known ones.
fn some(cx: &Context, fact: &Fact, role: &Role) -> bool {
    let tokens = &cx.facts.document(fact).tokens;
    let known = |t: &Token| t.head == role.head && matches!(t.rel, Rel::Det | Rel::NmodPoss | Rel::Nummod);
    let named = role.being.is_some_and(|b| cx.facts.who.list[b as usize].is_named());
    let plural = tokens.get(role.head as usize).is_some_and(|t| t.tag == Tag::Nns);
    plural && !named && !tokens.iter().any(known)
}

/// "Never spoke longer than", "did not say much": a measure that the other side does not give.
fn compares(cx: &Context, refuting: &Fact, told: &Told) -> bool {
    let document = cx.facts.document(refuting);
    let Some(event) = refuting.event.map(|event| event.token) else { return false };
    let sentence = document.sentences.get(cx.facts.claim(refuting).sentence as usize).map_or(0..0, |s| s.range());
    let degree = |token: &Token| cx.facts.lexicon.set("degree-words").is_some_and(|set| set.word(token.form).is_some());
    let measures = |token: &Token| matches!(token.tag, Tag::Rbr | Tag::Jjr) || degree(token);
    let beside = document.tokens[sentence].iter().filter(|token| token.head == event);
    beside.into_iter().any(|token| measures(token) && !told.words.contains(&token.lemma))
}

/// "Any debate with fewer than four": of things that nobody has named before the words beside the noun say which.
fn narrower(cx: &Context, refuting: &Fact, role: &Role, told: &Told) -> bool {
    let tokens = &cx.facts.document(refuting).tokens;
    let indefinite = tokens.iter().enumerate().filter(|(_, t)| t.head == role.head && t.rel == Rel::Det);
    let indefinite = indefinite.into_iter().any(|(_, t)| matches!(t.form.as_str(), "a" | "an" | "any" | "no"));
    indefinite && !told.most(role.modifiers.iter().map(|(word, _)| *word))
}

/// "No policy plans", "no attempt to sideline him": the words beside a noun that is itself the event.
fn qualified(cx: &Context, refuting: &Fact, told: &Told) -> bool {
    let Some(event) = refuting.event.filter(|event| event.class == Class::Noun) else { return false };
    let tokens = &cx.facts.document(refuting).tokens;
    let beside = tokens.iter().filter(|t| t.head == event.token && matches!(t.rel, Rel::Amod | Rel::Compound | Rel::Acl));
    !told.most(beside.map(|t| t.lemma))
}

/// "Do not show whether", "refused to pledge that": what the predicate governs is what is denied.
fn settles(cx: &Context, refuting: &Fact, told: &Told) -> bool {
    let tokens = &cx.facts.document(refuting).tokens;
    let Some(event) = refuting.event else { return false };
    let governed =
        |t: &&Token| t.head == event.token && matches!(t.rel, Rel::Ccomp | Rel::Xcomp) && matches!(t.pos, Pos::Verb | Pos::Adj);
    tokens.iter().filter(governed).any(|t| !told.words.contains(&t.lemma))
}

/// What the sentence of a claim tells.
struct Told<'a> {
    fact: &'a Fact,
    words: Vec<Sym>,
    beings: Vec<u32>,
}

impl<'a> Told<'a> {
    fn of(cx: &Context, fact: &'a Fact) -> Self {
        let document = cx.facts.document(fact);
        let range = document.sentences.get(cx.facts.claim(fact).sentence as usize).map_or(0..0, |s| s.range());
        let tokens: &[Token] = document.tokens.get(range).unwrap_or(&[]);
        let beings = fact.named.iter().chain(&fact.nearby).copied().chain(fact.roles.iter().filter_map(|role| role.being));
        Self { fact, words: tokens.iter().map(|t| t.lemma).collect(), beings: beings.collect() }
    }

    /// Whether at least half of some words are told; of none, all are.
    fn most(&self, words: impl Iterator<Item = Sym>) -> bool {
        // "Spoken directly" tells of "direct" words.
        let stem = |word: Sym| word.as_str().trim_end_matches("ly");
        let told = |word: &Sym| self.words.iter().any(|other| stem(*other) == stem(*word));
        let words: Vec<Sym> = words.collect();
        words.iter().filter(|word| told(word)).count() * 2 >= words.len()
    }

    fn has(&self, cx: &Context, role: &Role) -> bool {
        if role.open {
            return false;
        }
        let fits = |other: &Role| matches!(align::fillers(cx.facts, role, other), Fit::Name | Fit::Head(_) | Fit::Kind(_));
        let named = role.being.is_some_and(|x| self.beings.iter().any(|y| align::same_party(cx.facts, x, *y)));
        let alike = |word: &Sym| {
            let (one, other) = (role.lemma.as_str(), word.as_str());
            *word == role.lemma
                || cx.facts.lexicon.same_family(role.lemma, *word)
                || lexical::derived(other, one)
                || lexical::synonyms(one, other, Class::Noun).is_some_and(|rank| rank <= 2)
        };
        named || self.fact.roles.iter().any(fits) || self.words.iter().any(alike)
    }
}
