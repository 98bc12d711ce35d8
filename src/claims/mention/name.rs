//! Runs of capitalised words: where names begin and end, before titles and owners are told from the bare name.

use super::Words;
use crate::lexical::{self, Class};
use crate::text::{Pos, Shape, Token, lemmas_of};
use rustc_hash::FxHashMap;

/// Tokens `first..end` written as one name, titles and owners included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Run {
    pub first: usize,
    pub end: usize,
    /// In a line where every word has a capital.
    pub guessed: bool,
}

/// How a sentence uses capitals.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    Running,
    /// Every content word has one: a headline.
    Titled,
    /// Nothing but capitals.
    Shouted,
}

/// How often a form is written in which way, where position does not force a capital.
#[derive(Clone, Copy, Default)]
struct Use {
    capital: u32,
    lower: u32,
}

type Uses = FxHashMap<crate::base::Sym, Use>;

/// All runs, in order.
pub(super) fn runs(words: &Words) -> Vec<Run> {
    let styles: Vec<Style> = words.doc.sentences.iter().map(|s| style(&words.doc.tokens[s.range()])).collect();
    let uses = count(words, &styles);
    let mut out = Vec::new();
    for (sentence, style) in words.doc.sentences.iter().zip(&styles) {
        let (mut at, end) = (sentence.first as usize, sentence.end as usize);
        while at < end {
            if !is_part(words, &uses, *style, sentence.first as usize, at, end, false) {
                at += 1;
                continue;
            }
            let stop = extend(words, &uses, *style, sentence.first as usize, at, end);
            out.push(Run { first: at, end: stop, guessed: *style != Style::Running });
            at = stop;
        }
    }
    out
}

fn is_capital(token: &Token) -> bool {
    matches!(token.shape, Shape::Title | Shape::Upper | Shape::Mixed)
}

fn style(tokens: &[Token]) -> Style {
    let letters = |t: &&Token| !matches!(t.shape, Shape::Number | Shape::Mark);
    let long = |t: &&Token| t.form.as_str().len() > 3;
    let words = tokens.iter().filter(letters).filter(long).count();
    let shouted = tokens.iter().filter(long).filter(|t| t.shape == Shape::Upper).count();
    let capital = tokens.iter().filter(long).filter(|t| is_capital(t)).count();
    if words >= 3 && shouted * 5 >= words * 4 {
        Style::Shouted
    } else if words >= 3 && capital * 5 >= words * 4 && tokens.iter().filter(letters).count() >= 4 {
        Style::Titled
    } else {
        Style::Running
    }
}

/// Whether a capital is forced by the place in the sentence.
fn is_initial(words: &Words, first: usize, at: usize) -> bool {
    if at == first {
        return true;
    }
    // After an opening mark or a colon a sentence of its own may start.
    let before = at - 1;
    match words.token(before) {
        Some(t) if t.shape == Shape::Mark => {
            let mark = words.written(before);
            let opens = mark.chars().all(|c| {
                matches!(
                    c,
                    '"' | '\''
                        | '\u{201c}'
                        | '\u{2018}'
                        | ':'
                        | '-'
                        | '\u{2013}'
                        | '\u{2014}'
                        | '\u{2022}'
                        | '.'
                        | '\u{2026}'
                        | '!'
                        | '?'
                )
            });
            opens && !(mark == "-" && words.touching(before)) || (opens && before == first)
        }
        _ => false,
    }
}

fn count(words: &Words, styles: &[Style]) -> Uses {
    let mut uses = Uses::default();
    for (sentence, style) in words.doc.sentences.iter().zip(styles) {
        if *style != Style::Running {
            continue;
        }
        for at in sentence.range() {
            let Some(token) = words.token(at) else { continue };
            let entry = uses.entry(token.form).or_default();
            if token.shape == Shape::Lower {
                entry.lower += 1;
            } else if is_capital(token) && !is_initial(words, sentence.first as usize, at) {
                entry.capital += 1;
            }
        }
    }
    uses
}

/// Whether a word is no dictionary word, so that a capital can only be a name's.
fn is_unheard(token: &Token) -> bool {
    let known = |word: &str| [Class::Noun, Class::Verb, Class::Adjective, Class::Adverb].iter().any(|c| lexical::known(word, *c));
    let form = token.form.as_str();
    !is_function(token) && !known(form) && !lemmas_of(form).iter().any(|(_, lemma)| known(lemma.as_str()))
}

