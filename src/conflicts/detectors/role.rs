//! Two holders of one office, two doers of one deed that only one can do, two seats of one body.

use super::captured::{self, Bound};
use super::{Clash, Context, Detector, Key, Pole, shared};
use crate::base::{Span, Sym, letters};
use crate::claims::{EntityKind, Stance};
use crate::conflicts::Because;
use crate::conflicts::align::{self, Alignment, Ask, Evidence};
use crate::conflicts::facts::{Fact, Role, Slot, Voice};
use crate::conflicts::gates::{self, Gate, Stop};
use crate::rules::{Kind, Match, RoleRule, Rule};
use crate::text::{Pos, Rel};

/// The kind `role`.
pub struct Roles;

/// Who holds what, as one claim tells it.
struct Held {
    /// The office or deed.
    office: Sym,
    /// Whether it is an office.
    titled: bool,
    /// Bodies it is of, or what it was done to: those with a name.
    of: Vec<u32>,
    /// Head words of the same where nothing is named.
    of_words: Vec<Sym>,
    /// The holder, where it has a name.
    being: Option<u32>,
    span: Span,
    /// Whether it is taken for granted ("Ada Kell, the mayor, …") rather than told.
    granted: bool,
}

impl Detector for Roles {
    fn kind(&self) -> &'static str {
        "role"
    }

    fn keys(&self, cx: &Context, (at, rule): (usize, &Rule), fact: &Fact, out: &mut Vec<Key>) {
        let Kind::Role(settings) = &rule.kind else { return };
        let committed = fact.voices.iter().any(|v| v.stance != Stance::None);
        let mut anchors = Vec::new();
        if !settings.says.is_empty() {
            if committed {
                captured::keys(cx, at, fact, &settings.key, out);
            }
        } else {
            let told = committed && fact.realised(cx.facts);
            for held in holdings(cx, fact).into_iter().filter(|held| told || held.granted) {
                shared::anchors(cx, fact, &mut anchors);
                // "The president of Halvern is X" names the body inside the subject.
                anchors.extend(held.of.iter().map(|body| shared::hash(("being", cx.facts.who.party(*body)))));
                shared::cross(at, &[shared::hash(("office", held.office))], &anchors, Pole::Any, out);
            }
        }
    }

    fn judge(&self, cx: &Context, (at, rule): (usize, &Rule), a: &Fact, b: &Fact) -> Result<Clash, Stop> {
        let Kind::Role(settings) = &rule.kind else { return Err(Stop::at(Gate::NoMatch, "not a rule about roles")) };
        if settings.says.is_empty() {
            return general(cx, rule, a, b);
        }
        captured::pairs(cx, at, (a, b), |one, other| by_pattern(cx, rule, settings, (a, one), (b, other)))
    }
}

/// Two matches of the rule's own patterns: one key, and values that cannot both be right.
fn by_pattern(
    cx: &Context,
    rule: &Rule,
    settings: &RoleRule,
    (a, one): (&Fact, &Match),
    (b, other): (&Fact, &Match),
) -> Result<Clash, Stop> {
    shared::committed(a)?;
    shared::committed(b)?;
    gates::modalities(cx, rule, a, b)?;
    let Some(value) = settings.value else { return Err(Stop::at(Gate::NoMatch, "the rule names no value")) };
    let (Some(x), Some(y)) = (captured::bound(cx, a, one, value), captured::bound(cx, b, other, value)) else {
        return Err(Stop::at(Gate::NoMatch, "a side binds no value"));
    };
    let still = [still_held(cx, a, one), still_held(cx, b, other)];
    let one_holder = captured::same(cx, &x, &y);
    let opposed = |v: &Voice, w: &Voice| match (one_holder, still[0] == still[1]) {
        // Held and not held by one: said with a negator, or with "former".
        (true, true) => shared::opposite(v, w),
        _ => shared::both_assert(v, w),
    };
    if !one_holder {
        if still != [true, true] {
            return Err(Stop::at(Gate::NotOpposed, "a side tells of a former holder"));
        }
        let named_by = |fact, found, who: &Bound| {
            who.being.is_some_and(|who| {
                let list = captured::beside(cx, fact, found, value);
                list.into_iter().any(|being| cx.facts.who.together(being, who).is_some())
            })
        };
        if named_by(a, one, &y) || named_by(b, other, &x) {
            return Err(Stop::at(Gate::NotOpposed, "a side names both"));
        }
    }
    let why = if one_holder { "one and the same" } else { "a side does not assert it" };
    let voices = shared::voices(a, b, opposed).ok_or(Stop::at(Gate::NotOpposed, why))?;
    captured::key(cx, &settings.key, (a, one), (b, other))?;
    if apart_in_time(cx, a, b) {
        return Err(Stop::at(Gate::Participants, "different times"));
    }
    let alignment = captured::together(cx, !settings.key.is_empty(), a, b)?;
    // Who is called the former holder in the later article has left since: the text tells the change.
    let left = matches!((a.published, b.published), (Some(p), Some(q)) if p != q && still[usize::from(q > p)] != still[usize::from(p > q)]
        && !still[usize::from(q > p)]);
    Ok(Clash {
        because: vec![Because { side: 0, span: x.span, role: "holder" }, Because { side: 1, span: y.span, role: "holder" }],
        voices,
        tension: alignment.tension,
        update: left,
        captured: [captured::texts(cx, a, one), captured::texts(cx, b, other)],
        group: [captured::point(cx, a, one, &settings.key), captured::point(cx, b, other, &settings.key)],
        alignment,
        ..Clash::default()
    })
}

