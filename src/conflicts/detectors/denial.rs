//! One denies what another claims: by a cue of denial, by pointing to the claim, or by calling the story itself false.
//!
//! A denial answers, in this order: the claim that its words point back to; the claims of the owner it names; by content, a claim of
//! another speaker. Only the last needs words in common.

use super::{Clash, Context, Detector, Key, Pole, covered, shared, story};
use crate::claims::{Form, Modality, Stance};
use crate::conflicts::align::{self, Alignment, Ask, Evidence};
use crate::conflicts::debunk;
use crate::conflicts::facts::{Fact, Voice};
use crate::conflicts::gates::{Gate, Stop};
use crate::conflicts::participants;
use crate::rules::{DenialKind, Kind, Rule};
use crate::text::{Pos, Rel, Tag, Token};

/// The kind `denial`.
pub struct Denials;

/// Rare words of a denial under which it meets claims, at least.
const RARE: u32 = 6;

impl Detector for Denials {
    fn kind(&self) -> &'static str {
        "denial"
    }

    fn keys(&self, cx: &Context, (rule, settings): (usize, &Rule), fact: &Fact, out: &mut Vec<Key>) {
        if matches!(settings.kind, Kind::Denial(DenialKind { stories: true, .. })) {
            return story::keys(cx, rule, fact, out);
        }
        let mut anchors = Vec::new();
        let denies = fact.voices.iter().any(denies);
        let pole = if denies { Pole::Rare } else { Pole::Common };
        if denies || fact.voices.iter().any(asserts) {
            shared::event_keys(cx, rule, fact, pole, out);
            shared::anchors(cx, fact, &mut anchors);
            let mut rare: Vec<_> = fact.words.iter().filter(|(_, weight)| *weight >= RARE).collect();
            rare.sort_unstable_by_key(|(word, weight)| (std::cmp::Reverse(*weight), word.as_str()));
            let rare: Vec<u64> = rare.iter().take(4).map(|(word, _)| shared::hash(("word", word))).collect();
            shared::cross(rule, &rare, &anchors, pole, out);
        }
        let claim = cx.facts.claim(fact);
        let place = |claim: u32| shared::hash((rule, "reply", fact.reading, claim));
        out.push(Key { hash: place(fact.claim), pole: Pole::Common });
        if let Some(target) = claim.denies.as_ref().and_then(|reply| reply.claim) {
            out.push(Key { hash: place(target), pole: Pole::Rare });
        }
        let owned = |party: u32| shared::hash((rule, "owner", fact.reading, party));
        if let Some(party) = owner(cx, fact).filter(|_| denies) {
            out.push(Key { hash: owned(party), pole: Pole::Rare });
        }
        let speakers = fact.voices.iter().filter(|v| asserts(v)).filter_map(|v| v.being);
        out.extend(speakers.map(|being| Key { hash: owned(cx.facts.who.party(being)), pole: Pole::Common }));
    }

    fn carriers(&self, cx: &Context, (_, rule): (usize, &Rule), pair: [u32; 2]) -> Vec<[u32; 2]> {
        if !matches!(rule.kind, Kind::Denial(DenialKind { stories: true, .. })) {
            return vec![pair];
        }
        let [a, b] = pair.map(|at| &cx.facts.list[at as usize]);
        story::carriers(cx, a, b)
    }

    fn judge(&self, cx: &Context, (_, rule): (usize, &Rule), a: &Fact, b: &Fact) -> Result<Clash, Stop> {
        let settings = match &rule.kind {
            Kind::Denial(settings) => *settings,
            _ => return Err(Stop::at(Gate::NoMatch, "not a rule about denials")),
        };
        if settings.stories {
            return story::judge(cx, a, b);
        }
        let attempts = [(a, b, 0), (b, a, 1)].map(|(denial, claim, side)| one_way(cx, &settings, denial, claim, side));
        let mut furthest: Option<Stop> = None;
        for attempt in attempts {
            match attempt {
                Ok(clash) => return Ok(clash),
                Err(stop) => furthest = Some(furthest.map_or(stop, |old| if stop.gate > old.gate { stop } else { old })),
            }
        }
        Err(furthest.unwrap_or(Stop::at(Gate::NoMatch, "nobody denies")))
    }
}

