//! What a folder's sources differ on: pairs of opposed claims, gathered into matters with every claim that answers the same question.
//!
//! In: claims ready for comparing and the pairs that may be opposed. Out: [`Matter`]s, the likeliest first. Decides nothing about
//! rules: whether a matter makes one is tried by others.

use crate::claims::Quantity;
use crate::conflicts::survey::{self, fates, lends, sign, tells};
use crate::conflicts::{self, Fact, Facts, Fit, Happening, Role, Slot};
use crate::draft::pair::{self, Pair, Shape, carried};
use crate::lexical::Class;
use crate::text::Pos;
use std::collections::{BTreeMap, BTreeSet};

/// Matters that are looked into.
const MATTERS: usize = 120;
/// Pairs that matters are begun with.
const PAIRS: usize = 10_000;
/// Matters that are begun with one question.
const BEGUN: usize = 2;
/// Likeness of two articles, in percent, from which they tell one story.
const STORY: u32 = 10;

/// A question to which claims give opposed answers.
#[derive(Clone, Debug)]
pub struct Matter {
    /// The pair that shows it best.
    pub lead: Pair,
    /// Pairs that show it in the same way, the lead among them, the best first.
    pub pairs: Vec<Pair>,
    /// Claims on the two answers, by index into the facts, with what each makes of it. A denial has no second answer of its own.
    pub answers: [BTreeMap<usize, bool>; 2],
}

impl Matter {
    /// The claims of both answers.
    pub fn claims(&self) -> impl Iterator<Item = usize> + '_ {
        self.answers.iter().flat_map(|answer| answer.keys().copied())
    }

    /// The answer that a side of a pair gives.
    fn answer(shape: Shape, side: usize) -> usize {
        if shape == Shape::Rivals { side } else { 0 }
    }
}

/// The pairs that are opposed, the likeliest first.
pub fn opposed(facts: &Facts, met: &[(u32, u32)]) -> Vec<Pair> {
    let mut all: Vec<Pair> = Vec::new();
    for (i, j) in met.iter().map(|(i, j)| (*i as usize, *j as usize)) {
        let (a, b) = (&facts.list[i], &facts.list[j]);
        if !comparable(facts, a, b) {
            continue;
        }
        all.extend(pair::judge(facts, (i, a), (j, b)).into_iter().filter(|pair| stands(facts, pair)));
    }
    all.sort_by_key(|pair| (std::cmp::Reverse(pair.score), pair.sides));
    all.truncate(PAIRS);
    all
}

/// Whether two claims are told by different voices, or of one at different times, as something that is so.
fn comparable(facts: &Facts, a: &Fact, b: &Fact) -> bool {
    // "Would not comment", "could not be reached": the day of the newsroom, not of the news.
    let heard = facts.lexicon.set("newsroom-means");
    let heard = |fact: &Fact| fact.event.is_some_and(|event| heard.is_some_and(|set| set.word(event.lemma).is_some()));
    let told = |fact: &Fact| fact.realised(facts) && !fact.purpose && !pair::says(facts, fact) && !heard(fact);
    let speaker = |fact: &Fact| fact.voices.first().and_then(|voice| voice.being);
    let own = |fact: &Fact| fact.voices.first().is_some_and(conflicts::Voice::is_publisher);
    let one_voice = a.reading == b.reading && (own(a) && own(b) || speaker(a).is_some() && speaker(a) == speaker(b));
    told(a)
        && told(b)
        && !one_voice
        && one_story(facts, a, b)
        && !(a.reading == b.reading && facts.claim(a).sentence == facts.claim(b).sentence)
}

/// Whether a pair is opposed by more than its words having something in common.
fn stands(facts: &Facts, pair: &Pair) -> bool {
    let [a, b] = pair.sides.map(|at| &facts.list[at]);
    let (Some(one), Some(other)) = (&a.event, &b.event) else { return false };
    let same = one_event(facts, a, b);
    let tied = !pair.common.is_empty() || together(facts, a, b);
    let telling = !too_common(facts, pair);
    match pair.shape {
        Shape::Denial => {
            tied && telling && (same || told_by(facts, a, b)) && alike(facts, a, b) && !survey::same_words(facts, a, b)
        }
        Shape::Rivals => {
            let opposite = telling && survey::exclude(facts, one.lemma, other.lemma) && alike(facts, a, b);
            !pair.common.is_empty() && (opposite || fates(facts, a, b))
        }
        // Every company has a net profit: figures need more of one story than what is told in words.
        Shape::Figures(..) if long_ago(facts, a) != long_ago(facts, b) || !one_account(facts, a, b) => false,
        Shape::Figures(..) => same && alike(facts, a, b) || aside(facts, pair) && thing_in_common(facts, pair),
        Shape::Holders(_) => false,
    }
}

