use super::{Failure, Read, Source, Visit};

/// Gives a text to a closure.
struct Take<'a>(&'a mut dyn FnMut(&str));

impl Visit for Take<'_> {
    fn expected(&self) -> &'static str {
        "a text"
    }

    fn text(&mut self, value: &str) -> Result<(), Failure> {
        (self.0)(value);
        Ok(())
    }
}

/// Reads a text and makes a value of it, without a copy in between.
///
/// # Errors
/// The value is not a text.
#[inline]
pub fn read_text<T>(source: &mut dyn Source, make: impl Fn(&str) -> T) -> Result<T, Failure> {
    let mut made = None;
    with_text(source, &mut |text| made = Some(make(text)))?;
    made.ok_or_else(|| Failure::new("a text", "nothing"))
}

/// The part of [`read_text`] that is the same for all types.
pub(super) fn with_text(
    source: &mut dyn Source,
    take: &mut dyn FnMut(&str),
) -> Result<(), Failure> {
    source.visit(&mut Take(take))
}

/// Reads an integer and makes a value of it.
///
/// # Errors
/// The value is not an integer of 64 bits.
#[inline]
pub fn read_i64<T>(source: &mut dyn Source, make: impl FnOnce(i64) -> T) -> Result<T, Failure> {
    i64::read(source).map(make)
}
