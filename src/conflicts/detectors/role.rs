//! Two holders of one office, two doers of one deed that only one can do, two seats of one body.

use super::{Clash, Context, Detector, Key, Pole, shared};
use crate::base::{Span, Sym};
use crate::claims::Stance;
use crate::conflicts::Because;
use crate::conflicts::align::{self, Alignment, Ask, Evidence};
use crate::conflicts::facts::{Fact, Role, Slot};
use crate::conflicts::gates::{self, Gate, Stop};
use crate::conflicts::participants;
use crate::rules::{Captured, Kind, Match, RoleRule, Rule};
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
}

impl Detector for Roles {
    fn kind(&self) -> &'static str {
        "role"
    }

    fn keys(&self, cx: &Context, (at, rule): (usize, &Rule), fact: &Fact, out: &mut Vec<Key>) {
        let Kind::Role(settings) = &rule.kind else { return };
        if !fact.realised(cx.facts) || fact.voices.iter().all(|v| v.stance == Stance::None) {
            return;
        }
        let mut anchors = Vec::new();
        if !settings.says.is_empty() {
            if captured(cx, at, fact).next().is_some() {
                shared::anchors(cx, fact, &mut anchors);
                shared::cross(at, &[shared::hash("says")], &anchors, Pole::Any, out);
            }
        } else if let Some(held) = held(cx, fact) {
            shared::anchors(cx, fact, &mut anchors);
            // "The president of Halvern is X" names the body inside the subject.
            anchors.extend(held.of.iter().map(|body| shared::hash(("being", cx.facts.who.party(*body)))));
            shared::cross(at, &[shared::hash(("office", held.office))], &anchors, Pole::Any, out);
        }
    }

    fn judge(&self, cx: &Context, (at, rule): (usize, &Rule), a: &Fact, b: &Fact) -> Result<Clash, Stop> {
        let Kind::Role(settings) = &rule.kind else { return Err(Stop::at(Gate::NoMatch, "not a rule about roles")) };
        if settings.says.is_empty() { general(cx, rule, a, b) } else { by_pattern(cx, (at, rule), settings, a, b) }
    }
}

fn captured<'a>(cx: &'a Context, rule: usize, fact: &Fact) -> impl Iterator<Item = &'a Match> {
    cx.found_in(fact).into_iter().flat_map(|f| &f.captured).filter(move |(at, _)| *at == rule).map(|(_, m)| m)
}

fn by_pattern(cx: &Context, (at, rule): (usize, &Rule), settings: &RoleRule, a: &Fact, b: &Fact) -> Result<Clash, Stop> {
    let (Some(one), Some(other)) = (captured(cx, at, a).next(), captured(cx, at, b).next()) else {
        return Err(Stop::at(Gate::NoMatch, "a side does not match"));
    };
    shared::committed(a)?;
    shared::committed(b)?;
    gates::modality(cx, rule, a)?;
    gates::modality(cx, rule, b)?;
    let Some(value) = settings.value else { return Err(Stop::at(Gate::NoMatch, "the rule names no value")) };
    let (Some(x), Some(y)) = (bound(cx, a, one, value), bound(cx, b, other, value)) else {
        return Err(Stop::at(Gate::NoMatch, "a side binds no value"));
    };
    let voices = shared::voices(a, b, shared::both_assert).ok_or(Stop::at(Gate::NotOpposed, "a side does not assert it"))?;
    if same(cx, &x, &y) {
        return Err(Stop::at(Gate::NotOpposed, "one and the same"));
    }
    for name in &settings.key {
        match (bound(cx, a, one, *name), bound(cx, b, other, *name)) {
            (Some(x), Some(y)) if same(cx, &x, &y) => {}
            (Some(_), Some(_)) => return Err(Stop::at(Gate::Key, "the key is bound to different things")),
            _ => return Err(Stop::at(Gate::Key, "a side does not bind the key")),
        }
    }
    let ask = Ask { presume: true, linked: !settings.key.is_empty(), ..Ask::default() };
    let mut alignment = participants::together(cx.facts, a, b, ask).map_err(|why| Stop::at(Gate::Participants, why))?;
    alignment.evidence.retain(|e| e.name != "reply");
    alignment.evidence.push(Evidence::of("same-office", 10));
    let because = vec![Because { side: 0, span: x.span, role: "holder" }, Because { side: 1, span: y.span, role: "holder" }];
    let captures = |fact: &Fact, m: &Match| -> Vec<(Sym, String)> {
        m.captures
            .iter()
            .filter_map(|c| Some((c.name, bound(cx, fact, m, c.name)?.span.of(cx.facts.text(fact)).to_owned())))
            .collect()
    };
    let captured = [captures(a, one), captures(b, other)];
    Ok(Clash { because, voices, tension: alignment.tension, captured, alignment, ..Clash::default() })
}

