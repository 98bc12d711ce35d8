//! Claims made ready for comparing: each claim's event, participants, content words and voices in one flat record.
//!
//! In: [`Reading`]s and who is who ([`Who`]). Out: [`Facts`], one [`Fact`] per claim, in order of article and claim. Knows no rules
//! and no pairs. Weights are integers from the shipped frequency table, never from the collection: an unrelated article changes nothing.

mod reach;

use super::who::{Being, Who};
use crate::base::{Span, Sym};
use crate::claims::{Arg, Claim, EntityKind, Event, Form, MentionForm, Modality, Reading, Stance};
use crate::lexical::{self, Class};
use crate::lexicon::Lexicon;
use crate::text::{Document, Line, Pos, Rel, Tag, Token};
use jiff::civil::Date;
use rustc_hash::FxHashMap;

/// All claims of a run, ready for comparing.
pub struct Facts<'a> {
    /// The articles as read.
    pub readings: &'a [Reading],
    /// Who is who.
    pub who: &'a Who,
    /// Word tables.
    pub lexicon: &'a Lexicon,
    /// One per claim, in order of article and claim.
    pub list: Vec<Fact>,
    /// Where the facts of each article start in `list`, and one past the last.
    pub starts: Vec<usize>,
    /// What each article is about.
    pub stories: Vec<super::story::Story>,
    /// Under which concepts each event of a claim can meet others.
    concepts: FxHashMap<(Sym, Class), Box<[u64]>>,
    /// What each article tells as its story and what it refutes.
    pub matters: Vec<super::matter::Matter>,
}

/// One claim, ready for comparing.
#[derive(Clone, Debug, Default)]
pub struct Fact {
    /// Index of the article.
    pub reading: u32,
    /// Index of the claim in it.
    pub claim: u32,
    /// Day of the article.
    pub published: Option<Date>,
    /// Whether it stands in the headline or the first two sentences.
    pub lead: bool,
    /// What happened; `None` for a claim without a predicate of its own.
    pub event: Option<Happening>,
    /// Fillers of the event's roles, in order of slot.
    pub roles: Vec<Role>,
    /// Content words with their weights, sorted by symbol; for intersections only.
    pub words: Vec<(Sym, u32)>,
    /// Sum of the weights.
    pub weight: u32,
    /// Beings named in the claim's own clause, sorted.
    pub named: Vec<u32>,
    /// Beings named elsewhere in its sentence, sorted.
    pub nearby: Vec<u32>,
    /// Who is committed to what, named speakers outermost first, the publisher last.
    pub voices: Vec<Voice>,
    /// Whether it is told as what somebody meant to bring about ("to stop him from …").
    pub purpose: bool,
    /// What somebody helps another to do ("helped him win"): whoever did not help says nothing of how it ended.
    pub helped: bool,
}

/// The event of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Happening {
    /// Lemma of the predicate; under a support verb that of its event noun.
    pub lemma: Sym,
    /// Noun, verb or adjective.
    pub class: Class,
    /// Its token.
    pub token: u32,
    /// The support verb that lends it its predication, where there is one.
    pub support: Option<Sym>,
}

/// A place in an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Slot {
    Subject,
    Object,
    Recipient,
    /// After a preposition, whose symbol stands in [`Role::preposition`].
    Complement,
}

impl Slot {
    /// The word that evidence prints.
    pub fn name(self) -> &'static str {
        match self {
            Self::Subject => "subject",
            Self::Object => "object",
            Self::Recipient => "recipient",
            Self::Complement => "complement",
        }
    }
}

/// Who or what fills a slot.
#[derive(Clone, Debug)]
pub struct Role {
    /// Which slot.
    pub slot: Slot,
    /// The preposition of a complement; empty otherwise.
    pub preposition: Sym,
    /// Head token.
    pub head: u32,
    /// Lemma of the head.
    pub lemma: Sym,
    /// Part of speech of the head.
    pub pos: Pos,
    /// The being it names, aliases and pronouns followed.
    pub being: Option<u32>,
    /// Content words of the phrase besides the head, in order.
    pub modifiers: Vec<(Sym, Pos)>,
    /// Beings named inside the phrase besides its own.
    pub inner: Vec<u32>,
    /// Whether nobody knows whom it means: a pronoun that was not followed, or a dummy subject.
    pub open: bool,
    /// The phrase.
    pub span: Span,
}

