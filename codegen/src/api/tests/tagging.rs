//! How the variant of a value is determined.

use super::{api, document, schemas};
use crate::api::model::{Json, Shape};
use crate::api::Options;
use insta::assert_snapshot;

const PETS: &str = "
Cat: {type: object, required: [kind], properties: {kind: {type: string}, purr: {type: boolean}}}
Dog: {type: object, required: [kind], properties: {kind: {type: string}, bark: {type: boolean}}}
Fish: {type: object, properties: {kind: {type: string}, fins: {type: integer}}}
";

const UNIONS: &str = "
Named:
  oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
  discriminator: {propertyName: kind}
Mapped:
  oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
  discriminator: {propertyName: kind, mapping: {cat: Cat, tiger: '#/components/schemas/Cat', dog: '#/components/schemas/Dog', fish: Fish, bird: Bird}}
Beside:
  type: object
  required: [kind]
  properties: {kind: {type: string, enum: [Cat, Dog]}}
  oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
  discriminator: {propertyName: kind}
Absent:
  oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
  discriminator: {propertyName: elsewhere}
Lists:
  oneOf: [{$ref: '#/components/schemas/Cat'}, {type: array, items: {type: string}}]
  discriminator: {propertyName: kind}
";

#[test]
fn by_a_declared_discriminator() {
    assert_snapshot!(schemas(&format!("{PETS}{UNIONS}")), @r#"
    Cat = {
      kind!: text
      purr: bool
    }
    Dog = {
      kind!: text
      bark: bool
    }
    Fish = {
      kind: text is "fish"
      fins: integer
    }
    Named = one of by kind: Text {
      Cat: Cat
      Dog: Dog
    }
    Mapped = one of by kind: Text {
      cat|tiger: Cat
      dog: Dog
      fish: Fish
    }
    Beside = one of by kind: Text {
      Cat: Cat
      Dog: Dog
    }
    Absent = one of by trial {
      Cat
      Dog
    }
    Lists = one of by type {
      Cat
      [text]
    }
    TW0307 /components/schemas/Absent: no branch declares `elsewhere`
    TW0309 /components/schemas/Absent/oneOf/0: nothing reliably distinguishes the branches of this union
    TW0307 /components/schemas/Lists: not every branch of this union is an object
    "#);
}

#[test]
fn by_an_implied_discriminator() {
    assert_snapshot!(schemas("
A: {type: object, required: [t], properties: {t: {type: string, enum: [a]}, x: {type: string}}}
B: {type: object, required: [t], properties: {t: {type: string, enum: [b, bb]}, x: {type: string}}}
C: {type: object, properties: {t: {type: string, enum: [c]}}}
One: {type: object, required: [n], properties: {n: {type: integer, enum: [1]}}}
Two: {type: object, required: [n], properties: {n: {type: integer, enum: [2]}}}
Text: {oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]}
Partly: {oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/C'}]}
Whole: {oneOf: [{$ref: '#/components/schemas/One'}, {$ref: '#/components/schemas/Two'}]}
Nested: {oneOf: [{$ref: '#/components/schemas/Text'}, {$ref: '#/components/schemas/C'}]}
"), @r#"
    A = {
      t!: <"a">
      x: text
    }
    B = {
      t!: <"b" | "bb">
      x: text
    }
    C = {
      t: <"c">
    }
    One = {
      n!: <1>
    }
    Two = {
      n!: <2>
    }
    Text = one of by t: Text {
      a: A
      b|bb: B
    }
    Partly = one of by t: Text {
      a: A
      c: C
    }
    Whole = one of by n: Integer {
      1: One
      2: Two
    }
    Nested = one of by t: Text {
      a|b|bb: Text
      c: C
    }
    "#);
}

#[test]
fn by_type_by_keys_and_by_trial() {
    assert_snapshot!(schemas("
Types: {oneOf: [{type: string}, {type: array, items: {type: string}}, {type: object, properties: {a: {type: string}}}]}
Keys:
  oneOf:
    - {type: object, required: [x, a], properties: {x: {type: string}, a: {type: string}}}
    - {type: object, required: [x, b], properties: {x: {type: string}, b: {type: string}}}
    - {type: object, properties: {x: {type: string}}}
Trial:
  anyOf:
    - {type: object, properties: {x: {type: string}}}
    - {type: object, properties: {x: {type: string}, y: {type: string}}}
"), @r"
    Types = one of by type {
      text
      [text]
      {
        a: text
      }
    }
    Keys = one of by keys a, b, - {
      {
        x!: text
        a!: text
      }
      {
        x!: text
        b!: text
      }
      {
        x: text
      }
    }
    Trial = {
      x: text
      y: text
    }
    ");
}

#[test]
fn by_inheritance() {
    assert_snapshot!(schemas("
Pet:
  type: object
  required: [kind]
  properties: {kind: {type: string}, name: {type: string}}
  discriminator: {propertyName: kind, mapping: {cat: '#/components/schemas/Cat'}}
Cat: {allOf: [{$ref: '#/components/schemas/Pet'}, {type: object, properties: {purr: {type: boolean}}}]}
Dog: {allOf: [{$ref: '#/components/schemas/Pet'}, {type: object, properties: {bark: {type: boolean}}}]}
Puppy: {allOf: [{$ref: '#/components/schemas/Dog'}, {type: object, properties: {months: {type: integer}}}]}
Owner: {type: object, properties: {pet: {$ref: '#/components/schemas/Pet'}, dog: {$ref: '#/components/schemas/Dog'}}}
Either: {oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]}
"), @r#"
    Pet = one of by kind: Text {
      cat: Cat
      Dog: Dog
      Puppy: Puppy
    }
    Cat = {
      kind!: text is "cat"
      name: text
      purr: bool
    }
    Dog = {
      kind!: text is "Dog"
      name: text
      bark: bool
    }
    Puppy = {
      kind!: text is "Puppy"
      name: text
      bark: bool
      months: integer
    }
    Owner = {
      pet: Pet
      dog: Dog
    }
    Either = one of by kind: Text {
      cat: Cat
      Dog: Dog
    }
    "#);
}

#[test]
fn by_inheritance_with_one_descendant_or_none() {
    assert_snapshot!(schemas("
Lonely: {type: object, properties: {kind: {type: string}}, discriminator: {propertyName: kind}}
Base: {type: object, required: [kind], properties: {kind: {type: string}}, discriminator: {propertyName: kind}}
Only: {allOf: [{$ref: '#/components/schemas/Base'}, {properties: {x: {type: string}}}]}
"), @r#"
    Lonely = {
      kind: text
    }
    Base = one of by kind: Text {
      Only: Only
      Base: {
        kind!: text is "Base"
      }
    }
    Only = {
      kind!: text is "Only"
      x: text
    }
    "#);
}

#[test]
fn a_root_that_lists_its_descendants_does_not_recur() {
    assert_snapshot!(schemas("
Base:
  type: object
  required: [kind]
  properties: {kind: {type: string}}
  oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]
  discriminator: {propertyName: kind}
A: {allOf: [{$ref: '#/components/schemas/Base'}, {type: object, properties: {a: {type: string}}}]}
B: {allOf: [{$ref: '#/components/schemas/Base'}, {type: object, properties: {b: {type: string}}}]}
"), @r#"
    Base = one of by kind: Text {
      A: A
      B: B
    }
    A = {
      kind!: text is "A"
      a: text
    }
    B = {
      kind!: text is "B"
      b: text
    }
    "#);
}

#[test]
fn by_listed_texts_and_formats() {
    let (_, messages) = crate::api::tests::plain("
openapi: 3.0.3
info: {title: T, version: '1'}
paths: {}
components:
  schemas:
    Colour: {type: string, enum: [red]}
    Texts: {oneOf: [{$ref: '#/components/schemas/Colour'}, {type: string, format: date}, {type: string, format: time}, {type: integer}]}
    Open: {oneOf: [{$ref: '#/components/schemas/Colour'}, {type: string, format: email}]}
    TwoOpen: {anyOf: [{type: string, format: uri}, {type: string, format: email}]}
    OpenAndFormat: {anyOf: [{type: string, format: uri}, {type: string, format: date}]}
    TwoObjects: {oneOf: [{type: string, format: date}, {type: string, format: time}, {type: object, properties: {a: {type: string}}}, {type: object, properties: {b: {type: string}}}]}
");
    let undecided: Vec<_> = messages
        .lines()
        .filter_map(|line| line.strip_prefix("TW0309 /components/schemas/"))
        .collect();
    let undecided: Vec<_> = undecided.iter().filter_map(|line| line.split('/').next()).collect();
    assert_eq!(undecided, ["TwoOpen", "OpenAndFormat", "TwoObjects"]);
}

#[test]
fn a_discriminator_is_sent_though_it_is_read_only() {
    assert_snapshot!(schemas("
Base: {type: object, required: [kind, id], discriminator: {propertyName: kind, mapping: {mid: '#/components/schemas/Mid', leaf: '#/components/schemas/Leaf'}}, properties: {kind: {type: string, readOnly: true}, id: {type: integer, readOnly: true}}}
Mid: {allOf: [{$ref: '#/components/schemas/Base'}, {type: object, properties: {m: {type: string}}}]}
Leaf: {allOf: [{$ref: '#/components/schemas/Mid'}, {type: object, properties: {l: {type: integer}}}]}
One: {type: object, required: [v], properties: {v: {type: integer, readOnly: true}}}
Two: {type: object, required: [v], properties: {v: {type: integer, enum: [2], readOnly: true}}}
Inner: {oneOf: [{$ref: '#/components/schemas/One'}, {$ref: '#/components/schemas/Two'}], discriminator: {propertyName: v, mapping: {1: One, 2: Two}}}
"), @r#"
    Base = one of by kind: Text {
      mid: Mid
      leaf: Leaf
    }
    Mid = {
      kind!: text is "mid"
      id!: integer read
      m: text
    }
    Leaf = {
      kind!: text is "leaf"
      id!: integer read
      m: text
      l: integer
    }
    One = {
      v!: integer is 1
    }
    Two = {
      v!: <2>
    }
    Inner = one of by v: Integer {
      1: One
      2: Two
    }
    "#);
}

#[test]
fn a_discriminator_that_no_branch_declares_decides_by_its_mapping() {
    assert_snapshot!(schemas("
P: {type: object, properties: {x: {type: string}}}
Q: {type: object, properties: {x: {type: integer}}}
Mapped: {oneOf: [{$ref: '#/components/schemas/P'}, {$ref: '#/components/schemas/Q'}], discriminator: {propertyName: '@type', mapping: {p: '#/components/schemas/P', q: '#/components/schemas/Q'}}}
Partly: {oneOf: [{$ref: '#/components/schemas/P'}, {$ref: '#/components/schemas/Q'}], discriminator: {propertyName: '@type', mapping: {p: '#/components/schemas/P'}}}
"), @r"
    P = {
      x: text
    }
    Q = {
      x: integer
    }
    Mapped = one of by @type: Text undeclared {
      p: P
      q: Q
    }
    Partly = one of by @type: Text undeclared {
      p: P
      Q: Q
    }
    ");
}

#[test]
fn constants_are_set() {
    let (api, _) = api(
        &document("3.1.0", "
A: {type: object, required: [t, n], properties: {t: {const: a}, n: {enum: [1]}, o: {type: [string, 'null'], enum: [x, null]}, m: {enum: [p, q]}, z: {type: 'null'}, r: {$ref: '#/components/schemas/Only'}}}
Only: {const: true}
"),
        &Options::default(),
    );
    let mut schemas = api.schemas.iter();
    let shape = schemas.next().map(|(_, schema)| &schema.shape);
    let Some(Shape::Object(object)) = shape else {
        panic!("{shape:?}");
    };
    let properties = object.properties.iter();
    let constants: Vec<_> = properties
        .filter_map(|(name, property)| Some((name.as_str(), property.constant.clone()?)))
        .collect();
    let expected =
        [("t", Json::from("a")), ("n", Json::from(1)), ("z", Json::Null), ("r", Json::from(true))];
    assert_eq!(constants, expected);
}
