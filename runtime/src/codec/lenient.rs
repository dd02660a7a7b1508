//! Values of a known format that servers do not hold themselves to.

use std::marker::PhantomData;

use super::value::replay;
use super::{Codec, CodecError, Decode, Decoder, Encode, Encoder, Own, Value};

/// A value of a known format, or the text that came in its place; written back as it came.
///
/// ```
/// use typewright_runtime::value::{from_json, to_json, Lenient, TimeOfDay};
///
/// let read = |json: &str| from_json::<Lenient<TimeOfDay>>(json.as_bytes()).unwrap();
/// assert!(read("\"10:30\"").known().is_some());
/// assert_eq!(read("\"soon\""), Lenient::Text("soon".to_owned()));
/// assert_eq!(to_json(&read("\"soon\"")).unwrap(), b"\"soon\"");
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

impl<T: Decode + Encode> Decode for Lenient<T> {
    fn decode(decoder: &mut dyn Decoder) -> Result<Self, CodecError> {
        LenientBy::<Own<T>>::decode(decoder)
    }
}

impl<T: Encode> Encode for Lenient<T> {
    fn encode(&self, encoder: &mut dyn Encoder) -> Result<(), CodecError> {
        match self {
            Self::Known(value) => value.encode(encoder),
            Self::Text(text) => encoder.text(text),
        }
    }
}

/// A codec that keeps the text where the value is not of its format.
#[derive(Debug)]
pub struct LenientBy<C>(PhantomData<C>);

impl<C: Codec> Codec for LenientBy<C> {
    type Value = Lenient<C::Value>;

    fn decode(decoder: &mut dyn Decoder) -> Result<Self::Value, CodecError> {
        let value = decoder.any()?;
        match (replay(&value, |replay| C::decode(replay)), value) {
            (Ok(known), _) => Ok(Lenient::Known(known)),
            (Err(_), Value::Text(text)) => Ok(Lenient::Text(text)),
            (Err(failure), _) => Err(failure),
        }
    }

    fn encode(value: &Self::Value, encoder: &mut dyn Encoder) -> Result<(), CodecError> {
        match value {
            Lenient::Known(known) => C::encode(known, encoder),
            Lenient::Text(text) => encoder.text(text),
        }
    }
}
