//! Whether somebody has made up their mind: "has not decided whether to leave the treaty" against "plans to leave the treaty".
//!
//! In: two claims about one deed that is still to come. Out: a [`Clash`] or the gate that stopped it. The deed is told neither as done nor
//! as undone, so that no other kind sees the pair. Which phrases leave a decision open (`open-minds`, and `deciding-words` under a
//! negator) and which words tell of a decision made (`settled-plans`) are data.

use super::{Clash, Context, Key, Pole, shared};
use crate::base::Sym;
use crate::claims::{Modality, Stance};
use crate::conflicts::Because;
use crate::conflicts::align::{self, Alignment, Evidence, Fit};
use crate::conflicts::facts::{Fact, Facts, Happening, Role, Slot};
use crate::conflicts::gates::{Gate, Stop};
use crate::lexical;
use crate::text::Token;
use std::ops::Range;

/// Tokens between the words that leave a decision open and the verb that it is about: "an open mind | on whether to | pull out".
const REACH: usize = 6;
/// Tokens before a deciding word within which its negator stands: "has not yet quite made up".
const NEGATOR_REACH: usize = 4;
/// Rarity from which a word that both sides share tells what the decision is about.
const TELLING: u32 = 4;

/// A claim about a deed to come, with where its decision stands.
struct Decision {
    /// Who decides.
    holder: u32,
    /// Whether it is still open.
    open: bool,
    /// The tokens that say so.
    words: Range<usize>,
}

/// Keys of a decision: who decides, with each name or telling word of what it is about.
pub fn keys(cx: &Context, rule: usize, fact: &Fact, out: &mut Vec<Key>) {
    let Some(decision) = read(cx, fact) else { return };
    let pole = if decision.open { Pole::Rare } else { Pole::Common };
    let party = cx.facts.who.party(decision.holder);
    let mut matter: Vec<u64> = beings(fact).map(|being| shared::hash(("being", cx.facts.who.party(being)))).collect();
    matter.extend(fact.words.iter().filter(|(_, weight)| *weight >= TELLING).map(|(word, _)| shared::hash(("word", word))));
    matter.sort_unstable();
    matter.dedup();
    shared::cross(rule, &[shared::hash(("decides", party))], &matter, pole, out);
}

/// Sets a decision that is open against one that is made.
///
/// # Errors
/// The first gate that fails.
pub fn judge(cx: &Context, a: &Fact, b: &Fact) -> Result<Clash, Stop> {
    let (Some(one), Some(other)) = (read(cx, a), read(cx, b)) else {
        return Err(Stop::at(Gate::NoMatch, "no decision on a deed to come"));
    };
    if one.open == other.open {
        return Err(Stop::at(Gate::NotOpposed, if one.open { "both leave it open" } else { "both tell it as decided" }));
    }
    if shared::one_account(cx, a, b) {
        return Err(Stop::at(Gate::NotOpposed, "one account of one article"));
    }
    if !align::same_party(cx.facts, one.holder, other.holder) {
        return Err(Stop::at(Gate::Participants, "somebody else decides"));
    }
    let mut alignment = Alignment { story: align::story(cx.facts, a, b), names: 1, ..Alignment::default() };
    alignment.evidence.push(same_deed(cx.facts, a, b).ok_or(Stop::at(Gate::Participants, "another deed"))?);
    alignment.evidence.extend(same_matter(cx.facts, a, b)?);
    alignment.evidence.push(Evidence::of("same-subject", 10));
    alignment.event = true;
    let because = [(a, &one), (b, &other)].into_iter().enumerate().map(|(side, (fact, decision))| {
        let role = if decision.open { "undecided" } else { "decided" };
        Because { side, span: cx.facts.document(fact).span(decision.words.clone()), role }
    });
    // What was open and is decided now has moved on; what was decided and is open again has been taken back.
    let later = |x: &Fact, y: &Fact| x.published.zip(y.published).is_some_and(|(x, y)| x > y);
    let update = if one.open { later(b, a) } else { later(a, b) };
    Ok(Clash {
        because: because.collect(),
        voices: [voice(a, &one), voice(b, &other)],
        granted: true,
        update,
        alignment,
        ..Clash::default()
    })
}