/// Whether a claim tells of years before its article: the flood of another year is another flood.
fn long_ago(facts: &Facts, fact: &Fact) -> bool {
    let year = facts.claim(fact).time.map(|time| time.end.year());
    year.zip(fact.published).is_some_and(|(year, published)| year + 1 < published.year())
}

/// Whether what a claim asserts has the event that another refutes in it: a takeover that was completed.
fn told_by(facts: &Facts, happens: &Fact, denial: &Fact) -> bool {
    carried(facts, denial, happens).is_some() || carried(facts, happens, denial).is_some_and(|_| lends(facts, denial))
}

/// Whether two claims tell of events of one kind.
fn one_event(facts: &Facts, a: &Fact, b: &Fact) -> bool {
    let events = tells(facts, a).zip(tells(facts, b));
    events.is_some_and(|(one, other)| conflicts::events(facts, &one, &other).is_some())
}

/// Whether a claim tells of something that its parties, of whom it names one, do with each other: who they are is left to the participants.
/// How somebody spoke is no such thing.
pub fn mutual(facts: &Facts, fact: &Fact) -> bool {
    let speech = facts.lexicon.set("speaking-verbs");
    let spoken = |event: &Happening| event.class == Class::Verb && speech.is_some_and(|set| set.word(event.lemma).is_some());
    let symmetric = |event: Happening| facts.lexicon.symmetric.word(event.lemma).is_some() && !spoken(&event);
    tells(facts, fact).is_some_and(symmetric)
        && (!fact.named.is_empty() || fact.roles.iter().any(|role| role.being.is_some() && role.pos != Pos::Pron))
}

/// Whether two claims tell of what the same parties may do with each other. What a verb says of its subject alone ("they agree") needs
/// somebody whom both name.
fn together(facts: &Facts, a: &Fact, b: &Fact) -> bool {
    let verb = |fact: &Fact| tells(facts, fact).is_some_and(|event| event.class == Class::Verb);
    let named = a.named.iter().any(|being| b.named.contains(being));
    mutual(facts, a) && mutual(facts, b) && (named || !(verb(a) && verb(b)))
}

/// Whether the verbs of a pair are too common to name a matter (go, say, make) and nothing that both share makes up for it ("take a bribe").
fn too_common(facts: &Facts, pair: &Pair) -> bool {
    let lexicon = facts.lexicon;
    let common = |event: Happening| {
        event.class == Class::Verb && lexicon.set("common words").is_some_and(|set| set.word(event.lemma).is_some())
    };
    let says = |event: Happening| event.class == Class::Verb && lexicon.cues.word(event.lemma).is_some();
    let events = pair.sides.map(|at| tells(facts, &facts.list[at]));
    let has = |what: &dyn Fn(Happening) -> bool| events.into_iter().flatten().any(what);
    let thing = pair.common.iter().any(|(i, _)| {
        let role = &facts.list[pair.sides[0]].roles[*i];
        role.pos == Pos::Noun && role.slot != Slot::Subject
    });
    has(&common) && (!thing || has(&says))
}

/// Whether both sides of a pair tell of one thing that is no person or place and is not what they count.
fn thing_in_common(facts: &Facts, pair: &Pair) -> bool {
    let a = &facts.list[pair.sides[0]];
    pair.common.iter().any(|(i, _)| a.roles[*i].pos == Pos::Noun && !is_counted(facts, a, &a.roles[*i]))
}

/// Whether a role is what a claim counts.
fn is_counted(facts: &Facts, fact: &Fact, role: &Role) -> bool {
    facts.claim(fact).quantities.iter().any(|quantity| (quantity.first..quantity.end).contains(&role.head))
}

