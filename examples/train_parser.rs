//! Trains the tagger and parser: `cargo run --release --example train_parser -- DATA_FOLDER OUT`.
//!
//! DATA_FOLDER holds `treebanks/en.train.conllu.gz` and `treebanks/en.dev.conllu.gz` (or unpacked `.conllu`), Universal
//! Dependencies trees of English EWT and the openly licensed part of GUM. OUT is the model file, `rules/model/english.bin`; beside
//! it `english.json` is written, which names the inputs by hash, the command and the scores. The same input gives the same bytes.

use gainsay::text::{eval, train};
use std::path::{Path, PathBuf};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let (Some(data), Some(out)) = (args.next(), args.next()) else {
        return Err("usage: train_parser DATA_FOLDER OUT".into());
    };
    let mut settings = train::Settings::default();
    for setting in args {
        let (name, value) = setting.split_once('=').ok_or("a setting is NAME=NUMBER")?;
        let value: usize = value.parse()?;
        match name {
            "tag_epochs" => settings.tag_epochs = value,
            "parse_epochs" => settings.parse_epochs = value,
            "folds" => settings.folds = value,
            "seeds" => settings.seeds = value as u64,
            "tag_bits" => settings.tag_bits = value as u32,
            "parse_bits" => settings.parse_bits = value as u32,
            "least" => settings.least = value as u8,
            _ => return Err(format!("no setting `{name}`").into()),
        }
    }
    let files = [file(&data, "en.train"), file(&data, "en.dev")];
    let trees = train::conllu::load(&files[0])?;
    let start = std::time::Instant::now();
    let mut say = |line: &str| eprintln!("{:6.1} s  {line}", start.elapsed().as_secs_f64());
    let bytes = train::train(&trees, settings, &mut say);
    std::fs::write(&out, &bytes)?;
    let dev = train::conllu::load(&files[1])?;
    let hash = |path: &Path| std::fs::read(path).map(|bytes| sha256(&bytes));
    let mut inputs = serde_json::Map::new();
    for path in &files {
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        inputs.insert(name, hash(path)?.into());
    }
    let size = bytes.len();
    let output = sha256(&bytes);
    let trained = train::Trained::read(bytes).ok_or("the model cannot be read back")?;
    let scores = eval::trees(&dev, Some(&trained), gainsay::lexicon::Lexicon::built_in());
    println!("{scores}");
    let manifest = serde_json::json!({
        "file": Path::new(&out).file_name().map(|n| n.to_string_lossy().into_owned()),
        "bytes": size,
        "sha256": output,
        "inputs": inputs,
        "command": "cargo run --release --example train_parser -- DATA_FOLDER rules/model/english.bin",
        "scores on en.dev, gold tokens": scores.rows.iter().map(|(name, value)| (name.clone(), (value * 10_000.0).round() / 10_000.0)).collect::<std::collections::BTreeMap<_, _>>(),
        "licence": "CC BY-SA 4.0; made from UD English EWT and UD English GUM (its genres under CC BY or in the public domain)",
    });
    std::fs::write(PathBuf::from(&out).with_extension("json"), serde_json::to_string_pretty(&manifest)? + "\n")?;
    Ok(())
}

fn file(data: &str, name: &str) -> PathBuf {
    let folder = Path::new(data).join("treebanks");
    let packed = folder.join(format!("{name}.conllu.gz"));
    if packed.exists() { packed } else { folder.join(format!("{name}.conllu")) }
}

fn sha256(bytes: &[u8]) -> String {
    use sha2::Digest;
    sha2::Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
