//! JSON (RFC 8259): a reader and a writer of the codec's own, and the way to and from serde's formats.

mod cursor;
mod number;
mod reader;
mod skip;
mod string;
mod writer;

pub(super) use self::number::is_number;
pub(super) use self::writer::no_room;

use crate::codec::from_serde::Slot;
use crate::codec::json::cursor::Cursor;
use crate::codec::json::reader::Reader;
use crate::codec::json::writer::Writer;
use crate::codec::to_serde::Shared;
use crate::codec::{from_serde, to_serde, CodecError, Decode, Deviations, Encode, Target, Value};

/// Reads a value from JSON (RFC 8259). A type that only responses reach, which has no constructor, is made so in tests.
///
/// # Errors
/// The bytes are not JSON, or not of this type; the failure says where.
///
/// ```
/// use typewright_runtime::value::from_json;
///
/// assert_eq!(from_json::<Vec<i64>>(b"[1, 2.0]").unwrap(), [1, 2]);
/// assert!(from_json::<Vec<i64>>(b"[1, 2").is_err());
/// ```
pub fn from_json<T: Decode>(bytes: &[u8]) -> Result<T, CodecError> {
    let mut value = None;
    read_json(bytes, &Deviations::default(), &mut value)?;
    value.ok_or_else(CodecError::nothing)
}

/// Gives a JSON value to a target; the one body of [`from_json`] for all types.
pub(crate) fn read_json(
    bytes: &[u8],
    deviations: &Deviations,
    target: &mut dyn Target,
) -> Result<(), CodecError> {
    let mut reader = Reader::new(bytes, deviations.clone());
    target.set(&mut reader)?;
    reader.end()
}

/// The value of a JSON text, which keeps the text of its numbers.
pub(super) fn value(text: &str) -> Result<Value, CodecError> {
    let mut cursor = Cursor::new(text);
    let value = cursor.value()?;
    cursor.end()?;
    Ok(value)
}

/// Writes a value as JSON (RFC 8259), without spaces.
///
/// # Errors
/// The value has no JSON form, such as a number that is not finite.
///
/// ```
/// use typewright_runtime::value::to_json;
///
/// assert_eq!(to_json(&vec![1_i64, 2]).unwrap(), b"[1,2]");
/// assert!(to_json(&f64::NAN).is_err());
/// ```
pub fn to_json(value: &dyn Encode) -> Result<Vec<u8>, CodecError> {
    let mut writer = Writer::new();
    writer.place(value)?;
    Ok(writer.into_bytes())
}

/// Writes a value as JSON for people: a line for each member and item, indented by two spaces.
///
/// # Errors
/// The value has no JSON form, such as a number that is not finite.
///
/// ```
/// use typewright_runtime::value::to_json_pretty;
///
/// assert_eq!(to_json_pretty(&vec![1_i64, 2]).unwrap(), b"[\n  1,\n  2\n]");
/// ```
pub fn to_json_pretty(value: &dyn Encode) -> Result<Vec<u8>, CodecError> {
    to_json(value).map(|compact| writer::indented(&compact))
}

/// Reads a value out of any of serde's self-describing formats: the body of `Deserialize` for generated types.
///
/// # Errors
/// The input is malformed, or not of this type; the message begins with the path.
pub fn deserialize<'de, D: serde::Deserializer<'de>, T: Decode>(input: D) -> Result<T, D::Error> {
    let slot = Slot::default();
    let mut bridge = from_serde::Bridge::new(input, &slot);
    T::decode(&mut bridge).map_err(|failure| bridge.into_error(&failure))
}

/// Writes a value into any of serde's formats: the body of `Serialize` for generated types.
///
/// # Errors
/// The format refuses the value, or the value has no form in it; the message begins with the path.
pub fn serialize<S: serde::Serializer>(value: &dyn Encode, output: S) -> Result<S::Ok, S::Error> {
    let shared = Shared::default();
    let mut bridge = to_serde::Bridge::new(output, &shared);
    let result = value.encode(&mut bridge);
    bridge.finish(result)
}
