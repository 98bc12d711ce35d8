//! Two figures for one counted thing whose intervals do not meet.

use super::{Clash, Context, Detector, Key, Pole, shared};
use crate::base::Sym;
use crate::claims::{Change, Claim, Modality, Quantity, QuantityKind as Sort, Stance};
use crate::conflicts::Because;
use crate::conflicts::align::{self, Alignment, Ask, Evidence};
use crate::conflicts::facts::{Fact, Slot, Voice};
use crate::conflicts::gates::{self, Gate, Stop};
use crate::conflicts::participants;
use crate::conflicts::relation::one_speaker;
use crate::lexical::{self, Class};
use crate::lexicon::CalendarKind;
use crate::rules::{Captured, Kind, QuantityRule, Rule};
use crate::text::{Pos, Token};

/// The kind `quantity`.
pub struct Quantities;

fn settings(rule: &Rule) -> Option<&QuantityRule> {
    match &rule.kind {
        Kind::Quantity(settings) => Some(settings),
        _ => None,
    }
}

/// Figures of a claim that a rule looks at, with the match that caught them.
fn figures<'a>(
    cx: &'a Context,
    rule: (usize, &QuantityRule),
    fact: &Fact,
) -> Vec<(&'a Quantity, Option<&'a crate::rules::Match>)> {
    let claim = cx.facts.claim(fact);
    if rule.1.says.is_empty() {
        return claim.quantities.iter().filter(|q| comparable(q)).map(|q| (q, None)).collect();
    }
    let matches = cx.found_in(fact).into_iter().flat_map(|f| &f.captured).filter(|(at, _)| *at == rule.0).map(|(_, m)| m);
    let quantity = |m: &'a crate::rules::Match| {
        m.captures.iter().find_map(|c| match c.value {
            Captured::Quantity(at) => claim.quantities.get(at).map(|q| (q, Some(m))),
            Captured::Entity { .. } => None,
        })
    };
    matches.filter_map(quantity).collect()
}

/// Whether it counts or measures something, as figures that are compared do.
pub fn comparable(q: &Quantity) -> bool {
    // "1985 net" is the net of a year, not a count of nets.
    let year = q.kind == Sort::Count && q.low == q.high && (1900.0..2100.0).contains(&q.value);
    matches!(q.kind, Sort::Count | Sort::Measure | Sort::Share) && (q.counted.is_some() || q.unit.is_some()) && !year
}

impl Detector for Quantities {
    fn kind(&self) -> &'static str {
        "quantity"
    }

    fn keys(&self, cx: &Context, (at, rule): (usize, &Rule), fact: &Fact, out: &mut Vec<Key>) {
        let Some(settings) = settings(rule) else { return };
        if fact.voices.iter().all(|v| v.stance == Stance::None) || !fact.realised(cx.facts) {
            return;
        }
        let list = figures(cx, (at, settings), fact);
        if list.is_empty() {
            return;
        }
        let (mut anchors, mut things) = (Vec::new(), Vec::new());
        shared::anchors(cx, fact, &mut anchors);
        anchors.push(shared::hash(("article", fact.reading)));
        for (q, _) in list {
            if !settings.says.is_empty() {
                things.push(shared::hash("says"));
            } else {
                things.extend(counted(cx, q));
            }
        }
        things.sort_unstable();
        things.dedup();
        shared::cross(at, &things, &anchors, Pole::Any, out);
    }

    fn judge(&self, cx: &Context, (at, rule): (usize, &Rule), a: &Fact, b: &Fact) -> Result<Clash, Stop> {
        let Some(settings) = settings(rule) else { return Err(Stop::at(Gate::NoMatch, "not a rule about figures")) };
        let (ones, others) = (figures(cx, (at, settings), a), figures(cx, (at, settings), b));
        if ones.is_empty() || others.is_empty() {
            return Err(Stop::at(Gate::NoMatch, "no figure to compare"));
        }
        if a.reading == b.reading && a.claim == b.claim {
            return Err(Stop::at(Gate::NotOpposed, "one claim"));
        }
        let mut furthest: Option<Stop> = None;
        for x in &ones {
            for y in &others {
                match pair(cx, rule, settings, (a, *x), (b, *y)) {
                    Ok(clash) => return Ok(clash),
                    Err(stop) => furthest = Some(furthest.map_or(stop, |old| if stop.gate > old.gate { stop } else { old })),
                }
            }
        }
        Err(furthest.unwrap_or(Stop::at(Gate::NoMatch, "no figure to compare")))
    }

    fn within_one_voice(&self) -> bool {
        true
    }
}

