//! Identity under change: a folder is mutated at random, by a fixed seed, and exactly the claims of the touched sentences change.
//!
//! Names and dates are written out in every sentence, so that none leans on another; a sentence that does changes rightly with it.

use gainsay::article::Article;
use gainsay::base::Limits;
use gainsay::conflicts::Options;
use gainsay::ingest::{self, Kit};
use gainsay::pipeline;
use gainsay::rules::{self, RuleSet};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

static RULES: LazyLock<RuleSet> = LazyLock::new(|| rules::load(&rules::Options::default()).expect("the shipped rules are clean"));
static KIT: LazyLock<Kit> = LazyLock::new(|| Kit::new(&RULES.lexicon, Limits::default()));

/// What articles are made of; many of them exclude or confirm each other.
const SENTENCES: [&str; 16] = [
    "Harbour chief Ilse Brandt said the port of Velm was closed on 5 May 2024.",
    "Harbour chief Ilse Brandt said the port of Velm was not closed on 5 May 2024.",
    "The fire at the Kessel mill killed 14 workers, rescue chief Tomas Ardel said on 6 May 2024.",
    "The fire at the Kessel mill killed 31 workers, rescue chief Tomas Ardel said on 6 May 2024.",
    "Karst Group bought the Lindqvist shipyard for 40 million euros on 3 May 2024.",
    "Karst Group did not buy the Lindqvist shipyard.",
    "The Interior Ministry of Halvern said that General Oskar Lind had won the election in Orsa.",
    "General Oskar Lind lost the election in Orsa on 4 May 2024.",
    "Mayor Ana Marin denied that the city of Orsa had sold the old bridge.",
    "The city of Orsa sold the old bridge on 2 May 2024, engineer Pavel Strand said.",
    "The railway union rejected the offer of Northline Rail on 7 May 2024.",
    "The railway union accepted the offer of Northline Rail on 7 May 2024.",
    "Professor Greta Holm leads the Institute for Tides in Velm.",
    "Professor Jonas Ek leads the Institute for Tides in Velm.",
    "The Corvin museum opened a hall of maps for children on 1 May 2024.",
    "Farmers near Tarnis harvested 900 tonnes of barley in April 2024.",
];
const OUTLETS: [&str; 3] = ["Corvin Gazette", "Daily Tern", "Halvern Post"];
const UNRELATED: &str = "Potato prices in the southern valleys fell for the third autumn. Agnes Whitlock, who runs a dairy in Upper Dorn, \
    expects butter to cost less by spring.";

#[derive(Clone)]
struct File {
    name: String,
    publisher: &'static str,
    /// Paragraphs of sentences, as indices.
    paragraphs: Vec<Vec<usize>>,
    /// Between sentences and between paragraphs.
    blanks: [&'static str; 2],
}

impl File {
    fn article(&self) -> Article {
        let paragraph = |sentences: &Vec<usize>| sentences.iter().map(|s| SENTENCES[*s]).collect::<Vec<_>>().join(self.blanks[0]);
        let text = self.paragraphs.iter().map(paragraph).collect::<Vec<_>>().join(self.blanks[1]);
        article(&self.name, self.publisher, &text)
    }
}

fn article(name: &str, publisher: &str, text: &str) -> Article {
    let stated =
        Article { publisher: Some(publisher.into()), published: "2024-05-08".parse().ok(), ..ingest::text(name, text, &KIT) };
    // The first paragraph is no headline.
    Article { title: None, title_span: None, headings: Vec::new(), skipped: Vec::new(), ..stated }
}

/// What a run says that must not hang on anything else in the folder.
#[derive(Debug, Default, PartialEq)]
struct Seen {
    /// By outlet and sentence: the fingerprints of its claims.
    claims: BTreeMap<(String, String), BTreeSet<String>>,
    /// Conflicts with the fingerprints of their sides and their rule.
    conflicts: BTreeMap<String, ([String; 2], String)>,
}

fn look(articles: Vec<Article>) -> Seen {
    let analysis = pipeline::check(articles, &RULES, &Limits::default(), &Options::default());
    let mut seen = Seen::default();
    for (reading, prints) in analysis.readings.iter().zip(&analysis.fingerprints) {
        for (claim, print) in reading.claims.iter().zip(prints) {
            let span = reading.document.sentences[claim.sentence as usize].span;
            let sentence = span.of(&reading.article.text).split_whitespace().collect::<Vec<_>>().join(" ");
            let outlet = reading.article.publisher.clone().unwrap_or_default();
            seen.claims.entry((outlet, sentence)).or_default().insert(print.to_string());
        }
    }
    for conflict in &analysis.found.conflicts {
        let print = |at: usize| {
            let place = conflict.claims[at];
            analysis.fingerprints[place.reading as usize][place.claim as usize].to_string()
        };
        let rule = RULES.rules[conflict.rule].id.clone();
        seen.conflicts.insert(conflict.id.to_string(), ([print(0), print(1)], rule));
    }
    seen
}

/// SplitMix64. Source: Steele, Lea & Flood 2014.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((x ^ (x >> 31)) % limit as u64) as usize
    }
}