fn denies(voice: &Voice) -> bool {
    voice.denies && matches!(voice.stance, Stance::Refuted(_))
}

fn asserts(voice: &Voice) -> bool {
    matches!(voice.stance, Stance::Asserted(_))
}

/// `denial` stands at `side` of the pair.
fn one_way(cx: &Context, settings: &DenialKind, denial: &Fact, claim: &Fact, side: usize) -> Result<Clash, Stop> {
    let points = super::position::linked(cx, denial, claim)
        && cx.facts.claim(denial).denies.as_ref().is_some_and(|r| r.claim == Some(claim.claim));
    let points = points || answers_owner(cx, denial, claim);
    if beside(cx, denial) {
        return Err(Stop::at(Gate::NoMatch, "it stands beside what is denied"));
    }
    if claim_is_attribute(cx, claim) && !points {
        return Err(Stop::at(Gate::NotAClaim, "it is taken for granted"));
    }
    if in_passing(cx, denial) {
        return Err(Stop::at(Gate::NoMatch, "nobody denies it but in passing"));
    }
    let Some(denier) = denial.voices.iter().position(|v| denies(v) || points && v.stance != Stance::None) else {
        return Err(Stop::at(Gate::NoMatch, "nobody denies"));
    };
    let by = &denial.voices[denier];
    let other = |v: &Voice| asserts(v) && !one_voice(denial, by, claim, v);
    let Some(claimer) = claim.voices.iter().position(other) else {
        return Err(Stop::at(Gate::NotOpposed, "nobody else asserts it"));
    };
    let same_sentence = denial.reading == claim.reading && cx.facts.claim(denial).sentence == cx.facts.claim(claim).sentence;
    if same_sentence && !points {
        return Err(Stop::at(Gate::NotOpposed, "one sentence"));
    }
    let planned = [denial, claim].iter().all(|f| cx.facts.claim(f).modality == Modality::Planned);
    if !points && !claim.realised(cx.facts) && !planned {
        let modality = cx.facts.claim(claim).modality;
        return Err(Stop::at(Gate::Modality, super::super::gates::modality_words(modality)));
    }
    if !points {
        let event = shared::event(cx, claim)?;
        if cx.facts.lexicon.cues.word(event.lemma).is_some() && align::no_object(claim) {
            return Err(Stop::at(Gate::NotAClaim, "it only says that something is said"));
        }
        shared::event(cx, denial)?;
    }
    if !points && shared::long_ago(cx, denial, claim) {
        return Err(Stop::at(Gate::Participants, "another occasion, long before"));
    }
    if !points && debunk::told_by(cx.facts, claim.reading, denial) {
        return Err(Stop::at(Gate::NotOpposed, "its own article tells the denial too"));
    }
    if !points && shared::of_help(denial, claim) {
        return Err(Stop::at(Gate::Participants, "help is denied, and not the thing itself"));
    }
    if !points && debunk::same_words(cx.facts, denial, claim) {
        return Err(Stop::at(Gate::NotOpposed, "the same words"));
    }
    let alignment = if points {
        let mut alignment = Alignment { story: 100, ..Alignment::default() };
        alignment.evidence.push(Evidence::of("reply", 10));
        align::background(denial, claim, Ask::default(), &mut alignment);
        let percent = denial.shared_weight(claim) * 100 / denial.weight.min(claim.weight).max(12);
        if percent >= 15 {
            alignment.evidence.push(Evidence::of("overlap", (percent / 8).min(10)));
        } else if claim.voices[claimer].is_publisher() && !tells_of_telling(cx, claim) {
            alignment.evidence.push(Evidence::of("unattributed", 10));
        }
        alignment
    } else {
        let mut alignment = content(cx, settings, denial, claim).map_err(|why| Stop::at(Gate::Participants, why))?;
        if side == 1 {
            alignment.evidence.iter_mut().for_each(|evidence| evidence.spans.swap(0, 1));
        }
        alignment
    };
    let mut because = shared::negators(cx, denial, side);
    because.push(shared::predicate(cx, denial, side, "event"));
    because.push(shared::predicate(cx, claim, 1 - side, "event"));
    let (mut voices, mut pair) = ([0, 0], [claim, claim]);
    voices[side] = denier;
    voices[1 - side] = claimer;
    pair[side] = denial;
    let tension = alignment.tension || shared::restricted(cx, pair, voices);
    Ok(Clash { because, voices, tension, linked: points, alignment, ..Clash::default() })
}

