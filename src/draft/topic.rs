//! A topic of two claims: what one says and the other refutes, or what they say side by side.

use super::pair::{Pair, Shape};
use super::proof::Met;
use super::sheet::{Body, Sheet};
use super::words::{self, Words, either, record};
use crate::base::Sym;
use crate::claims::Stance;
use crate::conflicts::{Fact, Role, Slot, survey};
use crate::lexical::{self, Class};
use crate::lexicon::Phrases;
use crate::rules::Strength;
use crate::rules::schema::{ClashSpec, PositionSpec, Says, TopicSpec};
use crate::text::Pos;

/// Longest label, in characters.
const LABEL: usize = 90;
/// Words of opposite meaning that a second position is made of.
const OPPOSITES: usize = 4;

/// What the patterns of a position are chosen from, and the claims that they must meet.
pub struct Wanted {
    /// Candidates, the best first.
    pub candidates: Vec<Says>,
    /// Article and claim.
    pub claim: (usize, usize),
    /// With which sign.
    pub sign: bool,
}

/// What both sides of a pair could be put as.
pub fn wanted(words: Words, pair: &Pair) -> [Wanted; 2] {
    let side = |at: usize| {
        let fact = &words.facts.list[pair.sides[at]];
        let mut anchors: Vec<&Role> = pair.common.iter().map(|(i, j)| &fact.roles[if at == 0 { *i } else { *j }]).collect();
        let other = &words.facts.list[pair.sides[1 - at]];
        anchors.extend(super::pair::carried(words.facts, other, fact));
        if anchors.is_empty() {
            anchors.extend(fact.role(Slot::Object).or(fact.role(Slot::Subject)));
        }
        Wanted {
            candidates: words.patterns(fact, &anchors),
            claim: (fact.reading as usize, fact.claim as usize),
            sign: at == 0 || pair.shape != Shape::Denial,
        }
    };
    [side(0), side(1)]
}

/// The first candidate that meets the claim as wanted and, for rivals, does not assert the other one too.
pub fn chosen(wanted: &Wanted, met: &[Vec<Met>], apart: Option<(usize, usize)>) -> Option<Says> {
    let fits = |met: &[Met]| {
        let own = met.iter().any(|m| (m.reading, m.claim) == wanted.claim && m.sign == Some(wanted.sign));
        own && !met.iter().any(|m| Some((m.reading, m.claim)) == apart && m.sign == Some(true))
    };
    let at = met.iter().position(|met| fits(met))?;
    wanted.candidates.get(at).cloned()
}

/// The topic of a pair whose patterns are chosen. `opposites` says whether a denial is given words of opposite meaning, which no example
/// has.
pub fn sheet(words: Words, pair: &Pair, says: [Says; 2], opposites: bool) -> Sheet {
    let [a, b] = pair.sides.map(|at| &words.facts.list[at]);
    if pair.shape == Shape::Denial { denial(words, pair, [a, b], says, opposites) } else { rivals(words, pair, [a, b], says) }
}

fn denial(words: Words, pair: &Pair, [a, b]: [&Fact; 2], says: [Says; 2], opposites: bool) -> Sheet {
    let labels = [label(words, a), label(words, b)];
    let id = position_id(words, a);
    let [one, two] = says;
    let own = joined(one.clone(), two);
    let anchor = anchor(pair, a);
    let (opposite, complementary, found) = if opposites { opposed(words, a, &one) } else { Default::default() };
    let denied = if opposite.is_empty() { format!("not:{id}") } else { format!("not-{id}") };
    let mut positions = vec![position(&id, &labels[0], own)];
    let mut notes = Vec::new();
    if !opposite.is_empty() {
        positions[0].denied_as = Some(denied.clone());
        let mut second = position(&denied, &labels[1], opposite);
        second.denied_as = complementary.then(|| id.clone());
        positions.push(second);
        notes.push(format!(
            "The patterns of `{denied}` are a proposal ({found}): no example says it in these words. Keep those that mean it."
        ));
    } else {
        notes.push(format!("`{denied}` is the denial of `{id}`. Where sources say it without a negation, add a position with patterns for that and name it in `denied_as`."));
    }
    let subject = anchor.map_or_else(String::new, |role| words::slug(role.lemma.as_str()) + "-");
    topic(format!("{subject}{id}"), format!("Whether {}", labels[0]), positions, [id, denied], notes)
}

