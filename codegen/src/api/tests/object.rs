//! Objects: records, maps, groups.

use super::dump::dump;
use super::{plain, schemas};
use crate::api::model::Owner;
use insta::assert_snapshot;

#[test]
fn records_and_maps() {
    assert_snapshot!(schemas("
Record: {type: object, required: [b], properties: {b: {type: string, default: x}, a: {type: integer}}}
Map: {type: object, additionalProperties: {type: integer}}
Any: {type: object, additionalProperties: true}
Free: {type: object}
Empty: {type: object, additionalProperties: false}
Both: {type: object, properties: {a: {type: string}}, additionalProperties: true}
AnyReason: {}
Typeless: {properties: {a: {}}}
Inner:
  type: object
  properties:
    nested: {type: array, items: {type: object, nullable: true, properties: {x: {type: string, writeOnly: true}}}}
"), @r#"
    Record = {
      b!: text = "x"
      a: integer
    }
    Map = {
      *: integer
    }
    Any = {
      *: any
    }
    Free = {
      *: any
    }
    Empty = {
      closed
    }
    Both = {
      a: text
      *: any
    }
    AnyReason = any
    Typeless = {
      a: any
    }
    Inner = {
      nested: [{
        x: text write
      }?]
    }
    "#);
}

const GROUPS: &str = "
Pair:
  type: object
  properties: {a: {type: string}, b: {type: string}, c: {type: string}}
  not: {required: [b, a]}
Three:
  type: object
  properties: {a: {type: string}, b: {type: string}, c: {type: string}}
  not: {anyOf: [{required: [a, b]}, {required: [c, b]}, {required: [a, c]}]}
Two:
  type: object
  properties: {a: {type: string}, b: {type: string}, c: {type: string}, d: {type: string}}
  allOf: [{not: {required: [a, b]}}, {not: {required: [c, d]}}]
One:
  type: object
  properties: {a: {type: string}, b: {type: string}}
  oneOf: [{required: [a]}, {required: [b]}]
AtMost:
  type: object
  properties: {a: {type: string}, b: {type: string}}
  oneOf:
    - required: [a]
    - required: [b]
    - not: {anyOf: [{required: [a]}, {required: [b]}]}
";

#[test]
fn groups_of_exclusive_properties() {
    assert_snapshot!(schemas(GROUPS), @r"
    Pair = {
      a: text
      b: text
      c: text
      at most one of a, b
    }
    Three = {
      a: text
      b: text
      c: text
      at most one of a, b, c
    }
    Two = {
      a: text
      b: text
      c: text
      d: text
      at most one of a, b
      at most one of c, d
    }
    One = {
      a: text
      b: text
      exactly one of a, b
    }
    AtMost = {
      a: text
      b: text
      at most one of a, b
    }
    ");
}

#[test]
fn presence_that_no_group_describes_is_reported() {
    assert_snapshot!(schemas("
AtLeast:
  type: object
  properties: {a: {type: string}, b: {type: string}}
  anyOf: [{required: [a]}, {required: [b]}]
Sets:
  type: object
  properties: {a: {type: string}, b: {type: string}, c: {type: string}}
  oneOf: [{required: [a, b]}, {required: [c]}]
Triple:
  type: object
  properties: {a: {type: string}, b: {type: string}, c: {type: string}}
  not: {required: [a, b, c]}
Strange: {type: object, properties: {a: {type: string}}, not: {required: [a, z]}}
Never: {not: {}}
Missing: {type: object, required: [a, z], properties: {a: {type: string}}}
"), @r"
    AtLeast = {
      a: text
      b: text
    }
    Sets = {
      a: text
      b: text
      c: text
    }
    Triple = {
      a: text
      b: text
      c: text
    }
    Strange = {
      a: text
    }
    Never = never
    Missing = {
      a!: text
      z: any
    }
    TW0304 /components/schemas/AtLeast: which of these properties are present together is not checked
    TW0304 /components/schemas/Sets: which of these properties are present together is not checked
    TW0304 /components/schemas/Triple/not: which of these properties are present together is not checked
    TW0304 /components/schemas/Strange: a group of exclusive properties has undeclared ones, so it is not checked
    TW0306 /components/schemas/Missing/required: `z` is required, but no `properties` declares it
    ");
}

const LATER: &str = "
openapi: 3.0.3
info: {title: T, version: '1'}
paths: {}
components:
  schemas:
    Tuple: {type: array, minItems: 1, items: {not: {}}, x-typewright-prefixItems: ['#/components/schemas/typewright.1', '#/components/schemas/Text']}
    Open: {type: array, items: {type: number}, x-typewright-prefixItems: ['#/components/schemas/Text', true, false]}
    Full: {type: array, maxItems: 1, x-typewright-prefixItems: ['#/components/schemas/Text']}
    Pattern: {type: object, x-typewright-patternProperties: ['^x'], x-typewright-onlyPatternProperties: true, additionalProperties: {type: integer}}
    Widened: {type: object, x-typewright-patternProperties: ['^x'], x-typewright-widenedPatternProperties: true, additionalProperties: {type: integer}}
    Keys: {type: object, x-typewright-propertyNames: '#/components/schemas/typewright.2', additionalProperties: {type: integer}}
    Later: {type: object, properties: {a: {type: string}}, x-typewright-unevaluatedProperties: false}
    Condition: {type: object, properties: {a: {type: string}}, x-typewright-if: '#/components/schemas/Text', x-typewright-then: '#/components/schemas/typewright.3'}
    Huge: {type: integer, minimum: 1, maximum: 18446744073709551616, default: 18446744073709551615}
    Values: {enum: [18446744073709551616, 2]}
    Text: {type: string}
    typewright.1: {type: integer}
    typewright.2: {type: string, enum: [a, b]}
    typewright.3: {type: object, properties: {b: {type: integer}}}
";

#[test]
fn keywords_of_later_versions() {
    let (api, messages) = plain(LATER);
    assert_snapshot!(format!("{}{messages}", dump(&api)), @r#"
    Tuple = (integer, Text) from 1 (min items 1)
    Open = (Text, any, never then number) from 0
    Full = (Text) from 0 (max items 1)
    Pattern = {
      *: integer
    } (other names ^x)
    Widened = {
      *: integer
    }
    Keys = {
      *: integer
      keys: <"a" | "b">
    }
    Later = {
      a: text
      closed
    }
    Condition = {
      a: text
      b: integer
    }
    Huge = integer (min 1, max 18446744073709551616) = 18446744073709551615
    Values = <1.8446744073709552e+19 | 2>
    Text = text
    TW0304 /components/schemas/Widened: `patternProperties` is not checked
    TW0304 /components/schemas/Condition: `if` is not checked
    "#);
    let components =
        api.schemas.iter().filter(|(_, schema)| matches!(schema.owner, Owner::Component(_)));
    assert_eq!(components.count(), 11, "what was moved to the components is at owner elsewhere");
}
