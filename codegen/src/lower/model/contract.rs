//! What the generated contract test calls.

use super::ValueType;
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
    pub place: ValueLocation,
    /// The name of the parameter or part, or the body's media type.
    pub name: String,
    /// The value as JSON; of bytes and files the bytes.
    pub json: String,
}

/// Where a value goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ValueLocation {
    /// The path.
    Path(ValueType),
    /// The query.
    Query(ValueType),
    /// The whole query.
    QueryString(ValueType),
    /// A header.
    Header(ValueType),
    /// A cookie.
    Cookie(ValueType),
    /// The body.
    Body(ValueType),
    /// The body, as bytes.
    Bytes,
    /// A part of a multipart body.
    Part(ValueType),
    /// A part of a multipart body that is a file.
    File,
}

impl ValueLocation {
    /// What the value is, bytes and files aside.
    pub fn typed(&self) -> Option<&ValueType> {
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
