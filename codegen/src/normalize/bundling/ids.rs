//! Schemas that have addresses of their own: `$id`, `$anchor`, `$dynamicAnchor` and `$self`.

use crate::load::{Loaded, OtherFile};
use crate::source::FileId;
use crate::syntax::{Node, Value};
use indexmap::IndexMap;

/// What is found by an address rather than by a place.
#[derive(Debug, Default)]
pub(super) struct Ids<'a> {
    /// Schemas by their absolute URI.
    by_uri: IndexMap<String, &'a Node>,
    /// The base URI that holds in a file from a pointer on.
    bases: Vec<(FileId, String, String)>,
    /// Anchored schemas by file, base URI and name.
    anchors: IndexMap<(FileId, String, String), &'a Node>,
}

const ADDRESSES: [&str; 4] = ["$id", "$anchor", "$dynamicAnchor", "$self"];

impl<'a> Ids<'a> {
    pub fn new(loaded: &'a Loaded) -> Self {
        let mut ids = Self::default();
        let others = loaded.others.values().filter_map(|other| match other {
            OtherFile::Read(node) => Some(node),
            OtherFile::Invalid | OtherFile::Unreadable(_) => None,
        });
        for root in std::iter::once(&loaded.root).chain(others) {
            let file = loaded.table.file(root.origin);
            let text = loaded.files.get(file).map_or("", |file| &file.text);
            if ADDRESSES.iter().any(|address| text.contains(address)) {
                let base = root.text_of("$self").unwrap_or_default();
                ids.enter(loaded, file, root, base);
            }
        }
        ids
    }

    fn enter(&mut self, loaded: &'a Loaded, file: FileId, node: &'a Node, base: &str) {
        let own = node.text_of("$id").or_else(|| node.text_of("$self"));
        let base = match own {
            Some(id) => {
                let uri = join(base, id.trim_end_matches('#'));
                self.by_uri.entry(uri.clone()).or_insert(node);
                self.bases
                    .push((file, loaded.table.pointer(node.origin), uri.clone()));
                uri
            }
            None => base.to_owned(),
        };
        for key in ["$anchor", "$dynamicAnchor"] {
            if let Some(name) = node.text_of(key) {
                let key = (file, base.clone(), name.to_owned());
                self.anchors.entry(key).or_insert(node);
            }
        }
        match &node.value {
            Value::List(items) => items
                .iter()
                .for_each(|item| self.enter(loaded, file, item, &base)),
            Value::Object(members) => {
                members
                    .values()
                    .for_each(|member| self.enter(loaded, file, member, &base));
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => {}
        }
    }

    pub fn is_empty(&self) -> bool {
        self.by_uri.is_empty() && self.anchors.is_empty()
    }

    /// The base URI that holds at a place; empty where none was declared.
    pub fn base(&self, file: FileId, pointer: &str) -> &str {
        let around = self.bases.iter().filter(|(at, from, _)| {
            let inside = pointer.strip_prefix(from.as_str());
            *at == file && inside.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        });
        around
            .max_by_key(|(_, from, _)| from.len())
            .map_or("", |(.., uri)| uri)
    }

    /// The schema with an address, as it is written at a place with this base.
    pub fn find(&self, base: &str, reference: &str) -> Option<&'a Node> {
        self.by_uri.get(&join(base, reference)).copied()
    }

    /// The schema with an anchor, in the resource with this base or else anywhere in the file.
    pub fn anchor(&self, file: FileId, base: &str, name: &str) -> Option<&'a Node> {
        let key = (file, base.to_owned(), name.to_owned());
        self.anchors.get(&key).copied().or_else(|| {
            let mut same = self
                .anchors
                .iter()
                .filter(|((at, _, other), _)| *at == file && other == name);
            same.next().map(|(_, node)| *node)
        })
    }
}

/// A URI reference against its base (RFC 3986 section 5.2, as far as schemas use it).
fn join(base: &str, reference: &str) -> String {
    if base.is_empty() || reference.contains("://") || reference.starts_with("urn:") {
        return reference.to_owned();
    }
    if reference.is_empty() {
        return base.to_owned();
    }
    let path = match base.find("://").map(|at| at + 3) {
        None => 0,
        Some(authority) => {
            let rest = base.get(authority..).unwrap_or_default();
            rest.find('/').map_or(base.len(), |at| authority + at)
        }
    };
    let (head, tail) = base.split_at_checked(path).unwrap_or((base, ""));
    if reference.starts_with('/') {
        return format!("{head}{reference}");
    }
    let mut parts: Vec<&str> = tail.split('/').collect();
    parts.pop();
    for part in reference.split('/') {
        match part {
            "." => {}
            ".." if parts.len() > 1 => drop(parts.pop()),
            _ => parts.push(part),
        }
    }
    let lead = if tail.is_empty() && !head.is_empty() {
        "/"
    } else {
        ""
    };
    format!("{head}{lead}{}", parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::join;

    #[test]
    fn references_are_joined_to_their_base() {
        assert_eq!(join("https://x.example/a/b", "c"), "https://x.example/a/c");
        assert_eq!(join("https://x.example/a/b", "../c"), "https://x.example/c");
        assert_eq!(join("https://x.example", "c"), "https://x.example/c");
        assert_eq!(join("https://x.example/a", "/c/d"), "https://x.example/c/d");
        assert_eq!(join("", "c.json"), "c.json");
        assert_eq!(join("https://x.example/a", "urn:x:y"), "urn:x:y");
        assert_eq!(join("tree", "other"), "other");
    }
}
