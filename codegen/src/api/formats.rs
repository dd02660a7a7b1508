//! Shapes of schemas with a format.

use super::model::{IntegerFormat, NumberFormat, Shape, TextFormat};
use super::type_set::TypeSet;
use crate::formats::{find, Meaning};

/// `true` if the values of a shape, numbers or text, have the format of this name.
pub fn is_of(shape: &Shape, name: &str) -> bool {
    let (integer, number) = (integer_format(name), number_format(name));
    match shape {
        Shape::Integer(format) => format.is_some() && *format == integer,
        Shape::Number(format) => format.is_some() && *format == number,
        Shape::Text(TextFormat::Plain) => false,
        Shape::Text(TextFormat::Integer(format)) => integer == Some(*format),
        Shape::Text(TextFormat::Number(format)) => number == Some(*format),
        Shape::Text(format) => *format == TextFormat::named(name),
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
            Shape::Text(text.unwrap_or_else(|| TextFormat::named(format.unwrap_or_default())))
        }
    }
}

/// Returns the shape of a schema that has a format and no type.
pub(super) fn untyped(format: &str) -> Shape {
    if let Some(integer) = integer_format(format) {
        return Shape::Integer(Some(integer));
    }
    let number = number_format(format).map(|number| Shape::Number(Some(number)));
    number.unwrap_or_else(|| Shape::Text(TextFormat::named(format)))
}

fn integer_format(name: &str) -> Option<IntegerFormat> {
    match find(name)?.meaning {
        Meaning::Integer(format) => Some(format),
        Meaning::Number(_) | Meaning::Text(_) | Meaning::None => None,
    }
}

fn number_format(name: &str) -> Option<NumberFormat> {
    match find(name)?.meaning {
        Meaning::Number(format) => Some(format),
        Meaning::Integer(_) | Meaning::Text(_) | Meaning::None => None,
    }
}
