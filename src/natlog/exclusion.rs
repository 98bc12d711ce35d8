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
pub fn find(scenes: [&Scene; 2], alignment: &Alignment) -> Option<Exclusion> {
    let mut found = Exclusion::default();
    let (mut common, mut context) = (Common::default(), 0);
    for link in &alignment.links {
        let [x, y] = words(scenes, link);
        let tie = link.tie.filter(|_| x.denied == y.denied && x.unasserted == y.unasserted)?;
        if !tie.relation.excludes() {
            common.add(x, y, tie);
            continue;
        }
        let first = found.words.is_empty();
        if !excludes(scenes, alignment, link, tie) || !first && (tie.class != found.class || x.number.is_some()) {
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
fn excludes(scenes: [&Scene; 2], alignment: &Alignment, link: &Link, tie: Tie) -> bool {
    let [x, y] = words(scenes, link);
    // "Before" with its ends exchanged is "after", "taller than" is "shorter than".
    let turned = x.weight == 0 && y.weight == 0 && exchange::crossed(scenes, alignment, [x.head, y.head])
        || exchange::reversed(scenes, alignment).is_some();
    let actors = [0, 1].iter().all(|side| is_unknown_actor(scenes[*side], link.words[*side]));
    let governs = |word: &Word| matches!(word.rel, Rel::Case | Rel::Mark) || word.pos == Pos::Adp;
    let governor = |side: usize, word: &Word| word.governor.map(|g| scenes[side].words[g].lemma);
    let other_count = x.number.is_some() && governor(0, x) != governor(1, y);
    !(x.denied || turned || other_count || tie.looks && actors || tie.alone && (governs(x) || governs(y)))
}

/// Whether a word describes whoever does what is told, where neither a name nor an article says who that is.
fn is_unknown_actor(scene: &Scene, word: usize) -> bool {
    let Some(noun) = scene.words[word].governor else { return false };
    let subject = matches!(scene.words[noun].rel, Rel::Nsubj | Rel::NsubjPass | Rel::Root);
    subject && scene.words[word].rel == Rel::Amod && !scene.words[noun].definite
}
