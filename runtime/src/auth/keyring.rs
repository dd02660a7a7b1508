//! The credentials of a client, ready to be put into requests.

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

/// A credential, and what it becomes.
enum Ready {
    Key {
        location: KeyLocation,
        name: &'static str,
        key: Secret,
    },
    /// The whole value of `Authorization`.
    Written(HeaderValue),
    Bearer(Token),
    Tokens(Box<Tokens>),
    #[cfg_attr(not(feature = "digest"), expect(dead_code, reason = "never made"))]
    Digest(super::digest::Session),
    Transport,
}

/// The credentials of a client, by scheme.
pub(crate) struct Keyring {
    schemes: &'static [Scheme],
    entries: Vec<(&'static str, Ready)>,
    /// Whether operations whose needs are not met are sent all the same.
    optional: bool,
    /// Whether all entries are sent whatever an operation needs.
    all: bool,
}

/// What the last attempt of a call was sent with.
#[derive(Default)]
pub(crate) struct Used {
    token: Option<Secret>,
    nonce: Option<String>,
    renewals: u32,
}

/// How often one call may answer a 401 by sending its request again.
const MOST_RENEWALS: u32 = 2;

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
            entries.push((scheme.name, ready(scheme, credential, base, io)?));
        }
        Ok(Self {
            schemes,
            entries,
            optional,
            all,
        })
    }

    fn find(&self, scheme: &str) -> Option<(&'static str, &Ready)> {
        let found = self.entries.iter().find(|(name, _)| *name == scheme);
        found.map(|(name, ready)| (*name, ready))
    }

    /// The credentials of a call with these needs, and the scopes that each is needed with.
    fn used(
        &self,
        needs: &'static [SecurityNeed],
    ) -> impl Iterator<Item = (&'static [&'static str], &'static str, &Ready)> + Clone {
        let needed = needs.iter().filter_map(|need| {
            let (scheme, ready) = self.find(need.scheme)?;
            Some((need.scopes, scheme, ready))
        });
        let others = self.entries.iter().filter(move |(scheme, _)| {
            self.all && !needs.iter().any(|need| need.scheme == *scheme)
        });
        let none: &'static [&'static str] = &[];
        needed.chain(others.map(move |(scheme, ready)| (none, *scheme, ready)))
    }

    /// The first alternative that is configured; where there is none, the anonymous one.
    ///
    /// A scheme counts as configured also where the caller has set its header by hand.
    pub(crate) fn choose(
        &self,
        alternatives: &'static [&'static [SecurityNeed]],
        headers: &HeaderMap,
    ) -> Result<&'static [SecurityNeed], CredentialsError> {
        let met =
            |need: &SecurityNeed| self.find(need.scheme).is_some() || self.by_hand(need, headers);
        let named = alternatives.iter().filter(|needs| !needs.is_empty());
        if let Some(needs) = named.clone().find(|needs| needs.iter().all(met)) {
            return Ok(needs);
        }
        let free = alternatives.is_empty() || alternatives.iter().any(|needs| needs.is_empty());
        if free || self.optional || self.all && !self.entries.is_empty() {
            return Ok(&[]);
        }
        let schemes =
            |needs: &&'static [SecurityNeed]| needs.iter().map(|need| need.scheme).collect();
        Err(CredentialsError::Missing {
            needed: named.map(schemes).collect(),
            given: self.entries.iter().map(|(scheme, _)| *scheme).collect(),
        })
    }

    fn by_hand(&self, need: &SecurityNeed, headers: &HeaderMap) -> bool {
        let scheme = self
            .schemes
            .iter()
            .find(|scheme| scheme.name == need.scheme);
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

    /// Puts the credentials into the request; `used` remembers which, for [`Self::renew`].
    pub(crate) async fn authorize(
        &self,
        needs: &'static [SecurityNeed],
        request: &mut Parts,
        body: &Body,
        used: &mut Used,
    ) -> Result<(), CredentialsError> {
        let by_hand = request.headers.contains_key(AUTHORIZATION);
        let used_now = self.used(needs);
        for (_, scheme, ready) in used_now.clone() {
            if let Ready::Key {
                location,
                name,
                key,
            } = ready
            {
                put_key(request, (*location, name), key)
                    .ok_or(CredentialsError::Unwritable { scheme })?;
            }
        }
        if by_hand {
            return Ok(());
        }
        // After the keys: a digest covers the query.
        for (scopes, scheme, ready) in used_now {
            if request.headers.contains_key(AUTHORIZATION) {
                break;
            }
            let value = if let Ready::Digest(session) = ready {
                Box::pin(answer(scheme, session, (request, body), used)).await?
            } else {
                header(scheme, ready, scopes, used).await?
            };
            if let Some(mut value) = value {
                value.set_sensitive(true);
                request.headers.insert(AUTHORIZATION, value);
            }
        }
        Ok(())
    }

    /// Notes what a response says of the next request's credentials.
    pub(crate) fn note_authentication_info(
        &self,
        needs: &'static [SecurityNeed],
        origin: &str,
        headers: &HeaderMap,
        used: &Used,
    ) {
        let information = headers.get("authentication-info");
        let information = information.map(text);
        let (Some(information), Some(nonce)) = (information, &used.nonce) else {
            return;
        };
        for (_, _, ready) in self.used(needs) {
            if let Ready::Digest(session) = ready {
                session.informed(origin, nonce, &information);
            }
        }
    }

    /// After a 401: whether other credentials can be sent, by a new token or an answer to the challenge.
    pub(crate) fn renew(
        &self,
        needs: &'static [SecurityNeed],
        origin: &str,
        headers: &HeaderMap,
        used: &mut Used,
    ) -> bool {
        used.renewals += 1;
        if used.renewals > MOST_RENEWALS {
            return false;
        }
        let mut renewed = false;
        for (scopes, _, ready) in self.used(needs) {
            renewed |= match (ready, &used.token) {
                (Ready::Tokens(tokens), Some(token)) if used.renewals == 1 => {
                    tokens.refused(scopes, token);
                    true
                }
                (Ready::Bearer(Token::Provider(provider)), Some(token)) if used.renewals == 1 => {
                    provider.refused(token);
                    true
                }
                (Ready::Digest(session), _) => {
                    session.challenged(origin, used.nonce.as_deref(), &challenges(headers))
                }
                (
                    Ready::Tokens(_)
                    | Ready::Bearer(_)
                    | Ready::Key { .. }
                    | Ready::Written(_)
                    | Ready::Transport,
                    _,
                ) => false,
            };
        }
        renewed
    }
}

