//! What several detectors need: opposed voices, index keys of an event with its participants, spans of predicates.

use super::{Context, Key, Pole};
use crate::base::{Span, Sym};
use crate::claims::{Effect, EntityKind, Form, Grain, Level, Stance};
use crate::conflicts::Because;
use crate::conflicts::align::{self, Fit};
use crate::conflicts::facts::{Fact, Happening, Role, Slot, Voice};
use crate::conflicts::gates::{self, Gate, Stop};
use crate::conflicts::relation::one_speaker;
use crate::lexical::{self, Class};
use crate::lexicon::Lexicon;
use crate::text::{Pos, Rel, Tag, Token};
use rustc_hash::FxHasher;
use std::hash::{Hash, Hasher};

/// A hash for the index: never shown, never sorted by.
pub fn hash(parts: impl Hash) -> u64 {
    let mut hasher = FxHasher::default();
    parts.hash(&mut hasher);
    hasher.finish()
}

/// Which voices of two claims hold opposite stances: the surest pair, named speakers before the publisher.
///
/// `want` says whether the pair must be of opposite polarity (`true`) or of equal polarity.
pub fn voices(a: &Fact, b: &Fact, want: impl Fn(&Voice, &Voice) -> bool) -> Option<[usize; 2]> {
    let level = |v: &Voice| match (v.stance, v.withholds) {
        (Stance::Asserted(level) | Stance::Refuted(level), _) => level as u32,
        (Stance::None, true) => Level::Certain as u32,
        (Stance::None, false) => 0,
    };
    let mut best: Option<((u32, u32, u32), [usize; 2])> = None;
    for (i, x) in a.voices.iter().enumerate() {
        for (j, y) in b.voices.iter().enumerate() {
            if !want(x, y) {
                continue;
            }
            let named = u32::from(!x.is_publisher()) + u32::from(!y.is_publisher());
            let first_hand = 2 - u32::from(x.via) - u32::from(y.via);
            let rank = (level(x).min(level(y)), named, first_hand);
            if best.is_none_or(|(old, _)| rank > old) {
                best = Some((rank, [i, j]));
            }
        }
    }
    best.map(|(_, pair)| pair)
}

/// One asserts what the other refutes.
pub fn opposite(x: &Voice, y: &Voice) -> bool {
    matches!((x.stance, y.stance), (Stance::Asserted(_), Stance::Refuted(_)) | (Stance::Refuted(_), Stance::Asserted(_)))
}

/// Both assert.
pub fn both_assert(x: &Voice, y: &Voice) -> bool {
    matches!((x.stance, y.stance), (Stance::Asserted(_), Stance::Asserted(_)))
}

/// Both refute.
pub fn both_refute(x: &Voice, y: &Voice) -> bool {
    matches!((x.stance, y.stance), (Stance::Refuted(_), Stance::Refuted(_)))
}

/// Whether any voice is committed at all.
///
/// # Errors
/// The gate `no-stance`.
pub fn committed(fact: &Fact) -> Result<(), Stop> {
    let some = fact.voices.iter().any(|v| v.stance != Stance::None);
    if some { Ok(()) } else { Err(Stop::at(Gate::NoStance, "nobody is committed to it")) }
}

/// The event of a claim.
///
/// # Errors
/// The gate `not-a-claim`.
pub fn event<'a>(cx: &Context, fact: &'a Fact) -> Result<&'a Happening, Stop> {
    let event = fact.event.as_ref().ok_or(Stop::at(Gate::NotAClaim, "it has no predicate of its own"))?;
    let name = cx
        .facts
        .document(fact)
        .tokens
        .get(event.token as usize)
        .is_some_and(|t| matches!(t.pos, Pos::Propn | Pos::Num | Pos::Pron));
    if name {
        return Err(Stop::at(Gate::NotAClaim, "a name is no event"));
    }
    if frames(cx, fact, event) {
        return Err(Stop::at(Gate::NotAClaim, "it tells how somebody was heard, not what happened"));
    }
    if !cx.options.presume && awaited(cx, fact, event) {
        return Err(Stop::at(Gate::NotAClaim, "what is said or expected stands in a claim of its own"));
    }
    // "Investors", "a lack of doctors": nobody says of them that they are something.
    let person = |word: Sym| lexical::is_a(word.as_str(), "person", Class::Noun).is_some();
    let predicated = cx.facts.claim(fact).form == Form::Clause && fact.role(Slot::Subject).is_some();
    if event.class == Class::Noun && !predicated && person(event.lemma) {
        return Err(Stop::at(Gate::NotAClaim, "a person is no event"));
    }
    Ok(event)
}

