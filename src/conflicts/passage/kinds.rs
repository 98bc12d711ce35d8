//! What something is against what it is said to be: a person is no town, a film no book, an American film no Australian one.

use super::definition::{self, Definition};
use super::side::Side;
use super::{Finding, Pair};
use crate::base::Sym;
use crate::claims::EntityKind;
use crate::lexical::{self, Class};
use crate::text::{Pos, Shape, Tag};

/// Sets the kinds that the claim gives against those of the passage.
pub fn find(pair: &Pair, out: &mut Vec<Finding>) {
    let (ours, theirs) = (definition::find(pair.claim), definition::find(pair.passage));
    for one in ours.iter().filter(|d| d.copula && !d.denied) {
        for other in theirs.iter().filter(|d| !d.denied) {
            if !same_thing(pair, one, other) {
                continue;
            }
            out.extend(kind(pair, one, other));
            out.extend(nation(pair, one, other));
            out.extend(sort(pair, one, other));
        }
    }
}

/// Whether two definitions are about one thing: they share a name in front, or a pronoun stands there.
fn same_thing(pair: &Pair, one: &Definition, other: &Definition) -> bool {
    let names = |side: &Side, d: &Definition| -> Vec<Sym> {
        let named = |t: &usize| side.is_name(*t) || side.weight(*t) > 0 && side.tokens[*t].shape != Shape::Lower;
        d.subject.clone().filter(|t| named(t) && !side.is_calendar(*t)).map(|t| side.tokens[t].form).collect()
    };
    if [(pair.claim, one), (pair.passage, other)].iter().any(|(side, d)| interrupted(side, d)) {
        return false;
    }
    let (ours, theirs) = (names(pair.claim, one), names(pair.passage, other));
    if ours.iter().any(|n| theirs.contains(n)) {
        return true;
    }
    let words = other.subject.len();
    theirs.is_empty() && words <= 3 && !ours.is_empty()
}

/// Whether a clause stands between the first words and the copula, so that somebody else may be its subject.
fn interrupted(side: &Side, d: &Definition) -> bool {
    let mut depth = 0;
    d.subject.clone().any(|t| {
        match side.tokens[t].form.as_str() {
            "(" | "[" => depth += 1,
            ")" | "]" => depth -= 1,
            _ => {}
        }
        depth <= 0
            && side.tokens[t].shape == Shape::Lower
            && (matches!(side.tokens[t].tag, Tag::Vbd | Tag::Vbz | Tag::Vbp | Tag::Md) || side.tokens[t].pos == Pos::Sconj)
    })
}

fn kind(pair: &Pair, one: &Definition, other: &Definition) -> Option<Finding> {
    let head = *one.heads.first()?;
    let vague = |side: &Side, d: &Definition| d.heads.iter().any(|h| side.is("vague kinds", *h));
    let said = |h: &usize| pair.cover.by[*h].is_some_and(|(_, strength)| strength >= 8);
    if one.heads.iter().any(said) || vague(pair.claim, one) || vague(pair.passage, other) {
        return None;
    }
    let rival = *other.heads.first()?;
    let apart = other.heads.iter().all(|h| exclusive(pair.claim, head, pair.passage, *h));
    apart.then(|| Finding {
        firm: true,
        kind: "antonym",
        why: "two kinds that nothing belongs to at once",
        part: "kind",
        amount: 10,
        because: pair.because((head, head), (rival, rival), "opposite"),
    })
}

/// Whether nothing is of both kinds.
pub fn exclusive(one: &Side, x: usize, other: &Side, y: usize) -> bool {
    let (a, b) = (one.tokens[x].lemma, other.tokens[y].lemma);
    if a == b || lexical::synonyms(a.as_str(), b.as_str(), Class::Noun).is_some() {
        return false;
    }
    let above = |p: &str, q: &str| lexical::is_a(p, q, Class::Noun).is_some();
    if above(a.as_str(), b.as_str()) || above(b.as_str(), a.as_str()) {
        return false;
    }
    if listed(one, a, b) || rivals(one, a, b) {
        return true;
    }
    let (c, d) = (classes(one, a), classes(one, b));
    !c.is_empty() && !d.is_empty() && !c.iter().any(|k| d.contains(k))
}

/// Whether a list of the lexicon holds both as members that exclude each other.
fn listed(side: &Side, a: Sym, b: Sym) -> bool {
    let lists = side.facts.lexicon.sets.iter().filter(|(name, _)| name.starts_with("exclusive kinds"));
    lists.into_iter().any(|(_, words)| words.word(a).is_some() && words.word(b).is_some())
}