/// "Rather than challenging it", "the power to dismiss it", "you spend a minute debunking it": a denying verb of which nobody is told that he
/// did it.
fn in_passing(cx: &Context, denial: &Fact) -> bool {
    let tokens = &cx.facts.document(denial).tokens;
    let claim = cx.facts.claim(denial);
    let lexicon = cx.facts.lexicon;
    // "Should retract it", "will no doubt claim that it is wrong", "whether to accept or reject it".
    let aux = |cue: u32| tokens.iter().any(|t| t.head == cue && t.rel == Rel::Aux && t.tag == Tag::Md);
    let joined = |cue: u32| tokens.get(cue as usize).filter(|t| t.rel == Rel::Conj && t.tag == Tag::Vb).map(|t| t.head);
    let to_come = |cue: u32| aux(cue) || joined(cue).is_some_and(aux);
    // "When it spreads we debunk it", "you cannot deny it": what anybody does any time.
    let generic = |cue: u32| {
        let mut below = tokens.iter().filter(|t| t.head == cue);
        below.any(|t| t.rel == Rel::Nsubj && lexicon.set("anybody").is_some_and(|set| set.word(t.form).is_some()))
    };
    let above = |at: u32| tokens.get(at as usize).filter(|t| matches!(t.rel, Rel::Xcomp | Rel::Ccomp)).map(|t| t.head);
    let cues = claim.chain.iter().filter(|link| !link.cue.is_empty()).map(|link| link.cue.start);
    if !cx.options.presume && cues.clone().any(|cue| to_come(cue) || generic(cue)) {
        return true;
    }
    if !cx.options.presume
        && (generic(claim.predicate)
            || above(claim.predicate).is_some_and(generic)
            || habitual(cx, denial, claim.predicate)
            || cues.clone().any(|cue| habitual(cx, denial, cue)))
    {
        return true;
    }
    let Some(cue) = claim.chain.iter().find(|link| link.denial && !link.cue.is_empty()).map(|link| link.cue.start) else {
        return false;
    };
    let Some(verb) = tokens.get(cue as usize).filter(|_| !cx.options.presume) else { return false };
    let before = || cue.checked_sub(1).and_then(|at| tokens.get(at as usize));
    // "Fell short of offering denials": nobody is told to have denied anything.
    let offered = tokens.get(verb.head as usize).filter(|t| verb.pos == Pos::Noun && verb.rel == Rel::Obj && t.tag == Tag::Vbg);
    if offered.is_some_and(|_| !tokens.iter().any(|t| t.head == verb.head && t.rel == Rel::Aux)) {
        return true;
    }
    match verb.tag {
        Tag::Vbg => !tokens.iter().any(|t| t.head == cue && t.rel == Rel::Aux),
        Tag::Vb => before().is_some_and(|t| t.tag == Tag::To),
        _ => false,
    }
}

