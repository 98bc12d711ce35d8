//! Literate cases under `tests/cases/entities/*.md`: a heading is a test, its prose says what and why, `article` blocks are read by
//! the real extractor and resolved together, and the `expect` block says who is whom.
//!
//! Lines of an expectation; an operand is `PHRASE`, `PHRASE#2` for its second place, or `b: PHRASE` in the second article:
//! `same: X ~ Y`, `same: X ~ Y by surname`, `apart: X ~ Y`, `loose: X` (leads to nothing), `kind: X = person`, `title: X = TEXT`,
//! `speaks: X ~ ID` (to the end; an operand or a declared id), `silent: X` (for nobody), `side: X ~ Y = cross-side`,
//! `entity: X = ID`, `absent: X` (is no mention). Lines after `todo:` are known misses: one that starts to pass is reported.

use crate::literate;
use gainsay::article::Article;
use gainsay::base::Limits;
use gainsay::claims::{MentionForm, Reading};
use gainsay::entities::{Declared, Entities, EntityIx};
use gainsay::lexicon::Lexicon;
use gainsay::pipeline;
use std::fmt::Write as _;

fn article(block: &str, at: usize) -> Article {
    Article { id: format!("{}.txt", (b'a' + at as u8) as char), ..literate::article(block) }
}

/// What the shipped files declare: enough of their shape to hand it over as the rule loader does.
fn declared() -> Vec<Declared> {
    #[derive(serde::Deserialize)]
    struct File {
        entities: Option<Vec<Row>>,
    }
    #[derive(serde::Deserialize)]
    struct Row {
        id: String,
        #[serde(rename = "type")]
        kind: gainsay::claims::EntityKind,
        names: Vec<String>,
        #[serde(default)]
        adjectives: Vec<String>,
        speaks_for: Option<String>,
        part_of: Option<String>,
    }
    let files = gainsay::base::pack::built_in();
    let rows = files
        .iter()
        .flat_map(|f| gainsay::base::yaml::decode::<File>(&f.text).expect("shipped files decode").entities.unwrap_or_default());
    rows.map(|r| Declared {
        id: r.id,
        kind: r.kind,
        names: r.names,
        adjectives: r.adjectives,
        speaks_for: r.speaks_for.into_iter().collect(),
        part_of: r.part_of,
        ..Declared::default()
    })
    .collect()
}

struct Run {
    readings: Vec<Reading>,
    entities: Entities,
}

impl Run {
    fn new(articles: Vec<Article>) -> Self {
        let lexicon = Lexicon::built_in();
        let readings = pipeline::read_all(articles, lexicon, &Limits::default());
        let entities = gainsay::entities::resolve(&readings, &declared(), lexicon);
        Self { readings, entities }
    }

    /// Article and mention of an operand.
    fn find(&self, operand: &str) -> Result<(usize, u32), String> {
        let operand = operand.trim();
        let (article, phrase) = match operand.split_once(": ") {
            Some((letter, phrase)) if letter.len() == 1 => ((letter.as_bytes()[0] - b'a') as usize, phrase),
            _ => (0, operand),
        };
        let (phrase, turn) = match phrase.rsplit_once('#') {
            Some((phrase, turn)) => (phrase, turn.parse::<usize>().map_err(|_| format!("no number in {operand}"))?),
            None => (phrase, 1),
        };
        let reading = self.readings.get(article).ok_or(format!("no article for {operand}"))?;
        let hits = |bare: bool| {
            reading.mentions.iter().enumerate().filter(move |(_, m)| {
                let text = m.span.of(&reading.article.text);
                if bare { m.form == MentionForm::Name && m.name == phrase } else { text == phrase }
            })
        };
        let found = hits(false).nth(turn - 1).or_else(|| hits(true).nth(turn - 1));
        found.map(|(at, _)| (article, at as u32)).ok_or_else(|| format!("no mention {operand}"))
    }

    fn leader(&self, at: (usize, u32)) -> u32 {
        self.readings[at.0].mentions[at.1 as usize].leader
    }

    fn entity(&self, at: (usize, u32)) -> Option<EntityIx> {
        self.entities.speaker_of(at.0, at.1)
    }

