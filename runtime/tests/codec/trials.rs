//! Branches of unions that are found by trial, and the members that the branch does not read.

use typewright_runtime::codegen::v1::{self, Value};

use crate::{read, refused, write};

/// Branches of two members each, and of an enum that lists another text each.
#[derive(Clone)]
enum Two {
    Ab(Box<Ab>),
    Bc(Box<Bc>),
    Cd(Box<Cd>),
}

v1::union! { Two by (Trial) { 0: Ab from (Ab), 1: Bc from (Bc), 2: Cd from (Cd) }; blank Ab }

struct Ab {
    a: Option<Value>,
    b: Option<Value>,
    state: Option<On>,
}

v1::record! { Ab { a: "a", b: "b", state: "state" } }

struct Bc {
    b: Option<Value>,
    c: Option<Value>,
    state: Option<Off>,
}

v1::record! { Bc { b: "b", c: "c", state: "state" } }

struct Cd {
    c: Option<Value>,
    d: Option<Value>,
    state: Option<On>,
}

v1::record! { Cd { c: "c", d: "d", state: "state" } }

#[derive(Clone)]
enum On {
    On,
    Unlisted(String),
}

v1::choice! { On { On: "on" } Unlisted }

#[derive(Clone)]
enum Off {
    Off,
    Unlisted(String),
}

v1::choice! { Off { Off: "off" } Unlisted }

/// The branch that a text is read as, and whether its `state` is no listed one.
fn branch(text: &str) -> (&'static str, bool) {
    let is_unlisted = |on: &Option<On>| matches!(on, Some(On::Unlisted(_)));
    match read(text).unwrap() {
        Two::Ab(ab) => ("AB", is_unlisted(&ab.state)),
        Two::Bc(bc) => ("BC", matches!(bc.state, Some(Off::Unlisted(_)))),
        Two::Cd(cd) => ("CD", is_unlisted(&cd.state)),
    }
}

#[test]
fn the_branch_that_names_most_wins_wherever_it_stands() {
    for (text, best) in [
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
        assert_eq!(branch(text), (best, false), "{text}");
    }
    assert_eq!(branch(r#"{"b":1,"state":"?"}"#), ("AB", true));
}

/// Lists, and unions by a tag within one that is tried.
#[derive(Clone)]
enum Nested {
    Tagged(Vec<Tagged>),
    Names(Vec<String>),
}

v1::union! { Nested by (Trial) { 0: Tagged, 1: Names }; blank Tagged }

/// A branch that is read, one that reads nothing, and one that is not listed.
#[derive(Clone)]
enum Tagged {
    Key(Box<Key>),
    Nothing(Nothing),
    Unlisted(Value),
}

v1::union! { Tagged by (Undeclared "@") { 0: Key from (Key) ("label"), 1: Nothing ("nothing") } Unlisted }

struct Key {
    key: String,
}

v1::record! { Key { key: "key" } }

/// A type of the caller's own that leaves the value to be passed over.
#[derive(Clone, Debug, PartialEq)]
struct Nothing;

impl v1::Decode for Nothing {
    fn decode(_: &mut dyn v1::Decoder) -> Result<Self, v1::CodecError> {
        Ok(Self)
    }
}

impl v1::Encode for Nothing {
    fn encode(&self, encoder: &mut dyn v1::Encoder) -> Result<(), v1::CodecError> {
        encoder.object(&[])
    }
}

fn label(key: &str) -> Tagged {
    Tagged::from(Key { key: key.to_owned() })
}

#[test]
fn what_a_branch_leaves_is_passed_over() {
    let all =
        r#"[{"@":"nothing","a":[{}],"b":{"c":1}},{"@":"label","key":"k","x":[1]},{"@":"nothing"}]"#;
    let expected = [Tagged::Nothing(Nothing), label("k"), Tagged::Nothing(Nothing)];
    assert_eq!(read::<Vec<Tagged>>(all).unwrap(), expected);
    // The same, where the union is tried and reads from a value that was kept.
    assert_eq!(read::<Nested>(all).unwrap(), Nested::Tagged(expected.into()));
    let names = Nested::Names(vec!["a".to_owned(), "b".to_owned()]);
    assert_eq!(read::<Nested>(r#"["a","b"]"#).unwrap(), names);
    let message = refused::<Nested>(r#"[{"@":"label"}]"#);
    assert!(message.contains("Tagged ([0].key: expected a value"), "{message}");
    assert!(message.contains("Names ([0]: expected a text, found an object"), "{message}");
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
#[derive(Clone)]
enum Loose {
    Maybe(Option<i64>),
    Any(Value),
    Nothing(Nothing),
}

v1::union! { Loose by (Kind) {
    0: Maybe [Null | Integer], 1: Any [Number | Text | List | Object], 2: Nothing [Bool]
}; blank Maybe }

#[test]
fn a_branch_by_type_may_read_an_option_or_anything() {
    assert_eq!(read("null"), Ok(Loose::Maybe(None)));
    assert_eq!(read("3"), Ok(Loose::Maybe(Some(3))));
    assert_eq!(read("true"), Ok(Loose::Nothing(Nothing)));
    for text in ["2.5", "\"a\"", r#"[1,[null,-2],{"a":[]}]"#, "[]", r#"{"b":{"c":[1]},"a":null}"#] {
        let value: Value = read(text).unwrap();
        assert_eq!(read(text), Ok(Loose::Any(value)), "{text}");
    }
}

/// A branch that has the tag itself, perhaps among the others, and one that need not be an object.
#[derive(Clone)]
enum WithTag {
    Branch(Box<Branch>),
    Any(Value),
    Unlisted(Value),
}

v1::union! { WithTag by (Undeclared "@") { 0: Branch from (Branch) ("a"), 1: Any ("b") } Unlisted }

struct Branch {
    m: i64,
    tag: Option<String>,
    rest: v1::Map<i64>,
}

v1::record! { Branch { m: "m", tag: "@", ..rest } }

#[test]
fn the_tag_that_a_branch_has_itself_stays() {
    let (none, text) = (None::<String>, Some("own".to_owned()));
    let rest = |name: &str| v1::Map::from([(name.to_owned(), 5)]);
    for (tag, others, text) in [
        (&text, "x", r#"{"m":1,"@":"own","x":5}"#),
        (&none, "x", r#"{"@":"a","m":1,"x":5}"#),
        (&none, "@", r#"{"m":1,"@":5}"#),
    ] {
        let branch = Branch { m: 1, tag: tag.clone(), rest: rest(others) };
        assert_eq!(write(&WithTag::from(branch)), text);
    }
}

#[test]
fn what_is_no_object_has_no_place_for_a_tag() {
    for (text, expected) in [
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
        let failure = v1::to_json(&WithTag::Any(value)).unwrap_err();
        assert_eq!((failure.expected(), failure.actual()), ("an object", expected));
    }
}
