//! Credentials of callers, and the way that requests carry them.

#[cfg_attr(not(feature = "digest"), expect(dead_code, reason = "only digest reads parameters"))]
pub(crate) mod challenge;
mod client_credentials;
mod device;
#[cfg(feature = "digest")]
pub(crate) mod digest;
mod endpoints;
mod keyring;
mod token;
mod token_cache;
mod token_response;

pub use crate::error::CredentialsError;
pub use client_credentials::ClientCredentials;
pub use device::DevicePrompt;
pub(crate) use keyring::{AttemptCredentials, Keyring};
pub(crate) use token::Pair;
pub use token::{Secret, Token, TokenProvider};

use crate::futures::{BoxError, BoxFuture, MaybeSendSync};
use crate::transport::Request;
use std::fmt;
use std::sync::Arc;

/// A credential that identifies a caller under one security scheme (OpenAPI 3.1, section 4.8.27).
///
/// `Debug` shows its kind, and not its value.
///
/// ```
/// use typewright_runtime::auth::Credential;
///
/// let credentials = [
///     Credential::api_key("s3cr3t"),
///     Credential::basic("anna", "s3cr3t"),
///     Credential::bearer("s3cr3t"),
///     Credential::client_credentials("id", "s3cr3t"),
/// ];
/// assert_eq!(format!("{credentials:?}"), "[API key, basic, bearer, client credentials]");
/// ```
#[derive(Clone)]
pub enum Credential {
    /// A key for an `apiKey` scheme.
    ApiKey(Secret),
    /// A name and password for HTTP basic (RFC 7617).
    Basic(Pair),
    /// A token for a bearer (RFC 6750), OAuth 2.0 or OpenID Connect scheme, or for one that this runtime does not know.
    Bearer(Token),
    /// A name and password for HTTP digest (RFC 7616).
    #[cfg(feature = "digest")]
    Digest(Pair),
    /// The id and secret of an OAuth 2.0 client, for which tokens are requested (RFC 6749).
    ClientCredentials(ClientCredentials),
    /// No credential in the request: the transport identifies the caller, by mutual TLS.
    Transport,
}

impl Credential {
    /// Creates an API key, sent in the header, query parameter or cookie that the scheme names.
    pub fn api_key(key: impl Into<Secret>) -> Self {
        Self::ApiKey(key.into())
    }

    /// Creates a name and password for HTTP basic (RFC 7617).
    pub fn basic(username: impl Into<String>, password: impl Into<Secret>) -> Self {
        Self::Basic(Pair::new(username.into(), password.into()))
    }

    /// Creates a bearer token (RFC 6750), fixed or from a [`TokenProvider`].
    pub fn bearer(token: impl Into<Token>) -> Self {
        Self::Bearer(token.into())
    }

    /// Creates a name and password for HTTP digest (RFC 7616).
    #[cfg(feature = "digest")]
    pub fn digest(username: impl Into<String>, password: impl Into<Secret>) -> Self {
        Self::Digest(Pair::new(username.into(), password.into()))
    }

    /// Creates OAuth 2.0 client credentials (RFC 6749, section 4.4); [`ClientCredentials`] has scopes and another token URL.
    pub fn client_credentials(id: impl Into<String>, secret: impl Into<Secret>) -> Self {
        Self::ClientCredentials(ClientCredentials::new(id, secret))
    }

    /// Converts anything into a credential: a token, [`ClientCredentials`] of a person's consent or a device.
    pub fn any(credential: impl Into<Self>) -> Self {
        credential.into()
    }

    /// Creates a credential that requests do not carry, as the transport identifies the caller, by a certificate for example.
    #[must_use]
    pub fn transport() -> Self {
        Self::Transport
    }

    fn name(&self) -> &'static str {
        match self {
            Self::ApiKey(_) => "API key",
            Self::Basic(_) => "basic",
            Self::Bearer(_) => "bearer",
            #[cfg(feature = "digest")]
            Self::Digest(_) => "digest",
            Self::ClientCredentials(_) => "client credentials",
            Self::Transport => "transport",
        }
    }
}

impl From<ClientCredentials> for Credential {
    fn from(credentials: ClientCredentials) -> Self {
        Self::ClientCredentials(credentials)
    }
}

impl From<Token> for Credential {
    fn from(token: Token) -> Self {
        Self::Bearer(token)
    }
}

impl From<Secret> for Credential {
    fn from(token: Secret) -> Self {
        Self::bearer(token)
    }
}

/// A bearer token.
impl From<&str> for Credential {
    fn from(token: &str) -> Self {
        Self::bearer(token)
    }
}