    fn same(&self, one: (usize, u32), two: (usize, u32)) -> bool {
        let led = one.0 == two.0 && self.leader(one) == self.leader(two);
        led || self.entity(one).is_some() && self.entity(one) == self.entity(two)
    }

    fn holds(&self, line: &str) -> Result<(), String> {
        let (verb, rest) = line.split_once(": ").ok_or("no verb")?;
        let two = || rest.split_once(" ~ ").ok_or("two operands wanted".to_owned());
        match verb {
            "same" => {
                let (one, other) = two()?;
                let (other, rule) = other.split_once(" by ").map_or((other, None), |(o, rule)| (o, Some(rule)));
                let (a, b) = (self.find(one)?, self.find(other)?);
                if !self.same(a, b) {
                    return Err(format!("apart: {}", self.describe(&[a, b])));
                }
                let rules = [a, b].map(|(article, m)| self.readings[article].mentions[m as usize].joined_by);
                match rule {
                    Some(rule) if !rules.contains(&Some(rule)) => Err(format!("joined by {rules:?}")),
                    _ => Ok(()),
                }
            }
            "apart" => {
                let (a, b) = two()?;
                let (a, b) = (self.find(a)?, self.find(b)?);
                if self.same(a, b) { Err(format!("same: {}", self.describe(&[a, b]))) } else { Ok(()) }
            }
            "loose" => {
                let at = self.find(rest)?;
                if self.leader(at) == at.1 { Ok(()) } else { Err(self.describe(&[at])) }
            }
            "absent" => self.find(rest).map_or(Ok(()), |at| Err(self.describe(&[at]))),
            "kind" => {
                let (operand, kind) = rest.split_once(" = ").ok_or("no kind")?;
                let at = self.find(operand)?;
                let own = self.entity(at).map(|e| self.entities.get(e).kind);
                let own = own.unwrap_or(self.readings[at.0].mentions[at.1 as usize].kind);
                if format!("{own:?}").to_lowercase() == kind.trim() { Ok(()) } else { Err(format!("{own:?}")) }
            }
            "title" => {
                let (operand, title) = rest.split_once(" = ").ok_or("no title")?;
                let at = self.find(operand)?;
                let own = self.readings[at.0].mentions[at.1 as usize].title.as_deref().unwrap_or("none");
                if own == title.trim() { Ok(()) } else { Err(own.to_owned()) }
            }
            "entity" => {
                let (operand, id) = rest.split_once(" = ").ok_or("no id")?;
                let own = self.entity(self.find(operand)?).map_or("none", |e| &self.entities.get(e).id);
                if own == id.trim() { Ok(()) } else { Err(own.to_owned()) }
            }
            "speaks" => {
                let (operand, body) = two()?;
                let at = self.find(operand)?;
                let body = match self.entities.by_id(body.trim()) {
                    Some(body) => body,
                    None => {
                        let body = self.find(body)?;
                        // A body without name is met by the mention alone.
                        let direct = self.readings[at.0].mentions[at.1 as usize].speaks_for;
                        if direct.is_some_and(|d| at.0 == body.0 && self.leader((at.0, d)) == self.leader(body)) {
                            return Ok(());
                        }
                        self.entity(body).ok_or("the body is no entity")?
                    }
                };
                let all = self.spoken(at);
                if all.contains(&body) {
                    Ok(())
                } else {
                    Err(format!("speaks for {:?}", all.iter().map(|e| &self.entities.get(*e).id).collect::<Vec<_>>()))
                }
            }
            "silent" => {
                let at = self.find(rest)?;
                let all = self.spoken(at);
                if all.is_empty() {
                    Ok(())
                } else {
                    Err(format!("speaks for {:?}", all.iter().map(|e| &self.entities.get(*e).id).collect::<Vec<_>>()))
                }
            }
            "side" => {
                let (pair, side) = rest.split_once(" = ").ok_or("no side")?;
                let (a, b) = pair.split_once(" ~ ").ok_or("two operands wanted")?;
                let (a, b) = (self.entity(self.find(a)?), self.entity(self.find(b)?));
                let (a, b) = (a.ok_or("a is no entity")?, b.ok_or("b is no entity")?);
                let own = self.entities.side(a, b).name();
                if own == side.trim() { Ok(()) } else { Err(own.to_owned()) }
            }
            _ => Err("unknown verb".to_owned()),
        }
    }

