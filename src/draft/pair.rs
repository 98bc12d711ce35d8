//! Which claim of one text to set against which of another, and how they seem to clash; the likeliest first.

use crate::claims::{Form, QuantityKind};
use crate::conflicts::survey::{fates, sign};
use crate::conflicts::{self, Fact, Facts, Fit, Slot};
use crate::lexical::Class;

/// How two claims seem to clash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// The first side asserts what the second refutes.
    Denial,
    /// Both assert; what they assert does not go together.
    Rivals,
    /// Two figures for one thing: indices into the quantities of both claims.
    Figures(usize, usize),
    /// Two names in one slot.
    Holders(Slot),
}

/// Two claims to be set against each other.
#[derive(Clone, Debug)]
pub struct Pair {
    /// How.
    pub shape: Shape,
    /// Indices into the facts; for a denial the asserted side first.
    pub sides: [usize; 2],
    /// Whether the sides stand in the other order in the test.
    pub swapped: bool,
    /// Roles that both fill alike: indices into the roles of both.
    pub common: Vec<(usize, usize)>,
    /// How likely it looks; without measure.
    pub score: u32,
}

/// Roles that two claims fill alike, those of subject and object first.
pub fn common(facts: &Facts, a: &Fact, b: &Fact) -> Vec<(usize, usize)> {
    let alike = |x: &conflicts::Role, y: &conflicts::Role| matches!(conflicts::fillers(facts, x, y), Fit::Name | Fit::Head(_));
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (i, x) in a.roles.iter().enumerate() {
        if let Some(j) = (0..b.roles.len()).find(|j| alike(x, &b.roles[*j]) && !found.iter().any(|(_, taken)| taken == j)) {
            found.push((i, j));
        }
    }
    // What something is done to says more of a matter than who does it: a name is left to the participants.
    let rank = |&(i, _): &(usize, usize)| {
        let role = &a.roles[i];
        (
            role.being.is_some_and(|b| facts.who.list[b as usize].is_named()),
            role.slot == Slot::Complement,
            role.slot == Slot::Subject,
        )
    };
    found.sort_by_key(rank);
    found
}

/// Pairs worth a draft, the likeliest first.
///
/// # Errors
/// Why there is none, in words.
pub fn pairs(facts: &Facts) -> Result<Vec<Pair>, String> {
    let side = |at: u32| facts.list.iter().enumerate().filter(move |(_, fact)| fact.reading == at && fact.event.is_some());
    for (name, at) in [("first", 0), ("second", 1)] {
        if side(at).next().is_none() {
            return Err(format!("the {name} text makes no claim that a rule could look for: no predicate was found in it"));
        }
        if side(at).all(|(_, fact)| sign(fact).is_none()) {
            return Err(format!("nobody asserts or denies anything in the {name} text; `gainsay try` shows how it is read"));
        }
    }
    let mut all: Vec<Pair> = side(0).flat_map(|(i, a)| side(1).flat_map(move |(j, b)| judge(facts, (i, a), (j, b)))).collect();
    all.sort_by_key(|pair| (std::cmp::Reverse(pair.score), pair.sides));
    if all.is_empty() {
        let related = side(0).any(|(_, a)| side(1).any(|(_, b)| !common(facts, a, b).is_empty()));
        if related {
            return Err(
                "the two texts are about one thing, but neither denies, excludes or outnumbers what the other says".into()
            );
        }
        return Err("the two texts have nothing in common: no participant and no event of the one is in the other".into());
    }
    Ok(all)
}

