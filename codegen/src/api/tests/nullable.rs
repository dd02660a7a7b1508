//! Unions with a branch that allows `null`.

use super::{schemas, schemas31};
use insta::assert_snapshot;

#[test]
fn a_nullable_branch_makes_the_union_nullable() {
    assert_snapshot!(schemas("
X: {type: object, required: [x], properties: {x: {type: string}}}
Y: {type: object, nullable: true, required: [y], properties: {y: {type: string}}}
A: {type: object, required: [k], properties: {k: {type: string, enum: [a]}}}
B: {type: object, nullable: true, required: [k], properties: {k: {type: string, enum: [b]}}}
Tagged: {oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}], discriminator: {propertyName: k, mapping: {a: A, b: B}}}
Keyed: {oneOf: [{$ref: '#/components/schemas/X'}, {$ref: '#/components/schemas/Y'}]}
Outer: {oneOf: [{$ref: '#/components/schemas/Keyed'}, {type: array, items: {$ref: '#/components/schemas/Tagged'}}]}
Renamed: {$ref: '#/components/schemas/Y'}
Through: {oneOf: [{$ref: '#/components/schemas/X'}, {$ref: '#/components/schemas/Renamed'}]}
"), @r#"
    X = {
      x!: text
    }
    Y = {
      y!: text
    }?
    A = {
      k!: <"a">
    }
    B = {
      k!: <"b">
    }?
    Tagged = one of by k: Text {
      a: A
      b: B
    }?
    Keyed = one of by keys x, y {
      X
      Y
    }?
    Outer = one of by type {
      Keyed
      [Tagged]
    }?
    Renamed = same Y
    Through = one of by keys x, y {
      X
      Renamed
    }?
    "#);
}

#[test]
fn a_nullable_scalar_makes_the_union_nullable() {
    assert_snapshot!(schemas("
X: {type: object, required: [x], properties: {x: {type: string}}}
Y: {type: object, nullable: true, required: [y], properties: {y: {type: string}}}
Single: {oneOf: [{$ref: '#/components/schemas/Y'}]}
Types: {oneOf: [{type: string, nullable: true}, {type: integer}]}
Values: {oneOf: [{type: string, enum: [a], nullable: true}, {type: string, enum: [b]}]}
Folded: {anyOf: [{type: string, nullable: true}, {type: string, format: uuid}, {type: integer}]}
None: {oneOf: [{$ref: '#/components/schemas/X'}, {type: integer}]}
"), @r#"
    X = {
      x!: text
    }
    Y = {
      y!: text
    }?
    Single = same Y
    Types = one of by type {
      text?
      integer
    }?
    Values = <"a" | "b">?
    Folded = one of by type {
      text
      integer
    }?
    None = one of by type {
      X
      integer
    }
    TW0325 /components/schemas/Folded/anyOf/0: several branches of this union become text without a format
    "#);
}

#[test]
fn a_branch_whose_type_has_null_makes_the_union_nullable() {
    assert_snapshot!(schemas31("
X: {type: object, required: [x], properties: {x: {type: string}}}
Y: {type: [object, 'null'], required: [y], properties: {y: {type: string}}}
Z: {oneOf: [{type: 'null'}, {type: object, required: [z], properties: {z: {type: string}}}]}
Objects: {oneOf: [{$ref: '#/components/schemas/X'}, {$ref: '#/components/schemas/Y'}]}
Mixed: {anyOf: [{$ref: '#/components/schemas/X'}, {type: [string, 'null']}]}
Nested: {oneOf: [{$ref: '#/components/schemas/X'}, {$ref: '#/components/schemas/Z'}, {type: 'null'}]}
Scalars: {oneOf: [{type: [integer, 'null']}, {type: [string, 'null']}]}
"), @r"
    X = {
      x!: text
    }
    Y = {
      y!: text
    }?
    Z = {
      z!: text
    }?
    Objects = one of by keys x, y {
      X
      Y
    }?
    Mixed = one of by type {
      X
      text?
    }?
    Nested = one of by keys x, z {
      X
      Z
    }?
    Scalars = one of by type {
      integer?
      text?
    }?
    ");
}

#[test]
fn null_of_a_descendant_is_no_value_of_its_root() {
    assert_snapshot!(schemas("
Base: {type: object, required: [kind], discriminator: {propertyName: kind}, properties: {kind: {type: string}}}
Mid: {nullable: true, allOf: [{$ref: '#/components/schemas/Base'}, {type: object, properties: {m: {type: string}}}]}
Other: {allOf: [{$ref: '#/components/schemas/Base'}, {type: object, properties: {o: {type: string}}}]}
"), @r#"
    Base = one of by kind: Text {
      Mid: Mid
      Other: Other
    }
    Mid = {
      kind!: text is "Mid"
      m: text
    }?
    Other = {
      kind!: text is "Other"
      o: text
    }
    "#);
}
