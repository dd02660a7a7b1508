//! Who calls: the credentials that a request presents, and what the service says about them.

use crate::percent;
use crate::server::context::Head;
use crate::server::problem::Problem;
use crate::spec::{ApiSpec, KeyLocation, Scheme, SchemeKind, SecurityNeed};
use base64::Engine as _;
use http::header::{HeaderMap, HeaderValue, AUTHORIZATION, COOKIE, WWW_AUTHENTICATE};
use http::{Extensions, Method, StatusCode, Uri};
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

/// The future of a service's judgement of a credential.
pub type Authentication<'s, P> = Pin<Box<dyn Future<Output = Result<P, Denial>> + Send + 's>>;

/// The method of a service that judges the credentials of all schemes.
pub(super) type Authenticate<S, P> = for<'s> fn(&'s S, RequestCredential) -> Authentication<'s, P>;

/// The denial of a credential whose scheme the service does not know.
pub fn unknown_scheme<'s, P: Send + 's>() -> Authentication<'s, P> {
    Box::pin(std::future::ready(Err(Denial::unauthorized())))
}

/// A credential that a request presents for one security scheme (OpenAPI 3.2, section 4.27).
///
/// `Debug` shows the scheme and the scopes, and neither the secret nor the name that stands with it.
///
/// ```
/// use typewright_runtime::server::{Denial, RequestCredential};
///
/// fn check(credential: &RequestCredential) -> Result<u64, Denial> {
///     match credential.secret() {
///         "s3cr3t" => Ok(7),
///         _ => Err(Denial::unauthorized().reason("the key is unknown")),
///     }
/// }
/// # drop(check);
/// ```
#[derive(Clone)]
pub struct RequestCredential {
    scheme: &'static str,
    scopes: &'static [&'static str],
    user: Option<String>,
    secret: String,
    head: Arc<Head>,
}

impl RequestCredential {
    /// The name of the security scheme in the document.
    #[must_use]
    pub fn scheme(&self) -> &'static str {
        self.scheme
    }

    /// The scopes or roles that the operation needs; checking them is up to the service.
    #[must_use]
    pub fn scopes(&self) -> &'static [&'static str] {
        self.scopes
    }

    /// The key, the token, or the password of HTTP basic; for mutual TLS empty.
    ///
    /// For HTTP digest the parameters of `Authorization`, such as `username="mia", nonce="…", response="…"` (RFC 7616, section
    /// 3.4). It is empty where a request has none: then only the challenge of the [`Denial`] is asked for, and nothing else admits
    /// the request.
    #[must_use]
    pub fn secret(&self) -> &str {
        &self.secret
    }

    /// The user of HTTP basic (RFC 7617); `None` for other schemes.
    #[must_use]
    pub fn user(&self) -> Option<&str> {
        self.user.as_deref()
    }

    /// The method of the request, which a digest covers.
    #[must_use]
    pub fn method(&self) -> &Method {
        &self.head.parts.method
    }

    /// The URI of the request, without the path below which the router is nested.
    #[must_use]
    pub fn uri(&self) -> &Uri {
        &self.head.parts.uri
    }

    /// The headers of the request.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.head.parts.headers
    }

    /// The extensions of the request, in which middleware leaves what it knows, such as the certificate of the connection.
    #[must_use]
    pub fn extensions(&self) -> &Extensions {
        &self.head.parts.extensions
    }
}

impl fmt::Debug for RequestCredential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequestCredential")
            .field("scheme", &self.scheme)
            .field("scopes", &self.scopes)
            .finish_non_exhaustive()
    }
}

/// The reason why a credential does not admit a request.
///
/// ```
/// use typewright_runtime::server::Denial;
///
/// let denial = Denial::forbidden().reason("the scope `write` is missing");
/// # drop(denial);
/// ```
#[derive(Clone, Debug)]
pub struct Denial {
    is_final: bool,
    reason: Option<String>,
    challenge: Option<HeaderValue>,
}

impl Denial {
    /// The credential is not valid: the next alternative of the operation is tried, and in the end the response is 401.
    #[must_use]
    pub fn unauthorized() -> Self {
        Self { is_final: false, reason: None, challenge: None }
    }

    /// The credential is valid but does not allow the operation: the response is 403.
    #[must_use]
    pub fn forbidden() -> Self {
        Self { is_final: true, reason: None, challenge: None }
    }

    /// Sets the reason, which the caller reads in the response; by default there is none.
    #[must_use]
    pub fn reason(mut self, reason: impl Into<String>) -> Self {
        self.reason = Some(reason.into());
        self
    }

    /// Sets the challenge of `WWW-Authenticate` (RFC 9110, section 11.6.1), for schemes with parameters that only the service knows,
    /// such as the nonce of HTTP digest. One that no header can carry is not sent. By default it names the scheme.
    #[must_use]
    pub fn challenge(mut self, challenge: &str) -> Self {
        self.challenge = HeaderValue::from_str(challenge).ok();
        self
    }

