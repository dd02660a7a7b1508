//! Server-sent events: when their names tell what their data is.

use super::api;
use crate::api::model::{Shape, Tagging};
use crate::api::Options;

const TEXT: &str = "{type: string}";
const JSON: &str =
    "{type: string, contentMediaType: application/json, contentSchema: {type: integer}}";

/// The names of the events of a stream with what their data is, and what there is to say of it.
fn told(item: &str) -> (Vec<String>, String) {
    let media = format!("text/event-stream: {{itemSchema: {item}}}");
    let replies = format!("{{'200': {{description: d, content: {{{media}}}}}}}");
    let text = format!(
        "openapi: 3.2.0\ninfo: {{title: T, version: '1'}}\npaths: {{/e: {{get: {{operationId: e, responses: {replies}}}}}}}\n\
         components: {{schemas: {{Tick: {{type: object, properties: {{event: {TEXT}, data: {JSON}}}}}, \
         Base: {{type: object, properties: {{event: {{type: string, const: based}}}}}}}}}}"
    );
    let (api, findings) = api(&text, &Options::default());
    // Of the component that only some of these use.
    let findings = findings.lines().filter(|line| !line.contains("/Tick/"));
    let findings: String = findings.map(|line| format!("{line}\n")).collect();
    let content = &api.operations[0].responses[0].contents[0];
    let data = content.data.as_ref();
    let data = data.and_then(|data| api.schemas.get(data.schema));
    let data = data.map(|schema| &schema.shape);
    let Some(Shape::Union(union)) = data else {
        return (Vec::new(), findings);
    };
    let Tagging::Event(kinds) = &union.tagging else {
        return (Vec::new(), findings);
    };
    let lines = union.variants.iter().zip(kinds);
    let lines = lines.map(|(variant, kind)| format!("{} {kind:?}", variant.tags.join("|")));
    (lines.collect(), findings)
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
    assert_eq!(
        told(&one_of(&all)),
        (expected.map(str::to_owned).into(), String::new())
    );
    assert_eq!(told(&one_of(&all).replace("oneOf", "anyOf")).0, expected);
    let declared = |rest: &str| {
        let text = branch("{type: string, const: x}", TEXT);
        format!("{{oneOf: [{{$ref: '#/components/schemas/Tick'}}, {text}], discriminator: {{propertyName: event{rest}}}}}")
    };
    assert_eq!(told(&declared("")).0, ["Tick Json", "x Text"]);
    let mapping = ", mapping: {t: '#/components/schemas/Tick', u: Tick}";
    assert_eq!(told(&declared(mapping)).0, ["t|u Json", "x Text"]);
}

#[test]
fn data_is_json_where_its_schema_says_so() {
    let object = branch(
        "{type: string, const: o}",
        "{type: object, properties: {x: {type: string}}}",
    );
    let page = JSON.replace("application/json", "text/html");
    let said = [
        branch(
            "{type: string, const: j}",
            &JSON.replace("application/json", "application/vnd.x+json"),
        ),
        branch("{type: string, const: h}", &page),
        branch(
            "{type: string, const: t}",
            "{type: string, format: date-time}",
        ),
        object,
    ];
    let (told, findings) = told(&one_of(&said));
    assert_eq!(told, ["j Json", "h Text", "t Text", "o Json"]);
    assert!(findings.is_empty(), "{findings}");
}

#[test]
fn what_tells_no_event_apart_is_left_as_it_is() {
    let a = || branch("{type: string, const: a}", JSON);
    let texts = [
        branch("{type: string, const: a}", TEXT),
        branch("{type: string, const: b}", TEXT),
    ];
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
        assert!(told(&item).0.is_empty(), "{item}");
    }
    let (_, findings) = told(&one_of(&[a(), branch(TEXT, TEXT)]));
    assert!(
        findings.contains("data: `contentSchema` is not checked"),
        "{findings}"
    );
}
