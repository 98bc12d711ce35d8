//! Whether one article refutes what another tells: the best pair of a refutation and a claim, or why there is none.

use super::cue::Sort;
use super::refutal::{FIRST, Matter, OPENING, Refutal, Told, root};
use super::unlike::unlike;
use super::{Words, common, topical, weight};
use crate::claims::{Level, Stance};
use crate::conflicts::align::{self, Fit};
use crate::conflicts::debunk;
use crate::conflicts::facts::{Fact, Facts, Slot, Voice, shared};
use crate::conflicts::gates::Gate;
use crate::lexical::Class;

/// A refutation and what it refutes.
#[derive(Clone, Copy, Debug)]
pub struct Opposed<'a> {
    /// The refutation.
    pub refutal: &'a Refutal,
    /// Index of the claim's fact.
    pub claim: u32,
    /// Percent of the words in common, at most 100.
    pub told: u32,
}

/// What the two sides are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// Two articles of a collection: their stories must be alike.
    Articles,
    /// Two texts of one occasion, one of them long.
    Texts,
    /// Two statements of one occasion.
    Statements,
}

/// Weight of the words of a long sentence.
const LONG: u32 = 90;

/// What two articles must have in common besides names, in percent, where one says at once what it refutes.
const THEME: u32 = 6;

/// The same for a verdict further down.
const DEEP_THEME: u32 = 11;

/// Weight of what they must have in common besides names: two or three rare words, however short they are.
pub(super) const PLOT: u32 = 20;

/// Percents of likeness, theme and told words that two articles of one story have together, …
const ONE_STORY: u32 = 82;

/// … each counted up to this, so that one alone is not enough, …
const FULL: u32 = 60;

/// … and what a name in both counts for.
const NAMED: u32 = 20;

/// Likeness, in percent, of articles that tell one story; of their words besides names half of it.
const CLOSE: u32 = 30;

/// What the refuting and the told words are said to share where the articles share little else, in percent.
pub(super) const UNLIKE: u32 = 60;

/// Weight of the words that name a thing well enough to know it again.
pub(super) const SUBJECT: u32 = 8;

/// Likeness of two articles, in percent, from which they can be of one story.
const ALIKE: u32 = 12;

/// Sets the article of `refuting` against the one of `telling`.
///
/// # Errors
/// The gate that stops them, and why in a few words.
pub fn opposed<'a>(
    facts: &'a Facts,
    refuting: usize,
    telling: usize,
    setting: Setting,
) -> Result<Opposed<'a>, (Gate, &'static str)> {
    let (ours, theirs) = (&facts.matters[refuting], &facts.matters[telling]);
    let only_clauses = ours.refutals.iter().all(|r| r.cue.is_none());
    if ours.refutals.is_empty() {
        return Err((Gate::NoMatch, "nothing is called false"));
    }
    if ours.calls_false() && theirs.calls_false() {
        return Err((Gate::NotOpposed, "both call their story false"));
    }
    let (one, other) = (&facts.stories[refuting], &facts.stories[telling]);
    let (likeness, theme) = (one.likeness(other), one.theme(other));
    let alike = likeness >= ALIKE && one.shares_plot(other, PLOT);
    if setting == Setting::Articles && !alike {
        return unlike(ours, theirs).ok_or((Gate::Participants, "the stories differ"));
    }
    let heads = shared(&ours.head, &theirs.head) * 100 / weight(&ours.head).min(weight(&theirs.head)).max(40);
    let named = one.shared_beings(other) > 0;
    let pair = Pair { facts, heads, likeness, theme, named, setting };
    let gate = if only_clauses { Gate::NoMatch } else { Gate::Participants };
    let mut why = (gate, "it is another story");
    let mut best: Option<(u32, Opposed)> = None;
    for refutal in ours.refutals.iter().filter(|r| r.in_head() || r.cue.is_some_and(|c| c.points)) {
        for told in &theirs.told {
            let Some(share) = pair.meets(refutal, told) else { continue };
            if !pair.one_story(share) {
                continue;
            }
            if theirs.refutals.iter().any(|other| pair.answers(other, refutal, told)) {
                why = (Gate::NotOpposed, "its own article refutes it too");
                continue;
            }
            if pair.tells_both(ours, refutal, told) {
                why = (Gate::NotOpposed, "the article tells both sides");
                continue;
            }
            // The story's own lead says best what it tells, and what the refutation names itself comes before what it points to.
            let said = topical(&refutal.words, &told.words).max(topical(&told.words, &refutal.words)).min(100);
            let rank = share.min(60) * 2 + said * 2 + 300 - (refutal.place.min(20) * 2 + told.place.min(20) * 20).min(300);
            if best.as_ref().is_none_or(|(old, _)| rank > *old) {
                best = Some((rank, Opposed { refutal, claim: told.fact, told: share }));
            }
        }
    }
    best.map(|(_, found)| found).ok_or(why)
}

