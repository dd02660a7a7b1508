//! Texts of a known format: accepted and refused ones, and their written form.

use typewright_runtime::codegen::v1::{self, IsoDuration, Lenient, LenientBy, TimeOfDay};

use crate::{read, refused, write};

fn round<T: v1::Decode + v1::Encode>(text: &str) -> String {
    let value = read::<T>(&format!("{text:?}"));
    value.map_or_else(|failure| failure.to_string(), |value| write(&value).replace('"', ""))
}

#[test]
fn durations_come_back_as_they_were() {
    for text in [
        "PT0S",
        "P1D",
        "P1Y2M3DT4H5M6.789S",
        "-P1W",
        "+PT1M",
        "PT60M",
        "PT0,5S",
        "3.5s",
        "0s",
        "-1.000000001s",
        "P2M",
    ] {
        assert_eq!(round::<IsoDuration>(text), text);
    }
    for text in [
        "", "P", "PT", "P1", "1h30m", "PT1S2H", "P1S", "PT1", "P1DT", "s", "1.s", ".5s", "P-1D",
        "PT1D", "1 s",
    ] {
        let message = refused::<IsoDuration>(&format!("{text:?}"));
        assert!(message.contains("expected a duration"), "{text}: {message}");
    }
    assert!(refused::<IsoDuration>("5").contains("expected a text"));
}

#[test]
fn durations_have_lengths_where_the_calendar_does_not_decide() {
    let length = |text: &str| text.parse::<IsoDuration>().unwrap().to_std();
    let seconds = |seconds| Some(std::time::Duration::from_secs(seconds));
    assert_eq!(length("P1DT1H1M1S"), seconds(90_061));
    assert_eq!(length("P2W"), seconds(1_209_600));
    assert_eq!(length("PT0.5H"), seconds(1800));
    assert_eq!(length("1.5s"), Some(std::time::Duration::from_millis(1500)));
    assert_eq!(length("P1Y"), None);
    assert_eq!(length("-PT1S"), None);
    assert_eq!(length("-PT0S"), seconds(0));
    assert_eq!(length("P99999999999999999999D"), None);
    assert_eq!(length("PT18446744073709551615S"), seconds(u64::MAX));
    assert_eq!(IsoDuration::iso(std::time::Duration::from_nanos(1)).as_str(), "PT0.000000001S");
    assert_eq!(IsoDuration::seconds(std::time::Duration::from_secs(60)).as_str(), "60s");
}

#[test]
fn times_of_day_come_back_as_they_were() {
    for text in
        ["10:30", "23:59:60", "00:00:00.000Z", "10:30:05-03:30", "10:30z", "10:30:05.123456789012"]
    {
        assert_eq!(round::<TimeOfDay>(text), text);
    }
    let time: TimeOfDay = "10:30:05.123456789012-03:30".parse().unwrap();
    assert_eq!((time.hour(), time.minute(), time.second()), (10, 30, 5));
    assert_eq!((time.nanosecond(), time.offset_minutes()), (123_456_789, Some(-210)));
    for text in [
        "",
        "10",
        "1:30",
        "24:00",
        "10:60",
        "10:30:61",
        "10:30.5",
        "10:30:",
        "10:30:05.",
        "10:30+2",
        "10:30:05:06",
        "am",
    ] {
        let message = refused::<TimeOfDay>(&format!("{text:?}"));
        assert!(message.contains("expected a time of day"), "{text}: {message}");
    }
}

#[test]
fn addresses_are_checked() {
    use std::net::{Ipv4Addr, Ipv6Addr};
    assert_eq!(round::<Ipv4Addr>("127.0.0.1"), "127.0.0.1");
    assert_eq!(round::<Ipv6Addr>("2001:DB8:0::1"), "2001:db8::1");
    for text in ["", "127.0.0.1/8", "127.0.0.01", "1.2.3", "::1"] {
        assert!(round::<Ipv4Addr>(text).contains("expected an IPv4 address"), "{text}");
    }
    assert!(round::<Ipv6Addr>("127.0.0.1").contains("expected an IPv6 address"));
}

#[test]
fn lenient_values_keep_what_they_are_not() {
    type Day = Lenient<v1::Date>;
    assert_eq!(round::<Day>("2024-02-29"), "2024-02-29");
    assert_eq!(round::<Day>("2024-02-30"), "2024-02-30");
    assert_eq!(read::<Day>("\"\"").unwrap(), Lenient::Text(String::new()));
    let day = read::<v1::Date>("\"2024-02-29\"").unwrap();
    assert_eq!(read::<Day>("\"2024-02-29\"").unwrap().known(), Some(&day));
    assert_eq!(read::<Day>("\"soon\"").unwrap().known(), None);
    assert!(refused::<Day>("5").contains("expected a text"));
    let bytes = v1::from_json::<v1::Value>(b"\"not base64!\"").unwrap();
    let text = bytes.as_str().unwrap().to_owned();
    let value: Lenient<v1::Bytes> = Lenient::Text(text);
    assert_eq!(write(&v1::coded::<LenientBy<v1::Base64>>(&value)), "\"not base64!\"");
}

