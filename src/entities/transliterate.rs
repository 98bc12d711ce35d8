//! Whether two full names are one person's: surnames that sound alike, given names that agree.

use crate::base::letters::sound;
use crate::lexicon::Lexicon;
use std::collections::BTreeMap;

/// Words of a person's full name in lower case, generation suffixes and marks removed.
pub(super) type Full = Vec<String>;

/// Letters under which spellings of one surname meet.
pub(super) fn surname(full: &[String]) -> String {
    full.last().map_or(String::new(), |last| sound(last))
}

fn is_initial(name: &str) -> bool {
    name.chars().count() == 1
}

fn middle(a: &[String], b: &[String]) -> bool {
    a.len() < 3 || b.len() < 3 || a[1].chars().next() == b[1].chars().next()
}

/// Whether two full names can be one person's.
fn agree(lexicon: &Lexicon, a: &[String], b: &[String]) -> bool {
    a.len() >= 2
        && b.len() >= 2
        && (a.last() == b.last() || surname(a) == surname(b) && a.last().is_some_and(|s| s.chars().count() >= 4))
        && lexicon.same_given_name(&a[0], &b[0])
        && middle(a, b)
}

/// Whether two full names differ by one slip of the pen in a long surname, given names being equal.
fn slip(a: &[String], b: &[String]) -> bool {
    let (x, y) = (surname(a), surname(b));
    a[0] == b[0]
        && !is_initial(&a[0])
        && x.chars().count() >= 6
        && y.chars().count() >= 6
        && x != y
        && strsim::osa_distance(&x, &y) == 1
}

/// Classes of full names that are one person's, each name with the number of its class.
///
/// `akin` says whether the bearers of two names have an office in common: only then is a slip of the pen believed.
pub(super) fn classes(lexicon: &Lexicon, names: &[Full], akin: &dyn Fn(usize, usize) -> bool) -> Vec<usize> {
    let mut class: Vec<usize> = (0..names.len()).collect();
    let mut by_surname: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut by_given: BTreeMap<(&str, Option<char>), Vec<usize>> = BTreeMap::new();
    for (at, name) in names.iter().enumerate().filter(|(_, name)| name.len() >= 2) {
        by_surname.entry(surname(name)).or_default().push(at);
        by_given.entry((&name[0], surname(name).chars().next())).or_default().push(at);
    }
    for bearers in by_surname.values() {
        let (short, whole): (Vec<usize>, Vec<usize>) = bearers.iter().partition(|at| is_initial(&names[**at][0]));
        for (i, one) in whole.iter().enumerate() {
            for two in &whole[i + 1..] {
                if agree(lexicon, &names[*one], &names[*two]) {
                    unite(&mut class, *one, *two);
                }
            }
        }
        // "J. Lee" is Joan or John only where the other is not about.
        for one in short {
            let mut fitting: Vec<usize> =
                whole.iter().filter(|two| agree(lexicon, &names[one], &names[**two])).map(|two| find(&class, *two)).collect();
            fitting.sort_unstable();
            fitting.dedup();
            if let [only] = fitting[..] {
                unite(&mut class, only, one);
            }
        }
    }
    for bearers in by_given.values() {
        for (i, one) in bearers.iter().enumerate() {
            for two in &bearers[i + 1..] {
                if slip(&names[*one], &names[*two]) && akin(*one, *two) {
                    unite(&mut class, *one, *two);
                }
            }
        }
    }
    (0..names.len()).map(|at| find(&class, at)).collect()
}

/// The root of a union-find forest.
pub(super) fn find(class: &[usize], mut at: usize) -> usize {
    while class[at] != at {
        at = class[at];
    }
    at
}

/// Joins two trees under the smaller root, so that the result does not hang on the order.
pub(super) fn unite(class: &mut [usize], one: usize, two: usize) {
    let (a, b) = (find(class, one), find(class, two));
    class[a.max(b)] = a.min(b);
}
