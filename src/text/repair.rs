//! Mends relations where the parser is known to fail and the words alone tell better.
//!
//! In: one parsed sentence. Out: the same with some heads and relations changed; it stays one tree. Each rule names the wording that
//! forced it. Knows no claims; which verbs report and which nouns take a clause is the lexicon's.

use super::{Pos, Rel, Tag, Token};
use crate::lexicon::Lexicon;

/// Mends one sentence whose first token has this index.
pub(crate) fn repair(tokens: &mut [Token], first: u32, lexicon: &Lexicon) {
    let mut tree = Tree { tokens, first };
    tree.modifier_tags();
    tree.relative_root();
    tree.content_of_noun(lexicon);
    tree.inverted_subject(lexicon);
    tree.neither(lexicon);
    tree.subordinate(lexicon);
}

struct Tree<'a> {
    tokens: &'a mut [Token],
    first: u32,
}

impl Tree<'_> {
    /// Place of a token's head in the sentence; its own for the root.
    fn head(&self, at: usize) -> usize {
        (self.tokens[at].head.saturating_sub(self.first) as usize).min(self.tokens.len() - 1)
    }

    /// Whether `at` is `top` or hangs below it.
    fn below(&self, mut at: usize, top: usize) -> bool {
        for _ in 0..=self.tokens.len() {
            if at == top {
                return true;
            }
            let head = self.head(at);
            if head == at {
                return false;
            }
            at = head;
        }
        false
    }

    /// Hangs a token under another, unless that would close a circle.
    fn hang(&mut self, at: usize, head: usize, rel: Rel) -> bool {
        if at == head || self.below(head, at) {
            return false;
        }
        self.tokens[at].head = self.first + head as u32;
        self.tokens[at].rel = rel;
        true
    }

    /// "the previously leaked plan": what modifies a noun in front of it is a participle, no past tense.
    fn modifier_tags(&mut self) {
        for at in 0..self.tokens.len() {
            if self.tokens[at].tag == Tag::Vbd && self.tokens[at].rel == Rel::Amod && self.head(at) > at {
                self.tokens[at].tag = Tag::Vbn;
            }
        }
    }

    fn root(&self) -> Option<usize> {
        (0..self.tokens.len()).find(|at| self.head(*at) == *at)
    }

    fn child(&self, head: usize, test: impl Fn(&Token) -> bool) -> Option<usize> {
        (0..self.tokens.len()).find(|at| *at != head && self.head(*at) == head && test(&self.tokens[*at]))
    }

    fn has_subject(&self, verb: usize) -> bool {
        self.child(verb, |t| subject(t.rel)).is_some()
    }

    /// "Holt, who has claimed that …, told reporters": the relative clause is not the sentence's.
    fn relative_root(&mut self) {
        let Some(root) = self.root() else { return };
        let Some(who) =
            (0..root).find(|at| self.head(*at) == root && subject(self.tokens[*at].rel) && relative(&self.tokens[*at]))
        else {
            return;
        };
        // What it follows: "Holt," or "the mayor".
        let mut noun = who;
        while noun > 0 && matches!(self.tokens[noun - 1].pos, Pos::Punct) {
            noun -= 1;
        }
        let Some(noun) = noun.checked_sub(1).filter(|at| nominal(&self.tokens[*at])) else { return };
        let noun = self.top_nominal(noun, who);
        let verb = (root + 1..self.tokens.len()).find(|at| {
            let token = &self.tokens[*at];
            let finite = matches!(token.tag, Tag::Vbd | Tag::Vbz | Tag::Vbp) && token.pos == Pos::Verb;
            let led = matches!(self.tokens[*at - 1].pos, Pos::Punct);
            finite && led && self.child(*at, |t| matches!(t.rel, Rel::Mark | Rel::Cc)).is_none() && !self.has_subject(*at)
        });
        let Some(verb) = verb else { return };
        // The sentence's verb takes the root's place, and all that hung on the root from outside its clause.
        self.tokens[verb].head = self.first + verb as u32;
        self.tokens[verb].rel = Rel::Root;
        self.tokens[noun].head = self.first + verb as u32;
        self.tokens[noun].rel = Rel::Nsubj;
        self.tokens[root].head = self.first + noun as u32;
        self.tokens[root].rel = Rel::AclRelcl;
        for at in (0..noun).chain(verb + 1..self.tokens.len()) {
            if self.head(at) == root {
                self.tokens[at].head = self.first + verb as u32;
            }
        }
    }

    /// The head of the noun phrase that ends at `at`, before `limit`.
    fn top_nominal(&self, mut at: usize, limit: usize) -> usize {
        for _ in 0..limit {
            let head = self.head(at);
            let inside = matches!(
                self.tokens[at].rel,
                Rel::Flat | Rel::Compound | Rel::Nmod | Rel::Conj | Rel::NmodPoss | Rel::Appos | Rel::NmodUnmarked
            );
            if head >= limit || head == at || !inside || !nominal(&self.tokens[head]) {
                break;
            }
            at = head;
        }
        at
    }

    /// "the claim that S": the clause belongs to the noun, wherever the parser hung it.
    fn content_of_noun(&mut self, lexicon: &Lexicon) {
        for that in 1..self.tokens.len() {
            let token = &self.tokens[that];
            if token.form.as_str() != "that" || token.rel != Rel::Mark {
                continue;
            }
            let (noun, verb) = (that - 1, self.head(that));
            let takes = self.tokens[noun].pos == Pos::Noun && lexicon.claim_nouns.word(self.tokens[noun].lemma).is_some();
            if takes && verb > that && self.head(verb) != noun && self.tokens[verb].rel != Rel::Root {
                self.hang(verb, noun, Rel::Acl);
            }
        }
    }

    /// "…,” said Holt": what follows the reporting verb behind a quotation is its subject.
    fn inverted_subject(&mut self, lexicon: &Lexicon) {
        for verb in 1..self.tokens.len().saturating_sub(1) {
            let token = &self.tokens[verb];
            let reports = token.pos == Pos::Verb
                && matches!(token.tag, Tag::Vbd | Tag::Vbz | Tag::Vbp)
                && lexicon.cues.word(token.lemma).is_some();
            let before = &self.tokens[verb - 1];
            let closed = matches!(before.tag, Tag::CloseQuote)
                || before.tag == Tag::Comma && verb > 1 && self.tokens[verb - 2].tag == Tag::CloseQuote;
            if !reports || !closed || self.has_subject(verb) {
                continue;
            }
            // The head of the noun phrase right behind the verb, be it object or anything else.
            let next = verb + 1;
            let starts = nominal(&self.tokens[next])
                || matches!(self.tokens[next].pos, Pos::Det | Pos::Adj | Pos::Num)
                || self.tokens[next].tag == Tag::PrpS;
            if !starts {
                continue;
            }
            let phrase = (next..self.tokens.len())
                .take(12)
                .find(|at| nominal(&self.tokens[*at]) && (self.head(*at) < next || self.head(*at) == *at));
            let Some(subject) = phrase else { continue };
            if self.head(subject) == verb {
                self.tokens[subject].rel = Rel::Nsubj;
            } else if !self.below(verb, subject) {
                self.hang(subject, verb, Rel::Nsubj);
            }
        }
    }

    /// "acknowledged no contact since Holt opened the talks": what follows the preposition is the subject of the verb behind it, and
    /// what stands before it the object of the verb above.
    fn subordinate(&mut self, lexicon: &Lexicon) {
        let Some(opening) = lexicon.set("clause-prepositions") else { return };
        for prep in 1..self.tokens.len().saturating_sub(2) {
            let noun = self.head(prep);
            if self.tokens[prep].rel != Rel::Case || noun <= prep || opening.word(self.tokens[prep].form).is_none() {
                continue;
            }
            let behind =
                (noun + 1..self.tokens.len()).find(|at| !matches!(self.tokens[*at].pos, Pos::Aux | Pos::Adv | Pos::Part));
            let Some(verb) = behind.filter(|at| self.tokens[*at].pos == Pos::Verb && self.tokens[*at].tag != Tag::Vbg) else {
                continue;
            };
            let above = self.head(verb);
            let Some(object) = self.child(verb, |t| subject(t.rel)).filter(|s| above < *s && *s < prep) else { continue };
            if self.tokens[above].pos != Pos::Verb || self.child(above, |t| t.rel == Rel::Obj).is_some() {
                continue;
            }
            self.hang(object, above, Rel::Obj);
            self.hang(verb, above, Rel::Advcl);
            self.hang(noun, verb, Rel::Nsubj);
            self.hang(prep, verb, Rel::Mark);
        }
    }

    /// "The ministry neither confirmed nor denied it": the verb keeps the subject that stands before "neither".
    fn neither(&mut self, lexicon: &Lexicon) {
        for at in 1..self.tokens.len().saturating_sub(1) {
            if self.tokens[at].form.as_str() != "neither" {
                continue;
            }
            let verb = at + 1;
            let fits = matches!(self.tokens[verb].tag, Tag::Vbd | Tag::Vbz | Tag::Vbp | Tag::Vbn | Tag::Vb)
                && lexicon.cues.word(self.tokens[verb].lemma).is_some();
            if !fits || self.has_subject(verb) {
                continue;
            }
            let before = (0..at).rev().find(|i| self.tokens[*i].pos != Pos::Aux && self.tokens[*i].pos != Pos::Adv);
            let Some(noun) = before.filter(|i| nominal(&self.tokens[*i])) else { continue };
            let noun = self.top_nominal(noun, at);
            if self.head(noun) == noun {
                // The noun was taken for the root.
                self.tokens[verb].head = self.first + verb as u32;
                self.tokens[verb].rel = Rel::Root;
                self.tokens[noun].head = self.first + verb as u32;
                self.tokens[noun].rel = Rel::Nsubj;
            } else if !subject(self.tokens[noun].rel) {
                self.hang(noun, verb, Rel::Nsubj);
            }
        }
    }
}

