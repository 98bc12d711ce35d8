//! Patterns compiled to small automata over symbols, with the key by which an index finds them.
//!
//! In: the syntax tree of a pattern or the parts of an event record, the lexicon, the declared entities. Out: [`Compiled`].
//! Reads no article; [`super::matching`] runs the automata.

use super::schema::{EntitySpec, EntityType, GroupSpec, Says};
use super::syntax::{self, Class, Element, Fault, Spot};
use crate::base::Sym;
use crate::claims::EntityKind;
use crate::lexicon::Lexicon;
use crate::text::{Pos, Token};
use rustc_hash::{FxHashMap, FxHashSet};

/// A pattern, ready to run.
#[derive(Clone, Debug)]
pub struct Compiled {
    /// As written, for messages.
    pub text: String,
    /// What it looks at.
    pub shape: Shape,
    /// What must be in a claim for it to match: each alone would do as a key.
    pub keys: Vec<Costed>,
    /// What must be in the article beside; likewise.
    pub around: Vec<Costed>,
}

/// What a pattern looks at.
#[derive(Clone, Debug)]
pub enum Shape {
    /// The words of the clause.
    Words(Words),
    /// The parts of the event.
    Event(Vec<Part>),
}

/// One part of an event pattern.
#[derive(Clone, Debug)]
pub struct Part {
    /// Which part.
    pub role: Role,
    /// What it must be.
    pub words: Words,
    /// Whether it may be unsaid.
    pub optional: bool,
}

/// Names of the parts of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The predicate.
    Event,
    /// Who does it.
    Subject,
    /// To whom or what.
    Object,
    /// All participants, in any order.
    Parties,
    /// What a preposition governs.
    Complement(Sym),
}

/// A sequence, and words that must stand anywhere beside it.
#[derive(Clone, Debug, Default)]
pub struct Words {
    /// The sequence; `None` where the pattern is `{…}` alone.
    pub chain: Option<Chain>,
    /// One for each element of `{…}`.
    pub anywhere: Vec<Chain>,
}

/// An automaton: nodes lead forwards only, so that a run ends.
#[derive(Clone, Debug, Default)]
pub struct Chain {
    /// The last is [`Node::End`]; the run begins at `start`.
    pub nodes: Vec<Node>,
    /// What single steps test.
    pub atoms: Vec<Atom>,
    /// First node.
    pub start: u16,
    /// Whether a number is captured: then no gap crosses another one.
    pub numeric: bool,
}

/// A state.
#[derive(Clone, Debug)]
pub enum Node {
    /// One atom, then on.
    Atom(u16, u16),
    /// Any of several ways.
    Fork(Vec<u16>),
    /// At most so many tokens, then on.
    Gap(u8, u16),
    /// Matched.
    End,
}

/// One step.
#[derive(Clone, Debug)]
pub struct Atom {
    /// What it asks.
    pub test: Test,
    /// Whether a negator must reach it to refute.
    pub focus: bool,
    /// As written, for traces.
    pub shown: String,
}

/// What a step asks of the words before it.
#[derive(Clone, Debug)]
pub enum Test {
    /// A token of one of these lemmas, or of the opposite of one.
    Lemma {
        /// Lemmas with the part of speech that the pattern asks for.
        lemmas: Vec<Sym>,
        /// Asked for by `/N`, `/V`, `/A`.
        class: Option<Class>,
        /// Lemmas of the opposites, and whether the pair is complementary.
        opposites: Vec<(Sym, bool)>,
    },
    /// A token of that form.
    Form(Sym),
    /// A name or description of an entity.
    Entity {
        /// Name of the capture.
        capture: Option<Sym>,
        /// Which ones.
        what: What,
    },
    /// A number of a unit.
    Number {
        /// Name of the capture.
        capture: Sym,
        /// Unit or counted noun.
        unit: Sym,
    },
}

/// Which entities a step means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// One of these ids.
    Ids(Vec<Sym>),
    /// Anything of this type.
    Kind(EntityKind),
    /// Whatever bears a name, or a pronoun that leads back to one.
    Named,
}

