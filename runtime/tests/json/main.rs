//! The codec's own JSON reader and writer beside `serde_json`.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod texts;

use proptest::prelude::*;
use serde::de::IgnoredAny;
use typewright_runtime::codegen::v1::{self, Value};

use self::texts::{BYTES, TEXTS};

/// Reads JSON.
fn read<T: v1::Decode>(text: &str) -> Result<T, v1::CodecError> {
    v1::from_json(text.as_bytes())
}

/// Writes JSON.
fn write(value: &dyn v1::Encode) -> String {
    String::from_utf8(v1::to_json(value).unwrap()).unwrap()
}

/// The message of the failure to read JSON as a type.
fn refused<T: v1::Decode>(text: &str) -> String {
    match read::<T>(text) {
        Ok(_) => format!("{text} was read"),
        Err(failure) => failure.to_string(),
    }
}

/// Requires that both read the same value, or fail alike at the same position.
fn agree(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let theirs = serde_json::from_slice::<serde_json::Value>(bytes);
    match (v1::from_json::<Value>(bytes), theirs) {
        (Ok(ours), Ok(theirs)) => assert_eq!(serde_json::Value::from(ours), theirs, "{text:?}"),
        // RFC 8259 sets no limit to numbers, which a value of ours preserves.
        (Ok(_), Err(theirs)) if theirs.to_string().starts_with("number out of range") => {}
        (Err(ours), Err(theirs)) => {
            assert!(ours.is_malformed(), "{text:?}: {ours}");
            let place = ours.place().unwrap_or_default();
            let message = format!("{} at {place}", ours.actual());
            // Of what is no UTF-8 we have a place of our own; a number out of range is a failure of theirs alone.
            let is_range = theirs.to_string().starts_with("number out of range");
            if std::str::from_utf8(bytes).is_ok() && !is_range {
                assert_eq!(message, theirs.to_string(), "{text:?}");
            }
        }
        (ours, theirs) => panic!("{text:?}: {ours:?}, but {theirs:?}"),
    }
}

/// Both accept the bytes or neither does, where they are the value of a member that nobody reads.
fn agree_to_skip(bytes: &[u8]) {
    struct Nothing;
    impl v1::Decode for Nothing {
        fn decode(decoder: &mut dyn v1::Decoder) -> Result<Self, v1::CodecError> {
            v1::read_object(decoder, &mut []).map(|()| Self)
        }
    }
    let whole = [b"{\"unknown\":", bytes, b",\"more\":1}"].concat();
    let theirs =
        serde_json::from_slice::<IgnoredAny>(&whole).is_ok() && std::str::from_utf8(bytes).is_ok();
    let ours = v1::from_json::<Nothing>(&whole);
    assert_eq!(ours.is_ok(), theirs, "{:?}: {:?}", String::from_utf8_lossy(bytes), ours.err());
}

/// A text alone, in a list, as a member, after other lines, and with white space about it.
fn agree_in_every_place(bytes: &[u8]) {
    agree(&[b"[", bytes, b"]"].concat());
    agree(&[b"{\"a\": ", bytes, b" }"].concat());
    agree(&[b"\n\n [1,\r\n", bytes].concat());
    agree_to_skip(bytes);
    agree_to_skip(&[b"[{\"b\": [", bytes, b"]}]"].concat());
}

#[test]
fn hard_texts_are_taken_and_refused_alike() {
    for text in TEXTS {
        agree_in_every_place(text.as_bytes());
        // A byte-order mark is passed over by us, and a number of any size is a value.
        if !text.starts_with('\u{feff}')
            && !text.contains("1e400")
            && *text != "1e99999999999"
            && !text.ends_with("59e308")
        {
            agree(text.as_bytes());
        }
    }
    for bytes in BYTES {
        agree(bytes);
        agree_in_every_place(bytes);
    }
}

/// Every type of value, escapes and numbers of all forms.
const SAMPLE: &str = "{\"a\\u00e9\\n\": [1, -2.50e+10, true, false, null, \"x\\ud83d\\ude00 y\", {}],\n\t\"é\" : {\"b\":[[],[{\"c\":\"\"}]]}}";

