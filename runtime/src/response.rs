//! Typed replies with their status and headers.

use crate::answer::Coding;
use crate::codec::{from_json, Codec, Failure, Value};
use http::{HeaderMap, StatusCode};

/// A typed reply with its status and headers.
#[derive(Clone, Debug)]
pub struct Response<T> {
    status: StatusCode,
    headers: HeaderMap,
    body: T,
}

impl<T> Response<T> {
    pub(crate) fn new(status: StatusCode, headers: HeaderMap, body: T) -> Self {
        Self {
            status,
            headers,
            body,
        }
    }

    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// A header's value by its codec; `None` where it is not there.
    ///
    /// # Errors
    /// The value is not of the type; the failure's path is the header's name.
    pub fn header<C: Codec>(&self, name: &str) -> Result<Option<C::Value>, Failure> {
        read_header::<C>(&self.headers, name)
    }

    /// The value.
    #[must_use]
    pub fn body(&self) -> &T {
        &self.body
    }

    /// The value alone.
    #[must_use]
    pub fn into_body(self) -> T {
        self.body
    }
}

/// A header as text where its type takes text, else as a number or boolean.
pub(crate) fn read_header<C: Codec>(
    headers: &HeaderMap,
    name: &str,
) -> Result<Option<C::Value>, Failure> {
    let Some(value) = headers.get(name) else {
        return Ok(None);
    };
    let text = String::from_utf8_lossy(value.as_bytes()).trim().to_owned();
    let bare = from_json::<Coding<C>>(text.as_bytes());
    let read = Value::Text(text).read::<Coding<C>>().or(bare);
    read.map(|coding| Some(coding.0))
        .map_err(|failure| failure.in_member(name))
}
