//! Whether two claims are about one thing: event against event, role against role, article against article.
//!
//! In: two [`Fact`]s. Out: an [`Alignment`] whose every part has a name, or the reason why they are not about one thing. Symmetric:
//! the order of the two never changes the answer, only which side a span stands on. Decides nothing about truth.

use super::facts::{Fact, Facts, Happening, Role, Slot};
use crate::base::{Span, Sym};
use crate::claims::EntityKind;
use crate::lexical::{self, Class};
use crate::lexicon::Lexicon;
use crate::text::Pos;

/// One named part of the evidence for or against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// Key into `rules/confidence.yml`.
    pub name: &'static str,
    /// How much of it there is, 0 to 10.
    pub amount: u32,
    /// The words on both sides.
    pub spans: [Option<Span>; 2],
}

impl Evidence {
    /// Evidence without words of its own.
    pub fn of(name: &'static str, amount: u32) -> Self {
        Self { name, amount, spans: [None, None] }
    }

    fn at(name: &'static str, amount: u32, a: Span, b: Span) -> Self {
        Self { name, amount: amount.min(10), spans: [Some(a), Some(b)] }
    }
}

/// How two claims are about one thing.
#[derive(Clone, Debug, Default)]
pub struct Alignment {
    /// What speaks for it and against it.
    pub evidence: Vec<Evidence>,
    /// Participants that both sides name.
    pub names: u32,
    /// Slots filled alike without names.
    pub heads: u32,
    /// Weight of what only one side says.
    pub extra: [u32; 2],
    /// Whether it can be no more than tension.
    pub tension: bool,
    /// The slot whose fillers are opposites or exclude each other, where that was allowed.
    pub clash: Option<(usize, usize)>,
    /// Whether it is the same event by word, derivation or family.
    pub event: bool,
    /// Likeness of the two articles in percent; 100 within one.
    pub story: u32,
}

/// What one asks of an alignment.
#[derive(Clone, Copy, Debug, Default)]
pub struct Ask {
    /// Two bare statements of one occasion: heads alone identify, articles need not be alike.
    pub presume: bool,
    /// One slot may hold opposites ("a profit", "a loss") or different fillers: the detector looks at it.
    pub let_differ: Option<Slot>,
    /// The text itself ties the two claims.
    pub linked: bool,
    /// Both sides bind the key of a topic to one thing: sets that only overlap go together, as tension.
    pub keyed: bool,
    /// The events are related in a way that the detector knows: the evidence's name.
    pub event: Option<&'static str>,
    /// Both sides count the same thing, which stands among the skipped tokens: a head in common.
    pub counts: bool,
    /// Tokens that the detector compares itself, a range for each side: fillers with their head there are left out.
    pub skip: [Option<(u32, u32)>; 2],
}

impl Ask {
    fn keeps(&self, side: usize, role: &Role) -> bool {
        self.skip[side].is_none_or(|(first, end)| role.head < first || end <= role.head)
    }
}

/// How two fillers relate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// The same being.
    Name,
    /// The same head noun, or a synonym; with the weight of the word.
    Head(u32),
    /// One is a kind of the other: 0 when the first is the narrower.
    Kind(usize),
    /// One side is silent or points nowhere.
    Open,
    /// Not the same; why.
    Differ(&'static str),
}

/// How alike two events are: evidence name and amount; `None` where they are different events.
pub fn events(facts: &Facts, a: &Happening, b: &Happening) -> Option<(&'static str, u32)> {
    if a.lemma == b.lemma {
        return Some(("same-event", 10));
    }
    if facts.lexicon.same_family(a.lemma, b.lemma) {
        return Some(("event-family", 8));
    }
    let (one, other) = (a.lemma.as_str(), b.lemma.as_str());
    if a.class != b.class {
        let derived = |base: &Happening, noun: &Happening| {
            noun.class == Class::Noun && lexical::derived(base.lemma.as_str(), noun.lemma.as_str())
        };
        return (derived(a, b) || derived(b, a)).then_some(("derived-event", 8));
    }
    match lexical::synonyms(one, other, a.class) {
        Some(rank) if rank <= 3 => Some(("event-synonym", 8 - 2 * u32::from(rank))),
        _ => None,
    }
}

/// Whether two events are opposites; `true` inside where one of the two always holds.
pub fn opposites(facts: &Facts, a: Sym, b: Sym) -> Option<bool> {
    if let Some((_, complementary)) = facts.lexicon.opposites.get(&a).and_then(|list| list.iter().find(|(other, _)| *other == b))
    {
        return Some(*complementary);
    }
    lexical::antonyms(a.as_str(), b.as_str()).then_some(false)
}

