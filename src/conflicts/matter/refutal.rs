//! The matter of one article: the claims that tell its story, and the words that refute one.

use super::cue::{self, Cue, Sort};
use super::{Words, weight};
use crate::base::{Span, Sym};
use crate::claims::{Claim, Effect, Form, Level, Modality, Operator, Stance};
use crate::conflicts::align;
use crate::conflicts::facts::{self, Fact, Facts};
use crate::lexical;
use crate::lexicon::Lexicon;
use crate::text::{Line, Pos, Rel, Sentence, Tag, Token};

/// What one article tells and refutes.
#[derive(Clone, Debug, Default)]
pub struct Matter {
    /// What it refutes, in order of sentence.
    pub refutals: Vec<Refutal>,
    /// What its head tells, sentence by sentence; sentences that refute something are left out.
    pub told: Vec<Told>,
    /// Content words of its head, refutations included.
    pub head: Words,
}

/// A sentence of the head that tells something.
#[derive(Clone, Debug)]
pub struct Told {
    /// Index of the claim that carries it in the list of all facts.
    pub fact: u32,
    /// Its content words.
    pub words: Words,
    /// Their weight.
    pub weight: u32,
    /// Number of its sentence among those of headline and body, from 0.
    pub place: u32,
    /// Whether it tells of a death.
    pub deadly: bool,
    /// Whether it is told of something that is not so ("will stop selling").
    pub negative: bool,
}

/// One refutation.
#[derive(Clone, Debug)]
pub struct Refutal {
    /// Index of the fact that carries it.
    pub fact: u32,
    /// Which of the fact's voices refutes.
    pub voice: usize,
    /// Whether that is the article's own.
    pub publisher: bool,
    /// The refuting words.
    pub span: Span,
    /// Number of its sentence among those of headline and body, from 0.
    pub place: u32,
    /// What the sentence says besides.
    pub words: Words,
    /// Their weight.
    pub weight: u32,
    /// Those, and what the refuting words may point back to; empty where they point nowhere.
    pub wide: Words,
    /// Whether it answers the whole story rather than what was told right before it.
    pub whole: bool,
    /// Whether the sentence itself says what is denied, so that what it points to must be that.
    pub says_what: bool,
    /// What a verdict has for its subject ("the flood tax is a myth"); empty where it has none.
    pub subject: Words,
    /// The noun that a "no" stands before, as its words have it: "no threats were made" denies threats.
    pub denied: Option<Sym>,
    /// The words; `None` where the claim itself is negated.
    pub cue: Option<Cue>,
}

/// Sentences, the headline counted, in which an article says what side it takes.
const HEAD: u32 = 7;

/// Sentences, the headline counted, that say what an article is up to.
pub const FIRST: u32 = 5;

/// Sentences that tell the story itself.
const LEAD: u32 = 4;

/// Sentences, the headline counted, in which a denial is what the article is about: it answers the whole story.
pub const OPENING: u32 = 3;

/// Sentences of at most this many tokens say nothing besides what they deny.
const SHORT: usize = 18;

/// Sentences after which no verdict is on the article's own story.
const END: u32 = 3 * HEAD;

/// Weight of the words of an article that is a mere note.
const NOTE: u32 = 110;

/// Weight of the words of a sentence that says enough to be told again.
const LEAST: u32 = 12;

