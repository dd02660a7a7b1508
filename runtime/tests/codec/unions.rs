use typewright_runtime::codegen::v1::{self, Kind};

use crate::sample::Label;
use crate::{read, refused, write};

#[derive(Debug, PartialEq)]
struct Cat {
    name: String,
    lives: Option<i64>,
}

impl v1::Decode for Cat {
    fn decode(decoder: &mut dyn v1::Decoder) -> Result<Self, v1::CodecError> {
        let mut name = None;
        let mut lives = None;
        let fields: &mut [v1::Field<'_>] = &mut [("name", &mut name), ("lives", &mut lives)];
        v1::read_object(decoder, fields)?;
        Ok(Self {
            name: v1::required("name", name)?,
            lives,
        })
    }
}

impl v1::Encode for Cat {
    fn encode(&self, encoder: &mut dyn v1::Encoder) -> Result<(), v1::CodecError> {
        let fields: &[v1::Member<'_>] = &[("name", &self.name), ("lives", &self.lives)];
        encoder.object(fields)
    }
}

/// A branch that declares the tag itself, and keeps what it does not know.
#[derive(Debug, PartialEq)]
struct Dog {
    kind: String,
    rest: v1::Map<v1::Value>,
}

impl v1::Decode for Dog {
    fn decode(decoder: &mut dyn v1::Decoder) -> Result<Self, v1::CodecError> {
        let mut kind = None;
        let mut rest = v1::Map::new();
        let fields: &mut [v1::Field<'_>] = &mut [("type", &mut kind)];
        v1::read_object_with_rest(decoder, fields, &mut rest)?;
        Ok(Self {
            kind: v1::required("type", kind)?,
            rest,
        })
    }
}

impl v1::Encode for Dog {
    fn encode(&self, encoder: &mut dyn v1::Encoder) -> Result<(), v1::CodecError> {
        let fields: &[v1::Member<'_>] = &[("type", &self.kind)];
        v1::write_object_with_rest(encoder, fields, &self.rest)
    }
}

#[derive(Debug, PartialEq)]
enum Pet {
    Cat(Box<Cat>),
    Dog(Box<Dog>),
    Unlisted(v1::Value),
}

impl v1::Decode for Pet {
    fn decode(decoder: &mut dyn v1::Decoder) -> Result<Self, v1::CodecError> {
        v1::read_tagged(decoder, "type", |tag, decoder| match tag {
            "cat" => v1::Decode::decode(decoder).map(Self::Cat),
            "dog" => v1::Decode::decode(decoder).map(Self::Dog),
            _ => decoder.any().map(Self::Unlisted),
        })
    }
}

impl v1::Encode for Pet {
    fn encode(&self, encoder: &mut dyn v1::Encoder) -> Result<(), v1::CodecError> {
        match self {
            Self::Cat(cat) => v1::write_tagged(encoder, "type", "cat", cat),
            Self::Dog(dog) => v1::write_tagged(encoder, "type", "dog", dog),
            Self::Unlisted(value) => value.encode(encoder),
        }
    }
}

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
fn a_tagged_union_says_what_is_wrong() {
    type Pets = Vec<Pet>;
    assert!(refused::<Pets>(r#"[{"name":"Tom"}]"#).starts_with("[0].type: expected a value"));
    assert!(refused::<Pets>("[{}]").starts_with("[0].type: expected a value"));
    assert!(
        refused::<Pets>(r#"[{"type":[]}]"#).starts_with("[0].type: expected a text, found a list")
    );
    let inner = refused::<Pets>(r#"[{"type":"cat","name":"a","lives":"x"}]"#);
    assert!(
        inner.starts_with("[0].lives: expected an integer"),
        "{inner}"
    );
    let late = refused::<Pets>(r#"[{"lives":"x","type":"cat","name":"a"}]"#);
    assert!(late.starts_with("[0].lives: expected an integer"), "{late}");
    assert!(refused::<Pets>("[3]").starts_with("[0]: expected an object"));
    assert!(read::<Pets>(r#"[{"type":"cat","name":"#)
        .unwrap_err()
        .is_malformed());
}

#[derive(Debug, PartialEq)]
pub enum Any {
    Flag(bool),
    Whole(i64),
    Real(f64),
    Name(String),
    Names(Vec<String>),
    Label(Label),
    Nothing,
}

impl v1::Decode for Any {
    fn decode(decoder: &mut dyn v1::Decoder) -> Result<Self, v1::CodecError> {
        v1::read_by_kind(decoder, |kind, decoder| match kind {
            Kind::Bool => v1::Decode::decode(decoder).map(Self::Flag),
            Kind::Integer => v1::Decode::decode(decoder).map(Self::Whole),
            Kind::Number => v1::Decode::decode(decoder).map(Self::Real),
            Kind::Text => v1::Decode::decode(decoder).map(Self::Name),
            Kind::List => v1::Decode::decode(decoder).map(Self::Names),
            Kind::Object => v1::Decode::decode(decoder).map(Self::Label),
            Kind::Null => Ok(Self::Nothing),
        })
    }
}

#[test]
fn branches_of_different_kinds() {
    let all: Vec<Any> = read(r#"[true,3,2.0,-1,2.5,"a",["b"],{"key":"k"},null]"#).unwrap();
    let label = Label {
        key: "k".to_owned(),
        value: None,
    };
    let expected = [
        Any::Flag(true),
        Any::Whole(3),
        Any::Whole(2),
        Any::Whole(-1),
        Any::Real(2.5),
        Any::Name("a".to_owned()),
        Any::Names(vec!["b".to_owned()]),
        Any::Label(label),
        Any::Nothing,
    ];
    assert_eq!(all, expected);
    assert!(refused::<Vec<Any>>(r#"[{"key":"k","x":1}]"#).starts_with("[0].x: "));
    assert!(refused::<Vec<Any>>(r#"[["a",1]]"#).starts_with("[0][1]: "));
}

#[derive(Debug, PartialEq)]
enum Best {
    Label(Label),
    Cat(Cat),
    Dog(Dog),
}

impl v1::Decode for Best {
    fn decode(decoder: &mut dyn v1::Decoder) -> Result<Self, v1::CodecError> {
        v1::read_trial(
            decoder,
            &[
                ("Label", |decoder| {
                    v1::Decode::decode(decoder).map(Self::Label)
                }),
                ("Cat", |decoder| v1::Decode::decode(decoder).map(Self::Cat)),
                ("Dog", |decoder| v1::Decode::decode(decoder).map(Self::Dog)),
            ],
        )
    }
}

#[test]
fn the_branch_that_knows_most_wins() {
    assert!(matches!(
        read(r#"{"name":"a","lives":1}"#).unwrap(),
        Best::Cat(_)
    ));
    assert!(matches!(read(r#"{"key":"a"}"#).unwrap(), Best::Label(_)));
    assert!(matches!(
        read(r#"{"type":"d","name":"a","x":1}"#).unwrap(),
        Best::Dog(_)
    ));
    let message = refused::<Vec<Best>>("[5]");
    assert!(
        message.starts_with("[0]: expected one of: Label ("),
        "{message}"
    );
    assert!(
        message.contains("Cat (expected an object, found the number 5)"),
        "{message}"
    );
}

/// Texts of a closed list, and numbers as texts.
#[derive(Debug, PartialEq)]
enum Mark {
    Grade(String),
    Points(i64),
}

impl v1::Decode for Mark {
    fn decode(decoder: &mut dyn v1::Decoder) -> Result<Self, v1::CodecError> {
        v1::read_by_text(
            decoder,
            &[
                (
                    &[],
                    ("Points", |decoder| {
                        <v1::Text<i64> as v1::Codec>::decode(decoder).map(Self::Points)
                    }),
                ),
                (
                    &["good", "1"],
                    ("Grade", |decoder| {
                        let text: String = v1::Decode::decode(decoder)?;
                        let listed = ["good", "1"].contains(&text.as_str());
                        let grade = listed.then(|| Self::Grade(text.clone()));
                        grade.ok_or_else(|| v1::CodecError::unlisted("Grade", text))
                    }),
                ),
            ],
        )
    }
}

#[test]
fn a_listed_text_is_of_its_branch_and_others_are_of_what_takes_them() {
    assert_eq!(read::<Mark>("\"good\""), Ok(Mark::Grade("good".to_owned())));
    assert_eq!(read::<Mark>("\"1\""), Ok(Mark::Grade("1".to_owned())));
    assert_eq!(read::<Mark>("\"2\""), Ok(Mark::Points(2)));
    let failure = read::<Mark>("\"bad\"").unwrap_err();
    assert!(
        failure.expected().starts_with("one of: Points ("),
        "{failure}"
    );
    assert!(
        failure
            .expected()
            .contains("; Grade (expected a value that `Grade` lists"),
        "{failure}"
    );
    assert!(read::<Mark>("[\"good\"]")
        .unwrap_err()
        .expected()
        .contains("Grade"));
}
