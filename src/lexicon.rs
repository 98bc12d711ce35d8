//! Typed word tables from the `lexicons` sections of rule files: cues, negators, hedges, units, titles and the rest.
//!
//! In: [`LexiconFile`]s in the order of their packs; a later entry for the same word replaces the earlier one.
//! Out: [`Lexicon`], compiled once. Knows no claims and no rules; the words themselves live under `rules/lexicon/`.

mod exclusive;
mod file;
mod kindred;
mod phrases;

pub use exclusive::{ExclusiveClass, Exclusives, Membership};
pub use file::*;
pub use kindred::Kindred;
pub use phrases::Phrases;

use crate::base::Sym;
use crate::claims::{Commitment, Modality};
use rustc_hash::FxHashMap;

/// The word tables of one run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lexicon {
    /// Words that introduce what someone says, thinks or brings about.
    pub cues: Phrases<CueRow>,
    /// Words that say of their complement whether it is so, without reporting anyone's speech: manage, fail, be likely, be true.
    pub implicatives: Phrases<CueRow>,
    /// Words that negate.
    pub negators: Phrases<Reach>,
    /// Phrases that look like negators and are none ("not only"); they win over `negators`.
    pub not_negators: Phrases<()>,
    /// Conjunctions at which a reach ends.
    pub stops: Phrases<()>,
    /// Words that lower certainty.
    pub hedges: Phrases<HedgeRow>,
    /// Partner words with opposite meaning, both ways; `true` where the pair is complementary.
    pub opposites: FxHashMap<Sym, Vec<(Sym, bool)>>,
    /// "about", "at least", "up to".
    pub approximators: Phrases<Approximation>,
    /// Unit words with their base unit and scale.
    pub units: Phrases<UnitRow>,
    /// Titles and offices; `true` where only one person holds it at a time.
    pub titles: Phrases<bool>,
    /// Family of a word: words of one family name one kind of event or thing.
    pub families: FxHashMap<Sym, Vec<u32>>,
    /// Claim, assertion, allegation.
    pub claim_nouns: Phrases<()>,
    /// Lack, absence.
    pub lack_nouns: Phrases<()>,
    /// Hold, take place, there is.
    pub support_verbs: Phrases<()>,
    /// Despite, after, amid.
    pub presupposers: Phrases<()>,
    /// If, unless, provided that.
    pub conditionals: Phrases<()>,
    /// Whether, question words.
    pub questions: Phrases<()>,
    /// Plan to, be set to, will.
    pub plans: Phrases<()>,
    /// Final, formal, publicly: a denial of the restricted thing denies no more than that.
    pub restrictors: Phrases<()>,
    /// Including, among them, of whom.
    pub part_markers: Phrases<()>,
    /// Meet, agree, talk: events whose participants have no order.
    pub symmetric: Phrases<()>,
    /// All, half, most: share in percent.
    pub extents: Phrases<f64>,
    /// Former, then, acting: whether the office is held at the article's date.
    pub tenure: Phrases<bool>,
    /// Capitals and seats that stand for an entity.
    pub metonyms: Phrases<String>,
    /// Groups of spellings of one given name ("Sergei", "Serhiy"); a name can be in several.
    pub name_variants: FxHashMap<Sym, Vec<u32>>,
    /// Names and adjectives of declared entities in lower case, with what they name.
    pub named: Phrases<NamedRow>,
    /// Phrases of site furniture, lower case, with the reason to print, in file order.
    pub furniture: Vec<(String, String)>,
    /// Number words and their values, by kind.
    pub number_words: FxHashMap<(NumberKind, Sym), f64>,
    /// Months, weekdays, time units and relative days.
    pub calendar: FxHashMap<Sym, CalendarRow>,
    /// Words that exclude each other within one scene.
    pub exclusives: Exclusives,
    /// Words by which one scene is told in two ways.
    pub kindred: Kindred,
    /// Further lists by name, for mechanisms that need a plain set of words.
    pub sets: FxHashMap<&'static str, Phrases<()>>,
    families_made: u32,
    variants_made: u32,
}

