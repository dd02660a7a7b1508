//! Members that the document requires, and that replies may lack all the same: the caller said so when the client was
//! generated. That one is missing, or null, is no deviation then, whatever the client's `Decoding`.

use std::marker::PhantomData;

use super::{Codec, CodecError, Decoder, Encoder};

/// A required member that a reply may lack: `None` where it is missing or null.
///
/// `None` is left out when it is written, whichever of the two it was. Where null is a value of the codec itself, as it is of
/// any JSON, it is kept.
///
/// ```
/// use typewright_runtime::codegen::v1::{self as rt, OrEmpty, OrNone, Own};
///
/// #[non_exhaustive]
/// pub struct Volume {
///     pub name: Option<String>,
///     pub tags: Vec<String>,
/// }
/// rt::record! { Volume {
///     name: "name" as OrNone<Own<String>>,
///     tags: "tags" as OrEmpty<Own<Vec<String>>>,
/// } }
///
/// for text in [r#"{"name":null,"tags":null}"#, "{}"] {
///     let volume: Volume = rt::from_json(text.as_bytes()).unwrap();
///     assert_eq!((volume.name.as_deref(), volume.tags.len()), (None, 0));
///     assert_eq!(rt::to_json(&volume).unwrap(), br#"{"tags":[]}"#);
/// }
/// ```
#[derive(Debug)]
pub struct OrNone<C>(PhantomData<C>);

impl<C: Codec> Codec for OrNone<C> {
    type Value = Option<C::Value>;

    fn decode(decoder: &mut dyn Decoder) -> Result<Self::Value, CodecError> {
        C::decode(decoder).map(Some)
    }

    fn encode(value: &Self::Value, encoder: &mut dyn Encoder) -> Result<(), CodecError> {
        match value {
            Some(value) => C::encode(value, encoder),
            None => encoder.null(),
        }
    }

    fn absent() -> Option<Self::Value> {
        Some(None)
    }

    fn is_absent(value: &Self::Value) -> bool {
        value.is_none()
    }

    const REQUIRED: bool = false;

    fn null_into(value: &mut Self::Value) -> Result<(), CodecError> {
        *value = C::null();
        Ok(())
    }
}

/// A required list or map that a reply may lack: empty where it is missing or null, as Go writes one that was never made.
///
/// An empty one is written as such (`[]`, `{}`), whatever it was before.
#[derive(Debug)]
pub struct OrEmpty<C>(PhantomData<C>);

impl<C: Codec> Codec for OrEmpty<C>
where
    C::Value: Default,
{
    type Value = C::Value;

    fn decode(decoder: &mut dyn Decoder) -> Result<Self::Value, CodecError> {
        C::decode(decoder)
    }

    fn encode(value: &Self::Value, encoder: &mut dyn Encoder) -> Result<(), CodecError> {
        C::encode(value, encoder)
    }

    fn absent() -> Option<Self::Value> {
        Some(Self::Value::default())
    }

    const REQUIRED: bool = false;

    fn null_into(value: &mut Self::Value) -> Result<(), CodecError> {
        *value = Self::Value::default();
        Ok(())
    }
}
