//! `Debug`, `PartialEq`, `Hash` and `Clone` of generated types, which are derived from what they write.

#![expect(clippy::disallowed_types, reason = "any hasher does for a comparison of hashes")]

use std::hash::{BuildHasher, Hash, RandomState};

use typewright_runtime::codegen::v1::{self, Maybe, Value};

use crate::sample::{job, Job, Label, State};
use crate::unions::Any;
use crate::{read, write};

struct Account {
    user_name: String,
    token: v1::Secret,
    share: Option<f64>,
    limits: v1::Map<f64>,
}

v1::record! { Account { user_name: "userName", token: "token", share: "share", ..limits } }

fn account(text: &str) -> Account {
    read(text).unwrap()
}

const ACCOUNT: &str = r#"{"userName":"ann","token":"hunter2","share":0.5,"disk":1.5,"net":2.5}"#;

#[test]
fn records_are_shown_as_if_derived_by_their_names_on_the_wire() {
    assert_eq!(
        format!("{:?}", account(ACCOUNT)),
        r#"Account { userName: "ann", token: ***, share: Some(0.5), ..: {"disk": 1.5, "net": 2.5} }"#
    );
    assert_eq!(
        format!("{:?}", job()),
        r#"Job { customData: Some([Label { key: "a", value: Some("b") }, Label { key: "c", value: None }]), bucketId: "5f", hour: Some(8), parent: None, note: Null, state: Some(Queued), size: 3, ..: {"extra": Object({"z": Number(Number(1.50)), "a": List([Number(Number(1e3)), Number(Number(-0)), Number(Number(12345678901234567890123))])})} }"#
    );
    assert_eq!(
        format!("{:#?}", Label::new("a").with_value("b")),
        "Label {\n    key: \"a\",\n    value: Some(\n        \"b\",\n    ),\n}"
    );
}

#[derive(Clone)]
enum Level {
    Low,
    Unlisted,
    Other(i64),
}

v1::integer_choice! { Level { Low: 1, Unlisted: 2 } Other }

#[derive(Clone)]
enum Mixed {
    On,
    Half,
    Pair,
    Unlisted(Value),
}

v1::value_choice! { Mixed { On: "true", Half: "0.5", Pair: "{\"a\":1,\"b\":2}" } Unlisted }

#[derive(Clone)]
enum Event {
    Job(Box<Job>),
    Label(Box<Label>),
    Other(Value),
}

v1::union! { Event by (Undeclared "kind") { 0: Job from (Job) ("job"), 1: Label from (Label) ("label") } Other }

