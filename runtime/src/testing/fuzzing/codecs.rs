//! Reads, writes and reads again by every codec.

use crate::client::Decoding;
use crate::codec::{
    deserialize, from_json, serialize, to_json, CodecError, Coding, Decode, Encode, Value,
};
use crate::codegen::v1;
use crate::testing::fuzzing::json::has_integers_only;
use crate::testing::fuzzing::{text_of, types, Input};

/// The number of codecs among which [`codecs`] chooses.
pub const CODECS: usize = ALL.len();

/// Reads bytes as JSON by the type or codec of the first byte, counted from `a`: the value is the same after it is written and read
/// again, and by all ways to read it.
///
/// # Panics
/// The values differ.
pub fn codecs(bytes: &[u8]) {
    let mut input = Input(bytes);
    let index = usize::from(input.byte().wrapping_sub(b'a')) % CODECS;
    if let Some(check) = ALL.get(index) {
        check(input.0);
    }
}

type Check = fn(&[u8]);

const ALL: &[Check] = &[
    check_type::<Value>,
    check_type::<bool>,
    check_type::<i8>,
    check_type::<u64>,
    check_type::<i64>,
    check_type::<f64>,
    check_type::<String>,
    check_type::<v1::Number>,
    check_type::<v1::DateTime>,
    check_type::<v1::Date>,
    check_type::<v1::TimeOfDay>,
    check_type::<v1::IsoDuration>,
    check_type::<v1::Lenient<v1::DateTime>>,
    check_type::<std::net::Ipv4Addr>,
    check_type::<std::net::Ipv6Addr>,
    check_type::<Maybe>,
    check_type::<Vec<Option<i64>>>,
    check_type::<v1::Map<Vec<Value>>>,
    check_type::<(i64, String, v1::Maybe<bool>)>,
    check_type::<v1::Prefix<(String, v1::Maybe<bool>), i64>>,
    check_type::<types::Presences>,
    check_type::<types::Open>,
    check_type::<types::Closed>,
    check_type::<types::Host>,
    check_type::<types::Volume>,
    check_type::<types::Tree>,
    check_type::<types::State>,
    check_type::<types::Grade>,
    check_type::<types::Level>,
    check_type::<types::Mixed>,
    check_type::<types::Pet>,
    check_type::<types::Tagged>,
    check_type::<types::Any>,
    check_type::<types::Keyed>,
    check_type::<types::Mark>,
    check_type::<types::Formula>,
    check_type::<Coding<v1::Base64>>,
    check_type::<Coding<v1::Base64Url>>,
    check_type::<Coding<v1::Text<i64>>>,
    check_type::<Coding<v1::Text<u64>>>,
    check_type::<Coding<v1::Text<f64>>>,
    check_type::<Coding<v1::Text<bool>>>,
    check_type::<Coding<v1::Text<v1::Number>>>,
    check_type::<Coding<v1::Keyed<i64, v1::Null<v1::Text<i64>>>>>,
    check_type::<Coding<v1::Values<v1::Boxed<v1::Each<v1::Base64>>>>>,
    check_type::<Coding<v1::TupleBy<(v1::Native<Value>, v1::MaybeBy<v1::Text<i64>>)>>>,
    check_type::<Coding<v1::PrefixBy<(v1::Text<i64>,), v1::Base64>>>,
    check_type::<Coding<v1::LenientBy<v1::Text<i64>>>>,
    check_type::<Coding<v1::ViaSerde<Vec<(u8, std::net::Ipv4Addr)>>>>,
    #[cfg(feature = "uuid")]
    check_type::<v1::Uuid>,
    #[cfg(feature = "time")]
    check_type::<v1::OffsetDateTime>,
    #[cfg(feature = "time")]
    check_type::<v1::TimeDate>,
    #[cfg(feature = "jiff")]
    check_type::<v1::Timestamp>,
    #[cfg(feature = "jiff")]
    check_type::<v1::CivilDate>,
];