#[cfg(feature = "uuid")]
#[test]
fn uuids_have_hyphens() {
    let upper = "A1A2A3A4-B1B2-C1C2-D1D2-D3D4D5D6D7D8";
    assert_eq!(round::<v1::Uuid>(upper), upper.to_lowercase());
    for text in [
        "",
        "a1a2a3a4b1b2c1c2d1d2d3d4d5d6d7d8",
        "{a1a2a3a4-b1b2-c1c2-d1d2-d3d4d5d6d7d8}",
        "not-a-uuid",
    ] {
        assert!(round::<v1::Uuid>(text).contains("expected a UUID"), "{text}");
    }
}

#[cfg(feature = "time")]
#[test]
fn the_crate_time_keeps_the_offset() {
    use v1::{OffsetDateTime, TimeDate};
    for text in ["2024-05-01T12:00:00.5+02:00", "2024-05-01T12:00:00Z", "0000-01-01T00:00:00Z"] {
        assert_eq!(round::<OffsetDateTime>(text), text);
    }
    for text in ["2024-05-01", "2024-05-01T12:00:00", ""] {
        assert!(round::<OffsetDateTime>(text).contains("expected a date-time"), "{text}");
    }
    assert_eq!(round::<TimeDate>("2024-02-29"), "2024-02-29");
    for text in ["2024-02-30", "2024-2-1", "+2024-02-1", "2024-02-291", "2024-02-29T", "-024-02-29"]
    {
        assert!(round::<TimeDate>(text).contains("expected a date"), "{text}");
    }
}

#[cfg(feature = "jiff")]
#[test]
fn jiff_writes_instants_in_utc() {
    use v1::{CivilDate, Timestamp};
    assert_eq!(round::<Timestamp>("2024-05-01T12:00:00.5+02:00"), "2024-05-01T10:00:00.5Z");
    assert_eq!(round::<Timestamp>("0000-01-01T00:00:00-23:59"), "0000-01-01T23:59:00Z");
    for text in [
        "2024-05-01",
        "2024-05-01T12:00:00",
        "20240501T120000Z",
        "",
        // In UTC this is a year before the first that can be written.
        "0000-01-01T00:00:00+23:59",
    ] {
        assert!(round::<Timestamp>(text).contains("expected a date-time"), "{text}");
    }
    assert_eq!(round::<CivilDate>("2024-02-29"), "2024-02-29");
    for text in ["2024-02-30", "20240229", "2024-02-291", ""] {
        assert!(round::<CivilDate>(text).contains("expected a date"), "{text}");
    }
}

#[test]
fn keys_are_read_by_their_text() {
    use std::net::Ipv4Addr;
    use v1::Codec;
    type ByAddress = v1::Keyed<Ipv4Addr, v1::Text<i64>>;
    struct Map(v1::KeyedMap<Ipv4Addr, i64>);
    impl v1::Decode for Map {
        fn decode(decoder: &mut dyn v1::Decoder) -> Result<Self, v1::CodecError> {
            ByAddress::decode(decoder).map(Self)
        }
    }
    let map = read::<Map>(r#"{"127.0.0.2": "7", "127.0.0.1": "08"}"#).unwrap().0;
    assert_eq!(map.get(&Ipv4Addr::LOCALHOST), Some(&8));
    let written = write(&v1::coded::<ByAddress>(&map));
    assert_eq!(written, r#"{"127.0.0.2":"7","127.0.0.1":"8"}"#);
    assert!(read::<Map>("{}").unwrap().0.is_empty());
    for text in [r#"{"home": "1"}"#, r#"{"127.0.0.1": "x"}"#, "[]"] {
        assert!(refused::<Map>(text).contains("expected"), "{text}");
    }
    assert!(refused::<Map>(r#"{"home": "1"}"#).contains("home"));
}

#[test]
fn numbers_of_the_callers_own_are_numbers_on_the_wire() {
    use v1::Codec;
    struct Small(std::num::NonZeroI8);
    impl v1::Decode for Small {
        fn decode(decoder: &mut dyn v1::Decoder) -> Result<Self, v1::CodecError> {
            v1::ViaNumber::decode(decoder).map(Self)
        }
    }
    let small = read::<Small>("-7").unwrap().0;
    assert_eq!(write(&v1::coded::<v1::ViaNumber<_>>(&small)), "-7");
    for text in ["0", "1000", "\"7\"", "1.5"] {
        assert!(refused::<Small>(text).contains("expected"), "{text}");
    }
    let not_a_number = String::from("seven");
    assert!(v1::to_json(&v1::coded::<v1::ViaNumber<String>>(&not_a_number)).is_err());
}
