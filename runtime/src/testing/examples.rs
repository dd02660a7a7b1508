//! Examples of a document, read into their type and written again.

use crate::codec::{from_json, to_json, Codec, CodecError, Coding, Value};

/// An example of the document, with the way to read and write it.
///
/// ```
/// use typewright_runtime::testing::{again, Example};
/// # use typewright_runtime::codegen::v1::Native;
///
/// let again = again::<Native<Vec<i64>>>;
/// let example = Example { name: "sizes", json: "[1, 2.0]", again };
/// assert_eq!(example.check(), Ok(()));
/// let example = Example { name: "sizes", json: "[1, 2.5]", again };
/// assert!(example.check().unwrap_err().starts_with("[1]: expected an integer"));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Example {
    /// The place in the document, for messages.
    pub name: &'static str,
    /// The example's JSON.
    pub json: &'static str,
    /// The function that reads and writes it: [`again`] by its codec.
    pub again: fn(&[u8]) -> Result<Vec<u8>, CodecError>,
}

impl Example {
    /// Reads the example and writes it again.
    ///
    /// # Errors
    /// The example is not of its type, or is written otherwise than it was: the place and the difference there.
    pub fn check(&self) -> Result<(), String> {
        let json = self.json.as_bytes();
        let written = (self.again)(json).map_err(|failure| failure.to_string())?;
        let value = |text: &[u8]| from_json(text).map_err(|failure| failure.to_string());
        is_same(&value(json)?, &value(&written)?)
    }
}

/// Reads JSON by a codec, and writes it again.
///
/// # Errors
/// The text is not JSON, or not what the codec allows.
///
/// ```
/// use typewright_runtime::testing::again;
/// # use typewright_runtime::codegen::v1::Native;
///
/// assert_eq!(again::<Native<Vec<i64>>>(b"[1, 2.0]").unwrap(), b"[1,2]");
/// ```
pub fn again<C: Codec>(json: &[u8]) -> Result<Vec<u8>, CodecError> {
    to_json(&from_json::<Coding<C>>(json)?)
}

/// Compares two JSON values by their meaning: numbers by their value, date-times by their instant, base64 with or without
/// padding, members in any order.
///
/// # Errors
/// The first place where they differ, as a JSON pointer (RFC 6901), and how.
///
/// ```
/// use typewright_runtime::testing::is_same;
/// use typewright_runtime::value::{from_json, Value};
///
/// let read = |json: &str| from_json::<Value>(json.as_bytes()).unwrap();
/// assert!(is_same(&read(r#"{"size": 1.50}"#), &read(r#"{"size": 1.5}"#)).is_ok());
/// assert!(is_same(&read("[1]"), &read("[2]")).is_err());
/// ```
pub fn is_same(example: &Value, written: &Value) -> Result<(), String> {
    differs(example, written, &mut String::new()).map_or(Ok(()), Err)
}

/// How two values differ; `path` is where they stand, and is as it was before where they do not differ.
fn differs(example: &Value, written: &Value, path: &mut String) -> Option<String> {
    match (example, written) {
        (Value::Object(one), Value::Object(other)) => {
            let mut gone = one.keys().filter(|name| !other.contains_key(*name));
            let mut new = other.keys().filter(|name| !one.contains_key(*name));
            if let Some(name) = gone.next() {
                return Some(format!("{path}/{name}: was not written again"));
            }
            if let Some(name) = new.next() {
                return Some(format!("{path}/{name}: was made up"));
            }
            let both = one.iter().filter_map(|(name, value)| Some((name, value, other.get(name)?)));
            both.into_iter().find_map(|(name, one, other)| below(one, other, (path, name)))
        }
        (Value::List(one), Value::List(other)) if one.len() == other.len() => {
            let mut both = one.iter().zip(other).enumerate();
            both.find_map(|(index, (one, other))| below(one, other, (path, &index.to_string())))
        }
        (Value::Text(one), Value::Text(other)) if is_same_text(one, other) => None,
        (one, other) if one == other => None,
        (one, other) => Some(format!("{path}: {} became {}", excerpt(one), excerpt(other))),
    }
}

fn below(one: &Value, other: &Value, (path, name): (&mut String, &str)) -> Option<String> {
    let length = path.len();
    path.push('/');
    path.push_str(name);
    let difference = differs(one, other, path);
    path.truncate(length);
    difference
}

fn is_same_text(one: &str, other: &str) -> bool {
    one == other
        || is_same_instant(one, other)
        || is_same_address(one, other)
        || is_same_number(one, other)
        || is_same_base64(one, other)
}

fn is_same_instant(one: &str, other: &str) -> bool {
    let instant = |text| chrono::DateTime::parse_from_rfc3339(text).ok();
    instant(one).is_some_and(|one| instant(other) == Some(one))
}

