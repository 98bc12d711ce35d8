//! `--kind`, `--topic` and `--source`: which of the conflicts found are wanted.

use super::args::Filter;
use super::exit::Exit;
use super::out;
use super::run::Run;
use crate::conflicts::Conflict;
use crate::rules::Kind;

/// The kinds that `--kind` knows.
const KINDS: &[&str] = &crate::rules::KINDS;

/// A comma list: some taken, some left out.
struct Choice {
    only: Vec<String>,
    never: Vec<String>,
}

impl Choice {
    fn new(list: &[String]) -> Self {
        let words = list.iter().map(|word| word.trim().to_lowercase()).filter(|word| !word.is_empty());
        let (never, only): (Vec<_>, Vec<_>) = words.partition(|word| word.starts_with('^'));
        Self { only, never: never.iter().map(|word| word[1..].to_owned()).collect() }
    }

    fn takes(&self, has: impl Fn(&str) -> bool) -> bool {
        !self.never.iter().any(|word| has(word)) && (self.only.is_empty() || self.only.iter().any(|word| has(word)))
    }

    fn words(&self) -> impl Iterator<Item = &String> {
        self.only.iter().chain(&self.never)
    }
}

/// Leaves only the conflicts that the flags ask for.
///
/// # Errors
/// [`Exit::Unusable`] after a kind or topic that does not exist was named.
pub fn apply(filter: &Filter, run: &mut Run) -> Result<(), Exit> {
    let (kinds, topics, sources) = (Choice::new(&filter.kind), Choice::new(&filter.topic), Choice::new(&filter.source));
    if let Some(word) = kinds.words().find(|word| !KINDS.contains(&word.as_str())) {
        out::error(&format!("there is no kind `{word}`; the kinds are {}", KINDS.join(", ")));
        return Err(Exit::Unusable);
    }
    if let Some(word) = topics.words().find(|word| !run.rules.topics.iter().any(|topic| topic.id == **word)) {
        let known: Vec<&str> = run.rules.topics.iter().map(|topic| topic.id.as_str()).collect();
        let nearest = crate::rules::nearest(word, known.iter().copied());
        let help =
            nearest.map_or_else(|| format!("the topics are {}", known.join(", ")), |near| format!("did you mean `{near}`?"));
        out::error(&format!("there is no topic `{word}`; {help}"));
        return Err(Exit::Unusable);
    }
    let mut conflicts = std::mem::take(&mut run.analysis.found.conflicts);
    conflicts.retain(|conflict| {
        let topic = topic_of(run, conflict);
        kinds.takes(|kind| kind == conflict.kind)
            && topics.takes(|word| topic.is_some_and(|topic| topic == word))
            && sources.takes(|word| says(run, conflict, word))
    });
    run.analysis.found.conflicts = conflicts;
    Ok(())
}

fn topic_of<'a>(run: &'a Run, conflict: &Conflict) -> Option<&'a str> {
    match &run.rules.rules.get(conflict.rule)?.kind {
        Kind::Position(position) => run.rules.topics.get(position.topic).map(|topic| topic.id.as_str()),
        _ => None,
    }
}

/// Whether a side of a conflict is told by the source of that id, name or alias.
fn says(run: &Run, conflict: &Conflict, word: &str) -> bool {
    conflict.claims.iter().any(|at| {
        let article = at.reading as usize;
        let claim = &run.analysis.readings[article].claims[at.claim as usize];
        let linked = claim.chain.iter().filter_map(|link| run.analysis.entities.source_of(article, link));
        let publisher = claim.chain.is_empty().then(|| run.analysis.entities.publisher_of(article)).flatten();
        linked.chain(publisher).any(|source| {
            let entity = run.analysis.entities.get(source);
            entity.id.to_lowercase() == word
                || entity.name.to_lowercase() == word
                || entity.aliases.iter().any(|alias| alias.to_lowercase() == word)
        })
    })
}
