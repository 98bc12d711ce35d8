//! `gainsay rules show`: a rule or topic in full, compiled and as it is written.

use super::super::args::{Global, RuleArgs};
use super::super::exit::Exit;
use super::super::run;
use super::format;
use crate::base::Limits;
use crate::base::yaml::{self, Node};
use crate::rules::{self, Kind, RuleSet, Topic};
use std::fmt::Write as _;

/// Shows one rule or topic.
pub fn show(id: &str, args: &RuleArgs, global: &Global) -> Result<Exit, Exit> {
    format(global, &["human"])?;
    let set = run::rules(args)?;
    let rule = set.rules.iter().find(|rule| rule.id == id);
    let topic = match rule.map(|rule| &rule.kind) {
        Some(Kind::Position(position)) => set.topics.get(position.topic),
        Some(_) => None,
        None => set.topics.iter().find(|topic| topic.id == id),
    };
    if rule.is_none() && topic.is_none() {
        let ids = set.rules.iter().map(|rule| rule.id.as_str()).chain(set.topics.iter().map(|topic| topic.id.as_str()));
        let near = rules::nearest(id, ids);
        let help = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
        return Err(super::super::usage(&format!("no rule or topic has the id `{id}`{help}")));
    }
    let mut text = String::new();
    if let Some(rule) = rule {
        let state = if rule.enabled { "" } else { ", off" };
        let _ = writeln!(text, "{}: {}", rule.id, rule.title);
        let _ = writeln!(
            text,
            "{}, {}{state}, pack {}, {}:{}",
            rule.kind.name(),
            rule.severity.name(),
            rule.pack,
            rule.path,
            rule.line
        );
        if let Some(note) = &rule.note {
            let _ = writeln!(text, "{note}");
        }
    }
    if let Some(topic) = topic {
        text.push_str(&positions(&set, topic));
    }
    let place = rule.map(|rule| rule.path.as_str());
    for source in written(id, topic.map(|topic| topic.id.as_str()), place, args) {
        let _ = write!(text, "\n{source}");
    }
    super::super::put(&text, global)?;
    Ok(Exit::Done)
}

/// A topic's positions, what denies them, and what clashes.
fn positions(set: &RuleSet, topic: &Topic) -> String {
    let mut text = format!("\ntopic {}: {}\n", topic.id, topic.title);
    for (at, position) in topic.positions.iter().enumerate() {
        let _ = writeln!(text, "  {}: {}", position.id, position.label);
        for says in &position.says {
            let _ = writeln!(text, "    says    {}", set.pattern_text(*says));
        }
        for unless in &position.unless {
            let _ = writeln!(text, "    unless  {}", set.pattern_text(*unless));
        }
        let _ = writeln!(text, "    denied  {}", topic.name(position.denied));
        let against = topic.clashes.iter().filter_map(|clash| match (clash.one == at, clash.two == at) {
            (true, _) => Some((clash.two, clash.strength)),
            (_, true) => Some((clash.one, clash.strength)),
            _ => None,
        });
        for (other, strength) in against {
            let strength = if strength == rules::Strength::Tension { " (tension)" } else { "" };
            let _ = writeln!(text, "    against {}{strength}", topic.name(other));
        }
    }
    text
}

/// The rule and its topic as they are written, cut out of their files.
fn written(id: &str, topic: Option<&str>, path: Option<&str>, args: &RuleArgs) -> Vec<String> {
    let mut files = crate::base::pack::built_in();
    for path in &args.rules {
        files.extend(crate::base::pack::read(path, &Limits::default()).0);
    }
    let mut found = Vec::new();
    for file in files.iter().rev() {
        let Ok(root) = yaml::parse(&file.text) else { continue };
        for (key, wanted) in [("topics", topic), ("rules", Some(id).filter(|_| path == Some(file.path.as_str())))] {
            let node =
                root.list(key).iter().find(|node| node.get("id").and_then(Node::text).is_some_and(|id| Some(id) == wanted));
            if let Some(node) = node {
                let text = &file.text;
                let start = text[..node.span.start as usize].rfind('\n').map_or(0, |at| at + 1);
                found.push(format!("{}\n", text[start..node.span.end as usize].trim_end()));
            }
        }
    }
    found
}
