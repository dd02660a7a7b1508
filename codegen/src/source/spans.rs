//! From JSON Pointers to spans. Those of YAML are recorded with its values, those of JSON are read level by level on demand.

use super::NodeSpan;
use crate::syntax::{yaml_spans, YamlSpans};
use serde::de::{Deserializer as _, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;
use std::ops::Range;
use std::sync::OnceLock;

/// The spans of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Spans {
    /// Of JSON: only the levels on the way to a requested value are read.
    Json(Box<JsonSpan>),
    /// Of YAML, and of text that is not quite JSON: all of them.
    Yaml(YamlSpans),
}

impl Spans {
    /// Reads a text whose values were not read as YAML, as far as possible.
    pub fn new(text: &str) -> Self {
        match JsonSpan::root(text) {
            Some(root) => Self::Json(Box::new(root)),
            None => Self::Yaml(yaml_spans(text)),
        }
    }

    /// The span at the steps from the root, and `true` if it is exact rather than that of the nearest ancestor.
    pub fn find<'a>(
        &self,
        text: &str,
        steps: impl IntoIterator<Item = &'a str>,
    ) -> Option<(NodeSpan, bool)> {
        match self {
            Self::Json(root) => {
                let mut member = &**root;
                let is_exact = steps.into_iter().all(|step| {
                    let inner = member.get(step, text);
                    member = inner.unwrap_or(member);
                    inner.is_some()
                });
                Some((member.span.clone(), is_exact))
            }
            Self::Yaml(spans) => spans.find(steps),
        }
    }
}

/// The span of a value, with its name in its parent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct JsonSpan {
    name: String,
    span: NodeSpan,
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
        let is_container =
            text.get(value.clone()).is_some_and(|value| value.starts_with(['{', '[']));
        let span = NodeSpan { key, value, is_container };
        Self { name, span, members: OnceLock::new() }
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

#[cfg(test)]
mod tests {
    use super::Spans;

    fn texts<'t>(text: &'t str, steps: &[&str]) -> (Option<&'t str>, &'t str, bool) {
        let spans = Spans::new(text);
        let (span, exact) = spans.find(text, steps.iter().copied()).unwrap();
        (span.key.clone().map(|key| &text[key]), &text[span.value.clone()], exact)
    }

    #[test]
    fn yaml_is_found_in_every_style() {
        let text = "a:\r\n  - x: 1.10\r\n  - {\"ключ\": 'да', z: [1]}\r\nb: last\r\n";
        assert_eq!(texts(text, &["a", "0", "x"]), (Some("x"), "1.10", true));
        assert_eq!(texts(text, &["a", "1", "ключ"]), (Some("\"ключ\""), "'да'", true));
        assert_eq!(texts(text, &["a", "1"]), (None, "{\"ключ\": 'да', z: [1]}", true));
        assert_eq!(texts(text, &["b"]), (Some("b"), "last", true));
        assert_eq!(texts(text, &["b", "c"]), (Some("b"), "last", false));
    }

    #[test]
    fn json_is_found_with_surrogates_slashes_and_tabs() {
        let text = "{\n\t\"a\\/b\": \"\\ud83d\\ude00\",\n\t\"c\": [true,\n\t\tnull]\n}";
        assert_eq!(texts(text, &["c", "1"]), (None, "null", true));
        assert_eq!(texts(text, &["a/b"]).0, Some("\"a\\/b\""));
        let text = "\r\n[ {\"ж\": {}, \"ж\" : {\"b\": -1e5 } }, \"\\ud83d\"]\n";
        assert_eq!(texts(text, &["0", "ж", "b"]), (Some("\"b\""), "-1e5", true));
        assert_eq!(texts(text, &["0", "ж", "c", "d"]).0, Some("\"ж\""));
        assert_eq!(texts(text, &["1"]), (None, "\"\\ud83d\"", true));
        assert!(matches!(Spans::new(text), Spans::Json(_)));
        let nearly = "{\"a\": 1, \"b\": [2,],}";
        assert_eq!(texts(nearly, &["b", "0"]), (None, "2", true));
    }

    #[test]
    fn what_cannot_be_read_is_found_as_far_as_it_goes() {
        let text = "a: 1\nb: [1, 2\nc: 3";
        assert_eq!(texts(text, &["a"]), (Some("a"), "1", true));
        assert!(Spans::new("").find("", ["a"]).is_none_or(|(_, exact)| !exact));
    }

    #[test]
    fn characters_of_several_bytes_are_counted_as_one() {
        let long = "ж".repeat(200);
        let text = format!("a: {long}\n{long}: {{b: 日本}}\nlast: é\n");
        assert_eq!(texts(&text, &["a"]), (Some("a"), long.as_str(), true));
        assert_eq!(texts(&text, &[&long, "b"]), (Some("b"), "日本", true));
        assert_eq!(texts(&text, &["last"]), (Some("last"), "é", true));
    }

    #[test]
    fn the_last_of_equal_keys_is_meant() {
        assert_eq!(texts("a: 1\na: 2\n", &["a"]).1, "2");
    }
}
