//! Messages of the language server protocol over two streams: headers, a length, a JSON text.
//!
//! Our own, because the crates for it end the session at the first malformed message; here one such message is answered, and
//! the next header is looked for. Knows no methods.

use gen_lsp_types::json_rpc::Id;
use serde_json::{Value, json};
use std::io::{self, BufRead, Read, Write};

/// Most bytes of one message: a document of the size that rule files may have, escaped.
const MESSAGE_BYTES: u64 = 64 << 20;
/// Most bytes of one header line; what is longer is no header.
const HEADER_BYTES: u64 = 8 << 10;

/// What came in.
#[derive(Debug, PartialEq)]
pub enum Message {
    /// Wants an answer.
    Request {
        /// What the answer is known by.
        id: Id,
        /// Name.
        method: String,
        /// Arguments; null where there are none.
        params: Value,
    },
    /// Wants none.
    Notification {
        /// Name.
        method: String,
        /// Arguments; null where there are none.
        params: Value,
    },
    /// Answers a request of ours.
    Response,
    /// Is none of these: the code of the error and why.
    Malformed(i64, String),
}

/// JSON that cannot be read.
pub const PARSE_ERROR: i64 = -32700;
/// JSON that is no message, or a request at the wrong time.
pub const INVALID_REQUEST: i64 = -32600;

/// Reads one message; `None` where the stream ends.
///
/// # Errors
/// The stream fails.
pub fn read(input: &mut impl BufRead) -> io::Result<Option<Message>> {
    let Some(length) = header(input)? else { return Ok(None) };
    let length = match length {
        Ok(length) => length,
        Err(cause) => return Ok(Some(Message::Malformed(PARSE_ERROR, cause))),
    };
    if length > MESSAGE_BYTES {
        io::copy(&mut input.take(length), &mut io::sink())?;
        let cause = format!("a message of {length} bytes is larger than {} MiB, the limit", MESSAGE_BYTES >> 20);
        return Ok(Some(Message::Malformed(INVALID_REQUEST, cause)));
    }
    let mut body = Vec::new();
    input.take(length).read_to_end(&mut body)?;
    if (body.len() as u64) < length {
        return Ok(None);
    }
    Ok(Some(match serde_json::from_slice(&body) {
        Ok(value) => message(value),
        Err(error) => Message::Malformed(PARSE_ERROR, format!("the message is no JSON: {error}")),
    }))
}

/// The length that a header gives, or what is wrong with it; `None` where the stream ends. Whatever stands in front of the
/// next `Content-Length` is passed over, so that a broken message does not take its successor along.
fn header(input: &mut impl BufRead) -> io::Result<Option<Result<u64, String>>> {
    let mut length = None;
    let mut line = Vec::new();
    loop {
        line.clear();
        if input.by_ref().take(HEADER_BYTES).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        let text = String::from_utf8_lossy(&line);
        if text.trim().is_empty() {
            match length {
                Some(length) => return Ok(Some(length)),
                None => continue,
            }
        }
        let found = text.to_ascii_lowercase().rfind("content-length:");
        if let Some(at) = found {
            let value = text[at..].split_once(':').map_or("", |(_, value)| value).trim();
            length = Some(value.parse().map_err(|_| format!("`Content-Length` is a number of bytes, not `{value}`")));
        }
    }
}

fn message(value: Value) -> Message {
    let Value::Object(mut fields) = value else {
        return Message::Malformed(INVALID_REQUEST, "a message is a JSON object".into());
    };
    let id = fields.remove("id").map(serde_json::from_value::<Id>);
    let params = fields.remove("params").unwrap_or(Value::Null);
    match (fields.remove("method"), id) {
        (Some(Value::String(method)), None) => Message::Notification { method, params },
        (Some(Value::String(method)), Some(Ok(id))) => Message::Request { id, method, params },
        (None, Some(Ok(_))) => Message::Response,
        _ => Message::Malformed(INVALID_REQUEST, "a message has a `method`, an `id`, or both".into()),
    }
}

/// An answer, ready to be sent.
pub fn answer(id: &Id, result: Value) -> Value {
    json!({ "jsonrpc": "2.0", "id": id, "result": result })
}

/// An answer that says what went wrong.
pub fn failure(id: &Id, code: i64, message: &str) -> Value {
    json!({ "jsonrpc": "2.0", "id": id, "error": { "code": code, "message": message } })
}

/// A notification, ready to be sent.
pub fn notification(method: &str, params: Value) -> Value {
    json!({ "jsonrpc": "2.0", "method": method, "params": params })
}

/// A request of ours, ready to be sent.
pub fn request(id: &str, method: &str, params: Value) -> Value {
    json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params })
}

/// Writes one message.
///
/// # Errors
/// The stream fails.
pub fn write(output: &mut impl Write, message: &Value) -> io::Result<()> {
    let text = message.to_string();
    write!(output, "Content-Length: {}\r\n\r\n{text}", text.len())?;
    output.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(bytes: &[u8]) -> Vec<Message> {
        let mut input = io::Cursor::new(bytes);
        let mut out = Vec::new();
        while let Some(message) = read(&mut input).expect("a slice does not fail") {
            out.push(message);
        }
        out
    }

    fn framed(body: &str) -> String {
        format!("Content-Length: {}\r\n\r\n{body}", body.len())
    }

    const EXIT: &str = r#"{"jsonrpc":"2.0","method":"exit"}"#;

    fn check_malformed(bytes: &[u8], part: &str) {
        let mut bytes = bytes.to_vec();
        bytes.extend(framed(EXIT).bytes());
        let found = all(&bytes);
        assert!(matches!(&found[0], Message::Malformed(_, cause) if cause.contains(part)), "{found:?}");
        let exit = Message::Notification { method: "exit".into(), params: Value::Null };
        assert_eq!(found.last(), Some(&exit), "the next message is read");
    }

    #[test]
    fn requests_notifications_and_answers_are_told_apart() {
        let bytes = [r#"{"id":1,"method":"m","params":[2]}"#, EXIT, r#"{"id":"x","result":null}"#].map(framed).concat();
        let found = all(bytes.as_bytes());
        assert_eq!(found[0], Message::Request { id: Id::Number(1), method: "m".into(), params: json!([2]) });
        assert_eq!(found[2], Message::Response);
    }

    #[test]
    fn a_broken_message_does_not_take_its_successor_along() {
        check_malformed(framed("{\"id\": 1,").as_bytes(), "no JSON");
        check_malformed(framed("[1]").as_bytes(), "a JSON object");
        check_malformed(framed("{\"id\": {}, \"method\": \"m\"}").as_bytes(), "a `method`");
        check_malformed(b"Content-Length: many\r\n\r\n", "a number of bytes");
        check_malformed(framed("\u{feff}{}").as_bytes(), "no JSON");
        check_malformed(framed(&"[".repeat(100_000)).as_bytes(), "no JSON");
    }

    #[test]
    fn a_stream_that_ends_in_the_middle_ends() {
        assert_eq!(all(b""), []);
        assert_eq!(all(b"Content-Length: 10\r\n\r\n{}"), []);
        assert_eq!(all(b"no header at all\n\n"), []);
        assert_eq!(all(b"Content-Length: 18446744073709551615\r\n\r\n{}").len(), 1);
    }
}
