//! One text made ready for being asked: its content words, what is denied in it, and which of its words another text's words mean.
//!
//! In: a reading of [`Facts`]. Out: [`Side`] and [`Cover`]. Knows nothing of what excludes what.

use crate::base::Span;
use crate::claims::{Effect, Stance};
use crate::conflicts::{Fact, Facts, weight};
use crate::lexical::{self, Class};
use crate::text::{Pos, Rel, Shape, Tag, Token};

/// Words of a text beyond this many are not looked at.
const MOST: usize = 600;

/// A text with what its words are to the text.
pub struct Side<'a> {
    /// All facts of the pair.
    pub facts: &'a Facts<'a>,
    /// Which reading it is.
    pub at: usize,
    /// Its words.
    pub tokens: &'a [Token],
    /// Token ranges of its sentences.
    pub sentences: Vec<std::ops::Range<usize>>,
    /// Its claims.
    pub claims: &'a [Fact],
    /// Whether a negator reaches the word, or a cue that denies.
    pub denied: Vec<bool>,
    /// The being that the word names or is part of the name of.
    pub beings: Vec<Option<u32>>,
}

impl<'a> Side<'a> {
    /// Makes a reading ready.
    pub fn new(facts: &'a Facts<'a>, at: usize) -> Self {
        let reading = &facts.readings[at];
        let tokens = &reading.document.tokens[..reading.document.tokens.len().min(MOST)];
        let sentences = reading.document.sentences.iter().map(|s| s.range()).filter(|r| r.end <= tokens.len()).collect();
        // Claims past the cut have words that are not laid out.
        let inside = |fact: &Fact| {
            let sentence = reading.document.sentences.get(facts.claim(fact).sentence as usize);
            sentence.is_some_and(|s| s.end as usize <= tokens.len())
        };
        let claims = &facts.list[facts.starts[at]..facts.starts[at + 1]];
        let claims = &claims[..claims.partition_point(inside)];
        let mut side =
            Self { facts, at, tokens, sentences, claims, denied: vec![false; tokens.len()], beings: vec![None; tokens.len()] };
        for (number, mention) in reading.mentions.iter().enumerate() {
            let being = facts.who.of(at, number as u32);
            for token in mention.first..mention.end {
                if let Some(slot) = side.beings.get_mut(token as usize) {
                    *slot = slot.or(being);
                }
            }
        }
        for fact in claims {
            side.mark_denied(fact);
        }
        side
    }

    fn mark_denied(&mut self, fact: &Fact) {
        let claim = self.facts.claim(fact);
        let refuted = refuted(fact);
        for operator in claim.operators.iter().filter(|o| matches!(o.effect, Effect::Negates | Effect::Ends)) {
            for token in &operator.reach {
                if let Some(denied) = self.denied.get_mut(*token as usize) {
                    *denied = true;
                }
            }
        }
        // A cue that denies its content reaches all of it ("refused to", "denied that").
        if refuted && !claim.chain.is_empty() {
            for token in &claim.tokens {
                if let Some(denied) = self.denied.get_mut(*token as usize) {
                    *denied = true;
                }
            }
        }
    }

    /// Whether a word is in a list of the lexicon, by lemma or form.
    pub fn is(&self, set: &str, token: usize) -> bool {
        let Some(t) = self.tokens.get(token) else { return false };
        self.facts.lexicon.set(set).is_some_and(|words| words.word(t.lemma).is_some() || words.word(t.form).is_some())
    }

    /// Whether a word negates what it stands by.
    pub fn negates(&self, token: usize) -> bool {
        self.tokens.get(token).is_some_and(|t| self.facts.lexicon.negators.word(t.form).is_some())
    }

    /// How much a word tells; 0 for one that tells nothing.
    pub fn weight(&self, token: usize) -> u32 {
        let t = &self.tokens[token];
        if self.is("light-verbs", token) || self.is("claim colour", token) {
            return 0;
        }
        match t.pos {
            // A tagger that took a name for a noun or back changes little.
            Pos::X => 3,
            pos => weight(pos, t.lemma).unwrap_or(0).min(10),
        }
    }

    /// Head of a word; itself for a root.
    pub fn head(&self, token: usize) -> usize {
        (self.tokens[token].head as usize).min(self.tokens.len() - 1)
    }