/// "Dismissed such reports in a statement that called them …", "when they did it, he brushed off complaints": a denying verb with an object
/// denies that, and no clause that stands elsewhere in its sentence.
fn beside(cx: &Context, denial: &Fact) -> bool {
    let tokens = &cx.facts.document(denial).tokens;
    let claim = cx.facts.claim(denial);
    let Some(cue) = claim.chain.iter().find(|link| link.denial && !link.cue.is_empty()).map(|link| link.cue.start) else {
        return false;
    };
    let verb = tokens.get(cue as usize).is_some_and(|t| t.pos == Pos::Verb);
    let object =
        (cue..tokens.len() as u32).take(12).find(|at| tokens[*at as usize].head == cue && tokens[*at as usize].rel == Rel::Obj);
    let Some(object) = object.filter(|_| verb && !cx.options.presume && claim.form == Form::Clause) else { return false };
    let told =
        tokens[object as usize].pos == Pos::Noun && cx.facts.lexicon.claim_nouns.word(tokens[object as usize].lemma).is_some();
    let above = |at: u32| tokens.get(at as usize).map(|t| t.head).filter(|head| *head != at);
    let line = std::iter::successors(Some(claim.predicate), |at| above(*at)).take(16);
    // Under the object, or a clause that hangs on it ("the charge, that …" is often hung on the verb).
    let mut below = line.into_iter().take_while(|at| *at != cue);
    let last = below.clone().last().map(|at| tokens[at as usize].rel);
    told && !below.any(|at| at == object) && claim.predicate != cue && !matches!(last, Some(Rel::Ccomp | Rel::Xcomp))
}

/// "After the leaked letters": what stands beside a noun is taken for granted, and told by nobody.
fn claim_is_attribute(cx: &Context, claim: &Fact) -> bool {
    let tokens = &cx.facts.document(claim).tokens;
    let at = cx.facts.claim(claim).predicate as usize;
    let Some(token) = tokens.get(at).filter(|t| t.tag == Tag::Vbn && !cx.options.presume) else { return false };
    let helped = tokens.iter().any(|t| t.head as usize == at && matches!(t.rel, Rel::Aux | Rel::AuxPass));
    let before = at.checked_sub(1).and_then(|at| tokens.get(at)).is_some_and(|t| matches!(t.pos, Pos::Adp | Pos::Det));
    let noun = tokens.get(at + 1).is_some_and(|t| matches!(t.pos, Pos::Noun | Pos::Propn));
    !helped && (token.rel == Rel::Amod || before && noun)
}

/// "When a story spreads and we debunk it": a denial of any time in a clause of time or condition, in the present.
fn habitual(cx: &Context, denial: &Fact, verb: u32) -> bool {
    let tokens = &cx.facts.document(denial).tokens;
    let present = |at: u32| tokens.get(at as usize).is_some_and(|t| matches!(t.tag, Tag::Vbp | Tag::Vbz | Tag::Vb));
    let marked = |at: u32| {
        let whenever = |t: &Token| cx.facts.lexicon.set("whenever-words").is_some_and(|set| set.word(t.form).is_some());
        tokens.iter().any(|t| t.head == at && matches!(t.rel, Rel::Mark | Rel::Advmod) && whenever(t))
    };
    let above =
        |at: u32| tokens.get(at as usize).filter(|t| matches!(t.rel, Rel::Conj | Rel::Ccomp | Rel::Xcomp)).map(|t| t.head);
    let clauses = std::iter::successors(Some(verb), |at| above(*at)).take(4);
    present(verb) && clauses.into_iter().any(marked)
}

/// "There had been speculation": the sentence itself says that something is told, if not in whose voice.
fn tells_of_telling(cx: &Context, fact: &Fact) -> bool {
    let document = cx.facts.document(fact);
    let sentence = document.sentences.get(cx.facts.claim(fact).sentence as usize);
    let lexicon = cx.facts.lexicon;
    let tells = |at: usize| {
        let token = &document.tokens[at];
        token.pos == Pos::Noun && lexicon.claim_nouns.word(token.lemma).is_some()
    };
    sentence.is_some_and(|s| s.range().any(tells))
}

/// The party whose claims a denial says it denies, where the article itself does not settle which claim is meant.
fn owner(cx: &Context, denial: &Fact) -> Option<u32> {
    let reply = cx.facts.claim(denial).denies.as_ref().filter(|reply| reply.claim.is_none())?;
    let being = cx.facts.who.of(denial.reading as usize, reply.owner?)?;
    Some(cx.facts.who.party(being))
}

