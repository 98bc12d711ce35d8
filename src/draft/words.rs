//! Patterns for what a claim says: over its event first, over its words where the event alone would say too little.
//!
//! In: one claim ready for comparing and the participants that matter. Out: patterns to choose from, the best first. Whether one
//! meets the claim is for [`super::proof`] to find out.

use crate::base::{Span, Sym};
use crate::claims::{Claim, Form};
use crate::conflicts::{Fact, Facts, Role, Slot};
use crate::lexical::{self, Class};
use crate::rules::RuleSet;
use crate::rules::schema::{EventSpec, Says};
use crate::text::{Document, Pos, Rel, Tag, Token};

/// Most words that one pattern word is widened to.
const ALTERNATIVES: usize = 6;

/// What patterns are made with.
#[derive(Clone, Copy)]
pub struct Words<'a> {
    /// Claims ready for comparing.
    pub facts: &'a Facts<'a>,
    /// Declared entities.
    pub rules: &'a RuleSet,
}

impl Words<'_> {
    /// Patterns for a claim in which these participants are fixed, the best first.
    pub fn patterns(&self, fact: &Fact, anchors: &[&Role]) -> Vec<Says> {
        let mut all: Vec<Says> = Vec::new();
        // "The mayor is in office" needs the mayor; who is in talks is left to the participants.
        all.extend(anchors.iter().filter(|role| role.pos != Pos::Propn).filter_map(|role| self.state(fact, role)));
        if let Some(noun) = self.event_noun(fact) {
            all.extend(self.supported(fact));
            all.push(record(&noun, &[]));
        }
        all.extend(anchors.iter().filter_map(|role| self.state(fact, role)));
        let event = self.event_word(fact);
        let mut parts: Vec<(String, String)> = anchors.iter().map(|role| (part_name(role), self.filler(role))).collect();
        parts.retain(|(_, filler)| !filler.is_empty());
        if let Some(event) = &event {
            // "Come", "take": such a verb needs another of its parts to tell anything.
            if self.is_common(fact) {
                all.extend(anchors.iter().flat_map(|anchor| self.with_another(fact, event, anchor)));
            }
            all.extend(parts.iter().map(|part| record(event, std::slice::from_ref(part))));
        }
        all.extend(anchors.iter().filter_map(|role| self.phrase(fact, role)));
        all.extend(event.filter(|_| !self.is_common(fact)).map(|event| record(&event, &[])));
        all
    }

    /// The event with an anchor and each other of its participants.
    fn with_another(&self, fact: &Fact, event: &str, anchor: &Role) -> Vec<Says> {
        let part = |role: &Role| (part_name(role), self.filler(role));
        let others = fact.roles.iter().filter(|role| role.head != anchor.head).map(part);
        let own = part(anchor);
        let told = others.filter(|other| !own.1.is_empty() && !other.1.is_empty() && other.0 != own.0);
        told.map(|other| record(event, &[own.clone(), other])).collect()
    }

    /// The predicate with the words of its family: "(buy|acquire|purchase)".
    pub fn event_word(&self, fact: &Fact) -> Option<String> {
        let event = self.facts.claim(fact).event.as_ref()?;
        let class = fact.event.filter(|own| own.lemma == event.lemma).map_or(Class::Verb, |own| own.class);
        Some(self.widened(event.lemma, class)).filter(|word| !word.is_empty())
    }

    /// Whether the predicate is a word that says little by itself.
    fn is_common(&self, fact: &Fact) -> bool {
        let lemma = fact.event.map(|event| event.lemma).unwrap_or_default();
        self.facts.lexicon.set("common words").is_some_and(|set| set.word(lemma).is_some())
    }

    /// "Hold talks", "there are talks": the word that lends the predication, with the noun that carries it.
    fn supported(&self, fact: &Fact) -> Vec<Says> {
        let Some(happening) = fact.event else { return Vec::new() };
        let Some(support) = happening.support.map(Sym::as_str) else { return Vec::new() };
        let noun = self.widened(happening.lemma, Class::Noun);
        let record = |slot: &str| record(support, &[(slot.to_owned(), noun.clone())]);
        vec![
            record("object"),
            record("subject"),
            Says::Words(format!("{support} ..3 {noun}")),
            Says::Words(format!("{noun} ..3 {support}")),
        ]
    }

    /// The noun that names the event, where a noun does, with its family: "(talk/N|negotiation)".
    fn event_noun(&self, fact: &Fact) -> Option<String> {
        let happening = fact.event.filter(|event| event.class == Class::Noun)?;
        lexical::verbs_of(happening.lemma.as_str()).next()?;
        let all = self.family(happening.lemma, Class::Noun);
        let marked: Vec<String> = all
            .iter()
            .map(|noun| if lexical::known(noun, Class::Verb) { format!("{noun}/N") } else { (*noun).to_owned() })
            .collect();
        (!marked.is_empty()).then(|| either(&marked.iter().map(String::as_str).collect::<Vec<_>>()))
    }

    /// "Under way", "in office": the preposition of a predicate noun.
    pub fn case(&self, fact: &Fact) -> Option<Sym> {
        let predicate = self.facts.claim(fact).predicate;
        let tokens = &self.facts.document(fact).tokens;
        let before = predicate.checked_sub(1).and_then(|at| tokens.get(at as usize))?;
        (before.rel == Rel::Case && before.head == predicate).then_some(before.form)
    }

    /// A participant with a predicate noun and its preposition: "talk ..3 under way".
    fn state(&self, fact: &Fact, role: &Role) -> Option<Says> {
        let case = self.case(fact)?;
        let predicate = self.facts.claim(fact).predicate;
        let noun = word(self.facts.document(fact).tokens.get(predicate as usize)?.lemma);
        let filler = self.filler(role);
        (role.head < predicate && !filler.is_empty() && !noun.is_empty())
            .then(|| Says::Words(format!("{filler} ..3 {} {noun}", case.as_str())))
    }

    /// Participant and predicate in the order of the text, with room between them.
    fn phrase(&self, fact: &Fact, role: &Role) -> Option<Says> {
        let event = fact.event?;
        let (first, last) = (role.head.min(event.token), role.head.max(event.token));
        if first == last {
            return None;
        }
        let tokens = &self.facts.document(fact).tokens;
        let between = tokens.get(first as usize + 1..last as usize)?;
        let gap = gap(between);
        let word = self.widened(tokens.get(event.token as usize)?.lemma, event.class);
        let filler = self.filler(role);
        if filler.is_empty() {
            return None;
        }
        Some(Says::Words(if role.head < event.token {
            format!("{filler} ..{gap} {word}")
        } else {
            format!("{word} ..{gap} {filler}")
        }))
    }

    /// A participant as a pattern: a declared entity by its id, another name in full, a noun with its family.
    pub fn filler(&self, role: &Role) -> String {
        let being = role.being.map(|being| &self.facts.who.list[being as usize]);
        if let Some(being) = being
            && self.rules.entities.iter().any(|entity| entity.id == being.id)
        {
            return format!("<{}>", being.id);
        }
        if role.open || role.pos == Pos::Pron {
            return String::new();
        }
        if role.pos != Pos::Propn {
            return self.widened(role.lemma, Class::Noun);
        }
        let fact_word = word(role.lemma);
        // A name is shown as it is written.
        let name = being.map_or("", |being| being.name.as_str());
        let written = name.split_whitespace().find(|part| part.to_lowercase() == fact_word);
        written.unwrap_or(fact_word).to_owned()
    }

    /// A word as a pattern, with those of its family that are of the same class.
    pub fn widened(&self, lemma: Sym, class: Class) -> String {
        either(&self.family(lemma, class))
    }

    /// A word and those of its family, itself first; nothing where it cannot stand in a pattern.
    fn family(&self, lemma: Sym, class: Class) -> Vec<&'static str> {
        let own = word(lemma);
        if own.is_empty() {
            return Vec::new();
        }
        let lexicon = self.facts.lexicon;
        let Some(of) = lexicon.families.get(&lemma) else { return vec![own] };
        let family = |(_, ids): &(&Sym, &Vec<u32>)| ids.iter().any(|id| of.contains(id));
        let mut others: Vec<&str> = lexicon.families.iter().filter(family).map(|(sym, _)| word(*sym)).collect();
        others.retain(|other| !other.is_empty() && *other != own && lexical::known(other, class));
        others.sort_unstable();
        others.truncate(ALTERNATIVES - 1);
        std::iter::once(own).chain(others).collect()
    }
}

