//! Where the members of JSON stand: found level by level, as far as is asked.

use super::spans::Spot;
use serde::de::{Deserializer as _, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;
use std::ops::Range;
use std::sync::OnceLock;

/// A value of a JSON text with its name in the one around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    name: String,
    /// Where it stands.
    pub spot: Spot,
    inside: OnceLock<Vec<Member>>,
}

impl Member {
    /// The whole of a text; `None` where that is no JSON.
    pub fn root(text: &str) -> Option<Self> {
        if !text.trim_start().starts_with(['{', '[']) {
            return None;
        }
        let whole: &RawValue = serde_json::from_str(text).ok()?;
        Some(Self::new(String::new(), None, range(text, whole), text))
    }

    fn new(name: String, key: Option<Range<usize>>, value: Range<usize>, text: &str) -> Self {
        let container = text
            .get(value.clone())
            .is_some_and(|value| value.starts_with(['{', '[']));
        let spot = Spot {
            key,
            value,
            container,
        };
        Self {
            name,
            spot,
            inside: OnceLock::new(),
        }
    }

    /// The member or item of this name; the last where there are several.
    pub fn get(&self, name: &str, text: &str) -> Option<&Self> {
        let inside = self.inside.get_or_init(|| self.open(text));
        inside.iter().rev().find(|member| member.name == name)
    }

    fn open(&self, text: &str) -> Vec<Self> {
        if !self.spot.container {
            return Vec::new();
        }
        let own = text.get(self.spot.value.clone()).unwrap_or_default();
        let mut reader = serde_json::Deserializer::from_str(own);
        reader.deserialize_any(Level(text)).unwrap_or_default()
    }
}

/// Where a part of a text stands in it.
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

/// One level of a value: its members or items with all that is in them still unread.
struct Level<'t>(&'t str);

impl<'de> Visitor<'de> for Level<'de> {
    type Value = Vec<Member>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object or array")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        while let Some((key, value)) = map.next_entry::<&RawValue, &RawValue>()? {
            let (at, value) = (range(self.0, key), range(self.0, value));
            members.push(Member::new(unescaped(key), Some(at), value, self.0));
        }
        Ok(members)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        let mut members: Vec<Member> = Vec::new();
        while let Some(value) = items.next_element::<&RawValue>()? {
            let name = members.len().to_string();
            members.push(Member::new(name, None, range(self.0, value), self.0));
        }
        Ok(members)
    }
}
