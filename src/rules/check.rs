//! The shape of a rule file against the schema: unknown keys, keys given twice, missing keys, values of the wrong shape.
//!
//! In: a node tree. Out: every such mistake, each at its place. What the values refer to is [`super::refs`]'s business.

use super::problem::{MOST, Problem, Source, nearest};
use super::schema::shape::{SCHEMA, constants, kind, resolve};
use super::schema::{DAY, ID, PREPOSITION, WINDOW};
use crate::base::Span;
use crate::base::yaml::{self, Node, Value};
use serde_json::Value as Json;

/// Checks one file's tree against the schema of rule files.
pub fn structure(source: &Source, root: &Node, problems: &mut Vec<Problem>) {
    let mut walk = Walk { source, problems };
    version(&mut walk, root);
    walk.node(root, &SCHEMA, "the file");
}

/// `gainsay:` has a code of its own: everything else may be different in another version.
fn version(walk: &mut Walk<'_>, root: &Node) {
    let Some(value) = root.get("gainsay") else {
        let span = root.entries().first().map_or(root.span, |(key, _)| key.span);
        if matches!(root.value, Value::Map(_)) {
            let problem = Problem::new("E010", walk.source, span, "`gainsay: 1` is missing");
            let problem = problem.help("write it on the first line: it names the version of the rule language");
            // A document in braces is left to its writer.
            let block = walk.source.position(span.start).1 == 1 && !span.of(&walk.source.text).is_empty();
            walk.push(if block { problem.fix(Span { end: span.start, ..span }, "gainsay: 1\n") } else { problem });
        }
        return;
    };
    let plain = matches!(value.value, Value::Scalar { plain: true, .. });
    match value.text().map(|text| text.parse::<u64>()) {
        Some(Ok(1)) if plain => {}
        Some(Ok(1)) => {
            let problem = Problem::new("E010", walk.source, value.span, "`gainsay` is the number 1, without quotation marks");
            walk.push(problem.fix(value.span, "1"));
        }
        Some(Ok(newer)) if newer > 1 => {
            let message = format!("`gainsay: {newer}` is newer than this program, which reads version 1");
            walk.add("E010", value.span, &message, None);
        }
        _ => walk.add("E010", value.span, "`gainsay` names the version of the rule language: 1", None),
    }
}

struct Walk<'a> {
    source: &'a Source,
    problems: &'a mut Vec<Problem>,
}

