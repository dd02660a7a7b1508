//! JSON (RFC 8259): a reader that keeps the text of numbers, and a printer.

use super::interner::Interner;
use super::node::{Key, Node, Object, Value};
use super::origin::{FileId, OriginId, OriginTable};
use super::{Parsed, SyntaxError, SyntaxErrorKind, SyntaxWarning, DEEPEST};
use serde::de::IgnoredAny;

/// Reads a JSON text.
///
/// # Errors
/// The first violation of the grammar, or [`SyntaxErrorKind::TooDeep`].
pub(super) fn parse(
    text: &str,
    file: FileId,
    table: &mut OriginTable,
) -> Result<Parsed, SyntaxError> {
    let origin = table.root(file);
    let mut reader = Reader { text, at: 0, table, keys: Interner::default(), warnings: Vec::new() };
    let node = reader.value(origin, 0)?;
    match reader.peek() {
        Some(_) => Err(reader.error("the text continues after its value")),
        None => Ok(Parsed { node, warnings: reader.warnings, spans: None }),
    }
}

struct Reader<'t, 'o> {
    text: &'t str,
    /// The offset of the next byte.
    at: usize,
    table: &'o mut OriginTable,
    keys: Interner,
    warnings: Vec<SyntaxWarning>,
}

impl<'t> Reader<'t, '_> {
    fn value(&mut self, origin: OriginId, depth: usize) -> Result<Node, SyntaxError> {
        let value = match self.peek() {
            Some(b'{' | b'[') if depth >= DEEPEST => {
                return Err(SyntaxError { kind: SyntaxErrorKind::TooDeep, offset: self.at })
            }
            Some(b'{') => self.object(origin, depth + 1)?,
            Some(b'[') => self.list(origin, depth + 1)?,
            Some(b'"') => Value::Text(self.string()?),
            Some(b'-' | b'0'..=b'9') => Value::Number(self.number()?.to_owned()),
            Some(b't') => self.literal("true", Value::Bool(true))?,
            Some(b'f') => self.literal("false", Value::Bool(false))?,
            Some(b'n') => self.literal("null", Value::Null)?,
            Some(_) => return Err(self.error("expected a value")),
            None => return Err(self.error("the text ends before a value")),
        };
        Ok(Node::new(origin, value))
    }

    fn object(&mut self, origin: OriginId, depth: usize) -> Result<Value, SyntaxError> {
        let mut members = Object::default();
        self.at += 1;
        let mut next = self.peek();
        while next != Some(b'}') {
            if next != Some(b'"') {
                return Err(self.error("expected a key between double quotes"));
            }
            let text = self.string()?;
            let key = self.key(&text);
            if self.peek() != Some(b':') {
                return Err(self.error("expected `:`"));
            }
            self.at += 1;
            let child = self.table.child(origin, key.clone());
            let member = self.value(child, depth)?;
            if members.insert(key, member).is_some() {
                self.warnings.push(SyntaxWarning::DuplicateKey(child));
            }
            next = self.separator(b'}', "expected `,` or `}`")?;
        }
        self.at += 1;
        Ok(Value::Object(members))
    }

    fn list(&mut self, origin: OriginId, depth: usize) -> Result<Value, SyntaxError> {
        let mut items = Vec::new();
        self.at += 1;
        let mut next = self.peek();
        while next != Some(b']') {
            let index = self.keys.index(items.len());
            let child = self.table.child(origin, self.keys.get(index));
            items.push(self.value(child, depth)?);
            next = self.separator(b']', "expected `,` or `]`")?;
        }
        self.at += 1;
        Ok(Value::List(items))
    }

    /// Reads the comma after a member or item; returns the first byte of the next one, or `close`.
    fn separator(&mut self, close: u8, expected: &str) -> Result<Option<u8>, SyntaxError> {
        match self.peek() {
            Some(b',') => {
                self.at += 1;
                match self.peek() {
                    Some(byte) if byte == close => Err(self.error("trailing comma")),
                    next => Ok(next),
                }
            }
            Some(byte) if byte == close => Ok(Some(close)),
            Some(_) | None => Err(self.error(expected)),
        }
    }

    fn key(&mut self, text: &str) -> Key {
        let number = self.keys.number(text);
        self.keys.get(number)
    }

    fn string(&mut self) -> Result<String, SyntaxError> {
        let start = self.at;
        let bytes = self.text.as_bytes();
        let mut is_plain = true;
        loop {
            self.at += 1;
            match bytes.get(self.at) {
                Some(b'"') => break,
                Some(b'\\') => {
                    is_plain = false;
                    self.at += 1;
                }
                Some(0..=0x1f) => return Err(self.error("a control character in a string")),
                Some(_) => {}
                None => {
                    self.at = start;
                    return Err(self.error("a string without an end"));
                }
            }
        }
        self.at += 1;
        if is_plain {
            let inner = self.text.get(start + 1..self.at - 1);
            return Ok(inner.unwrap_or_default().to_owned());
        }
        let quoted = self.text.get(start..self.at).unwrap_or_default();
        serde_json::from_str(quoted).map_err(|_| SyntaxError {
            kind: SyntaxErrorKind::Json("an invalid escape in a string".to_owned()),
            offset: start,
        })
    }

    fn number(&mut self) -> Result<&'t str, SyntaxError> {
        let remaining = self.text.get(self.at..).unwrap_or_default();
        let is_part = |byte: &u8| matches!(byte, b'-' | b'+' | b'.' | b'e' | b'E' | b'0'..=b'9');
        let length = remaining.bytes().take_while(is_part).count();
        let number = remaining.get(..length).unwrap_or_default();
        if serde_json::from_str::<f64>(number).is_err() {
            return Err(self.error("an invalid number, or one beyond the range of doubles"));
        }
        self.at += length;
        Ok(number)
    }

    fn literal(&mut self, literal: &str, value: Value) -> Result<Value, SyntaxError> {
        let remaining = self.text.get(self.at..).unwrap_or_default();
        if !remaining.starts_with(literal) {
            return Err(self.error("expected a value"));
        }
        self.at += literal.len();
        Ok(value)
    }

    /// The next byte that is not white space.
    fn peek(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        while let Some(b' ' | b'\n' | b'\t' | b'\r') = bytes.get(self.at) {
            self.at += 1;
        }
        bytes.get(self.at).copied()
    }

    fn error(&self, message: &str) -> SyntaxError {
        SyntaxError { kind: SyntaxErrorKind::Json(message.to_owned()), offset: self.at }
    }
}

