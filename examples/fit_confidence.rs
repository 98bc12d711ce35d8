//! Fits `rules/confidence.yml`: `cargo run --release --example fit_confidence -- DATA [FILE]`.
//!
//! DATA holds the pair sets of [`SETS`], whose licences permit it. Every pair is compared; the conflict that weighs most gives its
//! points, the label says whether it is real. The curve from points to percent is the rising step function nearest to these
//! (isotonic regression; Ayer et al. 1955, An empirical distribution function for sampling with incomplete information). The points
//! at which it passes one half stay where they are, so that no label changes. The points of kinds and evidence are set by hand and
//! stay too. Parts (`conflicts/passage`) and sentences laid side by side (`natlog`) have a percent each: the share that is real, drawn
//! towards what the file said before by [`DRAWN`] imagined pairs; it stays on its side of one half. FILE, `rules/confidence.yml` unless said, gets the new curve with its provenance. Same input, same bytes out.

use gainsay::conflicts::compare::{self, Label};
use gainsay::conflicts::{Relation, confidence, passage};
use gainsay::natlog::{self, By};
use gainsay::rules::{self, RuleSet};
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

/// Sets with a licence that permits it: MIT, Apache-2.0, CC0, CC BY-SA.
const SETS: &[&str] =
    &["breaking_nli", "chatprotect", "conjnli", "fever_symmetric", "med", "negnli", "scone", "targeted_contracts"];
/// Weight below which a step joins its neighbour.
const LEAST: f64 = 1.0;
/// Imagined pairs, half of them real, that every step starts with.
const PRIOR: f64 = 0.5;

/// Imagined pairs that speak for the old percent of a part.
const DRAWN: f64 = 6.0;

/// A part of the evidence found in a pair: its name, its percent by the old file, whether the pair contradicts, and its weight.
#[derive(Clone, Copy)]
struct Hint {
    name: &'static str,
    percent: u8,
    real: bool,
    weight: f64,
}