/// By what the index finds a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Key {
    /// A claim with one of these lemmas or forms.
    Lemmas(Vec<Sym>),
    /// A claim with a quantity.
    Number,
    /// Any claim.
    Always,
}

/// What patterns are compiled against.
pub struct Context<'a> {
    /// Opposites, units, common words.
    pub lexicon: &'a Lexicon,
    /// Ids that `<id>` can name.
    pub entities: &'a [EntitySpec],
    /// Groups that it can name.
    pub groups: &'a [GroupSpec],
}

/// The captures of a pattern that are bound however it matches.
pub fn bound(sequence: &[Spot]) -> Vec<String> {
    let mut all = Vec::new();
    for spot in sequence {
        match &spot.element {
            Element::Entity { capture: Some(name), .. } | Element::Number { capture: name, .. } => all.push(name.clone()),
            Element::All(inner) => all.extend(bound(inner)),
            Element::Focus(inner) => all.extend(bound(std::slice::from_ref(&**inner))),
            Element::Either(branches) => {
                let mut each = branches.iter().map(|branch| bound(branch));
                let first = each.next().unwrap_or_default();
                let rest: Vec<_> = each.collect();
                all.extend(first.into_iter().filter(|name| rest.iter().all(|other| other.contains(name))));
            }
            _ => {}
        }
    }
    all
}

/// A reference of a pattern to an entity, group, type or unit, with its byte in the pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The id, type or unit.
    pub name: String,
    /// Byte offset of the element in the pattern: `<orsa>`, `$who:person`, `#n:person`.
    pub at: usize,
    /// Its bytes.
    pub length: usize,
    /// Byte offset of the name in it.
    pub lead: usize,
    /// Whether a type may stand there.
    pub typed: bool,
    /// Whether it is a unit.
    pub unit: bool,
}

/// All that a pattern refers to.
pub fn references(sequence: &[Spot]) -> Vec<Reference> {
    let mut all = Vec::new();
    for spot in sequence {
        match &spot.element {
            Element::Entity { capture, what } => {
                let lead = capture.as_ref().map_or(1, |capture| capture.len() + 2);
                let length = lead + what.len() + usize::from(capture.is_none());
                let typed = capture.is_some();
                all.push(Reference { name: what.clone(), at: spot.at, length, lead, typed, unit: false });
            }
            Element::Number { capture, unit } => {
                let lead = capture.len() + 2;
                let length = lead + unit.len();
                all.push(Reference { name: unit.clone(), at: spot.at, length, lead, typed: false, unit: true });
            }
            Element::All(inner) => all.extend(references(inner)),
            Element::Maybe(inner) | Element::Focus(inner) => all.extend(references(std::slice::from_ref(&**inner))),
            Element::Either(branches) => branches.iter().for_each(|branch| all.extend(references(branch))),
            Element::Word { .. } | Element::Gap(_) => {}
        }
    }
    all
}

/// Splits the mark of a part that may be unsaid from its pattern: `"<russia>?"`.
pub fn optional_part(pattern: &str) -> (&str, bool) {
    match pattern.trim_end().strip_suffix('?') {
        // The mark belongs to the part where it ends the pattern, whether it touches the last word or not.
        Some(rest) if !rest.trim().is_empty() => (rest, true),
        _ => (pattern, false),
    }
}

