//! Values of a known format that servers do not hold themselves to.

use std::marker::PhantomData;

use super::value::{Replay, Tally};
use super::{Codec, Failure, Own, Read, Sink, Source, Value, Write};

/// A value of a known format, or the text that came in its place; written back as it came.
///
/// ```
/// use typewright_runtime::v1::{self, Date, Lenient};
///
/// let read = |json: &str| v1::from_json::<Lenient<Date>>(json.as_bytes()).unwrap();
/// assert!(read("\"2024-05-01\"").known().is_some());
/// assert_eq!(read("\"soon\""), Lenient::Text("soon".to_owned()));
/// assert_eq!(v1::to_json(&read("\"soon\"")).unwrap(), b"\"soon\"");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Lenient<T> {
    /// A value of the format.
    Known(T),
    /// Any other text.
    Text(String),
}

impl<T> Lenient<T> {
    /// The value, where it is of the format.
    #[must_use]
    pub fn known(&self) -> Option<&T> {
        match self {
            Self::Known(value) => Some(value),
            Self::Text(_) => None,
        }
    }
}

impl<T> From<T> for Lenient<T> {
    fn from(value: T) -> Self {
        Self::Known(value)
    }
}

impl<T: Read + Write> Read for Lenient<T> {
    fn read(source: &mut dyn Source) -> Result<Self, Failure> {
        LenientBy::<Own<T>>::read(source)
    }
}

impl<T: Write> Write for Lenient<T> {
    fn write(&self, sink: &mut dyn Sink) -> Result<(), Failure> {
        match self {
            Self::Known(value) => value.write(sink),
            Self::Text(text) => sink.text(text),
        }
    }
}

/// A codec that keeps the text where the value is not of its format.
#[derive(Debug)]
pub struct LenientBy<C>(PhantomData<C>);

impl<C: Codec> Codec for LenientBy<C> {
    type Value = Lenient<C::Value>;

    fn read(source: &mut dyn Source) -> Result<Self::Value, Failure> {
        let value = source.any()?;
        match (C::read(&mut Replay::new(&value, &Tally::default())), value) {
            (Ok(known), _) => Ok(Lenient::Known(known)),
            (Err(_), Value::Text(text)) => Ok(Lenient::Text(text)),
            (Err(failure), _) => Err(failure),
        }
    }

    fn write(value: &Self::Value, sink: &mut dyn Sink) -> Result<(), Failure> {
        match value {
            Lenient::Known(known) => C::write(known, sink),
            Lenient::Text(text) => sink.text(text),
        }
    }
}
