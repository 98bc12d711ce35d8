//! Article → [`Document`]: sentences, tokens, tags, lemmas, quotations and relations, every one a span of the article's text.
//!
//! Knows no claims. The tag set is Universal Dependencies' UPOS with Penn Treebank fine tags; relations are basic UD v2.

mod annotate;
pub mod eval;
mod layout;
pub mod lemma;
mod model;
mod quote;
mod repair;
mod sentence;
mod tag;
pub mod token;
pub mod train;
mod words;

pub use annotate::annotate;
pub use lemma::lemmas_of;
pub use token::fold;

use crate::base::{Span, Sym};

/// The words of one article in reading order.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// In order, disjoint; furniture is left out.
    pub sentences: Vec<Sentence>,
    /// All tokens of all sentences, in order.
    pub tokens: Vec<Token>,
    /// Quotations, in order of their opening mark.
    pub quotes: Vec<Quote>,
}

/// One sentence.
#[derive(Clone, Debug)]
pub struct Sentence {
    /// From its first to its last token, closing marks included.
    pub span: Span,
    /// Range into [`Document::tokens`].
    pub first: u32,
    /// One past its last token.
    pub end: u32,
    /// What kind of line it stands in.
    pub kind: Line,
    /// Number of the paragraph, from 0.
    pub paragraph: u32,
    /// Whether heads and relations were worked out; else every head is the token itself.
    pub parsed: bool,
}

impl Sentence {
    /// Its tokens' indices.
    pub fn range(&self) -> std::ops::Range<usize> {
        self.first as usize..self.end as usize
    }
}

/// What a sentence is in the layout of its article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Line {
    /// The headline of the article.
    Headline,
    /// A standfirst or section heading.
    Heading,
    /// Running text.
    #[default]
    Body,
}

/// One token, as the English treebanks of Universal Dependencies cut it ("do" "n't", "Kyiv" "'s").
#[derive(Clone, Copy, Debug)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// Lower case, typographic marks folded, NFC.
    pub form: Sym,
    /// Lemma in lower case.
    pub lemma: Sym,
    /// Universal part of speech.
    pub pos: Pos,
    /// Penn Treebank tag.
    pub tag: Tag,
    /// Index of its head in [`Document::tokens`]; the root of a sentence and an unparsed token are their own heads.
    pub head: u32,
    /// Relation to the head.
    pub rel: Rel,
    /// Shape of the written form.
    pub shape: Shape,
    /// Depth of quotation marks around it, 0 outside.
    pub quoted: u8,
}

/// How a token is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Shape {
    /// "bridge"
    #[default]
    Lower,
    /// "Bridge"
    Title,
    /// "NATO"; also a single capital
    Upper,
    /// "iPhone", "McDonald"
    Mixed,
    /// Starts with a digit or currency sign followed by one.
    Number,
    /// No letter and no digit.
    Mark,
}

/// A stretch in quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quote {
    /// With its marks.
    pub span: Span,
    /// Without them.
    pub inner: Span,
    /// First token inside.
    pub first: u32,
    /// One past the last token inside.
    pub end: u32,
    /// Whether both marks are there; an open one ends with its paragraph.
    pub closed: bool,
    /// Whether it goes on from the paragraph before, which ended without a closing mark.
    pub continues: bool,
    /// Whether it reads as speech (holds a finite verb or four words), not as a scare quote or title.
    pub speech: bool,
}

macro_rules! names {
    ($(#[$doc:meta])* $name:ident: $default:ident, $($variant:ident = $text:literal),+ $(,)?) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        #[allow(missing_docs)]
        pub enum $name { $($variant),+ }
        impl $name {
            /// Every value, in order of its number.
            pub const ALL: &[$name] = &[$($name::$variant),+];
            /// The name that the treebanks use.
            pub fn name(self) -> &'static str {
                match self { $($name::$variant => $text),+ }
            }
            /// The value of a treebank's name; `None` for one that is not known.
            pub fn from_name(name: &str) -> Option<Self> {
                match name { $($text => Some($name::$variant),)+ _ => None }
            }
        }
        impl Default for $name {
            fn default() -> Self { $name::$default }
        }
    };
}

