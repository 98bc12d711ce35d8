//! One sentence as the words that carry its meaning, each with its governor, and the stretches that a negation covers.
//!
//! In: a reading and one of its sentences. Out: a [`Scene`]. Phrases that mean one thing ("far from", "dining room", "North Korea") are
//! one word; articles, auxiliaries, pronouns and verbs that tell nothing are none. Knows no second sentence.

use super::word::{self, Word};
use crate::base::{Span, Sym};
use crate::claims::clause::{self, Clause};
use crate::claims::tree::Tree;
use crate::claims::{Effect, Reading, polarity};
use crate::lexicon::Lexicon;
use crate::text::{Pos, Rel, Tag};

/// A sentence, ready to be laid beside another.
#[derive(Clone, Debug, Default)]
pub struct Scene {
    /// Words in reading order.
    pub words: Vec<Word>,
    /// What is denied, in order.
    pub denials: Vec<Denial>,
    /// How many negations stand in the sentence, whether they undo each other or not.
    pub negations: usize,
    /// Whether it tells what can be seen going on: "a man is running", "there is a man running".
    pub picture: bool,
    /// Relations with a direction, in order: "before", "behind", "than".
    pub directions: Vec<Direction>,
    /// Verbs with who does them and what they are done to: indices into `words`.
    pub deeds: Vec<Deed>,
}

/// A word that sets two things in an order.
#[derive(Clone, Copy, Debug)]
pub struct Direction {
    /// Its token.
    pub token: u32,
    /// Where it stands.
    pub span: Span,
    /// Its dictionary form.
    pub lemma: Sym,
}

/// A negation with what it says is not so.
#[derive(Clone, Debug)]
pub struct Denial {
    /// The negating words.
    pub span: Span,
    /// Words inside its reach.
    pub reached: Vec<usize>,
    /// Words outside the reach that the denied statement is about: its subject and what stands before the negator.
    pub about: Vec<usize>,
    /// Whether it leaves alone whose deed or state is denied: "he is not rowing", not "there is no one rowing".
    pub presumes: bool,
}

impl Denial {
    /// All words of what is denied, in order.
    pub fn words(&self) -> Vec<usize> {
        let mut all: Vec<usize> = self.reached.iter().chain(&self.about).copied().collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}

/// Who does what to whom, passives undone.
#[derive(Clone, Copy, Debug)]
pub struct Deed {
    /// The verb.
    pub verb: usize,
    /// Who does it.
    pub agent: Option<usize>,
    /// Whom or what it is done to.
    pub patient: Option<usize>,
    /// Whether a pronoun stands for either, which may mean anybody.
    pub pronouns: [bool; 2],
}

/// Least weight of the words that two sentences of longer texts share before they are laid side by side.
const COMMON: u32 = 10;

impl Scene {
    /// Reads one sentence of an article.
    pub fn of(reading: &Reading, sentence: usize, lexicon: &Lexicon) -> Self {
        let tree = Tree::new(&reading.document, sentence);
        let clauses = clause::find(&tree, lexicon);
        let mut scene = Self { words: word::read(&tree, &reading.article.text, lexicon), ..Self::default() };
        let directed = lexicon.set("scene-directions");
        let directed = tree.range().filter(|t| directed.is_some_and(|set| set.word(tree.token(*t).lemma).is_some()));
        scene.directions =
            directed.map(|token| Direction { token, span: tree.token(token).span, lemma: tree.token(token).lemma }).collect();
        scene.picture = tree.range().any(|t| going_on(&tree, t));
        scene.govern(&tree);
        scene.choose(&tree);
        scene.deny(&tree, &clauses, lexicon);
        scene.deed(reading, sentence);
        scene
    }

    /// Index of the word that holds a token.
    pub fn at(&self, token: u32) -> Option<usize> {
        let at = self.words.partition_point(|w| w.end <= token);
        self.words.get(at).filter(|w| w.first <= token).map(|_| at)
    }

