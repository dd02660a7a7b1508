//! Numbers and text, and what their `format` makes of them.

use super::kinds::Kinds;
use crate::api::model::{IntegerFormat, NumberFormat, Shape, TextFormat};

/// The shape of a scalar type with a format.
pub(super) fn scalar(kinds: Kinds, format: Option<&str>) -> Shape {
    let whole = format.and_then(integer_format);
    let number = format.and_then(number_format);
    match kinds {
        Kinds::INTEGER => Shape::Integer(whole),
        Kinds::NUMBER if whole.is_some() => Shape::Integer(whole),
        Kinds::NUMBER => Shape::Number(number),
        _ => Shape::Text(text_format(format, whole, number)),
    }
}

fn text_format(
    format: Option<&str>,
    whole: Option<IntegerFormat>,
    number: Option<NumberFormat>,
) -> TextFormat {
    let Some(name) = format else {
        return TextFormat::Plain;
    };
    if let Some(whole) = whole {
        return TextFormat::Integer(whole);
    }
    if let Some(number) = number {
        return TextFormat::Number(number);
    }
    plain_text_format(name)
}

/// The format of text that is no number.
pub(in crate::api) fn plain_text_format(name: &str) -> TextFormat {
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

pub(in crate::api) fn integer_format(name: &str) -> Option<IntegerFormat> {
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

pub(in crate::api) fn number_format(name: &str) -> Option<NumberFormat> {
    match name {
        "float" => Some(NumberFormat::Float),
        "double" => Some(NumberFormat::Double),
        "decimal" => Some(NumberFormat::Decimal),
        _ => None,
    }
}
