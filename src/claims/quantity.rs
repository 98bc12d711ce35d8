//! Numbers as said → [`Quantity`]: closed intervals with approximator, unit and the noun that is counted.
//!
//! In: the words of one article. Out: one entry per figure, in order, none overlapping another. Ranks, labels ("page 5", scores,
//! years) are told apart by their kind, since they are never compared as counts. Knows no clauses: `extract` files each
//! quantity under the claim whose tokens hold it.

mod change;
mod extent;
mod figure;

use super::{Comparator, Quantity, QuantityKind};
use crate::base::Sym;
use crate::lexicon::{Bound, Lexicon};
use crate::text::{Document, Pos, Rel, Shape, Tag, Token};
use figure::{Figure, FigureKind};

/// Finds the quantities of an article, in order.
pub fn find(document: &Document, lexicon: &Lexicon) -> Vec<Quantity> {
    let mut found = Vec::new();
    for sentence in &document.sentences {
        let scan = Scan { document, lexicon, start: sentence.first as usize, end: sentence.end as usize };
        let from = found.len();
        let mut at = scan.start;
        while at < scan.end {
            match scan.quantity(at) {
                Some(quantity) => {
                    at = (quantity.end as usize).max(at + 1);
                    found.push(quantity);
                }
                None => at += 1,
            }
        }
        scan.tell_changes(&mut found[from..]);
    }
    found
}

/// One sentence being read.
struct Scan<'a> {
    document: &'a Document,
    lexicon: &'a Lexicon,
    start: usize,
    end: usize,
}

/// The noun that a figure counts.
struct Counted {
    lemma: Sym,
    head: usize,
    end: usize,
}

