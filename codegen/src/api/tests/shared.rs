//! Parts that operations share, and requests that the API sends.

use super::plain;
use crate::api::model::Owner;
use insta::assert_snapshot;

#[test]
fn inline_schemas_belong_to_what_contains_them() {
    let text = "
openapi: 3.0.3
info: {title: T, version: '1'}
paths:
  /a:
    post:
      operationId: a
      parameters: [{$ref: '#/components/parameters/sort'}]
      requestBody: {$ref: '#/components/requestBodies/New'}
      responses:
        '200': {$ref: '#/components/responses/Page'}
        '404': {description: x, content: {application/json: {schema: {type: object, properties: {why: {type: string}}}}}}
      callbacks:
        onDone: {'{$request.body#/url}': {post: {requestBody: {content: {application/json: {schema: {type: object, properties: {id: {type: string}}}}}}, responses: {}}}}
components:
  callbacks:
    typewright.webhooks:
      newPet: {post: {requestBody: {content: {application/json: {schema: {type: object, properties: {pet: {type: string}}}}}}, responses: {}}}
  parameters: {sort: {name: sort, in: query, schema: {type: string, enum: [a, b]}}}
  requestBodies: {New: {content: {application/json: {schema: {type: object, properties: {n: {type: string}}}}}}}
  responses: {Page: {description: P, headers: {X-Next: {schema: {type: string, enum: [x]}}}, content: {application/json: {schema: {type: object, properties: {p: {type: string}}}}}}}
";
    let (api, messages) = plain(text);
    let homes = api.schemas.iter().filter(|(_, schema)| !matches!(schema.owner, Owner::Schema(..)));
    let homes: Vec<_> = homes.map(|(_, schema)| format!("{:?}", schema.owner)).collect();
    let sent: Vec<_> =
        api.incoming.iter().map(|sent| (&sent.name, &sent.method, &sent.callback)).collect();
    assert_snapshot!(format!("{homes:#?}\n{sent:?}\n{messages}"), @r#"
    [
        "Shared(Parameter, \"sort\")",
        "Shared(Body(None), \"New\")",
        "Shared(Response(None), \"Page\")",
        "Shared(ResponseHeader(\"X-Next\"), \"Page\")",
        "Operation(0, Response(\"404\", None))",
        "Shared(Payload(None), \"newPet\")",
        "Shared(Payload(None), \"onDone\")",
    ]
    [("newPet", "POST", None), ("onDone", "POST", Some((0, "{$request.body#/url}")))]
    "#);
}