struct Bound {
    being: Option<u32>,
    lemma: Sym,
    span: Span,
}

fn bound(cx: &Context, fact: &Fact, found: &Match, name: Sym) -> Option<Bound> {
    let capture = found.capture(name)?;
    let document = cx.facts.document(fact);
    let being = match capture.value {
        Captured::Entity { mention, .. } => mention.and_then(|m| cx.facts.who.of(fact.reading as usize, m)),
        Captured::Quantity(_) => None,
    };
    let lemma = document.tokens.get(capture.tokens.end.checked_sub(1)? as usize)?.lemma;
    Some(Bound { being, lemma, span: document.span(capture.tokens.start as usize..capture.tokens.end as usize) })
}

fn same(cx: &Context, x: &Bound, y: &Bound) -> bool {
    match (x.being, y.being) {
        (Some(one), Some(other)) => cx.facts.who.together(one, other).is_some(),
        _ => x.lemma == y.lemma,
    }
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
    })
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
    let (Some(one), Some(other)) = (held(cx, a), held(cx, b)) else {
        return Err(Stop::at(Gate::NoMatch, "nobody holds anything"));
    };
    if one.office != other.office {
        return Err(Stop::at(Gate::NoMatch, "different offices"));
    }
    shared::committed(a)?;
    shared::committed(b)?;
    gates::modality(cx, rule, a)?;
    gates::modality(cx, rule, b)?;
    let voices = shared::voices(a, b, shared::both_assert).ok_or(Stop::at(Gate::NotOpposed, "a side does not assert it"))?;
    let apart = match (one.being, other.being) {
        (Some(x), Some(y)) => {
            let named = |b: u32| cx.facts.who.list[b as usize].is_named();
            named(x) && named(y) && !align::same_party(cx.facts, x, y)
        }
        _ => false,
    };
    if !apart {
        return Err(Stop::at(Gate::NotOpposed, "one and the same"));
    }
    if !alike(cx, &one, &other) {
        return Err(Stop::at(Gate::Key, "of different bodies"));
    }
    if shared::one_account(cx, a, b) {
        return Err(Stop::at(Gate::NotOpposed, "one account of one article"));
    }
    let times = (cx.facts.claim(a).time, cx.facts.claim(b).time);
    if matches!(times, (Some(x), Some(y)) if x.end < y.start || y.end < x.start) {
        return Err(Stop::at(Gate::Participants, "different times"));
    }
    let mut alignment = Alignment { story: align::story(cx.facts, a, b), event: true, ..Alignment::default() };
    alignment.evidence.push(Evidence::of("same-office", 10));
    if one.titled && !one.of.is_empty() && !other.of.is_empty() {
        // An office of a body with a name is one thing whatever else the articles are about.
        alignment.evidence.push(Evidence::of("shared-name", 10));
        alignment.evidence.push(Evidence::of("same-complement", 10));
    }
    align::background(a, b, Ask { presume: cx.options.presume, ..Ask::default() }, &mut alignment);
    let because =
        vec![Because { side: 0, span: one.span, role: "holder" }, Because { side: 1, span: other.span, role: "holder" }];
    Ok(Clash { because, voices, alignment, update: succeeded(cx, a, b), ..Clash::default() })
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
