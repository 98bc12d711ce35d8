//! What a denial answers: "contested this assertion", "denied Russia's claims of gains", "called the report false", "that is not true".
//!
//! In: a [`Reading`] with its claims. Out: `denies` on the claims that deny: the answered claim where the article settles it, else
//! owner and content for matching across articles. The order of RULE-LANGUAGE.md, Denial: first the claims of the noun's owner, then
//! what "this", "such" or "the" points back to, nearest first and never of the denier's own side.

use super::{Claim, Level, Mention, Modality, Reading, Reply, Stance};
use crate::base::{Span, Sym};
use crate::lexicon::Lexicon;
use crate::text::{Document, Pos, Rel, Tag, Token};

/// How many sentences back "this" may point.
const BACK: u32 = 8;

/// Fills `denies` of every claim that answers another.
pub fn answer(reading: &mut Reading, lexicon: &Lexicon) {
    let mut found: Vec<(usize, Reply)> = Vec::new();
    for at in 0..reading.claims.len() {
        if let Some(reply) = of(reading, at, lexicon) {
            found.push((at, reply));
        }
    }
    for (at, reply) in found {
        reading.claims[at].denies = Some(reply);
    }
}

fn of(reading: &Reading, at: usize, lexicon: &Lexicon) -> Option<Reply> {
    let claim = &reading.claims[at];
    let tokens = &reading.document.tokens;
    if let Some((depth, link)) = claim.chain.iter().enumerate().find(|(_, l)| l.denial && !l.unasserted && l.negated_by.is_none())
    {
        let pieces = link.content.iter().copied().filter(|s| token_range(tokens, *s).is_some());
        let span = pieces.reduce(Span::join)?;
        let range = token_range(tokens, span)?;
        let noun = claim_noun(&reading.document, range, lexicon);
        let inner = claim.chain.get(depth + 1);
        let owner = inner.and_then(|l| l.source).or_else(|| noun.and_then(|n| owner_of(reading, n)));
        // "Turned down the idea of a levy": who will not have something calls nothing false.
        if noun.is_some_and(|n| of_set(tokens, n, "thoughts", lexicon) && !states(tokens, n, range.1)) {
            return None;
        }
        // "Prompted accusations, claims denied by the party": the sentence itself says what was claimed.
        if noun.is_some_and(|n| sums_up(&reading.document, n)) {
            return None;
        }
        let content = match (inner, noun) {
            (Some(inner), _) => inner.content.iter().copied().reduce(Span::join).and_then(|s| token_range(tokens, s)),
            (None, Some(noun)) => after(tokens, noun, range.1, lexicon),
            (None, None) => Some(range),
        };
        let denier = link.source;
        let answered = match (owner, noun) {
            (Some(owner), _) => by_owner(reading, at, owner, content).or_else(|| only_claim(reading, at, owner, content)),
            // "Also denied the claims": as somebody did before, whose words they therefore do not answer.
            (None, Some(_)) if joins(reading, link, lexicon) => None,
            (None, Some(noun)) if content.is_none() || definite(tokens, noun, range.0) => {
                pointed_to(reading, at, denier, content, told_by(tokens, noun, lexicon))
            }
            _ => None,
        };
        // What his own account does not meet is not what he denies, whoever said it.
        let account = noun.and(account(reading, link.cue.start, lexicon)).filter(|_| content.is_none());
        let apart = |claim: u32| account.is_some_and(|range| !meets(reading, &reading.claims[claim as usize], range));
        let owner = owner.filter(|_| account.is_none());
        return Some(Reply { span, claim: answered.filter(|claim| !apart(*claim)), owner, content });
    }
    verdict(reading, at, lexicon)
}

