//! What is read, written and read again, by every codec.

use crate::client::Decoding;
use crate::codec::{
    deserialize, from_json, serialize, to_json, CodecError, Coding, Decode, Encode, Value,
};
use crate::codegen::v1;
use crate::testing::fuzzing::json::has_integers_only;
use crate::testing::fuzzing::{shown, types, Input};

/// The number of codecs among which [`codecs`] chooses.
pub const CODECS: usize = ALL.len();

/// Bytes as JSON for one of the types and codecs, which the first byte chooses, counted from `a`: what is read is the same when
/// it is written and read again, and however it is read.
///
/// # Panics
/// One of these is not so.
pub fn codecs(bytes: &[u8]) {
    let mut input = Input(bytes);
    let which = usize::from(input.byte().wrapping_sub(b'a')) % CODECS;
    if let Some(check) = ALL.get(which) {
        check(input.0);
    }
}

type Check = fn(&[u8]);

const ALL: &[Check] = &[
    alone::<Value>,
    alone::<bool>,
    alone::<i8>,
    alone::<u64>,
    alone::<i64>,
    alone::<f64>,
    alone::<String>,
    alone::<v1::Number>,
    alone::<v1::DateTime>,
    alone::<v1::Date>,
    alone::<v1::TimeOfDay>,
    alone::<v1::IsoDuration>,
    alone::<v1::Lenient<v1::DateTime>>,
    alone::<std::net::Ipv4Addr>,
    alone::<std::net::Ipv6Addr>,
    alone::<Maybe>,
    alone::<Vec<Option<i64>>>,
    alone::<v1::Map<Vec<Value>>>,
    alone::<(i64, String, v1::Maybe<bool>)>,
    alone::<v1::Prefix<(String, v1::Maybe<bool>), i64>>,
    alone::<types::Presences>,
    alone::<types::Open>,
    alone::<types::Closed>,
    alone::<types::Host>,
    alone::<types::Volume>,
    alone::<types::Tree>,
    alone::<types::State>,
    alone::<types::Grade>,
    alone::<types::Level>,
    alone::<types::Mixed>,
    alone::<types::Pet>,
    alone::<types::Tagged>,
    alone::<types::Any>,
    alone::<types::Keyed>,
    alone::<types::Mark>,
    alone::<types::Formula>,
    alone::<Coding<v1::Base64>>,
    alone::<Coding<v1::Base64Url>>,
    alone::<Coding<v1::Text<i64>>>,
    alone::<Coding<v1::Text<u64>>>,
    alone::<Coding<v1::Text<f64>>>,
    alone::<Coding<v1::Text<bool>>>,
    alone::<Coding<v1::Text<v1::Number>>>,
    alone::<Coding<v1::Keyed<i64, v1::Null<v1::Text<i64>>>>>,
    alone::<Coding<v1::Values<v1::Boxed<v1::Each<v1::Base64>>>>>,
    alone::<Coding<v1::TupleBy<(v1::Own<Value>, v1::MaybeBy<v1::Text<i64>>)>>>,
    alone::<Coding<v1::PrefixBy<(v1::Text<i64>,), v1::Base64>>>,
    alone::<Coding<v1::LenientBy<v1::Text<i64>>>>,
    alone::<Coding<v1::ViaSerde<Vec<(u8, std::net::Ipv4Addr)>>>>,
    #[cfg(feature = "uuid")]
    alone::<v1::Uuid>,
    #[cfg(feature = "time")]
    alone::<v1::OffsetDateTime>,
    #[cfg(feature = "time")]
    alone::<v1::TimeDate>,
    #[cfg(feature = "jiff")]
    alone::<v1::Timestamp>,
    #[cfg(feature = "jiff")]
    alone::<v1::CivilDate>,
];

type Maybe = Vec<v1::Maybe<Option<bool>>>;

/// What a type makes of a text: the text that is written again, or nothing where it is refused.
type Outcome = Option<Vec<u8>>;

fn written<T: Encode>(read: Result<T, CodecError>) -> Outcome {
    let value = read.ok()?;
    match to_json(&value) {
        Ok(written) => Some(written),
        Err(failure) => panic!("what was read cannot be written: {failure}"),
    }
}

fn alone<T: Decode + Encode>(text: &[u8]) {
    let direct = written(from_json::<T>(text));
    settled(text, &direct, &|text| written(from_json::<T>(text)));
    kept::<T>(text, &direct);
    by_serde::<T>(text, &direct);
    by_clients::<T>(text, &direct);
}

/// What is written is read as the same value, and written as the same text from then on. The first text may be another one:
/// a number that an `f64` rounds to a whole one is of the branch for integers when it comes again.
fn settled(text: &[u8], first: &Outcome, again: &dyn Fn(&[u8]) -> Outcome) {
    let Some(first) = first else {
        return;
    };
    let second = again(first);
    let value = |text: &[u8]| from_json::<Value>(text).ok();
    let is_same = second.as_deref().and_then(value) == value(first);
    assert!(is_same, "{}: {}", shown(text), shown(first));
    let third = second.as_deref().and_then(again);
    assert_eq!(third, second, "{}: {}", shown(text), shown(first));
}

/// A value that was kept as it came is read as its text is.
fn kept<T: Decode + Encode>(text: &[u8], direct: &Outcome) {
    if let Ok(value) = from_json::<Value>(text) {
        let kept = written(value.read::<T>());
        assert_eq!(&kept, direct, "{}, kept", shown(text));
    }
}

/// So is one that comes and goes by way of serde, which rounds numbers.
fn by_serde<T: Decode + Encode>(text: &[u8], direct: &Outcome) {
    let unmarked = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    let mut deserializer = serde_json::Deserializer::from_slice(unmarked);
    let read: Result<T, _> = deserialize(&mut deserializer);
    let read = read.and_then(|value| deserializer.end().map(|()| value));
    let theirs = serde_json::from_slice(unmarked);
    let is_exact = theirs.is_ok_and(|value| has_integers_only(&value));
    let Ok(value) = read else {
        assert!(!is_exact || direct.is_none(), "{}, by serde", shown(text));
        return;
    };
    let mut written = Vec::new();
    let done = serialize(&value, &mut serde_json::Serializer::new(&mut written));
    assert!(!is_exact || done.is_ok(), "{}: {done:?}", shown(text));
    let ours = to_json(&value).ok();
    assert!(!is_exact || &ours == direct, "{}, by serde", shown(text));
    let value = |text: &[u8]| from_json::<Value>(text).ok();
    let is_same = value(&written) == ours.as_deref().and_then(value);
    assert!(!is_exact || is_same, "{}: {}", shown(text), shown(&written));
}

/// A strict client takes no more than a tolerant one, which takes what one does that observes, and its own writing too.
fn by_clients<T: Decode + Encode>(text: &[u8], direct: &Outcome) {
    let by = |decoding: Decoding, text: &[u8]| {
        let mut value: Option<T> = None;
        let read = decoding.read("operation", text, &mut value);
        written(read.and_then(|()| value.ok_or_else(CodecError::nothing)))
    };
    let tolerant = by(Decoding::Tolerant, text);
    let observing = by(Decoding::observing(|_| {}), text);
    assert_eq!(tolerant, observing, "{}", shown(text));
    let strict = by(Decoding::Strict, text);
    assert!(strict.is_none() || strict == tolerant, "{}", shown(text));
    assert!(strict.is_none() || &strict == direct, "{}", shown(text));
    settled(text, &tolerant, &|text| by(Decoding::Tolerant, text));
}