/// What is counted or measured, as the index knows it.
pub fn counted(cx: &Context, q: &Quantity) -> Vec<u64> {
    let mut out = Vec::new();
    if let Some(unit) = q.unit {
        out.push(shared::hash(("unit", unit)));
    }
    if let Some(noun) = q.counted {
        out.push(shared::hash(("noun", noun)));
        out.extend(cx.facts.lexicon.families.get(&noun).into_iter().flatten().map(|family| shared::hash(("family", family))));
        out.extend(lexical::senses(noun.as_str(), Class::Noun, 1).iter().map(|sense| shared::hash(("sense", sense))));
    }
    out
}

type Figure<'a> = (&'a Quantity, Option<&'a crate::rules::Match>);

fn pair(cx: &Context, rule: &Rule, settings: &QuantityRule, a: (&Fact, Figure), b: (&Fact, Figure)) -> Result<Clash, Stop> {
    let ((fa, (x, mx)), (fb, (y, my))) = (a, b);
    let general = settings.says.is_empty();
    // The patterns of a rule say what they count: "no one", "14 people".
    let by_rule = || {
        let alike =
            (x.kind == Sort::Share) == (y.kind == Sort::Share) && (x.unit == y.unit || x.unit.is_none() || y.unit.is_none());
        (!general && alike).then_some(Evidence { name: "same-unit", amount: 3, spans: [Some(x.span), Some(y.span)] })
    };
    if general
        && !cx.options.presume
        && [(fa, x), (fb, y)].into_iter().any(|(fact, q)| of_a_row(cx, fact, q) || whole(cx, fact, q))
    {
        return Err(Stop::at(Gate::NoMatch, "a row of results, or the whole that a part is of"));
    }
    if !cx.options.presume && (of_the_whole(cx, (fa, x), (fb, y)) || of_the_whole(cx, (fb, y), (fa, x))) {
        return Err(Stop::at(Gate::NotOpposed, "one of several parts of what the other counts"));
    }
    if !cx.options.presume && for_the_first_time(cx, fa) != for_the_first_time(cx, fb) {
        return Err(Stop::at(Gate::NoMatch, "different things are counted"));
    }
    if general && other_sort(cx, (fa, x), (fb, y)) {
        return Err(Stop::at(Gate::NoMatch, "different things are counted"));
    }
    let thing = same_thing(cx, x, y).or_else(by_rule).ok_or(Stop::at(Gate::NoMatch, "different things are counted"))?;
    shared::committed(fa)?;
    shared::committed(fb)?;
    for fact in [fa, fb] {
        let claim = cx.facts.claim(fact);
        if claim.modality != Modality::Realised && !rule.scope.modalities.contains(&claim.modality) {
            return Err(Stop::at(Gate::Modality, gates::modality_words(claim.modality)));
        }
    }
    // A negated figure says nothing of its own ("did not lose 30 men"); "no men" is the figure zero and not a negation.
    let holds = |v: &Voice, q: &Quantity| match v.stance {
        Stance::Asserted(_) => q.high > 0.0,
        Stance::Refuted(_) => q.high == 0.0,
        Stance::None => false,
    };
    let voices =
        shared::voices(fa, fb, |v, w| holds(v, x) && holds(w, y)).ok_or(Stop::at(Gate::NoStance, "a figure is not asserted"))?;
    let speakers = [&fa.voices[voices[0]], &fb.voices[voices[1]]].map(|voice| voice.being);
    if fa.reading == fb.reading && cx.facts.claim(fa).sentence == cx.facts.claim(fb).sentence && speakers[0] == speakers[1] {
        return Err(Stop::at(Gate::NotOpposed, "one speaker sets them side by side in one sentence"));
    }
    if shared::one_teller(cx, [fa, fb], voices) {
        return Err(Stop::at(Gate::NotOpposed, "one account of one article"));
    }
    let update = apart(cx, settings, (fa, x), (fb, y))?;
    let mut alignment = about(cx, general, (fa, x), (fb, y), thing).map_err(|why| Stop::at(Gate::Participants, why))?;
    if general && counted_alike(cx, (fa, &fa.voices[voices[0]]), (fb, &fb.voices[voices[1]]), [x, y], &alignment) {
        alignment.evidence.push(Evidence::of("answered", 10));
    }
    let words = |fact: &Fact, q: &Quantity| q.span.of(cx.facts.text(fact)).to_owned();
    let captures = |fact: &Fact, found: Option<&crate::rules::Match>| -> Vec<(Sym, String)> {
        let document = cx.facts.document(fact);
        let text = |c: &crate::rules::Capture| {
            document.span(c.tokens.start as usize..c.tokens.end as usize).of(cx.facts.text(fact)).to_owned()
        };
        found.into_iter().flat_map(|m| &m.captures).map(|c| (c.name, text(c))).collect()
    };
    Ok(Clash {
        because: vec![Because { side: 0, span: x.span, role: "figure" }, Because { side: 1, span: y.span, role: "figure" }],
        voices,
        tension: alignment.tension || (x.part != y.part) || extents(x, y),
        update,
        bound: [vec![("n", words(fa, x))], vec![("n", words(fb, y))]],
        captured: [captures(fa, mx), captures(fb, my)],
        group: [point(fa, x), point(fb, y)],
        alignment,
        ..Clash::default()
    })
}

