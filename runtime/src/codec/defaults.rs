//! Values that no response has: placeholders of fields that have not been read, and the document's defaults.

use super::{from_json, Decode, IsoDuration, Lenient, Maybe, Number, Prefix, TimeOfDay, Value};
use bytes::Bytes;
use indexmap::IndexMap;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::time::Duration;

/// A type with a placeholder, which a record holds until the member has been read. It never reaches the caller of a decoder,
/// since a missing required member is an error.
pub trait Blank: Sized {
    /// The placeholder: empty, zero or the first value.
    fn blank() -> Self;
}

/// The placeholder of a field that has not been read.
#[inline]
#[must_use]
pub fn blank<T: Blank>() -> T {
    T::blank()
}

macro_rules! blank_defaults {
    ($($type:ty),* $(,)?) => {$(
        impl Blank for $type {
            #[inline]
            fn blank() -> Self {
                Self::default()
            }
        }
    )*};
}

blank_defaults! {
    (), bool, i8, i16, i32, i64, u8, u16, u32, u64, f64, String, Bytes, Value,
}

impl<T> Blank for Option<T> {
    #[inline]
    fn blank() -> Self {
        None
    }
}

impl<T> Blank for Maybe<T> {
    #[inline]
    fn blank() -> Self {
        Self::Absent
    }
}

impl<T> Blank for Vec<T> {
    #[inline]
    fn blank() -> Self {
        Self::new()
    }
}

impl<K, T> Blank for IndexMap<K, T> {
    #[inline]
    fn blank() -> Self {
        Self::default()
    }
}

impl<T: Blank> Blank for Box<T> {
    #[inline]
    fn blank() -> Self {
        Self::new(T::blank())
    }
}

impl<T: Blank> Blank for Lenient<T> {
    #[inline]
    fn blank() -> Self {
        Self::Known(T::blank())
    }
}

impl<T: Blank, R> Blank for Prefix<T, R> {
    #[inline]
    fn blank() -> Self {
        Self { first: T::blank(), rest: Vec::new() }
    }
}

macro_rules! blank_others {
    ($($(#[$condition:meta])* $type:ty, $value:expr;)*) => {$(
        $(#[$condition])*
        impl Blank for $type {
            #[inline]
            fn blank() -> Self {
                $value
            }
        }
    )*};
}

blank_others! {
    Number, Self::from(0);
    TimeOfDay, Self::midnight();
    IsoDuration, Self::seconds(Duration::ZERO);
    Ipv4Addr, Self::UNSPECIFIED;
    Ipv6Addr, Self::UNSPECIFIED;
    #[cfg(feature = "chrono")]
    super::DateTime, Self::UNIX_EPOCH;
    #[cfg(feature = "chrono")]
    super::Date, Self::default();
    #[cfg(feature = "uuid")]
    super::Uuid, Self::nil();
    #[cfg(feature = "time")]
    super::OffsetDateTime, Self::UNIX_EPOCH;
    #[cfg(feature = "time")]
    super::TimeDate, Self::MIN;
    #[cfg(feature = "jiff")]
    super::Timestamp, Self::UNIX_EPOCH;
    #[cfg(feature = "jiff")]
    super::CivilDate, Self::ZERO;
}

macro_rules! blank_tuples {
    ($(($($T:ident),+);)*) => {$(
        impl<$($T: Blank),+> Blank for ($($T,)+) {
            #[inline]
            fn blank() -> Self {
                ($($T::blank(),)+)
            }
        }
    )*};
}

blank_tuples! {
    (A);
    (A, B);
    (A, B, C);
    (A, B, C, D);
    (A, B, C, D, E);
    (A, B, C, D, E, F);
    (A, B, C, D, E, F, G);
    (A, B, C, D, E, F, G, H);
    (A, B, C, D, E, F, G, H, I);
    (A, B, C, D, E, F, G, H, I, J);
    (A, B, C, D, E, F, G, H, I, J, K);
    (A, B, C, D, E, F, G, H, I, J, K, L);
}

/// A type whose values generated code writes as text: the document's defaults.
pub trait FromLiteral: Blank + Decode {
    /// The value of a text that the generator has found to be of the type's form; the placeholder for any other text.
    fn from_literal(text: &str) -> Self {
        Value::from(text).read().unwrap_or_else(|_| Self::blank())
    }
}

/// The value of a text that the generator has found to be of the type's form.
///
/// ```
/// use typewright_runtime::codegen::v1::{self, TimeOfDay};
///
/// let time: TimeOfDay = v1::literal("10:30");
/// assert_eq!(time.hour(), 10);
/// ```
#[must_use]
pub fn literal<T: FromLiteral>(text: &str) -> T {
    T::from_literal(text)
}

impl FromLiteral for TimeOfDay {}
impl FromLiteral for IsoDuration {}
impl FromLiteral for Ipv4Addr {}
impl FromLiteral for Ipv6Addr {}
#[cfg(feature = "chrono")]
impl FromLiteral for super::DateTime {}
#[cfg(feature = "chrono")]
impl FromLiteral for super::Date {}
#[cfg(feature = "uuid")]
impl FromLiteral for super::Uuid {}
#[cfg(feature = "time")]
impl FromLiteral for super::OffsetDateTime {}
#[cfg(feature = "time")]
impl FromLiteral for super::TimeDate {}
#[cfg(feature = "jiff")]
impl FromLiteral for super::Timestamp {}
#[cfg(feature = "jiff")]
impl FromLiteral for super::CivilDate {}

impl FromLiteral for Number {
    fn from_literal(text: &str) -> Self {
        text.parse().unwrap_or_else(|_| Self::blank())
    }
}

impl FromLiteral for Value {
    fn from_literal(text: &str) -> Self {
        from_json(text.as_bytes()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_become_values_as_they_do_in_responses() {
        assert_eq!(literal::<TimeOfDay>("10:30").as_str(), "10:30");
        assert_eq!(literal::<IsoDuration>("PT5M").as_str(), "PT5M");
        assert_eq!(literal::<Ipv4Addr>("127.0.0.1"), Ipv4Addr::LOCALHOST);
        assert_eq!(literal::<Ipv6Addr>("::1"), Ipv6Addr::LOCALHOST);
        assert_eq!(literal::<Number>("0.10").to_string(), "0.10");
        assert_eq!(literal::<Value>(r#"{"a":[1]}"#)["a"][0].as_i64(), Some(1));
    }

    #[cfg(feature = "chrono")]
    #[test]
    fn texts_become_instants() {
        use crate::codec::DateTime;
        let at: DateTime = literal("2024-05-01T12:00:00+02:00");
        assert_eq!(at.to_rfc3339(), "2024-05-01T10:00:00+00:00");
        assert_eq!(literal::<DateTime>("soon"), DateTime::UNIX_EPOCH);
    }

    #[test]
    fn other_texts_are_no_reason_to_panic() {
        assert_eq!(literal::<TimeOfDay>("").as_str(), "00:00");
        assert_eq!(literal::<IsoDuration>("-").as_str(), "0s");
        assert_eq!(literal::<Number>("x").to_string(), "0");
        assert!(literal::<Value>("{").is_null());
    }
}
