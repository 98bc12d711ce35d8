//! Document → [`Mention`]s: names, descriptions and pronouns, each led to the fullest mention of the same thing in its article.
//!
//! In: one article's words and the word tables. Out: mentions in order of their span, outer before inner. Must not know other
//! articles or declared ids: what two articles call by one name is the business of `entities`.

mod describe;
mod leader;
mod name;
pub mod pronoun;
mod title;

use super::{Mention, MentionForm};
use crate::article::Article;
use crate::base::{Span, Sym};
use crate::lexicon::{Lexicon, Phrases};
use crate::text::{Document, Pos, Shape, Token};
use rustc_hash::FxHashMap;

pub use pronoun::first_person;

/// Finds who and what an article speaks of.
///
/// Indices in the result ([`Mention::leader`], [`Mention::speaks_for`]) point into the result itself.
pub fn find(document: &Document, article: &Article, lexicon: &Lexicon) -> Vec<Mention> {
    let words = Words::new(document, &article.text, lexicon);
    let runs = name::runs(&words);
    let mut drafts = title::split(&words, &runs);
    describe::add(&words, &mut drafts);
    title::apposed(&words, &mut drafts);
    pronoun::add(&words, &mut drafts);
    leader::join(&words, drafts)
}

/// The mention that a token belongs to: the one it heads, else the smallest that holds it.
pub fn covering(mentions: &[Mention], token: u32) -> Option<usize> {
    let holds = |m: &&(usize, &Mention)| m.1.first <= token && token < m.1.end;
    let near = mentions.partition_point(|m| m.first <= token);
    // Mentions are short; whatever holds the token starts at most a long phrase before it.
    let from = mentions[..near].partition_point(|m| m.first + LONGEST < token);
    let all = || mentions[from..near].iter().enumerate().map(|(i, m)| (from + i, m));
    let heads = all().filter(|(_, m)| m.head == token).min_by_key(|(_, m)| m.end - m.first);
    heads.or_else(|| all().filter(|m| holds(&m)).min_by_key(|(_, m)| m.end - m.first)).map(|(i, _)| i)
}

/// Most tokens that a mention can span.
const LONGEST: u32 = 40;

/// A mention in the making: references are draft indices, which are put in order at the end.
#[derive(Clone, Debug, Default)]
pub(super) struct Draft {
    mention: Mention,
    /// First token of the bare name.
    name_first: u32,
    /// One past its last token.
    name_end: u32,
    /// Drafts of states, bodies or descriptions inside the phrase that it may speak for, best first.
    owner: Option<usize>,
    /// Whether a possessive stands in the phrase, and the name it is of.
    possessed: bool,
    possessor: Option<usize>,
    /// A draft that means the same by the construction of the sentence, and the rule.
    same_as: Option<(usize, &'static str)>,
    /// Title or office in lower case lemmas, for "the minister" to come back to.
    role: String,
    plural: bool,
    definite: bool,
    gender: Gender,
    /// The adjective or noun for a people: names its state, and is no participant by itself.
    adjective: bool,
    /// Whether the name stood where every word has a capital, so that its limits are a guess.
    guessed: bool,
    /// What a pronoun asks of its antecedent.
    asks: Option<pronoun::Asks>,
}

/// Drafts with the places of the names among them.
#[derive(Default)]
pub(super) struct Drafts {
    list: Vec<Draft>,
    by_end: FxHashMap<u32, usize>,
    by_first: FxHashMap<u32, usize>,
}

impl Drafts {
    fn push(&mut self, draft: Draft) {
        if draft.mention.form == MentionForm::Name {
            self.by_end.insert(draft.mention.end, self.list.len());
            // Of two names that start together the longer one is meant.
            self.by_first.insert(draft.name_first, self.list.len());
            self.by_first.insert(draft.mention.first, self.list.len());
        }
        self.list.push(draft);
    }

    fn name_ending(&self, at: usize) -> Option<usize> {
        self.by_end.get(&u32::try_from(at).ok()?).copied()
    }

    fn name_starting(&self, at: usize) -> Option<usize> {
        self.by_first.get(&u32::try_from(at).ok()?).copied()
    }

    fn starts(&self, at: usize) -> bool {
        self.name_starting(at).is_some()
    }
}

/// What pronoun goes with it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Gender {
    #[default]
    Unknown,
    Female,
    Male,
}

/// A document with the word sets that finding mentions asks for.
pub(super) struct Words<'a> {
    doc: &'a Document,
    text: &'a str,
    lexicon: &'a Lexicon,
    people: Set<'a>,
    women: Set<'a>,
    men: Set<'a>,
    bodies: Set<'a>,
    companies: Set<'a>,
    suffixes: Set<'a>,
    crowds: Set<'a>,
    places: Set<'a>,
    fronts: Set<'a>,
    documents: Set<'a>,
    female: Set<'a>,
    male: Set<'a>,
    particles: Set<'a>,
    joiners: Set<'a>,
    generations: Set<'a>,
    located: Set<'a>,
    serving: Set<'a>,
    serves: Set<'a>,
    also_things: Set<'a>,
    letter_titles: Set<'a>,
    named_bodies: Set<'a>,
    speaking: Set<'a>,
    not_names: Set<'a>,
    possessive: Sym,
    of: Sym,
    the: Sym,
    within: Sym,
}

#[derive(Clone, Copy)]
struct Set<'a>(Option<&'a Phrases<()>>);

