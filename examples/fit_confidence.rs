//! Fits the curve of `rules/confidence.yml`: `cargo run --release --example fit_confidence -- DATA [FILE]`.
//!
//! DATA holds the pair sets of [`SETS`], whose licences permit it. Every pair is compared; the conflict that weighs most gives its
//! points, the label says whether it is real. The curve from points to percent is the rising step function nearest to these
//! (isotonic regression; Ayer et al. 1955, An empirical distribution function for sampling with incomplete information). The points
//! at which it passes one half stay where they are, so that no label changes. The points of kinds and evidence are set by hand and
//! stay too. FILE, `rules/confidence.yml` unless said, gets the new curve with its provenance. Same input, same bytes out.

use gainsay::conflicts::compare::{self, Label};
use gainsay::conflicts::{Relation, confidence};
use gainsay::rules::{self, RuleSet};
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::path::Path;

/// Sets with a licence that permits it: MIT, Apache-2.0, CC0, CC BY-SA.
const SETS: &[&str] =
    &["breaking_nli", "chatprotect", "conjnli", "fever_symmetric", "med", "negnli", "scone", "targeted_contracts"];
/// Weight below which a step joins its neighbour.
const LEAST: f64 = 1.0;
/// Imagined pairs, half of them real, that every step starts with.
const PRIOR: f64 = 0.5;

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
    let (mut items, mut sources) = (Vec::new(), String::new());
    for name in SETS {
        let path = Path::new(&data).join(format!("{name}.dev.jsonl"));
        let text = std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        let found = found(&text, &rules);
        // A set counts by the root of its size, so that no large one rules them all.
        let weight = 1.0 / (found.len().max(1) as f64).sqrt();
        let real = found.iter().filter(|(_, real)| *real).count();
        let hash: String = Sha256::digest(text.as_bytes()).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        writeln!(sources, "  {name}.dev.jsonl, SHA-256 {hash}…: {} conflicts found, {real} real.", found.len())?;
        items.extend(found.into_iter().map(|(points, real)| Item { points, real, weight }));
    }
    let old = &confidence::model().curve;
    let curve = curve(&items, old);
    let provenance = format!(
        "  Points are set by hand and reviewed; the curve is fitted by `cargo run --release --example fit_confidence -- DATA` on\n{sources}  \
         Mean squared difference between confidence and truth, sets weighted alike: {:.3} before, {:.3} after.\n",
        brier(&items, old),
        brier(&items, &curve)
    );
    let text = std::fs::read_to_string(&file)?;
    std::fs::write(&file, rewritten(&text, &provenance, &curve).ok_or("the file has no `provenance`, `kinds` and `curve`")?)?;
    print!("{provenance}");
    curve.iter().for_each(|(points, percent)| println!("{points:5} points  {percent:3} percent"));
    Ok(())
}

/// Points and truth of the conflicts that `compare` finds in labelled pairs.
fn found(text: &str, rules: &RuleSet) -> Vec<(i32, bool)> {
    let pairs: Vec<serde_json::Value> = text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    let judged = pairs.par_iter().map(|pair| {
        let label = Label::named(pair["label"].as_str()?)?;
        let side = |name: &str| pair[name].as_str().unwrap_or("");
        let points = compare::with(side("a"), side("b"), rules, |cx, ones, others| {
            let judged = compare::judgements(cx, ones, others);
            let sharp = judged.iter().filter_map(|judgement| {
                let (_, relation, clash) = judgement.outcome.as_ref().ok()?;
                let rule = &rules.rules[judgement.rule];
                let points = confidence::total(rule.kind.name(), rule.general, &clash.alignment.evidence);
                (!matches!(relation, Relation::Tension | Relation::Update)).then_some(points)
            });
            sharp.max()
        });
        Some((points?, label == Label::Contradiction))
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

/// The file with a new provenance and curve; everything between stays as it is.
fn rewritten(text: &str, provenance: &str, curve: &[(i32, i32)]) -> Option<String> {
    let (head, rest) = text.split_once("provenance:")?;
    let kinds = rest.find("\nkinds:")?;
    let end = rest.find("\ncurve:")?;
    let mut out = format!("{head}provenance: |\n{}{}\ncurve:\n", provenance, rest.get(kinds + 1..end)?);
    for (points, percent) in curve {
        writeln!(out, "  - [{points}, {percent}]").ok()?;
    }
    Some(out)
}