/// Compiles what `says` and `unless` list.
///
/// # Errors
/// The first fault of the pattern; the checker has reported all of them before.
pub fn compile(says: &Says, context: &Context<'_>) -> Result<Compiled, Fault> {
    match says {
        Says::Words(text) => {
            let words = Builder::words(&syntax::parse(text)?, text, context);
            let keys = words.keys(context.lexicon);
            Ok(Compiled { text: text.clone(), shape: Shape::Words(words), keys, around: Vec::new() })
        }
        Says::Event(spec) => {
            let mut parts = Vec::new();
            let mut shown = Vec::new();
            for (name, pattern) in spec.parts() {
                let role = match name {
                    "event" => Role::Event,
                    "subject" => Role::Subject,
                    "object" => Role::Object,
                    "parties" => Role::Parties,
                    preposition => Role::Complement(Sym::new(preposition)),
                };
                let (text, optional) = if role == Role::Event { (pattern, false) } else { optional_part(pattern) };
                let words = Builder::words(&syntax::parse(text)?, text, context);
                shown.push(format!("{name}: {pattern}"));
                parts.push(Part { role, words, optional });
            }
            let required = || parts.iter().filter(|part| !part.optional);
            let keys_of = |part: &Part| part.words.keys(context.lexicon);
            let (keys, around) = match parts.iter().find(|part| part.role == Role::Event) {
                // The predicate is there under whatever form, so that the index always looks at it. What takes part may stand
                // elsewhere in the article, for a pronoun.
                Some(event) => (keys_of(event), required().filter(|part| part.role != Role::Event).flat_map(keys_of).collect()),
                None => (required().flat_map(keys_of).collect(), Vec::new()),
            };
            Ok(Compiled { text: format!("{{ {} }}", shown.join(", ")), keys, around, shape: Shape::Event(parts) })
        }
    }
}

/// Lemmas that a pattern word stands for.
pub fn lemmas(word: &str, class: Option<Class>) -> Vec<Sym> {
    let fits = |pos: Pos| match class {
        None => true,
        Some(Class::Noun) => matches!(pos, Pos::Noun | Pos::Propn),
        Some(Class::Verb) => matches!(pos, Pos::Verb | Pos::Aux),
        Some(Class::Adjective) => matches!(pos, Pos::Adj),
    };
    let mut all: Vec<Sym> =
        crate::text::lemmas_of(word).into_iter().filter(|(pos, _)| fits(*pos)).map(|(_, lemma)| lemma).collect();
    let own = Sym::new(&word.to_lowercase());
    if class.is_none() || all.is_empty() {
        all.push(own);
    }
    all.dedup();
    all
}

/// Lemmas of the opposites of some lemmas, and whether the pair is complementary.
pub fn opposites(lemmas: &[Sym], class: Option<Class>, lexicon: &Lexicon) -> Vec<(Sym, bool)> {
    let mut all: Vec<(Sym, bool)> = Vec::new();
    for (partner, complementary) in lemmas.iter().filter_map(|lemma| lexicon.opposites.get(lemma)).flatten() {
        for lemma in self::lemmas(partner.as_str(), class) {
            if !lemmas.contains(&lemma) && !all.iter().any(|(known, _)| *known == lemma) {
                all.push((lemma, *complementary));
            }
        }
    }
    all
}

/// Whether a token has a part of speech that a pattern asks for.
pub fn of_class(token: &Token, class: Option<Class>) -> bool {
    match class {
        None => true,
        Some(Class::Noun) => matches!(token.pos, Pos::Noun | Pos::Propn),
        Some(Class::Verb) => matches!(token.pos, Pos::Verb | Pos::Aux),
        Some(Class::Adjective) => token.pos == Pos::Adj,
    }
}

/// A choice of keys with how many claims it is likely to wake.
pub type Costed = (u32, Key);

const COMMON: u32 = 1_000;
const NUMBER: u32 = 3_000;

impl Words {
    fn keys(&self, lexicon: &Lexicon) -> Vec<Costed> {
        let chains = self.chain.iter().chain(&self.anywhere);
        chains.flat_map(|chain| chain.keys(lexicon)).collect()
    }
}

impl Chain {
    /// What every way through the automaton requires: each entry alone would do as a key.
    fn keys(&self, lexicon: &Lexicon) -> Vec<Costed> {
        // Nodes are made from the end, so that those a node leads to come before it.
        let mut of: Vec<Vec<Costed>> = Vec::with_capacity(self.nodes.len());
        for node in &self.nodes {
            let keys = match node {
                Node::End => Vec::new(),
                Node::Gap(_, next) => of[*next as usize].clone(),
                Node::Atom(atom, next) => {
                    let own = self.atoms[*atom as usize].key(lexicon);
                    own.into_iter().chain(of[*next as usize].iter().cloned()).collect()
                }
                Node::Fork(ways) => either(&ways.iter().map(|way| of[*way as usize].as_slice()).collect::<Vec<_>>()),
            };
            of.push(keys);
        }
        of.get(self.start as usize).cloned().unwrap_or_default()
    }
}

