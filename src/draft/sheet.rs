//! A draft as the YAML that a person pastes: topics and rules in the order in which they are read, comments beside them.
//!
//! In: specs as the rule files have them. Out: text. Writes what a draft can hold and nothing else of the language.

use crate::rules::schema::{
    Case, EventSpec, OneOrMany, PositionSpec, QuantityKind, RoleKind, RuleSpec, Says, TopicSpec, WhereSpec,
};
use crate::rules::{Side, Strength, Tests};
use std::fmt::Write as _;

/// One topic or rule with what a person should know of it.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// Lines of comment above it.
    pub notes: Vec<String>,
    /// What is drafted.
    pub body: Body,
}

/// What a sheet holds.
#[derive(Clone, Debug)]
pub enum Body {
    /// A topic with its positions.
    Topic(Box<TopicSpec>),
    /// A rule about figures or holders.
    Rule(Box<RuleSpec>),
}

impl Sheet {
    /// Its id.
    pub fn id(&self) -> &str {
        match &self.body {
            Body::Topic(topic) => &topic.id,
            Body::Rule(rule) => &rule.id,
        }
    }

    /// Its tests.
    pub fn tests(&mut self) -> &mut Tests {
        let tests = match &mut self.body {
            Body::Topic(topic) => &mut topic.tests,
            Body::Rule(rule) => &mut rule.tests,
        };
        tests.get_or_insert_with(Tests::default)
    }
}

/// A whole rule file.
pub fn file(head: &[String], sheets: &[Sheet]) -> String {
    let mut out = "gainsay: 1\n".to_owned();
    head.iter().for_each(|line| comment(&mut out, 0, line));
    let topics: Vec<_> = sheets.iter().filter_map(|s| if let Body::Topic(t) = &s.body { Some((s, t)) } else { None }).collect();
    if !topics.is_empty() {
        out.push_str("topics:\n");
        topics.into_iter().for_each(|(sheet, spec)| topic(&mut out, sheet, spec));
    }
    let rules: Vec<_> = sheets.iter().filter_map(|s| if let Body::Rule(r) = &s.body { Some((s, r)) } else { None }).collect();
    if !rules.is_empty() {
        out.push_str("rules:\n");
        rules.into_iter().for_each(|(sheet, spec)| rule(&mut out, sheet, spec));
    }
    out
}

fn comment(out: &mut String, indent: usize, text: &str) {
    let _ = writeln!(out, "{:indent$}# {text}", "");
}

fn notes(out: &mut String, sheet: &Sheet) {
    sheet.notes.iter().for_each(|line| comment(out, 2, line));
}

fn topic(out: &mut String, sheet: &Sheet, topic: &TopicSpec) {
    notes(out, sheet);
    let _ = writeln!(out, "  - id: {}\n    title: {}\n    positions:", topic.id, text(&topic.title));
    topic.positions.iter().for_each(|spec| position(out, spec));
    if topic.changes {
        out.push_str("    changes: true\n");
    }
    if !topic.conflicts.is_empty() {
        out.push_str("    conflicts:\n");
    }
    for clash in &topic.conflicts {
        let strength = if clash.strength == Strength::Tension { ", strength: tension" } else { "" };
        let [one, two] = &clash.between;
        let _ = writeln!(out, "      - {{ between: [{}, {}]{strength} }}", text(one), text(two));
    }
    tests(out, topic.tests.as_ref());
}

fn position(out: &mut String, spec: &PositionSpec) {
    let _ = writeln!(out, "      - id: {}\n        label: {}", spec.id, text(&spec.label));
    patterns(out, 8, &spec.says);
    if let Some(denied) = &spec.denied_as {
        let _ = writeln!(out, "        denied_as: {}", text(denied));
    }
}

fn patterns(out: &mut String, indent: usize, says: &[Says]) {
    let _ = writeln!(out, "{:indent$}says:", "");
    for pattern in says {
        let _ = writeln!(out, "{:indent$}  - {}", "", shown(pattern));
    }
}

/// A pattern as it stands in a list.
pub fn shown(says: &Says) -> String {
    match says {
        Says::Words(words) => quoted(words),
        Says::Event(spec) => event(spec),
    }
}

fn event(spec: &EventSpec) -> String {
    let parts: Vec<String> = spec.parts().map(|(name, part)| format!("{name}: {}", text(part))).collect();
    format!("{{ {} }}", parts.join(", "))
}

