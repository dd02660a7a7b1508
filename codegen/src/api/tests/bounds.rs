//! Documents whose model would grow without bounds.

use super::{api, document};
use crate::api::Options;
use std::fmt::Write as _;

#[test]
fn nested_unions_do_not_multiply_without_end() {
    let mut text = String::new();
    for level in 0..14 {
        let next = level + 1;
        for name in ["U", "V"] {
            writeln!(text, "{name}{level}: {{type: object, properties: {{{name}{level}p: {{type: string}}}}, oneOf: [{{$ref: '#/components/schemas/U{next}'}}, {{$ref: '#/components/schemas/V{next}'}}]}}").unwrap();
        }
    }
    text.push_str("U14: {type: object}\nV14: {type: array, items: {type: string}}\n");
    let (api, messages) = api(&document("3.0.3", &text), &Options::default());
    assert!(messages.contains("TW0327"));
    assert!(api.schemas.len() < 10_000, "{}", api.schemas.len());
}

#[test]
fn products_of_unions_are_bounded() {
    let union = "oneOf: [{type: object, properties: {a: {type: string}}}, {type: object, properties: {b: {type: string}}}, {type: object, properties: {c: {type: string}}}]";
    let parts: Vec<String> = (0..12).map(|_| format!("{{{union}}}")).collect();
    let text = format!("A: {{allOf: [{}]}}\n", parts.join(", "));
    let (api, messages) = api(&document("3.0.3", &text), &Options::default());
    assert!(messages.contains("TW0327"));
    assert!(api.schemas.len() < 20_000, "{}", api.schemas.len());
}

#[test]
fn chains_of_all_of_end() {
    let mut text = String::new();
    for at in 0..3000 {
        let next = at + 1;
        writeln!(text, "A{at}: {{allOf: [{{$ref: '#/components/schemas/A{next}'}}, {{type: object, properties: {{p{at}: {{type: string}}}}}}]}}").unwrap();
    }
    text.push_str("A3000: {type: object}\n");
    let (api, messages) = api(&document("3.0.3", &text), &Options::default());
    assert!(messages.contains("TW0327"));
    assert_eq!(
        api.schemas
            .iter()
            .filter(|(_, schema)| matches!(schema.owner, crate::api::model::Owner::Component(_)))
            .count(),
        3001
    );
}

#[test]
fn long_enums_are_read_in_linear_time() {
    let values: Vec<String> = (0..40_000).map(|at| format!("v{at}")).collect();
    let text = format!(
        "A: {{type: string, enum: [{}], x-enum-varnames: [{}]}}\n",
        values.join(", "),
        values.join(", ")
    );
    let (api, messages) = api(&document("3.0.3", &text), &Options::default());
    assert_eq!((api.schemas.len(), messages.as_str()), (1, ""));
    // Some seconds on a slow machine; the runner stops it where each value is held against all others.
}
