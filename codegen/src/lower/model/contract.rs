//! What the generated contract test calls.

use super::Typed;
use crate::names::Ident;

/// An operation and what it is called with.
#[derive(Clone, Debug)]
pub struct Contract {
    /// The type of the operation's calls.
    pub call: Ident,
    /// What it requires.
    pub required: Vec<Given>,
    /// What it takes.
    pub all: Vec<Given>,
}

/// A value for a parameter or the body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// Where it goes.
    pub place: GivenPlace,
    /// The name of the parameter or part, or the body's media type.
    pub name: String,
    /// The value as JSON; of bytes and files the bytes.
    pub json: String,
}

/// Where a value goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GivenPlace {
    /// The path.
    Path(Typed),
    /// The query.
    Query(Typed),
    /// The whole query.
    QueryString(Typed),
    /// A header.
    Header(Typed),
    /// A cookie.
    Cookie(Typed),
    /// The body.
    Body(Typed),
    /// The body, as bytes.
    Bytes,
    /// A part of a multipart body.
    Part(Typed),
    /// A part of a multipart body that is a file.
    File,
}

impl GivenPlace {
    /// What the value is, bytes and files aside.
    pub fn typed(&self) -> Option<&Typed> {
        match self {
            Self::Path(value)
            | Self::Query(value)
            | Self::QueryString(value)
            | Self::Header(value)
            | Self::Cookie(value)
            | Self::Body(value)
            | Self::Part(value) => Some(value),
            Self::Bytes | Self::File => None,
        }
    }
}
