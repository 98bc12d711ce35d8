//! Measures the syntactic base on data with answers; nothing that reads articles uses it.
//!
//! In: trees of a treebank, or JSON Lines as `docs/EVALUATION.md` describes them. Out: [`Scores`].

use super::tag::Reader;
use super::train::{Trained, Tree};
use super::{Document, Pos, Rel, Tag, Token, annotate};
use crate::article::Article;
use crate::base::{Span, Sym};
use crate::lexicon::Lexicon;
use std::fmt;

/// Named numbers in the order in which they are printed; shares are from 0 to 1.
#[derive(Clone, Debug, Default)]
pub struct Scores {
    /// Name and value.
    pub rows: Vec<(String, f64)>,
}

impl Scores {
    fn put(&mut self, name: &str, value: f64) {
        self.rows.push((name.into(), value));
    }

    /// Precision, recall and F1 under one name.
    fn put_f1(&mut self, name: &str, right: usize, found: usize, wanted: usize) {
        let (p, r) = (share(right, found), share(right, wanted));
        self.put(&format!("{name} precision"), p);
        self.put(&format!("{name} recall"), r);
        self.put(&format!("{name} F1"), if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 });
    }

    /// The value of a row; `None` where there is none of that name.
    pub fn get(&self, name: &str) -> Option<f64> {
        self.rows.iter().find(|(row, _)| row == name).map(|(_, value)| *value)
    }
}

impl fmt::Display for Scores {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.rows.iter().try_for_each(|(name, value)| writeln!(f, "  {name:<44} {value:.4}"))
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// Gold tokens: share of right tags, lemmas, heads (UAS) and heads with relation (LAS, subtypes left out), punctuation counted;
/// then how well subjects and objects are found. Without `trained` the model that ships with the program is measured.
pub fn trees(trees: &[Tree], trained: Option<&Trained>, lexicon: &Lexicon) -> Scores {
    let mut reader = match trained {
        Some(trained) => Reader::new(Some(trained.model())),
        None => Reader::new(super::model::MODEL.as_ref()),
    };
    let (mut all, mut upos, mut xpos, mut lemma, mut heads, mut labels, mut full) = (0, 0, 0, 0, 0, 0, 0);
    let mut words = [0_usize; 3];
    let mut pairs = [[0_usize; 3]; 4];
    for tree in trees {
        let mut tokens = tokens(tree);
        reader.read(&mut tokens, 0, lexicon);
        for (at, (token, word)) in (0_u32..).zip(tokens.iter().zip(&tree.words)) {
            all += 1;
            upos += usize::from(token.pos == word.pos);
            xpos += usize::from(token.tag == word.tag);
            lemma += usize::from(token.lemma == word.lemma);
            let root = tree.words.len() as u32;
            let head = if token.head == at { root } else { token.head };
            if word.rel != Rel::Punct {
                words[0] += 1;
                words[1] += usize::from(head == word.head);
                words[2] += usize::from(head == word.head && main(token.rel) == main(word.rel));
            }
            if head == word.head {
                heads += 1;
                labels += usize::from(main(token.rel) == main(word.rel));
                full += usize::from(token.rel == word.rel);
            }
        }
        count_pairs(tree, &tokens, lexicon, &mut pairs);
    }
    let mut scores = Scores::default();
    for (name, right) in
        [("UPOS", upos), ("XPOS", xpos), ("lemma", lemma), ("UAS", heads), ("LAS", labels), ("LAS with subtypes", full)]
    {
        scores.put(name, share(right, all));
    }
    for (name, [right, found, wanted]) in
        ["subject of a reporting verb", "subject", "object", "content clause"].into_iter().zip(pairs)
    {
        scores.put_f1(name, right, found, wanted);
    }
    scores
}

/// Pairs of head and dependent by relation: right, found, wanted.
fn count_pairs(tree: &Tree, tokens: &[Token], lexicon: &Lexicon, pairs: &mut [[usize; 3]; 4]) {
    let reports = |pos: Pos, lemma: Sym| pos == Pos::Verb && lexicon.cues.word(lemma).is_some();
    let groups = |rel: Rel, cue: bool| {
        let subject = matches!(main(rel), "nsubj" | "csubj");
        [subject && cue, subject, main(rel) == "obj", main(rel) == "ccomp"]
    };
    for (token, word) in tokens.iter().zip(&tree.words) {
        let ours = groups(token.rel, tokens.get(token.head as usize).is_some_and(|h| reports(h.pos, h.lemma)));
        let theirs = groups(word.rel, tree.words.get(word.head as usize).is_some_and(|h| reports(h.pos, h.lemma)));
        for group in 0..4 {
            pairs[group][0] += usize::from(ours[group] && theirs[group] && token.head == word.head);
            pairs[group][1] += usize::from(ours[group]);
            pairs[group][2] += usize::from(theirs[group]);
        }
    }
}

/// A relation without its subtype.
fn main(rel: Rel) -> &'static str {
    let name = rel.name();
    name.split(':').next().unwrap_or(name)
}

