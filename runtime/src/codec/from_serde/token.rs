//! Numbers under `serde_json`'s feature `arbitrary_precision`, which any crate of a program can switch on for all.

use std::fmt;
use std::sync::OnceLock;

use serde::de::{Deserializer, MapAccess, Visitor};

/// The name of the only member of the object as which `serde_json` hands out a number by its text; `None` without the
/// feature, under which numbers come as numbers.
///
/// The name is private, and therefore asked from `serde_json` itself.
#[inline]
pub(super) fn number_token() -> Option<&'static str> {
    static TOKEN: OnceLock<Option<String>> = OnceLock::new();
    TOKEN.get_or_init(ask).as_deref()
}

#[cold]
fn ask() -> Option<String> {
    let mut one = serde_json::Deserializer::from_str("1.5");
    // Whatever is wrong with it, it is no number by its text then.
    one.deserialize_any(RawResponse).unwrap_or_default()
}

/// The name of the first member, where the value is an object.
struct RawResponse;

impl<'de> Visitor<'de> for RawResponse {
    type Value = Option<String>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a number")
    }

    fn visit_f64<E>(self, _: f64) -> Result<Option<String>, E> {
        Ok(None)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Option<String>, A::Error> {
        members.next_key()
    }
}