/// Opposites of a word: the lexicon's, then WordNet's.
pub(super) fn partners(lexicon: &Lexicon, word: Sym) -> Vec<Sym> {
    let own = lexicon.opposites.get(&word).into_iter().flatten().map(|(other, _)| *other);
    let mut list: Vec<Sym> = own.chain(lexical::opposites(word.as_str()).iter().map(|w| Sym::new(w))).collect();
    list.truncate(12);
    list
}

/// Buying and selling are two sides of one event.
pub(super) fn converse(lexicon: &Lexicon, one: Sym, other: Sym) -> bool {
    lexicon.set("converse-verbs").is_some_and(|set| set.word(one).is_some() && set.word(other).is_some())
}

/// Going and coming, having and lacking exclude each other only where the lexicon says so.
pub(super) fn telling(lexicon: &Lexicon, one: Sym, other: Sym) -> bool {
    let listed = lexicon.opposites.get(&one).is_some_and(|list| list.iter().any(|(word, _)| *word == other));
    listed || lexical::rarity(one.as_str()) + lexical::rarity(other.as_str()) >= 9
}

/// Sets one filler against another.
pub fn fillers(facts: &Facts, a: &Role, b: &Role) -> Fit {
    if a.open || b.open {
        // "The delegations", "the two delegations": whoever they are, they are the same.
        let same = a.open && b.open && a.lemma == b.lemma && a.pos == Pos::Noun;
        return if same { Fit::Head(head_weight(a)) } else { Fit::Open };
    }
    if let (Some(x), Some(y)) = (a.being, b.being) {
        if same_party(facts, x, y) {
            return Fit::Name;
        }
        let named = |b: u32| facts.who.list[b as usize].is_named();
        if named(x) && named(y) {
            return Fit::Differ("different names");
        }
    }
    let names_one = [a, b].map(|r| r.being.is_some_and(|x| facts.who.list[x as usize].is_named()));
    if a.lemma == b.lemma {
        return match modifiers(facts, a, b) {
            Some(why) => Fit::Differ(why),
            None => Fit::Head(head_weight(a) + shared_modifiers(a, b)),
        };
    }
    if names_one[0] != names_one[1] {
        return Fit::Open;
    }
    if a.pos == Pos::Propn && b.pos == Pos::Propn {
        return Fit::Differ("different names");
    }
    if facts.lexicon.same_family(a.lemma, b.lemma) {
        return Fit::Head(head_weight(a).min(head_weight(b)).saturating_sub(1));
    }
    let (one, other) = (a.lemma.as_str(), b.lemma.as_str());
    match lexical::synonyms(one, other, Class::Noun) {
        Some(rank) if rank <= 2 && modifiers(facts, a, b).is_none() => return Fit::Head(head_weight(a).min(head_weight(b)) / 2),
        _ => {}
    }
    // "A bid from Rovers", "an offer from United".
    if let Some(why @ "different names inside") = modifiers(facts, a, b) {
        return Fit::Differ(why);
    }
    match (lexical::is_a(one, other, Class::Noun), lexical::is_a(other, one, Class::Noun)) {
        (Some(steps), _) if steps <= 4 => Fit::Kind(0),
        (_, Some(steps)) if steps <= 4 => Fit::Kind(1),
        _ => Fit::Differ("different things"),
    }
}

/// A state and its capital, seat or office are one party; a person is nobody else.
pub(in crate::conflicts) fn same_party(facts: &Facts, a: u32, b: u32) -> bool {
    if facts.who.together(a, b).is_some() {
        return true;
    }
    let person = |x: u32| facts.who.list[x as usize].kind == EntityKind::Person;
    !person(a) && !person(b) && facts.who.party(a) == facts.who.party(b)
}

fn head_weight(role: &Role) -> u32 {
    super::facts::weight(role.pos, role.lemma).unwrap_or(1)
}

fn shared_modifiers(a: &Role, b: &Role) -> u32 {
    let shared = a.modifiers.iter().filter(|m| b.modifiers.contains(m));
    shared.filter_map(|(word, pos)| super::facts::weight(*pos, *word)).sum::<u32>() / 2
}