/// "That is not true", "the report was a fabrication", "called the report false".
fn verdict(reading: &Reading, at: usize, lexicon: &Lexicon) -> Option<Reply> {
    let claim = &reading.claims[at];
    let tokens = &reading.document.tokens;
    let predicate = tokens.get(claim.predicate as usize)?;
    let says = |set: &str| lexicon.set(set).is_some_and(|s| s.longest_at(tokens, claim.predicate as usize).is_some());
    let denies = match claim.own {
        Stance::Asserted(_) => says("falsehoods"),
        Stance::Refuted(_) => says("truths"),
        Stance::None => false,
    };
    let committed = claim.commitments.last().copied().unwrap_or(claim.publisher);
    if !denies
        || matches!(predicate.pos, Pos::Verb) && !says("falsehoods")
        || committed == Stance::None && !claim.chain.is_empty()
        || claim.modality != Modality::Realised
        || judges_a_deed(tokens, claim.predicate)
        || claim.chain.is_empty() && in_quotes(&reading.document, claim)
    {
        return None;
    }
    let subject = claim.event.as_ref().and_then(|e| e.object.or(e.subject))?;
    let range = (subject.first, subject.end);
    let noun = claim_noun(&reading.document, range, lexicon)?;
    let owner = owner_of(reading, noun);
    let content = after(tokens, noun, range.1, lexicon);
    // "The belief that he had left was wrong" says itself what is wrong.
    let told = |t: &Token| matches!(t.tag, Tag::Vbd | Tag::Vbz | Tag::Vbp | Tag::Md);
    if tokens.get(noun as usize..claim.predicate as usize).is_some_and(|between| own_clause(between, told)) {
        return None;
    }
    if content.is_none() && owner.is_none() && answers_its_sentence(tokens, claim.predicate) {
        return None;
    }
    let denier = claim.chain.last().and_then(|l| l.source);
    let answered = match owner {
        Some(owner) => by_owner(reading, at, owner, content),
        None => pointed_to(reading, at, denier, content, told_by(tokens, noun, lexicon)),
    };
    let span = reading.document.span(subject.first as usize..subject.end as usize);
    Some(Reply { span, claim: answered, owner, content })
}

/// Words between quotation marks that nobody is known to say: whose claim they answer cannot be told from the speaker's own.
fn in_quotes(document: &Document, claim: &Claim) -> bool {
    let opens = |t: &Token| matches!(t.form.as_str(), "\"" | "“" | "``");
    let within = |t: u32| document.tokens.get(t as usize).is_some_and(|t| t.quoted > 0);
    let first = document.sentences.get(claim.sentence as usize).and_then(|s| document.tokens.get(s.first as usize));
    within(claim.predicate) || first.is_some_and(opens)
}

/// Whether a noun's complement is a clause: "the idea that it leaks".
fn states(tokens: &[Token], noun: u32, end: u32) -> bool {
    let told = |t: &Token| t.pos == Pos::Sconj && t.head != noun || matches!(t.tag, Tag::Vbd | Tag::Vbz | Tag::Vbp | Tag::Md);
    let clause = |t: &Token| t.head == noun && matches!(t.rel, Rel::Acl | Rel::AclRelcl | Rel::Ccomp);
    let next = tokens.get(noun as usize + 1).is_some_and(|t| t.pos == Pos::Sconj);
    next || tokens.get(noun as usize + 1..end as usize).is_some_and(|rest| rest.iter().any(|t| clause(t) && told(t)))
}

/// What a denier says himself is so: "rejected his comment, telling reporters that the firm was not worried". What he denies meets it.
fn account(reading: &Reading, cue: u32, lexicon: &Lexicon) -> Option<(u32, u32)> {
    let tokens = &reading.document.tokens;
    let end = reading.document.sentence_of(cue).and_then(|s| reading.document.sentences.get(s))?.end;
    let tells = |at: &u32| {
        let (word, before) = (&tokens[*at as usize], &tokens[*at as usize - 1]);
        word.tag == Tag::Vbg && before.form.as_str() == "," && lexicon.cues.word(word.lemma).is_some()
    };
    (cue + 1..end).find(tells).map(|at| (at + 1, end))
}

