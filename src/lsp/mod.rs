//! `gainsay lsp`: a language server for rule files over two streams.
//!
//! In: messages of an editor. Out: diagnostics as one types, and answers to what the editor asks. Knows rules and how they are
//! checked and tested; knows no command line. `wire` frames messages, `server` keeps the session, `workspace` the texts; each
//! feature has a file of its own that looks at the workspace and answers.

mod actions;
mod capabilities;
mod completion;
mod context;
mod corpus;
mod diagnostics;
mod document;
mod features;
mod folder;
mod hover;
mod lens;
mod lines;
mod navigate;
mod outline;
mod server;
mod settings;
mod trials;
mod uri;
mod wire;
mod workspace;

pub use settings::{ReadSettings, Settings};

use std::io::{self, BufRead, Write};
use std::sync::mpsc;

/// What the program around the server gives it.
pub struct Host {
    /// What the command line says.
    pub settings: Settings,
    /// How `gainsay.toml` of a workspace folder is read.
    pub read: ReadSettings,
}

#[cfg(test)]
mod tests;

/// Serves one session; whether it ended as the protocol asks, by `shutdown` and `exit`.
///
/// # Errors
/// The output cannot be written.
pub fn serve(input: impl BufRead + Send + 'static, output: impl Write, host: Host) -> io::Result<bool> {
    let (sender, receiver) = mpsc::channel();
    // The thread ends with the stream, or with the process: reading cannot be interrupted.
    std::thread::spawn(move || {
        let mut input = input;
        while let Ok(Some(message)) = wire::read(&mut input) {
            if sender.send(message).is_err() {
                break;
            }
        }
    });
    server::Server::new(output, host).run(&receiver)
}
