//! The credentials of a client, prepared for its requests.

use crate::auth::challenge::{challenges, text};
use crate::auth::endpoints::endpoints;
use crate::auth::token_cache::Tokens;
use crate::auth::{Credential, Credentials, Secret, Token};
use crate::body::Body;
use crate::error::{BuildError, CredentialsError};
use crate::spec::{KeyLocation, Scheme, SchemeKind, SecurityNeed};
use crate::transport::Io;
use crate::{header, percent, redact, uri};
use base64::Engine as _;
use http::header::{HeaderMap, HeaderName, HeaderValue, AUTHORIZATION, COOKIE};
use http::request::Parts;

/// A credential that fits its scheme.
enum Prepared {
    Key {
        location: KeyLocation,
        name: &'static str,
        key: Secret,
    },
    /// The complete value of `Authorization`.
    Header(HeaderValue),
    Bearer(Token),
    Tokens(Box<Tokens>),
    #[cfg_attr(not(feature = "digest"), expect(dead_code, reason = "never made"))]
    Digest(super::digest::Session),
    Transport,
}

/// The credentials of a client, by scheme.
pub(crate) struct Keyring {
    schemes: &'static [Scheme],
    entries: Vec<(&'static str, Prepared)>,
    /// `true` if operations are sent even without the credentials that they need.
    optional: bool,
    /// `true` if all credentials are sent with all operations.
    all: bool,
}

/// The credentials of a call's last attempt.
#[derive(Default)]
pub(crate) struct AttemptCredentials {
    token: Option<Secret>,
    nonce: Option<String>,
    renewals: u32,
}

impl AttemptCredentials {
    /// `true` after a request with a digest.
    pub(crate) fn has_nonce(&self) -> bool {
        self.nonce.is_some()
    }
}

/// Limit of the responses 401 after which a call is sent again.
const MAX_RENEWALS: u32 = 2;

impl Keyring {
    pub(crate) fn new(
        schemes: &'static [Scheme],
        credentials: Credentials,
        base: Option<&http::Uri>,
        io: &Io,
    ) -> Result<Self, BuildError> {
        let mut entries = Vec::new();
        let (optional, all) = (credentials.optional, credentials.all);
        for (name, credential) in credentials.entries {
            let Some(scheme) = schemes.iter().find(|scheme| scheme.name == name) else {
                return Err(BuildError::UnknownScheme(name));
            };
            entries.push((scheme.name, prepare(scheme, credential, base, io)?));
        }
        Ok(Self { schemes, entries, optional, all })
    }

    fn find(&self, scheme: &str) -> Option<(&'static str, &Prepared)> {
        let entry = self.entries.iter().find(|(name, _)| *name == scheme);
        entry.map(|(name, prepared)| (*name, prepared))
    }