/// Who speaks for where the decision stands: for a decision made somebody who asserts it, named speakers before the publisher; for an open
/// one the holder where he is cited.
fn voice(fact: &Fact, decision: &Decision) -> usize {
    let own = |at: &usize| decision.open && fact.voices[*at].being == Some(decision.holder);
    let asserts = |at: &usize| matches!(fact.voices[*at].stance, Stance::Asserted(_));
    let all = || 0..fact.voices.len();
    all().find(own).or_else(|| all().find(asserts)).unwrap_or(fact.voices.len().saturating_sub(1))
}

/// What a claim says of a decision; `None` where it is about none, or where nobody asserts it.
fn read(cx: &Context, fact: &Fact) -> Option<Decision> {
    let claim = cx.facts.claim(fact);
    fact.event.as_ref()?;
    match claim.modality {
        Modality::Planned | Modality::Asked => {
            if let Some(words) = left_open(cx, fact) {
                let holder = decider(cx, fact, words.start)?;
                return Some(Decision { holder, open: true, words });
            }
        }
        _ => return None,
    }
    let by = claim.modality_by.filter(|_| claim.modality == Modality::Planned)? as usize;
    let tokens = &cx.facts.document(fact).tokens;
    let settled = has(cx.facts, "settled-plans", tokens.get(by)?.lemma) && !negated(cx, fact, by);
    if !settled || !fact.voices.iter().any(|v| matches!(v.stance, Stance::Asserted(_))) {
        return None;
    }
    let subject = fact.role(Slot::Subject).and_then(|role| role.being);
    let holder = subject.or_else(|| decider(cx, fact, by))?;
    Some(Decision { holder, open: false, words: by..by + 1 })
}

/// The words before a claim's predicate that leave its decision open.
fn left_open(cx: &Context, fact: &Fact) -> Option<Range<usize>> {
    let document = cx.facts.document(fact);
    let sentence = document.sentences.get(cx.facts.claim(fact).sentence as usize)?.range();
    let predicate = cx.facts.claim(fact).predicate as usize;
    let phrase = |set: &str, at: usize| Some(cx.facts.lexicon.set(set)?.longest_at(&document.tokens, at)?.0);
    (sentence.start..predicate).rev().find_map(|at| {
        let words = match phrase("open-minds", at) {
            Some(len) => at..at + len,
            None => at..at + phrase("deciding-words", at).filter(|_| negated(cx, fact, at))?,
        };
        let near = words.end <= predicate && predicate - words.end <= REACH;
        near.then_some(words)
    })
}

/// Whether a negator stands right before a word of the claim's sentence.
fn negated(cx: &Context, fact: &Fact, at: usize) -> bool {
    let document = cx.facts.document(fact);
    // The word may stand in the sentence before, which the claim goes on from.
    let start =
        document.sentence_of(at as u32).and_then(|sentence| document.sentences.get(sentence)).map_or(at, |s| s.range().start);
    let from = start.max(at.saturating_sub(NEGATOR_REACH)).min(at);
    let set = |name: &str, token: &Token| has(cx.facts, name, token.form) || has(cx.facts, name, token.lemma);
    document.tokens[from..at].iter().any(|token| set("plain-negators", token) || set("still-open", token))
}

/// Who decides: the subject of the clause that holds the words, else of the claim itself.
fn decider(cx: &Context, fact: &Fact, word: usize) -> Option<u32> {
    let facts = cx.facts;
    let reading = fact.reading as usize;
    let sentence = facts.claim(fact).sentence;
    let clause = facts.list[facts.starts[reading]..facts.starts[reading + 1]].iter().filter(|other| {
        let claim = facts.claim(other);
        claim.sentence == sentence && claim.tokens.contains(&(word as u32)) && other.claim != fact.claim
    });
    let subject = |fact: &Fact| fact.role(Slot::Subject).and_then(|role| role.being);
    clause.into_iter().find_map(subject).or_else(|| subject(fact))
}

