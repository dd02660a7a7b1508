//! Scalars: which Rust type holds the numbers and texts of a schema.

use super::model::{Codec, Integer, Scalar, Type, ValueType};
use super::style::Style;
use crate::api::model::{Constraints, IntegerFormat, NumberFormat, TextFormat};
use crate::options::DateTimeTypes;

/// The type of whole numbers.
///
/// 64 bits with a sign unless the document says otherwise: a format gives the width; bounds that the width cannot hold
/// widen it; a sign is given up where no value is negative and a bound asks for the room.
pub fn integer(format: Option<IntegerFormat>, limits: &Constraints) -> Type {
    let width = width(format);
    let wider = [width, Integer::U32, Integer::I64, Integer::U64];
    let fits = |candidate: &Integer| holds(*candidate, width, limits);
    let mut candidates = wider
        .into_iter()
        .filter(|candidate| bits(*candidate) >= bits(width));
    match candidates.find(fits) {
        Some(integer) => Type::Integer(integer),
        None => Type::Number,
    }
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

fn bits(integer: Integer) -> u8 {
    match integer {
        Integer::I8 | Integer::U8 => 8,
        Integer::I16 | Integer::U16 => 16,
        Integer::I32 | Integer::U32 => 32,
        Integer::I64 | Integer::U64 => 64,
    }
}

/// The least and the greatest value.
fn range(integer: Integer) -> (i128, i128) {
    match integer {
        Integer::I8 => (i8::MIN.into(), i8::MAX.into()),
        Integer::I16 => (i16::MIN.into(), i16::MAX.into()),
        Integer::I32 => (i32::MIN.into(), i32::MAX.into()),
        Integer::I64 => (i64::MIN.into(), i64::MAX.into()),
        Integer::U8 => (0, u8::MAX.into()),
        Integer::U16 => (0, u16::MAX.into()),
        Integer::U32 => (0, u32::MAX.into()),
        Integer::U64 => (0, u64::MAX.into()),
    }
}

/// Whether a type has every value within the bounds, as far as there are any. A type without a sign needs a bound that
/// says that there are no negative values, unless its format says so.
fn holds(integer: Integer, said: Integer, limits: &Constraints) -> bool {
    let (least, greatest) = range(integer);
    let minimum = limits.minimum.as_deref().and_then(whole);
    let maximum = limits.maximum.as_deref().and_then(whole);
    let below = match (minimum, integer) {
        (Some(minimum), _) => minimum >= least,
        // A format without a sign says by itself that there are no negative values.
        (None, _) => integer == said || least < 0,
    };
    below && maximum.is_none_or(|maximum| maximum <= greatest)
}

/// A bound as a whole number; one beyond all types as a number beyond all types.
#[allow(
    clippy::cast_possible_truncation,
    reason = "a float beyond the range becomes its end, which is beyond all types"
)]
fn whole(bound: &str) -> Option<i128> {
    bound
        .parse()
        .ok()
        .or_else(|| bound.parse::<f64>().ok().map(|bound| bound as i128))
}

/// The type of numbers.
pub fn number(format: Option<NumberFormat>) -> Type {
    match format {
        Some(NumberFormat::Decimal) => Type::Number,
        Some(NumberFormat::Float | NumberFormat::Double) | None => Type::Float,
    }
}

/// The type of texts.
///
/// A format has a type of its own where its values come back as they were (a UUID in lower case, an instant in UTC) and
/// servers hold themselves to it. Addresses of the web, of mail and of hosts stay text: they are used loosely, and
/// normalising them would change them.
pub fn text(format: &TextFormat, style: &Style) -> ValueType {
    let known = match format {
        TextFormat::DateTime => ValueType::own(instant(style.dates)),
        TextFormat::Date => ValueType::own(day(style.dates)),
        TextFormat::Time if style.dates != DateTimeTypes::Text => {
            ValueType::own(Type::Scalar(Scalar::Time))
        }
        TextFormat::Duration if style.dates != DateTimeTypes::Text => {
            ValueType::own(Type::Scalar(Scalar::Duration))
        }
        TextFormat::Uuid => ValueType::own(Type::Scalar(Scalar::Uuid)),
        TextFormat::Ipv4 => ValueType::own(Type::Scalar(Scalar::Ipv4)),
        TextFormat::Ipv6 => ValueType::own(Type::Scalar(Scalar::Ipv6)),
        TextFormat::Base64 => coded(Type::Bytes, Codec::Base64),
        TextFormat::Base64Url => coded(Type::Bytes, Codec::Base64Url),
        TextFormat::Password => return ValueType::own(Type::Secret),
        TextFormat::Integer(format) => {
            let ty = integer(Some(*format), &Constraints::default());
            return coded(ty.clone(), Codec::Text(ty));
        }
        TextFormat::Number(format) => {
            let ty = number(Some(*format));
            return coded(ty.clone(), Codec::Text(ty));
        }
        TextFormat::Plain
        | TextFormat::Other(_)
        | TextFormat::Time
        | TextFormat::Duration
        | TextFormat::Uri
        | TextFormat::Email
        | TextFormat::Binary => return ValueType::own(Type::Text),
    };
    if style.lenient_formats && known.ty != Type::Text {
        known.lenient()
    } else {
        known
    }
}

fn coded(ty: Type, codec: Codec) -> ValueType {
    ValueType { ty, codec }
}

fn instant(dates: DateTimeTypes) -> Type {
    match dates {
        DateTimeTypes::Chrono => Type::DateTime,
        DateTimeTypes::Time => Type::Scalar(Scalar::OffsetDateTime),
        DateTimeTypes::Jiff => Type::Scalar(Scalar::Timestamp),
        DateTimeTypes::Text => Type::Text,
    }
}

fn day(dates: DateTimeTypes) -> Type {
    match dates {
        DateTimeTypes::Chrono => Type::Date,
        DateTimeTypes::Time => Type::Scalar(Scalar::TimeDate),
        DateTimeTypes::Jiff => Type::Scalar(Scalar::CivilDate),
        DateTimeTypes::Text => Type::Text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(format: Option<IntegerFormat>, minimum: &str, maximum: &str) -> Type {
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
            let found = of(format, minimum, maximum);
            assert_eq!(
                found,
                Type::Integer(expected),
                "{format:?} {minimum}..{maximum}"
            );
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
            assert_eq!(
                of(None, minimum, maximum),
                Type::Number,
                "{minimum}..{maximum}"
            );
        }
    }
}
