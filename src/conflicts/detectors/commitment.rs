//! One asserts what another, who would know, does not confirm: "has not acknowledged", "neither confirmed nor denied"; or one tells a decision
//! as made that the other leaves open.

use super::{Clash, Context, Detector, Key, Pole, covered, decision, shared};
use crate::claims::Stance;
use crate::conflicts::align::{self, Ask};
use crate::conflicts::facts::{Fact, Voice};
use crate::conflicts::gates::{Gate, Stop};
use crate::rules::{CommitmentKind, Kind, Rule};
use crate::text::{Rel, Tag};

/// The kind `commitment`.
pub struct Commitments;

impl Detector for Commitments {
    fn kind(&self) -> &'static str {
        "commitment"
    }

    fn keys(&self, cx: &Context, rule: (usize, &Rule), fact: &Fact, out: &mut Vec<Key>) {
        if on_decisions(rule.1) {
            return decision::keys(cx, rule.0, fact, out);
        }
        if fact.voices.iter().any(withholds) {
            shared::event_keys(cx, rule.0, fact, Pole::Rare, out);
        }
        if fact.realised(cx.facts) && fact.voices.iter().any(|v| matches!(v.stance, Stance::Asserted(_))) {
            shared::event_keys(cx, rule.0, fact, Pole::Common, out);
        }
    }

    fn judge(&self, cx: &Context, (_, rule): (usize, &Rule), a: &Fact, b: &Fact) -> Result<Clash, Stop> {
        if on_decisions(rule) {
            return decision::judge(cx, a, b);
        }
        let (one, other) = (shared::event(cx, a)?, shared::event(cx, b)?);
        if align::events(cx.facts, one, other).is_none() {
            return Err(Stop::at(Gate::NoMatch, "different events"));
        }
        let opposed = |x: &Voice, y: &Voice| {
            (withholds(x) && matches!(y.stance, Stance::Asserted(_))) || (withholds(y) && matches!(x.stance, Stance::Asserted(_)))
        };
        let voices = shared::voices(a, b, opposed).ok_or(Stop::at(Gate::NotOpposed, "nobody withholds what the other says"))?;
        if [a, b].into_iter().any(|fact| only_cites(cx, fact)) {
            return Err(Stop::at(Gate::NotAClaim, "it only says that something is said"));
        }
        if [a, b].into_iter().zip(voices).any(|(fact, voice)| presupposed(cx, fact, &fact.voices[voice])) {
            return Err(Stop::at(Gate::NotAClaim, "it is withheld which, not whether"));
        }
        if [a, b].into_iter().any(|fact| no_telling(cx, fact)) {
            return Err(Stop::at(Gate::NotAClaim, "nobody could tell how much"));
        }
        if cx.facts.claim(a).sentence == cx.facts.claim(b).sentence && a.reading == b.reading {
            return Err(Stop::at(Gate::NotOpposed, "one sentence"));
        }
        let ask = Ask { presume: cx.options.presume, ..Ask::default() };
        let alignment = align::align(cx.facts, a, b, ask).map_err(|why| Stop::at(Gate::Participants, why))?;
        if !cx.options.presume && !shares_party(cx, a, b) {
            return Err(Stop::at(Gate::Participants, "no party stands in both"));
        }
        let (held, told) = if withholds(&a.voices[voices[0]]) { (a, b) } else { (b, a) };
        covered::by(cx, told, held)?;
        let mut because = vec![shared::predicate(cx, a, 0, "event"), shared::predicate(cx, b, 1, "event")];
        for (side, fact) in [a, b].into_iter().enumerate() {
            if withholds(&fact.voices[voices[side]]) {
                because.extend(shared::negators(cx, fact, side));
            }
        }
        Ok(Clash { because, voices, tension: true, alignment, ..Clash::default() })
    }
}

fn on_decisions(rule: &Rule) -> bool {
    matches!(rule.kind, Kind::Commitment(CommitmentKind { decisions: true, .. }))
}

/// "There is no telling how often it was": said of how much there is, and withheld by nobody.
fn no_telling(cx: &Context, fact: &Fact) -> bool {
    let tokens = &cx.facts.document(fact).tokens;
    let idiom = |link: &crate::claims::Link| {
        let gerund = tokens.get(link.cue.start as usize).is_some_and(|t| t.tag == Tag::Vbg);
        gerund && link.withholds && link.negated_by.is_some_and(|at| at + 1 == link.cue.start)
    };
    cx.facts.claim(fact).chain.iter().any(idiom)
}

/// Whether both clauses name somebody of one party, or nobody: what is withheld has to be what the other asserts, and a bare verb says little.
fn shares_party(cx: &Context, a: &Fact, b: &Fact) -> bool {
    let parties = |fact: &Fact| fact.named.iter().map(|being| cx.facts.who.party(*being)).collect::<Vec<_>>();
    let (ours, theirs) = (parties(a), parties(b));
    ours.is_empty() && theirs.is_empty() || ours.iter().any(|party| theirs.contains(party))
}

/// Whether the claim's predicate is the cue of what somebody says: "what he called a campaign" is no call.
fn only_cites(cx: &Context, fact: &Fact) -> bool {
    let predicate = cx.facts.claim(fact).predicate;
    let own = cx.facts.starts[fact.reading as usize]..cx.facts.starts[fact.reading as usize + 1];
    cx.facts.list[own].iter().any(|other| cx.facts.claim(other).chain.iter().any(|link| link.cue.contains(&predicate)))
}

/// "Would not name the price they had set": who withholds a thing takes for granted what a relative clause says of it.
fn presupposed(cx: &Context, fact: &Fact, voice: &Voice) -> bool {
    let claim = cx.facts.claim(fact);
    let tokens = &cx.facts.document(fact).tokens;
    let Some(link) = voice.link.filter(|_| voice.withholds).and_then(|at| claim.chain.get(at as usize)) else { return false };
    let within = |at: u32| tokens.get(at as usize).is_some_and(|t| link.content.iter().any(|span| span.contains(t.span)));
    tokens.get(claim.predicate as usize).is_some_and(|own| own.rel == Rel::AclRelcl && within(own.head))
}

/// A named source that withholds the content; what is unclear to the publisher is no position.
fn withholds(voice: &Voice) -> bool {
    voice.withholds && voice.being.is_some()
}
