//! The document, its paths and its components.

use super::operation::{media_type, operation, request_body, response};
use super::parameter::{header, parameter};
use super::schema::schema;
use super::security::scheme;
use super::{demanded, extensions, flag, list, map, member, reference_or, text, texts, value};
use crate::load::Node;
use indexmap::IndexMap;
use openapiv3::{
    Callback, Components, Contact, Example, ExternalDocumentation, Info, License, Link,
    LinkOperation, OpenAPI, PathItem, Paths, ReferenceOr, SecurityRequirement, Server,
    ServerVariable, Tag,
};

/// The whole document.
pub(in crate::normalize) fn document(node: &Node) -> OpenAPI {
    OpenAPI {
        openapi: demanded(node, "openapi"),
        info: member(node, "info", info).unwrap_or_default(),
        servers: list(node, "servers", server),
        paths: member(node, "paths", paths).unwrap_or_default(),
        components: member(node, "components", components),
        security: requirements(node),
        tags: list(node, "tags", tag),
        external_docs: docs(node),
        extensions: extensions(node),
    }
}

fn info(node: &Node) -> Info {
    Info {
        title: demanded(node, "title"),
        description: text(node, "description"),
        terms_of_service: text(node, "termsOfService"),
        contact: member(node, "contact", |node| Contact {
            name: text(node, "name"),
            url: text(node, "url"),
            email: text(node, "email"),
            extensions: extensions(node),
        }),
        license: member(node, "license", |node| License {
            name: demanded(node, "name"),
            url: text(node, "url"),
            extensions: extensions(node),
        }),
        version: demanded(node, "version"),
        extensions: extensions(node),
    }
}

pub(super) fn docs(node: &Node) -> Option<ExternalDocumentation> {
    member(node, "externalDocs", |node| ExternalDocumentation {
        description: text(node, "description"),
        url: demanded(node, "url"),
        extensions: extensions(node),
    })
}

pub(super) fn server(node: &Node) -> Server {
    let variables = node
        .get("variables")
        .map(|_| map(node, "variables", variable));
    Server {
        url: demanded(node, "url"),
        description: text(node, "description"),
        variables,
        extensions: extensions(node),
    }
}

fn variable(node: &Node) -> ServerVariable {
    ServerVariable {
        enumeration: texts(node, "enum"),
        default: demanded(node, "default"),
        description: text(node, "description"),
        extensions: extensions(node),
    }
}

fn tag(node: &Node) -> Tag {
    Tag {
        name: demanded(node, "name"),
        description: text(node, "description"),
        external_docs: docs(node),
        extensions: extensions(node),
    }
}

/// The alternatives of `security`; none where it is not said.
pub(super) fn requirements(node: &Node) -> Option<Vec<SecurityRequirement>> {
    node.get("security")?;
    Some(list(node, "security", |requirement| {
        requirement
            .members()
            .map(|(scheme, scopes)| {
                let scopes = scopes.as_list().unwrap_or_default();
                let scopes = scopes.iter().filter_map(Node::as_text).map(str::to_owned);
                (scheme.to_string(), scopes.collect())
            })
            .collect()
    }))
}

fn paths(node: &Node) -> Paths {
    let paths = node.members().filter(|(key, _)| !key.starts_with("x-"));
    Paths {
        paths: paths
            .map(|(key, item)| (key.to_string(), ReferenceOr::Item(path_item(item))))
            .collect(),
        extensions: extensions(node),
    }
}

pub(super) fn path_item(node: &Node) -> PathItem {
    PathItem {
        summary: text(node, "summary"),
        description: text(node, "description"),
        get: member(node, "get", operation),
        put: member(node, "put", operation),
        post: member(node, "post", operation),
        delete: member(node, "delete", operation),
        options: member(node, "options", operation),
        head: member(node, "head", operation),
        patch: member(node, "patch", operation),
        trace: member(node, "trace", operation),
        servers: list(node, "servers", server),
        parameters: list(node, "parameters", |node| reference_or(node, parameter)),
        extensions: extensions(node),
    }
}

pub(super) fn callback(node: &Node) -> Callback {
    node.members()
        .filter(|(key, _)| !key.starts_with("x-"))
        .map(|(key, item)| (key.to_string(), path_item(item)))
        .collect()
}

fn components(node: &Node) -> Components {
    Components {
        schemas: map(node, "schemas", |node| reference_or(node, schema)),
        responses: map(node, "responses", |node| reference_or(node, response)),
        parameters: map(node, "parameters", |node| reference_or(node, parameter)),
        examples: examples(node),
        request_bodies: map(node, "requestBodies", |node| {
            reference_or(node, request_body)
        }),
        headers: map(node, "headers", |node| reference_or(node, header)),
        security_schemes: map(node, "securitySchemes", |node| reference_or(node, scheme)),
        links: map(node, "links", |node| reference_or(node, link)),
        callbacks: map(node, "callbacks", |node| reference_or(node, callback)),
        extensions: extensions(node),
    }
}

pub(super) fn examples(node: &Node) -> IndexMap<String, ReferenceOr<Example>> {
    map(node, "examples", |node| reference_or(node, example))
}

fn example(node: &Node) -> Example {
    Example {
        summary: text(node, "summary"),
        description: text(node, "description"),
        value: node.get("value").map(value),
        external_value: text(node, "externalValue"),
        extensions: extensions(node),
    }
}

pub(super) fn link(node: &Node) -> Link {
    let operation = match text(node, "operationRef") {
        Some(reference) => LinkOperation::OperationRef(reference),
        None => LinkOperation::OperationId(demanded(node, "operationId")),
    };
    Link {
        description: text(node, "description"),
        operation,
        request_body: node.get("requestBody").map(value),
        parameters: map(node, "parameters", value),
        server: member(node, "server", server),
        extensions: extensions(node),
    }
}

/// The media types of `content`.
pub(super) fn content(node: &Node) -> IndexMap<String, openapiv3::MediaType> {
    map(node, "content", media_type)
}

/// Whether a flag is set.
pub(super) fn is_set(node: &Node, key: &str) -> bool {
    flag(node, key).unwrap_or_default()
}