/// "… denied Russia's claims of gains" answers what somebody who speaks for Russia said before it in the same paragraph: the text sets
/// the two side by side, whatever words it sums the claim up in.
fn answers_owner(cx: &Context, denial: &Fact, claim: &Fact) -> bool {
    let Some(owner) = owner(cx, denial) else { return false };
    let paragraph = |fact: &Fact| {
        let sentences = &cx.facts.readings[fact.reading as usize].document.sentences;
        sentences.get(cx.facts.claim(fact).sentence as usize).map(|s| s.paragraph)
    };
    let content = cx.facts.claim(denial).denies.as_ref().and_then(|reply| reply.content);
    let met = content.is_none_or(|(first, end)| {
        let tokens = cx.facts.document(denial).tokens.get(first as usize..end as usize).unwrap_or(&[]);
        // A phrase sums up what was claimed ("claims of territorial gains"); a clause repeats it.
        let clause = tokens.iter().any(|t| t.pos == Pos::Verb);
        !clause || tokens.iter().any(|t| claim.words.iter().any(|(word, _)| *word == t.lemma))
    });
    let says = |v: &Voice| asserts(v) && v.being.is_some_and(|being| cx.facts.who.party(being) == owner);
    // What he said last is meant, and as a whole: one denial is one conflict.
    let own = &cx.facts.list[cx.facts.starts[denial.reading as usize]..cx.facts.starts[denial.reading as usize + 1]];
    let nearer = |other: &Fact| {
        let (said, here) = (cx.facts.claim(other).sentence, cx.facts.claim(claim).sentence);
        let whole = said == here && other.claim < claim.claim || said > here && said < cx.facts.claim(denial).sentence;
        whole && cx.facts.claim(other).form == Form::Clause && other.realised(cx.facts) && other.voices.iter().any(says)
    };
    met && denial.reading == claim.reading
        && !own.iter().any(nearer)
        && cx.facts.claim(claim).sentence < cx.facts.claim(denial).sentence
        && paragraph(claim) == paragraph(denial)
        && cx.facts.claim(claim).form == Form::Clause
        && claim.realised(cx.facts)
        && claim.voices.iter().any(says)
}

fn one_voice(a: &Fact, x: &Voice, b: &Fact, y: &Voice) -> bool {
    match (x.is_publisher(), y.is_publisher()) {
        (true, true) => a.reading == b.reading,
        (false, false) => x.being.is_some() && x.being == y.being,
        _ => false,
    }
}

/// By content: the same event with its participants, or enough words in common.
fn content(cx: &Context, settings: &DenialKind, denial: &Fact, claim: &Fact) -> Result<Alignment, &'static str> {
    let ask = Ask { presume: cx.options.presume, ..Ask::default() };
    let aligned = align::align(cx.facts, denial, claim, ask);
    if let Ok(mut alignment) = aligned.clone() {
        if alignment.event {
            participants::mutual(cx.facts, denial, claim, ask, &mut alignment)?;
            covered::by(cx, claim, denial).map_err(|stop| stop.why)?;
            return Ok(alignment);
        }
    }
    let shared = denial.words.iter().filter(|(w, _)| claim.words.iter().any(|(x, _)| x == w)).count();
    let percent = denial.shared_weight(claim) * 100 / denial.weight.max(claim.weight).max(1);
    let story = align::story(cx.facts, denial, claim);
    if shared < settings.min_words as usize || f64::from(percent) < settings.overlap * 100.0 {
        return Err(aligned.err().unwrap_or("too few words in common"));
    }
    if story < 12 && !cx.options.presume {
        return Err("the stories differ");
    }
    let mut alignment = Alignment { story, ..Alignment::default() };
    alignment.evidence.push(Evidence::of("overlap", (percent / 10).min(10)));
    align::background(denial, claim, ask, &mut alignment);
    Ok(alignment)
}
