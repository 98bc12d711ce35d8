//! A rule set with one pattern or one guard left out: what a rule's tests ought to notice.
//!
//! In: a compiled set. Out: the list of all that can be left out, and the set without one of them, put back afterwards. Compiles
//! nothing: what a pattern finds is passed over, a guard is set to what it is where nobody writes it. A setting that already has
//! that value is no mutant.

use super::{Kind, Owner, PatternId, Rule, RuleSet, Speakers, Topic, Undated, Where};
use crate::claims::Level;

/// One thing left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mutant {
    /// Id of the topic or rule that has it.
    pub owner: String,
    /// What is left out, as messages name it.
    pub what: String,
    /// Rules whose cases can notice, by index.
    pub rules: Vec<usize>,
    part: Part,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Pattern(PatternId),
    Topic(usize, OfTopic),
    Rule(usize, OfRule),
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum OfTopic {
    Unless(usize, usize),
    All(usize),
    Any(usize),
    Denied(usize),
    Key(usize),
    Changes,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum OfRule {
    Sources,
    From(usize),
    Window,
    Undated,
    Share(usize),
    Certainty,
    Modality(usize),
    Tolerance,
    Grows,
    Same,
    Key(usize),
    Stories,
    Decisions,
}

/// What was there before, to be put back.
pub struct Undo(Saved);

enum Saved {
    Owner(PatternId, Owner),
    Topic(usize, Box<Topic>),
    Rule(usize, Box<Rule>),
}

/// Everything that can be left out of the rules that `wanted` picks and of their topics: topics first, in file order.
pub fn mutants(set: &RuleSet, wanted: impl Fn(&Rule) -> bool) -> Vec<Mutant> {
    let mut of_topic: Vec<Vec<usize>> = vec![Vec::new(); set.topics.len()];
    let mut of_rule: Vec<usize> = Vec::new();
    for (at, rule) in set.rules.iter().enumerate().filter(|(_, rule)| rule.enabled && wanted(rule)) {
        of_rule.push(at);
        if let Kind::Position(position) = &rule.kind {
            of_topic[position.topic].push(at);
        }
    }
    let mut all = Vec::new();
    for (at, rules) in of_topic.into_iter().enumerate().filter(|(_, rules)| !rules.is_empty()) {
        topic(set, at, &rules, &mut all);
    }
    for at in of_rule {
        rule(set, at, &mut all);
    }
    all
}

fn topic(set: &RuleSet, at: usize, rules: &[usize], all: &mut Vec<Mutant>) {
    let topic = &set.topics[at];
    let mut add = |what: String, part: Part| all.push(Mutant { owner: topic.id.clone(), what, rules: rules.to_vec(), part });
    for (number, position) in topic.positions.iter().enumerate() {
        for says in &position.says {
            add(format!("`says` of {}: {}", position.id, set.pattern_text(*says)), Part::Pattern(*says));
        }
        for (n, unless) in position.unless.iter().enumerate() {
            let what = format!("`unless` of {}: {}", position.id, set.pattern_text(*unless));
            add(what, Part::Topic(at, OfTopic::Unless(number, n)));
        }
        if position.denied < topic.positions.len() {
            let what = format!("`denied_as` of {}: {}", position.id, topic.name(position.denied));
            add(what, Part::Topic(at, OfTopic::Denied(number)));
        }
    }
    for (n, pattern) in topic.all.iter().enumerate() {
        add(format!("`about`, `all`: {}", set.pattern_text(*pattern)), Part::Topic(at, OfTopic::All(n)));
    }
    for (n, pattern) in topic.any.iter().enumerate() {
        add(format!("`about`, `any`: {}", set.pattern_text(*pattern)), Part::Topic(at, OfTopic::Any(n)));
    }
    for (n, key) in topic.key.iter().enumerate() {
        add(format!("`key`: {}", key.as_str()), Part::Topic(at, OfTopic::Key(n)));
    }
    if topic.changes {
        add("`changes`".into(), Part::Topic(at, OfTopic::Changes));
    }
}

fn rule(set: &RuleSet, at: usize, all: &mut Vec<Mutant>) {
    let rule = &set.rules[at];
    let mut add = |what: String, part: Part| all.push(Mutant { owner: rule.id.clone(), what, rules: vec![at], part });
    for (key, patterns) in rule.kind.patterns() {
        for pattern in patterns {
            add(format!("`{key}`: {}", set.pattern_text(*pattern)), Part::Pattern(*pattern));
        }
    }
    for (what, part) in settings(rule) {
        add(what, Part::Rule(at, part));
    }
}

/// Guards of a rule that differ from what they are unless said.
fn settings(rule: &Rule) -> Vec<(String, OfRule)> {
    let (scope, usual) = (&rule.scope, Where::default());
    let mut all: Vec<(String, OfRule)> = Vec::new();
    let mut add = |given: bool, what: &str, part: OfRule| all.extend(given.then(|| (what.to_owned(), part)));
    match &rule.kind {
        Kind::Quantity(kind) => {
            let tolerance = kind.tolerance;
            let given = |value: Option<f64>| value.is_some_and(|value| value > 0.0);
            add(given(tolerance.percent) || given(tolerance.absolute), "`tolerance`", OfRule::Tolerance);
            add(kind.grows, "`grows`", OfRule::Grows);
            add(kind.same.is_some(), "`same`", OfRule::Same);
        }
        Kind::Role(kind) => {
            // The last capture of a key cannot go: nothing would be left to compare.
            for (n, key) in kind.key.iter().enumerate().filter(|_| kind.key.len() > 1) {
                add(true, &format!("`key`: {}", key.as_str()), OfRule::Key(n));
            }
            add(kind.same.is_some(), "`same`", OfRule::Same);
        }
        Kind::Order(kind) => {
            for (n, key) in kind.key.iter().enumerate().filter(|_| kind.key.len() > 1) {
                add(true, &format!("`key`: {}", key.as_str()), OfRule::Key(n));
            }
            add(kind.same.is_some(), "`same`", OfRule::Same);
        }
        Kind::Denial(kind) => {
            add(kind.stories, "`stories`", OfRule::Stories);
            add(kind.same.is_some(), "`same`", OfRule::Same);
        }
        Kind::Antonym(kind) | Kind::Time(kind) | Kind::Place(kind) => {
            for (n, key) in kind.key.iter().enumerate() {
                add(true, &format!("`key`: {}", key.as_str()), OfRule::Key(n));
            }
            add(kind.same.is_some(), "`same`", OfRule::Same);
        }
        Kind::Negation(kind) => add(kind.same.is_some(), "`same`", OfRule::Same),
        Kind::Commitment(kind) => {
            add(kind.decisions, "`decisions`", OfRule::Decisions);
            add(kind.same.is_some(), "`same`", OfRule::Same);
        }
        Kind::Position(_) => {}
    }
    add(scope.sources != Speakers::Any, "`where`, `sources`", OfRule::Sources);
    for (n, side) in ["a", "b"].into_iter().enumerate() {
        add(!scope.from[n].is_empty(), &format!("`where`, `from`, `{side}`"), OfRule::From(n));
    }
    add(scope.window.is_some(), "`where`, `window`", OfRule::Window);
    add(scope.undated != Undated::Allow, "`where`, `undated`", OfRule::Undated);
    for n in 0..scope.share.len() {
        add(true, &format!("`where`, `share`, number {}", n + 1), OfRule::Share(n));
    }
    add(scope.certainty != usual.certainty, "`where`, `certainty`", OfRule::Certainty);
    for (n, modality) in scope.modalities.iter().enumerate() {
        add(true, &format!("`where`, `modalities`: {}", format!("{modality:?}").to_lowercase()), OfRule::Modality(n));
    }
    all
}

impl RuleSet {
    /// Leaves one thing out.
    pub fn leave_out(&mut self, mutant: &Mutant) -> Undo {
        Undo(match &mutant.part {
            Part::Pattern(id) => {
                let owner = std::mem::replace(&mut self.owners[*id as usize], Owner::Guard);
                Saved::Owner(*id, owner)
            }
            Part::Topic(at, part) => {
                let saved = Box::new(self.topics[*at].clone());
                without(&mut self.topics[*at], part);
                Saved::Topic(*at, saved)
            }
            Part::Rule(at, part) => {
                let saved = Box::new(self.rules[*at].clone());
                unset(&mut self.rules[*at], part);
                Saved::Rule(*at, saved)
            }
        })
    }

    /// Puts back what was left out.
    pub fn put_back(&mut self, undo: Undo) {
        match undo.0 {
            Saved::Owner(id, owner) => self.owners[id as usize] = owner,
            Saved::Topic(at, topic) => self.topics[at] = *topic,
            Saved::Rule(at, rule) => self.rules[at] = *rule,
        }
    }
}

fn without(topic: &mut Topic, part: &OfTopic) {
    match *part {
        OfTopic::Unless(position, n) => drop(topic.positions[position].unless.remove(n)),
        OfTopic::All(n) => drop(topic.all.remove(n)),
        OfTopic::Any(n) => drop(topic.any.remove(n)),
        OfTopic::Denied(position) => topic.positions[position].denied = topic.positions.len() + position,
        OfTopic::Key(n) => drop(topic.key.remove(n)),
        OfTopic::Changes => topic.changes = false,
    }
}

fn unset(rule: &mut Rule, part: &OfRule) {
    let scope = &mut rule.scope;
    match *part {
        OfRule::Sources => scope.sources = Speakers::Any,
        OfRule::From(side) => scope.from[side].clear(),
        OfRule::Window => scope.window = None,
        OfRule::Undated => scope.undated = Undated::Allow,
        OfRule::Share(n) => drop(scope.share.remove(n)),
        OfRule::Certainty => scope.certainty = Level::Possible,
        OfRule::Modality(n) => drop(scope.modalities.remove(n)),
        OfRule::Tolerance | OfRule::Grows | OfRule::Same | OfRule::Key(_) | OfRule::Stories | OfRule::Decisions => {
            match &mut rule.kind {
                Kind::Quantity(kind) => match part {
                    OfRule::Tolerance => kind.tolerance = Default::default(),
                    OfRule::Grows => kind.grows = false,
                    _ => kind.same = None,
                },
                Kind::Role(kind) => match *part {
                    OfRule::Key(n) => drop(kind.key.remove(n)),
                    _ => kind.same = None,
                },
                Kind::Order(kind) => match *part {
                    OfRule::Key(n) => drop(kind.key.remove(n)),
                    _ => kind.same = None,
                },
                Kind::Denial(kind) => match part {
                    OfRule::Stories => kind.stories = false,
                    _ => kind.same = None,
                },
                Kind::Antonym(kind) | Kind::Time(kind) | Kind::Place(kind) => match *part {
                    OfRule::Key(n) => drop(kind.key.remove(n)),
                    _ => kind.same = None,
                },
                Kind::Negation(kind) => kind.same = None,
                Kind::Commitment(kind) => match part {
                    OfRule::Decisions => kind.decisions = false,
                    _ => kind.same = None,
                },
                Kind::Position(_) => {}
            }
        }
    }
}