/// Reads the matter of one article.
pub fn matter(facts: &Facts, reading: usize) -> Matter {
    let document = &facts.readings[reading].document;
    let own = facts.starts[reading]..facts.starts[reading + 1];
    let mut out = Matter::default();
    let label = |s: &Sentence| cue::label(&document.tokens, s.range(), facts.lexicon);
    let body = document.sentences.iter().enumerate().filter(|(_, s)| s.kind != Line::Heading || label(s));
    let body: Vec<usize> = body.map(|(at, _)| at).collect();
    for (place, at) in (0u32..).zip(body.iter().copied()) {
        let sentence = &document.sentences[at];
        let inside: Vec<usize> = own.clone().filter(|f| facts.claim(&facts.list[*f]).sentence as usize == at).collect();
        let cues = cue::of(&document.tokens, sentence.range(), facts.lexicon);
        let reader = Reader { facts, reading, at, place, body: &body, sentence, inside: &inside };
        let before = out.refutals.len();
        out.refutals.extend(cues.iter().filter_map(|cue| reader.story(*cue)));
        if place < HEAD {
            out.refutals.extend(inside.iter().filter_map(|fact| reader.event(*fact)));
        }
        let silent = out.refutals.len() == before && cues.is_empty();
        if place < HEAD && silent {
            out.told.extend(reader.told());
        }
        if place < LEAD {
            out.head.extend(reader.words(sentence.range(), None));
        }
    }
    sort(&mut out.head);
    out.refutals.retain(|r| r.in_head() || r.publisher && r.cue.is_some() && r.place < END);
    out
}

impl Matter {
    /// Whether the first sentences call a story false, in whosever voice, or the article does so itself soon after.
    pub fn calls_false(&self) -> bool {
        let early = |r: &Refutal| r.place < FIRST || r.place < 2 * HEAD && r.publisher;
        self.refutals.iter().any(|r| early(r) && r.cue.is_some())
    }

    /// Whether the article is hardly longer than its verdict.
    pub fn is_note(&self) -> bool {
        self.told.len() <= 1 && weight(&self.head) <= NOTE
    }
}

impl Refutal {
    /// Whether it stands where an article says what side it takes.
    pub fn in_head(&self) -> bool {
        self.place < HEAD
    }
}

/// Whether somebody is committed to a fact.
fn tells(facts: &Facts, fact: &Fact) -> bool {
    let committed = fact.voices.iter().any(|v| v.stance.level() >= Some(Level::Probable));
    let said = !matches!(facts.claim(fact).modality, Modality::Asked | Modality::Conditional | Modality::Wished);
    committed && said && fact.event.is_some() && !fact.purpose
}

/// Whether a claim only says that something is said.
fn cites(facts: &Facts, fact: &Fact) -> bool {
    fact.event.is_some_and(|e| facts.lexicon.cues.word(e.lemma).is_some()) && align::no_object(fact)
}

/// Whether a claim's predicate carries its sentence, or what somebody says in it, rather than an aside.
fn leads(facts: &Facts, fact: &Fact) -> bool {
    let claim = facts.claim(fact);
    let rel = facts.document(fact).tokens.get(claim.predicate as usize).map(|t| t.rel);
    claim.form == Form::Clause && !matches!(rel, Some(Rel::Acl | Rel::AclRelcl | Rel::Advcl | Rel::Appos | Rel::Nmod))
}

/// Sorted by symbol, each word once with its highest weight.
fn sort(words: &mut Words) {
    words.sort_unstable_by_key(|(word, weight)| (word.number(), std::cmp::Reverse(*weight)));
    words.dedup_by_key(|(word, _)| *word);
}

/// What a word is compared by: its family ("dead", "death"), else the verb that a noun is made of ("threat", "threaten").
pub(super) fn root(lexicon: &Lexicon, token: &Token) -> Sym {
    if let Some(family) = lexicon.families.get(&token.lemma).and_then(|list| list.first()) {
        return Sym::new(&format!("={family}"));
    }
    // "#Velm", "U.S." and "US" are the names Velm and US.
    if token.pos == Pos::Propn && token.lemma.as_str().contains(['#', '.']) {
        return Sym::new(&token.lemma.as_str().replace(['#', '.'], ""));
    }
    let made = matches!(token.pos, Pos::Noun | Pos::Propn).then(|| lexical::verbs_of(token.lemma.as_str()).next()).flatten();
    made.map_or(token.lemma, Sym::new)
}

struct Reader<'a> {
    facts: &'a Facts<'a>,
    reading: usize,
    at: usize,
    place: u32,
    body: &'a [usize],
    sentence: &'a Sentence,
    inside: &'a [usize],
}