impl Walk<'_> {
    fn push(&mut self, problem: Problem) {
        if self.problems.len() < MOST {
            self.problems.push(problem);
        }
    }

    fn add(&mut self, code: &'static str, span: Span, message: &str, help: Option<&str>) {
        if self.problems.len() < MOST {
            let problem = Problem::new(code, self.source, span, message);
            self.problems.push(match help {
                Some(help) => problem.help(help),
                None => problem,
            });
        }
    }

    fn node(&mut self, node: &Node, schema: &Json, name: &str) {
        let schema = resolve(schema);
        if let Some(choices) = schema.get("anyOf").or_else(|| schema.get("oneOf")).and_then(Json::as_array)
            && !choices.iter().any(|choice| choice.get("required").is_some())
        {
            return self.choice(node, schema, choices, name);
        }
        match kind(schema) {
            "object" => self.object(node, schema, name),
            "array" => self.array(node, schema, name),
            "string" => self.string(node, schema, name),
            "boolean" => self.boolean(node, name),
            "integer" | "number" => self.number(node, schema, name),
            _ => {}
        }
    }

    fn choice(&mut self, node: &Node, schema: &Json, choices: &[Json], name: &str) {
        let words: Vec<&str> = constants(schema);
        if !words.is_empty() {
            return match node.text() {
                Some(text) if words.contains(&text) => {}
                Some(text) => {
                    let message = format!("`{name}` is one of {}, not `{text}`", list(&words));
                    self.push(Problem::new("E011", self.source, node.span, message).nearest(self.source, text, words));
                }
                None => self.wrong(node, name, "a word"),
            };
        }
        let wanted = match node.value {
            Value::Scalar { .. } => "scalar",
            Value::List(_) => "array",
            Value::Map(_) => "object",
        };
        let real: Vec<&Json> = choices.iter().map(resolve).filter(|choice| kind(choice) != "null").collect();
        let fits = |choice: &&&Json| match kind(choice) {
            "array" | "object" => kind(choice) == wanted,
            _ => wanted == "scalar",
        };
        match real.iter().find(fits) {
            Some(choice) => self.node(node, choice, name),
            None if real.len() == 1 => self.node(node, real[0], name),
            None => {
                let shapes: Vec<_> = real.iter().map(|choice| noun(kind(choice))).collect();
                self.wrong(node, name, &shapes.join(" or "));
            }
        }
    }

    fn object(&mut self, node: &Node, schema: &Json, name: &str) {
        let Value::Map(entries) = &node.value else { return self.wrong(node, name, "a map of keys and values") };
        let known = schema.get("properties").and_then(Json::as_object);
        let names = || known.into_iter().flat_map(|known| known.keys().map(String::as_str));
        let open = schema.get("patternProperties").and_then(Json::as_object);
        for (at, (key, value)) in entries.iter().enumerate() {
            let Some(word) = key.text() else {
                self.wrong(key, "a key", "a word");
                continue;
            };
            if let Some((first, _)) = entries[..at].iter().find(|(earlier, _)| earlier.text() == Some(word)) {
                let (line, column) = self.source.position(first.span.start);
                let problem = Problem::new("E003", self.source, key.span, format!("key `{word}` is given twice"));
                self.push(problem.help(format!("the first stands at {line}:{column}; keep one")));
            }
            if let Some(inner) = known.and_then(|known| known.get(word)) {
                self.node(value, inner, word);
                continue;
            }
            let free = open.and_then(|open| open.iter().find(|(pattern, _)| fits(pattern, word)));
            if let Some((_, inner)) = free.filter(|_| nearest(word, names()).is_none()) {
                self.node(value, inner, word);
                continue;
            }
            let problem = Problem::new("E002", self.source, key.span, format!("unknown key `{word}` in {}", place_name(name)));
            let all: Vec<&str> = names().collect();
            self.push(match (word, nearest(word, names())) {
                ("<<", _) => problem.help("merge keys are not applied; write the keys out"),
                (_, Some(_)) => problem.nearest(self.source, word, all),
                _ => problem.help(format!("known here: {}", list(&all))),
            });
        }
        for wanted in schema.get("required").and_then(Json::as_array).into_iter().flatten().filter_map(Json::as_str) {
            let given = entries.iter().any(|(key, _)| key.text() == Some(wanted));
            // A key that was meant and misspelt is reported once, as unknown.
            let meant = entries
                .iter()
                .filter_map(|(key, _)| key.text())
                .any(|key| known.is_some_and(|known| !known.contains_key(key)) && nearest(key, [wanted]).is_some());
            if !given && !meant && wanted != "gainsay" {
                let span = entries.first().map_or(node.span, |(key, _)| key.span);
                self.add("E011", span, &format!("{} has no `{wanted}`", place_name(name)), None);
            }
        }
    }

    fn array(&mut self, node: &Node, schema: &Json, name: &str) {
        let Value::List(items) = &node.value else { return self.wrong(node, name, "a list") };
        let (least, most) = (bound(schema, "minItems").unwrap_or(0.0), bound(schema, "maxItems").unwrap_or(f64::INFINITY));
        let count = items.len() as f64;
        if count < least || count > most {
            let wanted = match (least, most) {
                (least, most) if least == most => format!("exactly {least} values"),
                (1.0, _) => "at least one value".to_owned(),
                _ => format!("at least {least} values"),
            };
            self.add("E011", node.span, &format!("`{name}` takes {wanted}, not {count}"), None);
        }
        if let Some(inner) = schema.get("items") {
            items.iter().for_each(|item| self.node(item, inner, name));
        }
    }

    fn string(&mut self, node: &Node, schema: &Json, name: &str) {
        let Some(text) = node.text() else { return self.wrong(node, name, "text") };
        let optional = schema.get("type").is_some_and(Json::is_array);
        if node.is_null() {
            if !optional {
                self.add("E011", node.span, &format!("`{name}` has no value"), None);
            }
            return;
        }
        if text.trim().is_empty() {
            self.add("E011", node.span, &format!("`{name}` is empty"), None);
        }
        if let Value::Scalar { plain: true, .. } = node.value
            && let Some(kind) = yaml::kind_of_plain(text)
        {
            let written = format!("\"{text}\"");
            let message = format!("`{name}` is text, and {text} without quotation marks is {kind}");
            let problem = Problem::new("E011", self.source, node.span, message);
            return self.push(problem.help(format!("write {written}")).fix(node.span, written));
        }
        let Some(pattern) = schema.get("pattern").and_then(Json::as_str) else { return };
        if !fits(pattern, text) || pattern == DAY && text.parse::<jiff::civil::Date>().is_err() {
            let (code, wanted) = match pattern {
                ID => ("E011", "an id of lower-case letters, digits and `-`, beginning with a letter"),
                WINDOW => ("E009", "a number of hours, days or weeks, as `36h`, `14d` or `2w`"),
                DAY => ("E009", "a day of the calendar, as `2025-07-17`"),
                _ => ("E011", "of another form"),
            };
            self.add(code, node.span, &format!("`{name}` is {wanted}, not `{text}`"), None);
        }
    }

    fn boolean(&mut self, node: &Node, name: &str) {
        match &node.value {
            Value::Scalar { text, plain: true } if matches!(text.as_str(), "true" | "false") => {}
            Value::Scalar { text, plain } => {
                let message = format!("`{name}` is `true` or `false`, not `{text}`");
                let problem = Problem::new("E011", self.source, node.span, message);
                let meant = match text.to_lowercase().as_str() {
                    "yes" | "on" | "true" => Some("true"),
                    "no" | "off" | "false" => Some("false"),
                    _ => None,
                };
                self.push(match meant {
                    Some(word) if *plain => problem.help(format!("write `{word}`")).fix(node.span, word),
                    Some(word) => problem.help(format!("write `{word}`, without quotation marks")).fix(node.span, word),
                    None => problem,
                });
            }
            _ => self.wrong(node, name, "`true` or `false`"),
        }
    }

    fn number(&mut self, node: &Node, schema: &Json, name: &str) {
        if schema.get("const").is_some() {
            return; // the version, see above
        }
        let Value::Scalar { text, plain: true } = &node.value else { return self.wrong(node, name, "a number") };
        let whole = kind(schema) == "integer";
        let value = if whole { text.parse::<i64>().map(|n| n as f64).ok() } else { text.parse::<f64>().ok() };
        let (least, most) = (bound(schema, "minimum"), bound(schema, "maximum"));
        match value.filter(|value| value.is_finite()) {
            None => self.add(
                "E011",
                node.span,
                &format!("`{name}` is a {}number, not `{text}`", if whole { "whole " } else { "" }),
                None,
            ),
            Some(value) if least.is_some_and(|least| value < least) || most.is_some_and(|most| value > most) => {
                let range = match (least, most) {
                    (Some(least), Some(most)) if most < 1e9 => format!("from {least} to {most}"),
                    (Some(least), _) => format!("at least {least}"),
                    (_, most) => format!("at most {}", most.unwrap_or_default()),
                };
                self.add("E009", node.span, &format!("`{name}` is {range}, not {text}"), None);
            }
            Some(value) if name == "scale" && value <= 0.0 => {
                self.add("E009", node.span, &format!("`scale` is greater than 0, not {text}"), None);
            }
            Some(_) => {}
        }
    }

    fn wrong(&mut self, node: &Node, name: &str, wanted: &str) {
        let given = match &node.value {
            Value::Scalar { .. } if node.is_null() => "nothing".to_owned(),
            Value::Scalar { text, .. } => format!("`{}`", text.chars().take(40).collect::<String>()),
            Value::List(_) => "a list".to_owned(),
            Value::Map(_) => "a map".to_owned(),
        };
        let first = match &node.value {
            Value::Map(entries) => entries.first().map_or(node.span, |(key, _)| key.span),
            _ => node.span,
        };
        self.add("E011", first, &format!("{} is {wanted}, not {given}", quoted(name)), None);
    }
}

