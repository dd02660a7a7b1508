//! Responses to conditional requests (RFC 9110, section 13).

use super::{Endpoint, FromResponse};
use crate::codec::CodecError;
use crate::execute::RawResponse;
use crate::header;
use crate::request::Call;
use crate::spec::OperationSpec;
use http::header::{HeaderValue, IF_MODIFIED_SINCE, IF_NONE_MATCH};
use http::StatusCode;
use std::marker::PhantomData;

/// The value of a conditional call: a new one, or the news that the one that the caller has is current (304, RFC 9110, section
/// 15.4.5).
///
/// ```
/// use typewright_runtime::Conditional;
///
/// fn update<T>(held: T, came: Conditional<T>) -> T {
///     match came {
///         Conditional::Modified(new) => new,
///         Conditional::NotModified => held,
///     }
/// }
/// assert_eq!(update(1, Conditional::Modified(2)), 2);
/// assert_eq!(update(1, Conditional::NotModified), 1);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conditional<T> {
    /// The current value.
    Modified(T),
    /// The value is still the one of the entity tag or time that the request named.
    NotModified,
}

impl<T> Conditional<T> {
    /// The new value; `None` where there is none.
    #[must_use]
    pub fn modified(self) -> Option<T> {
        match self {
            Self::Modified(value) => Some(value),
            Self::NotModified => None,
        }
    }
}

/// An operation, or the decoder of its responses, whose 304 is a value.
#[derive(Debug)]
pub struct IfModified<T>(PhantomData<fn() -> T>);

impl<O: Endpoint> Endpoint for IfModified<O> {
    type Output = IfModified<O::Output>;
    type Error = O::Error;

    fn spec() -> &'static OperationSpec {
        O::spec()
    }
}

impl<D: FromResponse + 'static> FromResponse for IfModified<D> {
    type Value = Conditional<D::Value>;
    const STREAMED: bool = D::STREAMED;
    const DOCUMENTED: bool = D::DOCUMENTED;
    const ALSO_DECODED: Option<fn(&RawResponse) -> bool> = Some(|response| {
        response.status() == StatusCode::NOT_MODIFIED
            || D::ALSO_DECODED.is_some_and(|is_decoded| is_decoded(response))
    });

    fn decode(response: &mut RawResponse) -> Result<Self::Value, CodecError> {
        if response.status() == StatusCode::NOT_MODIFIED {
            return Ok(Conditional::NotModified);
        }
        D::decode(response).map(Conditional::Modified)
    }
}

impl Call {
    /// Asks for the value only if none of its entity tags is this one (RFC 9110, section 13.1.2); several are added up.
    pub fn set_if_none_match(&mut self, tag: &str) {
        let opaque = tag.strip_prefix("W/").unwrap_or(tag);
        let inside = opaque.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
        match (inside.filter(|inside| !inside.contains('"')), HeaderValue::from_str(tag)) {
            (Some(_), Ok(value)) => self.extend_header(&IF_NONE_MATCH, &value),
            _ => self.fail("If-None-Match", "an entity tag stands in quotes: `\"a\"` or `W/\"a\"`"),
        }
    }

    /// Asks for the value only if it has changed since this time (RFC 9110, section 13.1.3).
    pub fn set_if_modified_since(&mut self, date: &str) {
        match header::http_date(date) {
            Some(_) => self.set_header(IF_MODIFIED_SINCE.as_str(), date),
            None => self.fail("If-Modified-Since", "this is no date of HTTP"),
        }
    }
}
