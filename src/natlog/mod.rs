//! Natural logic: how two sentences lie to each other, read off the edits between them.
//!
//! In: two readings. Out: a [`Judgement`]: contradiction, entailment or neither, with the words that decide it. The two sentences are laid
//! beside each other word by word ([`align`]), every edit gets its lexical relation ([`related`]), and negation turns what lies below it
//! ([`denial`], [`entailment`]). Knows no rules and no speakers.
//!
//! Source: MacCartney & Manning 2007, "Natural Logic for Textual Inference"; Angeli & Manning 2014, "NaturalLI". Theirs search chains of
//! edits; here the edits are joined once, since two sentences are given.
//!
//! ```
//! use gainsay::{conflicts::compare, lexicon::Lexicon, natlog};
//! let rules = gainsay::rules::load(&Default::default()).expect("the shipped rules load");
//! let read = |text: &str| compare::read(text, "s", &rules);
//! let judged = natlog::relate(&read("No bird sings."), &read("A blackbird sings in the yard."), Lexicon::built_in());
//! assert!(judged.relation.excludes());
//! ```

pub mod align;
pub mod denial;
pub mod entailment;
pub mod exchange;
pub mod exclusion;
pub mod related;
pub mod relation;
pub mod scene;
pub mod word;

use crate::base::Span;
use crate::claims::Reading;
use crate::lexicon::Lexicon;
use align::Alignment;
use denial::Told;
use exclusion::Exclusion;
use relation::Relation;
use scene::Scene;

/// What speaks for two texts excluding each other, from weakest to strongest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum By {
    /// Nothing.
    #[default]
    Nothing,
    /// What is denied is only wished, supposed or opposed there.
    Unasserted,
    /// Some of what is denied is told.
    Partly,
    /// It is told of one who does other things besides.
    Elsewhere,
    /// All of it is told, and it is a small part of two long sentences.
    Small,
    /// The denied deed is told of the same actor, with details left out.
    Unsaid,
    /// Nearly all that is told is about what is denied.
    AboutIt,
    /// Another name of the denied deed is told of the same actors.
    Kindred,
    /// Most of what is denied is told, the rest in wider words.
    Mostly,
    /// Words that exclude each other, and details that only one side has.
    ExcludedInPart,
    /// The two ends of one relation, exchanged.
    Exchanged,
    /// Words that exclude each other in the same words.
    Excluded,
    /// All that is denied is told.
    Wholly,
}

impl By {
    /// All of them, weakest first.
    pub const ALL: [By; 13] = [
        By::Nothing,
        By::Unasserted,
        By::Partly,
        By::Elsewhere,
        By::Small,
        By::Unsaid,
        By::AboutIt,
        By::Kindred,
        By::Mostly,
        By::ExcludedInPart,
        By::Exchanged,
        By::Excluded,
        By::Wholly,
    ];

    /// Whether it makes a contradiction.
    pub fn excludes(self) -> bool {
        self >= By::Unsaid
    }

    /// Its name in the list `laid` of `rules/confidence.yml`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Unasserted => "unasserted",
            Self::Partly => "partly",
            Self::Elsewhere => "elsewhere",
            Self::Small => "small",
            Self::Unsaid => "unsaid",
            Self::AboutIt => "about-it",
            Self::Kindred => "kindred",
            Self::Mostly => "mostly",
            Self::ExcludedInPart => "excluded-in-part",
            Self::Exchanged => "exchanged",
            Self::Excluded => "excluded",
            Self::Wholly => "wholly",
        }
    }
}

