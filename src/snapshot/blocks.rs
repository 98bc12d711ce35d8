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
    /// The id before, where one side says something else now and the conflict is the same matter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub was: Option<String>,
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
    let stored = blocks(old);
    let before: BTreeMap<&str, &String> = stored.iter().map(|(id, block)| (id.as_str(), block)).collect();
    let now = blocks(new);
    let kept: BTreeSet<&str> = now.iter().map(|(id, _)| id.as_str()).collect();
    let came: Vec<(&str, &str)> = pairs(&now).filter(|(id, _)| !before.contains_key(id)).collect();
    let went: Vec<(&str, &str)> = pairs(&stored).filter(|(id, _)| !kept.contains(id)).collect();
    let successors = successors(&went, &came);
    let mut out: Vec<Change> = Vec::new();
    for (id, block) in pairs(&now).filter(|(id, block)| before.get(id).is_none_or(|old| old != block)) {
        let was = successors.get(id).copied();
        let old = before.get(was.unwrap_or(id)).map(|old| (*old).clone());
        out.push(Change { id: id.to_owned(), was: was.map(str::to_owned), old, new: Some(block.to_owned()) });
    }
    let followed: BTreeSet<&str> = successors.into_values().collect();
    let gone = went.into_iter().filter(|(id, _)| !followed.contains(id));
    out.extend(gone.map(|(id, block)| Change { id: id.to_owned(), was: None, old: Some(block.to_owned()), new: None }));
    out
}

fn pairs(blocks: &[(String, String)]) -> impl Iterator<Item = (&str, &str)> {
    blocks.iter().map(|(id, block)| (id.as_str(), block.as_str()))
}

/// By id of a new block the id of the one that went in its favour: the same rule between the same two, of whom one says what was said.
/// Where several fit, none is taken for the other.
fn successors<'a>(went: &[(&'a str, &'a str)], came: &[(&'a str, &'a str)]) -> BTreeMap<&'a str, &'a str> {
    let one_matter = |old: &str, new: &str| matter(old).zip(matter(new)).is_some_and(|(old, new)| old.became(&new));
    let mut out = BTreeMap::new();
    for (id, new) in came {
        let fitting: Vec<&(&str, &str)> = went.iter().filter(|(_, old)| one_matter(old, new)).collect();
        if let [(was, old)] = fitting[..]
            && came.iter().filter(|(_, new)| one_matter(old, new)).count() == 1
        {
            out.insert(*id, *was);
        }
    }
    out
}

/// What a conflict's block is about: its rule, and of both sides who speaks where and in which words.
struct Matter<'a> {
    rule: &'a str,
    sides: [(&'a str, &'a str); 2],
}

impl Matter<'_> {
    fn became(&self, new: &Matter<'_>) -> bool {
        let same = |at: usize, to: usize| self.sides[at] == new.sides[to];
        let speaker = |at: usize, to: usize| self.sides[at].0 == new.sides[to].0;
        let places = [(0, 0), (0, 1), (1, 0), (1, 1)];
        self.rule == new.rule && places.into_iter().any(|(at, to)| same(at, to) && speaker(1 - at, 1 - to))
    }
}

/// Reads a conflict's block; `None` for any other.
fn matter(block: &str) -> Option<Matter<'_>> {
    let mut lines = block.lines();
    let rule = lines.next()?.split_once(" by ")?.1.split_whitespace().next()?;
    let mut sides = Vec::new();
    while let Some(line) = lines.next() {
        if let Some(who) = line.strip_prefix("  - ") {
            // How firmly it is said may change with the words.
            sides.push((who.split(" [").next().unwrap_or(who), lines.next()?));
        }
    }
    Some(Matter { rule, sides: sides.try_into().ok()? })
}

/// The stored text with the changes of `taken` made: what is new goes where the new text has it, what stays keeps its place.
///
/// With a change its id before goes too.
pub fn merge(old: &str, new: &str, taken: &BTreeSet<String>) -> String {
    let followed = changes(old, new).into_iter().filter(|change| taken.contains(&change.id)).filter_map(|change| change.was);
    let taken: &BTreeSet<String> = &taken.iter().cloned().chain(followed).collect();
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

    fn conflict(id: &str, rule: &str, said: [&str; 2]) -> String {
        let [one, two] = said;
        format!(
            "{id} error dispute by {rule} (quantity), likely 7/10\n  told\n  - A; Paper [CT+]\n    {one}\n    clash: {one}\n  - B; Paper [CT+]\n    {two}"
        )
    }

    #[test]
    fn a_conflict_of_which_one_side_says_something_else_has_changed() {
        let text = |blocks: &[&str]| format!("2 articles\n\n{}\n", blocks.join("\n\n"));
        let check = |old: &[&str], new: &[&str], expected: &[(&str, &str, Option<&str>)]| {
            let (old, new) = (text(old), text(new));
            let found = changes(&old, &new);
            let told: Vec<_> = found.iter().map(|c| (c.id.as_str(), c.state(), c.was.as_deref())).collect();
            assert_eq!(told, expected);
            let all: BTreeSet<String> = found.iter().map(|change| change.id.clone()).collect();
            assert_eq!(merge(&old, &new, &all), new);
            assert_eq!(merge(&old, &new, &BTreeSet::new()), old);
        };
        let old = conflict("aaa", "killed", ["nine died", "ten died"]);
        let new = conflict("bbb", "killed", ["nine died", "twelve died"]);
        check(&[&old], &[&new], &[("bbb", "changed", Some("aaa"))]);
        // Another rule, both sides otherwise, or two that could have become it: not one matter for certain.
        let other = conflict("ccc", "injured", ["nine died", "twelve died"]);
        check(&[&old], &[&other], &[("ccc", "new", None), ("aaa", "gone", None)]);
        let other = conflict("ddd", "killed", ["eight died", "twelve died"]);
        check(&[&old], &[&other], &[("ddd", "new", None), ("aaa", "gone", None)]);
        let second = conflict("eee", "killed", ["nine died", "eleven died"]);
        check(&[&old, &second], &[&new], &[("bbb", "new", None), ("aaa", "gone", None), ("eee", "gone", None)]);
    }

    #[test]
    fn lines_show_what_stays_once() {
        let change = &changes(OLD, NEW)[1];
        assert_eq!(change.lines(), [(' ', "aaa one"), ('-', "  x"), ('+', "  z")]);
    }
}
