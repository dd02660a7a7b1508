//! Documented responses of an operation, by status.

use super::{Content, Docs, Use};

/// A response (OpenAPI 4.17, Response Object).
#[derive(Clone, Debug)]
pub struct Response {
    /// Statuses that the response is documented for.
    pub status: Status,
    /// Content by media type, as named in the request's `Accept` header; empty if none.
    pub contents: Vec<Content>,
    /// Further media types in which values of [`Self::contents`] may be sent: text, and forms of what is JSON by default.
    pub alternatives: Vec<Content>,
    /// `true` if HTTP allows no body, whatever the document declares (RFC 9110): the response to a `HEAD` (section 9.3.2),
    /// and one of a status without content (sections 15.2, 15.3.5, 15.3.6 and 15.4.5).
    pub bodiless: bool,
    /// Declared headers.
    pub headers: Vec<Header>,
    /// Description.
    pub docs: Docs,
}

impl Response {
    /// Returns the content by media type; empty if the response is bodiless.
    pub fn bodies(&self) -> &[Content] {
        match self.bodiless {
            true => &[],
            false => &self.contents,
        }
    }
}

/// Statuses of a response (OpenAPI 4.16.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// One status.
    Exact(u16),
    /// All statuses with this first digit: `4XX`.
    Range(u8),
    /// All statuses without a response of their own.
    Default,
}

impl Status {
    /// `true` if a response of this status has no content (RFC 9110, sections 15.2, 15.3.5, 15.3.6 and 15.4.5).
    pub fn is_bodiless(self) -> bool {
        match self {
            Self::Exact(code) => matches!(code, 100..=199 | 204 | 205 | 304),
            Self::Range(class) => class == 1,
            Self::Default => false,
        }
    }

    /// `true` if a response of this status can be a failure.
    pub fn is_failure(self) -> bool {
        match self {
            Self::Exact(code) => code >= 300,
            Self::Range(class) => class >= 3,
            Self::Default => true,
        }
    }
}

/// A header of a response (OpenAPI 4.21, Header Object).
#[derive(Clone, Debug)]
pub struct Header {
    /// Name.
    pub name: String,
    /// `true` if every response has it.
    pub required: bool,
    /// Schema of its value.
    pub value: Use,
}
