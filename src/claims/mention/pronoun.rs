//! Pronouns: found here, and followed to a name where that is safe.

use super::{Draft, Drafts, Gender, Set, Words};
use crate::base::Span;
use crate::claims::{Claim, EntityKind, Mention, MentionForm, QuoteKind};
use crate::lexicon::Lexicon;
use crate::text::{Document, Pos, Rel, Token};

/// What a pronoun asks of the one it stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asks {
    Person(Gender),
    Thing,
    Many,
    Speaker,
    Relative,
}

struct Sets<'a>([(Set<'a>, Asks); 6]);

impl<'a> Sets<'a> {
    fn new(lexicon: &'a Lexicon) -> Self {
        let set = |name| Set(lexicon.set(name));
        Self([
            (set("pronouns male"), Asks::Person(Gender::Male)),
            (set("pronouns female"), Asks::Person(Gender::Female)),
            (set("pronouns thing"), Asks::Thing),
            (set("pronouns many"), Asks::Many),
            (set("pronouns speaker"), Asks::Speaker),
            (set("pronouns relative"), Asks::Relative),
        ])
    }

    fn of(&self, token: &Token) -> Option<Asks> {
        self.0.iter().find(|(set, _)| set.has_form(token)).map(|(_, asks)| *asks)
    }
}

/// Adds a draft for every personal and relative pronoun.
pub(super) fn add(words: &Words, drafts: &mut Drafts) {
    let sets = Sets::new(words.lexicon);
    for (at, token) in words.doc.tokens.iter().enumerate() {
        if !matches!(token.pos, Pos::Pron | Pos::Det) || token.rel == Rel::Expl {
            continue;
        }
        let Some(asks) = sets.of(token) else { continue };
        // "US" is no pronoun.
        if token.shape == crate::text::Shape::Upper && token.form.as_str().len() > 1 {
            continue;
        }
        let mention = Mention {
            span: token.span,
            first: at as u32,
            end: at as u32 + 1,
            head: at as u32,
            form: MentionForm::Pronoun,
            name: token.form.as_str().to_owned(),
            ..Mention::default()
        };
        drafts.push(Draft { mention, name_first: at as u32, name_end: at as u32 + 1, asks: Some(asks), ..Draft::default() });
    }
}

/// Follows "I" and "we" inside quoted words to whoever speaks them.
///
/// In: the mentions of an article and the claims found with them. A pronoun whose speaker is not known keeps itself as leader.
pub fn first_person(mentions: &mut [Mention], claims: &[Claim], document: &Document, lexicon: &Lexicon) {
    let sets = Sets::new(lexicon);
    // Innermost quotation first, so that the nearest speaker is kept; links are shared by many claims.
    let mut quoted: Vec<(Span, u32, u32)> = Vec::new();
    for claim in claims {
        for link in &claim.chain {
            if let Some(source) = link.source.filter(|_| link.quote != QuoteKind::Indirect) {
                quoted.extend(link.content.iter().map(|span| (*span, link.id, source)));
            }
        }
    }
    quoted.sort_by_key(|(span, id, source)| (span.start, std::cmp::Reverse(span.end), *id, *source));
    quoted.dedup();
    for at in 0..mentions.len() {
        let pronoun = &mentions[at];
        let Some(token) = document.tokens.get(pronoun.head as usize) else { continue };
        if pronoun.form != MentionForm::Pronoun || token.quoted == 0 || sets.of(token) != Some(Asks::Speaker) {
            continue;
        }
        let until = quoted.partition_point(|(span, ..)| span.start <= pronoun.span.start);
        let holder = quoted[..until].iter().rev().take(64).find(|(span, ..)| span.contains(pronoun.span));
        let Some(leader) = holder.and_then(|(_, _, source)| mentions.get(*source as usize)).map(|m| m.leader) else { continue };
        let kind = mentions.get(leader as usize).map_or(EntityKind::Unnamed, |m| m.kind);
        let pronoun = &mut mentions[at];
        pronoun.leader = leader;
        pronoun.kind = kind;
        pronoun.joined_by = Some("speaker");
    }
}

/// A candidate for a pronoun: mention index, its leader, and what is known of it.
pub(super) struct Candidate {
    pub mention: usize,
    pub leader: usize,
    pub kind: EntityKind,
    pub gender: Gender,
    pub plural: bool,
    pub subject: bool,
    pub possessor: bool,
    /// Led by a name, not by a description.
    pub named: bool,
}

/// Whether a pronoun that asks for `asks` can stand for the candidate.
fn fits(asks: Asks, c: &Candidate) -> bool {
    use EntityKind::{Document, Group, Office, Org, Person, Place, State, Unnamed};
    match asks {
        Asks::Person(gender) => {
            matches!(c.kind, Person | Unnamed)
                && !c.plural
                && (c.gender == gender || c.gender == Gender::Unknown || gender == Gender::Unknown)
        }
        Asks::Thing => {
            let unknown = c.kind == Unnamed && c.named && c.gender == Gender::Unknown;
            (matches!(c.kind, Org | State | Office | Document | Place) || unknown) && !c.plural
        }
        Asks::Many => c.plural || c.kind == Group,
        Asks::Speaker | Asks::Relative => false,
    }
}

/// The one that a pronoun stands for, among the candidates of its own sentence before it, else those of the sentence before.
///
/// `None` where two fit and neither is the subject. `owned` is set for "its", "his": "it" takes up a subject alone, since most things
/// that it could stand for are no mentions.
pub(super) fn antecedent(asks: Asks, owned: bool, own: &[Candidate], before: &[Candidate]) -> Option<usize> {
    [(own, true), (before, false)].iter().find_map(|(candidates, here)| {
        let fitting: Vec<&Candidate> =
            candidates.iter().filter(|c| fits(asks, c) && (asks != Asks::Thing || owned || c.subject)).collect();
        // Somebody known to be a person is meant before a name of which nobody knows what it names.
        let people: Vec<&Candidate> = fitting.iter().filter(|c| c.kind == EntityKind::Person && c.subject).copied().collect();
        let fitting = if matches!(asks, Asks::Person(_)) && !people.is_empty() { people } else { fitting };
        if fitting.is_empty() {
            return None;
        }
        Some(choose(&fitting, asks, *here))
    })?
}

fn choose(fitting: &[&Candidate], asks: Asks, here: bool) -> Option<usize> {
    let one = |list: &[&Candidate]| {
        let first = list.first()?;
        list.iter().all(|c| c.leader == first.leader).then_some(first.mention)
    };
    let filtered = |keep: &dyn Fn(&&&Candidate) -> bool| fitting.iter().filter(|c| keep(c)).copied().collect::<Vec<_>>();
    one(fitting)
        .or_else(|| one(&filtered(&|c| c.subject)))
        .or_else(|| {
            // "Lee said Bolt had lost its licence": the nearest clause is Bolt's; in the sentence before, the main clause comes first.
            let subjects = filtered(&|c| c.subject);
            let nearest = if here { subjects.last() } else { subjects.first() };
            nearest.filter(|_| subjects.len() <= 3).map(|c| c.mention)
        })
        .or_else(|| {
            // Where the sex of one alone is known to agree, that one is meant.
            let Asks::Person(gender) = asks else { return None };
            one(&filtered(&|c| c.gender == gender && c.kind == EntityKind::Person))
        })
        .or_else(|| one(&filtered(&|c| !c.possessor)))
}
