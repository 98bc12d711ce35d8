//! Lemmas: a table of forms for the irregular and the known, regular endings checked against it for the rest.
//!
//! In: a folded form with its tag, or without one (then all it can be). Out: lemmas in lower case. Knows no context.
//!
//! The table, `rules/model/lemmas.bin`, is: length of a finite-state map as four bytes, little end first; the map from form
//! to the number of a script; the scripts, one a line. A script lists edits separated by tabs: letter of the part of speech
//! (n, v, a, r), bytes to drop at the end, a space, what to append. `examples/make_lemmas.rs` makes it again.

use super::{Pos, Tag};
use crate::base::Sym;
use std::sync::LazyLock;

static TABLE: LazyLock<Table> = LazyLock::new(|| Table::read(include_bytes!("../../rules/model/lemmas.bin")));

struct Edit {
    class: u8,
    drop: usize,
    append: &'static str,
}

struct Table {
    map: Option<fst::Map<&'static [u8]>>,
    scripts: Vec<Vec<Edit>>,
}

impl Table {
    /// Reads the embedded table; one that cannot be read is an empty one.
    fn read(bytes: &'static [u8]) -> Self {
        let empty = || Self { map: None, scripts: Vec::new() };
        let Some((head, rest)) = bytes.split_first_chunk::<4>() else { return empty() };
        let length = u32::from_le_bytes(*head) as usize;
        let Some((map, scripts)) = rest.split_at_checked(length) else { return empty() };
        let scripts = std::str::from_utf8(scripts).unwrap_or_default();
        let edit = |text: &'static str| {
            let (head, append) = text.split_once(' ')?;
            Some(Edit { class: *head.as_bytes().first()?, drop: head.get(1..)?.parse().ok()?, append })
        };
        let scripts = scripts.lines().map(|line| line.split('\t').filter_map(edit).collect()).collect();
        Self { map: fst::Map::new(map).ok(), scripts }
    }

    fn edits(&self, form: &str) -> &[Edit] {
        let script = self.map.as_ref().and_then(|map| map.get(form)).and_then(|at| self.scripts.get(at as usize));
        script.map_or(&[], Vec::as_slice)
    }
}

/// What a form can be by the table alone: bits of `NOUN`, `VERB`, `ADJ`, `ADV`; 0 for one that it does not know.
pub(crate) fn classes(form: &str) -> u8 {
    TABLE.edits(form).iter().fold(0, |bits, edit| bits | bit(edit.class))
}

/// What a form can be and how it differs from its lemma there: four bits each for noun, verb, adjective and adverb
/// (1 can be it, 2 as its own lemma, 4 as an inflected form, 8 by an ending that the table does not hold).
pub(crate) fn inflections(form: &str) -> u32 {
    let mut bits = 0;
    for edit in TABLE.edits(form) {
        let shift = bit(edit.class).trailing_zeros() * 4;
        let own = edit.drop == 0 && edit.append.is_empty();
        bits |= (1 | if own { 2 } else { 4 }) << shift;
    }
    for (tag, class) in [(Tag::Nns, NOUN), (Tag::Vbd, VERB), (Tag::Vbg, VERB), (Tag::Jjr, ADJ), (Tag::Jjs, ADJ)] {
        if regular(form, tag, true).is_some() {
            bits |= 8 << (class.trailing_zeros() * 4);
        }
    }
    bits
}

pub(crate) const NOUN: u8 = 1;
pub(crate) const VERB: u8 = 2;
pub(crate) const ADJ: u8 = 4;
pub(crate) const ADV: u8 = 8;

fn bit(class: u8) -> u8 {
    match class {
        b'n' => NOUN,
        b'v' => VERB,
        b'a' => ADJ,
        b'r' => ADV,
        _ => 0,
    }
}

fn class_of(pos: Pos) -> Option<u8> {
    match pos {
        Pos::Noun => Some(b'n'),
        Pos::Verb | Pos::Aux => Some(b'v'),
        Pos::Adj => Some(b'a'),
        Pos::Adv => Some(b'r'),
        _ => None,
    }
}

