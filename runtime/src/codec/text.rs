use super::{Failure, Read, Source};

/// Reads a text and makes a value of it, without a copy in between.
///
/// # Errors
/// The value is not a text.
#[inline]
pub fn read_text<T>(source: &mut dyn Source, make: impl Fn(&str) -> T) -> Result<T, Failure> {
    let mut made = None;
    source.text(&mut |text| made = Some(make(text)))?;
    made.ok_or_else(|| Failure::new("a text", "nothing"))
}

/// Reads an integer and makes a value of it.
///
/// # Errors
/// The value is not an integer of 64 bits.
#[inline]
pub fn read_i64<T>(source: &mut dyn Source, make: impl FnOnce(i64) -> T) -> Result<T, Failure> {
    i64::read(source).map(make)
}