/// "Is expected to", "is said to": the infinitive behind it is what the claim is about.
fn awaited(cx: &Context, fact: &Fact, event: &Happening) -> bool {
    let tokens = &cx.facts.document(fact).tokens;
    let own = tokens.get(event.token as usize);
    // "It is unlikely": how sure somebody is of what is told elsewhere.
    if own.is_some_and(|t| t.pos == Pos::Adj && cx.facts.lexicon.hedges.word(t.form).is_some()) {
        return true;
    }
    // "The reported fraud".
    if own.is_some_and(|t| t.tag == Tag::Vbn && t.rel == Rel::Amod) {
        return true;
    }
    let last = cx.facts.claim(fact).tokens.iter().max().and_then(|at| tokens.get(*at as usize));
    let cut = last.is_some_and(|t| t.tag == Tag::To);
    let infinitive = |t: &Token| cut || t.head == event.token && t.rel == Rel::Xcomp && t.tag == Tag::Vb;
    own.is_some_and(|t| t.tag == Tag::Vbn)
        && cx.facts.lexicon.cues.word(event.lemma).is_some()
        && tokens.iter().skip(event.token as usize).take(12).any(infinitive)
}

/// "Reached by telephone, the envoy …", "speaking to reporters": the day of the newsroom, not of the news.
fn frames(cx: &Context, fact: &Fact, event: &Happening) -> bool {
    let has = |set: &str, word: Sym| cx.facts.lexicon.set(set).is_some_and(|s| s.word(word).is_some());
    let person = |being: u32| cx.facts.who.list[being as usize].kind == EntityKind::Person;
    let reached = has("newsroom-verbs", event.lemma)
        && (fact.complements().any(|role| has("newsroom-means", role.lemma))
            || fact.role(Slot::Subject).is_none() && fact.role(Slot::Object).and_then(|role| role.being).is_some_and(person));
    let token = cx.facts.document(fact).tokens.get(event.token as usize);
    let aside = token.is_some_and(|t| t.tag == Tag::Vbg && matches!(t.rel, Rel::Advcl | Rel::Acl));
    reached || aside && has("speaking-verbs", event.lemma)
}

/// Whether both claims are of one article and only its own voice speaks in both: an account does not contradict itself by tense and detail.
pub fn one_account(cx: &Context, a: &Fact, b: &Fact) -> bool {
    a.reading == b.reading
        && (cx.facts.claim(a).sentence == cx.facts.claim(b).sentence || (a.voices.len() == 1 && b.voices.len() == 1))
}

/// Whether what is denied is only that somebody helped, and the other side tells of the thing itself.
pub fn of_help(denial: &Fact, told: &Fact) -> bool {
    denial.helped && !told.helped
}

/// Whether one voice of one article says both: what changes in the course of an account is told one after the other.
pub fn one_teller(cx: &Context, [a, b]: [&Fact; 2], voices: [usize; 2]) -> bool {
    let said = || a.voices.get(voices[0]).zip(b.voices.get(voices[1]));
    let one_source = || {
        let first = |fact: &Fact| fact.voices.first().and_then(|voice| voice.being);
        cx.facts.claim(a).sentence == cx.facts.claim(b).sentence && first(a).is_some() && first(a) == first(b)
    };
    let one = || said().is_some_and(|(x, y)| one_speaker(cx, a, x, b, y) == Some(true)) || one_source();
    !cx.options.presume && a.reading == b.reading && one()
}

/// "The documentary category", "the dramatic category": one word said of two sorts.
pub fn of_two_sorts(cx: &Context, a: &Fact, b: &Fact) -> bool {
    let sorts = |role: &Role| -> Vec<Sym> {
        role.modifiers.iter().filter(|(_, pos)| matches!(pos, Pos::Noun | Pos::Adj)).map(|(word, _)| *word).collect()
    };
    let apart = |x: &Role, y: &Role| {
        let (one, other) = (sorts(x), sorts(y));
        let only = |these: &[Sym], those: &[Sym]| these.iter().any(|word| !those.contains(word));
        x.slot == y.slot && x.lemma == y.lemma && only(&one, &other) && only(&other, &one)
    };
    !cx.options.presume && a.roles.iter().any(|x| b.roles.iter().any(|y| apart(x, y)))
}