fn is_function(token: &Token) -> bool {
    matches!(
        token.pos,
        Pos::Det
            | Pos::Adp
            | Pos::Pron
            | Pos::Sconj
            | Pos::Cconj
            | Pos::Adv
            | Pos::Aux
            | Pos::Part
            | Pos::Intj
            | Pos::Num
            | Pos::Punct
            | Pos::Sym
    )
}

/// Whether the token at `at` can be a word of a name; `inside` says that a name is already under way before it.
fn is_part(words: &Words, uses: &Uses, style: Style, first: usize, at: usize, end: usize, inside: bool) -> bool {
    let Some(token) = words.token(at) else { return false };
    if !is_capital(token) || !words.written(at).starts_with(char::is_alphabetic) {
        return false;
    }
    let form = token.form.as_str();
    // "Russia-Ukraine" is no name but two.
    if let Some((one, two)) = form.split_once('-')
        && [one, two].iter().all(|part| words.lexicon.named.word(crate::base::Sym::new(part)).is_some())
    {
        return false;
    }
    // "pro-Moscow", "anti-EU" are no names, "al-Assad" is one.
    if let Some((front, _)) = words.written(at).split_once('-')
        && front.starts_with(char::is_lowercase)
        && !words.particles.has_word(front)
    {
        return false;
    }
    if words.not_names.has_form(token) || words.not_names.has_word(form.trim_end_matches('.')) {
        // Months and days are names only behind a given name: "Theresa May".
        return inside && at > first && words.is_given(at - 1) && style == Style::Running && form.len() > 2;
    }
    let used = uses.get(&token.form).copied().unwrap_or_default();
    if token.form == words.the && words.named(at, end).is_none() {
        return false;
    }
    let known = || words.named(at, end).is_some() || words.is_given(at) && token.pos != Pos::Aux;
    match style {
        Style::Running if !is_initial(words, first, at) => {
            // A pronoun or article with a capital in the middle of a sentence is a quotation's or a slip.
            !(is_function(token)
                && token.shape == Shape::Title
                && used.capital <= used.lower
                && words.lexicon.metonyms.longest_at(&words.doc.tokens, at).is_none())
                && !(token.shape == Shape::Upper && form.len() == 1 && !inside && !next_is_capital(words, at, end))
        }
        Style::Running => {
            if token.shape == Shape::Upper && form.chars().filter(|c| c.is_alphabetic()).count() > 1 {
                return true;
            }
            // A tagger that knows neither word may take both of "At Tarnis" for a name.
            let closed = words.lexicon.set("place-prepositions").is_some_and(|set| set.word(token.form).is_some());
            if (is_function(token) || closed) && words.named(at, end).is_none_or(|(len, _)| len <= 1) {
                return false;
            }
            known()
                || used.capital > used.lower
                || next_is_capital(words, at, end)
                    && used.lower == 0
                    && matches!(token.pos, Pos::Propn | Pos::Noun | Pos::Adj | Pos::X)
                    && !is_plain_modifier(words, token)
                || used.lower == 0 && (token.pos == Pos::Propn || is_unheard(token)) && !words.people.has(token)
                // "President Kell resigned", however often the text says "the president".
                || title_of(words, at, end)
        }
        Style::Titled => {
            known()
                || used.capital > 0 && used.capital >= used.lower
                || used.lower == 0 && is_unheard(token)
                || token.shape == Shape::Upper && form.len() > 1
                || inside && is_name_noun(words, token)
                || words.lexicon.titles.longest_at(&words.doc.tokens, at).is_some_and(|(len, _)| {
                    words.token(at + len).is_some_and(|t| {
                        is_capital(t) && (words.is_given(at + len) || uses.get(&t.form).is_some_and(|u| u.capital > 0))
                    })
                })
        }
        Style::Shouted => known() || used.capital > 0 && used.capital >= used.lower,
    }
}

/// Whether a title with a name behind it starts at `at`.
fn title_of(words: &Words, at: usize, end: usize) -> bool {
    let title = words.lexicon.titles.longest_at(&words.doc.tokens, at);
    title.is_some_and(|(len, _)| next_is_capital(words, at + len - 1, end))
}

/// Adjectives that only modify what follows: "Former President", "Several Kremlin".
fn is_plain_modifier(words: &Words, token: &Token) -> bool {
    words.lexicon.tenure.word(token.form).is_some()
        || token.pos == Pos::Adj
            && words.lexicon.named.word(token.form).is_none()
            && lexical::known(token.form.as_str(), Class::Adjective)
}

fn is_name_noun(words: &Words, token: &Token) -> bool {
    words.bodies.has(token) || words.places.has(token) || words.suffixes.has(token)
}

