//! One change on a terminal, and the key that answers it.

use crossterm::event::{Event, KeyCode, KeyEventKind, KeyModifiers, read};
use crossterm::terminal::{disable_raw_mode, enable_raw_mode};
use std::io::{self, BufRead, Write};

/// What a person wants done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// Take the change over.
    Accept,
    /// Keep what is stored.
    Reject,
    /// Take it over, marked as ignored.
    Ignore,
    /// Tell why the conflict was reported.
    Explain,
    /// Open the first side's article.
    Open,
    /// Decide later.
    Skip,
    /// Take this and all further ones over.
    AcceptRest,
    /// Decide nothing more.
    Quit,
}

/// The keys with what they do, in the order in which they are offered.
pub const KEYS: &[(char, Key, &str)] = &[
    ('a', Key::Accept, "accept"),
    ('r', Key::Reject, "reject"),
    ('i', Key::Ignore, "ignore with a reason"),
    ('e', Key::Explain, "explain"),
    ('o', Key::Open, "open the article"),
    ('s', Key::Skip, "skip"),
    ('A', Key::AcceptRest, "accept the rest"),
    ('q', Key::Quit, "quit"),
];

/// The line that offers the keys.
pub fn offer() -> String {
    let keys: Vec<String> = KEYS.iter().map(|(key, _, about)| format!("[{key}] {about}")).collect();
    keys.join("  ")
}

/// Waits for one of the keys. Ctrl-C and Ctrl-D quit.
///
/// # Errors
/// The terminal cannot be read.
pub fn key() -> io::Result<Key> {
    enable_raw_mode()?;
    let pressed = pressed();
    disable_raw_mode()?;
    pressed
}

fn pressed() -> io::Result<Key> {
    loop {
        let Event::Key(event) = read()? else { continue };
        if event.kind == KeyEventKind::Release {
            continue;
        }
        let KeyCode::Char(pressed) = event.code else { continue };
        if event.modifiers.contains(KeyModifiers::CONTROL) {
            if matches!(pressed, 'c' | 'd') {
                return Ok(Key::Quit);
            }
            continue;
        }
        if let Some((_, key, _)) = KEYS.iter().find(|(key, ..)| *key == pressed) {
            return Ok(*key);
        }
    }
}

/// Asks for a line of text; `None` where nothing was typed.
///
/// # Errors
/// The terminal cannot be read or written.
pub fn line(question: &str) -> io::Result<Option<String>> {
    let mut stdout = io::stdout().lock();
    write!(stdout, "{question}")?;
    stdout.flush()?;
    let mut typed = String::new();
    io::stdin().lock().read_line(&mut typed)?;
    let typed = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    Ok((!typed.is_empty()).then_some(typed))
}
