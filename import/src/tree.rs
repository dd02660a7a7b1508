//! An ordered document with comments, and its text.

/// A value of the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// Members in order.
    Map(Map),
    /// Elements in order.
    List(Vec<Node>),
    /// A string.
    Text(String),
    /// A number or a truth value, as it is written.
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
    said(key, "", value)
}

/// A member with a comment.
pub fn said(key: impl Into<String>, comment: &'static str, value: impl Into<Node>) -> Entry {
    Entry {
        key: key.into(),
        comment,
        value: value.into(),
    }
}

/// A list of strings.
pub fn texts<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> Node {
    Node::List(texts.into_iter().map(|text| text.as_ref().into()).collect())
}