/// Why two phrases with one head are different things; `None` where nothing says so.
fn modifiers(facts: &Facts, a: &Role, b: &Role) -> Option<&'static str> {
    let inner = |r: &Role| !r.inner.is_empty();
    let within = |one: &Role, other: &Role| one.inner.iter().all(|x| other.inner.iter().any(|y| same_party(facts, *x, *y)));
    // One phrase may name more than the other; a name on either side that the other lacks makes two things of them.
    if inner(a) && inner(b) && !within(a, b) && !within(b, a) {
        return Some("different names inside");
    }
    for (word, pos) in &a.modifiers {
        for (other, _) in b.modifiers.iter().filter(|(_, p)| p == pos) {
            if word == other {
                continue;
            }
            let both_say = |m: &[(Sym, Pos)], w: &Sym| m.iter().any(|(x, _)| x == w);
            if both_say(&b.modifiers, word) || both_say(&a.modifiers, other) {
                continue;
            }
            if *pos == Pos::Num {
                return Some("different numbers");
            }
            if *pos == Pos::Adj && opposites(facts, *word, *other).is_some() {
                return Some("opposite qualities");
            }
        }
    }
    None
}

/// Sets two claims against each other, role by role.
///
/// # Errors
/// The reason why they are not about one thing, in a few words.
pub fn align(facts: &Facts, a: &Fact, b: &Fact, ask: Ask) -> Result<Alignment, &'static str> {
    let mut out = Alignment { story: story(facts, a, b), ..Alignment::default() };
    let (Some(one), Some(other)) = (&a.event, &b.event) else { return Err("no event") };
    if let Some((name, amount)) = ask.event.map(|name| (name, 8)).or_else(|| events(facts, one, other)) {
        out.event = true;
        let span =
            |fact: &Fact, h: &Happening| facts.document(fact).tokens.get(h.token as usize).map_or(Span::default(), |t| t.span);
        out.evidence.push(Evidence::at(name, amount, span(a, one), span(b, other)));
    }
    let symmetric = facts.lexicon.symmetric.word(one.lemma).is_some() && facts.lexicon.symmetric.word(other.lemma).is_some();
    if symmetric {
        parties(facts, a, b, &mut out)?
    } else {
        core(facts, a, b, ask, &mut out)?
    }
    complements(facts, a, b, symmetric, ask, &mut out)?;
    qualities(facts, a, b, ask, &mut out);
    if out.names == 0 {
        fill(facts, a, b, &mut out);
    }
    background(a, b, ask, &mut out);
    out.heads += u32::from(ask.counts);
    enough(facts, a, b, &out, ask)?;
    Ok(out)
}

/// Likeness of the articles of two claims in percent; 100 within one.
pub fn story(facts: &Facts, a: &Fact, b: &Fact) -> u32 {
    if a.reading == b.reading {
        return 100;
    }
    let (one, other) = (&facts.stories[a.reading as usize], &facts.stories[b.reading as usize]);
    one.likeness(other)
}

fn note(out: &mut Alignment, facts: &Facts, slot: &'static str, fit: Fit, a: &Role, b: &Role) {
    match fit {
        Fit::Name => {
            let named = [a, b].iter().any(|r| r.being.is_some_and(|x| facts.who.list[x as usize].is_named()));
            if named {
                out.names += 1
            } else {
                out.heads += 1
            }
            out.evidence.push(Evidence::at(slot, 10, a.span, b.span));
        }
        Fit::Head(weight) => {
            out.heads += 1;
            out.evidence.push(Evidence::at(slot, weight, a.span, b.span));
        }
        Fit::Kind(_) => {
            out.heads += 1;
            out.evidence.push(Evidence::at("kind-of", 4, a.span, b.span));
        }
        Fit::Open => out.evidence.push(Evidence::at("open-role", 5, a.span, b.span)),
        Fit::Differ(_) => {}
    }
}

/// Subject, object and recipient.
fn core(facts: &Facts, a: &Fact, b: &Fact, ask: Ask, out: &mut Alignment) -> Result<(), &'static str> {
    for (slot, name) in [(Slot::Subject, "same-subject"), (Slot::Object, "same-object"), (Slot::Recipient, "same-recipient")] {
        match (a.role(slot).filter(|r| ask.keeps(0, r)), b.role(slot).filter(|r| ask.keeps(1, r))) {
            (Some(x), Some(y)) => {
                let fit = best(facts, a, b, slot, x, y);
                if let Fit::Differ(why) = fit {
                    if ask.let_differ == Some(slot) && out.clash.is_none() {
                        out.clash = index(a, slot).zip(index(b, slot));
                        continue;
                    }
                    return Err(why);
                }
                note(out, facts, name, fit, x, y);
            }
            (Some(x), None) => out.extra[0] += head_weight(x),
            (None, Some(y)) => out.extra[1] += head_weight(y),
            (None, None) => {}
        }
    }
    Ok(())
}

