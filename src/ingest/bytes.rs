//! Bytes → text: byte order marks, UTF-16, declared and guessed character sets, and what is no text at all.

use super::{Kit, Origin, Output, notice};
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use std::io::{BufRead, Read};

/// Reads an input that is one article; `None`, with a notice in `out`, where it is empty, unreadable or no text. Past the limit of one
/// article there is a notice and, for a format that may be `cut`, the part so far.
pub fn whole(cut: bool, input: &mut dyn BufRead, origin: &Origin, kit: &Kit, out: &mut Output) -> Option<String> {
    let limit = kit.limits.article_bytes;
    let mut bytes = Vec::new();
    if let Err(error) = input.take(limit as u64 + 1).read_to_end(&mut bytes) {
        out.notices.push(notice(origin, format!("cannot be read: {error}"), true));
        return None;
    }
    if bytes.len() > limit {
        let rest = if cut { "what comes after was left out" } else { "it was left out" };
        out.notices.push(notice(origin, format!("is larger than the limit of {limit} bytes for one article; {rest}"), true));
        if !cut {
            return None;
        }
        // A cut inside a word or character would make one up.
        let end = bytes[..limit].iter().rposition(|byte| matches!(byte, b'\n' | b' ')).map_or(limit & !3, |at| (at + 1) & !1);
        bytes.truncate(end);
    }
    text(&bytes, origin, out)
}

/// Decodes bytes; `None`, with a notice in `out`, where they are empty or no text.
pub fn text(bytes: &[u8], origin: &Origin, out: &mut Output) -> Option<String> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        out.notices.push(notice(origin, "is empty", !origin.in_folder));
        return None;
    }
    let (encoding, mark) = Encoding::for_bom(bytes).unwrap_or_else(|| (guess(bytes), 0));
    let body = &bytes[mark..];
    if encoding == UTF_8 {
        if let Some(at) = body.iter().position(|byte| *byte == 0) {
            out.notices.push(notice(
                origin,
                format!("is not text: byte {} is zero (a binary file?); it was left out", at + mark),
                true,
            ));
            return None;
        }
        return match std::str::from_utf8(body) {
            Ok(text) => Some(text.to_owned()),
            Err(error) => {
                let at = error.valid_up_to();
                let line = body[..at].iter().filter(|byte| **byte == b'\n').count() + 1;
                let (text, _, _) = WINDOWS_1252.decode(body);
                if is_binary(&text) {
                    out.notices.push(notice(
                        origin,
                        format!(
                            "is not text: byte {} is no UTF-8 and too much of the rest is no writing; it was left out",
                            at + mark
                        ),
                        true,
                    ));
                    return None;
                }
                let message = format!(
                    "line {line}: byte {} is not UTF-8; the file was read as windows-1252, save it as UTF-8 to be sure",
                    at + mark
                );
                out.notices.push(notice(origin, message, false));
                Some(text.into_owned())
            }
        };
    }
    let (text, wrong) = encoding.decode_without_bom_handling(body);
    if is_binary(&text) {
        out.notices.push(notice(
            origin,
            format!("is not text, though it begins like {}; it was left out", encoding.name()),
            true,
        ));
        return None;
    }
    if wrong {
        out.notices.push(notice(origin, format!("some bytes are not {}; they are shown as \u{fffd}", encoding.name()), false));
    }
    Some(text.into_owned())
}

/// UTF-16 without a mark shows in zero bytes at every second place; a page may declare its character set; else UTF-8.
fn guess(bytes: &[u8]) -> &'static Encoding {
    let head = &bytes[..bytes.len().min(2048)];
    let zeros = |rest: usize| head.iter().skip(rest).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    if head.len() >= 8 && odd * 10 >= head.len() * 4 && even == 0 {
        return encoding_rs::UTF_16LE;
    }
    if head.len() >= 8 && even * 10 >= head.len() * 4 && odd == 0 {
        return encoding_rs::UTF_16BE;
    }
    declared(head).unwrap_or(UTF_8)
}

/// The character set that a page names in its head (`<meta charset="…">`, `charset=…`, `<?xml encoding="…"?>`).
fn declared(head: &[u8]) -> Option<&'static Encoding> {
    let lower = String::from_utf8_lossy(head).to_ascii_lowercase();
    if !lower.trim_start().starts_with('<') {
        return None;
    }
    let at = ["charset=", "encoding="].iter().find_map(|key| lower.find(key).map(|at| at + key.len()))?;
    let label: String = lower[at..]
        .trim_start_matches(['"', '\'', ' '])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':'))
        .collect();
    let encoding = Encoding::for_label(label.as_bytes())?;
    // A page that can be read says so in ASCII, so it is not UTF-16 whatever it claims.
    (encoding != encoding_rs::UTF_16LE && encoding != encoding_rs::UTF_16BE).then_some(encoding)
}

/// Whether more than one character in twenty is a control character.
fn is_binary(text: &str) -> bool {
    let (mut odd, mut all) = (0usize, 0usize);
    for c in text.chars().take(100_000) {
        all += 1;
        odd += usize::from(c == '\0' || c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\x0c') || c == '\u{fffd}');
    }
    odd * 20 > all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], expected: Option<&str>, says: &str) {
        let origin = Origin { name: "a.txt".into(), given: "a.txt".into(), in_folder: false };
        let mut out = Output::default();
        assert_eq!(text(bytes, &origin, &mut out).as_deref(), expected);
        let messages: Vec<_> = out.notices.iter().map(|n| n.message.as_str()).collect();
        assert!(if says.is_empty() { messages.is_empty() } else { messages.iter().any(|m| m.contains(says)) }, "{messages:?}");
    }

    #[test]
    fn decodes_what_declares_itself() {
        check("Zürich".as_bytes(), Some("Zürich"), "");
        check(b"\xef\xbb\xbfA", Some("A"), "");
        check(b"\xff\xfeA\0b\0", Some("Ab"), "");
        check(b"\xfe\xff\0A\0b", Some("Ab"), "");
        check(b"A\0 \0b\0o\0a\0t\0.\0", Some("A boat."), "");
        check(b"<html><meta charset=iso-8859-1>\xfc", Some("<html><meta charset=iso-8859-1>\u{fc}"), "");
    }

    #[test]
    fn names_the_place_of_a_wrong_byte() {
        check(b"one\nZ\xfcrich \x93x\x94", Some("one\nZ\u{fc}rich \u{201c}x\u{201d}"), "line 2: byte 5");
    }

    #[test]
    fn refuses_what_is_no_text() {
        check(b"", None, "is empty");
        check(b" \n", None, "is empty");
        check(b"PK\x03\x04\0\0\0\0", None, "byte 4 is zero");
        check(&(128..=255u8).chain(1..=31).cycle().take(4000).collect::<Vec<_>>(), None, "is not text");
    }
}
