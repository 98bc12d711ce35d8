//! Who is the one of something: the holder of an office, the author of a book, the capital of a state. And who did what to whom, told
//! the other way round.

use super::side::{Side, meets};
use super::{Finding, Pair};
use crate::base::Sym;
use crate::text::{Pos, Rel};

/// An office or relation that one alone has to a body or work.
#[derive(Clone, Debug)]
struct Held {
    office: Sym,
    body: (usize, usize),
    holder: (usize, usize),
    /// Told as a deed, which others may have done too.
    deed: bool,
}

/// Sets holders of one office against each other.
pub fn find(pair: &Pair, out: &mut Vec<Finding>) {
    let (ours, theirs) = (held(pair.claim), held(pair.passage));
    for one in &ours {
        let family = |x: Sym, y: Sym| x == y || pair.claim.facts.lexicon.same_family(x, y);
        let same = |other: &&Held| family(one.office, other.office) && named_alike(pair, one.body, other.body);
        let Some(other) = theirs.iter().find(same) else { continue };
        if theirs.iter().filter(same).any(|other| share(pair, one.holder, other.holder)) {
            continue;
        }
        let anywhere = |side: &Side| (0, side.tokens.len() - 1);
        let joint = one.deed && share(pair, anywhere(pair.claim), other.holder)
            || other.deed && share(pair, one.holder, anywhere(pair.passage));
        if joint
            || one.deed && share(pair, one.holder, anywhere(pair.passage))
            || other.deed && share(pair, anywhere(pair.claim), other.holder)
        {
            continue;
        }
        let denied = |side: &Side, (first, last): (usize, usize)| (first..=last).any(|t| side.denied[t]);
        if denied(pair.claim, one.holder)
            || denied(pair.passage, other.holder)
            || denied(pair.claim, one.body)
            || denied(pair.passage, other.body)
        {
            continue;
        }
        out.push(Finding {
            firm: true,
            kind: "role",
            why: "two holders of one office",
            part: "holder",
            amount: 10,
            because: pair.because(one.holder, other.holder, "holder"),
        });
    }
}

/// "A member of the guild, Lena Orsin" against "Ada Kell is a member of the guild", where that sentence names Ada Kell as something else.
pub fn many(pair: &Pair, out: &mut Vec<Finding>) {
    let (claim, passage) = (pair.claim, pair.passage);
    for x in (0..claim.tokens.len()).filter(|t| claim.tokens[*t].pos == Pos::Noun && claim.weight(*t) > 0 && !claim.denied[*t]) {
        let Some((holder, body)) = of_noun(claim, x, x) else { continue };
        let held = |y: usize| {
            let alike = passage.tokens[y].pos == Pos::Noun && meets(claim, x, passage, y) >= 8;
            let (other, of) = alike.then(|| of_noun(passage, y, y))??;
            share(pair, body, of).then_some((y, other))
        };
        let all: Vec<(usize, Name)> = (0..passage.tokens.len()).filter_map(held).collect();
        let Some((y, other)) = all.first().copied().filter(|_| all.iter().all(|(_, other)| !share(pair, holder, *other))) else {
            continue;
        };
        if !passage.denied[y] && share(pair, holder, (passage.sentence(y).start, passage.sentence(y).end - 1)) {
            out.push(Finding {
                firm: true,
                kind: "role",
                why: "another one is said to be it",
                part: "holder-of-many",
                amount: 10,
                because: pair.because(holder, other, "holder"),
            });
        }
    }
}

/// Whether two names have a word in common.
pub fn share(pair: &Pair, one: (usize, usize), other: (usize, usize)) -> bool {
    (one.0..=one.1).any(|x| pair.claim.is_name(x) && (other.0..=other.1).any(|y| meets(pair.claim, x, pair.passage, y) >= 8))
}

/// Whether every word of one name stands in the other: "The Salt Road" is no "Glass Road".
fn named_alike(pair: &Pair, one: Name, other: Name) -> bool {
    let (claim, passage) = (pair.claim, pair.passage);
    let telling = |side: &Side, (first, last): Name| -> Vec<usize> { (first..=last).filter(|t| side.weight(*t) > 0).collect() };
    let (xs, ys) = (telling(claim, one), telling(passage, other));
    let met = |x: &usize, y: &usize| meets(claim, *x, passage, *y) >= 8;
    let within = xs.iter().all(|x| ys.iter().any(|y| met(x, y))) || ys.iter().all(|y| xs.iter().any(|x| met(x, y)));
    !xs.is_empty() && !ys.is_empty() && within
}

