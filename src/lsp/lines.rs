//! Bytes of a text ↔ positions of the protocol: lines and UTF-16 units, both from 0.

use crate::base::Span;
use gen_lsp_types::{Position, Range};

/// Line starts of one text. Lines end at `\n`, `\r\n` or `\r`, as the protocol has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lines {
    starts: Vec<usize>,
}

impl Lines {
    /// Indexes a text.
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let ends = |at: &usize| match bytes[*at] {
            b'\n' => true,
            b'\r' => bytes.get(at + 1) != Some(&b'\n'),
            _ => false,
        };
        Self { starts: std::iter::once(0).chain((0..bytes.len()).filter(ends).map(|at| at + 1)).collect() }
    }

    /// The position of a byte; one inside a character counts as the character's start.
    pub fn position(&self, text: &str, offset: usize) -> Position {
        let offset = boundary(text, offset);
        let line = self.starts.partition_point(|start| *start <= offset) - 1;
        let before = &text[self.starts[line]..offset];
        Position::new(line as u32, before.encode_utf16().count() as u32)
    }

    /// The byte of a position. One past the end of its line is the line's end, one past the last line the text's end.
    pub fn offset(&self, text: &str, position: Position) -> usize {
        let Some(&start) = self.starts.get(position.line as usize) else { return text.len() };
        let end = self.starts.get(position.line as usize + 1).copied().unwrap_or(text.len());
        let line = text[start..end].trim_end_matches(['\n', '\r']);
        let mut units = 0;
        for (at, c) in line.char_indices() {
            if units + c.len_utf16() as u32 > position.character {
                return start + at;
            }
            units += c.len_utf16() as u32;
        }
        start + line.len()
    }

    /// The range of a span.
    pub fn range(&self, text: &str, span: Span) -> Range {
        Range::new(self.position(text, span.start as usize), self.position(text, span.end as usize))
    }
}

/// The last character boundary at or before a byte.
pub fn boundary(text: &str, offset: usize) -> usize {
    (0..=offset.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_utf_16_units_from_zero() {
        let text = "a\r\né𝄞b\rc\n";
        let lines = Lines::new(text);
        for (offset, line, character) in [(0, 0, 0), (3, 1, 0), (5, 1, 1), (9, 1, 3), (10, 1, 4), (11, 2, 0), (13, 3, 0)] {
            assert_eq!(lines.position(text, offset), Position::new(line, character), "{offset}");
            assert_eq!(lines.offset(text, Position::new(line, character)), offset);
        }
    }

    #[test]
    fn positions_out_of_bounds_are_brought_back() {
        let text = "ab\né𝄞";
        let lines = Lines::new(text);
        assert_eq!(lines.offset(text, Position::new(0, 99)), 2);
        assert_eq!(lines.offset(text, Position::new(9, 0)), text.len());
        assert_eq!(lines.offset(text, Position::new(1, 2)), 5, "half a pair is its character's start");
        assert_eq!(lines.position(text, 99), Position::new(1, 3));
        assert_eq!(lines.position(text, 4), Position::new(1, 0));
    }
}
