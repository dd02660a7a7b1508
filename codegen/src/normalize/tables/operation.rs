//! Operations, what they send and what comes back.

use crate::normalize::kinds::{
    row, Form, Kind, Row, ALL, CONTENT, EXAMPLES, HEADERS, PARAMETERS, SCHEMA, SECURITY, SERVERS,
    TEXTS, V2, V3, V32,
};

pub const OPERATION: &[Row] = &[
    row("tags", TEXTS, ALL),
    row("summary", Form::Text, ALL),
    row("description", Form::Text, ALL),
    row("externalDocs", Form::Inline(Kind::ExternalDocs), ALL),
    row("operationId", Form::Text, ALL),
    row("consumes", TEXTS, V2),
    row("produces", TEXTS, V2),
    row("schemes", TEXTS, V2),
    row("parameters", PARAMETERS, ALL),
    row("requestBody", Form::Ref(Kind::RequestBody), V3),
    row("responses", Form::Inline(Kind::Responses), ALL),
    row("callbacks", Form::Map(&Form::Inline(Kind::Callback)), V3),
    row("deprecated", Form::Bool, ALL),
    row("security", SECURITY, ALL),
    row("servers", SERVERS, V3),
];

pub const PARAMETER: &[Row] = &[
    row("name", Form::Text, ALL),
    row("in", Form::Text, ALL),
    row("description", Form::Text, ALL),
    row("required", Form::Bool, ALL),
    row("deprecated", Form::Bool, V3),
    row("allowEmptyValue", Form::Bool, ALL),
    row("style", Form::Text, V3),
    row("explode", Form::Bool, V3),
    row("allowReserved", Form::Bool, V3),
    row("schema", SCHEMA, ALL),
    row("example", Form::Any, V3),
    row("examples", EXAMPLES, V3),
    row("content", CONTENT, V3),
    row("type", Form::Types, V2),
    row("format", Form::Text, V2),
    row("items", SCHEMA, V2),
    row("collectionFormat", Form::Text, V2),
    row("default", Form::Any, V2),
    row("maximum", Form::Number, V2),
    row("exclusiveMaximum", Form::Bound, V2),
    row("minimum", Form::Number, V2),
    row("exclusiveMinimum", Form::Bound, V2),
    row("maxLength", Form::Count, V2),
    row("minLength", Form::Count, V2),
    row("pattern", Form::Pattern, V2),
    row("maxItems", Form::Count, V2),
    row("minItems", Form::Count, V2),
    row("uniqueItems", Form::Bool, V2),
    row("enum", Form::List(&Form::Any), V2),
    row("multipleOf", Form::Number, V2),
];

pub const HEADER: &[Row] = &[
    row("description", Form::Text, ALL),
    row("required", Form::Bool, V3),
    row("deprecated", Form::Bool, V3),
    row("allowEmptyValue", Form::Bool, V3),
    row("style", Form::Text, V3),
    row("explode", Form::Bool, V3),
    row("allowReserved", Form::Bool, V3),
    row("schema", SCHEMA, V3),
    row("example", Form::Any, V3),
    row("examples", EXAMPLES, V3),
    row("content", CONTENT, V3),
    row("type", Form::Types, V2),
    row("format", Form::Text, V2),
    row("items", SCHEMA, V2),
    row("collectionFormat", Form::Text, V2),
    row("default", Form::Any, V2),
    row("maximum", Form::Number, V2),
    row("exclusiveMaximum", Form::Bound, V2),
    row("minimum", Form::Number, V2),
    row("exclusiveMinimum", Form::Bound, V2),
    row("maxLength", Form::Count, V2),
    row("minLength", Form::Count, V2),
    row("pattern", Form::Pattern, V2),
    row("maxItems", Form::Count, V2),
    row("minItems", Form::Count, V2),
    row("uniqueItems", Form::Bool, V2),
    row("enum", Form::List(&Form::Any), V2),
    row("multipleOf", Form::Number, V2),
];

pub const REQUEST_BODY: &[Row] = &[
    row("description", Form::Text, V3),
    row("content", CONTENT, V3),
    row("required", Form::Bool, V3),
];

pub const MEDIA_TYPE: &[Row] = &[
    row("schema", SCHEMA, V3),
    row("itemSchema", SCHEMA, V32),
    row("example", Form::Any, V3),
    row("examples", EXAMPLES, V3),
    row("encoding", Form::Map(&Form::Inline(Kind::Encoding)), V3),
    row(
        "prefixEncoding",
        Form::List(&Form::Inline(Kind::Encoding)),
        V32,
    ),
    row("itemEncoding", Form::Inline(Kind::Encoding), V32),
];

pub const ENCODING: &[Row] = &[
    row("contentType", Form::Text, V3),
    row("headers", HEADERS, V3),
    row("style", Form::Text, V3),
    row("explode", Form::Bool, V3),
    row("allowReserved", Form::Bool, V3),
    row("encoding", Form::Map(&Form::Inline(Kind::Encoding)), V32),
    row(
        "prefixEncoding",
        Form::List(&Form::Inline(Kind::Encoding)),
        V32,
    ),
    row("itemEncoding", Form::Inline(Kind::Encoding), V32),
];

pub const RESPONSES: &[Row] = &[row("default", Form::Ref(Kind::Response), ALL)];

pub const RESPONSE: &[Row] = &[
    row("summary", Form::Text, V32),
    row("description", Form::Text, ALL),
    row("headers", HEADERS, ALL),
    row("content", CONTENT, V3),
    row("links", Form::Map(&Form::Ref(Kind::Link)), V3),
    row("schema", SCHEMA, V2),
    row("examples", Form::Map(&Form::Any), V2),
];

pub const EXAMPLE: &[Row] = &[
    row("summary", Form::Text, V3),
    row("description", Form::Text, V3),
    row("value", Form::Any, V3),
    row("externalValue", Form::Text, V3),
    row("dataValue", Form::Any, V32),
    row("serializedValue", Form::Text, V32),
];

pub const LINK: &[Row] = &[
    row("operationRef", Form::Text, V3),
    row("operationId", Form::Text, V3),
    row("parameters", Form::Map(&Form::Any), V3),
    row("requestBody", Form::Any, V3),
    row("description", Form::Text, V3),
    row("server", Form::Inline(Kind::Server), V3),
];
