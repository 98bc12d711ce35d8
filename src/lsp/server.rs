//! The session: messages in, messages out, one after the other.
//!
//! Every message that waits is taken in before problems are worked out, so that fast typing costs one check. Where nothing waits
//! for a moment, the tests of the open files' rules are run for what only they can warn about.

use super::features::{self, FAILED, Failure, INVALID_PARAMS};
use super::wire::{self, INVALID_REQUEST, Message};
use super::workspace::Workspace;
use super::{Host, capabilities, diagnostics, trials, uri};
use gen_lsp_types::json_rpc::Id;
use gen_lsp_types::{
    DidChangeTextDocumentParams, DidChangeWatchedFilesParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams,
    DidSaveTextDocumentParams, PublishDiagnosticsParams, Uri,
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError};
use std::time::Duration;

/// How long nothing comes before tests are run.
const PAUSE: Duration = Duration::from_millis(300);

/// A request that has come too early.
const NOT_INITIALIZED: i64 = -32002;
/// Where the session stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    New,
    Open,
    /// `shutdown` was asked for.
    Closing,
    Ended,
}

pub(super) struct Server<W> {
    output: W,
    workspace: Workspace,
    phase: Phase,
    /// Diagnostics as they were last sent, by address.
    sent: BTreeMap<String, Vec<gen_lsp_types::Diagnostic>>,
    /// Whether the tests of the open files wait to be run.
    untested: bool,
    /// Whether the editor watches files for those that ask.
    watches: bool,
}

impl<W: Write> Server<W> {
    pub(super) fn new(output: W, host: Host) -> Self {
        Self {
            output,
            workspace: Workspace::new(host.settings, host.read),
            phase: Phase::New,
            sent: BTreeMap::new(),
            untested: false,
            watches: false,
        }
    }

    /// Serves until the session ends; whether it ended as the protocol asks.
    pub(super) fn run(mut self, input: &Receiver<Message>) -> io::Result<bool> {
        while let Some(message) = self.next(input)? {
            let before = self.phase;
            self.take(message)?;
            if self.phase == Phase::Ended {
                return Ok(before == Phase::Closing);
            }
        }
        Ok(self.phase == Phase::Closing)
    }

    /// The next message; before waiting for it, what is left to do is done.
    fn next(&mut self, input: &Receiver<Message>) -> io::Result<Option<Message>> {
        match input.try_recv() {
            Ok(message) => return Ok(Some(message)),
            Err(TryRecvError::Disconnected) => return Ok(None),
            Err(TryRecvError::Empty) => {}
        }
        self.publish()?;
        if self.untested {
            match input.recv_timeout(PAUSE) {
                Ok(message) => return Ok(Some(message)),
                Err(RecvTimeoutError::Disconnected) => return Ok(None),
                Err(RecvTimeoutError::Timeout) => {}
            }
            self.untested = false;
            trials::warn(&mut self.workspace);
            self.publish()?;
        }
        Ok(input.recv().ok())
    }

    fn take(&mut self, message: Message) -> io::Result<()> {
        match message {
            Message::Request { id, method, params } => {
                let answer = match self.request(&method, params) {
                    Ok(result) => wire::answer(&id, result),
                    Err((code, cause)) => wire::failure(&id, code, &cause),
                };
                self.send(&answer)?;
                if method == "initialize" && self.phase == Phase::Open {
                    self.workspace.refresh();
                }
                Ok(())
            }
            Message::Notification { method, params } => self.notification(&method, params),
            Message::Response => Ok(()),
            Message::Malformed(code, cause) => self.send(&wire::failure(&Id::Null, code, &cause)),
        }
    }

    fn send(&mut self, message: &Value) -> io::Result<()> {
        wire::write(&mut self.output, message)
    }

    fn request(&mut self, method: &str, params: Value) -> Result<Value, Failure> {
        match (self.phase, method) {
            (Phase::New, "initialize") => Ok(self.initialize(&params)),
            (Phase::New, _) => Err((NOT_INITIALIZED, format!("`{method}` comes before `initialize`"))),
            (Phase::Open, "initialize") => Err((INVALID_REQUEST, "the session is initialized already".into())),
            (Phase::Open, "shutdown") => {
                self.phase = Phase::Closing;
                Ok(Value::Null)
            }
            (Phase::Open, _) => self.feature(method, params),
            _ => Err((INVALID_REQUEST, format!("`{method}` comes after `shutdown`"))),
        }
    }

    fn feature(&mut self, method: &str, params: Value) -> Result<Value, Failure> {
        self.workspace.refresh();
        if method != "workspace/executeCommand" {
            return features::answer(&mut self.workspace, method, params);
        }
        let command = params["command"].as_str().unwrap_or("");
        let Some(rule) = params.pointer("/arguments/0").and_then(Value::as_str).filter(|_| command == trials::RUN_TESTS) else {
            return Err((INVALID_PARAMS, format!("the command here is `{}`, with the id of a rule", trials::RUN_TESTS)));
        };
        match trials::run(&mut self.workspace, rule) {
            Ok(ran) => {
                self.show(if ran.failed { 2 } else { 3 }, &ran.summary);
                Ok(ran.answer)
            }
            Err(cause) => Err((FAILED, cause)),
        }
    }

