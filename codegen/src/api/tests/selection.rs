//! Selection: `include` and `exclude`.

use super::api;
use crate::api::glob;
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
    let options = Options { include: list(include), exclude: list(exclude), ..Options::default() };
    let (api, messages) = api(TEXT, &options);
    let operations: Vec<_> = api.operations.iter().map(|operation| operation.id.as_str()).collect();
    let schemas: Vec<_> =
        api.schemas.iter().map(|(_, schema)| schema.at.pointer.as_str()).collect();
    format!("{operations:?}\n{schemas:#?}\n{messages}")
}

#[test]
fn no_selection_includes_everything() {
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
fn only_reached_components_are_included() {
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
    assert_snapshot!(selected(&["listPet", "tag:pet", "GET /owner/{id}", "owner", "/owners/{name}"], &["qwertyuiop"]), @r"
    []
    []
    TW0315 : `listPet` selects no operation (is `listPets` meant?)
    TW0315 : `tag:pet` selects no operation (is `tag:pets` meant?)
    TW0315 : `GET /owner/{id}` selects no operation (is `GET /owners/{id}` meant?)
    TW0315 : `owner` selects no operation (is `tag:owners` meant?)
    TW0315 : `/owners/{name}` selects no operation (is `* /owners/{id}` meant?)
    TW0315 : `qwertyuiop` selects no operation (`typewright inspect` lists the operations and tags)
    ");
}

const FLAWED: &str = "
openapi: 3.0.3
info: {title: T, version: '1', sumary: S}
paths:
  /a:
    get: {operationId: a, tagz: [x], responses: {'200': {description: A, content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}}}
    put: {operationId: b, tagz: [x], parameters: [{$ref: '#/components/parameters/Nope'}], responses: {'204': {description: B}}}
  /c:
    get: {operationId: c, tagz: [x], responses: {'200': {description: C, content: {application/json: {schema: {$ref: '#/components/schemas/C'}}}}}}
components:
  schemas:
    A: {type: object, properties: {x: {type: string, items: {type: string}}}}
    C: {type: object, properties: {x: {type: string, items: {type: string}}}}
";

#[test]
fn diagnostics_concern_the_selection_only() {
    let reported = |include: &[&str]| {
        let include = include.iter().map(ToString::to_string).collect();
        let options = crate::Options { include, ..crate::Options::default() };
        let analysed = crate::analyse("api.yaml", &super::One(FLAWED), &options);
        let lines = super::messages(&analysed.diagnostics);
        let places = lines.lines().map(|line| line.split(':').next().unwrap().to_owned());
        (analysed.api.is_some(), places.collect::<Vec<_>>())
    };
    let (is_sound, all) = reported(&[]);
    assert!(!is_sound);
    assert_eq!(all.len(), 7, "{all:?}");
    let (is_sound, of_a) = reported(&["a"]);
    assert!(is_sound);
    assert_eq!(of_a.len(), 3, "{of_a:?}");
    assert!(!of_a.iter().any(|line| line.contains("/C/") || line.contains("put")));
}

#[test]
fn inspection_reports_what_generation_does() {
    let text = "
openapi: 3.0.3
info: {title: T, version: '1'}
paths: {}
components:
  schemas:
    A: {type: object, properties: {day: {type: string, format: date, default: soon}, n: {type: integer, default: 1.0e3}, m: {type: integer, default: 1000.0}}}
";
    let options = crate::Options::default();
    let generated = crate::generate("api.yaml", &super::One(text), &options);
    let inspected = crate::inspect("api.yaml", &super::One(text), &options);
    let reported = super::messages(&inspected.diagnostics);
    assert_eq!(reported, super::messages(&generated.diagnostics));
    assert_eq!(reported.matches("TW0405").count(), 1, "{reported}");
}

#[test]
fn parameters_that_may_be_empty_exist() {
    let options = Options {
        empty_path: ["getOwner.id", "GET /owners/{id}.id", "getOwner.name", "id"]
            .map(str::to_owned)
            .to_vec(),
        ..Options::default()
    };
    assert_snapshot!(api(TEXT, &options).1, @r"
    TW0315 : `empty-path` names `getOwner.name`, which is not a path parameter
    TW0315 : `empty-path` names `id`, which is not a path parameter
    ");
}

#[test]
fn globs() {
    assert!(glob("list*", "listPets"));
    assert!(glob("*", ""));
    assert!(glob("/pets/*/toys", "/pets/{id}/toys"));
    assert!(glob("a?c*e", "abcde"));
    assert!(!glob("list", "listPets"));
    assert!(!glob("", "x"));
    assert!(glob("*aab", "aaaaab"));
}
