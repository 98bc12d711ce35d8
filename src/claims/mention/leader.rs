//! Which mentions of one article are the same thing: each mention gets the fullest one as leader, and the rule that joined them.

mod descriptions;
mod names;
mod pronouns;

use super::{Draft, Drafts, Gender, Words};
use crate::claims::{EntityKind, Mention};

/// Puts the drafts in order and joins them.
pub(super) fn join(words: &Words, drafts: Drafts) -> Vec<Mention> {
    let mut joiner = Joiner::new(words, sorted(drafts.list));
    joiner.names();
    joiner.acronyms();
    joiner.appositions();
    joiner.titles();
    joiner.nouns();
    joiner.pronouns();
    joiner.finish()
}

/// In order of span, outer before inner, with references following.
fn sorted(drafts: Vec<Draft>) -> Vec<Draft> {
    let mut order: Vec<usize> = (0..drafts.len()).collect();
    order.sort_by_key(|i| {
        let m = &drafts[*i].mention;
        (m.first, std::cmp::Reverse(m.end), drafts[*i].name_first, *i)
    });
    let mut place = vec![0; drafts.len()];
    order.iter().enumerate().for_each(|(new, old)| place[*old] = new);
    let mut taken: Vec<Option<Draft>> = drafts.into_iter().map(Some).collect();
    let mut out = Vec::with_capacity(order.len());
    for old in order {
        let Some(mut draft) = taken[old].take() else { continue };
        draft.owner = draft.owner.map(|i| place[i]);
        draft.possessor = draft.possessor.map(|i| place[i]);
        draft.same_as = draft.same_as.map(|(i, rule)| (place[i], rule));
        out.push(draft);
    }
    out
}

struct Joiner<'w, 'a> {
    words: &'w Words<'a>,
    drafts: Vec<Draft>,
    leader: Vec<usize>,
    rule: Vec<Option<&'static str>>,
}

impl<'w, 'a> Joiner<'w, 'a> {
    fn new(words: &'w Words<'a>, drafts: Vec<Draft>) -> Self {
        let leader = (0..drafts.len()).collect();
        let rule = vec![None; drafts.len()];
        Self { words, drafts, leader, rule }
    }

    fn root(&self, mut at: usize) -> usize {
        while self.leader[at] != at {
            at = self.leader[at];
        }
        at
    }

    /// Puts `member`'s cluster under `head`'s leader.
    fn put(&mut self, member: usize, head: usize, rule: &'static str) {
        let (from, to) = (self.root(member), self.root(head));
        if from == to {
            return;
        }
        self.leader[from] = to;
        self.rule[from] = Some(rule);
        let (gender, kind) = (self.drafts[from].gender, self.drafts[from].mention.kind);
        let head = &mut self.drafts[to];
        if head.gender == Gender::Unknown {
            head.gender = gender;
        }
        if head.mention.kind == EntityKind::Unnamed {
            head.mention.kind = kind;
        }
    }

    fn appositions(&mut self) {
        for at in 0..self.drafts.len() {
            if let Some((name, rule)) = self.drafts[at].same_as {
                self.put(at, name, rule);
            }
        }
    }

    /// Clusters with their members, in order of the leader.
    fn clusters(&self) -> Vec<(usize, Vec<usize>)> {
        let mut members: Vec<Vec<usize>> = vec![Vec::new(); self.drafts.len()];
        (0..self.drafts.len()).for_each(|at| members[self.root(at)].push(at));
        members.into_iter().enumerate().filter(|(_, m)| !m.is_empty()).collect()
    }

    fn finish(self) -> Vec<Mention> {
        let roots: Vec<usize> = (0..self.drafts.len()).map(|at| self.root(at)).collect();
        let kinds: Vec<EntityKind> = roots.iter().map(|r| self.drafts[*r].mention.kind).collect();
        // A member joined through another keeps the rule of its own step.
        let rules: Vec<_> = self.rule;
        self.drafts
            .into_iter()
            .enumerate()
            .map(|(at, draft)| Mention {
                leader: roots[at] as u32,
                joined_by: rules[at],
                speaks_for: draft.owner.filter(|o| roots[*o] != roots[at]).map(|o| o as u32),
                kind: if roots[at] == at || kinds[at] != EntityKind::Unnamed { kinds[at] } else { draft.mention.kind },
                ..draft.mention
            })
            .collect()
    }
}

/// Most names that one is compared with: past it an article is no article but a list.
const CROWD: usize = 32;

fn person_only(kind: EntityKind) -> bool {
    matches!(kind, EntityKind::Person | EntityKind::Group)
}

/// Lower-case words of a name without marks.
fn key(name: &str) -> Vec<String> {
    name.split_whitespace()
        .map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase())
        .filter(|w| !w.is_empty())
        .collect()
}