/// Whether the sentence of a claim has a main word of a stretch.
fn meets(reading: &Reading, claim: &Claim, (first, end): (u32, u32)) -> bool {
    let tokens = &reading.document.tokens;
    let content = |t: &&Token| matches!(t.pos, Pos::Noun | Pos::Propn | Pos::Verb | Pos::Adj);
    let range = reading.document.sentences.get(claim.sentence as usize).map_or(0..0, |s| s.range());
    let told: Vec<Sym> = tokens[range].iter().filter(content).map(|t| t.lemma).collect();
    tokens.get(first as usize..end as usize).is_some_and(|said| said.iter().filter(content).any(|t| told.contains(&t.lemma)))
}

/// Whether a claim noun without words before it stands in apposition, so that it sums up its own sentence.
fn sums_up(document: &Document, noun: u32) -> bool {
    let tokens = &document.tokens;
    let comma = (noun as usize).checked_sub(1).and_then(|at| tokens.get(at)).is_some_and(|t| t.form.as_str() == ",");
    let first = document.sentence_of(noun).and_then(|s| document.sentences.get(s)).is_some_and(|s| s.first + 1 >= noun);
    comma
        && !first
        && tokens
            .get(noun as usize)
            .is_some_and(|t| matches!(t.rel, Rel::Appos | Rel::Conj | Rel::Dep | Rel::Obl | Rel::Nmod | Rel::Obj))
}

/// "The spokesman also rejected the claims".
fn joins(reading: &Reading, link: &super::Link, lexicon: &Lexicon) -> bool {
    let tokens = &reading.document.tokens;
    let near = tokens.get((link.cue.start as usize).saturating_sub(2)..link.cue.start as usize).unwrap_or(&[]);
    near.iter().any(|t| lexicon.set("joining-words").is_some_and(|set| set.word(t.form).is_some()))
}

/// Whether a finite verb other than the last auxiliary stands between a claim noun and its verdict.
fn own_clause(between: &[Token], told: impl Fn(&Token) -> bool) -> bool {
    between.iter().filter(|t| told(t) && t.rel != Rel::Cop).any(|t| t.pos == Pos::Verb || t.rel == Rel::Aux)
}

/// "We promise proof, but that is nonsense", "it did not come, although it was not true": a verdict that an earlier clause of its own
/// sentence leads up to means that clause.
fn answers_its_sentence(tokens: &[Token], predicate: u32) -> bool {
    let Some(token) = tokens.get(predicate as usize) else { return false };
    matches!(token.rel, Rel::Conj | Rel::Advcl) && token.head < predicate
}

/// Whose telling words for a claim may mean.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Told {
    /// A speaker's or the article's own.
    ByAnyone,
    /// A speaker's only: "the charges" are what somebody is accused of, and what the article tells of its own is no accusation.
    BySpeakers,
}

fn told_by(tokens: &[Token], noun: u32, lexicon: &Lexicon) -> Told {
    if of_set(tokens, noun, "accusations", lexicon) { Told::BySpeakers } else { Told::ByAnyone }
}

fn of_set(tokens: &[Token], at: u32, set: &str, lexicon: &Lexicon) -> bool {
    tokens.get(at as usize).is_some_and(|t| lexicon.set(set).is_some_and(|words| words.word(t.lemma).is_some()))
}

/// "It would be wrong to wait": the verdict is on the deed that follows.
fn judges_a_deed(tokens: &[Token], predicate: u32) -> bool {
    let near = tokens.get(predicate as usize..(predicate as usize + 8).min(tokens.len())).unwrap_or(&[]);
    near.iter().any(|t| t.head == predicate && matches!(t.rel, Rel::Csubj | Rel::Xcomp | Rel::Ccomp | Rel::Advcl))
}

fn token_range(tokens: &[Token], span: Span) -> Option<(u32, u32)> {
    let first = tokens.partition_point(|t| t.span.start < span.start);
    let end = tokens.partition_point(|t| t.span.start < span.end).max(first);
    (first < end).then_some((first as u32, end as u32))
}

