//! A real session with the language server: the built program, its standard input and output, and a client of our own.

use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// How long a message may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// A client of one session.
struct Client {
    program: Child,
    /// `None` once the stream was closed.
    input: Option<ChildStdin>,
    messages: Receiver<Value>,
    /// Notifications that came while something else was waited for.
    notified: Vec<Value>,
    requests: i64,
    folder: tempfile::TempDir,
}

impl Client {
    /// Starts the program in a folder with files; no message has been sent yet.
    fn start(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for (name, text) in files {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().expect("a file has a folder")).expect("the folder is made");
            std::fs::write(path, text).expect("the file is written");
        }
        let mut program = Command::new(env!("CARGO_BIN_EXE_gainsay"))
            .arg("lsp")
            .current_dir(folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program runs");
        let input = program.stdin.take();
        let output = program.stdout.take().expect("it is piped");
        let (sender, messages) = channel();
        std::thread::spawn(move || {
            let mut output = BufReader::new(output);
            while let Some(message) = read(&mut output) {
                if sender.send(message).is_err() {
                    break;
                }
            }
        });
        Self { program, input, messages, notified: Vec::new(), requests: 0, folder }
    }

    /// Starts the program and opens the folder as its workspace.
    fn open(files: &[(&str, &str)]) -> Self {
        let mut client = Self::start(files);
        let root = format!("file://{}", client.folder.path().display());
        let answer = client.ask("initialize", json!({ "processId": null, "rootUri": root, "capabilities": {} }));
        assert_eq!(answer["capabilities"]["positionEncoding"], "utf-16", "{answer}");
        client.tell("initialized", json!({}));
        client
    }

    fn uri(&self, name: &str) -> String {
        format!("file://{}/{name}", self.folder.path().display())
    }

    fn raw(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().expect("the stream is open");
        input.write_all(bytes).and_then(|()| input.flush()).expect("the program reads");
    }

    fn send(&mut self, message: &Value) {
        let text = message.to_string();
        self.raw(format!("Content-Length: {}\r\n\r\n{text}", text.len()).as_bytes());
    }

