//! How firmly a clause is asserted: operators folded over a match, then each cue around it, every step kept for the explanation.
//!
//! In: a claim with its operators and chain. Out: [`Trace`]: the stance of each source and of the publisher, and what each word did.
//! Verbs and adjectives that colour their complement ("managed to", "failed to", "it is unlikely that") are the lexicon's
//! `implicatives`; here they become operators. Source of the classes: Karttunen 1971, Implicative verbs; Saurí & Pustejovsky 2012.

use super::clause::{self, Clause};
use super::tree::Tree;
use super::{Claim, Commitment, Effect, Level, Modality, Operator, Stance, fold};
use crate::lexicon::{CueRow, Lexicon, Takes};
use crate::text::Rel;

/// What happened to the stance, one word after the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What it was.
    pub kind: StepKind,
    /// The words that did it; empty for an opposite, whose word the caller knows.
    pub tokens: Vec<u32>,
    /// The stance after it: the clause's own for a step inside the clause, the source's for a cue.
    pub after: Stance,
}

/// Kinds of [`Step`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepKind {
    /// A negator that reaches a required word.
    Negator,
    /// A hedge.
    Hedge(Level),
    /// A word after which nothing is asserted.
    Ends,
    /// A restriction of a negation ("no *final* report").
    Restriction,
    /// The partner of an opposite stood in place of a pattern word.
    Opposite,
    /// The cue of the chain's link with this index.
    Cue(usize),
}

/// The opposite that stood in place of a pattern word, if one did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OppositeWord {
    /// None did.
    #[default]
    No,
    /// One that leaves a third way ("not rejected" is not "accepted").
    Contrary,
    /// One that leaves none ("not closed" is "open").
    Complementary,
}

/// The fold of one match.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace {
    /// What the clause asserts of the matched words before any cue.
    pub own: Stance,
    /// Commitment of each source of the chain, outermost first.
    pub sources: Vec<Stance>,
    /// Commitment of the publisher.
    pub publisher: Stance,
    /// Whether what was matched is told as real; differs from the claim's where the match names the word that set it.
    pub modality: Modality,
    /// Whether a plan, need or intention is itself denied: a present fact.
    pub denied_plan: bool,
    /// Whether the negation is restricted, so that it meets the bare assertion as tension.
    pub restricted: bool,
    /// Every step, in the order of folding.
    pub steps: Vec<Step>,
}

/// Folds a match's stance: operators whose reach covers one of the matched words, the opposite, then the cues from inside out.
///
/// `matched` are the required words of the match, sorted. An operator that is itself matched ("fail to agree" as a pattern) is no
/// longer an operator. Source: RULE-LANGUAGE.md, Stance, steps 1 to 5.
pub fn stance_of(claim: &Claim, matched: &[u32], opposite: OppositeWord) -> Trace {
    let met = |tokens: &[u32]| tokens.iter().any(|t| matched.binary_search(t).is_ok());
    let mut own = Stance::Asserted(Level::Certain);
    let mut steps = Vec::new();
    let mut restricted = false;
    for operator in claim.operators.iter().filter(|o| met(&o.reach) && !met(&o.tokens)) {
        let kind = match operator.effect {
            Effect::Negates => {
                own = own.flipped();
                StepKind::Negator
            }
            Effect::Lowers(level) => {
                own = own.capped(level);
                StepKind::Hedge(level)
            }
            Effect::Ends => {
                own = Stance::None;
                StepKind::Ends
            }
            Effect::Restricts => {
                restricted = true;
                StepKind::Restriction
            }
        };
        steps.push(Step { kind, tokens: operator.tokens.clone(), after: own });
    }
    if opposite != OppositeWord::No {
        own = match (own, opposite) {
            (Stance::Refuted(_), OppositeWord::Contrary) => Stance::None,
            _ => own.flipped(),
        };
        steps.push(Step { kind: StepKind::Opposite, tokens: Vec::new(), after: own });
    }
    let (sources, publisher) = fold(own, &claim.chain);
    for (at, link) in claim.chain.iter().enumerate().rev() {
        let tokens = link.cue.clone().chain(link.negated_by).collect();
        steps.push(Step { kind: StepKind::Cue(at), tokens, after: sources.get(at).copied().unwrap_or_default() });
    }
    // A match that names the word which made it a plan ("agree to sell") is about the agreeing, which is real.
    let named = claim.modality_by.is_some_and(|by| matched.binary_search(&by).is_ok());
    let modality = if named { Modality::Realised } else { claim.modality };
    Trace { own, sources, publisher, modality, denied_plan: denied_plan(claim), restricted, steps }
}

/// "no plans to", "no need for": the plan, need or intention is itself denied, which is a present fact.
pub fn denied_plan(claim: &Claim) -> bool {
    let by = claim.modality_by;
    matches!(claim.modality, Modality::Planned | Modality::Required | Modality::Wished)
        && by.is_some_and(|by| {
            let negations =
                claim.operators.iter().filter(|o| o.effect == Effect::Negates && o.reach.binary_search(&by).is_ok()).count();
            negations % 2 == 1
        })
}

/// What a claim asserts by itself about its predicate.
pub fn own_stance(predicate: u32, operators: &[Operator]) -> Stance {
    operators.iter().filter(|o| o.reach.binary_search(&predicate).is_ok()).fold(
        Stance::Asserted(Level::Certain),
        |own, operator| match operator.effect {
            Effect::Negates => own.flipped(),
            Effect::Lowers(level) => own.capped(level),
            Effect::Ends => Stance::None,
            Effect::Restricts => own,
        },
    )
}

