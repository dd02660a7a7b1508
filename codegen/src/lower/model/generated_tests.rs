//! The tables of the generated tests: examples of the document, and calls for a contract test.

use super::ValueType;
use crate::names::Ident;

/// An example or default of the document, which must survive decoding and encoding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// JSON pointer without the leading `/`, followed by `example`, `example 2` or `default`.
    pub name: String,
    /// JSON text.
    pub json: String,
    /// Type that decodes it.
    pub value: ValueType,
}

/// An operation with values to call it with.
#[derive(Clone, Debug)]
pub struct Contract {
    /// The operation's call type.
    pub call: Ident,
    /// Values of what the operation requires.
    pub required: Vec<ContractValue>,
    /// Values of everything that the operation accepts.
    pub all: Vec<ContractValue>,
}

/// A value of a parameter, of a part, or of the body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContractValue {
    /// Where it is sent.
    pub location: ValueLocation,
    /// Name of the parameter or part, or the body's media type.
    pub name: String,
    /// JSON text; for [`ValueLocation::Bytes`] and [`ValueLocation::File`] the content.
    pub json: String,
}

/// Where a value of a contract test is sent, with the type that decodes it from JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ValueLocation {
    /// The path.
    Path(ValueType),
    /// A query parameter.
    Query(ValueType),
    /// The whole query string.
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
    /// A file in a multipart body.
    File,
}

impl ValueLocation {
    /// Type of the value; `None` for bytes and files.
    pub fn value_type(&self) -> Option<&ValueType> {
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
