//! One sentence as a tree: heads, relations and children, from the parse where there is one, else from `shallow`.
//!
//! In: a document and a sentence. Out: [`Tree`], on which clauses, events and reaches are read off. Known weak spots of the
//! parse are repaired here, so that nothing after it has to know whether a relation was parsed, guessed or mended.

use crate::base::Sym;
use crate::text::{Document, Line, Pos, Rel, Tag, Token};

/// No token.
const NONE: u32 = u32::MAX;

/// Heads and relations of one sentence. Token indices are those of [`Document::tokens`].
pub struct Tree<'a> {
    /// All tokens of the document.
    pub tokens: &'a [Token],
    /// First token of the sentence.
    pub first: u32,
    /// One past its last.
    pub end: u32,
    /// What kind of line it is.
    pub line: Line,
    head: Vec<u32>,
    rel: Vec<Rel>,
    pos: Vec<Pos>,
    tag: Vec<Tag>,
    first_kid: Vec<u32>,
    next_kid: Vec<u32>,
}

impl<'a> Tree<'a> {
    /// Reads one sentence; an index past the last gives an empty tree.
    pub fn new(document: &'a Document, sentence: usize) -> Self {
        let (first, end, line) = document.sentences.get(sentence).map_or((0, 0, Line::Body), |s| (s.first, s.end, s.kind));
        let end = end.min(document.tokens.len() as u32).max(first);
        let here = document.tokens.get(first as usize..end as usize).unwrap_or(&[]);
        let mut tree = Self {
            tokens: &document.tokens,
            first,
            end,
            line,
            head: here.iter().map(|t| t.head).collect(),
            rel: here.iter().map(|t| t.rel).collect(),
            pos: here.iter().map(|t| t.pos).collect(),
            tag: here.iter().map(|t| t.tag).collect(),
            first_kid: Vec::new(),
            next_kid: Vec::new(),
        };
        tree.settle();
        tree
    }

    fn at(&self, token: u32) -> usize {
        token.saturating_sub(self.first) as usize
    }

    /// Every token of the sentence.
    pub fn range(&self) -> std::ops::Range<u32> {
        self.first..self.end
    }