/// "former", "ex-", "previous" in the match or right before it: the office was held once.
fn still_held(cx: &Context, fact: &Fact, found: &Match) -> bool {
    let tokens = &cx.facts.document(fact).tokens;
    let (Some(first), Some(last)) = (found.tokens.first(), found.tokens.last()) else { return true };
    let near = first.saturating_sub(1)..=*last;
    let past = |at: u32| tokens.get(at as usize).is_some_and(|t| cx.facts.lexicon.tenure.word(t.form) == Some(&false));
    !near.into_iter().any(past)
}

/// Whether both say when, and the two never meet.
fn apart_in_time(cx: &Context, a: &Fact, b: &Fact) -> bool {
    let times = (cx.facts.claim(a).time, cx.facts.claim(b).time);
    matches!(times, (Some(x), Some(y)) if x.end < y.start || y.end < x.start)
}

/// "X is the chief executive of Acme", "the chief executive of Acme is X", "X won the race".
fn held(cx: &Context, fact: &Fact) -> Option<Held> {
    let event = fact.event?;
    let subject = fact.role(Slot::Subject).filter(|r| !r.open)?;
    let lexicon = cx.facts.lexicon;
    let document = cx.facts.document(fact);
    let holder = |office: Sym, of: Vec<&Role>| Held {
        office,
        titled: true,
        of: bodies(cx, &of),
        of_words: of.iter().filter(|r| r.being.is_none()).map(|r| r.lemma).collect(),
        being: subject.being,
        span: subject.span,
        granted: false,
    };
    if lexicon.set("done-by-one").is_some_and(|set| set.word(event.lemma).is_some()) {
        let of = fact.roles.iter().filter(|r| r.slot != Slot::Subject && r.head != subject.head).collect();
        return Some(Held { titled: false, ..holder(event.lemma, of) });
    }
    // The longest title that ends at a token.
    let title = |at: u32| {
        let ends = |from: u32| {
            let found = lexicon.titles.longest_at(&document.tokens, from as usize);
            found.is_some_and(|(n, single)| *single && from + n as u32 == at + 1)
        };
        let from = (at.saturating_sub(3)..=at).find(|from| ends(*from))?;
        let words: Vec<&str> = document.tokens[from as usize..=at as usize].iter().map(|t| t.lemma.as_str()).collect();
        Some(Sym::new(&words.join(" ")))
    };
    if former(cx, fact, event.token) {
        return None;
    }
    if let Some(office) = title(event.token) {
        let mut held = holder(office, fact.complements().collect());
        held.of.extend(inside(cx, fact, event.token));
        return Some(held);
    }
    let office = title(subject.head)?;
    document.tokens.get(event.token as usize).filter(|t| t.pos == Pos::Propn)?;
    let reading = &cx.facts.readings[fact.reading as usize];
    let mention = reading.mentions.iter().position(|m| m.first <= event.token && event.token < m.end)?;
    Some(Held {
        office,
        titled: true,
        of: subject.inner.clone(),
        of_words: subject.modifiers.iter().filter(|(_, pos)| *pos == Pos::Noun).map(|(word, _)| *word).collect(),
        being: cx.facts.who.of(fact.reading as usize, mention as u32),
        span: reading.mentions[mention].span,
        granted: false,
    })
}

/// What a claim tells somebody to hold, else the offices that its sentence gives to whom it is about or who speaks.
fn holdings(cx: &Context, fact: &Fact) -> Vec<Held> {
    match held(cx, fact) {
        Some(held) => vec![held],
        None => by_title(cx, fact),
    }
}