names! {
    /// Universal parts of speech. Source: Nivre et al. 2020, Universal Dependencies v2.
    Pos: X, Adj = "ADJ", Adp = "ADP", Adv = "ADV", Aux = "AUX", Cconj = "CCONJ", Det = "DET", Intj = "INTJ", Noun = "NOUN",
    Num = "NUM", Part = "PART", Pron = "PRON", Propn = "PROPN", Punct = "PUNCT", Sconj = "SCONJ", Sym = "SYM", Verb = "VERB", X = "X",
}

names! {
    /// Penn Treebank tags. Source: Santorini 1990, with the additions of English Web Treebank.
    Tag: Xx, Add = "ADD", Afx = "AFX", Cc = "CC", Cd = "CD", Dt = "DT", Ex = "EX", Fw = "FW", Gw = "GW", Hyph = "HYPH", In = "IN", Jj = "JJ",
    Jjr = "JJR", Jjs = "JJS", Ls = "LS", Md = "MD", Nfp = "NFP", Nn = "NN", Nnp = "NNP", Nnps = "NNPS", Nns = "NNS", Pdt = "PDT", Pos = "POS",
    Prp = "PRP", PrpS = "PRP$", Rb = "RB", Rbr = "RBR", Rbs = "RBS", Rp = "RP", Sym = "SYM", To = "TO", Uh = "UH", Vb = "VB", Vbd = "VBD",
    Vbg = "VBG", Vbn = "VBN", Vbp = "VBP", Vbz = "VBZ", Wdt = "WDT", Wp = "WP", WpS = "WP$", Wrb = "WRB", Xx = "XX", Comma = ",", Period = ".",
    Colon = ":", OpenQuote = "``", CloseQuote = "''", Lrb = "-LRB-", Rrb = "-RRB-", Dollar = "$",
}

names! {
    /// Basic relations of Universal Dependencies v2, with the subtypes that claims need.
    Rel: Dep, Root = "root", Nsubj = "nsubj", NsubjPass = "nsubj:pass", NsubjOuter = "nsubj:outer", Csubj = "csubj", CsubjPass = "csubj:pass", CsubjOuter = "csubj:outer", Obj = "obj", Iobj = "iobj",
    Ccomp = "ccomp", Xcomp = "xcomp", Obl = "obl", OblAgent = "obl:agent", OblTmod = "obl:tmod", OblNpmod = "obl:npmod", OblUnmarked = "obl:unmarked", Advcl = "advcl", AdvclRelcl = "advcl:relcl",
    Advmod = "advmod", Acl = "acl", AclRelcl = "acl:relcl", Amod = "amod", Appos = "appos", Aux = "aux", AuxPass = "aux:pass",
    Case = "case", Cc = "cc", CcPreconj = "cc:preconj", Compound = "compound", CompoundPrt = "compound:prt", Conj = "conj", Cop = "cop",
    Det = "det", DetPredet = "det:predet", Discourse = "discourse", Dislocated = "dislocated", Expl = "expl", Fixed = "fixed",
    Flat = "flat", Goeswith = "goeswith", List = "list", Mark = "mark", Nmod = "nmod", NmodPoss = "nmod:poss", NmodTmod = "nmod:tmod",
    NmodNpmod = "nmod:npmod", NmodUnmarked = "nmod:unmarked", NmodDesc = "nmod:desc", Nummod = "nummod", Orphan = "orphan", Parataxis = "parataxis", Punct = "punct", Reparandum = "reparandum",
    Vocative = "vocative", Dep = "dep",
}

impl Document {
    /// The sentence that holds a token; `None` past the end.
    pub fn sentence_of(&self, token: u32) -> Option<usize> {
        let at = self.sentences.partition_point(|s| s.end <= token);
        (at < self.sentences.len()).then_some(at)
    }

    /// The span from the first token of `range` to its last; empty for an empty range.
    pub fn span(&self, range: std::ops::Range<usize>) -> Span {
        match self.tokens.get(range).unwrap_or(&[]) {
            [] => Span::default(),
            [one] => one.span,
            [first, .., last] => first.span.join(last.span),
        }
    }
}