impl Lexicon {
    /// Compiles word tables, later files over earlier ones.
    pub fn compile<'a>(files: impl IntoIterator<Item = &'a LexiconFile>) -> Self {
        let mut lexicon = Self::default();
        files.into_iter().for_each(|file| lexicon.add(file));
        lexicon
    }

    /// The tables that ship with the program.
    pub fn built_in() -> &'static Self {
        static BUILT_IN: std::sync::LazyLock<Lexicon> = std::sync::LazyLock::new(|| {
            #[derive(serde::Deserialize)]
            struct File {
                lexicons: Option<LexiconFile>,
                entities: Option<Vec<NamedEntry>>,
            }
            let files = crate::base::pack::built_in();
            let mut lexicon = Lexicon::default();
            for file in &files {
                let decoded: File = crate::base::yaml::decode(&file.text).expect("a test decodes every shipped file");
                decoded.lexicons.iter().for_each(|tables| lexicon.add(tables));
                decoded.entities.iter().flatten().for_each(|entity| lexicon.name(entity));
            }
            lexicon
        });
        &BUILT_IN
    }

    /// Whether no table has been added yet.
    pub fn is_empty(&self) -> bool {
        self.cues.is_empty() && self.units.is_empty()
    }

    /// Adds one file's tables over what is there.
    pub fn add(&mut self, file: &LexiconFile) {
        for (rows, table) in [(&file.cues, &mut self.cues), (&file.implicatives, &mut self.implicatives)] {
            for row in rows {
                let value = CueRow {
                    speaker: row.speaker,
                    reporter: row.publisher.unwrap_or_default(),
                    negated: row.negated.unwrap_or_default(),
                    modality: row.modality,
                    denial: row.denial,
                    takes: row.takes.clone(),
                };
                row.words.iter().for_each(|word| table.insert(word, value.clone()));
            }
        }
        file.negators.iter().for_each(|row| put(&mut self.negators, &row.words, row.reach));
        file.hedges
            .iter()
            .for_each(|row| put(&mut self.hedges, &row.words, HedgeRow { lowers_to: row.lowers_to, modality: row.modality }));
        for row in &file.opposites {
            let [one, two] = [&row.pair[0], &row.pair[1]].map(|word| Sym::new(word));
            for (from, to) in [(one, two), (two, one)] {
                let partners = self.opposites.entry(from).or_default();
                partners.retain(|(old, _)| *old != to);
                partners.push((to, row.complementary));
            }
        }
        for row in &file.approximators {
            put(&mut self.approximators, &row.words, Approximation { percent: row.percent.unwrap_or(0.0), bound: row.bound });
        }
        for row in &file.units {
            put(&mut self.units, &row.words, UnitRow { unit: Sym::new(&row.unit), scale: row.scale.unwrap_or(1.0) });
        }
        file.titles.iter().for_each(|row| put(&mut self.titles, &row.words, row.single));
        for row in &file.families {
            let family = self.families_made;
            self.families_made += 1;
            row.words.iter().for_each(|word| self.families.entry(Sym::new(word)).or_default().push(family));
        }
        for row in &file.name_variants {
            let group = self.variants_made;
            self.variants_made += 1;
            row.words.iter().for_each(|word| self.name_variants.entry(Sym::new(word)).or_default().push(group));
        }
        file.extents.iter().for_each(|row| put(&mut self.extents, &row.words, row.share));
        file.tenure.iter().for_each(|row| put(&mut self.tenure, &row.words, row.held));
        file.metonyms.iter().for_each(|row| put(&mut self.metonyms, &lower(&row.words), row.entity.clone()));
        for row in &file.furniture {
            self.furniture.extend(row.phrases.iter().map(|phrase| (phrase.to_lowercase(), row.reason.clone())));
        }
        for row in &file.number_words {
            self.number_words.insert((row.kind, Sym::new(&row.word)), row.value);
        }
        for row in &file.calendar {
            let value = CalendarRow { kind: row.kind, value: row.value };
            self.calendar.extend(row.words.iter().map(|word| (Sym::new(word), value)));
        }
        for (list, table) in [
            (&file.not_negators, &mut self.not_negators),
            (&file.stops, &mut self.stops),
            (&file.claim_nouns, &mut self.claim_nouns),
            (&file.lack_nouns, &mut self.lack_nouns),
            (&file.support_verbs, &mut self.support_verbs),
            (&file.presupposers, &mut self.presupposers),
            (&file.conditionals, &mut self.conditionals),
            (&file.questions, &mut self.questions),
            (&file.plans, &mut self.plans),
            (&file.restrictors, &mut self.restrictors),
            (&file.part_markers, &mut self.part_markers),
            (&file.symmetric, &mut self.symmetric),
        ] {
            put(table, list, ());
        }
        file.exclusives.iter().for_each(|row| self.exclusives.add(row));
        self.kindred.add(&file.kindred, &file.within);
        for row in &file.sets {
            put(self.sets.entry(Sym::new(&row.name).as_str()).or_default(), &row.words, ());
        }
    }

    /// Adds the names of one declared entity, so that text shows its kind.
    pub fn name(&mut self, entity: &NamedEntry) {
        let Some(entity_name) = entity.names.first().map(|name| Sym::new(&name.to_lowercase())) else { return };
        let row = |adjective| NamedRow { kind: entity.kind, adjective, name: entity_name };
        put(&mut self.named, &lower(&entity.adjectives), row(true));
        put(&mut self.named, &lower(&entity.names), row(false));
    }

    /// Whether two given names (lower case) can be one: equal, spelt in another way, short for each other, or an initial.
    pub fn same_given_name(&self, one: &str, two: &str) -> bool {
        let groups = |name: &str| self.name_variants.get(&Sym::new(name));
        let initial = |short: &str, long: &str| short.chars().count() == 1 && long.starts_with(short);
        one == two
            || initial(one, two)
            || initial(two, one)
            || crate::base::letters::same_sound(one, two)
            || matches!((groups(one), groups(two)), (Some(a), Some(b)) if a.iter().any(|group| b.contains(group)))
    }

    /// Whether it is a base unit of some unit word.
    pub fn is_unit(&self, unit: Sym) -> bool {
        self.units.values().any(|row| row.unit == unit)
    }

    /// The words and signs of a unit, in alphabetical order.
    pub fn unit_words(&self, unit: &str) -> Vec<String> {
        let mut all: Vec<String> =
            self.units.phrases().filter(|(_, row)| row.unit.as_str() == unit).map(|(words, _)| words).collect();
        all.sort();
        all
    }

    /// Whether two words belong to one family, or are equal.
    pub fn same_family(&self, one: Sym, two: Sym) -> bool {
        let shares = |a: &Vec<u32>, b: &Vec<u32>| a.iter().any(|family| b.contains(family));
        one == two || matches!((self.families.get(&one), self.families.get(&two)), (Some(a), Some(b)) if shares(a, b))
    }

    /// A further list by its name; `None` where no file gives it.
    pub fn set(&self, name: &str) -> Option<&Phrases<()>> {
        self.sets.get(name)
    }
}

