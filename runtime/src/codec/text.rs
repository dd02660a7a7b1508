use super::{CodecError, Decoder};

/// Reads a text and makes a value of it, without a copy in between.
///
/// # Errors
/// The value is not a text.
#[inline]
pub fn read_text<T>(decoder: &mut dyn Decoder, make: impl Fn(&str) -> T) -> Result<T, CodecError> {
    let mut made = None;
    decoder.text(&mut |text| made = Some(make(text)))?;
    made.ok_or_else(|| CodecError::new("a text", "nothing"))
}