/// Whether two named sources of one story count the same things of the same event: "400 soldiers in the town", "250 soldiers in the town".
fn counted_alike(
    cx: &Context,
    (a, x): (&Fact, &Voice),
    (b, y): (&Fact, &Voice),
    of: [&Quantity; 2],
    alignment: &Alignment,
) -> bool {
    let has = |name: &str| alignment.evidence.iter().any(|e| e.name == name);
    let named = [x, y].iter().all(|voice| voice.being.is_some());
    let several =
        |fact: &Fact| fact.role(Slot::Subject).and_then(|r| cx.facts.document(fact).tokens.get(r.head as usize)).map(|t| t.tag);
    let alike = several(a).zip(several(b)).is_none_or(|(one, other)| one == other);
    // "She killed 100 fighters", "481 fighters were killed": what one did is a part of what was done.
    let counted = |fact: &Fact, q: &Quantity| fact.role(Slot::Subject).is_none_or(|r| r.open || Some(r.head) == q.head);
    let [one, other] = [counted(a, of[0]), counted(b, of[1])];
    // "They reported 2,000 stores", "it reported 900": reporting is much, and who reports must be the same; of soldiers in one town there are
    // so many, whoever counts them.
    let noun = |fact: &Fact| fact.event.is_some_and(|event| event.class == Class::Noun);
    let tied = alignment.names > 0 || alignment.heads > 1 || noun(a) && noun(b) || one && other;
    let two = tied && one == other && alike && named && one_speaker(cx, a, x, b, y) == Some(false);
    let thing = has("same-counted") || of_one_noun(cx, (a, of[0]), (b, of[1]));
    two && alignment.story >= shared::ONE_STORY && thing && (has("same-event") || has("event-family"))
}

/// What a figure is of, whatever the figure: a corrected one is the same point.
fn point(fact: &Fact, figure: &Quantity) -> String {
    let event = fact.event.map_or("", |event| event.lemma.as_str());
    format!("{event} {}", figure.unit.or(figure.counted).map_or("", |word| word.as_str()))
}

/// The same thing given in part and as a whole is no more than tension.
fn extents(x: &Quantity, y: &Quantity) -> bool {
    x.kind == Sort::Share && y.kind == Sort::Share && x.value.max(y.value) >= 100.0
}

/// "Almost 150 people were killed": "45 were killed in Velm and 23 died in Orsa" tells where some of them were.
fn of_the_whole(cx: &Context, (part, x): (&Fact, &Quantity), (whole, y): (&Fact, &Quantity)) -> bool {
    if part.reading != whole.reading || x.high >= y.low {
        return false;
    }
    let document = cx.facts.document(part);
    let range = document.sentences.get(cx.facts.claim(part).sentence as usize).map_or(0..0, |s| s.range());
    let number = |t: &&Token| t.pos == Pos::Num && !x.span.contains(t.span);
    let less = |t: &Token| t.form.as_str().parse::<f64>().is_ok_and(|n| n > 0.0 && n < y.low);
    let others = document.tokens.get(range).unwrap_or(&[]).iter().filter(number).filter(|t| less(t));
    let place = |fact: &Fact| {
        fact.roles.iter().any(|role| {
            align::is_place(cx.facts, role.preposition) && role.being.is_some_and(|b| cx.facts.who.list[b as usize].is_named())
        })
    };
    others.count() > 0 && place(part) && !place(whole)
}

