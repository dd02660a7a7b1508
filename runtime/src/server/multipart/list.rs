//! Multipart bodies that are one list, whose items are the parts in their order (OpenAPI 3.2,
//! `prefixEncoding` and `itemEncoding`).

use super::{text, FileStream, PartStream, ReceivedPart};
use crate::codec::{
    decode_argument, Argument, BoxArgument, Codec, CodecError, Coding, Decode, Deviations, Target,
    TextArgument, Value,
};
use crate::server::body::{ReceivedBody, RequestBody};
use crate::server::problem::Problem;
use std::future::Future as _;
use std::marker::PhantomData;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

/// A list whose items are the parts of a body. It is received into memory.
pub struct PartList<T>(PhantomData<fn() -> T>);

/// A [`PartList`] by its codec.
pub struct PartListAs<C>(PhantomData<fn() -> C>);

impl<T: Decode + Send + 'static> RequestBody for PartList<T> {
    type Value = T;

    fn decode(body: &mut ReceivedBody) -> Result<T, CodecError> {
        let mut value = None;
        read(body, &mut value)?;
        value.ok_or_else(CodecError::nothing)
    }
}

impl<C: Codec + 'static> RequestBody for PartListAs<C>
where
    C::Value: Send,
{
    type Value = C::Value;

    fn decode(body: &mut ReceivedBody) -> Result<C::Value, CodecError> {
        let mut value: Option<Coding<C>> = None;
        read(body, &mut value)?;
        value.map(|coding| coding.0).ok_or_else(CodecError::nothing)
    }
}

fn read(body: &mut ReceivedBody, target: &mut dyn Target) -> Result<(), CodecError> {
    let parts = PartStream::<FileStream>::new(body)?;
    // The body is in memory, so that there is nothing to wait for.
    let mut parts = pin!(all(parts));
    let parts = match parts.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(Ok(parts)) => parts,
        Poll::Ready(Err(problem)) => return Err(CodecError::malformed(problem.to_string())),
        Poll::Pending => return Err(CodecError::new("a body in memory", "a stream")),
    };
    decode_argument(&PartItems(parts), &Deviations::lenient(0), target).map(drop)
}

async fn all(mut stream: PartStream<FileStream>) -> Result<Vec<ReceivedPart>, Problem> {
    let mut parts = Vec::new();
    while let Some(part) = stream.part(|_| false).await? {
        parts.push(part);
    }
    Ok(parts)
}

/// A list of parts, which is nothing else.
struct PartItems(Vec<ReceivedPart>);

impl Argument for PartItems {
    fn texts(&self) -> Result<Vec<String>, CodecError> {
        Ok(Vec::new())
    }

    fn items(&self) -> Result<Vec<BoxArgument<'_>>, CodecError> {
        Ok(self.0.iter().map(|part| Box::new(part) as BoxArgument<'_>).collect())
    }

    fn members(&self) -> Result<Vec<(String, BoxArgument<'_>)>, CodecError> {
        Err(CodecError::new("an object", "a list of parts"))
    }

    fn decode(&self, deviations: &Deviations, target: &mut dyn Target) -> Result<bool, CodecError> {
        decode_argument(self, deviations, target)
    }
}

impl ReceivedPart {
    fn text_argument(&self) -> Result<TextArgument, CodecError> {
        text(self.in_memory()?).map(TextArgument)
    }
}

/// A part as an item: JSON where it says so, else a text.
impl Argument for ReceivedPart {
    fn texts(&self) -> Result<Vec<String>, CodecError> {
        self.text_argument()?.texts()
    }

    fn items(&self) -> Result<Vec<BoxArgument<'_>>, CodecError> {
        Ok(vec![Box::new(self.text_argument()?)])
    }

    fn members(&self) -> Result<Vec<(String, BoxArgument<'_>)>, CodecError> {
        Err(CodecError::new("an object", "a text"))
    }

    fn untyped(&self) -> Result<Value, CodecError> {
        let mut value = None;
        self.value(&mut value)?;
        value.ok_or_else(CodecError::nothing)
    }

    fn decode(&self, _: &Deviations, target: &mut dyn Target) -> Result<bool, CodecError> {
        self.value(target).map(|()| true)
    }
}
