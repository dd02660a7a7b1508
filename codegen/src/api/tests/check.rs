//! Values that schemas allow, and what is said of others.

use super::{api, document};
use crate::api::check::{Checker, Path};
use crate::api::model::{Access, Api, Json, SchemaId, Use};
use crate::api::Options;

/// Returns the violations of a value of the component `A`, one per line.
fn violations(schemas: &str, value: &str) -> String {
    let (api, _) = api(&document("3.1.0", schemas), &Options::default());
    let value: Json = serde_json::from_str(value).unwrap();
    let violations = Checker::requests(&api).check(&use_of(&api), &value, Path::root("body"));
    let lines = violations.iter().map(|one| {
        let remark = if one.is_remark { "remark: " } else { "" };
        format!("{remark}{}: {}", one.place, one.detail)
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Returns a use of the first component.
fn use_of(api: &Api) -> Use {
    Use {
        schema: SchemaId(0),
        at: api.schemas.get(SchemaId(0)).unwrap().at.clone(),
        nullable: false,
        access: Access::ReadWrite,
        default: None,
        examples: Vec::new(),
        docs: crate::api::model::Docs::default(),
        name: None,
        xml: None,
    }
}

#[test]
fn scalars_have_their_type_and_constraints() {
    for (schema, value, expected) in [
        ("{type: integer}", "1.0", ""),
        ("{type: integer}", "1.5", "body: expected an integer, not `1.5`"),
        (
            "{type: integer, format: int32}",
            "3000000000",
            "body: expected an integer of the format `int32`, not `3000000000`",
        ),
        ("{type: integer, minimum: 2}", "2", ""),
        ("{type: integer, minimum: 2}", "1", "body: expected at least 2, not `1`"),
        ("{type: integer, exclusiveMinimum: 2}", "2", "body: expected more than 2, not `2`"),
        (
            "{type: integer, maximum: 9007199254740993}",
            "9007199254740994",
            "body: expected at most 9007199254740993, not `9007199254740994`",
        ),
        ("{type: number, multipleOf: 0.01}", "19.99", ""),
        (
            "{type: number, multipleOf: 0.01}",
            "19.999",
            "body: expected a multiple of 0.01, not `19.999`",
        ),
        ("{type: number}", "\"5\"", "body: expected a number, not the string \"5\""),
        ("{type: string, minLength: 2}", "\"é\"", "body: expected at least 2 characters, not 1"),
        ("{type: string, maxLength: 1}", "\"ab\"", "body: expected at most 1 character, not 2"),
        (
            "{type: string, pattern: '^[a-z]+$'}",
            "\"A\"",
            "body: expected a match of the pattern `^[a-z]+$`, not the string \"A\"",
        ),
        (
            "{type: string, format: date}",
            "\"today\"",
            "body: expected a string of the format `date`, not the string \"today\"",
        ),
        (
            "{type: string, enum: [a, b]}",
            "\"c\"",
            "body: expected \"a\" or \"b\", not the string \"c\"",
        ),
        ("{enum: [1, null, x]}", "null", ""),
        ("{type: [string, 'null']}", "null", ""),
        ("{type: string}", "null", "body: expected a string, not null"),
        ("{type: boolean}", "0", "body: expected a boolean, not `0`"),
        ("{}", "[{}]", ""),
    ] {
        assert_eq!(violations(&format!("A: {schema}"), value), expected, "{schema} {value}");
    }
}

#[test]
fn every_violation_has_its_place() {
    let schemas = "\
A:
  type: object
  required: [id, items]
  properties:
    id: { type: string, readOnly: true }
    items: { type: array, minItems: 1, uniqueItems: true, items: { $ref: '#/components/schemas/Item' } }
Item:
  type: object
  required: [price]
  additionalProperties: false
  properties:
    price: { type: number }
    note: { type: string }";
    let check = |value: &str| violations(schemas, value);
    assert_eq!(check(r#"{"items": [{"price": 1}]}"#), "");
    assert_eq!(check("{}"), "body.items: is required");
    assert_eq!(check(r#"{"items": []}"#), "body.items: expected at least 1 item, not 0");
    assert_eq!(
        check(r#"{"items": [{"price": 1}, {"a b": 1, "nte": 1, "price": "1"}]}"#),
        "body.items[1][\"a b\"]: the document has no such member\n\
         body.items[1].nte: the document has no such member; did you mean `note`?\n\
         body.items[1].price: expected a number, not the string \"1\""
    );
    assert_eq!(
        check(r#"{"items": [{"price": 1}, {"price": 1.0}]}"#),
        "body.items[1]: is equal to the item 0"
    );
    assert_eq!(
        check(r#"{"id": "x", "items": [{"price": 1}]}"#),
        "remark: body.id: this direction does not have this member"
    );
}

#[test]
fn maps_have_names_and_values() {
    let schemas = "A: { type: object, maxProperties: 2, propertyNames: { pattern: '^[a-z]+$' }, additionalProperties: { type: integer } }";
    assert_eq!(violations(schemas, r#"{"a": 1, "b": 2}"#), "");
    assert_eq!(
        violations(schemas, r#"{"A": 1, "b": "x"}"#),
        "body.A: expected a match of the pattern `^[a-z]+$`, not the string \"A\"\n\
         body.b: expected an integer, not the string \"x\""
    );
    assert_eq!(
        violations(schemas, r#"{"a": 1, "b": 2, "c": 3}"#),
        "body: expected at most 2 members, not 3"
    );
}

#[test]
fn a_variant_is_chosen_by_its_tag() {
    let schemas = "\
A:
  oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }]
  discriminator: { propertyName: kind, mapping: { cat: Cat, dog: Dog } }
Cat: { type: object, required: [kind, lives], properties: { kind: { type: string }, lives: { type: integer } } }
Dog: { type: object, required: [kind], properties: { kind: { type: string } } }";
    let check = |value: &str| violations(schemas, value);
    assert_eq!(check(r#"{"kind": "cat", "lives": 9}"#), "");
    assert_eq!(check(r#"{"kind": "cat"}"#), "body.lives: is required");
    assert_eq!(
        check(r#"{"kind": "cow"}"#),
        "body.kind: expected \"cat\" or \"dog\", not the string \"cow\""
    );
    assert_eq!(check("{}"), "body.kind: is required");
}

#[test]
fn a_tag_that_only_the_variant_lists_is_one_too() {
    let schemas = "\
A:
  oneOf: [{ $ref: '#/components/schemas/File' }, { $ref: '#/components/schemas/Front' }]
  discriminator: { propertyName: type, mapping: { file: File, front: Front } }
File: { type: object, required: [type], properties: { type: { type: string, enum: [passport, card] } } }
Front: { type: object, required: [type, hash], properties: { type: { type: string, enum: [card] }, hash: { type: string } } }";
    assert_eq!(violations(schemas, r#"{"type": "passport"}"#), "");
    assert_eq!(
        violations(schemas, r#"{"type": "visa"}"#),
        "body.type: expected \"file\" or \"front\", not the string \"visa\""
    );
}

#[test]
fn a_variant_is_chosen_by_type_or_trial() {
    let by_type = "A: { oneOf: [{ type: string }, { type: array, items: { type: integer } }] }";
    assert_eq!(violations(by_type, "[1]"), "");
    assert_eq!(
        violations(by_type, "[\"1\"]"),
        "body[0]: expected an integer, not the string \"1\""
    );
    assert_eq!(violations(by_type, "1"), "body: expected a string or an array, not `1`");
    let trial = "\
A: { anyOf: [{ $ref: '#/components/schemas/B' }, { $ref: '#/components/schemas/C' }] }
B: { type: object, required: [x, y], properties: { x: { type: integer }, y: { type: integer } } }
C: { type: object, required: [x, z], properties: { x: { type: string }, z: { type: integer } } }";
    assert_eq!(violations(trial, r#"{"x": "1", "z": 2}"#), "");
    let lines = violations(trial, r#"{"x": 1, "y": "2"}"#);
    assert_eq!(
        lines,
        "body: matches none of 2 schemas; the nearest is `B`\nbody.y: expected an integer, not the string \"2\""
    );
}

#[test]
fn parts_of_an_all_of_count_together() {
    let schemas = "\
A: { allOf: [{ $ref: '#/components/schemas/B' }, { type: object, required: [y], properties: { y: { type: integer, maximum: 3 } } }] }
B: { type: object, required: [x], properties: { x: { type: string } } }";
    assert_eq!(violations(schemas, r#"{"x": "1", "y": 3}"#), "");
    assert_eq!(
        violations(schemas, r#"{"y": 4}"#),
        "body.x: is required\nbody.y: expected at most 3, not `4`"
    );
}

#[test]
fn deep_and_ambiguous_values_end() {
    let schemas = "\
A: { anyOf: [{ $ref: '#/components/schemas/B' }, { $ref: '#/components/schemas/C' }] }
B: { type: object, required: [n], properties: { n: { $ref: '#/components/schemas/A' }, b: { type: string } } }
C: { type: object, required: [n], properties: { n: { $ref: '#/components/schemas/A' }, c: { type: string } } }";
    let value = format!("{}1{}", r#"{"n":"#.repeat(100), "}".repeat(100));
    assert!(!violations(schemas, &value).is_empty());
}
