//! Document → what attribution asks of it: subtrees, noun phrases, clause nouns and function words.
//!
//! Relations are evidence, not a gate: every question has a surface answer from tags for sentences that were not parsed.
//! Knows no cues.

use crate::base::{Span, Sym};
use crate::claims::Mention;
use crate::lexicon::{CalendarKind, Lexicon};
use crate::text::{Document, Pos, Quote, Rel, Tag, Token};
use std::ops::Range;

macro_rules! words {
    ($($name:ident = $text:literal),+ $(,)?) => {
        /// Function words that constructions name, interned once.
        pub(super) struct Words { $(pub $name: Sym),+ }
        impl Words {
            fn new() -> Self { Self { $($name: Sym::new($text)),+ } }
        }
    };
}

words! {
    that = "that", whether = "whether", to = "to", by = "by", of = "of", from = "from", be = "be", not = "not", comma = ",", period = ".",
    colon = ":", semicolon = ";", it = "it", and = "and", or = "or", but = "but", as_ = "as", for_ = "for", in_ = "in", at = "at",
    nor = "nor", get = "get", according = "according", have = "have", open = "(", close = ")", dash = "-",
    long_dash = "--", on = "on", the = "the", mark = "\"",
}

/// One document prepared for questions.
pub(super) struct View<'a> {
    pub document: &'a Document,
    pub tokens: &'a [Token],
    pub lexicon: &'a Lexicon,
    pub mentions: &'a [Mention],
    pub word: Words,
    kids: Vec<Vec<u32>>,
    edges: Vec<(u32, u32)>,
    quote_at: Vec<Option<u32>>,
    marks: Vec<bool>,
}

impl<'a> View<'a> {
    pub fn new(document: &'a Document, mentions: &'a [Mention], lexicon: &'a Lexicon) -> Self {
        let tokens = &document.tokens[..];
        let mut kids = vec![Vec::new(); tokens.len()];
        let mut edges: Vec<(u32, u32)> = (0..tokens.len() as u32).map(|i| (i, i)).collect();
        for (at, token) in tokens.iter().enumerate() {
            if token.head as usize != at && (token.head as usize) < tokens.len() {
                kids[token.head as usize].push(at as u32);
            }
            let mut up = at;
            // A tree is at most as deep as its sentence is long; the bound only guards against a broken one.
            for _ in 0..400 {
                let head = tokens[up].head as usize;
                if head == up || head >= tokens.len() {
                    break;
                }
                up = head;
                edges[up] = (edges[up].0.min(at as u32), edges[up].1.max(at as u32));
            }
        }
        let mut quote_at = vec![None; tokens.len()];
        for (number, quote) in document.quotes.iter().enumerate() {
            for slot in quote_at.iter_mut().take(quote.end as usize).skip(quote.first as usize) {
                *slot = Some(number as u32);
            }
        }
        // A quotation's marks by where it starts and ends; a stray mark by its tag.
        let mut marks: Vec<bool> = tokens.iter().map(|t| matches!(t.tag, Tag::OpenQuote | Tag::CloseQuote)).collect();
        for quote in &document.quotes {
            let open = (quote.first as usize)
                .checked_sub(1)
                .filter(|i| tokens.get(*i).is_some_and(|t| t.span.start == quote.span.start));
            let close =
                Some(quote.end as usize).filter(|i| quote.closed && tokens.get(*i).is_some_and(|t| t.span.end == quote.span.end));
            open.into_iter().chain(close).for_each(|i| marks[i] = true);
        }
        Self { document, tokens, lexicon, mentions, word: Words::new(), kids, edges, quote_at, marks }
    }