fn subject(rel: Rel) -> bool {
    matches!(rel, Rel::Nsubj | Rel::NsubjPass | Rel::NsubjOuter | Rel::Csubj | Rel::CsubjPass | Rel::CsubjOuter)
}

fn relative(token: &Token) -> bool {
    matches!(token.tag, Tag::Wp | Tag::Wdt)
}

fn nominal(token: &Token) -> bool {
    matches!(token.pos, Pos::Noun | Pos::Propn | Pos::Pron)
}

#[cfg(test)]
mod tests {
    use crate::article::Article;
    use crate::lexicon::Lexicon;
    use crate::text::{Rel, annotate};

    /// The head and relation of a word, as `relation(head)`.
    fn check(text: &str, word: &str, want: &str) {
        let document = annotate(&Article { text: text.into(), ..Article::default() }, Lexicon::built_in());
        let token = document.tokens.iter().find(|t| t.span.of(text) == word).expect("the word stands in the text");
        let head = document.tokens[token.head as usize];
        let head = if token.rel == Rel::Root { "" } else { head.span.of(text) };
        assert_eq!(format!("{}({head})", token.rel.name()), want, "{word:?} in {text:?}");
    }

    #[test]
    fn a_relative_clause_is_not_the_sentence() {
        check("Holt, who has claimed that the bridge is safe, told reporters on Monday.", "Holt", "nsubj(told)");
        check("Holt, who has claimed that the bridge is safe, told reporters on Monday.", "told", "root()");
        check("It was Holt who told reporters.", "told", "acl:relcl(Holt)");
    }

    #[test]
    fn a_subject_behind_its_verb_is_found() {
        check("“The bridge is safe,” said Holt.", "Holt", "nsubj(said)");
        check("“The bridge is safe,” said the mayor of Kessel.", "mayor", "nsubj(said)");
        check("“The bridge is safe,” Holt said.", "Holt", "nsubj(said)");
    }

    #[test]
    fn neither_leaves_the_subject_with_its_verb() {
        check("The ministry neither confirmed nor denied the report.", "ministry", "nsubj(confirmed)");
    }

    #[test]
    fn a_clause_belongs_to_the_noun_that_claims_it() {
        check("Holt repeated the claim that the bridge had collapsed.", "collapsed", "acl(claim)");
        check("Holt claimed that the bridge had collapsed.", "collapsed", "ccomp(claimed)");
    }
}
