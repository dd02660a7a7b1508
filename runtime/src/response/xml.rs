//! Decoders of responses of XML.

use crate::codec::{read_xml, Codec, CodecError, Coding, Decode, Encode, Encoder, Target};
use crate::execute::RawResponse;
use crate::response::{EncodeResponse, FromResponse};
use std::marker::PhantomData;

/// A body of XML.
#[derive(Debug)]
pub struct Xml<T>(PhantomData<fn() -> T>);

/// A body of XML whose value has a codec.
#[derive(Debug)]
pub struct XmlAs<C>(PhantomData<fn() -> C>);

impl<T: Decode + Send + Sync + 'static> FromResponse for Xml<T> {
    type Value = T;

    fn decode(response: &mut RawResponse) -> Result<T, CodecError> {
        response.xml()
    }
}

impl<C: Codec + 'static> FromResponse for XmlAs<C>
where
    C::Value: Send + Sync + 'static,
{
    type Value = C::Value;

    fn decode(response: &mut RawResponse) -> Result<C::Value, CodecError> {
        response.xml::<Coding<C>>().map(|coding| coding.0)
    }
}

impl<T: Decode + Encode + Send + Sync + 'static> EncodeResponse for Xml<T> {
    fn encode(value: &T, encoder: &mut dyn Encoder) -> Result<(), CodecError> {
        value.encode(encoder)
    }
}

impl<C: Codec + 'static> EncodeResponse for XmlAs<C>
where
    C::Value: Send + Sync + 'static,
{
    fn encode(value: &C::Value, encoder: &mut dyn Encoder) -> Result<(), CodecError> {
        C::encode(value, encoder)
    }
}

impl RawResponse {
    /// Decodes the body as XML, by the names that the document gives to the response. An empty body is null.
    ///
    /// # Errors
    /// The body is not well-formed XML, or not of this type; or the document describes no XML here.
    pub fn xml<T: Decode>(&self) -> Result<T, CodecError> {
        if self.buffered()?.is_empty() {
            if let Some(null) = T::null() {
                return Ok(null);
            }
        }
        let mut value = None;
        self.decode_xml(&mut value)?;
        value.ok_or_else(CodecError::nothing)
    }

    /// The part of [`Self::xml`] that is compiled once for all types.
    fn decode_xml(&self, target: &mut dyn Target) -> Result<(), CodecError> {
        let bytes = self.buffered()?;
        let contents = self.documented().map_or(&[][..], |response| response.contents);
        let content = self.content_index.and_then(|index| contents.get(index));
        let Some(body) = content.and_then(|content| content.xml) else {
            return Err(CodecError::new("a response that is documented as XML", "another"));
        };
        let mut read = |deviations: &_| read_xml(bytes, body, deviations, target);
        self.decoding.run(self.operation.id, &mut read)
    }
}
