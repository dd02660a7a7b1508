//! What the generated contract test calls.

use super::Typed;
use crate::names::Ident;

/// An operation and what it is called with.
#[derive(Clone, Debug)]
pub struct Contract {
    /// The typed constant of the operation.
    pub constant: Ident,
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
    /// The parameter's name, or the body's media type.
    pub name: String,
    /// The value as JSON; of bytes the bytes.
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
}

impl GivenPlace {
    /// What the value is, bytes aside.
    pub fn typed(&self) -> Option<&Typed> {
        match self {
            Self::Path(value)
            | Self::Query(value)
            | Self::QueryString(value)
            | Self::Header(value)
            | Self::Cookie(value)
            | Self::Body(value) => Some(value),
            Self::Bytes => None,
        }
    }
}