/// A UUID is written in lower case, an IPv6 address in its short form.
fn is_same_address(one: &str, other: &str) -> bool {
    let address = |text: &str| text.parse::<std::net::Ipv6Addr>().ok();
    let is_uuid = |text: &str| {
        let form = |byte: u8| byte.is_ascii_hexdigit() || byte == b'-';
        text.len() == 36 && text.bytes().all(form)
    };
    is_uuid(one) && one.eq_ignore_ascii_case(other)
        || address(one).is_some_and(|one| address(other) == Some(one))
}

/// A number in a text is written without leading zeros, and without a fraction that is none.
fn is_same_number(one: &str, other: &str) -> bool {
    let number = |text: &str| {
        let digits = text.trim_start_matches(['+', '-']);
        let plain = digits.bytes().all(|byte| byte.is_ascii_digit() || b".eE+-".contains(&byte));
        text.parse::<f64>().ok().filter(|_| plain)
    };
    number(one).is_some_and(|one| number(other) == Some(one))
}

fn is_same_base64(one: &str, other: &str) -> bool {
    one.trim_end_matches('=') == other.trim_end_matches('=')
}

/// The value as JSON, cut where it is long.
fn excerpt(value: &Value) -> String {
    const LONGEST: usize = 120;
    let json = to_json(value).unwrap_or_default();
    let json = String::from_utf8_lossy(&json);
    match json.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", json.get(..end).unwrap_or_default()),
        None => json.into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::{Decode, Decoder, Encoder};

    fn compare(one: &str, other: &str) -> Result<(), String> {
        let value = |text: &str| from_json(text.as_bytes()).unwrap();
        is_same(&value(one), &value(other))
    }

    #[test]
    fn what_means_the_same_is_the_same() {
        for (one, other) in [
            (r#"{"a":1,"b":[1.50]}"#, r#"{"b":[1.5],"a":1.0}"#),
            (r#""2024-05-01T12:00:00.5+02:00""#, r#""2024-05-01T10:00:00.500Z""#),
            (r#""08""#, r#""8""#),
            (r#""AQI""#, r#""AQI=""#),
            (
                r#""A1A2A3A4-B1B2-C1C2-D1D2-D3D4D5D6D7D8""#,
                r#""a1a2a3a4-b1b2-c1c2-d1d2-d3d4d5d6d7d8""#,
            ),
            (r#""2001:DB8:0::1""#, r#""2001:db8::1""#),
            ("null", "null"),
            ("123456789012345678901234567890", "123456789012345678901234567890"),
        ] {
            assert_eq!(compare(one, other), Ok(()));
        }
    }

    /// A codec that reads any number and writes it without its sign.
    #[derive(Debug)]
    struct Unsigned;

    impl Codec for Unsigned {
        type Value = i64;

        fn decode(decoder: &mut dyn Decoder) -> Result<i64, CodecError> {
            i64::decode(decoder)
        }

        fn encode(value: &i64, encoder: &mut dyn Encoder) -> Result<(), CodecError> {
            encoder.u64(value.unsigned_abs())
        }
    }

    #[test]
    fn an_example_is_written_again_as_it_was() {
        let check = |json| {
            let again = again::<crate::codec::Each<Unsigned>>;
            let name = "sizes";
            Example { name, json, again }.check()
        };
        assert_eq!(check("[1, 2.0]"), Ok(()));
        assert_eq!(check("[]"), Ok(()));
        assert_eq!(check("[1, -2]"), Err("/1: -2 became 2".to_owned()));
        let wrong = check("[true]").unwrap_err();
        assert!(wrong.starts_with("[0]: expected an integer"), "{wrong}");
    }

    #[test]
    fn what_differs_is_said_with_its_place() {
        for (one, other, message) in [
            (r#"{"a":{"b":[1,2]}}"#, r#"{"a":{"b":[1,3]}}"#, "/a/b/1: 2 became 3"),
            (r#"{"a":1,"b":2}"#, r#"{"a":1}"#, "/b: was not written again"),
            (r#"{"a":1}"#, r#"{"a":1,"b":null}"#, "/b: was made up"),
            ("[1]", "[1,2]", ": [1] became [1,2]"),
            (r#""nan""#, r#""NaN""#, r#": "nan" became "NaN""#),
            // Neither is a UUID, whose case would not count.
            (r#""AB-C""#, r#""ab-c""#, r#": "AB-C" became "ab-c""#),
            (
                r#""Any other text, of thirty-six letters""#,
                r#""any other text, of thirty-six letters""#,
                r#": "Any other text, of thirty-six letters" became "any other text, of thirty-six letters""#,
            ),
            (r#""2001:db8::1""#, r#""2001:db8::2""#, r#": "2001:db8::1" became "2001:db8::2""#),
            ("1", r#""1""#, r#": 1 became "1""#),
            (
                "123456789012345678901234567890",
                "123456789012345678901234567891",
                ": 123456789012345678901234567890 became 123456789012345678901234567891",
            ),
        ] {
            assert_eq!(compare(one, other), Err(message.to_owned()));
        }
    }
}