/// Room for the words between two, never less than 2 and never more than 6.
pub fn gap(between: &[Token]) -> usize {
    between.iter().filter(|token| !matches!(token.pos, Pos::Punct | Pos::Aux)).count().clamp(2, 6)
}

/// Alternatives as a pattern.
pub fn either(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [one] => (*one).to_owned(),
        _ => format!("({})", words.join("|")),
    }
}

/// A lemma that can stand in a pattern as it is; empty where it cannot.
pub fn word(lemma: Sym) -> &'static str {
    let text = lemma.as_str();
    let fits = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '\'');
    if !text.is_empty() && text.chars().all(fits) { text } else { "" }
}

/// An event record.
pub fn record(event: &str, parts: &[(String, String)]) -> Says {
    let mut spec = EventSpec { event: Some(event.to_owned()), ..EventSpec::default() };
    for (name, filler) in parts {
        match name.as_str() {
            "subject" => spec.subject = Some(filler.clone()),
            "object" => spec.object = Some(filler.clone()),
            preposition => {
                spec.complements.insert(preposition.to_owned(), filler.clone());
            }
        }
    }
    Says::Event(spec)
}

/// The key of an event record for a participant.
pub fn part_name(role: &Role) -> String {
    match role.slot {
        Slot::Subject => "subject".into(),
        Slot::Object | Slot::Recipient => "object".into(),
        Slot::Complement => role.preposition.as_str().into(),
    }
}

