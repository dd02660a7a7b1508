//! Credentials: whether those that an operation needs are where the document says. Any value is accepted.

use super::fault::Fault;
use super::request::Request;
use hyper::header::AUTHORIZATION;
use hyper::StatusCode;
use typewright::api::model::{Api, KeyLocation, Operation, RequiredScheme, SchemeKind};

/// Returns the fault of a request without the credentials of any alternative.
pub fn check(api: &Api, operation: &Operation, request: &Request) -> Option<Fault> {
    let has = |required: &RequiredScheme| {
        let scheme = api.security_schemes.get(&required.scheme);
        scheme.is_none_or(|scheme| has_credential(&scheme.kind, request))
    };
    let mut alternatives = operation.security.iter();
    if operation.security.is_empty() || alternatives.any(|schemes| schemes.iter().all(has)) {
        return None;
    }
    let words = |schemes: &Vec<RequiredScheme>| {
        let schemes = schemes.iter().map(|required| {
            let place =
                api.security_schemes.get(&required.scheme).map(|scheme| place(&scheme.kind));
            format!("`{}` ({})", required.scheme, place.unwrap_or_default())
        });
        schemes.collect::<Vec<_>>().join(" and ")
    };
    let alternatives: Vec<_> = operation.security.iter().map(words).collect();
    let detail = format!("expected {}", alternatives.join(", or "));
    Some(Fault::new(StatusCode::UNAUTHORIZED, "security", detail))
}

/// Returns the challenges of a refusal (RFC 9110, section 11.6.1): the HTTP schemes of the operation, else `Bearer`.
pub fn challenge(api: &Api, operation: &Operation) -> &'static str {
    let schemes = operation.security.iter().flatten();
    let mut kinds = schemes.filter_map(|one| Some(&api.security_schemes.get(&one.scheme)?.kind));
    let challenge = kinds.find_map(|kind| match kind {
        SchemeKind::Basic => Some("Basic realm=\"mock\""),
        SchemeKind::Digest => Some("Digest realm=\"mock\", nonce=\"mock\", qop=\"auth\""),
        SchemeKind::Bearer
        | SchemeKind::OAuth2 { .. }
        | SchemeKind::OpenIdConnect(_)
        | SchemeKind::Other(_)
        | SchemeKind::ApiKey { .. }
        | SchemeKind::MutualTls
        | SchemeKind::Unplaced => None,
    });
    challenge.unwrap_or("Bearer")
}

fn has_credential(kind: &SchemeKind, request: &Request) -> bool {
    let authorization = request.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let has_scheme = |name: &str| {
        let scheme = authorization.and_then(|value| value.split_whitespace().next());
        scheme.is_some_and(|scheme| scheme.eq_ignore_ascii_case(name))
    };
    match kind {
        SchemeKind::ApiKey { location: KeyLocation::Header, name } => {
            request.headers.contains_key(name.as_str())
        }
        SchemeKind::ApiKey { location: KeyLocation::Query, name } => {
            request.query.values(name).next().is_some()
        }
        SchemeKind::ApiKey { location: KeyLocation::Cookie, name } => {
            request.cookies.values(name).next().is_some()
        }
        SchemeKind::Basic => has_scheme("basic"),
        SchemeKind::Digest => has_scheme("digest"),
        SchemeKind::Bearer | SchemeKind::OAuth2 { .. } | SchemeKind::OpenIdConnect(_) => {
            has_scheme("bearer")
        }
        SchemeKind::Other(_) => authorization.is_some(),
        // A certificate belongs to the connection, and nobody says where the others are.
        SchemeKind::MutualTls | SchemeKind::Unplaced => true,
    }
}

fn place(kind: &SchemeKind) -> String {
    match kind {
        SchemeKind::ApiKey { location, name } => {
            let place = match location {
                KeyLocation::Header => "header",
                KeyLocation::Query => "query",
                KeyLocation::Cookie => "cookie",
            };
            format!("{place}.{name}")
        }
        SchemeKind::Basic => "header.Authorization: Basic".to_owned(),
        SchemeKind::Digest => "header.Authorization: Digest".to_owned(),
        SchemeKind::Bearer | SchemeKind::OAuth2 { .. } | SchemeKind::OpenIdConnect(_) => {
            "header.Authorization: Bearer".to_owned()
        }
        SchemeKind::Other(_) => "header.Authorization".to_owned(),
        SchemeKind::MutualTls | SchemeKind::Unplaced => "not checked".to_owned(),
    }
}
