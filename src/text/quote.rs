//! Finds quotations by their marks, one paragraph at a time.
//!
//! In: the text and the blocks in order. Out: pairs of marks as spans, in order of the opening mark, nested ones after their outer
//! one. Knows no tokens; which apostrophes are no marks is decided by what stands around them and the lexicon's elisions.

use super::layout::Block;
use super::words::Words;
use crate::base::Span;

/// One quotation before tokens are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Marks {
    pub span: Span,
    pub inner: Span,
    pub closed: bool,
    pub continues: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    Double,
    Angle,
    Single,
}

struct Open {
    kind: Kind,
    at: usize,
    inner: usize,
    continues: bool,
}

/// Finds all quotations of a text.
pub(crate) fn find(text: &str, blocks: &[Block], words: &Words) -> Vec<Marks> {
    let mut found = Vec::new();
    // The kind of a quotation that ended with its paragraph and has not been taken up again.
    let mut unclosed: Option<Kind> = None;
    for block in blocks {
        if block.apart {
            unclosed = None;
        }
        unclosed = paragraph(text, block.span, unclosed, words, &mut found);
    }
    found.sort_by_key(|m| (m.span.start, std::cmp::Reverse(m.span.end)));
    found
}

/// Finds the quotations of one paragraph; returns the kind that stayed open at its end.
fn paragraph(text: &str, span: Span, before: Option<Kind>, words: &Words, found: &mut Vec<Marks>) -> Option<Kind> {
    let (start, end) = (span.start as usize, span.end as usize);
    let body = span.of(text);
    if !body.bytes().any(|b| matches!(b, b'"' | b'\'' | b'`' | 0xe2 | 0xc2)) {
        return None;
    }
    let mut stack: Vec<Open> = Vec::new();
    let mut skip_to = 0;
    for (offset, c) in body.char_indices() {
        let at = start + offset;
        if at < skip_to {
            continue;
        }
        let length = c.len_utf8();
        let previous = text[start..at].chars().next_back();
        let rest = &text[at + length..end];
        let next = rest.chars().next();
        let mut close = |stack: &mut Vec<Open>, kind: Kind, length: usize| {
            let Some(index) = stack.iter().rposition(|o| o.kind == kind) else { return false };
            // What was opened inside and never closed was no quotation of its own.
            let Some(open) = stack.drain(index..).next() else { return false };
            found.push(Marks {
                span: Span::new(open.at, at + length),
                inner: Span::new(open.inner, at),
                closed: true,
                continues: open.continues,
            });
            true
        };
        let opens_block = offset == 0;
        let open = |stack: &mut Vec<Open>, kind: Kind, length: usize| {
            let continues = opens_block && before == Some(kind);
            stack.push(Open { kind, at, inner: at + length, continues });
        };
        match c {
            '“' | '„' | '‟' => open(&mut stack, Kind::Double, length),
            '”'
                // "”Kessel" at the start of a word is an opening mark set wrongly.
                if !close(&mut stack, Kind::Double, length) && opens(previous, next) => {
                    open(&mut stack, Kind::Double, length);
                }
            '«' => open(&mut stack, Kind::Angle, length),
            '»' => _ = close(&mut stack, Kind::Angle, length),
            '"' => {
                let inside = stack.iter().any(|o| o.kind == Kind::Double);
                let inch = !inside && previous.is_some_and(|p| p.is_ascii_digit()) && !next.is_some_and(char::is_alphanumeric);
                if inch {
                    continue;
                }
                let closes = inside && !(opens(previous, next) && nested_straight(rest));
                if !(closes && close(&mut stack, Kind::Double, length))
                    && (opens(previous, next) || !inside && next.is_some_and(char::is_alphanumeric))
                {
                    open(&mut stack, Kind::Double, length);
                }
            }
            '`' if rest.starts_with('`') => {
                open(&mut stack, Kind::Double, 2);
                skip_to = at + 2;
            }
            '\'' if rest.starts_with('\'') && previous != Some('\'')
                && (close(&mut stack, Kind::Double, 2) || opens(previous, rest[1..].chars().next())) => {
                    if !found.last().is_some_and(|m| m.span.end as usize == at + 2) {
                        let continues = opens_block && before == Some(Kind::Double);
                        stack.push(Open { kind: Kind::Double, at, inner: at + 2, continues });
                    }
                    skip_to = at + 2;
                }
            '‘' | '‚' | '‛' | '\'' | '’' => {
                let inside = stack.iter().any(|o| o.kind == Kind::Single);
                let sure = c == '‘' || c == '‚' || c == '‛';
                if inside && !sure && closes_single(text, start, at, rest, previous, next) {
                    close(&mut stack, Kind::Single, length);
                } else if (sure || c == '\'') && !inside && opens(previous, next) && !elided(rest, words) {
                    // A single mark needs its partner, but for a curly one that begins a paragraph.
                    if has_partner(rest) || sure && offset == 0 {
                        open(&mut stack, Kind::Single, length);
                    }
                }
            }
            _ => {}
        }
    }
    let mut last = None;
    let left: Vec<Open> = std::mem::take(&mut stack);
    for (index, open) in left.iter().enumerate() {
        // One that another opening mark follows ends there, the last one with its paragraph.
        let stop = left.get(index + 1).map_or(end, |next| next.at);
        let stop = start + text[start..stop].trim_end().len();
        if stop <= open.inner || open.kind == Kind::Single && index + 1 < left.len() {
            continue;
        }
        let reached = found.iter().filter(|m| m.span.start as usize > open.at).map(|m| m.span.end as usize).max().unwrap_or(0);
        let stop = stop.max(reached);
        found.push(Marks {
            span: Span::new(open.at, stop),
            inner: Span::new(open.inner, stop),
            closed: false,
            continues: open.continues,
        });
        if stop == end {
            last = Some(open.kind);
        }
    }
    last
}