    /// The credentials of a call with these needs, each with its scopes.
    fn applicable(
        &self,
        needs: &'static [SecurityNeed],
    ) -> impl Iterator<Item = (&'static [&'static str], &'static str, &Prepared)> + Clone {
        let needed = needs.iter().filter_map(|need| {
            let (scheme, prepared) = self.find(need.scheme)?;
            Some((need.scopes, scheme, prepared))
        });
        let others = self.entries.iter().filter(move |(scheme, _)| {
            self.all && !needs.iter().any(|need| need.scheme == *scheme)
        });
        let none: &'static [&'static str] = &[];
        needed.chain(others.map(move |(scheme, prepared)| (none, *scheme, prepared)))
    }

    /// The first alternative that is configured, or else the anonymous one.
    ///
    /// A scheme is configured also if the caller has set its header.
    pub(crate) fn choose(
        &self,
        alternatives: &'static [&'static [SecurityNeed]],
        headers: &HeaderMap,
    ) -> Result<&'static [SecurityNeed], CredentialsError> {
        let is_met = |need: &SecurityNeed| {
            self.find(need.scheme).is_some() || self.is_set_by_caller(need, headers)
        };
        let named = alternatives.iter().filter(|needs| !needs.is_empty());
        if let Some(needs) = named.clone().find(|needs| needs.iter().all(is_met)) {
            return Ok(needs);
        }
        let free = alternatives.is_empty() || alternatives.iter().any(|needs| needs.is_empty());
        if free || self.optional || self.all && !self.entries.is_empty() {
            return Ok(&[]);
        }
        let schemes =
            |needs: &&'static [SecurityNeed]| needs.iter().map(|need| need.scheme).collect();
        Err(CredentialsError::Missing {
            required: named.map(schemes).collect(),
            supplied: self.entries.iter().map(|(scheme, _)| *scheme).collect(),
        })
    }

    fn is_set_by_caller(&self, need: &SecurityNeed, headers: &HeaderMap) -> bool {
        let scheme = self.schemes.iter().find(|scheme| scheme.name == need.scheme);
        match scheme.map(|scheme| scheme.kind) {
            None | Some(SchemeKind::MutualTls) => false,
            Some(SchemeKind::ApiKey { location, name }) => match location {
                KeyLocation::Header => headers.contains_key(name),
                KeyLocation::Query | KeyLocation::Cookie => false,
            },
            Some(
                SchemeKind::Basic
                | SchemeKind::Bearer
                | SchemeKind::Digest
                | SchemeKind::OAuth2 { .. }
                | SchemeKind::OpenIdConnect { .. }
                | SchemeKind::Other(_),
            ) => headers.contains_key(AUTHORIZATION),
        }
    }

    /// `true` if a credential has to be waited for: a token that expires, or one that depends on the request.
    pub(crate) fn is_waited_for(&self, needs: &'static [SecurityNeed]) -> bool {
        self.applicable(needs).any(|(_, _, prepared)| match prepared {
            Prepared::Bearer(_) | Prepared::Tokens(_) | Prepared::Digest(_) => true,
            Prepared::Key { .. } | Prepared::Header(_) | Prepared::Transport => false,
        })
    }

    /// Adds the credentials to the request that do not have to be waited for, up to the first that has.
    pub(crate) fn authorize_at_once(
        &self,
        needs: &'static [SecurityNeed],
        request: &mut Parts,
    ) -> Result<(), CredentialsError> {
        let applicable = self.applicable(needs);
        for (_, scheme, prepared) in applicable.clone() {
            if let Prepared::Key { location, name, key } = prepared {
                put_key(request, *location, name, key)
                    .ok_or(CredentialsError::Unwritable { scheme })?;
            }
        }
        for (_, scheme, prepared) in applicable {
            if request.headers.contains_key(AUTHORIZATION) {
                break;
            }
            match prepared {
                Prepared::Key { .. } | Prepared::Transport => {}
                Prepared::Bearer(_) | Prepared::Tokens(_) | Prepared::Digest(_) => break,
                Prepared::Header(value) => {
                    // A copy, as a clone would make all threads share one reference count.
                    let value = HeaderValue::from_bytes(value.as_bytes());
                    let mut value = value.map_err(|_| CredentialsError::Unwritable { scheme })?;
                    value.set_sensitive(true);
                    request.headers.insert(AUTHORIZATION, value);
                }
            }
        }
        Ok(())
    }

    /// Adds all credentials to the request, and records those in `used` that [`Self::renew`] replaces.
    pub(crate) async fn authorize(
        &self,
        needs: &'static [SecurityNeed],
        request: &mut Parts,
        body: &Body,
        used: &mut AttemptCredentials,
    ) -> Result<(), CredentialsError> {
        // First, as a digest covers the keys in the query.
        self.authorize_at_once(needs, request)?;
        for (scopes, scheme, prepared) in self.applicable(needs) {
            if request.headers.contains_key(AUTHORIZATION) {
                break;
            }
            let value = if let Prepared::Digest(session) = prepared {
                Box::pin(digest(scheme, session, request, body, used)).await?
            } else {
                token_header(scheme, prepared, scopes, used).await?
            };
            if let Some(mut value) = value {
                value.set_sensitive(true);
                request.headers.insert(AUTHORIZATION, value);
            }
        }
        Ok(())
    }

    /// Reads what a response determines for the next request's credentials.
    pub(crate) fn note_authentication_info(
        &self,
        needs: &'static [SecurityNeed],
        origin: &str,
        headers: &HeaderMap,
        used: &AttemptCredentials,
    ) {
        let information = headers.get("authentication-info");
        let information = information.map(text);
        let (Some(information), Some(nonce)) = (information, &used.nonce) else {
            return;
        };
        for (_, _, prepared) in self.applicable(needs) {
            if let Prepared::Digest(session) = prepared {
                session.note_authentication_info(origin, nonce, &information);
            }
        }
    }

    /// Prepares other credentials after a response 401: a new token or a response to the challenge. `false` if there are none.
    pub(crate) fn renew(
        &self,
        needs: &'static [SecurityNeed],
        origin: &str,
        headers: &HeaderMap,
        used: &mut AttemptCredentials,
    ) -> bool {
        used.renewals += 1;
        if used.renewals > MAX_RENEWALS {
            return false;
        }
        let mut is_renewed = false;
        for (scopes, _, prepared) in self.applicable(needs) {
            is_renewed |= match (prepared, &used.token) {
                (Prepared::Tokens(tokens), Some(token)) if used.renewals == 1 => {
                    tokens.remove(scopes, token);
                    true
                }
                (Prepared::Bearer(Token::Provider(provider)), Some(token))
                    if used.renewals == 1 =>
                {
                    provider.refused(token);
                    true
                }
                (Prepared::Digest(session), _) => {
                    session.accept_challenge(origin, used.nonce.as_deref(), &challenges(headers))
                }
                (
                    Prepared::Tokens(_)
                    | Prepared::Bearer(_)
                    | Prepared::Key { .. }
                    | Prepared::Header(_)
                    | Prepared::Transport,
                    _,
                ) => false,
            };
        }
        is_renewed
    }
}

