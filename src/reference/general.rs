//! Rules that look at every claim, and the kinds of rule.

use super::marks::{code, table};
use super::{Book, story};
use crate::rules::KINDS;
use crate::rules::schema::RuleSpec;
use crate::rules::schema::shape;
use std::fmt::Write as _;

/// The page of the general rules.
pub(super) fn general(book: &Book<'_>) -> String {
    let mut text = String::from(
        "# General rules\n\nThey look at every claim, without topic and without patterns. A rule with a topic goes before them where both find \
         one pair. `--no-default-rules` leaves them out.\n\n",
    );
    let rows: Vec<[String; 3]> = book
        .general()
        .map(|rule| [format!("[{}](#{})", rule.spec.id, rule.spec.id), kind(rule.spec).to_owned(), rule.spec.title.clone()])
        .collect();
    text.push_str(&table(["rule", "kind", "what it finds"], &rows));
    book.general().for_each(|rule| text.push_str(&story::rule(rule.spec, 2)));
    text
}

/// The page of the kinds.
pub(super) fn kinds() -> String {
    let mut text = String::from(
        "# Kinds of rule\n\nA rule has exactly one of these keys; what stands under it are the settings of the kind.\n",
    );
    let Some(rule) = shape::definition("RuleSpec") else { return text };
    for property in shape::properties(rule).into_iter().filter(|property| KINDS.contains(&property.name)) {
        let said = shape::description(property.schema).trim_start_matches("Kind: ");
        let (first, rest) = said.split_at(said.chars().next().map_or(0, char::len_utf8));
        let _ = write!(text, "\n## {}\n\n{}{rest}\n", property.name, first.to_uppercase());
        if let Some(example) = shape::examples(property.schema).first() {
            let _ = write!(text, "\n```yaml\n{}: {example}\n```\n", property.name);
        }
        let rows: Vec<[String; 3]> = shape::shapes(property.schema)
            .into_iter()
            .flat_map(shape::properties)
            .map(|key| {
                let needed = if key.required { "needed" } else { "" };
                [code(key.name), needed.to_owned(), super::marks::cell(shape::description(key.schema))]
            })
            .collect();
        if !rows.is_empty() {
            let _ = write!(text, "\n{}", table(["key", "", "meaning"], &rows));
        }
    }
    text
}

/// The kind of a rule.
pub(super) fn kind(rule: &RuleSpec) -> &'static str {
    let given = [
        rule.position.is_some(),
        rule.quantity.is_some(),
        rule.role.is_some(),
        rule.order.is_some(),
        rule.denial.is_some(),
        rule.negation.is_some(),
        rule.antonym.is_some(),
        rule.time.is_some(),
        rule.place.is_some(),
        rule.commitment.is_some(),
    ];
    KINDS.into_iter().zip(given).find(|(_, given)| *given).map_or("", |(kind, _)| kind)
}
