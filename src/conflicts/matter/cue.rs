//! Words of a sentence that say that something told is not so: "hoax", "is false", "denied reports", "never happened", "Nope".
//!
//! In: a document and one of its sentences. Out: [`Cue`]s, in order. Looks at words and their neighbours rather than at relations,
//! which headlines seldom get right. Decides nothing about what the words point to.

use crate::base::Sym;
use crate::lexicon::Lexicon;
use crate::text::{Pos, Rel, Tag, Token};

/// What kind of words they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// "hoax", "is false", "never happened": they speak of their sentence, or of what it points to.
    Verdict,
    /// "Nope.", "No, …": they answer what was told.
    Answer,
    /// "denied that …": what follows is refuted.
    Denial,
    /// "claims were dismissed": what stands before is refuted.
    Passive,
    /// "a false report that …": they speak of what their sentence tells, and of nothing else.
    Quality,
    /// "alive and well": refutes a death and nothing else.
    Living,
}

/// Words that refute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cue {
    /// First token.
    pub first: u32,
    /// One past the last.
    pub end: u32,
    /// What kind of words they are.
    pub sort: Sort,
    /// They only doubt.
    pub doubts: bool,
    /// "may", "could" stand before them.
    pub hedged: bool,
    /// They are said of a story, a report, "it", or stand alone: what they refute may have been told elsewhere.
    pub points: bool,
    /// They are said of a story by name ("the report"), and so of the whole of it; "this" and "that comment" mean what was told right
    /// before.
    pub of_story: bool,
    /// They may be said of anything, and not of stories alone: "wrong", "denied", against "a hoax".
    pub open: bool,
}

impl Cue {
    /// Whether they may be said of anything.
    pub fn is_open(&self) -> bool {
        self.open || self.doubts || matches!(self.sort, Sort::Denial | Sort::Passive)
    }
}

/// How far before a word its negator may stand, in tokens.
const NEAR: usize = 4;

/// How far from a denying verb the claim may stand that it denies.
const OBJECT: usize = 8;

/// Sentences of at most this many tokens are taken for fragments that need no verb: "FALSE", "Report: fake".
const FRAGMENT: usize = 3;

/// The refuting words of a sentence, `range` of `tokens`; none in a question.
pub fn of(tokens: &[Token], range: std::ops::Range<usize>, lexicon: &Lexicon) -> Vec<Cue> {
    let finder = Finder { tokens, start: range.start, end: range.end, lexicon };
    if asks(&tokens[range.clone()]) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut at = range.start;
    while at < range.end {
        if let Some(len) = finder.says("refuting-exceptions", at) {
            at += len;
            continue;
        }
        match finder.at(at) {
            Some(cue) => {
                at = (cue.end as usize).max(at + 1);
                found.push(cue);
            }
            None => at += 1,
        }
    }
    found
}

/// Whether a sentence is a question.
pub fn asks(sentence: &[Token]) -> bool {
    sentence.iter().rev().find(|t| t.tag != Tag::CloseQuote).is_some_and(|t| t.form.as_str() == "?")
}

/// Whether a line is nothing but a verdict, as pages that check facts put it: "FALSE", "Rating: fake".
pub fn label(tokens: &[Token], range: std::ops::Range<usize>, lexicon: &Lexicon) -> bool {
    range.len() <= FRAGMENT && !of(tokens, range, lexicon).is_empty()
}

/// Whether a mark ends a stretch of words; quotation marks and hyphens stand within one.
fn parts(token: &Token) -> bool {
    token.pos == Pos::Punct && !matches!(token.tag, Tag::OpenQuote | Tag::CloseQuote | Tag::Hyph)
}

struct Finder<'a> {
    tokens: &'a [Token],
    start: usize,
    end: usize,
    lexicon: &'a Lexicon,
}