    fn spoken(&self, at: (usize, u32)) -> Vec<EntityIx> {
        match self.entity(at) {
            Some(entity) => self.entities.speaks_for(entity).into_iter().collect(),
            None => {
                let direct = self.readings[at.0].mentions[at.1 as usize].speaks_for;
                let body = direct.and_then(|d| self.entity((at.0, d)));
                body.into_iter().flat_map(|b| std::iter::once(b).chain(self.entities.speaks_for(b))).collect()
            }
        }
    }

    fn describe(&self, places: &[(usize, u32)]) -> String {
        let show = |at: &(usize, u32)| {
            let reading = &self.readings[at.0];
            let leader = &reading.mentions[self.leader(*at) as usize];
            let id = self.entity(*at).map_or("-", |e| &self.entities.get(e).id);
            format!("[{} led by {:?} {:?} {id} {:?}]", at.1, leader.name, leader.kind, reading.mentions[at.1 as usize].joined_by)
        };
        places.iter().map(show).collect::<Vec<_>>().join(" ")
    }
}

#[test]
fn names_lead_where_the_cases_say() {
    let (mut failures, mut passed) = (String::new(), 0);
    for case in literate::cases("entities") {
        let run = Run::new(case.articles.iter().enumerate().map(|(at, block)| article(block, at)).collect());
        let mut todo = false;
        for line in case.expect.lines().map(str::trim).filter(|l| !l.is_empty()) {
            if line == "todo:" {
                todo = true;
                continue;
            }
            match (run.holds(line), todo) {
                (Ok(()), false) => passed += 1,
                (Ok(()), true) => writeln!(failures, "{}\n    passes now: {line}", case.name).expect("strings take all"),
                (Err(why), false) => writeln!(failures, "{}\n    {line}\n      but {why}", case.name).expect("strings take all"),
                (Err(_), true) => {}
            }
        }
    }
    assert!(failures.is_empty(), "{passed} lines hold\n{failures}");
}

/// Ids by article and mention text, for the articles of one run.
fn ids(articles: &[Article]) -> std::collections::BTreeMap<(String, u32), Option<String>> {
    let run = Run::new(articles.to_vec());
    let mut out = std::collections::BTreeMap::new();
    for (at, reading) in run.readings.iter().enumerate() {
        for mention in 0..reading.mentions.len() as u32 {
            let id = run.entity((at, mention)).map(|e| run.entities.get(e).id.clone());
            out.insert((reading.article.id.clone(), mention), id);
        }
    }
    out
}

fn story() -> Vec<Article> {
    let texts = [
        "Kremlin spokesman Pavel Orlin said Moscow had not rejected the plan. Orlin met Steve Wolkoff in Geneva.",
        "U.S. envoy Steve Volkoff left Geneva on Friday. He said the plan, which Orlin had praised, was alive.",
        "Two officials said Wolkoff would return to Geneva. They declined to be named.",
    ];
    texts
        .iter()
        .enumerate()
        .map(|(at, text)| Article { id: format!("{at}.txt"), text: (*text).to_owned(), ..Article::default() })
        .collect()
}

#[test]
fn the_order_of_articles_does_not_matter() {
    let articles = story();
    let mut turned = articles.clone();
    turned.reverse();
    assert_eq!(ids(&articles), ids(&turned));
}

#[test]
fn an_unrelated_article_changes_no_id() {
    let mut articles = story();
    let before = ids(&articles);
    articles.push(Article {
        id: "x.txt".to_owned(),
        text: "Halvern Corp. cut its forecast. Chief executive Ruth Amsel said orders from Brazil had fallen. She blamed the weather.".to_owned(),
        ..Article::default()
    });
    let after = ids(&articles);
    for (place, id) in before {
        assert_eq!(after.get(&place), Some(&id), "{place:?}");
    }
}