/// "Ada Kell, the chief financial officer of Acme, said": an office that stands beside a name, of a body with a name. Of the claims of a
/// sentence the first that the bearer says or does carries it.
fn by_title(cx: &Context, fact: &Fact) -> Vec<Held> {
    let reading = &cx.facts.readings[fact.reading as usize];
    let claim = cx.facts.claim(fact);
    let Some(sentence) = reading.document.sentences.get(claim.sentence as usize) else { return Vec::new() };
    let tokens = &reading.document.tokens;
    let who = |mention: u32| cx.facts.who.of(fact.reading as usize, mention);
    let bears = |fact: &Fact, being: u32| {
        fact.role(Slot::Subject).is_some_and(|r| r.being == Some(being)) || fact.voices.iter().any(|v| v.being == Some(being))
    };
    let earlier =
        &cx.facts.list[cx.facts.starts[fact.reading as usize]..cx.facts.starts[fact.reading as usize] + fact.claim as usize];
    let carried = |being: u32| {
        let here = earlier.iter().rev().take_while(|other| cx.facts.claim(other).sentence == claim.sentence);
        here.into_iter().any(|other| bears(other, being))
    };
    let from = reading.mentions.partition_point(|m| (m.first as usize) < sentence.range().start);
    let inside = reading.mentions.iter().enumerate().skip(from).take_while(|(_, m)| (m.first as usize) < sentence.range().end);
    inside
        .filter_map(|(at, mention)| {
            let (being, body) = (who(at as u32)?, who(mention.speaks_for?)?);
            let [holder, of] = [being, body].map(|b| &cx.facts.who.list[b as usize]);
            let named = holder.is_named() && of.is_named() && holder.kind == EntityKind::Person && of.kind != EntityKind::Person;
            if !named || !bears(fact, being) || carried(being) {
                return None;
            }
            let single = |from: &u32| {
                let found = cx.facts.lexicon.titles.longest_at(tokens, *from as usize);
                found.filter(|(n, single)| **single && from + *n as u32 <= mention.end).map(|(n, _)| (*from, n))
            };
            let (first, length) = (mention.first..mention.end).find_map(|from| single(&from))?;
            let words: Vec<&str> = tokens[first as usize..first as usize + length].iter().map(|t| t.lemma.as_str()).collect();
            let before = first.saturating_sub(2).max(sentence.first)..first;
            let other = before.into_iter().any(|at| {
                let form = tokens[at as usize].form;
                cx.facts.lexicon.tenure.word(form).is_some()
                    || cx.facts.lexicon.set("other-holders").is_some_and(|set| set.word(form).is_some())
            });
            (!other).then(|| Held {
                office: Sym::new(&words.join(" ")),
                titled: true,
                of: vec![body],
                of_words: Vec::new(),
                being: Some(being),
                span: mention.span,
                granted: true,
            })
        })
        .collect()
}

/// "A former mayor", "the next president": who holds the office at another time holds it not.
fn former(cx: &Context, fact: &Fact, office: u32) -> bool {
    let tokens = &cx.facts.document(fact).tokens;
    let set = cx.facts.lexicon.set("other-holders");
    let before = (office as usize).saturating_sub(4)..office as usize;
    before.into_iter().any(|at| tokens[at].head == office && set.is_some_and(|s| s.word(tokens[at].form).is_some()))
}

/// Beings with names among fillers and inside them.
fn bodies(cx: &Context, of: &[&Role]) -> Vec<u32> {
    let all = of.iter().flat_map(|r| r.being.into_iter().chain(r.inner.iter().copied()));
    all.filter(|b| cx.facts.who.list[*b as usize].is_named()).collect()
}

/// Beings named in the noun phrase of a predicate noun: "Acme's chief executive".
fn inside(cx: &Context, fact: &Fact, token: u32) -> Vec<u32> {
    let reading = &cx.facts.readings[fact.reading as usize];
    let tokens = &reading.document.tokens;
    let within = |rel: Rel| matches!(rel, Rel::NmodPoss | Rel::Compound | Rel::Nmod | Rel::Amod);
    let near = |head: u32| tokens.get(head as usize).is_some_and(|t| t.head == token && within(t.rel));
    let mentions = reading.mentions.iter().enumerate().filter(|(_, m)| near(m.head));
    mentions.filter_map(|(at, _)| cx.facts.who.of(fact.reading as usize, at as u32)).collect()
}

