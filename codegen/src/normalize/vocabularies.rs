//! The vocabularies of all versions: for each kind of object, its members with their forms, in the order of the
//! specifications.

use super::object_kinds::{
    row, Form, Kind, Row, ALL, CONTENT, EXAMPLES, HEADERS, PARAMETERS, SCHEMAS, SCHEMA_MAP,
    SCHEMA_OR_REFERENCE, SECURITY, SERVERS, SINCE_31, TEXTS, V2, V3, V30, V32,
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
    row("webhooks", Form::Map(&Form::Inline(Kind::PathItem)), SINCE_31),
    row("components", Form::Inline(Kind::Components), V3),
    row("definitions", SCHEMA_MAP, V2),
    row("parameters", Form::Map(&Form::Ref(Kind::Parameter)), V2),
    row("responses", Form::Map(&Form::Ref(Kind::Response)), V2),
    row("securityDefinitions", Form::Map(&Form::Ref(Kind::SecurityScheme)), V2),
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

pub const CONTACT: &[Row] =
    &[row("name", Form::Text, ALL), row("url", Form::Text, ALL), row("email", Form::Text, ALL)];

pub const LICENSE: &[Row] = &[
    row("name", Form::Text, ALL),
    row("identifier", Form::Text, SINCE_31),
    row("url", Form::Text, ALL),
];

pub const SERVER: &[Row] = &[
    row("url", Form::Text, V3),
    row("description", Form::Text, V3),
    row("name", Form::Text, V32),
    row("variables", Form::Map(&Form::Inline(Kind::ServerVariable)), V3),
];

pub const SERVER_VARIABLE: &[Row] =
    &[row("enum", TEXTS, V3), row("default", Form::Text, V3), row("description", Form::Text, V3)];

pub const COMPONENTS: &[Row] = &[
    row("schemas", SCHEMA_MAP, V3),
    row("responses", Form::Map(&Form::Ref(Kind::Response)), V3),
    row("parameters", Form::Map(&Form::Ref(Kind::Parameter)), V3),
    row("examples", EXAMPLES, V3),
    row("requestBodies", Form::Map(&Form::Ref(Kind::RequestBody)), V3),
    row("headers", HEADERS, V3),
    row("securitySchemes", Form::Map(&Form::Ref(Kind::SecurityScheme)), V3),
    row("links", Form::Map(&Form::Ref(Kind::Link)), V3),
    row("callbacks", Form::Map(&Form::Inline(Kind::Callback)), V3),
    row("pathItems", Form::Map(&Form::Inline(Kind::PathItem)), SINCE_31),
    row("mediaTypes", Form::Map(&Form::Inline(Kind::MediaType)), V32),
];

const ONE_OPERATION: Form = Form::Inline(Kind::Operation);

pub const PATH_ITEM: &[Row] = &[
    row("summary", Form::Text, V3),
    row("description", Form::Text, V3),
    row("get", ONE_OPERATION, ALL),
    row("put", ONE_OPERATION, ALL),
    row("post", ONE_OPERATION, ALL),
    row("delete", ONE_OPERATION, ALL),
    row("options", ONE_OPERATION, ALL),
    row("head", ONE_OPERATION, ALL),
    row("patch", ONE_OPERATION, ALL),
    row("trace", ONE_OPERATION, V3),
    row("query", ONE_OPERATION, V32),
    row("additionalOperations", Form::Map(&ONE_OPERATION), V32),
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

pub const EXTERNAL_DOCS: &[Row] =
    &[row("description", Form::Text, ALL), row("url", Form::Text, ALL)];

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

/// The keywords of schemas that parameters and headers of 2.0 have themselves.
pub const INLINE_SCHEMA: &[Row] = &[
    row("type", Form::Types, V2),
    row("format", Form::Text, V2),
    row("items", SCHEMA_OR_REFERENCE, V2),
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
    row("schema", SCHEMA_OR_REFERENCE, ALL),
    row("example", Form::Any, V3),
    row("examples", EXAMPLES, V3),
    row("content", CONTENT, V3),
];

pub const HEADER: &[Row] = &[
    row("description", Form::Text, ALL),
    row("required", Form::Bool, V3),
    row("deprecated", Form::Bool, V3),
    row("allowEmptyValue", Form::Bool, V3),
    row("style", Form::Text, V3),
    row("explode", Form::Bool, V3),
    row("allowReserved", Form::Bool, V3),
    row("schema", SCHEMA_OR_REFERENCE, V3),
    row("example", Form::Any, V3),
    row("examples", EXAMPLES, V3),
    row("content", CONTENT, V3),
];

pub const REQUEST_BODY: &[Row] = &[
    row("description", Form::Text, V3),
    row("content", CONTENT, V3),
    row("required", Form::Bool, V3),
];

pub const MEDIA_TYPE: &[Row] = &[
    row("schema", SCHEMA_OR_REFERENCE, V3),
    row("itemSchema", SCHEMA_OR_REFERENCE, V32),
    row("example", Form::Any, V3),
    row("examples", EXAMPLES, V3),
    row("encoding", Form::Map(&Form::Inline(Kind::Encoding)), V3),
    row("prefixEncoding", Form::List(&Form::Inline(Kind::Encoding)), V32),
    row("itemEncoding", Form::Inline(Kind::Encoding), V32),
];

pub const ENCODING: &[Row] = &[
    row("contentType", Form::Text, V3),
    row("headers", HEADERS, V3),
    row("style", Form::Text, V3),
    row("explode", Form::Bool, V3),
    row("allowReserved", Form::Bool, V3),
    row("encoding", Form::Map(&Form::Inline(Kind::Encoding)), V32),
    row("prefixEncoding", Form::List(&Form::Inline(Kind::Encoding)), V32),
    row("itemEncoding", Form::Inline(Kind::Encoding), V32),
];

pub const RESPONSES: &[Row] = &[row("default", Form::Ref(Kind::Response), ALL)];

pub const RESPONSE: &[Row] = &[
    row("summary", Form::Text, V32),
    row("description", Form::Text, ALL),
    row("headers", HEADERS, ALL),
    row("content", CONTENT, V3),
    row("links", Form::Map(&Form::Ref(Kind::Link)), V3),
    row("schema", SCHEMA_OR_REFERENCE, V2),
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

pub const SCHEMA: &[Row] = &[
    row("$ref", Form::Text, ALL),
    row("type", Form::Types, ALL),
    row("description", Form::Text, ALL),
    row("properties", SCHEMA_MAP, ALL),
    row("required", TEXTS, ALL),
    row("items", Form::SchemaOrList, ALL),
    row("enum", Form::List(&Form::Any), ALL),
    row("format", Form::Text, ALL),
    row("example", Form::Any, ALL),
    row("examples", Form::Any, SINCE_31),
    row("default", Form::Any, ALL),
    row("nullable", Form::Bool, V30 | V2),
    row("title", Form::Text, ALL),
    row("allOf", SCHEMAS, ALL),
    row("anyOf", SCHEMAS, V3),
    row("oneOf", SCHEMAS, V3),
    row("not", SCHEMA_OR_REFERENCE, V3),
    row("additionalProperties", Form::SchemaOrBool, ALL),
    row("readOnly", Form::Bool, ALL),
    row("writeOnly", Form::Bool, V3),
    row("deprecated", Form::Bool, V3),
    row("discriminator", Form::Inline(Kind::Discriminator), ALL),
    row("minimum", Form::Number, ALL),
    row("maximum", Form::Number, ALL),
    row("exclusiveMinimum", Form::Bound, ALL),
    row("exclusiveMaximum", Form::Bound, ALL),
    row("multipleOf", Form::Number, ALL),
    row("minLength", Form::Count, ALL),
    row("maxLength", Form::Count, ALL),
    row("pattern", Form::Pattern, ALL),
    row("minItems", Form::Count, ALL),
    row("maxItems", Form::Count, ALL),
    row("uniqueItems", Form::Bool, ALL),
    row("minProperties", Form::Count, ALL),
    row("maxProperties", Form::Count, ALL),
    row("externalDocs", Form::Inline(Kind::ExternalDocs), ALL),
    row("xml", Form::Inline(Kind::Xml), ALL),
    // JSON Schema 2020-12
    row("const", Form::Any, SINCE_31),
    row("prefixItems", SCHEMAS, SINCE_31),
    row("patternProperties", SCHEMA_MAP, SINCE_31),
    row("propertyNames", SCHEMA_OR_REFERENCE, SINCE_31),
    row("contains", SCHEMA_OR_REFERENCE, SINCE_31),
    row("minContains", Form::Count, SINCE_31),
    row("maxContains", Form::Count, SINCE_31),
    row("if", SCHEMA_OR_REFERENCE, SINCE_31),
    row("then", SCHEMA_OR_REFERENCE, SINCE_31),
    row("else", SCHEMA_OR_REFERENCE, SINCE_31),
    row("dependentSchemas", SCHEMA_MAP, SINCE_31),
    row("dependentRequired", Form::Map(&TEXTS), SINCE_31),
    row("unevaluatedItems", Form::SchemaOrBool, SINCE_31),
    row("unevaluatedProperties", Form::SchemaOrBool, SINCE_31),
    row("contentEncoding", Form::Text, SINCE_31),
    row("contentMediaType", Form::Text, SINCE_31),
    row("contentSchema", SCHEMA_OR_REFERENCE, SINCE_31),
    row("$defs", SCHEMA_MAP, SINCE_31),
    row("$id", Form::Text, SINCE_31),
    row("$schema", Form::Text, SINCE_31),
    row("$anchor", Form::Text, SINCE_31),
    row("$dynamicAnchor", Form::Text, SINCE_31),
    row("$dynamicRef", Form::Text, SINCE_31),
    row("$comment", Form::Text, SINCE_31),
    row("$vocabulary", Form::Any, SINCE_31),
    // older drafts, as people still write them
    row("definitions", SCHEMA_MAP, 0),
    row("additionalItems", Form::SchemaOrBool, 0),
    row("dependencies", Form::Map(&Form::Dependencies), 0),
    row("id", Form::Text, 0),
    row("collectionFormat", Form::Text, V2),
];

pub const DISCRIMINATOR: &[Row] = &[
    row("propertyName", Form::Text, ALL),
    row("mapping", Form::Map(&Form::Text), V3),
    row("defaultMapping", Form::Text, V32),
];

pub const XML: &[Row] = &[
    row("name", Form::Text, ALL),
    row("namespace", Form::Text, ALL),
    row("prefix", Form::Text, ALL),
    row("attribute", Form::Bool, ALL),
    row("wrapped", Form::Bool, ALL),
    row("nodeType", Form::Text, V32),
];

const FLOW_OBJECT: Form = Form::Inline(Kind::Flow);
const SCOPES: Form = Form::Map(&Form::Text);

pub const SECURITY_SCHEME: &[Row] = &[
    row("type", Form::Text, ALL),
    row("description", Form::Text, ALL),
    row("name", Form::Text, ALL),
    row("in", Form::Text, ALL),
    row("scheme", Form::Text, V3),
    row("bearerFormat", Form::Text, V3),
    row("flows", Form::Inline(Kind::Flows), V3),
    row("openIdConnectUrl", Form::Text, V3),
    row("oauth2MetadataUrl", Form::Text, V32),
    row("deprecated", Form::Bool, V32),
    row("flow", Form::Text, V2),
    row("authorizationUrl", Form::Text, V2),
    row("tokenUrl", Form::Text, V2),
    row("scopes", SCOPES, V2),
];

pub const FLOWS: &[Row] = &[
    row("implicit", FLOW_OBJECT, V3),
    row("password", FLOW_OBJECT, V3),
    row("clientCredentials", FLOW_OBJECT, V3),
    row("authorizationCode", FLOW_OBJECT, V3),
    row("deviceAuthorization", FLOW_OBJECT, V32),
];

pub const FLOW: &[Row] = &[
    row("authorizationUrl", Form::Text, V3),
    row("deviceAuthorizationUrl", Form::Text, V32),
    row("tokenUrl", Form::Text, V3),
    row("refreshUrl", Form::Text, V3),
    row("scopes", SCOPES, V3),
];

/// The keywords that apply to one type only.
pub const TYPE_KEYWORDS: [(&str, &[&str]); 5] = [
    (
        "object",
        &["properties", "additionalProperties", "required", "minProperties", "maxProperties"],
    ),
    ("array", &["items", "minItems", "maxItems", "uniqueItems"]),
    ("string", &["minLength", "maxLength", "pattern"]),
    ("number", &["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]),
    ("integer", &["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]),
];