fn tokens(tree: &Tree) -> Vec<Token> {
    let token = |(word, head): (&super::train::conllu::TreeWord, u32)| Token {
        span: Span::new(head as usize, head as usize + 1),
        form: word.form,
        lemma: word.form,
        pos: Pos::default(),
        tag: Tag::default(),
        head,
        rel: Rel::default(),
        shape: word.shape,
        quoted: 0,
    };
    tree.words.iter().zip(0..).map(token).collect()
}

/// Raw text: the trees' texts as articles, one a document, through the whole of [`annotate`]; F1 of sentences and tokens, and of
/// tokens with their tag, lemma, head and relation, as in the shared tasks of CoNLL.
pub fn raw(trees: &[Tree], lexicon: &Lexicon) -> Scores {
    let mut right = [0_usize; 8];
    let (mut found, mut wanted) = ([0_usize; 2], [0_usize; 2]);
    let mut from = 0;
    while from < trees.len() {
        let to = (from + 1..trees.len()).find(|at| trees[*at].document).unwrap_or(trees.len());
        let document = &trees[from..to];
        let mut text = String::new();
        for (index, tree) in document.iter().enumerate() {
            if index > 0 {
                text.push_str(if tree.paragraph { "\n\n" } else { " " });
            }
            text.push_str(&tree.text);
        }
        let read = annotate(&Article { text: text.clone(), ..Article::default() }, lexicon);
        compare(&text, &read, document, &mut right, &mut found, &mut wanted);
        from = to;
    }
    let mut scores = Scores::default();
    scores.put_f1("sentences", right[0], found[0], wanted[0]);
    scores.put_f1("tokens", right[1], found[1], wanted[1]);
    for (name, right) in ["UPOS F1", "XPOS F1", "lemma F1", "UAS F1", "LAS F1"].into_iter().zip(&right[2..]) {
        scores.put(name, 2.0 * *right as f64 / (found[1] + wanted[1]).max(1) as f64);
    }
    scores
}

/// Counts of characters that are no white space, before each byte.
fn ink(text: &str) -> Vec<u32> {
    let mut counts = Vec::with_capacity(text.len() + 1);
    let mut count = 0;
    for c in text.chars() {
        counts.resize(counts.len() + c.len_utf8(), count);
        count += u32::from(!c.is_whitespace());
    }
    counts.push(count);
    counts
}

fn compare(text: &str, read: &Document, trees: &[Tree], right: &mut [usize; 8], found: &mut [usize; 2], wanted: &mut [usize; 2]) {
    let ink = ink(text);
    let place = |span: Span| (ink[span.start as usize], ink[span.end as usize]);
    let length = |s: &str| s.chars().filter(|c| !c.is_whitespace()).count() as u32;
    let ours: std::collections::HashMap<(u32, u32), usize> =
        read.tokens.iter().enumerate().map(|(i, t)| (place(t.span), i)).collect();
    let sentences: std::collections::HashSet<(u32, u32)> = read.sentences.iter().map(|s| place(s.span)).collect();
    found[0] += read.sentences.len();
    found[1] += read.tokens.len();
    let mut at = 0;
    for tree in trees {
        let start = at;
        let places: Vec<_> = tree
            .words
            .iter()
            .map(|w| {
                let from = at;
                at += length(&w.written);
                (from, at)
            })
            .collect();
        // A treebank may write a word otherwise than its text ("its" for "it's"); its sentence still ends where its text does.
        at = start + length(&tree.text);
        wanted[0] += 1;
        wanted[1] += tree.words.len();
        right[0] += usize::from(sentences.contains(&(start, at)));
        for (word, place_of) in tree.words.iter().zip(&places) {
            let Some(index) = ours.get(place_of) else { continue };
            let token = &read.tokens[*index];
            right[1] += 1;
            right[2] += usize::from(token.pos == word.pos);
            right[3] += usize::from(token.tag == word.tag);
            right[4] += usize::from(token.lemma == word.lemma);
            let head = if token.head as usize == *index { None } else { Some(place(read.tokens[token.head as usize].span)) };
            let same = head == places.get(word.head as usize).copied();
            right[5] += usize::from(same);
            right[6] += usize::from(same && main(token.rel) == main(word.rel));
        }
    }
}

