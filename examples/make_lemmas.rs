//! Makes `rules/model/lemmas.bin` again from its two sources:
//!
//! `cargo run --release --example make_lemmas -- lemma_lu.csv WORDNET_DICT_FOLDER rules/model/lemmas.bin`
//!
//! `lemma_lu.csv` is the unpacked lemma table of the Python package `lemminflect` 0.2.3 (one `form,pos,lemma[/lemma]` a line);
//! the folder holds `index.noun`, `index.verb`, `index.adj` and `index.adv` of WordNet 3.1, which add base forms only.
//! The layout of the result is told in `src/text/lemma.rs`.

use std::collections::{BTreeMap, BTreeSet};

/// What a form can be: pairs of part of speech and lemma, the likelier lemma first.
type Readings = Vec<(&'static str, String)>;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let (Some(csv), Some(wordnet), Some(out)) = (args.next(), args.next(), args.next()) else {
        return Err("usage: make_lemmas lemma_lu.csv WORDNET_DICT_FOLDER OUT".into());
    };
    let mut table: BTreeMap<String, Readings> = BTreeMap::new();
    for line in std::fs::read_to_string(csv)?.lines() {
        let mut fields = line.split(',');
        let (Some(form), Some(pos), Some(lemmas)) = (fields.next(), fields.next().and_then(code), fields.next()) else {
            continue;
        };
        for lemma in lemmas.split('/') {
            add(&mut table, form, pos, lemma);
        }
    }
    for pos in ["noun", "verb", "adj", "adv"] {
        let text = std::fs::read_to_string(std::path::Path::new(&wordnet).join(format!("index.{pos}")))?;
        for word in text.lines().filter(|l| !l.starts_with(' ')).filter_map(|l| l.split(' ').next()) {
            let plain = word.len() >= 2 && word.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
            // A plural that stands as a noun of its own ("talks") would hide the lemma of the plural.
            let known = table.get(word).is_some_and(|r| r.iter().any(|(p, _)| Some(*p) == code(pos)));
            if plain && !known {
                add(&mut table, word, code(pos).expect("the four names are known"), word);
            }
        }
    }
    let scripts: BTreeSet<String> = table.iter().map(|(form, readings)| script(form, readings)).collect();
    let scripts: Vec<String> = scripts.into_iter().collect();
    let mut builder = fst::MapBuilder::memory();
    for (form, readings) in &table {
        let index = scripts.binary_search(&script(form, readings)).expect("every script was collected");
        builder.insert(form, index as u64)?;
    }
    let map = builder.into_inner()?;
    let mut bytes = u32::try_from(map.len())?.to_le_bytes().to_vec();
    bytes.extend(map);
    bytes.extend(scripts.join("\n").into_bytes());
    std::fs::write(&out, &bytes)?;
    eprintln!("{} forms, {} scripts, {} bytes", table.len(), scripts.len(), bytes.len());
    Ok(())
}

fn add(table: &mut BTreeMap<String, Readings>, form: &str, pos: &'static str, lemma: &str) {
    let (form, lemma) = (form.to_lowercase().replace('’', "'"), lemma.to_lowercase().replace('’', "'"));
    if form.contains(' ') || lemma.is_empty() {
        return;
    }
    let readings = table.entry(form).or_default();
    if !readings.iter().any(|(p, l)| *p == pos && *l == lemma) {
        readings.push((pos, lemma));
    }
}

/// The letter that stands for a part of speech; auxiliaries are verbs here.
fn code(pos: &str) -> Option<&'static str> {
    Some(match pos {
        "noun" | "propn" => "n",
        "verb" | "aux" => "v",
        "adj" => "a",
        "adv" => "r",
        _ => return None,
    })
}

/// Readings as edits of the form: `n1ies` = noun, drop one byte, append "ies"; several are joined by a space.
fn script(form: &str, readings: &Readings) -> String {
    let edit = |(pos, lemma): &(&str, String)| {
        let shared = form
            .char_indices()
            .zip(lemma.chars())
            .take_while(|((_, a), b)| a == b)
            .map(|((i, a), _)| i + a.len_utf8())
            .last()
            .unwrap_or(0);
        format!("{pos}{} {}", form.len() - shared, &lemma[shared..])
    };
    readings.iter().map(edit).collect::<Vec<_>>().join("\t")
}
