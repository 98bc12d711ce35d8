//! Reads treebanks in CoNLL-U.

use crate::base::Sym;
use crate::text::{Pos, Rel, Shape, Tag, token};

/// One sentence of a treebank.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    /// The text as it stood, where the file gives it.
    pub text: String,
    /// Its words.
    pub words: Vec<TreeWord>,
    /// Whether a paragraph begins with it.
    pub paragraph: bool,
    /// Whether a document begins with it.
    pub document: bool,
}

/// One word of a treebank.
#[derive(Clone, Debug)]
pub struct TreeWord {
    /// As written.
    pub written: String,
    /// Folded.
    pub form: Sym,
    /// Lemma, folded.
    pub lemma: Sym,
    /// Universal tag.
    pub pos: Pos,
    /// Fine tag.
    pub tag: Tag,
    /// Index of its head, or the number of words for the root.
    pub head: u32,
    /// Relation; one that [`Rel`] does not know loses its subtype.
    pub rel: Rel,
    /// How it is written.
    pub shape: Shape,
}

/// Reads all sentences of a text in CoNLL-U; a sentence with a broken line is left out.
pub fn read(text: &str) -> Vec<Tree> {
    text.split("\n\n").filter_map(sentence).collect()
}

fn sentence(block: &str) -> Option<Tree> {
    let mut tree = Tree::default();
    let mut roots = 0;
    let count = block
        .lines()
        .filter(|l| l.split('\t').next().is_some_and(|id| id.bytes().all(|b| b.is_ascii_digit()) && !id.is_empty()))
        .count();
    for line in block.lines() {
        if let Some(comment) = line.strip_prefix('#') {
            let comment = comment.trim_start();
            if let Some(text) = comment.strip_prefix("text = ") {
                text.clone_into(&mut tree.text);
            }
            tree.paragraph |= comment.starts_with("newpar");
            tree.document |= comment.starts_with("newdoc");
            continue;
        }
        let fields: Vec<&str> = line.split('\t').collect();
        let [id, written, lemma, pos, tag, _, head, rel, ..] = fields[..] else { continue };
        if !id.bytes().all(|b| b.is_ascii_digit()) {
            continue;
        }
        let head: u32 = head.parse().ok()?;
        let known = Rel::from_name(rel).or_else(|| Rel::from_name(rel.split(':').next()?));
        roots += usize::from(head == 0);
        tree.words.push(TreeWord {
            written: written.into(),
            form: Sym::new(&token::fold(written)),
            lemma: Sym::new(&token::fold(lemma)),
            pos: Pos::from_name(pos)?,
            tag: Tag::from_name(tag).unwrap_or_default(),
            head: if head == 0 { count as u32 } else { head - 1 },
            rel: known.unwrap_or_default(),
            shape: token::shape(written),
        });
    }
    let sound = roots == 1 && tree.words.len() == count && tree.words.iter().all(|w| w.head <= count as u32);
    (sound && count > 0).then_some(tree)
}

/// Reads a file, unpacked or packed by gzip.
///
/// # Errors
/// What reading or unpacking says.
pub fn load(path: &std::path::Path) -> std::io::Result<Vec<Tree>> {
    use std::io::Read;
    let mut text = String::new();
    let file = std::fs::File::open(path)?;
    if path.extension().is_some_and(|e| e == "gz") {
        flate2::read::MultiGzDecoder::new(file).read_to_string(&mut text)?;
    } else {
        std::io::BufReader::new(file).read_to_string(&mut text)?;
    }
    Ok(read(&text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_read() {
        let text =
            "# newpar\n# text = It is.\n1\tIt\tit\tPRON\tPRP\t_\t2\tnsubj\t_\t_\n2\tis\tbe\tAUX\tVBZ\t_\t0\troot\t_\t_\n\n";
        let trees = read(text);
        assert_eq!(trees.len(), 1);
        assert_eq!(trees[0].words[0].head, 1);
        assert_eq!(trees[0].words[1].head, 2);
        assert!(trees[0].paragraph);
    }

    #[test]
    fn a_sentence_without_root_is_left_out() {
        assert!(read("1\tIt\tit\tPRON\tPRP\t_\t1\tnsubj\t_\t_").is_empty());
    }
}
