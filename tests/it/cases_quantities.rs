//! Literate tables under `tests/cases/quantities`: a sentence, and every quantity that must be read in it, in order, with `;` between.
//!
//! A quantity is `low..high unit counted` (or one figure where both are equal; `inf` for no upper end), followed by `label` or
//! `ordinal` where it is no count, `part` of a total, and `old` or `new` in a told change. `none` stands for no quantity at all.

use crate::literate;
use gainsay::article::Article;
use gainsay::claims::{Change, Quantity, QuantityKind, quantity};
use gainsay::lexicon::Lexicon;
use gainsay::text;
use std::fmt::Write as _;

fn rounded(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

fn describe(quantity: &Quantity) -> String {
    let (low, high) = (rounded(quantity.low), rounded(quantity.high));
    let mut words = vec![if low == high { format!("{low}") } else { format!("{low}..{high}") }];
    words.extend(quantity.unit.map(|unit| unit.as_str().to_owned()));
    words.extend(quantity.counted.map(|noun| noun.as_str().to_owned()));
    words.extend(match quantity.kind {
        QuantityKind::Label => Some("label".to_owned()),
        QuantityKind::Ordinal => Some("ordinal".to_owned()),
        _ => None,
    });
    words.extend(quantity.part.then(|| "part".to_owned()));
    words.extend(quantity.change.map(|change| if change == Change::Old { "old".to_owned() } else { "new".to_owned() }));
    words.join(" ")
}

fn read(sentence: &str) -> String {
    let article = Article { text: sentence.to_owned(), ..Article::default() };
    let document = text::annotate(&article, Lexicon::built_in());
    let found: Vec<String> = quantity::find(&document, Lexicon::built_in()).iter().map(describe).collect();
    if found.is_empty() { "none".to_owned() } else { found.join("; ") }
}

#[test]
fn quantities_read_as_their_tables_say() {
    let rows = literate::rows("quantities", 2);
    let mut failed = String::new();
    for row in &rows {
        let found = read(&row.cells[0]);
        if (found == row.cells[1]) == row.todo {
            let _ = writeln!(failed, "{}: {} -> {found}", row.place, row.cells.join(" | "));
        }
    }
    assert!(rows.len() >= 80, "only {} rows were found", rows.len());
    assert!(failed.is_empty(), "{} of {} rows:\n{failed}", failed.lines().count(), rows.len());
}