/// How two texts lie to each other.
#[derive(Clone, Debug)]
pub struct Judgement {
    /// The relation of the first to the second.
    pub relation: Relation,
    /// By what: `negation`, `antonym`, `quantity`, `time` or `place`; empty where nothing excludes.
    pub kind: &'static str,
    /// What speaks for a contradiction.
    pub by: By,
    /// Side, place and role of the words that decide it.
    pub because: Vec<(usize, Span, &'static str)>,
    /// Whether the two are single sentences, alike enough for silence to weigh against other evidence.
    pub close: bool,
    /// Whether the two are pictures of which one denies what the other partly tells.
    pub seen: bool,
    /// Whether a side denies a denial: "it is not true that she did not sign".
    pub undone: bool,
}

impl Judgement {
    fn of(relation: Relation, close: bool) -> Self {
        Self { relation, kind: "", by: By::Nothing, because: Vec::new(), close, seen: false, undone: false }
    }
}

/// Most sentences of a text that are laid beside another's.
const MOST_SENTENCES: usize = 60;

/// Sets two texts against each other, sentence by sentence. The order of the two changes no contradiction.
pub fn relate(a: &Reading, b: &Reading, lexicon: &Lexicon) -> Judgement {
    // One order for the search, whichever way the two were given.
    let turned = b.article.text < a.article.text;
    let texts = [a, b].map(|reading| scenes(reading, lexicon));
    let [first, second] = if turned { [&texts[1], &texts[0]] } else { [&texts[0], &texts[1]] };
    let mut best = Judgement::of(Relation::Independent, false);
    let alone = first.len() == 1 && second.len() == 1;
    for (one, other) in first.iter().flat_map(|one| second.iter().map(move |other| (one, other))) {
        if alone || one.meets(other) {
            let found = clash([one, other], &align::align(one, other, lexicon), alone, lexicon);
            if alone || found.by > best.by {
                best = found;
            }
        }
    }
    if turned {
        best.relation = best.relation.turned();
        best.because.iter_mut().for_each(|(side, ..)| *side = 1 - *side);
    }
    if !best.by.excludes() && follows(&texts[0], &texts[1], lexicon) {
        best.relation = Relation::Forward;
    }
    best
}

/// Whether two sentences of longer articles are nearly one and say the same: one follows from the other, and nothing excludes it. With
/// `undone`, only where a side denies a denial.
pub fn say_the_same(a: (&Reading, usize), b: (&Reading, usize), undone: bool, lexicon: &Lexicon) -> bool {
    let [x, y] = [a, b].map(|(reading, at)| Scene::of(reading, at, lexicon));
    let scenes = [&x, &y];
    let alignment = align::align(&x, &y, lexicon);
    if !is_close(scenes, &alignment) {
        return false;
    }
    let judged = clash(scenes, &alignment, true, lexicon);
    let follows = || entailment::follows(scenes, &alignment) || entailment::follows([&y, &x], &align::align(&y, &x, lexicon));
    (judged.undone || !undone) && !judged.by.excludes() && follows()
}

fn scenes(reading: &Reading, lexicon: &Lexicon) -> Vec<Scene> {
    let count = reading.document.sentences.len().min(MOST_SENTENCES);
    (0..count).map(|at| Scene::of(reading, at, lexicon)).filter(|scene| !scene.words.is_empty()).collect()
}

/// Whether every sentence of the second text follows from one of the first.
fn follows(from: &[Scene], to: &[Scene], lexicon: &Lexicon) -> bool {
    let alone = from.len() == 1 && to.len() == 1;
    let told = |source: &Scene, target: &Scene| {
        (alone || source.meets(target)) && entailment::follows([source, target], &align::align(source, target, lexicon))
    };
    !to.is_empty() && to.iter().all(|target| from.iter().any(|source| told(source, target)))
}

/// What excludes the one scene from the other.
fn clash(scenes: [&Scene; 2], alignment: &Alignment, alone: bool, lexicon: &Lexicon) -> Judgement {
    let mut best = Judgement::of(Relation::Independent, alone && is_close(scenes, alignment));
    best.undone = scenes.iter().any(|scene| scene.negations > 0 && scene.denials.is_empty());
    let measure = Measure::of(scenes, alone);
    // Where both sides deny as often, each denies the same in its own words, unless one tells outright what the other denies.
    let uneven = scenes[0].negations != scenes[1].negations;
    for side in [0, 1] {
        for denial in &scenes[side].denials {
            let told = denial::told(scenes, side, denial, alignment);
            if !uneven && !(told.plain && weigh(&told, measure) == By::Wholly) {
                continue;
            }
            let whole = scenes.map(|s| s.words.iter().map(|w| w.weight).sum::<u32>());
            // A small part of long sentences, "could not breathe", says little of what they share.
            let small = told.covered * 4 < whole[0].min(whole[1]) && scenes.iter().all(|s| s.words.len() > SHORT);
            let by = if small { weigh(&told, measure).min(By::Small) } else { weigh(&told, measure) };
            best.seen |= alone && measure == Measure::Picture && by > By::Nothing;
            if by > best.by {
                let mut because = vec![(side, denial.span, "negation")];
                because.extend(told.pivot.map(|at| (1 - side, scenes[1 - side].words[at[1]].span, "event")));
                best = Judgement { relation: Relation::Alternation, kind: "negation", by, because, ..best };
            }
        }
    }
    if let Some(at) = exchange::find(scenes, alignment) {
        let because = [0, 1].map(|side| (side, scenes[side].directions[at[side]].span, "opposite"));
        best =
            Judgement { relation: Relation::Alternation, kind: "antonym", by: By::Exchanged, because: because.to_vec(), ..best };
    }
    if let Some(found) = exclusion::find(scenes, alignment, lexicon) {
        let by = if found.extra == 0 { By::Excluded } else { By::ExcludedInPart };
        if by > best.by {
            let because =
                found.words.iter().flat_map(|at| [0, 1].map(|side| (side, scenes[side].words[at[side]].span, "opposite")));
            let kind = kind(&found, lexicon);
            best = Judgement { relation: Relation::Alternation, kind, by, because: because.collect(), ..best };
        }
    }
    best
}

/// The kind of conflict that exclusive words make.
fn kind(found: &Exclusion, lexicon: &Lexicon) -> &'static str {
    let listed = |set: &str| lexicon.set(set).is_some_and(|set| set.word(found.class).is_some());
    match () {
        () if found.numbers => "quantity",
        () if listed("scene-times") => "time",
        () if listed("scene-places") => "place",
        () => "antonym",
    }
}

