//! `oneOf` and `anyOf`: what they come down to.

use super::{schemas, schemas31};
use insta::assert_snapshot;

#[test]
fn null_single_and_repeated_branches() {
    assert_snapshot!(schemas31("
A: {type: object, properties: {x: {type: string}}}
Use:
  type: object
  properties:
    nullable: {oneOf: [{$ref: '#/components/schemas/A'}, {type: 'null'}]}
    inline: {anyOf: [{type: string, format: uuid}, {type: 'null'}], description: An id}
    single: {oneOf: [{$ref: '#/components/schemas/A'}]}
    twice: {anyOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/A'}]}
    nothing: {anyOf: [{type: 'null'}]}
    anything: {anyOf: [{}, {type: string}]}
"), @r"
    A = {
      x: text
    }
    Use = {
      nullable: A?
      inline: text(Uuid)?
      single: A
      twice: A
      nothing: null
      anything: any
    }
    ");
}

#[test]
fn scalars_fold() {
    assert_snapshot!(schemas("
Numbers: {oneOf: [{type: integer}, {type: number}]}
Ids: {anyOf: [{type: string, format: uuid}, {type: string}]}
Sizes: {anyOf: [{type: string, maxLength: 3}, {type: string, minLength: 9}]}
Times: {oneOf: [{type: string, format: date}, {type: string, format: date-time}]}
Either: {oneOf: [{type: integer, format: int32}, {type: string}, {type: boolean}]}
Typed: {type: string, anyOf: [{enum: [a]}, {enum: [b]}]}
"), @r#"
    Numbers = number
    Ids = text
    Sizes = text
    Times = one of by text {
      text(Date)
      text(DateTime)
    }
    Either = one of by type {
      int32
      text
      bool
    }
    Typed = <"a" | "b">
    TW0304 /components/schemas/Sizes/anyOf/0: which of these limits holds is not checked
    "#);
}

#[test]
fn two_unions_in_one_schema_nest() {
    assert_snapshot!(schemas("
Two:
  type: object
  properties: {id: {type: string}}
  oneOf:
    - {required: [a], properties: {a: {type: string}}}
    - {required: [b], properties: {b: {type: string}}}
  anyOf:
    - {required: [c], properties: {c: {type: string}}}
    - {required: [d], properties: {d: {type: string}}}
"), @r"
    Two = one of by keys a, b {
      one of by keys c, d {
        {
          id: text
          a!: text
          c!: text
        }
        {
          id: text
          a!: text
          d!: text
        }
      }
      one of by keys c, d {
        {
          id: text
          b!: text
          c!: text
        }
        {
          id: text
          b!: text
          d!: text
        }
      }
    }
    ");
}
