//! The seven relations between two meanings, how they chain, and what a context makes of them.
//!
//! In: relations of single edits. Out: the relation of the whole. Knows no words.
//!
//! Source: MacCartney & Manning 2007, "Natural Logic for Textual Inference", section 3, and MacCartney 2009, table 5.2 (the joins).
//! Where their table gives a union of relations, this one gives independence, as theirs does in practice.

/// How the meaning of one expression lies to that of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// Couch and sofa.
    Equal,
    /// Crow and bird: the first is the narrower.
    Forward,
    /// Bird and crow: the second is the narrower.
    Reverse,
    /// Human and nonhuman: one of the two, never both.
    Negation,
    /// Cat and dog: never both, perhaps neither.
    Alternation,
    /// Animal and nonhuman: one of the two at least, perhaps both.
    Cover,
    /// Hungry and hippo.
    Independent,
}

use Relation::{Alternation, Cover, Equal, Forward, Independent, Negation, Reverse};

impl Relation {
    /// All seven, in the order of the tables.
    pub const ALL: [Relation; 7] = [Equal, Forward, Reverse, Negation, Alternation, Cover, Independent];

    /// The same relation seen from the other side.
    pub fn turned(self) -> Self {
        match self {
            Forward => Reverse,
            Reverse => Forward,
            other => other,
        }
    }

    /// What is left of it under a negation of both sides.
    pub fn negated(self) -> Self {
        match self {
            Forward => Reverse,
            Reverse => Forward,
            Alternation => Cover,
            Cover => Alternation,
            other => other,
        }
    }

    /// What is left of it inside an indefinite scene ("a man with a cat"): two such scenes can both hold.
    pub fn in_existence(self) -> Self {
        match self {
            Negation | Alternation | Cover => Independent,
            other => other,
        }
    }

    /// From `x r y` and `y s z`, how `x` lies to `z`.
    pub fn join(self, next: Self) -> Self {
        match (self, next) {
            (Equal, other) | (other, Equal) => other,
            (Negation, other) => other.behind_negation(),
            (other, Negation) => other.before_negation(),
            (Forward, Forward) => Forward,
            (Reverse, Reverse) => Reverse,
            (Forward, Alternation) | (Alternation, Reverse) => Alternation,
            (Reverse, Cover) | (Cover, Forward) => Cover,
            (Alternation, Cover) => Forward,
            (Cover, Alternation) => Reverse,
            _ => Independent,
        }
    }

    /// `x ^ y` joined with `y r z`.
    fn behind_negation(self) -> Self {
        match self {
            Forward => Cover,
            Reverse => Alternation,
            Negation => Equal,
            Alternation => Reverse,
            Cover => Forward,
            other => {
                if other == Equal {
                    Negation
                } else {
                    Independent
                }
            }
        }
    }

    /// `x r y` joined with `y ^ z`.
    fn before_negation(self) -> Self {
        match self {
            Forward => Alternation,
            Reverse => Cover,
            Negation => Equal,
            Alternation => Forward,
            Cover => Reverse,
            other => {
                if other == Equal {
                    Negation
                } else {
                    Independent
                }
            }
        }
    }

    /// Whether the two cannot both hold.
    pub fn excludes(self) -> bool {
        matches!(self, Negation | Alternation)
    }

    /// Whether the second holds wherever the first does.
    pub fn entails(self) -> bool {
        matches!(self, Equal | Forward)
    }
}

/// Gives two cores, the relation between them, their signs: how do the sentences lie to each other?
pub fn signed(core: Relation, negated: [bool; 2]) -> Relation {
    match negated {
        [false, false] => core,
        [true, true] => core.negated(),
        [false, true] => core.join(Negation),
        [true, false] => Negation.join(core),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every relation over subsets of a set of three, read off the sets themselves.
    fn between(x: u8, y: u8) -> Relation {
        match (x == y, x & !y == 0, y & !x == 0, x & y == 0, x | y == 7) {
            (true, ..) => Equal,
            (_, true, ..) => Forward,
            (_, _, true, ..) => Reverse,
            (_, _, _, true, true) => Negation,
            (_, _, _, true, false) => Alternation,
            (_, _, _, false, true) => Cover,
            _ => Independent,
        }
    }

    #[test]
    fn a_join_is_true_of_sets() {
        // Empty and full sets stand in several relations at once; the theory leaves them out.
        let sets = 1..7u8;
        for (x, y, z) in sets.clone().flat_map(|x| sets.clone().flat_map(move |y| (1..7u8).map(move |z| (x, y, z)))) {
            let joined = between(x, y).join(between(y, z));
            assert!(joined == Independent || joined == between(x, z), "{x:03b} {y:03b} {z:03b}: {joined:?}");
        }
    }

    #[test]
    fn signs_turn_what_lies_below_them() {
        assert_eq!(signed(Forward, [false, true]), Alternation, "a crow sings, no bird sings");
        assert_eq!(signed(Reverse, [false, true]), Cover, "a bird sings, no crow sings");
        assert_eq!(signed(Reverse, [true, false]), Alternation, "no bird sings, a crow sings");
        assert_eq!(signed(Equal, [true, false]), Negation);
        assert_eq!(signed(Reverse, [true, true]), Forward, "no bird sings, no crow sings");
    }
}
