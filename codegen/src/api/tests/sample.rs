//! Sample values.

use super::plain;
use crate::api::model::Json;
use crate::api::sample::Sampler;

/// Returns the value of the first component, with required properties and with all.
fn samples(components: &str) -> (String, String) {
    let text = format!(
        "{{openapi: 3.0.3, info: {{title: T, version: '1'}}, paths: {{/a: {{get: {{operationId: a, parameters: [{{name: p, in: query, schema: {{$ref: '#/components/schemas/A'}}}}], responses: {{}}}}}}}}, components: {{schemas: {components}}}}}"
    );
    let (api, _) = plain(&text);
    let used = &api.operations[0].parameters[0].value;
    let text = |value: Option<Json>| value.map_or("none".to_owned(), |value| value.to_string());
    (text(Sampler::required(&api).value(used)), text(Sampler::everything(&api).value(used)))
}

/// Returns a value that is the same both times.
fn sample(schema: &str) -> String {
    let (required, all) = samples(&format!("{{A: {schema}}}"));
    assert_eq!(required, all);
    all
}

#[test]
fn scalars_satisfy_their_constraints() {
    for (schema, expected) in [
        ("{type: integer}", "1"),
        ("{type: integer, minimum: 5, exclusiveMinimum: true}", "6"),
        ("{type: integer, maximum: -3}", "-3"),
        ("{type: integer, minimum: 10, multipleOf: 7}", "14"),
        ("{type: integer, minimum: 5, maximum: 4}", "none"),
        ("{type: number, minimum: 0.25, maximum: 0.75}", "0.5"),
        ("{type: boolean}", "true"),
        ("{type: string}", "\"text\""),
        ("{type: string, minLength: 6}", "\"textxx\""),
        ("{type: string, maxLength: 2}", "\"te\""),
        ("{type: string, format: date-time}", "\"2024-05-01T12:00:00Z\""),
        ("{type: string, enum: [b, a]}", "\"b\""),
        ("{type: string, pattern: '^[0-9a-f]{24}$'}", "\"aaaaaaaaaaaaaaaaaaaaaaaa\""),
        ("{type: string, pattern: '^(?:v|w)\\d+\\.[A-Z]*$', minLength: 5}", "\"v11.AA\""),
        ("{type: string, pattern: '^(?=x)x$'}", "\"text\""),
        ("{type: string, pattern: '^(a(?!b|c)|[d|])$|^(e|f){2}$'}", "\"ee\""),
        ("{}", "\"text\""),
    ] {
        assert_eq!(sample(schema), expected, "{schema}");
    }
}

#[test]
fn examples_that_fit_come_first() {
    for (schema, expected) in [
        ("{type: string, example: e}", "\"e\""),
        ("{type: string, maxLength: 2, example: long}", "\"te\""),
        ("{type: integer, example: '5'}", "1"),
        ("{type: string, format: uuid, example: id}", "\"123e4567-e89b-42d3-a456-426614174000\""),
        ("{type: array, items: {type: integer}, example: [3, 4]}", "[3,4]"),
        ("{type: array, items: {type: integer}, example: [x]}", "[1]"),
        ("{type: string, enum: [a, b], default: b}", "\"b\""),
        ("{type: string, nullable: true, example: null}", "\"text\""),
    ] {
        assert_eq!(sample(schema), expected, "{schema}");
    }
}