fn general(cx: &Context, rule: &Rule, a: &Fact, b: &Fact) -> Result<Clash, Stop> {
    let (ones, others) = (holdings(cx, a), holdings(cx, b));
    let mut furthest = Stop::at(Gate::NoMatch, "nobody holds anything");
    for one in &ones {
        for other in &others {
            match two_holders(cx, rule, (a, one), (b, other)) {
                Ok(clash) => return Ok(clash),
                Err(stop) if stop.gate >= furthest.gate => furthest = stop,
                Err(_) => {}
            }
        }
    }
    Err(furthest)
}

fn two_holders(cx: &Context, rule: &Rule, (a, one): (&Fact, &Held), (b, other): (&Fact, &Held)) -> Result<Clash, Stop> {
    if one.office != other.office {
        return Err(Stop::at(Gate::NoMatch, "different offices"));
    }
    let mut voices = [a.voices.len() - 1, b.voices.len() - 1];
    let granted = one.granted && other.granted;
    if !granted {
        shared::committed(a)?;
        shared::committed(b)?;
        gates::modality(cx, rule, a)?;
        gates::modality(cx, rule, b)?;
        voices = shared::voices(a, b, shared::both_assert).ok_or(Stop::at(Gate::NotOpposed, "a side does not assert it"))?;
    }
    let apart = match (one.being, other.being) {
        (Some(x), Some(y)) => {
            let named = |b: u32| cx.facts.who.list[b as usize].is_named();
            named(x) && named(y) && !align::same_party(cx.facts, x, y) && !(granted && akin(cx, x, y))
        }
        _ => false,
    };
    if !apart {
        return Err(Stop::at(Gate::NotOpposed, "one and the same"));
    }
    if !alike(cx, one, other) {
        return Err(Stop::at(Gate::Key, "of different bodies"));
    }
    if shared::one_account(cx, a, b) || granted && a.reading == b.reading {
        return Err(Stop::at(Gate::NotOpposed, "one account of one article"));
    }
    if apart_in_time(cx, a, b) {
        return Err(Stop::at(Gate::Participants, "different times"));
    }
    let mut alignment = Alignment { story: align::story(cx.facts, a, b), event: true, ..Alignment::default() };
    let dated = gates::date(cx, a).is_some() && gates::date(cx, b).is_some();
    if granted && !dated && alignment.story < shared::ONE_STORY {
        return Err(Stop::at(Gate::Participants, "the stories differ, and nobody knows when"));
    }
    alignment.evidence.push(Evidence::of("same-office", 10));
    if one.titled && !one.of.is_empty() && !other.of.is_empty() {
        // An office of a body with a name is one thing whatever else the articles are about.
        alignment.evidence.push(Evidence::of("shared-name", 10));
        alignment.evidence.push(Evidence::of("same-complement", 10));
    }
    align::background(a, b, Ask { presume: cx.options.presume, ..Ask::default() }, &mut alignment);
    let because =
        vec![Because { side: 0, span: one.span, role: "holder" }, Because { side: 1, span: other.span, role: "holder" }];
    Ok(Clash { because, voices, alignment, granted, update: succeeded(cx, a, b), ..Clash::default() })
}

/// Whether two names may be one person's: a single word, or a word that sounds alike in both ("Ana Kell", "Anna de Kell").
fn akin(cx: &Context, a: u32, b: u32) -> bool {
    let words = |being: u32| -> Vec<String> {
        cx.facts.who.list[being as usize].name.split_whitespace().map(letters::sound).filter(|word| word.len() > 2).collect()
    };
    let (one, other) = (words(a), words(b));
    one.len() < 2 || other.len() < 2 || one.iter().any(|word| other.contains(word))
}

/// Days after which another holder is a successor rather than a contradiction.
const TERM: u32 = 60;

/// Whether the two articles are so far apart that the office may have changed hands.
fn succeeded(cx: &Context, a: &Fact, b: &Fact) -> bool {
    let days =
        gates::date(cx, a).zip(gates::date(cx, b)).map(|(x, y)| x.since(y).map_or(0, |span| span.get_days()).unsigned_abs());
    days.is_some_and(|days| days > TERM)
}

/// The key is fully bound and the same on both sides.
fn alike(cx: &Context, a: &Held, b: &Held) -> bool {
    if a.of.is_empty() && b.of.is_empty() {
        return a.of_words.iter().any(|word| b.of_words.contains(word));
    }
    let same = |x: &u32, ys: &[u32]| ys.iter().any(|y| align::same_party(cx.facts, *x, *y));
    let within = |xs: &[u32], ys: &[u32]| !xs.is_empty() && xs.iter().all(|x| same(x, ys));
    let words = a.of_words.is_empty() || b.of_words.is_empty() || a.of_words.iter().any(|word| b.of_words.contains(word));
    words && (within(&a.of, &b.of) || within(&b.of, &a.of))
}