/// What all ways require: what they share, and the union of the cheapest key of each.
fn either(ways: &[&[Costed]]) -> Vec<Costed> {
    let Some(first) = ways.first() else { return Vec::new() };
    let mut shared: Vec<Costed> = first.iter().filter(|key| ways.iter().all(|other| other.contains(key))).cloned().collect();
    let mut cost = 0;
    let mut union: Vec<Sym> = Vec::new();
    for keys in ways {
        match keys.iter().min_by_key(|(cost, _)| *cost) {
            Some((one, Key::Lemmas(lemmas))) => {
                cost += one;
                union.extend(lemmas);
            }
            _ => return shared,
        }
    }
    let mut seen = rustc_hash::FxHashSet::default();
    union.retain(|lemma| seen.insert(*lemma));
    if !shared.iter().any(|(known, _)| *known <= cost) {
        shared.push((cost, Key::Lemmas(union)));
    }
    shared
}

impl Atom {
    fn key(&self, lexicon: &Lexicon) -> Option<Costed> {
        let common = |word: Sym| lexicon.set("common words").is_some_and(|set| set.word(word).is_some());
        match &self.test {
            Test::Lemma { lemmas, opposites, .. } => {
                let all: Vec<Sym> = lemmas.iter().copied().chain(opposites.iter().map(|(word, _)| *word)).collect();
                Some((all.iter().map(|word| if common(*word) { COMMON } else { 1 }).sum(), Key::Lemmas(all)))
            }
            Test::Form(form) => Some((if common(*form) { COMMON } else { 1 }, Key::Lemmas(vec![*form]))),
            Test::Number { .. } => Some((NUMBER, Key::Number)),
            Test::Entity { .. } => None,
        }
    }
}

struct Builder<'a> {
    chain: Chain,
    context: &'a Context<'a>,
    pattern: &'a str,
}

impl<'a> Builder<'a> {
    fn words(sequence: &[Spot], pattern: &'a str, context: &'a Context<'a>) -> Words {
        let mut words = Words::default();
        let mut rest = Vec::new();
        for spot in sequence {
            match &spot.element {
                Element::All(inner) => {
                    words.anywhere.extend(inner.iter().map(|spot| Self::chain(std::slice::from_ref(spot), pattern, context)));
                }
                _ => rest.push(spot.clone()),
            }
        }
        // A gap beside `{…}` has lost its neighbour.
        while rest.last().is_some_and(|spot| matches!(spot.element, Element::Gap(_))) {
            rest.pop();
        }
        words.chain = (!rest.is_empty()).then(|| Self::chain(&rest, pattern, context));
        words
    }

    fn chain(sequence: &[Spot], pattern: &'a str, context: &'a Context<'a>) -> Chain {
        let mut builder = Builder { chain: Chain::default(), context, pattern };
        let end = builder.node(Node::End);
        builder.chain.start = builder.sequence(sequence, end, false);
        builder.chain
    }

    fn node(&mut self, node: Node) -> u16 {
        self.chain.nodes.push(node);
        (self.chain.nodes.len() - 1) as u16 // syntax::ELEMENTS bounds it
    }

    fn sequence(&mut self, sequence: &[Spot], next: u16, focus: bool) -> u16 {
        sequence.iter().rev().fold(next, |next, spot| self.element(spot, next, focus))
    }

