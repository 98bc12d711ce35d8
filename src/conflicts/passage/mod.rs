//! A claim held against a passage that is about the same matter: what the passage says of the very thing that the claim asserts.
//!
//! In: two readings of one occasion. Out: [`Finding`]s. It asks the passage as one would a witness: the words of the claim are looked up
//! in it, and where all but one part of the claim stands there too, that part is set against what the passage has in its place: a
//! negator, an opposite, another kind, date, figure, name or place. Nothing is inferred from silence. For pairs of statements
//! only, where one occasion is presumed; `check` has to find out what is about one thing and uses the detectors.
//!
//! Source: the alignment and its clash types follow MacCartney 2009, Natural Language Inference, and de Marneffe, Rafferty &
//! Manning 2008, Finding Contradictions in Text; ours asks for near-complete cover and rival fillers of one slot.

mod ages;
mod calendar;
mod dates;
mod definition;
mod figures;
mod frames;
mod holders;
mod instead;
mod kinds;
mod negators;
mod opposed;
mod order;
mod places;
mod polarity;
mod ranks;
mod relations;
mod respective;
mod rivals;
mod seats;
mod side;
mod tellers;
mod ways;

use super::{Because, Facts, confidence};
use crate::text::{Pos, Rel, Shape};
use side::{Cover, Side};

/// A reason why a claim cannot hold beside a passage.
#[derive(Clone, Debug)]
pub struct Finding {
    /// Whether what excludes what is listed or computed, so that it stands however alike the rest is; else a closer look may overrule it.
    pub firm: bool,
    /// The kind of conflict, in the words of rules and reports.
    pub kind: &'static str,
    /// What was found, for `why`.
    pub why: &'static str,
    /// The part of the evidence that it is: key into `parts` of `rules/confidence.yml`.
    pub part: &'static str,
    /// How much of it there is, 0 to 10.
    pub amount: u32,
    /// The words that clash; sides are the readings' numbers.
    pub because: Vec<Because>,
}

impl Finding {
    /// Probability in percent that it is a contradiction.
    pub fn percent(&self) -> u8 {
        confidence::part(self.part, self.amount)
    }
}

/// How far a share lies between the least that is asked and all, 0 to 10.
fn amount(share: u32, least: u32) -> u32 {
    share.saturating_sub(least) * 10 / (100 - least)
}

/// A claim's side, the passage's side, and how far the passage covers the claim.
pub(crate) struct Pair<'a, 'b> {
    claim: &'b Side<'a>,
    passage: &'b Side<'a>,
    cover: &'b Cover,
}

/// Claims of more words than this are texts, not claims.
const LONGEST_CLAIM: usize = 45;

/// Least share of the shorter text, in percent, that the longer one must cover for a denial to be of the same thing.
const HELD: u32 = 60;

/// Everything that speaks against either text's claims in the other, surest first.
pub fn find(facts: &Facts) -> Vec<Finding> {
    let sides = [Side::new(facts, 0), Side::new(facts, 1)];
    let mut out = Vec::new();
    for (claim, passage) in [(1, 0), (0, 1)] {
        let (claim, passage) = (&sides[claim], &sides[passage]);
        if claim.tokens.is_empty() || passage.tokens.is_empty() {
            continue;
        }
        let cover = Cover::of(claim, passage);
        let pair = Pair { claim, passage, cover: &cover };
        let short = claim.sentences.len() <= 2 && claim.tokens.len() <= LONGEST_CLAIM;
        // Whichever text is the shorter is the claim that the other must cover.
        let backward = if claim.tokens.len() <= passage.tokens.len() { None } else { Some(Cover::of(passage, claim)) };
        let held = match &backward {
            None => held(claim, passage, &cover),
            Some(other) => held(passage, claim, other),
        };
        if held >= HELD {
            polarity::find(&pair, held, &mut out);
        }
        if short {
            kinds::find(&pair, &mut out);
            dates::find(&pair, &mut out);
            figures::find(&pair, &mut out);
            rivals::find(&pair, &mut out);
            opposed::find(&pair, &mut out);
            opposed::states(&pair, &mut out);
            holders::find(&pair, &mut out);
            holders::swapped(&pair, &mut out);
            places::find(&pair, &mut out);
            ages::find(&pair, &mut out);
            ranks::find(&pair, &mut out);
            relations::find(&pair, &mut out);
            instead::find(&pair, &mut out);
            frames::find(&pair, &mut out);
            holders::many(&pair, &mut out);
            negators::find(&pair, &mut out);
            ways::find(&pair, &mut out);
            respective::find(&pair, &mut out);
            order::find(&pair, &mut out);
            seats::find(&pair, &mut out);
            tellers::find(&pair, &mut out);
        }
    }
    out.sort_by_key(|f| std::cmp::Reverse(f.percent()));
    out
}

