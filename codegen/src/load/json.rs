//! JSON, through `serde_json`.

use super::builder::Builder;
use super::node::{Node, Value};
use super::oddities::Oddity;
use super::origin::OriginTable;
use super::FileId;
use serde::de::{DeserializeSeed, IgnoredAny};

/// Reads JSON.
///
/// # Errors
/// What is wrong, with line and column counted from 1 (columns in bytes).
pub(super) fn parse(
    text: &str,
    file: FileId,
    table: &mut OriginTable,
) -> Result<(Node, Vec<Oddity>), serde_json::Error> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let mut builder = Builder::new(table, number_texts(text));
    let node = builder.root(file).deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok((node, builder.oddities))
}

/// A value as JSON text, indented, with a line feed at its end.
pub fn print(node: &Node) -> String {
    let mut text = String::new();
    write(node, "\n", &mut text);
    text.push('\n');
    text
}

/// Writes a value whose lines start with `line`.
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

/// The numbers of a JSON text as they are written, in order. serde_json hands over machine numbers, and its switch to text
/// would switch every other crate of the build too.
fn number_texts(text: &str) -> Vec<&str> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => at = end_of_string(bytes, at + 1),
            b'-' | b'0'..=b'9' => {
                let end = end_of_number(bytes, at);
                found.extend(text.get(at..end));
                at = end;
            }
            _ => at += 1,
        }
    }
    found
}

/// Where the string that started before `at` is over.
fn end_of_string(bytes: &[u8], mut at: usize) -> usize {
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    at
}

fn end_of_number(bytes: &[u8], start: usize) -> usize {
    let rest = bytes.get(start..).unwrap_or_default();
    let length = rest
        .iter()
        .take_while(|byte| matches!(byte, b'-' | b'+' | b'.' | b'e' | b'E' | b'0'..=b'9'))
        .count();
    start + length
}

#[cfg(test)]
mod tests {
    use super::number_texts;

    #[test]
    fn numbers_are_found_outside_strings_only() {
        let text = r#"{"a1": "2 \" 3", "b": [-1.50, 1e400, {"c": 0}], "d\\": 7}"#;
        assert_eq!(number_texts(text), ["-1.50", "1e400", "0", "7"]);
        assert!(number_texts("").is_empty());
        assert!(number_texts("\"\\").is_empty());
    }
}
