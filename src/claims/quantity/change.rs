//! Old and new values of a told change.

use super::Scan;
use crate::claims::{Change, Quantity, QuantityKind};

impl Scan<'_> {
    /// Marks old and new values of a told change: "cut from 28 to 20", "the initial 28 points, now 20".
    pub(super) fn tell_changes(&self, found: &mut [Quantity]) {
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
                if told_apart && found[partner].kind == found[at].kind {
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