#[test]
fn objects_have_what_they_require_or_all() {
    let (required, all) = samples(
        "{A: {type: object, required: [a, id], properties: {a: {type: string}, b: {type: integer}, id: {type: string, readOnly: true}}}}",
    );
    assert_eq!((&*required, &*all), (r#"{"a":"text"}"#, r#"{"a":"text","b":1}"#));
    let (required, all) = samples(
        "{A: {type: object, required: [a], properties: {a: {type: string}, b: {type: integer}, c: {type: integer}}, example: {a: x, b: 7}}}",
    );
    assert_eq!((&*required, &*all), (r#"{"a":"x"}"#, r#"{"a":"x","b":7}"#));
    let (required, all) = samples("{A: {type: object, additionalProperties: {type: integer}}}");
    assert_eq!((&*required, &*all), ("{}", r#"{"key1":1}"#));
    let (required, _) = samples(
        "{A: {type: object, minProperties: 1, properties: {a: {type: string}, b: {type: string}}}}",
    );
    assert_eq!(required, r#"{"a":"text"}"#);
}

#[test]
fn lists_have_the_required_number_of_items() {
    for (schema, expected) in [
        ("{type: array, items: {type: string}}", "[\"text\"]"),
        (
            "{type: array, minItems: 2, uniqueItems: true, items: {type: string}}",
            "[\"text\",\"text1\"]",
        ),
        (
            "{type: array, minItems: 2, uniqueItems: true, items: {type: string, enum: [a, b]}}",
            "[\"a\",\"b\"]",
        ),
        (
            "{type: array, minItems: 3, uniqueItems: true, items: {type: string, pattern: '^(0|[1-9][0-9]*)$'}}",
            "[\"0\",\"22\",\"44\"]",
        ),
        (
            "{type: array, minItems: 2, uniqueItems: true, items: {type: string, format: uuid}}",
            "[\"123e4567-e89b-42d3-a456-426614174000\",\"123e4567-e89b-42d3-a456-426614174001\"]",
        ),
        ("{type: array, maxItems: 0, items: {type: string}}", "[]"),
    ] {
        assert_eq!(sample(schema), expected, "{schema}");
    }
}

#[test]
fn a_union_has_a_value_of_one_variant_only() {
    let cat = "{type: object, required: [k], properties: {k: {type: string, enum: [cat]}}}";
    let (_, all) = samples(&format!(
        "{{A: {{oneOf: [{{type: object, properties: {{k: {{type: string}}}}}}, {cat}], example: {{k: dog}}}}}}"
    ));
    assert_eq!(all, r#"{"k":"dog"}"#);
    let (_, all) = samples("{A: {oneOf: [{type: string, maxLength: 2}, {type: boolean}]}}");
    assert_eq!(all, "\"te\"");
}

#[test]
fn a_variant_has_its_tag() {
    let schemas = "{A: {oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}], discriminator: {propertyName: k, mapping: {cat: Cat, dog: Dog}}}, Cat: {type: object, required: [k], properties: {k: {type: string}}}, Dog: {type: object, required: [k, n], properties: {k: {type: string}, n: {type: integer}}}}";
    let (required, all) = samples(schemas);
    assert_eq!((&*required, &*all), (r#"{"k":"cat"}"#, r#"{"k":"cat"}"#));
}

#[test]
fn objects_have_no_more_members_than_they_may() {
    let (_, all) = samples(
        "{A: {type: object, maxProperties: 1, properties: {a: {type: string}, b: {type: string}}}}",
    );
    assert_eq!(all, r#"{"a":"text"}"#);
}

#[test]
fn a_parameter_has_a_value_of_one_variant_as_text_too() {
    let text = "{openapi: 3.0.3, info: {title: T, version: '1'}, paths: {/a: {get: {operationId: a, parameters: [{name: p, in: query, schema: {oneOf: [{type: integer}, {type: string}]}}], responses: {}}}}}";
    let (api, _) = plain(text);
    let used = &api.operations[0].parameters[0].value;
    let sampler = Sampler::required(&api);
    assert_eq!(sampler.value(used), Some(Json::from(1)));
    assert_eq!(sampler.as_text().value(used), Some(Json::from("text")));
}

#[test]
fn recursive_values_end() {
    let (required, all) = samples(
        "{A: {type: object, properties: {next: {$ref: '#/components/schemas/A'}, each: {type: array, items: {$ref: '#/components/schemas/A'}}}}}",
    );
    assert_eq!(required, "{}");
    assert!(all.contains(r#""next":{"#) && all.len() < 20_000, "{}", all.len());
    let (required, _) =
        samples("{A: {type: object, required: [next], properties: {next: {$ref: '#/components/schemas/A'}}}}");
    assert_eq!(required, "none");
}
