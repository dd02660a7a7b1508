//! The spans of a JSON text, read level by level on demand.

use super::NodeSpan;
use serde::de::{Deserializer as _, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;
use std::ops::Range;
use std::sync::OnceLock;

/// The span of a value, with its name in its parent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct JsonSpan {
    name: String,
    pub span: NodeSpan,
    members: OnceLock<Vec<JsonSpan>>,
}

impl JsonSpan {
    /// The span of a whole text; `None` unless that is JSON.
    pub fn root(text: &str) -> Option<Self> {
        if !text.trim_start().starts_with(['{', '[']) {
            return None;
        }
        let whole: &RawValue = serde_json::from_str(text).ok()?;
        Some(Self::new(String::new(), None, range(text, whole), text))
    }

    fn new(name: String, key: Option<Range<usize>>, value: Range<usize>, text: &str) -> Self {
        let is_container = text
            .get(value.clone())
            .is_some_and(|value| value.starts_with(['{', '[']));
        let span = NodeSpan {
            key,
            value,
            is_container,
        };
        Self {
            name,
            span,
            members: OnceLock::new(),
        }
    }

    /// The member or item of this name; the last of several.
    pub fn get(&self, name: &str, text: &str) -> Option<&Self> {
        let members = self.members.get_or_init(|| self.open(text));
        members.iter().rev().find(|member| member.name == name)
    }

    fn open(&self, text: &str) -> Vec<Self> {
        if !self.span.is_container {
            return Vec::new();
        }
        let value = text.get(self.span.value.clone()).unwrap_or_default();
        let mut reader = serde_json::Deserializer::from_str(value);
        reader.deserialize_any(Level(text)).unwrap_or_default()
    }
}

/// The range of a part of a text.
fn range(text: &str, part: &RawValue) -> Range<usize> {
    let start = part.get().as_ptr() as usize - text.as_ptr() as usize;
    start..start + part.get().len()
}

fn unescaped(key: &RawValue) -> String {
    let inner = key.get().trim_matches('"');
    if inner.contains('\\') {
        return serde_json::from_str(key.get()).unwrap_or_default();
    }
    inner.to_owned()
}

/// Reads one level of a value: its members or items, whose contents stay unread.
struct Level<'t>(&'t str);

impl<'de> Visitor<'de> for Level<'de> {
    type Value = Vec<JsonSpan>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object or array")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        while let Some((key, value)) = map.next_entry::<&RawValue, &RawValue>()? {
            let (at, value) = (range(self.0, key), range(self.0, value));
            members.push(JsonSpan::new(unescaped(key), Some(at), value, self.0));
        }
        Ok(members)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        let mut members: Vec<JsonSpan> = Vec::new();
        while let Some(value) = items.next_element::<&RawValue>()? {
            let name = members.len().to_string();
            members.push(JsonSpan::new(name, None, range(self.0, value), self.0));
        }
        Ok(members)
    }
}