fn index(fact: &Fact, slot: Slot) -> Option<usize> {
    fact.roles.iter().position(|r| r.slot == slot)
}

/// A verb without object fills both slots with one phrase: it may meet either slot of the other side.
fn best(facts: &Facts, a: &Fact, b: &Fact, slot: Slot, x: &Role, y: &Role) -> Fit {
    let fit = fillers(facts, x, y);
    if !matches!(fit, Fit::Differ(_)) {
        return fit;
    }
    let single = |f: &Fact| match (f.role(Slot::Subject), f.role(Slot::Object)) {
        (Some(s), Some(o)) => s.head == o.head,
        _ => false,
    };
    let crossed = if slot == Slot::Subject { Slot::Object } else { Slot::Subject };
    let retry = match (single(a), single(b)) {
        (true, false) => b.role(crossed).map(|other| fillers(facts, x, other)),
        (false, true) => a.role(crossed).map(|other| fillers(facts, other, y)),
        _ => None,
    };
    match retry {
        Some(Fit::Differ(_)) | None => fit,
        // The phrase was met in the other slot; here nothing stands against it.
        Some(_) => Fit::Open,
    }
}

/// Events whose participants have no order: all of one side's must be among the other's.
fn parties(facts: &Facts, a: &Fact, b: &Fact, out: &mut Alignment) -> Result<(), &'static str> {
    let of = |f: &Fact, beside: &Fact| -> Vec<Role> {
        let with = |r: &&Role| r.slot != Slot::Complement || is_party(facts, r.preposition);
        // "The two delegations" are nobody's but those of "the delegations".
        let met = |r: &&Role| !r.open || beside.roles.iter().any(|other| matches!(fillers(facts, r, other), Fit::Head(_)));
        f.roles.iter().filter(with).filter(met).cloned().collect()
    };
    let (one, other) = (of(a, b), of(b, a));
    let mut met = 0;
    // Each answers one of the other side, so that a party said twice counts alike from either side; names go first.
    let (mut here, mut there) = (vec![false; one.len()], vec![false; other.len()]);
    for by_name in [true, false] {
        for (i, x) in one.iter().enumerate() {
            let meets = |fit: Fit| if by_name { fit == Fit::Name } else { matches!(fit, Fit::Head(_)) };
            let mut free = other.iter().enumerate().filter(|(j, _)| !here[i] && !there[*j]);
            let Some((j, y)) = free.find(|(_, y)| meets(fillers(facts, x, y))) else { continue };
            note(out, facts, "same-party", fillers(facts, x, y), x, y);
            (here[i], there[j]) = (true, true);
            met += 1;
        }
    }
    if met == 0 && !one.is_empty() && !other.is_empty() {
        return Err("different parties");
    }
    if met < one.len() && met < other.len() {
        return Err("parties only overlap");
    }
    out.extra[0] += one.len().saturating_sub(met) as u32 * 4;
    out.extra[1] += other.len().saturating_sub(met) as u32 * 4;
    Ok(())
}

fn is_party(facts: &Facts, preposition: Sym) -> bool {
    facts.lexicon.set("party-prepositions").is_some_and(|set| set.word(preposition).is_some())
}

pub(super) fn is_place(facts: &Facts, preposition: Sym) -> bool {
    facts.lexicon.set("place-prepositions").is_some_and(|set| set.word(preposition).is_some())
}

