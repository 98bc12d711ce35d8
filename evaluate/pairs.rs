//! Labelled pairs: precision and recall of contradiction at the label that `compare` gives.
//!
//! `SET=NAME,NAME` leaves other sets out. `SHOW=pairs-misses` prints the contradictions that were missed and the false alarms, each with
//! its reason; with `KIND=negation` only those where a rule of that kind came furthest.

use crate::data::{items, one_line, rules, share, shown};
use gainsay::conflicts::compare::{self, Label};
use gainsay::conflicts::score::{Tally, reason};
use gainsay::rules::RuleSet;
use rayon::prelude::*;
use std::path::Path;

/// What a set is wanted to reach.
enum Aim {
    /// Precision and recall.
    Reach(f64, f64),
    /// At most this share flagged, as nothing contradicts.
    Silent(f64),
    /// Part of the pooled row.
    Pooled,
    /// Printed for comparison.
    None,
}

const SETS: &[(&str, Aim)] = &[
    ("emergent", Aim::Reach(0.85, 0.60)),
    ("rte3", Aim::Reach(0.50, 0.30)),
    ("sick", Aim::Reach(0.96, 0.78)),
    ("breaking_nli", Aim::Reach(0.98, 0.80)),
    ("fever_symmetric", Aim::Reach(0.80, 0.45)),
    ("glue_diag", Aim::Pooled),
    ("conjnli", Aim::Pooled),
    ("fracas", Aim::Pooled),
    ("negnli", Aim::Reach(0.50, 0.60)),
    ("anli_numeric", Aim::Reach(0.55, 0.45)),
    ("claimdiff", Aim::Silent(0.01)),
    ("scone", Aim::Silent(0.02)),
    ("med", Aim::Silent(0.02)),
    ("chatprotect", Aim::None),
    ("climate_fever", Aim::None),
    ("fnc1", Aim::None),
    ("healthver", Aim::None),
    ("perspectrum", Aim::None),
    ("targeted_contracts", Aim::None),
];

/// Precision and recall of the pooled sets together.
const POOLED: (f64, f64) = (0.60, 0.40);

/// Prints the table.
pub fn table(data: &Path) {
    let rules = rules();
    let only = std::env::var("SET").ok();
    let asked = |name: &str| only.as_deref().is_none_or(|only| only.split(',').any(|one| one == name));
    println!("pairs: contradiction by the label of `compare`; pairs labelled unknown are left out");
    let (mut pooled, mut aimed) = (Tally::default(), Tally::default());
    for (name, aim) in SETS.iter().filter(|(name, _)| asked(name)) {
        let Some(tally) = measured(data, name, &rules) else { continue };
        let reached = (tally.precision(Label::Contradiction), tally.recall(Label::Contradiction));
        if !matches!(aim, Aim::None) {
            aimed.merge(&tally);
        }
        match aim {
            Aim::Reach(precision, recall) => row(name, &tally, reached, Some((*precision, *recall))),
            Aim::Silent(ceiling) => silent(name, &tally, *ceiling),
            Aim::Pooled => {
                pooled.merge(&tally);
                row(name, &tally, reached, None);
            }
            Aim::None => row(name, &tally, reached, None),
        }
        if name == &"fracas" && only.is_none() {
            let reached = (pooled.precision(Label::Contradiction), pooled.recall(Label::Contradiction));
            row("the three pooled", &pooled, reached, Some(POOLED));
        }
    }
    calibration(&aimed);
}

/// Over all pairs of the sets that are to reach something: how often the confidences of one tenth come true.
fn calibration(tally: &Tally) {
    println!(
        "  all of these together: Brier score of contradiction {:.3}; mean confidence and share that contradicts, by tenths",
        tally.brier()
    );
    for bin in tally.bins().iter().filter(|bin| bin.pairs > 0) {
        let mean = bin.percent as f64 / bin.pairs as f64 / 100.0;
        println!("    {mean:.2} {:.2} of {} pairs", share(bin.real, bin.pairs), bin.pairs);
    }
}

fn row(name: &str, tally: &Tally, (precision, recall): (f64, f64), wanted: Option<(f64, f64)>) {
    let wanted = wanted.map_or_else(String::new, |(p, r)| {
        let short = if precision >= p && recall >= r { "" } else { "  short" };
        format!("   wanted {p:.2} / {r:.2}{short}")
    });
    println!("  {name:18} {:5} pairs   precision {precision:.3}   recall {recall:.3}{wanted}", tally.pairs());
}

fn silent(name: &str, tally: &Tally, ceiling: f64) {
    let [flagged, still] = [true, false].map(|said| {
        let golds = [Label::Entailment, Label::Neutral];
        let labels = Label::ALL.into_iter().filter(move |label| (*label == Label::Contradiction) == said);
        labels.map(|label| golds.map(|gold| tally.count(gold, label)).iter().sum::<usize>()).sum::<usize>()
    });
    let rate = share(flagged, flagged + still);
    let over = if rate > ceiling { "  too many" } else { "" };
    println!("  {name:18} {:5} pairs   flagged {flagged} = {rate:.3}   at most {ceiling:.2}{over}", flagged + still);
}

/// Whether the rule that came furthest with a pair is of the kind that is asked for; of none, all are.
fn of_kind(verdict: &compare::Verdict, rules: &RuleSet) -> bool {
    let rule = verdict.rule.and_then(|at| rules.rules.get(at)).map(|rule| rule.kind.name());
    std::env::var("KIND").map_or(true, |kind| rule.or(verdict.kind) == Some(kind.as_str()))
}

/// Compares every labelled pair of a set.
fn measured(data: &Path, name: &str, rules: &RuleSet) -> Option<Tally> {
    let items = items(data, &format!("{name}.dev.jsonl"))?;
    let show = shown() == "pairs-misses";
    let text = |item: &serde_json::Value, side: &str| item[side].as_str().unwrap_or("").to_owned();
    let labelled: Vec<_> = items.iter().filter_map(|item| Some((item, Label::named(item["label"].as_str()?)?))).collect();
    let verdicts: Vec<_> =
        labelled.par_iter().map(|(item, _)| compare::compare(&text(item, "a"), &text(item, "b"), rules)).collect();
    let mut tally = Tally::default();
    for ((item, gold), verdict) in labelled.iter().zip(&verdicts) {
        tally.add(*gold, verdict.label, verdict.confidence);
        let wrong = (*gold == Label::Contradiction) != (verdict.label == Label::Contradiction);
        if show && wrong && of_kind(verdict, rules) {
            let what = if *gold == Label::Contradiction { "missed" } else { "false alarm" };
            println!("{what} {name} {} {:.2} {}", item["id"], f64::from(verdict.confidence) / 100.0, reason(verdict, rules));
            println!("    a: {}\n    b: {}", one_line(&text(item, "a")), one_line(&text(item, "b")));
        }
    }
    Some(tally)
}