    fn tell(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Sends a request and waits for its whole answer.
    fn answer(&mut self, method: &str, params: Value) -> Value {
        self.requests += 1;
        let id = self.requests;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        loop {
            let message = self.messages.recv_timeout(PATIENCE).expect("an answer comes");
            if message["id"] == id && message.get("method").is_none() {
                return message;
            }
            self.notified.push(message);
        }
    }

    /// Sends a request and waits for its result.
    fn ask(&mut self, method: &str, params: Value) -> Value {
        let answer = self.answer(method, params);
        assert!(answer.get("error").is_none(), "{method}: {answer}");
        answer["result"].clone()
    }

    /// The next notification that is as wanted; `None` where none comes.
    fn next(&mut self, wanted: &dyn Fn(&Value) -> bool) -> Option<Value> {
        if let Some(at) = self.notified.iter().position(wanted) {
            return Some(self.notified.remove(at));
        }
        loop {
            let message = self.messages.recv_timeout(PATIENCE).ok()?;
            if wanted(&message) {
                return Some(message);
            }
            self.notified.push(message);
        }
    }

    /// Waits for a notification that is as wanted.
    fn wait(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        let found = self.next(&wanted);
        found.unwrap_or_else(|| panic!("none is as wanted: {:#?}", self.notified))
    }

    /// Waits until the diagnostics of a file with a text are as wanted: each a code and the words that are marked, as they
    /// stand first in the text.
    fn diagnosed(&mut self, name: &str, text: &str, expected: &[(&str, &str)]) {
        let uri = self.uri(name);
        let shown = |message: &Value| -> Option<Vec<String>> {
            let of = message["method"] == "textDocument/publishDiagnostics" && message["params"]["uri"] == uri.as_str();
            let list = of.then(|| message["params"]["diagnostics"].as_array())??;
            Some(list.iter().map(|d| format!("{} {}", d["code"].as_str().unwrap_or("?"), place(&d["range"]))).collect())
        };
        let wanted: Vec<String> = expected.iter().map(|(code, words)| format!("{code} {}", mark(text, words))).collect();
        let mut seen = Vec::new();
        while seen.last() != Some(&wanted) {
            let message = self.next(&|message| shown(message).is_some());
            let message = message.unwrap_or_else(|| panic!("{name}: {wanted:?} is wanted, came: {seen:#?}"));
            seen.extend(shown(&message));
        }
    }

    fn show(&mut self, name: &str, text: &str) {
        let document = json!({ "uri": self.uri(name), "languageId": "yaml", "version": 1, "text": text });
        self.tell("textDocument/didOpen", json!({ "textDocument": document }));
    }

    /// Replaces the one place of a document's text where `old` stands.
    fn edit(&mut self, name: &str, text: &mut String, old: &str, new: &str) {
        let at = text.find(old).unwrap_or_else(|| panic!("`{old}` stands in {name}"));
        let (start, end) = (position(text, at), position(text, at + old.len()));
        let change = json!([{ "range": { "start": start, "end": end }, "text": new }]);
        self.requests += 1;
        let document = json!({ "uri": self.uri(name), "version": self.requests + 1 });
        self.tell("textDocument/didChange", json!({ "textDocument": document, "contentChanges": change }));
        text.replace_range(at..at + old.len(), new);
    }

    /// Ends the session as the protocol asks; the exit code.
    fn end(mut self) -> i32 {
        assert_eq!(self.ask("shutdown", Value::Null), Value::Null);
        self.tell("exit", Value::Null);
        self.program.wait().expect("it ends").code().unwrap_or(-1)
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        // Whoever failed left it running.
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

fn read(input: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if input.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim_end().split_once(": ") {
            Some(("Content-Length", number)) => length = number.parse().expect("a number"),
            _ if line == "\r\n" => break,
            _ => panic!("`{line}` is no header"),
        }
    }
    let mut body = vec![0; length];
    input.read_exact(&mut body).ok()?;
    Some(serde_json::from_slice(&body).expect("a message is JSON"))
}

/// Line and UTF-16 column of a byte, counted without help of the program.
fn position(text: &str, at: usize) -> Value {
    let line = text[..at].matches('\n').count();
    let start = text[..at].rfind('\n').map_or(0, |at| at + 1);
    json!({ "line": line, "character": text[start..at].encode_utf16().count() })
}

/// Where words stand first in a text, as `line:from-to`.
#[track_caller]
fn mark(text: &str, words: &str) -> String {
    let at = text.find(words).unwrap_or_else(|| panic!("`{words}` stands in the text"));
    place(&json!({ "start": position(text, at), "end": position(text, at + words.len()) }))
}

fn place(range: &Value) -> String {
    let (start, end) = (&range["start"], &range["end"]);
    assert_eq!(start["line"], end["line"], "a diagnostic is of one line");
    format!("{}:{}-{}", start["line"], start["character"], end["character"])
}

const ENTITIES: &str = "gainsay: 1
entities:
  - { id: port-authority, type: org, names: [Port Authority, 港湾局 of Kessel] }
";

const BRIDGE: &str = r#"gainsay: 1
topics:
  - id: kessel-bridge
    title: Whether the Kessel bridge is open
    about: { any: ["<port-authority>"] }
    positions:
      - { id: open, label: the bridge is open, says: ["bridge ..3 (open|reopen)", { event: reopen, object: bridge }], denied_as: closed }
      - { id: closed, label: "the bridge is closed (𝄞)", says: [{ event: "(close|shut)", object: bridge }], denied_as: open }
    conflicts: [{ between: [open, closed] }]
    tests:
      flag: [{ a: "The bridge reopened on Sunday.", b: "The bridge was not reopened." }]
      quiet: [{ a: "The bridge is open.", b: "Is the bridge closed?", because: modality }]
"#;

const FILES: [(&str, &str); 2] = [("rules/names.yml", ENTITIES), ("rules/bridge.yml", BRIDGE)];

#[test]
fn mistakes_show_at_their_place_while_one_types() {
    let mut client = Client::open(&FILES);
    let mut text = BRIDGE.to_owned();
    client.show("rules/bridge.yml", &text);
    client.edit("rules/bridge.yml", &mut text, "denied_as: open }", "denied_as: opened }");
    client.diagnosed("rules/bridge.yml", &text, &[("E004", "opened")]);
    client.edit("rules/bridge.yml", &mut text, "opened", "open");
    client.diagnosed("rules/bridge.yml", &text, &[]);
    // What is broken in one file is seen in the other, open or not.
    let mut names = ENTITIES.to_owned();
    client.show("rules/names.yml", &names);
    client.edit("rules/names.yml", &mut names, "id: port-authority", "id: port-office");
    client.diagnosed("rules/bridge.yml", &text, &[("E004", "<port-authority>")]);
    client.edit("rules/names.yml", &mut names, "office, type: org, names: [Port", "office, type: org, names: [[Port");
    client.diagnosed("rules/names.yml", &names, &[("E001", "[")]);
    client.tell("textDocument/didClose", json!({ "textDocument": { "uri": client.uri("rules/names.yml") } }));
    client.diagnosed("rules/names.yml", ENTITIES, &[]);
    client.diagnosed("rules/bridge.yml", &text, &[]);
    assert_eq!(client.end(), 0);
}

/// A rule file of its own that speaks of the topic of another, and an article to find examples in.
const REOPENING: &str = r#"gainsay: 1
rules:
  - id: bridge-open
    title: Whether the bridge can be crossed
    severity: error
    position: { topic: kessel-bridge, pairs: [[open, closed]] }
    message: "{a.source}: {a.position}. {b.source}: {b.position}."
ignore:
  - { rule: bridge-open, source: The Jester, reason: satire }
"#;

const STORY: &str = "The Port Authority said the bridge reopened on Sunday. The ferry sank.\n";

/// A session over three files with an article, the one with the topic open.
fn session() -> (Client, String) {
    let mut client = Client::open(&[
        FILES[0],
        FILES[1],
        ("rules/reopening.yml", REOPENING),
        ("news/one.txt", STORY),
        ("gainsay.toml", "[lsp]\narticles = [\"news\"]\n"),
    ]);
    client.show("rules/bridge.yml", BRIDGE);
    (client, BRIDGE.to_owned())
}

impl Client {
    /// The arguments of a request about the place where `old` stands in a text, so many bytes in.
    fn at(&self, name: &str, text: &str, old: &str, more: usize) -> Value {
        let at = text.find(old).unwrap_or_else(|| panic!("`{old}` stands in {name}")) + more;
        json!({ "textDocument": { "uri": self.uri(name) }, "position": position(text, at) })
    }

    /// Where ranges of an answer stand, as `file line:from-to`.
    fn places(&self, locations: &Value) -> Vec<String> {
        let root = self.uri("");
        let shown = |location: &Value| {
            let uri = location["uri"].as_str().unwrap_or("?");
            format!("{} {}", uri.strip_prefix(&root).unwrap_or(uri), place(&location["range"]))
        };
        locations.as_array().map_or_else(|| vec![shown(locations)], |list| list.iter().map(shown).collect())
    }
}

#[test]
fn positions_are_completed_while_the_file_is_broken() {
    let (mut client, mut text) = session();
    client.edit("rules/bridge.yml", &mut text, "[open, closed] }]", "[open, ");
    let at = client.at("rules/bridge.yml", &text, "between: [open, ", 16);
    let answer = client.ask("textDocument/completion", at);
    let labels: Vec<&str> =
        answer["items"].as_array().expect("a list").iter().filter_map(|item| item["label"].as_str()).collect();
    assert_eq!(labels, ["open", "closed", "not:open", "not:closed"]);
    let edit = &answer["items"][1]["textEdit"];
    assert_eq!((edit["newText"].as_str(), place(&edit["range"]).as_str()), (Some("closed"), "8:34-34"));
    assert_eq!(answer["items"][1]["detail"], "the bridge is closed (𝄞)");
    assert_eq!(client.end(), 0);
}

#[test]
fn a_topic_is_renamed_across_files() {
    let (mut client, text) = session();
    let mut at = client.at("rules/bridge.yml", &text, "kessel-bridge", 3);
    let prepared = client.ask("textDocument/prepareRename", at.clone());
    assert_eq!((prepared["placeholder"].as_str(), place(&prepared["range"])), (Some("kessel-bridge"), "2:8-21".to_owned()));
    at["newName"] = json!("kessel-crossing");
    let edit = client.ask("textDocument/rename", at.clone());
    let changes = edit["changes"].as_object().expect("changes by file");
    let (bridge, reopening) = (client.uri("rules/bridge.yml"), client.uri("rules/reopening.yml"));
    assert_eq!(changes.keys().collect::<std::collections::BTreeSet<_>>(), [&bridge, &reopening].into());
    let shown = |edits: &Value| -> Vec<String> {
        let edits = edits.as_array().expect("edits").iter();
        edits.map(|e| format!("{} {}", place(&e["range"]), e["newText"].as_str().unwrap_or("?"))).collect()
    };
    assert_eq!(shown(&changes[&bridge]), ["2:8-21 kessel-crossing"]);
    assert_eq!(shown(&changes[&reopening]), ["5:23-36 kessel-crossing"]);
    // An entity, inside patterns too.
    let mut at = client.at("rules/names.yml", ENTITIES, "port-authority", 0);
    at["newName"] = json!("harbour-office");
    let edit = client.ask("textDocument/rename", at.clone());
    assert_eq!(shown(&edit["changes"][&bridge]), ["4:21-35 harbour-office"]);
    for (new, cause) in [("Port Authority", "is no id"), ("kessel-bridge", ""), ("bridge open", "is no id")] {
        at["newName"] = json!(new);
        let answer = client.answer("textDocument/rename", at.clone());
        assert_eq!(answer.get("error").is_none(), cause.is_empty(), "{answer}");
        assert!(answer["error"]["message"].as_str().unwrap_or("").contains(cause), "{answer}");
    }
    let mut at = client.at("rules/bridge.yml", &text, "kessel-bridge", 0);
    at["newName"] = json!("bridge-open");
    assert!(client.answer("textDocument/rename", at)["error"]["message"].as_str().is_some_and(|m| m.contains("taken")));
    let nothing = client.at("rules/bridge.yml", &text, "title: Whether", 9);
    assert_eq!(client.answer("textDocument/prepareRename", nothing)["error"]["code"], -32803);
    assert_eq!(client.end(), 0);
}

#[test]
fn hovering_tells_what_a_pattern_meets_and_where_an_id_is_used() {
    let (mut client, text) = session();
    let mut hover = |name: &str, text: &str, old: &str, more: usize| -> String {
        let at = client.at(name, text, old, more);
        client.ask("textDocument/hover", at)["contents"]["value"].as_str().unwrap_or("nothing").to_owned()
    };
    let pattern = hover("rules/bridge.yml", &text, "bridge ..3", 1);
    assert!(pattern.contains("- **`bridge` any form of bridge**") && pattern.contains("`..3` at most 3 words"), "{pattern}");
    assert!(pattern.contains("any form of reopen"), "{pattern}");
    assert!(pattern.contains("In 1 articles it finds 1 claim:\n\n- “the bridge reopened on Sunday” (one.txt)"), "{pattern}");
    let entity = hover("rules/bridge.yml", &text, "<port-authority>", 2);
    assert!(entity.contains("org: Port Authority, 港湾局 of Kessel"), "{entity}");
    let topic = hover("rules/reopening.yml", REOPENING, "kessel-bridge", 2);
    assert!(topic.starts_with("topic **kessel-bridge**: Whether the Kessel bridge is open"), "{topic}");
    assert!(topic.contains("- `closed`: the bridge is closed (𝄞)") && topic.contains("rules/reopening.yml:6"), "{topic}");
    assert!(hover("rules/bridge.yml", &text, "denied_as", 2).starts_with("**denied_as**: The position"), "a key");
    assert!(hover("rules/bridge.yml", &text, "modality }", 2).starts_with("**modality**, gate 6 of 16: "), "a gate");
    assert!(hover("rules/reopening.yml", REOPENING, "error", 2).starts_with("**error**: One of the two"), "a word");
    assert_eq!(hover("rules/bridge.yml", &text, "gainsay: 1", 9), "nothing");
    assert_eq!(client.end(), 0);
}

#[test]
fn definitions_references_and_symbols_are_found() {
    let (mut client, text) = session();
    let at = client.at("rules/reopening.yml", REOPENING, "kessel-bridge", 13);
    let found = client.ask("textDocument/definition", at);
    assert_eq!(client.places(&found), ["rules/bridge.yml 2:8-21"]);
    let at = client.at("rules/bridge.yml", &text, "<port-authority>", 4);
    let found = client.ask("textDocument/definition", at);
    assert_eq!(client.places(&found), [format!("rules/names.yml {}", mark(ENTITIES, "port-authority"))]);
    let mut at = client.at("rules/bridge.yml", &text, "id: open", 5);
    at["context"] = json!({ "includeDeclaration": false });
    let found = client.ask("textDocument/references", at);
    assert_eq!(client.places(&found), ["rules/bridge.yml 7:120-124", "rules/bridge.yml 8:28-32", "rules/reopening.yml 5:47-51"]);
    let document = json!({ "textDocument": { "uri": client.uri("rules/bridge.yml") } });
    let symbols = client.ask("textDocument/documentSymbol", document);
    assert_eq!((&symbols[0]["name"], symbols.as_array().map(Vec::len)), (&json!("kessel-bridge"), Some(1)));
    assert_eq!(symbols[0]["children"][1]["detail"], "the bridge is closed (𝄞)");
    assert_eq!(client.end(), 0);
}

#[test]
fn the_tests_of_a_rule_run_from_a_lens() {
    let (mut client, mut text) = session();
    let lenses = |client: &mut Client, name: &str| -> Vec<Value> {
        let document = json!({ "textDocument": { "uri": client.uri(name) } });
        client.ask("textDocument/codeLens", document).as_array().cloned().unwrap_or_default()
    };
    assert!(lenses(&mut client, "rules/bridge.yml").is_empty(), "a rule names the topic");
    let found = lenses(&mut client, "rules/reopening.yml");
    assert_eq!((found.len(), place(&found[0]["range"]).as_str()), (1, "2:8-19"));
    let command = found[0]["command"].clone();
    assert_eq!((command["title"].as_str(), command["command"].as_str()), (Some("run 2 tests"), Some("gainsay.runTests")));
    let answer = client.ask("workspace/executeCommand", command.clone());
    assert_eq!((&answer["rule"], &answer["passed"]), (&json!("bridge-open"), &json!(2)));
    client.wait(|message| message["params"]["message"] == "bridge-open: 2 of 2 test cases pass");
    client.edit("rules/bridge.yml", &mut text, "The bridge was not reopened.", "The ferry sank.");
    let answer = client.ask("workspace/executeCommand", command.clone());
    assert_eq!(answer["cases"][0]["outcome"], "MISSED");
    let shown = client.wait(|message| message["params"]["message"] == "bridge-open: 1 of 2 test cases pass");
    assert_eq!(shown["params"]["type"], 2);
    let case = "{ a: \"The bridge reopened on Sunday.\", b: \"The ferry sank.\" }";
    client.diagnosed("rules/bridge.yml", &text, &[("TEST", case)]);
    client.edit("rules/bridge.yml", &mut text, "conflicts:", "conflict:");
    let answer = client.answer("workspace/executeCommand", command);
    assert!(answer["error"]["message"].as_str().is_some_and(|m| m.starts_with("rules/bridge.yml:9:5: unknown key")), "{answer}");
    let unknown = json!({ "command": "gainsay.unheardOf", "arguments": ["x"] });
    assert_eq!(client.answer("workspace/executeCommand", unknown)["error"]["code"], -32602);
    assert_eq!(client.end(), 0);
}

#[test]
fn misspelt_names_have_a_quick_fix() {
    let (mut client, mut text) = session();
    client.edit("rules/bridge.yml", &mut text, "<port-authority>", "<port-authorty>");
    let mut at = client.at("rules/bridge.yml", &text, "port-authorty", 2);
    at["range"] = json!({ "start": at["position"], "end": at["position"] });
    at["context"] = json!({ "diagnostics": [] });
    let actions = client.ask("textDocument/codeAction", at);
    assert_eq!(actions[0]["title"], "Change `port-authorty` to `port-authority`");
    let edit = &actions[0]["edit"]["changes"][client.uri("rules/bridge.yml")][0];
    assert_eq!((edit["newText"].as_str(), place(&edit["range"]).as_str()), (Some("<port-authority>"), "4:20-35"));
    assert_eq!(client.end(), 0);
}

#[test]
fn what_only_tests_can_warn_about_comes_after_a_pause() {
    let mut client = Client::open(&FILES);
    let mut text = BRIDGE.to_owned();
    client.show("rules/bridge.yml", &text);
    client.edit("rules/bridge.yml", &mut text, "Is the bridge closed?", "The river is deep.");
    client.edit("rules/bridge.yml", &mut text, "{ a: \"The bridge is open.\"", "{ a: \"The river is wide.\"");
    client.edit("rules/bridge.yml", &mut text, "because: modality", "because: no-match");
    let case = "{ a: \"The river is wide.\", b: \"The river is deep.\", because: no-match }";
    client.diagnosed("rules/bridge.yml", &text, &[("W103", case)]);
    assert_eq!(client.end(), 0);
}

#[test]
fn nothing_that_is_sent_stops_it() {
    let mut client = Client::start(&FILES);
    assert_eq!(client.answer("textDocument/hover", json!({}))["error"]["code"], -32002);
    let root = format!("file://{}", client.folder.path().display());
    client.ask("initialize", json!({ "rootUri": root, "capabilities": {}, "initializationOptions": [1] }));
    assert_eq!(client.answer("initialize", json!({}))["error"]["code"], -32600);
    assert_eq!(client.answer("textDocument/unheardOf", json!({}))["error"]["code"], -32601);
    for (body, code) in [("{\"id\":", -32700), ("[]", -32600), ("{\"jsonrpc\":\"2.0\"}", -32600)] {
        client.raw(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
        let answer = client.wait(|message| message.get("error").is_some());
        assert_eq!((&answer["id"], answer["error"]["code"].as_i64()), (&Value::Null, Some(code)));
    }
    client.raw(b"Content-Length: few\r\n\r\n");
    client.wait(|message| message["error"]["code"] == -32700);
    client.tell("textDocument/didChange", json!({ "textDocument": 3 }));
    client.wait(|message| message["method"] == "window/logMessage");
    client.tell("$/setTrace", json!({ "value": "off" }));
    client.tell("textDocument/didClose", json!({ "textDocument": { "uri": "untitled:x" } }));
    // A file that is larger than rule files may be, and one that no parser should follow.
    client.show("rules/huge.yml", &format!("gainsay: 1\n{}", "# x\n".repeat(2 << 20)));
    client.diagnosed("rules/huge.yml", "", &[("E001", "")]);
    client.show("rules/deep.yml", &format!("gainsay: 1\nrules: {}", "[".repeat(20_000)));
    client.wait(|message| message["params"]["uri"].as_str().is_some_and(|uri| uri.ends_with("deep.yml")));
    // A file of another tool is none of ours.
    client.show("compose.yml", "services: {}\n");
    assert_eq!(client.answer("shutdown", Value::Null)["result"], Value::Null);
    assert_eq!(client.answer("textDocument/hover", json!({}))["error"]["code"], -32600);
    assert!(
        !client.notified.iter().any(|message| message["params"]["uri"].as_str().is_some_and(|uri| uri.ends_with("compose.yml")))
    );
    client.tell("exit", Value::Null);
    assert_eq!(client.program.wait().expect("it ends").code(), Some(0));
}

#[test]
fn a_session_that_breaks_off_ends() {
    let mut client = Client::open(&[]);
    client.tell("exit", Value::Null);
    assert_eq!(client.program.wait().expect("it ends").code(), Some(1), "exit without shutdown");
    let mut client = Client::open(&[("gainsay.toml", "[lsp]\nrule = 1\n")]);
    let shown = client.wait(|message| message["method"] == "window/showMessage");
    assert!(shown["params"]["message"].as_str().is_some_and(|text| text.contains("did you mean `rules`?")), "{shown}");
    client.input = None;
    assert_eq!(client.program.wait().expect("it ends").code(), Some(1), "the stream ended");
}

#[test]
fn the_settings_of_the_folder_say_which_files_count() {
    let mut client = Client::open(&[
        ("gainsay.toml", "rules = [\"rules/bridge.yml\"]\n"),
        ("rules/names.yml", ENTITIES),
        ("rules/bridge.yml", BRIDGE),
    ]);
    client.diagnosed("rules/bridge.yml", BRIDGE, &[("E004", "<port-authority>")]);
    let toml = client.folder.path().join("gainsay.toml");
    std::fs::write(toml, "rules = [\"rules/names.yml\", \"rules/bridge.yml\"]\n").expect("the file is written");
    let change = json!([{ "uri": client.uri("gainsay.toml"), "type": 2 }]);
    client.tell("workspace/didChangeWatchedFiles", json!({ "changes": change }));
    client.diagnosed("rules/bridge.yml", BRIDGE, &[]);
    assert!(Path::new(&client.folder.path().join("gainsay.toml")).exists());
    assert_eq!(client.end(), 0);
}