fn next_is_capital(words: &Words, at: usize, end: usize) -> bool {
    at + 1 < end
        && words.token(at + 1).is_some_and(is_capital)
        && !words.token(at + 1).is_some_and(|t| words.not_names.has_form(t))
}

/// One past the last token of the run that starts at `at`.
fn extend(words: &Words, uses: &Uses, style: Style, first: usize, start: usize, end: usize) -> usize {
    let part = |at: usize| at < end && is_part(words, uses, style, first, at, end, true);
    let mut stop = start + 1;
    loop {
        if stop >= end || stop - start > 14 {
            return stop;
        }
        let Some(token) = words.token(stop) else { return stop };
        if part(stop) && !(is_initial(words, first, stop) && words.written(stop - 1) != "-") {
            stop += 1;
            continue;
        }
        let mark = words.written(stop);
        // "Al-Assad", "Jean-Claude"; not "Russia-Ukraine", two names, nor "Moscow-based".
        if mark.chars().all(|c| matches!(c, '-' | '\u{2010}' | '\u{2011}'))
            && words.touching(stop - 1)
            && words.touching(stop)
            && part(stop + 1)
        {
            let two =
                words.named(start, stop).is_some_and(|(len, _)| start + len == stop) && words.named(stop + 1, end).is_some();
            if two {
                return stop;
            }
            stop += 2;
            continue;
        }
        // "al-Assad", "bin Salman", "van der Bellen", "de Gaulle".
        if words.particles.has_form(token) && token.shape == Shape::Lower {
            let mut next = stop + 1;
            while words.token(next).is_some_and(|t| words.particles.has_form(t) && t.shape == Shape::Lower) && next < stop + 3 {
                next += 1;
            }
            if words.written(next) == "-" {
                next += 1;
            }
            if part(next) {
                stop = next + 1;
                continue;
            }
            return stop;
        }
        if mark == "&" && part(stop + 1) {
            stop += 2;
            continue;
        }
        // "Martin Luther King, Jr.", "Acme, Inc."
        if mark == ","
            && words.token(stop + 1).is_some_and(|t| {
                is_capital(t)
                    && (words.generations.has_form(t) || words.suffixes.has_form(t))
                    && (words.written(stop + 1).len() > 2)
            })
        {
            stop += 2;
            continue;
        }
        if words.joiners.has_form(token)
            && token.shape == Shape::Lower
            && let Some(next) = joined(words, &part, start, stop, end)
        {
            stop = next;
            continue;
        }
        return stop;
    }
}

/// "Ministry of Transport", "Bank for International Settlements", "Food and Drug Administration": one past the joined part.
fn joined(words: &Words, part: &dyn Fn(usize) -> bool, start: usize, at: usize, end: usize) -> Option<usize> {
    let and = words.written(at) == "and";
    let next = if words.token(at + 1).is_some_and(|t| t.form == words.the && t.shape == Shape::Lower) { at + 2 } else { at + 1 };
    if next >= end || !part(next) {
        return None;
    }
    let before = words.token(at - 1)?;
    let has_of = super::title::joint(words, start, at).is_some();
    let heads = |t: &Token| words.bodies.has(t) || words.places.has(t) || words.documents.has(t);
    if and {
        // A second half of one body's name: the run to the right ends in a noun for a body, the left is none and no state or person.
        let mut last = next;
        while part(last + 1) && last + 1 < end {
            last += 1;
        }
        let right = words.token(last)?;
        let alone = words.named(start, at).is_none()
            && !words.is_given(start)
            && words.lexicon.titles.longest_at(&words.doc.tokens, start).is_none();
        let first_head = words.token(start).is_some_and(heads);
        let completes = words.bodies.has(right)
            && !heads(before)
            && alone
            && !words.people.has(before)
            && at - start <= 3
            && last > next - 1
            && !words.is_given(next);
        let goes_on = has_of && first_head && words.named(next, end).is_none() && !words.is_given(next);
        return (completes || goes_on).then_some(next + 1);
    }
    if words.written(at) == "the" {
        return None;
    }
    // What comes before "of" must be able to head a name or an office.
    let office =
        (start..at).any(|i| words.lexicon.titles.longest_at(&words.doc.tokens[..at], i).is_some_and(|(len, _)| i + len == at));
    let heads_name = heads(before) || before.shape == Shape::Upper && before.form.as_str().len() > 2;
    match words.written(at) {
        "of" => (heads_name || office).then_some(next + 1),
        "for" | "on" => (heads(before) && !words.is_given(next)).then_some(next + 1),
        _ => None,
    }
}