/// Two articles that are set against each other.
struct Pair<'a> {
    facts: &'a Facts<'a>,
    /// How much their heads have in common, in percent of the smaller one.
    heads: u32,
    /// How much they have in common at all, in percent.
    likeness: u32,
    /// How much they have in common besides names, in percent.
    theme: u32,
    /// Whether both name one and the same.
    named: bool,
    setting: Setting,
}

impl Pair<'_> {
    fn bare(&self) -> bool {
        self.setting == Setting::Statements
    }

    /// Whether everything that two articles have in common makes them one story: any two on one trade or one person share some of it.
    fn one_story(&self, told: u32) -> bool {
        let parts = [self.likeness, self.theme, told].map(|part| part.min(FULL));
        self.setting != Setting::Articles || parts.iter().sum::<u32>() + if self.named { NAMED } else { 0 } >= ONE_STORY
    }

    /// How much a refutation has in common with what is told, in percent; `None` where it is about something else.
    fn meets(&self, refutal: &Refutal, told: &Told) -> Option<u32> {
        // Who is in the news is named everywhere: only what happened makes two articles one story, and more of it for a verdict far down.
        if self.setting == Setting::Articles && self.theme < if refutal.in_head() { THEME } else { DEEP_THEME } {
            return None;
        }
        let Some(cue) = refutal.cue else {
            return self.clause(refutal, told).filter(|_| !self.bare() || !self.also_denied(refutal, told));
        };
        if cue.sort == Sort::Answer && !cue.points {
            return self.clause(refutal, told);
        }
        if cue.sort == Sort::Living && !told.deadly {
            return None;
        }
        if self.bare() && self.also_denied(refutal, told) {
            return None;
        }
        // "Denied that it had bought the railway" says by itself what it denies.
        if self.bare() && cue.sort == Sort::Denial && !cue.points && self.other_matter(refutal, told) {
            return None;
        }
        self.narrow(refutal, told).or_else(|| self.wide(refutal, told)).or_else(|| self.subject(refutal, told))
    }

    /// What a verdict is said of, told as real: "the flood tax is a myth" against "the flood tax rose again".
    fn subject(&self, refutal: &Refutal, told: &Told) -> Option<u32> {
        let weight = weight(&refutal.subject);
        let whole = refutal.subject.len() >= 2 && weight >= SUBJECT && shared(&refutal.subject, &told.words) == weight;
        let opens = refutal.place < OPENING && told.place < OPENING;
        (whole && opens && refutal.publisher && !self.bare()).then_some(UNLIKE)
    }

    /// What the refuting sentence itself says.
    fn narrow(&self, refutal: &Refutal, told: &Told) -> Option<u32> {
        let floor = if self.bare() { 8 } else { 20 };
        // "Raised questions about", "doubts": of two statements only those that share their matter.
        let doubts = self.bare() && refutal.cue.is_some_and(|cue| cue.doubts);
        let narrow = shared(&refutal.words, &told.words);
        let of_told = narrow * 100 / told.weight.max(floor);
        let of_refuted = narrow * 100 / refutal.weight.max(floor);
        let topic = topical(&told.words, &refutal.words);
        let enough = match self.bare() {
            // Headlines are short; of two long sentences more is asked.
            true if refutal.weight <= LONG && told.weight <= LONG => narrow >= 6 && (of_told >= 20 || of_refuted >= 30),
            true => narrow >= 16 && topic >= 20 && of_told >= 35,
            false => narrow >= 16 && topic > 0 && (of_told >= 40 || of_refuted >= 50 || topic >= 50),
        };
        (enough && (!doubts || topic >= 50)).then_some(of_told.max(of_refuted).max(topic).min(100))
    }

    /// Whether the other text denies the refuted event as well: "faulted the firm for not paying", "the firm did not pay".
    fn also_denied(&self, refutal: &Refutal, told: &Told) -> bool {
        let facts = self.facts;
        let Some(event) = facts.list[refutal.fact as usize].event else { return false };
        let reading = facts.list[told.fact as usize].reading as usize;
        let own = &facts.list[facts.starts[reading]..facts.starts[reading + 1]];
        own.iter()
            .filter(|fact| debunk::refutes(fact))
            .filter_map(|fact| fact.event)
            .any(|e| align::events(facts, &event, &e).is_some())
    }

    /// What it points back to: more where the two articles begin alike.
    fn wide(&self, refutal: &Refutal, told: &Told) -> Option<u32> {
        let wide = shared(&refutal.wide, &told.words);
        let of_told = wide * 100 / told.weight.max(20);
        let topic = topical(&told.words, &refutal.wide);
        // Articles that have much in common are of one story, wherever in it each begins.
        let one = self.heads >= 10 || self.likeness >= CLOSE && self.theme >= CLOSE / 2;
        let part = if one && refutal.whole { 10 } else { 45 };
        let said = !refutal.says_what || shared(&refutal.words, &told.words) >= 10 && topical(&told.words, &refutal.words) >= 10;
        // One claim that a party answers is known by what happened in it, not by who was there.
        let least = match (refutal.whole || self.setting != Setting::Articles, one && refutal.publisher) {
            (true, _) => 3,
            (_, true) => 10,
            _ => 15,
        };
        (wide >= 12 && of_told >= part && topic >= least && said).then_some(of_told.min(100))
    }

    /// A clause told as not so, against the same event told as so.
    fn clause(&self, refutal: &Refutal, told: &Told) -> Option<u32> {
        let narrow = shared(&refutal.words, &told.words);
        let of_refuted = narrow * 100 / refutal.weight.max(if self.bare() { 8 } else { 20 });
        let topic = topical(&refutal.words, &told.words);
        let answer = self.bare() && refutal.cue.is_some();
        let own = refutal.publisher && refutal.place < FIRST && self.heads >= 15;
        let event = answer
            || self.same_event(refutal, told)
            || !self.bare() && own && topic >= 55 && narrow >= 36 && self.told_verb(refutal, told);
        let harmed = refutal.denied.is_some() && refutal.place < OPENING && told.place < OPENING;
        let enough = match (answer, self.bare()) {
            (true, _) => narrow >= 12 && of_refuted >= 25,
            (_, true) => narrow >= 12 && of_refuted >= 40 && topic >= 30,
            // Who is denied to have been harmed is named at length where an article opens with it.
            _ if harmed => narrow >= 30 && of_refuted >= 45 && topic >= 25 && common(&refutal.words, &told.words) >= 2,
            _ => narrow >= 16 && of_refuted >= 50 && topic >= 50 && common(&refutal.words, &told.words) >= 2,
        };
        (event && enough && !told.negative).then_some(of_refuted.min(100))
    }

    /// Whether the denied clause tells of the same deed done to something else, or shares no word with what is told but names.
    fn other_matter(&self, refutal: &Refutal, told: &Told) -> bool {
        let facts = self.facts;
        let (refuted, claim) = (&facts.list[refutal.fact as usize], &facts.list[told.fact as usize]);
        let objects = refuted.role(Slot::Object).zip(claim.role(Slot::Object));
        let apart = objects.is_some_and(|(x, y)| matches!(align::fillers(facts, x, y), Fit::Differ(_)));
        let same = refuted.event.zip(claim.event).is_some_and(|(x, y)| align::events(facts, &x, &y).is_some());
        same && apart || common(&refutal.words, &told.words) == 0
    }

    /// One event, told as so and as not so, with nobody else in it.
    fn same_event(&self, refutal: &Refutal, told: &Told) -> bool {
        let facts = self.facts;
        let (refuted, claim) = (&facts.list[refutal.fact as usize], &facts.list[told.fact as usize]);
        let (Some(one), Some(other)) = (&refuted.event, &claim.event) else { return false };
        let noun = refutal.denied.is_some_and(|noun| told.words.iter().any(|(word, _)| *word == noun));
        let within = refutal.words.iter().any(|(word, _)| *word == other.lemma);
        let words = self.holds(&told.words, refuted) || within || noun;
        let met = words || align::events(facts, one, other).is_some();
        let apart = |slot| {
            let fit = refuted.role(slot).zip(claim.role(slot)).map(|(x, y)| align::fillers(facts, x, y));
            match fit {
                Some(Fit::Differ("different names" | "different numbers" | "different names inside")) => true,
                Some(Fit::Differ(_)) => self.bare() && slot == Slot::Object,
                _ => false,
            }
        };
        let verb = !self.bare() || one.class == Class::Verb && named(facts, refuted, claim);
        verb && met && !apart(Slot::Subject) && !apart(Slot::Object)
    }

    /// Whether what is told has the verb that is denied.
    fn told_verb(&self, refutal: &Refutal, told: &Told) -> bool {
        self.holds(&told.words, &self.facts.list[refutal.fact as usize])
    }

    /// Whether words have a claim's event among them, or one of its family.
    fn holds(&self, words: &Words, fact: &Fact) -> bool {
        let token = fact.event.and_then(|event| self.facts.document(fact).tokens.get(event.token as usize));
        let root = token.map(|token| root(self.facts.lexicon, token));
        root.is_some_and(|root| words.iter().any(|(word, _)| *word == root))
    }

    /// Whether an article refutes itself what another refutes.
    fn answers(&self, own: &Refutal, refutal: &Refutal, told: &Told) -> bool {
        if self.bare() {
            return own.cue.is_some() && self.meets(own, told).is_some();
        }
        if own.place >= FIRST && !own.publisher {
            return false;
        }
        let alike = |one: &Words, other: &Words| {
            shared(one, other) * 100 >= weight(one).min(weight(other)).max(20) * 40 && topical(one, other) > 0
        };
        let story = !refutal.wide.is_empty() && own.place < 3 && alike(&own.words, &refutal.wide);
        self.narrow(own, told).is_some_and(|_| own.cue.is_some())
            || self.clause(own, told).is_some_and(|_| own.cue.is_none())
            || story
            // "The biopsy was not authorised" and "no biopsy was performed" are two matters.
            || (own.cue.is_some() || self.same_deed(own, refutal)) && alike(&own.words, &refutal.words)
            || (!own.wide.is_empty() && alike(&own.wide, &refutal.words))
    }

    /// Whether two refutations deny one deed, or what one denies stands in the other's words.
    fn same_deed(&self, one: &Refutal, other: &Refutal) -> bool {
        let [x, y] = [one, other].map(|r| &self.facts.list[r.fact as usize]);
        let events = x.event.zip(y.event);
        events.is_some_and(|(x, y)| align::events(self.facts, &x, &y).is_some()) || self.holds(&other.words, x)
    }

    /// Whether the refuting article leads with the claim itself and gives a party's denial only afterwards.
    fn tells_both(&self, matter: &Matter, refutal: &Refutal, told: &Told) -> bool {
        if self.bare() || refutal.publisher {
            return false;
        }
        matter.told.iter().any(|own| {
            let firm = |v: &Voice| v.is_publisher() && v.stance == Stance::Asserted(Level::Certain);
            let firm = self.facts.list[own.fact as usize].voices.iter().any(firm);
            let both = shared(&own.words, &told.words) * 100 >= own.weight.min(told.weight).max(16) * 60;
            own.place < refutal.place && firm && both && topical(&own.words, &told.words) >= 30
        })
    }
}

/// Whether both claims name one and the same.
fn named(facts: &Facts, a: &Fact, b: &Fact) -> bool {
    let all = |fact: &Fact| -> Vec<u32> { fact.named.iter().chain(&fact.nearby).copied().collect() };
    let others = all(b);
    all(a).iter().any(|x| others.iter().any(|y| align::same_party(facts, *x, *y)))
}
