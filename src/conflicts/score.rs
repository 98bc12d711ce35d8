//! Scores of labelled pairs: precision, recall and F1 a label, confusion, and whether a probability means what it says.
//!
//! In: a pair's label and the verdict on it. Out: counts and rates; and in words why a pair was judged as it was. Knows no files.

use super::compare::{Label, Verdict};
use crate::rules::RuleSet;
use std::fmt;

/// Bins of confidence, each a tenth wide.
const BINS: usize = 10;

/// Counts over labelled pairs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tally {
    confusion: [[usize; 3]; 3],
    bins: [Bin; BINS],
    /// Sum of squared differences between confidence in percent and truth.
    squares: u64,
}

/// Pairs whose confidence lies within one tenth.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bin {
    /// How many pairs.
    pub pairs: usize,
    /// How many of them contradict.
    pub real: usize,
    /// Sum of their confidences, in percent.
    pub percent: usize,
}

impl Tally {
    /// Counts one pair: what it is, what it was called, and the probability of contradiction in percent.
    pub fn add(&mut self, gold: Label, said: Label, percent: u8) {
        self.confusion[gold as usize][said as usize] += 1;
        let real = gold == Label::Contradiction;
        let bin = &mut self.bins[(usize::from(percent) * BINS / 100).min(BINS - 1)];
        bin.pairs += 1;
        bin.real += usize::from(real);
        bin.percent += usize::from(percent);
        self.squares += u64::from(percent.abs_diff(if real { 100 } else { 0 })).pow(2);
    }

    /// Adds the pairs of another tally.
    pub fn merge(&mut self, other: &Self) {
        for (row, more) in self.confusion.iter_mut().zip(&other.confusion) {
            row.iter_mut().zip(more).for_each(|(cell, more)| *cell += more);
        }
        for (bin, more) in self.bins.iter_mut().zip(&other.bins) {
            bin.pairs += more.pairs;
            bin.real += more.real;
            bin.percent += more.percent;
        }
        self.squares += other.squares;
    }

    /// Number of pairs.
    pub fn pairs(&self) -> usize {
        self.confusion.iter().flatten().sum()
    }

    /// How many pairs of a label were called another.
    pub fn count(&self, gold: Label, said: Label) -> usize {
        self.confusion[gold as usize][said as usize]
    }

    /// Of the pairs called so, the share that are; 0 where none was.
    pub fn precision(&self, label: Label) -> f64 {
        rate(self.count(label, label), Label::ALL.iter().map(|gold| self.count(*gold, label)).sum())
    }

    /// Of the pairs that are so, the share called so; 0 where none is.
    pub fn recall(&self, label: Label) -> f64 {
        rate(self.count(label, label), Label::ALL.iter().map(|said| self.count(label, *said)).sum())
    }

    /// Harmonic mean of precision and recall.
    pub fn f1(&self, label: Label) -> f64 {
        let (precision, recall) = (self.precision(label), self.recall(label));
        if precision + recall > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 }
    }

    /// Mean squared difference between the probability of contradiction and the truth; 0 is perfect.
    pub fn brier(&self) -> f64 {
        self.squares as f64 / 10_000.0 / self.pairs().max(1) as f64
    }

    /// The pairs by confidence, a tenth a bin, rising.
    pub fn bins(&self) -> &[Bin] {
        &self.bins
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "pairs {}", self.pairs())?;
        writeln!(f, "{:14} {:>9} {:>9} {:>9}   said contradiction, entailment, neutral", "label", "precision", "recall", "F1")?;
        for gold in Label::ALL {
            let row = Label::ALL.map(|said| self.count(gold, said).to_string()).join(", ");
            let (precision, recall, f1) = (self.precision(gold), self.recall(gold), self.f1(gold));
            writeln!(f, "{:14} {precision:9.3} {recall:9.3} {f1:9.3}   {row}", gold.name())?;
        }
        writeln!(f, "Brier score of contradiction {:.3}", self.brier())?;
        writeln!(f, "confidence      pairs   mean   real")?;
        for (at, bin) in self.bins.iter().enumerate().filter(|(_, bin)| bin.pairs > 0) {
            let (from, to) = (at as f64 / BINS as f64, (at + 1) as f64 / BINS as f64);
            let mean = rate(bin.percent, bin.pairs) / 100.0;
            writeln!(f, "{from:.1} to {to:.1} {:10} {mean:6.2} {:6.2}", bin.pairs, rate(bin.real, bin.pairs))?;
        }
        Ok(())
    }
}

fn rate(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

/// Why a pair was judged as it was: the clash that weighs most, or the first gate that failed under the rule that came furthest.
pub fn reason(verdict: &Verdict, rules: &RuleSet) -> String {
    let rule = verdict.rule.and_then(|at| rules.rules.get(at));
    let named = rule.map_or_else(|| "no rule".to_owned(), |rule| format!("{} ({})", rule.id, rule.kind.name()));
    match (verdict.stop, verdict.relation) {
        (Some(stop), _) => format!("{named} stopped at `{}`: {}", stop.gate.name(), stop.why),
        (None, Some(relation)) if rule.is_none() => {
            format!("words held against words gave {} ({})", relation.name(), verdict.kind.unwrap_or(""))
        }
        (None, Some(relation)) => format!("{named} found {}", relation.name()),
        (None, None) => named,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Label::{Contradiction, Entailment, Neutral};

    fn tally(rows: &[(Label, Label, u8)]) -> Tally {
        let mut tally = Tally::default();
        rows.iter().for_each(|(gold, said, percent)| tally.add(*gold, *said, *percent));
        tally
    }

    #[test]
    fn rates_are_those_of_the_confusion() {
        let tally = tally(&[
            (Contradiction, Contradiction, 80),
            (Neutral, Contradiction, 60),
            (Contradiction, Neutral, 6),
            (Entailment, Entailment, 2),
        ]);
        assert_eq!((tally.precision(Contradiction), tally.recall(Contradiction)), (0.5, 0.5));
        assert_eq!((tally.precision(Entailment), tally.f1(Entailment)), (1.0, 1.0));
        assert_eq!(tally.f1(Neutral), 0.0);
    }

    #[test]
    fn brier_and_bins_tell_whether_a_probability_means_what_it_says() {
        let tally = tally(&[(Contradiction, Contradiction, 100), (Neutral, Neutral, 0), (Neutral, Contradiction, 50)]);
        assert!((tally.brier() - 0.25 / 3.0).abs() < 1e-9);
        assert_eq!(tally.bins()[9], Bin { pairs: 1, real: 1, percent: 100 });
        assert_eq!(tally.bins()[5], Bin { pairs: 1, real: 0, percent: 50 });
    }

    #[test]
    fn two_tallies_together_are_one_over_all_pairs() {
        let (one, other) = ((Contradiction, Neutral, 10), (Neutral, Contradiction, 90));
        let mut merged = tally(&[one]);
        merged.merge(&tally(&[other]));
        assert_eq!(merged, tally(&[one, other]));
    }
}
