//! The words of a scene: what each is, how rare, which classes of exclusive words hold it.
//!
//! In: a sentence's tree. Out: its [`Word`]s. A number is a word by its value, whoever stands for anybody ("someone", "a person") is
//! one and the same word.

use crate::base::{Span, Sym};
use crate::claims::tree::Tree;
use crate::lexical::{self, Class};
use crate::lexicon::{Lexicon, Membership, NumberKind};
use crate::text::{Pos, Rel, Shape, Tag};

/// One word, or a phrase that is one.
#[derive(Clone, Debug)]
pub struct Word {
    /// First token.
    pub first: u32,
    /// One past its last.
    pub end: u32,
    /// The token that the rest of the sentence hangs on or below.
    pub head: u32,
    /// Where it stands.
    pub span: Span,
    /// Dictionary form in lower case; of a phrase all of it.
    pub lemma: Sym,
    /// Form as written, for names.
    pub written: Sym,
    /// Part of speech of the head.
    pub pos: Pos,
    /// Class for the tables of related words; `None` for names, numbers and function words.
    pub class: Option<Class>,
    /// Its value, where it is a number.
    pub number: Option<Number>,
    /// The preposition before it, where it has one.
    pub case: Sym,
    /// What it is worth, 1 to 12; 0 for words that are compared but need not be there ("on", "all").
    pub weight: u32,
    /// Classes of exclusive words that hold it.
    pub exclusive: Vec<Membership>,
    /// Whether it means anybody at all.
    pub anybody: bool,
    /// Whether "every", "each" or "all" stands before it.
    pub universal: bool,
    /// Whether it is named, or taken for known ("the", "her").
    pub definite: bool,
    /// Index of the nearest word above it.
    pub governor: Option<usize>,
    /// How it hangs there.
    pub rel: Rel,
    /// Whether it stands under an odd number of negations.
    pub denied: bool,
    /// Whether it stands under any negation at all.
    pub reached: bool,
    /// Whether it is not told as real: wished, tried, a condition.
    pub unasserted: bool,
    /// Whether it is a verb of having or holding, for which "have" or "get" will do.
    pub having: bool,
    /// Whether it opens an exception: "other than".
    pub excepts: bool,
    /// Whether it is one of several that "or" or "nor" joins.
    pub choice: bool,
}

/// A number by its value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Number {
    /// Seven, of which there are so many; `true` where "over" or "at most" stands before it.
    Count(f64, bool),
    /// Seventh.
    Rank(f64),
}

/// Reads the words of one sentence, in order.
pub fn read(tree: &Tree, text: &str, lexicon: &Lexicon) -> Vec<Word> {
    let mut words = Vec::new();
    let mut at = tree.first;
    while at < tree.end {
        let length = phrase_at(tree, at, lexicon).max(1);
        let end = (at + length).min(tree.end);
        words.extend(Reader { tree, text, lexicon }.word(at, end));
        at = end;
    }
    words
}

/// How many tokens the longest listed phrase or name at a token has; 0 for none.
fn phrase_at(tree: &Tree, at: u32, lexicon: &Lexicon) -> u32 {
    let phrase = lexicon.exclusives.compounds().longest_at(tree.tokens, at as usize).map_or(0, |(len, _)| len);
    let name = match tree.pos(at) {
        Pos::Propn | Pos::Adj => lexicon.named.longest_at(tree.tokens, at as usize).map_or(0, |(len, _)| len),
        _ => 0,
    };
    phrase.max(name) as u32
}

struct Reader<'a> {
    tree: &'a Tree<'a>,
    text: &'a str,
    lexicon: &'a Lexicon,
}