    pub fn token(&self, at: usize) -> Option<&'a Token> {
        self.tokens.get(at)
    }

    pub fn form(&self, at: usize) -> Sym {
        self.tokens.get(at).map(|t| t.form).unwrap_or_default()
    }

    pub fn lemma(&self, at: usize) -> Sym {
        self.tokens.get(at).map(|t| t.lemma).unwrap_or_default()
    }

    pub fn pos(&self, at: usize) -> Pos {
        self.tokens.get(at).map(|t| t.pos).unwrap_or_default()
    }

    pub fn tag(&self, at: usize) -> Tag {
        self.tokens.get(at).map(|t| t.tag).unwrap_or_default()
    }

    pub fn rel(&self, at: usize) -> Rel {
        self.tokens.get(at).map(|t| t.rel).unwrap_or_default()
    }

    pub fn head(&self, at: usize) -> usize {
        self.tokens.get(at).map_or(at, |t| (t.head as usize).min(self.tokens.len().saturating_sub(1)))
    }

    pub fn kids(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        self.kids.get(at).into_iter().flatten().map(|kid| *kid as usize)
    }

    pub fn kid(&self, at: usize, rels: &[Rel]) -> Option<usize> {
        self.kids(at).find(|kid| rels.contains(&self.rel(*kid)))
    }

    /// First and last token under `at`, itself included.
    pub fn edges(&self, at: usize) -> (usize, usize) {
        self.edges.get(at).map_or((at, at), |(left, right)| (*left as usize, *right as usize))
    }

    /// The sentence of a token as a token range.
    pub fn sentence(&self, at: usize) -> Range<usize> {
        match self.document.sentence_of(at as u32) {
            Some(number) => self.document.sentences[number].range(),
            None => at..at,
        }
    }

    pub fn parsed(&self, at: usize) -> bool {
        self.document.sentence_of(at as u32).is_some_and(|number| self.document.sentences[number].parsed)
    }

    pub fn paragraph(&self, at: usize) -> Option<u32> {
        self.document.sentence_of(at as u32).map(|number| self.document.sentences[number].paragraph)
    }

    /// The quotation that a token stands in (marks excluded), the innermost of several.
    pub fn quote(&self, at: usize) -> Option<&'a Quote> {
        self.quote_number(at).map(|number| &self.document.quotes[number])
    }

    pub fn quote_number(&self, at: usize) -> Option<usize> {
        self.quote_at.get(at).copied().flatten().map(|number| number as usize)
    }

    /// The quotation that opens at token `at` (its mark).
    pub fn opens(&self, at: usize) -> Option<(usize, &'a Quote)> {
        let token = self.token(at)?;
        let number = self.document.quotes.partition_point(|quote| quote.span.start < token.span.start);
        let quote = self.document.quotes.get(number)?;
        (quote.span.start == token.span.start && quote.first as usize >= at).then_some((number, quote))
    }

    pub fn is_mark(&self, at: usize) -> bool {
        self.marks.get(at).copied().unwrap_or(false) || self.form(at) == self.word.mark
    }

    pub fn is_punct(&self, at: usize) -> bool {
        self.pos(at) == Pos::Punct || self.is_mark(at)
    }

    pub fn is_comma(&self, at: usize) -> bool {
        self.form(at) == self.word.comma
    }

    /// A dash that parts clauses, not the hyphen inside a word.
    pub fn is_dash(&self, at: usize) -> bool {
        let form = self.form(at);
        if form != self.word.dash && form != self.word.long_dash {
            return false;
        }
        let touches = |left: usize, right: usize| match (self.token(left), self.token(right)) {
            (Some(one), Some(two)) => one.span.end == two.span.start,
            _ => false,
        };
        form == self.word.long_dash || at == 0 || !touches(at - 1, at) || !touches(at, at + 1)
    }

    pub fn is_verb(&self, at: usize) -> bool {
        matches!(self.pos(at), Pos::Verb | Pos::Aux)
    }

    /// A verb form that can carry a clause by itself.
    pub fn is_finite(&self, at: usize) -> bool {
        self.is_verb(at) && (matches!(self.tag(at), Tag::Vbd | Tag::Vbz | Tag::Vbp | Tag::Md) || self.is_past(at))
    }

    /// A past tense that was tagged as a participle: no auxiliary stands before it, and it carries a clause.
    fn is_past(&self, at: usize) -> bool {
        if self.tag(at) != Tag::Vbn || self.pos(at) != Pos::Verb || at == 0 {
            return false;
        }
        let mut before = at - 1;
        while before > 0 && self.pos(before) == Pos::Adv {
            before -= 1;
        }
        let auxiliary =
            self.pos(before) == Pos::Aux || [self.word.have, self.word.be, self.word.get].contains(&self.lemma(before));
        let clause = match self.rel(at) {
            Rel::Root | Rel::Ccomp | Rel::Parataxis => self.form(at + 1) != self.word.by,
            Rel::Conj => self.form(at + 1) == self.word.that,
            _ => self.pos(at - 1) == Pos::Verb && matches!(self.tag(at - 1), Tag::Vbn | Tag::Vbd),
        };
        !auxiliary && clause
    }

    pub fn is_nominal(&self, at: usize) -> bool {
        matches!(self.pos(at), Pos::Noun | Pos::Propn | Pos::Pron | Pos::Num | Pos::Sym)
    }

    /// Whether the token is a hyphen inside a word, or the part of a word behind one ("long-standing").
    fn glued(&self, at: usize) -> bool {
        let touches = |left: usize| match (self.token(left), self.token(left + 1)) {
            (Some(one), Some(two)) => one.span.end == two.span.start,
            _ => false,
        };
        let hyphen = |i: usize| self.form(i) == self.word.dash && i > 0 && touches(i - 1) && touches(i);
        hyphen(at) || at > 0 && hyphen(at - 1)
    }

    fn in_noun_phrase(&self, at: usize) -> bool {
        self.is_nominal(at)
            || self.glued(at)
            || matches!(self.pos(at), Pos::Det | Pos::Adj)
            || self.lexicon_set("no-determiners", at)
            || self.tag(at) == Tag::Pos
            || self.tag(at) == Tag::PrpS
            || self.tag(at) == Tag::Hyph
            || self.tag(at) == Tag::Vbn && self.is_nominal(at + 1)
            || self.tag(at) == Tag::Vbg && self.is_nominal(at + 1) && at > 0 && matches!(self.pos(at - 1), Pos::Det | Pos::Adj)
    }

    /// Whether a token can stand inside a noun phrase.
    pub fn in_phrase(&self, at: usize) -> bool {
        self.in_noun_phrase(at)
    }

    /// The plain noun phrase that starts at `at`, "of" phrases and the like excluded; one past its last noun.
    pub fn noun_phrase_end(&self, at: usize, limit: usize) -> Option<usize> {
        let mut end = at;
        let mut last = None;
        while end < limit {
            let adverb = self.pos(end) == Pos::Adv && end + 1 < limit && self.pos(end + 1) == Pos::Adj && last.is_none();
            if !self.in_noun_phrase(end) && !adverb {
                break;
            }
            // Two phrases in a row: a determiner, pronoun or possessive opens a new one.
            let opens = matches!(self.pos(end), Pos::Det | Pos::Pron) || self.tag(end) == Tag::PrpS;
            if opens && last == Some(end) && !self.glued(end) {
                break;
            }
            if self.is_nominal(end) && self.tag(end) != Tag::PrpS || self.glued(end) {
                last = Some(end + 1);
            }
            end += 1;
        }
        // "this", "the rich"
        let bare = || (end > at && matches!(self.pos(at), Pos::Det | Pos::Pron)).then_some(end);
        last.filter(|last| self.tag(*last - 1) != Tag::Pos).or_else(bare)
    }

    /// A noun phrase from `at` with its "of/in/for" phrases, brackets and coordination; one past its last token.
    pub fn long_noun_phrase_end(&self, at: usize, limit: usize) -> Option<usize> {
        let mut end = self.noun_phrase_end(at, limit)?;
        loop {
            let joins =
                self.pos(end) == Pos::Adp && self.lexicon_set("inner-prepositions", end) || self.form(end) == self.word.and;
            if end < limit && joins {
                if let Some(next) = self.noun_phrase_end(end + 1, limit) {
                    end = next;
                    continue;
                }
            }
            if end < limit && self.form(end) == self.word.open {
                let close = (end..limit.min(end + 8)).find(|i| self.form(*i) == self.word.close);
                if let Some(close) = close {
                    end = close + 1;
                    continue;
                }
            }
            return Some(end);
        }
    }

    /// First token of the noun phrase that ends before `end`, "of" phrases included.
    pub fn noun_phrase_start(&self, end: usize, floor: usize) -> Option<usize> {
        let mut start = end;
        while start > floor {
            let at = start - 1;
            // "two officials familiar with the matter", "three diplomats briefed on the plan"
            let describes = |i: usize| self.pos(i) == Pos::Adj || self.tag(i) == Tag::Vbn;
            let before =
                |i: usize| i > floor && (self.is_nominal(i - 1) || describes(i - 1) && i > floor + 1 && self.is_nominal(i - 2));
            let preposition = |i: usize| self.pos(i) == Pos::Adp && self.lexicon_set("inner-prepositions", i);
            let participle = self.tag(at) == Tag::Vbn && at > floor && self.is_nominal(at - 1) && preposition(start);
            let inner = start < end && (preposition(at) && before(at) || participle);
            let bracket = (self.form(at) == self.word.close || self.form(at) == self.word.open) && at > floor;
            let joined = self.form(at) == self.word.and && start < end && at > floor && self.is_nominal(at - 1);
            if !self.in_noun_phrase(at) && !inner && !bracket && !joined {
                break;
            }
            // A determiner or possessive opens its phrase: only a preposition or "and" carries on before it.
            let opened = start < end && (matches!(self.pos(start), Pos::Det) || matches!(self.tag(start), Tag::Prp | Tag::PrpS));
            if opened && !inner && !joined && self.pos(at) != Pos::Det && self.tag(at) != Tag::Pdt {
                break;
            }
            start -= 1;
        }
        while start < end && (self.form(start) == self.word.open || self.form(start) == self.word.close) {
            start += 1;
        }
        (start < end && (start..end).any(|i| self.is_nominal(i) || matches!(self.pos(i), Pos::Det | Pos::Adj))).then_some(start)
    }

    /// Whether a word of the named list starts at `at`.
    pub fn lexicon_set(&self, name: &str, at: usize) -> bool {
        self.set_match(name, at).is_some()
    }

    pub fn set_match(&self, name: &str, at: usize) -> Option<usize> {
        self.lexicon.set(name)?.longest_at(self.tokens, at).map(|(length, ())| length)
    }

    /// One past a time phrase such as "late on Monday", "last week", "in June 2022", "earlier" that starts at `at`.
    pub fn time_phrase_end(&self, at: usize, limit: usize) -> Option<usize> {
        let mut end = at;
        let mut timed = false;
        while end < limit {
            let kind = self.lexicon.calendar.get(&self.lemma(end)).or_else(|| self.lexicon.calendar.get(&self.form(end)));
            match kind.map(|row| row.kind) {
                Some(CalendarKind::Month | CalendarKind::Weekday | CalendarKind::Relative | CalendarKind::Daypart) => {
                    timed = true
                }
                Some(CalendarKind::Unit) if end > at => timed = true,
                _ if self.pos(end) == Pos::Num && (timed || end > at) => {}
                _ if self.lexicon_set("time-leads", end) => {}
                _ => break,
            }
            end += 1;
        }
        if timed {
            while end > at && (self.pos(end - 1) == Pos::Adp || self.pos(end - 1) == Pos::Det) {
                end -= 1;
            }
        }
        timed.then_some(end)
    }

    /// The span of a token range without commas, periods and brackets at its edges.
    pub fn trimmed(&self, range: Range<usize>) -> Range<usize> {
        let (mut start, mut end) = (range.start, range.end.min(self.tokens.len()));
        let idle = |i: usize| {
            let form = self.form(i);
            form == self.word.comma
                || form == self.word.period
                || form == self.word.colon
                || form == self.word.semicolon
                || self.is_dash(i)
        };
        while start < end && idle(start) {
            start += 1;
        }
        let asks = |i: usize| {
            matches!(self.form(i).as_str(), "?" | "!") && self.quote_number(i).is_none() && i + 1 == self.sentence(i).end
        };
        while start < end && (idle(end - 1) || asks(end - 1)) {
            end -= 1;
        }
        start..end
    }

    pub fn span(&self, range: Range<usize>) -> Span {
        self.document.span(range)
    }
}