    fn element(&mut self, spot: &Spot, next: u16, focus: bool) -> u16 {
        match &spot.element {
            Element::Gap(n) => self.node(Node::Gap(*n, next)),
            Element::Maybe(inner) => {
                let with = self.element(inner, next, focus);
                self.node(Node::Fork(vec![with, next]))
            }
            Element::Focus(inner) => self.element(inner, next, true),
            Element::Either(branches) => {
                let ways = branches.iter().map(|branch| self.sequence(branch, next, focus)).collect();
                self.node(Node::Fork(ways))
            }
            Element::All(inner) => self.sequence(inner, next, focus),
            Element::Word { text, exact, class } => self.word(text, *exact, *class, next, focus),
            Element::Entity { capture, what } => {
                let test = Test::Entity { capture: capture.as_deref().map(Sym::new), what: self.what(what) };
                self.atom(test, spot, next, focus)
            }
            Element::Number { capture, unit } => {
                self.chain.numeric = true;
                self.atom(Test::Number { capture: Sym::new(capture), unit: Sym::new(unit) }, spot, next, focus)
            }
        }
    }

    fn atom(&mut self, test: Test, spot: &Spot, next: u16, focus: bool) -> u16 {
        let rest = self.pattern.get(spot.at..).unwrap_or("");
        let shown = rest[..rest.find([' ', ')', '|', '}', '?']).unwrap_or(rest.len())].to_owned();
        self.push(Atom { test, focus, shown }, next)
    }

    fn push(&mut self, atom: Atom, next: u16) -> u16 {
        self.chain.atoms.push(atom);
        let at = (self.chain.atoms.len() - 1) as u16;
        self.node(Node::Atom(at, next))
    }

    fn word(&mut self, text: &str, exact: bool, class: Option<Class>, next: u16, focus: bool) -> u16 {
        let whole = self.single(text, exact, class, next, focus);
        // The text layer cuts "28-point" in three; marks between words are passed over.
        let pieces: Vec<&str> = text.split('-').collect();
        if pieces.len() < 2 || pieces.iter().any(|piece| piece.is_empty()) {
            return whole;
        }
        let last = pieces.len() - 1;
        let split = pieces
            .iter()
            .enumerate()
            .rev()
            .fold(next, |next, (at, piece)| self.single(piece, exact, class.filter(|_| at == last), next, focus));
        self.node(Node::Fork(vec![whole, split]))
    }

    fn single(&mut self, text: &str, exact: bool, class: Option<Class>, next: u16, focus: bool) -> u16 {
        let shown = text.to_owned();
        if exact {
            return self.push(Atom { test: Test::Form(Sym::new(&text.to_lowercase())), focus, shown }, next);
        }
        let lemmas = lemmas(text, class);
        let opposites = opposites(&lemmas, class, self.context.lexicon);
        self.push(Atom { test: Test::Lemma { lemmas, class, opposites }, focus, shown }, next)
    }

    fn what(&self, name: &str) -> What {
        if let Some(group) = self.context.groups.iter().find(|group| group.id == name) {
            return What::Ids(group.members.iter().map(|id| Sym::new(id)).collect());
        }
        if self.context.entities.iter().any(|entity| entity.id == name) {
            return What::Ids(vec![Sym::new(name)]);
        }
        match kind_of(name) {
            Some(kind) => What::Kind(kind),
            None if name == ANY => What::Named,
            None => What::Ids(vec![Sym::new(name)]),
        }
    }
}

/// The kind of entity that a type names.
pub fn kind_of(name: &str) -> Option<EntityKind> {
    Some(match name {
        "person" => EntityKind::Person,
        "office" => EntityKind::Office,
        "state" => EntityKind::State,
        "org" => EntityKind::Org,
        "place" => EntityKind::Place,
        _ => return None,
    })
}

/// The type of whatever bears a name: teams are named after places, parties and firms after people.
pub const ANY: &str = "any";

/// The types that a capture can name.
pub const TYPES: [&str; 6] = ["person", "office", "state", "org", "place", ANY];

impl From<EntityType> for EntityKind {
    fn from(kind: EntityType) -> Self {
        match kind {
            EntityType::Person => Self::Person,
            EntityType::Office => Self::Office,
            EntityType::State => Self::State,
            EntityType::Org => Self::Org,
            EntityType::Place => Self::Place,
        }
    }
}

