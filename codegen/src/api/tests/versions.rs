//! Operations of OpenAPI 3.2.

use super::dump::dump;
use super::plain;
use insta::assert_snapshot;

#[test]
fn other_methods_query_strings_and_streams() {
    let (api, messages) = plain("
openapi: 3.0.3
info: {title: T, version: '1'}
paths: {}
components:
  callbacks:
    typewright.operations.QUERY:
      /find:
        post:
          operationId: find
          parameters: [{name: all, in: query, x-typewright-querystring: true, content: {application/x-www-form-urlencoded: {schema: {type: object, properties: {a: {type: string}}}}}}]
          responses:
            '200': {description: P, content: {text/event-stream: {x-typewright-itemSchema: '#/components/schemas/typewright.1'}}}
  schemas:
    typewright.1: {type: object, properties: {data: {type: string}}}
");
    assert_snapshot!(format!("{}{messages}", dump(&api)), @r"
    find QUERY /find
      QueryString all: {
        a: text
      } as application/x-www-form-urlencoded
      Exact(200) text/event-stream EventStream: -
    ");
    let item = api.operations[0].responses[0].contents[0].item.as_ref().unwrap();
    assert_eq!(
        api.schemas.get(item.schema).unwrap().at.pointer,
        "/components/schemas/typewright.1"
    );
}
