//! Values whose text stands in generated code: the document's defaults.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::{from_json, Decode, IsoDuration, Number, TimeOfDay, Value};

/// A type whose values generated code makes of a text.
pub trait Stated: Sized {
    /// The value of a text that is known to be of the type's form; the type's least or first value where it is not.
    fn stated(text: &str) -> Self;
}

/// The value of a text that the generator has found to be of the type's form.
///
/// ```
/// use typewright_runtime::codegen::v1::{self, TimeOfDay};
///
/// let time: TimeOfDay = v1::stated("10:30");
/// assert_eq!(time.hour(), 10);
/// ```
#[must_use]
pub fn stated<T: Stated>(text: &str) -> T {
    T::stated(text)
}

fn read<T: Decode>(text: &str) -> Option<T> {
    Value::from(text).read().ok()
}

macro_rules! stated {
    ($($(#[$condition:meta])* $type:ty, $otherwise:expr;)*) => {$(
        $(#[$condition])*
        impl Stated for $type {
            fn stated(text: &str) -> Self {
                read(text).unwrap_or_else(|| $otherwise)
            }
        }
    )*};
}

stated! {
    #[cfg(feature = "chrono")]
    super::DateTime, Self::UNIX_EPOCH;
    #[cfg(feature = "chrono")]
    super::Date, Self::default();
    TimeOfDay, Self::midnight();
    IsoDuration, Self::seconds(std::time::Duration::ZERO);
    Ipv4Addr, Self::UNSPECIFIED;
    Ipv6Addr, Self::UNSPECIFIED;
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

impl Stated for Number {
    fn stated(text: &str) -> Self {
        text.parse().unwrap_or_else(|_| Self::from(0))
    }
}

impl Stated for Value {
    fn stated(text: &str) -> Self {
        from_json(text.as_bytes()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_become_values_as_they_do_in_replies() {
        assert_eq!(stated::<TimeOfDay>("10:30").as_str(), "10:30");
        assert_eq!(stated::<IsoDuration>("PT5M").as_str(), "PT5M");
        assert_eq!(stated::<Ipv4Addr>("127.0.0.1"), Ipv4Addr::LOCALHOST);
        assert_eq!(stated::<Ipv6Addr>("::1"), Ipv6Addr::LOCALHOST);
        assert_eq!(stated::<Number>("0.10").to_string(), "0.10");
        assert_eq!(stated::<Value>(r#"{"a":[1]}"#)["a"][0].as_i64(), Some(1));
    }

    #[cfg(feature = "chrono")]
    #[test]
    fn texts_become_instants() {
        use crate::codec::DateTime;
        let at: DateTime = stated("2024-05-01T12:00:00+02:00");
        assert_eq!(at.to_rfc3339(), "2024-05-01T10:00:00+00:00");
        assert_eq!(stated::<DateTime>("soon"), DateTime::UNIX_EPOCH);
    }

    #[test]
    fn other_texts_are_no_reason_to_panic() {
        assert_eq!(stated::<TimeOfDay>("").as_str(), "00:00");
        assert_eq!(stated::<IsoDuration>("-").as_str(), "0s");
        assert_eq!(stated::<Number>("x").to_string(), "0");
        assert!(stated::<Value>("{").is_null());
    }
}
