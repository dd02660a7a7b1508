//! Which branch of a union a value is of, where that has to be tried, and what becomes of what the branch leaves.

use typewright_runtime::codegen::v1::{self, Kind, Value};

use crate::sample::Label;
use crate::{read, refused, write};

/// Two members of these names, and whether a third was a departure.
#[derive(Debug, PartialEq)]
struct Two(&'static str, bool);

impl Two {
    fn read(
        name: &'static str,
        decoder: &mut dyn v1::Decoder,
        names: [&'static str; 2],
        listed: &str,
    ) -> Result<Self, v1::CodecError> {
        let (mut one, mut other) = (None::<Value>, None::<Value>);
        let mut state = None::<String>;
        let [first, second] = names;
        let fields: &mut [v1::Field<'_>] = &mut [
            (first, &mut one),
            (second, &mut other),
            ("state", &mut state),
        ];
        v1::read_object(decoder, fields)?;
        let departs = state.is_some_and(|state| state != listed);
        if departs {
            v1::unlisted(&"state")?;
        }
        Ok(Self(name, departs))
    }
}

impl v1::Decode for Two {
    fn decode(decoder: &mut dyn v1::Decoder) -> Result<Self, v1::CodecError> {
        v1::read_trial(
            decoder,
            &[
                ("AB", |decoder| Self::read("AB", decoder, ["a", "b"], "on")),
                ("BC", |decoder| Self::read("BC", decoder, ["b", "c"], "off")),
                ("CD", |decoder| Self::read("CD", decoder, ["c", "d"], "on")),
            ],
        )
    }
}

#[test]
fn the_branch_that_names_most_wins_wherever_it_stands() {
    for (text, branch) in [
        // The most members.
        (r#"{"a":1,"b":2}"#, "AB"),
        (r#"{"b":1,"c":2}"#, "BC"),
        (r#"{"c":1,"d":2}"#, "CD"),
        (r#"{"a":1,"b":[1,{"x":2}],"c":3}"#, "AB"),
        // Of equals the first.
        ("{}", "AB"),
        (r#"{"b":1}"#, "AB"),
        (r#"{"c":1}"#, "BC"),
        // Of equals the one that lists the value.
        (r#"{"b":1,"state":"on"}"#, "AB"),
        (r#"{"b":1,"state":"off"}"#, "BC"),
        (r#"{"c":1,"state":"on"}"#, "CD"),
    ] {
        assert_eq!(read(text), Ok(Two(branch, false)), "{text}");
    }
    assert_eq!(read(r#"{"b":1,"state":"?"}"#), Ok(Two("AB", true)));
}

/// Lists, and unions by a tag within one that is tried.
#[derive(Debug, PartialEq)]
enum Nested {
    Tagged(Vec<Tagged>),
    Names(Vec<String>),
}

impl v1::Decode for Nested {
    fn decode(decoder: &mut dyn v1::Decoder) -> Result<Self, v1::CodecError> {
        v1::read_trial(
            decoder,
            &[
                ("Tagged", |decoder| {
                    v1::Decode::decode(decoder).map(Self::Tagged)
                }),
                ("Names", |decoder| {
                    v1::Decode::decode(decoder).map(Self::Names)
                }),
            ],
        )
    }
}

/// A branch that is read, one that has nothing to read, and one that is not listed.
#[derive(Debug, PartialEq)]
enum Tagged {
    Label(Label),
    Nothing,
    Unlisted(Value),
}

impl v1::Decode for Tagged {
    fn decode(decoder: &mut dyn v1::Decoder) -> Result<Self, v1::CodecError> {
        v1::read_tagged(decoder, "@", |tag, decoder| match tag {
            "label" => {
                let mut key = None;
                v1::read_object(decoder, &mut [("key", &mut key)])?;
                let key = v1::required("key", key)?;
                Ok(Self::Label(Label { key, value: None }))
            }
            "nothing" => Ok(Self::Nothing),
            _ => v1::read_unlisted(decoder, tag).map(Self::Unlisted),
        })
    }
}

fn label(key: &str) -> Tagged {
    Tagged::Label(Label {
        key: key.to_owned(),
        value: None,
    })
}

#[test]
fn what_a_branch_leaves_is_passed_over() {
    let all =
        r#"[{"@":"nothing","a":[{}],"b":{"c":1}},{"@":"label","key":"k","x":[1]},{"@":"nothing"}]"#;
    let expected = [Tagged::Nothing, label("k"), Tagged::Nothing];
    assert_eq!(read::<Vec<Tagged>>(all).unwrap(), expected);
    // The same, where the union is tried and reads from a value that was kept.
    assert_eq!(
        read::<Nested>(all).unwrap(),
        Nested::Tagged(expected.into())
    );
    let names = Nested::Names(vec!["a".to_owned(), "b".to_owned()]);
    assert_eq!(read::<Nested>(r#"["a","b"]"#).unwrap(), names);
    let message = refused::<Nested>(r#"[{"@":"label"}]"#);
    assert!(
        message.contains("Tagged ([0].key: expected a value"),
        "{message}"
    );
    assert!(
        message.contains("Names ([0]: expected a text, found an object"),
        "{message}"
    );
}

#[test]
fn a_tag_that_is_no_text_is_kept_as_it_came() {
    for text in [
        r#"{"@":true,"n":1}"#,
        r#"{"@":-7,"n":1}"#,
        r#"{"@":7,"n":1}"#,
        r#"{"@":1.5,"n":1}"#,
        r#"{"n":1,"@":false}"#,
    ] {
        let Tagged::Unlisted(value) = read(text).unwrap() else {
            panic!("{text}");
        };
        assert_eq!(write(&value), text);
    }
}

/// Branches by type that read an optional value, and any.
#[derive(Debug, PartialEq)]
enum Loose {
    Maybe(Option<i64>),
    Any(Value),
    Nothing,
}

impl v1::Decode for Loose {
    fn decode(decoder: &mut dyn v1::Decoder) -> Result<Self, v1::CodecError> {
        v1::read_by_kind(decoder, |kind, decoder| match kind {
            Kind::Null | Kind::Integer => v1::Decode::decode(decoder).map(Self::Maybe),
            Kind::Bool => Ok(Self::Nothing),
            Kind::Number | Kind::Text | Kind::List | Kind::Object => decoder.any().map(Self::Any),
        })
    }
}

#[test]
fn a_branch_by_type_may_read_an_option_or_anything() {
    assert_eq!(read("null"), Ok(Loose::Maybe(None)));
    assert_eq!(read("3"), Ok(Loose::Maybe(Some(3))));
    assert_eq!(read("true"), Ok(Loose::Nothing));
    for text in [
        "2.5",
        "\"a\"",
        r#"[1,[null,-2],{"a":[]}]"#,
        "[]",
        r#"{"b":{"c":[1]},"a":null}"#,
    ] {
        let value: Value = read(text).unwrap();
        assert_eq!(read(text), Ok(Loose::Any(value)), "{text}");
    }
}

/// A branch as it is written: members, and the others.
struct Branch<'a>(&'a [v1::Member<'a>], v1::Map<i64>);

impl v1::Encode for Branch<'_> {
    fn encode(&self, encoder: &mut dyn v1::Encoder) -> Result<(), v1::CodecError> {
        v1::write_object_with_rest(encoder, self.0, &self.1)
    }
}

struct WithTag<'a>(&'a dyn v1::Encode);

impl v1::Encode for WithTag<'_> {
    fn encode(&self, encoder: &mut dyn v1::Encoder) -> Result<(), v1::CodecError> {
        v1::write_tagged(encoder, "@", "a", self.0)
    }
}

#[test]
fn the_tag_that_a_branch_has_itself_stays() {
    let (none, own) = (None::<String>, Some("own".to_owned()));
    let rest = |name: &str| v1::Map::from([(name.to_owned(), 5)]);
    for (members, others, text) in [
        (&own, "x", r#"{"m":1,"@":"own","x":5}"#),
        (&none, "x", r#"{"@":"a","m":1,"x":5}"#),
        (&none, "@", r#"{"m":1,"@":5}"#),
    ] {
        let members: &[v1::Member<'_>] = &[("m", &1_i64), ("@", members)];
        assert_eq!(write(&WithTag(&Branch(members, rest(others)))), text);
    }
}

#[test]
fn what_is_no_object_has_no_place_for_a_tag() {
    for (text, found) in [
        ("null", "null"),
        ("true", "a boolean"),
        ("-1", "a number"),
        ("1", "a number"),
        ("1.5", "a number"),
        ("1.50", "a number"),
        ("\"a\"", "a text"),
        ("[]", "a list"),
    ] {
        let value: Value = read(text).unwrap();
        let failure = v1::to_json(&WithTag(&value)).unwrap_err();
        assert_eq!((failure.expected(), failure.found()), ("an object", found));
    }
}