fn held(side: &Side) -> Vec<Held> {
    let mut out = Vec::new();
    for sentence in side.sentences.clone() {
        let mut at = sentence.start;
        while at < sentence.end {
            let Some(last) = relation(side, at, sentence.end) else {
                at += 1;
                continue;
            };
            let words: Vec<&str> = side.tokens[at..=last].iter().map(|t| t.lemma.as_str()).collect();
            let office = Sym::new(super::rivals::one_filler(side, last).unwrap_or(&words.join(" ")));
            if let Some((body, end, start)) = body(side, &sentence, at, last) {
                if let Some(holder) = holder(side, &sentence, start, end) {
                    out.push(Held { office, body, holder, deed: false });
                }
            }
            at = last + 1;
        }
    }
    // "X was written by Y" says who the author of X is.
    for (verb, doer, work) in deeds(side) {
        if let Some(office) = super::rivals::one_filler(side, verb) {
            out.push(Held { office: Sym::new(office), body: work, holder: doer, deed: true });
        }
    }
    out
}

type Name = (usize, usize);

/// Last word of the office or relation that starts at a word.
fn relation(side: &Side, at: usize, end: usize) -> Option<usize> {
    let title = side.facts.lexicon.titles.longest_at(side.tokens, at).filter(|(n, single)| **single && at + n <= end);
    title.map(|(n, _)| at + n - 1).or_else(|| side.is("relation nouns", at).then_some(at))
}

/// Who stands in the relation that a noun names, and to whom: "A is the owner of B", "B's owner is A".
pub fn of_noun(side: &Side, first: usize, last: usize) -> Option<(Name, Name)> {
    let sentence = side.sentence(first);
    let (body, end, start) = body(side, &sentence, first, last)?;
    Some((holder(side, &sentence, start, end)?, body))
}

/// "of Acme" behind the office or "Acme's" before it, with the last and first word of the whole.
fn body(side: &Side, sentence: &std::ops::Range<usize>, first: usize, last: usize) -> Option<(Name, usize, usize)> {
    let form = |at: usize| if sentence.contains(&at) { side.tokens[at].form.as_str() } else { "" };
    if matches!(form(last + 1), "of" | "at" | "for") {
        let mut name = last + 2;
        while matches!(form(name), "the" | "\"" | "“" | "``" | "film" | "novel" | "book" | "song") {
            name += 1;
        }
        // "Of the Belmoran forestry company, Karst Group".
        let known = |t: usize| sentence.contains(&t) && side.is_name(t);
        let noun = |t: usize| sentence.contains(&t) && !side.is_name(t) && matches!(side.tokens[t].pos, Pos::Noun | Pos::Adj);
        let mut apposed = name + usize::from(known(name) && noun(name + 1));
        while noun(apposed) {
            apposed += 1;
        }
        apposed += usize::from(form(apposed) == ",");
        if apposed > name + 1 && known(apposed) && side.tokens[apposed - 1].pos != Pos::Adj {
            let body = side.name(apposed);
            return Some((body, body.1, first));
        }
        if sentence.contains(&name) && side.is_name(name) {
            let body = side.name(name);
            return Some((body, body.1, first));
        }
        // "The author of the plan": one that is known without a name.
        let noun = |at: &usize| sentence.contains(at) && side.tokens[*at].pos == Pos::Noun;
        if form(name - 1) == "the" {
            let last = (name..sentence.end).take_while(noun).last()?;
            return Some(((name, last), last, first));
        }
    }
    if first >= sentence.start + 2 && form(first - 1) == "'s" && side.is_name(first - 2) {
        let body = side.name(first - 2);
        return Some((body, last, body.0));
    }
    None
}

