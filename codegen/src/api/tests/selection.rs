//! Selection: `include` and `exclude`.

use super::api;
use crate::api::Options;
use insta::assert_snapshot;

const TEXT: &str = "
openapi: 3.0.3
info: {title: T, version: '1'}
paths:
  /pets:
    get: {operationId: listPets, tags: [pets], responses: {'200': {description: P, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}}}
    post: {operationId: createPet, tags: [pets], responses: {'200': {description: P}}}
  /owners/{id}:
    get: {operationId: getOwner, tags: [owners], parameters: [{name: id, in: path, required: true, schema: {type: string}}], responses: {'200': {description: P, content: {application/json: {schema: {$ref: '#/components/schemas/Owner'}}}}}}
components:
  schemas:
    Unused: {type: string}
    Pet: {type: object, properties: {tag: {$ref: '#/components/schemas/Tag'}}}
    Owner: {type: object, properties: {tag: {$ref: '#/components/schemas/Tag'}}}
    Tag: {type: string}
";

fn selected(include: &[&str], exclude: &[&str]) -> String {
    let list = |list: &[&str]| list.iter().map(ToString::to_string).collect();
    let options = Options {
        include: list(include),
        exclude: list(exclude),
        ..Options::default()
    };
    let (api, findings) = api(TEXT, &options);
    let operations: Vec<_> = api
        .operations
        .iter()
        .map(|operation| operation.id.as_str())
        .collect();
    let schemas: Vec<_> = api
        .schemas
        .iter()
        .map(|(_, schema)| schema.at.pointer.as_str())
        .collect();
    format!("{operations:?}\n{schemas:#?}\n{findings}")
}

#[test]
fn nothing_selected_keeps_everything() {
    assert_snapshot!(selected(&[], &[]), @r#"
    ["listPets", "createPet", "getOwner"]
    [
        "/components/schemas/Unused",
        "/components/schemas/Pet",
        "/components/schemas/Owner",
        "/components/schemas/Tag",
        "/paths/~1owners~1{id}/get/parameters/0/schema",
    ]
    "#);
}

#[test]
fn only_what_is_reached_stays() {
    assert_snapshot!(selected(&["listPets"], &[]), @r#"
    ["listPets"]
    [
        "/components/schemas/Pet",
        "/components/schemas/Tag",
    ]
    "#);
}

#[test]
fn tags_methods_and_globs() {
    assert_snapshot!(selected(&["tag:pets", "get /owners/*"], &["create*"]), @r#"
    ["listPets", "getOwner"]
    [
        "/components/schemas/Pet",
        "/components/schemas/Owner",
        "/components/schemas/Tag",
        "/paths/~1owners~1{id}/get/parameters/0/schema",
    ]
    "#);
}

#[test]
fn a_selector_that_matches_nothing_is_an_error() {
    assert_snapshot!(selected(&["listPet", "tag:pet", "GET /owner/{id}"], &["x"]), @r"
    []
    []
    TW0315 : `listPet` selects no operation (did you mean `listPets`?)
    TW0315 : `tag:pet` selects no operation (did you mean `tag:pets`?)
    TW0315 : `GET /owner/{id}` selects no operation (did you mean `GET /owners/{id}`?)
    TW0315 : `x` selects no operation (did you mean `listPets`?)
    ");
}
