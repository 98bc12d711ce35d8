//! Two snapshots → the blocks that changed, and a third in which only some of the changes are taken over.
//!
//! A block is what stands between blank lines. A conflict's block is known by its first word, its id; the first block of a file, with
//! counts and articles, and the last, with problems, by their place.

use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// One block that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The conflict's id; [`HEAD`] for the first block, `problems` for the last.
    pub id: String,
    /// The block as stored; `None` where it is new.
    pub old: Option<String>,
    /// The block as it is now; `None` where it is gone.
    pub new: Option<String>,
}

/// Name of the block with counts and articles.
pub const HEAD: &str = "articles";

impl Change {
    /// `new`, `gone` or `changed`.
    pub fn state(&self) -> &'static str {
        match (&self.old, &self.new) {
            (None, _) => "new",
            (_, None) => "gone",
            _ => "changed",
        }
    }

    /// The change with its state, and what stays, goes and comes, a line each.
    pub fn told(&self) -> String {
        let mut text = format!("\n{} {}\n", self.state(), self.id);
        for (mark, line) in self.lines() {
            text.push_str(format!("{mark} {line}").trim_end());
            text.push('\n');
        }
        text
    }

    /// The lines of both blocks, each once: kept ones with a blank, stored ones with `-`, new ones with `+` in front.
    pub fn lines(&self) -> Vec<(char, &str)> {
        let (old, new) = (lines(self.old.as_deref()), lines(self.new.as_deref()));
        let mut out = Vec::new();
        let mut rest = new.as_slice();
        for line in &old {
            match rest.iter().position(|other| other == line) {
                Some(at) => {
                    out.extend(rest[..at].iter().map(|line| ('+', *line)));
                    out.push((' ', *line));
                    rest = &rest[at + 1..];
                }
                None => out.push(('-', *line)),
            }
        }
        out.extend(rest.iter().map(|line| ('+', *line)));
        out
    }
}

fn lines(block: Option<&str>) -> Vec<&str> {
    block.map(|text| text.lines().collect()).unwrap_or_default()
}

/// Blocks of a text, in order, each with its name.
fn blocks(text: &str) -> Vec<(String, String)> {
    let blocks = text.split("\n\n").map(|block| block.trim_end().to_owned()).filter(|block| !block.is_empty());
    let name = |at: usize, block: &str| if at == 0 { HEAD } else { block.split_whitespace().next().unwrap_or("") }.to_owned();
    blocks.enumerate().map(|(at, block)| (name(at, &block), block)).collect()
}

/// What differs, in the order of the new text, what is gone last.
pub fn changes(old: &str, new: &str) -> Vec<Change> {
    let before: BTreeMap<String, String> = blocks(old).into_iter().collect();
    let now = blocks(new);
    let kept: BTreeSet<&str> = now.iter().map(|(id, _)| id.as_str()).collect();
    let mut out: Vec<Change> = now
        .iter()
        .filter(|(id, block)| before.get(id) != Some(block))
        .map(|(id, block)| Change { id: id.clone(), old: before.get(id).cloned(), new: Some(block.clone()) })
        .collect();
    let gone = blocks(old).into_iter().filter(|(id, _)| !kept.contains(id.as_str()));
    out.extend(gone.map(|(id, block)| Change { id, old: Some(block), new: None }));
    out
}

/// The stored text with the changes of `taken` made: what is new goes where the new text has it, what stays keeps its place.
pub fn merge(old: &str, new: &str, taken: &BTreeSet<String>) -> String {
    let before: BTreeMap<String, String> = blocks(old).into_iter().collect();
    let now = blocks(new);
    let current: BTreeSet<String> = now.iter().map(|(id, _)| id.clone()).collect();
    let mut out: Vec<String> = Vec::new();
    let mut waiting = blocks(old).into_iter().filter(|(id, _)| !current.contains(id)).collect::<Vec<_>>().into_iter().peekable();
    let order: Vec<String> = blocks(old).into_iter().map(|(id, _)| id).collect();
    let place = |id: &str| order.iter().position(|other| other == id);
    for (id, block) in now {
        // A block that is gone but whose loss was not taken over stays in front of what followed it.
        while let Some((gone, text)) = waiting.next_if(|(gone, _)| place(&id).is_some_and(|at| place(gone) < Some(at))) {
            out.extend((!taken.contains(&gone)).then_some(text));
        }
        match (taken.contains(&id), before.get(&id)) {
            (true, _) => out.push(block),
            (false, Some(stored)) => out.push(stored.clone()),
            (false, None) => {}
        }
    }
    out.extend(waiting.filter(|(gone, _)| !taken.contains(gone)).map(|(_, text)| text));
    out.join("\n\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: &str = "2 articles\n\naaa one\n  x\n\nbbb two\n  y\n\nccc three\n";
    const NEW: &str = "3 articles\n\naaa one\n  z\n\nccc three\n\nddd four\n";

    fn taken(ids: &[&str]) -> BTreeSet<String> {
        ids.iter().map(|id| (*id).to_owned()).collect()
    }

    #[test]
    fn what_differs_is_named_by_id() {
        let found: Vec<(String, &str)> = changes(OLD, NEW).iter().map(|c| (c.id.clone(), c.state())).collect();
        let found: Vec<(&str, &str)> = found.iter().map(|(id, state)| (id.as_str(), *state)).collect();
        assert_eq!(found, [(HEAD, "changed"), ("aaa", "changed"), ("ddd", "new"), ("bbb", "gone")]);
        assert!(changes(OLD, OLD).is_empty());
    }

    #[test]
    fn a_merge_of_all_is_the_new_text_and_of_none_the_old() {
        assert_eq!(merge(OLD, NEW, &taken(&[HEAD, "aaa", "bbb", "ddd"])), NEW);
        assert_eq!(merge(OLD, NEW, &taken(&[])), OLD);
        assert_eq!(merge(OLD, NEW, &taken(&["ddd"])), "2 articles\n\naaa one\n  x\n\nbbb two\n  y\n\nccc three\n\nddd four\n");
        assert_eq!(merge("", NEW, &taken(&[HEAD, "aaa", "ccc", "ddd"])), NEW);
    }

    #[test]
    fn lines_show_what_stays_once() {
        let change = &changes(OLD, NEW)[1];
        assert_eq!(change.lines(), [(' ', "aaa one"), ('-', "  x"), ('+', "  z")]);
    }
}