/// The name on the other side of a copula or a comma.
fn holder(side: &Side, sentence: &std::ops::Range<usize>, first: usize, last: usize) -> Option<Name> {
    let form = |at: usize| if sentence.contains(&at) { side.tokens[at].form.as_str() } else { "" };
    let copula = |at: usize| matches!(form(at), "is" | "was" | "are" | "were");
    // A year or kind may stand in parentheses or between commas behind the body.
    let verb = (last + 1..sentence.end.min(last + 10)).find(|t| copula(*t));
    if let Some(verb) = verb {
        let mut at = verb + 1;
        while sentence.contains(&at)
            && matches!(side.tokens[at].pos, Pos::Adv | Pos::Adj | Pos::Det | Pos::Noun)
            && !side.is_name(at)
        {
            at += 1;
        }
        if sentence.contains(&at) && side.is_name(at) {
            return Some(together(side, sentence, at));
        }
    }
    let mut before = first.checked_sub(1)?;
    while matches!(form(before), "the" | "a" | "an" | "new" | "current") || side.tokens[before].pos == Pos::Adv {
        before = before.checked_sub(1)?;
    }
    if (copula(before) || form(before) == ",") && before > sentence.start && side.is_name(before - 1) {
        return Some(side.name(before - 1));
    }
    apposed(side, sentence, last)
}

/// The name behind a whole: "Kell's predecessor, the late Jon Marsh", "a member of the guild, Lena Orsin".
fn apposed(side: &Side, sentence: &std::ops::Range<usize>, last: usize) -> Option<Name> {
    let form = |at: usize| if sentence.contains(&at) { side.tokens[at].form.as_str() } else { "" };
    // "Of the Tarn Guild (TG), Lena Orsin".
    let last = if form(last + 1) == "(" && form(last + 3) == ")" { last + 3 } else { last };
    let comma = form(last + 1) == ",";
    let start = last + 1 + usize::from(comma);
    let small = |t: &usize| form(*t) == "the" || side.tokens[*t].pos == Pos::Adj && !side.is_name(*t);
    let at = (start..sentence.end).find(|t| !small(t))?;
    // "Its parent Karst": a name right behind the noun; a name right behind a name is one with it; "a Velm firm" is no name.
    let named = side.is_name(at) && (comma || !side.is_name(last)) && !(at > start && !comma);
    let (first, end) = named.then(|| side.name(at))?;
    let more = sentence.contains(&(end + 1)) && side.tokens[end + 1].pos == Pos::Noun;
    (!more).then_some((first, end))
}

/// A name with those that "and" and commas add to it.
fn together(side: &Side, sentence: &std::ops::Range<usize>, at: usize) -> Name {
    let (first, mut last) = side.name(at);
    loop {
        let mut next = last + 1;
        while sentence.contains(&next) && matches!(side.tokens[next].form.as_str(), "," | "and" | "&") {
            next += 1;
        }
        if next == last + 1 || !sentence.contains(&next) || !side.is_name(next) {
            return (first, last);
        }
        last = side.name(next).1;
    }
}

/// "A defeated B" against "B defeated A".
pub fn swapped(pair: &Pair, out: &mut Vec<Finding>) {
    for (verb, agent, patient) in deeds(pair.claim) {
        if pair.claim.denied[verb] {
            continue;
        }
        for (other, by, to) in deeds(pair.passage) {
            let alike = meets(pair.claim, verb, pair.passage, other) >= 8 && !pair.passage.denied[other];
            let symmetric = pair.claim.facts.lexicon.symmetric.word(pair.claim.tokens[verb].lemma).is_some();
            if alike && !symmetric && share(pair, agent, to) && share(pair, patient, by) && !share(pair, agent, by) {
                out.push(Finding {
                    firm: true,
                    kind: "role",
                    why: "the two have changed places",
                    part: "swapped",
                    amount: 10,
                    because: pair.because(agent, by, "holder"),
                });
            }
        }
    }
}

/// Verbs with a named doer and a named object.
fn deeds(side: &Side) -> Vec<(usize, Name, Name)> {
    let verbs = (0..side.tokens.len()).filter(|t| side.tokens[*t].pos == Pos::Verb);
    let named = |verb: usize, rels: &[Rel]| {
        side.kids(verb).find(|k| rels.contains(&side.tokens[*k].rel) && side.is_name(*k)).map(|k| side.name(k))
    };
    verbs
        .filter_map(|verb| {
            let active = Some((named(verb, &[Rel::Nsubj])?, named(verb, &[Rel::Obj])?));
            active.map(|(a, p)| (verb, a, p))
        })
        .chain(
            (0..side.tokens.len())
                .filter(|t| side.tokens[*t].pos == Pos::Verb)
                .filter_map(|verb| Some((verb, named(verb, &[Rel::OblAgent])?, named(verb, &[Rel::NsubjPass])?))),
        )
        .collect()
}
