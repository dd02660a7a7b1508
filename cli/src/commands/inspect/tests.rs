//! An inspection of an API made by hand.

use super::{inspect, text, Source};
use indexmap::IndexMap;
use typewright::api::model::{
    AnyReason, Api, Constraints, Docs, Info, Operation, Owner, Schema, Schemas, SchemeKind,
    SecurityScheme, Server, Shape, Site, XmlTable,
};
use typewright::diagnostics::codes::host;
use typewright::diagnostics::{Diagnostics, Place};
use typewright::source::Files;

fn site(pointer: &str) -> Site {
    Site { pointer: pointer.into(), place: Place::Nowhere }
}

fn schema(name: &str, shape: Shape) -> Schema {
    Schema {
        at: site(&format!("/components/schemas/{name}")),
        owner: Owner::Component(name.into()),
        shape,
        nullable: false,
        constraints: Constraints::default(),
        default: None,
        examples: Vec::new(),
        docs: Docs::default(),
        name: None,
        xml: None,
    }
}

fn operation(id: &str, tag: Option<&str>) -> Operation {
    Operation {
        at: site("/paths/~1x/get"),
        id: id.into(),
        name: None,
        version: None,
        tag: tag.map(str::to_owned),
        method: "GET".into(),
        path: format!("/{id}"),
        parameters: Vec::new(),
        body: None,
        responses: Vec::new(),
        security: Vec::new(),
        servers: Vec::new(),
        long_running: None,
        pagination: None,
        docs: Docs::default(),
    }
}

fn api() -> Api {
    let digest = SecurityScheme {
        at: site("/components/securitySchemes/key"),
        kind: SchemeKind::Digest,
        docs: Docs::default(),
    };
    Api {
        info: Info {
            title: "Pets".into(),
            license: None,
            version: "1.2".into(),
            docs: Docs::default(),
        },
        servers: vec![Server {
            name: None,
            url: "https://{region}.pets.example".into(),
            variables: Vec::new(),
            docs: Docs::default(),
        }],
        security_schemes: IndexMap::from([("key".into(), digest)]),
        tags: Vec::new(),
        incoming: Vec::new(),
        operations: vec![
            operation("listPets", Some("pets")),
            operation("health", None),
            operation("getPet", Some("pets")),
        ],
        schemas: Schemas::new(vec![
            schema("Flag", Shape::Bool),
            schema("Free", Shape::Any(AnyReason::Unconstrained)),
            schema("Odd", Shape::Any(AnyReason::Lossy("`not` has no type".into()))),
        ]),
        xml: XmlTable::default(),
    }
}

#[test]
fn what_a_document_holds_is_counted_and_listed() {
    let mut diagnostics = Diagnostics::new();
    diagnostics.push(host::OWN_WORKSPACE, Place::Nowhere, "one");
    diagnostics.push(host::OWN_WORKSPACE, Place::Nowhere, "two");
    let source = Source {
        document: "pets.yaml",
        format: "OpenAPI 3.0",
        files: &Files::default(),
        diagnostics: &diagnostics,
    };
    let inspection = inspect(&api(), &source);
    let json = serde_json::to_value(&inspection).unwrap();
    assert_eq!(json["operations"]["pets"][1]["id"], "getPet");
    assert_eq!(json["operations"][""][0]["path"], "/health");
    assert_eq!(json["schemas"]["components"], 3);
    assert_eq!(json["schemas"]["asked"], 1);
    assert_eq!(json["schemas"]["untyped"][0]["reason"], "`not` has no type");
    assert_eq!(json["security"]["key"], "HTTP digest");
    assert_eq!(json["findings"]["TW0510"]["count"], 2);
    let text = text(&inspection);
    for line in [
        "Pets 1.2 (OpenAPI 3.0, pets.yaml)",
        "  https://{region}.pets.example",
        "operations: 3",
        "  (no tag)",
        "    2 × note TW0510",
    ] {
        assert!(text.contains(line), "{line}: {text}");
    }
}

#[test]
fn an_empty_document_is_said_to_be_empty() {
    let api = Api {
        servers: Vec::new(),
        security_schemes: IndexMap::new(),
        operations: Vec::new(),
        schemas: Schemas::default(),
        ..api()
    };
    let source = Source {
        document: "pets.yaml",
        format: "OpenAPI 3.0",
        files: &Files::default(),
        diagnostics: &Diagnostics::new(),
    };
    let text = text(&inspect(&api, &source));
    assert!(text.contains("servers: none") && text.contains("operations: 0"), "{text}");
    assert!(text.contains("findings: 0 errors, 0 warnings, 0 notes"), "{text}");
}