    /// Words that hang on a word.
    pub fn kids(&self, token: usize) -> impl Iterator<Item = usize> + '_ {
        let range = self.sentence(token);
        range.filter(move |k| *k != token && self.tokens[*k].head as usize == token)
    }

    /// The sentence that holds a word.
    pub fn sentence(&self, token: usize) -> std::ops::Range<usize> {
        self.sentences.iter().find(|range| range.contains(&token)).cloned().unwrap_or(token..token + 1)
    }

    /// Where a word stands.
    pub fn span(&self, first: usize, last: usize) -> Span {
        self.tokens[first].span.join(self.tokens[last].span)
    }

    /// Whether a word is written as a name.
    pub fn is_name(&self, token: usize) -> bool {
        let t = &self.tokens[token];
        if t.shape == Shape::Lower {
            return false;
        }
        // A capitalised noun amid words in lower case ("The CEO of Acme is Alice"), whatever the tagger makes of it.
        let amid = || t.pos == Pos::Noun && t.shape == Shape::Title && token > 0 && !self.starts(token) && self.plain(token);
        let unknown = || t.pos == Pos::Noun && t.shape == Shape::Title && !lexical::known(t.lemma.as_str(), Class::Noun);
        unknown() || t.pos == Pos::Propn || matches!(t.tag, Tag::Nnp | Tag::Nnps) || amid()
    }

    fn starts(&self, token: usize) -> bool {
        self.sentence(token).start == token || matches!(self.tokens[token - 1].form.as_str(), "\"" | "“" | ":" | "``")
    }

    /// Whether the sentence writes nouns in lower case.
    fn plain(&self, token: usize) -> bool {
        let (mut low, mut high) = (0, 0);
        for t in &self.tokens[self.sentence(token)] {
            match t.shape {
                Shape::Lower if matches!(t.pos, Pos::Noun | Pos::Verb | Pos::Adj | Pos::Aux) => low += 1,
                Shape::Title if matches!(t.pos, Pos::Noun | Pos::Verb | Pos::Adj) => high += 1,
                _ => {}
            }
        }
        low > 0 && high <= low + 1
    }

    /// Whether a word names a month or weekday.
    pub fn is_calendar(&self, token: usize) -> bool {
        self.facts.lexicon.calendar.contains_key(&self.tokens[token].lemma) && self.tokens[token].shape != Shape::Lower
    }

    /// First and last word of the name around a word.
    pub fn name(&self, token: usize) -> (usize, usize) {
        let range = self.sentence(token);
        let joins = |at: usize| {
            self.is_name(at) && !self.is_calendar(at)
                || matches!(self.tokens[at].form.as_str(), "de" | "of" | "the" | "van" | "von" | "da" | "." | "&")
                    && self.links(at)
        };
        let (mut first, mut last) = (token, token);
        while first > range.start && joins(first - 1) {
            first -= 1;
        }
        while last + 1 < range.end && joins(last + 1) {
            last += 1;
        }
        (first, last)
    }

    /// Whether a small word stands inside a name ("Gulf of Velm").
    fn links(&self, at: usize) -> bool {
        let small = matches!(self.tokens[at].form.as_str(), "de" | "van" | "von" | "da" | "." | "&");
        small && at > 0 && self.is_name(at - 1) && self.tokens.get(at + 1).is_some() && self.is_name(at + 1)
    }

    /// Whether a sentence's subject is a pronoun or a description, which may mean whomever the claim names; "the road to Velm" names
    /// its own.
    pub fn speaks_of_somebody(&self) -> bool {
        let subject = |t: usize| matches!(self.tokens[t].rel, Rel::Nsubj | Rel::NsubjPass) || self.sentence(t).start == t;
        let plain = |t: usize| !self.kids(t).any(|k| k > t && self.is_name(k) && self.tokens[k].rel == Rel::Nmod);
        (0..self.tokens.len()).any(|t| match self.tokens[t].pos {
            Pos::Pron => matches!(self.tokens[t].form.as_str(), "it" | "he" | "she" | "they" | "his" | "her" | "its" | "their"),
            Pos::Noun => subject(t) && plain(t) && self.kids(t).any(|k| self.tokens[k].form.as_str() == "the"),
            _ => false,
        })
    }

    /// The preposition in front of the phrase that a word heads or ends; `None` where there is none.
    pub fn preposition(&self, first: usize) -> Option<usize> {
        let start = self.sentence(first).start;
        let mut at = first;
        for _ in 0..6 {
            at = at.checked_sub(1).filter(|at| *at >= start)?;
            match self.tokens[at].pos {
                Pos::Adp => return Some(at),
                Pos::Det | Pos::Adj | Pos::Noun | Pos::Propn | Pos::Num | Pos::Adv => {}
                _ => return None,
            }
        }
        None
    }
}

/// Whether nobody asserts a claim and somebody refutes it.
pub fn refuted(fact: &Fact) -> bool {
    let some = |want: fn(&Stance) -> bool| fact.voices.iter().any(|v| want(&v.stance));
    some(|s| matches!(s, Stance::Refuted(_))) && !some(|s| matches!(s, Stance::Asserted(_)))
}