    fn problem(self) -> Problem {
        let status = if self.is_final { StatusCode::FORBIDDEN } else { StatusCode::UNAUTHORIZED };
        match self.reason {
            Some(reason) => Problem::new(status).with_detail(reason),
            None => Problem::new(status),
        }
    }
}

/// The principals of a request: those of the first alternative of which all credentials are valid.
///
/// # Errors
/// No alternative is met: 401 with the challenges of all schemes; or a credential is valid but not sufficient: 403.
pub(super) async fn principals<S, P>(
    api: &'static ApiSpec,
    head: &Arc<Head>,
    service: &S,
    authenticate: Authenticate<S, P>,
) -> Result<Vec<P>, Problem> {
    let alternatives = head.operation.security;
    let mut denials = Vec::new();
    // Nothing is asked for only where no credential is presented.
    let with_needs = alternatives.iter().filter(|needs| !needs.is_empty());
    for needs in with_needs {
        let Some(credentials) = presented(api, head, needs) else {
            continue;
        };
        let mut principals = Vec::with_capacity(credentials.len());
        let count = credentials.len();
        for credential in credentials {
            let scheme = credential.scheme;
            match authenticate(service, credential).await {
                Ok(principal) => principals.push(principal),
                Err(denial) if denial.is_final => return Err(denial.problem()),
                Err(denial) => {
                    denials.push((scheme, denial));
                    break;
                }
            }
        }
        if principals.len() == count {
            return Ok(principals);
        }
    }
    if alternatives.is_empty() || alternatives.iter().any(|needs| needs.is_empty()) {
        return Ok(Vec::new());
    }
    let digests = digest_denials(api, head, &denials, service, authenticate).await;
    Err(unauthorized(api, alternatives, denials, &digests))
}