/// One article an outlet, so that an outlet and a sentence name one claim's place.
fn folder(dice: &mut Dice) -> Vec<File> {
    let file = |(at, publisher): (usize, &&'static str)| {
        let mut left: Vec<usize> = (0..SENTENCES.len()).collect();
        let mut paragraphs = vec![Vec::new(); 3];
        for place in 0..6 {
            let taken = left.swap_remove(dice.below(left.len()));
            paragraphs[place / 2].push(taken);
        }
        File { name: format!("{at}.txt"), publisher, paragraphs, blanks: [" ", "\n\n"] }
    };
    OUTLETS.iter().enumerate().map(file).collect()
}

/// Changes a folder in one way; says which, and the outlet whose sentence was edited.
fn mutate(files: &mut [File], dice: &mut Dice) -> (&'static str, Option<&'static str>) {
    let at = dice.below(files.len());
    match dice.below(6) {
        0 => {
            let (from, to) = (dice.below(3), dice.below(3));
            files[at].paragraphs.swap(from, to);
            ("paragraphs moved", None)
        }
        1 => {
            files[at].name = format!("zebra/{}.txt", dice.below(1_000));
            ("a file renamed", None)
        }
        2 => {
            files.swap(0, at);
            ("arguments in another order", None)
        }
        3 => {
            let inside = [" ", "\n", "   ", "\n  "][dice.below(4)];
            files[at].blanks = [inside, ["\n\n", "\n\n\n", "\r\n\r\n"][dice.below(3)]];
            ("lines wrapped otherwise", None)
        }
        4 => ("an unrelated article beside them", None),
        _ => {
            let free: Vec<usize> =
                (0..SENTENCES.len()).filter(|s| !files[at].paragraphs.iter().flatten().any(|p| p == s)).collect();
            let (paragraph, place) = (dice.below(3), dice.below(2));
            files[at].paragraphs[paragraph][place] = free[dice.below(free.len())];
            ("a sentence edited", Some(files[at].publisher))
        }
    }
}

#[test]
fn exactly_the_touched_claims_change() {
    let mut dice = Dice(20_240_508);
    let mut met = BTreeSet::new();
    for round in 0..60 {
        let mut files = folder(&mut dice);
        let before = look(files.iter().map(File::article).collect());
        let (what, edited) = mutate(&mut files, &mut dice);
        met.insert(what);
        let mut articles: Vec<Article> = files.iter().map(File::article).collect();
        if what.starts_with("an unrelated") {
            articles.insert(dice.below(4), article("dairy.txt", "Valley Letter", UNRELATED));
        }
        let mut after = look(articles);
        after.claims.retain(|(outlet, _), _| outlet != "Valley Letter");
        let texts: Vec<_> = files.iter().map(|file| file.article().text).collect();
        let told = format!("round {round}: {what}\n{}", texts.join("\n---\n"));
        let touched: BTreeSet<_> = before
            .claims
            .keys()
            .chain(after.claims.keys())
            .filter(|key| before.claims.get(*key) != after.claims.get(*key))
            .collect();
        match edited {
            None => assert!(touched.is_empty(), "{told}\n{touched:?}"),
            // One sentence went, another came.
            Some(outlet) => {
                assert!(touched.iter().all(|(of, _)| of == outlet), "{told}\n{touched:?}");
                assert_eq!(touched.len(), 2, "{told}\n{touched:?}");
            }
        }
        let prints = |seen: &Seen| seen.claims.values().flatten().cloned().collect::<BTreeSet<_>>();
        let (old, new) = (prints(&before), prints(&after));
        // What an article leads with is its story, and whether it tells a denial itself counts: conflicts of whole stories may go
        // with a move, and those of the edited article with the edit.
        let of_edited = |seen: &Seen, side: &String| {
            seen.claims.iter().any(|((of, _), prints)| Some(of.as_str()) == edited && prints.contains(side))
        };
        let stays = |seen: &Seen| -> BTreeSet<String> {
            let kept =
                |side: &String| old.contains(side) && new.contains(side) && !of_edited(&before, side) && !of_edited(&after, side);
            let untouched = |sides: &[String; 2]| sides.iter().all(kept);
            let lone = seen.conflicts.iter().filter(|(_, (sides, rule))| untouched(sides) && rule != "story-refuted");
            lone.map(|(id, _)| id.clone()).collect()
        };
        assert_eq!(stays(&before), stays(&after), "{told}");
    }
    assert_eq!(met.len(), 6, "every kind of change is met: {met:?}");
}
