//! Reduction of `oneOf` and `anyOf`.

use super::{api, document, schemas, schemas31};
use crate::api::model::{JsonType, Owner, Schema, Shape, Tagging};
use crate::api::Options;
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
    TW0325 /components/schemas/Use/properties/anything/anyOf/0: this branch allows every value, so the other branches of the union are ignored
    ");
}

#[test]
fn scalars_collapse() {
    assert_snapshot!(schemas("
Numbers: {oneOf: [{type: integer}, {type: number}]}
Ids: {anyOf: [{type: string, format: uuid}, {type: string}]}
Sizes: {anyOf: [{type: string, maxLength: 3}, {type: string, minLength: 9}]}
Times: {oneOf: [{type: string, format: date}, {type: string, format: date-time}]}
Either: {oneOf: [{type: integer, format: int32}, {type: string}, {type: boolean}]}
Typed: {type: string, anyOf: [{enum: [a]}, {enum: [b]}]}
"), @r#"
    Numbers = one of by type {
      integer
      number
    }
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
    TW0325 /components/schemas/Ids/anyOf/0: several branches of this union become text without a format
    TW0304 /components/schemas/Sizes/anyOf/0: which of these constraints applies is not checked
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
      {
        id: text
        a!: text
        c: text
        d: text
      }
      {
        id: text
        b!: text
        c: text
        d: text
      }
    }
    TW0304 /components/schemas/Two: which of these properties are present together is not checked
    ");
}

#[test]
fn integers_stay_apart_from_other_numbers() {
    assert_snapshot!(schemas("
Values: {oneOf: [{type: boolean}, {type: integer, format: int64}, {type: number, format: double}, {type: string}]}
Texts: {oneOf: [{type: integer}, {type: number}, {type: string, format: date-time}, {type: string, format: date}]}
Whole: {oneOf: [{type: integer, format: int32}, {type: number, format: int64}]}
Exact: {oneOf: [{type: number}, {type: number, format: decimal}]}
Apart: {oneOf: [{type: string, format: uuid}, {type: string, format: email}]}
"), @r"
    Values = one of by type {
      bool
      int64
      double
      text
    }
    Texts = one of by text {
      integer
      number
      text(DateTime)
      text(Date)
    }
    Whole = integer
    Exact = decimal
    Apart = one of by trial {
      text(Uuid)
      text(Email)
    }
    TW0325 /components/schemas/Whole/oneOf/0: several branches of this union become one type that accepts all of their values
    TW0325 /components/schemas/Exact/oneOf/0: several branches of this union become one type that accepts all of their values
    TW0309 /components/schemas/Apart/oneOf/0: nothing reliably distinguishes the branches of this union
    ");
}

#[test]
fn surplus_branches_are_reported() {
    assert_snapshot!(schemas("
Any: {anyOf: [{}, {type: string}, {type: integer}]}
AnyOrNull: {anyOf: [{}, {enum: [null]}]}
Never: {anyOf: [{type: string}, {not: {}}, {type: integer}]}
Ids: {anyOf: [{type: string, format: uuid}, {type: string}]}
Heir: {allOf: [{$ref: '#/components/schemas/Any'}], description: More of it}
"), @r"
    Any = any
    AnyOrNull = any?
    Never = one of by type {
      text
      integer
    }
    Ids = text
    Heir = same Any
    TW0325 /components/schemas/Any/anyOf/0: this branch allows every value, so the other branches of the union are ignored
    TW0325 /components/schemas/Never/anyOf/1: this branch of the union allows no value and is omitted
    TW0325 /components/schemas/Ids/anyOf/0: several branches of this union become text without a format
    ");
}

#[test]
fn json_types_distinguish_a_union_among_the_branches() {
    let (api, messages) = api(
        &document("3.0.3", "
Key: {anyOf: [{type: string}, {type: integer, format: uint64, minimum: 0}]}
Selector: {anyOf: [{$ref: '#/components/schemas/Key'}, {type: array, items: {$ref: '#/components/schemas/Key'}}, {$ref: '#/components/schemas/Fallback'}]}
Fallback: {type: object, required: [target], properties: {target: {$ref: '#/components/schemas/Key'}}}
Numbers: {anyOf: [{type: number}, {anyOf: [{type: integer}, {type: boolean}]}]}
"),
        &Options::default(),
    );
    assert_eq!(messages, "");
    let types = |name: &str| {
        let named = |schema: &&Schema| schema.owner == Owner::Component(name.to_owned());
        let schema = api.schemas.iter().map(|(_, schema)| schema).find(named);
        let Shape::Union(union) = &schema.unwrap().shape else {
            panic!("{name}");
        };
        assert_eq!(union.tagging, Tagging::Type);
        let types = union.variants.iter().map(|variant| variant.types.clone());
        types.collect::<Vec<_>>()
    };
    use JsonType::{Bool, Fraction, Integer, List, Object, Text};
    assert_eq!(types("Selector"), [vec![Integer, Text], vec![List], vec![Object]]);
    assert_eq!(types("Numbers"), [vec![Fraction], vec![Bool, Integer]]);
}

#[test]
fn objects_that_one_value_may_fit_are_joined() {
    assert_snapshot!(schemas("
A: {type: object, required: [a, s], properties: {a: {type: string}, s: {type: string, description: Of A}}}
B: {type: object, required: [b, s], properties: {b: {type: string}, s: {type: string}}}
Open: {type: object}
Joined: {anyOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]}
Beside: {type: object, properties: {c: {type: integer}}, anyOf: [{$ref: '#/components/schemas/A'}, {type: object, nullable: true, properties: {d: {type: integer}}}]}
Wide: {anyOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/Open'}]}
OneOf: {oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]}
"), @r"
    A = {
      a!: text
      s!: text
    }
    B = {
      b!: text
      s!: text
    }
    Open = {
      *: any
    }
    Joined = {
      a: text
      s!: text
      b: text
    }
    Beside = {
      c: integer
      a: text
      s: text
      d: integer
    }?
    Wide = {
      a: text
      s: text
      *: any
    }
    OneOf = one of by keys a, b {
      A
      B
    }
    TW0304 /components/schemas/Joined: which of these properties are present together is not checked
    TW0304 /components/schemas/Beside: which of these properties are present together is not checked
    TW0304 /components/schemas/Wide: which of these properties are present together is not checked
    ");
}

#[test]
fn keywords_beside_a_union_concern_the_alternatives_of_their_type() {
    assert_snapshot!(schemas("
Command: {items: {type: string}, oneOf: [{type: array, items: {}}, {type: string}]}
Named: {properties: {name: {type: string}}, anyOf: [{type: object, properties: {size: {type: integer}}}, {type: string}]}
Declared: {type: string, oneOf: [{items: {}}, {properties: {name: {type: string}}}, {minLength: 2}]}
Inherited: {type: string, allOf: [{items: {type: integer}}]}
Wrong: {type: array, items: {type: string}, oneOf: [{type: array, items: {}}, {type: string}]}
"), @r"
    Command = one of by type {
      [text]
      text
    }
    Named = one of by type {
      {
        name: text
        size: integer
      }
      text
    }
    Declared = text
    Inherited = text
    Wrong = one of by type {
      [text]
      text
    }
    TW0304 /components/schemas/Declared/oneOf/0: which of these constraints applies is not checked
    TW0303 /components/schemas/Wrong/oneOf/1: this `type` allows no value that the other parts of the schema allow
    ");
}

#[test]
fn contradicting_objects_retain_undeclared_properties() {
    assert_snapshot!(schemas("
A: {type: object, required: [a], properties: {a: {type: string}, s: {type: string}}}
B: {type: object, required: [b], properties: {b: {type: string}, s: {type: integer}}}
C: {type: object, required: [c], properties: {c: {type: string}, s: {type: integer}}}
K: {type: object, required: [k], properties: {k: {type: string, enum: [k]}}}
L: {type: object, required: [k], properties: {k: {type: string, enum: [l]}}}
Inner: {oneOf: [{$ref: '#/components/schemas/B'}, {$ref: '#/components/schemas/C'}]}
Kept: {anyOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/Inner'}, {type: string}]}
Told: {anyOf: [{$ref: '#/components/schemas/K'}, {$ref: '#/components/schemas/L'}]}
"), @r#"
    A = {
      a!: text
      s: text
      *: any
    }
    B = {
      b!: text
      s: integer
      *: any
    }
    C = {
      c!: text
      s: integer
      *: any
    }
    K = {
      k!: <"k">
    }
    L = {
      k!: <"l">
    }
    Inner = one of by keys b, c {
      B
      C
    }
    Kept = one of by trial {
      A
      Inner
      text
    }
    Told = one of by k: Text {
      k: K
      l: L
    }
    TW0309 /components/schemas/Kept/anyOf/0: nothing reliably distinguishes the branches of this union
    "#);
}

#[test]
fn disjoint_branches_are_tried_without_a_diagnostic() {
    assert_snapshot!(schemas31("
Types: {oneOf: [{type: object, required: [id], properties: {id: {type: string}}}, {type: object, required: [id], properties: {id: {type: integer}}}]}
Constants: {oneOf: [{const: 1}, {const: '1'}, {const: true}, {const: null}, {type: object, properties: {kind: {const: a}}, required: [kind]}, {type: object, properties: {kind: {const: b}, v: {type: integer}}, required: [kind]}]}
"), @r#"
    Types = one of by trial {
      {
        id!: text
      }
      {
        id!: integer
      }
    }
    Constants = one of by trial {
      <1>
      <"1">
      <true>
      {
        kind!: <"a">
      }
      {
        kind!: <"b">
        v: integer
      }
    }?
    "#);
}

#[test]
fn closed_objects_are_disjoint_and_optional_properties_are_not() {
    assert_snapshot!(schemas31("
Closed: {oneOf: [{type: object, additionalProperties: false, required: [a], properties: {a: {type: string}}}, {type: object, additionalProperties: false, properties: {b: {type: string}}}]}
Optional: {oneOf: [{type: object, properties: {id: {type: string}}}, {type: object, properties: {id: {type: integer}}}]}
Null: {oneOf: [{type: object, required: [id], properties: {id: {type: [string, 'null']}}}, {type: object, required: [id], properties: {id: {type: [integer, 'null']}}}]}
"), @r"
    Closed = one of by keys a, - {
      {
        a!: text
        closed
      }
      {
        b: text
        closed
      }
    }
    Optional = one of by trial {
      {
        id: text
      }
      {
        id: integer
      }
    }
    Null = one of by trial {
      {
        id!: text?
      }
      {
        id!: integer?
      }
    }
    TW0309 /components/schemas/Optional/oneOf/0: nothing reliably distinguishes the branches of this union
    TW0309 /components/schemas/Null/oneOf/0: nothing reliably distinguishes the branches of this union
    ");
}
