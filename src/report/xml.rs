//! XML for the formats that are XML: a declaration, two blanks a level, and no character that XML 1.0 forbids.

use quick_xml::events::{BytesDecl, Event};

/// What XML is written with.
pub type Writer = quick_xml::Writer<Vec<u8>>;

/// A whole document. Writing to memory does not fail; what does is the programmer's error.
pub fn document(body: impl FnOnce(&mut Writer) -> std::io::Result<()>) -> String {
    let mut writer = quick_xml::Writer::new_with_indent(Vec::new(), b' ', 2);
    let declared = writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
    declared.and_then(|()| body(&mut writer)).expect("writing to memory");
    let text = String::from_utf8(writer.into_inner()).expect("what was written was UTF-8");
    let mut text: String = text.chars().filter(|c| allowed(*c)).collect();
    text.push('\n');
    text
}

/// Whether XML 1.0 (section 2.2) allows a character.
fn allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}