/// What a claim says, as a label, and whether that is a whole clause: its content without "that" and without when it was, in lower case
/// unless it begins with a name. A noun phrase is put as the clause around it.
pub fn label(facts: &Facts, fact: &Fact) -> (String, bool) {
    let own = facts.claim(fact);
    let document = facts.document(fact);
    let around = facts.readings[fact.reading as usize].claims.iter().find(|other| {
        let same = other.sentence == own.sentence && other.chain.len() == own.chain.len() && other.form == Form::Clause;
        same && other.tokens.contains(&own.predicate) && finite(document, other)
    });
    let claim = if own.form == Form::NounPhrase { around.unwrap_or(own) } else { own };
    let pieces: Vec<&str> =
        claim.content.iter().map(|span| undated(facts, document, claim.predicate, *span).of(facts.text(fact)).trim()).collect();
    let said = pieces.join(" ").split_whitespace().collect::<Vec<_>>().join(" ");
    let said = said.strip_prefix("that ").unwrap_or(&said).trim_end_matches(['.', ',', ';', '!', '?', ':', '”', '"']);
    let inside = |token: &&Token| claim.content.iter().any(|span| span.contains(token.span));
    let first = document.tokens.iter().filter(inside).find(|token| said.starts_with(token.span.of(facts.text(fact))));
    let name = first.is_some_and(|token| token.pos == Pos::Propn);
    (if name { said.to_owned() } else { lower_first(said) }, finite(document, claim))
}

/// Whether a claim is a clause with a finite verb.
fn finite(document: &Document, claim: &Claim) -> bool {
    let tokens = claim.tokens.iter().filter_map(|at| document.tokens.get(*at as usize));
    tokens.into_iter().any(|token| matches!(token.tag, Tag::Vbd | Tag::Vbz | Tag::Vbp | Tag::Md))
}

/// A piece of content without the time at its end: "on Sunday", "during the night"; "the middle of June" is no such end.
fn undated(facts: &Facts, document: &Document, predicate: u32, piece: Span) -> Span {
    let mut end = piece.end;
    let behind = document.tokens.get(predicate as usize + 1..).unwrap_or(&[]);
    for token in behind.iter().rev().filter(|token| piece.contains(token.span) && token.pos != Pos::Punct) {
        let time = facts.lexicon.calendar.contains_key(&token.lemma);
        let cut = end < piece.end;
        match token.pos {
            _ if time && matches!(token.rel, Rel::Nmod | Rel::Conj) => return piece,
            Pos::Adp if cut => {
                end = token.span.start;
                break;
            }
            Pos::Det | Pos::Adj | Pos::Num if cut => end = token.span.start,
            _ if time => end = token.span.start,
            _ => break,
        }
    }
    if end > piece.start { Span { end, ..piece } } else { piece }
}

/// The same with a small first letter, unless the word is all capitals or "I".
pub fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    let (Some(first), second) = (chars.next(), chars.clone().next()) else { return String::new() };
    if second.is_none_or(|second| second.is_uppercase() || !second.is_alphabetic() && first == 'I') {
        return text.to_owned();
    }
    first.to_lowercase().chain(chars).collect()
}

/// Words as an id.
pub fn slug(words: &str) -> String {
    let slug = crate::base::letters::slug(words);
    if slug.starts_with(|c: char| c.is_ascii_alphabetic()) { slug } else { format!("x-{slug}") }
}