/// A value as JSON text, indented, with a line feed at its end.
pub fn print(node: &Node) -> String {
    let mut text = String::new();
    write(node, "\n", &mut text);
    text.push('\n');
    text
}

/// Writes a value; `line` is the line break with the indentation.
fn write(node: &Node, line: &str, text: &mut String) {
    match &node.value {
        Value::Null => text.push_str("null"),
        Value::Bool(value) => text.push_str(if *value { "true" } else { "false" }),
        Value::Number(number) if serde_json::from_str::<IgnoredAny>(number).is_ok() => {
            text.push_str(number);
        }
        Value::Number(value) | Value::Text(value) => quote(value, text),
        Value::List(items) => {
            let items = items.iter().map(|item| (None, item));
            write_all(items, ['[', ']'], line, text);
        }
        Value::Object(members) => {
            let members = members.iter().map(|(key, member)| (Some(&**key), member));
            write_all(members, ['{', '}'], line, text);
        }
    }
}

fn write_all<'n>(
    values: impl ExactSizeIterator<Item = (Option<&'n str>, &'n Node)>,
    [open, close]: [char; 2],
    line: &str,
    text: &mut String,
) {
    text.push(open);
    let empty = values.len() == 0;
    let inner = format!("{line}  ");
    for (index, (key, value)) in values.enumerate() {
        if index > 0 {
            text.push(',');
        }
        text.push_str(&inner);
        if let Some(key) = key {
            quote(key, text);
            text.push_str(": ");
        }
        write(value, &inner, text);
    }
    if !empty {
        text.push_str(line);
    }
    text.push(close);
}

fn quote(value: &str, text: &mut String) {
    text.push_str(&serde_json::Value::from(value).to_string());
}

#[cfg(test)]
mod tests {
    use super::super::origin::{FileId, OriginTable};
    use super::{parse, print};

    fn read(text: &str) -> Result<String, (String, usize)> {
        match parse(text, FileId(0), &mut OriginTable::default()) {
            Ok(parsed) => Ok(print(&parsed.node).split_whitespace().collect()),
            Err(error) => Err((error.to_string(), error.offset)),
        }
    }

    #[test]
    fn numbers_keep_their_text() {
        let text =
            r#"{"a1": "2 \" 3", "b": [-1.50, 1e40, {"c": 0}, []], "d\\": 12345678901234567890123}"#;
        let expected = r#"{"a1":"2\"3","b":[-1.50,1e40,{"c":0},[]],"d\\":12345678901234567890123}"#;
        assert_eq!(read(text).unwrap(), expected);
    }

    #[test]
    fn violations_are_errors_at_their_place() {
        let cases = [
            ("[1,]", "trailing comma", 3),
            ("[1 2]", "expected `,` or `]`", 3),
            ("{\"a\" 1}", "expected `:`", 5),
            ("{a: 1}", "expected a key between double quotes", 1),
            ("[01]", "an invalid number, or one beyond the range of doubles", 1),
            ("[\"a\nb\"]", "a control character in a string", 3),
            ("[\"\\ud83d\"]", "an invalid escape in a string", 1),
            ("[\"\\\"]", "a string without an end", 1),
            ("[tru]", "expected a value", 1),
            ("[", "the text ends before a value", 1),
            ("{} {}", "the text continues after its value", 3),
        ];
        for (text, message, offset) in cases {
            assert_eq!(read(text), Err((message.to_owned(), offset)), "{text}");
        }
    }
}
