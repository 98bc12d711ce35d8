//! The example stories: every conflict that a careful reader would mark, and none of those that only look like one.
//!
//! What is found is counted against a floor that only rises; what is missed is printed, so that a test run shows what is left to do.

use gainsay::base::Span;
use gainsay::report::Report;
use gainsay::report::view::Conflict;
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// Story, conflicts of `must` found at least, pairs of `must_not` reported at most.
const FLOORS: &[(&str, usize, usize)] = &[("flood-orsa", 10, 0), ("takeover-tarnis", 11, 0), ("talks-halvern", 8, 0)];

#[derive(Debug, Deserialize)]
struct Expected {
    must: Vec<Pair>,
    must_not: Vec<Pair>,
}

#[derive(Debug, Deserialize)]
struct Pair {
    a: Place,
    b: Place,
    #[serde(default)]
    kinds: Vec<String>,
    #[serde(default)]
    relations: Vec<String>,
    #[serde(default)]
    allow: Vec<String>,
    why: String,
}

#[derive(Debug, Deserialize)]
struct Place {
    article: String,
    text: String,
}

pub fn folder(story: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(story)
}

pub fn report(story: &str) -> Report {
    gainsay::check(&[folder(story)], &gainsay::rules::Options::default()).expect("the shipped rules are clean")
}

/// Claims that cover a part of an article's text; for a container every record of the file counts.
fn covering(report: &Report, place: &Place) -> Vec<String> {
    let mut out = Vec::new();
    let mut known = false;
    for article in report.articles.iter().filter(|article| article.path == place.article) {
        let text = article.text.as_deref().unwrap_or("");
        let Some(at) = text.find(&place.text) else { continue };
        known = true;
        let wanted = Span::new(at, at + place.text.len());
        let share = |span: Span| {
            let common = span.end.min(wanted.end).saturating_sub(span.start.max(wanted.start)) as usize;
            common * 2 >= wanted.len().min(span.len())
        };
        out.extend(
            report.claims.iter().filter(|claim| claim.article == article.id && share(claim.span)).map(|claim| claim.id.clone()),
        );
    }
    let skipped_by_design = report.articles.iter().any(|article| article.path == place.article);
    assert!(known || skipped_by_design, "{} does not hold {:?}", place.article, place.text);
    out
}

fn joining<'a>(report: &'a Report, pair: &Pair) -> Vec<&'a Conflict> {
    let (one, two) = (covering(report, &pair.a), covering(report, &pair.b));
    let joins = |x: &String, y: &String| one.contains(x) && two.contains(y) || one.contains(y) && two.contains(x);
    report.conflicts.iter().filter(|c| joins(&c.claims[0], &c.claims[1]) || c.also_in.iter().any(|[x, y]| joins(x, y))).collect()
}

fn check(story: &str, least: usize, most: usize) {
    let text = std::fs::read_to_string(folder(story).join("expected.yml")).expect("every story says what is expected");
    let expected: Expected = serde_yaml::from_str(&text).expect("expected.yml has its shape");
    let report = report(story);
    let (mut found, mut false_alarms) = (0, 0);
    let has = |list: &[String], word: &str| list.is_empty() || list.iter().any(|w| w == word);
    for pair in &expected.must {
        let joining = joining(&report, pair);
        if joining.iter().any(|c| has(&pair.kinds, &c.kind) && has(&pair.relations, &c.relation)) {
            found += 1;
        } else {
            let near: Vec<String> = joining.iter().map(|c| format!("{} {}", c.kind, c.relation)).collect();
            println!("{story}: missed {:?} / {:?}: {} (found {near:?})", pair.a.text, pair.b.text, pair.why);
        }
    }
    for pair in &expected.must_not {
        for conflict in joining(&report, pair) {
            if !pair.allow.contains(&conflict.relation) {
                false_alarms += 1;
                println!(
                    "{story}: false alarm {} {} {:?} / {:?}: {}",
                    conflict.kind, conflict.relation, pair.a.text, pair.b.text, pair.why
                );
            }
        }
    }
    println!(
        "{story}: {found} of {} found, {false_alarms} false alarms, {} conflicts in all",
        expected.must.len(),
        report.conflicts.len()
    );
    assert!(found >= least, "{story}: only {found} found, the floor is {least}");
    assert!(false_alarms <= most, "{story}: {false_alarms} false alarms, the ceiling is {most}");
}

#[test]
fn expected_conflicts_are_found() {
    for (story, least, most) in FLOORS {
        check(story, *least, *most);
    }
}

/// Holds a report against the one in `snapshots/`, the folder and format of `gainsay snapshot`. A change is read, then stored with
/// `cargo run -- snapshot accept examples/*`.
fn golden(case: &str, text: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("snapshots");
    insta::with_settings!({ snapshot_path => folder, prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!(case, text);
    });
}

#[test]
fn the_reports_are_as_reviewed() {
    for (story, _, _) in FLOORS {
        let mut report = report(story);
        report.articles.iter_mut().for_each(|article| article.text = None);
        golden(story, &gainsay::snapshot::text::render(&report));
    }
}

#[test]
fn no_claim_comes_from_furniture() {
    for (story, _, _) in FLOORS {
        let report = report(story);
        for claim in &report.claims {
            let article = report.article(&claim.article).expect("a claim has an article");
            let inside = article.skipped.iter().find(|skipped| skipped.span.contains(claim.span));
            assert!(inside.is_none(), "{}: {:?} is furniture: {:?}", claim.article, claim.text, inside);
        }
    }
}

#[test]
fn a_report_fits_its_schema_and_its_spans_their_words() {
    let schema = jsonschema::validator_for(&gainsay::report::view::schema()).expect("the schema is a schema");
    for (story, _, _) in FLOORS {
        let report = report(story);
        let json = serde_json::to_value(&report).expect("a report is plain data");
        let errors: Vec<String> = schema.iter_errors(&json).take(5).map(|e| format!("{}: {e}", e.instance_path())).collect();
        assert!(errors.is_empty(), "{story}: {errors:#?}");
        let back = serde_json::from_value::<Report>(json.clone()).expect("what is written is read back");
        assert!(serde_json::to_value(&back).expect("a report is plain data") == json, "{story}: something was lost");
        for claim in &report.claims {
            let text = report.article(&claim.article).and_then(|a| a.text.as_deref()).expect("texts were asked for");
            assert_eq!(claim.span.of(text), claim.text);
        }
        for because in report.conflicts.iter().flat_map(|c| &c.because) {
            let claim = report.claim(&because.claim).expect("a conflict's claim is in the report");
            let text = report.article(&claim.article).and_then(|a| a.text.as_deref()).expect("texts were asked for");
            assert_eq!(because.span.of(text), because.text);
        }
        let mut ids: Vec<&str> = report.claims.iter().map(|claim| claim.id.as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), report.claims.len(), "{story}: claim ids are unique");
        for id in report.conflicts.iter().flat_map(|c| c.claims.iter().chain(c.also_in.iter().flatten())) {
            assert!(ids.binary_search(&id.as_str()).is_ok(), "{story}: {id} is no claim of the report");
        }
    }
}