impl Key {
    /// Whether it may be met where only these words stand.
    fn may_be_in(&self, words: &FxHashSet<Sym>) -> bool {
        match self {
            Self::Lemmas(lemmas) => lemmas.iter().any(|lemma| words.contains(lemma)),
            Self::Number | Self::Always => true,
        }
    }
}

impl Compiled {
    /// Whether nothing that it requires of a claim is missing; `words` are those that wake patterns, of which one woke it.
    pub fn may_match(&self, words: &FxHashSet<Sym>) -> bool {
        // A pattern of parts without a predicate may meet what a pronoun was followed to.
        let within = match &self.shape {
            Shape::Words(_) => true,
            Shape::Event(parts) => parts.iter().any(|part| part.role == Role::Event),
        };
        !within || self.keys.len() < 2 || self.keys.iter().all(|(_, key)| key.may_be_in(words))
    }
}

/// Which patterns a lemma wakes.
#[derive(Clone, Debug, Default)]
pub struct Index {
    by_lemma: FxHashMap<Sym, Vec<u32>>,
    /// Patterns that need a quantity.
    pub numbers: Vec<u32>,
    /// Patterns that nothing can rule out.
    pub always: Vec<u32>,
    /// Patterns that only an article with a word can meet, by that word: of no account until it is there.
    around: FxHashMap<Sym, Vec<u32>>,
    /// The key of each pattern in a claim.
    keys: Vec<Key>,
}

impl Index {
    /// Indexes patterns by what they require: of several words the one that is rarest among all patterns, so that many rules about
    /// one verb and as many names are entered by the names.
    pub fn new(patterns: &[Compiled]) -> Self {
        let mut uses: FxHashMap<Sym, usize> = FxHashMap::default();
        for (_, key) in patterns.iter().flat_map(|pattern| pattern.keys.iter().chain(&pattern.around)) {
            if let Key::Lemmas(lemmas) = key {
                lemmas.iter().for_each(|lemma| *uses.entry(*lemma).or_default() += 1);
            }
        }
        let crowd = |key: &Key| match key {
            Key::Lemmas(lemmas) => lemmas.iter().filter_map(|lemma| uses.get(lemma)).sum(),
            _ => usize::MAX,
        };
        let best = |keys: &[Costed]| keys.iter().min_by_key(|(cost, key)| (*cost, crowd(key))).map(|(_, key)| key.clone());
        let mut index = Self::default();
        for (id, pattern) in (0u32..).zip(patterns) {
            let key = best(&pattern.keys).unwrap_or(Key::Always);
            match best(&pattern.around) {
                Some(Key::Lemmas(lemmas)) => {
                    lemmas.iter().for_each(|lemma| index.around.entry(*lemma).or_default().push(id));
                }
                _ => index.add(id, &key),
            }
            index.keys.push(key);
        }
        index
    }

    fn add(&mut self, id: u32, key: &Key) {
        match key {
            Key::Lemmas(lemmas) => lemmas.iter().for_each(|lemma| self.by_lemma.entry(*lemma).or_default().push(id)),
            Key::Number => self.numbers.push(id),
            Key::Always => self.always.push(id),
        }
    }

    /// The patterns that an article's words let count beside those that always do.
    pub fn awake(&self, words: &FxHashSet<Sym>, patterns: &[Compiled]) -> Self {
        let mut ids: Vec<u32> = words.iter().filter_map(|word| self.around.get(word)).flatten().copied().collect();
        ids.sort_unstable();
        ids.dedup();
        ids.retain(|id| patterns[*id as usize].around.iter().all(|(_, key)| key.may_be_in(words)));
        let mut index = Self::default();
        ids.into_iter().for_each(|id| index.add(id, &self.keys[id as usize]));
        index
    }

    /// Patterns that a word wakes.
    pub fn of(&self, word: Sym) -> &[u32] {
        self.by_lemma.get(&word).map_or(&[], Vec::as_slice)
    }
}