/// What one pair gives: points of claims, the surest part, the reason of laying side by side; and whether it contradicts.
struct Found {
    points: Option<i32>,
    part: Option<(&'static str, u8)>,
    laid: Option<(&'static str, u8)>,
    real: bool,
}

/// A conflict found in a pair: its points, whether it is real, and its weight.
#[derive(Clone, Copy)]
struct Item {
    points: i32,
    real: bool,
    weight: f64,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let Some(data) = args.next() else { return Err("usage: fit_confidence DATA [FILE]".into()) };
    let file = args.next().unwrap_or_else(|| "rules/confidence.yml".into());
    let rules = rules::load(&rules::Options::default()).map_err(|errors| errors.to_string())?;
    let (mut items, mut parts, mut laid, mut sources) = (Vec::new(), Vec::new(), Vec::new(), String::new());
    for name in SETS {
        let path = Path::new(&data).join(format!("{name}.dev.jsonl"));
        let text = std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        let pairs = found(&text, &rules);
        let hash: String = Sha256::digest(text.as_bytes()).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        let claims: Vec<(i32, bool)> = pairs.iter().filter_map(|pair| Some((pair.points?, pair.real))).collect();
        let count = |hint: &dyn Fn(&Found) -> bool| {
            let hits = pairs.iter().filter(|pair| hint(pair));
            let (all, real) = hits.fold((0, 0), |(all, real), pair| (all + 1, real + usize::from(pair.real)));
            format!("{real} of {all}")
        };
        let (of_claims, of_parts) = (count(&|pair| pair.points.is_some()), count(&|pair| pair.part.is_some()));
        let of_laid = count(&|pair| pair.laid.is_some());
        writeln!(
            sources,
            "  {name}.dev.jsonl, SHA-256 {hash}…: real by claims {of_claims}, by parts {of_parts}, laid {of_laid}."
        )?;
        let weight = weight(claims.len());
        items.extend(claims.into_iter().map(|(points, real)| Item { points, real, weight }));
        parts.extend(hints(&pairs, |pair| pair.part));
        laid.extend(hints(&pairs, |pair| pair.laid));
    }
    let model = confidence::model();
    let curve = curve(&items, &model.curve);
    let shifted = |name: &str, low: u8, high: u8| {
        let shift = fitted(&parts, name) - mean(&parts, name);
        let moved = |percent: u8| (f64::from(percent) + shift * 100.0).round().clamp(50.0, 97.0) as u8;
        (moved(low), moved(high))
    };
    let new_parts: BTreeMap<&str, (u8, u8)> =
        model.parts.iter().map(|(name, (low, high))| (name.as_str(), shifted(name, *low, *high))).collect();
    let side = |name: &str| By::ALL.iter().any(|by| by.name() == name && by.excludes());
    let new_laid: BTreeMap<&str, u8> = model
        .laid
        .iter()
        .map(|(name, old)| {
            let percent =
                if laid.iter().any(|hint| hint.name == name) { (fitted(&laid, name) * 100.0).round() as u8 } else { *old };
            (name.as_str(), if side(name) { percent.clamp(50, 97) } else { percent.clamp(3, 49) })
        })
        .collect();
    let after = |hints: &[Hint], percent: &dyn Fn(&Hint) -> f64| squares(hints, percent);
    let old = |hint: &Hint| f64::from(hint.percent) / 100.0;
    let by_part = |hint: &Hint| old(hint) + fitted(&parts, hint.name) - mean(&parts, hint.name);
    let by_laid = |hint: &Hint| new_laid.get(hint.name).map_or(0.0, |percent| f64::from(*percent) / 100.0);
    let provenance = format!(
        "  Points are set by hand and reviewed; the rest is fitted by `cargo run --release --example fit_confidence -- DATA` on\n{sources}  \
         Mean squared difference between confidence and truth, before and after: curve {:.3}, {:.3}; parts {:.3}, {:.3}; laid {:.3}, {:.3}.\n",
        brier(&items, &model.curve),
        brier(&items, &curve),
        after(&parts, &old),
        after(&parts, &by_part),
        after(&laid, &old),
        after(&laid, &by_laid),
    );
    let text = std::fs::read_to_string(&file)?;
    let new = rewritten(&text, &provenance, &curve, &new_parts, &new_laid);
    std::fs::write(&file, new.ok_or("the file has no `provenance`, `kinds`, `curve`, `parts` and `laid`, in this order")?)?;
    print!("{provenance}");
    Ok(())
}

/// A set counts by the root of its size, so that no large one rules them all.
fn weight(size: usize) -> f64 {
    1.0 / (size.max(1) as f64).sqrt()
}

/// One kind of hint of a set's pairs; of each set at most a few dozen count in full.
fn hints(pairs: &[Found], of: impl Fn(&Found) -> Option<(&'static str, u8)>) -> Vec<Hint> {
    let all: Vec<(&'static str, u8, bool)> =
        pairs.iter().filter_map(|pair| of(pair).map(|(name, p)| (name, p, pair.real))).collect();
    let weight = (weight(all.len()) * 6.0).min(1.0);
    all.into_iter().map(|(name, percent, real)| Hint { name, percent, real, weight }).collect()
}

/// Mean of the old percents of a part, as a share.
fn mean(hints: &[Hint], name: &str) -> f64 {
    let own = || hints.iter().filter(|hint| hint.name == name);
    let weight: f64 = own().map(|hint| hint.weight).sum();
    own().map(|hint| hint.weight * f64::from(hint.percent)).sum::<f64>() / 100.0 / weight.max(f64::EPSILON)
}

/// Share of a part's pairs that contradict, drawn towards what was said of them before.
fn fitted(hints: &[Hint], name: &str) -> f64 {
    let own = || hints.iter().filter(|hint| hint.name == name);
    let weight: f64 = own().map(|hint| hint.weight).sum();
    let real: f64 = own().filter(|hint| hint.real).map(|hint| hint.weight).sum();
    (real + DRAWN * mean(hints, name)) / (weight + DRAWN)
}

/// Mean squared difference between the share that a hint is given and the truth.
fn squares(hints: &[Hint], percent: &dyn Fn(&Hint) -> f64) -> f64 {
    let off = |hint: &Hint| hint.weight * (percent(hint) - f64::from(u8::from(hint.real))).powi(2);
    hints.iter().map(off).sum::<f64>() / hints.iter().map(|hint| hint.weight).sum::<f64>().max(f64::EPSILON)
}

/// What `compare` finds in labelled pairs, by its three ways of looking.
fn found(text: &str, rules: &RuleSet) -> Vec<Found> {
    let pairs: Vec<serde_json::Value> = text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    let judged = pairs.par_iter().map(|pair| {
        let label = Label::named(pair["label"].as_str()?)?;
        let side = |name: &str| pair[name].as_str().unwrap_or("");
        Some(compare::with(side("a"), side("b"), rules, |cx, ones, others| {
            let judged = compare::judgements(cx, ones, others);
            let sharp = judged.iter().filter_map(|judgement| {
                let (_, relation, clash) = judgement.outcome.as_ref().ok()?;
                let rule = &rules.rules[judgement.rule];
                let points = confidence::total(rule.kind.name(), rule.general, &clash.alignment.evidence);
                (!matches!(relation, Relation::Tension | Relation::Update)).then_some(points)
            });
            let [a, b] = [0, 1].map(|at| &cx.facts.readings[at]);
            let laid = natlog::relate(a, b, &rules.lexicon).by;
            Found {
                points: sharp.max(),
                part: passage::find(cx.facts).first().map(|finding| (finding.part, finding.percent())),
                laid: (laid != By::Nothing).then(|| (laid.name(), confidence::laid(laid.name()))),
                real: label == Label::Contradiction,
            }
        }))
    });
    judged.collect::<Vec<_>>().into_iter().flatten().collect()
}

/// The fitted curve; it passes one half at the same points as the old one.
fn curve(items: &[Item], old: &[(i32, i32)]) -> Vec<(i32, i32)> {
    let half = (-500..500).find(|points| confidence::along(old, *points) >= 50).unwrap_or(0);
    let (above, below): (Vec<Item>, Vec<Item>) = items.iter().partition(|item| item.points >= half);
    let mut out: Vec<(i32, i32)> = Vec::new();
    for (points, share) in steps(&below) {
        out.push((points.min(half - 1), percent(share).min(49)));
    }
    let above = steps(&above);
    // Between its two sides the curve leaps, as the label does.
    out.push((half - 1, out.last().map_or(40, |last| last.1)));
    out.push((half, above.first().map_or(55, |first| percent(first.1).max(50))));
    out.extend(above.iter().map(|(points, share)| (*points, percent(*share).max(50))));
    out.dedup_by_key(|(points, _)| *points);
    // Pairs of one occasion say nothing about fewer or more points than they have: there the old curve goes on.
    let (first, last) = (out[0], out[out.len() - 1]);
    let fewer = old.iter().copied().filter(|knot| knot.0 < first.0 && knot.1 <= first.1);
    let more = old.iter().copied().filter(|knot| knot.0 > last.0 && knot.1 >= last.1);
    fewer.chain(out.iter().copied()).chain(more).collect()
}

fn percent(share: f64) -> i32 {
    ((share * 100.0).round() as i32).clamp(3, 97)
}

/// The rising step function nearest to the items: mean points of each step, and the share that is real.
fn steps(items: &[Item]) -> Vec<(i32, f64)> {
    let mut items = items.to_vec();
    items.sort_by_key(|item| (item.points, item.real));
    // Sums of points, of what is real, and of weights.
    let mut pools: Vec<[f64; 3]> = Vec::new();
    for equal in items.chunk_by(|a, b| a.points == b.points) {
        let sum = |of: &dyn Fn(&Item) -> f64| equal.iter().map(|item| of(item) * item.weight).sum::<f64>();
        pools.push([sum(&|item| f64::from(item.points)), sum(&|item| f64::from(u8::from(item.real))), sum(&|_| 1.0)]);
        while let [.., one, two] = pools[..] {
            if share(one) < share(two) && one[2] >= LEAST {
                break;
            }
            pools.truncate(pools.len() - 2);
            pools.push([one[0] + two[0], one[1] + two[1], one[2] + two[2]]);
        }
    }
    pools.into_iter().map(|pool| ((pool[0] / pool[2].max(f64::EPSILON)).round() as i32, share(pool))).collect()
}

fn share(pool: [f64; 3]) -> f64 {
    (pool[1] + PRIOR / 2.0) / (pool[2] + PRIOR)
}

fn brier(items: &[Item], curve: &[(i32, i32)]) -> f64 {
    let off = |item: &Item| {
        let truth = if item.real { 1.0 } else { 0.0 };
        item.weight * (f64::from(confidence::along(curve, item.points)) / 100.0 - truth).powi(2)
    };
    items.iter().map(off).sum::<f64>() / items.iter().map(|item| item.weight).sum::<f64>().max(f64::EPSILON)
}

/// The file with what was fitted; everything between stays as it is.
fn rewritten(
    text: &str,
    provenance: &str,
    curve: &[(i32, i32)],
    parts: &BTreeMap<&str, (u8, u8)>,
    laid: &BTreeMap<&str, u8>,
) -> Option<String> {
    let (head, rest) = text.split_once("provenance:")?;
    let (start, of_curve) = (rest.find("\nkinds:")?, rest.find("\ncurve:")?);
    let (of_parts, of_laid) = (rest.find("\nparts:")?, rest.find("\nlaid:")?);
    // Comments stand before the section that they are about.
    let comment = |from: usize, to: usize| {
        let lines = rest.get(from + 1..to).unwrap_or("").lines().filter(|line| line.starts_with('#'));
        lines.fold(String::new(), |all, line| all + line + "\n")
    };
    let mut out = format!("{head}provenance: |\n{provenance}{}\ncurve:\n", rest.get(start + 1..of_curve)?);
    for (points, percent) in curve {
        writeln!(out, "  - [{points}, {percent}]").ok()?;
    }
    writeln!(out, "{}parts:", comment(of_curve, of_parts)).ok()?;
    for (name, (low, high)) in parts {
        writeln!(out, "  {name}: [{low}, {high}]").ok()?;
    }
    writeln!(out, "{}laid:", comment(of_parts, of_laid)).ok()?;
    for (name, percent) in laid {
        writeln!(out, "  {name}: {percent}").ok()?;
    }
    Some(out)
}
