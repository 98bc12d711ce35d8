//! A folder of articles → topics for the matters on which its sources differ.
//!
//! In: what the folder's articles say and the rules in force. Out: a rule file, with what each proposal rests on as comments. Every proposal
//! has been run over the folder and has passed `rules check` and its own tests; the order is that of [`weigh::Weight`]. Reads no files
//! and prints nothing.

mod cover;
mod evidence;
mod matter;
mod name;
mod weigh;

use super::proof::Met;
use super::sheet::{self, Body, Sheet};
use super::words::Words;
use super::{Shop, figure, pair, proof, topic};
use crate::conflicts::detectors::Context;
use crate::conflicts::{self, ClaimRef, Facts, survey};
use crate::pipeline::Analysis;
use crate::rules::schema::Says;
use cover::Field;
use matter::Matter;
use pair::{Pair, Shape};
use std::collections::{BTreeMap, BTreeSet};
use weigh::{Finds, Weight};

/// Pairs of a matter that are tried as its test.
const TRIED: usize = 4;

/// What is proposed.
#[derive(Clone, Debug)]
pub struct Suggested {
    /// A rule file; without proposals only a comment that says so.
    pub text: String,
    /// How many proposals are in it.
    pub count: usize,
}

/// A draft with the matter that it was made for and what it finds.
struct Draft {
    sheet: Sheet,
    matter: Matter,
    finds: Finds,
    weight: Weight,
}

impl Shop<'_> {
    /// Topics for the matters on which the sources of a folder differ, at most `most`, the weightiest first.
    pub fn suggest(&self, analysis: &Analysis, most: usize) -> Suggested {
        let facts = Facts::gather(&analysis.readings, &analysis.who, &self.rules.lexicon);
        let mut chosen: Vec<Sheet> = Vec::new();
        // By sentence: a phrase and its clause are two claims that say one thing.
        let told = |at: &ClaimRef| (at.reading, facts.readings[at.reading as usize].claims[at.claim as usize].sentence);
        let sentences = |pairs: &BTreeSet<[ClaimRef; 2]>| pairs.iter().map(|[a, b]| [told(a), told(b)]).collect::<BTreeSet<_>>();
        let mut covered = sentences(&weigh::known(self.rules, analysis));
        for draft in self.drafts(&facts, analysis) {
            if chosen.len() == most {
                break;
            }
            let found = sentences(&draft.finds.pairs);
            if found.difference(&covered).count() * 2 <= found.len() {
                continue;
            }
            if let Some(mut sheet) = self.tested(&facts, &draft) {
                let place = format!("{}. {}", chosen.len() + 1, sheet_title(&sheet));
                let notes = evidence::notes(&facts, &sheet, &draft.matter, &draft.finds, &draft.weight);
                sheet.notes = std::iter::once(place).chain(notes).chain(std::mem::take(&mut sheet.notes)).collect();
                chosen.push(sheet);
                covered.extend(found);
            }
        }
        let articles = analysis.readings.len();
        Suggested { text: sheet::file(&head(chosen.len(), articles), &chosen), count: chosen.len() }
    }

    /// Drafts for the matters of a folder, the weightiest first.
    fn drafts(&self, facts: &Facts, analysis: &Analysis) -> Vec<Draft> {
        let words = Words { facts, rules: self.rules };
        let options = conflicts::Options::default();
        let cx = Context { facts, rules: self.rules, found: &analysis.taken, options: &options };
        let wanted: Vec<bool> = (0..analysis.readings.len())
            .map(|at| analysis.voices.first.get(at).is_none_or(|first| *first as usize == at))
            .collect();
        let pairs = matter::opposed(facts, &survey::meeting(&cx, &wanted));
        let matters = matter::matters(facts, &pairs);
        let says = self.says_of(words, analysis, &matters);
        let sheet =
            |(matter, says): (Matter, [Vec<Says>; 2])| Some((sheet_of(words, &matter, &says, &Finds::default())?, matter, says));
        let told: Vec<(Sheet, Matter, [Vec<Says>; 2])> = matters.into_iter().zip(says).filter_map(sheet).collect();
        let mut sheets: Vec<Sheet> = told.iter().map(|(sheet, ..)| sheet.clone()).collect();
        self.rename_all(&mut sheets);
        let finds = weigh::finds(self.options, &sheets, analysis);
        let draft = |((sheet, mut matter, says), finds): ((Sheet, Matter, [Vec<Says>; 2]), Finds)| {
            matter.lead = name::lead(words, &matter, &finds);
            let says = says.map(|says| self.telling(says, analysis, &finds));
            let sheet = sheet_of(words, &matter, &says, &finds).unwrap_or(sheet);
            let spoken_of = cover::thing(words, &matter).map_or(0, |thing| {
                let has = |reading: &&crate::claims::Reading| reading.document.tokens.iter().any(|token| token.lemma == thing);
                analysis.readings.iter().filter(has).count()
            });
            let weight = Weight::of(facts, analysis, &finds, &matter, spoken_of);
            Draft { sheet, matter, finds, weight }
        };
        let found = told.into_iter().zip(finds).filter(|(_, finds)| !finds.pairs.is_empty());
        let mut drafts: Vec<Draft> = found.map(draft).collect();
        drafts.sort_by_key(|draft| (std::cmp::Reverse(draft.weight.score()), draft.matter.lead.sides));
        let mut sheets: Vec<Sheet> = drafts.iter().map(|draft| draft.sheet.clone()).collect();
        self.rename_all(&mut sheets);
        drafts.iter_mut().zip(sheets).for_each(|(draft, sheet)| draft.sheet = sheet);
        drafts
    }

    /// The patterns of each matter's answers, as few as meet its claims.
    fn says_of(&self, words: Words, analysis: &Analysis, matters: &[Matter]) -> Vec<[Vec<Says>; 2]> {
        let candidates: Vec<[Vec<Says>; 2]> =
            matters.iter().map(|matter| [0, 1].map(|answer| cover::candidates(words, matter, answer))).collect();
        let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
        let mut all: Vec<Says> = Vec::new();
        for says in candidates.iter().flatten().flatten() {
            numbers.entry(sheet::shown(says)).or_insert_with(|| {
                all.push(says.clone());
                all.len() - 1
            });
        }
        let met = proof::met(self.options, &all, &analysis.readings, &analysis.entities);
        let met_by = |says: &Says| numbers.get(&sheet::shown(says)).map_or(&[][..], |at| &met[*at]);
        let chosen = |matter: &Matter, answer: usize, candidates: &[Says]| {
            let met: Vec<&[Met]> = candidates.iter().map(met_by).collect();
            Field::new(words, matter, answer).chosen(candidates, &met)
        };
        let both = |(matter, [one, two]): (&Matter, &[Vec<Says>; 2])| [chosen(matter, 0, one), chosen(matter, 1, two)];
        matters.iter().zip(&candidates).map(both).collect()
    }

    /// The patterns without which a conflict that the draft finds would be missed; one at least.
    fn telling(&self, says: Vec<Says>, analysis: &Analysis, finds: &Finds) -> Vec<Says> {
        if says.len() < 2 {
            return says;
        }
        let met = proof::met(self.options, &says, &analysis.readings, &analysis.entities);
        let opposed: BTreeSet<(u32, u32)> = finds.pairs.iter().flatten().map(|at| (at.reading, at.claim)).collect();
        let tells = |met: &[Met]| met.iter().any(|m| opposed.contains(&(m.reading as u32, m.claim as u32)));
        let kept: Vec<Says> = says.iter().zip(&met).filter(|(_, met)| tells(met)).map(|(says, _)| says.clone()).collect();
        if kept.is_empty() { says.into_iter().take(1).collect() } else { kept }
    }

    fn rename_all(&self, sheets: &mut [Sheet]) {
        let mut seen: BTreeSet<String> = BTreeSet::new();
        for sheet in sheets {
            self.rename(sheet, &seen);
            seen.insert(sheet.id().to_owned());
        }
    }

    /// The draft with tests that pass, made from the first pair of its matter that gives some.
    fn tested(&self, facts: &Facts, draft: &Draft) -> Option<Sheet> {
        let found = |pair: &&Pair| name::is_found(facts, &draft.finds, pair);
        let (first, rest): (Vec<&Pair>, Vec<&Pair>) = draft.matter.pairs.iter().partition(found);
        let lead = std::iter::once(&draft.matter.lead);
        for pair in lead.chain(first).chain(rest).take(TRIED) {
            let [ones, others] = pair.sides.map(|at| evidence::sides(facts, &facts.list[at]));
            let pair = Pair { swapped: false, ..pair.clone() };
            // What stands in the articles first; where that does not do alone, what is put more plainly.
            let mut forms: Vec<(usize, usize)> = (0..ones.len()).flat_map(|i| (0..others.len()).map(move |j| (i, j))).collect();
            forms.sort_by_key(|(i, j)| (i + j, i.abs_diff(*j)));
            for (i, j) in forms {
                if let Ok(sheet) = self.proven(facts, &pair, draft.sheet.clone(), [&ones[i], &others[j]]) {
                    return Some(sheet);
                }
            }
        }
        None
    }
}