fn has(facts: &Facts, set: &str, word: Sym) -> bool {
    facts.lexicon.set(set).is_some_and(|set| set.word(word).is_some())
}

/// Beings that the claim's own phrases name, its subject left out.
fn beings(fact: &Fact) -> impl Iterator<Item = u32> {
    phrases(fact).flat_map(|role| role.being.into_iter().chain(role.inner.iter().copied()))
}

/// The deed by its word, or by the verb with the preposition behind it: "pull somebody out of", "withdraw from".
fn same_deed(facts: &Facts, a: &Fact, b: &Fact) -> Option<Evidence> {
    let (one, other) = (a.event.as_ref()?, b.event.as_ref()?);
    if let Some((name, amount)) = align::events(facts, one, other) {
        return Some(Evidence::of(name, amount));
    }
    let alike = |x: &Sym, y: &Sym| {
        x == y
            || facts.lexicon.same_family(*x, *y)
            || facts.lexicon.kindred.kin(*x, *y)
            || lexical::derived(x.as_str(), y.as_str())
    };
    let (ours, theirs) = (names(a, one), names(b, other));
    let found = ours.iter().any(|x| theirs.iter().any(|y| alike(x, y)));
    found.then(|| Evidence::of("event-family", 6))
}

fn names(fact: &Fact, event: &Happening) -> Vec<Sym> {
    let with = fact.complements().map(|role| Sym::new(&format!("{} {}", event.lemma.as_str(), role.preposition.as_str())));
    std::iter::once(event.lemma).chain(with).collect()
}

/// What the decision is about: every phrase with a name on the side that has fewer is told on the other, and a phrase or a telling word is
/// the same.
fn same_matter(facts: &Facts, a: &Fact, b: &Fact) -> Result<Vec<Evidence>, Stop> {
    let (ours, theirs): (Vec<&Role>, Vec<&Role>) = (phrases(a).collect(), phrases(b).collect());
    let within = |one: &[&Role], other: &[&Role]| {
        one.iter().filter(|role| is_named(facts, role)).all(|x| other.iter().any(|y| told(facts, x, y)))
    };
    if !within(&ours, &theirs) && !within(&theirs, &ours) {
        return Err(Stop::at(Gate::Participants, "different names"));
    }
    let same = ours.iter().any(|x| theirs.iter().any(|y| matches!(align::fillers(facts, x, y), Fit::Name | Fit::Head(_))));
    let telling = |fact: &Fact| fact.words.iter().filter(|(_, weight)| *weight >= TELLING).copied().collect::<Vec<_>>();
    let shared = crate::conflicts::facts::shared(&telling(a), &telling(b));
    if !same && shared == 0 {
        return Err(Stop::at(Gate::Participants, "nothing says that it is one decision"));
    }
    let mut evidence = vec![Evidence::of("overlap", shared.min(10))];
    if same {
        evidence.push(Evidence::of("same-object", 10));
    }
    Ok(evidence)
}

/// What a claim says besides its subject.
fn phrases(fact: &Fact) -> impl Iterator<Item = &Role> {
    fact.roles.iter().filter(|role| role.slot != Slot::Subject)
}

fn is_named(facts: &Facts, role: &Role) -> bool {
    role.being.into_iter().chain(role.inner.iter().copied()).any(|being| facts.who.list[being as usize].is_named())
}

/// Whether two phrases are of one thing, or name it by one word: "the Lorn treaty", "the Lorn Treaty".
fn told(facts: &Facts, one: &Role, other: &Role) -> bool {
    let words = |role: &Role| role.modifiers.iter().map(|(word, _)| *word).chain([role.lemma]).collect::<Vec<_>>();
    let others = words(other);
    matches!(align::fillers(facts, one, other), Fit::Name | Fit::Head(_)) || words(one).iter().any(|word| others.contains(word))
}
