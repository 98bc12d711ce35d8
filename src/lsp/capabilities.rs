//! What the server can do, as it tells the editor at the start.

use super::trials::RUN_TESTS;
use serde_json::{Value, json};

/// The answer to `initialize`.
pub fn capabilities() -> Value {
    json!({
        "serverInfo": { "name": "gainsay", "version": env!("CARGO_PKG_VERSION") },
        "capabilities": {
            "positionEncoding": "utf-16",
            "textDocumentSync": { "openClose": true, "change": 2, "save": {} },
            "completionProvider": { "triggerCharacters": ["<", ":", "\"", "[", "{", ".", " "] },
            "hoverProvider": true,
            "definitionProvider": true,
            "referencesProvider": true,
            "renameProvider": { "prepareProvider": true },
            "documentSymbolProvider": true,
            "codeLensProvider": {},
            "codeActionProvider": { "codeActionKinds": ["quickfix"] },
            "executeCommandProvider": { "commands": [RUN_TESTS] },
        }
    })
}
