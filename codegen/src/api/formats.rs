//! Names of formats, and the shapes that have them (OpenAPI format registry; JSON Schema validation, section 7).

use super::model::{IntegerFormat, NumberFormat, Shape, TextFormat};
use super::type_set::TypeSet;

/// Formats that have an effect on a type.
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

/// `true` if the values of a shape, numbers or text, have the format of this name.
pub fn is_of(shape: &Shape, name: &str) -> bool {
    let (integer, number) = (integer_format(name), number_format(name));
    match shape {
        Shape::Integer(format) => format.is_some() && *format == integer,
        Shape::Number(format) => format.is_some() && *format == number,
        Shape::Text(TextFormat::Plain) => false,
        Shape::Text(TextFormat::Integer(format)) => integer == Some(*format),
        Shape::Text(TextFormat::Number(format)) => number == Some(*format),
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

/// Returns the shape of a scalar type with a format.
pub(super) fn scalar(types: TypeSet, format: Option<&str>) -> Shape {
    let integer = format.and_then(integer_format);
    let number = format.and_then(number_format);
    match types {
        TypeSet::INTEGER => Shape::Integer(integer),
        TypeSet::NUMBER if integer.is_some() => Shape::Integer(integer),
        TypeSet::NUMBER => Shape::Number(number),
        _ => {
            let integer = integer.map(TextFormat::Integer);
            let text = integer.or(number.map(TextFormat::Number));
            Shape::Text(text.unwrap_or_else(|| plain_text_format(format.unwrap_or_default())))
        }
    }
}

/// Returns the shape of a schema that has a format and no type.
pub(super) fn untyped(format: &str) -> Shape {
    if let Some(integer) = integer_format(format) {
        return Shape::Integer(Some(integer));
    }
    let number = number_format(format).map(|number| Shape::Number(Some(number)));
    number.unwrap_or_else(|| Shape::Text(plain_text_format(format)))
}

/// Returns the format of text that is not a number.
fn plain_text_format(name: &str) -> TextFormat {
    match name {
        "" | "string" | "text" => TextFormat::Plain,
        "date-time" | "datetime" => TextFormat::DateTime,
        "date" => TextFormat::Date,
        "time" => TextFormat::Time,
        "duration" => TextFormat::Duration,
        "uuid" => TextFormat::Uuid,
        "uri" | "url" | "uri-reference" | "iri" | "iri-reference" => TextFormat::Uri,
        "email" | "idn-email" => TextFormat::Email,
        "ipv4" => TextFormat::Ipv4,
        "ipv6" => TextFormat::Ipv6,
        "byte" | "base64" => TextFormat::Base64,
        "base64url" => TextFormat::Base64Url,
        "binary" => TextFormat::Binary,
        "password" => TextFormat::Password,
        other => TextFormat::Other(other.to_owned()),
    }
}

fn integer_format(name: &str) -> Option<IntegerFormat> {
    match name {
        "int8" => Some(IntegerFormat::Int8),
        "int16" => Some(IntegerFormat::Int16),
        "int32" => Some(IntegerFormat::Int32),
        "int64" => Some(IntegerFormat::Int64),
        "uint8" => Some(IntegerFormat::Uint8),
        "uint16" => Some(IntegerFormat::Uint16),
        "uint32" => Some(IntegerFormat::Uint32),
        "uint64" | "uint" => Some(IntegerFormat::Uint64),
        _ => None,
    }
}

fn number_format(name: &str) -> Option<NumberFormat> {
    match name {
        "float" => Some(NumberFormat::Float),
        "double" => Some(NumberFormat::Double),
        "decimal" => Some(NumberFormat::Decimal),
        _ => None,
    }
}