/// Operators that verbs and adjectives above a clause lay on it: "failed to", "it is unlikely that", "there is no doubt that".
///
/// `is_cue` says which words are cues of somebody's speech: what stands above one belongs to that speech, not to this clause.
pub fn embedding(
    tree: &Tree,
    clauses: &[Clause],
    at: usize,
    operators: &[Operator],
    lexicon: &Lexicon,
    is_cue: impl Fn(u32) -> bool,
) -> Vec<Operator> {
    let Some(clause) = clauses.get(at) else { return Vec::new() };
    let mut found = Vec::new();
    for &carrier in &clause.carriers {
        if is_cue(carrier) {
            continue;
        }
        if let Some((row, _)) = clause::embedder(tree, lexicon, carrier) {
            let mut reach: Vec<u32> = clause.own.iter().copied().filter(|t| *t > carrier).collect();
            reach.push(clause.predicate);
            reach.sort_unstable();
            reach.dedup();
            found.extend(operator_of(row.speaker, vec![carrier], reach));
        }
    }
    let mut here = clause;
    for _ in clauses {
        let top = clause::top_of(tree, here);
        let Some(head) = tree
            .head(top)
            .filter(|h| matches!(here.link, Rel::Xcomp | Rel::Ccomp | Rel::Csubj | Rel::Acl | Rel::Advcl) && !is_cue(*h))
        else {
            break;
        };
        if here.link == Rel::Advcl && is_temporal(tree, top, lexicon) {
            break;
        }
        if let Some((row, takes)) = clause::embedder(tree, lexicon, head) {
            let infinitive = matches!(takes, Takes::To | Takes::Ing);
            let value = value_of(tree, row, head, operators, infinitive);
            found.extend(operator_of(value, vec![head], clause.tokens.iter().copied().filter(|t| *t != head).collect()));
        } else if here.link == Rel::Advcl {
            break;
        }
        let Some(parent) = here.parent.and_then(|p| clauses.iter().find(|c| c.predicate == p)) else { break };
        here = parent;
    }
    found
}

/// "The pump stopped working when its seals leaked": when it was is no part of what stopped.
fn is_temporal(tree: &Tree, predicate: u32, lexicon: &Lexicon) -> bool {
    let opens =
        |at: u32| lexicon.set("temporal-conjunctions").is_some_and(|set| set.longest_at(tree.tokens, at as usize).is_some());
    tree.kids(predicate).any(|kid| matches!(tree.rel(kid), Rel::Mark | Rel::Advmod) && kid < predicate && opens(kid))
}

/// The value a word gives its complement. A negator above an infinitive reaches it by itself; above a clause it does not, and the
/// row says what "not true that", "not clear that" leave.
fn value_of(tree: &Tree, row: &CueRow, head: u32, operators: &[Operator], infinitive: bool) -> Commitment {
    if infinitive {
        // With a modality of its own the complement is a plan or wish, asserted as such.
        return if row.modality.is_some() && row.speaker == Commitment::None { Commitment::Certain } else { row.speaker };
    }
    let mut negations = operators.iter().filter(|o| o.effect == Effect::Negates && o.reach.binary_search(&head).is_ok()).count();
    // "no doubt" is no negator of its clause, but of the doubt it is.
    if negations == 0 && head > tree.first && tree.form(head - 1) == "no" {
        negations = 1;
    }
    if negations % 2 == 1 { row.negated } else { row.speaker }
}

/// What a value does to the words it reaches, as operators laid on them by `tokens`.
pub fn operator_of(value: Commitment, tokens: Vec<u32>, reach: Vec<u32>) -> Vec<Operator> {
    let operator = |effect| Operator { effect, tokens: tokens.clone(), reach: reach.clone() };
    vec![operator(match value {
        Commitment::Certain => return Vec::new(),
        Commitment::Doubted => return vec![operator(Effect::Negates), operator(Effect::Lowers(Level::Probable))],
        Commitment::Probable => Effect::Lowers(Level::Probable),
        Commitment::Possible => Effect::Lowers(Level::Possible),
        Commitment::Refuted => Effect::Negates,
        Commitment::None => Effect::Ends,
    })]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claim(operators: Vec<Operator>) -> Claim {
        Claim { operators, ..Claim::default() }
    }

    #[test]
    fn a_negator_counts_where_it_reaches_a_matched_word() {
        let not = Operator { effect: Effect::Negates, tokens: vec![2], reach: vec![3, 4] };
        assert_eq!(stance_of(&claim(vec![not.clone()]), &[1, 3], OppositeWord::No).own.name(), "CT-");
        assert_eq!(stance_of(&claim(vec![not.clone()]), &[1], OppositeWord::No).own.name(), "CT+");
        assert_eq!(stance_of(&claim(vec![not]), &[2, 3], OppositeWord::No).own.name(), "CT+");
    }

    #[test]
    fn a_contrary_opposite_under_a_negator_says_nothing() {
        let not = Operator { effect: Effect::Negates, tokens: vec![2], reach: vec![3] };
        assert_eq!(stance_of(&claim(vec![not.clone()]), &[3], OppositeWord::Contrary).own.name(), "Uu");
        assert_eq!(stance_of(&claim(vec![not]), &[3], OppositeWord::Complementary).own.name(), "CT+");
        assert_eq!(stance_of(&claim(vec![]), &[3], OppositeWord::Contrary).own.name(), "CT-");
    }
}
