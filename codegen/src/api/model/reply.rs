//! Replies: what an operation answers, by status.

use super::{Content, Docs, Use};

/// A reply.
#[derive(Clone, Debug)]
pub struct Reply {
    /// For which statuses it is.
    pub status: Status,
    /// One entry a media type that is asked for; empty where there is none.
    pub contents: Vec<Content>,
    /// Further media types in which values of [`Self::contents`] may come: text and forms of what is JSON by default.
    pub also: Vec<Content>,
    /// Whether nothing but headers can come, whatever the document says (RFC 9110): the reply to a `HEAD` (section 9.3.2), and
    /// one of a status without content (sections 15.2, 15.3.5, 15.3.6 and 15.4.5).
    pub bodiless: bool,
    /// The declared headers.
    pub headers: Vec<Header>,
    /// Its description.
    pub docs: Docs,
}

impl Reply {
    /// What the body is in each media type; empty where there is none.
    pub fn bodies(&self) -> &[Content] {
        match self.bodiless {
            true => &[],
            false => &self.contents,
        }
    }
}

/// The statuses of a reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Exactly this one.
    Exact(u16),
    /// All that begin with this digit: `4XX`.
    Range(u8),
    /// Every status that no other reply is for.
    Default,
}

impl Status {
    /// True where a reply of this status has headers alone (RFC 9110, sections 15.2, 15.3.5, 15.3.6 and 15.4.5).
    pub fn is_bodiless(self) -> bool {
        match self {
            Self::Exact(code) => matches!(code, 100..=199 | 204 | 205 | 304),
            Self::Range(class) => class == 1,
            Self::Default => false,
        }
    }

    /// True where a reply of this status can be a failure.
    pub fn is_failure(self) -> bool {
        match self {
            Self::Exact(code) => code >= 300,
            Self::Range(class) => class >= 3,
            Self::Default => true,
        }
    }
}

/// A declared header of a reply.
#[derive(Clone, Debug)]
pub struct Header {
    /// Its name.
    pub name: String,
    /// Whether it is always there.
    pub required: bool,
    /// What its value is.
    pub value: Use,
}
