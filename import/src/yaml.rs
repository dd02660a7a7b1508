//! An ordered YAML document with comments, and its text: block style, short lists of names on one line, texts as they are.

/// A value of the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// Members in order.
    Map(Map),
    /// Elements in order.
    List(Vec<Node>),
    /// A string.
    Text(String),
    /// A number or a boolean, verbatim.
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
    pub value: Node,
}

impl From<&str> for Node {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Node {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<bool> for Node {
    fn from(value: bool) -> Self {
        Self::Plain(value.to_string())
    }
}

impl From<u64> for Node {
    fn from(value: u64) -> Self {
        Self::Plain(value.to_string())
    }
}

impl From<Map> for Node {
    fn from(map: Map) -> Self {
        Self::Map(map)
    }
}

impl From<Vec<Node>> for Node {
    fn from(list: Vec<Node>) -> Self {
        Self::List(list)
    }
}

/// A member without a comment.
pub fn entry(key: impl Into<String>, value: impl Into<Node>) -> Entry {
    commented(key, "", value)
}

/// A member with a comment.
pub fn commented(key: impl Into<String>, comment: &'static str, value: impl Into<Node>) -> Entry {
    Entry { key: key.into(), comment, value: value.into() }
}

/// A list of strings.
pub fn texts<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> Node {
    Node::List(texts.into_iter().map(|text| text.as_ref().into()).collect())
}

/// The longest list of names that stays on one line.
const WIDTH: usize = 100;

/// The text of a document.
pub fn print(document: &Map) -> String {
    let mut out = String::new();
    map(&mut out, document, 0);
    out
}

fn indent(out: &mut String, depth: usize) {
    out.extend(std::iter::repeat_n("  ", depth));
}

fn map(out: &mut String, entries: &Map, depth: usize) {
    for (at, Entry { key, comment, value }) in entries.iter().enumerate() {
        if !comment.is_empty() {
            indent(out, if at == 0 && out.ends_with("- ") { 0 } else { depth });
            out.push_str("# ");
            out.push_str(comment);
            out.push('\n');
        }
        if !out.ends_with("- ") {
            indent(out, depth);
        }
        out.push_str(&scalar(key));
        out.push(':');
        member(out, value, depth);
    }
}

/// Writes the value after a key and its colon.
fn member(out: &mut String, value: &Node, depth: usize) {
    match value {
        Node::Map(entries) if !entries.is_empty() => {
            out.push('\n');
            map(out, entries, depth + 1);
        }
        Node::List(items) if !items.is_empty() && one_line(items).is_none() => {
            out.push('\n');
            list(out, items, depth + 1);
        }
        Node::Map(_) | Node::List(_) | Node::Text(_) | Node::Plain(_) => {
            out.push(' ');
            leaf(out, value, depth + 1);
        }
    }
}

fn list(out: &mut String, items: &[Node], depth: usize) {
    for item in items {
        indent(out, depth);
        out.push_str("- ");
        match item {
            Node::Map(entries) if !entries.is_empty() => map(out, entries, depth + 1),
            Node::Map(_) | Node::List(_) | Node::Text(_) | Node::Plain(_) => {
                leaf(out, item, depth + 1);
            }
        }
    }
}

fn leaf(out: &mut String, value: &Node, depth: usize) {
    match value {
        Node::Map(_) => out.push_str("{}\n"),
        Node::List(items) => {
            out.push_str(&one_line(items).unwrap_or_else(|| flow(items)));
            out.push('\n');
        }
        Node::Text(text) if is_block(text) => block(out, text, depth),
        Node::Text(text) => {
            out.push_str(&scalar(text));
            out.push('\n');
        }
        Node::Plain(text) => {
            out.push_str(text);
            out.push('\n');
        }
    }
}

/// A list of short scalars in brackets; `None` if it is long or has other elements.
fn one_line(items: &[Node]) -> Option<String> {
    let scalars: Option<Vec<String>> = items.iter().map(scalar_of).collect();
    let text = format!("[{}]", scalars?.join(", "));
    (text.len() <= WIDTH).then_some(text)
}

fn scalar_of(node: &Node) -> Option<String> {
    match node {
        Node::Text(text) => Some(if is_plain(text) && !text.contains([',', '[', ']', '{', '}']) {
            text.clone()
        } else {
            quoted(text)
        }),
        Node::Plain(text) => Some(text.clone()),
        Node::Map(_) | Node::List(_) => None,
    }
}

/// A nested list in brackets.
fn flow(items: &[Node]) -> String {
    let inner: Vec<String> = items
        .iter()
        .map(|item| match item {
            Node::List(items) => flow(items),
            Node::Map(_) => "{}".to_owned(),
            Node::Text(_) | Node::Plain(_) => scalar_of(item).unwrap_or_default(),
        })
        .collect();
    format!("[{}]", inner.join(", "))
}

/// `true` if a text can be a literal block: it has several lines, and nothing that such a block loses.
fn is_block(text: &str) -> bool {
    let odd = |c: char| {
        (c.is_control() && c != '\n')
            || matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{feff}')
    };
    text.contains('\n')
        && !text.starts_with([' ', '\n'])
        && !text.ends_with('\n')
        && !text.contains(odd)
        && !text
            .lines()
            .any(|line| line.ends_with(' ') || line.starts_with(' ') && line.trim().is_empty())
}

fn block(out: &mut String, text: &str, depth: usize) {
    out.push_str("|-\n");
    for line in text.split('\n') {
        if !line.is_empty() {
            indent(out, depth);
            out.push_str(line);
        }
        out.push('\n');
    }
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
    let reserved = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];
    let first =
        text.chars().next().is_some_and(|c| c.is_ascii_alphabetic() || c == '/' || c == '$');
    first
        && !text.ends_with([' ', ':'])
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.contains(|c: char| {
            c.is_control()
                || matches!(c, '\u{85}' | '\u{a0}' | '\u{2028}' | '\u{2029}' | '\u{feff}')
        })
        && !reserved.iter().any(|word| text.eq_ignore_ascii_case(word))
}

fn quoted(text: &str) -> String {
    let odd = |c: char| {
        c.is_control() || matches!(c, '\u{85}' | '\u{a0}' | '\u{2028}' | '\u{2029}' | '\u{feff}')
    };
    if !text.contains(odd) {
        return format!("'{}'", text.replace('\'', "''"));
    }
    let mut out = String::from('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if odd(c) && u32::from(c) < 0x1_0000 => {
                out.push_str(&format!("\\u{:04x}", u32::from(c)))
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
