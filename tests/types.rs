//! What the types of the goldens do: what they read, write and answer.
#![allow(
    clippy::field_reassign_with_default,
    reason = "records are filled as callers in other crates fill them"
)]

#[path = "types/defaults.rs"]
mod defaults;
#[path = "types/formats.rs"]
mod formats;
#[path = "types/goldens.rs"]
mod goldens;
#[path = "types/lenient.rs"]
mod lenient;
#[path = "types/requests.rs"]
mod requests;
#[path = "types/rules.rs"]
mod rules;
#[path = "types/texts.rs"]
mod texts;
#[path = "types/tuples.rs"]
mod tuples;
#[path = "types/unions.rs"]
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