/// The noun for a claim, or the pronoun for one, that heads a stretch: "this", "Russia's claims of gains".
fn claim_noun(document: &Document, (first, end): (u32, u32), lexicon: &Lexicon) -> Option<u32> {
    let inside = |t: u32| (first..end).contains(&t);
    let tokens = &document.tokens;
    let heads = (first..end).filter(|t| {
        let head = tokens.get(*t as usize).map_or(*t, |x| x.head);
        head == *t || !inside(head)
    });
    let fits = |t: &u32| {
        let Some(token) = tokens.get(*t as usize) else { return false };
        let pronoun = token.pos == Pos::Pron
            && matches!(token.tag, Tag::Dt | Tag::Prp)
            && end - first <= 2
            && lexicon.set("claim-pronouns").is_some_and(|set| set.word(token.form).is_some());
        pronoun
            || token.pos == Pos::Det && end - first == 1
            || token.pos == Pos::Noun && lexicon.claim_nouns.longest_at(tokens, *t as usize).is_some()
    };
    heads.into_iter().find(fits)
}

/// "Russia's claims", "claims by Russia": a mention.
fn owner_of(reading: &Reading, noun: u32) -> Option<u32> {
    let tokens = &reading.document.tokens;
    let sentence = reading.document.sentence_of(noun).and_then(|s| reading.document.sentences.get(s))?;
    let owner = sentence.range().find(|t| {
        tokens.get(*t).is_some_and(|k| {
            k.head == noun
                && *t as u32 != noun
                && (k.rel == Rel::NmodPoss
                    || k.rel == Rel::Nmod
                        && tokens[..*t]
                            .iter()
                            .rev()
                            .take(4)
                            .any(|c| c.head as usize == *t && matches!(c.form.as_str(), "by" | "from")))
        })
    })? as u32;
    mention_at(&reading.mentions, owner)
}

fn mention_at(mentions: &[Mention], token: u32) -> Option<u32> {
    mentions
        .iter()
        .position(|m| m.head == token)
        .or_else(|| mentions.iter().position(|m| m.first <= token && token < m.end))
        .map(|i| i as u32)
}

/// What a claim noun says was claimed: its complement. "This assertion in Paris" has none.
fn after(tokens: &[Token], noun: u32, end: u32, lexicon: &Lexicon) -> Option<(u32, u32)> {
    let first = noun + 1;
    let opens = |word: &Token| lexicon.set("claim-noun-complements").is_some_and(|set| set.word(word.form).is_some());
    let governed = tokens.get(first as usize).is_some_and(|next| next.pos != Pos::Adp || opens(next));
    if !governed {
        return None;
    }
    let more = (first..end)
        .any(|t| tokens.get(t as usize).is_some_and(|k| matches!(k.pos, Pos::Noun | Pos::Propn | Pos::Verb | Pos::Adj)));
    more.then_some((first, end))
}

/// "this", "that", "such", "the", "these", "those" before the noun, or a pronoun alone.
fn definite(tokens: &[Token], noun: u32, first: u32) -> bool {
    (first..=noun).any(|t| {
        tokens.get(t as usize).is_some_and(|k| {
            matches!(k.tag, Tag::Dt | Tag::Pdt) && k.form.as_str() != "a" && k.form.as_str() != "an"
                || k.form.as_str() == "such"
                || k.pos == Pos::Pron
        })
    })
}