/// One who is committed to a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voice {
    /// Position in the claim's chain; `None` for the publisher.
    pub link: Option<u32>,
    /// The speaker; `None` where the text names nobody, or for the publisher.
    pub being: Option<u32>,
    /// To what.
    pub stance: Stance,
    /// Whether another reports what this one said.
    pub via: bool,
    /// Whether it withholds the content.
    pub withholds: bool,
    /// Whether it denies another's claim.
    pub denies: bool,
}

impl Voice {
    /// Whether it is the article's own.
    pub fn is_publisher(&self) -> bool {
        self.link.is_none()
    }
}

impl<'a> Facts<'a> {
    /// Prepares all claims of all articles.
    pub fn gather(readings: &'a [Reading], who: &'a Who, lexicon: &'a Lexicon) -> Self {
        use rayon::prelude::*;
        let parts: Vec<(Vec<Fact>, super::story::Story)> = readings
            .par_iter()
            .enumerate()
            .map(|(at, reading)| {
                let gatherer = Gatherer { reading, at, who, lexicon };
                let facts: Vec<Fact> = (0..reading.claims.len()).map(|claim| gatherer.fact(claim)).collect();
                let story = super::story::Story::of(reading, at, who);
                (facts, story)
            })
            .collect();
        let mut facts = Self {
            readings,
            who,
            lexicon,
            list: Vec::with_capacity(parts.iter().map(|(list, _)| list.len()).sum()),
            starts: vec![0],
            stories: Vec::new(),
            matters: Vec::new(),
            concepts: FxHashMap::default(),
        };
        for (list, story) in parts {
            facts.list.extend(list);
            facts.starts.push(facts.list.len());
            facts.stories.push(story);
        }
        for event in facts.list.iter().filter_map(|fact| fact.event.as_ref()) {
            let concepts = || super::detectors::concepts(lexicon, event).into();
            facts.concepts.entry((event.lemma, event.class)).or_insert_with(concepts);
        }
        facts.matters = super::matter::read(&facts);
        facts
    }

    /// Concepts under which the event of a claim can meet others.
    pub fn concepts(&self, event: &Happening) -> &[u64] {
        self.concepts.get(&(event.lemma, event.class)).map_or(&[], |list| list)
    }

    /// The claim behind a fact.
    pub fn claim(&self, fact: &Fact) -> &'a Claim {
        &self.readings[fact.reading as usize].claims[fact.claim as usize]
    }

    /// The words behind a fact.
    pub fn document(&self, fact: &Fact) -> &'a Document {
        &self.readings[fact.reading as usize].document
    }

    /// The article's text behind a fact.
    pub fn text(&self, fact: &Fact) -> &'a str {
        &self.readings[fact.reading as usize].article.text
    }

    /// Index in `list` of a claim of an article; `None` past the end.
    pub fn find(&self, reading: u32, claim: u32) -> Option<usize> {
        let at = self.starts.get(reading as usize)? + claim as usize;
        (at < *self.starts.get(reading as usize + 1)?).then_some(at)
    }
}

/// Tokens within which the noun behind "number of" stands.
const REACH: usize = 8;

struct Gatherer<'a> {
    reading: &'a Reading,
    at: usize,
    who: &'a Who,
    lexicon: &'a Lexicon,
}

