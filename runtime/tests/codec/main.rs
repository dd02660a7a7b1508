//! The codec, seen from outside: through the names that generated code uses.
#![allow(clippy::unwrap_used, reason = "tests")]

mod buffered;
mod codecs;
mod deep;
mod formats;
mod forms;
mod members;
mod other_formats;
mod presence;
mod record;
mod records;
mod rules;
mod sample;
mod scalars;
mod times;
mod trials;
mod unions;
mod values;
mod views;
mod wide;

use typewright_runtime::codegen::v1;

/// Reads JSON.
fn read<T: v1::Decode>(text: &str) -> Result<T, v1::CodecError> {
    v1::from_json(text.as_bytes())
}

/// Writes JSON.
fn write(value: &dyn v1::Encode) -> String {
    String::from_utf8(v1::to_json(value).unwrap()).unwrap()
}

/// The message of the failure to read JSON as a type.
fn refused<T: v1::Decode>(text: &str) -> String {
    match read::<T>(text) {
        Ok(_) => format!("{text} was read"),
        Err(failure) => failure.to_string(),
    }
}