/// How well one word means another: 10 for the same word, 7 or more where the second's use entails the first's, 4 for a narrower word.
pub fn meets(one: &Side, x: usize, other: &Side, y: usize) -> u32 {
    let (a, b) = (&one.tokens[x], &other.tokens[y]);
    if a.lemma == b.lemma || a.form == b.form {
        return 10;
    }
    if let (Some(i), Some(j)) = (one.beings[x], other.beings[y]) {
        // An adjective of a state and the state; a pronoun and whom it means.
        if i == j && !one.is_name(x) | !other.is_name(y) {
            return 9;
        }
    }
    if one.is_name(x) && other.is_name(y) {
        return if related_names(a.form.as_str(), b.form.as_str()) { 8 } else { 0 };
    }
    if one.facts.lexicon.same_family(a.lemma, b.lemma) {
        return 8;
    }
    let (Some(c), Some(d)) = (Class::of(a.pos), Class::of(b.pos)) else { return 0 };
    let (p, q) = (a.lemma.as_str(), b.lemma.as_str());
    if c == d {
        if lexical::synonyms(p, q, c).is_some_and(|rank| rank <= 3) {
            return 8;
        }
        if lexical::is_a(q, p, c).is_some_and(|steps| steps <= 6) {
            return 7;
        }
        if c == Class::Noun && (lexical::verbs_of(q).any(|v| v == p) || lexical::verbs_of(p).any(|v| v == q)) {
            return 8;
        }
        return if lexical::is_a(p, q, c).is_some_and(|steps| steps <= 2) { 4 } else { 0 };
    }
    let derives = |base: &str, noun: &str| {
        lexical::derived(base, noun)
            || lexical::verbs_of(noun).any(|v| v == base)
            || lexical::verbs_of(noun).any(|v| lexical::synonyms(v, base, Class::Verb).is_some_and(|rank| rank <= 1))
    };
    if derives(p, q) || derives(q, p) || stem(p, q) { 8 } else { 0 }
}

/// "Jamaica" and "Jamaican".
fn related_names(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    short.len() >= 5 && long.len() - short.len() <= 3 && short.get(..short.len() - 1).is_some_and(|stem| long.starts_with(stem))
}

/// Words of two classes with one long stem ("residence", "residential").
fn stem(a: &str, b: &str) -> bool {
    let same = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    same >= 5 && same + 4 >= a.chars().count().max(b.chars().count())
}

/// Share of the weight of the claim's words but `skip` that stand in one sentence of the passage, in percent; 100 where nothing weighs.
pub fn told(pair: &super::Pair, near: &std::ops::Range<usize>, skip: impl Fn(usize) -> bool) -> u32 {
    let (claim, passage) = (pair.claim, pair.passage);
    let found = |x: usize| near.clone().any(|y| passage.weight(y) > 0 && meets(claim, x, passage, y) >= 7);
    let asked = || (0..claim.tokens.len()).filter(|x| !skip(*x));
    let all: u32 = asked().map(|x| claim.weight(x)).sum();
    let met: u32 = asked().filter(|x| claim.weight(*x) > 0 && found(*x)).map(|x| claim.weight(x)).sum();
    (met * 100).checked_div(all).unwrap_or(100)
}

/// What of one text's words another text says too.
pub struct Cover {
    /// For each word of the first text the best word of the other, with how well it means it.
    pub by: Vec<Option<(usize, u32)>>,
}

impl Cover {
    /// Looks up every content word of `one` in `other`.
    pub fn of(one: &Side, other: &Side) -> Self {
        let content: Vec<usize> = (0..other.tokens.len()).filter(|y| other.weight(*y) > 0).collect();
        let best = |x: usize| {
            let mut best: Option<(usize, u32)> = None;
            for y in &content {
                let strength = meets(one, x, other, *y);
                if strength > best.map_or(0, |(_, old)| old) {
                    best = Some((*y, strength));
                    if strength == 10 {
                        break;
                    }
                }
            }
            best
        };
        Self { by: (0..one.tokens.len()).map(|x| if one.weight(x) > 0 { best(x) } else { None }).collect() }
    }

    /// Whether a word is said by the other text, no narrower. Words past those laid out (long texts are cut) are not.
    pub fn has(&self, token: usize) -> bool {
        self.by.get(token).copied().flatten().is_some_and(|(_, strength)| strength >= 7)
    }

    /// Share of the weight of `tokens` that the other text says too, in percent; 100 where nothing weighs.
    pub fn share(&self, side: &Side, tokens: impl Iterator<Item = usize>) -> u32 {
        let (mut all, mut met) = (0, 0);
        for token in tokens {
            let weight = side.weight(token);
            all += weight * 10;
            met += weight
                * self.by.get(token).copied().flatten().map_or(0, |(_, strength)| if strength >= 7 { 10 } else { strength });
        }
        (met * 100).checked_div(all).unwrap_or(100)
    }
}
