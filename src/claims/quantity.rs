//! Numbers as said → [`Quantity`]: closed intervals with approximator, unit and the noun that is counted.
//!
//! In: the words of one article. Out: one entry per figure, in order, none overlapping another. Ranks, labels ("page 5", scores,
//! years) are told apart by their kind, since they are never compared as counts. Knows no clauses: `extract` files each
//! quantity under the claim whose tokens hold it.

mod figure;

use super::{Change, Comparator, Quantity, QuantityKind};
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
        self.token(at).is_some_and(|t| t.form == Sym::new(word))
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
        let (unit_end, unit) = self.unit(&figure, at);
        let percent = unit.is_some_and(|(unit, _)| unit == Sym::new("percent"));
        let counted = match unit {
            Some(_) if !self.is(unit_end, "of") && !percent => None,
            Some(_) => self.is(unit_end, "of").then(|| self.counted(unit_end + 1)).flatten(),
            None => self.counted(unit_end),
        };
        if figure.kind == FigureKind::Bare && unit.is_none() && self.is_label(&figure, at, counted.as_ref()) {
            return Some(self.build(&figure, at, QuantityKind::Label, None, None));
        }
        let kind = match unit {
            Some((unit, _)) if unit == Sym::new("percent") => QuantityKind::Share,
            Some((unit, _)) if unit == Sym::new("day") => QuantityKind::Duration,
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
    fn unit(&self, figure: &Figure, at: usize) -> (usize, Option<(Sym, f64)>) {
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
        // "second" is a unit after a number only; a unit word that goes on ("mark time") is taken as it stands.
        let _ = at;
        (end + length, Some((row.unit, row.scale)))
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
                    token.form == Sym::new("-") && last.is_some_and(|l| l + 1 == at)
                        || token.form == Sym::new("-") && last.is_none() && at > from
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
            (from + length == at).then_some((*from, end, row))
        };
        let before = (self.start.max(at.saturating_sub(5))..at).collect::<Vec<_>>();
        before.iter().find_map(ends_here).or_else(|| {
            let (length, row) = self.token(end).and_then(|_| self.lexicon.approximators.longest_at(self.tokens(), end))?;
            // Only "or more", "or so" stand behind their figure; a word such as "about" there belongs to what follows.
            (self.is(end, "or") || self.is(end, "and") || self.is(end, "plus")).then_some((at, end + length, row))
        })
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

    /// "All bridges", "most of the bridges", "half the town": a share without a number.
    fn extent(&self, at: usize) -> Option<Quantity> {
        let token = self.token(at)?;
        let determines = matches!(token.pos, Pos::Det | Pos::Adj | Pos::Pron) || matches!(token.tag, Tag::Pdt);
        if !determines {
            return None;
        }
        let (length, share) = self.lexicon.extents.longest_at(self.tokens(), at)?;
        let of = self.is(at + length, "of");
        let counted = self.counted(at + length)?;
        // "a certain official", "some officials": only a partitive opposes the whole.
        if *share < 100.0 && !of && token.pos != Pos::Det && token.form != Sym::new("half") {
            return None;
        }
        let (low, high) = if *share >= 100.0 {
            (100.0, 100.0)
        } else if *share > 50.0 {
            (50.0, 99.9)
        } else {
            (0.1, 99.9)
        };
        let (low, high) = if (*share - 50.0).abs() < 0.5 { (45.0, 55.0) } else { (low, high) };
        let end = at + length;
        Some(Quantity {
            span: self.document.span(at..end),
            first: at as u32,
            end: end as u32,
            low,
            high,
            value: *share,
            comparator: if *share >= 100.0 { Comparator::Exact } else { Comparator::Range },
            unit: Some(Sym::new("extent")),
            counted: Some(counted.lemma),
            head: Some(counted.head as u32),
            kind: QuantityKind::Share,
            part: false,
            filled: false,
            change: None,
        })
    }

    /// Marks old and new values of a told change: "cut from 28 to 20", "the initial 28 points, now 20".
    fn tell_changes(&self, found: &mut [Quantity]) {
        let comparable = |q: &Quantity| !matches!(q.kind, QuantityKind::Label | QuantityKind::Ordinal);
        let changing = (self.start..self.end).any(|at| self.in_set("change-verbs", at));
        for at in 0..found.len() {
            if !comparable(&found[at]) {
                continue;
            }
            let before = |q: &Quantity, word: &str| (q.first as usize).checked_sub(1).is_some_and(|i| self.is(i, word));
            let old = (found[at].first as usize).checked_sub(1).is_some_and(|i| self.in_set("old-value", i))
                || changing && before(&found[at], "from");
            let new = (found[at].first as usize).checked_sub(1).is_some_and(|i| self.in_set("new-value", i))
                || changing && before(&found[at], "to");
            if new && let Some(partner) = found[..at].iter().rposition(|q| comparable(q) && q.change != Some(Change::New)) {
                let told_apart = found[partner].change == Some(Change::Old)
                    || found[partner].unit == found[at].unit && found[at].unit.is_some()
                    || changing;
                if told_apart && kinds_agree(found[partner].kind, found[at].kind) {
                    found[partner].change = Some(Change::Old);
                    found[at].change = Some(Change::New);
                    if found[at].unit.is_none() && found[at].counted.is_none() {
                        (found[at].counted, found[at].head, found[at].filled) =
                            (found[partner].counted, found[partner].head, true);
                    }
                }
            } else if old {
                found[at].change = Some(Change::Old);
            } else if new && changing {
                found[at].change = Some(Change::New);
            }
        }
    }
}

fn kinds_agree(one: QuantityKind, two: QuantityKind) -> bool {
    one == two
}

#[cfg(test)]
mod tests;