/// All lemmas that a word can have, by part of speech, the likelier first; a word that nothing is known of is its own
/// lemma as a noun. The word may be written anyhow; possessive endings are removed.
pub fn lemmas_of(word: &str) -> Vec<(Pos, Sym)> {
    let folded = super::token::fold(word);
    let form = folded.strip_suffix("'s").or_else(|| folded.strip_suffix('\'')).filter(|f| !f.is_empty()).unwrap_or(&folded);
    let mut found: Vec<(Pos, Sym)> = Vec::new();
    let mut add = |pos: Pos, lemma: &str| {
        let pair = (pos, Sym::new(lemma));
        if !found.contains(&pair) {
            found.push(pair);
        }
    };
    for edit in TABLE.edits(form) {
        let pos = match edit.class {
            b'n' => Pos::Noun,
            b'v' => Pos::Verb,
            b'a' => Pos::Adj,
            _ => Pos::Adv,
        };
        if let Some(lemma) = apply(form, edit) {
            add(pos, &lemma);
        }
    }
    for (pos, class, tags) in [
        (Pos::Noun, NOUN, &[Tag::Nns][..]),
        (Pos::Verb, VERB, &[Tag::Vbz, Tag::Vbd, Tag::Vbg]),
        (Pos::Adj, ADJ, &[Tag::Jjr, Tag::Jjs]),
    ] {
        let known = classes(form) & class != 0;
        for tag in tags.iter().filter(|_| !known) {
            if let Some(base) = regular(form, *tag, true) {
                add(pos, &base);
            }
        }
    }
    if found.is_empty() {
        found.push((Pos::Noun, Sym::new(&regular(form, Tag::Nns, false).unwrap_or_else(|| form.to_owned()))));
        if *form != *found[0].1.as_str() {
            found.push((Pos::Propn, Sym::new(form)));
        }
    }
    found
}

fn apply(form: &str, edit: &Edit) -> Option<String> {
    let stem = form.get(..form.len().checked_sub(edit.drop)?)?;
    Some([stem, edit.append].concat())
}

/// The lemma of a folded form under its tags.
pub(crate) fn lemma(form: &str, pos: Pos, tag: Tag) -> String {
    if let Some(class) = class_of(pos) {
        let edits = TABLE.edits(form);
        let mut fitting = edits.iter().filter(|e| e.class == class).filter_map(|e| apply(form, e));
        // "lay" as a base form is itself, as a past form it is "lie"; "found" is "find" unless it is a base form.
        let base = matches!(tag, Tag::Vb | Tag::Vbp | Tag::Jj | Tag::Rb | Tag::Nn);
        let first = if base {
            fitting
                .by_ref()
                .find(|l| l == form)
                .or_else(|| edits.iter().filter(|e| e.class == class).find_map(|e| apply(form, e)))
        } else {
            fitting.next()
        };
        if let Some(lemma) = first {
            let inflected = matches!(tag, Tag::Nns | Tag::Vbz | Tag::Vbd | Tag::Vbg | Tag::Vbn | Tag::Jjr | Tag::Jjs);
            if lemma != form || !inflected {
                return lemma;
            }
            return regular(form, tag, true).unwrap_or(lemma);
        }
    }
    let ending = if tag == Tag::Nnps { Tag::Nns } else { tag };
    regular(form, ending, true).or_else(|| regular(form, ending, false)).unwrap_or_else(|| form.to_owned())
}

/// Takes a regular ending off. With `known` the result must be in the table with the right part of speech.
fn regular(form: &str, tag: Tag, known: bool) -> Option<String> {
    let class = match tag {
        Tag::Nns => NOUN,
        Tag::Vbz | Tag::Vbd | Tag::Vbn | Tag::Vbg => VERB,
        Tag::Jjr | Tag::Jjs => ADJ,
        Tag::Rbr | Tag::Rbs => ADV,
        _ => return None,
    };
    let candidates: Vec<String> = match tag {
        Tag::Nns | Tag::Vbz => {
            let mut list = Vec::new();
            if let Some(stem) = form.strip_suffix("ies").filter(|s| s.len() > 1) {
                list.push(format!("{stem}y"));
            }
            if let Some(stem) =
                form.strip_suffix("es").filter(|s| ["s", "x", "z", "ch", "sh", "o"].iter().any(|e| s.ends_with(e)))
            {
                list.push(stem.to_owned());
            }
            if let Some(stem) = form.strip_suffix("men").filter(|s| tag == Tag::Nns && s.len() > 1) {
                list.push(format!("{stem}man"));
            }
            if let Some(stem) = form.strip_suffix('s').filter(|s| s.len() > 1 && !s.ends_with('s') && !s.ends_with("'")) {
                list.push(stem.to_owned());
            }
            list
        }
        Tag::Vbg => stems(form.strip_suffix("ing")?),
        Tag::Jjr | Tag::Rbr => stems(form.strip_suffix("er")?),
        Tag::Jjs | Tag::Rbs => stems(form.strip_suffix("est")?),
        _ => stems(form.strip_suffix("ed")?),
    };
    if known {
        candidates.into_iter().find(|c| classes(c) & class != 0)
    } else {
        candidates.into_iter().next().filter(|_| class & (NOUN | VERB) != 0)
    }
}