/// Concepts under which an event can meet others: its lemma, its families, what it is derived from, its frequent senses.
pub fn concepts(lexicon: &Lexicon, event: &Happening) -> Vec<u64> {
    let word = event.lemma;
    let mut out = vec![hash(("lemma", word))];
    out.extend(lexicon.families.get(&word).into_iter().flatten().map(|family| hash(("family", family))));
    let text = word.as_str();
    match event.class {
        Class::Noun => out.extend(lexical::verbs_of(text).take(3).map(|verb| hash(("lemma", Sym::new(verb))))),
        class => out.extend(lexical::senses(text, class, 3).iter().map(|sense| hash(("sense", class as u8, sense)))),
    }
    out
}

/// What a claim shares with others of its story: its named participants, and under heads alone the main words of its article.
pub fn anchors(cx: &Context, fact: &Fact, out: &mut Vec<u64>) {
    out.clear();
    for being in fact.named.iter().chain(&fact.nearby) {
        let party = cx.facts.who.party(*being);
        out.push(hash(("being", being)));
        if party != *being {
            out.push(hash(("being", party)));
        }
    }
    out.extend(cx.facts.stories[fact.reading as usize].anchors().map(|word| hash(("story", word))));
    if cx.options.presume {
        out.push(hash("presume"));
    }
    out.sort_unstable();
    out.dedup();
}

/// Keys of an event with everything that anchors it.
pub fn event_keys(cx: &Context, rule: usize, fact: &Fact, pole: Pole, out: &mut Vec<Key>) {
    let Some(event) = &fact.event else { return };
    let mut ties = Vec::new();
    anchors(cx, fact, &mut ties);
    cross(rule, cx.facts.concepts(event), &ties, pole, out);
}

/// Sentences of one speaker this near each other set things in contrast: "I do not work for him. I work for you."
const BREATH: u32 = 2;

/// Whether one speaker says both in one breath.
pub fn one_breath(cx: &Context, [a, b]: [&Fact; 2], voices: [usize; 2]) -> bool {
    let [one, other] = [cx.facts.claim(a).sentence, cx.facts.claim(b).sentence];
    let speaker = |fact: &Fact, at: usize| fact.voices.get(at).and_then(|voice| voice.being);
    let same = speaker(a, voices[0]).is_some_and(|being| Some(being) == speaker(b, voices[1]));
    !cx.options.presume && a.reading == b.reading && one.abs_diff(other) <= BREATH && same
}

/// Every concept with every anchor.
pub fn cross(rule: usize, concepts: &[u64], anchors: &[u64], pole: Pole, out: &mut Vec<Key>) {
    for concept in concepts {
        out.extend(anchors.iter().map(|anchor| Key { hash: hash((rule, concept, anchor)), pole }));
    }
}

/// Whether a denial is only of another year or longer stretch than the other claim tells of, or of one of which that says nothing: "it did
/// not play after 1995".
pub fn other_time(cx: &Context, denial: &Fact, claim: &Fact) -> bool {
    let Some(denied) = cx.facts.claim(denial).time.filter(|time| time.grain >= Grain::Year) else { return false };
    cx.facts.claim(claim).time.is_none_or(|told| told.end < denied.start || denied.end < told.start)
}

/// Whether one side names years that the other does not, where nothing else says when: "in 1997 they lost", "they have won of late".
pub fn other_year(cx: &Context, a: &Fact, b: &Fact) -> bool {
    let undated = [a, b].iter().all(|fact| fact.published.is_none());
    let dated = |fact: &Fact| cx.facts.claim(fact).time.filter(|time| time.grain >= Grain::Year).map(|time| time.end);
    let year = |fact: &Fact| dated(fact).or_else(|| past_year(cx, fact)).map(|day| day.year());
    !cx.options.presume && undated && year(a) != year(b)
}