/// Whether neither side of a pair says of what it counts what happens to it: the points that a plan has, not the people killed.
fn aside(facts: &Facts, pair: &Pair) -> bool {
    pair.sides.iter().all(|at| {
        let fact = &facts.list[*at];
        let core = fact.roles.iter().filter(|role| role.slot != Slot::Complement);
        lends(facts, fact) || !core.into_iter().any(|role| is_counted(facts, fact, role))
    })
}

/// Whether nothing that fills the same place on both sides is plainly something else. Figures are set against each other elsewhere.
fn alike(facts: &Facts, a: &Fact, b: &Fact) -> bool {
    let differ = |x: &Role, y: &Role| matches!(conflicts::fillers(facts, x, y), Fit::Differ(_));
    let clash = |x: &Role| b.role(x.slot).is_some_and(|y| !is_counted(facts, b, y) && differ(x, y));
    let core = a.roles.iter().filter(|role| role.slot != Slot::Complement && !is_counted(facts, a, role));
    mutual(facts, a) && mutual(facts, b) || !core.into_iter().any(clash)
}

/// Gathers pairs into matters.
pub fn matters(facts: &Facts, pairs: &[Pair]) -> Vec<Matter> {
    let mut claims: BTreeSet<usize> = BTreeSet::new();
    claims.extend(pairs.iter().filter(|pair| !counts(pair)).flat_map(|pair| pair.sides));
    let mut out: Vec<Matter> = Vec::new();
    // How often a question was begun with: a folder full of one dispute must leave room for the others.
    let mut begun: BTreeMap<(bool, [&str; 3]), usize> = BTreeMap::new();
    for pair in pairs {
        if out.len() == MATTERS {
            break;
        }
        let times = begun.entry((counts(pair), question(facts, pair))).or_default();
        if *times == BEGUN {
            continue;
        }
        let known = |matter: &Matter| {
            let kind = if counts(pair) { one_count(facts, &matter.lead, pair) } else { !counts(&matter.lead) };
            kind && has(matter, pair)
        };
        if !out.iter().any(known) {
            *times += 1;
            out.push(matter(facts, pair, pairs, &claims));
        }
    }
    out.retain(|matter| !told_at_once(facts, matter));
    out
}

/// What a pair asks, in words: its events and what both sides share.
fn question(facts: &Facts, pair: &Pair) -> [&'static str; 3] {
    let event = |at: usize| tells(facts, &facts.list[at]).map_or("", |event| event.lemma.as_str());
    let shared = pair.common.first().map_or("", |(i, _)| facts.list[pair.sides[0]].roles[*i].lemma.as_str());
    [event(pair.sides[0]), event(pair.sides[1]), shared]
}

/// Whether one sentence tells both answers, so that they do not exclude each other: "exported less than it imported".
fn told_at_once(facts: &Facts, matter: &Matter) -> bool {
    let sentences = |answer: &BTreeMap<usize, bool>| -> BTreeSet<(u32, u32)> {
        let told = answer.iter().filter(|(_, made)| **made).map(|(at, _)| &facts.list[*at]);
        told.map(|fact| (fact.reading, facts.claim(fact).sentence)).collect()
    };
    let [one, other] = matter.answers.each_ref().map(sentences);
    one.intersection(&other).next().is_some()
}

/// Whether a pair is about figures.
fn counts(pair: &Pair) -> bool {
    matches!(pair.shape, Shape::Figures(..))
}

fn has(matter: &Matter, pair: &Pair) -> bool {
    pair.sides.iter().all(|side| matter.answers.iter().any(|answer| answer.contains_key(side)))
}

