//! Example calls for documentation.

use super::{DefaultValue, Type};
use crate::names::Ident;

/// The call that the documentation of a crate begins with.
#[derive(Clone, Debug)]
pub struct FirstCall {
    /// Index of the file in [`Client::files`](super::Client::files).
    pub file: usize,
    /// Index of the method in the file.
    pub method: usize,
    /// Its arguments.
    pub arguments: Vec<ExampleArgument>,
}

/// An argument of an example call.
#[derive(Clone, Debug)]
pub enum ExampleArgument {
    /// A value.
    Value(DefaultValue),
    /// The content of a file as the body.
    Bytes,
    /// A file.
    File,
    /// Several files.
    Files,
    /// A variant of an enum of request bodies.
    Choice(Box<ExampleBody>),
}

/// A request body in one of several media types.
#[derive(Clone, Debug)]
pub struct ExampleBody {
    /// The enum.
    pub name: Ident,
    /// The variant.
    pub variant: Ident,
    /// Type of the variant's value.
    pub ty: Type,
    /// The value.
    pub value: ExampleArgument,
}

impl ExampleArgument {
    /// Length of its texts in bytes.
    pub fn length(&self) -> usize {
        match self {
            Self::Value(value) => value.length(),
            Self::Bytes | Self::File | Self::Files => 0,
            Self::Choice(body) => body.value.length(),
        }
    }

    /// The enum of request bodies that it names.
    pub fn body_enum(&self) -> Option<&Ident> {
        match self {
            Self::Choice(body) => Some(&body.name),
            Self::Value(_) | Self::Bytes | Self::File | Self::Files => None,
        }
    }

    /// Generated types that it names.
    pub fn named(&self) -> Vec<&Ident> {
        match self {
            Self::Value(value) => value.named(),
            Self::Bytes | Self::File | Self::Files => Vec::new(),
            Self::Choice(body) => body.value.named(),
        }
    }
}