/// The ways in which two claims seem to clash.
pub fn judge(facts: &Facts, (i, a): (usize, &Fact), (j, b): (usize, &Fact)) -> Vec<Pair> {
    let (Some(one), Some(other)) = (&a.event, &b.event) else { return Vec::new() };
    let (Some(x), Some(y)) = (sign(a), sign(b)) else { return Vec::new() };
    let common = common(facts, a, b);
    let event = conflicts::events(facts, one, other).map_or(0, |(_, amount)| amount);
    let opposite = conflicts::opposites(facts, one.lemma, other.lemma).is_some();
    let carried = carried(facts, a, b).or(carried(facts, b, a)).is_some();
    let fates = fates(facts, a, b);
    if event == 0 && !opposite && !carried && common.is_empty() {
        return Vec::new();
    }
    // That somebody says a thing is no rival of the thing.
    let cue = says(facts, a) || says(facts, b);
    let clause = |fact: &Fact| facts.claim(fact).form == Form::Clause;
    let told = [a, b].iter().map(|fact| u32::from(fact.realised(facts)) + u32::from(clause(fact))).sum::<u32>();
    let shared = event + 5 * common.len() as u32 + a.shared_weight(b).min(20) / 2 + 4 * told;
    let pair = |shape, points: u32| Pair { shape, sides: [i, j], swapped: false, common: common.clone(), score: points + shared };
    let mut all = Vec::new();
    if x && y {
        all.extend(figures(facts, a, b).map(|(m, n)| pair(Shape::Figures(m, n), 60)));
        all.extend(holders(facts, a, b).filter(|_| event > 0).map(|slot| pair(Shape::Holders(slot), 40)));
        if opposite || fates {
            all.push(pair(Shape::Rivals, 50));
        } else if event == 0 && !cue {
            all.push(pair(Shape::Rivals, 10));
        }
    } else if x != y {
        let points = if event > 0 { 70 } else { 20 } + if carried { 20 } else { 0 };
        let denial = pair(Shape::Denial, if cue { points / 4 } else { points });
        all.push(if x { denial } else { swap(denial) });
    }
    all
}

/// The role of a claim that names the event of another: the takeover that one denies and the other calls completed.
pub fn carried<'a>(facts: &Facts, happens: &Fact, other: &'a Fact) -> Option<&'a conflicts::Role> {
    let event = happens.event.filter(|event| event.class == Class::Noun)?;
    other.roles.iter().find(|role| facts.lexicon.same_family(role.lemma, event.lemma))
}

/// Whether a claim is no more than the saying of another.
pub fn says(facts: &Facts, fact: &Fact) -> bool {
    let claim = facts.claim(fact);
    let others = facts.readings[fact.reading as usize].claims.iter().filter(|other| other.sentence == claim.sentence);
    others.flat_map(|other| &other.chain).any(|link| link.cue.contains(&claim.predicate))
}

/// The pair with its sides in the other order.
pub fn swap(pair: Pair) -> Pair {
    let [i, j] = pair.sides;
    Pair { sides: [j, i], swapped: true, common: pair.common.into_iter().map(|(i, j)| (j, i)).collect(), ..pair }
}

/// Figures of one kind and unit that do not meet.
fn figures(facts: &Facts, a: &Fact, b: &Fact) -> Option<(usize, usize)> {
    let (one, other) = (&facts.claim(a).quantities, &facts.claim(b).quantities);
    let counts = |kind| matches!(kind, QuantityKind::Count | QuantityKind::Measure | QuantityKind::Share);
    let lexicon = facts.lexicon;
    (0..one.len()).flat_map(|i| (0..other.len()).map(move |j| (i, j))).find(|&(i, j)| {
        let (x, y) = (&one[i], &other[j]);
        let same = x.unit == y.unit
            && match (x.counted, y.counted) {
                (Some(x), Some(y)) => lexicon.same_family(x, y),
                (None, None) => x.unit.is_some(),
                _ => x.filled || y.filled || x.unit.is_some(),
            };
        counts(x.kind) && counts(y.kind) && !x.part && !y.part && same && (x.high < y.low || y.high < x.low)
    })
}

/// The slot in which two different names stand, everything named beside it being the same.
fn holders(facts: &Facts, a: &Fact, b: &Fact) -> Option<Slot> {
    let named = |role: &conflicts::Role| role.being.is_some_and(|b| facts.who.list[b as usize].is_named());
    [Slot::Subject, Slot::Object].into_iter().find(|slot| {
        let (Some(x), Some(y)) = (a.role(*slot), b.role(*slot)) else { return false };
        named(x) && named(y) && matches!(conflicts::fillers(facts, x, y), Fit::Differ(_))
    })
}
