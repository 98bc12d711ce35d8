//! Names of many articles → [`Declared`] and found entities.
//!
//! In: the readings of a run and what rule files declare. Out: who is who, who speaks for whom. Knows no rules beyond the
//! declarations handed to it, and no reports.

use crate::claims::EntityKind;

/// An entity or group as a rule file declares it (RULE-LANGUAGE.md, `entities` and `groups`); its references are checked by then.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Declared {
    /// The id in the rule file; unique among entities and groups.
    pub id: String,
    /// Its type; [`EntityKind::Group`] for a group.
    pub kind: EntityKind,
    /// Names as written in text; the first is shown.
    pub names: Vec<String>,
    /// Adjectives and nouns for its people ("Russian").
    pub adjectives: Vec<String>,
    /// Titles that only it bears ("president of Orsa").
    pub titles: Vec<String>,
    /// Ids of those it speaks for, nearest only.
    pub speaks_for: Vec<String>,
    /// Id of the whole it is part of.
    pub part_of: Option<String>,
    /// Ids of a group's members; empty for an entity.
    pub members: Vec<String>,
}
