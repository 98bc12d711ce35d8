//! Mistakes, warnings, gates.

use super::marks::table;
use crate::rules::{CODES, GATES, gate_meaning};

/// The page of the E and W codes.
pub(super) fn codes() -> String {
    let rows = |lead: char| -> Vec<[String; 2]> {
        let of = CODES.iter().filter(|(code, _)| code.starts_with(lead));
        of.map(|(code, meaning)| [(*code).to_owned(), (*meaning).to_owned()]).collect()
    };
    format!(
        "# Mistakes and warnings\n\n`gainsay rules check` prints all of them in one run, each with its place and what to do. A code keeps its meaning for \
         ever.\n\n## Mistakes\n\nA file with one of these is not used (exit 2).\n\n{}\n## Warnings\n\nThe file is used; something is likely not \
         meant, or not tested.\n\n{}",
        table(["code", "when"], &rows('E')),
        table(["code", "when"], &rows('W'))
    )
}

/// The page of the gates.
pub(super) fn gates() -> String {
    let rows: Vec<[String; 3]> = (1..)
        .zip(GATES)
        .map(|(at, gate): (usize, _)| [at.to_string(), format!("`{gate}`"), gate_meaning(gate).to_owned()])
        .collect();
    format!(
        "# Gates\n\nTwo claims pass these in order before they are a conflict; the first that stops them is the reason that `because` names \
         in a quiet test, and that `gainsay why` tells. A kind of rule skips gates that mean nothing to it.\n\n{}",
        table(["", "gate", "a pair stops here because"], &rows)
    )
}
