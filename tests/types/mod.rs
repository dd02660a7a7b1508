//! Behaviour of the goldens' types: decoding, encoding, validation.

mod defaults;
mod formats;
mod lenient;
mod requests;
mod rules;
mod texts;
mod tuples;
mod unions;

use typewright_runtime::codegen::v1;

/// Reads a value.
fn read<T: v1::Decode>(text: &str) -> Result<T, v1::CodecError> {
    v1::from_json(text.as_bytes())
}

/// The value as JSON.
fn written(value: &dyn v1::Encode) -> String {
    String::from_utf8(v1::to_json(value).unwrap()).unwrap()
}
