//! The names of formats, and the shapes that have them.

use super::model::{Shape, TextFormat};
use super::schema::{integer_format, number_format, plain_text_format};

/// The formats that mean something for a type.
pub const KNOWN: [&str; 24] = [
    "base64url",
    "binary",
    "byte",
    "date",
    "date-time",
    "decimal",
    "double",
    "duration",
    "email",
    "float",
    "int16",
    "int32",
    "int64",
    "int8",
    "ipv4",
    "ipv6",
    "password",
    "time",
    "uint16",
    "uint32",
    "uint64",
    "uint8",
    "uri",
    "uuid",
];

/// Whether values of a shape have the format of this name, be they numbers or texts.
pub fn is_of(shape: &Shape, name: &str) -> bool {
    match shape {
        Shape::Integer(format) => format.is_some() && *format == integer_format(name),
        Shape::Number(format) => format.is_some() && *format == number_format(name),
        Shape::Text(TextFormat::Plain) => false,
        Shape::Text(TextFormat::Integer(format)) => integer_format(name) == Some(*format),
        Shape::Text(TextFormat::Number(format)) => number_format(name) == Some(*format),
        Shape::Text(format) => *format == plain_text_format(name),
        Shape::Any(_)
        | Shape::Never
        | Shape::Null
        | Shape::Bool
        | Shape::Choice(_)
        | Shape::List(_)
        | Shape::Tuple(_)
        | Shape::Object(_)
        | Shape::Union(_)
        | Shape::Alias(_) => false,
    }
}