/// Whether a mark between these characters can open.
fn opens(previous: Option<char>, next: Option<char>) -> bool {
    previous.is_none_or(|p| p.is_whitespace() || "([{—–-/\"“‘'«:,".contains(p))
        && next.is_some_and(|n| !n.is_whitespace() && !",.;:!?)]}".contains(n) || n == '…')
}

/// Whether a straight mark inside a quotation opens another: two closing marks have to follow.
fn nested_straight(rest: &str) -> bool {
    rest.match_indices('"').take(3).count() >= 2 && {
        let first = rest.find('"').unwrap_or(0);
        // An opening mark has no partner right behind it that opens again.
        !rest[first + 1..].starts_with(char::is_alphanumeric)
            && rest[..first].chars().next_back().is_some_and(|c| !c.is_whitespace())
            && rest[first + 1..].find('"').is_some_and(|second| {
                rest[first + 1..][..second].chars().next_back().is_none_or(|c| !c.is_whitespace())
                    && !rest[first + 1..][second + 1..].starts_with(char::is_alphanumeric)
            })
    }
}

/// Whether an apostrophe ends the single quotation it stands in, and is not one of a word or a plural's possessive.
fn closes_single(text: &str, start: usize, at: usize, rest: &str, previous: Option<char>, next: Option<char>) -> bool {
    if next.is_some_and(char::is_alphanumeric) || previous.is_none_or(char::is_whitespace) {
        return false;
    }
    let possessive = text[start..at].ends_with('s') && rest.starts_with(' ') && rest[1..].starts_with(char::is_lowercase);
    // "the workers’ strike is over’": the later mark is the partner.
    !(possessive && has_partner(rest))
}

/// Whether a closing single mark follows before the next opening one.
fn has_partner(rest: &str) -> bool {
    let mut previous = None;
    let mut chars = rest.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '‘' => return false,
            '’' | '\'' => {
                let next = chars.peek();
                let ends = previous.is_some_and(|p: char| !p.is_whitespace()) && !next.is_some_and(|n| n.is_alphanumeric());
                let starts = previous.is_none_or(char::is_whitespace) && next.is_some_and(|n| n.is_alphanumeric());
                if ends {
                    return true;
                }
                if starts && c == '\'' {
                    return false;
                }
            }
            _ => {}
        }
        previous = Some(c);
    }
    false
}

/// "'90s", "'em": an apostrophe for what was left out.
fn elided(rest: &str, words: &Words) -> bool {
    let word: String = rest.chars().take_while(|c| c.is_alphanumeric()).collect();
    if word.is_empty() {
        return false;
    }
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    digits == 2 && matches!(&word[digits..], "" | "s") || words.elision(&word.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;

    /// Quotations of a text, an open one with "…" behind it, one that goes on with "+" in front.
    fn check(text: &str, want: &[&str]) {
        let article = Article { text: text.into(), ..Article::default() };
        let blocks = super::super::layout::blocks(&article);
        let found = find(text, &blocks, &Words::new(crate::lexicon::Lexicon::built_in()));
        let show =
            |m: &Marks| format!("{}{}{}", if m.continues { "+" } else { "" }, m.inner.of(text), if m.closed { "" } else { "…" });
        assert_eq!(found.iter().map(show).collect::<Vec<_>>(), want, "{text:?}");
    }

    #[test]
    fn double_marks_pair() {
        check("“It is shut,” she said. “We wait.”", &["It is shut,", "We wait."]);
        check("\"It is shut,\" she said. \"We wait.\"", &["It is shut,", "We wait."]);
        check("``It is shut,'' she said.", &["It is shut,"]);
        check("The \"bridge\"-builder spoke (\"well\").", &["bridge", "well"]);
    }

    #[test]
    fn single_marks_pair_and_apostrophes_do_not() {
        check("‘It isn’t the workers’ fault,’ he said.", &["It isn’t the workers’ fault,"]);
        check("'It isn't shut,' he said.", &["It isn't shut,"]);
        check("The workers' strike and the mayor's plan.", &[]);
        check("The workers’ strike in the ’90s and the ‘90s.", &[]);
        check("Back in the '90s the workers' strike failed.", &[]);
    }

    #[test]
    fn quotations_nest() {
        check("“He said ‘never’ to us,” she said.", &["He said ‘never’ to us,", "never"]);
        check("\"He said 'never' to us,\" she said.", &["He said 'never' to us,", "never"]);
        check("‘She called it “a lie” twice,’ he said.", &["She called it “a lie” twice,", "a lie"]);
    }

    #[test]
    fn an_open_quotation_ends_with_its_paragraph_and_may_go_on() {
        check("“We wait.\n\n“We hope,” she said.", &["We wait.…", "+We hope,"]);
        check("“We wait.\n\nNo one hopes.\n\n“It is over.”", &["We wait.…", "It is over."]);
        check("\"We wait.\n\n\"We hope,\" she said.", &["We wait.…", "+We hope,"]);
    }

    #[test]
    fn inches_are_no_marks() {
        check("A 6\" pipe and a 12\" pipe.", &[]);
    }
}