/// Whether two lists of one axis, named `rival kinds AXIS: KINDS`, hold one each: those of one list go together, those of two do not.
fn rivals(side: &Side, a: Sym, b: Sym) -> bool {
    let lists = |word: Sym| -> Vec<(&str, &str)> {
        let sets = side.facts.lexicon.sets.iter().filter(|(_, words)| words.word(word).is_some());
        sets.filter_map(|(name, _)| name.strip_prefix("rival kinds ")?.split_once(": ")).collect()
    };
    let others = lists(b);
    lists(a).iter().any(|(axis, kinds)| others.iter().any(|(other, rival)| axis == other && kinds != rival))
}

/// The widest kinds that a noun is of.
fn classes(side: &Side, noun: Sym) -> Vec<&'static str> {
    let own = |words: &crate::lexicon::Phrases<()>| words.word(noun).is_some();
    let sets = side.facts.lexicon.sets.iter().filter_map(|(name, words)| Some((name.strip_prefix("kinds of ")?, words)));
    let sets: Vec<_> = sets.collect();
    // A list knows which of a word's senses is meant ("dog", "star"); WordNet's first two may not.
    let listed = sets.iter().any(|(_, words)| own(words));
    let of = |wide: &str, words| {
        if listed { own(words) } else { noun.as_str() == wide || lexical::is_a(noun.as_str(), wide, Class::Noun).is_some() }
    };
    let mut out: Vec<&'static str> = sets.iter().filter(|(wide, words)| of(wide, words)).map(|(wide, _)| *wide).collect();
    out.sort_unstable();
    out
}

/// "A football club" against "a basketball club", "the fifth album" against "the second album".
fn sort(pair: &Pair, one: &Definition, other: &Definition) -> Option<Finding> {
    let (claim, passage) = (pair.claim, pair.passage);
    let one_kind = one.heads.iter().any(|x| other.heads.iter().any(|y| super::side::meets(claim, *x, passage, *y) >= 7));
    let list = |side: &Side, t: usize| {
        let lists = side.facts.lexicon.sets.iter().filter(|(_, words)| words.word(side.tokens[t].lemma).is_some());
        let mut names: Vec<&str> = lists.filter_map(|(name, _)| name.strip_prefix("exclusive sorts of ")).collect();
        names.sort_unstable();
        names.first().copied()
    };
    let within = |side: &Side, d: &Definition| -> Vec<(usize, &str)> {
        let words = d.modifiers.iter().chain(&d.heads).copied();
        words.filter_map(|t| Some((t, list(side, t)?))).collect()
    };
    let (ours, theirs) = (within(claim, one), within(passage, other));
    let (x, name) = *ours.first()?;
    // What is made up is so whatever it is called.
    if !one_kind && name != "reality" {
        return None;
    }
    let (y, _) = *theirs.iter().find(|(_, other)| *other == name)?;
    let met = ours.iter().any(|(t, _)| pair.cover.has(*t))
        || theirs.iter().any(|(y, n)| *n == name && claim.tokens.iter().any(|t| t.lemma == passage.tokens[*y].lemma));
    (!met && !claim.denied[x] && !passage.denied[y]).then(|| Finding {
        firm: true,
        kind: "antonym",
        why: "two sorts of one kind",
        part: "sort",
        amount: 10,
        because: pair.because((x, x), (y, y), "opposite"),
    })
}

/// "American" against "Australian" before the same kind.
fn nation(pair: &Pair, one: &Definition, other: &Definition) -> Option<Finding> {
    let nations = |side: &Side, d: &Definition| -> Vec<(usize, Option<u32>)> {
        let words = d.modifiers.iter().chain(&d.heads).copied();
        words.filter_map(|t| Some((t, state(side, t)?))).collect()
    };
    let (ours, theirs) = (nations(pair.claim, one), nations(pair.passage, other));
    let (first, other_first) = (ours.first()?, theirs.first()?);
    let who = pair.claim.facts.who;
    let meets = |(t, x): &(usize, Option<u32>), (u, y): &(usize, Option<u32>)| match (x, y) {
        (Some(x), Some(y)) => who.together(*x, *y).is_some(),
        _ => pair.claim.tokens[*t].form == pair.passage.tokens[*u].form,
    };
    if ours.iter().any(|x| theirs.iter().any(|y| meets(x, y))) {
        return None;
    }
    if pair.cover.has(first.0) {
        return None;
    }
    Some(Finding {
        firm: true,
        kind: "role",
        why: "two nationalities of one thing",
        part: "nation",
        amount: 10,
        because: pair.because((first.0, first.0), (other_first.0, other_first.0), "opposite"),
    })
}

/// Whether a word is the adjective of a state, and of which one where the text's names tell.
fn state(side: &Side, token: usize) -> Option<Option<u32>> {
    let row = side.facts.lexicon.named.word(side.tokens[token].form)?;
    (row.adjective && matches!(row.kind, EntityKind::State | EntityKind::Place)).then_some(side.beings[token])
}