/// What both sides share, to name the topic by.
fn anchor<'a>(pair: &Pair, a: &'a Fact) -> Option<&'a Role> {
    pair.common.iter().map(|(i, _)| &a.roles[*i]).find(|role| role.pos != Pos::Pron)
}

/// Both patterns, or the wider one where it says all that the other does.
fn joined(one: Says, two: Says) -> Vec<Says> {
    let wider = |wide: &Says, narrow: &Says| match (wide, narrow) {
        (Says::Event(wide), Says::Event(narrow)) => wide.parts().all(|part| narrow.parts().any(|other| other == part)),
        _ => wide == narrow,
    };
    if wider(&one, &two) {
        vec![one]
    } else if wider(&two, &one) {
        vec![two]
    } else {
        vec![one, two]
    }
}

fn rivals(words: Words, pair: &Pair, facts: [&Fact; 2], says: [Says; 2]) -> Sheet {
    let labels = facts.map(|fact| label(words, fact));
    let mut ids = facts.map(|fact| position_id(words, fact));
    if ids[0] == ids[1] {
        ids[1].push_str("-2");
    }
    let [one, two] = says;
    let mut positions = vec![position(&ids[0], &labels[0], vec![one]), position(&ids[1], &labels[1], vec![two])];
    let lemmas = facts.map(|fact| fact.event.map(|e| e.lemma).unwrap_or_default());
    let mut notes = Vec::new();
    let forms = facts.map(|fact| {
        let tokens = &words.facts.document(fact).tokens;
        fact.event.and_then(|event| tokens.get(event.token as usize)).map(|token| token.form).unwrap_or_default()
    });
    // "Closed" is the opposite of "open" as a state, "close" as what happens.
    let pairs = [lemmas, forms, [lemmas[0], forms[1]], [forms[0], lemmas[1]]];
    if pairs.iter().any(|[one, other]| crate::conflicts::opposites(words.facts, *one, *other) == Some(true)) {
        positions[0].denied_as = Some(ids[1].clone());
        positions[1].denied_as = Some(ids[0].clone());
    } else {
        notes.push(
            "Neither position is taken for the other's denial. Where \"not the one\" means the other, add `denied_as`."
                .to_owned(),
        );
    }
    let anchor = anchor(pair, facts[0]);
    let subject = anchor.map_or_else(String::new, |role| words::slug(role.lemma.as_str()) + "-");
    let title = format!("Whether {} or {}", labels[0], labels[1]);
    let id = format!("{subject}{}-or-{}", ids[0], ids[1]);
    topic(id, title, positions, ids, notes)
}

fn topic(id: String, title: String, positions: Vec<PositionSpec>, between: [String; 2], notes: Vec<String>) -> Sheet {
    let topic = TopicSpec {
        id,
        title,
        key: Vec::new(),
        changes: false,
        positions,
        about: None,
        conflicts: vec![ClashSpec { between, strength: Strength::Contradiction }],
        tests: None,
    };
    Sheet { notes, body: Body::Topic(Box::new(topic)) }
}

fn position(id: &str, label: &str, says: Vec<Says>) -> PositionSpec {
    PositionSpec { id: id.to_owned(), label: label.to_owned(), says, unless: Vec::new(), denied_as: None }
}

/// The claim in its own words, or in the words of its event where those are many.
pub fn label(words: Words, fact: &Fact) -> String {
    let (said, finite) = words::label(words.facts, fact);
    let claim = words.facts.claim(fact);
    // A cue denies it: the content itself is put as if it were so.
    let denied = survey::sign(fact) == Some(false) && matches!(claim.own, Stance::Asserted(_));
    let said = match (denied, finite) {
        (true, true) => format!("it is not so that {said}"),
        (true, false) => format!("denied: {said}"),
        (false, _) => said,
    };
    if said.is_empty() {
        let roles = fact.roles.iter().map(|role| role.lemma.as_str());
        let event = fact.event.map_or("", |event| event.lemma.as_str());
        return std::iter::once(event).chain(roles).collect::<Vec<_>>().join(" ");
    }
    cut(&said, LABEL)
}