/// "24 firms reported for the first time": fewer than all that report.
fn for_the_first_time(cx: &Context, fact: &Fact) -> bool {
    let tokens = &cx.facts.document(fact).tokens;
    let set = cx.facts.lexicon.set("first-words");
    let first = |at: &u32| {
        let token = tokens.get(*at as usize);
        token.is_some_and(|t| {
            let time = tokens.get(t.head as usize).is_some_and(|head| head.lemma.as_str() == "time");
            time && set.is_some_and(|set| set.word(t.lemma).is_some())
        })
    };
    cx.facts.claim(fact).tokens.iter().any(first)
}

/// Words between a figure and the noun that it counts.
fn sort(cx: &Context, fact: &Fact, q: &Quantity) -> Vec<Sym> {
    let Some(head) = q.head else { return Vec::new() };
    let tokens = &cx.facts.document(fact).tokens;
    let between = tokens.get(q.end.min(head) as usize..head as usize).unwrap_or(&[]);
    between.iter().filter(|t| matches!(t.pos, Pos::Noun | Pos::Propn | Pos::Adj)).map(|t| t.lemma).collect()
}

/// "Ten rebel fighters", "three army fighters": the words between figure and noun say whose or which, and have nothing in common.
fn other_sort(cx: &Context, (a, x): (&Fact, &Quantity), (b, y): (&Fact, &Quantity)) -> bool {
    let (one, other) = (sort(cx, a, x), sort(cx, b, y));
    !one.is_empty() && !other.is_empty() && !one.iter().any(|word| other.contains(word))
}

/// "55 cts vs 88 cts": a figure that is set against that of another time, as tables of results do.
fn of_a_row(cx: &Context, fact: &Fact, q: &Quantity) -> bool {
    let tokens = &cx.facts.document(fact).tokens;
    let end = q.end.max(q.head.map_or(0, |head| head + 1)) as usize;
    let beside = [(q.first as usize).checked_sub(1), Some(end)];
    let versus = |at: usize| {
        let form = tokens.get(at).map(|t| t.form);
        form.is_some_and(|form| cx.facts.lexicon.set("versus-words").is_some_and(|set| set.word(form).is_some()))
    };
    beside.into_iter().flatten().any(versus)
}

/// "Sold 1.4 million of its 4.6 million shares": how many there are, and not of how many it is told.
fn whole(cx: &Context, fact: &Fact, q: &Quantity) -> bool {
    let tokens = cx.facts.document(fact).tokens.get(..q.first as usize).unwrap_or(&[]);
    let mut before = tokens.iter().rev().skip_while(|t| matches!(t.pos, Pos::Det | Pos::Pron)).take(4);
    before.next().is_some_and(|t| t.form.as_str() == "of") && before.any(|t| t.pos == Pos::Num)
}

/// Prices, rates and polls of two articles: they stand otherwise tomorrow, and nobody knows that both are of one day.
fn of_two_days(cx: &Context, a: &Fact, b: &Fact) -> bool {
    let moves = |fact: &Fact| {
        fact.event.is_some_and(|event| cx.facts.lexicon.set("daily-changes").is_some_and(|set| set.word(event.lemma).is_some()))
    };
    let one_day = || gates::date(cx, a).zip(gates::date(cx, b)).is_some_and(|(one, other)| one == other);
    !cx.options.presume && a.reading != b.reading && moves(a) && moves(b) && !one_day()
}

/// Whether two figures measure one thing: the evidence that says so.
fn same_thing(cx: &Context, x: &Quantity, y: &Quantity) -> Option<Evidence> {
    if (x.kind == Sort::Share) != (y.kind == Sort::Share) || x.unit != y.unit {
        let person = |q: &Quantity| q.unit.is_none_or(|u| u.as_str() == "person");
        if !(person(x) && person(y) && x.kind == y.kind) {
            return None;
        }
    }
    let spans = [Some(x.span), Some(y.span)];
    match (x.counted, y.counted) {
        (Some(one), Some(other)) if one == other => Some(Evidence { name: "same-counted", amount: 10, spans }),
        (Some(one), Some(other)) if cx.facts.lexicon.same_family(one, other) => {
            Some(Evidence { name: "counted-family", amount: 8, spans })
        }
        (Some(one), Some(other)) => match lexical::synonyms(one.as_str(), other.as_str(), Class::Noun) {
            Some(rank) if rank <= 1 => Some(Evidence { name: "counted-family", amount: 6, spans }),
            _ => None,
        },
        (None, None) if x.unit.is_some() && x.unit == y.unit => Some(Evidence { name: "same-unit", amount: 5, spans }),
        _ if x.unit.is_some() && x.unit == y.unit => Some(Evidence { name: "same-unit", amount: 3, spans }),
        _ => None,
    }
}