type Maybe = Vec<v1::Maybe<Option<bool>>>;

/// The text that a type writes after reading one, or `None` if it refuses it.
type Outcome = Option<Vec<u8>>;

fn written<T: Encode>(read: Result<T, CodecError>) -> Outcome {
    let value = read.ok()?;
    match to_json(&value) {
        Ok(written) => Some(written),
        Err(failure) => panic!("what was read cannot be written: {failure}"),
    }
}

fn check_type<T: Decode + Encode>(text: &[u8]) {
    let direct = written(from_json::<T>(text));
    check_stable(text, &direct, &|text| written(from_json::<T>(text)));
    check_value::<T>(text, &direct);
    check_serde::<T>(text, &direct);
    check_clients::<T>(text, &direct);
}

/// Requires that the written text is read as the same value, and is stable from then on. The first text may differ: a number
/// that `f64` rounds to an integer belongs to the branch for integers afterwards.
fn check_stable(text: &[u8], first: &Outcome, again: &dyn Fn(&[u8]) -> Outcome) {
    let Some(first) = first else {
        return;
    };
    let second = again(first);
    let value = |text: &[u8]| from_json::<Value>(text).ok();
    let is_same = second.as_deref().and_then(value) == value(first);
    assert!(is_same, "{}: {}", text_of(text), text_of(first));
    let third = second.as_deref().and_then(again);
    assert_eq!(third, second, "{}: {}", text_of(text), text_of(first));
}

/// Requires that a value in memory is read like its text.
fn check_value<T: Decode + Encode>(text: &[u8], direct: &Outcome) {
    if let Ok(value) = from_json::<Value>(text) {
        let by_value = written(value.read::<T>());
        assert_eq!(&by_value, direct, "{}, kept", text_of(text));
    }
}

/// Requires the same through serde, except for numbers that it rounds.
fn check_serde<T: Decode + Encode>(text: &[u8], direct: &Outcome) {
    let unmarked = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    let mut deserializer = serde_json::Deserializer::from_slice(unmarked);
    let read: Result<T, _> = deserialize(&mut deserializer);
    let read = read.and_then(|value| deserializer.end().map(|()| value));
    let theirs = serde_json::from_slice(unmarked);
    let is_exact = theirs.is_ok_and(|value| has_integers_only(&value));
    let Ok(value) = read else {
        assert!(!is_exact || direct.is_none(), "{}, by serde", text_of(text));
        return;
    };
    let mut written = Vec::new();
    let done = serialize(&value, &mut serde_json::Serializer::new(&mut written));
    assert!(!is_exact || done.is_ok(), "{}: {done:?}", text_of(text));
    let ours = to_json(&value).ok();
    assert!(!is_exact || &ours == direct, "{}, by serde", text_of(text));
    let value = |text: &[u8]| from_json::<Value>(text).ok();
    let is_same = value(&written) == ours.as_deref().and_then(value);
    assert!(!is_exact || is_same, "{}: {}", text_of(text), text_of(&written));
}

/// Requires that a strict client accepts no more than a tolerant one, which accepts the same as an observing one.
fn check_clients<T: Decode + Encode>(text: &[u8], direct: &Outcome) {
    let by = |decoding: Decoding, text: &[u8]| {
        let mut value: Option<T> = None;
        let read = decoding.read("operation", text, &mut value);
        written(read.and_then(|()| value.ok_or_else(CodecError::nothing)))
    };
    let tolerant = by(Decoding::Tolerant, text);
    let observing = by(Decoding::observing(|_| {}), text);
    assert_eq!(tolerant, observing, "{}", text_of(text));
    let strict = by(Decoding::Strict, text);
    assert!(strict.is_none() || strict == tolerant, "{}", text_of(text));
    assert!(strict.is_none() || &strict == direct, "{}", text_of(text));
    check_stable(text, &tolerant, &|text| by(Decoding::Tolerant, text));
}
