//! Scenes that differ in a word that excludes its counterpart: "a red car", "a blue car", all else equal.
//!
//! In: two scenes and their alignment. Out: an [`Exclusion`]. Two indefinite scenes can both be there, so what excludes must be said of
//! one thing: nothing else may be put in another's place, only one side may say more, and the two must share as much as the class asks.
//! Two opposites at once ("arrived on Monday", "left on Thursday") tell of two occasions.

use super::align::{Alignment, Link};
use super::denial;
use super::exchange;
use super::related::Tie;
use super::relation::Relation;
use super::scene::Scene;
use super::word::Word;
use crate::base::Sym;
use crate::lexicon::Lexicon;
use crate::text::{Pos, Rel};

/// Two scenes of one thing with words that exclude each other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exclusion {
    /// The words of either side that exclude each other.
    pub words: Vec<[usize; 2]>,
    /// Name of the class that they are of; empty for opposites.
    pub class: Sym,
    /// Content words that both sides share.
    pub shared: u32,
    /// Weight of what only one side says.
    pub extra: u32,
    /// Whether the words are numbers.
    pub numbers: bool,
}

/// What the links that exclude nothing say of the two scenes.
#[derive(Default)]
struct Common {
    /// Content words on both sides.
    shared: u32,
    /// Whether a named or known participant is the same.
    known: bool,
    /// Whether a word of either side is wider than its answer.
    wider: [bool; 2],
}

/// Looks for words that exclude each other; `None` where the scenes need not be one.
pub fn find(scenes: [&Scene; 2], alignment: &Alignment, lexicon: &Lexicon) -> Option<Exclusion> {
    let mut found = Exclusion::default();
    let (mut common, mut context) = (Common::default(), 0);
    for link in &alignment.links {
        let [x, y] = words(scenes, link);
        let tie = link.tie.filter(|tie| !tie.is_kin() && x.denied == y.denied && x.unasserted == y.unasserted)?;
        if !tie.relation.excludes() {
            common.add(x, y, tie);
            continue;
        }
        let first = found.words.is_empty();
        if !excludes(scenes, alignment, link, tie, lexicon)
            || one_of_several(scenes, link, lexicon)
            || !first && (tie.class != found.class || x.number.is_some())
        {
            return None;
        }
        context = context.max(u32::from(tie.context));
        found.numbers |= x.number.is_some();
        found.class = tie.class;
        found.words.push(link.words);
    }
    let lonely = [0, 1].map(|side| alignment.lonely(side).collect::<Vec<_>>());
    let weights = [0, 1].map(|side| scenes[side].weight(&lonely[side]));
    let counted = (0..2).any(|side| lonely[side].iter().any(|at| scenes[side].words[*at].number.is_some()));
    found.extra = weights.iter().sum();
    found.shared = common.shared;
    let sound = !found.words.is_empty()
        && weights.contains(&0)
        && common.of_one_scene(context)
        && !(found.numbers && counted)
        && !denial::swapped(scenes, 0, alignment);
    sound.then_some(found)
}

impl Common {
    fn add(&mut self, x: &Word, y: &Word, tie: Tie) {
        self.shared += u32::from(x.weight > 0 || y.weight > 0);
        match tie.relation {
            Relation::Equal => self.known |= x.definite && y.definite,
            relation => self.wider[usize::from(relation == Relation::Forward)] = true,
        }
    }

    /// A named or known participant stands for one more word: it is the same one.
    fn of_one_scene(&self, context: u32) -> bool {
        self.shared + u32::from(self.known) >= context && self.wider != [true, true]
    }
}

fn words<'a>(scenes: [&'a Scene; 2], link: &Link) -> [&'a Word; 2] {
    [0, 1].map(|side| &scenes[side].words[link.words[side]])
}

/// Whether two words of one class exclude each other where they stand.
fn excludes(scenes: [&Scene; 2], alignment: &Alignment, link: &Link, tie: Tie, lexicon: &Lexicon) -> bool {
    let [x, y] = words(scenes, link);
    // "Before" with its ends exchanged is "after", "taller than" is "shorter than".
    let turned = x.weight == 0 && y.weight == 0 && exchange::crossed(scenes, alignment, [x.head, y.head])
        || exchange::reversed(scenes, alignment).is_some();
    let actors = [0, 1].iter().all(|side| is_unknown_actor(scenes[*side], link.words[*side]));
    let governs = |word: &Word| matches!(word.rel, Rel::Case | Rel::Mark) || word.pos == Pos::Adp;
    let governor = |side: usize, word: &Word| word.governor.map(|g| scenes[side].words[g].lemma);
    let led = |side: usize, word: &Word| word.governor.map(|g| scenes[side].words[g].case);
    let other_count = x.number.is_some() && (governor(0, x) != governor(1, y) || led(0, x) != led(1, y));
    let two_ends = converse(lexicon, x) && converse(lexicon, y) && !same_agent(scenes, alignment, link);
    !(x.denied || turned || other_count || two_ends || tie.looks && actors || tie.alone && (governs(x) || governs(y)))
}

/// Whether a verb tells an event from one of its two ends: "buy", "sell".
fn converse(lexicon: &Lexicon, word: &Word) -> bool {
    lexicon.set("converses").is_some_and(|set| set.word(word.lemma).is_some())
}

/// Whether one and the same is said to do two deeds that are linked, or nobody on either side.
fn same_agent(scenes: [&Scene; 2], alignment: &Alignment, link: &Link) -> bool {
    let agent = |side: usize| scenes[side].deeds.iter().find(|deed| deed.verb == link.words[side]).and_then(|deed| deed.agent);
    let answers = |x: usize, y: usize| alignment.link(0, x).is_some_and(|link| link.words[1] == y && link.tie.is_some());
    match (agent(0), agent(1)) {
        (Some(x), Some(y)) => answers(x, y),
        (None, None) => true,
        _ => false,
    }
}

/// "Likes tea", "speaks Spanish": outside pictures, objects of verbs of which somebody can have several.
fn one_of_several(scenes: [&Scene; 2], link: &Link, lexicon: &Lexicon) -> bool {
    let set = lexicon.set("scene-several");
    let word = |side: usize| &scenes[side].words[link.words[side]];
    let listed = |side: usize| {
        let verb = word(side).governor.map(|at| &scenes[side].words[at]).filter(|_| !scenes[side].picture);
        verb.is_some_and(|verb| set.is_some_and(|set| set.word(verb.lemma).is_some()))
    };
    // The parse takes one of two such words for an object and the other for something else now and then.
    (0..2).all(listed) && (0..2).any(|side| word(side).rel == Rel::Obj)
}

/// Whether a word describes whoever does what is told, where neither a name nor an article says who that is.
fn is_unknown_actor(scene: &Scene, word: usize) -> bool {
    let Some(noun) = scene.words[word].governor else { return false };
    let subject = matches!(scene.words[noun].rel, Rel::Nsubj | Rel::NsubjPass | Rel::Root);
    subject && scene.words[word].rel == Rel::Amod && !scene.words[noun].definite
}
