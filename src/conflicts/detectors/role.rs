//! Two holders of one office, two doers of one deed that only one can do, two seats of one body.

use super::{Clash, Context, Detector, Key, Pole, shared};
use crate::base::{Span, Sym};
use crate::claims::{EntityKind, Stance};
use crate::conflicts::Because;
use crate::conflicts::align::{self, Alignment, Ask, Evidence, Fit};
use crate::conflicts::facts::{Fact, Role, Slot};
use crate::conflicts::gates::{self, Gate, Stop};
use crate::conflicts::participants;
use crate::rules::{Captured, Kind, Match, RoleRule, Rule};

/// The kind `role`.
pub struct Roles;

/// Who holds what, as one claim tells it.
struct Held<'a> {
    /// The office or deed.
    office: Sym,
    /// Of which body, or done to what; `None` where the words do not say.
    of: Option<&'a Role>,
    of_inner: Option<u32>,
    holder: &'a Role,
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

/// "X is the chief executive of Acme", "X won the race": one slot names the holder, the other the office or what was done.
fn held<'a>(cx: &Context, fact: &'a Fact) -> Option<Held<'a>> {
    let event = fact.event?;
    let lexicon = cx.facts.lexicon;
    let subject = fact.role(Slot::Subject)?;
    if lexicon.set("done-by-one").is_some_and(|set| set.word(event.lemma).is_some()) {
        return Some(Held { office: event.lemma, of: fact.role(Slot::Object), of_inner: None, holder: subject });
    }
    let document = cx.facts.document(fact);
    let single = |at: u32| {
        let tokens = &document.tokens;
        (at.saturating_sub(2)..=at).any(|from| {
            lexicon.titles.longest_at(tokens, from as usize).is_some_and(|(n, single)| *single && from + n as u32 == at + 1)
        })
    };
    // A copula joins holder and office either way round.
    if single(event.token) {
        let of = fact.complements().next();
        return Some(Held { office: event.lemma, of, of_inner: None, holder: subject });
    }
    if single(subject.head)
        && fact.role(Slot::Object).is_none()
        && document.tokens.get(event.token as usize)?.pos.name() == "PROPN"
    {
        return None;
    }
    None
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
    if one.holder.open
        || other.holder.open
        || !matches!(align::fillers(cx.facts, one.holder, other.holder), Fit::Differ("different names"))
    {
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
    align::background(a, b, Ask::default(), &mut alignment);
    let because = vec![
        Because { side: 0, span: one.holder.span, role: "holder" },
        Because { side: 1, span: other.holder.span, role: "holder" },
    ];
    Ok(Clash { because, voices, alignment, ..Clash::default() })
}

/// The key is fully bound and the same on both sides.
fn alike(cx: &Context, a: &Held, b: &Held) -> bool {
    let named = |r: &Role| r.being.filter(|x| cx.facts.who.list[*x as usize].kind != EntityKind::Person);
    match (a.of, b.of) {
        (Some(x), Some(y)) => match (named(x), named(y)) {
            (Some(one), Some(other)) => align::same_party(cx.facts, one, other),
            _ => matches!(align::fillers(cx.facts, x, y), Fit::Name | Fit::Head(6..)),
        },
        _ => a.of_inner.is_some() && a.of_inner == b.of_inner,
    }
}