/// The nearest claim before (else after) this one that the owner or someone speaking for the owner makes.
fn by_owner(reading: &Reading, at: usize, owner: u32, content: Option<(u32, u32)>) -> Option<u32> {
    let speaks = |c: &Claim| {
        c.chain
            .iter()
            .zip(&c.commitments)
            .any(|(l, s)| *s != Stance::None && !l.denial && l.source.is_some_and(|m| same_side(reading, m, owner)))
    };
    let agrees = |c: &Claim| content.is_none_or(|range| shares_content(reading, c, range));
    let here = reading.claims[at].sentence;
    let before = reading.claims[..at].iter().rposition(|c| c.sentence < here && speaks(c) && agrees(c));
    // What is denied before it is told has to be known by its words.
    let after =
        || content.and_then(|_| reading.claims[at + 1..].iter().position(|c| c.sentence > here && speaks(c) && agrees(c)));
    before.or_else(|| after().map(|i| at + 1 + i)).map(|i| i as u32)
}

/// "Denied the rebels' claims of gains": words for what was said, not its own; they mean the one thing that the owner said before.
fn only_claim(reading: &Reading, at: usize, owner: u32, content: Option<(u32, u32)>) -> Option<u32> {
    let (first, end) = content?;
    if reading.document.tokens.get(first as usize..end as usize)?.iter().any(|t| t.pos == Pos::Verb) {
        return None;
    }
    let here = reading.claims[at].sentence;
    let says = |c: &Claim| {
        let mut links = c.chain.iter().zip(&c.commitments);
        c.sentence < here
            && here - c.sentence <= BACK
            && links.any(|(l, s)| *s != Stance::None && !l.denial && l.source.is_some_and(|m| same_side(reading, m, owner)))
    };
    let mut said = (0..at).filter(|i| says(&reading.claims[*i]));
    let one = said.next()?;
    said.all(|other| reading.claims[other].sentence == reading.claims[one].sentence).then_some(one as u32)
}

/// The nearest claim before this one that is not of the denier's side: a speaker's first, else what the publisher told last.
fn pointed_to(reading: &Reading, at: usize, denier: Option<u32>, content: Option<(u32, u32)>, by: Told) -> Option<u32> {
    let here = reading.claims[at].sentence;
    // Words that do not say what they deny answer what was said right before.
    let back = if content.is_some() { BACK } else { 1 };
    let near = |c: &Claim| c.sentence < here && here - c.sentence <= back;
    let told = |c: &Claim| {
        let verb = reading.document.tokens.get(c.predicate as usize).is_some_and(|t| t.pos == Pos::Verb);
        // A plan that somebody reports is claimed like any deed.
        let reported = c.modality == Modality::Planned && !c.chain.is_empty();
        verb && (c.modality == Modality::Realised || reported)
    };
    let agrees = |c: &Claim| content.map_or_else(|| told(c), |range| shares_content(reading, c, range));
    let foreign = |c: &Claim| {
        c.chain.iter().zip(&c.commitments).any(|(l, s)| *s != Stance::None && !l.denial)
            && c.chain.iter().filter_map(|l| l.source).all(|m| denier.is_none_or(|d| !same_side(reading, m, d)))
    };
    // An aside is not what a sentence claims ("a charge that might have stung"), where something else is.
    let aside = |c: &Claim| {
        let rel = reading.document.tokens.get(c.predicate as usize).map(|t| t.rel);
        matches!(rel, Some(Rel::AclRelcl | Rel::Acl | Rel::Advcl))
    };
    // "The president offered a comment of his own: it is a lie": what leads up to a verdict is not what it is on.
    let own_telling = |c: &Claim| {
        let subject = c.event.as_ref().and_then(|e| e.subject);
        let subject = subject.and_then(|s| s.mention.or_else(|| mention_at(&reading.mentions, s.head)));
        denier.zip(subject).is_some_and(|(d, s)| same_side(reading, d, s))
    };
    // "The idea that I would do it is outrageous. It is untrue": a speaker who goes on answers what he has just said himself.
    let goes_on = reading.claims[..at].iter().any(|c| {
        c.sentence + 1 == here && denier.zip(c.chain.last().and_then(|l| l.source)).is_some_and(|(d, s)| same_side(reading, d, s))
    });
    let certain = |c: &Claim| c.commitments.iter().any(|s| s.level() == Some(Level::Certain));
    let before = &reading.claims[..at];
    before
        .iter()
        .rposition(|c| near(c) && foreign(c) && agrees(c) && !aside(c))
        .or_else(|| before.iter().rposition(|c| near(c) && foreign(c) && agrees(c) && certain(c)))
        .or_else(|| {
            before.iter().rposition(|c| {
                by == Told::ByAnyone
                    && !goes_on
                    && near(c)
                    && here - c.sentence <= 2
                    && c.chain.is_empty()
                    && c.publisher != Stance::None
                    && !own_telling(c)
                    && agrees(c)
            })
        })
        .map(|i| completed(reading, first_of_sentence_and_speaker(reading, i)) as u32)
}