impl Reader<'_> {
    fn word(&self, first: u32, end: u32) -> Option<Word> {
        let tree = self.tree;
        let outside = |t: &u32| tree.head(*t).is_none_or(|h| h < first || end <= h);
        let head = (first..end).rev().find(outside).unwrap_or(first);
        let (token, pos) = (tree.token(head), tree.pos(head));
        let span = tree.token(first).span.join(tree.token(end - 1).span);
        let written = Sym::new(span.of(self.text));
        let joined = || (first..end).map(|t| tree.form(t)).collect::<Vec<_>>().join(" ");
        let lemma = if end - first > 1 { Sym::new(&joined()) } else { token.lemma };
        let in_set = |name: &str| self.lexicon.set(name).is_some_and(|set| set.phrase(lemma).is_some());
        let nobody = in_set("scene-nobody");
        let anybody = nobody || in_set("scene-anybody") && pos != Pos::Num;
        let number = if end - first == 1 { self.number(head) } else { None };
        let exclusive = self.exclusive(first, end, lemma, written);
        let content = anybody || number.is_some() || self.is_content(head, lemma);
        if !content && (exclusive.is_empty() || matches!(pos, Pos::Aux | Pos::Punct)) {
            return None;
        }
        let name = pos == Pos::Propn;
        let class = if name || number.is_some() { None } else { Class::of(pos) };
        let weight = match (content, pos) {
            (false, _) => 0,
            (_, Pos::Propn) => 12,
            _ if anybody => 1,
            (_, Pos::Adv) => u32::from(lexical::rarity(lemma.as_str())).div_ceil(2),
            _ => u32::from(lexical::rarity(lemma.as_str())),
        };
        let lemma = if anybody { Sym::new("person") } else { lemma };
        Some(Word {
            first,
            end,
            head,
            span,
            lemma,
            written,
            pos,
            class,
            number,
            case: tree.case(head).map_or(Sym::default(), |t| tree.token(t).lemma),
            weight,
            exclusive,
            anybody,
            universal: in_set("scene-universal") || self.has_determiner(head, "scene-universal"),
            definite: name || self.is_definite(head),
            governor: None,
            rel: tree.rel(head),
            denied: false,
            reached: false,
            excepts: in_set("scene-exceptions"),
            having: in_set("scene-having"),
            unasserted: self.is_unasserted(head),
            choice: false,
        })
    }

    fn is_content(&self, head: u32, lemma: Sym) -> bool {
        let tree = self.tree;
        let table = |name: &str| self.lexicon.set(name).is_some_and(|set| set.word(lemma).is_some());
        // "Each other".
        if tree.rel(head) == Rel::Fixed && tree.pos(head) == Pos::Adj {
            return false;
        }
        let verbal = matches!(tree.rel(head), Rel::Aux | Rel::AuxPass | Rel::Cop);
        let open = match tree.pos(head) {
            Pos::Noun | Pos::Propn | Pos::Adj | Pos::Num => true,
            Pos::Verb => !verbal,
            Pos::Adv => !matches!(tree.tag(head), Tag::Wrb | Tag::Rp),
            _ => false,
        };
        let negator = || self.lexicon.negators.word(lemma).is_some();
        let undoing = || table("scene-undoing") && tree.kid(head, &[Rel::Xcomp, Rel::Ccomp]).is_some();
        let verdict = || (table("verdicts-true") || table("verdicts-false")) && super::scene::verdict_on(tree, head).is_some();
        open && !table("scene-light") && !negator() && !undoing() && !verdict()
    }

    /// The value of a number word: "seven", "7", "7th"; `None` for a number that is only part of a larger one.
    fn number(&self, at: u32) -> Option<Number> {
        let tree = self.tree;
        let form = tree.form(at);
        let digits = form.replace(',', "");
        let plain = |text: &str| text.parse::<f64>().ok().filter(|value| value.is_finite());
        let word = |kind| self.lexicon.number_words.get(&(kind, Sym::new(form))).copied();
        let ordinal = || {
            let stem = ["st", "nd", "rd", "th"].iter().find_map(|end| digits.strip_suffix(end));
            stem.and_then(plain).or_else(|| word(NumberKind::Ordinal))
        };
        if tree.token(at).shape == Shape::Number || tree.pos(at) == Pos::Num {
            if let Some(value) = plain(&digits).or_else(|| word(NumberKind::Cardinal)) {
                let bounded = at > tree.first && self.lexicon.approximators.longest_at(tree.tokens, at as usize - 1).is_some()
                    || at > tree.first + 1 && self.lexicon.approximators.longest_at(tree.tokens, at as usize - 2).is_some();
                return Some(Number::Count(value, bounded));
            }
        }
        let rank = matches!(tree.pos(at), Pos::Adj | Pos::Adv | Pos::Noun | Pos::Num | Pos::Propn);
        ordinal().filter(|_| rank).map(Number::Rank)
    }

    fn exclusive(&self, first: u32, end: u32, lemma: Sym, written: Sym) -> Vec<Membership> {
        let table = &self.lexicon.exclusives;
        let mut found: Vec<Membership> = table.listed(lemma).to_vec();
        let form = if end - first == 1 { self.tree.token(first).form } else { lemma };
        if form != lemma {
            found.extend(table.listed(form));
        }
        let named = self.lexicon.named.longest_at(self.tree.tokens, first as usize);
        let named = named.filter(|(len, _)| first + *len as u32 == end && self.tree.token(first).shape != Shape::Lower);
        // "U.S." and "America" are one.
        let one = named.map_or(lemma, |(_, row)| row.name);
        let own = |class: usize| Membership { class: class as u16, group: 1 << 31 | one.number() };
        for (at, class) in table.classes.iter().enumerate() {
            let by_name = named.is_some_and(|(_, row)| row.adjective == class.adjectives && class.entities.contains(&row.kind));
            let by_kind =
                || class.parents.iter().any(|p| lexical::is_a(written.as_str(), p.as_str(), Class::Noun).is_some_and(|n| n <= 2));
            if !found.iter().any(|m| m.class == at as u16) && (by_name || by_kind()) {
                found.push(own(at));
            }
        }
        found
    }

    fn has_determiner(&self, head: u32, set: &str) -> bool {
        let set = self.lexicon.set(set);
        let mut kids = self.tree.kids(head).filter(|k| matches!(self.tree.rel(*k), Rel::Det | Rel::DetPredet));
        kids.any(|k| set.is_some_and(|s| s.word(self.tree.token(k).lemma).is_some()))
    }

    fn is_definite(&self, head: u32) -> bool {
        let tree = self.tree;
        tree.kids(head).any(|k| match tree.rel(k) {
            Rel::Det => matches!(tree.form(k), "the" | "this" | "that" | "these" | "those"),
            Rel::NmodPoss => true,
            _ => false,
        })
    }

    fn is_condition(&self, mark: u32) -> bool {
        self.tree.rel(mark) == Rel::Mark && self.lexicon.conditionals.longest_at(self.tree.tokens, mark as usize).is_some()
    }

    /// Whether a predicate hangs below a verb of trying or wishing, in a condition or behind one.
    fn is_unasserted(&self, head: u32) -> bool {
        let tree = self.tree;
        let set = self.lexicon.set("scene-unasserted");
        let mut at = head;
        for _ in tree.range() {
            let marked = tree.kids(at).any(|k| self.is_condition(k))
                || tree.kids(at).any(|k| tree.rel(k) == Rel::Advcl && tree.kids(k).any(|mark| self.is_condition(mark)));
            if marked {
                return true;
            }
            let Some(up) = tree.head(at) else { return false };
            // "Plans to hire": also where the parse takes the plans for a noun.
            let planned = tree.rel(at) == Rel::Acl && tree.tag(at) == Tag::Vb;
            let complement = matches!(tree.rel(at), Rel::Xcomp | Rel::Ccomp) || planned;
            if complement && set.is_some_and(|s| s.word(tree.token(up).lemma).is_some()) {
                return true;
            }
            at = up;
        }
        false
    }
}

/// Whether a word names or can name a person.
pub fn is_person(word: &Word) -> bool {
    word.anybody || word.class == Some(Class::Noun) && lexical::is_a(word.lemma.as_str(), "person", Class::Noun).is_some()
}