/// Whether two figures lie apart; `true` inside where the later replaces the earlier.
fn apart(cx: &Context, settings: &QuantityRule, (a, x): (&Fact, &Quantity), (b, y): (&Fact, &Quantity)) -> Result<bool, Stop> {
    let percent = settings.tolerance.percent.unwrap_or(0.0) / 100.0;
    let absolute = settings.tolerance.absolute.unwrap_or(0.0);
    let slack = (x.value.abs().max(y.value.abs()) * percent).max(absolute);
    let (low, high) = if x.value <= y.value { (x, y) } else { (y, x) };
    if low.high + slack >= high.low || low.value == high.value {
        return Err(Stop::at(Gate::Tolerance, "the figures meet"));
    }
    // A part is never larger than its total; a smaller part says nothing, whether it is called one or is of a narrower kind.
    if x.part != y.part && !high.part || narrower(cx, low, high) {
        return Err(Stop::at(Gate::Tolerance, "a part of a total"));
    }
    let told = match (x.change, y.change) {
        (Some(Change::Old), Some(Change::Old)) | (Some(Change::New), Some(Change::New)) | (None, None) => false,
        (Some(Change::Old), Some(Change::New)) | (Some(Change::New), Some(Change::Old)) => {
            return Err(Stop::at(Gate::Tolerance, "the text tells the change from one to the other"));
        }
        _ => true,
    };
    let grows = settings.grows && {
        let (da, db) = (gates::date(cx, a), gates::date(cx, b));
        match (da, db) {
            (Some(one), Some(two)) if one != two => (one < two) == (x.value < y.value),
            _ => false,
        }
    };
    Ok(told || grows)
}

/// Whether the first figure counts a kind of what the second counts: children among people.
fn narrower(cx: &Context, one: &Quantity, other: &Quantity) -> bool {
    let (Some(x), Some(y)) = (one.counted, other.counted) else { return false };
    let under = |x: Sym, y: Sym| lexical::is_a(x.as_str(), y.as_str(), Class::Noun).is_some();
    let anybody = |y: Sym| cx.facts.lexicon.set("scene-anybody").is_some_and(|set| set.word(y).is_some());
    let kind = |x: Sym, y: Sym| under(x, y) || anybody(y) && !anybody(x) && under(x, Sym::new("person"));
    x != y && kind(x, y) && !kind(y, x)
}

/// Whether two figures are about one occasion.
fn about(
    cx: &Context,
    general: bool,
    (a, x): (&Fact, &Quantity),
    (b, y): (&Fact, &Quantity),
    thing: Evidence,
) -> Result<Alignment, &'static str> {
    let ask = Ask { presume: cx.options.presume, ..Ask::default() };
    if !general {
        let mut alignment =
            participants::together(cx.facts, a, b, ask).or_else(|why| told_change(cx, (a, x), (b, y)).ok_or(why))?;
        alignment.evidence.push(thing);
        return Ok(alignment);
    }
    if times_differ(cx.facts.claim(a), cx.facts.claim(b)) {
        return Err("different times");
    }
    let counts = matches!(thing.name, "same-counted" | "counted-family") && x.unit.is_none() && y.unit.is_none();
    let measured = of_one_noun(cx, (a, x), (b, y));
    let counts = counts || measured;
    let mut alignment = align::align(cx.facts, a, b, Ask { skip: [covered(x), covered(y)], counts, ..ask })?;
    let event = alignment.event || a.event.is_none() || b.event.is_none();
    if !event {
        return Err("different events");
    }
    if strangers(cx, a, b) || sorts_differ(a, b) {
        return Err("different names");
    }
    if of_two_days(cx, a, b) {
        return Err("it changes from day to day");
    }
    if shared::of_two_sorts(cx, a, b) {
        return Err("two sorts of one thing");
    }
    if a.reading == b.reading && a.voices.len() == 1 && b.voices.len() == 1 {
        return Err("one account of one article");
    }
    let by_role = alignment.names > 0 && !alignment.evidence.iter().any(|e| e.name == "shared-name");
    if thing.name == "same-unit" && !by_role && !measured && !cx.options.presume {
        return Err("only the unit is the same, and nobody who is named takes part in both");
    }
    if days_differ(cx, a, b) {
        return Err("different times");
    }
    if alignment.names == 0 && alignment.story < 30 && !cx.options.presume {
        return Err("nobody is named and the stories differ");
    }
    alignment.evidence.push(thing);
    Ok(alignment)
}

