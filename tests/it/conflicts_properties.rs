//! What must hold of comparing whatever the claims say: the order of two statements does not matter, an unrelated article changes
//! nothing, and more evidence never makes a conflict less sure.

use gainsay::article::Article;
use gainsay::base::Limits;
use gainsay::conflicts::{Evidence, Options, compare, confidence};
use gainsay::pipeline;
use gainsay::rules::{self, RuleSet};
use proptest::prelude::*;
use std::sync::LazyLock;

static RULES: LazyLock<RuleSet> = LazyLock::new(|| rules::load(&rules::Options::default()).expect("the shipped rules are clean"));

/// Statements of a small world, so that two drawn at random often clash, agree or only look alike.
fn statement() -> impl Strategy<Value = String> {
    let who = prop::sample::select(vec!["Karst Group", "Tarnis", "The mayor of Orsa", "General Lind", "Halvern's ministry"]);
    let said = prop::sample::select(vec!["", "", "Ana Marin said that ", "Petr Osk denied that ", "According to the union, "]);
    let did = prop::sample::select(vec![
        "bought the port of Velm",
        "did not buy the port of Velm",
        "sold the port of Velm",
        "bought 12 ships",
        "bought at least 40 ships",
        "may have closed the bridge",
        "opened the bridge on Monday",
        "never opened the bridge",
        "closed the bridge on 5 May 2024",
        "refused to talk with Tarnis",
        "held talks with Tarnis in Velm",
        "was the first to reach the island",
        "won the election in Orsa",
        "lost the election in Orsa",
        "plans to leave office",
    ]);
    (said, who, did).prop_map(|(said, who, did)| format!("{said}{who} {did}."))
}

fn article(id: &str, publisher: &str, text: &str) -> Article {
    Article {
        id: id.into(),
        path: id.into(),
        publisher: Some(publisher.into()),
        published: "2024-05-07".parse().ok(),
        text: text.into(),
        ..Article::default()
    }
}

/// Ids, confidences, kinds and relations of all conflicts, and the number of agreements.
fn found(articles: Vec<Article>) -> (Vec<String>, usize) {
    let analysis = pipeline::check(articles, &RULES, &Limits::default(), &Options::default());
    let conflicts = analysis.found.conflicts.iter();
    let told = conflicts.map(|c| format!("{} {} {} {:?} {}", c.id, c.confidence, c.kind, c.relation, c.message));
    (told.collect(), analysis.found.agreements.len())
}

/// About nothing that the small world knows.
const UNRELATED: &str = "Potato farmers in the southern valleys harvested early this autumn. Agnes Whitlock, who runs a dairy, expects \
    butter to cost less by spring. Her cows did not fall ill.";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn the_order_of_two_statements_does_not_matter(a in statement(), b in statement()) {
        let (one, other) = (compare::compare(&a, &b, &RULES), compare::compare(&b, &a, &RULES));
        let contradicts = |verdict: &compare::Verdict| verdict.label == compare::Label::Contradiction;
        prop_assert_eq!((one.kind, one.relation), (other.kind, other.relation), "{} / {}", a, b);
        prop_assert_eq!(contradicts(&one), contradicts(&other), "{} / {}", a, b);
        if one.kind.is_some() {
            prop_assert_eq!(one.confidence, other.confidence, "{} / {}", a, b);
        }
        let mut words: Vec<_> = other.because.iter().map(|w| (1 - w.side, w.span, w.role)).collect();
        let mut mirrored: Vec<_> = one.because.iter().map(|w| (w.side, w.span, w.role)).collect();
        words.sort_unstable();
        mirrored.sort_unstable();
        prop_assert_eq!(words, mirrored, "{} / {}", a, b);
    }

    #[test]
    fn an_unrelated_article_changes_nothing(a in statement(), b in statement(), c in statement()) {
        let three = |a: &str, b: &str, c: &str| {
            vec![article("a", "Orsa Herald", a), article("b", "Lakeside Post", b), article("c", "Velm Radio", c)]
        };
        let alone = found(three(&a, &b, &c));
        let mut more = three(&a, &b, &c);
        more.insert(1, article("u", "Farm Weekly", UNRELATED));
        prop_assert_eq!(alone, found(more));
    }

    #[test]
    fn more_evidence_never_makes_a_conflict_less_sure(amounts in prop::collection::vec(0u32..=10, 24), raised in 0usize..24) {
        let model = confidence::model();
        let name = |name: &String| -> &'static str { Box::leak(name.clone().into_boxed_str()) };
        let names: Vec<&'static str> = model.evidence.keys().map(name).collect();
        let at = |amounts: &[u32]| -> Vec<u8> {
            let evidence: Vec<Evidence> = names.iter().zip(amounts).map(|(name, amount)| Evidence::of(name, *amount)).collect();
            model.kinds.keys().map(|kind| confidence::confidence(kind, true, &evidence)).collect()
        };
        let before = at(&amounts);
        let mut more = amounts.clone();
        more[raised] = 10;
        let speaks_for = names.get(raised).is_none_or(|name| model.evidence[*name] >= 0);
        for (before, after) in before.iter().zip(at(&more)) {
            prop_assert!(if speaks_for { after >= *before } else { after <= *before }, "{:?}", names.get(raised));
        }
    }
}