fn put<T: Clone>(table: &mut Phrases<T>, words: &[String], value: T) {
    for word in words {
        table.insert(word, value.clone());
        // Tokens part at hyphens, as the treebanks have it.
        if word.trim_matches('-').contains('-') {
            table.insert(&word.replace('-', " - "), value.clone());
        }
    }
}

fn lower(words: &[String]) -> Vec<String> {
    words.iter().map(|word| word.to_lowercase()).collect()
}

/// What the lexicon says of a cue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CueRow {
    /// What it commits its source to.
    pub speaker: Commitment,
    /// What it commits the one who reports it to.
    pub reporter: Commitment,
    /// The source's value where the cue is negated or asked.
    pub negated: Commitment,
    /// Modality of the content, where the cue sets one ("demand": required).
    pub modality: Option<Modality>,
    /// Whether it denies another's claim.
    pub denial: bool,
    /// Complements that make it a cue; empty for any.
    pub takes: Vec<Takes>,
}

/// What a hedge does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HedgeRow {
    /// The level it lowers to.
    pub lowers_to: crate::claims::Level,
    /// Modality it gives, where it gives one.
    pub modality: Option<Modality>,
}

/// How far a figure may lie off.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Approximation {
    /// Percent of the figure, either way.
    pub percent: f64,
    /// Which end is open.
    pub bound: Option<Bound>,
}

/// A unit word: `value × scale` of the base unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct UnitRow {
    /// Base unit.
    pub unit: Sym,
    /// How many base units one of it is.
    pub scale: f64,
}

/// What a declared name names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NamedRow {
    /// What it is.
    pub kind: crate::claims::EntityKind,
    /// Whether it is the adjective or the noun for its people ("Russian").
    pub adjective: bool,
    /// The first of the entity's names, by which its other names are the same.
    pub name: Sym,
}

/// A word of the calendar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CalendarRow {
    /// What it names.
    pub kind: CalendarKind,
    /// Number of the month (1–12) or weekday (1 is Monday), days from today, or days of a unit.
    pub value: i32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_tables_decode_and_answer() {
        let lexicon = Lexicon::built_in();
        assert_eq!(lexicon.units.word(Sym::new("mile")).map(|row| row.unit), Some(Sym::new("km")));
        assert_eq!(lexicon.number_words.get(&(NumberKind::Ordinal, Sym::new("third"))), Some(&3.0));
    }
}
