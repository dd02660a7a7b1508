//! YAML as text, through `serde_yaml`: the only file that names it.

use crate::syntax::{number, Node, Value};
use serde::ser::{SerializeMap, SerializeSeq};
use serde::{Serialize, Serializer};

/// The characters that end a line in YAML 1.1, which `serde_yaml` writes, but not in 1.2, with their escapes in both.
const BREAKS: [(char, &str); 3] = [('\u{85}', "\\N"), ('\u{2028}', "\\L"), ('\u{2029}', "\\P")];

/// A value as YAML text.
///
/// # Errors
/// The message of `serde_yaml`, which a tree of values cannot cause.
pub fn print(node: &Node) -> Result<String, String> {
    let write = |node: &Node| serde_yaml::to_string(node).map_err(|error| error.to_string());
    let breaks = BREAKS.map(|(line_end, _)| line_end);
    if !any_text(node, &|text| text.contains(breaks)) {
        return write(node);
    }
    // written verbatim they would end lines; unused controls replace them, since those are always escaped
    let unused = ('\u{80}'..='\u{9f}').filter(|control| {
        let escape = escaped(*control);
        let is_used = |text: &str| text.contains(&escape) || text.contains(*control);
        *control != '\u{85}' && !any_text(node, &is_used)
    });
    let pairs: Vec<_> = BREAKS.into_iter().zip(unused).collect();
    let mut text = write(&mapped(node, &|text| {
        let pairs = pairs.iter();
        pairs.fold(text.to_owned(), |text, ((line_end, _), control)| {
            text.replace(*line_end, &control.to_string())
        })
    }))?;
    for ((_, escape), control) in &pairs {
        text = text.replace(&escaped(*control), escape);
    }
    Ok(text)
}

/// A control as `serde_yaml` writes it between double quotes.
fn escaped(control: char) -> String {
    format!("\\x{:02X}", u32::from(control))
}

/// `true` if any text or key passes the test.
fn any_text(node: &Node, test: &dyn Fn(&str) -> bool) -> bool {
    match &node.value {
        Value::Text(text) => test(text),
        Value::List(items) => items.iter().any(|item| any_text(item, test)),
        Value::Object(members) => {
            members.iter().any(|(key, member)| test(key) || any_text(member, test))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

/// The value with every text and key changed.
fn mapped(node: &Node, change: &dyn Fn(&str) -> String) -> Node {
    let value = match &node.value {
        Value::Text(text) => Value::Text(change(text)),
        Value::List(items) => Value::List(items.iter().map(|item| mapped(item, change)).collect()),
        Value::Object(members) => {
            let changed =
                members.iter().map(|(key, member)| (change(key).into(), mapped(member, change)));
            Value::Object(changed.collect())
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => node.value.clone(),
    };
    Node::new(node.origin, value)
}

/// Writes a number through the widest machine type that holds it exactly, else as text.
impl Serialize for Node {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.value {
            Value::Null => serializer.serialize_unit(),
            Value::Bool(value) => serializer.serialize_bool(*value),
            Value::Number(text) => write_number(text, serializer),
            Value::Text(text) => serializer.serialize_str(text),
            Value::List(items) => {
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                for item in items {
                    list.serialize_element(item)?;
                }
                list.end()
            }
            Value::Object(members) => {
                let mut map = serializer.serialize_map(Some(members.len()))?;
                for (key, member) in members {
                    map.serialize_entry(&**key, member)?;
                }
                map.end()
            }
        }
    }
}

fn write_number<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    if let Ok(value) = text.parse::<i64>() {
        serializer.serialize_i64(value)
    } else if let Ok(value) = text.parse::<u64>() {
        serializer.serialize_u64(value)
    } else if let Ok(value) = text.parse::<i128>() {
        serializer.serialize_i128(value)
    } else {
        match number::as_f64(text).filter(|value| equals(*value, text)) {
            Some(value) => serializer.serialize_f64(value),
            None => serializer.serialize_str(text),
        }
    }
}

/// `true` if a double equals the number of a text, in either of two spellings: of two equally short ones `std` and
/// `serde_yaml` may choose different ones.
fn equals(value: f64, text: &str) -> bool {
    let written = || serde_yaml::to_string(&value).unwrap_or_default();
    number::same(text, &value.to_string()) || number::same(text, written().trim_end())
}
