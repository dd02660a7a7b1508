//! Multipart bodies of requests, part by part (RFC 7578; RFC 2046, section 5.1).

mod list;
mod part_body;
mod split;

pub use self::list::{PartList, PartListAs};

use crate::body::ByteStream;
use crate::codec::{
    decode_argument, read_form, read_json, Argument as _, CodecError, Deviations, Target,
    TextArgument,
};
use crate::error::{TransportError, TransportFailure};
use crate::server::body::{text, too_large, undecodable, ReceivedBody, RequestBody};
use crate::server::parameters::Whole;
use crate::server::problem::Problem;
use crate::spec::{content_type, media_type, Parameter, PartSpec};
use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use http::header::{HeaderMap, CONTENT_DISPOSITION};
use http::StatusCode;
use split::{malformed, Piece, Splitter};
use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{ready, Context, Poll};

/// The parts of one multipart body: an enum with a variant for each name.
pub trait FromPart: Sized + Send + 'static {
    /// The names of parts that a body has to have.
    const REQUIRED: &'static [&'static str] = &[];

    /// Reports whether a part of this name is left to be read while it arrives.
    fn is_streamed(name: &str) -> bool;

    /// Decodes a part.
    ///
    /// # Errors
    /// The part is not as documented.
    fn decode(part: ReceivedPart) -> Result<Self, CodecError>;
}

/// A decoder of parts.
pub trait PartBody {
    /// The value that a part is decoded into.
    type Value;
    /// True if parts are left to be read while they arrive.
    const STREAMED: bool = false;

    /// Decodes a part.
    ///
    /// # Errors
    /// The part is not as documented.
    fn decode(part: ReceivedPart) -> Result<Self::Value, CodecError>;
}

/// The head of a part.
#[derive(Clone, Debug, Default)]
struct PartHead {
    name: String,
    file_name: Option<String>,
    headers: HeaderMap,
}

/// A part that has been received, or begun to be.
pub struct ReceivedPart {
    file: FileStream,
    /// The bytes, if the part is in memory.
    bytes: Option<Bytes>,
    /// The style of a list or object that is one text.
    styled: Option<&'static Parameter>,
}

impl ReceivedPart {
    /// The name; empty without one.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.file.head.name
    }

    fn in_memory(&self) -> Result<&Bytes, CodecError> {
        self.bytes.as_ref().ok_or_else(|| CodecError::new("a part in memory", "a stream"))
    }

    /// Decodes JSON where the part says so, else a text that the type interprets (OpenAPI 3.2, section 4.15).
    fn value(&self, target: &mut dyn Target) -> Result<(), CodecError> {
        let is_json = content_type(&self.file.head.headers).is_some_and(media_type::is_json);
        let bytes = self.in_memory()?;
        let deviations = Deviations::lenient(0);
        if is_json {
            return read_json(bytes, &deviations, target);
        }
        let text = text(bytes)?;
        match self.styled {
            Some(parameter) => {
                decode_argument(&Whole::plain(parameter, text), &deviations, target).map(drop)
            }
            None => TextArgument(text).decode(&deviations, target).map(drop),
        }
    }

    fn form(&self, target: &mut dyn Target) -> Result<(), CodecError> {
        read_form(self.in_memory()?, &Deviations::lenient(0), target)
    }
}

/// The parts of a multipart body in the order in which they arrive.
///
/// What is left of a file is skipped when the next part is asked for.
///
/// ```
/// use typewright_runtime::server::{FileStream, PartStream, Problem};
///
/// async fn length(mut body: PartStream<FileStream>) -> Result<usize, Problem> {
///     let mut length = 0;
///     while let Some(mut file) = body.next().await? {
///         while let Some(bytes) = file.next().await {
///             length += bytes?.len();
///         }
///     }
///     Ok(length)
/// }
/// # drop(length);
/// ```
pub struct PartStream<P> {
    source: Arc<Mutex<Source>>,
    /// The limit of a part in memory.
    limit: usize,
    /// The names of required parts that have come.
    names: Vec<String>,
    /// The parts of which the document says how they are written.
    specs: &'static [PartSpec],
    /// The failure that ended the stream.
    failure: Option<Problem>,
    parts: PhantomData<fn() -> P>,
}

/// The body, which a file and the parts behind it share.
struct Source {
    splitter: Splitter,
    /// The number of parts that have begun.
    number: usize,
    /// True within a part.
    is_open: bool,
}