/// Days before its article from which what a claim dates is history, and no longer the news of the day.
const HISTORY: i64 = 300;

/// Whether one side tells of long ago ("in 2019 they signed …") and the other of the news, and neither of all time ("never", "ever").
pub fn long_ago(cx: &Context, a: &Fact, b: &Fact) -> bool {
    if cx.options.presume {
        return false;
    }
    let days = |from: jiff::civil::Date, to: jiff::civil::Date| i64::from((to - from).get_days());
    let history = |fact: &Fact| {
        let told = cx.facts.claim(fact).time.filter(|time| time.grain != Grain::Since).map(|time| time.end);
        let end = told.or_else(|| past_year(cx, fact))?;
        fact.published.is_some_and(|published| days(end, published) >= HISTORY).then_some(end)
    };
    let always = |fact: &Fact| {
        let tokens = &cx.facts.document(fact).tokens;
        let word = |at: &u32| tokens.get(*at as usize).map(|t| t.form);
        let set = cx.facts.lexicon.set("all-time-words");
        cx.facts.claim(fact).tokens.iter().filter_map(word).any(|form| set.is_some_and(|set| set.word(form).is_some()))
    };
    let news = |fact: &Fact, past: jiff::civil::Date| {
        gates::date(cx, fact).is_some_and(|date| days(past, date) >= HISTORY) && !always(fact)
    };
    [(a, b), (b, a)].into_iter().any(|(past, other)| history(past).is_some_and(|end| news(other, end)))
}

/// "In 2019, when they signed": the last day of a year that the sentence names, where the claim itself has no time.
fn past_year(cx: &Context, fact: &Fact) -> Option<jiff::civil::Date> {
    let (claim, document) = (cx.facts.claim(fact), cx.facts.document(fact));
    let sentence = document.sentences.get(claim.sentence as usize).filter(|_| claim.time.is_none())?;
    let tokens = document.tokens.get(sentence.range())?;
    let year = |t: &Token| t.form.as_str().parse::<i16>().ok().filter(|year| (1900..2100).contains(year));
    tokens.iter().filter_map(year).next().and_then(|year| jiff::civil::Date::new(year, 12, 31).ok())
}

/// Likeness of two articles, in percent, from which "the gates" of one are those of the other.
pub const ONE_STORY: u32 = 20;

/// Whether a denied or opposite clause is told in full by somebody else: every participant that `said` names fills a place of `told` too,
/// what they share is one thing known to the reader, and the two are not one speaker in one article.
///
/// Pairs of one event share much by chance; few share all of a clause. Who is in the news does many things, and "sales" are anybody's:
/// one shared participant counts where both call it "the" something, more of them where one is named.
pub fn answered(cx: &Context, (said, x): (&Fact, usize), (told, y): (&Fact, usize)) -> bool {
    if said.purpose || told.purpose {
        return false;
    }
    if said.reading == told.reading && one_speaker(cx, said, &said.voices[x], told, &told.voices[y]) == Some(true) {
        return false;
    }
    let core = |role: &Role| role.slot != Slot::Complement;
    let nouns =
        |role: &Role| -> Vec<Sym> { role.modifiers.iter().filter(|(_, pos)| *pos == Pos::Noun).map(|(word, _)| *word).collect() };
    let fills = |role: &Role, other: &Role| {
        // "Orders for lorries", "orders for engines".
        let (one, two) = (nouns(role), nouns(other));
        if !one.is_empty() && !two.is_empty() && !one.iter().any(|word| two.contains(word)) {
            return None;
        }
        let fit = if core(role) == core(other) { align::fillers(cx.facts, role, other) } else { Fit::Open };
        matches!(fit, Fit::Name | Fit::Head(_) | Fit::Kind(_)).then_some(fit)
    };
    let document = cx.facts.document(told);
    let range = document.sentences.get(cx.facts.claim(told).sentence as usize).map_or(0..0, |s| s.range());
    let sentence = document.tokens.get(range).unwrap_or(&[]);
    let (mut met, mut anchored, mut heads) = (0, 0, Vec::new());
    for role in said.roles.iter().filter(|role| !circumstance(cx, role)) {
        let Some((other, fit)) = told.roles.iter().find_map(|other| Some((other, fills(role, other)?))) else {
            // "Planned no job cuts", "plans to cut 800 jobs": told in other places of the sentence.
            if !sentence.iter().any(|token| token.lemma == role.lemma) {
                return false;
            }
            met += 1;
            continue;
        };
        // A verb without object fills both slots with one phrase.
        if heads.contains(&role.head) {
            continue;
        }
        heads.push(role.head);
        met += 1;
        anchored += usize::from(fit == Fit::Name || known(cx, said, role) && known(cx, told, other));
    }
    let person = |role: &Role| role.being.is_some_and(|b| cx.facts.who.list[b as usize].kind == EntityKind::Person);
    let alone = said.roles.iter().filter(|role| !circumstance(cx, role)).all(person);
    anchored > 0 && (met > 1 || !alone)
}