/// Sentences with tokens as JSON Lines (`{"tokens":[{"form","upos","xpos","lemma"}]}`): gold tokens, share of right answers.
pub fn pos(lines: &str, lexicon: &Lexicon) -> Scores {
    let mut reader = Reader::default();
    let (mut all, mut upos, mut xpos, mut lemma) = (0, 0, 0, 0);
    for item in lines.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok()) {
        let Some(words) = item["tokens"].as_array() else { continue };
        let text = |word: &serde_json::Value, key: &str| word[key].as_str().unwrap_or_default().to_owned();
        let mut tokens: Vec<Token> = Vec::new();
        for (word, index) in words.iter().zip(0..) {
            let form = text(word, "form");
            tokens.push(super::annotate::plain(&form, Span::new(0, form.len()), index));
        }
        reader.read(&mut tokens, 0, lexicon);
        for (token, word) in tokens.iter().zip(words) {
            all += 1;
            upos += usize::from(token.pos.name() == text(word, "upos"));
            xpos += usize::from(token.tag.name() == text(word, "xpos"));
            lemma += usize::from(token.lemma.as_str() == super::fold(&text(word, "lemma")));
        }
    }
    let mut scores = Scores::default();
    for (name, right) in [("UPOS", upos), ("XPOS", xpos), ("lemma", lemma)] {
        scores.put(name, share(right, all));
    }
    scores
}

/// Texts with their sentences as JSON Lines (`{"id","text","sentences":[...]}`): F1 of whole sentences, white space left out, and
/// the texts that are cut otherwise.
pub fn segmentation(lines: &str, lexicon: &Lexicon) -> (Scores, Vec<String>) {
    let (mut right, mut found, mut wanted, mut whole, mut texts) = (0, 0, 0, 0, 0);
    let mut missed = Vec::new();
    for item in lines.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok()) {
        let (Some(text), Some(sentences)) = (item["text"].as_str(), item["sentences"].as_array()) else { continue };
        let read = annotate(&Article { text: text.into(), ..Article::default() }, lexicon);
        let ink = ink(text);
        let ours: Vec<(u32, u32)> =
            read.sentences.iter().map(|s| (ink[s.span.start as usize], ink[s.span.end as usize])).collect();
        let mut at = 0;
        let length = |s: &str| s.chars().filter(|c| !c.is_whitespace()).count() as u32;
        let theirs: Vec<(u32, u32)> = sentences
            .iter()
            .filter_map(|s| s.as_str())
            .map(|s| {
                let from = at;
                at += length(s);
                (from, at)
            })
            .collect();
        right += theirs.iter().filter(|s| ours.contains(s)).count();
        (found, wanted, texts) = (found + ours.len(), wanted + theirs.len(), texts + 1);
        if ours == theirs {
            whole += 1;
        } else {
            let wrong = read.sentences.iter().zip(&ours).filter(|(_, o)| !theirs.contains(o)).map(|(s, _)| s.span.of(text));
            missed.push(format!("{}: {}", item["id"].as_str().unwrap_or("?"), wrong.collect::<Vec<_>>().join(" | ")));
        }
    }
    let mut scores = Scores::default();
    scores.put_f1("sentences", right, found, wanted);
    scores.put("texts cut right throughout", share(whole, texts));
    (scores, missed)
}

/// For each relation of the treebank, most losses first: how often it occurs, and the share of right heads and of right heads with relation.
pub fn relations(trees: &[Tree], trained: Option<&Trained>, lexicon: &Lexicon) -> Vec<(&'static str, usize, f64, f64)> {
    let mut reader = match trained {
        Some(trained) => Reader::new(Some(trained.model())),
        None => Reader::new(super::model::MODEL.as_ref()),
    };
    let mut counts: std::collections::BTreeMap<&'static str, [usize; 3]> = std::collections::BTreeMap::new();
    for tree in trees {
        let mut tokens = tokens(tree);
        reader.read(&mut tokens, 0, lexicon);
        for (at, (token, word)) in (0_u32..).zip(tokens.iter().zip(&tree.words)) {
            let head = if token.head == at { tree.words.len() as u32 } else { token.head };
            let count = counts.entry(word.rel.name()).or_default();
            count[0] += 1;
            count[1] += usize::from(head == word.head);
            count[2] += usize::from(head == word.head && main(token.rel) == main(word.rel));
        }
    }
    let mut rows: Vec<_> = counts.into_iter().collect();
    rows.sort_by_key(|(name, [all, heads, _])| (std::cmp::Reverse(all - heads), *name));
    rows.into_iter().map(|(name, [all, heads, labels])| (name, all, share(heads, all), share(labels, all))).collect()
}
