//! Tests of the tests: leaves one pattern or one guard out at a time and asks whether a case notices.
//!
//! In: a rule set. Out: one [`Mutation`] a mutant, in file order. Every case is read once; a mutant is tried on the cases of the
//! rules that it belongs to and on no others, so the cost follows the size of each rule, not the square of the set.

use super::case::Prepared;
use super::{Listed, Verdict, listed, verdict};
use crate::entities::Declarations;
use crate::rules::{Mutant, Rule, RuleSet, mutants};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// A mutant and who noticed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mutation {
    /// What was left out.
    pub mutant: Mutant,
    /// The first case that no longer passes: index of its rule, its list and its place there; `None` where all still pass.
    pub noticed: Option<(usize, &'static str, usize)>,
}

/// Tries every mutant of the rules that `wanted` picks. Cases that do not pass as things are notice nothing.
pub fn mutate(rules: &RuleSet, wanted: impl Fn(&Rule) -> bool) -> Vec<Mutation> {
    let all = mutants(rules, &wanted);
    let declared = rules.declared();
    let declared = Declarations::new(&declared, &rules.lexicon);
    let cases: Vec<Listed<'_>> = listed(rules, wanted).into_iter().filter(|(_, list, ..)| !list.starts_with("todo")).collect();
    let read: Vec<(Listed<'_>, Prepared)> = cases
        .into_par_iter()
        .map(|listed| (listed, Prepared::new(rules, &declared, listed.3)))
        .filter(|((rule, list, _, case), prepared)| verdict(&prepared.run(rules, *rule, false), list, case) == Verdict::Pass)
        .collect();
    let mut by_rule: BTreeMap<usize, Vec<&(Listed<'_>, Prepared)>> = BTreeMap::new();
    read.iter().for_each(|entry| by_rule.entry(entry.0.0).or_default().push(entry));
    // A copy of the set serves a run of mutants; what one leaves out is put back before the next.
    let run = all.len().div_ceil(rayon::current_num_threads() * 4).max(1);
    let tried: Vec<Vec<Mutation>> = all
        .par_chunks(run)
        .map(|chunk| {
            let mut set = rules.clone();
            chunk.iter().map(|mutant| one(&mut set, mutant, &by_rule)).collect()
        })
        .collect();
    tried.concat()
}

fn one(set: &mut RuleSet, mutant: &Mutant, by_rule: &BTreeMap<usize, Vec<&(Listed<'_>, Prepared)>>) -> Mutation {
    let undo = set.leave_out(mutant);
    let cases = mutant.rules.iter().filter_map(|rule| by_rule.get(rule)).flatten();
    let noticed = cases
        .map(|((rule, list, number, case), prepared)| ((*rule, *list, *number), *case, prepared))
        .find(|((rule, list, _), case, prepared)| verdict(&prepared.run(set, *rule, false), list, case) != Verdict::Pass)
        .map(|(place, ..)| place);
    set.put_back(undo);
    Mutation { mutant: mutant.clone(), noticed }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{Options, load};

    const BRIDGE: &str = "gainsay: 1
topics:
  - id: bridge
    title: Whether the bridge is open
    positions:
      - id: open
        label: the bridge is open
        says: ['bridge ..3 (open|reopen)', 'bridge be passable']
        unless: ['open wound']
        denied_as: closed
      - { id: closed, label: the bridge is closed, says: ['bridge be ..2 block'] }
    conflicts: [{ between: [open, closed] }]
rules:
  - id: bridge-state
    title: State of the bridge
    severity: error
    message: '{a.source}'
    position: { topic: bridge }
    where: { window: 7d }
    tests:
";

    /// One line a mutant: what was left out, and the case that noticed.
    fn check(tests: &str, expected: &[&str]) {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let path = folder.path().join("x.yml");
        std::fs::write(&path, format!("{BRIDGE}{tests}")).expect("it can be written");
        let options = Options { paths: vec![path], no_default_rules: true, ..Options::default() };
        let rules = load(&options).unwrap_or_else(|errors| panic!("{errors}"));
        let show = |mutation: Mutation| match mutation.noticed {
            Some((_, list, number)) => format!("{}: {list} {number}", mutation.mutant.what),
            None => format!("{}: nobody", mutation.mutant.what),
        };
        assert_eq!(mutate(&rules, |_| true).into_iter().map(show).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn what_no_test_needs_is_named() {
        check(
            "      flag: [{ a: 'The bridge reopened on Sunday.', b: 'The bridge was blocked.' }]
",
            &[
                "`says` of open: bridge ..3 (open|reopen): flag 1",
                "`says` of open: bridge be passable: nobody",
                "`unless` of open: open wound: nobody",
                "`denied_as` of open: closed: nobody",
                "`says` of closed: bridge be ..2 block: flag 1",
                "`where`, `window`: nobody",
            ],
        );
    }

    #[test]
    fn each_test_notices_what_it_stands_for() {
        check(
            "      flag:
        - { a: 'The bridge reopened on Sunday.', b: 'The bridge was blocked.' }
        - { a: 'The bridge is passable.', b: 'The bridge is not passable.', expect: { b: closed } }
      quiet:
        - { a: 'The bridge is an open wound.', b: 'The bridge is blocked.', because: unless }
        - { a: { date: 2025-03-01, text: 'The bridge reopened.' }, b: { date: 2025-05-01, text: 'The bridge was blocked.' }, because: window }
",
            &[
                "`says` of open: bridge ..3 (open|reopen): flag 1",
                "`says` of open: bridge be passable: flag 2",
                "`unless` of open: open wound: quiet 1",
                "`denied_as` of open: closed: flag 2",
                "`says` of closed: bridge be ..2 block: flag 1",
                "`where`, `window`: quiet 2",
            ],
        );
    }
}
