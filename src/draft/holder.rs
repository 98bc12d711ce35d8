//! A role rule of two claims that put different names in one place.

use super::sheet::{Body, Sheet};
use super::words::{self, Words, part_name, record};
use crate::claims::EntityKind;
use crate::conflicts::{Fact, Role, Slot};
use crate::rules::Severity;
use crate::rules::schema::{OneOrMany, RoleKind, RuleSpec, Says};

/// The rule, where something named beside the holder can be its key.
pub fn sheet(words: Words, facts: [&Fact; 2], slot: Slot, common: &[(usize, usize)]) -> Option<Sheet> {
    let kind = |role: &Role| role.being.map(|being| words.facts.who.list[being as usize].kind);
    let named = |role: &&Role| role.being.is_some_and(|being| words.facts.who.list[being as usize].is_named());
    let (holder, key) = (facts[0].role(slot)?, common.iter().map(|(i, _)| &facts[0].roles[*i]).find(named)?);
    let says = facts.iter().zip([0, 1]).filter_map(|(fact, side)| {
        let event = words.event_word(fact)?;
        let at = common.iter().map(|pair| if side == 0 { pair.0 } else { pair.1 });
        let key = at.map(|at| &fact.roles[at]).find(named)?;
        let parts = [
            (part_name(fact.role(slot)?), format!("$holder:{}", type_of(kind(holder), "person"))),
            (part_name(key), format!("$of:{}", type_of(kind(key), "org"))),
        ];
        Some(record(&event, &parts))
    });
    let mut says: Vec<Says> = says.collect();
    says.dedup();
    let event = facts[0].event?.lemma;
    let of = &words.facts.who.list[key.being? as usize].name;
    let rule = RuleSpec {
        id: words::slug(&format!("{} of {of}", event.as_str())),
        title: format!("Who: {} of {of}", event.as_str()),
        severity: Severity::Warning,
        message: "{a.source} ({a.date}): {a.holder}. {b.source} ({b.date}): {b.holder}.".into(),
        role: Some(RoleKind { says, key: Some(OneOrMany(vec!["of".into()])), value: Some("holder".into()), same: None }),
        ..RuleSpec::default()
    };
    let notes = vec![
        "`$of` is what both sides must name, `$holder` what must not differ. Types are person, office, state, org, place, or a group of yours.".to_owned(),
        "Add `where: { window: 30d }`: an office changes hands.".to_owned(),
    ];
    Some(Sheet { notes, body: Body::Rule(Box::new(rule)) })
}

fn type_of(kind: Option<EntityKind>, unknown: &'static str) -> &'static str {
    match kind {
        Some(EntityKind::Person) => "person",
        Some(EntityKind::Office) => "office",
        Some(EntityKind::State) => "state",
        Some(EntityKind::Org) => "org",
        Some(EntityKind::Place) => "place",
        _ => unknown,
    }
}
