//! Two sentences → a rule file that passes its own tests.
//!
//! In: the two texts, each with what is known of where it comes from, and the rules in force. Out: YAML. Whatever is proposed has been
//! run through the real engine first: a draft that fails `rules check` or one of its own tests is thrown away for the next one.
//! Reads no files and prints nothing; knows no reports.

mod figure;
mod holder;
mod pair;
mod proof;
mod quiet;
mod sheet;
mod suggest;
mod topic;
mod words;

use crate::base::Limits;
use crate::claims::Reading;
use crate::conflicts::{Facts, Who};
use crate::entities::{self, Entities};
use crate::pipeline;
use crate::rules::schema::{AboutMode, Case, Expect, Says};
use crate::rules::{self, Options, RuleSet, Side};
use crate::trial;
use pair::{Pair, Shape};
use sheet::{Body, Sheet};
use std::collections::BTreeSet;
use words::Words;

pub use suggest::Suggested;

/// Pairs of claims that are tried before giving up.
const PAIRS: usize = 6;
/// What stops a near-miss for a reason that a reader understands.
const REASONS: [&str; 6] = ["modality", "no-stance", "certainty", "not-opposed", "tolerance", "participants"];

/// Where drafts are made: the rules in force, and how they were loaded.
#[derive(Clone, Copy, Debug)]
pub struct Shop<'a> {
    /// Word tables, entities, and the ids that are taken.
    pub rules: &'a RuleSet,
    /// The same as files, over which a draft is loaded.
    pub options: &'a Options,
}

/// Two texts, read.
struct Read {
    readings: Vec<Reading>,
    entities: Entities,
    who: Who,
}

