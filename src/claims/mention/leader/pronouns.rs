//! Pronouns to the mentions that they take up.

use super::{Draft, Gender, Joiner};
use crate::claims::mention::pronoun::{Asks, Candidate, antecedent};
use crate::claims::{EntityKind, MentionForm};
use crate::text::Rel;
use std::collections::BTreeSet;

impl Joiner<'_, '_> {
    pub(super) fn pronouns(&mut self) {
        let sentences: Vec<usize> =
            self.drafts.iter().map(|d| self.words.doc.sentence_of(d.mention.first).unwrap_or(usize::MAX)).collect();
        let owners = self.owners();
        for at in 0..self.drafts.len() {
            let Some(asks) = self.drafts[at].asks else { continue };
            let first = self.drafts[at].mention.first;
            if asks == Asks::Relative {
                self.relative(at, first);
                continue;
            }
            let here = sentences[at];
            let quoted = self.words.token(first as usize).map_or(0, |t| t.quoted);
            let gather = |sentence: usize| -> Vec<Candidate> {
                let start = sentences[..at].partition_point(|s| *s < sentence);
                let end = sentences[..at].partition_point(|s| *s <= sentence);
                let body = |c: &Candidate| {
                    matches!(asks, Asks::Person(_)) && c.kind == EntityKind::Unnamed && owners.contains(&c.leader)
                };
                (start..end).filter_map(|i| self.candidate(i, first, quoted)).filter(|c| !body(c)).collect()
            };
            let own = gather(here);
            // Inside quoted words "he" is not the speaker, whom this stage does not know.
            let before = if quoted > 0 || here == 0 { Vec::new() } else { gather(here - 1) };
            let same_part = here > 0
                && self.words.doc.sentences.get(here).is_some_and(|s| {
                    let b = &self.words.doc.sentences[here - 1];
                    b.kind == crate::text::Line::Body && s.paragraph <= b.paragraph + 1
                });
            let before = if same_part { before } else { Vec::new() };
            let owned = self.words.token(first as usize).is_some_and(|t| t.tag == crate::text::Tag::PrpS);
            if let Some(found) = antecedent(asks, owned, &own, &before) {
                self.put(at, found, "pronoun");
                // The pronoun says what a name of unknown kind is.
                let root = self.root(found);
                if self.drafts[root].mention.kind == EntityKind::Unnamed {
                    self.drafts[root].mention.kind = match asks {
                        Asks::Person(_) => EntityKind::Person,
                        Asks::Thing => EntityKind::Org,
                        _ => EntityKind::Unnamed,
                    };
                }
                self.drafts[at].mention.kind = self.drafts[root].mention.kind;
            }
        }
    }

    /// Names that have officials, ministers or spokesmen: a state or firm, whatever else is unknown of them.
    fn owners(&self) -> BTreeSet<usize> {
        let speaks = |d: &&Draft| d.mention.form == MentionForm::Description || d.mention.kind == EntityKind::Person;
        self.drafts.iter().filter(speaks).filter_map(|d| d.owner).map(|owner| self.root(owner)).collect()
    }

    /// "the ministry, which", "Lee, who": the mention that ends right before.
    fn relative(&mut self, at: usize, first: u32) {
        let comma = first > 0 && self.words.written(first as usize - 1) == ",";
        let end = if comma { first - 1 } else { first };
        let near =
            (at.saturating_sub(6)..at).rev().find(|i| self.drafts[*i].mention.end == end && self.drafts[*i].asks.is_none());
        let which = self.drafts[at].mention.name == "which";
        if let Some(found) = near {
            let outer = (at.saturating_sub(6)..found).find(|i| {
                let m = &self.drafts[*i].mention;
                m.end == end && matches!(m.kind, EntityKind::Person | EntityKind::Group) != which
            });
            let found = outer.unwrap_or(found);
            let person = matches!(self.drafts[self.root(found)].mention.kind, EntityKind::Person | EntityKind::Group);
            if person != which || self.drafts[self.root(found)].mention.kind == EntityKind::Unnamed {
                self.put(at, found, "pronoun");
            }
        }
    }

    fn candidate(&self, at: usize, pronoun: u32, quoted: u8) -> Option<Candidate> {
        let d = &self.drafts[at];
        let root = self.root(at);
        if d.adjective || d.mention.end > pronoun || d.asks.is_some() && root == at {
            return None;
        }
        let token = self.words.token(d.mention.head as usize)?;
        if token.quoted > quoted {
            return None;
        }
        let leader = &self.drafts[root];
        let subject = matches!(self.top(d).rel, Rel::Nsubj | Rel::NsubjPass | Rel::NsubjOuter);
        // A single word of unknown kind may be a place: only as a subject can it be a person.
        let vague = leader.mention.kind == EntityKind::Unnamed
            && leader.name_end - leader.name_first == 1
            && leader.gender == Gender::Unknown;
        if vague && !subject && d.asks.is_none() {
            return None;
        }
        // "in office", "by phone": a bare noun is taken up by nothing.
        let bare = d.mention.form == MentionForm::Description && !d.plural && !d.definite && d.mention.end - d.mention.first == 1;
        if bare && root == at {
            return None;
        }
        Some(Candidate {
            mention: at,
            leader: root,
            kind: leader.mention.kind,
            gender: leader.gender,
            plural: leader.plural,
            subject,
            named: leader.mention.form == MentionForm::Name,
            possessor: self.words.is_possessive(d.mention.end as usize) || token.rel == Rel::NmodPoss,
        })
    }

    /// The token of a mention that hangs on something outside it.
    fn top(&self, d: &Draft) -> crate::text::Token {
        let mut at = d.mention.head;
        for _ in 0..8 {
            match self.words.token(at as usize) {
                Some(t) if t.head != at && (d.mention.first..d.mention.end).contains(&t.head) => at = t.head,
                _ => break,
            }
        }
        self.words.doc.tokens[at as usize]
    }
}