impl Finder<'_> {
    fn at(&self, at: usize) -> Option<Cue> {
        self.answer(at)
            .or_else(|| self.living(at))
            .or_else(|| self.word(at))
            .or_else(|| self.untruth(at))
            .or_else(|| self.fake(at))
            .or_else(|| self.misreport(at))
            .or_else(|| self.verdict(at))
            .or_else(|| self.denial(at))
            .or_else(|| self.doubt(at))
    }

    fn says(&self, set: &str, at: usize) -> Option<usize> {
        let (len, ()) = self.lexicon.set(set)?.longest_at(self.tokens, at)?;
        (at + len <= self.end).then_some(len)
    }

    fn has(&self, set: &str, word: Sym) -> bool {
        self.lexicon.set(set).is_some_and(|s| s.word(word).is_some())
    }

    fn story(&self, token: &Token) -> bool {
        matches!(token.pos, Pos::Noun | Pos::Propn)
            && (self.has("story-nouns", token.lemma) || self.lexicon.claim_nouns.word(token.lemma).is_some())
    }

    /// "The minister's account was wrong": what he said, and not the story that others tell.
    fn own_words(&self, token: &Token) -> bool {
        let of = |t: &Token| t.rel == Rel::NmodPoss && self.tokens.get(t.head as usize).is_some_and(|h| h.span == token.span);
        self.has("own-words", token.lemma) && self.tokens[self.start..self.end].iter().any(of)
    }

    /// The tokens right before a place, nearest first, within its stretch between marks.
    fn before(&self, at: usize, most: usize) -> impl Iterator<Item = &Token> {
        self.tokens[self.start.max(at.saturating_sub(most))..at].iter().rev().take_while(|t| !parts(t))
    }

    /// The tokens that begin right at a place, within its stretch between marks.
    fn after(&self, at: usize, most: usize) -> impl Iterator<Item = &Token> {
        self.tokens[at.min(self.end)..self.end.min(at + most)].iter().take_while(|t| !parts(t))
    }

    /// Whether a negator or a condition takes the words back: "not a hoax", "even if it is fake".
    fn negated(&self, at: usize) -> bool {
        let negator = |t: &Token| self.lexicon.negators.word(t.form).is_some();
        self.before(at, NEAR).take_while(|t| t.pos != Pos::Sconj).any(negator)
            || self.before(at, OBJECT).any(|t| self.lexicon.conditionals.word(t.form).is_some())
    }

    fn cue(&self, at: usize, len: usize, sort: Sort) -> Cue {
        let hedged = self.before(at, NEAR + 1).any(|t| t.tag == Tag::Md && self.lexicon.hedges.word(t.form).is_some());
        let of_story = self.near(at, at + len, |t| self.story(t) && self.has("story-nouns", t.lemma));
        let points = self.near(at, at + len, |t| self.story(t) && !self.own_words(t))
            || self.near(at, at + len, |t| self.pronoun(t))
            || self.end - self.start <= FRAGMENT;
        Cue { first: at as u32, end: (at + len) as u32, sort, doubts: false, hedged, points, of_story, open: false }
    }

    /// "the report is …", "it was …", "reports of …": the sentence itself says that it is about something told.
    fn near(&self, first: usize, end: usize, told: impl Fn(&Token) -> bool) -> bool {
        self.before(first, 2 * OBJECT).any(&told) || self.after(end, OBJECT).any(&told)
    }

    /// A pronoun for something told; the "that" of a clause and "those people" are none.
    fn pronoun(&self, token: &Token) -> bool {
        self.has("pointers", token.form) && token.pos != Pos::Sconj && token.tag != Tag::Wdt && token.rel != Rel::Det
    }

    /// "Nope.", "Update: not true"; and "No, …" before a negated clause.
    fn answer(&self, at: usize) -> Option<Cue> {
        let mark = |at: usize| at == self.end || self.tokens[at].pos == Pos::Punct;
        let opens = at == self.start || mark(at - 1) || self.tokens[at].rel == Rel::Discourse;
        if let Some(len) = self.says("refuting-answers", at).filter(|len| opens && mark(at + len)) {
            return Some(Cue { points: true, ..self.cue(at, len, Sort::Answer) });
        }
        if self.end - at <= 2 && at == self.start && self.says("answer-openers", at) == Some(1) && mark(at + 1) {
            return Some(Cue { points: true, ..self.cue(at, 1, Sort::Answer) });
        }
        if let Some(len) = self.elliptic(at).filter(|_| opens) {
            return Some(Cue { points: true, ..self.cue(at, len, Sort::Answer) });
        }
        let len = self.says("answer-openers", at).filter(|len| opens && mark(at + len) && at + len < self.end)?;
        let mut rest = self.tokens[at + len..self.end].iter().take(14);
        rest.any(|t| self.lexicon.negators.word(t.form).is_some())
            .then(|| Cue { points: false, ..self.cue(at, len, Sort::Answer) })
    }

    /// "It's not.", "She did not": a subject and a negated auxiliary with nothing behind them, whose verb was told before.
    fn elliptic(&self, at: usize) -> Option<usize> {
        let tokens = &self.tokens[at..self.end.min(at + NEAR)];
        let [subject, auxiliary, negator, rest @ ..] = tokens else { return None };
        let negated = self.has("truth-negators", negator.form) && matches!(auxiliary.pos, Pos::Aux | Pos::Verb);
        let ends = rest.iter().all(|t| t.pos == Pos::Punct) && at + 3 + rest.len() == self.end;
        (subject.pos == Pos::Pron && negated && ends).then_some(3)
    }

    fn living(&self, at: usize) -> Option<Cue> {
        let len = self.says("living-words", at)?;
        // "lucky to be alive": no answer to a report of a death.
        let wished = self.before(at, NEAR).any(|t| matches!(t.tag, Tag::To | Tag::Md));
        (!self.negated(at) && !wished).then(|| self.cue(at, len, Sort::Living))
    }

    fn word(&self, at: usize) -> Option<Cue> {
        let len = self.says("refuting-words", at)?;
        (!self.negated(at)).then(|| self.cue(at, len, Sort::Verdict))
    }

    /// "is not true", "did not happen", "never existed": with a story for its subject, or of anything that does not exist.
    fn untruth(&self, at: usize) -> Option<Cue> {
        if !self.has("truth-negators", self.tokens[at].form) {
            return None;
        }
        let ahead = (at + 1..self.end.min(at + 1 + NEAR)).take_while(|t| self.tokens[*t].pos != Pos::Punct);
        let truth = ahead.into_iter().find(|t| self.says("truths-of-stories", *t).is_some()).filter(|_| !self.negated(at))?;
        // "Is not going to happen" tells of what is to come, "not what happens to the files" of something else.
        let between = &self.tokens[at + 1..truth];
        if self.tokens[truth].pos != Pos::Adj && between.iter().any(|t| matches!(t.tag, Tag::To | Tag::Wp)) {
            return None;
        }
        let qualifies = self.tokens[truth].pos == Pos::Adj && self.nouns_after(truth + 1).next().is_some();
        (!qualifies).then(|| Cue { open: true, ..self.cue(at, truth + 1 - at, Sort::Verdict) })
    }

    /// "a fake report", "the photo was staged"; not "fake passports", "staged a protest".
    fn fake(&self, at: usize) -> Option<Cue> {
        let len = self.says("fakes", at).filter(|_| !self.negated(at))?;
        let cue = self.cue(at, len, Sort::Verdict);
        let token = &self.tokens[at];
        // "Made up mainly of repayments": what something consists of.
        let mut rest = self.tokens[at + len..self.end].iter().skip_while(|t| t.pos == Pos::Adv);
        if len > 1 && rest.next().is_some_and(|t| t.form.as_str() == "of") {
            return None;
        }
        let told = self.nouns_after(at + 1).any(|noun| self.has("told-nouns", noun.lemma));
        let attribute = token.pos != Pos::Verb || token.rel == Rel::Amod;
        if len == 1 && (told || attribute && self.nouns_after(at + 1).next().is_some()) {
            return told.then_some(Cue { sort: Sort::Quality, ..cue });
        }
        let bare = matches!(token.tag, Tag::Vb | Tag::Vbp | Tag::Vbg | Tag::Vbz);
        let object =
            token.pos == Pos::Verb && self.tokens[at..self.end].iter().any(|t| t.head as usize == at && t.rel == Rel::Obj);
        // "Orders that he had fabricated": somebody did it, and nobody says that it is so of what is told.
        let by_somebody = token.pos == Pos::Verb
            && self.tokens[self.start..at].iter().any(|t| t.head as usize == at && t.rel == Rel::Nsubj)
            && !self.tokens[self.start..at].iter().any(|t| t.head as usize == at && t.rel == Rel::AuxPass);
        if bare || object || by_somebody {
            return None;
        }
        let said = cue.points && token.pos != Pos::Noun;
        (self.predicative(at) || said || token.pos == Pos::Verb && token.tag == Tag::Vbn).then_some(cue)
    }

    /// "Falsely claimed that …", "has been wrongly reported": the sentence tells what was told wrongly.
    fn misreport(&self, at: usize) -> Option<Cue> {
        let len = self.says("misreporting-adverbs", at).filter(|_| !self.negated(at))?;
        let telling = |t: &Token| t.pos == Pos::Verb && self.lexicon.cues.word(t.lemma).is_some();
        let next = self.after(at + len, 2).any(telling) || self.before(at, 2).any(telling);
        next.then(|| Cue { sort: Sort::Quality, ..self.cue(at, len, Sort::Quality) })
    }

    fn verdict(&self, at: usize) -> Option<Cue> {
        let len = self.says("refuting-verdicts", at).filter(|_| !self.negated(at))?;
        let token = &self.tokens[at];
        // Companies that "are lying" give no verdict on what was told.
        if matches!(token.tag, Tag::Vb | Tag::Vbg | Tag::Vbp | Tag::Vbz) {
            return None;
        }
        // Who lied is a person; what he told is another matter.
        let told = |t: &Token| self.story(t) || self.pronoun(t);
        if token.pos == Pos::Verb && !self.tokens[self.start..at].iter().any(|t| t.head as usize == at && told(t)) {
            return None;
        }
        if let Some(to) = (at + len < self.end).then(|| &self.tokens[at + len]).filter(|t| t.tag == Tag::To) {
            return self.wrong_to(at, (to.head as usize).max(at + len));
        }
        let cue = self.cue(at, len, Sort::Verdict);
        if len == 1 && token.pos == Pos::Adj && self.nouns_after(at + 1).next().is_some() {
            let told = self.nouns_after(at + 1).any(|noun| self.has("told-nouns", noun.lemma));
            return told.then_some(Cue { sort: Sort::Quality, ..cue });
        }
        (cue.points && self.predicative(at)).then_some(Cue { open: true, ..cue })
    }

    /// "It is wrong to suggest that he left" denies what follows; "it is wrong to have two sorts of law" is said of a deed.
    fn wrong_to(&self, at: usize, verb: usize) -> Option<Cue> {
        let says = verb < self.end && self.lexicon.cues.word(self.tokens[verb].lemma).is_some();
        says.then(|| Cue { points: false, of_story: false, ..self.cue(at, verb + 1 - at, Sort::Denial) })
    }

    /// After a form of "be", after "call …" or "as", or alone.
    fn predicative(&self, at: usize) -> bool {
        let copula = self.tokens[self.start..at].iter().any(|t| t.head as usize == at && t.rel == Rel::Cop);
        let quality = self.tokens[at].pos != Pos::Noun;
        let judged =
            |t: &Token| self.has("judging-verbs", t.lemma) || t.form.as_str() == "as" || quality && t.lemma.as_str() == "be";
        copula || self.before(at, OBJECT).any(judged) || self.end - self.start <= FRAGMENT
    }

    /// The head of the first noun phrase behind a place: "questioned the reports", and not "questioned decisions and statements".
    fn object(&self, at: usize) -> Option<&Token> {
        let noun = |t: &&Token| matches!(t.pos, Pos::Noun | Pos::Propn);
        self.after(at, 2 * NEAR).skip_while(|t| !noun(t)).take_while(noun).last()
    }

    /// The nouns of the phrase that begins right here.
    fn nouns_after(&self, at: usize) -> impl Iterator<Item = &Token> {
        let inside = |t: &&Token| matches!(t.pos, Pos::Noun | Pos::Propn | Pos::Adj | Pos::Num) || t.tag == Tag::Vbn;
        let phrase = self.tokens[at.min(self.end)..self.end].iter().take(5).take_while(inside);
        phrase.filter(|t| matches!(t.pos, Pos::Noun | Pos::Propn))
    }

    /// "denied reports that …", "denies buying …", "rumors debunked": a denying cue that has a claim to deny.
    fn denial(&self, at: usize) -> Option<Cue> {
        let listed = self.lexicon.cues.longest_at(self.tokens, at).filter(|(_, row)| row.denial).map(|(len, _)| len);
        let len = listed.or_else(|| self.says("refuting-verbs", at))?;
        let token = self.tokens[at];
        if self.negated(at) || token.pos == Pos::Noun && token.tag != Tag::Nns || at + len > self.end || token.tag == Tag::To {
            return None;
        }
        // "A deeply contested claim" describes what it is.
        let adverb = self.before(at, 1).any(|t| matches!(t.pos, Pos::Adv | Pos::Det));
        if token.tag == Tag::Vbn && token.rel == Rel::Amod && adverb {
            return None;
        }
        let ahead = &self.tokens[at + len..self.end.min(at + len + OBJECT)];
        // A headline's "claims" is often taken for a verb.
        let told = |(n, t): &(usize, &Token)| self.story(t) || *n < 2 && self.lexicon.claim_nouns.word(t.lemma).is_some();
        let phrase = ahead.iter().take_while(|t| (t.pos != Pos::Punct || t.tag == Tag::OpenQuote) && t.tag != Tag::Vbg);
        let after = phrase.enumerate().find(told).map(|(_, t)| t);
        if after.is_some_and(|noun| noun.lemma.as_str() != "denial") {
            return Some(Cue { points: true, ..self.cue(at, len, Sort::Denial) });
        }
        // "A contested nomination" describes what it is.
        let attribute = token.rel == Rel::Amod;
        if matches!(token.tag, Tag::Vbn | Tag::Vbd) && !attribute && self.before(at, OBJECT).any(|t| self.story(t)) {
            return Some(Cue { points: true, ..self.cue(at, len, Sort::Passive) });
        }
        // "Denied buying it", but not "denied an appeal challenging it".
        let deed = ahead.iter().take(4).take_while(|t| t.pos != Pos::Noun).any(|t| t.tag == Tag::Vbg);
        let clause = |t: &Token| t.form.as_str() == "that" && t.pos == Pos::Sconj;
        let finite = ahead.iter().any(|t| t.head as usize == at && matches!(t.rel, Rel::Ccomp | Rel::Xcomp));
        let plain = self.has("plain-denials", token.lemma) && (finite || deed || ahead.iter().take(4).any(clause));
        plain.then(|| Cue { points: false, ..self.cue(at, len, Sort::Denial) })
    }

    fn doubt(&self, at: usize) -> Option<Cue> {
        let len = self.says("doubting-words", at).filter(|_| !self.negated(at))?;
        let ahead = self.tokens[at + len..self.end.min(at + len + 2)].iter();
        let whether = ahead.into_iter().any(|t| matches!(t.form.as_str(), "that" | "whether" | "if"));
        // "Faces questions about", "question time": what is asked doubts nothing.
        if len == 1 && self.tokens[at].pos != Pos::Verb && self.has("asking-nouns", self.tokens[at].lemma) {
            return None;
        }
        let cue = self.cue(at, len, Sort::Verdict);
        // "Skeptical of the report", "the claims are questionable"; who is sceptical by nature doubts no story.
        let object = self.object(at + len).is_some_and(|t| self.story(t));
        let subject = self.tokens[self.start..at]
            .iter()
            .any(|t| self.story(t) && t.head as usize == at && matches!(t.rel, Rel::Nsubj | Rel::NsubjPass));
        let attribute = self.tokens[at].pos == Pos::Adj && self.nouns_after(at + len).next().is_some();
        // "Doubts that it will last" says what it doubts; "doubts the report" points to it.
        let sort = if whether { Sort::Denial } else { Sort::Verdict };
        (!attribute && (whether || object || subject)).then_some(Cue { doubts: true, sort, ..cue })
    }
}
