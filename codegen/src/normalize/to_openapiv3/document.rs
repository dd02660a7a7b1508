//! The document, its paths, components and security schemes.

use super::operation::{header, operation, parameter, request_body, response};
use super::schema::schema;
use super::{extensions, list, map, member, or_reference, required_text, text, texts, value};
use crate::syntax::Node;
use indexmap::IndexMap;
use openapiv3::{
    APIKeyLocation, AuthorizationCodeOAuth2Flow, Callback, ClientCredentialsOAuth2Flow, Components,
    Contact, Example, ExternalDocumentation, ImplicitOAuth2Flow, Info, License, Link,
    LinkOperation, OAuth2Flows, OpenAPI, PasswordOAuth2Flow, PathItem, Paths, ReferenceOr,
    SecurityRequirement, SecurityScheme, Server, ServerVariable, Tag,
};

/// The whole document.
pub(crate) fn document(node: &Node) -> OpenAPI {
    OpenAPI {
        openapi: required_text(node, "openapi"),
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
        title: required_text(node, "title"),
        description: text(node, "description"),
        terms_of_service: text(node, "termsOfService"),
        contact: member(node, "contact", |node| Contact {
            name: text(node, "name"),
            url: text(node, "url"),
            email: text(node, "email"),
            extensions: extensions(node),
        }),
        license: member(node, "license", |node| License {
            name: required_text(node, "name"),
            url: text(node, "url"),
            extensions: extensions(node),
        }),
        version: required_text(node, "version"),
        extensions: extensions(node),
    }
}

pub(super) fn docs(node: &Node) -> Option<ExternalDocumentation> {
    member(node, "externalDocs", |node| ExternalDocumentation {
        description: text(node, "description"),
        url: required_text(node, "url"),
        extensions: extensions(node),
    })
}

pub(super) fn server(node: &Node) -> Server {
    Server {
        url: required_text(node, "url"),
        description: text(node, "description"),
        variables: node.get("variables").map(|_| map(node, "variables", variable)),
        extensions: extensions(node),
    }
}

fn variable(node: &Node) -> ServerVariable {
    ServerVariable {
        enumeration: texts(node, "enum"),
        default: required_text(node, "default"),
        description: text(node, "description"),
        extensions: extensions(node),
    }
}

fn tag(node: &Node) -> Tag {
    Tag {
        name: required_text(node, "name"),
        description: text(node, "description"),
        external_docs: docs(node),
        extensions: extensions(node),
    }
}

/// The alternatives of `security`; `None` without the member, which differs from an empty list.
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
        parameters: list(node, "parameters", or_reference(parameter)),
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
        schemas: map(node, "schemas", or_reference(schema)),
        responses: map(node, "responses", or_reference(response)),
        parameters: map(node, "parameters", or_reference(parameter)),
        examples: examples(node),
        request_bodies: map(node, "requestBodies", or_reference(request_body)),
        headers: map(node, "headers", or_reference(header)),
        security_schemes: map(node, "securitySchemes", or_reference(scheme)),
        links: map(node, "links", or_reference(link)),
        callbacks: map(node, "callbacks", or_reference(callback)),
        extensions: extensions(node),
    }
}

pub(super) fn examples(node: &Node) -> IndexMap<String, ReferenceOr<Example>> {
    map(node, "examples", or_reference(example))
}

fn example(node: &Node) -> Example {
    Example {
        summary: text(node, "summary"),
        description: text(node, "description"),
        value: member(node, "value", value),
        external_value: text(node, "externalValue"),
        extensions: extensions(node),
    }
}

pub(super) fn link(node: &Node) -> Link {
    let operation = match text(node, "operationRef") {
        Some(reference) => LinkOperation::OperationRef(reference),
        None => LinkOperation::OperationId(required_text(node, "operationId")),
    };
    Link {
        description: text(node, "description"),
        operation,
        request_body: member(node, "requestBody", value),
        parameters: map(node, "parameters", value),
        server: member(node, "server", server),
        extensions: extensions(node),
    }
}

fn scheme(node: &Node) -> SecurityScheme {
    let description = text(node, "description");
    let extensions = extensions(node);
    match node.text_of("type").unwrap_or_default() {
        "apiKey" => SecurityScheme::APIKey {
            location: match node.text_of("in").unwrap_or_default() {
                "query" => APIKeyLocation::Query,
                "cookie" => APIKeyLocation::Cookie,
                _ => APIKeyLocation::Header,
            },
            name: required_text(node, "name"),
            description,
            extensions,
        },
        "oauth2" => SecurityScheme::OAuth2 {
            flows: member(node, "flows", flows).unwrap_or_default(),
            description,
            extensions,
        },
        "openIdConnect" => SecurityScheme::OpenIDConnect {
            open_id_connect_url: required_text(node, "openIdConnectUrl"),
            description,
            extensions,
        },
        _ => SecurityScheme::HTTP {
            scheme: required_text(node, "scheme"),
            bearer_format: text(node, "bearerFormat"),
            description,
            extensions,
        },
    }
}

fn scopes(node: &Node) -> IndexMap<String, String> {
    map(node, "scopes", |scope| scope.as_text().unwrap_or_default().to_owned())
}

fn flows(node: &Node) -> OAuth2Flows {
    OAuth2Flows {
        implicit: member(node, "implicit", |node| ImplicitOAuth2Flow {
            authorization_url: required_text(node, "authorizationUrl"),
            refresh_url: text(node, "refreshUrl"),
            scopes: scopes(node),
            extensions: extensions(node),
        }),
        password: member(node, "password", |node| PasswordOAuth2Flow {
            refresh_url: text(node, "refreshUrl"),
            token_url: required_text(node, "tokenUrl"),
            scopes: scopes(node),
            extensions: extensions(node),
        }),
        client_credentials: member(node, "clientCredentials", |node| ClientCredentialsOAuth2Flow {
            refresh_url: text(node, "refreshUrl"),
            token_url: required_text(node, "tokenUrl"),
            scopes: scopes(node),
            extensions: extensions(node),
        }),
        authorization_code: member(node, "authorizationCode", |node| AuthorizationCodeOAuth2Flow {
            authorization_url: required_text(node, "authorizationUrl"),
            token_url: required_text(node, "tokenUrl"),
            refresh_url: text(node, "refreshUrl"),
            scopes: scopes(node),
            extensions: extensions(node),
        }),
        extensions: extensions(node),
    }
}
