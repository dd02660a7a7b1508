use typewright_runtime::codegen::v1;

use crate::sample::Label;
use crate::{read, refused, write};

struct Cat {
    name: String,
    lives: Option<i64>,
}

v1::record! { Cat { name: "name", lives: "lives" } }

/// A branch that declares the tag itself, and keeps what it does not know.
struct Dog {
    kind: String,
    rest: v1::Map<v1::Value>,
}

v1::record! { Dog { kind: "type", ..rest } }

#[derive(Clone)]
enum Pet {
    Cat(Box<Cat>),
    Dog(Box<Dog>),
    Unlisted(v1::Value),
}

v1::union! { Pet by (Undeclared "type") {
    0: Cat from (Cat) ("cat"), 1: Dog from (Dog) ("dog")
} Unlisted }

#[test]
fn a_tag_is_neither_eaten_nor_doubled() {
    for text in [
        r#"{"type":"cat","name":"Tom","lives":9}"#,
        r#"{"type":"dog","bark":1.50}"#,
        r#"{"type":"fish","fins":[1e2,{"a":null}],"n":1.50}"#,
        r#"{"type":7,"n":null}"#,
    ] {
        assert_eq!(write(&read::<Pet>(text).unwrap()), text);
    }
}

#[test]
fn a_tag_may_stand_anywhere() {
    let cat: Pet = read(r#"{"lives":9,"name":"Tom","type":"cat"}"#).unwrap();
    assert_eq!(write(&cat), r#"{"type":"cat","name":"Tom","lives":9}"#);
    let fish = r#"{"fins":1.50,"type":"fish"}"#;
    assert_eq!(write(&read::<Pet>(fish).unwrap()), fish);
}

#[test]
fn a_tag_that_is_a_number_keeps_its_text() {
    for text in [r#"{"type":1.50,"n":2.50}"#, r#"{"type":1e33}"#] {
        assert_eq!(write(&read::<Pet>(text).unwrap()), text);
    }
}

#[test]
fn a_tagged_union_says_what_is_wrong() {
    type Pets = Vec<Pet>;
    assert!(refused::<Pets>(r#"[{"name":"Tom"}]"#).starts_with("[0].type: expected a value"));
    assert!(refused::<Pets>("[{}]").starts_with("[0].type: expected a value"));
    assert!(
        refused::<Pets>(r#"[{"type":[]}]"#).starts_with("[0].type: expected a text, found a list")
    );
    let inner = refused::<Pets>(r#"[{"type":"cat","name":"a","lives":"x"}]"#);
    assert!(inner.starts_with("[0].lives: expected an integer"), "{inner}");
    let late = refused::<Pets>(r#"[{"lives":"x","type":"cat","name":"a"}]"#);
    assert!(late.starts_with("[0].lives: expected an integer"), "{late}");
    assert!(refused::<Pets>("[3]").starts_with("[0]: expected an object"));
    assert!(read::<Pets>(r#"[{"type":"cat","name":"#).unwrap_err().is_malformed());
}

/// Branches that take no further members: the tag is none, even though they do not declare it.
#[derive(Clone)]
enum Closed {
    Label(Box<Label>),
    Unlisted(v1::Value),
}

v1::union! { Closed by (Undeclared "type") { 0: Label from (Label) ("label") } Unlisted }

#[test]
fn a_tag_is_no_further_member_of_a_closed_branch() {
    for text in [r#"{"type":"label","key":"k"}"#, r#"{"key":"k","type":"label"}"#] {
        let closed: Closed = read(text).unwrap();
        assert_eq!(closed, Closed::from(Label::new("k")));
        assert_eq!(write(&closed), r#"{"type":"label","key":"k"}"#);
        assert_eq!(read::<v1::Value>(text).unwrap().read::<Closed>(), Ok(closed));
    }
    let other = refused::<Closed>(r#"{"type":"label","key":"k","more":1}"#);
    assert!(other.starts_with("more: expected no member"), "{other}");
    assert!(refused::<Label>(r#"{"type":"label","key":"k"}"#).starts_with("type: expected no"));
}

#[derive(Clone)]
pub enum Any {
    Flag(bool),
    Whole(i64),
    Real(f64),
    Name(String),
    Names(Vec<String>),
    Label(Box<Label>),
    Nothing(()),
}

v1::union! { Any by (Kind) {
    0: Flag [Bool], 1: Whole [Integer], 2: Real [Number], 3: Name [Text], 4: Names [List],
    5: Label from (Label) [Object], 6: Nothing [Null]
}; blank Flag }

#[test]
fn branches_of_different_kinds() {
    let all: Vec<Any> = read(r#"[true,3,2.0,-1,2.5,"a",["b"],{"key":"k"},null]"#).unwrap();
    let label = Label::new("k");
    let expected = [
        Any::Flag(true),
        Any::Whole(3),
        Any::Whole(2),
        Any::Whole(-1),
        Any::Real(2.5),
        Any::Name("a".to_owned()),
        Any::Names(vec!["b".to_owned()]),
        Any::from(label),
        Any::Nothing(()),
    ];
    assert_eq!(all, expected);
    assert!(refused::<Vec<Any>>(r#"[{"key":"k","x":1}]"#).starts_with("[0].x: "));
    assert!(refused::<Vec<Any>>(r#"[["a",1]]"#).starts_with("[0][1]: "));
}

/// A branch that keeps numbers as they come, told by the JSON type.
#[derive(Clone)]
enum Price {
    Amount(v1::Number),
    Name(String),
}

v1::union! { Price by (Kind) { 0: Amount [Integer | Number], 1: Name [Text] }; blank Name }

#[test]
fn numbers_are_not_rounded_on_their_way_to_a_branch() {
    assert_eq!(read::<Any>("9007199254740993.0"), Ok(Any::Whole(9_007_199_254_740_993)));
    // Integers that the branch for them has no room for are numbers.
    for text in ["1.8446744073854775e19", "9.3e18", "-1e300"] {
        let direct = read::<Any>(text).unwrap();
        assert_eq!(direct, Any::Real(text.parse().unwrap()));
        assert_eq!(read::<v1::Value>(text).unwrap().read::<Any>(), Ok(direct));
        assert_eq!(write(&read::<Any>(text).unwrap()), text);
    }
    for text in ["1.50", "0.12345678901234567890", "1e33", "2.0"] {
        assert_eq!(write(&read::<Price>(text).unwrap()), text);
    }
}

#[derive(Clone)]
enum Best {
    Label(Box<Label>),
    Cat(Box<Cat>),
    Dog(Box<Dog>),
}

v1::union! { Best by (Trial) {
    0: Label from (Label), 1: Cat from (Cat), 2: Dog from (Dog)
}; blank Label }

#[test]
fn the_branch_that_knows_most_wins() {
    assert!(matches!(read(r#"{"name":"a","lives":1}"#).unwrap(), Best::Cat(_)));
    assert!(matches!(read(r#"{"key":"a"}"#).unwrap(), Best::Label(_)));
    assert!(matches!(read(r#"{"type":"d","name":"a","x":1}"#).unwrap(), Best::Dog(_)));
    let message = refused::<Vec<Best>>("[5]");
    assert!(message.starts_with("[0]: expected one of: Label ("), "{message}");
    assert!(message.contains("Cat (expected an object, found the number 5)"), "{message}");
}

/// Texts of a closed list, and numbers as texts.
#[derive(Clone)]
enum Mark {
    Points(i64),
    Grade(Grade),
}

v1::union! { Mark by (Text) {
    0: Points as (v1::Text<i64>), 1: Grade ("good" | "1")
}; blank Points }

#[derive(Clone, Copy)]
enum Grade {
    Good,
    One,
}

v1::choice! { Grade { Good: "good", One: "1" } }

#[test]
fn a_listed_text_is_of_its_branch_and_others_are_of_what_takes_them() {
    assert_eq!(read::<Mark>("\"good\""), Ok(Mark::Grade(Grade::Good)));
    assert_eq!(read::<Mark>("\"1\""), Ok(Mark::Grade(Grade::One)));
    assert_eq!(read::<Mark>("\"2\""), Ok(Mark::Points(2)));
    let failure = read::<Mark>("\"bad\"").unwrap_err();
    assert!(failure.expected().starts_with("one of: Points ("), "{failure}");
    assert!(
        failure.expected().contains("; Grade (expected a value that `Grade` lists"),
        "{failure}"
    );
    assert!(read::<Mark>("[\"good\"]").unwrap_err().expected().contains("Grade"));
}