    fn initialize(&mut self, params: &Value) -> Value {
        self.phase = Phase::Open;
        self.watches =
            params.pointer("/capabilities/workspace/didChangeWatchedFiles/dynamicRegistration") == Some(&Value::Bool(true));
        let folders = [params.pointer("/workspaceFolders/0/uri"), params.get("rootUri")];
        let root = folders.into_iter().flatten().find_map(Value::as_str).and_then(|text| uri::path(&Uri(text.to_owned())));
        let root = root.or_else(|| params.get("rootPath").and_then(Value::as_str).map(Into::into));
        let opened = self.workspace.open_folder(root, &params["initializationOptions"]);
        self.complain(opened);
        capabilities::capabilities()
    }

    fn notification(&mut self, method: &str, params: Value) -> io::Result<()> {
        match method {
            "exit" => self.phase = Phase::Ended,
            _ if self.phase != Phase::Open => {}
            "initialized" => self.watch()?,
            "textDocument/didOpen" => {
                if let Some(DidOpenTextDocumentParams { text_document: it }) = self.parse(method, params)? {
                    self.workspace.open(it.uri, it.version, it.text);
                }
            }
            "textDocument/didChange" => {
                if let Some(it) = self.parse::<DidChangeTextDocumentParams>(method, params)? {
                    let document = it.text_document;
                    let uri = document.text_document_identifier.uri;
                    self.workspace.change(&uri, document.version, it.content_changes);
                }
            }
            "textDocument/didClose" => {
                if let Some(it) = self.parse::<DidCloseTextDocumentParams>(method, params)? {
                    self.workspace.close(&it.text_document.uri);
                }
            }
            "textDocument/didSave" => {
                if let Some(it) = self.parse::<DidSaveTextDocumentParams>(method, params)? {
                    self.changed_on_disk(&it.text_document.uri);
                }
            }
            "workspace/didChangeWatchedFiles" => {
                if let Some(it) = self.parse::<DidChangeWatchedFilesParams>(method, params)? {
                    it.changes.iter().for_each(|change| self.changed_on_disk(&change.uri));
                }
            }
            // What begins with `$/` may be passed over, and so may what a later protocol adds.
            _ => return Ok(()),
        }
        self.untested = true;
        Ok(())
    }

    /// Arguments of a notification. There is no answer in which to complain, so that the editor's log gets it.
    fn parse<T: DeserializeOwned>(&mut self, method: &str, params: Value) -> io::Result<Option<T>> {
        match serde_json::from_value(params) {
            Ok(params) => Ok(Some(params)),
            Err(error) => {
                self.log(&format!("`{method}` is passed over: {error}"))?;
                Ok(None)
            }
        }
    }

    fn changed_on_disk(&mut self, uri: &Uri) {
        if uri.0.ends_with("/gainsay.toml") {
            let read = self.workspace.reload();
            self.complain(read);
        } else {
            self.workspace.changed_on_disk(uri);
        }
    }

    /// Asks the editor to tell of files that change without being open.
    fn watch(&mut self) -> io::Result<()> {
        if !self.watches {
            return Ok(());
        }
        let globs = ["**/*.yml", "**/*.yaml", "**/gainsay.toml"].map(|glob| json!({ "globPattern": glob }));
        let registration =
            json!({ "id": "files", "method": "workspace/didChangeWatchedFiles", "registerOptions": { "watchers": globs } });
        self.send(&wire::request("watch", "client/registerCapability", json!({ "registrations": [registration] })))
    }

    fn complain(&mut self, result: Result<(), String>) {
        if let Err(cause) = result {
            self.show(1, &cause);
        }
    }

    /// Shows a message to the person: 1 for an error, 2 for a warning, 3 for information.
    fn show(&mut self, level: u8, message: &str) {
        // A closed stream ends the session at the next message.
        let _ = self.send(&wire::notification("window/showMessage", json!({ "type": level, "message": message })));
    }

    fn log(&mut self, message: &str) -> io::Result<()> {
        self.send(&wire::notification("window/logMessage", json!({ "type": 2, "message": message })))
    }

    /// Sends the diagnostics of every file where they differ from what the editor knows.
    fn publish(&mut self) -> io::Result<()> {
        if self.phase != Phase::Open {
            return Ok(());
        }
        self.workspace.refresh();
        let mut gone: Vec<String> = self.sent.keys().cloned().collect();
        let mut messages = Vec::new();
        for (path, file) in self.workspace.rule_files() {
            let found = diagnostics::of(&self.workspace, path, file);
            gone.retain(|uri| *uri != file.uri.0);
            if self.sent.get(&file.uri.0).map_or(found.is_empty(), |sent| *sent == found) {
                continue;
            }
            self.sent.insert(file.uri.0.clone(), found.clone());
            messages.push(PublishDiagnosticsParams { uri: file.uri.clone(), version: file.version(), diagnostics: found });
        }
        for uri in gone {
            if self.sent.remove(&uri).is_some_and(|sent| !sent.is_empty()) {
                messages.push(PublishDiagnosticsParams { uri: Uri(uri), version: None, diagnostics: Vec::new() });
            }
        }
        for message in messages {
            let params = serde_json::to_value(message).unwrap_or_default();
            self.send(&wire::notification("textDocument/publishDiagnostics", params))?;
        }
        Ok(())
    }
}
