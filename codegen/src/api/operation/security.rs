//! Security: the schemes of the document, and which of them an operation asks for.

use super::Entry;
use crate::api::model::{
    Docs, Flow, KeyLocation, RequiredScheme, SchemeKind, SecurityRequirement, SecurityScheme,
};
use crate::api::schema::Lowering;
use crate::api::schema_location::join;
use crate::diagnostics::codes::api as codes;
use crate::normalize::keys;
use indexmap::IndexMap;
use openapiv3::{self as openapi, APIKeyLocation, OAuth2Flows, ReferenceOr};
use serde_json::Value;

/// The security schemes of the document by their names.
pub(in crate::api) fn schemes(lowering: &mut Lowering) -> IndexMap<String, SecurityScheme> {
    let Some(components) = lowering.resolver.components() else {
        return IndexMap::new();
    };
    let mut schemes = IndexMap::new();
    for (name, scheme) in &components.security_schemes {
        let at = join("/components/securitySchemes", name);
        match resolved(&components.security_schemes, scheme) {
            Some(scheme) => {
                schemes.insert(name.clone(), lowering.scheme(at, scheme));
            }
            None => {
                let message = "this security scheme is a reference that names nothing";
                lowering.report(codes::UNRESOLVED, &at, message);
            }
        }
    }
    schemes
}

fn resolved<'a>(
    all: &'a IndexMap<String, ReferenceOr<openapi::SecurityScheme>>,
    scheme: &'a ReferenceOr<openapi::SecurityScheme>,
) -> Option<&'a openapi::SecurityScheme> {
    let mut scheme = scheme;
    for _ in 0..=all.len() {
        let reference = match scheme {
            ReferenceOr::Item(scheme) => return Some(scheme),
            ReferenceOr::Reference { reference } => reference,
        };
        let name = reference.strip_prefix("#/components/securitySchemes/")?;
        scheme = all.get(&name.replace("~1", "/").replace("~0", "~"))?;
    }
    None
}

