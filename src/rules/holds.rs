//! What stands at which key of a rule file: ids, patterns, placeholders. One table for all who follow ids: [`super::index`], and
//! through it renaming, and completion.

/// What an id names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sort {
    /// Somebody or something, or a group: they share their ids.
    Entity,
    /// A matter.
    Topic,
    /// An answer to a topic's question; its id counts within the topic.
    Position,
    /// A rule.
    Rule,
    /// A pack.
    Pack,
}

/// What a value is, beside its shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// The id of what the entry declares.
    Declares(Sort),
    /// An id declared elsewhere.
    Refers(Sort),
    /// A pattern, or a part of an event record.
    Pattern,
    /// The gate at which a quiet case stops.
    Gate,
    /// A message with placeholders.
    Message,
    /// The name of a capture.
    Capture,
    /// The relation that a case expects.
    Relation,
    /// The sides that a case expects.
    Sides,
}

/// What the value under these keys is, from the root to it; places in lists are left out.
pub fn holds(keys: &[&str]) -> Option<Holds> {
    use Holds::*;
    use Sort::*;
    Some(match keys {
        ["pack", "name"] => Declares(Pack),
        ["pack", "uses"] => Refers(Pack),
        ["entities", "id"] | ["groups", "id"] => Declares(Entity),
        ["entities", "speaks_for" | "part_of"] | ["groups", "members"] | ["lexicons", "metonyms", "entity"] => Refers(Entity),
        ["topics", "id"] => Declares(Topic),
        ["topics", "positions", "id"] => Declares(Position),
        ["topics", "positions", "denied_as"] | ["topics", "conflicts", "between"] => Refers(Position),
        ["topics", "about", "all" | "any"] | ["topics", "positions", "says" | "unless"] => Pattern,
        ["topics", "positions", "says" | "unless", _] => Pattern,
        ["topics", "key"] => Capture,
        ["rules", "id"] => Declares(Rule),
        ["rules", "position", "topic"] => Refers(Topic),
        ["rules", "position", "pairs"] => Refers(Position),
        ["rules", _, "says" | "event"] | ["rules", _, "says" | "event", _] => Pattern,
        ["rules", "role" | "order", "key" | "value"] => Capture,
        ["rules", "where", "from", "a" | "b"] | ["rules", "where", "share"] => Refers(Entity),
        ["rules", "replaced_by"] | ["ignore", "rule"] => Refers(Rule),
        ["rules", "message"] => Message,
        [_, "tests", _, "expect", "a" | "b"] => Refers(Position),
        [_, "tests", _, "expect", "relation"] => Relation,
        [_, "tests", _, "expect", "sides"] => Sides,
        [_, "tests", _, "because"] => Gate,
        _ => return None,
    })
}