/// A bearer token.
impl From<String> for Credential {
    fn from(token: String) -> Self {
        Self::bearer(token)
    }
}

impl<P: TokenProvider> From<Arc<P>> for Credential {
    fn from(provider: Arc<P>) -> Self {
        Self::bearer(provider)
    }
}

impl From<Arc<dyn TokenProvider>> for Credential {
    fn from(provider: Arc<dyn TokenProvider>) -> Self {
        Self::bearer(provider)
    }
}

/// Shows the kind of the credential, and not its value.
impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Credentials by the name of their security scheme (OpenAPI 3.1, sections 4.8.27 and 4.8.30).
///
/// An operation is sent with the first of its documented alternatives whose schemes are all configured. If there is none, and
/// the document requires credentials, the call fails before it is sent.
///
/// ```
/// use typewright_runtime::auth::{Credential, Credentials};
/// let credentials = Credentials::default().with("serviceAccount", Credential::bearer("s3cr3t"));
/// assert_eq!(format!("{credentials:?}"), r#"{"serviceAccount": bearer}"#);
/// ```
#[derive(Clone, Default)]
pub struct Credentials {
    pub(crate) entries: Vec<(String, Credential)>,
    /// `true` if operations are sent even without the credentials that they need.
    pub(crate) optional: bool,
    /// `true` if all credentials are sent with all operations.
    pub(crate) all: bool,
}

impl Credentials {
    /// Creates a set without credentials: calls of operations that need some fail.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Creates a set for a server whose authentication is switched off: operations are sent without the credentials that they
    /// need by the document.
    ///
    /// ```
    /// use typewright_runtime::auth::Credentials;
    /// use typewright_runtime::client::ClientBuilder;
    /// fn local<C>(builder: ClientBuilder<C>) -> ClientBuilder<C> {
    ///     builder.base_url("http://localhost:2379").credentials(Credentials::none())
    /// }
    /// # drop(local::<()>);
    /// ```
    #[must_use]
    pub fn none() -> Self {
        Self { optional: true, ..Self::default() }
    }

    /// Adds the credential for a scheme, by its name in the document; it replaces an earlier one. A scheme that the
    /// document does not have is an error when the client is built.
    #[must_use]
    pub fn with(mut self, scheme: &str, credential: Credential) -> Self {
        self.entries.retain(|(name, _)| name != scheme);
        self.entries.push((scheme.to_owned(), credential));
        self
    }

    /// Sends all credentials with each call, even if the document demands others or none: for servers that deviate from their
    /// document.
    #[must_use]
    pub fn send_all(mut self) -> Self {
        self.all = true;
        self
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let entries = self.entries.iter().map(|(name, kind)| (name, kind));
        f.debug_map().entries(entries).finish()
    }
}

/// A signer of requests: it sees the final request, credentials and all, and may change it.
///
/// It is called before every attempt, so that a signature may contain the time; headers that it adds are the last.
///
/// ```
/// use typewright_runtime::auth::RequestSigner;
/// use typewright_runtime::http::HeaderValue;
/// use typewright_runtime::transport::{BoxError, BoxFuture, Request};
///
/// struct Signer;
/// impl RequestSigner for Signer {
///     fn sign(&self, mut request: Request) -> BoxFuture<Result<Request, BoxError>> {
///         // Here a fixed text; else a signature of the method, the URL and the headers.
///         request.headers_mut().insert("x-signature", HeaderValue::from_static("signed"));
///         Box::pin(async { Ok(request) })
///     }
/// }
/// ```
pub trait RequestSigner: MaybeSendSync + 'static {
    /// Signs the request, and returns the request to send.
    ///
    /// # Errors
    /// The request cannot be signed; the call fails with [`ErrorKind::Credentials`](crate::ErrorKind::Credentials).
    fn sign(&self, request: Request) -> BoxFuture<Result<Request, BoxError>>;
}

/// Without the feature `digest` the credential does not exist.
#[cfg(not(feature = "digest"))]
pub(crate) mod digest {
    use super::challenge::Challenge;
    use crate::body::Body;
    use crate::futures::BoxError;

    /// A type without values.
    pub(crate) enum Session {}

    impl Session {
        pub(crate) async fn authorize(
            &self,
            _: &str,
            _: &str,
            _: &str,
            _: &Body,
        ) -> Result<Option<(String, String)>, BoxError> {
            match *self {}
        }

        pub(crate) fn note_authentication_info(&self, _: &str, _: &str, _: &str) {
            match *self {}
        }

        pub(crate) fn accept_challenge(&self, _: &str, _: Option<&str>, _: &[Challenge]) -> bool {
            match *self {}
        }
    }
}
