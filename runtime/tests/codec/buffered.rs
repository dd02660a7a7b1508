//! Values in memory that are read as types, as unions and lenient fields do.

use typewright_runtime::codegen::v1::{self, Kind, Number, Value};

use crate::sample::{job, Job, JOB};
use crate::{read, write};

/// The text as a value, and that value as a type.
fn again<T: v1::Decode>(text: &str) -> Result<T, v1::CodecError> {
    read::<Value>(text).unwrap().read()
}

fn refused<T: v1::Decode>(text: &str) -> String {
    match again::<T>(text) {
        Ok(_) => format!("{text} was read"),
        Err(failure) => failure.to_string(),
    }
}

#[test]
fn a_kept_value_reads_as_its_text_does() {
    assert_eq!(again::<Job>(JOB).unwrap(), job());
    assert_eq!(again::<bool>("false"), Ok(false));
    assert_eq!(again::<bool>("true"), Ok(true));
    assert_eq!(again::<Vec<i64>>("[1,-2,3.0]").unwrap(), [1, -2, 3]);
    assert_eq!(again::<f64>("-3"), Ok(-3.0));
    assert_eq!(again::<f64>("1.50"), Ok(1.5));
    assert_eq!(again::<i64>("8.00"), Ok(8));
    assert_eq!(again::<i64>("1e3"), Ok(1000));
    assert_eq!(again::<()>("null"), Ok(()));
    assert_eq!(again::<Number>("1.50").unwrap().to_string(), "1.50");
}

#[test]
fn a_kept_minus_zero_stays_one() {
    for text in ["-0", "-0.0"] {
        assert!(again::<f64>(text).unwrap().is_sign_negative(), "{text}");
        assert!(read::<f64>(text).unwrap().is_sign_negative(), "{text}");
    }
    assert!(again::<f64>("0").unwrap().is_sign_positive());
}

#[test]
fn a_kept_value_of_another_type_is_refused_as_its_text_is() {
    for (text, message) in [
        ("null", "expected a text, found null"),
        ("true", "expected a text, found the boolean true"),
        ("5", "expected a text, found the number 5"),
        ("-5", "expected a text, found the number -5"),
        ("2.5", "expected a text, found the number 2.5"),
        ("[1]", "expected a text, found a list"),
        ("{}", "expected a text, found an object"),
    ] {
        assert_eq!(refused::<String>(text), message);
        let direct = crate::refused::<String>(text);
        assert!(direct.starts_with(message), "{direct}");
    }
    assert_eq!(refused::<bool>("1"), "expected a boolean, found the number 1");
    assert_eq!(refused::<f64>("[]"), "expected a number, found a list");
    assert_eq!(refused::<i64>("2.50"), "expected an integer, found the number 2.5");
    assert_eq!(refused::<Vec<i64>>("{}"), "expected a list, found an object");
    assert_eq!(refused::<()>("0"), "expected null, found the number 0");
    assert_eq!(
        refused::<Vec<Vec<bool>>>("[[true],[true,1]]"),
        "[1][1]: expected a boolean, found the number 1"
    );
}

#[test]
fn a_number_in_a_kept_text_is_read_exactly() {
    fn text<T: std::str::FromStr + std::fmt::Display>(text: &str) -> Result<T, v1::CodecError> {
        struct By<T>(T);
        impl<T: std::str::FromStr + std::fmt::Display> v1::Decode for By<T> {
            fn decode(decoder: &mut dyn v1::Decoder) -> Result<Self, v1::CodecError> {
                <v1::Text<T> as v1::Codec>::decode(decoder).map(Self)
            }
        }
        again::<By<T>>(text).map(|by| by.0)
    }
    assert_eq!(text::<i64>("8.00"), Ok(8));
    assert_eq!(text::<i64>("1e3"), Ok(1000));
    assert_eq!(text::<i64>("-8"), Ok(-8));
    assert_eq!(text::<Number>("1.50").unwrap().to_string(), "1.50");
    // The nearest `f64` is 9007199254740992, another number.
    assert!(text::<i64>("9007199254740993.0").is_err());
    assert_eq!(text::<Number>("1e33").unwrap().to_string(), "1e33");
    assert_eq!(text::<Number>("1e-7").unwrap().to_string(), "1e-7");
    assert!(text::<i64>("1e18").is_err());
}

#[test]
fn a_kept_number_is_no_other_one_than_its_text() {
    let text = "1.744073709551615e19";
    assert_eq!(read::<u64>(text), Ok(17_440_737_095_516_150_000));
    assert_eq!(again::<u64>(text), Ok(17_440_737_095_516_150_000));
    // What no `f64` can hold is a number still, but none of a type that cannot write it.
    assert!(read::<f64>("1e400").is_err());
    assert!(refused::<f64>("1e400").starts_with("expected a number, found "));
    assert_eq!(again::<Number>("1e400").unwrap().to_string(), "1e400");
}

#[test]
fn kinds_are_those_of_the_value() {
    for (text, kind) in [
        ("null", Kind::Null),
        ("true", Kind::Bool),
        ("3", Kind::Integer),
        ("-3", Kind::Integer),
        ("3.0", Kind::Integer),
        ("3.00", Kind::Integer),
        ("1e3", Kind::Integer),
        ("2.5", Kind::Number),
        ("2.50", Kind::Number),
        ("\"\"", Kind::Text),
        ("[]", Kind::List),
        ("{}", Kind::Object),
    ] {
        assert_eq!(read::<Value>(text).unwrap().kind(), kind, "{text}");
    }
}

#[test]
fn values_are_made_of_what_programs_have() {
    let members = v1::Map::from([("a".to_owned(), Value::from(1))]);
    for (value, text) in [
        (Value::from(true), "true"),
        (Value::from(-1_i64), "-1"),
        (Value::from(u64::MAX), "18446744073709551615"),
        (Value::from(1.5), "1.5"),
        (Value::from(f64::NAN), "null"),
        (Value::from("1.50".parse::<Number>().unwrap()), "1.50"),
        (Value::from("a".to_owned()), "\"a\""),
        (Value::from(Some(2)), "2"),
        (Value::from(None::<i64>), "null"),
        (Value::from(members), r#"{"a":1}"#),
    ] {
        assert_eq!(write(&value), text);
    }
    assert_eq!(read::<Value>("false").unwrap().as_bool(), Some(false));
    assert_eq!(read::<Value>("0").unwrap().as_bool(), None);
}

/// A person who prints a failed comparison sees the number, and not how it is kept.
#[test]
fn numbers_and_failures_are_shown_as_people_write_them() {
    let number: Number = "1.50".parse().unwrap();
    assert_eq!(format!("{number:?}"), "Number(1.50)");
    let failure = read::<Vec<bool>>("[true,2]").unwrap_err();
    assert_eq!(
        format!("{failure:?}"),
        "CodecError([1]: expected a boolean, found the number 2 at line 1 column 7)"
    );
}