/// "Had decided *to close the mill*": the claim of the infinitive that completes another's verb says it in full.
fn completed(reading: &Reading, at: usize) -> usize {
    let claim = &reading.claims[at];
    let completes = |c: &Claim| {
        let token = reading.document.tokens.get(c.predicate as usize);
        c.sentence == claim.sentence && token.is_some_and(|t| t.head == claim.predicate && t.rel == Rel::Xcomp)
    };
    let later = reading.claims.iter().enumerate().skip(at + 1).take_while(|(_, c)| c.sentence == claim.sentence);
    later.into_iter().find(|(_, c)| completes(c)).map_or(at, |(i, _)| i)
}

/// Of several claims in one sentence under one cue the first is the one that is meant as a whole.
fn first_of_sentence_and_speaker(reading: &Reading, at: usize) -> usize {
    let claim = &reading.claims[at];
    let same = |c: &Claim| {
        c.sentence == claim.sentence
            && c.chain.last().map(|l| l.id) == claim.chain.last().map(|l| l.id)
            && c.commitments.last() == claim.commitments.last()
    };
    (0..at)
        .rev()
        .take_while(|i| reading.claims[*i].sentence == claim.sentence)
        .filter(|i| same(&reading.claims[*i]))
        .last()
        .unwrap_or(at)
}

/// Whether two mentions are one, or speak for one.
fn same_side(reading: &Reading, one: u32, two: u32) -> bool {
    let (one, two) = (side(reading, one), side(reading, two));
    one.iter().any(|m| two.contains(m))
}

/// A mention's leader and those it speaks for.
fn side(reading: &Reading, mention: u32) -> Vec<u32> {
    let mut found = Vec::new();
    let mut next = Some(mention);
    while let Some(m) = next {
        let Some(here) = reading.mentions.get(m as usize) else { break };
        let leader = reading.mentions.get(here.leader as usize).map_or(m, |_| here.leader);
        if found.contains(&leader) || found.len() > 6 {
            break;
        }
        found.push(leader);
        next = here.speaks_for.or_else(|| reading.mentions.get(leader as usize).and_then(|l| l.speaks_for));
    }
    found
}

/// Whether a claim has words of what a denial says was claimed: one of a phrase; of a whole clause two besides names, for who and one word
/// are no account of it.
fn shares_content(reading: &Reading, claim: &Claim, (first, end): (u32, u32)) -> bool {
    let tokens = &reading.document.tokens;
    let content = |t: &&Token| matches!(t.pos, Pos::Noun | Pos::Propn | Pos::Verb | Pos::Adj | Pos::Num);
    let said: Vec<&Token> = (first..end).filter_map(|t| tokens.get(t as usize)).filter(content).collect();
    let words = claim.tokens.iter().filter_map(|t| tokens.get(*t as usize)).filter(content);
    let clause = said.len() > 2 && said.iter().any(|t| t.pos == Pos::Verb);
    let counts = |t: &&Token| !clause || t.pos != Pos::Propn;
    let mut shared: Vec<Sym> =
        words.filter(counts).map(|t| t.lemma).filter(|word| said.iter().any(|t| t.lemma == *word)).collect();
    shared.sort_unstable_by_key(|word| word.as_str());
    shared.dedup();
    shared.len() >= if clause { 2 } else { 1 }
}
