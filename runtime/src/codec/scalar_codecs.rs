//! Codecs of scalars.

use crate::codec::error::describe;
use crate::codec::formats::read_as;
use crate::codec::value::float::EXACT;
use crate::codec::value::replay;
use crate::codec::{
    from_json, to_json, Codec, CodecError, Decode, Decoder, Encode, Encoder, Number, Value, Visit,
};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use base64::{alphabet, Engine};
use bytes::Bytes;
use std::fmt::Display;
use std::marker::PhantomData;
use std::str::FromStr;

/// The type's own codec, for use within others.
#[derive(Debug)]
pub struct Native<T>(PhantomData<T>);

impl<T: Decode + Encode> Codec for Native<T> {
    type Value = T;

    fn decode(decoder: &mut dyn Decoder) -> Result<T, CodecError> {
        T::decode(decoder)
    }

    fn encode(value: &T, encoder: &mut dyn Encoder) -> Result<(), CodecError> {
        value.encode(encoder)
    }

    fn null() -> Option<T> {
        T::null()
    }

    fn absent() -> Option<T> {
        T::absent()
    }

    fn is_left_out(value: &T) -> bool {
        value.is_left_out()
    }
}

/// A number or a boolean in a string, such as `"08"`; one that is not in a string is read too.
///
/// Written as the type displays itself, that is without leading zeros.
#[derive(Debug)]
pub struct Text<T>(PhantomData<T>);

/// Gives the text of any scalar to a closure.
struct Scalar<'a>(&'a mut dyn FnMut(&str));

impl Scalar<'_> {
    fn give(&mut self, value: impl Display) -> Result<(), CodecError> {
        (self.0)(&value.to_string());
        Ok(())
    }
}

impl Visit for Scalar<'_> {
    fn expected(&self) -> &'static str {
        "a number or boolean in a text"
    }

    fn bool(&mut self, value: bool) -> Result<(), CodecError> {
        self.give(value)
    }

    fn i64(&mut self, value: i64) -> Result<(), CodecError> {
        self.give(value)
    }

    fn u64(&mut self, value: u64) -> Result<(), CodecError> {
        self.give(value)
    }

    fn f64(&mut self, value: f64) -> Result<(), CodecError> {
        // By its text, so that a number in memory is read as it came: `1e33`, not 34 digits.
        match Number::from_f64(value) {
            Some(number) => self.number(&number.to_string()),
            None => self.give(value),
        }
    }

    fn number(&mut self, text: &str) -> Result<(), CodecError> {
        match text.parse::<f64>() {
            // `8.0` is given as `8`, however the number comes.
            Ok(value) if value.fract() == 0.0 && value.abs() < EXACT => self.give(value),
            Ok(_) | Err(_) => self.text(text),
        }
    }

    fn text(&mut self, value: &str) -> Result<(), CodecError> {
        (self.0)(value);
        Ok(())
    }
}

impl<T: FromStr + Display> Codec for Text<T> {
    type Value = T;

    fn decode(decoder: &mut dyn Decoder) -> Result<T, CodecError> {
        let mut parsed = None;
        let mut take = |text: &str| {
            parsed = Some(text.parse().map_err(|_| describe::text(text)));
        };
        let mut scalar = Scalar(&mut take);
        let expected = scalar.expected();
        decoder.visit(&mut scalar)?;
        let parsed = parsed.unwrap_or_else(|| Err("nothing".into()));
        parsed.map_err(|actual| CodecError::new(expected, actual))
    }

    fn encode(value: &T, encoder: &mut dyn Encoder) -> Result<(), CodecError> {
        encoder.text(&value.to_string())
    }
}

/// A caller's own type by its text, through `FromStr` and `Display`.
#[derive(Debug)]
pub struct ViaText<T>(PhantomData<T>);

impl<T: FromStr + Display> Codec for ViaText<T> {
    type Value = T;

    fn decode(decoder: &mut dyn Decoder) -> Result<T, CodecError> {
        read_as(decoder, std::any::type_name::<T>(), &mut |text| text.parse().ok())
    }

