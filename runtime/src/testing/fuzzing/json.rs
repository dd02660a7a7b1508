//! The codec's own reader and writer of JSON beside `serde_json`.

use crate::codec::{
    deserialize, from_json, read_object, to_json, to_json_pretty, CodecError, Decode, Decoder,
    Encode, Value,
};
use crate::testing::fuzzing::text_of;
use serde::de::IgnoredAny;
use std::fmt::Debug;

/// Bytes as JSON: both readers take them or neither does, for the same value, and what is written is read as the same again.
///
/// # Panics
/// The two differ, or the codec contradicts itself.
pub fn json(bytes: &[u8]) {
    any(bytes);
    skipped(bytes);
    // The types that both have; ours take more, such as `3.0` for an integer.
    same::<String>(bytes, true);
    same::<bool>(bytes, true);
    same::<Vec<String>>(bytes, true);
    same::<i64>(bytes, false);
    same::<u64>(bytes, false);
    same::<Vec<i64>>(bytes, false);
    float(bytes);
}

/// `true` if a number of the value is beyond the range of `f64`.
fn has_infinite_number(value: &Value) -> bool {
    match value {
        Value::Number(number) => number.as_f64().is_infinite(),
        Value::List(items) => items.iter().any(has_infinite_number),
        Value::Object(members) => members.iter().any(|(_, value)| has_infinite_number(value)),
        Value::Null | Value::Bool(_) | Value::Text(_) => false,
    }
}

/// Without the byte-order mark that `serde_json` refuses.
fn unmarked(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)
}

fn any(bytes: &[u8]) {
    let theirs = serde_json::from_slice::<serde_json::Value>(unmarked(bytes));
    match (from_json::<Value>(bytes), theirs) {
        (Ok(ours), Ok(theirs)) => {
            assert_eq!(plain(&ours), theirs, "{}", text_of(bytes));
            bridged(bytes, &ours);
            again(&ours, &theirs);
        }
        // RFC 8259 sets no limit to numbers, which a value of ours preserves.
        (Ok(ours), Err(theirs)) => {
            let message = theirs.to_string();
            assert!(message.starts_with("number out of range"), "{message}");
            assert!(has_infinite_number(&ours), "{}", text_of(bytes));
            let written = to_json(&ours);
            assert_eq!(written.and_then(|text| from_json(&text)), Ok(ours), "{}", text_of(bytes));
        }
        (Err(ours), Err(_)) => assert!(ours.is_malformed(), "{}: {ours}", text_of(bytes)),
        (ours, theirs) => {
            assert!(ours.is_ok() == theirs.is_ok(), "{}: {ours:?}, but {theirs:?}", text_of(bytes))
        }
    }
}

fn plain(value: &Value) -> serde_json::Value {
    serde_json::Value::from(value.clone())
}

/// A value read by way of serde is the same.
fn bridged(bytes: &[u8], value: &Value) {
    let mut deserializer = serde_json::Deserializer::from_slice(unmarked(bytes));
    let read: Result<Value, _> = deserialize(&mut deserializer);
    match read {
        Ok(read) => assert_eq!(&read, value, "{}", text_of(bytes)),
        Err(failure) => panic!("{}: {failure}", text_of(bytes)),
    }
}

/// A value is the same when it is written and read again, in a line and for people, by us and by `serde_json`.
fn again(value: &Value, theirs: &serde_json::Value) {
    for written in [to_json(value), to_json_pretty(value)] {
        assert!(written.is_ok(), "{value:?}: {written:?}");
        let written = written.unwrap_or_default();
        let read = from_json::<Value>(&written);
        assert_eq!(read.as_ref(), Ok(value), "{}", text_of(&written));
        let read = serde_json::from_slice::<serde_json::Value>(&written).ok();
        assert_eq!(read.as_ref(), Some(theirs), "{}", text_of(&written));
        let once = to_json(value);
        let twice = from_json::<Value>(&written).and_then(|value| to_json(&value));
        assert_eq!(once, twice, "{}", text_of(&written));
    }
    let pretty = to_json_pretty(theirs_as_ours(theirs).as_ref().unwrap_or(value));
    if theirs_as_ours(theirs).is_some() {
        let expected = serde_json::to_vec_pretty(theirs).ok();
        assert_eq!(pretty.ok(), expected);
    }
}

/// Their value as ours, where it has no numbers but integers: others are written in another way.
fn theirs_as_ours(theirs: &serde_json::Value) -> Option<Value> {
    has_integers_only(theirs).then(|| Value::from(theirs.clone()))
}

/// `true` if all numbers of a value are integers of 64 bits, which no reader rounds.
pub(super) fn has_integers_only(value: &serde_json::Value) -> bool {
    match value {
        serde_json::Value::Number(number) => !number.is_f64(),
        serde_json::Value::Array(items) => items.iter().all(has_integers_only),
        serde_json::Value::Object(members) => members.values().all(has_integers_only),
        serde_json::Value::Null | serde_json::Value::Bool(_) | serde_json::Value::String(_) => true,
    }
}

/// An object of whose members none is read.
struct Nothing;

impl Decode for Nothing {
    fn decode(decoder: &mut dyn Decoder) -> Result<Self, CodecError> {
        read_object(decoder, &mut []).map(|()| Self)
    }
}

/// Both take the bytes as a member that nobody reads, or neither does.
fn skipped(bytes: &[u8]) {
    let whole = [b"{\"unknown\":", bytes, b",\"more\":[1]}"].concat();
    let theirs = serde_json::from_slice::<IgnoredAny>(&whole);
    let theirs = theirs.is_ok() && std::str::from_utf8(bytes).is_ok();
    let ours = from_json::<Nothing>(&whole).map(drop);
    assert_eq!(ours.is_ok(), theirs, "{}: {ours:?}", text_of(bytes));
}

/// A type that both have: what they take is taken by us, and what we take by them where `both` says so.
fn same<T>(bytes: &[u8], both: bool)
where
    T: Decode + Encode + Debug + PartialEq + serde::de::DeserializeOwned,
{
    let ours = from_json::<T>(bytes);
    match serde_json::from_slice::<T>(unmarked(bytes)) {
        Ok(theirs) => assert_eq!(ours, Ok(theirs), "{}", text_of(bytes)),
        Err(theirs) => assert!(!both || ours.is_err(), "{}: {theirs}", text_of(bytes)),
    }
    if let Ok(value) = ours {
        let written = to_json(&value).unwrap_or_default();
        assert_eq!(from_json(&written), Ok(value), "{}", text_of(&written));
    }
}

/// To the last bit, and back.
fn float(bytes: &[u8]) {
    let ours = from_json::<f64>(bytes).ok();
    let theirs = serde_json::from_slice::<f64>(unmarked(bytes)).ok();
    let bits = |value: Option<f64>| value.map(f64::to_bits);
    assert_eq!(bits(ours), bits(theirs), "{}", text_of(bytes));
    if let Some(value) = ours {
        let written = to_json(&value).unwrap_or_default();
        let read = from_json::<f64>(&written).ok();
        assert_eq!(bits(read), bits(ours), "{}", text_of(&written));
    }
}