impl Scan<'_> {
    fn token(&self, at: usize) -> Option<&Token> {
        if at < self.start || at >= self.end {
            return None;
        }
        self.document.tokens.get(at)
    }

    fn tokens(&self) -> &[Token] {
        &self.document.tokens[..self.end]
    }

    fn is(&self, at: usize, word: &str) -> bool {
        self.token(at).is_some_and(|t| t.form.is(word))
    }

    fn in_set(&self, set: &str, at: usize) -> bool {
        at >= self.start
            && at < self.end
            && self.lexicon.set(set).is_some_and(|words| words.longest_at(self.tokens(), at).is_some())
    }

    fn quantity(&self, at: usize) -> Option<Quantity> {
        if let Some(extent) = self.extent(at) {
            return Some(extent);
        }
        let figure = figure::read(self, at)?;
        if figure.kind == FigureKind::Label {
            return Some(self.build(&figure, at, QuantityKind::Label, None, None));
        }
        if figure.kind == FigureKind::Ordinal {
            let counted = self.counted(figure.end)?;
            return Some(self.build(&figure, at, QuantityKind::Ordinal, None, Some(counted)));
        }
        let (unit_end, unit) = self.unit(&figure);
        let percent = unit.is_some_and(|(unit, _)| unit.is("percent"));
        let factor = unit.is_some_and(|(unit, _)| unit.is("factor"));
        let counted = match unit {
            Some(_) if factor => self.multiplied_noun(unit_end),
            Some(_) if !self.is(unit_end, "of") && !percent => None,
            Some(_) => self.is(unit_end, "of").then(|| self.counted(unit_end + 1)).flatten(),
            None => self.counted(self.past_approximator(unit_end)).or_else(|| self.number_of(at)),
        };
        if figure.kind == FigureKind::Bare && unit.is_none() && self.is_label(&figure, at, counted.as_ref()) {
            return Some(self.build(&figure, at, QuantityKind::Label, None, None));
        }
        let kind = match unit {
            Some((unit, _)) if unit.is("percent") => QuantityKind::Share,
            Some((unit, _)) if unit.is("day") => QuantityKind::Duration,
            Some(_) => QuantityKind::Measure,
            None if figure.kind == FigureKind::Fraction => QuantityKind::Share,
            None => QuantityKind::Count,
        };
        if figure.kind == FigureKind::Nothing && counted.is_none() && !self.is_nobody(at) {
            return None;
        }
        Some(self.build(&Figure { end: unit_end, ..figure }, at, kind, unit, counted))
    }

    /// The unit word after (or currency sign before) a figure: one past its last token, its base unit and scale.
    fn unit(&self, figure: &Figure) -> (usize, Option<(Sym, f64)>) {
        let mut end = figure.end;
        if let Some(sign) = figure.currency {
            return (end, Some((sign, 1.0)));
        }
        if let Some(suffix) = figure.suffix {
            return (end, Some(suffix));
        }
        if matches!(figure.kind, FigureKind::Nothing) {
            return (end, None);
        }
        if self.is(end, "-") && self.token(end + 1).is_some_and(|t| matches!(t.pos, Pos::Noun | Pos::Adj | Pos::Propn)) {
            end += 1; // "28-point", "60-mile"
        }
        let Some((length, row)) = self.token(end).and_then(|_| self.lexicon.units.longest_at(self.tokens(), end)) else {
            return (figure.end, None);
        };
        if row.unit.is("factor") && !self.compares(end + length) {
            return (figure.end, None); // "arrested three times"
        }
        (end + length, Some((row.unit, row.scale)))
    }

    /// "Three times as many", "four times higher", "twice the": a comparison goes on at `at`.
    fn compares(&self, at: usize) -> bool {
        self.token(at).is_some_and(|t| t.form.is("as") || matches!(t.tag, Tag::Jjr | Tag::Rbr))
    }

    /// "As many homes": what is multiplied.
    fn multiplied_noun(&self, at: usize) -> Option<Counted> {
        let many = self.is(at, "as") && (self.is(at + 1, "many") || self.is(at + 1, "much"));
        if many { self.following(at + 2) } else { None }
    }

    /// The noun counted by a figure that ends before `from`.
    fn counted(&self, from: usize) -> Option<Counted> {
        // "4,344 vs 3,337" in a table of results: the word between two figures is counted by neither.
        self.numbered(from).or_else(|| self.following(from)).filter(|c| !self.in_set("between-figures", c.head))
    }

    /// The noun that the parse says the number before `from` modifies.
    fn numbered(&self, from: usize) -> Option<Counted> {
        let number = self.token(from.checked_sub(1)?).filter(|t| t.rel == Rel::Nummod)?;
        let head = number.head as usize;
        let noun = self.token(head).filter(|t| head >= from && head <= from + 6 && matches!(t.pos, Pos::Noun | Pos::Propn))?;
        Some(Counted { lemma: noun.lemma, head, end: head + 1 })
    }

    /// The head of the noun phrase that starts at `from`, by tags alone.
    fn following(&self, from: usize) -> Option<Counted> {
        let mut at = from;
        if self.is(at, "-") {
            let noun = self.token(at + 1).filter(|t| matches!(t.pos, Pos::Noun | Pos::Propn))?;
            return Some(Counted { lemma: noun.lemma, head: at + 1, end: at + 2 });
        }
        while self.in_set("count-fillers", at) {
            at += 1;
        }
        if self.is(at, "of") {
            at += 1;
        }
        let mut last = None;
        // The noun phrase runs over determiners, adjectives and nouns; its last noun is its head.
        while let Some(token) = self.token(at) {
            let goes_on = match token.pos {
                Pos::Noun | Pos::Propn => {
                    last = Some(at);
                    true
                }
                Pos::Det | Pos::Adj | Pos::Part => last.is_none() || token.tag == Tag::Pos,
                Pos::Adv => last.is_none() && matches!(self.token(at + 1), Some(next) if next.pos == Pos::Adj),
                Pos::Verb => {
                    last.is_none()
                        && matches!(token.tag, Tag::Vbn | Tag::Vbg)
                        && self.token(at + 1).is_some_and(|n| n.pos == Pos::Noun)
                }
                Pos::Pron => matches!(token.tag, Tag::PrpS) && last.is_none(),
                Pos::Punct => {
                    token.form.is("-") && last.is_some_and(|l| l + 1 == at) || token.form.is("-") && last.is_none() && at > from
                }
                _ => false,
            };
            if !goes_on || at > from + 8 {
                break;
            }
            if token.tag == Tag::Pos {
                last = None; // "three of the city's bridges": the owner is not what is counted
            }
            at += 1;
        }
        let head = last?;
        let noun = self.token(head)?;
        Some(Counted { lemma: noun.lemma, head, end: head + 1 })
    }

    /// "The number of soldiers in the town at 250", "the total of complaints was 31": what a figure behind its own noun counts.
    fn number_of(&self, at: usize) -> Option<Counted> {
        /// Tokens between the noun for a number and its figure.
        const REACH: usize = 12;
        let from = self.start.max(at.saturating_sub(REACH));
        let bound = |i: &usize| self.in_set("figure-links", *i);
        let link = (from..at).rev().take(4).find(bound)?;
        let noun = (from..link).rev().find(|i| self.in_set("count-nouns", *i) && self.is(i + 1, "of"))?;
        let counted = self.following(noun + 2)?;
        // What is counted stands before the figure: the figure's own words are its span alone.
        (counted.head < link).then_some(counted)
    }

    /// "No one", "nobody": who is counted needs no noun.
    fn is_nobody(&self, at: usize) -> bool {
        self.token(at)
            .is_some_and(|t| t.pos == Pos::Pron && t.form != Sym::new("no") || self.is(at, "no") && self.is(at + 1, "one"))
    }

    /// Whether a bare number names rather than counts: a year, a day of the month, a clock time, a score, "Flight 12".
    fn is_label(&self, figure: &Figure, at: usize, counted: Option<&Counted>) -> bool {
        let before = at.checked_sub(1).and_then(|i| self.token(i));
        let month = |t: &Token| {
            self.lexicon
                .calendar
                .get(&t.form)
                .is_some_and(|row| row.kind == crate::lexicon::CalendarKind::Month && t.shape != Shape::Lower)
        };
        if before.is_some_and(|t| month(t) || self.in_set("labels", at - 1)) || self.token(figure.end).is_some_and(month) {
            return true;
        }
        let year = figure.grouped.is_none()
            && (1500.0..2100.0).contains(&figure.low)
            && figure.low.fract() == 0.0
            && figure.written_as_digits;
        if year
            && (counted.is_none() || before.is_some_and(|t| matches!(t.pos, Pos::Adp | Pos::Sconj) && t.form != Sym::new("of")))
        {
            return true;
        }
        let in_name = before.is_some_and(|t| t.pos == Pos::Propn)
            && self.token(at).is_some_and(|t| t.pos == Pos::Propn || t.rel == Rel::Nummod && counted.is_none());
        in_name && counted.is_none() && figure.written_as_digits
    }

    /// Fills in approximators, part markers, bounds and units.
    fn build(
        &self,
        figure: &Figure,
        at: usize,
        kind: QuantityKind,
        unit: Option<(Sym, f64)>,
        counted: Option<Counted>,
    ) -> Quantity {
        let mut first = at;
        let mut end = figure.end.max(counted.as_ref().map_or(0, |c| if c.head < figure.end + 2 { c.end } else { 0 }));
        let scale = unit.map_or(1.0, |(_, scale)| scale);
        let scale = if figure.kind == FigureKind::Fraction && unit.is_none() { 100.0 } else { scale };
        let whole = kind == QuantityKind::Count && figure.low.fract() == 0.0;
        let step = if whole { 1.0 } else { figure.high.abs() * 1e-9 };
        let (mut low, mut high) = (figure.low, figure.high);
        let mut comparator = if figure.low < figure.high { Comparator::Range } else { Comparator::Exact };
        if let Some((from, to, row)) = self.approximator(at, figure.end) {
            first = first.min(from);
            end = end.max(to);
            match row.bound {
                Some(Bound::Low) => (high, comparator) = (f64::INFINITY, Comparator::AtLeast),
                Some(Bound::Above) => (low, high, comparator) = (high + step, f64::INFINITY, Comparator::AtLeast),
                Some(Bound::High) => (low, comparator) = (0.0, Comparator::AtMost),
                Some(Bound::Below) => (low, high, comparator) = (0.0, (low - step).max(0.0), Comparator::AtMost),
                None if row.percent > 0.0 => {
                    comparator = Comparator::About;
                    let slack = row.percent / 100.0;
                    (low, high) = (low - low.abs() * slack, high + high.abs() * slack);
                }
                None => {}
            }
        }
        let middle = if figure.high.is_finite() { f64::midpoint(figure.low, figure.high) } else { figure.low };
        let unit = unit.map(|(unit, _)| unit).or((figure.kind == FigureKind::Fraction).then(|| Sym::new("percent")));
        Quantity {
            span: self.document.span(first..end),
            first: first as u32,
            end: end as u32,
            low: low * scale,
            high: high * scale,
            value: middle * scale,
            comparator,
            unit,
            counted: counted.as_ref().map(|c| c.lemma),
            head: counted.as_ref().map(|c| c.head as u32),
            kind,
            part: self.is_part(first, figure.end),
            filled: false,
            change: None,
        }
    }

    /// An approximator that ends where the figure starts, or starts where it ends: its tokens and row.
    fn approximator(&self, at: usize, end: usize) -> Option<(usize, usize, &crate::lexicon::Approximation)> {
        let ends_here = |from: &usize| {
            let (length, row) = self.lexicon.approximators.longest_at(self.tokens(), *from)?;
            (from + length == at && !self.completes_verb(*from)).then_some((*from, end, row))
        };
        let before = (self.start.max(at.saturating_sub(5))..at).collect::<Vec<_>>();
        before.iter().find_map(ends_here).or_else(|| {
            let (length, row) = self.token(end).and_then(|_| self.lexicon.approximators.longest_at(self.tokens(), end))?;
            // Only "or more", "or so" stand behind their figure; a word such as "about" there belongs to what follows.
            (self.is(end, "or") || self.is(end, "and") || self.is(end, "plus")).then_some((at, end + length, row))
        })
    }

    /// "A hundred or so people": one past an approximator behind the figure.
    fn past_approximator(&self, end: usize) -> usize {
        match self.approximator(end, end) {
            Some((_, to, _)) if to > end => to,
            _ => end,
        }
    }

    /// "They talked about 100 people": the word belongs to the verb before it.
    fn completes_verb(&self, word: usize) -> bool {
        let verb = word.checked_sub(1).filter(|i| *i >= self.start && self.token(*i).is_some_and(|t| t.pos == Pos::Verb));
        let phrase = verb.and_then(|verb| self.lexicon.cues.longest_at(self.tokens(), verb));
        phrase.is_some_and(|(length, _)| length > 1)
    }

    /// Whether the figure is a part of a total: "including 3", "two of them", "another 30".
    fn is_part(&self, first: usize, end: usize) -> bool {
        let marks = |at: usize| {
            (at >= self.start && at < self.end).then(|| self.lexicon.part_markers.longest_at(self.tokens(), at)).flatten()
        };
        let before = (self.start.max(first.saturating_sub(4))..first)
            .any(|at| marks(at).is_some_and(|(length, ())| at + length >= first.saturating_sub(1)));
        before
            || marks(end).is_some()
            || first > self.start && self.in_set("additions", first - 1)
            || self.in_set("additions", end)
    }
}
