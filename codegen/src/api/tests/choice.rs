//! `enum` and `const`.

use super::{schemas, schemas31};
use insta::assert_snapshot;

#[test]
fn values_of_every_type() {
    assert_snapshot!(schemas("
Text: {type: string, enum: [a, b, a]}
Whole: {type: integer, enum: [1, 2]}
Bare: {enum: [x, y]}
Mixed: {enum: [x, 1, true]}
Yes: {type: boolean, enum: [true]}
Either: {type: boolean, enum: [true, false]}
Maybe: {type: string, nullable: true, enum: [a, null]}
Nothing: {nullable: true, enum: [null]}
Half: {type: number, enum: [0.5, 1]}
Empty: {type: string, enum: ['']}
"), @r#"
    Text = <"a" | "b">
    Whole = <1 | 2>
    Bare = <"x" | "y">
    Mixed = <"x" | 1 | true>
    Yes = <true>
    Either = bool
    Maybe = <"a">?
    Nothing = null
    Half = <0.5 | 1>
    Empty = <"">
    "#);
}

#[test]
fn values_have_names_and_descriptions() {
    assert_snapshot!(schemas("
Listed: {type: integer, enum: [1, 2], x-enum-varnames: [One, Two]}
Named: {type: integer, enum: [1, 2], x-enumNames: [One]}
Microsoft:
  type: string
  enum: [a, b]
  x-ms-enum: {name: M, values: [{value: b, name: Bee, description: A bee}]}
"), @r#"
    Listed = <1 as One | 2 as Two>
    Named = <1 as One | 2>
    Microsoft = <"a" | "b" as Bee>
    "#);
}

#[test]
fn descriptions_come_as_a_map_or_a_list() {
    let (api, _) = super::api(
        &super::document(
            "3.0.3",
            "
Map: {type: string, enum: [a, b], x-enum-descriptions: {a: First, b: ''}}
List: {type: string, enum: [a, b], x-enum-descriptions: [First, Second]}
",
        ),
        &Default::default(),
    );
    let mut described = Vec::new();
    for (_, schema) in api.schemas.iter() {
        if let crate::api::model::Shape::Choice(choice) = &schema.shape {
            let values = choice.values.iter();
            described.extend(values.map(|value| value.docs.description.as_deref()));
        }
    }
    assert_eq!(described, [Some("First"), None, Some("First"), Some("Second")]);
}

#[test]
fn an_enum_next_to_bare_text_is_open() {
    assert_snapshot!(schemas("
Open: {anyOf: [{type: string}, {type: string, enum: [a, b]}]}
Joined: {oneOf: [{type: string, enum: [a, b]}, {$ref: '#/components/schemas/More'}]}
More: {type: string, enum: [b, c]}
OrNumber: {anyOf: [{type: string, enum: [a]}, {type: string}, {type: integer}]}
"), @r#"
    Open = <"a" | "b" | …>
    Joined = <"a" | "b" | "c">
    More = <"b" | "c">
    OrNumber = one of by type {
      <"a" | …>
      integer
    }
    "#);
}

#[test]
fn constants_with_titles_are_a_choice() {
    assert_snapshot!(schemas31("
Kind:
  type: integer
  oneOf: [{title: ROW, const: 1}, {title: BUTTON, const: 2}]
Row:
  type: object
  required: [type]
  properties:
    type: {type: integer, enum: [1], allOf: [{$ref: '#/components/schemas/Kind'}]}
Button:
  type: object
  required: [type]
  properties:
    type: {const: 2, allOf: [{$ref: '#/components/schemas/Kind'}]}
Part: {oneOf: [{$ref: '#/components/schemas/Row'}, {$ref: '#/components/schemas/Button'}]}
"), @r"
    Kind = <1 as ROW | 2 as BUTTON>
    Row = {
      type!: <1 as ROW>
    }
    Button = {
      type!: <2 as BUTTON>
    }
    Part = one of by type: Integer {
      1: Row
      2: Button
    }
    ");
}