/// The sheet of a matter whose patterns are chosen; `None` where an answer has none.
fn sheet_of(words: Words, matter: &Matter, [first, second]: &[Vec<Says>; 2], finds: &Finds) -> Option<Sheet> {
    let lead = &matter.lead;
    let facts = lead.sides.map(|at| &words.facts.list[at]);
    let one = first.first()?.clone();
    match lead.shape {
        Shape::Figures(at, other) => {
            let mut sheet = figure::sheet(words, facts, [at, other], first.clone());
            if name::grows(words.facts, matter, finds)
                && let Body::Rule(rule) = &mut sheet.body
                && let Some(quantity) = &mut rule.quantity
            {
                quantity.grows = true;
                sheet.notes = vec!["It grows with time, so `grows: true` makes a later, higher figure an update.".to_owned()];
            }
            Some(sheet)
        }
        Shape::Denial | Shape::Rivals => {
            let other = if lead.shape == Shape::Denial { one.clone() } else { second.first()?.clone() };
            let mut sheet = topic::sheet(words, lead, [one, other], false);
            if let Body::Topic(topic) = &mut sheet.body {
                for (position, says) in topic.positions.iter_mut().zip([first, second]) {
                    let new: Vec<Says> = says.iter().filter(|says| !position.says.contains(says)).cloned().collect();
                    position.says.extend(new);
                }
            }
            Some(sheet)
        }
        Shape::Holders(_) => None,
    }
}

fn sheet_title(sheet: &Sheet) -> &str {
    match &sheet.body {
        Body::Topic(topic) => &topic.title,
        Body::Rule(rule) => &rule.title,
    }
}

fn head(proposals: usize, articles: usize) -> Vec<String> {
    let articles = if articles == 1 { "1 article".to_owned() } else { format!("{articles} articles") };
    if proposals == 0 {
        return vec![format!(
            "Nothing to propose: no two claims of {articles} give opposed answers to one question that a rule could name."
        )];
    }
    let what = if proposals == 1 { "1 proposal".to_owned() } else { format!("{proposals} proposals") };
    vec![
        format!("{what} from {articles}, numbered from the weightiest; each is checked, passes its own tests and was run over them."),
        "Keep what matters to you, say in labels and titles what you mean, and read each pattern: every word stands for all its forms.".to_owned(),
    ]
}