    fn encode(value: &T, encoder: &mut dyn Encoder) -> Result<(), CodecError> {
        encoder.text(&value.to_string())
    }
}

/// A caller's own type by the text of a number, through `FromStr` and `Display`: a number on the wire, of any precision.
///
/// ```
/// use std::num::NonZeroU8;
/// use typewright_runtime::codegen::v1;
///
/// let written = v1::to_json(&v1::coded::<v1::ViaNumber<NonZeroU8>>(&NonZeroU8::MIN));
/// assert_eq!(written.unwrap(), b"1");
/// ```
#[derive(Debug)]
pub struct ViaNumber<T>(PhantomData<T>);

impl<T: FromStr + Display> Codec for ViaNumber<T> {
    type Value = T;

    fn decode(decoder: &mut dyn Decoder) -> Result<T, CodecError> {
        let text = Number::decode(decoder)?.to_string();
        let refused = |_| CodecError::new(std::any::type_name::<T>(), describe::text(&text));
        text.parse().map_err(refused)
    }

    fn encode(value: &T, encoder: &mut dyn Encoder) -> Result<(), CodecError> {
        let text = value.to_string();
        text.parse::<Number>()?.encode(encoder)
    }
}

/// A caller's own type through serde, by way of JSON.
///
/// The type itself decides what it accepts, whatever the leniency of the client: a generated type within it is read as
/// [`from_json`] reads it, which accepts all deviations that the type can represent.
#[derive(Debug)]
pub struct ViaSerde<T>(PhantomData<T>);

impl<T: serde::Serialize + serde::de::DeserializeOwned> Codec for ViaSerde<T> {
    type Value = T;

    fn decode(decoder: &mut dyn Decoder) -> Result<T, CodecError> {
        let value = decoder.any()?;
        let text = to_json(&value)?;
        serde_json::from_slice(&text).map_err(|error| {
            let expected = format!("{} ({error})", std::any::type_name::<T>());
            CodecError::new(expected, value.describe())
        })
    }

    fn encode(value: &T, encoder: &mut dyn Encoder) -> Result<(), CodecError> {
        let text = serde_json::to_vec(value)
            .map_err(|error| CodecError::new("a value with a JSON form", error.to_string()))?;
        from_json::<Value>(&text)?.encode(encoder)
    }
}

/// Bytes as base64 (RFC 4648 section 4); read with or without padding, written with it.
#[derive(Debug)]
pub struct Base64;

/// Bytes as base64 with the alphabet for addresses (RFC 4648 section 5); read with or without padding, written without.
#[derive(Debug)]
pub struct Base64Url;

const LENIENT: GeneralPurposeConfig = GeneralPurposeConfig::new()
    .with_decode_padding_mode(DecodePaddingMode::Indifferent)
    .with_decode_allow_trailing_bits(true);
const STANDARD: GeneralPurpose = GeneralPurpose::new(&alphabet::STANDARD, LENIENT);
const ADDRESS: GeneralPurpose =
    GeneralPurpose::new(&alphabet::URL_SAFE, LENIENT.with_encode_padding(false));

impl Codec for Base64 {
    type Value = Bytes;

    fn decode(decoder: &mut dyn Decoder) -> Result<Bytes, CodecError> {
        read_as(decoder, "base64", &mut |text| STANDARD.decode(text).ok().map(Bytes::from))
    }

    fn encode(value: &Bytes, encoder: &mut dyn Encoder) -> Result<(), CodecError> {
        encoder.text(&STANDARD.encode(value))
    }
}

impl Codec for Base64Url {
    type Value = Bytes;

    fn decode(decoder: &mut dyn Decoder) -> Result<Bytes, CodecError> {
        read_as(decoder, "base64url", &mut |text| ADDRESS.decode(text).ok().map(Bytes::from))
    }

    fn encode(value: &Bytes, encoder: &mut dyn Encoder) -> Result<(), CodecError> {
        encoder.text(&ADDRESS.encode(value))
    }
}

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
        LenientBy::<Native<T>>::decode(decoder)
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
        let known = replay(&value, decoder.deviations(), |replay| C::decode(replay));
        match (known, value) {
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