impl Gatherer<'_> {
    fn fact(&self, index: usize) -> Fact {
        let claim = &self.reading.claims[index];
        let document = &self.reading.document;
        let mut fact = Fact {
            reading: self.at as u32,
            claim: index as u32,
            published: self.reading.article.published,
            lead: self.is_lead(claim.sentence),
            voices: self.voices(claim),
            purpose: self.is_purpose(claim),
            helped: self.helped(claim),
            ..Fact::default()
        };
        if let Some(event) = &claim.event {
            fact.roles = self.roles(event, claim);
            fact.event = self.happening(event, &mut fact.roles);
        } else if claim.form == Form::NounPhrase {
            let head = self.counted_in(claim.predicate).unwrap_or(claim.predicate);
            fact.event = document.tokens.get(head as usize).map(|t| Happening {
                lemma: t.lemma,
                class: Class::of(t.pos).unwrap_or(Class::Noun),
                token: head,
                support: None,
            });
        }
        self.words(claim, &mut fact);
        self.names(claim, &mut fact);
        // Facts of a large collection are kept to the end.
        fact.roles.shrink_to_fit();
        fact.words.shrink_to_fit();
        fact
    }

    /// "The number of soldiers" is about the soldiers.
    fn counted_in(&self, head: u32) -> Option<u32> {
        let tokens = &self.reading.document.tokens;
        let number = self.lexicon.set("count-nouns")?.word(tokens.get(head as usize)?.lemma).is_some();
        let of = |t: &Token| t.rel == Rel::Nmod && t.head == head && t.pos == Pos::Noun;
        let end = (head as usize + 1 + REACH).min(tokens.len());
        let inside = (head as usize + 1..end).find(|at| of(&tokens[*at])).filter(|_| number)?;
        u32::try_from(inside).ok()
    }

    /// An infinitive of purpose, or what hangs on one.
    fn is_purpose(&self, claim: &Claim) -> bool {
        let tokens = &self.reading.document.tokens;
        let mut at = claim.predicate;
        for _ in 0..3 {
            let Some(token) = tokens.get(at as usize) else { return false };
            let marked = at.checked_sub(1).and_then(|before| tokens.get(before as usize)).is_some_and(|t| t.tag == Tag::To);
            if marked && token.tag == Tag::Vb && (matches!(token.rel, Rel::Advcl | Rel::Acl) || self.fronted(at)) {
                return true;
            }
            if token.head == at || !matches!(token.rel, Rel::Xcomp | Rel::Advcl | Rel::Conj | Rel::Ccomp) {
                return false;
            }
            at = token.head;
        }
        false
    }

    /// "To stop the practice, the mayor closed …": an infinitive that opens a sentence with a finite verb behind it, whatever the parse
    /// makes of the two.
    fn fronted(&self, verb: u32) -> bool {
        let document = &self.reading.document;
        let sentence = document.sentence_of(verb).and_then(|at| document.sentences.get(at));
        let opens = sentence.is_some_and(|s| s.first + 1 == verb);
        let after = (verb as usize + 1..document.tokens.len()).take_while(|at| sentence.is_some_and(|s| s.range().contains(at)));
        opens && after.map(|at| &document.tokens[at]).any(|t| matches!(t.tag, Tag::Vbd | Tag::Vbz | Tag::Vbp))
    }

    fn is_lead(&self, sentence: u32) -> bool {
        let sentences = &self.reading.document.sentences;
        let Some(own) = sentences.get(sentence as usize) else { return false };
        let body_before = sentences[..sentence as usize].iter().filter(|s| s.kind == Line::Body).count();
        own.kind == Line::Headline || body_before < 2
    }

    fn voices(&self, claim: &Claim) -> Vec<Voice> {
        let mut voices = Vec::with_capacity(claim.chain.len() + 1);
        for (at, link) in claim.chain.iter().enumerate() {
            voices.push(Voice {
                link: Some(at as u32),
                being: self.who.speaker(self.at, link),
                stance: claim.commitments.get(at).copied().unwrap_or_default(),
                via: at > 0,
                withholds: link.withholds && !self.undenied(link) && !self.no_comment(link),
                denies: link.denial,
            });
        }
        voices.push(Voice { link: None, being: None, stance: claim.publisher, via: false, withholds: false, denies: false });
        if matches!(claim.own, Stance::Asserted(_)) && self.circumstance(claim) || self.granted(claim) || self.in_vain(claim) {
            for voice in voices.iter_mut().filter(|v| matches!(v.stance, Stance::Refuted(_))) {
                voice.stance = Stance::None;
            }
        }
        if self.called_false(claim) {
            for voice in &mut voices {
                voice.stance = voice.stance.flipped();
            }
        }
        voices
    }

    /// "declined to comment on the sale" is no position on it.
    fn no_comment(&self, link: &crate::claims::Link) -> bool {
        self.lexicon
            .set("comment-cues")
            .is_some_and(|set| link.cue_lemma.as_str().split(' ').any(|w| set.word(Sym::new(w)).is_some()))
    }

    /// Whether a denial reaches a clause only as its circumstance: who denies taking a picture "while she slept" does not deny that she slept.
    fn circumstance(&self, claim: &Claim) -> bool {
        let tokens = &self.reading.document.tokens;
        let Some(own) = tokens.get(claim.predicate as usize) else { return false };
        let below = matches!(own.rel, Rel::Advcl | Rel::AclRelcl | Rel::Acl) && own.head != claim.predicate;
        let link = claim.chain.last().map(|l| l.id);
        // "couldn't believe my luck when the phone rang": the ringing hangs on the cue, not on what is believed.
        if own.rel == Rel::Advcl && claim.chain.iter().any(|l| l.cue.contains(&own.head)) {
            return true;
        }
        below
            && link.is_some()
            && self
                .reading
                .claims
                .iter()
                .any(|c| c.sentence == claim.sentence && c.predicate == own.head && c.chain.last().map(|l| l.id) == link)
    }

    /// "did not deny": it commits nobody, and it holds nothing back either.
    fn undenied(&self, link: &crate::claims::Link) -> bool {
        link.negated_by.is_some() && self.lexicon.cues.word(link.cue_lemma).is_some_and(|cue| cue.denial)
    }

    /// "It is not true that …", "it is false that …": the clause above turns the claim around.
    fn called_false(&self, claim: &Claim) -> bool {
        let tokens = &self.reading.document.tokens;
        let Some(own) = tokens.get(claim.predicate as usize) else { return false };
        if !matches!(own.rel, Rel::Ccomp | Rel::Csubj | Rel::Advcl) || own.head == claim.predicate {
            return false;
        }
        let above = self.reading.claims.iter().filter(|c| c.sentence == claim.sentence).find(|c| c.predicate == own.head);
        let Some((above, verdict)) = above.and_then(|c| Some((c, tokens.get(c.predicate as usize)?))) else { return false };
        let says = |name: &str| self.lexicon.set(name).is_some_and(|set| set.word(verdict.lemma).is_some());
        match above.own {
            Stance::Refuted(_) => says("verdicts-true"),
            Stance::Asserted(_) => says("verdicts-false") && verdict.pos == Pos::Adj,
            Stance::None => false,
        }
    }

    /// The event's lemma; "hold talks", "talks took place" and "there are talks" are all about the talks.
    fn happening(&self, event: &Event, roles: &mut Vec<Role>) -> Option<Happening> {
        let document = &self.reading.document;
        let token = document.tokens.get(event.predicate as usize)?;
        let class = if event.nominal { Class::Noun } else { Class::of(token.pos).unwrap_or(Class::Verb) };
        if event.nominal
            && let Some(head) = self.counted_in(event.predicate)
        {
            return Some(Happening { lemma: document.tokens[head as usize].lemma, class, token: head, support: None });
        }
        let verb = Happening { lemma: event.lemma, class, token: event.predicate, support: None };
        let light = self.lexicon.set("light-verbs").is_some_and(|set| set.word(event.lemma).is_some());
        if event.nominal || !light {
            return Some(verb);
        }
        let carries = |role: &Role| role.pos == Pos::Noun && lexical::verbs_of(role.lemma.as_str()).next().is_some();
        let place = roles
            .iter()
            .position(|r| r.slot == Slot::Object && carries(r))
            .or_else(|| roles.iter().position(|r| r.slot == Slot::Subject && carries(r)));
        let Some(place) = place else { return Some(verb) };
        let noun = roles.remove(place);
        roles.retain(|r| r.head != noun.head);
        Some(Happening { lemma: noun.lemma, class: Class::Noun, token: noun.head, support: Some(event.lemma) })
    }

    fn roles(&self, event: &Event, claim: &Claim) -> Vec<Role> {
        let mut roles = Vec::new();
        let mut add = |slot, preposition, arg: &Arg| roles.extend(self.role(slot, preposition, arg, claim));
        for (slot, arg) in [(Slot::Subject, &event.subject), (Slot::Object, &event.object), (Slot::Recipient, &event.recipient)] {
            if let Some(arg) = arg {
                add(slot, Sym::default(), arg);
            }
        }
        let time = claim.time.map(|t| t.span).filter(|s| !s.is_empty());
        for (preposition, arg) in &event.complements {
            let span = self.reading.document.span(arg.first as usize..arg.end as usize);
            if time.is_none_or(|t| !t.overlaps(span)) {
                add(Slot::Complement, *preposition, arg);
            }
        }
        roles
    }

    fn role(&self, slot: Slot, preposition: Sym, arg: &Arg, claim: &Claim) -> Option<Role> {
        let document = &self.reading.document;
        let head = document.tokens.get(arg.head as usize)?;
        let mention = arg.mention.or_else(|| self.mention_at(arg.head));
        let we = self.lexicon.set("first-person-plural").is_some_and(|set| set.word(head.form).is_some());
        let being = match we {
            true => self.speaker_of_we(arg.head, claim).filter(|b| self.who.list[*b as usize].kind != EntityKind::Person),
            false => mention.and_then(|m| self.who.of(self.at, m)).or_else(|| self.speaker_of_we(arg.head, claim)),
        };
        let inside = arg.first as usize..(arg.end as usize).min(document.tokens.len());
        let mut modifiers = Vec::new();
        for at in inside.clone() {
            let token = &document.tokens[at];
            let content = matches!(token.pos, Pos::Noun | Pos::Propn | Pos::Adj | Pos::Num | Pos::Verb | Pos::Adv);
            let negator = claim.operators.iter().any(|o| o.tokens.contains(&(at as u32)));
            if at as u32 != arg.head && content && !negator {
                modifiers.push((token.lemma, token.pos));
            }
        }
        let mut inner: Vec<u32> = self
            .mentions_in(inside)
            .filter(|(at, m)| Some(*at) != mention && m.head != arg.head)
            .filter_map(|(at, _)| self.who.of(self.at, at))
            .filter(|b| Some(*b) != being)
            .collect();
        inner.sort_unstable();
        inner.dedup();
        let taken_up = inner.is_empty() && self.takes_up(arg, head);
        Some(Role {
            slot,
            preposition,
            head: arg.head,
            lemma: head.lemma,
            pos: head.pos,
            being,
            modifiers,
            inner,
            open: taken_up || being.is_none() && (matches!(head.pos, Pos::Pron | Pos::Det) || head.rel == Rel::Expl),
            span: document.span(arg.first as usize..arg.end as usize),
        })
    }

    /// "The two sides", "both delegations": they take up parties named elsewhere.
    fn takes_up(&self, arg: &Arg, head: &Token) -> bool {
        let has = |name: &str, word: Sym| self.lexicon.set(name).is_some_and(|set| set.word(word).is_some());
        let first = self.reading.document.tokens.get(arg.first as usize);
        head.tag == Tag::Nns
            && has("taken-up parties", head.lemma)
            && first.is_some_and(|t| has("definite-words", t.form) || has("taken-up quantifiers", t.form))
    }

    /// "we" and "I" are the speaker's side.
    fn speaker_of_we(&self, token: u32, claim: &Claim) -> Option<u32> {
        let token = self.reading.document.tokens.get(token as usize)?;
        let first_person = self.lexicon.set("first-person")?.word(token.form).is_some();
        let link = claim.chain.last().filter(|_| first_person)?;
        let speaker = self.who.speaker(self.at, link)?;
        let several = self.lexicon.set("first-person-plural").is_some_and(|set| set.word(token.form).is_some());
        Some(if several { self.who.party(speaker) } else { speaker })
    }

    fn mention_at(&self, head: u32) -> Option<u32> {
        let mentions = &self.reading.mentions;
        let near = mentions.partition_point(|m| m.first <= head);
        (near.saturating_sub(4)..near).rev().find(|at| mentions[*at].head == head).map(|at| at as u32)
    }

    fn mentions_in(&self, range: std::ops::Range<usize>) -> impl Iterator<Item = (u32, &crate::claims::Mention)> {
        let mentions = &self.reading.mentions;
        let start = mentions.partition_point(|m| (m.first as usize) < range.start);
        mentions[start..]
            .iter()
            .enumerate()
            .take_while(move |(_, m)| (m.first as usize) < range.end)
            .map(move |(n, m)| ((start + n) as u32, m))
    }

    fn words(&self, claim: &Claim, fact: &mut Fact) {
        let document = &self.reading.document;
        for at in &claim.tokens {
            let Some(token) = document.tokens.get(*at as usize) else { continue };
            if claim.operators.iter().any(|o| o.tokens.contains(at)) {
                continue;
            }
            if let Some(weight) = weight(token.pos, token.lemma) {
                fact.words.push((token.lemma, weight));
            }
        }
        fact.words.sort_unstable_by_key(|(word, _)| word.number());
        fact.words.dedup();
        fact.weight = fact.words.iter().map(|(_, weight)| weight).sum();
    }

    fn names(&self, claim: &Claim, fact: &mut Fact) {
        let Some(sentence) = self.reading.document.sentences.get(claim.sentence as usize) else { return };
        for (at, mention) in self.mentions_in(sentence.range()) {
            let Some(being) = self.who.of(self.at, at).filter(|b| self.who.list[*b as usize].is_named()) else { continue };
            let own = claim.tokens.binary_search(&mention.head).is_ok() || fact.roles.iter().any(|r| r.being == Some(being));
            // Who tells it takes no part in it for that ("…, the mayor said").
            if !own && claim.chain.iter().any(|link| link.source == Some(at)) {
                continue;
            }
            if own { fact.named.push(being) } else { fact.nearby.push(being) }
        }
        fact.named.extend(fact.roles.iter().filter_map(|r| r.being).filter(|b| self.who.list[*b as usize].is_named()));
        for list in [&mut fact.named, &mut fact.nearby] {
            list.sort_unstable();
            list.dedup();
        }
        let named = &fact.named;
        fact.nearby.retain(|b| named.binary_search(b).is_err());
    }
}

