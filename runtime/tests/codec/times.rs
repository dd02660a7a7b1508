use typewright_runtime::codegen::v1::{self, Date, DateTime};

use crate::{read, refused, write};

fn round(text: &str) -> String {
    write(&read::<DateTime>(&format!("{text:?}")).unwrap()).replace('"', "")
}

#[test]
fn instants_keep_their_digits() {
    for text in [
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999999999Z",
        "2024-02-29T12:00:00.500Z",
        "2024-02-29T12:00:00.000001Z",
        "2024-02-29T12:00:00.000000001Z",
        "1969-12-31T23:59:59.999Z",
    ] {
        assert_eq!(round(text), text);
    }
    for digits in 1..=9 {
        let fraction = &"123456789"[..digits];
        let text = format!("2024-01-01T00:00:00.{fraction}Z");
        let written = round(&text);
        let value = |text: &str| format!("{:0<9}", text[20..].trim_end_matches('Z'));
        assert_eq!(value(&written), value(&text), "{text} became {written}");
    }
}

#[test]
fn offsets_name_the_same_instant() {
    assert_eq!(round("2024-01-01T00:30:00+01:00"), "2023-12-31T23:30:00Z");
    assert_eq!(round("2024-01-01T00:00:00.1-23:59"), "2024-01-01T23:59:00.100Z");
    assert_eq!(round("2024-01-01t00:00:00z"), "2024-01-01T00:00:00Z");
    assert_eq!(round("2016-12-31T23:59:60Z"), "2016-12-31T23:59:60Z");
}

#[test]
fn other_texts_are_no_instants() {
    for text in [
        "\"2024-01-01\"",
        "\"2024-01-01T00:00:00\"",
        "\"2024-13-01T00:00:00Z\"",
        "\"9999-12-31T23:59:59-01:00\"",
        "\"+12024-01-01T00:00:00Z\"",
        "\"\"",
    ] {
        assert!(refused::<DateTime>(text).contains("expected a date-time"), "{text}");
    }
    assert!(refused::<DateTime>("1700000000").contains("expected a text"));
    let far = DateTime::MAX_UTC;
    assert!(v1::to_json(&far).is_err());
}

#[test]
fn days() {
    assert_eq!(write(&read::<Date>("\"2024-02-29\"").unwrap()), "\"2024-02-29\"");
    for text in ["\"2023-02-29\"", "\"+2024-2-29\"", "\"2024-2-9\"", "\"12024-01-01\""] {
        assert!(refused::<Date>(text).contains("expected a date"), "{text}");
    }
}