/// Share of one text that another says too, in percent; a name in front for which the other has a pronoun counts neither way.
fn held(short: &Side, long: &Side, cover: &Cover) -> u32 {
    let whole = 0..short.tokens.len();
    Pair { claim: short, passage: long, cover }.covered(&whole, |_| false)
}

impl Pair<'_, '_> {
    fn because(&self, of_claim: (usize, usize), of_passage: (usize, usize), role: &'static str) -> Vec<Because> {
        let at = |side: &Side, (first, last): (usize, usize)| Because { side: side.at, span: side.span(first, last), role };
        let mut both = vec![at(self.claim, of_claim), at(self.passage, of_passage)];
        both.sort_by_key(|b| b.side);
        both
    }

    /// Whether the claim's sentence and one of the passage say something of the same kind that is not the same: "for travel" and "for
    /// rent", "in staging" and "in production".
    fn other_detail(
        &self,
        sentence: &std::ops::Range<usize>,
        near: &std::ops::Range<usize>,
        skip: impl Fn(usize) -> bool,
    ) -> bool {
        let led = |side: &Side, t: usize| {
            let case = side.kids(t).find(|k| side.tokens[*k].rel == Rel::Case)?;
            (side.weight(t) > 0 && matches!(side.tokens[t].rel, Rel::Obl | Rel::Nmod)).then(|| side.tokens[case].form)
        };
        let known = |y: usize| sentence.clone().any(|x| side::meets(self.claim, x, self.passage, y) >= 7);
        let others: Vec<_> = near.clone().filter(|y| !known(*y)).filter_map(|y| led(self.passage, y)).collect();
        sentence
            .clone()
            .filter(|t| !skip(*t) && !self.cover.has(*t))
            .any(|t| led(self.claim, t).is_some_and(|p| others.contains(&p)))
    }

    /// Whether what the claim's sentence is about may be what the passage is about: named there, or a pronoun or description stands for it.
    fn same_subject(&self, sentence: &std::ops::Range<usize>, until: usize) -> bool {
        let subject: Vec<usize> = (sentence.start..until).filter(|t| self.claim.weight(*t) > 0).collect();
        if subject.is_empty() || subject.iter().any(|t| self.cover.has(*t)) {
            return true;
        }
        subject.iter().any(|t| self.claim.is_name(*t)) && self.passage.speaks_of_somebody()
    }

    /// Share of the claim's sentence that the passage says too, words of `skip` left out, in percent. A name in front that the passage
    /// has as a pronoun or description counts neither way.
    fn covered(&self, sentence: &std::ops::Range<usize>, skip: impl Fn(usize) -> bool) -> u32 {
        let verb = sentence.clone().find(|t| matches!(self.claim.tokens[*t].pos, Pos::Verb | Pos::Aux)).unwrap_or(sentence.start);
        let pronoun = self.passage.speaks_of_somebody();
        let named = sentence.clone().any(|t| t < verb && self.claim.is_name(t));
        let written = |t: usize| self.claim.tokens[t].shape != Shape::Lower;
        let stood_for = |t: usize| pronoun && named && t < verb && written(t) && !self.cover.has(t);
        self.cover.share(self.claim, sentence.clone().filter(|t| !skip(*t) && !stood_for(*t)))
    }
}

#[cfg(test)]
mod tests {
    use crate::conflicts::compare;
    use crate::rules;

    fn check(passage: &str, claim: &str, kind: Option<&str>) {
        let rules = rules::load(&rules::Options::default()).expect("the shipped rules load");
        let found = compare::with(passage, claim, &rules, |cx, _, _| super::find(cx.facts));
        assert_eq!(found.first().map(|f| f.kind), kind, "{passage} | {claim}: {found:?}");
    }

    #[test]
    fn another_filler_of_one_slot_is_found() {
        check("Lantern Row is a drama film directed by Ada Kell.", "Lantern Row was directed by Jon Marsh.", Some("role"));
        check("The museum was founded in 1888.", "The museum was founded in 1923.", Some("time"));
    }

    #[test]
    fn what_the_passage_leaves_out_contradicts_nothing() {
        check("Lantern Row is a drama film directed by Ada Kell.", "Lantern Row was produced by Jon Marsh.", None);
        check("The museum was founded in 1888.", "The museum reopened in 1923.", None);
    }
}