fn lock(source: &Mutex<Source>) -> MutexGuard<'_, Source> {
    source.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Source {
    /// The next bytes of the part that is open; `None` at its end.
    fn poll_data(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Problem>>> {
        if !self.is_open {
            return Poll::Ready(None);
        }
        let piece = ready!(self.splitter.poll(context));
        Poll::Ready(match piece {
            Ok(Piece::Data(bytes)) => Some(Ok(bytes)),
            Ok(Piece::EndOfPart | Piece::Head(_) | Piece::End) => {
                self.is_open = false;
                None
            }
            Err(problem) => {
                self.is_open = false;
                Some(Err(problem))
            }
        })
    }

    /// The headers of the next part; `None` at the end of the body.
    fn poll_head(&mut self, context: &mut Context<'_>) -> Poll<Result<Option<HeaderMap>, Problem>> {
        while let Some(bytes) = ready!(self.poll_data(context)) {
            bytes?;
        }
        Poll::Ready(match ready!(self.splitter.poll(context))? {
            Piece::Head(headers) => {
                self.is_open = true;
                self.number += 1;
                Ok(Some(headers))
            }
            Piece::Data(_) | Piece::EndOfPart | Piece::End => Ok(None),
        })
    }
}

impl<P: FromPart> PartStream<P> {
    /// Waits for the next part; `None` at the end.
    ///
    /// # Errors
    /// The body was interrupted, is no multipart body, or ends without a part that is required; or a part is too long or not as
    /// documented. It is the same again afterwards.
    pub async fn next(&mut self) -> Result<Option<P>, Problem> {
        if let Some(problem) = &self.failure {
            return Err(problem.clone());
        }
        let part = self.receive().await;
        if let Err(problem) = &part {
            self.failure = Some(problem.clone());
        }
        part
    }

    async fn receive(&mut self) -> Result<Option<P>, Problem> {
        let Some(part) = self.part(P::is_streamed).await? else {
            return self.end(P::REQUIRED);
        };
        let name = part.name().to_owned();
        if P::REQUIRED.contains(&&*name) && !self.names.contains(&name) {
            self.names.push(name.clone());
        }
        let decoded = P::decode(part);
        decoded.map(Some).map_err(|failure| undecodable(failure.in_member(&name)))
    }
}

impl<P> PartStream<P> {
    fn new(body: &mut ReceivedBody) -> Result<Self, CodecError> {
        let boundary = body.content_type().and_then(boundary);
        let boundary =
            boundary.ok_or_else(|| CodecError::malformed("no boundary in `Content-Type`"))?;
        let splitter = Splitter::new(body.take_stream(), &boundary);
        let source = Source { splitter, number: 0, is_open: false };
        Ok(Self {
            source: Arc::new(Mutex::new(source)),
            limit: body.limits().memory,
            names: Vec::new(),
            specs: body.content().map_or(&[], |content| content.parts),
            failure: None,
            parts: PhantomData,
        })
    }

    /// The next part, with its bytes unless it is streamed.
    async fn part(
        &mut self,
        is_streamed: fn(&str) -> bool,
    ) -> Result<Option<ReceivedPart>, Problem> {
        let headers = poll_fn(|context| lock(&self.source).poll_head(context)).await?;
        let Some(headers) = headers else {
            return Ok(None);
        };
        let head = part_head(headers)?;
        let number = lock(&self.source).number;
        let mut file = FileStream { head, source: Arc::clone(&self.source), number };
        let bytes = match is_streamed(&file.head.name) {
            true => None,
            false => Some(file.read(self.limit).await?),
        };
        let mut specs = self.specs.iter();
        let spec = specs.find(|spec| spec.name == file.head.name);
        let styled = spec.and_then(|spec| spec.styled.as_ref());
        let styled = styled.filter(|parameter| !parameter.explode);
        Ok(Some(ReceivedPart { file, bytes, styled }))
    }

    /// Checks that all parts have come.
    fn end<T>(&self, required: &[&str]) -> Result<Option<T>, Problem> {
        let missing = required.iter().filter(|name| self.names.iter().all(|other| other != *name));
        let failures: Vec<CodecError> = missing
            .map(|name| CodecError::new("a part", "none").in_member(name).in_member("body"))
            .collect();
        if failures.is_empty() {
            return Ok(None);
        }
        Err(Problem::of_failures(StatusCode::UNPROCESSABLE_ENTITY, &failures))
    }
}

impl<P> fmt::Debug for PartStream<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PartStream")
    }
}

/// A part of a multipart body as it arrives, nearly always a file: a [`Stream`] of its bytes, with its name and headers. It has to
/// be read before the next part is asked for.
///
/// ```
/// use typewright_runtime::server::{FileStream, Problem};
///
/// async fn text(mut file: FileStream) -> Result<String, Problem> {
///     let bytes = file.read(1 << 20).await?;
///     Ok(format!("{:?}: {} bytes", file.file_name(), bytes.len()))
/// }
/// # drop(text);
/// ```
pub struct FileStream {
    head: PartHead,
    source: Arc<Mutex<Source>>,
    number: usize,
}

