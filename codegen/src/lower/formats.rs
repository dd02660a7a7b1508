//! Types of numbers and texts.

use super::model::{Codec, Integer, Scalar, Type, ValueType};
use super::TypeOptions;
use crate::api::model::{Constraints, IntegerFormat, NumberFormat, TextFormat};
use crate::options::DateTimeTypes;

/// Returns the type of integers.
///
/// 64 bits with a sign unless the document states otherwise: a format determines the width, bounds beyond the width
/// widen it, and the sign is dropped only if a bound excludes negative values and the width requires it.
pub fn integer(format: Option<IntegerFormat>, limits: &Constraints) -> Type {
    let width = width(format);
    let candidates = [width, Integer::U32, Integer::I64, Integer::U64].into_iter();
    let fitting = candidates
        .filter(|candidate| candidate.bits() >= width.bits())
        .find(|candidate| contains_bounds(*candidate, width, limits));
    fitting.map_or(Type::Number, Type::Integer)
}

fn width(format: Option<IntegerFormat>) -> Integer {
    match format {
        Some(IntegerFormat::Int8) => Integer::I8,
        Some(IntegerFormat::Int16) => Integer::I16,
        Some(IntegerFormat::Int32) => Integer::I32,
        Some(IntegerFormat::Uint8) => Integer::U8,
        Some(IntegerFormat::Uint16) => Integer::U16,
        Some(IntegerFormat::Uint32) => Integer::U32,
        Some(IntegerFormat::Uint64) => Integer::U64,
        Some(IntegerFormat::Int64) | None => Integer::I64,
    }
}

/// `true` if a type contains every value within the bounds. An unsigned type needs a bound that excludes negative
/// values, unless the format is unsigned.
fn contains_bounds(integer: Integer, documented: Integer, limits: &Constraints) -> bool {
    let (least, greatest) = integer.range();
    let minimum = limits.minimum.as_deref().and_then(parse_bound);
    let maximum = limits.maximum.as_deref().and_then(parse_bound);
    let has_minimum = match minimum {
        Some(minimum) => minimum >= least,
        // An unsigned format itself excludes negative values.
        None => integer == documented || least < 0,
    };
    has_minimum && maximum.is_none_or(|maximum| maximum <= greatest)
}

/// Parses a bound as an integer; one beyond all types becomes the closest `i128`.
#[allow(
    clippy::cast_possible_truncation,
    reason = "a float beyond the range becomes its end, which is beyond all types"
)]
fn parse_bound(bound: &str) -> Option<i128> {
    bound.parse().ok().or_else(|| bound.parse::<f64>().ok().map(|bound| bound as i128))
}

/// Returns the type of numbers.
pub fn number(format: Option<NumberFormat>) -> Type {
    match format {
        Some(NumberFormat::Decimal) => Type::Number,
        Some(NumberFormat::Float | NumberFormat::Double) | None => Type::Float,
    }
}

/// Returns the type of texts.
///
/// A format has its own type only if decoding and encoding preserve values (apart from letter case of UUIDs and the
/// offset of instants) and servers conform to it. URLs, mail addresses and host names stay text: documents use these
/// formats loosely, and normalization would change values.
pub fn text(format: &TextFormat, options: &TypeOptions) -> ValueType {
    let numeric = |ty: Type| ValueType { codec: Codec::Text(ty.clone()), ty };
    let bytes = |codec| ValueType { ty: Type::Bytes, codec };
    let value = match format {
        TextFormat::Integer(format) => {
            return numeric(integer(Some(*format), &Constraints::default()))
        }
        TextFormat::Number(format) => return numeric(number(Some(*format))),
        TextFormat::Password => return ValueType::native(Type::Secret),
        TextFormat::Base64 => bytes(Codec::Base64),
        TextFormat::Base64Url => bytes(Codec::Base64Url),
        TextFormat::DateTime => ValueType::native(match options.dates {
            DateTimeTypes::Chrono => Type::DateTime,
            DateTimeTypes::Time => Type::Scalar(Scalar::OffsetDateTime),
            DateTimeTypes::Jiff => Type::Scalar(Scalar::Timestamp),
            DateTimeTypes::Text => Type::Text,
        }),
        TextFormat::Date => ValueType::native(match options.dates {
            DateTimeTypes::Chrono => Type::Date,
            DateTimeTypes::Time => Type::Scalar(Scalar::TimeDate),
            DateTimeTypes::Jiff => Type::Scalar(Scalar::CivilDate),
            DateTimeTypes::Text => Type::Text,
        }),
        TextFormat::Time if options.dates != DateTimeTypes::Text => {
            ValueType::native(Type::Scalar(Scalar::Time))
        }
        TextFormat::Duration if options.dates != DateTimeTypes::Text => {
            ValueType::native(Type::Scalar(Scalar::Duration))
        }
        TextFormat::Uuid => ValueType::native(Type::Scalar(Scalar::Uuid)),
        TextFormat::Ipv4 => ValueType::native(Type::Scalar(Scalar::Ipv4)),
        TextFormat::Ipv6 => ValueType::native(Type::Scalar(Scalar::Ipv6)),
        TextFormat::Plain
        | TextFormat::Other(_)
        | TextFormat::Time
        | TextFormat::Duration
        | TextFormat::Uri
        | TextFormat::Email
        | TextFormat::Binary => ValueType::native(Type::Text),
    };
    if options.lenient_formats && value.ty != Type::Text {
        value.lenient()
    } else {
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bounded(format: Option<IntegerFormat>, minimum: &str, maximum: &str) -> Type {
        let bound = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let limits = Constraints {
            minimum: bound(minimum),
            maximum: bound(maximum),
            ..Constraints::default()
        };
        integer(format, &limits)
    }

    #[test]
    fn formats_and_bounds_decide_the_width() {
        use IntegerFormat::{Int32, Int64, Uint16, Uint32, Uint64, Uint8};
        for (format, minimum, maximum, expected) in [
            (None, "", "", Integer::I64),
            (None, "0", "", Integer::I64),
            (None, "0", "255", Integer::I64),
            (None, "0", "18446744073709551615", Integer::U64),
            (Some(Int64), "1", "9223372036854775808", Integer::U64),
            (Some(Int32), "", "", Integer::I32),
            (Some(Int32), "0", "", Integer::I32),
            (Some(Int32), "0", "4294967295", Integer::U32),
            (Some(Int32), "-1", "4294967295", Integer::I64),
            (Some(Int32), "", "4294967295", Integer::I64),
            (Some(Uint8), "", "", Integer::U8),
            (Some(Uint16), "0", "65535", Integer::U16),
            (Some(Uint32), "", "", Integer::U32),
            (Some(Uint32), "0", "5000000000", Integer::I64),
            (Some(Uint64), "", "", Integer::U64),
            (Some(Uint32), "", "100", Integer::U32),
            (Some(Uint64), "-5", "", Integer::I64),
        ] {
            let ty = bounded(format, minimum, maximum);
            assert_eq!(ty, Type::Integer(expected), "{format:?} {minimum}..{maximum}");
        }
    }

    #[test]
    fn bounds_beyond_64_bits_keep_the_text() {
        for (minimum, maximum) in [
            ("", "18446744073709551616"),
            ("-9223372036854775809", ""),
            ("-1", "18446744073709551615"),
            ("0", "1e40"),
        ] {
            assert_eq!(bounded(None, minimum, maximum), Type::Number, "{minimum}..{maximum}");
        }
    }
}