/// The answer to a digest challenge, where there has been one.
async fn answer(
    scheme: &'static str,
    session: &super::digest::Session,
    (request, body): (&Parts, &Body),
    used: &mut Used,
) -> Result<Option<HeaderValue>, CredentialsError> {
    let origin = uri::origin(&request.uri);
    let uri = request.uri.path_and_query().map_or("/", |uri| uri.as_str());
    let asked = (request.method.as_str(), uri);
    let answer = session.authorize(&origin, asked, body).await;
    let answer = answer.map_err(|reason| CredentialsError::Digest { scheme, reason })?;
    let Some((value, nonce)) = answer else {
        return Ok(None);
    };
    used.nonce = Some(nonce);
    HeaderValue::from_str(&value)
        .map(Some)
        .map_err(|_| CredentialsError::Unwritable { scheme })
}

async fn header(
    scheme: &'static str,
    ready: &Ready,
    scopes: &[&str],
    used: &mut Used,
) -> Result<Option<HeaderValue>, CredentialsError> {
    let token = match ready {
        Ready::Key { .. } | Ready::Transport | Ready::Digest(_) => return Ok(None),
        // A copy: of a clone all threads that send would count the holders.
        Ready::Written(value) => return Ok(HeaderValue::from_bytes(value.as_bytes()).ok()),
        Ready::Bearer(Token::Fixed(token)) => Ok(token.clone()),
        Ready::Bearer(Token::Provider(provider)) => provider.token(scopes).await,
        Ready::Tokens(tokens) => Box::pin(tokens.token(scopes)).await,
    };
    let token = token.map_err(|reason| CredentialsError::Token { scheme, reason })?;
    let value = HeaderValue::from_str(&format!("Bearer {}", token.expose()));
    used.token = Some(token);
    value
        .map(Some)
        .map_err(|_| CredentialsError::Unwritable { scheme })
}

fn put_key(request: &mut Parts, (location, name): (KeyLocation, &str), key: &Secret) -> Option<()> {
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
            // The caller's own key goes before, and servers repeat the query in their redirects and links.
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

/// A token that stays the same; one that no header can carry is told when it is used.
fn written(token: &Token) -> Option<HeaderValue> {
    match token {
        Token::Fixed(token) => HeaderValue::from_str(&format!("Bearer {}", token.expose())).ok(),
        Token::Provider(_) => None,
    }
}

/// Fits a credential to its scheme.
fn ready(
    scheme: &Scheme,
    credential: Credential,
    base: Option<&http::Uri>,
    io: &Io,
) -> Result<Ready, BuildError> {
    let mismatch = || BuildError::WrongCredential(scheme.name);
    match (scheme.kind, credential) {
        (SchemeKind::ApiKey { location, name }, Credential::ApiKey(key)) => Ok(Ready::Key {
            location,
            name,
            key,
        }),
        (SchemeKind::Basic, Credential::Basic(pair)) => {
            let text = format!("{}:{}", pair.username, pair.password.expose());
            let encoded = base64::engine::general_purpose::STANDARD.encode(text);
            let value = HeaderValue::from_str(&format!("Basic {encoded}"));
            value.map(Ready::Written).map_err(|_| mismatch())
        }
        #[cfg(feature = "digest")]
        (SchemeKind::Digest, Credential::Digest(pair)) => {
            Ok(Ready::Digest(super::digest::Session::new(pair)))
        }
        (
            SchemeKind::Bearer
            | SchemeKind::OAuth2 { .. }
            | SchemeKind::OpenIdConnect { .. }
            | SchemeKind::Other(_),
            Credential::Bearer(token),
        ) => Ok(match written(&token) {
            Some(value) => Ready::Written(value),
            None => Ready::Bearer(token),
        }),
        (kind, Credential::ClientCredentials(credentials)) => {
            let endpoints = endpoints(kind, &credentials, base).ok_or_else(mismatch)?;
            let tokens = Tokens::new(credentials, endpoints, io.clone());
            Ok(Ready::Tokens(Box::new(tokens)))
        }
        (_, Credential::Transport) => Ok(Ready::Transport),
        _ => Err(mismatch()),
    }
}