fn rule(out: &mut String, sheet: &Sheet, rule: &RuleSpec) {
    notes(out, sheet);
    let _ = writeln!(out, "  - id: {}\n    title: {}\n    severity: {}", rule.id, text(&rule.title), rule.severity.name());
    rule.quantity.iter().for_each(|kind| quantity(out, kind));
    rule.role.iter().for_each(|kind| role(out, kind));
    rule.scope.iter().for_each(|scope| window(out, scope));
    let _ = writeln!(out, "    message: {}", quoted(&rule.message));
    tests(out, rule.tests.as_ref());
}

fn quantity(out: &mut String, kind: &QuantityKind) {
    out.push_str("    quantity:\n");
    patterns(out, 6, &kind.says);
    if let Some(percent) = kind.tolerance.and_then(|tolerance| tolerance.percent) {
        let _ = writeln!(out, "      tolerance: {{ percent: {percent} }}");
    }
    if kind.grows {
        out.push_str("      grows: true\n");
    }
}

fn role(out: &mut String, kind: &RoleKind) {
    out.push_str("    role:\n");
    patterns(out, 6, &kind.says);
    if let Some(OneOrMany(key)) = &kind.key {
        let _ = writeln!(out, "      key: [{}]", key.join(", "));
    }
    if let Some(value) = &kind.value {
        let _ = writeln!(out, "      value: {value}");
    }
}

fn window(out: &mut String, scope: &WhereSpec) {
    if let Some(window) = &scope.window {
        let _ = writeln!(out, "    where: {{ window: {window} }}");
    }
}

fn tests(out: &mut String, tests: Option<&Tests>) {
    let Some(tests) = tests.filter(|tests| !tests.flag.is_empty() || !tests.quiet.is_empty()) else { return };
    out.push_str("    tests:\n");
    for (name, cases) in [("flag", &tests.flag), ("quiet", &tests.quiet)] {
        if !cases.is_empty() {
            let _ = writeln!(out, "      {name}:");
        }
        cases.iter().for_each(|one| case(out, one));
    }
}

fn case(out: &mut String, case: &Case) {
    let _ = writeln!(out, "        - a: {}\n          b: {}", side(&case.a), side(&case.b));
    if let Some(expect) = &case.expect {
        let keys = [("a", &expect.a), ("b", &expect.b), ("relation", &expect.relation), ("sides", &expect.sides)];
        let said: Vec<String> =
            keys.into_iter().filter_map(|(key, value)| Some(format!("{key}: {}", text(value.as_deref()?)))).collect();
        if !said.is_empty() {
            let _ = writeln!(out, "          expect: {{ {} }}", said.join(", "));
        }
    }
    if let Some(because) = &case.because {
        let _ = writeln!(out, "          because: {because}");
    }
}

fn side(side: &Side) -> String {
    let keys = [("by", &side.by), ("publisher", &side.publisher), ("date", &side.date)];
    let said: Vec<String> =
        keys.into_iter().filter_map(|(key, value)| Some(format!("{key}: {}", text(value.as_deref()?)))).collect();
    let words = quoted(&side.text);
    if said.is_empty() { words } else { format!("{{ {}, text: {words} }}", said.join(", ")) }
}

/// A scalar, in quotation marks where it needs them.
fn text(words: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '\'' | '’' | '_' | '.');
    let safe = words.chars().next().is_some_and(char::is_alphanumeric)
        && words.chars().all(plain)
        && !words.ends_with(' ')
        && !crate::base::yaml::is_ambiguous(words)
        && (words.chars().any(char::is_alphabetic) || words.len() == 10 && words.matches('-').count() == 2);
    if safe { words.to_owned() } else { quoted(words) }
}

/// A scalar in double quotation marks, on one line.
fn quoted(words: &str) -> String {
    let mut out = String::from('"');
    for c in words.split_whitespace().collect::<Vec<_>>().join(" ").chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scalars_are_quoted_where_yaml_would_take_them_for_something_else() {
        assert_eq!(text("the bridge is open"), "the bridge is open");
        assert_eq!(text("no"), "\"no\"");
        assert_eq!(text("not:open"), "\"not:open\"");
        assert_eq!(text("<russia>"), "\"<russia>\"");
        assert_eq!(text("12"), "\"12\"");
        assert_eq!(quoted("She said \"no\"\nand left"), r#""She said \"no\" and left""#);
    }
}