#[test]
fn a_text_that_ends_early_is_refused_at_every_byte() {
    for end in 0..SAMPLE.len() {
        agree(&SAMPLE.as_bytes()[..end]);
    }
    agree(SAMPLE.as_bytes());
}

#[test]
fn one_byte_in_place_of_another_is_taken_or_refused_alike() {
    for at in 0..SAMPLE.len() {
        for byte in *b"\0\x1f \n\"\\/,:[]{}-+.0e1tfnu\x7f\x80\xc3\xff" {
            let mut bytes = SAMPLE.as_bytes().to_vec();
            bytes[at] = byte;
            agree(&bytes);
            agree_to_skip(&bytes);
        }
    }
}

#[test]
fn values_are_nested_as_deep_as_in_serde_json() {
    for depth in [1, 64, 65, 126, 127, 128, 129, 200, 10_000] {
        for (open, close) in [("[", "]"), ("{\"a\":", "}"), ("[{\"a\":", "}]")] {
            let text = open.repeat(depth) + "1" + &close.repeat(depth);
            agree(text.as_bytes());
            agree(open.repeat(depth).as_bytes());
            agree_to_skip(text.as_bytes());
            agree_to_skip(open.repeat(depth).as_bytes());
        }
    }
}

#[test]
fn scalars_are_read_as_serde_json_reads_them() {
    for text in TEXTS {
        let bytes = text.as_bytes();
        if let Ok(value) = serde_json::from_slice::<f64>(bytes) {
            assert_eq!(read::<f64>(text).map(f64::to_bits), Ok(value.to_bits()), "{text}");
        }
        if let Ok(value) = serde_json::from_slice::<i64>(bytes) {
            assert_eq!(read::<i64>(text), Ok(value), "{text}");
        }
        if let Ok(value) = serde_json::from_slice::<u64>(bytes) {
            assert_eq!(read::<u64>(text), Ok(value), "{text}");
        }
        let string = serde_json::from_slice::<String>(bytes).ok();
        assert_eq!(read::<String>(text).ok(), string, "{text}");
        let boolean = serde_json::from_slice::<bool>(bytes).ok();
        assert_eq!(read::<bool>(text).ok(), boolean, "{text}");
    }
}

#[test]
fn whole_numbers_are_integers_exactly() {
    assert_eq!(read::<i64>("9007199254740993.0"), Ok(9_007_199_254_740_993));
    assert_eq!(read::<i64>("-9223372036854775808.0"), Ok(i64::MIN));
    assert_eq!(read::<u64>("1.8446744073709551615e19"), Ok(u64::MAX));
    assert!(refused::<u64>("18446744073709551616").starts_with("expected an integer of 64 bits"));
    let fraction = refused::<i64>("9007199254740993.5");
    assert!(
        fraction.starts_with("expected an integer, found the number 9007199254740993.5"),
        "{fraction}"
    );
    assert_eq!(
        read::<Value>("[9007199254740993.0]").unwrap()[0].read::<i64>(),
        Ok(9_007_199_254_740_993)
    );
}

#[test]
fn failures_that_are_not_utf_8_say_where() {
    let failure = v1::from_json::<Vec<String>>(b"[\"a\",\n \"b\xff\"]").unwrap_err();
    assert_eq!(
        failure.to_string(),
        "[1]: expected a well-formed value, found invalid unicode code point at line 2 column 4"
    );
}

#[test]
fn floats_are_written_as_serde_json_does_but_for_whole_ones() {
    for value in [0.1, 1.5, -2.25, 1e-7, 5e-324, 123_456_789.125] {
        assert_eq!(write(&value), serde_json::to_string(&value).unwrap());
    }
    for (value, text) in
        [(2.0, "2"), (-2.0, "-2"), (0.0, "0"), (-0.0, "-0"), (1e15, "1000000000000000")]
    {
        assert_eq!(write(&value), text);
        assert_eq!(write(&Value::from(value)), text);
        assert_eq!(Value::from(value).to_string(), text);
        assert_eq!(read::<f64>(text).map(f64::to_bits), Ok(f64::to_bits(value)));
    }
    // What came with a fraction goes back with it.
    assert_eq!(
        write(&read::<Value>("[2.0,5e-5,0.00005,1e300]").unwrap()),
        "[2.0,5e-5,0.00005,1e300]"
    );
}