/// Whether a noun has "the" or "this" before it.
pub fn definite(cx: &Context, fact: &Fact, noun: u32) -> bool {
    let tokens = &cx.facts.document(fact).tokens;
    let before = tokens.get((noun as usize).saturating_sub(4)..noun as usize).unwrap_or(&[]);
    let set = cx.facts.lexicon.set("definite-words");
    before.iter().any(|t| t.head == noun && set.is_some_and(|set| set.word(t.form).is_some()))
}

/// Whether a phrase speaks of a thing as known: "the gates", "Brenfeld's water"; not "his returns", whose owner is somebody else elsewhere.
fn known(cx: &Context, fact: &Fact, role: &Role) -> bool {
    let document = cx.facts.document(fact);
    let definite = |t: &Token| cx.facts.lexicon.set("definite-words").is_some_and(|set| set.word(t.form).is_some());
    let before = document.tokens.get(..=role.head as usize).unwrap_or(&[]).iter().rev();
    let first = before.take_while(|t| t.span.start >= role.span.start).last();
    !role.inner.is_empty() || first.is_some_and(definite)
}

/// When and for how long: no part of what an event is.
pub fn circumstance(cx: &Context, role: &Role) -> bool {
    role.slot == Slot::Complement
        && cx.facts.lexicon.set("time-prepositions").is_some_and(|set| set.word(role.preposition).is_some())
}

/// The predicate of a claim as a clashing span.
pub fn predicate(cx: &Context, fact: &Fact, side: usize, role: &'static str) -> Because {
    let token = fact.event.map_or(cx.facts.claim(fact).predicate, |e| e.token);
    let span = cx.facts.document(fact).tokens.get(token as usize).map_or(Span::default(), |t| t.span);
    Because { side, span, role }
}

/// The negators of a claim, of its cues and of its clause, as clashing spans.
pub fn negators(cx: &Context, fact: &Fact, side: usize) -> Vec<Because> {
    let claim = cx.facts.claim(fact);
    let document = cx.facts.document(fact);
    let mut spans = Vec::new();
    let mut add = |first: u32, last: u32, role| {
        let span = document.span(first as usize..last as usize + 1);
        if !span.is_empty() {
            spans.push(Because { side, span, role });
        }
    };
    for operator in claim.operators.iter().filter(|o| o.effect == Effect::Negates) {
        if let (Some(first), Some(last)) = (operator.tokens.first(), operator.tokens.last()) {
            add(*first, *last, "negation");
        }
    }
    for link in &claim.chain {
        if let Some(token) = link.negated_by {
            add(token, token, "negation");
        }
        if (link.denial || link.withholds) && !link.cue.is_empty() {
            add(link.cue.start, link.cue.end - 1, if link.withholds { "withheld" } else { "denial" });
        }
    }
    spans
}

/// Whether the side that refutes refutes something narrower than the other asserts ("no *final* report").
pub fn restricted(cx: &Context, facts: [&Fact; 2], voices: [usize; 2]) -> bool {
    facts.into_iter().zip(voices).any(|(fact, voice)| {
        matches!(fact.voices[voice].stance, Stance::Refuted(_))
            && cx.facts.claim(fact).operators.iter().any(|o| o.effect == Effect::Restricts)
    })
}

/// Whether a verb tells the end of what its opposite began: "reopen", "release".
pub fn undoes(cx: &Context, verb: Sym) -> bool {
    cx.facts.lexicon.set("undoing-verbs").is_some_and(|set| set.word(verb).is_some())
}
