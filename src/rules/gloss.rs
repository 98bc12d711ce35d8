//! What each part of a pattern meets, in words.
//!
//! In: a pattern and the tables it is compiled against. Out: one [`Gloss`] a part, in order. The same tables decide what a
//! compiled pattern matches, so that what is said here is what happens there.

use super::pattern;
use super::syntax::{self, Class, Element, Fault, Spot};
use crate::lexicon::Lexicon;
use std::ops::Range;

/// One part of a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gloss {
    /// Its bytes in the pattern.
    pub at: Range<usize>,
    /// As written.
    pub written: String,
    /// What it meets.
    pub meets: String,
}

/// Explains a pattern. `entity` gives the names of an id, and `None` for one that is not declared.
///
/// # Errors
/// The first mistake of the pattern.
pub fn gloss(text: &str, lexicon: &Lexicon, entity: &dyn Fn(&str) -> Option<String>) -> Result<Vec<Gloss>, Fault> {
    let sequence = syntax::parse(text)?;
    let mut writer = Writer { text, lexicon, entity, out: Vec::new() };
    writer.sequence(&sequence, &[]);
    Ok(writer.out)
}

struct Writer<'a> {
    text: &'a str,
    lexicon: &'a Lexicon,
    entity: &'a dyn Fn(&str) -> Option<String>,
    out: Vec<Gloss>,
}

impl Writer<'_> {
    fn sequence(&mut self, sequence: &[Spot], notes: &[&str]) {
        sequence.iter().for_each(|spot| self.spot(spot, notes));
    }

    fn spot(&mut self, spot: &Spot, notes: &[&str]) {
        let with = |note| notes.iter().copied().chain([note]).collect::<Vec<_>>();
        let (length, meets) = match &spot.element {
            Element::Maybe(inner) => return self.spot(inner, &with("may be missing")),
            Element::Focus(inner) => return self.spot(inner, &with("only a negator that reaches it refutes")),
            Element::All(inner) => return self.sequence(inner, &with("anywhere in the clause")),
            Element::Either(branches) => {
                let either = with("one of several");
                return branches.iter().for_each(|branch| self.sequence(branch, &either));
            }
            Element::Word { text, exact, class } => {
                let mark = if class.is_some() { 2 } else { 0 };
                (usize::from(*exact) + text.len() + mark, self.word(text, *exact, *class))
            }
            Element::Gap(most) => (2 + most.to_string().len(), format!("at most {most} words between")),
            Element::Entity { capture: None, what } => (what.len() + 2, self.entity(what)),
            Element::Entity { capture: Some(name), what } => {
                let meets = match pattern::kind_of(what) {
                    Some(_) => format!("any {what}"),
                    None if pattern::TYPES.contains(&what.as_str()) => "whatever bears a name".to_owned(),
                    None => self.entity(what),
                };
                (name.len() + what.len() + 2, format!("{meets}; captured as `{name}`"))
            }
            Element::Number { capture, unit } => {
                (capture.len() + unit.len() + 2, format!("{}; captured as `{capture}`", self.number(unit)))
            }
        };
        let at = spot.at..spot.at + length;
        let written = self.text.get(at.clone()).unwrap_or("").to_owned();
        let notes: String = notes.iter().map(|note| format!("; {note}")).collect();
        self.out.push(Gloss { at, written, meets: format!("{meets}{notes}") });
    }

    fn word(&self, text: &str, exact: bool, class: Option<Class>) -> String {
        if exact {
            return format!("the form “{}” alone", text.to_lowercase());
        }
        let lemmas = pattern::lemmas(text, class);
        let opposites = pattern::opposites(&lemmas, class, self.lexicon);
        let list = |words: Vec<&str>| words.join(", ");
        let class = match class {
            Some(Class::Noun) => " as a noun",
            Some(Class::Verb) => " as a verb",
            Some(Class::Adjective) => " as an adjective",
            None => "",
        };
        let mut seen = Vec::new();
        lemmas.iter().map(|lemma| lemma.as_str()).for_each(|word| {
            if !seen.contains(&word) {
                seen.push(word);
            }
        });
        let mut out = format!("any form of {}{class}", list(seen));
        if !opposites.is_empty() {
            let words = opposites.iter().map(|(word, _)| word.as_str()).collect();
            out.push_str(&format!("; its opposite refutes: {}", list(words)));
        }
        out
    }

    fn entity(&self, id: &str) -> String {
        (self.entity)(id).unwrap_or_else(|| "nothing: no entity or group has this id".into())
    }

    fn number(&self, unit: &str) -> String {
        let words = self.lexicon.unit_words(unit);
        if words.is_empty() {
            return format!("a number of {unit} (any form)");
        }
        format!("a number with one of {}", words.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let known = |id: &str| (id == "orsa").then(|| "Orsa, Orsan".to_owned());
        let found = gloss(text, Lexicon::built_in(), &known).expect("it is right");
        let shown: Vec<String> = found.iter().map(|g| format!("{}: {}", g.written, g.meets)).collect();
        assert_eq!(shown, expected);
        assert!(found.iter().all(|g| text.get(g.at.clone()) == Some(g.written.as_str())));
    }

    #[test]
    fn every_part_says_what_it_meets() {
        check(
            "=Talks bridges/N ..3 <orsa>? $who:person $x:orsa",
            &[
                "=Talks: the form “talks” alone",
                "bridges/N: any form of bridge as a noun",
                "..3: at most 3 words between",
                "<orsa>: Orsa, Orsan; may be missing",
                "$who:person: any person; captured as `who`",
                "$x:orsa: Orsa, Orsan; captured as `x`",
            ],
        );
        check(
            "{!flood <lenz>}",
            &[
                "flood: any form of flood; anywhere in the clause; only a negator that reaches it refutes",
                "<lenz>: nothing: no entity or group has this id; anywhere in the clause",
            ],
        );
    }

    #[test]
    fn opposites_and_units_come_from_the_lexicon() {
        let found = gloss("(accept|win) #n:km", Lexicon::built_in(), &|_| None).expect("it is right");
        assert!(found[0].meets.contains("refutes: ") && found[0].meets.contains("reject"), "{}", found[0].meets);
        assert!(found[2].meets.contains("km") && found[2].meets.contains("mile"), "{}", found[2].meets);
        assert!(gloss("(a", Lexicon::built_in(), &|_| None).is_err());
    }
}
