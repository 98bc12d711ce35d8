//! Shares without a number: "all bridges", "most of the bridges", "half the town".

use super::Scan;
use crate::base::Sym;
use crate::claims::{Comparator, Quantity, QuantityKind};
use crate::text::{Pos, Tag};

impl Scan<'_> {
    /// "All bridges", "most of the bridges", "half the town": a share without a number.
    pub(super) fn extent(&self, at: usize) -> Option<Quantity> {
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
}
