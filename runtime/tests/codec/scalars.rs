use typewright_runtime::codegen::v1;

use crate::{read, refused, write};

#[test]
fn integers_may_be_written_with_a_zero_fraction() {
    assert_eq!(read::<i64>("3.0").unwrap(), 3);
    assert_eq!(read::<i64>("1e3").unwrap(), 1000);
    assert_eq!(read::<i64>("-0").unwrap(), 0);
    assert_eq!(read::<u8>("2.55e2").unwrap(), 255);
    assert_eq!(read::<i64>("-9223372036854775808").unwrap(), i64::MIN);
    assert_eq!(read::<u64>("18446744073709551615").unwrap(), u64::MAX);
}

#[test]
fn integers_keep_to_their_range() {
    assert!(refused::<i64>("3.5").starts_with("expected an integer, found the number 3.5"));
    assert!(refused::<i64>("9223372036854775808").starts_with("expected an integer of 64 bits"));
    assert!(refused::<i32>("2147483648").starts_with("expected an integer of 32 bits"));
    assert!(refused::<u64>("-1").starts_with("expected a non-negative integer"));
    assert!(refused::<u8>("256").starts_with("expected a non-negative integer of 8 bits"));
    assert!(refused::<i64>("1e400")
        .starts_with("expected an integer of 64 bits, found the number 1e400"));
    assert!(refused::<String>("1e400").starts_with("expected a text, found the number 1e400"));
    assert!(refused::<i64>("1e300").starts_with("expected an integer of 64 bits"));
    assert!(refused::<i64>("\"3\"").starts_with("expected an integer, found the text \"3\""));
}

#[test]
fn floats_are_read_exactly_and_never_lost() {
    for value in [0.1, 1e-7, 1.7976931348623157e308, 5e-324, 123456.789e3, 9007199254740993.0] {
        assert_eq!(read::<f64>(&write(&value)).unwrap().to_bits(), f64::to_bits(value));
    }
    assert_eq!(read::<f64>("3").unwrap(), 3.0);
    assert_eq!(read::<f64>("-3").unwrap(), -3.0);
    assert!(refused::<f64>("true").starts_with("expected a number, found the boolean true"));
    let infinite = v1::to_json(&f64::INFINITY).unwrap_err();
    assert_eq!(infinite.to_string(), "expected a finite number, found inf");
    let nested = v1::to_json(&vec![1.0, f64::NAN]).unwrap_err();
    assert_eq!(nested.path(), "[1]");
}

#[test]
fn texts_are_texts() {
    assert_eq!(read::<String>(r#""a\u00e9\n😀""#).unwrap(), "aé\n😀");
    assert_eq!(write(&"a\"é\u{1}"), r#""a\"é\u0001""#);
    assert!(refused::<String>("5").starts_with("expected a text, found the number 5"));
    assert!(refused::<String>("null").starts_with("expected a text, found null"));
    let long = format!("{:?}", "ü".repeat(50));
    assert!(refused::<bool>(&long).contains("… of 100 bytes"));
}

#[test]
fn null_is_the_only_value_of_its_type() {
    assert_eq!(read::<()>("null"), Ok(()));
    assert_eq!(write(&()), "null");
    assert!(refused::<()>("false").starts_with("expected null, found the boolean false"));
    // What a member that may only be null has, as opposed to one that is left out.
    assert_eq!(read::<(Option<()>,)>("[null]"), Ok((Some(()),)));
}

#[test]
fn broken_text_is_malformed() {
    for text in
        ["", " ", "{", "[1,]", "nul", "\"", "[1] 2", "1\u{feff}", "\u{feff}\u{feff}1", "{\"a\" 1}"]
    {
        assert!(read::<v1::Value>(text).unwrap_err().is_malformed(), "{text}");
    }
    assert!(v1::from_json::<String>(b"\"\xff\"").unwrap_err().is_malformed());
    // RFC 8259 section 8.1: a parser may ignore a byte-order mark.
    assert_eq!(read::<i64>("\u{feff}1"), Ok(1));
    let cr = read::<Vec<i64>>("[1,\r\n x]").unwrap_err();
    assert_eq!(cr.place(), Some("line 2 column 2"));
}