impl Reader<'_> {
    /// The sentence as something told, carried by its main claim.
    fn told(&self) -> Option<Told> {
        let fact = |at: &usize| &self.facts.list[*at];
        let carriers = self.inside.iter().filter(|at| tells(self.facts, fact(at)));
        let asserted = |f: &Fact| f.voices.iter().any(|v| matches!(v.stance, Stance::Asserted(_)));
        let rank = |f: &Fact| (!cites(self.facts, f), leads(self.facts, f), asserted(f), f.weight);
        let best = carriers.max_by_key(|at| (rank(fact(at)), std::cmp::Reverse(**at)))?;
        let negative = !asserted(fact(best));
        let words = self.words(self.sentence.range(), None);
        let weight = weight(&words);
        let deadly =
            self.tokens().iter().any(|t| self.facts.lexicon.set("death-words").is_some_and(|s| s.word(t.lemma).is_some()));
        let told = Told { fact: *best as u32, words, weight, place: self.place, deadly, negative };
        (weight >= LEAST).then_some(told)
    }

    fn tokens(&self) -> &[Token] {
        self.facts.readings[self.reading].document.tokens.get(self.sentence.range()).unwrap_or(&[])
    }

    /// Refuting words with the claim that carries them.
    fn story(&self, cue: Cue) -> Option<Refutal> {
        let (fact, voice, borrowed) = self.carrier(cue)?;
        let document = &self.facts.readings[self.reading].document;
        let said = self.sentence.first as usize..self.own_account(cue);
        let mut whole = self.words(said.clone(), Some(cue));
        if let Some(question) = self.question().filter(|_| cue.sort == Sort::Answer) {
            whole.extend(self.words(question.range(), None));
            sort(&mut whole);
        }
        let (first, end) = (cue.first as usize, cue.end as usize);
        let governed = match cue.sort {
            Sort::Denial => self.words(end..said.end.max(end), Some(cue)),
            Sort::Passive => self.words(self.sentence.first as usize..first, Some(cue)),
            _ => whole.clone(),
        };
        let says_what = cue.sort == Sort::Denial && (weight(&governed) >= LEAST || !cue.points);
        let short = self.sentence.range().len() <= SHORT;
        let words = if says_what && !short { governed } else { whole };
        let quoted = document.tokens.get(first).is_some_and(|t| t.quoted > 0);
        let own = borrowed || self.facts.list[fact as usize].voices[voice].is_publisher();
        // "The claim was denied by the firm": the firm's denial, told by the article.
        let by_party = cue.sort == Sort::Passive && document.tokens.get(end).is_some_and(|t| t.form.as_str() == "by");
        let publisher = own && !quoted && !by_party && cue.sort != Sort::Denial;
        let wide_and_whole = self.points_back(cue, says_what).then(|| self.answered(fact, cue, publisher, &words));
        let (wide, whole) = wide_and_whole.unwrap_or_default();
        let subject = if cue.sort == Sort::Verdict { self.subject(first) } else { Words::new() };
        let span = document.span(first..end);
        let weight = weight(&words);
        let place = self.place;
        Some(Refutal {
            fact,
            voice,
            publisher,
            span,
            place,
            weight,
            words,
            wide,
            whole,
            says_what,
            subject,
            denied: None,
            cue: Some(cue),
        })
    }

    /// Where a denier begins to tell himself what is so: "disputed that claim, saying instead that he fell".
    fn own_account(&self, cue: Cue) -> usize {
        let end = self.sentence.end as usize;
        let tokens = &self.facts.readings[self.reading].document.tokens;
        let says = |t: &Token| t.tag == Tag::Vbg && self.facts.lexicon.cues.word(t.lemma).is_some();
        let comma = |at: usize| tokens[at - 1].form.as_str() == ",";
        let from = (cue.end as usize).min(end);
        let account = |at: &usize| *at > from && comma(*at) && says(&tokens[*at]);
        (from..end).find(account).filter(|_| cue.sort == Sort::Denial).unwrap_or(end)
    }

    /// Whether the words around a verdict say by themselves what it is on: "she asked for a debate, although it never happened", "it did not".
    fn at_hand(&self, cue: Cue) -> bool {
        let tokens = &self.facts.readings[self.reading].document.tokens;
        let ellipsis = cue.sort == Sort::Answer && tokens[cue.first as usize].pos == Pos::Pron && self.question().is_none();
        let clause = cue.sort == Sort::Verdict && cue.points && !cue.of_story;
        let aside = |t: &Token| t.rel == Rel::Advcl && t.head < cue.first && t.head >= self.sentence.first;
        ellipsis || self.says_own(cue) || clause && tokens[cue.first as usize..cue.end as usize].iter().any(aside)
    }

    /// "They were wrong when they said that she left".
    fn says_own(&self, cue: Cue) -> bool {
        let tokens = &self.facts.readings[self.reading].document.tokens;
        let own = |t: &Token| t.head == cue.first && t.rel == Rel::Advcl && self.facts.lexicon.cues.word(t.lemma).is_some();
        let rest = tokens.get(cue.end as usize..self.sentence.end as usize).unwrap_or(&[]);
        cue.sort == Sort::Verdict && cue.points && rest.iter().any(own)
    }

    /// Whether refuting words may mean what is told around them.
    fn points_back(&self, cue: Cue, says_what: bool) -> bool {
        match cue.sort {
            Sort::Verdict | Sort::Passive => true,
            Sort::Quality | Sort::Living => false,
            _ => cue.points && (!says_what || self.place < OPENING),
        }
    }

    /// Words of the sentences that a refutation may point to, its own among them; and whether that is the whole story.
    ///
    /// The article itself, or whoever it opens with, answers the story; a party what was just told of it. Where the article settles which
    /// claim a denial answers, it means that one alone.
    fn answered(&self, fact: u32, cue: Cue, publisher: bool, own: &Words) -> (Words, bool) {
        let sentences = &self.facts.readings[self.reading].document.sentences;
        let (before, after) = self.body.split_at(self.place as usize);
        let cued = |at: &usize| {
            let claim = self.facts.claim(&self.facts.list[*at]);
            *at == fact as usize || claim.chain.iter().any(|link| link.cue.start < cue.end && cue.first < link.cue.end)
        };
        let settles = |at: &usize| self.facts.claim(&self.facts.list[*at]).denies.as_ref().and_then(|reply| reply.claim);
        let target = self.inside.iter().filter(|at| cued(at)).find_map(settles);
        let target = target.and_then(|claim| self.facts.readings[self.reading].claims.get(claim as usize));
        let settled = target.map(|claim| claim.sentence as usize).filter(|at| *at != self.at && !(publisher && cue.of_story));
        // "The report is not true": the sentence ends there, and says nothing of what was reported.
        let rest = self.facts.readings[self.reading].document.tokens.get(cue.end as usize..self.sentence.end as usize);
        let bare = || rest.is_some_and(|rest| rest.iter().all(|t| t.pos == Pos::Punct));
        let answers = self.place < HEAD && (publisher || cue.of_story && bare()) || publisher && cue.of_story;
        let whole = settled.is_none() && (self.place < OPENING || answers) && !self.at_hand(cue);
        let mut wide = own.clone();
        let mut add = |at: usize| wide.extend(self.words(sentences[at].range(), None));
        match settled {
            Some(at) => add(at),
            None if whole => {
                before
                    .iter()
                    .rev()
                    .take(3)
                    .chain(before.iter().take(3))
                    .chain(after.iter().skip(1).take(1))
                    .for_each(|at| add(*at));
            }
            None if self.says_own(cue) => {}
            None => before.iter().rev().take(1).for_each(|at| add(*at)),
        }
        sort(&mut wide);
        (wide, whole)
    }

    /// The question that stands right before the sentence.
    fn question(&self) -> Option<&Sentence> {
        let document = &self.facts.readings[self.reading].document;
        let before = *self.body.get((self.place as usize).checked_sub(1)?)?;
        let sentence = document.sentences.get(before)?;
        cue::asks(document.tokens.get(sentence.range())?).then_some(sentence)
    }

    /// The subject of a verdict that is a predicate.
    fn subject(&self, verdict: usize) -> Words {
        let tokens = &self.facts.readings[self.reading].document.tokens;
        let range = self.sentence.range();
        let below = |rel: Rel| range.clone().find(|t| tokens[*t].head as usize == verdict && tokens[*t].rel == rel);
        // "The flood tax hoax" calls the tax a hoax, as "the flood tax is a hoax" does.
        let told = below(Rel::Nsubj).filter(|_| below(Rel::Cop).is_some());
        let Some(subject) = told.or_else(|| below(Rel::Compound)) else { return Words::new() };
        let inside = |at: &usize| {
            let mut at = *at;
            // A phrase hangs together over few heads; the limit keeps a broken tree from going round.
            for _ in 0..4 {
                if at == subject {
                    return true;
                }
                at = tokens[at].head as usize;
            }
            false
        };
        self.words(range.clone().filter(inside), None)
    }

    /// A claim of the sentence that is itself told as not so.
    fn event(&self, at: usize) -> Option<Refutal> {
        let fact = &self.facts.list[at];
        let claim = self.facts.claim(fact);
        // "It is not the first time that he has lain low": the negator stands outside the clause.
        let start = claim.tokens.iter().min().map_or(0, |t| t.saturating_sub(1));
        let inside = |tokens: &[u32]| tokens.iter().all(|t| *t >= start);
        let negates = |o: &Operator| o.effect == Effect::Negates && inside(&o.tokens) && self.says_no(&o.tokens);
        let negated = claim.operators.iter().any(negates);
        if !negated
            || fact.purpose
            || !leads(self.facts, fact)
            || self.advises(claim.predicate)
            || self.only_of_degree(claim.predicate)
            || matches!(claim.modality, Modality::Asked | Modality::Conditional)
        {
            return None;
        }
        let refuted = |s: Stance| matches!(s, Stance::Refuted(Level::Certain | Level::Probable));
        let voice = fact.voices.iter().rposition(|v| refuted(v.stance))?;
        let token = fact.event?.token;
        let span = self.facts.document(fact).tokens.get(token as usize)?.span;
        let words = self.words(claim.tokens.iter().map(|t| *t as usize), None);
        Some(Refutal {
            fact: at as u32,
            voice,
            publisher: fact.voices[voice].is_publisher(),
            span,
            place: self.place,
            weight: weight(&words),
            words,
            wide: Words::new(),
            whole: false,
            says_what: true,
            subject: Words::new(),
            denied: self.denied_noun(claim),
            cue: None,
        })
    }

    /// The noun before which a negator of a claim stands.
    fn denied_noun(&self, claim: &Claim) -> Option<Sym> {
        let tokens = &self.facts.readings[self.reading].document.tokens;
        let mut negators = claim.operators.iter().filter(|o| o.effect == Effect::Negates).flat_map(|o| &o.tokens);
        let noun = |at: &u32| {
            let negator = tokens.get(*at as usize)?;
            tokens.get(negator.head as usize).filter(|noun| negator.rel == Rel::Det && noun.pos == Pos::Noun)
        };
        negators.find_map(noun).map(|noun| root(self.facts.lexicon, noun))
    }

    /// An imperative: "do not wait", with nobody for a subject.
    fn advises(&self, predicate: u32) -> bool {
        let tokens = self.tokens();
        let own = self.facts.readings[self.reading].document.tokens.get(predicate as usize);
        let subject = |t: &Token| t.head == predicate && matches!(t.rel, Rel::Nsubj | Rel::NsubjPass | Rel::Expl);
        own.is_some_and(|t| t.tag == Tag::Vb) && !tokens.iter().any(subject)
    }

    /// "Will not close it overnight": how is denied, not whether.
    fn only_of_degree(&self, predicate: u32) -> bool {
        let degree = |t: &Token| self.facts.lexicon.set("degree-words").is_some_and(|set| set.word(t.form).is_some());
        self.tokens().iter().any(|t| t.head == predicate && degree(t))
    }

    /// Whether an operator is a word for no; what is merely prevented, refused or called off is told as something else.
    fn says_no(&self, tokens: &[u32]) -> bool {
        let document = &self.facts.readings[self.reading].document;
        let form = |t: &u32| document.tokens.get(*t as usize).map(|t| t.form);
        tokens
            .iter()
            .filter_map(form)
            .any(|form| self.facts.lexicon.set("plain-negators").is_some_and(|s| s.word(form).is_some()))
    }

    /// The claim of the sentence that holds the words, else the one that says most; with a voice that is committed to it.
    ///
    /// `true` where the sentence has none and a neighbour lends one: what stands without a speaker is the article's own.
    fn carrier(&self, cue: Cue) -> Option<(u32, usize, bool)> {
        let near = self.near();
        let committed = |at: &&usize| self.facts.list[**at].voices.iter().any(|v| v.stance != Stance::None);
        let holds = |at: &usize| {
            let claim = self.facts.claim(&self.facts.list[*at]);
            claim.tokens.iter().any(|t| (cue.first..cue.end).contains(t))
                || claim.chain.iter().any(|l| l.cue.start < cue.end && cue.first < l.cue.end)
        };
        let alone = !self.inside.iter().any(|at| committed(&at));
        let inside = if alone { &near } else { self.inside };
        let own = |at: &usize| {
            alone && self.facts.list[*at].voices.last().is_some_and(|v| v.is_publisher() && v.stance != Stance::None)
        };
        let best = inside.iter().filter(committed).max_by_key(|at| {
            (
                own(at),
                holds(at),
                self.facts.claim(&self.facts.list[**at]).sentence <= self.at as u32,
                self.facts.list[**at].weight,
                std::cmp::Reverse(**at),
            )
        })?;
        let voices = &self.facts.list[*best].voices;
        if own(best) {
            return Some((*best as u32, voices.len() - 1, true));
        }
        let denies = voices.iter().position(|v| v.denies && v.stance != Stance::None);
        let voice = denies.or_else(|| voices.iter().rposition(|v| v.stance != Stance::None))?;
        Some((*best as u32, voice, alone))
    }

    /// Claims of the sentences beside, nearest first, for words that stand alone ("Nope.").
    fn near(&self) -> Vec<usize> {
        let own = self.facts.starts[self.reading]..self.facts.starts[self.reading + 1];
        let at = self.at as u32;
        let beside = |f: &usize| self.facts.claim(&self.facts.list[*f]).sentence.abs_diff(at);
        let committed = |f: &usize| self.facts.list[*f].voices.iter().any(|v| v.stance != Stance::None);
        let nearest = own.clone().filter(committed).map(|f| beside(&f)).min().filter(|far| *far <= 2);
        own.filter(|f| Some(beside(f)) == nearest).collect()
    }

    /// Content words of a stretch, words for stories and the refuting words left out.
    fn words(&self, range: impl IntoIterator<Item = usize>, cue: Option<Cue>) -> Words {
        let document = &self.facts.readings[self.reading].document;
        let lexicon = self.facts.lexicon;
        let story =
            |word| lexicon.set("story-nouns").is_some_and(|s| s.word(word).is_some()) || lexicon.claim_nouns.word(word).is_some();
        let mut words = Words::new();
        for at in range {
            let Some(token) = document.tokens.get(at) else { continue };
            if cue.is_some_and(|c| (c.first..c.end).contains(&(at as u32))) || token.pos == Pos::Noun && story(token.lemma) {
                continue;
            }
            words.extend(facts::weight(token.pos, token.lemma).map(|weight| (root(lexicon, token), weight)));
        }
        sort(&mut words);
        words
    }
}
