use typewright_runtime::codegen::v1::{self, Kind, Number, Value};

use crate::{read, refused, write};

#[test]
fn values_keep_order_and_the_text_of_numbers() {
    for text in [
        r#"{"z":1.50,"a":{"y":1e3,"b":[-0,-0.0,1E+2]},"n":null}"#,
        "[12345678901234567890123,18446744073709551616,-9223372036854775809,-3]",
        r#"{"\"1.5":"2.50\\\"","é":["3.0",0.10]}"#,
        "1.50",
        "\"1.50\"",
        "[]",
        "{}",
        "[[],{},[{}]]",
        r#"{"":0.1000000000000000055511151231257827}"#,
    ] {
        assert_eq!(write(&read::<Value>(text).unwrap()), text);
    }
}

#[test]
fn a_value_keeps_a_number_too_large_for_a_float() {
    for text in ["1e400", "[1e400]", r#"{"a":[-1e4001]}"#] {
        assert_eq!(write(&read::<Value>(text).unwrap()), text);
    }
    assert_eq!(write(&read::<Number>("1e400").unwrap()), "1e400");
}

#[test]
fn the_last_of_two_members_counts() {
    let value: Value = read(r#"{"a":1.0,"b":2.0,"a":3.0}"#).unwrap();
    assert_eq!(write(&value), r#"{"a":3.0,"b":2.0}"#);
}

#[test]
fn deep_values_are_refused_before_the_stack_ends() {
    for depth in [200, 100_000] {
        let lists = "[".repeat(depth) + &"]".repeat(depth);
        assert!(read::<Value>(&lists).is_err());
        let objects = "{\"a\":".repeat(depth) + "1" + &"}".repeat(depth);
        assert!(read::<Value>(&objects).is_err());
        assert!(serde_yaml::from_str::<Yaml>(&lists).is_err());
        // Unknown members are skipped without recursion.
        let skipped = format!("{{\"key\":\"a\",\"value\":null,\"x\":{lists}}}");
        assert!(read::<crate::sample::Job>(&skipped).is_err());
    }
    let fine = "[".repeat(100) + &"]".repeat(100);
    assert_eq!(write(&read::<Value>(&fine).unwrap()), fine);
}

#[derive(Debug)]
struct Yaml(Value);

impl<'de> serde::Deserialize<'de> for Yaml {
    fn deserialize<D: serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        v1::deserialize(input).map(Self)
    }
}

#[test]
fn values_of_other_formats() {
    let value: Yaml = serde_yaml::from_str("a: 1.50\nb: [x, ~, true]\n3: {}\n").unwrap();
    assert_eq!(write(&value.0), r#"{"a":1.5,"b":["x",null,true],"3":{}}"#);
    assert!(serde_yaml::from_str::<Yaml>("[.inf]").is_err());
}

#[test]
fn numbers_compare_as_numbers() {
    let number = |text: &str| text.parse::<Number>().unwrap();
    assert_eq!(number("1.50"), number("15e-1"));
    assert_eq!(number("3.0"), Number::from(3_i64));
    assert_eq!(number("-0"), number("0.00"));
    assert_eq!(number("1e2"), Number::from(100_u64));
    assert_ne!(number("12345678901234567890123"), number("12345678901234567890124"));
    assert_ne!(number("-1"), number("1"));
    assert_eq!(number("1e2").as_i64(), Some(100));
    assert_eq!(number("12345e5").as_i64(), Some(1_234_500_000));
    assert_eq!(number("0e0").as_i64(), Some(0));
    assert_eq!(number("9223372036854775807").as_i64(), Some(i64::MAX));
    assert_eq!(number("9223372036854775808").as_i64(), None);
    assert_eq!(number("18446744073709551615.0").as_u64(), Some(u64::MAX));
    assert_eq!(number("1.5").as_i64(), None);
    assert_eq!(number("1e99999999999").as_i64(), None);
    assert!(number("1e99999999999").is_integer());
    assert_eq!(number("-3").as_u64(), None);
    for text in ["", "x", "1.", ".5", "+1", "01", "1 2", "\"1\"", "NaN", "0x1", "1_0", " 1"] {
        assert!(text.parse::<Number>().is_err(), "{text}");
    }
}

#[test]
fn a_number_field_keeps_its_text() {
    let text = "[1.50,12345678901234567890123,1e400,7]";
    assert_eq!(write(&read::<Vec<Number>>(text).unwrap()), text);
    assert!(refused::<Vec<Number>>("[true]").starts_with("[0]: expected a number"));
}

#[test]
fn values_have_accessors() {
    let value: Value = read(r#"{"a":[true,3,"x",{"b":null}],"f":2.5}"#).unwrap();
    assert_eq!(value["a"][0].as_bool(), Some(true));
    assert_eq!(value["a"][1].as_i64(), Some(3));
    assert_eq!(value["a"][2].as_str(), Some("x"));
    assert_eq!(value["f"].as_f64(), Some(2.5));
    assert!(value["a"][3].has("b") && !value["a"][3].has("c"));
    assert!(value["a"][9]["no"].is_null());
    let kinds: Vec<Kind> = value["a"].as_list().unwrap().iter().map(Value::kind).collect();
    assert_eq!(kinds, [Kind::Bool, Kind::Integer, Kind::Text, Kind::Object]);
    assert_eq!(value["a"].to_string(), r#"[true,3,"x",{"b":null}]"#);
    assert_eq!(value["a"][1].read::<i64>().unwrap(), 3);
    assert!(value.read::<i64>().is_err());
}

#[test]
fn values_convert_to_and_from_serde_json() {
    let text = r#"{"a":[true,null,3,-4,2.5],"b":{"c":"d"}}"#;
    let theirs: serde_json::Value = serde_json::from_str(text).unwrap();
    let ours = Value::from(theirs.clone());
    assert_eq!(write(&ours), text);
    assert_eq!(serde_json::Value::from(ours), theirs);
    let made: Value =
        [("a", Value::from(vec![1, 2])), ("b", Value::from("c"))].into_iter().collect();
    assert_eq!(write(&made), r#"{"a":[1,2],"b":"c"}"#);
    assert_eq!(Value::from(None::<bool>), Value::Null);
}