/// How much sharing a word tells: names most, common words little, function words nothing (`None`).
pub fn weight(pos: Pos, lemma: Sym) -> Option<u32> {
    match pos {
        Pos::Propn => Some(12),
        Pos::Noun | Pos::Verb | Pos::Adj | Pos::Num => Some(u32::from(lexical::rarity(lemma.as_str()))),
        Pos::Adv => Some(u32::from(lexical::rarity(lemma.as_str())).div_ceil(2)),
        _ => None,
    }
}

impl Fact {
    /// The filler of a slot; of complements the first after one of `prepositions`.
    pub fn role(&self, slot: Slot) -> Option<&Role> {
        self.roles.iter().find(|r| r.slot == slot)
    }

    /// Fillers after a preposition.
    pub fn complements(&self) -> impl Iterator<Item = &Role> {
        self.roles.iter().filter(|r| r.slot == Slot::Complement)
    }

    /// Whether content is told as real.
    pub fn realised(&self, facts: &Facts) -> bool {
        facts.claim(self).modality == Modality::Realised
    }

    /// Weight of the words that two claims share.
    pub fn shared_weight(&self, other: &Self) -> u32 {
        shared(&self.words, &other.words)
    }
}

/// Weight of the words that two lists share, both sorted by symbol; of two weights the smaller counts.
pub fn shared(one: &[(Sym, u32)], other: &[(Sym, u32)]) -> u32 {
    let (mut i, mut j, mut sum) = (0, 0, 0);
    while let (Some((a, weight)), Some((b, other_weight))) = (one.get(i), other.get(j)) {
        match a.number().cmp(&b.number()) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                sum += weight.min(other_weight);
                i += 1;
                j += 1;
            }
        }
    }
    sum
}

/// Whether a mention names somebody, directly or through its leader.
pub(super) fn names_somebody(reading: &Reading, mention: u32) -> bool {
    let Some(own) = reading.mentions.get(mention as usize) else { return false };
    let leader = reading.mentions.get(own.leader as usize).unwrap_or(own);
    own.form == MentionForm::Name || leader.form == MentionForm::Name
}

impl Being {
    /// Whether it has a name, so that it stays itself in other articles.
    pub fn is_named(&self) -> bool {
        self.named
    }
}
