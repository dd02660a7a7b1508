//! Security: the schemes of the document, and the requirements of operations.

use super::{Entry, OperationLowering};
use crate::api::model::{
    Docs, Flow, KeyLocation, RequiredScheme, SchemeKind, SecurityRequirement, SecurityScheme,
};
use crate::api::schema_source::join;
use crate::diagnostics::codes::api as codes;
use crate::normalize::keys;
use indexmap::IndexMap;
use openapiv3::{self as openapi, APIKeyLocation, OAuth2Flows, ReferenceOr};
use serde_json::Value;

impl<'a> OperationLowering<'a, '_> {
    /// Lowers the security schemes of the document, by component name.
    pub fn security_schemes(&mut self) -> IndexMap<String, SecurityScheme> {
        let mut lowered = IndexMap::new();
        for (name, scheme) in self.declared_schemes() {
            let at = join("/components/securitySchemes", name);
            if let Some(resolved) = self.resolve(&at, scheme) {
                lowered.insert(name.clone(), self.scheme(at, resolved.value));
            }
        }
        lowered
    }

    fn declared_schemes(
        &self,
    ) -> impl Iterator<Item = (&'a String, &'a ReferenceOr<openapi::SecurityScheme>)> {
        let components = self.schemas.resolver.components();
        components.into_iter().flat_map(|all| &all.security_schemes)
    }

    fn scheme(&mut self, at: String, scheme: &'a openapi::SecurityScheme) -> SecurityScheme {
        let (kind, description) = match scheme {
            openapi::SecurityScheme::APIKey { location, name, description, .. } => {
                let location = match location {
                    APIKeyLocation::Query => KeyLocation::Query,
                    APIKeyLocation::Header => KeyLocation::Header,
                    APIKeyLocation::Cookie => KeyLocation::Cookie,
                };
                let name = name.clone();
                (SchemeKind::ApiKey { location, name }, description)
            }
            openapi::SecurityScheme::HTTP { scheme, description, extensions, .. } => {
                (self.http_scheme(&at, scheme, extensions), description)
            }
            openapi::SecurityScheme::OAuth2 { flows, description, .. } => {
                (oauth2(flows), description)
            }
            openapi::SecurityScheme::OpenIDConnect {
                open_id_connect_url: url,
                description,
                ..
            } => (SchemeKind::OpenIdConnect(url.clone()), description),
        };
        SecurityScheme {
            at: self.schemas.site(at),
            kind,
            docs: Docs { description: description.clone(), ..Docs::default() },
        }
    }

    /// Lowers a scheme of HTTP authentication by its name in the IANA registry, which ignores case.
    fn http_scheme(
        &mut self,
        at: &str,
        scheme: &str,
        extensions: &IndexMap<String, Value>,
    ) -> SchemeKind {
        let kind = extensions.get(keys::SCHEME_TYPE).and_then(Value::as_str);
        match (kind, scheme.to_ascii_lowercase().as_str()) {
            (Some("mutualTLS"), _) => SchemeKind::MutualTls,
            (Some("apiKey"), _) => SchemeKind::Unplaced,
            (_, "basic") => SchemeKind::Basic,
            (_, "bearer") => SchemeKind::Bearer,
            (_, "digest") => SchemeKind::Digest,
            _ => {
                let name = kind.unwrap_or(scheme);
                let message = format!("`{name}` is not supported and is treated as a bearer token");
                self.schemas.report(codes::SCHEME_UNSUPPORTED, at, message);
                SchemeKind::Other(name.to_owned())
            }
        }
    }

    /// Lowers the alternative requirements of an operation: its own, else those of the document.
    pub(super) fn security(&mut self, entry: &Entry<'a>) -> Vec<SecurityRequirement> {
        let (declared, at) = match &entry.operation.security {
            Some(security) => (security.as_slice(), entry.pointer.as_str()),
            None => (self.default_security(), ""),
        };
        let at = join(at, "security");
        let mut alternatives = Vec::with_capacity(declared.len());
        for (index, requirement) in declared.iter().enumerate() {
            let mut schemes = Vec::with_capacity(requirement.len());
            for (name, scopes) in requirement {
                if self.declared_schemes().any(|(declared, _)| declared == name) {
                    schemes.push(RequiredScheme { scheme: name.clone(), scopes: scopes.clone() });
                } else {
                    let message = format!("security scheme `{name}` is not declared");
                    let at = join(&join(&at, &index.to_string()), name);
                    self.schemas.report(codes::UNKNOWN_SCHEME, &at, message);
                }
            }
            if schemes.len() == requirement.len() {
                alternatives.push(schemes);
            }
        }
        alternatives
    }

    fn default_security(&self) -> &'a [openapi::SecurityRequirement] {
        let security = self.schemas.resolver.openapi.security.as_deref();
        security.unwrap_or_default()
    }

    /// `true` if a scheme that the operation may use writes the header `Authorization`.
    pub(super) fn authorizes(&self, entry: &Entry<'a>) -> bool {
        let requirements =
            entry.operation.security.as_deref().unwrap_or_else(|| self.default_security());
        let is_required = |name: &String| requirements.iter().any(|all| all.contains_key(name));
        let mut schemes = self
            .declared_schemes()
            .filter(|(name, _)| is_required(name))
            .filter_map(|(_, one)| self.schemas.resolver.value(one));
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
}

fn oauth2(flows: &OAuth2Flows) -> SchemeKind {
    let flow = |name: &str, authorization: Option<&str>, token: Option<&str>| Flow {
        name: name.to_owned(),
        authorization_url: authorization.map(str::to_owned),
        token_url: token.map(str::to_owned),
    };
    let implicit =
        flows.implicit.as_ref().map(|one| flow("implicit", Some(&one.authorization_url), None));
    let password = flows.password.as_ref().map(|one| flow("password", None, Some(&one.token_url)));
    let code = flows.authorization_code.as_ref().map(|one| {
        let url = Some(one.authorization_url.as_str());
        flow("authorizationCode", url, Some(&one.token_url))
    });
    let device = flows.extensions.get(keys::DEVICE_AUTHORIZATION).map(|one| {
        let text = |name: &str| one.get(name).and_then(Value::as_str);
        flow("deviceAuthorization", text("deviceAuthorizationUrl"), text("tokenUrl"))
    });
    let client = flows.client_credentials.as_ref();
    SchemeKind::OAuth2 {
        client_credentials: client.map(|flow| flow.token_url.clone()),
        flows: [implicit, password, code, device].into_iter().flatten().collect(),
    }
}