#[test]
fn the_text_for_people_is_that_of_serde_json() {
    for text in
        ["[]", "{}", "1", "[[],{}]", SAMPLE, r#"{"a\"":["\\",{"b":"[,]{:}"}],"c":{"d":{}}}"#]
    {
        let value: serde_json::Value = serde_json::from_str(text).unwrap();
        let pretty = v1::to_json_pretty(&Value::from(value.clone())).unwrap();
        assert_eq!(
            String::from_utf8(pretty).unwrap(),
            serde_json::to_string_pretty(&value).unwrap()
        );
    }
}

/// Any value but floats, which are written in another way.
fn values() -> impl Strategy<Value = serde_json::Value> {
    use serde_json::Value as Json;
    let scalar = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
        any::<u64>().prop_map(Json::from),
        any::<String>().prop_map(Json::from),
        "[ -~\"\\\\\u{0}-\u{20}é😀]{0,80}".prop_map(Json::from),
    ];
    scalar.prop_recursive(6, 64, 8, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..8).prop_map(Json::from),
            prop::collection::vec((any::<String>(), inner), 0..8)
                .prop_map(|members| members.into_iter().collect()),
        ]
    })
}

proptest! {
    #[test]
    fn any_value_is_read_and_written_as_serde_json_does(value in values()) {
        let compact = serde_json::to_string(&value).unwrap();
        let ours: Value = read(&compact).unwrap();
        prop_assert_eq!(&serde_json::Value::from(ours.clone()), &value);
        prop_assert_eq!(write(&ours), &compact[..]);
        agree(serde_json::to_string_pretty(&value).unwrap().as_bytes());
        agree_to_skip(compact.as_bytes());
    }

    #[test]
    fn any_damage_is_taken_or_refused_alike(value in values(), at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in 0_usize..3) {
        let mut bytes = serde_json::to_vec(&value).unwrap();
        let at = at.index(bytes.len());
        let end = bytes.len().min(at + cut);
        bytes.splice(at..end, [byte]);
        agree(&[b"[", &bytes[..], b"]"].concat());
        agree_to_skip(&bytes);
    }

    #[test]
    fn any_number_is_read_as_serde_json_does(text in "-?(0|[1-9][0-9]{0,25})(\\.[0-9]{1,25})?([eE][+-]?[0-9]{1,3})?") {
        agree(format!("[{text}]").as_bytes());
        let theirs = serde_json::from_str::<f64>(&text).ok();
        prop_assert_eq!(read::<f64>(&text).ok().map(f64::to_bits), theirs.map(f64::to_bits));
        prop_assert_eq!(write(&read::<v1::Number>(&text).unwrap()), text);
    }

    #[test]
    fn any_float_is_read_back_as_it_was(value in any::<f64>().prop_filter("JSON has finite numbers", |value| value.is_finite())) {
        let text = write(&value);
        let theirs = serde_json::to_string(&value).unwrap().replace('+', "");
        prop_assert_eq!(&text[..], theirs.strip_suffix(".0").unwrap_or(&theirs));
        prop_assert_eq!(serde_json::from_str::<f64>(&text).unwrap().to_bits(), value.to_bits());
        prop_assert_eq!(read::<f64>(&text).unwrap().to_bits(), value.to_bits());
    }

    #[test]
    fn any_text_is_written_as_serde_json_does(text in any::<String>(), plain in "[a-z]{0,80}") {
        for text in [&text, &plain, &format!("{plain}\"{text}")] {
            prop_assert_eq!(write(&text.as_str()), serde_json::to_string(text).unwrap());
            prop_assert_eq!(&read::<String>(&write(&text.as_str())).unwrap(), text);
        }
    }
}
