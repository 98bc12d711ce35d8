//! Rule sets of growing size over one set of articles: loading, checking the files with their tests, and what each further rule costs.

use super::made_rules;
use gainsay::base::Limits;
use gainsay::trial::Verdict;
use gainsay::{conflicts, ingest, pipeline, rules, trial};
use std::path::Path;
use std::time::Instant;

/// Sizes of the sets.
const SIZES: [usize; 4] = [1, 100, 1_000, 10_000];

/// Seconds that it takes to load so many made rules, to check their files and run their tests, and to check articles under them.
pub fn table(data: &Path) {
    let path = data.join("articles_reuters.dev.jsonl");
    if !path.exists() {
        println!("articles_reuters.dev.jsonl is absent");
        return;
    }
    println!(
        "made rules over articles_reuters.dev.jsonl (rules; seconds to load, to check the files; tests, passing, seconds to run; seconds to check articles, conflicts)"
    );
    for size in SIZES {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        made_rules::write(folder.path(), size);
        let paths = vec![folder.path().to_owned()];
        let options = rules::Options { paths: paths.clone(), no_default_rules: true, ..rules::Options::default() };
        let (set, loaded) = timed(|| rules::load(&options).unwrap_or_else(|errors| panic!("{errors}")));
        let (problems, inspected) = timed(|| rules::inspect(&paths, &Limits::default()).problems);
        assert!(problems.is_empty(), "the made rules are clean: {:?}", problems.first());
        let (outcomes, tested) = timed(|| trial::run(&set, |_| true));
        let passing = outcomes.iter().filter(|outcome| outcome.verdict == Verdict::Pass).count();
        let kit = ingest::Kit::new(&set.lexicon, Limits::default());
        let corpus = ingest::read(std::slice::from_ref(&path), &kit);
        let options = conflicts::Options::default();
        let (analysis, checked) = timed(|| pipeline::check(corpus.articles, &set, &Limits::default(), &options));
        let (tests, found) = (outcomes.len(), analysis.found.conflicts.len());
        println!("  {size:6} {loaded:8.2} {inspected:8.2} {tests:6} {passing:6} {tested:8.2} {checked:8.2} {found:6}");
    }
}

/// What some work gives, and the seconds that it takes.
fn timed<T>(work: impl FnOnce() -> T) -> (T, f64) {
    let started = Instant::now();
    let done = work();
    (done, started.elapsed().as_secs_f64())
}