/// What may have stood before a vowel ending: "planned" plan, "closed" close, "tried" try, "opened" open.
fn stems(stem: &str) -> Vec<String> {
    if stem.len() < 2 || !stem.bytes().any(|b| b"aeiouy".contains(&b)) {
        return Vec::new();
    }
    let bytes = stem.as_bytes();
    let (last, before) = (bytes[bytes.len() - 1], bytes[bytes.len() - 2]);
    let vowel = |b: u8| b"aeiou".contains(&b);
    let mut list = Vec::new();
    if last == b'i' && stem.len() > 2 {
        list.push(format!("{}y", &stem[..stem.len() - 1]));
    }
    if last == before && !vowel(last) && last.is_ascii() {
        if !b"lsz".contains(&last) {
            list.push(stem[..stem.len() - 1].to_owned());
        }
        list.push(stem.to_owned());
        list.push(stem[..stem.len() - 1].to_owned());
        return list;
    }
    // One vowel before a final consonant mostly had its "e" ("closed"), two vowels or a cluster had none ("failed", "asked").
    let wants_e =
        !vowel(last) && (vowel(before) && !(bytes.len() > 2 && vowel(bytes[bytes.len() - 3]))) || b"vcugz".contains(&last);
    let (one, two) = (format!("{stem}e"), stem.to_owned());
    list.extend(if wants_e { [one, two] } else { [two, one] });
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(form: &str, pos: Pos, tag: Tag, want: &str) {
        assert_eq!(lemma(form, pos, tag), want, "{form} {tag:?}");
    }

    #[test]
    fn irregular_forms_come_from_the_table() {
        check("went", Pos::Verb, Tag::Vbd, "go");
        check("men", Pos::Noun, Tag::Nns, "man");
        check("was", Pos::Aux, Tag::Vbd, "be");
        check("found", Pos::Verb, Tag::Vbd, "find");
        check("laid", Pos::Verb, Tag::Vbd, "lay");
        check("worse", Pos::Adj, Tag::Jjr, "bad");
    }

    #[test]
    fn a_base_form_stays_itself() {
        check("found", Pos::Verb, Tag::Vb, "found");
        check("lay", Pos::Verb, Tag::Vb, "lay");
        check("lay", Pos::Verb, Tag::Vbd, "lie");
    }

    #[test]
    fn unknown_words_lose_regular_endings() {
        check("reopenings", Pos::Noun, Tag::Nns, "reopening");
        check("dams", Pos::Noun, Tag::Nns, "dam");
        check("tweeted", Pos::Verb, Tag::Vbd, "tweet");
        check("blorping", Pos::Verb, Tag::Vbg, "blorp");
        check("kessel", Pos::Propn, Tag::Nnp, "kessel");
    }

    #[test]
    fn a_word_has_all_lemmas_its_form_can_have() {
        let names =
            |word: &str| lemmas_of(word).into_iter().map(|(p, l)| format!("{} {}", p.name(), l.as_str())).collect::<Vec<_>>();
        let left = names("Left");
        assert!(left.contains(&"VERB leave".into()) && left.contains(&"ADJ left".into()), "{left:?}");
        assert!(names("talks").contains(&"NOUN talk".into()) && names("talks").contains(&"VERB talk".into()));
        assert_eq!(names("bridge's")[0], "NOUN bridge");
        assert_eq!(names("umerov"), ["NOUN umerov"]);
        assert!(lemmas_of("").len() <= 1);
    }
}