/// What stands after prepositions: places must agree, the rest counts as more or less detail.
fn complements(facts: &Facts, a: &Fact, b: &Fact, symmetric: bool, ask: Ask, out: &mut Alignment) -> Result<(), &'static str> {
    let skip = |r: &Role| symmetric && is_party(facts, r.preposition);
    let mut used = vec![false; b.roles.len()];
    for (i, x) in a.roles.iter().enumerate().filter(|(_, r)| r.slot == Slot::Complement && !skip(r) && ask.keeps(0, r)) {
        let fits =
            b.roles.iter().enumerate().filter(|(j, y)| !used[*j] && y.slot == Slot::Complement && !skip(y) && ask.keeps(1, y));
        let mut met = None;
        let mut differs = None;
        for (j, y) in fits {
            let alike = x.preposition == y.preposition || (is_place(facts, x.preposition) && is_place(facts, y.preposition));
            match fillers(facts, x, y) {
                fit @ (Fit::Name | Fit::Head(_) | Fit::Kind(_)) if met.is_none() => met = Some((j, fit)),
                Fit::Differ(why) if alike && differs.is_none() => differs = Some((j, why)),
                _ => {}
            }
        }
        if let Some((j, fit)) = met {
            used[j] = true;
            note(out, facts, "same-complement", fit, x, &b.roles[j]);
        } else if let Some((j, why)) = differs {
            if ask.let_differ == Some(Slot::Complement) && out.clash.is_none() && x.preposition == b.roles[j].preposition {
                out.clash = Some((i, j));
                used[j] = true;
                continue;
            }
            let named = [x, &b.roles[j]].iter().all(|r| r.pos == Pos::Propn || r.being.is_some());
            if named || is_place(facts, x.preposition) {
                return Err(if is_place(facts, x.preposition) { "different places" } else { why });
            }
            out.extra[0] += head_weight(x);
        } else {
            out.extra[0] += head_weight(x).div_ceil(2);
        }
    }
    for (j, y) in b.roles.iter().enumerate() {
        if y.slot == Slot::Complement && !used[j] && !skip(y) && ask.keeps(1, y) {
            out.extra[1] += head_weight(y).div_ceil(2);
        }
    }
    Ok(())
}

/// Words of the clause that only one side has, beyond its roles' heads.
fn qualities(facts: &Facts, a: &Fact, b: &Fact, ask: Ask, out: &mut Alignment) {
    let shared = a.shared_weight(b);
    let least = a.weight.min(b.weight).max(1);
    let overlap = (shared * 10 / least).min(10);
    if overlap >= 6 && least >= 12 {
        out.evidence.push(Evidence::of("overlap", overlap));
    }
    let _ = (facts, ask);
}

/// Names of the sentence stand in for participants that the clause leaves out.
fn fill(facts: &Facts, a: &Fact, b: &Fact, out: &mut Alignment) {
    let near = |f: &Fact| -> Vec<u32> { f.named.iter().chain(&f.nearby).copied().collect() };
    let (one, other) = (near(a), near(b));
    let shared = one.iter().filter(|x| other.iter().any(|y| same_party(facts, **x, *y))).count() as u32;
    if shared > 0 {
        out.names += shared;
        out.evidence.push(Evidence::of("shared-name", (shared * 5).min(10)));
    }
}

pub(super) fn background(a: &Fact, b: &Fact, ask: Ask, out: &mut Alignment) {
    if a.reading == b.reading {
        out.evidence.push(Evidence::of("same-article", 10));
    } else if out.story >= 12 {
        out.evidence.push(Evidence::of("same-story", (out.story / 4).min(10)));
    }
    if ask.linked {
        out.evidence.push(Evidence::of("reply", 10));
    }
    if ask.presume {
        out.evidence.push(Evidence::of("one-occasion", 10));
    }
    let missing = out.extra[0].min(20) / 2;
    let surplus = out.extra[1].min(20) / 2;
    for amount in [missing.max(surplus)] {
        if amount > 0 {
            out.evidence.push(Evidence::of("unmatched", amount));
        }
    }
}

/// No evidence, no conflict.
fn enough(facts: &Facts, a: &Fact, b: &Fact, out: &Alignment, ask: Ask) -> Result<(), &'static str> {
    if ask.linked {
        return Ok(());
    }
    // Notes of one trade share its words: "a gain", "a loss" are anybody's unless both articles name who else is in the story.
    let known = || {
        let [one, other] = [a, b].map(|fact| &facts.stories[fact.reading as usize]);
        a.reading == b.reading || one.shared_beings(other) > 0
    };
    let heads_do = ask.presume || out.story >= 30 && known();
    match (out.names, out.heads) {
        (1.., _) => Ok(()),
        (0, 1..) if heads_do => Ok(()),
        (0, 0) if ask.presume => Ok(()),
        (0, 0) => Err("nothing in common but the event"),
        _ => Err("nobody is named and the stories differ"),
    }
}

/// Whether a claim's event has no filler but its subject.
pub fn no_object(fact: &Fact) -> bool {
    fact.roles.iter().all(|role| role.slot == Slot::Subject)
}
