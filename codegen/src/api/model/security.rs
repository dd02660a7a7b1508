//! Security schemes and requirements.

use super::{Docs, Site};

/// A security scheme (OpenAPI 4.27, Security Scheme Object).
#[derive(Clone, Debug)]
pub struct SecurityScheme {
    /// Location.
    pub at: Site,
    /// Kind of scheme.
    pub kind: SchemeKind,
    /// Description.
    pub docs: Docs,
}

/// Kind of a security scheme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SchemeKind {
    /// An API key in a header, the query or a cookie.
    ApiKey {
        /// Where the key is sent.
        location: KeyLocation,
        /// Name of the header, query parameter or cookie.
        name: String,
    },
    /// HTTP basic (RFC 7617).
    Basic,
    /// HTTP bearer (RFC 6750).
    Bearer,
    /// HTTP digest (RFC 7616).
    Digest,
    /// OAuth 2.0 (RFC 6749).
    OAuth2 {
        /// Token URL of the client credentials flow.
        client_credentials: Option<String>,
        /// Other flows.
        flows: Vec<Flow>,
    },
    /// OpenID Connect, with its discovery URL.
    OpenIdConnect(String),
    /// Mutual TLS, which the transport is configured for.
    MutualTls,
    /// An API key without a declared location or name, which the caller sends.
    Unplaced,
    /// An unsupported scheme, treated as a bearer token and reported.
    Other(String),
}

/// Where an API key is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyLocation {
    /// Header.
    Header,
    /// Query parameter.
    Query,
    /// Cookie.
    Cookie,
}

/// An OAuth 2.0 flow other than client credentials (OpenAPI 4.29, OAuth Flow Object).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flow {
    /// Name in the document: `authorizationCode`, `implicit`, `password` or `deviceAuthorization`.
    pub name: String,
    /// `authorizationUrl` or `deviceAuthorizationUrl`.
    pub authorization_url: Option<String>,
    /// `tokenUrl`.
    pub token_url: Option<String>,
}

/// A security requirement (OpenAPI 4.30): all of these schemes together; empty for an anonymous call.
pub type SecurityRequirement = Vec<RequiredScheme>;

/// A scheme of a security requirement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequiredScheme {
    /// Component name of the scheme.
    pub scheme: String,
    /// Required scopes or roles.
    pub scopes: Vec<String>,
}
