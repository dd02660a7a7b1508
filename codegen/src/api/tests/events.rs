//! Server-sent events: data by event name.

use super::api;
use crate::api::model::{Shape, Tagging};
use crate::api::Options;

const TEXT: &str = "{type: string}";
const JSON: &str =
    "{type: string, contentMediaType: application/json, contentSchema: {type: integer}}";

/// Returns the names of a stream's events with the kind of their data, and the diagnostics.
fn events(item: &str) -> (Vec<String>, String) {
    let media = format!("text/event-stream: {{itemSchema: {item}}}");
    let replies = format!("{{'200': {{description: d, content: {{{media}}}}}}}");
    let text = format!(
        "openapi: 3.2.0\ninfo: {{title: T, version: '1'}}\npaths: {{/e: {{get: {{operationId: e, responses: {replies}}}}}}}\n\
         components: {{schemas: {{Tick: {{type: object, properties: {{event: {TEXT}, data: {JSON}}}}}, \
         Base: {{type: object, properties: {{event: {{type: string, const: based}}}}}}}}}}"
    );
    let (api, messages) = api(&text, &Options::default());
    // Of the component that only some of these use.
    let messages = messages.lines().filter(|line| !line.contains("/Tick/"));
    let messages: String = messages.map(|line| format!("{line}\n")).collect();
    let content = &api.operations[0].responses[0].contents[0];
    let data = content.data.as_ref();
    let data = data.and_then(|data| api.schemas.get(data.schema));
    let data = data.map(|schema| &schema.shape);
    let Some(Shape::Union(union)) = data else {
        return (Vec::new(), messages);
    };
    let Tagging::Event(kinds) = &union.tagging else {
        return (Vec::new(), messages);
    };
    let lines = union.variants.iter().zip(kinds);
    let lines = lines.map(|(variant, kind)| format!("{} {kind:?}", variant.tags.join("|")));
    (lines.collect(), messages)
}

fn branch(event: &str, data: &str) -> String {
    format!("{{type: object, properties: {{event: {event}, data: {data}}}}}")
}

fn one_of(branches: &[String]) -> String {
    format!("{{oneOf: [{}]}}", branches.join(", "))
}

#[test]
fn names_are_constants_lists_mapped_or_left_out() {
    let constant = branch("{type: string, const: a}", JSON);
    let listed = branch("{type: string, enum: [b, c]}", TEXT);
    let unnamed = format!("{{type: object, properties: {{data: {TEXT}}}}}");
    let inherited = format!(
        "{{allOf: [{{$ref: '#/components/schemas/Base'}}, {{type: object, properties: {{data: {JSON}}}}}]}}"
    );
    let all = [constant, listed, unnamed, inherited];
    let expected = ["a Json", "b|c Text", "message Text", "based Json"];
    assert_eq!(events(&one_of(&all)), (expected.map(str::to_owned).into(), String::new()));
    assert_eq!(events(&one_of(&all).replace("oneOf", "anyOf")).0, expected);
    let declared = |rest: &str| {
        let text = branch("{type: string, const: x}", TEXT);
        format!("{{oneOf: [{{$ref: '#/components/schemas/Tick'}}, {text}], discriminator: {{propertyName: event{rest}}}}}")
    };
    assert_eq!(events(&declared("")).0, ["Tick Json", "x Text"]);
    let mapping = ", mapping: {t: '#/components/schemas/Tick', u: Tick}";
    assert_eq!(events(&declared(mapping)).0, ["t|u Json", "x Text"]);
}

#[test]
fn data_is_json_if_its_schema_declares_it() {
    let object =
        branch("{type: string, const: o}", "{type: object, properties: {x: {type: string}}}");
    let page = JSON.replace("application/json", "text/html");
    let branches = [
        branch(
            "{type: string, const: j}",
            &JSON.replace("application/json", "application/vnd.x+json"),
        ),
        branch("{type: string, const: h}", &page),
        branch("{type: string, const: t}", "{type: string, format: date-time}"),
        object,
    ];
    let (names, messages) = events(&one_of(&branches));
    assert_eq!(names, ["j Json", "h Text", "t Text", "o Json"]);
    assert!(messages.is_empty(), "{messages}");
}

#[test]
fn events_without_distinct_names_are_no_union() {
    let a = || branch("{type: string, const: a}", JSON);
    let texts =
        [branch("{type: string, const: a}", TEXT), branch("{type: string, const: b}", TEXT)];
    let cases = [
        // Nothing but text.
        one_of(&texts),
        // One name twice.
        one_of(&[a(), branch("{type: string, const: a}", TEXT)]),
        // Any name.
        one_of(&[a(), branch(TEXT, TEXT)]),
        // A name that is no text.
        one_of(&[a(), branch("{type: integer, const: 1}", TEXT)]),
        // No event: it has a member of its own.
        one_of(&[
            a(),
            format!(
                "{{type: object, properties: {{event: {{const: b}}, data: {TEXT}, more: {TEXT}}}}}"
            ),
        ]),
        "{type: string}".to_owned(),
    ];
    for item in cases {
        assert!(events(&item).0.is_empty(), "{item}");
    }
    let (_, messages) = events(&one_of(&[a(), branch(TEXT, TEXT)]));
    assert!(messages.contains("data: `contentSchema` is not checked"), "{messages}");
}