    /// The token itself.
    pub fn token(&self, token: u32) -> &'a Token {
        static BLANK: std::sync::LazyLock<Token> = std::sync::LazyLock::new(|| Token {
            span: crate::base::Span::default(),
            form: Sym::default(),
            lemma: Sym::default(),
            pos: Pos::X,
            tag: Tag::Xx,
            head: 0,
            rel: Rel::Dep,
            shape: crate::text::Shape::Mark,
            quoted: 0,
        });
        self.tokens.get(token as usize).unwrap_or(&BLANK)
    }

    /// Its lower-case form.
    pub fn form(&self, token: u32) -> &'static str {
        self.token(token).form.as_str()
    }

    /// Its lemma.
    pub fn lemma(&self, token: u32) -> &'static str {
        self.token(token).lemma.as_str()
    }

    /// Its part of speech, after repairs.
    pub fn pos(&self, token: u32) -> Pos {
        self.pos.get(self.at(token)).copied().unwrap_or_default()
    }

    /// Its fine tag.
    pub fn tag(&self, token: u32) -> Tag {
        self.tag.get(self.at(token)).copied().unwrap_or_default()
    }

    /// Its relation.
    pub fn rel(&self, token: u32) -> Rel {
        self.rel.get(self.at(token)).copied().unwrap_or_default()
    }

    /// Its head; `None` for a root.
    pub fn head(&self, token: u32) -> Option<u32> {
        self.head.get(self.at(token)).copied().filter(|h| *h != token)
    }

    /// Hangs a token elsewhere.
    pub fn set(&mut self, token: u32, head: u32, rel: Rel) {
        if self.range().contains(&token) && self.range().contains(&head) {
            let at = self.at(token);
            self.head[at] = head;
            self.rel[at] = rel;
        }
    }

    /// Reads a token as another part of speech.
    pub fn set_pos(&mut self, token: u32, pos: Pos) {
        if self.range().contains(&token) {
            let at = self.at(token);
            self.pos[at] = pos;
        }
    }

    /// Reads a token with another fine tag.
    pub fn set_tag(&mut self, token: u32, tag: Tag) {
        if self.range().contains(&token) {
            let at = self.at(token);
            self.tag[at] = tag;
        }
    }

    /// Tags, heads and relations as they stand now, token by token: `(pos, tag, head, rel)`.
    pub fn readings(&self) -> Vec<(Pos, Tag, u32, Rel)> {
        (0..self.head.len()).map(|i| (self.pos[i], self.tag[i], self.head[i], self.rel[i])).collect()
    }

    /// Puts `new` in the place of `old`: it takes over its head and relation, and `old` hangs below it as `rel`.
    pub fn promote(&mut self, new: u32, old: u32, rel: Rel) {
        if !self.range().contains(&new) || !self.range().contains(&old) || new == old {
            return;
        }
        let (n, o) = (self.at(new), self.at(old));
        self.head[n] = if self.head[o] == old { new } else { self.head[o] };
        self.rel[n] = self.rel[o];
        self.head[o] = new;
        self.rel[o] = rel;
    }

    /// Children of a token, in order.
    pub fn kids(&self, token: u32) -> impl Iterator<Item = u32> + '_ {
        let mut next = self.first_kid.get(self.at(token)).copied().unwrap_or(NONE);
        std::iter::from_fn(move || {
            let now = next;
            if now == NONE {
                return None;
            }
            next = self.next_kid[self.at(now)];
            Some(now)
        })
    }

    /// The first child with one of these relations.
    pub fn kid(&self, token: u32, rels: &[Rel]) -> Option<u32> {
        self.kids(token).find(|k| rels.contains(&self.rel(*k)))
    }

    /// Whether `token` is `top` or stands below it.
    pub fn below(&self, token: u32, top: u32) -> bool {
        let mut at = token;
        for _ in self.range() {
            if at == top {
                return true;
            }
            match self.head(at) {
                Some(head) => at = head,
                None => return false,
            }
        }
        false
    }

    /// All tokens of the subtree, in order of reading.
    pub fn subtree(&self, top: u32) -> Vec<u32> {
        let mut found = vec![top];
        let mut at = 0;
        while at < found.len() {
            found.extend(self.kids(found[at]));
            at += 1;
        }
        found.sort_unstable();
        found
    }

    /// First and one past the last token of a phrase, closing marks and clauses behind the head left out.
    pub fn phrase(&self, head: u32) -> (u32, u32) {
        let mut found = vec![head];
        let mut at = 0;
        while at < found.len() {
            let here = found[at];
            found.extend(
                self.kids(here).filter(|k| {
                    !self.leaves_phrase(*k) && !(here == head && self.rel(*k) == Rel::Case && self.tag(*k) != Tag::Pos)
                }),
            );
            at += 1;
        }
        let first = found.iter().copied().min().unwrap_or(head);
        let last = found.iter().copied().max().unwrap_or(head);
        (first, last + 1)
    }

    /// Whether a child is no part of its head's phrase: clauses, appositions, the case marker in front, punctuation at the rim.
    fn leaves_phrase(&self, kid: u32) -> bool {
        let outside = matches!(
            self.rel(kid),
            Rel::AclRelcl
                | Rel::Acl
                | Rel::Appos
                | Rel::Case
                | Rel::Punct
                | Rel::Parataxis
                | Rel::Cop
                | Rel::Aux
                | Rel::AuxPass
                | Rel::Nsubj
                | Rel::NsubjPass
                | Rel::NsubjOuter
                | Rel::Csubj
                | Rel::Advcl
                | Rel::Mark
                | Rel::Ccomp
                | Rel::Xcomp
                | Rel::Expl
                | Rel::Discourse
                | Rel::Dislocated
                | Rel::Cc
                | Rel::Advmod
                | Rel::Obl
                | Rel::OblTmod
        );
        let joined = self.rel(kid) == Rel::Conj && matches!(self.pos(kid), Pos::Verb | Pos::Aux);
        let kept = match self.rel(kid) {
            // "X and Y" and "not all" are one phrase; the marks of a hyphenated word too.
            Rel::Cc => true,
            Rel::Advmod => {
                self.head(kid).is_some_and(|h| matches!(self.pos(h), Pos::Noun | Pos::Propn | Pos::Adj | Pos::Num | Pos::Det))
            }
            Rel::Punct => self.tag(kid) == Tag::Hyph,
            Rel::Case => {
                self.tag(kid) == Tag::Pos || self.head(kid).is_some_and(|h| matches!(self.rel(h), Rel::Nmod | Rel::NmodPoss))
            }
            _ => false,
        };
        joined || (outside && !kept)
    }

    /// Whether a possessive, preposition or other case marker with this form stands before `token`.
    pub fn case(&self, token: u32) -> Option<u32> {
        self.kids(token).find(|k| self.rel(*k) == Rel::Case && self.tag(*k) != Tag::Pos)
    }

    /// Whether the way up from a word ends at a root or at a word of which that is known; one longer than the sentence is a cycle.
    fn leads_out(&self, at: usize, rooted: &[bool]) -> bool {
        let mut up = at;
        for _ in 0..=self.head.len() {
            let head = self.at(self.head[up]);
            if head == up || rooted[up] {
                return true;
            }
            up = head;
        }
        false
    }

    /// Breaks cycles and rebuilds the child lists.
    pub(super) fn settle(&mut self) {
        let n = self.head.len();
        for at in 0..n {
            let token = self.first + at as u32;
            if !self.range().contains(&self.head[at]) {
                self.head[at] = token;
            }
        }
        // Words from which a way is known to lead to a root, so that no way is walked twice.
        let mut rooted = vec![false; n];
        for at in 0..n {
            if !self.leads_out(at, &rooted) {
                self.head[at] = self.first + at as u32;
            }
            let mut up = at;
            while !std::mem::replace(&mut rooted[up], true) {
                up = self.at(self.head[up]);
            }
        }
        for list in [&mut self.first_kid, &mut self.next_kid] {
            list.clear();
            list.resize(n, NONE);
        }
        for at in (0..n).rev() {
            let token = self.first + at as u32;
            if let Some(head) = self.head(token) {
                let h = self.at(head);
                self.next_kid[at] = self.first_kid[h];
                self.first_kid[h] = token;
            }
        }
    }
}

/// Whether a word can carry a clause's tense.
pub fn finite(tag: Tag) -> bool {
    matches!(tag, Tag::Vbd | Tag::Vbp | Tag::Vbz | Tag::Md)
}