/// A denial, and the scheme of its credential.
type SchemeDenial = (&'static str, Denial);

/// The denials of digests that a request could have presented and has not: only the service can make their challenges. An empty
/// credential admits nobody.
async fn digest_denials<S, P>(
    api: &'static ApiSpec,
    head: &Arc<Head>,
    denials: &[SchemeDenial],
    service: &S,
    authenticate: Authenticate<S, P>,
) -> Vec<SchemeDenial> {
    let mut absent: Vec<RequestCredential> = Vec::new();
    for need in head.operation.security.iter().copied().flatten() {
        let mut schemes = api.schemes.iter();
        let is_known = |name: &str| {
            denials.iter().any(|(scheme, _)| *scheme == name)
                || absent.iter().any(|credential| credential.scheme == name)
        };
        let scheme = schemes
            .find(|scheme| scheme.name == need.scheme && matches!(scheme.kind, SchemeKind::Digest));
        if let Some(Scheme { name, .. }) = scheme.filter(|scheme| !is_known(scheme.name)) {
            absent.push(RequestCredential {
                scheme: name,
                scopes: need.scopes,
                user: None,
                secret: String::new(),
                head: Arc::clone(head),
            });
        }
    }
    let mut further = Vec::new();
    for credential in absent {
        let scheme = credential.scheme;
        let denial = authenticate(service, credential).await.err();
        further.extend(denial.map(|denial| (scheme, denial)));
    }
    further
}

/// The credentials of one alternative; `None` if the request lacks one.
fn presented(
    api: &'static ApiSpec,
    head: &Arc<Head>,
    needs: &'static [SecurityNeed],
) -> Option<Vec<RequestCredential>> {
    let credentials = needs.iter().map(|need| {
        let scheme = api.schemes.iter().find(|scheme| scheme.name == need.scheme)?;
        let (user, secret) = secret(head, scheme.kind)?;
        let head = Arc::clone(head);
        Some(RequestCredential { scheme: scheme.name, scopes: need.scopes, user, secret, head })
    });
    credentials.collect()
}

/// The user and secret that a request presents for a kind of schemes.
fn secret(head: &Head, kind: SchemeKind) -> Option<(Option<String>, String)> {
    let headers = &head.parts.headers;
    match kind {
        SchemeKind::ApiKey { location, name } => Some((None, key(head, location, name)?)),
        SchemeKind::Basic => {
            let encoded = authorization(headers, "basic")?;
            let text = base64::engine::general_purpose::STANDARD.decode(encoded).ok()?;
            let text = String::from_utf8(text).ok()?;
            let (user, password) = text.split_once(':')?;
            Some((Some(user.to_owned()), password.to_owned()))
        }
        SchemeKind::Digest => Some((None, authorization(headers, "digest")?)),
        SchemeKind::Bearer
        | SchemeKind::OAuth2 { .. }
        | SchemeKind::OpenIdConnect { .. }
        | SchemeKind::Other(_) => Some((None, authorization(headers, "bearer")?)),
        SchemeKind::MutualTls => Some((None, String::new())),
    }
}

/// The text behind the name of the scheme in `Authorization` (RFC 9110, section 11.6.2).
fn authorization(headers: &HeaderMap, scheme: &str) -> Option<String> {
    let mut values = headers.get_all(AUTHORIZATION).iter().filter_map(|value| value.to_str().ok());
    values.find_map(|value| {
        let (name, rest) = value.trim().split_once(' ')?;
        let rest = rest.trim();
        (name.eq_ignore_ascii_case(scheme) && !rest.is_empty()).then(|| rest.to_owned())
    })
}

fn key(head: &Head, location: KeyLocation, name: &str) -> Option<String> {
    match location {
        KeyLocation::Header => {
            let value = head.parts.headers.get(name)?;
            Some(std::str::from_utf8(value.as_bytes()).ok()?.to_owned())
        }
        KeyLocation::Query => {
            let query = head.parts.uri.query()?;
            let mut pairs = percent::form_pairs_of(query.as_bytes());
            pairs.find(|(other, _)| other == name).map(|(_, key)| key)
        }
        KeyLocation::Cookie => cookies(&head.parts.headers)
            .find(|(other, _)| *other == name)
            .map(|(_, key)| key.to_owned()),
    }
}

/// The names and values of cookies (RFC 6265, section 4.2.1).
pub(super) fn cookies(headers: &HeaderMap) -> impl Iterator<Item = (&str, &str)> {
    let values = headers.get_all(COOKIE).iter();
    let texts = values.filter_map(|value| std::str::from_utf8(value.as_bytes()).ok());
    texts.flat_map(|text| text.split(';')).filter_map(|pair| {
        let (name, value) = pair.split_once('=')?;
        Some((name.trim(), value.trim()))
    })
}

/// The problem of a request without valid credentials, with the challenge of each scheme that would do.
fn unauthorized(
    api: &'static ApiSpec,
    alternatives: &[&[SecurityNeed]],
    denials: Vec<SchemeDenial>,
    digests: &[SchemeDenial],
) -> Problem {
    let mut challenges: Vec<HeaderValue> = Vec::new();
    for need in alternatives.iter().copied().flatten() {
        let scheme = api.schemes.iter().find(|scheme| scheme.name == need.scheme);
        let of_service = denials.iter().chain(digests).find(|(name, _)| *name == need.scheme);
        let of_service = of_service.and_then(|(_, denial)| denial.challenge.clone());
        let challenge = of_service.or_else(|| challenge(scheme?, need.scopes));
        challenges.extend(challenge.filter(|challenge| !challenges.contains(challenge)));
    }
    let last = denials.into_iter().next_back().map(|(_, denial)| denial);
    let problem = last.unwrap_or_else(|| Denial::unauthorized().reason(MISSING)).problem();
    challenges
        .into_iter()
        .fold(problem, |problem, challenge| problem.with_header(WWW_AUTHENTICATE, challenge))
}

const MISSING: &str = "the request has no credential that this operation takes";

/// The challenge of a scheme. HTTP digest has none that the runtime could make, since it needs a nonce that the service knows
/// again, and mutual TLS none at all.
fn challenge(scheme: &Scheme, scopes: &[&str]) -> Option<HeaderValue> {
    let quoted = |text: &str| text.replace('\\', "\\\\").replace('"', "\\\"");
    let text = match scheme.kind {
        SchemeKind::Basic => format!("Basic realm=\"{}\", charset=\"UTF-8\"", quoted(scheme.name)),
        SchemeKind::Bearer => "Bearer".to_owned(),
        // RFC 6750, section 3.
        SchemeKind::OAuth2 { .. } | SchemeKind::OpenIdConnect { .. } if !scopes.is_empty() => {
            format!("Bearer scope=\"{}\"", quoted(&scopes.join(" ")))
        }
        SchemeKind::OAuth2 { .. } | SchemeKind::OpenIdConnect { .. } | SchemeKind::Other(_) => {
            "Bearer".to_owned()
        }
        // No scheme of RFC 9110, but a response 401 has to have a challenge (section 15.5.2).
        SchemeKind::ApiKey { location, name } => {
            let place = match location {
                KeyLocation::Header => "header",
                KeyLocation::Query => "query",
                KeyLocation::Cookie => "cookie",
            };
            format!(
                "ApiKey realm=\"{}\", in=\"{place}\", name=\"{}\"",
                quoted(scheme.name),
                quoted(name)
            )
        }
        SchemeKind::Digest | SchemeKind::MutualTls => return None,
    };
    HeaderValue::from_str(&text).ok()
}
