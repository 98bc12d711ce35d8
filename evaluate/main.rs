//! Measures gainsay on labelled data and prints one table for each part of it.
//!
//! `cargo run --release --example evaluate -- DATA [TABLE…]` where DATA is a folder of JSON Lines files as `docs/EVALUATION.md` names
//! them. A file that is not there is said to be absent and its table left out. The environment variable `SHOW` asks for single
//! items, as each table says.

mod commitmentbank;
mod data;
mod html;
mod made_rules;
mod many;
mod news;
mod pairs;
mod polnear;
mod stories;
mod syntax;

use std::path::Path;

/// Tables by name, in the order in which they are printed.
const TABLES: &[(&str, fn(&Path))] = &[
    ("html", html::table),
    ("sentences", syntax::segmentation),
    ("tags", syntax::tags),
    ("trees", syntax::trees),
    ("reading", syntax::reading),
    ("commitmentbank", commitmentbank::table),
    ("polnear", polnear::table),
    ("pairs", pairs::table),
    ("stories", stories::table),
    ("news", news::table),
    ("rules", many::table),
];

fn main() {
    let mut args = std::env::args().skip(1);
    let data = args.next();
    let wanted: Vec<String> = args.collect();
    let unknown = wanted.iter().find(|w| !TABLES.iter().any(|(name, _)| name == w));
    let (Some(data), None) = (data, unknown) else {
        eprintln!("usage: evaluate DATA [{}]…", TABLES.iter().map(|(name, _)| *name).collect::<Vec<_>>().join("|"));
        std::process::exit(2);
    };
    for (name, table) in TABLES {
        if wanted.is_empty() || wanted.iter().any(|w| w == name) {
            table(Path::new(&data));
        }
    }
}