#[test]
fn enums_and_unions_are_shown_by_the_names_of_their_variants() {
    assert_eq!(format!("{:?}", State::Done), "Done");
    let gone = State::Unlisted("gone".to_owned());
    assert_eq!(format!("{gone:?}"), r#"Unlisted("gone")"#);
    assert_eq!(format!("{gone:#?}"), "Unlisted(\n    \"gone\",\n)");
    // A value that the document lists may have the name that values have else that it does not list.
    assert_eq!(format!("{:?} {:?}", Level::Unlisted, Level::Other(7)), "Unlisted Other(7)");
    assert_eq!(format!("{:?}", Mixed::Half), "Half");
    assert_eq!(format!("{:?}", Mixed::from(Value::Null)), "Unlisted(Null)");
    assert_eq!(
        format!("{:?}", Event::from(Label::new("a"))),
        r#"Label(Label { key: "a", value: None })"#
    );
    assert_eq!(format!("{:?}", Event::Other(Value::Bool(true))), "Other(Bool(true))");
    assert_eq!(format!("{:?} {:?}", Any::Nothing(()), Any::Real(0.5)), "Nothing(()) Real(0.5)");
}

#[test]
fn records_are_equal_member_by_member() {
    assert_eq!(account(ACCOUNT), account(ACCOUNT));
    for other in [
        r#"{"userName":"bob","token":"hunter2","share":0.5,"disk":1.5,"net":2.5}"#,
        r#"{"userName":"ann","token":"hunter3","share":0.5,"disk":1.5,"net":2.5}"#,
        r#"{"userName":"ann","token":"hunter2","disk":1.5,"net":2.5}"#,
        r#"{"userName":"ann","token":"hunter2","share":0.5,"disk":1.5,"net":2}"#,
        r#"{"userName":"ann","token":"hunter2","share":0.5,"disk":1.5}"#,
    ] {
        assert_ne!(account(ACCOUNT), account(other), "{other}");
    }
    // Further members are a map, whose order is of no account.
    let moved = r#"{"net":2.5,"userName":"ann","token":"hunter2","share":0.5,"disk":1.5}"#;
    assert_eq!(account(ACCOUNT), account(moved));
}

#[test]
fn what_is_no_number_is_not_equal_to_itself() {
    let mut one = account(ACCOUNT);
    one.share = Some(f64::NAN);
    assert_ne!(one, one.clone());
    one.share = None;
    assert_eq!(one, one.clone());
    one.limits.insert("cpu".to_owned(), f64::NAN);
    assert_ne!(one, one.clone());
    assert_ne!(Any::Real(f64::NAN), Any::Real(f64::NAN));
}

#[test]
fn unions_are_equal_branch_by_branch() {
    assert_eq!(Any::Whole(1), Any::Whole(1));
    assert_ne!(Any::Whole(1), Any::Whole(2));
    assert_ne!(Any::Whole(1), Any::Real(1.0));
    let event = |text: &str| read::<Event>(text).unwrap();
    let label = r#"{"kind":"label","key":"a"}"#;
    assert_eq!(event(label), Event::from(Label::new("a")));
    assert_ne!(event(label), Event::from(Label::new("b")));
    assert_ne!(event(label), Event::Other(read(label).unwrap()));
    assert_eq!(event(r#"{"kind":"x"}"#), event(r#"{"kind":"x"}"#));
}

/// Values that are equal have one hash; those of the list have hashes of their own.
fn consistent<T: Hash + Eq + std::fmt::Debug>(equal: &[(T, T)]) {
    let hasher = RandomState::new();
    for (at, (one, other)) in equal.iter().enumerate() {
        assert_eq!(one, other);
        assert_eq!(hasher.hash_one(one), hasher.hash_one(other), "{one:?}");
        for (another, _) in equal.iter().take(at) {
            assert_ne!(one, another);
            assert_ne!(hasher.hash_one(one), hasher.hash_one(another), "{one:?} {another:?}");
        }
    }
}

/// A text that a program puts into the variant for others is the value that the document lists.
#[test]
fn equal_values_of_enums_have_one_hash() {
    let unlisted = |text: &str| State::Unlisted(text.to_owned());
    consistent(&[
        (State::Queued, unlisted("Queued")),
        (State::Done, State::from("Done")),
        (unlisted("gone"), State::from("gone")),
    ]);
    consistent(&[
        (Level::Low, Level::Other(1)),
        (Level::Unlisted, Level::from(2)),
        (Level::Other(7), Level::from(7)),
    ]);
    let value = |text: &str| Mixed::Unlisted(read(text).unwrap());
    consistent(&[
        (Mixed::On, value("true")),
        (Mixed::Half, value("5e-1")),
        (Mixed::Pair, value(r#"{"b":2.0,"a":1}"#)),
        (value("[1,{}]"), value("[1.0,{}]")),
        (value("\"true\""), value("\"true\"")),
        (value("null"), value("null")),
        (value("-0"), value("0.0")),
    ]);
    let counts = v1::KeyedMap::from([(State::Done, 1)]);
    assert_eq!(counts.get(&unlisted("Done")), Some(&1));
}

#[test]
fn a_text_for_others_that_is_listed_is_written_and_shown_as_listed() {
    let done = State::Unlisted("Done".to_owned());
    assert_eq!(format!("{done:?} {done}"), "Done Done");
    assert_eq!(write(&done), "\"Done\"");
}

#[test]
fn copies_are_exact_and_stand_alone() {
    let mut original = job();
    original.note = Maybe::Value("later".to_owned());
    for note in [Maybe::Absent, Maybe::Null, Maybe::Value("later".to_owned())] {
        original.note = note;
        let copy = original.clone();
        assert_eq!(copy, original);
        assert_eq!(format!("{copy:?}"), format!("{original:?}"));
        assert_eq!(write(&copy), write(&original));
    }
    let mut copy = original.clone();
    copy.hour = None;
    copy.custom_data.as_mut().unwrap()[0].key.push('x');
    copy.additional.shift_remove("extra");
    assert_ne!(copy, original);
    assert_eq!(original.hour, Some(8));
    assert_eq!(original.custom_data.as_ref().unwrap()[0].key, "a");
    assert!(original.additional.contains_key("extra"));
    // What cannot be written can be copied.
    let mut odd = account(ACCOUNT);
    odd.share = Some(f64::INFINITY);
    assert_eq!(odd.clone().share, Some(f64::INFINITY));
    assert_eq!(odd.clone().token.expose(), "hunter2");
    // An order of further members that the names do not have.
    let moved = account(r#"{"userName":"a","token":"b","z":1.5,"a":2.5}"#);
    assert_eq!(write(&moved.clone()), write(&moved));
    let event = Event::from(original);
    assert_eq!(event.clone(), event);
}

struct Coded {
    rest: v1::Map<i64>,
}

v1::record! { Coded { ..rest as v1::Text<i64> } }

#[test]
fn further_members_by_a_codec_are_shown_compared_and_copied() {
    let coded: Coded = read(r#"{"a":"1","b":"2"}"#).unwrap();
    assert_eq!(format!("{coded:?}"), r#"Coded { ..: {"a": 1, "b": 2} }"#);
    let mut copy = coded.clone();
    assert_eq!(copy, coded);
    assert_eq!(write(&copy), r#"{"a":"1","b":"2"}"#);
    copy.rest["b"] = 3;
    assert_ne!(copy, coded);
}
