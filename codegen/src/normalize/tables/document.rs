//! The document and what hangs directly on it.

use crate::normalize::kinds::{
    row, Form, Kind, Row, ALL, EXAMPLES, HEADERS, PARAMETERS, SCHEMA_MAP, SECURITY, SERVERS,
    SINCE_31, TEXTS, V2, V3, V32,
};

pub const DOCUMENT: &[Row] = &[
    row("openapi", Form::Text, V3),
    row("swagger", Form::Text, V2),
    row("$self", Form::Text, V32),
    row("info", Form::Inline(Kind::Info), ALL),
    row("jsonSchemaDialect", Form::Text, SINCE_31),
    row("servers", SERVERS, V3),
    row("host", Form::Text, V2),
    row("basePath", Form::Text, V2),
    row("schemes", TEXTS, V2),
    row("consumes", TEXTS, V2),
    row("produces", TEXTS, V2),
    row("paths", Form::Inline(Kind::Paths), ALL),
    row(
        "webhooks",
        Form::Map(&Form::Inline(Kind::PathItem)),
        SINCE_31,
    ),
    row("components", Form::Inline(Kind::Components), V3),
    row("definitions", SCHEMA_MAP, V2),
    row("parameters", Form::Map(&Form::Ref(Kind::Parameter)), V2),
    row("responses", Form::Map(&Form::Ref(Kind::Response)), V2),
    row(
        "securityDefinitions",
        Form::Map(&Form::Ref(Kind::SecurityScheme)),
        V2,
    ),
    row("security", SECURITY, ALL),
    row("tags", Form::List(&Form::Inline(Kind::Tag)), ALL),
    row("externalDocs", Form::Inline(Kind::ExternalDocs), ALL),
];

pub const INFO: &[Row] = &[
    row("title", Form::Text, ALL),
    row("summary", Form::Text, SINCE_31),
    row("description", Form::Text, ALL),
    row("termsOfService", Form::Text, ALL),
    row("contact", Form::Inline(Kind::Contact), ALL),
    row("license", Form::Inline(Kind::License), ALL),
    row("version", Form::Text, ALL),
];

pub const CONTACT: &[Row] = &[
    row("name", Form::Text, ALL),
    row("url", Form::Text, ALL),
    row("email", Form::Text, ALL),
];

pub const LICENSE: &[Row] = &[
    row("name", Form::Text, ALL),
    row("identifier", Form::Text, SINCE_31),
    row("url", Form::Text, ALL),
];

pub const SERVER: &[Row] = &[
    row("url", Form::Text, V3),
    row("description", Form::Text, V3),
    row("name", Form::Text, V32),
    row(
        "variables",
        Form::Map(&Form::Inline(Kind::ServerVariable)),
        V3,
    ),
];

pub const SERVER_VARIABLE: &[Row] = &[
    row("enum", TEXTS, V3),
    row("default", Form::Text, V3),
    row("description", Form::Text, V3),
];

pub const COMPONENTS: &[Row] = &[
    row("schemas", SCHEMA_MAP, V3),
    row("responses", Form::Map(&Form::Ref(Kind::Response)), V3),
    row("parameters", Form::Map(&Form::Ref(Kind::Parameter)), V3),
    row("examples", EXAMPLES, V3),
    row(
        "requestBodies",
        Form::Map(&Form::Ref(Kind::RequestBody)),
        V3,
    ),
    row("headers", HEADERS, V3),
    row(
        "securitySchemes",
        Form::Map(&Form::Ref(Kind::SecurityScheme)),
        V3,
    ),
    row("links", Form::Map(&Form::Ref(Kind::Link)), V3),
    row("callbacks", Form::Map(&Form::Inline(Kind::Callback)), V3),
    row(
        "pathItems",
        Form::Map(&Form::Inline(Kind::PathItem)),
        SINCE_31,
    ),
    row("mediaTypes", Form::Map(&Form::Inline(Kind::MediaType)), V32),
];

const OPERATION: Form = Form::Inline(Kind::Operation);

pub const PATH_ITEM: &[Row] = &[
    row("summary", Form::Text, V3),
    row("description", Form::Text, V3),
    row("get", OPERATION, ALL),
    row("put", OPERATION, ALL),
    row("post", OPERATION, ALL),
    row("delete", OPERATION, ALL),
    row("options", OPERATION, ALL),
    row("head", OPERATION, ALL),
    row("patch", OPERATION, ALL),
    row("trace", OPERATION, V3),
    row("query", OPERATION, V32),
    row("additionalOperations", Form::Map(&OPERATION), V32),
    row("servers", SERVERS, V3),
    row("parameters", PARAMETERS, ALL),
];

pub const TAG: &[Row] = &[
    row("name", Form::Text, ALL),
    row("summary", Form::Text, V32),
    row("description", Form::Text, ALL),
    row("externalDocs", Form::Inline(Kind::ExternalDocs), ALL),
    row("parent", Form::Text, V32),
    row("kind", Form::Text, V32),
];

pub const EXTERNAL_DOCS: &[Row] = &[
    row("description", Form::Text, ALL),
    row("url", Form::Text, ALL),
];
