//! Directions of component schemas.

use super::api;
use crate::api::model::{Access, Owner};
use crate::api::read_write::reach;
use crate::api::Options;
use insta::assert_snapshot;

/// Returns one line per component.
fn reaches(text: &str) -> String {
    let (api, messages) = api(text, &Options::default());
    assert_eq!(messages, "");
    let reach = reach(&api);
    let named = api.schemas.iter().filter_map(|(id, schema)| {
        let Owner::Component(name) = &schema.owner else {
            return None;
        };
        Some(format!("{name}: {:?}\n", reach[&id]))
    });
    named.collect()
}

#[test]
fn each_direction_is_followed_through_its_properties() {
    let text = "
openapi: 3.1.0
info: {title: T, version: '1'}
webhooks:
  told: {post: {requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Told'}}}}, responses: {'204': {description: d}}}}
paths:
  /a:
    post:
      operationId: a
      parameters: [{name: q, in: query, schema: {$ref: '#/components/schemas/Filter'}}]
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/New'}}}}
      responses: {'200': {description: d, headers: {X-H: {schema: {$ref: '#/components/schemas/InHeader'}}}, content: {application/json: {schema: {$ref: '#/components/schemas/Page'}}}}}
components:
  schemas:
    Unused: {type: object, properties: {a: {$ref: '#/components/schemas/UnusedToo'}}}
    UnusedToo: {type: object, properties: {a: {type: string, readOnly: true}}}
    Filter: {type: string, enum: [a, b]}
    InHeader: {type: string, enum: [a, b]}
    Told: {type: object, properties: {p: {type: string, writeOnly: true}}}
    New: {type: object, properties: {pet: {$ref: '#/components/schemas/Pet'}, plain: {$ref: '#/components/schemas/Plain'}}}
    Page: {type: object, properties: {pets: {type: array, items: {$ref: '#/components/schemas/Pet'}}, plain: {$ref: '#/components/schemas/Plain'}}}
    Plain: {type: object, properties: {a: {type: string}}}
    Pet:
      type: object
      properties:
        id: {type: string, readOnly: true}
        owner: {readOnly: true, allOf: [{$ref: '#/components/schemas/Owner'}]}
        secret: {writeOnly: true, allOf: [{$ref: '#/components/schemas/Secret'}]}
        next: {$ref: '#/components/schemas/Holder'}
    Holder: {type: object, properties: {pet: {$ref: '#/components/schemas/Pet'}}}
    Owner: {type: object, properties: {id: {type: string, readOnly: true}}}
    Secret: {type: object, properties: {id: {type: string, writeOnly: true}}}
";
    assert_snapshot!(reaches(text), @r"
    Unused: Neither
    UnusedToo: Neither
    Filter: RequestOnly
    InHeader: ResponseOnly
    Told: ResponseOnly
    New: RequestOnly
    Page: ResponseOnly
    Plain: BothSame
    Pet: BothDiffer
    Holder: BothDiffer
    Owner: ResponseOnly
    Secret: RequestOnly
    ");
}

#[test]
fn each_form_has_the_properties_of_its_direction() {
    use crate::api::read_write::Reach;
    let all = [
        Reach::Neither,
        Reach::RequestOnly,
        Reach::ResponseOnly,
        Reach::BothSame,
        Reach::BothDiffer,
    ];
    let has = |requests: bool| {
        let accesses = [Access::ReadWrite, Access::ReadOnly, Access::WriteOnly];
        all.map(|reach| accesses.map(|access| u8::from(reach.has(access, requests))))
    };
    let sent = [[1, 1, 1], [1, 0, 1], [1, 1, 0], [1, 1, 1], [1, 0, 1]];
    let read = [[1, 1, 1], [1, 0, 1], [1, 1, 0], [1, 1, 1], [1, 1, 0]];
    assert_eq!((has(true), has(false)), (sent, read));
}