    fn all_at(&self, tokens: impl IntoIterator<Item = u32>) -> Vec<usize> {
        let mut found: Vec<usize> = tokens.into_iter().filter_map(|t| self.at(t)).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The nearest word above each word.
    fn govern(&mut self, tree: &Tree) {
        let above: Vec<Option<usize>> = self
            .words
            .iter()
            .enumerate()
            .map(|(at, word)| {
                let up = std::iter::successors(tree.head(word.head), |t| tree.head(*t)).take(tree.range().len());
                up.filter_map(|t| self.at(t)).find(|other| *other != at)
            })
            .collect();
        for (word, governor) in self.words.iter_mut().zip(above) {
            word.governor = governor;
        }
    }

    /// Marks what "or" and "nor" leave open.
    fn choose(&mut self, tree: &Tree) {
        let chosen =
            tree.range().filter(|t| tree.rel(*t) == Rel::Conj && tree.kids(*t).any(|k| matches!(tree.form(k), "or" | "nor")));
        let chosen: Vec<u32> = chosen.flat_map(|t| [Some(t), tree.head(t)]).flatten().collect();
        for word in self.words.iter_mut().filter(|w| chosen.contains(&w.head)) {
            word.choice = true;
        }
    }

    /// Finds what is denied; a word under two negations is not.
    fn deny(&mut self, tree: &Tree, clauses: &[Clause], lexicon: &Lexicon) {
        let mut reaches: Vec<(Vec<u32>, Vec<u32>)> = polarity::find(tree, clauses, lexicon)
            .into_iter()
            // "Lack of", "called off": they take a thing away, but deny no scene.
            .filter(|o| {
                o.effect == Effect::Negates && (adverbial(tree, &o.tokens) || !o.tokens.iter().any(|t| names_a_deed(tree, *t)))
            })
            .map(|o| (o.tokens, o.reach))
            .collect();
        reaches.iter_mut().for_each(|(tokens, reach)| whoever(tree, tokens, reach));
        reaches.retain(|(tokens, _)| !tokens.iter().all(|t| is_faint(tree, *t, lexicon)) && !of_many(tree, tokens, lexicon));
        let undone = undone(tree, &reaches, lexicon);
        reaches.extend(undone);
        let verdicts = verdicts(tree, &reaches, lexicon);
        reaches.extend(verdicts);
        self.negations = reaches.len();
        let about: Vec<Vec<usize>> = reaches.iter().map(|(_, reach)| self.about(tree, clauses, reach)).collect();
        let presumed: Vec<bool> = reaches.iter().map(|(_, reach)| presumes(tree, clauses, reach)).collect();
        for (at, word) in self.words.iter_mut().enumerate() {
            // Who does a denied deed belongs to the denied scene; of two deeds that are denied of him, to one as to the other.
            let inside = reaches.iter().filter(|(_, reach)| reach.binary_search(&word.head).is_ok()).count();
            let actor = about.iter().any(|words| words.contains(&at));
            word.denied = (inside + usize::from(actor)) % 2 == 1;
            word.reached = inside > 0;
        }
        for (((tokens, reach), about), presumes) in reaches.iter().zip(about).zip(presumed) {
            let reached: Vec<usize> =
                self.all_at(reach.iter().copied()).into_iter().filter(|at| self.words[*at].denied).collect();
            if !reached.is_empty() {
                let span = tokens.iter().map(|t| tree.token(*t).span).reduce(Span::join).unwrap_or_default();
                self.denials.push(Denial { span, reached, about, presumes });
            }
        }
    }

    /// What a denied statement is about besides the words that the negation reaches.
    fn about(&self, tree: &Tree, clauses: &[Clause], reach: &[u32]) -> Vec<usize> {
        let reached = self.all_at(reach.iter().copied());
        let hit = |c: &&Clause| reach.binary_search(&c.predicate).is_ok();
        let tokens = clauses.iter().filter(hit).flat_map(|c| {
            let subject = c.subject.map_or_else(Vec::new, |s| tree.subtree(s));
            c.tokens.iter().copied().chain(subject).collect::<Vec<_>>()
        });
        let mut about = self.all_at(tokens);
        if about.is_empty() {
            // "without a hat": whoever has none.
            about = reached.iter().filter_map(|at| self.words[*at].governor).collect();
        }
        about.retain(|at| !reached.contains(at));
        about.sort_unstable();
        about.dedup();
        about
    }

    fn deed(&mut self, reading: &Reading, sentence: usize) {
        let claims = reading.claims.iter().filter(|c| c.sentence as usize == sentence);
        for event in claims.filter_map(|c| c.event.as_ref()).filter(|e| !e.nominal) {
            let Some(verb) = self.at(event.predicate) else { continue };
            let agent = event.subject.and_then(|a| self.at(a.head));
            let patient = event.object.and_then(|a| self.at(a.head)).filter(|p| Some(*p) != agent);
            let pronoun = |arg: Option<u32>| {
                arg.is_some_and(|t| reading.document.tokens.get(t as usize).is_some_and(|t| t.tag == Tag::Prp))
            };
            let pronouns = [event.subject, event.object].map(|arg| pronoun(arg.map(|arg| arg.head)));
            self.deeds.push(Deed { verb, agent, patient, pronouns });
        }
    }

    /// Whether two sentences of longer texts have words enough in common to be laid side by side.
    pub fn meets(&self, other: &Self) -> bool {
        let known = |word: &&Word| word.weight > 0 && other.words.iter().any(|w| w.lemma == word.lemma);
        let shared: u32 = self.words.iter().filter(known).map(|w| w.weight).sum();
        shared >= COMMON
    }

    /// Sum of the weights of some words.
    pub fn weight(&self, words: &[usize]) -> u32 {
        words.iter().map(|at| self.words[*at].weight).sum()
    }
}

/// Whether what is denied has a subject outside the negation's reach: its own, or the noun that it describes ("a man not rowing").
fn presumes(tree: &Tree, clauses: &[Clause], reach: &[u32]) -> bool {
    let inside = |token: u32| reach.binary_search(&token).is_ok();
    let subject = |c: &Clause| c.subject.is_some_and(|s| !inside(s)) && tree.kid(c.predicate, &[Rel::Expl]).is_none();
    let described = |t: u32| matches!(tree.rel(t), Rel::Acl | Rel::AclRelcl) && tree.head(t).is_some_and(|noun| !inside(noun));
    clauses.iter().any(|c| inside(c.predicate) && subject(c)) || reach.iter().any(|t| described(*t))
}

/// "Is running", "there are", "a dog is in the water".
fn going_on(tree: &Tree, token: u32) -> bool {
    let present = |t: u32| tree.lemma(t) == "be" && matches!(tree.tag(t), Tag::Vbz | Tag::Vbp);
    let running = tree.tag(token) == Tag::Vbg && tree.kids(token).any(|k| tree.rel(k) == Rel::Aux && present(k));
    let somebody = |t: u32| tree.pos(t) == Pos::Noun && tree.kids(t).any(|k| matches!(tree.form(k), "a" | "an" | "no" | "some"));
    let standing =
        tree.kids(token).any(|k| tree.rel(k) == Rel::Cop && present(k)) && tree.kid(token, &[Rel::Nsubj]).is_some_and(somebody);
    let undergoing = tree.form(token) == "being" && tree.rel(token) == Rel::AuxPass;
    running || undergoing || standing || tree.kid(token, &[Rel::Expl]).is_some_and(|k| tree.form(k) == "there") && present(token)
}

/// "Have yet to": a phrase that an adverb makes a negation, whatever verb it has.
fn adverbial(tree: &Tree, tokens: &[u32]) -> bool {
    tokens.iter().any(|t| tree.pos(*t) == Pos::Adv && tree.tag(*t) == Tag::Rb)
}

/// Whether a negator is itself a verb or a noun; "nobody" is none.
fn names_a_deed(tree: &Tree, token: u32) -> bool {
    tree.pos(token) == Pos::Verb || tree.pos(token) == Pos::Noun && !tree.form(token).starts_with("no")
}

/// "Few", "hardly": what is rare is not denied.
fn is_faint(tree: &Tree, token: u32, lexicon: &Lexicon) -> bool {
    lexicon.set("scene-faint").is_some_and(|set| set.word(tree.token(token).lemma).is_some())
}

/// "Not many", "not a lot of": what is not much is not denied.
fn of_many(tree: &Tree, tokens: &[u32], lexicon: &Lexicon) -> bool {
    let Some(last) = tokens.last() else { return false };
    let next = last + 1 + u32::from(tree.form(last + 1) == "a");
    lexicon.set("scene-many").is_some_and(|set| set.word(tree.token(next).lemma).is_some())
}

/// "Nobody kneading dough", also where the parse reads a whole sentence so: whoever is denied, his deed is.
fn whoever(tree: &Tree, tokens: &[u32], reach: &mut Vec<u32>) {
    if let [token] = tokens {
        if matches!(tree.pos(*token), Pos::Pron | Pos::Noun) && reach.iter().all(|t| t == token) {
            reach.extend(
                tree.kids(*token).filter(|k| matches!(tree.rel(*k), Rel::Acl | Rel::AclRelcl)).flat_map(|k| tree.subtree(k)),
            );
            reach.sort_unstable();
        }
    }
}

/// "It is not true that", "it is false that": what is said to be untrue is denied.
fn verdicts(tree: &Tree, reaches: &[(Vec<u32>, Vec<u32>)], lexicon: &Lexicon) -> Vec<(Vec<u32>, Vec<u32>)> {
    let listed = |name: &str, token: u32| lexicon.set(name).is_some_and(|set| set.word(tree.token(token).lemma).is_some());
    let denied = |token: u32| reaches.iter().filter(|(_, reach)| reach.binary_search(&token).is_ok()).count() % 2 == 1;
    let untrue =
        tree.range().filter(|t| listed("verdicts-true", *t) && denied(*t) || listed("verdicts-false", *t) && !denied(*t));
    untrue.filter_map(|verdict| Some((vec![verdict], tree.subtree(verdict_on(tree, verdict)?)))).collect()
}

/// The clause that a word for true or false is said of.
pub(super) fn verdict_on(tree: &Tree, verdict: u32) -> Option<u32> {
    tree.kid(verdict, &[Rel::Csubj, Rel::Ccomp, Rel::Acl]).filter(|clause| tree.kid(*clause, &[Rel::Mark]).is_some())
}

/// "failed to sign", "refused to leave": the undoing verb as negator, what hangs below it as its reach.
fn undone(tree: &Tree, reaches: &[(Vec<u32>, Vec<u32>)], lexicon: &Lexicon) -> Vec<(Vec<u32>, Vec<u32>)> {
    let Some(verbs) = lexicon.set("scene-undoing") else { return Vec::new() };
    // "Did not deny": nothing is undone.
    let denied = |t: u32| reaches.iter().any(|(_, reach)| reach.binary_search(&t).is_ok());
    let undoing = tree.range().filter(|t| tree.pos(*t) == Pos::Verb && verbs.word(tree.token(*t).lemma).is_some() && !denied(*t));
    undoing
        .filter_map(|verb| {
            let below = tree.kid(verb, &[Rel::Xcomp, Rel::Ccomp])?;
            Some((vec![verb], tree.subtree(below)))
        })
        .collect()
}
