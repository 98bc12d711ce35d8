//! How two words lie to each other: the same, one a kind of the other, exclusive, or nothing of the kind.
//!
//! In: two [`Word`]s. Out: a [`Tie`]. Classes of exclusive words come before WordNet's antonyms, since those who wrote them said how
//! much must be shared; opposites that two people or two moments can divide between them ("man", "woman"; "sit", "stand") exclude nothing.

use super::relation::Relation;
use super::word::{Number, Word, is_person};
use crate::base::Sym;
use crate::lexical::{self, Class};
use crate::lexicon::Lexicon;

/// How two words lie to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tie {
    /// The relation of the first to the second; independent for kin words, which may be said of one thing.
    pub relation: Relation,
    /// How sure, 1 to 10.
    pub strength: u32,
    /// Content words that must be shared before the two exclude each other; 0 where they do not.
    pub context: u8,
    /// Name of the class of exclusive words that holds both; empty where there is none.
    pub class: Sym,
    /// Whether they are mere looks.
    pub looks: bool,
    /// Whether they count only where nothing hangs on them.
    pub alone: bool,
}

impl Tie {
    fn of(relation: Relation, strength: u32) -> Self {
        Self { relation, strength, context: 0, class: Sym::default(), looks: false, alone: false }
    }

    fn apart(relation: Relation, context: u8) -> Self {
        Self { relation, strength: 5, context, class: Sym::default(), looks: false, alone: false }
    }

    /// Whether the two are no more than kin.
    pub fn is_kin(self) -> bool {
        self.relation == Relation::Independent
    }

    /// The same tie seen from the other side.
    pub fn turned(self) -> Self {
        Self { relation: self.relation.turned(), ..self }
    }
}

/// Longest climb from a noun to a kind above it, in steps.
const NOUN_STEPS: u8 = 8;
/// The same for verbs, whose kinds are looser.
const VERB_STEPS: u8 = 2;

/// The tie between two words; `None` where they have nothing to do with each other.
pub fn tie(a: &Word, b: &Word, lexicon: &Lexicon) -> Option<Tie> {
    if let (Some(x), Some(y)) = (a.number, b.number) {
        // "Before 1700", "in 1650": the prepositions decide.
        return if a.case == b.case { numbers(x, y) } else { None };
    }
    if a.lemma == b.lemma {
        return Some(Tie::of(universal(a, b), 10));
    }
    if a.anybody || b.anybody {
        return persons(a, b);
    }
    let (one, other) = (a.lemma.as_str(), b.lemma.as_str());
    let listed = exclusive(a, b, lexicon);
    if listed.is_some_and(|tie| tie.relation == Relation::Equal) {
        return listed;
    }
    let class = a.class.filter(|class| b.class == Some(*class));
    if let Some(class) = class {
        if lexicon.same_family(a.lemma, b.lemma) {
            return Some(Tie::of(Relation::Equal, 8));
        }
        if let Some(rank) = lexical::synonyms(one, other, class).filter(|rank| *rank <= 3) {
            return Some(Tie::of(Relation::Equal, 8 - u32::from(rank)));
        }
    }
    listed
        .or_else(|| opposed(a, b, lexicon))
        .or_else(|| class.and_then(|class| kinds(one, other, class)))
        .or_else(|| derived(a, b).then_some(Tie::of(Relation::Equal, 6)))
        .or_else(|| kindred(a, b, lexicon))
        .or_else(|| misspelt(a, b).then_some(Tie::of(Relation::Equal, 5)))
}

/// Shortest word, in letters, that a slip of the pen leaves recognisable.
const LEGIBLE: usize = 5;

/// "Brideg", "laptopps": a common word that no table knows, one slip away from the other.
fn misspelt(a: &Word, b: &Word) -> bool {
    let common = |word: &Word| word.class.is_some() && word.lemma.as_str().len() >= LEGIBLE;
    let unknown = |word: &Word| word.class.is_some_and(|class| !lexical::known(word.lemma.as_str(), class));
    common(a) && common(b) && (unknown(a) || unknown(b)) && strsim::damerau_levenshtein(a.lemma.as_str(), b.lemma.as_str()) == 1
}

/// By the lists of words by which one scene is told in two ways.
fn kindred(a: &Word, b: &Word, lexicon: &Lexicon) -> Option<Tie> {
    let listed = &lexicon.kindred;
    let relation = match () {
        () if listed.tells_of(a.lemma, b.lemma) => Relation::Forward,
        () if listed.tells_of(b.lemma, a.lemma) => Relation::Reverse,
        () if a.class == b.class && a.class.is_some() && listed.kin(a.lemma, b.lemma) => {
            return Some(Tie::of(Relation::Independent, 2));
        }
        () => return None,
    };
    Some(Tie::of(relation, 6))
}

/// "Every student" is wider than one student, whoever it is.
fn universal(a: &Word, b: &Word) -> Relation {
    match (a.universal, b.universal) {
        (true, false) => Relation::Forward,
        (false, true) => Relation::Reverse,
        _ => Relation::Equal,
    }
}

