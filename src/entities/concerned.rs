//! The few declarations that can bear on a few sentences.
//!
//! In: all declarations, once; then readings. Out: those by which [`super::resolve`] comes to the same as by all of them: whose names
//! share a word with what is named there, the states that a capital may stand for, and whom any of these speak for or are part of.
//! For rule sets that try thousands of single sentences under hundreds of declarations.

use super::Declared;
use super::alias::Sets;
use super::metonym::stands_for;
use crate::base::letters::sound;
use crate::claims::{EntityKind, Reading};
use crate::lexicon::Lexicon;
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;

/// Declarations by the words of their names.
pub struct Declarations<'a> {
    all: &'a [Declared],
    lexicon: &'a Lexicon,
    by_word: FxHashMap<String, Vec<usize>>,
    by_id: FxHashMap<&'a str, usize>,
    /// Groups have no names of their own.
    groups: Vec<usize>,
}

impl<'a> Declarations<'a> {
    /// Sorts declarations by the words of their names.
    pub fn new(all: &'a [Declared], lexicon: &'a Lexicon) -> Self {
        let sets = Sets::new(lexicon);
        let mut by_word: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        for (at, declared) in all.iter().enumerate() {
            let names = declared.names.iter().chain(&declared.adjectives);
            let words: BTreeSet<String> = names.flat_map(|name| forms(&sets.key(name))).collect();
            words.into_iter().for_each(|word| by_word.entry(word).or_default().push(at));
        }
        let by_id = all.iter().enumerate().map(|(at, declared)| (declared.id.as_str(), at)).collect();
        let groups = all.iter().enumerate().filter(|(_, d)| d.kind == EntityKind::Group).map(|(at, _)| at).collect();
        Self { all, lexicon, by_word, by_id, groups }
    }

    /// Those that can bear on readings, in the order of the declarations.
    pub fn of(&self, readings: &[Reading]) -> Vec<Declared> {
        let sets = Sets::new(self.lexicon);
        let mut open: Vec<usize> = self.groups.clone();
        for reading in readings {
            for mention in &reading.mentions {
                let words = forms(&sets.key(&mention.name));
                open.extend(words.iter().filter_map(|word| self.by_word.get(word)).flatten());
                open.extend(stands_for(mention, &reading.document, self.lexicon).and_then(|id| self.by_id.get(id)));
            }
        }
        let mut concerned = BTreeSet::new();
        while let Some(at) = open.pop() {
            if concerned.insert(at) {
                let above = self.all[at].speaks_for.iter().chain(&self.all[at].part_of);
                open.extend(above.filter_map(|id| self.by_id.get(id.as_str())));
            }
        }
        concerned.into_iter().map(|at| self.all[at].clone()).collect()
    }
}

/// The forms under which names are compared: words without a plural's ending, and their sound.
fn forms(words: &[String]) -> Vec<String> {
    let single = |word: &String| word.strip_suffix('s').unwrap_or(word).to_owned();
    words.iter().flat_map(|word| [single(word), sound(word)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Limits;
    use crate::entities::{Entities, EntityIx, resolve};
    use crate::rules::{Options, RuleSet, load};

    /// Whom each mention names, whom that one speaks for and is part of.
    fn named(readings: &[Reading], declared: &[Declared], lexicon: &Lexicon) -> Vec<(usize, u32, Vec<String>)> {
        let entities = resolve(readings, declared, lexicon);
        let ids = |entities: &Entities, at: EntityIx| {
            let entity = entities.get(at);
            let above = entity.speaks_for.iter().chain(&entity.part_of).map(|at| entities.get(*at).id.clone());
            std::iter::once(format!("{} {:?}", entity.id, entity.kind)).chain(above).collect::<Vec<_>>()
        };
        let mentions = readings.iter().enumerate().flat_map(|(at, r)| (0..r.mentions.len() as u32).map(move |m| (at, m)));
        mentions.filter_map(|(at, m)| Some((at, m, ids(&entities, entities.entity_of(at, m)?)))).collect()
    }

    /// How many declarations concern two texts, which are resolved alike by them and by all.
    fn check(rules: &RuleSet, texts: [&str; 2]) -> usize {
        let article = |text: &str| crate::article::Article { id: text.into(), text: text.into(), ..Default::default() };
        let readings = crate::pipeline::read_all(texts.map(article).into(), &rules.lexicon, &Limits::default());
        let all = rules.declared();
        let some = Declarations::new(&all, &rules.lexicon).of(&readings);
        assert_eq!(named(&readings, &some, &rules.lexicon), named(&readings, &all, &rules.lexicon), "{texts:?}");
        some.iter().filter(|declared| declared.kind != EntityKind::Group).count()
    }

    #[test]
    fn the_declarations_concerned_do_as_well_as_all() {
        let rules = load(&Options::default()).unwrap_or_else(|errors| panic!("{errors}"));
        assert_eq!(check(&rules, ["The choir sang.", "The quarry is dry."]), 0);
        let least = |texts| assert!(check(&rules, texts) > 0, "{texts:?}");
        least(["Moscow said it would not withdraw.", "Russian troops left the town, Kyiv said."]);
        least(["The Ukrainians crossed the river.", "The U.N. Security Council met in Paris."]);
        least(["Sergei Lavrov met the French president.", "The White House denied it."]);
        for rule in &rules.rules {
            let cases = rule.tests.flag.iter().chain(&rule.tests.quiet).step_by(3);
            cases.for_each(|case| assert!(check(&rules, [&case.a.text, &case.b.text]) < 40));
        }
    }
}