/// At most so many characters, whole words, with a mark where something was left out.
pub fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most).collect();
    format!("{}…", kept.rsplit_once(' ').map_or(kept.as_str(), |(kept, _)| kept).trim_end_matches([',', ';', ':']))
}

/// The predicate with what belongs to it: `reopen`, `under-way`, `talk`.
fn position_id(words: Words, fact: &Fact) -> String {
    let event = words.facts.claim(fact).event.as_ref().map(|event| event.lemma).or(fact.event.map(|event| event.lemma));
    let support = fact.event.and_then(|event| event.support.map(|_| event.lemma));
    let lemma = support.or(event).unwrap_or_default();
    let case = words.case(fact).map_or_else(String::new, |case| format!("{} ", case.as_str()));
    words::slug(&format!("{case}{}", lemma.as_str()))
}

/// Patterns for the opposite of what a pattern says, whether the pair leaves no third, and where the words come from.
fn opposed(words: Words, fact: &Fact, says: &Says) -> (Vec<Says>, bool, &'static str) {
    let Some(event) = fact.event else { return (Vec::new(), false, "") };
    let happens = event.class == Class::Noun && lexical::verbs_of(event.lemma.as_str()).next().is_some();
    if let Says::Event(spec) = says
        && !happens
    {
        let (list, complementary) = antonyms(words, event.lemma, event.class);
        if !list.is_empty() {
            let list: Vec<&str> = list.iter().map(String::as_str).collect();
            let mut other = spec.clone();
            other.event = Some(either(&list));
            return (vec![Says::Event(other)], complementary, "words of opposite meaning");
        }
    }
    let verb = event.lemma.as_str();
    let noun = match event.class {
        Class::Noun => happens.then(|| words.widened(event.lemma, Class::Noun)),
        _ => happening(verb),
    };
    let stoppers = words.facts.lexicon.set("stoppers").map(listed).unwrap_or_default();
    let Some(noun) = noun.filter(|noun| !noun.is_empty() && !stoppers.is_empty()) else { return (Vec::new(), false, "") };
    let stoppers = either(&stoppers.iter().map(String::as_str).collect::<Vec<_>>());
    (vec![record(&stoppers, &[("object".into(), noun)])], false, "words for bringing such a thing to an end")
}

/// The phrases of a set, sorted.
fn listed(set: &Phrases<()>) -> Vec<String> {
    let mut all: Vec<String> = set.phrases().map(|(phrase, ())| phrase).collect();
    all.sort_unstable();
    all
}

/// The noun that names what a verb tells of: "reopen" → "reopening", never who does it.
fn happening(verb: &str) -> Option<String> {
    let own = lexical::known(verb, Class::Noun).then_some(verb);
    let all = lexical::nouns_of(verb).iter().copied().chain(own);
    let kind_of = |noun: &str, wide: &str| lexical::is_a(noun, wide, Class::Noun).is_some();
    let mut found: Vec<&str> = all
        .filter(|noun| !kind_of(noun, "person") && ["act", "event", "activity"].iter().any(|wide| kind_of(noun, wide)))
        .collect();
    found.sort_by_key(|noun| (*noun == verb, lexical::rarity(noun), noun.len()));
    found.first().map(|noun| (*noun).to_owned())
}

/// Words of opposite meaning, and whether the first of them leaves no third possibility.
fn antonyms(words: Words, lemma: Sym, class: Class) -> (Vec<String>, bool) {
    let lexicon = words.facts.lexicon;
    let mut own: Vec<(String, bool)> =
        lexicon.opposites.get(&lemma).into_iter().flatten().map(|(word, all)| (word.as_str().to_owned(), *all)).collect();
    own.sort_by(|a, b| (!a.1, &a.0).cmp(&(!b.1, &b.0)));
    let complementary = own.first().is_some_and(|(_, all)| *all);
    let listed = lexical::opposites(lemma.as_str()).iter().map(|word| ((*word).to_owned(), false));
    let mut all: Vec<String> = Vec::new();
    for (word, _) in own.into_iter().chain(listed) {
        if !all.contains(&word) && lexical::known(&word, class) && word.chars().all(|c| c.is_alphanumeric() || c == ' ') {
            all.push(word);
        }
    }
    all.truncate(OPPOSITES);
    (all, complementary)
}