/// Whether most of both scenes answers the other.
fn is_close(scenes: [&Scene; 2], alignment: &Alignment) -> bool {
    let whole: u32 = scenes[0].words.iter().map(|w| w.weight).sum();
    let linked: Vec<usize> =
        alignment.links.iter().filter(|l| l.tie.is_some_and(|tie| !tie.is_kin())).map(|l| l.words[0]).collect();
    entailment::coverage(scenes, alignment) >= 50 && scenes[0].weight(&linked) * 2 >= whole
}

/// Longest sentence, in words, of which a part may stay unsaid by the other and still be denied by it.
const SHORT: usize = 13;

/// How strictly what is denied must be told by the other side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Measure {
    /// Pictures: what one leaves unsaid may belong to another scene.
    Picture,
    /// Two short statements, which are about one thing where most of one is told by the other.
    Statement,
    /// Long ones.
    Long,
}

impl Measure {
    fn of(scenes: [&Scene; 2], alone: bool) -> Self {
        if scenes.iter().all(|s| s.picture) {
            Self::Picture
        } else if alone && scenes.iter().all(|s| s.words.len() <= SHORT) && scenes.iter().any(|s| s.denials.is_empty()) {
            Self::Statement
        } else {
            Self::Long
        }
    }
}

/// How far a scene tells what another denies.
fn weigh(told: &Told, measure: Measure) -> By {
    // "There is no one": nothing is said of them.
    if told.met == 0 || told.also_denied > 0 || told.swapped || told.anybody {
        return By::Nothing;
    }
    let covered = (told.covered + told.near) * 100 / told.weight.max(1);
    let bare = told.missing == 0 && told.near == 0;
    let does = told.deed || told.kindred;
    let close = !told.deed && told.kindred && told.replaced == 0;
    match (told.misfits, measure) {
        _ if told.unasserted || told.opposed > 0 => By::Unasserted,
        (_, Measure::Picture) if told.attribute || told.elsewhere => By::Elsewhere,
        (0, _) if bare => By::Wholly,
        // The same actors in the same place: their deed will be the same by another name.
        (1, Measure::Picture) | (0 | 1, Measure::Statement) if close && covered >= 75 => By::Kindred,
        (0, _) if told.presumed && does && told.missing == 0 && (told.loose == 0 || measure != Measure::Picture) => By::Kindred,
        (0 | 1, Measure::Statement) if told.deed && told.replaced == 0 && covered >= 75 => By::Mostly,
        // Nearly all that the other side says is about what is denied.
        (0 | 1, Measure::Statement) if told.deed && covered >= 25 && told.answered >= 75 => By::AboutIt,
        (0, Measure::Long) if told.presumed && !told.excepted && told.does && told.core == 0 && told.answered >= 90 => {
            By::AboutIt
        }
        // A denial with its circumstances answers whoever tells no more than the deed.
        (0, Measure::Picture) if told.presumed && told.does && told.loose == 0 && told.answered >= 95 => By::Unsaid,
        (0, Measure::Statement) if told.presumed && told.does && told.core == 0 && covered >= 40 => By::Unsaid,
        _ => By::Partly,
    }
}
