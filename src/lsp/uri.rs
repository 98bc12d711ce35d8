//! `file:` addresses ↔ paths.

use gen_lsp_types::Uri;
use std::path::{Path, PathBuf};

/// The path of a `file:` address; `None` for any other address.
pub fn path(uri: &Uri) -> Option<PathBuf> {
    let rest = uri.0.strip_prefix("file://")?;
    let rest = rest.strip_prefix("localhost").unwrap_or(rest);
    let mut bytes = Vec::with_capacity(rest.len());
    let mut left = rest.as_bytes();
    while let [first, tail @ ..] = left {
        let coded = match (first, tail) {
            (b'%', [high, low, ..]) => hex(*high).zip(hex(*low)).map(|(high, low)| high << 4 | low),
            _ => None,
        };
        bytes.push(coded.unwrap_or(*first));
        left = if coded.is_some() { &tail[2..] } else { tail };
    }
    let text = String::from_utf8(bytes).ok()?;
    // `/c:/rules` is a path of Windows.
    let drive = text.as_bytes().get(2) == Some(&b':') && text.as_bytes().get(1).is_some_and(u8::is_ascii_alphabetic);
    Some(PathBuf::from(if drive { &text[1..] } else { &text }))
}

/// The address of an absolute path.
pub fn of(path: &Path) -> Uri {
    let shown = path.to_string_lossy().replace('\\', "/");
    let mut out = String::from(if shown.starts_with('/') { "file://" } else { "file:///" });
    for byte in shown.bytes() {
        match byte {
            b'/' | b'-' | b'_' | b'.' | b'~' => out.push(byte as char),
            _ if byte.is_ascii_alphanumeric() => out.push(byte as char),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    Uri(out)
}

fn hex(digit: u8) -> Option<u8> {
    (digit as char).to_digit(16).map(|value| value as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_paths_go_both_ways() {
        for text in ["/tmp/a b/tälk.yml", "/x/100%.yml", "/y#z?.yml"] {
            let uri = of(Path::new(text));
            assert!(uri.0.is_ascii() && !uri.0.contains(' '), "{}", uri.0);
            assert_eq!(path(&uri), Some(PathBuf::from(text)));
        }
        assert_eq!(path(&Uri("file:///c%3A/rules/a.yml".into())), Some(PathBuf::from("c:/rules/a.yml")));
        assert_eq!(path(&Uri("file:///a%zz%4".into())), Some(PathBuf::from("/a%zz%4")));
        assert_eq!(path(&Uri("untitled:Untitled-1".into())), None);
    }
}
