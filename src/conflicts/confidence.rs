//! Named evidence → a probability in percent: a sum of weights, then a curve fitted on labelled data.
//!
//! The weights live in `rules/confidence.yml`. All arithmetic is on integers, so that every machine gives the same number. More of
//! the evidence that speaks for a conflict never lowers it.

use super::align::Evidence;
use crate::base::yaml;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The model as the file has it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Model {
    /// Where the numbers come from.
    pub provenance: String,
    /// Points that a kind starts with.
    pub kinds: BTreeMap<String, i32>,
    /// Points for a rule with patterns of its own.
    pub specific: i32,
    /// Points for a full amount (10) of each evidence; negative for what speaks against.
    pub evidence: BTreeMap<String, i32>,
    /// Points and the percent they amount to, rising.
    pub curve: Vec<(i32, i32)>,
    /// What a text says of a claim, part by part (`conflicts/passage`): percent at the least of it that counts, and at all of it.
    pub parts: BTreeMap<String, (u8, u8)>,
    /// Two sentences laid side by side (`natlog`): percent of each reason.
    pub laid: BTreeMap<String, u8>,
}

static MODEL: LazyLock<Model> =
    LazyLock::new(|| yaml::decode(include_str!("../../rules/confidence.yml")).expect("the shipped model is decoded by a test"));

/// The shipped model.
pub fn model() -> &'static Model {
    &MODEL
}

/// What one part of the evidence adds.
pub fn points(evidence: &Evidence) -> i32 {
    MODEL.evidence.get(evidence.name).map_or(0, |weight| weight * evidence.amount.min(10) as i32 / 10)
}

/// Probability in percent, 1 to 99, that a conflict of a kind with this evidence is real.
pub fn confidence(kind: &str, general: bool, evidence: &[Evidence]) -> u8 {
    along(&MODEL.curve, total(kind, general, evidence))
}

/// Points of a conflict of a kind with this evidence.
pub fn total(kind: &str, general: bool, evidence: &[Evidence]) -> i32 {
    let base = MODEL.kinds.get(kind).copied().unwrap_or(0) + if general { 0 } else { MODEL.specific };
    base + evidence.iter().map(points).sum::<i32>()
}

/// Probability in percent, 1 to 99, of one part of what a text says of a claim, by how much of it there is, 0 to 10; 50 for a part that
/// the file does not know.
pub fn part(name: &str, amount: u32) -> u8 {
    let (low, high) = MODEL.parts.get(name).copied().unwrap_or((50, 50));
    let rise = i32::from(high) - i32::from(low);
    (i32::from(low) + rise * amount.min(10) as i32 / 10).clamp(1, 99) as u8
}

/// Probability in percent that two sentences contradict, by the reason that laying them side by side gives; 0 for none.
pub fn laid(reason: &str) -> u8 {
    MODEL.laid.get(reason).copied().unwrap_or(0).min(99)
}

/// The percent that points amount to on a curve of rising knots, straight between two of them; 1 to 99.
pub fn along(curve: &[(i32, i32)], points: i32) -> u8 {
    let at = curve.partition_point(|(x, _)| *x <= points);
    let percent = match (at.checked_sub(1).map(|i| curve[i]), curve.get(at)) {
        (Some((x0, y0)), Some((x1, y1))) => y0 + (y1 - y0) * (points - x0) / (x1 - x0).max(1),
        (Some((_, y)), None) => y,
        (None, Some((_, y))) => *y,
        (None, None) => 50,
    };
    percent.clamp(1, 99) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_evidence_for_it_never_lowers_it() {
        for (name, weight) in &MODEL.evidence {
            let name: &'static str = Box::leak(name.clone().into_boxed_str());
            let at = |amount| confidence("negation", true, &[Evidence::of(name, amount)]);
            let steps: Vec<u8> = (0..=10).map(at).collect();
            let rises = steps.windows(2).all(|w| w[0] <= w[1]);
            let falls = steps.windows(2).all(|w| w[0] >= w[1]);
            assert!(if *weight >= 0 { rises } else { falls }, "{name}: {steps:?}");
        }
    }

    #[test]
    fn the_curve_rises() {
        assert!(MODEL.curve.windows(2).all(|w| w[0].0 < w[1].0 && w[0].1 <= w[1].1));
    }
}