fn numbers(a: Number, b: Number) -> Option<Tie> {
    match (a, b) {
        (Number::Count(x, _), Number::Count(y, _)) | (Number::Rank(x), Number::Rank(y)) if x == y => {
            Some(Tie::of(Relation::Equal, 10))
        }
        (Number::Count(_, true), Number::Count(..)) | (Number::Count(..), Number::Count(_, true)) => None,
        (Number::Count(..), Number::Count(..)) | (Number::Rank(_), Number::Rank(_)) => Some(Tie::apart(Relation::Alternation, 1)),
        _ => None,
    }
}

/// Anybody is wider than whoever is named.
fn persons(a: &Word, b: &Word) -> Option<Tie> {
    let someone = |word: &Word| is_person(word) || word.pos == crate::text::Pos::Propn;
    match (a.anybody, b.anybody) {
        (true, true) => Some(Tie::of(universal(a, b), 10)),
        (true, false) if someone(b) => Some(Tie::of(if a.universal { Relation::Forward } else { Relation::Reverse }, 5)),
        (false, true) if someone(a) => Some(Tie::of(if b.universal { Relation::Reverse } else { Relation::Forward }, 5)),
        _ => None,
    }
}

/// By the classes of the lexicon.
fn exclusive(a: &Word, b: &Word, lexicon: &Lexicon) -> Option<Tie> {
    let pairs = || a.exclusive.iter().flat_map(|x| b.exclusive.iter().filter(move |y| x.class == y.class).map(move |y| (x, y)));
    if pairs().any(|(x, y)| x.group == y.group) {
        return Some(Tie::of(Relation::Equal, 9));
    }
    let (x, _) = pairs().next()?;
    let class = lexicon.exclusives.classes.get(x.class as usize)?;
    Some(Tie { class: class.name, looks: class.looks, alone: class.alone, ..Tie::apart(Relation::Alternation, class.context) })
}

/// By opposites of the lexicon and of WordNet.
fn opposed(a: &Word, b: &Word, lexicon: &Lexicon) -> Option<Tie> {
    let compatible = |word: &Word| lexicon.set("scene-compatible").is_some_and(|set| set.word(word.lemma).is_some());
    if compatible(a) || compatible(b) || is_person(a) || is_person(b) {
        return None;
    }
    let listed = lexicon.opposites.get(&a.lemma).and_then(|list| list.iter().find(|(other, _)| *other == b.lemma));
    match listed {
        Some((_, true)) => Some(Tie::apart(Relation::Negation, 1)),
        Some((_, false)) => Some(Tie::apart(Relation::Alternation, 1)),
        None => {
            let found = lexical::antonyms(a.lemma.as_str(), b.lemma.as_str()) || deeds_opposed(a, b, lexicon);
            found.then_some(Tie::apart(Relation::Alternation, 1))
        }
    }
}

/// By the kinds above a word.
fn kinds(one: &str, other: &str, class: Class) -> Option<Tie> {
    let most = if class == Class::Noun { NOUN_STEPS } else { VERB_STEPS };
    let near = |steps: u8| steps <= most;
    let strength = |steps: u8| 8 - u32::from(steps.min(7));
    match (lexical::is_a(one, other, class).filter(|n| near(*n)), lexical::is_a(other, one, class).filter(|n| near(*n))) {
        (Some(steps), None) => Some(Tie::of(Relation::Forward, strength(steps))),
        (None, Some(steps)) => Some(Tie::of(Relation::Reverse, strength(steps))),
        _ => None,
    }
}

/// "The explosion", "exploded"; "wooden", "wood".
fn derived(a: &Word, b: &Word) -> bool {
    let from = |base: &Word, noun: &Word| {
        noun.class == Some(Class::Noun)
            && base.class.is_some_and(|c| c != Class::Noun)
            && (lexical::derived(base.lemma.as_str(), noun.lemma.as_str()) || base.lemma == noun.lemma)
    };
    from(a, b) || from(b, a)
}

/// "The destruction of", "preserving": the verbs behind two nouns, or behind a noun and beside a verb, are opposites.
fn deeds_opposed(a: &Word, b: &Word, lexicon: &Lexicon) -> bool {
    let deeds = |word: &Word| -> Vec<Sym> {
        match word.class {
            Some(Class::Verb) => vec![word.lemma],
            Some(Class::Noun) => lexical::verbs_of(word.lemma.as_str()).map(Sym::new).collect(),
            _ => Vec::new(),
        }
    };
    if a.class != Some(Class::Noun) && b.class != Some(Class::Noun) {
        return false;
    }
    let others = deeds(b);
    let opposed = |x: &Sym, y: &Sym| lexicon.opposites.get(x).is_some_and(|list| list.iter().any(|(other, _)| other == y));
    deeds(a).iter().any(|x| others.iter().any(|y| x != y && opposed(x, y)))
}
