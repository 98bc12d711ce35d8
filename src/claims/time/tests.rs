use super::*;
use crate::article::Article;

/// The time expressions of a sentence published on Thursday 17 July 2025, each as `start..end grain`.
fn times(text: &str) -> Vec<String> {
    let article = Article { text: text.to_owned(), ..Article::default() };
    let lexicon = Lexicon::built_in();
    let document = crate::text::annotate(&article, lexicon);
    let published = Date::new(2025, 7, 17).ok();
    let show = |e: &Expression| match (e.time.start, e.time.end) {
        (start, end) if start == end => format!("{start} {:?}", e.time.grain),
        (start, end) => format!("{start}..{end} {:?}", e.time.grain),
    };
    find(&document, published, lexicon).iter().map(show).collect()
}

fn check(text: &str, expected: &[&str]) {
    assert_eq!(times(text), expected, "{text}");
}

#[test]
fn full_dates() {
    check("The deal was signed on 3 May 2024.", &["2024-05-03 Day"]);
    check("The deal was signed on May 3, 2024.", &["2024-05-03 Day"]);
    check("The deal was signed in May 2024.", &["2024-05-01..2024-05-31 Month"]);
    check("The deal was signed in 2024.", &["2024-01-01..2024-12-31 Year"]);
    check("They may sign the deal.", &[]);
}

#[test]
fn dates_without_year_follow_the_tense() {
    check("The talks began on December 3.", &["2024-12-03 Day"]);
    check("The talks will begin on December 3.", &["2025-12-03 Day"]);
}

#[test]
fn weekdays_follow_the_tense() {
    check("The bridge reopened on Monday.", &["2025-07-14 Day"]);
    check("The bridge will reopen on Monday.", &["2025-07-21 Day"]);
    check("The bridge reopened late on Tuesday night.", &["2025-07-15 Day"]);
    check("The bridge reopened last Thursday.", &["2025-07-10 Day"]);
}

#[test]
fn relative_expressions() {
    check("The bridge reopened yesterday.", &["2025-07-16 Day"]);
    check("The bridge reopened two days ago.", &["2025-07-15 Day"]);
    check("The bridge reopened last month.", &["2025-06-01..2025-06-30 Month"]);
    check("The bridge reopened this week.", &["2025-07-14..2025-07-20 Week"]);
    check("The bridge reopened over the weekend.", &["2025-07-12..2025-07-13 Day"]);
}

#[test]
fn open_intervals() {
    check("The bridge has been shut since March 2022.", &["2022-03-01..2025-07-17 Since"]);
    check("The bridge stays shut until Friday.", &["2025-07-17..2025-07-18 Until"]);
}

#[test]
fn without_a_date_only_full_dates_have_a_value() {
    let article = Article { text: "The bridge, shut since 3 May 2024, reopened on Monday.".into(), ..Article::default() };
    let lexicon = Lexicon::built_in();
    let document = crate::text::annotate(&article, lexicon);
    assert_eq!(find(&document, None, lexicon).len(), 1);
}
