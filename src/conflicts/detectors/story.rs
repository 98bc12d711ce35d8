//! One article leads with what another calls false: a denial that is about the story rather than about a claim.

use super::{Clash, Context, Key, Pole, shared};
use crate::base::{Span, Sym};
use crate::claims::Stance;
use crate::conflicts::Because;
use crate::conflicts::align::{self, Alignment, Ask, Evidence};
use crate::conflicts::debunk;
use crate::conflicts::facts::{Fact, Slot, Voice};
use crate::conflicts::gates::{self, Gate, Stop};
use crate::conflicts::matter::{self, Opposed, Setting, Sort};
use crate::text::Pos;

/// Statements of at most this many sentences have no head and body.
const BARE: usize = 3;

/// What refutes a story meets what tells one, under any name or word that both articles are about: the first claim of each article that
/// does so stands for all of them, so that articles meet once and not claim by claim.
pub fn keys(cx: &Context, rule: usize, fact: &Fact, out: &mut Vec<Key>) {
    let Some(at) = cx.facts.find(fact.reading, fact.claim).map(|at| at as u32) else { return };
    let matter = &cx.facts.matters[fact.reading as usize];
    let refuting: Vec<u32> = matter.refutals.iter().map(|r| r.fact).collect();
    let telling: Vec<u32> = matter.told.iter().map(|t| t.fact).collect();
    for ((facts, pole), words) in [(refuting, Pole::Rare), (telling, Pole::Common)].into_iter().zip(matter::ties(matter)) {
        if facts.first() == Some(&at) {
            shared::cross(rule, &[shared::hash("refuted")], &anchors(cx, &facts), pole, out);
            out.extend(words.iter().map(|word| Key { hash: shared::hash((rule, "unlike", word)), pole }));
        }
    }
}

/// What ties any of these claims to its story, each once.
fn anchors(cx: &Context, facts: &[u32]) -> Vec<u64> {
    let (mut all, mut one) = (Vec::new(), Vec::new());
    for fact in facts {
        shared::anchors(cx, &cx.facts.list[*fact as usize], &mut one);
        all.append(&mut one);
    }
    all.sort_unstable();
    all.dedup();
    all
}

/// The claims that carry what two articles have against each other, at most one pair each way.
pub fn carriers(cx: &Context, a: &Fact, b: &Fact) -> Vec<[u32; 2]> {
    if a.reading == b.reading {
        return Vec::new();
    }
    let way = |refuting: &Fact, telling: &Fact| {
        let found = matter::opposed(cx.facts, refuting.reading as usize, telling.reading as usize, setting(cx, a, b)).ok()?;
        Some([found.refutal.fact, found.claim])
    };
    way(a, b).into_iter().chain(way(b, a)).collect()
}

fn setting(cx: &Context, a: &Fact, b: &Fact) -> Setting {
    let short = [a, b].iter().all(|f| cx.facts.document(f).sentences.len() <= BARE);
    match (cx.options.presume, short) {
        (false, _) => Setting::Articles,
        (true, false) => Setting::Texts,
        (true, true) => Setting::Statements,
    }
}

/// Percent of what two articles have in common besides names, from which a verdict on anything is taken to be on their one story.
const THEME: u32 = 24;

/// Sets the stories of two claims' articles against each other; of all claims of the two, one pair carries the conflict.
///
/// # Errors
/// The first gate that fails.
pub fn judge(cx: &Context, a: &Fact, b: &Fact) -> Result<Clash, Stop> {
    if a.reading == b.reading {
        return Err(Stop::at(Gate::NotOpposed, "one article"));
    }
    match one_way(cx, a, b, 0) {
        Ok(clash) => Ok(clash),
        Err(stop) => one_way(cx, b, a, 1).map_err(|other| if other.gate > stop.gate { other } else { stop }),
    }
}

/// The article that refutes stands at `side` of the pair.
fn one_way(cx: &Context, refuting: &Fact, telling: &Fact, side: usize) -> Result<Clash, Stop> {
    let facts = cx.facts;
    let found = matter::opposed(facts, refuting.reading as usize, telling.reading as usize, setting(cx, refuting, telling))
        .map_err(|(gate, why)| Stop::at(gate, why))?;
    let here = |fact: &Fact| facts.find(fact.reading, fact.claim).map(|at| at as u32);
    if here(refuting) != Some(found.refutal.fact) || here(telling) != Some(found.claim) {
        return Err(Stop::at(Gate::NotOpposed, "other words of the two articles say it better"));
    }
    if found.refutal.cue.is_none() {
        if debunk::denied_by(facts, telling.reading, refuting) {
            return Err(Stop::at(Gate::NotOpposed, "its own article tells the denial too"));
        }
        gates::another(cx, refuting, telling)?;
        if shared::long_ago(cx, refuting, telling) {
            return Err(Stop::at(Gate::Participants, "another occasion, long before"));
        }
    }
    if cx.options.presume && found.refutal.cue.is_none() && shared::other_time(cx, refuting, telling) {
        return Err(Stop::at(Gate::Participants, "denied of another time"));
    }
    let voice = found.refutal.voice;
    let by = &refuting.voices[voice];
    let other = |v: &Voice| v.stance != Stance::None && (v.being.is_none() || v.being != by.being);
    let Some(claimer) = telling.voices.iter().position(other).filter(|_| !told_by_denier(cx, (refuting, by), telling)) else {
        return Err(Stop::at(Gate::NotOpposed, "nobody else asserts it"));
    };
    let mut alignment = alignment(cx, &found, refuting, telling);
    if setting(cx, refuting, telling) == Setting::Articles {
        alignment.evidence.extend(apart(cx, &found, refuting, telling));
    }
    let mut because = vec![Because { side, span: found.refutal.span, role: "denial" }];
    if found.refutal.cue.is_none() {
        because.extend(shared::negators(cx, refuting, side));
    }
    because.push(shared::predicate(cx, telling, 1 - side, "event"));
    let mut voices = [0, 0];
    voices[side] = voice;
    voices[1 - side] = claimer;
    let mut bound = [Vec::new(), Vec::new()];
    bound[side].push(("position", refuting_words(cx, refuting, found.refutal.span)));
    bound[1 - side].push(("position", words(cx, telling)));
    let tension = found.refutal.cue.is_some_and(|cue| cue.hedged);
    Ok(Clash { because, voices, tension, story: Some(side), alignment, bound, ..Clash::default() })
}

