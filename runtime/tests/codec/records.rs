//! Records: repeated members, members in every presence, and recursive types.

use std::net::IpAddr;
use std::num::NonZeroU16;

use typewright_runtime::codegen::v1::{self, Maybe, Value};

use crate::{read, refused, write};

/// A record of each kind of member.
struct Outer {
    inner: Inner,
    list: Vec<i64>,
    other: Option<Box<Inner>>,
    count: Option<i64>,
    rest: v1::Map<i64>,
}

v1::record! { Outer {
    inner: "inner", list: "list", other: "other", count: "count" as v1::Optional<v1::Text<i64>>, ..rest
} }

struct Inner {
    a: i64,
    b: Option<i64>,
}

v1::record! { Inner { a: "a", b: "b" } }

#[test]
fn of_members_that_come_twice_the_last_counts_whole() {
    let text = r#"{"list":[1,2],"inner":{"a":1,"b":2},"other":{"a":1,"b":2},"x":1,"y":2,"count":"1",
        "inner":{"a":3},"list":[3],"other":{"a":4},"x":5,"count":"6"}"#;
    let last = r#"{"inner":{"a":3},"list":[3],"other":{"a":4},"count":"6","x":5,"y":2}"#;
    let outer: Outer = read(text).unwrap();
    assert_eq!(write(&outer), last);
    assert_eq!(write(&read::<Value>(text).unwrap().read::<Outer>().unwrap()), last);
    let parts: Parts = read(r#"{"own":1,"text":"1","own":2,"text":"2","own":3}"#).unwrap();
    assert_eq!((parts.declared, parts.text), (3, 2));
    // Absent values count like others.
    let none =
        r#"{"inner":{"a":1},"list":[],"other":{"a":1},"other":null,"count":"1","count":null}"#;
    let outer: Outer = read(none).unwrap();
    assert_eq!(write(&outer), r#"{"inner":{"a":1},"list":[]}"#);
}

#[test]
fn a_value_that_is_refused_is_refused_wherever_it_comes_twice() {
    assert!(refused::<Inner>(r#"{"a":true,"a":1}"#).starts_with("a: expected an integer"));
    assert!(refused::<Inner>(r#"{"a":1,"a":null}"#).starts_with("a: expected a value, found null"));
    assert!(refused::<Inner>(r#"{"a":null,"a":1}"#).starts_with("a: expected a value, found null"));
}

/// Every presence, by a codec and without one.
struct Presences {
    required: i64,
    nullable: Option<i64>,
    optional: Option<i64>,
    maybe: Maybe<i64>,
    coded: i64,
    coded_nullable: Option<i64>,
    coded_optional: Option<i64>,
    coded_maybe: Maybe<i64>,
    any: Value,
}

v1::record! { Presences {
    required: "required", nullable: "nullable" as v1::Null<v1::Native<i64>>, optional: "optional",
    maybe: "maybe", coded: "coded" as v1::Text<i64>,
    coded_nullable: "codedNullable" as v1::Null<v1::Text<i64>>,
    coded_optional: "codedOptional" as v1::Optional<v1::Text<i64>>,
    coded_maybe: "codedMaybe" as v1::MaybeBy<v1::Text<i64>>, any: "any"
} }

/// The same, made of its parts.
#[derive(Clone)]
struct PresencesByParts {
    required: i64,
    nullable: Option<i64>,
    optional: Option<i64>,
    maybe: Maybe<i64>,
    coded: i64,
    coded_nullable: Option<i64>,
    coded_optional: Option<i64>,
    coded_maybe: Maybe<i64>,
    any: Value,
}

v1::record_by_parts! { PresencesByParts {
    required: "required" as v1::Native<i64>, nullable: "nullable" as v1::Null<v1::Native<i64>>,
    optional: "optional" as v1::Optional<v1::Native<i64>>, maybe: "maybe" as v1::MaybeBy<v1::Native<i64>>,
    coded: "coded" as v1::Text<i64>, coded_nullable: "codedNullable" as v1::Null<v1::Text<i64>>,
    coded_optional: "codedOptional" as v1::Optional<v1::Text<i64>>,
    coded_maybe: "codedMaybe" as v1::MaybeBy<v1::Text<i64>>, any: "any" as v1::Native<Value>
} }

const LEAST: &str = r#"{"required":1,"nullable":null,"coded":"2","codedNullable":null,"any":null}"#;
const MOST: &str = r#"{"required":1,"nullable":2,"optional":3,"maybe":4,"coded":"5","codedNullable":"6","codedOptional":"7","codedMaybe":"8","any":[9]}"#;
const NULLS: &str = r#"{"required":1,"nullable":null,"maybe":null,"coded":"5","codedNullable":null,"codedMaybe":null,"any":null}"#;

/// The object without a member, and with null for it.
fn without(name: &str) -> [String; 2] {
    let mut object = read::<v1::Map<Value>>(MOST).unwrap();
    object.insert(name.to_owned(), Value::Null);
    let null = write(&object);
    object.shift_remove(name);
    [write(&object), null]
}

#[test]
fn every_presence_is_read_and_written() {
    for text in [LEAST, MOST, NULLS] {
        assert_eq!(write(&read::<Presences>(text).unwrap()), text);
        assert_eq!(write(&read::<PresencesByParts>(text).unwrap()), text);
    }
}

#[test]
fn what_is_required_is_missed_and_null_only_where_it_is_allowed() {
    for (name, absent, null) in [
        ("required", "expected a value, found nothing or null", "expected a value, found null"),
        ("coded", "expected a value, found nothing or null", "expected a value, found null"),
        ("nullable", "expected a value or null, found nothing", ""),
        ("codedNullable", "expected a value or null, found nothing", ""),
        ("any", "expected a value or null, found nothing", ""),
        ("optional", "", ""),
        ("codedOptional", "", ""),
        ("maybe", "", ""),
        ("codedMaybe", "", ""),
    ] {
        for (text, message) in without(name).iter().zip([absent, null]) {
            for refused in [refused::<Presences>(text), refused::<PresencesByParts>(text)] {
                if message.is_empty() {
                    assert!(refused.ends_with("was read"), "{refused}");
                } else {
                    assert!(refused.starts_with(&format!("{name}: {message}")), "{refused}");
                }
            }
        }
    }
}

/// One member of each type that has a value before it is read.
struct Blanks {
    flag: bool,
    integer: i64,
    float: f64,
    number: v1::Number,
    text: String,
    secret: v1::Secret,
    time: v1::DateTime,
    day: v1::Date,
    bytes: v1::Bytes,
    list: Vec<i64>,
    map: v1::Map<i64>,
    choice: Colour,
    union: Shape,
    pair: (i64, String),
    boxed: Box<Inner>,
    names: Names,
    lenient: v1::Lenient<v1::Date>,
}

v1::record! { Blanks {
    flag: "flag", integer: "integer", float: "float", number: "number", text: "text",
    secret: "secret", time: "time", day: "day", bytes: "bytes" as v1::Base64, list: "list",
    map: "map", choice: "choice", union: "union", pair: "pair", boxed: "boxed", names: "names",
    lenient: "lenient"
} }

#[derive(Clone, Copy)]
enum Colour {
    Red,
}

v1::choice! { Colour { Red: "red" } }

#[derive(Clone)]
enum Shape {
    Circle(Box<Inner>),
    Unlisted(Value),
}

v1::union! { Shape by (Undeclared "kind") { 0: Circle from (Inner) ("circle") } Unlisted }

#[derive(Clone, Debug, PartialEq)]
struct Names(pub Vec<Names>);

v1::newtype! { Names; blank blank }

const BLANKS: &str = r#"{"flag":true,"integer":1,"float":1.5,"number":1,"text":"a","secret":"b","time":"2024-05-01T00:00:00Z","day":"2024-05-01","bytes":"AA==","list":[1],"map":{"a":1},"choice":"red","union":{"kind":"circle","a":1},"pair":[1,"a"],"boxed":{"a":1},"names":[[],[[]]],"lenient":"soon"}"#;

/// A blank value stands in a field only until its record is given up or all members are there.
#[test]
fn no_blank_value_is_ever_seen() {
    assert_eq!(write(&read::<Blanks>(BLANKS).unwrap()), BLANKS);
    let all = read::<v1::Map<Value>>(BLANKS).unwrap();
    assert!(refused::<Blanks>("{}").starts_with("flag: expected a value"));
    for name in all.keys() {
        let mut others = all.clone();
        others.shift_remove(name);
        let refused = refused::<Blanks>(&write(&others));
        assert_eq!(refused, format!("{name}: expected a value, found nothing or null"));
    }
    // Within another record, and in a list of them.
    assert!(refused::<Outer>(r#"{"list":[],"inner":{}}"#).starts_with("inner.a: expected a value"));
    assert!(refused::<Vec<Inner>>(r#"[{"a":1},{"b":1}]"#).starts_with("[1].a: expected a value"));
}

/// A record whose types are the caller's own.
#[derive(Clone)]
struct Host {
    address: IpAddr,
    ports: Option<Vec<NonZeroU16>>,
    backup: Maybe<IpAddr>,
    rest: v1::Map<i64>,
}

v1::record_by_parts! { Host {
    address: "address" as v1::ViaText<IpAddr>,
    ports: "ports" as v1::Optional<v1::Each<v1::ViaNumber<NonZeroU16>>>,
    backup: "backup" as v1::MaybeBy<v1::ViaText<IpAddr>>,
    ..rest as v1::Text<i64>
} }

/// Parts, one of them without a codec.
#[derive(Clone)]
struct Parts {
    declared: i64,
    text: i64,
}

v1::record_by_parts! { Parts { declared: "own" as v1::Native<i64>, text: "text" as v1::Text<i64>, ..! } }

#[test]
fn records_are_made_of_parts_of_the_callers_own_types() {
    let text = r#"{"address":"::1","ports":[80,443],"backup":null,"ttl":"60"}"#;
    let host: Host = read(text).unwrap();
    assert_eq!(host.address, IpAddr::from([0, 0, 0, 0, 0, 0, 0, 1]));
    assert_eq!(host.ports.as_ref().map(Vec::len), Some(2));
    assert_eq!((host.backup, host.rest["ttl"]), (Maybe::Null, 60));
    assert_eq!(write(&host), text);
    let least = r#"{"address":"127.0.0.1"}"#;
    let other: Host = read(least).unwrap();
    assert_eq!(write(&other), least);
    assert!(host == host.clone() && host != other);
    assert_eq!(
        format!("{other:?}"),
        r#"Host { address: 127.0.0.1, ports: None, backup: Absent, ..: {} }"#
    );
    assert!(refused::<Host>("{}").starts_with("address: expected a value, found nothing or null"));
    assert!(refused::<Host>(r#"{"address":"home"}"#).starts_with("address: expected "));
    assert!(refused::<Host>(r#"{"address":"::1","ports":[0]}"#).starts_with("ports[0]: expected "));
    assert!(refused::<Host>(r#"{"address":"::1","ttl":"x"}"#).starts_with("ttl: expected "));
}

#[test]
fn closed_records_refuse_members_they_do_not_have() {
    let refused = refused::<Parts>(r#"{"own":1,"text":"1","more":[1,{"a":2}]}"#);
    assert!(
        refused.starts_with("more: expected no member of this name, found a value"),
        "{refused}"
    );
    assert!(read::<Parts>(r#"{"own":1,"text":"1"}"#).is_ok());
    assert!(read::<Value>(r#"{"own":1,"text":"1","more":1}"#).unwrap().read::<Parts>().is_err());
}

struct Tree {
    name: String,
    parent: Option<Box<Tree>>,
    children: Vec<Tree>,
    by_name: v1::Map<Tree>,
}

v1::record! { Tree { name: "name", parent: "parent", children: "children", by_name: "byName" } }

/// A record that has to hold itself, of which there is no value.
#[derive(Clone)]
struct Endless {
    next: Box<Endless>,
}

v1::record_by_parts! { Endless { next: "next" as v1::Boxed<v1::Native<Endless>> } }

#[test]
fn types_that_hold_themselves_are_read_written_compared_and_copied() {
    let leaf = |name: &str| format!(r#"{{"name":{name:?},"children":[],"byName":{{}}}}"#);
    let (a, b, c) = (leaf("a"), leaf("b"), leaf("c"));
    let text = format!(r#"{{"name":"root","parent":{a},"children":[{b}],"byName":{{"c":{c}}}}}"#);
    let tree: Tree = read(&text).unwrap();
    assert_eq!(write(&tree), text);
    let mut copy = tree.clone();
    assert!(copy == tree);
    copy.by_name["c"].name.clear();
    assert!(copy != tree);
    assert_eq!(tree.by_name["c"].name, "c");
    assert!(refused::<Tree>(r#"{"name":"root","children":[{"name":"a"}],"byName":{}}"#)
        .starts_with("children[0].children: expected a value"));
}

#[test]
fn a_type_without_values_is_an_error_at_any_depth() {
    assert!(refused::<Endless>("{}").starts_with("next: expected a value"));
    let nested = |depth: usize| r#"{"next":"#.repeat(depth) + "{}" + &"}".repeat(depth);
    let path = ["next"; 101].join(".");
    assert!(refused::<Endless>(&nested(100)).starts_with(&format!("{path}: expected a value")));
    assert!(read::<Endless>(&nested(100_000)).unwrap_err().is_malformed());
}