impl<'a> Lowering<'a, '_> {
    fn scheme(&mut self, at: String, scheme: &'a openapi::SecurityScheme) -> SecurityScheme {
        let (kind, description) = match scheme {
            openapi::SecurityScheme::APIKey {
                location,
                name,
                description,
                ..
            } => (
                SchemeKind::ApiKey {
                    location: key_location(location),
                    name: name.clone(),
                },
                description,
            ),
            openapi::SecurityScheme::HTTP {
                scheme,
                description,
                extensions,
                ..
            } => (self.http(&at, scheme, extensions), description),
            openapi::SecurityScheme::OAuth2 {
                flows, description, ..
            } => (oauth2(flows), description),
            openapi::SecurityScheme::OpenIDConnect {
                open_id_connect_url,
                description,
                ..
            } => (
                SchemeKind::OpenIdConnect(open_id_connect_url.clone()),
                description,
            ),
        };
        SecurityScheme {
            at: self.site(at),
            kind,
            docs: Docs {
                description: description.clone(),
                ..Docs::default()
            },
        }
    }

    /// A scheme of HTTP authentication by its name in the IANA registry, which ignores case.
    fn http(&mut self, at: &str, scheme: &str, extensions: &IndexMap<String, Value>) -> SchemeKind {
        let kind = extensions.get(keys::SCHEME_TYPE).and_then(Value::as_str);
        match kind {
            Some("mutualTLS") => return SchemeKind::MutualTls,
            Some("apiKey") => return SchemeKind::Unplaced,
            Some(_) | None => {}
        }
        match scheme.to_ascii_lowercase().as_str() {
            "basic" => SchemeKind::Basic,
            "bearer" => SchemeKind::Bearer,
            "digest" => SchemeKind::Digest,
            _ => {
                let name = kind.unwrap_or(scheme);
                let message = format!("`{name}` is not supported yet and takes a bearer token");
                self.report(codes::SCHEME_UNSUPPORTED, at, message);
                SchemeKind::Other(name.to_owned())
            }
        }
    }

    /// The alternatives of an operation: its own, or those of the document.
    pub(super) fn security(&mut self, entry: &Entry<'a>) -> Vec<SecurityRequirement> {
        let (said, at) = match &entry.operation.security {
            Some(own) => (own.as_slice(), entry.pointer.as_str()),
            None => (
                self.resolver
                    .openapi
                    .security
                    .as_deref()
                    .unwrap_or_default(),
                "",
            ),
        };
        let at = join(at, "security");
        let mut alternatives = Vec::with_capacity(said.len());
        for (index, requirement) in said.iter().enumerate() {
            let mut all = Vec::with_capacity(requirement.len());
            for (name, scopes) in requirement {
                if self.has_scheme(name) {
                    all.push(RequiredScheme {
                        scheme: name.clone(),
                        scopes: scopes.clone(),
                    });
                } else {
                    let message = format!("there is no security scheme `{name}`");
                    let at = join(&join(&at, &index.to_string()), name);
                    self.report(codes::UNKNOWN_SCHEME, &at, message);
                }
            }
            if all.len() == requirement.len() {
                alternatives.push(all);
            }
        }
        alternatives
    }

    /// Whether a scheme that the operation may ask for writes the header `Authorization`.
    pub(super) fn authorizes(&self, entry: &Entry<'a>) -> bool {
        let openapi = self.resolver.openapi;
        let said = entry
            .operation
            .security
            .as_ref()
            .or(openapi.security.as_ref());
        let Some(components) = self.resolver.components() else {
            return false;
        };
        let names = said.into_iter().flatten().flat_map(|all| all.keys());
        let schemes = names.filter_map(|name| components.security_schemes.get(name));
        let mut schemes = schemes.filter_map(|one| resolved(&components.security_schemes, one));
        schemes.any(|scheme| match scheme {
            openapi::SecurityScheme::APIKey { location, name, .. } => {
                *location == APIKeyLocation::Header && name.eq_ignore_ascii_case("authorization")
            }
            openapi::SecurityScheme::HTTP { extensions, .. } => {
                !extensions.contains_key(keys::SCHEME_TYPE)
            }
            openapi::SecurityScheme::OAuth2 { .. }
            | openapi::SecurityScheme::OpenIDConnect { .. } => true,
        })
    }

    fn has_scheme(&self, name: &str) -> bool {
        let components = self.resolver.components();
        components.is_some_and(|all| all.security_schemes.contains_key(name))
    }
}

fn key_location(location: &APIKeyLocation) -> KeyLocation {
    match location {
        APIKeyLocation::Query => KeyLocation::Query,
        APIKeyLocation::Header => KeyLocation::Header,
        APIKeyLocation::Cookie => KeyLocation::Cookie,
    }
}

fn oauth2(flows: &OAuth2Flows) -> SchemeKind {
    let implicit = flows.implicit.as_ref();
    let implicit = implicit.map(|flow| flow_of("implicit", Some(&flow.authorization_url), None));
    let password = flows.password.as_ref();
    let password = password.map(|flow| flow_of("password", None, Some(&flow.token_url)));
    let code = flows.authorization_code.as_ref().map(|flow| {
        let url = Some(&flow.authorization_url);
        flow_of("authorizationCode", url, Some(&flow.token_url))
    });
    let device = flows
        .extensions
        .get(keys::DEVICE_AUTHORIZATION)
        .map(|flow| Flow {
            name: "deviceAuthorization".to_owned(),
            authorization_url: member(flow, "deviceAuthorizationUrl"),
            token_url: member(flow, "tokenUrl"),
        });
    let client = flows.client_credentials.as_ref();
    SchemeKind::OAuth2 {
        client_credentials: client.map(|flow| flow.token_url.clone()),
        flows: [implicit, password, code, device]
            .into_iter()
            .flatten()
            .collect(),
    }
}

fn flow_of(name: &str, authorization: Option<&String>, token: Option<&String>) -> Flow {
    Flow {
        name: name.to_owned(),
        authorization_url: authorization.cloned(),
        token_url: token.cloned(),
    }
}

fn member(flow: &Value, name: &str) -> Option<String> {
    flow.get(name)?.as_str().map(str::to_owned)
}
