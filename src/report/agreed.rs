//! What independent voices agree on, for people: each voice once, with where it says so. Copies of one text are one voice already.
//!
//! In: a [`Report`]. Out: [`Agreed`], the most voices first. Shared by the formats for people.

use super::outline::Index;
use super::view::{Claim, Report};

/// How many agreements are shown.
pub const SHOWN: usize = 8;

/// Heading for people, and what it means in a line.
pub const HEADING: (&str, &str) = ("Agreements", "told by voices that are independent of each other");

/// A claim that several independent voices make.
#[derive(Clone, Debug, PartialEq)]
pub struct Agreed<'a> {
    /// One claim of each voice, the earliest first; two or more.
    pub claims: Vec<&'a Claim>,
}

impl Agreed<'_> {
    /// "Ida Frey, lunn-post.txt:4; the harbour office, harbour.md:9".
    pub fn voices(&self, index: &Index<'_>) -> String {
        let voice = |claim: &&Claim| format!("{}, {}", index.speaker(claim), index.file_line(claim));
        self.claims.iter().map(voice).collect::<Vec<_>>().join("; ")
    }
}

/// All agreements of two voices or more: by number of voices, then date, article and place.
pub fn agreed<'a>(report: &'a Report, index: &Index<'a>) -> Vec<Agreed<'a>> {
    let order = |claim: &&Claim| {
        let date = index.article(&claim.article).and_then(|article| article.published.clone());
        (date.is_none(), date, claim.article.clone(), claim.span.start)
    };
    let mut out: Vec<Agreed<'a>> = Vec::new();
    for agreement in &report.agreements {
        let mut claims: Vec<&Claim> = agreement.claims.iter().filter_map(|id| index.claim(id)).collect();
        claims.sort_by_key(order);
        let mut voices: Vec<&Claim> = Vec::new();
        for claim in claims {
            if !voices.iter().any(|other| other.sources.first() == claim.sources.first()) {
                voices.push(claim);
            }
        }
        if voices.len() > 1 {
            out.push(Agreed { claims: voices });
        }
    }
    out.sort_by_key(|agreed| (std::cmp::Reverse(agreed.claims.len()), order(&agreed.claims[0])));
    out
}

/// "and 3 more in the JSON report" where not all are shown.
pub fn left(total: usize) -> Option<String> {
    (total > SHOWN).then(|| format!("and {} more in the JSON report", total - SHOWN))
}
