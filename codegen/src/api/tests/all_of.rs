//! Merging of `allOf`.

use super::{api, dump, schemas, Options};
use insta::assert_snapshot;

#[test]
fn parents_come_first_and_the_tighter_limit_stays() {
    assert_snapshot!(schemas("
Named:
  type: object
  required: [name]
  properties:
    name: {type: string, minLength: 1}
Pet:
  allOf:
    - $ref: '#/components/schemas/Named'
    - type: object
      required: [age]
      properties:
        age: {type: integer, minimum: 0}
        name: {type: string, maxLength: 9}
"), @r"
    Named = {
      name!: text (min length 1)
    }
    Pet = {
      name!: text (min length 1, max length 9)
      age!: integer (min 0)
    }
    ");
}

#[test]
fn a_reference_with_annotations_is_the_component() {
    assert_snapshot!(schemas("
A: {type: object, properties: {x: {type: string}}}
B:
  type: object
  properties:
    plain: {$ref: '#/components/schemas/A'}
    told: {description: An a, nullable: true, readOnly: true, allOf: [{$ref: '#/components/schemas/A'}]}
    typed: {type: object, allOf: [{$ref: '#/components/schemas/A'}]}
    twice: {allOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/A'}, {}]}
    limited: {minProperties: 1, allOf: [{$ref: '#/components/schemas/A'}]}
C: {description: Like an a, allOf: [{$ref: '#/components/schemas/A'}]}
D: {$ref: '#/components/schemas/C'}
"), @r"
    A = {
      x: text
    }
    B = {
      plain: A
      told: A? read
      typed: A
      twice: A
      limited: same A (min properties 1)
    }
    C = same A
    D = same C
    ");
}

#[test]
fn enums_intersect_and_contradictions_follow_the_last() {
    assert_snapshot!(schemas("
Color: {type: string, enum: [red, green, blue]}
Warm: {allOf: [{$ref: '#/components/schemas/Color'}, {enum: [red, orange]}]}
None: {allOf: [{type: string, enum: [a]}, {type: string, enum: [b]}]}
Other: {allOf: [{type: string}, {type: integer}]}
Number: {allOf: [{type: number}, {type: integer, format: int32}]}
"), @r#"
    Color = <"red" | "green" | "blue">
    Warm = <"red">
    None = <"b">
    Other = integer
    Number = int32
    TW0303 /components/schemas/None/allOf/1: this `enum` allows no value that the other parts of the schema allow
    TW0303 /components/schemas/Other/allOf/1: this `type` allows no value that the other parts of the schema allow
    "#);
}

#[test]
fn additional_properties_and_required_are_merged() {
    assert_snapshot!(schemas("
Open: {type: object, properties: {a: {type: string}}, additionalProperties: {type: integer}}
Child:
  allOf:
    - $ref: '#/components/schemas/Open'
    - {properties: {b: {type: string}}}
    - {required: [a, b]}
Closed:
  additionalProperties: false
  allOf: [{$ref: '#/components/schemas/Child'}]
Both:
  allOf:
    - {type: object, additionalProperties: {type: string}}
    - {type: object, additionalProperties: {minLength: 2}}
"), @r"
    Open = {
      a: text
      *: integer
    }
    Child = {
      a!: text
      b!: text
      *: integer
    }
    Closed = {
      a!: text
      b!: text
      closed
    }
    Both = {
      *: text (min length 2)
    }
    ");
}

#[test]
fn a_chain_of_ten_thousand_parents_is_merged() {
    let mut text = String::from("C0: {type: object, properties: {a: {type: string}}}\n");
    for at in 1..10_000 {
        let parent = at - 1;
        text.push_str(&format!(
            "C{at}: {{allOf: [{{$ref: '#/components/schemas/C{parent}'}}, {{description: x}}]}}\n"
        ));
    }
    assert!(schemas(&text).contains("C9999 = same C9998"));
}

const UNIONS_INSIDE: &str = "
Base: {type: object, required: [id], properties: {id: {type: string}, kind: {type: string, enum: [x, y]}}}
A: {type: object, required: [a], properties: {a: {type: string}}}
B: {type: object, required: [b], properties: {b: {type: string}}}
Mixed:
  allOf:
    - $ref: '#/components/schemas/Base'
    - oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]
Beside:
  type: object
  properties: {id: {type: string}}
  anyOf:
    - {properties: {c: {type: string}}, required: [c]}
    - {properties: {d: {type: string}}, required: [d]}
Repeated:
  type: object
  required: [a]
  properties: {a: {type: string}}
  oneOf:
    - $ref: '#/components/schemas/A'
    - {type: object, required: [a, z], properties: {a: {type: string}, z: {type: string}}}
";

#[test]
fn inherited_unions_are_merged_into_their_branches() {
    assert_snapshot!(schemas(UNIONS_INSIDE), @r#"
    Base = {
      id!: text
      kind: <"x" | "y">
    }
    A = {
      a!: text
    }
    B = {
      b!: text
    }
    Mixed = one of by keys a, b {
      {
        id!: text
        kind: <"x" | "y">
        a!: text
      }
      {
        id!: text
        kind: <"x" | "y">
        b!: text
      }
    }
    Beside = {
      id: text
      c: text
      d: text
    }
    Repeated = one of by keys -, z {
      A
      {
        a!: text
        z!: text
      }
    }
    TW0304 /components/schemas/Beside: which of these properties are present together is not checked
    "#);
}

#[test]
fn a_reference_next_to_its_type_is_the_reference() {
    assert_snapshot!(schemas("
Share: {type: object, properties: {user: {type: string}}}
List: {type: object, properties: {items: {type: array, items: {type: object}}, first: {}, last: {type: string}}}
Shares: {allOf: [{$ref: '#/components/schemas/List'}, {properties: {items: {items: {$ref: '#/components/schemas/Share'}}, first: {$ref: '#/components/schemas/Share'}, last: {type: string, format: date}}}]}
Described: {type: object, properties: {share: {allOf: [{type: object, description: Of mine, nullable: true}, {$ref: '#/components/schemas/Share'}]}}}
"), @r"
    Share = {
      user: text
    }
    List = {
      items: [{
        *: any
      }]
      first: any
      last: text
    }
    Shares = {
      items: [Share]
      first: Share
      last: text(Date)
    }
    Described = {
      share: Share?
    }
    ");
}

#[test]
fn schemas_composed_alike_are_one_type() {
    let (api, messages) = api("
openapi: 3.1.0
info: {title: T, version: '1'}
paths:
  /a: {get: {operationId: a, responses: {200: {$ref: '#/components/responses/L'}}}}
  /b:
    get:
      operationId: b
      responses:
        200: {description: ok, content: {application/json: {schema: {allOf: [{$ref: '#/components/schemas/List'}, {type: object, properties: {items: {type: array, items: {$ref: '#/components/schemas/Share'}}}}]}}}}
components:
  responses:
    L: {description: ok, content: {application/json: {schema: {allOf: [{$ref: '#/components/schemas/List'}, {type: object, properties: {items: {type: array, items: {$ref: '#/components/schemas/Share'}}}}]}}}}
  schemas:
    List: {type: object, properties: {items: {type: array, items: {type: object}}, total: {type: integer}}}
    Share: {type: object, properties: {user: {type: string}}}
", &Options::default());
    assert_eq!(messages, "");
    let mut replies = Vec::new();
    for operation in &api.operations {
        let contents = operation.responses.iter().flat_map(|reply| &reply.contents);
        replies.extend(contents.filter_map(|content| Some(content.value.as_ref()?.schema)));
    }
    assert_eq!(replies.len(), 2);
    assert_eq!(replies.first(), replies.last());
    assert_snapshot!(dump(&api), @r"
    a GET /a
      Exact(200) application/json Json: {
        items: [Share]
        total: integer
      }
    b GET /b
      Exact(200) application/json Json: {
        items: [Share]
        total: integer
      }
    List = {
      items: [{
        *: any
      }]
      total: integer
    }
    Share = {
      user: text
    }
    ");
}