impl Set<'_> {
    fn has(self, token: &Token) -> bool {
        self.0.is_some_and(|set| set.word(token.lemma).is_some() || set.word(token.form).is_some())
    }

    fn has_form(self, token: &Token) -> bool {
        self.0.is_some_and(|set| set.word(token.form).is_some())
    }

    fn has_word(self, word: &str) -> bool {
        self.0.is_some_and(|set| set.word(Sym::new(word)).is_some())
    }
}

impl<'a> Words<'a> {
    fn new(doc: &'a Document, text: &'a str, lexicon: &'a Lexicon) -> Self {
        let set = |name| Set(lexicon.set(name));
        Self {
            doc,
            text,
            lexicon,
            people: set("people"),
            women: set("women"),
            men: set("men"),
            bodies: set("bodies"),
            companies: set("companies"),
            suffixes: set("company suffixes"),
            crowds: set("crowds"),
            places: set("places"),
            fronts: set("place fronts"),
            documents: set("documents"),
            female: set("given names female"),
            male: set("given names male"),
            particles: set("name particles"),
            joiners: set("name joiners"),
            generations: set("name suffixes"),
            located: set("locating"),
            serving: set("serving"),
            serves: set("serving whom"),
            also_things: set("also things"),
            letter_titles: set("letter titles"),
            named_bodies: set("bodies in names"),
            speaking: set("speaks for"),
            not_names: set("not a name"),
            possessive: Sym::new("'s"),
            of: Sym::new("of"),
            the: Sym::new("the"),
            within: Sym::new("in"),
        }
    }

    fn token(&self, at: usize) -> Option<&'a Token> {
        self.doc.tokens.get(at)
    }

    /// The word as written.
    fn written(&self, at: usize) -> &'a str {
        self.token(at).map_or("", |token| token.span.of(self.text))
    }

    fn span(&self, first: usize, end: usize) -> Span {
        self.doc.span(first..end)
    }

    /// Words of a range as written, joined as in the text but with plain marks and single spaces.
    fn plain(&self, first: usize, end: usize) -> String {
        plain(self.span(first, end).of(self.text))
    }

    fn is_form(&self, at: usize, form: Sym) -> bool {
        self.token(at).is_some_and(|token| token.form == form)
    }

    /// "'s" or a bare apostrophe behind a plural.
    fn is_possessive(&self, at: usize) -> bool {
        self.token(at).is_some_and(|t| {
            t.tag == crate::text::Tag::Pos || t.form == self.possessive && !matches!(t.pos, Pos::Aux | Pos::Verb)
        })
    }

    fn is_given(&self, at: usize) -> bool {
        self.token(at).is_some_and(|t| self.female.has_form(t) || self.male.has_form(t))
    }

    fn gender_of_given(&self, at: usize) -> Gender {
        let Some(token) = self.token(at) else { return Gender::Unknown };
        match (self.female.has_form(token), self.male.has_form(token)) {
            (true, false) => Gender::Female,
            (false, true) => Gender::Male,
            _ => Gender::Unknown,
        }
    }

    fn gender_of_noun(&self, at: usize) -> Gender {
        let Some(token) = self.token(at) else { return Gender::Unknown };
        match (self.women.has(token), self.men.has(token)) {
            (true, false) => Gender::Female,
            (false, true) => Gender::Male,
            _ => Gender::Unknown,
        }
    }

    /// Whether the two tokens stand in the text with nothing between them.
    fn touching(&self, at: usize) -> bool {
        matches!((self.token(at), self.token(at + 1)), (Some(a), Some(b)) if a.span.end == b.span.start)
    }

    /// The title that starts here and ends before `end`: its length in tokens.
    fn title_at(&self, at: usize, end: usize) -> Option<usize> {
        let (len, _) = self.lexicon.titles.longest_at(&self.doc.tokens[..end.min(self.doc.tokens.len())], at)?;
        let token = self.token(at)?;
        // "MS" and "REP" are acronyms where running text writes "Ms" and "Rep".
        let acronym =
            len == 1 && token.shape == Shape::Upper && token.form.as_str().len() <= 3 && !self.letter_titles.has_form(token);
        (!acronym).then_some(len)
    }

    /// "Mount Orsa", "Lake Kessel": nouns for a place that stand before its name.
    fn is_place_front(&self, token: &Token) -> bool {
        self.fronts.has(token)
    }

    /// The declared name or adjective that starts here, written with capitals: length in tokens and what it is.
    fn named(&self, at: usize, end: usize) -> Option<(usize, crate::lexicon::NamedRow)> {
        let (len, row) = self.lexicon.named.longest_at(&self.doc.tokens[..end.min(self.doc.tokens.len())], at)?;
        let first = self.token(at)?;
        // "US" is a state and "us" is not; "Who" is not "WHO".
        let short = first.form.as_str().chars().filter(|c| c.is_alphabetic()).count() <= 3 && len == 1;
        let capital = match first.shape {
            Shape::Upper | Shape::Mixed => true,
            Shape::Title => !short || !matches!(first.pos, Pos::Pron | Pos::Adv | Pos::Det),
            _ => false,
        };
        capital.then_some((len, *row))
    }
}

/// Folds typographic marks and white space of a short phrase.
pub(crate) fn plain(phrase: &str) -> String {
    let mut out = String::with_capacity(phrase.len());
    for c in phrase.chars() {
        match c {
            '\u{2018}' | '\u{2019}' | '\u{02bc}' => out.push('\''),
            '\u{201c}' | '\u{201d}' => out.push('"'),
            '\u{2010}'..='\u{2013}' => out.push('-'),
            c if c.is_whitespace() => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            '\u{ad}' | '\u{200b}' | '\u{feff}' => {}
            c => out.push(c),
        }
    }
    out.trim().to_owned()
}