impl Shop<'_> {
    fn read(&self, sides: [&Side; 2]) -> Read {
        let articles = vec![trial::article("a", sides[0]), trial::article("b", sides[1])];
        let readings = pipeline::read_all(articles, &self.rules.lexicon, &Limits::default());
        let entities = entities::resolve(&readings, &self.rules.declared(), &self.rules.lexicon);
        let who = pipeline::who(&entities, &readings);
        Read { readings, entities, who }
    }

    /// A rule file under which the two texts conflict: the text of the file.
    ///
    /// # Errors
    /// Why there is none, in words.
    pub fn rule_of(&self, sides: [&Side; 2]) -> Result<String, String> {
        let read = self.read(sides);
        let facts = Facts::gather(&read.readings, &read.who, &self.rules.lexicon);
        let words = Words { facts: &facts, rules: self.rules };
        let mut reason = None;
        for pair in pair::pairs(&facts)?.into_iter().take(PAIRS) {
            for sheet in self.sheets(words, &pair, &read) {
                match self.finished(&facts, &pair, sheet, sides) {
                    Ok(text) => return Ok(text),
                    Err(why) => reason = reason.or(Some(why)),
                }
            }
        }
        let reason = reason.unwrap_or_else(|| "no pattern meets both of them".into());
        Err(format!("no rule sets the two against each other: {reason}; `gainsay why` tells how they are read"))
    }

    /// Drafts for a pair, without tests.
    fn sheets(&self, words: Words, pair: &Pair, read: &Read) -> Vec<Sheet> {
        let facts = pair.sides.map(|at| &words.facts.list[at]);
        match pair.shape {
            Shape::Figures(one, other) => {
                let [a, b] = [figure::patterns(words, facts[0], one), figure::patterns(words, facts[1], other)];
                let both = a
                    .iter()
                    .flat_map(|x| b.iter().map(move |y| if x == y { vec![x.clone()] } else { vec![x.clone(), y.clone()] }));
                both.map(|says| figure::sheet(words, facts, [one, other], says)).collect()
            }
            Shape::Holders(slot) => holder::sheet(words, facts, slot, &pair.common).into_iter().collect(),
            Shape::Denial | Shape::Rivals => {
                let wanted = topic::wanted(words, pair);
                let all: Vec<Says> = wanted.iter().flat_map(|side| side.candidates.iter().cloned()).collect();
                let met = proof::met(self.options, &all, &read.readings, &read.entities);
                let (first, second) = met.split_at(wanted[0].candidates.len());
                let apart = |side: usize| (pair.shape == Shape::Rivals).then_some(wanted[side].claim);
                let one = topic::chosen(&wanted[0], first, apart(1));
                let other = topic::chosen(&wanted[1], second, apart(0));
                one.zip(other).map(|(one, other)| topic::sheet(words, pair, [one, other], true)).into_iter().collect()
            }
        }
    }

    /// The draft with its tests, proven.
    fn finished(&self, facts: &Facts, pair: &Pair, mut sheet: Sheet, sides: [&Side; 2]) -> Result<String, String> {
        self.rename(&mut sheet, &BTreeSet::new());
        let sheet = self.proven(facts, pair, sheet, sides)?;
        Ok(sheet::file(&head(), &[sheet]))
    }

    /// The draft with a test of each kind, after the program has nothing to say against it.
    fn proven(&self, facts: &Facts, pair: &Pair, mut sheet: Sheet, sides: [&Side; 2]) -> Result<Sheet, String> {
        let order = if pair.swapped { [1, 0] } else { [0, 1] };
        let case =
            |a: &Side, b: &Side| Case { a: a.clone(), b: b.clone(), expect: None, because: None, about: AboutMode::Assume };
        let mut flag = case(sides[0], sides[1]);
        if let Body::Topic(topic) = &sheet.body {
            let between = &topic.conflicts[0].between;
            flag.expect =
                Some(Expect { a: Some(between[order[0]].clone()), b: Some(between[order[1]].clone()), ..Expect::default() });
        }
        sheet.tests().flag.push(flag);
        // One side is put so that it commits nobody, and set against the other; of a denial rather what is denied.
        let near = |at: usize| quiet::near(facts, &facts.list[pair.sides[at]], sides[order[at]]);
        let mut cases: Vec<Case> = Vec::new();
        for at in if pair.shape == Shape::Denial { [0, 1] } else { [1, 0] } {
            for text in near(at) {
                cases.push(if order[at] == 0 { case(&text, sides[1]) } else { case(sides[0], &text) });
            }
        }
        let trials = cases.iter().map(|case| Case { because: Some("modality".into()), ..case.clone() });
        let mut probe = sheet.clone();
        probe.tests().quiet.extend(trials);
        let outcomes = proof::run(self.options, &sheet::file(&[], &[probe])).ok_or("the patterns cannot be read")?;
        let flagged = outcomes.iter().find(|outcome| outcome.list == "flag").ok_or("the draft has no rule")?;
        if flagged.verdict.fails() {
            return Err(flagged.happened.clone());
        }
        let quiet = outcomes.iter().filter(|outcome| outcome.list == "quiet" && !outcome.idle);
        let silent: Vec<(usize, &str)> =
            quiet.filter_map(|outcome| Some((outcome.number - 1, outcome.stopped?.name()))).collect();
        let best = silent.iter().find(|(_, gate)| REASONS.contains(gate)).or(silent.first());
        let (at, gate) = best.ok_or("no near-miss of it stays silent")?;
        sheet.tests().quiet.push(Case { because: Some((*gate).to_owned()), ..cases[*at].clone() });
        proof::passes(self.options, &sheet::file(&[], std::slice::from_ref(&sheet))).map(|()| sheet)
    }

    /// An id that neither a rule in force nor one of `others` has.
    fn rename(&self, sheet: &mut Sheet, others: &BTreeSet<String>) {
        let named = |id: &str| self.rules.rules.iter().any(|rule| rule.id == id) || self.rules.topics.iter().any(|t| t.id == id);
        let taken = |id: &str| named(id) || others.contains(id) || shipped(id);
        let own = sheet.id().to_owned();
        if !taken(&own) {
            return;
        }
        let free = (2..).map(|n| format!("{own}-{n}")).find(|id| !taken(id)).unwrap_or(own);
        match &mut sheet.body {
            Body::Topic(topic) => topic.id = free,
            Body::Rule(rule) => rule.id = free,
        }
    }
}

/// Whether a topic or rule that ships with the program has an id, in force or not: `rules check` knows them all.
fn shipped(id: &str) -> bool {
    rules::shipped()
        .any(|(_, file)| file.topics.iter().any(|topic| topic.id == id) || file.rules.iter().any(|rule| rule.id == id))
}

fn head() -> Vec<String> {
    [
        "Drafted from two sentences; its tests pass. Before you rely on it:",
        "- read each pattern: every word stands for all its forms, (this|that) for either, ..3 for up to three words between;",
        "- say in the label and title what you mean, and give the ids names that you will recognise in a report;",
        "- add the ways in which other sources put it, each with a `flag` test, and a `quiet` test for each that must not count.",
    ]
    .map(str::to_owned)
    .to_vec()
}
