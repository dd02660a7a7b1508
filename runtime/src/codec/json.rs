use serde_json::{Deserializer, Serializer};

use super::from_serde::{self, Slot};
use super::to_serde::{self, Shared};
use super::{CodecError, Decode, Visit, Encode};

/// Reads a value from JSON.
///
/// # Errors
/// The bytes are not JSON, or not of this type; the failure says where.
///
/// ```
/// use typewright_runtime::codegen::v1;
///
/// assert_eq!(v1::from_json::<Vec<i64>>(b"[1, 2.0]").unwrap(), [1, 2]);
/// assert!(v1::from_json::<Vec<i64>>(b"[1, 2").is_err());
/// ```
pub fn from_json<T: Decode>(bytes: &[u8]) -> Result<T, CodecError> {
    let mut value = None;
    read_json(bytes, &mut |decoder| {
        value = Some(T::decode(decoder)?);
        Ok(())
    })?;
    value.ok_or_else(|| CodecError::missing(""))
}

type Reader<'a> = &'a mut dyn FnMut(&mut dyn super::Decoder) -> Result<(), CodecError>;

/// The part of [`from_json`] that is the same for all types.
fn read_json(bytes: &[u8], read: Reader<'_>) -> Result<(), CodecError> {
    let slot = Slot::default();
    let mut input = Deserializer::from_slice(bytes);
    read(&mut from_serde::Bridge::new(&mut input, &slot))?;
    input
        .end()
        .map_err(|error| CodecError::malformed(&error.to_string()))
}

/// Gives the value that a JSON text holds to a visitor.
pub(super) fn visit(text: &str, visitor: &mut dyn Visit) -> Result<(), CodecError> {
    let slot = Slot::default();
    let mut input = Deserializer::from_str(text);
    super::Decoder::visit(&mut from_serde::Bridge::new(&mut input, &slot), visitor)
}

/// Writes a value as JSON, without spaces.
///
/// # Errors
/// The value has no JSON form, such as a number that is not finite.
pub fn to_json(value: &dyn Encode) -> Result<Vec<u8>, CodecError> {
    let mut bytes = Vec::with_capacity(128);
    write_json(value, &mut Serializer::new(&mut bytes))?;
    Ok(bytes)
}

/// Writes a value as JSON for people, a line each member.
///
/// # Errors
/// The value has no JSON form, such as a number that is not finite.
pub fn to_json_pretty(value: &dyn Encode) -> Result<Vec<u8>, CodecError> {
    let mut bytes = Vec::with_capacity(128);
    write_json(value, &mut Serializer::pretty(&mut bytes))?;
    Ok(bytes)
}

fn write_json<F: serde_json::ser::Formatter>(
    value: &dyn Encode,
    output: &mut Serializer<&mut Vec<u8>, F>,
) -> Result<(), CodecError> {
    let shared = Shared::json();
    value.encode(&mut to_serde::Bridge::new(output, &shared))
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