impl FileStream {
    /// The name of the part; empty without one.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.head.name
    }

    /// The name of the file, as the caller states it: it may be any text, and is no path to write to.
    #[must_use]
    pub fn file_name(&self) -> Option<&str> {
        self.head.file_name.as_deref()
    }

    /// The media type, as the caller states it.
    #[must_use]
    pub fn content_type(&self) -> Option<&str> {
        content_type(&self.head.headers)
    }

    /// The headers of the part.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.head.headers
    }

    /// Waits for the next bytes; `None` at the end.
    ///
    /// # Errors
    /// The body was interrupted, or is no multipart body, or the next part was asked for.
    pub async fn next(&mut self) -> Option<Result<Bytes, Problem>> {
        crate::futures::next(self).await
    }

    /// Reads what is left into memory.
    ///
    /// # Errors
    /// There are more than `limit` bytes, or as [`next`](Self::next).
    pub async fn read(&mut self, limit: usize) -> Result<Bytes, Problem> {
        let mut bytes = BytesMut::new();
        while let Some(piece) = self.next().await {
            let piece = piece?;
            if bytes.len() + piece.len() > limit {
                return Err(too_large(limit));
            }
            bytes.extend_from_slice(&piece);
        }
        Ok(bytes.freeze())
    }
}

impl Stream for FileStream {
    type Item = Result<Bytes, Problem>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let mut source = lock(&self.source);
        if source.number != self.number {
            let problem = Problem::new(StatusCode::INTERNAL_SERVER_ERROR);
            let detail = "a file was read after the next part";
            return Poll::Ready(Some(Err(problem.with_detail(detail))));
        }
        source.poll_data(context)
    }
}

/// The bytes of the file, for what takes any stream of bytes.
impl From<FileStream> for ByteStream {
    fn from(file: FileStream) -> Self {
        Self::new(FileBytes(file))
    }
}

struct FileBytes(FileStream);

impl Stream for FileBytes {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = Pin::new(&mut self.0).poll_next(context);
        next.map(|next| {
            next.map(|bytes| {
                bytes.map_err(|problem| TransportError::new(TransportFailure::Body, problem))
            })
        })
    }
}

impl fmt::Debug for FileStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FileStream").field("name", &self.head.name).finish_non_exhaustive()
    }
}

/// The value of a parameter of a header, quoted or not (RFC 9110, section 5.6.6).
fn parameter<'t>(header: &'t str, name: &str) -> Option<&'t str> {
    let (_, mut rest) = header.split_once(';')?;
    loop {
        let (key, after) = rest.split_once('=')?;
        let is_named = key.trim().eq_ignore_ascii_case(name);
        let after = after.trim_start();
        let (value, next) = match after.strip_prefix('"') {
            // Forms escape a quote as `%22` and nothing else (WHATWG HTML, section 4.10.21.8).
            Some(quoted) => quoted.split_once('"')?,
            None => after.split_at_checked(after.find(';').unwrap_or(after.len()))?,
        };
        if is_named {
            return Some(value.trim());
        }
        rest = next.split_once(';')?.1;
    }
}

/// The boundary of a media type (RFC 2046, section 5.1.1).
fn boundary(media_type: &str) -> Option<String> {
    let boundary = parameter(media_type, "boundary")?;
    let is_usable = !boundary.is_empty() && boundary.len() <= 256;
    is_usable.then(|| boundary.to_owned())
}

/// A name without the escapes of forms.
fn unescaped(name: &str) -> String {
    name.replace("%0A", "\n").replace("%0D", "\r").replace("%22", "\"")
}

/// The head of a part with these headers.
fn part_head(headers: HeaderMap) -> Result<PartHead, Problem> {
    let Some(disposition) = headers.get(CONTENT_DISPOSITION) else {
        return Ok(PartHead { headers, ..PartHead::default() });
    };
    let disposition = std::str::from_utf8(disposition.as_bytes());
    let disposition = disposition.map_err(|_| malformed("the name of a part is not UTF-8"))?;
    Ok(PartHead {
        name: parameter(disposition, "name").map(unescaped).unwrap_or_default(),
        file_name: parameter(disposition, "filename").map(unescaped),
        headers,
    })
}

/// A body of several parts, read while it arrives.
pub struct Parts<P>(PhantomData<fn() -> P>);

impl<P: FromPart> RequestBody for Parts<P> {
    type Value = PartStream<P>;

    fn is_streamed(_content: usize) -> bool {
        true
    }

    fn decode(body: &mut ReceivedBody) -> Result<PartStream<P>, CodecError> {
        PartStream::new(body)
    }
}