/// "The damage at 1.2 billion", "the damage at 700 million": the figures of a noun that is the event itself and known to the reader, in
/// one unit.
fn of_one_noun(cx: &Context, (a, x): (&Fact, &Quantity), (b, y): (&Fact, &Quantity)) -> bool {
    let noun = |fact: &Fact| {
        let event = fact.event.filter(|event| event.class == Class::Noun)?;
        shared::definite(cx, fact, event.token).then_some(event.lemma)
    };
    x.kind == Sort::Measure && x.unit.is_some() && x.unit == y.unit && noun(a).is_some() && noun(a) == noun(b)
}

/// Least likeness of two articles' stories, in percent, for a change told in one to be about a figure of the other.
const TOLD_STORY: u32 = 12;

/// "The 28-point plan was cut to 20" names the figure that it replaces: where the other article of one story gives just that figure, the
/// two are about one thing whoever is named beside them.
fn told_change(cx: &Context, (a, x): (&Fact, &Quantity), (b, y): (&Fact, &Quantity)) -> Option<Alignment> {
    let replaces = |teller: &Fact, new: &Quantity, other: &Quantity| {
        let old = |q: &&Quantity| q.change == Some(Change::Old) && q.value == other.value && same_thing(cx, q, other).is_some();
        new.change == Some(Change::New) && cx.facts.claim(teller).quantities.iter().any(|q| old(&q))
    };
    let story = align::story(cx.facts, a, b);
    let told = replaces(a, x, y) || replaces(b, y, x);
    (told && story >= TOLD_STORY).then(|| Alignment {
        story,
        evidence: vec![Evidence::of("told-change", 10)],
        ..Alignment::default()
    })
}

/// The figure with its noun: what is compared here and nowhere else.
fn covered(q: &Quantity) -> Option<(u32, u32)> {
    Some((q.first.min(q.head.unwrap_or(q.first)), q.end.max(q.head.map_or(0, |h| h + 1))))
}

/// Whether both clauses name somebody, and nobody who is named in both.
fn strangers(cx: &Context, a: &Fact, b: &Fact) -> bool {
    let meets = |x: &u32| b.named.iter().any(|y| align::same_party(cx.facts, *x, *y));
    !a.named.is_empty() && !b.named.is_empty() && !a.named.iter().any(meets)
}

/// Whether both say of which sort their subject is, and no sort twice: "the travel budget", "the budget for rent".
fn sorts_differ(a: &Fact, b: &Fact) -> bool {
    let sorts = |fact: &Fact| -> Vec<Sym> {
        let nouns = fact.role(Slot::Subject).into_iter().flat_map(|role| &role.modifiers);
        nouns.filter(|(_, pos)| *pos == Pos::Noun).map(|(word, _)| *word).collect()
    };
    let (one, other) = (sorts(a), sorts(b));
    !one.is_empty() && !other.is_empty() && !one.iter().any(|sort| other.contains(sort))
}

fn times_differ(a: &Claim, b: &Claim) -> bool {
    matches!((a.time, b.time), (Some(x), Some(y)) if x.end < y.start || y.end < x.start)
}

/// Whether the two sentences name days or months and share none: an undated article's dates have no place on the calendar.
fn days_differ(cx: &Context, a: &Fact, b: &Fact) -> bool {
    let days = |fact: &Fact| -> Vec<(Sym, Option<Sym>)> {
        let document = cx.facts.document(fact);
        let Some(sentence) = document.sentences.get(cx.facts.claim(fact).sentence as usize) else { return Vec::new() };
        let tokens = &document.tokens[sentence.range()];
        let named = |t: &crate::text::Token| {
            let row = cx.facts.lexicon.calendar.get(&t.lemma);
            row.is_some_and(|r| matches!(r.kind, CalendarKind::Month | CalendarKind::Weekday))
                && t.shape != crate::text::Shape::Lower
        };
        let number = |at: usize| tokens.get(at).filter(|t| t.pos == Pos::Num).map(|t| t.form);
        let beside = |at: usize| number(at + 1).or_else(|| at.checked_sub(1).and_then(number));
        tokens.iter().enumerate().filter(|(_, t)| named(t)).map(|(at, t)| (t.lemma, beside(at))).collect()
    };
    let (one, other) = (days(a), days(b));
    !one.is_empty() && !other.is_empty() && !one.iter().any(|day| other.contains(day))
}
