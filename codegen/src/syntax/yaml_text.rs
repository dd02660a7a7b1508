//! YAML as text: block style, short lists of scalars on one line, long texts as blocks, and comments before members.

use crate::syntax::{Node, Value};

/// A value to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Yaml {
    /// Members in order.
    Map(Map),
    /// Elements in order.
    List(Vec<Yaml>),
    /// A string.
    Text(String),
    /// A number, a boolean or `null`, verbatim.
    Plain(String),
}

/// The members of an object.
pub type Map = Vec<Entry>;

/// A member, with the comment before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// One line, without the `#`; empty for none.
    pub comment: &'static str,
    /// The value.
    pub value: Yaml,
}

impl From<&Node> for Yaml {
    fn from(node: &Node) -> Self {
        match &node.value {
            Value::Null => Self::Plain("null".to_owned()),
            Value::Bool(value) => (*value).into(),
            Value::Number(text) => Self::Plain(text.clone()),
            Value::Text(text) => text.as_str().into(),
            Value::List(items) => Self::List(items.iter().map(Self::from).collect()),
            Value::Object(members) => {
                Self::Map(members.iter().map(|(key, member)| entry(&**key, member)).collect())
            }
        }
    }
}

impl From<&str> for Yaml {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Yaml {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<bool> for Yaml {
    fn from(value: bool) -> Self {
        Self::Plain(value.to_string())
    }
}

impl From<u64> for Yaml {
    fn from(value: u64) -> Self {
        Self::Plain(value.to_string())
    }
}

impl From<Map> for Yaml {
    fn from(map: Map) -> Self {
        Self::Map(map)
    }
}

impl From<Vec<Yaml>> for Yaml {
    fn from(list: Vec<Yaml>) -> Self {
        Self::List(list)
    }
}

/// A member without a comment.
pub fn entry(key: impl Into<String>, value: impl Into<Yaml>) -> Entry {
    commented(key, "", value)
}

/// A member with a comment.
pub fn commented(key: impl Into<String>, comment: &'static str, value: impl Into<Yaml>) -> Entry {
    Entry { key: key.into(), comment, value: value.into() }
}

/// A list of strings.
pub fn texts<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> Yaml {
    Yaml::List(texts.into_iter().map(|text| text.as_ref().into()).collect())
}

/// The longest list of scalars that stays on one line.
const WIDTH: usize = 100;

/// The longest key before its colon; YAML allows 1024 characters (section 8.2.2).
const MAX_KEY: usize = 1000;

/// The text of a value.
pub fn print(value: impl Into<Yaml>) -> String {
    let value = value.into();
    let mut out = String::new();
    match on_one_line(&value) {
        Some(text) => out = text + "\n",
        None => block(&mut out, &value, 0),
    }
    out
}

fn indent(out: &mut String, depth: usize) {
    // the first member or element of an element begins on the same line
    if !out.ends_with("- ") {
        out.extend(std::iter::repeat_n("  ", depth));
    }
}

/// Writes a value that needs several lines, from its first line on.
fn block(out: &mut String, value: &Yaml, depth: usize) {
    match value {
        Yaml::Map(entries) => entries.iter().for_each(|entry| member(out, entry, depth)),
        Yaml::List(items) => {
            for item in items {
                indent(out, depth);
                out.push_str("- ");
                match on_one_line(item) {
                    Some(text) => out.push_str(&(text + "\n")),
                    None => block(out, item, depth + 1),
                }
            }
        }
        Yaml::Text(text) => {
            let content = text.strip_suffix('\n');
            out.push_str(if content.is_some() { "|\n" } else { "|-\n" });
            for line in content.unwrap_or(text).split('\n') {
                if !line.is_empty() {
                    indent(out, depth);
                    out.push_str(line);
                }
                out.push('\n');
            }
        }
        Yaml::Plain(text) => out.push_str(text),
    }
}

fn member(out: &mut String, Entry { key, comment, value }: &Entry, depth: usize) {
    if !comment.is_empty() {
        indent(out, depth);
        out.push_str(&format!("# {comment}\n"));
    }
    indent(out, depth);
    if key.len() > MAX_KEY {
        out.push_str(&format!("? {}\n", scalar(key)));
        indent(out, depth);
    } else {
        out.push_str(&scalar(key));
    }
    out.push(':');
    match on_one_line(value) {
        Some(text) => out.push_str(&format!(" {text}\n")),
        None => {
            out.push(if matches!(value, Yaml::Text(_)) { ' ' } else { '\n' });
            block(out, value, depth + 1);
        }
    }
}

/// A scalar, an empty value or a list of short scalars; `None` for a value that needs several lines.
fn on_one_line(value: &Yaml) -> Option<String> {
    match value {
        Yaml::Map(entries) => entries.is_empty().then(|| "{}".to_owned()),
        Yaml::List(items) => {
            let scalars: Option<Vec<String>> = items.iter().map(in_brackets).collect();
            let text = format!("[{}]", scalars?.join(", "));
            (text.len() <= WIDTH).then_some(text)
        }
        Yaml::Text(text) => (!is_block(text)).then(|| scalar(text)),
        Yaml::Plain(text) => Some(text.clone()),
    }
}

fn in_brackets(value: &Yaml) -> Option<String> {
    match value {
        Yaml::Text(text) if text.contains([',', '[', ']', '{', '}']) => Some(quoted(text)),
        Yaml::Text(text) => Some(scalar(text)),
        Yaml::Plain(text) => Some(text.clone()),
        Yaml::Map(_) | Yaml::List(_) => None,
    }
}

/// `true` for a character that a reader may change or reject outside double quotes.
fn is_special(letter: char) -> bool {
    letter.is_control()
        || matches!(
            letter,
            '\u{a0}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'
        )
}

/// `true` if a text can be a literal block: it has several lines, and nothing that such a block loses.
fn is_block(text: &str) -> bool {
    let is_blank = |line: &str| line.starts_with(' ') && line.trim().is_empty();
    text.trim_end_matches('\n').contains('\n')
        && !text.starts_with([' ', '\n'])
        && !text.ends_with("\n\n")
        && !text.contains(|letter: char| letter != '\n' && letter != '\u{a0}' && is_special(letter))
        && !text.lines().any(|line| line.ends_with(' ') || is_blank(line))
}

/// A string on one line.
fn scalar(text: &str) -> String {
    if is_plain(text) {
        text.to_owned()
    } else {
        quoted(text)
    }
}

/// `true` if a text needs no quotes in any version of YAML.
fn is_plain(text: &str) -> bool {
    const RESERVED: [&str; 9] = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];
    text.starts_with(|first: char| first.is_ascii_alphabetic() || first == '/' || first == '$')
        && !text.ends_with([' ', ':'])
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.contains(is_special)
        && !RESERVED.iter().any(|word| text.eq_ignore_ascii_case(word))
}

fn quoted(text: &str) -> String {
    if !text.contains(is_special) {
        return format!("'{}'", text.replace('\'', "''"));
    }
    let mut out = String::from('"');
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            letter if is_special(letter) => {
                out.push_str(&format!("\\u{:04x}", u32::from(letter)));
            }
            letter => out.push(letter),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_have_their_forms() {
        let inner: Map = vec![entry("a", "1"), commented("b", "why", true)];
        let lists = Yaml::List(vec![Yaml::from(inner), texts(["x, y", "z"])]);
        let document: Map = vec![
            entry("text", "one\n\ntwo\n"),
            entry("200", "5 o'clock"),
            entry("nested", vec![lists]),
            commented("empty", "nothing", Map::new()),
        ];
        let expected =
            "text: |\n  one\n\n  two\n'200': '5 o''clock'\nnested:\n  - - a: '1'\n      \
                        # why\n      b: true\n    - ['x, y', z]\n# nothing\nempty: {}\n";
        assert_eq!(print(document), expected);
    }

    #[test]
    fn long_keys_are_explicit() {
        let key = "k".repeat(MAX_KEY + 1);
        let map: Map = vec![entry(&*key, vec![Yaml::from(vec![entry("a", 2_u64)])])];
        assert_eq!(print(map), format!("? {key}\n:\n  - a: 2\n"));
    }
}