fn matter(facts: &Facts, lead: &Pair, pairs: &[Pair], known: &BTreeSet<usize>) -> Matter {
    let mut matter = Matter { lead: lead.clone(), pairs: Vec::new(), answers: [BTreeMap::new(), BTreeMap::new()] };
    for (side, at) in lead.sides.into_iter().enumerate() {
        let made = lead.shape != Shape::Denial || side == 0;
        matter.answers[Matter::answer(lead.shape, side)].insert(at, made);
    }
    if counts(lead) {
        // Figures of one event: whoever gives one that differs from any of them.
        let [a, _] = lead.sides.map(|at| &facts.list[at]);
        for pair in pairs.iter().filter(|pair| one_count(facts, lead, pair)) {
            let new = |at: &usize| !lead.sides.contains(at);
            if pair.sides.iter().filter(|at| new(at)).all(|at| one_matter(facts, lead, 0, a, &facts.list[*at])) {
                matter.answers[0].extend(pair.sides.map(|at| (at, true)));
            }
        }
    } else {
        for &at in known.iter().filter(|at| !lead.sides.contains(at)) {
            let fact = &facts.list[at];
            let sides = if lead.shape == Shape::Rivals { 2 } else { 1 };
            let side = (0..sides).find(|side| one_matter(facts, lead, *side, &facts.list[lead.sides[*side]], fact));
            if let Some((side, made)) = side.zip(sign(fact)) {
                matter.answers[side].insert(at, made);
            }
        }
    }
    let list: Vec<Pair> = pairs.iter().filter_map(|pair| in_order(facts, &matter, pair)).collect();
    matter.pairs = list;
    matter
}

/// A pair that shows a matter in the same way as its lead, with the sides in the same order.
fn in_order(facts: &Facts, matter: &Matter, pair: &Pair) -> Option<Pair> {
    let lead = &matter.lead;
    let fits = |pair: &Pair| {
        pair.sides.iter().enumerate().all(|(side, at)| matter.answers[Matter::answer(lead.shape, side)].contains_key(at))
    };
    if counts(lead) {
        return (one_count(facts, lead, pair) && has(matter, pair)).then(|| pair.clone());
    }
    let turned = || pair::swap(pair.clone());
    let same = pair.shape == lead.shape;
    match lead.shape {
        Shape::Rivals if same && !fits(pair) => Some(turned()).filter(fits),
        _ => (same && fits(pair)).then(|| pair.clone()),
    }
}

/// Whether a claim tells of the event of one side of a pair, and of what both sides of the pair share.
fn one_matter(facts: &Facts, lead: &Pair, side: usize, of: &Fact, fact: &Fact) -> bool {
    if !one_story(facts, of, fact) || long_ago(facts, of) != long_ago(facts, fact) {
        return false;
    }
    if lead.shape == Shape::Rivals && survey::fate(facts, of, fact) == Some(true) {
        return true;
    }
    let shared: Vec<&Role> = lead.common.iter().map(|(i, j)| &of.roles[if side == 0 { *i } else { *j }]).collect();
    let meets =
        |role: &&Role| fact.roles.iter().any(|own| matches!(conflicts::fillers(facts, role, own), Fit::Name | Fit::Head(_)));
    if one_event(facts, of, fact) {
        shared.iter().any(meets) || shared.is_empty() && counts(lead) || mutual(facts, of) && mutual(facts, fact)
    } else {
        let thing = |role: &&&Role| role.pos == Pos::Noun && !is_counted(facts, of, role);
        counts(lead) && aside(facts, lead) && shared.iter().filter(thing).any(meets)
    }
}

/// Whether the articles of two claims are about one thing, or both claims name somebody.
fn one_story(facts: &Facts, a: &Fact, b: &Fact) -> bool {
    let [one, other] = [a, b].map(|fact| &facts.stories[fact.reading as usize]);
    conflicts::story(facts, a, b) >= STORY || one.shared_beings(other) > 1 || a.named.iter().any(|being| b.named.contains(being))
}

/// Whether two claims name somebody in common or stand in articles that are much alike.
fn one_account(facts: &Facts, a: &Fact, b: &Fact) -> bool {
    conflicts::story(facts, a, b) >= 2 * STORY || a.named.iter().any(|being| b.named.contains(being))
}

/// The figure of a pair that a side gives.
fn figure<'a>(facts: &Facts<'a>, pair: &Pair, side: usize) -> Option<&'a Quantity> {
    let Shape::Figures(one, other) = pair.shape else { return None };
    facts.claim(&facts.list[pair.sides[side]]).quantities.get(if side == 0 { one } else { other })
}

/// Whether two pairs count or measure one kind of thing.
fn one_count(facts: &Facts, a: &Pair, b: &Pair) -> bool {
    let (Some(x), Some(y)) = (figure(facts, a, 0), figure(facts, b, 0)) else { return false };
    let alike = match (x.counted, y.counted) {
        (Some(one), Some(other)) => facts.lexicon.same_family(one, other),
        _ => x.unit.is_some(),
    };
    x.unit == y.unit && alike
}