/// The response to a digest challenge, if there has been one.
async fn digest(
    scheme: &'static str,
    session: &super::digest::Session,
    request: &Parts,
    body: &Body,
    used: &mut AttemptCredentials,
) -> Result<Option<HeaderValue>, CredentialsError> {
    let origin = uri::origin(&request.uri);
    let uri = request.uri.path_and_query().map_or("/", |uri| uri.as_str());
    let method = request.method.as_str();
    let response = session.authorize(&origin, method, uri, body).await;
    let response = response.map_err(|reason| CredentialsError::Digest { scheme, reason })?;
    let Some((value, nonce)) = response else {
        return Ok(None);
    };
    used.nonce = Some(nonce);
    HeaderValue::from_str(&value).map(Some).map_err(|_| CredentialsError::Unwritable { scheme })
}

/// `Authorization` with a token, or as it was prepared.
async fn token_header(
    scheme: &'static str,
    prepared: &Prepared,
    scopes: &[&str],
    used: &mut AttemptCredentials,
) -> Result<Option<HeaderValue>, CredentialsError> {
    let token = match prepared {
        Prepared::Key { .. } | Prepared::Transport | Prepared::Digest(_) => return Ok(None),
        Prepared::Header(value) => return Ok(Some(value.clone())),
        Prepared::Bearer(Token::Fixed(token)) => Ok(token.clone()),
        Prepared::Bearer(Token::Provider(provider)) => provider.token(scopes).await,
        Prepared::Tokens(tokens) => Box::pin(tokens.token(scopes)).await,
    };
    let token = token.map_err(|reason| CredentialsError::Token { scheme, reason })?;
    let value = HeaderValue::from_str(&format!("Bearer {}", token.expose()));
    used.token = Some(token);
    value.map(Some).map_err(|_| CredentialsError::Unwritable { scheme })
}

fn put_key(request: &mut Parts, location: KeyLocation, name: &str, key: &Secret) -> Option<()> {
    match location {
        KeyLocation::Header => {
            let mut value = HeaderValue::from_str(key.expose()).ok()?;
            value.set_sensitive(true);
            let name = HeaderName::from_bytes(name.as_bytes()).ok()?;
            if !request.headers.contains_key(&name) {
                request.headers.insert(name, value);
            }
        }
        KeyLocation::Query => {
            let encoded = percent::unreserved(name);
            redact::mark(&mut request.extensions, [name, &*encoded]);
            // The caller's key takes precedence, and servers repeat the query in their redirects and links.
            if !uri::has_query(&request.uri, &encoded) {
                let pair = format!("{encoded}={}", percent::unreserved(key.expose()));
                request.uri = uri::with_query(&request.uri, &pair)?;
            }
        }
        KeyLocation::Cookie => {
            let pair = format!("{name}={}", key.expose());
            let cookies = match request.headers.get(COOKIE) {
                Some(cookies) => header::join_cookies(cookies.to_str().ok()?, &pair),
                None => pair,
            };
            let mut value = HeaderValue::from_str(&cookies).ok()?;
            value.set_sensitive(true);
            request.headers.insert(COOKIE, value);
        }
    }
    Some(())
}

/// The header of a fixed token. One that no header can carry is reported when it is used.
fn fixed_header(token: &Token) -> Option<HeaderValue> {
    match token {
        Token::Fixed(token) => HeaderValue::from_str(&format!("Bearer {}", token.expose())).ok(),
        Token::Provider(_) => None,
    }
}

/// Prepares a credential for its scheme.
fn prepare(
    scheme: &Scheme,
    credential: Credential,
    base: Option<&http::Uri>,
    io: &Io,
) -> Result<Prepared, BuildError> {
    let mismatch = || BuildError::WrongCredential(scheme.name);
    match (scheme.kind, credential) {
        (SchemeKind::ApiKey { location, name }, Credential::ApiKey(key)) => {
            Ok(Prepared::Key { location, name, key })
        }
        (SchemeKind::Basic, Credential::Basic(pair)) => {
            let text = format!("{}:{}", pair.username, pair.password.expose());
            let encoded = base64::engine::general_purpose::STANDARD.encode(text);
            let value = HeaderValue::from_str(&format!("Basic {encoded}"));
            value.map(Prepared::Header).map_err(|_| mismatch())
        }
        #[cfg(feature = "digest")]
        (SchemeKind::Digest, Credential::Digest(pair)) => {
            Ok(Prepared::Digest(super::digest::Session::new(pair)))
        }
        (
            SchemeKind::Bearer
            | SchemeKind::OAuth2 { .. }
            | SchemeKind::OpenIdConnect { .. }
            | SchemeKind::Other(_),
            Credential::Bearer(token),
        ) => Ok(match fixed_header(&token) {
            Some(value) => Prepared::Header(value),
            None => Prepared::Bearer(token),
        }),
        (kind, Credential::ClientCredentials(credentials)) => {
            let endpoints = endpoints(kind, &credentials, base).ok_or_else(mismatch)?;
            let tokens = Tokens::new(credentials, endpoints, io.clone());
            Ok(Prepared::Tokens(Box::new(tokens)))
        }
        (_, Credential::Transport) => Ok(Prepared::Transport),
        _ => Err(mismatch()),
    }
}
