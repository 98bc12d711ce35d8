//! What holds of the claims of any text: spans slice to words, indices are in bounds and in order, nothing panics, and one article's
//! claims do not depend on what was read before.

use crate::cases_claims::read;
use gainsay::base::Span;
use gainsay::claims::{Reading, factuality, fingerprint};
use proptest::prelude::*;

fn slices(reading: &Reading, span: Span) -> bool {
    reading.article.text.get(span.start as usize..span.end as usize).is_some_and(|words| !words.is_empty())
}

fn holds(reading: &Reading) -> Result<(), TestCaseError> {
    let tokens = reading.document.tokens.len() as u32;
    let sorted = |list: &[u32]| list.windows(2).all(|w| w[0] < w[1]) && list.iter().all(|t| *t < tokens);
    for claim in &reading.claims {
        prop_assert!(slices(reading, claim.span), "{claim:?}");
        prop_assert!(claim.content.iter().all(|s| slices(reading, *s)), "{claim:?}");
        prop_assert!(claim.content.windows(2).all(|w| w[0].end <= w[1].start), "content in order: {claim:?}");
        prop_assert!(sorted(&claim.tokens) && !claim.tokens.is_empty(), "{claim:?}");
        prop_assert!(claim.predicate < tokens);
        prop_assert!((claim.sentence as usize) < reading.document.sentences.len());
        prop_assert_eq!(claim.commitments.len(), claim.chain.len());
        for operator in &claim.operators {
            prop_assert!(sorted(&operator.reach) && operator.reach.iter().all(|t| claim.tokens.contains(t)), "{operator:?}");
        }
        for link in &claim.chain {
            prop_assert!(link.content.iter().all(|s| slices(reading, *s)));
            prop_assert!(link.source.is_none_or(|m| (m as usize) < reading.mentions.len()));
        }
        if let Some(reply) = &claim.denies {
            prop_assert!(slices(reading, reply.span));
            prop_assert!(reply.claim.is_none_or(|c| (c as usize) < reading.claims.len()));
        }
        // A match of the predicate alone has the claim's own stance.
        prop_assert_eq!(factuality::stance_of(claim, &claim.tokens[..0], factuality::OppositeWord::No).own.name(), "CT+");
        let _ = fingerprint::of(reading, claim);
    }
    let order = |w: &[gainsay::claims::Claim]| (w[0].sentence, w[0].predicate) <= (w[1].sentence, w[1].predicate);
    prop_assert!(reading.claims.windows(2).all(order));
    Ok(())
}

const WORDS: &[&str] = &[
    "the",
    "minister",
    "said",
    "that",
    "bridge",
    "not",
    "no",
    "did",
    "closed",
    "“",
    "”",
    "\"",
    ",",
    ".",
    "?",
    "if",
    "who",
    "to",
    "reopen",
    "denied",
    "neither",
    "nor",
    "has",
    "been",
    "was",
    "and",
    "or",
    "claim",
    "Halvern",
    "Brenia's",
    "30",
    "soldiers",
    "on",
    "Monday",
    "may",
    "failed",
    "according",
    "of",
    "is",
    "it",
    "false",
    "there",
    "without",
    "\n\n",
    "—",
    "(",
    ")",
    "talks",
    "will",
    "n't",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, rng_seed: proptest::test_runner::RngSeed::Fixed(7), ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read(text in "\\PC{0,160}") {
        holds(&read(&text))?;
    }

    #[test]
    fn any_order_of_words_is_read(words in proptest::collection::vec(proptest::sample::select(WORDS), 0..60)) {
        holds(&read(&words.join(" ")))?;
    }

    #[test]
    fn what_was_read_before_does_not_matter(words in proptest::collection::vec(proptest::sample::select(WORDS), 1..40), other in "[a-z ]{0,40}") {
        let text = words.join(" ");
        let shown = |reading: &Reading| format!("{:?}", reading.claims);
        let before = shown(&read(&text));
        let _ = read(&other);
        prop_assert_eq!(before, shown(&read(&text)));
    }
}