/// "Local police disputed that claim" against "local police say that …": who denies is described in the same words as who tells.
fn told_by_denier(cx: &Context, (refuting, by): (&Fact, &Voice), telling: &Fact) -> bool {
    let words = |fact: &Fact, span: Span| -> Vec<Sym> {
        let within = cx.facts.document(fact).tokens.iter().filter(|t| span.contains(t.span));
        within.filter(|t| t.pos != Pos::Punct).map(|t| t.form).collect()
    };
    let link = by.link.and_then(|at| cx.facts.claim(refuting).chain.get(at as usize)).and_then(|link| link.mention);
    // Told by the article, but denied by its subject.
    let span = link.or_else(|| refuting.role(Slot::Subject).filter(|_| by.is_publisher()).map(|role| role.span));
    let Some(denier) = span.map(|span| words(refuting, span)).filter(|words| words.len() > 1) else {
        return false;
    };
    let tellers = cx.facts.claim(telling).chain.iter().filter_map(|link| link.mention);
    tellers.map(|span| words(telling, span)).any(|teller| denier.iter().all(|word| teller.contains(word)))
}

/// What speaks against two articles of a large collection telling one story: who denies has no part in what the other tells, or the verdict
/// ("wrong", "denied") may be on anything, and they share little besides names. "A hoax" is said of a story.
fn apart(cx: &Context, found: &Opposed, refuting: &Fact, telling: &Fact) -> Vec<Evidence> {
    let Some(cue) = found.refutal.cue else { return Vec::new() };
    let mut evidence = Vec::new();
    if cue.sort == Sort::Denial && stranger(cx, found, refuting, telling) {
        evidence.push(Evidence::of("stranger", 10));
    }
    let stories = [refuting, telling].map(|fact| &cx.facts.stories[fact.reading as usize]);
    let lacking = THEME.saturating_sub(stories[0].theme(stories[1]));
    if cue.is_open() && lacking > 0 {
        evidence.push(Evidence::of("slight-theme", lacking.min(10)));
    }
    evidence
}

/// Whether a named party denies a story in which nobody names it: who answers a report has a part in it.
fn stranger(cx: &Context, found: &Opposed, refuting: &Fact, telling: &Fact) -> bool {
    let voice = &refuting.voices[found.refutal.voice];
    // "The captain denied reports": told by the article, but denied by him.
    let denier = if voice.is_publisher() { refuting.role(Slot::Subject).and_then(|role| role.being) } else { voice.being };
    let Some(denier) = denier.filter(|b| cx.facts.who.list[*b as usize].is_named()) else { return false };
    let reading = telling.reading as usize;
    let told = &cx.facts.list[cx.facts.starts[reading]..cx.facts.starts[reading + 1]];
    let mut beings = told.iter().flat_map(|fact| fact.named.iter().chain(&fact.nearby));
    !beings.any(|b| align::same_party(cx.facts, denier, *b) || cx.facts.who.party(denier) == cx.facts.who.party(*b))
}

fn alignment(cx: &Context, found: &Opposed, refuting: &Fact, telling: &Fact) -> Alignment {
    let mut alignment = Alignment { story: align::story(cx.facts, refuting, telling), ..Alignment::default() };
    alignment.evidence.push(Evidence::of("rumour", (5 + found.told / 15).min(10)));
    if found.refutal.cue.is_some_and(|cue| cue.doubts) {
        alignment.evidence.push(Evidence::of("doubted", 10));
    }
    align::background(refuting, telling, Ask { presume: cx.options.presume, ..Ask::default() }, &mut alignment);
    alignment
}

/// The sentence that refutes; a bare verdict ("FALSE") with the sentence that it stands beside.
fn refuting_words(cx: &Context, fact: &Fact, span: Span) -> String {
    let sentences = &cx.facts.document(fact).sentences;
    let own = sentences.iter().position(|s| s.span.contains(span));
    match own.filter(|at| *at != cx.facts.claim(fact).sentence as usize) {
        Some(at) => format!("{} – {}", words(cx, fact), sentences[at].span.of(cx.facts.text(fact)).trim()),
        None => words(cx, fact),
    }
}

/// A claim's sentence on one line, cut where it is long.
fn words(cx: &Context, fact: &Fact) -> String {
    const LONGEST: usize = 160;
    let document = cx.facts.document(fact);
    let claim = cx.facts.claim(fact);
    let span = document.sentences.get(claim.sentence as usize).map_or(claim.span, |s| s.span);
    let line = span.of(cx.facts.text(fact)).split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line,
    }
}