fn quoted(name: &str) -> String {
    if name.contains(' ') { name.to_owned() } else { format!("`{name}`") }
}

/// How a map is called that stands under a key: an entry of `positions` is a position.
fn place_name(key: &str) -> String {
    let one = match key {
        "the file" => return key.to_owned(),
        "topics" | "rules" | "positions" | "groups" | "conflicts" | "negators" | "hedges" | "cues" | "units" | "titles" => {
            key.trim_end_matches('s')
        }
        "entities" => "entity",
        "ignore" => "ignore entry",
        "flag" | "quiet" | "todo_flag" | "todo_quiet" => "test case",
        "says" | "unless" => "event pattern",
        _ => return format!("`{key}`"),
    };
    let article = if one.starts_with(['a', 'e', 'i', 'o']) { "an" } else { "a" };
    format!("{article} {one}")
}

fn noun(kind: &str) -> &'static str {
    match kind {
        "array" => "a list",
        "object" => "a map",
        _ => "text",
    }
}

fn list(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

fn bound(schema: &Json, key: &str) -> Option<f64> {
    schema.get(key).and_then(Json::as_f64)
}

/// Whether a text has one of the shapes that the schema uses. The program names no engine for regular expressions.
fn fits(pattern: &str, text: &str) -> bool {
    let mut chars = text.chars();
    match pattern {
        ID => {
            chars.next().is_some_and(|c| c.is_ascii_lowercase())
                && chars.all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
        }
        WINDOW => {
            let number = text.strip_suffix(['h', 'd', 'w']).unwrap_or("");
            !number.is_empty() && number.len() <= 6 && number.chars().all(|c| c.is_ascii_digit())
        }
        DAY => {
            text.len() == 10
                && text.chars().enumerate().all(|(at, c)| if at == 4 || at == 7 { c == '-' } else { c.is_ascii_digit() })
        }
        PREPOSITION => text.split(' ').all(|word| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase())),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(text: &str) -> Vec<String> {
        let source = Source::new("x.yml", text);
        let root = crate::base::yaml::parse(text).expect("the syntax is right");
        let mut problems = Vec::new();
        structure(&source, &root, &mut problems);
        super::super::problem::sort(&mut problems);
        let show = |p: &Problem| {
            let help = p.help.as_ref().map_or(String::new(), |help| format!(" ({help})"));
            format!("{} {}:{} {}{help}", p.code, p.line, p.column, p.message)
        };
        problems.iter().map(show).collect()
    }

    fn check(text: &str, expected: &[&str]) {
        assert_eq!(problems(text), expected, "{text}");
    }

    #[test]
    fn a_right_file_has_no_problem() {
        check("gainsay: 1\n", &[]);
        check("gainsay: 1\nentities:\n  - { id: orsa, type: state, names: [Orsa] }\n", &[]);
        let says = "gainsay: 1\ntopics: [{ id: t, title: T, positions: [{ id: p, label: L, says: [a b, { event: open, into: c }] }] }]\n";
        check(says, &[]);
    }

    #[test]
    fn unknown_keys_name_the_nearest() {
        check("gainsay: 1\ntopic: []\n", &["E002 2:1 unknown key `topic` in the file (did you mean `topics`?)"]);
        check(
            "gainsay: 1\ngroups: [{ id: g, membres: [x] }]\n",
            &["E002 2:19 unknown key `membres` in a group (did you mean `members`?)"],
        );
        check(
            "gainsay: 1\ntopics: [{ id: t, title: T, positions: [{ id: p, label: L, says: [{ evnt: x }] }] }]\n",
            &["E002 2:69 unknown key `evnt` in an event pattern (did you mean `event`?)"],
        );
    }

    #[test]
    fn keys_given_twice_are_seen() {
        check(
            "gainsay: 1\ngroups: []\ngroups: []\n",
            &["E003 3:1 key `groups` is given twice (the first stands at 2:1; keep one)"],
        );
    }

    #[test]
    fn versions_have_their_own_code() {
        check(
            "groups: []\n",
            &["E010 1:1 `gainsay: 1` is missing (write it on the first line: it names the version of the rule language)"],
        );
        check("gainsay: 2\n", &["E010 1:10 `gainsay: 2` is newer than this program, which reads version 1"]);
        check("gainsay: one\n", &["E010 1:10 `gainsay` names the version of the rule language: 1"]);
    }

    #[test]
    fn shapes_windows_and_days_are_checked() {
        check("gainsay: 1\ngroups: x\n", &["E011 2:9 `groups` is a list, not `x`"]);
        check(
            "gainsay: 1\ngroups: [{ id: G, members: [x] }]\n",
            &["E011 2:16 `id` is an id of lower-case letters, digits and `-`, beginning with a letter, not `G`"],
        );
        check(
            "gainsay: 1\nignore: [{ rule: r, reason: x, until: 2026-13-01 }]\n",
            &["E009 2:39 `until` is a day of the calendar, as `2025-07-17`, not `2026-13-01`"],
        );
        check(
            "gainsay: 1\nrules: [{ id: r, title: T, severity: eror, message: m, negation: {}, where: { window: 3 days } }]\n",
            &[
                "E011 2:38 `severity` is one of `note`, `warning`, `error`, not `eror` (did you mean `error`?)",
                "E009 2:87 `window` is a number of hours, days or weeks, as `36h`, `14d` or `2w`, not `3 days`",
            ],
        );
        check("gainsay: 1\nignore: [{ rule: r }]\n", &["E011 2:12 an ignore entry has no `reason`"]);
        check("[1, 2]", &["E011 1:1 the file is a map of keys and values, not a list"]);
    }
}
